#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a release gives away: tests/packages.py.

The archive of the sources, unpacked in two folders, at different hours and with different masks, gives the same packages; lintian has no error or warning; one of
the trees passes its unit tests. The packages, unpacked, are a tanhe that works: program, data, manual, completions, and a library to build with.
The last line counts all cases, as in tests/run.py."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACKAGES = ['libtanhe-dev', 'libtanhe0', 'tanhe']
PLAIN = {name: value for name, value in os.environ.items() if name not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS', 'SOURCE_DATE_EPOCH')}


def run(*command, status=0, **more):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, **{'env': PLAIN, **more})
    if done.returncode != status:
        raise AssertionError(f'{" ".join(command)}: status {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}')
    return done.stdout


def sums(path):
    with open(path, encoding='ascii') as f:
        return f.read()


def same(found, expected, what):
    assert found == expected, f'{what}: found {found!r}, expected {expected!r}'


class Release:
    def __init__(self, folder):
        self.folder, self.root, self.trees = folder, os.path.join(folder, 'root'), []

    def archive(self):
        """the archive of the sources"""
        run('make', '-s', 'dist', f'B={self.folder}/own', cwd=ROOT)
        archives = glob.glob(f'{self.folder}/own/dist/*.tar.gz')
        same(len(archives), 1, 'archives')
        for place in ('here', 'another-place/deeper'):
            os.makedirs(f'{self.folder}/{place}')
            run('tar', '-xzf', archives[0], '-C', f'{self.folder}/{place}')
            self.trees += glob.glob(f'{self.folder}/{place}/tanhe-*')
        same(len(self.trees), 2, 'trees')

    def packages(self):
        """the same packages in two places"""
        for tree, zone, mask in zip(self.trees, ('Asia/Shanghai', 'America/New_York'), (0o022, 0o077)):
            run('make', '-s', 'deb', cwd=tree, env={**PLAIN, 'TZ': zone}, umask=mask)
        one, two = (sums(f'{tree}/build/deb/SHA256SUMS') for tree in self.trees)
        same([line.split()[1].split('_')[0] for line in one.splitlines()], PACKAGES, 'packages')
        same(two, one, 'the packages of the other place')
        same(sums(f'{self.trees[1]}/build/dist/SHA256SUMS'), sums(f'{self.folder}/own/dist/SHA256SUMS'), 'the archive of the archive')
        print(one, end='')

    def unit(self):
        """the unit tests of the unpacked archive"""
        run('make', '-s', f'-j{os.cpu_count()}', 'check-unit', cwd=self.trees[0])

    def lintian(self):
        """lintian"""
        print(run('lintian', '--allow-root', '--fail-on', 'error,warning', *sorted(glob.glob(f'{self.trees[0]}/build/deb/*.deb'))), end='')

    def unpacked(self):
        """the packages, unpacked, without the trees they were built in"""
        for package in glob.glob(f'{self.trees[0]}/build/deb/*.deb'):
            run('dpkg-deb', '-x', package, self.root)
        for tree in self.trees:
            shutil.rmtree(tree)
        program, examples = f'{self.root}/usr/bin/tanhe', f'{self.root}/usr/share/doc/tanhe/examples'
        version = run(program, '--version')
        assert f'{self.root}/usr/share/tanhe' in version, version
        run(program, 'check', f'{examples}/enterprise', '-f', 'json', '-o', f'{self.folder}/check.json', status=4)
        run(program, 'verify', f'{self.folder}/check.json', f'{examples}/enterprise')
        for end in ('md', 'html', 'docx', 'xlsx'):
            run(program, 'report', f'{examples}/enterprise', '-o', f'{self.folder}/report.{end}', status=4)
        for name in ('man/man1/tanhe.1.gz', 'man/zh_CN/man1/tanhe.1.gz', 'bash-completion/completions/tanhe', 'zsh/vendor-completions/_tanhe', 'fish/vendor_completions.d/tanhe.fish'):
            assert os.path.exists(f'{self.root}/usr/share/{name}'), name

    def library(self):
        """a program of the library"""
        config = glob.glob(f'{self.root}/usr/lib/*/pkgconfig')[0]
        env = {**PLAIN, 'PKG_CONFIG_PATH': config, 'PKG_CONFIG_SYSROOT_DIR': self.root}
        flags = run('pkg-config', '--cflags', '--libs', 'tanhe', env=env).split()
        embed = f'{self.root}/usr/share/doc/libtanhe-dev/examples/embed'
        run('gcc', '-o', f'{self.folder}/embed', f'{embed}/embed.c', *flags)
        with open(f'{embed}/embed.txt', encoding='utf-8') as f:
            same(run(f'{self.folder}/embed', f'{self.root}/usr/share/tanhe', 'examples/region', cwd=ROOT, env={**PLAIN, 'LD_LIBRARY_PATH': os.path.dirname(config)}), f.read(), 'what it prints')


def main():
    folder, passed, failed = tempfile.mkdtemp(prefix='tanhe-packages-'), 0, 0
    try:
        release = Release(folder)
        for case in (release.archive, release.packages, release.unit, release.lintian, release.unpacked, release.library):
            try:
                case()
                passed += 1
                print(f'passed: {case.__doc__}', flush=True)
            except (AssertionError, OSError, IndexError) as e:
                failed += 1
                print(f'FAIL {case.__doc__}\n  {e}', flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
