#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many slips of the pen are caught, and how often nothing is the matter: slips.py --tanhe PROGRAM [--series N].

Every documented heat value and carbon content of the shipped factors, and those that the examples measure, are given times and divided by 10 and
by 1000; every month of the monthly series of the examples is given times 10 and 1000, alone in its series. Caught is what an error or a caveat of
plausibility names. Honest are the examples as they are and N made-up series (400) of 36 months with seasons, growth and noise, from a fixed seed;
and lines of few digits or round numbers, of which some are the sum of others by chance.
Prints the table; the exit status is 1 when a rate is below its limit."""
import argparse
import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
from decimal import Decimal

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ASKED = {'C4070', 'C4071', 'C4072', 'C4073', 'C4074', 'C4075', 'C4076', 'C4210', 'C4211', 'C4077', 'C4078', 'E2126', 'E2127'}
HONEST = ASKED | {f'C{n}' for n in range(4160, 4170)}  # what else is asked about lines, none of them wrong here
EXAMPLES = ('building', 'community', 'enterprise', 'park', 'region', 'region-2010-2020')
HEADER = ['period', 'activity', 'quantity', 'unit', 'site', 'ncv', 'carbon_content']
HEAT = {'t': ('t', 'GJ/t'), 'Nm3': ('Nm3', 'GJ/Nm3')}


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = os.path.abspath(path), folder

    def run(self, *args):
        return subprocess.run([self.path, 'account', *args], cwd=self.folder, capture_output=True, check=False,
                              env={'PATH': '/usr/bin:/bin', 'LC_ALL': 'C'})

    def asked(self, lines):
        """The numbers, from 0, of the lines that an error or a caveat of plausibility names."""
        name = os.path.join(self.folder, 'slips.csv')
        left, found = list(range(len(lines))), set()
        for _ in range(2):  # with errors there is no account: the second run is without their lines
            with open(name, 'w', encoding='utf-8', newline='') as f:
                csv.writer(f, lineterminator='\n').writerows([HEADER, *(lines[n] for n in left)])
            done = self.run('slips.csv', '-f', 'json', '--fallback', 'nearest', '--diagnostics', 'json')
            bad = [d for d in map(json.loads, filter(lambda s: s.startswith('{'), done.stderr.decode().splitlines())) if d['severity'] == 'error']
            for d in bad:
                if d['code'] not in ASKED or not d['place']['file'].endswith('slips.csv'):
                    raise SystemExit(f'{lines[0]} ...: {d}')
            named = {left[d['place']['line'] - 2] for d in bad}
            found |= named
            if not bad:
                break
            left = [n for n in left if n not in named]
            if not left:
                return found
        for c in json.loads(done.stdout)['caveats']:
            if c['code'] in ASKED:
                found |= {left[int(at['line']) - 2] for at in c['places']}
        return found


def documented():
    """Lines with the heat values and carbon contents of the shipped fuels."""
    activities, lines = {}, []
    with open(os.path.join(ROOT, 'data', 'activities.csv'), encoding='utf-8') as f:
        activities = {a['activity']: a for a in csv.DictReader(f) if a['method'] == 'combustion'}
    with open(os.path.join(ROOT, 'data', 'factors', 'fuel.csv'), encoding='utf-8') as f:
        for row in csv.DictReader(f):
            named = row['activity'].split(';')[0]
            per = row['ncv_unit'].split('/')[-1]
            if named in activities and row['ncv'] and per in HEAT and row['gas'] == 'CO2':
                unit, heat = HEAT[per]
                value = Decimal(row['ncv']) / (1000 if row['ncv_unit'].startswith('MJ') else 1)
                carbon = row['carbon_content'] if row['carbon_content_unit'] == 'tC/TJ' else ''
                lines.append(['2023', named, '100', unit, '', f'{value:f} {heat}', f'{carbon} tC/TJ' if carbon else ''])
    return lines


def times(cell, factor):
    """The number of a cell, `42.652 GJ/t`, `2762.9-83.7 kJ/kg`, times a factor."""
    number, unit = cell.split(' ', 1) if ' ' in cell else (cell, '')
    if '-' in number[1:]:
        high, low = number.split('-')
        number = f'+{(Decimal(high) - Decimal(low)) * factor:f}'
    else:
        number = f'{Decimal(number) * factor:f}'
    return f'{number} {unit}'.strip()


def example(name):
    path = os.path.join(ROOT, 'examples', name, 'inventory.csv')
    with open(path, encoding='utf-8-sig') as f:
        text = f.read()
    names = {'期间': 'period', '活动': 'activity', '数量': 'quantity', '单位': 'unit', '楼宇': 'site', '场所': 'site', '园区': 'site', '设施': 'source',
             '排放源': 'source', '低位发热量': 'ncv'}
    return [{names.get(k, k): v for k, v in row.items()} for row in csv.DictReader(io.StringIO(text))]


def measured():
    lines = []
    for name in ('enterprise', 'park'):
        for row in example(name):
            if row.get('ncv'):
                lines.append(['2023', row['activity'], row['quantity'], row['unit'], name, row['ncv'], ''])
    return lines


def monthly():
    """{series: lines} of the examples, without what a user's factor or contract needs."""
    series = {}
    for name in EXAMPLES:
        for row in example(name):
            if len(row['period']) == 7 and not row.get('factor') and row['activity'] != '绿电':
                key = (name, row.get('site'), row.get('source'), row['activity'])
                series.setdefault(key, []).append([row['period'], row['activity'], row['quantity'], row['unit'], '', '', ''])
    return [s for s in series.values() if len(s) > 2]


