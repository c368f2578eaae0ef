# SPDX-License-Identifier: GPL-3.0-or-later
"""Targets with years across and lists of measures as offices have them: each table gives, in any encoding and as a workbook, the long table that was
made by hand; a sum that is wrong is caught with both numbers; check and plan read table and long table alike, and say how they were understood.

Origin of what is expected: the cells themselves, written out by hand."""
import csv
import os
import shutil

from .harness import INVALID, OK, ROOT, same, want

try:
    import openpyxl
except ImportError:  # the tests of workbooks need it too
    openpyxl = None

ENTERPRISE = os.path.join(ROOT, 'examples', 'enterprise')
HEAD = '阶段,年份,排放量,单位,类型\n'

# Name, table, long table.
TARGETS = (
    ('indicators down, years across',
     '减排目标表,,,\n指标,2025年,2028年,2030年\n碳排放总量（吨）,12000,10000,8000\n碳排放强度（吨/万元）,0.5,0.4,0.3\n',
     HEAD + '2025,2025,12000,吨,碳排放总量\n2028,2028,10000,吨,碳排放总量\n2030,2030,8000,吨,碳排放总量\n'
     '2025 碳排放强度,2025,0.5,吨/万元,碳排放强度\n2028 碳排放强度,2028,0.4,吨/万元,碳排放强度\n2030 碳排放强度,2030,0.3,吨/万元,碳排放强度\n'),
    ('a column of units', '指标,单位,2025,2028\n净排放量,万吨CO2e,1.2,1.0\n较基准年下降,%,10,20\n',
     HEAD + '2025,2025,1.2,万吨CO2e,净排放量\n2028,2028,1.0,万吨CO2e,净排放量\n2025 较基准年下降,2025,10,%,较基准年下降\n2028 较基准年下降,2028,20,%,较基准年下降\n'),
    ('phases with their years', '指标,单位,近期（2025年）,远期（2030年）\n碳排放总量,tCO2e,1200,800\n',
     HEAD + '近期,2025,1200,tCO2e,碳排放总量\n远期,2030,800,tCO2e,碳排放总量\n'),
    ('a header of two rows', '某园区碳排放目标,,,\n指标,近期,中期,远期\n,2025年,2028年,2030年\n二氧化碳排放总量/吨,1200,1000,800\n注：以批复为准,,,\n',
     HEAD + '近期,2025,1200,吨,二氧化碳排放总量\n中期,2028,1000,吨,二氧化碳排放总量\n远期,2030,800,吨,二氧化碳排放总量\n'),
    ('years down, indicators across', '目标表,,\n年度,碳排放总量（吨）,碳排放强度（吨/万元）\n2025年,1200,0.5\n2028年,1000,0.4\n',
     HEAD + '2025年,2025年,1200,吨,碳排放总量\n2025年 碳排放强度,2025年,0.5,吨/万元,碳排放强度\n2028年,2028年,1000,吨,碳排放总量\n2028年 碳排放强度,2028年,0.4,吨/万元,碳排放强度\n'),
    ('the unit above, what has been, what is no emission, holes',
     '碳达峰目标,,,,\n单位：吨,,,,\n序号,指标,2020年（基准年）,2025年,2030年\n1,碳排放总量,1500,1200,—\n2,非化石能源占比（%）,12,20,25\n3,能源消费总量（吨标准煤）,500,450,400\n',
     HEAD + '2025,2025,1200,吨,碳排放总量\n'),
    ('gross called 总量, and an intensity of energy', '目标表,,,,\n阶段,年份,排放量,单位,类型\n近期,2025,1,万吨,总量\n近期强度,2025,0.3,吨/万元,碳排放强度\n能耗,2025,0.5,tce/万元,能耗强度\n',
     HEAD + '近期,2025,1,万吨,总量\n近期强度,2025,0.3,吨/万元,碳排放强度\n'),
    ('a title above a long table', '目标表,,\n阶段,目标年,排放量（吨二氧化碳当量）\n近期,2025年,1200\n远期,2030年,1000\n',
     '阶段,年份,排放量,单位\n近期,2025年,1200 吨二氧化碳当量,\n远期,2030年,1000 吨二氧化碳当量,\n'),
)

