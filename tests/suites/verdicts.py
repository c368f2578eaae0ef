# SPDX-License-Identifier: GPL-3.0-or-later
"""Verdicts: what decides, and laws over the shipped examples.

A limit of N years is kept when the period does not end after the day before the Nth anniversary of its start. A base year at or below
zero decides nothing. A blank cell never turns a verdict into met or not met."""
import csv
import hashlib
import io
import os
import shutil

from .harness import ROOT, english, lacks, same, want

EXAMPLES = ('region', 'park', 'community', 'building', 'enterprise')
PARAMS = os.path.join(ROOT, 'examples', 'params-illustrative.csv')
DECIDED = ('met', 'not_met')


def table(path):
    with open(path, encoding='utf-8-sig', newline='') as f:
        return list(csv.reader(f))


def text_of(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator='\n').writerows(rows)
    return out.getvalue()


def copy(t, example, name):
    folder = t.path(name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(os.path.join(ROOT, 'examples', example), folder)
    os.chmod(folder, 0o755)
    return folder


def put(folder, name, rows):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        os.remove(path)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text_of(rows))


def set_facts(folder, **facts):
    rows = table(os.path.join(folder, 'case.csv'))
    known = {row[0]: row for row in rows}
    for fact, value in facts.items():
        row = known.get(fact) or [fact, ''] + [''] * (len(rows[0]) - 2)
        row[1] = value
        if fact not in known:
            rows.append(row)
    put(folder, 'case.csv', rows)


def params(t, name, **values):
    rows = table(PARAMS)
    for row in rows:
        row[1] = values.get(row[0], row[1])
    return t.path(t.write(name, text_of(rows)))


def check(t, folder, with_params=PARAMS):
    return t.run('check', folder, '--params', with_params, '-f', 'json')


def statuses(result):
    return {r['id']: r['status'] for r in result.json()['requirements']}


def one(result, rule):
    return next(r for r in result.json()['requirements'] if r['id'] == rule)


# --- single answers ---

# The limit of the longest period; start and end; kept or not. By the rule above; 6.5 years from 2024-01-01: six years, then days of the
# year 2030, of which 182 of 365 are less than a half and 183 are more.
DURATIONS = [
    ('5', '2024-01-01', '2028-12-31', True), ('5', '2024-01-01', '2029-01-01', False), ('5', '2024-01-01', '2029-01-30', False),
    ('5', '2024-01-01', '2029-02-28', False), ('5', '2024-01', '2028-12', True), ('5', '2024', '2028', True), ('5', '2024-01', '2029-01', False),
    ('5', '2024-07-15', '2029-07-14', True), ('5', '2024-07-15', '2029-07-15', False), ('5', '2024-03-01', '2029-02-28', True),
    ('6.5', '2024-01-01', '2030-07-01', True), ('6.5', '2024-01-01', '2030-07-02', False),
]


def durations(t):
    folder = copy(t, 'enterprise', 'duration')
    for limit, start, end, kept in DURATIONS:
        with t.case(f'{limit} years from {start} to {end}'):
            set_facts(folder, start=start, end=end)
            result = check(t, folder, params(t, 'years.csv', peak_years_max=limit))
            same(one(result, '4.3-req6-max')['status'], 'met' if kept else 'not_met', 'longest period')
            same(result.status, 0 if kept else 1, 'status')
    with t.case('an end before its start is one error, at the end, with the line of the start'):
        set_facts(folder, start='2029-01', end='2028-12')
        result = check(t, folder)
        same(result.status, 3, 'status')
        same(result.errors.count('E3822'), 1, 'errors')
        want('in line' in result.errors, result.errors)


def base_years(t):
    for quantity in ('-1000000', '0'):
        with t.case(f'a base year of {quantity} kWh decides nothing'):
            folder = copy(t, 'enterprise', 'base')
            put(folder, 'inventory.csv', [['period', 'activity', 'quantity', 'unit', 'region'], ['2023', '电', quantity, 'kWh', '上海']])
            result = check(t, folder)
            same((result.status, one(result, '4.3-req5')['status']), (4, 'undetermined'), 'size')
            want('C4150' in [c.get('code') for c in result.json()['caveats']], 'no caveat C4150')


        with t.case(f'nor has a plan from {quantity} kWh a path, or targets that are met'):
            result = t.run('plan', folder, '-f', 'json')
            same((result.status, result.json().get('targets', [])), (0, []), 'targets')
            want('C4121' in [c.get('code') for c in result.json()['caveats']], 'no caveat C4121')
    with t.case('an unknown base year is called unknown'):
        folder = copy(t, 'enterprise', 'base')
        set_facts(folder, base_year='')
        said = english(one(check(t, folder), '4.3-req5')['caveats'])[0]
        want('are used, unknown (without scope 3: unknown)' in said, said)


