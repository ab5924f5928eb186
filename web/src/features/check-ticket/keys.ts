// The site's public keys for tickets: fetched once, and kept on the device for the time without a
// network. They are no secret and belong to nobody.
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { readStored, writeStored } from '@/shared/storage';
import type { TicketKey } from './signed-code';

const kStored = 'onsale.ticket-keys';

export function useTicketKeys() {
    return useQuery({
        queryKey: ['ticket-keys'],
        queryFn: async (): Promise<TicketKey[]> => {
            const { keys } = await ask(api.GET('/api/v1/tickets/keys'));
            writeStored(kStored, keys);
            return keys;
        },
        placeholderData: () => readStored<TicketKey[]>(kStored),
        staleTime: Infinity,
    });
}
