# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates that are first days of months: whether the day or the month is meant is decided by the series, over all lines of all inventories of a job."""
import csv
import datetime
import io
import json
import os
import random
import shutil

from .harness import OK, ROOT, same, want

try:
    import openpyxl
except ImportError:
    openpyxl = None

EXAMPLES = os.path.join(ROOT, 'examples')
PARAMS = os.path.join(EXAMPLES, 'params-illustrative.csv')
HEADER = 'period,site,source,activity,quantity,unit'
MONTHS, ASKED, MANY, HOLES = 'C4286', 'C4287', 'C4242', 'C4060'
WAYS = [({'TANHE_READER': 'careful'}, '1'), ({'TANHE_READER': 'fast'}, '1'), ({'TANHE_READER': 'fast', 'TANHE_BLOCK': '300'}, '2'),
        ({'TANHE_READER': 'fast', 'TANHE_BLOCK': '64'}, '3'), ({'TANHE_READER': 'fast', 'TANHE_BLOCK': '900'}, '7')]


def series(name, periods, activity='electricity', unit='kWh', quantity=100):
    return [f'{p},{name},,{activity},{quantity},{unit}' for p in periods]


def firsts(months=range(1, 13), year=2023):
    return [f'{year}-{m:02}-01' for m in months]


def table(*lines):
    return HEADER + '\n' + ''.join(line + '\n' for line in lines)


def said(answer):
    """What is said of such dates: code, how many lines, and the texts in it."""
    return [(c['code'], c['count'], c['text']['en']) for c in answer['caveats'] if c['code'] in (MONTHS, ASKED, MANY)]


def counts(answer):
    return [(code, count) for code, count, _ in said(answer)]


def holes(answer):
    return [(h.get('site', ''), tuple(h['periods'])) for h in answer.get('holes', [])]


DAYS_LEFT = [f'2023-{m:02}-02/2023-{m:02}-{d}' for m, d in zip(range(1, 13), (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31))]

# What stands in one series beside each other; the caveats (code and lines); whether the months are covered (None: not looked at).
RULES = [
    ('a year of months', firsts(), [(MONTHS, 12)], True),
    ('two months', firsts((3, 4)), [(MONTHS, 2)], None),
    ('months with a hole in them', firsts((1, 2, 3, 7, 8)), [(MONTHS, 5)], None),
    ('months over the end of a year', firsts((11, 12)) + firsts((1,), 2024), [(MONTHS, 3)], None),
    ('a month in several lines, as of tariffs', firsts() + firsts(), [(MONTHS, 24)], True),
    ('as spreadsheets write them', ['2023/1/1', '20230201', '2023-03-01 00:00:00', '2023年4月1日', '2023/5/1 0:00', '2023.6.1', '２０２３-07-01'] + firsts(range(8, 13)), [(MONTHS, 12)], True),
    ('quarters', firsts((1, 4, 7, 10)), [(ASKED, 4)], False),
    ('years', ['2021-01-01', '2022-01-01', '2023-01-01'], [(ASKED, 3)], None),
    ('every second month', firsts((1, 3, 5, 7, 9, 11)), [(ASKED, 6)], False),
    ('half-years', firsts((1, 7)), [(ASKED, 2)], False),
    ('four months apart', firsts((1, 5, 9)), [(ASKED, 3)], False),
    ('a day among them', firsts() + ['2023-01-15'], [], False),
    ('a first day that says it is one', ['2023-01-01~2023-01-01'] + firsts(range(2, 13)), [], False),
    ('all say that they are days', [f'{d}~{d}' for d in firsts()], [], False),
    ('months written as such beside them', firsts((1, 2)) + [f'2023-{m:02}' for m in range(3, 13)], [(MONTHS, 2)], True),
    ('one beside months written as such', firsts((1,)) + [f'2023-{m:02}' for m in range(2, 13)], [(MONTHS, 1)], True),
    ('quarter firsts beside months written as such', firsts((1, 4)) + ['2023-02', '2023-03'] + [f'2023-{m:02}' for m in range(5, 13)], [(MONTHS, 2)], True),
    ('a month both as month and as day', ['2023-01'] + firsts(), [(ASKED, 12)], None),
    ('bills beside them', ['2023-01-16~2023-02-15', '2023-02-16~2023-03-15'] + firsts((4, 5)), [(ASKED, 2)], None),
    ('the year before as a whole', ['2022'] + firsts(), [(MONTHS, 12)], True),
    ('a year as its first day among years', ['2021', '2022', '2023-01-01'], [(ASKED, 1)], None),
    ('one date', ['2023-05-01'], [], None),
    ('every day of a quarter', [f'2023-{m:02}-{d:02}' for m in (1, 2, 3) for d in range(1, 29)], [], None),
]


