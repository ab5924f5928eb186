#!/usr/bin/env bash
# Damages files of a stopped site, one at a time: flipped bits, pages of zeros, cut tails, N seeded places over the journal,
# its WAL, the high-water file, snapshots, records, keys and projections, of a site that was killed and of one that stopped
# cleanly. What may come of it:
#   refused    the server does not start, names what is damaged and says what to do
#   harmless   it starts, everything acknowledged is there, the books are clean, and it sells
#   audited    the same, but in rows that follow from the journal, in a snapshot that was passed over, or in records:
#              `onsale audit` names the place, and rows are made again by `onsale rebuild`
# At last a site is restored from its backup, and sells.
#
#   tests/chaos/damage.sh [N]       default 60; CHAOS_SEED repeats the places
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cases=${1:-60}
seed=${CHAOS_SEED:-$RANDOM}
rate=2000
RANDOM=$seed
probe=900000
covered=""
refused=0
harmless=0
audited=0
failures=0
outcome=""

# What is damaged: of the killed site first, then of the stopped one.
targets=(
    killed:journal/journal.sqlite-wal killed:journal/high-water killed:journal/snapshots
    killed:records.sqlite-wal killed:keys/people.sqlite-wal killed:projections.sqlite-wal
    stopped:journal/journal.sqlite stopped:records.sqlite stopped:keys/people.sqlite
    stopped:projections.sqlite stopped:journal/snapshots stopped:keys/master.key
)

# make_site: a sale with a clerk beside it; the folder as it is after a kill, and again after a clean stop.
make_site() {
    write_campaign $((3 * rate)) 1000
    start_server
    load_campaign
    clerk_start 0 "$seed"
    crowd_start 1 "$rate" 2
    crowd_wait
    clerk_end
    wait_until 20 "the high-water file" high_water_covers
    sleep 2.5 # the marks of records and keys stand at most a second behind the last change
    kill_server
    cp -r "$data" "$work/killed"
    cp "$work/clerk.jsonl" "$work/killed.jsonl"
    start_server
    clerk_check 0 --all
    cp "$work/clerk.jsonl" "$work/stopped.jsonl"
    "$onsale" backup "$work/backup" --keys "$work/keys" --data "$data" >"$work/backup.out" 2>&1 || fail "the backup"
    stop_server
    cp -r "$data" "$work/stopped"
}

# What was acknowledged in the last second before a kill may not stand there yet.
high_water_covers() {
    if [ -z "$covered" ]; then covered=$("$onsale" audit --data "$data" --json | jq -c '[.shards[].sequence]'); fi
    [ "$(jq -R '[splits(" ")] | select(.[0] != "crc") | .[1] | tonumber' "$data/journal/high-water" |
        jq -sc --argjson wanted "$covered" '[., $wanted] | transpose | all(.[0] >= .[1])')" = true ]
}

file_of() { # file_of PATH: of a folder its newest file
    if [ -d "$1" ]; then find "$1" -type f | sort -V | tail -n 1; else printf '%s\n' "$1"; fi
}

# Starts the damaged site: 0 when it is ready, 1 when it has ended by itself.
starts() {
    local limit_ms
    limit_ms=$(($(now_ms) + ready_limit_s * 1000))
    : >"$work/server.log"
    launch_server
    while kill -0 "$server_pid" 2>/dev/null; do
        [ "$(now_ms)" -lt "$limit_ms" ] || fail "the server neither refuses nor starts"
        if [ "$(curl -s -m 1 -o "$work/ready" -w '%{http_code}' "$url/readyz")" = 200 ]; then return 0; fi
        sleep 0.03
    done
    return 1
}

refusal() { grep -h '^onsale: ' "$work/server.log" | tail -n 1; }

# A refusal names what is damaged and says what to do.
check_refusal() {
    local result=0
    wait "$server_pid" || result=$?
    server_pid=""
    [ "$result" -eq 1 ] || { wrong "ended with code $result: $(tail -n 2 "$work/server.log")"; return; }
    refusal | grep -qE 'journal|high-water|snapshot|records|people|projections|master\.key' ||
        { wrong "the refusal names no file: $(refusal)"; return; }
    refusal | grep -qE 'backup|onsale rebuild|copy of the' ||
        { wrong "the refusal names no remedy: $(refusal)"; return; }
    outcome="refused: $(refusal | cut -c 9-190)"
    refused=$((refused + 1))
    if refusal | grep -q 'run onsale rebuild$'; then check_remedy; fi
}

