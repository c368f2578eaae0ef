# SPDX-License-Identifier: GPL-3.0-or-later
"""Order decides nothing: lines in any order and in any files give the same ledger, caveats, totals, groups and factors, also where factors,
instruments and profiles change within a year. Each line's answer is that of an account of the line alone."""
import csv as reader
import os
import random
import re
import shutil
from decimal import Decimal

from .harness import OK, ROOT, TESTS, USAGE, Failure, english, same, spots, want

REPORTS = os.path.join(TESTS, 'reports')
HEADER = ['period', 'activity', 'quantity', 'unit', 'site', 'region', 'factor', 'instrument']
FACTORS = '''id,gas,value,unit,source,activity,scope,region,valid_from,valid_to
supply,CO2,0.5,kg/kWh,supplier 1,electricity,2,,2022-01-01,2023-06-30
supply,CO2,0.8,kg/kWh,supplier 2,electricity,2,,2023-07-01,2024-12-31
steam-net,CO2,60,kg/GJ,letter 1,heat,2,上海,2021-01-01,2023-03-31
steam-net,CO2,70,kg/GJ,letter 2,heat,2,上海,2023-04-01,2023-10-14
steam-net,CO2,80,kg/GJ,letter 3,heat,2,上海,2023-10-15,2025-12-31
green,CO2,0,kg/kWh,contract 1,,2,,2023-01-01,2023-08-31
green,CO2,0.1,kg/kWh,contract 2,,2,,2023-09-01,2024-12-31
solvent,CO2,2,kg/kg,data sheet,solvent,1,,2022-01-01,2022-12-31
solvent,CH4,0.5,kg/kg,data sheet,solvent,1,,2022-01-01,2023-05-31
solvent,CO2,3,kg/kg,data sheet,solvent,1,,2023-01-01,2024-12-31
'''
PERIODS = [f'{y}-{m:02}' for y in (2022, 2023) for m in range(1, 13) if (y, m) != (2023, 3)] + [
    '2021', '2022', '2023', '2024-02', '2023-05-15/2023-06-14', '2023-06-15/2023-07-14', '2023-10-01/2023-10-14', '2023-10-15/2023-10-28', '2023Q3']


def lines_of(seed, count):
    r = random.Random(seed)
    made = []
    for _ in range(count):
        period, site = r.choice(PERIODS), r.choice(['一厂', '二厂'])
        kind = r.randrange(6)
        region = r.choice(['上海', '上海', '江苏', ''])
        quantity = str(r.randrange(1, 10 ** r.choice([3, 6])))
        if kind < 3:
            made.append([period, r.choice(['外购电力', 'electricity']), quantity, r.choice(['kWh', 'MWh']), site, region,
                         r.choice(['', 'supply']), r.choice(['', '', 'green'])])
        elif kind == 3:
            made.append([period, '热力', quantity, 'GJ', site, region, r.choice(['', 'steam-net']), ''])
        elif kind == 4:
            made.append([period, 'solvent', quantity, 'kg', site, region, r.choice(['', 'solvent']), ''])
        else:
            made.append([period, '天然气', quantity, 'Nm3', site, region, '', ''])
    return made


def csv(lines):
    return '\n'.join(','.join(line) for line in [HEADER, *lines]) + '\n'


def ledger(t, name, without=()):
    """Its rows without their places, sorted."""
    with open(t.path(name), encoding='utf-8-sig', newline='') as f:
        return sorted(tuple(v for k, v in row.items() if k not in ('file', 'line', *without)) for row in reader.DictReader(f))


def answer(t, inventories, *args):
    """All that must not depend on an order: the account without the places of lines, and the ledger's rows."""
    result = t.run('account', *inventories, '--ledger', 'ledger.csv', '-f', 'json', '--by', 'site,activity,year', *args)
    if result.status != OK:
        raise Failure(f'status {result.status}: {result.errors[:1500]}')
    account = result.json()
    caveats = [(c['code'], c['text']['en'], c['count']) for c in account['caveats']]
    years = [{k: v for k, v in y.items() if k != 'profiles'} for y in account['years']]
    profiles = [{k: v for k, v in p.items() if k != 'place'} for y in account['years'] for p in y['profiles']]
    holes = [{k: v for k, v in h.items() if k != 'place'} for h in account.get('holes', [])]
    rest = {k: v for k, v in account.items() if k not in ('inputs', 'caveats', 'profiles', 'holes', 'completeness', 'years')}
    rest['options'] = {k: v for k, v in rest['options'].items() if k != 'inventories'}
    return {'ledger': ledger(t, 'ledger.csv'), 'caveats': caveats, 'years': years, 'profiles': profiles, 'holes': holes, **rest}


def compare(t, found, expected):
    for key in expected:
        if key == 'ledger' and found[key] != expected[key]:  # the first rows of one that the other has not
            same([row for row in found[key] if row not in expected[key]][:2], [row for row in expected[key] if row not in found[key]][:2], key)
        same(found.get(key), expected[key], key)


def laws(t, seeds=(1,)):
    t.write('factors.csv', FACTORS)
    for profile in ('mee-provincial', 'shanghai-2022'):
        args = ('--factors', 'factors.csv', '--fallback', 'nearest', '--profile', profile)
        for seed in seeds:
            lines = without_errors(t, lines_of(seed, 250), args)
            t.write('law.csv', csv(lines))
            base = answer(t, ['law.csv'], *args)
            orders = {'reversed': lines[::-1], 'by period': sorted(lines), 'by activity': sorted(lines, key=lambda line: line[1:])}
            for n in (1, 2):
                orders[f'shuffled {n}'] = random.Random(n).sample(lines, len(lines))
            for name, order in orders.items():
                with t.case(f'{profile}, {seed}, {name}'):
                    t.write('law.csv', csv(order))
                    compare(t, answer(t, ['law.csv'], *args), base)
            with t.case(f'{profile}, {seed}, in three files'):
                names = [t.write(f'part{n}.csv', csv(lines[n::3])) for n in (2, 0, 1)]
                compare(t, answer(t, names, *args), base)


