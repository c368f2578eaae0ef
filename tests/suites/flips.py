# SPDX-License-Identifier: GPL-3.0-or-later
"""What would change a requirement, each line of it tried: the case is changed just so far, and just not so far, and the program asked again.

In the five examples, with the illustrative parameters and without any. What a line says changes, and only that: the requirement it stands
under, those it names under `also`, and the verdict."""
import csv
import datetime
import io
import os
import re
import shutil
from decimal import Decimal

from .harness import ROOT, want, same

EXAMPLES = ('region', 'park', 'community', 'building', 'enterprise')
PARAMS = os.path.join(ROOT, 'examples', 'params-illustrative.csv')
COLUMNS = {'id': ('id', '编号'), 'reduction': ('reduction', '减排量'), 'status': ('status', '状态'), 'value': ('value', '值'), 'unit': ('unit', '单位'),
           'evidence': ('evidence', '凭证')}
NEAR = Decimal('0.00001')  # a printed turn has at least six digits: its neighbour lies closer
FINE = Decimal('0.000000001')


def table(path):
    with open(path, encoding='utf-8-sig', newline='') as f:
        return list(csv.reader(f))


def column(rows, name):
    return next(i for i, head in enumerate(rows[0]) if head in COLUMNS[name])


class Changed:
    """A copy of an example with one thing changed; its parameters are a file of their own."""

    def __init__(self, t, example, params, origin='examples'):
        self.t = t
        self.folder = t.path(f'{example}-flips')
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(os.path.join(ROOT, origin, example), self.folder)
        os.chmod(self.folder, 0o755)
        self.params = os.path.join(self.folder, 'given.csv')
        self.files = {name: table(os.path.join(self.folder, name)) for name in ('case.csv', 'measures.csv', 'inventory.csv', 'factors.csv')
                      if os.path.exists(os.path.join(self.folder, name))}
        self.files['given.csv'] = params
        self.write(self.files)

    def write(self, files):
        for name, rows in files.items():
            path = os.path.join(self.folder, name)
            if os.path.exists(path):
                os.remove(path)
            out = io.StringIO()
            csv.writer(out, lineterminator='\n').writerows(rows)
            with open(path, 'w', encoding='utf-8') as f:
                f.write(out.getvalue())

    def ledger(self):
        ledger = self.t.path('ledger.csv')
        result = self.t.run('account', self.folder, '--ledger', ledger)
        want(result.status == 0, result.errors)
        return table(ledger)

    def lines(self, kind, what):
        """Line numbers of the inventory that are of an activity, a scope."""
        rows = self.ledger()
        at, line = rows[0].index(kind), rows[0].index('line')
        return {int(row[line]) for row in rows[1:] if row[at] == what}

    def check(self, *options):
        return self.t.run('check', self.folder, '--params', self.params, '-f', 'json', *options)

    def with_flips(self, flips):
        """The answer with each (would_change entry, value) set."""
        files = {name: [list(row) for row in rows] for name, rows in self.files.items()}
        options = []
        for flip, value in flips:
            if flip['kind'] == 'gwp':
                options += ['--gwp', value]
            elif flip['kind'] == 'months':
                set_months(files, flip, value, self.ledger())
            elif value == 'left_out':
                gone = self.lines(flip['kind'], flip['id'])
                files['inventory.csv'] = [row for i, row in enumerate(files['inventory.csv'], 1) if i not in gone]
            else:
                globals()['set_' + flip['kind']](files, flip, value)
        self.write(files)
        try:
            return self.check(*options)
        finally:
            self.write(self.files)
            if 'factors.csv' not in self.files and 'factors.csv' in files:
                os.remove(os.path.join(self.folder, 'factors.csv'))


def row_of(rows, key, width):
    for row in rows[1:]:
        if row[0] == key:
            return row
    rows.append([key] + [''] * (width - 1))
    return rows[-1]


def set_param(files, flip, value):
    row = row_of(files['given.csv'], flip['id'], 5)
    row[1:4] = [str(value), flip.get('unit', ''), 'test']


def set_fact(files, flip, value):
    rows = files['case.csv']
    row = row_of(rows, flip['id'], len(rows[0]))
    row[column(rows, 'value')] = 'x' if value == 'given' else str(value)
    if 'unit' in flip:
        row[column(rows, 'unit')] = flip['unit']
    if flip.get('with_evidence'):
        row[column(rows, 'evidence')] = 'x.pdf'


