# SPDX-License-Identifier: GPL-3.0-or-later
"""The pack of national zero-carbon parks (发改环资〔2025〕910号) over accounts worked out by hand. The equivalent value of power, which the
document does not give, is 0.3 kgce/kWh here: illustrative, so that 10^9 kWh are 300,000 tce.

Power at 0.8325 kg/kWh unless direct or green (annex 4, 二(二)3①); natural gas at 56.1 t/TJ, one tce being 29.3076 GJ: 1.64415636 t/tce."""
import csv
import os
import shutil
from decimal import Decimal as D

from .harness import INVALID, ROOT, lacks, same, want

POWER = D('0.8325')
GAS = D('29.3076') * D('0.0561')
PARAMS = 'param,value,unit,source\npower_equal_value,0.3,kgce/kWh,illustrative\n'


def case(t, name, lines, params=PARAMS, facts=''):
    t.write(f'{name}/case.csv', 'fact,value,unit,evidence\nname,某园区,,\n' + facts)
    t.write(f'{name}/inventory.csv', 'period,activity,quantity,unit,factor,instrument\n' + lines)
    t.write(f'{name}/params.csv', params)
    return name


def park(green, other, gas, out=0):
    """Lines of a year: power in 10^4 kWh, gas in tce."""
    return (f'2025,electricity,{green},万kWh,,zcp910-elec-direct\n' + (f'2025,electricity,{other},万kWh,,\n' if other else '') + f'2025,natural_gas,{gas},tce,,\n'
            + (f'2025,electricity_export,{out},万kWh,,\n' if out else ''))


def decided(t, folder, stage='accept', status=(0, 1, 4)):
    result = t.run('check', folder, '--rules', 'ndrc-2025-910', '--stage', stage, '-f', 'json')
    want(result.status in status, result.errors)
    report = result.json()
    return report, {r['id']: r for r in report['requirements']}


# Power with a direct supply, other power, gas, power sent out; the size in tce and the class it is of; emissions, met or not.
PARKS = [
    # 340,000 x 0.3 x 10 + 30,000 x 3 + 90,000 = 1,020,000 + 90,000 + 90,000
    ('1.2 million tce, too much', (340000, 30000, 90000, 2000), 1200000, 'l', D(30000 - 2000) * 10 * POWER + 90000 * GAS, 'not_met'),   # 381,074.0724 / 1,200,000 = 0.3176
    ('1.2 million tce', (340000, 30000, 90000, 6000), 1200000, 'l', D(30000 - 6000) * 10 * POWER + 90000 * GAS, 'met'),                 # 347,774.0724 / 1,200,000 = 0.2898
    ('300,000 tce, too much', (80000, 10000, 30000, 0), 300000, 's', D(10000) * 10 * POWER + 30000 * GAS, 'not_met'),                   # 132,574.6908 / 300,000 = 0.4419
    ('300,000 tce', (90000, 0, 30000, 0), 300000, 's', 30000 * GAS, 'met'),                                                              # 49,324.6908 / 300,000 = 0.1644
    ('199,999 tce', (50000, 0, 49999, 0), 199999, 'small', 49999 * GAS, 'undetermined'),
    ('200,000 tce', (50000, 0, 50000, 0), 200000, 's', 50000 * GAS, 'not_met'),                                                          # 82,207.818 / 200,000 = 0.4110
    ('999,999 tce', (290000, 10000, 99999, 0), 999999, 's', D(10000) * 10 * POWER + 99999 * GAS, 'not_met'),                             # 0.2477 > 0.2
    ('1,000,000 tce', (290000, 10000, 100000, 0), 1000000, 'l', D(10000) * 10 * POWER + 100000 * GAS, 'met'),                            # 247,665.636 / 1,000,000 = 0.2477 <= 0.3
]


def parks(t):
    for name, lines, energy, size, emissions, status in PARKS:
        with t.case(name):
            report, by = decided(t, case(t, 'park', park(*lines)))
            same({k: by[f'a3-core-{k}']['status'] for k in ('small', 's', 'l')}, {k: status if k == size else 'not_applicable' for k in ('small', 's', 'l')}, 'classes')
            same(report['account']['profile']['id'], 'ndrc-2025-910', 'profile')
            core = by[f'a3-core-{size}']
            values = {i['id']: D(str(i['value'])) for i in core['inputs'] if i['id'].startswith('latest_')}
            same((values['latest_total'], values['latest_energy'] + values['latest_power'] * D('0.0003')), (emissions, energy), 'emissions, energy')
            if status == 'undetermined':
                same(lacks(core), ['core_limit_small'], 'what lacks')
            else:
                same(abs(D(str(core['limits'][0]['observed'])) - emissions / energy) < D('0.000001'), True, 'per unit of energy')
            same(by['a3-core-gate']['status'], status, 'the gate')


