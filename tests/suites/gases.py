# SPDX-License-Identifier: GPL-3.0-or-later
"""Gases and energy: what is outside the seven gases is in no total, refrigerants as offices write them, energy once and everywhere."""
import os
import random
import shutil

from .harness import ROOT, TESTS, rows, same, want

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
        for lang, word in (('en', 'Gases outside the seven (HCFC, CFC, halons) 11.96'), ('zh', '七类以外的气体（HCFC、CFC、哈龙） 11.96')):
            text = t.run('account', 'montreal.csv', '--lang', lang, cwd=folder).text
            want(word in ' '.join(text.split()), f'not in the report: {word}')
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


ASSUMED = '参数,数值,单位,来源\ngrowth,0,%/a,假设\nlast_year,2024,,x\n'
CASE = '指标,值\n名称,甲\n试点类型,企业\n基准年,2023\n'


def energy_of(t, folder, *more):
    """Standard coal and its non-fossil share as account, check and plan have them, of a folder with one year."""
    found = {}
    found['account'] = t.account(folder, *more).get('energy', {})
    for command in ('check', 'plan'):
        found[command] = t.run(command, folder, *more, '-f', 'json').json()['account'].get('energy', {})
    base = t.run('plan', folder, *more, '-f', 'json').json()['years'][0]
    found['first year of the plan'] = {k: v for k, v in base.items() if k in ('tce', 'non_fossil_share')}
    shown = {command: {k: str(v) for k, v in energy.items() if k in ('tce', 'non_fossil_share')} for command, energy in found.items()}
    same([energy for energy in shown.values() if energy != shown['account']], [], f'energy other than in account, {shown}')
    return shown['account']


def energy(t):
    with t.case('power of one\'s own panels counts once and everywhere'):
        # (1,000,000 + 500,000) kWh x 0.1229 kgce/kWh (GB/T 2589) = 184.35 tce, a third of it non-fossil
        folder = os.path.join(REPORTS, 'self-used-pv')
        same(energy_of(t, folder), {'tce': '184.35', 'non_fossil_share': '0.3333333333'}, 'energy')
        for command, words in (('account', ('184.35', '33.3 %')), ('plan', ('184.4', '33.3 %'))):
            text = t.run(command, folder).text
            want(all(w in text for w in words), f'{words} not in {command}')
    with t.case('panels alone'):
        t.write('panels/inventory.csv', '期间,活动,数量,单位\n2023,自发自用光伏,10,MWh\n2023,柴油,1,t\n2023,太阳能热水,34.12,GJ\n')
        t.write('panels/case.csv', CASE)
        t.write('panels/assumptions.csv', ASSUMED)
        energy_of(t, 'panels')
    for example in sorted(os.listdir(os.path.join(ROOT, 'examples'))):
        folder = os.path.join(ROOT, 'examples', example)
        if not os.path.exists(os.path.join(folder, 'case.csv')):
            continue
        with t.case(f'energy of {example}, in its base year'):
            copy = t.path('examples/' + example)
            shutil.copytree(folder, copy)
            for name in ('measures.csv', 'targets.csv', 'assumptions.csv'):
                if os.path.exists(os.path.join(copy, name)):
                    os.remove(os.path.join(copy, name))
            t.write(f'examples/{example}/assumptions.csv', ASSUMED.replace('2024', '2026'))
            with open(os.path.join(copy, 'case.csv'), encoding='utf-8-sig') as f:
                year = next(line.split(',')[1].strip() for line in f if line.split(',')[0] in ('基准年', 'base_year'))
            with open(os.path.join(copy, 'inventory.csv'), encoding='utf-8-sig') as f:
                lines = f.read().splitlines()
            t.write(f'examples/{example}/inventory.csv', '\n'.join([lines[0]] + [line for line in lines[1:] if year in line]) + '\n')
            more = ('--factors', os.path.join(copy, 'factors.csv')) if os.path.exists(os.path.join(copy, 'factors.csv')) else ()
            energy_of(t, copy, *more)
    kinds = (('外购电力', 'kWh'), ('自发自用光伏', 'MWh'), ('自发自用风电', 'kWh'), ('太阳能热水', 'GJ'), ('外购热力', 'GJ'), ('柴油', 't'), ('沼气', 't'),
             ('外供电力', 'MWh'), ('R22', 'kg'), ('R410A', 'kg'), ('生物质', 'GJ'), ('R408A', 'kg'), ('外购电力', '万kWh'))
    for seed in range(12):
        with t.case(f'energy of a random inventory, {seed}'):
            rng = random.Random(seed)
            lines = [f'2023,{a},{rng.randrange(1, 10 ** rng.randrange(1, 8)) / 100},{u}' for a, u in rng.choices(kinds, k=rng.randrange(3, 20))]
            t.write('random/inventory.csv', '期间,活动,数量,单位\n2023,外购电力,5,kWh\n' + '\n'.join(lines) + '\n')
            t.write('random/case.csv', CASE)
            t.write('random/assumptions.csv', ASSUMED)
            energy_of(t, 'random')
    with t.case('energy given out is told beside, not taken off'):
        # 100 MWh x 0.1229 tce/MWh bought; 30 MWh and 10 GJ x 0.03412 tce/GJ given out
        t.write('out.csv', rows('2023,外购电力,100,MWh', '2023,售电量,30,MWh', '2023,输出热力,10,GJ'))
        a = t.account('out.csv')
        same({k: str(v) for k, v in a['energy'].items()}, {'tce': '12.29', 'non_fossil_share': '0', 'tce_given_out': '4.0282'}, 'energy')
        same([c['code'] for c in a['caveats'] if c['code'] == 'C4051'], ['C4051', 'C4051'], 'caveats')
        for lang, word in (('en', 'not taken off'), ('zh', '未扣减')):
            want(word in t.run('account', 'out.csv', '--lang', lang).text, f'not said: {word}')


