#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tools/web/libraries.sh FOLDER
# The libraries of libraries.txt for the page: their source packages, by apt-get from the mirror that the system uses, in FOLDER/source; FOLDER/include and
# FOLDER/libraries.a, compiled by $CC. Nothing of theirs enters the repository.
set -eu
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/archives" "$1/lists/partial" "$1/source" "$1/include" "$1/objects"
folder=$(cd "$1" && pwd)
: "${CC:=emcc}" "${OPT:=-O2}"

# Source packages are not asked for by default: a list of its own, of the place that binary packages come from.
fetch() {
	# shellcheck disable=SC2016
	apt-get indextargets --format 'deb-src $(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Component: main' |
		grep ' bookworm ' | sort -u > "$folder/sources.list"
	set -- -qq -o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$folder/lists" -o APT::Sandbox::User=
	apt-get "$@" update
	# shellcheck disable=SC2046
	(cd "$folder/archives" && apt-get "$@" source --download-only $(sed -n 's/^\([a-z]*\) .*/\1/p' "$here/libraries.txt"))
}

sed -n 's/^[a-z]* \([^ ]*\) \([0-9a-f]*\)$/\2  \1/p' "$here/libraries.txt" > "$folder/SHA256SUMS"
(cd "$folder/archives" && sha256sum --status -c ../SHA256SUMS 2> /dev/null) || fetch
(cd "$folder/archives" && sha256sum --quiet -c ../SHA256SUMS)

for package in "$folder"/archives/*.dsc; do
	name=$(basename "$package" .dsc)
	[ -d "$folder/source/${name%%_*}" ] || dpkg-source --no-check -x "$package" "$folder/source/${name%%_*}" > /dev/null
done

cd "$folder/source"
mkdir -p ../include/cjson ../include/nettle ../include/gsl
cp cjson/cJSON.h ../include/cjson/
cp libcsv/csv.h expat/expat/lib/expat.h expat/expat/lib/expat_external.h libzip/lib/zip.h zlib/zlib.h zlib/zconf.h ../include/
cp nettle/*.h ../include/nettle/
cp -R libxlsxwriter/include/. ../include/
find gsl -name 'gsl_*.h' -exec cp {} ../include/gsl/ \;
cp "$here/config.h" "$here/zipconf.h" ../include/
: > ../include/expat_config.h # all of it are options below
sed -e "s/@MAJOR_VERSION@/3/; s/@MINOR_VERSION@/8/; s/@NETTLE_USE_MINI_GMP@/0/" nettle/version.h.in > ../include/nettle/version.h
{
	printf '#include "zipint.h"\nconst char *const _zip_err_str[] = {\n'
	sed -n 's/^#define ZIP_ER_[A-Z_0-9]* *[0-9]* *\/\* *[NSZ] *\(.*[^ ]\) *\*\/.*/\t"\1",/p' libzip/lib/zip.h
	printf '};\nconst int _zip_nerr_str = sizeof _zip_err_str / sizeof *_zip_err_str;\nconst int _zip_err_type[] = {\n'
	sed -n 's/^#define ZIP_ER_[A-Z_0-9]* *[0-9]* *\/\* *\([NSZ]\) .*/\tZIP_ET_\1,/p' libzip/lib/zip.h | sed 's/_N,/_NONE,/; s/_S,/_SYS,/; s/_Z,/_ZLIB,/'
	printf '};\n'
} > libzip/lib/zip_err_str.c

# FILE OPTION...: each is compiled with these.
list() {
	options=$1
	shift
	for file in "$@"; do
		printf '%s %s\n' "$file" "$options"
	done
}
{
	list -I. cjson/cJSON.c libcsv/libcsv.c
	list '-DXML_DEV_URANDOM -DXML_NS -DXML_DTD -DXML_CONTEXT_BYTES=1024 -DBYTEORDER=1234 -DHAVE_MEMMOVE' expat/expat/lib/xmlparse.c expat/expat/lib/xmlrole.c expat/expat/lib/xmltok.c
	list -I../include/nettle nettle/sha256.c nettle/sha256-compress.c nettle/version.c nettle/write-be32.c
	list -I. zlib/adler32.c zlib/crc32.c zlib/deflate.c zlib/inffast.c zlib/inflate.c zlib/inftrees.c zlib/trees.c zlib/zutil.c zlib/compress.c
	list '-DHAVE_CONFIG_H -Ilibzip/lib' libzip/lib/zip_*.c
	list '-DUSE_NO_MD5 -DUSE_STANDARD_TMPFILE' libxlsxwriter/src/*.c
	list '-DNOCRYPT -DNOUNCRYPT' libxlsxwriter/third_party/minizip/ioapi.c libxlsxwriter/third_party/minizip/zip.c
	list '-DHAVE_CONFIG_H -Igsl' gsl/version.c gsl/cdf/gauss.c gsl/err/error.c gsl/err/stream.c gsl/qrng/qrng.c gsl/qrng/inline.c gsl/qrng/sobol.c gsl/rng/inline.c gsl/rng/mt.c gsl/rng/rng.c gsl/roots/brent.c gsl/roots/convergence.c gsl/roots/fsolver.c gsl/sort/sortvec.c \
		gsl/statistics/mean.c gsl/statistics/median.c gsl/statistics/minmax.c gsl/statistics/quantiles.c gsl/statistics/select.c gsl/sys/infnan.c
} | grep -vE 'zip_crypto_|_aes|_win32|_uwp|zip_algorithm_(bzip2|xz)' | while read -r file options; do
	printf '%s ../objects/%s.o %s\n' "$file" "$(echo "${file%.c}" | tr / -)" "$options"
done > "$folder/objects.txt"
# shellcheck disable=SC2016
xargs -P 2 -L 1 sh -c 'file=$1 object=$2; shift 2; exec '"$CC"' -std=gnu11 -w '"$OPT"' -I../include "$@" -c "$file" -o "$object"' sh < "$folder/objects.txt"
rm -f ../libraries.a
emar rcs ../libraries.a ../objects/*.o
