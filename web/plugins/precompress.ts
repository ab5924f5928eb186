// Writes a .gz and a .br beside every built file that is worth it; the server sends them as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const kWorthIt = /\.(js|css|html|svg|json|webmanifest)$/;
const kBytesMin = 512;

export function precompress(): Plugin {
    let folder = '';
    return {
        name: 'precompress',
        apply: (_, { command, mode }) => command === 'build' && mode === 'production',
        enforce: 'post',
        configResolved(config) {
            folder = resolve(config.root, config.build.outDir);
        },
        closeBundle() {
            for (const name of readdirSync(folder, { recursive: true }) as string[]) {
                if (!kWorthIt.test(name)) continue;
                const bytes = readFileSync(join(folder, name));
                if (bytes.length < kBytesMin) continue;
                writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
                const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
                writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }));
            }
        },
    };
}
