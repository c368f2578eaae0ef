# SPDX-License-Identifier: GPL-3.0-or-later
"""examples/embed builds with pkg-config against an installed tanhe, shared and static, and prints what embed.txt shows."""
import os
import shlex
import shutil
import subprocess

from .harness import ROOT, same, want

HERE = os.path.join(ROOT, 'examples', 'embed')
FLAGS = ['-std=c11', '-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-Wstrict-prototypes', '-Werror']


def checked(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    want(done.returncode == 0, f'{shlex.join(command)}: status {done.returncode}\n{done.stdout[-1500:]}{done.stderr[-1500:]}')
    return done.stdout


def install(t, *words):
    """The built tree in a folder; the environment in which pkg-config finds it there."""
    root = t.path('installed/x')[:-2]
    built = os.path.dirname(t.tanhe)
    with open(os.path.join(built, 'build-id'), encoding='utf-8') as f:
        build = f.read()  # as it is: nothing is linked anew while other suites run it
    checked('make', '-s', 'install', f'DESTDIR={root}', f'B={os.path.relpath(built, ROOT)}', f'BUILD_ID={build}', *words, cwd=ROOT, env={**os.environ, 'MAKEFLAGS': ''})
    return root, {'PATH': '/usr/bin:/bin', 'LC_ALL': 'C', 'PKG_CONFIG_PATH': f'{root}/usr/local/lib/pkgconfig', 'PKG_CONFIG_SYSROOT_DIR': root}


def run_it(t, root, env, program):
    env = {**env, 'LD_LIBRARY_PATH': f'{root}/usr/local/lib'}
    return checked(program, f'{root}/usr/local/share/tanhe', 'examples/region', cwd=ROOT, env=env)


def run(t):
    root, env = install(t)
    with open(os.path.join(HERE, 'embed.txt'), encoding='utf-8') as f:
        expected = f.read()
    flags = shlex.split(checked('pkg-config', '--cflags', 'tanhe', env=env))
    with t.case('shared, by gcc'):
        libs = shlex.split(checked('pkg-config', '--libs', 'tanhe', env=env))
        checked('gcc', *FLAGS, *flags, '-o', t.path('shared'), os.path.join(HERE, 'embed.c'), *libs)
        same(run_it(t, root, env, t.path('shared')), expected, 'what it prints')
    with t.case('static, by clang'):
        os.rename(f'{root}/usr/local/lib/libtanhe.so', f'{root}/usr/local/lib/hidden.so')
        libs = shlex.split(checked('pkg-config', '--static', '--libs', 'tanhe', env=env))
        checked('clang', *FLAGS, *flags, '-o', t.path('static'), os.path.join(HERE, 'embed.c'), *libs)
        shutil.move(f'{root}/usr/local/lib/hidden.so', f'{root}/usr/local/lib/libtanhe.so')
        same(run_it(t, root, env, t.path('static')), expected, 'what it prints')
    with t.case('version'):
        same(checked('pkg-config', '--modversion', 'tanhe', env=env).strip(), t.run('--version').text.split()[1], 'version')
    with t.case('what is not there is told'):
        done = subprocess.run([t.path('static'), 'data', 'nowhere'], cwd=ROOT, capture_output=True, text=True, check=False)
        want(done.returncode == 5 and 'error E1001' in done.stderr and not done.stdout, f'status {done.returncode}\n{done.stderr}')
