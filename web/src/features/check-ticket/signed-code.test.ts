import { describe, expect, it } from 'vitest';
import { parseCode, readCode, type TicketKey } from './signed-code';

// The vectors of docs/formats/ticket.md.
const kGolden =
    'CAAVMR22U4AAAAAAAQACCAAAAAAAAAABAAAAAAAAAAFWVMJ3QBUMT5QYFYHNXOCYNJJ67H6BNRYFEH6B4BXVCXAA6WYFVPVS' +
    'KP6G47BWYRBRIETNZEJYAAEGCASLIHS6K6Z7PGH72BV4PJIYWEFDWIQO';
const kGoldenHighest =
    'D7727ARJLAP7777777776H7777777776D77777777767777777VH3OAFPULCNKHIXDAIUUSQ2UEACBTCDKEGSWRRRA6FSXQT' +
    'THDKK7F5QYZITCMEFOW7NHT6SXYV73VGRO7QD7WUVUMXCTJLGIILOBAP';
const kKey: TicketKey = {
    id: '56475aa7',
    algorithm: 'Ed25519',
    public_key: 'A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg',
    from: '1970-01-01T00:00:00.000Z',
};

describe('a signed code', () => {
    it('says what was signed', () => {
        expect(parseCode(kGolden)).toMatchObject({
            key: '56475aa7',
            ticket: 262177,
            session: 1,
            tier: 11,
            version: 1,
            issuedSeconds: 1_790_000_000,
        });
        expect(parseCode(kGoldenHighest)).toMatchObject({
            key: 'af822958',
            ticket: 2 ** 53 - 1,
            session: 2 ** 53 - 2,
            tier: 2 ** 53 - 3,
            version: 4095,
            issuedSeconds: 2 ** 32 - 1,
        });
    });

    it('is read however it was typed', () => {
        const typed = kGolden.toLowerCase().replace(/(.{8})/g, '$1 \n');
        expect(parseCode(typed)).toEqual(parseCode(kGolden));
    });

    it('is none with another length, alphabet or format', () => {
        for (const text of ['', kGolden.slice(1), `${kGolden}A`, `1${kGolden.slice(1)}`])
            expect(parseCode(text)).toBeNull();
        expect(parseCode(`E${kGolden.slice(1)}`)).toBeNull();
    });

    it('is genuine with the key of its time, and with no other', async () => {
        const code = parseCode(kGolden);
        expect(await readCode(code, [kKey])).toBe('genuine');
        expect(await readCode(code, [])).toBe('unknown_key');
        expect(await readCode(code, [{ ...kKey, from: '2026-09-21T14:13:21Z' }])).toBe('forged');
        expect(await readCode(code, [{ ...kKey, until: '2026-09-21T14:13:20Z' }])).toBe('forged');
        expect(await readCode(null, [kKey])).toBe('malformed');
    });

    it('is forged with another letter anywhere behind the key', async () => {
        for (let at = 10; at < kGolden.length; at += 7) {
            const other = kGolden[at] === 'A' ? 'B' : 'A';
            const altered = parseCode(kGolden.slice(0, at) + other + kGolden.slice(at + 1));
            expect(await readCode(altered, [kKey]), `letter ${at}`).toBe('forged');
        }
    });
});