DOMAINS = ('某园区减排措施清单,,,,,,,\n填报日期：2024年3月,,,,,,,\n序号,措施名称,分组,竣工时间,年减排量（吨CO2e）,总投资（万元）,年运行费用（万元）,责任人\n'
           '一、能源领域,,,,700,420,,\n1,屋顶光伏,,2024-06,500,300,-3,张三\n2,余热回收,,2024-09,200,120,,李四\n'
           '（二）城乡建设领域,,,,,,,\n1,外墙保温,组织高效能建筑示范应用,2025-06,50,0.8 亿元,2.5,王五\n合  计,,,,750,,,\n注：减排量为设计值,,,,,,,\n')

MEASURES = (
    ('domains as headings, sums beside them', DOMAINS,
     '编号,名称,分组,责任单位,结束,减排量,单位,投资,运行费用\n1,屋顶光伏,能源领域,张三,2024-06,500,吨CO2e/a,300 万元,-3 万元\n'
     '2,余热回收,能源领域,李四,2024-09,200,吨CO2e/a,120 万元,\n城乡建设领域/1,外墙保温,组织高效能建筑示范应用,王五,2025-06,50,吨CO2e/a,0.8 亿元,2.5 万元\n'),
    ('a domain beside the group', '措施表,,,,\n序号,措施名称,领域,分组,年减排量（吨CO2e）,竣工时间\n1,外墙保温,城乡建设,组织高效能建筑示范应用,50,2025-06\n2,光伏,能源,能源领域,20,2025-06\n',
     '编号,名称,分组,领域,结束,减排量,单位\n1,外墙保温,组织高效能建筑示范应用,城乡建设,2025-06,50,吨CO2e/a\n2,光伏,能源领域,能源,2025-06,20,吨CO2e/a\n'),
    ('a domain beside a word of the house', '措施表,,,,\n序号,措施名称,措施类型,领域,年减排量（吨CO2e）,竣工时间\n1,光伏,设备改造,能源,20,2025-06\n',
     '编号,名称,分组,结束,减排量,单位\n1,光伏,能源,2025-06,20,吨CO2e/a\n'),
    ('a domain where the group is blank', '措施表,,,,\n序号,措施名称,所属领域,分组,年减排量（吨CO2e）,竣工时间\n1,光伏,能源,-,20,2025-06\n',
     '编号,名称,分组,结束,减排量,单位\n1,光伏,能源,2025-06,20,吨CO2e/a\n'),
    ('a header of two rows, a column of units', '措施表,,,,,\n序号,项目名称,领域,年减碳量,,投资\n,,,数量,单位,（元）\n1,光伏,能源领域,500,tCO2,3000000\n2,热泵,,100,tCO2,-\n小计,,,600,,3000000\n', None),
)

LONG_HEAD = '期间,场所,活动,数量,单位\n'

# Units behind the numbers, where nothing else says them or says the same.
AMOUNTS = (
    ('no other unit', '2023年度能源消耗表,,\n能源,1月,2月\n电,1000度,"1,200 kWh"\n柴油,5吨,2t\n',
     LONG_HEAD + '2023-01,,电,1000,度\n2023-02,,电,"1,200",kWh\n2023-01,,柴油,5,吨\n2023-02,,柴油,2,t\n'),
    ('beside a header that says the same', '2023年能源表,,\n场所,用电量（kWh）,柴油（t）\n一厂,1000度,5吨\n二厂,300,4\n',
     LONG_HEAD + '2023,一厂,用电量,1000,kWh\n2023,一厂,柴油,5,t\n2023,二厂,用电量,300,kWh\n2023,二厂,柴油,4,t\n'),
    ('beside a column of units that is filled in part', '2023年,,\n能源名称,消耗量,计量单位\n电,1000度,kWh\n水,"1,200 m3",\n',
     LONG_HEAD + '2023,,电,1000,kWh\n2023,,水,"1,200",m3\n'),
    ('sums with their units', '2023年,,,\n能源,1月,2月,合计\n电,1000度,1100 kWh,2100度\n',
     LONG_HEAD + '2023-01,,电,1000,度\n2023-02,,电,1100,kWh\n'),
)

