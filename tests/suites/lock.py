# SPDX-License-Identifier: GPL-3.0-or-later
"""--lock pins factors, profile, GWP, rules and layouts: the same data give the same result, other data none, and each item that is another one is named."""
import json
import os
import re
import shutil
from decimal import Decimal

import jsonschema

from .harness import DATA, INVALID, OK, ROOT, USAGE, rows, same, want

EXAMPLE = os.path.join(ROOT, 'examples', 'enterprise')
OTHER, OPEN = 1, 4
LAW = 'rules/shanghai-2022-189.json'


def read(path):
    with open(path, 'rb') as f:
        return f.read()


def put(path, data):
    with open(path, 'wb') as f:
        f.write(data)


def agrees(t, status, *args, warns=()):
    """With the lock as without it: byte for byte."""
    lock = args.index('--lock')
    anew = [] if os.path.exists(t.path(args[lock + 1])) else ['C6036']
    before, done = t.run(*args[:lock], *args[lock + 2:]), t.run(*args, '--diagnostics', 'json')
    same((done.status, done.out), (status, before.out), f'{" ".join(args)}\n{done.errors[:600]}')
    same([d['code'] for d in done.diagnostics() if d['code'][1:3] == '60'], [*warns, *anew], done.errors[:600])


def refuses(t, names, *args, words=()):
    """No result; each of the items is told once, in that order, in either language."""
    for lang, place in (('en', 0), ('zh', 1)):
        done = t.run('--lang', lang, *args)
        told = [line for line in done.errors.splitlines() if 'E6030' in line]
        same((done.status, done.out, len(told)), (OTHER, b'', len(names)), f'{" ".join(args)}\n{done.errors[:900]}')
        for line, name in zip(told, names):
            want(name[place] in line, f'{name[place]} in {line}')
        same([w for w in (*words, 'tanhe diff') if w not in done.errors], [], done.errors)


FACTORS, OWN, PROFILE, GWP, RULES = (('factor set', '因子库'), ('own factors or units factors.csv', '自备因子或单位 factors.csv'), ('profile', '核算口径'),
                                     ('GWP set', 'GWP 取值'), ('rule pack', '申报规则'))


def digest(pins, kind):
    return next(item['sha256'] for item in json.loads(pins)['pinned'] if item['kind'] == kind)


def run(t):
    with open(os.path.join(DATA, 'schema', 'lock.schema.json'), encoding='utf-8') as f:
        schema = jsonschema.Draft202012Validator(json.load(f))
    case, data, pins = shutil.copytree(EXAMPLE, t.path('case')), shutil.copytree(DATA, t.path('data')), t.path('pins.json')
    for command, status, more in (('account', OK, ()), ('check', OPEN, ()), ('plan', OK, ()), ('report', OPEN, ())):
        args = ['-D', data, command, 'case', *more, '--lock', 'pins.json']
        with t.case(f'{command}: written once, then agreed'):
            if os.path.exists(pins):
                os.remove(pins)
            agrees(t, status, *args)
            first = read(pins)
            errors = list(schema.iter_errors(json.loads(first)))
            want(not errors, errors[:2])
            same(b'"rules"' in first, command != 'account', 'rules')
            agrees(t, status, *args)
            agrees(t, status, '--lang', 'zh', *args)
            same(read(pins), first, 'the lock is left as it is')
            os.remove(pins)
            agrees(t, status, '--lang', 'zh', *args)
            same(read(pins), first, 'the same bytes again, in any language')
        with t.case(f'{command}: other data'):
            refuses(t, [GWP], *args, '--gwp', 'AR6', words=['AR5', 'AR6'])
            refuses(t, [PROFILE], *args, '--profile', 'mee-national', words=['mee-provincial', 'mee-national', digest(first, 'profile')])
            for name, told in (('factors/grid.csv', FACTORS), ('units.csv', ('reference data units.csv', '内置数据 units.csv')), ('profiles/mee-provincial.json', PROFILE),
                               *(((LAW, RULES),) if command != 'account' else ())):
                path = os.path.join(data, name)
                kept = read(path)
                put(path, kept + b'\n')
                refuses(t, [told], *args)
                put(path, kept)
        with t.case(f'{command}: several at once, own factors too'):
            path = os.path.join(case, 'factors.csv')
            kept = read(path)
            put(path, kept + b'\n')
            refuses(t, [OWN, GWP], *args, '--gwp', 'AR6', words=[digest(first, 'own')])
            put(path, kept)
            agrees(t, status, *args)
    with t.case('locked by account, used by check and back'):
        os.remove(pins)
        agrees(t, OK, '-D', data, 'account', 'case', '--lock', 'pins.json')
        agrees(t, OPEN, '-D', data, 'check', 'case', '--lock', 'pins.json', warns=['W6032'])
        refuses(t, [GWP], '-D', data, 'check', 'case', '--gwp', 'AR6', '--lock', 'pins.json')
        os.remove(pins)
        agrees(t, OPEN, '-D', data, 'check', 'case', '--lock', 'pins.json')
        agrees(t, OK, '-D', data, 'account', 'case', '--lock', 'pins.json')
    with t.case('other data that cannot be computed with'):
        path = os.path.join(data, 'units.csv')
        kept = read(path)
        put(path, kept + b'\n')
        with open(os.path.join(case, 'inventory.csv'), 'a', encoding='utf-8') as f:
            f.write('2023,no-such-activity,x,kWh\n')
        done = t.run('-D', data, 'account', 'case', '--lock', 'pins.json')
        same((done.status, done.out, done.errors.count('E6030'), 'units.csv' in done.errors), (INVALID, b'', 1, True), done.errors)
        put(path, kept)
    layouts(t)
    refused(t, pins)
    anew(t)


