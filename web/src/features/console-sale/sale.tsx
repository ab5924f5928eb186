// A sale as it happens: what is left comes by the event stream, the curve and the newest orders are
// asked for each second while it is open.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useParams } from 'react-router-dom';
import type { ConsoleCampaign, Curve } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DownloadButton } from '@/shared/console/download-button';
import { Figure, Figures, StockBar, useNumber } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { StateTag } from '@/shared/console/state-tag';
import { StepsChart } from '@/shared/console/steps-chart';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { holdStream, useLive, useLiveFree, watchCampaigns } from '@/shared/live/stream';
import { useServerTime } from '@/shared/time/use-server-time';
import { ButtonLink } from '@/shared/ui/button';
import { Countdown } from '@/shared/ui/countdown';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { OrderRows } from './order-rows';
import { useSaleTexts } from './texts';

const kOpenMs = 1000;
const kQuietMs = 10_000;
const kNewestMax = 10;

export default function SalePage() {
    const campaign = Number(useParams().campaign);
    const query = useQuery({
        queryKey: [kConsoleKey, 'campaign', campaign],
        queryFn: () =>
            ask(staffApi.GET('/api/v1/campaigns/{campaign}', { params: { path: { campaign } } })),
        refetchInterval: kQuietMs,
    });
    return <Loaded query={query}>{(data) => <Sale campaign={data} />}</Loaded>;
}

// By the server's clock; what was said of the state is as old as the answer.
function phaseOf(campaign: ConsoleCampaign, now: number | null): string {
    if (campaign.state === 'cancelled' || now === null) return campaign.state;
    if (now < Date.parse(campaign.opens_at)) return 'upcoming';
    return now < Date.parse(campaign.closes_at) ? 'current' : 'ended';
}

function Sale({ campaign }: { campaign: ConsoleCampaign }) {
    const t = useSaleTexts();
    const text = useServerText();
    const live = useLive();
    const now = useServerTime(Date.parse(campaign.opens_at), Date.parse(campaign.closes_at));
    const phase = phaseOf(campaign, now);
    const everyMs = phase === 'current' ? kOpenMs : kQuietMs;
    usePageTitle(`${t('live')} · ${text(campaign.name)}`);
    useEffect(() => {
        const leave = holdStream();
        const unwatch = watchCampaigns([campaign.id]);
        return () => {
            unwatch();
            leave();
        };
    }, [campaign.id]);
    return (
        <div className="stack loose">
            <div className="stack tight">
                <div className="head-line">
                    <h1>{text(campaign.name)}</h1>
                    <StateTag state={phase} />
                </div>
                <p className="muted">
                    {text(campaign.show.name)} · {text(campaign.organiser.name)}
                </p>
                <p className="muted small">{live ? t('connected') : t('not_connected')}</p>
                {phase === 'upcoming' && (
                    <Countdown until={campaign.opens_at} label={t('opens_in')} />
                )}
                {phase === 'current' && (
                    <Countdown until={campaign.closes_at} label={t('closes_in')} />
                )}
                <div className="row">
                    <ButtonLink look="plain" to={`/console/sessions/${campaign.session}`}>
                        {t('session')}
                    </ButtonLink>
                    <ButtonLink look="link" to={`/campaigns/${campaign.id}`}>
                        {t('on_site')}
                    </ButtonLink>
                </div>
            </div>
            <CurvePart campaign={campaign.id} everyMs={everyMs} />
            <FreePart campaign={campaign} everyMs={everyMs} />
            <NewestPart campaign={campaign} everyMs={everyMs} />
            <Results campaign={campaign.id} />
        </div>
    );
}

function CurvePart({ campaign, everyMs }: { campaign: number; everyMs: number }) {
    const query = useQuery({
        queryKey: [kConsoleKey, 'curve', campaign],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/campaigns/{campaign}/curve', {
                    params: { path: { campaign } },
                }),
            ),
        refetchInterval: everyMs,
    });
    return (
        <Loaded query={query} height={220}>
            {(curve) => <CurveView curve={curve} />}
        </Loaded>
    );
}

