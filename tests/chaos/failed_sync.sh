#!/usr/bin/env bash
# A sync of the disk fails with EIO during a sale. Of the journal, the records or the keys: what is on the disk cannot be
# trusted any more, so the server ends at once with exit code 70 and acknowledges nothing further; started again, it has
# everything that it acknowledged. Of the projections: the sale goes on, their rows stop with an alarm.
# A start mends all of them, and whoever had no answer gets one by their key.
#
#   tests/chaos/failed_sync.sh
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/chaos/shim.sh
. "$chaos_folder/shim.sh"

readonly exit_journal_io=70
people=0
names=0

figures() { jq -c '{accepted, repeated, refusals, failed}' "$work/crowd.json"; }

sale() { # sale RATE SECONDS
    crowd_start $((people + 1)) "$1" "$2"
    people=$((people + $1 * $2))
}

has_ended() { ! kill -0 "$server_pid" 2>/dev/null; }

ends_with_journal_io() {
    local result=0
    wait_until 5 "the end of a server whose sync failed" has_ended
    wait "$server_pid" || result=$?
    server_pid=""
    [ "$result" -eq "$exit_journal_io" ] || fail "exit code $result, not $exit_journal_io"
}

journal_fails() {
    local begin took
    sale 1000 2
    sleep 0.7
    begin=$(now_ms)
    rule sync "$data/journal/" 1 eio
    ends_with_journal_io
    took=$(($(now_ms) - begin))
    no_rule
    start_server
    crowd_wait
    audit
    say "journal: ended with code $exit_journal_io, $took ms after syncs began to fail; $(figures)"
}

register() { # register NAME: prints the status
    curl -s -m 5 -o "$work/person.json" -w '%{http_code}' -X POST -H 'Content-Type: application/json' \
        -d "{\"username\":\"$1\",\"password\":\"secret123\",\"nickname\":\"N\"}" "$url/api/v1/people" || true
}

login() { # login NAME: prints the status
    curl -s -m 5 -o "$work/person.json" -w '%{http_code}' -X POST -H 'Content-Type: application/json' \
        -d "{\"username\":\"$1\",\"password\":\"secret123\"}" "$url/api/v1/logins" || true
}

sells() {
    sale 500 1
    crowd_wait
    [ "$(crowd_served)" -eq 500 ] || fail "$1: the sale stops: $(figures)"
}

# Records and keys: who was told "made" is there after the next start, and nobody is told so when it could not be written.
people_file_fails() { # people_file_fails FILE
    local status
    names=$((names + 1))
    status=$(register "before$names")
    [ "$status" = 201 ] || fail "$1: a registration: $status"
    sale 500 2
    rule sync "$data/$1" 1 eio
    status=$(register "during$names")
    case $status in
        000 | 5??) ;;
        201) fail "$1: a person was made though the sync failed" ;;
        *) fail "$1: a registration that cannot be written: $status $(cat "$work/person.json")" ;;
    esac
    ends_with_journal_io
    no_rule
    start_server
    crowd_wait
    [ "$(crowd_served)" -eq 1000 ] || fail "$1: not everybody was served: $(figures)"
    status=$(login "before$names")
    [ "$status" = 201 ] || [ "$status" = 200 ] || fail "$1: who registered before cannot log in: $status"
    status=$(register "after$names")
    [ "$status" = 201 ] || fail "$1: a registration after the start: $status"
    audit
    say "$1: ended with code $exit_journal_io, everybody who ordered was served in the end, a start mended it"
}

projections_fail() {
    rule sync "$data/projections.sqlite" 1 eio
    sells projections
    wait_until 10 "the projector's alarm" metric_is onsale_projector_stopped 1
    sells projections
    kill_server
    no_rule
    start_server
    [ "$(metric onsale_projector_stopped)" = 0 ] || fail "the projector stands still after a start"
    wait_until 20 "the projections" has_caught_up
    audit
    say "projections: stopped with an alarm, the sale went on, a start mended them"
}

has_caught_up() {
    "$onsale" audit --data "$data" --json >"$work/audit.json" || fail "the books: $(head -c 1000 "$work/audit.json")"
    jq -e 'all(.shards[]; .projected == .sequence)' "$work/audit.json" >/dev/null
}

chaos_begin
shim_begin
write_campaign 10000 1000
start_server
load_campaign
journal_fails
people_file_fails records.sqlite
people_file_fails keys/people.sqlite
projections_fail
stop_server
audit
check_integrity
say "failed_sync: journal, records and keys ended with code $exit_journal_io; projections stopped alone; nothing acknowledged was lost"
