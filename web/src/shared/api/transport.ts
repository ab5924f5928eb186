// How requests leave: the reader's language on each, a deadline on each, one renewal of the login at
// a time, and "no answer" told apart from "no".
import { currentLanguage } from '../i18n/language';
import {
    beginSession,
    currentSession,
    endSession,
    isSessionStale,
    sessionRenewedAt,
} from '../session/session';
import { serverNow } from '../time/server-clock';
import { serverAnswered, serverSilent } from './connection';
import { ServerAway } from './errors';

const kDeadlineMs = 15_000;
const kShortLoginMs = 60_000;
const kGatewayStatuses = [502, 504];

export async function send(request: Request): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set('Accept-Language', currentLanguage());
    let answer: Response;
    try {
        answer = await fetch(new Request(request, { headers, signal: deadlineFor(request) }));
    } catch (error) {
        if (request.signal.aborted) throw error;
        serverSilent();
        throw new ServerAway('the server did not answer');
    }
    if (kGatewayStatuses.includes(answer.status)) {
        serverSilent();
        throw new ServerAway(`HTTP ${answer.status}`);
    }
    serverAnswered();
    return answer;
}

function deadlineFor(request: Request): AbortSignal {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), kDeadlineMs);
    request.signal.addEventListener('abort', () => controller.abort());
    return controller.signal;
}

export interface Renewal {
    // Whether somebody is logged in as far as the page knows.
    active(): boolean;
    // Asks for a new login with the refresh cookie; false when that is over.
    renew(): Promise<boolean>;
    // Changes with each renewal, in whichever tab.
    renewedAt?(): number;
    // Makes sure that the login's cookie is still there, where the page can know that.
    keepFresh?(): Promise<unknown>;
}

// One renewal for all requests that need one at the same time: a refresh token works once.
function singleFlight(task: () => Promise<boolean>): () => Promise<boolean> {
    let running: Promise<boolean> | null = null;
    return () => {
        running ??= task().finally(() => {
            running = null;
        });
        return running;
    };
}

// A fetch that renews a login that is about to end, and one that has ended once more than asked for.
export function sendWith(renewal: Renewal): (request: Request) => Promise<Response> {
    return async (request) => {
        await renewal.keepFresh?.();
        const again = request.clone();
        const before = renewal.renewedAt?.();
        const answer = await send(request);
        if (answer.status !== 401 || !renewal.active()) return answer;
        const code = await codeOf(answer);
        if (code === 'wrong_credentials') return answer;
        // Another request may have had it renewed while this one was on its way.
        const renewed = before !== renewal.renewedAt?.() || (await renewal.renew());
        return renewed ? send(again) : answer;
    };
}

async function codeOf(answer: Response): Promise<string | undefined> {
    try {
        return ((await answer.clone().json()) as { code?: string }).code;
    } catch {
        return undefined;
    }
}

interface LoginTimes {
    person: number;
    expires_at: string;
}

// What a login or its renewal answered, made known to the pages.
export function rememberLogin(login: LoginTimes): void {
    // Until the server has said its time, a login is taken for a short one.
    const now = serverNow() ?? Date.parse(login.expires_at) - kShortLoginMs;
    beginSession(login.person, Date.parse(login.expires_at) - now);
}

// Asks for a new login with the refresh cookie.
export function askForLogin(path: string): Promise<Response> {
    return send(
        new Request(new URL(path, window.location.href), {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: '{}',
        }),
    );
}

// Tabs share the refresh cookie, and who uses an old one loses the login: so only one tab renews at
// a time, and looks first whether another one has just done it.
export function oneTabRenews(
    lock: string,
    renewedAt: () => number,
    ask: () => Promise<boolean>,
): () => Promise<boolean> {
    return singleFlight(async () => {
        const before = renewedAt();
        const renew = async () => (renewedAt() === before ? ask() : true);
        return 'locks' in navigator ? navigator.locks.request(lock, renew) : renew();
    });
}

const renewPerson = oneTabRenews('onsale.renewal', sessionRenewedAt, async () => {
    const answer = await askForLogin('/api/v1/logins/refresh');
    if (answer.ok) {
        rememberLogin((await answer.json()) as LoginTimes);
        return true;
    }
    if (answer.status === 401) endSession('keep');
    return false;
});

export const personRenewal: Renewal = {
    active: () => currentSession() !== null,
    renew: renewPerson,
    renewedAt: sessionRenewedAt,
    keepFresh: async () => {
        if (isSessionStale()) await renewPerson().catch(() => false);
    },
};
