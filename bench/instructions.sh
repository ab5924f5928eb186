#!/usr/bin/env bash
# Instructions that an accepted order costs, from the router to the projections, counted by callgrind on one thread: the same every
# time, also on a busy machine. Prints them by module.
#
#   bench/instructions.sh [--check|--accept] [PROGRAM]
#
# --check fails when they are more than 5 % above bench/instructions.txt; --accept writes that file. PROGRAM: onsale-instructions of
# a release build. Needs valgrind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
orders=20000
known=bench/instructions.txt
mode=show
case "${1:-}" in --check | --accept) mode=${1#--} && shift ;; esac
program=${1:-$(find "${ONSALE_BUILD:-build/release}/src" -type f -name onsale-instructions -print -quit 2>/dev/null)}
[ -x "$program" ] || { echo "there is no program onsale-instructions; build it, or name it"; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/onsale-instructions.XXXXXX")
trap 'rm -rf "$work"' EXIT

timeout 280 valgrind --tool=callgrind --toggle-collect='*::Work::counted_orders()' --callgrind-out-file="$work/callgrind.out" \
    "$program" "$orders" >"$work/program.out" 2>"$work/valgrind.out" ||
    { cat "$work/program.out" "$work/valgrind.out"; exit 1; }
callgrind_annotate --threshold=100 --auto=no "$work/callgrind.out" >"$work/functions.txt"

# A line: "1,234 ( 0.10%)  FILE:FUNCTION [OBJECT]". What stands in no file of ours is counted by its library; std and boost, which are
# compiled into us, by their headers. The simulated machine is no part of the program.
awk -v orders="$orders" '
    $1 ~ /^[0-9,]+$/ && /:/ && !/PROGRAM TOTALS/ {
        count = $1; gsub(",", "", count)
        if (match($0, /src\/sim\//)) next
        if (match($0, /src\/(core|runtime|engine|services|edge|app)\/[a-z_]+/)) module = substr($0, RSTART + 4, RLENGTH - 4)
        else if ($0 ~ /\.pb\.(cc|h):/) module = "core/wire (generated)"
        else if ($0 ~ /include\/c\+\+|bits\/|ext\//) module = "std, in line"
        else if ($0 ~ /include\/boost|boost\//) module = "boost, in line"
        else if (match($0, /lib[A-Za-z_+-]+[-.0-9]*\.so/)) { module = substr($0, RSTART, RLENGTH - 3); sub(/[-.0-9]+$/, "", module) }
        else module = "other"
        sum[module] += count; all += count
    }
    END {
        for (module in sum) if (sum[module] / orders >= 1) printf "%-28s %9.0f\n", module, sum[module] / orders
        printf "%-28s %9.0f\n", "all", all / orders
    }' "$work/functions.txt" | sort -k1,1 >"$work/modules.txt"
grep -v '^all ' "$work/modules.txt" | sort -t '|' -k1.30,1.40nr
grep '^all ' "$work/modules.txt"

now=$(awk '$1 == "all" { print $2 }' "$work/modules.txt")
[ "${now:-0}" -gt 0 ] || { echo "nothing was counted"; exit 1; }
case $mode in
accept)
    cp "$work/modules.txt" "$known"
    echo "accepted: $known"
    ;;
check)
    before=$(awk '$1 == "all" { print $2 }' "$known")
    echo "known: $before an order"
    if [ $((now * 100)) -gt $((before * 105)) ]; then
        echo "FAILED: more than 5 % above. What has grown:"
        awk '{ module = substr($0, 1, 28) } NR == FNR { was[module] = $NF; next }
            $NF - was[module] > 20 { print $0, "was", was[module] + 0 }' "$known" "$work/modules.txt"
        echo "If it has to be so: bench/instructions.sh --accept, and commit $known with the reason."
        exit 1
    fi
    ;;
esac
