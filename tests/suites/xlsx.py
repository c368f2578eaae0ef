# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks made by hand, part by part, so that each trap is just what it is called. Run as a program it writes those of tests/bad anew."""
import csv
import io
import os
import struct
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
STRICT_OFFICE = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = HEAD + f'<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>'


class Raw(str):
    """XML that stands in a row as it is."""


def letters(column):
    text = ''
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(row, column, value):
    if value is None:
        return ''
    if isinstance(value, Raw):
        return value.replace('@', f'{letters(column)}{row}')
    at = f'r="{letters(column)}{row}"'
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c {at}><v>{value!r}</v></c>'
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def rows_xml(rows, attributes=None):
    return ''.join(f'<row r="{r}"{(attributes or {}).get(r, "")}>' + ''.join(cell(r, c, v) for c, v in enumerate(row, 1)) + '</row>'
                   for r, row in enumerate(rows, 1))


def sheet_xml(rows, before='', after='', attributes=None, main=MAIN, relations=OFFICE):
    data = rows if isinstance(rows, str) else rows_xml(rows, attributes)
    return HEAD + f'<worksheet xmlns="{main}" xmlns:r="{relations}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def styles_xml(formats, main=MAIN):
    """A style for each format: an id, or a code."""
    codes = [(200 + i, f) for i, f in enumerate(formats) if isinstance(f, str)]
    ids = [f if isinstance(f, int) else 200 + i for i, f in enumerate(formats)]
    return (HEAD + f'<styleSheet xmlns="{main}"><numFmts count="{len(codes)}">' +
            ''.join(f'<numFmt numFmtId="{i}" formatCode={quoteattr(c)}/>' for i, c in codes) + '</numFmts><cellXfs>' +
            ''.join(f'<xf numFmtId="{i}" applyNumberFormat="1"/>' for i in ids) + '</cellXfs></styleSheet>')


def parts_of(sheets, styles=STYLES, strings=None, date1904=False, main=MAIN, relations=OFFICE, absolute=False):
    """The parts of a workbook: sheets are (name, XML) or (name, XML, state)."""
    root = '/xl/' if absolute else ''
    base = relations
    links = [(f'rId{i}', 'worksheet', f'{root}worksheets/sheet{i}.xml') for i in range(1, len(sheets) + 1)]
    links.append(('rIdStyles', 'styles', root + 'styles.xml'))
    if strings is not None:
        links.append(('rIdStrings', 'sharedStrings', root + 'sharedStrings.xml'))
    listed = ''.join(f'<sheet name={quoteattr(s[0])} sheetId="{i}"{f" state={quoteattr(s[2])}" if len(s) > 2 else ""} r:id="rId{i}"/>'
                     for i, s in enumerate(sheets, 1))
    parts = {
        '[Content_Types].xml': HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' +
        ''.join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
                for i in range(1, len(sheets) + 1)) +
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>' +
        ('<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
         if strings is not None else '') + '</Types>',
        '_rels/.rels': HEAD + f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{base}/officeDocument" '
        f'Target="{"/" if absolute else ""}xl/workbook.xml"/></Relationships>',
        'xl/workbook.xml': HEAD + f'<workbook xmlns="{main}" xmlns:r="{relations}"><workbookPr{" date1904=" + chr(34) + "1" + chr(34) if date1904 else ""}/>'
        f'<sheets>{listed}</sheets></workbook>',
        'xl/_rels/workbook.xml.rels': HEAD + f'<Relationships xmlns="{RELATIONS}">' +
        ''.join(f'<Relationship Id="{i}" Type="{base}/{t}" Target="{p}"/>' for i, t, p in links) + '</Relationships>',
        'xl/styles.xml': styles,
    }
    if strings is not None:
        parts['xl/sharedStrings.xml'] = strings if isinstance(strings, str) else \
            HEAD + f'<sst xmlns="{main}">' + ''.join(s if isinstance(s, Raw) else f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in strings) + '</sst>'
    for i, s in enumerate(sheets, 1):
        parts[f'xl/worksheets/sheet{i}.xml'] = s[1]
    return parts


