# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text report fits 100 columns of a terminal, in English and in Chinese, and check --brief fits one page. Widths by Unicode's East Asian Width (UAX 11), from
Python's own tables, which share nothing with the program's."""
import os
import unicodedata

from .harness import ROOT, want

EXAMPLES = os.path.join(ROOT, 'examples')
CASES = ('region', 'park', 'community', 'building', 'enterprise')
PARAMS = os.path.join(EXAMPLES, 'params-illustrative.csv')


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)


def fits(text):
    for n, line in enumerate(text.splitlines(), 1):
        want(width(line) <= 100, f'line {n} is {width(line)} columns wide: {line}')


PAGE = 52  # lines that a page of A4 takes at this width


def one_page(t):
    for name in CASES:
        cases = [os.path.join(EXAMPLES, name), os.path.join(EXAMPLES, 'first', name)]
        for target in ('peak', 'neutrality'):
            cases.append(f'{name}-{target}')
            want(t.run('init', cases[-1], '--csv', '--category', name, '--target', target).status == 0, 'init')
        for case in cases:
            for more in ([], ['--params', PARAMS]):
                for lang in ('en', 'zh'):
                    with t.case(f'one page: check {case} {" ".join(more)} {lang}'):
                        text = t.run('--lang', lang, 'check', case, '--brief', *more).text
                        want(0 < len(text.splitlines()) <= PAGE, f'{len(text.splitlines())} lines')
                        fits(text)


def run(t):
    one_page(t)
    runs = [('rules', 'show'), ('rules', 'params'), ('factors', 'list'), ('factors', 'show', 'grid-shanghai-2023')]
    for name in CASES:
        case, first = os.path.join('examples', name), os.path.join('examples', 'first', name)
        runs += [('account', case), ('account', case, '--uncertainty', 'approach1'), ('plan', case, '--route', 'threshold'), ('check', first),
                 ('check', case), ('check', case, '--params', PARAMS, '--all-categories')]
    runs += [(command, 'examples/park-910', '--rules', 'ndrc-2025-910', *more) for command, more in (('check', ()), ('check', ('--stage', 'accept')), ('plan', ('--route', 'threshold')))]
    for command in runs:
        for lang in ('en', 'zh'):
            with t.case(f'{" ".join(command)} --lang {lang}'):
                result = t.run(*command, '--lang', lang, cwd=ROOT)
                want(result.status in (0, 1, 4), f'status {result.status}: {result.errors[:300]}')
                want(result.out, 'no report')
                fits(result.out.decode('utf-8'))
