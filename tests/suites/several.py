# SPDX-License-Identifier: GPL-3.0-or-later
"""Applicants in tables of several: each is the case that its rows make in a folder of its own, cut by hand; what is wrong with one stops no other."""
import csv
import io
import json
import os
import random
import re
import shutil

from . import xlsx
from .batch import EXAMPLES, lines_of
from .harness import DATA, INVALID, ROOT, USAGE, same, want
from .schema import schema_of, valid

FOLDERS = [os.path.join(folder, name) for folder in (os.path.join(EXAMPLES, 'first'), EXAMPLES) for name in ('building', 'community', 'enterprise', 'park', 'region')]
NAMES = ['甲楼宇', '乙 社区', 'Third Co., Ltd.', '丁园区', '戊“区域”', '甲楼宇二期', '庚社区', '辛企业', '壬园区', '癸区域']
PARTS = ('inventory', 'measures', 'targets', 'instruments', 'assumptions')
# What says where something stands, or where to write it: another place in a table of several.
PLACES = {'place', 'line', 'lines', 'column', 'sheet', 'file', 'path', 'sha256', 'size', 'encoding', 'paste', 'heads', 'new_heads', 'places', 'first_lines'}


def aliases():
    """What each spelling of a column is called, by kind of table."""
    with open(os.path.join(DATA, 'columns.csv'), encoding='utf-8') as f:
        rows = [r for r in csv.reader(f) if r and not r[0].startswith('#')]
    known = {}
    for kind, column, names, *_ in rows[1:]:
        for name in [column, *names.split(';')]:
            known[kind, name] = column
    return known


KNOWN = aliases()


def table_of(folder, name):
    """Rows of a table as dicts under canonical names; none when it is not there."""
    path = os.path.join(folder, name + '.csv')
    if not os.path.exists(path):
        return []
    kind = 'params' if name == 'assumptions' else name
    with open(path, encoding='utf-8-sig') as f:
        rows = list(csv.reader(f))
    heads = [KNOWN.get((kind, h), h) for h in rows[0]]
    return [dict(zip(heads, row)) for row in rows[1:] if any(row)]


def text_of(heads, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator='\n').writerows([heads, *[[row.get(h, '') for h in heads] for row in rows]])
    return out.getvalue()


def heads_of(tables):
    seen = {}
    for rows in tables:
        for row in rows:
            seen.update(dict.fromkeys(row))
    return list(seen)


def cases():
    """By applicant: facts, and the rows of each part."""
    found = {}
    for name, folder in zip(NAMES, FOLDERS):
        found[name] = {'case': table_of(folder, 'case'), **{part: table_of(folder, part) for part in PARTS}}
        for part in PARTS:
            for row in found[name][part]:
                row['applicant'] = name
    return found


def column_of(fact):
    year = fact.get('year', '')
    return (f'{year}年' if year else '') + fact['fact']


def factors_of():
    """All own factors of the examples, each once."""
    rows = []
    for folder in FOLDERS:
        rows += [row for row in table_of(folder, 'factors') if row not in rows]
    return text_of(heads_of([rows]), rows)


def applicants_of(found):
    heads, rows = ['申报单位'], []
    for name, tables in found.items():
        row = {'申报单位': name}
        for fact in tables['case']:
            row[column_of(fact)] = ' '.join(filter(None, (fact['value'], fact.get('unit'))))
            heads += [column_of(fact)] if column_of(fact) not in heads else []
            if fact.get('evidence'):
                row[fact['fact'] + ' evidence'] = fact['evidence']
                heads += [fact['fact'] + ' evidence'] if fact['fact'] + ' evidence' not in heads else []
        rows.append(row)
    return heads, rows


