// What a merchant's link to the authorise page asks for. The link is not signed: everything in it is
// shown to the customer, and the bank looks again at what is granted.

export interface Wish {
    merchant: string;
    order: string;
    amount: number;
    currency: string;
    title: string;
    returnTo: string;
}

const kWord = /^[\w.-]{1,64}$/;
const kCurrency = /^[A-Z]{3}$/;

// Null when the link cannot be one of a merchant's.
export function wishOf(search: URLSearchParams): Wish | null {
    const text = (name: string) => (search.get(name) ?? '').trim();
    const amount = /^\d{1,13}$/.test(text('amount')) ? Number(text('amount')) : 0;
    const wish = {
        merchant: text('merchant'),
        order: text('order'),
        amount,
        currency: text('currency'),
        title: text('title'),
        returnTo: text('return'),
    };
    const whole =
        kWord.test(wish.merchant) &&
        kWord.test(wish.order) &&
        amount > 0 &&
        kCurrency.test(wish.currency);
    return whole ? wish : null;
}
