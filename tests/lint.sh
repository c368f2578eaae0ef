#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Proofs about the sources that no compiler makes: lint.sh [RULE...]. Prints one line, or every violation, and then exits 1.
# CC names the compiler, B the folder with the objects, which `make lint` builds first. That each rule bites: tests/suites/lint.py.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
: "${CC:=gcc}" "${B:=build}"
rules="includes system ports locale memory settles headers names prefixes knots shared callers diagnostics arguments manual scripts paths lists parts gives optional"

# Rooms whose name begins what they define, and nothing else does.
own_prefix="plan check"
# Files that start a job.
starters="src/batch/batch.c src/reference/open.c src/account/account.c src/path/path.c src/rules/set.c src/rules/decide.c src/footprint/footprint.c src/check/check.c src/plan/plan.c src/report/report.c src/cli/main.c"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
exec 3> "$work/bad"

find src include -name '*.h' | sort > "$work/headers"
find src -name '*.c' | sort > "$work/sources"
cat "$work/headers" "$work/sources" > "$work/both"
if git rev-parse --is-inside-work-tree > /dev/null 2>&1; then
	git ls-files -co --exclude-standard > "$work/listed"
else
	find . -name node_modules -prune -o -path "./$B" -prune -o -path ./bench/out -prune -o -type f -print | sed 's|^\./||' > "$work/listed"
fi
while IFS= read -r file; do
	[ ! -f "$file" ] || printf '%s\n' "$file"
done < "$work/listed" > "$work/all"

# Sources without comments, as words: what a comment mentions is not used.
cat > "$work/words.awk" << 'AWK'
{
	line = $0
	text = ""
	for (;;) {
		if (inside) {
			at = index(line, "*/")
			if (!at)
				break
			line = substr(line, at + 2)
			inside = 0
		}
		at = index(line, "/*")
		text = text " " (at ? substr(line, 1, at - 1) : line)
		if (!at)
			break
		line = substr(line, at + 2)
		inside = 1
	}
	if (!prototypes)
		gsub(/[^A-Za-z0-9_]+/, "\n", text)
	print text
}
AWK

