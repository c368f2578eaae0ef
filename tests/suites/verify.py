# SPDX-License-Identifier: GPL-3.0-or-later
"""A report made again: equal where nothing changed, whatever the language and the options; else what changed is named. The program that
`verify --script` writes prints the totals of the report under Python alone."""
import copy
import json
import os
import random
import re
import shutil
import subprocess

from .harness import DATA, INVALID, OK, ROOT, USAGE, inside, other_factors, rows, same, shipped_pack, want

EXAMPLES = os.path.join(ROOT, 'examples')
CASES = ['region', 'park', 'community', 'building', 'enterprise', *('first/' + name for name in ('region', 'park', 'community', 'building', 'enterprise'))]
PARAMS = os.path.join(EXAMPLES, 'params-illustrative.csv')


def make(t, name, *args, **more):
    """A report of these words, written as `name`; its JSON."""
    done = t.run(*args, '-f', 'json', '-o', name, **more)
    want(done.status in (0, 1, 4), f'status {done.status} of {" ".join(args)}\n{done.errors[:1000]}')
    with open(t.path(name), encoding='utf-8') as f:
        return json.load(f)


def equal(t, *args, **more):
    done = t.run('verify', *args, **more)
    same((done.status, done.errors), (OK, ''), f'verify {" ".join(args)}\n{done.text}\n')
    want('equal' in done.text or '一致' in done.text, done.text)
    made = json.loads(t.run('verify', *args, '-f', 'json', **more).out)
    same((made['result']['code'], made['rests']['count'], made['results']['count'], 'doubt' in made), ('equal', 0, 0, False), 'as JSON')


def differs(t, *args, names=(), lacks=(), **more):
    """It ends with 1 and names each of these."""
    done = t.run('verify', *args, '--lang', 'en', **more)
    same(done.status, 1, f'status of verify {" ".join(args)}\n{done.text}{done.errors}')
    words = ' '.join(done.text.split())
    same([name for name in names if name not in words], [], f'not named in\n{done.text}')
    same([name for name in lacks if name in words], [], f'named in\n{done.text}')
    as_json(t, done.text, *args, **more)
    return done.text


def as_json(t, text, *args, **more):
    """The same as JSON, the same bytes in either language; each difference has its value in the report by its pointer."""
    done = [t.run('verify', *args, '-f', 'json', '--lang', lang, **more) for lang in ('zh', 'en')]
    same((done[0].status, done[0].errors, done[0].out), (1, '', done[1].out), 'verify -f json')
    made = json.loads(done[0].out)
    rests, results = made['rests'], made['results']
    same((made['result']['code'], 'doubt' in made), ('differs', rests['count'] == 0), 'result')
    want(made['result']['text']['en'] in ' '.join(text.split()), made['result'])
    with open(t.path(next(a for a in args if a.endswith('.json'))), encoding='utf-8') as f:
        report = json.load(f)
    for kind in (rests, results):
        same(len(kind['differences']), min(kind['count'], 20), 'differences')
        for one in kind['differences']:
            value = report
            for step in one['at'].split('/')[1:] if 'before' in one else ():
                value = value[int(step) if isinstance(value, list) else step.replace('~1', '/').replace('~0', '~')]
            want('before' not in one or one['before'].get('value', value) == value, f'{one} of {value!r}')


def examples(t):
    for case in CASES + ['region-2010-2020']:
        folder = os.path.join(EXAMPLES, case)
        for command in ('account', 'check', 'plan'):
            if case == 'region-2010-2020' and command == 'check':
                continue
            for lang, other in (('zh', 'en'), ('en', 'zh')):
                with t.case(f'{command} {case}, made with --lang {lang}'):
                    make(t, 'r.json', command, folder, '--lang', lang)
                    equal(t, 'r.json', folder, '--lang', other)
    folder = os.path.join(EXAMPLES, 'park-910')
    for args in (['account', '--profile', 'ndrc-2025-910'], ['check', '--rules', 'ndrc-2025-910'], ['check', '--rules', 'ndrc-2025-910', '--stage', 'accept'], ['plan', '--rules', 'ndrc-2025-910']):
        with t.case(f'park-910: {" ".join(args)}'):
            make(t, 'r.json', args[0], folder, *args[1:])
            equal(t, 'r.json', folder, '--lang', 'zh')


