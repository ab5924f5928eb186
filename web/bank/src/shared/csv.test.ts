import { describe, expect, it } from 'vitest';
import { csvOf } from './csv';

describe('files for spreadsheets', () => {
    it('quotes what would break a line', () => {
        expect(csvOf(['a', 'b'], [['x,y', 'say "no"']])).toBe(
            '\uFEFFa,b\r\n"x,y","say ""no"""\r\n',
        );
    });

    it('a text is never a formula, a number stays one', () => {
        expect(csvOf(['a'], [['=1+1'], ['@x'], [{ number: '-5.00' }], [null]])).toBe(
            "\uFEFFa\r\n'=1+1\r\n'@x\r\n-5.00\r\n\r\n",
        );
    });
});
