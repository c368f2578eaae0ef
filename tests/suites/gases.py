# SPDX-License-Identifier: GPL-3.0-or-later
"""Gases and energy: what is outside the seven gases is in no total, refrigerants as offices write them, energy once and everywhere."""
import os

from .harness import TESTS, rows, same, want

REPORTS = os.path.join(TESTS, 'reports')


def totals(account):
    return {name: str(value) for name, value in account['totals'].items() if value}


def outside(t):
    with t.case('HCFC and CFC stand apart, with a word'):
        # GWP of AR5 table 8.A.1: HCFC-22 1760, CFC-12 10200; one kg of each
        folder = os.path.join(REPORTS, 'refrigerants')
        a = t.account('montreal.csv', cwd=folder)
        same(totals(a), {'outside_kyoto': '11.96'}, 'totals')
        same((a['by_gas'], a['iso_14064_1']), ({}, {}), 'gross by gas and by category')
        same({k: str(v) for k, v in a['outside_kyoto_by_gas'].items()}, {'HCFC-22': '1.76', 'CFC-12': '10.2'}, 'by gas')
        same([c['code'] for c in a['caveats']], ['C4064', 'C4064'], 'caveats')
        for lang, word in (('en', 'Gases outside the seven (HCFC, CFC, halons)  11.96'), ('zh', '七类以外的气体（HCFC、CFC、哈龙）  11.96')):
            text = t.run('account', 'montreal.csv', '--lang', lang, cwd=folder).text
            want(word in text, f'not in the report: {word}')
    with t.case('of a blend only what is outside is apart'):
        # R408A: HFC-125 7 %, HFC-143a 46 %, HCFC-22 47 % (IPCC 2006 V3 table 7.8); AR5: 3170, 4800, 1760. R409A has only HCFC.
        t.write('mixed.csv', rows('2023,R408A,10,kg', '2023,R409A,1,kg', '2023,R410A,1,kg'))
        a = t.account('mixed.csv', '--by', 'scope', '--ledger', 'mixed-ledger.csv')
        same({k: str(v) for k, v in a['by_gas'].items()}, {'HFC-125': '2.219', 'HFC-143a': '22.08', 'R410A': '1.9235'}, 'by gas')
        same({k: str(v) for k, v in a['outside_kyoto_by_gas'].items()}, {'HCFC-22': '8.272', 'R409A': '1.48475'}, 'outside, by gas')
        same([(g['keys']['scope'], str(g['tco2e']), str(g.get('outside_kyoto', '')), g['lines']) for g in a['groups']],
             [('', '0', '9.75675', 2), ('1', '26.2225', '', 2)], 'groups')
        same([f['lines'] for f in a['factors']], [1, 1, 1], 'rows of a factor')
    with t.case('nothing of it in years, profiles, uncertainty, check and plan'):
        t.write('years.csv', rows('2023,R22,100,t,', '2023,外购电力,1000,MWh,上海', header='period,activity,quantity,unit,region'))
        a = t.account('years.csv', '--uncertainty', 'approach1')
        # 1,000 MWh x 0.5737 t/MWh (Shanghai 2023)
        same(totals(a), {'scope2_location': '573.7', 'gross': '573.7', 'net': '573.7', 'net_after_credits': '573.7',
                         'outside_kyoto': '176000'}, 'totals')
        for profile in a['profiles']:
            want(profile.get('gross', 0) < 600, f'{profile}')
        want('HCFC' not in str(a.get('uncertainty')), 'uncertainty')
        t.write('outside-case/inventory.csv', '期间,活动,数量,单位,地区\n2023,R22,100,t,\n2023,外购电力,1000,MWh,上海\n')
        t.write('outside-case/case.csv', '指标,值\n名称,甲\n试点类型,企业\n基准年,2023\n')
        t.write('outside-case/assumptions.csv', '参数,数值,单位,来源\ngrowth,0,%/a,假设\nlast_year,2024,,x\n')
        plan = t.run('plan', 'outside-case', '-f', 'json').json()
        same(str(plan['years'][0]['gross']), '573.7', 'base year of the plan')
        check = t.run('check', 'outside-case', '-f', 'json').json()
        want('176573' not in str(check) and '573.7' in str(check), 'check')


def run(t):
    outside(t)
