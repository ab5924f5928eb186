// Codes by e-mail, on a server that writes its messages into a file: registering with an address,
// and a forgotten password.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { look } from './look';
import { expect, test, withSite, type Site } from './site';

const kSettings = '[messages]\nsender = "file"\n';

function codesTo(site: Site, address: string): string[] {
    const path = join(site.data, 'outbox.jsonl');
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { to: string; text: string })
        .filter((message) => message.to === address)
        .flatMap((message) => /\b\d{6}\b/.exec(message.text)?.[0] ?? []);
}

async function newestCode(site: Site, address: string, count: number): Promise<string> {
    await expect.poll(() => codesTo(site, address).length).toBe(count);
    return codesTo(site, address).at(-1) ?? '';
}

test('messages: registering with an e-mail address, and a forgotten password', async ({ page }) => {
    test.setTimeout(200_000);
    await withSite({ settings: kSettings }, async (site) => {
        const address = 'xiaoman@example.org';
        await page.goto(`${site.url}/register`);
        await page.locator('[name=username]').fill('xiaoman');
        await page.locator('[name=nickname]').fill('小满');
        await page.locator('[name=password]').fill('secret123');
        await page.locator('[name=again]').fill('secret123');
        await page.getByRole('radio', { name: '邮箱' }).check();
        await expect(page.getByRole('button', { name: '获取验证码' })).toBeDisabled();
        await page.locator('[name=email]').fill(address);
        await page.getByRole('button', { name: '获取验证码' }).click();
        await expect(page.getByText('验证码已发送')).toBeVisible();
        await expect(page.getByRole('button', { name: /秒后重发/ })).toBeDisabled();
        const code = await newestCode(site, address, 1);

        // A wrong code is said to be wrong, and the right one still counts.
        await page.locator('[name=code]').fill(code === '000000' ? '000001' : '000000');
        await page.getByRole('button', { name: '注册并登录' }).click();
        await expect(page.locator('form')).toContainText('验证码');
        await expect(page.locator('form [role=alert], form .problem').first()).toBeVisible();
        await look(page, 'register-code');
        await page.locator('[name=code]').fill(code);
        await page.getByRole('button', { name: '注册并登录' }).click();
        await page.waitForURL(`${site.url}/`);
        await page.goto(`${site.url}/me/security`);
        await expect(page.getByText(address)).toBeVisible();

        await page.goto(`${site.url}/me`);
        await page.getByRole('button', { name: '退出登录' }).click();
        await expect(page.getByRole('link', { name: '登录' })).toBeVisible();
        await page.goto(`${site.url}/forgot`);
        await page.getByRole('radio', { name: '邮箱' }).check();
        await page.locator('[name=email]').fill(address);
        // An address gets one code a minute, whatever it is for.
        await expect(async () => {
            await page.getByRole('button', { name: '获取验证码' }).click();
            await expect(page.getByText('验证码已发送')).toBeVisible({ timeout: 2000 });
        }).toPass({ timeout: 90_000, intervals: [15_000] });
        await page.locator('[name=code]').fill(await newestCode(site, address, 2));
        await page.locator('[name=password]').fill('secret456');
        await look(page, 'forgot-code');
        await page.getByRole('button', { name: '重设密码' }).click();
        await expect(page.getByText('密码已重设，请用新密码登录')).toBeVisible();
        await page.waitForURL(`${site.url}/login`);
        const logIn = async (password: string) => {
            await page.locator('[name=username]').fill('xiaoman');
            await page.locator('[name=password]').fill(password);
            await page.locator('form').getByRole('button', { name: '登录' }).click();
        };
        await logIn('secret123');
        await expect(page.getByRole('alert')).toContainText('密码错误');
        await logIn('secret456');
        await page.waitForURL(`${site.url}/`);
    });
});
