# SPDX-License-Identifier: GPL-3.0-or-later
"""What would be counted twice is said, in any order of the lines: sums of other lines, parts, main meters, totals by any name, the same line
written in two ways. And what only looks so is not."""
import os
import random

from .harness import INVALID, TESTS, rows, same, spots, want

REPORTS = os.path.join(TESTS, 'reports')
SUM, PART, MAIN, TWICE, OVERLAP = 'C4074', 'C4073', 'C4075', 'C4016', 'C4017'
HEADER = 'period,activity,quantity,unit,site,source'


def said(account, *codes):
    """{code: lines by number}"""
    found = {}
    for c in account['caveats']:
        if c['code'] in codes:
            found.setdefault(c['code'], []).extend(int(p['line']) for p in c['places'])
    return {code: sorted(lines) for code, lines in found.items()}


def of(t, lines, *codes, header=HEADER):
    t.write('double.csv', rows(*lines, header=header))
    return said(t.account('double.csv'), *codes)


def reports(t):
    folder = os.path.join(REPORTS, 'submeters')
    with t.case('a main meter with its parts'):
        same(said(t.account(os.path.join(folder, 'main-and-parts.csv')), SUM, MAIN), {SUM: [2], MAIN: [2]}, 'caveats')
    with t.case('其中'):
        same(said(t.account(os.path.join(folder, 'qizhong.csv')), SUM, PART), {SUM: [2], PART: [3, 4]}, 'caveats')
    for word in ('平均', '本年累计', '汇总', '累计'):
        with t.case(f'{word} is a row of totals'):
            r = t.run('account', os.path.join(folder, f'total-{word}.csv'), '--diagnostics', 'json')
            same((r.status, [(d['code'], d['line']) for d in r.diagnostics() if d['severity'] == 'error']), (INVALID, [('E2002', 3)]), 'errors')


def totals(t):
    for word in ('全年', '小计', '总计', '合 计', '共计：', 'Grand Total', 'subtotal', 'Sub-total', 'YTD', 'Average', 'ｔｏｔａｌ', '汇总（kWh）', '月平均', 'year to date', '（合计）', '(Total)', '【合计】', '-合计'):
        for column in ('site', 'source'):
            with t.case(f'{word} in {column} is a row of totals'):
                t.write('total.csv', rows('2023-01,electricity,5,kWh,a,b', '2023-01,electricity,5,kWh,' + (f'{word},b' if column == 'site' else f'a,{word}'), header=HEADER))
                r = t.run('account', 'total.csv', '--diagnostics', 'json')
                same((r.status, [d['code'] for d in r.diagnostics() if d['severity'] == 'error']), (INVALID, ['E2002']), 'errors')
    for name in ('总计用电', '全厂合计用电', '总电量', '总用电量', 'Σ用电', '∑', '总', 'All sites', 'ALL', '全部场所', '合计用水', '一厂总用电量', '全厂合计', '一厂小计', 'Site A total', 'Total of works', '二厂平均'):
        with t.case(f'{name} may be a name: counted, and asked about'):
            same(of(t, [f'2023-01,electricity,5,kWh,{name},'], 'C4027'), {'C4027': [2]}, 'caveats')
    for name in ('总部', '总装车间', '总务处', 'Allsites Ltd', 'Alliance', '用电', '全厂', '总厂', '平均路12号', '计量室', 'Subway', 'Totara works', 'Totaliser', '汇总路站', '（一）车间', '3号楼（新）', '#3', '[A]'):
        with t.case(f'{name} is a name'):
            same(of(t, [f'2023-01,electricity,5,kWh,{name},'], 'C4027', PART, MAIN), {}, 'caveats')


