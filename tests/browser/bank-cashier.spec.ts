// The cashier: a merchant's signed bill, paid or not, and what the merchant is told.
import { expect, fillBankLogin, test } from './bank';
import { look } from './look';

test('cashier: a bill is paid, once, and the merchant is told', async ({ page, bank }) => {
    const customer = await bank.customer(100_000);
    const link = bank.merchant.bill({ order: '9001', amount: 76_000 });
    await page.goto(bank.cashier(link));
    const bill = page.getByRole('region', { name: '账单' });
    await expect(bill).toContainText('¥760.00');
    await expect(bill).toContainText('西岸咖啡节 · 咖啡券');
    await expect(bill).toContainText('不超过 15 分钟');
    await look(page, 'bank-cashier-login');
    await fillBankLogin(page, customer);
    await expect(page.getByRole('button', { name: '确认付款 ¥760.00' })).toBeVisible();
    await look(page, 'bank-cashier');
    await page.getByRole('button', { name: '确认付款 ¥760.00' }).click();
    await expect(page.getByRole('heading', { name: '已付款' })).toBeVisible();
    await page.getByRole('button', { name: '留在此页' }).click();
    await look(page, 'bank-cashier-paid');
    expect(await bank.availableOf(customer)).toBe(24_000);
    const reference = link.get('reference');
    await expect
        .poll(() => bank.merchant.events.filter((one) => one.reference === reference))
        .toMatchObject([{ kind: 'payment', status: 'captured', order: '9001', amount: 76_000 }]);

    // Opened again it is paid, and takes nothing.
    await page.goto(bank.cashier(link));
    await expect(page.getByRole('heading', { name: '已付款' })).toBeVisible();
    await expect(page.getByRole('button', { name: /确认付款/ })).toHaveCount(0);
    await page.getByRole('link', { name: '返回商户' }).click();
    await page.waitForURL(`${bank.merchant.site}/orders/9001`);
    expect(await bank.availableOf(customer)).toBe(24_000);
});

test('cashier: given up, it cannot be paid any more', async ({ page, bank }) => {
    const link = bank.merchant.bill({ order: '9002', amount: 1000 });
    await page.goto(bank.cashier(link));
    await page.getByRole('button', { name: '放弃付款' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '放弃付款' }).click();
    await expect(page.getByRole('heading', { name: '已放弃付款' })).toBeVisible();
    await look(page, 'bank-cashier-given-up');
    const reference = link.get('reference');
    await expect
        .poll(() => bank.merchant.events.filter((one) => one.reference === reference))
        .toMatchObject([{ kind: 'payment', status: 'failed' }]);
    await page.reload();
    await expect(page.getByRole('heading', { name: '已放弃付款' })).toBeVisible();
    await expect(page.getByRole('link', { name: '返回商户' })).toBeVisible();
});

test('cashier: too little money is said, and another account can pay', async ({ page, bank }) => {
    const poor = await bank.customer(500);
    const rich = await bank.customer(5000);
    await page.goto(bank.cashier(bank.merchant.bill({ order: '9003', amount: 1000 })));
    await fillBankLogin(page, poor);
    await expect(page.getByRole('alert')).toContainText('可用余额不足');
    await expect(page.getByRole('button', { name: /确认付款/ })).toBeDisabled();
    await look(page, 'bank-cashier-short');
    await page.getByRole('button', { name: '换一个账户' }).click();
    await fillBankLogin(page, rich);
    await page.getByRole('button', { name: '确认付款 ¥10.00' }).click();
    await expect(page.getByRole('heading', { name: '已付款' })).toBeVisible();
    expect(await bank.availableOf(poor)).toBe(500);
    expect(await bank.availableOf(rich)).toBe(4000);
});

test('cashier: its time runs out before the eyes', async ({ page, bank }) => {
    const customer = await bank.customer(5000);
    await page.goto(bank.cashier(bank.merchant.bill({ order: '9004', amount: 1000, seconds: 6 })));
    await expect(page.getByRole('region', { name: '账单' })).toContainText('¥10.00');
    await expect(page.getByRole('heading', { name: '账单已过期' })).toBeVisible();
    await expect(page.locator('form')).toHaveCount(0);
    await look(page, 'bank-cashier-expired');
    expect(await bank.availableOf(customer)).toBe(5000);
});

test('cashier: one that is over when it is opened', async ({ page, bank }) => {
    await page.goto(bank.cashier(bank.merchant.bill({ order: '9005', amount: 1000, seconds: -5 })));
    await expect(page.getByRole('heading', { name: '账单已过期' })).toBeVisible();
    await expect(page.getByRole('button', { name: /确认付款/ })).toHaveCount(0);
});

test('cashier: closed by the merchant while it stands open', async ({ page, bank }) => {
    const link = bank.merchant.bill({ order: '9006', amount: 1000 });
    await page.goto(bank.cashier(link));
    await expect(page.getByRole('region', { name: '账单' })).toContainText('¥10.00');
    await bank.merchant.call(bank.url, '/merchant/v1/closures', {
        items: [{ reference: link.get('reference') }],
    });
    await expect(page.getByRole('heading', { name: '账单已关闭' })).toBeVisible();
    await look(page, 'bank-cashier-closed');
});

test('cashier: links that were changed or cut off', async ({ page, bank }) => {
    const link = bank.merchant.bill({ order: '9007', amount: 1000 });
    link.set('amount', '1');
    await page.goto(bank.cashier(link));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('链接不正确');
    await look(page, 'bank-cashier-wrong');
    await page.goto(`${bank.url}/cashier?merchant=onsale`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('链接不正确');
});

test('cashier: the answer to a payment is lost, and the page finds out', async ({ page, bank }) => {
    const customer = await bank.customer(5000);
    await page.route('**/api/v1/cashier/bills/payments', async (route) => {
        await route.fetch();
        await route.abort();
    });
    await page.goto(bank.cashier(bank.merchant.bill({ order: '9008', amount: 1000 })));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '确认付款 ¥10.00' }).click();
    await expect(page.getByRole('heading', { name: '已付款' })).toBeVisible();
    expect(await bank.availableOf(customer)).toBe(4000);
});

test('cashier: with the keyboard alone', async ({ page, bank }) => {
    const customer = await bank.customer(5000);
    await page.goto(bank.cashier(bank.merchant.bill({ order: '9009', amount: 1000 })));
    await page.locator('form [name=name]').focus();
    await page.keyboard.type(customer.name);
    await page.keyboard.press('Tab');
    await page.keyboard.type(customer.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /的账户付款/ })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: '确认付款 ¥10.00' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: '已付款' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${bank.merchant.site}/orders/9009`);
});
