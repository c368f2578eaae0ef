# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input: each folder of tests/bad gives exactly the errors of its file expect, exit 3 and no output.

bad.csv      the input, in most of them
args         the command line, run in a copy of the folder; `account bad.csv` where there is none. good.csv is an inventory without errors
expect       one error a line, `LINE:COLUMN CODE`, columns counted in characters from 1; behind it the file if it is not bad.csv (- for none)
             and, where that is to be compared, the column's name or JSON pointer in brackets. `exit N` if not 3.
data/        laid over tests/bad/data, a small folder of reference data that is in order by itself, for `-D data`
"""
import os
import shlex
import shutil

from .harness import INVALID, TESTS, rows, same, want

BAD = os.path.join(TESTS, 'bad')
PLAIN_DATA = os.path.join(BAD, 'data')
INPUT, USUAL = 'bad.csv', 'account bad.csv'


def read_expected(path):
    status, expected = INVALID, []
    with open(path, encoding='utf-8') as f:
        for line in f.read().splitlines():
            word = line.split()
            if not word or word[0].startswith('#'):
                continue
            if word[0] == 'exit':
                status = int(word[1])
                continue
            where = word.pop()[1:-1] if word[-1].startswith('[') else None
            line, column = word[0].split(':')
            file = INPUT if len(word) == 2 else '' if word[2] == '-' else word[2]
            expected.append((file, int(line), int(column), word[1], where))
    return status, expected


def check(t, args, folder, status, expected):
    # Where messages go cannot matter to what is found; the second run asks for files.
    result = t.run(*args, '--diagnostics', 'json', cwd=folder)
    same(result.status, status, 'exit status (' + result.errors[-600:] + ')')
    answers = args[0] == 'check' and result.out  # its answer names the errors: what does not rest on the broken table is decided
    want(not answers or ('NO VERDICT' in result.text and status == INVALID), 'stdout: ' + result.text[:300])
    want(answers or result.out == b'', f'stdout: {result.out[:300]}')
    errors = [d for d in result.diagnostics() if d['severity'] == 'error']
    found = [(d['file'], d['line'], d['column'], d['code'], d.get('at', '')) for d in errors]
    lines = [f[:2] for f in found]
    want(all(a[0] != b[0] or a[1] <= b[1] for a, b in zip(lines, lines[1:])), f'errors are not in the order of lines: {lines}')
    wheres = {e[:4] for e in expected if e[4] is not None}
    found = sorted(f if f[:4] in wheres else (*f[:4], None) for f in found)
    same(found, sorted(expected, key=lambda e: (*e[:4], e[4] or '')), 'errors')
    for d in errors:
        want('{1}' not in d['detail'] + d['zh'] and d['zh'], f'unfinished message {d}')
    if t.valgrind:
        return
    outputs = ['-o', 'made.out'] + (['--ledger', 'made.csv'] if args[0] == 'account' else [])
    before = sorted(os.listdir(folder))
    again = t.run(*args, *outputs, cwd=folder)
    same(again.status, status, 'exit status with -o')
    same(sorted(set(os.listdir(folder)) - ({'made.out'} if answers else set())), before, 'files after a failed run')
    want(again.errors.count('error E') >= 1, 'the text names no error code')


def lay_out(case, folder):
    shutil.copytree(case, folder, ignore=shutil.ignore_patterns('args', 'expect', 'data'))
    if os.path.isdir(os.path.join(case, 'data')):
        shutil.copytree(PLAIN_DATA, os.path.join(folder, 'data'))
        shutil.copytree(os.path.join(case, 'data'), os.path.join(folder, 'data'), dirs_exist_ok=True)
    with open(os.path.join(folder, 'good.csv'), 'w', encoding='utf-8') as f:
        f.write(rows('2023,electricity,1,kWh'))


def arguments(case):
    path = os.path.join(case, 'args')
    if not os.path.exists(path):
        return USUAL.split()
    with open(path, encoding='utf-8') as f:
        return shlex.split(f.read())


def run(t):
    kinds = set()
    for name in sorted(os.listdir(BAD)):
        case, folder = os.path.join(BAD, name), os.path.join(t.folder, name)
        if case == PLAIN_DATA:
            continue
        with t.case(name):
            want(os.path.isdir(case), 'is no folder')
            status, expected = read_expected(os.path.join(case, 'expect'))
            want(expected, 'the file expect names no error')
            lay_out(case, folder)
            check(t, arguments(case), folder, status, expected)
            kinds.add(name)
    with t.case('at least 60 kinds'):
        want(len(kinds) >= 60, f'{len(kinds)} kinds passed')
