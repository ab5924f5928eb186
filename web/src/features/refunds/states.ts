// What a refund's states mean for the pages. Pure.
import type { Refund } from '@/api/money';

export const kReasons = ['schedule', 'cannot_attend', 'bought_by_mistake', 'other'] as const;
export type Reason = (typeof kReasons)[number];
export const kNoteCharactersMax = 200;

export function isOpen(refund: Pick<Refund, 'state'>): boolean {
    return ['requested', 'approved', 'parked'].includes(refund.state);
}

// Only what its buyer asked for can be taken back, and only while it is being reviewed.
export function canBeCancelled(refund: Pick<Refund, 'state' | 'cause'>): boolean {
    return refund.state === 'requested' && ['buyer', 'replaced'].includes(refund.cause);
}

// As people count: a character outside of the basic plane is one.
export function charactersLeft(note: string): number {
    return kNoteCharactersMax - [...note].length;
}

const kWhyNot = [
    'refund_not_allowed',
    'refund_too_late',
    'refund_nothing_paid',
    'order_not_refundable',
] as const;

export function whyNotOf(code: string | null | undefined): (typeof kWhyNot)[number] | 'other' {
    return kWhyNot.find((one) => one === code) ?? 'other';
}

// A list that is behind what the server has answered since gets it at its head.
export function withTold(refunds: Refund[], told: Refund | undefined): Refund[] {
    if (!told || refunds.some((one) => one.refund === told.refund)) return refunds;
    return [told, ...refunds];
}
