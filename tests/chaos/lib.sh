# shellcheck shell=bash
# Common steps of the fault tests: start and end a server, load a campaign, send a crowd, audit. Sourced, never run.
#
# Settings (environment): ONSALE_BIN, the program `onsale`; ONSALE_CROWD, `onsale-crowd` (both are looked for in ONSALE_BUILD
# when not given, by default build/release). Every step has a limit in time; only processes started here are ended, by their ids.
set -euo pipefail

chaos_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${ONSALE_BUILD:-$chaos_folder/../../build/release}

find_program() { find "$build/src" -type f -name "$1" -perm -u+x -print -quit 2>/dev/null; }
onsale=${ONSALE_BIN:-$(find_program onsale)}
crowd=${ONSALE_CROWD:-$(find_program onsale-crowd)}

readonly skip_code=77
readonly ready_limit_s=20
readonly campaign_free=1001 # one code per person
readonly campaign_paid=1002 # orders stay reserved until they are cancelled or expire
readonly tier_paid=22
readonly registered_max=1000000 # the crowd's people have higher numbers than those whom a clerk registers and disables

work=""
data=""
port=0
url=""
key_folder="" # where the crowd finds the site's key, when not in the data folder
server_pid=""
crowd_pid=""
clerk_pid=""
mounted=""
server_preload="" # a library for LD_PRELOAD
crowd_connections=64
server_options=() # more options of `onsale serve`

say() { printf '%s\n' "$*"; }

fail() {
    say "FAILED: $*"
    if [ -n "$work" ] && [ -s "$work/server.log" ]; then
        say "the end of the server's log:"
        tail -n 15 "$work/server.log"
    fi
    exit 1
}

skip() {
    say "skipped: $*"
    exit "$skip_code"
}