def set_evidence(files, flip, value):
    rows = files['case.csv']
    row_of(rows, flip['id'], len(rows[0]))[column(rows, 'evidence')] = '' if value == 'absent' else 'x.pdf'


def set_measure(files, flip, value):
    rows = files['measures.csv']
    row = next(row for row in rows[1:] if row[column(rows, 'id')] == flip['id'])
    row[column(rows, 'reduction')] = str(value)


def set_effect_start(files, flip, value):
    rows = files['measures.csv']
    if 'effect_start' not in rows[0]:
        for row in rows:
            row.append('')
        rows[0][-1] = 'effect_start'
    row = next(row for row in rows[1:] if row[column(rows, 'id')] == flip['id'])
    row[rows[0].index('effect_start')] = value


def set_cancelled(files, flip, value):
    rows = files['measures.csv']
    row = next(row for row in rows[1:] if row[column(rows, 'id')] == flip['id'])
    row[column(rows, 'status')] = value


HEADS = {'id': ('id', '编号'), 'gas': ('gas', '气体'), 'value': ('value', '数值')}


def set_factor(files, flip, value):
    """The rows of the factor, of the case or else the shipped ones, with another value."""
    own = files.get('factors.csv')
    shipped = []
    for name in sorted(os.listdir(os.path.join(ROOT, 'data', 'factors'))):
        if name.endswith('.csv'):
            rows = table(os.path.join(ROOT, 'data', 'factors', name))
            shipped += [dict(zip(rows[0], row)) for row in rows[1:] if row[0] == flip['id']]
    if own and any(row[0] == flip['id'] for row in own[1:]):
        at = next(i for i, head in enumerate(own[0]) if head in HEADS['value'])
        for row in own[1:]:
            if row[0] == flip['id'] and Decimal(row[at]) == flip['now']:
                row[at] = str(value)
        return
    heads = list(own[0]) if own else ['id', 'gas', 'value']
    names = {'编号': 'id', '气体': 'gas', '数值': 'value', '单位': 'unit', '活动': 'activity', '起始日期': 'valid_from', '截止日期': 'valid_to', '来源': 'source',
             '可信度': 'confidence'}
    known = {names.get(head, head) for head in heads}
    heads += [head for head in shipped[0] if head not in known and head not in ('name_zh', 'name_en', 'note')]
    files['factors.csv'] = [heads] + [row + [''] * (len(heads) - len(row)) for row in (own or [[]])[1:]]
    for row in shipped:
        row['confidence'] = 'user'
        if row['gas'] == flip['gas'] and row['value'] and Decimal(row['value']) == flip['now']:
            row['value'] = str(value)
        files['factors.csv'].append([row.get(names.get(head, head), '') for head in heads])


LINE_HEADS = {'line': ('quantity', '数量'), 'ncv': ('ncv', '低位发热量'), 'carbon_content': ('carbon_content', '含碳量')}


def set_line(files, flip, value):
    """The quantity of one line; a heat value or carbon content in each cell of the activity that says the same as the first."""
    rows = files['inventory.csv']
    at = next(i for i, head in enumerate(rows[0]) if head in LINE_HEADS[flip['kind']])
    first = rows[int(flip['place']['line']) - 1]
    if flip['kind'] == 'line':
        want(Decimal(first[at]) == flip['now'], f'{first} is not {flip["now"]}')
        first[at] = str(value)
        return
    activity, before = next(i for i, head in enumerate(rows[0]) if head in MONTH_HEADS['activity']), first[at]
    want(before.startswith(str(flip['now'])), f'{first} is not {flip["now"]}')
    for row in rows[1:]:
        if row[activity] == first[activity] and row[at] == before:
            row[at] = f'{value} {flip["unit"]}'


set_ncv = set_carbon_content = set_line
MONTH_HEADS = {'period': ('period', '期间'), 'activity': ('activity', '活动'), 'quantity': ('quantity', '数量'), 'site': ('site', '场所')}


