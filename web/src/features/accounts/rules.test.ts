import { describe, expect, it } from 'vitest';
import { fieldOf, kRules } from './rules';

describe('rules of fields', () => {
    it.each([
        ['abcd', true],
        ['abc', false],
        ['a234567890123456', true],
        ['a2345678901234567', false],
        ['1abc', false],
        ['ab-cd', false],
    ])('username %s: %s', (text, good) => expect(kRules.username(text)).toBe(good));

    it.each([
        ['abcdefg1', true],
        ['abcdef1', false],
        ['abcdefgh', false],
        ['12345678', false],
        ['a2345678901234567890', true],
        ['a23456789012345678901', false],
    ])('password %s: %s', (text, good) => expect(kRules.password(text)).toBe(good));

    it.each([
        ['13800000000', true],
        ['12800000000', false],
        ['1380000000', false],
    ])('mobile %s: %s', (text, good) => expect(kRules.mobile(text)).toBe(good));

    it('a nickname counts characters, not units of them', () => {
        expect(kRules.nickname('😀'.repeat(32))).toBe(true);
        expect(kRules.nickname('😀'.repeat(33))).toBe(false);
        expect(kRules.nickname('  ')).toBe(false);
    });
});

describe('the field of an error', () => {
    it('follows the code, then the name', () => {
        expect(fieldOf({ code: 'username_taken' })).toBe('username');
        expect(fieldOf({ code: 'invalid_field', field: 'mobile_code' })).toBe('code');
        expect(fieldOf({ code: 'invalid_field', field: 'nickname' })).toBe('nickname');
        expect(fieldOf({ code: 'wrong_credentials' })).toBeUndefined();
    });
});