# What is refused with this remedy must be whole after it.
check_remedy() {
    "$onsale" rebuild --data "$data" >"$work/rebuild.out" 2>&1 || { wrong "the rebuild: $(tail -n 1 "$work/rebuild.out")"; return; }
    audit_now || wrong "after the rebuild: $(breaches)"
}

audit_now() { "$onsale" audit --data "$data" --json --acknowledged "$work/answers.csv" >"$work/audit.json" 2>"$work/audit.err"; }

breaches() { if [ -s "$work/audit.json" ]; then jq -c '.breaches[:3]' "$work/audit.json"; else tail -n 1 "$work/audit.err"; fi; }

# A site that starts has everything that was acknowledged, and sells.
check_site() { # check_site FILE
    local result=0
    if ! clerk check 0 --all; then
        wrong "unnoticed: $(head -c 300 "$work/clerk.check")"
        return
    fi
    read -r status state _ < <(order $((probe += 1)) "$campaign_paid" ",\"lines\":[{\"tier\":$tier_paid,\"quantity\":1}]")
    [ "$status $state" = "201 reserved" ] || { wrong "an order: $status $state"; return; }
    kill -TERM "$server_pid"
    wait "$server_pid" || result=$?
    server_pid=""
    [ "$result" -eq 0 ] || { wrong "the server stopped with code $result"; return; }
    if audit_now; then
        outcome="harmless or mended"
        harmless=$((harmless + 1))
    else
        check_audited "$1"
    fi
}

# The audit names the place of what a start does without: a row or a snapshot that can be made again, or a row of records.
check_audited() { # check_audited FILE
    local told
    told=$(breaches)
    case $1 in
        projections*) check_remedy ;;
        records* | journal/snapshots) ;;
        *) wrong "audit: $told" && return ;;
    esac
    case $outcome in WRONG*) return ;; esac
    outcome="audited: ${told:0:160}"
    audited=$((audited + 1))
}

wrong() {
    outcome="WRONG: $*"
    failures=$((failures + 1))
}

damage_one() { # damage_one NUMBER TARGET
    local file how
    rm -rf "$data"
    cp -r "$work/${2%%:*}" "$data"
    cp "$work/${2%%:*}.jsonl" "$work/clerk.jsonl"
    outcome=""
    file=$(file_of "$data/${2#*:}")
    [ -s "$file" ] || { say "$2: not there"; return; }
    how=$(python3 "$chaos_folder/damage.py" "$file" "$seed/$1")
    if starts; then
        check_site "${2#*:}"
    else
        check_refusal
    fi
    if [ -n "$server_pid" ]; then kill_server; fi
    say "$2: $how: $outcome"
}

restore_and_sell() {
    data=$work/restored
    "$onsale" restore "$work/backup" --keys "$work/keys" --data "$data" >"$work/restore.out" 2>&1 ||
        { cat "$work/restore.out"; fail "the restore"; }
    cp "$work/stopped.jsonl" "$work/clerk.jsonl"
    start_server
    clerk_check 0 --all
    crowd_start $((1 + 2 * rate)) "$rate" 1
    crowd_wait
    audit
    stop_server
}

chaos_begin
say "seed $seed"
printf '[journal]\nreserve_mib = 1\nsnapshot_facts = 500\n' >"$work/onsale.toml"
server_options=(--config "$work/onsale.toml")
make_site
first_target=$((cases < ${#targets[@]} ? RANDOM : 0)) # a short run begins anywhere
for ((i = 0; i < cases; ++i)); do
    damage_one "$i" "${targets[$(((i + first_target) % ${#targets[@]}))]}"
done
[ "$failures" -eq 0 ] || fail "$failures of $cases damages did not end as they may (seed $seed)"
restore_and_sell
say "damage: $cases places, $refused refused with place and remedy, $harmless harmless or mended," \
    "$audited named by the audit, 0 unnoticed; restored from the backup"
