#!/usr/bin/env bash
# Ends the server with SIGKILL at a random instant, N times, while 2,000 orders a second arrive. After each
# round every unknown outcome has been answered by its key, the books are clean, and everything acknowledged is
# stored.
#
#   tests/chaos/kill9.sh [N]        default 100; CHAOS_SEED repeats the instants
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

rounds=${1:-100}
seed=${CHAOS_SEED:-$RANDOM}
rounds_per_folder=20
RANDOM=$seed
seconds=3
rate=2000

chaos_begin
say "seed $seed"
slowest=0
for ((round = 0; round < rounds; ++round)); do
    if ((round % rounds_per_folder == 0)); then
        if [ -n "$server_pid" ]; then stop_server; fi
        data=$work/data$round
        rm -f "$work/answers.csv"
        write_campaign $((rounds_per_folder * rate * seconds)) 1000
        start_server
        load_campaign
    fi
    crowd_start $((1 + round * rate * seconds)) "$rate" "$seconds"
    sleep "$(printf '0.%03d' $((200 + RANDOM % 800)))"
    kill_server
    begin=$(now_ms)
    start_server
    took=$(($(now_ms) - begin))
    slowest=$((took > slowest ? took : slowest))
    crowd_wait
    say "round $round: ready again after $took ms; $(jq -c '{accepted, repeated, refusals, failed, sent_again}' "$work/crowd.json")"
    audit
done
stop_server
audit
say "kill9: $rounds rounds, slowest restart $slowest ms"
