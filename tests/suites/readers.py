# SPDX-License-Identifier: GPL-3.0-or-later
"""The careful and the fast reader of CSV give the same rows, cells, places and findings, on every file there is and on pathological shapes."""
import glob
import hashlib
import os
import random
import subprocess

from .harness import OK, ROOT, rows, same, want

SEED = 20260401
HEAD = 'a,b,c'
# What may stand in a cell, or break one.
CELLS = ['', '1', '煤', '"x"', '""', '"a,b"', '"a""b"', '"x\ny"', '"x\r\ny"', '"x\ry"', ' 1 ', '\t2', '\u00a03', '4\u3000', '" 5 "', '12,345', 'say "x"', '"6" ', ' "7"', '"8"9', '"',
         '"""', '""""', '=1+1', '-5', '\ufeff', '\ue5e5', '𠮷', 'é', '\x01', '5" pipe']
ENDS = ['\n', '\r\n', '\r', '\n\n', '\r\r\n']


def shapes(count):
    """{name: bytes} of tables that no office would write, or only on a bad day."""
    draw = random.Random(SEED)
    found = {
        'nothing': b'', 'only a mark': b'\xef\xbb\xbf', 'a mark and a quoted header': '\ufeff"a",b,c\n1,2,3\n'.encode(), 'only quotes': b'"' * 5000,
        'odd quotes': b'"' * 4999, 'only line ends': b'\n' * 70000, 'only CR': b'\r' * 70000, 'only CRLF': b'\r\n' * 40000, 'only commas': b',' * 70000,
        'header alone': b'a,b,c', 'header and CR': b'a,b,c\r', 'lone CR': b'a,b,c\r1,2,3\r"4\r",5,6\r', 'ends in quotes': b'a,b,c\n1,2,3\n4,5,"6', 'ends in a doubled quote': b'a,b,c\n1,2,"6""',
        'ends behind a quote': b'a,b,c\n1,2,"6"', 'ends with a comma': b'a,b,c\n1,2,', 'ends with CR': b'a,b,c\n1,2,3\r', 'trailing blank lines': b'a,b,c\n1,2,3\n\n\n \n,,\n',
        'blank lines in front': b'\n\n \n,,\na,b,c\n1,2,3\n', 'empty cells': b'a,b,c\n' + b',,\n"",,\n1,,\n' * 9000, 'cells behind': b'a,b,c,,\n1,2,3,,\n1,2,3,,4\n1,2,3\n' * 99,
        'semicolons': 'a;b;c\n1,5;2;"3;4"\n煤;;\n'.encode() * 50, 'tabs': b'a\tb\tc\n1\t\t3\n "4" \t5\t6\n' * 50, 'a hint': b'sep=;\r\na;b;c\r\n1;2;3\r\n', 'columns': b'a,b,c\n' + b'x,' * 100000 + b'\n1,2,3\n',
        'a thousand columns': (b','.join(b'h%d' % i for i in range(1024)) + b'\n') + (b','.join(b'%d' % i for i in range(1024)) + b'\n') * 30,
        'a long cell': b'a,b,c\n1,' + b'x' * 1048576 + b',3\n4,5,6\n', 'a long quoted cell': b'a,b,c\n1,"' + b'x\n' * 524288 + b'",3\n4,5,6\n', 'a cell at the limit': b'a,b,c\n1,' + b'x' * 65536 + b',3\n4,5,6\n',
        'a cell over the limit': b'a,b,c\n1,"' + b'x' * 65537 + b'",3\n4,5,6\n', 'NUL': b'a,b,c\n1,\0,3\n', 'NULs': b'a,b,c\n' + b'\0' * 3000, 'UTF-16 without a mark': 'a,b,c\n1,2,3\n'.encode('utf-16-le'),
        'UTF-16': 'a,b,c\n1,煤,"3"\n'.encode('utf-16') * 1, 'GB18030': ('a,b,c\n' + '煤炭,"外购,电",3\n' * 3000).encode('gb18030'), 'GB18030 with a mark': '\ufeffa,b,c\n煤,2,3\n'.encode('gb18030'),
        'two encodings': 'a,b,c\n煤,2,3\n'.encode() + 'a,炭块,c\n'.encode('gb18030'), 'a quote every line': b'a,b,c\n' + b'x"y,2,3\n' * 3000, 'two quotes every line': b'a,b,c\n' + b'x"y",2,3\n' * 3000,
        'a quote half way': b'a,b,c\n' + b'1,2,3\n' * 20000 + b'1,"2,3\n' + b'4,5,"6"\n' * 20000, 'an open quote far from the end': b'a,b,c\n"' + b'1,2,3\n' * 200000,
    }
    for at in range(0, 160, 5):  # what is not UTF-8, at and around the borders of blocks
        head = b'a,b,c\n' + b'x' * at
        found[f'half a character at {at}'] = head + '煤'.encode()[:2] + b',2,3\n' + b'4,5,6\n' * 20
        found[f'a stray byte at {at}'] = head + b'\x80,2,3\n'
        found[f'CRLF at {at}'] = head + b',2,3\r\n4,5,6\r\n' * 3
        found[f'a quoted cell at {at}'] = head + b',2,3\n"4\n""",5,6\r\n"",,\n' * 3
    while len(found) < count:
        end = draw.choice(ENDS)
        share = draw.choice([0.02, 0.2, 1.0])
        lines = [draw.choice([HEAD, HEAD, '"a","b","c"', HEAD + ',,', 'a;b;c', 'a\tb\tc'])]
        delimiter = next(d for d in ';\t,' if d in lines[0])
        for _ in range(draw.choice([3, 40, 700])):
            wide = 3 if draw.random() < 0.95 else draw.randrange(1, 6)
            lines.append(delimiter.join(draw.choice(CELLS) if draw.random() < share else str(draw.randrange(10000)) for _ in range(wide)))
        text = ''.join(line + (end if draw.random() < 0.9 else draw.choice(ENDS)) for line in lines)
        data = text.encode()
        if draw.random() < 0.3:
            data = data[:-1 - draw.randrange(8)]
        if draw.random() < 0.1:
            data = data.replace(b'1', draw.choice([b'\xff', b'\xc3', b'\xe7\x85', b'\0']), 1)
        found[f'drawn {len(found)}'] = data
    return found


