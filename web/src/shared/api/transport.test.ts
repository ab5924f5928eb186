import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginSession, currentSession, endSession } from '../session/session';
import { ServerAway } from './errors';
import { personRenewal, send, sendWith } from './transport';

const kLogin = JSON.stringify({ person: 5, expires_at: '2099-01-01T00:00:00.000Z' });
const refusal = (code: string) => new Response(JSON.stringify({ code }), { status: 401 });
const request = () => new Request('http://localhost/api/v1/me', { method: 'POST', body: '{}' });

// Answers by path, one after the other; the last one for ever.
function server(answers: Record<string, (() => Response)[]>) {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (one: Request) => {
        const path = new URL(one.url).pathname.replace('/api/v1', '');
        asked.push(path);
        const list = answers[path] ?? [];
        const next = list.length > 1 ? list.shift() : list[0];
        return next ? Promise.resolve(next()) : Promise.reject(new TypeError('no network'));
    });
    return asked;
}

describe('requests', () => {
    beforeEach(() => {
        endSession('wipe');
        beginSession(5, 15 * 60_000);
    });
    afterEach(() => vi.unstubAllGlobals());

    it('silence is not a refusal', async () => {
        server({});
        await expect(send(request())).rejects.toBeInstanceOf(ServerAway);
    });

    it('an expired login is renewed once for all, and the requests are sent again', async () => {
        const asked = server({
            '/me': [
                () => refusal('token_expired'),
                () => refusal('token_expired'),
                () => new Response('{}'),
            ],
            '/logins/refresh': [() => new Response(kLogin)],
        });
        const ask = sendWith(personRenewal);
        const answers = await Promise.all([ask(request()), ask(request())]);
        expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
        expect(asked.filter((path) => path === '/logins/refresh')).toHaveLength(1);
    });

    it('a login that is about to end is renewed before it is used', async () => {
        beginSession(5, 0);
        const asked = server({
            '/me': [() => new Response('{}')],
            '/logins/refresh': [() => new Response(kLogin)],
        });
        await sendWith(personRenewal)(request());
        expect(asked).toEqual(['/logins/refresh', '/me']);
    });

    it('a login that cannot be renewed is over', async () => {
        server({
            '/me': [() => refusal('token_expired')],
            '/logins/refresh': [() => refusal('login_revoked')],
        });
        expect((await sendWith(personRenewal)(request())).status).toBe(401);
        expect(currentSession()).toBeNull();
    });

    it('a wrong password is no expired login', async () => {
        const asked = server({ '/me': [() => refusal('wrong_credentials')] });
        expect((await sendWith(personRenewal)(request())).status).toBe(401);
        expect(asked).toEqual(['/me']);
        expect(currentSession()).toEqual({ person: 5 });
    });
});
