# SPDX-License-Identifier: GPL-3.0-or-later
"""A bridge adds up: over random pairs the causes and the remainder are the difference to the last digit, and from B to A each is minus what it is from A to B; the shares are
those of a second program in exact fractions; what was changed is the cause that is named."""
import itertools
import json
import os
import random
import re
import shutil
from decimal import Decimal
from fractions import Fraction as F

from .harness import DATA, INVALID, OK, ROOT, USAGE, change_factor, other_factors, rows, same, shipped_pack, want, with_digit

EXAMPLES = os.path.join(ROOT, 'examples')
CAUSES = {'activity': 'Activity: ', 'factor': 'Factor', 'gwp': 'GWP', 'method': 'Method: ', 'boundary': 'Boundary: ', 'new': 'New lines', 'dropped': 'Dropped lines', 'data': 'Data at fault: ',
          'rest': 'Remainder', 'change': 'Change'}
HEADER = 'period,site,source,activity,quantity,unit,factor'


def number(text):
    return Decimal(text.replace(',', ''))


def bridge(t, *args, status=1):
    """The causes of the one bridge that is printed."""
    done = t.run('diff', *args, '--lang', 'en')
    same((done.status, done.errors), (status, ''), f'diff {" ".join(args)}\n{done.text}')
    found = {}
    for name, label in CAUSES.items():
        values = re.findall(rf'^ *{re.escape(label)}.*?  +([-+]?[\d,]+\.\d{{9}})$', done.text, re.M)
        same(len(values), 1, f'{name} in\n{done.text}')
        found[name] = number(values[0])
    found['text'] = done.text
    as_json(t, found, *args, status=status)
    return found


def as_json(t, found, *args, status):
    """The same in JSON, the same bytes in either language: tonnes, whose causes and remainder are the change."""
    done = [t.run('diff', *args, '-f', 'json', '--lang', lang) for lang in ('zh', 'en')]
    same((done[0].status, done[0].errors, done[0].out), (status, '', done[1].out), f'diff {" ".join(args)} -f json')
    made = json.loads(done[0].out, parse_float=Decimal, parse_int=Decimal)
    same(made['result']['code'], 'differs' if status else 'equal', 'result')
    year = made['years'][0]
    masses = {cause['id']: cause['value'] * 1000 for cause in year['causes']}
    same({**masses, 'rest': year['remainder'] * 1000, 'change': year['change'] * 1000}, {name: found[name] for name in CAUSES}, found['text'])
    same(year['to']['gross'] - year['from']['gross'], year['change'], 'the change')
    same(sum(a['change'] for a in year['activities']) * 1000, year['change'] * 1000 - masses['data'], 'by activity')
    same([year['from']['gross'], year['to']['gross']], [Decimal(n) for n in re.findall(r'^ *(?:From|To) .*?: (-?[\d.]+) t CO2e$', found['text'], re.M)[:2]], 'ends')


def adds_up(found):
    same(sum(found[name] for name in CAUSES if name != 'change'), found['change'], f'the sum of the causes in\n{found["text"]}')
    want(abs(found['rest']) <= Decimal('0.000000004'), f'a remainder of {found["rest"]}')


def turned(found, back):
    """From B to A."""
    for name in CAUSES:
        other = {'new': 'dropped', 'dropped': 'new'}.get(name, name)
        same(back[other], -found[name], f'{name}, turned round\n{found["text"]}\n{back["text"]}')


def shapley(before, after):
    """Shares of quantity, factor and potential in the change of their product."""
    share = [F(0)] * 3
    for order in itertools.permutations(range(3)):
        now = list(before)
        for which in order:
            old = now[0] * now[1] * now[2]
            now[which] = after[which]
            share[which] += (now[0] * now[1] * now[2] - old) / 6
    return share


def gross(t, *args):
    return sum((year['totals']['gross'] for year in t.account(*args)['years']), Decimal(0)) * 1000


