# SPDX-License-Identifier: GPL-3.0-or-later
"""Every line the careful way, lines of a known kind looked up, and any number of threads: the same bytes, findings and ledger."""
import glob
import os
import random

from .harness import OK, ROOT, same, want
from .order import FACTORS

HEADER = 'period,activity,quantity,unit,site,source,region,factor,instrument,ncv,uncertainty,evidence,note,meter\n'
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
                 draw.choice(['', '抄表', 'read off']), draw.choice(['', '', 'A', 'B'])]
        made.append(','.join(cells))
        if draw.random() < 0.02:
            made.append(made[-1])
    return HEADER + '\n'.join(made) + '\n'


def answers(t, args, env, threads, listens):
    """All that a run says: its status, report, findings and ledger."""
    ledger = ['--ledger', 'ledger.csv'] if listens else []
    if os.path.exists(t.path('ledger.csv')):
        os.remove(t.path('ledger.csv'))
    result = t.run('account', *args, '-f', 'json', '--diagnostics', 'json', '--threads', threads, *ledger, env=env)
    rows = b''
    if os.path.exists(t.path('ledger.csv')):
        with open(t.path('ledger.csv'), 'rb') as f:
            rows = f.read()
    return result.status, result.out, result.err, rows


def alike(t, what, args, ways=WAYS, listens=(False, True), status=None):
    for listening in listens:
        with t.case(f'{what}{", with a ledger" if listening else ""}'):
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


def run(t):
    t.write('factors.csv', FACTORS)
    t.write('instruments.csv', INSTRUMENTS)
    own = ('--factors', 'factors.csv', '--instruments', 'instruments.csv', '--fallback', 'nearest')
    for seed, by in enumerate(('scope,activity', 'site,period,gas', 'site,source', 'activity,year', 'period')):
        name = t.write(f'mix{seed}.csv', inventory(seed, 3000))
        alike(t, f'a firm with several sites, by {by}', (name, *own, '--by', by), status=OK)
    alike(t, 'units in headers', (t.write('headers.csv', inventory(6, 2000).replace('factor', 'factor(tCO2/MWh)', 1).replace('ncv', 'ncv(GJ/t)', 1)), *own), status=OK)
    alike(t, 'two inventories', ('mix0.csv', 'mix1.csv', *own, '--profile', 'shanghai-2022'), status=OK)
    alike(t, 'another encoding', (t.write('gb.csv', inventory(7, 500).encode('gb18030')), *own))
    alike(t, 'semicolons', (t.write('semicolons.csv', inventory(8, 300).replace(',', ';').replace('"Plant; north"', 'Plant')), *own))
    alike(t, 'more words than are kept', (t.write('words.csv', 'period,activity,quantity,unit,site\n' + ''.join(
        f'{MONTHS[n % 12]},electricity,{n % 977},kWh,site {n % 40000}\n' for n in range(80000))), '--by', 'scope'), ways=WAYS[:3], listens=(False,), status=OK)
    with t.case('errors of several pieces'):
        lines = inventory(9, 2000).splitlines()
        for n in range(40, 2000, 97):
            lines[n] = lines[n].replace('2023', '2O23')
        lines[1500] = '合计,,1,,,,,,,,,,,'
        t.write('errors.csv', '\n'.join(lines) + '\n')
        want(t.run('account', 'errors.csv', *own).status != OK, 'no error')
    alike(t, 'errors of several pieces', ('errors.csv', *own), listens=(False,))
    for folder in sorted(glob.glob(os.path.join(ROOT, 'tests', 'bad', '*', 'bad.csv')) + glob.glob(os.path.join(ROOT, 'tests', 'reports', '*', 'inventory.csv')) +
                         glob.glob(os.path.join(ROOT, 'examples', '*', 'inventory.csv'))):
        alike(t, os.path.relpath(folder, ROOT), (folder,), ways=WAYS[4:5], listens=(False,))
