# SPDX-License-Identifier: GPL-3.0-or-later
"""Laws: what must not change an account by a byte. Totals, gases and groups are compared as they are written."""
import random
import re
from decimal import Decimal

from .harness import OK, Failure, over_years, same, want

ENGLISH = ['period', 'activity', 'quantity', 'unit', 'site', 'source', 'note']
CHINESE = ['期间', '活动', '数量', '单位', '场所', '排放源', '备注']
LOCALES = ['C', 'C.UTF-8', 'de_DE.UTF-8', 'zh_CN.GB18030', 'zh_CN.UTF-8', 'tr_TR.UTF-8']
# Activities of different methods with units that rescale exactly.
KINDS = [
    ('外购电力', [('kWh', 0), ('MWh', -3), ('万kWh', -4), ('度', 0), ('万千瓦时', -4)]), ('天然气', [('Nm3', 0), ('万Nm3', -4), ('10^4 Nm3', -4)]),
    ('柴油', [('kg', 0), ('吨', -3), ('g', 3)]), ('热力', [('MJ', 0), ('GJ', -3), ('TJ', -6)]), ('R410A', [('kg', 0), ('g', 3), ('t', -3)]),
    ('生活垃圾焚烧', [('t', 0), ('万吨', -4), ('kg', 3)]), ('城市树冠覆盖', [('m2', 0), ('公顷', -4), ('平方公里', -6)]),
    ('复印纸', [('kg', 0), ('t', -3)]), ('石灰石', [('kg', 0), ('t', -3)]), ('食品垃圾填埋', [('kg', 0), ('t', -3)]),
]


def lines_of(seed=7, count=300):
    r = random.Random(seed)
    made = []
    for _ in range(count):
        activity, units = r.choice(KINDS)
        quantity = Decimal(r.randrange(1, 10 ** r.choice([3, 6, 9]))).scaleb(-r.randrange(0, 4))
        month = f'{r.choice([2021, 2022, 2023])}-{r.randrange(1, 13):02}'
        made.append([month, activity, f'{quantity:f}', units[0][0], r.choice(['一号楼', '学校', 'B, east', '医院 "北"', '煤炭']), r.choice(['', '锅炉', '主机']), ''])
    return made


def csv(lines, header=None, delimiter=',', end='\n', order=None):
    order = order or range(len(ENGLISH))
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in '",;\t') else text
    return end.join(delimiter.join(cell(line[i]) for i in order) for line in [header or ENGLISH, *lines]) + end


def part(t, *args, **more):
    """The bytes from totals to groups."""
    result = t.run('account', *args, '-f', 'json', '--by', 'site,activity,year', **more)
    if result.status != OK:
        raise Failure(f'status {result.status}: {result.errors[:1500]}')
    start, end = result.out.index(b'"totals"'), result.out.index(b'"factors"')
    want(0 < start < end, 'no totals')
    return re.sub(rb', "(missing|place)": \{[^}]*\}', b'', result.out[start:end])  # what another profile cannot compute, and where


def scaled(lines, which):
    units = dict(KINDS)
    out = []
    for n, line in enumerate(lines):
        unit, shift = units[line[1]][(which + n) % len(units[line[1]])]
        out.append([*line[:2], f'{Decimal(line[2]).scaleb(shift):f}', unit, *line[4:]])
    return out


