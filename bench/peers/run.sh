#!/usr/bin/env bash
# What a user would run instead, measured in the same minutes on the same machine: Redis with the usual script (synced always, every
# second, never), PostgreSQL with one hot row, and Onsale, complete. Each has a server of its own on this machine, with a fresh
# folder per round; rounds alternate, so that the machine's moods hit all of them.
#
#   bench/peers/run.sh [ROUNDS] [CONNECTIONS]      (3 64)
#
# Settings (environment): PEERS_SECONDS, about how long a round lasts (8); PEERS, which of them ("onsale redis-always redis-everysec
# redis-none postgres"); PEERS_JSON, a file for the result; TMPDIR, where the data is: it has to be a real disk.
# A peer that is not installed is left out and named (scripts/install-deps.sh bench). Generators share the machine with the servers;
# each is one thread; nothing is pinned. Processor time of a server counts until it is quiet again after the round, children included.
set -euo pipefail
rounds=${1:-3}
connections=${2:-64}
seconds=${PEERS_SECONDS:-8}
read -ra peers <<<"${PEERS:-onsale redis-always redis-everysec redis-none postgres}"
peers_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/chaos/lib.sh
. "$peers_folder/../../tests/chaos/lib.sh"

readonly persons=500000 # in a round of Onsale and of Redis' range at most
readonly range=100000000
readonly stock=100000000
readonly warm_up=20000 # requests, from which the length of a round of redis-benchmark follows: it knows no seconds
postgres_bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
peer_pid=""
peer_port=0

end_peer() {
    end_process "$peer_pid" INT # PostgreSQL: fast shutdown
    peer_pid=""
}
end_all() {
    local result=$?
    end_peer
    if [ "$result" -eq 0 ]; then cleanup; else (exit "$result") || cleanup; fi
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Processor time of a process, of its children that have ended and of those that live, in ticks.
ticks_of() {
    { cat "/proc/$1/stat"; (pgrep -P "$1" || true) | while read -r child; do cat "/proc/$child/stat" 2>/dev/null || true; done; } |
        awk -v root="$1" '{ sub(/^.*\) /, ""); sum += $12 + $13; if (NR == 1) sum += $14 + $15 } END { printf "%d\n", sum }'
}

# The same, once the server has done what a round leaves behind (followers, write-back); 10 s at most.
ticks_when_quiet() {
    local before now i
    before=$(ticks_of "$1")
    for ((i = 0; i < 20; i++)); do
        sleep 0.5
        now=$(ticks_of "$1")
        [ $((now - before)) -gt 1 ] || break
        before=$now
    done
    echo "$now"
}

# timed COMMAND …: runs it; its output is in $work/client.out, its processor seconds in $client_cpu.
timed() {
    local TIMEFORMAT='%U %S'
    { time timeout 60 "$@" >"$work/client.out" 2>"$work/client.err"; } 2>"$work/client.cpu" ||
        { tail -n 5 "$work/client.out" "$work/client.err"; fail "$1"; }
    client_cpu=$(awk '{ print $1 + $2 }' "$work/client.cpu")
}

note() { # note PEER ACCEPTED SECONDS SERVER_TICKS CLIENT_CPU P50_MS P99_MS
    jq -nc --arg peer "$1" --argjson round "$round" --argjson accepted "$2" --argjson seconds "$3" --argjson ticks "$4" \
        --argjson client "$5" --argjson p50 "$6" --argjson p99 "$7" --argjson hz "$(getconf CLK_TCK)" \
        '{peer: $peer, round: $round, accepted: $accepted, seconds: $seconds, accepted_per_second: ($accepted / $seconds),
          server_cpu_s: ($ticks / $hz), client_cpu_s: $client, p50_ms: $p50, p99_ms: $p99}' >>"$work/rounds.jsonl"
    say "$(tail -n 1 "$work/rounds.jsonl" | jq -r '"round \(.round)  \(.peer): \(.accepted) accepted, \(.accepted_per_second | floor)/s"')"
}

