import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { StaffPayment } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { givenNumber, useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { ChoiceField, SearchField } from '@/shared/console/search-field';
import { useIsAdmin } from '@/shared/console/me';
import { kConsoleKey } from '@/shared/console/session';
import { useConsoleTexts } from '@/shared/console/texts';
import { useServerText } from '@/shared/i18n/texts';
import { Amount } from '@/shared/money/amount';
import { kPaymentStates, PaymentTag, usePaymentStateName } from '@/shared/money/states';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { usePageTitle } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { Days } from './days';
import { Strays } from './strays';
import { useConsolePaymentTexts } from './texts';

const kAgainMs = 10_000;

export default function Payments() {
    const t = useConsolePaymentTexts();
    const console = useConsoleTexts();
    const stateName = usePaymentStateName();
    const filters = useFilters('state', 'parked', 'order');
    const { values, page } = filters;
    const query = useQuery({
        queryKey: [kConsoleKey, 'payments', values, page],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/staff/payments', {
                    params: {
                        query: {
                            state: kPaymentStates.find((one) => one === values.state),
                            parked: values.parked === '' ? undefined : true,
                            order: givenNumber(values.order),
                            before: page,
                        },
                    },
                }),
            ),
        placeholderData: keepPreviousData,
        refetchInterval: kAgainMs,
    });
    const isAdmin = useIsAdmin();
    usePageTitle(t('payments'));
    return (
        <>
            <div className="page-head">
                <h1>{t('payments')}</h1>
                <p className="muted">{t('about')}</p>
            </div>
            <div className="filters">
                <SearchField
                    label={t('order')}
                    value={values.order}
                    onSearch={(order) => filters.set({ order })}
                />
                <ChoiceField
                    label={console('state')}
                    value={values.state}
                    choices={[
                        { value: '', label: console('any') },
                        ...kPaymentStates.map((state) => ({
                            value: state,
                            label: stateName(state),
                        })),
                    ]}
                    onChoose={(state) => filters.set({ state })}
                />
                <ChoiceField
                    label={t('parked')}
                    value={values.parked}
                    choices={[
                        { value: '', label: console('any') },
                        { value: 'true', label: t('only_parked') },
                    ]}
                    onChoose={(parked) => filters.set({ parked })}
                />
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.payments}
                empty={<Empty text={t('none')} />}
            >
                {(rows) => <Rows rows={rows} />}
            </PagedList>
            {isAdmin && <Strays />}
            {isAdmin && <Days />}
        </>
    );
}

function Rows({ rows }: { rows: StaffPayment[] }) {
    const t = useConsolePaymentTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const resume = useChange<StaffPayment>({
        run: ({ payment }) =>
            ask(
                staffApi.POST('/api/v1/staff/payments/{payment}/resume', {
                    params: { path: { payment } },
                }),
            ),
        done: (_, { payment }) => t('resumed', { id: payment }),
    });
    return (
        <>
            {resume.error && <Problem error={resume.error} />}
            <DataTable<StaffPayment>
                caption={t('payments')}
                rows={rows}
                rowKey={(one) => one.payment}
                columns={[
                    {
                        title: t('number'),
                        cell: (one) => (
                            <span>
                                {one.payment}
                                <br />
                                <span className="muted small">
                                    {t('order_of', { id: one.order })}
                                </span>
                            </span>
                        ),
                    },
                    {
                        title: t('bank'),
                        cell: (one) =>
                            `${text(one.bank_name)} · ${t(`way_${one.way}` as 'way_token')}`,
                    },
                    {
                        title: t('amount'),
                        cell: (one) => <Amount amount={one.amount} currency={one.currency} />,
                        numeric: true,
                    },
                    { title: t('captured'), cell: (one) => <Captured payment={one} /> },
                    { title: t('changed_at'), cell: (one) => <When time={one.changed_at} /> },
                    { title: console('state'), cell: (one) => <State payment={one} /> },
                    {
                        title: t('action'),
                        cell: (one) =>
                            one.parked && (
                                <Button
                                    look="plain"
                                    aria-label={`${t('resume')} ${one.payment}`}
                                    busy={
                                        resume.isPending &&
                                        resume.variables?.payment === one.payment
                                    }
                                    onClick={() => resume.mutate(one)}
                                >
                                    {t('resume')}
                                </Button>
                            ),
                    },
                ]}
            />
        </>
    );
}

function Captured({ payment }: { payment: StaffPayment }) {
    const t = useConsolePaymentTexts();
    if (payment.state !== 'captured') return <>–</>;
    return (
        <span>
            <Amount amount={payment.captured} currency={payment.currency} />{' '}
            <span className="small">{payment.use && t(`use_${payment.use}` as 'use_order')}</span>
        </span>
    );
}

function State({ payment }: { payment: StaffPayment }) {
    const t = useConsolePaymentTexts();
    const why = payment.reason && payment.reason !== 'none';
    return (
        <span>
            <PaymentTag state={payment.state} parked={payment.parked} />
            {why && (
                <span className="small">{t(`reason_${payment.reason}` as 'reason_expired')}</span>
            )}
        </span>
    );
}
