# SPDX-License-Identifier: GPL-3.0-or-later
"""Every total, line and requirement of a report is explained: five fields first, and with --all down to the lines, whose sum is the total, to the terms, whose product
is the line, to documents, cells and the words of the clause."""
import csv
import json
import os
import re
from decimal import Decimal

from .formula import agrees, value
from .harness import INVALID, OK, ROOT, USAGE, same, want

EXAMPLES = os.path.join(ROOT, 'examples')
CASES = ('region', 'park', 'community', 'building', 'enterprise')


def report(t, *args):
    done = t.run(*args, '-f', 'json', '-o', 'r.json')
    want(done.status in (0, 1, 4), done.errors)
    with open(t.path('r.json'), encoding='utf-8') as f:
        return json.load(f, parse_float=Decimal, parse_int=Decimal)


def fields(text):
    """The labelled fields on the first page; what goes on in the next line is joined."""
    found, label = {}, None
    for line in text.splitlines()[1:]:
        match = re.match(r'(\w[\w ]*?)  +(\S.*)', line)
        if match:
            label = match[1]
            found[label] = match[2]
        elif line.startswith('  ') and label:
            found[label] += ' ' + line.strip()
        else:
            break
    return found


def explain(t, name, folder, *args, lang='en'):
    done = t.run('explain', 'r.json', name, folder, '--lang', lang, *args)
    same((done.status, done.errors), (OK, ''), f'explain {name}')
    return done.text


def as_json(t, name, folder, *args):
    """The answer as JSON: the same bytes in either language."""
    done = [t.run('explain', 'r.json', name, folder, '-f', 'json', '--lang', lang, *args) for lang in ('zh', 'en')]
    same((done[0].status, done[0].errors, done[0].out), (OK, '', done[1].out), f'explain {name} -f json')
    return json.loads(done[0].out, parse_float=Decimal, parse_int=Decimal)


def totals(t):
    for case in CASES:
        folder = os.path.join(EXAMPLES, case)
        with t.case(f'totals of {case}'):
            account = report(t, 'account', folder)
            for year in account['years'][-2:]:
                for name, total in year['totals'].items():
                    text = explain(t, f'{name}:{year["year"]}', folder)
                    page = fields(text)
                    same(page['Value'], f'{total} t CO2e', name)
                    same(Decimal(re.search(r'together (\S+) t CO2e', page['Made of'])[1]), total, f'the lines of {name}')
                    same(len(page), 5 if total else len(page), f'fields of\n{text}')
                    made = as_json(t, f'{name}:{year["year"]}', folder, '--all')['total']
                    same((made['id'], made['year'], made['value'], made['sum'], sum(part['value'] for part in made['activities']), sum(line['co2e']['value'] for line in made['lines']) / 1000),
                         (name, year['year'], total, total, total, total), name)
                    same(len({(line['place']['file'], line['place'].get('sheet'), line['place']['line']) for line in made['lines']}), made['line_count'], 'lines')
                    same({line['factor'] for line in made['lines'] if 'factor' in line}, {factor['id'] for factor in made['factors']}, 'factors')
            same(explain(t, f'years[{year["year"]}].totals.gross', folder), explain(t, f'gross:{year["year"]}', folder), 'as verify calls it')
    with t.case('what a document calls its total: power by contracts, what is given out taken off'):
        park = ('period,activity,quantity,unit,instrument\n2025,electricity,1000,MWh,\n2025,electricity,400,MWh,zcp910-elec-direct\n2025,heat,100,GJ,\n'
                '2025,natural_gas,1,tce,\n2025,electricity_export,100,MWh,\n2025,heat_export,10,GJ,\n')
        for name, profile, rows in (('given out', 'ndrc-2025-910', park), ('no contract', 'ndrc-2025-910', park.replace('zcp910-elec-direct', '')),
                                    ('by market alone', 'public-institution', '\n'.join(park.split('\n')[:4]) + '\n')):
            t.write('a.csv', rows)
            made = report(t, 'account', 'a.csv', '--profile', profile)['years'][0]['totals']
            told = as_json(t, 'profile_total:2025', 'a.csv', '--all')['total']
            same((told['value'], told['sum'], sum(line['co2e']['value'] for line in told['lines']) / 1000), (made['profile_total'],) * 3, name)
            same(made['profile_total'] == made['gross'], False, f'{name}: not the gross emissions')
    with t.case('one total, all of it'):
        folder = os.path.join(EXAMPLES, 'park')
        account = report(t, 'account', folder)
        year = account['years'][-1]
        text = explain(t, f'scope1:{year["year"]}', folder, '--all')
        table = text.split('\nLines\n')[1].split('\nFactors and their documents')[0]
        masses = [Decimal(m.replace(',', '')) for m in re.findall(r'  (-?[\d,]+(?:\.\d+)?)$', table, re.M)]
        same(sum(masses), year['totals']['scope1'] * 1000, 'the sum of the lines')
        want('第' in text or '指南' in text or 'IPCC' in text, 'no document')


