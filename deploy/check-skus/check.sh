#!/usr/bin/env bash
# Checks the table that TABLE names. Inputs come as variables, never as text of this script, so no
# input is ever run. Exit codes: 0 as asked, 1 the run is to fail, 2 the table cannot be read.
set -euo pipefail

case "$FAIL_ON" in
  hit | partly | never) ;;
  *)
    echo "::error::fail-on is hit, partly or never, not '$FAIL_ON'"
    exit 2
    ;;
esac

words=(check "$TABLE")
if [ -n "$DAY" ]; then words+=(--on "$DAY"); fi
if [ -n "$ORIGINS" ]; then words+=(--origins "$ORIGINS"); fi
if [ -n "$DATES" ]; then words+=(--dates "$DATES"); fi
while IFS= read -r column; do
  if [ -n "$column" ]; then words+=(--column "$column"); fi
done <<<"$COLUMNS_MEAN"

# One look at the table gives the answer as JSON and the report; the memo is for the summary.
answer=$(mktemp)
if ! detente "${words[@]}" --json -o "$REPORT" >"$answer" 2>"$answer.said"; then
  # Only the first line: what a workflow command begins with must not come from a file.
  echo "::error file=${TABLE//[$'\n\r']/ }::$(head -n 1 "$answer.said" | tr -d '\r')"
  cat "$answer.said" >&2
  exit 2
fi
status=$(python -c 'import json, sys; print(json.load(open(sys.argv[1]))["status"])' "$answer")
detente "${words[@]}" -o "$answer.md" >/dev/null
cat "$answer.md" >>"$GITHUB_STEP_SUMMARY"
{
  echo "status=$status"
  echo "report=$REPORT"
} >>"$GITHUB_OUTPUT"
echo "$TABLE: $status"

case "$FAIL_ON-$status" in
  hit-hit | partly-hit | partly-partly)
    echo "::error::$TABLE: $status; the summary of the run has the report"
    exit 1
    ;;
esac