def write_both(t, found, whole, apart, chinese=False):
    """The same applicants in tables of several, rows of different ones mixed, and each in a folder of its own."""
    draw = random.Random(7)
    t.write(f'{whole}/{"申报单位" if chinese else "applicants"}.csv', text_of(*applicants_of(found)))
    t.write(f'{whole}/factors.csv', factors_of())
    for part in PARTS:
        heads = ['applicant', *[h for h in heads_of([tables[part] for tables in found.values()]) if h != 'applicant']]
        queues = [list(tables[part]) for tables in found.values()]
        mixed = []
        while any(queues):
            mixed.append(draw.choice([q for q in queues if q]).pop(0))
        t.write(f'{whole}/{part}.csv', text_of(heads, mixed))
        for name, tables in found.items():
            if tables[part]:
                t.write(f'{apart}/{name}/{part}.csv', text_of(heads, tables[part]))
    for name, tables in found.items():
        facts = [{k: v for k, v in row.items() if k != 'note'} for row in tables['case']]
        t.write(f'{apart}/{name}/case.csv', text_of(['fact', 'value', 'unit', 'year', 'evidence'], facts))
        t.write(f'{apart}/{name}/factors.csv', factors_of())


def placeless(value):
    """An answer without what says where something stands, in words too."""
    if isinstance(value, str):
        value = re.sub(r'第[\d、-]+行|\blines? [\d, -]*\d', 'LINE', value)
        return re.sub(r'\b(applicants|case)\.csv(:[\d:]+)?', 'FACTS', value)
    if isinstance(value, dict):
        return {k: placeless(v) for k, v in value.items() if k not in PLACES}
    return [placeless(v) for v in value] if isinstance(value, list) else value


def as_split(t):
    found = cases()
    write_both(t, found, 'whole', 'apart')
    by_hand = [f'apart/{name}' for name in found]
    for more in ([], ['--full']):
        with t.case(f'{" ".join(more)} each is what its rows are in a folder of its own'):
            result, apart = t.run('batch', 'whole', '--ordered', *more), t.run('batch', *by_hand, '--ordered', *more)
            same(result.errors, '', 'standard error')
            lines, wanted = lines_of(result.out), lines_of(apart.out)
            same([line['path'] for line in lines], [f'whole/applicants.csv#{name}' for name in found], 'paths')
            for line, other in zip(lines, wanted):
                valid(schema_of('batch'), line, line['path'])
                same(placeless(line), placeless(other), line['path'])
            same(len(lines), len(wanted), 'lines')
            same(result.status, apart.status, 'status')
            want(any(line['verdict'] != 'error' for line in lines), 'all are in error')


