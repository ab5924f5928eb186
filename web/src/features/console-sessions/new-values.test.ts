import dayjs from 'dayjs';
import { describe, expect, it } from 'vitest';
import { codeListsOf, freshIds, placeOfField, requestOf, type Values } from './new-values';

const name = { zh: '名', en: 'name' };
const values: Values = {
    organiser: 1,
    origin: 'new',
    show: { name },
    session: { starts_at: dayjs('2030-01-01T20:00:00Z'), ends_at: dayjs('2030-01-01T22:00:00Z') },
    currency: 'CNY',
    tiers: [
        { name, kind: 'count', count: 10, price: '12.50' },
        { name, kind: 'codes', codes: 'A1\nB2' },
    ],
    campaigns: [
        { name, opens_at: dayjs('2029-12-01T00:00:00Z'), closes_at: dayjs('2029-12-31T00:00:00Z') },
    ],
};

describe('requestOf', () => {
    it('gives each tier a pool and lets the campaign sell all of them', () => {
        const ids = freshIds();
        const request = requestOf(values, ids, { organiser: { id: 1, name } });
        expect(request.pools).toEqual([
            { id: 1, kind: 'count', count: 10 },
            { id: 2, kind: 'codes', list: ids.lists[1] },
        ]);
        expect(request.tiers.map((tier) => tier.pool)).toEqual([1, 2]);
        expect(request.tiers.map((tier) => tier.price)).toEqual(['12.50', '0']);
        expect(request.campaigns[0]?.tiers).toEqual(request.tiers.map((tier) => tier.id));
        expect(codeListsOf(values, ids)).toEqual([{ list: ids.lists[1], codes: ['A1', 'B2'] }]);
    });
    it('gives nothing back unless it is said', () => {
        const known = { organiser: { id: 1, name } };
        expect(requestOf(values, freshIds(), known).session).toMatchObject({
            refund_allowed: false,
            late_payment: 'refund',
        });
        expect(requestOf(values, freshIds(), known).session.refund_fee_percent).toBeUndefined();
        const generous = {
            ...values,
            session: {
                ...values.session,
                refund_allowed: true,
                refund_until_hours: 0,
                refund_fee_percent: '',
                refund_review: false,
                late_payment: 'same',
            },
        };
        expect(requestOf(generous, freshIds(), known).session).toMatchObject({
            refund_allowed: true,
            refund_until_hours: 0,
            refund_fee_percent: '0',
            refund_review: false,
            refund_second_review_from: '0',
            late_payment: 'same',
        });
    });
    it('repeats itself with the same ids', () => {
        const ids = freshIds();
        const known = { organiser: { id: 1, name }, show: { id: 10, name } };
        expect(requestOf(values, ids, known)).toEqual(requestOf(values, ids, known));
        expect(requestOf(values, ids, known).show).toEqual({ id: 10, name });
    });
});

describe('placeOfField', () => {
    it('finds the step of a field that the server names', () => {
        expect(placeOfField(['pools', 1, 'count'])).toEqual({
            step: 2,
            name: ['tiers', 1, 'count'],
        });
        expect(placeOfField(['campaigns', 0, 'closes_at']).step).toBe(3);
        expect(placeOfField(['session', 'starts_at']).step).toBe(1);
        expect(placeOfField(['session', 'refund_fee_percent'])).toEqual({
            step: 4,
            name: ['session', 'refund_fee_percent'],
        });
    });
});
