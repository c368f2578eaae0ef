# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a base year is to be stated anew: by hand for each reason, and over random cases: the reasons and the remainder are the change to the last digit, and what only later
years have restates nothing."""
import json
import os
import random
import re
import shutil
from decimal import Decimal

import jsonschema

from .harness import DATA, INVALID, OK, USAGE, rows, same, want

RESTATE, OPEN = 1, 4
HEADER = 'period,site,source,activity,quantity,unit,factor'
FACTS = 'fact,value\nname,甲公司\nbase_year,2021\n'
REASONS = ('joined', 'left', 'factor', 'gwp', 'method', 'activity', 'new', 'dropped', 'data')


def put(t, name, lines, threshold=None, factors='', facts=FACTS):
    t.write(f'{name}/inventory.csv', rows(*lines, header=HEADER))
    t.write(f'{name}/case.csv', facts)
    t.write(f'{name}/factors.csv', 'id,gas,value,unit,source,activity,scope\n' + (factors or 'own,CO2,0.5,kg/kg,me,leak,1\n'))
    path = t.path(f'{name}/assumptions.csv')
    if threshold is not None:
        t.write(f'{name}/assumptions.csv', f'param,value,unit,source\nrecalculation_threshold,{threshold},%,核算制度第3条\n')
    elif os.path.exists(path):
        os.remove(path)


def answer(t, status, *args):
    """The JSON, the same in either language, whose numbers add up and are those of the text."""
    done = [t.run('plan', 'now', '--recalculate', *args, '-f', 'json', '--lang', lang) for lang in ('zh', 'en')]
    same(done[0].status, status, f'{args}: {done[0].text}{done[0].errors}')
    same(done[1].out, done[0].out, 'in either language')
    made = json.loads(done[0].out, parse_float=Decimal, parse_int=Decimal)
    t.schema.validate(json.loads(done[0].out))
    same(made['result']['code'], {OK: 'stands', RESTATE: 'restate', OPEN: 'undetermined'}[status], 'result')
    found = {reason['id']: reason['value'] * 1000 for reason in made['reasons']}
    same(tuple(found), REASONS, 'reasons')
    same(sum(found.values()) + made['remainder'] * 1000, made['change']['value'] * 1000, 'the sum')
    same(made['now']['gross'] - made['then']['gross'], made['change']['value'], 'the change')
    text = t.run('plan', 'now', '--recalculate', *args, '--lang', 'en')
    same(text.status, status, 'status of the text')
    numbers = [Decimal(n.replace(',', '')) for n in re.findall(r' ([-+]?[\d,]+\.\d{9}) ', text.text.split('Above')[1])]
    same(numbers, [*found.values(), made['remainder'] * 1000, made['change']['value'] * 1000], text.text)
    page = t.run('plan', 'now', '--recalculate', *args, '--lang', 'en', '-f', 'md')
    same((page.status, [Decimal(n.replace(',', '')) for n in re.findall(r' ([-+]?[\d,]+\.\d{9}) ', page.text.split('Above')[1])]), (status, numbers), 'Markdown')
    return made, found


def only(found, **expected):
    same({k: v for k, v in found.items() if v}, expected, 'kg by reason')


def by_hand(t):
    old = ['2021,甲,,leak,100,kg,own', '2021,丙,,leak,20,kg,own']
    with t.case('nothing has changed, with and without a threshold'):
        put(t, 'old', old)
        put(t, 'now', old)
        made, found = answer(t, OK, 'old')
        only(found)
        same([m['id'] for m in made['missing']], ['recalculation_threshold'], 'missing')
        put(t, 'now', old, 0)
        same(answer(t, OK, 'old')[0]['missing'], [], 'missing')
    with t.case('a site joined, one left, another factor'):
        # 60 kg = 0.5 x (100 + 20); now 0.6 x 100 at 甲 (+10 by the factor), 0.6 x 40 at 乙 (+24, joined), 丙 gone (-10): 84.
        put(t, 'old', old)
        put(t, 'now', ['2021,甲,,leak,100,kg,own', '2021,乙,,leak,40,kg,own'], factors='own,CO2,0.6,kg/kg,me,leak,1\n')
        made, found = answer(t, OPEN, 'old')
        only(found, joined=Decimal(24), left=Decimal(-10), factor=Decimal(10))
        same([r.get('above') for r in made['reasons']], [None] * 9, 'nothing is above what is not known')
        same((made['then']['gross'], made['now']['gross'], made['reasons'][0]['percent']), (Decimal('0.06'), Decimal('0.084'), Decimal(40)), 'gross')
        put(t, 'now', ['2021,甲,,leak,100,kg,own', '2021,乙,,leak,40,kg,own'], '39.99999', factors='own,CO2,0.6,kg/kg,me,leak,1\n')
        made, found = answer(t, RESTATE, 'old')
        same([r['id'] for r in made['reasons'] if r['above']], ['joined'], 'above')
        same((made['threshold']['value'], made['threshold']['source'], made['threshold']['place']), (Decimal('39.99999'), '核算制度第3条', {'file': 'assumptions.csv', 'line': 2}), 'threshold')
        put(t, 'now', ['2021,甲,,leak,100,kg,own', '2021,乙,,leak,40,kg,own'], '40', factors='own,CO2,0.6,kg/kg,me,leak,1\n')
        same([r['above'] for r in answer(t, OK, 'old')[0]['reasons']], [False] * 9, '40 % is not above 40 %: together 40 %')
    with t.case('two that cancel are significant each'):
        put(t, 'old', old)
        put(t, 'now', ['2021,甲,,leak,100,kg,own', '2021,乙,,leak,20,kg,own'], 5)
        made, found = answer(t, RESTATE, 'old')
        only(found, joined=Decimal(10), left=Decimal(-10))
        same((made['change'], [r['id'] for r in made['reasons'] if r['above']]), ({'value': 0, 'percent': 0, 'above': False}, ['joined', 'left']), 'change')
    with t.case('several that are significant only together'):
        # 3 kg of 60 by a corrected quantity and 3 by a line that had been left out: 5 % each, 10 % together.
        put(t, 'old', old)
        put(t, 'now', ['2021,甲,,leak,106,kg,own', '2021,丙,,leak,20,kg,own', '2021,丙,2#,leak,6,kg,own'], 5)
        made, found = answer(t, RESTATE, 'old')
        only(found, activity=Decimal(3), new=Decimal(3))
        same((made['change']['above'], [r['above'] for r in made['reasons']]), (True, [False] * 9), 'only together')
    with t.case('by the last 1e-9 kg'):
        put(t, 'old', ['2021,甲,,leak,120,kg,own'])
        for more, status in (('6', OK), ('6.000000002', RESTATE)):
            put(t, 'now', [f'2021,甲,,leak,{120 + Decimal(more)},kg,own'], 5)
            answer(t, status, 'old')
    with t.case('another GWP set, another profile, a line taken out'):
        power = ['2021,甲,,电,1,MWh,', '2021,甲,,R410A补充,1,kg,', '2021,甲,,leak,2,kg,own']
        put(t, 'old', power)
        put(t, 'now', power, 1)
        # R410A is 0.5 HFC-32 and 0.5 HFC-125: AR5 677 and 3170 make 1923.5, AR6 771 and 3740 make 2255.5 kg.
        same(answer(t, RESTATE, 'old', '--gwp', 'AR6')[1]['gwp'], Decimal('332'), 'kg by the GWP')
        want(answer(t, RESTATE, 'old', '--profile', 'mee-national')[1]['factor'] != 0, 'by the profile')
        put(t, 'now', power[:-1], 1)
        only(answer(t, OK, 'old')[1], dropped=Decimal(-1))


def later(t):
    old = ['2021,甲,,leak,100,kg,own', '2021,丙,,leak,20,kg,own']
    for seed in range(12):
        with t.case(f'growth and decline restate nothing: {seed}'):
            r = random.Random(seed)
            put(t, 'old', old)
            more = [f'{year},{site},{source},leak,{r.randint(0, 10 ** r.randint(1, 9))},kg,own' for year in range(2022, 2022 + r.randint(1, 5)) for site in ('甲', '丙')
                    for source in r.sample(['', '1#', '2#'], r.randint(1, 3))]
            put(t, 'now', r.sample([*old, *more], len(old) + len(more)), r.choice([None, 0, 5]))
            made, found = answer(t, OK, 'old')
            only(found)
            same(made['sites'], [], 'sites')
    more = ['2022,甲,,leak,100,kg,own', '2022,乙,,leak,7,kg,own']
    for what, facts, sites in (('', '', [('丙', 'gone'), ('乙', 'appeared')]), ('began', '启用.乙,2022-03\n', [('丙', 'gone')]), ('ended', '停用.丙,2021-12\n', [('乙', 'appeared')]),
                               ('in use before the base year ended', '启用.乙,2020-03\n', [('丙', 'gone'), ('乙', 'appeared')]), ('both', '启用.乙,2022-03\n停用.丙,2022-01\n', [])):
        with t.case(f'a site of later years alone, one of the base year alone: {what}'):
            put(t, 'old', old)
            put(t, 'now', [*old, *more], 5, facts=FACTS + facts)
            made, found = answer(t, OPEN if sites else OK, 'old')
            only(found)
            same(sorted((s['site'], s['asked']['code']) for s in made['sites']), sorted(sites), 'sites')
            put(t, 'now', [*old, *more, '2021,甲,3#,leak,50,kg,own'], 5, facts=FACTS + facts)
            same(len(answer(t, RESTATE, 'old')[0]['sites']), len(sites), 'it is to be stated anew all the same')


def random_lines(r, sites):
    lines = {}
    for _ in range(r.randint(1, 20)):
        activity, units = r.choice([('电', ['kWh', 'MWh']), ('天然气', ['Nm3', '万Nm3']), ('柴油', ['t', 'kg']), ('R410A补充', ['kg']), ('烟煤', ['t'])])
        lines[(r.choice(['2021', '2021-01', '2021-02', '2022']), r.choice(sites), r.choice(['', '1#']), activity)] = (f'{r.randint(1, 10 ** r.randint(1, 6))}.{r.randint(0, 999)}', r.choice(units))
    lines[('2021', sites[0], '0#', '电')] = ('1', 'MWh')
    return lines


def pairs(t):
    for seed in range(20):
        with t.case(f'random pair {seed}'):
            r = random.Random(seed)
            before = random_lines(r, ['甲', '乙'])
            after = {**{k: v for k, v in before.items() if r.random() < 0.8}, **random_lines(r, r.choice([['甲', '丙'], ['甲', '乙']]))}
            written = [[','.join([*k, *v, '']) for k, v in lines.items()] for lines in (before, after)]
            put(t, 'old', written[0])
            put(t, 'now', written[1], r.choice([None, 0, '0.5', 10, 1000]))
            more = r.choice([[], ['--gwp', 'AR6'], ['--profile', 'mee-national']])
            status = t.run('plan', 'now', '--recalculate', 'old', *more).status
            made, _ = answer(t, status, 'old', *more)
            limit = made.get('threshold', {}).get('value')
            above = [abs(one['value']) * 100 > limit * made['then']['gross'] for one in [*made['reasons'], made['change']]] if limit is not None else [None] * 10
            same([one.get('above') for one in [*made['reasons'], made['change']]], above, 'above')
            want(status == (RESTATE if any(above) else OPEN if made['sites'] or (limit is None and any(one['value'] for one in made['reasons'])) else OK), f'{status} of {made}')
            t.run('account', 'old/inventory.csv', '--factors', 'old/factors.csv', '-f', 'json', '-o', 'old.json')
            report = answer(t, status, 'old.json', '--inputs', 'old', *more)[0]
            same([one['value'] for one in report['reasons']], [one['value'] for one in made['reasons']], 'from a report, the same')


def reports(t):
    old = ['2021,甲,,电,1,MWh,', '2021,甲,,leak,2,kg,own']
    put(t, 'old', old)
    put(t, 'now', old, 5)
    t.run('check', 'old', '-f', 'json', '-o', 'old/r.json')
    with t.case('a report of the earlier case, beside its files'):
        made, found = answer(t, OK, 'old/r.json')
        only(found)
        same((made['then']['report']['file'], made['then']['report']['schema'], made['now']['file']), ('r.json', 'tanhe.check/2', 'now'), 'names')
    with t.case('however paths are typed'):
        outs = [t.run('plan', case, '--recalculate', name, '-f', 'json').out for case, name in (('now', 'old/r.json'), ('./now/', './old/r.json'), (t.path('now'), t.path('old/r.json')))]
        same(outs[1:], [outs[0]] * 2, 'JSON')
    data = shutil.copytree(DATA, t.path('data'))
    with open(os.path.join(data, 'factors', 'grid.csv'), encoding='utf-8', newline='') as f:
        text = f.read()
    row = next(line for line in text.splitlines() if line.startswith('grid-shanghai-2022,'))
    value = row.split(',')[2]
    want(re.fullmatch(r'0\.\d{4}', value), row)
    with open(os.path.join(data, 'factors', 'grid.csv'), 'w', encoding='utf-8', newline='') as f:
        f.write(text.replace(row, row.replace(value, value + '9')))
    with t.case('a report made with another factor set, at hand and not'):
        lines = ['2022,甲,,电,1,MWh,', '2022,甲,,leak,2,kg,own']
        facts = FACTS.replace('2021', '2022')
        put(t, 'old', lines, facts=facts)
        put(t, 'now', lines, 5, facts=facts)
        t.run('-D', data, 'check', 'old', '-f', 'json', '-o', 'old/r.json')
        expected = Decimal('-0.09') # 1 MWh at 0.00009 kg/kWh less
        made, found = answer(t, OK, 'old/r.json', '--data-of-earlier', data)
        only(found, factor=expected)
        want('other' not in made['then'], 'it comes out')
        made, found = answer(t, OK, 'old/r.json')
        only(found, factor=expected)
        same(made['then']['other'], 'factor', 'it does not')
        made = json.loads(t.run('diff', 'old/r.json', 'now', '-f', 'json').out, parse_float=Decimal, parse_int=Decimal)
        same((made['from']['report'], made['from']['other'], [c['id'] for c in made['years'][0]['causes'] if c['value']]), (made['from']['report'], 'factor', ['factor']), 'diff likewise')
        same([b['kind'] for b in made['basis']], [], 'made again by one factor set')
    with t.case('a digit of the report is data at fault'):
        t.run('check', 'old', '-f', 'json', '-o', 'old/r.json')
        with open(t.path('old/r.json'), encoding='utf-8') as f:
            report = f.read()
        t.write('old/r.json', re.sub(r'"gross": (\d)', r'"gross": 1\1', report))
        found = answer(t, RESTATE, 'old/r.json')[1]
        same([k for k, v in found.items() if v], ['data'], 'reasons')
    with t.case('its files are gone'):
        t.write('old/r.json', report)
        t.write('old/inventory.csv', rows('2022,甲,,电,2,MWh,', header=HEADER))
        done = t.run('plan', 'now', '--recalculate', 'old/r.json', '--diagnostics', 'json')
        same((done.status, done.out, [d['code'] for d in done.diagnostics() if d['severity'] == 'error']), (INVALID, b'', ['E6035']), done.errors)


def refusals(t):
    put(t, 'old', ['2021,甲,,leak,100,kg,own'])
    put(t, 'now', ['2021,甲,,leak,100,kg,own'], 5)
    put(t, 'none', ['2021,甲,,leak,100,kg,own'], facts='fact,value\nname,x\n')
    put(t, 'other', ['2020,甲,,leak,100,kg,own'])
    t.write('page.md', '# x\n')

    def fails(status, code, *args):
        done = t.run(*args, '-f', 'json')
        made = json.loads(done.out)
        same((done.status, made['schema'], made['status']), (status, 'tanhe.error/1', status), done.text + done.errors)
        want(code is None or code in [d['code'] for d in made['diagnostics']], done.text)
    with t.case('what cannot be answered'):
        fails(INVALID, 'E6034', 'plan', 'none', '--recalculate', 'old')
        fails(INVALID, 'E6025', 'plan', 'now', '--recalculate', 'other')
        fails(USAGE, None, 'plan', 'now', '--inputs', 'old')
        fails(USAGE, None, 'plan', 'now', '--data-of-earlier', DATA)
        same(t.run('plan', 'now', '--recalculate', 'old', '-f', 'csv').status, USAGE, 'csv')
        same(t.run('plan', 'now', '--recalculate', 'old', '--brief').status, USAGE, 'brief')
        same(t.run('plan', 'now', '-f', 'md').status, USAGE, 'md of a plan')
        for value in ('-1', 'x'):
            put(t, 'now', ['2021,甲,,leak,100,kg,own'], value)
            same(t.run('plan', 'now', '--recalculate', 'old').status, INVALID, f'threshold {value}')
        put(t, 'now', ['2021,甲,,leak,100,kg,own'], 5)
        t.write('now/assumptions.csv', 'param,value,unit,source\n重算门槛,5,%,x\nrecalculation_threshold,6,%,x\n')
        same(t.run('plan', 'now', '--recalculate', 'old').status, INVALID, 'twice')
        t.write('now/assumptions.csv', 'param,value,unit,source\n重算门槛,5%,,x\n')
        same(answer(t, OK, 'old')[0]['threshold']['value'], Decimal(5), 'in Chinese')
    with t.case('no output over what is read'):
        t.run('check', 'old', '-f', 'json', '-o', 'r.json')
        names = ['r.json', 'old/inventory.csv', 'old/case.csv', 'now/inventory.csv', 'now/assumptions.csv']
        kept = {name: open(t.path(name), 'rb').read() for name in names}
        for name in names:
            same(t.run('plan', 'now', '--recalculate', 'r.json', '--inputs', 'old', '-o', name).status, USAGE, name)
        same({name: open(t.path(name), 'rb').read() for name in names}, kept, 'the inputs')
        same(t.run('plan', 'now', '--recalculate', 'r.json', '--inputs', 'old', '-o', 'out.md', '-f', 'md').status, OK, 'written')
        want('2021' in open(t.path('out.md'), encoding='utf-8').read(), 'the page')


def run(t):
    with open(os.path.join(DATA, 'schema', 'recalculation.schema.json'), encoding='utf-8') as f:
        t.schema = jsonschema.Draft202012Validator(json.load(f))
    by_hand(t)
    later(t)
    pairs(t)
    reports(t)
    refusals(t)
