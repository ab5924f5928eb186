// Getting money back: asked for in three steps, reviewed in the console, taken back, refused.
import type { Browser, Page } from '@playwright/test';
import { fillBankLogin } from './bank';
import { chooseOwnPassword, fillLogin, kPassword, logInAsAdmin, makeOperator } from './console';
import { look } from './look';
import { expect, test, type Money } from './money';

test.use({ serviceWorkers: 'block' });

const kTerms = { refund_allowed: true, refund_until_hours: 48, refund_fee_percent: '10' };

// Of the refund that the page shows, once it does.
async function numberOfRefund(page: Page): Promise<string> {
    const shown = page.getByText(/退款 \d+/).first();
    await expect(shown).toBeVisible();
    return /退款 (\d+)/.exec((await shown.textContent()) ?? '')?.[1] ?? '';
}

// An order that is paid for; ends on its page.
async function paidOrder(page: Page, money: Money, campaign: number) {
    const customer = await money.customer(100_000);
    const order = await money.reserve(page, campaign);
    await page.goto(money.authorise(order));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '同意授权' }).click();
    await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible();
    await page.goto(`${money.site.url}/orders/${order}`);
    return { order, customer };
}

// Staff work in a browser of their own.
async function staffPage(browser: Browser): Promise<Page> {
    return (await browser.newContext({ ...test.info().project.use })).newPage();
}

async function askForRefund(page: Page): Promise<void> {
    await page.getByRole('link', { name: '申请退款' }).click();
    await expect(page.getByText('¥342.00')).toBeVisible();
    await look(page, 'money-refund-1');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '下一步' }).click();
    await expect(page.getByText('请选择一个原因')).toBeVisible();
    await page.getByRole('radio', { name: '行程有变' }).check();
    await page.getByLabel('补充说明').fill('临时出差');
    await look(page, 'money-refund-2');
    await page.getByRole('button', { name: '下一步' }).click();
    await expect(page.getByText('临时出差')).toBeVisible();
    await look(page, 'money-refund-3');
    await page.getByRole('button', { name: '提交退款申请' }).click();
    await page.waitForURL(/\/refunds$/);
}

test('refund: asked for, approved in the console, and back at the bank', async ({
    page,
    browser,
    money,
}) => {
    const { order, customer } = await paidOrder(page, money, await money.campaign(kTerms));
    expect(await money.availableOf(customer)).toBe(62_000);
    await askForRefund(page);
    await expect(page.getByText('待审核')).toBeVisible();
    await look(page, 'money-refunds');
    const id = await numberOfRefund(page);

    const staff = await staffPage(browser);
    await logInAsAdmin(staff, money.site, '/console/refunds');
    await expect(staff.getByText('临时出差').first()).toBeVisible();
    await look(staff, 'money-console-refunds');
    await staff.getByRole('button', { name: `通过 ${id}` }).click();
    await staff.getByRole('dialog').getByRole('button', { name: '通过' }).click();
    await expect(staff.getByText(`退款 ${id} 已通过`)).toBeVisible();
    await staff.context().close();

    await expect(page.getByText('已退款').first()).toBeVisible({ timeout: 30_000 });
    expect(await money.availableOf(customer)).toBe(96_200);
    await page.goto(`${money.site.url}/orders/${order}`);
    await expect(page.getByRole('status').getByText('已退款')).toBeVisible();
    await look(page, 'money-order-refunded');

    await page.goto(`${money.site.url}/me`);
    await page.getByRole('link', { name: /消息/ }).click();
    await expect(page.getByRole('heading', { name: '退款成功' })).toBeVisible();
    await look(page, 'money-messages');
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await expect(page.getByText('未读')).toHaveCount(0);
});