def stated_reductions(t):
    """14,776.91 t are the example's base year."""
    for stated, doubted in (('90000', True), ('14000', False)):
        with t.case(f'a stated reduction of {stated} t'):
            folder = copy(t, 'enterprise', 'stated')
            rows = table(os.path.join(folder, 'case.csv'))
            row = [''] * len(rows[0])
            for name, value in (('事实', 'reduction'), ('值', stated), ('单位', 't CO2e'), ('凭证', '减排量核算.pdf')):
                row[rows[0].index(name)] = value
            put(folder, 'case.csv', [*rows, row])
            said = english(one(check(t, folder), '4.3-req5')['caveats'])
            same(sum('no year can save so much' in text for text in said), int(doubted), said)


def sentences(t):
    with t.case('what the measures do not reach of a target is a number'):
        texts = english(check(t, copy(t, 'enterprise', 'gap')).json()['caveats'], 'C4109')
        # 14,776.91 - 12,600 - 2,113 of targets.csv and measures.csv
        want(len(texts) == 1 and texts[0].endswith('the other 63.91 t CO2e have no measure'), texts)
    for limit, status in ((3860, 'met'), (3861, 'not_met')):  # households of the example
        with t.case(f'{status} wherever it lies: the sentence says so'):
            folder = copy(t, 'community', 'anywhere')
            set_facts(folder, location='')
            found = one(check(t, folder, params(t, 'both.csv', min_households_central=str(limit), min_households_suburban=str(limit))), '4.3-req5')
            same(found['status'], status, 'size')
            want(found['why']['en'].endswith('the same whatever the facts still missing are.'), found['why'])


    with t.case('what would change it has its unit in the language of the report'):
        text = t.run('--lang', 'zh', 'check', os.path.join(ROOT, 'examples', 'enterprise'), '--params', PARAMS).out.decode('utf-8')
        want('碳达峰创建周期最长年限低于5年' in ''.join(text.split()) and ' year' not in text.split('试点内容涉及的领域')[0], 'a unit in English')


def categories(t):
    with t.case('a central community without its category is not asked for suburban limits'):
        folder = copy(t, 'community', 'unknown')
        set_facts(folder, category='', location='central', households='')
        missing = lacks(one(t.run('check', folder, '-f', 'json'), '4.3-req5'))
        want('min_households_central' in missing and 'min_households_suburban' not in missing, missing)
    with t.case('a body that fails in every category is not met'):
        folder = copy(t, 'enterprise', 'body')
        set_facts(folder, category='', registered_in_shanghai='否')
        same(one(check(t, folder), '4.3-body')['status'], 'not_met', 'body')


def units(t):
    for example, fact in (('region', 'area'), ('building', 'floor_area'), ('enterprise', 'output_value')):
        with t.case(f'a blank unit of {fact} is an error'):
            folder = copy(t, example, 'units')
            rows = table(os.path.join(folder, 'case.csv'))
            unit = next(i for i, name in enumerate(rows[0]) if name in ('unit', '单位'))
            for row in rows[1:]:
                if row[0] == fact:
                    row[unit] = ''
            put(folder, 'case.csv', rows)
            result = check(t, folder)
            same((result.status, result.errors.count('E3604')), (3, 1), 'status and errors')


# --- evidence ---

# Facts of requirements (1) to (4) that a yes needs evidence for, with what rests on them (clause 四（三）申报要求).
PROVED = {'advantages': '4.3-req1', 'statistics_basis': '4.3-req2', 'monitoring_basis': '4.3-req2', 'accounting_basis': '4.3-req2', 'leading_body': '4.3-req3',
          'working_body': '4.3-req3', 'plan_indicators': '4.3-req4a', 'plan_path': '4.3-req4a', 'plan_tasks': '4.3-req4a', 'plan_schedule': '4.3-req4a'}
SIZES = {'region': 'area', 'park': 'area', 'community': 'households', 'building': 'floor_area'}


def set_evidence(folder, fact, text):
    rows = table(os.path.join(folder, 'case.csv'))
    at = next(rows[0].index(name) for name in ('evidence', '凭证') if name in rows[0])
    for row in rows:
        if row[0] == fact:
            row[at] = text
    put(folder, 'case.csv', rows)


