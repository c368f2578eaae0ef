# SPDX-License-Identifier: GPL-3.0-or-later
"""Many cases at once: each line says what `check` says of that case, whatever the threads and the order; a bad case is a line and stops no other."""
import csv
import json
import os
import random
import re
import shutil
import signal
import subprocess
from decimal import Decimal

from . import xlsx
from .harness import DATA, INVALID, OK, ROOT, SYSTEM, USAGE, same, want
from .preload import build
from .schema import schema_of, valid

EXAMPLES = os.path.join(ROOT, 'examples')
CASES = [os.path.join(folder, name) for folder in (os.path.join(EXAMPLES, 'first'), EXAMPLES) for name in sorted(os.listdir(folder))
         if os.path.exists(os.path.join(folder, name, 'case.csv'))]
LEFT_OUT, OF_REQUIREMENTS = ('account', 'params'), ('inputs', 'would_change', 'ends')
WORST = [5, 3, 1, 4, 0]


def lines_of(data):
    return [json.loads(line) for line in data.decode('utf-8').splitlines()]


def bare(document, full=False):
    """An object of check or batch without what only one of them has, or leaves out."""
    out = {k: v for k, v in document.items() if k not in ('schema', 'number', 'path', 'diagnostics', 'omitted', 'options') and (full or k not in LEFT_OUT)}
    if 'requirements' in out and not full:
        out['requirements'] = [{k: v for k, v in r.items() if k not in OF_REQUIREMENTS} for r in out['requirements']]
    return out


def as_check(t):
    """All examples at once against each alone; the examples bring factors of their own, which no other may see."""
    alone = [t.run('check', case, '-f', 'json') for case in CASES]
    for full in (False, True):
        with t.case(f'{"--full: " if full else ""}the lines of all examples are what check says'):
            result = t.run('batch', *CASES, '--ordered', *(['--full'] if full else []))
            same(result.err, b'', 'standard error')
            found = lines_of(result.out)
            same([(line['number'], line['path']) for line in found], [(i + 1, case) for i, case in enumerate(CASES)], 'numbers and paths')
            for line, check in zip(found, alone):
                same(bare(line, full), bare(json.loads(check.out), full), line['path'])
                want(full or not any(k in line for k in LEFT_OUT), 'something is not left out')
            same(result.status, next(s for s in WORST if s in [c.status for c in alone]), 'status')
    with t.case('options count for every case'):
        params = os.path.join(EXAMPLES, 'params-illustrative.csv')
        options = ['--params', params, '--profile', 'shanghai-2022', '--gwp', 'AR6']
        found = lines_of(t.run('batch', *CASES[:4], '--ordered', *options).out)
        for line, case in zip(found, CASES):
            same(bare(line), bare(json.loads(t.run('check', case, '-f', 'json', *options).out)), case)


def threads(t):
    with t.case('1, 2, 3 and 7 threads in order give the same bytes, without order the same lines'):
        many = CASES * 4
        ordered = {n: t.run('batch', *many, '--ordered', '--threads', str(n)) for n in (1, 2, 3, 7)}
        want(len({(r.status, r.out) for r in ordered.values()}) == 1, 'the threads show')
        for n in (1, 2, 3, 7):
            free = t.run('batch', *many, '--threads', str(n))
            same((free.status, sorted(free.out.splitlines())), (ordered[1].status, sorted(ordered[1].out.splitlines())), f'{n} threads without order')


