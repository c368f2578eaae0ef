# SPDX-License-Identifier: GPL-3.0-or-later
"""What no careful reader would believe, and what would be counted twice: the inputs of tests/reports, with what is right."""
import os
import random

from .harness import HEADER, INVALID, TESTS, rows, same, want

REPORTS = os.path.join(TESTS, 'reports')


def codes(result):
    return [(d['code'], d['line']) for d in result.diagnostics() if d['severity'] == 'error']


def folder(name):
    return os.path.join(REPORTS, name)


def errors(t):
    with t.case('a heat value a thousand or a million times too large'):
        # 38,931 kJ/Nm3 and 36.3 MJ/L: the slip and the right number are named.
        r = t.run('account', 'inventory.csv', '--diagnostics', 'json', cwd=folder('ncv-1000-times'))
        same((r.status, codes(r)), (INVALID, [('E2126', 2), ('E2126', 3)]), 'errors')
        said = [d['detail'] for d in r.diagnostics()]
        want('kJ for GJ: 0.038931 GJ/Nm3' in said[0] and 'MJ for GJ' in said[1] and '0.0363 GJ/L' in said[1], str(said))
    with t.case('CO2e beside its gases'):
        r = t.run('account', 'inventory.csv', '--factors', 'factors.csv', '--diagnostics', 'json', cwd=folder('co2-and-co2e'))
        same((r.status, codes(r)), (INVALID, [('E3230', 3)]), 'errors')


OCTOBER, MONTH = 'C4072', 'C4076'


def said(account, *codes):
    """[(code, line)]"""
    return sorted((c['code'], int(at.rsplit(':', 1)[1])) for c in account['caveats'] if c['code'] in codes for at in c['lines'])


def months_of(t, lines, *codes):
    t.write('months.csv', rows(*lines, header=HEADER + ',site'))
    return said(t.account('months.csv'), *codes)


def october(t):
    """A spreadsheet keeps 2023.10 as the number 2023.1."""
    with t.case('October becomes January'):
        same(said(t.account(folder('october-becomes-january') + '/inventory.csv'), OCTOBER), [(OCTOBER, 11)], 'caveats')
    for name, periods, at in (
            ('alone beside November', ['2023.1', '2023.11', '2023.12'], 2), ('full-width', ['２０２３.１', '2023.11'], 2),
            ('twice, up to October', ['2023.1', '2023.8', '2023.9', '2023.1'], 5), ('beside December', ['2023.1', '2023.12'], 2),
            ('October is there', ['2023.1', '2023.10', '2023.11'], 0), ('October is there, written otherwise', ['2023.1', '2023-10', '2023.11'], 0),
            ('no later month', ['2023.1', '2023.2', '2023.3'], 0), ('a dash keeps its zeros', ['2023-1', '2023-11', '2023-12'], 0),
            ('another year', ['2022.1', '2023.11'], 0)):
        for order in (1, -1):
            with t.case(f'2023.1: {name}, {order}'):
                lines = [f'{p},electricity,{1000 + n},kWh,A' for n, p in enumerate(periods)][::order]
                where = (at if order > 0 else len(periods) + 3 - (2 if at == 5 else at)) if at else 0
                same(months_of(t, lines, OCTOBER), [(OCTOBER, where)] if at else [], 'caveats')
    with t.case('2023.1: another site has October'):
        same(months_of(t, ['2023.1,electricity,1,kWh,A', '2023.11,electricity,1,kWh,A', '2023.10,electricity,1,kWh,B'], OCTOBER), [(OCTOBER, 2)], 'caveats')


SEASON = [90, 80, 60, 40, 20, 15, 12, 12, 18, 45, 70, 95]  # gas of a heating boiler by month
FLAT = [101, 94, 103, 99, 104, 110, 118, 121, 108, 102, 97, 105]


def series(values, change=None, times=1, year=2023, activity='electricity', unit='kWh'):
    return [f'{year}-{m:02},{activity},{v * 137 * (times if m == change else 1)},{unit},A' for m, v in enumerate(values, 1)]


def months(t):
    with t.case('a month ten times the others: the slip and the right number are named'):
        t.write('months.csv', rows(*series(FLAT, 7, 10), header=HEADER + ',site'))
        text = [c['text'] for c in t.account('months.csv')['caveats'] if c['code'] == MONTH]
        want(len(text) == 1 and '2023-07: 161660' in text[0] and ': 16166' in text[0] and 'a digit too many' in text[0], str(text))
    for times, unit in ((10, 'kWh'), (1000, 'kWh'), (10000, 'MWh')):
        for month in (1, 7, 12):
            with t.case(f'month {month} times {times}, in {unit}'):
                same(months_of(t, series(FLAT, month, times, unit=unit), MONTH), [(MONTH, month + 1)], 'caveats')
    with t.case('a low month is never asked about'):
        for month in range(1, 13):
            same(months_of(t, series(FLAT, month, 0), MONTH), [], 'zero')
            low = [v * 1000 if m != month else v for m, v in enumerate(FLAT, 1)]
            same(months_of(t, series(low), MONTH), [], 'low')
    with t.case('a season is none'):
        same(months_of(t, series(SEASON, activity='natural_gas', unit='Nm3'), MONTH), [], 'caveats')
    with t.case('a season, one month of summer times ten: its twins of the year before tell'):
        before = [v + 1 for v in SEASON]
        lines = series(before, year=2022, activity='natural_gas', unit='Nm3') + series(before, 8, 10, activity='natural_gas', unit='Nm3')
        same(months_of(t, lines, MONTH), [(MONTH, 21)], 'caveats')
        same(months_of(t, series(before, 8, 10, year=2022) + series(before, 8, 10), MONTH), [], 'so high in both years')
    with t.case('MJ for kWh'):
        same(months_of(t, series([100] * 12, 5, 4)[:4] + ['2023-05,electricity,49320,kWh,A'] + series([100] * 12)[5:], MONTH), [(MONTH, 6)], 'caveats')
    with t.case('in any order, and of several sites'):
        lines = series(FLAT, 7, 10) + [line.replace(',A', ',B') for line in series(FLAT)]
        for seed in range(4):
            order = random.Random(seed).sample(lines, len(lines))
            same(months_of(t, order, MONTH), [(MONTH, order.index(lines[6]) + 2)], 'caveats')
    with t.case('bills from the 15th'):
        lines = [f'2023-{m:02}-15/2023-{m + 1:02}-14,electricity,{FLAT[m] * (10 if m == 4 else 1)},kWh,A' for m in range(1, 12)]
        same(months_of(t, lines, MONTH), [(MONTH, 5)], 'caveats')
    with t.case('a year a thousand times the others'):
        lines = [f'{y},electricity,{v},MWh,A' for y, v in ((2021, 4100), (2022, 4300), (2023, 4200000))]
        same(months_of(t, lines, MONTH), [(MONTH, 4)], 'caveats')
        same(months_of(t, lines[:2] + ['2023,electricity,42000,MWh,A'], MONTH), [], 'growth')


def columns(t):
    with t.case('companies of a park are sites'):
        # 100 and 200 x 10^4 kWh x 0.5737 kg/kWh (Shanghai 2023, announcement 2025 no. 31)
        a = t.account(folder('companies') + '/companies.csv', '--by', 'site')
        same({g['keys']['site']: str(g['tco2e']) for g in a['groups']}, {'甲公司': '573.7', '乙公司': '1147.4'}, 'sites')


def run(t):
    october(t)
    months(t)
    errors(t)
    columns(t)
