# SPDX-License-Identifier: GPL-3.0-or-later
"""An account computed again in exact fractions, by code that shares nothing with tanhe: random inventories with factors of their own.
Totals, gases and groups must agree to the last digit. The only rounding is per line and gas at 1e-9 kg, half to even."""
import calendar
import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .harness import over_years, same, want

FILES, LINES = 16, 250
F = Fraction
# Exact sizes in a base unit of each kind: g, J, m2, m, Nm3, and things that are counted.
UNITS = {
    'mass': {'kg': F(1000), 't': F(10 ** 6), '吨': F(10 ** 6), '公斤': F(1000), '斤': F(500), 'lb': F('453.59237'), '万吨': F(10 ** 10),
             'short ton': F('907184.74'), 'Mt': F(10 ** 12), 'g': F(1), 'oz': F('453.59237') / 16, '千克': F(1000)},
    'energy': {'kWh': F(3600000), '度': F(3600000), '万kWh': F(3600000) * 10 ** 4, 'MWh': F(3600) * 10 ** 6, 'GJ': F(10 ** 9), 'MJ': F(10 ** 6),
               '万度': F(3600000) * 10 ** 4, 'kcal': F('4186.8'), 'MMBtu': F('1055.05585262') * 10 ** 6, '亿千瓦时': F(3600000) * 10 ** 8, 'TJ': F(10 ** 12)},
    'area': {'m2': F(1), '㎡': F(1), '公顷': F(10 ** 4), '亩': F(10 ** 4, 15), '平方公里': F(10 ** 6), 'ft2': F('0.3048') ** 2, '万平方米': F(10 ** 4)},
    'gas': {'Nm3': F(1), '万Nm3': F(10 ** 4), '10^4 Nm3': F(10 ** 4), 'm3@20C': F(27315, 29315), '标立方米': F(1)},
    'transport': {'t km': F(1), '万吨公里': F(10 ** 4), '吨公里': F(1), 't mile': F('1.609344')},
    'people': {'person': F(1), '人': F(1), '万人': F(10 ** 4)},
    'volume': {'L': F(1, 1000), 'm3': F(1), '升': F(1, 1000), 'gallon': F('0.003785411784'), 'UK gallon': F('0.00454609'), 'ft3': F('0.3048') ** 3},
}
GWP = {'AR4': {'CH4': F(25), 'N2O': F(298), 'SF6': F(22800), 'R410A': F('2087.5')}, 'AR5': {'CH4': F(28), 'N2O': F(265), 'SF6': F(23500), 'R410A': F('1923.5')},
       'AR6': {'CH4': F('27.9'), 'N2O': F(273), 'SF6': F(24300), 'R410A': F('2255.5')}}
GASES = ['CO2', 'CH4', 'N2O', 'SF6', 'R410A', 'CO2e', 'CO2-bio', 'CO2-removal']
MASSES = {'kg': F(1), 't': F(1000), 'g': F(1, 1000), 'lb': F('0.45359237')}


def number(r):
    """A decimal as someone might write it, and what it is worth."""
    digits = r.choice([1, 2, 3, 5, 17])
    value = Decimal(r.randrange(10 ** digits)).scaleb(-r.choice([0, 0, 1, 2, 3, 6]) - (12 if digits > 5 else 0))
    if r.random() < 0.05:
        value = -value
    text = f'{value:f}'
    kind = r.random()
    if kind < 0.05:
        text = f'"{value:,f}"'
    elif kind < 0.1:
        text = text.translate({ord(c): ord(c) + 0xFEE0 for c in '0123456789.-'})
    elif kind < 0.15:
        text = f'{value:e}' if value else '0e5'
    elif kind < 0.2 and value > 0:
        text = '+' + text
    return text, F(value)


def period(r, year):
    """A period within a year, and its length in years."""
    kind = r.random()
    if kind < 0.4:
        return r.choice([f'{year}', f'{year}年']), F(1)
    month = r.randrange(1, 13)
    if kind < 0.7:
        return r.choice([f'{year}-{month:02}', f'{year}/{month}', f'{year}年{month}月']), F(1, 12)
    last = r.randrange(month, 13)
    if kind < 0.85:
        return f'{year}-{month:02}/{year}-{last:02}', F(last - month + 1, 12)
    first, end = date(year, month, 3), date(year, month, r.randrange(3, 28))
    return f'{first}/{end}', F((end - first).days + 1, 366 if calendar.isleap(year) else 365)


def name_of(r, n):
    """A name that resembles no other."""
    return ''.join(chr(r.randrange(0x4E00, 0x9FA5)) for _ in range(4)) if n % 2 else ''.join(r.choices('bcdfghjklmnpqrstvwxyz', k=9))