def bought(t):
    """Of one site and time, in words of the activity or the source; what was bought is asked about, in any order."""
    code = 'C4237'
    twice = (
        ('in brackets', ['2023,柴油（购入）,100,t,,', '2023,柴油（消耗）,90,t,,'], [2]),
        ('before and behind', ['2023,消耗柴油,90,t,,', '2023,柴油采购量,100,t,,', '2023,购进汽油,5,t,,', '2023,汽油（消费量）,4,t,,'], [3, 4]),
        ('in the column of sources', ['2023,柴油,100,t,一厂,购入', '2023,柴油,90,t,一厂,消耗'], [2]),
        ('months within a year', ['2023-03,外购天然气,10,Nm3,a,', '2023,天然气消耗量,90,Nm3,a,', '2023-05,外购天然气,10,Nm3,a,', '2022-05,外购天然气,10,Nm3,a,'], [2, 4]),
        ('in other units', ['2023,柴油（购入）,100,L,,', '2023,柴油（消耗）,90,t,,'], [2]),
        ('of heat', ['2023,热力（购入）,100,GJ,,', '2023,热力（消耗）,90,GJ,,'], [2]),
        ('in English', ['2023,purchased diesel,100,t,,', '2023,diesel consumption,90,t,,'], [2]),
    )
    for name, lines, told in twice:
        with t.case(f'bought and used: {name}'):
            same(of(t, lines, code), {code: told}, 'caveats')
            back = lines[::-1]
            same(of(t, back, code), {code: sorted(back.index(lines[n - 2]) + 2 for n in told)}, 'the other way round')
    once = (
        ('of other times', ['2022,柴油（购入）,100,t,,', '2023,柴油（消耗）,90,t,,']),
        ('of other sites', ['2023,柴油（购入）,100,t,a,', '2023,柴油（消耗）,90,t,b,']),
        ('of other things', ['2023,柴油（购入）,100,t,,', '2023,汽油（消耗）,90,t,,']),
        ('bought alone', ['2023,外购电力,100,kWh,,', '2023,柴油（购入）,100,t,,', '2023,办公用电,5,kWh,,']),
        ('nothing used', ['2023,柴油（购入）,100,t,,', '2023,柴油（消耗）,0,t,,']),
    )
    for name, lines in once:
        with t.case(f'bought and used, no fault: {name}'):
            same(of(t, lines, code), {}, 'caveats')


