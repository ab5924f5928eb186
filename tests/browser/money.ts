// A site with a bank that it works with, both real programs, for tests of what costs money. Tests
// get them as the fixture `money`.
import { test as base, type Page } from '@playwright/test';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kTeller, type Customer } from './bank';
import { portOf, registerOnPage, Site } from './site';

const kRoot = fileURLToPath(new URL('../../', import.meta.url));
const kProgram = process.env.ONSALE_BIN ?? join(kRoot, 'build/release/src/app/main/onsale');
const kBankPages = process.env.ONSALE_BANK_PAGES ?? join(kRoot, 'web/dist/bank');
const kSettings = '[registry]\nprivate_addresses = "allowed"\n';
const kReadyMs = 20_000;
export const kBank = { zh: '江南银行', en: 'Jiangnan Bank' };

interface Terms {
    refund_allowed: boolean;
    refund_until_hours?: number;
    refund_fee_percent?: string;
    refund_review?: boolean;
    refund_second_review_from?: string;
}

export class Money {
    private process: ChildProcess | null = null;
    private port = 0;
    private teller = '';
    private last = 0;

    private constructor(
        readonly site: Site,
        private readonly folder: string,
    ) {}

    static async start(): Promise<Money> {
        const site = await Site.start({ settings: kSettings });
        const money = new Money(site, mkdtempSync(join(tmpdir(), 'onsale-money-')));
        const made = (await site.asStaff('PUT', '/api/v1/staff/banks/1', { name: kBank })) as {
            credentials: { text: string };
        };
        writeFileSync(money.credentials, made.credentials.text, { mode: 0o600 });
        execFileSync(
            kProgram,
            ['bank', 'setup', '--data', money.data, '--teller', kTeller.name, '--password-stdin'],
            { input: `${kTeller.password}\n`, stdio: ['pipe', 'ignore', 'inherit'] },
        );
        await money.openBank();
        return money;
    }

    private get data(): string {
        return join(this.folder, 'bank');
    }

    private get credentials(): string {
        return join(this.folder, 'bank-1.toml');
    }

    get bankUrl(): string {
        return `http://127.0.0.1:${this.port}`;
    }

    // Ends when the site takes the bank for usable.
    async openBank(): Promise<void> {
        const options = ['--data', this.data, '--port', String(this.port), '--name', kBank.zh];
        options.push('--credentials', this.credentials, '--pages', kBankPages);
        this.process = spawn(kProgram, ['bank', ...options], {
            stdio: ['ignore', 'pipe', process.env.ONSALE_LOG ? 'inherit' : 'ignore'],
        });
        this.port = await portOf(this.process);
        const login = await this.askBank('POST', '/api/v1/tellers/logins', kTeller);
        this.teller = (login as { token: string }).token;
        await this.untilUsable(true);
    }

    async closeBank(): Promise<void> {
        const child = this.process;
        this.process = null;
        if (!child) return;
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
    }

    async untilUsable(wanted: boolean): Promise<void> {
        const end = performance.now() + kReadyMs;
        while (performance.now() < end) {
            const answer = await fetch(`${this.site.url}/api/v1/banks`);
            const { banks } = (await answer.json()) as { banks: { usable: boolean }[] };
            if (banks[0]?.usable === wanted) return;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`the bank is not ${wanted ? 'usable' : 'away'} after ${kReadyMs} ms`);
    }

    async remove(): Promise<void> {
        await this.closeBank();
        await this.site.remove();
        rmSync(this.folder, { recursive: true, force: true });
    }

