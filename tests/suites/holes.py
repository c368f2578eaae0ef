# SPDX-License-Identifier: GPL-3.0-or-later
"""Months without data: named series by series with the line to paste, and nothing that rests on them is simply met."""
import csv
import os
import random
import re
import shutil

from .harness import ROOT, english, lacks, same, spots, want

EXAMPLES = os.path.join(ROOT, 'examples')
REPORTS = os.path.join(ROOT, 'tests', 'reports')
PARAMS = os.path.join(EXAMPLES, 'params-illustrative.csv')
HOLES = 'C4060'


def lay_out(t, name, report, *more, facts=''):
    folder = t.path(name)
    shutil.copytree(os.path.join(REPORTS, report), folder)
    for file, text in (('inventory.csv', ''.join(more)), ('case.csv', facts)):
        with open(os.path.join(folder, file), 'a', encoding='utf-8') as f:
            f.write(text)
    return folder


def verdict(t, folder):
    ran = t.run('check', folder, '--params', PARAMS, '-f', 'json')
    answer = ran.json()
    return ran.status, {r['id']: r['status'] for r in answer['requirements']}


def holes(t, folder):
    ran = t.run('account', folder, '-f', 'json')
    same(ran.status, 0, 'status of account')
    return [(h.get('site', ''), h['activity'], tuple(h['periods'])) for h in ran.json().get('holes', [])]


def report_cases(t):
    with t.case('a missing month is named, and requirement 2 is open'):
        folder = lay_out(t, 'month', 'missing-month')
        same(holes(t, folder), [('A', 'electricity', ('2023-03',))], 'holes')
        status, found = verdict(t, folder)
        same((status, found['4.3-req2']), (4, 'undetermined'), 'verdict')
    with t.case('half a year of the monthly meter is missing although other lines cover the year'):
        folder = lay_out(t, 'half', 'half-year')
        want(any(h[2] == ('2023-07/2023-12',) for h in holes(t, folder)), f'{holes(t, folder)}')
        same(verdict(t, folder)[0], 4, 'verdict')


def siblings(t):
    line = '2023-03,electricity,{},MWh,A,上海\n'
    for name, more, facts, left in (('the line itself', [line.format(1000)], '', 0), ('a line of quantity 0', [line.format(0)], '', 0),
                                    ('a line of the year hides no hole', ['2023,electricity,1,MWh,A,上海\n'], '', 1),
                                    ('another site does not fill it', [line.format(5).replace(',A,', ',B,')], '', 1)):
        with t.case(f'missing month: {name}'):
            folder = lay_out(t, 'sibling ' + name, 'missing-month', *more, facts=facts)
            found = [h for h in holes(t, folder) if h[0] == 'A']
            same(len(found), left, 'holes of A')
            same(verdict(t, folder)[0], 4 if left else 0, 'verdict')
    with t.case('missing month: the case says why'):
        folder = lay_out(t, 'reason', 'missing-month', facts='holes_reason,三月停产检修，电表未计量,,,\n')
        same(verdict(t, folder), (0, dict(verdict(t, folder)[1], **{'4.3-req2': 'met'})), 'verdict')
        want(holes(t, folder), 'and the hole is still named')


def order(t):
    """Rows in any order: the same holes, the same caveats."""
    with open(os.path.join(REPORTS, 'missing-month', 'inventory.csv'), encoding='utf-8-sig') as f:
        head, *lines = f.read().splitlines()
    seen = None
    for seed in range(4):
        random.Random(seed).shuffle(lines)
        t.write(f'{seed}.csv', '\n'.join([head, *lines]) + '\n')
        answer = t.account(f'{seed}.csv')
        what = [[(h['site'], h['activity'], h['periods']) for h in answer['holes']], sorted(c['code'] for c in answer['caveats']), [y.get('totals') for y in answer['years']]]
        with t.case(f'order {seed}'):
            want(seen is None or what == seen, f'{what} and {seen}')
            seen = what


# --- verdicts on years with holes ---

