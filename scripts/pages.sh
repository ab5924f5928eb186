#!/usr/bin/env bash
# Builds the pages into web/dist, and those of the bank into web/dist/bank, unless they are newer than everything they are made of.
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
# Both builds, the site's and the bank's, are newer than everything that both are made of.
is_fresh() {
    [ -e "$1" ] && [ -z "$(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -newer "$1" -print -quit)" ]
}
if is_fresh dist/index.html && is_fresh dist/bank/index.html; then
    exit 0
fi
npm run --silent build
