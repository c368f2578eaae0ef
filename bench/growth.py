#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the time grow with the size of the input, or with its square?

    bench/growth.py [--tanhe build/tanhe] [--rounds 3] [SHAPE...]

Each shape of input is read at n and at 4 n: processor seconds of the program, the least of the rounds, less those of an empty job. Linear is 4, a
square 16. A run has a limit, so that a square ends as well. Exit status 1: some shape grows by more than 8, was not read as it should be, or not to its end.
"""
import argparse
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
MOST = 8         # growth from n to 4 n that is no longer called linear
LEAST = 0.02     # seconds; a shorter time says nothing
PATIENCE = 20    # processor seconds at n; at 4 n no more than are needed to know that it is not linear
HEADER = 'period,activity,quantity,unit,site'
ROW = '2023,electricity,1,kWh,a'
FACTORS = 'id,gas,value,unit,activity,scope,source'


def table(header, rows):
    return header + '\n' + ''.join(row + '\n' for row in rows)


def lines(make, header=HEADER, *options):
    """A shape that is one inventory of n lines."""
    return lambda n: ({'inventory.csv': table(header, (make(k) for k in range(n)))}, ['account', 'inventory.csv', *options])


def factors(make, header=FACTORS, inventory=None):
    """n rows of own factors."""
    return lambda n: ({'inventory.csv': table(HEADER, [inventory(k) for k in range(n)] if inventory else [ROW]), 'factors.csv': table(header, (make(k) for k in range(n)))},
                      ['account', 'inventory.csv', '--factors', 'factors.csv'])


def case(name, make, header=None):
    """A case with n rows more in one of its tables."""
    def shape(n):
        source = HERE.parent / 'examples' / 'enterprise'
        files = {p.name: p.read_text(encoding='utf-8') for p in source.glob('*.csv')}
        files[name] = (table(header, []) if header else files[name]) + ''.join(make(k) + '\n' for k in range(n))
        return {'case/' + k: v for k, v in files.items()}, ['check', 'case']
    return shape


def day(k):
    return date(1950, 1, 1) + timedelta(k)


def measure(k):
    return f'X{k},measure {k},renewables_storage,2024-03,2024-12,1,t CO2e/a,1,1,25,在建,,,外购电力,,,,,'


def instrument(n):
    return {'inventory.csv': table(HEADER + ',instrument', (f'{ROW},I{k}' for k in range(n))),
            'instruments.csv': table('id,kind,quantity,unit,year,factor,source', (f'I{k},green_power,5,kWh,2023,0,x' for k in range(n)))}, \
        ['account', 'inventory.csv', '--instruments', 'instruments.csv']


def params(n):
    files, words = case('inventory.csv', lambda k: '')(0)
    files['params.csv'] = table('param,value,unit,source', (f'unknown_{k},1,,x' for k in range(n)))
    return files, words + ['--params', 'params.csv']


def units(n):
    def letters(k):
        return ''.join(chr(ord('a') + int(c)) for c in str(k))
    return {'inventory.csv': table(HEADER, [ROW]), 'units.csv': table('unit,value,of', (f'qq{letters(k)}z,{k + 1},kg' for k in range(n)))}, \
        ['account', 'inventory.csv', '--units', 'units.csv']


# name: n, the shape, exit statuses that are right
SHAPES = {
    'own factors': (10000, factors(lambda k: f'own-{k},CO2,1,kg/kg,thing {k} x,3,me'), (0,)),
    'own factors, each used': (2500, factors(lambda k: f'own-{k},CO2,1,kg/kg,thing {k} x,3,me', inventory=lambda k: f'2023,thing {k} x,1,kg,a'), (0,)),
    'one factor, many days': (10000, factors(lambda k: f'own-1,CO2,1,kg/kg,thing x,3,me,{day(k)},{day(k)}', FACTORS + ',valid_from,valid_to'), (0,)),
    'gases of one factor that count twice': (10000, factors(
        lambda k: f'own-1,{("CO2e", "N2O")[k % 2]},1,kg/kg,thing x,3,me,{day(k // 2)},{day(k // 2)}', FACTORS + ',valid_from,valid_to'), (3,)),
    'one factor given again': (10000, factors(lambda k: 'own-1,CO2,1,kg/kg,thing x,3,me'), (3,)),
    'own factors a slip from a known one': (10000, factors(lambda k: f'own-{k},CO2,1,kg/kg,electricit{k},2,me'), (0,)),
    'own units': (10000, units, (0,)),
    'unknown factors': (10000, lines(lambda k: f'{ROW},no-factor-{k}', HEADER + ',factor'), (3,)),
    'unknown units': (10000, lines(lambda k: f'2023,electricity,1,kkwx{k},a'), (3,)),
    'unknown activities': (10000, lines(lambda k: f'2023,thing {k},1,kWh,a'), (3,)),
    'unknown regions': (10000, lines(lambda k: f'{ROW},Nowhere {k}', HEADER + ',region'), (3,)),
    'bad numbers': (20000, lines(lambda k: f'2023,electricity,x{k},kWh,a'), (3,)),
    'bad periods': (20000, lines(lambda k: f'20{k}-99,electricity,1,kWh,a'), (3,)),
    'newlines': (4000000, lambda n: ({'inventory.csv': table(HEADER, [ROW]) + '\n' * n}, ['account', 'inventory.csv']), (0,)),
    'newlines in a cell': (200000, lambda n: ({'inventory.csv': f'{HEADER}\n2023,electricity,1,kWh,"a{chr(10) * n}"\n'}, ['account', 'inventory.csv']), (0, 3)),
    'quotes in a cell': (400000, lambda n: ({'inventory.csv': f'{HEADER}\n2023,electricity,1,kWh,"{chr(34) * 2 * n}"\n'}, ['account', 'inventory.csv']), (0, 3)),
    'quotes that open and close': (400000, lambda n: ({'inventory.csv': f'{HEADER}\n2023,electricity,1,kWh,"' + 'a"b' * n + '"\n'}, ['account', 'inventory.csv']), (3,)),
    'a quote that never closes': (50000, lambda n: ({'inventory.csv': table(HEADER, ['2023,electricity,1,kWh,"a'] + [ROW] * n)}, ['account', 'inventory.csv']), (3,)),
    'columns': (200, lambda n: ({'inventory.csv': table(HEADER + ''.join(f',column {k}' for k in range(n)), [ROW + ',1' * n])}, ['account', 'inventory.csv']), (0, 3)),
    'lines of many columns': (2500, lines(lambda k: ROW + ',1' * 100, HEADER + ''.join(f',column {k}' for k in range(100))), (0,)),
    'sites': (20000, lines(lambda k: f'2023,electricity,1,kWh,site {k}', HEADER, '--by', 'site'), (0,)),
    'sites of twelve months': (40000, lines(lambda k: f'2023-{k % 12 + 1:02},electricity,1,kWh,site {k // 12}', HEADER, '--by', 'site'), (0,)),
    'months of one site': (40000, lines(lambda k: f'{day(18300 + k % 8000)},diesel,{k},t,a'), (0,)),
    'groups': (20000, lines(lambda k: f'2023-{k % 12 + 1:02},electricity,1,kWh,site {k},s{k}', HEADER + ',source', '--by', 'site,source,period'), (0,)),
    'names spelled apart': (20000, lines(lambda k: f'2023,electricity,1,kWh,si{" " * (k % 7)}te {k // 7}'), (0,)),
    'lines that are alike': (40000, lines(lambda k: ROW), (0,)),
    'lines with an id': (40000, lines(lambda k: f'{ROW},id{k % 7}', HEADER + ',id'), (0, 3)),
    'sums of lines': (20000, lines(lambda k: f'2023,electricity,{k + 1},kWh,a', HEADER), (0,)),
    'instruments': (5000, instrument, (0, 3)),
    'measures': (1000, case('measures.csv', measure), (0, 1, 4)),
    'targets': (2500, case('targets.csv', lambda k: f'X{k},{2026 + k % 30},1{k},t CO2e,gross,'), (0, 1, 3, 4)),
    'parameters': (5000, params, (0, 1, 3, 4)),
    'facts': (10000, case('case.csv', lambda k: f'fact {k},1,,,'), (0, 1, 4)),
    'assumptions': (2500, case('assumptions.csv', lambda k: f'growth.{k},1,%/a,x,'), (0, 1, 3, 4)),
}


def spent(program, words, folder, limit):
    """Processor seconds of one run, and its exit status: None where it was still running after `limit` of them, or ten times as long by the clock."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    seconds = math.ceil(limit)
    try:
        done = subprocess.run([program, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=10 * seconds,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1)))
    except subprocess.TimeoutExpired:
        return limit, None
    took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return (took, done.returncode) if done.returncode >= 0 else (limit, None)


