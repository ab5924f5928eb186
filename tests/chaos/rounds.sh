# shellcheck shell=bash disable=SC2034,SC2154  # what lib.sh has, and what it uses
# Many rounds of one fault: the seed, how far they are, and the figures of the end. Sourced after lib.sh, never run.
#
# CHAOS_SEED repeats a run; CHAOS_FIRST begins with that round of it, since what happens in a round follows from the seed
# and its number alone.

rounds=0
first_round=${CHAOS_FIRST:-0}
seed=${CHAOS_SEED:-$RANDOM}
readonly rounds_per_folder=20
rounds_begin_ms=0
acknowledged=0  # orders, by all answers outside
restarts_ms=()  # one of each round
late_restarts=0 # above 1 s + 1 s for a million of events

rounds_begin() { # rounds_begin NUMBER
    rounds=$1
    rounds_begin_ms=$(now_ms)
    say "seed $seed, rounds $first_round to $((rounds - 1))"
}

# Everything random of a round follows from the seed and the round.
round_begin() { # round_begin ROUND
    local mixed
    read -r mixed _ < <(cksum <<<"$seed/$1")
    RANDOM=$((mixed % 2147483647))
}

needs_fresh_folder() { (($1 % rounds_per_folder == 0 || $1 == first_round)); }

# Persons of a round that no other round of the same folder has.
first_person() { # first_person ROUND PEOPLE
    echo $((1 + $1 % rounds_per_folder * $2))
}

# After the crowd's end. What was accepted, or found by its key after an unknown outcome, is acknowledged.
round_figures() { # round_figures ROUND RESTART_MS
    local events done_rounds left_s
    acknowledged=$((acknowledged + $(jq '.accepted + .repeated' "$work/crowd.json")))
    restarts_ms+=("$2")
    events=$(metric onsale_shard_orders)
    if [ "$2" -gt $((1000 + ${events:-0} / 1000)) ]; then late_restarts=$((late_restarts + 1)); fi
    done_rounds=$(($1 - first_round + 1))
    left_s=$((($(now_ms) - rounds_begin_ms) * (rounds - 1 - $1) / done_rounds / 1000))
    say "round $1: ready after $2 ms; $(jq -c '{accepted, repeated, refusals, failed, sent_again}' "$work/crowd.json");" \
        "$acknowledged acknowledged so far, $left_s s left"
}

# Lost and sold twice are what the audits of all rounds would have named: each of them ended the run.
rounds_summary() { # rounds_summary NAME
    local count sorted
    count=${#restarts_ms[@]}
    mapfile -t sorted < <(printf '%s\n' "${restarts_ms[@]}" | sort -n)
    say "$1: $count rounds, $acknowledged acknowledged, 0 lost, 0 sold twice; ready again p50 ${sorted[$((count / 2))]} ms," \
        "max ${sorted[$((count - 1))]} ms, $late_restarts above their limit; $((($(now_ms) - rounds_begin_ms) / 1000)) s, seed $seed"
    # A machine that does other work may be late now and then, but not as a rule; few rounds are no rule.
    [ "$count" -lt 10 ] || [ $((2 * late_restarts)) -le "$count" ] ||
        fail "most restarts took longer than 1 s and 1 s for a million of events"
}
