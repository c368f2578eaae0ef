# SPDX-License-Identifier: GPL-3.0-or-later
"""The inputs of tests/reports as a user runs them, each a whole kind of fault, with the right answer.

Rows that a suite of its kind tests: `order` (factor-changes-in-july, own-factor-passed-over, certificates, dual-reporting), `holes` (missing-month,
half-year), `measures` (blank-reduction, completion-column, measure-2014, status-cancelled, status-words, unit-in-measure-header), `years` (three-years),
`gases` (self-used-pv, refrigerants), `plausible` (ncv-1000-times, october-becomes-january, gas-in-kwh, litres, co2-and-co2e, companies), `double` (submeters),
`grammar` (rate-units), `encoding` (other-encodings). What they leave is here, and what each row answers as a whole command."""
import os
import shutil

from .harness import INVALID, OK, ROOT, TESTS, english, same, want

REPORTS = os.path.join(TESTS, 'reports')
PARAMS = ('--params', os.path.join(ROOT, 'examples', 'params-illustrative.csv'))

# Natural gas, t CO2e/Nm3: 38.931e-6 TJ of 15.3 tC/TJ x 0.99 x 44/12 (GB/T 32151.22-2024, C.1), 1 kg CH4/TJ x 28 and 0.1 kg N2O/TJ x 265 (IPCC
# 2006 V2 table 2.3).
GAS = 38.931e-6 * (15.3 * .99 * 44 / 12 + .028 + .0265)

# Folder, command, the errors as (place, code, words of the detail).
ERRORS = (
    ('decimal-comma', ('account', 'inventory.csv'), (('inventory.csv:2', 'E2214', '0.125'), ('inventory.csv:3', 'E2214', '-0.125'),
                                                     ('inventory.csv:4', 'E2214', '0.125'), ('inventory.csv:5', 'E2208', '0.125'))),
    ('decimal-comma', ('account', 'semicolon.csv'), (('semicolon.csv:2', 'E2215', '1.234'), ('semicolon.csv:3', 'E2214', '0.125'))),
    ('decimal-comma', ('plan', 'case'), (('targets.csv:2', 'E2214', '0.138'),)),
    ('spreadsheet-dates', ('account', 'inventory.csv'), (('inventory.csv:2', 'E2407', '2024-01-01'), ('inventory.csv:7', 'E2402', '2023-01'))),
    ('rate-units', ('account', 'inventory.csv'), (('inventory.csv:2', 'E2308', 'MWh/a'), ('inventory.csv:3', 'E2308', 'MWh/月'))),
    ('certificates', ('account', 'over.csv', '--factors', 'factors.csv'), (('over.csv:3', 'E2120', 'instruments.csv'),)),
    ('certificates', ('account', 'own-line.csv', '--factors', 'factors.csv'), (('own-line.csv:3', 'E2122', 'instruments.csv'),)),
    ('co2-and-co2e', ('account', 'inventory.csv', '--factors', 'factors.csv'), (('factors.csv:3', 'E3230', 'CO2e'),)),
)

# Folder, facts changed, exit status, requirement and its status. Limits of five years; the enterprise of the examples with 2,113 t of measures.
VERDICTS = (
    ('duration/case', {'end': '2028-12-31'}, 'duration/params.csv', 0, '4.3-req6-max', 'met'),
    ('duration/case', {'end': '2029-01-30'}, 'duration/params.csv', 1, '4.3-req6-max', 'not_met'),
    ('duration/case', {'end': '2029-02-28'}, 'duration/params.csv', 1, '4.3-req6-max', 'not_met'),
    ('negative-inventory', {}, None, 4, '4.3-req5', 'undetermined'),
    ('missing-month', {}, None, 4, '4.3-req2', 'undetermined'),
    ('half-year', {}, None, 4, '4.3-req2', 'undetermined'),
    ('year-and-month-columns', {}, None, 4, '4.3-req2', 'undetermined'),
)


def errors(t):
    for folder, command, expected in ERRORS:
        with t.case(f'{folder}: {" ".join(command)}'):
            r = t.run(*command, '--diagnostics', 'json', cwd=os.path.join(REPORTS, folder))
            found = [d for d in r.diagnostics() if d['severity'] == 'error']
            same((r.status, r.out), (INVALID, b''), 'status and output')
            same([(f'{os.path.basename(d["file"])}:{d["line"]}', d['code']) for d in found], [e[:2] for e in expected], 'errors')
            want(all(e[2] in d['detail'] for d, e in zip(found, expected)), f'{[d["detail"] for d in found]}')


def verdicts(t):
    for folder, facts, params, status, rule, expected in VERDICTS:
        with t.case(f'{folder} {facts}'):
            case = t.path(folder)
            shutil.rmtree(case, ignore_errors=True)
            shutil.copytree(os.path.join(REPORTS, folder), case)
            with open(os.path.join(case, 'case.csv'), encoding='utf-8-sig') as f:
                lines = f.read().splitlines()
            changed = [f'{line.split(",")[0]},{facts[line.split(",")[0]]},,,' if line.split(',')[0] in facts else line for line in lines]
            t.write(f'{folder}/case.csv', '\n'.join(changed) + '\n')
            r = t.run('check', case, *(('--params', os.path.join(REPORTS, params)) if params else PARAMS), '-f', 'json')
            said = [text for q in r.json()['requirements'] for text in [q['why']['en'], *english(q['caveats'])]]
            same([text for text in said if '  ' in text or '()' in text], [], 'a sentence with nothing where a value stands')
            same((r.status, {q['id']: q['status'] for q in r.json()['requirements']}[rule]), (status, expected), 'status')


