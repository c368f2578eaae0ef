# SPDX-License-Identifier: GPL-3.0-or-later
"""Pilots behind their application: what the inventory of a later year makes of the targets, tasks as planned and as done, and what of an acceptance is decided. The five
examples, with their base year's lines once more in the year of their first target, at half and at twice the quantities."""
import csv
import os
import shutil
from decimal import Decimal as D

from .harness import INVALID, ROOT, lacks, same, spots, want

FIRST = {'building': 2026, 'community': 2026, 'enterprise': 2025, 'park': 2026, 'region': 2026}
FACTS = 'fact,value,unit,year,evidence\ncategory,enterprise,,,\ntarget,peak,,,\nbase_year,2023,,,\nstart,2024-01,,,\nend,2026-12,,,\n'
TASKS = 'id,task,requirement,clause,owner,due,done,evidence,correction\n'


def later(t, example, factor, name, year=None):
    """The example, its base year once more in `year` (that of its first target), times `factor`; its contracts of power once more as well. A folder that is there gets one more year."""
    folder, year = t.path(name), year or FIRST[example]
    if not os.path.exists(folder):
        shutil.copytree(os.path.join(ROOT, 'examples', example), folder)
    path = os.path.join(folder, 'inventory.csv')
    with open(path, encoding='utf-8-sig', newline='') as f:
        table = list(csv.reader(f))
    head = table[0]
    period, quantity = (next(i for i, h in enumerate(head) if h in names) for names in (('期间', 'period'), ('数量', 'quantity')))
    contract = [i for i, h in enumerate(head) if h in ('合同编号', '绿电合同')]
    added = []
    for row in table[1:]:
        if row and row[period].startswith('2023'):
            row = list(row)
            row[period] = row[period].replace('2023', str(year))
            row[quantity] = format(D(row[quantity].replace(',', '')) * D(factor), 'f')
            if contract and row[contract[0]]:
                row[contract[0]] += f'-{year}'
            added.append(row)
    with open(path, 'w', encoding='utf-8', newline='') as f:
        csv.writer(f, lineterminator='\n').writerows(table + added)
    contracts = os.path.join(folder, 'instruments.csv')
    if contract:
        with open(contracts, encoding='utf-8-sig', newline='') as f:
            head, *rows = csv.reader(f)
        for row in [row for row in rows if '2023' in row]:
            again = dict(zip(head, row), id=f'{row[0]}-{year}', quantity=format(D(row[2]) * 2, 'f'), year=str(year))
            rows.append(list(again.values()))
        with open(contracts, 'w', encoding='utf-8', newline='') as f:
            csv.writer(f, lineterminator='\n').writerows([head] + rows)
    return name


def accept(t, folder, *more, status=(0, 1, 4)):
    result = t.run('check', folder, '--stage', 'accept', '-f', 'json', *more)
    want(result.status in status, f'status {result.status}: {result.errors}')
    report = result.json()
    return report, {r['id']: r for r in report['requirements']}


def facts(folder, t, rows):
    with open(t.path(f'{folder}/case.csv'), encoding='utf-8-sig') as f:
        text = f.read()
    at = text.split('\n', 1)[0].split(',')
    width = len(at)
    text = '\n'.join(line for line in text.split('\n') if line.split(',')[0] not in [r[0] for r in rows])
    evidence = next(i for i, h in enumerate(at) if h in ('凭证', '佐证材料', 'evidence'))
    for fact, value, paper in rows:
        row = [''] * width
        row[0], row[1], row[evidence] = fact, value, paper
        text = text.rstrip('\n') + '\n' + ','.join(row) + '\n'
    t.write(f'{folder}/case.csv', text)


def examples(t):
    for example in FIRST:
        for factor, expected in (('0.5', 'reached'), ('2', 'missed')):
            with t.case(f'{example}: {expected} in {FIRST[example]}'):
                folder = later(t, example, factor, f'{example}-{expected}')
                report, by = accept(t, folder)
                years = {y['year']: y['totals'] for y in t.account(folder)['years']}
                first, rest = report['outcomes'][0], report['outcomes'][1:]
                same((first['year'], first['status']), (FIRST[example], expected), 'first phase')
                actual = years[FIRST[example]]['net' if first['kind'] == 'net' else 'gross']
                same(first['actual'], actual, 'the account of that year')
                same(actual <= first['target'], expected == 'reached', 'against the target')
                same({o['status'] for o in rest}, {'not_due'}, 'later phases')
                same(by['4.2-done']['status'], 'met' if expected == 'reached' else 'undetermined', 'done')
                same(by['4.2-experts']['status'], 'expert_review', 'experts')
                want(report['verdict'] not in ('eligible',), 'acceptance is for the experts')


