# SPDX-License-Identifier: GPL-3.0-or-later
"""How quantities were come by: which share of the gross emissions rests on which grade, exactly, by scope, by any reader and number of threads; and what a rule
pack may ask of it. The admission of a project, whose pack has no code of its own, is here as well.

Lines are by own factors of 1 kg/kWh (scope 2) and 1 t/t (scope 1), so that a MWh and a tonne are 1 t CO2e."""
import csv
import io
import json
import os
import random
from decimal import Decimal as D

from .harness import INVALID, ROOT, lacks, same, want

FACTORS = 'id,gas,value,unit,scope,source\ntwo,CO2e,1,kg/kWh,2,example\none,CO2e,1,t/t,1,example\n'
HEAD = 'period,activity,quantity,unit,factor,质量等级\n'


def account(t, lines, *more, status=0):
    t.write('f.csv', FACTORS)
    t.write('a.csv', HEAD + lines)
    result = t.run('account', 'a.csv', '--factors', 'f.csv', *more)
    same(result.status, status, result.errors)
    return result


def quality(t, lines, *more):
    return {q['grade']: {k: q[k] for k in q if k != 'grade'} for q in account(t, lines, '-f', 'json', *more).json().get('data_quality', [])}


def shares(t):
    with t.case('each grade by scope, by hand'):
        found = quality(t, '2025,x,2,MWh,two,实测\n2025,x,1,MWh,two,发票\n2025,x,3,t,one,measured\n2025,x,1,t,one,分摊\n2025,x,0.5,t,one,估算\n2025,x,0.25,t,one,代理\n2025,x,0.25,t,one,\n2025,x,-1,MWh,two,invoice\n')
        wanted = {'measured': (3, 2, 5, '71.4286'), 'invoice': (0, 0, None, None), 'allocated': (1, 0, 1, '14.2857'), 'estimated': ('0.5', 0, '0.5', '7.1429'), 'proxy': ('0.25', 0, '0.25', '3.5714'),
                  'none': ('0.25', 0, '0.25', '3.5714')} # of 7 t
        same(found, {g: {'scope1': D(a), 'scope2_location': D(b), 'gross': D(c), 'percent': D(p)} for g, (a, b, c, p) in wanted.items() if c is not None}, 'grades')
    with t.case('without a grade nothing is said'):
        same(quality(t, '2025,x,2,MWh,two,\n'), {}, 'grades')
    with t.case('a word that is none'):
        found = account(t, '2025,x,2,MWh,two,好\n2025,x,2,MWh,two,\n2025,x,1,MWh,two,坏\n', status=INVALID).errors
        same([line.split(': error ')[0] + ' ' + line.split(': error ')[1][:5] for line in found.splitlines() if ': error ' in line], ['a.csv:2:18 E2014', 'a.csv:4:18 E2014'], 'errors')
    with t.case('text, and groups as CSV'):
        lines = '2025,x,2,MWh,two,实测\n2025,x,1,t,one,\n'
        want('By grade of data' in account(t, lines).text and '66.7 %' in account(t, lines).text, 'text')
        rows = list(csv.DictReader(io.StringIO(account(t, lines, '-f', 'csv', '--by', 'grade,scope').text.lstrip('\ufeff'))))
        same([(r['grade'], r['scope'], D(r['tco2e'])) for r in rows], [('', '1', D(1)), ('measured', '2', D(2))], 'groups')


