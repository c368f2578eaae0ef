# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests for memory fail, one or all from one on: exit 5, the message, nothing written; or the right answer, whole: what is printed,
written and said. Never part of it, never another answer, never a word against good data.

`make check` takes a sample of each scenario's requests, `make long` many more. The requests are the program's own: they are counted
first. One run stands for many points, see tests/fault/failalloc.c."""
import array
import os
import shutil

from . import xlsx
from .preload import build, count
from .harness import INVALID, OK, ROOT, SYSTEM, USAGE, Failure, rows, want

FIRST, LAST = 12, 25  # requests at both ends that are all taken
SAMPLE, LONG = 60, 900  # of each scenario beside them, evenly; with all later requests failing: every third
OUT_OF_MEMORY = {
    'en': b'error E5001: out of memory: no result is written\n',
    'zh': '错误 E5001：内存不足：未生成结果\n'.encode(),
    'json': '{"severity":"error","code":"E5001","text":{"zh":"内存不足：未生成结果","en":"out of memory: no result is written"}}\n'.encode(),
}
UNCERTAIN = ['--uncertainty', 'approach2', '--trials', '2000', '--threads', '1']  # a process with threads cannot be forked

# A process with threads cannot be forked in the middle: each point is a run of its own.
THREADED = ('account, drawn by three threads', ['account', 'ex/enterprise', '--uncertainty', 'approach2', '--trials', '9000', '--threads', '3', '-o', 'out'])
# A workbook is written by a child, over a file that has no name any more; then the requests of that child fail.
WORKBOOK = ('report as a workbook', ['report', 'ex/first/community', '-f', 'xlsx', '-o', 'out.xlsx'])
ENDED = {'en': 'the process that writes the workbook ended early', 'zh': '生成工作簿的进程意外结束'}
IN_CHILD = 24
# An earlier report stands where the new one will: it stays, or the new one is there, and so does the lock. Each point is a run of its own, since the names of
# what is there already are no relative ones.
LOCKED = ('a lock anew over an earlier report', ['account', 'a.csv', '-f', 'json', '-o', 'earlier.json', '--lock', 'pins'], 'earlier.json')

# Name, arguments, standard input. What is the name of an input becomes its whole path; outputs are relative names. Names that begin with `bad`
# or `usage` are answered with status 3 and 2, all others with an answer.
SCENARIOS = [
    ('account as JSON with ledger', ['account', 'a.csv', '-f', 'json', '-o', 'out', '--ledger', 'ledger.csv', '--by', 'site,gas'], b''),
    ('account as text, two files in two encodings', ['account', 'a.csv', 'gbk.csv', '--lang', 'zh'], b''),
    ('account of a folder with units, factors and case', ['account', 'case', '-f', 'csv', '--ledger', 'ledger.ndjson'], b''),
    ('account of standard input', ['account', '-', '-f', 'json'], rows('2023,电,1,kWh').encode()),
    ('account of an example with every limit', ['account', 'ex/enterprise', '--uncertainty', 'approach1', '-f', 'json'], b''),
    ('account of a region, drawn', ['account', 'ex/region', *UNCERTAIN, '-o', 'out'], b''),
    ('account in GB 18030', ['account', 'ex/gb18030/inventory.csv', '--factors', 'ex/enterprise/factors.csv', '--by', 'year,activity', '--lang', 'zh'], b''),
    ('account of a series', ['account', 'ex/region-2010-2020', '--profile', 'mee-national', '-f', 'json', '-o', 'out'], b''),
    ('account of a workbook', ['account', 'book.xlsx', '-f', 'json', '-o', 'out'], b''),
    ('account of first days of months', ['account', 'firsts.csv', 'firsts.xlsx', 'firsts-wide.csv', '-f', 'json', '-o', 'out'], b''),
    ('check of a case in a workbook', ['check', 'case.xlsx', '-f', 'json'], b''),
    ('bad workbook', ['account', 'damaged.xlsx'], b''),
    ('an office table as its long table', ['layout', 'wide.csv', '-f', 'csv', '-o', 'out'], b''),
    ('an office table, recognised, as JSON', ['layout', 'wide.csv', '-f', 'json', '--lang', 'zh'], b''),
    ('account of an office table by its layout', ['account', 'wide.csv', '--layout', 'wide-layout.csv', '-f', 'json'], b''),
    ('bad office table', ['account', 'bad-wide.csv'], b''),
    ('bad rows', ['account', 'bad.csv', '-o', 'out', '--diagnostics', 'json'], b''),
    ('check as text', ['check', 'ex/enterprise', '--lang', 'zh'], b''),
    ('check with parameters and readings', ['check', 'ex/enterprise', '-f', 'json', '--params', 'ex/params-illustrative.csv', '--reading', 'reduction_reading=cumulative',
                                            '-o', 'out'], b''),
    ('check, how sure', ['check', 'ex/enterprise', '--params', 'ex/params-illustrative.csv', '--uncertainty', 'approach1', '-o', 'out'], b''),
    ('check of every category', ['check', 'ex/region', '--all-categories', '-f', 'json'], b''),
    ('plan', ['plan', 'ex/enterprise', '-o', 'out'], b''),
    ('plan with a route and what came', ['plan', 'ex/enterprise', '-f', 'json', '--route', '第二阶段', '--actual', '2023'], b''),
    ('plan with a scenario', ['plan', 'ex/enterprise', '--scenario', 'ex/enterprise/scenario-fast.csv', '--params', 'ex/params-illustrative.csv', '--lang', 'zh'], b''),
    ('plan of a series', ['plan', 'ex/region-2010-2020', '--series', 'ex/region-2010-2020/series.csv', '-f', 'json', '-o', 'out'], b''),
    ('report as Markdown', ['report', 'ex/enterprise', '--params', 'ex/params-illustrative.csv', '-f', 'md', '-o', 'out'], b''),
    ('report as a page', ['report', 'ex/first/community', '-f', 'html', '--lang', 'zh', '-o', 'out.html'], b''),
    ('verify as JSON', ['verify', 'r.json', 'ex/enterprise', '-f', 'json', '-o', 'out'], b''),
    ('verify of another report, with a program', ['verify', 'other.json', 'ex/enterprise', '--script', 'again.py', '--lang', 'zh'], b''),
    ('explain of a total', ['explain', 'r.json', 'gross:2023', 'ex/enterprise', '--all', '--lang', 'zh', '-o', 'out'], b''),
    ('explain of a line as JSON', ['explain', 'r.json', 'inventory.csv:40', 'ex/enterprise', '--all', '-f', 'json'], b''),
    ('explain of a requirement', ['explain', 'r.json', '4.3-req5', '-f', 'json', '-o', 'out'], b''),
    ('diff of a report and a case', ['diff', 'r.json', 'ex/building', 'ex/enterprise', '-o', 'out'], b''),
    ('diff as JSON', ['diff', 'ex/enterprise', 'ex/building', '-f', 'json'], b''),
    ('the base year anew', ['plan', 'ex/enterprise', '--recalculate', 'r.json', '--inputs', 'ex/enterprise', '--gwp', 'AR6', '-f', 'md', '-o', 'out'], b''),
    ('a lock anew', ['check', 'ex/first/enterprise', '-f', 'json', '-o', 'out', '--lock', 'pins'], b''),
    ('a lock that holds', ['account', 'a.csv', '-o', 'out', '--lock', 'held.json'], b''),
    ('a lock that refuses', ['account', 'a.csv', '--gwp', 'AR6', '-f', 'json', '--lock', 'held.json'], b''),
    ('bad report', ['verify', 'bad-report.json', 'ex/enterprise', '-f', 'json'], b''),
    ('report as a text for a word processor', ['report', 'ex/enterprise', '-f', 'docx', '--lang', 'zh', '-o', 'out.docx'], b''),
    ('what is asked for, and tasks', ['check', 'asked', '--requests', 'asked.csv', '--tasks', 'tasks.csv', '--brief', '-o', 'out'], b''),
    ('answers', ['check', 'asked', '--answers', 'answers.csv', '-f', 'json', '--lang', 'zh'], b''),
    ('tasks as they were done', ['check', 'ex/park-910', '--rules', 'ndrc-2025-910', '--stage', 'accept', '-o', 'out'], b''),
    ('event', ['event', 'ex/event', '--lang', 'zh', '-o', 'out'], b''),
    ('footprint as JSON', ['footprint', 'ex/products', '-f', 'json', '-o', 'out'], b''),
    ('a table of a check', ['check', 'ex/enterprise', '-f', 'csv', '--table', 'caveats'], b''),
    ('a table of a plan', ['plan', 'ex/region', '-f', 'csv', '--table', 'indicators'], b''),
    ('batch of applicants in tables', ['batch', 'several', 'ex/first/community', '--ordered', '--threads', '1', '-o', 'out', '--summary', 'summary.json'], b''),
    ('batch summed up', ['batch', 'several', '--threads', '1', '--lang', 'zh', '-f', 'text', '-o', 'out'], b''),
    ('rules list', ['rules', 'list'], b''),
    ('rules show', ['rules', 'show', '--lang', 'zh', '-o', 'out'], b''),
    ('rules params', ['rules', 'params', 'ex/enterprise', '--params', 'ex/params-illustrative.csv'], b''),
    ('rules params to fill in', ['rules', 'params', '--template', '-o', 'out'], b''),
    ('rules check', ['rules', 'check', 'scheme.json'], b''),
    ('bad pack', ['rules', 'check', 'bad.json'], b''),
    ('factors list', ['factors', 'list', '-f', 'csv', '-o', 'out'], b''),
    ('factors show', ['factors', 'show', 'grid-shanghai-2023', '--lang', 'zh'], b''),
    ('usage: a factor that is not there', ['factors', 'show', 'grid-shanghai-2032'], b''),
    ('factors search', ['factors', 'search', '天然气', '-f', 'json', '-o', 'out'], b''),
    ('factors check', ['factors', 'check', 'ex/enterprise/factors.csv'], b''),
    ('bad factors', ['factors', 'check', 'bad-factors.csv'], b''),
    ('completion', ['completion', 'zsh'], b''),
    ('help', ['account', '--help'], b''),
    ('version', ['--version'], b''),
    ('usage: a value', ['account', 'a.csv', '-f', 'pdf'], b''),
    ('usage: a command', ['acount', 'a.csv'], b''),
    ('usage: an option', ['check', 'ex/enterprise', '--parms', 'x'], b''),
    ('usage: a profile', ['account', 'a.csv', '--profile', 'regoin', '--lang', 'zh'], b''),
]


def read(path):
    with open(path, 'rb') as f:
        return f.read()


def made(folder):
    """Every file of a folder, by name."""
    return {name: read(os.path.join(folder, name)) for name in os.listdir(folder)}


def message_of(args):
    return OUT_OF_MEMORY['json' if '--diagnostics' in args else 'zh' if 'zh' in args else 'en']


class Scenario:
    """One command: its right answer, how many requests it makes, and what it answers when some of them fail."""

    def __init__(self, t, library, args, stdin, kept=None):
        """kept: a file of the suite's folder that is in that of each run."""
        self.t, self.library, self.message = t, library, message_of(args)
        self.before = {kept: read(t.path(kept))} if kept else {}
        self.args = [t.path(word) if os.path.exists(t.path(word)) and word not in self.before else word for word in args]
        self.stdin = t.path('stdin')
        t.write('stdin', stdin)
        self.right, self.total = None, None
        self.right = self.start('right', {'FAIL_COUNT': t.path('count')})
        self.total = int(read(t.path('count')))

    def start(self, name, env):
        """The whole answer of a run in a new folder of this name: status and files, standard output and error among them."""
        folder = os.path.join(self.t.folder, name)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for kept, data in self.before.items():
            with open(os.path.join(folder, kept), 'wb') as f:
                f.write(data)
        with open(self.stdin, 'rb') as source, open(os.path.join(folder, 'stdout'), 'wb') as out, open(os.path.join(folder, 'stderr'), 'wb') as err:
            result = self.t.run(*self.args, cwd=folder, env={'LD_PRELOAD': self.library, **env}, stdin_file=source, stdout=out, stderr=err, timeout=3000)
        return result.status, made(folder)

    def expect(self, name):
        """The right answer is of the kind that the scenario is meant to have."""
        allowed = {'bad': [INVALID], 'usage:': [USAGE]}.get(name.split()[0], [OK, 1, 4])
        want(self.right[0] in allowed, f'status {self.right[0]} without a fault: {self.right[1]["stderr"][:300]}')

    def points(self, wanted):
        """The requests that fail: both ends, and evenly between; the number is the request times two, plus one when all later ones do too."""
        step = max(1, self.total // wanted)
        single = sorted(at for at in {*range(1, FIRST), *range(FIRST, self.total, step), *range(self.total - LAST, self.total + 1)} if 1 <= at <= self.total)
        return sorted({2 * at for at in single} | {2 * at + 1 for at in single[::3]})

    def kind(self, status, files):
        """What became of a point; 'told' and 'right' are good."""
        if (status, files) == self.right:
            return 'right'
        if status != SYSTEM:
            return 'wrong answer' if status == self.right[0] else f'status {status}'
        if files.get('stderr') != self.message:
            return 'another message'
        return 'told' if files == {**self.before, 'stdout': b'', 'stderr': self.message} else 'something written'

    def run(self, wanted):
        """{number of the point: its kind}, and some words on each bad one."""
        t, points = self.t, self.points(wanted)
        with open(t.path('points'), 'wb') as f:
            array.array('I', points).tofile(f)
        folder = os.path.join(t.folder, 'forked')
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        again = self.start('parent', {'FAIL_FORK': t.path('points'), 'FAIL_FOLDER': folder, 'FAIL_RESULT': t.path('results')})
        want(again == self.right, f'the run that forks has status {again[0]} and another answer than the one before it')
        kinds, words = {}, []
        for line in read(t.path('results')).decode().splitlines():
            number, status = (int(word) for word in line.split())
            files = made(os.path.join(folder, str(number)))
            code = os.waitstatus_to_exitcode(status)
            kinds[number] = self.kind(code, files)
            if kinds[number] not in ('told', 'right'):
                words.append(self.words(number, kinds[number], code, files))
        want(sorted(kinds) == points, f'{len(kinds)} of {len(points)} points were run')
        shutil.rmtree(folder)
        return kinds, words

    def one_by_one(self, wanted):
        """The same as run, each point by a process of its own."""
        kinds, words = {}, []
        for number in self.points(wanted):
            status, files = self.start('single', {'FAIL_AT': str(number // 2), **({'FAIL_ON': '1'} if number % 2 else {})})
            kinds[number] = self.kind(status, files)
            if kinds[number] not in ('told', 'right'):
                words.append(self.words(number, kinds[number], status, files))
        return kinds, words

    def words(self, number, kind, status, files):
        return (f'request {number // 2} of {self.total}{" and on" if number % 2 else ""}: {kind}, status {status}, '
                f'{sorted(files)}, {files.get("stderr", b"")[:300].decode("utf-8", "replace")!r}')


def prepare(t):
    columns = 'period,activity,quantity,unit,site'
    t.write('a.csv', rows(*[f'2023-0{m},{a},{m}.5,{u},甲' for m in range(1, 4) for a, u in (('外购电力', 'MWh'), ('柴油', 't'), ('食品垃圾填埋', 't'))], header=columns))
    t.write('gbk.csv', rows('2024,电,"1,000",kWh,学校', header=columns).encode('gbk'))
    t.write('case/inventory.csv', rows('2023,磨豆腐,3,sack', '2023,电,1,kWh'))
    t.write('case/units.csv', 'unit,value,of\nsack,50,kg\n')
    t.write('case/factors.csv', 'id,gas,value,unit,activity,scope,source\na,CH4,1,kg/t,磨豆腐,1,x\n')
    t.write('case/case.csv', 'fact,value,unit\ngdp,3,亿元\n')
    sheet = xlsx.sheet_xml([xlsx.HEADER, xlsx.LINE, [None, '天然气', 0.1 + 0.2, 'GJ']], after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>')
    strings = xlsx.parts_of([('一月', sheet), ('二月', sheet), ('空', xlsx.sheet_xml([]))], strings=['a', 'b'], styles=xlsx.styles_xml([0, 14, '0.0%']))
    t.write('book.xlsx', xlsx.pack(strings, xlsx.zipfile.ZIP_DEFLATED))
    t.write('damaged.xlsx', xlsx.changed(xlsx.book([xlsx.HEADER, xlsx.LINE]), b'<v>100</v>', b'<v>900</v>'))
    t.write('case.xlsx', xlsx.case_workbook(os.path.join(ROOT, 'examples', 'first', 'enterprise')))
    wide = '2023年度甲公司能耗表,,,,\n能源,单位,1月,2月,合计\n电力,万kWh,1.5,2,3.5\n柴油,吨(t),-,2,2\n产量,吨,1,1,\n合计,,,,\n注：无,,,,\n'
    t.write('wide.csv', wide)
    days = [f'2023-0{m}-01,电,{m},kWh,{s}' for s, m in (('甲', 1), ('甲', 2), ('乙', 1), ('乙', 4), ('丙', 7))]
    t.write('firsts.csv', rows(*days, '2023-01-15,电,1,kWh,丁', '2023-02-01,电,1,kWh,丁', header=columns))
    t.write('firsts.xlsx', xlsx.book([columns.split(','), *(line.split(',') for line in days)]))
    t.write('firsts-wide.csv', '能源,单位,2023-01-01,2023-02-01\n天然气,Nm3,1,2\n')
    t.write('wide-layout.csv', 'key,value\nheader,2\nset.site,一厂\ncolumn.能源,activity\nskip,5\n')
    t.write('bad-wide.csv', wide.replace('3.5', '3.6').replace('柴油', '柴火油'))
    t.write('bad.csv', rows('2023,电梯,1,kWh', '2023,电,x,kWhh', '2023,合计,1,kWh', '2023,电'))
    t.write('bad-factors.csv', 'id,gas,value,unit,source\na,CO3,x,kg/kWhh,\na,CO2,1,kg/kWh,x\na,CO2,1,kg/kWh,x\n')
    os.symlink(os.path.join(ROOT, 'examples'), t.path('ex'))
    shutil.copytree(os.path.join(ROOT, 'tests', 'golden', 'check', 'answers-zh', 'case'), t.path('asked'))
    shutil.copy(os.path.join(ROOT, 'tests', 'golden', 'check', 'answers-zh', 'answers.csv'), t.path('answers.csv'))
    scheme = read(os.path.join(ROOT, 'tests', 'rules', 'example-scheme.json')).decode()
    t.write('several/applicants.csv', '申报单位,试点类型,试点目标,2023年常住人口\n甲,居民社区,碳达峰,5 万人\n乙,园区,碳达峰,\n')
    t.write('several/inventory.csv', '申报单位,period,activity,quantity,unit\n甲,2023,电,1000,kWh\n乙,2023,电,2000,kWh\n甲,2023,柴油,3,t\n')
    t.write('several/measures.csv', '申报单位,id,name,group\n乙,M1,屋顶光伏,能源领域\n')
    t.write('scheme.json', scheme)
    want(t.run('check', 'ex/enterprise', '-f', 'json', '-o', 'r.json').status in (OK, 1, 4), 'a report')
    report = read(t.path('r.json')).decode()
    t.write('other.json', report.replace('"verdict": "', '"verdict": "x'))
    t.write('bad-report.json', report.replace('"options": {', '"options": {"colour": "red", '))
    want(t.run('account', 'a.csv', '--lock', 'held.json').status == OK, 'a lock')
    want(t.run('account', 'a.csv', '--gwp', 'AR6', '-f', 'json', '-o', LOCKED[2]).status == OK, 'an earlier report')
    t.write('bad.json', scheme.replace('"get": "trained"', '"get": "berths"').replace('["m", "km"]', '["m", "kg"]'))


def in_child(t, library, wanted):
    """The process that writes a workbook lacks memory, once or from then on: the whole workbook, or no file and a word on why."""
    name, args = WORKBOOK
    for lang, ended in ENDED.items():
        with t.case(f'{name}, in its process, {lang}'):
            scenario = Scenario(t, library, [*args, '--lang', lang], b'')
            scenario.start('counted', {'FAIL_CHILD': '1', 'FAIL_COUNT': t.path('count')})
            total = int(read(t.path('count')))
            want(total > 10 * wanted, f'{total} requests')
            told, wrong = 0, []
            for k in range(wanted):
                at, on = 1 + k * (total - 1) // (wanted - 1), {'FAIL_ON': '1'} if k % 3 == 0 else {}
                status, files = scenario.start('single', {'FAIL_CHILD': '1', 'FAIL_AT': str(at), **on})
                said = files['stderr'].decode()
                clear = status == SYSTEM and set(files) == {'stdout', 'stderr'} and (files['stderr'] == scenario.message or ('E1503' in said and ended in said))
                told += clear
                if (status, files) != scenario.right and not clear:
                    wrong.append(scenario.words(2 * at + bool(on), 'wrong', status, files))
            want(not wrong, f'{len(wrong)} of {wanted} points\n' + '\n'.join(wrong[:8]))
            want(told > wanted // 3, f'only {told} of {wanted} told')


def every(t, wanted):
    """All scenarios, `wanted` points of each; how often each outcome was."""
    prepare(t)
    outcomes = {}
    try:
        library = build(t, 'failalloc')
    except Failure as e:
        t.fail('tests/fault/failalloc.c', str(e))
        return
    alone = ((*THREADED, wanted // 10), (*WORKBOOK, wanted // 10), (*LOCKED[:2], wanted // 2, LOCKED[2]))
    for name, args, stdin, *kept in [*SCENARIOS, *alone]:
        with t.case(name):
            scenario = Scenario(t, library, args, stdin if isinstance(stdin, bytes) else b'', *kept)
            scenario.expect(name)
            kinds, words = scenario.run(wanted) if isinstance(stdin, bytes) else scenario.one_by_one(stdin)
            for kind in kinds.values():
                outcomes[kind] = outcomes.get(kind, 0) + 1
            want(not words, f'{len(words)} of {len(kinds)} points\n' + '\n'.join(words[:8]))
    in_child(t, library, wanted * IN_CHILD // SAMPLE)
    print(f'memory: {sum(outcomes.values())} points: ' + ', '.join(f'{n} {kind}' for kind, n in sorted(outcomes.items(), key=lambda pair: -pair[1])))


def run(t):
    every(t, SAMPLE)


def long(t):
    every(t, LONG)
