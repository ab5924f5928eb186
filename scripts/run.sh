#!/usr/bin/env bash
# From a clean clone on Debian 12 to a running site with demo shows, a rush that opens a minute later, two banks, and a login for each role.
#
#   scripts/run.sh
#
# Installs what is missing, builds, serves until Ctrl-C. Running it again goes on with the same data.
#   ONSALE_DATA   data folder (data/run)     ONSALE_ADDRESS   where to listen (127.0.0.1)
#   ONSALE_PORT   port (8080), the banks on  ONSALE_DEMO=0    no demo shows, campaign, banks and logins
#                 the next two
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

data=${ONSALE_DATA:-data/run}
address=${ONSALE_ADDRESS:-127.0.0.1}
port=${ONSALE_PORT:-8080}
ready_seconds=60
host=$address
[ "$host" != 0.0.0.0 ] || host=127.0.0.1
url=http://$host:$port

say() { printf '\n== %s\n' "$*"; }

say "packages"
scripts/install-deps.sh build

say "build"
cmake --preset release >/dev/null
cmake --build --preset release --target onsale -j "${ONSALE_JOBS:-$(nproc)}"
scripts/pages.sh
binary=$(find build/release/src -type f -name onsale -perm -u+x -print -quit)

mkdir -p "$data"
data=$(cd "$data" && pwd)
config=$data/onsale.toml
cat >"$config" <<TOML
[http]
address = "$address"
port = $port
pages = "$PWD/web/dist"

[data]
folder = "$data/site"

[messages]
sender = "file"

[registry]
private_addresses = "allowed"  # the demo's banks are on this machine
TOML

# Verbs find the server by the settings it was started with.
onsale() {
    local verb=$1
    shift
    "$binary" "$verb" --config "$config" "$@"
}

# The demo's shows, once; a round of its rush on the first run and when the last round has closed; and its people.
load_demo() {
    local round
    say "demo"
    scripts/demo/shows.sh "$data/demo/shows"
    onsale import "$data/demo/shows/shows.toml" || return
    round=$(scripts/demo/campaign.sh "$data/demo")
    if [ -n "$round" ]; then
        onsale import "$data/demo/$round/campaign.toml" || return
        touch "$data/demo/$round/loaded"
    fi
    scripts/demo/people.sh "$url" "$data/site" "$(onsale token --staff)" >"$data/demo/logins" || return
    start_bank 1 "江南银行" "Jiangnan Bank" && start_bank 2 "海港银行" "Harbour Bank"
}

# Another company's program, on a folder of its own; the site finds it by its heartbeats.
start_bank() { # start_bank NUMBER NAME_ZH NAME_EN
    local folder=$data/bank$1 bank_port=$((port + $1))
    scripts/demo/bank.sh "$binary" "$config" "$folder" "$1" "$2" "$3" || return
    "$binary" bank --data "$folder/data" --address "$address" --port "$bank_port" --name "$2" --public-url "http://$host:$bank_port" \
        --credentials "$folder/credentials.toml" --pages "$PWD/web/dist/bank" >"$folder/log" 2>&1 &
    banks+=("$!")
}

# The demo campaign that was loaded last.
campaign() {
    local round=1
    while [ -e "$data/demo/$((round + 1))/loaded" ]; do
        round=$((round + 1))
    done
    echo $((1000 + round))
}

print_tour() {
    cat "$data/demo/logins"
    cat <<TOUR
  the rush: $url/campaigns/$(campaign), open a minute after it was loaded
  banks: http://$host:$((port + 1)) and http://$host:$((port + 2)), customer buyer / buyer2026bank (student / student2026bank has
         little money), teller at /teller: teller / teller2026demo
  codes that are sent (e-mail, phone): $data/site/outbox.jsonl
  API: $url/docs and $url/openapi.json
TOUR
}

server=
banks=()
stop() {
    trap '' INT TERM
    [ "${#banks[@]}" -eq 0 ] || kill -TERM "${banks[@]}" 2>/dev/null || true
    [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true
}
trap 'stopping=1; stop' INT TERM
stopping=

say "serve"
"$binary" serve --config "$config" &
server=$!

deadline=$((SECONDS + ready_seconds))
until curl -fsS -o /dev/null --max-time 2 "$url/readyz" 2>/dev/null; do
    if ! kill -0 "$server" 2>/dev/null || [ "$SECONDS" -ge "$deadline" ]; then
        break
    fi
    read -r -t 0.1 <> <(:) || true
done

if [ -z "$stopping" ] && kill -0 "$server" 2>/dev/null; then
    if [ "$SECONDS" -ge "$deadline" ]; then
        echo "run: the server is not ready after $ready_seconds s; see its messages above" >&2
        stop
    elif [ "${ONSALE_DEMO:-1}" = 0 ] || load_demo; then
        say "ready: $url"
        [ "${ONSALE_DEMO:-1}" = 0 ] || print_tour
        echo "  data: $data    stop: Ctrl-C"
    else
        echo "run: the demo was not loaded; the server goes on without it" >&2
    fi
fi

wait "$server" && result=0 || result=$?
if [ -n "$stopping" ]; then
    # The signal ended the first wait early; the server answers what is in progress and ends.
    wait "$server" && result=0 || result=$?
    [ "$result" -ne 127 ] || result=0
    say "stopped"
    exit "$result"
fi
stop
echo "run: the server ended by itself with exit code $result" >&2
exit "$result"
