# SPDX-License-Identifier: GPL-3.0-or-later
"""What the world does to a run: full disks, closed descriptors, odd inputs. Failing system calls are in syscall.py."""
import os
import resource
import signal
import subprocess

from .harness import DATA, INVALID, OK, ROOT, SYSTEM, USAGE, rows, same, see, want
from .preload import build, contents, leftovers

OLD = b'an old result\n'
NOBODY = 65534
OUTPUTS = ['out.json', 'ledger.csv']


def whole_disk(t):
    """/dev/full as standard output: exit 5, and it is said."""
    for args in (['account', 'a.csv'], ['account', 'a.csv', '-f', 'json'], ['account', 'a.csv', '-f', 'csv'], ['factors', 'list'], ['--help'],
                 ['factors', 'show', 'leak-ac'], ['account', '--help'], ['--version'], ['factors', 'check', 'f.csv'],
                 ['account', 'a.csv', '-o', 'o.txt', '--ledger', '-']):
        with t.case('/dev/full: ' + ' '.join(args)), open('/dev/full', 'wb') as full:
            result = t.run(*args, stdout=full)
            same(result.status, SYSTEM, f'status ({result.errors})')
            want(not os.path.exists(t.path('o.txt')), 'a result although the run failed')
    for args in (['-o', '/dev/full'], ['-o', 'o.txt', '--ledger', '/dev/full']):
        with t.case('/dev/full: ' + ' '.join(args)):
            result = t.run('account', 'a.csv', *args)
            same(result.status, SYSTEM, f'status ({result.errors})')
            want('E1302' in result.errors, f'the error is not named: {result.errors}')
            want(not os.path.exists(t.path('o.txt')), 'a report although the ledger failed')


def places(t):
    """Where nothing can be written: exit 5, E1301, and no other output either."""
    os.makedirs(t.path('folder/x'))
    t.write('plain', 'x')
    for name, path in (('in a folder that is missing', 'nowhere/out.json'), ('a folder', 'folder'), ('below a file', 'plain/out.json'),
                       ('a name with a slash at its end', 'new/'), ('too long a name', 'n' * 300)):
        for options in (['-o', path, '--ledger', 'l.csv'], ['-o', 'l.csv', '--ledger', path]):
            with t.case(f'{" ".join(options)[:60]}: {name}'):
                if os.path.exists(t.path('l.csv')):
                    os.remove(t.path('l.csv'))
                result = t.run('account', 'a.csv', *options)
                same(result.status, SYSTEM, f'status ({result.errors})')
                want('E1301' in result.errors, f'E1301 is not named: {result.errors}')
                want(not os.path.exists(t.path('l.csv')), 'the other file was written although the run failed')
                same(leftovers(t.folder), [], 'temporary files')
    with t.case('a read-only file is left as it is'):
        as_nobody(t, lambda folder, run: locked_file(folder, run))
    with t.case('a read-only folder'):
        as_nobody(t, lambda folder, run: locked_folder(folder, run))
    with t.case('an inventory that may not be read'):
        as_nobody(t, lambda folder, run: unreadable(folder, run))


def as_nobody(t, check):
    """Root may do everything, so the check runs as somebody else."""
    folder = t.path('nobody/x')[:-2]
    for name in os.listdir(folder):
        os.chmod(os.path.join(folder, name), 0o666)
        os.remove(os.path.join(folder, name))
    who = {'user': NOBODY, 'group': NOBODY, 'extra_groups': []} if os.geteuid() == 0 else {}
    if who:
        os.chmod(t.folder, 0o755)
        os.chown(folder, NOBODY, NOBODY)
    with open(os.path.join(folder, 'a.csv'), 'w', encoding='utf-8') as f:
        f.write(rows('2023,电,1,kWh'))
    try:
        check(folder, lambda *args: t.run(*args, cwd=folder, **who))
    finally:
        os.chmod(folder, 0o777)


def locked_file(folder, run):
    path = os.path.join(folder, 'out.json')
    with open(path, 'wb') as f:
        f.write(OLD)
    os.chmod(path, 0o444)
    result = run('account', 'a.csv', '-o', 'out.json')
    same((result.status, contents(folder, ['out.json'])['out.json']), (SYSTEM, OLD), f'status and file ({result.errors})')


