// Signed codes of tickets: read and checked in the browser with the site's public keys, so that it
// also works without a network. docs/formats/ticket.md has the bytes.

export interface TicketKey {
    id: string;
    algorithm: string;
    public_key: string; // base64url
    from: string;
    until?: string | null;
}

export interface SignedCode {
    key: string;
    ticket: number;
    session: number;
    tier: number;
    version: number;
    issuedSeconds: number;
    signed: Uint8Array<ArrayBuffer>; // what the signature is over
    signature: Uint8Array<ArrayBuffer>;
}

export type Reading = 'genuine' | 'unknown_key' | 'forged' | 'malformed' | 'unsupported';

const kDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const kCharacters = 152;
const kFactBytes = 31;
const kPurpose = 'onsale ticket\n';
const kIdBytes = 7;

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
    const digits = text.replace(/[\s-]/g, '').toUpperCase();
    if (digits.length !== kCharacters) return null;
    const bytes = new Uint8Array((kCharacters * 5) / 8);
    let waiting = 0;
    let bits = 0;
    let at = 0;
    for (const digit of digits) {
        const value = kDigits.indexOf(digit);
        if (value < 0) return null;
        waiting = ((waiting << 5) | value) & 0x1fff;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes[at++] = (waiting >> bits) & 0xff;
    }
    return bytes;
}

// Nothing for a text that is no code. What it says is not to be believed before it was checked.
export function parseCode(text: string): SignedCode | null {
    const bytes = bytesOf(text);
    if (!bytes) return null;
    let at = 0;
    // Ids stay below 2^53, so no bit is lost.
    const take = (count: number) => {
        let value = 0;
        for (const end = at + count; at < end; at += 1) value = value * 256 + (bytes[at] ?? 0);
        return value;
    };
    const head = take(2);
    if (head >> 12 !== 1) return null;
    const key = take(4).toString(16).padStart(8, '0');
    const purpose = new TextEncoder().encode(kPurpose);
    const signed = new Uint8Array(purpose.length + kFactBytes);
    signed.set(purpose);
    signed.set(bytes.subarray(0, kFactBytes), purpose.length);
    return {
        key,
        ticket: take(kIdBytes),
        session: take(kIdBytes),
        tier: take(kIdBytes),
        version: head & 0xfff,
        issuedSeconds: take(4),
        signed,
        signature: bytes.slice(kFactBytes),
    };
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

// 'unsupported': this browser knows no Ed25519, or the page did not come by a safe way.
async function isSigned(code: SignedCode, key: TicketKey): Promise<boolean | 'unsupported'> {
    const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
    if (!subtle) return 'unsupported';
    let imported: CryptoKey;
    try {
        const bytes = fromBase64Url(key.public_key);
        imported = await subtle.importKey('raw', bytes, { name: 'Ed25519' }, false, ['verify']);
    } catch {
        return 'unsupported';
    }
    return subtle.verify({ name: 'Ed25519' }, imported, code.signature, code.signed);
}

// A key is believed for tickets of its own time only.
export async function readCode(code: SignedCode | null, keys: TicketKey[]): Promise<Reading> {
    if (!code) return 'malformed';
    const key = keys.find((one) => one.id === code.key);
    if (!key) return 'unknown_key';
    const issued = code.issuedSeconds * 1000;
    const inTime = Date.parse(key.from) <= issued && (!key.until || issued < Date.parse(key.until));
    if (!inTime) return 'forged';
    const signed = await isSigned(code, key);
    if (signed === 'unsupported') return 'unsupported';
    return signed ? 'genuine' : 'forged';
}