def neutrality(t):
    with t.case('the neutrality specification is mandatory at acceptance, advice before'):
        folder = later(t, 'building', '0.5', 'neutral')
        found = {}
        for value in ('', 'no', 'yes'):
            copy = f'neutral-{value or "open"}'
            shutil.copytree(t.path(folder), t.path(copy))
            facts(copy, t, [('self_evaluation', 'yes', 'r.pdf')] + [('meets_city_neutrality_spec', value, 's.pdf')])
            report, by = accept(t, copy)
            found[value] = (by['4.3-req6-spec']['status'], by['4.3-req6-spec']['level'], report['verdict'])
        same(found, {'': ('undetermined', 'mandatory', 'undetermined'), 'no': ('not_met', 'mandatory', 'not_eligible'), 'yes': ('met', 'mandatory', 'expert_review')}, 'spec')
        result = t.run('check', 'neutral-no', '-f', 'json').json()
        same(next(r['level'] for r in result['requirements'] if r['id'] == '4.3-req6-spec'), 'general', 'at application')


def phases(t):
    folder = later(t, 'building', '0.5', 'phases')
    later(t, 'building', '2', 'phases', 2028)
    facts(folder, t, [('self_evaluation', 'yes', 'r.pdf'), ('meets_city_neutrality_spec', 'yes', 's.pdf')])
    expected = {'第一阶段': (['reached', 'not_due', 'not_due'], 'met', 'expert_review', 2026), '第二阶段': (['reached', 'missed', 'not_due'], 'undetermined', 'undetermined', 2028),
                '第三阶段': (['reached', 'missed', 'not_due'], 'undetermined', 'undetermined', 2028), None: (['reached', 'missed', 'not_due'], 'undetermined', 'undetermined', 2028)}
    for phase, (states, done, verdict, year) in expected.items():
        with t.case(f'a pilot of neutrality, phase by phase: {phase or "the last that a whole year tells of"}'):
            words = [folder, '--stage', 'accept', *(('--phase', phase) if phase else ())]
            report, by = accept(t, folder, *words[3:])
            same(([o['status'] for o in report['outcomes']], by['4.2-done']['status'], by['4.3-req6-spec']['status'], report['verdict']), (states, done, 'met', verdict), 'decided')
            same(['actual' in o for o in report['outcomes']], [True, year > 2026, False], 'nothing of a year behind the phase')
            same(lacks(by['4.2-done']), {'第一阶段': [], '第三阶段': ['tasks_done', 'phase_target_reached']}.get(phase, ['tasks_done']), 'what lacks')
            plan = t.run('plan', *words, '-f', 'json')
            same((plan.json()['outcomes'], plan.json()['tasks'], plan.json()['follow_up']['year']), (report['outcomes'], report['tasks'], year), 'plan says what check says')
            same(plan.status, t.run('plan', folder, '--actual', str(year)).status, 'as of that year')
            text = t.run('--lang', 'zh', 'report', *words, '-f', 'md').text
            row = next(cells(line) for line in text.splitlines() if line.startswith('| tCO2e | 2023 |'))
            same(row[2], str(year), 'the years that the self-evaluation compares')
            for made in ('check', 'plan'):
                t.run(made, *words, '-f', 'json', '-o', 'made.json')
                same(t.run('verify', 'made.json', folder).status, 0, f'verify {made}')
    with t.case('a phase that is not there, and one where none is evaluated'):
        for words, code in ((['--stage', 'accept', '--phase', '第四阶段'], 'E3837'), (['--phase', '第一阶段'], 'E3845'), (['--stage', 'apply', '--phase', '第一阶段'], 'E3845')):
            for command in ('check', 'plan', 'report'):
                result = t.run('--lang', 'en', command, folder, *words, *(('-f', 'md') if command == 'report' else ()))
                same(result.status, 2, command)
                want(code in result.errors and ('第一阶段, 第二阶段, 第三阶段' in result.errors or code == 'E3845'), result.errors)
        bare = small(t, 'bare', '2023,natural_gas,1000,TJ\n', '')
        os.remove(t.path(f'{bare}/targets.csv'))
        want('no phase' in t.run('--lang', 'en', 'check', bare, '--stage', 'accept', '--phase', 'A').errors, 'no table of targets')
    with t.case('no year behind the base year: a plan at that stage tells nothing yet'):
        example = os.path.join(ROOT, 'examples', 'building')
        for stage, status in (('apply', 0), ('follow', 4), ('accept', 4)):
            same(t.run('plan', example, '--stage', stage).status, status, stage)


