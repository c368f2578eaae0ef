# SPDX-License-Identifier: GPL-3.0-or-later
"""One grammar of numbers, periods and rates in every file: what a spreadsheet writes is read as what it is, or is an error that says what it
is; it is never another number in silence."""
import csv
import io
import json
import os
import random
import shutil
from decimal import ROUND_HALF_EVEN, Context, Decimal

from .harness import INVALID, OK, ROOT, TESTS, same, spots, want

EXAMPLES = os.path.join(ROOT, 'examples')
CASE = os.path.join(EXAMPLES, 'enterprise')
PARAMS = os.path.join(EXAMPLES, 'params-illustrative.csv')

# A cell of the case for each place where a number is read: file, data row, column, and what the number stands in (%s).
CELLS = [
    ('inventory.csv', 1, '数量', '%s'), ('inventory.csv', 1, '不确定度', '±%s'), ('inventory.csv', 26, '低位发热量', '%s GJ/万Nm3'),
    ('factors.csv', 1, '数值', '%s'), ('measures.csv', 1, '减排量', '%s'), ('measures.csv', 1, '投资', '%s'), ('measures.csv', 1, '运行费用', '%s'),
    ('measures.csv', 1, '寿命', '%s'), ('measures.csv', 1, '节能量', '%s'), ('measures.csv', 1, '节约', '外购电力 %s MWh/a'),
    ('targets.csv', 1, '排放量', '%s'), ('assumptions.csv', 1, '数值', '%s'), ('case.csv', 'output_value', '值', '%s'), ('params.csv', 1, 'value', '%s'),
]


def table(path):
    with open(path, encoding='utf-8-sig', newline='') as f:
        return list(csv.reader(f))


def lay_out(t, name):
    folder = t.path(name)
    shutil.copytree(CASE, folder)
    shutil.copy(PARAMS, os.path.join(folder, 'params.csv'))
    return folder


def put(t, name, cell, text, delimiter):
    """A case of its own with this text in the cell: its folder, and where the cell stands."""
    folder = lay_out(t, name)
    file, row, column, around = cell
    lines = table(os.path.join(folder, file))
    if isinstance(row, str):
        row = next(i for i, line in enumerate(lines) if line[0] == row)
    index = next(i for i, name in enumerate(lines[0]) if name.split('(')[0] == column)
    lines[row][index] = around % text
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator='\n').writerows(lines)
    with open(os.path.join(folder, file), 'w', encoding='utf-8') as f:
        f.write(out.getvalue())
    return folder, row + 1


def findings(t, folder, file):
    if file == 'params.csv':
        result = t.run('check', '.', '--params', 'params.csv', '--diagnostics', 'json', cwd=folder)
    elif file == 'inventory.csv' or file == 'factors.csv':
        result = t.run('account', 'inventory.csv', '--factors', 'factors.csv', '--diagnostics', 'json', cwd=folder)
    else:
        result = t.run('plan', '.', '--diagnostics', 'json', cwd=folder)
    return result, [d for d in result.diagnostics() if d['severity'] == 'error']


def commas(t):
    """0,125 is 125 in no file, and in one split by semicolons 1,234 is neither 1234 nor 1.234 but asked for."""
    for number, cell in enumerate(CELLS):
        for text, delimiter, code, words in [
                ('0,125', ',', 'E2214', ['0.125']), ('000,125', ';', 'E2214', ['0.125']), ('1,234', ';', 'E2215', ['1234', '1.234']),
                ('1,234.5', ';', 'E2216', ['1234.5'])]:
            with t.case(f'{text} in {cell[0]} {cell[2]}, split by {delimiter}'):
                folder, line = put(t, f'commas/{number}-{code}-{len(text)}', cell, text, delimiter)
                result, errors = findings(t, folder, cell[0])
                same(result.status, INVALID, 'status (' + result.errors[-400:] + ')')
                same([(e['file'].split('/')[-1], e['line'], e['code']) for e in errors], [(cell[0], line, code)], 'errors')
                want(all(w in errors[0]['detail'] for w in words), f'no {words} in {errors[0]["detail"]}')


