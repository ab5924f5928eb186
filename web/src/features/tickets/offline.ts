// The last tickets on this device, so that they can be shown without a network. They belong to the
// person who is logged in and go when that person logs out (they stand under the private prefix).
import type { Text } from '@/api/types';
import { kPrivatePrefix } from '@/shared/session/session';
import { readStored, writeStored } from '@/shared/storage';
import type { Ticket } from './api';

export interface KeptTicket {
    ticket: Ticket;
    campaign?: { name: Text; starts_at: string; venue?: Text | null };
    tier?: { name: Text };
}
export interface Kept {
    person: number;
    at: number; // milliseconds since 1970, the server's
    tickets: KeptTicket[];
}

const kKey = `${kPrivatePrefix}tickets`;
export const kKeptMax = 100;

export function keptTickets(person: number): Kept | undefined {
    const kept = readStored<Kept>(kKey);
    return kept?.person === person ? kept : undefined;
}

// Lists come without signed codes; the one that is known stays good as long as the ticket is.
function withSignedCode(fresh: KeptTicket, before: KeptTicket[]): KeptTicket {
    const known = before.find((one) => one.ticket.id === fresh.ticket.id)?.ticket.signed_code;
    if (fresh.ticket.signed_code || !known || fresh.ticket.state !== 'valid') return fresh;
    return { ...fresh, ticket: { ...fresh.ticket, signed_code: known } };
}

// Newest first; what was known of others stays, up to the bound.
export function keepTickets(person: number, at: number, tickets: KeptTicket[]): void {
    const fresh = new Set(tickets.map((one) => one.ticket.id));
    const before = keptTickets(person)?.tickets ?? [];
    const others = before.filter((one) => !fresh.has(one.ticket.id));
    const all = [...tickets.map((one) => withSignedCode(one, before)), ...others].sort(
        (a, b) => b.ticket.id - a.ticket.id,
    );
    writeStored(kKey, { person, at, tickets: all.slice(0, kKeptMax) } satisfies Kept);
}