def make_factors(r):
    """Rows of a factor file, and for each id what one base unit of its activity gives: {gas: kg}, whether that is per year."""
    lines, factors = ['id,gas,value,unit,activity,scope,source,ncv,ncv_unit,carbon_content,carbon_content_unit,oxidation'], []
    for n in range(24):
        kind = r.choice(list(UNITS))
        per, size = r.choice(list(UNITS[kind].items()))
        yearly = r.random() < 0.25 and per != '10^4 Nm3'
        scope, gases = r.randrange(1, 4), {}
        activity = name_of(r, n)
        sample = r.sample(GASES, r.choice([1, 1, 2, 3]))
        if 'CO2e' in sample:  # which no gas that it contains may stand beside
            sample = [gas for gas in sample if gas in ('CO2e', 'CO2-bio', 'CO2-removal')]
        for gas in sample:
            mass, kg = r.choice(list(MASSES.items()))
            value = Decimal(r.randrange(1, 10 ** r.choice([2, 3, 5]))).scaleb(-r.randrange(0, 6))
            behind = f'({per} a)' if yearly else f'({per})' if ' ' in per and not per.startswith('10^4') else per
            lines.append(f'f{n},{gas},{value:f},{mass}/{behind},{activity},{scope},oracle,,,,,')
            gases[gas] = F(value) * kg / size
        factors.append((f'f{n}', activity, kind, scope, gases, yearly))
    for n in range(4):
        ncv, carbon, oxidation = (Decimal(r.randrange(1, 50000)).scaleb(-3) for _ in range(3))
        oxidation, burnt = oxidation / 50, name_of(r, n)
        lines.append(f'fuel{n},CO2,,t/t,{burnt},1,oracle,{ncv},GJ/t,{carbon},tC/TJ,{oxidation}')
        # GJ/t x tC/TJ = kg C / t; a tonne is 10^6 base units
        factors.append((f'fuel{n}', burnt, 'mass', 1, {'CO2': F(ncv) * F(carbon) * F(oxidation) * F(44, 12) / 10 ** 6}, False))
    return '\n'.join(lines) + '\n', factors


def bucket(gas):
    return {'CO2-bio': 'biogenic_co2', 'CO2-removal': 'removals'}.get(gas, 'gross')


def tonnes(nano_kg):
    return Decimal(nano_kg).scaleb(-12)


def add(sums, key, value):
    sums[key] = sums.get(key, 0) + value


def one_file(t, seed):
    r = random.Random(seed)
    text, factors = make_factors(r)
    t.write(f'{seed}-factors.csv', text)
    gwp = r.choice(list(GWP))
    keys = r.choice([['site'], ['site', 'year'], ['scope', 'activity'], ['source', 'gas'], ['gas'], ['period', 'scope', 'gas'], ['year', 'activity', 'site']])
    lines, totals, by_gas, masses, groups = ['period,activity,quantity,unit,site,source,scope,factor'], {}, {}, {}, {}
    for _ in range(LINES):
        name, activity, kind, scope, gases, yearly = r.choice(factors)
        year = r.choice([2021, 2022, 2023, 2024])
        when, length = period(r, year)
        unit, size = r.choice(list(UNITS[kind].items()))
        written, quantity = number(r)
        site, source = r.choice(['', '甲厂', '乙 厂', 'B-3', '"楼, 东"']), r.choice(['', '锅炉', 'line 1'])
        own_scope = r.choice([1, 2, 3]) if r.random() < 0.2 else None
        factor = name if r.random() < 0.5 else ''
        lines.append(f'{when},{activity},{written},{unit},{site},{source},{own_scope or ""},{factor}')
        scope = own_scope or scope
        for gas, per_unit in gases.items():
            kg = quantity * size * per_unit * (length if yearly else 1)
            nano, co2e = round(kg * 10 ** 9), round(kg * GWP[gwp].get(gas, 1) * 10 ** 9)
            part = {'site': site.strip('"'), 'source': source, 'year': str(year), 'period': when, 'scope': str(scope), 'activity': activity, 'gas': gas}
            place = groups.setdefault(tuple(part[k] for k in (keys if 'year' in keys else ['year', *keys])), {})  # several years: unasked
            add(place, bucket(gas), co2e)
            add(totals, bucket(gas), co2e)
            if bucket(gas) == 'gross':
                add(totals, {1: 'scope1', 2: 'scope2_location', 3: 'scope3'}[scope], co2e)
                add(by_gas, gas, co2e)
                add(masses, gas, nano)
    t.write(f'{seed}.csv', '\n'.join(lines) + '\n')
    found = t.account(f'{seed}.csv', '--factors', f'{seed}-factors.csv', '--gwp', gwp, '--by', ','.join(keys))
    keys = keys if 'year' in keys else ['year', *keys]
    same(found['inputs'][0]['rows'], LINES, 'rows')
    sums = over_years(found, 'totals')
    for name in ('scope1', 'scope2_location', 'scope3', 'gross', 'biogenic_co2', 'removals'):
        same(sums.get(name, 0), tonnes(totals.get(name, 0)), name)
    same(sums['net'], tonnes(totals.get('gross', 0) - totals.get('removals', 0)), 'net')
    for name, by in (('by_gas', by_gas), ('by_gas_mass', masses)):
        same(over_years(found, name), {gas: tonnes(v) for gas, v in by.items() if v or masses[gas]}, name)
    want(len(found['groups']) == len(groups), f'{len(found["groups"])} groups, expected {len(groups)}')
    for group in found['groups']:
        expected = groups[tuple(group['keys'][k] for k in keys)]
        same(group['tco2e'], tonnes(expected.get('gross', 0)), f'group {group["keys"]}')
        for name in ('biogenic_co2', 'removals'):
            same(group.get(name, Decimal(0)), tonnes(expected.get(name, 0)), f'{name} of group {group["keys"]}')


def run(t):
    for seed in range(1, FILES + 1):
        with t.case(f'random inventory {seed} of {LINES} lines'):
            one_file(t, seed)
