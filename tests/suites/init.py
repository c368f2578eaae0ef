# SPDX-License-Identifier: GPL-3.0-or-later
"""A case to fill in: every category and target, both languages, tables and workbook; nothing is ever written over, and nothing is left when it fails. The walk:
filled in by its own hints, step by step, each time with the right list of what comes next, to a verdict with the illustrative parameters. A line that is not
filled in is no line: never zero, never an error."""
import csv
import io
import json
import os
import shutil

import jsonschema
import openpyxl

from .filling import CATEGORIES, PARAMS, TARGETS, area, parameter_values
from .harness import DATA, INVALID, OK, ROOT, SYSTEM, UNDETERMINED, USAGE, Failure, same, shipped_pack, spots, want
from .preload import build, count

PACK = 'shanghai-2022-189'
TABLES = ('case', 'inventory', 'measures', 'targets', 'tasks', 'params')
SHEETS = {'zh': ['填写说明', '基本信息', '活动数据', '措施', '目标', '任务', '参数', '选项'],
          'en': ['How to fill in', 'case', 'inventory', 'measures', 'targets', 'tasks', 'params', 'choices']}
GUIDE = {'zh': ['填写说明.csv', '选项.csv'], 'en': ['guide.csv', 'choices.csv']}
MARK = '\ufeff'.encode()
# Facts that an applicant states only when it has reason to: a script that fills in all others leaves them empty.
VOLUNTARY = ('缺月说明', '申报的减排量', '特殊情况', '特殊情况说明', '在沪央企总部', '国家级园区')


def table(data):
    want(data.startswith(MARK) and b'\r\n' in data and b'\n' not in data.replace(b'\r\n', b''), 'no byte order mark, or a line without CRLF')
    return list(csv.reader(io.StringIO(data.decode('utf-8-sig'), newline='')))


def read(t, name):
    with open(t.path(name), 'rb') as f:
        return f.read()


def save(t, name, cells):
    out = io.StringIO()
    csv.writer(out, lineterminator='\r\n').writerows(cells)
    t.write(name, out.getvalue().encode('utf-8-sig'))


def made(t, path, *args, lang='zh'):
    result = t.run('--lang', lang, 'init', path, *args)
    same((result.status, result.errors), (OK, ''), 'status and messages')
    want(path in result.text, f'the report does not name {path}: {result.text}')
    return result


def kinds():
    return [(c, g, ['--category', c, '--target', g]) for c in CATEGORIES for g in TARGETS]


# --- what is written ---

def tables(t, lang, category, target, args):
    folder = f'{lang}-{category}-{target}'
    made(t, folder, '--csv', *args, lang=lang)
    same(sorted(os.listdir(t.path(folder))), sorted([f'{name}.csv' for name in TABLES] + GUIDE[lang]), 'files')
    cells = {name: table(read(t, f'{folder}/{name}')) for name in os.listdir(t.path(folder))}
    want(all(len(row) == len(found[0]) for found in cells.values() for row in found), 'a ragged row')
    case = cells['case.csv']
    want(len(case) > 15 and all(row[0] and row[4] for row in case), 'a fact without a name, or without what may be filled in')
    same(sum(row[1] != '' for row in case[1:]), 2, 'values that are filled in already: category and target')
    want(all(row[0] == '' and row[4] == '' and row[3] for row in cells['inventory.csv'][1:]), 'a line with a period or quantity, or without an activity')
    want(len(cells['inventory.csv']) > 4, 'hardly an activity')
    same([len(cells[f'{name}.csv']) for name in ('measures', 'targets', 'tasks')], [1, 1, 1], 'rows of measures, targets and tasks')
    params = cells['params.csv'][1:]
    same((len(params), {row[1] for row in params}), (9, {''}), 'parameters, all without values')
    want(all('“' in row[4] for row in params), 'a parameter without the words of its clause')
    return cells


def workbook(t, lang, category, target, args, cells):
    path = f'{lang}-{category}-{target}.xlsx'
    made(t, path, *args, lang=lang)
    book = openpyxl.load_workbook(t.path(path))
    same(book.sheetnames, SHEETS[lang], 'sheets')
    same([s.sheet_state for s in book], ['visible'] * 7 + ['hidden'], 'hidden sheets')
    for sheet, name in zip(SHEETS[lang][1:7], TABLES):
        found = [['' if v is None else v for v in row] for row in book[sheet].iter_rows(values_only=True)]
        same(found, [[c.lstrip("'") for c in row] for row in cells[f'{name}.csv']], f'cells of sheet {sheet} and of {name}.csv')
    lists(book, lang)
    first = read(t, path)
    os.remove(t.path(path))
    result = t.run('--lang', lang, 'init', path, *args, env={'TZ': 'Asia/Shanghai', 'LC_ALL': 'de_DE.UTF-8', 'LANG': 'zh_CN.UTF-8'})
    same(result.status, OK, 'status')
    want(read(t, path) == first, 'other bytes in another time zone and locale')


