# SPDX-License-Identifier: GPL-3.0-or-later
"""What is missing as lists for those who have it (check --requests), filled in and read back (--answers); what is not met as tasks (--tasks).

The law: a case from which facts, evidence and parameters were taken, with the lists that then ask for them filled in by what was taken, is decided as the whole
case is."""
import csv
import io
import os
import shutil
import zipfile

from . import xlsx
from .filling import CATEGORIES, PARAMS
from .harness import INVALID, ROOT, USAGE, same, want

EXAMPLES = os.path.join(ROOT, 'examples')
ITEM, VALUE, UNIT, YEAR, SOURCE, EVIDENCE = 'item', 'value', 'unit', 'year', 'source', 'evidence'
FACT = {'fact': '事实', 'value': '值', 'unit': '单位', 'year': '年份', 'evidence': '凭证'}  # columns of case.csv
OWNERS = {'base_year': '能源办', 'end': '能源办', 'leading_body': '=cmd|x', 'plan_path': '规划部/二组'}


def rows_of(path):
    with open(path, encoding='utf-8-sig', newline='') as f:
        return list(csv.DictReader(f))


def table(rows, heads):
    out = io.StringIO()
    made = csv.DictWriter(out, heads, lineterminator='\r\n', extrasaction='ignore')
    made.writeheader()
    made.writerows(rows)
    return out.getvalue()


def taken(t, name, category):
    """A copy of an example without the facts and evidence that decide, with owners; what was taken, by the item of its request."""
    source = os.path.join(EXAMPLES, category)
    folder = os.path.dirname(t.path(f'{name}/case.csv'))
    for file in os.listdir(source):
        if file.endswith('.csv'):
            shutil.copy(os.path.join(source, file), folder)
    given, kept = {}, []
    for row in rows_of(os.path.join(source, 'case.csv')):
        found = {head: row.get(head) or row.get(zh) or '' for head, zh in FACT.items()}
        row = dict(found, owner=OWNERS.get(found['fact'], ''))
        if found['fact'] in OWNERS:
            given[found['fact']] = found
            row.update(value='', evidence='')
        elif found['evidence'] and found['fact'] in ('monitoring_basis', 'accounting_basis'):
            given['evidence:' + found['fact']] = found
            row['evidence'] = ''
        kept.append(row)
    t.write(f'{name}/case.csv', table(kept, [*FACT, 'owner']))
    for row in rows_of(PARAMS):
        given[row['param']] = row
    return name, given


def fill(path, given):
    """The list with what was taken, as its readers fill it in."""
    rows = rows_of(path)
    for row in rows:
        found = given.get(row[ITEM].removeprefix("'"))
        if not found:
            continue
        if row[ITEM].startswith('evidence:'):
            row[EVIDENCE] = found['evidence']
            continue
        row.update({VALUE: found['value'], UNIT: found.get('unit') or row[UNIT], SOURCE: found.get('source', ''), EVIDENCE: found.get('evidence', '')})
    return rows


def decided(answer):
    return answer['verdict'], [(r['id'], r['status']) for r in answer['requirements']]


def law(t, category):
    with t.case(f'{category}: taken, asked for, filled in, read back'):
        whole = t.run('check', os.path.join(EXAMPLES, category), '--params', PARAMS, '-f', 'json').json()
        name, given = taken(t, 'law-' + category, category)
        bare = t.run('check', name, '-f', 'json').json()
        want(decided(bare) != decided(whole), 'nothing was taken')
        asked = f'asked-{category}'
        done = t.run('check', name, '--requests', asked)
        want(done.status in (1, 4), done.errors)
        folder = os.path.join(t.folder, asked)
        lists = sorted(f for f in os.listdir(folder) if f.endswith('.csv'))
        same(sorted(f.rsplit('.', 1)[1] for f in os.listdir(folder)), sorted(['csv', 'docx', 'xlsx'] * len(lists)), 'files')
        want(any('规划部_二组' in f for f in lists), f'no list by its owner: {lists}')
        answers = []
        for i, file in enumerate(lists):
            rows = fill(os.path.join(folder, file), given)
            filled = f'filled-{category}-{file}'
            if i % 2:  # as a workbook, too
                filled = filled.replace('.csv', '.xlsx')
                t.write(filled, xlsx.book([list(rows[0])] + [[cell or None for cell in row.values()] for row in rows]))
            else:
                t.write(filled, table(rows, list(rows[0])))
            answers += ['--answers', filled]
            with open(os.path.join(t.folder, filled), 'rb') as source, open(os.path.join(folder, filled.split('-', 2)[2]), 'wb') as copy:
                copy.write(source.read())
        t.write(f'{asked}/~$1.xlsx', 'what an office program keeps beside it')
        same(decided(t.run('check', name, '--answers', asked, '-f', 'json').json()), decided(whole), 'the folder that was sent out, filled in')
        back = t.run('check', name, *answers, '-f', 'json')
        same(decided(back.json()), decided(whole), back.errors + ' decided')
        files = [f['file'] for f in back.json()['options']['answers']]
        same(len(files), len(lists), 'files of answers in the options')
        together = t.run('check', name, '--requests', f'together-{category}.csv')
        rows = fill(os.path.join(t.folder, f'together-{category}.csv'), given)
        t.write('together-filled.csv', table(rows, list(rows[0])))
        same(decided(t.run('check', name, '--answers', 'together-filled.csv', '-f', 'json').json()), decided(whole), together.errors + ' one list')
        t.write(f'report-{category}.json', back.out)
        verified = t.run('verify', f'report-{category}.json', name, '.')
        same(verified.status, 0, 'verify: ' + verified.text[-400:] + verified.errors)


