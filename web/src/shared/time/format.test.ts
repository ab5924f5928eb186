import { describe, expect, it } from 'vitest';
import { durationOf, formatMoney } from './format';

describe('money', () => {
    it.each([
        [0, 'CNY', '¥0.00'],
        [5, 'CNY', '¥0.05'],
        [38_000, 'CNY', '¥380.00'],
        [123_456_789, 'CNY', '¥1,234,567.89'],
        [-1050, 'CNY', '-¥10.50'],
        [1234, 'JPY', '¥1,234'],
    ])('%d %s is %s', (minor, currency, text) =>
        expect(formatMoney({ minor, currency }, 'zh')).toBe(text),
    );
});

describe('time left', () => {
    it('is rounded up, so that a second is shown until it is over', () => {
        expect(durationOf(1)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 1 });
        expect(durationOf(90_061_000)).toEqual({ days: 1, hours: 1, minutes: 1, seconds: 1 });
        expect(durationOf(-5)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
    });
});