def sums(t):
    parts = ['2023-01,electricity,1234.5,kWh,A,', '2023-01,electricity,2345.6,kWh,B,', '2023-01,electricity,3580.1,kWh,C,']
    others = ['2023-02,electricity,1300,kWh,A,', '2023-02,electricity,2400,kWh,B,', '2023-02,electricity,3999,kWh,C,', '2023-01,natural_gas,99,Nm3,A,']
    with t.case('the sum of all others, in any order'):
        for seed in range(6):
            lines = random.Random(seed).sample(parts + others, 7)
            same(of(t, lines, SUM), {SUM: [lines.index(parts[2]) + 2]}, f'order {seed}')
    with t.case('in other units, in several files, with other marks'):
        same(of(t, [parts[0], '2023年1月,外购电力,2.3456,MWh,B,', '202301,电,"3,580.10",kWh,C,'], SUM), {SUM: [4]}, 'caveats')
        names = [t.write(f'{n}.csv', rows(line, header=HEADER)) for n, line in enumerate(parts)]
        account = t.account(*names)
        same([spots(c) for c in account['caveats'] if c['code'] == SUM], [['2.csv:2']], 'caveats')
    for last in ('3580.0', '3580.11', '3.5801'):
        with t.case(f'{last} is not the sum'):
            same(of(t, parts[:2] + [f'2023-01,electricity,{last},kWh,C,'], SUM), {}, 'caveats')
    with t.case('two lines of one amount are no sum, with nothing beside them'):
        same(of(t, ['2023-01,electricity,5000,kWh,A,', '2023-01,electricity,5000,kWh,B,', '2023-01,electricity,0,kWh,C,'], SUM), {}, 'caveats')
    with t.case('the sum of the others of its site, or of its source'):
        site = ['2023-01,electricity,60011,kWh,A,x', '2023-01,electricity,40022,kWh,A,y', '2023-01,electricity,100033,kWh,A,all', '2023-01,electricity,777,kWh,B,x']
        for seed in range(4):
            lines = random.Random(seed).sample(site, 4)
            same(of(t, lines, SUM), {SUM: [lines.index(site[2]) + 2]}, 'site')
            lines = [','.join([*line.split(',')[:4], line.split(',')[5], line.split(',')[4]]) for line in lines]
            same(of(t, lines, SUM), {SUM: [next(n for n, line in enumerate(lines) if ',all,' in line) + 2]}, 'source')
    with t.case('the sum of the lines beside it'):
        run = [('w', 70123), ('x', 60011), ('y', 40022), ('sub', 100033), ('z', 12345)]
        same(of(t, [f'2023-01,electricity,{v},kWh,{n},' for n, v in run], SUM), {SUM: [5]}, 'behind its parts')
        same(of(t, [f'2023-01,electricity,{v},kWh,{n},' for n, v in run[::-1]], SUM), {SUM: [3]}, 'before its parts')
    with t.case('subtotals and the total of a table'):
        table = [100, 200, 300, 50, 60, 110, 410]
        same(of(t, [f'2023-01,electricity,{v},kWh,{n},' for n, v in enumerate(table)], SUM), {SUM: [4, 7, 8]}, 'caveats')
    # The chance of a sum is about one in as many as the numbers have steps: 12 kg beside 5 and 7 is no news, cylinders of one size least of all.
    for case, unit, values in (('kilograms of a refrigerant', 'kg', (5, 7, 12)), ('cylinders', 'kg', ('22.6', '33.9', '56.5')), ('cylinders, and one by half', 'kg', (6, 8, '14.0')),
                               ('cans', 'L', (100, 120, 220))):
        with t.case(f'few digits may add up by chance: {case}'):
            what = 'diesel' if unit == 'L' else 'R410A补充'
            same(of(t, [f'2023,{what},{v},{unit},{n},' for n, v in enumerate(values)], SUM), {}, 'caveats')
    for case, activity, values, found in (('of many digits', 'R410A补充', ('123.45', '67.8', '191.25'), [4]), ('of a meter', 'electricity', (12000, 7000, 5000), [2]),
                                          ('of a meter, in MWh', 'heat', (60, 100, 40), [3]), ('of one digit each', 'electricity', (2, 5, 3), [])):
        with t.case(f'not by chance: {case}' if found else f'by chance: {case}'):
            unit = {'heat': 'GJ', 'electricity': 'kWh'}.get(activity, 'kg')
            same(of(t, [f'2023,{activity},{v},{unit},{n},' for n, v in enumerate(values)], SUM), {SUM: found} if found else {}, 'caveats')
    for name in ('其中：一', '全厂合计用量', '总表'):
        with t.case(f'few digits, and a name that says so: {name}'):
            whole = 4 if name != '其中：一' else 2
            found = of(t, [f'2023,diesel,{7 if whole == 2 else 3},t,a,', '2023,diesel,4,t,b,', f'2023,diesel,{3 if whole == 2 else 7},t,{name},'], SUM)
            same(found, {SUM: [whole]}, 'caveats')
    again = [(m, 3 + m % 5, 4 + m % 7) for m in range(1, 7)]
    lines = [f'2023-0{m},diesel,{v},t,{n},' for m, a, b in again for n, v in (('A', a), ('B', b), ('C', a + b))]
    with t.case('few digits, in one month after the other'):
        for seed in range(3):
            order = random.Random(seed).sample(lines, len(lines))
            same(of(t, order, SUM), {SUM: sorted(n for n, line in enumerate(order, 2) if ',C,' in line)}, 'caveats')
    with t.case('few digits, in two of six months'):
        few = [line.replace(line.split(',')[2], '29') if ',C,' in line and line[6] in '3456' else line for line in lines]
        same(of(t, few, SUM), {}, 'caveats')
    with t.case('few digits that stay the same'):
        same(of(t, [f'2023-0{m},diesel,{v},t,{n},' for m in range(1, 7) for n, v in (('A', 3), ('B', 4), ('C', 7))], SUM), {}, 'caveats')
    with t.case('a year of few digits beside quarters'):
        same(of(t, ['2023,diesel,12,t,A,', *(f'2023-Q{q},diesel,{q + 1},t,B,' for q in (1, 2)), '2023-Q3,diesel,7,t,B,'], SUM), {}, 'caveats')
    with t.case('small numbers that happen to add up, beside others'):
        same(of(t, [f'2023-01,electricity,{v},kWh,{n},' for n, v in enumerate([1, 2, 3, 700, 5])], SUM), {}, 'caveats')