def variants(t):
    """Cases that differ in all that a thread may keep from one to the next: words, periods, errors, factors, units, conditions, contracts, layouts, encodings."""
    lines = ['2023-01,一厂,总表,电,1000,kWh', '2023-02,一厂,总表,电,1100,kWh', '2023年3月,一厂,总表,外购电力,1,MWh', '2023,二厂,锅炉,天然气,500,m3', '2023,二厂,锅炉,柴油,3,t', '2023,二厂,叉车,汽油,300,L']
    facts = 'fact,value,unit,year\nname,{0},,\ncategory,enterprise,,\ntarget,peak,,\nbase_year,2023,,\nstart,2024-01,,\nend,2028-12,,\n'
    head = 'period,site,source,activity,quantity,unit'

    def case(name, inventory=None, more='', **files):
        t.write(f'law/{name}/case.csv', facts.format(name) + more)
        t.write(f'law/{name}/inventory.csv', inventory or '\n'.join([head, *lines]) + '\n')
        for file, text in files.items():
            t.write(f'law/{name}/{file}.csv', text)
        return f'law/{name}'
    gas = '气体状态,0C,,\n'
    return [
        case('plain', more=gas), case('again', more=gas), case('no-condition'), case('other-condition', more='气体状态,20C,,\n'),
        case('reversed', '\n'.join([head, *reversed(lines)]) + '\n', gas),
        case('semicolons', '\n'.join([head, *lines]).replace(',', ';') + '\n', gas),
        case('gb18030', ('\n'.join([head, *lines]) + '\n').encode('gb18030'), gas),
        case('bad-cell', '\n'.join([head, *lines, '2023-04,一厂,总表,电,many,kWh', '2023-13,一厂,总表,电,1,kWh']) + '\n', gas),
        case('unknown', '\n'.join([head, *lines, '2023-04,一厂,总表,不知道的燃料,1,t']) + '\n', gas),
        case('market', '\n'.join([head + ',instrument', *(line + ',' for line in lines), '2023-05,一厂,总表,电,900,kWh,绿证A']) + '\n', gas),
        case('listed', '\n'.join([head + ',instrument', *(line + ',' for line in lines), '2023-05,一厂,总表,电,900,kWh,绿证A']) + '\n', gas,
             instruments='id,kind,quantity,unit,year,factor,source\n绿证A,certificate,1000,kWh,2023,0,注销凭证\n'),
        case('region', '\n'.join([head + ',region', *(line + ',江苏' for line in lines)]) + '\n', gas),
        case('measured', '\n'.join([head + ',ncv', *(line + (',42 GJ/t' if '柴油' in line else ',') for line in lines)]) + '\n', gas),
        case('days', '\n'.join([head, '2023-01-01,一厂,总表,电,1000,kWh', '2023-02-01,一厂,总表,电,1000,kWh', '2023-12-15/2024-01-14,二厂,锅炉,天然气,500,m3']) + '\n', gas),
        case('own-factors', more=gas, factors='编号,气体,数值,单位,活动,名称,来源,可信度\nmine,CO2,0.9,kg/kWh,electricity,own,letter,user\n'),
        case('own-units', '\n'.join([head, *lines, '2023,二厂,锅炉,柴油,3,袋']) + '\n', gas, units='unit,value,of,source\n袋,50,kg,own\n'),
        case('wide', '站点,活动,单位,2023年1月,2023年2月,2023年3月\n一厂,电,kWh,1000,1100,1000\n二厂,天然气,m3,500,500,500\n', gas),
        case('empty', head + '\n', gas),
    ]


def alike(t):
    """What a thread keeps of the cases before is no case's own: each says the same alone, first, last, twice and behind any other."""
    many = variants(t) + CASES[:3]
    def told(order, *more):
        result = t.run('batch', *order, '--ordered', *more)
        return [re.sub(rb'"number": \d+', b'"number": 0', line) for line in result.out.splitlines()]
    for options in ([], ['--full'], ['--profile', 'shanghai-2022', '--gwp', 'AR6']):
        alone = {case: told([case], *options) for case in many}
        want(all(len(lines) == 1 for lines in alone.values()) and len({lines[0] for lines in alone.values()}) == len(many), 'the cases say nothing of their own')
        draw = random.Random(7)
        orders = [many, many[::-1], [case for case in many for _ in range(2)]] + [draw.sample(many * 2, 2 * len(many)) for _ in range(3)]
        for threads in (1, 3):
            with t.case(f'{" ".join(["in any order:", *options])}, {threads} threads'):
                for order in orders:
                    found = told(order, '--threads', str(threads), *options)
                    for case, line in zip(order, found):
                        same(line, alone[case][0], f'{case}, as in {order}')
                    same(len(found), len(order), 'lines')