def years_of(t, name, gaps=(), **quantities):
    """An enterprise with two sites of power by months and a line of gas, base year 2023 and end year 2028. `gaps`: months left out, as (site, month)."""
    folder = t.path(name)
    shutil.copytree(os.path.join(EXAMPLES, 'enterprise'), folder)
    for part in ('inventory.csv', 'targets.csv', 'factors.csv', 'instruments.csv'):
        os.remove(os.path.join(folder, part))
    rows = ['period,site,activity,quantity,unit,region']
    for year, usual in (('2023', 1000), ('2028', quantities.get('end', 100))):
        for site in 'AB':
            rows += [f'{year}-{month:02},{site},electricity,{usual},MWh,上海' for month in range(1, 13) if (site, f'{year}-{month:02}') not in gaps]
    with open(os.path.join(folder, 'inventory.csv'), 'w', encoding='utf-8') as f:
        f.write('\n'.join(rows) + '\n')
    return folder


def size(t, folder, *more, params=PARAMS):
    result = t.run('check', folder, '--params', params, '-f', 'json', '--fallback', 'nearest', *more)
    answer = result.json()
    return result.status, next(r for r in answer['requirements'] if r['id'] == '4.3-req5'), answer


INVENTORY = ('--reading', 'reduction_reading=inventory')


def verdicts(t):
    # 12,000 MWh a year at each site, then 1,200: by the inventories nine tenths less, far above both illustrative limits (1.11 %, 1,111 t).
    cases = (('whole', (), 'met', 'met'), ('a month of the base year', [('A', '2023-03')], 'undetermined', 'undetermined'),
             ('a month of the end year', [('A', '2028-03')], 'met', 'undetermined'), ('of the other site', [('B', '2028-12')], 'met', 'undetermined'),
             ('of both years', [('A', '2023-03'), ('B', '2028-03')], 'undetermined', 'undetermined'))
    for name, gaps, by_measures, by_inventories in cases:
        folder = years_of(t, 'years ' + name, gaps)
        for reading, expected in (((), by_measures), (INVENTORY, by_inventories)):
            with t.case(f'{name}, {" ".join(reading) or "by measures"}'):
                status, found, answer = size(t, folder, *reading)
                same(found['status'], expected, 'size')
                same(status, 0 if expected == 'met' and found['status'] == 'met' and not any(g[1] < '2024' for g in gaps) else 4, 'status')
                if expected == 'undetermined':
                    want('holes_reason' in lacks(found), found['missing'])
                    want(all(f'inventory:{m[:4]}:{s}::electricity' in lacks(found) for s, m in gaps if reading or m < '2024'), found['missing'])
                    want('inventory:' not in found['why']['en'] and 'electricity' in found['why']['en'], found['why'])
            with t.case(f'{name}, {" ".join(reading) or "by measures"}, the reason accepted'):
                status, found, answer = size(t, folder, *reading, '--accept-holes', '电表检修')
                same((status, found['status']), (0, 'met'), 'size')
                same('电表检修' in ''.join(english(answer['caveats'], 'C4153')), bool(gaps), 'the reason stands in the report')
    with t.case('more emissions at the end could only worsen it: not met stays'):
        # 995 of 1,000 MWh a month: 0.5 % less before what is missing, the limit is above 1.11 %.
        folder = years_of(t, 'worse', [('A', '2028-03')], end=1085)
        same(size(t, folder, *INVENTORY)[1]['status'], 'not_met', 'size')
    with t.case('more emissions of the base year could better it: open'):
        folder = years_of(t, 'better', [('A', '2023-03')], end=1085)
        same(size(t, folder, *INVENTORY)[1]['status'], 'undetermined', 'size')
    with t.case('a share below the limit only falls with a larger base'):
        folder = years_of(t, 'share', [('A', '2023-03')])
        t.write('high.csv', 'param,value,unit,source\nmin_reduction_share,90,%,test\nmin_reduction,1,t CO2e,test\n')
        same(size(t, folder, params=t.path('high.csv'))[1]['status'], 'not_met', 'size')
    with t.case('one month of a source in twelve weighs as its whole year'):
        folder = years_of(t, 'one month', [('B', f'2023-{m:02}') for m in range(2, 13)])
        same(size(t, folder)[1]['status'], 'undetermined', 'size')
    # Less than a month of a year cannot be more complete than a month of it: no line of the base year, the end of a bill, a fuel of three months.
    for name, line in (('no line of it', '2022-12,A,electricity,1000,MWh,上海'), ('the end of a bill', '2022-12-15/2023-01-14,A,electricity,1000,MWh,上海'),
                       ('a fuel of three months', '2023-01/2023-03,A,diesel,100,t,上海')):
        folder = years_of(t, 'base year ' + name)
        t.write('base year ' + name + '/inventory.csv', 'period,site,activity,quantity,unit,region\n' + line + '\n')
        for reason in ((), ('--accept-holes', '电表检修')):
            with t.case(f'a base year without data, {name}{", the reason accepted" if reason else ""}'):
                statistics = next(r for r in size(t, folder, *reason)[2]['requirements'] if r['id'] == '4.3-req2')
                same(statistics['status'], 'met' if reason else 'undetermined', 'statistics')
                want(reason or {'inventory:2023', 'holes_reason'} <= set(lacks(statistics)), statistics['missing'])
    with t.case('a site of the year before that the base year lacks'):
        folder = years_of(t, 'site gone', [('B', f'2023-{m:02}') for m in range(1, 13)] + [('B', f'2028-{m:02}') for m in range(1, 13)])
        with open(os.path.join(folder, 'inventory.csv'), 'a', encoding='utf-8') as f:
            f.write(''.join(f'2022-{m:02},{site},electricity,1000,MWh,上海\n' for m in range(1, 13) for site in 'AB'))
        same(size(t, folder)[1]['status'], 'undetermined', 'size')
    with t.case('a site that begins after the base year'):
        folder = years_of(t, 'site new', [('B', f'2023-{m:02}') for m in range(1, 13)])
        status, found, answer = size(t, folder)
        same((status, found['status'], [r['status'] for r in answer['requirements'] if r['id'] == '4.3-req2']), (4, 'undetermined', ['undetermined']), 'size and statistics')
        want('inventory:2023:B::electricity' in lacks(found), found['missing'])
        with open(os.path.join(folder, 'case.csv'), 'a', encoding='utf-8') as f:
            f.write('in_use_from.B,2028-01,,,\n')
        same((size(t, folder)[0], size(t, folder)[1]['status']), (0, 'met'), 'newly opened')
    with t.case('a reason that says nothing is no reason'):
        result = t.run('check', os.path.join(EXAMPLES, 'enterprise'), '--accept-holes', ' ')
        same((result.status, 'E3823' in result.errors), (2, True), 'status')