def rules(t):
    for name, periods, caveats, covered in RULES:
        with t.case(f'one series: {name}'):
            t.write('a.csv', table(*series('A', periods)))
            answer = t.account('a.csv')
            same(counts(answer), caveats, 'caveats')
            if covered is not None:
                same(not any(p in DAYS_LEFT or len(p) > 7 for h in holes(answer) for p in h[1]), covered, f'{holes(answer)}')
            # 100 kWh a line at the factor of Shanghai: the quantity of a line does not hang on what its date means
            t.write('b.csv', table(*series('A', [p[:4] for p in periods])))
            a, b = (sum(y['totals']['scope2_location'] for y in f['years']) for f in (answer, t.account('b.csv')))
            same(f'{a:.6f}', f'{b:.6f}', 't CO2e')
    for name, periods, parts in (('quarters', firsts((1, 4)), ['3 months apart', '2023-01/2023-03', '2023-01-01~2023-01-01']), ('years', ['2022-01-01', '2023-01-01'], ['12 months apart', 'write 2022 for']),
                                 ('half-years', firsts((1, 7)), ['6 months apart', '2023-01/2023-06']), ('every second month', firsts((3, 5)), ['2 months apart', '2023-03/2023-04'])):
        with t.case(f'what to write is said: {name}'):
            t.write('a.csv', table(*series('A', reversed(periods))))
            text = said(t.account('a.csv'))[0][2]
            want(all(p in text for p in parts), text)
    with t.case('what a month is taken for is said, and how the day is written'):
        t.write('a.csv', table(*series('A', firsts((3, 2)))))
        text = said(t.account('a.csv'))[0][2]
        want('2023-02-01 and the like count as the whole month, 2023-02' in text and '2023-02-01~2023-02-01' in text, text)