def laid_out(t):
    """Chinese names, GB 18030, title rows, a workbook: the same answers."""
    found = cases()
    write_both(t, found, 'w', 'unused')
    wanted = [placeless(line) for line in lines_of(t.run('batch', 'w', '--ordered').out)]

    def rows_of(name):
        with open(t.path(f'w/{name}.csv'), encoding='utf-8') as f:
            return list(csv.reader(f))

    def chinese(name, title=False, encoding='gb18030'):
        rows = rows_of(name)
        rows[0][0] = '申报单位' if name in ('applicants', *PARTS) else rows[0][0]
        if title:
            rows = [['二〇二四年度申报汇总', *[''] * (len(rows[0]) - 1)], *rows, ['合计', *[''] * (len(rows[0]) - 1)], ['注：以上数据经核对', *[''] * (len(rows[0]) - 1)]]
        out = io.StringIO()
        csv.writer(out, lineterminator='\r\n').writerows(rows)
        return out.getvalue().encode(encoding)
    names = {'applicants': '申报单位', 'inventory': '活动数据-全部', 'measures': '措施', 'targets': '目标', 'instruments': '绿电绿证', 'assumptions': '规划假设', 'factors': '自备因子'}
    with t.case('Chinese names of files and columns, in GB 18030'):
        for name, called in names.items():
            t.write(f'zh/{"factors" if name == "factors" else called}.csv', chinese(name))
        result = t.run('batch', 'zh', '--ordered')
        same(result.errors, '', 'standard error')
        for line, other in zip(lines_of(result.out), wanted):
            text = json.dumps(placeless(line), ensure_ascii=False, default=str).replace('（申报单位、', '（applicant、').replace('(申报单位, ', '(applicant, ') # columns by their own names
            same(text, json.dumps(other, ensure_ascii=False, default=str), line['path'])
    with t.case('title rows above, totals and notes below'):
        for name in names:
            t.write(f'title/{name}.csv', chinese(name, title=name in ('applicants', 'inventory', 'measures'), encoding='utf-8'))
        result = t.run('batch', 'title', '--ordered')
        same(re.findall(r'error|warning', result.errors), [], result.errors)
        same([line['verdict'] for line in lines_of(result.out)], [line['verdict'] for line in wanted], 'verdicts')
    with t.case('a workbook with a sheet for each'):
        sheets = [(title, rows_of(name)) for name, title in (('applicants', '申报单位'), ('inventory', '活动数据'), ('measures', '措施'), ('targets', '目标'), ('instruments', '绿电绿证'), ('factors', '因子'))]
        with open(t.path('all.xlsx'), 'wb') as f:
            f.write(xlsx.pack(xlsx.parts_of([(title, xlsx.sheet_xml([[c or None for c in row] for row in rows])) for title, rows in sheets])))
        result = t.run('batch', 'all.xlsx', '--ordered')
        lines = lines_of(result.out)
        same([line['path'] for line in lines], [f'all.xlsx#申报单位#{name}' for name in found], 'paths')
        same([line['verdict'] for line in lines], [line['verdict'] for line in wanted], 'verdicts')
        for line, other in zip(lines, wanted):
            same([(r['id'], r['status']) for r in line['requirements']], [(r['id'], r['status']) for r in other['requirements']], line['path'])
    with t.case('1, 2, 3 and 7 threads in order give the same bytes, without order the same lines'):
        answers = [t.run('batch', 'w', '--ordered', '--threads', str(n)).out for n in (1, 2, 3, 7)]
        same(len(set(answers)), 1, 'answers')
        same(sorted(t.run('batch', 'w', '--threads', '3').out.splitlines()), sorted(answers[0].splitlines()), 'lines')
    with t.case('beside folders and workbooks, and alone by its table'):
        same([line['path'] for line in lines_of(t.run('batch', FOLDERS[0], 'w/applicants.csv', '--ordered').out)],
             [FOLDERS[0], *[f'w/applicants.csv#{name}' for name in found]], 'paths')
        shutil.copytree(FOLDERS[0], t.path('many/a'))
        shutil.copytree(t.path('w'), t.path('many/b'))
        same([line['path'] for line in lines_of(t.run('batch', 'many', '--ordered').out)], ['many/a', *[f'many/b/applicants.csv#{name}' for name in found]], 'a folder of both')


SMALL = {'applicants': '申报单位,试点类型,试点目标\n甲,园区,碳达峰\n乙,园区,碳达峰\n丙,社区,碳中和\n',
         'inventory': '申报单位,period,activity,quantity,unit\n甲,2023,电,1000,kWh\n乙,2023,电,2000,kWh\n丙,2023,电,3000,kWh\n'}


def small(t, folder, **changed):
    for name, text in {**SMALL, **changed}.items():
        t.write(f'{folder}/{name}.csv', text)
    result = t.run('batch', folder, '--ordered', '--threads', '1')
    lines = lines_of(result.out)
    for line in lines:
        valid(schema_of('batch'), line, line['path'])
    return result, lines


def told(line):
    """Its errors: code, file, line and column."""
    return [(d['code'], d['place'].get('file'), d['place'].get('line'), d['place'].get('column')) for d in line.get('diagnostics', []) if d['severity'] == 'error']


