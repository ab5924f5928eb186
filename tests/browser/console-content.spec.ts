// What operators and administrators keep: organisers, shows with pictures, banners, webhooks, staff;
// and the audit.
import { fileURLToPath } from 'node:url';
import { logInAsAdmin, makeOperator } from './console';
import { look } from './look';
import { expect, test } from './site';

const kPicture = fileURLToPath(new URL('../../web/public/icons/icon-512.png', import.meta.url));

test('console content: a show with a picture, and a banner that leads to it', async ({
    page,
    site,
}) => {
    await site.campaign({ opensInSeconds: 3600 });
    await logInAsAdmin(page, site, '/console/shows/new');
    const pair = async (group: string, zh: string, en: string) => {
        const fields = page.getByRole('group', { name: group });
        await fields.getByLabel('中文').fill(zh);
        await fields.getByLabel('英文').fill(en);
    };
    await page.getByLabel('主办方').click();
    await page.locator('.ant-select-item-option').first().click();
    await pair('名称', '夏夜音乐会', 'Summer night concert');
    await pair('场馆', '西岸剧场', 'West Bund theatre');
    await page.locator('input[type=file]').setInputFiles(kPicture);
    await expect(page.getByRole('img', { name: '图片预览' })).toBeVisible();
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText('已保存:夏夜音乐会')).toBeVisible();
    await page.getByRole('searchbox').fill('夏夜');
    await page.getByRole('button', { name: '搜索' }).click();
    await expect(page).toHaveURL(/query=/);
    await page.getByRole('link', { name: '夏夜音乐会' }).click();
    await expect(page.getByRole('group', { name: '场馆' }).getByLabel('中文')).toHaveValue(
        '西岸剧场',
    );
    const show = page.url().split('/').at(-1) ?? '';

    await page.goto(`${site.url}/console/banners`);
    await page.getByRole('button', { name: '添加一张' }).click();
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText('请先上传图片')).toBeVisible();
    await page.locator('input[type=file]').setInputFiles(kPicture);
    await expect(page.getByRole('img', { name: '图片预览' })).toBeVisible();
    await pair('标题', '夏夜开抢', 'Summer nights');
    const target = page.getByLabel('点击后打开');
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await target.press(key);
    await page.getByRole('spinbutton').fill(show);
    await look(page, 'console-banners-edit');
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText('首页轮播已更新')).toBeVisible();
    await page.goto(site.url);
    const banner = page.getByRole('region', { name: '推荐' }).getByRole('link');
    await expect(banner).toHaveText('夏夜开抢');
    await look(page, 'home-banners');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.locator('.banner')).toHaveText('Summer nights');
    await look(page, 'home-banners-en');
    await page.locator('.banner').click();
    await page.waitForURL(`${site.url}/shows/${show}`);
});

test('console content: a webhook tells its secret once, and its mistakes at their field', async ({
    page,
    site,
}) => {
    await site.campaign({ opensInSeconds: 3600 });
    await logInAsAdmin(page, site, '/console/webhooks');
    await page.getByRole('button', { name: '新增 Webhook' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('主办方').click();
    await page.locator('.ant-select-item-option').first().click();
    await drawer.getByLabel('地址').fill('http://hooks.example.org/onsale');
    await drawer.getByRole('button', { name: '新增 Webhook' }).click();
    await expect(drawer.locator('.ant-form-item-explain-error')).toBeVisible();
    await drawer.getByLabel('地址').fill('https://hooks.example.invalid/onsale');
    await drawer.getByRole('button', { name: '新增 Webhook' }).click();
    await expect(page.locator('.secret')).toHaveText(/^\S{16,}$/);
    await look(page, 'console-webhook-secret');
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.getByRole('link', { name: 'https://hooks.example.invalid/onsale' }).click();
    await page.getByRole('button', { name: '发送测试' }).click();
    await expect(page.getByText(/^未送达/)).toBeVisible({ timeout: 30_000 });
    await look(page, 'console-webhook');
});

test('console content: roles count at once, and disabled staff are out', async ({
    page,
    site,
    browser,
}) => {
    await site.campaign({ opensInSeconds: 3600 });
    const operator = await makeOperator(site);
    const context = await browser.newContext({ locale: 'zh-CN' });
    const theirs = await context.newPage();
    await theirs.goto(`${site.url}/console/login`);
    await theirs.getByLabel('用户名').fill(operator.username);
    await theirs.getByLabel('密码').fill(operator.password);
    await theirs.getByRole('button', { name: '登录' }).click();
    await theirs.waitForURL(/\/console\/password/);

    await logInAsAdmin(page, site, `/console/people?query=${operator.username}`);
    await page.getByRole('link', { name: operator.username }).click();
    await page.getByRole('checkbox', { name: '管理员' }).check();
    await page.getByRole('button', { name: '保存角色' }).click();
    await expect(page.getByText(`“${operator.username}”的角色已保存`)).toBeVisible();
    await page.getByRole('button', { name: '禁用账号' }).click();
    await page.getByRole('dialog').getByLabel('原因').fill('离职');
    await page.getByRole('dialog').getByRole('button', { name: '禁用账号' }).click();
    await expect(page.getByText('禁用原因:离职')).toBeVisible();

    await theirs.goto(`${site.url}/console`);
    await theirs.waitForURL(/\/console\/login/);
    await context.close();
});

test('console content: the audit runs and finds nothing', async ({ page, site }) => {
    await logInAsAdmin(page, site, '/console/audit');
    await page.getByRole('button', { name: '开始审计' }).click();
    await expect(page.getByText('全部一致:每一张票都有据可查。')).toBeVisible({ timeout: 30_000 });
    await look(page, 'console-audit-clean');
});
