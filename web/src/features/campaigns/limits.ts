// What one order may hold, by the campaign's own limits. The server decides; this only keeps people
// from asking for what cannot be.
import type { Campaign } from '@/api/types';

// A single free ticket is one press; everything else is looked at before it is ordered.
export function needsConfirmation(campaign: Campaign): boolean {
    const onlyOne = campaign.one_per_person || campaign.tickets_per_order === 1;
    const free = campaign.tiers.every((tier) => tier.price.minor === 0);
    return !(free && (onlyOne || campaign.tiers.length === 1));
}

// How many tickets this order may have in all.
export function orderLimit(campaign: Campaign): number {
    const limits = [
        campaign.one_per_person ? 1 : 0,
        campaign.tickets_per_order,
        campaign.tickets_per_person,
    ].filter((limit) => limit > 0);
    return Math.min(...limits, 100);
}

export type Quantities = Record<number, number>;

export function chosenInAll(quantities: Quantities): number {
    return Object.values(quantities).reduce((sum, quantity) => sum + quantity, 0);
}

// Whether one more of this tier can be asked for.
export function canAdd(
    campaign: Campaign,
    tier: { id: number; free: number; on_sale?: boolean },
    quantities: Quantities,
): boolean {
    return (
        tier.on_sale !== false &&
        (quantities[tier.id] ?? 0) < tier.free &&
        chosenInAll(quantities) < orderLimit(campaign)
    );
}

export function totalOf(
    campaign: Campaign,
    quantities: Quantities,
): { minor: number; currency: string } {
    const minor = campaign.tiers.reduce(
        (sum, tier) => sum + tier.price.minor * (quantities[tier.id] ?? 0),
        0,
    );
    return { minor, currency: campaign.tiers[0]?.price.currency ?? 'CNY' };
}
