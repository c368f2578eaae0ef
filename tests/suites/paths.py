# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths of a plan against an oracle in whole numbers, to the last digit; and what a path says of itself.

The oracle knows what man/tanhe-plan.1 says: growth of all activities holds until a dated one or the activity's own begins; a measure works in whole years, in
steps of its ramp, less what the base year had of it, and takes its share of what those before it in the file leave; a target line runs straight
from the base year through the targets and stays flat after the last. Masses are whole 1e-9 kg; each product is rounded once, half to even."""
import random
from decimal import Decimal
from fractions import Fraction

from .harness import same, want

BASE, LAST = 2023, 2030
KG = 10 ** 9
ACTIVITIES = ('act', 'bus', 'cow')


def rounded(x):
    """Half to even."""
    return round(x)


# --- the oracle ---

def growth_of(rows, activity, year):
    """Percent of a year; None: nobody says."""
    own = sorted((year_of, p) for name, year_of, p in rows if name == activity)
    every = sorted((year_of, p) for name, year_of, p in rows if name is None and (not own or year_of < own[0][0]))
    said = [p for year_of, p in every + own if year_of <= year]
    return said[-1] if said else None


def months_between(first, last):
    return range(first, last + 1)


def share_of(m, year):
    """Of the stated reduction, in a year."""
    begin, end = m['from'], m['to']  # months from year 0; end may be None
    start = -(-begin // 12)
    last = None if end is None else (end + 1) // 12 - 1
    if m['lifetime'] is not None:
        life = start + max(int(m['lifetime']), 1) - 1
        last = life if last is None else min(last, life)
    come = 0 if year < start or (last is not None and year > last) else min(year - start + 1, m['ramp'])
    had = sum(min((i - begin) // 12 + 1, m['ramp']) for i in months_between(BASE * 12, BASE * 12 + 11) if i >= begin and (end is None or i <= end))
    return max(Fraction(come, m['ramp']) - Fraction(had, 12 * m['ramp']), 0)


def path(case):
    years = {}
    base = {a: q * 1000 * KG for a, q in case['base'].items()}
    gross = sum(base.values())
    usual = dict(base)
    for year in range(BASE, LAST + 1):
        if year > BASE:
            for a in usual:
                percent = growth_of(case['growth'], a, year)
                if percent is None:
                    return None
                usual[a] = rounded(Fraction(usual[a]) * (100 + percent) / 100)
        left, taken, added = dict(usual), {}, {'removal': 0, 'credit': 0}
        for m in case['measures']:
            taken[m['id']] = 0
            share = share_of(m, year)
            if m['effect'] != 'reduction':
                taken[m['id']] = rounded(m['reduction'] * 1000 * KG * share)
                added[m['effect']] += taken[m['id']]
                continue
            for a in left:
                if m['activity'] in (None, a):
                    whole = gross if m['activity'] is None else base[a]
                    saved = rounded(Fraction(left[a]) * m['reduction'] * 1000 * KG / whole * share)
                    left[a] -= saved
                    taken[m['id']] += saved
        total = sum(left.values())
        years[year] = {'business_as_usual': sum(usual.values()), 'gross': total, 'measures': taken, 'removals': added['removal'], 'credits': added['credit'],
                       'net': total - added['removal'], 'net_after_credits': total - added['removal'] - added['credit']}
    return years


def line(case, year, net):
    """The target line of gross or of net emissions, which are the same in the base year."""
    gross = sum(q * 1000 * KG for q in case['base'].values())
    at = [(BASE, gross)]
    for _, target_year, amount, kind in case['targets']:
        if (kind == 'net') == net:
            at.append((target_year, gross - rounded(Fraction(gross) * amount / 100) if kind == 'reduction_percent' else rounded(Fraction(amount * 1000 * KG))))
    at.sort()
    for (y0, m0), (y1, m1) in zip(at, at[1:]):
        if y0 <= year <= y1:
            return m0 + rounded(Fraction(m1 - m0) * (year - y0) / (y1 - y0))
    return at[-1][1]


# --- random cases ---

def make(seed):
    r = random.Random(seed)
    base = {a: Fraction(r.randrange(1000, 10 ** 8), 1000) for a in ACTIVITIES[:r.randint(1, 3)]}
    growth, names = [], set()
    for _ in range(r.randint(1, 4)):
        row = (r.choice([None, None] + list(base)), r.choice([0, 0, BASE + 1, r.randint(BASE + 1, LAST)]))
        if row not in names:
            names.add(row)
            growth.append((*row, Fraction(r.randint(-300, 600), 100)))
    measures = []
    for i in range(r.randint(0, 4)):
        activity = r.choice([None] + list(base))
        most = sum(base.values()) if activity is None else base[activity]
        begin = r.randint((BASE - 1) * 12, (LAST - 1) * 12)
        ramp = r.choice([1, 1, 2, 3])
        lifetime = r.choice([None, Fraction(ramp + r.randint(1, 4)), Fraction(2 * ramp + 3, 2) + 1])
        end = begin + int(lifetime * 12) - 1 if lifetime is not None else None
        if lifetime is None and r.random() < .5:
            end = begin + 12 * (ramp + 1) + r.randint(0, 48)
        measures.append({'id': f'M{i}', 'activity': activity, 'reduction': Fraction(r.randint(0, int(most * 300)), 1000), 'from': begin, 'to': end,
                         'ramp': ramp, 'lifetime': lifetime, 'effect': r.choice(['reduction'] * 4 + ['removal', 'credit']), 'ended': lifetime is None and end is not None})
    targets, floor = [], Fraction(100)
    for k, year in enumerate(sorted(r.sample(range(BASE + 1, LAST + 1), r.randint(0, 3)))):
        floor = Fraction(int(floor * r.randint(60, 99)), 100)  # of the base year, two decimals
        kind = r.choice(['gross', 'net', 'reduction_percent'])
        amount = 100 - floor if kind == 'reduction_percent' else Fraction(int(sum(base.values()) * floor * 10), 1000)
        targets.append((f'P{k}', year, amount, kind))
    return {'base': base, 'growth': growth, 'measures': measures, 'targets': targets}


def text(x):
    """A decimal without an exponent."""
    x = Fraction(x)
    digits = next(d for d in range(20) if (x * 10 ** d).denominator == 1)
    number = str(abs(int(x * 10 ** digits))).rjust(digits + 1, '0')
    return ('-' if x < 0 else '') + (number[:-digits] + '.' + number[-digits:] if digits else number)


def month(index):
    return f'{index // 12:04d}-{index % 12 + 1:02d}'


def write(t, folder, case):
    t.write(f'{folder}/case.csv', f'fact,value\nname,x\ncategory,park\nbase_year,{BASE}\nstart,2024-01\nend,{LAST}-12\n')
    t.write(f'{folder}/factors.csv', 'id,gas,value,unit,activity,scope,source\n' + ''.join(f'f{a},CO2,1,t/t,{a},1,test\n' for a in case['base']))
    t.write(f'{folder}/inventory.csv', 'period,activity,quantity,unit\n' + ''.join(f'{BASE},{a},{text(q)},t\n' for a, q in case['base'].items()))
    rows = ''.join('growth' + (f'.{a}' if a else '') + (f'@{year}' if year else '') + f',{text(p)},%,x\n' for a, year, p in case['growth'])
    t.write(f'{folder}/assumptions.csv', 'param,value,unit,source\n' + rows)
    rows = ''.join(f'{m["id"]},m,markets,{month(m["from"])},{month(m["to"]) if m["ended"] else ""},{text(m["reduction"])},t/a,'
                   f'{"" if m["lifetime"] is None else text(m["lifetime"])},{m["ramp"]},{m["activity"] or ""},{m["effect"]}\n' for m in case['measures'])
    t.write(f'{folder}/measures.csv', 'id,name,group,effect_start,effect_end,reduction,unit,lifetime,ramp,activity,effect\n' + rows)
    rows = ''.join(f'{p},{year},{text(amount)},{"%" if kind == "reduction_percent" else "t"},{kind}\n'
                   for p, year, amount, kind in case['targets'])
    t.write(f'{folder}/targets.csv', 'phase,year,emissions,unit,kind\n' + rows)


def whole(tonnes):
    mass = Fraction(str(tonnes)) * 1000 * KG
    want(mass.denominator == 1, f'{tonnes} t is no whole number of 1e-9 kg')
    return int(mass)


def agree(t, seed):
    case = make(seed)
    write(t, 'random', case)
    done = t.run('plan', 'random', '--factors', 'random/factors.csv', '-f', 'json')
    same(done.status, 0, 'exit status: ' + done.errors[-400:])
    answer, expected = done.json(), path(case)
    if expected is None:
        want('years' not in answer, 'a path, though years without a growth')
        return
    same({at['kind'] for at in answer['target_lines']}, {'net' if kind == 'net' else 'gross' for *_, kind in case['targets']}, 'kinds of target lines')
    for found in answer['years']:
        year = int(found['year'])
        wanted = expected[year]
        for name in ('business_as_usual', 'gross', 'removals', 'net', 'credits', 'net_after_credits'):
            same(whole(found[name]), wanted[name], f'{name} in {year}')
        for name, mass in found['measures'].items():
            same(whole(mass), wanted['measures'][name], f'{name} in {found["year"]}')
        for ladder in answer['target_lines']:
            at, limit = next(y for y in ladder['years'] if y['year'] == year), line(case, year, ladder['kind'] == 'net')
            same(whole(at['limit']), limit, f'target line of {ladder["kind"]} in {year}')
            same(whole(at['gap']), wanted[ladder['kind']] - limit, f'gap of {ladder["kind"]} in {year}')
    same(len(answer['years']), LAST - BASE + 1, 'years')


def oracle(t, count, first):
    for seed in range(first, first + count):
        with t.case(f'random plan {seed}'):
            agree(t, seed)


# --- by hand ---

SIMPLE = {'base': {'act': Fraction(1000)}, 'growth': [(None, 0, Fraction(0))], 'measures': [], 'targets': []}

# Names of assumptions: what is written, and business as usual in 2030 of 1,000 t (2 % a year from 2024 on: 1.02^7).
NAMES = ('growth,2,%', '增长率,2,%', '年增长率,2%,', '年均增长率(%),2,', '增长率.act,2,%', 'act年增长率,2,%', '增长率@2024,2,%', 'Growth,2,%/a')
WRONG = {
    '增长律,2,%': ('E3925', '增长率'), 'grwth,2,%': ('E3925', 'growth'), '电费价,2,元/kWh': ('E3925', '电价'), '折现绿,2,%': ('E3925', '折现率'),
    'growth,2,%\n增长率,2,%': ('E3955', ''), '电价,1,元/kWh\nprice.外购电力,1,元/kWh': ('E3955', ''), '折现率,6,%\n贴现率,6,%': ('E3955', ''),
    '折现率,6%,元': ('E3950', ''), '折现率,6,': ('E3927', ''), '电价,0.7,': ('E3927', ''),
}


def names(t):
    for row in NAMES:
        with t.case(f'assumption {row}'):
            write(t, 'names', SIMPLE)
            t.write('names/assumptions.csv', f'参数,数值,单位,来源\n{row},x\n贴现率,6,%,x\n电价,0.7,元/kWh,x\n碳价,80,元/吨,x\n')
            answer = t.run('plan', 'names', '--factors', 'names/factors.csv', '-f', 'json').json()
            same(whole(answer['years'][-1]['business_as_usual']), 1000 * 1000 * KG * Fraction(102, 100) ** 7, '2030')
            want(any(c['code'] == 'C4146' for c in answer['caveats']), 'prices that nothing uses are not told')
    for name in ('growth.output_value', 'growth.产值', '产值增长率', '总产值年增长率', '增长率.产值'):
        with t.case(f'the growth of a fact: {name}'):
            write(t, 'names', SIMPLE)
            with open(t.path('names/case.csv'), encoding='utf-8') as f:
                facts = f.read()
            t.write('names/case.csv', 'fact,value,unit\n' + '\n'.join(','.join((line.split(',') + ['', ''])[:3]) for line in facts.split('\n')[1:] if line)
                    + '\noutput_value,100,万元\n')
            t.write('names/assumptions.csv', f'参数,数值,单位,来源\ngrowth,2,%,x\n{name},5,%,x\n')
            answer = t.run('plan', 'names', '--factors', 'names/factors.csv', '-f', 'json').json()
            # 10 t per 万元 in the base year 2023, 1.02^7 / 1.05^7 of it in 2030; six digits are given
            found, wanted = float(answer['years'][-1]['intensity']['per_output_value']), 10 * 1.02 ** 7 / 1.05 ** 7
            want(abs(found / wanted - 1) < 1e-6, f'{found}, expected {wanted}')
    for rows, (code, near) in WRONG.items():
        with t.case(f'assumption {rows!r} is {code}'):
            write(t, 'names', SIMPLE)
            t.write('names/assumptions.csv', '参数,数值,单位,来源\n' + ''.join(f'{row},x\n' for row in rows.split('\n')))
            done = t.run('plan', 'names', '--factors', 'names/factors.csv', '--diagnostics', 'json')
            found = [d for d in done.diagnostics() if d['severity'] == 'error']
            same((done.status, [d['code'] for d in found]), (3, [code]), 'status and code')
            want(near in found[0]['detail'], f'{near} in {found[0]["detail"]}')


# What a year emitted of a path at 1,000 t and a target of 900 t in 2025 (950 t on the line of 2024), with a measure of 200 t from 2024: path 800 t.
FOLLOWED = {900: ('behind', 'met', 1), 800: ('on_track', 'met', 0), 960: ('behind', 'missed', 1)}


def follow(t):
    case = dict(SIMPLE, targets=[('P', 2025, Fraction(900), 'gross')],
                measures=[{'id': 'M', 'activity': None, 'reduction': Fraction(200), 'from': 2024 * 12, 'to': None, 'ramp': 1, 'lifetime': None, 'ended': False, 'effect': 'reduction'}])
    for reduction, mass, expected in [(200, m, e) for m, e in FOLLOWED.items()] + [(10, 970, ('on_track', 'missed', 1))]:
        with t.case(f'{mass} t in 2024, a measure of {reduction} t'):
            case['measures'][0]['reduction'] = Fraction(reduction)
            write(t, 'follow', case)
            t.write('follow/inventory.csv', f'period,activity,quantity,unit\n2023,act,1000,t\n2024,act,{mass},t\n')
            done = t.run('plan', 'follow', '--factors', 'follow/factors.csv', '--actual', '2024', '-f', 'json')
            found = done.json()['follow_up']
            same((found['verdict'], found['target_line'], done.status), expected, 'path, target line, exit status')
            same(found['target_lines'], [{'kind': 'gross', 'limit': 950, 'actual': mass, 'gap': mass - 950, 'met': mass <= 950}], 'line')
            shown = t.run('--lang', 'en', 'plan', 'follow', '--factors', 'follow/factors.csv', '--actual', '2024').out.decode()
            want(('ON TRACK' in shown) == (found['verdict'] == 'on_track') and ('ON THE TARGET LINE' in shown) == (found['target_line'] == 'met'), 'text')
            want('straight from the base year' in shown and 'cheapest first, whatever' in shown, 'how lines and order are read')
    with t.case('an intensity is followed at its planned denominator'):
        # 1,000 t per 100 units in 2023; the line to 9 t per unit in 2025 is 9.5 in 2024, when 110 units are planned: 1,045 t.
        write(t, 'follow', case)
        t.write('follow/case.csv', 'fact,value,unit\nname,x,\ncategory,park,\nbase_year,2023,\nstart,2024-01,\nend,2030-12,\noutput_value,100,10^4 CNY\n')
        t.write('follow/assumptions.csv', 'param,value,unit,source\ngrowth,0,%,x\ngrowth.output_value,10,%,x\n')
        t.write('follow/targets.csv', 'phase,year,emissions,unit,kind\nP,2025,9,t CO2e/10^4 CNY,强度\n')
        t.write('follow/inventory.csv', 'period,activity,quantity,unit\n2023,act,1000,t\n2024,act,1040,t\n')
        done = t.run('plan', 'follow', '--factors', 'follow/factors.csv', '--actual', '2024', '-f', 'json')
        found = done.json()['follow_up']
        same((found['verdict'], found['target_line'], done.status), ('behind', 'met', 1), 'path, target line, exit status')
        at = found['target_lines'][0]
        same((at['kind'], at['denominator'], at['actual'], at['met']), ('intensity', 'planned', 1040, True), 'line')
        want(abs(at['limit'] - 1045) < Decimal('0.000001'), f'limit {at["limit"]}')
    for cell, code in (('-5', 'E3954'), ('101', 'E3954')):
        with t.case(f'a reduction of {cell} %'):
            write(t, 'follow', case)
            t.write('follow/targets.csv', f'phase,year,emissions,unit,kind\nP,2025,{cell},%,降幅\n')
            done = t.run('plan', 'follow', '--factors', 'follow/factors.csv', '--diagnostics', 'json')
            same((done.status, [d['code'] for d in done.diagnostics()]), (3, [code]), 'status and code')
    # 1000 t in the base year: 10 % less are 900; half of the last digit of 10 is 0.5 % = 5 t, and of 895 half a tonne.
    wide = '年份,排放量（吨）,较基准年下降（%）\n2025,{0},{1}\n'
    shapes = {'long': 'phase,year,emissions,unit,kind\nP,2025,{1},%,降幅\nQ,2025,{0},t,\n', 'long, amount first': 'phase,year,emissions,unit,kind\nQ,2025,{0},t,\nP,2025,{1},%,降幅\n',
              'wide': wide, 'years across': '指标,单位,2025年\n碳排放总量,吨,{0}\n降幅,%,{1}\n', 'a column beside': '阶段,年份,排放量,降幅\n一,2025,{0} t,{1}%\n'}
    for name, text in shapes.items():
        for amount, less, code in (('900', '10', 'C4212'), ('895', '10', 'C4212'), ('894', '10', 'E3957'), ('895', '10.0', 'E3957'), ('900', '20', 'E3957')):
            with t.case(f'gross and percent in one year, {name}: {amount} and {less} %'):
                t.write('follow/targets.csv', text.format(amount, less))
                done = t.run('plan', 'follow', '--factors', 'follow/factors.csv', '-f', 'json', '--diagnostics', 'json')
                errors = [d['code'] for d in done.diagnostics() if d['severity'] == 'error']
                same((done.status == 3, errors), (code == 'E3957', ['E3957'] if code == 'E3957' else []), done.errors[:300])
                if code == 'C4212':
                    same([(p['kind'], p['limit']) for p in done.json()['targets']], [('gross', int(amount))], 'targets')
    with t.case('a percent beside a net target'):
        t.write('follow/targets.csv', '年份,净排放量（吨）,较基准年下降（%）\n2025,900,10\n')
        done = t.run('check', 'follow', '--factors', 'follow/factors.csv', '-f', 'json')
        want('C4214' in [c['code'] for c in done.json()['caveats']], done.text[:300])
    with t.case('gross and percent without an account of the base year'):
        t.write('follow/targets.csv', wide.format(900, 20))
        t.write('follow/case.csv', 'fact,value,unit\nname,x,\ncategory,park,\nbase_year,2022,\nstart,2024-01,\nend,2030-12,\n')
        done = t.run('check', 'follow', '--factors', 'follow/factors.csv', '-f', 'json')
        want('C4213' in [c['code'] for c in done.json()['caveats']], done.text[:300])


def past(t):
    """Below zero, under two names, in one year only, revised."""
    with t.case('a series below zero'):
        write(t, 'past', SIMPLE)
        t.write('past/s.csv', 'series,year,emissions,unit,output,output_unit,energy,energy_unit\n' + ''.join(
            f's,{2015 + i},{m},t,1,亿元,1,tce\n' for i, m in enumerate((50, 80, 60, 20, -10, -40, -30, -60))))
        answer = t.run('plan', 'past', '--factors', 'past/factors.csv', '--series', 'past/s.csv', '-f', 'json').json()
        found = answer['series'][-1]
        same((found['maximum']['year'], found['maximum']['tco2e']), (2016, 80), 'maximum')
        same([c['code'] for c in answer['caveats'] if c['code'] == 'C4148'], ['C4148'], 'caveats')
    with t.case('an activity below zero in one of two years'):
        t.write('past/inventory.csv', 'period,activity,quantity,unit\n2022,act,-5,t\n2023,act,1000,t\n')
        answer = t.run('plan', 'past', '--factors', 'past/factors.csv', '-f', 'json').json()
        want(any(c['code'] == 'C4148' for c in answer['caveats']), 'C4148')
        want(not any(c['code'] == 'C4135' for c in answer['caveats']), 'C4135 gives another reason')
    with t.case('one activity under two names and two factors'):
        t.write('past/factors.csv', 'id,gas,value,unit,activity,scope,source\nf22,CO2,0.6,t/MWh,外购电力,2,x\nf23,CO2,0.5,t/MWh,外购电力,2,x\n')
        t.write('past/inventory.csv', 'period,activity,quantity,unit,factor\n2022,电,100000,MWh,f22\n2023,外购电力,110000,MWh,f23\n2023,柴油,1,t,\n')
        answer = t.run('plan', 'past', '--factors', 'past/factors.csv', '-f', 'json').json()
        rows = {row['activity_id']: row for row in answer['lmdi']['rows']}
        # L(55000, 60000) = 57463.77...; ln 1.1 and ln(0.5/0.6) of it.
        want(abs(float(rows['electricity']['activity']) - 5476.9) < 1 and abs(float(rows['electricity']['factor']) + 10476.9) < 1, str(rows))
        want(any(c['code'] == 'C4147' and '2023' in str(c) for c in answer['caveats']), 'what one year has alone is not told')
    with t.case('a revised series is decomposed by its last values'):
        rows = '2015,100,t,1,亿元,1,tce\n2016,120,t,1,亿元,1,tce\n'
        t.write('past/r.csv', 'year,emissions,unit,output,output_unit,energy,energy_unit\n' + rows + '2016,110,t,1,亿元,1,tce\n')
        answer = t.run('plan', 'past', '--factors', 'past/factors.csv', '--series', 'past/r.csv', '-f', 'json').json()
        same(answer['series'][-1]['lmdi']['factor'], 10, 'change by the factor')


def run(t):
    names(t)
    follow(t)
    past(t)
    oracle(t, 40, 1)


def long(t):
    oracle(t, 1500, 1000)
