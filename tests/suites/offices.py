# SPDX-License-Identifier: GPL-3.0-or-later
"""Office tables whose numbers are not what was used in a period, or say it more than once: each as UTF-8, as GB18030 and as a workbook, which must be
understood alike. What a table comes to is worked out by hand; whatever nobody can know is an error that names what is meant."""
import csv
import io

import openpyxl

from .harness import INVALID, OK, same, want
from .office_tables import TABLES

YEAR = '2023年,,,\n'
LONG = '期间,场所,活动,数量,单位\n'


def cells(text):
    return list(csv.reader(io.StringIO(text)))


def value(text):
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text or None


def book(path, *sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, text in sheets:
        sheet = made.create_sheet(name)
        for row in cells(text):
            sheet.append([value(cell) for cell in row])
    made.save(path)


def looked_at(t, text, *options):
    """The answers to a table in each of its forms."""
    t.write('u.csv', text)
    with open(t.path('g.csv'), 'wb') as f:
        f.write(text.encode('gb18030'))
    book(t.path('b.xlsx'), ('表', text))
    for file in ('u.csv', 'g.csv', 'b.xlsx'):
        yield file, t.run('layout', file, '-f', 'csv', '--diagnostics', 'json', *options)


def refused(t, name, text, code, words=(), *options):
    with t.case(name):
        for file, r in looked_at(t, text, *options):
            errors = [d for d in r.diagnostics() if d['severity'] == 'error']
            same((file, r.status, r.text, [d['code'] for d in errors]), (file, INVALID, '', code if isinstance(code, list) else [code]), r.errors)
            for word in words:
                want(any(word in d['detail'] and word in d['zh'] for d in errors), f'{file}: {word}: {r.errors}')


def read(t, name, text, expected, codes=(), *options):
    with t.case(name):
        for file, r in looked_at(t, text, *options):
            same((file, r.status, r.text), (file, OK, expected if '\n' in expected[:40] and expected.split('\n')[0].startswith(('期间', '编号')) else LONG + expected), r.errors)
            told = {d['code'] for d in r.diagnostics()}
            want(set(codes) <= told, f'{file}: {codes} of {told}')


MEANS = ('日均', '月均', '人均', '户均', '平均', '单位面积', '年均')


def means(t):
    """A mean is told where nothing else says the amount, and left out where something does, wherever it stands."""
    for word in MEANS:
        for name, head, told in ((f'{word}用电量', '{}（kWh）', True), (f'用电量（{word}）', '{}（kWh）', True), (f'用电量{word}', '{}（kWh）', True)):
            refused(t, f'{name} alone, across', YEAR + f'月份,{head.format(name)}\n1月,100\n2月,110\n', 'E2371', (name,))
            refused(t, f'{name} beside another thing, across', YEAR + f'月份,{head.format(name)},用水量（t）\n1月,100,5\n2月,110,6\n', 'E2371', (name,))
            refused(t, f'{name} beside another thing, down', YEAR + f'项目,单位,1月,2月\n{name},kWh,100,110\n用水量,t,5,6\n', 'E2371', (name,))
            refused(t, f'{name} alone, down', YEAR + f'项目,单位,1月,2月\n{name},kWh,100,110\n', 'E2371', (name,))
            read(t, f'{name} beside the amount, down', YEAR + f'项目,单位,1月,2月\n{name},kWh,100,110\n外购电力,kWh,3100,3080\n', '2023-01,,外购电力,3100,kWh\n2023-02,,外购电力,3080,kWh\n')
            read(t, f'{name} beside the amount, across', YEAR + f'月份,用电量（kWh）,{head.format(name)}\n1月,3100,100\n2月,3080,110\n', '2023-01,,用电量,3100,kWh\n2023-02,,用电量,3080,kWh\n')
    for name in ('日均用电量', '用电量（日均）', '电力（平均）', '人均用电量'):
        with t.case(f'{name} in a long table'):
            t.write('long.csv', f'期间,活动,数量,单位\n2023,{name},10,kWh\n')
            r = t.run('account', 'long.csv', '--diagnostics', 'json')
            same((r.status, [d['code'] for d in r.diagnostics()]), (INVALID, ['E2371']), r.errors)
    for name in ('日均用量', '平均消耗量', '月均'):
        refused(t, f'{name} of named things', YEAR + f'能源,单位,{name}\n电力,kWh,100\n柴油,t,2\n', 'E2371', (name,))
    read(t, '月均 beside the amount of a year', YEAR + '能源,单位,月均,数量\n电力,kWh,10,120\n', '2023,,电力,120,kWh\n')
    refused(t, '日均 below a name', YEAR + '月份,用电量（kWh）,\n,日均,电费\n1月,100,5\n2月,110,6\n', 'E2371', ('日均',))
    refused(t, 'ratios alone, down', YEAR + '项目,单位,1月\n供电煤耗,g/kWh,300\n产量,t,2\n', 'E2372', ('供电煤耗', '产量'))
    read(t, 'a month that is not filled in yet', YEAR + '项目,单位,1月\n用电量,kWh,\n产量,t,\n', '')


def twins(t):
    """One use by mass and by heat, or in two units, down as across; with another name, place or amount both count."""
    for steam, heat in (('蒸汽量', '热量'), ('蒸汽', '外购热量'), ('外购蒸汽', '用热量')):
        for first, second in (((steam, 't', '100', '110'), (heat, 'GJ', '280', '300')), ((heat, 'GJ', '280', '300'), (steam, 't', '100', '110'))):
            rows = '\n'.join(','.join(row) for row in (first, ('柴油', 't', '1', '2'), second)) + '\n'
            refused(t, f'{first[0]} above {second[0]}', YEAR + '能源,单位,1月,2月\n' + rows, 'E2373', (first[0], second[0], '外购热力'))
            refused(t, f'{first[0]} beside {second[0]}', YEAR + f'月份,{first[0]}（{first[1]}）,{second[0]}（{second[1]}）\n1月,{first[2]},{second[2]}\n', 'E2324', (first[0], second[0], '外购热力'))
    read(t, 'heat that is bought beside steam', YEAR + '能源,单位,1月\n蒸汽量,t,100\n外购热力,GJ,280\n', '2023-01,,蒸汽量,100,t\n2023-01,,外购热力,280,GJ\n')
    read(t, 'steam and heat of two sites', YEAR + '场所,能源,单位,数量\n一厂,蒸汽量,t,100\n二厂,热量,GJ,280\n', '2023,一厂,蒸汽量,100,t\n2023,二厂,热量,280,GJ\n')
    for name, other, unit, amount in (('电力', '用电量', '万kWh', '1.2'), ('电力', '电力', '万千瓦时', '1.2'), ('天然气', '天然气', '万m3', '1.2')):
        first = {'万m3': 'm3'}.get(unit, 'kWh')
        refused(t, f'{name} in {first} and again in {unit}', YEAR + f'能源,单位,数量\n{name},{first},12000\n{other},{unit},{amount}\n', 'E2373', (name, other, unit))
        read(t, f'{name} in {first} and other {name} in {unit}', YEAR + f'能源,单位,数量\n{name},{first},12000\n{other},{unit},1.3\n', f'2023,,{name},12000,{first}\n2023,,{other},1.3,{unit}\n')


def stocks(t):
    """What came into stock or lay there is no use, whoever says so, title or sheet; with what was issued it is a control. Power is not stored."""
    for title in ('采购入库明细', '柴油入库台账', '油料库存盘点表', '燃料到货记录', '期末结存表'):
        refused(t, f'{title}: names down', f'2023年{title},,\n能源,单位,数量\n柴油,t,100\n汽油,t,5\n', 'E2374', (title,))
        refused(t, f'{title}: across', f'2023年{title},\n月份,柴油（t）\n1月,5\n2月,6\n', 'E2374', (title,))
        read(t, f'{title} with what was used', f'2023年{title},,\n能源,单位,消耗量\n柴油,t,100\n', '2023,,柴油,100,t\n')
        read(t, f'{title} of power', f'2023年{title},,\n能源,单位,数量\n电力,kWh,100\n', '2023,,电力,100,kWh\n')
    with t.case('a sheet of that name'):
        book(t.path('b.xlsx'), ('采购入库', YEAR + '能源,单位,数量\n柴油,t,100\n'))
        r = t.run('account', 'b.xlsx', '--diagnostics', 'json')
        same((r.status, [d['code'] for d in r.diagnostics()]), (INVALID, ['E2374']), r.errors)
    read(t, 'what was issued', '2023年柴油领用台账,\n月份,柴油（t）\n1月,5\n2月,6\n', '2023-01,,柴油,5,t\n2023-02,,柴油,6,t\n')
    for opening, bought, used, closing in (('期初', '入库', '出库', '结存'), ('期初库存', '本期购入', '本期领用', '期末库存'), ('上月结存', '入库数量', '领用数量', '本月结存'), ('期初数量', '收入数量', '发出数量', '结存数量')):
        head = f'2023年柴油收发存台账（单位：吨）,,,,\n月份,{opening},{bought},{used},{closing}\n1月,1,5,4,2\n'
        read(t, f'{bought} and {used}', head + '2月,2,6,7,1\n', '2023-01,,柴油,4,吨\n2023-02,,柴油,7,吨\n')
        refused(t, f'{bought} and {used} that do not balance', head + '2月,2,6,7,2\n', 'E2328', ('2', '1'))
    read(t, 'names with what came in and what was issued', '2023年出入库台账,,,\n品名,单位,入库数量,出库数量\n柴油,t,5,4\n汽油,t,6,6\n', '2023,,柴油,4,t\n2023,,汽油,6,t\n')


def since(t):
    """A range of months from January beside 本月 or 本季 is its sum up to there where it ends with the table's time, and not clear where it does not."""
    for title, actual, ranges, line in (
            ('2023年2月', '本月', ('1-2月累计', '1-2月', '1～2月累计'), '2023-02'), ('2023年第三季度', '本季消费量', ('1-3季度累计', '1-9月', '一至三季度', '前三季度累计', 'Q1-Q3'), '2023Q3'),
            ('2023年6月', '本月实际', ('1-6月', '上半年', '1-6月累计'), '2023-06')):
        for name in ranges:
            for columns in ((actual, name), (name, actual)):
                for unit in (',单位', ''):
                    head = f'{title},,,\n能源{unit},' + ','.join(c + ('' if unit else '（kWh）') for c in columns) + '\n'
                    cells = ['30' if c == actual else '60' for c in columns]
                    read(t, f'{title}: {",".join(columns)}{unit}', head + '电力' + (',kWh,' if unit else ',') + ','.join(cells) + '\n', f'{line},,电力,30,kWh\n', ('C4205',))
            refused(t, f'{title}: {actual} beside {name}, of another month', f'2023年11月,,,\n能源,单位,{actual},{name}\n电力,kWh,30,60\n', 'E2325', (name,))
    refused(t, '1-1月 that is not what January was', '2023年1月,,,\n能源,单位,本月,本年累计\n电力,kWh,30,60\n', 'E2328', ('60', '30'))
    with t.case('months in sheets, with ranges from January: compared'):
        for total, status in ((60, OK), (61, INVALID)):
            t.write('feb.csv', f'2023年2月,,,\n能源,单位,本月,1-2月累计\n电力,kWh,40,{total}\n')
            t.write('jan.csv', '2023年1月,,,\n能源,单位,本月\n电力,kWh,20\n')
            r = t.run('account', 'jan.csv', 'feb.csv', '--diagnostics', 'json')
            same((r.status, [d['code'] for d in r.diagnostics() if d['severity'] == 'error']), (status, ['E2328'] if status else []), r.errors)
    read(t, 'ranges from January beside their total', YEAR + '能源,单位,1-3月,1-6月,1-9月,合计\n电力,kWh,10,30,60,60\n', '2023-01/2023-09,,电力,60,kWh\n')
    refused(t, 'ranges from January beside a total that is none of them', YEAR + '能源,单位,1-3月,1-6月,1-9月,合计\n电力,kWh,10,30,60,100\n', 'E2379', ('100', '60'))


def across_and_down(names, *months):
    """A table of the names across and the same down, with the lines of each that has a number at the end of `names`: (name, line)."""
    head = YEAR + '月份,' + ','.join(f'{n}（kWh）' for n in names) + '\n' + ''.join(f'{m}月,' + ','.join(map(str, row)) + '\n' for m, row in enumerate(months, 1))
    rows = YEAR + '项目,单位,' + ','.join(f'{m}月' for m in range(1, len(months) + 1)) + '\n' + ''.join(f'{n},kWh,' + ','.join(str(row[i]) for row in months) + '\n' for i, n in enumerate(names))
    return head, rows


def lines(across, kept, *months):
    """Of (index, activity) those lines, month by month or name by name."""
    cells = [(m, name, row[i]) for m, row in enumerate(months, 1) for i, name in kept] if across else [(m, name, row[i]) for i, name in kept for m, row in enumerate(months, 1)]
    return ''.join(f'2023-{m:02},,{name},{n},kWh\n' for m, name, n in cells)


def balance(t):
    """Power bought + generated - fed in = used. By hand: 1000 + 200 - 50 = 1150, 1100 + 210 - 60 = 1250."""
    months = ((1000, 200, 50, 1150), (1100, 210, 60, 1250))
    for bought in ('购网电量', '下网电量', '外购电力'):
        for made in ('自发电量', '光伏发电量', '发电量', '余热发电量'):
            for out in ('上网电量', '余电上网电量'):
                for used in ('总用电量', '用电量'):
                    names = (bought, made, out, used)
                    for across, text in zip((True, False), across_and_down(names, *months)):
                        read(t, f'{" ".join(names)}, {"across" if across else "down"}', text, lines(across, ((0, bought), (2, out)), *months), ('C4244',))
    names = ('购网电量', '自发电量', '上网电量', '总用电量')
    for order in ((3, 0, 1, 2), (2, 3, 1, 0)):
        for across, text in zip((True, False), across_and_down([names[i] for i in order], *[[row[i] for i in order] for row in months])):
            kept = [(order.index(i), names[i]) for i in sorted((0, 2), key=order.index)]
            read(t, f'in another order {order}, {across}', text, lines(across, kept, *[[row[i] for i in order] for row in months]), ('C4244',))
    for across, text in zip((True, False), across_and_down(names, (1000, 200, 50, 1150), (1100, 210, 60, 1350))):
        refused(t, f'it does not hold, {across}', text, 'E2375', ('1350', '1250', '自发电量 - 上网电量'))
    names, months = ('购网电量', '光伏发电量', '光伏自用电量', '上网电量', '用电量'), ((1000, 200, 150, 50, 1150), (1100, 210, 150, 60, 1250))
    for across, text in zip((True, False), across_and_down(names, *months)):
        read(t, f'with what of it was used here, {across}', text, lines(across, ((0, '购网电量'), (2, '光伏自用电量'), (3, '上网电量')), *months), ('C4244',))
    for across, text in zip((True, False), across_and_down(names, months[0], (1100, 210, 140, 60, 1240))):
        refused(t, f'generation that is not used and fed in, {across}', text, 'E2375', ('210', '200'))
    names, months = ('购网电量', '光伏发电量', '用电量'), ((1000, 200, 1200), (1100, 210, 1310))
    for across, text in zip((True, False), across_and_down(names, *months)):
        read(t, f'all of it used here, {across}', text, lines(across, ((0, '购网电量'), (1, '光伏自用电量')), *months), ('C4244',))
    for across, text in zip((True, False), across_and_down(names[:2], (1000, 200))):
        refused(t, f'photovoltaic generation alone, {across}', text, 'E2376', ('光伏发电量', '光伏自用电量'))
    for across, text in zip((True, False), across_and_down(('购网电量', '光伏发电量', '上网电量'), (1000, 200, 50))):
        read(t, f'generation beside what was fed in, {across}', text, lines(across, ((0, '购网电量'), (2, '上网电量')), (1000, 200, 50)))
    read(t, 'green power beside what was used', YEAR + '项目,单位,1月\n绿电,kWh,100\n用电量,kWh,1000\n光伏自用电量,kWh,50\n', '2023-01,,绿电,100,kWh\n2023-01,,用电量,1000,kWh\n2023-01,,光伏自用电量,50,kWh\n')
    read(t, 'two sites', YEAR + '场所,项目,单位,1月\n一厂,购网电量,kWh,10\n一厂,自发电量,kWh,5\n一厂,总用电量,kWh,15\n二厂,用电量,kWh,7\n', '2023-01,一厂,购网电量,10,kWh\n2023-01,二厂,用电量,7,kWh\n', ('C4244',))
    refused(t, 'units that are not the same', YEAR + '项目,单位,1月\n购网电量,kWh,10\n自发电量,kWh,5\n总用电量,万kWh,15\n', 'E2329', ('15',))


def sums(t):
    """A sheet of sums beside others: each amount against theirs, whatever its shape; a difference is an error at its cell, none is added."""
    table = '月份,用电量（kWh）,柴油（t）\n'
    sites = (('一厂', f'2023年一厂\n{table}1月,10,1\n2月,20,2\n'), ('二厂', f'2023年二厂\n{table}1月,5,1\n2月,6,2\n'))
    months = (('1月', '2023年1月\n能源,单位,数量\n电力,kWh,10\n柴油,t,1\n'), ('2月', '2023年2月\n能源,单位,数量\n电力,kWh,20\n柴油,t,2\n'))
    for name, sheets, title, text, told in (
            ('of sites, in their columns', sites, '合计', f'2023年\n{table}1月,15,2\n2月,26,4\n', '4'),
            ('of sites, in rows', sites, '汇总', '2023年用电量（kWh）\n场所,1月,2月\n一厂,10,20\n二厂,5,6\n合计,15,26\n', '4'),
            ('of months, as a year', months, '2023年汇总表', '2023年\n能源,单位,数量\n电力,kWh,30\n柴油,t,3\n', '2'),
            ('of months, in another unit', months, '总计', '2023年\n能源,单位,数量\n电力,万kWh,0.0030\n柴油,t,3\n', '2'),
            ('of months, across', months, '汇总表', '2023年\n能源,单位,1月,2月,合计\n电力,kWh,10,20,30\n柴油,t,1,2,3\n', '4')):
        for order in (sheets + ((title, text),), ((title, text),) + sheets):
            with t.case(f'sums {name}: the same, {order[0][0]} first'):
                book(t.path('b.xlsx'), *order)
                r = t.run('account', 'b.xlsx', '--diagnostics', 'json', '-f', 'json')
                found = {d['code']: d['detail'] for d in r.diagnostics()}
                want(r.status == OK and 'C1460' not in found and f'{told} of its {told} amounts' in found.get('C1463', ''), r.errors)
                same(r.text, t.run('account', 'b.xlsx', '--diagnostics', 'json', '-f', 'json').text, 'again')
    for name, sheets, text, cell, words in (
            ('of sites', sites, f'2023年\n{table}1月,15,2\n2月,27,4\n', (4, 2), ('27', '26')),
            ('of one of the sites', sites, '2023年用电量（kWh）\n场所,1月,2月\n一厂,10,20\n二厂,5,7\n合计,15,27\n', (4, 3), ('7', '6')),
            ('of months', months, '2023年\n能源,单位,数量\n电力,kWh,31\n柴油,t,3\n', (3, 3), ('31', '30')),
            ('of what no other has', months, '2023年\n能源,单位,数量\n电力,kWh,30\n汽油,t,3\n', (4, 3), ('3', '0'))):
        with t.case(f'sums {name}: another number'):
            book(t.path('b.xlsx'), *sheets, ('合计', text))
            for command in ('layout', 'account'):
                r = t.run(command, 'b.xlsx', '--diagnostics', 'json')
                errors = [d for d in r.diagnostics() if d['severity'] == 'error']
                same((r.status, [(d['code'], d['file'], d['line'], d['column']) for d in errors]), (INVALID, [('E2377', 'b.xlsx#合计', *cell)]), r.errors)
                want(all(word in errors[0]['detail'] for word in words), r.errors)
    with t.case('a sheet of sums that cannot be compared is named'):
        book(t.path('b.xlsx'), *months, ('合计', '能源,单位,数量\n电力,kWh,30\n'))
        r = t.run('account', 'b.xlsx', '--diagnostics', 'json')
        want(r.status == OK and [d['code'] for d in r.diagnostics() if d['code'] in ('C1460', 'C1463')] == ['C1460'], r.errors)


def sum_files(t):
    """A file of sums beside two tables or more, by its name: as a sheet is. Beside one it is a table as any."""
    head = '期间,场所,活动,数量,单位\n'
    first, second = head + '2023,一厂,用电量,100,kWh\n2023,一厂,柴油,2,t\n', head + '2023,二厂,用电量,200,kWh\n2023,二厂,柴油,3,t\n'
    long, office = '期间,活动,数量,单位\n2023,用电量,300,kWh\n2023,柴油,5,t\n', '2023年用能合计\n能源,单位,数量\n用电量,万kWh,{}\n柴油,t,5\n'
    for name, data in (('a.csv', first), ('b.csv', second), ('c/inventory-a.csv', first), ('c/inventory-b.csv', second), ('c/case.csv', 'fact,value\ncategory,park\ntarget,peak\n')):
        t.write(name, data)
    alone = t.account('a.csv', 'b.csv')
    for name, text in (('合计.csv', long), ('2023年合计.csv', long), ('汇总.csv', office.format('0.03')), ('公司汇总表.xlsx', office.format('0.03')), ('活动数据（总计）.csv', long)):
        with t.case(f'files: {name}, in any order'):
            book(t.path(name), ('表', text)) if name.endswith('.xlsx') else t.write(name, text)
            for order in ((name, 'a.csv', 'b.csv'), ('a.csv', 'b.csv', name)):
                r = t.run('account', *order, '-f', 'json', '--diagnostics', 'json')
                same((r.status, [d['detail'].split('; ')[1] for d in r.diagnostics() if d['code'] == 'C1463']),
                     (OK, ['2 of its 2 amounts could be compared with theirs and agree']), r.errors)
                same((r.json()['totals'], len(r.json()['inputs'])), (alone['totals'], 2), 'totals and inputs')
            same(len(t.account(name, 'a.csv')['inputs']), 2, 'beside one')
    for name, text, place in (('合计.csv', long.replace('300', '301'), (2, 10)), ('汇总.csv', office.format('0.031'), (3, 10))):
        with t.case(f'files: {name} with another number'):
            t.write(name, text)
            r = t.run('account', 'a.csv', name, 'b.csv', '--diagnostics', 'json')
            same((r.status, [(d['code'], d['file'], d['line'], d['column']) for d in r.diagnostics()]), (INVALID, [('E2377', name, *place)]), r.errors)
    for name, text, told in (('c/inventory-合计.csv', long, 'C1463'), ('c/inventory-合计.csv', long.replace('5,t', '6,t'), 'E2377')):
        with t.case(f'files: in a folder, {told}'):
            t.write(name, text)
            for command in ('check', 'account'):
                r = t.run(command, 'c', '--diagnostics', 'json', '-f', 'json')
                want([d['code'] for d in r.diagnostics() if d['file'] == name] == [told], f'{command}: {r.errors}')
                want(told[0] == 'E' or r.json()['inputs' if command == 'account' else 'account'], r.text[:200])
    with t.case('sheets of a whole case'):
        book(t.path('case.xlsx'), ('基本信息', '填报项,值\n试点类型,产业园区\n试点目标,碳达峰\n'), ('活动数据一厂', first), ('活动数据二厂', second), ('活动数据合计', long))
        r = t.run('check', 'case.xlsx', '--diagnostics', 'json', '-f', 'json')
        want('C1463' in [d['code'] for d in r.diagnostics()], r.errors)
        same([y['totals'] for y in r.json()['account']['years']], [y['totals'] for y in alone['years']], 'totals')
    with t.case('sheets of sums are read by --layout too'):
        book(t.path('b.xlsx'), *((name, f'月份,用电量（kWh）\n1月,{value}\n') for name, value in (('一厂', 10), ('二厂', 20), ('合计', 30))))
        t.write('by.csv', 'key,value\nyear,2023\n')
        r = t.run('account', 'b.xlsx', '--layout', 'by.csv', '--diagnostics', 'json')
        want(r.status == OK and any(d['code'] == 'C1463' and '1 of its 1' in d['detail'] for d in r.diagnostics()), r.errors)


def names(t):
    """区域 beside 用电量 is a header; what may be a site is one: no single character before a name, no word of amounts."""
    for head in ('区域', '片区', '厂区'):
        if head != '片区':
            read(t, f'{head} and what was used', f'2023年用电量（kWh）,\n{head},用电量\n青浦,100\n松江,200\n', '2023,青浦,用电量,100,kWh\n2023,松江,用电量,200,kWh\n')
    with t.case('充电量 is not said to be of a site 充'):
        for file, r in looked_at(t, '2023年,\n月份,充电量（kWh）\n1月,100\n'):
            want(r.status == INVALID and 'site=充' not in r.errors, r.errors)
    with t.case('加注量 is not said to be a site'):
        for file, r in looked_at(t, '2023年,,\n车辆类型,加注量,行驶数\n大巴,100,5\n'):
            want(r.status == INVALID and 'site=加注量' not in r.errors, r.errors)


def days(t):
    """Days without a year are of that of the table; over New Year the rows around them say which, or both years are named."""
    head = '计费周期,用电量（kWh）\n'
    first, last = '2022-12-26/2023-01-25,,用电量,10,kWh\n', '2023-12-26/2024-01-25,,用电量,10,kWh\n'
    second, before = '2023-01-26/2023-02-25,,用电量,20,kWh\n', '2023-11-26/2023-12-25,,用电量,30,kWh\n'
    forms = (('12.26-1.25', '1.26-2.25', '11.26-12.25'), ('12/26~1/25', '1/26~2/25', '11/26~12/25'), ('12月26日至1月25日', '1月26日至2月25日', '11月26日至12月25日'),
             ('12月26日—1月25日', '01月26日－02月25日', '11月26日～12月25日'))
    for over, of_february, of_december in forms:
        for title, options in (('2023年电费,\n', ()), ('', ('--year', '2023'))):
            read(t, f'{over} before {of_february} {options}', title + head + f'{over},10\n{of_february},20\n', first + second, (), *options)
            read(t, f'{over} behind {of_december} {options}', title + head + f'{of_december},30\n{over},10\n', before + last, (), *options)
            for name, rows in (('alone', f'{over},10\n'), ('between', f'{of_december},30\n{over},10\n{of_february},20\n'), ('before a gap', f'{over},10\n{of_december},30\n')):
                refused(t, f'{over} {name} {options}', title + head + rows, 'E2378', ('2022-12-26/2023-01-25', '2023-12-26/2024-01-25'), *options)
        refused(t, f'{over} with no year', head + f'{over},10\n{of_february},20\n', 'E2322', (over,))
        read(t, f'{over} in 2023年1月', '2023年1月,\n' + head + f'{over},10\n', first)
        read(t, f'{over} in 2023年12月', '2023年12月,\n' + head + f'{over},10\n', last)
        read(t, f'{over} beside 1月', '2023年,\n月份,' + head + f'1月,{over},10\n', first)
        read(t, f'{over} beside 12月', '2023年,\n月份,' + head + f'12月,{over},10\n', last)
        refused(t, f'{over} of another meter', '2023年,,\n表号,' + head + f'甲,{of_december},30\n乙,{over},10\n', 'E2378', ('2022-12-26/2023-01-25',))
    refused(t, 'days outside the month of the title', '2023年1月,\n' + head + '11.26-12.25,30\n', 'E2378', ('2022-11-26/2022-12-25', '2023-11-26/2023-12-25'))
    refused(t, 'a day that is not', '2023年,\n' + head + '2.1-2.29,30\n', 'E2403', ('2.1-2.29',))
    read(t, 'the year before the first day', head + '2022.12.26-1.25,10\n2023.1.26-2.25,20\n', first + second)


def domains(t):
    """A blank group is that above it, but beside another domain it is not known."""
    head, out = '名称,分组,领域,年减排量（tCO2e）\n', '编号,名称,分组,领域,减排量,单位\n'
    read(t, 'a blank group beside another domain', head + '甲,工业,工业领域,1\n乙,,建筑领域,2\n丙,,,3\n',
         out + ',甲,工业,工业领域,1,tCO2e/a\n,乙,建筑领域,,2,tCO2e/a\n,丙,建筑领域,,3,tCO2e/a\n')
    read(t, 'a blank group beside its domain', head + '甲,工业,工业领域,1\n乙,,工业领域,2\n丙,,,3\n',
         out + ',甲,工业,工业领域,1,tCO2e/a\n,乙,工业,工业领域,2,tCO2e/a\n,丙,工业,工业领域,3,tCO2e/a\n')
    read(t, 'the domain first', '名称,领域,分组,年减排量（tCO2e）\n甲,工业领域,工业,1\n乙,建筑领域,,2\n',
         out + ',甲,工业,工业领域,1,tCO2e/a\n,乙,建筑领域,,2,tCO2e/a\n')


def running(t):
    """合计 of sums from one start agrees with the last, or the error says what the last is and what all are."""
    for total in ('750', '900'):
        refused(t, f'1-3月 to 1-9月 across and {total}', YEAR + f'能源,单位,1-3月,1-6月,1-9月,合计\n外购电力,kWh,100,250,400,{total}\n', 'E2379', (total, '400', '750'))
        refused(t, f'1-3月 to 1-9月 down and {total}', YEAR + f'月份,用电量（kWh）\n1-3月,100\n1-6月,250\n1-9月,400\n合计,{total}\n', 'E2379', (total, '400', '750'))
    for first, second, year in (('1-3月', '1-6月', '全年'), ('1-3月累计', '1-6月累计', '全年'), ('一季度', '上半年', '全年合计')):
        across, down = YEAR + f'能源,单位,{first},{second},{{}}\n外购电力,kWh,100,250,{{}}\n', YEAR + f'月份,用电量（kWh）\n{first},100\n{second},250\n{{}},{{}}\n'
        for way, text in (('across', across), ('down', down)):
            for number, told in ((350, True), (351, False)):
                with t.case(f'{first}, {second} {way} and {year}: {number}'):
                    for file, r in looked_at(t, text.format(year, number)):
                        same((file, r.status, r.text), (file, OK, LONG + f'2023,,{"外购电力" if way == "across" else "用电量"},{number},kWh\n'), r.errors)
                        same([d['detail'].count('250') for d in r.diagnostics() if d['code'] == 'C4251'], [1] if told else [], r.errors)
        with t.case(f'{first}, {second} and {year}, by chance in one line of two'):
            for file, r in looked_at(t, across.format(year, 350) + '柴油,t,1,2,4\n'):
                same((r.text, 'C4251' in r.errors), (LONG + '2023,,外购电力,350,kWh\n2023,,柴油,4,t\n', False), r.errors)
    read(t, '合计 is the last', YEAR + '能源,单位,1-3月,1-6月,1-9月,合计\n外购电力,kWh,100,250,400,400\n', '2023-01/2023-09,,外购电力,400,kWh\n')
    refused(t, 'one month and its total', YEAR + '月份,用电量（kWh）\n1月,100\n合计,200\n', 'E2328', ('200', '100'))


def tables(t):
    """Tables as offices have them, and what was silently taken for a use or refused in such: 合计 over several blank cells, 单位 over companies, ditto marks."""
    for name, text, expected in TABLES:
        read(t, name, text, expected)
    block = '2023年用能台账,,,\n{},能源种类,单位,1月\n一车间,电,kWh,1000\n,天然气,m3,50\n二车间,电,kWh,2000\n,天然气,m3,80\n合计,电,kWh,{}\n,天然气,m3,{}\n'
    for head in ('部门', '甲方'):
        site = ('一车间', '二车间') if head == '部门' else ('', '')
        lines = ''.join(f'2023-01,{s},{what},{n},{unit}\n' for s, kind in zip(site, ((1000, 50), (2000, 80))) for what, n, unit in (('电', kind[0], 'kWh'), ('天然气', kind[1], 'm3')))
        read(t, f'合计 over two blank cells below {head}', block.format(head, 3000, 130), lines)
        refused(t, f'合计 over two blank cells below {head}, a wrong one', block.format(head, 3000, 131), 'E2328', ('131', '130'))
    read(t, 'a place without a name beside its number', '2023年1月商户用电（kWh）,,\n铺位号,商户名称,用电量\n101,面馆,300\n公共区域,,400\n', '2023-01,面馆/101,用电量,300,kWh\n2023-01,公共区域,用电量,400,kWh\n')
    for mark in ('〃', '同上', '""""'):
        with t.case(f'{mark} is the unit above'):
            t.write('d.csv', YEAR + f'月份,单位,用电量\n1月,万kWh,1.3\n2月,{mark},1.2\n')
            same(t.run('layout', 'd.csv', '-f', 'csv').text, LONG + '2023-01,,用电量,1.3,万kWh\n2023-02,,用电量,1.2,万kWh\n', 'lines')


def told(t, name, text, expected, code, *details):
    """It is read so, and what the caveats of a code name in both languages."""
    with t.case(name):
        for file, r in looked_at(t, text):
            same((file, r.status, r.text), (file, OK, LONG + expected), r.errors)
            found = [d for d in r.diagnostics() if d['code'] == code]
            same((file, len(found)), (file, len(details)), r.errors)
            for detail in details:
                want(any(all(word in d['detail'] and word in d['zh'] for word in detail) for d in found), f'{file}: {detail}: {r.errors}')


def parts(t):
    """A part of another kind than its whole is counted with it, which is said and doubted, in columns as in rows; one of the same kind is named and no more."""
    for part in ('其中：光伏自发自用', '其中:绿电', '其中光伏发电量', '其中：风电'):
        told(t, f'{part}, across', YEAR + f'月份,用电量（kWh）,{part}（kWh）\n1月,1000,200\n2月,1100,210\n', '2023-01,,用电量,1000,kWh\n2023-02,,用电量,1100,kWh\n', 'C4227', (part, '用电量'))
        told(t, f'{part}, a column for all things', YEAR + f'能源,单位,消费量,{part}\n用电量,kWh,1000,200\n天然气,Nm3,50,\n', '2023,,用电量,1000,kWh\n2023,,天然气,50,Nm3\n', 'C4227', (part, '用电量'))
        told(t, f'{part}, down', YEAR + f'能源,单位,数量\n用电量,kWh,1000\n{part},kWh,200\n天然气,Nm3,50\n', '2023,,用电量,1000,kWh\n2023,,天然气,50,Nm3\n', 'C4227', (part, '用电量'))
    told(t, 'anthracite of coal', YEAR + '能源,单位,数量\n煤炭,t,5\n其中：无烟煤,t,2\n', '2023,,煤炭,5,t\n', 'C4227', ('其中：无烟煤', '煤炭'))
    for part in ('其中：生产用电', '其中：办公用电', '其中：空调'):
        told(t, f'{part}, a part of the same', YEAR + f'月份,用电量（kWh）,{part}\n1月,1000,200\n', '2023-01,,用电量,1000,kWh\n', 'C4227')
        with t.case(f'{part}: the report names it'):
            t.write('named.csv', YEAR + f'月份,用电量（kWh）,{part}\n1月,1000,200\n')
            for lang, said in (('zh', f'未读取1列（{part}）'), ('en', f'1 columns not read ({part})')):
                want(said in t.run('account', 'named.csv', '--lang', lang).text, said)
    told(t, 'a part that is none this year', YEAR + '月份,用电量（kWh）,其中：绿电\n1月,1000,0\n2月,1000,\n', '2023-01,,用电量,1000,kWh\n2023-02,,用电量,1000,kWh\n', 'C4227')


def unfilled(t):
    """Times without a quantity are no lines and no zero, and each thing that has some is told with their names; so is what has none at all."""
    for mark in ('', '-', '—', '无', '/', 'N/A', '--'):
        told(t, f'months across, {mark or "blank"}', YEAR + f'燃料,单位,1月,2月,3月,4月\n柴油,t,1,{mark},3,{mark}\n汽油,t,1,2,3,4\n',
             '2023-01,,柴油,1,t\n2023-03,,柴油,3,t\n' + ''.join(f'2023-0{n},,汽油,{n},t\n' for n in range(1, 5)), 'C4235', ('柴油', '2月', '4月'))
        told(t, f'months down, {mark or "blank"}', YEAR + f'月份,柴油（t）,汽油（t）\n1月,1,1\n2月,{mark},2\n3月,3,3\n', '2023-01,,柴油,1,t\n2023-01,,汽油,1,t\n2023-02,,汽油,2,t\n2023-03,,柴油,3,t\n2023-03,,汽油,3,t\n',
             'C4235', ('柴油', '2月'))
        told(t, f'months down, sites merged, {mark or "blank"}', YEAR + f'场所,月份,柴油（t）,汽油（t）\n一厂,1月,1,1\n一厂,2月,{mark},2\n二厂,1月,{mark},1\n二厂,2月,{mark},2\n',
             '2023-01,一厂,柴油,1,t\n2023-01,一厂,汽油,1,t\n2023-02,一厂,汽油,2,t\n2023-01,二厂,汽油,1,t\n2023-02,二厂,汽油,2,t\n', 'C4235', ('一厂 柴油', '2月'))
        told(t, f'a row and a month without any, {mark or "blank"}', YEAR + f'燃料,单位,1月,2月\n柴油,t,{mark},{mark}\n汽油,t,1,{mark}\n', '2023-01,,汽油,1,t\n', 'C4259', ('2月', '柴油'))
        told(t, f'a thing without any, {mark or "blank"}', YEAR + f'燃料,单位,数量\n柴油,t,{mark}\n汽油,t,1\n', '2023,,汽油,1,t\n', 'C4259', ('柴油',))
    told(t, 'a zero is a quantity', YEAR + '燃料,单位,1月,2月\n柴油,t,1,0\n', '2023-01,,柴油,1,t\n2023-02,,柴油,0,t\n', 'C4235')


def bought(t):
    """What was bought of a fuel that can be stored is counted, and it is said that stocks may have changed; gas of the pipe, power and heat are not stored."""
    for title in ('采购', '油品采购台账', '燃料购进统计表', '柴油、汽油购买明细'):
        told(t, title, f'2023年{title},,\n品名,单位,数量\n柴油,t,10\n汽油,t,12\n', '2023,,柴油,10,t\n2023,,汽油,12,t\n', 'C4179', (f'2023年{title}',))
        told(t, f'{title} with what was used', f'2023年{title},,\n品名,单位,消耗量\n柴油,t,10\n', '2023,,柴油,10,t\n', 'C4179')
        told(t, f'{title} of power', f'2023年{title},,\n品名,单位,数量\n电力,kWh,10\n天然气,Nm3,12\n', '2023,,电力,10,kWh\n2023,,天然气,12,Nm3\n', 'C4179')
    for name, counts in (('柴油采购量', 1), ('汽油（购入）', 1), ('外购汽油', 1), ('柴油消耗量', 0), ('外购天然气', 0), ('外购电力', 0)):
        with t.case(f'{name} in a long table and across'):
            unit = {'外购天然气': 'Nm3', '外购电力': 'kWh'}.get(name, 't')
            t.write('long.csv', f'期间,活动,数量,单位\n2023,{name},10,{unit}\n')
            t.write('wide.csv', YEAR + f'月份,{name}（{unit}）\n1月,10\n')
            for file in ('long.csv', 'wide.csv'):
                a = t.account(file)
                same((file, [c['code'] for c in a['caveats'] if c['code'] == 'C4179']), (file, ['C4179'] * counts), 'caveats')


def plans(t):
    """A file or a sheet of a plan, a budget or targets is no account, alone or beside what was used."""
    rows = '能源,单位,数量\n电力,kWh,1000\n'
    for name in ('活动数据2024年预算', '活动数据2024年计划', '活动数据2024年目标', '2024年用能预测', '2024年用能目标'):
        with t.case(f'{name}, alone and beside another'):
            t.write(f'{name}.csv', rows)
            t.write('活动数据2023年.csv', rows)
            book(t.path('alone.xlsx'), (name, rows))
            book(t.path('both.xlsx'), ('活动数据2023年', rows), (name, rows))
            for files, expected in (((f'{name}.csv',), (INVALID, 'E1420')), (('alone.xlsx',), (INVALID, 'E1419')), (('活动数据2023年.csv', f'{name}.csv'), (OK, 'C1461')), (('both.xlsx',), (OK, 'C1459'))):
                r = t.run('account', *files, '-f', 'json', '--diagnostics', 'json')
                codes = [d['code'] for d in r.diagnostics()] + [c['code'] for c in (r.json()['caveats'] if r.status == OK else [])]
                want((r.status, expected[1] in codes) == (expected[0], True), f'{files}: {r.status} {codes}')


def up_to(t):
    """3月累计, 截至3月 beside the months that they sum are compared; alone they are of all months so far."""
    for name in ('3月累计', '截至3月', '截至3月底', '截止3月累计', '1-3月累计', '截至2023年3月'):
        lines = ''.join(f'2023-0{n},,电力,{n}00,kWh\n' for n in (1, 2, 3))
        read(t, f'{name}, across', YEAR + f'能源,单位,1月,2月,3月,{name}\n电力,kWh,100,200,300,600\n', lines)
        refused(t, f'{name}, a wrong one', YEAR + f'能源,单位,1月,2月,3月,{name}\n电力,kWh,100,200,300,601\n', 'E2328', ('601', '600'))
        read(t, f'{name}, down', YEAR + f'月份,电力（kWh）\n1月,100\n2月,200\n3月,300\n{name},600\n', lines)
        read(t, f'{name}, alone', YEAR + f'能源,单位,{name}\n电力,kWh,600\n', '2023Q1,,电力,600,kWh\n')


def wholes(t):
    """合计 beside 尖, 峰, 平, 谷 is what was used;氢氟碳化物 and the like stand before a refrigerant as 制冷剂 does."""
    for title in ('用电量分时统计表（单位：kWh）', '峰平谷用电量（kWh）', '用电量（kWh）'):
        for order in ('尖,峰,平,谷,合计', '合计,尖,峰,平,谷'):
            cells = {'尖': 10, '峰': 20, '平': 30, '谷': 40, '合计': 100}
            read(t, f'{title}: {order}', f'2023年{title}\n月份,{order}\n1月,' + ','.join(str(cells[c]) for c in order.split(',')) + '\n', '2023-01,,用电量,100,kWh\n')
    for word in ('氢氟碳化物', '氢氟烃', '氟利昂', '雪种', '制冷剂', '冷媒'):
        for gas in ('R410A', 'HFC-134a', 'R32'):
            read(t, f'{word}{gas}', YEAR + f'名称,单位,数量\n{word}{gas},kg,10\n', f'2023,,{word}{gas},10,kg\n')


def bill(t):
    """Rows of a bill for 峰 and 谷 below 总 are parts of it; those that stand elsewhere are asked about, and without 总 all count."""
    head = '2023年电费明细,,,\n户号,抄表月份,示数类型,用电量（kWh）\n'
    for whole in ('总', '有功总', '正向有功（总）'):
        rows = f'3101,202301,{whole},100\n3101,202301,峰,60\n3101,202301,谷,40\n3101,202302,{whole},90\n'
        read(t, whole, head + rows, '2023-01,,用电量,100,kWh\n2023-02,,用电量,90,kWh\n')
        refused(t, f'{whole}, and 峰 of a month without it', head + rows + '3101,202303,峰,50\n', 'E2354', ('示数类型', '峰'))
    read(t, 'without 总', head + '3101,202301,峰,60\n3101,202301,谷,40\n', '2023-01,,用电量,60,kWh\n2023-01,,用电量,40,kWh\n')


def run(t):
    bill(t)
    bought(t)
    plans(t)
    up_to(t)
    wholes(t)
    parts(t)
    unfilled(t)
    tables(t)
    domains(t)
    running(t)
    days(t)
    names(t)
    sums(t)
    sum_files(t)
    balance(t)
    since(t)
    means(t)
    twins(t)
    stocks(t)
