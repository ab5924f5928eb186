// Sums over time, by kind and by merchant, and whether the books agree with themselves. Days are
// those of the books (UTC).
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Figure, Figures, useNumber } from '@/shared/console/figures';
import { useFilters, type Filters } from '@/shared/console/filters';
import { serverNow, useServerClockKnown } from '@/shared/time/server-clock';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded } from '@/shared/ui/page';
import { Skeleton } from '@/shared/ui/skeleton';
import type { Books, Statistics } from '~/api/types';
import { Chart } from '~/shared/chart';
import { ask } from '~/shared/client';
import { Money, useMoneyText } from '~/shared/money';
import { PageHead } from '~/shared/page';
import { DayField } from '~/shared/pieces';
import { useBankTexts } from '~/shared/texts';
import { byDay, byKind, byMerchant, daysUntil } from './figures';
import { useStatisticsTexts } from './texts';

const kPeriods = [
    ['week', 7],
    ['month', 30],
    ['quarter', 90],
] as const;
const kUsualDays = 30;
const kDaysMax = 366;

export default function StatisticsPage() {
    const t = useStatisticsTexts();
    const known = useServerClockKnown();
    return (
        <>
            <PageHead title={t('statistics')} />
            <div className="stack loose">
                <BooksCard />
                {known ? <Period /> : <Skeleton height={200} />}
            </div>
        </>
    );
}

function today(): string {
    return new Date(serverNow() ?? 0).toISOString().slice(0, 10);
}

function isPeriod(from: string, to: string): boolean {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    return days >= 0 && days < kDaysMax;
}

function Period() {
    const t = useStatisticsTexts();
    const filters = useFilters('from', 'to');
    const usual = daysUntil(today(), kUsualDays);
    const from = filters.values.from || usual.from;
    const to = filters.values.to || usual.to;
    const possible = isPeriod(from, to);
    const query = useQuery({
        queryKey: ['teller', 'statistics', from, to],
        queryFn: () =>
            ask<Statistics>('teller', 'GET', '/api/v1/teller/statistics', { query: { from, to } }),
        placeholderData: keepPreviousData,
        enabled: possible,
    });
    return (
        <>
            <Choice filters={filters} from={from} to={to} />
            {!possible && (
                <p className="note warn" role="alert">
                    {t('period_invalid', { days: kDaysMax })}
                </p>
            )}
            {possible && (
                <Loaded query={query}>
                    {(data) => <Plots statistics={data} from={from} to={to} />}
                </Loaded>
            )}
        </>
    );
}

function Choice({
    filters,
    from,
    to,
}: {
    filters: Filters<'from' | 'to'>;
    from: string;
    to: string;
}) {
    const t = useStatisticsTexts();
    const words = useBankTexts();
    return (
        <div className="filters">
            {kPeriods.map(([name, days]) => (
                <Button
                    key={name}
                    look="plain"
                    onClick={() => filters.set(daysUntil(today(), days))}
                >
                    {t(name)}
                </Button>
            ))}
            <DayField
                label={words('from_day')}
                value={from}
                onChoose={(day) => filters.set({ from: day })}
            />
            <DayField
                label={words('to_day')}
                value={to}
                onChoose={(day) => filters.set({ to: day })}
            />
        </div>
    );
}

function Plots({ statistics, from, to }: { statistics: Statistics; from: string; to: string }) {
    const t = useStatisticsTexts();
    const words = useBankTexts();
    const number = useNumber();
    const money = useMoneyText(statistics.currency);
    const { days } = statistics;
    const plots = useMemo(() => {
        const daily = byDay(days, from, to);
        const kinds = byKind(days);
        const merchants = byMerchant(days);
        const kindNames = kinds.map((one) => words(`kind_${one.kind}`));
        return {
            days: {
                labels: daily.labels,
                series: [
                    { name: t('paid_in'), values: daily.paidIn },
                    { name: t('paid_out'), values: daily.paidOut },
                ],
            },
            amounts: {
                labels: kindNames,
                series: [{ name: words('amount'), values: kinds.map((one) => one.amount) }],
            },
            counts: {
                labels: kindNames,
                series: [{ name: t('count'), values: kinds.map((one) => one.count) }],
            },
            merchants: {
                labels: merchants.map((one) => one.merchant),
                series: [
                    { name: t('taken'), values: merchants.map((one) => one.captured) },
                    { name: t('given_back'), values: merchants.map((one) => one.refunded) },
                ],
            },
        };
    }, [days, from, to, t, words]);
    if (days.length === 0) return <Empty text={t('nothing')} />;
    const kind = words('kind');
    return (
        <div className="plots">
            <div className="card wide">
                <Chart
                    title={t('by_day')}
                    kind="line"
                    over={t('day')}
                    format={money}
                    {...plots.days}
                />
            </div>
            <div className="card">
                <Chart
                    title={t('by_kind')}
                    kind="bar"
                    over={kind}
                    format={money}
                    {...plots.amounts}
                />
            </div>
            <div className="card">
                <Chart
                    title={t('counts_by_kind')}
                    kind="bar"
                    over={kind}
                    format={number}
                    {...plots.counts}
                />
            </div>
            <div className="card wide">
                <Chart
                    title={t('by_merchant')}
                    kind="bar"
                    over={words('merchant')}
                    format={money}
                    {...plots.merchants}
                />
            </div>
        </div>
    );
}

function BooksCard() {
    const t = useStatisticsTexts();
    const query = useQuery({
        queryKey: ['teller', 'books'],
        queryFn: () => ask<Books>('teller', 'GET', '/api/v1/teller/books'),
    });
    return (
        <section className="stack" aria-labelledby="books">
            <h2 id="books">{t('books')}</h2>
            <Loaded query={query}>{(books) => <BooksView books={books} />}</Loaded>
        </section>
    );
}

const kSums = [
    'available',
    'held',
    'merchants',
    'suspense',
    'cash',
    'captured',
    'refunded',
] as const;

function BooksView({ books }: { books: Books }) {
    const t = useStatisticsTexts();
    const number = useNumber();
    const right = books.sum === 0 && books.broken.length === 0;
    return (
        <>
            <div className={`note ${right ? 'good' : 'bad'}`} role="status">
                {right ? t('books_right') : t('books_wrong')}
                {books.broken.length > 0 && (
                    <ul>
                        {books.broken.map((sentence) => (
                            <li key={sentence}>{sentence}</li>
                        ))}
                    </ul>
                )}
            </div>
            <Figures>
                <Figure label={t('customers')}>{number(books.customers)}</Figure>
                <Figure label={t('transactions')}>{number(books.transactions)}</Figure>
                {kSums.map((name) => (
                    <Figure key={name} label={t(name)}>
                        <Money amount={books[name]} currency={books.currency} />
                    </Figure>
                ))}
            </Figures>
        </>
    );
}