# Example, file, what a line begins with, and which of its cells is the unit.
UNITS = [('enterprise', 'inventory.csv', '2023-01', 6), ('enterprise', 'measures.csv', 'M1', 6), ('enterprise', 'factors.csv', '', 3),
         ('enterprise', 'targets.csv', '', 3), ('region', 'case.csv', 'area', 2), ('enterprise', 'assumptions.csv', 'growth', 2)]


def unit_cells(t, name, example, file, starts, column, delimiter, change):
    folder = t.path(name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(os.path.join(EXAMPLES, example), folder)
    lines = table(os.path.join(folder, file))
    row = next(i for i, line in enumerate(lines) if i and line[0].startswith(starts))
    lines[row][column] = change(lines[row][column])
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator='\n').writerows(lines)
    with open(os.path.join(folder, file), 'w', encoding='utf-8') as f:
        f.write(out.getvalue())
    return folder, row + 1


def commas_in_units(t):
    """1,000 kWh in a file split by semicolons is asked for in every file; in one split by commas it is 1000 kWh."""
    for example, file, starts, column in UNITS:
        with t.case(f'a comma in the unit of {file}'):
            folder, line = unit_cells(t, 'unit-comma', example, file, starts, column, ';', lambda unit: '1,000 ' + unit)
            result, errors = findings(t, folder, file)
            same(result.status, INVALID, 'status (' + result.errors[-400:] + ')')
            want((file, line, 'E2312') in [(e['file'].split('/')[-1], e['line'], e['code']) for e in errors], result.errors[-400:])
    with t.case('a comma in a unit of a file split by commas'):
        file = t.write('quoted.csv', 'period,activity,quantity,unit\n2023,外购电力,100,"1,000 kWh"\n2023,外购电力,100,MWh\n')
        entries = t.run('account', file, '--by', 'activity', '-f', 'json')
        same(entries.status, OK, entries.errors)


def blank_units(t):
    """An area, money or a count with a point says nothing without a unit, in `account` as in `check`; a whole count is of people."""
    # region 31.2 (population in 万人) would be 31.2 persons, 486.5 (gdp in 亿元) 486.5 of any unit of money
    for fact, value, code in [('area', '86.4', 'E3604'), ('gdp', '486.5', 'E3604'), ('population', '31.2', 'E3604'), ('population', '312000', None),
                              ('households', '1.5', 'E3604'), ('floor_area', '1000', 'E3604'), ('output_value', '96800', 'E3604'), ('employees', '860', None)]:
        for command in ('account', 'check'):
            with t.case(f'{fact} {value} without a unit in {command}'):
                folder = t.path('blank-unit')
                shutil.rmtree(folder, ignore_errors=True)
                os.makedirs(folder)
                for name, text in [('case.csv', f'fact,value,unit\n{fact},{value},\n'), ('inventory.csv', 'period,activity,quantity,unit\n2023,外购电力,100,MWh\n')]:
                    with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
                        f.write(text)
                result = t.run(command, folder, '--diagnostics', 'json')
                same([(d['code'], d['line']) for d in result.diagnostics() if d['severity'] == 'error'], [(code, 2)] if code else [], result.errors[-300:])


def drop(found, codes):
    """The same without what differs by itself: checksums, caveats of these codes, the run."""
    if isinstance(found, dict):
        return {k: drop(v, codes) for k, v in found.items() if k not in ('sha256', 'tool', 'formula')}
    if isinstance(found, list):
        return [drop(v, codes) for v in found if not (isinstance(v, dict) and v.get('code') in codes)]
    return found


