import { describe, expect, it } from 'vitest';
import type { Day } from '~/api/types';
import { byDay, byKind, byMerchant, daysUntil } from './figures';

const kDays: Day[] = [
    { day: '2026-11-18', kind: 'deposit', merchant: '', count: 2, amount: 50_000 },
    { day: '2026-11-18', kind: 'hold', merchant: 'onsale', count: 1, amount: 1200 },
    { day: '2026-11-20', kind: 'deduction', merchant: 'onsale', count: 1, amount: 1200 },
    { day: '2026-11-20', kind: 'bill', merchant: 'books', count: 3, amount: 9000 },
    { day: '2026-11-20', kind: 'bill', merchant: 'onsale', count: 1, amount: 300 },
    { day: '2026-11-20', kind: 'refund', merchant: 'onsale', count: 1, amount: 200 },
    { day: '2026-11-20', kind: 'withdrawal', merchant: '', count: 1, amount: 7000 },
];

describe('statistics', () => {
    it('by day: what came in and went out, also on days without any', () => {
        expect(byDay(kDays, '2026-11-18', '2026-11-20')).toEqual({
            labels: ['2026-11-18', '2026-11-19', '2026-11-20'],
            paidIn: [50_000, 0, 200],
            paidOut: [0, 0, 17_500],
        });
    });

    it('by kind: only what happened', () => {
        expect(byKind(kDays)).toEqual([
            { kind: 'deposit', count: 2, amount: 50_000 },
            { kind: 'withdrawal', count: 1, amount: 7000 },
            { kind: 'hold', count: 1, amount: 1200 },
            { kind: 'deduction', count: 1, amount: 1200 },
            { kind: 'bill', count: 4, amount: 9300 },
            { kind: 'refund', count: 1, amount: 200 },
        ]);
    });

    it('by merchant: the largest first, cash is none', () => {
        expect(byMerchant(kDays)).toEqual([
            { merchant: 'books', captured: 9000, refunded: 0 },
            { merchant: 'onsale', captured: 1500, refunded: 200 },
        ]);
    });

    it('a period ends with its last day', () => {
        expect(daysUntil('2026-03-01', 2)).toEqual({ from: '2026-02-28', to: '2026-03-01' });
        expect(daysUntil('2026-03-01', 1)).toEqual({ from: '2026-03-01', to: '2026-03-01' });
    });
});
