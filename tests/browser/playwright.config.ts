// The pages in a real browser against a real server. Debian's Chromium is used; nothing is
// downloaded. Servers are started by the tests themselves (site.ts).
import { defineConfig } from '@playwright/test';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 800 } };

export default defineConfig({
    testDir: '.',
    outputDir: 'results',
    fullyParallel: false,
    workers: 1,
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