def pack(parts, method=zipfile.ZIP_STORED):
    """The archive; the same bytes at any time, and, where nothing is compressed, with any zlib."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as z:
        for name, text in parts.items() if isinstance(parts, dict) else parts:
            z.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, method)
    return out.getvalue()


def book(rows, name='Sheet1', **more):
    sheet = {k: more.pop(k) for k in ('before', 'after', 'attributes') if k in more}
    return pack(parts_of([(name, sheet_xml(rows, **sheet))], **more))


# ---- cases ----

SHEETS = {'case': '基本信息', 'inventory': '活动数据', 'measures': '措施', 'targets': '目标', 'params': '参数', 'assumptions': '规划假设', 'factors': '因子', 'units': '单位',
          'instruments': '绿电绿证', 'delivered': '实际减排', 'correlations': '相关系数'}


def case_workbook(folder):
    """A case as one workbook, each cell as text, so that all is written as it was."""
    sheets = []
    for part, name in SHEETS.items():
        path = os.path.join(folder, part + '.csv')
        if os.path.exists(path):
            with open(path, encoding='utf-8-sig', newline='') as f:
                sheets.append((name, sheet_xml([[c or None for c in row] for row in csv.reader(f)])))
    return pack(parts_of(sheets), zipfile.ZIP_DEFLATED)


# ---- the folders of tests/bad ----

HEADER = ['期间', '活动', '数量', '单位']
LINE = ['2023-01', '外购电力', 100, 'kWh']


def compound(locked):
    """The head of a compound file with its directory, as far as anybody looks."""
    name = ('EncryptedPackage' if locked else 'Workbook').encode('utf-16-le')
    head = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(16) + struct.pack('<HHHHH', 62, 3, 0xfffe, 9, 6)
    return head.ljust(512, b'\0') + ('Root Entry'.encode('utf-16-le').ljust(128, b'\0') + name.ljust(128, b'\0')).ljust(512, b'\0')


def changed(data, old, new):
    assert data.count(old) == 1 and len(old) == len(new)
    return data.replace(old, new)


def encrypted(data):
    """The flag of an encrypted part, in both heads of each."""
    data = bytearray(data)
    for head, flags in ((b'PK\x03\x04', 6), (b'PK\x01\x02', 8)):
        at = data.find(head)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(head, at + 1)
    return bytes(data)


def bad_folders():
    plain = parts_of([('Sheet1', sheet_xml([HEADER, LINE]))])
    two = [('一月', sheet_xml([HEADER, LINE])), ('说明', sheet_xml([['填写说明']]))]
    empty = sheet_xml([])
    monthly = [['能源', '单位', '消耗量'], ['电力', 'kWh', 1]]
    fault = Raw('<c r="@" t="e"><f>C2/0</f><v>#DIV/0!</v></c>')
    uncached = Raw('<c r="@"><f>SUM(C1:C2)</f></c>')
    sheet = plain['xl/worksheets/sheet1.xml']
    return {
        'E1401-old': (compound(False), '1:1 E1401 bad.xlsx'),
        'E1402-password': (compound(True), '1:1 E1402 bad.xlsx'),
        'E1402-part': (encrypted(pack(plain)), '1:1 E1402 bad.xlsx'),
        'E1403-ods': (pack({'mimetype': 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>'}), '1:1 E1403 bad.xlsx'),
        'E1403-zip': (pack({'readme.txt': 'no workbook'}), '1:1 E1403 bad.xlsx'),
        'E1404-cut': (pack(plain)[:900], '1:1 E1404 bad.xlsx'),
        'E1404-crc': (changed(pack(plain), b'<v>100</v>', b'<v>900</v>'), '1:1 E1404 bad.xlsx'),
        'E1405-twice': (pack(list(plain.items()) + [('xl/worksheets/sheet1.xml', sheet.replace('100', '200'))]), '1:1 E1405 bad.xlsx'),
        'E1406-xml': (pack({**plain, 'xl/worksheets/sheet1.xml': sheet.replace('</row>', '</rov>')}), '1:1 E1406 bad.xlsx'),
        'E1407-dtd': (pack({**plain, 'xl/worksheets/sheet1.xml': sheet.replace('<worksheet', '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet', 1)}),
                      '1:1 E1407 bad.xlsx'),
        'E1409-name': (pack(parts_of(two)), '1:1 E1409 bad.xlsx', 'account bad.xlsx#二月'),
        'E1410-which': (pack(parts_of([two[0], ('用油', sheet_xml([['期间', '柴油(t)'], ['2023-01', 1]]))])), '1:1 E1410 bad.xlsx'),
        'E2350-sheet-period': (pack(parts_of([('2月', sheet_xml([['2023年1月'], *monthly])), ('3月', sheet_xml([['2023年3月'], *monthly]))])), '1:1 E2350 bad.xlsx#2月'),
        'E2351-same-time': (pack(parts_of([('23.1', sheet_xml(monthly)), ('2023年1月', sheet_xml(monthly))])), '1:1 E2351 bad.xlsx#2023年1月'),
        'E1411-empty': (pack(parts_of([('Sheet1', empty)])), '1:1 E1411 bad.xlsx'),
        'E1412-hidden': (pack(parts_of([('Sheet1', empty), ('数据', sheet_xml([HEADER, LINE]), 'hidden')])), '1:1 E1412 bad.xlsx'),
        'E1413-string': (book([HEADER, ['2023-01', '外购电力', Raw('<c r="@" t="s"><v>7</v></c>'), 'kWh']]), '2:3 E1413 bad.xlsx#Sheet1'),
        'E1413-order': (book([HEADER, ['2023-01', '外购电力', Raw('<c r="B2"><v>7</v></c>'), 'kWh'], LINE]), '2:2 E1413 bad.xlsx#Sheet1'),
        'E1414-uncached': (book([HEADER, ['2023-01', '外购电力', uncached, 'kWh']]), '2:3 E1414 bad.xlsx#Sheet1'),
        'E1415-fault': (book([HEADER, ['2023-01', '外购电力', fault, 'kWh'], ['2023-02', '外购电力', fault, 'kWh']], name='活动数据'),
                        '2:3 E1415 bad.xlsx#活动数据\n3:3 E1415 bad.xlsx#活动数据'),
        'E1418-sheets': (pack(parts_of([('基本信息', sheet_xml([['fact', 'value'], ['name', 'x']])), ('case', sheet_xml([['fact', 'value'], ['name', 'x']]))])),
                         '1:1 E1418 bad.xlsx', 'check bad.xlsx'),
        'E1408-ratio': (pack({**plain, 'xl/worksheets/sheet1.xml': sheet[:-len('</worksheet>')] + ' ' * (65 << 20) + '</worksheet>'}, zipfile.ZIP_DEFLATED),
                        '1:1 E1408 bad.xlsx'),
        'E1416-merged': (book([HEADER, LINE, ['2023-02', '外购电力', None, 'kWh']], after='<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'),
                         '3:3 E1416 bad.xlsx#Sheet1'),
    }


def main():
    bad = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'bad')
    for name, (data, expect, *args) in bad_folders().items():
        folder = os.path.join(bad, name)
        os.makedirs(folder, exist_ok=True)
        for file, content in (('bad.xlsx', data), ('expect', (expect + '\n').encode()), ('args', ((args or ['account bad.xlsx'])[0] + '\n').encode())):
            with open(os.path.join(folder, file), 'wb') as f:
                f.write(content)


if __name__ == '__main__':
    main()
