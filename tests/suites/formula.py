# SPDX-License-Identifier: GPL-3.0-or-later
"""Every formula of a ledger, worked out again in exact fractions from its words alone, as a reader would with a calculator: it gives the
mass of its row to the last digit, half to even at 1e-9 kg, and with exp in it to 1e-12 of it. Units behind a number are names to the reader;
what they are worth stands in the formula as a conversion."""
import csv
import glob
import io
import json
import os
import random
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from . import oracle
from .harness import DATA, ROOT, want

F = Fraction
NUMBER = r'[-+]?\d[\d,]*\.?\d*(?:e[-+]?\d+)?|[-+]?\.\d+'
DECAY = re.compile(r'\(exp\(-k \(n - 1\)\) - exp\(-k n\)\), k ([\d.]+) 1/a, n (\d+)$')


def number(text):
    return F(text.replace(',', ''))


def term(text):
    """The value of one term, exactly; of one with exp as a fraction good to 45 digits."""
    decay = DECAY.match(text)
    if decay:
        k, n = Decimal(decay[1]), int(decay[2])
        return F((-k * (n - 1)).exp() - (-k * n).exp())
    inner = re.match(r'\(1 ([-+]) (?:\w+ )?([\d.]+)\)$', text)
    if inner:
        return 1 + int(inner[1] + '1') * number(inner[2])
    inner = re.match(rf'\(({NUMBER})(?: ?- ?([\d.]+))?(?: [^)]*)?\)$', text)
    if inner:
        return number(inner[1]) - number(inner[2] or '0')
    plain = re.match(rf'(?:[a-z]\w* )?({NUMBER})(?:/([\d.]+)(?= a$|$))?(%?)', text)
    want(plain, f'no number in {text!r}')
    return number(plain[1]) / number(plain[2] or '1') / (100 if plain[3] else 1)


def value(formula):
    """What a formula gives, and whether that is exact."""
    product = F(1)
    for part in unicodedata.normalize('NFKC', formula).split(' × '):
        product *= term(part)
    return product, 'exp(' not in formula


def agrees(value_, exact, kg):
    if exact:
        return round(value_ * 10 ** 9) == F(kg) * 10 ** 9
    return abs(value_ - F(kg)) <= max(abs(value_) / 10 ** 12, F(1, 10 ** 9))


def check_ledger(text, seen=None):
    """Every row of a ledger; how many there are."""
    rows, wrong = 0, []
    for row in csv.DictReader(io.StringIO(text.lstrip('\ufeff'))):
        found, exact = value(row['formula'].lstrip("'"))
        rows += 1
        if not agrees(found, exact, row['mass_kg']) or not agrees(found * F(row['gwp']), exact, row['co2e_kg']):
            wrong.append(f'{row["file"]}:{row["line"]} {row["gas"]}: {row["formula"]} gives {float(found)!r}, the row says {row["mass_kg"]} kg')
        if seen is not None:
            seen.append(row)
    want(not wrong, f'{len(wrong)} of {rows} rows, first: ' + '; '.join(wrong[:3]))
    return rows


def ledger(t, *args):
    """The ledger of a run that must succeed."""
    t.account(*args, '--ledger', 'ledger.csv')
    with open(t.path('ledger.csv'), encoding='utf-8', newline='') as f:
        return f.read()


def without_errors(t, lines, *args):
    """The lines that tanhe takes: others are taken out, however often it asks."""
    while lines:
        t.write('all.csv', HEADER + '\n' + '\n'.join(lines) + '\n')
        result = t.run('account', 'all.csv', '--diagnostics', 'json', '-o', 'out.txt', *args)
        if result.status == 0:
            return lines
        bad = {d['line'] for d in result.diagnostics() if d['severity'] == 'error'}
        want(bad, f'status {result.status} without a line: {result.errors[:500]}')
        lines = [line for n, line in enumerate(lines, 2) if n not in bad]
    return lines


HEADER = 'period,activity,quantity,unit,factor,ncv,carbon_content,oxidation'
UNITS = ['kWh', '万kWh', 'MWh', 'GJ', 'kgce', 't', 'kg', '斤', 'lb', '万Nm3', 'm3@20C', 'm3@59F', 'L', 'm2', '亩', 'person', 'p km', 't km', '万元', 'kgCOD',
         'kg BOD', 'kgN', 't CO2e', 'tree', 'ha']
