#!/bin/sh
# mawk.sh INVENTORY FACTORS UNITS: the job in mawk, one thread, bytes not characters.
# Exit status 77: mawk is not installed.
command -v mawk >/dev/null 2>&1 || exit 77
here=$(dirname "$0")
LC_ALL=C exec mawk -f "$here/account.awk" -v units="$3" -v factors="$2" "$1"
