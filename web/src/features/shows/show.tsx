import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import type { Campaign, ShowSession } from '@/api/types';
import { api, ask } from '@/shared/api/client';
import { phaseOf } from '@/shared/catalogue/campaigns';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { formatDateTime } from '@/shared/time/format';
import { useServerTime } from '@/shared/time/use-server-time';
import { ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Money } from '@/shared/ui/money';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Poster } from '@/shared/ui/poster';
import { CampaignTag } from '@/shared/ui/tags';
import { useShowTexts } from './texts';
import './shows.css';

const kRefetchMs = 30_000;

export default function ShowPage() {
    const t = useShowTexts();
    const text = useServerText();
    const id = Number(useParams().show);
    const query = useQuery({
        queryKey: ['show', id],
        queryFn: () => ask(api.GET('/api/v1/shows/{show}', { params: { path: { show: id } } })),
        refetchInterval: kRefetchMs,
    });
    return (
        <Loaded query={query} height={260}>
            {(show) => (
                <div className="stack loose">
                    <div className="show-hero">
                        <Poster picture={show.picture} seed={show.id} eager />
                        <div>
                            <PageHead title={text(show.name)} />
                            <dl className="facts">
                                {show.venue && (
                                    <>
                                        <dt>{t('where')}</dt>
                                        <dd>{text(show.venue)}</dd>
                                    </>
                                )}
                                <dt>{t('who')}</dt>
                                <dd>{text(show.organiser.name)}</dd>
                            </dl>
                        </div>
                    </div>
                    <Sessions sessions={show.sessions} />
                    <Text title={t('about')} text={text(show.description)} />
                    <Text title={t('notice')} text={text(show.notice)} />
                </div>
            )}
        </Loaded>
    );
}

function Text({ title, text }: { title: string; text: string }) {
    if (!text) return null;
    return (
        <section className="stack tight">
            <h2>{title}</h2>
            <p className="pre">{text}</p>
        </section>
    );
}

function Sessions({ sessions }: { sessions: ShowSession[] }) {
    const t = useShowTexts();
    return (
        <section className="stack" aria-labelledby="sessions">
            <h2 id="sessions">{t('sessions')}</h2>
            {sessions.length === 0 && <Empty text={t('none_sessions')} />}
            {sessions.map((session) => (
                <Session key={session.id} session={session} />
            ))}
        </section>
    );
}

function Session({ session }: { session: ShowSession }) {
    const t = useShowTexts();
    const text = useServerText();
    const language = useLanguage();
    return (
        <article className="card stack">
            <div>
                <h3>{formatDateTime(session.starts_at, language)}</h3>
                {session.venue && <p className="muted small">{text(session.venue)}</p>}
            </div>
            <ul className="plain-list" aria-label={t('tiers')}>
                {session.tiers.map((tier) => (
                    <li key={tier.id} className="row apart">
                        <span>{text(tier.name)}</span>
                        <span className="row">
                            <Money money={tier.price} />
                            <span className="muted small">
                                {tier.free > 0 ? t('free', { count: tier.free }) : t('sold_out')}
                            </span>
                        </span>
                    </li>
                ))}
            </ul>
            {session.campaigns.map((campaign) => (
                <CampaignRow key={campaign.id} campaign={campaign} />
            ))}
        </article>
    );
}

function CampaignRow({ campaign }: { campaign: Campaign }) {
    const t = useShowTexts();
    const text = useServerText();
    const language = useLanguage();
    const now = useServerTime(Date.parse(campaign.opens_at), Date.parse(campaign.closes_at));
    const phase = phaseOf(campaign, now);
    const name = text(campaign.name);
    return (
        <div className="row apart show-campaign">
            <div className="row">
                <CampaignTag state={phase} />
                <span>{name}</span>
                <span className="muted small">
                    {phase === 'upcoming'
                        ? t('opens', { time: formatDateTime(campaign.opens_at, language) })
                        : t('closes', { time: formatDateTime(campaign.closes_at, language) })}
                </span>
            </div>
            <ButtonLink look="plain" to={`/campaigns/${campaign.id}`}>
                {t('to_campaign', { name })}
            </ButtonLink>
        </div>
    );
}
