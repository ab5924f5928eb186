#!/usr/bin/env bash
# Runs every test: unit, link, tidy, mutant and black-box tests (ctest), the pages and their tests in a browser, simulated sales, a
# short round of faults.
#
#   scripts/test.sh
#
# Each step is printed with its time, and what is skipped with its reason. The last line counts tests: those of ctest and of
# scripts that end with such a line themselves one by one, every other step as one. Fails if anything fails.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
root=$PWD

jobs=${ONSALE_JOBS:-2}
build=build/release
logs=$build/test-logs
export ONSALE_BUILD=$root/$build
mkdir -p "$logs"

passed=0
failed=0
skipped=0
summary=()

seconds_since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", b - a }'; }

# count LOG RESULT: adds a step's tests to the totals. ctest's own words and "N passed, N failed" are understood.
count() {
    local log=$1 result=$2 good bad
    read -r good bad < <(sed -nE \
        -e 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+).*/ctest \1 \2/p' \
        -e 's/^([0-9]+) passed, ([0-9]+) failed$/own \1 \2/p' "$log" | tail -n 1 |
        awk '$1 == "ctest" { print $3 - $2, $2 } $1 == "own" { print $2, $3 }')
    if [ -z "${good:-}" ]; then
        good=$((result == 0)) bad=$((result != 0))
    elif [ "$result" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1 # it failed outside of its tests
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
}

# step NAME COMMAND …: runs it, shows its output and keeps it in a log.
step() {
    local name=$1 log result start=$EPOCHREALTIME time
    shift
    log=$logs/${name// /-}.log
    printf '\n== %s\n' "$name"
    "$@" </dev/null 2>&1 | tee "$log"
    result=${PIPESTATUS[0]}
    time=$(seconds_since "$start")
    count "$log" "$result"
    if [ "$result" -eq 0 ]; then
        summary+=("$(printf 'ok       %-14s %10s' "$name" "$time")")
    else
        summary+=("$(printf 'FAILED   %-14s %10s  (exit code %d, %s)' "$name" "$time" "$result" "$log")")
    fi
    return "$result"
}

skip() { # skip NAME REASON
    skipped=$((skipped + 1))
    printf '\n== %s\nskipped: %s\n' "$1" "$2"
    summary+=("$(printf 'skipped  %-14s             %s' "$1" "$2")")
}

# What the failed steps say of it once more, since much was printed after it.
show_failures() {
    local line log
    for line in "${summary[@]}"; do
        [[ $line == FAILED* ]] || continue
        log=${line##*, }
        log=${log%)}
        printf '\n== of %s\n' "$log"
        grep -E '✘|^ +[0-9]+\) |Error:|error:|FAILED|^FAIL|Failed|not ok' "$log" | cut -c1-160 | tail -n 8
    done
}

finish() {
    [ "$failed" -eq 0 ] || show_failures
    printf '\n== summary\n'
    printf '%s\n' "${summary[@]}"
    [ "$skipped" -eq 0 ] || printf '%d steps skipped\n' "$skipped"
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
    exit
}

# program NAME: where the build put it; fails if the build has no such program.
program() {
    local found
    found=$(find "$build/src" -type f -name "$1" -perm -u+x -print -quit 2>/dev/null)
    [ -n "$found" ] && printf '%s\n' "$root/$found"
}

step packages scripts/install-deps.sh test || finish
step configure cmake --preset release || finish
step build cmake --build --preset release -j "$jobs" || finish

if step pages scripts/pages.sh; then
    step "page rules" npm --prefix web --silent test
    step "page weight" npm --prefix web --silent run size
fi

step ctest ctest --test-dir "$build" --label-exclude '^long$' --parallel "$jobs" --output-on-failure --no-tests=error

if ONSALE_BIN=$(program onsale); then
    export ONSALE_BIN
fi

if simulator=$(program onsale-sim); then
    step simulation "$simulator" --seeds "${ONSALE_SIM_SEEDS:-1500}" --jobs "$jobs"
else
    skip simulation "the build made no onsale-sim"
fi

if [ -n "${ONSALE_BIN:-}" ]; then
    step browser tests/browser/run.sh
else
    skip browser "the build made no onsale"
fi

if [ ! -x tests/chaos/smoke.sh ]; then
    skip chaos "there is no tests/chaos/smoke.sh"
elif [ -z "$ONSALE_BIN" ]; then
    skip chaos "the build made no onsale"
else
    step chaos tests/chaos/smoke.sh
fi

finish