def printed(text):
    """The totals that the program prints: by year and name."""
    found = {}
    for year, name, value in re.findall(r'^(\d{4}) (.+) (-?[\d.]+) t CO2e', text, re.M):
        found.setdefault(year, {})[name] = value
    return found


def stated(text):
    """Those of a report, with the digits that it has."""
    report = json.loads(text, parse_float=str, parse_int=str)
    account = report.get('account', report)
    return {year['year']: {**year['totals'], **{f'{member} {name}': value for member in ('iso_14064_1', 'by_gas') for name, value in year[member].items()}}
            for year in account['years'] if 'totals' in year}


def program(t, report, *places):
    """The program of a report, under Python with nothing of its surroundings; what it prints and its status."""
    done = t.run('verify', report, *places, '--script', 'again.py')
    want(done.status in (0, 1), done.errors)
    ran = subprocess.run(['/usr/bin/python3', '-I', '-S', t.path('again.py')], capture_output=True, env={'LC_ALL': 'C.UTF-8'}, timeout=120, check=False)
    same(ran.stderr, b'', 'what Python says')
    return ran.stdout.decode('utf-8'), ran.returncode


def scripts(t):
    for case in CASES + ['region-2010-2020']:
        for command in ('account', 'check', 'plan'):
            if case == 'region-2010-2020' and command == 'check':
                continue
            with t.case(f'program of {command} {case}'):
                make(t, 'r.json', command, os.path.join(EXAMPLES, case))
                text, status = program(t, 'r.json', os.path.join(EXAMPLES, case))
                with open(t.path('r.json'), encoding='utf-8') as f:
                    expected = stated(f.read())
                want(expected, 'no totals')
                same((printed(text), status), (expected, 0), text[-300:])
    # Scope 2 of 2023 by hand: (1 - 0.5) MWh x 0.5737 t/MWh = 0.28685; 5 t x (2762.9 - 83.7) MJ/t = 13.396 GJ, x 0.11 t/GJ = 1.47356; half of 3 GJ (31 of 62 days)
    # x 0.11 = 0.165; together 1.92541. Waste, a gas at 20 degrees and percent are there for their terms.
    t.write('terms.csv', 'period,activity,quantity,unit,ncv,oxidation,carbon_content\n2020,食品垃圾填埋,1000.5,t,,,\n2023,电,１,MWh,,,\n2023,电,-0.5,MWh,,,\n'
            '2023,天然气,"1,000",m3@20C,,,\n2023,蒸汽,５,t,2762.9 - 83.7 kJ/kg,,\n2022-12/2023-01,热力,3,GJ,,,\n2023,烟煤,2,t,,0.98,60%\n2023,CCER,1,tCO2e,,,\n'
            '2023,人工林,1,ha,,,\n2023,生活垃圾焚烧,3,t,,,\n2021/2022,柴油,7,t,,,\n')
    with t.case('program of all kinds of terms'):
        make(t, 'r.json', 'account', 'terms.csv')
        text, status = program(t, 'r.json')
        with open(t.path('r.json'), encoding='utf-8') as f:
            same((printed(text), status), (stated(f.read()), 0), text)
        want('2023 scope2_location 1.92541 t' in text, text)
    with t.case('program of power under instruments'):
        t.write('public.csv', rows('2023,电,1000,kWh,绿电-1', '2023,电,500,kWh,', '2023,热力,3,GJ,', header='period,activity,quantity,unit,instrument'))
        t.write('green.csv', 'id,gas,value,unit,source\n绿电-1,CO2,0,kg/kWh,contract\n')
        make(t, 'r.json', 'account', 'public.csv', '--factors', 'green.csv', '--profile', 'public-institution')
        text, status = program(t, 'r.json')
        want(status == 0 and ' scope2_market ' in text and ' profile_total ' in text, text)
    with t.case('a total of the report that is another is seen by the program'):
        report = make(t, 'r.json', 'account', os.path.join(EXAMPLES, 'park'))
        report['years'][0]['totals']['scope3'] += 1
        t.write('r.json', json.dumps(report))
        text, status = program(t, 'r.json', os.path.join(EXAMPLES, 'park'))
        want(status == 1 and '; the report has ' in text, text)


