// Every page of the console in both languages: axe finds nothing, nothing is wider than the screen.
import { consolePages } from './all-pages';
import { logInAsAdmin } from './console';
import { inEnglish, look } from './look';
import { expect, test } from './site';

for (const language of ['zh', 'en'] as const) {
    test(`console pages: ${language}`, async ({ page, site }) => {
        test.setTimeout(240_000);
        if (language === 'en') await inEnglish(page);
        const campaign = await site.campaign({
            opensInSeconds: -60,
            price: '380.00',
            tickets: 2,
        });
        await logInAsAdmin(page, site);
        for (const [name, path] of Object.entries(consolePages(campaign))) {
            await page.goto(site.url + path);
            await expect(page.locator('.console-main h1')).toBeVisible();
            await expect(page.locator('.skeleton')).toHaveCount(0);
            await expect(page.locator('.note.bad[role=alert]')).toHaveCount(0);
            await look(page, `console-${name}-${language}`);
        }
    });
}

test('console pages: the keyboard reaches navigation and content', async ({ page, site }) => {
    await logInAsAdmin(page, site);
    await page.keyboard.press('Tab');
    await expect(page.locator('.skip')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#main$/);
    const phone = (page.viewportSize()?.width ?? 0) < 1000;
    if (phone) {
        await page.getByRole('button', { name: '打开菜单' }).press('Enter');
        await expect(page.getByRole('dialog', { name: '控制台导航' })).toBeVisible();
        await page
            .getByRole('dialog')
            .getByRole('link', { name: '场次', exact: true })
            .press('Enter');
        await expect(page.getByRole('dialog')).toHaveCount(0);
    } else {
        await page.getByRole('link', { name: '场次', exact: true }).press('Enter');
    }
    await expect(page.getByRole('heading', { name: '场次' })).toBeVisible();
});

test('console pages: a login that was ended leads to the login page and back', async ({
    page,
    site,
    context,
}) => {
    await logInAsAdmin(page, site);
    await context.clearCookies();
    await page.goto(`${site.url}/console/people?query=admin`);
    await page.waitForURL(/\/console\/login\?next=/);
    await page.getByLabel('用户名').fill('admin');
    await page.getByLabel('密码').fill('Console2026');
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL(/\/console\/people\?query=admin$/);
    await expect(page.getByRole('link', { name: 'admin' })).toBeVisible();
});
