#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job on one example: demo.sh TANHE OUTDIR
# Text goes to the screen; JSON and ledger go into OUTDIR. Run from the repository root, in the language of the locale.
set -eu

if [ $# -ne 2 ]; then
	echo "usage: $0 TANHE OUTDIR" >&2
	exit 2
fi
tanhe=$1
out=$2
here=$(dirname "$0")
mkdir -p "$out"

"$tanhe" account "$here/enterprise"
"$tanhe" account "$here/enterprise" -f json -o "$out/account.json" --ledger "$out/ledger.csv"

# The first of these that is set and not empty decides, as in the program itself.
locale=${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}
case $locale in
zh*)
	echo
	echo "以上为示例企业的核算结果（示例数据，非真实企业）。"
	echo "JSON  ：$out/account.json"
	echo "台账  ：$out/ledger.csv（每行每种气体一行：来源行、因子、文件、算式）"
	;;
*)
	echo
	echo "This was the account of an illustrative enterprise; no real company is behind it."
	echo "JSON:   $out/account.json"
	echo "Ledger: $out/ledger.csv (a row for each line and gas: where from, which factor, which document, which formula)"
	;;
esac