def wrong(t):
    """What is wrong with one stops no other, and is told where it stands."""
    result, right = small(t, 'right')
    verdicts = [(line['path'].split('#')[-1], line['verdict']) for line in right]
    with t.case('three applicants'):
        same(result.errors, '', 'standard error')
        want(all(v != 'error' for _, v in verdicts), str(verdicts))

    def others(lines, but=()):
        found = {line['path'].split('#')[-1]: line['verdict'] for line in lines}
        for name, verdict in verdicts:
            if name not in but:
                same(found.get(name), verdict, name)
    with t.case('rows of an applicant that has no facts: a line of its own, with the near name'):
        result, lines = small(t, 'a', inventory=SMALL['inventory'] + '甲区,2023,电,5,kWh\n丁,2023,电,5,kWh\n丁,2023,气,5,m3\n', targets='申报单位,phase,year,emissions,unit,kind\n丁,1,2025,5,t CO2e,gross\n')
        same([(line['path'].split('#')[-1], told(line)) for line in lines[3:]],
             [('甲区', [('E2367', 'inventory.csv', 5, 1)]), ('丁', [('E2367', 'inventory.csv', 6, 1), ('E2367', 'targets.csv', 2, 1)])], 'lines')
        others(lines)
        same(result.status, INVALID, 'status')
    with t.case('an applicant without a row in the inventory'):
        result, lines = small(t, 'b', applicants=SMALL['applicants'] + '丁,园区,碳达峰\n')
        same((lines[3]['path'], told(lines[3])), ('b/applicants.csv#丁', [('E2368', 'applicants.csv', 5, 1)]), 'line')
        others(lines)
    with t.case('without any inventory nobody lacks a row in it'):
        os.makedirs(t.path('c'))
        t.write('c/applicants.csv', SMALL['applicants'])
        same([line['verdict'] == 'error' for line in lines_of(t.run('batch', 'c', '--ordered').out)], [False] * 3, 'errors')
    with t.case('two rows of one applicant: neither is taken'):
        result, lines = small(t, 'd', applicants=SMALL['applicants'] + ' 甲 ,社区,碳中和\n')
        same((len(lines), lines[0]['verdict'], told(lines[0])), (3, 'error', [('E2361', 'applicants.csv', 5, 1)]), 'line')
        others(lines, ('甲',))
    with t.case('rows that name nobody stand in a line of their table'):
        result, lines = small(t, 'e', applicants=SMALL['applicants'] + ',社区,碳中和\n', inventory=SMALL['inventory'] + ',2023,气,5,m3\n甲,2023,"气"x,5,m3\n')
        same([(line['path'], told(line)) for line in lines[3:]], [('e/applicants.csv', [('E3301', 'applicants.csv', 5, 1)]),
             ('e/inventory.csv', [('E3301', 'inventory.csv', 5, 1), ('E1103', 'inventory.csv', 6, 11)])], 'lines')
        others(lines)
    with t.case('what is wrong in a row is told by its applicant, at its place in the table'):
        result, lines = small(t, 'f', applicants='申报单位,试点类型,start\n甲,园区,\n乙,花园,2024\n丙,社区,昨天\n',
                              inventory=SMALL['inventory'] + '乙,2023,气,many,m3\n丙,2023,电\n丙,2023,电,"1\n2",kWh\n甲,2023,电,x,kWh\n')
        found = {line['path'].split('#')[-1]: told(line) for line in lines}
        same(found['甲'], [('E2211', 'inventory.csv', 9, 10)], '甲')
        want(('E2211', 'inventory.csv', 5, 11) in found['乙'] or any(p[1] == 'applicants.csv' and p[2] == 3 for p in found['乙']), str(found['乙']))
        want(any(p[1] == 'applicants.csv' and p[2:] == (4, 6) for p in found['丙']), str(found['丙']))
    with t.case('a table that tells nobody apart ends the run, and says which column lacks'):
        result, lines = small(t, 'g', inventory='period,activity,quantity,unit\n2023,电,1000,kWh\n')
        same((result.status, lines), (INVALID, []), 'status and lines')
        want('g/inventory.csv:1:1: error E2360' in result.errors, result.errors)
    with t.case('two tables for one part'):
        result, lines = small(t, 'h', 目标='申报单位,phase\n', targets='申报单位,phase\n')
        same((result.status, 'E1418' in result.errors), (INVALID, True), result.errors)
    with t.case('no output over one of the tables'):
        for name in SMALL:
            same(t.run('batch', 'right', '-o', f'right/{name}.csv').status, USAGE, name)


