#!/usr/bin/env bash
# First paint of a buyer's first page on a slow phone, on an empty server of its own. Needs the built pages (web/dist) and
# tests/browser's packages.
#
#   bench/evidence/first_paint.sh
set -euo pipefail
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../tests/chaos/lib.sh"
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[ -d "$root/web/dist" ] || skip "the pages are not built (scripts/pages.sh)"
[ -d "$root/tests/browser/node_modules" ] || skip "tests/browser has no packages yet (tests/browser/run.sh)"

chaos_begin
export ONSALE_HTTP_PAGES=$root/web/dist
start_server
timeout 120 node "$root/tests/browser/first-paint.mjs" "$url" || fail "the browser"
stop_server
