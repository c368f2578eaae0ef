# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier as a workbook: openpyxl reads it, its totals are those of JSON, and its formulas, worked out by a second program, come to the values beside."""
import os
import re

import openpyxl

from .harness import INVALID, ROOT, parse_json, same, want
from . import dossier, paths
from .pictures import build

NAMES = {'zh': ['封面', '汇总', '计算明细', '因子', 'GWP', '逐条对照', '参数', '路径', '措施', '说明'],
         'en': ['Cover', 'Summary', 'Ledger', 'Factors', 'GWP', 'Check', 'Parameters', 'Path', 'Measures', 'Notes']}
TOTALS = {'Scope 1': 'scope1', 'Scope 2 (location-based)': 'scope2_location', 'Scope 3': 'scope3', 'Gross emissions': 'gross', 'Biogenic CO2': 'biogenic_co2',
          'Removals': 'removals', 'Credits': 'credits', 'Avoided emissions': 'avoided', 'outside the seven': 'outside_kyoto'}


class Evaluator:
    """The formulas that a workbook of tanhe has: products, references, SUMIFS."""

    def __init__(self, book):
        self.book, self.known = book, {}

    def cell(self, sheet, place):
        key = sheet, place.replace('$', '')
        if key not in self.known:
            value = self.book[sheet][key[1]].value
            self.known[key] = self.formula(sheet, value[1:]) if isinstance(value, str) and value.startswith('=') else value
        return self.known[key]

    def column(self, sheet, letter, last):
        return [self.cell(sheet, f'{letter}{row}') for row in range(2, last + 1)]

    def formula(self, sheet, text):
        sums = re.fullmatch(r'SUMIFS\((.*)\)/1000', text)
        if not sums:
            text = re.sub(r"(?:'([^']+)'!)?(\$?[A-Z]+\$?\d+)", lambda m: repr(float(self.cell(m[1] or sheet, m[2]))), text)
            want(re.fullmatch(r'[0-9.()e+*/-]+', text), f'an expression: {text}')
            return eval(text, {'__builtins__': {}})
        part = sums[1].split(',')
        read = [re.fullmatch(r"'([^']+)'!\$([A-Z])\$2:\$[A-Z]\$(\d+)", p) for p in part[0:1] + part[1::2]]
        columns = [self.column(m[1], m[2], int(m[3])) for m in read]
        asked = [p[1:-1] if p.startswith('"') else float(p) for p in part[2::2]]
        return sum(row[0] for row in zip(*columns) if all(have == ask for have, ask in zip(row[1:], asked))) / 1000


def opened(t, file):
    book, values = openpyxl.load_workbook(t.path(file)), openpyxl.load_workbook(t.path(file), data_only=True)
    return book, values


def check_formulas(book, values):
    evaluator, formulas = Evaluator(book), 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != 'f':
                    continue
                formulas += 1
                got, beside = evaluator.cell(sheet.title, cell.coordinate), values[sheet.title][cell.coordinate].value
                want(abs(got - beside) <= 1e-6 + 1e-12 * abs(beside), f'{sheet.title} {cell.coordinate} {cell.value}: {got}, beside {beside}')
    want(formulas > 20, f'{formulas} formulas')
    return evaluator


def check_example(t, name):
    folder, params = f'{ROOT}/examples/{name}', dossier.PARAMS
    for lang in ('zh', 'en'):
        for file in ('a.xlsx', 'b.xlsx'):
            t.run('--lang', lang, 'report', folder, '--params', params, '-o', t.path(file))
        with open(t.path('a.xlsx'), 'rb') as a, open(t.path('b.xlsx'), 'rb') as b:
            same(a.read(), b.read(), 'the same bytes twice')
        book, values = opened(t, 'a.xlsx')
        same(book.sheetnames, NAMES[lang], 'sheets')
        check_formulas(book, values)
        want('illustrative' in book.properties.title or '示例' in book.properties.title, book.properties.title)
    account = parse_json(t.run('check', folder, '--params', params, '-f', 'json').out)['account']
    years, seen = {y['year']: y['totals'] for y in account['years']}, 0
    for year, total, value, ours, _ in values['Summary'].iter_rows(min_row=2, values_only=True):
        want(abs(value - ours) < 1e-9, f'{year} {total}')
        seen += 1
        same(f'{ours:.15g}', f'{float(years[year][TOTALS[total]]):.15g}', f'{year} {total}')
    want(seen >= 8 * len(years), f'{seen} totals')


def large(t):
    with t.case('a ledger with more lines than a workbook takes is refused'):
        paths.write(t, 'large', paths.SIMPLE)
        lines = ''.join(f'2023,natural_gas,1,m3,{30 + i / 1000} MJ/m3\n' for i in range(25000))
        t.write('large/inventory.csv', 'period,activity,quantity,unit,ncv\n' + lines)
        done = t.run('report', 'large', '-o', t.path('l.xlsx'))
        want(done.status == INVALID and 'E1560' in done.errors, f'{done.status}: {done.errors[:400]}')
        want(not os.path.exists(t.path('l.xlsx')), 'l.xlsx is there')


def run(t):
    large(t)
    for name in dossier.EXAMPLES:
        with t.case(f'the workbook of {name}'):
            check_example(t, name)
    with t.case('texts of the applicant stay texts'):
        paths.write(t, 'hostile', paths.SIMPLE)
        t.write('hostile/measures.csv', 'id,name,group,effect_start,reduction,unit\n"M1","=HYPERLINK(""http://x/"",""y"")",markets,2024-01,5,t/a\n'
                                        '"M2","_x0041_]]></t>&amp;",markets,2024-01,5,t/a\n')
        t.run('report', 'hostile', '-o', t.path('h.xlsx'))
        book, _ = opened(t, 'h.xlsx')
        cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
        want(any(c.value == '=HYPERLINK("http://x/","y")' and c.data_type == 's' for c in cells) or
             not any('HYPERLINK' in str(c.value) and c.data_type == 'f' for c in cells), 'a formula of a text')
    with t.case('without libxlsxwriter the format says which package lacks'):
        done = t.run('report', f'{ROOT}/examples/enterprise', '-f', 'xlsx', '-o', t.path('d.xlsx'), env={'LD_PRELOAD': build(t, 'absent'), 'ABSENT': 'libxlsxwriter'})
        want(done.status == 5 and 'libxlsxwriter' in done.errors and 'package' in done.errors, f'{done.status}: {done.errors}')
