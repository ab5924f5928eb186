#!/usr/bin/env bash
# A backup in the middle of a sale at 2,000 orders a second, and a site that is restored from it: its books are
# clean, every order acknowledged before the backup began is there, and it sells on.
#
#   tests/chaos/backup.sh
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

rate=2000
before_s=2
during_s=6
after_s=2

chaos_begin
write_campaign $((rate * (before_s + during_s + after_s) + 1000)) 1000
start_server
load_campaign

crowd_start 1 "$rate" "$before_s"
crowd_wait
cp "$work/answers.csv" "$work/before.csv"

crowd_start $((1 + rate * before_s)) "$rate" "$during_s"
sleep 2
begin=$(now_ms)
"$onsale" backup "$work/backup" --keys "$work/keys" --data "$data" >"$work/backup.out" 2>&1 ||
    { cat "$work/backup.out"; fail "the backup"; }
took=$(($(now_ms) - begin))
kill -0 "$crowd_pid" 2>/dev/null || fail "the sale was over before the backup was"
crowd_wait
say "backed up in $took ms while the sale went on; $(jq -c '{accepted, refusals, failed}' "$work/crowd.json")"
[ "$(jq '.failed // 0' "$work/crowd.json")" = 0 ] || fail "buyers noticed the backup"
audit
stop_server

grep -rq keys "$work/backup/manifest.json" && fail "the manifest names keys"
[ ! -e "$work/backup/keys" ] || fail "the backup holds keys"

"$onsale" restore "$work/backup" --data "$work/keyless" >"$work/restore.out" 2>&1 ||
    { cat "$work/restore.out"; fail "the restore without keys"; }
if timeout 20 "$onsale" serve --data "$work/keyless" --port 0 >"$work/keyless.out" 2>&1; then
    fail "a restored site started without its keys"
fi
grep -q 'master.key' "$work/keyless.out" || { cat "$work/keyless.out"; fail "the missing keys are not named"; }

"$onsale" restore "$work/backup" --keys "$work/keys" --data "$work/restored" >"$work/restore.out" 2>&1 ||
    { cat "$work/restore.out"; fail "the restore"; }
"$onsale" restore "$work/backup" --data "$work/restored" >/dev/null 2>&1 &&
    fail "a restore into a folder with something in it was not refused"
data=$work/restored
cp "$work/before.csv" "$work/answers.csv"
audit
start_server
crowd_start $((1 + rate * (before_s + during_s))) "$rate" "$after_s"
crowd_wait
say "sold on after the restore: $(jq -c '{accepted, refusals, failed}' "$work/crowd.json")"
[ "$(jq '.accepted' "$work/crowd.json")" -gt 0 ] || fail "the restored site does not sell"
audit
stop_server
audit
check_integrity
say "backup: restored with every order acknowledged before it"
