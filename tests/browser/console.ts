// The console as its people use it: the first administrator's way in, operators, logging in.
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from './site';

export const kPassword = 'Console2026';

// The first administrator chooses a password of their own; once for a server, through the page.
const ready = new WeakSet<Site>();

function firstPassword(site: Site): string {
    const text = readFileSync(join(site.data, 'keys', 'first-admin.txt'), 'utf8');
    const found = /^password: (.+)$/m.exec(text)?.[1];
    if (!found) throw new Error('the file of the first administrator has no password');
    return found;
}

export async function fillLogin(page: Page, username: string, password: string): Promise<void> {
    await page.getByLabel(/^(用户名|Username)$/).fill(username);
    await page.getByLabel(/^(密码|Password)$/).fill(password);
    await page.locator('form button[type=submit]').click();
}

// After the first login: the password that was given is exchanged for one's own.
export async function chooseOwnPassword(page: Page, old: string, fresh: string): Promise<void> {
    await page.waitForURL(/\/console\/password/);
    await page.locator('input[autocomplete=current-password]').fill(old);
    for (const field of await page.locator('input[autocomplete=new-password]').all())
        await field.fill(fresh);
    await page.locator('form button[type=submit]').click();
}

export async function logIn(
    page: Page,
    site: Site,
    username: string,
    password: string,
    path = '/console',
): Promise<void> {
    await page.goto(`${site.url}/console/login?next=${encodeURIComponent(path)}`);
    await fillLogin(page, username, password);
    await expect(page.locator('.console-main h1')).toBeVisible();
}

export async function logInAsAdmin(page: Page, site: Site, path = '/console'): Promise<void> {
    if (ready.has(site)) return logIn(page, site, 'admin', kPassword, path);
    const first = firstPassword(site);
    await page.goto(`${site.url}/console/login?next=${encodeURIComponent(path)}`);
    await fillLogin(page, 'admin', first);
    await chooseOwnPassword(page, first, kPassword);
    await expect(page.locator('.console-main h1')).toBeVisible();
    ready.add(site);
}

let staff = 0;

// An operator of organiser 1, who has to change the password at the first login.
export async function makeOperator(site: Site): Promise<{ username: string; password: string }> {
    staff += 1;
    const username = `oper_${process.pid}_${staff}`.slice(0, 16);
    const password = 'FirstPass1';
    await site.asStaff('POST', '/api/v1/staff', {
        username,
        password,
        nickname: '运营',
        roles: ['operator'],
        organisers: [1],
    });
    return { username, password };
}