def resumed(t):
    """Only the applicant whose rows have changed is done anew."""
    with t.case('--resume goes by what is each applicant\'s own'):
        small(t, 'r')
        whole = t.run('batch', 'r', '--ordered').out
        same(t.run('batch', 'r', '--ordered', '--resume', '-o', 'r.ndjson').status, t.run('batch', 'r').status, 'status')
        with open(t.path('r.ndjson'), 'rb') as f:
            same(f.read(), whole, 'lines')


def filled(t):
    """The table that `init --wide` writes, filled in."""
    for lang in ('zh', 'en'):
        with t.case(f'init --wide feeds it: {lang}'):
            os.makedirs(t.path(f'init/{lang}'))
            t.run('--lang', lang, 'init', f'init/{lang}/applicants.csv', '--wide')
            with open(t.path(f'init/{lang}/applicants.csv'), encoding='utf-8-sig') as f:
                heads = next(csv.reader(f))
            rows = [{heads[0]: name, heads[2]: kind} for name, kind in (('甲', '产业园区'), ('乙', '居民社区'))]
            with open(t.path(f'init/{lang}/applicants.csv'), 'a', encoding='utf-8', newline='') as f:
                f.write(text_of(heads, rows).split('\n', 1)[1])
            result = t.run('batch', f'init/{lang}', '--ordered')
            same((result.errors, [(line['case'], line['category']) for line in lines_of(result.out)]), ('', [('甲', 'park'), ('乙', 'community')]), 'lines')


def one_case(t):
    """A case is of one applicant; an account sums several, and says so."""
    facts = 'fact,value\ncategory,park\ntarget,peak\n'
    inventory = '申报单位,period,activity,quantity,unit\n甲公司,2023,电,1000,kWh\n{},2023,天然气,5,Nm3\n'
    tables = {'inventory': inventory, 'measures': '申报主体,id,name,group\n甲公司,M1,屋顶光伏,能源\n{},M2,余热利用,能源\n',
              'targets': 'applicant,phase,year,emissions,unit,kind\n甲公司,1,2025,5,t CO2e,gross\n{},2,2030,4,t CO2e,gross\n',
              'instruments': '申报单位,id,kind,quantity,unit,year\n甲公司,G1,green_power,5,kWh,2023\n{},G2,green_power,5,kWh,2023\n'}
    for part, text in tables.items():
        with t.case(f'check of one case refuses several applicants in {part}.csv, and names them'):
            for lang, words in (('en', ('甲公司、乙公司', 'tanhe batch')), ('zh', ('甲公司、乙公司', 'tanhe batch', '申报主体'))):
                t.write('one/case.csv', facts)
                t.write(f'one/{part}.csv', text.format('乙公司'))
                result = t.run('--lang', lang, 'check', 'one')
                same((result.status, result.out), (INVALID, b''), 'status and standard output')
                want(f'one/{part}.csv:3:1: ' in result.errors and 'E2369' in result.errors and all(w in result.errors for w in words), result.errors)
        with t.case(f'one applicant, however it is spelled, in {part}.csv'):
            t.write(f'one/{part}.csv', text.format(' 甲公司 '))
            want('E2369' not in t.run('check', 'one').errors, 'refused')
        os.remove(t.path(f'one/{part}.csv'))
    with t.case('one applicant in each table, and not the same'):
        t.write('one/inventory.csv', inventory.format('甲公司'))
        t.write('one/targets.csv', 'applicant,phase,year,emissions,unit,kind\n乙公司,1,2025,5,t CO2e,gross\n')
        want('one/inventory.csv:2:1: ' in t.run('check', 'one').errors or 'E2369' in t.run('check', 'one').errors, 'not refused')
        os.remove(t.path('one/targets.csv'))
    with t.case('companies of a park are its sites'):
        t.write('one/inventory.csv', inventory.replace('申报单位', '企业名称').format('乙公司'))
        want('E2369' not in t.run('check', 'one').errors, 'refused')
    with t.case('an account is the sum of all, with a caveat that names them'):
        t.write('sum.csv', inventory.format('乙公司'))
        t.write('plain.csv', re.sub('(?m)^[^,]*,', '', inventory.format('乙公司')))
        both, plain = t.run('account', 'sum.csv', '-f', 'json').json(), t.run('account', 'plain.csv', '-f', 'json').json()
        same(both['totals'], plain['totals'], 'totals')
        want(any(c['code'] == 'C4232' and '甲公司、乙公司' in c['text']['zh'] for c in both['caveats']), str(both['caveats'])[:500])
        t.write('sum.csv', inventory.format('甲公司'))
        want(not any(c['code'] == 'C4232' for c in t.run('account', 'sum.csv', '-f', 'json').json()['caveats']), 'a caveat without a cause')


