import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { Banner, Campaign, Home } from '@/api/types';
import { api, ask } from '@/shared/api/client';
import { kPollMs, useWatchCampaigns } from '@/shared/catalogue/campaigns';
import { useServerText } from '@/shared/i18n/texts';
import { useLive } from '@/shared/live/stream';
import { Empty } from '@/shared/ui/empty';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { CampaignCard } from './card';
import { useCampaignTexts } from './texts';
import './campaigns.css';

const kRefetchMs = 30_000;

export default function HomePage() {
    const t = useCampaignTexts();
    usePageTitle(t('home_title'));
    const live = useLive();
    const query = useQuery({
        queryKey: ['home'],
        queryFn: () => ask(api.GET('/api/v1/home')),
        refetchInterval: live ? kRefetchMs : kPollMs,
    });
    return (
        <div className="stack loose">
            <section className="slogan">
                <h1>{t('slogan')}</h1>
                <p>{t('slogan_text')}</p>
            </section>
            <Loaded query={query} height={280}>
                {(home) => <Sections home={home} />}
            </Loaded>
        </div>
    );
}

function Sections({ home }: { home: Home }) {
    const t = useCampaignTexts();
    useWatchCampaigns([...home.current, ...home.upcoming].map((one) => one.id));
    return (
        <>
            {home.banners.length > 0 && <Banners banners={home.banners} />}
            <Section
                id="current"
                title={t('current')}
                none={t('none_current')}
                list={home.current}
            />
            <Section
                id="upcoming"
                title={t('upcoming')}
                none={t('none_upcoming')}
                list={home.upcoming}
            />
        </>
    );
}

function Section({
    id,
    title,
    none,
    list,
}: {
    id: string;
    title: string;
    none: string;
    list: Campaign[];
}) {
    const t = useCampaignTexts();
    return (
        <section className="stack" aria-labelledby={id}>
            <div className="row apart">
                <h2 id={id}>{title}</h2>
                {list.length > 0 && (
                    <Link to={`/search?state=${id}`} aria-label={`${t('all')}: ${title}`}>
                        {t('all')}
                    </Link>
                )}
            </div>
            {list.length === 0 ? (
                <Empty text={`${none} · ${t('none_text')}`} />
            ) : (
                <div className="campaign-grid">
                    {list.map((campaign, index) => (
                        <CampaignCard key={campaign.id} campaign={campaign} eager={index < 2} />
                    ))}
                </div>
            )}
        </section>
    );
}

// A strip that is scrolled by hand or keyboard; nothing moves by itself.
function Banners({ banners }: { banners: Banner[] }) {
    const t = useCampaignTexts();
    const text = useServerText();
    return (
        <section aria-label={t('banners')} className="banners" tabIndex={0}>
            {banners.map((banner, index) => (
                <BannerLink key={index} banner={banner}>
                    <img src={banner.picture} alt="" loading={index === 0 ? 'eager' : 'lazy'} />
                    <span>{text(banner.title)}</span>
                </BannerLink>
            ))}
        </section>
    );
}

function BannerLink({ banner, children }: { banner: Banner; children: React.ReactNode }) {
    const to = banner.campaign
        ? `/campaigns/${banner.campaign}`
        : banner.show
          ? `/shows/${banner.show}`
          : null;
    if (to === null) return <div className="banner">{children}</div>;
    return (
        <Link to={to} className="banner">
            {children}
        </Link>
    );
}
