#!/bin/sh
# miller.sh INVENTORY FACTORS UNITS: the job in Miller 6.
# Exit status 77: mlr is not installed.
# First a small table of every factor in every unit of its dimension, then one
# join on both names: a line whose unit does not fit its factor has no partner.

# Miller's own `then`, and the dollar signs of its field names:
# shellcheck disable=SC1010,SC2016
command -v mlr >/dev/null 2>&1 || exit 77
set -eu

inventory=$1 factors=$2 units=$3
table=$(mktemp -d)
trap 'rm -rf "$table"' EXIT

mlr --csv put '$base = $num / $den' then cut -o -f unit,dimension,base "$units" >"$table/units.csv"
mlr --csv rename unit,per,base,per_base "$table/units.csv" >"$table/per.csv"
mlr --csv filter '$dimension == "mass"' then cut -o -f unit,base then rename unit,mass,base,kg \
	"$table/units.csv" >"$table/mass.csv"
mlr --csv cut -f id,value,unit \
	then put '$mass = sub($unit, "/.*", ""); $per = gsub(sub($unit, "^[^/]*/", ""), "[()]", "")' \
	then cut -x -f unit \
	then join -j mass -f "$table/mass.csv" \
	then join -j per -f "$table/per.csv" \
	then join -j dimension -f "$table/units.csv" \
	then put '$k = $value * $kg / $per_base * $base' \
	then cut -o -f id,unit,k \
	then rename id,factor "$factors" >"$table/k.csv"

mlr --icsv --ojson cut -f site,scope,source,quantity,unit,factor \
	then join -j factor,unit -f "$table/k.csv" \
	then put '$kg = $quantity * $k' \
	then stats1 -a count,sum -f kg -g site,scope,source \
	then rename kg_count,n,kg_sum,kg "$inventory"