def seasons(count):
    """Made-up months: a level, a season of its own shape, growth, noise, a holiday month."""
    r, lines = random.Random(20101), []
    for n in range(count):
        kind = r.choice(['flat', 'cooling', 'heating', 'gas', 'growing'])
        level, growth = 10 ** r.uniform(3, 6), 1 + r.uniform(-.1, .4) if kind == 'growing' else 1 + r.uniform(-.05, .05)
        peak = r.uniform(.2, .9)
        for i in range(36):
            m = i % 12
            cold, warm = max(0, 1 - min(m, 12 - m) / 3.5), max(0, 1 - abs(m - 6.5) / 3)
            shape = {'flat': 1, 'growing': 1, 'cooling': 1 + peak * 2 * warm, 'heating': 1 + peak * 4 * cold, 'gas': .06 + peak * cold}[kind]
            value = level * shape * growth ** (i / 12) * r.lognormvariate(0, .12) * (r.uniform(.4, .9) if m == 1 else 1)
            activity, unit = ('天然气', 'Nm3') if kind in ('gas', 'heating') else ('外购电力', 'kWh')
            lines.append([f'{2021 + i // 12}-{m + 1:02}', activity, f'{value:.{r.choice([0, 0, 1, 2])}f}', unit, f's{n}', '', ''])
    return lines


def measured_rates(program):
    rows = []
    for column, name in ((5, 'heat value'), (6, 'carbon content')):
        honest = [line for line in documented() + measured() if line[column]]
        for factor in ('10', '0.1', '1000', '0.001'):
            changed = [[*line[:column], times(line[column], Decimal(factor)), *line[column + 1:]] for line in honest]
            for n, line in enumerate(changed):  # alone in its series
                line[4] = f'x{n}'
            rows.append((f'{name} x {factor}', len(program.asked(changed)), len(changed), 95))
    return rows


def month_rates(program):
    rows = []
    for factor, limit in ((10, 80), (1000, 100)):
        lines, changed = [], []
        for s, series in enumerate(monthly()):
            for at in range(len(series)):
                for n, line in enumerate(series):
                    value = f'{Decimal(line[2]) * (factor if n == at else 1):f}'
                    changed += [len(lines)] if n == at else []
                    lines.append([line[0], line[1], value, line[3], f's{s}m{at}', '', ''])
        found = program.asked(lines)
        rows.append((f'month x {factor}', len(found & set(changed)), len(changed), limit))
    return rows


def low_rates(program):
    """As month_rates, for series that are steady: each month under a unit a thousand or ten thousand times too large, and 0."""
    rows = []
    for name, factor, limit in (('month / 1000', '0.001', 80), ('month / 10,000', '0.0001', 80), ('month 0', '0', 80)):
        lines, changed = [], []
        for s, series in enumerate(monthly()):
            values = sorted(Decimal(line[2]) for line in series)
            if values[0] <= 0 or values[-1] > 9 * values[0] or len(series) < 12 or series[0][1] not in ('外购电力', 'electricity', '电'):
                continue
            for at in range(len(series)):
                for n, line in enumerate(series):
                    changed += [len(lines)] if n == at else []
                    lines.append([line[0], line[1], f'{Decimal(line[2]) * (Decimal(factor) if n == at else 1):f}', line[3], f's{s}m{at}', '', ''])
        found = program.asked(lines)
        rows.append((name, len(found & set(changed)), len(changed), limit))
    return rows


def lows(count):
    """Honest months that are low: gas of a heating boiler that is off in summer, a school that closes, a building that is let floor by floor, one
    that is emptied, and power of a plant that stands still for a month."""
    r, lines = random.Random(77), []
    for n in range(count):
        kind = r.choice(['off', 'closed', 'filled', 'emptied', 'still'])
        level, month, least = 10 ** r.uniform(3, 6), r.randrange(36), 10 ** r.uniform(-3, -.5)
        for i in range(36):
            m = i % 12
            shape = {'off': 0 if 4 <= m <= 9 else 1 + 2 * r.random(), 'closed': (0 if n % 2 else least) if m in (6, 7) else 1, 'filled': min(1, least * 10 ** (i / 6)),
                     'emptied': least if i > month else 1, 'still': least if i == month else 1}[kind]
            activity, unit = ('天然气', 'Nm3') if kind == 'off' else ('外购电力', 'kWh')
            lines.append([f'{2021 + i // 12}-{m + 1:02}', activity, f'{level * shape * r.lognormvariate(0, .12):.0f}', unit, f's{n}', '', ''])
    return lines


