// Adds up what people load who come without having been here (scripts and styles, as compressed on
// disk): a buyer's first page, and a bill at the bank's cashier. Fails above the limit. Needs a build.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kBytesMax = 250 * 1000;
const kPages = [
    { name: 'first page', folder: '../dist/', page: 'src/features/campaigns/home.tsx' },
    { name: "bank's cashier", folder: '../dist/bank/', page: 'src/features/cashier/page.tsx' },
];

function filesOf(dist, page) {
    const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
    const files = new Set();
    const add = (key) => {
        const chunk = manifest[key];
        if (!chunk || files.has(chunk.file)) return;
        files.add(chunk.file);
        for (const style of chunk.css ?? []) files.add(style);
        for (const next of chunk.imports ?? []) add(next);
    };
    if (!manifest[page]) throw new Error(`${dist}: there is no ${page} in this build`);
    add('index.html');
    add(page);
    return [...files].sort();
}

let fits = true;
for (const { name, folder, page } of kPages) {
    const dist = fileURLToPath(new URL(folder, import.meta.url));
    let total = 0;
    for (const file of filesOf(dist, page)) {
        const path = existsSync(join(dist, `${file}.gz`)) ? `${file}.gz` : file;
        const bytes = statSync(join(dist, path)).size;
        total += bytes;
        console.log(String(bytes).padStart(8), path);
    }
    console.log(String(total).padStart(8), `${name}, gzip; at most ${kBytesMax}`);
    fits &&= total <= kBytesMax;
}
process.exit(fits ? 0 : 1);