def long_numbers(t):
    """More than 18 digits are rounded to 18, half to even, and that is said with its place, in every file."""
    r = random.Random(18)
    for number, cell in enumerate(CELLS):
        if cell[0] == 'assumptions.csv':
            cell = ('assumptions.csv', 'discount_rate', '数值', '%s') # a growth of so many digits is beyond the plan's exactness
        start = {'低位发热量': '389.31', '不确定度': '5', '排放量': '13800', '减排量': '1240', '节约': '2160'}.get(cell[2], '12')
        for digits in ('5', '15', '50000000001', ''.join(r.choice('0123456789') for _ in range(9)) + '7'):
            head = start + ('' if '.' in start else '.')
            head += ''.join(r.choice('0123456789') for _ in range(18 - len(head.replace('.', ''))))
            text = head + digits
            rounded = format(Context(prec=18, rounding=ROUND_HALF_EVEN).plus(Decimal(text)), 'f')
            with t.case(f'{text} in {cell[0]} {cell[2]}'):
                answers = []
                for written in (text, rounded):
                    folder, line = put(t, f'long/{number}-{digits}-{len(answers)}', cell, written, ',')
                    file = cell[0]
                    args = ['plan', '.', '-f', 'json'] if file not in ('inventory.csv', 'factors.csv', 'params.csv') else \
                        ['check', '.', '--params', 'params.csv', '-f', 'json'] if file == 'params.csv' else \
                        ['account', 'inventory.csv', '--factors', 'factors.csv', '-f', 'json']
                    found = t.run(*args, cwd=folder)
                    want(found.status != INVALID, found.errors[-400:])
                    answers.append(found.json())
                said = [c for c in answers[0]['caveats'] + answers[0].get('account', {}).get('caveats', []) if c['code'] == 'C4082']
                places = [p for c in said for p in spots(c)]
                same(places, [f'{file}:{line}'], 'places')
                want('C4082' not in str(answers[1]), 'said of 18 digits too')
                texts = [json.dumps({**drop(a, ['C4082']), 'case': ''}, default=str).replace(text, rounded) for a in answers]  # folders have names of their own
                same(texts[0], texts[1], 'the answer')


def quantity(t, text, delimiter=','):
    t.write('number.csv', f'period{delimiter}activity{delimiter}quantity{delimiter}unit\n2023{delimiter}SF6{delimiter}{text}{delimiter}kg\n')
    result = t.run('account', 'number.csv', '-f', 'json', '--gwp', 'AR5', '--diagnostics', 'json')
    return result.json()['by_gas_mass']['SF6'] * 1000 if result.status == OK else [(d['code'], d['detail']) for d in result.diagnostics()]


def numbers(t):
    """A quantity of SF6 is itself in the masses: what is read is what is written."""
    for text, value in [('0.125', '0.125'), ('"1,234"', '1234'), ('"-12,345,678.5"', '-12345678.5'), ('007', '7')]:
        with t.case(f'{text} is {value}'):
            same(quantity(t, text), type(quantity(t, '1'))(value), 'kg')
    for text, code, meant in [
            ('"0,125"', 'E2214', '0.125'), ('"-0,125"', 'E2214', '-0.125'), ('"+000,125"', 'E2214', '0.125'), ('0，125', 'E2214', '0.125'),
            ('０，１２５', 'E2214', '0.125'), ('"0,5"', 'E2214', '0.5'), ('"0,125.5"', 'E2208', '0.125'), ('"0,125,000"', 'E2208', ''),
            ('"012,345"', 'E2214', '12.345'), ('"1,5"', 'E2208', ''), ('100-', 'E2217', '-100'), ('"1,234.5-"', 'E2217', '-1234.5'),
            ('100 -', 'E2217', '-100'), ('100+', 'E2217', '100'), ('1e-3-', 'E2217', '-1e-3'), ('(100)', 'E2218', '-100'),
            ('（100）', 'E2218', '-100'), ('"(1,234.5)"', 'E2218', '-1234.5'), ('( 1e-3 )', 'E2218', '-1e-3'), ('(x)', 'E2211', ''), ('()', 'E2211', ''),
            ('((1))', 'E2211', ''), ('-100-', 'E2211', ''), ('-(100)', 'E2218', '-100')]:
        with t.case(f'{text} is an error'):
            found = quantity(t, text)
            want(isinstance(found, list), f'{text} was read as {found}')
            same([f[0] for f in found], [code], f'codes ({found})')
            want(meant in found[0][1], f'no {meant} in {found[0][1]}')
    with t.case('tabs leave groups as they are'):
        same(quantity(t, '1,234', '\t'), type(quantity(t, '1'))('1234'), 'kg')
    with t.case('unquoted, a decimal comma is not a group'):
        same([f[0] for f in quantity(t, '0,125')], ['E1106'], 'codes')