def options(t):
    """Everything that decides a number is in the report: each option of its own, some together."""
    enterprise = os.path.join(EXAMPLES, 'enterprise')
    t.write('units.csv', 'unit,factor,of,source\n斛,100,kg,me\n')
    t.write('own.csv', 'id,gas,value,unit,source,activity\nx-power,CO2,0.5,kg/kWh,me,electricity\n')
    t.write('more.csv', 'id,gas,value,unit,source,activity\nx-coal,CO2,2,kg/斛,me,bituminous_coal\n')
    t.write('a/in.csv', rows('2023,电,1,MWh', '2023,天然气,1000,m3', '2023,烟煤,2,斛'))
    t.write('b/in.csv', rows('2022,电,2,MWh', '2022,天然气,1000,m3'))
    t.write('months.csv', 'site,活动,单位,1月,2月\nx,电,kWh,5,6\n')
    t.write('plan.layout.csv', 'key,value\nheader,1\n')
    t.write('facts.csv', 'fact,value,unit,year\ngdp,3,亿元,2023\n')
    t.write('pairs.csv', 'first,second,correlation\nelectricity,natural_gas,0.5\n')
    gas = ['--gas-condition', '20C']
    t.path('out/x')
    accounts = [
        ['account', 'a/in.csv', *gas, '--units', 'units.csv', '--factors', 'own.csv', '--factors', 'more.csv'],
        ['account', 'a/in.csv', 'b/in.csv', *gas, '--units', 'units.csv', '--by', 'site,year,gas', '--gwp', 'AR6', '--profile', 'mee-national', '--fallback', 'nearest'],
        ['account', 'months.csv', '--year', '2023'],
        ['account', 'months.csv', '--year', '2023', '--layout', 'plan.layout.csv'],
        ['account', 'b/in.csv', *gas, '--case', 'facts.csv', '--encoding', 'utf-8'],
        ['account', 'b/in.csv', *gas, '--uncertainty', 'approach1', '--correlations', 'pairs.csv'],
        ['account', 'b/in.csv', *gas, '--uncertainty', 'approach2', '--trials', '1000', '--seed', '18446744073709551615', '--year-correlation', 'both'],
        ['account', os.path.join(EXAMPLES, 'office', '能耗统计表.csv')],
        ['account', os.path.join(EXAMPLES, 'gb18030', 'inventory.csv'), '--factors', os.path.join(enterprise, 'factors.csv')],
    ]
    for args in accounts:
        with t.case('options: ' + ' '.join(os.path.basename(a) for a in args)):
            report = make(t, 'out/r.json', *args)
            for option in re.findall(r'--([a-z-]+)', ' '.join(args)):
                want({'by': 'by'}.get(option, option.replace('-', '_')) in report['options'], f'{option} is not in {report["options"]}')
            places = [os.path.dirname(a) or '.' for a in args if a.endswith('.csv')]
            equal(t, 'out/r.json', *places)
    copied = shutil.copytree(enterprise, t.path('case'))
    shutil.copy(PARAMS, t.path('case/illustrative.csv'))
    t.write('case/other.csv', 'param,value,unit,source\ngrowth,2,%,me\n')
    pack = os.path.join(DATA, 'rules', 'shanghai-2022-189.json')
    shutil.copy(pack, t.path('packs/own.json'))
    with open(pack, encoding='utf-8') as f:
        defined = [(d['id'], [r['id'] for r in d['readings']]) for d in json.load(f)['define'] if len(d.get('readings', [])) > 1]
    checks = [
        ['check', 'case', '--params', 'case/illustrative.csv', '--all-categories', '--require-evidence', '--accept-holes', 'the meter was replaced'],
        ['check', 'case', '--params', PARAMS, '--uncertainty', 'approach2', '--trials', '500', '--seed', '7', '--gwp', 'AR6', '--profile', 'mee-national'],
        ['check', 'case', '--stage', 'accept'],
        ['check', 'case', '--rules', 'packs/own.json', '--reading', f'{defined[0][0]}={defined[0][1][-1]}'],
        ['plan', 'case', '--scenario', 'case/other.csv', '--route', 'threshold', '--params', PARAMS, '--actual', '2023', '--as-of', '2023'],
        ['plan', 'case', '--assumptions', 'case/assumptions.csv', '--series', os.path.join(EXAMPLES, 'region-2010-2020', 'series.csv')],
        ['plan', os.path.join(EXAMPLES, 'region-2010-2020'), '--between', '2012,2019'],
    ]
    for args in checks:
        with t.case('options: ' + ' '.join(os.path.basename(a) for a in args)):
            report = make(t, 'out/r.json', *args)
            want(len(report['options']) >= 1, 'no options')
            equal(t, 'out/r.json', args[1], PARAMS, os.path.join(EXAMPLES, 'region-2010-2020', 'series.csv'), 'packs', '--lang', 'zh')
    with t.case('beside the report, without a case'):
        make(t, 'case/r.json', 'check', 'case', '--params', 'case/illustrative.csv')
        equal(t, 'case/r.json')
        equal(t, 'r.json', cwd=copied)
    with t.case("the user's own parameters"):
        t.write('home/tanhe/params/shanghai-2022-189.csv', open(PARAMS, encoding='utf-8').read())
        home = {'XDG_CONFIG_HOME': t.path('home')}
        report = make(t, 'r.json', 'check', 'case', env=home)
        same(report['options']['user_params']['file'], 'shanghai-2022-189.csv', 'file')
        equal(t, 'r.json', 'case', 'home/tanhe/params')
        same(t.run('verify', 'r.json', 'case').status, INVALID, 'status where they are not there')
        make(t, 'plain.json', 'check', 'case')
        equal(t, 'plain.json', 'case', env=home)
    with t.case('workbooks'):
        same(t.run('init', 'new.xlsx', '--category', 'enterprise', '--target', 'peak').status, OK, 'init')
        make(t, 'r.json', 'check', 'new.xlsx')
        equal(t, 'r.json')
        equal(t, 'r.json', 'new.xlsx', '--lang', 'zh')
    with t.case('two files of one name'):
        make(t, 'out/r.json', 'account', 'a/in.csv', 'b/in.csv', *gas, '--units', 'units.csv')
        equal(t, 'out/r.json', 'b', 'a', '.')