def lost(t):
    with t.case('no equivalent value of power'):
        _, by = decided(t, case(t, 'bare', park(90000, 0, 30000), params='param,value,unit,source\n'))
        same((by['a3-core-s']['status'], lacks(by['a3-core-s'])), ('undetermined', ['power_equal_value']), 'core')
    with t.case('energy of which no standard coal is known'):
        _, by = decided(t, case(t, 'open', park(90000, 0, 30000) + '2025,natural_gas,1000,GJ,,\n'))
        same((by['a3-core-s']['status'], lacks(by['a3-core-s'])), ('undetermined', ['inventory:natural_gas']), 'core')
    with t.case('another profile is not by annex 4'):
        folder = case(t, 'other', park(90000, 0, 30000).replace('zcp910-elec-direct', ''))
        result = t.run('check', folder, '--rules', 'ndrc-2025-910', '--stage', 'accept', '--profile', 'mee-national', '-f', 'json').json()
        same(next(r['status'] for r in result['requirements'] if r['id'] == 'a4'), 'not_met', 'a4')


def application(t):
    with t.case('planned values at application'):
        facts = 'planned_energy,1000000,tce,\nplanned_core,0.25,t CO2e/tce,\nbase_year,2025,,\nnew_park,yes,,\nboundary,whole,,\n'
        _, by = decided(t, case(t, 'plan', park(90000, 0, 30000), facts=facts), 'apply')
        same([by[i]['status'] for i in ('a3-core-s', 'a3-core-l', 'a2-base', 'a2-3y', 'a1-2', 'a2-1')], ['not_applicable', 'met', 'met', 'not_applicable', 'not_applicable', 'undetermined'], 'statuses')
        want('a3-core-gate' not in by, 'acceptance alone asks for the gate')
    with t.case('one year is not three, and 2024 is no base year'):
        _, by = decided(t, case(t, 'years', park(90000, 0, 30000), facts='base_year,2024,,\nnew_park,no,,\n'), 'apply')
        same([by[i]['status'] for i in ('a2-base', 'a2-3y')], ['not_met', 'not_met'], 'statuses')
    with t.case('a guide indicator with a reason is not asked'):
        _, by = decided(t, case(t, 'guide', park(90000, 0, 30000), facts='water_reuse,79.9,%,w.pdf\nwaste_heat_utilisation,50,%,h.pdf\ng3_exempt_reason,no industrial waste,,\n'))
        same([by[f'a3-g{i}']['status'] for i in range(1, 6)], ['undetermined', 'undetermined', 'not_applicable', 'met', 'not_met'], 'indicators')


def measures(t):
    with t.case('measures of another scheme are read and count nowhere'):
        folder = case(t, 'measures', park(90000, 0, 30000))
        t.write(f'{folder}/measures.csv', 'id,name,group,reduction,unit\nM1,光伏,renewables_storage,100,t/a\n')
        report, by = decided(t, folder)
        same((by['a3-core-s']['status'], report['measures']), ('met', []), 'core, measures')
        want(report['verdict'] != 'error' and 'C4142' not in [c.get('code') for c in report['caveats']], report['caveats'])


def total(t, lines):
    t.write('a.csv', 'period,activity,quantity,unit,factor,instrument,carbon_content,oxidation\n' + lines)
    return t.run('account', 'a.csv', '--profile', 'ndrc-2025-910', '-f', 'json')


# By the formulas of annex 4.
TOTALS = [
    ('power, heat and what is sent out, each at its kind', '2025,electricity,1000,MWh,,,,\n2025,electricity,400,MWh,,zcp910-elec-direct,,\n2025,heat,100,GJ,,,,\n2025,heat,50,GJ,zcp910-heat-nonfossil,,,\n'
     '2025,electricity_export,100,MWh,,,,\n2025,electricity_export,30,MWh,zcp910-elec-gec,,,\n2025,heat_export,10,GJ,,,,\n', D('832.5') + 11 - D('83.25') - D('1.1')),
    ('conversion by carbon balance, oxidation 1', '2025,crude_oil,1000,t,,,0.84 tC/t,1\n2025,diesel,-600,t,,,0.87 tC/t,1\n2025,gasoline,-300,t,,,0.81 tC/t,1\n',
     (D(840) - 522 - 243) * 44 / 12),
    ('process by output; other gases, waste and refrigerants are in no total', '2025,clinker,1000,t,,,,\n2025,R410A,1,kg,,,,\n2025,incineration_msw,1,t,,,,\n2025,lubricant_use,1,t,,,,\n', D(535)),
    ('no CH4 and N2O of fuels', '2025,diesel_vehicle,1,TJ,,,,\n', D('74.1')),
]


