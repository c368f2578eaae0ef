# SPDX-License-Identifier: GPL-3.0-or-later
"""`check --annotate`: the case written back as a workbook. Every cell as it stands, by openpyxl; comments and colours where the findings are; and the copy,
checked again, gives the same answer."""
import csv
import datetime
import io
import os
import shutil

import openpyxl

from .filling import PARAMS
from .harness import INVALID, OK, ROOT, SYSTEM, UNDETERMINED, USAGE, same, want

TO_FILL, WRONG, NOTED = 'FFFFE699', 'FFF8CBAD', 'FFDDEBF7'
SHEETS = {'case.csv': '基本信息', 'inventory.csv': '活动数据', 'measures.csv': '措施', 'targets.csv': '目标', 'params.csv': '参数', 'assumptions.csv': '规划假设',
          'factors.csv': '因子', 'instruments.csv': '绿电绿证', 'series.csv': '年度序列', 'delivered.csv': '实际减排', 'correlations.csv': '相关系数', 'units.csv': '单位'}


def table(path):
    with open(path, 'rb') as f:
        return list(csv.reader(io.StringIO(f.read().decode('utf-8-sig'), newline='')))


def annotated(t, case, to, *args, lang='zh', status=None):
    result = t.run('--lang', lang, 'check', case, '--annotate', to, *args)
    want(status is None or result.status == status, f'status {result.status}: {result.errors[:600]}')
    return result, openpyxl.load_workbook(t.path(to))


def answer(t, case, *args):
    """What does not name files: verdict, the status of each requirement, what is missing."""
    result = t.run('check', case, '-f', 'json', *args)
    found = result.json()
    if found['schema'].startswith('tanhe.error'):
        return result.status, sorted(d['code'] for d in found['diagnostics'] if d['severity'] == 'error')
    return result.status, found['verdict'], [(r['id'], r['status']) for r in found['requirements']], [(m['kind'], m['id']) for m in found['missing']]


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def said(book):
    """Sheet, cell, colour and comment of all that was said at cells."""
    return [(s.title, c.coordinate, colour(c), c.comment.text) for s in book for row in s.iter_rows() for c in row if c.comment]


def notes(book):
    return [tuple(c or '' for c in row[:2]) for row in book.worksheets[0].iter_rows(values_only=True)]


def equal(before, after, path):
    """Every cell, its number format, merged ranges and what is hidden."""
    same(after.sheetnames[1:], before.sheetnames, f'{path}: sheets')
    for old in before:
        new = after[old.title]
        same(new.sheet_state, old.sheet_state, f'{path} {old.title}: hidden')
        same(sorted(map(str, new.merged_cells.ranges)), sorted(map(str, old.merged_cells.ranges)), f'{path} {old.title}: merged')
        for row in old.iter_rows():
            for cell in row:
                there = new[cell.coordinate]
                same(there.value, cell.value, f'{path} {old.title}!{cell.coordinate}')
                want(cell.value is None or isinstance(cell.value, str) or there.number_format == cell.number_format,
                     f'{path} {old.title}!{cell.coordinate}: format {there.number_format}, was {cell.number_format}')
        extra = [c.coordinate for row in new.iter_rows() for c in row if c.value is not None and old[c.coordinate].value is None]
        same(extra, [], f'{path} {old.title}: cells that nobody wrote')


# --- workbooks ---

def from_init(t):
    for lang in ('zh', 'en'):
        case, to = f'{lang}.xlsx', f'{lang}-notes.xlsx'
        with t.case(f'a case of init, {lang}'):
            same(t.run('--lang', lang, 'init', case, '--category', 'enterprise', '--target', 'peak').status, OK, 'init')
            _, book = annotated(t, case, to, lang=lang, status=UNDETERMINED)
            equal(openpyxl.load_workbook(t.path(case)), book, case)
            missing = {m['id']: m for m in t.run('check', case, '-f', 'json').json()['missing']}
            there = {(sheet, cell): (paint, text) for sheet, cell, paint, text in said(book)}
            for item in missing.values():
                if 'place' in item:
                    at = (item['place']['sheet'], item['place']['cell'])
                    want(at in there and there[at][0] == TO_FILL, f'{item["id"]} is not marked at {at}')
                    want(item['title'][lang] in there[at][1] and item['allowed'][lang] in there[at][1], f'{at}: {there[at]}')
                else:
                    want(any(item['paste'][lang] in text for _, text in notes(book)), f'{item["id"]} is not in the notes')
            same(answer(t, to), answer(t, case), 'the copy checked again')
            same(answer(t, to, '--params', PARAMS), answer(t, case, '--params', PARAMS), 'the copy checked again with parameters')
        with t.case(f'the copy can be copied, {lang}'):
            _, again = annotated(t, to, f'{lang}-again.xlsx', lang=lang, status=UNDETERMINED)
            equal(openpyxl.load_workbook(t.path(to)), again, to)


