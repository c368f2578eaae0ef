#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tools/dist.sh VERSION FOLDER
# The sources as FOLDER/tanhe-VERSION.tar.gz and its SHA256SUMS: the same bytes wherever and whenever it is made of one commit, and of an unpacked archive.
# Everything has one date, SOURCE_DATE_EPOCH, else that of the commit, in an unpacked archive that of its files.
set -eu
export LC_ALL=C
name=tanhe-$1
folder=$2
mkdir -p "$folder"
if [ -e .git ] && git ls-files -z > "$folder/files"; then
	epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
else
	epoch=${SOURCE_DATE_EPOCH:-$(stat -c %Y Makefile)}
	find . \( -path ./build -o -path ./.git \) -prune -o ! -type d -printf '%P\0' > "$folder/files"
fi
sort -z "$folder/files" | tar --create --null --files-from=- --format=ustar --owner=0 --group=0 --numeric-owner --mode=a+rX,u+w,go-w --mtime="@$epoch" \
	--transform="flags=rSH;s|^|$name/|" --file="$folder/$name.tar"
gzip -9nf "$folder/$name.tar"
rm "$folder/files"
cd "$folder"
sha256sum "$name.tar.gz" > SHA256SUMS
