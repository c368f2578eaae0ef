# SPDX-License-Identifier: GPL-3.0-or-later
"""No output over any input, whatever names it: each way is refused, with both names, and no byte of any file changes."""
import os
import shutil
import subprocess

from .harness import DATA, OK, ROOT, SYSTEM, USAGE, rows, same, want

EXAMPLES = os.path.join(ROOT, 'examples')
PACK = 'shanghai-2022-189'
OVER, TWICE, DATA_FOLDER, CASE = 'E1303', 'E1304', 'E1305', 'of the case'

# Arguments, what the message says, and the names that it must say beside. `c` is a case, `d` a data folder; the rest see fresh().
WAYS = [
    # links
    (['check', 'c', '-f', 'json', '-o', 'soft-inventory'], OVER, ['soft-inventory', 'c/inventory.csv']),
    (['account', 'a.csv', '-o', 'soft'], OVER, ['soft', 'a.csv']),
    (['account', 'a.csv', '-o', 'hard'], OVER, ['hard', 'a.csv']),
    (['account', 'a.csv', '--ledger', 'soft'], OVER, ['soft', 'a.csv']),
    (['account', 'a.csv', '-o', 'x.json', '--ledger', 'hard'], OVER, ['hard', 'a.csv']),
    (['account', 'soft', '-o', 'a.csv'], OVER, ['a.csv', 'soft']),
    (['account', 'hard', '-o', 'a.csv'], OVER, ['a.csv', 'hard']),
    (['account', 'a.csv', '-o', 'here/a.csv'], OVER, ['here/a.csv', 'a.csv']),
    (['plan', 'c', '-o', 'hard-targets'], OVER, ['hard-targets', 'c/targets.csv']),
    (['plan', 'c', '-o', 'hard-measures'], OVER, ['hard-measures', 'c/measures.csv']),
    (['check', 'c', '-o', 'hard-targets'], OVER, ['hard-targets', 'c/targets.csv']),
    # other spellings of a path
    (['account', 'a.csv', '-o', './a.csv'], OVER, ['./a.csv', 'a.csv']),
    (['account', 'a.csv', '-o', 'c/../a.csv'], OVER, ['c/../a.csv']),
    (['account', './/a.csv', '-o', 'a.csv'], OVER, ['.//a.csv']),
    # files of a case, named by nobody
    (['account', 'c', '-o', 'c/inventory.csv'], OVER, ['c/inventory.csv']),
    (['account', 'c', '-o', 'c/case.csv'], OVER, ['c/case.csv']),
    (['account', 'c', '--ledger', 'c/factors.csv'], OVER, ['c/factors.csv']),
    (['account', 'c', '--ledger', 'c/measures.csv'], OVER, ['c/measures.csv']),
    (['account', 'c', '--ledger', 'c/targets.csv'], OVER, ['c/targets.csv']),
    (['account', 'c', '--ledger', 'c/assumptions.csv'], OVER, ['c/assumptions.csv']),
    (['check', 'c', '-o', 'c/inventory.csv'], OVER, ['c/inventory.csv']),
    (['check', 'c', '-o', 'c/assumptions.csv'], OVER, ['c/assumptions.csv']),
    (['check', 'c', '-o', 'c/scenario-fast.csv'], CASE, ['c/scenario-fast.csv']),
    (['plan', 'c', '-o', 'c/scenario-fast.csv'], CASE, ['c/scenario-fast.csv']),
    (['account', 'c', '-o', 'c/scenario-fast.csv'], CASE, ['c/scenario-fast.csv']),
    (['rules', 'params', 'c', '-o', 'c/scenario-fast.csv'], CASE, ['c/scenario-fast.csv']),
    (['plan', 'c', '-o', 'out.json'], OVER, ['out.json', 'c/inventory.csv']),
    (['plan', 'c', '-o', 'c/assumptions.csv'], OVER, ['c/assumptions.csv']),
    (['rules', 'params', 'c', '-o', 'c/params.csv'], OVER, ['c/params.csv']),
    (['rules', 'params', 'c', '-o', 'hard-factors'], OVER, ['hard-factors', 'c/factors.csv']),
    # ... which are not there, and would be read the next time
    (['check', 'c', '-o', 'c/delivered.csv'], OVER, ['c/delivered.csv']),
    (['account', 'c', '--ledger', 'c/units.csv'], OVER, ['c/units.csv']),
    # files that are named
    (['check', 'c', '--rules', './my.json', '-o', 'my.json'], OVER, ['my.json', './my.json']),
    (['plan', 'c', '--rules', 'my.json', '-o', 'my.json'], OVER, ['my.json']),
    (['plan', 'c', '--assumptions', 'as.csv', '-o', 'as.csv'], OVER, ['as.csv']),
    (['plan', 'c', '--scenario', 'c/scenario-fast.csv', '-o', 'hard-scenario'], OVER, ['hard-scenario', 'c/scenario-fast.csv']),
    (['plan', 'c', '--series', 'series.csv', '-o', 'series.csv'], OVER, ['series.csv']),
    (['plan', 'c', '-o', 'c/delivered.csv'], OVER, ['c/delivered.csv']),
    (['plan', 'c', '--params', 'p.csv', '-o', 'p.csv'], OVER, ['p.csv']),
    (['check', 'c', '--params', 'p.csv', '-o', 'p.csv'], OVER, ['p.csv']),
    (['check', 'c', '--factors', 'f.csv', '-o', 'f.csv'], OVER, ['f.csv']),
    (['check', 'c', '--units', 'u.csv', '-o', 'u.csv'], OVER, ['u.csv']),
    (['account', 'a.csv', '--factors', 'f.csv', '-o', 'f.csv'], OVER, ['f.csv']),
    (['account', 'a.csv', '--units', 'u.csv', '--ledger', 'u.csv'], OVER, ['u.csv']),
    (['account', 'a.csv', '--case', 'c/case.csv', '--ledger', 'c/case.csv'], OVER, ['c/case.csv']),
    (['account', 'a.csv', '--uncertainty', 'approach2', '--trials', '100', '--correlations', 'k.csv', '-o', 'k.csv'], OVER, ['k.csv']),
    (['rules', 'show', './my.json', '-o', 'my.json'], OVER, ['my.json', './my.json']),
    (['rules', 'check', 'my.json', '-o', 'my.json'], OVER, ['my.json']),
    (['rules', 'check', 'my.json', 'other.json', '-o', 'other.json'], OVER, ['other.json']),
    (['rules', 'params', '--params', 'p.csv', '-o', 'p.csv'], OVER, ['p.csv']),
    (['rules', 'params', '--template', '--rules', './my.json', '-o', 'my.json'], OVER, ['my.json']),
    (['rules', 'list', '--units', 'u.csv', '-o', 'u.csv'], OVER, ['u.csv']),
    (['factors', 'list', '--factors', 'f.csv', '-o', 'f.csv'], OVER, ['f.csv']),
    (['factors', 'list', '--units', 'u.csv', '-o', 'u.csv'], OVER, ['u.csv']),
    (['factors', 'show', 'leak-ac', '--factors', 'f.csv', '-o', 'f.csv'], OVER, ['f.csv']),
    (['factors', 'search', 'CO2', '--factors', 'f.csv', '-o', 'f.csv'], OVER, ['f.csv']),
    (['factors', 'check', 'f.csv', '-o', 'f.csv'], OVER, ['f.csv']),
    # a report that is read again, and what it was made from
    (['verify', 'r.json', 'c', '-o', 'r.json'], OVER, ['r.json']),
    (['verify', 'r.json', 'c', '-o', './r.json', '-f', 'json'], OVER, ['./r.json', 'r.json']),
    (['verify', 'r.json', 'c', '-o', 'hard-targets'], OVER, ['hard-targets', 'c/targets.csv']),
    (['verify', 'r.json', 'c', '--script', 'soft-inventory'], OVER, ['soft-inventory', 'c/inventory.csv']),
    (['explain', 'r.json', 'gross:2023', 'c', '-o', 'c/inventory.csv'], OVER, ['c/inventory.csv']),
    (['explain', 'r.json', '4.3-req5', '-o', 'r.json'], OVER, ['r.json']),
    (['diff', 'r.json', 'a.csv', 'c', '-o', 'hard'], OVER, ['hard', 'a.csv']),
    (['diff', 'r.json', 'a.csv', 'c', '-o', 'r.json', '-f', 'json'], OVER, ['r.json']),
    (['diff', 'c', 'a.csv', '-o', 'hard-measures'], OVER, ['hard-measures', 'c/measures.csv']),
    (['plan', 'c', '--recalculate', 'r.json', '--inputs', 'c', '-o', 'r.json'], OVER, ['r.json']),
    (['plan', 'c', '--recalculate', 'a.csv', '-o', 'soft'], OVER, ['soft', 'a.csv']),
    (['report', 'c', '-f', 'html', '-o', 'hard-targets'], OVER, ['hard-targets', 'c/targets.csv']),
    (['report', 'c', '-f', 'docx', '-o', 'soft-inventory'], OVER, ['soft-inventory', 'c/inventory.csv']),
    (['report', 'c', '-f', 'xlsx', '-o', 'hard-measures'], OVER, ['hard-measures', 'c/measures.csv']),
    (['account', 'a.csv', '--lock', 'soft'], OVER, ['soft', 'a.csv']),
    (['check', 'c', '--lock', 'pins.json', '-o', 'pins.json'], OVER, ['pins.json']),
    # the user's own parameters
    (['check', 'c', '-o', f'x/tanhe/params/{PACK}.csv'], OVER, [f'x/tanhe/params/{PACK}.csv']),
    (['plan', 'c', '-o', f'x/tanhe/params/{PACK}.csv'], OVER, [f'x/tanhe/params/{PACK}.csv']),
    (['rules', 'params', '-o', f'x/tanhe/params/{PACK}.csv'], OVER, [f'x/tanhe/params/{PACK}.csv']),
    # the data folder, read or not, there or not, by any name
    (['-D', 'd', 'account', 'c', '-o', 'd/units.csv'], DATA_FOLDER, ['d/units.csv', 'd']),
    (['-D', 'd', 'account', 'a.csv', '-o', 'd/schema/account.schema.json'], DATA_FOLDER, ['d/schema/account.schema.json']),
    (['-D', 'd', 'account', 'a.csv', '--ledger', 'd/factors/new.csv'], DATA_FOLDER, ['d/factors/new.csv']),
    (['-D', 'd', 'check', 'c', '-o', f'd/rules/{PACK}.json'], DATA_FOLDER, [f'd/rules/{PACK}.json']),
    (['-D', 'd', 'plan', 'c', '-o', 'd/trend.json'], DATA_FOLDER, ['d/trend.json']),
    (['-D', 'd', 'rules', 'list', '-o', 'd/rules/set.json'], DATA_FOLDER, ['d/rules/set.json']),
    (['-D', 'd', 'factors', 'list', '-o', 'data-link/factors/set.json'], DATA_FOLDER, ['data-link/factors/set.json', 'd']),
    (['-D', 'data-link', 'factors', 'list', '-o', 'd/gases.csv'], DATA_FOLDER, ['d/gases.csv', 'data-link']),
    (['-D', 'd', 'account', 'a.csv', '-o', 'soft-units'], DATA_FOLDER, ['soft-units']),
    # two outputs in one file
    (['account', 'a.csv', '-o', 'o.csv', '--ledger', 'o.csv'], TWICE, ['o.csv']),
    (['account', 'a.csv', '-o', 'old', '--ledger', './old'], TWICE, ['./old', 'old']),
    (['account', 'a.csv', '-o', 'old', '--ledger', 'soft-old'], TWICE, ['old', 'soft-old']),
    (['account', 'a.csv', '-o', 'here/old', '--ledger', 'c/../old'], TWICE, ['here/old']),
]


