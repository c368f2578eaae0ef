# SPDX-License-Identifier: GPL-3.0-or-later
"""Every JSON that tanhe writes is valid by the schemas it ships, and the schemas refuse what is not: another member anywhere, a thing of
another kind, a member that must be there left out."""
import copy
import json
import os
import shutil

import jsonschema

from .harness import DATA, INVALID, OK, ROOT, SYSTEM, USAGE, Failure, inside, rows, same, want

EXAMPLES = os.path.join(ROOT, 'examples')
NAMES = ('account', 'ledger', 'factors', 'factors_check', 'plan', 'check', 'error', 'lock', 'explain', 'verify', 'diff', 'recalculation', 'schemes', 'footprint', 'rules_diff', 'rules_coverage')
# What has members of any name: by keys of the groups, by ids of schemes; whole documents with a schema of their own.
OPEN = {('groups', 'keys'), ('account',), ('schemes',), ('wanted', 'schemes'), ('changes', 'members', 'before'), ('changes', 'members', 'after')}


def schema_of(name):
    with open(os.path.join(DATA, 'schema', f'{name}.schema.json'), encoding='utf-8') as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def valid(validator, value, what):
    error = next(iter(validator.iter_errors(value)), None)
    if error:
        raise Failure(f'{what}: {error.json_path}: {error.message[:400]}')


def nodes(value, path=(), at=()):
    """Each value with its kind of place (names, without the numbers of elements) and the way to it."""
    yield path, at, value
    if isinstance(value, dict):
        for key, member in value.items():
            yield from nodes(member, (*path, key), (*at, key))
    elif isinstance(value, list):
        for i, member in enumerate(value):
            yield from nodes(member, path, (*at, i))


def changed(document, at, change):
    """A copy in which the holder of the last step of the way is changed."""
    other = copy.deepcopy(document)
    change(inside(other, at[:-1]), at[-1])
    return other


def refused(t, validator, document, name):
    """A schema that takes everything proves nothing: each kind of place once."""
    seen, count = set(), 0
    with t.case(f'refused: changes of {name}'):
        for path, at, value in list(nodes(document)):
            if any(path[:len(o)] == o for o in OPEN if 'account' not in o or name != 'account') or (path, type(value)) in seen:
                continue
            seen.add((path, type(value)))
            if isinstance(value, dict):
                other = copy.deepcopy(document)
                inside(other, at)['colour'] = 'red'
                want(any(validator.iter_errors(other)), f'it takes another member in {path}')
            if at:
                other = changed(document, at, lambda holder, key: holder.__setitem__(key, None))
                want(any(validator.iter_errors(other)), f'it takes null for {path}')
                count += 1
        want(count > 5, f'only {count} changes')


# Ways to be wrong that are not of the shape alone: member, what stands there.
WRONG = {
    'account': [('years', None), ('years', [2023]), ('schema', 'tanhe.account/1'), ('gwp', 'AR9'), ('groups', {}), ('facts', {'file': 'a', 'sha256': 'ab'}),
                ('caveats', [{'text': {'zh': 'x', 'en': 'x'}, 'count': 0, 'places': []}]), ('caveats', [{'code': 'C4001', 'text': 'x', 'count': 1, 'places': []}])],
    'check': [('schema', 'tanhe.check/1'), ('verdict', 'wrong'), ('requirements', []), ('missing', ['min_area']), ('case', ''), ('measures', None)],
    'plan': [('schema', 'tanhe.plan/1'), ('case', None), ('business_as_usual', 'guess'), ('assumptions', [{'param': 'growth', 'value': '', 'source': 'x', 'place': {'file': 'a'}}])],
    'factors': [('schema', 'tanhe.factors/1'), ('factors', None), ('conflicts', [{'subject': 'x', 'reading': 'y', 'factors': ['a']}])],
    'factors_check': [('schema', 'tanhe.factors_check/2'), ('rows', None), ('profile', None), ('units', [{'unit': 'x', 'place': {'file': 'a', 'line': 1}}]),
                      ('rows', [{'id': 'x', 'gas': 'CO2', 'place': {'file': 'a'}, 'used': False, 'lines': 0}])],
    'error': [('schema', 'tanhe.error/2'), ('verdict', 'eligible'), ('status', 4), ('diagnostics', []), ('diagnostics', [{'severity': 'error', 'code': 'x', 'text': {'zh': 'a', 'en': 'b'}}])],
}


def wrong(t, validator, document, name):
    for member, value in WRONG.get(name, []):
        with t.case(f'refused: {name} with {member} {value}'):
            other = {**document, member: value}
            if value is None:
                del other[member]
            want(any(validator.iter_errors(other)), 'the schema takes it')