def bad_cases(t):
    good = CASES[0]
    t.write('cases/b-empty/case.csv', 'fact,value\n')
    t.write('cases/c-bad/case.csv', 'fact,value\nname,x\nbase_year,yesterday\n')
    shutil.copytree(CASES[3], t.path('cases/d-broken'))
    t.write('cases/d-broken/inventory.csv', 'period,activity,quantity,unit\n2023,电,many,kWh\n')
    os.makedirs(t.path('cases/e-nothing'))
    t.write('cases/f.xlsx', 'no workbook')
    t.write('cases/.hidden/case.csv', 'fact,value\n')
    t.write('cases/~$f.xlsx', 'an open workbook')
    t.write('cases/notes.txt', 'not a case')
    with t.case('a folder of cases is each of them, a bad one stops no other'):
        result = t.run('batch', 'nowhere', 'cases', good, 'cases/notes.txt', '--ordered')
        found = lines_of(result.out)
        same([line['path'] for line in found],
             ['nowhere', 'cases/b-empty', 'cases/c-bad', 'cases/d-broken', 'cases/e-nothing', 'cases/f.xlsx', good, 'cases/notes.txt'], 'paths')
        same([line['verdict'] for line in found[:1] + found[2:6] + found[7:]], ['error'] * 6, 'verdicts of bad cases')
        same([line.get('status') for line in found], [3, None, None, None, 3, 3, None, 3], 'status of each: of what could not be read at all')
        same([line['diagnostics'][0]['code'] for line in (found[0], found[2], found[4], found[7])], ['E1530', 'E3821', 'E1513', 'E1531'], 'codes')
        want(found[2]['requirements'], 'a row of case.csv that cannot be read leaves the rest decided')
        same(bare(found[6]), bare(json.loads(t.run('check', good, '-f', 'json').out)), 'the good case')
        same(result.status, INVALID, 'status: the worst of them')
        same(result.err, b'', 'standard error')
        for line in found:
            valid(schema_of('batch'), line, line['path'])
    with t.case('a table with errors: what does not rest on it is decided'):
        line = lines_of(t.run('batch', 'cases/d-broken').out)[0]
        same((line['verdict'], [d['code'] for d in line['diagnostics']]), ('error', ['E2211']), 'verdict and findings')
        want(any(r['status'] == 'met' for r in line['requirements']), 'nothing is decided')
    with t.case('exit: 1 over 4 over 0'):
        shutil.copytree(CASES[3], t.path('no/case'))
        with open(t.path('no/case/case.csv'), encoding='utf-8') as f:
            text = f.read()
        t.write('no/case/case.csv', text.replace('2028-12', '2040-12'))
        same(t.run('check', 'no/case').status, 1, 'a case that is not eligible')
        same(t.run('batch', 'no', CASES[0], CASES[1]).status, 1, 'with those that have no verdict')
    with t.case('warnings of a case stand in its line'):
        shutil.copytree(CASES[3], t.path('warn/case'))
        with open(t.path('warn/case/inventory.csv'), encoding='utf-8') as f:
            lines = f.read().splitlines()
        t.write('warn/case/inventory.csv', '\n'.join([lines[0] + ',colour', *[line + ',' for line in lines[1:]]]) + '\n')
        line = lines_of(t.run('batch', 'warn').out)[0]
        want(all(d['severity'] == 'warning' for d in line['diagnostics']) and line['verdict'] != 'error', str(line['diagnostics'])[:200])


