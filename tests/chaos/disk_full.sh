#!/usr/bin/env bash
# Fills the server's disk during a sale: new orders are refused with 503 storage_full and nothing else,
# cancellations go on from the reserve, and when there is space again the sale goes on by itself.
#
#   tests/chaos/disk_full.sh        needs root and loop devices, else it is skipped (exit code 77)
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

seller=900001 # persons of the paid campaign: seller + 0, 1, 2, …
orders=20
left_kib=2048
limit_s=20

chaos_begin
small_disk 64
printf '[journal]\nreserve_mib = 8\n' >"$work/onsale.toml"
server_options=(--config "$work/onsale.toml")
write_campaign 20000 1000
start_server
load_campaign

reserved=()
for ((i = 0; i < orders; ++i)); do
    read -r status state id < <(order $((seller + i)) "$campaign_paid" ",\"lines\":[{\"tier\":$tier_paid,\"quantity\":1}]")
    [ "$status $state" = "201 reserved" ] || fail "an order on an empty disk: $status $state"
    reserved+=("$id")
done

crowd_start 1 500 12
# All but the last megabytes: those the sale fills itself, so that the reserve which the server then lets go of stays its own.
free_kib=$(df --output=avail -k "$work/disk" | tail -n 1)
[ "$free_kib" -gt "$left_kib" ] || fail "only $free_kib KiB are free before the disk is filled"
head -c $(((free_kib - left_kib) * 1024)) /dev/zero >"$work/disk/ballast"

probe=$((seller + orders))
is_full() {
    probe=$((probe + 1))
    read -r status code _ < <(order "$probe" "$campaign_paid" ",\"lines\":[{\"tier\":$tier_paid,\"quantity\":1}]")
    [ "$status" != 503 ] || [ "$code" = storage_full ] || [ "$code" = busy ] || fail "a full disk is told as $code"
    [ "$status $code" = "503 storage_full" ]
}
wait_until "$limit_s" "the first 503 storage_full" is_full
wait_until 5 "the metric of a full disk" metric_is onsale_shard_storage_full 1
say "full: new orders get 503 storage_full, onsale_shard_storage_full is 1"

for ((i = 0; i < orders; ++i)); do
    read -r status state < <(cancel $((seller + i)) "${reserved[$i]}")
    [ "$status $state" = "200 cancelled" ] || fail "a cancellation on a full disk: $status $state"
done
say "full: $orders cancellations went on"

rm "$work/disk/ballast"
sells_again() {
    probe=$((probe + 1))
    read -r status _ < <(order "$probe" "$campaign_paid" ",\"lines\":[{\"tier\":$tier_paid,\"quantity\":1}]")
    [ "$status" = 201 ]
}
begin=$(now_ms)
wait_until "$limit_s" "the sale after space was made" sells_again
wait_until 5 "the metric of a disk with space" metric_is onsale_shard_storage_full 0
say "space again: selling after $(($(now_ms) - begin)) ms"
crowd_wait
refused=$(jq '.refusals.storage_full // 0' "$work/crowd.json")
failed=$(jq '.failed' "$work/crowd.json")
[ "$refused" -gt 0 ] || fail "the crowd was never told storage_full"
[ "$failed" -eq 0 ] || fail "$failed orders failed instead of being refused"
# The followers had no space either, and have to catch up by themselves.
has_caught_up() {
    "$onsale" audit --data "$data" --json >"$work/audit.json" || fail "the books after a full disk: $(head -c 2000 "$work/audit.json")"
    jq -e 'all(.shards[]; .projected == .sequence)' "$work/audit.json" >/dev/null
}
wait_until "$limit_s" "the projections after space was made" has_caught_up
say "disk_full: $(jq -c '{accepted, refusals, failed}' "$work/crowd.json")"
stop_server
audit
check_integrity
