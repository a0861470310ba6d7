#!/bin/sh
# Compares two environments, by default the ends of the only path. docs/scripts.md says more.
set -eu
root=$(dirname "$(readlink -f "$0")")/..
export PROMOTION_HOME="${PROMOTION_HOME:-$root/.promotion}"
exec "$root/node_modules/.bin/node" "$root/cli/main.ts" compare --log= "$@"
