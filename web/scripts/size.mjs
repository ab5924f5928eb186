// Adds up what a buyer's first page loads (scripts and styles, as compressed on disk) and fails
// above the limit. Needs a build.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kBytesMax = 250 * 1000;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

const files = new Set();
function add(key) {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const next of chunk.imports ?? []) add(next);
}
add('index.html');
add('src/features/campaigns/home.tsx');

let total = 0;
for (const file of [...files].sort()) {
    const path = existsSync(join(dist, `${file}.gz`)) ? `${file}.gz` : file;
    const bytes = statSync(join(dist, path)).size;
    total += bytes;
    console.log(String(bytes).padStart(8), path);
}
console.log(String(total).padStart(8), `first page, gzip; at most ${kBytesMax}`);
process.exit(total <= kBytesMax ? 0 : 1);