def lists(book, lang):
    """Every list to choose from is a range, is a question and no refusal, and holds what it should."""
    case, inventory, measures, targets = (book[name] for name in SHEETS[lang][1:5])
    for sheet in (case, inventory, measures, targets):
        for rule in sheet.data_validations.dataValidation:
            want(rule.errorStyle == 'warning', f'{sheet.title} {rule.sqref}: other words are refused')
            want(rule.type is None or '"' not in rule.formula1, f'{sheet.title} {rule.sqref}: a list that is no range')
    rule = {str(r.sqref).split(':', maxsplit=1)[0]: r for sheet in (case, inventory, measures, targets) for r in sheet.data_validations.dataValidation
            if r.type == 'list' and sheet is not case}
    activities = area(book, rule['D2'].formula1)
    want(len(activities) == len(set(activities)) > 200 and None not in activities, f'{len(activities)} activities')
    choices = book[SHEETS[lang][-1]]
    pairs = [(row[1], row[2]) for row in choices.iter_rows(min_row=2, values_only=True) if row[1]]
    same([a for i, (a, _) in enumerate(pairs) if i == 0 or pairs[i - 1][0] != a], activities, 'activities of the units, each once and together')
    formula = rule['F2'].formula1
    want('MATCH($D2,' in formula and f"$B${len(pairs) + 1}" in formula, f'units do not go by the activity: {formula}')
    for row in inventory.iter_rows(min_row=2, values_only=True):
        want(row[5] in {None, *(u for a, u in pairs if a == row[3])}, f'{row[3]} in {row[5]}, which its list does not have')
    same(len(area(book, rule['C2'].formula1)), 29, 'groups of measures')
    answers = {str(r.sqref): area(book, r.formula1) for r in case.data_validations.dataValidation if r.type == 'list'}
    for number, row in enumerate(case.iter_rows(min_row=2, values_only=True), 2):
        listed = answers.get(f'B{number}')
        want(listed is None or all(str(v) in row[4] for v in listed), f'{row[0]}: the list and the words differ')
    want(case['B5'].number_format == '@' and inventory['A2'].number_format == '@' and inventory['E2'].number_format == 'General', 'formats')


# --- the units that are offered ---

def units(t):
    """Each activity that is offered computes in each of its units: no unit, no choice of factor stands in the way."""
    for lang in ('zh', 'en'):
        with t.case(f'every pair of activity and unit, {lang}'):
            made(t, f'units-{lang}', '--csv', '--category', 'region', '--target', 'peak', lang=lang)
            pairs = [row[1:3] for row in table(read(t, f'units-{lang}/{GUIDE[lang][1]}'))[1:] if row[1]]
            out = [['period', 'activity', 'quantity', 'unit', 'site']] + [['2023', a, '1', u, f's{i}'] for i, (a, u) in enumerate(pairs)]
            save(t, 'pairs.csv', out)
            result = t.run('account', 'pairs.csv', '-f', 'json')
            same((result.status, result.errors), (OK, ''), f'status of {len(pairs)} pairs')
    with t.case('a refrigerant is left out only where a gas of it has no GWP'):
        offered = {row[1] for row in table(read(t, f'units-zh/{GUIDE["zh"][1]}'))[1:]}
        with open(os.path.join(DATA, 'activities.csv'), encoding='utf-8') as f:
            left_out = [row['activity'] for row in csv.DictReader(f) if row['method'] == 'refrigerant' and row['name_zh'] not in offered]
        want(left_out, 'every refrigerant is offered: nothing is tested')
        for activity in left_out:
            t.write('one.csv', f'period,activity,quantity,unit\n2023,{activity},1,kg\n')
            result = t.run('account', 'one.csv')
            want(result.status == INVALID and 'E2111' in result.errors, f'{activity} is not offered, and computes: {result.status} {result.errors}')


# --- the walk ---

def answer(name, allowed, hint):
    """What a careful person fills in by the words beside the cell alone."""
    if name in VOLUNTARY:
        return ''
    if '符合本条的有：' in hint:
        return hint.split('符合本条的有：')[1].split('。', maxsplit=1)[0].split('、')[0]
    if '：' in allowed:
        listed = allowed.split('：', 1)[1].split('、')
        return '；'.join(listed[:2]) if allowed.startswith('可填多项') else listed[0]
    if allowed.startswith('年份'):
        return '2023'
    if allowed.startswith('年月'):
        return '2028-12' if '结束' in name else '2024-01'
    return '5000' if allowed.startswith('数字') else '示范单位'


def fill_case(t, folder):
    cells = table(read(t, f'{folder}/case.csv'))
    for row in cells[1:]:
        row[1] = row[1] or answer(row[0], row[4], row[5])
        if row[1] and '写明单位，如' in row[4]:
            row[2] = row[4].split('写明单位，如')[1]
        if row[1] and '须填写佐证材料' in row[5]:
            row[3] = '证明材料.pdf'
    save(t, f'{folder}/case.csv', cells)


