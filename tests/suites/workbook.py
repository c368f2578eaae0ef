# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks: each cell as openpyxl reads it, traps as they are known, damaged ones refused or equal, examples as workbooks like their folders."""
import datetime
import io
import json
import os
import random
import re
import resource
import subprocess
import warnings
import zipfile
from decimal import Decimal

try:
    import openpyxl
    from openpyxl.styles import Font
except ImportError:  # another Python than Debian's: all other suites run
    openpyxl = None

from . import xlsx
from .harness import INVALID, OK, ROOT, Failure, same, want
from .xlsx import HEADER, LINE, SHEETS, Raw, book, case_workbook, pack, parts_of, rows_xml, sheet_xml, styles_xml

TEXT, NUMBER, DATE, BOOLEAN, FAULT, UNCACHED, BAD = range(7)
BLANKS = ' \t\r\n\u00a0\u3000\ufeff\ue5e5'
SEED = 20260101


def read(t, *names, timeout=60):
    """What the reader gives for each file: ({sheet: {(row, column): (kind, flags, text)}}, status, findings)."""
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
    program = os.path.join(os.path.dirname(os.path.abspath(t.tanhe)), 'cells')
    done = subprocess.run([program, *names], cwd=t.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, preexec_fn=limit)
    want(0 <= done.returncode <= 5, f'ended with {done.returncode}: {done.stderr[-300:]!r}')
    answers, sheets, findings = [], {}, []
    for line in done.stdout.decode('utf-8').splitlines():
        said = json.loads(line)
        if 'rows' in said:
            sheets[said['sheet']] = {(r[0], c[0]): tuple(c[1:]) for r in said['rows'] for c in r[2]}
        elif 'status' in said:
            answers.append((sheets, said['status'], findings))
            sheets, findings = {}, []
        else:
            findings.append({**said, **said.get('place', {})})
    same(len(answers), len(names), 'answers')
    return answers


# ---- against openpyxl ----

def plain(value):
    """A double as its 15 digits say."""
    return Decimal('%.15g' % value)


def agree(value, cell, where):
    kind, _, text = cell if cell else (None, 0, '')
    if value is None or (isinstance(value, str) and not value.strip(BLANKS)):
        want(cell is None or kind == UNCACHED, f'{where}: openpyxl has nothing, found {cell!r}')
    elif isinstance(value, bool):
        same((kind, text), (BOOLEAN, 'TRUE' if value else 'FALSE'), where)
    elif isinstance(value, (int, float)):
        want(kind == NUMBER, f'{where}: {value!r}, found {cell!r}')
        found = Decimal(text[:-1]) / 100 if text.endswith('%') else Decimal(text)
        same(found, plain(value), where)
    elif isinstance(value, datetime.datetime):
        want(kind == DATE, f'{where}: {value!r}, found {cell!r}')
        full = value.replace(microsecond=0) + datetime.timedelta(seconds=value.microsecond >= 500000)
        want(full.strftime('%Y-%m-%d %H:%M:%S').startswith(text), f'{where}: {value!r}, found {text!r}')
    elif isinstance(value, (datetime.time, datetime.timedelta)):
        want(kind == DATE and re.fullmatch(r'\d\d+:\d\d:\d\d', text), f'{where}: {value!r}, found {cell!r}')
    else:
        same((kind, text), (FAULT if kind == FAULT else TEXT, value.strip(BLANKS)), where)


def compare(t, name):
    sheets, status, findings = read(t, name)[0]
    same(status, OK, f'status {findings}')
    other = openpyxl.load_workbook(t.path(name), data_only=True)
    compared = 0
    for sheet in other.worksheets:
        found = dict(sheets[sheet.title])
        for row in sheet.iter_rows():
            for cell in row:
                where = (cell.row, cell.column)
                agree(cell.value, found.pop(where, None), f'{name} {sheet.title} {cell.coordinate}')
                compared += 1
        same(found, {}, f'{name} {sheet.title}: cells that openpyxl does not have')
    want(compared > 20, f'{compared} cells compared')