def parts(t):
    for name in ('其中：一车间', '其中 一车间', '其中:x', 'of which: x', 'Thereof x', '（其中）一车间', '- 其中一车间', '【其中】x', '(of which) x'):
        for place in (0, 1):
            with t.case(f'{name} is a part, {place}'):
                names = ['', '']
                names[place] = name
                same(of(t, ['2023-01,electricity,5,kWh,all,all', '2023-01,electricity,3,kWh,' + ','.join(names)], PART), {PART: [3]}, 'caveats')
    main, one, two = '2023-01,electricity,10000,kWh,{}总表,', '2023-01,electricity,{},kWh,{},', '2023-01,electricity,{},kWh,{},'
    for case, lines, expected in (
            ('losses between them', [main.format('A座'), one.format(6000, 'x'), two.format(3800, 'y')], {MAIN: [2]}),
            ('submeters by their names, however much', [main.format(''), one.format(7000, '1号分表'), two.format(6000, '2号分表')], {MAIN: [2]}),
            ('main meters of their own', [main.format('A座'), main.format('B座')], {}),
            ('more beside it than it measures', [main.format(''), one.format(70000, 'x')], {}),
            ('another month', [main.format(''), one.format(70, 'x').replace('2023-01', '2023-02')], {}),
            ('in the source, of another site', ['2023-01,electricity,10000,kWh,A,总电表', '2023-01,electricity,100,kWh,B,车间'], {}),
            ('in the source, of its site', ['2023-01,electricity,10000,kWh,A,总电表', '2023-01,electricity,100,kWh,A,车间'], {MAIN: [2]}),
            ('in English', ['2023-01,electricity,10000,kWh,A,Main meter', '2023-01,electricity,100,kWh,A,Sub-meter 1'], {MAIN: [2]})):
        for seed in range(2):
            with t.case(f'main meters: {case}, {seed}'):
                order = random.Random(seed).sample(lines, len(lines))
                where = [n + 2 for n, line in enumerate(order) if MAIN in expected and line == lines[0]]
                same(of(t, order, MAIN), {MAIN: where} if where else {}, 'caveats')


