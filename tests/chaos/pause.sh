#!/usr/bin/env bash
# Stops the server for 30 seconds in the middle of a sale (SIGSTOP) and lets it go on (SIGCONT): everybody gets an answer,
# nothing is lost or sold twice, no hold has ended too early, and no alarm is left.
#
#   tests/chaos/pause.sh [SECONDS]   default 30
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pause_s=${1:-30}
rate=2000
seconds=3

chaos_begin
write_campaign $((2 * rate * seconds)) 1000
start_server
load_campaign
read -r status state id < <(order 900001 "$campaign_paid" ",\"lines\":[{\"tier\":$tier_paid,\"quantity\":1}]")
[ "$status $state" = "201 reserved" ] || fail "an order: $status $state"

crowd_start 1 "$rate" "$seconds"
sleep 1
kill -STOP "$server_pid"
sleep "$pause_s"
begin=$(now_ms)
kill -CONT "$server_pid"
wait_until 10 "an answer after the pause" is_ready
awake=$(($(now_ms) - begin))
crowd_wait
figures=$(jq -c '{accepted, repeated, refusals, failed, sent_again}' "$work/crowd.json")
[ "$(crowd_served)" -eq $((rate * seconds)) ] || fail "not everybody was served: $figures"
wait_until 5 "the end of the clock's alarm" metric_is onsale_shard_clock_alarm 0
read -r status state < <(cancel 900001 "$id")
[ "$status $state" = "200 cancelled" ] || fail "the hold did not outlive the pause: $status $state"
audit
crowd_start $((1 + rate * seconds)) "$rate" 1
crowd_wait
[ "$(crowd_served)" -eq "$rate" ] || fail "it does not sell as before"
stop_server
audit
say "pause: $pause_s s, an answer $awake ms later; $figures"
