// Whether the server can be reached. A request that gets no answer says it is away; from then on it
// is asked for its health, ever more seldom, until it is back.
import { createStore, useStore } from '../store';

const kFirstProbeMs = 1000;
const kLongestProbeMs = 15_000;

const away = createStore(false);
const returns = new Set<() => void>();
let probing = false;

export function useServerAway(): boolean {
    return useStore(away);
}

export function onServerReturn(listener: () => void): void {
    returns.add(listener);
}

export function serverAnswered(): void {
    if (!away.get()) return;
    away.set(false);
    returns.forEach((listener) => listener());
}

export function serverSilent(): void {
    away.set(true);
    if (!probing) void probe();
}

async function probe(): Promise<void> {
    probing = true;
    for (let wait = kFirstProbeMs; away.get(); wait = Math.min(wait * 2, kLongestProbeMs)) {
        // Spread, so that not all browsers come back at the same moment.
        await pause(wait * (0.75 + Math.random() / 2));
        await probeNow();
    }
    probing = false;
}

export async function probeNow(): Promise<void> {
    try {
        const answer = await fetch('/healthz', { cache: 'no-store' });
        if (answer.ok) serverAnswered();
    } catch {
        // Still away.
    }
}

// Ends early when the browser says that the network is there again.
function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
        const done = () => {
            window.removeEventListener('online', done);
            clearTimeout(timer);
            resolve();
        };
        const timer = setTimeout(done, milliseconds);
        window.addEventListener('online', done);
    });
}
