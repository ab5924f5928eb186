// A server of its own for tests in the browser: fresh data folder, free port, the built pages. It can
// be killed and started again, as a machine would. Tests get it as the fixture `site`.
import { test as base, type Page } from '@playwright/test';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const kRoot = fileURLToPath(new URL('../../', import.meta.url));
const kProgram = process.env.ONSALE_BIN ?? join(kRoot, 'build/release/src/app/main/onsale');
const kPages = process.env.ONSALE_PAGES ?? join(kRoot, 'web/dist');
const kReadyMs = 20_000;

export interface CampaignWish {
    opensInSeconds: number;
    price?: string; // "0.00": free
    count?: number;
    tickets?: number; // in an order; 1 with one order for each person where the price is nothing
}

export interface Options {
    settings?: string; // more of the file of settings
    pages?: string; // the folder of other pages than the built ones
}

export class Site {
    private process: ChildProcess | null = null;
    private port = 0;
    private staff = '';
    private last = 0;

    private constructor(
        private readonly folder: string,
        private readonly options: Options,
    ) {}

    static async start(options: Options = {}): Promise<Site> {
        const site = new Site(mkdtempSync(join(tmpdir(), 'onsale-browser-')), options);
        await site.run();
        return site;
    }

    get url(): string {
        return `http://127.0.0.1:${this.port}`;
    }

    get config(): string {
        return join(this.folder, 'onsale.toml');
    }

    // The folder of this server's data, for programs that look from outside.
    get data(): string {
        return join(this.folder, 'site');
    }

    // Starts the server, the first time on a free port and from then on on the same.
    async run(): Promise<void> {
        const pages = this.options.pages ?? kPages;
        writeFileSync(
            this.config,
            `[http]\naddress = "127.0.0.1"\nport = ${this.port}\npages = "${pages}"\n\n` +
                `[data]\nfolder = "${this.data}"\n\n${this.options.settings ?? ''}`,
        );
        const child = spawn(kProgram, ['serve', '--config', this.config], {
            stdio: ['ignore', 'pipe', process.env.ONSALE_LOG ? 'inherit' : 'ignore'],
        });
        this.process = child;
        this.port = await portOf(child);
        await this.ready();
        this.staff = execFileSync(kProgram, ['token', '--staff', '--config', this.config], {
            encoding: 'utf8',
        }).trim();
    }

    private async ready(): Promise<void> {
        const end = performance.now() + kReadyMs;
        while (performance.now() < end) {
            const answer = await fetch(`${this.url}/readyz`).catch(() => null);
            if (answer?.ok) return;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`the server is not ready after ${kReadyMs} ms`);
    }

    // As a power cut would: nothing is said to anybody.
    async kill(): Promise<void> {
        const child = this.process;
        if (!child) return;
        this.process = null;
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
    }

    async remove(): Promise<void> {
        await this.kill();
        rmSync(this.folder, { recursive: true, force: true });
    }

    async asStaff(method: string, path: string, body?: unknown): Promise<unknown> {
        const answer = await fetch(this.url + path, {
            method,
            headers: { Authorization: `Bearer ${this.staff}`, 'Content-Type': 'application/json' },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        return text === '' ? undefined : JSON.parse(text);
    }

    // Sets up a session with one campaign; gives the campaign's number.
    async campaign(wish: CampaignWish): Promise<number> {
        this.last += 1;
        const id = this.last;
        const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
        const price = wish.price ?? '0.00';
        const free = price === '0.00';
        const tickets = wish.tickets ?? 1;
        await this.asStaff('POST', '/api/v1/sessions', {
            organiser: { id: 1, name: { zh: '星河文化', en: 'Galaxy Culture' } },
            show: {
                id: id * 10,
                name: { zh: '西岸咖啡节', en: 'West Bund coffee festival' },
                description: { zh: '三十家独立咖啡馆。', en: 'Thirty independent cafés.' },
            },
            session: {
                id,
                starts_at: at(30 * 86_400),
                ends_at: at(30 * 86_400 + 7200),
                orders_per_person: 5,
                tickets_per_person: 4,
            },
            pools: [{ id: 1, kind: 'count', count: wish.count ?? 50 }],
            tiers: [
                {
                    id: id * 100,
                    name: { zh: '咖啡券', en: 'Coffee voucher' },
                    pool: 1,
                    price,
                    currency: 'CNY',
                },
            ],
            campaigns: [
                {
                    id: id * 1000,
                    name: { zh: `咖啡节抢券 ${id}`, en: `Coffee rush ${id}` },
                    opens_at: at(wish.opensInSeconds),
                    closes_at: at(wish.opensInSeconds + 7200),
                    one_per_person: free && tickets === 1,
                    tickets_per_order: tickets,
                    hold_minutes: 15,
                    tiers: [id * 100],
                },
            ],
        });
        return id * 1000;
    }
}

// Where a program that says so listens, once it does.
export async function portOf(child: ChildProcess): Promise<number> {
    if (!child.stdout) throw new Error('the server has no output');
    for await (const line of createInterface(child.stdout)) {
        const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
        if (found) {
            // What it says later is not read, and must not fill the pipe.
            child.stdout.resume();
            return Number(found[1]);
        }
    }
    throw new Error(`the server ended with ${child.exitCode} before it listened`);
}

let people = 0;

// A person of their own, registered through the page; ends where `next` says.
export async function registerOnPage(page: Page, site: Site, next = '/'): Promise<string> {
    people += 1;
    const username = `buyer_${process.pid}_${people}`.slice(0, 16);
    await page.goto(`${site.url}/register?next=${encodeURIComponent(next)}`);
    await page.locator('[name=username]').fill(username);
    await page.locator('[name=nickname]').fill('小满');
    await page.locator('[name=password]').fill('secret123');
    await page.locator('[name=again]').fill('secret123');
    await page.locator('form button[type=submit]').click();
    await page.waitForURL(`${site.url}${next}`);
    return username;
}

// A server with settings of its own, for one test.
export async function withSite(
    options: Options,
    run: (site: Site) => Promise<void>,
): Promise<void> {
    const site = await Site.start(options);
    try {
        await run(site);
    } finally {
        await site.remove();
    }
}

// One server for the tests of a worker; each test makes campaigns and people of its own.
export const test = base.extend<object, { site: Site }>({
    site: [
        async ({}, use) => {
            const site = await Site.start();
            await use(site);
            await site.remove();
        },
        { scope: 'worker' },
    ],
});
export { expect } from '@playwright/test';
