#!/usr/bin/env bash
# The tests in the browser, with everything they need: their packages and the built pages.
#
#   tests/browser/run.sh [OPTIONS OF playwright test]
#
# ONSALE_BIN names the program; by default the release build's. The last line counts tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
../../scripts/pages.sh
if [ ! -e node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.installed
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
result=0
npx playwright test "$@" 2>&1 | tee "$log" || result=$?
number() { sed -nE "s/^ +([0-9]+) $1.*/\1/p" "$log" | tail -n 1; }
passed=$(number passed)
failed=$(number failed)
flaky=$(number flaky)
[ -z "$flaky" ] || echo "$flaky of them only the second time"
passed=$((${passed:-0} + ${flaky:-0}))
echo "$passed passed, ${failed:-0} failed"
exit "$result"
