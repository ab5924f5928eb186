#!/usr/bin/env bash
# Cuts the power of the server's disk at a random instant, N times, while orders arrive and a clerk changes people,
# prices, texts, stock and pictures: the file system stops taking anything, the server is killed, the disk is mounted
# again as it was left. Everything acknowledged is stored, the books are clean, and SQLite finds its files whole. In
# the end the projections are what the journal makes of them.
#
#   tests/chaos/power_cut.sh [N]    default 100; CHAOS_SEED repeats a run, CHAOS_FIRST begins in the middle of it
#                                   needs root and loop devices, else it is skipped (exit code 77)
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/chaos/rounds.sh
. "$chaos_folder/rounds.sh"

seconds=2
rate=2000

fresh_site() { # fresh_site ROUND
    if [ -n "$server_pid" ]; then close_site $(($1 - 1)); fi
    if [ -n "$mounted" ]; then unmount_disk; fi
    rm -f "$work/answers.csv" "$work/clerk.jsonl" "$work/disk.img"
    small_disk 512
    write_campaign $((rounds_per_folder * rate * seconds)) 1000
    start_server
    load_campaign
}

chaos_begin
rounds_begin "${1:-100}"
for ((round = first_round; round < rounds; ++round)); do
    round_begin "$round"
    if needs_fresh_folder "$round"; then fresh_site "$round"; fi
    keep_keys_outside
    clerk_start "$round" "$seed"
    crowd_start "$(first_person "$round" $((rate * seconds)))" "$rate" "$seconds"
    sleep "$(printf '0.%03d' $((150 + RANDOM % 850)))"
    cut_power
    clerk_wait
    mount_again
    begin=$(now_ms)
    start_server
    took=$(($(now_ms) - begin))
    crowd_wait
    round_figures "$round" "$took"
    check_integrity
    clerk_check "$round"
    audit
done
close_site $((rounds - 1))
rounds_summary power_cut
