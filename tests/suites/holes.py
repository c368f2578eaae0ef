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


# --- verdicts on years with holes ---

def years_of(t, name, gaps=(), **quantities):
    """An enterprise with two sites of power by months and a line of gas, base year 2023 and end year 2028. `gaps`: months left out, as (site, month)."""
    folder = t.path(name)
    shutil.copytree(os.path.join(EXAMPLES, 'enterprise'), folder)
    for part in ('inventory.csv', 'targets.csv', 'factors.csv'):
        os.remove(os.path.join(folder, part))
    rows = ['period,site,activity,quantity,unit,region']
    for year, usual in (('2023', 1000), ('2028', quantities.get('end', 100))):
        for site in 'AB':
            rows += [f'{year}-{month:02},{site},electricity,{usual},MWh,上海' for month in range(1, 13) if (site, f'{year}-{month:02}') not in gaps]
    with open(os.path.join(folder, 'inventory.csv'), 'w', encoding='utf-8') as f:
        f.write('\n'.join(rows) + '\n')
    return folder


def size(t, folder, *more, params=PARAMS):
    result = t.run('check', folder, '--params', params, '-f', 'json', '--fallback', 'nearest', *more)
    answer = result.json()
    return result.status, next(r for r in answer['requirements'] if r['id'] == '4.3-req5'), answer


INVENTORY = ('--reading', 'reduction_reading=inventory')


def verdicts(t):
    # 12,000 MWh a year at each site, then 1,200: by the inventories nine tenths less, far above both illustrative limits (1.11 %, 1,111 t).
    cases = (('whole', (), 'met', 'met'), ('a month of the base year', [('A', '2023-03')], 'undetermined', 'undetermined'),
             ('a month of the end year', [('A', '2028-03')], 'met', 'undetermined'), ('of the other site', [('B', '2028-12')], 'met', 'undetermined'),
             ('of both years', [('A', '2023-03'), ('B', '2028-03')], 'undetermined', 'undetermined'))
    for name, gaps, by_measures, by_inventories in cases:
        folder = years_of(t, 'years ' + name, gaps)
        for reading, expected in (((), by_measures), (INVENTORY, by_inventories)):
            with t.case(f'{name}, {" ".join(reading) or "by measures"}'):
                status, found, answer = size(t, folder, *reading)
                same(found['status'], expected, 'size')
                same(status, 0 if expected == 'met' and found['status'] == 'met' and not any(g[1] < '2024' for g in gaps) else 4, 'status')
                if expected == 'undetermined':
                    want('holes_reason' in found['missing'], found['missing'])
                    want(all(f'inventory:{m[:4]}:{s}::electricity' in found['missing'] for s, m in gaps if reading or m < '2024'), found['missing'])
                    want('inventory:' not in found['why'] and 'electricity' in found['why'], found['why'])
            with t.case(f'{name}, {" ".join(reading) or "by measures"}, the reason accepted'):
                status, found, answer = size(t, folder, *reading, '--accept-holes', '电表检修')
                same((status, found['status']), (0, 'met'), 'size')
                same('电表检修' in ''.join(c['text'] for c in answer['caveats'] if c.get('code') == 'C4153'), bool(gaps), 'the reason stands in the report')
    with t.case('more emissions at the end could only worsen it: not met stays'):
        # 995 of 1,000 MWh a month: 0.5 % less before what is missing, the limit is above 1.11 %.
        folder = years_of(t, 'worse', [('A', '2028-03')], end=1085)
        same(size(t, folder, *INVENTORY)[1]['status'], 'not_met', 'size')
    with t.case('more emissions of the base year could better it: open'):
        folder = years_of(t, 'better', [('A', '2023-03')], end=1085)
        same(size(t, folder, *INVENTORY)[1]['status'], 'undetermined', 'size')
    with t.case('a share below the limit only falls with a larger base'):
        folder = years_of(t, 'share', [('A', '2023-03')])
        t.write('high.csv', 'param,value,unit,source\nmin_reduction_share,90,%,test\nmin_reduction,1,t CO2e,test\n')
        same(size(t, folder, params=t.path('high.csv'))[1]['status'], 'not_met', 'size')
    with t.case('one month of a source in twelve weighs as its whole year'):
        folder = years_of(t, 'one month', [('B', f'2023-{m:02}') for m in range(2, 13)])
        same(size(t, folder)[1]['status'], 'undetermined', 'size')
    with t.case('a reason that says nothing is no reason'):
        result = t.run('check', os.path.join(EXAMPLES, 'enterprise'), '--accept-holes', ' ')
        same((result.status, 'E3823' in result.errors), (2, True), 'status')


def run(t):
    report_cases(t)
    siblings(t)
    order(t)
    verdicts(t)
