# SPDX-License-Identifier: GPL-3.0-or-later
"""System calls fail, are cut short or are where a signal or another run comes: exit 5 and what was there before, or the right answer,
whole. Never a torn, lost or shorter result, never a good exit with another answer. `make check` takes a sample of the calls, `make long`
many more. Nothing waits for a clock: tests/fault/inject.c stops at a counted call."""
import errno
import os
import shutil
import signal

from .harness import OK, ROOT, SYSTEM, Failure, rows, same, want
from .preload import build, contents, count, leftovers

OLD = b'an old result\n'
OUTPUTS = ['out', 'ledger.csv']
ACCOUNT = ['account', 'a.csv', '-f', 'json', '-o', 'out', '--ledger', 'ledger.csv']
STDIN = rows('2023,电,1,kWh', '2023,柴油,2,t').encode()

# Name and arguments; and what stands where it writes before, if that is not an old result: a file whose content it is, or nothing.
JOBS = [
    ('account of a case', ['account', 'c', '-f', 'json', '-o', 'out', '--ledger', 'ledger.csv']),
    ('account of standard input', ['account', '-', '-f', 'json', '-o', 'out', '--ledger', 'ledger.csv']),
    ('account on the screen', ['account', 'gbk.csv', 'a.csv']),
    ('check', ['check', 'c', '-f', 'json', '-o', 'out', '--params', 'p.csv']),
    ('plan', ['plan', 'c', '-o', 'out', '--scenario', 'c/scenario-fast.csv', '--actual', '2023']),
    ('plan, is the base year to be stated anew', ['plan', 'c', '--recalculate', 'r.json', '--inputs', 'c', '-f', 'md', '-o', 'out']),
    ('report', ['report', 'c', '-f', 'html', '-o', 'out']),
    ('report for a word processor', ['report', 'c', '-f', 'docx', '-o', 'out']),
    ('verify, with a program', ['verify', 'r.json', 'c', '-o', 'out', '--script', 'ledger.csv']),
    ('explain', ['explain', 'r.json', 'gross:2023', 'c', '--all', '-f', 'json', '-o', 'out']),
    ('explain of a requirement', ['explain', 'r.json', '4.3-req5', '-o', 'out']),
    ('diff', ['diff', 'r.json', 'a.csv', 'c', '-f', 'json', '-o', 'out']),
    ('account that holds a lock', ['account', 'a.csv', '-o', 'out', '--ledger', 'ledger.csv', '--lock', 'held.json']),
    ('account locked anew over an earlier report', ['account', 'a.csv', '-f', 'json', '-o', 'out.json', '--lock', 'pins'], {'out.json': 'earlier.json', 'pins': None}),
    ('what is asked for, and tasks', ['check', 'asked', '--requests', 'asked.csv', '--tasks', 'tasks.csv', '--brief', '-o', 'out'], {'asked.csv': None, 'tasks.csv': None, 'out': None}),
    ('event', ['event', 'event', '-f', 'json', '-o', 'out']),
    ('footprint', ['footprint', 'products', '-f', 'json', '-o', 'out']),
    ('rules show', ['rules', 'show', './my.json', '-o', 'out']),
    ('rules params', ['rules', 'params', 'c', '-o', 'out']),
    ('factors list', ['factors', 'list', '-f', 'csv', '--factors', 'c/factors.csv', '--units', 'u.csv', '-o', 'out']),
    ('factors check', ['factors', 'check', 'c/factors.csv', '-o', 'out']),
]
# Absence (ENOENT) of what is only looked at is an answer and not a fault, so no stat says it here.
FAULTS = [
    ('open', ['EIO', 'EACCES', 'ENOENT', 'EMFILE', 'ENFILE']), ('pread', ['EIO', 'EINTR', 'short', 'zero']), ('read', ['EIO', 'EINTR', 'short']),
    ('write', ['ENOSPC', 'EIO', 'EINTR', 'short']), ('fsync', ['EIO', 'EINVAL']), ('close', ['EIO', 'EINTR', 'ENOSPC']), ('rename', ['EACCES', 'EIO', 'ENOSPC']),
    ('fstat', ['EIO']), ('stat', ['EIO', 'EACCES', 'ELOOP']), ('lstat', ['EIO', 'EACCES']), ('access', ['EIO', 'EROFS']), ('flock', ['ENOLCK', 'EWOULDBLOCK']),
    ('lseek', ['EIO']), ('readlink', ['EIO', 'EACCES']), ('fchmod', ['EPERM', 'EIO']), ('unlink', ['EIO']), ('getentropy', ['EIO']),
]
HARMLESS = {'EINTR', 'short'}  # a call that is done again, whole
# What cannot be looked at may be another's, and what cannot be removed stays: both are left to the next run.
MAY_LEAVE = {'unlink', 'lstat', 'fstat'}


