#!/usr/bin/env bash
# From a clean clone on Debian 12 to a running server with a demo campaign that opens a minute later.
#
#   scripts/run.sh
#
# Installs what is missing, builds, serves until Ctrl-C. Running it again goes on with the same data.
#   ONSALE_DATA   data folder (data/run)     ONSALE_ADDRESS   where to listen (127.0.0.1)
#   ONSALE_PORT   port (8080)                ONSALE_DEMO=0    no demo campaign
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
binary=$(find build/release/src -type f -name onsale -perm -u+x -print -quit)

mkdir -p "$data"
data=$(cd "$data" && pwd)
config=$data/onsale.toml
printf '[http]\naddress = "%s"\nport = %s\n\n[data]\nfolder = "%s/site"\n' "$address" "$port" "$data" >"$config"

# Verbs find the server by the settings it was started with.
onsale() {
    local verb=$1
    shift
    "$binary" "$verb" --config "$config" "$@"
}

# Loads a new round of the demo campaign on the first run, and when the last round has closed.
load_demo() {
    local round
    round=$(scripts/demo/campaign.sh "$data/demo")
    [ -n "$round" ] || return 0
    say "demo campaign"
    onsale load "$data/demo/$round/campaign.toml" && touch "$data/demo/$round/loaded"
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
    local campaign
    campaign=$(campaign)
    cat <<TOUR
Campaign $campaign opens a minute after it was loaded. In another terminal:

  # register (any name is good once)
  token=\$(curl -s $url/api/v1/people -d '{"username":"buyer_'\$RANDOM'","password":"secret123"}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
  # what is on, and what opens next
  curl -s $url/api/v1/campaigns
  curl -s "$url/api/v1/campaigns?state=upcoming"
  # rush: one voucher for each person
  curl -s $url/api/v1/orders -H "Authorization: Bearer \$token" -H "Idempotency-Key: \$RANDOM" -d '{"campaign":$campaign}'
  # my tickets with their codes
  curl -s $url/api/v1/tickets -H "Authorization: Bearer \$token"
  # what changes, live (Ctrl-C ends it)
  curl -sN "$url/api/v1/events?campaigns=$campaign" -H "Authorization: Bearer \$token"

For staff: $binary token --staff --config $config    API: $url/openapi.json
TOUR
}

server=
stop() {
    trap '' INT TERM
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
        echo "data: $data    stop: Ctrl-C"
    else
        echo "run: the demo campaign was not loaded; the server goes on without it" >&2
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
echo "run: the server ended by itself with exit code $result" >&2
exit "$result"