def changes(t):
    """What is changed is named: in the report, in the tables, in the factors, in the rules."""
    case = shutil.copytree(os.path.join(EXAMPLES, 'enterprise'), t.path('changed'))

    def edit(name, old, new):
        with open(os.path.join(case, name), encoding='utf-8') as f:
            text = f.read()
        want(text.count(old) == 1, f'{old} in {name}')
        t.write(os.path.join('changed', name), text.replace(old, new))
    account = make(t, 'account.json', 'account', 'changed')
    check = make(t, 'check.json', 'check', 'changed', '--params', PARAMS)
    make(t, 'plan.json', 'plan', 'changed')
    with t.case('a digit of the report'):
        account['years'][0]['totals']['scope3'] = 2271.1159
        t.write('r.json', json.dumps(account))
        differs(t, 'r.json', 'changed', names=['years[2023].totals.scope3 2271.1159 2271.1158', 'of the report: it was changed'])
    with t.case('of two long texts, where they differ'):
        other = copy.deepcopy(check)
        other['requirements'][0]['quote'] = other['requirements'][0]['quote'][:-1] + '元'
        t.write('r.json', json.dumps(other))
        differs(t, 'r.json', 'changed', PARAMS, names=['单元'])
    with t.case('a status of the report'):
        other = copy.deepcopy(check)
        other['requirements'][0]['status'] = 'not_met'
        t.write('r.json', json.dumps(other))
        differs(t, 'r.json', 'changed', PARAMS, names=[f'requirements[{check["requirements"][0]["id"]}].status not_met'])
    with t.case('a report that another program has written'):
        with open(t.path('plan.json'), encoding='utf-8') as f:
            text = ''.join(f'\\u{ord(c):04x}' if ord(c) > 127 else c for c in ' '.join(f.read().split('\n')))
        spelt = re.sub(r'(?<=: )([1-9]\d{0,3})\.(\d{1,9})(?=[,}])', lambda m: f'{m[1]}{m[2]}00e-{len(m[2]) + 2}', text)
        want(len(spelt) > len(text) + 50, 'no number is spelt in another way')
        t.write('r.json', spelt)
        equal(t, 'r.json', 'changed')
    with t.case('a member more, a member less'):
        other = copy.deepcopy(check)
        other['colour'] = 'red'
        del other['domains']
        t.write('r.json', json.dumps(other))
        differs(t, 'r.json', 'changed', PARAMS, names=['colour red nothing', 'domains nothing {…}'])
    with t.case('a digit of an inventory'):
        edit('inventory.csv', ',1068240,', ',1068241,')
        differs(t, 'account.json', 'changed', names=['inputs[inventory.csv].sha256', 'First result that differs', 'years[2023].totals.scope2_location 11446.00331 11446.0038837'])
        differs(t, 'check.json', 'changed', PARAMS, names=['files[inventory].sha256', 'account.years[2023].totals.scope2_location'])
        edit('inventory.csv', ',1068241,', ',1068240,')
        equal(t, 'account.json', 'changed')
    with t.case('a date of a case'):
        edit('case.csv', 'end,2028-12,', 'end,2027-12,')
        differs(t, 'check.json', 'changed', PARAMS, names=['files[case].sha256', 'requirements['])
        edit('case.csv', 'end,2027-12,', 'end,2028-12,')
    data = shutil.copytree(DATA, t.path('data'))

    def edit_data(name, old, new):
        with open(os.path.join(data, name), encoding='utf-8', newline='') as f:
            text = f.read()
        want(old in text, f'{old} in {name}')
        with open(os.path.join(data, name), 'w', encoding='utf-8', newline='') as f:
            f.write(text.replace(old, new, 1))
    with t.case('a factor of the data'):
        with open(os.path.join(data, 'factors', 'grid.csv'), encoding='utf-8') as f:
            row = next(line for line in f if line.startswith('grid-shanghai-2023,'))
        edit_data('factors/grid.csv', row, row.replace('0.5737', '0.5738'))
        for report in ('account.json', 'check.json', 'plan.json'):
            differs(t, '-D', data, report, 'changed', PARAMS, names=['factor_set.sha256', 'factors[grid-shanghai-2023].value 0.5737 0.5738'])
        edit_data('factors/grid.csv', row.replace('0.5737', '0.5738'), row)
        equal(t, '-D', data, 'account.json', 'changed')
    with t.case('a rule of the pack'):
        with open(os.path.join(data, 'rules', 'shanghai-2022-189.json'), encoding='utf-8') as f:
            pack = json.load(f)
        next(r for r in pack['requirements'] if r['id'] == check['requirements'][0]['id'])['zh'] += '二'
        pack['version'] += '-2'
        with open(os.path.join(data, 'rules', 'shanghai-2022-189.json'), 'w', encoding='utf-8') as f:
            json.dump(pack, f, ensure_ascii=False)
        differs(t, '-D', data, 'check.json', 'changed', PARAMS, names=['rules.sha256', 'rules.version', f'requirements[{check["requirements"][0]["id"]}].title.zh'])
        equal(t, '-D', data, 'account.json', 'changed')
    with t.case('any leaf of any report, changed'):
        r = random.Random(11)
        for name in ('account.json', 'check.json', 'plan.json'):
            with open(t.path(name), encoding='utf-8') as f:
                report = json.load(f)
            for at in r.sample(list(leaves(report)), 12):
                other = copy.deepcopy(report)
                holder = other
                for step in at[:-1]:
                    holder = holder[step]
                value = holder[at[-1]]
                holder[at[-1]] = (not value) if isinstance(value, bool) else value + 1 if isinstance(value, (int, float)) else value + 'x'
                t.write('r.json', json.dumps(other))
                if at[0] in ('tool', 'case'):
                    equal(t, 'r.json', 'changed', PARAMS)
                elif at[0] not in ('options', 'schema'): # another job, or none
                    differs(t, 'r.json', 'changed', PARAMS)


