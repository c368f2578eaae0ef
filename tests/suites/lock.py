# SPDX-License-Identifier: GPL-3.0-or-later
"""--lock pins factors, profile, GWP, rules and layouts: the same data give the same result, other data none, and each item that is another one is named."""
import json
import os
import shutil

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
    before, done = t.run(*args[:lock], *args[lock + 2:]), t.run(*args, '--diagnostics', 'json')
    same((done.status, done.out), (status, before.out), f'{" ".join(args)}\n{done.errors[:600]}')
    same([d['code'] for d in done.diagnostics() if d['code'][1:3] == '60'], list(warns), done.errors[:600])


def refuses(t, names, *args, words=()):
    """No result; each of the items is told once, in that order, in either language."""
    for lang, place in (('en', 0), ('zh', 1)):
        done = t.run('--lang', lang, *args)
        told = [line for line in done.errors.splitlines() if 'E6030' in line]
        same((done.status, done.out, len(told)), (OTHER, b'', len(names)), f'{" ".join(args)}\n{done.errors[:900]}')
        for line, name in zip(told, names):
            want(name[place] in line, f'{name[place]} in {line}')
        same([w for w in words if w not in done.errors], [], done.errors)


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