def lines(t):
    with t.case('each line is one by its schema, in both languages the same'):
        for more in ([], ['--full']):
            en, zh = (t.run('--lang', lang, 'batch', *CASES, '--ordered', *more) for lang in ('en', 'zh'))
            same(en.out, zh.out, 'bytes')
            for line in lines_of(en.out):
                valid(schema_of('batch'), line, line['path'])
                if more and line['verdict'] != 'error':
                    valid(schema_of('check'), {**{k: v for k, v in line.items() if k not in ('number', 'path', 'diagnostics')}, 'schema': 'tanhe.check/2', 'options': {}}, line['path'])
    with t.case('the schema refuses what is not'):
        validator = schema_of('batch')
        line = lines_of(t.run('batch', CASES[0]).out)[0]
        failed = lines_of(t.run('batch', 'nowhere').out)[0]
        for document, members in ((line, ('number', 'path', 'verdict', 'requirements', 'case')), (failed, ('number', 'path', 'verdict', 'status', 'diagnostics'))):
            want(not any(validator.iter_errors(document)), 'it refuses a line')
            for member in members:
                want(any(validator.iter_errors({k: v for k, v in document.items() if k != member})), f'it takes a line without {member}')
                want(any(validator.iter_errors({**document, member: None})), f'it takes null for {member}')
            want(any(validator.iter_errors({**document, 'colour': 'red'})), 'it takes another member')
    with t.case('a workbook is a case'):
        with open(t.path('book.xlsx'), 'wb') as f:
            f.write(xlsx.case_workbook(CASES[1]))
        found = lines_of(t.run('batch', 'book.xlsx').out)[0]
        same(bare(found), bare(json.loads(t.run('check', 'book.xlsx', '-f', 'json').out)), 'line')


def outputs(t):
    shutil.copytree(CASES[0], t.path('own/case'))
    with t.case('-o: all lines or nothing'):
        same(t.run('batch', *CASES, '--ordered', '-o', 'out.ndjson').out, b'', 'standard output')
        with open(t.path('out.ndjson'), 'rb') as f:
            same(f.read(), t.run('batch', *CASES, '--ordered').out, 'the file')
    for name in ('own/case/case.csv', 'own/case/inventory.csv'):
        with t.case(f'no output over an input: {name}'):
            with open(t.path(name), 'rb') as f:
                before = f.read()
            result = t.run('batch', CASES[0], 'own/case', '-o', name)
            same((result.status, 'E6' in result.errors or 'W' in result.errors or result.errors != ''), (USAGE, True), 'status')
            with open(t.path(name), 'rb') as f:
                same(f.read(), before, 'the input')
    with t.case('a full disk'):
        result = t.run('batch', *CASES, '-o', '/dev/full')
        same(result.status, SYSTEM, 'status')
        want('E1103' in result.errors or 'error' in result.errors, result.errors)
    for args in (['batch'], ['batch', CASES[0], '--threads', '0'], ['batch', CASES[0], '--threads', 'many'], ['batch', CASES[0], '--profile', 'mee'],
                 ['batch', CASES[0], CASES[1], '--rules', 'shanghai'], ['batch', CASES[0], '--progress', 'often']):
        with t.case('usage: ' + ' '.join(os.path.basename(a) for a in args)):
            result = t.run(*args)
            same((result.status, result.out), (USAGE, b''), 'status and standard output')
            want(result.errors.count('\n') == 1, result.errors)
    with t.case('progress, when it is asked for'):
        result = t.run('batch', *CASES, '-o', 'out.ndjson', '--progress', 'always')
        want(f'{len(CASES)} of {len(CASES)}' in result.errors, result.errors[:300])
        same(t.run('batch', *CASES, '-o', 'out.ndjson', '--progress', 'never').err, b'', 'without')