def fresh(t):
    """The folder as every case finds it."""
    for name in os.listdir(t.folder):
        path = t.path(name)
        shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.remove(path)
    shutil.copytree(os.path.join(EXAMPLES, 'enterprise'), t.path('c'))
    shutil.copytree(DATA, t.path('d'))
    t.write('a.csv', rows('2023,电,1,kWh'))
    t.write('b.csv', rows('2023,电,2,kWh'))
    t.write('f.csv', 'id,gas,value,unit,source\na,CO2,1,kg/kWh,x\n')
    t.write('u.csv', 'unit,value,of\nsack,50,kg\n')
    t.write('k.csv', 'first,second,correlation\n')
    t.write('old', 'an old result\n')
    for new, old in (('my.json', os.path.join(DATA, 'rules', f'{PACK}.json')), ('other.json', os.path.join(DATA, 'rules', f'{PACK}.json')),
                     ('as.csv', os.path.join(EXAMPLES, 'enterprise', 'assumptions.csv')), ('p.csv', os.path.join(EXAMPLES, 'params-illustrative.csv')),
                     ('c/params.csv', os.path.join(EXAMPLES, 'params-illustrative.csv')), ('series.csv', os.path.join(EXAMPLES, 'region-2010-2020', 'series.csv')),
                     (f'x/tanhe/params/{PACK}.csv', os.path.join(EXAMPLES, 'params-illustrative.csv'))):
        shutil.copy(old, t.path(new))
    for args in (['check', 'c', '-f', 'json', '-o', 'r.json', '--lock', 'pins.json'],):
        want(t.run(*args).status in (OK, 1, 4), f'{args}')
    for name, to in (('soft', 'a.csv'), ('soft-inventory', 'c/inventory.csv'), ('out.json', 'c/inventory.csv'), ('here', '.'), ('data-link', 'd'),
                     ('soft-units', 'd/units.csv'), ('soft-old', 'old'), ('nowhere', 'not/there'), ('nothing', 'not-there')):
        os.symlink(to, t.path(name))
    for name, to in (('hard', 'a.csv'), ('hard-targets', 'c/targets.csv'), ('hard-measures', 'c/measures.csv'), ('hard-factors', 'c/factors.csv'),
                     ('hard-scenario', 'c/scenario-fast.csv')):
        os.link(t.path(to), t.path(name))