HEAD = '期间,场所,活动,数量,单位,地区\n'


def months(name, which, site='甲'):
    return ''.join(f'2023-{m:02},{site},{name},100,MWh,上海\n' for m in which)


def names_apart(t):
    everyone = set(range(1, 13))
    for name in ('绿电', '绿色电力', '外购绿电'):
        with t.case(f'{name} hides no missing month of the grid'):
            t.write('green.csv', HEAD + months('外购电力', everyone - {3}) + months(name, everyone))
            same(holes(t, 'green.csv'), [('甲', 'electricity', ('2023-03',))], 'holes')
        with t.case(f'{name} of one month, which the grid lacks'):
            t.write('green.csv', HEAD + months(name, {3}) + months('外购电力', everyone - {3}))
            want(('甲', 'electricity', ('2023-03',)) in holes(t, 'green.csv'), f'{holes(t, "green.csv")}')
    with t.case('a missing month of green power is told in its own words'):
        t.write('green.csv', HEAD + months('外购电力', everyone) + months('绿电', everyone - {5}))
        found = t.account('green.csv')['holes']
        same([(h['activity'], h['periods'], h['paste']) for h in found], [('electricity', ['2023-05'], '2023-05,甲,,绿电,?,MWh')], 'holes')
    with t.case('two names of one thing are one series'):
        t.write('names.csv', HEAD + months('外购电力', range(1, 7)) + months('用电量', range(7, 13)))
        same(holes(t, 'names.csv'), [], 'holes')