def papers(result, fact):
    """What is said of the papers that a fact names: name, state, file, size and digest."""
    return next(e['papers'] for r in result.json()['requirements'] for e in r['evidence'] if e['fact'] == fact)


def needs_evidence(t, step):
    """Of each example, every step-th fact, another one in each."""
    for n, example in enumerate(EXAMPLES):
        for fact, rule in (list(PROVED.items()) + [(fact, '4.3-req5') for fact in [SIZES.get(example)] if fact])[n % step::step]:
            with t.case(f'{example}: {fact} counts with its evidence only'):
                folder = copy(t, example, 'proof')
                set_evidence(folder, fact, '')
                found = one(check(t, folder), rule)
                same((found['status'], lacks(found)), ('undetermined', ['evidence:' + fact]), rule)
                want('(case.csv:' in found['why']['en'], found['why'])
                if fact != 'advantages' and rule != '4.3-req5':
                    set_facts(folder, **{fact: 'no'})
                    same(one(check(t, folder), rule)['status'], 'not_met', 'a no needs none')


# Marks for missing (tanhe-case(5), Numbers) and signs between names: no paper, no reason.
NOTHING = ('无', '-', ';', 'N/A；无', '待补充', '?', '？', '待填', '待核；？')


def marks_for_missing(t):
    for mark in NOTHING:
        with t.case(f'{mark} is no source of a parameter'):
            rows = table(PARAMS)
            rows[1][rows[0].index('source')] = mark
            with open(t.path('mark.csv'), 'w', encoding='utf-8') as f:
                f.write(text_of(rows))
            result = t.run('check', copy(t, 'enterprise', 'mark'), '--params', t.path('mark.csv'))
            same((result.status, 'E3910' in result.errors), (3, True), f'status ({result.errors})')
        with t.case(f'{mark} is no evidence'):
            folder = copy(t, 'enterprise', 'mark')
            set_evidence(folder, 'leading_body', mark)
            found = one(check(t, folder), '4.3-req3')
            same((found['status'], lacks(found)), ('undetermined', ['evidence:leading_body']), 'bodies')
        with t.case(f'{mark} is no evidence of a stated reduction'):
            set_facts(folder, reduction='9000')
            rows = table(os.path.join(folder, 'case.csv'))
            rows[-1][2:4] = ['t CO2e', mark]
            put(folder, 'case.csv', rows)
            same(one(check(t, folder), '4.3-req5')['limits'][1]['observed'], 2113, 'the sum of measures.csv')
        with t.case(f'{mark} is no reason of a special case'):
            folder = copy(t, 'region', 'mark')
            set_facts(folder, special_case='yes', special_case_reason=mark)
            same(one(check(t, folder, params(t, 'large.csv', min_area='100')), '4.3-req5')['status'], 'not_met', 'size')
        with t.case(f'{mark} is no reason for days without data'):
            result = t.run('check', folder, '--accept-holes', mark)
            same((result.status, 'E3823' in result.errors), (2, True), 'status')


