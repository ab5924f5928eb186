#!/usr/bin/env bash
# A short round of every fault (under 2 minutes): three kills and one power cut while a clerk changes records and stock, a
# full disk, a failed sync, a backup and its restore. Prints what is skipped and why; the long rounds are the scripts
# themselves with a number of rounds.
#
#   tests/chaos/smoke.sh
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

passed=0
failed=0
limit_s=80

fault() { # fault SCRIPT [ROUNDS]
    local start=$EPOCHREALTIME result=0 took
    printf '\n-- %s\n' "$*"
    timeout "$limit_s" bash "./$1" "${@:2}" || result=$?
    took=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", b - a }')
    case $result in
        0) passed=$((passed + 1)) && printf 'ok: %s, %s\n' "$1" "$took" ;;
        77) printf 'skipped: %s (the reason is above)\n' "$1" ;;
        *) failed=$((failed + 1)) && printf 'FAILED: %s, exit code %d, %s\n' "$1" "$result" "$took" ;;
    esac
}

fault kill9.sh 3
fault power_cut.sh 1
fault disk_full.sh
fault failed_sync.sh
fault backup.sh

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