function CurveView({ curve }: { curve: Curve }) {
    const t = useSaleTexts();
    const number = useNumber();
    const { points } = curve;
    const orders = points.reduce((sum, point) => sum + point.orders, 0);
    const tickets = points.reduce((sum, point) => sum + point.tickets, 0);
    const most = Math.max(0, ...points.map((point) => point.orders));
    return (
        <>
            <Figures>
                <Figure label={t('orders')}>{number(orders)}</Figure>
                <Figure label={t('tickets')}>{number(tickets)}</Figure>
                {curve.step_seconds === 1 && (
                    <Figure label={t('per_second')}>{number(most)}</Figure>
                )}
            </Figures>
            <div className="card">
                <StepsChart
                    title={t('curve')}
                    kind="line"
                    steps={points}
                    stepSeconds={curve.step_seconds}
                />
            </div>
        </>
    );
}

// Of each tier what is free by the stream; the pools behind with everything, asked now and then.
function FreePart({ campaign, everyMs }: { campaign: ConsoleCampaign; everyMs: number }) {
    const t = useSaleTexts();
    const text = useServerText();
    const number = useNumber();
    const free = useLiveFree(campaign.id);
    const { session } = campaign;
    const { data } = useQuery({
        queryKey: [kConsoleKey, 'session', session],
        queryFn: () =>
            ask(staffApi.GET('/api/v1/sessions/{session}', { params: { path: { session } } })),
        refetchInterval: everyMs * 2,
    });
    return (
        <section className="card stack" aria-labelledby="free">
            <h2 id="free">{t('free')}</h2>
            {campaign.tiers.map((tier) => {
                const poolId = data?.tiers.find((one) => one.id === tier.id)?.pool;
                const pool = data?.pools.find((one) => one.pool === poolId);
                return (
                    <div key={tier.id} className="stack tight">
                        <div className="row apart">
                            <h3>{text(tier.name)}</h3>
                            <b className="number">{number(free?.get(tier.id) ?? tier.free)}</b>
                        </div>
                        {pool && <StockBar pool={pool} />}
                    </div>
                );
            })}
        </section>
    );
}

function NewestPart({ campaign, everyMs }: { campaign: ConsoleCampaign; everyMs: number }) {
    const t = useSaleTexts();
    const { session } = campaign;
    const query = useQuery({
        queryKey: [kConsoleKey, 'orders', session, 'newest'],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/sessions/{session}/orders', {
                    params: { path: { session }, query: { limit: kNewestMax } },
                }),
            ),
        refetchInterval: everyMs * 2,
    });
    return (
        <section className="stack" aria-labelledby="newest">
            <div className="row apart">
                <h2 id="newest">{t('newest')}</h2>
                <ButtonLink look="link" to={`/console/sessions/${session}/orders`}>
                    {t('all_orders')}
                </ButtonLink>
            </div>
            <Loaded query={query}>
                {({ orders }) =>
                    orders.length === 0 ? (
                        <p className="muted">{t('no_orders')}</p>
                    ) : (
                        <OrderRows rows={orders} caption={t('newest')} />
                    )
                }
            </Loaded>
        </section>
    );
}

function Results({ campaign }: { campaign: number }) {
    const t = useSaleTexts();
    const at = `/api/v1/campaigns/${campaign}`;
    const language = `?language=${useLanguage()}`;
    return (
        <section className="card stack tight" aria-labelledby="results">
            <h2 id="results">{t('results')}</h2>
            <p className="muted">{t('results_text')}</p>
            <div className="row">
                <DownloadButton path={`${at}/results.csv${language}`}>{t('as_csv')}</DownloadButton>
                <DownloadButton path={`${at}/results.xlsx${language}`}>
                    {t('as_xlsx')}
                </DownloadButton>
                <DownloadButton path={`${at}/curve.svg${language}`}>
                    {t('as_picture')}
                </DownloadButton>
            </div>
        </section>
    );
}
