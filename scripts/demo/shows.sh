#!/usr/bin/env bash
# Prepares the demo's shows in a folder: shows.toml with real days instead of @+30@, and the pictures beside it.
#
#   scripts/demo/shows.sh FOLDER
#
# Days count from the first run, so that importing the file again finds the same content and changes nothing.
set -euo pipefail
folder=$1
source=$(dirname "${BASH_SOURCE[0]}")

umask 077
mkdir -p "$folder"
[ -e "$folder/began" ] || date +%Y-%m-%d >"$folder/began"
began=$(<"$folder/began")

expressions=()
while read -r word; do
    days=${word//@/}
    expressions+=(-e "s/$word/$(date -u -d "$began ${days} days" +%Y-%m-%d)/g")
done < <(grep -v '^#' "$source/shows.toml" | grep -oE '@[+-][0-9]+@' | sort -u)
sed "${expressions[@]}" "$source/shows.toml" >"$folder/shows.toml"
cp "$source"/pictures/*.webp "$folder/"
