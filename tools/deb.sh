#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tools/deb.sh VERSION ARCHIVE FOLDER
# Packages of Debian of an archive of tools/dist.sh, and their SHA256SUMS, into FOLDER: the same bytes wherever and whenever they are built of it.
# The tests are left out unless DEB_BUILD_OPTIONS says otherwise.
set -eu
export LC_ALL=C TZ=UTC
umask 022
folder=$3
rm -rf "$folder"
mkdir -p "$folder"
archive=$(realpath "$2")
cd "$folder"
tar -xzf "$archive"
cd "tanhe-$1"
SOURCE_DATE_EPOCH=$(stat -c %Y Makefile)
export SOURCE_DATE_EPOCH
cp -R tools/debian debian
cat > debian/changelog << END
tanhe ($1) unstable; urgency=medium

  * As CHANGELOG.md says.

 -- $(sed -n 's/^Maintainer: //p' debian/control)  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
END
unset MAKEFLAGS MAKELEVEL MFLAGS
DEB_BUILD_OPTIONS="${DEB_BUILD_OPTIONS-nocheck} noautodbgsym" dpkg-buildpackage -b -us -uc -j"$(nproc)"
cd ..
sha256sum -- *.deb > SHA256SUMS
