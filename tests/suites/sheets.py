# SPDX-License-Identifier: GPL-3.0-or-later
"""The office tables of tests/layouts, and those that are ambiguous or broken, as workbooks: numbers as numbers, months as dates, cells merged as
offices merge them. Each gives the bytes of its hand-made long table, but for the commas that no number of a workbook has, and the same account; and
which sheets of a workbook are one table."""
import csv
import datetime
import io
import json
import re

try:
    import openpyxl
    from openpyxl.styles import Alignment
except ImportError:  # another Python than Debian's: all other suites run
    openpyxl = None

from .harness import INVALID, OK, same, want
from .layouts import BROKEN, GAS, RIGHT, WRONG, bytes_of, folders, without_places
from .schema import schema_of, valid
from .workbook import flat

NUMBER = re.compile(r'-?\d{1,3}(,\d{3})+(\.\d+)?|-?(0|[1-9]\d*)(\.\d+)?')
MONTH = 'yyyy"年"m"月"'

# Of each table: what is merged there, which cells are months typed as dates (with the format that shows them), and which are moved in by their style.
LOOKS = {
    'month-report': (('A1:I1', 'A3:B3', 'A4:A5', 'B4:B5', 'C4:C5', 'D4:D5', 'E4:H4', 'I4:I5'), {'C3': MONTH}, ('A11',)),
    'energy-structure': (('A1:N1', 'A3:A4', 'B3:B4', 'C3:C4', 'D3:D4', 'E3:F3', 'G3:K3', 'L3:L4', 'M3:M4', 'N3:N4', 'A13:N13'), {}, ()),
    'ledger-one-carrier': (('A1:G1', 'A4:A5', 'A6:A7', 'A8:A9', 'A10:A11', 'A15:G15'), {}, ('A8',)),
    'sites-as-columns': (('A1:M1', 'A2:M2', 'A3:A5', 'B3:B5', 'C3:C5', 'D3:H3', 'I3:M3', 'D4:D5', 'E4:H4', 'I4:I5', 'J4:M4'), {'A2': MONTH}, ()),
    'year-above-months': (('B1:S1', 'B2:B3', 'C2:C3', 'D2:D3', 'E2:E3', 'B4:B6'), {}, ()),
    'report-fuel-table': (('A1:H1',), {}, ()),
    'money-columns': ((), {'A2': 'yyyy-mm', 'A3': 'yyyy-mm'}, ()),
    'statistics-export': ((), {}, ()),
    'title-row': (('A1:E1',), {'A3': MONTH, 'A4': MONTH}, ()),
    'unit-in-header': (('A1:D1',), {}, ()),
    'months-across': (('A1:F1', 'A6:F6'), {}, ()),
    'quarters': (('A1:H1',), {}, ()),
    'energies-across': ((), {'A2': MONTH, 'A3': 'mmm-yy', 'A4': 'yyyy/m'}, ()),
    'merged': (('B2:B4', 'C2:C4', 'E2:E4', 'B5:B6', 'C5:C6', 'E5:E6'), {'A2': MONTH, 'A3': MONTH}, ()),
    'notes': (('A2:D2', 'A3:D3'), {}, ()),
    'two-tables': (('A1:E1', 'A2:E2', 'A8:E8'), {}, ()),
    'two-row-header': (('A1:G1', 'A3:A4', 'B3:B4', 'C3:E3', 'G3:G4'), {}, ()),
    'totals': (('A1:F1',), {}, ()),
    'years-across': ((), {}, ('A4',)),
    'year-and-month': (('A2:A4',), {}, ()),
    'company-by-month': (('A1:G1', 'A2:G2', 'B5:B6', 'B7:B8'), {}, ()),
    'cumulative': (('A1:K1',), {}, ()),
    'cumulative-rows': (('A1:C1',), {}, ()),
    'measures-audit': (('A1:I1',), {}, ()),
    'platform-export': ((), {}, ()),
    'plan-and-actual': (('A1:I1',), {}, ()),
    'sites-in-names': ((), {'A2': MONTH, 'A3': MONTH}, ()),
    'company-pairs': (('A1:G1', 'A2:A3', 'B2:C2', 'D2:E2', 'F2:G2'), {}, ()),
    'years-in-names': ((), {}, ()),
}