def any_change(t):
    """Whichever factor is another one, whichever requirement of the rules: it is named."""
    case = os.path.join(EXAMPLES, 'enterprise')
    account = make(t, 'any.json', 'account', case)
    told = [x['id'] for x in make(t, 'any-check.json', 'check', case)['requirements']] # those of its category
    data, pack = t.path('any-data'), 'shanghai-2022-189.json'
    for seed, (used, member) in enumerate(other_factors(data, account, 10)):
        with t.case(f'any factor {seed}: {used["id"]} {used["gas"]}'):
            for report in ('any.json', 'any-check.json'):
                differs(t, '-D', data, report, case, names=['factor_set.sha256', f'factors[{used["id"]}].{member} '])
    for seed in range(10):
        r = random.Random(seed)
        rules = shipped_pack()
        rule, member = r.choice([x for x in rules['requirements'] if x['id'] in told]), r.choice(['zh', 'en', 'quote'])
        with t.case(f'any rule {seed}: {member} of {rule["id"]}'):
            rule[member] += '二'
            with open(os.path.join(data, 'rules', pack), 'w', encoding='utf-8') as f:
                json.dump(rules, f, ensure_ascii=False)
            differs(t, '-D', data, 'any-check.json', case, names=['rules.sha256'])
            made = json.loads(t.run('verify', '-D', data, 'any-check.json', case, '-f', 'json').out) # where long places are not broken into lines
            places = [one['at'] for one in made['results']['differences']]
            want(any(place.startswith(f'/requirements/{told.index(rule["id"])}/') for place in places), f'{rule["id"]} is not among {places}')
            equal(t, '-D', data, 'any.json', case)


