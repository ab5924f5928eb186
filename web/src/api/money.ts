// Short names for the shapes of money in the server's own document.
import type { Answer } from './types';

export type Bank = Answer<'listBanks'>['banks'][number];
export type Payment = Answer<'listOrderPayments'>['payments'][number];
export type Refund = Answer<'listRefunds'>['refunds'][number];
export type RefundTerms = Answer<'getRefundTerms'>;
export type Message = Answer<'listMessages'>['messages'][number];
export type StaffPayment = Answer<'listPayments'>['payments'][number];
export type StaffRefund = Answer<'listRefundReviews'>['refunds'][number];
export type Stray = Answer<'listStrays'>['strays'][number];
export type PaymentDay = Answer<'listPaymentDays'>['days'][number];
export type SessionRefunds = Answer<'getSessionRefunds'>;
export type SessionTerms = Pick<
    Answer<'getSession'>,
    | 'refund_allowed'
    | 'refund_until_hours'
    | 'refund_fee_percent'
    | 'refund_review'
    | 'refund_second_review_from'
    | 'late_payment'
>;

export type Bill = Answer<'listBankBills'>['items'][number];
export type Balance = Answer<'getBalances'>['balances'][number];
export type Entry = Answer<'listEntries'>['entries'][number];
export type Payables = Answer<'getPayables'>;
export type Payable = Payables['payables'][number];
export type PayableSum = Payables['sums'][number];
export type ReconciliationRow = Answer<'listReconciliations'>['reconciliations'][number];
export type Reconciliation = Answer<'getReconciliation'>;
export type Difference = Reconciliation['items'][number];
