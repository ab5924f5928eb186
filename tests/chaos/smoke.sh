#!/usr/bin/env bash
# A short round of most faults, a few of them at the same time, under two minutes altogether. Prints what is skipped and why;
# the long rounds are the scripts themselves, and all.sh runs all of them.
#
#   tests/chaos/smoke.sh
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

readonly limit_s=240
readonly at_once=4 # each of them mostly waits
logs=$(mktemp -d "${TMPDIR:-/tmp}/onsale-smoke.XXXXXX") || exit 1
trap 'rm -rf "$logs"' EXIT

# The longest first.
faults=("money.sh 150"
    failed_sync.sh clock.sh "damage.sh 3" disk_full.sh backup.sh "power_cut.sh 1" "cut_points.sh 1" "kill9.sh 1" tampered.sh config.sh)

# Its output is shown when it has ended, in one piece.
fault() { # fault NUMBER SCRIPT [ROUNDS]
    local number=$1 start=$EPOCHREALTIME result=0 took
    shift
    timeout "$limit_s" bash "./$1" "${@:2}" >"$logs/$number.log" 2>&1 || result=$?
    took=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", b - a }')
    case $result in
        0) printf 'ok: %s, %s\n' "$1" "$took" ;;
        77) printf 'skipped: %s (the reason is above)\n' "$1" ;;
        *) printf 'FAILED: %s, exit code %d, %s\n' "$1" "$result" "$took" ;;
    esac >>"$logs/$number.log"
    flock "$logs" awk -v what="$*" 'BEGIN { print "\n-- " what } { print }' "$logs/$number.log"
}

for i in "${!faults[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge "$at_once" ]; do wait -n; done
    # shellcheck disable=SC2086  # a script and its number of rounds
    fault "$i" ${faults[$i]} &
done
wait

passed=$(tail -qn 1 "$logs"/*.log | grep -c '^ok: ')
failed=$(tail -qn 1 "$logs"/*.log | grep -c '^FAILED: ')
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
