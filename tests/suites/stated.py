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


# Emissions beside lines: header, cells of 100 MWh, 200 MWh (57.37 and 114.74 t), of 1000 Nm3 of natural gas (2.1621888... t CO2 by
# GB/T 32151.22-2024: 38.931 GJ x 15.3 tC/TJ x 0.99 x 44/12; 2.164310... t CO2e with 28 x 0.0389 kg CH4 and 265 x 0.00389 kg N2O): for each caveat
# activity, lines, what the table has and what the account has in t.
EMISSIONS = (
    ('排放量（tCO2）', ('57.37', '114.74', '2.162'), ()),
    ('碳排放量（tCO2e）', ('57.4', '114.7', '2.164'), ()),
    ('CO2排放量(kgCO2)', ('57370', '114740', '2162'), ()),
    ('排放量', ('57.37', '114.74', '2.16'), ()),
    ('排放量', ('57370', '114740', '2162.2'), ()),
    ('排放量', ('57.37 t', '114740 kg', '0.0002162万tCO2'), ()),
    ('排放量（tCO2）', ('57.37', '', '-'), ()),
    ('排放量（tCO2）', ('/', '—', '2.16'), ()),
    ('排放量（tCO2）', ('57.03', '114.06', '2.16'), (('C4230', '外购电力', 2, '171.090', '172.110', '-0.6 %'),)),
    ('排放量（tCO2）', ('5737', '114.74', '2.16'), (('C4230', '外购电力', 1, '5,737.000', '57.370', '+9,900.0 %'),)),
    ('排放量', ('57.37', '114.74', '21.6'), (('C4230', '天然气', 1, '21.600', '2.164', '+898.0 %'),)),
    ('排放量（tCO2）', ('0', '114.74', '2.16'), (('C4230', '外购电力', 1, '0', '57.370', '-100.0 %'),)),
    ('排放量（GJ）', ('57.37', '', ''), (('C4231', '外购电力', 1),)),
    ('排放量（tCO2）', ('见附件', '', ''), (('C4231', '外购电力', 1),)),
)


def emissions(t):
    rows = ('2023-01,外购电力,100,MWh', '2023-02,外购电力,200,MWh', '2023-01,天然气,1000,Nm3')
    _, plain = account(t, '期间,活动,数量,单位\n' + '\n'.join(rows) + '\n')
    for header, cells, found in EMISSIONS:
        for order in (rows, rows[::-1]):
            with t.case(f'{header}: {" ".join(cells)}{"" if order is rows else ", backwards"}'):
                lines = dict(zip(rows, cells))
                text = f'期间,活动,数量,单位,{header}\n' + ''.join(f'{row},{lines[row]}\n' for row in order)
                result, report = account(t, text)
                same((result.status, report['totals']), (OK, plain['totals']), 'status, totals')
                said = [c for c in report['caveats'] if c['code'] in ('C4230', 'C4231')]
                same([(c['code'], c['count']) for c in said], [(row[0], row[2]) for row in found], 'caveats')
                for caveat, row in zip(said, found):
                    for piece in (row[1], *(row[3:5]), *(row[5:])):
                        want(piece.replace(',', '') in caveat['text']['zh'].replace(',', ''), caveat['text']['zh'])
    with t.case('emissions of power under a contract may be market-based'):
        _, report = account(t, '期间,活动,数量,单位,绿电合同,排放量（tCO2）\n2023-01,外购电力,100,MWh,GEC-1,0\n', '--profile', 'public-institution')
        same([c['code'] for c in report['caveats'] if c['code'] in ('C4230', 'C4231')], [], 'caveats')
    with t.case('the same bytes by both readers and any number of threads'):
        lines = ''.join(f'2023-{i % 12 + 1:02},{("外购电力", "天然气", "柴油")[i % 3]},{i % 97 + 1},{("MWh", "Nm3", "t")[i % 3]},{i % 53}\n' for i in range(4000))
        name = t.write('many.csv', '期间,活动,数量,单位,排放量（tCO2）\n' + lines)
        runs = [t.run('account', name, '-f', 'json', '--threads', str(threads), env={'TANHE_READER': reader, 'TANHE_BLOCK': '4096'}).out
                for reader, threads in (('careful', 1), ('fast', 1), ('fast', 2), ('fast', 3), ('fast', 7))]
        same([run == runs[0] for run in runs], [True] * len(runs), 'bytes')
        want(b'C4230' in runs[0], 'no caveat')
    with t.case('a line over the end of a year is compared as a whole'):
        _, report = account(t, '期间,活动,数量,单位,排放量（tCO2）\n2022-12-16~2023-01-15,天然气,1000,Nm3,2.162\n2022-12-16~2023-01-15,天然气,1000,Nm3,1.05\n')
        same([c['count'] for c in report['caveats'] if c['code'] == 'C4230'], [1], 'lines that differ')
    with t.case('an office table with one quantity in a row compares'):
        _, report = account(t, '某公司2023年能源,,,\n能源,单位,数量,碳排放量（tCO2e）\n外购电力,MWh,100,57.0\n天然气,Nm3,1000,2.16\n')
        same([(c['code'], c['count']) for c in report['caveats'] if c['code'] in ('C4230', 'C4231')], [('C4230', 1)], 'caveats')
    with t.case('emissions beside several quantities are of none'):
        result, report = account(t, '某公司2023年能源,,,,\n能源,单位,1月,2月,排放量（tCO2）\n外购电力,MWh,100,200,171\n天然气,Nm3,1000,1000,4.3\n')
        same((result.status, [c['code'] for c in report['caveats'] if c['code'] in ('C4230', 'C4231')]), (OK, []), 'status, caveats')


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
    emissions(t)
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
