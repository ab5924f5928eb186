import { describe, expect, it } from 'vitest';
import type { Campaign } from '@/api/types';
import { canAdd, needsConfirmation, orderLimit, totalOf } from './limits';

function campaign(change: Partial<Campaign>, prices: number[] = [0]): Campaign {
    return {
        one_per_person: false,
        tickets_per_order: 4,
        orders_per_person: 5,
        tickets_per_person: 0,
        tiers: prices.map((minor, index) => ({
            id: index + 1,
            price: { minor, currency: 'CNY' },
            free: 2,
        })),
        ...change,
    } as Campaign;
}

describe('what one order may hold', () => {
    it.each([
        [{ one_per_person: true }, 1],
        [{ tickets_per_order: 4 }, 4],
        [{ tickets_per_order: 4, tickets_per_person: 2 }, 2],
        [{ tickets_per_order: 0 }, 100],
    ])('%j: %d', (change, limit) => expect(orderLimit(campaign(change))).toBe(limit));

    it('one more only while there is stock, room in the order, and it is sold', () => {
        const one = campaign({ tickets_per_order: 3 }, [100, 100]);
        const [first, second] = one.tiers;
        if (!first || !second) throw new Error('two tiers');
        expect(canAdd(one, first, { 1: 1 })).toBe(true);
        expect(canAdd(one, first, { 1: 2 })).toBe(false);
        expect(canAdd(one, second, { 1: 2, 2: 1 })).toBe(false);
        expect(canAdd(one, { ...second, on_sale: false }, {})).toBe(false);
    });
});

describe('an order', () => {
    it('of one free ticket needs no confirmation; anything else does', () => {
        expect(needsConfirmation(campaign({ one_per_person: true }))).toBe(false);
        expect(needsConfirmation(campaign({ one_per_person: true }, [100]))).toBe(true);
        expect(needsConfirmation(campaign({}, [0, 0]))).toBe(true);
    });

    it('costs what its lines cost', () => {
        expect(totalOf(campaign({}, [38_000, 5]), { 1: 2, 2: 3 })).toEqual({
            minor: 76_015,
            currency: 'CNY',
        });
    });
});
