# SPDX-License-Identifier: GPL-3.0-or-later
"""The pack of national zero-carbon parks (发改环资〔2025〕910号) over accounts worked out by hand. The equivalent value of power, which the
document does not give, is 0.3 kgce/kWh here: illustrative, so that 10^9 kWh are 300,000 tce.

Power at 0.8325 kg/kWh unless direct or green (annex 4, 二(二)3①); natural gas at 56.1 t/TJ, one tce being 29.3076 GJ: 1.64415636 t/tce."""
from decimal import Decimal as D

from .harness import INVALID, lacks, same, want

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


def run(t):
    parks(t)
    lost(t)
    application(t)
    measures(t)
    accounts(t)
