#!/usr/bin/env bash
# Install the Debian packages named that this machine lacks: `bash tools/debian_packages.sh chromium`.
# Only where the user is root and apt-get is there; elsewhere it says what is missing, and the tests
# that need it skip with that reason.
set -euo pipefail

missing=()
for package in "$@"; do
  if ! dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep --quiet 'ok installed'; then
    missing+=("$package")
  fi
done
if [ "${#missing[@]}" -eq 0 ]; then exit 0; fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "not installed: ${missing[*]} (tests that need them are skipped)" >&2
  exit 0
fi
echo "installing ${missing[*]}"
apt-get update --quiet >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${missing[@]}" >/dev/null
