# SPDX-License-Identifier: GPL-3.0-or-later
"""A year by itself: no sum of several, no fact of another year, no 0 for what was not computed."""
import os

from .harness import INVALID, ROOT, TESTS, over_years, same, want


def scopes(t):
    # Natural gas only: scope 1. Power under a factor of 0 is computed, and comes to 0.
    t.write('gas.csv', 'period,activity,quantity,unit\n2023,天然气,1,万Nm3\n')
    t.write('zero.csv', 'period,activity,quantity,unit,factor\n2023,外购电力,1,MWh,jst303-green\n')
    t.write('credit.csv', 'period,activity,quantity,unit\n2023,CCER,1,t CO2e\n')
    names = ('scope1', 'scope2_location', 'scope2_market', 'scope3')
    for name, expected in (('gas', {'scope1'}), ('zero', {'scope2_location'}), ('credit', set())):
        with t.case(f'a scope without a line is absent: {name}'):
            totals = t.account(name + '.csv')['totals']
            same({n for n in names if n in totals}, expected, 'scopes')
            if name == 'zero':
                same(totals['scope2_location'], 0, 'computed as 0')


def columns(t):
    folder = os.path.join(TESTS, 'reports', 'three-years')
    apart = ('totals', 'by_gas', 'by_gas_mass', 'energy', 'intensity', 'profiles', 'iso_14064_1')
    with t.case('three years are three columns'):
        a = t.account(folder, '--gas-condition', '20C')
        same([k for k in apart if k in a], [], 'members that would be of several years')
        same([y['year'] for y in a['years']], [2021, 2022, 2023], 'years')
        same([y for y in a['years'] if 'intensity' in y], [], 'intensities: the facts of the case name no year')
        same(sorted({c['code'] for c in a['caveats']} & {'C4053', 'C4054'}), ['C4053'], 'why there is none')
        same(a['by'], ['year', 'scope', 'activity'], 'keys of the groups')
        for y in a['years']:
            same(sum(g['tco2e'] for g in a['groups'] if g['keys']['year'] == str(y['year'])), y['totals']['gross'], 'groups of the year')
        text = t.run('account', folder, '--gas-condition', '20C', '--lang', 'zh').text
        want(all(f'{y["totals"]["gross"]:,.2f}' in text for y in a['years']), 'a year is not in the text')
        want(f'{over_years(a, "totals")["gross"]:,.2f}' not in text, 'the sum of the years is in the text')
    with t.case('a year among others is the year alone'):
        with open(os.path.join(folder, 'inventory.csv'), encoding='gb18030') as f:
            head, *lines = f.read().splitlines()
        for y in a['years']:
            name = f'{y["year"]}.csv'
            t.write(name, '\n'.join([head, *(line for line in lines if line.startswith(str(y['year'])))]) + '\n')
            alone = t.account(name, '--gas-condition', '20C')
            for key in apart:
                if key != 'profiles':
                    same(alone.get(key), y.get(key), f'{key} of {y["year"]}')
            same([p.get('gross') for p in alone['profiles']], [p.get('gross') for p in y['profiles']], 'other profiles')
            same(alone['by'], ['scope', 'activity'], 'nobody asked for the year')
    with t.case('a line of two years leaves neither of them with a total'):
        t.write('long.csv', 'period,activity,quantity,unit\n2022-01/2023-12,天然气,1,万Nm3\n2021,天然气,1,万Nm3\n')
        same([sorted(y) for y in t.account('long.csv')['years']][1:], [['year'], ['year']], 'members')


# 1 x 10^4 Nm3 of gas a year: 21.64 t; GDP of 100 and 200 x 10^4 CNY.
FACTS = 'fact,value,unit,year\n'
GAS = 'period,activity,quantity,unit\n2022,天然气,1,万Nm3\n2023,天然气,1,万Nm3\n'


