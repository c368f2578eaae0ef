# SPDX-License-Identifier: GPL-3.0-or-later
"""Months without data: named series by series with the line to paste, and nothing that rests on them is simply met."""
import os
import random
import shutil

from .harness import ROOT, same, want

EXAMPLES = os.path.join(ROOT, 'examples')
REPORTS = os.path.join(ROOT, 'tests', 'reports')
PARAMS = os.path.join(EXAMPLES, 'params-illustrative.csv')
HOLES = 'C4060'


def lay_out(t, name, report, *more, facts=''):
    folder = t.path(name)
    shutil.copytree(os.path.join(REPORTS, report), folder)
    for file, text in (('inventory.csv', ''.join(more)), ('case.csv', facts)):
        with open(os.path.join(folder, file), 'a', encoding='utf-8') as f:
            f.write(text)
    return folder


def verdict(t, folder):
    ran = t.run('check', folder, '--params', PARAMS, '-f', 'json')
    answer = ran.json()
    return ran.status, {r['id']: r['status'] for r in answer['requirements']}


def holes(t, folder):
    ran = t.run('account', folder, '-f', 'json')
    same(ran.status, 0, 'status of account')
    return [(h.get('site', ''), h['activity'], tuple(h['missing'])) for h in ran.json().get('holes', [])]


def report_cases(t):
    with t.case('a missing month is named, and requirement 2 is open'):
        folder = lay_out(t, 'month', 'missing-month')
        same(holes(t, folder), [('A', 'electricity', ('2023-03',))], 'holes')
        status, found = verdict(t, folder)
        same((status, found['4.3-req2']), (4, 'undetermined'), 'verdict')
    with t.case('half a year of the monthly meter is missing although other lines cover the year'):
        folder = lay_out(t, 'half', 'half-year')
        want(any(h[2] == ('2023-07/2023-12',) for h in holes(t, folder)), f'{holes(t, folder)}')
        same(verdict(t, folder)[0], 4, 'verdict')


def siblings(t):
    line = '2023-03,electricity,{},MWh,A,上海\n'
    for name, more, facts, left in (('the line itself', [line.format(1000)], '', 0), ('a line of quantity 0', [line.format(0)], '', 0),
                                    ('a line of the year hides no hole', ['2023,electricity,1,MWh,A,上海\n'], '', 1),
                                    ('another site does not fill it', [line.format(5).replace(',A,', ',B,')], '', 1)):
        with t.case(f'missing month: {name}'):
            folder = lay_out(t, 'sibling ' + name, 'missing-month', *more, facts=facts)
            found = [h for h in holes(t, folder) if h[0] == 'A']
            same(len(found), left, 'holes of A')
            same(verdict(t, folder)[0], 4 if left else 0, 'verdict')
    with t.case('missing month: the case says why'):
        folder = lay_out(t, 'reason', 'missing-month', facts='holes_reason,三月停产检修，电表未计量,,,\n')
        same(verdict(t, folder), (0, dict(verdict(t, folder)[1], **{'4.3-req2': 'met'})), 'verdict')
        want(holes(t, folder), 'and the hole is still named')


def order(t):
    """Rows in any order: the same holes, the same caveats."""
    with open(os.path.join(REPORTS, 'missing-month', 'inventory.csv'), encoding='utf-8-sig') as f:
        head, *lines = f.read().splitlines()
    seen = None
    for seed in range(4):
        random.Random(seed).shuffle(lines)
        t.write(f'{seed}.csv', '\n'.join([head, *lines]) + '\n')
        answer = t.account(f'{seed}.csv')
        what = [[(h['site'], h['activity'], h['missing']) for h in answer['holes']], sorted(c['code'] for c in answer['caveats']), answer['totals']]
        with t.case(f'order {seed}'):
            want(seen is None or what == seen, f'{what} and {seen}')
            seen = what


def run(t):
    report_cases(t)
    siblings(t)
    order(t)