def random_lines(r):
    """Lines of some sites, sources and activities, no two alike."""
    lines = {}
    for _ in range(r.randint(1, 25)):
        activity, units = r.choice([('电', ['kWh', 'MWh', '万kWh']), ('天然气', ['Nm3', '万Nm3']), ('柴油', ['t', 'kg']), ('R410A补充', ['kg']), ('烟煤', ['t', '万t']), ('人工林', ['ha'])])
        key = (r.choice(['2023', '2023-01', '2023-02', '2023-02-03/2023-03-04']), r.choice(['甲', '乙', '']), r.choice(['', '1#']), activity)
        lines[key] = (f'{r.randint(1, 10 ** r.randint(1, 7))}.{r.randint(0, 999)}', r.choice(units))
    return lines


def written(lines):
    return rows(*(','.join([*key, *value, '']) for key, value in lines.items()), header=HEADER)


def changed(r, lines):
    other = dict(random_lines(r)) if r.random() < 0.1 else {**random_lines(r), **lines} if r.random() < 0.3 else dict(lines)
    for key in list(other):
        if r.random() < 0.3:
            other[key] = (f'{r.randint(1, 10 ** 6)}', other[key][1])
        elif r.random() < 0.1 and len(other) > 1:
            del other[key]
    return other


def pairs(t):
    for seed in range(25):
        with t.case(f'random pair {seed}'):
            r = random.Random(seed)
            before = random_lines(r)
            after = changed(r, before)
            t.write('a.csv', written(before))
            t.write('b.csv', written(after))
            more = r.choice([[], ['--gwp', 'AR6'], ['--profile', 'mee-national']])
            a, b = gross(t, 'a.csv'), gross(t, 'b.csv', *more)
            t.run('account', 'b.csv', *more, '-f', 'json', '-o', 'b.json')
            status = t.run('diff', 'a.csv', 'b.json').status
            found = bridge(t, 'a.csv', 'b.json', status=status)
            adds_up(found)
            same(found['change'], b - a, 'the change')
            kept = {'--gwp': ('factor',), '--profile': ('gwp',)}.get((more or [''])[0], ('factor', 'gwp', 'method')) # the profile has the same GWP set
            same([name for name in kept if found[name]], [], f'what is the same in both, with {more}')
            turned(found, bridge(t, 'b.json', 'a.csv', status=status))


def shares(t):
    """Three causes at once, by a second program: a line of methane by factors of one's own, 3 kg and 7 kg for a unit, GWP of AR4 and AR5 (25 and 28)."""
    for seed in range(6):
        with t.case(f'shares {seed}'):
            r = random.Random(seed)
            quantities, factors = [F(r.randint(1, 10 ** 6), 100) for _ in range(2)], [F(r.randint(1, 999), 1000) for _ in range(2)]
            for i, name in enumerate('ab'):
                t.write(f'{name}/factors.csv', f'id,gas,value,unit,source,activity,scope\nown,CH4,{float(factors[i])},kg/kg,me,leak,1\n')
                t.write(f'{name}/inventory.csv', rows(f'2023,leak,{float(quantities[i])},kg,own', header='period,activity,quantity,unit,factor'))
                t.write(f'{name}/case.csv', 'fact,value\nname,x\n')
                t.run('account', name, '--gwp', ('AR4', 'AR5')[i], '-f', 'json', '-o', f'{name}.json')
            for order in ('ab', 'ba'):
                found = bridge(t, f'{order[0]}.json', f'{order[1]}.json', order[0], order[1])
                adds_up(found)
                i, k = (0, 1) if order == 'ab' else (1, 0)
                gwp = [F(25), F(28)]
                expected = shapley((quantities[i], factors[i], gwp[i]), (quantities[k], factors[k], gwp[k]))
                for name, share in zip(('activity', 'factor', 'gwp'), expected, strict=True):
                    want(abs(F(found[name]) - share) <= F(1, 10 ** 9), f'{name}: {found[name]}, expected {float(share)}')
    with t.case('by hand'):
        # 100 kWh at 0.5, then 200 kWh at 0.6: activity (0.5 + 0.6) / 2 x 100 = 55 kg, factor (100 + 200) / 2 x 0.1 = 15 kg, together 120 - 50 = 70.
        for name, quantity, factor in (('a', 100, 0.5), ('b', 200, 0.6)):
            t.write(f'{name}/factors.csv', f'id,gas,value,unit,source,activity\nx-power,CO2,{factor},kg/kWh,me,electricity\n')
            t.write(f'{name}/inventory.csv', rows(f'2023,电,{quantity},kWh,x-power', header='period,activity,quantity,unit,factor'))
        found = bridge(t, 'a', 'b')
        same([found[n] for n in ('activity', 'factor', 'change')], [55, 15, 70], found['text'])
        want('x-power' in found['text'] and ' 0.5 ' in found['text'], 'the factor is not named')


