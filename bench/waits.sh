#!/usr/bin/env bash
# How long orders wait when they come at a fixed rate, whatever the server does (an open loop): from when each was due to its answer.
# A server of its own, a person with a token for each of up to 720,000 orders. More options: onsale bench rush --help
#
#   bench/waits.sh [RATE [SECONDS [OPTIONS]]]
set -euo pipefail
onsale=${ONSALE_BIN:-$(find "${ONSALE_BUILD:-$(dirname "$0")/../build/release}/src" -type f -name onsale -perm -u+x -print -quit)}
exec "$onsale" bench rush --rate "${1:-40000}" --duration "${2:-10}" --people 1:720000 "${@:3}"