def set_months(files, flip, value, ledger):
    """A line for each gap; the first one has all of it: in the unit of the series, or of what that emits."""
    rows = files['inventory.csv']
    at = {key: next((i for i, head in enumerate(rows[0]) if head in names), None) for key, names in MONTH_HEADS.items()}
    heads = ledger[0]
    of = [row for row in ledger[1:] if row[heads.index('activity')] == flip['id'] and
          row[heads.index('bucket')] == 'gross' and all(row[heads.index(key)] == flip.get(key, '') for key in ('site', 'source'))]
    quantity = sum({row[heads.index('line')]: Decimal(row[heads.index('quantity')]) for row in of}.values())  # once, however many gases
    each = sum(Decimal(row[heads.index('co2e_kg')]) for row in of) / quantity / 1000
    like = rows[int(of[0][heads.index('line')]) - 1]
    for i, gap in enumerate(flip['periods']):
        row = list(like)
        row[at['period']] = gap
        amount = Decimal(value) / (each if flip['unit'] == 't CO2e' else 1)
        row[at['quantity']] = format(amount.quantize(Decimal('1e-9')), 'f') if i == 0 else '0'
        rows.append(row)


def sides(flip):
    """A value at which the line holds, and one at which it does not; None where the case as it is is that."""
    if 'to' in flip:
        return flip['to'], None
    side = 1 if flip['direction'] == 'up' else -1
    if isinstance(flip['at'], str):
        day = datetime.date.fromisoformat(flip['at'])
        return flip['at'], (day - datetime.timedelta(days=side)).isoformat()
    at = Decimal(str(flip['at']))
    if at == 0 and 'now' not in flip:  # whatever it is; a fact is above zero
        return Decimal(1), None
    if not flip['inclusive']:
        return at + side * abs(at) * FINE, at
    before = at - side * (abs(at) * NEAR if at else Decimal('-1e-9'))
    now = flip.get('now')
    if before < 0 or (now is not None and side * (before - Decimal(str(now))) < 0):
        return at, None
    return at, before


def statuses(answer):
    return {r['id']: r['status'] for r in answer['requirements']}


def plain(value):
    return format(value, 'f') if isinstance(value, Decimal) else value


def given(entry):
    return [(g, g.get('to', plain(g.get('at')))) for g in entry.get('given', [])]


def try_end(changed, rule, end):
    answer = changed.with_flips(given(end)).json()
    same((statuses(answer)[rule], answer['verdict']), (end['status'], end['verdict']), 'status and verdict')


def try_flip(changed, base, rule, flip):
    now = statuses(base)
    there, before = sides(flip)
    result = changed.with_flips([*given(flip), (flip, plain(there))])
    want(result.status in (0, 1, 4), f'status {result.status} at {there}: {result.errors}')
    answer = result.json()
    then = statuses(answer)
    same(then[rule], flip['status'], f'{flip["id"]} at {there}')
    same(answer['verdict'], flip['verdict'], f'verdict at {there}')
    same({r for r in now if then[r] != now[r]}, {rule, *flip.get('also', [])}, f'what changes at {there}')
    if before is not None:
        result = changed.with_flips([*given(flip), (flip, plain(before))])
        want(statuses(result.json())[rule] != flip['status'], f'{flip["id"]} at {before} is {flip["status"]} already')


# Of the enterprise, close to what it has (14.299 %, 2113 t, 5 years): then factors, other GWP and what is left out turn it too.
CLOSE = [['min_reduction_share', '14.29', '%', 'test'], ['min_reduction', '2110', 't CO2e', 'test'], ['peak_years_max', '6', 'year', 'test']]


def try_all(t, name, changed, kinds, options=1, each=9999, turn=None):
    """Of a fact with many options only some are tried, of a kind under one requirement only so many as `each`; with `turn` of each third requirement."""
    base = changed.check().json()
    found, kept = set(), {}
    for n, r in enumerate(base['requirements']):
        tried = {}
        found |= {flip['kind'] for flip in r['would_change']}
        if turn is not None and n % 3 != turn % 3:
            continue
        for name_of_end, end in r.get('ends', {}).items():
            with t.case(f'{name}, {r["id"]}: what is missing at its {name_of_end}'):
                try_end(changed, r['id'], end)
        for flip in r['would_change']:
            kept[r['id'], flip['kind']] = kept.get((r['id'], flip['kind']), 0) + 1
            if kept[r['id'], flip['kind']] > each:
                continue
            if 'to' in flip:
                tried[flip['id']] = tried.get(flip['id'], 0) + 1
                if tried[flip['id']] > options:
                    continue
            where = flip.get('to', flip.get('at'))
            with t.case(f'{name}, {r["id"]}: {flip["kind"]} {flip["id"]} {where}'):
                try_flip(changed, base, r['id'], flip)
    with t.case(f'{name}: what would change it'):
        want(kinds <= found, found)


# --- what is unknown ---