def causes(t):
    t.write('a.csv', rows('2023,甲,,电,1,MWh,', '2023,甲,,柴油,1,t,', header=HEADER))

    def only(name, *args, text=None):
        found = bridge(t, *args)
        adds_up(found)
        same([n for n in CAUSES if found[n] and n != 'change'], name if isinstance(name, list) else [name], found['text'])
        want(text is None or text in found['text'], found['text'])
        return found
    with t.case('each cause alone'):
        t.write('b.csv', rows('2023,甲,,电,2,MWh,', '2023,甲,,柴油,1,t,', header=HEADER))
        only('activity', 'a.csv', 'b.csv')
        t.write('b.csv', rows('2023,甲,,电,1000,kWh,', '2023,甲,,柴油,1000,kg,', header=HEADER))
        bridge(t, 'a.csv', 'b.csv', status=OK)
        t.write('b.csv', rows('2023,甲,,电,1,MWh,', '2023,甲,,柴油,1,t,', '2023,甲,2#,电,1,MWh,', header=HEADER))
        same(only('new', 'a.csv', 'b.csv')['new'], Decimal('573.7'), 'kg of 1 MWh by grid-shanghai-2023, 0.5737 kg/kWh')
        only('dropped', 'b.csv', 'a.csv')
        t.write('b.csv', rows('2023,甲,,电,1,MWh,', '2023,甲,,柴油,1,t,', '2023,乙,,电,1,MWh,', header=HEADER))
        only('boundary', 'a.csv', 'b.csv')
        t.write('b.csv', rows('2023,甲,,电,1,MWh,', '2023,甲,,柴油,1,t,', '2023,甲,,酒店住宿,5,间夜,', header=HEADER))
        only('boundary', 'a.csv', 'b.csv')
        t.write('b.csv', rows('2023,甲,,电,1,MWh,', '2023,甲,,柴油,40,GJ,', header=HEADER))
        only('method', 'a.csv', 'b.csv')
        t.run('account', 'a.csv', '--gwp', 'AR6', '-f', 'json', '-o', 'b.json')
        only('gwp', 'a.csv', 'b.json')
        text = open(t.path('b.json'), encoding='utf-8').read()
        t.write('c.json', re.sub(r'"gross": (\d)', r'"gross": 1\1', text))
        only('data', 'b.json', 'c.json')
    with t.case('another factor set'):
        data = shutil.copytree(DATA, t.path('data'))
        with open(os.path.join(data, 'factors', 'grid.csv'), encoding='utf-8', newline='') as f:
            text = f.read()
        row = next(line for line in text.splitlines() if line.startswith('grid-shanghai-2023,'))
        with open(os.path.join(data, 'factors', 'grid.csv'), 'w', encoding='utf-8', newline='') as f:
            f.write(text.replace(row, row.replace('0.5737', '0.5747')))
        same(only('factor', 'a.csv', 'a.csv', '--data-of-second', data, text='grid-shanghai-2023')['factor'], 1, 'kg of 1 MWh at 0.001 kg/kWh more')
        same(only('factor', 'a.csv', 'a.csv', '--data-of-first', data)['factor'], -1, 'the other way round')
    with t.case('a parameter of a factor, in words and as JSON'):
        case, data = os.path.join(EXAMPLES, 'enterprise'), shutil.copytree(DATA, t.path('other-parameter'))
        used = next(f for f in t.run('account', case, '-f', 'json').json()['factors'] if f.get('parameters'))
        name, value = next(iter(used['parameters'].items()))
        change_factor(data, used)
        done = t.run('diff', case, case, '--data-of-second', data, '-f', 'json').json()
        same([(f['id'], f['from']['parameters'], f['to']['parameters']) for f in done['factors']], [(used['id'], {name: value}, {name: Decimal(with_digit(str(value)))})], 'what differs')
        want(f'{name} {with_digit(str(value))}' in bridge(t, case, case, '--data-of-second', data)['text'], 'in words')
    with t.case('a fault of the second, after as many findings of the first'):
        t.write('w.csv', rows('2023,甲,,电,1,MWh,,', header=HEADER + ',supplier'))
        t.write('e.csv', rows('2023,甲,,电,1 2 x,MWh,', header=HEADER))
        for args in ((), ('-f', 'json')):
            done = t.run('diff', 'w.csv', 'e.csv', *args, '--lang', 'en')
            same((done.status, 'e.csv:2:11: error E2211' in done.errors), (INVALID, True), done.errors)
    with t.case('another rule pack, other parameters'):
        case, params = os.path.join(EXAMPLES, 'enterprise'), os.path.join(EXAMPLES, 'params-illustrative.csv')
        t.run('check', case, '-f', 'json', '-o', 'a.json')
        t.run('check', case, '--params', params, '-f', 'json', '-o', 'b.json')
        found = bridge(t, 'a.json', 'b.json', case, params)
        same(found['change'], 0, 'emissions')
        want('4.3-req5' in found['text'] and 'They differ.' in found['text'], found['text'])
        pack = shipped_pack()
        pack['id'], pack['version'] = 'other', '9'
        del pack['requirements'][-1], pack['coverage']
        t.write('other.json', json.dumps(pack))
        t.run('check', case, '--rules', t.path('other.json'), '-f', 'json', '-o', 'c.json')
        found = bridge(t, 'a.json', 'c.json', case, 'other.json')
        want('other 9' in found['text'], found['text'])
        bridge(t, 'a.json', 'a.json', case, status=OK)


