// Draws the PNG icons from public/icons/icon.svg with Chromium: `npm run icons`, after a change of
// the drawing. CHROMIUM names another browser than the one on the path.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const icons = fileURLToPath(new URL('../public/icons/', import.meta.url));
const drawing = readFileSync(join(icons, 'icon.svg'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'icons-'));

function draw(name, size, svg) {
    const page = join(folder, 'icon.html');
    writeFileSync(page, `<style>*{margin:0}svg{display:block;width:${size}px}</style>${svg}`);
    execFileSync(process.env.CHROMIUM ?? 'chromium', [
        '--headless=new',
        '--no-sandbox',
        '--hide-scrollbars',
        '--default-background-color=00000000',
        `--window-size=${size},${size}`,
        `--screenshot=${join(icons, name)}`,
        `file://${page}`,
    ]);
}

draw('icon-192.png', 192, drawing);
draw('icon-512.png', 512, drawing);
// A maskable icon fills its square: the platform cuts the corners.
draw('icon-maskable-512.png', 512, drawing.replace('rx="112"', 'rx="0"'));
rmSync(folder, { recursive: true });
