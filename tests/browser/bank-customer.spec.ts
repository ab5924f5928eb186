// A customer of the bank: the login, the account, authorisations and consents.
import { readFileSync } from 'node:fs';
import { expect, fillBankLogin, kBankName, logInAsCustomer, test } from './bank';
import { inEnglish, look } from './look';

test('bank: the login says whose it is, and takes no strangers', async ({ page, bank }) => {
    const customer = await bank.customer(0);
    await page.goto(`${bank.url}/`);
    await page.waitForURL(/\/login\?next=/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`登录${kBankName}`);
    await expect(page.getByText('售票网站的账号在这里无效')).toBeVisible();
    await look(page, 'bank-login');
    await fillBankLogin(page, { ...customer, password: 'not-the-password' });
    await expect(page.getByRole('alert')).toContainText('户名或密码错误');
    await fillBankLogin(page, customer);
    await page.waitForURL(`${bank.url}/account`);
    await expect(page.getByText('还没有交易')).toBeVisible();
});

test('bank: the account shows what there is, by kind and as a file', async ({ page, bank }) => {
    const customer = await bank.customer(123_456);
    const cash = `/api/v1/teller/customers/${customer.customer}/cash`;
    const out = { kind: 'withdrawal', amount: 3456, note: '', key: `out-${customer.name}` };
    await bank.ask('POST', cash, out);
    await logInAsCustomer(page, bank, customer);
    const balance = page.getByRole('region', { name: '余额' });
    await expect(balance).toContainText('¥1,200.00');
    const rows = page.getByRole('table', { name: '交易明细' }).getByRole('row');
    await expect(rows).toHaveCount(3);
    await expect(rows.nth(1)).toContainText('取款');
    await expect(rows.nth(1)).toContainText('-¥34.56');
    await look(page, 'bank-account');
    await page.getByLabel('类型').selectOption('deposit');
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(1)).toContainText('+¥1,234.56');
    await page.getByLabel('类型').selectOption('');
    await expect(rows).toHaveCount(3);
    const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '下载 CSV' }).click(),
    ]);
    const lines = readFileSync(await file.path(), 'utf8')
        .trim()
        .split('\r\n');
    expect(lines[0]).toContain('at,transaction,kind,amount');
    expect(lines[1]).toContain('withdrawal,-34.56');
    expect(lines[2]).toContain('deposit,1234.56');
    expect(lines).toHaveLength(3);
});

test('bank: a long statement has pages', async ({ page, bank }) => {
    const customer = await bank.customer(100);
    for (let turn = 0; turn < 24; turn += 1) {
        const cash = { kind: 'deposit', amount: 100, note: '', key: `${customer.name}-${turn}` };
        await bank.ask('POST', `/api/v1/teller/customers/${customer.customer}/cash`, cash);
    }
    await logInAsCustomer(page, bank, customer);
    const rows = page.getByRole('table', { name: '交易明细' }).getByRole('row');
    await expect(rows).toHaveCount(21);
    await page.getByRole('button', { name: '下一页' }).click();
    await expect(rows).toHaveCount(6);
    await page.getByRole('button', { name: '回到第一页' }).click();
    await expect(rows).toHaveCount(21);
});