class Proof:
    """The schemas, and the document of each that has most kinds of places: that is the one to be changed."""

    def __init__(self, t):
        self.t, self.schemas, self.largest = t, {}, {}
        for name in NAMES:
            with t.case(f'{name}.schema.json is a schema'):
                self.schemas[name] = schema_of(name)

    def check(self, name, document):
        valid(self.schemas[name], document, name)
        if isinstance(document.get('account'), dict):
            valid(self.schemas['account'], document['account'], 'account')
        for scheme in document.get('schemes', []):
            valid(self.schemas['check'], scheme, 'check')
        places = len({path for path, _, _ in nodes(document)})
        if places > self.largest.get(name, (0, None))[0]:
            self.largest[name] = (places, document)

    def run(self, name, statuses, *args):
        with self.t.case(' '.join(os.path.basename(a) for a in args)):
            result = self.t.run(*args, '-f', 'json')
            want(result.status in statuses, f'status {result.status} ({result.errors[:500]})')
            document = json.loads(result.out)
            same(document['schema'].split('/')[0], f'tanhe.{name}', 'schema')
            self.check(name, document)


def accounts(t, proof):
    inventories = {name: [os.path.join(EXAMPLES, name)] for name in sorted(os.listdir(EXAMPLES))
                   if os.path.exists(os.path.join(EXAMPLES, name, 'inventory.csv'))}
    if 'gb18030' in inventories:
        inventories['gb18030'] += ['--factors', os.path.join(EXAMPLES, 'enterprise', 'factors.csv')]
    t.write('everything.csv', rows(
        '2023,电,1,MWh,,GEC-1,甲', '2024,电,-1,MWh,,,乙', '2023,天然气,"1,000",m3,,,', '2023,烟煤,1,ton,,,', '2023,CCER,1,tCO2e,,,', '2023,人工林,1,ha,,,',
        '2023,电,１,MWh,,GEC-1,甲', '2023-01,食品垃圾填埋,1,t,,,', '2023,生活垃圾焚烧,1,t,,,', header='period,activity,quantity,unit,source,instrument,site'))
    t.write('green.csv', 'id,gas,value,unit,source\nGEC-1,CO2,0,kg/kWh,contract\n')
    t.write('case.csv', 'fact,value,unit\ngdp,3,亿元\n')
    t.write('units.csv', 'unit,factor,of,source\n斛,100,kg,me\n')
    inventories['everything'] = ['everything.csv', '--factors', 'green.csv', '--gas-condition', '20C', '--case', 'case.csv', '--units', 'units.csv']
    inventories['nothing'] = [t.write('nothing.csv', rows('2023,电,0,kWh'))]
    for name, args in inventories.items():
        for more in ([], ['--by', 'site,period,year,scope,activity,source,gas', '--gwp', 'AR4', '--uncertainty', 'approach1']):
            proof.run('account', (OK,), 'account', *args, *more)
        with t.case(f'ledger of {name}'):
            same(t.run('account', *args, '--ledger', 'l.ndjson').status, OK, 'status')
            with open(t.path('l.ndjson'), encoding='utf-8') as f:
                entries = [json.loads(line) for line in f]
            want(entries, 'an empty ledger')
            for entry in entries:
                proof.check('ledger', entry)


def audits(t, proof):
    """Of a report read again: each kind of answer, and the lock."""
    case = os.path.join(EXAMPLES, 'enterprise')
    params = os.path.join(EXAMPLES, 'params-illustrative.csv')
    with t.case('lock'):
        same(t.run('check', case, '--params', params, '-f', 'json', '-o', 'r.json', '--lock', 'pins.json').status in (0, 1, 4), True, 'check')
        with open(t.path('pins.json'), encoding='utf-8') as f:
            proof.check('lock', json.load(f))
    for name in ('gross:2023', 'scope2_market:2023', 'net:2023', 'inventory.csv:2', 'inventory.csv:40', '4.3-req5', '4.3-req6-max'):
        for more in ([], ['--all']):
            proof.run('explain', (OK,), 'explain', 'r.json', name, case, params, *more)
    for name in ('gross:2023', 'inventory.csv:2'):
        with t.case(f'explain of {name}, changed'):
            refused(t, proof.schemas['explain'], json.loads(t.run('explain', 'r.json', name, case, params, '--all', '-f', 'json').out), f'explain of {name}')
    proof.run('verify', (OK,), 'verify', 'r.json', case, params)
    with open(t.path('r.json'), encoding='utf-8') as f:
        report = json.load(f)
    report['account']['years'][0]['totals']['gross'] += 1
    report['files'][0]['sha256'] = '0' * 64
    report['verdict'] = 'x' * 100
    report['domains']['list'], report['illustrative'] = [], None
    report['requirements'].pop()
    t.write('changed.json', json.dumps(report))
    proof.run('verify', (1,), 'verify', 'changed.json', case, params)
    for others in ('building', 'region'):
        proof.run('diff', (1,), 'diff', 'r.json', os.path.join(EXAMPLES, others), case, params)
    t.run('check', os.path.join(EXAMPLES, 'community'), '--gwp', 'AR6', '--profile', 'mee-national', '-f', 'json', '-o', 'other.json')
    proof.run('diff', (1,), 'diff', 'r.json', 'other.json', case, params, os.path.join(EXAMPLES, 'community'))
    proof.run('diff', (OK,), 'diff', case, case)
    shutil.copytree(case, t.path('now'))
    with open(t.path('now/inventory.csv'), 'a', encoding='utf-8') as f:
        f.write('2024-01,又一厂,上海,总表,外购电力,5,kWh,,,,,\n')
    with t.case('recalculation'):
        for threshold in ('', 'recalculation_threshold,5,%,policy\n'):
            t.write('now/assumptions.csv', 'param,value,unit,source\n' + threshold)
            for old in (case, 'r.json'):
                done = t.run('plan', 'now', '--recalculate', old, '--inputs', case, '--inputs', params, '--gwp', 'AR6', '-f', 'json')
                want(done.status in (0, 1, 4), done.text)
                proof.check('recalculation', json.loads(done.out))