def layouts(t):
    t.write('t.csv', 'title\n' + rows('2023,电,1,kWh'))
    t.write('t.layout.csv', 'key,value\nheader,2\n')
    args = ['account', 't.csv', '--lock', 'layout.json']
    told = ('layout file t.layout.csv', '版式文件 t.layout.csv')
    with t.case('a layout changed, taken away, added'):
        agrees(t, OK, *args)
        agrees(t, OK, *args)
        t.write('t.layout.csv', 'key,value\nheader,2\ndata,3\n')
        refuses(t, [told], *args)
        os.remove(t.path('t.layout.csv'))
        t.write('t.csv', rows('2023,电,1,kWh'))
        refuses(t, [told], *args)
        os.remove(t.path('layout.json'))
        agrees(t, OK, *args)
        t.write('t.csv', 'title\n' + rows('2023,电,1,kWh'))
        t.write('t.layout.csv', 'key,value\nheader,2\n')
        refuses(t, [told], *args)
        os.remove(t.path('t.layout.csv'))
        t.write('t.csv', rows('2023,电,1,kWh'))


def refused(t, pins):
    args = ['account', 't.csv', '--lock']
    with t.case('what is no lock'):
        good = read(pins).decode()
        for text, code in (('{', 'E1202'), ('{"schema": "tanhe.account/2"}', 'E6031'), ('{"schema": "tanhe.lock/1"}', 'E6031'), ('{"schema": "tanhe.lock/1", "pinned": []}', 'E6031'),
                           ('[]', 'E6031'), (good.replace('"gwp"', '"cloud"'), 'E6031'), (good.replace('"sha256"', '"sha"'), 'E6031')):
            t.write('damaged.json', text)
            done = t.run(*args, 'damaged.json', '--diagnostics', 'json')
            found = [d for d in done.diagnostics() if d['severity'] == 'error']
            same((done.status, done.out, [d['code'] for d in found]), (INVALID, b'', [code]), text[:60] + done.errors[:300])
            want('damaged.json' in json.dumps(found[0]), 'the place')
            same(read(t.path('damaged.json')).decode(), text, 'it is not written over')
    with t.case('no lock over an input or another output'):
        same(t.run(*args, 't.csv').status, USAGE, 'an input as the lock')
        same(t.run(*args, '-').status, USAGE, 'a stream')
        same(t.run(*args, 'new.xlsx').status, USAGE, 'a workbook')
        same(t.run(*args, 'new.json', '-o', 'new.json').status, USAGE, 'one file for both')
        same(t.run(*args, 'new.json', '--ledger', './new.json').status, USAGE, 'the ledger')
        want(not os.path.exists(t.path('new.json')), 'written all the same')
        same(t.run('account', 't.csv', '-o', 'pins.json', '--lock', 'pins.json').status, USAGE, 'the report over the lock')
    with t.case('a run that fails leaves no lock, one that is refused no file'):
        t.write('bad.csv', rows('2023,电,x,kWh'))
        same(t.run('account', 'bad.csv', '--lock', 'new.json').status, INVALID, 'bad data')
        same(os.path.exists(t.path('new.json')), False, 'a lock of a failed run')
        same(t.run('account', 't.csv', '--lock', '/nonexistent/new.json').status, 5, 'no such folder')
        done = t.run('account', 't.csv', '--gwp', 'AR6', '-f', 'csv', '-o', 'out.csv', '--ledger', 'ledger.csv', '--lock', 'layout.json')
        same((done.status, [n for n in ('out.csv', 'ledger.csv') if os.path.exists(t.path(n))]), (OTHER, []), done.errors)
    with t.case('programs that want JSON get the object that says why'):
        done = t.run('account', 't.csv', '--gwp', 'AR6', '-f', 'json', '--lock', 'layout.json')
        with open(os.path.join(DATA, 'schema', 'error.schema.json'), encoding='utf-8') as f:
            jsonschema.Draft202012Validator(json.load(f)).validate(json.loads(done.out))
        same((done.status, json.loads(done.out)['status'], json.loads(done.out)['diagnostics'][0]['code']), (OTHER, 1, 'E6030'), done.out[:300])


