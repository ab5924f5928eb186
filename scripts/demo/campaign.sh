#!/usr/bin/env bash
# Prepares the demo campaign in a folder and prints the number of the round that is to be loaded, if any.
#
#   scripts/demo/campaign.sh FOLDER
#
# FOLDER/N holds round N: campaign.toml, codes.csv, closes_at (seconds since 1970), and loaded once the server has it. A
# round that was prepared but not loaded is offered again unchanged; a new one begins only when the last has closed, so
# running this again is harmless.
set -euo pipefail
folder=$1
source=$(dirname "${BASH_SOURCE[0]}")
opens_in_seconds=60
open_for_seconds=$((2 * 60 * 60))
codes=500

round=1
while [ -e "$folder/$((round + 1))/closes_at" ]; do
    round=$((round + 1))
done

now=$(date +%s)
if [ -e "$folder/$round/closes_at" ]; then
    if [ "$now" -lt "$(<"$folder/$round/closes_at")" ]; then
        [ -e "$folder/$round/loaded" ] || echo "$round"
        exit 0
    fi
    round=$((round + 1))
fi

rfc3339() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
opens=$((now + opens_in_seconds))
closes=$((opens + open_for_seconds))

umask 077
mkdir -p "$folder/$round"
cp "$source/pictures/coffee.webp" "$folder/$round/"
sed -e "s/@SESSION@/$((100 + round))/g" -e "s/@CAMPAIGN@/$((1000 + round))/g" \
    -e "s/@TIER@/$((2000 + round))/g" -e "s/@LIST@/$((5000 + round))/g" \
    -e "s/@OPENS_AT@/$(rfc3339 $opens)/g" -e "s/@CLOSES_AT@/$(rfc3339 $closes)/g" \
    -e "s/@ENDS_AT@/$(rfc3339 $((closes + 24 * 60 * 60)))/g" \
    "$source/campaign.toml" >"$folder/$round/campaign.toml"

# Twelve characters of an alphabet of 32 without look-alikes: 60 random bits, so no two codes are the same.
{
    echo code
    od -An -v -tu1 -w12 -N $((12 * codes)) /dev/urandom | awk '{
        code = ""
        for (i = 1; i <= 12; ++i) {
            code = code substr("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", $i % 32 + 1, 1) (i % 4 == 0 && i < 12 ? "-" : "")
        }
        print code
    }'
} >"$folder/$round/codes.csv"

# Last, because it makes the round count.
echo "$closes" >"$folder/$round/closes_at"
echo "$round"
