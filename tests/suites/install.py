# SPDX-License-Identifier: GPL-3.0-or-later
"""What is delivered: a tree that was installed works by itself, the archive of the sources makes itself again; the packages that make installs."""
import glob
import os
import re
import shutil
import stat
import subprocess

from . import preload
from .docs import manual_pages
from .embed import checked, install
from .harness import OK, ROOT, same, want

PREFIX = '/opt/tanhe'
# Run in a folder beside the examples by the program as installed and as built: the same bytes, and files too where the line names one.
JOBS = (
    ['account', 'examples/enterprise', '-f', 'json'], ['account', 'examples/region', '--lang', 'zh', '--ledger', 'made.csv'], ['check', 'examples/enterprise', '--params', 'examples/params-illustrative.csv'],
    ['check', 'examples/park', '-f', 'json', '-o', 'made.json'], ['check', 'examples/building', '--annotate', 'made.xlsx'], ['plan', 'examples/region', '--lang', 'zh'],
    *(['report', 'examples/enterprise', '--lang', lang, '-o', 'made.' + end] for end in ('md', 'html', 'docx', 'xlsx') for lang in ('en', 'zh')),
    ['batch', 'examples/first', '--ordered'], ['layout', 'examples/office/能耗统计表.csv'], ['factors', 'show', 'grid-shanghai-2023'], ['rules', 'params', '--template'],
    ['diff', 'examples/park', 'examples/building'], ['init', 'made.xlsx', '--category', 'park', '--target', 'peak'], ['init', 'made.xlsx', '--category', '建筑楼宇', '--target', '碳中和', '--lang', 'zh'],
    ['verify', 'park.json', 'examples/park', '--script', 'made.py'], ['explain', 'park.json', '4.3-req5'], ['help', 'E2306'], ['completion', 'fish'],
)

# Commands that stand for those of Debian: two packages are installed already, `held` cannot be, alone or with others.
FAKES = {
    'dpkg-query': 'for p; do :; done\ncase "$p" in there*) echo "install ok installed";; *) exit 1;; esac',
    'id': 'echo 0',
    'apt-get': 'echo "$*" >> "$CALLS"\ncase "$*" in *held*) echo "E: Unable to correct problems, you have held broken packages." >&2; exit 100;; esac',
}


def packages(t, name, *wanted, **more):
    """Status, output and calls of apt-get when make installs these packages."""
    folder = os.path.dirname(t.path(f'{name}/bin/x'))
    for command, text in {**FAKES, **more}.items():
        path = os.path.join(folder, command)
        with open(path, 'w', encoding='ascii') as f:
            f.write('#!/bin/sh\n' + text + '\n')
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    calls = t.path(f'{name}/calls')
    done = subprocess.run(['make', '-s', 'deps-extra', 'DEPS_BUILD=there-1', 'DEPS_CHECK=there-2', 'DEPS_EXTRA=' + ' '.join(wanted)], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={'PATH': folder + ':/usr/bin:/bin', 'LC_ALL': 'C', 'CALLS': calls})
    lines = []
    if os.path.exists(calls):
        with open(calls, encoding='ascii') as f:
            lines = [line.split()[3:] for line in f.read().splitlines() if line.startswith('install')]
    return done, lines


def done_by(t, program, job, opened=None):
    """Status, output, messages and the file that was made."""
    made = [t.path('work/' + word) for word in job if word.startswith('made.')]
    for path in made:
        if os.path.exists(path):
            os.remove(path)
    kept, t.tanhe = t.tanhe, program
    try:
        done = t.run(*job, cwd=t.path('work'), env={'LD_PRELOAD': opened[0], 'OPENS_LOG': opened[1]} if opened else None)
    finally:
        t.tanhe = kept
    contents = []
    for path in made:
        with open(path, 'rb') as f:
            contents.append(f.read())
    return done.status, done.out, done.errors, contents


def installed(t):
    root, _ = install(t, f'PREFIX={PREFIX}')
    prefix, log = root + PREFIX, t.path('opened')
    program, library = prefix + '/bin/tanhe', preload.build(t, 'opens')
    shutil.copytree(os.path.join(ROOT, 'examples'), t.path('work/examples'))
    same(t.run('check', 'examples/park', '-f', 'json', '-o', 'park.json', cwd=t.path('work')).errors, '', 'a report to verify')
    for job in JOBS:
        with t.case('installed: ' + ' '.join(job)):
            if os.path.exists(log):
                os.remove(log)
            found = done_by(t, program, job, (library, log))
            same(found, done_by(t, t.tanhe, job), 'what it gives')
            want(found[0] in (OK, 1, 4) and (found[1] or found[3]), f'status {found[0]} {found[2]}')
            with open(log, encoding='utf-8') as f:
                opened = [os.path.realpath(os.path.join(t.path('work'), name)) for name in f.read().splitlines()]
            same([name for name in opened if name.startswith(ROOT + '/')], [], 'opened in the tree that it was built of')
            # A requirement stands in the report itself; each worker of a batch opens the data anew.
            data = [name[len(prefix + '/share/tanhe/'):] for name in opened if name.startswith(prefix + '/share/tanhe/')]
            want('reference.img' in data or job[0] in ('help', 'explain'), f'the image is not used: {data}')
            want('units.csv' not in data or job[0] == 'batch', 'the data are read in spite of the image')
    with t.case('installed: --version'):
        want(prefix + '/share/tanhe' in done_by(t, program, ['--version'])[1].decode(), 'the folder of its data')
    with t.case('installed: manual and completions'):
        pages = [('zh_CN/' if page.startswith('zh_CN/') else '') + f'man{page[-1]}/' + os.path.basename(page) for page in manual_pages()]
        want(len(pages) > 10, f'pages: {pages}')
        same([name for name in (*('man/' + page for page in pages), 'bash-completion/completions/tanhe', 'zsh/site-functions/_tanhe', 'fish/vendor_completions.d/tanhe.fish')
              if not os.path.exists(f'{prefix}/share/{name}')], [], 'not there')


