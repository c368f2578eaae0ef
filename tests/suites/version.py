# SPDX-License-Identifier: GPL-3.0-or-later
"""--version says program, build, data and libraries as they are, with data and without; results carry the build."""
import os
import re
import subprocess

from .harness import DATA, OK, ROOT, rows, same, want

LIBRARIES = {'libcsv': None, 'cJSON': 'libcjson', 'nettle': 'nettle', 'libzip': 'libzip', 'expat': 'expat', 'libxlsxwriter': None, 'GSL': 'gsl'} # and what pkg-config knows them as


def fields(t, *args):
    result = t.run('--version', '--lang', 'en', *args)
    same((result.status, result.errors), (OK, ''), 'status and stderr')
    lines = re.sub(r'\n {4,}', ' ', result.text).splitlines()  # a field may go on in the next line
    same(lines[0].split()[0], 'tanhe', 'the first line')
    return lines[0].split()[1], {m.group(1): m.group(2) for m in (re.match(r' *(\S+) +(.*)', line) for line in lines[1:]) if m}


def build_of(tree):
    """What make takes for the build in a copy of the Makefile there."""
    return subprocess.run(['make', '-s', '-f', os.path.join(ROOT, 'Makefile'), '-f', '-', 'the-build'], cwd=tree, check=True, capture_output=True, text=True,
                          input='.PHONY: the-build\nthe-build:\n\t@echo "$(BUILD_ID)"\n', env={**os.environ, 'MAKEFLAGS': ''}).stdout.strip()


def loaded(t):
    """no library that only some jobs need is loaded when the program starts"""
    done = t.run('--version', env={'LD_TRACE_LOADED_OBJECTS': '1'})
    same(done.status, OK, done.errors)
    found = [name for name in ('libzip', 'libcrypto', 'libxlsxwriter', 'libcjson', 'libgsl') if name in done.text]
    same(found, [], 'libraries that the program loads at its start')


def run(t):
    t.write('one.csv', rows('2023,电,1,kWh'))
    account = t.account('one.csv')
    with t.case('with data'):
        version, found = fields(t)
        same(version, account['tool']['version'], 'version')
        same(found['data'], f"{account['factor_set']['id']} {account['factor_set']['version']}", 'data')
        same(found['SHA-256'], account['factor_set']['sha256'], 'digest')
        same(os.path.realpath(found['folder']), os.path.realpath(DATA), 'folder')
    with t.case('build'):
        with open(os.path.join(os.path.dirname(t.tanhe), 'build-id'), encoding='utf-8') as f:
            build = f.read()
        same(account['tool'].get('build', ''), build, 'the build of a result')
        same(fields(t)[1]['build'], build or 'not known: built outside a repository', 'the build')
    with t.case('outside a repository there is no build'):
        same(build_of(t.path('archive/x')[:-2]), '', 'BUILD_ID')
    with t.case('libraries'):
        found = dict(part.split() for part in fields(t)[1]['libraries'].split(', '))
        same(sorted(found), sorted(LIBRARIES), 'libraries')
        for name, package in LIBRARIES.items():
            want(re.fullmatch(r'\d+(\.\d+)+', found[name]), f'{name} {found[name]}')
            if package:
                known = subprocess.run(['pkg-config', '--modversion', package], check=True, capture_output=True, text=True).stdout.strip()
                want(known == found[name] or known.startswith(found[name] + '.'), f'{name} {found[name]}, pkg-config says {known}')
    with t.case(loaded.__doc__):
        loaded(t)
    t.write('broken/units.csv', 'no,unit\n')
    for folder in ('nowhere', 'broken', 'one.csv'):
        with t.case(f'no data: {folder}'):
            found = fields(t, '-D', folder)[1]
            same((found['data'], found['folder']), ('none that can be read', folder), 'data and folder')
            want('SHA-256' not in found, 'a digest of nothing')
