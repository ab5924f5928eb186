#!/usr/bin/env bash
# A restart with many orders, measured: orders by a rush, kill -9, then start, until it is ready and until the first order is
# accepted; without any snapshot (the worst case) and right after one. Besides: memory for each order, and how long buyers wait
# at the most while a snapshot is made, beside how long they wait when none is.
#
#   bench/restart.sh [ORDERS] [RATE]      (1000000 500)
#
# RATE: orders a second while the snapshot is made. Needs a release build of onsale and onsale-crowd.
set -euo pipefail
orders=${1:-1000000}
rate=${2:-500}
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../tests/chaos/lib.sh"

rss_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$server_pid/status"; }
bytes_an_order() { echo $((($2 - $1) * 1024 / orders)); }
metric() { curl -s -m 2 "$url/metrics" | awk -v name="$1" '$1 == name { print $2; found = 1 } END { if (!found) print 0 }'; }
is_at_least() { [ "$(metric "$1" | cut -d . -f 1)" -ge "$2" ]; }
rows_are_there() { [ "$(metric onsale_projector_lag_batches)" = 0 ]; }
snapshot_files() { find "$data/journal/snapshots" -name '*.snapshot' -size +100k | wc -l; }

is_accepted() { # as NEXT_PERSON, whose token is ready
    [ "$(curl -s -m 5 -o /dev/null -w '%{http_code}' -X POST -H "Authorization: Bearer $next_token" \
        -H 'Content-Type: application/json' -d "{\"campaign\":$campaign_free}" "$url/api/v1/orders")" = 201 ]
}

next_person=$((orders + 1))
timed_restart() { # timed_restart WHAT
    local begun ready
    next_token=$(token "$next_person")
    next_person=$((next_person + 1))
    kill_server
    begun=$(now_ms)
    start_server
    ready=$(now_ms)
    wait_until 20 "the first order" is_accepted
    say "$1: ready after $((ready - begun)) ms, first order accepted after $(($(now_ms) - begun)) ms"
}

buyers() { # buyers SECONDS: sets `waits`
    local first=$next_person
    next_person=$((next_person + rate * $1))
    "$crowd" rate --url "$url" --data "$data" --campaign "$campaign_free" --people "$first:$((rate * $1))" --rate "$rate" \
        --duration "$1" --connections 32 --json "$work/rate.json" >"$work/crowd.out" 2>&1 || { cat "$work/crowd.out"; fail "the crowd"; }
    waits=$(jq -r '.latency_us | "p50 \(.p50 / 1000) ms, p99.9 \(.p99_9 / 1000) ms, longest \(.max / 1000) ms"' "$work/rate.json")
}

chaos_begin
write_campaign $((orders + 40 * rate + 100)) 1
export ONSALE_JOURNAL_SNAPSHOT_FACTS=1000000000
start_server
load_campaign
kill_server
start_server
empty=$(rss_kib)
"$crowd" rush --url "$url" --data "$data" --campaign "$campaign_free" --people "1:$orders" --connections 256 --duration 120 \
    --server-pid "$server_pid" --json "$work/rush.json" >"$work/crowd.out" 2>&1 || { cat "$work/crowd.out"; fail "the rush"; }
say "filled: $(jq -r '"\(.accepted) orders in \(.elapsed_us / 1e6) s"' "$work/rush.json")"
say "processor seconds for each 100,000: $(jq -c \
    '.accepted as $n | .server_cpu_us | with_entries(select(.value > 0)) | map_values(. / $n * 100 | round / 1000)' "$work/rush.json")"
wait_until 60 "the projections" rows_are_there
say "memory of the server that sold them: $(bytes_an_order "$empty" "$(rss_kib)") bytes an order"
timed_restart "without a snapshot"
say "memory of the server that replayed them: $(bytes_an_order "$empty" "$(rss_kib)") bytes an order"
buyers 5
say "buyers at $rate/s without a snapshot: $waits"

kill_server
export ONSALE_JOURNAL_SNAPSHOT_FACTS=$((orders / 2))
start_server # what was replayed counts as not yet in a snapshot, so one is begun a second after the start
buyers 10
say "buyers at $rate/s while a snapshot is made: $waits"
wait_until 60 "the snapshot" is_at_least onsale_shard_snapshots_total 1
say "$(snapshot_files) snapshot, $(du -cb "$data"/journal/snapshots/*.snapshot | tail -n 1 | cut -f 1) bytes"
timed_restart "right after a snapshot"
say "memory of the server that read it: $(bytes_an_order "$empty" "$(rss_kib)") bytes an order"
stop_server
