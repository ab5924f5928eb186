// A purchase with the keyboard alone: every step is reached by Tab, and the focus can be seen.
import { expect, registerOnPage, test } from './site';
import type { Locator, Page } from '@playwright/test';

const kTabsMax = 60;

async function tabTo(page: Page, target: Locator): Promise<void> {
    await target.waitFor();
    for (let count = 0; count < kTabsMax; count += 1) {
        await page.keyboard.press('Tab');
        if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`${target} is not reached by Tab`);
}

test('keyboard: from the home page to the ticket', async ({ page, site }) => {
    const campaign = await site.campaign({ opensInSeconds: -60 });
    await registerOnPage(page, site);
    await page.goto(site.url);
    await page.locator('.campaign-card').first().waitFor();

    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
    await page.keyboard.press('Enter');
    await tabTo(page, page.locator(`a[href="/campaigns/${campaign}"]`));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/campaigns/${campaign}`);

    const rush = page.getByRole('button', { name: '立即抢票' });
    await tabTo(page, rush);
    const outline = await rush.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).not.toBe('none');
    await page.keyboard.press('Enter');
    await expect(page.getByText('抢到了')).toBeVisible();
    await tabTo(page, page.getByRole('link', { name: '查看电子票' }));
    await page.keyboard.press('Enter');
    await expect(page.locator('.qr')).toBeVisible();
});

test('keyboard: a priced order', async ({ page, site }) => {
    const campaign = await site.campaign({ opensInSeconds: -60, price: '99.00', tickets: 2 });
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    await tabTo(page, page.getByRole('link', { name: '选择票种与数量' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: '增加 咖啡券' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('checkbox'));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('button', { name: '提交订单' }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/orders\/\d+$/);
    await tabTo(page, page.getByRole('button', { name: '取消订单' }));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: '取消订单' })).toBeFocused();
});
