// First paint of a buyer's first page on a slow phone: 1.6 Mbit/s, 150 ms to the server, a quarter of this machine's speed.
// Prints the median of five visits with an empty cache.
//
//   node tests/browser/first-paint.mjs http://127.0.0.1:8080
import { chromium } from 'playwright-core';

const url = process.argv[2] ?? 'http://127.0.0.1:8080';
const visits = 5;

async function visit(browser) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 150,
        downloadThroughput: (1.6 * 1024 * 1024) / 8,
        uploadThroughput: (750 * 1024) / 8,
    });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto(url, { waitUntil: 'networkidle', timeout: 60_000 });
    const times = await page.evaluate(
        () =>
            new Promise((resolve) => {
                const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
                new PerformanceObserver((list) => {
                    const largest = list.getEntries().at(-1)?.startTime ?? 0;
                    resolve({ first, largest });
                }).observe({ type: 'largest-contentful-paint', buffered: true });
            }),
    );
    await context.close();
    return times;
}

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
});
const all = [];
for (let i = 0; i < visits; ++i) all.push(await visit(browser));
await browser.close();
const median = (key) => Math.round(all.map((times) => times[key]).sort((a, b) => a - b)[visits >> 1]);
console.log(`first paint ${median('first')} ms, largest ${median('largest')} ms (medians of ${visits})`);