def bills(t):
    folder = os.path.join(REPORTS, 'bill-over-year-end')

    def years(name, key):
        a = t.account(os.path.join(folder, name), '--by', 'year')
        same([c['count'] for c in a['caveats'] if c['code'] == 'C4017'], [], 'no overlap')
        return [(int(y['year']), str(y['totals'][key])) for y in a['years']], [g['keys']['year'] for g in a['groups']], [c['count'] for c in a['caveats'] if c['code'] == 'C4062']
    with t.case('a bill of power over the end of a year'):
        # 3,100 kWh in 31 days: 17 of 2022 by 0.5849, 14 of 2023 by 0.5737 kg/kWh (公告2024年第33号 and 2025年第47号, table 3), and 3,100 kWh of 2023
        same(years('inventory.csv', 'gross'), ([(2022, '0.99433'), (2023, '2.58165')], ['2022', '2023'], [1]), 'years')
    with t.case('a bill of gas over the end of a year'):
        # 310 Nm3 in 31 days: 170 of 2022, 140 and the next bill of 2023
        found = years('gas.csv', 'gross')
        same((found[1:], [y for y, _ in found[0]]), ((['2022', '2023'], [1]), [2022, 2023]), 'years')
        first, second = (float(v) for _, v in found[0])
        want(abs(second * 170 - first * 450) < 1e-6 and abs(first - 170 * GAS) < 1e-9, f'{found}')
    with t.case('reading days that two bills share are no overlap of amounts'):
        a = t.account(os.path.join(folder, 'reading-days.csv'), '--by', 'year')
        same([c['code'] for c in a['caveats'] if c['code'] in ('C4017', 'C4016', 'C4062')], [], 'caveats')
        want(abs(float(a['totals']['gross']) - 600 * GAS) < 1e-9, f'{a["totals"]["gross"]}')


def taken(t):
    with t.case('cells padded with blanks and an empty last column'):
        # 1,000 kWh x 0.5737 kg/kWh (Shanghai 2023)
        same(str(t.account(os.path.join(REPORTS, 'title-rows', 'padded.csv'))['totals']['gross']), '0.5737', 'gross')
    # 1,000 kWh is 0.5737 t. Of months.csv 3,300 kWh, its 合计 compared and not added; of activity-in-header.csv 2,000 kWh and 40 Nm3 of gas.
    for name, more, gross in (('title-rows/inventory.csv', (), '0.5737'), ('title-rows/footer.csv', (), '0.5737'), ('title-rows/tabs.csv', (), '0.5737'),
                              ('unit-in-header/inventory.csv', (), '0.5737'), ('unit-in-header/months.csv', ('--year', '2023'), '1.89321')):
        with t.case(f'an office table: {name}'):
            same(str(t.account(os.path.join(REPORTS, name), *more)['totals']['gross']), gross, 'gross')
    with t.case('an office table: unit-in-header/activity-in-header.csv'):
        found = float(t.account(os.path.join(REPORTS, 'unit-in-header', 'activity-in-header.csv'))['totals']['gross'])
        want(abs(found - 1.1474 - 40 * GAS) < 1e-9, f'{found}')
    with t.case('months without a year ask for it'):
        r = t.run('account', os.path.join(REPORTS, 'unit-in-header', 'months.csv'))
        same((r.status, 'E2322' in r.errors and '--year' in r.errors), (INVALID, True), 'error')
    with t.case('a column of years and one of months are joined'):
        a = t.run('account', os.path.join(REPORTS, 'year-and-month-columns'), '-f', 'json').json()
        same([h['periods'] for h in a['holes']], [['2023-04/2023-12']], 'holes')
    with t.case('the periods of a spreadsheet that are taken'):
        with open(os.path.join(REPORTS, 'spreadsheet-dates', 'inventory.csv'), encoding='utf-8-sig') as f:
            lines = f.read().splitlines()
        t.write('dates.csv', '\n'.join(lines[:1] + lines[2:6]) + '\n')
        same([str(g['tco2e']) for g in t.account('dates.csv', '--by', 'site')['groups']], ['0.5737'] * 4, 'sites B to E')
    with t.case('the reports that are answered are answered'):
        for folder, files in (('submeters', ('qizhong.csv', 'main-and-parts.csv')), ('refrigerants', ('inventory.csv', 'montreal.csv')), ('gas-in-kwh', ('inventory.csv',)),
                              ('other-encodings', ('latin1.csv', 'big5.csv', 'sjis.csv')), ('october-becomes-january', ('inventory.csv',))):
            for file in files:
                r = t.run('account', file, cwd=os.path.join(REPORTS, folder))
                same(r.status, OK, f'{folder}/{file}')
                want('Caveats' in r.text, f'{folder}/{file} is taken without a word')


def phase(t):
    with t.case('words of a status: what is done or under way is in the set of a route'):
        folder = t.path('status-words')
        shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), folder)
        shutil.copy(os.path.join(REPORTS, 'status-words', 'measures.csv'), folder)
        r = t.run('plan', folder, '--route', '第一阶段', '-f', 'json')
        want(r.status in (0, 1), f'status {r.status}: {r.errors[:300]}')
        plan = r.json()
        same([m['id'] for m in plan['measures'] if m['decided']], ['M1', 'M2', 'M3', 'M4', 'M5'], 'decided: M2 is 已竣工验收, M4 施工中')
        same(plan['route']['measures'], ['M1', 'M2', 'M3', 'M4', 'M5'], 'the set')


def run(t):
    errors(t)
    verdicts(t)
    bills(t)
    taken(t)
    phase(t)