def periods(t):
    """The leak of a stock is in proportion to the length of its period: 12 kg at 5.5 % a year (2019 Refinement V3 Table 7.9)."""
    for text, months in [('23年9月', 1), ('2023年八月', 1), ('2023年十二月', 1), ('二〇二三年八月', 1), ('2023一季度', 3), ('2023年Q3', 3), ('Q2 2023', 3), ('2023年三季', 3), ('23年1月-23年3月', 3), ('H1 2023', 6), ('２３年度', 12), ('202301', 1), ('2023上半年', 6), ('2023年下半年', 6), ('2023H2', 6), ('202301-202306', 6), ('2023/1/1 0:00~2023/6/30 0:00', 6)]:
        with t.case(f'{text} is {months} months'):
            t.write('period.csv', f'period,activity,quantity,unit,factor\n{text},R410A,12,kg,leak-ac\n2023,R410A,12,kg,leak-ac\n')
            found = t.account('period.csv', '--by', 'period')['groups']
            part, year = (g['tco2e'] for g in sorted(found, key=lambda g: g['tco2e']))
            same(part * 12, year * months, 't CO2e')
    for text in ['2023-01-01 00:00:00', '2023/1/1 0:00', '20230101', '2023-01-01T00:00:00']:
        with t.case(f'{text} is a day'):
            t.write('period.csv', f'period,activity,quantity,unit\n{text},SF6,1,kg\n')
            t.account('period.csv')
    for text, code, meant in [('45292', 'E2407', '2024-01-01'), ('45292.5', 'E2407', '2024-01-01'), ('４５２９２', 'E2407', ''), ('Jan-23', 'E2402', '2023-01'),
                              ('Sep 2023', 'E2402', '2023-09'), ('2023-01-01 08:30', 'E2405', ''), ('202313', 'E2403', '')]:
        with t.case(f'{text} says what it is'):
            t.write('period.csv', f'period,activity,quantity,unit\n{text},SF6,1,kg\n')
            found = t.run('account', 'period.csv', '--diagnostics', 'json').diagnostics()
            same([d['code'] for d in found], [code], 'codes')
            want(meant in found[0]['detail'], f'no {meant} in {found[0]["detail"]}')


NAMES = [  # what a bill calls it, what it is, unit
    ('1.电力', '电力', 'kWh'), ('一、电力', '电力', 'kWh'), ('（二）电力', '电力', 'kWh'), ('①电力', '电力', 'kWh'), ('購網電量', '外购电力', '萬度'), ('下网电量', '电力', 'kW.h'),
    ('净购入电量', '电力', '万千瓦小时'), ('电能', '电力', 'kWh'), ('耗电量', '电力', 'kWh'), ('生产用电', '电力', 'kWh'), ('天然气消耗量', '天然气', '万Nm3'), ('用气量', '天然气', 'm3（标况）'),
    ('2、外购天然气（气态）', '天然气', '万标立'), ('柴油消耗量', '柴油', 't'), ('耗柴油量', '柴油', '公噸'), ('耗用汽油量', '汽油', 't'), ('外购热量', '热力', '万百万千焦'),
    ('蒸汽消耗量', '蒸汽', 'GJ'), ('Diesel consumption', 'diesel', 't'), ('耗水量', '自来水', 't'), ('3. R32补充量', 'R32', 'kg'), ('补充R410A', 'R410A', 'kg'),
]


def names(t):
    """An activity as bills call it is the activity; what is given out, and what may be one of several, is not guessed."""
    for bill, plain, unit in NAMES:
        with t.case(f'{bill} is {plain}'):
            found = []
            for name in (bill, plain):
                t.write('name.csv', f'period,activity,quantity,unit\n2023,{name},1234.5,{unit}\n')
                a = t.account('name.csv')
                found.append((a['totals'], a['by_gas'], a.get('energy')))
            same(found[0], found[1], 'the account')
    for name in ['耗油量', '用油量', '供电量', '供热量', '发电量', '供气用量量', '外购光伏', '天然气（固态）', '用量', '耗量', '1.', '制冷剂用量', '外供电力消耗量']:
        with t.case(f'{name} is not guessed'):
            t.write('name.csv', f'period,activity,quantity,unit\n2023,{name},1,kWh\n')
            r = t.run('account', 'name.csv', '--diagnostics', 'json')
            same((r.status, [d['code'] for d in r.diagnostics()]), (INVALID, ['E2102']), 'errors')


