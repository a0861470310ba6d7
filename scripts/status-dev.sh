#!/bin/sh
# Shows how development does, and keeps what its services wrote last. docs/scripts.md says more.
set -eu
root=$(dirname "$(readlink -f "$0")")/..
export PROMOTION_HOME="${PROMOTION_HOME:-$root/.promotion}"
exec "$root/node_modules/.bin/node" "$root/cli/main.ts" status --env dev --log= "$@"
