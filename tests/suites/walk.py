# SPDX-License-Identifier: GPL-3.0-or-later
"""The first ten minutes of somebody who only has Excel: `init` writes the workbook, `check --annotate` says on a copy what to fill in, and its comments, the
hints beside the cells and the lists to choose from lead, round by round, to the verdict. Every category and target, in either language. Nothing is looked up
that such a person does not see, but for the illustrative parameters."""
import re

import openpyxl

from .filling import CATEGORIES, TARGETS, area, parameter_values
from .harness import OK, UNDETERMINED, Failure, same, want

TO_FILL = 'FFFFE699'
ROUNDS = 4  # the facts; what rests on them; what rests on that
MEASURES = {'zh': '措施', 'en': 'measures'}
FIRST_LINE = re.compile('[（(]([a-z_0-9]+)[）)]$')
OFFSET = re.compile(r"OFFSET\(('[^']*'!\$([A-Z])\$)1,MATCH\(\$([A-Z])\d+,('[^']*'!\$[A-Z]\$2:\$[A-Z]\$(\d+)),0\)")


def choices(cell):
    """What the list of a cell offers as Excel would show it; no list: nothing."""
    book = cell.parent.parent
    for rule in cell.parent.data_validations.dataValidation:
        if rule.type == 'list' and cell.coordinate in rule.sqref:
            by_other = OFFSET.match(rule.formula1)
            if not by_other:
                return area(book, rule.formula1)
            start, column, key, names, last = by_other.groups()
            of = cell.parent[f'{key}{cell.row}'].value
            return [value for value, name in zip(area(book, f'{start}2:${column}${last}'), area(book, names)) if name == of]
    return []


def enter(cell, text):
    """As typed: a number is one, but for cells that are formatted as text."""
    cell.value = float(text) if cell.number_format != '@' and re.fullmatch(r'[0-9.]+', text) else text


def typed(allowed, title):
    """A value by the words of the comment."""
    if allowed.startswith(('可填多项', 'one or more')):
        return '；'.join(re.split('[：；:;]', allowed.replace('用“；”隔开', '').replace('with ; between them', ''))[1].strip().replace(', ', '、').split('、')[:2])
    if allowed.startswith(('年份', 'a year')):
        return '2023'
    if allowed.startswith(('年月', 'a month')):
        return '2028-12' if title.startswith(('创建周期结束', 'end of')) else '2024-01'
    return '5000' if allowed.startswith(('数字', 'a number')) else 'A'


def fill_fact(cell, title, allowed):
    sheet, row = cell.parent, cell.row
    fit = re.search('(?:符合本条的有：|By this clause: )([^。.]*)', sheet.cell(row, 6).value or '')
    offered = re.split('、|, ', fit[1]) if fit else choices(cell)
    want(not fit or set(offered) <= set(choices(cell)), f'{cell.coordinate}: {offered} of {choices(cell)}')
    enter(cell, offered[0] if offered else typed(allowed, title))
    unit = re.search('(?:单位列写明单位，如|column of units, as )([^；;]*)', allowed)
    if unit:
        enter(sheet.cell(row, 3), unit[1])
    if '须附佐证材料' in allowed or 'evidence' in allowed:
        enter(sheet.cell(row, 4), 'proof.pdf')


def fill_lines(sheet):
    """The lines that are there, for the year; where the unit is open, the first of its list."""
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 4).value:
            want(sheet.cell(row, 4).value in choices(sheet.cell(row, 4)), f'{sheet.cell(row, 4).value} is no choice')
            enter(sheet.cell(row, 1), '2023')
            enter(sheet.cell(row, 5), '12000000' if sheet.cell(row, 6).value == 'kWh' else '10')
            sheet.cell(row, 6).value = sheet.cell(row, 6).value or choices(sheet.cell(row, 6))[0]


def fill_measures(sheet):
    """One of each group that is offered."""
    for row, group in enumerate(choices(sheet['C2']), 2):
        for column, text in enumerate((f'M{row - 1}', f'X{row - 1}', group, '2024-01', '2024-12', '50', '10', '1', '10', choices(sheet.cell(row, 10))[0]), 1):
            enter(sheet.cell(row, column), text)


def fill_param(cell, name, values):
    enter(cell, values[name]['value'])
    enter(cell.parent.cell(cell.row, 4), values[name]['source'])


def to_fill(copy):
    """Of each cell that is coloured, sheet and place, and the words of the comment."""
    return {(s.title, c.coordinate): c.comment.text for s in copy for row in s.iter_rows() for c in row
            if c.comment and c.fill.fill_type and c.fill.fgColor.rgb == TO_FILL}


def fill(book, lang, there, notes, values):
    """What one round asks for."""
    for (sheet, place), text in there.items():
        first, allowed = text.split('\n\n')[-1].split('\n', 1)
        cell, name = book[sheet][place], FIRST_LINE.search(first)
        if not name:
            fill_lines(book[sheet])
        elif name[1] in values:
            fill_param(cell, name[1], values)
        else:
            fill_fact(cell, re.split('：|: ', first, maxsplit=1)[1], allowed)
    for text in notes:
        want(MEASURES[lang] in text.split('\n')[0], f'nobody would know what to do about: {text}')
        fill_measures(book[MEASURES[lang]])


def walk(t, lang, category, target, values):
    case = f'{category}-{target}.xlsx'
    result = t.run('--lang', lang, 'init', case, '--category', category, '--target', target)
    same((result.status, result.errors), (OK, ''), 'init')
    book, before = openpyxl.load_workbook(t.path(case)), None
    for number in range(1, ROUNDS + 1):
        to = f'{category}-{target}-{number}.xlsx'
        result = t.run('--lang', lang, 'check', case, '--annotate', to, '-f', 'json')
        want(result.status in (OK, UNDETERMINED), f'status {result.status}: {result.errors[:500]}')
        lacks = result.json()['missing']
        copy = openpyxl.load_workbook(t.path(to))
        there = to_fill(copy)
        notes = [row[1] for row in copy.worksheets[0].iter_rows(min_row=7, max_col=2, values_only=True) if row[1] and 'M1,?' in row[1]]
        same({(m['place']['sheet'], m['place']['cell']) for m in lacks if 'place' in m}, set(there), 'coloured cells')
        same(len(notes), sum('place' not in m for m in lacks), 'notes of what has no cell yet')
        left = {m['id'] for m in lacks}
        want(before is None or not before & left, f'asked for again: {before and before & left}')
        if not left:
            same((result.status, result.json()['verdict'], {r['status'] for r in result.json()['requirements'] if r['level'] == 'mandatory'} - {'not_applicable'}),
                 (OK, 'eligible', {'met'}), 'verdict')
            return
        fill(book, lang, there, notes, values)
        book.save(t.path(case))
        before = left
    raise Failure(f'still missing after {ROUNDS} rounds: {before}')


def run(t):
    values = parameter_values()
    for category in CATEGORIES:
        for target, lang in zip(TARGETS, ('zh', 'en')):
            with t.case(f'{category} {target}, {lang}'):
                walk(t, lang, category, target, values)
