import { describe, expect, it } from 'vitest';
import type { Payment } from '@/api/money';
import { lastFailure, openCashier, phaseOf, reasonOf, surplusOf, waysOf } from './phase';

const kDeadline = '2026-11-20T10:00:00Z';
const kBefore = Date.parse(kDeadline) - 1;

function payment(changes: Partial<Payment>): Payment {
    return {
        payment: 1,
        order: 1,
        bank: 1,
        bank_name: { zh: '甲', en: 'A' },
        way: 'cashier',
        state: 'open',
        amount: 1200,
        currency: 'CNY',
        captured: 0,
        use: null,
        parked: false,
        reason: null,
        started_at: kDeadline,
        changed_at: kDeadline,
        expires_at: null,
        ...changes,
    };
}
const reserved = { state: 'reserved', deadline: kDeadline };

describe('phase', () => {
    it('reserved: there is something to choose until the deadline, at it no more', () => {
        expect(phaseOf(reserved, [], kBefore)).toBe('choose');
        expect(phaseOf(reserved, [], kBefore + 1)).toBe('closing');
        expect(phaseOf(reserved, [payment({})], kBefore + 1)).toBe('closing');
    });

    it("reserved: without the server's time nothing is taken for over", () => {
        expect(phaseOf(reserved, [], null)).toBe('choose');
    });

    it('reserved: an open bill is waited for, one that failed is not', () => {
        expect(phaseOf(reserved, [payment({})], kBefore)).toBe('cashier');
        expect(phaseOf(reserved, [payment({ state: 'failed' })], kBefore)).toBe('choose');
        expect(phaseOf(reserved, [payment({ way: 'token' })], kBefore)).toBe('choose');
    });

    it('every other state of an order has its page', () => {
        const phase = (state: string) => phaseOf({ state }, [], kBefore);
        expect(phase('paid')).toBe('taking');
        expect(phase('completed')).toBe('done');
        expect(phase('refunding')).toBe('given_back');
        expect(phase('refunded')).toBe('given_back');
        expect(phase('failed')).toBe('failed');
        expect(phase('expired')).toBe('expired');
        expect(phase('cancelled')).toBe('cancelled');
    });
});

describe('payments of an order', () => {
    it('open bill: the newest one', () => {
        expect(openCashier([payment({ payment: 3 }), payment({ payment: 4 })])?.payment).toBe(4);
        expect(openCashier([payment({ parked: true })])?.payment).toBe(1);
        expect(openCashier([payment({ state: 'closed' })])).toBeNull();
    });

    it('failure: only the newest payment counts, and not what we closed ourselves', () => {
        const failed = payment({ payment: 2, state: 'failed', reason: 'insufficient' });
        expect(lastFailure([failed, payment({ payment: 1 })])).toBe(failed);
        expect(lastFailure([failed, payment({ payment: 3 })])).toBeNull();
        expect(lastFailure([payment({ state: 'closed', reason: 'closed_by_us' })])).toBeNull();
        expect(lastFailure([])).toBeNull();
    });

    it('surplus: what was taken and is not for the order', () => {
        const paid = payment({ state: 'captured', use: 'order' });
        const twice = payment({ payment: 2, state: 'captured', use: 'duplicate' });
        expect(surplusOf([paid, twice])).toEqual([twice]);
    });

    it('words: reasons and ways that are not known are said so, not guessed', () => {
        expect(reasonOf(payment({ reason: 'insufficient' }))).toBe('insufficient');
        expect(reasonOf(payment({ reason: 'moon' }))).toBe('unknown');
        expect(reasonOf(payment({}))).toBe('unknown');
        expect(waysOf(['token', 'cashier', 'cheque'])).toEqual(['cashier', 'token']);
    });
});
