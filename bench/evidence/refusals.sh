#!/usr/bin/env bash
# Refusals, measured: a campaign with one code, sold out before the clock starts; everybody else hears `sold_out`, with a signed
# receipt each.
#
#   bench/evidence/refusals.sh [PEOPLE] [CONNECTIONS]      (1000000 256)
set -euo pipefail
people=${1:-1000000}
connections=${2:-256}
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../tests/chaos/lib.sh"

rush() { # rush FIRST COUNT CONNECTIONS
    "$crowd" rush --url "$url" --data "$data" --campaign "$campaign_free" --people "$1:$2" --connections "$3" --duration 60 \
        --server-pid "$server_pid" --json "$work/rush.json"
}

chaos_begin
write_campaign 1 1
start_server
load_campaign
rush 1 1 1 >/dev/null
[ "$(jq .accepted "$work/rush.json")" -eq 1 ] || fail "the only code was not sold"
rush 2 "$people" "$connections"
[ "$(jq '.refusals.sold_out' "$work/rush.json")" -eq "$people" ] || fail "somebody was told something else"
stop_server
say "$(jq '(.refused * 1000000 / .elapsed_us) | floor' "$work/rush.json") refusals/s"