def without_errors(t, lines, args):
    """Without the lines that are an error by themselves: a factor that no year has."""
    t.write('law.csv', csv(lines))
    found = t.run('account', 'law.csv', '-f', 'csv', '--diagnostics', 'json', *args).diagnostics()
    bad = {d['line'] for d in found if d['severity'] == 'error'}
    return [line for n, line in enumerate(lines) if n + 2 not in bad]


def alone(t):
    """Every line of an account comes to what it comes to alone, with the same caveats."""
    t.write('factors.csv', FACTORS)
    args = ('--factors', 'factors.csv', '--fallback', 'nearest')
    lines = without_errors(t, lines_of(9, 100), args)
    with t.case('each line as it is alone'):
        t.write('all.csv', csv(lines))
        whole = answer(t, ['all.csv'], *args)['ledger']
        apart = []
        for line in lines:
            t.write('one.csv', csv([line]))
            apart += answer(t, ['one.csv'], *args)['ledger']
        same(sorted(apart), whole, 'ledger')


def july(t):
    """Supplier 1 until June, 0.5 kg/kWh, supplier 2 from July, 0.8: 1,000 kWh each."""
    folder = os.path.join(REPORTS, 'factor-changes-in-july')
    for name in ('inventory.csv', 'reversed.csv'):
        with t.case(f'a factor that changes in July, {name}'):
            args = ('account', os.path.join(folder, name), '--factors', os.path.join(folder, 'factors.csv'), '--by', 'site', '-f', 'json')
            account = t.run(*args, '--ledger', 'july.csv').json()
            same({g['keys']['site']: str(g['tco2e']) for g in account['groups']}, {'May': '0.5', 'July': '0.8'}, 'groups')
            same([c['code'] for c in account['caveats'] if c['code'] == 'C4005'], [], 'caveats')
            with open(t.path('july.csv'), encoding='utf-8-sig', newline='') as f:
                same({r['site']: r['source_document'] for r in reader.DictReader(f)}, {'May': 'supplier 1', 'July': 'supplier 2'}, 'documents')


def totals(t, inventory, factors, *args):
    t.write('inventory.csv', inventory)
    t.write('own.csv', factors)
    return t.run('account', 'inventory.csv', '--factors', 'own.csv', '-f', 'json', *args).json()


OWN = 'id,gas,value,unit,source,activity,scope,region,valid_from,valid_to\n'
LINES = 'period,activity,quantity,unit,site,region\n'
PROFILES = ('mee-provincial', 'mee-national', 'shanghai-2022', 'public-institution')


def own_rows(t):
    """What the user brings is used: 1,000 MWh x 0.58 kg/kWh = 580 t."""
    folder = os.path.join(REPORTS, 'own-factor-passed-over')
    with t.case('a row under a shipped id without its category'):
        account = t.run('account', os.path.join(folder, 'inventory.csv'), '--factors', os.path.join(folder, 'factors.csv'), '-f', 'json').json()
        same(account['totals']['gross'], 580, 'gross')
    with t.case('a row under a shipped id with nothing but its value, in its own year only'):
        row = OWN + 'grid-shanghai-2023,CO2,0.5800,kg/kWh,letter,,,,,\n'
        same(totals(t, LINES + '2023,electricity,1000,MWh,a,上海\n', row)['totals']['gross'], 580, 'gross of 2023')
        # grid-shanghai-2022 is 0.5849 kg/kWh (公告2024年第33号, table 3)
        same(str(totals(t, LINES + '2022,electricity,1000,MWh,a,上海\n', row)['totals']['gross']), '584.9', 'gross of 2022')
    row = OWN + 'my-grid,CO2,0.61,kg/kWh,letter,electricity,,上海,2024-01-01,2024-12-31\n'
    for profile in PROFILES:
        with t.case(f'a row for a new year, {profile}'):
            account = totals(t, LINES + '2024,electricity,1000,MWh,a,上海\n', row, '--profile', profile)
            same(account['totals']['gross'], 610, 'gross')
            same([c['count'] for c in account['caveats'] if c['code'] == 'C4050'], [1], 'caveats')
    with t.case('the newest older one is the new year\'s'):
        account = totals(t, LINES + '2025,electricity,1000,MWh,a,上海\n', row)
        same(account['totals']['gross'], 610, 'gross')
        same([c['count'] for c in account['caveats'] if c['code'] == 'C4001'], [1], 'caveats')
    with t.case('a row of another region serves no line of Shanghai'):
        other = OWN + 'my-grid,CO2,0.61,kg/kWh,letter,electricity,,江苏,2022-01-01,2023-12-31\n'
        same(str(totals(t, LINES + '2022,electricity,1000,MWh,a,上海\n', other)['totals']['gross']), '584.9', 'gross')
    with t.case('a certificate is no grid factor'):
        green = OWN + 'green,CO2,0,kg/kWh,contract,electricity,,,,\n'
        same(str(totals(t, LINES + '2022,electricity,1000,MWh,a,上海\n', green)['totals']['gross']), '584.9', 'gross')
    for name, source, value, gross in (('绿电合同-1', 'letter', '0.1', '584.9'), ('pv-direct', 'letter', '0.05', '584.9'), ('x-1', '绿证 GEC-1', '0.02', '584.9'),
                                       ('supplier-1', 'letter', '0.5', '500')):
        with t.case(f'without a region, {name} by {source}'):
            # grid-shanghai-2022: 0.5849 kg/kWh
            a = totals(t, LINES + '2022,electricity,1000,MWh,a,上海\n', OWN + f'{name},CO2,{value},kg/kWh,{source},electricity,,,,\n')
            same(str(a['totals']['gross']), gross, 'gross')
            same([c['count'] for c in a['caveats'] if c['code'] == 'C4094'], [1] if gross == '584.9' else [], 'C4094')
    with t.case('a contract that lines name is asked about on no other'):
        named = LINES.replace('region', 'region,instrument') + '2022,electricity,1000,MWh,a,上海,\n2022,electricity,10,MWh,b,上海,pv-direct\n'
        a = totals(t, named, OWN + 'pv-direct,CO2,0.05,kg/kWh,letter,electricity,,,,\n')
        same([c['count'] for c in a['caveats'] if c['code'] == 'C4094'], [], 'C4094')
    for profile in PROFILES:
        with t.case(f'a fuel in CO2e has its CH4 and N2O in it, {profile}'):
            gas = OWN + 'my-gas,CO2e,2.2,kg/Nm3,supplier,natural_gas,,,,\n'
            same(totals(t, LINES + '2023,natural_gas,1000,Nm3,a,\n', gas, '--profile', profile)['totals']['gross'], Decimal('2.2'), 'gross')
    with t.case('CH4 of the user beside CO2 of the profile'):
        line, none = LINES + '2023,natural_gas,1000,Nm3,a,\n', OWN + 'x,CO2,1,kg/kg,me,x,1,,,\n'
        gases, plain = (totals(t, line, OWN + 'my-ch4,CH4,1,g/Nm3,lab,natural_gas,,,,\n' if n else none)['by_gas_mass'] for n in (1, 0))
        same(gases, {**plain, 'CH4': Decimal('0.001')}, 'gases')


