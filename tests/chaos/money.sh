#!/usr/bin/env bash
# Banks that fail while people pay (fault rows 36 to 42): bank A loses a tenth of its callbacks, repeats a tenth and delays others by up
# to half a minute; bank B is killed twice with -9 and started again, and so is the site.
#
#   tests/chaos/money.sh [ORDERS]      (10000; the short selection takes 300)
#
# Asserted when it is quiet again: every order is completed, refunded, or was never paid; nothing is reserved; what customers, holds and
# merchants have at the banks is what was there at the beginning; the books are zero; the reconciliation of both banks finds nothing; the
# audit is clean.
set -euo pipefail
orders=${1:-10000}
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

readonly customers=100
readonly balance=100000000 # of each customer, in fen: more than they can spend here
readonly password=payer-password-1
readonly people=500
readonly settle_limit_s=240
bank_pids=("" "" "")
bank_ports=("" 0 0)
payers_pid=""

end_banks() {
    end_process "$payers_pid" KILL
    end_process "${bank_pids[1]}" KILL
    end_process "${bank_pids[2]}" KILL
}

says_bank_port() {
    kill -0 "${bank_pids[$1]}" 2>/dev/null || { cat "$work/bank$1.log"; fail "bank $1 ended while it started"; }
    bank_ports[$1]=$(sed -nE 's|.*listening on http://127\.0\.0\.1:([0-9]+).*|\1|p' "$work/bank$1.out" | head -n 1)
    [ -n "${bank_ports[$1]}" ]
}

start_bank() { # start_bank NUMBER OPTION …
    local number=$1
    shift
    : >"$work/bank$number.out"
    "$onsale" bank --data "$work/bank$number" --port "${bank_ports[number]}" --name "Bank $number" \
        --credentials "$work/bank$number.toml" "$@" >"$work/bank$number.out" 2>>"$work/bank$number.log" &
    bank_pids[number]=$!
    wait_until "$ready_limit_s" "the port of bank $number" says_bank_port "$number"
}

make_bank() { # make_bank NUMBER
    "$onsale" banks put "$1" --name-zh "银行$1" --name-en "Bank $1" --credentials "$work/bank$1.toml" --data "$data" --server "$url" \
        >"$work/put.out" 2>&1 || { cat "$work/put.out"; fail "bank $1 could not be made"; }
    echo "$password" | "$onsale" bank setup --data "$work/bank$1" --teller teller --password-stdin
    for ((i = 1; i <= customers; i++)); do echo "c$i,$password,$balance"; done >"$work/customers.csv"
    "$onsale" bank customers import "$work/customers.csv" --data "$work/bank$1" >"$work/import.out" 2>&1 ||
        { cat "$work/import.out"; fail "customers of bank $1"; }
}

banks_are_usable() { [ "$(curl -s -m 2 "$url/api/v1/banks" | jq '[.banks[] | select(.usable)] | length')" = 2 ]; }

kill_site_again() {
    kill_server
    sleep 1
    start_server
}

kill_bank_again() {
    end_process "${bank_pids[2]}" KILL
    sleep 2
    start_bank 2
}

write_sale() {
    write_campaign 10 "$((orders + 1000))"
    # One minute to pay, tickets are taken back without a review, and money that comes late gets the same tickets if it can.
    sed -i -e 's/^hold_minutes = 15/hold_minutes = 1/' "$work/campaign.toml"
    local terms='refund_until_hours = 1\nrefund_fee_percent = "10"\nrefund_review = false\nlate_payment = "same"'
    sed -i -e "/^\[session\]/a $terms" "$work/campaign.toml"
}

# Everything that customers and merchants have at a bank is what was paid in at the beginning.
check_bank() { # check_bank NUMBER
    "$onsale" bank check --data "$work/bank$1" >"$work/check$1.json" || { cat "$work/check$1.json"; fail "the books of bank $1"; }
    jq -e --argjson all "$((customers * balance))" '.held == 0 and .available + .merchants == $all' "$work/check$1.json" >/dev/null ||
        { cat "$work/check$1.json"; fail "bank $1: the money is not what it was"; }
    say "bank $1: $(jq -c '{available, held, merchants, captured, refunded}' "$work/check$1.json")"
}