def fill_inventory(t, folder):
    """Each line in each month; where the unit is open, the first of its list."""
    pairs = {}
    for row in table(read(t, f'{folder}/选项.csv'))[1:]:
        if row[1]:
            pairs.setdefault(row[1], row[2])
    cells = table(read(t, f'{folder}/inventory.csv'))
    out = cells[:1]
    for row in cells[1:]:
        for month in range(1, 13):
            quantity = '1000000' if row[3] == '外购电力' else '10'
            out.append([f'2023-{month:02}', row[1], row[2], row[3], quantity, row[5] or pairs[row[3]], row[6], row[7]])
    save(t, f'{folder}/inventory.csv', out)


def fill_measures(t, folder):
    groups = [row[4] for row in table(read(t, f'{folder}/选项.csv'))[1:] if row[4]]
    head = table(read(t, f'{folder}/measures.csv'))[0]
    save(t, f'{folder}/measures.csv', [head] + [[f'M{i}', f'措施{i}', g, '2024-01', '2024-12', '50', '10', '1', '10', '计划', '', ''] for i, g in enumerate(groups)])
    head = table(read(t, f'{folder}/targets.csv'))[0]
    save(t, f'{folder}/targets.csv', [head, ['第一阶段', '2026', '6000', 't CO2e', '总量', ''], ['第二阶段', '2028', '5000', 't CO2e', '总量', '']])


def fill_params(t, folder):
    with open(PARAMS, encoding='utf-8') as f:
        given = list(csv.DictReader(f))
    cells = table(read(t, f'{folder}/params.csv'))
    same(len(cells) - 1, len(given), 'parameters')
    for row, value in zip(cells[1:], given):  # both in the pack's order
        row[1:4] = [value['value'], value['unit'], value['source']]
    save(t, f'{folder}/params.csv', cells)


def missing(t, folder):
    """What check lacks in requirements that decide: ids, and the status."""
    result = t.run('check', folder, '-f', 'json')
    want(result.status in (OK, UNDETERMINED), f'status {result.status}: {result.errors[:500]}')
    found = result.json()
    return result.status, {m['id'] if isinstance(m, dict) else m for r in found['requirements'] if r['level'] == 'mandatory' for m in r['missing']}


def pack_facts():
    pack = shipped_pack(PACK)
    return {fact['zh']: fact['id'] for fact in pack['facts']}, {p['id'] for p in pack['parameters']}


def places(t, folder, facts):
    """check says of each fact that is missing in which line of which file it waits, and of the inventory too."""
    text = t.run('--lang', 'zh', 'check', folder).text
    cells = table(read(t, f'{folder}/case.csv'))
    for number, row in enumerate(cells[1:], 2):
        shown = [line for line in text.splitlines() if line.startswith('  - ') and f'（{facts[row[0]]}）' in line]
        want(not shown or f'  {folder}/case.csv:{number}:' in shown[0], f'{shown}, expected line {number}')
    want(any(f'  {folder}/inventory.csv:2:1' in line for line in text.splitlines() if line.startswith('  - ')), 'the inventory has no place')


def walk(t, category, target, args):
    facts, params = pack_facts()
    folder = f'walk-{category}-{target}'
    made(t, folder, '--csv', *args)
    offered = {facts[row[0]] for row in table(read(t, f'{folder}/case.csv'))[1:]}
    status, lacks = missing(t, folder)
    same(status, UNDETERMINED, 'status of what nobody has filled in')
    tables_of = {'inventory', 'measures'}
    same(lacks - params - offered, tables_of, 'what is missing beside facts of the table and parameters')
    want(len(lacks & offered) > 10, f'facts that are missing: {lacks & offered}')
    route = t.run('check', folder, '-f', 'json').json()['route']
    want('missing' in route and {m['id'] if isinstance(m, dict) else m for m in route['missing']} <= offered, f'who files where is asked by what the table does not offer: {route}')
    places(t, folder, facts)
    fill_case(t, folder)
    status, lacks = missing(t, folder)
    same((status, lacks - params - {'holes_reason'}), (UNDETERMINED, tables_of), 'after the case, only the tables')
    fill_inventory(t, folder)
    status, lacks = missing(t, folder)
    same((status, lacks - params), (UNDETERMINED, {'measures'}), 'after the inventory, the measures')
    fill_measures(t, folder)
    status, lacks = missing(t, folder)
    want(status == UNDETERMINED and lacks and lacks <= params, f'after the measures, only numbers of the text: {status} {lacks}')
    fill_params(t, folder)
    same(missing(t, folder), (OK, set()), 'after the parameters, eligible')


# --- the tables of other schemes, and of products ---

OTHERS = {  # by scheme its tables, and the command that says what is missing
    'event-neutrality': ('events.csv', 'inventory.csv', 'offsets.csv', 'params.csv'), 'project-admission': ('project.csv', 'inventory.csv', 'params.csv'),
}


