// What was paid and given back at the banks on each of the last days: a plot, and the sums.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PaymentDay } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { Chart } from '@/shared/console/chart';
import { DataTable } from '@/shared/console/data-table';
import { kConsoleKey } from '@/shared/console/session';
import { useServerText } from '@/shared/i18n/texts';
import { Amount } from '@/shared/money/amount';
import { Empty } from '@/shared/ui/empty';
import { Loaded } from '@/shared/ui/page';
import { plotOf, sumsOf } from './day-sums';
import { useConsolePaymentTexts } from './texts';

const kDays = 30;
const kAgainMs = 60_000;

export function Days() {
    const t = useConsolePaymentTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'payment-days'],
        queryFn: () =>
            ask(staffApi.GET('/api/v1/payment-days', { params: { query: { days: kDays } } })),
        refetchInterval: kAgainMs,
    });
    return (
        <section className="stack" aria-labelledby="payment-days">
            <div className="page-head">
                <h2 id="payment-days">{t('days', { count: kDays })}</h2>
                <p className="muted">{t('days_about')}</p>
            </div>
            <Loaded query={query} height={320}>
                {(data) =>
                    data.days.length === 0 ? (
                        <Empty text={t('days_none')} />
                    ) : (
                        <Shown days={data.days} />
                    )
                }
            </Loaded>
        </section>
    );
}

function Shown({ days }: { days: PaymentDay[] }) {
    const t = useConsolePaymentTexts();
    const text = useServerText();
    const plot = useMemo(() => plotOf(days), [days]);
    return (
        <>
            <Chart
                title={t('days_plot')}
                kind="bar"
                labels={plot.labels}
                series={[
                    { name: t('captured'), values: plot.amounts },
                    { name: t('refunded'), values: plot.refunded },
                ]}
            />
            <DataTable<PaymentDay>
                caption={t('days_sums')}
                rows={sumsOf(days)}
                rowKey={(one) => `${one.bank} ${one.way} ${one.currency}`}
                columns={[
                    {
                        title: t('bank'),
                        cell: (one) =>
                            `${text(one.bank_name)} · ${t(`way_${one.way}` as 'way_token')}`,
                    },
                    { title: t('started'), cell: (one) => one.started, numeric: true },
                    { title: t('paid'), cell: (one) => one.captured, numeric: true },
                    { title: t('failed'), cell: (one) => one.failed, numeric: true },
                    { title: t('closed'), cell: (one) => one.closed, numeric: true },
                    {
                        title: t('captured'),
                        cell: (one) => <Amount amount={one.amount} currency={one.currency} />,
                        numeric: true,
                    },
                    {
                        title: t('refunded'),
                        cell: (one) => <Amount amount={one.refunded} currency={one.currency} />,
                        numeric: true,
                    },
                ]}
            />
        </>
    );
}