# Ends a process of ours at once and reaps it. Prints nothing.
end_process() { # end_process PID SIGNAL
    [ -n "$1" ] || return 0
    kill "-$2" "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

cleanup() {
    local result=$?
    trap - EXIT
    end_process "$crowd_pid" KILL
    end_process "$clerk_pid" KILL
    end_process "$server_pid" KILL
    if [ -n "$mounted" ]; then umount "$mounted" 2>/dev/null || true; fi
    if [ "$result" -ne 0 ] && [ "$result" -ne "$skip_code" ] && [ -n "${CHAOS_KEEP:-}" ]; then
        say "kept: $work"
    elif [ -n "$work" ]; then
        rm -rf "$work"
    fi
    exit "$result"
}

# Makes the folder of this run. Everything in it goes when the script ends (CHAOS_KEEP=1 keeps it after a failure).
chaos_begin() {
    [ -x "$onsale" ] || fail "there is no program onsale; set ONSALE_BIN or ONSALE_BUILD"
    [ -x "$crowd" ] || fail "there is no program onsale-crowd; set ONSALE_CROWD or ONSALE_BUILD"
    work=$(mktemp -d "${TMPDIR:-/tmp}/onsale-chaos.XXXXXX")
    data=$work/data
    trap cleanup EXIT
}

now_ms() { local t=${EPOCHREALTIME/[.,]/}; echo $((t / 1000)); }

# wait_until SECONDS WHAT COMMAND …: polls every 50 ms.
wait_until() {
    local limit_ms what
    limit_ms=$(($(now_ms) + $1 * 1000))
    what=$2
    shift 2
    until "$@"; do
        [ "$(now_ms)" -lt "$limit_ms" ] || fail "$what: not within its time"
        sleep 0.05
    done
}

is_ready() {
    kill -0 "$server_pid" 2>/dev/null || fail "the server ended while it started"
    [ "$(curl -s -m 2 -o "$work/ready" -w '%{http_code}' "$url/readyz")" = 200 ]
}

says_port() {
    kill -0 "$server_pid" 2>/dev/null || fail "the server ended while it started"
    port=$(sed -nE 's|.*listening on http://127\.0\.0\.1:([0-9]+).*|\1|p' "$work/server.out" | head -n 1)
    [ -n "$port" ]
}

launch_server() {
    : >"$work/server.out"
    LD_PRELOAD=$server_preload "$onsale" serve --data "$data" --port "$port" "${server_options[@]}" \
        >"$work/server.out" 2>>"$work/server.log" &
    server_pid=$!
}

# Starts the server on the port of the run (the first time on any free one) and waits until it is ready.
start_server() {
    launch_server
    wait_until "$ready_limit_s" "the server's port" says_port
    url=http://127.0.0.1:$port
    wait_until "$ready_limit_s" "the server's readiness" is_ready
}

kill_server() {
    end_process "$server_pid" KILL
    server_pid=""
}

stop_server() {
    local result=0
    kill -TERM "$server_pid"
    wait "$server_pid" || result=$?
    server_pid=""
    [ "$result" -eq 0 ] || fail "the server stopped with code $result"
}

# A campaign of codes without a price, one per person, and one of tickets with a price.
write_campaign() { # write_campaign CODES TICKETS
    seq -f 'CHAOS-%09.0f' 1 "$1" >"$work/codes.csv"
    cat >"$work/campaign.toml" <<TOML
[organiser]
id = 1
name = { zh = "混沌", en = "Chaos" }
[show]
id = 10
name = { zh = "测试", en = "Trial" }
[session]
id = 100
starts_at = 2098-12-31T20:00:00+08:00
ends_at = 2098-12-31T23:00:00+08:00
[[pool]]
id = 1
codes = { list = 5001, file = "codes.csv" }
[[pool]]
id = 2
count = $2
[[tier]]
id = 21
name = { zh = "券", en = "Voucher" }
pool = 1
[[tier]]
id = $tier_paid
name = { zh = "票", en = "Ticket" }
pool = 2
price = "10.00"
[[campaign]]
id = $campaign_free
name = { zh = "抢券", en = "Rush" }
opens_at = 2020-01-01T00:00:00+08:00
closes_at = 2098-12-31T20:00:00+08:00
one_per_person = true
tickets_per_order = 1
tiers = [21]
[[campaign]]
id = $campaign_paid
name = { zh = "售票", en = "Sale" }
opens_at = 2020-01-01T00:00:00+08:00
closes_at = 2098-12-31T20:00:00+08:00
hold_minutes = 15
tiers = [$tier_paid]
TOML
}

load_campaign() {
    "$onsale" import "$work/campaign.toml" --data "$data" --server "$url" >"$work/load.out" 2>&1 ||
        { cat "$work/load.out"; fail "the campaign could not be loaded"; }
}

# Orders at a fixed rate in the background; its answers are added to the record when it has ended.
crowd_start() { # crowd_start FIRST_PERSON RATE SECONDS
    local first=$1 rate=$2 seconds=$3
    "$crowd" rate --url "$url" --data "${key_folder:-$data}" --campaign "$campaign_free" \
        --people "$((registered_max + first)):$((rate * seconds))" --rate "$rate" --duration "$seconds" --patience 40 \
        --connections "$crowd_connections" \
        --record "$work/answers.part" --json "$work/crowd.json" --distinct \
        >"$work/crowd.out" 2>&1 &
    crowd_pid=$!
}

crowd_wait() {
    local result=0
    wait "$crowd_pid" || result=$?
    crowd_pid=""
    if [ ! -s "$work/answers.csv" ]; then head -n 1 "$work/answers.part" >"$work/answers.csv"; fi
    [ "$result" -eq 0 ] || { cat "$work/crowd.out"; fail "the crowd ended with code $result"; }
    python3 -B "$chaos_folder/settle.py" "$work/answers.part" "$url" "$crowd" "${key_folder:-$data}" || fail "orders without an answer"
    tail -n +2 "$work/answers.part" >>"$work/answers.csv"
}

# Everybody of the crowd who has an answer that a busy server may give: their order, or that they should come again.
crowd_served() { jq '.accepted + .repeated + (.refusals.busy // 0)' "$work/crowd.json"; }

# clerk VERB ROUND …: what it knows is kept outside of the data folder. The one that runs in the background is the process itself.
clerk() {
    local verb=$1 round=$2 as='command'
    shift 2
    if [ "$verb" = run ]; then as='exec'; fi
    "$as" python3 -B "$chaos_folder/clerk.py" "$verb" "$work/clerk.jsonl" --url "$url" --round "$round" \
        --staff "$("$onsale" token --staff --data "$data")" "$@" >"$work/clerk.$verb" 2>&1
}

clerk_has_begun() {
    kill -0 "$clerk_pid" 2>/dev/null || { cat "$work/clerk.run"; fail "the clerk ended before the server"; }
    grep -qs "\"round\": $1," "$work/clerk.jsonl"
}

# Changes records and stock in the background until the server dies; returns after the first effect.
clerk_start() { # clerk_start ROUND SEED
    clerk run "$1" --seed "$2" &
    clerk_pid=$!
    wait_until 20 "the clerk's first effect" clerk_has_begun "$1"
}

# After the server's end and before its next start, so that one clerk never sees two of them.
clerk_wait() {
    local result=0
    wait "$clerk_pid" || result=$?
    clerk_pid=""
    [ "$result" -eq 0 ] || { cat "$work/clerk.run"; fail "the clerk ended with code $result"; }
}

# Stops the clerk where it is: what it was waiting for is unknown to it.
clerk_end() {
    kill -TERM "$clerk_pid"
    clerk_wait
}

# Everything that was acknowledged to the clerk in this round, or with --all in any, is there.
clerk_check() { # clerk_check ROUND [--all]
    clerk check "$@" || { cat "$work/clerk.check"; fail "what was acknowledged to the clerk is not as it was"; }
    cat "$work/clerk.check"
}

# The projections follow from the journal alone: made again, they have the same rows. The server must have stopped.
check_rebuild() {
    python3 "$chaos_folder/rows.py" "$data/projections.sqlite" >"$work/rows.before" || fail "the rows before the rebuild"
    "$onsale" rebuild --data "$data" >"$work/rebuild.out" 2>&1 || { cat "$work/rebuild.out"; fail "the rebuild"; }
    python3 "$chaos_folder/rows.py" "$data/projections.sqlite" >"$work/rows.after" || fail "the rows after the rebuild"
    diff "$work/rows.before" "$work/rows.after" || fail "the projections are not what the journal makes of them"
    say "rebuild: the same $(awk '{ rows += $2 } END { print rows }' "$work/rows.after") rows in $(wc -l <"$work/rows.after") tables"
}

# The end of a data folder after its rounds.
close_site() { # close_site LAST_ROUND
    clerk_check "$1" --all
    stop_server
    audit
    check_rebuild
}

# The books and the outside record agree.
audit() {
    local result=0
    "$onsale" audit --data "$data" --json --acknowledged "$work/answers.csv" >"$work/audit.json" || result=$?
    if [ "$result" -ne 0 ]; then
        head -c 4000 "$work/audit.json"
        fail "the audit ended with code $result"
    fi
    say "audit: clean, $(jq -c '{batches, orders, tickets}' "$work/audit.json"), $(($(wc -l <"$work/answers.csv") - 1)) answers outside"
}

check_integrity() {
    python3 "$chaos_folder/integrity.py" "$data"/*.sqlite "$data"/journal/*.sqlite || fail "SQLite's own check of the files"
}

# metric NAME: the sum over its labels; nothing when the server does not answer.
metric() {
    curl -s -m 2 "$url/metrics" | awk -v name="$1" '
        { plain = $1; sub(/\{.*/, "", plain) }
        plain == name { sum += $2; there = 1 }
        END { if (there) print sum }'
}