def time_of(program, shape, n, rounds, limit=PATIENCE):
    with tempfile.TemporaryDirectory() as folder:
        files, words = shape(n)
        for name, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            with open(os.path.join(folder, name), 'w', encoding='utf-8', newline='') as f:
                f.write(text)
        runs = [spent(program, words, folder, limit)]
        while len(runs) < rounds and runs[0][0] < 5 and runs[0][1] is not None:
            runs.append(spent(program, words, folder, limit))
    return min(seconds for seconds, _ in runs), runs[0][1]


def measure_shapes(program, wanted=(), rounds=3):
    """Yield for each shape whose name holds one of `wanted` (all without) what it took at n and 4 n, in seconds beyond an empty job, and what is wrong with it."""
    empty, _ = time_of(program, lines(lambda k: ROW), 1, 5)
    for name, (n, shape, right) in SHAPES.items():
        if wanted and not any(part in name for part in wanted):
            continue
        one, status = time_of(program, shape, n, rounds)
        four, other = (one, None) if status is None else time_of(program, shape, 4 * n, rounds, 1 + 2 * MOST * max(one, LEAST))
        one, four = max(one - empty, 0), max(four - empty, 0)
        growth = four / max(one, LEAST)
        given_up = status is None or other is None
        wrong = 'not finished' if given_up else '' if status in right and other in right else f'exit status {status}, {other}'
        yield {'name': name, 'n': n, 'seconds': one, 'seconds_4n': four, 'growth': growth,
               'wrong': '; '.join(filter(None, (wrong, 'more than linear' if growth > MOST else '')))}


HEAD = f'{"shape":40} {"n":>9} {"seconds":>9} {"4 n":>9} {"growth":>7}'


def as_line(row):
    """A row of the table under HEAD."""
    return f'{row["name"]:40} {row["n"]:9} {row["seconds"]:9.3f} {row["seconds_4n"]:9.3f} {row["growth"]:7.1f}' + (f'  {row["wrong"]}' if row['wrong'] else '')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--tanhe', default=str(HERE.parent / 'build' / 'tanhe'))
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('shape', nargs='*', help='part of a name')
    given = parser.parse_args()
    program = str(Path(given.tanhe).resolve())
    if not shutil.which(program):
        sys.exit(f'{program}: not there')
    failed = False
    print(HEAD)
    for row in measure_shapes(program, given.shape, given.rounds):
        failed |= bool(row['wrong'])
        print(as_line(row), flush=True)
    sys.exit(failed)


if __name__ == '__main__':
    main()
