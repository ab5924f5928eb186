import { describe, expect, it } from 'vitest';
import { isAtSite, ownPath, webAddress } from './address';

describe('addresses', () => {
    it('scripts and files are none', () => {
        expect(webAddress('javascript:alert(1)')).toBeNull();
        expect(webAddress('file:///etc/passwd')).toBeNull();
        expect(webAddress('')).toBeNull();
        expect(webAddress(null)).toBeNull();
        expect(webAddress('https://shop.example/orders/1')?.pathname).toBe('/orders/1');
    });

    it('a merchant has its own origin and no other', () => {
        const site = 'https://shop.example';
        expect(isAtSite('https://shop.example/orders/1/pay', site)).toBe(true);
        expect(isAtSite('http://shop.example/orders/1/pay', site)).toBe(false);
        expect(isAtSite('https://shop.example.evil.example/', site)).toBe(false);
        expect(isAtSite('https://shop.example@evil.example/', site)).toBe(false);
        expect(isAtSite('https://shop.example:444/', site)).toBe(false);
        expect(isAtSite('/orders/1', site)).toBe(false);
        expect(isAtSite('https://shop.example/', '')).toBe(false);
    });

    it('the way on after a login stays here', () => {
        expect(ownPath('/account?kind=bill', '/')).toBe('/account?kind=bill');
        expect(ownPath('//evil.example', '/')).toBe('/');
        expect(ownPath('/\\evil.example', '/')).toBe('/');
        expect(ownPath('https://evil.example', '/')).toBe('/');
        expect(ownPath(null, '/account')).toBe('/account');
    });
});
