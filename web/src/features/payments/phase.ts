// What the page of a payment shows: decided from what the server said of the order and its
// payments, and from the server's time. Pure.
import type { Payment } from '@/api/money';
import type { Order } from '@/api/types';

export type Phase =
    | 'choose' // nothing is under way
    | 'cashier' // waiting for the person at the bank's cashier
    | 'taking' // the bank holds the money, we take it
    | 'done'
    | 'given_back'
    | 'failed'
    | 'closing' // the deadline is over, the server has not said so yet
    | 'expired'
    | 'cancelled';

type Known = Pick<Order, 'state' | 'deadline'>;

function newestFirst(payments: Payment[]): Payment[] {
    return [...payments].sort((a, b) => b.payment - a.payment);
}

export function openCashier(payments: Payment[]): Payment | null {
    const found = newestFirst(payments).find(
        (one) => one.way === 'cashier' && one.state === 'open',
    );
    return found ?? null;
}

export function phaseOf(order: Known, payments: Payment[], now: number | null): Phase {
    switch (order.state) {
        case 'completed':
            return 'done';
        case 'refunding':
        case 'refunded':
            return 'given_back';
        case 'paid':
            return 'taking';
        case 'failed':
        case 'expired':
        case 'cancelled':
            return order.state;
        default: {
            const over = order.deadline && now !== null && now >= Date.parse(order.deadline);
            if (over) return 'closing';
            return openCashier(payments) ? 'cashier' : 'choose';
        }
    }
}

// The newest payment, if it came to nothing for a reason that the buyer should know.
export function lastFailure(payments: Payment[]): Payment | null {
    const newest = newestFirst(payments)[0];
    if (!newest || newest.reason === 'closed_by_us') return null;
    return newest.state === 'failed' || newest.state === 'closed' ? newest : null;
}

// Money that was taken and is for nothing: it goes back in full.
export function surplusOf(payments: Payment[]): Payment[] {
    return payments.filter(
        (one) =>
            one.state === 'captured' && ['late', 'duplicate', 'mismatch'].includes(one.use ?? ''),
    );
}

const kReasons = [
    'given_up',
    'expired',
    'authorisation_refused',
    'insufficient',
    'closed_by_us',
    'bank_refused',
    'bank_silent',
    'bank_contradictory',
] as const;
export type Reason = (typeof kReasons)[number];

export function reasonOf(payment: Payment): Reason | 'unknown' {
    return kReasons.find((one) => one === payment.reason) ?? 'unknown';
}

export const kWays = ['cashier', 'token'] as const;
export type Way = (typeof kWays)[number];

export function waysOf(ways: string[]): Way[] {
    return kWays.filter((one) => ways.includes(one));
}