test('bank: an authorisation is seen, and revoked', async ({ page, bank }) => {
    const customer = await bank.customer(10_000);
    await page.goto(bank.authorise('7001', 4000));
    await fillBankLogin(page, customer);
    await page.getByRole('button', { name: '同意授权' }).click();
    await page.getByRole('button', { name: '留在此页' }).click();
    expect(await bank.availableOf(customer)).toBe(6000);
    await page.getByRole('link', { name: '查看我的支付授权' }).click();
    const row = page.getByRole('table', { name: '支付授权' }).getByRole('row').nth(1);
    await expect(row).toContainText('¥40.00');
    await expect(row).toContainText(/剩余 00:(29|30):\d\d/);
    await look(page, 'bank-authorisations');
    await row.getByRole('button', { name: '撤销订单 7001 的授权' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('¥40.00 会回到可用余额');
    await dialog.getByRole('button', { name: '撤销' }).click();
    await expect(row).toContainText('已撤销');
    await expect(row.getByRole('button')).toHaveCount(0);
    expect(await bank.availableOf(customer)).toBe(10_000);
});

test('bank: a consent is given, shown once and revoked', async ({ page, bank }) => {
    const customer = await bank.customer(0);
    await logInAsCustomer(page, bank, customer);
    const back = `${bank.merchant.site}/me/bank-bills`;
    await page.goto(`${bank.url}/consents?merchant=nobody&return=${encodeURIComponent(back)}`);
    await expect(page.getByLabel('商户名称')).toHaveValue('nobody');
    await page.getByRole('button', { name: '同意' }).click();
    await expect(page.getByRole('alert')).toContainText('没有该商户');
    await page.getByLabel('商户名称').fill(bank.merchant.name);
    await page.getByRole('button', { name: '同意' }).click();
    await expect(page.getByLabel('查询令牌')).toHaveValue(/^[\w.-]{20,}$/);
    await expect(page.getByRole('link', { name: '返回商户' })).toHaveAttribute('href', back);
    await look(page, 'bank-consents');
    await page.reload();
    await expect(page.getByText('有效', { exact: true })).toBeVisible();
    await expect(page.getByLabel('查询令牌')).toHaveCount(0);
    await page.getByRole('button', { name: /^撤销商户/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
    await expect(page.getByText('已撤销', { exact: true })).toBeVisible();
});

test('bank: in English, and out again', async ({ page, bank }) => {
    await inEnglish(page);
    const customer = await bank.customer(5000);
    await logInAsCustomer(page, bank, customer);
    await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();
    for (const name of ['Authorisations', 'Statement consents', 'My account']) {
        await page.getByRole('link', { name, exact: true }).click();
        await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
        await expect(page.locator('.skeleton')).toHaveCount(0);
        await look(page, `bank-${name.toLowerCase().replaceAll(' ', '-')}-en`);
    }
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL(/\/login/);
    await page.goto(`${bank.url}/account`);
    await page.waitForURL(/\/login/);
});

test('bank: with the keyboard alone', async ({ page, bank }) => {
    const customer = await bank.customer(5000);
    await page.goto(`${bank.url}/login`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.locator('.skip')).toBeFocused();
    await page.locator('[name=name]').focus();
    await page.keyboard.type(customer.name);
    await page.keyboard.press('Tab');
    await page.keyboard.type(customer.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${bank.url}/account`);
    await page.getByRole('link', { name: '账单查询授权' }).press('Enter');
    await expect(page.locator('#main')).toBeFocused();
});

test('bank: a login that has ended leads to the login and back', async ({ page, bank }) => {
    const customer = await bank.customer(5000);
    await logInAsCustomer(page, bank, customer);
    await page.evaluate(() => {
        const login = JSON.parse(sessionStorage.getItem('bank.customer') ?? '{}');
        sessionStorage.setItem('bank.customer', JSON.stringify({ ...login, token: 'over' }));
    });
    await page.goto(`${bank.url}/authorisations`);
    await page.waitForURL(/\/login\?next=/);
    await fillBankLogin(page, customer);
    await page.waitForURL(`${bank.url}/authorisations`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('支付授权');
});

test('bank: the bank goes away, and the page goes on when it is back', async ({ page, bank }) => {
    const customer = await bank.customer(5000);
    await logInAsCustomer(page, bank, customer);
    await expect(page.getByRole('region', { name: '余额' })).toContainText('¥50.00');
    await bank.kill();
    await page.getByLabel('类型').selectOption('withdrawal');
    await expect(page.getByText('暂时联系不上银行')).toBeVisible();
    await look(page, 'bank-away');
    // A page that was never loaded cannot come now, and says so.
    await page.getByRole('link', { name: '支付授权', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('页面出了点问题');
    await page.goBack();
    await bank.run();
    await expect(page.getByText('暂时联系不上银行')).toHaveCount(0);
    await expect(page.getByText('没有符合条件的内容')).toBeVisible();
});