WORDS = ['外购电力', '天然气', 'diesel', ' 柴油 ', '备注：“引号”,逗号', '<&>\'"', '第一行\n第二行', '', '　', '2023-01', '=不是公式', '𠮷野家', 'a\tb', '0012']


def random_value(r):
    kind = r.randrange(12)
    if kind < 3:
        return r.choice(WORDS)
    if kind < 5:
        return r.randrange(-10 ** r.randrange(1, 15), 10 ** r.randrange(1, 15))
    if kind < 8:
        return r.choice([r.random(), r.uniform(-1e6, 1e6), r.random() * 10 ** r.randrange(-12, 18), round(r.uniform(0, 1000), r.randrange(4)), 0.58, 0.1 + 0.2, 1e-7, 0.0])
    if kind == 8:
        return datetime.datetime(r.randrange(1900, 2100), r.randrange(1, 13), r.randrange(1, 29), *r.choice([(0, 0), (r.randrange(24), r.randrange(60), r.randrange(60))]))
    if kind == 9:
        return r.random() < 0.5
    if kind == 10:
        return datetime.date(r.randrange(1950, 2050), r.randrange(1, 13), r.randrange(1, 29))
    return None


DATE_FORMATS = ['yyyy-mm-dd', 'yyyy/m/d', 'yyyy"年"m"月"d"日"', 'yyyy-mm-dd hh:mm:ss', '[$-804]yyyy"年"m"月"', 'mmm-yy', 'yyyy"年"m"月";@', 'd-mmm', 'm/d/yy h:mm']
NUMBER_FORMATS = ['General', '0', '0.00', '#,##0', '#,##0.00', '0%', '0.00%', '0.00E+00', '@', '#,##0.00_);[Red]\\(#,##0.00\\)', '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
                  '0"kWh"', '[>=10000]0!.0,"万";0', '0.0,', '"约"0.0', '[DBNum1]0', '0.00_ ', '# ?/?']


def made_by_openpyxl(number):
    """A workbook of random values, formats, merged cells, hidden rows and sheets."""
    r = random.Random(SEED + number)
    w = openpyxl.Workbook()
    if number % 4 == 3:
        w.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for s in range(r.randrange(1, 4)):
        sheet = w.active if s == 0 else w.create_sheet()
        sheet.title = r.choice(['活动数据', '一月', 'Sheet', "it's", 'a & b']) + str(s)
        for row in range(1, r.randrange(10, 60)):
            for column in range(1, r.randrange(2, 12)):
                value = random_value(r)
                if isinstance(value, datetime.datetime) and w.epoch.year == 1904 and value.year < 1905:
                    value = None
                cell = sheet.cell(row + 3 * (row > 20), column + 2 * (column > 5))
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = 's' if value else 'n'
                elif isinstance(value, (datetime.datetime, datetime.date)):
                    cell.number_format = r.choice(DATE_FORMATS)
                elif value is not None and not isinstance(value, bool):
                    cell.number_format = r.choice(NUMBER_FORMATS)
                if r.random() < 0.1:
                    cell.font = Font(bold=True)
        if r.random() < 0.5:
            sheet.merge_cells(start_row=30, start_column=1, end_row=32, end_column=2)
        sheet.row_dimensions[2].hidden = True
        sheet.sheet_state = 'hidden' if s == 2 else 'visible'
    out = io.BytesIO()
    w.save(out)
    return out.getvalue()


def prefixed(xml):
    """The same elements under a prefix."""
    return re.sub(r'<(/?)(?!\?)([A-Za-z])', r'<\1x:\2', xml).replace(f'xmlns="{xlsx.MAIN}"', f'xmlns:x="{xlsx.MAIN}"')


