#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A million cells of a workbook: bench/workbook.py [build/cells] makes a sheet of 100,000 rows and ten columns (a third of them shared strings, a third
numbers with 17 digits, as Excel writes them), reads it and tells processor time and memory. `make build/cells` builds the reader with the usual options."""
import os
import random
import resource
import subprocess
import sys
import tempfile
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'tests'))
from suites import xlsx  # noqa: E402

ROWS, SECONDS, KIB = 100000, 2, 16384


def make(path):
    r = random.Random(1)
    parts = xlsx.parts_of([('S', '')], strings=[f'名称{i}' for i in range(1000)])
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            if 'sheet1' not in name:
                z.writestr(name, text)
        with z.open('xl/worksheets/sheet1.xml', 'w') as f:
            f.write(f'<worksheet xmlns="{xlsx.MAIN}"><sheetData>'.encode())
            for row in range(1, ROWS + 1):
                cells = [f't="s"><v>{r.randrange(1000)}' if c < 5 else f'><v>{r.uniform(0, 1000):.17g}' if c < 8 else f'><v>{r.randrange(10 ** 6) / 100}' for c in range(1, 11)]
                f.write((f'<row r="{row}">' + ''.join(f'<c r="{xlsx.letters(c)}{row}" {text}</v></c>' for c, text in enumerate(cells, 1)) + '</row>').encode())
            f.write(b'</sheetData></worksheet>')


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else 'build/cells'
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'million.xlsx')
        make(path)
        done = subprocess.run([program, '--count', path], check=True, stdout=subprocess.PIPE)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    cells, memory = done.stdout.decode().splitlines()
    print(f'{cells}: {seconds:.2f} s, {memory}')
    return seconds > SECONDS or int(memory.split()[0]) > KIB or '1000000 cells' not in cells


sys.exit(main())