def everything(t):
    """Every file below the folder: its name, what it is and its bytes."""
    found = {}
    for folder, folders, files in os.walk(t.folder):
        for name in files + folders:
            path = os.path.join(folder, name)
            if os.path.islink(path):
                found[os.path.relpath(path, t.folder)] = os.readlink(path)
            elif os.path.isfile(path):
                with open(path, 'rb') as f:
                    found[os.path.relpath(path, t.folder)] = (os.stat(path).st_ino, f.read())
    return found


def unharmed(t, before, result):
    after = everything(t)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    same(changed, [], f'files that changed (status {result.status}, {result.errors[:200]})')


def run_in(t, args, **more):
    return t.run(*args, env={'XDG_CONFIG_HOME': t.path('x/y')[:-2]}, **more)


def refused(t):
    for args, code, names in WAYS:
        with t.case(' '.join(args)):
            fresh(t)
            before = everything(t)
            result = run_in(t, args)
            unharmed(t, before, result)
            same((result.status, result.out), (USAGE, b''), f'status and standard output ({result.errors[:300]})')
            want(code in result.errors, f'{code} is not said: {result.errors}')
            for name in names:
                want(name in result.errors, f'{name} is not named: {result.errors}')


def standard_input(t):
    """What comes in through a descriptor has no name, and is a file all the same."""
    for args in (['account', '-', '-o', 'a.csv'], ['account', '/dev/stdin', '-o', 'a.csv'], ['account', '/dev/fd/0', '--ledger', 'hard']):
        with t.case(f'{" ".join(args)} < a.csv'):
            fresh(t)
            before = everything(t)
            with open(t.path('a.csv'), 'rb') as f:
                result = run_in(t, args, stdin_file=f)
            unharmed(t, before, result)
            same(result.status, USAGE, f'status ({result.errors[:300]})')
            want(OVER in result.errors, result.errors)


