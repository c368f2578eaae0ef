# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier as a workbook: openpyxl reads it, its totals are those of JSON, its rows those of the ledger, and its formulas, worked out by a second program, come to
the values beside."""
import json
import math
import os
import re

import openpyxl

from .harness import INVALID, ROOT, parse_json, same, want
from . import dossier, paths
from .pictures import build

NAMES = {'zh': ['封面', '汇总', '计算明细', '因子', 'GWP', '逐条对照', '参数', '路径', '措施', '说明'],
         'en': ['Cover', 'Summary', 'Ledger', 'Factors', 'GWP', 'Check', 'Parameters', 'Path', 'Measures', 'Notes']}
TOTALS = {'Scope 1': 'scope1', 'Scope 2 (location-based)': 'scope2_location', 'Scope 3': 'scope3', 'Gross emissions': 'gross', 'Biogenic CO2': 'biogenic_co2',
          'Removals': 'removals', 'Credits': 'credits', 'Avoided emissions': 'avoided', 'Gases outside the seven': 'outside_kyoto',
          'Scope 2 (market-based)': 'scope2_market', 'Net = gross - removals': 'net', 'After credits = net - credits': 'net_after_credits'}


class Evaluator:
    """The formulas that a workbook of tanhe has: products, references, EXP, SUMIFS."""

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
            want(re.fullmatch(r'(?:[0-9.()e+*/-]|EXP)+', text), f'an expression: {text}')
            return eval(text, {'__builtins__': {}, 'EXP': math.exp})
        part = sums[1].split(',')
        read = [re.fullmatch(r"'([^']+)'!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+)", p) for p in part[0:1] + part[1::2]]
        columns = [self.column(m[1], m[2], int(m[3])) for m in read]
        asked = [p[1:-1] if p.startswith('"') else float(p) for p in part[2::2]]
        return sum(row[0] for row in zip(*columns) if all(have == ask for have, ask in zip(row[1:], asked))) / 1000


def opened(t, file):
    book, values = openpyxl.load_workbook(t.path(file)), openpyxl.load_workbook(t.path(file), data_only=True)
    return book, values


def check_formulas(book, values, least=20):
    evaluator, formulas = Evaluator(book), 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != 'f':
                    continue
                formulas += 1
                got, beside = evaluator.cell(sheet.title, cell.coordinate), values[sheet.title][cell.coordinate].value
                want(abs(got - beside) <= 1e-6 + 1e-12 * abs(beside), f'{sheet.title} {cell.coordinate} {cell.value}: {got}, beside {beside}')
    want(formulas > least, f'{formulas} formulas')
    return evaluator


LEDGER = ('file', 'line', 'period', 'site', 'source', 'gas', 'unit', 'factor')


def rows_of(sheet):
    """A dictionary for each row of a sheet whose first row are heads."""
    rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def check_ledger(t, folder, values):
    """A row for each of `account --ledger`, in its order, with what computes it and its CO2 equivalent to the last digit that a double has."""
    files = [f'{folder}/{name}' for name in ('factors.csv',) if os.path.exists(f'{folder}/{name}')]
    instruments = ['--instruments', f'{folder}/instruments.csv'] if os.path.exists(f'{folder}/instruments.csv') else []
    t.run('account', f'{folder}/inventory.csv', '--ledger', t.path('l.ndjson'), *instruments, *(w for f in files for w in ('--factors', f)))
    with open(t.path('l.ndjson'), encoding='utf-8') as f:
        ledger = [json.loads(line) for line in f]
    rows = rows_of(values['Ledger'])
    same(len(rows), len(ledger), 'rows')
    for row, entry in zip(rows, ledger):
        where = f'{entry["file"]}:{entry["line"]} {entry["gas"]}'
        for name in LEDGER:
            same(row[name], entry.get(name), f'{where} {name}')
        want(abs(row['by tanhe (kg CO2e)'] - entry['co2e_kg']) <= 1e-9 + 1e-15 * abs(entry['co2e_kg']), f'{where}: {row["by tanhe (kg CO2e)"]}, in the ledger {entry["co2e_kg"]}')
        want(abs(row['co2e_kg'] - entry['co2e_kg']) < 1e-6, f'{where}: {row["co2e_kg"]}, in the ledger {entry["co2e_kg"]}')
        want(not row['remark'], f'{where} is not computed in the sheet')
        want(abs(row['quantity'] - entry['quantity']) <= 1e-9 * abs(row['quantity']), f'{where}: quantity {row["quantity"]}')


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
        if total is None:
            continue
        want(abs(value - ours) < 1e-9, f'{year} {total}')
        seen += 1
        same(f'{ours:.15g}', f'{float(years[year][TOTALS[total]]):.15g}', f'{year} {total}')
    want(seen >= 9 * len(years), f'{seen} totals')
    same(seen, sum(1 for totals in years.values() for name in TOTALS.values() if name in totals), 'totals')
    check_ledger(t, folder, values)


def large(t):
    with t.case('a ledger with more lines than a workbook takes is refused'):
        paths.write(t, 'large', paths.SIMPLE)
        lines = ''.join(f'2023,natural_gas,1,m3,{30 + i / 1000} MJ/m3\n' for i in range(25000))
        t.write('large/inventory.csv', 'period,activity,quantity,unit,ncv\n' + lines)
        done = t.run('report', 'large', '-o', t.path('l.xlsx'))
        want(done.status == INVALID and 'E1560' in done.errors, f'{done.status}: {done.errors[:400]}')
        want(not os.path.exists(t.path('l.xlsx')), 'l.xlsx is there')


def alike(t):
    with t.case('a ledger of more lines than a sheet takes has a row for each equation'):
        paths.write(t, 'alike', paths.SIMPLE)
        count = 40000
        t.write('alike/inventory.csv', 'period,activity,quantity,unit,site\n' + ''.join(f'2023,外购电力,{i % 9 + 1},kWh,S{i}\n' for i in range(count)))
        t.run('--lang', 'en', 'report', 'alike', '-o', t.path('a.xlsx'))
        book, values = opened(t, 'a.xlsx')
        rows = rows_of(values['Ledger'])
        same([row['rows together'] for row in rows], [count], 'rows')
        same(rows[0]['quantity'], sum(i % 9 + 1 for i in range(count)), 'the sum of the quantities')
        want(any('too many' in str(row[0]) for row in values['Summary'].iter_rows(values_only=True)), 'nothing says so')
        check_formulas(book, values, 5)


def landfill(t):
    with t.case('waste in a landfill, credits and a line over the end of a year are computed in the sheet'):
        paths.write(t, 'decay', paths.SIMPLE)
        t.write('decay/inventory.csv', 'period,activity,quantity,unit\n2020,厨余垃圾填埋,1000,t\n2021,厨余垃圾填埋,500,t\n2023,外购电力,12,MWh\n'
                                       '2022-12-16/2023-01-15,natural_gas,310,Nm3\n2023,credit_ccer,7,t\n')
        t.run('--lang', 'en', 'report', 'decay', '-o', t.path('d.xlsx'))
        book, values = opened(t, 'd.xlsx')
        rows = rows_of(values['Ledger'])
        want(not any(row['remark'] for row in rows), 'a row is not computed in the sheet')
        decayed = [row for row in rows if row['gas'] == 'CH4' and row['line'] == 2]
        same([row['year'] for row in decayed], [2021, 2022, 2023], 'years of what was buried')
        want(any(row['bucket'] == 'Credits' for row in rows), 'no credits')
        check_formulas(book, values)
        t.run('account', 'decay/inventory.csv', '--ledger', t.path('l.ndjson'))
        with open(t.path('l.ndjson'), encoding='utf-8') as f:
            for row, entry in zip(rows, map(json.loads, f)):
                want(abs(row['co2e_kg'] - entry['co2e_kg']) < 1e-6, f'{row}: {entry}')


def run(t):
    large(t)
    alike(t)
    landfill(t)
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
