# SPDX-License-Identifier: GPL-3.0-or-later
"""Input that is meant to do harm or is out of all proportion: a clean answer in bounded memory."""
import csv
import datetime
import io
import json
import os
import random
from decimal import Decimal
from fractions import Fraction

from .harness import INVALID, OK, ROOT, rows, same, shipped_pack, want

MEMORY = 300 << 20  # address space of a run, of which the shipped data take a part
HEADER = 'period,activity,quantity,unit,site,source,note'
NASTY = ['=1+1', '+1', '-2', '@SUM(A1)', '\t=1', '＝1', '＋1', '－1', '＠x', '=cmd|\' /c calc\'!A1', '\r=1']


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def formulas(t):
    """A cell that a spreadsheet would compute is text with an apostrophe in front, in the ledger and in the groups."""
    t.write('f.csv', rows(*[f'2023,电,1,kWh,{quoted(n)},{quoted(n)},{quoted(n)}' for n in NASTY], header=HEADER))
    done = t.run('account', 'f.csv', '--by', 'site,source', '-f', 'csv', '--ledger', 'l.csv')
    same(done.status, OK, f'status {done.errors}')
    with open(t.path('l.csv'), encoding='utf-8-sig', newline='') as f:
        ledger = list(csv.DictReader(f))
    groups = list(csv.DictReader(io.StringIO(done.out.decode('utf-8-sig'))))
    same(len(ledger), len(NASTY), 'rows')
    for row, columns in [(r, ('site', 'source', 'note')) for r in ledger] + [(r, ('site', 'source')) for r in groups]:
        for column in columns:
            want(row[column].startswith("'"), f'{column} {row[column]!r} is not neutralised')
    numbers = [row['co2e_kg'] for row in ledger]
    want(all(not n.startswith("'") for n in numbers), 'a number was turned into text')


def terminal(t):
    """Control characters in cells, names and arguments reach the terminal escaped and JSON as JSON."""
    nasty = '\x1b]0;owned\x07\x1b[31mred\x08\x7f\x9b1m\u202eevil'
    t.write('c.csv', rows(f'2023,电,1,kWh,{nasty},,', f'2023,电,1,kWh,{quoted("a" + chr(10) + "b")},,', header=HEADER))
    t.write('bad.csv', rows(f'2023,{nasty},1,kWh,,,', f'{nasty},电,{nasty},{nasty},,,', header=HEADER + nasty))
    for args in (['account', 'c.csv', '--by', 'site'], ['account', 'c.csv', '--by', 'site', '--lang', 'zh'], ['account', 'bad.csv'], ['account', nasty], ['factors', 'show', nasty],
                 ['account', 'c.csv', '--profile', nasty], ['account', 'c.csv', '--by', nasty], ['account', 'c.csv', '-f', nasty], [nasty], ['account', '--' + nasty]):
        done = t.run(*args)
        seen = done.text + done.errors
        for c in '\x1b\x07\x08\x7f\x9b':
            want(c not in seen, f'{c!r} of {args[:2]!r} reaches the terminal: {seen[max(0, seen.find(c) - 60):][:120]!r}')
    same(t.account('c.csv', '--by', 'site')['groups'][0]['keys']['site'] in (nasty, 'a\nb'), True, 'JSON keeps the cell')
    for line in t.run('account', 'bad.csv', '--diagnostics', 'json').errors.splitlines():
        json.loads(line)


def packs(t):
    """So do those in the texts of a rule pack, whatever report shows them."""
    nasty = '\x1b]0;owned\x07\x1b[31mred\x9b1m\u202eevil'
    pack = shipped_pack()

    def spoil(value, key=''):
        if isinstance(value, dict):
            return {k: v if k in ('yes', 'no', 'facts') else spoil(v, k) for k, v in value.items()} # what a case's cells are compared with stays
        if isinstance(value, list):
            return [spoil(v, key) for v in value]
        return value + nasty if isinstance(value, str) and key in ('zh', 'en', 'document', 'issuers', 'clause', 'quote', 'note') else value

    t.write('p.json', json.dumps(spoil(pack)))
    case = os.path.join(ROOT, 'examples', 'enterprise')
    for args in (['rules', 'show', 'p.json'], ['rules', 'params', '--rules', 'p.json'], ['check', case, '--rules', 'p.json'], ['plan', case, '--rules', 'p.json', '--route', 'threshold']):
        for lang in ('zh', 'en'):
            done = t.run(*args, '--lang', lang)
            want('\\x1B[31m' in done.text, f'{args[:2]!r} shows no text of the pack: {done.errors[:300]}')
            for c in '\x1b\x07\x9b\u202e':
                want(c not in done.text, f'{c!r} of {args[:2]!r} reaches the terminal')