# Name, table, code, line and column of the only error, what it says.
UNLIKE_AMOUNTS = (
    ('another unit than the header', '2023年,,\n场所,用电量（万kWh）,柴油（t）\n一厂,1000度,5吨\n', 'E2348', 3, ('度', '万kWh')),
    ('another unit than the row', '2023年,,\n能源名称,消耗量,计量单位\n柴油,5吨,kg\n', 'E2348', 3, ('吨', 'kg')),
    ('another unit than the line above', '2023年,,\n单位：万kWh,,\n能源,1月,2月\n电,1000度,2\n', 'E2348', 4, ('度', '万kWh')),
    ('a sum in another unit', '2023年,,,\n能源,1月,2月,合计\n电,1000度,1000度,0.2万kWh\n', 'E2329', 3, ('0.2',)),
    ('a sum of two units', '2023年,,,\n能源,1月,2月,合计\n电,1000度,0.1万kWh,2000度\n', 'E2329', 3, ('2000',)),
    ('a sum that is wrong', '2023年,,,\n能源,1月,2月,合计\n电,1000度,1100度,2200度\n', 'E2328', 3, ('2200', '2100')),
    ('a total below that is wrong', '2023年,,,\n场所,能源,1月,2月\n一厂,电,1000度,2度\n二厂,电,1000度,2度\n合计,,3000度,4度\n', 'E2328', 5, ('3000', '2000')),
    ('a number of numbers', '2023年,,\n能源,1月,2月\n电,3万,2度\n', 'E2337', 3, ('电',)),
)

# Name, what stands in a right table, what it becomes, code of the error, what it says.
WRONG = (
    ('the total of reductions', '合  计,,,,750', '合  计,,,,760', 'E2328', ('760', '750')),
    ('the sum beside a heading', '一、能源领域,,,,700', '一、能源领域,,,,710', 'E2328', ('710', '700')),
    ('the sum of investment beside a heading', '700,420', '700,440', 'E2328', ('440', '420')),
)

BROKEN = (
    ('an indicator that is unknown', '指标,2025年,2028年\n碳排放总量（吨）,1,2\n碳排放强度降幅（%）,1,2\n', 'E2362', 3, ('碳排放强度降幅', '排放强度')),
    ('a column of targets against another year', '指标,2025年,2026年,2028年较2020年下降\n碳排放总量（吨）,1,2,3\n', 'E2331', 1, ('2028年较2020年下降',)),
    ('unlike indicators in one total', '指标,单位,2025年,2028年\n碳排放总量,吨,1,2\n碳排放强度,吨/万元,1,2\n合计,,2,4\n', 'E2329', 4, ('2',)),
    ('a total of one indicator that is wrong', '指标,单位,2025年,2028年\n碳排放总量,吨,1,2\n合计,,1,3\n', 'E2328', 3, ('3', '2')),
)