def facts(t):
    def intensities(case, lines=GAS):
        t.write('case/case.csv', FACTS + case)
        t.write('case/inventory.csv', lines)
        a = t.account('case')
        return ([(int(y['year']), k, int(v['fact']['value'])) for y in a['years'] for k, v in y.get('intensity', {}).items()],
                [c['code'] for c in a['caveats'] if c['code'] in ('C4053', 'C4054')])
    os.makedirs(t.path('case'), exist_ok=True)
    one = GAS.splitlines()[0] + '\n' + GAS.splitlines()[2] + '\n'
    for name, case, lines, expected in (
            ('two rows', 'gdp,100,万元,2022\ngdp,200,万元,2023\n', GAS, ([(2022, 'per_gdp', 100), (2023, 'per_gdp', 200)], [])),
            ('two rows, the later first, by other names', '地区生产总值,200,万元,2023年\ngdp,100,万元,2022\n', GAS,
             ([(2022, 'per_gdp', 100), (2023, 'per_gdp', 200)], [])),
            ('no year, several of data', 'gdp,100,万元,\n', GAS, ([], ['C4053'])),
            ('no year, one of data', 'gdp,100,万元,\n', one, ([(2023, 'per_gdp', 100)], [])),
            ('a year without data', 'gdp,100,万元,2020\n', GAS, ([], ['C4054'])),
            ('with and without, one of data', 'gdp,100,万元,\ngdp,200,万元,2023\n', one, ([(2023, 'per_gdp', 200)], []))):
        with t.case(f'an intensity is of the year of its fact: {name}'):
            same(intensities(case, lines), expected, 'intensities and caveats')
    for name, case, told in (
            ('differ', 'gdp,100,万元,\ngdp,200,万元,2023\n', ['C4160']), ('by another name', '地区生产总值,100,万元,\ngdp,200,万元,2023\n', ['C4160']),
            ('alike', 'gdp,200,万元,\ngdp,2000000,元,2023\n', []), ('two years', 'gdp,100,万元,2022\ngdp,200,万元,2023\n', [])):
        with t.case(f'a fact with a year and without one: {name}'):
            for rows in (case, '\n'.join(case.split()[::-1]) + '\n'):
                intensities(rows, one)
                same([c['code'] for c in t.account('case')['caveats'] if c['code'] == 'C4160'], told, 'account')
    for name in ('gdp', '地区生产总值'):
        with t.case(f'two facts of one year are one error, which names the other line: {name}'):
            t.write('case/case.csv', FACTS + f'gdp,100,万元,2022\n{name},200,万元,2022\n')
            r = t.run('account', 'case', '--diagnostics', 'json')
            same((r.status, sorted((d['code'], d['line']) for d in r.diagnostics() if d['severity'] == 'error')),
                 (INVALID, [('E3602', 3)]), 'errors')


def applicant(t):
    """The same rows in check: the row with a year goes before the one without, in any order, and both places are said."""
    head = 'fact,value,unit,year\ncategory,community,,\nlocation,suburban,,\n'
    rows = {'dated': 'households,3000,户,2023', 'old': 'households,2000,户,2021', 'undated': '户数,4000,户,', 'alike': '户数,3000,,'}
    os.makedirs(t.path('applicant'), exist_ok=True)

    def report(*lines):
        t.write('applicant/case.csv', head + ''.join(line + '\n' for line in lines))
        return t.run('check', t.path('applicant'), '-f', 'json').json()

    def lines_of(found, code):
        return [c['text']['en'] for c in found['caveats'] + found.get('account', {}).get('caveats', []) if c['code'] == code]
    for lines in ('', GAS):
        if lines:
            t.write('applicant/inventory.csv', lines)
        for names, told in ((('dated', 'undated'), 1), (('old', 'dated', 'undated'), 1), (('dated', 'alike'), 0), (('old', 'dated'), 0)):
            for order in (names, names[::-1]):
                with t.case(f'check {"with" if lines else "without"} an inventory: {", ".join(order)}'):
                    found = report(*(rows[n] for n in order))
                    size = next(r for r in found['requirements'] if r['id'] == '4.3-req5')
                    same(size['limits'][0]['observed'], 3000, 'the fact that counts')
                    places = lines_of(found, 'C4160')
                    same(len(places), told, 'caveats')
                    want(all(f'line {order.index(n) + 4}' in c for c in places for n in ('dated', 'undated')), f'both places: {places}')
    os.remove(t.path('applicant/inventory.csv'))
    with t.case('without an inventory nobody is asked why months are missing'):
        asked = [r['id'] for r in report('base_year,2023,,')['requirements'] if 'holes_reason' in r.get('missing', [])]
        same(asked, [], 'requirements')
    # A base year that shares a day with the creation period is in it.
    for start, end, told in (('2023-07', '2026', 1), ('2022', '2026', 1), ('2024', '2026', 0), ('2024-01-01', '2026', 0), ('2020', '2022-12', 0), ('2023-12-31', '2026', 1)):
        with t.case(f'base year 2023, period {start} to {end}'):
            found = report('base_year,2023,,', f'start,{start},,', f'end,{end},,')
            same([len(lines_of(found, code)) for code in ('C4161', 'C4170')], [told, int(end < '2023')], 'caveats')


