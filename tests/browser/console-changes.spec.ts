// What operators change while things stand: a session and its tiers and campaigns; people that are
// brought in; notifications that could not be delivered.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { logInAsAdmin } from './console';
import { look } from './look';
import { expect, registerOnPage, test, withSite } from './site';

async function fillPair(page: Page, group: string, zh: string, en: string): Promise<void> {
    const fields = page.getByRole('dialog').getByRole('group', { name: group });
    await fields.getByLabel('中文').fill(zh);
    await fields.getByLabel('英文').fill(en);
}

async function fillTime(page: Page, label: string, value: string): Promise<void> {
    const field = page.getByRole('dialog').getByLabel(label);
    await field.fill(value);
    await field.press('Tab');
}

test('console changes: a tier, a session, and one more campaign', async ({ page, site }) => {
    const campaign = await site.campaign({ opensInSeconds: -60, price: '380.00', tickets: 2 });
    const session = campaign / 1000;
    await logInAsAdmin(page, site, `/console/sessions/${session}`);
    const save = () => page.getByRole('dialog').getByRole('button', { name: '保存' }).click();

    await page.getByRole('button', { name: '编辑票种: 咖啡券' }).click();
    await fillPair(page, '名称', '手冲咖啡券', 'Pour-over voucher');
    await page.getByLabel('价格 (CNY)').fill('12.345');
    await save();
    await expect(page.getByText('请输入金额,最多两位小数')).toBeVisible();
    await page.getByLabel('价格 (CNY)').fill('128.50');
    await look(page, 'console-edit-tier');
    await save();
    await expect(page.getByText('票种“手冲咖啡券”已保存')).toBeVisible();
    const tiers = page.locator('section[aria-labelledby=tiers]');
    await expect(tiers).toContainText('手冲咖啡券');
    await expect(tiers).toContainText('¥128.50');

    await page.getByRole('button', { name: '编辑时间与限购' }).click();
    await fillTime(page, '开始时间', '2099-05-01 10:00');
    await fillTime(page, '结束时间', '2099-05-01 09:00');
    await save();
    await expect(page.getByText('必须晚于前一个时间')).toBeVisible();
    await fillTime(page, '结束时间', '2099-05-01 18:00');
    await page.getByLabel('每人购票数上限').fill('3');
    await look(page, 'console-edit-session');
    await save();
    await expect(page.getByText(`场次 ${session} 已保存`)).toBeVisible();
    const times = page.locator('section[aria-labelledby=times]');
    await expect(times).toContainText('2099年5月1日周五 18:00');
    await expect(times.locator('dt', { hasText: '每人购票数上限' }).locator('+ dd')).toHaveText(
        '3',
    );

    await page.getByRole('button', { name: '新增抢票活动' }).click();
    await fillPair(page, '名称', '返场抢票', 'Encore rush');
    await fillTime(page, '开抢时间', '2026-01-01 10:00');
    await fillTime(page, '结束时间', '2099-04-30 10:00');
    await page.getByRole('checkbox', { name: '手冲咖啡券' }).check();
    await look(page, 'console-add-campaign');
    await page.getByRole('dialog').getByRole('button', { name: '新增抢票活动' }).click();
    await expect(page.getByText('抢票活动“返场抢票”已新增')).toBeVisible();

    // A buyer sees all of it.
    await page.goto(`${site.url}/shows/${session * 10}`);
    await expect(page.getByText('手冲咖啡券')).toBeVisible();
    await expect(page.getByText('¥128.50').first()).toBeVisible();
    await expect(page.getByText('返场抢票').first()).toBeVisible();
});

test('console changes: people are brought in', async ({ page, site }) => {
    await logInAsAdmin(page, site, '/console/people');
    const names = [1, 2, 3].map((one) => `in_${process.pid}_${one}`.slice(0, 16));
    await page.getByRole('button', { name: '批量导入用户' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: '导入', exact: true }).click();
    await expect(drawer.getByText('请输入用户名')).toBeVisible();
    await drawer.getByLabel('用户名列表').fill(`${names.join('\n')}\n`);
    await look(page, 'console-people-import');
    await drawer.getByRole('button', { name: '导入', exact: true }).click();
    await expect(page.getByText('已导入用户')).toBeVisible();
    for (const name of names) await expect(page.getByRole('link', { name })).toBeVisible();
    // A name that is there already is a mistake of the list.
    await page.getByRole('button', { name: '批量导入用户' }).click();
    await drawer.getByLabel('用户名列表').fill(names[0] ?? '');
    await drawer.getByRole('button', { name: '导入', exact: true }).click();
    await expect(drawer.getByText('用户名已被占用')).toBeVisible();
});

// Eight tries, with pauses that grow from a second to a minute, come before a delivery is parked.
test('console changes: parked notifications are sent again or dropped', async ({
    page,
    browser,
}) => {
    test.skip(test.info().project.name !== 'desktop', 'takes minutes: once is enough');
    test.setTimeout(400_000);
    let status = 500;
    const receiver = createServer((request, answer) => {
        request.resume();
        // Whoever is asked at /never refuses, also when the other has begun to take what it is sent.
        answer.writeHead(request.url === '/never' ? 500 : status).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    const settings = '[webhooks]\nprivate_addresses = "allowed"\n';
    await withSite({ settings }, async (site) => {
        const campaign = await site.campaign({ opensInSeconds: -60 });
        const hooks = [];
        for (const path of ['again', 'never'])
            hooks.push(
                (await site.asStaff('POST', '/api/v1/webhooks', {
                    organiser: 1,
                    url: `http://127.0.0.1:${port}/${path}`,
                    events: ['order.completed'],
                })) as { id: number },
            );
        const context = await browser.newContext({ locale: 'zh-CN' });
        const buyer = await context.newPage();
        await registerOnPage(buyer, site, `/campaigns/${campaign}`);
        await buyer.locator('.campaign-action button.wide').click();
        await expect(buyer.locator('.campaign-action .code')).toBeVisible();
        await context.close();

        await logInAsAdmin(page, site, `/console/webhooks/${hooks[0]?.id}`);
        const parked = page.locator('section[aria-labelledby=parked]');
        const retry = parked.getByRole('button', { name: /^重试/ });
        await expect(retry).toBeVisible({ timeout: 240_000 });
        await look(page, 'console-webhook-parked');
        await retry.click();
        await expect(page.getByText(/^未送达/)).toBeVisible();
        status = 204;
        await retry.click();
        await expect(page.getByText(/^已送达/)).toBeVisible();
        await expect(parked.getByText('没有搁置的通知')).toBeVisible();

        await page.goto(`${site.url}/console/webhooks/${hooks[1]?.id}`);
        await parked.getByRole('button', { name: /^放弃/ }).click({ timeout: 120_000 });
        await page.getByRole('dialog').getByRole('button', { name: '放弃' }).click();
        await expect(page.getByText('已放弃')).toBeVisible();
        await expect(parked.getByText('没有搁置的通知')).toBeVisible();
    });
    receiver.close();
});
