# SPDX-License-Identifier: GPL-3.0-or-later
"""Every JSON that tanhe writes is valid by the schemas it ships, and the schemas refuse what is not."""
import copy
import json
import os

import jsonschema

from .harness import DATA, OK, ROOT, Failure, rows, same, want

EXAMPLES = os.path.join(ROOT, 'examples')


def schema_of(name):
    with open(os.path.join(DATA, 'schema', f'{name}.schema.json'), encoding='utf-8') as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def valid(validator, value, what):
    error = next(iter(validator.iter_errors(value)), None)
    if error:
        raise Failure(f'{what}: {error.json_path}: {error.message[:400]}')


def refused(t, validator, account):
    """A schema that takes everything proves nothing."""
    def without(key):
        del changed[key]

    def put(key, value):
        changed[key] = value
    for name, change in (
            ('years absent', lambda: without('years')), ('a sum of years', lambda: put('years', [2023])), ('another schema', lambda: put('schema', 'tanhe.account/2')),
            ('a total as text', lambda: put('totals', {**account['totals'], 'gross': '1'})), ('unknown GWP set', lambda: put('gwp', 'AR9')),
            ('a digest too short', lambda: put('inputs', [{**account['inputs'][0], 'sha256': 'ab'}])), ('groups as object', lambda: put('groups', {})),
            ('caveat without code', lambda: put('caveats', [{'text': 'x', 'count': 1, 'lines': []}])), ('unknown member', lambda: put('colour', 'red'))):
        with t.case(f'refused: {name}'):
            changed = copy.deepcopy(account)
            change()
            want(any(validator.iter_errors(changed)), 'the schema takes it')


def run(t):
    schemas = {}
    for name in ('account', 'ledger', 'factors', 'plan', 'check'):
        with t.case(f'{name}.schema.json is a schema'):
            schemas[name] = schema_of(name)
    if len(schemas) < 5:
        return
    inventories = {name: [os.path.join(EXAMPLES, name)] for name in sorted(os.listdir(EXAMPLES))
                   if os.path.exists(os.path.join(EXAMPLES, name, 'inventory.csv'))}
    if 'gb18030' in inventories:
        inventories['gb18030'] += ['--factors', os.path.join(EXAMPLES, 'enterprise', 'factors.csv')]
    t.write('everything.csv', rows(
        '2023,电,1,MWh,,GEC-1,甲', '2024,电,-1,MWh,,,乙', '2023,天然气,"1,000",m3,,,', '2023,烟煤,1,ton,,,', '2023,CCER,1,tCO2e,,,', '2023,人工林,1,ha,,,',
        '2023,电,１,MWh,,GEC-1,甲', '2023-01,食品垃圾填埋,1,t,,,', '2023,生活垃圾焚烧,1,t,,,', header='period,activity,quantity,unit,source,instrument,site'))
    t.write('green.csv', 'id,gas,value,unit,source\nGEC-1,CO2,0,kg/kWh,contract\n')
    t.write('case.csv', 'fact,value,unit\ngdp,3,亿元\n')
    inventories['everything'] = ['everything.csv', '--factors', 'green.csv', '--gas-condition', '20C', '--case', 'case.csv']
    inventories['nothing'] = [t.write('nothing.csv', rows('2023,电,0,kWh'))]
    account = None
    for name, args in inventories.items():
        for more in ([], ['--by', 'gas'], ['--by', 'site,period,year,scope,activity,source,gas', '--gwp', 'AR4', '--lang', 'zh']):
            with t.case(f'account of {name} {" ".join(more)}'):
                result = t.run('account', *args, *more, '-f', 'json')
                same(result.status, OK, f'status ({result.errors[:500]})')
                account = json.loads(result.out)
                valid(schemas['account'], account, 'account')
        with t.case(f'ledger of {name}'):
            same(t.run('account', *args, '--ledger', 'l.ndjson').status, OK, 'status')
            with open(t.path('l.ndjson'), encoding='utf-8') as f:
                entries = [json.loads(line) for line in f]
            want(entries, 'an empty ledger')
            for n, entry in enumerate(entries, 1):
                valid(schemas['ledger'], entry, f'line {n}')
    if account:
        refused(t, schemas['account'], account)
    for words in (['list'], ['search', '电力'], ['search', 'nothing-is-called-so'], ['show', 'grid-shanghai-2023'], ['show', 'fuel-gb-diesel'],
                  ['show', 'incineration-msw'], ['show', 'sh-2026-grid']):
        with t.case('factors ' + ' '.join(words)):
            result = t.run('factors', *words, '-f', 'json')
            same(result.status, OK, f'status ({result.errors[:500]})')
            valid(schemas['factors'], json.loads(result.out), 'factors')
    for name in ('region', 'park', 'community', 'building', 'enterprise', 'region-2010-2020'):
        case = os.path.join(EXAMPLES, name)
        for more in ([], ['--route', 'threshold', '--actual', '2023', '--lang', 'zh'], ['--series', os.path.join(EXAMPLES, 'region-2010-2020', 'series.csv')]):
            with t.case(f'plan of {name} {" ".join(more)}'):
                result = t.run('plan', case, *more, '-f', 'json')
                want(result.status in (OK, 4), f'status {result.status} ({result.errors[:500]})')
                plan = json.loads(result.out)
                valid(schemas['plan'], plan, 'plan')
                if 'account' in plan:
                    valid(schemas['account'], plan['account'], 'account')
    for name in ('region', 'park', 'community', 'building', 'enterprise'):
        for folder in (name, os.path.join('first', name)):
            for more in ([], ['--params', os.path.join(EXAMPLES, 'params-illustrative.csv'), '--all-categories', '--lang', 'zh']):
                with t.case(f'check of {folder} {" ".join(more)}'):
                    result = t.run('check', os.path.join(EXAMPLES, folder), *more, '-f', 'json')
                    want(result.status in (OK, 1, 4), f'status {result.status} ({result.errors[:500]})')
                    check = json.loads(result.out)
                    valid(schemas['check'], check, 'check')
                    valid(schemas['account'], check['account'], 'account')
