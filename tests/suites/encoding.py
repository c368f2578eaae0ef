# SPDX-License-Identifier: GPL-3.0-or-later
"""Chinese words come out as they went in, also those whose GBK bytes are valid UTF-8."""
import csv
import os

from .harness import INVALID, ROOT, TESTS, rows, same, spots, want

HEADER = 'period,activity,quantity,unit,site'
# 煤炭 原煤 学校 医院 ...: every byte pair is also a two-byte sequence of UTF-8.
TRAPS = ['煤炭', '原煤', '学校', '医院', '煤', '楼', '食堂', '学生']
PLAIN = ['天然气', '外购电力', '锅炉房', '宿舍楼', '停车场', '办公楼', '柴油']


def site_of(t, content, *args):
    t.write('site.csv', content)
    account = t.account('site.csv', '--by', 'site', *args)
    return [g['keys']['site'] for g in account['groups']], account


# A case in which one cell of each file is not ASCII.
FILES = {
    'case.csv': 'fact,value,unit,note\nname,X,,%s\nbase_year,2023,,\n',
    'inventory.csv': 'period,activity,quantity,unit,note\n2023,electricity,100,MWh,%s\n',
    'measures.csv': 'id,name,group,start,end,reduction,unit,note\nM1,solar,renewables_storage,2024-01,2025-01,1,t CO2e/a,%s\n',
    'targets.csv': 'phase,year,emissions,unit,note\nP1,2025,1,t CO2e,%s\n',
    'assumptions.csv': 'param,value,unit,source,note\ngrowth,1,%%,me,%s\n',
    'params.csv': 'param,value,unit,source,note\nmin_area,1,km2,me,%s\n',
    'factors.csv': 'id,gas,value,unit,source,note\nmine,CO2,1,kg/kg,me,%s\n',
    'units.csv': 'unit,value,of,note_en\nblob,3,kg,%s\n',
}


def doubted(t, folder, text, encoding):
    """The files of such a case that a plan says it doubts."""
    os.makedirs(t.path(folder))
    for file, content in FILES.items():
        with open(t.path(f'{folder}/{file}'), 'wb') as f:
            f.write((content % text).encode(encoding))
    r = t.run('plan', '.', '--params', 'params.csv', '--factors', 'factors.csv', '--units', 'units.csv', '-f', 'json', cwd=t.path(folder))
    plan = r.json()
    said = [at for c in plan['caveats'] if c['code'] == 'C4081' for at in spots(c)]
    for c in plan['account']['caveats']:
        said += spots(c) if c['code'] == 'C4081' else []
    return sorted(os.path.basename(place).split(':')[0] for place in said), r.errors


def unconfirmed(t):
    """What is read as GB18030 only because it is not UTF-8 is doubted until a word is known, in every file of a case."""
    foreign = [('latin-1', 'D\xe9p\xf4t'), ('cp1252', 'M\xfcnchen'), ('big5', '\u7c73\u6cc9\u8fb2\u5834'), ('shift_jis', '\u7530\u4e2d'),
               ('euc-kr', '\uc11c\uc6b8'), ('gbk', '\u59da\u946b')]
    for encoding, text in foreign:
        with t.case(f'every file in {encoding}'):
            files, errors = doubted(t, 'foreign-' + encoding, text, encoding)
            same(files, sorted(FILES), 'doubted')
            want('--encoding' in errors, 'the message names no --encoding')
        with t.case(f'an inventory in {encoding} with --encoding'):
            t.write('said.csv', (FILES['inventory.csv'] % text).encode(encoding))
            found = t.account('said.csv', '--encoding', 'gb18030')['caveats']
            want('C4081' not in [c['code'] for c in found], 'doubted though it is said')
    for text in ['天然气', '上海第二车间', '用于备注的文字', '年用量 3 万千瓦时']:
        with t.case(f'GBK with {text}'):
            same(doubted(t, 'known-' + text, text, 'gbk')[0], [], 'doubted')
    with t.case('UTF-8 is not doubted'):
        same(doubted(t, 'utf-8', 'Dépôt 姚', 'utf-8')[0], [], 'doubted')
    with t.case('what may be UTF-8 too'):
        # \u59da is D2 A6 in GBK, which is U+04A6 in UTF-8; of inventories C4025 says it.
        same(doubted(t, 'both', '\u59da', 'gbk')[0], sorted(set(FILES) - {'inventory.csv'}), 'doubted')
    for file in ('big5', 'latin1', 'sjis'):
        with t.case(f'the report {file}.csv'):
            account = t.account(os.path.join(TESTS, 'reports', 'other-encodings', file + '.csv'))
            same([c['code'] for c in account['caveats'] if c['code'] == 'C4081'], ['C4081'], 'doubted')
    for encoding in ('utf-16-le', 'utf-16-be'):
        with t.case(f'{encoding} without a mark'):
            t.write('wide.csv', (FILES['inventory.csv'] % '煤炭').encode(encoding))
            r = t.run('account', 'wide.csv', '--diagnostics', 'json')
            same((r.status, [d['code'] for d in r.diagnostics()]), (INVALID, ['E1007']), 'errors')
            want('--encoding ' + encoding.replace('-16-', '-16') in r.diagnostics()[0]['detail'], 'no --encoding')