def where_evidence_lies(t):
    folder = copy(t, 'enterprise', 'papers')
    os.makedirs(os.path.join(folder, 'evidence', 'deep'))
    data = b'\0\xff a paper \r\n' * 100_000  # more than is read at a time
    for name in ('a.pdf', 'b.pdf', '一、二.pdf', os.path.join('deep', 'c.pdf')):
        with open(os.path.join(folder, 'evidence', name), 'wb') as f:
            f.write(data)
    with open(t.path('outside.pdf'), 'wb') as f:
        f.write(data)
    with open(os.path.join(folder, 'beside.pdf'), 'wb') as f:
        pass
    os.symlink('../../outside.pdf', os.path.join(folder, 'evidence', 'out.pdf'))
    os.symlink('a.pdf', os.path.join(folder, 'evidence', 'within.pdf'))
    os.symlink('nowhere', os.path.join(folder, 'evidence', 'dangling.pdf'))
    os.symlink('round.pdf', os.path.join(folder, 'evidence', 'round.pdf'))
    os.mkfifo(os.path.join(folder, 'evidence', 'pipe.pdf'))
    digest, size = hashlib.sha256(data).hexdigest(), len(data)
    found = lambda name, file: {'name': name, 'state': 'found', 'file': file, 'size': size, 'sha256': digest}
    absent, apart = (lambda name: {'name': name, 'state': 'not_found'}), (lambda name: {'name': name, 'state': 'not_followed'})
    no_paper = lambda name: {'name': name, 'state': 'no_paper'}
    for cell, expected in (
            ('a.pdf', [found('a.pdf', 'evidence/a.pdf')]), (' evidence/a.pdf ', [found('evidence/a.pdf', 'evidence/a.pdf')]),
            ('beside.pdf', [no_paper('beside.pdf')]), ('case.csv', [no_paper('case.csv')]), ('measures.csv;a.pdf', [no_paper('measures.csv'), found('a.pdf', 'evidence/a.pdf')]),
            ('within.pdf', [found('within.pdf', 'evidence/within.pdf')]),
            ('a.pdf；b.pdf;x.pdf', [found('a.pdf', 'evidence/a.pdf'), found('b.pdf', 'evidence/b.pdf'), absent('x.pdf')]),
            ('a.pdf、b.pdf', [found('a.pdf', 'evidence/a.pdf'), found('b.pdf', 'evidence/b.pdf')]),
            ('一、二.pdf；a.pdf', [found('一、二.pdf', 'evidence/一、二.pdf'), found('a.pdf', 'evidence/a.pdf')]),
            ('a.pdf;a.pdf;', [found('a.pdf', 'evidence/a.pdf')]),
            ('deep', [absent('deep')]), ('evidence', [absent('evidence')]), ('c.pdf', [absent('c.pdf')]), ('dangling.pdf', [absent('dangling.pdf')]),
            ('round.pdf', [absent('round.pdf')]), ('pipe.pdf', [absent('pipe.pdf')]), ('长' * 300, [absent('长' * 300)]),
            ('out.pdf', [apart('out.pdf')]), ('../outside.pdf', [apart('../outside.pdf')]), ('deep/c.pdf', [apart('deep/c.pdf')]),
            ('evidence/../a.pdf', [apart('evidence/../a.pdf')]), ('..', [apart('..')]), ('/etc/passwd', [apart('/etc/passwd')]),
            (t.path('outside.pdf'), [apart(t.path('outside.pdf'))]), ('..\\a.pdf', [apart('..\\a.pdf')])):
        with t.case(f'papers: {cell[:40]}'):
            set_evidence(folder, 'leading_body', cell)
            result = check(t, folder)
            same(papers(result, 'leading_body'), expected, 'papers')
            same(one(result, '4.3-req3')['status'], 'met', 'a paper may lie elsewhere')
            states = {p['state'] for p in expected}
            strict = t.run('check', folder, '--params', PARAMS, '-f', 'json', '--require-evidence')
            missed = lacks(one(strict, '4.3-req3'))
            same('evidence:leading_body' in missed, states != {'found'}, 'missing')
            codes = [c.get('code') for c in result.json()['caveats']]
            same(('C4151' in codes, 'C4152' in codes, 'C4168' in codes), (True, 'not_followed' in states, 'no_paper' in states), 'caveats')
    with t.case('with every paper there nothing is said, and nothing is open'):
        for fact in [row[0] for row in table(os.path.join(folder, 'case.csv'))[1:]]:
            set_evidence(folder, fact, 'a.pdf')
        result = t.run('check', folder, '--params', PARAMS, '-f', 'json', '--require-evidence')
        same(result.status, 0, 'status')
        want(not {'C4151', 'C4152', 'C4168'} & {c.get('code') for c in result.json()['caveats']}, 'caveats')


def papers_of_all(t):
    with t.case('a paper of the body that applies is named too'):
        folder = copy(t, 'enterprise', 'body')
        set_evidence(folder, 'body_type', '营业执照-无.pdf')
        want(any(c['code'] == 'C4151' and '营业执照-无.pdf' in c['text']['zh'] for c in check(t, folder).json()['caveats']), 'C4151')
    for usual, most, told in (('6', '7', False), ('7', '7', False), ('8', '7', True)):
        with t.case(f'usual {usual}, at most {most}'):
            result = check(t, copy(t, 'enterprise', 'usual'), params(t, 'usual.csv', peak_years_usual=usual, peak_years_max=most))
            same('C4169' in [c['code'] for c in result.json()['caveats']], told, 'C4169')


def plan_reads_alike(t):
    """What check is told of holes and evidence, plan is told too."""
    folder = copy(t, 'enterprise', 'alike')
    set_evidence(folder, 'leading_body', '')
    for more in (['--accept-holes', '水表更换'], ['--require-evidence']):
        with t.case(f'plan {more[0]}'):
            plan = t.run('plan', folder, '--params', PARAMS, '-f', 'json', *more)
            want(plan.status in (0, 1, 4), plan.errors[-300:])
    with t.case('plan: a reason that says nothing'):
        same(t.run('plan', folder, '--accept-holes', '-').status, 2, 'status')


