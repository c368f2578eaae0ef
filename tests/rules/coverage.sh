#!/bin/sh
# Line, branch and MC/DC coverage of src/rules, every failed allocation included: coverage.sh BUILD, where BUILD was made with clang-19 and
# -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc. Fails below 100 %.
set -eu
build=$1
cc=${CC:-clang-19}
for row in "bad1:s/\"get\": \"trained\"/\"get\": \"berths\"/; s/{\"id\": \"net\"/{\"id\": \"gross\"/" \
	"bad2:s/\"get\": \"trained\"/\"get\": \"trainee\"/" \
	"bad3:s/\"get\": \"trained\"/\"get\": \"berths\"/; s/\[\"m\", \"km\"\]/[\"m\", \"kg\"]/" \
	"bad4:s/\"observed\": {\"get\": \"share\"}/\"observed\": {\"get\": \"energy\"}/"; do
	sed "${row#*:}" tests/rules/example-scheme.json > "$build/${row%%:*}.json"
done
# shellcheck disable=SC2086
"$cc" -std=c11 -D_POSIX_C_SOURCE=200809L -g -Iinclude -Isrc -fprofile-instr-generate -o "$build/rules_memory" tests/fault/rules_memory.c \
	-Wl,--wrap=th_arena_alloc -Wl,--wrap=th_arena_copy -Wl,--wrap=realloc "$build/libtanhe.a" ${LIBS:--lcsv -lcjson -lnettle -lm}
rm -f "$build"/*.profraw
for suite in rules "rules: packs"; do
	CK_FORK=no CK_RUN_SUITE="$suite" LLVM_PROFILE_FILE="$build/%p.profraw" "$build/unit"
done
LLVM_PROFILE_FILE="$build/memory.profraw" "$build/rules_memory" data/units.csv tests/rules/example-scheme.json "$build"/bad?.json
llvm-profdata-19 merge -o "$build/rules.profdata" "$build"/*.profraw
llvm-cov-19 report "$build/unit" -object "$build/rules_memory" -instr-profile="$build/rules.profdata" -show-mcdc-summary \
	-show-region-summary=false src/rules > "$build/rules.coverage"
awk 'NR > 2 && NF > 8 { print }; /^TOTAL/ { total = 1; bad = $7 != "100.00%" || $10 != "100.00%" || $13 != "100.00%" }
	END { exit !total || bad }' "$build/rules.coverage"