def run(t):
    lines = lines_of()
    utf8 = csv(lines)
    t.write('base.csv', utf8)
    base = part(t, 'base.csv')

    def law(name, *args, **more):
        with t.case(name):
            same(part(t, *(args or ('law.csv',)), **more), base, 'from totals to groups')

    def law_of(name, content):
        t.write('law.csv', content)
        law(name)

    for seed in (1, 2, 3):
        shuffled = lines[:]
        random.Random(seed).shuffle(shuffled)
        law_of(f'rows shuffled, {seed}', csv(shuffled))
    law_of('rows reversed', csv(lines[::-1]))
    for cut in (1, 150, 299):
        t.write('one.csv', csv(lines[:cut]))
        t.write('two.csv', csv(lines[cut:]))
        law(f'in two files, {cut} lines in the first', 'one.csv', 'two.csv')
        law(f'in two files, {cut} lines in the second', 'two.csv', 'one.csv')
    for part_of in range(7):
        t.write(f'part{part_of}.csv', csv(lines[part_of::7]))
    law('in seven files', *[f'part{i}.csv' for i in range(7)])
    for which in range(5):
        law_of(f'quantities in other units, {which}', csv(scaled(lines, which)))
    law_of('trailing zeros', csv([[*line[:2], line[2] + ('00' if '.' in line[2] else '.0'), *line[3:]] for line in lines]))
    law_of('exponents', csv([[*line[:2], f'{Decimal(line[2]).scaleb(5):f}e-5', *line[3:]] for line in lines]))
    for encoding, mark in (('utf-8', b'\xef\xbb\xbf'), ('gb18030', b''), ('gb18030', b'\x84\x31\x95\x33'), ('utf-16-le', b'\xff\xfe'), ('utf-16-be', b'\xfe\xff')):
        law_of(f'{encoding}{" with mark" if mark else ""}', mark + utf8.encode(encoding))
        law_of(f'{encoding}{" with mark" if mark else ""}, tabs and CRLF', mark + csv(lines, delimiter='\t', end='\r\n').encode(encoding))
    t.write('law.csv', utf8.encode('gb18030'))
    law('GB18030 named by --encoding', 'law.csv', '--encoding', 'gb18030')
    for name, end in (('CRLF', '\r\n'), ('CR', '\r')):
        law_of(name, csv(lines, end=end))
    law_of('no newline at the end', utf8.rstrip('\n'))
    law_of('blank lines between', utf8.replace('\n', '\n\n'))
    law_of('a hint line of Excel', 'sep=;\n' + csv(lines, delimiter=';'))
    for name, delimiter in (('semicolons', ';'), ('tabs', '\t')):
        law_of(name, csv(lines, delimiter=delimiter))
    law_of('all cells quoted', '\n'.join(','.join('"' + c.replace('"', '""') + '"' for c in line) for line in [ENGLISH, *lines]) + '\n')
    law_of('empty columns behind', utf8.replace('\n', ',,,\n'))
    for seed in (1, 2):
        order = list(range(len(ENGLISH)))
        random.Random(seed).shuffle(order)
        law_of(f'columns in another order, {seed}', csv(lines, order=order))
    law_of('Chinese headers', csv(lines, header=CHINESE))
    law_of('Chinese headers in another order', csv(lines, header=CHINESE, order=[6, 2, 0, 5, 4, 1, 3]))
    law_of('headers in capitals', csv(lines, header=[h.upper() for h in ENGLISH]))
    for locale in LOCALES:
        law(f'LC_ALL={locale}', 'base.csv', env={'LC_ALL': locale})
    law('another folder', t.path('base.csv'), cwd='/')
    law('standard input', '-', stdin=utf8.encode())
    law('standard input in GB18030', '-', stdin=utf8.encode('gb18030'))
    with open(t.path('base.csv'), 'rb') as f:
        law('a file as standard input', '-', stdin_file=f)
    law('with a ledger', 'base.csv', '--ledger', 'ledger.csv')
    law('in Chinese', 'base.csv', '--lang', 'zh')
    with t.case('twice the same bytes'):
        for form in ('text', 'json', 'csv'):
            first, second = (t.run('account', 'base.csv', '-f', form).out for _ in range(2))
            want(first and first == second, f'{form} differs from run to run')
    with t.case('a simulation is the same bytes for any number of threads and any instructions'):
        t.write('known.csv', utf8)
        for more in ['--trials', '3000'], ['--seed', '18446744073709551615']:
            command = ['account', 'known.csv', '--uncertainty', 'approach2', *more, '-f', 'json']
            first = t.run(*command, '--threads', '1').out
            want(b'"approach2"' in first, 'no simulation')
            for threads, cpu in ('1', 'portable'), ('2', 'sse2'), ('3', 'avx2'), ('7', ''), ('7', 'portable'):
                same(t.run(*command, '--threads', threads, env={'TANHE_CPU': cpu}).out == first, True, f'{threads} threads, {cpu or "any instructions"}')

    with t.case('a ledger adds up to the account'):
        t.run('account', 'base.csv', '--ledger', 'ledger.csv')
        import csv as reader
        with open(t.path('ledger.csv'), encoding='utf-8-sig', newline='') as f:
            entries = list(reader.DictReader(f))
        total = sum(Decimal(e['co2e_kg']) for e in entries if e['bucket'] == 'gross')
        same(total / 1000, over_years(t.account('base.csv'), 'totals')['gross'], 'sum of the ledger')
