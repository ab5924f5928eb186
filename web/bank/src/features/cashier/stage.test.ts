import { describe, expect, it } from 'vitest';
import type { Bill, BillState } from '~/api/types';
import { stageOf } from './stage';

const kEnd = Date.parse('2026-11-20T12:00:00.000Z');

function bill(state: BillState): Bill {
    return {
        merchant: 'onsale',
        reference: 'P1-0000000000000001',
        order: '1',
        title: '',
        amount: 1200,
        currency: 'CNY',
        state,
        expires_at: '2026-11-20T12:00:00.000Z',
        return_to: '',
    };
}

describe('a bill', () => {
    it('is open until its time is over', () => {
        expect(stageOf(bill('open'), kEnd - 1)).toBe('open');
        expect(stageOf(bill('open'), kEnd)).toBe('expired');
    });

    it('is open while the bank has not said its time', () => {
        expect(stageOf(bill('open'), null)).toBe('open');
    });

    it('that has ended stays as it ended, whatever the time', () => {
        expect(stageOf(bill('captured'), kEnd + 1)).toBe('paid');
        expect(stageOf(bill('failed'), kEnd + 1)).toBe('given_up');
        expect(stageOf(bill('closed'), kEnd - 1)).toBe('closed');
    });
});
