import { describe, expect, it } from 'vitest';
import { readCodes } from './codes';

describe('readCodes', () => {
    it('takes one code a line, whatever ends the lines', () => {
        expect(readCodes('A1\r\nB2\n\nC3').codes).toEqual(['A1', 'B2', 'C3']);
    });
    it('takes the first column and passes over the heading', () => {
        expect(readCodes('\uFEFFcode,note\n"A1",x\nB2,y').codes).toEqual(['A1', 'B2']);
    });
    it('names the line of a repeated code', () => {
        expect(readCodes('A1\nB2\nA1').mistake).toEqual({ kind: 'repeated', line: 3, code: 'A1' });
    });
    it('names the line of what is no code', () => {
        expect(readCodes('A1\n券码').mistake?.line).toBe(2);
        expect(readCodes('x'.repeat(65)).mistake?.kind).toBe('invalid');
    });
});
