# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of request for memory fails in turn, once and from there on: exit 5 or the right answer, never a signal, never part of
a file. The requests are sampled evenly; their number is the program's own."""
import os

from .preload import build, contents, count, leftovers
from .harness import INVALID, SYSTEM, Failure, rows, same, want

POINTS = 90  # of each scenario, and a third of that with all later requests failing
FILES = ['out', 'ledger.csv']
SCENARIOS = [
    ('account as JSON with ledger', ['account', 'a.csv', '-f', 'json', '-o', 'out', '--ledger', 'ledger.csv', '--by', 'site,gas'], b''),
    ('account as text, two files in two encodings', ['account', 'a.csv', 'gbk.csv', '--lang', 'zh'], b''),
    ('account of a folder with units, factors and case', ['account', 'case', '-f', 'csv', '--ledger', 'ledger.csv'], b''),
    ('account of standard input', ['account', '-', '-f', 'json'], rows('2023,电,1,kWh').encode()),
    ('bad rows', ['account', 'bad.csv', '-o', 'out', '--diagnostics', 'json'], b''),
    ('bad factors', ['factors', 'check', 'bad-factors.csv'], b''),
    ('factors show', ['factors', 'show', 'grid-shanghai-2023'], b''),
    ('factors search', ['factors', 'search', '天然气', '-f', 'json', '-o', 'out'], b''),
]


def clear(t):
    for name in FILES:
        if os.path.exists(t.path(name)):
            os.remove(t.path(name))


def scenario(t, library, args, stdin):
    clear(t)
    total, right = count(t, library, {}, 'FAIL_COUNT', args, stdin=stdin)
    files = contents(t.folder, FILES)
    want(total > 100, f'only {total} requests were counted')
    want(right.status in (0, INVALID), f'status {right.status} without a fault: {right.errors[:300]}')
    late = max(1, total // POINTS)
    points = sorted({*range(1, 12), *range(12, total + 1, late), *range(max(1, total - 25), total + 1)})
    failures = 0
    for sticky, chosen in (({}, points), ({'FAIL_ON': '1'}, points[::3])):
        for at in chosen:
            clear(t)
            result = t.run(*args, stdin=stdin, env={'LD_PRELOAD': library, 'FAIL_AT': str(at), **sticky})
            found = contents(t.folder, FILES)
            where = f'request {at} of {total}{" and on" if sticky else ""}: status {result.status}'
            failures += result.status == SYSTEM
            if result.status == right.status:
                same((result.out == right.out, found == files), (True, True), f'{where}: stdout and files are right')
                want(result.err == right.err, f'{where}: other messages: {result.errors[:300]}')
                continue
            same(result.status, SYSTEM, f'{where}: status ({result.errors[:300]})')
            want(right.out.startswith(result.out), f'{where}: part of something else on stdout')
            want(all(found[name] in (None, files[name]) for name in FILES), f'{where}: part of a file')
            same(leftovers(t.folder), [], f'{where}: temporary files')
    want(failures > len(points) // 2, f'only {failures} of these failures were noticed')


def run(t):
    columns = 'period,activity,quantity,unit,site'
    t.write('a.csv', rows(*[f'2023-0{m},{a},{m}.5,{u},甲' for m in range(1, 4) for a, u in (('外购电力', 'MWh'), ('柴油', 't'), ('食品垃圾填埋', 't'))], header=columns))
    t.write('gbk.csv', rows('2024,电,"1,000",kWh,学校', header=columns).encode('gbk'))
    t.write('case/inventory.csv', rows('2023,磨豆腐,3,sack', '2023,电,1,kWh'))
    t.write('case/units.csv', 'unit,value,of\nsack,50,kg\n')
    t.write('case/factors.csv', 'id,gas,value,unit,activity,scope,source\na,CH4,1,kg/t,磨豆腐,1,x\n')
    t.write('case/case.csv', 'fact,value,unit\ngdp,3,亿元\n')
    t.write('bad.csv', rows('2023,电梯,1,kWh', '2023,电,x,kWhh', '2023,合计,1,kWh', '2023,电'))
    t.write('bad-factors.csv', 'id,gas,value,unit,source\na,CO3,x,kg/kWhh,\na,CO2,1,kg/kWh,x\na,CO2,1,kg/kWh,x\n')
    try:
        library = build(t, 'failalloc')
    except Failure as e:
        t.fail('tests/fault/failalloc.c', str(e))
        return
    for name, args, stdin in SCENARIOS:
        with t.case(name):
            scenario(t, library, args, stdin)
