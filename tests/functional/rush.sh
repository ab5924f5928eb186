#!/usr/bin/env bash
# The rush: 10,000 codes, 100,000 people, 1,000 connections. Exactly 10,000 different codes go out, one to a
# person, and everybody else is told that they are sold out. Then one person grabs on 100 connections at once
# and gets one code. Then the books are audited against what was answered.
#
#   tests/functional/rush.sh [ONSALE ONSALE_CROWD]
ONSALE_BIN=${1:-${ONSALE_BIN:-}}
ONSALE_CROWD=${2:-${ONSALE_CROWD:-}}
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../chaos/lib.sh"

codes=10000
people=100000
chunk=10000
connections=1000
same_connections=100

expect() { # expect WHAT EXPECTED GOT
    [ "$2" = "$3" ] || fail "$1: expected $2, got $3"
}

chaos_begin
write_campaign "$codes" 1000
cat >>"$work/campaign.toml" <<TOML
[[pool]]
id = 3
count = 1000
[[tier]]
id = 23
name = { zh = "赠票", en = "Gift" }
pool = 3
[[campaign]]
id = 1003
name = { zh = "一人一张", en = "One each" }
opens_at = 2020-01-01T00:00:00+08:00
closes_at = 2098-12-31T20:00:00+08:00
one_per_person = true
tickets_per_order = 1
tiers = [23]
TOML
start_server
load_campaign

staff=$("$crowd" token --data "$data" --audience staff --subject 1)
first=0
for ((i = 0; i < people; i += chunk)); do
    seq -f 'person%07.0f' $((i + 1)) $((i + chunk)) >"$work/people.txt"
    curl -s -f -m 20 -H "Authorization: Bearer $staff" -H 'Content-Type: text/plain' --data-binary "@$work/people.txt" \
        "$url/api/v1/people/import" >"$work/import.json" || fail "the import of people: $(cat "$work/import.json")"
    expect "people imported" "$chunk" "$(jq .imported "$work/import.json")"
    if [ "$i" -eq 0 ]; then first=$(jq .first_person "$work/import.json"); fi
    expect "the last person's id" $((first + i + chunk - 1)) "$(jq .last_person "$work/import.json")"
done
say "$people people, from $first on"

"$crowd" rush --url "$url" --data "$data" --campaign "$campaign_free" --people "$first:$people" --connections "$connections" --distinct \
    --duration 60 --server-pid "$server_pid" --record "$work/answers.csv" --json "$work/rush.json" || fail "the rush"
expect "accepted" "$codes" "$(jq .accepted "$work/rush.json")"
expect "repeated" 0 "$(jq .repeated "$work/rush.json")"
expect "failed" 0 "$(jq .failed "$work/rush.json")"
expect "told sold_out" $((people - codes)) "$(jq '.refusals.sold_out // 0' "$work/rush.json")"
expect "other refusals" 1 "$(jq '.refusals | length' "$work/rush.json")"
expect "different codes" "$codes" "$(awk -F, '$6 == 201 { print $8 }' "$work/answers.csv" | sort -u | wc -l)"
expect "persons with a code" "$codes" "$(awk -F, '$6 == 201 { print $4 }' "$work/answers.csv" | sort -u | wc -l)"
expect "codes that were never loaded" 0 \
    "$(awk -F, '$6 == 201 { print $8 }' "$work/answers.csv" | sort -u | comm -23 - <(sort "$work/codes.csv") | wc -l)"

"$crowd" same-person --url "$url" --data "$data" --campaign 1003 --people "$first:1" --connections "$same_connections" \
    --record "$work/same.csv" --json "$work/same.json" || fail "the same person on $same_connections connections"
expect "orders of the same person" 1 "$(jq .accepted "$work/same.json")"
expect "repeated answers" $((same_connections - 1)) "$(jq .repeated "$work/same.json")"
tail -n +2 "$work/same.csv" >>"$work/answers.csv"

# Who has a code gets it again, whatever the key.
buyer=$(awk -F, '$6 == 201 { print $4; exit }' "$work/answers.csv")
"$crowd" same-person --url "$url" --data "$data" --campaign "$campaign_free" --people "$buyer:1" --connections "$same_connections" \
    --record "$work/again.csv" --json "$work/again.json" || fail "a buyer who tries again"
expect "answers to a buyer who tries again" "$same_connections" "$(jq .repeated "$work/again.json")"
tail -n +2 "$work/again.csv" >>"$work/answers.csv"

audit
stop_server
audit
say "rush: passed"
