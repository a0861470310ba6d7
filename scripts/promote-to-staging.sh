#!/bin/sh
# Promotes to staging, and keeps a log and a copy of staging's back-up in /tmp. docs/scripts.md says more.
set -eu
root=$(dirname "$(readlink -f "$0")")/..
export PROMOTION_HOME="${PROMOTION_HOME:-$root/.promotion}"
exec "$root/node_modules/.bin/node" "$root/cli/main.ts" run --to staging --log= --backup-dir= "$@"