def numbers(t):
    """Any one digit of any number of a report is named, alone, with what it is and what it should be."""
    case = os.path.join(EXAMPLES, 'enterprise')
    r = random.Random(5)
    for command in ('account', 'check', 'plan'):
        make(t, 'whole.json', command, case, *([] if command == 'account' else ['--params', PARAMS]))
        with open(t.path('whole.json'), encoding='utf-8') as f:
            report = json.load(f, parse_float=lambda text: '\x01' + text, parse_int=lambda text: '\x01' + text)
        found = [at for at in leaves(report) if at[0] not in ('tool', 'options') and str(inside(report, at))[:1] == '\x01']
        want(len(found) > 50, f'{len(found)} numbers')
        with t.case(f'a digit of any number of {command}'):
            for at in r.sample(found, 25):
                other = copy.deepcopy(report)
                old = inside(report, at)[1:]
                digit = r.choice([i for i, c in enumerate(old) if c.isdigit() and (i > 0 or len(old) == 1)] or [0])
                new = old[:digit] + str((int(old[digit]) + r.randint(1, 9)) % 10) + old[digit + 1:]
                inside(other, at[:-1])[at[-1]] = '\x01' + new
                t.write('r.json', re.sub(r'"\\u0001([^"]*)"', r'\1', json.dumps(other, ensure_ascii=False)))
                done = t.run('verify', 'r.json', case, PARAMS, '-f', 'json')
                made = json.loads(done.out, parse_float=str, parse_int=str)
                named = made['rests']['differences'] + made['results']['differences']
                same((done.status, [(d['at'], d['before']['value'], d['after']['value']) for d in named]), (1, [('/' + '/'.join(str(step) for step in at), new, old)]), f'{at}\n{done.text}{done.errors}')


def leaves(value, at=()):
    if isinstance(value, (dict, list)):
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(member, (*at, key))
    else:
        yield at