# Down the rows, as CSV and in a workbook: sums from one start, of which the longest counts, and totals that no word names.
DOWN = (
    ('a column of sums since January', '2023年\n月份,累计用电量(万kWh)\n' + ''.join(f'{m}月,{m * 100}\n' for m in range(1, 13)), '2023,,用电量,1200,万kWh\n'),
    ('a column of sums since January, not filled to its end', '2023年\n月份,累计用电量(kWh)\n3月,400\n1月,100\n2月,250\n4月,-\n', '2023Q1,,用电量,400,kWh\n'),
    ('sums since January of two years and sites', '月份,厂区,累计用电量(kWh)\n2022年1月,一厂,1\n2022年12月,一厂,9\n2023年1月,一厂,2\n2023年2月,一厂,3\n2023年1月,二厂,4\n2023年2月,二厂,4\n',
     '2022,一厂,用电量,9,kWh\n2023-01/2023-02,一厂,用电量,3,kWh\n2023-01/2023-02,二厂,用电量,4,kWh\n'),
    ('a list of sums since January', '2023年\n月份,能源,单位,累计消费量\n1月,电力,kWh,1\n1月,柴油,t,2\n2月,电力,kWh,3\n2月,柴油,t,5\n', '2023-01/2023-02,,电力,3,kWh\n2023-01/2023-02,,柴油,5,t\n'),
    ('longer and longer times', '2023年\n期间,用电量(kWh)\n1-3月,100\n1-6月,200\n1-9月,300\n1-12月,400\n', '2023,,用电量,400,kWh\n'),
    ('longer and longer times from a month on', '2023年\n月份,用电量(kWh)\n' + ''.join(f'1-{m}月,{m * 10}\n' for m in range(1, 13)), '2023,,用电量,120,kWh\n'),
    ('a month, and longer and longer times', '2023年\n月份,用电量(kWh)\n1月,100\n1-2月,250\n1-3月,400\n', '2023Q1,,用电量,400,kWh\n'),
    ('a total of months without a word', '2023年\n月份,用电量(kWh),柴油(t)\n1月,100,1\n2月,150,\n,250,1\n', '2023-01,,用电量,100,kWh\n2023-01,,柴油,1,t\n2023-02,,用电量,150,kWh\n'),
    ('a total of months with a unit alone', '2023年\n月份,用电量,单位\n1月,100,kWh\n2月,150,kWh\n,250,kWh\n', '2023-01,,用电量,100,kWh\n2023-02,,用电量,150,kWh\n'),
    ('a total of sites without a word', '2023年\n厂区,用电量(kWh)\n一厂,100\n二厂,200\n,300\n', '2023,一厂,用电量,100,kWh\n2023,二厂,用电量,200,kWh\n'),
    ('totals of each site and of all without a word', '2023年\n厂区,月份,用电量(kWh)\n一厂,1月,1\n,2月,2\n,,3\n二厂,1月,4\n,2月,5\n,,9\n,,12\n',
     '2023-01,一厂,用电量,1,kWh\n2023-02,一厂,用电量,2,kWh\n2023-01,二厂,用电量,4,kWh\n2023-02,二厂,用电量,5,kWh\n'),
    ('a total of sites without a word, by energy', '2023年\n能源,单位,1月,2月\n电力,kWh,1,2\n光伏自用电量,kWh,3,4\n,,4,6\n',
     '2023-01,,电力,1,kWh\n2023-02,,电力,2,kWh\n2023-01,,光伏自用电量,3,kWh\n2023-02,,光伏自用电量,4,kWh\n'),
)
DOWN_BROKEN = (
    ('sums since January down a column that shrink', '2023年\n月份,累计用电量(kWh)\n1月,100\n2月,250\n3月,240\n', 'E2328', 5, ('240', '250')),
    ('longer times down a column that have less', '2023年\n期间,用电量(kWh)\n1-3月,100\n1-6月,90\n1-9月,300\n', 'E2328', 4, ('90', '100')),
    ('a row of no month that is no total', '2023年\n月份,用电量(kWh)\n1月,100\n2月,100\n,150\n', 'E2339', 5, ('month', '合计')),
    ('a row of no month with a unit', '2023年\n月份,用电量,单位\n1月,100,kWh\n2月,100,kWh\n,150,kWh\n', 'E2339', 5, ('合计',)),
    ('a row of no month that is a total of one of two', '2023年\n月份,用电量(kWh),柴油(t)\n1月,100,1\n2月,100,1\n,200,3\n', 'E2339', 5, ('合计',)),
    ('a row of no month as large as the one above it', '2023年\n月份,用电量(kWh)\n1月,100\n,100\n2月,100\n', 'E2339', 4, ('month',)),
    ('a row of no site and no month', '2023年\n厂区,月份,用电量(kWh)\n一厂,1月,100\n,2月,100\n,,50\n', 'E2339', 5, ('site',)),
)