def densities(t):
    """A density that no liquid has is in another unit, and that is said; a unit that is none is an error."""
    for text, code in [('840', 'E2240'), ('0.0084', 'E2240'), ('8.4 kg/m3', 'E2240'), ('0.84 GJ', 'E2007'), ('x', 'E2006'), ('-0.84', 'E2006')]:
        with t.case(f'a density of {text}'):
            t.write('density.csv', f'期间,活动,数量,单位,密度\n2023,柴油,1,L,{text}\n')
            r = t.run('account', 'density.csv', '--diagnostics', 'json')
            same((r.status, [d['code'] for d in r.diagnostics()]), (INVALID, [code]), 'errors')


def condition_of_case(t):
    """气体状态 of case.csv is what --gas-condition says, and the option wins."""
    def totals(value, *args):
        t.write('gas-case/inventory.csv', '期间,活动,数量,单位\n2023,天然气,10000,m3\n')
        t.write('gas-case/case.csv', f'指标,值\n试点类型,企业\n{"气体状态," + value if value else "名称,甲"}\n')
        r = t.run('account', 'gas-case', '-f', 'json', '--diagnostics', 'json', *args)
        return r.json()['totals'] if r.status == OK else [(d['code'], d['line']) for d in r.diagnostics() if d['severity'] == 'error']
    for value, option in [('20C', '20C'), ('20℃', '20C'), ('20', '20C'), ('标况', '0C'), ('15 °C', '15C')]:
        with t.case(f'a case at {value}'):
            same(totals(value), totals('', '--gas-condition', option), 'totals')
    with t.case('the option wins'):
        same(totals('20C', '--gas-condition', '0C'), totals('', '--gas-condition', '0C'), 'totals')
    for value in ('热', '2000C', '20 kPa'):
        with t.case(f'a case at {value} is an error'):
            same([e for e in totals(value) if e[0] == 'E2241'], [('E2241', 3)], 'errors')


def rates(t):
    """An amount per time is the amount of a period as long as that time; on any other period it is an error that names both."""
    with t.case('MWh/a on a month and MWh/月 on a year'):
        r = t.run('account', 'inventory.csv', '--diagnostics', 'json', cwd=os.path.join(TESTS, 'reports', 'rate-units'))
        same((r.status, [(d['code'], d['line'], d['column']) for d in r.diagnostics()]), (INVALID, [('E2308', 2, 19), ('E2308', 3, 15)]), 'errors')
        want(all(unit in d['detail'] and period in d['detail'] for d, unit, period in zip(r.diagnostics(), ('MWh/a', 'MWh/月'), ('2023-01', '2023'))),
             'unit and period are not both named')
    long = {'a': ['2023', '2022-07/2023-06', '2022-03-15/2023-03-14'], '月': ['2023-02', '2023-01-15/2023-02-14', '2023-04-03/2023-05-02'],
            '季度': ['2023Q1', '2023-02/2023-04'], 'week': ['2023-01-02/2023-01-08'], 'd': ['2023-01-05']}
    names = {'a': ['/a', '/年', ' per year', '每年'], '月': ['/月', '/month', '每月'], '季度': ['/季度'], 'week': ['/week'], 'd': ['/d', '/天', '/day', '每天']}
    for time, periods in long.items():
        for name in names[time]:
            for activity, unit in [('外购电力', 'MWh'), ('柴油', 't'), ('天然气', '万Nm3'), ('自来水', 't'), ('热力', 'GJ')]:
                with t.case(f'{unit}{name}'):
                    kind, at = 'period,activity,quantity,unit\n', [f'{p},{activity},12.5,' for p in periods]
                    t.write('rate.csv', kind + '\n'.join(p + unit + name for p in at) + '\n')
                    t.write('amount.csv', kind + '\n'.join(p + unit for p in at) + '\n')
                    rate, amount = t.account('rate.csv'), t.account('amount.csv')
                    same(*((a.get('totals'), [{k: y.get(k) for k in ('year', 'totals', 'by_gas', 'energy')} for y in a['years']]) for a in (rate, amount)), 'the account')
                    same([(c['code'], c['count']) for c in rate['caveats'] if c['code'] == 'C4080'], [('C4080', len(periods))], 'said')
                    others = [p for length, list in long.items() if length != time for p in list] + ['2023-02-15/2023-03-16', '2023-01/2023-02']
                    t.write('other.csv', kind + '\n'.join(f'{p},{activity},1,{unit}{name}' for p in others) + '\n')
                    found = t.run('account', 'other.csv', '--diagnostics', 'json')
                    same((found.status, [(d['code'], d['line']) for d in found.diagnostics()]),
                         (INVALID, [('E2308', line) for line in range(2, len(others) + 2)]), 'errors')


