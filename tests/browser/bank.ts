// A bank of its own for tests in the browser: fresh data folder, free port, the built pages, a teller
// and a merchant. Tests get it as the fixture `bank`.
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Merchant } from './merchant';
import { portOf } from './site';

const kRoot = fileURLToPath(new URL('../../', import.meta.url));
const kProgram = process.env.ONSALE_BIN ?? join(kRoot, 'build/release/src/app/main/onsale');
const kPages = process.env.ONSALE_BANK_PAGES ?? join(kRoot, 'web/dist/bank');

export const kBankName = '东海银行';
export const kTeller = { name: 'teller', password: 'Teller2026' };
const kPassword = 'Customer2026';

export interface Customer {
    customer: number;
    name: string;
    password: string;
}

export class Bank {
    private process: ChildProcess | null = null;
    private port = 0;
    private teller = '';
    private last = 0;

    private constructor(
        private readonly folder: string,
        readonly merchant: Merchant,
    ) {}

    static async start(): Promise<Bank> {
        const merchant = await Merchant.start();
        const bank = new Bank(mkdtempSync(join(tmpdir(), 'onsale-bank-')), merchant);
        bank.setUp();
        await bank.run();
        return bank;
    }

    get url(): string {
        return `http://127.0.0.1:${this.port}`;
    }

    private get data(): string {
        return join(this.folder, 'bank');
    }

    private get credentials(): string {
        return join(this.folder, 'merchant.toml');
    }

    private setUp(): void {
        writeFileSync(this.credentials, this.merchant.credentials, { mode: 0o600 });
        execFileSync(
            kProgram,
            ['bank', 'setup', '--data', this.data, '--teller', kTeller.name, '--password-stdin'],
            { input: `${kTeller.password}\n`, stdio: ['pipe', 'ignore', 'inherit'] },
        );
    }

    // Starts the bank, the first time on a free port and from then on on the same.
    async run(): Promise<void> {
        const options = ['--data', this.data, '--port', String(this.port), '--name', kBankName];
        options.push('--credentials', this.credentials, '--pages', kPages);
        this.process = spawn(kProgram, ['bank', ...options], {
            stdio: ['ignore', 'pipe', process.env.ONSALE_LOG ? 'inherit' : 'ignore'],
        });
        this.port = await portOf(this.process);
        const login = (await this.ask('POST', '/api/v1/tellers/logins', kTeller)) as {
            token: string;
        };
        this.teller = login.token;
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
        this.merchant.stop();
        rmSync(this.folder, { recursive: true, force: true });
    }

    // As the teller whom the bank was set up with; before there is a login, as nobody.
    async ask(method: string, path: string, body?: unknown): Promise<unknown> {
        const answer = await fetch(this.url + path, {
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

    // A customer of their own, with so much money (fen).
    async customer(money: number): Promise<Customer> {
        this.last += 1;
        const name = `xiaoman_${this.last}`;
        const made = (await this.ask('POST', '/api/v1/teller/customers', {
            name,
            password: kPassword,
        })) as { customer: number };
        const cash = { kind: 'deposit', amount: money, note: '开户存款', key: `first-${name}` };
        if (money > 0)
            await this.ask('POST', `/api/v1/teller/customers/${made.customer}/cash`, cash);
        return { customer: made.customer, name, password: kPassword };
    }

    async availableOf({ customer }: Customer): Promise<number> {
        const found = await this.ask('GET', `/api/v1/teller/customers/${customer}`);
        return (found as { available: number }).available;
    }

    // The page on which a merchant asks for an authorisation.
    authorise(order: string, amount: number): string {
        const search = new URLSearchParams({
            merchant: this.merchant.name,
            order,
            amount: String(amount),
            currency: 'CNY',
            title: '西岸咖啡节',
            return: `${this.merchant.site}/orders/${order}/pay`,
        });
        return `${this.url}/authorise?${search.toString()}`;
    }

    cashier(link: URLSearchParams): string {
        return `${this.url}/cashier?${link.toString()}`;
    }
}

// Fills the login that the page shows, wherever it stands.
export async function fillBankLogin(
    page: Page,
    { name, password }: { name: string; password: string },
): Promise<void> {
    await page.locator('form [name=name]').fill(name);
    await page.locator('form [name=password]').fill(password);
    await page.locator('form button[type=submit]').click();
}

export async function logInAsCustomer(page: Page, bank: Bank, customer: Customer): Promise<void> {
    await page.goto(`${bank.url}/login`);
    await fillBankLogin(page, customer);
    await page.waitForURL(`${bank.url}/account`);
}

export async function logInAsTeller(page: Page, bank: Bank): Promise<void> {
    await page.goto(`${bank.url}/teller/login`);
    await fillBankLogin(page, kTeller);
    await page.waitForURL(`${bank.url}/teller/customers`);
}

// What a page of the bank must never do: ask anybody but the bank, break its content policy, throw.
// A merchant's own page, to which the bank leads back, is none of its pages.
function watch(context: BrowserContext, page: Page, bank: Bank): string[] {
    const found: string[] = [];
    context.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        const known = [bank.url, bank.merchant.site].includes(origin);
        if (!known && protocol !== 'data:' && protocol !== 'blob:')
            found.push(`asks ${request.url()}`);
    });
    page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) found.push(message.text());
    });
    page.on('pageerror', (error) => found.push(`thrown on ${page.url()}: ${error.message}`));
    return found;
}

// One bank for the tests of a worker; each test makes customers of its own.
export const test = base.extend<object, { bank: Bank }>({
    page: async ({ page, context, bank }, use) => {
        const found = watch(context, page, bank);
        await use(page);
        expect(found).toEqual([]);
    },
    bank: [
        async ({}, use) => {
            const bank = await Bank.start();
            await use(bank);
            await bank.remove();
        },
        { scope: 'worker' },
    ],
});
export { expect } from '@playwright/test';
