// A person's own statement at a bank: with a consent, one that was revoked, and without a bank.
import type { Page } from '@playwright/test';
import { fillBankLogin } from './bank';
import { inEnglish, look } from './look';
import { expect, kBank, test, type Money } from './money';
import { registerOnPage } from './site';

test.use({ serviceWorkers: 'block' });

async function pay(page: Page, money: Money) {
    const customer = await money.customer(100_000);
    const order = await money.reserve(page, await money.campaign());
    await page.goto(money.authorise(order));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '同意授权' }).click();
    await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible();
    return { customer, order };
}

test('bills: with a consent, which is forgotten by a reload', async ({ page, money }) => {
    const { customer, order } = await pay(page, money);
    const { consent, token } = await money.consent(customer);
    await page.goto(`${money.site.url}/me`);
    await page.getByRole('link', { name: /银行账单/ }).click();
    await page.waitForURL(/\/me\/bank-bills$/);
    await expect(page.getByLabel('银行', { exact: true })).toContainText(kBank.zh);
    await look(page, 'money-bills-consent');
    await page.getByLabel('同意凭证').fill(token);
    await page.getByRole('button', { name: '查看账单' }).click();
    const row = page.getByRole('listitem').filter({ hasText: `订单 ${order}` });
    await expect(row).toContainText('380.00');
    await look(page, 'money-bills');
    expect(page.url()).not.toContain(token);
    const kept = await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    );
    expect(kept).not.toContain(token);

    await page.reload();
    await expect(page.getByLabel('同意凭证')).toHaveValue('');
    await money.revoke(customer, consent);
    await page.getByLabel('同意凭证').fill(token);
    await page.getByRole('button', { name: '查看账单' }).click();
    await expect(page.getByText('银行不认可该授权')).toBeVisible();
    await expect(page.getByText('请在银行重新授权')).toBeVisible();
    await look(page, 'money-bills-revoked');
    await page.getByRole('button', { name: '换一个同意凭证' }).click();
    await expect(page.getByLabel('同意凭证')).toBeVisible();
});

test("bills: another person's consent is refused, in English too", async ({ page, browser, money }) => {
    const { customer } = await pay(page, money);
    const { token } = await money.consent(customer);
    await page.goto(`${money.site.url}/me/bank-bills`);
    await page.getByLabel('同意凭证').fill(token);
    await page.getByRole('button', { name: '查看账单' }).click();
    await expect(page.getByText(/银行流水号 T\d+/).first()).toBeVisible();

    const context = await browser.newContext({ ...test.info().project.use });
    const other = await context.newPage();
    await inEnglish(other);
    await registerOnPage(other, money.site, '/me/bank-bills');
    await other.getByLabel('Token of the consent').fill(token);
    await other.getByRole('button', { name: 'Show the bills' }).click();
    await expect(other.getByText('Another person has used this consent.')).toBeVisible();
    await look(other, 'money-bills-other-en');
    await context.close();
});
