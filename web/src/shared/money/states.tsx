// The states of payments and refunds as staff see them.
import { defineTexts } from '../i18n/texts';

const useStateTexts = defineTexts('money-states', {
    zh: {
        payment_open: '待支付',
        payment_authorised: '已授权',
        payment_captured: '支付成功',
        payment_failed: '支付失败',
        payment_closed: '已关闭',
        refund_requested: '待审核',
        refund_approved: '退款中',
        refund_completed: '已退款',
        refund_rejected: '已驳回',
        refund_cancelled: '已撤销',
        refund_parked: '已搁置',
        parked: '已搁置',
    },
    en: {
        payment_open: 'To pay',
        payment_authorised: 'Authorised',
        payment_captured: 'Paid',
        payment_failed: 'Failed',
        payment_closed: 'Closed',
        refund_requested: 'To review',
        refund_approved: 'Being refunded',
        refund_completed: 'Refunded',
        refund_rejected: 'Rejected',
        refund_cancelled: 'Taken back',
        refund_parked: 'Parked',
        parked: 'Parked',
    },
});

export const kPaymentLooks = {
    open: 'warn',
    authorised: 'accent',
    captured: 'good',
    failed: 'bad',
    closed: '',
} as const;
export type PaymentState = keyof typeof kPaymentLooks;
export const kPaymentStates = Object.keys(kPaymentLooks) as PaymentState[];

export const kRefundLooks = {
    requested: 'warn',
    approved: 'accent',
    completed: 'good',
    rejected: 'bad',
    cancelled: '',
    parked: 'warn',
} as const;
export type RefundState = keyof typeof kRefundLooks;
export const kRefundStates = Object.keys(kRefundLooks) as RefundState[];

export function usePaymentStateName(): (state: PaymentState) => string {
    const t = useStateTexts();
    return (state) => t(`payment_${state}`);
}

export function useRefundStateName(): (state: RefundState) => string {
    const t = useStateTexts();
    return (state) => t(`refund_${state}`);
}

export function PaymentTag({ state, parked }: { state: string; parked?: boolean }) {
    const t = useStateTexts();
    const known = kPaymentStates.find((one) => one === state);
    return (
        <span className="row">
            <span className={`tag ${known ? kPaymentLooks[known] : ''}`}>
                {known ? t(`payment_${known}`) : state}
            </span>
            {parked && <span className="tag bad">{t('parked')}</span>}
        </span>
    );
}

export function RefundTag({ state, parked }: { state: string; parked?: boolean }) {
    const t = useStateTexts();
    const known = kRefundStates.find((one) => one === state);
    return (
        <span className="row">
            <span className={`tag ${known ? kRefundLooks[known] : ''}`}>
                {known ? t(`refund_${known}`) : state}
            </span>
            {parked && state !== 'parked' && <span className="tag bad">{t('parked')}</span>}
        </span>
    );
}