def accounts(t):
    for name, lines, expected in TOTALS:
        with t.case(name):
            result = total(t, lines)
            want(result.status == 0, result.errors)
            report = result.json()
            same((D(str(report['totals']['profile_total'])), set(report['by_gas'])), (expected, {'CO2'}), 'total, gases')
            same([p['id'] for p in t.run('account', 'a.csv', '-f', 'json').json().get('profiles', []) if p['id'] == 'ndrc-2025-910'], [], 'beside others only where it is named')
    with t.case('a fuel that the national database lacks is named'):
        result = total(t, '2025,coal_tar,1,TJ,,,,\n2025,diesel,1,t,,,,\n')
        same(result.status, INVALID, 'status')
        want('a.csv:2' in result.errors and 'a.csv:3' in result.errors and 'diesel' in result.errors, result.errors)


# The example's 2025 by annex 4, line by line: 10^4 kWh at 0.8325 kg/kWh; gas 36.0 MJ/Nm3 and 56.1 t/TJ; fossil heat 0.11 t/GJ; diesel 42.6 GJ/t and 74.1 t/TJ, jet kerosene
# 43.1 GJ/t and 71.5 t/TJ (national database); lime 0.75 t/t. Power supplied directly or bought as green power, non-fossil heat and solar power sent out count 0.
BUNKERS = D(2310) * D('42.6') * D('0.0741') + D(720) * D('43.1') * D('0.0715')
PARK_2025 = 51200 * 10 * POWER + 6180 * D('36.0') * D('0.561') + 398000 * D('0.11') + D(2960) * D('42.6') * D('0.0741') + BUNKERS + 9100 * D('0.75')
# Three years on: 2028 with direct and green power but for 500 x 10^4 kWh, a twentieth of the gas (57.2 t/TJ in the second edition of the database), fossil heat of 28,000 GJ.
LATER = {'220 kV 变电站': '500', '海上风电专线直供': '38000', '绿电交易': '23000', '集中供热站': '300', '邻近热电厂': '28000', '生物质供热': '398000', '园区货车': '870'}
PARK_2028 = 500 * 10 * POWER + 300 * D('36.0') * D('0.572') + 28000 * D('0.11') + D(870) * D('42.6') * D('0.0741') + BUNKERS + 9100 * D('0.75')
# Energy by the general coefficients of data/energy.csv: gas 13.3 tce/10^4 Nm3 (by m3), heat 0.03412 tce/GJ, diesel 1.4571 and kerosene 1.4714 tce/t; power 0.3 kgce/kWh (illustrative).
ENERGY_2028 = 61500 * 3 + 300 * D('13.3') + 426000 * D('0.03412') + (870 + 2310) * D('1.4571') + 720 * D('1.4714')
PARK = os.path.join(ROOT, 'examples', 'park-910')


def in_2028(t):
    """The example with a fourth year; contracts of that year."""
    folder = t.path('later')
    shutil.copytree(PARK, folder)
    for name, key in (('inventory.csv', '期间'), ('instruments.csv', 'year')):
        path = os.path.join(folder, name)
        with open(path, encoding='utf-8', newline='') as f:
            rows = list(csv.DictReader(f))
        for row in [dict(r) for r in rows if r[key] == '2025']:
            row.update({k: v.replace('2025', '2028') for k, v in row.items()})
            if name == 'inventory.csv':
                row['数量'] = LATER.get(row['排放源'], row['数量'])
            else:
                row['quantity'] = LATER['海上风电专线直供' if row['kind'] == 'direct' else '绿电交易']
            rows.append(row)
        with open(path, 'w', encoding='utf-8', newline='') as f:
            table = csv.DictWriter(f, rows[0].keys(), lineterminator='\n')
            table.writeheader()
            table.writerows(rows)
    return 'later'


