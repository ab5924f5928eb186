import { expect, it } from 'vitest';
import { durationWords } from './duration';

it('duration: the unit that says most', () => {
    expect(durationWords(null)).toBeNull();
    expect(durationWords(0)).toEqual({ unit: 'seconds', count: 0 });
    expect(durationWords(119)).toEqual({ unit: 'seconds', count: 119 });
    expect(durationWords(120)).toEqual({ unit: 'minutes', count: 2 });
    expect(durationWords(7199)).toEqual({ unit: 'minutes', count: 120 });
    expect(durationWords(7200)).toEqual({ unit: 'hours_long', count: 2 });
});
