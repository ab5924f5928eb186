// One wish for tickets, from the press of the button to a final answer. Its idempotency key is
// stored before it is sent for the first time and stays until the server has decided, so whatever
// happens in between (no answer, a reload, a new login) the same wish is asked again, never another.
import { ApiError, ServerAway } from '@/shared/api/errors';
import { readStored, removeStored, writeStored } from '@/shared/storage';
import { kPrivatePrefix } from '@/shared/session/session';

export interface Line {
    tier: number;
    quantity: number;
}
// `lines` belongs to the wish: the same key with other lines is refused.
export interface Wish {
    campaign: number;
    key: string;
    lines?: Line[];
}
export interface Placed {
    order: { id: number; state: string; tickets?: { id: number; code: string }[] | null };
    outcome: string;
}

export type RushState =
    | { step: 'idle' }
    | { step: 'sending' }
    | { step: 'queued' } // the server said that it did nothing yet
    | { step: 'unknown' } // no answer: it may have been done
    | { step: 'paused' } // no answer for long; the person decides when to ask again
    | { step: 'login' } // the login is over; the wish waits for the next one
    | { step: 'got'; placed: Placed }
    | { step: 'refused'; error: ApiError };

const kTriesMax = 40;
const kFirstWaitMs = 500;
const kLongestWaitMs = 5000;

const keyOf = (person: number, campaign: number) => `${kPrivatePrefix}wish.${person}.${campaign}`;

export function storedWish(person: number, campaign: number): Wish | undefined {
    return readStored<Wish>(keyOf(person, campaign));
}

// False where the browser stores nothing: then nothing may be sent.
export function storeWish(person: number, wish: Wish): boolean {
    return writeStored(keyOf(person, wish.campaign), wish);
}

export function forgetWish(person: number, campaign: number): void {
    removeStored(keyOf(person, campaign));
}

export function newKey(): string {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
        byte.toString(16).padStart(2, '0'),
    ).join('');
}

export type Verdict = 'refused' | 'queued' | 'unknown' | 'login';

// What a failure says about the wish. Only a refusal is final: everything else is asked again.
export function verdictOf(error: unknown): Verdict {
    if (!(error instanceof ApiError)) return 'unknown';
    if (error.status === 401) return 'login';
    if (error.status === 429 || error.status === 503) return 'queued';
    return error.status >= 500 ? 'unknown' : 'refused';
}

export function waitBefore(attempt: number, error: unknown, random: () => number): number {
    const asked = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const own = Math.min(kFirstWaitMs * 2 ** attempt, kLongestWaitMs);
    return Math.max(asked, own) * (0.75 + random() / 2);
}

export interface RushTools {
    send(wish: Wish): Promise<Placed>;
    wait(milliseconds: number): Promise<void>;
    random(): number;
    show(state: RushState): void;
    stopped(): boolean;
}

// Asks until there is a final answer, or until it has been tried often enough. The wish must have
// been stored; the caller forgets it after `got` and `refused`.
export async function pursue(wish: Wish, tools: RushTools): Promise<RushState> {
    const finish = (state: RushState) => {
        if (!tools.stopped()) tools.show(state);
        return state;
    };
    tools.show({ step: 'sending' });
    for (let attempt = 0; attempt < kTriesMax && !tools.stopped(); attempt += 1) {
        try {
            return finish({ step: 'got', placed: await tools.send(wish) });
        } catch (error) {
            const verdict = verdictOf(error);
            if (verdict === 'refused') return finish({ step: 'refused', error: error as ApiError });
            if (verdict === 'login') return finish({ step: 'login' });
            if (!(error instanceof ApiError || error instanceof ServerAway)) console.error(error);
            if (!tools.stopped()) tools.show({ step: verdict });
            await tools.wait(waitBefore(attempt, error, tools.random));
        }
    }
    return finish({ step: 'paused' });
}
