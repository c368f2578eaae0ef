# SPDX-License-Identifier: GPL-3.0-or-later
"""What no careful reader would believe, and what would be counted twice: the inputs of tests/reports, with what is right."""
import os

from .harness import INVALID, TESTS, same, want

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


def columns(t):
    with t.case('companies of a park are sites'):
        # 100 and 200 x 10^4 kWh x 0.5737 kg/kWh (Shanghai 2023, announcement 2025 no. 31)
        a = t.account(folder('companies') + '/companies.csv', '--by', 'site')
        same({g['keys']['site']: str(g['tco2e']) for g in a['groups']}, {'甲公司': '573.7', '乙公司': '1147.4'}, 'sites')


def run(t):
    errors(t)
    columns(t)
