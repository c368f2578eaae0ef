# SPDX-License-Identifier: GPL-3.0-or-later
"""Choosing measures: columns requires and excludes, routes to a phase and for a budget.

Small plans whose numbers are exact: nothing grows, no interest, so that a measure costs capex / lifetime + opex a year and takes its share of what the
measures before it leave of its activity. Every subset is tried by Fractions; the search in C against every subset is tests/unit/test_route_ties.c."""
import itertools
import random
import re
from fractions import Fraction

from .harness import INVALID, USAGE, same, want

HEADER = 'id,name,group,end,reduction,unit,capex(万元),opex(万元/a),lifetime,activity,status,owner,requires,excludes'
BASE = {'外购电力': 40000, '天然气': 20000}  # t CO2e in 2023, by factors of the test
FACTORS = 'id,gas,value,unit,activity,scope,source\ne,CO2,1,t/MWh,外购电力,2,test\ng,CO2,1,t/t,天然气,1,test\n'


def case_of(t, rows, name='routes', header=HEADER, targets='phase,year,emissions,unit,kind\none,2026,45000,t CO2e,net\n'):
    t.write(f'{name}/case.csv', 'fact,value\nname,x\ncategory,park\nbase_year,2023\nstart,2024-01\nend,2028-12\n')
    t.write(f'{name}/factors.csv', FACTORS)
    t.write(f'{name}/inventory.csv', 'period,activity,quantity,unit,factor\n2023,外购电力,40000,MWh,e\n2023,天然气,20000,t,g\n')
    t.write(f'{name}/assumptions.csv', 'param,value,unit,source\ngrowth,0,%,x\ndiscount_rate,0,%,x\n')
    t.write(f'{name}/targets.csv', targets)
    t.write(f'{name}/measures.csv', header + '\n' + ''.join(row + '\n' for row in rows))
    return name


# --- the words of the table ---

def row(number, requires='', excludes='', status='', end='2024-12', group='markets'):
    return f'M{number},m{number},{group},{end},{100 * int(number)},t/a,10,1,10,外购电力,{status},,"{requires}","{excludes}"'


# Rows, and the errors: (line, column, code, what the detail says).
ERRORS = (
    ('an id that is not there', (row(1, 'M3'), row(2)), ((2, 'requires', 'E3959', "'M3'"),)),
    ('the near one', (row('1024'), row(2, excludes='M1O24')), ((3, 'excludes', 'E3959', 'did you mean M1024'),)),
    ('two of a list', (row(1, 'M2、M7；M8'), row(2)), ((2, 'requires', 'E3959', "'M7'"), (2, 'requires', 'E3959', "'M8'"))),
    ('itself', (row(1, 'M1'),), ((2, 'requires', 'E3967', 'M1 → M1'),)),
    ('a circle', (row(1), row(2, 'M3'), row(3, 'M1,M4'), row(4, 'M2')), ((3, 'requires', 'E3967', 'M2 → M3 → M4 → M2'),)),
    ('two circles', (row(1, 'M2'), row(2, 'M1'), row(3, 'M4'), row(4, 'M3')), ((2, 'requires', 'E3967', 'M1 → M2 → M1'), (4, 'requires', 'E3967', 'M3 → M4 → M3'))),
    ('both of one', (row(1, 'M2', 'M2'), row(2)), ((2, 'excludes', 'E3975', 'M1 needs both M1 and M2'),)),
    ('itself excluded', (row(1, '', 'M1'),), ((2, 'excludes', 'E3975', 'M1'),)),
    ('two that exclude each other', (row(1), row(2, '', 'M1'), row(3, 'M1;M2'), row(4, 'M3')), ((4, 'requires', 'E3975', 'M3 needs both M2 and M1'),)),
    ('said by both', (row(1, '', 'M2'), row(2, '', 'M1'), row(3, 'M2，M1')), ((4, 'requires', 'E3975', 'M3 needs both M1 and M2'),)),
    ('far apart', (row(1), row(2, 'M1'), row(3, '', 'M1'), row(4, 'M3'), row(5, 'M2\nM4')), ((6, 'requires', 'E3975', 'M5 needs both M3 and M1'),)),
)

