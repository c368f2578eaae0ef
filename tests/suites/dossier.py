# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier: its numbers are those of account, check and plan, in every language and format; what it says of examples, of hostile names, of files."""
import ast
import csv
import html.parser
import io
import os
import pty
import re
import shlex
import shutil
import zipfile
from decimal import ROUND_HALF_EVEN, Decimal

from .harness import INVALID, ROOT, USAGE, parse_json, same, want

EXAMPLES = ('enterprise', 'region', 'park', 'building', 'community')
PARAMS = os.path.join(ROOT, 'examples', 'params-illustrative.csv')
CENT = Decimal('0.01')
OVER = 'E1303' # the output would overwrite an input


def words():
    """The labels of the reports: name, (en, zh)."""
    with open(os.path.join(ROOT, 'src', 'report', 'words.def'), encoding='utf-8') as f:
        found = re.findall(r'W\((\w+),\s*("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*")\)', f.read())
    return {name: {'en': ast.literal_eval(en), 'zh': ast.literal_eval(zh)} for name, en, zh in found}


class Table:
    """A table of a page: the titles above it, its caption without number, heads, rows; notes are rows of one cell."""

    def __init__(self, titles, caption, heads, rows, marked):
        self.titles, self.caption, self.heads, self.rows, self.marked = titles, caption, heads, rows, marked

    def column(self, head):
        return self.heads.index(head)


def plain(text):
    return re.sub(r'\\([!-/:-@\[-`{-~])', r'\1', text)


def bare(title):
    """Without its number."""
    return re.sub(r'^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+(?:\.\d+)? |(?:表|图)\d+　|(?:Table|Figure) \d+  )', '', title)


def markdown(text):
    """The tables of a page of Markdown. A line is a block here: the writer never wraps."""
    tables, titles, caption, mark, lines = [], [], '', False, text.split('\n')
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        title = re.match(r'(#+) (.*)', line)
        if title:
            titles, mark = [*titles[:len(title.group(1)) - 1], bare(plain(title.group(2)))], False
        elif line.startswith('> **'):
            mark = True
        elif re.match(r'\*\*(表|Table )\d', line):
            caption = bare(plain(line[2:-2]))
        elif line.startswith('|'):
            cells = [[plain(cell.strip()) for cell in re.split(r'(?<!\\)\|', line)[1:-1]]]
            while lines[at].startswith('|'):
                cells.append([plain(cell.strip()) for cell in re.split(r'(?<!\\)\|', lines[at])[1:-1]])
                at += 1
            want(all(len(row) == len(cells[0]) for row in cells), f'{titles}: rows of {sorted({len(row) for row in cells})} cells')
            rows = [row[:1] if re.fullmatch(r'\*.+\*', row[0]) and not any(row[1:]) else row for row in cells[2:]]
            tables.append(Table(titles, caption, cells[0], [[row[0][1:-1]] if len(row) == 1 and len(cells[0]) > 1 else row for row in rows], mark))
            caption, mark = '', False
    return tables


