// Every page asks this site only, and neither React nor the browser has anything to complain about.
// The pages are built with React's warnings for this.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { consolePages, personPages, visitorPages } from './all-pages';
import { logInAsAdmin } from './console';
import { expect, registerOnPage, Site, test } from './site';

const kWeb = fileURLToPath(new URL('../../web/', import.meta.url));

let site: Site;
let pages = '';

test.beforeAll(async () => {
    test.setTimeout(180_000);
    pages = mkdtempSync(join(tmpdir(), 'onsale-pages-'));
    execFileSync(
        'node_modules/.bin/vite',
        ['build', '--mode', 'development', '--emptyOutDir', '--outDir', pages],
        { cwd: kWeb, env: { ...process.env, NODE_ENV: 'development' }, stdio: 'ignore' },
    );
    site = await Site.start({ pages });
});

test.afterAll(async () => {
    // Not there when the build failed.
    await (site as Site | undefined)?.remove();
    rmSync(pages, { recursive: true, force: true });
});

// Everything that should not be, as it comes.
function watch(context: BrowserContext, page: Page): string[] {
    const found: string[] = [];
    context.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (origin !== site.url && protocol !== 'data:' && protocol !== 'blob:')
            found.push(`asks ${request.url()}`);
    });
    page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
            found.push(`${message.type()} on ${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => found.push(`thrown on ${page.url()}: ${error.message}`));
    return found;
}

async function visit(page: Page, paths: Record<string, string>): Promise<void> {
    for (const path of Object.values(paths)) {
        await page.goto(site.url + path);
        await expect(page.locator('h1')).toBeVisible();
        await expect(page.locator('.skeleton')).toHaveCount(0);
    }
}

test('clean: buyers', async ({ page, context }) => {
    test.setTimeout(180_000);
    const open = await site.campaign({ opensInSeconds: -60 });
    const priced = await site.campaign({ opensInSeconds: -60, price: '380.00', tickets: 2 });
    const upcoming = await site.campaign({ opensInSeconds: 3600 });
    const found = watch(context, page);
    await visit(page, visitorPages(open, upcoming));
    await registerOnPage(page, site, `/campaigns/${open}`);
    await page.locator('.campaign-action button.wide').click();
    await expect(page.locator('.campaign-action .code')).toBeVisible();
    await visit(page, personPages(priced));
    await page.goto(`${site.url}/tickets`);
    await page.locator('main a[href^="/tickets/"]').first().click();
    await page.waitForURL(/\/tickets\/\d+/);
    await expect(page.locator('h1')).toBeVisible();
    await page.goto(`${site.url}/orders`);
    await page.locator('main a[href^="/orders/"]').first().click();
    await page.waitForURL(/\/orders\/\d+/);
    await expect(page.locator('h1')).toBeVisible();
    expect(found).toEqual([]);
});

test('clean: console', async ({ page, context }) => {
    test.setTimeout(240_000);
    const campaign = await site.campaign({ opensInSeconds: -60, price: '380.00', tickets: 2 });
    const found = watch(context, page);
    await logInAsAdmin(page, site);
    await visit(page, consolePages(campaign));
    expect(found).toEqual([]);
});