def filled_in(t, folder, file, values):
    """A table of facts by its own hints; `values` are those that its reader would know better."""
    cells = table(read(t, f'{folder}/{file}'))
    for row in cells[1:]:
        row[1], row[3] = values.get(row[0], answer(row[0], row[4], row[5])), '证明材料.pdf' if '须填写佐证材料' in row[5] else ''
    save(t, f'{folder}/{file}', cells)


def lines_in(t, folder, period, more):
    head, *lines = table(read(t, f'{folder}/inventory.csv'))
    pairs = {}
    for row in table(read(t, f'{folder}/选项.csv'))[1:]:
        pairs.setdefault(row[1], row[2])
    at = {name: i for i, name in enumerate(head)}
    for row in lines:
        row[at['期间']], row[at['数量']], row[at['单位']] = period, '10', row[at['单位']] or pairs[row[at['活动']]]
        for name, value in more.items():
            row[at[name]] = value
    save(t, f'{folder}/inventory.csv', [head, *lines])


def schemes(t):
    for pack, files in OTHERS.items():
        for lang in ('zh', 'en'):
            with t.case(f'{pack} {lang}: its own tables, its facts where it reads them, and the way on'):
                name = f'{pack}-{lang}'
                said = made(t, name, '--csv', '--rules', pack, lang=lang).text
                same(sorted(os.listdir(t.path(name))), sorted([*files, *GUIDE[lang]]), 'files')
                want(f'tanhe check {name} --rules {pack}' in said, said)
                guide = read(t, f'{name}/{GUIDE[lang][0]}').decode('utf-8-sig')
                want(f'--rules {pack}' in guide and 'case.csv' not in guide and 'measures.csv' not in guide, guide)
                result = t.run('check', name, '--rules', pack, '-f', 'json')
                missing = result.json()['missing']
                same((result.status, {m['file'] for m in missing if m['kind'] == 'fact'}), (UNDETERMINED, {files[0]}), result.errors)
                want(all(m['place']['file'] == files[0] for m in missing if m['kind'] == 'fact'), f'a fact that its table does not ask for: {missing}')
                made(t, f'{name}.xlsx', '--rules', pack, lang=lang)
                book = t.run('check', f'{name}.xlsx', '--rules', pack, '-f', 'json')
                same((book.status, {m['id'] for m in book.json()['missing']}), (UNDETERMINED, {m['id'] for m in missing}), book.errors)
                text = t.run('--lang', lang, 'check', name, '--rules', pack).text
                want(f'rulesparams--rules{pack}--template' in unwrapped(text).replace(' ', ''), text)
                same(t.run('rules', 'params', '--rules', pack, '--template').status, OK, 'the template that is named')
    with t.case('each class of an event has a line, under its own name'):
        with open(os.path.join(DATA, 'rules', 'event-neutrality.json'), encoding='utf-8') as f:
            rules = json.load(f)
        classes = [c['id'].split('_', 1)[1] for c in rules['computed'] if c['id'].startswith('emissions_')]
        for lang in ('zh', 'en'):
            names = {fact[lang] for fact in rules['facts'] if fact['id'] in classes}
            same({row[2] for row in table(read(t, f'event-neutrality-{lang}/inventory.csv'))[1:]}, names, lang)
    with t.case('an event filled in by its own hints is neutral'):
        folder = 'event-neutrality-zh'
        filled_in(t, folder, 'events.csv', {'活动名称': '年会', '活动类型': '会议', '现场参加人数': '500', '活动开始日期': '2025-09-18', '活动结束日期': '2025-09-19'})
        lines_in(t, folder, '2025-09-18/2025-09-19', {})
        same(t.run('event', folder).status, UNDETERMINED, 'without an offset')
        head = table(read(t, f'{folder}/offsets.csv'))[0]
        save(t, f'{folder}/offsets.csv', [head, ['国家核证自愿减排量', '1000', 't CO2e', '2024', '某登记系统', 'S1', '2025-11-12', '年会', '', '']])
        result = t.run('event', folder)
        same(result.status, OK, f'{result.text} {result.errors}')
    with t.case('a project filled in by its own hints is decided when the park gives its limits'):
        folder = 'project-admission-zh'
        filled_in(t, folder, 'project.csv', {})
        head, *params = table(read(t, f'{folder}/params.csv'))
        save(t, f'{folder}/params.csv', [head, *[[row[0], '1', row[2], '园区', ''] for row in params]])
        want(t.run('check', folder, '--rules', 'project-admission').status in (OK, 1), 'a verdict')
    with t.case('products alone: a footprint by its own hints, for tanhe footprint'):
        for lang in ('zh', 'en'):
            said = made(t, f'products-{lang}', '--csv', '--products', lang=lang).text
            want(f'tanhe footprint products-{lang}' in said, said)
            same(sorted(os.listdir(t.path(f'products-{lang}'))), sorted(['products.csv', 'inventory.csv', *GUIDE[lang]]), 'files')
        head = table(read(t, 'products-zh/products.csv'))[0]
        row = dict.fromkeys(head, '') | {'产品': 'P1', '声明单位': '1 t', '系统边界': '从摇篮到大门', '期间': '2025', '产量': '10', '产量单位': 't'}
        save(t, 'products-zh/products.csv', [head, [row[name] for name in head]])
        lines_in(t, 'products-zh', '2025', {'所属产品': 'P1', '生命周期阶段': '生产'})
        result = t.run('footprint', 'products-zh')
        same(result.status, OK, result.errors)
    with t.case('products beside a scheme: its tables and theirs'):
        made(t, 'both', '--csv', '--products', '--category', 'enterprise', '--target', 'peak')
        same(sorted(os.listdir(t.path('both'))), sorted([f'{name}.csv' for name in TABLES] + ['products.csv'] + GUIDE['zh']), 'files')
        same([t.run('check', 'both').status, t.run('init', 'x', '--wide', '--products').status], [UNDETERMINED, USAGE], 'status')
    with t.case('a table of tasks without a row states nothing, at any stage'):
        t.write('stage/case.csv', 'fact,value,evidence\ncategory,park,\ntarget,peak,\ntasks_done,yes,a.pdf\n')
        before = {r['id']: r['status'] for r in t.run('check', 'stage', '--stage', 'accept', '-f', 'json').json()['requirements']}
        t.write('stage/tasks.csv', 'id,task,due,done,evidence\n')
        same({r['id']: r['status'] for r in t.run('check', 'stage', '--stage', 'accept', '-f', 'json').json()['requirements']}, before, 'requirements')


