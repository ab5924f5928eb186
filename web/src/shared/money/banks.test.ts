import { describe, expect, it } from 'vitest';
import { bankPage } from './banks';

const bank = {
    bank: 1,
    name: { zh: '甲', en: 'A' },
    ways: ['token'],
    usable: true,
    merchant: 'onsale',
};

describe('page of a bank', () => {
    it("address: merchant and values, escaped, at the bank's own origin", () => {
        const page = bankPage({ ...bank, public_url: 'https://bank.example' }, '/authorise', {
            order: '7',
            return: 'https://site.example/orders/7/pay?a=1&b=2',
        });
        const url = new URL(page ?? '');
        expect(url.origin + url.pathname).toBe('https://bank.example/authorise');
        expect(Object.fromEntries(url.searchParams)).toEqual({
            merchant: 'onsale',
            order: '7',
            return: 'https://site.example/orders/7/pay?a=1&b=2',
        });
    });

    it('address: none where the bank has told none', () => {
        expect(bankPage(bank, '/authorise', {})).toBeNull();
        expect(bankPage({ ...bank, public_url: '' }, '/authorise', {})).toBeNull();
    });
});