def packs(t):
    """One case under the rules of two schemes, whose profiles are others, too: both are named, and each requirement of either, once."""
    t.write('two/case.csv', 'fact,value\nname,x\ncategory,park\ntarget,peak\n')
    t.write('two/inventory.csv', rows('2025,电,1000,MWh', '2025,热力,100,GJ', '2025,柴油,1,TJ', header='period,activity,quantity,unit'))
    names = ('shanghai-2022-189', 'ndrc-2025-910')
    made = [t.run('check', 'two', '--rules', name, '-f', 'json', '-o', f'{name}.json').status for name in names]
    with t.case('the rules of two schemes'):
        want(set(made) <= {1, 4}, made)
        found = bridge(t, *(f'{name}.json' for name in names), 'two')
        adds_up(found)
        turned(found, bridge(t, *(f'{name}.json' for name in reversed(names)), 'two'))
        # 1000 MWh at 0.5737 and 0.8325 kg/kWh; CH4 and N2O of 1 TJ of diesel, 3 and 0.6 kg at 28 and 265, are in one of them alone.
        same((found['factor'], found['dropped']), (Decimal(258800), -Decimal('243')), found['text'])
        told = t.run('diff', *(f'{name}.json' for name in names), 'two', '-f', 'json').json()
        same({b['kind']: (b['from']['id'], b['to']['id']) for b in told['basis']}, {'rules': names, 'profile': ('mee-provincial', names[1])}, 'basis')
        asked = [[r['id'] for r in json.loads(open(t.path(f'{name}.json'), encoding='utf-8').read())['requirements']] for name in names]
        same([(r['id'], 'from' in r, 'to' in r) for r in told['requirements']], [(r, True, False) for r in asked[0]] + [(r, False, True) for r in asked[1]], 'requirements')
    with t.case('a check of files with errors has no account to compare'):
        t.write('two/inventory.csv', rows('2025,电,1000,MWh', '2025,柴油,x,t', header='period,activity,quantity,unit'))
        same(t.run('check', 'two', '-f', 'json', '-o', 'bad.json').status, INVALID, 'status')
        for pair in (('bad.json', f'{names[0]}.json'), (f'{names[0]}.json', 'bad.json')):
            done = t.run('diff', *pair, 'two', '--diagnostics', 'json')
            same((done.status, [d['code'] for d in done.diagnostics()], done.out), (INVALID, ['E6028'], b''), pair)