def standard_output(t):
    """What is appended to, or written into without being emptied, is an output too."""
    for args, name in ((['account', 'a.csv'], 'a.csv'), (['account', 'b.csv', '--ledger', '-', '-o', 'x.json'], 'b.csv'), (['check', 'c'], 'c/case.csv'),
                       (['rules', 'show', './my.json'], 'my.json'), (['factors', 'list', '--factors', 'f.csv'], 'f.csv')):
        with t.case(f'{" ".join(args)} >> {name}'):
            fresh(t)
            before = everything(t)
            with open(t.path(name), 'ab') as f:
                result = run_in(t, args, stdout=f)
            unharmed(t, before, result)
            same(result.status, USAGE, f'status ({result.errors[:300]})')
            want(OVER in result.errors, result.errors)
    with t.case('ledger to standard output and report to the same file'):
        fresh(t)
        before = everything(t)
        with open(t.path('old'), 'ab') as f:
            result = run_in(t, ['account', 'a.csv', '--ledger', '-', '-o', 'old'], stdout=f)
        unharmed(t, before, result)
        same(result.status, USAGE, f'status ({result.errors[:300]})')


def descriptors(t):
    """An output named by its descriptor is written to as it stands: what was in a file that is appended to stays."""
    for args, link in ((['account', 'a.csv', '-o', '/dev/stdout'], 1), (['account', 'a.csv', '-o', 'o.json', '--ledger', '/dev/fd/1'], 1),
                       (['factors', 'list', '-o', '/dev/stderr'], 2)):
        with t.case(f'{" ".join(args)} {link}>> old'):
            fresh(t)
            with open(t.path('old'), 'ab') as f:
                result = run_in(t, args, **{'stdout' if link == 1 else 'stderr': f})
            with open(t.path('old'), 'rb') as f:
                text = f.read()
            same(result.status, OK, f'status ({result.errors[:300]})')
            want(text.startswith(b'an old result\n') and len(text) > 100, f'{text[:80]}')
    for args, stdout in ((['account', 'a.csv', '-o', '/dev/fd/1'], 'a.csv'), (['account', 'a.csv', '--ledger', '-', '-o', '/proc/self/fd/1'], 'old'),
                         (['-D', 'd', 'account', 'a.csv', '-o', '/dev/stdout'], 'd/trend.json')):
        with t.case(f'{" ".join(args)} >> {stdout}'):
            fresh(t)
            before = everything(t)
            with open(t.path(stdout), 'ab') as f:
                result = run_in(t, args, stdout=f)
            unharmed(t, before, result)
            same(result.status, USAGE, f'status ({result.errors[:300]})')
    with t.case('a descriptor that is not open'):
        fresh(t)
        same(run_in(t, ['account', 'a.csv', '-o', '/dev/fd/77']).status, SYSTEM, 'status')