# --- unknown columns ---

# Example, file, column, what its header becomes. A verdict can rest on the column, and the header looks like it: near to a name of it, or
# with one of three characters or more inside.
LOOKS_LIKE = [
    ('park', 'measures.csv', '减排量', '减排量合计'), ('park', 'measures.csv', '减排量', '预计减排量(t CO2e)'), ('park', 'measures.csv', '减排量', '碳减排值'),
    ('park', 'measures.csv', '结束', '竣工日'), ('park', 'measures.csv', '结束', '拟竣工时间'), ('park', 'measures.csv', '单位', '单位1'),
    ('park', 'measures.csv', '状态', '实施状态说明'), ('park', 'measures.csv', '寿命', '使用年限数'), ('park', 'measures.csv', '开始', '开工日'),
    ('region', 'measures.csv', 'reduction', 'reductions'), ('region', 'measures.csv', 'reduction', 'reduction_t'),
    ('region', 'measures.csv', 'end', 'end 1'), ('region', 'measures.csv', 'status', 'statuss'), ('region', 'measures.csv', 'lifetime', 'lifetime_years'),
    ('park', 'case.csv', '单位', '单位1'), ('park', 'case.csv', '单位', '单位(unit)'), ('park', 'case.csv', '凭证', '证明材料名称'),
    ('park', 'case.csv', '凭证', '凭正'), ('park', 'measures.csv', '状态', '壮态'), ('park', 'case.csv', '单位', '位单'),
    ('region', 'case.csv', 'unit', 'unit_of_it'), ('region', 'case.csv', 'evidence', 'evidences'),
    ('park', 'targets.csv', '类型', '目标类型说明'), ('park', 'targets.csv', '单位', '计量单位2'), ('region', 'targets.csv', 'unit', 'unitt'),
]
# Another word, another column, or one that the file has: no error.
OTHER_WORD = [
    ('park', 'measures.csv', None, '减排量合计'), ('park', 'measures.csv', '减排量', '审核部门'),
    ('region', 'measures.csv', 'end', 'vendor'), ('region', 'measures.csv', None, 'community'), ('region', 'measures.csv', None, 'reductions'),
    ('park', 'measures.csv', '投资(万元)', '投资来源'), ('park', 'measures.csv', '结束', '完成率'), ('park', 'measures.csv', '结束', '完成进度'), ('park', 'measures.csv', '减排量', '减排量占比'), ('park', 'case.csv', '备注', '备注2'), ('region', 'case.csv', None, 'population'),
    ('park', 'case.csv', '凭证', '依据'), ('park', 'case.csv', None, '凭正'), ('park', 'measures.csv', None, '单价'),
]


def renamed(t, example, name, column, header):
    folder = copy(t, example, 'renamed')
    rows = table(os.path.join(folder, name))
    if column is None:
        rows = [row + [header if i == 0 else 'x'] for i, row in enumerate(rows)]
    else:
        rows[0][rows[0].index(column)] = header
    put(folder, name, rows)
    at = rows[0].index(header)
    return t.run('check', folder, '--params', PARAMS, '--diagnostics', 'json'), sum(len(cell) + 1 for cell in rows[0][:at]) + 1


def unknown_columns(t):
    for example, name, column, header in LOOKS_LIKE:
        with t.case(f'{header} for {column} in {name}'):
            result, cell = renamed(t, example, name, column, header)
            found = [d for d in result.diagnostics() if d['code'] == 'E3824']
            same((result.status, len(found)), (3, 1), result.errors[-400:])
            same((os.path.basename(found[0]['file']), found[0]['line'], found[0]['column']), (name, 1, cell), 'place')
            want(header in found[0]['detail'] and 'rename it' in found[0]['detail'], found[0]['detail'])
    for example, name, column, header in OTHER_WORD:
        with t.case(f'{header} beside {column} in {name}'):
            result, cell = renamed(t, example, name, column, header)
            want(result.status != 3, result.errors[-400:])
            want(any(d['code'] in ('W2054', 'W2055') and d['column'] == cell for d in result.diagnostics()), result.errors[-400:])
    with t.case('in Chinese by header and column, and a table that cannot be read is not called empty'):
        folder = copy(t, 'enterprise', 'alike')
        rows = table(os.path.join(folder, 'measures.csv'))
        rows[0][rows[0].index('减排量')] = '减排量估'
        put(folder, 'measures.csv', rows)
        result = t.run('--lang', 'zh', 'check', folder, '-f', 'json')
        found = [d['text']['zh'] for d in result.json()['diagnostics'] if d['code'] == 'E3824']
        want(len(found) == 1 and '它与“减排量”（即 reduction 列）相近' in found[0], str(found))
        same([c['code'] for c in result.json()['caveats'] if c['code'] == 'C4142'], [], 'caveats')
    # A required column says so itself, and which header was meant.
    for example, name, column, header in [('park', 'inventory.csv', '数量', '用电消耗量合计'), ('region', 'inventory.csv', 'quantity', 'quantity_2'),
                                          ('park', 'inventory.csv', '单位', '单位1'), ('region', 'targets.csv', 'emissions', 'emissions_t')]:
        with t.case(f'{header} for {column} in {name}'):
            result, cell = renamed(t, example, name, column, header)
            same(result.status, 3, 'status')
            same([d['code'] for d in result.diagnostics() if d['code'] in ('E2051', 'W2055')], ['E2051'], result.errors[-400:])
            want(f'is {header} meant?' in result.diagnostics()[0]['detail'], result.errors[-400:])