def many(t):
    """Time grows as the tables do."""
    with t.case('4,000 applicants in one table'):
        count = 4000
        t.write('many/applicants.csv', '申报单位,试点类型\n' + ''.join(f'单位{i},园区\n' for i in range(count)))
        t.write('many/inventory.csv', '申报单位,period,activity,quantity,unit\n' + ''.join(f'单位{i},2023-{m:02},电,{i + m}000,kWh\n' for m in (1, 2, 3) for i in range(count)))
        result = t.run('batch', 'many', '--ordered', '-f', 'json')
        same(result.json()['cases'], count, 'cases')


def tasks(t):
    """Tasks of several applicants: each has what a folder of its own would have."""
    rows = {'甲': ['T1,光伏,2024-06,2024-05,a.pdf'], '乙': ['T1,热泵,2024-06,,', 'T2,照明,2024-03,2024-05-10,b.pdf']}
    facts = {'甲': 'community,peak,2023', '乙': 'park,peak,2023'}
    head = 'id,task,due,done,evidence\n'
    t.write('staged/applicants.csv', 'applicant,category,target,base_year\n' + ''.join(f'{name},{facts[name]}\n' for name in rows))
    t.write('staged/inventory.csv', 'applicant,period,activity,quantity,unit\n' + ''.join(f'{name},{year},电,1000,kWh\n' for name in rows for year in (2023, 2024)))
    t.write('staged/tasks.csv', 'applicant,' + head + ''.join(f'{name},{row}\n' for name in rows for row in rows[name]))
    found = {line['case']: line for line in lines_of(t.run('batch', 'staged', '--ordered', '--stage', 'accept', '--full').out)}
    for name, own in rows.items():
        with t.case(f'tasks of {name}'):
            t.write(f'{name}/case.csv', 'fact,value\n' + ''.join(f'{fact},{value}\n' for fact, value in zip(('category', 'target', 'base_year'), facts[name].split(','))))
            t.write(f'{name}/inventory.csv', 'period,activity,quantity,unit\n2023,电,1000,kWh\n2024,电,1000,kWh\n')
            t.write(f'{name}/tasks.csv', head + ''.join(f'{row}\n' for row in own))
            alone = t.run('check', name, '--stage', 'accept', '-f', 'json').json()
            said = [[(k['id'], k['status'], k.get('late_days')) for k in report['tasks']] for report in (found[name], alone)]
            same((said[0], len(said[0])), (said[1], len(own)), 'tasks')
            same(*[[r['status'] for r in report['requirements'] if r['id'] == '4.2-done'] for report in (found[name], alone)], 'done')


def run(t):
    tasks(t)
    as_split(t)
    laid_out(t)
    wrong(t)
    resumed(t)
    filled(t)
    one_case(t)
    many(t)
