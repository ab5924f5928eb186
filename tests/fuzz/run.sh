#!/usr/bin/env bash
# Fuzzes every target for a while, from its corpus.
#
#   tests/fuzz/run.sh [TARGET …]      default: all
#
#   FUZZ_SECONDS=60     of each target
#   FUZZ_BUILD=build/fuzz
#
# What is new goes to $FUZZ_BUILD/found/<target> and stays out of the tree; an input that breaks a promise is kept in
# $FUZZ_BUILD/crashes, and the exit code is 1. The last line counts the targets.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit

seconds=${FUZZ_SECONDS:-60}
build=${FUZZ_BUILD:-build/fuzz}
corpus=tests/fuzz/corpus
if [ $# -eq 0 ]; then
    targets=()
    for folder in "$corpus"/*/; do targets+=("$(basename "$folder")"); done
else
    targets=("$@")
fi

passed=0
failed=0
for target in "${targets[@]}"; do
    mkdir -p "$build/found/$target" "$build/crashes"
    printf '== %s, %s s\n' "$target" "$seconds"
    # Inputs of the size of a small request or file: longer ones find nothing more and are slow.
    if timeout $((seconds + 60)) "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -verbosity=0 -artifact_prefix="$build/crashes/$target-" "$build/found/$target" "$corpus/$target"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s; its input is in %s/crashes\n' "$target" "$build"
    fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
