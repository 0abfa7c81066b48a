#!/usr/bin/env bash
# Writes the answers of cases.txt anew: tests/golden/routes/update.sh build/dev/delian
# Read the difference before you commit it.
set -euo pipefail
binary=$(realpath "${1:?usage: update.sh DELIAN}")
cd "$(dirname "$0")"
while IFS=: read -r name arguments; do
  eval "\"$binary\" route $arguments" > "$name.txt"
done < cases.txt