def typed(text):
    """As a cell of that text is when it is typed: a number where it is one."""
    if not NUMBER.fullmatch(text):
        return text
    number = float(text.replace(',', ''))
    return int(number) if number == int(number) else number


def fill(sheet, text, look=((), {}, ()), of=typed):
    merged, dates, indented = look
    for r, row in enumerate(csv.reader(io.StringIO(text)), 1):
        for c, value in enumerate(row, 1):
            if value:
                cell = sheet.cell(r, c)
                cell.value = of(value)
                if isinstance(cell.value, str):
                    cell.data_type = 's'  # = begins no formula
    for place, shown in dates.items():
        cell = sheet[place]
        year, month = (int(d) for d in re.findall(r'\d+', cell.value)[:2])
        cell.value = datetime.datetime(year, month, 1)
        cell.number_format = shown
    for place in indented:
        sheet[place].value = sheet[place].value.strip()
        sheet[place].alignment = Alignment(horizontal='left', indent=1)
    for area in merged:
        sheet.merge_cells(area)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(text, look=((), {}, ()), of=typed, name='表'):
    book = openpyxl.Workbook()
    book.active.title = name
    fill(book.active, text, look, of)
    return saved(book)


def several(*sheets, hidden=()):
    """A workbook of sheets, each a name and a table as CSV."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in sheets:
        fill(book.create_sheet(name), text)
        book[name].sheet_state = 'hidden' if name in hidden else 'visible'
    return saved(book)


def plain(long):
    """A long table as it is where numbers are numbers: without commas and closing zeros."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator='\n')
    for row in csv.reader(io.StringIO(long)):
        writer.writerow(['%.15g' % typed(c) if NUMBER.fullmatch(c) else c for c in row])
    return out.getvalue()


def long_table(t, name, data, expected, *options):
    with t.case(name):
        t.write('table.xlsx', data)
        r = t.run('layout', 'table.xlsx', '-f', 'csv', *options)
        same((r.status, r.out.decode()), (OK, expected), f'long table\n{r.errors}')


def text_of(name):
    return bytes_of(name, 'input.csv').decode('utf-8-sig')


def layouts(t):
    for name in folders():
        text, long = text_of(name), bytes_of(name, 'long.csv').decode()
        long_table(t, f'{name}: typed', book_of(text, LOOKS[name]), plain(long))
        long_table(t, f'{name}: all text', book_of(text, of=str), long)
        with t.case(f'{name}: by what was recognised'):
            told = t.run('layout', 'table.xlsx')
            tables = told.text.split('\n\n# ')[0]
            want(told.status == OK and tables.startswith('key,value\nsheet,表\n'), told.errors)
            if 'table,2' not in tables:
                t.write('told.csv', tables + '\n')
                again = t.run('layout', 'table.xlsx', '-f', 'csv', '--layout', 'told.csv')
                same((again.status, again.out.decode()), (OK, long), f'read by its own recognition\n{again.errors}')
        with t.case(f'{name}: JSON'):
            r = t.run('layout', 'table.xlsx', '-f', 'json')
            found = json.loads(r.text)
            valid(schema_of('layout'), found, name)
            same({row['sheet'] for row in found['rows']}, {'表'}, 'sheets')
    with t.case('every table has a look'):
        same(sorted(LOOKS), folders(), 'tables')


