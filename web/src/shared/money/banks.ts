// The banks, and which of them can be used now; asked anew while a page shows them.
import { useQuery } from '@tanstack/react-query';
import type { Bank } from '@/api/money';
import { api, ask } from '../api/client';

const kAgainMs = 5000;

export type { Bank };

export function useBanks() {
    return useQuery({
        queryKey: ['banks'],
        queryFn: async () => (await ask(api.GET('/api/v1/banks'))).banks,
        staleTime: 0,
        refetchInterval: kAgainMs,
    });
}

// A page of the bank that we send people to; none where the bank has not said its address.
export function bankPage(bank: Bank, path: string, values: Record<string, string>): string | null {
    if (!bank.public_url) return null;
    const page = new URL(path, bank.public_url);
    page.searchParams.set('merchant', bank.merchant);
    for (const [name, value] of Object.entries(values)) page.searchParams.set(name, value);
    return page.href;
}