def small(t, name, lines, targets, tasks=None, more=''):
    t.write(f'{name}/case.csv', FACTS + more)
    t.write(f'{name}/inventory.csv', 'period,activity,quantity,unit\n' + lines)
    t.write(f'{name}/targets.csv', 'phase,year,emissions,unit,kind\n' + targets)
    if tasks is not None:
        t.write(f'{name}/tasks.csv', TASKS + tasks)
    return name


def targets(t):
    gas = '2023,natural_gas,1000,TJ\n'  # 56.1 t/TJ and CH4, N2O; the same factor in each year
    with t.case('kinds of targets, each by its own meaning'):
        folder = small(t, 'kinds', gas + '2025,natural_gas,800,TJ\n',
                       'A,2025,20,%,reduction_percent\nB,2025,0.5,t CO2e/10^4 CNY,intensity\n', more='output_value,100000,10^4 CNY,2025,\n')
        report, by = accept(t, folder)
        a, b = report['outcomes']
        same((a['status'], a['kind'], a['actual'] == a['target']), ('reached', 'reduction_percent', True), 'exactly 20 % less')
        same((b['status'], b['target'], b['per']), ('reached' if a['actual'] <= 50000 else 'missed', D(50000), 'output_value'), 'per output of that year')
        want(a['base'] * D('0.8') == a['target'], 'of the base year')
    with t.case('days without data only decide against'):
        some = ''.join(f'2025-{m:02},natural_gas,1,TJ\n' for m in range(1, 12))
        folder = small(t, 'holes', gas + some + '2025,diesel,1,t\n', 'A,2025,100000,t CO2e,gross\n')
        report, by = accept(t, folder)
        same(report['outcomes'][0]['status'], 'undetermined', 'below, with a month missing')
        want('actual_low' in report['outcomes'][0], 'a lower bound')
    with t.case('stated as reached, computed as missed'):
        folder = small(t, 'stated', gas + '2025,natural_gas,900,TJ\n', 'A,2025,20,%,reduction_percent\n', more='phase_target_reached,yes,,,r.pdf\ntasks_done,no,,,r.pdf\n')
        report, by = accept(t, folder)
        same(by['4.2-done']['status'], 'not_met', 'the account decides')
        want(any('核算结果' in c['text']['zh'] for c in by['4.2-done']['caveats']), by['4.2-done']['caveats'])


