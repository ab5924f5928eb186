import { describe, expect, it } from 'vitest';
import { amountText, minorOf } from './amount';

describe('amounts', () => {
    it('become minor units without fractions being computed', () => {
        expect(minorOf('0')).toBe(0);
        expect(minorOf('12')).toBe(1200);
        expect(minorOf(' 12.5 ')).toBe(1250);
        expect(minorOf('12.05')).toBe(1205);
        expect(minorOf('0.29')).toBe(29);
        expect(minorOf('99999999999.99')).toBe(9_999_999_999_999);
    });

    it('what is none is refused', () => {
        for (const text of ['', '-1', '1.234', '1,000', '1e5', '.5', '12.', '999999999999'])
            expect(minorOf(text), text).toBeNull();
    });

    it('and back', () => {
        expect(amountText(5)).toBe('0.05');
        expect(amountText(123456)).toBe('1234.56');
        expect(amountText(-250)).toBe('-2.50');
    });
});
