# SPDX-License-Identifier: GPL-3.0-or-later
"""What no careful reader would believe, and what would be counted twice: the inputs of tests/reports, with what is right."""
import csv
import os
import random
import shutil
import subprocess
import sys
from decimal import Decimal

from .harness import HEADER, INVALID, ROOT, TESTS, english, rows, same, want

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


OCTOBER, MONTH, LOW, ZERO = 'C4072', 'C4076', 'C4210', 'C4211'


def said(account, *codes):
    """[(code, line)]"""
    return sorted((c['code'], int(p['line'])) for c in account['caveats'] if c['code'] in codes for p in c['places'])


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
        text = english(t.account('months.csv')['caveats'], MONTH)
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
    with t.case('a unit too large for one month, or for a year of them: said once, with what was meant'):
        for divisor, slip in ((1000, 'a thousand times larger'), (10000, 'ten thousand times larger')):
            for month in (1, 7, 12):
                values = [v * 10000 if m != month else v * 10000 // divisor for m, v in enumerate(FLAT, 1)]  # 137 x 10,000 x FLAT, written / divisor
                same(months_of(t, series(values), MONTH, LOW, ZERO), [(LOW, month + 1)], 'caveats')
                text = english(t.account('months.csv')['caveats'], LOW)
                want(slip in text[0] and f': {FLAT[month - 1] * 1370000}' in text[0] and f'times {divisor}' in text[0], str(text))
            whole = series([v * 10000 for v in FLAT], year=2022) + series([v * 10000 for v in FLAT]) + series([v * 10000 // divisor for v in FLAT], year=2021)
            same(months_of(t, whole, MONTH, LOW), [(LOW, n) for n in range(26, 38)], 'a year')
            want(len(english(t.account('months.csv')['caveats'], LOW)) == 1, 'one caveat')
        same(months_of(t, series([v * 10000 // (1000 if m in (3, 5) else 1) for m, v in enumerate(FLAT)]), MONTH, LOW), [(LOW, 5), (LOW, 7)], 'two')
        same(months_of(t, series([v * (1000 if m in (3, 5) else 1) for m, v in enumerate(FLAT)]), MONTH, LOW), [(MONTH, 5), (MONTH, 7)], 'two that are too high')
    with t.case('low by no unit, or beside a season: not asked about'):
        for part in (2, 10, 50, 200, 4000):
            same(months_of(t, series([v * 10000 // (part if m == 2 else 1) for m, v in enumerate(FLAT)]), MONTH, LOW), [], f'1/{part}')
        closed = [90000, 80000, 60000, 40000, 20000, 90, 12, 12, 18000, 45000, 70000, 95000]
        same(months_of(t, series(closed, activity='natural_gas', unit='Nm3'), MONTH, LOW, ZERO), [], 'season')
        school = [v * 10000 // (1000 if m in (6, 7) else 1) for m, v in enumerate(FLAT)]
        same(months_of(t, series(school, year=2022) + series(school), MONTH, LOW), [], 'each summer')
    with t.case('a 0 between months that are all alike'):
        same(months_of(t, series(FLAT, 7, 0), MONTH, LOW, ZERO), [(ZERO, 8)], 'one')
        same(months_of(t, series(FLAT, year=2022) + series([v * (m < 10) for m, v in enumerate(FLAT, 1)]), ZERO), [(ZERO, 23), (ZERO, 24), (ZERO, 25)], 'the last ones')
        want(len(english(t.account('months.csv')['caveats'], ZERO)) == 1, 'one caveat')
        same(months_of(t, series(FLAT, 8, 0, year=2022) + series(FLAT, 8, 0), ZERO), [], 'closed each August')
        same(months_of(t, series(FLAT, 7, 0, activity='diesel', unit='L'), ZERO), [], 'what is not used on every day')
        same(months_of(t, series([900 * (m < 4 or m > 8) for m in range(12)], activity='heat', unit='GJ'), ZERO), [], 'heating')
    with t.case('a year of ten thousandths'):
        lines = [f'{y},electricity,{v},kWh,A' for y, v in ((2021, 4100000), (2022, 430), (2023, 4200000))]
        same(months_of(t, lines, MONTH, LOW), [(LOW, 3)], 'caveats')
    with t.case('a season is none'):
        same(months_of(t, series(SEASON, activity='natural_gas', unit='Nm3'), MONTH), [], 'caveats')
    with t.case('a season, one month of summer times ten: its twins of the year before tell'):
        before = [v + 1 for v in SEASON]
        lines = series(before, year=2022, activity='natural_gas', unit='Nm3') + series(before, 8, 10, activity='natural_gas', unit='Nm3')
        same(months_of(t, lines, MONTH), [(MONTH, 21)], 'caveats')
        same(months_of(t, series(before, 8, 10, year=2022) + series(before, 8, 10), MONTH), [], 'so high in both years')
    with t.case('a season, one month far above those beside it and that of the year before, and like none of the winter'):
        lines = series(SEASON, year=2022, activity='natural_gas', unit='Nm3') + series(SEASON, 9, 8, activity='natural_gas', unit='Nm3')
        same(months_of(t, lines, MONTH), [], 'four times November: no')
        lines = series(SEASON, year=2022, activity='natural_gas', unit='Nm3') + series(SEASON, 8, 13, activity='natural_gas', unit='Nm3')
        same(months_of(t, lines, MONTH), [(MONTH, 21)], 'twelve times its twins')
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


HEAT, FACTOR, EARLY, LATE = 'C4070', 'C4071', 'C4077', 'C4078'


def measured(t):
    """Documented: diesel 42.652 GJ/t, natural gas 389.31 GJ/10^4 Nm3 (GB/T 32151); what is near them is not asked about."""
    for activity, unit, cell, asked in (
            ('diesel', 't', '42.652 GJ/t', 0), ('diesel', 't', '41.1 GJ/t', 0), ('diesel', 't', '426.52 GJ/t', 1), ('diesel', 't', '4.2652 GJ/t', 1),
            ('natural_gas', 'Nm3', '36.1 MJ/Nm3', 0), ('natural_gas', 'Nm3', '361 MJ/Nm3', 1), ('natural_gas', 'Nm3', '3.61 MJ/Nm3', 1),
            ('diesel', 'L', '36.3 MJ/L', 0), ('steam', 't', '2762.9-83.7 kJ/kg', 0), ('steam', 't', '+26792 kJ/kg', 1), ('steam', 't', '+267.9 kJ/kg', 1),
            ('hot_water', 't', '335-210 kJ/kg', 0), ('hot_water', 't', '+1250 kJ/kg', 1), ('hot_water', 't', '+12.5 kJ/kg', 1)):
        with t.case(f'{activity} of {cell}'):
            t.write('heat.csv', rows(f'2023,{activity},1,{unit},{cell}', header=HEADER + ',ncv'))
            found = english(t.account('heat.csv')['caveats'], HEAT)
            same(len(found), asked, 'caveats')
            want(not asked or 'decimal point' in found[0], f'the slip: {found}')
    with t.case('steam a thousand times too hot'):
        t.write('heat.csv', rows('2023,steam,1,t,+2679 MJ/kg', header=HEADER + ',ncv'))
        r = t.run('account', 'heat.csv', '--diagnostics', 'json')
        same((r.status, codes(r)), (INVALID, [('E2126', 2)]), 'errors')
    for cell, code in (('110 %', 'E2127'), ('1.1 t/t', 'E2127')):
        with t.case(f'carbon of {cell} is an error'):
            t.write('carbon.csv', rows(f'2023,diesel,1,t,{cell}', header=HEADER + ',carbon_content'))
            r = t.run('account', 'carbon.csv', '--diagnostics', 'json')
            same((r.status, codes(r)), (INVALID, [(code, 2)]), 'errors')


OWN = 'id,name_en,name_zh,gas,value,unit,source,activity,scope,region\n'


def own_factor(t, value, factor_id='mine', name='', line='2023,electricity,1,MWh,上海', unit='kg/kWh', activity='electricity', region=''):
    t.write('own.csv', OWN + f'{factor_id},{name},,CO2,{value},{unit},letter,{activity},2,{region}\n')
    t.write('line.csv', rows(f'{line},{factor_id}', header=HEADER + ',region,factor'))
    return english(t.account('line.csv', '--factors', 'own.csv')['caveats'], FACTOR)


def factors(t):
    """Shanghai's grid of 2023 is 0.5737 kg/kWh (公告2025年第31号)."""
    for value, asked in (('0.58', 0), ('0.42', 0), ('0.7', 0), ('5.737', 1), ('0.0574', 1), ('573.7', 1), ('0.00057', 1), ('1.5', 0), ('0', 0)):
        with t.case(f'a grid factor of {value} kg/kWh'):
            same(len(own_factor(t, value)), asked, 'caveats')
    with t.case('the province of few emissions is no twin of Shanghai'):
        same(len(own_factor(t, '0.0574', region='上海')), 1, 'caveats')
    for factor_id, name in (('pv-own', ''), ('mine', 'Wind power 2023'), ('绿电合同', ''), ('own', 'hydropower')):
        with t.case(f'{factor_id} {name} may be low'):
            same(own_factor(t, '0.03', factor_id, name), [], 'caveats')
    for factor_id, name in (('window', ''), ('greenhouse-letter', ''), ('mine', 'symbiosis park'), ('pvc-works', '')):
        with t.case(f'{factor_id} {name} is no low-carbon power'):
            same(len(own_factor(t, '0.0574', factor_id, name)), 1, 'caveats')


def fuels_and_co2e(t):
    """A fuel's own row is by heat and carbon: GB/T 32151.22-2024 table C.1 gives diesel 42.652 x 20.2 x 0.98 x 44/12 / 1000 = 3.0959 t/t and natural
    gas 21.6219 t/10^4 Nm3. A factor in CO2e is compared with CO2."""
    for activity, gas, value, unit, asked in (
            ('柴油', 'CO2', '3095.9', 't/t', 1), ('柴油', 'CO2', '3.1', 't/t', 0), ('柴油', 'CO2', '31', 't/t', 1), ('柴油', 'CO2', '3096', 'kg/t', 0),
            ('柴油', 'CO2', '3.1', 'kg/t', 1), ('柴油', 'CO2e', '3.2', 't/t', 0), ('天然气', 'CO2e', '21.7', 't/10^4 Nm3', 0), ('天然气', 'CO2e', '0.0217', 't/10^4 Nm3', 1),
            ('天然气', 'CO2', '2.16', 'kg/Nm3', 0), ('天然气', 'CO2', '2.16', 't/Nm3', 1), ('外购电力', 'CO2e', '0.58', 'kg/kWh', 0), ('外购电力', 'CO2e', '0.00058', 'kg/kWh', 1),
            ('热力', 'CO2e', '110', 't/GJ', 1)):
        with t.case(f'{activity} by {value} {unit} of {gas}'):
            quantity = {'柴油': 't', '天然气': '万Nm3', '外购电力': 'kWh', '热力': 'GJ'}[activity]
            t.write('fuel.csv', rows(f'2023,{activity},1,{quantity},上海', header=HEADER + ',region'))
            t.write('fuel-factors.csv', f'id,gas,value,unit,source,activity,region\nmine,{gas},{value},{unit},letter,{activity},上海\n')
            texts = english(t.account('fuel.csv', '--factors', 'fuel-factors.csv')['caveats'], 'C4071')
            same(len(texts), asked, f'caveats {texts}')
            want(not asked or activity != '柴油' or '≈3.0' in texts[0] or '≈3096' in texts[0] or '≈309' in texts[0], str(texts))


def own_years(t):
    """The published factor named beside one's own is the one that the profile takes for the line's year and region: data/factors/electricity."""
    for year, region, published in (('2021', '上海', 'grid-shanghai-2021'), ('2022', '上海', 'grid-shanghai-2022'), ('2023', '上海', 'grid-shanghai-2023'), ('2024', '上海', 'grid-shanghai-2023'),
                                    ('2023-07', '北京', 'grid-beijing-2023'), ('2021', '北京', 'grid-beijing-2021')):
        for value in ('573.7', '0.05849') if region == '上海' else ('573.7',): # the second is a tenth of Shanghai's
            with t.case(f'{value} for {year} in {region} beside {published}'):
                found = own_factor(t, value, line=f'{year},electricity,1,MWh,{region}')
                want(len(found) == 1 and f'({published})' in found[0], str(found))


def own_rows(t):
    """What a factor of the user's leaves out or calls something else. R410A is 50 % HFC-32 and 50 % HFC-125: GWP 1923.5 of AR5 (IPCC)."""
    for activity, unit, row, expected in (
            ('R410A', 'kg', 'CO2e,2.088,kg/kg', ['C4071']), ('R410A', 'kg', 'CO2e,2088,kg/kg', []), ('R410A', 'kg', 'CO2e,2088000,kg/kg', ['C4071']),
            ('R410A', 'kg', 'CO2e,2.088,t/kg', []), ('SF6', 'kg', 'CO2e,23.5,kg/kg', ['C4071']), ('HFC-134a', 'kg', 'CO2e,1300,kg/kg', []),
            ('柴油', 't', 'CO2-bio,3.1,t/t', ['C4167']), ('柴油', 't', 'CO2,3.1,t/t', ['C4166']), ('柴油', 't', 'CO2e,3.1,t/t', []),
            ('天然气', 'Nm3', 'CO2,2.16,kg/Nm3', ['C4166'])):
        with t.case(f'{activity} by {row}'):
            t.write('own.csv', rows(f'2023,{activity},1,{unit}', header=HEADER))
            t.write('own-factors.csv', f'id,activity,gas,value,unit,source\nmine,{activity},{row},letter\n')
            found = t.account('own.csv', '--factors', 'own-factors.csv')
            same([c['code'] for c in found['caveats'] if c['code'] in ('C4010', 'C4071', 'C4166', 'C4167')], expected, 'caveats')
            want('C4166' not in expected or ('mine' in str(found['caveats']) and set(found['by_gas']) == {'CO2'}), 'the reason')
    with t.case('with a heat value in the line CH4 and N2O are there'):
        t.write('own.csv', rows('2023,柴油,1,t,42.652 GJ/t', header=HEADER + ',ncv'))
        t.write('own-factors.csv', 'id,activity,gas,value,unit,source\nmine,柴油,CO2,3.1,t/t,letter\n')
        found = t.account('own.csv', '--factors', 'own-factors.csv')
        same((sorted(found['by_gas']), [c for c in found['caveats'] if c['code'] in ('C4010', 'C4166')]), (['CH4', 'CO2', 'N2O'], []), 'gases')


def years(t):
    with t.case('a year before 2000'):
        same(months_of(t, ['1997-03,SF6,1,kg,A', '2001-03,SF6,1,kg,A'], EARLY), [(EARLY, 2)], 'caveats')
    with t.case('a year far behind the newest factor'):
        t.write('late.csv', rows('2023,electricity,1,MWh,上海', '2032,electricity,1,MWh,上海', header=HEADER + ',region'))
        found = english(t.account('late.csv', '--fallback', 'nearest')['caveats'], LATE)
        want(len(found) == 1 and '2032' in found[0], str(found))
        t.write('late.csv', rows('2025,electricity,1,MWh,上海', header=HEADER + ',region'))
        same([c for c in t.account('late.csv', '--fallback', 'nearest')['caveats'] if c['code'] == LATE], [], 'caveats')
    # No fuel, heat or refrigerant has a year: the newest factor of all that have one says how far off a year is.
    for activity, unit in (('natural gas', '万Nm3'), ('R410A补充', 'kg'), ('外购热力', 'GJ')):
        for year, said_so in ((2025, 0), (2099, 1)):
            with t.case(f'{activity} of {year}: no factor used has a year'):
                t.write('late.csv', rows(f'{year},{activity},1,{unit}', header=HEADER))
                same([c['code'] for c in t.account('late.csv')['caveats'] if c['code'] in (LATE, 'C4273')], ['C4273'] * said_so, 'caveats')


def reductions(t):
    with t.case('reductions above the emissions they act on decide nothing'):
        shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), t.path('over'))
        path = t.path('over/measures.csv')
        with open(path, encoding='utf-8-sig', newline='') as f:
            head, first, *rest = csv.reader(f)
        first[head.index('减排量')] = '1000000000'
        for name in ('作用于', '节约', '转为非化石能源量'):
            first[head.index(name)] = ''
        with open(path, 'w', encoding='utf-8', newline='') as f:
            csv.writer(f).writerows([head, first, *rest])
        r = t.run('check', 'over', '--params', os.path.join(ROOT, 'examples', 'params-illustrative.csv'), '-f', 'json')
        found = r.json()
        same((r.status, {q['id']: q['status'] for q in found['requirements']}['4.3-req5']), (4, 'undetermined'), 'size')
        want('C4141' in [c['code'] for c in found['caveats']], 'no caveat C4141')


def rates(t):
    """The table of tests/long/slips.py, with few made-up series."""
    with t.case('slips that are caught, and honest lines that are not asked about'):
        done = subprocess.run([sys.executable, os.path.join(TESTS, 'long', 'slips.py'), '--tanhe', t.tanhe, '--series', '40'], capture_output=True, timeout=600,
                              check=False)
        want(done.returncode == 0, done.stdout.decode() + done.stderr.decode()[-500:])


def columns(t):
    with t.case('companies of a park are sites'):
        # 100 and 200 x 10^4 kWh x 0.5737 kg/kWh (Shanghai 2023, announcement 2025 no. 31)
        a = t.account(folder('companies') + '/companies.csv', '--by', 'site')
        same({g['keys']['site']: str(g['tco2e']) for g in a['groups']}, {'甲公司': '573.7', '乙公司': '1147.4'}, 'sites')


def heat(t):
    with t.case('gas in kWh and therm: the basis is said, with its worth'):
        # 100,000 kWh = 360 GJ: 0.36 TJ x (15.3 tC/TJ x 0.99 x 44/12 + 1 kg CH4 x 28 + 0.1 kg N2O x 265) = 20.0137 t; 10 % of it (IPCC 2006
        # V2 Ch1 1.4.1.2) is 2.001 t. 3412.14 therm x 105.505585262 MJ are 360.0 GJ too.
        a = t.account(folder('gas-in-kwh') + '/inventory.csv')
        said = [c for c in a['caveats'] if c['code'] == 'C4083']
        same([('2.001 t' in c['text']['en'], '10 %' in c['text']['en']) for c in said], [(True, True)] * 2, str(said))
    with t.case('the worth is of all lines, in any order and split'):
        lines = [f'2023-0{m},天然气,{m}000,kWh' for m in range(1, 8)]
        texts = []
        for order in (lines, lines[::-1], [f'2023,天然气,{sum(range(1, 8))}000,kWh']):
            t.write('gas.csv', 'period,activity,quantity,unit\n' + '\n'.join(order) + '\n')
            texts.append(english(t.account('gas.csv')['caveats'], 'C4083'))
        same(texts[1:], texts[:1] * 2, 'texts')
    for unit, codes_said in [('GJ', ['C4084']), ('GJ (net)', []), ('GJ LHV', []), ('GJ（低位）', []), ('GJ 低位发热量', []), ('kWh NCV', []), ('t', [])]:
        with t.case(f'diesel in {unit}'):
            t.write('diesel.csv', f'period,activity,quantity,unit\n2023,柴油,1,{unit}\n')
            same([c['code'] for c in t.account('diesel.csv')['caveats'] if c['code'] in ('C4083', 'C4084')], codes_said, 'said')
    for activity, unit, code in [('天然气', 'kWh gross', 'E2309'), ('天然气', 'MMBtu (HHV)', 'E2309'), ('煤炭', 'GJ（高位）', 'E2309'), ('电', 'kWh gross', 'E2302'),
                                 ('柴油', 't (net)', 'E2302'), ('天然气', 'net', 'E2302')]:
        with t.case(f'{activity} in {unit} is an error'):
            t.write('gross.csv', f'period,activity,quantity,unit\n2023,{activity},1,{unit}\n')
            same(codes(t.run('account', 'gross.csv', '--diagnostics', 'json')), [(code, 2)], 'errors')
    for unit, said in [('GJ', 1), ('MJ', 1), ('kcal', 1), ('kWh', 0), ('万度', 0), ('MWh', 0), ('GWh', 0)]:
        with t.case(f'power in {unit}'):
            t.write('power.csv', f'period,activity,quantity,unit\n2023,电,1,{unit}\n')
            same(sum(c['code'] == 'C4085' for c in t.account('power.csv')['caveats']), said, 'said')
    with t.case('litres by a density with its source'):
        # 100 L x 0.745 and 0.84 kg/L (CBS, conversions.csv) by GB/T 32151.22-2024 C.1: petrol 43.070 x 18.9 x 0.98 x 44/12 = 2925.056... kg/t,
        # diesel 42.652 x 20.2 x 0.98 x 44/12 = 3095.909... kg/t; water 100 m3 x 998.2 kg/m3 x 0.168 kg/t (CPCD)
        a = t.account(folder('litres') + '/inventory.csv', '--lang', 'en')
        same(a['by_gas']['CO2'], Decimal('0.0745') * Decimal('43.070') * Decimal('18.9') * Decimal('0.98') * 44 / 12 / 1000
             + Decimal('0.084') * Decimal('42.652') * Decimal('20.2') * Decimal('0.98') * 44 / 12 / 1000, 'CO2')
        same(str(a['by_gas']['CO2e']), '0.01676976', 'water')
        texts = [c['text']['en'] for c in a['caveats'] if c['code'] == 'C4240']
        want(len(texts) == 3 and all(any(word in text for text in texts) for word in ('0.745 kg/L', '0.84 kg/L', '998.2 kg/m3')), str(texts))
    with t.case('a liquid without a documented density says how'):
        t.write('litres.csv', 'period,activity,quantity,unit\n2023,废油（作燃料）,1,L\n2023,污水,1,m3\n')
        same(codes(t.run('account', 'litres.csv', '--diagnostics', 'json')), [('E2310', 2), ('E2311', 3)], 'errors')
        # 100 L x 32.3 MJ/L = 3.23 GJ x 18.9 tC/TJ x 0.98 x 44/12 (GB/T 32151.22-2024 C.1) = 219.36 kg
        a = t.account(folder('litres') + '/ncv.csv')
        same(str(a['by_gas']['CO2']), '0.21936222', 'CO2')


def oxidation(t):
    """The documents have 0.98 for diesel (GB/T 32151.22-2024 table C.1) and 1 where none is stated (2006 IPCC Guidelines V2 Ch1, 1.4.2.1): a fraction beyond 1.5
    times below is asked about, as a carbon content is."""
    for fuel, cell, told, meant in (('柴油', '0.098', True, '0.98'), ('柴油', '9.8%', True, '98'), ('柴油', '0.95', False, ''), ('烟煤', '0.09', True, '0.9'), ('烟煤', '0.85', False, ''),
                                    ('烟煤', '98%', False, '')):
        with t.case(f'oxidation of {fuel}: {cell}'):
            t.write('oxidation.csv', rows(f'2023,{fuel},100,t,{cell}', header=HEADER + ',oxidation'))
            texts = english(t.account('oxidation.csv')['caveats'], 'C4070')
            same([meant in text and 'decimal point' in text for text in texts], [True] if told else [], f'{texts}')


def carbon(t):
    """Coal has 24 to 32 tC/TJ (GB/T 32151.22-2024 table C.1, IPCC 2006 V2 table 1.3); 40 to 80 is its carbon in percent of the mass."""
    for value, caught in (('58.2', True), ('41', True), ('58.2%', False), ('27.5', False), ('24.1', False), ('2.618', True)):
        with t.case(f'carbon content of coal: {value}'):
            t.write('carbon.csv', rows(f'2023,烟煤,100,t,22.9,{value}', header=HEADER + ',ncv,carbon_content'))
            texts = english(t.account('carbon.csv')['caveats'], 'C4070')
            same(len(texts), int(caught), f'caveats {texts}')
            want(value not in ('58.2', '41') or f'without its sign: {value}%' in texts[0], str(texts))
    with t.case('kJ/Nm3 written as GJ/10^4 Nm3'):
        t.write('kj.csv', rows('2023,天然气,1,万Nm3,36100', header=HEADER + ',ncv'))  # 36,100 kJ/Nm3 = 361 GJ/10^4 Nm3
        texts = english(t.account('kj.csv')['caveats'], 'C4070')
        want(len(texts) == 1 and '361 GJ/' in texts[0], str(texts))


def run(t):
    carbon(t)
    oxidation(t)
    fuels_and_co2e(t)
    october(t)
    months(t)
    measured(t)
    factors(t)
    years(t)
    own_years(t)
    own_rows(t)
    reductions(t)
    rates(t)
    heat(t)
    errors(t)
    columns(t)