def tasks(t):
    gas = '2023,natural_gas,1000,TJ\n2025,natural_gas,990,TJ\n'
    rows = ('T1,光伏,,,,2025-06,2025-05-20,a.pdf,\nT2,换热器,,,设备科,2025-06-30,2025-07-10,b.pdf,加快施工\nT3,台账,,,,2025-03-15,2025-03,c.pdf,\n'
            'T4,培训,,,,2025-12-01,,,\nT5,热泵,,,,2026-06,,,\nT6,照明,,,,2025,2025-11,,\n')
    with t.case('as planned and as done'):
        report, by = accept(t, small(t, 'tasks', gas, 'A,2025,20,%,reduction_percent\n', rows))
        found = {k['id']: (k['status'], k.get('late_days')) for k in report['tasks']}
        # T4: from 1 to 31 December 2025, the last day that the inventory tells of; T3: the day lies in the month.
        same(found, {'T1': ('done', 0), 'T2': ('done', 10), 'T3': ('done', None), 'T4': ('overdue', 30), 'T5': ('open', None), 'T6': ('unproven', 0)}, 'tasks')
        caveat = [c for c in report['caveats'] if c.get('code') == 'C4157']
        same([(spots(c), 'T6' in c['text']['en']) for c in caveat], [(['tasks.csv:7'], True)], 'done without evidence')
        same(by['4.2-done']['status'], 'not_met', 'tasks and target')
    with t.case('all done: met; one of them without evidence: open'):
        done = 'T1,光伏,,,,2025-06,2025-05-20,a.pdf,\n'
        _, by = accept(t, small(t, 'done', gas, 'A,2025,20,%,reduction_percent\n', done))
        same(by['4.2-done']['status'], 'met', 'done')
        _, by = accept(t, small(t, 'unproven', gas, 'A,2025,20,%,reduction_percent\n', done + 'T2,照明,,,,2025,2025-11,,\n', more='tasks_done,yes,,,x.pdf\n'))
        same((by['4.2-done']['status'], lacks(by['4.2-done'])), ('undetermined', ['tasks:T2']), 'unproven')
        _, by = accept(t, 'done', '--require-evidence')
        same(by['4.2-done']['status'], 'undetermined', 'the paper is not there')
    with t.case('as CSV, and in Chinese'):
        result = t.run('check', 'tasks', '--stage', 'follow', '-f', 'csv', '--table', 'tasks', '--headers', 'zh')
        table = list(csv.reader(result.out.decode('utf-8-sig').splitlines()))
        same((table[0][:2], [r[5] for r in table[1:]]), (['编号', '任务'], ['0', '10', '', '30', '', '0']), 'days late')
        result = t.run('check', 'tasks', '--stage', 'follow', '-f', 'csv', '--table', 'outcomes')
        same(len(result.out.decode('utf-8-sig').splitlines()), 2, 'outcomes')
        text = t.run('--lang', 'zh', 'check', 'tasks', '--stage', 'follow').text
        want('共6项任务：有佐证材料的已完成3项，填写已完成但无佐证材料1项，逾期未完成1项。' in text and '截至2025-12-31' in text, text)
    with t.case('words for what is not done, and for the end of a time'):
        rows = 'T1,a,,,,2025年底,未完成,,\nT2,b,,,,2025年6月底前,/,,\nT3,c,,,,2025Q2末,2025-06-30,c.pdf,\nT4,d,,,,2025-06-30,进行中,,\n'
        report, _ = accept(t, small(t, 'words', gas, 'A,2025,20,%,reduction_percent\n', rows))
        same({k['id']: (k['status'], k.get('late_days')) for k in report['tasks']}, {'T1': ('open', None), 'T2': ('overdue', 184), 'T3': ('done', 0), 'T4': ('overdue', 184)}, 'tasks')
    with t.case('a Chinese table, and what is wrong with one'):
        t.write('tasks/tasks.csv', '任务编号,任务,要求,条款,责任单位,计划完成,实际完成,佐证材料,纠正举措\nT1,光伏,,,,2025年6月,2025/5/20,a.pdf,\n')
        report, _ = accept(t, 'tasks')
        same([(k['id'], k['status']) for k in report['tasks']], [('T1', 'done')], 'read')
        t.write('tasks/tasks.csv', TASKS + 'T1,,,,,2025-13,,,\nT1,a,,,,,已完成,,\n,b,,,,,,,\n')
        result = t.run('check', 'tasks', '--diagnostics', 'json')
        same((result.status, sorted((d['code'], d['line']) for d in result.diagnostics() if d['severity'] == 'error')),
             (INVALID, sorted([('E3301', 2), ('E2403', 2), ('E3917', 3), ('E2405', 3), ('E3301', 4)])), 'errors')


def cells(line):
    return [c.strip() for c in line.strip('|').split('|')]


