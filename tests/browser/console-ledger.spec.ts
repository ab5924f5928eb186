// The books in the console: balances, entries, what organisers are owed, reconciliation with a bank.
import type { Page } from '@playwright/test';
import { fillBankLogin } from './bank';
import { chooseOwnPassword, fillLogin, kPassword, logInAsAdmin, makeOperator } from './console';
import { inEnglish, look } from './look';
import { expect, kBank, Money, test } from './money';

test.use({ serviceWorkers: 'block' });

test('console ledger: an order that was paid for, from the balances to its entries', async ({
    page,
    money,
}) => {
    const customer = await money.customer(100_000);
    const order = await money.reserve(page, await money.campaign());
    await page.goto(money.authorise(order));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '同意授权' }).click();
    await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible();

    await logInAsAdmin(page, money.site, '/console/ledger');
    await expect(page.getByText('全部账户之和为零', { exact: true })).toBeVisible();
    await look(page, 'money-ledger');
    await page.getByRole('link', { name: `查看分录：银行 ${kBank.zh} (1)` }).click();
    const row = page.getByRole('row', { name: new RegExp(`订单 ${order}`) });
    await expect(row).toContainText('380.00');
    await look(page, 'money-entries');
    await page.getByRole('searchbox', { name: '订单号' }).fill(String(order));
    await page.getByRole('searchbox', { name: '订单号' }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`order=${order}`));

    await page.getByRole('link', { name: '应付主办方' }).last().click();
    const owed = page.getByRole('row', { name: /380\.00/ }).first();
    await expect(owed).toBeVisible();
    await look(page, 'money-payables');
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 CSV' }).click();
    expect((await file).suggestedFilename()).toBe('payables.csv');
});

// With a site and a bank of its own, on which nothing has happened yet.
test('console ledger: a day is reconciled, again, and without the bank', async ({ page }) => {
    const money = await Money.start();
    try {
        await reconcile(page, money);
    } finally {
        await money.remove();
    }
});

async function reconcile(page: Page, money: Money): Promise<void> {
    await logInAsAdmin(page, money.site, '/console/ledger');
    await expect(page.getByText('账本还是空的')).toBeVisible();
    await page.getByRole('link', { name: '对账' }).last().click();
    await expect(page.getByText('还没有对过账')).toBeVisible();
    await look(page, 'money-reconciliations-empty');
    await page.getByLabel('日期(UTC)').fill(new Date().toISOString().slice(0, 10));
    await page.getByRole('button', { name: '开始对账' }).click();
    await page.waitForURL(/\/reconciliations\/\d+$/);
    const first = page.url();
    await expect(page.getByRole('status').filter({ hasText: '全部一致' })).toBeVisible();
    await expect(page.getByText('这一天还没有结束')).toBeVisible();
    await look(page, 'money-reconciliation');
    await page.getByRole('button', { name: '重新对账' }).click();
    await expect(page).not.toHaveURL(first);
    await expect(page.getByRole('status').filter({ hasText: '全部一致' })).toBeVisible();

    await money.closeBank();
    await money.untilUsable(false);
    await page.getByRole('button', { name: '重新对账' }).click();
    await expect(page.getByText('银行暂时没有应答')).toBeVisible();
    await look(page, 'money-reconciliation-away');
    await money.openBank();
    await page.getByRole('link', { name: '返回对账列表' }).click();
    await expect(page.getByText('全部一致').first()).toBeVisible();
    await inEnglish(page);
    await page.reload();
    await expect(page.getByText('all alike').first()).toBeVisible();
    await look(page, 'money-reconciliations-en');
}

test('console ledger: what nobody told us is a difference that mends itself', async ({
    page,
    context,
}) => {
    const money = await Money.start();
    try {
        await money.faults({ callbacks_lost_percent: 100, bad_json_every: 1 });
        const customer = await money.customer(100_000);
        const order = await money.reserve(page, await money.campaign());
        await page.getByRole('link', { name: '去支付' }).click();
        await page.getByRole('button', { name: '去支付 ¥380.00' }).click();
        const opened = context.waitForEvent('page');
        await page.getByRole('link', { name: `打开${kBank.zh}收银台` }).click();
        const cashier = await opened;
        await fillBankLogin(cashier, customer);
        await cashier.getByRole('button', { name: '确认付款 ¥380.00' }).click();
        await expect(cashier.getByText('已付款').first()).toBeVisible();
        await cashier.close();

        await logInAsAdmin(page, money.site, '/console/ledger/reconciliations');
        await page.getByLabel('日期(UTC)').fill(new Date().toISOString().slice(0, 10));
        await page.getByRole('button', { name: '开始对账' }).click();
        const row = page.getByRole('row', { name: new RegExp(`订单 ${order}`) });
        await expect(row).toContainText('会自行消除');
        await expect(row).toContainText('下次查询会补上');
        await expect(page.getByRole('status').filter({ hasText: '1 处差异' })).toBeVisible();
        await look(page, 'money-reconciliation-differs');
        await row.scrollIntoViewIfNeeded();
        await look(page, 'money-reconciliation-difference');
        const file = page.waitForEvent('download');
        await page.getByRole('button', { name: '导出 CSV' }).click();
        expect((await file).suggestedFilename()).toMatch(/^reconciliation-\d+\.csv$/);
    } finally {
        await money.remove();
    }
});

test('console ledger: operators see what they are owed and no books', async ({ page, money }) => {
    const operator = await makeOperator(money.site);
    await page.goto(
        `${money.site.url}/console/login?next=${encodeURIComponent('/console/ledger/payables')}`,
    );
    await fillLogin(page, operator.username, operator.password);
    await chooseOwnPassword(page, operator.password, kPassword);
    await expect(page.getByRole('heading', { name: '应付主办方' })).toBeVisible();
    await expect(page.getByRole('link', { name: '账户余额' })).toHaveCount(0);
    await page.goto(`${money.site.url}/console/ledger`);
    await expect(page.getByRole('heading', { name: '应付主办方' })).toHaveCount(0);
    await expect(page.getByText('全部账户之和为零', { exact: true })).toHaveCount(0);
});