# --- the walk of lines: what check prints is pasted, one thing after the other, until there is a verdict ---

def rows_of(t, path):
    """A table of a case, in any encoding that a case has; none: an empty one."""
    if not os.path.exists(t.path(path)):
        return []
    data = read(t, path)
    return list(csv.reader(io.StringIO(data.decode('utf-8-sig'), newline='')))


BODY = {'region': '行政主管部门', 'park': '园区管委会', 'community': '街道办事处', 'building': '业主', 'enterprise': '企业'}


def value_of(item, category):
    """An accepted value: the first there is; of who applies, one that may."""
    return BODY[category] if item['id'] == 'body_type' else answer(item['title']['zh'], item['allowed']['zh'], '')


def line_of(item, category):
    """The words of the line to paste, its question marks filled in by what the item says beside it."""
    words = next(csv.reader([item['paste']['zh']]))
    head, rest = item['id'].split(':')[0], {}
    if item['kind'] == 'param':
        value = parameter_values()[item['id']]
        rest = iter([value['value'], value['source']])
    elif item['kind'] == 'fact':
        rest = iter([value_of(item, category), '证明材料.pdf'])
    elif head == 'inventory':
        rest = iter((['2023'] if words[0] == '?' else []) + ['外购电力', '1000000', 'kWh'] if '?' == words[3] else ['5'])
    elif head == 'measures':
        rest = iter(['屋顶光伏', '发展可再生能源和新型储能', '2024-01', '2024-12', '50'])
    else:
        rest = iter(['第一阶段', '2026', '5000', '总量'])
    return [next(rest) if w == '?' else w for w in words]


def paste(t, folder, item, category):
    name = f'{folder}/{item["file"]}'
    cells = rows_of(t, name) or [next(csv.reader([item['heads']['zh']]))]
    cells[0] += next(csv.reader([item['new_heads']['zh']])) if 'new_heads' in item else []
    line = line_of(item, category)
    same(len(line), len(cells[0]), f'cells of the line {line} under {cells[0]}')
    save(t, name, [row + [''] * (len(cells[0]) - len(row)) for row in cells] + [line])


def fill_place(t, folder, item, category):
    """The cell that waits takes a value; beside it its evidence, or its source."""
    name = f'{folder}/{item["file"]}'
    cells = rows_of(t, name)
    row, at = cells[int(item['place']['line']) - 1], {n: i for i, n in enumerate(cells[0])}
    if item['id'] == 'inventory':
        row[at['期间']], row[at['数量']] = '2023', '1000000'
        row[at['单位']] = row[at['单位']] or 'kWh'
    elif item['kind'] == 'param':
        value = parameter_values()[item['id']]
        row[at['值']], row[at['来源']] = value['value'], value['source']
    elif item['kind'] == 'evidence':
        row[at['凭证']] = '证明材料.pdf'
    else:
        row[at['值']], row[at['凭证']] = value_of(item, category), '证明材料.pdf' if '佐证材料' in item['allowed']['zh'] else ''
    save(t, name, cells)


def unwrapped(text):
    """A text report without the ends of lines at which it was wrapped."""
    return ''.join(line.strip() for line in text.splitlines())


