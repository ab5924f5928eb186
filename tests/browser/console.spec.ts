// The console's story: an operator logs in, imports, watches the sale and exports; an administrator
// makes a session without a file, and disables a person, who is out at once.
import { readFileSync } from 'node:fs';
import { chooseOwnPassword, kPassword, logInAsAdmin, makeOperator } from './console';
import { look } from './look';
import { expect, registerOnPage, test } from './site';

let files = 0;

// A campaign file whose sale opens soon, with its list of codes; ids of their own for each.
function importFiles(opensInSeconds: number, codes: string[]) {
    files += 1;
    const id = 500_000 + files;
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    const campaign = `[organiser]
id = 1
name = { zh = "星河文化", en = "Galaxy Culture" }

[show]
id = ${id}
name = { zh = "新年礼券", en = "New Year vouchers" }

[session]
id = ${id}
starts_at = ${at(30 * 86_400)}
ends_at = ${at(30 * 86_400 + 7200)}

[[pool]]
id = 1
codes = { list = ${id}, file = "codes.csv" }

[[tier]]
id = ${id}
name = { zh = "礼券", en = "Voucher" }
pool = 1

[[campaign]]
id = ${id}
name = { zh = "新年抢券", en = "New Year rush" }
opens_at = ${at(opensInSeconds)}
closes_at = ${at(7200)}
one_per_person = true
tiers = [${id}]
`;
    const file = (name: string, text: string) => ({
        name,
        mimeType: 'text/plain',
        buffer: Buffer.from(text),
    });
    return {
        id,
        files: [file('campaign.toml', campaign), file('codes.csv', ['code', ...codes].join('\n'))],
    };
}

test('console: an operator logs in, imports, watches the sale, exports', async ({
    page,
    site,
    browser,
}) => {
    // The organiser has to be there before somebody acts for it.
    await site.campaign({ opensInSeconds: 3600 });
    const operator = await makeOperator(site);
    await page.goto(`${site.url}/console`);
    await look(page, 'console-login');
    await page.getByLabel('用户名').fill(operator.username);
    await page.getByLabel('密码').fill('not the one 1');
    await page.getByRole('button', { name: '登录' }).click();
    await expect(page.getByRole('alert')).toContainText('用户名或密码错误');
    await page.getByLabel('密码').fill(operator.password);
    await page.getByRole('button', { name: '登录' }).click();
    await expect(page.getByRole('heading', { name: '设置新密码' })).toBeVisible();
    await look(page, 'console-password');
    await chooseOwnPassword(page, operator.password, kPassword);
    await expect(page.getByRole('heading', { name: '概览' })).toBeVisible();
    // Only an administrator sees people.
    await expect(page.getByRole('link', { name: '操作记录' })).toHaveCount(0);

    // A mistake is named with its place, and nothing is imported.
    await page.goto(`${site.url}/console/imports`);
    const bad = importFiles(-60, ['VIP-1', 'VIP-2', 'VIP-1']);
    await page.getByLabel('选择文件').setInputFiles(bad.files);
    await page.getByRole('button', { name: '上传并检查' }).click();
    await expect(page.getByRole('heading', { name: '需要更正的错误' })).toBeVisible();
    const mistake = page.locator('.data-table tbody tr').first();
    await expect(mistake).toContainText('codes.csv');
    await expect(mistake.locator('td').nth(1)).toHaveText('4');
    await look(page, 'console-import-faulty');

    // Mended under the same names, it is checked and carried out.
    const codes = Array.from({ length: 20 }, (_, index) => `VIP-${bad.id}-${index}`);
    const good = importFiles(-60, codes);
    await page.getByLabel('选择文件').setInputFiles(good.files);
    await page.getByRole('button', { name: '上传并检查' }).click();
    await page.getByRole('button', { name: '开始导入' }).click();
    await expect(page.getByText('导入完成:1 个场次,20 个券码。')).toBeVisible();
    await look(page, 'console-import-done');

    // The sale, while somebody buys.
    await page.goto(`${site.url}/console/campaigns/${good.id}`);
    await expect(page.getByText('实时更新中')).toBeVisible();
    const context = await browser.newContext({ locale: 'zh-CN' });
    const buyer = await context.newPage();
    await registerOnPage(buyer, site, `/campaigns/${good.id}`);
    await buyer.getByRole('button', { name: '立即抢票' }).click();
    await expect(buyer.getByText('抢到了')).toBeVisible();
    const code = ((await buyer.locator('.campaign-action .code').textContent()) ?? '').trim();
    await context.close();
    await expect(page.locator('section[aria-labelledby=free] b').first()).toHaveText('19');
    await expect(page.locator('section[aria-labelledby=newest]')).toContainText('已完成');
    await look(page, 'console-sale');

    const asked = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 CSV' }).click();
    const text = readFileSync((await (await asked).path()) ?? '', 'utf8');
    const rows = text.trim().split(/\r?\n/);
    expect(rows).toHaveLength(2); // titles, and the one ticket that was issued
    expect(rows[1]).toContain(code);
    const sheet = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 XLSX' }).click();
    const bytes = readFileSync((await (await sheet).path()) ?? '');
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
});

