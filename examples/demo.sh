#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job on one example: demo.sh TANHE OUTDIR
# The account and the head of two checks go to the screen; JSON, ledger and the whole checks go into OUTDIR. In the language of TANHE_LANG or the locale.
set -eu

if [ $# -ne 2 ]; then
	echo "usage: $0 TANHE OUTDIR" >&2
	exit 2
fi
tanhe=$1
out=$2
here=$(dirname "$0")
mkdir -p "$out"
# Parameters that the user keeps would decide what is to be shown as undetermined.
XDG_CONFIG_HOME=$(cd "$out" && pwd)
export XDG_CONFIG_HOME

# The first of these that is set and not empty decides, as in the program itself.
locale=${TANHE_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}

# say ZH EN
say() {
	case $locale in
	zh*) printf '%s\n' "$1" ;;
	*) printf '%s\n' "$2" ;;
	esac
}

# check STATUS PARAGRAPHS REPORT [OPTION...]: the check ends with that status; the report's first paragraphs are shown.
check() {
	wanted=$1 most=$2 report=$3
	shift 3
	status=0
	"$tanhe" check "$here/enterprise" "$@" -o "$report" || status=$?
	if [ "$status" -ne "$wanted" ]; then
		echo "$0: tanhe check: status $status, expected $wanted" >&2
		exit 1
	fi
	awk -v RS= -v most="$most" 'NR > most { exit } { print $0 "\n" }' "$report"
}

"$tanhe" account "$here/enterprise"
"$tanhe" account "$here/enterprise" -f json -o "$out/account.json" --ledger "$out/ledger.csv"

echo
say "以上为示例企业的核算结果（示例数据，非真实企业）。按沪发改环资〔2022〕189号逐条对照申报条件（退出码4：暂不能判定）：" \
	"This was the account of an illustrative enterprise; no real company is behind it. Is it eligible? (exit status 4: no verdict)"
echo
check 4 4 "$out/check.txt"
say "所据文本缺九个门槛的数字，是待填参数，须对照通知原件填写。下面用虚构的示例值演示（不是通知的数字）：" \
	"Nine thresholds are lost in the text at hand: parameters without a value, to be read off the notice. With made-up values, not the notice's:"
echo
check 0 2 "$out/check-illustrative.txt" --params "$here/params-illustrative.csv"

say "JSON  ：$out/account.json" \
	"JSON:    $out/account.json"
say "明细  ：$out/ledger.csv（计算明细，每行每种气体一行：所在行、因子、依据文件、算式）" \
	"Ledger:  $out/ledger.csv (a row for each line and gas: where from, which factor, which document, which formula)"
say "对照  ：$out/check.txt，示例参数：$out/check-illustrative.txt（逐条：原文、所据资料、门槛、判定理由）" \
	"Checks:  $out/check.txt, and with made-up parameters $out/check-illustrative.txt (each clause: words, inputs, limits, reasons)"