def limits(t):
    """Over a limit: an error at its place, whatever the size."""
    for name, content, expected in (
            ('a cell of 70,000 characters', rows('2023,电,1,kWh,,,' + 'x' * 70000, header=HEADER), [(2, 16, 'E1108')]),
            ('a cell of 70,000 quotes', rows('2023,电,1,kWh,,,"' + '""' * 70000 + '"', header=HEADER), [(2, 16, 'E1108')]),
            ('a line of 3 MB', rows('2023,电,1,kWh,,,' + ',' * 3000000, '2023,电,x,kWh,,,', header=HEADER), [(2, 1, 'E1109'), (3, 8, 'E2211')]),
            ('a file of one line of 30 MB', 'x' * 30000000, [(1, 1, 'E1109')]),
            ('100,000 columns', ','.join(f'c{i}' for i in range(100000)) + '\n', [(1, 10 * 3 + 90 * 4 + 900 * 5 + 24 * 6 + 1, 'E1110')]),
            ('a row of 100,000 cells', rows('2023,电,1,kWh' + ',x' * 100000), [(2, len('2023,电,1,kWh' + ',x' * 1020) + 2, 'E1110')]),
            ('an open quote before 10 MB', rows('2023,"电,1,kWh', *['2023,电,1,kWh'] * 700000), [(2, 6, 'E1104')]),
            ('10 MB of quotes', '"' * 10000000, None), ('10 MB of commas', ',' * 10000000, None), ('10 MB of newlines', '\n' * 10000000, [(1, 1, 'E1101')]),
            ('an odd number of quotes in each line', rows(*['2023,电",1,kWh'] * 3), [(2, 7, 'E1102'), (3, 7, 'E1102'), (4, 7, 'E1102')])):
        with t.case(name):
            t.write('big.csv', content)
            done = t.run('account', 'big.csv', '--diagnostics', 'json', memory=MEMORY)
            same(done.status, INVALID, f'status ({done.errors[:300]})')
            found = [(d['line'], d['column'], d['code']) for d in done.diagnostics()]
            if expected:
                same(found, expected, 'errors')
            want(found and done.out == b'' and len(done.err) < 10000, 'the answer')


def many_errors(t):
    """Diagnostics stop at 1,000 with the count of the rest."""
    t.write('many.csv', rows(*['2023,电,x,kWh'] * 50000))
    done = t.run('account', 'many.csv', '--diagnostics', 'json', memory=MEMORY)
    lines = done.errors.splitlines()
    same((done.status, len(lines), json.loads(lines[-1])), (INVALID, 1001, {'omitted': 49000}), 'status, lines and last line')
    want('50000 errors' in t.run('account', 'many.csv').errors, 'the count is not told')


def deep_json(t):
    """Data files nested too deep or too large."""
    import os
    import shutil
    from .bad import PLAIN_DATA
    for name, content, code in (('a million brackets', '[' * 1000000, 'E1209'), ('a million objects', '{"a":' * 1000000, 'E1209'),
                                ('65 MiB', '[' + ' ' * (65 << 20) + ']', 'E1211'), ('a long string', '"' + 'x' * (1 << 20) + '"', 'E3401'),
                                ('100,000 members', '{' + ','.join(f'"k{i}":1' for i in range(100000)) + '}', 'E3403')):
        with t.case(f'a profile: {name}'):
            data = t.path('data')
            shutil.rmtree(data, ignore_errors=True)
            shutil.copytree(PLAIN_DATA, data)
            t.write(os.path.join('data', 'profiles', 'plain.json'), content)
            done = t.run('account', 'one.csv', '-D', 'data', '--diagnostics', 'json', memory=MEMORY + (200 << 20))
            same(done.status, INVALID, f'status ({done.errors[:300]})')
            want(code in {d['code'] for d in done.diagnostics()}, f'{code} is not named: {done.errors[:300]}')


def big_total(lines):
    return Decimal(sum(round(q * Fraction('0.5737') * 10 ** 9) for q in lines)).scaleb(-12)


def volume(t):
    """Many lines in little memory, exact to the last digit: more lines than are compared for identity, more kinds of lines than are
    remembered, many groups."""
    r = random.Random(11)
    quantities = [Fraction(r.randrange(10 ** 9), 1000) for _ in range(600000)]
    t.write('long.csv', rows(*[f'2023-{i % 12 + 1:02},电,{float(q):.3f},kWh,{i % 50}' for i, q in enumerate(quantities)], header='period,activity,quantity,unit,site'))
    account = t.account('long.csv', '--by', 'site', memory=MEMORY, timeout=120)
    same(account['totals']['gross'], big_total(quantities), 'total of 600,000 lines')
    want('C4018' in [c['code'] for c in account['caveats']], 'C4018: not all lines were compared')
    same(sum(g['tco2e'] for g in account['groups']), account['totals']['gross'], 'sum of the groups')
    values = [Decimal(4200000 + v).scaleb(-5) for v in range(80000)]  # 42 to 42.8 GJ/t, each a heat value that diesel can have
    t.write('kinds.csv', rows(*[f'2023,柴油,1,t,{v}' for v in values], header='period,activity,quantity,unit,ncv'))
    total = sum(round(Fraction(v) * Fraction('20.2') * Fraction('0.98') * Fraction(44, 12) * 10 ** 9) for v in values)
    same(t.account('kinds.csv', memory=4 * MEMORY, timeout=120)['by_gas']['CO2'], Decimal(total).scaleb(-12), '80,000 lines, each of its own kind')
    t.write('sites.csv', rows(*[f'2023,电,{v},kWh,site {v}' for v in range(100000)], header='period,activity,quantity,unit,site'))
    account = t.account('sites.csv', '--by', 'site', memory=MEMORY, timeout=120)
    same((len(account['groups']), account['totals']['gross']), (100000, big_total([Fraction(v) for v in range(100000)])), 'groups and total of 100,000 sites')


