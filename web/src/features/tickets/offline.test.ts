import { beforeEach, describe, expect, it } from 'vitest';
import { beginSession, endSession } from '@/shared/session/session';
import type { Ticket } from './api';
import { keepTickets, keptTickets, kKeptMax, type KeptTicket } from './offline';

function ticket(id: number, code = `C${id}`): KeptTicket {
    return { ticket: { id, code } as Ticket };
}

describe('tickets kept on the device', () => {
    beforeEach(() => {
        localStorage.clear();
        beginSession(5, 60_000);
    });

    it('are there for their person only', () => {
        keepTickets(5, 1, [ticket(1)]);
        expect(keptTickets(5)?.tickets).toHaveLength(1);
        expect(keptTickets(6)).toBeUndefined();
    });

    it('newer ones replace older ones of the same number, newest first', () => {
        keepTickets(5, 1, [ticket(1, 'old'), ticket(2)]);
        keepTickets(5, 2, [ticket(3), ticket(1, 'new')]);
        expect(keptTickets(5)?.tickets.map((one) => one.ticket.code)).toEqual(['C3', 'C2', 'new']);
    });

    it('keep the signed code that a list does not bring, as long as the ticket is valid', () => {
        const signed: KeptTicket = {
            ticket: { id: 1, state: 'valid', signed_code: 'S' } as Ticket,
        };
        const listed: KeptTicket = { ticket: { id: 1, state: 'valid' } as Ticket };
        const voided: KeptTicket = { ticket: { id: 1, state: 'void' } as Ticket };
        keepTickets(5, 1, [signed]);
        keepTickets(5, 2, [listed]);
        expect(keptTickets(5)?.tickets[0]?.ticket.signed_code).toBe('S');
        keepTickets(5, 3, [voided]);
        expect(keptTickets(5)?.tickets[0]?.ticket.signed_code).toBeUndefined();
    });

    it('are bounded', () => {
        keepTickets(
            5,
            1,
            Array.from({ length: kKeptMax + 9 }, (_, index) => ticket(index)),
        );
        expect(keptTickets(5)?.tickets).toHaveLength(kKeptMax);
    });

    it('go at logout, and when somebody else logs in; not when the login is merely over', () => {
        keepTickets(5, 1, [ticket(1)]);
        endSession('keep');
        beginSession(5, 60_000);
        expect(keptTickets(5)?.tickets).toHaveLength(1);
        endSession('keep');
        beginSession(6, 60_000);
        expect(keptTickets(5)).toBeUndefined();
        keepTickets(6, 1, [ticket(1)]);
        endSession('wipe');
        expect(keptTickets(6)).toBeUndefined();
    });
});