LOW = OWN + 'solvent,CO2,2,kg/kg,low,solvent,1,,2020-01-01,2024-12-31\nsolvent,CH4,0.5,kg/kg,low,solvent,1,,2020-01-01,2024-12-31\n'


def mixed_rows(t):
    """A row under an id that is there replaces its gas and time alone (CH4: GWP 28 of AR5)."""
    with t.case('CH4 of compost: N2O stays'):
        # 1 t x (9 kg CH4 x 28 + 0.24 kg N2O x 265), table 4.1 of IPCC 2006 volume 5
        a = totals(t, LINES + '2023,堆肥,1,t,a,\n', OWN + 'waste-compost,CH4,9,kg/t,lab,,,,,\n')
        same(str(a['totals']['gross']), '0.3156', 'gross')
        same([c['count'] for c in a['caveats'] if c['code'] == 'C4092'], [1], 'C4092')
    with t.case('CO2 of 2022: CH4 and the other years stay'):
        t.write('low.csv', LOW)
        rows = OWN + 'solvent,CO2,7,kg/kg,up,,,,2022-01-01,2022-12-31\n'
        a = totals(t, LINES + ''.join(f'{y},solvent,1,kg,{y},\n' for y in (2021, 2022, 2023)), rows, '--factors', 'low.csv', '--by', 'site')
        same([str(g['tco2e']) for g in a['groups']], ['0.016', '0.016', '0.016'], 'low.csv is the later one: all its own')
        t.write('up.csv', rows)
        a = totals(t, LINES + ''.join(f'{y},solvent,1,kg,{y},\n' for y in (2021, 2022, 2023)), LOW, '--factors', 'up.csv', '--by', 'site')
        same([str(g['tco2e']) for g in a['groups']], ['0.016', '0.021', '0.016'], 'up.csv is the later one')
    with t.case('CO2 of natural gas per volume: CH4 and N2O by the shipped heat value'):
        a = totals(t, LINES + '2023,天然气,1000,Nm3,a,\n', OWN + 'fuel-gb-natural-gas,CO2,2.2,kg/Nm3,supplier,,,,,\n')
        gases = a['by_gas_mass']
        # 1000 Nm3 x 389.31 GJ/10^4 Nm3 = 38.931 GJ; 1 kg CH4/TJ, 0.1 kg N2O/TJ (IPCC 2006 volume 2, table 2.3)
        same({k: str(v) for k, v in gases.items()}, {'CO2': '2.2', 'CH4': '0.000038931', 'N2O': '0.0000038931'}, 'gases')
    with t.case('CO2e replaces the gases that it is made of'):
        a = totals(t, LINES + '2023,堆肥,1,t,a,\n', OWN + 'waste-compost,CO2e,50,kg/t,lab,,,,,\n')
        same(str(a['totals']['gross']), '0.05', 'gross')