def locked_folder(folder, run):
    os.chmod(folder, 0o555)
    result = run('account', 'a.csv', '-o', 'out.json')
    same(result.status, SYSTEM, 'status')
    want('E1301' in result.errors, result.errors)


def unreadable(folder, run):
    os.chmod(os.path.join(folder, 'a.csv'), 0)
    result = run('account', 'a.csv')
    same(result.status, SYSTEM, 'status')
    want('E1001' in result.errors, result.errors)


def inputs(t):
    """Inputs that are no files: an error at once, never a wait."""
    os.mkfifo(t.path('fifo'))
    os.symlink('loop', t.path('loop'))
    os.makedirs(t.path('empty-folder/x'))
    for name, path, status, code in (('a named pipe', 'fifo', INVALID, 'E1004'), ('a device', '/dev/zero', INVALID, 'E1004'), ('a loop of links', 'loop', SYSTEM, 'E1001'),
                                     ('a folder without an inventory', 'empty-folder', INVALID, 'E1515'), ('nothing', 'nothing.csv', SYSTEM, 'E1001'),
                                     ('an empty name', '', SYSTEM, 'E1001')):
        for args in (['account', path], ['account', 'a.csv', '--factors', path], ['account', 'a.csv', '--units', path], ['account', 'a.csv', '--case', path]):
            if path == 'empty-folder' and len(args) > 2:
                status, code = INVALID, 'E1003'
            if path == '' and len(args) > 2:  # as if the option had none
                status, code = USAGE, args[2]
            with t.case(f'{name}: {" ".join(args)}'):
                result = t.run(*args, timeout=20)
                same(result.status, status, f'status ({result.errors})')
                want(code in result.errors, f'{code} is not named: {result.errors}')
    for name, more, status, code in (('empty', {'stdin': b''}, INVALID, 'E1101'), ('/dev/null', {'stdin_file': subprocess.DEVNULL}, INVALID, 'E1101')):
        with t.case(f'standard input: {name}'):
            result = t.run('account', '-', **more)
            same(result.status, status, 'status')
            want(code in result.errors, result.errors)
    with t.case('standard input: a folder'):
        handle = os.open(t.folder, os.O_RDONLY)
        result = t.run('account', '-', stdin_file=handle)
        os.close(handle)
        same(result.status, INVALID, 'status')
        want('E1003' in result.errors, result.errors)


def shell(t, command, **more):
    """Run under a shell that closes descriptors; $T is the command."""
    return subprocess.run(['sh', '-c', command], cwd=t.folder, env={'PATH': '/usr/bin:/bin', 'LC_ALL': 'C', 'T': t.tanhe}, capture_output=True, timeout=60, check=False, **more)


def closed(t):
    """Closed descriptors: nothing meant for one place lands in another."""
    right = t.run('account', 'a.csv', '-f', 'json').out
    with t.case('closed standard output'):
        same(shell(t, '"$T" account a.csv >&-').returncode, SYSTEM, 'status')
    with t.case('closed standard input'):
        done = shell(t, '"$T" account - <&-')
        same(done.returncode, SYSTEM, 'status')
        want(b'E1001' in done.stderr, done.stderr.decode())
    for which in ('>&-', '2>&-', '<&-', '<&- >&-', '>&- 2>&-', '<&- >&- 2>&-'):
        with t.case(f'{which} beside -o'):
            for name in OUTPUTS:
                t.write(name, OLD)
            done = shell(t, f'"$T" account a.csv -f json -o out.json --ledger ledger.csv {which}')
            found = contents(t.folder, OUTPUTS)
            want((done.returncode, found['out.json']) in ((OK, right), (SYSTEM, OLD)), f'status {done.returncode}, out.json {found["out.json"][:80]}')
        with t.case(f'{which} and a bad inventory beside -o'):
            for name in OUTPUTS:
                t.write(name, OLD)
            done = shell(t, f'"$T" account bad.csv -o out.json --ledger ledger.csv {which}')
            want(done.returncode in (INVALID, SYSTEM), f'status {done.returncode}')
            same(contents(t.folder, OUTPUTS + ['bad.csv']), {'out.json': OLD, 'ledger.csv': OLD, 'bad.csv': rows('2023,电,x,kWh').encode()}, 'files')
    with t.case('a reader that has gone ends the run by SIGPIPE, silently'):
        reading, writing = os.pipe()
        os.close(reading)
        result = t.run('factors', 'list', stdout=writing)
        os.close(writing)
        same((result.status, result.err), (-signal.SIGPIPE, b''), 'status and stderr')