def periods(t):
    """A year of one meter beside months of others; each way round, in any order, and what only looks so."""
    def months(name, values, source=''):
        return [f'2023-{m:02},electricity,{v},kWh,{name},{source}' for m, v in enumerate(values, 1)]
    a, b = [1000 + 37 * m for m in range(12)], [2000 + 11 * m for m in range(12)]
    main, total = f'2023,electricity,{sum(a) + sum(b) + 500},kWh,总表,', f'2023,electricity,{sum(a) + sum(b)},kWh,C,'
    year_a, year_b = f'2023,electricity,{sum(a)},kWh,A,', f'2023,electricity,{sum(b)},kWh,B,'
    both = [x + y for x, y in zip(a, b)]
    for case, lines, code, hits in (
            ('a main meter by the year, submeters by the month', [main, *months('A', a), *months('B', b)], MAIN, [main]),
            ('a main meter by the month, submeters by the year', [*months('总表', both), year_a, year_b], MAIN, months('总表', both)),
            ('submeters of some months only', [main, *months('A', a[:3])], MAIN, [main]),
            ('named submeters, however much', [main.replace(str(sum(a) + sum(b) + 500), '10'), *months('1号分表', a)], MAIN,
             [main.replace(str(sum(a) + sum(b) + 500), '10')]),
            ('a year that is the sum of the months of two', [total, *months('A', a), *months('B', b)], SUM, [total]),
            ('a year that is the sum of the months of one', [year_b.replace('B', 'C'), *months('B', b)], SUM, [year_b.replace('B', 'C')]),
            ('a year that is the sum of months and a year', [total, *months('A', a), year_b], SUM, [total]),
            ('months that are the sum of years', [*months('C', both), year_a, year_b], SUM, months('C', both)),
            ('a quarter', [f'2023-Q1,electricity,{sum(a[:3]) + sum(b[:3])},kWh,C,', *months('A', a), *months('B', b)], SUM,
             [f'2023-Q1,electricity,{sum(a[:3]) + sum(b[:3])},kWh,C,'])):
        for seed in range(3):
            with t.case(f'{case}, {seed}'):
                order = random.Random(seed).sample(lines, len(lines))
                same(of(t, order, code), {code: sorted(n for n, line in enumerate(order, 2) if line in hits)}, 'caveats')
    for case, lines in (
            ('one kWh more', [total.replace(str(sum(a) + sum(b)), str(sum(a) + sum(b) + 1)), *months('A', a), *months('B', b)]),
            ('another year', [total.replace('2023', '2022'), *months('A', a), *months('B', b)]),
            ('another activity', [total.replace('electricity', 'heat'), *months('A', a), *months('B', b)]),
            ('more than the main meter', [main.replace(str(sum(a) + sum(b) + 500), '10'), *months('A', a)]),
            ('bills of two months beside months', [*months('A', a), *(f'2023-{m:02}/2023-{m + 1:02},electricity,{777 * m},kWh,B,' for m in range(1, 12, 2))])):
        with t.case(f'no caveat: {case}'):
            same(of(t, lines, SUM, MAIN), {}, 'caveats')