def large(t):
    """Many lines by both readers and several threads, against sums in exact decimals; lines over the end of a year and waste in a landfill too."""
    chance, sums, lines = random.Random(6), {}, []
    for n in range(60000):
        grade, scope = chance.choice(['measured', '实测', '发票', 'allocated', '估算', 'proxy', '']), chance.choice([1, 2])
        amount = D(chance.randrange(1, 10 ** 9)) / 1000000
        lines.append(f'2025-{n % 12 + 1:02},x,{amount},{"t" if scope == 1 else "MWh"},{"one" if scope == 1 else "two"},{grade}\n')
        key = ({'实测': 'measured', '发票': 'invoice', '估算': 'estimated', '': 'none'}.get(grade, grade), ('scope1', 'scope2_location')[scope - 1])
        sums[key] = sums.get(key, 0) + amount
    with t.case('60,000 lines'):
        one = account(t, ''.join(lines), '-f', 'json', '--threads', '1')
        found = {(q['grade'], s): q[s] for q in one.json()['data_quality'] for s in ('scope1', 'scope2_location')}
        same(found, sums, 'sums')
        for threads in ('2', '5'):
            want(account(t, ''.join(lines), '-f', 'json', '--threads', threads).out == one.out, f'{threads} threads')
        chance.shuffle(lines)
        same(account(t, ''.join(lines), '-f', 'json').json()['data_quality'], one.json()['data_quality'], 'another order')
        by = account(t, ''.join(lines), '-f', 'json', '--by', 'grade').json()['groups']
        same(sorted((g['keys']['grade'] or 'none', g['tco2e']) for g in by), sorted((q['grade'], q['gross']) for q in one.json()['data_quality']), 'groups')
    for name in ('region', 'community', 'enterprise'):
        with t.case(f'the grades of {name} are its totals'):
            with open(os.path.join(ROOT, 'examples', name, 'inventory.csv'), encoding='utf-8-sig', newline='') as f:
                table = list(csv.reader(f))
            text = io.StringIO()
            csv.writer(text, lineterminator='\n').writerows([[*row, 'grade' if n == 0 else ('measured', '', 'proxy', 'invoice')[n % 4]] for n, row in enumerate(table)])
            t.write(f'{name}/inventory.csv', text.getvalue())
            for part in ('factors.csv', 'instruments.csv', 'case.csv'):
                path = os.path.join(ROOT, 'examples', name, part)
                if os.path.exists(path):
                    with open(path, encoding='utf-8-sig') as f:
                        t.write(f'{name}/{part}', f.read())
            report = t.run('account', name, '-f', 'json').json()
            years = [y for y in report['years'] if 'data_quality' in y]
            want(years, 'years')
            for year in years:
                for scope in ('scope1', 'scope2_location', 'scope3', 'gross'):
                    same(sum(q.get(scope, 0) for q in year['data_quality']), year['totals'].get(scope, 0), f'{year["year"]} {scope}')


def asked(t):
    """A pack that wants half of the emissions measured or by invoice."""
    both = {'add': [{'get': 'grade_share_measured'}, {'get': 'grade_share_invoice'}]}
    words = {'zh': 'x', 'en': 'x'}
    pack = {'schema': 'tanhe.rules/1', 'id': 'graded', 'version': '1', **words, 'document': {'number': 'x', 'issuers': 'x', 'date': '2025', **words},
            'yes': {'id': 'yes', **words, 'aliases': ['y']}, 'no': {'id': 'no', 'zh': 'n', 'en': 'n'}, 'facts': [{'id': 'name', 'zh': 'name', 'en': 'name', 'type': 'text'}],
            'computed': [{'id': f'grade_share_{g}', 'zh': g, 'en': g, 'type': 'number', 'units': ['%']} for g in ('measured', 'invoice')],
            'why': {s: words for s in ('met', 'not_met', 'undetermined', 'expert_review', 'not_applicable')},
            'requirements': [{'id': 'primary', 'clause': '1', 'quote': 'x', **words, 'level': 'mandatory', 'advice': words,
                              'applies': [{'limits': [{**words, 'observed': both, 'compare': 'ge', 'required': {'quantity': [50, '%']}, 'unit': '%'}]}]}]}
    t.write('graded.json', json.dumps(pack))
    t.write('case/case.csv', 'fact,value\nname,x\n')
    t.write('case/factors.csv', FACTORS)
    for amount, status in (('1', 0), ('0.999999', 1)):
        with t.case(f'a pack asks for half: {amount} of 2 t'):
            t.write('case/inventory.csv', HEAD + f'2025,x,{amount},MWh,two,实测\n2025,x,{D(2) - D(amount)},t,one,估算\n')
            same(t.run('check', 'case', '--rules', 'graded.json').status, status, 'status')
    with t.case('a grade that is none is no computed value'):
        t.write('other.json', json.dumps(pack).replace('grade_share_measured', 'grade_share_good'))
        want('W3915' in t.run('check', 'case', '--rules', 'other.json').errors, 'a warning')


