#!/usr/bin/env bash
# An import, measured: a server of its own on this machine, codes as a list and sessions as rows, brought by `onsale import`.
# Prints the time of the check, of the import, and of importing the same again; then a list with one faulty line near its end,
# which must be named and change nothing.
#
#   bench/import.sh [CODES] [SESSIONS]      (1000000 10000)
#
# Needs a release build of onsale and onsale-crowd.
set -euo pipefail
codes=${1:-1000000}
sessions=${2:-10000}
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../tests/chaos/lib.sh"

chaos_begin
mkdir "$work/import"
seq -f 'BENCH-%09.0f' 1 "$codes" >"$work/import/codes.csv"
{
    printf 'show,session,starts_at,ends_at,pool,count,tier,tier_name_zh,tier_name_en,price,'
    printf 'campaign,campaign_name_zh,campaign_name_en,opens_at,closes_at\n'
    seq 1 "$sessions" | awk -v times=2098-12-31T20:00:00Z,2098-12-31T23:00:00Z '{
        printf "10,%d,%s,1,500,%d,普通票,Standard,80.00,", 100000 + $1, times, 200000 + $1
        printf "%d,开票,Sale,2020-01-01T00:00:00Z,2098-12-31T20:00:00Z\n", 300000 + $1 }'
} >"$work/import/sessions.csv"
cat >"$work/import/campaign.toml" <<TOML
sessions_file = "sessions.csv"
[[organisers]]
id = 1
name = { zh = "星河文化", en = "Galaxy Culture" }
[[shows]]
id = 10
organiser = 1
name = { zh = "测量", en = "Measured" }
[[sessions]]
show = 10
id = 100
starts_at = 2098-12-31T20:00:00Z
ends_at = 2098-12-31T23:00:00Z
[[sessions.pools]]
id = 1
codes = { list = 5001, file = "codes.csv" }
[[sessions.tiers]]
id = 21
name = { zh = "券", en = "Voucher" }
pool = 1
[[sessions.campaigns]]
id = 1001
name = { zh = "抢券", en = "Rush" }
opens_at = 2020-01-01T00:00:00Z
closes_at = 2098-12-31T20:00:00Z
tiers = [21]
TOML

timed() { # timed WHAT ARGUMENTS …: one run of the verb
    local what=$1 begun
    shift
    begun=$(now_ms)
    "$onsale" import "$work/import/campaign.toml" --data "$data" --server "$url" "$@" >"$work/import.out" 2>"$work/import.err" ||
        { cat "$work/import.out" "$work/import.err"; fail "$what"; }
    say "$what: $(($(now_ms) - begun)) ms, $(<"$work/import.out")"
}

start_server
timed "check" --dry-run
timed "import"
timed "again"
begun=$(now_ms)
kill_server
start_server
say "start after kill -9: $(($(now_ms) - begun)) ms"

faulty=$((codes - 1))
sed -i -e 's/^BENCH/OTHER/' -e "${faulty}s/.*/not a\tcode/" "$work/import/codes.csv"
sed -i -e 's/list = 5001/list = 5002/' -e 's/^id = 100$/id = 101/' -e 's/^id = 21$/id = 22/' -e 's/^id = 1001$/id = 1002/' \
    -e 's/tiers = \[21\]/tiers = [22]/' "$work/import/campaign.toml"
if "$onsale" import "$work/import/campaign.toml" --data "$data" --server "$url" >"$work/import.out" 2>"$work/import.err"; then
    fail "a faulty line was taken"
fi
grep -q "^codes.csv:$faulty:1: not a code" "$work/import.err" || { cat "$work/import.err"; fail "the faulty line is not named"; }
say "faulty line: $(grep '^codes.csv' "$work/import.err")"
stop_server
"$onsale" audit --data "$data"
