#!/usr/bin/env bash
# The followers of the journal, measured: what the projections cost when they are fed by hand (repeatable, without a server),
# then on a server: orders at a fixed rate, with the lag of the projections in batches and seconds looked at every half second,
# and the processor time of their thread.
#
#   bench/followers.sh [RATE] [SECONDS]      (20000 10; DESIGN asks for 50000 over 120 s)
#
# Generator and server share the machine. Needs a release build of onsale, onsale-crowd and onsale-projector-bench.
set -euo pipefail
rate=${1:-20000}
seconds=${2:-10}
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../tests/chaos/lib.sh"

chaos_begin
by_hand=$(find_program onsale-projector-bench)
[ -x "$by_hand" ] || fail "there is no program onsale-projector-bench"
for orders_per_batch in 16 128 1024; do
    say "by hand, $orders_per_batch orders a batch: $("$by_hand" 300000 "$orders_per_batch" $((8192 / orders_per_batch)))"
done
say "by hand, 30 of 100 orders reserved and cancelled: $("$by_hand" 200000 128 64 30)"

metric() { awk -v name="$1" '$1 == name { print $2; found = 1 } END { if (!found) print 0 }' "$work/metrics"; }
scrape() { curl -s -m 2 -o "$work/metrics" "$url/metrics"; }

people=$((rate * seconds))
write_campaign "$people" 1
start_server
load_campaign
"$crowd" rate --url "$url" --data "$data" --campaign "$campaign_free" --people "1:$people" --rate "$rate" --duration "$seconds" \
    --connections 256 --server-pid "$server_pid" --json "$work/rate.json" >"$work/crowd.out" 2>&1 &
crowd_pid=$!
: >"$work/lags"
while kill -0 "$crowd_pid" 2>/dev/null; do
    scrape && printf '%s %s\n' "$(metric onsale_projector_lag_seconds)" "$(metric onsale_projector_lag_batches)" >>"$work/lags"
    sleep 0.5
done
wait "$crowd_pid" || { cat "$work/crowd.out"; fail "the crowd"; }
crowd_pid=""
say "on a server: $(jq -r '"\(.accepted) accepted, \(.refused) refused, \(.failed) failed in \(.elapsed_us / 1e6) s"' "$work/rate.json")"
say "processor seconds for each 100,000: $(jq -c \
    '.accepted as $n | .server_cpu_us | with_entries(select(.value > 0)) | map_values(. / $n * 100 | round / 1000)' "$work/rate.json")"
sort -g "$work/lags" | awk '{ lag[NR] = $1; if ($2 > most) most = $2 }
    END { printf "lag of the projections: median %.3f s, largest %.3f s, %d batches\n", lag[int((NR + 1) / 2)], lag[NR], most }'
stop_server