def example(t):
    with t.case('the example: its total by hand, its fuel of ships and aircraft apart'):
        report, by = decided(t, PARK, 'apply', status=(0,))
        years = {y['year']: y['totals'] for y in report['account']['years']}
        same((report['verdict'], D(str(years[2025]['profile_total']))), ('eligible', PARK_2025), 'verdict, total of 2025')
        same([i for i, r in by.items() if r['status'] == 'not_applicable'], ['a1-2', 'a3-core-small', 'a3-core-l', 'a3-g4'], 'what does not apply')
        groups = t.run('account', PARK, '--profile', 'ndrc-2025-910', '--by', 'year,source', '-f', 'json').json()['groups']
        same(sum(D(str(g['tco2e'])) for g in groups if g['keys']['year'] == '2025' and g['keys']['source'].startswith('国际')), BUNKERS, 'bunkers of 2025')
    with t.case('a plan counts what the scheme counts: power by its contracts'):
        plan = t.run('plan', PARK, '--rules', 'ndrc-2025-910', '-f', 'json').json()
        same((D(str(plan['years'][0]['gross'])), plan['gross_is']['zh']), (PARK_2025, '园区碳排放总量（910号附件4）'), 'base year')
        same([(m['id'], m['reduction']) for m in plan['measures']], [('Z1', 413700), ('Z2', 112000), ('Z3', 40700), ('Z4', 6600), ('Z5', 8300)], 'measures')
        # Z1 leaves 426,240 - 413,700 of bought power, of which Z5 takes the part 8,300 / 426,240.
        left = PARK_2025 - 413700 - 112000 - 40700 - 6600 - (51200 * 10 * POWER - 413700) * 8300 / (51200 * 10 * POWER)
        same(abs(D(str(plan['years'][-1]['gross'])) - left) < D('0.001'), True, 'in 2030')
        text = t.run('--lang', 'zh', 'plan', PARK, '--rules', 'ndrc-2025-910').text
        want('总排放量采用该办法规定的口径：园区碳排放总量' in text, text)
        other = t.run('plan', PARK, '--rules', 'ndrc-2025-910', '--profile', 'mee-national', '-f', 'json').json()
        want('gross_is' not in other, 'by another profile it is the gross emissions')
    with t.case('not yet what acceptance asks'):
        report, by = decided(t, PARK, 'accept', status=(1,))
        same((report['verdict'], by['a3-core-s']['status'], [o['status'] for o in report['outcomes']]), ('not_eligible', 'not_met', ['not_due', 'not_due']), 'verdict')
    with t.case('three years on: the first target reached, the core indicator met'):
        report, by = decided(t, in_2028(t), 'accept', status=(0,))
        core = by['a3-core-s']
        values = {i['id']: D(str(i['value'])) for i in core['inputs'] if i['id'].startswith('latest_')}
        same((values['latest_total'], values['latest_energy'] + values['latest_power'] * D('0.0003')), (PARK_2028, ENERGY_2028), 'total, energy')
        same(abs(D(str(core['limits'][0]['observed'])) - PARK_2028 / ENERGY_2028) < D('0.000001'), True, 'per unit of energy')
        same([(o['status'], D(str(o.get('actual', 0)))) for o in report['outcomes']], [('reached', PARK_2028), ('not_due', 0)], 'targets')
        same(([k['status'] for k in report['tasks']], by['a3-core-gate']['status'], report['verdict']), (['done', 'overdue', 'overdue', 'overdue'], 'met', 'eligible'), 'tasks, gate, verdict')
        text = t.run('--lang', 'zh', 'report', 'later', '--rules', 'ndrc-2025-910', '--stage', 'accept', '-f', 'md').text
        want('自评估报告' in text and '园区碳排放总量（910号附件4）' in text and f'{PARK_2028:,.2f}' in text, 'self-evaluation')
        want(f'| 2025 | 2028 | 差额 | 变化 |\n| --- | ---: | ---: | ---: | ---: |\n| 园区碳排放总量（910号附件4） | {PARK_2025:,.2f} | {PARK_2028:,.2f} | {PARK_2028 - PARK_2025:,.2f} |' in text, 'both years by what the scheme counts')
    with t.case('by the outline of annex 2'):
        done = t.run('--lang', 'zh', 'report', PARK, '--rules', 'ndrc-2025-910', '--outline', '910', '-f', 'md')
        same(done.status, 0, done.errors)
        want(f'- **2025年园区碳排放总量（910号附件4）**　{PARK_2025:,.2f} tCO2e' in done.text and '其他口径按总排放量' in done.text, 'the total of the cover')
        for words in ('## 一、建设基础', '## 二、建设国家级零碳园区的可行性分析', '## 三、建设目标', '## 四、重点任务', '## 五、经济性分析', '## 六、保障措施',
                      '| 加快用能结构转型 | Z1 |', '项目投资合计108,200.00万元', '园区碳排放总量（910号附件4）', '示例值'):
            want(words in done.text, words)
        # Z4: 5,600 now, 2,090 t at 7,600 CNY less 120 a year for 8 years: 1,468.4; 5,600 / 1,468.4 = 3.8 years.
        row = next(line for line in done.text.splitlines() if line.startswith('| Z4 |') and line.count('|') == 9 and '1,468.40' in line)
        rate = D(row.split('|')[7].strip()) / 100
        same(('3.8' in row, abs(sum(D('1468.4') / (1 + rate) ** n for n in range(1, 9)) - 5600) < 2), (True, True), 'payback and internal rate of return')


def run(t):
    parks(t)
    example(t)
    lost(t)
    application(t)
    measures(t)
    accounts(t)
