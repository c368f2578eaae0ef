# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers worked out by hand, each with where it comes from. Expected values are exact decimals in tonnes; what a line gives is
rounded once, half to even, at 1e-9 kg, which is the twelfth decimal of a tonne."""
import math
from decimal import Decimal
from fractions import Fraction

from .harness import DATA, over_years, rows, same, want

# Name, where the numbers come from, inventory (lines, columns behind the four), arguments, expected values.
CASES = [
    ('electricity of the Shanghai rule', '1,234.5 MWh x 4.2 t/10^4 kWh (沪环气〔2022〕34号) = 1234.5 x 0.42 = 518.49',
     ['2023,外购电力,"1,234.5",MWh'], '', ['--profile', 'shanghai-2022'],
     {'totals.scope2_location': '518.49', 'totals.gross': '518.49', 'energy.tce': '151.72005'}),
    ('electricity of Shanghai 2023', '10^4 kWh x 0.5737 kg/kWh (公告2025年第47号 表3); 0.1229 kgce/kWh (GB/T 2589)',
     ['2023,电,1,万kWh,上海'], 'region', [], {'by_gas.CO2': '5.737', 'energy.tce': '1.229', 'profiles.mee-national': '5.306'}),
    ('electricity of East China 2022 for a region', '0.5617 kg/kWh is the value of the grid (公告2024年第33号 表2)',
     ['2022,电,1,MWh,grid-east-2022'], 'factor', [], {'by_gas.CO2': '0.5617'}),
    ('electricity in GJ', '3.6 GJ = 1 MWh', ['2023,电,3.6,GJ,上海'], 'region', [], {'by_gas.CO2': '0.5737'}),
    ('diesel', 'GB/T 32151.22-2024 C.1: 42.652 GJ/t x 20.2 tC/TJ x 0.98 x 44/12 = 3095.9096373333... kg; IPCC V2 Table 2.3: 3 and 0.6 kg/TJ, '
     'AR5 28 and 265: 42.652 x 3 x 28 / 1000 = 3.582768 kg, 42.652 x 0.6 x 265 / 1000 = 6.781668 kg',
     ['2023,柴油,1,t'], '', [], {'by_gas.CO2': '3.095909637333', 'by_gas.CH4': '0.003582768', 'by_gas.N2O': '0.006781668',
                               'totals.scope1': '3.106274073333'}),
    ('diesel by the measured density of its delivery note', '1000 L x 0.832 kg/L = 0.832 t, as diesel above', ['2023,柴油,1000,L,0.832'], 'density', [],
     {'by_gas.CO2': Fraction('0.832') * Fraction('42.652') * Fraction('20.2') * Fraction('0.98') * 44 / 12 / 1000, 'energy.tce': '1.2123072'}),
    ('diesel by a density in kg/m3', '832 kg/m3 is the same', ['2023,柴油,1,m3,832 kg/m3'], 'density', [],
     {'by_gas.CO2': Fraction('0.832') * Fraction('42.652') * Fraction('20.2') * Fraction('0.98') * 44 / 12 / 1000}),
    ('diesel in litres', '1000 L x 0.84 kg/L (CBS, Gewichtseenheden energie); 840 kg x 1.4571 kgce/kg (GB/T 2589)', ['2023,柴油,1000,升'], '', [],
     {'by_gas.CO2': Fraction('0.84') * Fraction('42.652') * Fraction('20.2') * Fraction('0.98') * 44 / 12 / 1000, 'energy.tce': '1.223964'}),
    ('natural gas in standard coal', '10 tce x 29.3076 GJ/tce (7000 kcal x 4.1868) x 15.3 tC/TJ x 0.99 x 44/12 = 16277.147964 kg', ['2023,天然气,10,tce'], '', [],
     {'by_gas.CO2': '16.277147964', 'energy.tce': '10'}),
    ('water by the cubic metre', '1000 m3 x 998.2 kg/m3 (20 degC) x 0.168 kg/t (CPCD)', ['2023,耗水量,1000,立方米'], '', [], {'totals.scope3': '0.1676976'}),
    ('natural gas at 20 degrees in brackets', 'as m3@20C', ['2023,用气量,10000,m3（20℃）'], '', [], {'by_gas.CO2': Fraction('21.62188809') * 27315 / 29315}),
    ('natural gas', '389.31 GJ/10^4 Nm3 x 15.3 x 0.99 x 44/12 = 21.62188809 t, which the guides print as 21.622',
     ['2023,天然气,1,万Nm3'], '', [], {'by_gas.CO2': '21.62188809'}),
    ('natural gas at 20 degrees', '1 m3 at 20 degC is 273.15/293.15 Nm3: 21.62188809 x 5463/5863 = 20.14675...',
     ['2023,天然气,10000,m3@20C'], '', [], {'by_gas.CO2': Fraction('21.62188809') * 27315 / 29315}),
    ('natural gas at 20 degrees for the file', 'as above', ['2023,天然气,10000,m3'], '', ['--gas-condition', '20C'],
     {'by_gas.CO2': Fraction('21.62188809') * 27315 / 29315}),
    ('coal with a measured heat value', '5000 kcal/kg x 4.1868 = 20.934 GJ/t; x 26.1 x 0.93 x 44/12 x 1000 t / 1000 = 1863.146934 t',
     ['2023,烟煤,1000,t,5000 kcal/kg'], 'ncv', [], {'by_gas.CO2': '1863.146934'}),
    ('coal with a bare heat value', '20.934 GJ/t as above', ['2023,烟煤,1000,t,20.934'], 'ncv', [], {'by_gas.CO2': '1863.146934'}),
    ('coal with measured carbon by mass', '1000 t x 60 % x 98 % x 44/12 = 2156', ['2023,烟煤,1000,t,60%,98%'],
     'carbon_content,oxidation', [], {'by_gas.CO2': '2156'}),
    ('coal with measured carbon per heat', '19.570 GJ/t x 27 tC/TJ x 0.93 x 44/12 = 1.80180990 t', ['2023,烟煤,1,t,27'], 'carbon_content', [],
     {'by_gas.CO2': '1.8018099'}),
    ('refrigerant R410A, AR5', '10 kg x (0.5 x 677 + 0.5 x 3170) = 10 x 1923.5 kg (IPCC V3 Table 7.8, AR5 Table 8.A.1)',
     ['2023,R410A,10,kg'], '', [], {'totals.gross': '19.235'}),
    ('refrigerant R410A, AR4 and AR6', '0.5 x 675 + 0.5 x 3500 = 2087.5', ['2023,R410A,10,kg'], '', ['--gwp', 'AR4'], {'totals.gross': '20.875'}),
    ('refrigerant R410A, AR6', '0.5 x 771 + 0.5 x 3740 = 2255.5', ['2023,R410A,10,kg'], '', ['--gwp', 'AR6'], {'totals.gross': '22.555'}),
    ('refrigerant R407F, AR5', '0.3 x 677 + 0.3 x 3170 + 0.4 x 1300 = 1674.1 (ASHRAE Fundamentals 2017 Ch29 Table 2)', ['2023,R407F补充,10,kg'], '', [],
     {'totals.gross': '16.741'}),
    ('refrigerant R422D, AR4', '0.651 x 3500 + 0.315 x 1430 = 2728.95 in the seven, 3.4 % isobutane x 3 (EU 517/2014 Annex IV) apart', ['2023,R-422D,10,kg'], '',
     ['--gwp', 'AR4'], {'totals.gross': '27.2895', 'totals.outside_kyoto': '0.00102'}),
    ('leak rate for half a year', '120 kg x 5.5 %/a (2019 Refinement V3 Table 7.9) x 6/12 x 1923.5 = 6347.55 kg',
     ['2023-01/2023-06,R410A,120,kg,leak-ac'], 'factor', [], {'totals.gross': '6.34755'}),
    ('leak rate for a day', '120 kg x 5.5 % x 1/366 x 1923.5: 2024 is a leap year', ['2024-02-29,R410A,120,kg,leak-ac'], 'factor', [],
     {'totals.gross': Fraction('12.6951') / 366}),
    ('leak rate over a new year', 'two days: 1/365 of 2023 and 1/366 of 2024', ['2023-12-31/2024-01-01,R410A,120,kg,leak-ac'], 'factor', [],
     {'totals.gross': Fraction('12.6951') * (Fraction(1, 365) + Fraction(1, 366))}),
    ('SF6 in five sets', '2 kg x 23900 (SAR Table 4)', ['2023,SF6,2,kg'], '', ['--gwp', 'SAR'], {'totals.gross': '47.8'}),
    ('SF6, TAR', '2 kg x 22200', ['2023,SF6,2,kg'], '', ['--gwp', 'TAR'], {'totals.gross': '44.4'}),
    ('SF6, AR4', '2 kg x 22800', ['2023,SF6,2,kg'], '', ['--gwp', 'AR4'], {'totals.gross': '45.6'}),
    ('SF6, AR5', '2 kg x 23500', ['2023,SF6,2,kg'], '', [], {'totals.gross': '47'}),
    ('SF6, AR6', '2 kg x 24300', ['2023,SF6,2,kg'], '', ['--gwp', 'AR6'], {'totals.gross': '48.6', 'by_gas_mass.SF6': '0.002'}),
    ('incineration', '1000 t x 0.4 x 0.4 x 0.95 x 44/12 fossil, 0.4 x 0.6 x 0.95 x 44/12 biogenic (guide 2025; V5 Eq 5.1); N2O 50 g/t, '
     'CH4 0.2 g/t (V5 Tables 5.6, 5.3)', ['2023,生活垃圾焚烧,1000,t'], '', [],
     {'by_gas.CO2': '557.333333333333', 'totals.biogenic_co2': '836', 'by_gas.N2O': '13.25', 'by_gas.CH4': '0.0056',
      'totals.gross': '570.588933333333'}),
    ('waste water, anaerobic reactor', 'V5 Eq 6.4: 1000 kg COD x 0.25 x 0.8 = 200 kg CH4 x 28',
     ['2023,工业废水处理（COD）,1000,kgCOD,wastewater-cod-2019-anaerobic-reactor'], 'factor', [], {'by_gas_mass.CH4': '0.2', 'totals.gross': '5.6'}),
    ('waste water with sludge removed', '(1000 - 100) kg BOD x 0.6 x 0.03 x 28: the sludge is a line with a negative quantity',
     ['2023,生活污水处理（BOD）,1000,kg BOD', '2023,生活污水处理（BOD）,-100,kg BOD'], '', [], {'by_gas.CH4': '0.4536'}),
    ('nitrogen in waste water', '1000 kg N x 0.016 x 44/28 = 25.142857142857... kg N2O x 265', ['2023,污水处理厂进水氮,1000,kgN'], '', [],
     {'by_gas_mass.N2O': '0.025142857143', 'totals.gross': '6.662857142857'}),
    ('nitrogen fertiliser', '1 t N x 0.01 x 44/28 x 265 (V4 Table 11.1)', ['2023,氮肥施用,1,tN'], '', [], {'totals.gross': '4.164285714286'}),
    ('steam by enthalpy', '100 t x (2762.9 - 83.7) kJ/kg = 267.92 GJ x 0.11 t/GJ', ['2023,蒸汽,100,t,2762.9-83.7 kJ/kg'], 'ncv', [],
     {'totals.scope2_location': '29.4712'}),
    ('steam by enthalpy difference', 'as above', ['2023,蒸汽,100,t,+2679.2 kJ/kg'], 'ncv', [], {'totals.scope2_location': '29.4712'}),
    ('heat in GJ and in GWh', '1000 GJ x 0.11; 1 GWh = 3600 GJ', ['2023,热力,1000,GJ', '2023,热力,1,GWh'], '', [], {'totals.gross': '506'}),
    ('sink per crown area', '2 ha x 2.8 tC/(ha a) x 44/12 (2019 Refinement V4 Table 8.1)', ['2023,城市树冠覆盖,2,公顷'], '', [],
     {'totals.removals': '20.533333333333', 'totals.gross': '0', 'totals.net': '-20.533333333333'}),
    ('sink for a quarter in mu', '15 mu = 1 ha; 3/12 a: 2.8 x 44/12 / 4', ['2023-01/2023-03,城市树冠覆盖,15,亩'], '', [],
     {'totals.removals': '2.566666666667'}),
    ('sink by growth', '10 ha x 8 t/(ha a) x (1 + 0.20) x 0.47 x 44/12 (V4 Eq 2.9, 2.10, Tables 4.10, 4.4, 4.3)', ['2023,人工林,10,ha'], '', [],
     {'totals.removals': '165.44'}),
    ('sink per tree', '1000 trees x 0.0122 tC x 44/12', ['2023,香樟,1000,株'], '', [], {'totals.removals': '44.733333333333'}),
    ('limestone', '1000 t x 0.43971 (V3 Table 2.1)', ['2023,石灰石,1000,t'], '', [], {'by_gas.CO2': '439.71'}),
    ('limestone, calcined in part', '439.71 x 0.98 (V3 Eq 2.3)', ['2023,石灰石,1000,t,0.98'], 'oxidation', [], {'by_gas.CO2': '430.9158'}),
    ('graphite electrodes', '10 t x 0.82 tC/t x 44/12 (V3 Table 4.6)', ['2023,石墨电极消耗,10,t'], '', [], {'by_gas.CO2': '30.066666666667'}),
    ('lubricant use', '0.5 TJ x 20.0 tC/TJ x 0.2 x 44/12 (V3 Eq 5.2)', ['2023,润滑油使用,0.5,TJ'], '', [], {'by_gas.CO2': '7.333333333333'}),
    ('hotel nights', '3 x 66.52 kg (CPCD)', ['2024,住宿,3,间夜'], '', [], {'totals.scope3': '0.19956'}),
    ('composting in AR5 and by mass', '1000 t x 4 kg CH4 x 28 + 0.24 kg N2O x 265 (V5 Table 4.1)', ['2023,堆肥,1000,t'], '', [],
     {'by_gas_mass.CH4': '4', 'by_gas_mass.N2O': '0.24', 'totals.gross': '175.6'}),
    ('composting, SAR', '4 t x 21 + 0.24 t x 310', ['2023,堆肥,1000,t'], '', ['--gwp', 'SAR'], {'totals.gross': '158.4'}),
    ('credits', '3 t CO2e of CCER: apart from gross', ['2023,电,1,MWh', '2023,CCER,0.2,tCO2e'], '', [],
     {'totals.gross': '0.5737', 'totals.credits': '0.2', 'totals.net': '0.5737', 'totals.net_after_credits': '0.3737'}),
    ('exported power', 'avoided emissions enter nothing', ['2023,电,1,MWh', '2023,上网电量,1,MWh'], '', [],
     {'totals.gross': '0.5737', 'totals.net': '0.5737', 'totals.avoided': '0.5737'}),
    ('own solar power', 'no emission; 0.1229 kgce/kWh, non-fossil share 1/4', ['2023,电,3,MWh', '2023,光伏自用,1,MWh'], '', [],
     {'totals.gross': '1.7211', 'energy.tce': '0.4916', 'energy.non_fossil_share': '0.25'}),
    ('a negative correction', '1 MWh - 0.25 MWh', ['2023,电,1,MWh', '2023,电,-250,kWh'], '', [], {'totals.gross': '0.430275'}),
    ('nothing used', '0 is a quantity', ['2023,电,0,MWh'], '', [], {'totals.gross': '0'}),
    ('the smallest masses', 'half to even at 1e-9 kg: 0.5, 1.5, 2.5 and 3.5 give 0, 2, 2, 4',
     ['2023,SF6,0.5e-9,kg,user', '2023,SF6,1.5e-9,kg,user', '2023,SF6,2.5e-9,kg,user', '2023,SF6,3.5e-9,kg,user'], 'factor', ['--factors', 'user.csv'],
     {'totals.gross': '0.000000000008'}),
    ('all digits of a quantity', '123456789.123456789 kg x 1', ['2023,SF6,123456789.123456789,kg,user'], 'factor', ['--factors', 'user.csv'],
     {'totals.gross': '123456.789123456789'}),
    ('0.1 + 0.2 kg', 'exactly 0.3', ['2023,SF6,0.1,kg,user', '2023,SF6,0.2,kg,user'], 'factor', ['--factors', 'user.csv'], {'totals.gross': '0.0003'}),
    ('a pound and a short ton', '453.59237 g; 2000 lb', ['2023,SF6,1,lb,user', '2023,SF6,1,short ton,user'], 'factor', ['--factors', 'user.csv'],
     {'totals.gross': '0.90763833237'}),
]
USER = 'id,gas,value,unit,source\nuser,CO2e,1,kg/kg,the test\ngreen,CO2,0,kg/kWh,the test\ngas,CO2e,2,kg/Nm3,the test\n'


def value_at(account, path):
    """account['totals']['gross'] for totals.gross; profiles are found by their id; of several years the sum."""
    if path.split('.')[0] == 'totals' and 'totals' not in account:
        account = {'totals': over_years(account, 'totals')}
    for key in path.split('.'):
        account = next(p for p in account if p['id'] == key)['gross'] if isinstance(account, list) else account[key]
    return account


def rounded(tonnes):
    """A Fraction of tonnes to 1e-9 kg, half to even."""
    return Decimal(round(tonnes * 10 ** 12)).scaleb(-12).normalize()


def header(more):
    return 'period,activity,quantity,unit' + (',' + more if more else '')


def landfill(t):
    """IPCC 2006 V5 Ch 3, Eq 3.2-3.6 as a balance of carbon, year by year; factor landfill-food-managed: DOC 0.15, DOCf 0.5, MCF 1,
    F 0.5, OX 0.1, k 0.185; 1000 t in 2020 and 500 t in 2021; the inventory ends in 2023."""
    left, generated = 0.0, {}
    for year, deposit in ((2020, 1000.0), (2021, 500.0), (2022, 0.0), (2023, 0.0)):
        decomposed = left * (1 - math.exp(-0.185))
        generated[year] = decomposed * 0.5 * 16 / 12 * (1 - 0.1) * 28
        left += deposit * 0.15 * 0.5 * 1.0 - decomposed
    t.write('landfill.csv', rows('2020,食品垃圾填埋,1000,t', '2021,食品垃圾填埋,500,t', '2023,电,0,kWh'))
    account = t.account('landfill.csv', '--by', 'year,activity')
    found = {int(g['keys']['year']): g['tco2e'] for g in account['groups'] if g['keys']['activity'] == '食品垃圾填埋'}
    for year in (2021, 2022, 2023):
        want(abs(float(found[year]) - generated[year]) <= 1e-9 * generated[year], f'{year}: {found[year]} t, by the equations {generated[year]}')
    want(abs(float(over_years(account, 'totals')['gross']) - sum(generated.values())) < 1e-7, 'the total is not the sum of the years')


def instruments(t):
    """GHG Protocol Scope 2 Guidance: both methods side by side. 1000 MWh under a contract at 0, 500 MWh at the residual factor."""
    t.write('market.csv', rows('2023,电,1000,MWh,green', '2023,电,500,MWh,', '2023,热力,10,GJ,', header=header('instrument')))
    totals = t.account('market.csv', '--factors', 'user.csv')['totals']
    same(totals['scope2_location'], Decimal('861.65'), 'location-based: 1500 MWh x 0.5737 + 10 GJ x 0.11')
    same(totals['scope2_market'], Decimal('305.9'), 'market-based: 1000 x 0 + 500 x 0.6096 (表4) + 10 x 0.11')
    same(totals['gross'], Decimal('861.65'), 'gross is location-based')
    t.write('plain.csv', rows('2023,电,1000,MWh'))
    want('scope2_market' not in t.account('plain.csv')['totals'], 'market-based without instruments')


def intensities(t):
    """573.7 t over 3 and 7: ten significant digits, half to even; 亿元 and 万人 are units like others."""
    t.write('one.csv', rows('2023,电,1000,MWh'))
    t.write('case.csv', 'fact,value,unit\ngdp,3,亿元\npopulation,0.7,万人\nfloor_area,"12,000",平方米\n')
    found = t.account('one.csv', '--case', 'case.csv')['intensity']
    same(found['per_gdp']['value'], Decimal('0.01912333333'), '573.7 t / 30000 万元')
    same(found['per_person']['value'], Decimal('0.08195714286'), '573.7 t / 7000')
    same(found['per_floor_area']['value'], Decimal('0.04780833333'), '573.7 t / 12000 m2')


def displayed(t):
    """What a person reads: 0.3 and 518.49, not 0.30000000000000004."""
    t.write('a.csv', rows('2023,SF6,0.1,kg,user', '2023,SF6,0.2,kg,user', header=header('factor')))
    text = t.run('account', 'a.csv', '--factors', 'user.csv').text
    line = next(line for line in text.splitlines() if 'Gross emissions' in line)
    same(line.split()[-3:], ['0.3', 'kg', 'CO2e'], 'gross emissions on the screen')
    t.write('b.csv', rows('2023,电,"1,234.5",MWh,p', header=header('factor')))
    t.write('p.csv', 'id,gas,value,unit,source\np,CO2,0.42,t/MWh,the test\n')
    text = t.run('account', 'b.csv', '--factors', 'p.csv').text
    want('518.49' in next(line for line in text.splitlines() if 'Gross emissions' in line), '518.49 is not on the screen')


def many_lines(t):
    """Beyond 10,000 lines of large uncertainty, approach 1 is still the root of the sum of squares (2006 V1 equation 3.2), and the sum of correlated ones"""
    count, usual = 10400, {}
    t.write('many/factors.csv', 'id,gas,value,unit,activity,scope,source\nf,CO2,1,t/t,act,1,x\ng,CO2,1,t/t,bct,1,x\n')
    t.write('many/correlations.csv', 'first,second,correlation\nact,bct,0.5\n')  # so the lines of act are one draw
    for name, sign in (('plain', 1), ('cancelling', -1)):
        amounts = [(100 + i % 7) * (sign if i >= count - 200 else 1) for i in range(count)]
        halves = [60 + i % 50 for i in range(count)]
        t.write(f'many/{name}.csv', 'period,activity,quantity,unit,uncertainty\n' + ''.join(f'2023,act,{m},t,{h}\n' for m, h in zip(amounts, halves)))
        usual[False] = sum((Fraction(m * h, 100) ** 2 for m, h in zip(amounts, halves)), Fraction(0)) ** Fraction(1, 2)
        usual[True] = abs(sum(Fraction(m * h, 100) for m, h in zip(amounts, halves)))
        for correlated, half in usual.items():
            args = ['--correlations', 'many/correlations.csv'] if correlated else []
            answer = t.account(f'many/{name}.csv', '--factors', 'many/factors.csv', '--uncertainty', 'approach1', *args)['uncertainty']
            same(answer['inputs']['merged'], 400, 'merged lines')
            found = float(answer['totals'][0]['approach1']['sd']) * 1.959963984540054
            want(abs(found - float(half)) < 2e-5 * float(half), f'{name}, correlated {correlated}: half-width {found}, expected {float(half)}')


def run(t):
    t.write('user.csv', USER)
    for number, (name, origin, lines, columns, args, expected) in enumerate(CASES):
        with t.case(f'{name} ({origin})'):
            path = t.write(f'case-{number}.csv', rows(*lines, header=header(columns)))
            account = t.account(path, *args)
            for key, value in expected.items():
                value = rounded(value) if isinstance(value, Fraction) else Decimal(value)
                same(value_at(account, key), value, key)
    for check in (many_lines, landfill, instruments, intensities, displayed):
        with t.case(check.__doc__.splitlines()[0]):
            check(t)
    with t.case('the shipped data are the ones these numbers are of'):
        with open(f'{DATA}/factors/fuel.csv', encoding='utf-8') as f:
            want('42.652,GJ/t,20.2,tC/TJ,0.98' in f.read(), 'diesel of GB/T 32151.22-2024 has changed')
