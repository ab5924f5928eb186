import { describe, expect, it } from 'vitest';
import { billLinkOf } from './link';

const kLink = {
    merchant: 'onsale',
    reference: 'P8193-00c0ffee00c0ffee',
    order: '123',
    amount: '1200',
    currency: 'CNY',
    expires: '1790000000',
    title: '西岸咖啡节 & more',
    return: 'https://shop.example/orders/123/pay?a=b',
    key: '0badcafe',
    signature: 'ab'.repeat(32),
};

describe("the cashier's link", () => {
    it('goes to the bank as it is', () => {
        expect(billLinkOf(new URLSearchParams(kLink))).toEqual({
            merchant: 'onsale',
            reference: 'P8193-00c0ffee00c0ffee',
            order: '123',
            amount: 1200,
            currency: 'CNY',
            expires: 1790000000,
            title: '西岸咖啡节 & more',
            return_to: 'https://shop.example/orders/123/pay?a=b',
            key: '0badcafe',
            signature: 'ab'.repeat(32),
        });
    });

    it('is refused when something that each link has is missing', () => {
        for (const name of ['merchant', 'reference', 'order', 'amount', 'expires', 'signature']) {
            const search = new URLSearchParams(kLink);
            search.delete(name);
            expect(billLinkOf(search), name).toBeNull();
        }
        const search = new URLSearchParams({ ...kLink, amount: '12.00' });
        expect(billLinkOf(search)).toBeNull();
    });
});