def in_use(t):
    """Fact rows bound a series: of their site, or of all; a day or a month; alone or behind the fact's name."""
    for name, facts, missing in (
            ('no fact', '', ('2023-01/2023-03', '2023-11/2023-12')),
            ('both', '启用,2023-04\n停用,2023-10\n', ()),
            ('in English', 'in_use_from,2023-04-01\nin_use_until,2023-10-31\n', ()),
            ('the site behind the name', '启用.甲,2023-04\n停用.甲,2023-10\n', ()),
            ('another site', '启用.乙,2023-04\n停用.乙,2023-10\n', ('2023-01/2023-03', '2023-11/2023-12')),
            ('only the beginning', '启用时间,2023年4月\n', ('2023-11/2023-12',)),
            ('in use before the first line', '启用,2023-03\n停用,2023-10\n', ('2023-03',)),
            ('in the middle of a month', '启用,2023-03-16\n停用日期,2023-10-31\n', ('2023-03-16/2023-03-31',)),
            ('the narrower of two', '启用,2023-02\n启用.甲,2023-04\n停用,2023-10\n', ())):
        with t.case(f'in use: {name}'):
            t.write(f'use {name}/inventory.csv', HEAD + months('外购电力', range(4, 11)))
            t.write(f'use {name}/case.csv', '指标,值\n名称,甲\n' + facts)
            same(holes(t, t.path(f'use {name}')), [('甲', 'electricity', missing)] if missing else [], 'holes')
            unknown = sorted(spots(c)[0].rsplit(':', 1)[1] for c in t.account(t.path(f'use {name}'))['caveats'] if c['code'] == 'C4165')
            same(unknown, ['3', '4'] if '乙' in facts else [], 'facts of a site that no line has')
    # 甲 has 2022, 乙 both years: what ended is missing until it is said when.
    both = months('外购电力', range(1, 13)).replace('2023', '2022') + ''.join(months('外购电力', range(1, 13), '乙').replace('2023', y) for y in ('2022', '2023'))
    for name, more, facts, missing in (('no word of it', '', '', ('2023',)), ('out of use', '', '停用.甲,2022-12\n', ()), ('out of use later', '', '停用.甲,2023-02\n', ('2023-01/2023-02',)),
                                       ('its year in one line', '2023,甲,外购电力,1200,MWh,上海\n', '', ()), ('months of 0', months('外购电力', range(1, 13)).replace(',100,', ',0,'), '', ())):
        with t.case(f'a series that ends before the others: {name}'):
            t.write(f'end {name}/inventory.csv', HEAD + both + more)
            t.write(f'end {name}/case.csv', '指标,值\n名称,甲\n' + facts)
            same(holes(t, t.path(f'end {name}')), [('甲', 'electricity', missing)] if missing else [], 'holes')
    # The other way round: 乙 has both years, 甲 only 2023. Its site may be new, or 2022 left out.
    both = months('外购电力', range(1, 13)) + ''.join(months('外购电力', range(1, 13), '乙').replace('2023', y) for y in ('2022', '2023'))
    before = months('外购电力', range(1, 13)).replace('2023', '2022')
    for name, more, facts, missing in (('no word of it', '', '', ('2022',)), ('in use since', '', '启用.甲,2023-01\n', ()), ('in use before', '', '启用.甲,2022-11\n', ('2022-11/2022-12',)),
                                       ('its year in one line', '2022,甲,外购电力,1200,MWh,上海\n', '', ()), ('months of 0', before.replace(',100,', ',0,'), '', ()),
                                       ('a bill from the year before', '2022-12-15/2023-01-14,甲,外购电力,5,MWh,上海\n', '', ('2022-01-01/2022-12-14',))):
        with t.case(f'a series that begins after the others: {name}'):
            t.write(f'begin {name}/inventory.csv', HEAD + both + more)
            t.write(f'begin {name}/case.csv', '指标,值\n名称,甲\n' + facts)
            same(holes(t, t.path(f'begin {name}')), [('甲', 'electricity', missing)] if missing else [], 'holes')
            said = english(t.account(t.path(f'begin {name}'))['caveats'], HOLES)
            same(['begin in 2023' in text and 'newly opened' in text for text in said], [True] * len(said) if missing else [], f'{said}')
    # The end of a bill is no year of data: in the year behind its series everything else lacks.
    for name, line, missing in (('behind', '2023-12-15/2024-01-14,甲', ('2024-01-15/2024-12-31',)), ('a line of that year', '2024,甲', ())):
        with t.case(f'a series whose last bill ends in the next year: {name}'):
            t.write('tail.csv', HEAD + months('外购电力', range(1, 13)) + f'{line},外购电力,5,MWh,上海\n' +
                    ''.join(months('外购电力', range(1, 13), '乙').replace('2023', y) for y in ('2023', '2024')))
            same(holes(t, t.path('tail.csv')), [('甲', 'electricity', missing)] if missing else [], 'holes')
    for bill, missing in (('2022-12-15/2023-01-14', ('2022-01-01/2022-12-14',)), ('2022-12-20/2023-01-19', ('2023-01-20/2023-12-31',))):
        with t.case(f'one bill, {bill}, is of the year with most of its days'):
            t.write('bill.csv', HEAD + f'{bill},甲,外购电力,5,MWh,上海\n')
            same(holes(t, t.path('bill.csv')), [('甲', 'electricity', missing)], 'holes')
    with t.case('in use: a site written in other letters'):
        t.write('use letters/inventory.csv', HEAD + ''.join(f'2023-{m:02},Plant A,外购电力,100,MWh,上海\n' for m in range(4, 13)))
        t.write('use letters/case.csv', '指标,值,场所\n名称,甲,\n启用,2023-04,plant a\n')
        a = t.account(t.path('use letters'))
        same((a.get('holes'), [c for c in a['caveats'] if c['code'] == 'C4165']), (None, []), 'holes and caveats')