def by_hand():
    """Packages made part by part that openpyxl reads too."""
    rows = [HEADER, LINE, ['2023-02', '天然气', 12.5, 'm3'], ['2023-03', '柴油', 0.1 + 0.2, 't'], [True, None, -3e-9, '']] * 6
    plain_parts = parts_of([('Sheet1', sheet_xml(rows))])
    strings = [Raw('<si><r><rPr><b/></rPr><t>外购</t></r><r><t xml:space="preserve">电力 </t></r></si>'), 'plain', Raw('<si><t/></si>'), Raw('<si><t>a</t></si>')]
    shared = ''.join(f'<row r="{r}">' + ''.join(f'<c r="{xlsx.letters(c)}{r}" t="s"><v>{(r + c) % 4}</v></c>' for c in range(1, 7)) + '</row>' for r in range(1, 7))
    no_places = re.sub(r' r="[A-Z]*\d+"', '', rows_xml([[1, 'a', 2.5, True]] * 8))
    return {
        'plain': pack(plain_parts),
        'deflated': pack(plain_parts, zipfile.ZIP_DEFLATED),
        'prefixes': pack({**plain_parts, 'xl/worksheets/sheet1.xml': prefixed(sheet_xml(rows))}),
        'absolute': pack(parts_of([('Sheet1', sheet_xml(rows))], absolute=True)),
        'no-places': pack(parts_of([('Sheet1', sheet_xml(no_places))])),
        'shared': pack(parts_of([('Sheet1', sheet_xml(shared))], strings=strings)),
        'noise': book([[float('%.17g' % (i / 100)) for i in range(k, k + 10)] for k in range(0, 60, 10)]),
        'dimension': book(rows, before='<dimension ref="A1:IU43"/><sheetViews/>'),
    }


# ---- what is known of each trap ----

def texts(cells):
    return {f'{xlsx.letters(c)}{r}': v[2] for (r, c), v in cells.items()}


def dated(serials, formats, **more):
    """A row for each serial, a column for each format."""
    cells = ''.join(f'<row r="{r}">' + ''.join(f'<c r="{xlsx.letters(c)}{r}" s="{c - 1}"><v>{s}</v></c>' for c in range(1, len(formats) + 1)) + '</row>'
                    for r, s in enumerate(serials, 1))
    return pack(parts_of([('Sheet1', sheet_xml(cells))], styles=styles_xml(formats), **more))


