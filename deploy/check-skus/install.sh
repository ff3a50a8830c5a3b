#!/usr/bin/env bash
# Installs the checkout that the action came with, by its own pins.
set -euo pipefail

checkout=$(cd "$GITHUB_ACTION_PATH/../.." && pwd)
python -m pip install --quiet --disable-pip-version-check \
  --constraint "$checkout/constraints.txt" "${checkout}[batch,sheets,parties]"