metric_is() { [ "$(metric "$1")" = "$2" ]; }

token() { "$crowd" token --data "$data" --audience person --subject "$1" --lifetime 900; }

# order PERSON CAMPAIGN LINES_JSON: places one; prints status, code or state, and the order's id.
order() {
    local status
    status=$(curl -s -m 5 -o "$work/order.json" -w '%{http_code}' -X POST -H "Authorization: Bearer $(token "$1")" \
        -H 'Content-Type: application/json' -d "{\"campaign\":$2$3}" "$url/api/v1/orders") || true
    printf '%s %s\n' "$status" "$(jq -r '[.code // .order.state, .order.id // 0] | join(" ")' "$work/order.json" 2>/dev/null)"
}

cancel() { # cancel PERSON ORDER: prints status and state
    local status
    status=$(curl -s -m 5 -o "$work/cancel.json" -w '%{http_code}' -X POST -H "Authorization: Bearer $(token "$1")" \
        "$url/api/v1/orders/$2/cancel") || true
    printf '%s %s\n' "$status" "$(jq -r '.code // .order.state' "$work/cancel.json" 2>/dev/null)"
}

# small_disk MEGABYTES: an ext4 file system on a loop device, mounted at $work/disk, with the data folder on it.
small_disk() {
    [ "$(id -u)" -eq 0 ] || skip "mounting needs root"
    fallocate -l "$1M" "$work/disk.img" || fail "no $1 MiB for a disk"
    mkfs.ext4 -q -F "$work/disk.img" || skip "mkfs.ext4 does not work here"
    mkdir -p "$work/disk"
    mount_disk || skip "mount -o loop: $(cat "$work/mount.err")"
    data=$work/disk/data
}

mount_disk() {
    mount -o loop "$work/disk.img" "$work/disk" 2>"$work/mount.err" || return 1
    mounted=$work/disk
}

# The crowd must find its key while the disk is gone.
keep_keys_outside() {
    rm -rf "$work/outside"
    mkdir "$work/outside"
    cp -r "$data/keys" "$work/outside/keys"
    key_folder=$work/outside
}

# The disk keeps what it has at this instant, and the server is dead.
cut_power() {
    local cut=0
    python3 "$chaos_folder/cut_power.py" "$mounted" "$server_pid" || cut=$?
    [ "$cut" -ne 1 ] || skip "this kernel does not take EXT4_IOC_SHUTDOWN"
    [ "$cut" -eq 0 ] || fail "the power could not be cut"
    kill_server
}

mount_again() {
    unmount_disk
    mount_disk || fail "mount: $(cat "$work/mount.err")"
}

# A file system that can still be unmounted has no dirty page left in it: only then is the cut real.
unmount_disk() {
    umount "$mounted" || fail "umount: something still uses the disk, so the cut would not be real"
    mounted=""
}
