#!/usr/bin/env bash
# Ends the server with SIGKILL at a random instant, N times, while 2,000 orders a second arrive and a clerk changes
# people, prices, texts, stock and pictures. After each round every unknown outcome has been answered by its key, the
# books are clean, and everything acknowledged is stored. In the end the projections are what the journal makes of them.
#
#   tests/chaos/kill9.sh [N]        default 200; CHAOS_SEED repeats a run, CHAOS_FIRST begins in the middle of it
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/chaos/rounds.sh
. "$chaos_folder/rounds.sh"

seconds=2
rate=2000

fresh_site() { # fresh_site ROUND
    if [ -n "$server_pid" ]; then close_site $(($1 - 1)); fi
    rm -rf "$data"
    data=$work/data$1
    rm -f "$work/answers.csv" "$work/clerk.jsonl"
    write_campaign $((rounds_per_folder * rate * seconds)) 1000
    start_server
    load_campaign
}

chaos_begin
rounds_begin "${1:-200}"
for ((round = first_round; round < rounds; ++round)); do
    round_begin "$round"
    if needs_fresh_folder "$round"; then fresh_site "$round"; fi
    clerk_start "$round" "$seed"
    crowd_start "$(first_person "$round" $((rate * seconds)))" "$rate" "$seconds"
    sleep "$(printf '0.%03d' $((150 + RANDOM % 850)))"
    kill_server
    clerk_wait
    begin=$(now_ms)
    start_server
    took=$(($(now_ms) - begin))
    crowd_wait
    round_figures "$round" "$took"
    clerk_check "$round"
    audit
done
close_site $((rounds - 1))
rounds_summary kill9