# --- locked anew over an earlier report ---

def gross(path):
    """Of each year, in kg, by the digits of the report."""
    with open(path, encoding='utf-8') as f:
        report = json.load(f, parse_float=Decimal, parse_int=Decimal)
    return {int(year['year']): year['totals']['gross'] * 1000 for year in report.get('account', report)['years'] if 'totals' in year}


def bridges(text):
    """Of each year: the causes with the remainder, and the change, in kg."""
    found = {}
    for part in re.split('^    From  ', text, flags=re.M)[1:]:
        numbers = [Decimal(n.replace(',', '')) for n in re.findall(r' ([-+]?[\d,]+\.\d{9})$', part, re.M)]
        same(len(numbers), 10, part)
        names = ('activity', 'factor', 'gwp', 'method', 'boundary', 'new', 'dropped', 'data', 'rest')
        found[int(re.match(r'.*?, (\d{4}): ', part)[1])] = (dict(zip(names, numbers)), numbers[-1])
    return found


def lock_anew(t, command, folder, change, *args):
    """A report and its lock, the change, a refusal, the lock removed and the same again: what is said on standard error, and the gross emissions before and after."""
    words = [command, folder, '-f', 'json', '-o', 'kept.json', '--lock', 'kept.lock', '--lang', 'en']
    for name in ('kept.json', 'kept.lock'):
        if os.path.exists(t.path(name)):
            os.remove(t.path(name))
    want(t.run('-D', t.path('data'), *words).status in (OK, OTHER, OPEN), command)
    before, kept = gross(t.path('kept.json')), read(t.path('kept.json'))
    change()
    refused_run = t.run('-D', t.path('data'), *words, *args)
    same((refused_run.status, 'E6030' in refused_run.errors, read(t.path('kept.json')) == kept), (OTHER, True, True), refused_run.errors)
    os.remove(t.path('kept.lock'))
    done = t.run('-D', t.path('data'), *words, *args)
    want(done.status in (OK, OTHER, OPEN) and os.path.exists(t.path('kept.lock')), done.errors)
    plain = t.run('-D', t.path('data'), command, folder, '-f', 'json', *args)
    same(read(t.path('kept.json')), plain.out, 'the report is as without the lock')
    return done, before, gross(t.path('kept.json'))


def edit(path, old, new):
    data = read(path)
    want(data.count(old) == 1, f'{old} in {path}')
    put(path, data.replace(old, new))