def whole(t):
    """What is asked of all lines, in a file of more than are remembered: the same answers by any number of threads and either reader."""
    header = 'period,activity,quantity,unit,site,note'
    lines = [f'2023-{n % 12 + 1:02},电力,{n}.5,kWh,楼{n // 12},{"" if n % 3 else "抄表"}' for n in range(280000)]
    # by hand: a year beside its months; the fourth line again, in another unit and written otherwise; a line of the middle twice again
    lines += ['2023,电力,1,kWh,楼5,', '2023-04, 电力,0.0035,MWh,楼0,抄 表', lines[140000], lines[140000]]
    order = list(range(len(lines)))
    random.Random(16).shuffle(order)
    overlapping = [n for n in order if n // 12 == 5 and n < 280000]
    again = {}
    for place, n in enumerate(order):
        again.setdefault({280001: 3, 280002: 140000, 280003: 140000}.get(n, n), []).append(place + 2)
    wanted = {TWICE: sorted(place for places in again.values() for place in places[1:]), OVERLAP: sorted(order.index(n) + 2 for n in overlapping)}
    t.write('many.csv', rows(*(lines[n] for n in order), header=header))
    for env, threads in (({'TANHE_READER': 'careful'}, '1'), ({}, '1'), ({}, '2'), ({'TANHE_READER': 'fast', 'TANHE_BLOCK': '5000'}, '3')):
        with t.case(f'of {len(lines)} lines, {threads} threads {env}'):
            same(said(t.account('many.csv', '--by', 'scope', '--threads', threads, env=env, timeout=600), TWICE, OVERLAP), wanted, 'caveats')


def unread(t):
    """Lines that only a column tells apart that is not read: its name and the lines are said."""
    code, line = 'C4162', '2023-01,electricity,1000,kWh,A,x'
    for header, name in ((',meter_no', 'meter_no'), (',,keeper', '#7'), (',序号', '序号')):
        for seed in range(2):
            with t.case(f'column {name}, {seed}'):
                lines = random.Random(seed).sample([line + at for at in (',m1', ',m2')] + [line.replace('-01', '-02') + ',m1'], 3)
                lines = [at + ',k' * header.count('keeper') for at in lines]
                t.write('double.csv', rows(*lines, header=HEADER + header))
                found = [c for c in t.account('double.csv')['caveats'] if c['code'] == code]
                same(said({'caveats': found}, code), {code: [n for n, at in enumerate(lines, 2) if '-01' in at]}, 'lines')
                want(f'column {name},' in found[0]['text']['en'], found[0]['text'])
    with t.case('of several columns the one that differs'):
        t.write('double.csv', rows(line + ',m1,k', line + ',m2,k', header=HEADER + ',meter_no,keeper'))
        text = next(c['text']['en'] for c in t.account('double.csv')['caveats'] if c['code'] == code)
        want('column meter_no,' in text, text)
    with t.case('two meters of one source whose quantities differ'):
        same(of(t, [line + ',m1', line.replace('1000', '900') + ',m2'], code, header=HEADER + ',meter_no'), {code: [2, 3]}, 'caveats')
    with t.case('in two files, columns in another order'):
        t.write('1.csv', rows('m1,' + line, header='meter_no,' + HEADER))
        t.write('2.csv', rows(line + ',m2', header=HEADER + ',meter_no'))
        same(said(t.account('1.csv', '2.csv'), code), {code: [2, 2]}, 'caveats')
    for case, lines, header in (('told apart by what is read', [line + ',m1,r1', line + ',m2,r2'], ',meter_no,evidence'),
                                ('another site', [line + ',m1', line.replace(',A,', ',B,') + ',m2'], ',meter_no'),
                                ('two deliveries', [line.replace('electricity,1000,kWh', 'diesel,5,t') + ',m1', line.replace('electricity,1000,kWh', 'diesel,6,t') + ',m2'], ',slip')):
        with t.case(f'no caveat: {case}'):
            same(of(t, lines, code, header=HEADER + header), {}, 'caveats')


def scopes(t):
    code = 'C4164'
    for activity, unit, scope, found in (('electricity', 'kWh', '1', True), ('electricity', 'kWh', '2', False), ('electricity', 'kWh', '3', True), ('natural_gas', 'Nm3', '2', True),
                                         ('natural_gas', 'Nm3', '1', False), ('natural_gas', 'Nm3', '', False)):
        with t.case(f'{activity} in scope {scope or "none"}'):
            same(of(t, [f'2023-01,{activity},5,{unit},a,b,{scope}'], code, header=HEADER + ',scope'), {code: [2]} if found else {}, 'caveats')


def contracts(t):
    with t.case('power by contract is behind no meter'):
        lines = ['2023-01,electricity,10000,kWh,A,总表,', '2023-01,electricity,100,kWh,A,绿电交易,c1']
        t.write('f.csv', 'id,gas,value,unit,source\nc1,CO2,0,kg/kWh,contract\n')
        t.write('double.csv', rows(*lines, header=HEADER + ',instrument'))
        same(said(t.account('double.csv', '--factors', 'f.csv'), MAIN), {}, 'caveats')


def identical(t):
    line = '2023-01,electricity,1000,kWh,A,x'
    for other in ('2023-1,electricity,"1,000.0",kWh,A,x', '2023年1月,外购电力,１０００,kWh, a ,X', '2023/1,electricity,1e3,kWh,A,x', '202301,electricity,1,MWh,A,x'):
        with t.case(f'{other} is the same line'):
            same(of(t, [line, other], TWICE), {TWICE: [3]}, 'caveats')
    for other in ('2023-02,electricity,1000,kWh,A,x', '2023-01,electricity,1000.1,kWh,A,x', '2023-01,electricity,1000,kWh,B,x', '2023-01,heat,1000,kWh,A,x'):
        with t.case(f'{other} is another line'):
            same(of(t, [line, other], TWICE), {}, 'caveats')
    regions = HEADER + ',region'
    for other, found in (('CN-shanghai', {TWICE: [3]}), ('上海市', {TWICE: [3]}), ('Shanghai', {TWICE: [3]}), ('江苏', {})):
        with t.case(f'上海 and {other}'):
            same(of(t, [line + ',上海', f'{line},{other}'], TWICE, header=regions), found, 'caveats')
    with t.case('what tells lines apart in a column that is not read'):
        same(of(t, [line + ',meter 1', line + ',meter 2'], TWICE, header=HEADER + ',meter_no'), {}, 'two meters')
        same(of(t, [line + ',meter 1', line + ',meter 1'], TWICE, header=HEADER + ',meter_no'), {TWICE: [3]}, 'one meter')


def many(t):
    """Linear in the lines: the longest list that is looked at, all of one month; and one sum among them."""
    with t.case('a hundred thousand lines of one month'):
        r = random.Random(5)
        values = [r.randrange(10 ** 6, 10 ** 9) for _ in range(99999)]
        lines = [f'2023-01,electricity,{v},kWh,{n},' for n, v in enumerate(values + [sum(values)])]
        r.shuffle(lines)
        at = next(n for n, line in enumerate(lines) if f',{sum(values)},' in line) + 2
        found = of(t, lines, SUM)
        want(at in found.get(SUM, []) and len(found[SUM]) == 1, f'{found}, not {at}')


# Power of the sun at one site in 2023 but for what stands before it: rows, and whether the bare one is asked about.
GENERATED = (
    (('2023,A,光伏发电,100', '2023,A,光伏自用,60', '2023,A,光伏上网,40'), 1), (('2023,A,光伏发电,100', '2023,A,光伏上网,40'), 1),
    (('2023,A,PV,100', '2023,A,self-consumed PV,60'), 1), (('2023-01,A,屋顶光伏,100', '2023-07,A,光伏自发自用,60'), 1),
    (('2023,A,光伏发电,100', '2024,A,光伏发电,90', '2023,A,余电上网,9', '2024,A,余电上网,9'), 2),
    (('2023,A,光伏发电,100',), 0), (('2023,A,光伏自用,60', '2023,A,光伏上网,40'), 0), (('2023,A,光伏发电,100', '2023,B,光伏自用,60'), 0),
    (('2022,A,光伏发电,100', '2023,A,光伏自用,60'), 0), (('2023,A,光伏发电,100', '2023,A,转供电,5'), 0), (('2023,A,光伏自用,60', '2023,A,光伏自用,50'), 0),
)


def generated(t):
    """What may be all that was generated stands beside a part of it, and is counted in full: said, whatever the order of the rows and the reader."""
    for rows, asked in GENERATED:
        for name, lines, env in ('rows', rows, {}), ('backwards', rows[::-1], {}), ('careful', rows, {'TANHE_READER': 'careful'}), ('fast', rows * 2, {'TANHE_READER': 'fast'}):
            with t.case(f'generation: {" ".join(rows)}, {name}'):
                t.write('pv.csv', '期间,场所,活动,数量,单位\n' + ''.join(f'{row},MWh\n' for row in lines))
                report = t.run('account', 'pv.csv', '-f', 'json', '--threads', '2', env=env).json()
                found = [(c['count'], [p['line'] for p in c['places']]) for c in report['caveats'] if c['code'] == 'C4233']
                where = sorted(lines.index(row) + 2 for row in rows if '自' not in row and '上网' not in row and 'self' not in row)
                same(found, [(asked, where)] if asked else [], 'caveats')


# Rows before `MWh` in 2023; the line that repeats others (C4208), those that may (C4209), numbers of the rows from 1.
POWER = (
    (('2023,A,用电量,100', '2023,A,外购电力,60', '2023,A,光伏自用,40'), {'C4208': [1]}),
    (('2023,A,外购电力,60', '2023,A,光伏自用,40', '2023,A,电,100'), {'C4208': [3]}),
    (('2023,A,生产用电,0.1e3', '2023,A,市电,60', '2023,A,光伏发电,40'), {'C4208': [1]}),
    (('2023-01,A,用电量,100', '2023-02,A,用电量,90', '2023-01,A,外购电力,60', '2023-02,A,外购电力,60', '2023-01,A,光伏自用,40', '2023-02,A,光伏自用,30'), {'C4208': [1]}),
    (('2023,A,用电量,100', '2023,A,外购电力,61', '2023,A,光伏自用,40'), {'C4209': [1]}),
    (('2023,A,用电量,100', '2023,A,光伏自用,40'), {'C4209': [1]}), (('2023,A,耗电量,100', '2023,A,光伏发电,40'), {'C4209': [1]}),
    (('2023,A,electricity consumption,100', '2023,A,self-consumed PV,40'), {'C4209': [1]}),
    (('2023,A,用电量,100', '2023,屋顶,光伏自用,40'), {'C4209': [1]}), (('2023,A,用电量,100', '2023,,光伏自用,40'), {'C4209': [1]}),
    (('2023,A,用电量,100', '2023,B,光伏自用,40', '2023,B,外购电力,40'), {}),
    (('2023,A,外购电力,100', '2023,A,光伏自用,40'), {}), (('2023,A,电网用电,100', '2023,A,光伏自用,40'), {}), (('2023,A,电,100', '2023,A,光伏自用,40'), {}),
    (('2023,A,用电量,100', '2022,A,光伏自用,40'), {}), (('2023,A,用电量,100', '2023,A,光伏上网,40'), {}), (('2023,A,用电量,100', '2023,A,外购电力,60'), {}),
)


def power(t):
    """用电量, power used, may be what was bought and what was generated and used: said of the year and site, in any order, by any reader, with two sites of one kind."""
    for rows, asked in POWER:
        for name, lines, env in ('rows', rows, {}), ('backwards', rows[::-1], {}), ('careful', rows, {'TANHE_READER': 'careful'}):
            with t.case(f'power used: {" ".join(rows)}, {name}'):
                t.write('power.csv', '期间,场所,活动,数量,单位\n' + ''.join(f'{row},MWh\n' for row in lines))
                found = places_of(t.account('power.csv', '--threads', '2', env=env), 'C4208', 'C4209')
                want_of = {code: sorted(lines.index(rows[n - 1]) + 2 for n in at) for code, at in asked.items()}
                if len(rows) == 6 and name == 'backwards':
                    want_of = {'C4208': [6]}  # the first line of the name in the file
                same(found, want_of, 'caveats')
    with t.case('power used: columns of a table'):
        for columns, values, asked in (('用电量(kWh),光伏自用(kWh)', '100,40', {'C4209': [2]}), ('用电量(kWh),外购电量(kWh),光伏自用(kWh)', '100,60,40', {'C4201': [1]})):
            t.write('power.csv', f'月份,{columns}\n2023-01,{values}\n2023-02,{values}\n')
            same(places_of(t.account('power.csv'), 'C4201', 'C4208', 'C4209'), asked, columns)
    with t.case('power used: what is counted twice'):
        t.write('power.csv', '期间,活动,数量,单位\n2023,用电量,200,kWh\n2023,外购电力,0.12,MWh\n2023,光伏自用,80,kWh\n')
        account = t.account('power.csv')
        want('80 kWh' in next(c['text']['en'] for c in account['caveats'] if c['code'] == 'C4208'), 'what is counted twice')
    with t.case('two sites of one kind, each asked about'):
        t.write('power.csv', '期间,场所,活动,数量,单位\n' + ''.join(f'2023,{s},光伏发电,100,MWh\n2023,{s},光伏上网,40,MWh\n2023,{s},用电量,9,MWh\n' for s in 'ABC'))
        same(places_of(t.account('power.csv'), 'C4209', 'C4233'), {'C4233': [2, 5, 8], 'C4209': [4, 7, 10]}, 'caveats')


def places_of(account, *codes):
    """{code: lines}"""
    return {c['code']: [int(p['line']) for p in c['places']] for c in account['caveats'] if c['code'] in codes}


def run(t):
    generated(t)
    power(t)
    reports(t)
    totals(t)
    bought(t)
    sums(t)
    parts(t)
    contracts(t)
    periods(t)
    whole(t)
    unread(t)
    scopes(t)
    identical(t)
    many(t)