def any_factor(t):
    """Whichever factor of the data is another one: it is named, and the whole change is under factor."""
    case, data, moved = os.path.join(EXAMPLES, 'enterprise'), t.path('any-data'), 0
    before = json.loads(t.run('account', case, '-f', 'json').out)
    for seed, (used, _) in enumerate(other_factors(data, before, 12)):
        with t.case(f'any factor {seed}: {used["id"]} {used["gas"]}'):
            change = gross(t, case, '-D', data) - gross(t, case)
            found = bridge(t, case, case, '--data-of-second', data)
            adds_up(found)
            same([name for name in CAUSES if name not in ('factor', 'change') and found[name]], [], found['text'])
            same((found['change'], found['factor']), (change, change), found['text'])
            want(used['id'] in found['text'], f'{used["id"]} is not named in {found["text"]}')
            moved += change != 0
    with t.case('any factor: most of them move the total'):
        want(moved >= 6, f'{moved} of 12')


def years(t):
    t.write('a.csv', rows('2022-01,甲,,电,1,MWh,', '2022-02,甲,,电,1,MWh,', header=HEADER))
    t.write('b.csv', rows('2023-01,甲,,电,1,MWh,', '2023-02,甲,,电,3,MWh,', header=HEADER))
    with t.case('a year against another, month by month'):
        found = bridge(t, 'a.csv', 'b.csv')
        adds_up(found)
        # January stays, February is three times: 2 MWh x (0.5849 + 0.5737) / 2 kg/kWh; both factors are in the data, and the rest is theirs.
        want(found['activity'] > 0 and found['new'] == found['dropped'] == 0, found['text'])
        same(bridge(t, 'a.csv', 'b.csv', '--years', '2022,2023')['change'], found['change'], 'said')
    t.write('c.csv', rows('2022-01,甲,,电,1,MWh,', '2023-01,甲,,电,1,MWh,', '2024-01,甲,,电,1,MWh,', '2024/2025,甲,,柴油,1,t,', header=HEADER))
    with t.case('several years, one by one'):
        done = t.run('diff', 'c.csv', 'c.csv', '--lang', 'en')
        same((done.status, re.findall(r'From +c.csv, (\d+)', done.text)), (OK, ['2022', '2023']), done.text)
        done = t.run('diff', 'a.csv', 'c.csv', '--lang', 'en')
        same((done.status, re.findall(r'From +a.csv, (\d+)', done.text)), (1, ['2022']), done.text)
    with t.case('what cannot be compared'):
        t.write('d.csv', rows('2019-01,甲,,柴油,1,t,', '2018-01,甲,,柴油,1,t,', header=HEADER))
        for args in (['d.csv', 'b.csv'], ['a.csv', 'b.csv', '--years', '2022,2022']):
            done = t.run('diff', *args, '--diagnostics', 'json')
            same((done.status, [d['code'] for d in done.diagnostics() if d['severity'] == 'error'], done.out), (INVALID, ['E6025'], b''), args)
        for args in (['a.csv'], [], ['a.csv', 'b.csv', '--years', '2022'], ['a.csv', 'b.csv', '--years', 'x,2023']):
            same(t.run('diff', *args).status, USAGE, args)
        done = t.run('diff', 'd.csv', 'b.csv', '-f', 'json')
        made = json.loads(done.out)
        same((done.status, made['schema'], made['command'], made['status'], made['diagnostics'][0]['code']), (INVALID, 'tanhe.error/1', 'diff', INVALID, 'E6025'), done.text)
        same(json.loads(t.run('diff', 'a.csv', '-f', 'json').out)['status'], USAGE, 'one operand')
        same(t.run('diff', 'a.csv', 'b.csv', '-f', 'csv').status, USAGE, 'another format')
        same(t.run('diff', 'a.csv', 'b.csv', '-o', 'a.csv').status, USAGE, 'over an input')
        want('2022-01' in open(t.path('a.csv'), encoding='utf-8').read(), 'the inventory is gone')