def sizes(t):
    """No room for files: the old ones stay, no signal ends the run."""
    # Under 1 KiB neither fits; the limit counts for each file.
    for limit in (0, 100, 1000):
        with t.case(f'RLIMIT_FSIZE {limit}'):
            for name in OUTPUTS:
                t.write(name, OLD)
            command = f'{t.tanhe} account a.csv -f json -o out.json --ledger ledger.csv'.split()
            done = subprocess.run(command, cwd=t.folder, capture_output=True, timeout=60, check=False, env={'LC_ALL': 'C'},
                                  preexec_fn=lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)), signal.signal(signal.SIGXFSZ, signal.SIG_DFL)))
            same(done.returncode, SYSTEM, f'status ({done.stderr.decode()})')
            same(contents(t.folder, OUTPUTS), dict.fromkeys(OUTPUTS, OLD), 'files')
            same(leftovers(t.folder), [], 'temporary files')
    with t.case('standard input that never ends, with RLIMIT_FSIZE'):
        with open('/dev/zero', 'rb') as zero:
            done = subprocess.run([t.tanhe, 'account', '-'], cwd=t.folder, stdin=zero, capture_output=True, timeout=60, check=False, env={'LC_ALL': 'C'},
                                  preexec_fn=lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)), signal.signal(signal.SIGXFSZ, signal.SIG_DFL)))
        see(done.stderr)
        same(done.returncode, SYSTEM, f'status ({done.stderr.decode()})')
        want(b'E1014' in done.stderr, done.stderr.decode())


def opened(t, library, *args):
    """The files that a run opens, once for each time."""
    log = t.path('opens')
    if os.path.exists(log):
        os.remove(log)
    result = t.run(*args, env={'LD_PRELOAD': library, 'OPENS_LOG': log})
    want(result.status not in (USAGE, INVALID, SYSTEM), f'status {result.status}: {result.errors}')
    with open(log, encoding='utf-8') as f:
        return [os.path.realpath(os.path.join(t.folder, line)) for line in f.read().splitlines()]


def read_once(t):
    """Whatever is asked, no file is opened twice: not the inventory, not a rule pack, not a list of packs."""
    library = build(t, 'opens')
    case, pack = os.path.join(ROOT, 'examples', 'enterprise'), os.path.join(DATA, 'rules', 'shanghai-2022-189.json')
    packs = [os.path.join(DATA, 'rules', 'set.json'), pack]
    sure = ['--uncertainty', 'approach2', '--trials', '600']
    for args, needed in ((['account', case, '--ledger', 'l.csv', *sure], ['inventory.csv']), (['check', case, '--all-categories', *sure], ['inventory.csv', *packs]),
                         (['plan', case, '--route', 'threshold', '--actual', '2023'], ['inventory.csv', *packs]), (['check', case, '--rules', pack], ['inventory.csv', pack]),
                         (['rules', 'show'], packs), (['rules', 'list'], packs), (['rules', 'params', case], packs), (['rules', 'params', '--template'], packs),
                         (['rules', 'check', pack], [pack]), (['factors', 'list'], [])):
        with t.case(f'no file is opened twice: {" ".join(args[:2])}'):
            files = opened(t, library, *args)
            same([f for f in sorted(set(files)) if files.count(f) > 1], [], 'files that are opened more than once')
            for name in needed:
                want(os.path.join(case, name) in files, f'{name} is not among the files that are opened: {files}')


def run(t):
    t.write('a.csv', rows(*[f'2023-{m:02},{a},{m}.5,{u}' for m in range(1, 13) for a, u in (('外购电力', 'MWh'), ('柴油', 't'), ('R410A', 'kg'))]))
    t.write('bad.csv', rows('2023,电,x,kWh'))
    t.write('f.csv', 'id,gas,value,unit,source\na,CO2,1,kg/kWh,x\n')
    for group in (whole_disk, places, inputs, closed, sizes):
        group(t)
    read_once(t)