QUANTITIES = ['"15,062.4"', '7', '-3.25', '１２', '0.000123', '98765.4321', '1e3', '+2']
MEASURED = [  # activity, unit, ncv, carbon content, oxidation
    ('烟煤', '万t', '5000 kcal/kg', '', ''), ('烟煤', 'kg', '20.934', '', '98%'), ('烟煤', 't', '', '60%', '0.98'), ('烟煤', 't', '', '６０％', '98 %'),
    ('烟煤', 'lb', '', '27', ''), ('烟煤', '斤', '20.934 MJ/kg', '26.5 kgC/GJ', '９８％'), ('烟煤', 't', '', '0.61 tC/t', ''), ('天然气', 'm3@20C', '35.6 MJ/Nm3', '', ''),
    ('天然气', '万m3@25C', '', '', '99.5%'), ('天然气', 'm3', '', '', ''), ('天然气', 'GJ', '', '', ''), ('柴油', '加仑', '', '', ''), ('蒸汽', 't', '2762.9-83.7 kJ/kg', '', ''),
    ('蒸汽', 'kg', '2762.9 - 83.7 kJ/kg', '', ''), ('蒸汽', 'lb', '+639.9 kcal/kg', '', ''), ('热力', 'MWh', '', '', ''), ('石灰石煅烧', 't', '', '', '97%'),
]


def rows_of_factors():
    """Each shipped factor by its id, in the unit it is stated per and some near it."""
    for path in sorted(glob.glob(os.path.join(DATA, 'factors', '*.csv'))):
        with open(path, encoding='utf-8', newline='') as f:
            for row in csv.DictReader(f):
                if 'unit' not in row or '/' not in (row['unit'] or ''):
                    continue
                per = row['unit'].split('/', 1)[1].strip('()')
                activity = (row['activity'] or '').split(';')[0]
                for unit in (per, '万' + per, re.sub(r' ?a$', '', per), re.sub(r'^10\^4 |^100 ', '', per)):
                    yield activity, unit, row['id']


def shipped(r):
    """Lines of all activities in many units, of all factors, and with measured values."""
    with open(os.path.join(DATA, 'activities.csv'), encoding='utf-8', newline='') as f:
        names = [row['activity'] for row in csv.DictReader(f)]
    pairs = [(name, unit, '') for name in names for unit in UNITS] + list(rows_of_factors())
    for activity, unit, factor in pairs:
        when = r.choice(['2023', '2023', '2022-05', '2023-02-03/2023-05-09'])
        yield f'{when},{activity},{r.choice(QUANTITIES)},{unit},{factor},,,'
    for activity, unit, ncv, carbon, oxidation in MEASURED:
        for quantity in QUANTITIES:
            yield f'2023,{activity},{quantity},{unit},,{ncv},{carbon},{oxidation}'


# What the equation of some line must show, and the method whose it is.
SHOWN = {' × 273.15/293.15 × ': 'combustion', ' × 44/12': 'combustion', '% × ': 'combustion', '万kWh × 10000 × ': 'electricity', ' × 44/28': 'wastewater', ' × (1 - ': 'landfill',
         'exp(': 'landfill', ' a × ': 'sink', ' × (1 + ': 'sink'}


def methods(t):
    lines = without_errors(t, list(shipped(random.Random(7))), '--gas-condition', '20C')
    with open(os.path.join(DATA, 'activities.csv'), encoding='utf-8', newline='') as f:
        method = {row['activity']: row['method'] for row in csv.DictReader(f)}
    with open(os.path.join(DATA, 'profiles', 'set.json'), encoding='utf-8') as f:
        profiles = re.findall(r'"([a-z]+-[\w-]+)"', f.read())
    for profile in sorted(set(profiles)):
        with t.case(f'all methods, {profile}'):
            seen = []
            kept = without_errors(t, lines, '--gas-condition', '20C', '--profile', profile, '--fallback', 'nearest')
            t.write('all.csv', HEADER + '\n' + '\n'.join(kept) + '\n')
            check_ledger(ledger(t, 'all.csv', '--gas-condition', '20C', '--profile', profile, '--fallback', 'nearest'), seen)
            met = {method.get(row['activity'], '') for row in seen}
            with open(os.path.join(DATA, 'profiles', profile + '.json'), encoding='utf-8') as f:
                outside = {rule['method'] for rule in json.load(f)['select'] if rule.get('outside') and 'method' in rule}
            missing = set(method.values()) - met - outside - {'energy_only'}
            want(not missing, f'no row of the methods {sorted(missing)}')
            written = '\n'.join(row['formula'] for row in seen)
            lacking = [shown for shown, of in SHOWN.items() if of not in outside and shown not in written]
            want(not lacking, f'no row shows {lacking}')