def examples(t):
    cases = ('region', 'park', 'community', 'building', 'enterprise')
    for first, second in zip(cases, cases[1:] + cases[:1]):
        with t.case(f'{first} and {second}'):
            found, folders = None, [os.path.join(EXAMPLES, name) for name in (first, second)]
            done = t.run('diff', *folders)
            years = '' if done.status != INVALID else 'apart'
            more = [] if not years and done.text.count('From ') < 3 else ['--years', '2023,2023']
            found = bridge(t, *folders, *more)
            adds_up(found)
            turned(found, bridge(t, *reversed(folders), *more))
    with t.case('totals beside the gross emissions: what only they tell is no equality'):
        for name, instrument in (('grid', ''), ('direct', 'zcp910-elec-direct')):
            t.write(f'{name}.csv', f'period,activity,quantity,unit,instrument\n2025,electricity,1000,MWh,\n2025,electricity,400,MWh,{instrument}\n')
            t.run('account', f'{name}.csv', '--profile', 'ndrc-2025-910', '-f', 'json', '-o', f'{name}.json')
        done = t.run('diff', 'grid.json', 'direct.json', '-f', 'json')
        made = json.loads(done.out)
        same((done.status, made['result']['code'], made['years'][0]['change']), (1, 'differs', 0), 'result')
        # 1,400 and 1,000 MWh x 0.8325 t/MWh
        same([(x['id'], x.get('from'), x.get('to')) for x in made['years'][0]['totals']], [('profile_total', 1165.5, 832.5), ('scope2_market', None, 832.5)], 'totals')
        text = t.run('--lang', 'zh', 'diff', 'direct.json', 'grid.json').text
        want(re.search(r'园区碳排放总量（910号附件4） +832.5 +1165.5', text) and '两者不同' in text, text)
        same(t.run('diff', 'grid.json', 'grid.json').status, OK, 'with itself')
    with t.case('however a path is typed, the same JSON'):
        case, folder = shutil.copytree(os.path.join(EXAMPLES, 'park'), t.path('park')), os.path.join(EXAMPLES, 'enterprise')
        t.run('check', case, '-f', 'json', '-o', 'r.json')
        made = [t.run('diff', *words, '-f', 'json').out for words in (('r.json', folder, 'park'), ('./r.json', folder + '/', case), (t.path('r.json'), folder, 'park/'))]
        same(made[1:], [made[0]] * 2, 'the JSON')
        found = json.loads(made[0])
        same((found['from']['report']['file'], found['to']), ('r.json', {'file': 'enterprise'}), 'names')
        want(t.path('') not in made[0].decode(), 'a path')
    with t.case('in Chinese the same numbers'):
        folders = [os.path.join(EXAMPLES, 'enterprise'), os.path.join(EXAMPLES, 'building')]
        digits = [re.findall(r'[-+]?[\d,]+\.\d{9}', t.run('diff', *folders, '--lang', lang).text) for lang in ('zh', 'en')]
        same(digits[0], digits[1], 'numbers')


def run(t):
    pairs(t)
    shares(t)
    causes(t)
    packs(t)
    any_factor(t)
    years(t)
    examples(t)