    private async askBank(method: string, path: string, body?: unknown): Promise<unknown> {
        const answer = await fetch(this.bankUrl + path, {
            method,
            headers: {
                'Content-Type': 'application/json',
                ...(this.teller !== '' && { Authorization: `Bearer ${this.teller}` }),
            },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        return text === '' ? undefined : JSON.parse(text);
    }

    // A customer of the bank with so much money (fen).
    async customer(amount: number): Promise<Customer> {
        this.last += 1;
        const name = `payer_${this.last}`;
        const password = 'Customer2026';
        const made = (await this.askBank('POST', '/api/v1/teller/customers', {
            name,
            password,
        })) as { customer: number };
        const cash = { kind: 'deposit', amount, note: '开户存款', key: `first-${name}` };
        await this.askBank('POST', `/api/v1/teller/customers/${made.customer}/cash`, cash);
        return { customer: made.customer, name, password };
    }

    // What goes wrong at the bank from now on, on purpose; nothing does without a name.
    async faults(wanted: Record<string, number> = {}): Promise<void> {
        const before = (await this.askBank('GET', '/api/v1/teller/faults')) as object;
        const none = Object.entries(before).map(([name, value]) => [
            name,
            typeof value === 'boolean' ? false : name === 'seed' ? value : 0,
        ]);
        await this.askBank('PUT', '/api/v1/teller/faults', {
            ...Object.fromEntries(none),
            ...wanted,
        });
    }

    async availableOf({ customer }: Customer): Promise<number> {
        const found = await this.askBank('GET', `/api/v1/teller/customers/${customer}`);
        return (found as { available: number }).available;
    }

    // Whether the bank takes refunds and then refuses them for good.
    async refusesRefunds(refuses: boolean): Promise<void> {
        const percent = refuses ? 100 : 0;
        await this.askBank('PUT', '/api/v1/teller/faults', {
            refunds_accepted_percent: percent,
            refunds_refused_percent: percent,
        });
    }

    private async asCustomer(
        { name, password }: Customer,
        method: string,
        path: string,
        body?: unknown,
    ): Promise<unknown> {
        const login = await fetch(`${this.bankUrl}/api/v1/customers/logins`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ name, password }),
        });
        const { token } = (await login.json()) as { token: string };
        const answer = await fetch(this.bankUrl + path, {
            method,
            headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
        return answer.json();
    }

    // That the site may see what the customer paid there.
    async consent(customer: Customer): Promise<{ consent: number; token: string }> {
        const made = (await this.asCustomer(customer, 'POST', '/api/v1/me/consents', {
            merchant: 'onsale',
        })) as { consent: { consent: number }; token: string };
        return { consent: made.consent.consent, token: made.token };
    }

    async revoke(customer: Customer, consent: number): Promise<void> {
        await this.asCustomer(customer, 'DELETE', `/api/v1/me/consents/${consent}`);
    }

    // The bank's page on which an order's amount is granted; it leads back to the page of paying.
    authorise(order: number): string {
        const search = new URLSearchParams({
            merchant: 'onsale',
            order: String(order),
            amount: '38000',
            currency: 'CNY',
            title: '咖啡券',
            return: `${this.site.url}/orders/${order}/pay`,
        });
        return `${this.bankUrl}/authorise?${search.toString()}`;
    }

    // A campaign on sale at 380.00, with the session's terms where they are given.
    async campaign(terms?: Terms): Promise<number> {
        const campaign = await this.site.campaign({
            opensInSeconds: -60,
            price: '380.00',
            tickets: 2,
        });
        if (terms) await this.site.asStaff('PATCH', `/api/v1/sessions/${campaign / 1000}`, terms);
        return campaign;
    }

    // A new person with one reserved order; ends on the order's page.
    async reserve(page: Page, campaign: number): Promise<number> {
        await registerOnPage(page, this.site, `/campaigns/${campaign}`);
        await page.getByRole('link', { name: '选择票种与数量' }).click();
        await page.getByRole('button', { name: '增加 咖啡券' }).click();
        await page.getByRole('checkbox').check();
        await page.getByRole('button', { name: '提交订单' }).click();
        await page.waitForURL(/\/orders\/\d+$/);
        return Number(page.url().split('/').at(-1));
    }
}

export const test = base.extend<object, { money: Money }>({
    money: [
        async ({}, use) => {
            const money = await Money.start();
            await use(money);
            await money.remove();
        },
        { scope: 'worker' },
    ],
});
export { expect } from '@playwright/test';
