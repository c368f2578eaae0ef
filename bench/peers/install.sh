#!/bin/sh
# Installs the peer that comes from npm, DuckDB's Node client, into bench/peers/node/
# (ignored by git).  mawk and Miller come from the system's packages:
# apt-get install mawk miller nodejs npm
set -eu

version=1.5.6-r.1
here=$(cd "$(dirname "$0")" && pwd)

if ! command -v npm >/dev/null 2>&1; then
	echo "install.sh: npm is missing (apt-get install nodejs npm)" >&2
	exit 1
fi
mkdir -p "$here/node"
exec npm install --prefix "$here/node" --no-save --no-audit --no-fund "@duckdb/node-api@$version"
