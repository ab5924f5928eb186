// How requests leave for the bank: the reader's language and login on each, a deadline on each, and
// "no answer" told apart from "no". A login that the bank does not take any more is over.
import { serverAnswered, serverSilent } from '@/shared/api/connection';
import { errorOf, ServerAway } from '@/shared/api/errors';
import { currentLanguage } from '@/shared/i18n/language';
import { serverTimeSeen } from '@/shared/time/server-clock';
import { currentLogin, endLogin, type Who } from './session';

const kDeadlineMs = 15_000;
const kGatewayStatuses = [502, 504];
// An answer's Date has whole seconds: on average it is half a second old.
const kHalfSecondMs = 500;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Query = Record<string, string | number | null | undefined>;

interface Call {
    query?: Query;
    body?: unknown;
}

export function addressOf(path: string, query: Query = {}): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
        if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
    const text = search.toString();
    return text === '' ? path : `${path}?${text}`;
}

export async function send(
    who: Who | null,
    method: Method,
    path: string,
    { query, body }: Call = {},
): Promise<Response> {
    const headers = new Headers({ 'Accept-Language': currentLanguage() });
    const token = who && currentLogin(who)?.token;
    if (token) headers.set('Authorization', `Bearer ${token}`);
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    const sentAt = performance.now();
    let answer: Response;
    try {
        answer = await fetch(addressOf(path, query), {
            method,
            headers,
            body: body === undefined ? undefined : JSON.stringify(body),
            signal: AbortSignal.timeout(kDeadlineMs),
        });
    } catch {
        serverSilent();
        throw new ServerAway('the bank did not answer');
    }
    if (kGatewayStatuses.includes(answer.status)) {
        serverSilent();
        throw new ServerAway(`HTTP ${answer.status}`);
    }
    serverAnswered();
    seeTime(answer, performance.now() - sentAt);
    if (answer.status === 401 && who && token === currentLogin(who)?.token) endLogin(who);
    return answer;
}

function seeTime(answer: Response, roundTripMs: number): void {
    const time = Date.parse(answer.headers.get('Date') ?? '');
    if (Number.isNaN(time)) return;
    serverTimeSeen(new Date(time + kHalfSecondMs).toISOString(), roundTripMs);
}

// The data of an answer, or what errors.ts describes.
export async function ask<Data>(
    who: Who | null,
    method: Method,
    path: string,
    call?: Call,
): Promise<Data> {
    const answer = await send(who, method, path, call);
    const text = await answer.text();
    const data = parse(text);
    if (!answer.ok) throw refusalOf(answer, data);
    return data as Data;
}

function parse(text: string): unknown {
    try {
        return text === '' ? undefined : JSON.parse(text);
    } catch {
        return undefined;
    }
}

// The bank names a wrong field beside the code, the site inside of details.
function refusalOf(answer: Response, data: unknown) {
    const envelope = (typeof data === 'object' && data !== null ? data : {}) as { field?: string };
    return errorOf(answer, { ...envelope, details: { field: envelope.field } });
}
