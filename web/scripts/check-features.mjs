// Features never import features; shared imports neither features nor app. app composes. The bank's
// pages (bank/src) obey the same, take from the site's only what is in shared, and nothing of theirs
// is ever imported by the site: they are another company's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const imports = /(?:from|import)\s*\(?\s*'([@~]\/[^']+|\.[^']*)'/g;

function areaOf(path) {
    const [layer, feature] = path.split('/');
    return layer === 'features' ? `features/${feature}` : layer;
}

function mayImport(from, to) {
    if (from === to || !/^(app|features|shared)/.test(to)) return true;
    if (from.startsWith('features/')) return to === 'shared';
    return from !== 'shared' && from !== 'api';
}

// Where a name in an import leads: whose pages, and the path in their source.
function placeOf(target, folder, home) {
    if (target.startsWith('@/')) return ['site', target.slice(2)];
    if (target.startsWith('~/')) return ['bank', target.slice(2)];
    return [home, join(folder, target)];
}

function checkPages(home, source) {
    let wrong = 0;
    for (const name of readdirSync(source, { recursive: true })) {
        if (!/\.tsx?$/.test(name)) continue;
        const folder = name.split('/').slice(0, -1).join('/');
        for (const [, target] of readFileSync(join(source, name), 'utf8').matchAll(imports)) {
            const [place, path] = placeOf(target, folder, home);
            const may =
                place === home
                    ? mayImport(areaOf(name), areaOf(path))
                    : home === 'bank' && areaOf(path) === 'shared';
            if (may) continue;
            console.error(`${home} ${name}: imports ${target}, which ${areaOf(name)} may not use`);
            wrong += 1;
        }
    }
    return wrong;
}

const folderOf = (path) => fileURLToPath(new URL(path, import.meta.url));
const wrong =
    checkPages('site', folderOf('../src/')) + checkPages('bank', folderOf('../bank/src/'));
process.exit(wrong === 0 ? 0 : 1);
