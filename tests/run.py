#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the tests of the command: tests/run.py --tanhe build/tanhe [--only SUITE...] [--update golden] [--valgrind] [--long].

Each suite is a module of tests/suites with a function run(t); what it may use is in suites/harness.py. A suite without a case
fails. The last line counts all cases: `N passed, N failed`, and `, N skipped` where a case could not be run."""
import argparse
import importlib
import os
import shutil
import sys
import tempfile
import traceback

sys.dont_write_bytecode = True
from suites.harness import Suite  # noqa: E402

# In this order, each a module of tests/suites.
SUITES = {name: importlib.import_module(f'suites.{name}') for name in '''
    bad numeric region oracle property encoding golden schema machine layout layouts offices sheets
    plausible stated double
    years firsts
    lint
    fault
    syscall
    overwrite
    memory
    docs
    embed
    hostile
    optional
    formula
    measures routes wide
    paths
    version
    image
    workbook
    readers
    order
    kinds
    grammar
    holes
    gases
    verdicts packs event stages schemes
    flips
    dossier pictures report_xlsx
    reports
    mistakes
    wording
    init walk annotate batch several
    verify explain diff recalculate lock
    footprint
    completion install
    codes
'''.split()}


def as_utf8():
    """Start again in UTF-8 mode: arguments, names and messages must not depend on the locale."""
    if not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, '-X', 'utf8', *sys.argv])


def main():
    parser = argparse.ArgumentParser(description='Test the tanhe command.')
    parser.add_argument('--tanhe', required=True, help='the command to test')
    parser.add_argument('--only', nargs='+', choices=list(SUITES), default=list(SUITES), metavar='SUITE', help=' '.join(SUITES))
    parser.add_argument('--update', choices=['golden'], help='write the expected files anew; read the diff before committing it')
    parser.add_argument('--valgrind', action='store_true', help='run the command under valgrind; any finding fails the case')
    parser.add_argument('--long', action='store_true', help='the long form of the suites that have one, a function long(t); the others are left out')
    args = parser.parse_args()
    tanhe = os.path.abspath(args.tanhe)
    if not os.access(tanhe, os.X_OK):
        parser.error(f'{args.tanhe} is not a program')
    passed = failed = skipped = 0
    for name in args.only:
        job = getattr(SUITES[name], 'long' if args.long else 'run', None)
        if not job:
            continue
        folder = tempfile.mkdtemp(prefix=f'tanhe-{name}-')
        suite = Suite(name, tanhe, folder, valgrind=args.valgrind, update=args.update == name, whole=not args.long and args.only == list(SUITES))
        try:
            job(suite)
        except Exception:  # what a suite needs for all its cases has failed
            suite.fail('the suite stopped', traceback.format_exc())
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if suite.passed + suite.failed == 0:
            suite.fail('no cases', 'the suite found nothing to run')
        more = f', {suite.skipped} skipped' if suite.skipped else ''
        print(f'{name}: {suite.passed} passed, {suite.failed} failed{more}', flush=True)
        passed, failed, skipped = passed + suite.passed, failed + suite.failed, skipped + suite.skipped
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    as_utf8()
    sys.exit(main())
