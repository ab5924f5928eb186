#!/usr/bin/env bash
# The kernel kills the server for want of memory, N times, in the middle of a sale: afterwards as after any kill. The server
# is put into a memory cgroup (version 1) of its own, in which its growth has no room.
#
#   tests/chaos/oom.sh [N]          default 5; needs a writable memory cgroup, else it is skipped (exit code 77)
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/chaos/rounds.sh
. "$chaos_folder/rounds.sh"

readonly memory=${CHAOS_CGROUP:-/sys/fs/cgroup/memory}
readonly killed=137
rate=2000
seconds=8
group=""

make_group() {
    group=$memory/onsale-chaos.$$
    mkdir "$group" 2>/dev/null || skip "there is no memory cgroup to write below $memory"
    [ -e "$group/memory.limit_in_bytes" ] || { rmdir "$group"; skip "$memory is not a memory cgroup of version 1"; }
}

# A group can be removed when its last process has been reaped.
remove_group() {
    if [ -n "$group" ]; then rmdir "$group" 2>/dev/null || say "the cgroup $group could not be removed"; fi
    group=""
}

finish() {
    local result=$?
    end_process "$server_pid" KILL
    remove_group
    (exit "$result")
    cleanup
}

# Only what the server takes from now on counts, and all it may have is a little.
starve() {
    echo $((256 * 1024)) >"$group/memory.limit_in_bytes"
    echo "$server_pid" >"$group/cgroup.procs"
}

is_dead() { ! kill -0 "$server_pid" 2>/dev/null; }

oom_kills() { awk '$1 == "oom_kill" { print $2 }' "$group/memory.oom_control"; }

chaos_begin
make_group
trap finish EXIT
rounds_begin "${1:-5}"
write_campaign $((rounds * rate * seconds)) 1000
start_server
load_campaign
for ((round = 0; round < rounds; ++round)); do
    round_begin "$round"
    clerk_start "$round" "$seed"
    crowd_start $((1 + round * rate * seconds)) "$rate" "$seconds"
    sleep "$(printf '0.%03d' $((150 + RANDOM % 850)))"
    kills=$(oom_kills)
    starve
    wait_until 20 "the kernel's kill" is_dead
    result=0
    wait "$server_pid" 2>/dev/null || result=$?
    server_pid=""
    [ "$result" -eq "$killed" ] || fail "the server ended with code $result, not by the kernel"
    [ "$(oom_kills)" -gt "$kills" ] || fail "the kernel counts no kill"
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
rounds_summary oom
