#!/usr/bin/env bash
# Builds the pages into web/dist, unless they are newer than everything they are made of.
#
#   scripts/pages.sh
#
# Needs node and npm (scripts/install-deps.sh installs them) and the npm registry the first time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../web"

if ! command -v npm >/dev/null; then
    echo "pages: there is no npm; run scripts/install-deps.sh build" >&2
    exit 1
fi
if [ ! -e node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.installed
fi
made=dist/index.html
if [ -e "$made" ] && [ -z "$(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -newer "$made" -print -quit)" ]; then
    exit 0
fi
npm run --silent build