def archive(t):
    """The archive of the sources has each of them, and makes itself again without git; the page lies beside it where it was made, with its digest."""
    first = t.path('one/dist/x')[:-2]
    t.write('one/tanhe.html', '<!DOCTYPE html>')
    checked('make', '-s', 'dist', f'B={t.path("one")}', cwd=ROOT, env={**os.environ, 'MAKEFLAGS': ''})
    checked('sha256sum', '--check', '--strict', 'SHA256SUMS', cwd=first)
    archives = glob.glob(first + '/*.tar.gz')
    want(len(archives) == 1, f'archives: {archives}')
    checked('tar', '-xzf', archives[0], cwd=t.path('x')[:-2])
    tree = t.path(os.path.basename(archives[0])[:-len('.tar.gz')])
    tracked = subprocess.run(['git', 'ls-files', '-z'], cwd=ROOT, capture_output=True, text=True, check=False).stdout if os.path.exists(os.path.join(ROOT, '.git')) else ''
    wanted = set(tracked.split('\0')) - {''} or {os.path.relpath(os.path.join(at, name), ROOT) for top in ('src', 'data', 'tests', 'tools') for at, _, names in os.walk(os.path.join(ROOT, top)) for name in names}
    want(len(wanted) > 1000, 'sources')
    same(sorted(name for name in {*wanted, 'Makefile', 'LICENSE', 'README.md'} if not os.path.lexists(os.path.join(tree, name))), [], 'sources that are not in it')
    env = {name: value for name, value in os.environ.items() if name != 'SOURCE_DATE_EPOCH'}
    t.write(os.path.join(tree, 'build', 'tanhe.html'), '<!DOCTYPE html>')
    checked('make', '-s', 'dist', cwd=tree, env={**env, 'MAKEFLAGS': '', 'GIT_CEILING_DIRECTORIES': t.folder})
    with open(first + '/SHA256SUMS', encoding='ascii') as one, open(tree + '/build/dist/SHA256SUMS', encoding='ascii') as two:
        sums = one.read()
        same(two.read(), sums, 'the archive of the archive')
        want(sums.endswith('  tanhe.html\n'), sums)


def symbols(_):
    """The symbols of the Debian package are the functions of the public headers."""
    public = set()
    for path in glob.glob(os.path.join(ROOT, 'include', 'tanhe', '*.h')):
        with open(path, encoding='utf-8') as f:
            public |= set(re.findall(r'TH_PUBLIC[^;]*?\b(th_\w+)\(', f.read()))
    with open(os.path.join(ROOT, 'tools', 'debian', 'libtanhe0.symbols'), encoding='ascii') as f:
        same(re.findall(r'^ (\w+)@Base', f.read(), re.M), sorted(public), 'the symbols of tools/debian/libtanhe0.symbols, to which a new function is to be added')


def run(t):
    installed(t)
    for check in (archive, symbols):
        with t.case(check.__doc__.rstrip('.')):
            check(t)
    with t.case('packages that are there are not asked for'):
        done, calls = packages(t, 'there', 'there-3')
        same((done.returncode, calls), (0, []), f'status and calls ({done.stderr})')
    with t.case('what is missing is installed at once'):
        done, calls = packages(t, 'missing', 'there-3', 'new', 'newer')
        same((done.returncode, calls), (0, [['new', 'newer']]), f'status and calls ({done.stderr})')
    with t.case('a package that cannot be had, whose command is there, holds up no other'):
        done, calls = packages(t, 'held', 'new', 'held', 'newer', held='exit 0')
        same((done.returncode, calls), (0, [['new', 'held', 'newer'], ['new'], ['held'], ['newer']]), f'status and calls ({done.stderr})')
        want('held cannot be installed' in done.stdout, done.stdout)
    with t.case('without its command it is an error, when the others are installed'):
        done, calls = packages(t, 'lacking', 'held', 'new')
        want(done.returncode != 0 and calls[-1] == ['new'] and 'held broken packages' in done.stderr and 'is there: held\n' in done.stderr, f'{done.returncode} {calls}\n{done.stderr}')