def compare(t, what, names, runs):
    """Both readers on these files."""
    program = os.path.join(os.path.dirname(os.path.abspath(t.tanhe)), 'readers')
    with t.case(what):
        done = subprocess.run([program, '--runs', str(runs), *names], cwd=t.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=3000)
        said = done.stdout.decode('utf-8', 'replace')
        want(done.returncode == 0, said[-3000:] or f'ended with {done.returncode}')
        same(said.splitlines()[-1], f'{len(names)} files, 0 different', 'said')


def tables():
    """Every CSV file of the tests, the examples and the data."""
    return sorted(path for folder in ('tests', 'examples', 'data') for path in glob.glob(os.path.join(ROOT, folder, '**', '*.csv'), recursive=True))


def readings():
    """Environments in which a command reads the same file in another way."""
    for cpu in 'portable', 'sse2', 'avx2':
        yield {'TANHE_READER': 'fast', 'TANHE_CPU': cpu}
    yield {'TANHE_READER': 'fast', 'TANHE_BLOCK': '64'}
    yield {'TANHE_READER': 'fast', 'TANHE_BLOCK': '1000'}
    yield {}


def commands(t):
    """The same bytes of a whole account, or the same findings, whoever reads."""
    draw = random.Random(SEED)
    names = ['natural gas', '天然气', '"diesel"', '外购电力']
    units = {'natural gas': 'Nm3', '天然气': '万Nm3', '"diesel"': 't', '外购电力': 'MWh'}
    lines = []
    for i in range(6000):
        name = draw.choice(names)
        lines.append(f'2023-{i % 12 + 1:02},{name},{draw.randrange(1, 9999) / 10},{units[name]},{draw.choice(["一厂", "B", chr(34) + "北, 楼" + chr(34)])},"line\n{i}"')
    good = rows(*lines, header='period,activity,quantity,unit,site,note')
    bad = good.replace(',"line\n3000"', ',x"y"').replace('"line\n5000"', '1,2,3').replace('天然气', '天 然 汽', 1)
    for name, text, status in ('good', good, OK), ('bad', bad, 3):
        for encoding in 'utf-8', 'gb18030':
            file = t.write(f'{name}-{encoding}.csv', text.encode(encoding))
            arguments = ['account', file, '--by', 'site,period,activity', '-f', 'json', '--diagnostics', 'json']
            careful = t.run(*arguments, env={'TANHE_READER': 'careful'})
            for reading in readings():
                with t.case(f'{file}, {reading or "as it comes"}'):
                    same(careful.status, status, f'status {careful.errors[:500]}')
                    fast = t.run(*arguments, env=reading)
                    same(fast.status, careful.status, 'status')
                    same(fast.out, careful.out, 'account')
                    same(fast.err, careful.err, 'findings')


def tree(data):
    """sha256-tree-64k, by Python's own SHA-256."""
    return hashlib.sha256(b''.join(hashlib.sha256(data[at:at + 65536]).digest() for at in range(0, len(data), 65536))).hexdigest()