def as_workbook(t, name, text):
    book = openpyxl.Workbook()
    sheet = book.active
    for line in text.splitlines():
        row = []
        for cell in next(csv.reader([line])):
            try:
                row.append(float(cell) if '.' in cell else int(cell))
            except ValueError:
                row.append(cell or None)
        sheet.append(row)
    book.save(t.path(name))


def long_tables(t):
    for kind, tables in (('targets', TARGETS), ('measures', MEASURES)):
        for name, text, expected in tables:
            if expected is None:
                continue
            forms = (('UTF-8', text.encode()), ('GB18030', text.encode('gb18030')), ('BOM and CRLF', ('\ufeff' + text.replace('\n', '\r\n')).encode()))
            for form, content in forms:
                with t.case(f'{kind}, {name}: {form}'):
                    t.write('table.csv', content)
                    r = t.run('layout', 'table.csv', '-f', 'csv')
                    same((r.status, r.text), (OK, expected), r.errors)
                    want(f'# {kind}: header in line' in t.run('layout', 'table.csv').text, 'which kind of table it is')
                    want(f'# {"目标表" if kind == "targets" else "措施表"}：第' in t.run('--lang', 'zh', 'layout', 'table.csv').text, 'in Chinese')
            if openpyxl:
                with t.case(f'{kind}, {name}: workbook'):
                    as_workbook(t, 'table.xlsx', text)
                    r = t.run('layout', 'table.xlsx', '-f', 'csv')
                    same((r.status, r.text.replace('1,1.0,', '1,1,')), (OK, expected.replace(',1.0,', ',1,')), r.errors)
            with t.case(f'{kind}, {name}: by what was recognised'):
                t.write('table.csv', text)
                t.write('told.csv', t.run('layout', 'table.csv').text.split('\n\n# ')[0] + '\n')
                again = t.run('layout', 'table.csv', '-f', 'csv', '--kind', kind, '--layout', 'told.csv')
                same((again.status, again.text), (OK, expected), again.errors)


def domains(t):
    """A domain beside the group is compared by check: the same or that of the group, with a title above the table and without."""
    head = '序号,措施名称,领域,分组,年减排量（吨CO2e）,竣工时间\n'
    rows = ('1,外墙保温,城乡建设,组织高效能建筑示范应用,50,2025-06\n', '1,外墙保温,能源领域,组织高效能建筑示范应用,50,2025-06\n', '1,外墙保温,节能,组织高效能建筑示范应用,50,2025-06\n')
    for title in ('', '措施表,,,,,\n'):
        for form, encoding in (('UTF-8', 'utf-8'), ('GB18030', 'gb18030')):
            for row, found in zip(rows, ([], ['E3956'], ['E3956'])):
                with t.case(f'domain beside the group: {title!r}, {form}, {row.split(",")[2]}'):
                    shutil.rmtree(t.path('case'), ignore_errors=True)
                    shutil.copytree(ENTERPRISE, t.path('case'))
                    t.write('case/measures.csv', (title + head + row).encode(encoding))
                    r = t.run('check', 'case', '--diagnostics', 'json')
                    told = [d for d in r.diagnostics() if d['severity'] == 'error']
                    same([d['code'] for d in told], found, r.errors)
                    want(not told or all(w in told[0]['detail'] for w in (row.split(',')[2], '组织高效能建筑示范应用')), r.errors)