def generated(t):
    for seed in range(oracle.FILES):
        with t.case(f'random factors and units, seed {seed}'):
            r = random.Random(seed)
            text, factors = oracle.make_factors(r)
            t.write('factors.csv', text)
            lines = [oracle_line(r, factors) for _ in range(100)]
            t.write('in.csv', 'period,activity,quantity,unit,factor\n' + '\n'.join(lines) + '\n')
            want(check_ledger(ledger(t, 'in.csv', '--factors', 'factors.csv')) >= 100, 'too few rows')


def oracle_line(r, factors):
    name, activity, kind, _, _, _ = r.choice(factors)
    return f'{oracle.period(r, 2023)[0]},{activity},{oracle.number(r)[0]},{r.choice(list(oracle.UNITS[kind]))},{name if r.random() < 0.5 else ""}'


PROFILES = {'gb18030': 'shanghai-2022', 'park-910': 'ndrc-2025-910'}  # of examples with another than the default


def examples(t):
    for folder in sorted(glob.glob(os.path.join(ROOT, 'examples', '**', ''), recursive=True)):
        if os.path.exists(os.path.join(folder, 'inventory.csv')):
            with t.case(os.path.relpath(folder, ROOT)):
                inventory, more = os.path.join(folder, 'inventory.csv'), next((['--profile', profile] for part, profile in PROFILES.items() if part in folder), [])
                own = os.path.join(folder, 'factors.csv')
                more += ['--factors', own] if os.path.exists(own) else []
                want(check_ledger(ledger(t, inventory, *more)) > 0, 'no rows')


def reader(t):
    """The one who works formulas out must see a slip."""
    with t.case('a slip is seen'):
        for formula, kg in (('15,062.4 万kWh × 10000 × 0.5849 kg/kWh', '88099977.6'), ('2 t × 98% × 44/12 × 1000', '7186.666666667'),
                            ('1 t × (2762.9-83.7 kJ/kg)', '2679.2'), ('3 kg × 31/365 a × 0.5 kg/(kg a)', '0.127397260')):
            want(agrees(*value(formula), kg), f'{formula} is {float(value(formula)[0])!r}')
            want(not agrees(*value(formula), str(Decimal(kg) + Decimal('0.000000001'))), f'{formula}: one in the last digit is not seen')
        found = value('1000 t × (exp(-k (n - 1)) - exp(-k n)), k 0.4 1/a, n 3 × 1000')
        want(agrees(*found, '148134.752205019') and not agrees(*found, '148134.752205220'), f'{float(found[0])!r}')


def many_kinds(t):
    """More kinds of line than tanhe remembers: what it makes of a later kind serves one line, but a deposit and an undeclared activity are needed
    until the end."""
    kinds = 65536
    lines = [f'2020,烟煤,1,t,,{20 + n / 10 ** 6:.6f},,' for n in range(kinds)]
    for n in range(40):
        lines += [f'2020,landfill_food,{n}.5,t,,,,', f'2022,某活动{n:02},1,kWh,grid-shanghai-2023,,,', f'2022,烟煤,2,t,,{30 + n / 10 ** 6:.6f},,']
    with t.case('more kinds of line than are remembered'):
        t.write('kinds.csv', HEADER + '\n' + '\n'.join(lines) + '\n')
        found = t.account('kinds.csv', '--ledger', 'ledger.csv', '--uncertainty', 'approach1')
        with open(t.path('ledger.csv'), encoding='utf-8', newline='') as f:
            header, rest = f.readline(), f.readlines()
        want(check_ledger(header + ''.join(rest[-400:])) == 400, 'too few rows')
        names = {row['activity'] for row in found['uncertainty']['table']['rows']}
        missing = {f'某活动{n:02}' for n in range(40)} - names
        want(not missing, f'not among the categories: {sorted(missing)[:5]}; there are {sorted(names)[:5]}')


def run(t):
    reader(t)
    many_kinds(t)
    examples(t)
    generated(t)
    methods(t)