def admission(t):
    """A park of 2,000 t CO2e and 10^4 MWh (1,229 tce) with 10,000 x 10^4 CNY; the project: 300 t, 200 tce, 2,000 x 10^4 CNY, so 0.15 t and 0.1 tce each."""
    facts = {'name': 'x', 'by_emissions': 'yes', 'by_energy': 'no', 'project_emissions': '300,t CO2e', 'project_energy': '200,tce', 'project_value': '2000,万元', 'park_value': '10000,万元'}

    def run(params='max_project_emissions,0.15,t CO2e/万元,x\n', **changed):
        t.write('park/project.csv', 'fact,value,unit\n' + ''.join(f'{k},{v}{"" if "," in v else ","}\n' for k, v in {**facts, **changed}.items() if v is not None))
        t.write('park/factors.csv', 'id,gas,value,unit,scope,source\ntwo,CO2e,0.2,kg/kWh,2,example\n')
        t.write('park/inventory.csv', 'period,activity,quantity,unit,factor\n2025,外购电力,1000,万kWh,two\n')
        t.write('park/params.csv', 'param,value,unit,source\n' + params)
        result = t.run('check', 'park', '--rules', 'project-admission', '-f', 'json')
        want(result.status in (0, 1, 4), result.errors)
        return result.status, {r['id']: r for r in result.json()['requirements']}
    with t.case('at its limit, and what it does to the park'):
        status, by = run()
        same((status, [by[i]['status'] for i in ('gate', 'emissions', 'energy', 'park-emissions', 'park-energy')]), (0, ['met', 'met', 'not_applicable', 'met', 'met']), 'statuses')
        limit = by['park-emissions']['limits'][0]
        same((limit['required'], round(limit['observed'], 6)), (D('0.2'), round(D(2300) / 12000, 6)), 'emissions per value of the park')
        limit = by['park-energy']['limits'][0]
        same((limit['required'], round(limit['observed'], 6)), (D('0.1229'), round(D(1429) / 12000, 6)), 'energy per value of the park')
    with t.case('above it'):
        same(run(project_emissions='300.01,t CO2e')[0], 1, 'status')
        status, by = run(project_emissions='400.1,t CO2e', params='max_project_emissions,0.3,t CO2e/万元,x\n')
        same((status, by['park-emissions']['status']), (0, 'not_met'), 'status')
    with t.case('the example'):
        result = t.run('check', os.path.join(ROOT, 'examples', 'admission'), '--rules', 'project-admission', '-f', 'json')
        by = {r['id']: r for r in result.json()['requirements']}
        # 9,800 t and 6,200 tce over 52,000 x 10^4 CNY
        same((result.status, [round(by[i]['limits'][0]['observed'], 6) for i in ('emissions', 'energy')]), (0, [round(D(9800) / 52000, 6), round(D(6200) / 52000, 6)]), 'per value')
    with t.case('no limit, no gate, energy as the gate'):
        status, by = run(params='')
        same((status, lacks(by['emissions'])), (4, ['max_project_emissions']), 'no limit')
        same(run(by_emissions='no')[0], 1, 'no gate')
        same(run(by_emissions='no', by_energy='yes', params='max_project_energy,0.1,tce/万元,x\n')[0], 0, 'energy')


def run(t):
    shares(t)
    large(t)
    asked(t)
    admission(t)