def of_years(t):
    """A series of whole years is no hole, and a year of it that others have is asked about: not of one that took the place of another."""
    def said(name, lines, facts=''):
        t.write(f'years {name}/inventory.csv', HEAD + ''.join(f'{year},{site},{activity},100,{unit},上海\n' for year, site, activity, unit in lines))
        t.write(f'years {name}/case.csv', '指标,值\n名称,甲\n' + facts)
        return [(spots(c)[0].rsplit(':', 1)[1], re.search(r'none is of ([0-9, ]+), of which', c['text']['en']).group(1))
                for c in t.account(t.path(f'years {name}'))['caveats'] if c['code'] == 'C4097']
    a = [(year, '甲', '外购电力', 'MWh') for year in (2021, 2022, 2023)]
    for name, more, facts, expected in (('begins later', (2023,), '', [('5', '2021, 2022')]), ('between', (2021, 2023), '', [('5', '2022')]), ('ends before', (2021,), '', [('5', '2022, 2023')]),
                                        ('all', (2021, 2022, 2023), '', []), ('in use since', (2023,), '启用.乙,2023-05\n', []), ('in use since the year before', (2023,), '启用.乙,2022-05\n', [('5', '2022')])):
        with t.case(f'lines of whole years: {name}'):
            same(said(name, a + [(year, '乙', '外购电力', 'MWh') for year in more], facts), expected, 'caveats')
    with t.case('lines of whole years: another activity of one site'):
        same(said('another', a + [(2022, '甲', '外购蒸汽', 'GJ'), (2023, '甲', '外购蒸汽', 'GJ')]), [('5', '2021')], 'caveats')
    with t.case('lines of whole years: by company before, by site now'):
        same(said('boundary', [(2022, '公司', '外购电力', 'MWh'), (2023, '甲', '外购电力', 'MWh'), (2023, '乙', '外购电力', 'MWh')]), [], 'caveats')


def bounds(t):
    with t.case('more series than are looked at: nothing is said to be whole'):
        t.write('many.csv', HEAD + ''.join(f'2023-01,s{i},外购电力,1,MWh,上海\n' for i in range(65537)))
        a = t.account('many.csv', '--by', 'year')
        want('C4061' in [c['code'] for c in a['caveats']] and 'holes' not in a, 'C4061')
    with t.case('more missing years than are listed, in any order'):
        lines = [f'2023-{m:02},s{i},外购电力,1,MWh,上海\n' for i in range(400) for m in (1,)] + ['1900-01,s,外购电力,1,MWh,上海\n', '2100-01,s,外购电力,1,MWh,上海\n']
        for way in (1, -1):
            t.write('years.csv', HEAD + ''.join(lines[::way]))
            a = t.account('years.csv', '--by', 'year', '--fallback', 'nearest')
            want('C4061' in [c['code'] for c in a['caveats']] and 'holes' not in a, 'C4061')
    with t.case('a period longer than a year'):
        t.write('long.csv', HEAD + '2022-07/2024-03,甲,天然气,1,万Nm3,\n2023-07/2024-03,甲,天然气,1,万Nm3,\n')
        codes = [c['code'] for c in t.account('long.csv')['caveats']]
        want('C4063' in codes and 'C4062' in codes, f'{codes}')
    with t.case('a series too large for a sum is no lack of memory'):
        # 1.2e29 kWh x 0.5737 kg is 6.9e28 kg, and three times that more than 2^127 of 1e-9 kg; with the other site's lines between, all totals fit
        plus, minus = '2023-{:02},甲,外购电力,1.2e29,kWh,上海\n', '2023-{:02},乙,外购电力,-1.2e29,kWh,上海\n'
        t.write('large.csv', HEAD + plus.format(1) + minus.format(1) + plus.format(2) + minus.format(2) + plus.format(3))
        r = t.run('account', 'large.csv', '--diagnostics', 'json')
        same((r.status, [(d['code'], d['line']) for d in r.diagnostics()]), (3, [('E2212', 6)]), 'errors')


