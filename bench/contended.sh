#!/usr/bin/env bash
# One ticket, 100,000 rivals at 20,000 orders a second, as they are due and not as the server likes: one of them gets it, everybody
# else hears so, and 99 of 100 within 10 ms. The exit code is the verdict.
#
#   bench/contended.sh [OPTIONS]      more of `onsale bench rush`, such as --loops 1
set -euo pipefail
onsale=${ONSALE_BIN:-$(find "${ONSALE_BUILD:-$(dirname "$0")/../build/release}/src" -type f -name onsale -perm -u+x -print -quit)}
work=$(mktemp -d "${TMPDIR:-/tmp}/onsale-contended.XXXXXX")
trap 'rm -rf "$work"' EXIT

timeout 120 "$onsale" bench rush --stock 1 --rate 20000 --duration 5 --warm-up 0 --out "$work" "$@"
jq -r '.runs[0] | "winners \(.accepted), sold_out \(.refusals.sold_out // 0) of \(.due - 1)",
    "p99 of refusals \(.refused_latency_us.p99) us"' "$work/rush.json"
jq -e '.runs[0] | .accepted == 1 and .refusals == {"sold_out": (.due - 1)} and .refused_latency_us.p99 < 10000' "$work/rush.json" \
    >/dev/null || { echo "FAILED: one winner, everybody else sold_out, p99 under 10 ms"; exit 1; }
