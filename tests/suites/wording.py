# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program says in Chinese: one thing, one word, and no name that only the program knows."""
import ast
import csv
import glob
import os
import re
import shutil

from .harness import DATA, ROOT, TESTS, same, want

# A word that is no longer said, and the one that is. Where it is a part of another word or of a quoted text, that is taken out first.
RETIRED = {
    '核查': '对照、核对', '案例': '项目文件夹', '事实': '填报项', '读法': '解读', '裕度': '相差', '改判': '改变', '凭证': '绿电合同或绿证',
    '无法判定': '暂不能判定', '无法判断': '暂不能判定', '未能判定': '暂不能判定', '不满足': '未满足', '规则包': '申报规则', '因子集': '因子库',
    '位置法': '基于位置', '市场法': '基于市场', '照常': '基准情景', '目标线': '目标值', '折标系数': '折标准煤系数', '退出状态': '退出码',
    '量纲': '单位不是同一类', '把握': '不确定性', '限值': '门槛', '可信度': '核对情况', '专家认定': '由专家评审认定', '基年': '基准年',
    '残余': '剩余', '生物源': '生物成因', '误差传递': '误差传播', '蒙特卡洛': '蒙特卡罗', '台账': '计算明细', '发现“': '填的是“', '总排放 ': '总排放量',
}
ALLOWED = [
    '注销凭证', '能源统计台账', '碳排放统计台账', '台账-', '台账.', # names of a certificate's and of the applicant's own records
    '统计台账', '电子台账', '用能台账', '排放不满足', '核查指南', '核查技术', '第三方核查', # names of documents
    '数据覆盖不满足',
]

# Names in small letters with a stroke below that users type, or see as such: each kind has its reason.
TYPED = re.compile('|'.join([
    r'\S*[/\\.]\S*',                   # paths, files, web addresses, and growth.output_value as it is written in assumptions.csv
    r'[（(][a-z0-9_]+[）)]',              # behind its name, since it is to be typed
    r'--[a-z-]+',                      # options
    r'(min|peak|neutrality|core|power)_\w+',      # parameters, typed in params.csv
    r'name_zh|name_en|valid_from|valid_to|carbon_content|note_zh', # columns of a factor file
    r'discount_rate|base_year|last_year|in_use_\w+|effect_\w+', # names in the files of a case
    r'[a-z]+_[a-z_]+[,，].*[,，].*', # a line that can be pasted
]))
LISTS = ('factors', 'rules', 'help') # these commands list what can be typed, each name beside its words
NAME = re.compile(r'(?<![\w.-])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w.-])')
HAN = re.compile('[一-鿿]')
STRING = r'"((?:[^"\\]|\\.)*)"'


def retired(text):
    for part in ALLOWED:
        text = text.replace(part, '')
    text = re.sub('“[^”]*□[^”]*”|原文 .*', '', text) # quotes of the notice
    return sorted(word for word in RETIRED if word in text)


def names(line):
    return sorted(set(NAME.findall(TYPED.sub(' ', line))))


def sources():
    """The Chinese of the labels and findings: where, text."""
    for file, row, columns in (('report/words.def', r'W\((\w+),\s*%s,\s*%s\)', (2,)), ('base/diag.def', r'D\((\d+), \w+, \w+, %s, %s, %s, %s\)', (2, 4))):
        with open(os.path.join(ROOT, 'src', file), encoding='utf-8') as f:
            source = f.read()
        found = re.findall(row % ((STRING,) * row.count('%s')), source)
        want(len(found) > 100, f'{file} has {len(found)} texts')
        for texts in found:
            for column in columns:
                yield f'{file}: {texts[0]}', ast.literal_eval(f'"{texts[column]}"')


def in_chinese(folder):
    with open(os.path.join(folder, 'cmd'), encoding='utf-8') as f:
        words = f.read().split()
    return 'zh' in words and not {'json', 'ndjson', 'csv'} & set(words)


def said_in_sources():
    bad = [f'{where}: {word}, say {RETIRED[word]}' for where, text in sources() for word in retired(text)]
    same(bad, [], 'words that are no longer said')


def said_in_golden(folder):
    bad = []
    for name in ('stdout', 'stderr'):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            continue
        with open(path, encoding='utf-8', errors='replace') as f:
            for number, line in enumerate(f, 1):
                bad += [f'{name}:{number}: {word}, say {RETIRED[word]}' for word in retired(line)]
                if os.path.basename(os.path.dirname(folder)) not in LISTS:
                    bad += [f'{name}:{number}: the name {word}' for word in names(line) if HAN.search(line)]
    same(bad, [], 'retired words and names of the program')


def said_in_documents():
    """README, examples and the Chinese manual."""
    paths = ['README.md', 'examples/README.md', 'examples/demo.sh', *(os.path.relpath(path, ROOT) for path in sorted(glob.glob(os.path.join(ROOT, 'man', 'zh_CN', '*'))))]
    want(len(paths) > 4, f'documents: {paths}')
    bad = []
    for path in paths:
        with open(os.path.join(ROOT, path), encoding='utf-8') as f:
            bad += [f'{path}:{number}: {word}, say {RETIRED[word]}' for number, line in enumerate(f, 1) for word in retired(line)]
    same(bad, [], 'words that are no longer said')


