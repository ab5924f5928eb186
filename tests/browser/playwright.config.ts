// The pages in a real browser against a real server. Debian's Chromium is used; nothing is
// downloaded. Servers are started by the tests themselves (site.ts).
import { defineConfig } from '@playwright/test';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 800 } };

export default defineConfig({
    testDir: '.',
    outputDir: 'results',
    // Files beside each other, each with servers of its own; the tests of a file one after another.
    fullyParallel: false,
    workers: 2,
    // A build server is shared: what passes only the second time is counted as flaky and listed.
    retries: process.env.CI ? 1 : 0,
    timeout: 90_000,
    expect: { timeout: 15_000 },
    reporter: [['list']],
    use: {
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        trace: 'retain-on-failure',
        launchOptions: {
            executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
            // Containers often lack the kernel features of Chromium's own sandbox.
            args: ['--no-sandbox'],
        },
    },
    projects: [
        { name: 'phone', use: phone },
        { name: 'desktop', use: desktop },
    ],
});