def manifests(t):
    """Which cases a table names, and that it leads nowhere else."""
    for name in ('in/a', 'in/sub/b', 'outside'):
        shutil.copytree(CASES[1], t.path(name))
    os.symlink(t.path('outside'), t.path('in/link'))
    os.symlink(t.path('in/sub/b'), t.path('in/inner'))
    with t.case('a manifest names cases from its own folder, in its order'):
        t.write('in/list.csv', 'path,colour\nsub/b,red\na,blue\n')
        result = t.run('batch', 'in/list.csv', '--ordered')
        found = lines_of(result.out)
        same([line['path'] for line in found], ['sub/b', 'a'], 'paths')
        same(bare(found[1]), bare(json.loads(t.run('check', 'in/a', '-f', 'json').out)), 'line')
        want('W2054' in result.errors and 'colour' in result.errors, 'no warning of the other column: ' + result.errors)
        t.write('in/zh.csv', '编号,案例\n1,a\n'.encode('gb18030'))
        same([line['path'] for line in lines_of(t.run('batch', 'in/zh.csv').out)], ['a'], 'by its Chinese name, in GB 18030')
    for path, verdict in (('../outside', 'error'), ('sub/../../outside', 'error'), (t.path('outside'), 'error'), ('link', 'error'), ('../nowhere', 'error'),
                          ('/etc', 'error'), ('sub/../a', None), ('inner', None), ('./a/', None), (t.path('in/a'), None)):
        with t.case('beneath the manifest or not: ' + path.replace(t.folder, '...')):
            t.write('in/list.csv', f'path\n{path}\nsub/b\n')
            result = t.run('batch', 'in/list.csv', '--ordered')
            found = lines_of(result.out)
            same(len(found), 2, 'lines')
            same(found[1]['verdict'] != 'error', True, 'the other case')
            if verdict:
                same([d['code'] for d in found[0]['diagnostics']], ['E1532'], 'finding')
                same(found[0]['diagnostics'][0]['place']['line'], 2, 'line of the manifest')
                valid(schema_of('batch'), found[0], path)
            else:
                want(found[0]['verdict'] != 'error', str(found[0].get('diagnostics')))
    for text, code in (('name,colour\na,red\n', 'E2051'), ('path,note\n,x\na,y\n', 'E2201')):
        with t.case(f'a manifest with errors: {code}'):
            t.write('in/list.csv', text)
            result = t.run('batch', 'in/list.csv')
            same((result.status, result.out), (INVALID, b''), 'status and standard output')
            want(' error E' in result.errors and 'in/list.csv' in result.errors, result.errors)
    with t.case('of several paths a table is a manifest only by its column; another one is a line in error, and the others go on'):
        t.write('in/other.csv', 'name,colour\na,red\n')
        t.write('in/empty.csv', '')
        t.write('in/list.csv', 'path\na\n')
        result = t.run('batch', 'in/sub', 'in/other.csv', 'in/list.csv', 'in/empty.csv', '--ordered')
        found = lines_of(result.out)
        same([(line['path'], [d['code'] for d in line.get('diagnostics', []) if d['severity'] == 'error']) for line in found],
             [('in/sub/b', []), ('in/other.csv', ['E1534']), ('a', []), ('in/empty.csv', ['E1534'])], 'lines')
        same(result.status, INVALID, 'status')
    with t.case('no output over a manifest'):
        t.write('in/list.csv', 'path\na\n')
        same(t.run('batch', 'in/list.csv', '-o', 'in/list.csv').status, USAGE, 'status')


def edited(t, name, source, **files):
    """A copy of a case with some of its files changed by functions."""
    shutil.copytree(source, t.path(name))
    for file, change in files.items():
        with open(t.path(f'{name}/{file}.csv'), encoding='utf-8') as f:
            text = f.read()
        t.write(f'{name}/{file}.csv', change(text))


