// Every page of a buyer in both languages: axe finds nothing, nothing is wider than the screen.
import { personPages, visitorPages } from './all-pages';
import { inEnglish, look } from './look';
import { expect, registerOnPage, test } from './site';

for (const language of ['zh', 'en'] as const) {
    test(`pages: as a visitor, ${language}`, async ({ page, site }) => {
        if (language === 'en') await inEnglish(page);
        const open = await site.campaign({ opensInSeconds: -60 });
        const upcoming = await site.campaign({
            opensInSeconds: 3600,
            price: '380.00',
            tickets: 2,
        });
        for (const [name, path] of Object.entries(visitorPages(open, upcoming))) {
            await page.goto(site.url + path);
            await expect(page.locator('h1')).toBeVisible();
            await expect(page.locator('.skeleton')).toHaveCount(0);
            await expect(page.locator('html')).toHaveAttribute(
                'lang',
                language === 'zh' ? 'zh-CN' : 'en',
            );
            await look(page, `${name}-${language}`);
        }
    });

    test(`pages: as a person, ${language}`, async ({ page, site }) => {
        if (language === 'en') await inEnglish(page);
        const open = await site.campaign({ opensInSeconds: -60 });
        const priced = await site.campaign({ opensInSeconds: -60, price: '380.00', tickets: 2 });
        await registerOnPage(page, site, `/campaigns/${open}`);
        await page.locator('.campaign-action button.wide').click();
        await expect(page.locator('.campaign-action .code')).toBeVisible();
        for (const [name, path] of Object.entries(personPages(priced))) {
            await page.goto(site.url + path);
            await expect(page.locator('h1')).toBeVisible();
            await expect(page.locator('.skeleton')).toHaveCount(0);
            await expect(page.getByRole('alert')).toHaveCount(0);
            await look(page, `${name}-${language}`);
        }
    });
}

test('pages: the language is remembered', async ({ page, site }) => {
    await page.goto(site.url);
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('heading', { name: 'On now' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'On now' })).toBeVisible();
});

test('pages: the API is explained, searched, and shown as a command', async ({ page, site }) => {
    await page.goto(site.url);
    await page.getByRole('link', { name: '开放接口' }).click();
    await expect(page.getByRole('heading', { name: '开放接口', level: 1 })).toBeVisible();
    await page.getByRole('searchbox').fill('sold_out orders');
    await expect(page.locator('.api-route')).toHaveCount(1);
    await page.locator('.api-route summary').click();
    const route = page.locator('#createOrder');
    await expect(route.getByRole('heading', { name: '请求体' })).toBeVisible();
    await expect(route.getByText('sold_out', { exact: true })).toBeVisible();
    await expect(route.locator('pre')).toContainText(`${site.url}/api/v1/orders`);
    await look(page, 'docs-route');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(route.getByRole('heading', { name: 'Body of the request' })).toBeVisible();
    await page.goto(`${site.url}/docs#getSite`);
    await expect(page.locator('#getSite pre')).toBeVisible();
});

test('pages: far from the place, times name their zone', async ({ browser, site }) => {
    const campaign = await site.campaign({ opensInSeconds: 3600 });
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Tokyo' });
    const page = await context.newPage();
    await page.goto(`${site.url}/campaigns/${campaign}`);
    await expect(page.getByText(/\d\d:\d\d \(UTC\+9\)/).first()).toBeVisible();
    await context.close();
});