def run(t):
    proof = Proof(t)
    if len(proof.schemas) < len(NAMES):
        return
    accounts(t, proof)
    for words in (['list'], ['search', '电力'], ['search', 'nothing-is-called-so'], ['show', 'grid-shanghai-2023'], ['show', 'fuel-gb-diesel'],
                  ['show', 'incineration-msw'], ['show', 'sh-2026-grid']):
        proof.run('factors', (OK,), 'factors', *words)
    t.write('own.csv', 'id,gas,value,unit,source,activity\nx-power,CO2,0.5,kg/kWh,me,electricity\nx-none,CO2,1,kg/斛,me,natural_gas\n')
    for more in ([], ['--inventory', t.write('lines.csv', rows('2023,电,1,kWh'))]):
        proof.run('factors_check', (OK,), 'factors', 'check', 'own.csv', '--units', 'units.csv', *more)
    series = os.path.join(EXAMPLES, 'region-2010-2020', 'series.csv')
    for name in ('region', 'park', 'community', 'building', 'enterprise', 'region-2010-2020'):
        case = os.path.join(EXAMPLES, name)
        for more in ([], ['--route', 'threshold', '--actual', '2023'], ['--series', series]):
            proof.run('plan', (OK, 4), 'plan', case, *more)
    illustrative = ['--params', os.path.join(EXAMPLES, 'params-illustrative.csv')]
    for name in ('region', 'park', 'community', 'building', 'enterprise'):
        for folder in (name, os.path.join('first', name)):
            case = os.path.join(EXAMPLES, folder)
            proof.run('check', (OK, 1, 4), 'check', case)
            proof.run('check', (OK, 1, 4), 'check', case, '--stage', 'accept')
            proof.run('check', (OK, 1, 4), 'check', case, *illustrative, '--all-categories')
    proof.run('check', (OK, 1, 4), 'check', os.path.join(EXAMPLES, 'enterprise'), *illustrative, '--uncertainty', 'approach1')
    zero_carbon = [os.path.join(EXAMPLES, 'park-910'), '--rules', 'ndrc-2025-910']
    for status, args in (((OK,), ['check', *zero_carbon]), ((1,), ['check', *zero_carbon, '--stage', 'accept']), ((OK,), ['plan', *zero_carbon])):
        proof.run(args[0], status, *args)
    proof.run('footprint', (OK,), 'footprint', os.path.join(EXAMPLES, 'products'))
    t.write('bad.csv', rows('2023,电,1,kWh', '2023,电,x,kWh', '2023-13,,,kg'))
    for status, args in ((INVALID, ['account', 'bad.csv']), (USAGE, ['check', 'nowhere']), (USAGE, ['plan']), (USAGE, ['nothing']), (USAGE, ['factors', 'show', 'x'])):
        proof.run('error', (status,), *args)
    proof.run('rules_diff', (1,), 'rules', 'diff', 'shanghai-2022-189', 'ndrc-2025-910')
    proof.run('rules_coverage', (OK,), 'rules', 'show', 'ndrc-2025-910', '--coverage')
    proof.run('schemes', (1, 3, 4), 'check', os.path.join(EXAMPLES, 'park'), '--rules', 'shanghai-2022-189', '--rules', 'ndrc-2025-910')
    audits(t, proof)
    for name, (_, document) in proof.largest.items():
        refused(t, proof.schemas[name], document, name)
        wrong(t, proof.schemas[name], document, name)