def bare(value):
    """An account without what tells where its lines stand, in which sheet neither."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if k not in ('sheet', 'cell')}
    return [bare(v) for v in value] if isinstance(value, list) else value


def accounts(t):
    for name in [n for n in folders() if n != 'measures-audit'] + ['month-sheets']:
        with t.case(f'{name}: one account'):
            t.write('wide.xlsx', bytes_of(name, 'input.xlsx') if name == 'month-sheets' else book_of(text_of(name), LOOKS[name]))
            t.write('long.csv', bytes_of(name, 'long.csv'))
            found = [t.run('account', file, '-f', 'json', *GAS) for file in ('wide.xlsx', 'long.csv')]
            if found[1].status != OK: # a word that no data file knows is as unknown in either
                codes = [sorted(set(re.findall(r'E\d{4}: [^\n]*', r.errors))) for r in found]
                same((found[0].status, codes[0]), (found[1].status, codes[1]), 'errors')
                continue
            same(found[0].status, OK, found[0].errors)
            accounts = [json.loads(r.text) for r in found]
            for account in accounts:
                account['caveats'] = [c for c in account.get('caveats', []) if not re.match('C(14|42|4014)|W2053', c['code'])]  # 4014: commas; 2053: columns without a name
            accounts = [bare(without_places(a)) for a in accounts]
            for wide, long in zip(*[flat(a) for a in accounts]):
                same(wide, long, 'account')
            same(*accounts, 'account')


def wrong_totals(t):
    for name in folders():
        with t.case(f'{name}: a wrong total'):
            old, new, code = WRONG[name]
            text = text_of(name)
            want(old in text, f'{old} is not there')
            t.write('table.xlsx', book_of(text.replace(old, new, 1), LOOKS[name]))
            r = t.run('layout', 'table.xlsx', '-f', 'csv', '--diagnostics', 'json')
            same((r.status, r.out), (INVALID, b''), 'status and output')
            errors = {d['code'] for d in r.diagnostics() if d['severity'] == 'error'}
            same(errors, {code}, f'{r.errors}')


def cell_at(text, line, column):
    """The cell of a CSV that begins at a line and character, as row and column of a sheet."""
    return line, text.split('\n')[line - 1][:column - 1].count(',') + 1


def broken(t):
    for name, text, code, place, words in BROKEN:
        if code.startswith('E1'):  # of CSV alone
            continue
        with t.case(f'error: {name}'):
            t.write('table.xlsx', book_of(text))
            r = t.run('--lang', 'zh', 'layout', 'table.xlsx', '-f', 'csv', '--diagnostics', 'json')
            same((r.status, r.out), (INVALID, b''), 'status and output')
            first = next(d for d in r.diagnostics() if d['severity'] == 'error')
            row, column = cell_at(text, *place)
            same((first['code'], first['file'], (first['line'], first['column'])), (code, 'table.xlsx#表', (row, column)), first['detail'])
            want(all(w in first['detail'] for w in words), first['detail'])
            account = t.run('account', 'table.xlsx')
            same((account.status, account.out), (INVALID, b''), 'an account of it')
            want(f'table.xlsx#表!{openpyxl.utils.get_column_letter(column)}{row}' in account.errors, account.errors)


def right(t):
    for name, text, options, rows in RIGHT:
        if rows:
            long_table(t, name, book_of(text), '期间,场所,活动,数量,单位\n' + rows, *options)


HEADER = '能源,单位,消耗量\n'


def months(t):
    """Which sheets are one table."""
    head, long = '期间,场所,活动,数量,单位\n', '2023-01,,电力,1,kWh\n2023-02,,电力,2,kWh\n'
    january, february = '2023年1月\n' + HEADER + '电力,kWh,1\n', '2023年2月\n' + HEADER + '电力,kWh,2\n'
    bare = [HEADER + f'电力,kWh,{i}\n' for i in (1, 2)]
    year = ['2023年度用电统计表\n' + b for b in bare]
    wide = [f'能源,单位,1月,2月,合计\n电力,kWh,{a},{b},{a + b}\n' for a, b in ((1, 2), (3, 4))]
    for name, sheets, rows in (
            ('the month in the title', (('表1', january), ('表2', february)), long),
            ('the month in the sheet, the year in the title', (('1月', year[0]), ('2月', year[1])), long),
            ('both in the sheet: 23.1', (('23.1', bare[0]), ('23.2', bare[1])), long),
            ('both in the sheet: 2023年1月用电', (('2023年1月用电', bare[0]), ('2023年2月用电', bare[1])), long),
            ('both in the sheet: 202301', (('202301', bare[0]), ('202302', bare[1])), long),
            ('quarters', (('一季度', year[0]), ('二季度', year[1])), '2023Q1,,电力,1,kWh\n2023Q2,,电力,2,kWh\n'),
            ('ranges of months', (('1-3月', year[0]), ('4～6月', year[1])), '2023Q1,,电力,1,kWh\n2023Q2,,电力,2,kWh\n'),
            ('a sheet for each year, months across', (('2022', wide[0]), ('2023年', wide[1])),
             '2022-01,,电力,1,kWh\n2022-02,,电力,2,kWh\n2023-01,,电力,3,kWh\n2023-02,,电力,4,kWh\n'),
            ('the month over the quantities', (('a', '能源,单位,2023年1月\n电力,kWh,1\n'), ('b', '能源,单位,2023年2月\n电力,kWh,2\n')), long),
            ('columns in another order, and one that is not read', (('23.1', bare[0]), ('23.2', '单位,能源,单价,消耗量\nkWh,电力,0.7,2\n')), long),
            ('a sheet for each company, by its name', (('甲公司', january), ('乙公司', january)), '2023-01,甲公司,电力,1,kWh\n2023-01,乙公司,电力,1,kWh\n'),
            ('a sheet for each company, by its title', (('a', '2023年1月\n单位名称：一厂\n' + bare[0]), ('b', '2023年1月\n单位名称：二厂\n' + bare[1])),
             '2023-01,一厂,电力,1,kWh\n2023-01,二厂,电力,2,kWh\n'),
            ('a sheet for each kind of energy', (('电', '2023年1月\n能源名称：电力\n项目,单位,数量\n消费量,kWh,1\n'), ('油', '2023年1月\n能源名称：柴油\n项目,单位,数量\n消费量,t,2\n')),
             '2023-01,,电力,1,kWh\n2023-01,,柴油,2,t\n'),
            ('a budget beside', (('2023年', year[0] ), ('2024年预算', '2024年\n' + bare[1])), '2023,,电力,1,kWh\n'),
            ('a plan first', (('2023计划', bare[1]), ('2023实际', bare[0])), '2023,,电力,1,kWh\n'),
            ('plans by many names', (('计划', bare[1]), ('一厂（计划）', bare[1]), ('计划用电量', bare[1]), ('上年同期', bare[1]), ('2024 budget', bare[1]), ('2023', bare[0])),
             '2023,,电力,1,kWh\n'),
            ('a plan by its title', (('a', '2024年用电预算表\n' + bare[1]), ('b', '2023年1月\n' + bare[0])), '2023-01,,电力,1,kWh\n'),
            ('what is called like a plan and is none', (('计划部', january), ('2023计划与实际', '2023年2月\n能源,单位,计划,实际\n电力,kWh,5,2\n')), long),
            ('a sum of two sites', (('一厂', january), ('二厂', january), ('合计', '2023年1月\n' + bare[1])), '2023-01,一厂,电力,1,kWh\n2023-01,二厂,电力,1,kWh\n'),
            ('a sum of months', (('2023年汇总表', '2023年\n' + HEADER + '电力,kWh,3\n'), ('1月', year[0]), ('2月', year[1])), long),
            ('notes and prices beside', (('填写说明', '本表由能源岗填写\n2023年\n'), ('1月', year[0]), ('2月', year[1]), ('折标系数', '能源,单位,折标系数\n电力,kWh,0.1229\n')), long)):
        long_table(t, f'sheets: {name}', several(*sheets), head + rows)
        with t.case(f'sheets: {name}: account'):
            r = t.run('account', 'table.xlsx', '-f', 'json')
            same((r.status, [int(i['rows']) for i in r.json()['inputs']] if r.status == OK else r.errors), (OK, [rows.count('\n')]), 'rows')
    for name, sheets, code, words in (
            ('title and name differ', (('2月', january), ('3月', february)), 'E2350', ('2月', '2023-01')),
            ('column and name differ', (('2月', '月份,能源,单位,数量\n2023-01,电力,kWh,1\n'), ('3月', '月份,能源,单位,数量\n2023-03,电力,kWh,1\n')), 'E2350', ('2月', '2023-01')),
            ('of different years', (('2022年', year[0]), ('2023年', year[1])), 'E2350', ('2022', '2023')),
            ('the same month twice', (('23.1', bare[0]), ('23.2', bare[1]), ('23.1 (2)', bare[0])), 'E2351', ('23.1', '23.1 (2)')),
            ('a summary beside its months', (('汇总', '2023年\n' + bare[0]), ('1月', year[0])), 'E2351', ('汇总', '1月')),
            ('a month without a year, twice', (('1月', bare[0]), ('1月份', bare[1])), 'E2351', ('1月', '1月份')),
            ('other columns', (('23.1', bare[0]), ('用油', '月份,柴油(t)\n2023-01,1\n')), 'E1410', ('23.1', '用油', 'table.xlsx#23.1')),
            ('a column that is misspelled', (('23.1', bare[0]), ('23.2', '能源,单位,消耗星\n电力,kWh,2\n')), 'E1410', ('23.1', '23.2')),
            ('plans alone', (('2024年预算', bare[0]), ('说明', '本表由能源岗填写\n')), 'E1419', ('2024年预算', 'table.xlsx#2024年预算')),
            ('plans alone, by their title', (('a', '2024年用电预算表\n' + bare[0]), ('b', '2023年用电计划\n' + bare[0])), 'E2355', ('2024年用电预算表',)),
            ('a name that is no time', (('Sheet1', bare[0]), ('Sheet2', bare[1])), 'E2323', ('--year',)),
            ('ranges of months without a year', (('1-3月', bare[0]), ('4-6月', bare[1])), 'E2322', ('1-3月', '--year')),
            ('a month without a year', (('1月', bare[0]), ('2月', bare[1])), 'E2322', ('1月', '--year'))):
        with t.case(f'sheets: error: {name}'):
            t.write('table.xlsx', several(*sheets))
            for command in ('layout', 'account'):
                r = t.run(command, 'table.xlsx', '--diagnostics', 'json')
                same((r.status, r.out), (INVALID, b''), f'status and output of {command}')
                first = next(d for d in r.diagnostics() if d['severity'] == 'error')
                same(first['code'], code, first['detail'])
                want(all(w in first['detail'] for w in words), first['detail'])
    for name, sheets, code, words in (
            ('a plan', (('2024年预算', bare[1]), ('2023', bare[0])), 'C1459', '2024年预算'),
            ('a sum', (('一厂', january), ('二厂', january), ('总计', '2023年1月\n' + bare[1])), 'C1463', '总计')):
        with t.case(f'sheets: said: {name}'):
            t.write('table.xlsx', several(*sheets))
            r = t.run('account', 'table.xlsx', '--diagnostics', 'json')
            found = {d['code']: d['detail'] for d in r.diagnostics()}
            want(r.status == OK and words in found.get(code, ''), r.errors)
    with t.case('sheets: a table of targets is none of plans'):
        t.write('table.xlsx', several(('减排目标', '指标,单位,2025年,2030年\n碳排放总量,tCO2,100,80\n')))
        r = t.run('layout', 'table.xlsx', '-f', 'csv')
        same((r.status, r.text), (OK, '阶段,年份,排放量,单位,类型\n2025,2025,100,tCO2,碳排放总量\n2030,2030,80,tCO2,碳排放总量\n'), r.errors)
    with t.case('sheets: a plan that is named is read'):
        t.write('table.xlsx', several(('2023年预算', bare[0]), ('2023', bare[1])))
        r = t.run('layout', 'table.xlsx#2023年预算', '-f', 'csv')
        same((r.status, r.text), (OK, head + '2023,,电力,1,kWh\n'), r.errors)
    long_table(t, 'sheets: --year', several(('1月', bare[0]), ('2月', bare[1])), head + long, '--year', '2023')
    with t.case('sheets: month-sheets'):
        t.write('input.xlsx', bytes_of('month-sheets', 'input.xlsx'))
        r = t.run('layout', 'input.xlsx', '-f', 'csv')
        same((r.status, r.out), (OK, bytes_of('month-sheets', 'long.csv')), r.errors)
        told = t.run('layout', 'input.xlsx')
        t.write('input.layout.csv', told.out)
        again = t.run('layout', 'input.xlsx', '-f', 'csv')
        same((again.status, again.out), (OK, bytes_of('month-sheets', 'long.csv')), again.errors)
        valid(schema_of('layout'), json.loads(t.run('layout', 'input.xlsx', '-f', 'json').text), 'JSON')
    with t.case('sheets: an account says how each was understood'):
        t.write('input.xlsx', several(('1月', year[0]), ('2月', year[1] + '合计,kWh,2\n')))
        r = t.run('account', 'input.xlsx', '-f', 'json')
        same(r.status, OK, r.errors)
        valid(schema_of('account'), json.loads(r.text), 'JSON')
        said = r.json()['inputs'][0]['layout']
        same([s['sheet'] for s in said['sheets']], ['1月', '2月'], 'sheets')
        want('合计类1行' in said['sheets'][1]['zh'] and '合计类' not in said['sheets'][0]['zh'], f'{said}')
        same((said['zh'], said['en']), ('；'.join(s['zh'] for s in said['sheets']), '; '.join(s['en'] for s in said['sheets'])), 'all of them')
        text = re.sub(r'\s', '', t.run('--lang', 'zh', 'account', 'input.xlsx').text)
        want('1月：第2行为表头' in text and '2月：第2行为表头' in text, text)
    with t.case('sheets: a layout file for one of them'):
        t.write('two.xlsx', several(('1月', year[0]), ('2月', year[1])))
        t.write('two.layout.csv', 'key,value\nsheet,2月\nset.site,一厂\n')
        r = t.run('layout', 'two.xlsx', '-f', 'csv')
        same((r.status, r.text), (OK, head + '2023-01,,电力,1,kWh\n2023-02,一厂,电力,2,kWh\n'), r.errors)


def cells(t):
    """What a workbook has besides texts is said of a table that is laid out, too."""
    table = [['2023年', None, None, None], ['能源', '单位', '1月', '2月'], ['电力', 'kWh', 1, 2], ['柴油', 't', 3, 4]]

    def made(change):
        book = openpyxl.Workbook()
        for row in table:
            book.active.append(row)
        book.active.title = '表'
        change(book.active)
        return saved(book)

    def hide(sheet):
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions['D'].hidden = True
        sheet['D4'].number_format = '0.0,"千"'
        sheet['C3'].value = 1234567890123456789

    with t.case('cells: hidden rows and columns, digits and formats'):
        t.write('said.xlsx', made(hide))
        r = t.run('layout', 'said.xlsx', '-f', 'csv', '--diagnostics', 'json')
        same(r.status, OK, r.errors)
        found = {d['code']: d for d in r.diagnostics()}
        same(sorted(found), ['C1454', 'C1455', 'C1456', 'C1457'], 'caveats')
        want('C3' in found['C1456']['detail'] and '123456789012346' in found['C1456']['detail'], found['C1456']['detail'])
    for value, code in (('=1/0', 'E1414'), ('#DIV/0!', 'E1415')):
        with t.case(f'cells: {value} where it is read'):
            t.write('fault.xlsx', made(lambda sheet: sheet.__setitem__('C4', value)))
            r = t.run('layout', 'fault.xlsx', '--diagnostics', 'json')
            errors = [d for d in r.diagnostics() if d['severity'] == 'error']
            same((r.status, [(d['code'], d['line'], d['column']) for d in errors]), (INVALID, [(code, 4, 3)]), r.errors)
        with t.case(f'cells: {value} where it is not'):
            t.write('fault.xlsx', made(lambda sheet: (sheet.__setitem__('E2', '同比'), sheet.__setitem__('E3', value))))
            r = t.run('layout', 'fault.xlsx', '-f', 'csv')
            same((r.status, r.text.count('\n')), (OK, 5), r.errors)
    with t.case('cells: a merged quantity'):
        t.write('merged.xlsx', made(lambda sheet: sheet.merge_cells('C3:C4')))
        r = t.run('layout', 'merged.xlsx', '--diagnostics', 'json')
        same((r.status, [(d['code'], d['line'], d['column']) for d in r.diagnostics()]), (INVALID, [('E2330', 4, 3)]), r.errors)


def parts(t):
    """Rows moved in below one that says 其中 are parts of what stands above it, by blanks or by their style; where all are moved in, none is."""
    for how in ('blanks', 'style'):
        with t.case(f'parts by {how}'):
            book = openpyxl.Workbook()
            rows = [('外购电量', 0), ('其中：生产用电', 0), ('办公用电', 1), ('柴油', 0)]
            for shift in (0, 1):
                sheet = book.active
                sheet.delete_rows(1, 9)
                sheet.append(['2023年'])
                sheet.append(['指标名称', '计量单位', '消费量'])
                for i, (label, steps) in enumerate(rows, 3):
                    steps += shift
                    sheet.append(['\u3000' * steps + label if how == 'blanks' else label, 't' if label == '柴油' else 'kWh', 10 * i])
                    sheet.cell(i, 1).alignment = Alignment(indent=steps if how == 'style' else 0)
                t.write('parts.xlsx', saved(book))
                r = t.run('layout', 'parts.xlsx', '-f', 'csv')
                same((r.status, r.text), (OK, '期间,场所,活动,数量,单位\n2023,,外购电量,30,kWh\n2023,,柴油,60,t\n'), r.errors)


def run(t):
    with t.case('openpyxl'):
        want(openpyxl, 'python3-openpyxl is not installed for this Python')
    if not openpyxl:
        return
    layouts(t)
    accounts(t)
    wrong_totals(t)
    broken(t)
    right(t)
    months(t)
    cells(t)
    parts(t)