def unknown(t, examples, each):
    """The category left open: what would change a requirement still does, and no requirement that was not met is met."""
    for example in examples:
        changed = Changed(t, example, table(PARAMS))
        before = statuses(changed.check().json())
        rows = changed.files['case.csv']
        for row in rows[1:]:
            if row[0] in ('category', '类别', '申报类别'):
                row[column(rows, 'value')] = ''
        changed.write(changed.files)
        with t.case(f'{example} without its category'):
            result = changed.check()
            want(result.status in (1, 4), f'status {result.status}: {result.errors[:500]}')
            found = statuses(result.json())
            same([r for r in found if found[r] == 'met' and before[r] not in ('met', 'not_applicable')], [], 'met without the category')
        try_all(t, f'{example} without its category', changed, {'fact'}, each=each, turn=0 if each == 1 else None)


DATES = {'start': ('start', '开始'), 'end': ('end', '结束')}


def undated(t, measures, each):
    """A measure without a date counts at most as much as with it, the others as before; what would change a requirement still does."""
    head = table(PARAMS)[0]
    for measure in measures:
        for blanks in (('start',), ('end',), ('start', 'end')):
            name = f'{measure} without {" and ".join(blanks)}'
            changed = Changed(t, 'enterprise', [head[:4], *CLOSE])
            before = changed.check().json()
            rows = changed.files['measures.csv']
            row = next(row for row in rows[1:] if row[0] == measure)
            for blank in blanks:
                row[next(i for i, title in enumerate(rows[0]) if title in DATES[blank])] = ''
            changed.write(changed.files)
            with t.case(name):
                result = changed.check()
                want(result.status in (0, 1, 4), f'status {result.status}: {result.errors[:500]}')
                answer = result.json()
                same([m for m in answer['measures'] if m['id'] != measure], [m for m in before['measures'] if m['id'] != measure], 'the other measures')
                then, now = statuses(before), statuses(answer)
                same([r for r in now if now[r] == 'met' and then[r] != 'met'], [], 'met without a date')
            if blanks == ('end',):
                try_all(t, name, changed, {'param', 'fact', 'evidence'}, each=each, turn=0 if each == 1 else None)


def no_dates(t, each):
    """The period or the base year left open, beside an undated measure too: what would change a requirement still does."""
    head = table(PARAMS)[0]
    for blanks in (('base_year',), ('start',), ('end',), ('start', 'end'), ('end', 'M1')):
        changed = Changed(t, 'enterprise', [head[:4], *CLOSE])
        for row in changed.files['case.csv'][1:] + changed.files['measures.csv'][1:]:
            if row[0] in blanks:
                for title in ('值',) if row[0] != 'M1' else ('结束',):
                    row[changed.files['case.csv' if row[0] != 'M1' else 'measures.csv'][0].index(title)] = ''
        changed.write(changed.files)
        try_all(t, 'enterprise without ' + ' and '.join(blanks), changed, {'fact'}, each=each)


def each_measure(t):
    """With a limit just below what all measures come to, each of them by itself decides its requirement and no other."""
    head = table(PARAMS)[0]
    changed = Changed(t, 'enterprise', [head[:4], *CLOSE])
    base = changed.check().json()
    now = statuses(base)
    for row in changed.files['measures.csv'][1:]:
        for kind, value in (('cancelled', 'cancelled'), ('measure', '0')):
            with t.case(f'{row[0]}: {kind}'):
                then = statuses(changed.with_flips([({'kind': kind, 'id': row[0]}, value)]).json())
                same({r: then[r] for r in now if then[r] != now[r]}, {'4.3-req5': 'not_met'}, 'what changes')


def run(t):
    every(t, 1)
    each_measure(t)
    unknown(t, ('community',), 1)
    undated(t, ('M1',), 1)
    no_dates(t, 1)


def every(t, each, options=1):
    """The examples as they are, without parameters, with blanks, and close to their limits."""
    head = table(PARAMS)[0]
    turn = [n if each == 1 else None for n in range(7)]
    for n, example in enumerate(EXAMPLES):
        try_all(t, example, Changed(t, example, table(PARAMS)), {'param', 'fact', 'evidence'}, options, each, turn[n])
    try_all(t, 'enterprise without parameters', Changed(t, 'enterprise', [head]), {'param', 'fact', 'evidence'}, options, each, turn[5])
    blank = Changed(t, 'park', [head])
    for row in blank.files['case.csv'][1:]:  # several facts of one requirement, a size, a choice
        if row[0] in ('leading_body', 'working_body', 'area', 'body_type', 'plan_path'):
            row[1] = ''
    blank.write(blank.files)
    try_all(t, 'park with blanks', blank, {'param', 'fact', 'evidence'}, 99, each, turn[6])
    try_all(t, 'enterprise close to its limits', Changed(t, 'enterprise', [head[:4], *CLOSE]),
            {'param', 'fact', 'evidence', 'measure', 'cancelled', 'factor', 'gwp', 'activity', 'scope', 'line'}, options, each)
    measured(t, each)
    holes(t, each)


