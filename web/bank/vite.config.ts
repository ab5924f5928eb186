// The pages of the bank: another company's, so a build of their own with nothing of the site's in it.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from '../plugins/precompress';

const server = process.env.ONSALE_BANK_URL ?? 'http://127.0.0.1:8101';

export default defineConfig({
    root: fileURLToPath(new URL('.', import.meta.url)),
    plugins: [react(), precompress()],
    resolve: {
        alias: {
            '@': fileURLToPath(new URL('../src', import.meta.url)),
            '~': fileURLToPath(new URL('./src', import.meta.url)),
        },
    },
    server: {
        port: 5174,
        proxy: Object.fromEntries(
            ['/api', '/healthz', '/openapi.json'].map((path) => [path, server]),
        ),
    },
    build: {
        target: 'es2022',
        outDir: '../dist/bank',
        emptyOutDir: true,
        manifest: true,
        chunkSizeWarningLimit: 1200,
        // No script in the page itself, so that the server's content policy can refuse all of them.
        modulePreload: { polyfill: false },
    },
});