def beside(t):
    """Each series by itself."""
    year = series('A', firsts())
    for name, more, caveats in (
            ('quarters of another site', series('B', firsts((1, 4, 7, 10))), [(MONTHS, 12), (ASKED, 4)]),
            ('real days of another site', series('B', ['2023-01-15', '2023-02-01', '2023-03-01']), [(MONTHS, 12)]),
            ('one date of another site', series('B', ['2023-05-01']), [(MONTHS, 12), (ASKED, 1)]),
            ('one date of another activity', series('A', ['2023-05-01'], 'diesel', 't', 1), [(MONTHS, 12), (ASKED, 1)]),
            ('another name of the same activity', series('A', ['2023-05-15'], '外购电力'), []),
            ('another name of the same activity, and months', series('A', ['2024-01-01'], '外购电力'), [(MONTHS, 13)])):
        with t.case(f'a year of months, and {name}'):
            t.write('a.csv', table(*year, *more))
            same(counts(t.account('a.csv')), caveats, 'caveats')
    with t.case('one date in each of two series and no other day'):
        t.write('a.csv', table(*series('A', ['2023-05-01']), *series('B', ['2023-05-01'])))
        same(counts(t.account('a.csv')), [(ASKED, 2)], 'caveats')
    with t.case('one date in each of two series and days in a third'):
        t.write('a.csv', table(*series('A', ['2023-05-01']), *series('B', ['2023-05-01']), *series('C', ['2023-05-17'])))
        same(counts(t.account('a.csv')), [], 'caveats')
    with t.case('an activity that only its factor declares'):
        t.write('factors.csv', 'id,gas,value,unit,scope,source,confidence\nsolvent,CO2,2,kg/kg,1,contract,user\n')
        t.write('a.csv', 'period,activity,quantity,unit,factor\n2023-01-01,wax,1,kg,solvent\n2023-02-01,wax,1,kg,solvent\n2023-03-15,oil,1,kg,solvent\n')
        same(counts(t.account('a.csv', '--factors', 'factors.csv')), [(MONTHS, 2)], 'caveats')
    with t.case('a month, not a day: R410A of a stock leaks 12 kg at 5.5 % a year, a month of it one twelfth (2019 Refinement V3 Table 7.9)'):
        t.write('a.csv', 'period,activity,quantity,unit,factor\n2023-01-01,R410A,12,kg,leak-ac\n2023-02-01,R410A,12,kg,leak-ac\n')
        t.write('b.csv', 'period,activity,quantity,unit,factor\n2023,R410A,2,kg,leak-ac\n')
        same(t.account('a.csv')['totals']['gross'], t.account('b.csv')['totals']['gross'], 't CO2e')
    with t.case('an amount for each month is that of the month'):
        t.write('a.csv', 'period,activity,quantity,unit\n2023-01-01,electricity,1,MWh/月\n2023-02-01,electricity,1,MWh/月\n')
        t.write('b.csv', 'period,activity,quantity,unit\n2023,electricity,2,MWh\n')
        same(t.account('a.csv')['totals']['gross'], t.account('b.csv')['totals']['gross'], 't CO2e')


def mixed():
    """Series of every sort, of 40 sites."""
    draw = random.Random(20261130)
    lines = []
    for n in range(40):
        _, periods, _, _ = draw.choice(RULES)
        lines += series(f'S{n}', periods, *draw.choice([('electricity', 'kWh'), ('外购电力', 'MWh'), ('天然气', '万Nm3')]), draw.randrange(10 ** 8, 10 ** 9))  # no sum of others by chance
    return lines


def plain(answer):
    """Without where a line stands, and the files."""
    if isinstance(answer, list):
        return [plain(a) for a in answer]
    return {k: plain(v) for k, v in answer.items() if k not in ('inputs', 'inventories', 'place', 'places')} if isinstance(answer, dict) else answer


def alike(found, right, what):
    """The same account: what differs is named, not shown whole."""
    found, right = plain(found), plain(right)
    same([k for k in {**found, **right} if found.get(k) != right.get(k)], [], f'{what}: what differs')


def order(t):
    lines = mixed()
    t.write('all.csv', table(*lines))
    whole = t.account('all.csv')
    with t.case('all sorts stand in the table'):
        same(sorted({c for c, _ in counts(whole)}), [MONTHS, ASKED], 'codes')
    for seed in range(4):
        with t.case(f'rows in another order: {seed}'):
            draw = random.Random(seed)
            other = draw.sample(lines, len(lines))
            t.write('other.csv', table(*other))
            alike(t.account('other.csv'), whole, 'account')
            parts = [[], [], []]
            for line in other:
                draw.choice(parts).append(line)
            names = [t.write(f'part{i}.csv', table(*part)) for i, part in enumerate(parts)]
            alike(t.account(*names), whole, 'account of three files')
            alike(t.account(*reversed(names)), whole, 'account of three files the other way round')
    with t.case('places follow the lines, and are those of the months alone'):
        t.write('a.csv', table(*series('A', ['2023-05-15']), *series('B', firsts((2, 1))), *series('A', ['2023-06-01'])))
        found = [c for c in t.account('a.csv')['caveats'] if c['code'] == MONTHS][0]
        same([p['line'] for p in found['places']], [3, 4], 'lines')
    with t.case('the months of a series stand in two files'):
        t.write('a.csv', table(*series('A', firsts((1,)))))
        t.write('b.csv', table(*series('A', firsts((2,)))))
        found = [c for c in t.account('a.csv', 'b.csv')['caveats'] if c['code'] == MONTHS][0]
        same([(p['file'], p['line']) for p in found['places']], [('a.csv', 2), ('b.csv', 2)], 'places')


