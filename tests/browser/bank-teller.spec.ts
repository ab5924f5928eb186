// A teller of the bank: customers and their cash, transactions, statistics, merchants, faults.
import { readFileSync } from 'node:fs';
import { expect, fillBankLogin, logInAsTeller, test } from './bank';
import { inEnglish, look } from './look';

test('teller: a customer is no teller', async ({ page, bank }) => {
    const customer = await bank.customer(0);
    await page.goto(`${bank.url}/teller`);
    await page.waitForURL(/\/teller\/login\?next=/);
    await look(page, 'bank-teller-login');
    await fillBankLogin(page, customer);
    await expect(page.getByRole('alert')).toContainText('户名或密码错误');
});

test('teller: an account from its beginning to its end', async ({ page, bank }) => {
    const name = `lihua_${test.info().project.name}_${process.pid}`;
    await logInAsTeller(page, bank);
    await page.getByRole('button', { name: '开户' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('用户名').fill(name);
    await drawer.getByLabel('密码').fill('Lihua-2026');
    await drawer.getByRole('button', { name: '开户' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);

    await page.getByRole('button', { name: '存款' }).click();
    await drawer.getByLabel('金额').fill('12.345');
    await drawer.getByRole('button', { name: '存款' }).click();
    await expect(drawer).toContainText('最多两位小数');
    await look(page, 'bank-cash');
    await drawer.getByLabel('金额').fill('150.50');
    await drawer.getByRole('button', { name: '存款' }).click();
    await expect(page.locator('.figures')).toContainText('¥150.50');
    await expect(page.getByRole('button', { name: '销户' })).toBeDisabled();
    await expect(page.getByText('账户里还有 ¥150.50')).toBeVisible();
    await look(page, 'bank-customer');

    await page.getByRole('button', { name: '取款' }).click();
    await drawer.getByLabel('金额').fill('150.51');
    await drawer.getByRole('button', { name: '取款' }).click();
    await expect(drawer).toContainText('账户余额不足');
    await drawer.getByLabel('金额').fill('150.50');
    await drawer.getByRole('button', { name: '取款' }).click();
    await expect(page.getByText('余额为零，可以销户')).toBeVisible();

    await page.getByRole('button', { name: '停用账户' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用账户' }).click();
    await expect(page.getByText('已停用', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: '启用账户' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '启用账户' }).click();
    await expect(page.getByText('正常', { exact: true })).toBeVisible();

    await page.getByRole('button', { name: '销户' }).click();
    const sure = page.getByRole('dialog').getByRole('button', { name: '销户' });
    await expect(sure).toBeDisabled();
    await look(page, 'bank-delete');
    await page.getByRole('dialog').getByRole('textbox').fill(name);
    await sure.click();
    await expect(page.getByText('已销户', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: '存款' })).toHaveCount(0);

    await page.getByRole('link', { name: '操作记录' }).click();
    await expect(page.getByRole('row').nth(1)).toContainText('销户');
    await look(page, 'bank-operations');
});

test('teller: customers are found and changed', async ({ page, bank }) => {
    const customer = await bank.customer(0);
    const fresh = `${customer.name}_b_${test.info().project.name}`;
    await logInAsTeller(page, bank);
    await page.getByRole('searchbox', { name: '用户名开头' }).fill(customer.name);
    await page.getByRole('button', { name: '搜索' }).click();
    await page.getByRole('link', { name: customer.name, exact: true }).click();
    await page.getByRole('button', { name: '修改资料' }).click();
    await page.getByRole('dialog').getByLabel('用户名').fill(fresh);
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(fresh);
    await page.getByRole('link', { name: '客户', exact: true }).click();
    await page.getByRole('searchbox', { name: '用户名开头' }).fill('no-such-name');
    await page.getByRole('button', { name: '搜索' }).click();
    await expect(page.getByText('没有符合条件的内容')).toBeVisible();
    await page.getByRole('button', { name: '清除筛选' }).click();
    await expect(page.getByRole('table', { name: '客户' })).toBeVisible();
    await look(page, 'bank-customers');
});

test('teller: every transaction, by what it is about', async ({ page, bank }) => {
    const customer = await bank.customer(5000);
    const other = await bank.customer(700);
    await logInAsTeller(page, bank);
    await page.goto(`${bank.url}/teller/transactions?customer=${customer.customer}`);
    const rows = page.getByRole('table', { name: '交易流水' }).getByRole('row');
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(1)).toContainText('¥50.00');
    await look(page, 'bank-transactions');
    const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '下载 CSV' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text.trim().split('\n')).toHaveLength(2);
    expect(text).toContain(`deposit`);
    await page.getByRole('searchbox', { name: '客户号' }).fill(String(other.customer));
    await page.getByRole('searchbox', { name: '客户号' }).press('Enter');
    await expect(rows.nth(1)).toContainText('¥7.00');
    await page.getByLabel('类型').selectOption('refund');
    await expect(page.getByText('没有符合条件的内容')).toBeVisible();
    await page.getByLabel('类型').selectOption('');
    await page.getByLabel('开始日期').fill('2999-01-01');
    await expect(page.getByText('没有符合条件的内容')).toBeVisible();
});

test('teller: statistics agree with the books', async ({ page, bank }) => {
    await bank.customer(90_000);
    await logInAsTeller(page, bank);
    await page.getByRole('link', { name: '统计' }).click();
    await expect(page.getByText('账簿平衡')).toBeVisible();
    const plots = page.locator('.chart-place canvas');
    await expect(plots).toHaveCount(4);
    const kinds = page.locator('.chart', { hasText: '各类型金额' });
    await kinds.getByText('以表格查看').click();
    const day = { query: await page.getByLabel('结束日期').inputValue() };
    const told = (await bank.ask(
        'GET',
        `/api/v1/teller/statistics?from=${day.query}&to=${day.query}`,
    )) as { days: { kind: string; amount: number }[] };
    const paidIn = told.days
        .filter((one) => one.kind === 'deposit')
        .reduce((sum, one) => sum + one.amount, 0);
    const words = (paidIn / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 });
    await page.getByLabel('开始日期').fill(day.query);
    await expect(kinds.getByRole('row', { name: /存款/ })).toContainText(`¥${words}`);
    await look(page, 'bank-statistics');
    await page.getByLabel('开始日期').fill('2999-01-01');
    await expect(page.getByRole('alert')).toContainText('结束日期不能早于开始日期');
});

test('teller: merchants, and what waits for them', async ({ page, bank }) => {
    const link = bank.merchant.bill({ order: '9501', amount: 1000 });
    const bill = Object.fromEntries(link);
    await bank.ask('POST', '/api/v1/cashier/bills/abandonments', {
        merchant: bill.merchant,
        reference: bill.reference,
        order: bill.order,
        amount: Number(bill.amount),
        currency: bill.currency,
        expires: Number(bill.expires),
        title: bill.title,
        return_to: bill.return,
        key: bill.key,
        signature: bill.signature,
    });
    await logInAsTeller(page, bank);
    await page.getByRole('link', { name: '商户', exact: true }).click();
    const merchants = page.getByRole('table', { name: '商户' });
    await expect(merchants.getByRole('row').nth(1)).toContainText(bank.merchant.site);
    await expect(merchants.getByRole('row').nth(1)).toContainText('正常');
    const row = page
        .getByRole('table', { name: '通知' })
        .getByRole('row', { name: new RegExp(bill.reference ?? '') });
    await expect(row).toContainText('已确认');
    await look(page, 'bank-merchants');
    const heard = () =>
        bank.merchant.events.filter((one) => one.reference === bill.reference).length;
    await row.getByRole('button', { name: /立即发送/ }).click();
    await expect.poll(heard).toBe(2);
    await page.getByLabel('状态').selectOption('given_up');
    await expect(page.getByText('没有符合条件的内容')).toBeVisible();
});

test('teller: faults are marked as for tests, set and cleared', async ({ page, bank }) => {
    await logInAsTeller(page, bank);
    await page.getByRole('link', { name: '故障模拟' }).click();
    await expect(page.getByText('仅用于测试')).toBeVisible();
    await expect(page.getByText('没有模拟故障')).toBeVisible();
    await look(page, 'bank-faults');
    await page.getByLabel('丢失比例（%）').fill('250');
    await page.getByRole('button', { name: '应用设置' }).click();
    await expect(page.getByText('请输入 0 至 100 的整数')).toBeVisible();
    await page.getByLabel('丢失比例（%）').fill('25');
    await page.getByRole('switch', { name: '停止服务（商户得到 503）' }).click();
    await page.getByRole('button', { name: '应用设置' }).click();
    await expect(page.getByText('正在模拟故障')).toBeVisible();
    expect(await bank.ask('GET', '/api/v1/teller/faults')).toMatchObject({
        down: true,
        callbacks_lost_percent: 25,
    });
    await page.getByRole('button', { name: '全部关闭' }).click();
    await expect(page.getByText('没有模拟故障')).toBeVisible();
    expect(await bank.ask('GET', '/api/v1/teller/faults')).toMatchObject({
        down: false,
        callbacks_lost_percent: 0,
    });
});

test('teller: every page in English', async ({ page, bank }) => {
    await inEnglish(page);
    const customer = await bank.customer(4200);
    await logInAsTeller(page, bank);
    const pages = ['customers', 'transactions', 'statistics', 'merchants', 'operations', 'faults'];
    for (const path of [...pages, `customers/${customer.customer}`]) {
        await page.goto(`${bank.url}/teller/${path}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('.skeleton')).toHaveCount(0);
        await expect(page.locator('.note.bad[role=alert]')).toHaveCount(0);
        await look(page, `bank-teller-${path.replace('/', '-')}-en`);
    }
});

test('teller: in the dark', async ({ page, bank }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    const customer = await bank.customer(4200);
    await logInAsTeller(page, bank);
    await page.goto(`${bank.url}/teller/customers/${customer.customer}`);
    await page.getByRole('button', { name: '取款' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取款' }).click();
    await expect(page.getByRole('dialog')).toContainText('请输入大于 0 的金额');
    await look(page, 'bank-cash-dark');
    for (const path of ['transactions', 'statistics', 'merchants', 'faults']) {
        await page.goto(`${bank.url}/teller/${path}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('.skeleton')).toHaveCount(0);
        await look(page, `bank-${path}-dark`);
    }
});
