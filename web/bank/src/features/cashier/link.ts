// The cashier's link as a merchant signed it. It goes to the bank field by field, as it is: the bank
// checks the signature over exactly these texts.
import type { BillLink } from '~/api/types';

const kNeeded = ['merchant', 'reference', 'order', 'currency', 'key', 'signature'] as const;

// Null when something that every link has is missing; whether it is genuine, the bank says.
export function billLinkOf(search: URLSearchParams): BillLink | null {
    const text = (name: string) => search.get(name) ?? '';
    const number = (name: string) => (/^\d{1,13}$/.test(text(name)) ? Number(text(name)) : 0);
    const amount = number('amount');
    const expires = number('expires');
    if (amount === 0 || expires === 0 || kNeeded.some((name) => text(name) === '')) return null;
    return {
        merchant: text('merchant'),
        reference: text('reference'),
        order: text('order'),
        amount,
        currency: text('currency'),
        expires,
        title: text('title'),
        return_to: text('return'),
        key: text('key'),
        signature: text('signature'),
    };
}
