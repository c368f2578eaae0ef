# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what the fuzzers begin with: seeds.py FOLDER makes FOLDER/sheet, FOLDER/package and FOLDER/reader."""
import glob
import os
import sys
import warnings

sys.dont_write_bytecode = True
TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, TESTS)
from suites import xlsx  # noqa: E402


def tables():
    """The small CSV files of the tests, behind two bytes that say how they are read."""
    files = sorted(path for path in glob.glob('**/*.csv', root_dir=TESTS, recursive=True) if os.path.getsize(os.path.join(TESTS, path)) < 1000)
    found = {}
    for i, path in enumerate(files):
        with open(os.path.join(TESTS, path), 'rb') as f:
            found[path.replace(os.sep, '-')] = bytes([i * 37 % 256, i * 11 % 256]) + f.read()
    return found


def main(folder):
    warnings.simplefilter('ignore')
    packages = {name: data for name, (data, *_) in xlsx.bad_folders().items()}
    rows = [xlsx.HEADER, xlsx.LINE, ['2023-02', '天然气', 0.1 + 0.2, 'm3']]
    packages['plain'] = xlsx.pack(xlsx.parts_of([('Sheet1', xlsx.sheet_xml(rows)), ('乙', xlsx.sheet_xml(rows))], strings=['a', 'b'], styles=xlsx.styles_xml([14, '0.0%', '0!.0,"万"'])),
                                  xlsx.zipfile.ZIP_DEFLATED)
    cells = '<row r="1" hidden="1"><c r="A1" t="str"><f>A2</f><v>_x000D_</v></c><c t="d"><v>2023-01-01T00:00:00</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>'
    sheets = {'plain': xlsx.sheet_xml(rows), 'types': xlsx.sheet_xml(cells, before='<cols><col min="1" max="2" hidden="1"/></cols>'),
              'merged': xlsx.sheet_xml(rows, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')}
    for kind, files in (('sheet', sheets), ('package', packages), ('reader', tables())):
        os.makedirs(os.path.join(folder, kind), exist_ok=True)
        for name, data in files.items():
            with open(os.path.join(folder, kind, name), 'wb') as f:
                f.write(data if isinstance(data, bytes) else data.encode('utf-8'))


main(sys.argv[1])
