# SPDX-License-Identifier: GPL-3.0-or-later
"""What is delivered: the packages that make installs."""
import os
import stat
import subprocess

from .harness import ROOT, same, want

# Commands that stand for those of Debian: two packages are installed already, `held` cannot be, alone or with others.
FAKES = {
    'dpkg-query': 'for p; do :; done\ncase "$p" in there*) echo "install ok installed";; *) exit 1;; esac',
    'id': 'echo 0',
    'apt-get': 'echo "$*" >> "$CALLS"\ncase "$*" in *held*) echo "E: Unable to correct problems, you have held broken packages." >&2; exit 100;; esac',
}


def packages(t, name, *wanted, **more):
    """Status, output and calls of apt-get when make installs these packages."""
    folder = os.path.dirname(t.path(f'{name}/bin/x'))
    for command, text in {**FAKES, **more}.items():
        path = os.path.join(folder, command)
        with open(path, 'w', encoding='ascii') as f:
            f.write('#!/bin/sh\n' + text + '\n')
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    calls = t.path(f'{name}/calls')
    done = subprocess.run(['make', '-s', 'deps-extra', 'DEPS_BUILD=there-1', 'DEPS_CHECK=there-2', 'DEPS_EXTRA=' + ' '.join(wanted)], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={'PATH': folder + ':/usr/bin:/bin', 'LC_ALL': 'C', 'CALLS': calls})
    lines = []
    if os.path.exists(calls):
        with open(calls, encoding='ascii') as f:
            lines = [line.split()[3:] for line in f.read().splitlines() if line.startswith('install')]
    return done, lines


def run(t):
    with t.case('packages that are there are not asked for'):
        done, calls = packages(t, 'there', 'there-3')
        same((done.returncode, calls), (0, []), f'status and calls ({done.stderr})')
    with t.case('what is missing is installed at once'):
        done, calls = packages(t, 'missing', 'there-3', 'new', 'newer')
        same((done.returncode, calls), (0, [['new', 'newer']]), f'status and calls ({done.stderr})')
    with t.case('a package that cannot be had, whose command is there, holds up no other'):
        done, calls = packages(t, 'held', 'new', 'held', 'newer', held='exit 0')
        same((done.returncode, calls), (0, [['new', 'held', 'newer'], ['new'], ['held'], ['newer']]), f'status and calls ({done.stderr})')
        want('held cannot be installed' in done.stdout, done.stdout)
    with t.case('without its command it is an error, when the others are installed'):
        done, calls = packages(t, 'lacking', 'held', 'new')
        want(done.returncode != 0 and calls[-1] == ['new'] and 'held broken packages' in done.stderr and 'is there: held\n' in done.stderr, f'{done.returncode} {calls}\n{done.stderr}')
