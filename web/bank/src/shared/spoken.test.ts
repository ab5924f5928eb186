import { describe, expect, it } from 'vitest';
import { spokenOf } from './spoken';

const minutes = (count: number) => ({ unit: 'minutes', count });

describe('time left, said aloud', () => {
    it('is rounded up to a mark', () => {
        expect(spokenOf(900_000)).toEqual(minutes(15));
        expect(spokenOf(885_000)).toEqual(minutes(15));
        expect(spokenOf(600_000)).toEqual(minutes(10));
        expect(spokenOf(301_000)).toEqual(minutes(10));
        expect(spokenOf(299_000)).toEqual(minutes(5));
        expect(spokenOf(61_000)).toEqual(minutes(2));
        expect(spokenOf(60_000)).toEqual(minutes(1));
        expect(spokenOf(31_000)).toEqual(minutes(1));
    });

    it('in hours above one, in seconds at the end', () => {
        expect(spokenOf(3_601_000)).toEqual({ unit: 'hours', count: 2 });
        expect(spokenOf(3_600_000)).toEqual(minutes(60));
        expect(spokenOf(29_500)).toEqual({ unit: 'seconds', count: 30 });
        expect(spokenOf(9000)).toEqual({ unit: 'seconds', count: 10 });
        expect(spokenOf(-5)).toEqual({ unit: 'seconds', count: 0 });
    });
});
