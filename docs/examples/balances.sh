#!/usr/bin/env bash
# Adds up the balances of all accounts from the whole feed: {"available:lottery:general": 400, ...}
# TOKEN=... bash balances.sh http://127.0.0.1:8000
set -o pipefail
curl -sSf --compressed -H "Authorization: Bearer $TOKEN" -H "Accept: application/jsonl" "$1/v1/events" |
    jq -n 'reduce (inputs | .data.postings[]) as $line ({}; .[$line.account] += $line.value)'