def reports(t):
    with t.case('the self-evaluation report has targets, tasks, both years, measures and deviations as check and account have them'):
        folder = later(t, 'building', '0.9', 'evaluation')
        t.write(f'{folder}/tasks.csv', TASKS + 'T1,光伏,,,,2025-06,2025-05-20,a.pdf,\nT2,换热器,,,设备科,2025-06-30,2025-07-10,b.pdf,加快施工\nT4,培训,,,,2025-12-01,,,\n')
        result = t.run('--lang', 'zh', 'report', folder, '--stage', 'accept', '-f', 'md')
        text, account = result.text, t.account(folder)
        same(result.status, 1, 'as check')
        for title in ('自评估报告（评价验收）', '目标完成情况', '任务完成情况', '基准年和最近完整年份的核算（同一口径）', '措施实施情况和佐证材料', '偏差和纠正举措'):
            want(title in text, title)
        years = {y['year']: y['totals'] for y in account['years']}
        row = next(cells(line) for line in text.splitlines() if line.startswith('| 总排放量 |') and len(cells(line)) == 5)
        same([D(c.replace(',', '')) for c in row[1:4]], [round(v, 2) for v in (years[2023]['gross'], years[2026]['gross'], years[2026]['gross'] - years[2023]['gross'])], 'both years')
        over = t.run('check', folder, '--stage', 'accept', '-f', 'json').json()['outcomes'][0]
        want(f'第一阶段（2026年）：比目标高{round(over["actual"] - over["target"], 2)} tCO2e' in text, 'deviation of the target')
        want('T2 换热器：延期10天完成；纠正举措：加快施工' in text and 'T4 培训：逾期未完成；未填写纠正举措' in text and '- T1' not in text, 'deviations of tasks')
    with t.case('without a second year nothing is compared; at application the report is as it was'):
        text = t.run('report', os.path.join(ROOT, 'examples', 'building'), '--stage', 'accept', '-f', 'md').text
        want('There is no whole year of data behind the base year' in text, 'one year')
        want('self-evaluation' not in t.run('report', os.path.join(ROOT, 'examples', 'building'), '-f', 'md').text, 'apply')
    with t.case('as a workbook and a document'):
        for kind in ('xlsx', 'docx'):
            same(t.run('report', 'evaluation', '--stage', 'accept', '-o', f'e.{kind}').status, 1, kind)


def outline(t):
    def economy(capex, saved, life):
        t.write('economy/case.csv', FACTS)
        t.write('economy/inventory.csv', 'period,activity,quantity,unit\n2023,electricity,100000,MWh\n')
        t.write('economy/assumptions.csv', 'param,value,unit,source\ngrowth,0,%,x\ndiscount_rate,5,%,x\nprice.electricity,1000,CNY/MWh,x\n')
        t.write('economy/measures.csv', 'id,name,group,start,end,reduction,unit,capex,opex,lifetime,activity,savings\n'
                f'M1,a,renewables_storage,2024,2024-12,100,t/a,{capex} CNY,0 CNY/a,{life},electricity,electricity {saved} MWh/a\n')
        text = t.run('report', 'economy', '--outline', '910', '-f', 'md').text
        return {cells(line)[0]: cells(line) for line in text.splitlines() if line.startswith('| M') and len(cells(line)) == 8}, text
    with t.case('payback and internal rate of return, by hand'):
        # 1,000,000 against 2 x 600,000: 6/1.1306624 + 6/1.1306624^2 = 10; paid back after 1 + 4/6 years.
        rows, text = economy(1000000, 600, 2)
        same(rows['M1'][5:7], ['1.7', '13.07'], 'two years')
        for title in ('Basis', 'Feasibility', 'Targets', 'Key tasks', 'Economics', 'Safeguards'):
            want(any(line.startswith('## ') and line.endswith(title) for line in text.splitlines()), title)
    with t.case('1,000,000 against 1,100,000 a year later are 10 %'):
        same(economy(1000000, 1100, 1)[0]['M1'][5:7], ['0.9', '10.00'], 'one year')
    with t.case('less than was put in: a rate below 0, and no payback'):
        same(economy(1000000, 400, 2)[0]['M1'][5:7], ['-', '-13.67'], 'below')  # 4/0.8633 + 4/0.8633^2 = 10
    with t.case('no rate where the flows do not turn, or nothing tells how long it lasts'):
        same(economy(1000000, 0, 5)[0]['M1'][5:8], ['-', '-', 'no rate: the flows do not change their sign'], 'nothing is saved')
        same(economy(1000000, 100, '')[0]['M1'][7], 'cost, price or life is not known', 'no life')
    with t.case('usage: a part of an outline, another outline'):
        for words in (['--outline', '910', '--part', 'costs'], ['--outline', '911']):
            same(t.run('report', 'economy', '-f', 'md', *words).status, 2, ' '.join(words))


def run(t):
    reports(t)
    outline(t)
    examples(t)
    neutrality(t)
    phases(t)
    targets(t)
    tasks(t)