cat > "$work/inline.awk" << 'AWK'
/^static inline / { text = $0; if (match(text, /[a-z0-9_]+\(/)) print substr(text, RSTART, RLENGTH - 1), FILENAME }
AWK

# What each object defines and wants: lines of `name source`.
symbols() {
	[ ! -f "$work/nm" ] || return 0
	: > "$work/objects"
	while IFS= read -r source; do
		object=$B/${source#src/}
		object=${object%.c}.o
		if [ -f "$object" ]; then
			echo "$object" >> "$work/objects"
		else
			echo "$source: $object is not built" >&3
		fi
	done < "$work/sources"
	xargs nm -A < "$work/objects" | sed "s|^$B/\(.*\)\.o:|src/\1.c |" > "$work/nm"
	sed -n 's|^\([^ ]*\) [0-9a-f]* [TDBR] \(.*\)|\2 \1|p' "$work/nm" | sort > "$work/defined"
	sed -n 's|^\([^ ]*\) *U \(.*\)|\2 \1|p' "$work/nm" | sort > "$work/wanted"
}

# A file sees its own room and lower ones; rooms on one floor do not see each other. Each foreign library has one user.
includes() {
	cat > "$work/includes.awk" << 'AWK'
function bad(text) { print FILENAME ":" FNR ": " text }
BEGIN {
	n = split("base 0 io 1 doc 1 reference 2 case 3 account 4 rules 4 path 4 uncertainty 5 footprint 6 check 6 plan 7 report 8 audit 9 batch 9 cli 10", list, " ")
	for (i = 1; i < n; i += 2)
		floor[list[i]] = list[i + 1] + 0
	n = split("base 0 reference 2 account 4 rules 4 uncertainty 5 footprint 6 check 6 plan 7 report 8 audit 9 tanhe 10", list, " ") # the public header of a room
	for (i = 1; i < n; i += 2)
		public[list[i]] = list[i + 1] + 0
	user["csv.h"] = "^src/io/(csv|marks)[a-z_]*\\.[ch]$"
	user["cjson/cJSON.h"] = "^src/(io/json|cli/late)\\.c$"
	user["zip.h"] = "^src/(io/package(_write)?|cli/late)\\.c$"
	user["expat.h"] = "^src/io/xml\\.c$"
	user["nettle"] = "^src/io/digest\\.c$"
	user["xlsxwriter.h"] = "^src/(io/book_write|cli/late)\\.c$"
	user["iconv.h"] = "nobody" # each C library has tables of its own: src/io/gb18030.c
	user["the system"] = "^src/io/os(_process)?\\.c$"
	user["the processor"] = "^src/io/cpu\\.c$"
	user["gsl"] = "^src/(path/(slope|trend|worth)|uncertainty/(collapse|points|sampler))\\.c$"
}
FNR == 1 {
	split(FILENAME, part, "/")
	own = FILENAME
	sub(/^.*\//, "", own)
	sub(/\.h$/, "", own)
	room = part[1] == "include" ? "<tanhe/" own ".h>" : part[2]
	known = part[1] == "include" ? (own in public) : (part[2] in floor)
	mine = part[1] == "include" ? public[own] : floor[part[2]]
	if (!known)
		bad("a room without a floor: write it into tests/lint.sh and CONTRIBUTING.md")
}
/^[ \t]*#[ \t]*include/ {
	name = $0
	if (name ~ /"/) {
		gsub(/^[^"]*"|".*$/, "", name)
		split(name, to, "/")
		if (!(to[1] in floor))
			bad("\"" name "\" does not begin with a room")
		else if (to[1] != room && floor[to[1]] >= mine)
			bad(room " on floor " mine " includes " name " of floor " floor[to[1]])
		next
	}
	gsub(/^[^<]*<|>.*$/, "", name)
	if (name ~ /^tanhe\//) {
		gsub(/^tanhe\/|\.h$/, "", name)
		if (!(name in public))
			bad("<tanhe/" name ".h> has no floor")
		else if (public[name] > mine)
			bad(room " on floor " mine " includes <tanhe/" name ".h> of floor " public[name])
		next
	}
	family = name ~ /^nettle\// ? "nettle" : name ~ /^gsl\// ? "gsl" : tolower(name) ~ /cjson/ ? "cjson/cJSON.h" : \
		name ~ /^sys\/platform\// ? "the processor" : \
		name ~ /^(unistd|fcntl|dirent|signal|time|libgen|termios|poll|dlfcn|spawn|glob|pwd|sys\/.*|linux\/.*)\.h$/ ? "the system" : name
	if (family in user && FILENAME !~ user[family])
		bad("<" name "> belongs to " user[family] " alone")
}
AWK
	xargs awk -f "$work/includes.awk" < "$work/both" >&3
}

# What stdio.h and stdlib.h have of the system: files are for src/io/os.c, and the streams and the environment of the process for src/cli.
system() {
	xargs grep -nE '(^|[^A-Za-z0-9_])(fopen|freopen|fdopen|tmpfile|tmpnam|remove|rename|popen|system|realpath|mkstemp|mkdtemp)\(' \
		< "$work/both" | grep -v '^src/io/os\.c:' | sed 's/$/: belongs to src\/io\/os.c alone/' >&3 || true
	xargs grep -nE '(^|[^A-Za-z0-9_])(v?f?printf|puts|putchar|fputs|fputc|fwrite|perror|exit|_Exit|abort|getenv|setenv|putenv)\(' \
		< "$work/both" | grep -v '^src/cli/' | sed 's/$/: belongs to src\/cli/' >&3 || true
}

# What another system has otherwise: functions that C libraries round each in their own way are called through base/transcendental.h, the last separator of a path
# is looked for by base/filename.h, no number is a `long`, which has 32 bits in a page, and tools/web/libraries.sh compiles each part of GSL that is used.
ports() {
	cat > "$work/ports.awk" << 'AWK'
FNR == 1 { inside = 0 }
{
	line = $0
	if (inside && !sub(/^.*\*\//, "", line))
		next
	gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
	gsub(/\/\*([^*]|\*[^\/])*\*\//, "", line)
	inside = sub(/\/\*.*$/, "", line)
	if (line ~ /(^|[^A-Za-z0-9_])(exp2?|expm1|log|log2|log10|log1p|pow|cbrt|hypot|a?sinh?|a?cosh?|a?tanh?|atan2|erfc?|[lt]gamma)[fl]?\(/ && FILENAME != "src/base/transcendental.h")
		print FILENAME ":" FNR ":" $0 ": base/transcendental.h"
	if (line ~ /strrchr\([^,]*, '\/'\)/ && FILENAME !~ /^src\/(base\/filename|io\/(os|workbook))\.c$/)
		print FILENAME ":" FNR ":" $0 ": base/filename.h"
	gsub(/long (long|double)/, "", line)
	if (line ~ /(^|[^A-Za-z0-9_(])(unsigned )?long (int )?\*?[a-z_]/ && FILENAME !~ /^src\/io\/os/)
		print FILENAME ":" FNR ":" $0 ": long has 32 or 64 bits"
}
AWK
	xargs awk -f "$work/ports.awk" < "$work/both" >&3
	[ -f tools/web/libraries.sh ] || return 0
	xargs sed -n 's/^#include <gsl\/gsl_\([a-z]*\).*/\1/p' < "$work/both" | sort -u | while read -r part; do
		grep -qE " gsl/($part|${part%no})[./]" tools/web/libraries.sh || echo "tools/web/libraries.sh: compiles nothing of gsl_$part.h" >&3
	done
}

# Numbers are read and written as in the C locale, whatever a host has set: base/print.h.
locale() {
	xargs grep -nE '(^|[^A-Za-z0-9_])(v?sn?printf\(.*%[-+ #0-9.*]*[aefgAEFG]|vsn?printf\(|(strto(d|f|ld)|ato[fil]|setlocale|localeconv)\()' \
		< "$work/both" | grep -v '^src/base/print\.c:' | sed 's/$/: goes by the locale of the process: base\/print.h/' >&3 || true
}

# Every request for memory is counted: base/memory.h.
memory() {
	xargs grep -nE '(^|[^A-Za-z0-9_])(malloc|calloc|realloc|reallocarray|aligned_alloc|posix_memalign|strdup|strndup|asprintf|vasprintf|open_memstream|getline|getdelim)\(' \
		< "$work/both" | grep -v '^src/base/memory\.c:' | sed 's/$/: asks for memory beside base\/memory.h/' >&3 || true
}

# Every function of the public face that answers with a status is a job that settles: base/diag.h.
settles() {
	cat include/tanhe/*.h | tr '\n' ' ' | grep -o 'TH_PUBLIC[^;]*;' | sed -n 's/.*th_status \(th_[a-z0-9_]*\)(.*/\1/p' | sort -u |
		while read -r name; do
			file=$(xargs grep -lE "^th_status $name\\(" < "$work/sources") || file=include/tanhe
			grep -rqE 'th_settle|th_ran_out|th_(page_)?give\(' "$file" || echo "$file: $name does not settle"
		done >&3
}

# Every header compiles alone.
headers() {
	while IFS= read -r header; do
		printf '#include "%s"\n' "$header" |
			$CC -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Iinclude -Isrc -I. -fsyntax-only -Werror -x c - 2> "$work/cc" ||
			{ echo "$header: does not compile alone:"; head -n 5 "$work/cc"; } >&3
	done < "$work/headers"
}

# No base name twice: a header may be called as its source, and the public one as the one of its room. No file is called `more`.
names() {
	awk -F/ '{
		stem = $NF
		sub(/\.[ch]$/, "", stem)
		room = $1 == "include" ? stem : $2 # a public header is called as its room
		if ($1 == "src" && $NF in file)
			print $0 ": as " file[$NF] ", one base name"
		else if (stem in home && home[stem] != room)
			print $0 ": as a file of src/" home[stem] ", one base name in two rooms"
		if (stem ~ /(^|_)more$/)
			print $0 ": called `more`"
		if ($1 == "src")
			file[$NF] = $0
		home[stem] = room
	}' "$work/both" >&3
}

# What begins with the name of one of these rooms is defined there, or in its public header.
prefixes() {
	symbols
	for room in $own_prefix; do
		{ grep "^th_${room}_" "$work/defined" || true; } | { grep -v " src/$room/" || true; } | sed "s|^\([^ ]*\) \(.*\)|\2: \1 has the prefix of src/$room|" >&3
		grep -v -e "^src/$room/" -e "^include/tanhe/$room\.h$" "$work/headers" |
			xargs grep -HnE "(^typedef .*|^\}) th_${room}_[a-z0-9_]+;|^(struct|enum|union) th_${room}_[a-z0-9_]+ \{" | sed "s|\$| -- has the prefix of src/$room|" >&3
	done
}

# Files of a room call each other one way: no circles, and who starts a job defines nothing that its parts call.
knots() {
	symbols
	join "$work/wanted" "$work/defined" | awk '{ split($2, a, "/"); split($3, b, "/") } a[2] == b[2] && $2 != $3 { print a[2], $2, $3, $1 }' > "$work/calls"
	for starter in $starters; do
		[ -f "$starter" ] || echo "tests/lint.sh: there is no $starter" >&3
		awk -v starter="$starter" '$3 == starter { print $2 ": calls " $4 " of " starter ", which starts the job" }' "$work/calls" >&3
	done
	cut -d' ' -f1 "$work/calls" | sort -u | while IFS= read -r room; do
		awk -v room="$room" '$1 == room { print $2, $3 }' "$work/calls" | tsort 2>&1 > /dev/null | awk '/:.*:/ { n++ } n == 1 && sub(/^tsort: src/, "src")' > "$work/circle"
		awk 'NR == FNR { in_it[$1]; next } ($2 in in_it) && ($3 in in_it) { print $2 ": calls " $4 " of " $3 ": a circle of files" }' "$work/circle" "$work/calls" >&3
	done
}

# Nothing that can change is shared between two runs in one process: no object has data of its own to write, but these.
#   hash_key          drawn once, before main
#   missed, spare     a thread's own
#   place, ends_cleanly  temporary files that a signal removes: the process's, atomic
#   once              what GSL is told once, under pthread_once (path/slope.c, uncertainty/points.c)
shared() {
	symbols
	xargs nm -A -f sysv < "$work/objects" | tr -d ' ' | awk -F'|' -v b="$B/" '
		$7 ~ /^(\.(data|bss|tdata|tbss)(\.rel(\.local)?)?|\*COM\*)$/ && $4 != "SECTION" {
			split(substr($1, length(b) + 1), a, /\.o:/)
			print "src/" a[1] ".c: " a[2] ": data that can change, shared by all runs of a process"
		}' | grep -vE "^src/(base/hash\.c: hash_key|base/(memory\.c: missed|arena\.c: spare)|io/os\.c: (place|ends_cleanly|interrupted)|path/slope\.c: once|uncertainty/points\.c: once):" >&3 || true
}

# No function without a caller.
callers() {
	symbols
	cut -d' ' -f1 "$work/wanted" | sort -u > "$work/wanted.names"
	# What is public is for others to call; here the tests must.
	find tests/unit -name '*.[ch]' -exec cat {} + | tr -c 'A-Za-z0-9_' '\n' | sort -u > "$work/tested"
	cat include/tanhe/*.h | tr '\n' ' ' | grep -o 'TH_PUBLIC[^;]*;' | grep -o 'th_[a-z0-9_]*(' | tr -d '(' | sort -u | comm -12 - "$work/tested" > "$work/called"
	# th_pack_parse: how the tests hand in damaged packs, by the thousand, th_sheet_of_xml sheets and th_source_of_bytes texts; th_diags_lend: how they hand in files; th_shard_merge: one thread has one
	# shard, the tests cut files in several.
	# th_applicants_*: for a batch. th_image_write: for make (tools/make_image.c).
	printf '%s\n' th_applicants_open th_applicants_next th_applicants_path th_applicants_encoding th_applicants_sha256 main th_image_write th_pack_parse th_diags_lend th_shard_merge th_sheet_of_xml th_source_of_bytes >> "$work/called"
	sort -u "$work/wanted.names" "$work/called" > "$work/used"
	join -v 1 "$work/defined" "$work/used" > "$work/unused"
	while read -r name source; do
		uses=$(awk -f "$work/words.awk" "$source" | grep -cx "$name" || true)
		if [ "$uses" -lt 2 ]; then
			echo "$source: $name has no caller" >&3
		elif ! grep -qx "$name" "$work/tested"; then # called at home, and shown in a header for the unit tests
			echo "$source: $name has no caller in another file: make it static" >&3
		fi
	done < "$work/unused"
	xargs awk -f "$work/words.awk" < "$work/both" | sort | uniq -c | awk '$1 > 1 { print $2 }' | sort > "$work/twice"
	xargs awk -f "$work/inline.awk" < "$work/headers" | sort > "$work/inlines"
	join -v 1 "$work/inlines" "$work/twice" | sed 's|^\([^ ]*\) \(.*\)|\2: \1 has no caller|' >&3
	# And none declared that is not there.
	cut -d' ' -f1 "$work/defined" "$work/inlines" | sort -u > "$work/known"
	xargs awk -v prototypes=1 -f "$work/words.awk" < "$work/headers" | grep -vE '^ *(#|typedef )' | grep -oE '\b(th|cli|cmd)_[a-z0-9_]+\(' | tr -d '(' | sort -u |
		comm -23 - "$work/known" | sed 's|$|: declared in a header, defined nowhere|' >&3
}

# Diagnostics: codes unique, every one raised.
diagnostics() {
	xargs awk -f "$work/words.awk" < "$work/both" | sort -u > "$work/words"
	sed -n 's/^D(\([0-9]*\), *[A-Z]*, *\([A-Z0-9_]*\),.*/\1 \2/p' src/base/diag.def > "$work/codes"
	cut -d' ' -f1 "$work/codes" | sort | uniq -d | sed 's|^|src/base/diag.def: code given twice: |' >&3
	cut -d' ' -f2 "$work/codes" | sed 's/^/TH_/' | sort -u | comm -23 - "$work/words" | sed 's|^|src/base/diag.def: never raised: |' >&3
}

# need PROGRAM: without it a rule proves nothing.
need() {
	command -v "$1" > /dev/null || echo "$1: is not installed" >&3
}

# Every {n} of a diagnostic or a label gets its argument.
arguments() {
	need python3
	python3 tests/placeholders.py . >&3 || true
}

# The manual is lint-clean, and the page of diagnostics is what diag.def says.
manual() {
	need mandoc
	for page in man/*.[1-9] man/*/*.[1-9]; do
		mandoc -Tlint -Wwarning "$page" >&3 || true
	done
	python3 man/diag7.py | cmp -s - man/tanhe-diag.7 ||
		echo "man/tanhe-diag.7: not what diag.def says; run: python3 man/diag7.py > man/tanhe-diag.7" >&3
}

# Scripts are clean.
scripts() {
	need shellcheck
	grep -E '(\.sh|^\.ci/run)$' "$work/all" | xargs shellcheck >&3 || true
}

# No path of one machine.
paths() {
	tr '\n' '\0' < "$work/all" |
		xargs -0 grep -nIE '(^|[^A-Za-z0-9_.-])/([w]ork|[r]oot|[t]mp/plan)(/|$|[^A-Za-z0-9_-])' /dev/null >&3 || true
}

# The Makefile's lists are complete.
lists() {
	# shellcheck disable=SC2016
	printf 'include Makefile\n.PHONY: the-lists\nthe-lists:\n\t@printf "%%s\\n" $(LIB_SRC) $(CLI_SRC) $(UNIT:%%=tests/unit/%%.c) $(PUBLIC:%%=include/tanhe/%%.h) $(addprefix man/,$(MAN1) $(MAN3) $(MAN5) $(MAN7)) $(addprefix man/zh_CN/,$(MAN1_ZH) $(MAN5_ZH))\n' |
		MAKEFLAGS='' make -s -f - the-lists | sort > "$work/listed"
	{
		cat "$work/sources"
		find tests/unit -name '*.c'
		find include -name '*.h'
		find man -name '*.[1-9]'
	} | sort > "$work/there"
	comm -13 "$work/listed" "$work/there" | sed 's|$|: not in the lists of the Makefile|' >&3
	comm -23 "$work/listed" "$work/there" | sed 's|$|: in the lists of the Makefile, but not there|' >&3
}

# The files of a case are named in src/case/folder.c alone, and the manual lists each, in every language. A string without a blank is a name, with one a sentence;
# units.csv is a file of the data folder as well.
parts() {
	sed -n 's|^\t\[TH_CASE_[A-Z]*\] *= {"\([a-z]*\)\.csv",.*|\1|p' src/case/folder.c > "$work/parts"
	[ -s "$work/parts" ] || echo "src/case/folder.c: no table of the files of a case" >&3
	part_names=$(grep -vx units "$work/parts" | paste -sd '|' -)
	grep -vx src/case/folder.c "$work/both" | xargs grep -nE "\"[^\" ]*($part_names)\\.csv[^\" ]*\"" | sed 's|$|: take the name from th_case_files|' >&3 || true
	while IFS= read -r name; do
		for page in man/tanhe-case.5 man/*/tanhe-case.5; do
			grep -qE "^\.It Pa (.* )?$name\.csv" "$page" || echo "$page: does not list $name.csv" >&3
		done
	done < "$work/parts"
}

# What gives something through a pointer gives NULL after an error, and tests/unit/test_contract.c asks it to; a report that only memory can
# stop begins with th_report_begin.
gives() {
	cat include/tanhe/*.h | tr '\n' ' ' | grep -oE 'th_status th_[^;{}]*\([^;]*\*\*[^;]*;' | grep -oE 'th_[a-z0-9_]+\(' | tr -d '(' | sort -u > "$work/givers"
	tr -c 'A-Za-z0-9_' '\n' < tests/unit/test_contract.c | sort -u > "$work/asked"
	comm -23 "$work/givers" "$work/asked" | while IFS= read -r name; do
		find src/report -name '*.c' -exec grep -hA3 "^th_status $name(" {} + | grep -q 'th_report_begin(' ||
			echo "include/tanhe: $name gives through a pointer, and tests/unit/test_contract.c does not ask it" >&3
	done
}

# What may be none is stored as th_index (base/optional.h), is asked, and is no index.
optional() {
	find src -name '*.[ch]' -exec grep -nE '^[[:space:]]+uint32_t [^(*]*;.*TH_NONE' {} + | sed 's|$| -- store it as th_index|' >&3 || true
	find src -name '*.[ch]' -exec grep -nE '\[th_index_(number|of)\(' {} + | sed 's|$| -- ask it first: th_index_get, TH_AT|' >&3 || true
	find src -name '*.[ch]' ! -path src/base/optional.h -exec grep -nE 'place_and_one' {} + | sed 's|$| -- belongs to base/optional.h|' >&3 || true
}

[ $# -gt 0 ] || eval "set -- $rules"
for rule; do
	case " $rules " in
	*" $rule "*) "$rule" ;;
	*) echo "lint: no rule $rule; there are $rules" >&2; exit 2 ;;
	esac
done
if [ -s "$work/bad" ]; then
	cat "$work/bad" >&2
	echo "lint: $(grep -c '' "$work/bad") lines of violations" >&2
	exit 1
fi
echo "lint: ok ($(grep -c '' "$work/all") files)"
