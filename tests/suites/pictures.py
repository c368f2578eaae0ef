# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of reports: what they show adds up to the last digit, is what JSON says, and stands in the table beside; bars are as long as their numbers.

Each mark tells its number with all its digits; a picture is read from the page, as a browser reads it."""
import os
import re
import zipfile
from decimal import Decimal
from html.parser import HTMLParser

from . import paths
from .harness import ROOT, same, want
from .preload import build

EXAMPLES = ('enterprise', 'region', 'park', 'building', 'community')
PARAMS = 'examples/params-illustrative.csv'


class Page(HTMLParser):
    """Its pictures (title, marks with their hints, texts) and its tables (caption, rows of cells), in their order."""

    def __init__(self, text):
        super().__init__()
        self.pictures, self.tables, self.order = [], [], []
        self.path, self.mark = [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == 'svg':
            self.pictures.append({'title': '', 'about': '', 'marks': [], 'view': [float(x) for x in attrs['viewbox'].split()]})
            self.order.append(self.pictures[-1])
        elif 'svg' in self.path and tag in ('rect', 'polyline', 'polygon', 'circle', 'text'):
            self.mark = {'tag': tag, 'hint': '', 'text': '', **attrs}
            self.pictures[-1]['marks'].append(self.mark)
        elif tag == 'table':
            self.tables.append({'caption': '', 'rows': []})
            self.order.append(self.tables[-1])
        elif tag == 'tr':
            self.tables[-1]['rows'].append([])
        elif tag in ('td', 'th'):
            self.tables[-1]['rows'][-1].append('')
        if tag not in ('meta', 'br', 'link', 'hr', 'input', 'img', 'col'):
            self.path.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self.path and self.path.pop() != tag:
            pass

    def handle_data(self, data):
        at = self.path[-1] if self.path else ''
        if 'svg' in self.path:
            picture = self.pictures[-1]
            if at == 'title' and self.path[-2] == 'svg':
                picture['title'] += data
            elif at == 'desc':
                picture['about'] += data
            elif at == 'title':
                self.mark['hint'] += data
            elif at == 'text':
                self.mark['text'] += data
        elif 'caption' in self.path:
            self.tables[-1]['caption'] += data
        elif 'td' in self.path or 'th' in self.path:
            self.tables[-1]['rows'][-1][-1] += data


def page_of(t, *words):
    done = t.run('--lang', 'en', 'report', *words, '-f', 'html')
    want(done.status in (0, 1, 4), f'exit status {done.status}: {done.errors[-400:]}')
    return Page(done.text)


def picture(page, part):
    found = [p for p in page.pictures if part in p['title']]
    want(len(found) == 1, f'{len(found)} pictures with {part!r} among {[p["title"] for p in page.pictures]}')
    return found[0]


def numbers(shown, *tags):
    """What its marks of these kinds say of themselves: name, tonnes, mark."""
    list_ = []
    for mark in shown['marks']:
        told = re.fullmatch(r'(.*): (-?[0-9.]+) t CO2e', mark['hint'], re.S)
        if told and (not tags or mark['tag'] in tags):
            list_.append((told[1], Decimal(told[2]), mark))
    return list_


def table_of(page, shown):
    """The table that follows a picture."""
    at = next(i for i, one in enumerate(page.order) if one is shown)
    return next(one for one in page.order[at + 1:] if 'rows' in one)


def as_shown(text):
    """A number of a table; None where it is none."""
    number = text.replace(',', '').replace('\u2212', '-').replace('%', '').strip()
    return Decimal(number) if re.fullmatch(r'[+-]?[0-9]+(\.[0-9]+)?', number) else None


def rounds_to(exact, shown):
    """Half to even at the digits of the one that is shown."""
    return exact.quantize(Decimal(1).scaleb(shown.as_tuple().exponent)) == shown


# --- laws ---

def bars_add_up(shown, years, last):
    """The bridge: from the base year by each step to what is planned, exactly, and each bar begins where the last one ended."""
    bars = numbers(shown, 'rect')
    start, end = next(i for i, b in enumerate(bars) if b[0].startswith('gross emissions of')), next(i for i, b in enumerate(bars) if b[0].startswith('planned for'))
    steps = bars[start + 1:end]
    same(bars[start][1] + sum(b[1] for b in steps), bars[end][1], 'base year and all steps')
    same(bars[start][1], years[0]['gross'], 'base year, as in JSON')
    same(bars[end][1], last['gross'], f'planned for {last["year"]}, as in JSON')
    same(bars[start][1] + steps[0][1], last['business_as_usual'], 'business as usual, as in JSON')
    if not any('other measures' in b[0] for b in steps):
        stated = {name: mass for name, mass in last['measures'].items() if mass != 0}
        for name, mass, _ in steps[1:]:
            id_ = name.split(' ')[0]
            if id_ in stated:
                same(-mass, stated[id_], f'what {id_} takes away, as in JSON')
    at = float(bars[start][2]['width']) + float(bars[start][2]['x'])
    scale = float(bars[start][2]['width']) / float(bars[start][1])
    for name, mass, mark in steps:
        left, right = float(mark['x']), float(mark['x']) + float(mark['width'])
        begin, at = at, at + float(mass) * scale
        want(abs(min(begin, at) - left) < .3, f'{name} begins at {left}, not {min(begin, at)}')
        want(abs(max(begin, at) - right) < 1.6, f'{name} ends at {right}, not {max(begin, at)}')


def flow_adds_up(shown, totals):
    """The Sankey diagram: sources are their scope, scopes the total, exactly; and each band is as broad as its number."""
    ribbons = numbers(shown, 'polygon')
    scopes = [r for r in ribbons if re.match(r'Scope [123]', r[0])]
    sources = [r for r in ribbons if r not in scopes]
    same(sum(r[1] for r in scopes), totals['gross'], 'all scopes, as in JSON')
    same(sum(r[1] for r in sources), totals['gross'], 'all sources')
    fills = {r[2]['fill'] for r in scopes}
    for fill in fills:
        same(sum(r[1] for r in sources if r[2]['fill'] == fill), sum(r[1] for r in scopes if r[2]['fill'] == fill), f'sources of the scope in {fill}')
    for name, mass, mark in scopes:
        member = {'1': 'scope1', '2': 'scope2_location', '3': 'scope3'}[name[6]]
        same(mass, totals[member], f'{name}, as in JSON')
    for name, mass, mark in ribbons:
        spots = [tuple(map(float, spot.split(','))) for spot in mark['points'].split()]
        breadth = spots[-1][1] - spots[0][1]
        want(abs(breadth - 330 * float(mass / totals['gross'])) < .2, f'{name} is {breadth} broad')


def stands_in_table(page, shown, *tags):
    """Each number of the picture stands in its table, rounded as the table is."""
    cells = [as_shown(cell) for row in table_of(page, shown)['rows'] for cell in row]
    cells = [abs(c) for c in cells if c is not None]
    for name, mass, _ in numbers(shown, *tags):
        if not re.match(r'[0-9]+ other|Scope', name):
            want(any(rounds_to(abs(mass), c) for c in cells), f'{name}: {mass} stands in no cell of the table beside')


def labels_are_its_numbers(shown):
    """The label of a bar or a dot, the first number behind its mark, is that number rounded."""
    for at, mark in enumerate(shown['marks']):
        told = re.fullmatch(r'(.*): (-?[0-9.]+) t CO2e', mark['hint'], re.S)
        if not told or mark['tag'] != 'rect':
            continue
        label = next((as_shown(m['text'].split(' ')[0]) for m in shown['marks'][at + 1:] if m['tag'] == 'text'), None)
        if label is not None:
            want(rounds_to(abs(Decimal(told[2])), abs(label)), f'{told[1]}: the label is {label}, the number {told[2]}')


# --- the examples ---

def check_example(t, name):
    folder = f'{ROOT}/examples/{name}'
    params = f'{ROOT}/{PARAMS}'
    page = page_of(t, folder, '--params', params, '--uncertainty', 'approach1', '--part', 'pictures')
    plan = t.run('plan', folder, '--params', params, '-f', 'json').json()
    account = t.run('account', folder + '/inventory.csv', *brought(t, name), '--by', 'year,scope,activity', '-f', 'json')
    account = account.json()
    base = plan['years'][0]['year']
    totals = next((y['totals'] for y in account.get('years', []) if y['year'] == base), None) or account['totals']
    flow_adds_up(picture(page, 'add up'), totals)
    bridge = picture(page, 'the measures save')
    ends = re.search(r'([0-9]+) to ([0-9]+):', bridge['title'])
    bars_add_up(bridge, plan['years'], next(y for y in plan['years'] if y['year'] == int(ends[2])))
    for part in ('of the gross emissions of', 'the measures save'):
        stands_in_table(page, picture(page, part), 'rect')
    labels_are_its_numbers(picture(page, 'of the gross emissions of'))
    labels_are_its_numbers(bridge)
    for shown in page.pictures:
        want(shown['title'] and shown['about'], 'a picture without a title or what it shows')
        inside(shown)


def brought(t, name):
    own = f'{ROOT}/examples/{name}/factors.csv'
    instruments = f'{ROOT}/examples/{name}/instruments.csv'
    return [*(['--factors', own] if os.path.exists(own) else []), *(['--instruments', instruments] if os.path.exists(instruments) else [])]


def inside(shown):
    """Boxes, dots and where texts begin lie inside the picture; nothing is not a number."""
    _, _, width, height = shown['view']
    for mark in shown['marks']:
        for value in mark.values():
            want('nan' not in value and 'inf' not in value or mark['tag'] == 'text' or value == mark['hint'], f'{mark}')
        if mark['tag'] == 'rect':
            x, y, w, h = (float(mark[k]) for k in ('x', 'y', 'width', 'height'))
            want(x >= -.1 and y >= -.1 and x + w <= width + .1 and y + h <= height + .1 and w >= 0 and h >= 0, f'{mark} in {width} x {height}')
        if mark['tag'] == 'text':
            want(0 <= float(mark['x']) <= width and 0 <= float(mark['y']) <= height, f'{mark} in {width} x {height}')


# --- random cases ---

def check_random(t, seed):
    case = paths.make(seed)
    paths.write(t, 'random', case)
    # Each activity in a scope of its own, so that the flow has several.
    t.write('random/factors.csv', 'id,gas,value,unit,activity,scope,source\n'
            + ''.join(f'f{a},CO2,1,t/t,{a},{1 + (seed + i) % 3},test\n' for i, a in enumerate(case['base'])))
    page = page_of(t, 'random', '--part', 'pictures')
    plan = t.run('plan', 'random', '--factors', 'random/factors.csv', '-f', 'json').json()
    account = t.run('account', 'random/inventory.csv', '--factors', 'random/factors.csv', '-f', 'json').json()
    flow_adds_up(picture(page, 'add up'), account['totals'])
    for shown in page.pictures:
        inside(shown)
    if 'years' not in plan:
        want(not any('the measures save' in p['title'] for p in page.pictures), 'a bridge without a path')
        return
    bridge = picture(page, 'the measures save')
    end = int(re.search(r' to ([0-9]+):', bridge['title'])[1])
    bars_add_up(bridge, plan['years'], next(y for y in plan['years'] if y['year'] == end))
    gross = [year for _, year, _, kind in case['targets'] if kind != 'net']
    same(end, max(gross, default=paths.LAST), 'the year in which the bridge ends')


def random_cases(t, count, first):
    for seed in range(first, first + count):
        with t.case(f'random pictures {seed}'):
            check_random(t, seed)


# --- what lacks ---

def lacking(t):
    with t.case('no growth: no path is drawn, and why is said'):
        paths.write(t, 'bare', paths.SIMPLE)
        t.write('bare/assumptions.csv', 'param,value,unit,source\n')
        page = page_of(t, 'bare', '--part', 'pictures')
        want(not any('the measures save' in p['title'] for p in page.pictures), 'a bridge')
        done = t.run('--lang', 'en', 'report', 'bare', '--part', 'pictures', '-f', 'md')
        want('no growth is stated' in done.text, 'why there is no path')
        want('uncertainty was not asked for' in done.text, 'why there are no ranges')
    with t.case('texts of the applicant stay texts'):
        paths.write(t, 'hostile', paths.SIMPLE)
        t.write('hostile/measures.csv', 'id,name,group,effect_start,reduction,unit\n"M<1","</text><script>alert(1)</script>&amp;\x01",markets,2024-01,5,t/a\n')
        text = t.run('report', 'hostile', '-f', 'html').text
        want('<script' not in text and '&lt;script&gt;' in text and '\x01' not in text, 'a script')
        Page(text)


def docx(t):
    folder, params = f'{ROOT}/examples/enterprise', f'{ROOT}/{PARAMS}'
    with t.case('-f docx is a package, by the name of its file as well; other formats are no document'):
        same(t.run('report', folder, '--params', params, '-o', t.path('a.docx')).status, 0, 'exit status')
        same(t.run('report', folder, '--params', params, '-f', 'docx', '-o', t.path('b.docx')).status, 0, 'exit status')
        with open(t.path('a.docx'), 'rb') as a, open(t.path('b.docx'), 'rb') as b:
            first = a.read()
            same(first, b.read(), 'the same bytes twice')
        same(first[:4], b'PK\x03\x04', 'a package')
        same(t.run('report', folder, '-f', 'md', '-o', t.path('c.docx')).status, 2, 'Markdown in a .docx')
        same(t.run('check', folder, '-o', t.path('c.docx')).status, 2, 'a check in a .docx')
        want(not os.path.exists(t.path('c.docx')), 'c.docx is there')
    with t.case('each table of the word processor has the heads that the page has: units stand there'):
        with zipfile.ZipFile(t.path('a.docx')) as package:
            rows = re.findall(r'<w:tblHeader/>.*?</w:tr>', package.read('word/document.xml').decode('utf-8'), re.S)
        page = t.run('report', folder, '--params', params, '-f', 'html').text
        same(len(rows), page.count('<thead>'), 'tables with heads')
    with t.case('without libzip the format says which package lacks'):
        done = t.run('report', folder, '-f', 'docx', '-o', t.path('d.docx'), env={'LD_PRELOAD': build(t, 'absent'), 'ABSENT': 'libzip'})
        want(done.status == 5 and 'libzip' in done.errors and 'package' in done.errors, f'{done.status}: {done.errors}')
        want(not os.path.exists(t.path('d.docx')), 'd.docx is there')


def run(t):
    for name in EXAMPLES:
        with t.case(f'pictures of {name}'):
            check_example(t, name)
    random_cases(t, 25, 1)
    lacking(t)
    docx(t)


def long(t):
    random_cases(t, 800, 5000)
