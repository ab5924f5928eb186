// Campaigns as the server describes them, with the free stock as the event stream last said it.
import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Campaign, Money } from '@/api/types';
import { api, ask } from '../api/client';
import { useSession } from '../session/session';
import { holdStream, useLive, useLiveFree, watchCampaigns } from '../live/stream';

// How often a page asks for what it cannot hear about.
export const kPollMs = 5000;

function campaignQuery(id: number, person: number | undefined) {
    return {
        queryKey: ['campaign', id, person ?? null],
        queryFn: () =>
            ask(api.GET('/api/v1/campaigns/{campaign}', { params: { path: { campaign: id } } })),
    };
}

export function useCampaign(id: number) {
    const person = useSession()?.person;
    const live = useLive();
    return useQuery({
        ...campaignQuery(id, person),
        refetchInterval: live ? false : kPollMs,
    });
}

// Of several, to name what orders and tickets are for. A campaign that is gone is simply missing.
export function useCampaigns(ids: number[]): Map<number, Campaign> {
    const person = useSession()?.person;
    const queries = useQueries({
        queries: [...new Set(ids)].map((id) => ({
            ...campaignQuery(id, person),
            staleTime: 60_000,
        })),
    });
    const found = queries.flatMap((query) => (query.data ? [query.data as Campaign] : []));
    return new Map(found.map((one) => [one.id, one]));
}

export function useWatchCampaigns(ids: number[]): void {
    const key = ids.join();
    useEffect(() => {
        const release = holdStream();
        const unwatch = watchCampaigns(key === '' ? [] : key.split(',').map(Number));
        return () => {
            unwatch();
            release();
        };
    }, [key]);
}

// The campaign's tiers with the newest figures that are known.
export function useLiveTiers(campaign: Campaign): Campaign['tiers'] {
    const free = useLiveFree(campaign.id);
    if (free === null) return campaign.tiers;
    return campaign.tiers.map((tier) => ({ ...tier, free: free.get(tier.id) ?? tier.free }));
}

// What is left of a campaign: a number where it has one tier. Several tiers may share their stock, so
// their figures do not add up; then only whether there is some.
export function leftInTiers(
    tiers: { free: number; on_sale?: boolean }[],
): number | 'some' | 'none' {
    const selling = tiers.filter((tier) => tier.on_sale !== false && tier.free > 0);
    if (selling.length === 0) return 'none';
    return tiers.length === 1 ? (selling[0]?.free ?? 'some') : 'some';
}

// The smallest of the prices; all tiers of a session have one currency.
export function lowestPrice(tiers: { price: Money }[]): Money | undefined {
    return tiers
        .map((tier) => tier.price)
        .reduce<Money | undefined>(
            (low, one) => (low && low.minor <= one.minor ? low : one),
            undefined,
        );
}

export type Phase = 'upcoming' | 'current' | 'ended' | 'cancelled';

// What a campaign is at a time of the server's. Until that is known, what the server said it was.
export function phaseOf(campaign: Campaign, now: number | null): Phase {
    if (campaign.cancelled || campaign.state === 'cancelled') return 'cancelled';
    if (now === null) return campaign.state as Phase;
    if (now < Date.parse(campaign.opens_at)) return 'upcoming';
    return now < Date.parse(campaign.closes_at) ? 'current' : 'ended';
}
