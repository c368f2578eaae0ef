#!/bin/sh
# Line, branch and MC/DC coverage of src/rules, every failed allocation included: coverage.sh BUILD, where BUILD was made with clang-19 and
# -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc. Fails below 100 %.
set -eu
build=$1
cc=${CC:-clang-19}
rm -f "$build"/*.profraw
for suite in rules "rules: packs" "rules: set" "rules: ways"; do
	CK_FORK=no CK_RUN_SUITE="$suite" LLVM_PROFILE_FILE="$build/%p.profraw" "$build/unit"
done
CC=$cc LLVM_PROFILE_FILE="$build/memory.profraw" sh tests/rules/memory.sh "$build" -fprofile-instr-generate
llvm-profdata-19 merge -o "$build/rules.profdata" "$build"/*.profraw
llvm-cov-19 report "$build/unit" -object "$build/rules_memory" -instr-profile="$build/rules.profdata" -show-mcdc-summary \
	-show-region-summary=false src/rules > "$build/rules.coverage"
awk 'NR > 2 && NF > 8 { print }; /^TOTAL/ { total = 1; bad = $7 != "100.00%" || $10 != "100.00%" || $13 != "100.00%" }
	END { exit !total || bad }' "$build/rules.coverage"
