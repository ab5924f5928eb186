import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { precompress } from './plugins/precompress';
import { serviceWorker } from './plugins/service-worker';

const server = process.env.ONSALE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
    plugins: [react(), serviceWorker(), precompress()],
    resolve: {
        alias: {
            '@': fileURLToPath(new URL('./src', import.meta.url)),
            // For the unit tests of the bank's pages; the site imports nothing of them.
            '~': fileURLToPath(new URL('./bank/src', import.meta.url)),
        },
    },
    server: {
        proxy: Object.fromEntries(
            ['/api', '/pictures', '/healthz', '/openapi.json'].map((path) => [path, server]),
        ),
    },
    build: {
        target: 'es2022',
        manifest: true,
        chunkSizeWarningLimit: 1200,
        // No script in the page itself, so that the server's content policy can refuse all of them.
        modulePreload: { polyfill: false },
        rollupOptions: {
            output: {
                manualChunks(id) {
                    if (
                        /node_modules\/(react|react-dom|scheduler|react-router|react-router-dom)\//.test(
                            id,
                        )
                    )
                        return 'react';
                    return undefined;
                },
            },
        },
    },
    test: { environment: 'jsdom', include: ['{src,bank/src}/**/*.test.{ts,tsx}'] },
});