def left_over(t):
    """An input that is named as a left-over of an earlier run of this target is no left-over."""
    with t.case('an inventory named as a temporary file of the target'):
        fresh(t)
        shutil.copy(t.path('a.csv'), t.path('.o.tanhe-abc123.tmp'))
        result = run_in(t, ['account', '.o.tanhe-abc123.tmp', '-o', 'o', '--ledger', 'l.csv'])
        same(result.status, OK, f'status ({result.errors[:300]})')
        want(os.path.exists(t.path('.o.tanhe-abc123.tmp')), 'the inventory was removed')


def dangling(t):
    """A link that leads nowhere is neither an empty place for an output nor an absent file of a case."""
    for args in (['account', 'a.csv', '-o', 'nothing'], ['account', 'a.csv', '-o', 'nowhere'], ['account', 'a.csv', '--ledger', 'nothing'], ['check', 'c', '-o', 'nothing'],
                 ['factors', 'list', '-o', 'nothing'], ['rules', 'list', '-o', 'nothing'], ['plan', 'c', '-o', 'nothing']):
        with t.case(f'{" ".join(args)}: a dangling link'):
            fresh(t)
            before = everything(t)
            result = run_in(t, args)
            unharmed(t, before, result)
            same(result.status, SYSTEM, f'status ({result.errors[:300]})')
            want('E1306' in result.errors, result.errors)


