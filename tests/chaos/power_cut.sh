#!/usr/bin/env bash
# Cuts the power of the server's disk at a random instant, N times, while orders arrive and a clerk changes people,
# prices, texts, stock and pictures: the file system stops taking anything, the server is killed, the disk is mounted
# again as it was left. Everything acknowledged is stored, the books are clean, and SQLite finds its files whole. In
# the end the projections are what the journal makes of them.
#
#   tests/chaos/power_cut.sh [N]    default 100; needs root and loop devices, else it is skipped (exit code 77)
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

rounds=${1:-100}
seed=${CHAOS_SEED:-$RANDOM}
rounds_per_disk=20
RANDOM=$seed
seconds=2
rate=2000

chaos_begin
say "seed $seed"
for ((round = 0; round < rounds; ++round)); do
    if ((round % rounds_per_disk == 0)); then
        if [ -n "$server_pid" ]; then close_site $((round - 1)); fi
        if [ -n "$mounted" ]; then unmount_disk; fi
        rm -f "$work/answers.csv" "$work/clerk.jsonl" "$work/disk.img"
        small_disk 1024
        write_campaign $((rounds_per_disk * rate * seconds)) 1000
        start_server
        load_campaign
    fi
    # The crowd must find its key while the disk is gone.
    rm -rf "$work/outside"
    mkdir "$work/outside"
    cp -r "$data/keys" "$work/outside/keys"
    key_folder=$work/outside
    clerk_start "$round" "$seed"
    crowd_start $((1 + round * rate * seconds)) "$rate" "$seconds"
    sleep "$(printf '0.%03d' $((200 + RANDOM % 800)))"
    cut=0
    python3 "$chaos_folder/cut_power.py" "$mounted" "$server_pid" || cut=$?
    [ "$cut" -ne 1 ] || skip "this kernel does not take EXT4_IOC_SHUTDOWN"
    [ "$cut" -eq 0 ] || fail "the power could not be cut"
    kill_server
    clerk_wait
    unmount_disk
    mount_disk || fail "mount: $(cat "$work/mount.err")"
    start_server
    crowd_wait
    check_integrity
    say "round $round: $(jq -c '{accepted, repeated, refusals, failed, sent_again}' "$work/crowd.json")"
    clerk_check "$round"
    audit
done
close_site $((rounds - 1))
say "power_cut: $rounds rounds"