def summaries(t):
    enterprise, community = os.path.join(EXAMPLES, 'enterprise'), os.path.join(EXAMPLES, 'community')
    for i in range(4):
        edited(t, f'sum/c{i}', community, case=lambda s, i=i: s.replace(',9650,', f',{9650 * (1, 1.01, 0.99, 20)[i]:.0f},'),
               inventory=lambda s, i=i: s.replace('2023-01', '2023-01', 1) if i else s)
    edited(t, 'sum/e0', enterprise, inventory=lambda s: s.replace('10 kV 总表', '电表 31000123456'))
    edited(t, 'sum/e1', community, inventory=lambda s: s.replace(s.splitlines()[1].split(',')[2], '电表 31000123456') if ',' in s else s)
    t.write('sum/bad/case.csv', 'fact,value\nbase_year,yesterday\n')
    with t.case('the summary counts what the lines say, beside them and instead of them'):
        result = t.run('batch', 'sum', '--ordered', '--summary', 'sum.json')
        found = lines_of(result.out)
        with open(t.path('sum.json'), encoding='utf-8') as f:
            summary = json.load(f)
        same(t.run('batch', 'sum', '-f', 'json').json(), json.loads(json.dumps(summary), parse_float=Decimal, parse_int=Decimal), 'instead of the lines')
        valid(schema_of('batch_summary'), summary, 'summary')
        same(summary['cases'], len(found), 'cases')
        by = {}
        for line in found:
            by[line.get('category'), line['verdict']] = by.get((line.get('category'), line['verdict']), 0) + 1
        same({(v.get('category'), v['verdict']): v['cases'] for v in summary['verdicts']}, by, 'verdicts')
        for member, wanted in (('not_met', lambda line: [r['id'] for r in line.get('requirements', []) if r['status'] == 'not_met' and r['level'] == 'mandatory']),
                               ('missing', lambda line: sorted({m['id'] if m['kind'] != 'measure' else 'measures' for m in line.get('missing', [])}))):
            by = {}
            for line in found:
                for name in wanted(line):
                    by[line.get('category'), name] = by.get((line.get('category'), name), 0) + 1
            if member == 'not_met':
                same({(v.get('category'), v['id']): v['cases'] for v in summary[member]}, by, member)
            else:
                same(sum(v['cases'] for v in summary[member]), sum(by.values()), member)
        same(sum(v['cases'] for v in summary['errors']), 1, 'errors')
    with t.case('outliers: the one that has twenty times the people'):
        first = next(o for o in summary['outliers'] if o['intensity'] == 'population' or 'person' in o.get('per', ''))
        same(first['path'], 'sum/c3', 'path')
        want(first['value'] < first['median'] / 15, str(first))
    with t.case('the same meter and the same figures in two applicants'):
        meters = [s for s in summary['shared'] if s['what'] == 'meter' and '31000123456' in s['text']]
        want(len(meters) == 1 and [c['path'] for c in meters[0]['first']] == ['sum/e0', 'sum/e1'], str(meters)[:300])
        figures = [s for s in summary['shared'] if s['what'] == 'figure']
        want(figures and figures[0]['cases'] >= 4, str(figures[:1]))
    with t.case('no order of cases, threads or lines shows in it'):
        names = ['sum/bad', *[f'sum/c{i}' for i in range(4)], 'sum/e0', 'sum/e1']
        answers = {t.run('batch', *names, '-f', form, '--threads', str(n), *more).out for n in (1, 3, 7) for more in ([], ['--ordered']) for form in ('json',)}
        same(len(answers), 1, 'answers')
        for form, lang in (('text', 'en'), ('text', 'zh'), ('csv', 'en')):
            same(len({t.run('--lang', lang, 'batch', *names, '-f', form, '--threads', str(n)).out for n in (1, 3, 7)}), 1, form)
    with t.case('the same numbers in CSV, with fixed heads in any language'):
        en, zh = (t.run('--lang', lang, 'batch', 'sum', '-f', 'csv').text for lang in ('en', 'zh'))
        same(en, zh, 'languages')
        table = list(csv.DictReader(en.lstrip('\ufeff').splitlines()))
        same(list(table[0]), ['what', 'category', 'id', 'cases', 'value', 'median', 'per', 'number', 'path'], 'heads')
        same({(r['category'], r['id']): int(r['cases']) for r in table if r['what'] == 'verdict'},
             {(v.get('category', ''), v['verdict']): v['cases'] for v in summary['verdicts']}, 'verdicts')
        same(sorted({r['what'] for r in table} - {'verdict', 'not_met', 'missing', 'error', 'outlier', 'meter', 'measure', 'figure'}), [], 'kinds of rows')
    with t.case('by the end of the name: .csv, .json, else text'):
        for name, begin in (('s.csv', b'\xef\xbb\xbfwhat,'), ('s.json', b'{\n  "schema": "tanhe.batch_summary/1"'), ('s.txt', 'tanhe'.encode())):
            t.run('batch', 'sum', '-o', 'lines.ndjson', '--summary', name)
            with open(t.path(name), 'rb') as f:
                want(f.read().startswith(begin), name)
    with t.case('lines and summary in one file'):
        same(t.run('batch', 'sum', '-o', 'one', '--summary', 'one').status, USAGE, 'status')
    with t.case('the schema of the summary refuses what is not'):
        validator = schema_of('batch_summary')
        for member in ('schema', 'tool', 'rules', 'cases', 'verdicts', 'not_met', 'missing', 'errors', 'outliers', 'shared'):
            want(any(validator.iter_errors({k: v for k, v in summary.items() if k != member})), f'it takes one without {member}')
        for member in ('verdicts', 'missing', 'errors', 'outliers', 'shared'):
            want(any(validator.iter_errors({**summary, member: [{**summary[member][0], 'colour': 'red'}]})), f'it takes another member in {member}')
            for key in summary[member][0]:
                want(any(validator.iter_errors({**summary, member: [{**summary[member][0], key: None}]})), f'it takes null for {member}.{key}')


