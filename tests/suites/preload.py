# SPDX-License-Identifier: GPL-3.0-or-later
"""The preloaded libraries of tests/fault, built when they are needed."""
import os
import subprocess

from .harness import TESTS, Failure


def build(t, name):
    """Path of tests/fault/<name>.c as a shared library, made once for a suite; it counts, fails or kills as its comment says."""
    source, library = os.path.join(TESTS, 'fault', f'{name}.c'), t.path(f'{name}.so')
    if os.path.exists(library):
        return library
    done = subprocess.run(['cc', '-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], capture_output=True, check=False)
    if done.returncode:
        raise Failure(done.stderr.decode())
    return library


def count(t, library, variables, counter, args, **more):
    """How often the run calls what is counted, and its result."""
    path = t.path('count')
    result = t.run(*args, env={'LD_PRELOAD': library, counter: path, **variables}, **more)
    with open(path, encoding='ascii') as f:
        return int(f.read()), result


def contents(folder, names):
    """The bytes of these files, None for one that is not there."""
    found = {}
    for name in names:
        path = os.path.join(folder, name)
        found[name] = None
        if os.path.exists(path):
            with open(path, 'rb') as f:
                found[name] = f.read()
    return found


def leftovers(folder):
    return [name for name in os.listdir(folder) if name.endswith('.tmp')]
