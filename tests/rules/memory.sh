#!/bin/sh
# Every allocation of src/rules fails in turn, on a good pack and on bad ones: memory.sh BUILD [FLAG...], where BUILD holds libtanhe.a and the
# flags are those that it was compiled with (sanitizers, coverage).
set -eu
build=$1
shift
for row in "bad1:s/\"get\": \"trained\"/\"get\": \"berths\"/; s/{\"id\": \"net\"/{\"id\": \"gross\"/" \
	"bad2:s/\"get\": \"trained\"/\"get\": \"trainee\"/" \
	"bad3:s/\"get\": \"trained\"/\"get\": \"berths\"/; s/\[\"m\", \"km\"\]/[\"m\", \"kg\"]/" \
	"bad4:s/\"observed\": {\"get\": \"share\"}/\"observed\": {\"get\": \"energy\"}/"; do
	sed "${row#*:}" tests/rules/example-scheme.json > "$build/${row%%:*}.json"
done
mkdir -p "$build/small/rules"
for name in one two; do
	sed "s/\"id\": \"example-scheme\"/\"id\": \"$name\"/" tests/rules/example-scheme.json > "$build/small/rules/$name.json"
done
echo '{"default": "one", "packs": ["one", "two"]}' > "$build/small/rules/set.json"
# shellcheck disable=SC2086
${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -g -Iinclude -Isrc "$@" -o "$build/rules_memory" tests/fault/rules_memory.c \
	-Wl,--wrap=th_arena_alloc -Wl,--wrap=th_arena_room -Wl,--wrap=th_arena_copy -Wl,--wrap=th_calloc -Wl,--wrap=realloc "$build/libtanhe.a" ${LIBS:--lcsv -lcjson -lnettle -lm}
"$build/rules_memory" data "$build/small" tests/rules/example-scheme.json "$build"/bad?.json
