#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page in a browser: tests/web.py --tanhe build/tanhe --page build/tanhe.html [--pictures FOLDER].

All answers are held equal, byte for byte, to those of the program given. The page is opened from a copy in a folder of its own, without network; it asks for nothing, says nothing on
its console, and axe (npm: axe-core) finds no serious fault."""
import argparse
import base64
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from browser import Browser  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COMMANDS = {'account': (['text'], ['json']), 'check': (['text'], ['json']), 'plan': (['text'], ['json']), 'report': (['html'], ['md'])}
# What a run of the page answers, as one object.
ASK = '''(async (args, files, lang_wanted) => { lang = lang_wanted; const r = await later(() => run(args, files));
  const b64 = async (b) => { const u = new Uint8Array(await b.arrayBuffer()); let s = ''; for (let i = 0; i < u.length; i += 32768) s += String.fromCharCode(...u.subarray(i, i + 32768)); return btoa(s); };
  const made = {}; for (const m of r.made) made[m.path] = await b64(m.blob);
  return { status: r.status, out: await b64(r.out), err: await b64(r.err), made, heap: r.heap }; })'''


class Tests:
    def __init__(self, tanhe, page, pictures):
        self.tanhe, self.page, self.pictures, self.passed, self.failed = os.path.abspath(tanhe), page, pictures, 0, 0
        self.folder = tempfile.mkdtemp(prefix='tanhe-web-')
        self.url = 'file://' + os.path.join(self.folder, 'copy of', 'tanhe.html').replace(' ', '%20')
        os.makedirs(os.path.join(self.folder, 'copy of'))
        shutil.copy(page, os.path.join(self.folder, 'copy of', 'tanhe.html'))

    @contextlib.contextmanager
    def case(self, name):
        try:
            yield
        except (AssertionError, RuntimeError, OSError, ValueError, subprocess.SubprocessError) as e:
            self.failed += 1
            print(f'FAIL web: {name}\n  {e}', flush=True)
        else:
            self.passed += 1

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as f:
            f.write(content)
        return path

    def native(self, args, lang, cwd):
        environment = {'PATH': '/usr/bin:/bin', 'LANG': 'C', 'NO_COLOR': '1', 'TANHE_DATA': os.path.join(ROOT, 'data')}
        done = subprocess.run([self.tanhe, '--lang', lang, *args], cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
        return done.returncode, done.stdout, done.stderr

    def asked(self, browser, args, lang, files):
        """The same in the page; files: a script that gives a list of {path, blob}."""
        answer = browser.script(f'{ASK}({json.dumps(args)}, {files}, {json.dumps(lang)})')
        return answer['status'], base64.b64decode(answer['out']), base64.b64decode(answer['err']), answer


def build_of(data):
    """Without the build, which names a commit."""
    return re.sub(rb',\s*"build": ?"[^"]*"', b'', data)


def wait(browser, condition):
    """Until it is so, at most a minute."""
    found = browser.script(f'new Promise((done) => {{ let n = 0; (function look() {{ const so = {condition}; so || n++ > 600 ? done(so) : setTimeout(look, 100); }})(); }})')
    assert found, f'never: {condition}'
    return found


def same_bytes(t, browser):
    """Each example by each command, in both languages."""
    for example in browser.script('EXAMPLES.map((e) => e.id)'):
        cwd = os.path.join(t.folder, 'examples')
        name = example.replace('/', '-')
        shutil.copytree(os.path.join(ROOT, 'examples', example), os.path.join(cwd, name), dirs_exist_ok=True)
        files = f"Object.entries(EXAMPLES.find((e) => e.id === {json.dumps(example)}).files).map(([path, text]) => ({{path, blob: new Blob([text])}}))"
        for command, formats in COMMANDS.items():
            if example == 'office' and command != 'account':
                continue
            operand = name if example != 'office' else name + '/能耗统计表.csv'
            for [form] in formats:
                for lang in ('zh', 'en'):
                    with t.case(f'{command} {example} -f {form} in {lang}'):
                        args = [command, operand, '-f', form]
                        native, page = t.native(args, lang, cwd), t.asked(browser, args, lang, files)
                        assert page[0] == native[0], f'status {page[0]}, not {native[0]}'
                        assert build_of(page[1]) == build_of(native[1]), 'another answer'
                        assert page[2] == native[2], f'other messages: {page[2][:300]}'


def encodings_and_errors(t, browser):
    table = '期间,活动,数量,单位,备注\n2023-01,外购电力,100,kWh,𠮷野家\n2023-02,外购电力,x,kWh,煤炭\n'
    for encoding in ('utf-8', 'utf-8-sig', 'gb18030', 'utf-16'):
        with t.case(f'errors of a table in {encoding}'):
            data = table.encode(encoding)
            t.write('enc/表.csv', data)
            files = f"[{{path: '表.csv', blob: new Blob([Uint8Array.from(atob('{base64.b64encode(data).decode()}'), (c) => c.charCodeAt(0))])}}]"
            native, page = t.native(['account', '表.csv'], 'zh', os.path.join(t.folder, 'enc')), t.asked(browser, ['account', '表.csv'], 'zh', files)
            assert native[0] == page[0] == 3 and native[1:] == page[1:3], (native, page[:3])


def documents(t, browser):
    """Word and Excel: the bytes that the program makes; a case saved as a workbook is read again."""
    example = 'first/enterprise'
    files = f"Object.entries(EXAMPLES.find((e) => e.id === '{example}').files).map(([path, text]) => ({{path, blob: new Blob([text])}}))"
    cwd = os.path.join(t.folder, 'documents')
    shutil.copytree(os.path.join(ROOT, 'examples', example), os.path.join(cwd, 'first-enterprise'))
    for form in ('docx', 'xlsx'):
        with t.case(f'report -f {form}'):
            _, _, err, answer = t.asked(browser, ['report', 'first-enterprise', '-f', form, '-o', f'/out/r.{form}'], 'zh', files)
            assert list(answer['made']) == [f'r.{form}'], (answer['made'].keys(), err)
            t.native(['report', 'first-enterprise', '-f', form, '-o', f'r.{form}'], 'zh', cwd)
            with open(os.path.join(cwd, f'r.{form}'), 'rb') as f:
                assert base64.b64decode(answer['made'][f'r.{form}']) == f.read(), 'other bytes'


def offline(t, browser):
    with t.case('the page can fetch nothing, nor can a worker, and asks for nothing'):
        for where in ('"https://example.org/"', '"http://127.0.0.1:9/"', 'location.href'):
            assert browser.script(f'fetch({where}).then(() => "fetched", () => "blocked")') == 'blocked', where
        worker = '''new Promise((done) => { const w = new Worker(URL.createObjectURL(new Blob(["fetch('https://example.org/').then(() => postMessage('fetched'), () => postMessage('blocked'))"])));
          w.onmessage = (m) => done(m.data); })'''
        assert browser.script(worker) == 'blocked'
        assert len(browser.requests) == 1 or all(r.startswith('file:') for r in browser.requests), browser.requests


def walk(t, browser):
    """An energy manager: an empty case, its facts, a table of electricity with title rows from a GBK file, what is missing, parameters, a verdict, a Word file."""
    rows = '某公司2023年用电量统计表,,\n填报人：张三,,\n月份,用电量（kWh）,备注\n' + ''.join(f'2023年{m}月,{100000 + m},\n' for m in range(1, 13))
    table = t.write('walk/用电.csv', rows.encode('gb18030'))
    began = time.monotonic()
    with t.case('the walk of an energy manager'):
        browser.open(t.url)
        browser.script("$('category').value = 'enterprise'; $('target').value = 'peak'; $('start').onclick()")
        fields = browser.script("new Promise((done) => setTimeout(() => done(document.querySelectorAll('#facts .fact').length), 300))")
        assert fields >= 20, f'{fields} fields'
        assert browser.script("document.querySelectorAll('#facts select').length") >= 10, 'no choices'
        box = browser.script("(() => { scrollTo(0, 0); const r = $('drop').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        browser.drop(*box, table)
        seen = wait(browser, "/共12条/.test($('understood').textContent) && $('understood').textContent")
        assert '活动数据-用电.csv' in seen, seen
        first = browser.script("$('command').value = 'check'; show_formats(); compute()")
        assert first['status'] == 4 and '基准年' in first['out'], first
        fill = '''(() => { document.querySelectorAll('#facts .fact').forEach((row) => { const s = row.querySelector('select'), i = row.querySelector('input:not([type=checkbox])');
            if (s && !s.value) { s.value = [...s.options].some((o) => o.value === '企业') ? '企业' : [...s.options].some((o) => o.value === '是') ? '是' : s.options[1].value; s.onchange(); }
            row.querySelectorAll('[type=checkbox]').forEach((b) => { b.checked = true; b.onchange(); });
            const label = row.textContent; const set = (v) => { if (i && i.id) { i.value = v; i.onchange(); } };
            if (/^基准年/.test(label)) set('2023'); }); })()'''
        browser.script(fill)
        second = browser.script('compute()')
        assert second['status'] in (1, 4) and second['out'] != first['out'] and '基准年（base_year）' not in second['out'], second['out'][:1500]
        saved = browser.script("(async () => { let got = null; const was = save; save = (n, b) => { got = [n, b.size]; }; await $('save_case').onclick(); save = was; return got; })()")
        assert saved and saved[0] == '案例.xlsx' and saved[1] > 5000, saved
        word = browser.script("$('command').value = 'report'; show_formats(); $('format').value = 'docx'; compute()")
        assert word['made'] == ['report.docx'], word
        assert time.monotonic() - began < 600
        assert not browser.console, browser.console


def folder(t, browser):
    with t.case('a folder is dropped, with what lies deeper in it'):
        shutil.copytree(os.path.join(ROOT, 'examples', 'first', 'park'), os.path.join(t.folder, '园区'))
        t.write('园区/evidence/一.txt', b'x')
        browser.open(t.url)
        box = browser.script("(() => { scrollTo(0, 0); const r = $('drop').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        browser.drop(*box, os.path.join(t.folder, '园区'))
        wait(browser, "files.some((f) => f.path === '园区/evidence/一.txt')")
        answer = browser.script("queue.then(compute)")
        assert answer['args'][:2] == ['check', '园区'], answer['args']
        assert answer['status'] == t.native(['check', '园区'], 'zh', t.folder)[0], answer


def stopped(t, browser):
    with t.case('a long run is stopped, and the next one works'):
        browser.script("queue.then(() => { files = [{path: 'x.csv', blob: new Blob(['期间,活动,数量,单位\\n', ...Array.from({length: 1500000}, (_, i) => `2023-01,外购电力,${i},kWh\\n`)])}]; show_ready(); compute(); })")
        wait(browser, "busy && $('progress').hasAttribute('value')")
        browser.script("$('stop').onclick()")
        wait(browser, "$('stop').hidden && $('state').textContent === '已停止'")
        again = browser.script("files = [{path: 'x.csv', blob: new Blob(['期间,活动,数量,单位\\n2023,外购电力,1,kWh\\n'])}]; compute()")
        assert again['status'] == 0, again


def million(t, browser, lines=1000000):
    with t.case('a million lines within 30 s and 100 MiB of heap'):
        path = os.path.join(t.folder, 'million.csv')
        with open(path, 'w', encoding='utf-8') as f:
            f.write('期间,场所,活动,数量,单位\n')
            for i in range(lines):
                f.write(f'2023-{i % 12 + 1:02d},场所{i % 50},{("外购电力", "天然气", "柴油")[i % 3]},{100 + i % 977},{("kWh", "Nm3", "t")[i % 3]}\n')
        browser.open(t.url)
        browser.give('#files', path)
        wait(browser, "!!$('understood').querySelector('h3')")
        began = time.monotonic()
        answer = browser.script("$('command').value = 'account'; show_formats(); compute()")
        took, heap = time.monotonic() - began, answer['heap'] / 1048576
        print(f'  a million lines: {took:.1f} s, heap {heap:.0f} MiB', flush=True)
        assert answer['status'] == 0, answer['err'][:500]
        assert took < 30 and heap <= 100, f'{took:.1f} s, {heap:.0f} MiB'


def accessible(t, browser):
    """axe on the page with a form and a result open, light and dark, wide and narrow; nothing stands out to the right."""
    axe = os.path.join(ROOT, 'build', 'web', 'axe', 'package', 'axe.min.js')
    with open(axe, encoding='utf-8') as f:
        source = f.read()
    for width, dark in ((1280, False), (1280, True), (390, False)):
        with t.case(f'{width} pixels, {"dark" if dark else "light"}'):
            browser.open(t.url, width=width, height=900, dark=dark)
            browser.script("$('example').value = 'first/enterprise'; $('open').onclick()")
            browser.script("$('factbox').open = $('parambox').open = $('about').open = true; ask_params(); $('command').value = 'check'; show_formats(); compute()")
            browser.script(source + ';1')
            found = browser.script("axe.run(document, {iframes: false}).then((r) => r.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id + ': ' + v.nodes.map((n) => n.target).join(' ')))")
            assert not found, found
            over = browser.script('document.documentElement.scrollWidth - document.documentElement.clientWidth')
            assert over <= 0, f'{over} pixels too wide'
            assert not browser.console, browser.console
            if t.pictures:
                browser.script('scrollTo(0, 0)')
                browser.picture(os.path.join(t.pictures, f'page-{width}{"-dark" if dark else ""}.png'))


def main():
    parser = argparse.ArgumentParser(description='Test the page in Chromium.')
    parser.add_argument('--tanhe', required=True)
    parser.add_argument('--page', required=True)
    parser.add_argument('--pictures')
    parser.add_argument('--only', nargs='+')
    args = parser.parse_args()
    t = Tests(args.tanhe, args.page, args.pictures)
    jobs = [same_bytes, encodings_and_errors, documents, offline, stopped, folder, walk, million, accessible]
    try:
        with Browser() as browser:
            for job in jobs:
                if args.only and job.__name__ not in args.only:
                    continue
                if job in (same_bytes, offline, encodings_and_errors, documents, stopped):
                    browser.open(t.url)
                job(t, browser)
    finally:
        shutil.rmtree(t.folder, ignore_errors=True)
    print(f'web: {t.passed} passed, {t.failed} failed')
    return 1 if t.failed else 0


if __name__ == '__main__':
    sys.exit(main())
