import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import type { SessionStatistics, TierFigures, TopPerson } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { Amount, useNumber } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { StepsChart } from '@/shared/console/steps-chart';
import { Totals } from '@/shared/console/totals';
import { useServerText } from '@/shared/i18n/texts';
import { ButtonLink } from '@/shared/ui/button';
import { Loaded, PageHead } from '@/shared/ui/page';
import { useStatisticsTexts } from './texts';

const kTopPeople = 10;
const kHourSeconds = 3600;

export default function SessionStatisticsPage() {
    const t = useStatisticsTexts();
    const session = Number(useParams().session);
    const query = useQuery({
        queryKey: [kConsoleKey, 'statistics', 'session', session],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/sessions/{session}/statistics', {
                    params: { path: { session }, query: { top: kTopPeople } },
                }),
            ),
    });
    return (
        <div className="stack loose">
            <div>
                <PageHead title={t('of_session', { session })} />
                <ButtonLink look="plain" to={`/console/sessions/${session}`}>
                    {t('session')}
                </ButtonLink>
            </div>
            <Loaded query={query}>{(data) => <View figures={data} />}</Loaded>
        </div>
    );
}

function View({ figures }: { figures: SessionStatistics }) {
    const t = useStatisticsTexts();
    const text = useServerText();
    const number = useNumber();
    const people = figures.top_people ?? [];
    return (
        <>
            <Totals totals={figures} />
            {figures.hours.length > 0 ? (
                <div className="card">
                    <StepsChart
                        title={t('per_hour')}
                        kind="bar"
                        steps={figures.hours}
                        stepSeconds={kHourSeconds}
                    />
                </div>
            ) : (
                <p className="muted">{t('nothing')}</p>
            )}
            {figures.tiers.length > 0 && (
                <section className="stack" aria-labelledby="tiers">
                    <h2 id="tiers">{t('tiers')}</h2>
                    <DataTable<TierFigures>
                        caption={t('tiers')}
                        rows={figures.tiers}
                        rowKey={(one) => one.tier}
                        columns={[
                            { title: t('tier'), cell: (one) => text(one.name) || one.tier },
                            {
                                title: t('orders'),
                                cell: (one) => number(one.orders),
                                numeric: true,
                            },
                            {
                                title: t('tickets'),
                                cell: (one) => number(one.tickets),
                                numeric: true,
                            },
                            {
                                title: t('amount'),
                                cell: (one) => <Amount money={one.amount} />,
                                numeric: true,
                            },
                        ]}
                    />
                </section>
            )}
            {people.length > 0 && (
                <section className="stack" aria-labelledby="people">
                    <h2 id="people">{t('top_people')}</h2>
                    <DataTable<TopPerson>
                        caption={t('top_people')}
                        rows={people}
                        rowKey={(one) => one.person}
                        columns={[
                            { title: t('person'), cell: (one) => one.username || one.person },
                            {
                                title: t('orders'),
                                cell: (one) => number(one.orders),
                                numeric: true,
                            },
                            {
                                title: t('tickets'),
                                cell: (one) => number(one.tickets),
                                numeric: true,
                            },
                            {
                                title: t('amount'),
                                cell: (one) => <Amount money={one.amount} />,
                                numeric: true,
                            },
                        ]}
                    />
                </section>
            )}
        </>
    );
}