def allowed(t):
    """What replaces nothing that is read is written as ever."""
    for args, name in ((['account', 'a.csv', '-o', 'old'], 'old'), (['account', 'a.csv', '-o', 'x.json', '--ledger', 'l.csv'], 'l.csv'),
                       (['account', 'c', '-o', 'c/report.txt', '--ledger', 'c/ledger.csv'], 'c/ledger.csv'), (['check', 'c', '-o', 'c/check.txt'], 'c/check.txt'),
                       (['account', 'c', '-f', 'csv', '-o', 'c/groups.csv'], 'c/groups.csv'),
                       (['account', 'a.csv', '-o', 'b.csv'], 'b.csv'), (['account', 'a.csv', '-o', 'soft-old'], 'old'), (['-D', 'd', 'factors', 'list', '-o', 'list.txt'], 'list.txt')):
        with t.case(f'{" ".join(args)}: twice'):
            fresh(t)
            before = everything(t)
            for _ in range(2):
                result = run_in(t, args)
                want(result.status in (OK, 1, 4), f'status {result.status} ({result.errors[:300]})')
            after = everything(t)
            want(after.get(name) != before.get(name), f'{name} was not written')
            same({key for key in before if key != name and before[key] != after.get(key)}, set(), 'other files that changed')
    with t.case('a device is no file: /dev/null in and out'):
        fresh(t)
        result = run_in(t, ['account', 'a.csv', '-o', '/dev/null', '--ledger', '/dev/null'], stdin_file=subprocess.DEVNULL)
        same(result.status, OK, f'status ({result.errors[:300]})')


# Commands, with and without a file that the result goes to; whether they answer beside errors, and whether -f json has a file for what was wrong.
ANSWERS = (('account', False, False), ('check', True, True), ('check --brief', True, True), ('check --rules shanghai-2022-189 --rules project-admission', True, True), ('event', True, True),
           ('plan', False, False), ('report', False, False), ('batch', True, True))
BROKEN = {  # what is wrong twice, in whose table
    'inventory.csv': 'period,activity,quantity,unit\n2023,外购电力,1x,kWh\n2023,外购电力,2x,kWh\n', 'factors.csv': 'id,gas,value,unit,source\na,CO2,x,kg/kWh,s\nb,CO2,y,kg/kWh,s\n',
}
SAID = {'none': ('no result written', '未生成结果。'), 'beside': ('the result says what they leave open', '在结果中未判定'), 'named': ('the file that was written names them', '输出文件只列出这些错误')}


def answered(t):
    """What -o holds after errors, what stays of an earlier file, and what is said of it are one."""
    for table, text in BROKEN.items():
        for at, (command, beside, named) in enumerate(ANSWERS):
            for form in ([], ['-f', 'json']) if command != 'batch' else ([],):
                if form and (command == 'report' or '--brief' in command):
                    continue
                with t.case(f'errors in {table}: {command} {" ".join(form)}'):
                    case = f'broken-{at}-{table}'
                    for name in ('case.csv', 'events.csv'):
                        t.write(f'{case}/{name}', 'fact,value\nname,x\n')
                    t.write(f'{case}/inventory.csv', 'period,activity,quantity,unit\n2023,外购电力,1,kWh\n')
                    t.write(f'{case}/{table}', text)
                    open_parts = beside and table != 'factors.csv'
                    kind = 'beside' if open_parts else 'named' if named and form else 'none'
                    for lang in (0, 1):
                        t.write('out', 'earlier')
                        result = t.run('--lang', ('en', 'zh')[lang], *command.split(), case, *form, '-o', 'out')
                        with open(t.path('out'), 'rb') as f:
                            out = f.read()
                        same(result.status, 3, result.errors)
                        if command == 'batch':  # each case its own line, which names its errors
                            want(out != b'earlier' and b'error' in out, out)
                            continue
                        same((out == b'earlier', [k for k, words in SAID.items() if words[lang] in result.errors]), (kind == 'none', [kind]), f'{result.errors}{out[:200]}')
                        want(not form or kind == 'none' or b'"E' in out, 'a file that names no error')


def run(t):
    answered(t)
    for group in (refused, standard_input, standard_output, descriptors, left_over, dangling, allowed):
        group(t)
