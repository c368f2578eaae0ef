# SPDX-License-Identifier: GPL-3.0-or-later
"""Every line the careful way, lines of a known kind looked up, and any number of threads: the same bytes, findings and ledger."""
import glob
import os
import random

from .harness import OK, ROOT, same, want
from .order import FACTORS

HEADER = 'period,activity,quantity,unit,site,source,region,factor,instrument,ncv,uncertainty,evidence,note,product,stage,share,meter\n'
INSTRUMENTS = 'id,kind,quantity,unit,year,factor,source\nppa-1,green_power,90000000,MWh,2023,0,contract\n'
FUELS = [('天然气', ['Nm3', '万Nm3', 'GJ'], ['', '389.31 GJ/万Nm3']), ('烟煤', ['t', 'kg', 'tce'], ['', '20.9 GJ/t', '21.3 GJ/t']), ('柴油', ['t', 'L'], ['']), ('液化石油气', ['t', 'kg'], [''])]
MONTHS = [f'2023-{m:02}' for m in range(1, 13)]
ODD = ['"1,234.5"', '１２３', '1e3', '0', '-12', '+7', '12.50', '000123.4500', '12345678901234567890.5', '99999999999999999e40']
WAYS = [({}, '1'), ({'TANHE_READER': 'fast'}, '1'), ({'TANHE_READER': 'fast'}, '2'), ({'TANHE_READER': 'fast', 'TANHE_BLOCK': '900'}, '2'),
        ({'TANHE_READER': 'fast', 'TANHE_BLOCK': '64'}, '3'), ({'TANHE_READER': 'fast', 'TANHE_BLOCK': '4000'}, '7')]


def inventory(seed, count):
    """Lines as a firm with several sites has them: fuels of three gases, power with contracts, heat, waste, corrections; one in forty is odd."""
    draw = random.Random(seed)
    made = []
    for n in range(count):
        period, site, source = draw.choice(MONTHS), draw.choice(['一厂', '二厂', 'East works', '"Plant, north"']), draw.choice(['锅炉', 'meter 1', 'meter 2', ''])
        quantity, region, factor, contract, ncv = str(draw.randrange(1, 10 ** draw.choice([3, 6])) / draw.choice([1, 10, 100])), '', '', '', ''
        kind = draw.randrange(10)
        if kind < 5:
            activity, units, ncvs = draw.choice(FUELS)
            unit, ncv = draw.choice(units), draw.choice(ncvs)
            ncv = '' if unit in ('GJ', 'tce') else ncv
        elif kind < 8:
            activity, unit, region, contract = draw.choice(['外购电力', 'electricity', '绿电']), draw.choice(['kWh', 'MWh', '万kWh']), draw.choice(['上海', '江苏', '']), draw.choice(['', '', 'ppa-1:30%'])
            factor = draw.choice(['', '', '', '0.5703', '0.42 tCO2/MWh', '0.5737'])
        elif kind == 8:
            activity, unit, region, factor = '热力', 'GJ', '上海', draw.choice(['', 'steam-net'])
        else:
            activity, unit, factor = 'solvent', 'kg', 'solvent'
        if draw.random() < 0.025 and not contract:
            quantity = draw.choice(ODD[:-2] if count > 500 else ODD)
        if draw.random() < 0.01 and not contract:
            period = draw.choice(['2022-12-15/2023-01-14', '2023', '2023Q1', '2023.1'])
        if draw.random() < 0.01:
            source = draw.choice(['其中：锅炉', '总表'])
        cells = [period, activity, quantity, unit, site, source, region, factor, contract, ncv, draw.choice(['', '', '5%', '±3']), draw.choice(['', f'发票 {n}', 'bill']),
                 draw.choice(['', '抄表', 'read off']), draw.choice(['', '', 'P', 'P、Q', '全部']),
                 draw.choice(['', '生产']), draw.choice(['', '70%']), draw.choice(['', '', 'A', 'B'])]
        made.append(','.join(cells))
        if draw.random() < 0.02:
            made.append(made[-1])
    return HEADER + '\n'.join(made) + '\n'


def answers(t, args, env, threads, listens):
    """All that a run says: its status, report, findings and ledger."""
    name = 'ledger.ndjson' if listens == 'rows' else 'ledger.csv'
    ledger = ['--ledger', name] if listens else []
    ledger += ['--uncertainty', 'approach1'] if listens == 'rows' else []
    if os.path.exists(t.path(name)):
        os.remove(t.path(name))
    result = t.run('account', *args, '-f', 'json', '--diagnostics', 'json', '--threads', threads, *ledger, env=env)
    rows = b''
    if os.path.exists(t.path(name)):
        with open(t.path(name), 'rb') as f:
            rows = f.read()
    return result.status, result.out, result.err, rows


