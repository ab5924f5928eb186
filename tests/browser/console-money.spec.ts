// Money in the console: terms of a session, and payments.
import { fillBankLogin } from './bank';
import { logInAsAdmin } from './console';
import { look } from './look';
import { expect, kBank, test } from './money';

test.use({ serviceWorkers: 'block' });

test('console money: a session gets terms for refunds and late money', async ({ page, money }) => {
    const campaign = await money.campaign();
    await logInAsAdmin(page, money.site, `/console/sessions/${campaign / 1000}`);
    const terms = page.getByRole('region', { name: '退款与迟到款项' });
    await expect(terms).toContainText('不退票');
    await expect(terms).toContainText('全额退回');
    await terms.getByRole('button', { name: '编辑规则' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('switch', { name: '允许退款' }).click();
    await drawer.getByLabel('开始前几小时截止').fill('24');
    await drawer.getByLabel('手续费(%)').fill('2.5');
    await drawer.getByLabel('达到此金额需要第二人审核').fill('500');
    await look(page, 'money-terms-form');
    await drawer.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText('规则已保存')).toBeVisible();
    await expect(terms).toContainText('开始前 24 小时之前可申请');
    await expect(terms).toContainText('2.50 %');
    await expect(terms).toContainText('500.00');
    await terms.scrollIntoViewIfNeeded();
    await look(page, 'money-terms');
});

test('console money: a payment in the list, found by its order', async ({ page, money }) => {
    const customer = await money.customer(100_000);
    const order = await money.reserve(page, await money.campaign());
    await page.goto(money.authorise(order));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '同意授权' }).click();
    await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible();

    await logInAsAdmin(page, money.site, `/console/payments?order=${order}`);
    const row = page.getByRole('row', { name: new RegExp(`订单 ${order}`) });
    await expect(row).toContainText('支付成功');
    await expect(row).toContainText(kBank.zh);
    await look(page, 'money-console-payments');
    await page.goto(`${money.site.url}/console/payments?parked=true`);
    await expect(page.getByText('没有符合条件的内容')).toBeVisible();
});