reconcile() { # reconcile NUMBER
    local day
    for day in $days; do
        python3 -B "$chaos_folder/payers.py" day "$work/bank$1-$day.csv" --bank "$1=http://127.0.0.1:${bank_ports[$1]}" \
            --credentials "$work/bank$1.toml" --day "$day" || fail "the file of bank $1"
        "$onsale" reconcile --bank "$1" --day "$day" --file "$work/bank$1-$day.csv" --data "$data" >"$work/reconcile.out" 2>&1 ||
            { tail -n 40 "$work/reconcile.out"; fail "the reconciliation of bank $1"; }
        say "bank $1, $day: $(tail -n 1 "$work/reconcile.out")"
    done
}

chaos_begin
days=$(date -u +%F)
trap 'end_banks; cleanup' EXIT
# The banks are on this machine.
printf '[registry]\nprivate_addresses = "allowed"\n' >"$work/site.toml"
server_options=(--config "$work/site.toml")
start_server
write_sale
load_campaign
make_bank 1
make_bank 2
cat >"$work/faults.json" <<'JSON'
{"seed": 7, "down": false, "silent": false, "slow_ms": 0, "refuse_every": 0, "error_every": 0, "lose_reply_every": 0, "bad_json_every": 0,
 "wrong_amount_every": 0, "wrong_currency_every": 0, "callbacks_lost_percent": 10, "callbacks_delayed_percent": 20,
 "callbacks_delay_seconds_max": 30, "callbacks_repeated_percent": 10, "callbacks_repeats": 3, "callbacks_wrong_amount_percent": 0,
 "refunds_accepted_percent": 0, "refunds_refused_percent": 0, "refunds_settled_after_seconds": 0}
JSON
start_bank 1 --faults "$work/faults.json"
start_bank 2
wait_until 10 "both banks in use" banks_are_usable
"$crowd" token --data "$data" --audience person --subject 1 --count "$people" --lifetime 3600 >"$work/tokens"

python3 -B "$chaos_folder/payers.py" pay "$work/payers.jsonl" --site "$url" --bank "1=http://127.0.0.1:${bank_ports[1]}" \
    --bank "2=http://127.0.0.1:${bank_ports[2]}" --tokens "$work/tokens" --orders "$orders" \
    --campaign "$campaign_paid" --tier "$tier_paid" \
    >"$work/payers.out" 2>&1 &
payers_pid=$!
for fault in kill_bank_again kill_site_again kill_bank_again kill_site_again; do
    sleep "$((2 + orders / 1000))"
    kill -0 "$payers_pid" 2>/dev/null || break
    "$fault"
done
result=0
wait "$payers_pid" || result=$?
payers_pid=""
[ "$result" -eq 0 ] || { cat "$work/payers.out"; fail "the payers ended with code $result"; }
say "$(wc -l <"$work/payers.jsonl") orders have gone their ways; waiting until it is quiet"
python3 -B "$chaos_folder/payers.py" settle "$work/payers.jsonl" --site "$url" --tokens "$work/tokens" --limit "$settle_limit_s" ||
    fail "not every order has a good end"
is_quiet() { [ "$(metric onsale_payments_open)" = 0 ]; }
wait_until 120 "open flows" is_quiet
# Midnight may have passed meanwhile.
days="$days $(date -u +%F)"
# shellcheck disable=SC2086 # one word for each day
days=$(printf '%s\n' $days | sort -u)
reconcile 1
reconcile 2
"$onsale" ledger balances --data "$data" --json >"$work/ledger.json" 2>"$work/ledger.err" || { cat "$work/ledger.err"; fail "the ledger"; }
stop_server
kill -TERM "${bank_pids[1]}" "${bank_pids[2]}"
wait "${bank_pids[1]}" "${bank_pids[2]}" || fail "a bank did not stop cleanly"
bank_pids=("" "" "")
check_bank 1
check_bank 2
"$onsale" audit --data "$data" --json >"$work/audit.json" || { head -c 4000 "$work/audit.json"; fail "the audit"; }
say "audit: clean, $(jq -c '{batches, orders, tickets}' "$work/audit.json")"
check_rebuild
