#!/usr/bin/env bash
# Operation records that somebody has changed or removed on the disk: `onsale audit` ends with code 2 and names the record;
# untouched ones are clean, also by the mark that was kept of them.
#
#   tests/chaos/tampered.sh
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

readonly breaches_found=2
ways=(byte result person time sealed middle newest all begin chain)

clerk_has_done() { [ "$(wc -l <"$work/clerk.jsonl")" -ge 15 ]; }

# The audit of a copy that was changed.
check_way() { # check_way HOW
    local number result=0
    rm -rf "$work/copy"
    cp -r "$data" "$work/copy"
    number=$(python3 -B "$chaos_folder/tamper.py" "$work/copy/records.sqlite" "$1")
    "$onsale" audit --data "$work/copy" --operations "$mark" --json >"$work/tampered.json" 2>&1 || result=$?
    [ "$result" -eq "$breaches_found" ] || fail "$1: the audit ended with code $result"
    jq -e --arg number "$number" 'any(.breaches[]; .clause == "D5" and (.text | test("\\b" + $number + "\\b")))' \
        "$work/tampered.json" >/dev/null ||
        fail "$1: nothing names record $number: $(jq -c .breaches "$work/tampered.json" | head -c 500)"
    say "$1: $(jq -r '[.breaches[] | select(.clause == "D5")][0].text' "$work/tampered.json")"
}

chaos_begin
printf '[journal]\nreserve_mib = 1\n' >"$work/onsale.toml"
server_options=(--config "$work/onsale.toml")
write_campaign 10 1000
start_server
load_campaign
clerk_start 0 1
wait_until 20 "some operations" clerk_has_done
clerk_end
stop_server
"$onsale" audit --data "$data" --json >"$work/audit.json" || fail "the audit of untouched records: $(head -c 500 "$work/audit.json")"
records=$(jq '[.clauses[] | select(.clause == "D5") | .checked][0] // 0' "$work/audit.json")
mark=$(jq -r '.operations.mark' "$work/audit.json")
"$onsale" audit --data "$data" --operations "$mark" >"$work/audit.txt" || fail "the kept mark $mark: $(tail -c 500 "$work/audit.txt")"
[ "$records" -gt 5 ] || fail "the audit looked at $records operation records"
for way in "${ways[@]}"; do
    check_way "$way"
done
say "tampered: ${#ways[@]} of ${#ways[@]} changes named by the audit, $records records clean before"