def decided(t, folder, category):
    """Paste or fill in one thing after the other; each is told in the text as well, and is gone from the list when it is done. How many it took."""
    before, item = None, None
    for steps in range(80):
        result = t.run('check', folder, '-f', 'json')
        want(result.status in (OK, 1, UNDETERMINED), f'status {result.status}: {result.errors[:500]}')
        valid('check', result.out)
        lacks = result.json()['missing']
        left = {(m['kind'], m['id']) for m in lacks}
        want(before is None or (left < before and (item['kind'], item['id']) not in left), f'after {item and item["id"]} the list has more, or it still: {left}')
        if result.status in (OK, 1) or not lacks:
            want(result.status != UNDETERMINED or result.json()['verdict'] == 'expert_review', f'undetermined, and nothing is missing: {folder}')
            return steps
        before, item = left, lacks[0]
        text = unwrapped(t.run('--lang', 'zh', 'check', folder).text)
        if 'paste' in item:
            want(unwrapped(f'{folder}/{item["file"]} 加一行：{item["paste"]["zh"]}') in text, f'{item["paste"]["zh"]} is not in the text')
            paste(t, folder, item, category)
        else:
            want('place' in item, f'neither a line nor a place: {item}')
            want(f'{folder}/{item["file"]}:{item["place"]["line"]}' in text, f'{item["place"]} is not in the text')
            fill_place(t, folder, item, category)
    raise Failure(f'no verdict after {steps} things')


def pasted(t):
    for category, target, args in kinds():
        with t.case(f'line by line from two facts: {category} {target}'):
            t.write(f'two-{category}-{target}/case.csv', f'fact,value\ncategory,{category}\ntarget,{target}\n')
            want(decided(t, f'two-{category}-{target}', category) > 10, 'hardly a step')
        if target == TARGETS[1]:
            continue  # the same cells, but for one number
        with t.case(f'cell by cell from init: {category} {target}'):
            made(t, f'cells-{category}-{target}', '--csv', *args)
            want(decided(t, f'cells-{category}-{target}', category) > 10, 'hardly a step')
    for name in CATEGORIES:
        with t.case(f'line by line from the example {name}'):
            shutil.copytree(os.path.join(ROOT, 'examples', name), t.path(f'ex-{name}'))
            decided(t, f'ex-{name}', name)
        with t.case(f'line by line from the first version of {name}'):
            shutil.copytree(os.path.join(ROOT, 'examples', 'first', name), t.path(f'first-{name}'))
            decided(t, f'first-{name}', name)


# --- lines that are not filled in ---

def valid(schema, document):
    with open(os.path.join(DATA, 'schema', f'{schema}.schema.json'), encoding='utf-8') as f:
        try:
            jsonschema.validate(json.loads(document), json.load(f))
        except jsonschema.ValidationError as e:
            raise Failure(f'not valid by {schema}: {e.message}') from e


def unfilled(t):
    body = [['2023', '外购电力', '1000', 'kWh', 'a'], ['2023', '柴油', '2', 't', 'b']]
    head = ['period', 'activity', 'quantity', 'unit', 'site']
    blank = [['', '天然气', '', '', 'c'], ['', '没有听说过的活动', '', 'sack', '合计']]
    with t.case('they change no digit, and are counted'):
        save(t, 'full.csv', [head, *body])
        save(t, 'some.csv', [head, blank[0], body[0], blank[1], body[1]])
        full, some = t.account('full.csv'), t.account('some.csv')
        for part in ('totals', 'by_gas', 'groups'):
            same(some.get(part), full.get(part), part)
        for part in ('totals', 'iso_14064_1', 'by_gas', 'energy'):
            same([y[part] for y in some['years']], [y[part] for y in full['years']], f'years: {part}')
        told = [c for c in some['caveats'] if c['code'] == 'C1510']
        same([spots(c) for c in told], [['some.csv:2', 'some.csv:4']], 'caveats')
        same([c for c in full['caveats'] if c['code'] == 'C1510'], [], 'caveats of the full one')
        valid('account', t.run('account', 'some.csv', '-f', 'json').out)
    for name, row in (('a period alone', ['2023', '天然气', '', 'Nm3', '']), ('a quantity alone', ['', '天然气', '3', 'Nm3', ''])):
        with t.case(f'{name} is an error, as ever'):
            save(t, 'half.csv', [head, *body, row])
            same(t.run('account', 'half.csv').status, INVALID, 'status')
    with t.case('none is filled in: an error for an account, nothing known for check'):
        save(t, 'none.csv', [head, *blank])
        result = t.run('account', 'none.csv')
        same(result.status, INVALID, 'status')
        want('none.csv:2:1' in result.errors and 'E1504' in result.errors, result.errors)
        made(t, 'untouched', '--csv', '--category', 'park', '--target', 'peak')
        for more in ([], ['--uncertainty', 'approach1'], ['--all-categories']):
            result = t.run('check', 'untouched', '-f', 'json', *more)
            same((result.status, result.errors), (UNDETERMINED, ''), f'check {more}')
            valid('check', result.out)
        plan = t.run('plan', 'untouched')
        want(plan.status in (OK, INVALID) and plan.status >= 0, f'plan: {plan.status} {plan.errors}')


# --- nothing over anything, nothing left ---

