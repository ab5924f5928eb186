#!/usr/bin/env bash
# A sync of the disk fails with EIO during a sale: what is on the disk cannot be trusted any more, so the server
# ends at once with exit code 70 and acknowledges nothing further. Started again, it has everything that it
# acknowledged.
#
#   tests/chaos/failed_sync.sh
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

readonly exit_journal_io=70

chaos_begin
cc -shared -fPIC -O1 -o "$work/sync_shim.so" "$chaos_folder/sync_shim.c" -ldl || skip "there is no C compiler for the shim"
export CHAOS_SYNC_FOLDER=$data CHAOS_SYNC_TRIGGER=$work/trigger
write_campaign 10000 1000
server_preload=$work/sync_shim.so
start_server
load_campaign
crowd_start 1 1000 4
sleep 0.7
begin=$(now_ms)
touch "$work/trigger"

has_ended() { ! kill -0 "$server_pid" 2>/dev/null; }
wait_until 5 "the end of a server whose sync failed" has_ended
took=$(($(now_ms) - begin))
result=0
wait "$server_pid" || result=$?
server_pid=""
[ "$result" -eq "$exit_journal_io" ] || fail "exit code $result, not $exit_journal_io"
say "ended with code $result, $took ms after syncs began to fail"

rm "$work/trigger"
server_preload=""
start_server
crowd_wait
say "failed_sync: $(jq -c '{accepted, repeated, refusals, failed, sent_again}' "$work/crowd.json")"
audit
stop_server