def lines(t):
    folder = os.path.join(EXAMPLES, 'enterprise')
    with t.case('each line, its equation and its factor'):
        report(t, 'check', folder)
        t.run('account', folder, '--ledger', 'l.csv')
        with open(t.path('l.csv'), encoding='utf-8-sig') as f:
            rows = list(csv.DictReader(f))
        for row in rows[::9]:
            text = explain(t, f'{row["file"]}:{row["line"]}', folder, '--all')
            plain = re.sub(r'\s+', '', text)
            for wanted in (row['formula'], row['factor'], row['period'], row['site'], row['mass_kg'], row['evidence'], row['source_document'][:20] if '《' in row['source_document'] else ''):
                want(re.sub(r'\s+', '', wanted) in plain, f'{wanted} of {row["file"]}:{row["line"]} is not in\n{text}')
            found, exact = value(row['formula'].lstrip("'"))
            want(agrees(found, exact, row['mass_kg']), row['formula'])
            want('Term' in text and 'the factor' in text, text)
            made = as_json(t, f'{row["file"]}:{row["line"]}', folder, '--all')
            entries = [e for e in made['line']['entries'] if e.get('gas') == row['gas'] and e['bucket']['id'] == row['bucket']]
            same([(e['formula'], e['mass']['value'], e['co2e']['value'], e['factor']['id']) for e in entries],
                 [(row['formula'].lstrip("'"), Decimal(row['mass_kg']), Decimal(row['co2e_kg']), row['factor'])], 'the entry of the ledger')
            same((made['reproduced'], made['line']['place']['line'], made['line'].get('site', '')), (True, int(row['line']), row['site']), 'the line')
        same(re.search(r'\(column (\d+)\)', explain(t, 'inventory.csv:2', folder))[1], '6', 'the column of the quantity')
    with t.case('of a sheet, the cell'):
        import openpyxl # pylint: disable=import-outside-toplevel
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = 'power'
        for line in (('period', 'activity', 'quantity', 'unit'), ('2023-01', '电', 5, 'kWh')):
            sheet.append(line)
        book.save(t.path('w.xlsx'))
        report(t, 'account', 'w.xlsx')
        done = t.run('explain', 'r.json', 'w.xlsx:2', '--lang', 'en')
        want(done.status == OK and '5 kWh (C2)' in done.text, done.text + done.errors)


def requirements(t):
    for case in CASES:
        folder = os.path.join(EXAMPLES, case)
        with t.case(f'requirements of {case}'):
            checked = report(t, 'check', folder)
            for r in checked['requirements']:
                for lang in ('en', 'zh'):
                    text = explain(t, r['id'], folder, lang=lang)
                    plain = re.sub(r'\s+', '', text)
                    for wanted in (r['quote'], r['clause'], r['title'][lang], r['why'][lang]):
                        want(re.sub(r'\s+', '', wanted) in plain, f'{wanted} is not in\n{text}')
                made = as_json(t, r['id'], folder)
                same((made['requirement'], made['rules']['id'], 'reproduced' in made), (r, checked['rules']['id'], False), 'the requirement of the report')
                whole = re.sub(r'\s+', '', explain(t, f'requirements[{r["id"]}]', folder, '--all'))
                for item in r['inputs']:
                    place = item.get('place', {})
                    want(item['id'] in whole and place.get('file', '') in whole, f'{item["id"]} of {r["id"]} is not in {whole}')


def schemes(t):
    """Of examples of other schemes each total, line and requirement, down to lines with their cells."""
    for case, *command in (('park-910', 'check', '--rules', 'ndrc-2025-910'), ('admission', 'check', '--rules', 'project-admission'), ('event', 'event')):
        folder = os.path.join(EXAMPLES, case)
        with t.case(f'{case}: totals, lines, requirements'):
            made, places = report(t, command[0], folder, *command[1:]), set()
            year = made['account']['years'][-1]
            for name, total in year['totals'].items():
                told = as_json(t, f'{name}:{year["year"]}', folder, '--all')['total']
                same((told['value'], told['sum']), (total, total), name)
                places |= {f'{line["place"]["file"]}:{line["place"]["line"]}' for line in told['lines']}
            want(places, 'no lines')
            for place in sorted(places):
                want('column' in as_json(t, place, folder)['line']['place'], place)
            for r in made['requirements']:
                same(as_json(t, r['id'], folder)['requirement'], r, r['id'])


def refusals(t):
    folder = os.path.join(EXAMPLES, 'park')
    report(t, 'account', folder)
    with t.case('what is not there'):
        for name in ('gros:2020', 'gross:1999', '4.3-req5', 'inventory.csv:99999', 'inventory.csv:1', 'other.csv:2', 'gross', ''):
            done = t.run('explain', 'r.json', name, folder, '--diagnostics', 'json')
            same((done.status, done.out, [d['code'] for d in done.diagnostics()]), (INVALID, b'', ['E6024']), name)
        done = t.run('explain', 'r.json', 'gross:1999', folder, '-f', 'json')
        made = json.loads(done.out)
        same((done.status, made['schema'], made['command'], [d['code'] for d in made['diagnostics']]), (INVALID, 'tanhe.error/1', 'explain', ['E6024']), done.text)
        same(json.loads(t.run('explain', 'r.json', '-f', 'json').out)['status'], USAGE, 'no id, as JSON')
        same(t.run('explain', 'r.json').status, USAGE, 'no id')
        same(t.run('explain', 'r.json', 'inventory.csv:2', 'nowhere', '--diagnostics', 'json').diagnostics()[0]['code'], 'E6022', 'no inputs')
    with t.case('a report that is another'):
        text = open(t.path('r.json'), encoding='utf-8').read()
        first = re.search(r'"scope1": ([\d.]+)', text)
        t.write('r.json', text.replace(first[0], first[0] + '1' if '.' in first[1] else first[0] + '.1', 1))
        year = json.loads(text)['years'][0]['year']
        want('does not come out again' in explain(t, f'scope3:{year}', folder), 'nothing is said of it')


def run(t):
    totals(t)
    lines(t)
    requirements(t)
    schemes(t)
    refusals(t)