def out_of_use(t):
    """Lines on days on which the facts say that the site was not in use contradict the facts."""
    def said(name, months, facts):
        folder = t.path(f'out-{name}')
        os.mkdir(folder)
        for file, text in (('inventory.csv', 'period,site,activity,quantity,unit,region\n' +
                            ''.join(f'2023-{m:02d},甲,electricity,{900 + m},kWh,上海\n' for m in months)),
                           ('case.csv', f'fact,value\n{facts}')):
            with open(os.path.join(folder, file), 'w', encoding='utf-8') as f:
                f.write(text)
        return english(t.run('account', folder, '-f', 'json').json()['caveats'], 'C4096')
    for name, months, facts, days in (('behind', range(1, 9), '停用.甲,2023-05\n', '2023-06/2023-08'), ('before', range(1, 13), '启用,2023-06-01\n', '2023-01/2023-05'),
                                      ('within', range(4, 9), '启用,2023-04\n停用,2023-08-31\n', ''), ('no fact', range(1, 9), '', ''),
                                      ('another site', range(1, 9), '停用.乙,2023-05\n', '')):
        with t.case(f'lines and facts of use: {name}'):
            texts = said(name, months, facts)
            same(len(texts), 1 if days else 0, f'caveats {texts}')
            want(not days or days in texts[0], str(texts))


def refuted(t):
    """Facts that lines gainsay bound nothing, for any series of the site; what facts excuse is said: series of 甲 (months of power, of gas), facts, C4060 and C4087 named."""
    most = [1, 2, 3, 4, 5, 6]
    for name, power, gas, facts, missing, excused in (
            ('lines behind the stop', [*most, 9], [], '停用.甲,2023-06', ['2023-07/2023-08, 2023-10/2023-12'], []),
            ('the gas of that site', [*most, 9], most, '停用,2023-06', ['2023-07/2023-08, 2023-10/2023-12', '2023-07/2023-12'], []),
            ('lines before the start', [1, *range(6, 13)], [], '启用,2023-06-01', ['2023-02/2023-05'], []),
            ('a stop that nothing gainsays', most, [], '停用,2023-06', [], ['2023-07/2023-12']),
            ('a start that nothing gainsays', range(4, 13), [], '启用,2023-04', [], ['2023-01/2023-03']),
            ('a month that reaches over the stop', most, [], '停用,2023-06-20', [], ['2023-07/2023-12']),
            ('a year of data', range(1, 13), [], '停用,2024-06', [], [])):
        with t.case(f'use of a site: {name}'):
            for order in (1, -1):
                lines = [f'2023-{m:02d},甲,electricity,{900 + m},kWh,上海\n' for m in power] + [f'2023-{m:02d},甲,natural_gas,{90 + m},Nm3,\n' for m in gas]
                folder = t.path(f'refuted-{order}')
                os.makedirs(folder, exist_ok=True)
                for file, text in (('inventory.csv', 'period,site,activity,quantity,unit,region\n' + ''.join(lines[::order])), ('case.csv', f'fact,value\n{facts}\n')):
                    with open(os.path.join(folder, file), 'w', encoding='utf-8') as f:
                        f.write(text)
                caveats = t.run('account', folder, '-f', 'json').json()['caveats']
                said = sorted(re.search('no line covers ([0-9/, -]+[0-9])', text)[1] for text in english(caveats, 'C4060'))
                same(said, sorted(missing), 'months without data')
                same([re.search('no line covers ([0-9/, -]+[0-9])', text)[1] for text in english(caveats, 'C4087')], excused, 'excused')


