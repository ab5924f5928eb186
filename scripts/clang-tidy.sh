#!/usr/bin/env bash
# Runs clang-tidy (.clang-tidy) on our .cc files: all of them, or those named.
#
#   scripts/clang-tidy.sh [FILE …]
#
# It reads how each file is compiled from build/dev (ONSALE_TIDY_BUILD chooses another folder), so generated records must
# have been built there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build=${ONSALE_TIDY_BUILD:-build/dev}
[ -f "$build/compile_commands.json" ] || {
    echo "clang-tidy: $build is not configured; remedy: make build" >&2
    exit 2
}

files=("$@")
if [ ${#files[@]} -eq 0 ]; then
    mapfile -t files < <(python3 -c '
import json, os, sys
root = os.getcwd() + "/"
names = {os.path.normpath(os.path.join(entry["directory"], entry["file"])) for entry in json.load(open(sys.argv[1]))}
print("\n".join(sorted(n[len(root):] for n in names if n.startswith(root + "src/"))))' "$build/compile_commands.json")
fi

# Debian 12 has clang 14, which cannot read C++20 coroutines together with g++'s library: a module with coroutines in
# its headers is left out, of other modules only the files that have some.
coroutine='co_await|co_return|boost/asio/(awaitable|co_spawn)'
plain=() tests=() coroutines=()
for file in "${files[@]}"; do
    if grep -qE "$coroutine" "$file" || grep -rqE --include='*.h' "$coroutine" "$(dirname "$file")"; then
        coroutines+=("$file")
    elif [[ $file == *_test.cc ]]; then
        tests+=("$file")
    else
        plain+=("$file")
    fi
done

failed=0
run() { # run EXTRA-CHECKS FILE …
    local checks=$1
    shift
    [ $# -gt 0 ] || return 0
    printf '%s\0' "$@" |
        xargs -0 -n 1 -P "${ONSALE_JOBS:-2}" clang-tidy -p "$build" --quiet "--checks=$checks" 2>&1 |
        { grep -vE '^[0-9]+ warnings?( and [0-9]+ errors?)? generated\.$' || true; } || failed=1
}
run '' "${plain[@]}"
# Tests look at moved-from objects and make huge texts on purpose, and need not be fast.
run '-bugprone-use-after-move,-bugprone-string-constructor,-performance-*' "${tests[@]}"
[ ${#coroutines[@]} -eq 0 ] || echo "clang-tidy: skipped, coroutines: ${coroutines[*]}"
echo "clang-tidy: $((${#plain[@]} + ${#tests[@]})) files, $([ $failed = 0 ] && echo clean || echo findings)"
exit $failed