def number(how):
    return how if how in ('short', 'zero') else str(getattr(errno, how))


def old_outputs(t, before=None):
    for name, data in (before or dict.fromkeys(OUTPUTS, OLD)).items():
        if data is not None:
            t.write(name, data)
        elif os.path.exists(t.path(name)):
            os.remove(t.path(name))
    for name in leftovers(t.folder):
        os.remove(t.path(name))


def points(calls, most):
    """All of them, or the first and last and an even choice between."""
    ends = most // 3
    return sorted(k for k in {*range(1, ends + 1), *range(ends + 1, calls + 1, max(1, calls // (most - 2 * ends + 1))), *range(calls - ends + 1, calls + 1)} if 1 <= k <= calls)


def one(t, args, right, before, expected, call, how, at, env):
    old_outputs(t, before)
    result = t.run(*args, stdin=STDIN, env={**env, 'FAULT_CALL': call, 'FAULT_AT': str(at), 'FAULT_DO': number(how)})
    found = contents(t.folder, before)
    where = f'{call} {how}, call {at}: status {result.status}, {result.errors[-300:]}'
    want(result.status in (right.status, SYSTEM), where)
    if result.status == right.status:
        same((result.out, found), (right.out, expected), where)
    else:
        want('E1' in result.errors or 'no reference data' in result.errors, f'{where}: nothing is said')
        for name, data in before.items():
            want(found[name] in (data, expected[name]), f'{where}: {name} is torn')
        want(right.out.startswith(result.out), f'{where}: another answer on standard output')
    if how in HARMLESS:
        same(result.status, right.status, where)
    if call not in MAY_LEAVE:
        same(leftovers(t.folder), [], where + ': temporary files')
    return result.status == SYSTEM


def system_calls(t, library, most):
    """Each system call fails in turn."""
    tried = refused = 0
    for name, args, *kept in JOBS:
        before = {path: data and contents(t.folder, [data])[data] for path, data in kept[0].items()} if kept else dict.fromkeys(OUTPUTS, OLD)
        with t.case(name):
            old_outputs(t, before)
            right = t.run(*args, stdin=STDIN)
            want(right.status in (OK, 1, 4), f'status {right.status} without a fault: {right.errors[:300]}')
            expected = contents(t.folder, before)
            wrong = []
            for call, hows in FAULTS:
                env = {'LD_PRELOAD': library}
                old_outputs(t, before)
                calls, _ = count(t, library, {'FAULT_CALL': call, 'FAULT_AT': '0', 'FAULT_DO': '5'}, 'FAULT_COUNT', args, stdin=STDIN)
                for how in hows:
                    for at in points(calls, most):
                        tried += 1
                        try:
                            refused += one(t, args, right, before, expected, call, how, at, env)
                        except Failure as e:
                            wrong.append(str(e))
            want(not wrong, f'{len(wrong)} points:\n' + '\n'.join(wrong[:20]))
    with t.case('so many points'):
        want(tried >= 9 * most and refused > tried // 10, f'{tried} points, of which {refused} failed')
    return tried


def early_end(t, library):
    """The data of a file end before its size says so: an error that names both numbers, for a file of several pieces wherever it is cut."""
    text = rows(*['2023,电,1,kWh'] * 90000)  # more than is kept in memory
    t.write('long.csv', text)
    with t.case('reading an inventory ends early'):
        right = t.run('account', 'long.csv')
        same(right.status, OK, f'status ({right.errors[:300]})')
        calls, _ = count(t, library, {'FAULT_CALL': 'pread', 'FAULT_AT': '0', 'FAULT_DO': 'zero'}, 'FAULT_COUNT', ['account', 'long.csv'])
        said = set()
        for at in points(calls, 40):  # of the inventory, and of what is kept to compare its lines
            result = t.run('account', 'long.csv', env={'LD_PRELOAD': library, 'FAULT_CALL': 'pread', 'FAULT_AT': str(at), 'FAULT_DO': 'zero'})
            want(result.status == SYSTEM or (result.status, result.out) == (OK, right.out), f'call {at}: status {result.status}, another answer')
            if f'of {len(text.encode())} bytes' in result.errors:
                want('E1015' in result.errors, result.errors)
                said.add(result.errors)
        want(len(said) > 2, f'an end of the inventory was told at {len(said)} places')


def compared(t, library):
    """What is kept to compare many lines cannot be written, or read again: an error, and never an answer that lacks a caveat."""
    t.write('many.csv', rows(*[f'2023-{n % 12 + 1:02},电,{n},kWh,楼{n}' for n in range(40000)], header='period,activity,quantity,unit,site'))
    args = ['account', 'many.csv', '--threads', '1']
    with t.case('what is compared does not fit on the disk'):
        right = t.run(*args)
        same(right.status, OK, f'status ({right.errors[:300]})')
        told = 0
        for call, hows in (('write', ('ENOSPC', 'EIO', 'short')), ('pread', ('EIO', 'zero', 'short'))):
            calls, _ = count(t, library, {'FAULT_CALL': call, 'FAULT_AT': '0', 'FAULT_DO': '5'}, 'FAULT_COUNT', args)
            want(calls > 200, f'{calls} calls of {call}')
            for how in hows:
                for at in points(calls, 12):
                    result = t.run(*args, env={'LD_PRELOAD': library, 'FAULT_CALL': call, 'FAULT_AT': str(at), 'FAULT_DO': number(how)})
                    where = f'{call} {how}, call {at}: status {result.status}, {result.errors[:300]}'
                    want((result.status, result.out) == (OK, right.out) if how in HARMLESS or result.status == OK else result.status == SYSTEM, where)
                    told += 'E1016' in result.errors
        want(told > 20, f'told {told} times')


def killed(t, library, right):
    """Killed at each write, fsync, rename, close and open, before or behind it: the old file or the new one, and the next run tidies up."""
    for call in ('write', 'fsync', 'rename', 'close', 'open'):
        with t.case(f'killed at {call}'):
            calls, _ = count(t, library, {'FAULT_CALL': call, 'FAULT_AT': '0', 'FAULT_DO': 'kill'}, 'FAULT_COUNT', ACCOUNT)
            want(calls > 0, f'no call of {call}')
            seen = set()
            for at in range(max(1, calls - 12), calls + 1):
                for how in ('kill', 'killed'):
                    for name in OUTPUTS:
                        t.write(name, OLD)
                    result = t.run(*ACCOUNT, env={'LD_PRELOAD': library, 'FAULT_CALL': call, 'FAULT_AT': str(at), 'FAULT_DO': how})
                    same(result.status, -signal.SIGKILL, f'{call} {at}: status')
                    for name, data in contents(t.folder, OUTPUTS).items():
                        want(data in (OLD, right[name]), f'{call} {at}: {name} is torn: {data and data[:60]}')
                        seen.add(data == OLD)
            want(True in seen, 'no kill came before the rename')
            right_outputs(t)
            same(leftovers(t.folder), [], 'temporary files behind the next run')


def signals(t, library, right):
    """A signal that ends the process, at each call that has to do with an output: no temporary file stays, and the process dies of it."""
    for name in ('SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGPIPE', 'SIGXCPU'):
        number_of = getattr(signal, name)
        with t.case(name):
            for call in ('open', 'flock', 'write', 'fsync', 'close', 'rename') if name in ('SIGINT', 'SIGTERM') else ('fsync',):
                calls, _ = count(t, library, {'FAULT_CALL': call, 'FAULT_AT': '0', 'FAULT_DO': 'signal'}, 'FAULT_COUNT', ACCOUNT)
                for at in range(max(1, calls - 4), calls + 1):
                    for how in ('signal', 'signalled'):
                        old_outputs(t)
                        result = t.run(*ACCOUNT, env={'LD_PRELOAD': library, 'FAULT_CALL': call, 'FAULT_AT': str(at), 'FAULT_DO': how, 'FAULT_SIGNAL': str(int(number_of))},
                                       restore_signals=True)
                        same(result.status, -number_of, f'{how} at {call} {at}: status ({result.errors[:200]})')
                        same(leftovers(t.folder), [], f'{how} at {call} {at}: temporary files')
                        for output, data in contents(t.folder, OUTPUTS).items():
                            want(data in (OLD, right[output]), f'{how} at {call} {at}: {output} is torn')
    with t.case('SIGTERM from another process, while the outputs are open'):
        old_outputs(t)
        result = t.run(*ACCOUNT, env={'LD_PRELOAD': library, 'FAULT_CALL': 'fsync', 'FAULT_AT': '1', 'FAULT_DO': 'run', 'FAULT_RUN': 'kill -TERM $PPID'})
        same((result.status, leftovers(t.folder)), (-signal.SIGTERM, []), 'status and temporary files')
    with t.case('a signal that was ignored stays ignored'):
        old_outputs(t)
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            result = t.run(*ACCOUNT, env={'LD_PRELOAD': library, 'FAULT_CALL': 'fsync', 'FAULT_AT': '1', 'FAULT_DO': 'signal', 'FAULT_SIGNAL': str(int(signal.SIGINT))})
        finally:
            signal.signal(signal.SIGINT, before)
        same((result.status, contents(t.folder, OUTPUTS)), (OK, right), 'status and files')


def side_by_side(t, library, right):
    """Another run writes the same files from its start to its end while this one waits at a call: both succeed, the last one's files stay."""
    t.write('b.csv', rows('2023,电,5,kWh'))
    other = f'{t.tanhe} account b.csv -f json -o out --ledger ledger.csv'
    same(t.run('account', 'b.csv', '-f', 'json', '-o', 'out', '--ledger', 'ledger.csv').status, OK, 'status of the other run')
    others = contents(t.folder, OUTPUTS)
    for call in ('open', 'flock', 'fstat', 'write', 'fsync', 'close', 'rename', 'lstat'):
        with t.case(f'another run at {call}'):
            calls, _ = count(t, library, {'FAULT_CALL': call, 'FAULT_AT': '0', 'FAULT_DO': 'run'}, 'FAULT_COUNT', ACCOUNT)
            want(calls > 0, f'no call of {call}')
            for at in range(max(1, calls - 7), calls + 1):
                old_outputs(t)
                result = t.run(*ACCOUNT, env={'LD_PRELOAD': library, 'FAULT_CALL': call, 'FAULT_AT': str(at), 'FAULT_DO': 'run', 'FAULT_RUN': other})
                same(result.status, OK, f'{call} {at} of {calls}: status ({result.errors[:300]})')
                same(leftovers(t.folder), [], f'{call} {at} of {calls}: temporary files')
                found = contents(t.folder, OUTPUTS)
                for name in OUTPUTS:
                    want(found[name] in (right[name], others[name]), f'{call} {at}: {name} is torn')
                if call in ('flock', 'write') or (call == 'rename' and at == calls - 1):  # before anything was renamed: this run comes last
                    same(found, right, f'{call} {at}: files')


def folder_of_result(t, library, right):
    """A folder that cannot be synced behind the rename: the new file is there, and that is no failure."""
    with t.case('a folder that cannot be synced'):
        calls, _ = count(t, library, {'FAULT_CALL': 'fsync', 'FAULT_AT': '0', 'FAULT_DO': '5'}, 'FAULT_COUNT', ACCOUNT)
        same(calls, 4, 'two files and their folder twice')
        for at in (3, 4):
            old_outputs(t)
            result = t.run(*ACCOUNT, env={'LD_PRELOAD': library, 'FAULT_CALL': 'fsync', 'FAULT_AT': str(at), 'FAULT_DO': number('EIO')})
            same((result.status, result.errors, contents(t.folder, OUTPUTS)), (OK, '', right), f'fsync {at}: status, messages and files')


def absence(t):
    """Only what is not there is not there: a dangling link, a loop and a folder without rights are errors, never another answer."""
    jobs = {'factors.csv': ['account', 'check', 'plan', 'rules params'], 'units.csv': ['account', 'check', 'plan', 'rules params'], 'case.csv': ['account', 'check', 'plan'],
            'measures.csv': ['check', 'plan'], 'targets.csv': ['check', 'plan'], 'params.csv': ['check', 'plan', 'rules params'], 'assumptions.csv': ['plan'],
            'delivered.csv': ['plan'], 'tasks.csv': ['check', 'plan'], 'events.csv': ['event'], 'offsets.csv': ['event'], 'products.csv': ['footprint'], 'inventory.csv': ['account', 'check', 'plan']}
    for name, commands in jobs.items():
        for command in commands:
            for target in ('not-there', name):
                with t.case(f'{command}: {name} is a link to {"nothing" if target != name else "itself"}'):
                    shutil.rmtree(t.path('broken'), ignore_errors=True)
                    shutil.copytree(os.path.join(ROOT, 'examples', {'event': 'event', 'footprint': 'products'}.get(command, 'enterprise')), t.path('broken'))
                    if os.path.exists(t.path(f'broken/{name}')):
                        os.remove(t.path(f'broken/{name}'))
                    os.symlink(target, t.path(f'broken/{name}'))
                    result = t.run(*command.split(), 'broken')
                    same(result.status, SYSTEM, f'status ({result.errors[:200]})')
                    want('E1001' in result.errors and f'broken/{name}' in result.errors, result.errors)
    with t.case('the user\'s own parameters are a link to nothing'):
        os.makedirs(t.path('config/tanhe/params/x')[:-2], exist_ok=True)
        os.symlink('not-there', t.path('config/tanhe/params/shanghai-2022-189.csv'))
        result = t.run('check', 'c', env={'XDG_CONFIG_HOME': t.path('config')})
        same(result.status, SYSTEM, f'status ({result.errors[:200]})')
        want('E1001' in result.errors, result.errors)


def right_outputs(t):
    for name in OUTPUTS:
        if os.path.exists(t.path(name)):
            os.remove(t.path(name))
    same(t.run(*ACCOUNT).status, OK, 'status')
    return contents(t.folder, OUTPUTS)


def prepare(t):
    months = [f'2023-{m:02},{a},{m}.5,{u}' for m in range(1, 13) for a, u in (('外购电力', 'MWh'), ('柴油', 't'), ('R410A', 'kg'))]
    t.write('a.csv', rows(*months))
    t.write('gbk.csv', rows('2024,电,"1,000",kWh').encode('gbk'))
    t.write('u.csv', 'unit,value,of\nsack,50,kg\n')
    shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), t.path('c'))
    for example in ('event', 'products'):
        shutil.copytree(os.path.join(ROOT, 'examples', example), t.path(example))
    shutil.copytree(os.path.join(ROOT, 'tests', 'golden', 'check', 'answers-zh', 'case'), t.path('asked'))
    shutil.copy(os.path.join(ROOT, 'examples', 'params-illustrative.csv'), t.path('p.csv'))
    shutil.copy(os.path.join(ROOT, 'data', 'rules', 'shanghai-2022-189.json'), t.path('my.json'))
    for args in (['check', 'c', '-f', 'json', '-o', 'r.json'], ['account', 'a.csv', '--gwp', 'AR6', '-f', 'json', '-o', 'earlier.json'],
                 ['account', 'a.csv', '--lock', 'held.json', '-o', 'held.txt']):
        done = t.run(*args)
        want(done.status in (OK, 1, 4), done.errors)
    return build(t, 'inject')


def run(t, most=3):
    try:
        library = prepare(t)
        right = right_outputs(t)
    except Failure as e:
        t.fail('tests/fault/inject.c', str(e))
        return
    absence(t)
    early_end(t, library)
    compared(t, library)
    folder_of_result(t, library, right)
    system_calls(t, library, most)
    killed(t, library, right)
    signals(t, library, right)
    side_by_side(t, library, right)


def long(t):
    """Thousands of points."""
    try:
        library = prepare(t)
    except Failure as e:
        t.fail('tests/fault/inject.c', str(e))
        return
    tried = system_calls(t, library, 24)
    print(f'{t.name}: {tried} points', flush=True)