# --- laws ---

# Cells whose blank has a documented meaning (tanhe-case(5)): file, row by its first cell, column; what it means.
DOCUMENTED = {
}
FILES = ('case.csv', 'measures.csv', 'targets.csv', 'inventory.csv', 'factors.csv', 'instruments.csv')
GIVEN = 'params.csv'  # the parameters, copied beside the case's files


def with_params(t, example):
    """A copy of an example, its parameters beside it in a folder of their own."""
    folder = copy(t, example, 'blank/case')
    shutil.copy(PARAMS, t.path(f'blank/{GIVEN}'))
    return folder


def where(folder, name):
    return os.path.dirname(folder) if name == GIVEN else folder


def blank_cells(t, example):
    """Every cell of an example and of its parameters that is not blank: file, row and column from 0; row 0 is the header."""
    folder = with_params(t, example)
    for name in (*FILES, GIVEN):
        path = os.path.join(where(folder, name), name)
        for i, row in enumerate(table(path) if os.path.exists(path) else []):
            for k, cell in enumerate(row):
                if cell.strip():
                    yield name, i, k


def blank(t, example, before, name, i, k):
    """One cell blanked: each requirement stays or becomes undetermined, or the run ends with status 3 and names the line of the cell."""
    folder = with_params(t, example)
    rows = table(os.path.join(where(folder, name), name))
    what = f'{example}/{name}:{i + 1} {rows[0][k]} of {rows[i][0]} blank'
    documented = (name, rows[i][0], rows[0][k]) in DOCUMENTED
    rows[i][k] = ''
    put(where(folder, name), name, rows)
    with t.case(what):
        result = check(t, folder, t.path(f'blank/{GIVEN}'))
        if result.status == 3:
            at = f'{name}:{i + 1}:' if i else f'{name}:'  # without the name of the last column each line is too long
            want(at in result.errors, f'the error names another place: {result.errors[:300]}')
            return
        turned = [f'{rule}: {before[rule]} became {status}' for rule, status in statuses(result).items() if status != before[rule] and status in DECIDED]
        want(documented or not turned, '; '.join(turned))


def blanks(t, step):
    count = 0
    for example in EXAMPLES:
        before = statuses(check(t, os.path.join(ROOT, 'examples', example)))
        for name, i, k in list(blank_cells(t, example))[::step]:
            blank(t, example, before, name, i, k)
            count += 1
    with t.case('cells were blanked'):
        want(count > 20, count)


def broken_tables(t):
    """A table with errors leaves undecided what rests on it, and nothing else: exit 3, the verdict is error, the errors are counted."""
    columns = {'inventory.csv': 'quantity', 'measures.csv': 'reduction', 'targets.csv': 'emissions'}
    names = {'inventory.csv': 'inventory', 'measures.csv': 'measures', 'targets.csv': 'targets'}
    for example in EXAMPLES:
        whole = statuses(check(t, os.path.join(ROOT, 'examples', example)))
        for name, column in columns.items():
            with t.case(f'{example}: {name} with two errors'):
                folder = copy(t, example, 'broken')
                rows = table(os.path.join(folder, name))
                header = [cell.strip().lower() for cell in rows[0]]
                at = next(i for i, cell in enumerate(header) if cell in (column, '数量', '排放量', '减排量', '年减排量'))
                rows[1][at] = rows[-1][at] = 'many'
                put(folder, name, rows)
                result = check(t, folder)
                same(result.status, 3, 'exit status')
                same(result.json()['verdict'], 'error', 'verdict')
                same(result.errors.count('error E'), 1, 'messages')
                found = statuses(result)
                for rule, status in found.items():
                    want(status in (whole[rule], 'undetermined'), f'{rule}: {status}, was {whole[rule]}')
                want(name != 'inventory.csv' or found['4.3-req2'] == 'undetermined', 'the requirement on the account')
                text = t.run('check', folder, '--params', PARAMS)
                same(text.status, 3, 'exit status as text')
                want('NO VERDICT' in text.text and (found == whole or f'{names[name]}.csv has 2 errors' in text.text), 'text')
                unreadable_is_not_absent(t, folder, name)