# Rows, and what is said of them.
SAID = (
    ('what is required is cancelled', (row(1, 'M2'), row(2, status='cancelled')), {('C4111', 'M1', 'M2')}),
    ('is only planned', (row(1, 'M2', status='done'), row(2)), {('C4111', 'M1', 'M2')}),
    ('comes later', (row(1, 'M2', end='2024-06'), row(2, end='2024-07')), {('C4111', 'M1', 'M2')}),
    ('is ready', (row(1, 'M2', status='done', end='2024-06'), row(2, status='started', end='2024-06')), set()),
    ('both planned', (row(1, 'M2'), row(2)), set()),
    ('exclude each other', (row(1, '', 'M2'), row(2)), {('C4119', 'M1', 'M2')}),
    ('each says so', (row(1, '', 'M2'), row(2, '', 'M1')), {('C4119', 'M1', 'M2')}),
    ('one is cancelled', (row(1, '', 'M2'), row(2, status='cancelled')), set()),
    ('a cancelled one says so', (row(1, 'M2', 'M3', status='cancelled'), row(2, status='cancelled'), row(3)), set()),
)


def ids(caveat):
    return re.findall(r'(\w+) (?:requires|and) (\w+)[,:]', caveat['text']['en'])[0]


def words(t):
    for name, rows, errors in ERRORS:
        with t.case(f'error: {name}'):
            done = t.run('check', case_of(t, rows), '--diagnostics', 'json')
            same(done.status, INVALID, 'status')
            found = [d for d in done.diagnostics() if d['severity'] == 'error']
            same([(d['line'], d['at'], d['code']) for d in found], [e[:3] for e in errors], 'errors')
            lines = ('\n' + HEADER + '\n' + '\n'.join(rows)).split('\n')
            for d, e in zip(found, errors):
                same(d['column'], [i + 1 for i, c in enumerate(lines[d['line']]) if c == '"'][0 if d['at'] == 'requires' else 2], 'column')
                want(e[3] in d['detail'], d['detail'])
            same(t.run('plan', case_of(t, rows)).status, INVALID, 'status of plan')
    for name, rows, expected in SAID:
        with t.case(f'said: {name}'):
            answer = t.run('check', case_of(t, rows), '-f', 'json').json()
            found = {(c['code'], *ids(c)) for c in answer['caveats'] if c['code'] in ('C4111', 'C4119')}
            same(found, expected, 'caveats')
    with t.case('Chinese heads, an id with a sign in it'):
        rows = ['甲、乙,a,markets,2024-12,100,t/a,,', '丙,b,markets,2024-12,100,t/a,甲、乙,', '丁,c,markets,2024-12,100,t/a,无,丙']
        answer = t.run('check', case_of(t, rows, header='编号,名称,分组,竣工时间,减排量,单位,前置措施,互斥措施'), '-f', 'json').json()
        same([ids(c) for c in answer['caveats'] if c['code'] == 'C4119'], [('丁', '丙')], 'caveats')
    with t.case('too many are named'):
        every = '、'.join(f'M{i}' for i in range(1, 201))
        done = t.run('check', case_of(t, [f'M{i},m,markets,2024-12,1,t/a,1,1,9,,,,,"{every}"' for i in range(1, 201)]), '--diagnostics', 'json')
        same((done.status, [d['code'] for d in done.diagnostics() if d['severity'] == 'error']), (INVALID, ['E3983']), 'errors')


# --- routes by every subset ---

def one(rng, i, count):
    m = {'id': f'M{i}', 'activity': rng.choice(['外购电力', '天然气']), 'reduction': rng.choice([0, 100, 1500, 3000, rng.randint(1, 6000)]), 'capex': rng.randint(0, 400),
         'life': rng.choice([5, 8, 10, 20]), 'opex': rng.randint(-20, 20), 'status': rng.choice(['', '', '', '', 'started', 'done']), 'owner': rng.choice(['', '设备部', '动力部']),
         'requires': set(), 'excludes': set()}
    for _ in range(rng.randint(0, 2)):
        other = rng.randint(1, count)
        if other < i:
            m[rng.choice(['requires', 'excludes'])].add(f'M{other}')
    m['excludes'] -= m['requires']
    return m