class Page(html.parser.HTMLParser):
    """The tables of an HTML page, its elements and its text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tables, self.titles, self.names, self.stack, self.attributes = [], [], [], [], []
        self.mark, self.cell, self.caption, self.said = False, None, '', []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += attrs
        if tag not in ('meta', 'rect', 'polyline', 'polygon', 'circle', 'br'):
            self.stack.append(tag)
        if tag == 'table':
            self.rows, self.caption = [], ''
        elif tag == 'tr':
            self.rows.append([])
        elif tag in ('th', 'td', 'caption', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'):
            self.cell = ''
        elif tag == 'p' and dict(attrs).get('class', '').startswith('mark'):
            self.mark = True

    def handle_endtag(self, tag):
        if tag not in ('rect', 'polyline', 'polygon', 'circle'):
            want(self.stack and self.stack[-1] == tag, f'</{tag}> in {self.stack[-3:]}')
            self.stack.pop()
        if tag in ('th', 'td'):
            self.rows[-1].append(self.cell.strip())
        elif tag == 'caption':
            self.caption = bare(self.cell.strip())
        elif re.fullmatch(r'h[1-6]', tag):
            self.titles, self.mark = [*self.titles[:int(tag[1]) - 1], bare(self.cell.strip())], False
        elif tag == 'table':
            width = max(len(row) for row in self.rows)
            headed = 'thead' in self.names[-1 - self.names[::-1].index('table'):]
            heads = self.rows.pop(0) if headed else [''] * width
            self.tables.append(Table(self.titles, self.caption, heads, self.rows, self.mark))
            self.mark = False

    def handle_data(self, data):
        if self.stack and self.stack[-1] in ('script', 'style'):
            return
        if self.cell is not None:
            self.cell += data
        self.said.append(data)


class Dossier:
    """The tables of one page, to be asked by the words of its language."""

    def __init__(self, tables, lang, label):
        self.tables, self.lang, self.label = tables, lang, label

    def word(self, name):
        return self.label[name][self.lang]

    def find(self, chapter, heads=(), caption=''):
        """The tables of a chapter or section that have these heads."""
        found = [t for t in self.tables if self.word(chapter) in t.titles and all(self.word(h) in t.heads for h in heads) and (not caption or t.caption == caption)]
        want(found, f'no table of {chapter} with {heads}')
        return found

    def one(self, chapter, heads=(), caption=''):
        return self.find(chapter, heads, caption)[0]


def number(text):
    """A number as it is shown; None for a dash."""
    text = text.replace(',', '').rstrip(' %')
    return None if text in ('-', '') else Decimal(text)


def rounded(value, digits=CENT):
    return None if value is None else Decimal(value).quantize(digits, ROUND_HALF_EVEN) + 0


def shown(value):
    return None if value is None else rounded(value)


# --- what is compared ---

def totals(d, account):
    labels = {'SCOPE1': 'scope1', 'SCOPE2_LOCATION': 'scope2_location', 'SCOPE3': 'scope3', 'GROSS_OF': 'gross', 'REMOVALS': 'removals', 'NET': 'net',
              'CREDITS': 'credits', 'NET_AFTER_CREDITS': 'net_after_credits'}
    several = len(account['years']) > 1
    table = d.one('D_TOTALS_OF_YEARS' if several else 'TOTALS')
    seen = 0
    for label, key in labels.items():
        rows = [row for row in table.rows if row[0].startswith(d.word(label))] if label != 'NET' else [row for row in table.rows if row[0] == d.word(label)]
        for row in rows[:1]:
            for column, year in enumerate(account['years'], 1):
                same(number(row[column]), shown(year['totals'].get(key)), f'{label} of {year["year"]}')
                seen += 1
    want(seen >= 4 * len(account['years']), f'{seen} totals')


def sources(d, account, ledger, year):
    groups = {}
    for entry in ledger:
        if entry['bucket'] == 'gross' and entry['period'].startswith(str(year)):
            key = entry['scope'], entry['activity']
            groups[key] = groups.get(key, 0) + entry['co2e_kg'] / 1000
    table = d.one('D_SOURCES_TITLE', ('SOURCE',))
    found = [row for row in table.rows if row[1]]
    same(sorted(number(row[2]) for row in found), sorted(map(shown, groups.values())), 'sources')
    gross = next(y['totals']['gross'] for y in account['years'] if y['year'] == year)
    same(number(table.rows[-1][2]), shown(gross), 'their sum')


def term(text):
    """A term of an equation as a number; None for one that needs exp."""
    if 'exp(' in text:
        return None
    bracket = re.match(r'\(1 ([-+]) (?:[a-z_]+ )?([\d.]+)( %)?', text)
    if bracket:
        part = Decimal(bracket.group(2)) / (100 if bracket.group(3) else 1)
        return 1 - part if bracket.group(1) == '-' else 1 + part
    difference = re.match(r'\((-?[\d.]+)-([\d.]+)', text)
    if difference:
        return Decimal(difference.group(1)) - Decimal(difference.group(2))
    found = re.match(r'\(?(?:[A-Za-z_][A-Za-z_0-9]* )*(-?[\d,.]+)(?:/([\d.]+))?( ?%)?', text)
    want(found, f'term {text!r}')
    value = Decimal(found.group(1).replace(',', ''))
    value = value / Decimal(found.group(2)) if found.group(2) else value
    return value / 100 if found.group(3) else value


def equations(d, account, year):
    """Each redone by hand: quantity x terms is the mass, mass x GWP the CO2 equivalent, and all together the totals of the year."""
    table = d.one('D_EQUATIONS', ('L_FORMULA',))
    sums, done = {}, 0
    for row in table.rows:
        parts = row[2].split(' × ')
        values = [Decimal(re.match(r'-?[\d,.]+', parts[0]).group().replace(',', '')), *(term(part) for part in parts[1:])]
        mass, co2e = number(row[4]), number(row[6])
        if None not in values:
            product = Decimal(1)
            for value in values:
                product *= value
            want(abs(product - mass) <= Decimal('0.006'), f'{row[2]} = {product}, shown {mass}')
            want(abs(product * Decimal(row[5]) / 1000 - co2e) <= Decimal('0.0051'), f'{row[2]} x {row[5]} = {product * Decimal(row[5]) / 1000}, shown {co2e}')
            done += 1
        bucket, lines = sums.setdefault(row[0], [Decimal(0), 0])
        sums[row[0]] = [bucket + co2e, lines + 1]
    want(done > 10, f'{done} equations redone')
    of_year = next(y['totals'] for y in account['years'] if y['year'] == year)
    for label, key in (('SCOPE1', 'scope1'), ('SCOPE2_LOCATION', 'scope2_location'), ('SCOPE3', 'scope3'), ('REMOVALS', 'removals'), ('CREDITS', 'credits'),
                       ('D_MARKET', 'scope2_market'), ('BIOGENIC', 'biogenic_co2')):
        found, lines = sums.get(d.word(label), (Decimal(0), 0))
        if key in ('scope2_market',) and lines: # heat has no instrument: it is in the market-based total as it is in the other one
            continue
        want(abs(found - of_year.get(key, 0)) <= Decimal('0.0051') * (lines + 1), f'{label}: equations {found}, total {of_year.get(key)}')


def path(d, plan):
    table = d.one('P_PATH', ('P_H_BAU', 'P_H_SAVED', 'P_H_GROSS'))
    keys = ('year', 'business_as_usual', 'saved', 'gross', 'removals', 'net', 'credits')
    same([[number(cell) for cell in row[:7]] for row in table.rows], [[shown(year[key]) for key in keys] for year in plan['years']], 'path')
    table = d.one('P_TARGETS', ('P_H_LIMIT', 'P_H_PLANNED'))
    same([[number(cell) for cell in row[3:7]] for row in table.rows], [[shown(t[key]) for key in ('limit', 'planned', 'gap', 'gap_as_usual')] for t in plan['targets']],
         'targets')
    line = next(line for line in plan['target_lines'] if line['kind'] in ('gross', 'net'))
    limits, gross, net = {}, {}, {}
    for table in d.find('D_INDICATORS', ('D_H_INDICATOR',)):
        years = [int(head[:4]) for head in table.heads[2:]]
        for store, start in ((limits, None), (gross, 'D_PLANNED_GROSS'), (net, 'D_PLANNED_NET')):
            row = table.rows[0] if start is None else next(row for row in table.rows if row[0] == d.word(start))
            store.update(zip(years, map(number, row[2:])))
    same(limits, {year['year']: shown(year['limit']) for year in line['years']}, 'target of each year')
    same((gross, net), tuple({year['year']: shown(year[key]) for year in plan['years']} for key in ('gross', 'net')), 'planned')


def projects(d, plan, check):
    table = d.one('D_PROJECTS', ('D_H_OWNER', 'D_H_CONTENT'))
    same({row[1]: number(row[7]) for row in table.rows}, {m['id']: shown(m.get('reduction')) for m in check['measures']}, 'reductions of projects')
    for table in [t for t in d.tables if d.word('P_MACC') in t.titles and d.word('P_H_ALONE') in t.heads and len(t.heads) == 9]:
        keys = (('alone', 1), ('after_overlap', 1), ('running_sum', 1), ('capital', 10000), ('running', 10000), ('saved', 10000), ('cost', 10000))
        named = {m['id']: m['name'] for m in plan['measures']}
        same([[row[0], *map(number, row[1:8])] for row in table.rows],
             [[f'{c["measure"]} {named[c["measure"]]}', *(shown(c[key] / by) if key in c else None for key, by in keys)] for c in plan['costs']], 'costs')


def conditions(d, check):
    status = {'met': 'MET', 'not_met': 'NOT_MET', 'undetermined': 'UNDETERMINED', 'expert_review': 'EXPERT_REVIEW', 'not_applicable': 'NOT_APPLICABLE'}
    table = d.one('D_OVERVIEW')
    same([(row[0], row[1], row[4].split(' ', 1)[1]) for row in table.rows], [(r['id'], r['clause'], d.word(status[r['status']])) for r in check['requirements']], 'conditions')
    table = d.one('D_PAPERS', ('D_H_PROVES',))
    named = {paper['name'] for r in check['requirements'] for e in r['evidence'] for paper in e.get('papers', [])}
    want(named <= {row[1] for row in table.rows}, f'papers: {named - {row[1] for row in table.rows}}')
    for r in check['requirements']:
        for e in r['evidence']:
            for paper in e.get('papers', []):
                row = next(row for row in table.rows if row[1] == paper['name'])
                want(r['status'] == 'not_applicable' or r['id'] in re.split('、|, ', row[3]), f'{paper["name"]} proves {row[3]}, not {r["id"]}')


def files(d, check, plan):
    table = d.one('D_FILES', ('D_H_DIGEST',))
    found = {row[0]: row[4] for row in table.rows}
    wanted = {f['file']: f['sha256'] for f in [*check['files'], *plan['files'], *check['account']['inputs']]}
    same({name: found.get(name) for name in wanted}, wanted, 'digests')
    want(check['rules']['sha256'] in found.values() and check['account']['factor_set']['sha256'] in found.values(), 'digests of rules and factors')


def answers(t, case, params):
    extra = ('--params', PARAMS) if params else ()
    account = t.run('account', case, '-f', 'json', '--ledger', 'ledger.ndjson').json()
    with open(t.path('ledger.ndjson'), 'rb') as f:
        ledger = [parse_json(line) for line in f]
    return account, ledger, t.run('check', case, '-f', 'json', *extra), t.run('plan', case, '-f', 'json', *extra).json(), extra


def rows_of(tables):
    return [(t.titles, t.caption, t.heads, t.rows, t.marked) for t in tables]


def uses_own_examples(case, account):
    """Does a line use a factor of factors.csv whose source says that it is an example?"""
    file = os.path.join(case, 'factors.csv')
    if not os.path.exists(file):
        return False
    with open(file, encoding='utf-8-sig', newline='') as f:
        rows = list(csv.DictReader(f))
    sources = {row.get('编号') or row.get('id'): row.get('来源') or row.get('source') for row in rows}
    return any(row['used'] and '示例' in sources[row['id']] for row in account.get('user_rows', []))


def titles(d, check, plan):
    """Parameters and assumptions are called by their titles, a domain is told once, with its projects by id and name."""
    cells = {row[0] for table in d.tables for row in table.rows}
    ids = {param['id'] for param in check['params']} | {row['param'] for row in plan['assumptions']}
    same(sorted(cells & ids), [], 'ids where titles belong')
    want({param['title'][d.lang] for param in check['params']} <= cells, 'titles of parameters')
    same(len([table for table in d.tables if table.heads[:1] == [d.word('D_H_DOMAIN')] and len(table.heads) < 4]), 1, 'tables of domains')
    shown = ' '.join(row[2] for row in d.one('D_COVERAGE').rows)
    for m in check['measures']:
        want(m['status'] == 'cancelled' or f'{m["id"]} {m["name"]}' in shown, f'{m["id"]} by its name')


def lines_proved(d, case):
    """What lines of the inventory name as their evidence is in the catalogue."""
    with open(os.path.join(case, 'inventory.csv'), encoding='utf-8-sig', newline='') as f:
        rows = list(csv.DictReader(f))
    named = {paper.strip() for row in rows for name in ('凭证', '佐证材料', 'evidence') for paper in re.split('[;；、]', row.get(name) or '')} - {''}
    want(named, f'{case} has no evidence')
    same(sorted(named - {row[1] for row in d.one('D_PAPERS', ('D_H_PROVES',)).rows}), [], 'papers of the inventory')


def example(t, name, label, lang, params):
    case = os.path.join(ROOT, 'examples', name)
    account, ledger, check, plan, extra = answers(t, case, params)
    done = t.run('report', case, '-f', 'md', '--lang', lang, *extra)
    same((done.status, done.errors), (check.status, check.errors), 'status and messages of check')
    page = t.run('report', case, '-f', 'html', '--lang', lang, *extra)
    d = Dossier(markdown(done.text), lang, label)
    same(rows_of(Page(page.text).tables), rows_of(d.tables), 'tables of HTML and Markdown')
    year = plan['base_year']
    totals(d, account)
    sources(d, account, ledger, year)
    equations(d, account, year)
    path(d, plan)
    projects(d, plan, check.json())
    conditions(d, check.json())
    files(d, check.json(), plan)
    uses = [table for table in d.tables if d.word('D_OVERVIEW') in table.titles or d.word('PARAMS') in table.titles]
    same({table.marked for table in uses}, {params}, 'marks of what parameters decide')
    want(all(table.marked for table in d.find('D_INDICATORS') + d.find('P_PATH')), 'marks of what assumptions decide')
    own = uses_own_examples(case, account)
    want(not any(table.marked for table in d.find('D_APPLICANT')), 'marks of what uses no examples')
    same({table.marked for table in d.find('ACCOUNT')}, {own}, 'marks of what factors of the applicant decide')
    first = done.text.split('\n## ')[0]
    same((d.word('ILLUSTRATIVE') in first, d.word('D_OWN_ILLUSTRATIVE') in first), (params, own), 'the marks of the first page')
    titles(d, check.json(), plan)
    lines_proved(d, case)
    said_once(t, d, done.text, page.text, [case, '-f', 'html', '--lang', lang, *extra])


def said_once(t, d, text, page, words):
    """A picture brings no table that its chapter has; alone it brings its own. One mark stands before a table, and a picture carries its own inside."""
    alone = {table.caption for table in Page(t.run('report', *words, '--part', 'pictures').text).tables}
    for key in ('F_PATH_TABLE', 'F_SCHEDULE_TABLE', 'F_COSTS_TABLE', 'F_LIMITS_TABLE', 'F_PROFILES_TABLE'):
        want(any(d.word(key) in caption for caption in alone), f'{key} lacks in the pictures alone: {alone}')
        want(not any(d.word(key) == table.caption for table in d.tables), f'{key} stands beside the table of its chapter')
    marks = re.escape('> **' + d.word('D_MARK') + '**')
    want(not re.search(marks + r'\s+' + marks, text), 'a mark twice')
    want(not re.search(r'<p class="mark[^>]*>[^<]*</p>\s*<figure', page), 'a mark above a picture that has it inside')


def page_laws(t, name, lang):
    """The page fetches and runs nothing, names its language, has a head for every column, and is the same twice."""
    case = os.path.join(ROOT, 'examples', name)
    first, second = (t.run('report', case, '-f', 'html', '--lang', lang, '--uncertainty', 'approach1').out for _ in range(2))
    same(first, second, 'the same page twice')
    page = Page(first.decode('utf-8'))
    want(not {'script', 'link', 'img', 'iframe', 'object', 'embed', 'form', 'base', 'use', 'image'} & set(page.names), 'an element that runs or fetches')
    same([(k, v) for k, v in page.attributes if k.startswith('on') or k in ('src', 'srcset', 'action') or (k == 'href' and not v.startswith('#c'))], [], 'attributes that run or fetch')
    want(b"default-src 'none'" in first and not re.search(rb'url\(|@import', first), 'the policy, or a style that fetches')
    same(dict(page.attributes)['lang'], 'zh-CN' if lang == 'zh' else 'en', 'language')
    ids = [v for k, v in page.attributes if k == 'id']
    same(len(ids), len(set(ids)), 'ids')
    same([v for k, v in page.attributes if k == 'href' and v[1:] not in ids], [], 'links that lead nowhere')
    want(page.names.count('svg') >= 5 and page.names.count('svg') == page.names.count('figure') == page.names.count('desc'), 'pictures')


HOSTILE = ('<script>alert(1)</script>', '</td></table>|x|', '`code` **bold** [a](javascript:b) ![i](http://x/y)', '&lt;b&gt; \\| \\\\', '长' * 10000, '# not a head', '"\'><svg onload=x>')


def hostile(t, label):
    """Names that would be markup stay text, in the cells where they stand."""
    case = t.path('hostile/x')[:-2]
    shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), case, dirs_exist_ok=True)
    with open(os.path.join(case, 'measures.csv'), encoding='utf-8-sig') as f:
        lines = f.read().splitlines()
    for i, name in enumerate(HOSTILE[:5]):
        cells = lines[i + 1].split(',')
        cells[1] = '"' + name.replace('"', '""') + '"'
        lines[i + 1] = ','.join(cells)
    t.write('hostile/measures.csv', '\n'.join(lines) + '\n')
    with open(os.path.join(case, 'case.csv'), encoding='utf-8-sig') as f:
        text = f.read()
    t.write('hostile/case.csv', re.sub(r'(?m)^name,[^,]*', 'name,"' + (HOSTILE[5] + HOSTILE[6]).replace('"', '""') + '"', text))
    done, page = (t.run('report', case, '-f', f, '--lang', 'zh') for f in ('md', 'html'))
    same((done.status, page.status), (4, 4), 'status')
    read = Page(page.text)
    tables = markdown(done.text)
    same([r for r in rows_of(read.tables) if r[0]], [r for r in rows_of(tables) if r[0]], 'tables of HTML and Markdown')
    want(not {'script', 'b', 'a', 'img'} & (set(read.names) - {'a'}) and not any(k.startswith('on') for k, _ in read.attributes), 'markup of a name')
    d = Dossier(tables, 'zh', label)
    same([row[2] for row in d.one('D_PROJECTS', ('D_H_OWNER',)).rows], list(HOSTILE[:5]), 'names of projects')
    want(read.titles[0].startswith(HOSTILE[5] + HOSTILE[6]), 'the title')


def written(t):
    """Nothing is written over an input or left half done; what has errors has no dossier."""
    case = t.path('case/x')[:-2]
    shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), case, dirs_exist_ok=True)
    os.makedirs(os.path.join(case, 'evidence'))
    for name in ('光伏可研报告.pdf', 'evidence/营业执照.pdf'):
        t.write('case/' + name, '%PDF')
    def state():
        return {name: open(os.path.join(at, name), 'rb').read() for at, _, names in os.walk(case) for name in names}
    before = state()
    for target in ('inventory.csv', 'measures.csv', 'assumptions.csv', 'evidence/营业执照.pdf', '光伏可研报告.pdf'):
        done = t.run('report', case, '-f', 'html', '-o', os.path.join(case, target))
        same((done.status, OVER in done.errors or target.endswith('.pdf')), (USAGE, True), f'over {target}: {done.errors}')
    same(state(), before, 'files of the case')
    d = markdown(t.run('report', case, '-f', 'md').text)
    papers = {row[1]: row for table in d for row in table.rows if len(row) == 7 and 'SHA-256' in table.heads}
    same([papers[name][4:6] for name in ('光伏可研报告.pdf', '营业执照.pdf', '采购计划.xlsx')], [['found', '4'], ['found', '4'], ['not found', '-']], 'papers')
    done = t.run('report', case, '-o', 'out.html')
    want(done.status == 4 and open(t.path('out.html'), 'rb').read().startswith(b'<!doctype html>'), 'a format by its file')
    same(t.run('report', case, '-o', t.path('out.md'), '--part', 'plan').status, 4, 'a part')
    t.write('case/measures.csv', 'id,name,group\nM1,,no\n')
    done = t.run('report', case, '-o', 'none.html')
    same((done.status, os.path.exists(t.path('none.html'))), (INVALID, False), 'a case with errors')


def parts(t, label):
    """Each part has its own chapters and those of every part, in the words of the whole."""
    case = os.path.join(ROOT, 'examples', 'building')
    whole = markdown(t.run('report', case, '-f', 'md', '--lang', 'en').text)
    everywhere = {label[name]['en'] for name in ('D_CAVEATS', 'D_FILES')}
    wanted = {'account': ('D_METHOD', 'ACCOUNT'), 'check': ('D_APPLICANT', 'D_CHECK', 'D_PAPERS'),
              'plan': ('D_PEAK', 'D_PATH', 'D_PROJECTS', 'D_SCHEDULE', 'D_COSTS'), 'pictures': ('D_PICTURES',)}
    for part, chapters in wanted.items():
        text = t.run('report', case, '-f', 'md', '--lang', 'en', '--part', part).text
        same({bare(head) for head in re.findall(r'(?m)^## (.*)', text)}, everywhere | {label[name]['en'] for name in chapters}, part)
        rows = [table.rows for table in markdown(text)]
        told = [table.rows for table in markdown(text) if table.heads == [label[name]['en'] for name in ('D_H_DOMAIN', 'D_H_PROJECT')]] # of domains: the whole has one with them all
        want(part == 'pictures' or all(r in [table.rows for table in whole] or r in told for r in rows), f'tables of {part} that the whole has not')
    for part, chapter in (('indicators', 'D_INDICATORS'), ('projects', 'D_PROJECTS'), ('schedule', 'D_SCHEDULE'), ('costs', 'D_COSTS'), ('conditions', 'D_CHECK'),
                          ('evidence', 'D_PAPERS')):
        text = t.run('report', case, '-f', 'md', '--lang', 'en', '--part', part).text
        same([bare(head) for head in re.findall(r'(?m)^## (.*)', text)], [label[chapter]['en']], f'{part} alone')
        told = [label[name]['en'] for name in ('D_H_DOMAIN', 'D_H_PROJECT')]
        want(markdown(text) and all(table.rows in [r.rows for r in whole] or table.heads == told for table in markdown(text)), f'tables of {part} that the whole has not')
        t.run('report', case, '--part', part, '-o', t.path(f'{part}.xlsx'))
        want(os.path.getsize(t.path(f'{part}.xlsx')) > 1000, f'{part} as a workbook')


def in_words(t, label):
    """Units of factors in the words of the language; years whose source calls them provisional are hollow, with a word that says so."""
    t.write('words/case.csv', 'fact,value\nname,x\ncategory,enterprise\nbase_year,2023\nstart,2024-01\nend,2027-12\n')
    t.write('words/inventory.csv', 'period,activity,quantity,unit\n2023,酒店住宿,1200,间夜\n')
    t.write('s.csv', 'year,emissions,unit,source\n2019,90,t,公报\n2020,95,t,公报\n2021,80,t,公报\n2022,78,t,初步核算\n')
    for lang, unit in (('zh', 'kg/间夜'), ('en', 'kg/(room night)')):
        text = t.run('report', 'words', '--lang', lang, '-f', 'md').text
        want(plain(unit) in plain(text) and ('room night' in text) == (lang == 'en'), f'{lang}: {re.findall("kg/[^ |]*", text)[:9]}')
        page = t.run('report', 'words', '--lang', lang, '-f', 'html', '--series', 's.csv').text
        figure = next(f for f in re.findall(r'<figure.*?</figure>', page, re.S) if label['F_PROVISIONAL'][lang] in f)
        hollow = [c for c in re.findall(r'<circle[^>]*>', figure) if 'fill="var(--ground' in c]
        same(len(hollow), 2, f'{lang}: the year and the one that tells; {re.findall("<circle[^>]*>", figure)}')
        want(label['F_PROVISIONAL'][lang] not in t.run('report', os.path.join(ROOT, 'examples', 'region'), '--lang', lang, '-f', 'html').text, 'a word without such a year')


def on_a_terminal(t, *args):
    """Exit status and what stood on it."""
    child, master = pty.fork()
    if child == 0:
        os.execv(t.tanhe, [t.tanhe, *args])
    said = b''
    try:
        while got := os.read(master, 65536):
            said += got
    except OSError: # what Linux says at the end
        pass
    os.close(master)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def no_bytes_on_a_terminal(t):
    case = os.path.join(ROOT, 'examples', 'enterprise')
    for kind in ('docx', 'xlsx'):
        status, said = on_a_terminal(t, 'report', case, '-f', kind)
        same((status, b'PK' in said, b'-o FILE' in said or '-o 文件名'.encode() in said), (USAGE, False, True), f'{kind}: {said[:200]}')
        status, said = on_a_terminal(t, 'report', case, '-f', kind, '-o', '-')
        want(status != USAGE and said.startswith(b'PK') or b'PK\x03\x04' in said, f'{kind} by -o -: {status} {said[:60]}')
        want(t.run('report', case, '-f', kind).out.startswith(b'PK'), f'{kind} into a pipe')
    want(on_a_terminal(t, 'report', case, '-f', 'md')[0] != USAGE, 'text is written')


def projects_as_stated(t, label):
    """Owner, content and investment stand in the table as stated; what is not stated is a dash and not 0."""
    case = t.path('stated/x')[:-2]
    shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), case, dirs_exist_ok=True)
    t.write('stated/measures.csv', '编号,项目名称,领域,责任单位,建设内容,总投资(万元),开工时间,竣工时间,年减排量,单位\n'
                                   'M1,光伏,能源领域,设备部,屋顶 2.5 MWp,"1,050.5",2024-03,2024-12,1240,t CO2e/a\nM2,余热,工业和新基建领域,,,,2024-06,,,\n')
    done = t.run('report', case, '-f', 'md', '--lang', 'zh')
    d = Dossier(markdown(done.text), 'zh', label)
    same(d.one('D_PROJECTS', ('D_H_OWNER',)).rows, [['能源领域', 'M1', '光伏', '设备部', '屋顶 2.5 MWp', '1,050.50', '2024-03至2024-12', '1,240.00', '减排'],
                                                   ['工业和新基建领域', 'M2', '余热', '-', '-', '-', '2024-06至?', '-', '减排']], 'projects')
    want('已填投资的项目合计1,050.50万元；另有1个项目未填投资或未写单位。' in done.text, 'what is known of the investment')


def more_tables(table, check, plan):
    """Parameters, indicators, measures of the path, series and caveats, each as JSON has it."""
    rows = table('check', 'params', '--params', PARAMS)[1:]
    same([(row[0], Decimal(row[2])) for row in rows if row[2]], [(p['id'], p['value']) for p in check['params'] if 'value' in p], 'params of a check')
    same(len(rows), len(check['params']), 'params')
    same([(row[0], Decimal(row[2])) for row in table('plan', 'params')[1:]], [(p['param'], p['value']) for p in plan['assumptions']], 'params of a plan')
    rows = table('plan', 'indicators')[1:]
    for name, key in (('Gross emissions with measures', 'gross'), ('Net emissions with measures', 'net')):
        got = {int(row[0]): Decimal(row[3]) for row in rows if row[1] == name}
        same(sorted(got), [y['year'] for y in plan['years']], 'years of the indicators')
        want(all(abs(got[y['year']] - y[key]) < Decimal('1e-6') for y in plan['years']), f'{name}: {got}')
    listed = [row[0] for row in table('plan', 'measures')[1:]]
    same(listed, [m['id'] for m in plan['measures'] if m['id'] in listed], 'measures')
    same(len(table('plan', 'series')) - 1, sum(len(s['points']) if 'points' in s else len(s.get('years', [])) for s in plan['series']), 'years of series')
    for command, report in (('check', check), ('plan', plan)):
        rows = table(command, 'caveats', '--params', PARAMS)[1:]
        same(sorted({c['code'] for c in report['caveats']} - {row[0] for row in rows}), [], f'{command}: caveats')
        want(not any('/' in row[3] for row in rows), 'a folder in a name')


def as_csv(t, name, label):
    """Tables as CSV: all digits of the JSON, heads by --headers whatever the language, empty where nothing is known."""
    case = os.path.join(ROOT, 'examples', name)
    check, plan = t.run('check', case, '-f', 'json', '--params', PARAMS).json(), t.run('plan', case, '-f', 'json').json()

    def table(command, which, *extra):
        done = t.run(command, case, '-f', 'csv', '--table', which, *extra)
        want(done.out.startswith(b'\xef\xbb\xbf') and done.out.endswith(b'\r\n') and not done.errors, f'{which}: {done.errors}')
        return list(csv.reader(io.StringIO(done.out[3:].decode('utf-8'), newline='')))

    limits = table('check', 'limits', '--params', PARAMS)
    same([[row[0], *(Decimal(cell) if cell else None for cell in (row[2], row[4], row[5])), row[3]] for row in limits[1:]],
         [[r['id'], *(limit.get(key) for key in ('observed', 'required', 'margin')), {'ge': '>=', 'gt': '>', 'le': '<=', 'lt': '<'}[limit['compare']]]
          for r in check['requirements'] for limit in r['limits']], 'limits')
    keys = ('year', 'business_as_usual', 'saved', 'gross', 'removals', 'net', 'credits')
    same([[Decimal(cell) for cell in row[:7]] for row in table('plan', 'path')[1:]], [[year[key] for key in keys] for year in plan['years']], 'path')
    same([[Decimal(cell) for cell in row[3:7]] for row in table('plan', 'targets')[1:]],
         [[goal[key] for key in ('limit', 'planned', 'gap', 'gap_as_usual')] for goal in plan['targets']], 'targets')
    same([(row[1], Decimal(row[7]) if row[7] else None) for row in sorted(table('check', 'projects')[1:], key=lambda row: row[1])],
         [(m['id'], m.get('reduction')) for m in sorted(check['measures'], key=lambda m: m['id'])], 'projects')
    for command, which in (('check', 'conditions'), ('check', 'evidence'), ('plan', 'projects'), ('plan', 'costs'), ('plan', 'schedule')):
        rows = table(command, which)
        same((len({len(row) for row in rows}), len(rows) > 1), (1, True), which)
    more_tables(table, check, plan)
    same(table('plan', 'path', '--lang', 'zh')[0], table('plan', 'path')[0], 'heads whatever the language')
    same(table('plan', 'path', '--headers', 'zh')[0][0], label['P_H_YEAR']['zh'], 'heads for people')
    for args in (('check', case, '-f', 'csv'), ('plan', case, '--table', 'path'), ('plan', case, '-f', 'csv', '--table', 'limits')):
        same((t.run(*args).status, t.run(*args).out), (USAGE, b''), f'{args}')


def command(t):
    """The chapter on data files says by which command the document was made: the same command makes the same bytes, and its files are named by their digests."""
    case = shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), t.path('a case'))
    shutil.copy(PARAMS, t.path('p.csv'))
    t.write('own.csv', 'id,gas,value,unit,source,activity\nx-power,CO2,0.5,kg/kWh,me,electricity\n')
    t.write('grow.csv', 'param,value,unit,source\ngrowth,2,%,me\n')
    for words in ([], ['--params', 'p.csv', '--factors', 'own.csv', '--gwp', 'AR6', '--accept-holes', "the meter's gone; $HOME", '--as-of', '2024', '--between', '2022,2023', '--scenario', 'grow.csv',
                       '--uncertainty', 'approach2', '--trials', '300', '--seed', '7', '--route', 'threshold', '--require-evidence', '--fallback', 'nearest']):
        for form in ('md', 'html', 'docx', 'xlsx'):
            with t.case(f'command of {form}, {len(words)} words'):
                first = t.run('report', 'a case', *words, '-f', form, '-o', f'one.{form}')
                want(first.status in (0, 1, 4), first.errors)
                if form != 'md':
                    with open(t.path(f'one.{form}'), 'rb') as f:
                        whole = f.read()
                    text = text_of(whole) if form in ('docx', 'xlsx') else whole.decode()
                    want('tanhe report' in text, 'no command')
                    continue
                with open(t.path('one.md'), encoding='utf-8') as f:
                    text = f.read()
                line = plain(re.search(r'^- \*\*(?:Made by|生成命令)\*\*\s+(tanhe report .*)$', text, re.M)[1])
                made = shlex.split(line)
                same(made[:3], ['tanhe', 'report', 'a case'], line)
                same(t.run(*made[1:], '-f', 'md', '-o', 'two.md').status, first.status, line)
                with open(t.path('two.md'), encoding='utf-8') as f:
                    same(f.read(), text, 'the same command')
                same(len(made) - 3, len(words), f'{line}: words')
    same(sorted(os.listdir(case)), sorted(os.listdir(os.path.join(ROOT, 'examples', 'enterprise'))), 'the case')


def text_of(package):
    """What stands in the parts of an office document."""
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        return ' '.join(re.sub('<[^>]*>', '', whole.read(name).decode('utf-8', 'replace')) for name in whole.namelist() if name.endswith('.xml'))


def run(t):
    command(t)
    label = words()
    for name in EXAMPLES:
        for lang in ('en', 'zh'):
            for params in (False, True):
                with t.case(f'{name}, {lang}{", illustrative" if params else ""}: the numbers of account, check and plan'):
                    example(t, name, label, lang, params)
    for name, lang in (('region', 'zh'), ('building', 'en')):
        with t.case(f'{name}, {lang}: the page runs and fetches nothing'):
            page_laws(t, name, lang)
    for name in EXAMPLES:
        with t.case(f'{name}: tables as CSV'):
            as_csv(t, name, label)
    for case, what in ((hostile, 'hostile names stay text'), (parts, 'parts'), (in_words, 'units and provisional years'), (projects_as_stated, 'projects as stated')):
        with t.case(what):
            case(t, label)
    with t.case('no bytes on a terminal'):
        no_bytes_on_a_terminal(t)
    with t.case('nothing is written over an input or half done'):
        written(t)
