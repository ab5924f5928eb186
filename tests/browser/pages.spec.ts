// Every page of a buyer in both languages: axe finds nothing, nothing is wider than the screen.
import { inEnglish, look } from './look';
import { expect, registerOnPage, test } from './site';

for (const language of ['zh', 'en'] as const) {
    test(`pages: as a visitor, ${language}`, async ({ page, site }) => {
        if (language === 'en') await inEnglish(page);
        const open = await site.campaign({ opensInSeconds: -60 });
        await site.campaign({ opensInSeconds: 3600, price: '380.00', tickets: 2 });
        const pages = {
            home: '/',
            search: '/search',
            show: `/shows/${open / 100}`,
            campaign: `/campaigns/${open}`,
            'campaign-upcoming': `/campaigns/${open + 1000}`,
            login: '/login',
            register: '/register',
            forgot: '/forgot',
            'not-found': '/no/such/page',
        };
        for (const [name, path] of Object.entries(pages)) {
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
        const pages = {
            confirm: `/campaigns/${priced}/confirm`,
            orders: '/orders',
            tickets: '/tickets',
            me: '/me',
            security: '/me/security',
            statistics: '/me/statistics',
            privacy: '/me/privacy',
        };
        for (const [name, path] of Object.entries(pages)) {
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