def written(m):
    return (f'{m["id"]},m,markets,2024-12,{m["reduction"]},t/a,{m["capex"]},{m["opex"]},{m["life"]},{m["activity"]},{m["status"]},{m["owner"]},'
            f'{"、".join(sorted(m["requires"]))},{"；".join(sorted(m["excludes"]))}')


def yearly(m):
    return 10000 * (Fraction(m['capex'], m['life']) + m['opex'])


def parts(chosen):
    """Of each its share of what those before it leave."""
    left, part = dict(BASE), {}
    for m in chosen:
        took = Fraction(left[m['activity']]) * m['reduction'] / BASE[m['activity']]
        left[m['activity']] -= took
        part[m['id']] = took
    return part


def kilograms(chosen):
    return int(sum(parts(chosen).values()) * 1000 + Fraction(1, 2))


def lawful(chosen, measures, budget):
    """By the words of tanhe-plan(1)."""
    ids = {m['id'] for m in chosen}
    decided = {m['id'] for m in measures if m['status']}
    pairs = {frozenset((m['id'], other)) for m in measures for other in m['excludes']}
    possible = {m['id'] for m in measures if m['status'] or not any(frozenset((m['id'], d)) in pairs for d in decided)}
    grows = True
    while grows:
        without = {m['id'] for m in measures if m['id'] in possible and not m['status'] and m['requires'] - possible}
        possible -= without
        grows = bool(without)
    for m in chosen:
        if (m['requires'] & (possible if m['status'] else m['requires'])) - ids:
            return False
    if any(pair <= ids and not pair <= decided for pair in pairs) or not decided <= ids:
        return False
    return budget is None or sum(m['capex'] for m in chosen if not m['status']) <= budget


def subsets(measures, budget):
    for chosen in itertools.chain.from_iterable(itertools.combinations(measures, n) for n in range(len(measures) + 1)):
        if lawful(chosen, measures, budget):
            yield chosen


def near(found, expected, what):
    want(abs(Fraction(found) - expected) < Fraction(1, 10000), f'{what}: found {found}, expected {float(expected)}')


def owners(found, measures, chosen):
    part = parts(chosen)
    for row in found:
        own = [m for m in chosen if m['owner'] == row.get('owner', '')]
        same(row['measures'], len(own), 'measures of ' + row.get('owner', '-'))
        same(row['investment'], sum(10000 * m['capex'] for m in own), 'investment')
        near(row['cost'] - row['benefit'], sum((yearly(m) for m in own), Fraction(0)), 'net cost')
        near(row['saves'], sum((part[m['id']] for m in own), Fraction(0)), 'tonnes')
    same(sum(row['measures'] for row in found), len(chosen), 'measures of all')


def contradicts(measures):
    """Does one rest on two that exclude each other?"""
    by = {m['id']: m for m in measures}
    rests = {}
    for m in measures:  # what is named stands before
        rests[m['id']] = {m['id']}.union(*(rests[r] for r in m['requires']))
    return any(other in rest for rest in rests.values() for i in rest for other in by[i]['excludes'])