# --- a line removed ---

MONTH = re.compile(r'(\d{4})(?:年|[-./]?)(\d{1,2})月?$')


def continuous():
    with open(os.path.join(ROOT, 'data', 'activities.csv'), encoding='utf-8-sig', newline='') as f:
        return {row['activity'] for row in csv.DictReader(f) if row['continuous']}


def inventories():
    """Each of the examples and of the reports that is a clean account by itself, with what stands beside it."""
    for base in (EXAMPLES, REPORTS):
        for name in sorted(os.listdir(base)):
            for file in sorted(os.listdir(os.path.join(base, name))) if os.path.isdir(os.path.join(base, name)) else []:
                if file.endswith('.csv'):
                    yield os.path.join(base, name), file


def beside(folder, file):
    """Options for the factors, units and the like that lie beside an inventory."""
    return [word for name in ('factors', 'units', 'instruments') if name + '.csv' != file and os.path.exists(os.path.join(folder, name + '.csv'))
            for word in (f'--{name}', os.path.join(folder, name + '.csv'))]


def monthly_lines(t, folder, file):
    """{line: (site, source, activity, month, how many lines of the series are on that month)}, for continuous series of two lines or more a year."""
    path = os.path.join(folder, file)
    with open(path, 'rb') as f:
        head = f.readline()
    if not re.search('期间|period|月份', head.decode('utf-8-sig', 'replace') + head.decode('gb18030', 'replace')):
        return {}
    if t.run('account', path, *beside(folder, file), '--ledger', 'base.csv', '-f', 'json').status:
        return {}  # what the reports refuse, and tables of other things
    found = {}
    with open(t.path('base.csv'), encoding='utf-8-sig', newline='') as f:
        for row in csv.DictReader(f):
            month = MONTH.match(row['period'])
            if month and row['activity'] in continuous():
                found[int(row['line'])] = (row['site'], row['source'], row['activity'], f'{month[1]}-{int(month[2]):02}')
    kept = {}
    for line, (site, source, activity, month) in found.items():
        series = [other for other in found.values() if other[:3] == (site, source, activity) and other[3][:4] == month[:4]]
        if len(series) > 1:
            kept[line] = (site, source, activity, month, sum(other[3] == month for other in series))
    return kept


def within(month, gap):
    """Is a month part of what is missing: a month, or a run of them?"""
    first, _, last = gap.partition('/')
    return first[:7] <= month <= (last or first)[:7]


def removed(t, step):
    """A line removed never goes unmentioned: its month is missing from its series, unless another line of the series is on that month."""
    tried = 0
    for folder, file in inventories():
        lines = monthly_lines(t, folder, file)
        name = os.path.relpath(os.path.join(folder, file), ROOT)
        with open(os.path.join(folder, file), 'rb') as f:
            content = f.read().splitlines(keepends=True)
        for line in sorted(lines)[::step]:
            site, source, activity, month, on_it = lines[line]
            if on_it > 1:
                continue
            tried += 1
            with t.case(f'{name} without line {line}, {activity} of {site} in {month}'):
                t.write('less.csv', b''.join(content[:line - 1] + content[line:]))
                account = t.account('less.csv', *beside(folder, file))
                gaps = [h for h in account.get('holes', []) if (h.get('site', ''), h.get('source', ''), h['activity']) == (site, source, activity)]
                want(any(within(month, gap) for h in gaps for gap in h['periods']), f'missing: {account.get("holes", [])}')
                want('C4060' in [c['code'] for c in account['caveats']], 'no caveat')
    with t.case('lines were removed'):
        want(tried > 10, tried)


def run(t):
    out_of_use(t)
    refuted(t)
    names_apart(t)
    in_use(t)
    of_years(t)
    bounds(t)
    report_cases(t)
    siblings(t)
    order(t)
    verdicts(t)
    removed(t, 9)


def long(t):
    removed(t, 1)
