# SPDX-License-Identifier: GPL-3.0-or-later
"""The image of the reference data gives the bytes that the data themselves give; one that is damaged, of other data or of another program is not used."""
import os
import random
import shutil
import subprocess

from .harness import DATA, OK, ROOT, rows, same, want

IMAGE = 'reference.img'
JOBS = (['account', 'examples/enterprise', '-f', 'json', '--by', 'site,source'], ['account', 'examples/region', '--lang', 'zh'], ['check', 'examples/park'],
        ['check', 'examples/building', '-f', 'json'], ['plan', 'examples/region', '-f', 'json'], ['factors', 'list', '-f', 'json'], ['factors', 'show', 'grid-cn-2021'],
        ['factors', 'search', '天然气'], ['layout', 'examples/office/能耗统计表.csv'], ['rules', 'show'], ['account', 'own.csv', '--factors', 'own-factors.csv', '--units', 'own-units.csv', '-f', 'json'],
        ['account', 'wrong.csv'], ['account', 'own.csv', '--units', 'wrong-units.csv'], ['account', 'own.csv', '--factors', 'wrong-factors.csv'])


def program(t, name, image=None):
    """The program in a folder of its own, alone or with an image beside it."""
    folder = t.path(name)
    os.makedirs(folder, exist_ok=True)
    shutil.copy(t.tanhe, os.path.join(folder, 'tanhe'))
    if image is not None:
        with open(os.path.join(folder, IMAGE), 'wb') as f:
            f.write(image)
    return os.path.join(folder, 'tanhe')


def answer(t, tanhe, job, data=DATA):
    words = [os.path.join(ROOT, w) if w.startswith('examples/') else w for w in job]
    kept, t.tanhe = t.tanhe, tanhe
    try:
        done = t.run('-D', data, *words)
    finally:
        t.tanhe = kept
    return done.status, done.out, done.errors


def write_inputs(t):
    t.write('own.csv', rows('2023,thing,5,qqa,', '2023,柴油,1,t,', '2023,thing b,1,kg,own-2', header='period,activity,quantity,unit,factor'))
    t.write('own-factors.csv', 'id,gas,value,unit,activity,scope,source,region,valid_from,valid_to\n' + 'own-1,CO2,1,kg/kg,thing,3,me,,,\n' +
            ''.join(f'own-{i},CO2,1,kg/kg,thing {chr(97 + i % 26)}{i},3,me,,,\n' for i in range(2, 400)) + 'grid-cn-2021,CO2,0.5,kg/kWh,,,me,,,\n')
    t.write('own-units.csv', 'unit,value,of\nqqa,7,kg\n' + ''.join(f'q{chr(97 + i // 26)}{chr(97 + i % 26)}z,3,kg\n' for i in range(300)))
    t.write('wrong.csv', rows('2023,电力x,1,kWhx', '2023,electricit,1,KwH', '2023,柴油,1,t', header='period,activity,quantity,unit'))
    t.write('wrong-units.csv', 'unit,value,of\nkWh,7,kg\nt,1,kg\n')
    t.write('wrong-factors.csv', 'id,gas,value,unit,activity,scope,source\nx,CO2,1,kg/kg,柴油,3,me\nx,CO2e,2,kg/kg,柴油,3,me\ny,C02,2,kg/kg,天燃气使用,3,me\n')


def run(t):
    write_inputs(t)
    with open(os.path.join(os.path.dirname(t.tanhe), IMAGE), 'rb') as f:
        image = f.read()
    plain, with_image = program(t, 'plain'), program(t, 'image', image)
    for job in JOBS:
        with t.case('same bytes: ' + ' '.join(job)):
            same(answer(t, with_image, job), answer(t, plain, job), 'with and without an image')
    with t.case('the same bytes whatever memory held before'):
        for i in range(3):
            path = t.path(f'again{i}.img')
            subprocess.run([os.path.join(os.path.dirname(t.tanhe), 'make_image'), 'data', path], cwd=ROOT, check=True, env={'LC_ALL': 'C', 'MALLOC_PERTURB_': str(50 + 60 * i), 'X': 'x' * 100 * i})
            with open(path, 'rb') as f:
                same(f.read() == image, True, f'image {i} is the one that was built')
    with t.case('it is used'):
        os.makedirs(t.path('copy'))
        shutil.copytree(DATA, t.path('copy/data'))
        for folder, _, names in os.walk(t.path('copy/data')):
            for name in names:
                path = os.path.join(folder, name)
                about = os.stat(os.path.join(DATA, os.path.relpath(path, t.path('copy/data'))))
                os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
        path = t.path('copy/data/profiles/mee-provincial.json')
        about = os.stat(path)
        with open(path, 'wb') as f:
            f.write(b' ' * about.st_size)
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
        want(answer(t, plain, JOBS[0], t.path('copy/data'))[0] != OK, 'data that are blanks were read')
        same(answer(t, with_image, JOBS[0], t.path('copy/data')), answer(t, plain, JOBS[0]), 'data as they were when the image was made')
        for what, change in (('time', lambda: os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns + 10 ** 9))), ('size', lambda: os.truncate(path, about.st_size - 1)),
                             ('absence', lambda: os.remove(path))):
            change()
            same(answer(t, with_image, JOBS[0], t.path('copy/data')), answer(t, plain, JOBS[0], t.path('copy/data')), f'another {what}')
    right = answer(t, plain, JOBS[0])
    r = random.Random(3)
    with t.case('an image that is cut off or damaged anywhere is not used'):
        for i in range(60):
            broken = bytearray(image)
            if i % 3 == 0:
                del broken[(0, 1, 31, 32, 33, 64, 96, 128, 4096)[i // 3] if i < 27 else r.randrange(len(image)):]
            elif i % 3 == 1:
                at = r.randrange(128) if i % 2 else r.randrange(len(image))
                broken[at] ^= 1 << r.randrange(8)
            else:
                at = r.randrange(len(image) - 64)
                broken[at:at + 64] = r.randbytes(64)
            same(answer(t, program(t, 'broken', bytes(broken)), JOBS[0]), right, f'damage {i}')
    with t.case('what is no image is not used'):
        for i, other in enumerate((b'', b'\0' * len(image), b'tanhe image 1\n\0\0' + b'\xff' * 4096, image + image)):
            same(answer(t, program(t, 'other', other), JOBS[0]), right, f'no image {i}')
        os.remove(t.path('other/' + IMAGE))
        os.mkdir(t.path('other/' + IMAGE))
        same(answer(t, t.path('other/tanhe'), JOBS[0]), right, 'a folder')
    with t.case('no output over the data, read or not'):
        for name in ('factors/grid.csv', 'units.csv'):
            os.link(os.path.join(t.path('copy/data'), name), t.path('linked.csv'))
            status, _, errors = answer(t, with_image, ['account', 'own.csv', '--units', 'own-units.csv', '--factors', 'own-factors.csv', '-o', t.path('linked.csv')], t.path('copy/data'))
            want(status != OK, f'{name} was written over: {errors}')
            os.remove(t.path('linked.csv'))
