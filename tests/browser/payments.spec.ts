// Paying on real pages at a real bank: at its cashier, by an authorisation, and when it goes wrong.
import type { Page } from '@playwright/test';
import { fillBankLogin } from './bank';
import { inEnglish, look } from './look';
import { expect, kBank, test } from './money';

// What passes a service worker is out of reach of page.route().
test.use({ serviceWorkers: 'block' });

async function toPayPage(page: Page): Promise<void> {
    await page.getByRole('link', { name: '去支付' }).click();
    await page.waitForURL(/\/orders\/\d+\/pay$/);
    await expect(page.getByRole('radio', { name: kBank.zh })).toBeChecked();
}

test('pay: at the cashier, in another tab; this page notices by itself', async ({
    page,
    context,
    money,
}) => {
    const customer = await money.customer(100_000);
    const order = await money.reserve(page, await money.campaign());
    await look(page, 'money-order-reserved');
    await toPayPage(page);
    await expect(page.getByText('¥380.00').first()).toBeVisible();
    await expect(page.getByText('剩余支付时间').first()).toBeVisible();
    await look(page, 'money-choose');
    await page.getByRole('button', { name: '去支付 ¥380.00' }).click();
    await expect(page.getByRole('img', { name: `支付二维码，订单 ${order}` })).toBeVisible();
    await look(page, 'money-cashier');

    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: `打开${kBank.zh}收银台` }).click();
    const cashier = await opened;
    await fillBankLogin(cashier, customer);
    await cashier.getByRole('button', { name: '确认付款 ¥380.00' }).click();
    await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible();
    await cashier.close();
    await look(page, 'money-paid');
    expect(await money.availableOf(customer)).toBe(62_000);
    await page.getByRole('link', { name: '查看电子票' }).click();
    await page.waitForURL(/\/tickets\/\d+$/);
    await page.goto(`${money.site.url}/orders/${order}`);
    await expect(page.getByText('支付成功')).toBeVisible();
    await look(page, 'money-order-paid');
});

test('pay: by an authorisation; its token is nowhere to be seen', async ({ page, money }) => {
    const customer = await money.customer(100_000);
    const order = await money.reserve(page, await money.campaign());
    await toPayPage(page);
    await page.getByRole('radio', { name: /银行授权/ }).check();
    await look(page, 'money-token');
    const handedIn: string[] = [];
    page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (request.method() === 'POST' && pathname === `/api/v1/orders/${order}/payments`)
            handedIn.push(request.postData() ?? '');
    });
    await page.goto(money.authorise(order));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '同意授权' }).click();
    await page.waitForURL(`${money.site.url}/orders/${order}/pay`);
    expect(page.url()).not.toContain('token');
    await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible();
    expect(handedIn).toHaveLength(1);
    expect(await money.availableOf(customer)).toBe(62_000);
    await page.reload();
    await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible();
    expect(handedIn).toHaveLength(1);
});

test('pay: given up at the bank, told, and paid after all', async ({ page, context, money }) => {
    const customer = await money.customer(100_000);
    await money.reserve(page, await money.campaign());
    await toPayPage(page);
    await page.getByRole('button', { name: '去支付 ¥380.00' }).click();
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: `打开${kBank.zh}收银台` }).click();
    const cashier = await opened;
    await cashier.getByRole('button', { name: '放弃付款' }).click();
    await cashier.getByRole('dialog').getByRole('button', { name: '放弃付款' }).click();
    await expect(page.getByText('您在银行取消了支付')).toBeVisible();
    await expect(page.getByText('订单仍为您保留到截止时间')).toBeVisible();
    await look(page, 'money-failed');
    await cashier.close();

    await page.getByRole('button', { name: '去支付 ¥380.00' }).click();
    const again = context.waitForEvent('page');
    await page.getByRole('link', { name: `打开${kBank.zh}收银台` }).click();
    const second = await again;
    await fillBankLogin(second, customer);
    await second.getByRole('button', { name: '确认付款 ¥380.00' }).click();
    await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible();
    expect(await money.availableOf(customer)).toBe(62_000);
});

test('pay: a token that the bank never gave is refused in words', async ({ page, money }) => {
    await money.reserve(page, await money.campaign());
    await toPayPage(page);
    await page.getByRole('radio', { name: /银行授权/ }).check();
    await page.getByLabel('或粘贴授权码').fill('not.atoken');
    await page.getByRole('button', { name: '用授权码支付' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByText('待支付')).toBeVisible();
    await look(page, 'money-token-refused');
});

test('pay: no answer to the token; trying again pays once', async ({ page, money }) => {
    const customer = await money.customer(100_000);
    const order = await money.reserve(page, await money.campaign());
    let lost = 0;
    await page.route(`**/api/v1/orders/${order}/payments`, async (route) => {
        if (route.request().method() !== 'POST' || lost > 0) return route.continue();
        lost += 1;
        await route.abort();
    });
    await page.goto(money.authorise(order));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '同意授权' }).click();
    await page.waitForURL(`${money.site.url}/orders/${order}/pay`);
    await expect(page.getByText('再试一次不会重复支付')).toBeVisible();
    await page.getByRole('button', { name: '再试一次' }).click();
    await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible();
    expect(await money.availableOf(customer)).toBe(62_000);
});

test('pay: a bank that is away is greyed, and back by itself', async ({ page, money }) => {
    await money.reserve(page, await money.campaign());
    await money.closeBank();
    await money.untilUsable(false);
    await page.getByRole('link', { name: '去支付' }).click();
    await expect(page.getByText('现在没有可用的银行')).toBeVisible();
    await expect(page.getByRole('radio', { name: kBank.zh })).toBeDisabled();
    await look(page, 'money-bank-away');
    await money.openBank();
    await expect(page.getByRole('radio', { name: kBank.zh })).toBeEnabled();
    await expect(page.getByRole('button', { name: '去支付 ¥380.00' })).toBeVisible();
});

test('pay: without a mouse, in English', async ({ page, context, money }) => {
    const customer = await money.customer(100_000);
    await money.reserve(page, await money.campaign());
    await inEnglish(page);
    await page.reload();
    await page.getByRole('link', { name: 'Pay now' }).press('Enter');
    const way = page.getByRole('radio', { name: /cashier/ });
    await way.focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: /Authorisation/ })).toBeChecked();
    await page.keyboard.press('ArrowUp');
    await expect(way).toBeChecked();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Pay ¥380.00' })).toBeFocused();
    await look(page, 'money-choose-en');
    await page.keyboard.press('Enter');
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: `Open the cashier of ${kBank.en}` }).press('Enter');
    const cashier = await opened;
    await fillBankLogin(cashier, customer);
    await cashier.getByRole('button', { name: /380\.00/ }).click();
    await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible();
});
