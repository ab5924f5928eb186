import { describe, expect, it } from 'vitest';
import type { Refund } from '@/api/money';
import { canBeCancelled, charactersLeft, isOpen, whyNotOf, withTold } from './states';

describe('refund', () => {
    it('open: until the money is back or nothing comes of it', () => {
        const open = ['requested', 'approved', 'parked', 'completed', 'rejected', 'cancelled'];
        expect(open.filter((state) => isOpen({ state }))).toEqual(open.slice(0, 3));
    });

    it('taking back: only while it is reviewed, and only what the buyer asked for', () => {
        expect(canBeCancelled({ state: 'requested', cause: 'buyer' })).toBe(true);
        expect(canBeCancelled({ state: 'approved', cause: 'buyer' })).toBe(false);
        expect(canBeCancelled({ state: 'requested', cause: 'late' })).toBe(false);
    });

    it('reasons that are not known are said so, not guessed', () => {
        expect(whyNotOf('refund_too_late')).toBe('refund_too_late');
        expect(whyNotOf('moon')).toBe('other');
        expect(whyNotOf(null)).toBe('other');
    });

    it('note: characters are counted as people count', () => {
        expect(charactersLeft('')).toBe(200);
        expect(charactersLeft('行程有变')).toBe(196);
        expect(charactersLeft('🎫')).toBe(199);
        expect(charactersLeft('x'.repeat(201))).toBe(-1);
    });

    it("list: what was just told is in it once, by the list's own word as soon as it has it", () => {
        const refund = (id: number, state: string) => ({ refund: id, state }) as Refund;
        const told = refund(2, 'requested');
        expect(withTold([refund(1, 'completed')], told)).toEqual([told, refund(1, 'completed')]);
        expect(withTold([refund(2, 'approved')], told)).toEqual([refund(2, 'approved')]);
        expect(withTold([], undefined)).toEqual([]);
    });
});
