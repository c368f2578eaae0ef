# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole answers, compared byte for byte: tests/golden/<area>/<case>/.

cmd            the arguments, in one line with the quotes of a shell; the command runs in a copy of the case's folder, beside
               which `examples` is the folder of examples
stdout stderr  what is printed, absent where nothing is; status is the exit status, absent for 0
made/          the files that the run makes
other files    inputs

`make golden` writes the expected files anew. The digest of the shipped factors stands as FACTOR-SET in them, so that a corrected
factor shows in the cases that use it only; the build is left out, so that they hold for every commit."""
import os
import re
import shlex
import shutil

from .harness import OK, ROOT, TESTS, rows, same, want

GOLDEN = os.path.join(TESTS, 'golden')
EXPECTED = ('cmd', 'stdout', 'stderr', 'status', 'made')


def masked(data, digest):
    data = re.sub(rb',\s*"build": "[^"]*"', b'', data)
    return data.replace(digest, b'FACTOR-SET').replace(digest[:12], b'FACTOR-SET')


def files_of(folder):
    return {os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names}


def answer(t, case, folder, digest):
    """All that the case's command says and makes, by the name of the expected file."""
    os.makedirs(folder)
    for name in os.listdir(case):
        if name not in EXPECTED:
            path = os.path.join(case, name)
            (shutil.copytree if os.path.isdir(path) else shutil.copy)(path, os.path.join(folder, name))
    os.symlink(os.path.join(ROOT, 'examples'), os.path.join(folder, 'examples'))
    before = files_of(folder)
    with open(os.path.join(case, 'cmd'), encoding='utf-8') as f:
        result = t.run(*shlex.split(f.read()), cwd=folder)
    found = {'stdout': result.out, 'stderr': result.err}
    if result.status != OK:
        found['status'] = f'{result.status}\n'.encode()
    for name in files_of(folder) - before:
        with open(os.path.join(folder, name), 'rb') as f:
            found[os.path.join('made', name)] = f.read()
    return {name: masked(data, digest) for name, data in found.items() if data}


def expected_of(case):
    expected = {}
    for name in files_of(case):
        if name.split(os.sep)[0] in EXPECTED and name != 'cmd':
            with open(os.path.join(case, name), 'rb') as f:
                expected[name] = f.read()
    return expected


def write_anew(case, found):
    for name in set(expected_of(case)) - set(found):
        os.remove(os.path.join(case, name))
    for name, data in found.items():
        os.makedirs(os.path.dirname(os.path.join(case, name)), exist_ok=True)
        with open(os.path.join(case, name), 'wb') as f:
            f.write(data)


def difference(found, expected):
    """The first line that differs, of each side."""
    a, b = found.decode('utf-8', 'replace').splitlines(), expected.decode('utf-8', 'replace').splitlines()
    for n in range(max(len(a), len(b))):
        left, right = a[n] if n < len(a) else '(end)', b[n] if n < len(b) else '(end)'
        if left != right:
            return f'line {n + 1}\n  found    {left[:200]}\n  expected {right[:200]}'
    return 'newlines or control characters'


def run(t):
    t.write('set.csv', rows('2023,电,1,kWh'))
    digest = str(t.account('set.csv')['factor_set']['sha256']).encode()
    for area in sorted(os.listdir(GOLDEN)):
        for name in sorted(os.listdir(os.path.join(GOLDEN, area))):
            case = os.path.join(GOLDEN, area, name)
            with t.case(f'{area}/{name}'):
                found = answer(t, case, os.path.join(t.folder, area, name), digest)
                if t.update:
                    write_anew(case, found)
                expected = expected_of(case)
                same(sorted(found), sorted(expected), 'what the run gives')
                for part in found:
                    want(found[part] == expected[part], f'{part}, {difference(found[part], expected[part])}')
