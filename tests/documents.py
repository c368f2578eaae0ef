#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents as other programs open them: tests/documents.py --tanhe build/tanhe.

Pages in Chromium: no label outside its picture or over another, no message on the console, no request, dark and light; printed, every label is in the PDF.
Texts of a word processor: the same bytes twice, opened by python-docx, and by LibreOffice made a PDF in which every label of every picture stands inside the page.
The last line counts all cases, as in tests/run.py."""
import argparse
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

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLES = ('enterprise', 'region', 'park', 'building', 'community')
PARAMS = os.path.join(ROOT, 'examples', 'params-illustrative.csv')
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

def make_page(cases, folder, tanhe, name, lang):
    page = f'{folder}/{name}-{lang}.html'
    done = command(tanhe, '--lang', lang, 'report', f'{ROOT}/examples/{name}', '--params', PARAMS, '--uncertainty', 'approach1', '-f', 'html', '-o', page)
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
        done = command(tanhe, '--lang', lang, 'report', f'{ROOT}/examples/{name}', '--params', PARAMS, '--uncertainty', 'approach1', '-f', 'docx', '-o', file)
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


def office(folder, file):
    command('soffice', '--headless', f'-env:UserInstallation=file://{folder}/office', '--convert-to', 'pdf', '--outdir', folder, file)


def main():
    parser = argparse.ArgumentParser(description='Open documents with other programs.')
    parser.add_argument('--tanhe', required=True)
    parser.add_argument('--only', choices=['html', 'docx'])
    parser.add_argument('--examples', nargs='+', default=list(EXAMPLES), choices=EXAMPLES)
    args = parser.parse_args()
    tanhe, folder, cases = os.path.abspath(args.tanhe), tempfile.mkdtemp(prefix='tanhe-documents-'), Cases()
    browser = Browser(folder)
    try:
        pairs = [(name, lang) for name in args.examples for lang in ('zh', 'en')]
        if args.only != 'docx':
            pages = [make_page(cases, folder, tanhe, *pair) for pair in pairs]
            check_pages(cases, browser, pages)
            for page in pages:
                check_printed(cases, browser, page)
        for pair in pairs if args.only != 'html' else []:
            check_text(cases, folder, tanhe, *pair)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{cases.passed} passed, {cases.failed} failed')
    return 1 if cases.failed or not cases.passed else 0


if __name__ == '__main__':
    sys.exit(main())
