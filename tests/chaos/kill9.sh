#!/usr/bin/env bash
# Ends the server with SIGKILL at a random instant, N times, while 2,000 orders a second arrive and a clerk changes
# people, prices, texts, stock and pictures. After each round every unknown outcome has been answered by its key, the
# books are clean, and everything acknowledged is stored. In the end the projections are what the journal makes of them.
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
        if [ -n "$server_pid" ]; then close_site $((round - 1)); fi
        data=$work/data$round
        rm -f "$work/answers.csv" "$work/clerk.jsonl"
        write_campaign $((rounds_per_folder * rate * seconds)) 1000
        start_server
        load_campaign
    fi
    clerk_start "$round" "$seed"
    crowd_start $((1 + round * rate * seconds)) "$rate" "$seconds"
    sleep "$(printf '0.%03d' $((200 + RANDOM % 800)))"
    kill_server
    clerk_wait
    begin=$(now_ms)
    start_server
    took=$(($(now_ms) - begin))
    slowest=$((took > slowest ? took : slowest))
    crowd_wait
    say "round $round: ready again after $took ms; $(jq -c '{accepted, repeated, refusals, failed, sent_again}' "$work/crowd.json")"
    clerk_check "$round"
    audit
done
close_site $((rounds - 1))
say "kill9: $rounds rounds, slowest restart $slowest ms"