def lists(t):
    name, _ = taken(t, 'lists', 'enterprise')
    with t.case('names and cells of the lists'):
        t.run('--lang', 'zh', 'check', name, '--requests', 'named')
        names = sorted(os.listdir(os.path.join(t.folder, 'named')))
        want(all('/' not in n and '=' not in n and '|' not in n for n in names), f'{names}')
        want(any(n.endswith('-_cmd_x.csv') for n in names), f'{names}')
        for n in names:
            path = os.path.join(t.folder, 'named', n)
            if n.endswith('.csv'):
                want(all(not cell.startswith(('=', '+', '@')) for row in rows_of(path) for cell in row.values() if cell), n)
            else:
                same(zipfile.ZipFile(path).testzip(), None, n)
        t.run('--lang', 'zh', 'check', name, '--requests', 'one.csv')
        want("'=cmd|x" in open(os.path.join(t.folder, 'one.csv'), encoding='utf-8-sig').read(), 'the formula of an owner is a text')
    with t.case('nothing is written over'):
        for option, place in (('--requests', 'named'), ('--requests', 'one.csv'), ('--tasks', 'one.csv'), ('--requests', f'{name}/case.csv'), ('--tasks', f'{name}/case.csv')):
            before = sorted(os.listdir(t.folder))
            done = t.run('check', name, option, place)
            want(done.status == USAGE and not done.out, f'{option} {place}: {done.status}')
            same(sorted(os.listdir(t.folder)), before, 'files')
    with t.case('nothing is missing'):
        done = t.run('check', os.path.join(EXAMPLES, 'enterprise'), '--params', PARAMS, '--requests', 'none', '--diagnostics', 'json')
        same((done.status, [d['code'] for d in done.diagnostics()], os.path.exists(os.path.join(t.folder, 'none'))), (0, ['W1519'], False), 'said')


HEADER = 'item,value,unit,year,source,evidence\n'
WRONG = (
    ('an item that nobody asks for', 'base_yaer,2023,,,,\n', 'E3991', 2),
    ('activity data', 'inventory:2023,5,,,,\n', 'E3991', 2),
    ('evidence of what is no fact', 'evidence:min_reduction,a.pdf,,,,\n', 'E3991', 2),
    ('another value', 'base_year,2023,,,,\nend,2031,,,,\n', 'E3999', 3),
    ('another paper', 'leading_body,,,,,other.pdf\n', 'E3999', 2),
    ('twice', 'plan_path,是,,,,\nplan_path,是,,,,\n', 'E3602', 3),
    ('a parameter without a source', 'min_reduction,5,t,,,\n', 'E3910', 2),
    ('a parameter in another unit', 'min_reduction,5,kWh,,x,\n', 'E3913', 2),
    ('a year that is none', 'base_year,2023,,soon,,\n', 'E3907', 2),
)


def wrong(t):
    with t.case('error: a folder without a list'):
        t.write('letters/1.docx', 'x')
        done = t.run('check', os.path.join(EXAMPLES, 'enterprise'), '--answers', 'letters')
        same((done.status, done.errors.count('E1522')), (INVALID, 1), done.errors)
    with t.case('no result over a list of a folder'):
        t.write('over/a.csv', HEADER)
        same(t.run('check', os.path.join(EXAMPLES, 'enterprise'), '--answers', 'over', '-o', 'over/a.csv').status, USAGE, 'status')
    for name, rows, code, line in WRONG:
        with t.case(f'error: {name}'):
            t.write('wrong.csv', HEADER + rows)
            done = t.run('check', os.path.join(EXAMPLES, 'enterprise'), '--answers', 'wrong.csv', '--diagnostics', 'json')
            found = [(d['code'], d['file'], d['line']) for d in done.diagnostics() if d['severity'] == 'error']
            same((done.status, found), (INVALID, [(code, 'wrong.csv', line)]), 'errors')


def tasks(t):
    with t.case('tasks of what is not met'):
        name, _ = taken(t, 'tasks', 'enterprise')
        t.write('tasks/measures.csv', 'id,name,group,end,reduction,unit\nM1,光伏,markets,2024-06,10,t/a\n')
        answer = t.run('check', name, '--params', PARAMS, '-f', 'json', '--tasks', 'made.csv').json()
        unmet = [r['id'] for r in answer['requirements'] if r['status'] == 'not_met']
        rows = rows_of(os.path.join(t.folder, 'made.csv'))
        same(([r['requirement'] for r in rows], [r['id'] for r in rows]), (unmet, [f'G{i + 1}' for i in range(len(unmet))]), 'rows')
        want(unmet and all(r['clause'] and 'evidence' in r['note'] and not r['evidence'] for r in rows), f'{rows}')
        shutil.copy(os.path.join(t.folder, 'made.csv'), os.path.join(t.folder, name, 'tasks.csv'))
        again = t.run('check', name, '--params', PARAMS, '--tasks', 'more.csv', '--diagnostics', 'json')
        same([d['code'] for d in again.diagnostics() if d['code'] == 'W1519'], ['W1519'], 'each has its task now')
        zh = t.run('--lang', 'zh', 'check', os.path.join(EXAMPLES, 'enterprise'), '--params', PARAMS, '--tasks', 'zh.csv')
        same(zh.status, 0, 'eligible, no tasks')


def run(t):
    for category in CATEGORIES:
        law(t, category)
    lists(t)
    wrong(t)
    tasks(t)