def template(t, lang):
    """The file to fill in, filled in with numbers and a source, is read in its language: every parameter then has them."""
    filled = t.path(f'filled-{lang}/params.csv')
    t.run('--lang', lang, 'rules', 'params', '--template', '-o', filled)
    with open(filled, encoding='utf-8-sig', newline='') as f:
        table = list(csv.reader(f))
    want(len(table) == 10, f'{len(table)} lines')
    same([row[0] for row in table[1:] if (lang == 'zh') != any('\u4e00' <= c <= '\u9fff' for c in table[0][0])], [], 'header in another language')
    with open(filled, 'w', encoding='utf-8-sig', newline='') as f:
        csv.writer(f).writerows([table[0]] + [[row[0], str(i), row[2], 'made up for a test', row[4]] for i, row in enumerate(table[1:], 1)])
    r = t.run('check', os.path.join(ROOT, 'examples', 'enterprise'), '--params', filled, '-f', 'json')
    want(r.status in (0, 1), f'status {r.status}: {r.errors[:400]}')
    return {p['id']: p['value'] for p in r.json()['params']}, [(q['id'], q['status'], q.get('limits')) for q in r.json()['requirements']]


def run(t):
    unconfirmed(t)
    with t.case('the parameters to fill in, in both languages, filled in with the same numbers'):
        same(template(t, 'zh'), template(t, 'en'), 'parameters and requirements')
    for word in TRAPS + PLAIN:
        text = rows(f'2023,electricity,1,kWh,{word}', header=HEADER)
        for encoding in ('gbk', 'utf-8', 'utf-8-sig', 'utf-16'):
            with t.case(f'{word} alone in {encoding}'):
                sites, account = site_of(t, text.encode(encoding))
                same(sites, [word], 'site')
                codes = [c['code'] for c in account['caveats']]
                want(('C4025' in codes) == (encoding == 'gbk' and account['inputs'][0]['encoding'] == 'GB18030' and is_trap(word)),
                     f'ambiguous or not: caveats {codes}')
    with t.case('all traps in one file'):
        sites, _ = site_of(t, rows(*[f'2023,electricity,1,kWh,{w}' for w in TRAPS], header=HEADER).encode('gbk'))
        same(sorted(sites), sorted(TRAPS), 'sites')
    with t.case('all words in one file, with Chinese headers'):
        sites, account = site_of(t, rows(*[f'2023,外购电力,1,度,{w}' for w in TRAPS + PLAIN], header='期间,活动,数量,单位,场所').encode('gbk'))
        same(sorted(sites), sorted(TRAPS + PLAIN), 'sites')
        want('C4025' not in [c['code'] for c in account['caveats']], 'nothing is ambiguous here')
    with t.case('--encoding utf-8 takes the other reading'):
        sites, _ = site_of(t, rows('2023,electricity,1,kWh,煤炭', header=HEADER).encode('gbk'), '--encoding', 'utf-8')
        same(sites, ['煤炭'.encode('gbk').decode('utf-8')], 'site')
    with t.case('signs of units are no reason for GB18030'):
        sites, account = site_of(t, rows('2023,electricity,1,kWh,±5 m² café', header=HEADER).encode())
        same((sites, account['inputs'][0]['encoding']), (['±5 m² café'], 'UTF-8'), 'site')
    with t.case('characters with four bytes in GB18030'):
        word = '𠮷野家 CO₂ ㎡ é'
        same(site_of(t, rows(f'2023,电,1,kWh,{word}', header=HEADER).encode('gb18030'))[0], [word], 'site')
    with t.case('the text says which encoding was read'):
        t.write('g.csv', rows('2023,外购电力,1,kWh,学校', header=HEADER).encode('gb18030'))
        want('GB18030' in t.run('account', 'g.csv').text, 'GB18030 is not named')
    with t.case('an ambiguous text is warned of at its place'):
        t.write('a.csv', rows('2023,electricity,1,kWh,B', '2023,electricity,1,kWh,学校', header=HEADER).encode('gbk'))
        found = t.run('account', 'a.csv', '--diagnostics', 'json').diagnostics()
        same([(d['code'], d['line'], d['column']) for d in found], [('W1011', 3, 24)], 'warning')


def is_trap(word):
    try:
        word.encode('gbk').decode('utf-8')
        return True
    except UnicodeDecodeError:
        return False
