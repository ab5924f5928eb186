import { describe, expect, it } from 'vitest';
import { grantIn, keepGrant, takeGrant } from './grant';

describe('grant', () => {
    it('fragment: token and bank are read, in any order', () => {
        expect(grantIn('#token=aa.bb&bank=2')).toEqual({ token: 'aa.bb', bank: 2 });
        expect(grantIn('#bank=2&token=aa.bb')).toEqual({ token: 'aa.bb', bank: 2 });
    });

    it('fragment: a bank that is no number is not known, the token stays', () => {
        expect(grantIn('#token=aa.bb&bank=x')).toEqual({ token: 'aa.bb', bank: null });
        expect(grantIn('#token=aa.bb')).toEqual({ token: 'aa.bb', bank: null });
    });

    it('fragment: nothing, an empty or an endless token is none', () => {
        expect(grantIn('')).toBeNull();
        expect(grantIn('#main')).toBeNull();
        expect(grantIn('#token=&bank=1')).toBeNull();
        expect(grantIn(`#token=${'a'.repeat(5000)}`)).toBeNull();
    });

    it('address bar: the token is gone from it and is given out once, to its page only', () => {
        window.history.replaceState(null, '', '/orders/7/pay?a=1#token=aa.bb&bank=1');
        keepGrant();
        expect(window.location.href).not.toContain('aa.bb');
        expect(window.location.pathname + window.location.search).toBe('/orders/7/pay?a=1');
        expect(takeGrant('/orders/8/pay')).toBeNull();
        expect(takeGrant('/orders/7/pay')).toEqual({ token: 'aa.bb', bank: 1 });
        expect(takeGrant('/orders/7/pay')).toBeNull();
    });

    it('address bar: another fragment is left alone', () => {
        window.history.replaceState(null, '', '/docs#errors');
        keepGrant();
        expect(window.location.hash).toBe('#errors');
    });
});
