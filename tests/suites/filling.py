# SPDX-License-Identifier: GPL-3.0-or-later
"""What the suites share that fill in a case as `init` writes it."""
import csv
import os

from .harness import ROOT

CATEGORIES = ('region', 'park', 'community', 'building', 'enterprise')
TARGETS = ('peak', 'neutrality')
PARAMS = os.path.join(ROOT, 'examples', 'params-illustrative.csv')


def parameter_values():
    """The illustrative parameters: of each its row."""
    with open(PARAMS, encoding='utf-8') as f:
        return {row['param']: row for row in csv.DictReader(f)}


def area(book, formula):
    """The values of a range like '选项'!$A$2:$A$9."""
    sheet, cells = formula.lstrip('=').rsplit('!', 1)
    return [row[0].value for row in book[sheet.strip("'")][cells.replace('$', '')]]
