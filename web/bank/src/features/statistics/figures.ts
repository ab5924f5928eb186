// What the plots show, from the bank's sums by day, kind and merchant. Whole minor units throughout.
import { kKinds, type Day, type Kind } from '~/api/types';

// What comes to customers, and what leaves them. Setting aside and releasing moves nothing between
// people.
const kIn: readonly Kind[] = ['deposit', 'refund'];
const kOut: readonly Kind[] = ['withdrawal', 'deduction', 'bill'];
const kDayMs = 86_400_000;

export interface InOut {
    labels: string[];
    paidIn: number[];
    paidOut: number[];
}

function sumOf(days: Day[], kinds: readonly Kind[]): number {
    return days.filter((one) => kinds.includes(one.kind)).reduce((sum, one) => sum + one.amount, 0);
}

// `count` days that end with the given one, as 2026-11-20 (UTC).
export function daysUntil(last: string, count: number): { from: string; to: string } {
    const from = new Date(Date.parse(`${last}T00:00:00Z`) - (count - 1) * kDayMs);
    return { from: from.toISOString().slice(0, 10), to: last };
}

// Every day of the period, also those on which nothing happened.
export function byDay(days: Day[], from: string, to: string): InOut {
    const labels: string[] = [];
    const end = Date.parse(`${to}T00:00:00Z`);
    for (let at = Date.parse(`${from}T00:00:00Z`); at <= end; at += kDayMs)
        labels.push(new Date(at).toISOString().slice(0, 10));
    const of = (label: string) => days.filter((one) => one.day === label);
    return {
        labels,
        paidIn: labels.map((label) => sumOf(of(label), kIn)),
        paidOut: labels.map((label) => sumOf(of(label), kOut)),
    };
}

export interface KindSum {
    kind: Kind;
    count: number;
    amount: number;
}

export function byKind(days: Day[]): KindSum[] {
    return kKinds
        .map((kind) => {
            const own = days.filter((one) => one.kind === kind);
            return {
                kind,
                count: own.reduce((sum, one) => sum + one.count, 0),
                amount: sumOf(own, [kind]),
            };
        })
        .filter((one) => one.count > 0);
}

export interface MerchantSum {
    merchant: string;
    captured: number;
    refunded: number;
}

export function byMerchant(days: Day[]): MerchantSum[] {
    const names = [...new Set(days.map((one) => one.merchant))].filter((name) => name !== '');
    return names
        .map((merchant) => {
            const own = days.filter((one) => one.merchant === merchant);
            return {
                merchant,
                captured: sumOf(own, ['deduction', 'bill']),
                refunded: sumOf(own, ['refund']),
            };
        })
        .sort((left, right) => right.captured - left.captured);
}