def agree(t, seed):
    rng = random.Random(seed)
    count = rng.randint(2, 7)
    measures = [one(rng, i, count) for i in range(1, count + 1)]
    while sum(m['reduction'] for m in measures if m['activity'] == '天然气') > 20000:
        measures.pop()
    folder = case_of(t, [written(m) for m in measures])
    if contradicts(measures):
        same([d['code'] for d in t.run('check', folder, '--diagnostics', 'json').diagnostics() if d['severity'] == 'error'][:1], ['E3975'], 'error')
        return
    budget = rng.randint(0, sum(m['capex'] for m in measures) + 1)
    unit, amount = rng.choice([('万元', f'{budget}'), ('元', f'{budget * 10000}'), ('亿元', f'{budget / 10000:.4f}')])
    done = t.run('plan', folder, '--route', f'budget={amount}{unit}', '-f', 'json')
    answer, sets = done.json()['route'], list(subsets(measures, budget))
    same(answer['budget'], budget * 10000, 'the budget in yuan')
    if not sets:
        same((done.status, answer['verdict']), (1, 'impossible'), 'no set')
    else:
        most = max(kilograms(c) for c in sets)
        least = min(sum(yearly(m) for m in c) for c in sets if kilograms(c) == most)
        chosen = [m for m in measures if m['id'] in answer['measures']]
        same((done.status, answer['verdict'], kilograms(chosen)), (0, 'optimal', most), 'status, verdict, kilograms')
        near(answer['cost'], least, 'cost')
        want(lawful(chosen, measures, budget), f'not lawful: {answer["measures"]}')
        same(answer['investment'], sum(10000 * m['capex'] for m in chosen if not m['status']), 'investment')
        owners(answer['owners'], measures, chosen)
    done = t.run('plan', folder, '--route', 'one', '-f', 'json')  # 45,000 t of 60,000 t
    answer, sets = done.json()['route'], list(subsets(measures, None))
    enough = [c for c in sets if sum(parts(c).values()) >= 15000]
    verdict = 'optimal' if enough else 'unreachable' if sets else 'impossible'
    same((done.status, answer['verdict']), (0 if enough else 1, verdict), 'route to the phase')
    if enough:
        near(answer['cost'], min(sum(yearly(m) for m in c) for c in enough), 'cost of the phase')
    elif sets:
        same(kilograms([m for m in measures if m['id'] in answer['measures']]), max(kilograms(c) for c in sets), 'the most')


def budgets(t):
    rows = [row(1), row(2)]
    for text in ('500', '万元', '-5万元', '5 t', '1,000万元x', '', '5万元/a', 'many'):
        with t.case(f'no budget: {text}'):
            done = t.run('plan', case_of(t, rows), '--route', f'budget={text}', '--diagnostics', 'json')
            same((done.status, [d['code'] for d in done.diagnostics() if d['severity'] == 'error']), (USAGE, ['E6015']), 'error')
    for text, yuan in (('500万元', 5000000), ('预算=500万元', 5000000), ('5,000,000 元', 5000000), ('0.05亿元', 5000000), ('0元', 0), ('123456.78元', '123456.78')):
        with t.case(f'the budget {text}'):
            option = text if text.startswith('预算') else f'budget={text}'
            same(str(t.run('plan', case_of(t, rows), '--route', option, '-f', 'json').json()['route']['budget']), str(yuan), 'yuan')
    with t.case('what is required costs, and saves nothing'):
        rows = ['M1,充电桩,markets,2024-12,0,t/a,60,1,10,,,,,', 'M2,电动叉车,markets,2024-12,300,t/a,50,1,10,天然气,,,M1,']
        folder = case_of(t, rows)
        found = [t.run('plan', folder, '--route', f'budget={b}万元', '-f', 'json').json()['route'] for b in (109, 110)]
        same([f['measures'] for f in found], [[], ['M1', 'M2']], 'measures for 109 and for 110')
    with t.case('what is required has no cost'):
        rows = ['M1,a,markets,2024-12,10,t/a,,,,,,,,', 'M2,b,markets,2024-12,300,t/a,50,1,10,天然气,,,M1,', 'M3,c,markets,2024-12,100,t/a,50,1,10,天然气,,,M2,']
        done = t.run('plan', case_of(t, rows), '--route', 'budget=900万元', '-f', 'json')
        same(done.json()['route']['left_out'], [{'measure': 'M2', 'requires': 'M1'}, {'measure': 'M3', 'requires': 'M2'}], 'left out')
        text = t.run('--lang', 'zh', 'plan', 'routes', '--route', 'budget=900万元').text
        want('M2 未参加组合：其前置措施 M1 未参加' in text, text[:500])
    with t.case('nothing to compute a path with'):
        folder = case_of(t, [row(1)])
        t.write('routes/assumptions.csv', 'param,value,unit,source\n')
        done = t.run('plan', folder, '--route', 'budget=1万元', '-f', 'json')
        same((done.status, done.json()['route']['verdict']), (4, 'undetermined'), 'verdict')


def run(t):
    words(t)
    budgets(t)
    for seed in range(1, 26):
        with t.case(f'every subset, {seed}'):
            agree(t, seed)


def long(t):
    for seed in range(1000, 1150):
        with t.case(f'every subset, {seed}'):
            agree(t, seed)