def told(t):
    """Each row of the user's ends as used or with its reason, and by the furthest line, whatever their order."""
    rows = OWN + '''grid-shanghai-2023,CO2,0.58,kg/kWh,letter,,,,,
my-js,CO2,0.6,kg/kWh,letter,electricity,,江苏,,
my-old,CO2,0.6,kg/kWh,letter,electricity,,上海,2020-01-01,2020-12-31
pv-1,CO2,0.02,kg/kWh,contract,electricity,,,,
paint,CO2,2,kg/kg,letter,paint,1,,,
named-only,CO2,2,kg/kg,letter,,1,,,
mine,CO2,0.6,kg/kWh,letter,electricity,,上海,2022-01-01,2022-12-31
'''
    expected = {'grid-shanghai-2023': 2, 'my-js': 'other_region', 'my-old': 'other_time', 'pv-1': 'contract', 'paint': 'no_line', 'named-only': 'not_named',
                'mine': 'line_names_another'}
    lines = ['2023,外购电力,10,MWh,a,上海,', '2023-01,外购电力,10,MWh,b,上海,', '2022,外购电力,10,MWh,c,上海,grid-shanghai-2022']
    for order in (lines, lines[::-1]):
        with t.case(f'rows of the user, {order[0]} first'):
            a = totals(t, LINES.replace('region', 'region,factor') + '\n'.join(order) + '\n', rows)
            same({r['id']: r['why']['code'] if 'why' in r else r['lines'] for r in a['user_rows']}, expected, 'rows')
            same([r['used'] for r in a['user_rows']], [False] * 6 + [True], 'the unused first')
    with t.case('factors check --inventory'):
        text = t.run('factors', 'check', 'own.csv', '--inventory', 'inventory.csv').text
        want('6 of 7 not used' in text and 'the lines name another factor' in text, text)
        found = t.run('factors', 'check', 'own.csv', '--inventory', 'inventory.csv', '-f', 'json').json()
        same({r['id']: r['why']['code'] if 'why' in r else r['lines'] for r in found['rows']}, expected, 'rows as JSON')
        found = t.run('factors', 'check', 'own.csv', '-f', 'json')
        same([(r['id'], r['place']['line'], 'used' in r) for r in found.json()['rows']], [(name, n, False) for n, name in enumerate(expected, 2)], 'without an inventory')
        want(b'no errors' not in found.out + found.err, 'words beside the object')
        same(t.run('factors', 'check', 'own.csv', '-f', 'csv').status, USAGE, 'as CSV')
    with t.case('a row that a later file replaces'):
        t.write('second.csv', OWN + 'my-js,CO2,0.7,kg/kWh,letter,electricity,,江苏,,\n')
        a = totals(t, LINES + '2023,外购电力,10,MWh,a,江苏\n', rows, '--factors', 'second.csv')
        same([r['why']['code'] if 'why' in r else r['lines'] for r in a['user_rows'] if r['id'] == 'my-js'], ['replaced', 1], 'my-js')

    for category, why in (('', 'gas_not_counted'), ('elsewhere', 'not_of_profile')):
        with t.case(f'rows of gases that the profile does not count, category {category!r}'):
            t.write('gases.csv', 'id,gas,value,unit,source,activity,category\nmine,CO2,3,t/t,letter,diesel,\n' +
                    f'mine,CH4,1,kg/t,letter,diesel,{category}\nmine,N2O,1,kg/t,letter,diesel,{category}\n')
            t.write('inventory.csv', 'period,activity,quantity,unit\n2026,diesel,10,t\n')
            a = t.run('account', 'inventory.csv', '--factors', 'gases.csv', '--profile', 'ndrc-2025-910', '-f', 'json').json()
            same([r['why']['code'] if 'why' in r else r['lines'] for r in a['user_rows']], [why, why, 1], 'rows')
            same(str(a['totals']['gross']), '30', 'gross')


def user_units(t):
    """Each unit of the user's ends as used, by lines or by rows that define others or factors, or as not used; in any order of lines."""
    t.write('units.csv', 'unit,value,of\nmytruck,5,t\nbag,50,kg\nsack,2,bag\npallet,20,sack\nbarge,700,t\n')
    t.write('own-factors.csv', OWN + 'mine,CO2,3,kg/barge,letter,sand,3,,,\n')
    lines = ['2023,柴油,3,mytruck', '2023-01,柴油,3,sack', '2023-02,柴油,1,t', '2023-03,柴油,2,sack', '2023-03,sand,1,kt']
    for order in (lines, lines[::-1]):
        with t.case(f'units of the user, {order[0]} first'):
            t.write('units-inventory.csv', 'period,activity,quantity,unit\n' + '\n'.join(order) + '\n')
            a = t.run('account', 'units-inventory.csv', '--units', 'units.csv', '--factors', 'own-factors.csv', '-f', 'json').json()
            same([(u['unit'], u['used'], u['lines'], u['factors'], f'{u["place"]["file"]}:{u["place"]["line"]}') for u in a['user_units']],
                 [('mytruck', True, 1, 0, 'units.csv:2'), ('bag', True, 2, 0, 'units.csv:3'), ('sack', True, 2, 0, 'units.csv:4'),
                  ('pallet', False, 0, 0, 'units.csv:5'), ('barge', True, 0, 1, 'units.csv:6')], 'units')
    with t.case('parameters say whether a requirement rests on them'):
        found = t.run('check', os.path.join(ROOT, 'examples', 'enterprise'), '--params', os.path.join(ROOT, 'examples', 'params-illustrative.csv'), '-f', 'json').json()
        same([p['id'] for p in found['params'] if p.get('used')], ['min_reduction_share', 'min_reduction', 'peak_years_usual', 'peak_years_max'], 'used')


def dual_reporting(t):
    """A published calculator's own answer: location 1,667.8934 t, market 2,477.3242 t (US EPA's Simplified GHG Emissions Calculator 2021)."""
    folder = os.path.join(REPORTS, 'dual-reporting')
    with t.case('dual reporting'):
        args = [os.path.join(folder, 'inventory.csv')] + [x for n in ('factors', 'units') for x in (f'--{n}', os.path.join(folder, f'{n}.csv'))]
        found = t.run('account', *args, '--gwp', 'AR4', '-f', 'json').json()['totals']
        same([f'{found[key]:.4f}' for key in ('scope2_location', 'scope2_market')], ['1667.8934', '2477.3242'], 'scope 2')
    with t.case('the factor of a line with an instrument stays the location-based one'):
        lines = 'period,activity,quantity,unit,region,factor,instrument\n2022,electricity,1000,MWh,上海,mine,green\n'
        rows = OWN + 'mine,CO2,0.3,kg/kWh,supplier,,2,,,\ngreen,CO2,0.1,kg/kWh,contract,,2,,,\n'
        found = totals(t, lines, rows)['totals']
        same((found['scope2_location'], found['scope2_market']), (300, 100), 'scope 2')