def kinds_of_cells(t):
    """Texts that look like formulas or numbers, blanks around them, dates, percent, truths, faults, formulas, merged cells, 1904."""
    for epoch in (1900, 1904):
        with t.case(f'kinds of cells, {epoch}'):
            book = openpyxl.Workbook()
            if epoch == 1904:
                book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
            facts = book.active
            facts.title = '基本信息'
            for row in (('填报项', '值', '单位'), ('试点类型', '企事业单位', None), ('试点目标', '碳达峰', None), ('创建周期开始', datetime.datetime(2024, 1, 1), None),
                        ('名称', '=1+1', None), ('基准年', 2023, None)):
                facts.append(row)
            facts['B4'].number_format = 'yyyy"年"m"月"'
            facts['B5'].data_type = 's'
            lines = book.create_sheet('活动数据')
            for row in (('期间', '活动', '数量', '单位'), ('2023', '外购电力', 0.57999999999999996, 'kWh'), ('2023', '柴油', 12345678.5, 't')):
                lines.append(row)
            other = book.create_sheet('杂项')
            for row in (('  blanks  ', '+1', '-1', '@SUM(A1)', '007'), (0.125, 1e-7, 123456789012345, True, False), (datetime.date(2023, 5, 1), datetime.time(12, 30), -5, None, '\n'),
                        ('_x0041', 'a\tb', '“引号”', '=cmd|calc', 'http://example.org')):
                other.append(row)
            for cell in ('D1', 'D4', 'B1', 'C1'):
                other[cell].data_type = 's'
            other['A2'].number_format = '0.0%'
            other['C2'].number_format = '#,##0.00'
            other['E3'].value = None
            other['B7'] = '合并'
            other.merge_cells('B7:D8')
            other['ALL1000'] = 'far'
            other.sheet_state = 'hidden'
            book.save(t.path(f'kinds-{epoch}.xlsx'))
            _, copy = annotated(t, f'kinds-{epoch}.xlsx', f'kinds-{epoch}-out.xlsx', status=UNDETERMINED)
            equal(openpyxl.load_workbook(t.path(f'kinds-{epoch}.xlsx')), copy, epoch)
            want(all(c.data_type != 'f' for s in copy for row in s.iter_rows() for c in row), 'a formula')
            same(answer(t, f'kinds-{epoch}-out.xlsx'), answer(t, f'kinds-{epoch}.xlsx'), 'the copy checked again')


# --- folders ---

def folders(t):
    for group in ('', 'first'):
        for name in ('region', 'park', 'community', 'building', 'enterprise'):
            folder, to = os.path.join(ROOT, 'examples', group, name), f'{group}{name}.xlsx'
            with t.case(f'example {group} {name}'):
                _, book = annotated(t, folder, to)
                for file, sheet in SHEETS.items():
                    path = os.path.join(folder, file)
                    if not os.path.exists(path):
                        want(sheet not in book.sheetnames, f'sheet {sheet} of a file that is not there')
                        continue
                    found = [[c or '' for c in row] for row in book[sheet].iter_rows(values_only=True)]
                    same(found, table(path), f'cells of {sheet}')
                for more in ([], ['--params', PARAMS]):
                    same(answer(t, to, *more), answer(t, folder, *more), f'the copy checked again {more}')
                places = [(c['text']['zh'], p) for c in t.run('check', folder, '-f', 'json').json()['account']['caveats'] for p in c['places']]
                there = {(sheet, cell): text for sheet, cell, _, text in said(book)}
                for text, place in places:
                    at = (SHEETS.get(place['file'], place['file']), f'A{place["line"]}')
                    want(text in there.get(at, ''), f'{text} is not at {at}')


def wrong(t, name, edit, errors, file=None, same_errors=True):
    """A case with errors: exit 3, and the copy all the same, each error at its cell."""
    with t.case(name):
        folder = name.replace(' ', '-')
        shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), t.path(folder))
        for path, old, new in edit:
            with open(t.path(f'{folder}/{path}'), encoding='utf-8') as f:
                text = f.read()
            want(old in text, f'{old} is not in {path}')
            t.write(f'{folder}/{path}', text.replace(old, new, 1))
        for lang in ('zh', 'en'):
            result, book = annotated(t, folder, f'{folder}-{lang}.xlsx', lang=lang, status=INVALID)
            there = [(sheet, cell, paint) for sheet, cell, paint, text in said(book) for code in errors if code in text]
            names = book.sheetnames
            for code, cell in errors.items():
                at = [(s, c, p) for s, c, p, text in said(book) if code in text]
                want((names[names.index(cell[0]) if lang == 'zh' else {'基本信息': 1, '活动数据': 2, '措施': 3}[cell[0]]], cell[1], WRONG) in at, f'{code}: {at}, expected {cell}; {there}')
            want(all(code in result.errors for code in errors), result.errors)
        again = t.run('check', f'{folder}-zh.xlsx')
        same(again.status, INVALID, 'status of the copy')
        want(not same_errors or all(code in again.errors for code in errors), f'the copy has other errors: {again.errors}')
        if file:
            same([[c or '' for c in row] for row in openpyxl.load_workbook(t.path(f'{folder}-zh.xlsx'))[SHEETS[file]].iter_rows(values_only=True)],
                 table(t.path(f'{folder}/{file}')), 'cells')


