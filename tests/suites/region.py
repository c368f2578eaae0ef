# SPDX-License-Identifier: GPL-3.0-or-later
"""The real series of examples/region-2010-2020: every published sector-year, to the digits that were published."""
import csv
import os
from decimal import ROUND_HALF_EVEN, Decimal

from .harness import ROOT, rows, same, want

FOLDER = os.path.join(ROOT, 'examples', 'region-2010-2020')


def run(t):
    with open(os.path.join(FOLDER, 'expected.csv'), encoding='utf-8-sig') as f:
        published = {(r['sector'], r['year']): r['万tCO2'] for r in csv.DictReader(f)}
    account = {}
    with t.case('the series is computed'):
        account = t.account(FOLDER, '--by', 'site,period')
        same(len(published), 44, 'published sector-years')
    found = {(g['keys']['site'], g['keys']['period']): g['tco2e'] for g in account.get('groups', [])}
    for (sector, year), text in published.items():
        with t.case(f'{sector} {year}'):
            value = found[sector, year] / 10000
            digits = Decimal(1).scaleb(Decimal(text).as_tuple().exponent)
            same(str(value.quantize(digits, ROUND_HALF_EVEN)), text, '万tCO2')
    with t.case('a copy in GB18030 gives the same totals and groups'):
        with open(os.path.join(FOLDER, 'inventory.csv'), encoding='utf-8-sig') as f:
            lines = f.read().splitlines()
        t.write('copy.csv', rows(*lines[1:], header=lines[0]).replace('\n', '\r\n').encode('gb18030'))
        copy = t.account('copy.csv', '--factors', os.path.join(FOLDER, 'factors.csv'), '--by', 'site,period')
        same(copy['inputs'][0]['encoding'], 'GB18030', 'encoding')
        for key in ('totals', 'by_gas', 'groups'):
            same(copy[key], account[key], key)
        want(copy['totals']['gross'] > 0, 'no emissions')