# Of each kind of words in columns.csv that a cell must be one of: the command, the example, the table and its column.
CLOSED = {
    'measures.effect': ('check', 'enterprise', 'measures.csv', 'effect'), 'measures.status': ('check', 'enterprise', 'measures.csv', 'status'), 'targets.kind': ('check', 'enterprise', 'targets.csv', 'kind'),
    'instruments.kind': ('check', 'enterprise', 'instruments.csv', 'kind'), 'inventory.grade': ('account', 'event', 'inventory.csv', 'grade'), 'offsets.retired': ('event', 'event', 'offsets.csv', 'retired'),
    'inventory.stage': ('footprint', 'products', 'inventory.csv', 'stage'), 'products.boundary': ('footprint', 'products', 'products.csv', 'boundary'),
    'products.allocation': ('footprint', 'products', 'products.csv', 'allocation'),
}
OPEN = {'assumptions.suffix', 'inventory.period', 'inventory.bound', 'inventory.activity', 'inventory.product', 'offsets.type', 'tasks.done'}  # beside which other words stand: none of them is refused


def closed_lists(t):
    """A word that is none of a closed list: in Chinese the list has the titles of the data, in English their ids."""
    with open(os.path.join(DATA, 'columns.csv'), encoding='utf-8') as f:
        rows = list(csv.reader(f))[1:]
    lists, heads = {}, {}
    for kind, word, aliases in rows:
        if '.' in kind:
            lists.setdefault(kind, {})[word] = next((a for a in aliases.split(';') if ord(a[0]) > 0x80), word)
        else:
            heads.setdefault((kind, word), {word, *aliases.split(';')})
    same(set(lists), set(CLOSED) | OPEN, 'kinds of words')
    for kind, (command, example, table, column) in CLOSED.items():
        with t.case(f'closed list: {kind}'):
            folder = f'closed-{kind}'
            shutil.copytree(os.path.join(ROOT, 'examples', example), t.path(folder))
            with open(t.path(f'{folder}/{table}'), encoding='utf-8-sig', newline='') as f:
                cells = list(csv.reader(f))
            names = heads[(table[:-4], column)]
            at = next((i for i, head in enumerate(cells[0]) if head in names), len(cells[0]))
            cells = [row + [''] * (at + 1 - len(row)) for row in cells]
            cells[0][at], cells[1][at] = cells[0][at] or column, '啊啊'
            with open(t.path(f'{folder}/{table}'), 'w', encoding='utf-8', newline='') as f:
                csv.writer(f).writerows(cells)
            zh, en = (next((line for line in t.run('--lang', lang, command, folder).errors.splitlines() if '啊啊' in line), '') for lang in ('zh', 'en'))
            zh, en = zh.split('：', 2)[-1], en.split(': ', 2)[-1]
            same([w for w, title in lists[kind].items() if title not in zh or (title != w and re.search(rf'(?<![a-z]){w}(?![a-z])', zh))], [], zh)
            same([w for w in lists[kind] if w not in en], [], en)


def run(t):
    closed_lists(t)
    same(retired('核查结论：事实不满足'), ['不满足', '事实', '核查'], 'what the test finds')
    same(names('缺少 natural_gas 的因子（grid_mee_x）'), ['natural_gas'], 'names that the test finds')
    with t.case('sources'):
        said_in_sources()
    with t.case('a column is called as in its own kind of table'):
        t.write('params.csv', 'param,value,unit,source\npeak_years_max,5,year,\n')
        t.write('inventory.csv', 'period,activity,quantity,unit,source\n2023,外购电力,x,kWh,a\n')
        r = t.run('--lang', 'zh', 'check', os.path.join(ROOT, 'examples', 'region'), '--params', 'params.csv')
        want('E3910' in r.errors and '[来源]' in r.errors and '[排放源]' not in r.errors, r.errors)
        want('[数量]' in t.run('--lang', 'zh', 'account', 'inventory.csv').errors, 'inventory')
    with t.case('documents'):
        said_in_documents()
    for folder in sorted(glob.glob(os.path.join(ROOT, 'examples', '*', 'case.csv'))):
        for lang in 'zh', 'en':
            with t.case(f'{os.path.dirname(folder)}: --brief is one page, {lang}'):
                for command in 'account', 'check':
                    lines = t.run('--lang', lang, command, os.path.dirname(folder), '--brief').text.count('\n')
                    want(5 < lines <= 62, f'{command}: {lines} lines')
    folders = [os.path.dirname(path) for path in sorted(glob.glob(os.path.join(TESTS, 'golden', '*', '*', 'cmd')))]
    chinese = [folder for folder in folders if in_chinese(folder)]
    want(len(chinese) > 20, f'{len(chinese)} golden cases in Chinese')
    for folder in chinese:
        with t.case(os.path.relpath(folder, TESTS)):
            said_in_golden(folder)
