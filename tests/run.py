#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the tests of the command: tests/run.py --tanhe build/tanhe [--only SUITE...] [--jobs N] [--update golden] [--valgrind] [--long].

Each suite is a module of tests/suites with a function run(t); what it may use is in suites/harness.py. It runs in a process of its own, as many at once as there are
processors. A suite without a case fails. The last line counts all cases: `N passed, N failed`, and `, N skipped` where a case could not be run."""
import argparse
import contextlib
import importlib
import io
import multiprocessing
import os
import shutil
import sys
import tempfile
import traceback

sys.dont_write_bytecode = True
from suites.harness import SEEN, Suite, enter_seen  # noqa: E402

# In this order, each a module of tests/suites.
SUITES = {name: importlib.import_module(f'suites.{name}') for name in '''
    bad numeric region oracle property encoding golden schema machine layout layouts offices yearlike sheets
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
    measures routes requests wide
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
    verdicts packs event grades stages schemes
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


# They make and install in one folder, so they run one behind the other; the last one looks at what all others were answered.
TOGETHER, LAST = ('embed', 'install'), 'codes'


def one(name, tanhe, args):
    """A suite: what it prints, and how many cases passed, failed and were skipped."""
    said = io.StringIO()
    job = getattr(SUITES[name], 'long' if args.long else 'run', None)
    if not job:
        return '', (0, 0, 0)
    folder = tempfile.mkdtemp(prefix=f'tanhe-{name}-')
    suite = Suite(name, tanhe, folder, valgrind=args.valgrind, update=args.update == name, whole=not args.long and args.only == list(SUITES))
    with contextlib.redirect_stdout(said):
        try:
            job(suite)
        except Exception:  # what a suite needs for all its cases has failed
            suite.fail('the suite stopped', traceback.format_exc())
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if suite.passed + suite.failed == 0:
            suite.fail('no cases', 'the suite found nothing to run')
        more = f', {suite.skipped} skipped' if suite.skipped else ''
        print(f'{name}: {suite.passed} passed, {suite.failed} failed{more}')
    return said.getvalue(), (suite.passed, suite.failed, suite.skipped)


def several(task):
    """Suites one behind the other, and the codes that they were answered."""
    names, tanhe, args = task
    return [one(name, tanhe, args) for name in names], SEEN


def answers(tanhe, args):
    """Of each suite what it says and its counts, as they come."""
    together = [name for name in args.only if name in TOGETHER]
    tasks = [[name] for name in args.only if name not in (*TOGETHER, LAST)] + ([together] if together else [])
    with multiprocessing.get_context('fork').Pool(args.jobs, maxtasksperchild=1) as pool:
        for done, seen in pool.imap_unordered(several, [(names, tanhe, args) for names in tasks]):
            enter_seen(seen)
            yield from done
    if LAST in args.only:
        yield one(LAST, tanhe, args)


def as_utf8():
    """Start again in UTF-8 mode: arguments, names and messages must not depend on the locale."""
    if not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, '-X', 'utf8', *sys.argv])


def main():
    parser = argparse.ArgumentParser(description='Test the tanhe command.')
    parser.add_argument('--tanhe', required=True, help='the command to test')
    parser.add_argument('--only', nargs='+', choices=list(SUITES), default=list(SUITES), metavar='SUITE', help=' '.join(SUITES))
    parser.add_argument('--jobs', type=int, default=len(os.sched_getaffinity(0)), metavar='N', help='so many suites at once (default: as there are processors)')
    parser.add_argument('--update', choices=['golden'], help='write the expected files anew; read the diff before committing it')
    parser.add_argument('--valgrind', action='store_true', help='run the command under valgrind; any finding fails the case')
    parser.add_argument('--long', action='store_true', help='the long form of the suites that have one, a function long(t); the others are left out')
    args = parser.parse_args()
    tanhe = os.path.abspath(args.tanhe)
    if not os.access(tanhe, os.X_OK):
        parser.error(f'{args.tanhe} is not a program')
    passed = failed = skipped = 0
    for said, counts in answers(tanhe, args):
        print(said, end='', flush=True)
        passed, failed, skipped = passed + counts[0], failed + counts[1], skipped + counts[2]
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    as_utf8()
    sys.exit(main())