def traps(t):
    def first(name, data):
        t.write(name, data)
        sheets, status, findings = read(t, name)[0]
        same(status, OK, f'status {findings}')
        return next(iter(sheets.values()))

    with t.case('numbers as Excel wrote them'):
        stored = {'0.57999999999999996': ('0.58', 0), '0.30000000000000004': ('0.3', 4), '1.1000000000000001': ('1.1', 0), '1E-3': ('0.001', 0), '100': ('100', 0),
                  '1068240': ('1068240', 0), '123456789012345678': ('123456789012346000', 4), '-0': ('0', 0), '.5': ('0.5', 0), '1.50': ('1.5', 0), '1E+20': ('1e20', 0), '1E+19': ('10000000000000000000', 0),
                  '4.9406564584124654E-324': ('4.94065645841247e-324', 0), '0.1': ('0.1', 0), '99999999999999.9': ('99999999999999.9', 0)}
        cells = first('stored.xlsx', book([[Raw(f'<c r="@"><v>{v}</v></c>') for v in stored]]))
        same([(v[2], v[1]) for v in cells.values()], list(stored.values()), 'texts and flags')
    with t.case('percent'):
        cells = texts(first('percent.xlsx', dated(['0.05', '0.125', '1.1000000000000001', '0.00015', '12'], [9, '0.00%'])))
        same([cells[f'A{r}'] for r in range(1, 6)], ['5%', '12.5%', '110%', '0.015%', '1200%'], 'percent')
    with t.case('formats that show another number'):
        formats = ['0!.0,"万"', '0.0,', '0"."0000', '0.00"万"', '0\\.0', '#,##0', '0.00', '0"kWh"', '#,##0.00,,', '0.0"%"', '_ * #,##0.00_ ']
        cells = first('scaled.xlsx', dated(['1068240', '0'], formats))
        same([cells[1, c][1] for c in range(1, 12)], [8, 8, 8, 8, 8, 0, 0, 0, 8, 8, 0], 'flags')
        want(all(cells[2, c][1] == 0 for c in range(1, 12)), 'a zero looks as it is')
    with t.case('dates by their style'):
        # 45108 is 2023-07-01: 25569 is 1970-01-01 in either program.
        formats = [14, 17, 27, 31, 36, 50, 57, 58, 22, 'yyyy"年"m"月"', 'yyyy', '[$-804]yyyy"年"m"月"d"日";@', 'mm/dd', 'h:mm', 'm"月"', 'yyyy-mm-dd hh:mm', '"m"0', '0.00E+00', '[h]:mm']
        cells = texts(first('dates.xlsx', dated(['45108', '45122.5'], formats)))
        day, month = '2023-07-01', '2023-07'
        same([cells[f'{xlsx.letters(c)}1'] for c in range(1, 20)],
             [day, month, month, day, month, month, month, day, day, month, '2023', day, day, '1082592:00:00', month, day, '45108', '45108', '1082592:00:00'], 'of 45108')
        same([cells[f'{c}2'] for c in 'ABIP'], ['2023-07-15', month, '2023-07-15 12:00:00', '2023-07-15 12:00:00'], 'of 45122.5')
    with t.case('days before March 1900, and none'):
        cells = texts(first('early.xlsx', dated(['1', '59', '60', '61', '0', '-1', '2958465', '2958466'], [14])))
        same([cells[f'A{r}'] for r in range(1, 9)], ['1900-01-01', '1900-02-28', '1900-02-29', '1900-03-01', '0', '-1', '9999-12-31', '2958466'], 'days')
    with t.case('the calendar of 1904'):
        cells = texts(first('mac.xlsx', dated(['0', '43646'], [14], date1904=True)))
        same(cells, {'A1': '1904-01-01', 'A2': '2023-07-01'}, 'days')
    with t.case('strict namespaces'):
        parts = parts_of([('Sheet1', sheet_xml([HEADER, LINE], main=xlsx.STRICT, relations=xlsx.STRICT_OFFICE))], main=xlsx.STRICT, relations=xlsx.STRICT_OFFICE,
                         styles=styles_xml([0], main=xlsx.STRICT))
        same(texts(first('strict.xlsx', pack(parts)))['C2'], '100', 'C2')
    with t.case('what is spoken, escapes and rich text'):
        strings = [Raw('<si><t>電力</t><rPh sb="0" eb="2"><t>デンリョク</t></rPh><phoneticPr fontId="1"/></si>'), 'a_x000D_b', '_x005F_x000D_', '_xD83D__xDE00_', '_xZZZZ_', '_x0000_x',
                   Raw('<si><r><t>外</t></r><r><rPr/><t>购</t></r></si>')]
        cells = first('strings.xlsx', pack(parts_of([('Sheet1', sheet_xml([[Raw(f'<c r="@" t="s"><v>{i}</v></c>') for i in range(7)]]))], strings=strings)))
        same([v[2] for v in cells.values()], ['電力', 'a\rb', '_x000D_', '\U0001f600', '_xZZZZ_', 'x', '外购'], 'texts')
    with t.case('formulas, errors and types'):
        row = [Raw('<c r="@"><f>1+1</f><v>2</v></c>'), Raw('<c r="@"><f>1+1</f></c>'), Raw('<c r="@" t="str"><f>""</f><v></v></c>'), Raw('<c r="@" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
               Raw("<c r=\"@\"><f>'[1]表 1'!A1</f><v>7</v></c>"), Raw('<c r="@"><f>Table1[2023]</f><v>8</v></c>'), Raw('<c r="@" t="d"><v>2023-01-05T00:00:00</v></c>'),
               Raw('<c r="@" t="b"><v>1</v></c>'), Raw('<c r="@" t="s"><v>9</v></c>'), Raw('<c r="@"><v>nan</v></c>'), Raw('<c r="@"><v>0x10</v></c>'), Raw('<c r="@" t="str"><f>A1</f><v>乙</v></c>')]
        cells = first('types.xlsx', book([row]))
        same({xlsx.letters(c): v for (_, c), v in cells.items()},
             {'A': (NUMBER, 1, '2'), 'B': (UNCACHED, 1, ''), 'D': (FAULT, 1, '#DIV/0!'), 'E': (NUMBER, 3, '7'), 'F': (NUMBER, 1, '8'), 'G': (DATE, 0, '2023-01-05'),
              'H': (BOOLEAN, 0, 'TRUE'), 'I': (BAD, 0, '9'), 'J': (BAD, 0, 'nan'), 'K': (BAD, 0, '0x10'), 'L': (TEXT, 1, '乙')}, 'cells')
    with t.case('a million columns by a dimension, and rows far down'):
        cells = first('far.xlsx', book(Raw('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'), before='<dimension ref="A1:XFD1048576"/>'))
        same(texts(cells), {'A1': '1', 'XFD1048576': '2'}, 'cells')


# ---- damage ----

def damage(data, number):
    r = random.Random(SEED + number)
    data = bytearray(data)
    how = number % 5
    if how == 0:
        for _ in range(r.randrange(1, 4)):
            data[r.randrange(len(data))] ^= 1 << r.randrange(8)
    elif how == 1:
        del data[r.randrange(len(data)):]
    elif how == 2:
        at = r.randrange(len(data))
        del data[at:at + r.randrange(1, 40)]
    elif how == 3:
        at = r.randrange(len(data))
        data[at:at] = bytes(r.randrange(256) for _ in range(r.randrange(1, 40)))
    else:
        a, b = r.randrange(len(data)), r.randrange(len(data))
        data[a:a + 16] = data[b:b + 16]
    return bytes(data)


def damaged(t, count):
    """Refused, or as if nothing had happened; in bounded time and memory."""
    whole = {'d.xlsx': pack(parts_of([('活动数据', sheet_xml([HEADER] + [LINE] * 20))], strings=['a', 'b']), zipfile.ZIP_DEFLATED),
             's.xlsx': pack(parts_of([('活动数据', sheet_xml([HEADER] + [LINE] * 20))], strings=['a', 'b']))}
    names = []
    for name, data in whole.items():
        t.write(name, data)
        for i in range(count // 2):
            names.append(f'{i}-{name}')
            t.write(names[-1], damage(data, i))
    right = {name: read(t, name)[0][0] for name in whole}
    refused = 0
    for at in range(0, len(names), 50):
        for name, (sheets, status, findings) in zip(names[at:at + 50], read(t, *names[at:at + 50])):
            refused += status != OK
            want(status in (OK, INVALID) and (status == OK or findings), f'{name}: status {status}, {findings}')
            want(status != OK or sheets == right[name.split('-')[1]], f'{name}: other cells, and nothing was said')
    want(refused > count // 2, f'only {refused} of {count} refused')


def bombs(t):
    parts = parts_of([('Sheet1', sheet_xml([HEADER, LINE]))])
    with t.case('200-fold above 64 MB'):
        zeros = sheet_xml([HEADER, LINE])[:-len('</worksheet>')] + ' ' * (80 << 20) + '</worksheet>'
        t.write('bomb.xlsx', pack({**parts, 'xl/worksheets/sheet1.xml': zeros}, zipfile.ZIP_DEFLATED))
        _, status, findings = read(t, 'bomb.xlsx')[0]
        same((status, [f['code'] for f in findings]), (INVALID, ['E1408']), 'refused')
    deep = sheet_xml('<a>' * 5000 + '</a>' * 5000)
    names = sheet_xml(''.join(f'<name{i}/>' for i in range(6000)))
    long = sheet_xml(f'<row a="{"x" * (3 << 20)}"/>')
    merged = sheet_xml([HEADER, LINE], after='<mergeCells>' + '<mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/>' * 10 + '</mergeCells>')
    for name, sheet, code in (('deep', deep, 'E1406'), ('names', names, 'E1406'), ('long', long, 'E1406'), ('overlap', merged, 'E1413')):
        with t.case(name):
            t.write(name + '.xlsx', pack({**parts, 'xl/worksheets/sheet1.xml': sheet}, zipfile.ZIP_DEFLATED))
            _, status, findings = read(t, name + '.xlsx')[0]
            same((status, [f['code'] for f in findings]), (INVALID, [code]), 'refused')
    with t.case('an archive that says it has more entries than it can'):
        data = bytearray(pack(parts))
        end = data.rindex(b'PK\x05\x06')
        data[end + 8:end + 12] = b'\xff\xff\xff\xff'
        t.write('many.xlsx', bytes(data))
        same(read(t, 'many.xlsx')[0][1], INVALID, 'status')


# ---- tables and cases ----

def without_places(value, case):
    """An answer without what says where it was read: paths, digests, encodings."""
    if isinstance(value, dict) and 'sheet' in value:
        value = {'file': next((p for p, s in SHEETS.items() if s == value['sheet']), value['sheet']), **{k: v for k, v in value.items() if k not in ('file', 'sheet', 'cell', 'column')}}
    if isinstance(value, dict):
        return {k: 'CASE' if k == 'case' else without_places(v, case) for k, v in value.items() if k not in ('sha256', 'encoding', 'delimiter', 'files', 'inputs')}
    if isinstance(value, list):
        return [without_places(v, case) for v in value]
    if isinstance(value, str) and value.removesuffix('.csv') in SHEETS:
        return value.removesuffix('.csv')
    if isinstance(value, str):
        for part, name in SHEETS.items():
            if value == f'case.xlsx#{name}':
                return part
            value = value.replace(f'case.xlsx#{name}!', f'{name}:').replace(f'case.xlsx#{name}', name).replace(f'{case}/{part}.csv', name)
        value = re.sub(r'(?<![\w.])(' + '|'.join(SHEETS) + r')\.csv', lambda m: SHEETS[m[1]], value)
        return 'CASE' if value in (case, 'case.xlsx') else value
    return value


def examples(t):
    for case in ('enterprise', 'building', 'community', 'park', 'region'):
        folder = os.path.join(ROOT, 'examples', case)
        t.write('case.xlsx', case_workbook(folder))
        for command in ('account', 'check', 'plan'):
            with t.case(f'{case}: {command} of a workbook as of its folder'):
                answers = []
                for path in (folder, 'case.xlsx'):
                    done = t.run(command, path, '-f', 'json')
                    want(done.out, f'no answer: {done.errors[-500:]}')
                    answers.append((done.status, without_places(done.json(), path)))
                    if path == 'case.xlsx':
                        inputs = done.json().get('files') or done.json()['inputs']
                        same(len(inputs), 1, 'the workbook is named once')
                for a, b in zip(*[flat(answer) for _, answer in answers]):
                    same(b, a, 'workbook and folder')
                same(answers[1], answers[0], 'workbook and folder')


def flat(value, at=''):
    """Leaves of an answer, so that the first difference is the message."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from flat(inner, f'{at}/{key}')
    else:
        yield at, value


def tables(t):
    months = [(f'{m}月', sheet_xml([HEADER, [f'2023-{m:02}', '外购电力', 100 * m, 'kWh']])) for m in range(1, 13)]
    note = ('填写说明', sheet_xml([['本表由能源管理岗填写', '2023年']]))
    draft = ('草稿', sheet_xml([HEADER, ['2023-01', '外购电力', 999, 'kWh']]), 'hidden')
    with t.case('sheets with the same header are one table'):
        t.write('months.xlsx', pack(parts_of(months + [note, draft])))
        account = t.account('months.xlsx')
        same([(i['file'], int(i['rows'])) for i in account['inputs']], [('months.xlsx', 12)], 'inputs')
        said = {c['code']: c['text']['zh'] for c in account['caveats'] if c['code'] in ('C1450', 'C1451')}
        want('草稿' in said.get('C1450', '') and '填写说明' in said.get('C1451', ''), f'caveats {said}')
    with t.case('one of them by name'):
        same(t.account('months.xlsx#3月')['inputs'][0]['file'], 'months.xlsx#3月', 'file')
    with t.case('a folder with several inventories'):
        for name, month in (('inventory.csv', 1), ('活动数据-二.csv', 2)):
            t.write(name, f'period,activity,quantity,unit\n2023-{month:02},外购电力,100,kWh\n')
        t.write('活动数据.xlsx', pack(parts_of(months[2:3])))
        os.makedirs(t.path('several'))
        for name in ('inventory.csv', '活动数据-二.csv', '活动数据.xlsx'):
            os.rename(t.path(name), t.path('several/' + name))
        account = t.account('several')
        same([(os.path.basename(i['file']), int(i['rows'])) for i in account['inputs']], [('inventory.csv', 1), ('活动数据-二.csv', 1), ('活动数据.xlsx', 1)], 'inputs')
    with t.case('merged texts count for each row, hidden rows, formulas, digits and formats are said'):
        rows = [HEADER, ['2023-01', '外购电力', Raw('<c r="@"><f>1</f><v>0.30000000000000004</v></c>'), 'kWh'], [None, '外购热力', 5, 'GJ'], ['2023-02', '外购电力', 7, 'kWh'], ['2023-03', '外购电力', 7, 'kWh']]
        t.write('said.xlsx', book(rows, after='<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>', attributes={4: ' hidden="1"'},
                                  before='<cols><col min="2" max="2" hidden="1"/></cols>'))
        account = t.account('said.xlsx')
        same(sorted(c['code'] for c in account['caveats'] if c['code'].startswith('C14')), ['C1452', 'C1454', 'C1455', 'C1456', 'C1458'], 'caveats')
    for content, zh, en in ((b'', '该文件为空文件', 'it is an empty file'), (b'a,b\n1,2\n', '该文件为文本', 'it is text')):
        for lang, words in (('zh', zh), ('en', en)):
            with t.case(f'what is no workbook is named in the language: {words}'):
                t.write('none.xlsx', content)
                result = t.run('account', 'none.xlsx#1', '--lang', lang)
                want(result.status == INVALID and f'{words};' in result.errors.replace('；', ';'), result.errors)
    with t.case('an error in a column that is not read is nothing'):
        fault = Raw('<c r="@" t="e"><v>#REF!</v></c>')
        t.write('unread.xlsx', book([HEADER + ['占比X'], LINE + [fault]]))
        t.account('unread.xlsx')
    with t.case('no output over a workbook that is read by a sheet'):
        t.write('own.xlsx', book([HEADER, LINE]))
        before = open(t.path('own.xlsx'), 'rb').read()
        same(t.run('account', 'own.xlsx#Sheet1', '-o', 'own.xlsx').status, 2, 'status')
        same(open(t.path('own.xlsx'), 'rb').read(), before, 'bytes')
    with t.case('the same sheet twice'):
        for pair in (('own.xlsx', 'own.xlsx#Sheet1'), ('own.xlsx#Sheet1', './own.xlsx#Sheet1')):
            same(t.run('account', *pair).status, 2, f'status of {pair}')
        same(t.run('account', 'months.xlsx#1月', 'months.xlsx#2月').status, OK, 'two sheets')
    with t.case('standard input'):
        same(t.run('account', '-', stdin=book([HEADER, LINE])).status, OK, 'status')
    with t.case('two sheets for one part'):
        t.write('twice.xlsx', pack(parts_of([('基本信息', sheet_xml([['项目', '值'], ['name', 'x']])), ('case', sheet_xml([['项目', '值'], ['name', 'x']]))])))
        done = t.run('check', 'twice.xlsx')
        same((done.status, 'E1418' in done.errors, done.errors.count('E1418')), (INVALID, True, 1), 'refused')


def fixtures(t):
    """Those of tests/bad are what xlsx.py makes."""
    for name, (data, expect, *_) in xlsx.bad_folders().items():
        if name == 'E1408-ratio':  # compressed, as another zlib may do it in other bytes
            continue
        with open(os.path.join(ROOT, 'tests', 'bad', name, 'bad.xlsx'), 'rb') as f:
            same(f.read() == data, True, name)


def run(t):
    warnings.simplefilter('ignore')  # openpyxl misses styles that nobody needs, zipfile names a part that is meant to stand twice
    with t.case('openpyxl'):
        want(openpyxl, 'python3-openpyxl is not installed for this Python')
    if not openpyxl:
        return
    for number in range(12):
        with t.case(f'openpyxl {number}'):
            t.write(f'o{number}.xlsx', made_by_openpyxl(number))
            compare(t, f'o{number}.xlsx')
    for name, data in by_hand().items():
        with t.case(name):
            t.write(name + '.xlsx', data)
            compare(t, name + '.xlsx')
    traps(t)
    with t.case('300 damaged'):
        damaged(t, 300)
    bombs(t)
    with t.case('fixtures'):
        fixtures(t)
    tables(t)
    examples(t)