def residual(t):
    """1000 MWh at a supplier's 0.3 kg/kWh beside 1000 MWh under a contract at 0. Market-based the first takes its own factor, or, where the profile says
    so, the residual mix too: 0.6096 kg/kWh for 2023 (announcement 2025 no. 47, table 4)."""
    data = t.path('data-all')
    shutil.copytree(os.path.join(ROOT, 'data'), data)
    path = os.path.join(data, 'profiles', 'mee-provincial.json')
    with open(path, encoding='utf-8') as f:
        text = f.read()
    lines = 'period,activity,quantity,unit,region,factor,instrument\n2023,electricity,1000,MWh,上海,mine,\n2023,electricity,1000,MWh,上海,,green\n'
    t.write('residual.csv', lines)
    t.write('residual-factors.csv', OWN + 'mine,CO2,0.3,kg/kWh,supplier,,2,,,\ngreen,CO2,0,kg/kWh,contract,,2,,,\n')
    for word, market in ((None, 300), ('others', 300), ('all', Decimal('609.6'))):
        with t.case(f'the residual mix for lines: {word}'):
            os.chmod(path, 0o644)
            with open(path, 'w', encoding='utf-8') as f:
                f.write(text if word is None else text.replace('"leg": "residual",', f'"leg": "residual", "lines": "{word}",'))
            found = t.run('account', 'residual.csv', '--factors', 'residual-factors.csv', '-D', data, '-f', 'json').json()['totals']
            same((found['scope2_location'], found['scope2_market']), (Decimal('873.7'), market), 'scope 2')


def delimiters(t):
    """1,234 in a cell is 1234 in a file split by commas and 1.234 in one split by semicolons: neither reading is another file's. 1.234 GJ/t of diesel is an
    error (E2126), 42,652 of a ; file is 42.652."""
    t.write('semi.csv', 'period;activity;quantity;unit;ncv\n2023;diesel;1;t;42,652 GJ/t\n')
    t.write('comma.csv', 'period,activity,quantity,unit,ncv\n2023,diesel,1,t,"42,652 GJ/t"\n')
    for order in (('semi.csv', 'comma.csv'), ('comma.csv', 'semi.csv')):
        with t.case(f'a number with a comma, {order[0]} first'):
            r = t.run('account', *order, '--diagnostics', 'json')
            alone = sorted((d['file'], d['code']) for name in order for d in t.run('account', name, '--diagnostics', 'json').diagnostics() if d['severity'] == 'error')
            want(alone, 'at least one of the two cells is an error')
            same(sorted((d['file'], d['code']) for d in r.diagnostics() if d['severity'] == 'error'), alone, 'errors')


NAMED = 'period,activity,quantity,unit,site,region,instrument\n'
HELD = 'id,kind,quantity,unit,year,factor\n'


def certificates(t):
    """Shanghai 2023: 0.5737 kg/kWh (公告2025年第47号, table 3), the rest by 0.6096 (table 4): 80 MWh are 45.896 t by location, always."""
    folder = os.path.join(REPORTS, 'certificates')
    for name, codes in (('over', [('E2120', 3)]), ('own-line', [('E2122', 3)])):
        with t.case(f'certificates, {name}'):
            r = t.run('account', f'{name}.csv', '--factors', 'factors.csv', '--diagnostics', 'json', cwd=folder)
            same([(d['code'], d['line']) for d in r.diagnostics()], codes, 'errors')
            want('GEC-1,certificate,100,' in r.diagnostics()[0]['detail'], 'the row to write')
    for name, location, market, unlisted in (('share', '45.896', '34.1376', 1), ('thrice', '138.584', '0', 3)):
        with t.case(f'certificates, {name}'):
            a = t.run('account', f'{name}.csv', '--factors', 'factors.csv', '-f', 'json', cwd=folder).json()
            same([str(sum(y['totals'][k] for y in a['years'])) for k in ('scope2_location', 'scope2_market')], [location, market], 'scope 2')
            same([c['count'] for c in a['caveats'] if c['code'] == 'C4090'], [unlisted], 'C4090')
    with t.case('100 certificates are 100 MWh, 20 left over'):
        t.write('held.csv', '编号,类型,数量,单位,年份,因子\nGEC-1,绿证,100,个,2023,0\nGEC-2,绿电,1,万kWh,2023-01/2023-06,0\n')
        t.write('lines.csv', NAMED + '2023,外购电力,80,MWh,一厂,上海,GEC-1\n2023-02,外购电力,20,MWh,一厂,上海,GEC-2：25%\n')
        a = t.run('account', 'lines.csv', '--instruments', 'held.csv', '-f', 'json').json()
        same([(r['id'], r['kind'], r['held_kwh'], r['used_kwh'], r['left_kwh'], r['lines']) for r in a['instruments']['rows']],
             [('GEC-1', 'certificate', 100000, 80000, 20000, 1), ('GEC-2', 'green_power', 10000, 5000, 5000, 1)], 'rows')
        same([str(a['totals'][k]) for k in ('scope2_location', 'scope2_market')], ['57.37', '9.144'], 'scope 2') # 100 x 0.5737; 15 x 0.6096
        same([c for c in a['caveats'] if c['code'] == 'C4090'], [], 'C4090')
    with t.case('what a share leaves takes the line\'s own factor'):
        t.write('own.csv', 'id,gas,value,unit,source,activity,scope\nmine,CO2,0.3,kg/kWh,letter,,2\n')
        t.write('lines.csv', NAMED.replace('region', 'factor') + '2023,外购电力,80,MWh,一厂,mine,GEC-1:30%\n')
        t.write('held.csv', HELD + 'GEC-1,certificate,100,MWh,2023,0\n')
        a = t.run('account', 'lines.csv', '--instruments', 'held.csv', '--factors', 'own.csv', '-f', 'json').json()
        same([str(a['totals'][k]) for k in ('scope2_location', 'scope2_market')], ['24', '16.8'], 'scope 2') # 56 MWh x 0.3
    with t.case('what is used does not hang on the order of lines'):
        t.write('held.csv', HELD + 'GEC-1,certificate,100,MWh,2023,0\n')
        lines = [f'2023-{n:02},外购电力,{n}.5,MWh,一厂,上海,GEC-1:{n}0%' for n in range(1, 10)]
        found = []
        for order in (lines, lines[::-1], random.Random(3).sample(lines, 9)):
            t.write('lines.csv', NAMED + '\n'.join(order) + '\n')
            found.append(t.run('account', 'lines.csv', '--instruments', 'held.csv', '-f', 'json').json()['instruments']['rows'])
        same(str(found[0][0]['used_kwh']), '30750', 'used') # sum of n(n+1/2)/10 MWh, n = 1..9
        same(found[1:], found[:1] * 2, 'rows')
    with t.case('an instrument on heat changes nothing, and that is said'):
        t.write('lines.csv', NAMED + '2023,热力,80,GJ,一厂,上海,GEC-1\n')
        a = t.run('account', 'lines.csv', '--instruments', 'held.csv', '-f', 'json').json()
        same([c['count'] for c in a['caveats'] if c['code'] == 'C4091'], [1], 'C4091')
    with t.case('a case holds instruments.csv'):
        t.write('folder/inventory.csv', NAMED + '2023,外购电力,80,MWh,一厂,上海,GEC-1\n')
        t.write('folder/instruments.csv', HELD + 'GEC-1,certificate,100,MWh,2023,0\n')
        a = t.run('account', 'folder', '-f', 'json').json()
        same([str(r['left_kwh']) for r in a['instruments']['rows']], ['20000'], 'left over')