def unreadable_is_not_absent(t, folder, name):
    """check says of no table with errors that it was not provided."""
    text = t.run('--lang', 'zh', 'check', folder).text
    want(text, 'no report')
    told = [line for line in text.splitlines() if '未提供' in line and name in line]
    want(not told, f'{name} is said not to be there: {told}')


def broken_params(t):
    """A parameter whose row cannot be read has its row: no second one is asked for."""
    with t.case('params.csv with an error'):
        folder = copy(t, 'region', 'unread')
        rows = table(PARAMS)
        rows[1][1] = 'many'
        put(folder, 'params.csv', rows)
        result = t.run('check', folder, '-f', 'json')
        same((result.status, result.json()['verdict']), (3, 'error'), 'status and verdict')
        waits = [m for m in result.json()['missing'] if m['id'] == rows[1][0]]
        same([('paste' in m, os.path.basename(m['place']['file'])) for m in waits], [(False, 'params.csv')], 'what is asked for')
        unreadable_is_not_absent(t, folder, 'params.csv')


def broken(t, what, folder, whole, with_params=None):
    """Status 3, the verdict is error, every requirement is there and stays or is undetermined; {id: status}."""
    found = {}
    with t.case(what):
        result = t.run('check', folder, *(['--params', with_params] if with_params else []), '-f', 'json')
        same((result.status, result.json()['verdict']), (3, 'error'), 'status and verdict')
        want('error E' in result.errors, result.errors)
        found = statuses(result)
        same(sorted(found), sorted(whole), 'requirements')
        for rule, status in found.items():
            want(status in (whole[rule], 'undetermined'), f'{rule}: {status}, was {whole[rule]}')
    return found


def broken_cells(t):
    """A row of case.csv, params.csv or instruments.csv that cannot be read leaves undecided what rests on it, and nothing else."""
    for example in EXAMPLES:
        whole = statuses(check(t, os.path.join(ROOT, 'examples', example)))
        facts = table(os.path.join(ROOT, 'examples', example, 'case.csv'))
        for n in [n for n, row in enumerate(facts) if row[0] in ('category', 'target', 'base_year', 'start', 'end', 'households', 'area', 'floor_area', 'statistics_basis')]:
            folder = copy(t, example, 'broken')
            put(folder, 'case.csv', [row if i != n else [row[0], 'many?', *row[2:]] for i, row in enumerate(facts)])
            broken(t, f'{example}: {facts[n][0]} cannot be read', folder, whole, PARAMS)
        for n, row in enumerate(table(PARAMS)):
            folder = copy(t, example, 'broken')
            given = table(PARAMS)
            given[n][1] = 'many'
            put(folder, 'params.csv', given)
            if n:
                broken(t, f'{example}: {row[0]} cannot be read', folder, whole)
    whole = statuses(check(t, os.path.join(ROOT, 'examples', 'enterprise')))
    for name, change in (('a parameter without a source', lambda row: [*row[:3], '', *row[4:]]), ('a parameter in another unit', lambda row: [*row[:2], 'kWh', *row[3:]]),
                         ('zero years', lambda row: [row[0], '0', *row[2:]]), ('a calendar year for a number of years', lambda row: [row[0], '2023', *row[2:]])):
        folder = copy(t, 'enterprise', 'broken')
        put(folder, 'params.csv', [row if row[0] != 'peak_years_max' else change(row) for row in table(PARAMS)])
        found = broken(t, name, folder, whole)
        with t.case(f'{name}: nothing is decided by it'):
            same(found.get('4.3-req6-max'), 'undetermined', 'the longest period')
    with t.case('nothing stands in for a parameter that cannot be read'):
        own = [row if row[0] != 'peak_years_max' else [row[0], 'many', *row[2:]] for row in table(PARAMS)]
        found = statuses(t.run('check', copy(t, 'enterprise', 'broken'), '--params', t.path(t.write('own.csv', text_of(own))), '--params', PARAMS, '-f', 'json'))
        same(found['4.3-req6-max'], 'undetermined', 'the longest period')
    facts = table(os.path.join(ROOT, 'examples', 'enterprise', 'case.csv'))
    put(copy(t, 'enterprise', 'broken'), 'case.csv', [*facts, *([row[0], '2021', *row[2:]] for row in facts if row[0] == 'base_year')])
    found = broken(t, 'a base year that stands twice', t.path('broken'), whole, PARAMS)
    with t.case('a base year that stands twice is none'):
        same(found.get('4.3-req5'), 'undetermined', 'the size')
    set_facts(copy(t, 'enterprise', 'broken'), start='2029-01')
    found = broken(t, 'an end before its start', t.path('broken'), whole, PARAMS)
    with t.case('an end before its start is no period'):
        same(found.get('4.3-req6-max'), 'undetermined', 'the longest period')
    given = table(os.path.join(ROOT, 'examples', 'enterprise', 'instruments.csv'))
    put(copy(t, 'enterprise', 'broken'), 'instruments.csv', [given[0], [given[1][0], given[1][1], 'many', *given[1][3:]], *given[2:]])
    broken(t, 'an instrument that cannot be read', t.path('broken'), whole, PARAMS)