test('console: an administrator disables a person, who is out at once', async ({
    page,
    site,
    browser,
}) => {
    const context = await browser.newContext({ locale: 'zh-CN' });
    const buyer = await context.newPage();
    const username = await registerOnPage(buyer, site, '/tickets');
    await logInAsAdmin(page, site, '/console/people');
    await page.getByRole('searchbox').fill(username);
    await page.getByRole('button', { name: '搜索' }).click();
    await page.getByRole('link', { name: username }).click();
    await page.getByRole('button', { name: '禁用账号' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: '禁用账号' })).toBeDisabled();
    await dialog.getByLabel('原因').fill('倒卖');
    await look(page, 'console-disable');
    await dialog.getByRole('button', { name: '禁用账号' }).click();
    await expect(page.getByText('禁用原因:倒卖')).toBeVisible();

    await buyer.goto(`${site.url}/orders`);
    await expect(buyer.getByText('账号已被禁用').first()).toBeVisible();
    await context.close();
    const again = await browser.newContext({ locale: 'zh-CN' });
    const visitor = await again.newPage();
    await visitor.goto(`${site.url}/login`);
    await visitor.locator('[name=username]').fill(username);
    await visitor.locator('[name=password]').fill('secret123');
    await visitor.locator('form button[type=submit]').click();
    await expect(visitor.getByText('账号已被禁用')).toBeVisible();
    await again.close();

    await page.goto(`${site.url}/console/operations?action=set_disabled`);
    await expect(page.locator('.data-table tbody tr').first()).toContainText('admin');
});

test('console: a session is made without a file, and sold', async ({ page, site }) => {
    await site.campaign({ opensInSeconds: 3600 });
    await logInAsAdmin(page, site, '/console/sessions/new');
    const pair = async (group: string, zh: string, en: string) => {
        const fields = page.getByRole('group', { name: group });
        await fields.getByLabel('中文').fill(zh);
        await fields.getByLabel('英文').fill(en);
    };
    const time = async (label: string, value: string) => {
        await page.getByLabel(label).fill(value);
        await page.getByLabel(label).press('Tab');
    };
    const next = () => page.getByRole('button', { name: '下一步' }).click();

    await page.getByLabel('主办方').click();
    await page.locator('.ant-select-item-option').first().click();
    await next();
    // What is missing is said at its field.
    await expect(page.getByText('请填写此项').first()).toBeVisible();
    await pair('活动名称', '春日市集', 'Spring market');
    await next();
    await time('开始时间', '2099-05-01 10:00');
    await time('结束时间', '2099-05-01 18:00');
    await next();
    await pair('名称', '入场券', 'Entry');
    await page.getByLabel('张数').fill('30');
    await next();
    await pair('名称', '春日抢票', 'Spring rush');
    await time('开抢时间', '2026-01-01 10:00');
    await time('结束时间', '2099-04-30 10:00');
    await next();
    // Nothing is given back unless it is said; then with the usual terms, which can be changed.
    await expect(page.getByLabel('手续费(%)')).toHaveCount(0);
    await page.getByRole('switch', { name: '允许退款' }).click();
    await expect(page.getByLabel('开始前几小时截止')).toHaveValue('48');
    await page.getByLabel('手续费(%)').fill('120');
    await next();
    await expect(page.getByText('最多 100')).toBeVisible();
    await page.getByLabel('手续费(%)').fill('2.5');
    await look(page, 'console-new-terms');
    await next();
    await expect(page.getByText('春日抢票')).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: /^2\.5$/ })).toBeVisible();
    await look(page, 'console-new-check');
    await page.getByRole('button', { name: '创建场次' }).click();
    await page.waitForURL(/\/console\/sessions\/\d{12}$/);
    await expect(page.getByRole('heading', { name: '春日市集' })).toBeVisible();
    const terms = page.getByRole('region', { name: '退款与迟到款项' });
    await expect(terms).toContainText('开始前 48 小时之前可申请');
    await expect(terms).toContainText('2.50 %');

    // More stock, some of it withdrawn, and off sale and on again.
    await page.getByRole('button', { name: '为库存 1 增加数量' }).click();
    await page.getByRole('spinbutton', { name: '数量' }).fill('10');
    await look(page, 'console-add-stock');
    await page.getByRole('dialog').getByRole('button', { name: '增加库存' }).click();
    await expect(page.getByLabel('库存', { exact: true }).locator('.stock-words')).toContainText('总量 40');
    await page.getByRole('button', { name: '从库存 1 撤回' }).click();
    await page.getByRole('spinbutton', { name: '数量' }).fill('5');
    await page.getByRole('dialog').getByRole('button', { name: '撤回库存' }).click();
    await expect(page.getByLabel('库存', { exact: true }).locator('.stock-words')).toContainText('已撤回 5');
    await page.getByRole('button', { name: '下架: 入场券' }).click();
    await expect(page.locator('.tag', { hasText: '已下架' })).toBeVisible();
    await page.getByRole('button', { name: '上架: 入场券' }).click();

    // Cancelling wants reasons and the number of the session.
    await page.getByRole('button', { name: '取消场次' }).click();
    const dialog = page.getByRole('dialog');
    const id = page.url().split('/').at(-1) ?? '';
    await dialog.getByLabel('原因 (中文)').fill('天气');
    await dialog.getByLabel('原因 (英文)').fill('Weather');
    await expect(dialog.getByRole('button', { name: '取消场次' })).toBeDisabled();
    await dialog.getByLabel(`请输入“${id}”以确认`).fill(id);
    await look(page, 'console-cancel');
    await dialog.getByRole('button', { name: '取消场次' }).click();
    await expect(page.getByText('已取消:天气')).toBeVisible();
});
