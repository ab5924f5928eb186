#!/usr/bin/env bash
# Makes one of the demo's banks known to the running site and opens its accounts. Running it again changes nothing.
#
#   scripts/demo/bank.sh BINARY CONFIG FOLDER NUMBER NAME_ZH NAME_EN
#
# CONFIG: the site's settings. FOLDER: of the bank; its credentials stand in FOLDER/credentials.toml, its books in FOLDER/data.
set -euo pipefail
binary=$1
config=$2
folder=$3
number=$4
mkdir -p "$folder"
if [ ! -s "$folder/credentials.toml" ]; then
    "$binary" banks put "$number" --name-zh "$5" --name-en "$6" --credentials "$folder/credentials.toml" --config "$config" >/dev/null
fi
if [ ! -e "$folder/opened" ]; then
    echo teller2026demo | "$binary" bank setup --data "$folder/data" --teller teller --password-stdin
    {
        echo buyer,buyer2026bank,5000000
        echo student,student2026bank,20000
    } >"$folder/customers.csv"
    "$binary" bank customers import "$folder/customers.csv" --data "$folder/data" >/dev/null
    rm "$folder/customers.csv"
    touch "$folder/opened"
fi
