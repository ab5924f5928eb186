import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { StaffRefund } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { useFilters } from '@/shared/console/filters';
import { useStaff } from '@/shared/console/me';
import { PagedList } from '@/shared/console/paged-list';
import { ChoiceField } from '@/shared/console/search-field';
import { kConsoleKey } from '@/shared/console/session';
import { useConsoleTexts } from '@/shared/console/texts';
import { useLanguage } from '@/shared/i18n/language';
import { Amount } from '@/shared/money/amount';
import { kRefundStates, RefundTag, useRefundStateName } from '@/shared/money/states';
import { formatMoney } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { usePageTitle } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { Review, type Asked } from './review';
import { Settle } from './settle';
import { useConsoleRefundTexts } from './texts';

const kAgainMs = 10_000;

export default function Refunds() {
    const t = useConsoleRefundTexts();
    const console = useConsoleTexts();
    const stateName = useRefundStateName();
    const filters = useFilters('state');
    const { values, page } = filters;
    const query = useQuery({
        queryKey: [kConsoleKey, 'refunds', values, page],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/staff/refunds', {
                    params: {
                        query: {
                            state: kRefundStates.find((one) => one === values.state),
                            before: page,
                        },
                    },
                }),
            ),
        placeholderData: keepPreviousData,
        refetchInterval: kAgainMs,
    });
    usePageTitle(t('refunds'));
    return (
        <>
            <div className="page-head">
                <h1>{t('refunds')}</h1>
                <p className="muted">{t('about')}</p>
            </div>
            <div className="filters">
                <ChoiceField
                    label={console('state')}
                    value={values.state}
                    choices={[
                        { value: '', label: console('any') },
                        ...kRefundStates.map((state) => ({
                            value: state,
                            label: stateName(state),
                        })),
                    ]}
                    onChoose={(state) => filters.set({ state })}
                />
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.refunds}
                empty={<Empty text={t('none')} />}
            >
                {(rows) => <Rows rows={rows} />}
            </PagedList>
        </>
    );
}

function Rows({ rows }: { rows: StaffRefund[] }) {
    const t = useConsoleRefundTexts();
    const console = useConsoleTexts();
    const [asked, setAsked] = useState<Asked | null>(null);
    const [settling, setSettling] = useState<StaffRefund | null>(null);
    const resume = useChange<StaffRefund>({
        run: ({ refund }) =>
            ask(
                staffApi.POST('/api/v1/staff/refunds/{refund}/resume', {
                    params: { path: { refund } },
                }),
            ),
        done: (_, { refund }) => t('resumed', { id: refund }),
    });
    return (
        <>
            {resume.error && <Problem error={resume.error} />}
            <DataTable<StaffRefund>
                caption={t('refunds')}
                rows={rows}
                rowKey={(one) => one.refund}
                columns={[
                    {
                        title: t('number'),
                        cell: (one) => (
                            <span>
                                {one.refund}
                                <br />
                                <span className="muted small">
                                    {t('order_of', { id: one.order })}
                                </span>
                            </span>
                        ),
                    },
                    { title: t('cause'), cell: (one) => <Cause refund={one} /> },
                    { title: t('amount'), cell: (one) => <Back refund={one} />, numeric: true },
                    { title: t('requested_at'), cell: (one) => <When time={one.requested_at} /> },
                    { title: console('state'), cell: (one) => <State refund={one} /> },
                    {
                        title: t('action'),
                        cell: (one) => (
                            <Actions
                                refund={one}
                                busy={resume.isPending && resume.variables?.refund === one.refund}
                                onAsk={(approve) => setAsked({ refund: one, approve })}
                                onResume={() => resume.mutate(one)}
                                onSettle={() => setSettling(one)}
                            />
                        ),
                    },
                ]}
            />
            <Review asked={asked} onClose={() => setAsked(null)} />
            <Settle refund={settling} onClose={() => setSettling(null)} />
        </>
    );
}

function Cause({ refund }: { refund: StaffRefund }) {
    const t = useConsoleRefundTexts();
    const reason = refund.reason && refund.reason !== 'none';
    return (
        <span>
            {t(`cause_${refund.cause}` as 'cause_buyer')}
            {reason && ` · ${t(`reason_${refund.reason}` as 'reason_other')}`}
            {refund.note && (
                <>
                    <br />
                    <span className="small pre">{refund.note}</span>
                </>
            )}
        </span>
    );
}

function Back({ refund }: { refund: StaffRefund }) {
    const t = useConsoleRefundTexts();
    const language = useLanguage();
    const { currency } = refund;
    const fee = formatMoney({ minor: refund.fee, currency }, language);
    return (
        <span>
            <Amount amount={refund.amount} currency={currency} />
            {refund.fee > 0 && (
                <>
                    <br />
                    <span className="muted small">{t('fee', { amount: fee })}</span>
                </>
            )}
        </span>
    );
}

function State({ refund }: { refund: StaffRefund }) {
    const t = useConsoleRefundTexts();
    return (
        <span>
            <RefundTag state={refund.state} parked={refund.parked} />
            {refund.approvals_needed > 1 && (
                <span className="small">
                    {t('reviews', { done: refund.approvals, needed: refund.approvals_needed })}
                </span>
            )}
            {refund.parked && <span className="small">{t(whyOf(refund))}</span>}
            {refund.first_settler != null && (
                <span className="small">
                    {t(refund.second_settler != null ? 'settled_by_two' : 'settled_by_one')}
                </span>
            )}
        </span>
    );
}

function whyOf(refund: StaffRefund) {
    if (refund.given_before) return 'given_before_why';
    return refund.refused ? 'refused_why' : 'parked_why';
}

function Actions({
    refund,
    busy,
    onAsk,
    onResume,
    onSettle,
}: {
    refund: StaffRefund;
    busy: boolean;
    onAsk: (approve: boolean) => void;
    onResume: () => void;
    onSettle: () => void;
}) {
    const t = useConsoleRefundTexts();
    const { person } = useStaff();
    if (refund.parked)
        return (
            <span className="row">
                <Button
                    look="plain"
                    busy={busy}
                    aria-label={`${t('resume')} ${refund.refund}`}
                    onClick={onResume}
                >
                    {t('resume')}
                </Button>
                {refund.refused && refund.first_settler !== person && (
                    <Button
                        look="danger"
                        aria-label={`${t('settle')} ${refund.refund}`}
                        onClick={onSettle}
                    >
                        {t('settle')}
                    </Button>
                )}
                {refund.refused && refund.first_settler === person && (
                    <span className="small">{t('settle_yours')}</span>
                )}
            </span>
        );
    if (refund.state !== 'requested') return null;
    // The server refuses it as well; here it is said before.
    if (refund.first_reviewer === person) return <span className="small">{t('yours')}</span>;
    return (
        <span className="row">
            <Button
                look="plain"
                aria-label={`${t('approve')} ${refund.refund}`}
                onClick={() => onAsk(true)}
            >
                {t('approve')}
            </Button>
            <Button
                look="danger"
                aria-label={`${t('reject')} ${refund.refund}`}
                onClick={() => onAsk(false)}
            >
                {t('reject')}
            </Button>
        </span>
    );
}