def interrupted(child):
    """Send SIGINT, and wait until the process has it: a second one is no longer one with the first."""
    child.send_signal(signal.SIGINT)
    pending = True
    while pending and child.poll() is None:
        with open(f'/proc/{child.pid}/status', encoding='utf-8') as f:
            status = dict(line.rstrip('\n').split(':\t', 1) for line in f if ':\t' in line)
        pending = 'ShdPnd' in status and int(status['ShdPnd'], 16) & 1 << signal.SIGINT - 1 != 0


def ended(t, library, args, at, how):
    """Run, with a signal behind a counted write: the first is the journal's head, then each case is written into the journal and to the output."""
    return t.run(*args, env={'LD_PRELOAD': library, 'FAULT_CALL': 'write', 'FAULT_AT': str(at), 'FAULT_DO': 'signalled', 'FAULT_SIGNAL': str(int(how))},
                 restore_signals=True).status


def resumed(t):
    """Killed wherever, and taken up: the bytes of a run that nobody ended."""
    draw = random.Random(20)
    many = []
    for i in range(60):
        shutil.copytree(CASES[(1, 3)[i % 2]], t.path(f'r/{i:02}'))
        many.append(f'r/{i:02}')
    t.write('r/zz/case.csv', 'fact,value\nbase_year,yesterday\n')
    args = ['batch', 'r', 'nowhere', '-o', 'r.ndjson', '--resume', '--threads', '2']
    whole = t.run('batch', 'r', 'nowhere', '--ordered')
    library, writes = build(t, 'inject'), 2 * len(whole.out.splitlines())
    for ordered in (['--ordered'], []):
        for how, times in ((signal.SIGKILL, 10), (signal.SIGINT, 2)):
            with t.case(f'ended by {how.name} at {times} places, {"in order" if ordered else "as they finish"}'):
                for point in sorted(draw.randrange(1, writes) for _ in range(times)):
                    status = ended(t, library, [*args, *ordered], point, how)
                    want(status in (-how, whole.status), f'status {status}')
                result = t.run(*args, *ordered)
                same(result.status, whole.status, 'status')
                with open(t.path('r.ndjson'), 'rb') as f:
                    found = f.read()
                same(found.splitlines() if ordered else sorted(found.splitlines()), whole.out.splitlines() if ordered else sorted(whole.out.splitlines()), 'lines')
                want(not os.path.exists(t.path('r.ndjson.journal')), 'the journal stays')
                os.remove(t.path('r.ndjson'))
    def stopped(more=()):
        """A journal of some cases."""
        same(ended(t, library, [*args, '--ordered', *more], writes // 3, signal.SIGINT), -signal.SIGINT, 'status')
        want(os.path.exists(t.path('r.ndjson.journal')) and not os.path.exists(t.path('r.ndjson')), 'no journal, or a file')

    def finished(what, *more):
        t.run(*args, '--ordered', *more)
        with open(t.path('r.ndjson'), 'rb') as f:
            same(f.read(), t.run('batch', 'r', 'nowhere', '--ordered', *more).out, what)
        os.remove(t.path('r.ndjson'))
    with t.case('a journal is used: the kept line is the one that stands there'):
        stopped()
        with open(t.path('r.ndjson.journal'), 'rb') as f:
            kept = f.read()
        want(kept.count(b'\ncase ') > 5, 'few cases are kept')
        finished('lines')
    for what, change in (('a changed table', lambda: t.write('r/00/case.csv', 'fact,value\nname,other\n')), ('a new table', lambda: t.write('r/02/params.csv', 'param,value,unit,source\n')),
                         ('a paper', lambda: t.write('r/04/evidence/x.pdf', 'paper'))):
        with t.case('a case is done anew after ' + what):
            stopped()
            change()
            finished(what)
    with t.case('other options: nothing of the journal is used'):
        stopped()
        finished('lines', '--gwp', 'AR6')
    with t.case('a journal that was cut short or damaged counts up to there'):
        for damage in (lambda b: b[:len(b) // 2], lambda b: b[:len(b) // 2] + b'x' + b[len(b) // 2 + 1:], lambda b: b + b'case 3 ', lambda b: b'', lambda b: b[:30]):
            stopped()
            with open(t.path('r.ndjson.journal'), 'rb') as f:
                text = f.read()
            t.write('r.ndjson.journal', damage(text))
            finished('lines')
    with t.case("somebody's file of that name is kept"):
        t.write('r.ndjson.journal', 'my notes\n')
        result = t.run(*args)
        same((result.status, 'E1533' in result.errors), (INVALID, True), result.errors)
        with open(t.path('r.ndjson.journal'), 'rb') as f:
            same(f.read(), b'my notes\n', 'file')
        os.remove(t.path('r.ndjson.journal'))
    with t.case('the summary of a resumed run'):
        stopped(['--summary', 'rs.json'])
        t.run(*args, '--ordered', '--summary', 'rs.json')
        with open(t.path('rs.json'), 'rb') as f:
            same(f.read(), t.run('batch', 'r', 'nowhere', '-f', 'json').out, 'summary')
        os.remove(t.path('r.ndjson'))
    with t.case('SIGINT: the lines on standard output are whole'):
        child = subprocess.Popen([t.tanhe, 'batch', *many * 8], cwd=t.folder, stdout=subprocess.PIPE, bufsize=0, env={'PATH': '/usr/bin:/bin', 'LC_ALL': 'C'})
        first = child.stdout.readline()
        child.send_signal(signal.SIGINT)
        rest = child.communicate(timeout=60)[0]
        want(child.returncode in (-signal.SIGINT, whole.status, 1, 4), f'status {child.returncode}')
        want(all(json.loads(line)['schema'] == 'tanhe.batch/1' for line in (first + rest).splitlines()), 'lines')
    with t.case('a second SIGINT ends at once, also where nobody takes the lines'):
        for read in [0, *(draw.randrange(1, 5) for _ in range(4))]:
            child = subprocess.Popen([t.tanhe, 'batch', *many, '--threads', str(1 + read % 3)], cwd=t.folder, stdout=subprocess.PIPE, bufsize=0, pipesize=4096,
                                     env={'PATH': '/usr/bin:/bin', 'LC_ALL': 'C'})
            for _ in range(read):
                child.stdout.readline()
            child.stdout.read(1)  # of a line that is longer than the pipe: it hangs there
            interrupted(child)
            want(child.poll() is None, 'it ended in the middle of a line')
            child.send_signal(signal.SIGINT)
            same(child.wait(timeout=60), -signal.SIGINT, 'status')
            child.stdout.close()
    for wrong in (['--resume'], ['--resume', '-o', '-'], ['--resume', '-o', 'x', '-f', 'text']):
        with t.case('usage: ' + ' '.join(wrong)):
            same(t.run('batch', 'r', *wrong).status, USAGE, 'status')


def run(t):
    want(os.path.isdir(DATA) and len(CASES) > 8 and OK == 0, 'examples')
    as_check(t)
    threads(t)
    bad_cases(t)
    lines(t)
    outputs(t)
    manifests(t)
    summaries(t)
    alike(t)
    resumed(t)
