# SPDX-License-Identifier: GPL-3.0-or-later
"""A quantity may look like a time: 2023 kWh, 202305 m3, 2023.5 t. Office tables are read alike whatever their numbers are: each shape with numbers that
are no times, and again with such as may be, must give the same long table with the other numbers in their places, or the same error."""
from .harness import same, want

SHAPES = {
    'months across': '2023年能源消费统计表\n能源,单位,1月,2月,3月\n电力,kWh,{},{},{}\n天然气,m3,{},{},{}\n',
    'unit in name': '2023年\n能源,1月,2月\n电力(kWh),{},{}\n柴油（t）,{},{}\n',
    'bare name, title unit': '2023年用电量（单位：kWh）\n月份,一厂,二厂,三厂\n1月,{},{},{}\n2月,{},{},{}\n',
    'energies across, months down': '月份,用电量（kWh）,天然气（Nm3）\n2023年1月,{},{}\n2023年2月,{},{}\n2023年3月,{},{}\n',
    'energies across, 2023-01': '月份,用电量（kWh）,天然气（Nm3）\n2023-01,{},{}\n2023-02,{},{}\n',
    'energies across, 1月': '2023年\n月份,用电量（kWh）,天然气（Nm3）\n1月,{},{}\n2月,{},{}\n',
    'energies across, 1': '2023年\n月份,用电量（kWh）,天然气（Nm3）\n1,{},{}\n2,{},{}\n',
    'energies across two rows': '2023年\n月份,用电量,天然气\n,kWh,Nm3\n1月,{},{}\n2月,{},{}\n',
    'groups': '2023年\n场所,电力（kWh）,,柴油（t）,\n,1月,2月,1月,2月\n一厂,{},{},{},{}\n二厂,{},{},{},{}\n',
    'sites down': '2023年\n用能单位,电力（万kWh）,柴油（t）\n一厂,{},{}\n二厂,{},{}\n',
    'consumption': '2023年\n能源名称,计量单位,消费量\n电力,万kWh,{}\n柴油,t,{}\n',
    'years across': '能源,单位,2021年,2022年,2023年\n电力,kWh,{},{},{}\n柴油,t,{},{},{}\n',
    'bare years across': '能源,单位,2021,2022,2023\n电力,kWh,{},{},{}\n柴油,t,{},{},{}\n',
    'bare years across, one row': '能源,单位,2021,2022,2023\n电力,kWh,{},{},{}\n',
    'bare years below group': '场所,用电量（kWh）,,柴油（t）,\n,2022,2023,2022,2023\n一厂,{},{},{},{}\n二厂,{},{},{},{}\n',
    'bare years, sites down': '用电量（kWh）\n场所,2022,2023\n一厂,{},{}\n二厂,{},{}\n',
    'years down': '年份,用电量（kWh）,柴油（t）\n2022,{},{}\n2023,{},{}\n',
    'years down 2': '年度,用电量（kWh）\n2022,{}\n2023,{}\n',
    'year month': '年,月,用电量（kWh）,柴油（t）\n2023,1,{},{}\n2023,2,{},{}\n',
    'rows and totals': '2023年\n能源,单位,1月,2月,合计\n电力,kWh,{},{},\n柴油,t,{},{},\n',
    'site,activity': '2023年\n场所,能源,单位,数量\n一厂,电力,kWh,{}\n一厂,柴油,t,{}\n二厂,电力,kWh,{}\n',
    'quarters': '2023年\n能源,单位,一季度,二季度,三季度,四季度\n电力,kWh,{},{},{},{}\n',
    'two tables': '2023年电力\n月份,用电量（kWh）\n1月,{}\n2月,{}\n\n2023年天然气\n月份,用气量（Nm3）\n1月,{}\n2月,{}\n',
    'this period': '2023年\n能源,单位,报告期,基期\n电力,kWh,{},{}\n柴油,t,{},{}\n',
    'no label': '2023年用电量（kWh）\n1月,2月,3月\n{},{},{}\n',
    '2023 months': '项目,2023年1月,2023年2月\n用电量（kWh）,{},{}\n用水量（t）,{},{}\n',
    'dates down': '日期,用电量（kWh）,柴油（t）\n2023-01-01,{},{}\n2023-01-02,{},{}\n',
    'reading': '2023年\n表号,上期示数,本期示数,用电量（kWh）\n001,{},{},{}\n002,{},{},{}\n',
    'caption numbers': '2023年能耗表\n建筑面积（m2）,{}\n能源,单位,数量\n电力,kWh,{}\n柴油,t,{}\n',
    'caption numbers 2': '2023年能耗表\n建筑面积（m2）,{},人数,{}\n能源,单位,数量\n电力,kWh,{}\n柴油,t,{}\n',
    'ordinal': '2023年\n序号,能源,单位,1月,2月\n1,电力,kWh,{},{}\n2,柴油,t,{},{}\n',
    'long': '期间,活动,数量,单位\n2023,电力,{},kWh\n2023,柴油,{},t\n',
    'long 2': '期间,活动,单位,数量,备注\n2023,电力,kWh,{},\n2023,柴油,t,{},a\n',
    'english 2': '2023\nActivity,Unit,Jan,Feb\nElectricity,kWh,{},{}\nDiesel,t,{},{}\n',
    'first column blank': '2023年\n,电力（kWh）,柴油（t）\n一厂,{},{}\n二厂,{},{}\n',
    'year above, corner': '2023年能耗,,\n项目,一厂,二厂\n电力（kWh）,{},{}\n柴油（t）,{},{}\n',
    'two header rows': '2023年\n月份,电力,,天然气,\n,用量（kWh）,金额（元）,用量（Nm3）,金额（元）\n1月,{},{},{},{}\n2月,{},{},{},{}\n',
    'merged sites': '2023年\n场所,月份,用电量（kWh）\n一厂,1月,{}\n,2月,{}\n二厂,1月,{}\n,2月,{}\n',
    'bare years, caption row': '某公司能源统计,,,单位：kWh\n项目,2021,2022,2023\n电力,{},{},{}\n绿电,{},{},{}\n',
    'bare months': '项目,202301,202302,202303\n用电量（kWh）,{},{},{}\n柴油（t）,{},{},{}\n',
    'dotted months': '项目,2023.1,2023.2,2023.3\n用电量（kWh）,{},{},{}\n柴油（t）,{},{},{}\n',
    'transposed': '2023年\n项目,单位,一厂,二厂\n用电量,kWh,{},{}\n用水量,t,{},{}\n',
    'code': '2023年\n能源名称,代码,计量单位,消费量\n电力,33,万kWh,{}\n柴油,19,t,{}\n',
    'meters': '2023年1月\n楼号,用电量（kWh）\n1号楼,{}\n2号楼,{}\n3号楼,{}\n',
    'english': 'Year,Month,Electricity (kWh),Diesel (t)\n2023,Jan,{},{}\n2023,Feb,{},{}\n',
    'days of a month that are no column': '2023年3月用电量（kWh）\n楼号,1日,2日,3日\n1号楼,{},{},{}\n2号楼,{},{},{}\n',
}
PLAIN = ('4123', '4250', '4399', '4411', '4522', '4624', '4701', '4800', '4890', '4900', '4905', '4920')
YEARS = ('2023', '2050', '1999', '2011', '2022', '2024', '2001', '2100', '1990', '2000', '2005', '2020')
LIKE_TIMES = {
    'years': YEARS,
    'years in their order': tuple(sorted(YEARS)),
    'years one behind the other': tuple(str(2012 + i) for i in range(12)),
    'one year everywhere': ('2023',) * 12,
    'some years': tuple(year if i % 3 else number for i, (year, number) in enumerate(zip(YEARS, PLAIN))),
    'months as six digits': tuple(f'{2020 + i // 4}{1 + 5 * i % 12:02}' for i in range(12)),
    'months with a point': tuple(f'{2014 + i}.{1 + 5 * i % 12}' for i in range(12)),
    'days as eight digits': tuple(f'{2014 + i}{1 + 5 * i % 12:02}{10 + i}' for i in range(12)),
}


def run(t):
    def looked_at(text):
        t.write('table.csv', text)
        r = t.run('layout', 'table.csv', '-f', 'csv', '--diagnostics', 'json')
        return r.status, r.text, [(d['severity'], d['code'], d['line']) for d in r.diagnostics()], r.errors

    for shape, text in SHAPES.items():
        cells = PLAIN[:text.count('{}')]
        status, long, told, errors = looked_at(text.format(*cells))
        with t.case(f'{shape}: as it is'):
            want(status != 0 or all(long.count(cell) <= 1 for cell in cells), 'a number stands twice')
        for name, numbers in LIKE_TIMES.items():
            with t.case(f'{shape}: {name}'):
                other = dict(zip(cells, numbers))
                lines = [','.join(other.get(cell, cell) for cell in line.split(',')) for line in long.split('\n')]
                found = looked_at(text.format(*numbers))
                same(found[:3], (status, '\n'.join(lines), told), found[3])