round_of_onsale() {
    local before spent
    port=0
    data=$work/onsale
    start_server
    load_campaign
    ticks_when_quiet "$server_pid" >/dev/null # the import is over
    before=$(ticks_of "$server_pid")
    timed "$crowd" rush --url "$url" --data "$data" --campaign "$campaign_free" --people "1:$persons" \
        --connections "$connections" --duration "$seconds" --json "$work/rush.json"
    spent=$(($(ticks_when_quiet "$server_pid") - before))
    stop_server
    rm -rf "$data"
    note onsale "$(jq .accepted "$work/rush.json")" "$(jq '.elapsed_us / 1e6' "$work/rush.json")" "$spent" \
        "$(jq '.generator_cpu_us / 1e6' "$work/rush.json")" "$(jq '.latency_us.p50 / 1e3' "$work/rush.json")" \
        "$(jq '.latency_us.p99 / 1e3' "$work/rush.json")"
}

redis() { redis-cli -h 127.0.0.1 -p "$peer_port" "$@"; }
redis_answers() { [ "$(redis ping 2>/dev/null)" = PONG ]; }

# One run of redis-benchmark on the script. Sets redis_per_second.
redis_run() { # redis_run REQUESTS SCRIPT
    timed redis-benchmark -h 127.0.0.1 -p "$peer_port" -c "$connections" -n "$1" -r "$range" -P 1 --csv \
        EVALSHA "$2" 2 stock bought __rand_int__
    # "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
    IFS=, read -r redis_per_second redis_p50 redis_p99 < <(tail -n 1 "$work/client.out" | tr -d '"' | awk -F, -v OFS=, '{ n = NF
        print $(n - 6), $(n - 3), $(n - 1) }')
}

round_of_redis() { # round_of_redis PEER OPTIONS …
    local peer=$1 script requests before bought spent
    shift
    mkdir "$work/redis"
    peer_port=$(free_port)
    redis-server --port "$peer_port" --bind 127.0.0.1 --dir "$work/redis" --save '' --maxclients "$((connections + 32))" "$@" \
        >"$work/redis.log" 2>&1 &
    peer_pid=$!
    wait_until "$ready_limit_s" "redis-server" redis_answers
    redis set stock "$stock" >/dev/null
    script=$(redis script load "$(<"$peers_folder/grab.lua")")
    redis_run "$warm_up" "$script"
    requests=$(awk -v r="$redis_per_second" -v s="$seconds" -v most="$persons" 'BEGIN { n = int(r * s); print (n > most) ? most : n }')
    before=$(ticks_when_quiet "$peer_pid")
    bought=$(redis scard bought)
    redis_run "$requests" "$script"
    spent=$(($(ticks_when_quiet "$peer_pid") - before))
    bought=$(($(redis scard bought) - bought))
    [ "$(redis get stock)" -eq $((stock - $(redis scard bought))) ] || fail "Redis' stock and its buyers differ"
    note "$peer" "$bought" "$(awk -v n="$requests" -v r="$redis_per_second" 'BEGIN { print n / r }')" "$spent" "$client_cpu" \
        "$redis_p50" "$redis_p99"
    end_peer
    rm -rf "$work/redis"
}

# Becomes one of PostgreSQL's programs, which do not run as root: only for a subshell or a process in the background.
become_postgres() {
    if [ "$(id -u)" -eq 0 ]; then set -- setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; fi
    cd / && exec "$@"
}
sql() { "$postgres_bin/psql" -h 127.0.0.1 -p "$peer_port" -U onsale -d postgres -v ON_ERROR_STOP=1 -qtA "$@"; }
postgres_answers() { sql -c 'SELECT 1' >/dev/null 2>&1; }

