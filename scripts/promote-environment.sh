#!/bin/sh
# Promotes what runs in FROM_ENV to TO_ENV. docs/scripts.md says more.
set -eu
root=$(dirname "$(readlink -f "$0")")/..
export PROMOTION_HOME="${PROMOTION_HOME:-$root/.promotion}"
exec "$root/node_modules/.bin/node" "$root/cli/main.ts" run --log= "$@"
