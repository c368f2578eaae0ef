#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents as other programs open them: tests/documents.py --tanhe build/tanhe.

Pages in Chromium: no label outside its picture or over another, no message on the console, no request, dark and light; printed, every label is in the PDF.
Texts of a word processor: the same bytes twice, opened by python-docx, and by LibreOffice made a PDF in which every label of every picture stands inside the page.
Workbooks: computed anew by LibreOffice, totals are those of JSON and each row comes to the value beside; with another quantity, factor or GWP, to what tanhe says of such a case.
The last line counts all cases, as in tests/run.py."""
import argparse
import csv
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as ElementTree
from decimal import ROUND_HALF_EVEN, Decimal

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLES = ('enterprise', 'region', 'park', 'building', 'community')
PARAMS = os.path.join(ROOT, 'examples', 'params-illustrative.csv')
# Of the national scheme, in the order of its annex 2: pages and texts as of the others.
OUTLINED = {'park-910': ['--rules', 'ndrc-2025-910', '--outline', '910']}
W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
# Asked of each of several pages that lie in frames of one: what of its pictures is not as it should be, and what it fetched.
SCRIPT = '''
function look(frame) {
  const found = [], page = frame.contentDocument, view = frame.contentWindow;
  for (const svg of page.querySelectorAll('svg')) {
    const size = svg.viewBox.baseVal;
    const texts = [...svg.querySelectorAll('text')].map(e => [[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(''), e.getBBox()]);
    for (const [text, box] of texts)
      if (box.x < -0.5 || box.y < -0.5 || box.x + box.width > size.width + 0.5 || box.y + box.height > size.height + 0.5)
        found.push('outside: ' + text);
    for (let i = 0; i < texts.length; i++)
      for (let k = i + 1; k < texts.length; k++) {
        const a = texts[i][1], b = texts[k][1];
        if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1 && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 4)
          found.push('over each other: ' + texts[i][0] + ' | ' + texts[k][0]);
      }
  }
  const light = colour => {
    const c = colour.match(/[0-9.]+/g).slice(0, 3).map(x => { x /= 255; return x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; });
    return .2126 * c[0] + .7152 * c[1] + .0722 * c[2];
  };
  const ground = light(view.getComputedStyle(page.body).backgroundColor);
  for (const text of page.querySelectorAll('svg text')) {
    const own = light(view.getComputedStyle(text).fill), ratio = (Math.max(own, ground) + .05) / (Math.min(own, ground) + .05);
    if (ratio < 4.5) found.push('contrast ' + ratio.toFixed(1) + ': ' + text.textContent);
  }
  for (const entry of view.performance.getEntriesByType('resource')) found.push('fetched: ' + entry.name);
  const root = page.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) found.push('wider than the window: ' + root.scrollWidth);
  return {pictures: page.querySelectorAll('svg').length, found: found, dark: ground < .5};
}
window.onload = () => {
  const answer = [...document.querySelectorAll('iframe')].map(look);
  document.body.innerHTML = '<pre id=found></pre>';
  document.getElementById('found').textContent = JSON.stringify(answer);
};
'''


class Cases:
    def __init__(self):
        self.passed = self.failed = 0

    def case(self, name, wrong):
        """`wrong`: what is not as it should be, an empty list where all is well."""
        if wrong:
            self.failed += 1
            print(f'FAIL {name}\n  ' + '\n  '.join(map(str, wrong[:20])), flush=True)
        else:
            self.passed += 1


def command(*words, **more):
    return subprocess.run(words, capture_output=True, timeout=300, check=False, **more)


class Browser:
    def __init__(self, folder):
        self.folder = folder

    def run(self, page, *words):
        """Its stdout, and what it wrote beside."""
        done = command('chromium', '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--enable-logging=stderr',
                       f'--user-data-dir={self.folder}/browser', *words, f'file://{page}')
        return done.stdout.decode('utf-8', 'replace'), done.stderr.decode('utf-8', 'replace')

    def asked(self, pages, dark, width):
        """What the script finds in copies of the pages that may be looked into."""
        frames = ''
        for page in pages:
            with open(page, encoding='utf-8') as f:
                text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', '', f.read())
            frames += f'<iframe style="width:{width}px;height:1000px" srcdoc="{html.escape(text, quote=True)}"></iframe>\n'
        asking = f'{self.folder}/asking.html'
        with open(asking, 'w', encoding='utf-8') as f:
            f.write(f'<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head><body>{frames}<script>{SCRIPT}</script></body></html>')
        out, _ = self.run(asking, '--dump-dom', '--window-size=1300,1000', *(['--blink-settings=preferredColorScheme=0'] if dark else []))
        answer = re.search(r'<pre id="found">(.*?)</pre>', out, re.S)
        return json.loads(html.unescape(answer[1])) if answer else [{'pictures': 0, 'found': ['no answer: ' + out[-300:]], 'dark': dark}] * len(pages)

    def console(self, pages):
        """What they write on the console, opened as they are."""
        opening = f'{self.folder}/opening.html'
        with open(opening, 'w', encoding='utf-8') as f:
            f.write('<!doctype html><html><head><meta charset="utf-8"></head><body>' + ''.join(f'<iframe src="file://{page}"></iframe>' for page in pages) + '</body></html>')
        _, log = self.run(opening, '--dump-dom')
        return [line for line in log.splitlines() if 'CONSOLE' in line]


def squeezed(text):
    """Without what a line break or a font may change."""
    return re.sub(r'\s+', '', text.replace('\u2212', '-').replace('\u2010', '-').replace('\u00ad', ''))


def words_of(pdf):
    """All text of a PDF, and what of it lies outside its page."""
    text = command('pdftotext', '-layout', pdf, '-').stdout.decode('utf-8', 'replace')
    raw = command('pdftotext', '-raw', pdf, '-').stdout.decode('utf-8', 'replace')
    boxes = command('pdftotext', '-bbox', pdf, '-').stdout.decode('utf-8', 'replace')
    outside, width, height = [], 0.0, 0.0
    for line in boxes.splitlines():
        page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line)
        word = re.search(r'xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*)</word>', line)
        if page:
            width, height = float(page[1]), float(page[2])
        elif word and (float(word[1]) < 0 or float(word[2]) < 0 or float(word[3]) > width or float(word[4]) > height):
            outside.append('outside its page: ' + html.unescape(word[5]))
    return squeezed(text) + squeezed(raw), outside


def labels_of(svg):
    """What is shown of the texts of a picture, without their hints."""
    root = ElementTree.fromstring(svg)
    texts = [e for e in root.iter() if e.tag.split('}')[-1] == 'text']
    return [''.join(filter(None, [e.text] + [child.tail for child in e])) for e in texts]


def missing(labels, words):
    """Labels of which the letters do not stand together anywhere; blanks and line ends do not count."""
    return [f'not in the PDF: {label}' for label in labels if squeezed(label) not in words]


# --- pages ---

def options_of(name):
    return [*OUTLINED.get(name, ['--params', PARAMS]), '--uncertainty', 'approach1']


def make_page(cases, folder, tanhe, name, lang):
    page = f'{folder}/{name}-{lang}.html'
    done = command(tanhe, '--lang', lang, 'report', f'{ROOT}/examples/{name}', *options_of(name), '-f', 'html', '-o', page)
    cases.case(f'{name}, {lang}: a page', [] if os.path.exists(page) else [done.stderr.decode('utf-8', 'replace')])
    return page


def check_pages(cases, browser, pages):
    names = [os.path.basename(page)[:-5] for page in pages]
    cases.case('nothing on the console', browser.console(pages))
    for dark in (False, True):
        for name, answer in zip(names, browser.asked(pages, dark, 1100)):
            wrong = answer['found'] + ([] if answer['pictures'] >= 7 else [f'{answer["pictures"]} pictures'])
            cases.case(f'{name}, {"dark" if dark else "light"}: pictures', wrong + ([] if answer['dark'] == dark else ['not in these colours']))
    for name, answer in zip(names, browser.asked(pages, False, 420)):
        cases.case(f'{name}: on a telephone', [f for f in answer['found'] if 'wider' in f])


def check_printed(cases, browser, page):
    pdf = page.replace('.html', '-page.pdf')
    browser.run(page, f'--print-to-pdf={pdf}', '--no-pdf-header-footer')
    with open(page, encoding='utf-8') as f:
        pictures = re.findall(r'<figure( class="screen")?[^>]*>.*?(<svg.*?</svg>)', f.read(), re.S)
    words, outside = words_of(pdf)
    labels = [label for screen, svg in pictures if not screen for label in labels_of(svg)]
    cases.case(f'{os.path.basename(page)}: printed', outside + missing(labels, words) + ([] if labels else ['no pictures']))


# --- texts of a word processor ---

def check_structure(document):
    """Heads of ruled tables stand on every page, no row is torn apart, every picture has its words."""
    wrong = []
    for table in document.iter(W + 'tbl'):
        rows = table.findall(W + 'tr')
        wrong += ['a row that may be torn apart' for row in rows if row.find(f'{W}trPr/{W}cantSplit') is None]
        if table.find(f'{W}tblPr/{W}tblBorders') is not None and rows[0].find(f'{W}trPr/{W}tblHeader') is None:
            wrong.append('a table whose heads do not repeat')
    for picture in document.iter('{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr'):
        if not picture.get('descr', '').strip():
            wrong.append('a picture without words')
    return wrong


def check_text(cases, folder, tanhe, name, lang):
    import docx
    files = [f'{folder}/{name}-{lang}-{i}.docx' for i in (1, 2)]
    for file in files:
        done = command(tanhe, '--lang', lang, 'report', f'{ROOT}/examples/{name}', *options_of(name), '-f', 'docx', '-o', file)
        if not os.path.exists(file):
            cases.case(f'{name}, {lang}: a text', [done.stderr.decode('utf-8', 'replace')])
            return
    with open(files[0], 'rb') as a, open(files[1], 'rb') as b:
        cases.case(f'{name}, {lang}: the same bytes twice', [] if a.read() == b.read() else ['others'])
    opened = docx.Document(files[0])
    cases.case(f'{name}, {lang}: python-docx opens it', [] if opened.tables and opened.inline_shapes and opened.core_properties.title else ['without tables, pictures or a title'])
    cases.case(f'{name}, {lang}: marked as illustrative', [] if opened.core_properties.subject else ['no mark'])
    with zipfile.ZipFile(files[0]) as package:
        cases.case(f'{name}, {lang}: tables and pictures', check_structure(ElementTree.fromstring(package.read('word/document.xml'))))
        labels = [label for part in package.namelist() if part.endswith('.svg') for label in labels_of(package.read(part))]
    office(folder, files[0])
    words, outside = words_of(files[0].replace('.docx', '.pdf'))
    cases.case(f'{name}, {lang}: every picture whole in the PDF', outside + missing(labels, words))


# --- the tables of an implementation plan, each by itself ---

def shown(value, decimals):
    """As a document has a number, half to even."""
    return '-' if value is None else f'{Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN):,}'


def expect_indicators(_, plan):
    """What each year comes to with measures; the base year stands in every table."""
    return {('采取措施后总排放量', str(y['year'])): shown(y['gross'], 2) for y in plan['years']} | {
        ('采取措施后净排放量', str(y['year'])): shown(y['net'], 2) for y in plan['years']} | {
        ('能源消费量', str(y['year'])): shown(y['tce'], 2) for y in plan['years']}


def expect_projects(check, _):
    return {(m['id'], head): value for m in check['measures'] for head, value in (('项目', m['name']), ('年减排量 tCO2e', shown(m.get('reduction'), 2)))}


def expect_schedule(check, _):
    words = {'planned': '计划', 'started': '在建', 'done': '已完成', 'cancelled': '取消'}
    return {(m['id'], head): value for m in check['measures'] for head, value in (('项目', m['name']), ('状态', words[m['status']]))}


def expect_costs(check, plan):
    name = {m['id']: m['name'] for m in check['measures']}
    return {(f'{c["measure"]} {name[c["measure"]]}', head): value for c in plan['costs'] for head, value in (
        ('单项减排量 t/年', shown(c['alone'], 2)), ('累计', shown(c['running_sum'], 2)), ('元/t', shown(c.get('per_tonne'), 1)))}


def expect_conditions(check, _):
    words = {'met': '✓ 满足', 'not_met': '✗ 未满足', 'undetermined': '? 暂不能判定', 'not_applicable': '- 不适用', 'expert_review': '◇ 由专家评审认定'}
    return {(r['id'], head): value for r in check['requirements'] for head, value in (
        ('条款', r['clause']), ('内容', r['title']['zh']), ('状态', words[r['status']]))}


def expect_evidence(check, _):
    words = {'found': '已找到', 'not_found': '未找到'}
    papers = [paper for r in check['requirements'] for evidence in r['evidence'] for paper in evidence.get('papers', [])]
    return {(paper['name'], '状态'): words[paper['state']] for paper in papers if paper['state'] in words}


PLAN_TABLES = {'indicators': (expect_indicators, '指标'), 'projects': (expect_projects, '编号'), 'schedule': (expect_schedule, '编号'), 'costs': (expect_costs, '措施'),
               'conditions': (expect_conditions, '编号'), 'evidence': (expect_evidence, '佐证材料')}


def read_tables(document, key):
    """Of the tables that have this column: the cells by its value and their head; a head of several lines is one."""
    cells = {}
    for table in document.tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if key not in rows[0]:
            continue
        for row in rows[1:]:
            for head, text in zip(rows[0], row):
                cells[row[rows[0].index(key)], head.replace('（基准年）', '')] = text
    return cells


def check_uncut(body):
    """Widths are fixed and within the page, no height is; heads stand on every page."""
    wrong = check_structure(body)
    page = body.find(f'.//{W}sectPr')
    room = int(page.find(W + 'pgSz').get(W + 'w')) - sum(int(page.find(W + 'pgMar').get(W + side)) for side in ('left', 'right'))
    for table in body.iter(W + 'tbl'):
        grid = [int(column.get(W + 'w')) for column in table.find(W + 'tblGrid')]
        if table.find(f'{W}tblPr/{W}tblLayout').get(W + 'type') != 'fixed' or not 0 < sum(grid) <= room + len(grid):
            wrong.append(f'a table of {sum(grid)} in a page of {room}')
    return wrong + ['a height of a row' for _ in body.iter(W + 'trHeight')]


def check_letters(cases, folder, tanhe):
    """The letters of what is asked for: python-docx opens them, and each is one page of which nothing is lost."""
    import docx
    case = f'{ROOT}/tests/golden/check/answers-zh/case'
    for lang in ('zh', 'en'):
        lists = f'{folder}/lists-{lang}'
        done = command(tanhe, '--lang', lang, 'check', case, '--requests', lists, '--brief')
        letters = sorted(f'{lists}/{name}' for name in os.listdir(lists) if name.endswith('.docx')) if os.path.isdir(lists) else []
        cases.case(f'letters, {lang}', [] if len(letters) > 2 else [done.stderr.decode('utf-8', 'replace')])
        office(lists, *letters)
        for letter in letters:
            texts = {cell.text for table in docx.Document(letter).tables for row in table.rows for cell in row.cells}
            pages = re.search(rb'Pages: +(\d+)', command('pdfinfo', letter.replace('.docx', '.pdf')).stdout)
            printed = squeezed(command('pdftotext', letter.replace('.docx', '.pdf'), '-').stdout.decode('utf-8', 'replace'))
            cases.case(f'{os.path.basename(letter)}, {lang}: one page, with all of it', ([] if pages and pages[1] == b'1' else [f'pages: {pages and pages[1]}']) +
                       [text for text in texts if not all(c in printed for c in squeezed(text))] + ([] if len(texts) > 3 else ['no table']))


def check_plan_tables(cases, folder, tanhe, name):
    import docx
    case = f'{ROOT}/examples/{name}'
    check, plan = (json.loads(command(tanhe, job, case, '--params', PARAMS, '-f', 'json').stdout, parse_float=Decimal) for job in ('check', 'plan'))
    files = {part: f'{folder}/{name}-{part}.docx' for part in PLAN_TABLES}
    for part, file in files.items():
        done = command(tanhe, '--lang', 'zh', 'report', case, '--params', PARAMS, '--part', part, '-o', file)
        cases.case(f'{name}, {part} alone', [] if os.path.exists(file) else [done.stderr.decode('utf-8', 'replace')])
    office(folder, *files.values())
    for part, file in files.items():
        if not os.path.exists(file):
            continue
        (expect, key), document = PLAN_TABLES[part], docx.Document(file)
        got, expected = read_tables(document, key), expect(check, plan)
        cases.case(f'{name}, {part} alone: as JSON has it',
                   [f'{at}: {got.get(at)!r}, not {value!r}' for at, value in expected.items() if got.get(at) != value] + ([] if expected else ['nothing']))
        cases.case(f'{name}, {part} alone: no cell is cut', check_uncut(document.element.body))
        words, outside = words_of(file.replace('.docx', '.pdf'))
        short = {cell.text for table in document.tables for row in table.rows for cell in row.cells if len(cell.text) < 5}
        cases.case(f'{name}, {part} alone: all of it in the PDF', outside + missing(sorted(short), words) + ([] if short else ['no cells']))


# --- workbooks ---

ALWAYS = '''<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>'''
EVERY_SHEET = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'
TOTALS = {'Scope 1': 'scope1', 'Scope 2 (location-based)': 'scope2_location', 'Scope 2 (market-based)': 'scope2_market', 'Scope 3': 'scope3', 'Gross emissions': 'gross',
          'Biogenic CO2': 'biogenic_co2', 'Removals': 'removals', 'Credits': 'credits', 'Avoided emissions': 'avoided', 'Gases outside the seven': 'outside_kyoto',
          'Net = gross - removals': 'net', 'After credits = net - credits': 'net_after_credits'}


def computed(folder, file, anew):
    """The sheets as LibreOffice has them, computed anew or as they were written: lists of dictionaries by the heads of their first row."""
    profile, out = f'{folder}/office-{"anew" if anew else "as-written"}', f'{folder}/sheets'
    os.makedirs(f'{profile}/user', exist_ok=True)
    if anew:
        with open(f'{profile}/user/registrymodifications.xcu', 'w', encoding='utf-8') as f:
            f.write(ALWAYS)
    shutil.rmtree(out, ignore_errors=True)
    command('soffice', '--headless', f'-env:UserInstallation=file://{profile}', '--convert-to', EVERY_SHEET, '--outdir', out, file)
    sheets, stem = {}, os.path.basename(file)[:-5]
    for name in os.listdir(out):
        with open(f'{out}/{name}', encoding='utf-8', newline='') as f:
            rows = list(csv.reader(f))
        sheets[name[len(stem) + 1:-4]] = [dict(zip(rows[0], row)) for row in rows[1:]]
    return sheets


def totals_of(sheets):
    return {(int(row['year']), TOTALS[row['Totals']]): float(row['by formula (t CO2e)']) for row in sheets['Summary'] if row['Totals']}


def said(folder, tanhe, case, *words):
    """The totals by the program itself, and what it wrote when it has none."""
    done = command(tanhe, 'check', case, '--params', PARAMS, '-f', 'json', *words)
    try:
        years = json.loads(done.stdout)['account']['years']
    except (ValueError, KeyError):
        return {}, done.stderr.decode('utf-8', 'replace')
    return {(y['year'], name): y['totals'][name] for y in years for name in TOTALS.values() if name in y['totals']}, ''


def other(got, expected, same):
    wrong = [f'{key}: {got.get(key)!r}, not {expected.get(key)!r}' for key in sorted(set(got) | set(expected))
             if key not in got or key not in expected or not same(got[key], expected[key])]
    return wrong + ([] if expected else ['no totals'])


def digits(a, b):
    """All that a spreadsheet keeps; tanhe rounds each line to 1e-12 t."""
    return f'{a:.15g}' == f'{b:.15g}' or abs(a - b) < 1e-11


def close(a, b):
    return abs(a - b) <= 1e-9 + 1e-12 * abs(b)


def make_workbook(folder, tanhe, case, name, *words):
    file = f'{folder}/{name}.xlsx'
    done = command(tanhe, '--lang', 'en', 'report', case, '--params', PARAMS, '-o', file, *words)
    return file, [] if os.path.exists(file) else [done.stderr.decode('utf-8', 'replace')]


def check_computed(cases, folder, tanhe, name, case):
    """The workbook as it is, and its totals computed anew."""
    file, wrong = make_workbook(folder, tanhe, case, name)
    cases.case(f'{name}: a workbook', wrong)
    if wrong:
        return None, {}
    expected, error = said(folder, tanhe, case)
    for anew in (False, True):
        sheets = computed(folder, file, anew)
        how = 'computed anew' if anew else 'as written'
        cases.case(f'{name}, {how}: totals', other(totals_of(sheets), expected, digits) + ([error] if error else []))
        far = [f'row {i}: {row["co2e_kg"]}, beside {row["by tanhe (kg CO2e)"]}' for i, row in enumerate(sheets['Ledger'], 2)
               if abs(float(row['co2e_kg']) - float(row['by tanhe (kg CO2e)'])) >= 1e-6]
        cases.case(f'{name}, {how}: rows', far + ([] if len(sheets['Ledger']) > 20 else [f'{len(sheets["Ledger"])} rows']))
    return file, totals_of(sheets)


def changed(file, name, change):
    """A copy in which `change` has written into the sheets, read by the heads of their first row."""
    import openpyxl
    book = openpyxl.load_workbook(file)
    change({sheet.title: sheet for sheet in book}, {sheet.title: {c.value: c.column for c in sheet[1]} for sheet in book})
    copy = file.replace('.xlsx', f'-{name}.xlsx')
    book.save(copy)
    return copy


def other_case(folder, case, name, line):
    """A copy of the case of which a line of the inventory has half as much again; the quantity as it is then."""
    copy = f'{folder}/{name}-case'
    shutil.copytree(case, copy)
    with open(f'{copy}/inventory.csv', encoding='utf-8-sig', newline='') as f:
        rows = list(csv.reader(f))
    column = next(i for i, head in enumerate(rows[0]) if head in ('数量', 'quantity'))
    quantity = round(float(rows[line - 1][column].replace(',', '')) * 1.5, 6)
    rows[line - 1][column] = repr(quantity)
    with open(f'{copy}/inventory.csv', 'w', encoding='utf-8', newline='') as f:
        csv.writer(f).writerows(rows)
    return copy, quantity


def check_quantity(cases, folder, tanhe, name, case, file, before):
    """Of fuel, whose gases all follow the one cell."""
    line = []

    def change(sheets, heads):
        sheet, at = sheets['Ledger'], heads['Ledger']
        row = next(row for row in range(2, sheet.max_row) if sheet.cell(row, at['gas']).value == 'CO2' and sheet.cell(row + 1, at['gas']).value == 'CH4' and
                   sheet.cell(row + 1, at['line']).value == sheet.cell(row, at['line']).value)
        line.append(sheet.cell(row, at['line']).value)
        line.extend(other_case(folder, case, name, line[0]))
        sheet.cell(row, at['quantity']).value = line[2]
    copy = changed(file, 'quantity', change)
    expected, error = said(folder, tanhe, line[1])
    got = totals_of(computed(folder, copy, True))
    cases.case(f'{name}: another quantity in line {line[0]}', other(got, expected, close) + ([error] if error else []) + ([] if got != before else ['nothing moved']))


def check_factor(cases, folder, tanhe, name, case, file, before):
    used, overlay = [], f'{folder}/{name}-factors.csv'

    def change(sheets, heads):
        sheet, at = sheets['Factors'], heads['Factors']
        row = next(row for row in range(2, sheet.max_row + 1) if str(sheet.cell(row, at['factor']).value).startswith('grid-shanghai'))
        used.append(sheet.cell(row, at['factor']).value)
        sheet.cell(row, at['factor_value']).value = 0.6125
    copy = changed(file, 'factor', change)
    with open(overlay, 'w', encoding='utf-8') as f:
        f.write(f'id,gas,value,unit,source\n{used[0]},CO2,0.6125,kg/kWh,a test\n')
    expected, error = said(folder, tanhe, case, '--factors', overlay)
    got = totals_of(computed(folder, copy, True))
    # Power without a contract has the user's factor by market, too: another row than in the workbook.
    got, expected, before = ({key: value for key, value in totals.items() if key[1] != 'scope2_market'} for totals in (got, expected, before))
    cases.case(f'{name}: another {used[0]}', other(got, expected, close) + ([error] if error else []) + ([] if got != before else ['nothing moved']))


def check_gwp(cases, folder, tanhe, name, case, file, before):
    """Those of another set, one by one, each gas as tanhe has it there."""
    import openpyxl
    newer, wrong = make_workbook(folder, tanhe, case, f'{name}-ar6', '--gwp', 'AR6')
    values = {} if wrong else {row[0]: row[1] for row in openpyxl.load_workbook(newer)['GWP'].iter_rows(min_row=2, values_only=True)}

    def change(sheets, _):
        for row in sheets['GWP'].iter_rows(min_row=2):
            row[1].value = values.get(row[0].value, row[1].value)
    copy = changed(file, 'gwp', change)
    expected, error = said(folder, tanhe, case, '--gwp', 'AR6')
    got = totals_of(computed(folder, copy, True))
    cases.case(f'{name}: other GWPs', wrong + other(got, expected, close) + ([error] if error else []) + ([] if got != before else ['nothing moved']))


def check_workbook(cases, folder, tanhe, name):
    case = f'{ROOT}/examples/{name}'
    file, before = check_computed(cases, folder, tanhe, name, case)
    for check in (check_quantity, check_factor, check_gwp) if file else ():
        check(cases, folder, tanhe, name, case, file, before)


HOSTILE = ('=1+1', '=HYPERLINK("http://x.example/","y")', '@SUM(1)', '+1+1', '-1+1', '_x0041_', ']]></t>&amp;')


def check_hostile(cases, folder, tanhe):
    """What looks like a formula is what was written."""
    case = f'{folder}/hostile'
    shutil.copytree(f'{ROOT}/examples/park', case)
    with open(f'{case}/inventory.csv', encoding='utf-8-sig', newline='') as f:
        rows = list(csv.reader(f))
    for row, text in zip(rows[1:], HOSTILE):
        row[1] = text
    with open(f'{case}/inventory.csv', 'w', encoding='utf-8', newline='') as f:
        csv.writer(f).writerows(rows)
    file, wrong = make_workbook(folder, tanhe, case, 'hostile-names')
    got = [row['site'] for row in computed(folder, file, True)['Ledger']] if not wrong else []
    cases.case('names that look like formulas', wrong + [f'{text} is not there' for text in HOSTILE if text not in got])


def office(folder, *files):
    command('soffice', '--headless', f'-env:UserInstallation=file://{folder}/office', '--convert-to', 'pdf', '--outdir', folder, *files)


def main():
    parser = argparse.ArgumentParser(description='Open documents with other programs.')
    parser.add_argument('--tanhe', required=True)
    parser.add_argument('--only', choices=['html', 'docx', 'xlsx'])
    parser.add_argument('--examples', nargs='+', default=[*EXAMPLES, *OUTLINED], choices=[*EXAMPLES, *OUTLINED])
    args = parser.parse_args()
    tanhe, folder, cases = os.path.abspath(args.tanhe), tempfile.mkdtemp(prefix='tanhe-documents-'), Cases()
    browser = Browser(folder)
    try:
        pairs = [(name, lang) for name in args.examples for lang in ('zh', 'en')]
        if args.only in (None, 'html'):
            pages = [make_page(cases, folder, tanhe, *pair) for pair in pairs]
            check_pages(cases, browser, pages)
            for page in pages:
                check_printed(cases, browser, page)
        for pair in pairs if args.only in (None, 'docx') else []:
            check_text(cases, folder, tanhe, *pair)
        if args.only in (None, 'docx'):
            check_letters(cases, folder, tanhe)
        pilots = [name for name in args.examples if name in EXAMPLES]
        for name in pilots if args.only in (None, 'docx') else []:
            check_plan_tables(cases, folder, tanhe, name)
        for name in pilots if args.only in (None, 'xlsx') else []:
            check_workbook(cases, folder, tanhe, name)
        if args.only in (None, 'xlsx'):
            check_hostile(cases, folder, tanhe)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{cases.passed} passed, {cases.failed} failed')
    return 1 if cases.failed or not cases.passed else 0


if __name__ == '__main__':
    sys.exit(main())
