import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';
import type { Statistics } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { givenNumber, useFilters } from '@/shared/console/filters';
import { useOrganiserChoices } from '@/shared/console/organisers';
import { Ranking } from '@/shared/console/ranking';
import { ChoiceField } from '@/shared/console/search-field';
import { kConsoleKey } from '@/shared/console/session';
import { StepsChart } from '@/shared/console/steps-chart';
import { useConsoleTexts } from '@/shared/console/texts';
import { Totals } from '@/shared/console/totals';
import { useServerTime } from '@/shared/time/use-server-time';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, PageHead } from '@/shared/ui/page';
import { useStatisticsTexts } from './texts';

const kDaySeconds = 86_400;
const kPeriods = [
    ['day', 1],
    ['week', 7],
    ['month', 30],
] as const;

function dayOf(text: string): dayjs.Dayjs | null {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayjs(text) : null;
}

export default function StatisticsPage() {
    const t = useStatisticsTexts();
    const console = useConsoleTexts();
    const id = useId();
    const filters = useFilters('from', 'until', 'organiser');
    const organisers = useOrganiserChoices();
    const now = useServerTime();
    const { values } = filters;
    const from = dayOf(values.from);
    const until = dayOf(values.until);
    const query = useQuery({
        queryKey: [kConsoleKey, 'statistics', 'period', values],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/statistics', {
                    params: {
                        query: {
                            from: from?.toISOString(),
                            until: until?.toISOString(),
                            organiser: givenNumber(values.organiser),
                        },
                    },
                }),
            ),
        placeholderData: keepPreviousData,
    });
    const choose = (days: number) => {
        if (now === null) return;
        const end = dayjs(now).add(1, 'day');
        filters.set({
            from: end.subtract(days, 'day').format('YYYY-MM-DD'),
            until: end.format('YYYY-MM-DD'),
        });
    };
    const day = (name: 'from' | 'until', value: dayjs.Dayjs | null) => (
        <div className="filter">
            <label htmlFor={`${id}-${name}`}>{t(name)}</label>
            <DatePicker
                id={`${id}-${name}`}
                value={value}
                onChange={(next: dayjs.Dayjs | null) =>
                    filters.set({ [name]: next ? next.format('YYYY-MM-DD') : '' })
                }
            />
        </div>
    );
    return (
        <>
            <PageHead title={t('statistics')} />
            <div className="filters">
                {kPeriods.map(([name, days]) => (
                    <Button key={name} look="plain" onClick={() => choose(days)}>
                        {t(name)}
                    </Button>
                ))}
                {day('from', from)}
                {day('until', until)}
                <ChoiceField
                    label={console('organiser')}
                    value={values.organiser}
                    choices={[
                        { value: '', label: console('any') },
                        ...organisers.map((one) => ({ ...one, value: String(one.value) })),
                    ]}
                    onChoose={(organiser) => filters.set({ organiser })}
                />
            </div>
            <Loaded query={query}>{(data) => <View figures={data} />}</Loaded>
        </>
    );
}

function View({ figures }: { figures: Statistics }) {
    const t = useStatisticsTexts();
    if (figures.orders === 0) return <Empty text={t('nothing')} />;
    const daily = figures.step_seconds >= kDaySeconds;
    return (
        <div className="stack loose">
            <Totals totals={figures} />
            <div className="card">
                <StepsChart
                    title={daily ? t('per_day') : t('per_hour')}
                    kind="bar"
                    steps={figures.hours}
                    stepSeconds={figures.step_seconds}
                />
            </div>
            <section className="card stack" aria-labelledby="shows">
                <h2 id="shows">{t('ranking')}</h2>
                <Ranking rows={figures.shows} linkOf={(row) => `/console/shows/${row.id}`} />
            </section>
            <section className="card stack" aria-labelledby="sessions">
                <h2 id="sessions">{t('sessions')}</h2>
                <Ranking rows={figures.sessions} linkOf={(row) => `/console/sessions/${row.id}`} />
            </section>
        </div>
    );
}