def alike(t, what, args, ways=WAYS, listens=(False, True), status=None):
    for listening in listens:
        with t.case(f'{what}{", with a ledger of " + ("rows and an uncertainty" if listening == "rows" else "cells") if listening else ""}'):
            careful = answers(t, args, {'TANHE_READER': 'careful'}, '1', listening)
            if status is not None:
                same(careful[0], status, 'status')
            for env, threads in ways:
                found = answers(t, args, env, threads, listening)
                for part, a, b in zip(('status', 'report', 'findings', 'ledger'), found, careful):
                    if a != b and isinstance(a, bytes):
                        differs = next(((x, y) for x, y in zip(a.splitlines(), b.splitlines()) if x != y), (len(a), len(b)))
                        same(differs[0], differs[1], f'{env} {threads} threads: {part}')
                    same(a == b, True, f'{env} {threads} threads: {part}')


def cases(t):
    """Commands on a case whose inventory is computed by several threads."""
    for name, commands in (('enterprise', ('check', 'plan')), ('park', ('check', 'plan')), ('products', ('footprint',))):
        source = os.path.join(ROOT, 'examples', name)
        for file in os.listdir(source):
            if file.endswith('.csv'):
                with open(os.path.join(source, file), encoding='utf-8-sig') as f:
                    t.write(os.path.join(name, file), f.read())
        with open(t.path(f'{name}/inventory.csv'), encoding='utf-8') as f:
            head, *rows = f.read().splitlines()
        t.write(f'{name}/inventory.csv', '\n'.join([head, *rows * 12]) + '\n')
        for command in commands:
            with t.case(f'{command} of {name}'):
                careful = t.run(command, name, '-f', 'json', '--threads', '1', env={'TANHE_READER': 'careful'})
                for env, threads in WAYS:
                    found = t.run(command, name, '-f', 'json', '--threads', threads, env=env)
                    same((found.status, found.out, found.err) == (careful.status, careful.out, careful.err), True, f'{env} {threads} threads')


def run(t):
    t.write('factors.csv', FACTORS)
    t.write('instruments.csv', INSTRUMENTS)
    own = ('--factors', 'factors.csv', '--instruments', 'instruments.csv', '--fallback', 'nearest')
    for seed, by in enumerate(('scope,activity', 'site,period,gas', 'site,source', 'activity,year', 'period')):
        name = t.write(f'mix{seed}.csv', inventory(seed, 3000))
        alike(t, f'a firm with several sites, by {by}', (name, *own, '--by', by), status=OK)
    alike(t, 'units in headers', (t.write('headers.csv', inventory(6, 2000).replace('factor', 'factor(tCO2/MWh)', 1).replace('ncv', 'ncv(GJ/t)', 1)), *own), status=OK)
    every = '\n'.join(line.rsplit(',', 1)[0] for line in inventory(11, 3000).split('\n'))
    alike(t, 'every column is read', (t.write('read.csv', every), *own, '--by', 'site'), status=OK)
    alike(t, 'two inventories', ('mix0.csv', 'mix1.csv', *own, '--profile', 'shanghai-2022'), status=OK)
    alike(t, 'two inventories of one name', ('mix0.csv', t.write('other/mix0.csv', inventory(10, 1500)), *own), listens=('cells', 'rows'), status=OK)
    alike(t, 'any instructions', ('mix1.csv', *own), ways=[({'TANHE_READER': 'fast', 'TANHE_CPU': cpu}, '2') for cpu in ('portable', 'sse2', 'avx2')], listens=('rows',), status=OK)
    cases(t)
    alike(t, 'another encoding', (t.write('gb.csv', inventory(7, 500).encode('gb18030')), *own))
    alike(t, 'semicolons', (t.write('semicolons.csv', inventory(8, 300).replace(',', ';').replace('"Plant; north"', 'Plant')), *own))
    alike(t, 'more words than are kept', (t.write('words.csv', 'period,activity,quantity,unit,site\n' + ''.join(
        f'{MONTHS[n % 12]},electricity,{n % 977},kWh,site {n % 40000}\n' for n in range(80000))), '--by', 'scope'), ways=WAYS[:3], listens=(False,), status=OK)
    with t.case('errors of several pieces'):
        lines = inventory(9, 2000).splitlines()
        for n in range(40, 2000, 97):
            lines[n] = lines[n].replace('2023', '2O23')
        lines[1500] = '合计,,1' + ',' * 14
        t.write('errors.csv', '\n'.join(lines) + '\n')
        want(t.run('account', 'errors.csv', *own).status != OK, 'no error')
    with t.case('errors of several pieces, told in words'):
        t.write('many.csv', HEADER + ('2O23-01,diesel,1,t' + ',' * 13 + '\n') * 3000)
        told = {(result.status, result.out, result.err) for result in (t.run('account', 'many.csv', '--threads', threads, env=env) for env, threads in WAYS[1:])}
        same(len(told), 1, 'answers')
        want(b'(3000 times' in told.pop()[2], 'not told as one')
    alike(t, 'errors of several pieces', ('errors.csv', *own), listens=(False,))
    for folder in sorted(glob.glob(os.path.join(ROOT, 'tests', 'bad', '*', 'bad.csv')) + glob.glob(os.path.join(ROOT, 'tests', 'reports', '*', 'inventory.csv')) +
                         glob.glob(os.path.join(ROOT, 'examples', '*', 'inventory.csv'))):
        alike(t, os.path.relpath(folder, ROOT), (folder,), ways=WAYS[4:5], listens=(False,))
