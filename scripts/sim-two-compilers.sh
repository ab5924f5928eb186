#!/usr/bin/env bash
# Builds the simulator with g++ and with clang++ and compares the digests of the same seeds: a sale may not depend on what a
# compiler is free to choose (order of evaluation, what was not initialised).
#
#   scripts/sim-two-compilers.sh [SEEDS]      20 by default; builds in build/sim-gcc and build/sim-clang
#
# ONSALE_SIM_GCC names a simulator that g++ has built already; then only the other one is built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seeds=${1:-20}
jobs=${ONSALE_JOBS:-2}

build() { # build COMPILER FOLDER: prints where the simulator is
    if ! { cmake --preset release -B "$2" -DCMAKE_CXX_COMPILER="$1" &&
        cmake --build "$2" --target onsale-sim -j "$jobs"; } >"$2.log" 2>&1; then
        tail -n 20 "$2.log" >&2
        return 1
    fi
    find "$2/src" -type f -name onsale-sim
}

mkdir -p build
gcc=${ONSALE_SIM_GCC:-$(build g++ build/sim-gcc)}
clang=$(build clang++-14 build/sim-clang)

one=$(mktemp) other=$(mktemp)
trap 'rm -f "$one" "$other"' EXIT
digests() { "$1" --seeds "$seeds" --digests | grep -E '^[0-9]+ [0-9a-f]{16}$'; }
digests "$gcc" >"$one"
digests "$clang" >"$other"
if [ "$(wc -l <"$one")" -ne "$seeds" ] || ! diff "$one" "$other"; then
    echo "the compilers disagree, or a seed failed (< g++, > clang++)" >&2
    exit 1
fi
echo "$seeds seeds have the same digests with g++ and clang++"
