#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program of the page under node, as tests/run.py runs the native one.
root=$(cd "$(dirname "$0")/.." && pwd)
: "${TANHE_DATA:=$root/data}"
export TANHE_DATA
exec node "$root/build/web/node.js" "$@"
