# shellcheck shell=bash disable=SC2034,SC2154  # what lib.sh has, and what it uses
# A disk that fails, is slow or stops at a chosen step, and a wall clock that is set: shim.c in front of the server. Sourced
# after lib.sh, never run.

# After chaos_begin and before the server's start.
shim_begin() {
    cc -shared -fPIC -O1 -o "$work/shim.so" "$chaos_folder/shim.c" -ldl -lpthread || skip "there is no C compiler for the shim"
    mkdir -p "$work/shim"
    export CHAOS_SHIM=$work/shim
    server_preload=$work/shim.so
}

# As a whole, so that the server never reads half of it.
shim_control() { # shim_control NAME TEXT
    printf '%s\n' "$2" >"$work/shim/$1.new"
    mv "$work/shim/$1.new" "$work/shim/$1"
}

# rule OPERATION PATTERN NTH ACTION [MS]: see shim.c
rule() {
    rm -f "$work/shim/hit"
    shim_control rule "$*"
}

no_rule() { rm -f "$work/shim/rule" "$work/shim/hit"; }

clock_ahead() { shim_control clock "$1"; } # milliseconds

has_hit() {
    [ -e "$work/shim/hit" ] && return 0
    kill -0 "$server_pid" 2>/dev/null || fail "the server ended before the step came"
    return 1
}
