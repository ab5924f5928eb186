// The server's clock. What is open is decided there, so pages never look at the device's clock: each
// sample ties the server's time to the device's steady counter, and the sample with the shortest way
// wins, until it is old.
import { createStore, useStore } from '../store';

interface Sample {
    offsetMs: number; // server time minus performance.now()
    uncertaintyMs: number;
    takenAt: number; // by performance.now()
}

// A device's counter may drift or stand still while it sleeps.
const kSampleLifetimeMs = 5 * 60_000;

const best = createStore<Sample | null>(null);

// `roundTripMs`: of the request that brought the time; for a pushed event, a guess from above.
export function serverTimeSeen(now: string, roundTripMs: number): void {
    const time = Date.parse(now);
    if (Number.isNaN(time)) return;
    const at = performance.now();
    const sample = {
        offsetMs: time + roundTripMs / 2 - at,
        uncertaintyMs: roundTripMs / 2,
        takenAt: at,
    };
    const known = best.get();
    if (
        known === null ||
        at - known.takenAt > kSampleLifetimeMs ||
        sample.uncertaintyMs <= known.uncertaintyMs ||
        Math.abs(sample.offsetMs - known.offsetMs) > sample.uncertaintyMs + known.uncertaintyMs
    )
        best.set(sample);
}

// Milliseconds since 1970 by the server; null until it has said its time.
export function serverNow(): number | null {
    const sample = best.get();
    return sample === null ? null : sample.offsetMs + performance.now();
}

export function useServerClockKnown(): boolean {
    return useStore(best) !== null;
}

export function watchServerClock(listener: () => void): () => void {
    return best.watch(listener);
}
