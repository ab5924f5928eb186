#!/usr/bin/env bash
# Starts with a configuration that is wrong in one place (a name, a type, a value, an address, a file, a port, a folder):
# the server refuses at once with exit code 1 and a sentence that names the place, before it has made anything in its data
# folder; the unchanged file starts. A server that runs keeps what it has read, whatever becomes of the file.
#
#   tests/chaos/config.sh
# shellcheck source=tests/chaos/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

readonly settings=$chaos_folder/../../deploy/onsale.toml
cases=0

# Runs `onsale serve` and expects it to end by itself with code 1 and these words.
expect_refusal() { # expect_refusal WHAT WORDS OPTION …
    local what=$1 words=$2 result=0
    shift 2
    timeout 10 "$onsale" serve "$@" >"$work/refusal" 2>&1 || result=$?
    [ "$result" -eq 1 ] || { head -c 600 "$work/refusal"; fail "$what: exit code $result, not 1"; }
    grep -qF -- "$words" "$work/refusal" || { head -c 600 "$work/refusal"; fail "$what: nothing says \"$words\""; }
    cases=$((cases + 1))
}

# One line of the file replaced. The refusal names the file with the number of that line and says these words.
mutated() { # mutated OLD_LINE_BEGIN NEW_LINE WORDS
    local line
    line=$(grep -nF -- "$1" "$settings" | head -n 1 | cut -d : -f 1)
    [ -n "$line" ] || fail "there is no line \"$1\" in the settings any more"
    awk -v at="$line" -v new="$2" 'NR == at { print new; next } { print }' "$settings" >"$work/wrong.toml"
    expect_refusal "$2" "$work/wrong.toml:$line: " --config "$work/wrong.toml" --data "$work/untouched"
    grep -qF -- "$3" "$work/refusal" || { cat "$work/refusal"; fail "$2: nothing says \"$3\""; }
}

with_variable() { # with_variable NAME VALUE WORDS
    local result=0
    env "$1=$2" timeout 10 "$onsale" serve --data "$work/untouched" --port 0 >"$work/refusal" 2>&1 || result=$?
    [ "$result" -eq 1 ] || fail "$1=$2: exit code $result, not 1"
    if ! grep -F "$1" "$work/refusal" | grep -qF -- "$3"; then cat "$work/refusal" && fail "$1=$2: not named"; fi
    cases=$((cases + 1))
}

wrong_lines() {
    # Names.
    mutated 'port = 8080' 'prot = 8080' 'no setting "http.prot"'
    mutated '[journal]' '[jornal]' '"jornal"'
    mutated 'level = "info"' 'folder = "data"' 'no setting "log.folder"'
    # Types.
    mutated 'port = 8080' 'port = "8080"' 'http.port must be a whole number'
    mutated 'port = 8080' 'port = 80.5' 'http.port must be a whole number'
    mutated 'folder = "data"' 'folder = 7' 'data.folder must be a text'
    mutated 'reserve_mib = 64' 'reserve_mib = true' 'journal.reserve_mib must be a whole number'
    mutated 'trusted_proxies = ""' 'trusted_proxies = ["127.0.0.1"]' 'http.trusted_proxies must be a text'
    # Values.
    mutated 'port = 8080' 'port = 70000' 'from 0 to 65535, not 70000'
    mutated 'loops = 0' 'loops = -1' 'from 0 to 64, not -1'
    mutated 'connections_max = 20000' 'connections_max = 0' 'http.connections_max must be from 1'
    mutated 'count = 16' 'count = 0' 'shard.count must be from 1 to 256'
    mutated 'reserve_mib = 64' 'reserve_mib = 99999999' 'journal.reserve_mib must be from 1'
    mutated 'snapshot_facts = 1000000' 'snapshot_facts = 1' 'journal.snapshot_facts must be from 10'
    mutated 'lifetime_minutes = 15' 'lifetime_minutes = 0' 'token.lifetime_minutes must be from 1'
    mutated 'level = "info"' 'level = "loud"' 'debug, info, warning or error, not "loud"'
    mutated 'folder = "data"' 'folder = ""' 'data.folder must be'
    mutated 'name_en = "Onsale"' 'name_en = ""' 'site.name_en must be a name'
    mutated 'sender = "none"' 'sender = "pigeon"' 'none, file or smtp, not "pigeon"'
    mutated 'tls = "required"' 'tls = "never"' 'required or offered'
    mutated 'private_addresses = "refused"' 'private_addresses = "yes"' 'refused or allowed'
    # Addresses.
    mutated 'public_url = ""' 'public_url = "tickets.example"' 'http.public_url must be'
    mutated 'public_url = ""' 'public_url = "https://tickets.example/shop"' 'http.public_url must be'
    mutated 'allowed_origins = ""' 'allowed_origins = "https://a.example, *"' 'http.allowed_origins must be'
    mutated 'trusted_proxies = ""' 'trusted_proxies = "proxy.example"' 'http.trusted_proxies must be IP addresses'
    mutated 'smtp_url = ""' 'smtp_url = "http://mail.example"' 'mail.smtp_url must be'
    mutated 'from = ""' 'from = "tickets"' 'an e-mail address'
    mutated 'address = "127.0.0.1"' 'address = ""' 'http.address must be'
    # What is no TOML.
    mutated 'port = 8080' 'port = ' "$work/wrong.toml"
    mutated 'folder = "data"' 'folder = "data' "$work/wrong.toml"
    mutated 'tls = "required"' 'from = "b@example.org"' "$work/wrong.toml"
}

