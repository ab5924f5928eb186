// A merchant asks for an authorisation: granted, it comes back with the token behind the #.
import { expect, fillBankLogin, test } from './bank';
import { look } from './look';

test('authorise: the customer sees, logs in, grants and goes back', async ({ page, bank }) => {
    const customer = await bank.customer(10_000);
    await page.goto(bank.authorise('8001', 2500));
    const what = page.getByRole('region', { name: '授权内容' });
    await expect(what).toContainText('¥25.00');
    await expect(what).toContainText(bank.merchant.name);
    await expect(what).toContainText('8001');
    await look(page, 'bank-authorise-login');
    await fillBankLogin(page, customer);
    await expect(page.getByText('¥100.00')).toBeVisible();
    await look(page, 'bank-authorise');
    await page.getByRole('button', { name: '同意授权' }).click();
    await expect(page.getByRole('heading', { name: '授权成功' })).toBeVisible();
    await page.getByRole('button', { name: '留在此页' }).click();
    const token = await page.getByLabel('授权令牌').inputValue();
    await look(page, 'bank-authorised');
    await page.getByRole('link', { name: '返回商户' }).click();
    await page.waitForURL(`${bank.merchant.site}/orders/8001/pay#*`);
    expect(new URL(page.url()).hash).toBe(`#token=${token}&bank=1`);
    expect(await bank.availableOf(customer)).toBe(7500);

    // And the token is good: the merchant takes the money with it, once.
    const reference = 'P8001-00c0ffee00c0ffee';
    const item = { reference, token, order: '8001', amount: 2500, currency: 'CNY' };
    const path = '/merchant/v1/deductions';
    const taken = await bank.merchant.call(bank.url, path, { items: [item] });
    expect(taken).toMatchObject({ items: [{ reference, status: 'captured', amount: 2500 }] });
    expect(await bank.availableOf(customer)).toBe(7500);
});

test('authorise: goes back by itself', async ({ page, bank }) => {
    const customer = await bank.customer(10_000);
    await page.goto(bank.authorise('8002', 2500));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '同意授权' }).click();
    await page.waitForURL(`${bank.merchant.site}/orders/8002/pay#token=*`);
});

test('authorise: too little money is said, and nothing can be granted', async ({ page, bank }) => {
    const customer = await bank.customer(100);
    await page.goto(bank.authorise('8003', 2500));
    await fillBankLogin(page, customer);
    await expect(page.getByRole('alert')).toContainText('可用余额不足');
    await expect(page.getByRole('button', { name: '同意授权' })).toBeDisabled();
    await expect(page.getByRole('link', { name: '不授权，返回商户' })).toHaveAttribute(
        'href',
        `${bank.merchant.site}/orders/8003/pay`,
    );
    await look(page, 'bank-authorise-short');
});

test('authorise: a way back to somebody else is refused', async ({ page, bank }) => {
    const customer = await bank.customer(10_000);
    const link = new URL(bank.authorise('8004', 2500));
    link.searchParams.set('return', 'http://127.0.0.1:1/steal');
    await page.goto(link.href);
    await fillBankLogin(page, customer);
    await expect(page.getByRole('link', { name: '不授权，返回商户' })).toHaveCount(0);
    await page.getByRole('button', { name: '同意授权' }).click();
    await expect(page.getByRole('alert')).toContainText('返回地址不属于该商户');
    expect(await bank.availableOf(customer)).toBe(10_000);
});

test('authorise: links that are not whole, or of nobody', async ({ page, bank }) => {
    await page.goto(`${bank.url}/authorise?merchant=onsale&order=1`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('链接不完整');
    await look(page, 'bank-authorise-wrong');
    const link = new URL(bank.authorise('8005', 2500));
    link.searchParams.set('merchant', 'nobody');
    await page.goto(link.href);
    await expect(page.getByRole('alert')).toContainText('没有该商户');
});

test('authorise: without an answer it is not granted twice unseen', async ({ page, bank }) => {
    const customer = await bank.customer(10_000);
    await page.route('**/api/v1/me/authorisations', async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        await route.fetch();
        await route.abort();
    });
    await page.goto(bank.authorise('8006', 2500));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '同意授权' }).click();
    await expect(page.getByText('授权可能已经完成')).toBeVisible();
    await page.getByRole('link', { name: '查看我的支付授权' }).click();
    await expect(page.getByRole('button', { name: '撤销订单 8006 的授权' })).toBeVisible();
});