def refusals(t):
    args = ['--category', 'park', '--target', 'peak']
    t.write('there.xlsx', b'mine')
    os.makedirs(t.path('folder/inside'))
    for name in 'dangling', 'dangling.xlsx':
        os.symlink('nowhere', t.path(name))
    for name in 'fifo', 'fifo.xlsx':
        os.mkfifo(t.path(name))
    for path in ('there.xlsx', 'folder', 'dangling', 'dangling.xlsx', 'fifo', 'fifo.xlsx', '/dev/null'):
        for more in ([],) if path.endswith('.xlsx') else ([], ['--csv'], ['--wide']):
            with t.case(f'{path} is there: {" ".join(more)}'):
                before = sorted(os.listdir(t.folder))
                result = t.run('init', path, *more, *args)
                same((result.status, result.text), (USAGE, ''), 'status and report')
                want('E1501' in result.errors, result.errors)
                same((sorted(os.listdir(t.folder)), read(t, 'there.xlsx')), (before, b'mine'), 'files')
    for name, words, said in (('no path', [], '--category'), ('two paths', ['a', 'b', *args], 'b'), ('no category', ['x', '--target', 'peak'], 'enterprise'),
                              ('no target', ['x', '--category', 'park'], 'neutrality'), ('no such category', ['x', '--category', 'firm', '--target', 'peak'], 'community'),
                              ('two forms', ['x', '--csv', '--wide', *args], '--wide'), ('no such rules', ['x', '--rules', 'none', *args], 'none')):
        with t.case(f'usage: {name}'):
            result = t.run('init', *words)
            same((result.status, os.path.exists(t.path('x'))), (USAGE, False), f'status and file: {result.errors}')
            want(said in result.errors, f'{said} is not named: {result.errors}')
    for path, more, code in (('none/x.xlsx', [], 'E1301'), ('none/x', [], 'E1505'), ('none/x', ['--csv'], 'E1505'), ('none/x', ['--wide'], 'E1301')):
        with t.case(f'{path}: no such folder {" ".join(more)}'):
            result = t.run('init', path, *more, *args)
            same(result.status, SYSTEM, 'status')
            want(code in result.errors and not os.path.exists(t.path('none')), result.errors)


def full(t):
    """No room: for the workbook, for its parts, for the tables, for the report. Exit 5 and nothing left, at any limit; or all of it."""
    args = ['--category', 'building', '--target', 'peak']
    made(t, 'room.xlsx', *args)
    right = read(t, 'room.xlsx')
    for limit in (0, 1000, 8000, 20000, 30000, 33000, 60000, 100000, 10**6, 2 * 10**6, 10**7):
        for path, more in (('no.xlsx', []), ('no', []), ('no', ['--csv'])):
            with t.case(f'files of at most {limit} bytes: {path} {" ".join(more)}'):
                result = t.run('--lang', 'zh', 'init', path, *more, *args, largest=limit)
                if result.status == OK:
                    found = t.path(path) if os.path.isfile(t.path(path)) else None
                    want(limit >= 30000 and (not found or read(t, path) == right), 'a workbook that is not whole')
                    shutil.rmtree(t.path(path)) if found is None else os.remove(found)
                else:
                    same(result.status, SYSTEM, 'status')
                    want(not os.path.exists(t.path(path)) and not result.out, f'something is left: {result.errors}')
    for path, more in (('no.xlsx', []), ('no', []), ('no', ['--csv']), ('no.csv', ['--wide'])):
        with t.case(f'no room for the report: {path} {" ".join(more)}'), open('/dev/full', 'wb') as out:
            result = t.run('init', path, *more, *args, stdout=out)
            same((result.status, os.path.exists(t.path(path))), (SYSTEM, False), f'status and file: {result.errors}')


