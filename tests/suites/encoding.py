# SPDX-License-Identifier: GPL-3.0-or-later
"""Chinese words come out as they went in, also those whose GBK bytes are valid UTF-8."""
from .harness import rows, same, want

HEADER = 'period,activity,quantity,unit,site'
# 煤炭 原煤 学校 医院 ...: every byte pair is also a two-byte sequence of UTF-8.
TRAPS = ['煤炭', '原煤', '学校', '医院', '煤', '楼', '食堂', '学生']
PLAIN = ['天然气', '外购电力', '锅炉房', '宿舍楼', '停车场', '办公楼', '柴油']


def site_of(t, content, *args):
    t.write('site.csv', content)
    account = t.account('site.csv', '--by', 'site', *args)
    return [g['keys']['site'] for g in account['groups']], account


def run(t):
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
