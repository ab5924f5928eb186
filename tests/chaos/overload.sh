#!/usr/bin/env bash
# Ten times more than can be done (fault rows 47 and 49): the server is held to about 5,000 orders a second by a CPU quota and
# offered 50,000; then it is stopped for a moment while impatient buyers ask again at once.
#
#   tests/chaos/overload.sh [SECONDS] [SCOPE…]      (120 process box-office)
#
# SCOPE says what the quota holds: the whole process, or only its box office (the threads that decide, commit and follow), as when
# orders cost more than requests. Asserted: goodput at least 90 % of the peak under the same quota, bounded memory, orders as before
# within 10 s; with the box office held, refusals within 10 ms in the median (threads that the quota stops may hold a lock that the
# event loop wants, so the last percents wait for the next period); and clean books. Needs cgroup v1 (cpu), writable.
set -euo pipefail
seconds=${1:-120}
shift || true
scopes=("$@")
[ ${#scopes[@]} -gt 0 ] || scopes=(process box-office)
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

readonly wanted_per_s=5000
readonly offered_per_s=50000
readonly quota_min_us=1000 # the kernel's least
readonly codes=1500000
readonly rss_growth_max_mb=1500 # more than a million sold codes and their orders, and what waits
group=""
period_us=0
peak=0
next_person=1

drop_group() {
    [ -n "$group" ] || return 0
    local thread
    while read -r thread; do echo "$thread" >/sys/fs/cgroup/cpu/tasks || true; done 2>/dev/null <"$group/tasks" || true
    rmdir "$group" 2>/dev/null || true
}
trap 'drop_group; cleanup' EXIT

hold() { # hold SCOPE: puts the server's threads under the quota
    local task name
    group=/sys/fs/cgroup/cpu/onsale-overload-$$
    mkdir -p "$group" 2>/dev/null || skip "no cgroup of our own under /sys/fs/cgroup/cpu"
    # As short as the kernel's least quota allows, so that the quota is a slow machine and not one that stands still.
    period_us=10000
    if [ "$1" = box-office ]; then period_us=30000; fi
    echo "$period_us" >"$group/cpu.cfs_period_us" || skip "no CPU quota here"
    for task in /proc/"$server_pid"/task/*; do
        name=$(cat "$task/comm")
        case $1:$name in
            process:* | box-office:shard | box-office:commit | box-office:projector) echo "${task##*/}" >"$group/tasks" ;;
        esac
    done
}

quota() { echo "$1" >"$group/cpu.cfs_quota_us"; }

# crowd_run NAME MODE OPTION …: people who have not bought yet; the figures are in $work/NAME.json.
crowd_run() {
    local name=$1 mode=$2 count=$3
    shift 3
    "$crowd" "$mode" --url "$url" --data "$data" --campaign "$campaign_free" --people "$next_person:$count" \
        --json "$work/$name.json" "$@" >"$work/$name.out" 2>&1 || { cat "$work/$name.out"; fail "the crowd of $name"; }
    next_person=$((next_person + count))
}

accepted_per_s() { jq '.accepted * 1000000 / .elapsed_us | floor' "$work/$1.json"; }
figure() { jq "$2" "$work/$1.json"; }
rss_mb() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$server_pid/status"; }

# Finds the quota under which the server accepts about as many as wanted, and that peak.
find_peak() {
    local share=$quota_min_us try rate
    for try in 1 2 3; do
        quota "$share"
        crowd_run peak rush 30000 --connections 256 --duration 4
        rate=$(accepted_per_s peak)
        [ "$rate" -gt 0 ] || fail "nothing was accepted under a quota of $share of $period_us us"
        [ "$try" -eq 3 ] || share=$((share * wanted_per_s / rate))
        if [ "$share" -lt "$quota_min_us" ]; then share=$quota_min_us; fi
    done
    peak=$rate
    say "held to $peak orders/s by $share of $period_us us"
}

# The memory of the server while the crowd is there.
watch_memory() {
    local most=0 now
    while kill -0 "$server_pid" 2>/dev/null; do
        now=$(rss_mb 2>/dev/null || echo 0)
        if [ "${now:-0}" -gt "$most" ]; then
            most=$now
            echo "$most" >"$work/rss"
        fi
        sleep 0.5
    done
}

overload() { # overload SCOPE
    local before watcher good p99 returned connections=4000
    # More than one commit takes, so that orders wait to be decided.
    if [ "$1" = box-office ]; then connections=16000; fi
    before=$(rss_mb)
    watch_memory &
    watcher=$!
    # The first seconds fill every connection with orders that wait: what comes then is late already when it is refused.
    crowd_run flood rate "$((offered_per_s * (seconds + 3)))" --rate "$offered_per_s" --warm-up 3 --duration "$seconds" \
        --give-up 1 --patience 20 --connections "$connections"
    crowd_run after rate "$((wanted_per_s * 5))" --rate "$((wanted_per_s / 2))" --duration 10 --patience 10 --connections 256
    end_process "$watcher" TERM
    good=$(accepted_per_s flood)
    p99=$(figure flood .refused_latency_us.p99)
    returned=$(figure after '.refused + .failed')
    say "$1: offered $offered_per_s/s for $seconds s: accepted $good/s ($((good * 100 / peak)) % of the peak)," \
        "refused $(figure flood .refused), failed $(figure flood .failed), never sent $(figure flood .never_sent)"
    say "$1: accepted p50 $(figure flood .accepted_latency_us.p50) us, p99 $(figure flood .accepted_latency_us.p99) us;" \
        "refused p50 $(figure flood .refused_latency_us.p50) us, p99 $p99 us; memory $before to $(cat "$work/rss") MB"
    say "$1: the ten seconds after it at $((wanted_per_s / 2))/s: accepted $(figure after .accepted), not $returned," \
        "p99 $(figure after .latency_us.p99) us"
    [ "$((good * 100))" -ge "$((peak * 90))" ] || fail "goodput is below 90 % of the peak"
    [ "$(figure flood .failed)" -eq 0 ] || fail "orders failed"
    [ "$(($(cat "$work/rss") - before))" -le "$rss_growth_max_mb" ] || fail "memory grew too much"
    [ "$returned" -le "$(($(figure after .accepted) / 10))" ] || fail "ten seconds after it orders are still turned away"
    if [ "$1" = box-office ]; then
        [ "$(figure flood .refused)" -gt 0 ] || fail "nothing was refused, so nothing was shed"
        [ "$(figure flood .refused_latency_us.p50)" -le 10000 ] || fail "refusals took longer than 10 ms"
    fi
}

# Four in five of what can be done, a stop of three seconds, and nobody who waits patiently.
storm() {
    local rate=$((peak * 4 / 5))
    "$crowd" rate --url "$url" --data "$data" --campaign "$campaign_free" --people "$next_person:$((rate * 20))" --rate "$rate" \
        --duration 20 --patience 20 --connections 1000 --impatient 3 --json "$work/storm.json" >"$work/storm.out" 2>&1 &
    crowd_pid=$!
    next_person=$((next_person + rate * 20))
    sleep 4
    kill -STOP "$server_pid"
    sleep 3
    kill -CONT "$server_pid"
    wait "$crowd_pid" || { cat "$work/storm.out"; fail "the crowd of the storm"; }
    crowd_pid=""
    say "storm at $rate/s after 3 s of silence: accepted $(figure storm .accepted), refused $(figure storm .refused)," \
        "sent again $(figure storm .sent_again)"
    crowd_run calm rate "$((rate * 5))" --rate "$rate" --duration 5 --patience 10 --connections 256
    say "after it: accepted $(figure calm .accepted) of $((rate * 5)), p99 $(figure calm .latency_us.p99) us"
    [ "$(figure calm .accepted)" -ge "$((rate * 5 * 99 / 100))" ] || fail "the storm did not die out"
}

chaos_begin
write_campaign "$codes" 1
for scope in "${scopes[@]}"; do
    data=$work/data-$scope
    port=0
    start_server
    load_campaign
    hold "$scope"
    find_peak
    overload "$scope"
    storm
    drop_group
    stop_server
    "$onsale" audit --data "$data" >"$work/audit.out" 2>&1 || { cat "$work/audit.out"; fail "the audit"; }
    say "$scope: audit clean"
    rm -rf "$data"
done
