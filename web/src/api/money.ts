// Short names for the shapes of money. Below, those that the server's document has not got yet,
// written by hand in its form; each goes when the document has it.
import type { Answer, Text } from './types';

type Route<Sent, Body, Path, Query> = {
    parameters: { query?: Query; header?: never; cookie?: never } & (Path extends None
        ? { path?: never }
        : { path: Path });
    responses: {
        200: { headers: Record<string, unknown>; content: { 'application/json': Body } };
    };
} & (Sent extends None
    ? { requestBody?: never }
    : { requestBody: { content: { 'application/json': Sent } } });
type None = undefined;
interface Paged {
    before?: number;
    limit?: number;
}

export type Bank = Answer<'listBanks'>['banks'][number];
export type Payment = Answer<'listOrderPayments'>['payments'][number];
export type Refund = Answer<'listRefunds'>['refunds'][number];
export type RefundTerms = Answer<'getRefundTerms'>;
export type Message = Answer<'listMessages'>['messages'][number];
export type StaffPayment = Answer<'listPayments'>['payments'][number];
export type StaffRefund = Answer<'listRefundReviews'>['refunds'][number];
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

export interface Bill {
    transaction: string;
    kind: string;
    order: number | null;
    amount: number;
    currency: string;
    at: string;
}

export interface Balance {
    account: string;
    currency: string;
    debit: number;
    credit: number;
    balance: number;
}

export interface Entry {
    entry: string;
    at: string;
    account: string;
    amount: number;
    currency: string;
    session: number | null;
    order: number | null;
    payment: number | null;
    refund: number | null;
    stray: number | null;
}

export interface Payable {
    organiser: number;
    name: Text;
    session: number;
    currency: string;
    orders: number;
    sold: number;
    refunded: number;
    fees: number;
    owed: number;
}

export interface ReconciliationRow {
    reconciliation: number;
    bank: number;
    bank_name: Text;
    day: string;
    made_at: string;
    lines: number;
    matched: number;
    differences: number;
}

export interface Difference {
    kind: string;
    reference: string;
    cause: string;
    mends_itself: boolean;
    ours: number | null;
    banks: number | null;
    currency: string;
    order: number | null;
}

export interface Reconciliation extends ReconciliationRow {
    items: Difference[];
}

export interface MoneyPaths {
    '/api/v1/me/bank-bills': {
        post: Route<
            { bank: number; consent: string; before?: number },
            { items: Bill[]; next?: number | null },
            None,
            None
        >;
    };
    '/api/v1/ledger/balances': { get: Route<None, { balances: Balance[] }, None, None> };
    '/api/v1/ledger/entries': {
        get: Route<
            None,
            { entries: Entry[]; next?: string | null },
            None,
            { account?: string; order?: number; bank?: number; day?: string; before?: string }
        >;
    };
    '/api/v1/ledger/payables': {
        get: Route<None, { payables: Payable[] }, None, Paged>;
    };
    '/api/v1/reconciliations': {
        get: Route<
            None,
            { reconciliations: ReconciliationRow[]; next?: number | null },
            None,
            Paged
        >;
        post: Route<{ bank: number; day: string }, Reconciliation, None, None>;
    };
    '/api/v1/reconciliations/{reconciliation}': {
        get: Route<None, Reconciliation, { reconciliation: number }, None>;
    };
}