# A name with a word in brackets: what it is (an activity of the data), whether the word is said, or the candidates of the error.
BRACKETS = (
    ('用电量（外购电力）', '外购电力', False), ('用电量(外购电力)', '外购电力', False), ('外购电（市电）', '外购电力', False), ('能源（柴油）', '柴油', False),
    ('消耗量（天然气）', '天然气', False), ('燃料消耗量（柴油）', '柴油', False), ('用气量（天然气）', '天然气', False),
    ('天然气（管道）', '天然气', True), ('柴油(叉车)', '柴油', True), ('天然气（食堂）', '天然气', True), ('车用柴油（叉车）', '车用柴油', True),
    ('天然气（气态）', '天然气', False),
    ('柴油（汽油）', None, ('柴油', '汽油')), ('外购热力（蒸汽）', None, ('外购热力', '外购蒸汽')), ('用气量（柴油）', None, ('天然气', '柴油')),
    ('电力（光伏）', None, ('外购电力',)), ('天然气（外供）', None, ('天然气',)), ('天然气（库存）', None, ()), ('某某（外购电力）', None, ('外购电力',)),
    ('用量（食堂）', None, ()), ('天然气（Nm3）', None, ()),
)


def brackets(t):
    units = {'外购电力': 'kWh', '柴油': 't', '车用柴油': 't', '天然气': 'Nm3'}
    for name, activity, said in BRACKETS:
        with t.case(f'a name with brackets: {name}'):
            t.write('a.csv', f'期间,活动,数量,单位\n2023,{name},100,{units.get(activity, "t")}\n')
            r = t.run('--lang', 'zh', 'account', 'a.csv', '-f', 'json')
            if activity is None:
                want(r.status == INVALID and 'E2102' in r.errors and all(w in r.errors for w in said), r.errors)
                continue
            same(r.status, OK, r.errors)
            t.write('b.csv', f'期间,活动,数量,单位\n2023,{activity},100,{units[activity]}\n')
            plain = t.run('account', 'b.csv', '-f', 'json').json()
            same(r.json()['totals'], plain['totals'], 'the totals of the bare name')
            same([c['code'] for c in r.json()['caveats'] if c['code'] == 'C4216'], ['C4216'] if said else [], 'the bracket is said')


# A name that may mean several activities, with an ordinal before it and the words of bills around it; and those that mean one.
BROAD = (('燃气', True), ('管道气', True), ('管道燃气', True), ('用气量', True), ('1.燃气', True), ('燃气消耗量', True), ('外购燃气', True),
         ('天然气', False), ('管道天然气', False), ('天然气消耗量', False), ('用气量（天然气）', False))


def broad(t):
    t.write('bare.csv', '期间,活动,数量,单位\n2023,天然气,100,Nm3\n')
    bare = t.run('account', 'bare.csv', '-f', 'json').json()['totals']
    for name, said in BROAD:
        with t.case(f'a broad name: {name}'):
            t.write('a.csv', f'期间,活动,数量,单位\n2023,{name},100,Nm3\n')
            r = t.run('--lang', 'zh', 'account', 'a.csv', '-f', 'json')
            same((r.status, r.json()['totals']), (OK, bare), r.errors)
            same([c['code'] for c in r.json()['caveats'] if c['code'] == 'C4219'], ['C4219'] if said else [], 'the name is said')
    with t.case('a broad name beside its factor'):
        t.write('a.csv', '期间,活动,数量,单位,因子\n2023,燃气,100,Nm3,fuel-gb-natural-gas\n')
        r = t.run('account', 'a.csv', '-f', 'json')
        want(r.status == OK and not [c for c in r.json()['caveats'] if c['code'] == 'C4219'], r.errors)


def run(t):
    broad(t)
    brackets(t)
    names(t)
    densities(t)
    condition_of_case(t)
    commas(t)
    commas_in_units(t)
    blank_units(t)
    rates(t)
    numbers(t)
    long_numbers(t)
    periods(t)
