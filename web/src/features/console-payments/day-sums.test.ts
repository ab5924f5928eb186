import { expect, test } from 'vitest';
import type { PaymentDay } from '@/api/money';
import { plotOf, sumsOf } from './day-sums';

const kDay: PaymentDay = {
    day: '2026-02-27',
    bank: 1,
    bank_name: { zh: '甲', en: 'A' },
    way: 'token',
    currency: 'CNY',
    started: 3,
    captured: 2,
    failed: 1,
    closed: 0,
    amount: 2400,
    refunds: 0,
    refunded: 0,
};

test('sums are by bank, way and currency', () => {
    const sums = sumsOf([
        kDay,
        { ...kDay, way: 'cashier', amount: 100 },
        { ...kDay, day: '2026-03-01', amount: 600, refunds: 1, refunded: 500 },
    ]);
    expect(sums.map((one) => [one.way, one.started, one.amount, one.refunded])).toEqual([
        ['token', 6, 3000, 500],
        ['cashier', 3, 100, 0],
    ]);
});

test('the plot has every day between the first and the last', () => {
    const plot = plotOf([
        kDay,
        { ...kDay, bank: 2, amount: 100 },
        { ...kDay, day: '2026-03-01', amount: 0, refunded: 500 },
    ]);
    expect(plot.labels).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(plot.amounts).toEqual([25, 0, 0]);
    expect(plot.refunded).toEqual([0, 0, 5]);
});

test('nothing gives nothing', () => {
    expect(plotOf([])).toEqual({ labels: [], amounts: [], refunded: [] });
});
