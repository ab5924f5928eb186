// Features never import features; shared imports neither features nor app. app composes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../src/', import.meta.url));
const imports = /(?:from|import)\s*\(?\s*'(@\/[^']+|\.[^']*)'/g;

function areaOf(path) {
    const [layer, feature] = path.split('/');
    return layer === 'features' ? `features/${feature}` : layer;
}

function mayImport(from, to) {
    if (from === to || !/^(app|features|shared)/.test(to)) return true;
    if (from.startsWith('features/')) return to === 'shared';
    return from !== 'shared' && from !== 'api';
}

let wrong = 0;
for (const name of readdirSync(source, { recursive: true })) {
    if (!/\.tsx?$/.test(name)) continue;
    const folder = name.split('/').slice(0, -1).join('/');
    for (const [, target] of readFileSync(join(source, name), 'utf8').matchAll(imports)) {
        const path = target.startsWith('@/') ? target.slice(2) : join(folder, target);
        if (mayImport(areaOf(name), areaOf(path))) continue;
        console.error(`src/${name}: imports ${path}: ${areaOf(name)} may not use ${areaOf(path)}`);
        wrong += 1;
    }
}
process.exit(wrong === 0 ? 0 : 1);
