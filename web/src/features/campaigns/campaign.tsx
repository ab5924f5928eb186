import { Link, useParams } from 'react-router-dom';
import type { Campaign } from '@/api/types';
import {
    phaseOf,
    useCampaign,
    useLiveTiers,
    useWatchCampaigns,
} from '@/shared/catalogue/campaigns';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { useLive } from '@/shared/live/stream';
import { formatDate, formatDateTime } from '@/shared/time/format';
import { useServerTime } from '@/shared/time/use-server-time';
import { Money } from '@/shared/ui/money';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Poster } from '@/shared/ui/poster';
import { CampaignTag } from '@/shared/ui/tags';
import { ActionCard } from './action';
import { useCampaignTexts } from './texts';
import './campaigns.css';

export default function CampaignPage() {
    const id = Number(useParams().campaign);
    const query = useCampaign(id);
    useWatchCampaigns([id]);
    return (
        <Loaded query={query} height={280}>
            {(campaign) => <Detail campaign={campaign} />}
        </Loaded>
    );
}

export type JoinedCampaign = Campaign & {
    joined: boolean;
    order?: { id: number; state: string; tickets?: { id: number; code: string }[] | null };
};

function Detail({ campaign }: { campaign: JoinedCampaign }) {
    const text = useServerText();
    const now = useServerTime(Date.parse(campaign.opens_at), Date.parse(campaign.closes_at));
    const phase = phaseOf(campaign, now);
    return (
        <div className="campaign-page">
            <div className="campaign-head">
                <div className="campaign-hero">
                    <Poster picture={campaign.picture} seed={campaign.show.id} eager />
                </div>
                <PageHead title={text(campaign.name)}>
                    <div className="row">
                        <CampaignTag state={phase} />
                        <span className="muted">{text(campaign.show.name)}</span>
                    </div>
                </PageHead>
            </div>
            <ActionCard campaign={campaign} phase={phase} now={now} />
            <div className="campaign-body stack loose">
                <Facts campaign={campaign} />
                <Tiers campaign={campaign} />
                <Texts campaign={campaign} />
            </div>
        </div>
    );
}

function Facts({ campaign }: { campaign: Campaign }) {
    const t = useCampaignTexts();
    const text = useServerText();
    const language = useLanguage();
    return (
        <dl className="facts">
            <dt>{t('when')}</dt>
            <dd>{formatDateTime(campaign.starts_at, language)}</dd>
            {campaign.venue && (
                <>
                    <dt>{t('where')}</dt>
                    <dd>{text(campaign.venue)}</dd>
                </>
            )}
            <dt>{t('who')}</dt>
            <dd>{text(campaign.organiser.name)}</dd>
            <dt>{t('window')}</dt>
            <dd>
                {formatDateTime(campaign.opens_at, language)} –{' '}
                {formatDateTime(campaign.closes_at, language)}
            </dd>
        </dl>
    );
}

function Tiers({ campaign }: { campaign: Campaign }) {
    const t = useCampaignTexts();
    const text = useServerText();
    const language = useLanguage();
    const live = useLive();
    const tiers = useLiveTiers(campaign);
    return (
        <section className="card" aria-labelledby="tiers">
            <div className="row apart">
                <h2 id="tiers">{t('tiers')}</h2>
                <span className={`tag ${live ? 'good' : ''}`}>
                    {live ? t('live') : t('polling')}
                </span>
            </div>
            <p className="visually-hidden" role="status">
                {tiers
                    .map((tier) => `${text(tier.name)}: ${leftOf(t, spoken(tier.free))}`)
                    .join('; ')}
            </p>
            <div>
                {tiers.map((tier) => (
                    <div key={tier.id} className="tier">
                        <div>
                            <h3>{text(tier.name)}</h3>
                            {text(tier.description) && (
                                <p className="muted small">{text(tier.description)}</p>
                            )}
                            {tier.valid_from && tier.valid_until && (
                                <p className="muted small">
                                    {t('valid', {
                                        from: formatDate(tier.valid_from, language),
                                        until: formatDate(tier.valid_until, language),
                                    })}
                                </p>
                            )}
                        </div>
                        <div className="row">
                            <span className="strong">
                                <Money money={tier.price} />
                            </span>
                            <span className={`tag number ${tier.free > 0 ? 'accent' : ''}`}>
                                {tier.on_sale === false ? t('unavailable') : leftOf(t, tier.free)}
                            </span>
                        </div>
                    </div>
                ))}
            </div>
        </section>
    );
}

function leftOf(t: ReturnType<typeof useCampaignTexts>, free: number): string {
    return free > 0 ? t('free', { count: free }) : t('sold_out');
}

// Two leading digits: in a rush the figure changes many times a second, and a screen reader should
// speak when something has really changed.
export function spoken(free: number): number {
    const unit = 10 ** Math.max(0, String(free).length - 2);
    return Math.floor(free / unit) * unit;
}

function Texts({ campaign }: { campaign: Campaign }) {
    const t = useCampaignTexts();
    const text = useServerText();
    const about = text(campaign.description) || text(campaign.show.description);
    const notice = text(campaign.notice);
    return (
        <>
            {about && (
                <section className="stack tight">
                    <h2>{t('about')}</h2>
                    <p className="pre">{about}</p>
                </section>
            )}
            {notice && (
                <section className="stack tight">
                    <h2>{t('notice')}</h2>
                    <p className="pre">{notice}</p>
                </section>
            )}
            <p>
                <Link to={`/shows/${campaign.show.id}`}>{t('show')}</Link>
            </p>
        </>
    );
}