def checksums(t):
    """To 64 MiB an inventory has the checksum of sha256sum, above it that of the tree, with or without the processor's help."""
    head = rows('2023-01,electricity,1,MWh,', header='period,activity,quantity,unit,note')
    line = '2023-01,electricity,1,MWh,' + 'x' * 65000 + '\n'
    text = head + line * 1030
    for over in 0, 1, 70000:
        size = (64 << 20) + over
        full = text.encode()
        while len(full) < size:
            full += b'2023-02,electricity,1,MWh,' + b'y' * (min(60000, size - len(full)) - 27) + b'\n'
        same(len(full), size, 'bytes')
        file = t.write('large.csv', full)
        expected = 'sha256-tree-64k:' + tree(full) if over else hashlib.sha256(full).hexdigest()
        for reading in {}, {'TANHE_CPU': 'portable'}, {'TANHE_BLOCK': '100001'}, {'TANHE_READER': 'careful'}:
            with t.case(f'checksum of 64 MiB and {over} bytes, {reading or "as it comes"}'):
                same(t.account(file, env=reading)['inputs'][0]['sha256'], expected, 'checksum')
        with t.case(f'checksum of 64 MiB and {over} bytes as text'):
            words = expected.split(':')
            want(f'{words[0]} {words[1][:12]}' in t.run('account', file).text if over else f'sha256 {expected[:12]}' in t.run('account', file).text, 'not in the report')


def believed(t):
    """A file over 1 MiB is read once, and what its head says of the encoding holds until a byte says otherwise: then all is as if it had been looked through first."""
    head = 'period,activity,quantity,unit,site\n'
    line = '2023-01,electricity,1,MWh,煤炭一厂\n'
    many = 33000
    good = (head + line * many).encode()
    assert len(good) > 1 << 20
    broken = head.replace('unit', 'colour').encode() + good[len(head):]
    errors = good.replace(b',1,MWh', b',x,MWh', 1500)
    gb = (head + line * many).encode() + '2023-01,electricity,1,MWh,电厂\n'.encode('gb18030')
    piece = 262144
    files = {
        'good': good, 'bad lines': errors, 'a stray byte': good + b'2023-01,electricity,1,MWh,\xff\n', 'NUL': good + b'2023-01,electricity,1,MWh,\0\n',
        'half a character at the end': good + '2023-01,electricity,1,MWh,煤'.encode()[:-1], 'no header, a stray byte': broken + b'\xff\n', 'no header': broken,
        'bad lines, a stray byte': errors + b'\xff\n', 'bad lines, GB18030': gb.replace(b',1,MWh', b',x,MWh', 2500), 'GB18030 from the last line on': gb,
        'a stray byte at the border': good[:piece] + b'\xff' + good[piece + 1:], 'half a character at the border': good[:piece - 1] + b'\xe7' + good[piece:],
        'a mark': b'\xef\xbb\xbf' + good, 'a mark, a stray byte': b'\xef\xbb\xbf' + good + b'\xff\n', 'an open quote, a stray byte': good + b'"' + b'1,2,3\n' * 300000 + b'\xff\n',
        'two-byte signs': good.replace('煤炭一厂'.encode(), '°°²²²²'.encode()), 'pairs that may be GBK': good.replace('煤炭一厂'.encode(), b'\xc3\xba\xcc\xbf' * 3),
    }
    for name, data in files.items():
        file = t.write(f'once/{name}.csv', data)
        for extra in [], ['--encoding', 'utf-8'], ['good.csv']:
            if extra == ['good.csv']:
                t.write('good.csv', good)
            arguments = ['account', file, *extra, '--by', 'site', '-f', 'json', '--diagnostics', 'json']
            careful = t.run(*arguments, env={'TANHE_READER': 'careful'})
            for reading in ({}, {'TANHE_CPU': 'portable'}, {'TANHE_BLOCK': '5000'}) if not extra else ({},):
                with t.case(f'{name} {extra}, {reading or "as it comes"}'):
                    fast = t.run(*arguments, env=reading)
                    same(fast.status, careful.status, 'status')
                    same(fast.out, careful.out, 'account')
                    same(fast.err, careful.err, 'findings')
        with t.case(f'{name} by standard input'):
            by_name, through = t.run('account', file, '-f', 'json'), t.run('account', '-', '-f', 'json', stdin=data)
            same(through.status, by_name.status, 'status')


def run(t, runs=1, count=300):
    compare(t, 'every table of the tests, the examples and the data', tables(), runs)
    found = shapes(count)
    same(len(found), count, 'shapes')
    names = []
    for i, (name, data) in enumerate(found.items()):
        names.append(t.write(f'shape/{i:04} {name}.csv', data))
    compare(t, f'{count} pathological shapes', names, runs)
    commands(t)
    checksums(t)
    believed(t)


def long(t):
    run(t, runs=40, count=3000)