def names(t):
    """File names that are not text, are long, or look like options."""
    line = rows('2023,电,1,kWh')
    for name in ('-a.csv', 'a b,c;"d".csv', 'n' * 250 + '.csv', '表 格.csv', '=1.csv', '--by'):
        t.write(name, line)
        done = t.run('account', '-f', 'json', '--', name)
        same(done.status, OK, done.errors)
        same(done.json()['inputs'][0]['file'], name, 'file')
        with_ledger = t.run('account', '--ledger', 'l.csv', '--', name)
        same(with_ledger.status, OK, with_ledger.errors)
    raw = b'\xb5\xe7.csv'
    with open(t.path('x').encode()[:-1] + raw, 'wb') as f:
        f.write(line.encode())
    done = t.run('account', raw, '-f', 'json', '--ledger', 'l.ndjson')
    same(done.status, OK, done.errors)
    done.json()
    with open(t.path('l.ndjson'), encoding='utf-8') as f:
        for entry in f:
            json.loads(entry)
    want(t.run('account', raw + b'x').errors, 'nothing is said of a file that is not there')


def facts(t):
    """forty thousand facts of a year each are read in the time of their number, not of its square"""
    t.write('facts/inventory.csv', rows('2023,electricity,1,kWh'))
    t.write('facts/case.csv', 'fact,value,unit,year\nname,A,,\n' + ''.join(f'x{i},1,,{2000 + i % 20}\n' for i in range(40000)))
    done = t.run('check', 'facts', '-f', 'json', timeout=60)
    want(done.out and done.status in (0, 1, 4), done.errors[:500])


def own_factors(t):
    """forty thousand own factors, each for an activity of its own, twenty thousand lines with unknown factors and units, and as many contracts are read in the time of their
    number, not of its square"""
    t.write('own.csv', rows('2023,electricity,1,kWh'))
    t.write('own-factors.csv', 'id,gas,value,unit,activity,scope,source\n' + ''.join(f'own-{i},CO2,1,kg/kg,thing {i} x,3,me\n' for i in range(40000)))
    done = t.run('account', 'own.csv', '--factors', 'own-factors.csv', timeout=10)
    same(done.status, OK, done.errors[:500])
    t.write('unknown.csv', rows(*[f'2023,electricity,1,kWh,no-factor-{i}' for i in range(20000)], header='period,activity,quantity,unit,factor'))
    done = t.run('account', 'unknown.csv', timeout=10)
    same(done.status, INVALID, done.errors[:500])
    want('20000' in done.errors.splitlines()[-1], f'not all are counted: {done.errors[-300:]}')
    t.write('units.csv', rows(*[f'2023,electricity,1,kkwx{i}' for i in range(40000)]))
    done = t.run('account', 'units.csv', timeout=10)
    same(done.status, INVALID, done.errors[:500])
    gases = ''.join(f'own-1,{gas},1,kg/kg,thing x,3,me,{day},{day}\n' for day in days(20000) for gas in ('CO2e', 'N2O'))
    t.write('gases.csv', 'id,gas,value,unit,activity,scope,source,valid_from,valid_to\n' + gases)
    done = t.run('account', 'own.csv', '--factors', 'gases.csv', timeout=10)
    same(done.status, INVALID, done.errors[:500])
    want('20000' in done.errors.splitlines()[-1], f'not all are counted: {done.errors[-300:]}')
    t.write('contracts.csv', rows(*[f'2023,electricity,1,kWh,a,I{i}' for i in range(20000)], header='period,activity,quantity,unit,site,instrument'))
    t.write('instruments.csv', 'id,kind,quantity,unit,year,factor,source\n' + ''.join(f'I{i},green_power,5,kWh,2023,0,x\n' for i in range(20000)))
    done = t.run('account', 'contracts.csv', '--instruments', 'instruments.csv', timeout=20)
    want(done.status in (OK, INVALID), done.errors[:500])


def days(count):
    first = datetime.date(1950, 1, 1)
    return [first + datetime.timedelta(i) for i in range(count)]


def run(t):
    t.write('one.csv', rows('2023,electricity,1,kWh'))
    for check in (formulas, terminal, packs, many_errors, volume, names, facts, own_factors):
        with t.case(check.__doc__.splitlines()[0]):
            check(t)
    for group in (limits, deep_json):
        group(t)
