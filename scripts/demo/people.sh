#!/usr/bin/env bash
# Makes one login for each role of the demo and sets the banners of the first page. Running it again changes nothing.
#
#   scripts/demo/people.sh URL FOLDER STAFF_TOKEN
#
# FOLDER: the site's data folder, where the first admin's password is until it has been changed. Prints the logins.
set -euo pipefail
url=$1
folder=$2
staff_token=$3
pictures=$(dirname "${BASH_SOURCE[0]}")/pictures
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# call METHOD PATH TOKEN [BODY]: prints the status; the answer's body is in $answer. Bodies travel by standard input, so that no
# password stands in a process list.
call() {
    printf '%s' "${4:-}" | curl -s -m 20 -o "$answer" -w '%{http_code}' -X "$1" -H 'Content-Type: application/json' \
        ${3:+-H "Authorization: Bearer $3"} ${4:+--data-binary @-} "$url$2"
}
credentials() { jq -nc --arg u "$1" --arg p "$2" '{username: $u, password: $p}'; }
die() {
    echo "demo: $*" >&2
    head -c 500 "$answer" >&2
    exit 1
}

# staff USERNAME FIRST_PASSWORD PASSWORD: changes the password that must be changed, if it still has to.
settle_password() {
    local token passwords
    [ "$(call POST /api/v1/staff/logins "" "$(credentials "$1" "$3")")" != 200 ] || return 0
    [ "$(call POST /api/v1/staff/logins "" "$(credentials "$1" "$2")")" = 200 ] || die "$1 cannot log in"
    token=$(jq -r .token "$answer")
    passwords=$(jq -nc --arg o "$2" --arg n "$3" '{old_password: $o, new_password: $n}')
    [ "$(call PUT /api/v1/staff/me/password "$token" "$passwords")" = 204 ] ||
        die "the password of $1 could not be changed"
}

operator() { # operator USERNAME NICKNAME ORGANISER PASSWORD
    local status first="once-${4}"
    status=$(call POST /api/v1/staff "$staff_token" "$(jq -nc --arg u "$1" --arg n "$2" --argjson o "$3" --arg p "$first" \
        '{username: $u, nickname: $n, password: $p, roles: ["operator"], organisers: [$o]}')")
    case $status in
    201 | 409) settle_password "$1" "$first" "$4" ;;
    *) die "the operator $1 could not be made" ;;
    esac
}

banner() { # banner PICTURE SHOW ZH EN
    local id
    id=$(curl -s -m 20 -X POST -H "Authorization: Bearer $staff_token" -H 'Content-Type: image/webp' \
        --data-binary "@$pictures/$1" "$url/api/v1/pictures" | jq -r .id)
    jq -nc --arg i "$id" --argjson s "$2" --arg zh "$3" --arg en "$4" '{picture: $i, show: $s, title: {zh: $zh, en: $en}}'
}

if [ -e "$folder/keys/first-admin.txt" ]; then
    settle_password admin "$(sed -n 's/^password: //p' "$folder/keys/first-admin.txt")" admin2026demo
fi
operator galaxy 星河运营 1 galaxy2026demo
operator capital 京城运营 2 capital2026demo
case $(call POST /api/v1/people "" "$(credentials buyer buyer2026demo | jq -c '. + {nickname: "小星"}')") in
201 | 409) ;;
*) die "the buyer could not be made" ;;
esac
banners=$({
    banner coffee.webp 10 "一分钟后开抢:西岸咖啡节" "Opens within a minute: coffee festival vouchers"
    banner concert.webp 11 "极光乐团「夜航」上海站" "Aurora: Night Flight, Shanghai"
    banner football.webp 12 "京城德比,工体之夜" "Capital Derby at the Workers’ Stadium"
    banner symphony.webp 13 "贝多芬第九,跨年之声" "Beethoven’s Ninth for the New Year"
} | jq -sc '{banners: .}')
[[ $(call PUT /api/v1/banners "$staff_token" "$banners") = 20? ]] || die "the banners could not be set"

cat <<LOGINS
  buyer      buyer    / buyer2026demo       $url/
  operator   galaxy   / galaxy2026demo      $url/console   (organiser 1)
  operator   capital  / capital2026demo     $url/console   (organiser 2)
  admin      admin    / admin2026demo       $url/console
LOGINS