# The file itself, and what the settings point to.
wrong_places() {
    expect_refusal "no such file" "$work/absent.toml" --config "$work/absent.toml"
    expect_refusal "a folder for a file" "$work" --config "$work"
    printf '\ntoken = 15\n' >"$work/wrong.toml"
    expect_refusal "a value for a section" "$work/wrong.toml:2: \"token\" must be a section" --config "$work/wrong.toml"
    sed 's|^address = .*|address = "999.1.1.1"|' "$settings" >"$work/wrong.toml"
    expect_refusal "an address of no machine" 999.1.1.1 --config "$work/wrong.toml" --data "$work/other" --port 0
    sed "s|^pages = .*|pages = \"$work/absent\"|" "$settings" >"$work/wrong.toml"
    expect_refusal "no folder of pages" "$work/absent" --config "$work/wrong.toml" --data "$work/other" --port 0
    printf '[messages]\nsender = "smtp"\n' >"$work/wrong.toml"
    expect_refusal "smtp without a server" mail.smtp_url --config "$work/wrong.toml" --data "$work/other" --port 0
    printf '[messages]\nsender = "smtp"\n[mail]\n' >"$work/wrong.toml"
    printf 'smtp_url = "smtp://127.0.0.1:2525"\nfrom = "a@example.org"\nuser = "a"\n' >>"$work/wrong.toml"
    printf 'password_file = "%s"\n' "$work/absent" >>"$work/wrong.toml"
    expect_refusal "no file of the password" "$work/absent" --config "$work/wrong.toml" --data "$work/other" --port 0
    touch "$work/plain"
    expect_refusal "a file for the data folder" "$work/plain" --data "$work/plain" --port 0
    expect_refusal "a folder that cannot be made" /proc/onsale --data /proc/onsale --port 0
}

# Beside a server that runs.
wrong_beside() {
    expect_refusal "the folder of another" "another onsale is using this folder" --data "$data" --port 0
    expect_refusal "the port of another" "port $port is taken" --data "$work/other" --port "$port"
    expect_refusal "fewer shards" "the number cannot change" --config "$work/fewer.toml" --data "$work/fewer" --port 0
}

chaos_begin
wrong_lines
with_variable ONSALE_HTTP_PORT eighty 'must be a whole number'
with_variable ONSALE_LOG_LEVEL loud 'debug, info, warning or error'
[ ! -e "$work/untouched" ] || fail "a refused start has made its data folder"
wrong_places

cp "$settings" "$work/right.toml"
server_options=(--config "$work/right.toml")
data=$work/fewer
start_server
stop_server
printf '[shard]\ncount = 8\n' >"$work/fewer.toml"
data=$work/data
start_server
wrong_beside
echo 'nonsense' >"$work/right.toml"
write_campaign 10 10
load_campaign
is_ready || fail "a running server minds the file it once read"
stop_server
say "config: $cases wrong configurations, each refused with its place"
