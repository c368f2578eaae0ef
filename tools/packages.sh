#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tools/packages.sh PACKAGE...
# Installs what is missing, by apt-get as root or with sudo; else prints the line to type. One that cannot be had (a compiler, an npm from elsewhere stands
# in the way of Debian's) holds up none of the others; it is an error unless its command is in the PATH all the same.
set -u

missing=
for package in "$@"; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
	echo "make: not Debian; install what stands for:$missing" >&2
	exit 1
fi
if [ "$(id -u)" = 0 ]; then
	as=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
	as=sudo
else
	echo "make: packages are missing; type: sudo apt-get install -y --no-install-recommends$missing" >&2
	exit 1
fi

# The words of a failure are kept: they are shown of what cannot be had at all.
install() {
	# shellcheck disable=SC2086
	$as env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" 2>&1
}

echo "installing:$missing"
$as apt-get update -qq || exit 1
# shellcheck disable=SC2086
if said=$(install $missing); then
	exit 0
fi
lacking=
for package in $missing; do
	if said=$(install "$package"); then
		continue
	elif command -v "$package" >/dev/null; then
		echo "make: package $package cannot be installed; $(command -v "$package") is taken instead"
	else
		printf '%s\n' "$said" >&2
		lacking="$lacking $package"
	fi
done
[ -z "$lacking" ] && exit 0
echo "make: cannot be installed, and no command of the name is there:$lacking" >&2
exit 1
