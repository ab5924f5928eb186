// What the site says about itself, and with it the server's time.
import { useQuery } from '@tanstack/react-query';
import { serverTimeSeen } from '../time/server-clock';
import { api, ask } from './client';

const kRefetchMs = 4 * 60_000;

async function askSite() {
    const sentAt = performance.now();
    const site = await ask(api.GET('/api/v1/site'));
    serverTimeSeen(site.now, performance.now() - sentAt);
    return site;
}

export function useSite() {
    return useQuery({ queryKey: ['site'], queryFn: askSite, staleTime: kRefetchMs });
}

// Keeps the server's clock fresh, also after the device has slept.
export function useSiteClock(): void {
    useQuery({
        queryKey: ['site'],
        queryFn: askSite,
        staleTime: kRefetchMs,
        refetchInterval: kRefetchMs,
        refetchOnWindowFocus: 'always',
    });
}
