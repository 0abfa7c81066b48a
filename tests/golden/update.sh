#!/bin/sh
# Writes the answers of the bundled scenarios anew: tests/golden/update.sh build/dev/delian
# Read the difference before you commit it.
set -eu
binary=$(realpath "${1:?usage: update.sh DELIAN}")
cd "$(dirname "$0")"
for scenario in ../../scenarios/*/scenario.toml; do
  name=$(basename "$(dirname "$scenario")")
  for language in en fr; do
    "$binary" run -q "$scenario" --lang "$language" -o "$name.$language.txt"
  done
done