def refusals(t):
    """Reports may come from anybody."""
    case = os.path.join(EXAMPLES, 'park')
    report = make(t, 'good.json', 'account', case)

    def code(text, expected, status=INVALID):
        t.write('bad.json', text)
        done = t.run('verify', 'bad.json', case, '--diagnostics', 'json', memory=1 << 30)
        same((done.status, done.out), (status, b''), f'status and answer of {text[:80]!r}; {done.errors[:300]}')
        found = [d['code'] for d in done.diagnostics()]
        want(expected in found, f'{text[:80]!r}: {found}, expected {expected}')
        want(status == USAGE or all(d['file'] == 'bad.json' for d in done.diagnostics()), done.errors)
    for name, text, expected in (
            ('nothing', '', 'E1202'), ('no report', '{"a": 1}', 'E6020'), ('another schema', '{"schema": "tanhe.account/1"}', 'E6020'),
            ('an array', '[1]', 'E6020'), ('deep', '[' * 100000, None), ('a name twice', '{"schema": "tanhe.account/2", "schema": "tanhe.account/2"}', None),
            ('a number beyond all measure', '{"schema": 1e999}', None), ('no options', '{"schema": "tanhe.account/2"}', 'E6021'),
            ('an option that is none', json.dumps({**report, 'options': {**report['options'], 'colour': 'red'}}), 'E6023'),
            ('an option of another kind', json.dumps({**report, 'options': {**report['options'], 'by': 5}}), 'E6023'),
            ('a year that is text', json.dumps({**report, 'options': {**report['options'], 'year': '2023'}}), 'E6023'),
            ('a document', '\ufeff# 报告\n', 'E6033'), ('a web page', '\n <!DOCTYPE html>', 'E6033'), ('a table', 'period,activity\n', 'E6033'), ('a document of an office program', 'PK\x03\x04', 'E6033'),
            ('a file that is not there', json.dumps({**report, 'options': {'inventories': [{'file': 'x.csv'}]}}), 'E6022'),
            ('a file outside', json.dumps({**report, 'options': {'inventories': [{'file': '../park/inventory.csv'}]}}), 'E6022'),
            ('a file anywhere', json.dumps({**report, 'options': {'inventories': [{'file': '/etc/passwd'}]}}), 'E6022'),
            ('standard input', json.dumps({**report, 'options': {'inventories': [{'file': '-'}]}}), 'E6022')):
        with t.case(f'refused: {name}'):
            if expected:
                code(text, expected)
            else:
                t.write('bad.json', text)
                done = t.run('verify', 'bad.json', case, '--diagnostics', 'json', memory=1 << 30)
                same((done.status, len(done.diagnostics())), (INVALID, 1), f'status and errors\n{done.errors[:500]}')
                want(done.diagnostics()[0]['code'].startswith('E12') and done.diagnostics()[0]['line'] == 1, done.errors)
    with t.case('words of a report are never options of another kind'):
        code(json.dumps({**report, 'options': {**report['options'], 'by': '--output=x'}}), 'E6001', status=USAGE)
    with t.case('numbers of 19 digits and more are kept'):
        t.write('large.csv', rows('2023,电,123456789012345678,MWh', '2023,电,0.000000001,kWh'))
        made = make(t, 'r.json', 'account', 'large.csv')
        want(len(re.sub(r'\D', '', open(t.path('r.json'), encoding='utf-8').read().split('"gross": ')[1].split(',')[0])) > 19, made['years'])
        equal(t, 'r.json')
        text = open(t.path('r.json'), encoding='utf-8').read()
        digits = re.search(r'"gross": (\d+\.\d+)', text)[1] # as large as its scope
        t.write('r.json', text.replace(digits, digits[:-1] + str((int(digits[-1]) + 1) % 10), 1))
        differs(t, 'r.json', names=['.totals.', digits])
    with t.case('no output over what is read'):
        folder = shutil.copytree(case, t.path('kept'))
        before = {name: open(os.path.join(folder, name), 'rb').read() for name in os.listdir(folder)}
        for option in ('-o', '--script'):
            for target in ('good.json', 'kept/inventory.csv', 'kept/targets.csv', 'kept/case.csv'):
                done = t.run('verify', 'good.json', 'kept', option, target)
                same(done.status, USAGE, f'{option} {target}: {done.errors}')
        same({name: open(os.path.join(folder, name), 'rb').read() for name in os.listdir(folder)}, before, 'the case')
        same(t.run('verify', 'good.json', 'kept', '-o', 'one', '--script', 'one').status, USAGE, 'one file for both')
        same(t.run('verify').status, USAGE, 'no report')
        done = t.run('verify', 'bad.json', '-f', 'json')
        same((done.status, json.loads(done.out)['schema'], json.loads(done.out)['command']), (INVALID, 'tanhe.error/1', 'verify'), done.text)
        same(t.run('verify', 'good.json', 'kept', '-o', 'answer.txt').status, OK, 'status')
        want('equal' in open(t.path('answer.txt'), encoding='utf-8').read(), 'the answer')


def run(t):
    examples(t)
    scripts(t)
    options(t)
    changes(t)
    any_change(t)
    numbers(t)
    refusals(t)
