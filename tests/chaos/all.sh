#!/usr/bin/env bash
# Every fault with all its rounds, one after another: 200 kills, 100 power cuts at random instants, one at each chosen step,
# and the rest. About 50 minutes on two quiet cores; the time each took is printed, and at the end a table.
#
#   tests/chaos/all.sh
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

passed=0
failed=0
table=()

fault() { # fault LIMIT_S SCRIPT [ROUNDS]
    local limit_s=$1 result=0 took what
    shift
    printf '\n-- %s\n' "$*"
    SECONDS=0
    timeout "$limit_s" bash "./$1" "${@:2}" || result=$?
    took=$SECONDS
    what=$*
    case $result in
        0) passed=$((passed + 1)) && table+=("$(printf 'ok       %-20s %5d s' "$what" "$took")") ;;
        77) table+=("$(printf 'skipped  %-20s' "$what")") ;;
        *) failed=$((failed + 1)) && table+=("$(printf 'FAILED   %-20s %5d s  (exit code %d)' "$what" "$took" "$result")") ;;
    esac
    printf '%s\n' "${table[-1]}"
}

fault 3600 kill9.sh 200
fault 3600 power_cut.sh 100
fault 1200 cut_points.sh
fault 300 disk_full.sh
fault 300 failed_sync.sh
fault 1200 damage.sh 60
fault 300 slow_disk.sh
fault 300 clock.sh
fault 300 pause.sh 30
fault 600 oom.sh 5
fault 300 config.sh
fault 300 tampered.sh
fault 300 backup.sh
fault 900 overload.sh 120
fault 1800 money.sh 10000

printf '\n'
printf '%s\n' "${table[@]}"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