# What is filled in and hardly can be: facts, parameters (as text) and targets of the community, and what is said.
DOUBTS = (
    ({'households': '3.86'}, {}, '', {'C4175'}), ({'households': '3860'}, {}, '', set()), ({'population': '0.965'}, {}, '', {'C4175', 'C4176'}),
    ({'population': '965'}, {}, '', {'C4176'}), ({'population': '3860'}, {}, '', set()),
    ({}, {'min_reduction_share': '0.0111'}, '', {'C4172'}), ({}, {'min_reduction_share': '0.1'}, '', set()), ({}, {'min_reduction_share': '111'}, '', {'C4173'}),
    ({}, {'min_reduction_share': '0'}, '', {'C4171'}), ({}, {'min_area': '0'}, '', {'C4171'}), ({}, {'min_area': '0.0111'}, '', set()),
    ({}, {}, 'a,2025,200,t CO2e,gross\nb,2026,100,t CO2e,gross\nc,2026,90,t CO2e,net\n', set()), ({}, {}, 'a,2025,200,t CO2e,gross\nb,2026,201,t CO2e,gross\n', {'C4177'}),
    ({}, {}, 'b,2026,201,t CO2e,gross\na,2025,200,t CO2e,gross\n', {'C4177'}), ({}, {}, 'a,2025,9,t CO2e,gross\nb,2026,9,t CO2e,gross\nc,2028,1,t CO2e,gross\n', set()),
    ({}, {}, 'b,2026,2,t CO2e,net\na,2025,-1,t CO2e,net\n', {'C4177'}), ({}, {}, 'a,2026,200,t CO2e,gross\nb,2026,0.201,kt CO2e,net\n', {'C4178'}),
    ({}, {}, 'a,2025,200,t CO2e,gross\nb,2026,201,t CO2e,net\n', set()),
)


def doubts(t):
    """A slip that contradicts its unit or another cell is said, and decides nothing by itself."""
    asked = {f'C{n}' for n in range(4171, 4179)}
    for facts, values, lines, said in DOUBTS:
        with t.case(f'doubted: {facts or values or lines.split()}'):
            folder = copy(t, 'community', 'doubt')
            set_facts(folder, **facts)
            if lines:
                put(folder, 'targets.csv', [line.split(',') for line in f'phase,year,emissions,unit,kind\n{lines}'.splitlines()])
            answer = check(t, folder, params(t, 'doubt.csv', **values)).json()
            same({c['code'] for c in answer['caveats']} & asked, said, 'caveats')
    with t.case('the shipped examples are not doubted'):
        for example in EXAMPLES:
            same({c['code'] for c in check(t, os.path.join(ROOT, 'examples', example)).json()['caveats']} & asked, set(), example)


def run(t):
    broken_tables(t)
    broken_params(t)
    broken_cells(t)
    doubts(t)
    durations(t)
    base_years(t)
    categories(t)
    units(t)
    stated_reductions(t)
    sentences(t)
    needs_evidence(t, 4)
    marks_for_missing(t)
    where_evidence_lies(t)
    papers_of_all(t)
    plan_reads_alike(t)
    unknown_columns(t)
    blanks(t, 53)


def long(t):
    needs_evidence(t, 1)
    blanks(t, 1)
