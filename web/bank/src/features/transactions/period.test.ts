import { afterEach, describe, expect, it } from 'vitest';
import { periodOf } from './period';

const zone = process.env.TZ;
afterEach(() => {
    process.env.TZ = zone;
});

describe('a period of days', () => {
    it('has both days in it, by the clock on the wall', () => {
        process.env.TZ = 'Asia/Shanghai';
        expect(periodOf('2026-11-20', '2026-11-20')).toEqual({
            from: '2026-11-19T16:00:00.000Z',
            to: '2026-11-20T16:00:00.000Z',
        });
    });

    it('goes over the ends of months and years', () => {
        process.env.TZ = 'UTC';
        expect(periodOf('2026-12-31', '2026-12-31').to).toBe('2027-01-01T00:00:00.000Z');
    });

    it('what is not chosen is no bound', () => {
        expect(periodOf('', '')).toEqual({ from: undefined, to: undefined });
    });
});
