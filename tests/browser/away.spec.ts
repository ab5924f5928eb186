// The server goes away in the middle of it: the page says so, keeps what it can, and goes on by
// itself.
import { look } from './look';
import { expect, registerOnPage, test } from './site';

test.afterEach(async ({ site }) => {
    // A test that failed in between must not leave the others without a server.
    await site.kill();
    await site.run();
});

test('away: a banner while the server is killed, and on it goes after its return', async ({
    page,
    site,
}) => {
    const campaign = await site.campaign({ opensInSeconds: -60 });
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    await expect(page.getByRole('button', { name: '立即抢票' })).toBeEnabled();
    await site.kill();
    await page.getByRole('button', { name: '立即抢票' }).click();
    const banner = page.locator('.away');
    await expect(banner).toBeVisible();
    await expect(page.getByText('正在确认结果')).toBeVisible();
    await look(page, 'away-1-banner');
    await site.run();
    await expect(page.getByText('抢到了')).toBeVisible({ timeout: 40_000 });
    await expect(banner).toBeHidden();
});

test('away: tickets are readable without the server, and gone after logging out', async ({
    page,
    site,
}) => {
    const campaign = await site.campaign({ opensInSeconds: -60 });
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    await page.getByRole('button', { name: '立即抢票' }).click();
    await page.getByRole('link', { name: '查看电子票' }).click();
    const code = (await page.locator('.ticket-code .code').textContent()) ?? '';
    await page.evaluate(() => navigator.serviceWorker.ready);
    await site.kill();

    await page.goto(`${site.url}/tickets`);
    await expect(page.getByText(code)).toBeVisible();
    await expect(page.getByText('这是保存在本设备上的副本')).toBeVisible();
    await look(page, 'away-2-tickets');
    await page.getByRole('link', { name: /咖啡节抢券/ }).click();
    await expect(page.locator('.qr')).toBeVisible();

    await site.run();
    await page.goto(`${site.url}/me`);
    await page.getByRole('button', { name: '退出登录' }).click();
    await expect(page.getByRole('link', { name: '登录' })).toBeVisible();
    const kept = await page.evaluate(() => Object.values(localStorage).join());
    expect(kept).not.toContain(code);
});