def readers(t):
    for what, lines in (('all sorts', mixed() * 3), ('months alone', [line for n in range(50) for line in series(f'S{n}', firsts())]),
                        ('the first such date far behind', series('A', [f'2022-{m:02}' for m in range(1, 13)] * 60) + series('B', firsts()) + series('A', ['2023-01-01', '2023-02-15']))):
        for listens in ([], ['--ledger', 'ledger.csv'], ['--by', 'site,period']):
            with t.case(f'{what}, any reader and any number of threads {" ".join(listens[:1])}'):
                t.write('a.csv', table(*lines))
                found = []
                for env, threads in WAYS:
                    r = t.run('account', 'a.csv', '-f', 'json', '--diagnostics', 'json', '--threads', threads, *listens, env=env)
                    ledger = open(t.path('ledger.csv'), 'rb').read() if '--ledger' in listens else b''
                    found.append((r.status, r.out, r.err, ledger))
                for (env, threads), one in zip(WAYS, found):
                    same(one == found[0], True, f'{env} {threads}')
    with t.case('standard input'):
        data = table(*mixed())
        t.write('a.csv', data)
        alike(t.account('-', stdin=data.encode()), t.account('a.csv'), 'account')
    with t.case('GB18030, UTF-16 and semicolons'):
        lines = series('甲', firsts(), '外购电力') + series('乙', firsts((1, 4)), '外购电力')
        t.write('a.csv', table(*lines))
        whole = t.account('a.csv')
        for data in (table(*lines).encode('gb18030'), table(*lines).encode('utf-16'), table(*lines).replace(',', ';').encode()):
            t.write('b.csv', data)
            alike(t.account('b.csv'), whole, 'account')


def sheet(rows, form):
    """A workbook with these rows; texts that are dates become dates, shown by the format."""
    book = openpyxl.Workbook()
    for row in rows:
        cells = []
        for cell in row:
            try:
                cells.append(datetime.datetime.strptime(cell, '%Y-%m-%d'))
            except ValueError:
                cells.append(float(cell) if cell.replace('.', '').isdigit() else cell)
        book.active.append(cells)
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, datetime.datetime):
                cell.number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbooks(t):
    if not openpyxl:
        t.skip('workbooks', 'no openpyxl')
        return
    lines = mixed()
    rows = list(csv.reader(io.StringIO(table(*[line for line in lines if line[10] == ',']))))
    text = io.StringIO()
    csv.writer(text, lineterminator='\n').writerows(rows)
    t.write('a.csv', text.getvalue())
    whole = t.account('a.csv')
    with t.case('the same table as a workbook'):
        t.write('a.xlsx', sheet(rows, 'yyyy-mm-dd'))
        alike(t.account('a.xlsx'), whole, 'account')
    with t.case('half of it as a workbook'):
        t.write('b.csv', '\n'.join(','.join(r) for r in rows[:1] + rows[1::2]) + '\n')
        t.write('b.xlsx', sheet(rows[:1] + rows[2::2], 'yyyy/m/d'))
        alike(t.account('b.csv', 'b.xlsx'), whole, 'account')
        alike(t.account('b.xlsx', 'b.csv', '--threads', '3', env={'TANHE_READER': 'fast'}), whole, 'account')
    with t.case('a format that shows year and month gives the month, and nothing is to be said'):
        months = list(csv.reader(io.StringIO(table(*series('A', firsts())))))
        t.write('m.xlsx', sheet(months, 'yyyy"年"m"月"'))
        t.write('m.csv', table(*series('A', [d[:7] for d in firsts()])))
        a = t.account('m.xlsx')
        same((counts(a), holes(a)), ([], []), 'said')
        same(a['totals'], t.account('m.csv')['totals'], 'totals')