def applicants(t):
    """A table of applicants says which column is which fact."""
    table = '某区申报汇总表,,,,\n申报单位,试点类型,2023年地区生产总值（万元）,地区生产总值凭证,联系人\n甲公司,企事业单位,1200,年报.pdf,张三\n乙园区,园区,-,,李四\n注：以盖章件为准,,,,\n'
    long = '申报主体,填报项,值,单位,年份,凭证\n甲公司,名称,甲公司,,,\n甲公司,试点类型,企事业单位,,,\n甲公司,地区生产总值,1200,万元,2023,年报.pdf\n乙园区,名称,乙园区,,,\n乙园区,试点类型,园区,,,\n'
    for form, content in (('UTF-8', table.encode()), ('GB18030', table.encode('gb18030')), ('BOM and CRLF', ('\ufeff' + table.replace('\n', '\r\n')).encode())):
        with t.case(f'applicants: {form}'):
            t.write('applicants.csv', content)
            r = t.run('--lang', 'zh', 'layout', 'applicants.csv')
            same(r.status, OK, r.errors)
            for line in ('header,2', 'column.申报单位,"applicant;fact=name"', 'column.试点类型,fact=category', 'column.2023年地区生产总值（万元）,"fact=gdp;year=2023;unit=万元"',
                         'column.地区生产总值凭证,evidence=gdp', 'column.联系人,aside'):
                want(line in r.text.splitlines(), (line, r.text))
            want('申报主体表：第2行为表头，申报主体2个，填报项共5个；未读取1列' in r.text, r.text)
            r = t.run('layout', 'applicants.csv', '-f', 'csv')
            same((r.status, r.text), (OK, long), r.errors)
    if openpyxl:
        with t.case('applicants: workbook'):
            as_workbook(t, 'applicants.xlsx', table)
            r = t.run('layout', 'applicants.xlsx', '--kind', 'applicants', '-f', 'csv')
            same((r.status, r.text), (OK, long), r.errors)
    with t.case('applicants: as JSON'):
        r = t.run('layout', 'applicants.csv', '-f', 'json')
        same(r.status, 2, r.errors)
    with t.case('applicants: one twice'):
        t.write('twice.csv', table.replace('乙园区', '甲公司'))
        r = t.run('layout', 'twice.csv', '-f', 'csv', '--diagnostics', 'json')
        same((r.status, r.out, [d['code'] for d in r.diagnostics() if d['severity'] == 'error']), (INVALID, b'', ['E2361']), r.errors)
    with t.case('applicants: an inventory of several is none'):
        t.write('several.csv', '申报单位,期间,活动,数量,单位\n甲,2023,外购电力,1,kWh\n')
        r = t.run('layout', 'several.csv', '-f', 'csv')
        want('填报项' not in r.text, r.text)


def down(t):
    head = '期间,场所,活动,数量,单位\n'
    for name, text, rows in DOWN:
        for form, content in (('UTF-8', text.encode()), ('GB18030', text.encode('gb18030'))):
            with t.case(f'down the rows, {name}: {form}'):
                t.write('table.csv', content)
                r = t.run('layout', 'table.csv', '-f', 'csv')
                same((r.status, r.text), (OK, head + rows), r.errors)
        if openpyxl:
            with t.case(f'down the rows, {name}: workbook'):
                as_workbook(t, 'table.xlsx', text)
                r = t.run('layout', 'table.xlsx', '-f', 'csv')
                same((r.status, r.text), (OK, head + rows), r.errors)
    for name, text, code, line, words in DOWN_BROKEN:
        t.write('table.csv', text)
        if openpyxl:
            as_workbook(t, 'table.xlsx', text)
        for file in ('table.csv', 'table.xlsx') if openpyxl else ('table.csv',):
            with t.case(f'down the rows: {name}: {file}'):
                r = t.run('layout', file, '-f', 'csv', '--diagnostics', 'json')
                told = [d for d in r.diagnostics() if d['line'] == line]
                same((r.status, [d['code'] for d in told]), (INVALID, [code]), r.errors) # and none that it was filled down
                want(all(w in told[0]['detail'] for w in words), told[0]['detail'])