def named(t):
    """A factor of something else than the line, named on it: each is said with both."""
    cases = (('factor', '2023,electricity,1,MWh,a,上海,grid-jiangsu-2023', 'C4059'), ('factor', '2023,electricity,1,MWh,a,江苏,grid-jiangsu-2023', ''),
             ('factor', '2023,electricity,1,MWh,a,上海,grid-cn-2023', ''), ('factor', '2023,electricity,1,MWh,a,,grid-jiangsu-2023', ''))
    for column, line, code in cases:
        with t.case(f'named: {line}'):
            t.write('lines.csv', f'period,activity,quantity,unit,site,region,{column}\n{line}\n')
            a = t.run('account', 'lines.csv', '-f', 'json').json()
            same([c['code'] for c in a['caveats'] if c['code'] in ('C4057', 'C4058', 'C4059')], [code] if code else [], 'caveats')
    with t.case('named: another activity and another scope'):
        rows = OWN + 'steam,CO2,60,kg/GJ,letter,heat,3,,,\n'
        a = totals(t, 'period,activity,quantity,unit,site,factor\n2023,electricity,1,GJ,a,steam\n2023,heat,1,GJ,a,steam\n', rows)
        same([(c['code'], c['count']) for c in a['caveats'] if c['code'] in ('C4057', 'C4058')], [('C4057', 1), ('C4058', 2)], 'caveats')


def gas_lost(t):
    """CH4 and N2O are never all of what a fuel or power gives off: a factor without CO2 is told, with one it is not."""
    for name, activity, unit, gas, named, told in (
            ('a fuel', '天然气', '万Nm3', 'CH4', True, 1), ('a fuel by its activity keeps its CO2', '天然气', '万Nm3', 'CH4', False, 0),
            ('power', '外购电力', '万kWh', 'N2O', True, 1), ('power by its activity', '外购电力', '万kWh', 'N2O', False, 1),
            ('a fuel, whole', '天然气', '万Nm3', 'CO2', True, 0), ('a fuel in CO2e', '天然气', '万Nm3', 'CO2e', True, 0),
            ('biogenic', '沼气', 't', 'CO2-bio', True, 0)):
        with t.case(f'a factor without CO2: {name}'):
            t.write('lost.csv', f'period,activity,quantity,unit,region,factor\n2023,{activity},1,{unit},上海,{"mine" if named else ""}\n')
            t.write('lost-factors.csv', f'id,gas,value,unit,source,activity\nmine,{gas},1,kg/{unit},x,{activity}\n')
            same([c['count'] for c in t.account('lost.csv', '--factors', 'lost-factors.csv')['caveats'] if c['code'] == 'C4095'], [1] * told, 'C4095')


def of_another_place(t):
    with t.case('what the profile gives is of Shanghai, the line is not'):
        t.write('place.csv', 'period,activity,quantity,unit,region\n2023,外购电力,1,万kWh,江苏\n2023,热力,1,GJ,江苏\n2023,热力,1,GJ,上海\n2023,热力,1,GJ,\n')
        a = t.account('place.csv', '--profile', 'shanghai-2022')
        same([spots(c) for c in a['caveats'] if c['code'] == 'C4059'], [['place.csv:2'], ['place.csv:3']], 'C4059')
        a = t.account('place.csv', '--profile', 'mee-national')  # China holds Jiangsu
        same([c['code'] for c in a['caveats'] if c['code'] == 'C4059'], [], 'C4059')


# --- all at once ---

