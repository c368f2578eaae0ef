# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be left out, left out: a rule pack without each of its members, tables without each of their columns and cells. An answer or
errors that say where, never a crash: a place that may be none leads nowhere."""
import copy
import csv
import io
import json
import os
import re
import shutil

from .harness import INVALID, OK, ROOT, USAGE, same, want

NOT_ELIGIBLE, UNDETERMINED = 1, 4
ERROR = re.compile('(error|错误) E[0-9]{4}')
SHANGHAI = os.path.join(ROOT, 'data', 'rules', 'shanghai-2022-189.json')
EXAMPLE = os.path.join(ROOT, 'tests', 'rules', 'example-scheme.json')
ENTERPRISE = os.path.join(ROOT, 'examples', 'enterprise')
PORT = {
    'case.csv': 'fact,value,unit\nname,P,\nkind,sea,\nberths,4,\nopened,2020-01,\nclosed,2029,\ntrained,yes,\nbase_year,2022,\n',
    'measures.csv': 'id,name,group,reduction,unit,start,end\nM1,a,hulls,10,t CO2e/a,2023-01,2024-12\nM2,b,cranes,5,t CO2e/a,2023-01,\n',
    'inventory.csv': 'period,activity,quantity,unit\n2022,电,1000,kWh\n',
}


def members(node, path=()):
    """All members of all objects, each as the way to it."""
    for key, child in (node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()):
        if isinstance(node, dict):
            yield (*path, key)
        yield from members(child, (*path, key))


def without(document, *paths):
    """A copy without the members at these ways."""
    left = copy.deepcopy(document)
    for path in paths:
        node = left
        for key in path[:-1]:
            node = node[key]
        node.pop(path[-1], None)
    return left


def one_of_each(document):
    """A way for each kind of member: the first where only the places in lists differ, and all at the root."""
    seen = {}
    for path in members(document):
        seen.setdefault(tuple('' if isinstance(key, int) else key for key in path), path)
    return list(seen.values())


def answers(t, name, *args, usage=False):
    """The run ends by itself, with an answer (true) or with errors that have a code."""
    done = t.run(*args)
    answer = done.status in (OK, NOT_ELIGIBLE, UNDETERMINED)
    want(answer or done.status == INVALID or (usage and done.status == USAGE), f'{name}: status {done.status} of {" ".join(args)}\n{done.errors[:1500]}')
    none = (b'"verdict": "error"', b'NO VERDICT', '未作结论'.encode())  # check tells what does not rest on what has errors: no verdict, no answer
    told = done.out and not (done.status in (INVALID, USAGE) and any(word in done.out for word in none))
    want(answer == bool(told) and answer != bool(ERROR.search(done.errors)), f'{name}: answer or errors of {" ".join(args)}\n{done.errors[:500]}')
    return answer


def try_pack(t, name, pack, folder, all_ways=False):
    """check, show, and a case: who takes the pack takes it everywhere."""
    file = t.write('pack.json', json.dumps(pack, ensure_ascii=False))
    sound = answers(t, name, 'rules', 'check', file)
    same(answers(t, name, 'rules', 'show', file), sound, f'{name}: rules show answers')
    answered = answers(t, name, 'check', folder, '--rules', t.path(file), '-f', 'json')
    want(sound or not answered, f'{name}: the pack has errors, and check answers')
    if not all_ways:
        return answered
    for lang in 'en', 'zh':
        answers(t, name, '--lang', lang, 'rules', 'show', file)
        answers(t, name, '--lang', lang, 'rules', 'params', '--template', '--rules', file)
        answers(t, name, '--lang', lang, 'rules', 'params', folder, '--rules', file)
        for form in 'text', 'json':
            for more in [], ['--all-categories']:
                answers(t, name, '--lang', lang, 'check', folder, '--rules', t.path(file), '-f', form, *more, usage=True)
            answers(t, name, '--lang', lang, 'plan', folder, '--rules', t.path(file), '-f', form)
    return answered


def packs(t):
    for name, text in PORT.items():
        t.write(os.path.join('port', name), text)
    for base, file, folder in ('example', EXAMPLE, t.path('port')), ('shanghai', SHANGHAI, ENTERPRISE):
        with open(file, encoding='utf-8') as f:
            document = json.load(f)
        with t.case(f'{base}: whole'):
            want(try_pack(t, base, document, folder, all_ways=True), 'the whole pack gives no answer')
        for path in one_of_each(document):
            name = f'{base} without {"/".join(map(str, path))}'
            with t.case(name):
                try_pack(t, name, without(document, path), folder, all_ways=len(path) == 1)
        for part in 'facts', 'parameters', 'computed', 'domains', 'requirements', 'routes':
            with t.case(f'{base}: no {part} with an id'):
                try_pack(t, part, without(document, *[(part, i, 'id') for i in range(len(document[part]))]), folder)
    with t.case('neither category nor target'):
        try_pack(t, 'neither', without(document, ('category',), ('target',)), ENTERPRISE, all_ways=True)
    with t.case('no category, and the others asked for'):
        file = t.write('pack.json', json.dumps(without(document, ('category',)), ensure_ascii=False))
        done = t.run('check', ENTERPRISE, '--rules', t.path(file), '--all-categories')
        want(done.status == USAGE and 'E6009' in done.errors, f'{done.status} {done.errors[:300]}')
    for base in 'category', 'target':
        with t.case(f'a {base} of no values'):
            empty = copy.deepcopy(document)
            for fact in empty['facts']:
                if fact['id'] == document[base]:
                    fact['values'] = []
            try_pack(t, base, empty, ENTERPRISE)


def tables(t):
    """The case's own files without one column, and with each cell of a column empty."""
    for name in 'case.csv', 'inventory.csv', 'measures.csv', 'targets.csv', 'assumptions.csv', 'factors.csv':
        with open(os.path.join(ENTERPRISE, name), encoding='utf-8-sig', newline='') as f:
            head, *body = list(csv.reader(f))
        for i, column in enumerate(head):
            for what in 'column', 'cells':
                with t.case(f'{name}: no {what} {column}'):
                    folder = t.path('case')
                    shutil.rmtree(folder, ignore_errors=True)
                    shutil.copytree(ENTERPRISE, folder)
                    out = io.StringIO()
                    csv.writer(out).writerows([row[:i] + ([] if what == 'column' else ['' if n else row[i]]) + row[i + 1:]
                                               for n, row in enumerate([head, *body])])
                    t.write(os.path.join('case', name), out.getvalue())
                    answers(t, name, 'check', 'case', '--uncertainty', 'approach1')
                    answers(t, name, 'plan', 'case', '-f', 'json')


def run(t):
    packs(t)
    tables(t)
