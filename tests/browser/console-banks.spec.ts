// The console's page of banks: a bank is made, heard, given new keys, switched off and on. The
// bank's side is signed here, as docs/formats/bank-interface.md says.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { chooseOwnPassword, kPassword, logInAsAdmin, makeOperator } from './console';
import { inEnglish, look } from './look';
import { expect, test, withSite, type Site } from './site';

const kSettings = '[registry]\nprivate_addresses = "allowed"\n';
const kPath = '/api/v1/registry/heartbeats';

interface Key {
    id: string;
    secret: string;
}

// The keys by which the bank signs, the newest last.
function keysOf(credentials: string): Key[] {
    const found = credentials.matchAll(/\[\[to_site\]\]\nid = "(\w+)"\nsecret = "(\w+)"/g);
    return [...found].map(([, id, secret]) => ({ id: id ?? '', secret: secret ?? '' }));
}

async function beat(site: Site, bank: number, key: Key, more: object = {}): Promise<number> {
    const body = JSON.stringify({
        kind: 'bank',
        party: bank,
        instance: 'one',
        url: 'http://127.0.0.1:8101',
        public_url: 'http://127.0.0.1:8101',
        ways: ['token', 'cashier'],
        serving: true,
        ...more,
    });
    const time = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', Buffer.from(key.secret, 'hex'))
        .update(`POST\n${kPath}\n${time}\n${body}`)
        .digest('hex');
    const answer = await fetch(site.url + kPath, {
        method: 'POST',
        body,
        headers: {
            'Onsale-Party': 'bank',
            'Onsale-Key': key.id,
            'Onsale-Time': time,
            'Onsale-Signature': `v1=${signature}`,
            'Content-Type': 'application/json',
        },
    });
    return answer.status;
}

// A program that is there, until it is stopped.
function keepBeating(site: Site, bank: number, keys: Record<string, Key>): () => void {
    const kPauseMs = 500;
    const all = () =>
        void Promise.all(
            Object.entries(keys).map(([instance, key]) => beat(site, bank, key, { instance })),
        );
    const timer = setInterval(all, kPauseMs);
    return () => clearInterval(timer);
}

// What the dialog offers as a file, and nowhere else afterwards.
async function keepCredentials(page: Page): Promise<Key[]> {
    const dialog = page.getByRole('dialog', { name: '凭据文件' });
    const waiting = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '下载 bank-1.toml' }).click();
    const keys = keysOf(readFileSync(await (await waiting).path(), 'utf8'));
    await dialog.getByRole('button', { name: '我已保存' }).click();
    await expect(dialog).toHaveCount(0);
    for (const { secret } of keys) await expect(page.getByText(secret)).toHaveCount(0);
    return keys;
}

test('console banks: made, heard, new keys, switched off and on', async ({ page }) => {
    await withSite({ settings: kSettings }, async (site) => {
        await logInAsAdmin(page, site, '/console/banks');
        await expect(page.getByText('还没有银行。')).toBeVisible();
        await page.getByRole('button', { name: '新增银行' }).click();
        const drawer = page.getByRole('dialog');
        await expect(drawer.getByLabel('编号')).toHaveValue('1');
        await drawer.getByRole('button', { name: '新增银行' }).click();
        await expect(drawer.getByText('请填写此项').first()).toBeVisible();
        await drawer.getByLabel('中文').fill('江南银行');
        await drawer.getByLabel('英文').fill('Jiangnan Bank');
        await look(page, 'console-banks-new');
        await drawer.getByRole('button', { name: '新增银行' }).click();
        await expect(page.getByText('凭据只显示这一次')).toBeVisible();
        await look(page, 'console-banks-credentials');
        const first = await keepCredentials(page);
        expect(first).toHaveLength(1);

        const bank = page.locator('section', { hasText: '1 · 江南银行' });
        await expect(bank).toContainText('不可用');
        await expect(bank).toContainText('没有实例报到');
        const goAway = keepBeating(site, 1, { one: first[0]! });
        await expect(bank).toContainText('使用中');
        await expect(bank.getByText('可用', { exact: true })).toBeVisible();
        await expect(bank).toContainText('银行收银台 · 凭证扣款');
        goAway();
        await expect(bank).toContainText('失联');
        await expect(bank.getByText('不可用', { exact: true })).toBeVisible();

        await bank.getByRole('button', { name: '更换密钥' }).click();
        const rotation = page.getByRole('dialog', { name: '更换密钥: 江南银行' });
        await look(page, 'console-banks-rotate');
        await rotation.getByRole('button', { name: '更换密钥' }).click();
        const second = await keepCredentials(page);
        expect(second).toHaveLength(2);
        expect(second[0]).toEqual(first[0]);
        await expect(bank).toContainText('有效至');
        const stop = keepBeating(site, 1, { former: first[0]!, later: second[1]! });
        await expect(bank.getByRole('row', { name: /former.*使用中/ })).toContainText('第 1 代');
        await expect(bank.getByRole('row', { name: /later.*使用中/ })).toContainText('第 2 代');
        await look(page, 'console-banks-instances');
        stop();

        await bank.getByRole('button', { name: '停用' }).click();
        await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
        await expect(page.getByText('银行“江南银行”已停用')).toBeVisible();
        await expect(bank.getByText('已停用', { exact: true })).toBeVisible();
        expect(await beat(site, 1, second[1]!)).toBe(401);
        await bank.getByRole('button', { name: '启用' }).click();
        await expect(page.getByText('银行“江南银行”已启用')).toBeVisible();
        expect(await beat(site, 1, second[1]!)).toBe(200);

        await bank.getByRole('button', { name: '编辑名称' }).click();
        await drawer.getByLabel('英文').fill('South River Bank');
        await drawer.getByRole('button', { name: '保存' }).click();
        await expect(page.getByText('银行“江南银行”已保存')).toBeVisible();
        await inEnglish(page);
        await page.reload();
        await expect(page.getByRole('heading', { name: '1 · South River Bank' })).toBeVisible();
        await look(page, 'console-banks-en');
    });
});

test('console banks: keys that end at once', async ({ page }) => {
    await withSite({ settings: kSettings }, async (site) => {
        const name = { zh: '江南银行', en: 'Jiangnan Bank' };
        const made = (await site.asStaff('PUT', '/api/v1/staff/banks/1', { name })) as {
            credentials: { text: string };
        };
        const old = keysOf(made.credentials.text)[0]!;
        await logInAsAdmin(page, site, '/console/banks');
        await page.getByRole('button', { name: '更换密钥' }).click();
        await page.getByRole('radio', { name: '立即失效' }).check();
        await expect(page.getByText('银行换上新文件之前不可用')).toBeVisible();
        await page.getByRole('dialog').getByRole('button', { name: '更换密钥' }).click();
        const fresh = await keepCredentials(page);
        expect(fresh).toHaveLength(1);
        expect(await beat(site, 1, old)).toBe(401);
        expect(await beat(site, 1, fresh[0]!)).toBe(200);
    });
});

test('console banks: nothing for operators', async ({ page, site }) => {
    const { username, password } = await makeOperator(site);
    await page.goto(`${site.url}/console/login`);
    await page.getByLabel('用户名').fill(username);
    await page.getByLabel('密码').fill(password);
    await page.locator('form button[type=submit]').click();
    await chooseOwnPassword(page, password, kPassword);
    await expect(page.locator('.console-main h1')).toBeVisible();
    await page.goto(`${site.url}/console/banks`);
    await expect(page.getByRole('link', { name: '银行' })).toHaveCount(0);
    await expect(page.getByRole('heading', { name: '银行', exact: true })).toHaveCount(0);
});
