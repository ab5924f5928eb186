// Accounts on real pages: each field's own mistake, logging in and out, the page one came for.
import { expect, registerOnPage, test } from './site';

test('accounts: every field says what is wrong with it', async ({ page, site }) => {
    await page.goto(`${site.url}/register`);
    await page.getByRole('button', { name: '注册并登录' }).click();
    await expect(page.getByText('须以字母开头')).toBeVisible();
    await expect(page.getByText('昵称须为 1 至 32 个字')).toBeVisible();
    await expect(page.getByText('须为 8 至 20 位')).toBeVisible();
    await expect(page.locator('[name=username]')).toBeFocused();
});

test('accounts: a taken username, and a wrong password', async ({ page, site }) => {
    const username = await registerOnPage(page, site);
    await page.goto(`${site.url}/me`);
    await page.getByRole('button', { name: '退出登录' }).click();

    await page.goto(`${site.url}/register`);
    await page.locator('[name=username]').fill(username);
    await page.locator('[name=nickname]').fill('小满');
    await page.locator('[name=password]').fill('secret123');
    await page.locator('[name=again]').fill('secret123');
    await page.getByRole('button', { name: '注册并登录' }).click();
    await expect(page.getByText('用户名已被占用')).toBeVisible();

    await page.goto(`${site.url}/login`);
    await page.locator('[name=username]').fill(username);
    await page.locator('[name=password]').fill('wrong1234');
    await page.locator('form').getByRole('button', { name: '登录' }).click();
    await expect(page.getByRole('alert')).toContainText('密码错误');
});

test('accounts: the login leads back to where one wanted to go', async ({ page, site }) => {
    const username = await registerOnPage(page, site);
    await page.goto(`${site.url}/me`);
    await page.getByRole('button', { name: '退出登录' }).click();
    await expect(page.getByRole('link', { name: '登录' })).toBeVisible();
    await page.goto(`${site.url}/orders`);
    await page.waitForURL(/\/login\?next=/);
    await page.locator('[name=username]').fill(username);
    await page.locator('[name=password]').fill('secret123');
    await page.locator('form').getByRole('button', { name: '登录' }).click();
    await page.waitForURL(`${site.url}/orders`);
});

test('accounts: no token can be read by a script', async ({ page, site, context }) => {
    await registerOnPage(page, site);
    const cookies = await context.cookies();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies)
        expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict' });
    const readable = await page.evaluate(
        () => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }),
    );
    for (const cookie of cookies) expect(readable).not.toContain(cookie.value);
});

test('accounts: profile, password, devices, export, deletion', async ({ page, site }) => {
    const username = await registerOnPage(page, site, '/me');
    await page.locator('[name=nickname]').fill('大满');
    const mails = page.getByRole('group', { name: '邮件语言' });
    await expect(mails.getByLabel('中文')).toBeChecked(); // as the browser said
    await mails.getByLabel('English').check();
    await page.locator('form').getByRole('button', { name: '保存' }).click();
    await expect(page.getByRole('heading', { name: /大满/ })).toBeVisible();
    await page.reload();
    await expect(mails.getByLabel('English')).toBeChecked();

    await page.goto(`${site.url}/me/security`);
    await expect(page.getByText('当前设备')).toBeVisible();
    await page.locator('[name=old]').fill('secret123');
    await page.locator('[name=password]').fill('secret456');
    await page.locator('[name=again]').fill('secret456');
    await page.locator('form').getByRole('button', { name: '保存' }).click();
    await expect(page.getByText('密码已修改')).toBeVisible();

    await page.goto(`${site.url}/me/privacy`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.json$/);
    await page.getByRole('button', { name: '注销账号…' }).click();
    await page.getByRole('dialog').locator('[name=password]').fill('secret456');
    await page.getByRole('button', { name: '永久注销' }).click();
    await expect(page.getByText('账号已注销')).toBeVisible();

    await page.goto(`${site.url}/login`);
    await page.locator('[name=username]').fill(username);
    await page.locator('[name=password]').fill('secret456');
    await page.locator('form').getByRole('button', { name: '登录' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
});

test('accounts: an expired login is renewed without a word; a login that is over leads back', async ({
    page,
    site,
    context,
}) => {
    const username = await registerOnPage(page, site, '/orders');
    await expect(page.getByText('还没有订单')).toBeVisible();

    // The browser drops a cookie whose time is over; the page knows that it does.
    await context.clearCookies({ name: '__Host-onsale' });
    const renewed = page.waitForResponse('**/api/v1/logins/refresh');
    await page.goto(`${site.url}/tickets`);
    expect((await renewed).status()).toBe(200);
    await expect(page.getByText('还没有票')).toBeVisible();

    await context.clearCookies();
    await page.goto(`${site.url}/orders`);
    await page.waitForURL(/\/login\?next=%2Forders/);
    await page.locator('[name=username]').fill(username);
    await page.locator('[name=password]').fill('secret123');
    await page.locator('form').getByRole('button', { name: '登录' }).click();
    await page.waitForURL(`${site.url}/orders`);
});
