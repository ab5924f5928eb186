#!/usr/bin/env bash
# Makes every figure again that README.md claims, and puts them into one folder: build/evidence/index.html with claim, figure of now
# and command, the output of every command, its JSON files and plots, the machine, and the commit. What failed and what was skipped is
# said apart. The claims are rows of bench/evidence/claims.tsv.
#
#   bench/evidence.sh [ID …]      without ids: all of them
#
# Settings (environment): EVIDENCE_SCALE=small, smaller figures in about two minutes that prove the way and not the speed; ONSALE_BUILD,
# a folder of programs that are built already; EVIDENCE_OUT, the folder (build/evidence).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -z "${ONSALE_BUILD:-}" ]; then
    cmake --preset release >/dev/null
    cmake --build --preset release -j "${ONSALE_JOBS:-2}" # everything: the mutants' programs are among the tests
    ONSALE_BUILD=$PWD/build/release
fi
export ONSALE_BUILD
program() { find "$ONSALE_BUILD/src" -type f -name "$1" -perm -u+x -print -quit 2>/dev/null; }
ONSALE_BIN=${ONSALE_BIN:-$(program onsale)}
ONSALE_CROWD=${ONSALE_CROWD:-$(program onsale-crowd)}
ONSALE_SIM=${ONSALE_SIM:-$(program onsale-sim)}
export ONSALE_BIN ONSALE_CROWD ONSALE_SIM
python3 bench/evidence/evidence.py --claims bench/evidence/claims.tsv --out "${EVIDENCE_OUT:-build/evidence}" \
    --scale "${EVIDENCE_SCALE:-full}" "$@"
