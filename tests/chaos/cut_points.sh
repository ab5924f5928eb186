#!/usr/bin/env bash
# Cuts the power exactly where a file is changed beside the journal's own commits: in a snapshot, in a checkpoint of each
# SQLite file, in the high-water file, in the reserve; before the step, in the middle of its bytes, and just after it.
# Afterwards the old file or the new one is used, never half of one: no snapshot with its name is damaged, the newest
# equals the fold of the journal, SQLite finds its files whole, and everything acknowledged is stored.
#
#   tests/chaos/cut_points.sh [N]   N of the steps, chosen by CHAOS_SEED; default all
#                                   needs root and loop devices, else it is skipped (exit code 77)
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/chaos/shim.sh
. "$chaos_folder/shim.sh"

seed=${CHAOS_SEED:-$RANDOM}
rate=2000
hit_limit_s=30
sales_max=8 # until a WAL has grown to its checkpoint
people=0    # who have ordered
names=0

# When the step comes: in a sale, in one that goes on until it comes, at a clean stop, or at a start with a reserve of another size.
steps=(
    "sale write snapshots/ 1 half"
    "sale write snapshots/ 2 stop"
    "sale sync .snapshot.new$ 1 stop"
    "sale sync .snapshot.new$ 2 after"
    "sale rename .snapshot$ 1 stop"
    "sale rename .snapshot$ 1 after"
    "sale sync snapshots$ 1 stop"
    "sale sync snapshots$ 1 after"
    "sale write high-water 1 half"
    "sale sync high-water 1 stop"
    "sale rename high-water$ 1 stop"
    "sale rename high-water$ 1 after"
    "sale write journal.sqlite-wal$ 40 half"
    "sale sync journal.sqlite-wal$ 10 stop"
    "sale sync journal.sqlite-wal$ 10 after"
    "sales write journal.sqlite$ 3 half"
    "sales sync journal.sqlite$ 1 stop"
    "sales write projections.sqlite$ 3 half"
    "sale write records.sqlite-wal$ 3 half"
    "sale write projections.sqlite-wal$ 20 half"
    "stop write journal.sqlite$ 2 half"
    "stop sync journal.sqlite$ 1 stop"
    "stop sync journal.sqlite$ 1 after"
    "stop write records.sqlite$ 2 half"
    "stop write people.sqlite$ 1 half"
    "stop write projections.sqlite$ 2 half"
    "start rename reserve$ 1 stop"
    "start rename reserve$ 1 after"
)

write_settings() { # write_settings RESERVE_MIB
    printf '[journal]\nreserve_mib = %d\nsnapshot_facts = 500\n' "$1" >"$work/onsale.toml"
}

passed_over() { grep -c 'is damaged and was passed over' "$work/server.log" || true; }

until_hit() { # until_hit SECONDS
    local limit_ms
    limit_ms=$(($(now_ms) + $1 * 1000))
    until has_hit; do
        [ "$(now_ms)" -lt "$limit_ms" ] || return 1
        sleep 0.02
    done
}

sell() { # sell SECONDS
    crowd_start $((people + 1)) "$rate" "$1"
    people=$((people + rate * $1))
}

# Sells until a WAL is so long that it is brought into its file.
sell_until_hit() {
    local sales
    for ((sales = 0; sales < sales_max; ++sales)); do
        sell 2
        while kill -0 "$crowd_pid" 2>/dev/null; do
            if has_hit; then return 0; fi
            sleep 0.02
        done
        crowd_wait
    done
    return 1
}

# So that a clean stop has something to bring into the file of the keys.
register_somebody() {
    names=$((names + 1))
    curl -sf -m 5 -o "$work/person.json" -X POST -H 'Content-Type: application/json' \
        -d "{\"username\":\"somebody$names\",\"password\":\"secret123\",\"nickname\":\"N\"}" "$url/api/v1/people" ||
        fail "a person could not register"
}

# Returns when the server stands at the step.
reach() { # reach WHEN RULE …
    local when=$1
    shift
    case $when in
        sale)
            rule "$@"
            sell 2
            ;;
        sales)
            rule "$@"
            sell_until_hit
            return
            ;;
        stop)
            sell 1
            crowd_wait
            register_somebody
            rule "$@"
            kill -TERM "$server_pid"
            ;;
        start)
            sell 1
            crowd_wait
            stop_server
            write_settings $((reserve_mib += 1))
            rule "$@"
            launch_server
            ;;
    esac
    until_hit "$hit_limit_s"
}

cut_at() { # cut_at STEP_NUMBER STEP
    local begin took when rest
    read -r when rest <<<"$2"
    keep_keys_outside
    clerk_start "$1" "$seed"
    # The clerk would take a clean stop for a fault of its own; it has left what it did before that.
    case $when in stop | start) clerk_end ;; esac
    # shellcheck disable=SC2086  # the rule's words
    reach "$when" $rest || fail "the step never came: $2"
    cut_power
    if [ -n "$clerk_pid" ]; then clerk_wait; fi
    mount_again
    no_rule
    begin=$(now_ms)
    start_server
    took=$(($(now_ms) - begin))
    if [ -n "$crowd_pid" ]; then crowd_wait; fi
    check_integrity
    clerk_check "$1"
    audit
    [ "$(passed_over)" -eq 0 ] || fail "a snapshot that had its name was damaged after: $2"
    say "cut at: $2; ready after $took ms"
}

chaos_begin
shim_begin
say "seed $seed"
if [ -n "${1:-}" ]; then mapfile -t steps < <(printf '%s\n' "${steps[@]}" | shuf -n "$1" --random-source=<(yes "$seed")); fi
small_disk 512
reserve_mib=16
write_settings "$reserve_mib"
server_options=(--config "$work/onsale.toml")
write_campaign $(((2 * ${#steps[@]} + 2 * sales_max * $(printf '%s\n' "${steps[@]}" | grep -c '^sales' || true)) * rate)) 1000
start_server
load_campaign
for ((i = 0; i < ${#steps[@]}; ++i)); do
    cut_at "$i" "${steps[$i]}"
done
snapshots=$(find "$data/journal/snapshots" -name '*.snapshot' | wc -l)
[ "$snapshots" -gt 0 ] || [ -n "${1:-}" ] || fail "there was never a snapshot"
close_site $((${#steps[@]} - 1))
say "cut_points: ${#steps[@]} steps, nothing lost, $snapshots snapshots at the end, none of them half"
