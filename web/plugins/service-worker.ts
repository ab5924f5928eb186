// Puts src/service-worker.js into the build, with the list of files of the shell and a version that
// changes with any of them. The console's files and those of the API's page are left out: they are of
// no use without a server.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const kLeftOut = /\/src\/(app\/console|features\/(console|api-docs)|shared\/console)/;

interface Chunk {
    fileName: string;
    isEntry: boolean;
    facadeModuleId: string | null;
    imports: string[];
    dynamicImports: string[];
    viteMetadata?: { importedCss: Set<string> };
}

// What a buyer can come to load: everything from the entry on, without the console's pages.
function shellOf(chunks: Map<string, Chunk>): string[] {
    const reached = new Set<string>();
    const styles = new Set<string>();
    const queue = [...chunks.values()].filter((chunk) => chunk.isEntry);
    for (let chunk = queue.pop(); chunk; chunk = queue.pop()) {
        if (reached.has(chunk.fileName) || kLeftOut.test(chunk.facadeModuleId ?? '')) continue;
        reached.add(chunk.fileName);
        chunk.viteMetadata?.importedCss.forEach((style) => styles.add(style));
        for (const name of [...chunk.imports, ...chunk.dynamicImports]) {
            const next = chunks.get(name);
            if (next) queue.push(next);
        }
    }
    return [...reached, ...styles].sort().map((name) => `/${name}`);
}

export function serviceWorker(): Plugin {
    let root = '';
    return {
        name: 'service-worker',
        apply: 'build',
        // After Vite's own step, which finds out what styles belong to a chunk.
        enforce: 'post',
        configResolved(config) {
            root = config.root;
        },
        generateBundle(_, bundle) {
            const chunks = new Map<string, Chunk>();
            for (const file of Object.values(bundle))
                if (file.type === 'chunk') chunks.set(file.fileName, file);
            const files = shellOf(chunks);
            const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12);
            const shell = ['/index.html', '/manifest.webmanifest', '/icons/icon.svg', ...files];
            const source = readFileSync(join(root, 'src/service-worker.js'), 'utf8')
                .replace("'__VERSION__'", JSON.stringify(version))
                .replace("['__SHELL__']", JSON.stringify(shell));
            this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
        },
    };
}
