#!/usr/bin/env bash
# Installs the Debian 12 packages that Onsale needs and this machine lacks.
#
#   scripts/install-deps.sh [build|test|all|bench]
#
#   build   to build and run it
#   test    build, and what the tests and the checks of the source need (the default, also called all)
#   bench   the peers that bench/peers/run.sh compares with; Debian starts them as services, too, which it does not need
set -euo pipefail

build_packages=(
    g++ cmake ninja-build ccache mold pkg-config protobuf-compiler
    libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
    libcli11-dev libtomlplusplus-dev libspdlog-dev libfmt-dev prometheus-cpp-dev
    libsodium-dev libssl-dev libprotobuf-dev libsqlite3-dev libcurl4-openssl-dev zlib1g-dev libxlsxwriter-dev
    libpango1.0-dev libqrencode-dev fonts-wqy-microhei # tickets on paper, with Chinese letters
    libgtest-dev libgmock-dev librapidcheck-dev # CMake builds the unit tests with everything else
    ca-certificates curl git jq make python3
    nodejs npm # the pages
)
test_packages=(
    clang-format clang-tidy shellcheck
    clang-14 libclang-rt-14-dev # fuzz targets
    chromium fonts-noto-cjk # the pages in a browser, with Chinese letters
    e2fsprogs # small disks that fill up or lose power
    sqlite3   # looks into databases from outside
    wrk       # load on peers in bench/
    valgrind  # counts instructions
    python3-aiosmtpd # a mail server that codes are sent to
    poppler-utils zbar-tools # read tickets on paper again
)

bench_packages=(redis-server postgresql-15)

case "${1:-all}" in
build) wanted=("${build_packages[@]}") ;;
test | all) wanted=("${build_packages[@]}" "${test_packages[@]}") ;;
bench) wanted=("${bench_packages[@]}") ;;
*)
    echo "usage: scripts/install-deps.sh [build|test|all|bench]" >&2
    exit 2
    ;;
esac

# Node.js from elsewhere brings its npm along, and Debian's npm does not go with it.
if command -v node >/dev/null && command -v npm >/dev/null && [ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ]; then
    for i in "${!wanted[@]}"; do
        case ${wanted[i]} in nodejs | npm) unset "wanted[i]" ;; esac
    done
fi

if [ -n "${ONSALE_SKIP_DEPS:-}" ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "install-deps: this is not a Debian system (no apt-get)." >&2
    echo "remedy: use Debian 12, or install these packages' equivalents and set ONSALE_SKIP_DEPS=1: ${wanted[*]}" >&2
    exit 1
fi

# One question to dpkg for all of them; a package it has never heard of is missing too.
installed=$(dpkg-query -W -f '${db:Status-Status} ${binary:Package}\n' "${wanted[@]}" 2>/dev/null |
    awk '$1 == "installed" { sub(/:.*/, "", $2); print $2 }') || true
missing=()
for package in "${wanted[@]}"; do
    grep -qxF "$package" <<<"$installed" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "install-deps: these packages are missing, and this user is neither root nor has sudo: ${missing[*]}" >&2
        echo "remedy: as root, run: apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "${ID:-unknown} ${VERSION_ID:-}")
[ "$release" = "debian 12" ] || echo "install-deps: made for Debian 12, this is ${release}; trying all the same" >&2

echo "install-deps: installing ${missing[*]}"
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@"; }
if ! { apt update && apt install -y --no-install-recommends "${missing[@]}" >/dev/null; } </dev/null; then
    echo "install-deps: apt-get could not install them." >&2
    echo "remedy: see its message above; check the network and that /etc/apt has Debian 12's main archive" >&2
    exit 1
fi
echo "install-deps: done"