def memory(t, points, tail):
    """Requests for memory that fail, in the program and in the process that writes the workbook: exit 5 and nothing, or the right bytes."""
    args = ['--category', 'park', '--target', 'peak']
    library = build(t, 'failalloc')
    for name, path, more in (('workbook', 'm.xlsx', []), ('tables', 'm', ['--csv']), ('wide', 'm.csv', ['--wide'])):
        with t.case(f'memory: {name}'):
            requests, result = count(t, library, {}, 'FAIL_COUNT', ['init', path, *more, *args])
            same(result.status, OK, 'status without a fault')
            right = answers(t, path)
            bad, step = [], max(1, requests // points)
            at = {*range(1, requests, step), *range(max(1, requests - 12), requests + 1)} | ({*range(requests, requests + tail, max(1, tail // points))} if not more else set())
            for n in sorted(at):
                for all_behind in ({}, {'FAIL_ON': '1'}):
                    result = t.run('init', path, *more, *args, env={'LD_PRELOAD': library, 'FAIL_AT': str(n), **all_behind})
                    found = answers(t, path)
                    if not ((result.status == OK and found == right) or (result.status == SYSTEM and found is None and not result.out)):
                        bad.append((n, result.status, result.errors[:80]))
            want(not bad, f'{len(bad)} of {len(at)} points: {bad[:5]}')


def answers(t, path):
    """What was written, which is taken away."""
    path = t.path(path)
    if not os.path.exists(path):
        return None
    if os.path.isdir(path):
        found = {name: read(t, os.path.join(path, name)) for name in os.listdir(path)}
        shutil.rmtree(path)
    else:
        found = read(t, path)
        os.remove(path)
    return found


def nothing_yet(t):
    """A folder or workbook in which the table that is wanted is not: what is there, and the way on."""
    inventory = 'period,activity,quantity,unit\n2023,外购电力,1,kWh\n'
    os.makedirs(t.path('empty'))
    t.write('other/说明.docx', b'x')
    t.write('alone/inventory.csv', inventory)
    t.write('half/measures.csv', 'id,name\n')
    for n in range(12):
        t.write(f'many/{n:02}.txt', b'x')
    book = openpyxl.Workbook()
    book.active.title = '用电'
    book.active.append(['期间', '活动', '数量', '单位'])
    book.save(t.path('table.xlsx'))
    made(t, 'inside', '--category', 'park', '--target', 'peak')
    for path, command, code, zh, en in (
            ('empty', 'check', 'E1513', ['现有：无', 'tanhe init'], ['found here: nothing', 'tanhe init']), ('other', 'check', 'E1513', ['说明.docx', 'case.csv、inventory.csv、measures.csv'], ['说明.docx', 'case.csv, inventory.csv, measures.csv']),
            ('many', 'check', 'E1513', ['00.txt、01.txt、02.txt、03.txt、04.txt、05.txt等12个'], ['05.txt and 6 more']),
            ('alone', 'check', 'E1512', ['inventory.csv', 'case.csv', 'tanhe account alone', 'tanhe init'], ['tanhe account alone', 'tanhe init']),
            ('half', 'check', 'E1511', ['case.csv', 'measures.csv', 'tanhe init'], ['case.csv', 'measures.csv']), ('half', 'plan', 'E1511', ['case.csv'], ['case.csv']),
            ('table.xlsx', 'check', 'E1514', ['“基本信息”', '用电', 'tanhe init', 'tanhe account table.xlsx'], ['sheets: 用电', 'tanhe account table.xlsx']),
            ('empty', 'account', 'E1515', ['现有：无', 'inventory.csv'], ['found here: nothing']), ('half', 'account', 'E1515', ['measures.csv'], ['measures.csv']),
            ('inside', 'check', 'E1516', ['inside/项目.xlsx'], ['inside/项目.xlsx']), ('inside', 'account', 'E1516', ['inside/项目.xlsx'], ['inside/项目.xlsx'])):
        for lang, words in (('zh', zh), ('en', en)):
            with t.case(f'{command} {path}: {code} {lang}'):
                result = t.run('--lang', lang, command, path)
                same((result.status, result.text, result.errors.count(code)), (INVALID, '', 1), f'status, report and code: {result.errors}')
                want(all(w in result.errors for w in words), f'{words}: {result.errors}')
    with t.case('what init says comes next can be done'):
        for path, more in (('next', []), ('next.xlsx', []), ('tables', ['--csv'])):
            said = made(t, path, *more, '--category', 'park', '--target', 'peak').text
            told = said.split('运行 tanhe ')[1].split('，', 1)[0].split()
            same(t.run(*told).status, UNDETERMINED, ' '.join(told))


def wide(t):
    with t.case('one row for each applicant: every fact of every kind once, evidence beside what needs it'):
        made(t, 'all.csv', '--wide')
        made(t, 'park.csv', '--wide', '--category', 'park', '--target', 'peak')
        everything, park = (table(read(t, name)) for name in ('all.csv', 'park.csv'))
        same([len(everything), len(park)], [1, 1], 'rows')
        facts, _ = pack_facts()
        names = [c.split('（')[0] for c in everything[0][1:]]
        same(len(names), len(set(names)), 'columns')
        requirements = shipped_pack(PACK)['requirements']
        later = json.dumps([r for r in requirements if r.get('stages', {}).get('apply') == 'none'])  # an applicant is not asked yet
        now = json.dumps([r for r in requirements if r.get('stages', {}).get('apply') != 'none'])
        same({n for n in names if n in facts}, {n for n, i in facts.items() if f'"{i}"' in now or f'"{i}"' not in later}, 'facts')
        want({n for n in names if n not in facts} == {f + '凭证' for f in facts if f + '凭证' in names} and '优势和特色凭证' in names, 'evidence')
        want(set(park[0]) < set(everything[0]), 'a column of one kind that all kinds do not have')


def run(t):
    for lang in ('zh', 'en'):
        for category, target, args in kinds():
            with t.case(f'{lang} {category} {target}'):
                workbook(t, lang, category, target, args, tables(t, lang, category, target, args))
    units(t)
    for category, target, args in kinds():
        with t.case(f'the walk: {category} {target}'):
            walk(t, category, target, args)
    schemes(t)
    pasted(t)
    unfilled(t)
    nothing_yet(t)
    wide(t)
    refusals(t)
    full(t)
    memory(t, 12, 30000)


def long(t):
    memory(t, 400, 30000)
