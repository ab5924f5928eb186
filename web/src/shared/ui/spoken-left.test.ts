import { describe, expect, it } from 'vitest';
import { spokenLeft } from './spoken-left';

const kMinute = 60;
const kHour = 3600;
const kDay = 86_400;

describe('spokenLeft', () => {
    it('says the time left, not a much longer one', () => {
        expect(spokenLeft(14 * kMinute + 45)).toEqual({ unit: 'minutes', count: 15 });
        expect(spokenLeft(59 * kMinute)).toEqual({ unit: 'hours', count: 1 });
        expect(spokenLeft(40 * kMinute)).toEqual({ unit: 'minutes', count: 45 });
        expect(spokenLeft(kDay - 1)).toEqual({ unit: 'hours', count: 24 });
        expect(spokenLeft(3 * kHour + 1)).toEqual({ unit: 'hours', count: 4 });
        expect(spokenLeft(2 * kDay + kHour)).toEqual({ unit: 'days', count: 3 });
    });
    it('never says less than there is, nor twice as much', () => {
        const unit = { days: kDay, hours: kHour, minutes: kMinute, seconds: 1 };
        for (let seconds = 11; seconds < 4 * kDay; seconds += 7) {
            const said = spokenLeft(seconds);
            expect(said.count * unit[said.unit]).toBeGreaterThanOrEqual(seconds);
            expect(said.count * unit[said.unit]).toBeLessThan(3 * seconds);
        }
    });
    it('changes only where a mark is passed', () => {
        expect(spokenLeft(10 * kMinute)).toEqual(spokenLeft(5 * kMinute + 1));
        expect(spokenLeft(5 * kMinute)).not.toEqual(spokenLeft(5 * kMinute + 1));
        const changes = new Set<string>();
        for (let seconds = 0; seconds <= kHour; ++seconds)
            changes.add(JSON.stringify(spokenLeft(seconds)));
        expect(changes.size).toBe(11);
    });
    it('ends at nothing', () => {
        expect(spokenLeft(7)).toEqual({ unit: 'seconds', count: 10 });
        expect(spokenLeft(0)).toEqual({ unit: 'seconds', count: 0 });
        expect(spokenLeft(-5)).toEqual({ unit: 'seconds', count: 0 });
    });
});