round_of_postgres() {
    local before spent accepted per_second
    mkdir "$work/postgres"
    if [ "$(id -u)" -eq 0 ]; then chown nobody:nogroup "$work/postgres"; fi
    (become_postgres "$postgres_bin/initdb" -D "$work/postgres" -U onsale -A trust -E UTF8 --no-locale) >"$work/postgres.log" 2>&1 ||
        { tail -n 5 "$work/postgres.log"; fail "initdb"; }
    peer_port=$(free_port)
    become_postgres "$postgres_bin/postgres" -D "$work/postgres" -p "$peer_port" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories='' -c fsync=on -c synchronous_commit=on -c max_connections=$((connections + 10)) \
        >>"$work/postgres.log" 2>&1 &
    peer_pid=$!
    wait_until "$ready_limit_s" "postgres" postgres_answers
    sql -f "$peers_folder/tables.sql"
    before=$(ticks_when_quiet "$peer_pid")
    timed "$postgres_bin/pgbench" -h 127.0.0.1 -p "$peer_port" -U onsale -n -M prepared -c "$connections" -j 1 -T "$seconds" \
        -D n=0 -f "$peers_folder/grab.sql" -l --log-prefix="$work/pgbench" postgres
    spent=$(($(ticks_when_quiet "$peer_pid") - before))
    accepted=$(sql -c 'SELECT count(*) FROM orders')
    [ "$(sql -c 'SELECT remaining FROM stock')" -eq $((stock - accepted)) ] || fail "PostgreSQL's stock and its orders differ"
    per_second=$(sed -nE 's/^tps = ([0-9.]+).*/\1/p' "$work/client.out" | tail -n 1)
    cat "$work"/pgbench.* | awk '{ print $3 }' | sort -n >"$work/latencies"
    note postgres "$accepted" "$(awk -v n="$accepted" -v r="$per_second" 'BEGIN { print n / r }')" "$spent" "$client_cpu" \
        "$(awk '{ v[NR] = $1 } END { print v[int(NR * 0.5) + 1] / 1000 }' "$work/latencies")" \
        "$(awk '{ v[NR] = $1 } END { print v[int(NR * 0.99) + 1] / 1000 }' "$work/latencies")"
    end_peer
    rm -rf "$work/postgres" "$work"/pgbench.* "$work/latencies"
}

is_there() { # is_there PEER
    case $1 in
    onsale) ;;
    redis-*) command -v redis-server redis-benchmark redis-cli >/dev/null ;;
    postgres) [ -n "$postgres_bin" ] && [ -x "$postgres_bin/pgbench" ] && [ -x "$postgres_bin/initdb" ] ;;
    *) fail "there is no peer $1" ;;
    esac
}

round_of() {
    case $1 in
    onsale) round_of_onsale ;;
    redis-always) round_of_redis "$1" --appendonly yes --appendfsync always ;;
    redis-everysec) round_of_redis "$1" --appendonly yes --appendfsync everysec ;;
    redis-none) round_of_redis "$1" --appendonly no ;;
    postgres) round_of_postgres ;;
    esac
}

versions() {
    "$onsale" version
    redis-server --version 2>/dev/null | cut -d' ' -f1-3 || true
    [ -z "$postgres_bin" ] || "$postgres_bin/postgres" --version
}

chaos_begin
trap end_all EXIT
chmod 711 "$work" # PostgreSQL's user passes through
[ "$(stat -f -c %T "$work")" != tmpfs ] || fail "$work is in memory: a sync costs nothing there; set TMPDIR to a folder on a disk"
write_campaign "$persons" 1
: >"$work/rounds.jsonl"
measured=()
for peer in "${peers[@]}"; do
    if is_there "$peer"; then measured+=("$peer"); else say "left out: $peer is not installed (scripts/install-deps.sh bench)"; fi
done
for ((round = 1; round <= rounds; round++)); do
    for peer in "${measured[@]}"; do round_of "$peer"; done
done
versions >"$work/versions"
python3 "$peers_folder/summary.py" "$work/rounds.jsonl" "$peers_folder/left-out.tsv" "$work/versions" \
    --connections "$connections" --json "${PEERS_JSON:-$work/peers.json}"