def season_rates(program, count):
    """The made-up series, one month of each times 10 and times 1000."""
    rows = []
    for factor, limit in ((10, 80), (1000, 100)):
        r, lines, changed = random.Random(3), seasons(count), set()
        for s in range(count):
            n = s * 36 + r.randrange(36)
            lines[n][2] = f'{Decimal(lines[n][2]) * factor:f}'
            changed.add(n)
        rows.append((f'made-up month x {factor}', len(program.asked(lines) & changed), count, limit))
    return rows


def false_caveats(program, count):
    lines, asked = 0, []
    for name in EXAMPLES:
        done = program.run(os.path.join(ROOT, 'examples', name), '-f', 'json', '--fallback', 'nearest', '--gas-condition', '20C')
        account = json.loads(done.stdout)
        lines += int(sum(i['rows'] for i in account['inputs']))
        asked += [(name, c['code'], c['count'], c['text']['en']) for c in account['caveats'] if c['code'] in HONEST]
    made = seasons(count)
    found = program.asked(made)
    low = lows(count)
    found_low = program.asked(low)
    return [('examples', lines, sum(a[2] for a in asked)), (f'{count} made-up series', len(made), len(found)),
            (f'{count} series with low months', len(low), len(found_low))], asked + [made[n] for n in sorted(found)[:10]] + [low[n] for n in sorted(found_low)[:10]]


def apart(count):
    """{name: lines} where nothing is a sum of others but by chance: a few lines of a day, of few digits or of round numbers, or of the same
    sites month by month."""
    r, days = random.Random(407), [f'{2004 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}' for n in range(count)]

    def small(low, high, places=0):
        return f'{10 ** r.uniform(low, high):.{places}f}'

    def day(period, sites, activity, unit, value):
        return [[period, activity, value(), unit, f's{n}', '', ''] for n in range(r.choice(sites))]
    kinds = {
        'refills of 1 to 99 kg': ('R410A补充', 'kg', lambda: small(0, 1.99)),
        'refills with half kg': ('R410A补充', 'kg', lambda: f'{r.randrange(1, 60) / 2}'),
        'cylinders of 11.3 kg': ('R410A补充', 'kg', lambda: f'{r.randrange(1, 9) * 11.3:.1f}'),
        'diesel in whole 10 L': ('柴油', 'L', lambda: small(0, 2.3) + '0'),
        'power in whole hundreds': ('外购电力', 'kWh', lambda: small(1, 4) + '00'),
        'power of 3 to 30 MWh, whole hundreds': ('外购电力', 'kWh', lambda: f'{r.randrange(30, 300)}00'),
        'power in whole MWh': ('外购电力', 'MWh', lambda: small(0.7, 3)),
        'power to the kWh': ('外购电力', 'kWh', lambda: small(3, 6)),
    }
    made = {name: [line for at in days for line in day(at, (3, 3, 4, 5, 6), *kind)] for name, kind in kinds.items()}
    lines = []
    for n in range(count // 10):  # five sites whose levels stay
        levels = [10 ** r.uniform(2, 4) for _ in range(5)]
        lines += [[f'{2004 + n % 20}-{m + 1:02}', '外购电力', f'{level * r.lognormvariate(0, .2) / 10:.0f}0', 'kWh', f's{n}-{i}', '', '']
                  for m in range(12) for i, level in enumerate(levels)] if n < 20 else []
    made['five sites in whole tens'] = lines
    return made


def sums_asked(program, lines):
    name = os.path.join(program.folder, 'apart.csv')
    with open(name, 'w', encoding='utf-8', newline='') as f:
        csv.writer(f, lineterminator='\n').writerows([HEADER, *lines])
    caveats = json.loads(program.run('apart.csv', '-f', 'json', '--fallback', 'nearest').stdout)['caveats']
    return sum(c['count'] for c in caveats if c['code'] == 'C4074')


def main():
    parser = argparse.ArgumentParser(description='Measure what plausibility catches.')
    parser.add_argument('--tanhe', required=True)
    parser.add_argument('--series', type=int, default=400)
    args = parser.parse_args()
    ok = True
    with tempfile.TemporaryDirectory() as folder:
        program = Program(args.tanhe, folder)
        print('slip                       caught    of   rate  limit')
        for name, caught, of, limit in measured_rates(program) + month_rates(program) + low_rates(program) + season_rates(program, min(args.series, 400)):
            print(f'{name:<26} {caught:6} {of:5} {100 * caught / of:5.1f}%  {limit}%')
            ok &= 100 * caught >= limit * of
        honest, shown = false_caveats(program, args.series)
        print('honest                                lines caveats per 1,000  limit')
        for name, lines, caveats in honest:
            print(f'{name:<36} {lines:6} {caveats:7} {1000 * caveats / lines:9.2f}  1')
            ok &= caveats * 1000 <= lines
        honest_of = []
        for name, lines in apart(6000).items():
            honest_of.append((name, len(lines), sums_asked(program, lines)))
        for name, lines, caveats in honest_of:
            print(f'{name:<36} {lines:6} {caveats:7} {1000 * caveats / lines:9.2f}  1')
            ok &= caveats * 1000 <= lines
        for what in shown:
            print('  asked:', what)
    return 0 if ok else 1


if __name__ == '__main__':
    sys.exit(main())