def anew(t):
    shutil.rmtree(t.path('data'))
    data = shutil.copytree(DATA, t.path('data'))
    case = shutil.copytree(EXAMPLE, t.path('anew'))
    put(os.path.join(case, 'factors.csv'), read(os.path.join(case, 'factors.csv')) + 'x-steam,CO2,0.1,t/GJ,heat,自备热力,2020-01-01,,me,user,\n'.encode())
    grid = os.path.join(data, 'factors', 'grid.csv')
    row = next(line for line in read(grid).splitlines() if line.startswith(b'grid-shanghai-2023,'))
    changes = [
        ('factor set', lambda: edit(grid, row, row.replace(b'0.5737', b'0.5747')), (), 'factor'),
        ('factor set back', lambda: edit(grid, row.replace(b'0.5737', b'0.5747'), row), (), 'factor'),
        ('own factor', lambda: edit(os.path.join(case, 'factors.csv'), b'CO2,0.1,t/GJ', b'CO2,0.12,t/GJ'), (), 'factor'),
        ('own factor back', lambda: edit(os.path.join(case, 'factors.csv'), b'CO2,0.12,t/GJ', b'CO2,0.1,t/GJ'), (), 'factor'),
        ('profile', lambda: None, ('--profile', 'mee-national'), None),
        ('GWP set', lambda: None, ('--gwp', 'AR6'), 'gwp'),
    ]
    put(os.path.join(case, 'inventory-2.csv'), rows('2023,热力,1234.5,GJ,x-steam', header='period,activity,quantity,unit,factor').encode())
    for command in ('account', 'check', 'plan'):
        for name, change, args, cause in changes:
            with t.case(f'{command}, locked anew: {name}'):
                done, before, after = lock_anew(t, command, 'anew', change, *args)
                found = bridges(done.errors)
                same(sorted(found), sorted(set(before) & set(after)), done.errors)
                for year, (causes, whole) in found.items():
                    same((sum(causes.values()), whole), (after[year] - before[year],) * 2, f'{year}\n{done.errors}')
                want(cause is None or any(causes[cause] for causes, _ in found.values()), done.errors)
                want(any(whole for _, whole in found.values()) or cause is None, 'the change changes nothing')
    nothing_to_show(t, case)


def nothing_to_show(t, case):
    words = ['account', 'anew', '-f', 'json', '-o', 'kept.json', '--lock', 'kept.lock']
    with t.case('locked anew, for programs'):
        os.remove(t.path('kept.lock'))
        t.run(*words)
        os.remove(t.path('kept.lock'))
        done = t.run(*words, '--gwp', 'AR6', '--diagnostics', 'json')
        lines = [json.loads(line) for line in done.errors.splitlines()]
        bridge = [line for line in lines if line.get('schema') == 'tanhe.diff/1']
        same((done.status, len(bridge), [line['code'] for line in lines if 'code' in line and line['code'][1:] in ('6036', '6037')]), (OK, 1, []), done.errors)
        with open(os.path.join(DATA, 'schema', 'diff.schema.json'), encoding='utf-8') as f:
            jsonschema.Draft202012Validator(json.load(f)).validate(bridge[0])
    for name, text in (('none', None), ('something else', '{"schema": "x"}'), ('no JSON', 'old'), ('a report of another command', 'check')):
        with t.case(f'no earlier report: {name}'):
            for path in ('kept.json', 'kept.lock'):
                if os.path.exists(t.path(path)):
                    os.remove(t.path(path))
            if text == 'check':
                t.run('check', 'anew', '-f', 'json', '-o', 'kept.json')
            elif text:
                t.write('kept.json', text)
            done = t.run(*words, '--lang', 'en')
            same((done.status, 'C6036' in done.errors, 'tanhe diff EARLIER.json anew' in done.errors, bridges(done.errors)), (OK, True, True, {}), done.errors)
    with t.case('an earlier report that cannot be computed again'):
        os.remove(t.path('kept.lock'))
        edit(os.path.join(case, 'factors.csv'), b'x-steam', b'y-steam')
        edit(os.path.join(case, 'inventory-2.csv'), b'x-steam', b'y-steam')
        report = json.loads(read(t.path('kept.json')))
        report['options']['profile'] = 'gone'
        t.write('kept.json', json.dumps(report))
        done = t.run(*words, '--lang', 'en')
        same((done.status, 'W6037' in done.errors, 'error' in done.errors, bridges(done.errors)), (OK, True, False, {}), done.errors)
        same(json.loads(read(t.path('kept.json')))['schema'], 'tanhe.account/2', 'the new report')