test('refund: rejected with a reason, and the order is as it was', async ({
    page,
    browser,
    money,
}) => {
    const { order } = await paidOrder(page, money, await money.campaign(kTerms));
    await askForRefund(page);
    const id = await numberOfRefund(page);
    const staff = await staffPage(browser);
    await logInAsAdmin(staff, money.site, '/console/refunds?state=requested');
    await staff.getByRole('button', { name: `驳回 ${id}` }).click();
    const dialog = staff.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: '驳回' })).toBeDisabled();
    await dialog.getByLabel('原因').fill('已经开始检票');
    await look(staff, 'money-console-reject');
    await dialog.getByRole('button', { name: '驳回' }).click();
    await expect(staff.getByText(`退款 ${id} 已驳回`)).toBeVisible();
    await staff.context().close();
    await expect(page.getByText('已驳回')).toBeVisible();
    await page.goto(`${money.site.url}/orders/${order}`);
    await expect(page.getByRole('status').getByText('已完成')).toBeVisible();
});

test('refund: refused by the bank, and settled otherwise by two people', async ({
    page,
    browser,
    money,
}) => {
    const { order } = await paidOrder(
        page,
        money,
        await money.campaign({ ...kTerms, refund_review: false }),
    );
    await money.refusesRefunds(true);
    await askForRefund(page);
    const id = await numberOfRefund(page);
    const staff = await staffPage(browser);
    await logInAsAdmin(staff, money.site, '/console/refunds?state=parked');
    await expect(staff.getByText('银行已最终拒绝', { exact: false }).first()).toBeVisible({
        timeout: 30_000,
    });
    await look(staff, 'money-console-refused');
    await staff.getByRole('button', { name: `另行结清 ${id}` }).click();
    const dialog = staff.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: '另行结清' })).toBeDisabled();
    await dialog.getByLabel('买家如何收到款项').fill('11 月 20 日电汇');
    await look(staff, 'money-console-settle');
    await dialog.getByRole('button', { name: '另行结清' }).click();
    await expect(staff.getByText(`已记录退款 ${id}`, { exact: false })).toBeVisible();
    await expect(staff.getByText('您已确认，等待另一名工作人员。')).toBeVisible();
    await staff.context().close();

    const other = await staffPage(browser);
    const { username, password } = await makeOperator(money.site);
    await other.goto(`${money.site.url}/console/login`);
    await fillLogin(other, username, password);
    await chooseOwnPassword(other, password, kPassword);
    await expect(other.locator('.console-main h1')).toBeVisible();
    await other.goto(`${money.site.url}/console/refunds?state=parked`);
    await other.getByRole('button', { name: `另行结清 ${id}` }).click();
    await other.getByRole('dialog').getByLabel('买家如何收到款项').fill('11 月 20 日电汇');
    await other.getByRole('dialog').getByRole('button', { name: '另行结清' }).click();
    await expect(other.getByText(`退款 ${id} 已另行结清`)).toBeVisible();
    await other.context().close();

    await expect(page.getByText('已退款').first()).toBeVisible({ timeout: 30_000 });
    await page.goto(`${money.site.url}/orders/${order}`);
    await expect(page.getByRole('status').getByText('已退款')).toBeVisible();
    await money.refusesRefunds(false);
});

test('refund: taken back while it is reviewed', async ({ page, money }) => {
    await paidOrder(page, money, await money.campaign(kTerms));
    await askForRefund(page);
    await page.getByRole('button', { name: /撤销申请/ }).click();
    await page.getByRole('button', { name: '确认撤销' }).click();
    await expect(page.getByText('已撤销', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: /撤销申请/ })).toHaveCount(0);
});

test('refund: a session that takes nothing back says so', async ({ page, money }) => {
    await paidOrder(page, money, await money.campaign());
    await page.getByRole('link', { name: '申请退款' }).click();
    await expect(page.getByText('主办方规定本场次不退票')).toBeVisible();
    await expect(page.getByRole('button', { name: '下一步' })).toHaveCount(0);
    await look(page, 'money-refund-not-allowed');
});