WHOLE = 'period,activity,quantity,unit,site,source,region,factor,instrument\n'
WHOLE_ROWS = FACTORS + '''my-grid,CO2,0.61,kg/kWh,letter,electricity,,上海,2024-01-01,2024-12-31
my-grid,CO2,0.6,kg/kWh,letter,electricity,,江苏,2024-01-01,2024-12-31
grid-shanghai-2023,CO2,0.58,kg/kWh,letter 2023,,,,2023-01-01,2023-09-30
paint,CO2,2,kg/kg,letter,paint,1,,,
pv-1,CO2,0.02,kg/kWh,contract,electricity,,,,
'''
# GEC-1 is used up to the last kWh by the lines of whole_lines(), GEC-2 over a half year of 2023, GEC-3 by no line.
WHOLE_HELD = HELD + 'GEC-1,certificate,7.8,MWh,2023,0\nGEC-2,green_power,900,MWh,2023-01/2023-06,0\nGEC-3,certificate,5,MWh,2023,0\n'
SPELLINGS = {
    'electricity': ['外购电力', 'electricity', '电', '用电量', 'Electricity', '外购电力 '],
    'natural_gas': ['天然气', 'natural_gas', '管道天然气', 'Natural gas'],
    'heat': ['热力', 'heat', '外购热力'],
    'solvent': ['solvent'],
}
MEANT = {word.strip(): activity for activity, words in SPELLINGS.items() for word in words}
# unit: how many places the decimal point moves
UNITS = {'kWh': [('kWh', 0), ('MWh', -3), ('万kWh', -4), ('度', 0), ('千瓦时', 0), ('兆瓦时', -3), ('ＭＷｈ', -3), ('GWh', -6)],
         'Nm3': [('Nm3', 0), ('万Nm3', -4), ('10^4 Nm3', -4), ('标准立方米', 0)], 'GJ': [('GJ', 0), ('MJ', 3), ('TJ', -3), ('吉焦', 0)],
         'kg': [('kg', 0), ('t', -3), ('吨', -3), ('千克', 0), ('公斤', 0)]}
FULL = str.maketrans('0123456789.-', '０１２３４５６７８９．－')


def whole_lines(seed):
    """Three years of two sites: months with holes, factors that change, own rows, certificates, sums of others, a main meter, a month far above."""
    r = random.Random(seed)
    lines = []
    for year in (2022, 2023, 2024):
        for site in ('一厂', '二厂'):
            for month in range(1, 13):
                period = f'{year}-{month:02}'
                if r.random() > 0.1:
                    far = 40 if (year, site, month) == (2022, '二厂', 6) else 1
                    lines.append([period, 'electricity', str(far * r.randrange(90000, 150000)), 'kWh', site, '', '上海', '', ''])
                if site == '一厂' and r.random() > 0.1:
                    lines.append([period, 'natural_gas', str(r.randrange(9000, 15000)), 'Nm3', site, '锅炉', '上海', '', ''])
                if site == '二厂' and r.random() > 0.1:
                    lines.append([period, 'heat', str(r.randrange(300, 500)), 'GJ', site, '', '上海', 'steam-net', ''])
                if year < 2024 and r.random() > 0.5:
                    green = r.choice(['', 'green' if year == 2023 else ''])
                    lines.append([period, 'electricity', str(r.randrange(9000, 12000)), 'kWh', site, '车间', '上海', 'supply', green])
    for n in range(1, 13):  # 100 x (1 + ... + 12) = 7,800 kWh
        lines.append([f'2023-{n:02}', 'electricity', str(1000 * n), 'kWh', '一厂', '绿', '上海', '', 'GEC-1:10%'])
    lines += [[f'2023-{n:02}', 'electricity', str(20000 + n), 'kWh', '二厂', '绿', '上海', '', 'GEC-2:25%'] for n in range(1, 7)]
    lines += [[f'{y}', 'solvent', str(r.randrange(100, 999)), 'kg', '一厂', '', '', '', ''] for y in (2022, 2023, 2024)]
    parts = [r.randrange(5000, 9000) for _ in range(3)]
    lines += [['2022Q3', 'heat', str(q), 'GJ', '三厂', f'{n} 号', '上海', 'steam-net', ''] for n, q in enumerate([*parts, sum(parts)], 1)]
    lines += [['2024-05', 'natural_gas', q, 'Nm3', '四厂', source, '上海', '', ''] for q, source in (('900', '总表'), ('400', '1号分表'), ('350', '2号分表'))]
    return lines


def spelt(r, line):
    """The same line in other words: activity, period, quantity and unit."""
    period, activity, quantity, unit = line[:4]
    unit, shift = r.choice(UNITS[unit])
    quantity = f'{Decimal(quantity).scaleb(shift):f}'
    if len(period) == 7:
        year, month = period.split('-')
        period = r.choice([period, f'{year}年{int(month)}月', f'{year}{month}', f'{year}/{month}', f'{year}-{int(month)}', f'{year}.{month}'])
    if r.random() < 0.3:
        quantity, period = quantity.translate(FULL), period.translate(FULL)
    return [period, r.choice(SPELLINGS[activity]), quantity, unit, *line[4:]]


WORDS = ('period', 'quantity', 'unit', 'formula')  # columns of a ledger that say a line's own words

SPELLING = ('C4011', 'C4013')  # caveats on a spelling itself: how a unit was read, full-width digits


def unspelt(t, found):
    """The answer just found without the words of the lines: what the ledger repeats of them, texts of caveats, lines to paste."""
    caveats = [(code, count) for code, _, count in found['caveats'] if code not in SPELLING]
    holes = [{k: v for k, v in h.items() if k not in ('paste', 'name')} for h in found['holes']]
    profiles = [{k: v for k, v in p.items() if k != 'missing'} for p in found['profiles']]
    groups = {}  # by the word of the lines: here by what it means
    for group in found['groups']:
        key = (group['keys']['site'], MEANT[group['keys']['activity']], group['keys']['year'])
        groups[key] = [a + b for a, b in zip(groups.get(key, (0, 0)), (group['tco2e'], group['lines']))]
    return {**found, 'ledger': ledger(t, 'ledger.csv', WORDS), 'caveats': caveats, 'holes': holes, 'profiles': profiles, 'groups': groups}


