#!/bin/sh
# Promotes to staging from the git work tree it is typed in: warns about uncommitted changes, and records the state of the
# work tree when the release was made from it. Keeps a log and a copy of staging's back-up in /tmp. docs/scripts.md says more.
set -eu
root=$(dirname "$(readlink -f "$0")")/..
export PROMOTION_HOME="${PROMOTION_HOME:-$root/.promotion}"
exec "$root/node_modules/.bin/node" "$root/cli/main.ts" run --to staging --work-tree= --log= --backup-dir= "$@"