def purposes(t):
    # 10 x 10^4 kWh of grid power and as much green power, Shanghai 2023: 0.5737 kg/kWh; JS/T 303-2026 counts the second 0.
    t.write('green.csv', 'period,activity,quantity,unit,region,instrument\n2023,电,10,万kWh,上海,\n2023,绿电,10,万kWh,上海,合同1\n')
    t.write('bare.csv', 'period,activity,quantity,unit,region\n2023,电,10,万kWh,上海\n2023,绿电,10,万kWh,上海\n')
    for name, profile, expected in (('green', 'public-institution', ('57.37', '114.74', [])), ('bare', 'public-institution', ('114.74', '114.74', ['C4055'])),
                                    ('bare', 'mee-provincial', ('None', '114.74', ['C4163']))):
        with t.case(f'the total by the words of the document: {name} under {profile}'):
            a = t.account(name + '.csv', '--profile', profile)
            totals = a['totals']
            same((str(totals.get('profile_total')), str(totals['gross']), [c['code'] for c in a['caveats'] if c['code'] in ('C4055', 'C4163')]), expected, 'totals')


def institution(t):
    """A public institution of 1,315.548 MWh of the grid and 100 MWh of green power, Shanghai 2023 at 0.5737 t/MWh (announcement 2025 no. 47, table 3):
    754.73 t by JS/T 303-2026, which counts purchased green power 0, and 812.10 t by the GHG Protocol's location-based way."""
    for contract, own, code in (('合同1', '754.73', []), ('', '812.10', ['C4055'])):
        with t.case(f'a public institution, contract {contract or "none"}'):
            t.write('js.csv', f'period,activity,quantity,unit,region,instrument\n2023,电,131.5548,万kWh,上海,\n2023,绿电,10,万kWh,上海,{contract}\n')
            a = t.account('js.csv', '--profile', 'public-institution')
            own_total = a['totals'].get('profile_total', a['totals']['gross'])
            same((f"{a['totals']['gross']:.2f}", f'{own_total:.2f}', [c['code'] for c in a['caveats'] if c['code'] == 'C4055']), ('812.10', own, code), 'totals')
            text = t.run('account', 'js.csv', '--profile', 'public-institution', '--lang', 'zh').text
            want(not contract or ('754.73' in text and '812.10' in text), 'both totals are in the text')


def one_meaning(t):
    """A year's numbers are one number in account, check and plan: credits, which only the building has, too."""
    for name in ('building', 'community', 'enterprise', 'park', 'region'):
        with t.case(f'one number, one meaning: {name}'):
            case = os.path.join(ROOT, 'examples', name)
            account, check, plan = (t.run(command, case, '-f', 'json').json() for command in ('account', 'check', 'plan'))
            base = plan['base_year']['year'] if isinstance(plan['base_year'], dict) else plan['base_year']
            a, c, p = (next(y for y in years if int(y['year']) == base) for years in (account['years'], check['account']['years'], plan['years']))
            for key in ('gross', 'removals', 'net', 'credits', 'net_after_credits'):
                same([str(a['totals'][key]), str(p[key])], [str(c['totals'][key])] * 2, key)
            same([str(p['tce']), str(p['non_fossil_share'])], [str(a['energy'][k]) for k in ('tce', 'non_fossil_share')], 'energy')
            same([y['credits'] for y in plan['years'][1:]], [0] * (len(plan['years']) - 1), 'no year after it has them')
            same(['C4149' in [q['code'] for q in plan['caveats']], a['totals']['credits'] != 0], [name == 'building'] * 2, 'and it is said')


def run(t):
    one_meaning(t)
    scopes(t)
    purposes(t)
    institution(t)
    columns(t)
    facts(t)
    applicant(t)
