# SPDX-License-Identifier: GPL-3.0-or-later
"""The real series of examples/region-2010-2020: every published sector-year.

The data set prints its factors with twelve digits and its results from more, so the last digits differ: results must be equal to the
exact sum of the printed products, and equal to what was published in ten significant digits and within 0.2 kg."""
import csv
import os
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from .harness import ROOT, rows, same, want

FOLDER = os.path.join(ROOT, 'examples', 'region-2010-2020')


TEN = Context(prec=10, rounding=ROUND_HALF_EVEN)


def table(name):
    with open(os.path.join(FOLDER, name), encoding='utf-8-sig') as f:
        return list(csv.DictReader(f))


def run(t):
    published = {(r['sector'], r['year']): Decimal(r['万tCO2']) for r in table('expected.csv')}
    # A factor of one value for all years has no dates.
    factors = {(r['id'], r['valid_from'][:4]): Fraction(r['value']) for r in table('factors.csv')}

    def factor(r):
        return factors.get((r['factor'], r['period'])) or factors[r['factor'], '']
    exact = {}
    for r in table('inventory.csv'):
        key = r['site'], r['period']
        exact[key] = exact.get(key, 0) + Fraction(r['quantity']) * factor(r)
    account = {}
    with t.case('the series is computed'):
        account = t.account(FOLDER, '--by', 'site,period')
        same(len(published), 44, 'published sector-years')
    found = {(g['keys']['site'], g['keys']['period']): g['tco2e'] for g in account.get('groups', [])}
    for (sector, year), value in published.items():
        with t.case(f'{sector} {year}'):
            ours = found[sector, year] / 10000
            same(ours.normalize(TEN), value.normalize(TEN), '万tCO2 in ten digits')
            want(abs(ours - value) <= Decimal('2e-8'), f'{ours} and {value} differ by more than 0.2 kg')
            # A line is rounded at 1e-9 kg, and no sector-year has more than ten lines.
            want(abs(Fraction(ours) - exact[sector, year]) <= 10 * Fraction(1, 10 ** 16), f'{ours} is not the exact sum')
    with t.case('the decomposition goes the way of the published factors'):
        years = ('2010', '2020')
        printed = {r['activity']: [0, 0] for r in table('inventory.csv')}
        for r in table('inventory.csv'):
            if r['period'] in years:
                printed[r['activity']][years.index(r['period'])] = factor(r)
        ran = t.run('plan', FOLDER, '-f', 'json', '--between', '2010,2020')
        same(ran.status, 0, 'status')
        divided = {r['activity_id']: r['factor'] for r in ran.json()['lmdi']['rows']}
        same(sorted(divided), sorted(printed), 'activities, each over both years')

        def sign(x):
            return (x > 0) - (x < 0)
        for activity, effect in divided.items():
            first, last = printed[activity]
            if first and last:  # used in both years
                same(sign(effect), sign(last - first), f'direction of {activity}, whose factor goes from {first} to {last}')
    with t.case('a copy in GB18030 gives the same totals and groups'):
        with open(os.path.join(FOLDER, 'inventory.csv'), encoding='utf-8-sig') as f:
            lines = f.read().splitlines()
        t.write('copy.csv', rows(*lines[1:], header=lines[0]).replace('\n', '\r\n').encode('gb18030'))
        copy = t.account('copy.csv', '--factors', os.path.join(FOLDER, 'factors.csv'), '--by', 'site,period')
        same(copy['inputs'][0]['encoding'], 'GB18030', 'encoding')
        for key in ('totals', 'by_gas'):
            same([y[key] for y in copy['years']], [y[key] for y in account['years']], key)
        same(copy['groups'], account['groups'], 'groups')
        want(all(y['totals']['gross'] > 0 for y in copy['years']), 'no emissions')
