#!/usr/bin/env bash
# Every sync of the journal takes 500 ms longer during a sale: batches grow, buyers wait or hear at once that there is too
# much to do, cancellations get through, no queue passes its bound, and nothing fails. When the disk is fast again, so is
# the sale.
#
#   tests/chaos/slow_disk.sh
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/chaos/shim.sh
. "$chaos_folder/shim.sh"

readonly seller=900001
readonly queue_max=100000
readonly slow_ms=500
rate=2000
seconds=4
crowd_connections=1024

batch_mean() { # batch_mean SUM COUNT: of the commits since then
    local sum count
    sum=$(metric onsale_shard_batch_commands_sum)
    count=$(metric onsale_shard_batch_commands_count)
    awk -v a="$sum" -v b="$count" -v c="$1" -v d="$2" 'BEGIN { print (b > d) ? int((a - c) / (b - d)) : 0 }'
}

# One phase of the sale; sets `mean`, commands in a commit, and `queue`, the most that waited.
sale() { # sale FIRST_PERSON NAME
    local sum count now
    sum=$(metric onsale_shard_batch_commands_sum)
    count=$(metric onsale_shard_batch_commands_count)
    queue=0
    crowd_start "$1" "$rate" "$seconds"
    while kill -0 "$crowd_pid" 2>/dev/null; do
        now=$(metric onsale_shard_queue_commands)
        queue=$((${now:-0} > queue ? ${now:-0} : queue))
        [ "$queue" -le "$queue_max" ] || fail "$queue commands wait"
        if [ "$2" = slow ]; then cancel_one; fi
        sleep 0.2
    done
    crowd_wait
    mean=$(batch_mean "$sum" "$count")
    say "$2: $(jq -c '{accepted, refusals, failed, unanswered, p50_ms: (.latency_us.p50 / 1000 | floor),
        p99_ms: (.latency_us.p99 / 1000 | floor)}' "$work/crowd.json"), $mean commands a commit, at most $queue waiting"
    [ "$(jq '.failed + .unanswered' "$work/crowd.json")" -eq 0 ] || fail "orders failed"
    [ "$(jq '[.accepted, .repeated, .refusals[]?] | add' "$work/crowd.json")" -eq $((rate * seconds)) ] || fail "an order has no answer"
}

# What ends an order gets in while orders have to wait.
cancel_one() {
    [ "$cancelled" -lt "${#reserved[@]}" ] || return 0
    read -r status state < <(cancel $((seller + cancelled)) "${reserved[$cancelled]}")
    [ "$status $state" = "200 cancelled" ] || fail "a cancellation on a slow disk: $status $state"
    cancelled=$((cancelled + 1))
}

chaos_begin
shim_begin
write_campaign $((3 * rate * seconds)) 1000
start_server
load_campaign
reserved=()
cancelled=0
for ((i = 0; i < 5; ++i)); do
    read -r status state id < <(order $((seller + i)) "$campaign_paid" ",\"lines\":[{\"tier\":$tier_paid,\"quantity\":1}]")
    [ "$status $state" = "201 reserved" ] || fail "an order: $status $state"
    reserved+=("$id")
done

sale 1 fast
fast=$mean
rule sync "$data/journal/" 1 slow "$slow_ms"
sale $((1 + rate * seconds)) slow
slow=$mean
no_rule
sale $((1 + 2 * rate * seconds)) fast
[ "$slow" -gt "$fast" ] || fail "batches did not grow: $fast commands, then $slow"
[ "$cancelled" -gt 0 ] || fail "nothing was cancelled while the disk was slow"
[ "$(crowd_served)" -eq $((rate * seconds)) ] || fail "the sale is not what it was before"
audit
stop_server
audit
say "slow_disk: $fast commands a commit, $slow with syncs of $slow_ms ms; $cancelled cancellations meanwhile; all answered"
