// The first page of the console: what is happening now.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { Campaign } from '@/api/types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { useNumber, When } from '@/shared/console/figures';
import { useIsAdmin, useStaff } from '@/shared/console/me';
import { Ranking } from '@/shared/console/ranking';
import { kConsoleKey } from '@/shared/console/session';
import { Totals } from '@/shared/console/totals';
import { useServerText } from '@/shared/i18n/texts';
import { serverNow } from '@/shared/time/server-clock';
import { useServerTime } from '@/shared/time/use-server-time';
import { ButtonLink } from '@/shared/ui/button';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { useOverviewTexts } from './texts';

const kAgainMs = 10_000;
const kDayMs = 86_400_000;
const kShownMax = 20;

export default function Overview() {
    const t = useOverviewTexts();
    usePageTitle(t('overview'));
    return (
        <div className="stack loose">
            <div className="row apart">
                <h1>{t('overview')}</h1>
                <div className="row">
                    <ButtonLink to="/console/sessions/new">{t('new_session')}</ButtonLink>
                    <ButtonLink look="plain" to="/console/imports">
                        {t('import')}
                    </ButtonLink>
                </div>
            </div>
            <Today />
            <Campaigns state="current" />
            <Campaigns state="upcoming" />
            <Hot />
        </div>
    );
}

function Today() {
    const t = useOverviewTexts();
    // The period is told by the server's clock, so it waits for it.
    const known = useServerTime() !== null;
    const query = useQuery({
        queryKey: [kConsoleKey, 'statistics', 'today'],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/statistics', {
                    params: {
                        query: { from: new Date((serverNow() ?? 0) - kDayMs).toISOString() },
                    },
                }),
            ),
        refetchInterval: kAgainMs,
        enabled: known,
    });
    return (
        <section className="stack" aria-labelledby="today">
            <h2 id="today">{t('today')}</h2>
            <Loaded query={query} height={80}>
                {(figures) => <Totals totals={figures} />}
            </Loaded>
        </section>
    );
}

// An operator sees the campaigns of the organisers that they act for.
function Campaigns({ state }: { state: 'current' | 'upcoming' }) {
    const t = useOverviewTexts();
    const text = useServerText();
    const number = useNumber();
    const admin = useIsAdmin();
    const { organisers } = useStaff();
    const title = state === 'current' ? t('selling') : t('soon');
    const query = useQuery({
        queryKey: [kConsoleKey, 'campaigns', state, admin, organisers],
        queryFn: async () => {
            const pages = await Promise.all(
                (admin ? [undefined] : organisers).map((organiser) =>
                    ask(
                        staffApi.GET('/api/v1/campaigns', {
                            params: { query: { state, organiser, limit: kShownMax } },
                        }),
                    ),
                ),
            );
            return pages.flatMap((page) => page.campaigns).slice(0, kShownMax);
        },
        refetchInterval: kAgainMs,
    });
    const freeOf = (campaign: Campaign) => campaign.tiers.reduce((sum, tier) => sum + tier.free, 0);
    return (
        <section className="stack" aria-labelledby={state}>
            <h2 id={state}>{title}</h2>
            <Loaded query={query} height={56}>
                {(campaigns) =>
                    campaigns.length === 0 ? (
                        <p className="muted">
                            {state === 'current' ? t('nothing_selling') : t('nothing_soon')}
                        </p>
                    ) : (
                        <DataTable<Campaign>
                            caption={title}
                            rows={campaigns}
                            rowKey={(one) => one.id}
                            columns={[
                                {
                                    title: t('campaign'),
                                    cell: (one) => (
                                        <Link to={`/console/campaigns/${one.id}`}>
                                            {text(one.name)}
                                        </Link>
                                    ),
                                },
                                {
                                    title: t('organiser'),
                                    cell: (one) => text(one.organiser.name),
                                },
                                {
                                    title: t('opens_at'),
                                    cell: (one) => <When time={one.opens_at} />,
                                },
                                {
                                    title: t('closes_at'),
                                    cell: (one) => <When time={one.closes_at} />,
                                },
                                {
                                    title: t('free'),
                                    cell: (one) => number(freeOf(one)),
                                    numeric: true,
                                },
                            ]}
                        />
                    )
                }
            </Loaded>
        </section>
    );
}

function Hot() {
    const t = useOverviewTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'statistics', 'week'],
        queryFn: () => ask(staffApi.GET('/api/v1/statistics')),
        refetchInterval: kAgainMs,
    });
    return (
        <section className="card stack" aria-labelledby="hot">
            <h2 id="hot">{t('ranking')}</h2>
            <Loaded query={query} height={80}>
                {({ shows }) =>
                    shows.length === 0 ? (
                        <p className="muted">{t('no_ranking')}</p>
                    ) : (
                        <Ranking rows={shows} linkOf={(row) => `/console/shows/${row.id}`} />
                    )
                }
            </Loaded>
        </section>
    );
}
