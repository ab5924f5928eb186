// What is looked at on every page: no finding of axe, nothing wider than the screen, a picture kept.
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';

const kOut = fileURLToPath(new URL('./out/', import.meta.url));

// What the pages say about a mistake of their own.
const kDidNotWork = /页面出了点问题|This page did not work/;

export async function look(page: Page, name: string): Promise<void> {
    const project = test.info().project.name;
    await expect(page.getByText(kDidNotWork), `${name} did not work`).toHaveCount(0);
    await page.screenshot({
        path: `${kOut}${project}-${name}.png`,
        animations: 'disabled',
    });
    const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
    const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target)}`);
    expect(found, `axe on ${name}`).toEqual([]);
    const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(tooWide, `${name} is wider than the screen by`).toBe(0);
}

export async function inEnglish(page: Page): Promise<void> {
    await page.addInitScript(() => localStorage.setItem('onsale.language', '"en"'));
}
