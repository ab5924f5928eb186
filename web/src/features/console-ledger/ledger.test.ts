import { describe, expect, it } from 'vitest';
import { partsOf } from './account-name';
import { sumsOf } from './sums';

describe('accounts', () => {
    it('names: with a number, of suspense, plain, and unknown', () => {
        expect(partsOf('bank:2')).toEqual({ kind: 'bank', number: '2' });
        expect(partsOf('suspense:late')).toEqual({ kind: 'suspense_late', number: 'late' });
        expect(partsOf('fees')).toEqual({ kind: 'fees', number: '' });
        expect(partsOf('moon:1')).toBeNull();
        expect(partsOf('suspense:moon')).toBeNull();
    });

    it('sums: by currency', () => {
        const balances = [
            { currency: 'CNY', balance: 1200 },
            { currency: 'CNY', balance: -1200 },
            { currency: 'USD', balance: 5 },
        ];
        expect([...sumsOf(balances)]).toEqual([
            ['CNY', 0],
            ['USD', 5],
        ]);
        expect(sumsOf([]).size).toBe(0);
    });
});