def refrigerants(t):
    with t.case('blends of today, R717 and R744'):
        # Compositions by ASHRAE 34 (Handbook Fundamentals 2017, chapter 29, table 2; R454C: NIST REFPROP); GWP of AR5 table 8.A.1: HFC-32 677,
        # HFC-125 3170, HFC-134a 1300, the HFO printed as <1 and taken as 1. One kg of each.
        a = t.account('inventory.csv', cwd=os.path.join(REPORTS, 'refrigerants'))
        found = {k: float(v * 1000) for k, v in a['by_gas'].items()}
        same(found, {'CO2': 1.0, 'HFO-1234yf': 1.0, 'R410A': 1923.5,
                     'R448A': 1273.49,   # 0.26 x 677 + 0.26 x 3170 + 0.20 x 1 + 0.21 x 1300 + 0.07 x 1
                     'R449A': 1281.854,  # 0.243 x 677 + 0.247 x 3170 + 0.253 x 1 + 0.257 x 1300
                     'R454B': 466.764,   # 0.689 x 677 + 0.311 x 1
                     'R454C': 146.34,    # 0.215 x 677 + 0.785 x 1
                     'R513A': 572.56}, 'by gas')
        same(sorted(c['code'] for c in a['caveats']), ['C4064', *['C4065'] * 6], 'caveats')
    with t.case('where a report prints no GWP, that is said'):
        t.write('ar4.csv', rows('2023,R454C,1,kg'))
        r = t.run('account', 'ar4.csv', '--gwp', 'AR4', '--diagnostics', 'json')
        same([(d['code'], d['line']) for d in r.diagnostics()], [('E2111', 2)], 'errors')
        # R402A is 2 % propane, of which AR4 (EU 517/2014 Annex IV) and AR6 have a GWP
        t.write('propane.csv', rows('2023,R402A,1,kg'))
        for gwp in ('TAR', 'AR5'):
            r = t.run('account', 'propane.csv', '--gwp', gwp, '--diagnostics', 'json')
            want(all(word in r.diagnostics()[0]['detail'] for word in ('R290', gwp, 'AR6')), r.errors[-300:])
    # AR6 table 7.SM.7: HFC-32 771, HFO-1234yf 0.501
    with t.case('AR6'):
        same(str(t.account('ar4.csv', '--gwp', 'AR6')['totals']['gross']), '0.166158285', '0.215 x 771 + 0.785 x 0.501 kg')
    for name, gas in (('r32', 'HFC-32'), ('R 32', 'HFC-32'), ('制冷剂R32补充', 'HFC-32'), ('R32制冷剂年补充量', None), ('制冷剂 R-410A 泄漏', 'R410A'), ('R-454B', 'R454B'),
                      ('R454b冷媒充注量', 'R454B'), ('HFO-1234yf补充', 'HFO-1234yf'), ('refrigerant R-513A top-up', 'R513A'), ('R32回收', None), ('制冷剂', 'E2253'), ('HFO补充', None)):  # E2253: many have that name
        with t.case(f'the refrigerant in {name}'):
            t.write('name.csv', rows(f'2023,{name},1,kg'))
            r = t.run('account', 'name.csv', '-f', 'json', '--diagnostics', 'json')
            same(list(r.json()['by_gas']) if r.status == 0 else [d['code'] for d in r.diagnostics()], [gas or 'E2102'], 'gas')


def bill(t):
    with t.case('the parts of a bill over the end of a year are one draw'):
        # 17 and 14 of 31 days of one reading of +-10 %, and the factor is exact
        t.write('bill.csv', rows('2023-12-15/2024-01-14,x,1000,kWh,10,mine,1', header='period,activity,quantity,unit,uncertainty,factor,scope'))
        t.write('bill-factors.csv', 'id,gas,value,unit,source\nmine,CO2,1,kg/kWh,made up\n')
        u = t.account('bill.csv', '--factors', 'bill-factors.csv', '--uncertainty', 'approach1')['uncertainty']
        found = {r.get('year'): str(r['approach1']['half_percent']) for r in u['totals'] if r['total'] == 'gross'}
        same(found, {2023: '10', 2024: '10'}, 'half-widths')


def run(t):
    bill(t)
    refrigerants(t)
    energy(t)
    outside(t)
