#!/usr/bin/env bash
# The rush, measured: a server of its own on this machine, a campaign with as many codes as people, and a closed loop of buyers,
# each with a login token of their own. Prints accepted, refused and failed apart, latencies, and the CPU of each thread.
#
#   bench/rush.sh [PEOPLE] [CONNECTIONS] [ROUNDS]      (500000 256 3)
#
# Generator and server share the machine. Each round has a fresh data folder. Needs a release build of onsale and onsale-crowd.
set -euo pipefail
people=${1:-500000}
connections=${2:-256}
rounds=${3:-3}
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../tests/chaos/lib.sh"

chaos_begin
write_campaign "$people" 1
for ((round = 1; round <= rounds; round++)); do
    data=$work/data-$round
    start_server
    load_campaign
    say "round $round of $rounds: $people people, $connections connections"
    "$crowd" rush --url "$url" --data "$data" --campaign "$campaign_free" --people "1:$people" --connections "$connections" \
        --duration 120 --server-pid "$server_pid" --json "$work/rush-$round.json"
    stop_server
    rm -rf "$data"
    port=0
done
say "median of accepted/s: $(jq -s 'map(.accepted * 1000000 / .elapsed_us) | sort | .[length / 2 | floor] | floor' "$work"/rush-*.json)"
