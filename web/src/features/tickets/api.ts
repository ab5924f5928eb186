import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Campaign, Ticket } from '@/api/types';
import { api, ask } from '@/shared/api/client';
import { kPrivateKey } from '@/shared/api/query';
import { useCampaigns } from '@/shared/catalogue/campaigns';
import { useSession } from '@/shared/session/session';
import { serverNow } from '@/shared/time/server-clock';
import { keepTickets, type KeptTicket } from './offline';

export type { Ticket };

export function useTickets() {
    return useInfiniteQuery({
        queryKey: [kPrivateKey, 'tickets', 'list'],
        queryFn: ({ pageParam }) =>
            ask(
                api.GET('/api/v1/tickets', {
                    params: { query: { limit: 20, ...(pageParam && { before: pageParam }) } },
                }),
            ),
        initialPageParam: 0,
        getNextPageParam: (page) => page.next ?? undefined,
    });
}

export function useTicket(id: number) {
    return useQuery({
        queryKey: [kPrivateKey, 'tickets', 'one', id],
        queryFn: () =>
            ask(api.GET('/api/v1/tickets/{ticket}', { params: { path: { ticket: id } } })),
    });
}

// With the names of what they are for; kept on the device as soon as those are known.
export function useNamedTickets(tickets: Ticket[]): KeptTicket[] {
    const person = useSession()?.person;
    const campaigns = useCampaigns(tickets.map((ticket) => ticket.campaign));
    const named = tickets.map((ticket) => nameOf(ticket, campaigns.get(ticket.campaign)));
    const known = JSON.stringify(named);
    useEffect(() => {
        const now = serverNow();
        const list = JSON.parse(known) as KeptTicket[];
        if (person !== undefined && now !== null && list.length > 0) keepTickets(person, now, list);
    }, [known, person]);
    return named;
}

function nameOf(ticket: Ticket, campaign: Campaign | undefined): KeptTicket {
    if (!campaign) return { ticket };
    const tier = campaign.tiers.find((one) => one.id === ticket.tier);
    const { name, starts_at, venue } = campaign;
    return {
        ticket,
        campaign: { name, starts_at, venue },
        ...(tier && { tier: { name: tier.name } }),
    };
}
