import { describe, expect, it } from 'vitest';
import { wishOf } from './wish';

const link = (changes: Record<string, string> = {}) =>
    new URLSearchParams({
        merchant: 'onsale',
        order: '123',
        amount: '1200',
        currency: 'CNY',
        title: '西岸咖啡节',
        return: 'https://shop.example/orders/123/pay',
        ...changes,
    });

describe('the link to the authorise page', () => {
    it('says what is asked for', () => {
        expect(wishOf(link())).toEqual({
            merchant: 'onsale',
            order: '123',
            amount: 1200,
            currency: 'CNY',
            title: '西岸咖啡节',
            returnTo: 'https://shop.example/orders/123/pay',
        });
    });

    it('a title and a way back may be missing', () => {
        const search = link();
        search.delete('title');
        search.delete('return');
        expect(wishOf(search)).toMatchObject({ title: '', returnTo: '' });
    });

    it('amounts are whole, positive and not beyond what numbers hold', () => {
        for (const amount of ['', '0', '-5', '12.5', '1e3', '99999999999999'])
            expect(wishOf(link({ amount })), amount).toBeNull();
    });

    it('what is missing or malformed is refused', () => {
        expect(wishOf(link({ merchant: '' }))).toBeNull();
        expect(wishOf(link({ merchant: '../x' }))).toBeNull();
        expect(wishOf(link({ order: 'a b' }))).toBeNull();
        expect(wishOf(link({ currency: 'yuan' }))).toBeNull();
    });
});
