#!/usr/bin/env python3
"""Writes an inventory as a group of firms has it, beside gen.c's job of one term a line.

    bench/mix.py LINES > mix.csv

Twelve months, twenty activities, four sites in two provinces with ten sources each: fuels that give off three gases, by volume, mass or heat,
some with a measured heat value; power with and without a contract, whose market-based value stands beside the location-based one; heat, waste, refrigerants,
water and travel. Quantities as on bills, an uncertainty on one line in ten, an invoice in evidence, a note on one in four. The same lines on every machine."""
import random
import sys

# activity, units, heat values as measured, how often
ACTIVITIES = [
    ('天然气', ('Nm3', '万Nm3'), ('', '', '389.31 GJ/万Nm3'), 6), ('烟煤', ('t', 'kg'), ('', '20.9 GJ/t'), 4), ('无烟煤', ('t',), ('', '26.7 GJ/t'), 2),
    ('柴油', ('t', 'L', 'kg'), ('',), 5), ('汽油', ('t', 'L'), ('',), 5), ('液化石油气', ('t', 'kg'), ('',), 3), ('焦炭', ('t',), ('',), 2), ('煤油', ('t',), ('',), 1),
    ('燃料油', ('t',), ('',), 1), ('焦炉煤气', ('Nm3',), ('',), 1), ('外购电力', ('kWh', 'MWh', '万kWh'), ('',), 12), ('electricity', ('kWh', 'MWh'), ('',), 6),
    ('热力', ('GJ', 'MWh'), ('',), 4), ('HFC-134a', ('kg',), ('',), 1), ('R-410A', ('kg',), ('',), 1), ('石灰石', ('t',), ('',), 2), ('高炉煤气', ('Nm3',), ('',), 1),
    ('炼厂干气', ('t',), ('',), 1), ('液化天然气', ('t',), ('',), 2), ('SF6', ('kg',), ('',), 1),
]
SITES = [('一厂', '上海'), ('二厂', '上海'), ('East works', '江苏'), ('"Plant, north"', '江苏')]
HEADER = 'period,activity,quantity,unit,site,source,region,instrument,ncv,uncertainty,evidence,note'


def main():
    """Write the inventory."""
    lines = int(sys.argv[1].replace('k', '000').replace('M', '000000'))
    draw = random.Random(20231130)
    weighed = [a for a in ACTIVITIES for _ in range(a[3])]
    out = [HEADER]
    for n in range(lines):
        activity, units, heats, _ = draw.choice(weighed)
        site, region = draw.choice(SITES)
        unit = draw.choice(units)
        power = activity in ('外购电力', 'electricity')
        heat = draw.choice(heats) if unit not in ('kg', '万Nm3') else ''
        contract = 'green-1' if power and draw.random() < 0.2 else ''
        quantity = f'{draw.randrange(1, 10 ** draw.choice((3, 5, 6))) / 100:.2f}'
        out.append(f'2023-{draw.randrange(1, 13):02},{activity},{quantity},{unit},{site},meter {draw.randrange(10)},{region},{contract},{heat},'
                   f'{"5%" if draw.random() < 0.1 else ""},发票 {n:08},{draw.choice(("", "", "", "抄表"))}')
        if len(out) == 10000:
            sys.stdout.write('\n'.join(out) + '\n')
            out = []
    sys.stdout.write('\n'.join(out) + ('\n' if out else ''))


if __name__ == '__main__':
    main()