def amounts(t):
    for name, text, expected in AMOUNTS:
        for form, content in (('UTF-8', text.encode()), ('GB18030', text.encode('gb18030'))):
            with t.case(f'units behind numbers, {name}: {form}'):
                t.write('table.csv', content)
                r = t.run('layout', 'table.csv', '-f', 'csv')
                same((r.status, r.text), (OK, expected), r.errors)
                t.write('long.csv', expected)
                same(*(t.run('account', f, '-f', 'json').json()['totals'] for f in ('table.csv', 'long.csv')), 'totals')
        if openpyxl:
            with t.case(f'units behind numbers, {name}: workbook'):
                as_workbook(t, 'table.xlsx', text)
                r = t.run('layout', 'table.xlsx', '-f', 'csv')
                same((r.status, r.text), (OK, expected), r.errors)
    for name, text, code, line, words in UNLIKE_AMOUNTS:
        with t.case(f'units behind numbers: {name}'):
            t.write('table.csv', text)
            r = t.run('--lang', 'zh', 'layout', 'table.csv', '-f', 'csv', '--diagnostics', 'json')
            same((r.status, [(d['code'], d['line']) for d in r.diagnostics()]), (INVALID, [(code, line)]), r.errors)
            want(all(w in r.errors for w in words), r.errors)
    with t.case('units behind numbers: a long table has a column for them'):
        t.write('long.csv', '期间,场所,活动,数量,单位\n2023,一厂,外购电力,1000度,\n')
        want('E2209' in t.run('account', 'long.csv').errors, 'the hint')


def wrong(t):
    for name, old, new, code, words in WRONG:
        with t.case(f'wrong: {name}'):
            want(DOMAINS.count(old) == 1, old)
            t.write('table.csv', DOMAINS.replace(old, new))
            r = t.run('--lang', 'zh', 'layout', 'table.csv', '-f', 'csv')
            same((r.status, r.out), (INVALID, b''), r.errors)
            want(code in r.errors and all(w in r.errors for w in words), r.errors)
    for name, text, code, line, words in BROKEN:
        with t.case(f'broken: {name}'):
            t.write('table.csv', text)
            r = t.run('--lang', 'zh', 'layout', 'table.csv', '-f', 'csv', '--kind', 'targets', '--diagnostics', 'json')
            found = [(d['code'], d['line']) for d in r.diagnostics()]
            want((code, line) in found and all(w in r.errors for w in words), r.errors)


def of_case(t, folder, **files):
    shutil.copytree(ENTERPRISE, t.path(folder), dirs_exist_ok=True)
    for name, text in files.items():
        t.write(f'{folder}/{name}.csv', text)
    found = []
    for command in ('check', 'plan'):
        r = t.run(command, folder, '-f', 'json')
        want(r.status not in (2, 3, 5), f'{command}: {r.errors}')
        found.append(r.json())
    return found


def without(value):
    """What does not tell where lines stand or what the files are."""
    beside = ('files', 'place', 'places', 'case', 'caveats', 'line')
    if isinstance(value, dict):
        return {k: without(v) for k, v in value.items() if k not in beside}
    return [without(v) for v in value] if isinstance(value, list) else value


