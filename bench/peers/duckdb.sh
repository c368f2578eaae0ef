#!/bin/sh
# duckdb.sh INVENTORY FACTORS UNITS THREADS [TABLE]: the job in DuckDB, inside Node.
# Exit status 77: node or the npm package is not there (see install.sh).
here=$(dirname "$0")
command -v node >/dev/null 2>&1 || exit 77
[ -d "$here/node/node_modules/@duckdb/node-api" ] || exit 77
exec node "$here/duckdb.mjs" "$@"
