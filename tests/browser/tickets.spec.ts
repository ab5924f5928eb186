// A signed ticket: on its own page, as files, and on the page where anybody checks one.
import type { Page } from '@playwright/test';
import { look } from './look';
import { expect, registerOnPage, test, type Site } from './site';

interface Ticket {
    id: number;
    code: string;
    signed_code?: string;
    state: string;
}

// Buys one ticket on the page; gives it as the server has it.
async function buy(page: Page, site: Site): Promise<{ ticket: Ticket; session: number }> {
    const campaign = await site.campaign({ opensInSeconds: -60 });
    await registerOnPage(page, site, `/campaigns/${campaign}`);
    await page.getByRole('button', { name: '立即抢票' }).click();
    await page.getByRole('link', { name: '查看电子票' }).click();
    await page.waitForURL(/\/tickets\/\d+/);
    const id = Number(page.url().split('/').pop());
    return { ticket: await ticketOf(page, id), session: campaign / 1000 };
}

// As the page's own scripts ask, with the login's cookie.
async function get(page: Page, path: string): Promise<{ status: number; text: string }> {
    return page.evaluate(async (address) => {
        const answer = await fetch(address);
        return { status: answer.status, text: await answer.text() };
    }, path);
}

async function ticketOf(page: Page, id: number): Promise<Ticket> {
    const answer = await get(page, `/api/v1/tickets/${id}`);
    expect(answer.status).toBe(200);
    return JSON.parse(answer.text) as Ticket;
}

async function checkOnPage(page: Page, code: string): Promise<void> {
    await page.locator('textarea').fill(code);
    await page.getByRole('button', { name: '核对' }).click();
}

test('tickets: the page shows the signed code, and gives a PDF and a calendar entry', async ({
    page,
    site,
}) => {
    const { ticket } = await buy(page, site);
    await expect(page.getByRole('img', { name: /本站签名/ })).toBeVisible();
    await expect(page.getByText(ticket.code)).toBeVisible();
    await look(page, 'tickets-1-ticket');
    await page.getByRole('button', { name: '改为显示券码的二维码' }).click();
    await expect(
        page.getByRole('img', { name: `入场二维码，内容为券码 ${ticket.code}` }),
    ).toBeVisible();

    const pdf = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载 PDF' }).click();
    expect((await pdf).suggestedFilename()).toBe(`ticket-${ticket.id}.pdf`);
    const calendar = page.waitForEvent('download');
    await page.getByRole('link', { name: '加入日历' }).click();
    expect((await calendar).suggestedFilename()).toBe(`ticket-${ticket.id}.ics`);
});

test('tickets: anybody checks one, also without a login; an altered one is forged', async ({
    page,
    site,
}) => {
    const { ticket } = await buy(page, site);
    const code = ticket.signed_code ?? '';
    expect(code).toMatch(/^[A-Z2-7]{152}$/);
    await page.context().clearCookies();
    await page.goto(`${site.url}/`);
    await page.getByRole('link', { name: '验票' }).click();
    await checkOnPage(page, code.replace(/(.{8})/g, '$1 ').toLowerCase());
    await expect(page.getByRole('heading', { name: '有效', exact: true })).toBeVisible();
    await expect(page.getByText('西岸咖啡节')).toBeVisible();
    await expect(page.getByText('本设备已核对签名')).toBeVisible();
    await look(page, 'tickets-2-valid');

    const other = code.endsWith('A') ? 'B' : 'A';
    await checkOnPage(page, code.slice(0, -1) + other);
    await expect(page.getByRole('heading', { name: '伪造或被改动' })).toBeVisible();
    await look(page, 'tickets-3-forged');
    await checkOnPage(page, ticket.code);
    await expect(page.getByRole('heading', { name: '不是票码' })).toBeVisible();
});

test('tickets: without the server the signature is checked on the device, and said to be alone', async ({
    page,
    site,
}) => {
    const { ticket } = await buy(page, site);
    await page.goto(`${site.url}/check`);
    await page.waitForFunction(() => localStorage.getItem('onsale.ticket-keys') !== null);
    await site.kill();
    try {
        await checkOnPage(page, ticket.signed_code ?? '');
        await expect(page.getByRole('heading', { name: '签名真实' })).toBeVisible();
        await expect(page.getByText('只核对了签名')).toBeVisible();
        await look(page, 'tickets-4-offline');
    } finally {
        await site.run();
    }
});

test('tickets: a ticket of a cancelled session is void, for its holder and for the door', async ({
    page,
    site,
}) => {
    const { ticket, session } = await buy(page, site);
    await site.asStaff('POST', `/api/v1/sessions/${session}/cancel`, {
        reason: { zh: '天气原因', en: 'the weather' },
    });
    await expect.poll(async () => (await ticketOf(page, ticket.id)).state).toBe('void');
    await page.reload();
    await expect(page.getByText('已作废')).toBeVisible();
    await expect(page.getByText('场次已取消，此票不能再使用。')).toBeVisible();
    await expect(page.locator('.qr')).toHaveCount(0);
    await look(page, 'tickets-5-void');
    expect((await get(page, `/api/v1/tickets/${ticket.id}/ticket.pdf`)).status).toBe(409);
    const calendar = await get(page, `/api/v1/tickets/${ticket.id}/ticket.ics`);
    expect(calendar.text).toContain('STATUS:CANCELLED');

    await page.goto(`${site.url}/check`);
    await checkOnPage(page, ticket.signed_code ?? '');
    await expect(page.getByRole('heading', { name: '已作废' })).toBeVisible();
    await expect(page.getByText('场次已取消。')).toBeVisible();
    await look(page, 'tickets-6-check-void');
});