def wide(t):
    """Dates across, dates down, and the long table that they make: the same account."""
    across = '活动,单位,' + ','.join(firsts((1, 2, 3))) + '\n电,kWh,1,2,3\n天然气,Nm3,4,5,6\n'
    down = '日期,用电量(kWh),用气量(Nm3)\n2023/1/1,1,4\n2023/2/1,2,5\n2023/3/1,3,6\n合计,6,15\n'
    title = '某厂2023年用能统计\n' + down
    long = table(*[f'2023-{m:02},,,{a},{q},{u}' for a, u, of in (('电', 'kWh', (1, 2, 3)), ('天然气', 'Nm3', (4, 5, 6))) for m, q in zip((1, 2, 3), of)])
    t.write('long.csv', long)
    right = t.account('long.csv')
    for name, text in (('across', across), ('down', down), ('below a title', title)):
        with t.case(f'dates {name}'):
            t.write('wide.csv', text)
            found = t.account('wide.csv')
            same(counts(found), [(MONTHS, 6)], 'said')
            same(found['totals'], right['totals'], 'totals')
            same([h[1] for h in holes(found)], [h[1] for h in holes(right)], 'holes')
            made = t.run('layout', 'wide.csv', '-f', 'csv')
            t.write('made.csv', made.out)
            same(t.account('made.csv')['totals'], found['totals'], 'of the long table')
    with t.case('a date across that says it is the day'):
        t.write('wide.csv', across.replace('2023-01-01', '2023-01-01~2023-01-01'))
        same(counts(t.account('wide.csv')), [], 'said')
        want('\n2023-01-01/2023-01-01,' in t.run('layout', 'wide.csv', '-f', 'csv').text, 'the long table says it too')
    if not openpyxl:
        return
    with t.case('dates across in a workbook'):
        t.write('wide.xlsx', sheet(csv.reader(io.StringIO(across)), 'yyyy-mm-dd'))
        found = t.account('wide.xlsx')
        same((counts(found), found['totals']), ([(MONTHS, 6)], right['totals']), 'account')


def commands(t):
    """Every command with an account: a case whose months were made first days says what it said before, and that it took them so."""
    for name in ('enterprise', 'building'):
        before, after = t.path(f'{name}/before'), t.path(f'{name}/after')
        for folder in (before, after):
            shutil.copytree(os.path.join(EXAMPLES, name), folder)
        file = os.path.join(after, 'inventory.csv')
        with open(file, encoding='utf-8-sig', newline='') as f:
            lines = list(csv.reader(f))
        of = [i for i, title in enumerate(lines[0]) if title in ('场所', '楼宇', '排放源', '设施', '活动')]
        keys = [[line[i] for i in of] for line in lines]
        months = [i for i, line in enumerate(lines) if len(line[0]) == 7 and [k for k, other in zip(keys, lines) if len(other[0]) == 7].count(keys[i]) > 1]
        for i in months:
            lines[i][0] += '-01'
        with open(file, 'w', encoding='utf-8', newline='') as f:
            csv.writer(f, lineterminator='\n').writerows(lines)
        with t.case(f'{name}: some months are there to be made days'):
            want(len(months) > 12, f'{len(months)}')
        for command in (['check', '--params', PARAMS], ['plan'], ['check', '--params', PARAMS, '--uncertainty', 'approach1']):
            with t.case(f'{name}: {command[0]} {" ".join(command[3:])}'):
                found = [t.run(command[0], folder, *command[1:], '-f', 'json') for folder in (before, after)]
                same(found[1].status, found[0].status, found[1].errors)
                a, b = (f.json() for f in found)
                told = [[(c['code'], c['count']) for x in (f, f.get('account') or {}) for c in x.get('caveats', [])] for f in (a, b)]
                same([c for c in told[1] if c not in told[0]], [(MONTHS, len(months))], 'more caveats')
                same([c for c in told[0] if c not in told[1]], [], 'fewer caveats')
                same((b.get('account') or {}).get('years'), (a.get('account') or {}).get('years'), 'years of the account')
                same([(r['id'], r['status']) for r in b.get('requirements', [])], [(r['id'], r['status']) for r in a.get('requirements', [])], 'requirements')
                same([b.get(k) for k in ('years', 'peak', 'route')], [a.get(k) for k in ('years', 'peak', 'route')], 'years')
        with t.case(f'{name}: batch'):
            found = [json.loads(t.run('batch', folder, '--params', PARAMS).out.splitlines()[0]) for folder in (before, after)]
            same(found[1]['verdict'], found[0]['verdict'], 'verdict')