def whole(t, seeds=(1,), profiles=('mee-provincial',)):
    t.write('own.csv', WHOLE_ROWS)
    t.write('held.csv', WHOLE_HELD)
    expected = {'C4060', 'C4074', 'C4075', 'C4076', 'C4050'}
    for seed in seeds:
        for profile in profiles:
            args = ('--factors', 'own.csv', '--instruments', 'held.csv', '--fallback', 'nearest', '--profile', profile)

            def found(lines):
                t.write('whole.csv', table(lines))
                return answer(t, ['whole.csv'], *args)
            lines = whole_lines(seed)
            base = found(lines)
            alike = unspelt(t, base)
            with t.case(f'{profile}, {seed}: all is in it'):
                want(expected <= {c[0] for c in base['caveats']}, sorted(c[0] for c in base['caveats']))
                same([str(i['left_kwh']) for i in base['instruments']['rows']][:1], ['0'], 'GEC-1 used up')
                want(base['holes'] and {r['used'] for r in base['user_rows']} == {True, False}, 'holes; rows used and not')
            r = random.Random(seed)
            other = [spelt(r, line) for line in lines]
            with t.case(f'{profile}, {seed}: spelt otherwise'):
                mixed = found(other)
                compare(t, unspelt(t, mixed), alike)
            for name, kept, like in (('', lines, base), (' in mixed words', other, mixed)):
                for n in range(2):
                    with t.case(f'{profile}, {seed}: rows shuffled{name}, {n}'):
                        compare(t, found(r.sample(kept, len(kept))), like)
                with t.case(f'{profile}, {seed}: in three files{name}'):
                    order = r.sample(kept, len(kept))
                    names = [t.write(f'whole{n}.csv', table(order[n::3])) for n in (1, 0, 2)]
                    compare(t, answer(t, names, *args), like)


def table(lines):
    return WHOLE + '\n'.join(','.join(line) for line in lines) + '\n'


def errors(t):
    """Errors are the same in any order, too."""
    t.write('held.csv', WHOLE_HELD)
    t.write('own.csv', WHOLE_ROWS)
    lines, power = whole_lines(1), ['electricity', '77', 'kWh', '二厂', '', '上海', '']
    for name, more, codes in (('a certificate used beyond what it holds', [['2023-07', *power, 'GEC-1']], ['E2123']),
                              ('what no line can be', [['2023-07', *power, 'GEC-2'], ['2023-13', *power, ''], ['2023-07', 'elektricity', *power[1:], '']],
                               ['E2102', 'E2124', 'E2403'])):
        seen = []
        for n in range(3):
            t.write('whole.csv', table(random.Random(n).sample(lines + more, len(lines + more))))
            args = ('--factors', 'own.csv', '--instruments', 'held.csv', '--fallback', 'nearest')
            found = t.run('account', 'whole.csv', *args, '--diagnostics', 'json').diagnostics()
            seen.append(sorted((d['code'], d['detail']) for d in found if d['severity'] == 'error'))
            with t.case(f'{name}, in order {n}'):
                same([code for code, _ in seen[0]], codes, 'errors')
                same(seen[n], seen[0], 'errors')


# --- verdicts ---

PARTS = ('case.csv', 'measures.csv', 'targets.csv', 'inventory.csv')


def verdicts(t, examples):
    """Rows of each file of a case in any order: the same verdict, requirements with what would change them, reductions and sums."""
    for example in examples:
        folder = os.path.join(ROOT, 'examples', example)
        answers = []
        for part in ('', *PARTS):
            shutil.rmtree(t.path('case'), ignore_errors=True)
            shutil.copytree(folder, t.path('case'))
            os.chmod(t.path('case'), 0o755)
            if part:
                with open(os.path.join(folder, part), encoding='utf-8-sig', newline='') as f:
                    head, *body = list(reader.reader(f))
                os.remove(t.path(f'case/{part}'))
                with open(t.path(f'case/{part}'), 'w', encoding='utf-8', newline='') as f:
                    reader.writer(f, lineterminator='\n').writerows([head, *random.Random(5).sample(body, len(body))])
            ran = t.run('check', 'case', '--params', os.path.join(ROOT, 'examples', 'params-illustrative.csv'), '-f', 'json')
            found = ran.json() if ran.status in (0, 1, 4) else {'verdict': ran.errors[:500]}
            answers.append({key: placeless(found.get(key)) for key in ('verdict', 'requirements', 'domains', 'measures', 'readings', 'alternatives', 'missing', 'caveats')})
            with t.case(f'check {example}, rows of {part or "no file"} shuffled'):
                same([text for text in english(found.get('caveats', [])) if '  ' in text], [], 'caveats with a gap where a value belongs')
                compare(t, answers[-1], answers[0])


def placeless(value):
    """Without numbers of lines, and lists sorted: what hangs on places only."""
    if isinstance(value, dict):
        return {key: placeless(v) for key, v in value.items() if key not in ('line', 'lines', 'place', 'places')}
    if isinstance(value, list):
        return sorted((placeless(v) for v in value), key=repr)
    return re.sub(r'(:\d+)+|第\d+行|\(line \d+\)', '', value) if isinstance(value, str) else value


def run(t):
    whole(t)
    errors(t)
    gas_lost(t)
    of_another_place(t)
    own_rows(t)
    mixed_rows(t)
    user_units(t)
    told(t)
    certificates(t)
    named(t)
    dual_reporting(t)
    residual(t)
    delimiters(t)
    july(t)
    laws(t)
    alone(t)
    verdicts(t, ('enterprise',))


def long(t):
    verdicts(t, ('region', 'park', 'community', 'building', 'enterprise'))
    whole(t, range(1, 6), ('mee-provincial', 'mee-national', 'shanghai-2022'))  # public-institution knows gas by m3 only
    laws(t, range(2, 9))
