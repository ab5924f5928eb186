// What the bank says and hears, as its own document has it (/openapi.json). Amounts are whole minor
// units; times are RFC 3339.

export interface Bank {
    name: string;
    currency: string;
    public_url: string;
}

export interface Merchant {
    merchant: string;
    site: string;
}

export interface LoggedIn {
    token: string;
    expires_at: string;
    number: number;
    name: string;
}

export type CustomerState = 'open' | 'disabled' | 'deleted';

export interface Customer {
    customer: number;
    name: string;
    available: number;
    held: number;
    currency: string;
    state: CustomerState;
    created_at: string;
}

export const kKinds = [
    'deposit',
    'withdrawal',
    'hold',
    'release',
    'deduction',
    'bill',
    'refund',
] as const;
export type Kind = (typeof kKinds)[number];

export interface Page<Row> {
    items: Row[];
    next?: number | null;
}

export interface StatementLine {
    transaction: string;
    kind: Kind;
    at: string;
    amount: number;
    balance: number;
    held: number;
    merchant?: string | null;
    order?: string | null;
    reference?: string | null;
    note: string;
}

export interface NewAuthorisation {
    merchant: string;
    order: string;
    amount: number;
    currency: string;
    minutes?: number;
    return_to?: string;
}

export type AuthorisationState = 'open' | 'used' | 'expired' | 'closed' | 'revoked';

export interface Authorisation {
    authorisation: string;
    merchant: string;
    order: string;
    amount: number;
    currency: string;
    state: AuthorisationState;
    created_at: string;
    expires_at: string;
}

export interface Granted {
    authorisation: Authorisation;
    token: string;
    bank: number;
    return_url?: string | null;
}

export interface BillLink {
    merchant: string;
    reference: string;
    order: string;
    amount: number;
    currency: string;
    expires: number;
    title: string;
    return_to: string;
    key: string;
    signature: string;
}

export type BillState = 'open' | 'captured' | 'failed' | 'closed';

export interface Bill {
    merchant: string;
    reference: string;
    order: string;
    title: string;
    amount: number;
    currency: string;
    state: BillState;
    expires_at: string;
    return_to: string;
    transaction?: string | null;
}

export interface Consent {
    consent: number;
    merchant: string;
    state: 'open' | 'expired' | 'revoked';
    created_at: string;
    expires_at: string;
}

export interface Consented {
    consent: Consent;
    token: string;
}

export interface CustomerChange {
    name?: string;
    password?: string;
    disabled?: boolean;
}

export interface Cash {
    kind: 'deposit' | 'withdrawal';
    amount: number;
    note: string;
    key: string;
}

export interface Transaction {
    transaction: string;
    kind: Kind;
    at: string;
    amount: number;
    currency: string;
    customer?: number | null;
    merchant?: string | null;
    order?: string | null;
    reference?: string | null;
    teller?: number | null;
    note: string;
}

// Sum and count of one kind at one merchant ("" for cash) on one day (UTC).
export interface Day {
    day: string;
    kind: Kind;
    merchant: string;
    count: number;
    amount: number;
}

export interface Statistics {
    currency: string;
    days: Day[];
}

export interface Books {
    currency: string;
    customers: number;
    transactions: number;
    available: number;
    held: number;
    merchants: number;
    suspense: number;
    cash: number;
    captured: number;
    refunded: number;
    sum: number;
    broken: string[];
}

export interface MerchantState {
    merchant: string;
    site: string;
    balance: number;
    to_bank_keys: string[];
    to_site_keys: string[];
    callbacks_waiting: number;
    heartbeat: string;
}

export const kCallbackStates = ['waiting', 'acknowledged', 'given_up', 'lost'] as const;

export interface Callback {
    event: string;
    merchant: string;
    kind: string;
    reference: string;
    refund?: string | null;
    status: string;
    state: (typeof kCallbackStates)[number];
    tries: number;
    created_at: string;
    next_at: string;
}

export interface Operation {
    operation: number;
    at: string;
    teller: number;
    teller_name: string;
    what: string;
    customer?: number | null;
    detail: string;
}

export interface Faults {
    seed: number;
    down: boolean;
    silent: boolean;
    slow_ms: number;
    refuse_every: number;
    error_every: number;
    lose_reply_every: number;
    bad_json_every: number;
    wrong_amount_every: number;
    wrong_currency_every: number;
    callbacks_lost_percent: number;
    callbacks_delayed_percent: number;
    callbacks_delay_seconds_max: number;
    callbacks_repeated_percent: number;
    callbacks_repeats: number;
    callbacks_wrong_amount_percent: number;
    refunds_accepted_percent: number;
    refunds_refused_percent: number;
    refunds_settled_after_seconds: number;
}