def many(t):
    """Of more than 100,000 lines in all inventories none is looked at twice; that is said."""
    lines = [line for n in range(8333) for line in series(f'S{n}', firsts())]
    t.write('a.csv', table(*lines))
    t.write('b.csv', table(*series('T', firsts((1, 2, 3, 4)))))
    t.write('c.csv', table(*series('T', ['2024-01-01'])))
    t.write('d.csv', table(*series('T', ['2024-01-02'])))
    with t.case('100,000 lines'):
        same(counts(t.account('a.csv', 'b.csv')), [(MONTHS, 100000)], 'said')
    for files, env, threads in ((('a.csv', 'b.csv', 'c.csv'), {'TANHE_READER': 'careful'}, '1'), (('c.csv', 'b.csv', 'a.csv'), {'TANHE_READER': 'fast'}, '3')):
        with t.case(f'100,001 lines: {files} {env} {threads}'):
            found = said(t.account(*files, '--threads', threads, env=env))
            same([(c, n) for c, n, _ in found], [(MANY, 1)], 'said')
            want('2023-01-01' in found[0][2] and '100000' in found[0][2], found[0][2])
    with t.case('100,001 lines with another day'):
        same(counts(t.account('a.csv', 'b.csv', 'd.csv')), [], 'said')
    with t.case('no such date in a large inventory'):
        t.write('e.csv', table(*[line.replace('-01,S', ',S', 1) for line in lines]))
        same(counts(t.account('e.csv', 'c.csv', 'b.csv')), [(MANY, 1)], 'said')


def faults(t):
    """What is wrong elsewhere is told once, and as it was."""
    for name, bad, code in (('an unknown activity', '2023-05-01,A,,不存在的活动,1,t', 'E2102'), ('a broken line', '2023-05-01,A,,electricity,1', 'E1204'), ('no such date', '2023-02-30,A,,electricity,1,kWh', 'E2403')):
        with t.case(name):
            t.write('a.csv', table(*series('A', firsts()), bad))
            found = [d['code'] for d in t.run('account', 'a.csv', '--diagnostics', 'json').diagnostics()]
            same(len([c for c in found if c.startswith('E')]), 1, f'{found}')
            plain_dates = [d['code'] for d in t.run('account', t.write('b.csv', table(*series('A', ['2023-01-15']), bad)), '--diagnostics', 'json').diagnostics()]
            same([c for c in found if c.startswith('E')], [c for c in plain_dates if c.startswith('E')], 'as beside other days')
    with t.case('rows that wait to be filled in, and notes'):
        t.write('a.csv', table(*series('A', firsts()), ',B,,electricity,,kWh', '注：抄表系统导出,,,,,'))
        r = t.run('account', 'a.csv', '-f', 'json')
        same(r.status, OK, r.errors)
        same(counts(r.json()), [(MONTHS, 12)], 'said')


def run(t):
    rules(t)
    beside(t)
    order(t)
    readers(t)
    workbooks(t)
    wide(t)
    commands(t)
    many(t)
    faults(t)
