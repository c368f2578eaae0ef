# SPDX-License-Identifier: GPL-3.0-or-later
"""What the filer states beside his quantities. His own factor is compared with the one that is computed with, and never used; units of measured
values stand in headers of plain long tables as they do in office tables."""
import json

from .harness import INVALID, OK, same, want

# Power of Shanghai in 2023: 0.5737 kg/kWh (announcement 2025 No. 47, table 3), heat 0.11 t/GJ (national default), diesel by GB/T 32151.22-2024: 42.652 GJ/t x
# 20.2 tC/TJ x 0.98 x 44/12 = 3.0959 tCO2/t, 72.585 tCO2/TJ, and with the density of a document 2.600 kg/L.
# Activity, unit, header, cell; what the account has in the unit of the cell: None: they are equal, '': they cannot be compared.
FACTORS = (
    ('外购电力', 'MWh', '排放因子（tCO2/MWh）', '0.5737', None), ('外购电力', 'MWh', '排放因子', '0.5737 tCO2/MWh', None),
    ('外购电力', 'kWh', '排放因子(tCO2/MWh)', '0.57', None), ('外购电力', '万kWh', '排放因子[kgCO2/kWh]', '0.574', None),
    ('外购电力', '万kWh', '排放因子', '5.737', None), ('外购电力', '万kWh', '排放因子', '0.5737', None), ('外购电力', 'kWh', '排放因子', '573.7', None),
    ('外购电力', 'MWh', '排放因子（tCO2/MWh）', '0.5703', '0.5737 tCO2/MWh'), ('外购电力', 'kWh', '排放因子（tCO2e/MWh）', '0.42', '0.5737 tCO2e/MWh'),
    ('外购电力', 'kWh', '排放因子', '0.42', '0.5737'), ('外购电力', 'MWh', '排放因子（tCO2/万kWh）', '5.703', '5.737 tCO2/万kWh'),
    ('外购电力', 'MWh', '自报因子（tCO2/MWh）', '0.5703', '0.5737 tCO2/MWh'), ('外购电力', 'MWh', 'stated_factor', '0', ''),
    ('外购电力', 'MWh', '排放因子（tCO2/t）', '0.5737', ''), ('外购电力', 'MWh', '排放因子', '123.4', ''),
    ('外购热力', 'GJ', '排放因子', '0.11', None), ('外购热力', 'GJ', '排放因子', '110', None), ('外购热力', 'GJ', '排放因子（tCO2/GJ）', '0.06', '0.11 tCO2/GJ'),
    ('柴油', 't', '排放因子（tCO2/t）', '3.0959', None), ('柴油', 't', '排放因子', '3.10', None), ('柴油', 't', '排放因子（tCO2/t）', '3', None),
    ('柴油', 't', '排放因子（tCO2/t）', '3.15', '3.09591 tCO2/t'), ('柴油', 't', '排放因子（tCO2/TJ）', '72.59', None), ('柴油', 't', '排放因子', '72.59', None),
    ('柴油', 'L', '排放因子（kgCO2/L）', '2.60', None), ('柴油', 'L', '排放因子（kgCO2/L）', '2.73', '2.60056 kgCO2/L'), ('柴油', 'L', '排放因子（tCO2/TJ）', '72.59', ''),
)


def account(t, text, *args):
    name = t.write('stated.csv', text)
    result = t.run('account', name, '-f', 'json', '--by', 'activity', *args)
    return result, json.loads(result.out) if result.status == OK else None


def stated(report):
    return [caveat for caveat in report['caveats'] if caveat['code'] in ('C4217', 'C4218')]


def run(t):
    for activity, unit, header, cell, ours in FACTORS:
        with t.case(f'{activity} in {unit}: {header} {cell}'):
            result, report = account(t, f'期间,活动,数量,单位,{header}\n2023,{activity},10,{unit},{cell}\n')
            same(result.status, OK, 'status')
            _, plain = account(t, f'期间,活动,数量,单位\n2023,{activity},10,{unit}\n')
            same(report['totals'], plain['totals'], 'totals')
            found = stated(report)
            same([c['code'] for c in found], [] if ours is None else ['C4218'] if ours == '' else ['C4217'], 'caveats')
            if ours:
                want(f' {ours} (' in found[0]['text']['en'] and cell in found[0]['text']['en'], found[0]['text']['en'])
                want(f'按 {ours}（' in found[0]['text']['zh'], found[0]['text']['zh'])
    with t.case('one caveat for all lines with one number'):
        _, report = account(t, '期间,活动,数量,单位,排放因子（tCO2/MWh）\n' + ''.join(f'2023-{m:02},外购电力,{m},MWh,0.5703\n' for m in range(1, 13)))
        same([(c['code'], c['count']) for c in stated(report)], [('C4217', 12)], 'caveats')
    with t.case('a number that a factor is called by is that factor'):
        t.write('factors.csv', 'id,gas,value,unit,source,name_en,name_zh,scope,activity\n2024,CO2,0.5,kg/kWh,test,mine,mine,2,electricity\n')
        result, report = account(t, 'period,activity,quantity,unit,factor\n2023,electricity,10,MWh,2024\n', '--factors', 'factors.csv')
        same((result.status, [f['id'] for f in report['factors']], stated(report)), (OK, ['2024'], []), 'status, factors, caveats')
    with t.case('a word that is no factor is an error as ever'):
        result, _ = account(t, 'period,activity,quantity,unit,factor\n2023,electricity,10,MWh,0.5 of it\n')
        same((result.status, b'E2105' in result.err), (INVALID, True), 'status, code')
    with t.case('an office table compares too'):
        _, report = account(t, '某公司2023年能源,,,\n能源,单位,数量,排放因子（tCO2/MWh）\n外购电力,MWh,10,0.5703\n')
        same([c['code'] for c in stated(report)], ['C4217'], 'caveats')

    def ledger(text):
        name = t.write('measured.csv', text)
        result = t.run('account', name, '-f', 'json', '--ledger', 'ledger.json')
        same((result.status, result.err), (OK, b''), 'status, findings')
        return json.loads(result.out)['totals']
    cells = ledger('period,activity,quantity,unit,ncv,carbon_content,oxidation\n2023,烟煤,100,t,20.1 GJ/t,26.1 tC/TJ,93%\n')
    for header in ('低位发热量(GJ/t),单位热值含碳量（tC/TJ）,碳氧化率(%)', '低位发热量（MJ/kg）,含碳量[tC/TJ],氧化率（%）'):
        with t.case(f'units in headers: {header}'):
            same(ledger(f'期间,活动,数量,单位,{header}\n2023,烟煤,100,t,20.1,26.1,93\n'), cells, 'totals')
    with t.case('a unit in the cell stands before that of the header'):
        same(ledger('期间,活动,数量,单位,低位发热量（kcal/kg）,含碳量(tC/TJ),氧化率(%)\n2023,烟煤,100,t,20.1 GJ/t,26.1,93%\n'), cells, 'totals')
    with t.case('the density of a header'):
        same(ledger('期间,活动,数量,单位,密度（kg/m3）\n2023,柴油,100,L,840\n'), ledger('期间,活动,数量,单位,密度\n2023,柴油,100,L,0.84 kg/L\n'), 'totals')
    with t.case('what is no unit in brackets makes another column'):
        result, _ = account(t, '期间,活动,数量,单位,低位发热量（参考）\n2023,烟煤,100,t,20.1\n')
        same((result.status, result.err.count(b'W2054')), (OK, 1), 'status, warnings')
