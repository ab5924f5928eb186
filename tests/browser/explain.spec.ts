// Why there was no ticket: from the refusal to its explanation; the same in the console, and the
// session as of any moment.
import { logInAsAdmin } from './console';
import { look } from './look';
import { expect, registerOnPage, test, type Site } from './site';

// The live stream would close the button before it is pressed.
test.use({ serviceWorkers: 'block' });

let others = 0;

// Somebody else takes a ticket.
async function takeOne(site: Site, campaign: number): Promise<void> {
    others += 1;
    const send = async (path: string, body: unknown, token?: string) => {
        const answer = await fetch(site.url + path, {
            method: 'POST',
            headers: {
                'Content-Type': 'application/json',
                ...(token && { Authorization: `Bearer ${token}` }),
            },
            body: JSON.stringify(body),
        });
        expect(answer.status).toBe(201);
        return (await answer.json()) as { token: string };
    };
    const username = `taker_${process.pid}_${others}`.slice(0, 16);
    const person = { username, password: 'secret123', nickname: '早到' };
    const { token } = await send('/api/v1/people', person);
    await send('/api/v1/orders', { campaign }, token);
}

test('a refusal leads to its explanation, in both languages', async ({ page, site }) => {
    const campaign = await site.campaign({ opensInSeconds: -5, count: 1 });
    await page.route('**/api/v1/events*', (route) => route.abort());
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    const rush = page.locator('.campaign-action button');
    await expect(rush).toBeEnabled();
    await takeOne(site, campaign);
    await rush.click();
    await page.getByRole('link', { name: '为什么没抢到？' }).click();
    await expect(page.getByText(/判定:已售罄/)).toBeVisible();
    await expect(page.getByText(/在您之前,最后一次取得票的是订单/)).toBeVisible();
    await page.getByText('依据', { exact: true }).click();
    await expect(page.getByText('一致', { exact: true })).toBeVisible();
    await look(page, 'why');
    const receipt = new URL(page.url()).searchParams.get('receipt') ?? '';
    await page.evaluate(() => localStorage.setItem('onsale.language', '"en"'));
    await page.reload();
    await expect(page.getByText(/Before you, the last ticket went to order #/)).toBeVisible();
    await page.goto(`${site.url}/why?receipt=${receipt.slice(0, -4)}AAAA`);
    await expect(page.getByRole('alert')).toContainText('no receipt of this site');
});

test('an order tells what became of it', async ({ page, site }) => {
    const campaign = await site.campaign({ opensInSeconds: -5 });
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    await page.locator('.campaign-action button').click();
    await expect(page.locator('.campaign-action .note.good')).toBeVisible();
    await page.goto(`${site.url}/orders`);
    await page.locator('a[href^="/orders/"]').first().click();
    await page.getByRole('link', { name: '订单经过' }).click();
    await expect(page.getByText(/下单并完成\(日志第 \d+ 批\)/)).toBeVisible();
    await look(page, 'why-order');
});

test('staff explain a receipt or an order, and go back in time', async ({ page, site }) => {
    const campaign = await site.campaign({ opensInSeconds: -5, count: 3 });
    for (let i = 0; i < 3; i += 1) await takeOne(site, campaign);
    await logInAsAdmin(page, site, '/console/explain');
    await page.getByLabel('凭证或订单编号').fill('not-a-receipt');
    await page.getByRole('button', { name: '查看原因' }).click();
    await expect(page.getByRole('alert')).toContainText('这不是本站的凭证');
    await page.getByRole('button', { name: '查看原因' }).waitFor();
    await look(page, 'console-explain');

    await page.goto(`${site.url}/console/sessions/${campaign / 1000}`);
    const slider = page.getByLabel('查看哪个时刻');
    // Not the placeholder that stands there while the past is being made again.
    const shown = page
        .locator('section[aria-labelledby=history] [role=status]')
        .filter({ hasText: '已完成订单' });
    await expect(shown).toContainText('已完成订单 3');
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(shown).toContainText('已完成订单 0');
    await expect(shown).toContainText('可售 3');
    await page.keyboard.press('ArrowRight');
    await expect(shown).toContainText('已完成订单 1');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/\d{4}年/);
    await slider.scrollIntoViewIfNeeded();
    await look(page, 'console-history');
});
