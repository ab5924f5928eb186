import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// Locks as the browser has them: one holder at a time for all tabs.
function locks() {
    let last: Promise<unknown> = Promise.resolve();
    return {
        request: (_name: string, task: () => Promise<boolean>) => {
            const mine = last.then(task);
            last = mine.catch(() => undefined);
            return mine;
        },
    };
}

// Each tab has modules of its own and shares what the browser stores.
async function openTab() {
    vi.resetModules();
    const session = await import('./session');
    const { sendWith } = await import('../api/transport');
    return { ...session, ask: sendWith(session.staffRenewal) };
}

const request = () => new Request('http://localhost/api/v1/staff/me');

describe('login of staff', () => {
    beforeEach(() => {
        localStorage.clear();
        vi.stubGlobal('navigator', { languages: ['zh-CN'], locks: locks() });
    });
    afterEach(() => vi.unstubAllGlobals());

    it('two tabs that renew at once use the refresh token once', async () => {
        let refreshes = 0;
        vi.stubGlobal('fetch', ({ url }: Request) => {
            if (url.endsWith('/refresh')) {
                refreshes += 1;
                return Promise.resolve(
                    refreshes === 1 ? new Response('{}') : new Response('{}', { status: 401 }),
                );
            }
            return Promise.resolve(
                refreshes > 0
                    ? new Response('{}')
                    : new Response('{"code":"token_expired"}', { status: 401 }),
            );
        });
        const first = await openTab();
        first.beginStaff(1);
        const second = await openTab();
        const answers = await Promise.all([first.ask(request()), second.ask(request())]);
        expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
        expect(refreshes).toBe(1);
        expect(second.staffRenewal.active()).toBe(true);
    });

    it('a renewal that is refused ends the login', async () => {
        vi.stubGlobal('fetch', () =>
            Promise.resolve(new Response('{"code":"login_revoked"}', { status: 401 })),
        );
        const tab = await openTab();
        tab.beginStaff(1);
        expect((await tab.ask(request())).status).toBe(401);
        expect(tab.staffRenewal.active()).toBe(false);
    });
});
