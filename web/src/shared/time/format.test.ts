import { afterEach, describe, expect, it } from 'vitest';
import { durationOf, foreignZone, formatDate, formatDateTime, formatMoney, zoneOf } from './format';

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

describe('time', () => {
    const before = process.env.TZ;
    afterEach(() => {
        process.env.TZ = before;
    });

    it.each([
        ['Asia/Shanghai', '2026-11-20T11:30:00Z', '', '2026年11月20日周五 19:30'],
        ['Asia/Tokyo', '2026-11-20T11:30:00Z', 'UTC+9', '2026年11月20日周五 20:30 (UTC+9)'],
        ['America/New_York', '2026-07-01T11:30:00Z', 'UTC-4', '2026年7月1日周三 07:30 (UTC-4)'],
        ['Asia/Kolkata', '2026-07-01T11:30:00Z', 'UTC+5:30', '2026年7月1日周三 17:00 (UTC+5:30)'],
        ['UTC', '2026-07-01T11:30:00Z', 'UTC', '2026年7月1日周三 11:30 (UTC)'],
    ])('in %s names the zone where it is not the place’s', (zone, at, name, text) => {
        process.env.TZ = zone;
        expect(zoneOf(at)).toBe(name);
        expect(formatDateTime(at, 'zh')).toBe(text);
    });

    it('also at days, which may be others there', () => {
        process.env.TZ = 'America/New_York';
        expect(formatDate('2026-11-20T03:00:00Z', 'en')).toBe('19 Nov 2026 (UTC-5)');
    });

    it('the zone of what is typed is named by its own name', () => {
        process.env.TZ = 'Europe/Berlin';
        expect(foreignZone()).toBe('Europe/Berlin');
        process.env.TZ = 'Asia/Shanghai';
        expect(foreignZone()).toBe('');
    });
});
