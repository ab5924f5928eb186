#!/usr/bin/env bash
# What many orders cost afterwards: memory with all of them, the restart after kill -9, and the audit.
#
#   bench/evidence/million.sh [ORDERS]      (1000000)
set -euo pipefail
orders=${1:-1000000}
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../tests/chaos/lib.sh"

resident() { awk '/^VmRSS/ { printf "%d\n", $2 / 1024 }' "/proc/$server_pid/status"; }

chaos_begin
write_campaign "$orders" 1
start_server
load_campaign
"$crowd" rush --url "$url" --data "$data" --campaign "$campaign_free" --people "1:$orders" --connections 256 --duration 120 \
    --json "$work/rush.json" >/dev/null
[ "$(jq .accepted "$work/rush.json")" -eq "$orders" ] || fail "$(jq -c . "$work/rush.json")"
say "before the restart: $(resident) MB"
kill_server
begun=$(now_ms)
start_server
say "restart after kill -9: $(($(now_ms) - begun)) ms"
say "resident: $(resident) MB"
stop_server
begun=$(now_ms)
"$onsale" audit --data "$data" >"$work/audit.out" || { cat "$work/audit.out"; fail "the audit"; }
say "audit of $orders orders: $(($(now_ms) - begun)) ms, clean"
