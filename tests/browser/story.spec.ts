// The buyer's story on real pages: from registering to the ticket at hand.
import { look } from './look';
import { expect, registerOnPage, test } from './site';

// What passes a service worker is out of reach of page.route(); away.spec.ts is about the worker.
test.use({ serviceWorkers: 'block' });

test('story: register, wait for the opening, rush, see the ticket, keep it after a reload', async ({
    page,
    site,
}) => {
    const calls: string[] = [];
    page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.startsWith('/api/')) calls.push(`${request.method()} ${pathname}`);
    });
    const campaign = await site.campaign({ opensInSeconds: 20 });
    await page.goto(site.url);
    await expect(page.getByRole('heading', { name: '即将开始' })).toBeVisible();
    await expect(page.locator(`a[href="/campaigns/${campaign}"]`)).toBeVisible();

    await registerOnPage(page, site, `/campaigns/${campaign}`);
    const closed = page.getByRole('button', { name: '尚未开始' });
    await expect(closed).toBeDisabled();
    await expect(page.getByText('距开抢').first()).toBeVisible();
    await look(page, 'story-1-waiting');

    // Nothing is reloaded: the page knows the moment by the server's clock.
    const rush = page.getByRole('button', { name: '立即抢票' });
    await expect(rush).toBeEnabled({ timeout: 30_000 });
    await look(page, 'story-2-open');
    await rush.click();
    await expect(page.getByText('抢到了')).toBeVisible();
    const code = (await page.locator('.campaign-action .code').textContent()) ?? '';
    expect(code.length).toBeGreaterThan(5);
    await look(page, 'story-3-got');

    await page.reload();
    await expect(page.locator('.campaign-action .code')).toHaveText(code);

    await page.getByRole('link', { name: '查看电子票' }).click();
    await expect(page.getByRole('img', { name: code })).toBeVisible();
    await look(page, 'story-4-ticket');
    await page.reload();
    await expect(page.getByText(code).first()).toBeVisible();

    await page.goto(`${site.url}/tickets`);
    await expect(page.getByText(code)).toBeVisible();
    await page.goto(`${site.url}/orders`);
    await expect(page.getByText('已完成').last()).toBeVisible();

    // What was shown came from the server.
    expect(calls).toContain('POST /api/v1/orders');
    expect(calls.filter((call) => call === 'POST /api/v1/orders')).toHaveLength(1);
    expect(calls).toContain('GET /api/v1/tickets');
});

test('story: a priced order is confirmed, kept until its deadline, cancelled and deleted', async ({
    page,
    site,
}) => {
    const campaign = await site.campaign({ opensInSeconds: -60, price: '380.00', tickets: 2 });
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    await expect(page.getByText('售出后不退票')).toBeVisible();
    await page.getByRole('link', { name: '选择票种与数量' }).click();
    const more = page.getByRole('button', { name: '增加 咖啡券' });
    await more.click();
    await more.click();
    await expect(more).toBeDisabled(); // two in an order
    await expect(page.getByText('¥760.00')).toBeVisible();
    const place = page.getByRole('button', { name: '提交订单' });
    await expect(place).toBeDisabled(); // the notice first
    await page.getByRole('checkbox').check();
    await look(page, 'order-1-confirm');
    await place.click();

    await page.waitForURL(/\/orders\/\d+$/);
    await expect(page.getByText('待支付')).toBeVisible();
    await expect(page.getByRole('link', { name: '去支付' })).toBeVisible();
    await look(page, 'order-2-reserved');
    await page.getByRole('button', { name: '取消订单' }).click();
    await page.getByRole('button', { name: '确认取消' }).click();
    await expect(page.locator('.tag', { hasText: '已取消' })).toBeVisible();

    await page.goto(`${site.url}/orders?state=cancelled`);
    const remove = page.getByRole('button', { name: /^删除/ });
    await remove.click();
    await expect(remove).toBeHidden();
    await page.getByRole('button', { name: '撤销' }).click();
    await expect(remove).toBeVisible();
    await look(page, 'order-3-list');
    const hidden = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
    await remove.click();
    expect((await hidden).status()).toBe(204);
    await page.reload();
    await expect(page.getByText('还没有订单')).toBeVisible();
});

test('story: sold out is told to everybody who looks, and a refusal has its reason', async ({
    page,
    site,
    browser,
}) => {
    const campaign = await site.campaign({ opensInSeconds: -60, count: 1 });
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    await expect(page.getByRole('button', { name: '立即抢票' })).toBeEnabled();

    const other = await browser.newContext({ locale: 'zh-CN' });
    const rival = await other.newPage();
    await registerOnPage(rival, site, `/campaigns/${campaign}`);
    // The first page is kept from hearing of it, as when the network is slow.
    await page.route('**/api/v1/campaigns/*', () => {});
    await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect(page.getByText('每 5 秒更新')).toBeVisible();
    await rival.getByRole('button', { name: '立即抢票' }).click();
    await expect(rival.getByText('抢到了')).toBeVisible();
    await other.close();

    await page.getByRole('button', { name: '立即抢票' }).click();
    await expect(page.getByRole('alert')).toContainText('已售罄');
    await page.getByRole('link', { name: '为什么没抢到？' }).click();
    await expect(page.getByRole('button', { name: '复制凭证' })).toBeVisible();
    await look(page, 'story-5-sold-out');
});

test('story: only one answer, however often the network fails', async ({ page, site }) => {
    const campaign = await site.campaign({ opensInSeconds: -60 });
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    const keys: (string | undefined)[] = [];
    let failures = 2;
    await page.route('**/api/v1/orders', async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        keys.push(route.request().headers()['idempotency-key']);
        if (failures-- > 0) {
            // The server decides, but its answer is lost.
            await route.fetch();
            return route.abort('connectionreset');
        }
        return route.continue();
    });
    await page.getByRole('button', { name: '立即抢票' }).click();
    await expect(page.getByText('抢到了')).toBeVisible({ timeout: 30_000 });
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    await page.goto(`${site.url}/orders`);
    await expect(page.locator('.order')).toHaveCount(1);
});

test('story: a wish without an answer goes on after a reload, with the same key', async ({
    page,
    site,
}) => {
    const campaign = await site.campaign({ opensInSeconds: -60 });
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    const keys: (string | undefined)[] = [];
    await page.route('**/api/v1/orders', async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: '立即抢票' }).click();
    await expect(page.getByText('正在确认结果')).toBeVisible();
    await page.unroute('**/api/v1/orders');
    const sent = page.waitForRequest(
        (request) => request.method() === 'POST' && request.url().endsWith('/api/v1/orders'),
    );
    await page.reload();
    expect((await sent).headers()['idempotency-key']).toBe(keys[0]);
    await expect(page.locator('.campaign-action .code')).toBeVisible();
});