def limits(t):
    with t.case('texts that look like escapes stay what they are'):
        t.write('escapes/case.csv', 'fact,value,note\ncategory,park,_x0041_\ntarget,peak,_x000D_ x _xFFFE\n')
        _, book = annotated(t, 'escapes', 'escapes.xlsx', status=UNDETERMINED)
        annotated(t, 'escapes.xlsx', 'escapes-2.xlsx', status=UNDETERMINED)
        same(answer(t, 'escapes-2.xlsx'), answer(t, 'escapes'), 'the copy of the copy')
    with t.case('the name ends in .xlsx'):
        for path in ('out.xls', 'out', '-', '.xlsx', 'out.csv'):
            same(t.run('check', os.path.join(ROOT, 'examples', 'park'), '--annotate', path).status, USAGE, path)
    with t.case('over no input, and not over the report'):
        same(t.run('init', 'mine.xlsx', '--category', 'park', '--target', 'peak').status, OK, 'init')
        with open(t.path('mine.xlsx'), 'rb') as f:
            before = f.read()
        os.symlink('mine.xlsx', t.path('link.xlsx'))
        for path in ('mine.xlsx', 'link.xlsx', './mine.xlsx'):
            result = t.run('check', 'mine.xlsx', '--annotate', path)
            same(result.status, USAGE, path)
            want('E1303' in result.errors, result.errors)
        with open(t.path('mine.xlsx'), 'rb') as f:
            same(f.read() == before, True, 'the input as it was')
    with t.case('over nothing: not even over the copy that was made before'):
        annotated(t, 'mine.xlsx', 'copy.xlsx', status=UNDETERMINED)
        with open(t.path('copy.xlsx'), 'ab') as f:
            f.write(b'filled in')
        result = t.run('check', 'mine.xlsx', '--annotate', 'copy.xlsx')
        same((result.status, result.text), (USAGE, ''), 'status and report')
        want('E1501' in result.errors, result.errors)
        with open(t.path('copy.xlsx'), 'rb') as f:
            want(f.read().endswith(b'filled in'), 'what was filled in is gone')
    with t.case('nowhere to write: nothing is left, no report'):
        result = t.run('check', 'mine.xlsx', '--annotate', 'nowhere/out.xlsx')
        same((result.status, result.text), (SYSTEM, ''), f'status and report: {result.errors}')
    with t.case('the report fails: no copy'):
        with open('/dev/full', 'wb') as out:
            same(t.run('check', 'mine.xlsx', '--annotate', 'never.xlsx', stdout=out).status, SYSTEM, 'status')
        want(not os.path.exists(t.path('never.xlsx')), 'a copy without its report')
    case = 'fact,value\ncategory,park\ntarget,peak\n'
    with t.case('a cell that is too long'):
        t.write('long/case.csv', case)
        t.write('long/series.csv', 'a,b\n1,' + '字' * 20000 + '\n')
        same(t.run('--lang', 'zh', 'check', 'long', '--annotate', 'long.xlsx').status, UNDETERMINED, 'one that Excel takes')
        same(openpyxl.load_workbook(t.path('long.xlsx'))['年度序列']['B2'].value, '字' * 20000, 'its text')
        t.write('long/series.csv', 'a,b\n1,' + 'x' * 40000 + '\n')
        result = t.run('check', 'long', '--annotate', 'longer.xlsx')
        same((result.status, os.path.exists(t.path('longer.xlsx'))), (INVALID, False), 'status and copy')
        want('E1518' in result.errors and 'series.csv:2' in result.errors, result.errors)
    with t.case('too many cells'):
        t.write('many/case.csv', case)
        t.write('many/series.csv', (','.join('1' * 1000) + '\n') * 1100)
        result = t.run('check', 'many', '--annotate', 'many.xlsx')
        same((result.status, os.path.exists(t.path('many.xlsx'))), (INVALID, False), 'status and copy')
        want('E1517' in result.errors, result.errors)
    with t.case('many findings on one cell, and control characters in them'):
        t.write('odd/case.csv', case)
        t.write('odd/inventory.csv', 'period,activity,quantity,unit\n' + ''.join(f'2023,\x01\x02无{n}\ufffe,1,kWh\n' for n in range(300)))
        _, book = annotated(t, 'odd', 'odd.xlsx', status=INVALID)
        want(len(said(book)) > 100, 'hardly a comment')


def run(t):
    from_init(t)
    kinds_of_cells(t)
    folders(t)
    wrong(t, 'errors in the inventory', [('inventory.csv', ',天然气,', ',天然汽,'), ('inventory.csv', '\n2023-02,', '\n2023-15,')],
          {'E2102': ('活动数据', 'E39'), 'E2403': ('活动数据', 'A4')}, 'inventory.csv')
    wrong(t, 'errors in the facts', [('case.csv', '\ncategory,enterprise', '\ncategory,enterprize')], {'E3821': ('基本信息', 'B3')}, 'case.csv')
    wrong(t, 'a quote that is not closed', [('measures.csv', '\nM2,', '\n"M2,')], {'E1104': ('措施', 'A3')}, same_errors=False)
    limits(t)
