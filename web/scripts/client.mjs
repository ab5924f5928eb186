// Makes src/api/schema.d.ts from the server's own document: `npm run client -- ADDRESS-OR-FILE`,
// or from the program in ONSALE_BIN, by default the release build's.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';
import { format } from 'prettier';

const kColumns = 130;
const target = fileURLToPath(new URL('../src/api/schema.d.ts', import.meta.url));
const release = fileURLToPath(new URL('../../build/release/src/app/main/onsale', import.meta.url));

async function document(source) {
    if (source?.startsWith('http')) return (await fetch(source)).json();
    if (source) return JSON.parse(readFileSync(source, 'utf8'));
    return JSON.parse(
        execFileSync(process.env.ONSALE_BIN ?? release, ['openapi'], { maxBuffer: 64 << 20 }),
    );
}

// Long texts of comments go over several lines, like everything else here.
function wrapped(line) {
    if (line.length <= kColumns || !/^\s*(\/?\*|\/\/)/.test(line)) return line;
    const indent = line.match(/^\s*/)[0];
    const lines = [];
    let rest = line;
    while (rest.length > kColumns) {
        const cut = rest.lastIndexOf(' ', kColumns);
        if (cut <= indent.length + 4) break;
        lines.push(rest.slice(0, cut));
        rest = `${indent}*     ${rest.slice(cut + 1)}`;
    }
    return [...lines, rest].join('\n');
}

const ast = await openapi(await document(process.argv[2]));
const text = await format(astToString(ast), {
    parser: 'typescript',
    tabWidth: 4,
    printWidth: 100,
    singleQuote: true,
});
const head = `// Generated from the server's API document by \`npm run client\`; not edited by hand.
// tidy: allow file-length: generated
`;
writeFileSync(target, head + text.split('\n').map(wrapped).join('\n'));
