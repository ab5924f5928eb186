#!/usr/bin/env bash
# The wall clock of the server's machine is set an hour ahead, an hour back, and runs too fast, while monotonic time goes on:
# the time of the shards follows slowly or not at all, so no hold ends early and none at once; the sale goes on; who is logged
# in comes back in by their refresh token; the alarm tells the operator, and goes when the clock is right again. Started
# again with a clock an hour back, the shards' time goes on from their last batch.
#
#   tests/chaos/clock.sh
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/chaos/shim.sh
. "$chaos_folder/shim.sh"

readonly hour_ms=3600000
readonly holds=10
rate=1000
seconds=2
people=0
reserved=()

# request METHOD PATH TOKEN BODY: prints the status; the answer is in $work/answer.json.
request() {
    curl -s -m 5 -o "$work/answer.json" -w '%{http_code}' -X "$1" ${3:+-H "Authorization: Bearer $3"} \
        -H 'Content-Type: application/json' ${4:+-d "$4"} "$url$2" || true
}

remember_login() {
    token=$(jq -r .token "$work/answer.json")
    refresh=$(jq -r .refresh_token "$work/answer.json")
}

refresh_login() {
    status=$(request POST /api/v1/logins/refresh "" "{\"refresh_token\":\"$refresh\"}")
    [ "$status" = 201 ] || [ "$status" = 200 ] || fail "$1: the login does not come back: $status $(cat "$work/answer.json")"
    remember_login
}

reserve() { # reserve WHEN: one more hold of the person
    status=$(request POST /api/v1/orders "$token" "{\"campaign\":$campaign_paid,\"lines\":[{\"tier\":$tier_paid,\"quantity\":1}]}")
    [ "$status" = 201 ] || fail "$1: an order: $status $(cat "$work/answer.json")"
    reserved+=("$(jq -r .order.id "$work/answer.json")")
}

# No hold has ended: each is as it was when it was made, a few minutes ago at most.
holds_are_there() { # holds_are_there WHEN
    local id state
    for id in "${reserved[@]}"; do
        status=$(request GET "/api/v1/orders/$id" "$token")
        state=$(jq -r '.order.state // .state' "$work/answer.json")
        [ "$status $state" = "200 reserved" ] || fail "$1: hold $id is $status $state"
    done
}

# The crowd's tokens are made by the server's time, as they would be.
sale() { # sale WHEN
    LD_PRELOAD=$server_preload crowd_start $((people + 1)) "$rate" "$seconds"
    people=$((people + rate * seconds))
    if [ -n "${2:-}" ]; then sleep 0.7; clock_ahead "$2"; fi
    crowd_wait
    [ "$(crowd_served)" -eq $((rate * seconds)) ] ||
        fail "$1: $(jq -c '{accepted, refusals, failed}' "$work/crowd.json")"
}

look() { # look WHEN ALARM
    wait_until 5 "$1: the alarm $2" metric_is onsale_shard_clock_alarm "$2"
    refresh_login "$1"
    reserve "$1"
    holds_are_there "$1"
    say "$1: alarm $2, ${#reserved[@]} holds stand, the login came back"
}

chaos_begin
shim_begin
write_campaign 20000 1000
clock_ahead 0
start_server
load_campaign
status=$(request POST /api/v1/people "" '{"username":"timekeeper","password":"secret123","nickname":"T"}')
[ "$status" = 201 ] || fail "the person: $status"
remember_login
for ((i = 0; i < holds; ++i)); do reserve "at first"; done
look "the right time" 0

clock_ahead "$hour_ms"
look "an hour ahead" 1
sale "an hour ahead"
clock_ahead 0
look "right again" 0
sale "an hour back, in mid-sale" "-$hour_ms"
look "an hour back" 1
sale "an hour back"
clock_ahead 0
look "right again" 0
for ((ahead = 0; ahead <= 1500; ahead += 50)); do
    clock_ahead "$ahead"
    metric_is onsale_shard_clock_alarm 0 || fail "a clock that is $ahead ms ahead is an alarm"
done
look "1.5 s too fast" 0

stop_server
audit
clock_ahead "-$hour_ms"
start_server
look "started an hour back" 1
sale "started an hour back"
stop_server
audit
jq -e '[.clauses[] | select(.clause == "D7") | .breaches] == [0]' "$work/audit.json" >/dev/null || fail "the audit did not look at time"
say "clock: ${#reserved[@]} holds, 0 ended early; $people orders of the crowd, none refused; alarm told and gone again"
