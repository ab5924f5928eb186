// The one event stream of a page: /api/v1/events. It carries the server's clock, the free stock of
// the campaigns that are on the screen, and the person's own orders. It is closed while the page is
// hidden. Where it cannot be had, pages ask now and then instead (useLive).
import { personRenewal } from '../api/transport';
import { serverNow, serverTimeSeen } from '../time/server-clock';
import { createStore, useStore } from '../store';
import { watchSession } from '../session/session';

const kCampaignsMax = 50; // the server's limit for one stream
const kSettleMs = 50; // a page names its campaigns one by one; they are asked for together
const kFirstRetryMs = 1000;
const kLongestRetryMs = 30_000;
// How late a pushed time may be, at a guess: a request's own time is better and wins.
const kPushUncertaintyMs = 400;

type Free = ReadonlyMap<number, number>; // tier: free
export interface LiveOrder {
    id: number;
    campaign: number;
    state: string;
}

const live = createStore(false);
const freeByCampaign = new Map<number, ReturnType<typeof createStore<Free | null>>>();
const wanted = new Map<number, number>(); // campaign: how many components show it
const orderListeners = new Set<(order: LiveOrder) => void>();
let holders = 0;
let source: EventSource | null = null;
let opened = '';
let settling: ReturnType<typeof setTimeout> | undefined;
let retryMs = kFirstRetryMs;

function freeOf(campaign: number) {
    let store = freeByCampaign.get(campaign);
    if (!store) {
        store = createStore<Free | null>(null);
        freeByCampaign.set(campaign, store);
    }
    return store;
}

export function useLive(): boolean {
    return useStore(live);
}

// What is free of each tier, as the stream last said; null until it has.
export function useLiveFree(campaign: number): Free | null {
    return useStore(freeOf(campaign));
}

export function watchCampaigns(campaigns: number[]): () => void {
    campaigns.forEach((one) => wanted.set(one, (wanted.get(one) ?? 0) + 1));
    settle();
    return () => {
        for (const one of campaigns) {
            const left = (wanted.get(one) ?? 1) - 1;
            if (left > 0) wanted.set(one, left);
            else wanted.delete(one);
        }
        settle();
    };
}

export function watchOrders(listener: (order: LiveOrder) => void): () => void {
    orderListeners.add(listener);
    return () => orderListeners.delete(listener);
}

// Pages that show something live hold the stream open.
export function holdStream(): () => void {
    holders += 1;
    settle();
    return () => {
        holders -= 1;
        settle();
    };
}

function settle(): void {
    clearTimeout(settling);
    settling = setTimeout(adjust, kSettleMs);
}

function adjust(): void {
    const campaigns = [...wanted.keys()].slice(0, kCampaignsMax).sort((a, b) => a - b);
    const address =
        holders > 0 && !document.hidden ? `/api/v1/events?campaigns=${campaigns.join()}` : '';
    if (address === opened) return;
    close();
    if (address === '') return;
    opened = address;
    // The stream carries the person's orders only if the login's cookie is still there.
    void personRenewal.keepFresh?.().then(() => {
        if (opened === address && source === null) open(address);
    });
}

function close(): void {
    source?.close();
    source = null;
    opened = '';
    live.set(false);
}

function open(address: string): void {
    const stream = new EventSource(address);
    source = stream;
    stream.addEventListener('time', (event) => {
        retryMs = kFirstRetryMs;
        live.set(true);
        const { now } = JSON.parse(event.data) as { now: string };
        // Only for want of better: a push says nothing about how long it was on its way.
        if (serverNow() === null) serverTimeSeen(now, kPushUncertaintyMs);
    });
    stream.addEventListener('stock', (event) => {
        const stock = JSON.parse(event.data) as {
            campaign: number;
            tiers: { tier: number; free: number }[];
        };
        const free = new Map(freeOf(stock.campaign).get() ?? []);
        stock.tiers.forEach((one) => free.set(one.tier, one.free));
        freeOf(stock.campaign).set(free);
    });
    stream.addEventListener('order', (event) => {
        const order = JSON.parse(event.data) as LiveOrder;
        orderListeners.forEach((listener) => listener(order));
    });
    stream.addEventListener('error', () => {
        live.set(false);
        if (stream.readyState !== EventSource.CLOSED || source !== stream) return;
        // The browser gave up, as it does after a refusal: ask again, ever more seldom.
        source = null;
        opened = '';
        setTimeout(settle, retryMs * (0.75 + Math.random() / 2));
        retryMs = Math.min(retryMs * 2, kLongestRetryMs);
    });
}

document.addEventListener('visibilitychange', settle);
// Whose orders the stream carries was decided when it was opened.
watchSession(() => {
    close();
    settle();
});