def measured(t, each):
    """The enterprise with measured heat values and carbon contents, each fuel in its way, close to its limit both ways."""
    head = table(PARAMS)[0]
    changed = Changed(t, 'enterprise', [head[:4], *CLOSE])
    rows = changed.files['inventory.csv']
    at = {name: rows[0].index(name) for name in ('活动', '单位', '数量', '低位发热量')}
    for row in rows:
        row.append('含碳量' if row is rows[0] else '')
    for row in rows[1:]:
        if row[at['活动']] == '天然气':
            row[at['低位发热量']], row[-1] = '38.9 MJ/Nm3', '15.3 tC/TJ'
    coal = ['2023', '嘉定工厂', '上海', '锅炉', '烟煤', '300', 't', *[''] * (len(rows[0]) - 7)]
    coal[-1] = '60 %'
    rows.append(coal)
    changed.write(changed.files)
    gross = changed.check().json()['account']['totals']['gross']
    for name, share in (('above', Decimal(2113) / Decimal(str(gross)) * 100 - Decimal('0.01')),
                        ('below', Decimal(2113) / Decimal(str(gross)) * 100 + Decimal('0.01'))):
        changed.files['given.csv'] = [head[:4], ['min_reduction_share', f'{share:.4f}', '%', 'test'], *CLOSE[1:]]
        changed.write(changed.files)
        try_all(t, f'measured values, {name} the limit', changed, {'line', 'ncv', 'carbon_content'}, each=each)
    with t.case('the quantity of a line in words'):
        changed = Changed(t, 'enterprise', [head[:4], *CLOSE])
        for lang, word in (('zh', 'inventory.csv:64）的数量不低于1293.887万吨公里'), ('en', 'inventory.csv:64):quantityis1293.887万吨公里ormore')):
            text = ''.join(t.run('check', changed.folder, '--params', changed.params, '--lang', lang).text.split())
            want(word in text, text[text.find('inventory.csv:64'):][:200])


def holes(t, each):
    """Months without data, under a share that they could bring down: 2113 t of about 6316 t and what the missing month adds."""
    head = table(PARAMS)[0]
    share = [['min_reduction_share', '20', '%', 'test'], *CLOSE[1:]]
    for name, unit in (('missing-month', 'MWh'), ('half-year', '万Nm3')):
        with t.case(f'{name} in words, and in the unit of its lines'):
            changed = Changed(t, name, [head[:4], *share], 'tests/reports')
            months = [f for r in changed.check().json()['requirements'] for f in r['would_change'] if f['kind'] == 'months']
            want(unit in {f['unit'] for f in months}, months)
            for lang, word in (('zh', '缺失的'), ('en', 'what is missing of')):
                result = t.run('check', changed.folder, '--params', changed.params, '--lang', lang)
                want(result.status in (1, 4) and word in ' '.join(result.text.split()), result.errors or result.text[:500])
        with t.case(f'{name}: how many times as many days, and never 0 of them'):
            # 2,113 t of measures are 1.11 % of 190,360 t: for missing-month 184,050 t in a month of 586 t, 250 and some times as many.
            changed = Changed(t, name, table(PARAMS), 'tests/reports')
            found = [float(f['at'] / f['typical']) for r in changed.check().json()['requirements'] for f in r['would_change'] if f['kind'] == 'months' and f.get('typical') and f['at'] > 0]
            text = ' '.join(t.run('check', changed.folder, '--params', changed.params, '--lang', 'en').text.split())
            said = re.findall(r'\(([\d.,]+) times as many', text)
            want(said and all(any(abs(float(s.replace(',', '')) - x) < .6 for x in found) for s in said), f'{said}, {found}')
        try_all(t, name, Changed(t, name, [head[:4], *share], 'tests/reports'), {'param', 'fact', 'evidence', 'months', 'factor'}, each=each)


def long(t):
    every(t, 9999, 99)
    unknown(t, EXAMPLES, 9999)
    undated(t, ('M1', 'M2', 'M3', 'M4', 'M5'), 3)
    no_dates(t, 9999)
