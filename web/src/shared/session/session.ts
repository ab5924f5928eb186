// Who is logged in, as far as the page knows. The login itself is in cookies that no script can
// read; here is the person's number, remembered so that a visitor's page asks nothing about logins,
// and until when the cookie lasts. Everything private that the browser keeps is wiped when the
// person leaves.
import { readStored, removeStored, removeStoredWithPrefix, writeStored } from '../storage';
import { createStore, useStore } from '../store';

export interface Session {
    person: number;
}

interface Stored extends Session {
    // By this device's clock, because the browser lets cookies go by it.
    renewedAt: number;
    staleAt: number;
}

const kKey = 'onsale.session';
export const kPrivatePrefix = 'onsale.private.';
// Whose the private things are; they outlive a login that is merely over.
const kOwnerKey = `${kPrivatePrefix}owner`;
// A login is renewed so long before its cookie goes.
const kMarginMs = 30_000;

// eslint-disable-next-line no-restricted-properties -- the life of cookies, not what is open
const deviceNow = () => Date.now();

function readSession(): Stored | null {
    const value = readStored<Stored>(kKey);
    return typeof value?.person === 'number' ? value : null;
}

const known = readSession();
const session = createStore<Session | null>(known && { person: known.person });
const endings = new Set<() => void>();

export function currentSession(): Session | null {
    return session.get();
}

export function useSession(): Session | null {
    return useStore(session);
}

export function watchSession(listener: () => void): () => void {
    return session.watch(listener);
}

// Called whenever somebody's login ends in this page: by logging out, or because it is over.
export function onSessionEnd(ending: () => void): void {
    endings.add(ending);
}

// A login was made or renewed, and lasts that long.
export function beginSession(person: number, lifetimeMs: number): void {
    if (readStored<number>(kOwnerKey) !== person) removeStoredWithPrefix(kPrivatePrefix);
    writeStored(kOwnerKey, person);
    const now = deviceNow();
    const staleAt = now + Math.max(0, lifetimeMs - kMarginMs);
    // Two renewals never have the same time, so that each can be told from the one before.
    const renewedAt = Math.max(now, sessionRenewedAt() + 1);
    writeStored(kKey, { person, renewedAt, staleAt } satisfies Stored);
    if (session.get()?.person !== person) session.set({ person });
}

// Whether the login has to be renewed before it is used. Looks at what is stored, where another tab
// may have renewed it.
export function isSessionStale(): boolean {
    const stored = readSession();
    return session.get() !== null && !((stored?.staleAt ?? 0) > deviceNow());
}

export function sessionRenewedAt(): number {
    return readSession()?.renewedAt ?? 0;
}

// `wipe`: the person left. `keep`: the login is merely over; what was asked for and not answered yet
// stays, so that the same person can go on.
export function endSession(wipe: 'wipe' | 'keep'): void {
    removeStored(kKey);
    if (wipe === 'wipe') removeStoredWithPrefix(kPrivatePrefix);
    session.set(null);
    endings.forEach((ending) => ending());
}

// Another tab of this browser logged in or out.
window.addEventListener('storage', (event) => {
    if (event.key !== kKey) return;
    const next = readSession();
    if (next?.person === session.get()?.person) return;
    session.set(next && { person: next.person });
    endings.forEach((ending) => ending());
});
