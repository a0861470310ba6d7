#!/bin/sh
# Says whether what runs in FROM_ENV may be promoted to TO_ENV. docs/scripts.md says more.
set -eu
root=$(dirname "$(readlink -f "$0")")/..
export PROMOTION_HOME="${PROMOTION_HOME:-$root/.promotion}"
exec "$root/node_modules/.bin/node" "$root/cli/main.ts" validate --log= "$@"
