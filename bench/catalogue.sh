#!/usr/bin/env bash
# Catalogue reads from memory, measured while a rush goes on: wrk asks for a campaign, the list and the first page; a crowd places
# orders at a fixed rate at the same time. Prints reads per second, orders apart, CPU, and how often the databases behind the pages
# were asked meanwhile: that has to be nothing at all.
#
#   bench/catalogue.sh [ORDERS_PER_SECOND] [SECONDS] [CONNECTIONS]      (2000 10 64)
#
# Generators and server share the machine. Needs wrk and a release build of onsale and onsale-crowd.
set -euo pipefail
rate=${1:-2000}
seconds=${2:-10}
connections=${3:-64}
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../tests/chaos/lib.sh"

# Pieces of work that the stores of records and lists were asked for; of all, since the start.
store_work() { curl -s -m 5 "$url/metrics" | awk '/^onsale_records_work_total/ { sum += $2 } END { printf "%d\n", sum }'; }
cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$server_pid/stat"; }

chaos_begin
write_campaign $((rate * (seconds + 8))) 1
start_server
load_campaign
crowd_start 1 "$rate" $((seconds + 7))
sleep 2
idle=$(store_work)
sleep 3
before=$(store_work)
ticks=$(cpu_ticks)
wrk -t 1 -c "$connections" -d "${seconds}s" --latency -s "$(dirname "${BASH_SOURCE[0]}")/catalogue.lua" "$url" >"$work/wrk.out"
ticks=$(($(cpu_ticks) - ticks))
after=$(store_work)
crowd_wait
grep -E 'reads_per_second|not answered well|50%|99%' "$work/wrk.out"
cores=$(awk -v t="$ticks" -v s="$seconds" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.2f", t / hz / s }')
say "server CPU: $cores cores, orders among it"
say "orders meanwhile: $(jq -c '{accepted, refused, failed}' "$work/crowd.json")"
say "work of the databases behind the pages, per second:" \
    "$(((before - idle) / 3)) before the reads, $(((after - before) / seconds)) during them"
stop_server
audit
