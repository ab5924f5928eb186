import { describe, expect, it } from 'vitest';
import { anyFault, kFaultGroups, kNoFaults, kSwitches, mostOf } from './faults';

describe('faults', () => {
    it('each stands in the form once', () => {
        const shown = ['seed', ...kSwitches, ...kFaultGroups.flatMap(([, names]) => names)];
        expect([...shown].sort()).toEqual(Object.keys(kNoFaults).sort());
    });

    it('are played when a share or a switch says so', () => {
        expect(anyFault(kNoFaults)).toBe(false);
        expect(anyFault({ ...kNoFaults, seed: 7, callbacks_repeats: 3 })).toBe(false);
        expect(anyFault({ ...kNoFaults, down: true })).toBe(true);
        expect(anyFault({ ...kNoFaults, callbacks_lost_percent: 1 })).toBe(true);
    });

    it('shares are at most all', () => {
        expect(mostOf('callbacks_lost_percent')).toBe(100);
        expect(mostOf('slow_ms')).toBeGreaterThan(100);
    });
});