def cases(t):
    """Check and plan say the same of the office table and of its long table; the head says how it was understood."""
    targets = '减排目标表,,,\n指标,2025年,2026年,2028年\n碳排放总量（吨）,12000,10000,8000\n'
    long = HEAD + '2025,2025,12000,吨,碳排放总量\n2026,2026,10000,吨,碳排放总量\n2028,2028,8000,吨,碳排放总量\n'
    with t.case('check and plan of an office table and of its long table'):
        wide = of_case(t, 'wide', measures=DOMAINS, targets=targets)
        plain = of_case(t, 'long', measures=MEASURES[0][2], targets=long)
        same(without(wide), without(plain), 'results')
        for document in wide:
            said = {f['kind']: f['layout'] for f in document['files'] if 'layout' in f}
            same(sorted(said), ['measures', 'targets'], 'what was recognised')
            want(said['targets']['zh'].startswith('目标表：第2行为表头') and said['measures']['en'].startswith('measures: header in line 3'), f'{said}')
        want(not any('layout' in f for document in plain for f in document['files'] if f['kind'] != 'inventory'), 'a long table has none')
        for command in ('check', 'plan'):
            text = t.run('--lang', 'zh', command, 'wide').text
            want('目标表：第2行为表头，共3条' in text and '措施表：第3行为表头，共3条' in text, text)
    with t.case('an intensity of energy in a long table'):
        of_case(t, 'energy', targets=long + '能耗,2028,0.5,tce/万元,能耗强度\n')
        r = t.run('--lang', 'zh', 'check', 'energy')
        want(r.status != INVALID and 'C4207' in r.errors and '能耗强度' in r.errors, r.errors)
    with t.case('a layout that is kept beside the table'):
        of_case(t, 'kept', measures=DOMAINS, targets=targets)
        t.write('kept/targets.csv', targets.replace('2028年', '末期'))
        want(t.run('check', 'kept').status == INVALID, 'a header that is unknown')
        t.write('kept/targets.layout.csv', 'key,value\nheader,2\ncolumn.末期,period=2028\n')
        r = t.run('plan', 'kept', '-f', 'json')
        want(r.status == OK, r.errors)


def layouts_given(t):
    """A table in place of a layout file is one fault, whatever table it is; what `layout` printed of measures is used by check and plan, and says the same."""
    inventory = '期间,场所,活动,数量,单位\n2023,一厂,外购电力,1000,kWh\n2023,一厂,柴油,5,t\n2024,一厂,柴油,6,t\n'
    others = (('an inventory', inventory), ('measures', DOMAINS), ('long measures', MEASURES[0][2]), ('targets', HEAD + '近期,2025,1200,吨,碳排放总量\n'))
    for name, text in others:
        t.write('inventory.csv', inventory)
        t.write('other.csv', text)
        for command in ('account', 'check'):
            with t.case(f'{command} --layout with {name}'):
                folder = 'case'
                shutil.copytree(ENTERPRISE, t.path(folder), dirs_exist_ok=True)
                t.write(f'{folder}/inventory.csv', inventory)
                r = t.run(command, folder if command == 'check' else 'inventory.csv', '--layout', 'other.csv', '--diagnostics', 'json')
                same([d['code'] for d in r.diagnostics() if d['severity'] == 'error'], ['E2349'], r.errors)
    with t.case('a slip in one key of a layout file'):
        t.write('inventory.csv', inventory)
        t.write('other.csv', 'header,1\nhaeder,1\n')
        r = t.run('account', 'inventory.csv', '--layout', 'other.csv', '--diagnostics', 'json')
        same([d['code'] for d in r.diagnostics()], ['E2340'], r.errors)
    with t.case('what layout printed of measures is kept beside them'):
        before = of_case(t, 'kept-measures', measures=DOMAINS)
        t.write('kept-measures/measures.csv.layout.csv', t.run('layout', 'kept-measures/measures.csv').text)
        same(without(of_case(t, 'kept-measures', measures=DOMAINS)), without(before), 'results')
        t.write('kept-measures/measures.csv.layout.csv', 'key,value\nheader,1\n')
        same(t.run('check', 'kept-measures').status, INVALID, 'a kept layout is read')


def run(t):
    long_tables(t)
    layouts_given(t)
    domains(t)
    applicants(t)
    amounts(t)
    down(t)
    wrong(t)
    cases(t)
