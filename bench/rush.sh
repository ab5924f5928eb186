#!/usr/bin/env bash
# The rush in a closed loop, for throughput: a server of its own, 720,000 people with a token each. More options: onsale bench rush --help
#
#   bench/rush.sh [OPTIONS]
set -euo pipefail
onsale=${ONSALE_BIN:-$(find "${ONSALE_BUILD:-$(dirname "$0")/../build/release}/src" -type f -name onsale -perm -u+x -print -quit)}
exec "$onsale" bench rush --closed --people 1:720000 "$@"
