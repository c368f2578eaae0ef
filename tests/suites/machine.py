# SPDX-License-Identifier: GPL-3.0-or-later
"""What programs read: the same bytes in any language, from any folder and however a path was typed; an object where there is no report; heads of
CSV that do not change."""
import json
import os
import shutil

from .harness import INVALID, OK, ROOT, SYSTEM, USAGE, rows, same, want

EXAMPLES = os.path.join(ROOT, 'examples')
CASE = os.path.join(EXAMPLES, 'enterprise')
ILLUSTRATIVE = os.path.join(EXAMPLES, 'params-illustrative.csv')
SERIES = os.path.join(EXAMPLES, 'region-2010-2020', 'series.csv')

# Every command that writes for programs, with what makes it say most.
COMMANDS = [
    ['account', CASE, '-f', 'json', '--by', 'site,year', '--uncertainty', 'approach1'], ['account', os.path.join(EXAMPLES, 'building'), '-f', 'json'],
    ['account', CASE, '-f', 'csv'], ['account', CASE, '-f', 'json', '-o', 'report.json', '--ledger', 'l.ndjson'], ['account', CASE, '-o', '/dev/null', '--ledger', 'l.csv'],
    *[['check', os.path.join(EXAMPLES, name), '-f', 'json', '--params', ILLUSTRATIVE, '--all-categories'] for name in ('region', 'park', 'community', 'building', 'enterprise')],
    ['check', os.path.join(EXAMPLES, 'first', 'region'), '-f', 'json'],
    ['plan', CASE, '-f', 'json', '--route', 'threshold', '--actual', '2023'], ['plan', os.path.join(EXAMPLES, 'region-2010-2020'), '-f', 'json', '--series', SERIES],
    *[['factors', 'check', os.path.join(CASE, 'factors.csv'), *more, '-f', 'json'] for more in ([], ['--inventory', os.path.join(CASE, 'inventory.csv')])],
    ['factors', 'list', '-f', 'csv'], ['factors', 'search', '电力', '-f', 'json'], ['factors', 'show', 'grid-shanghai-2023', 'fuel-gb-diesel', '-f', 'json'],
]
# And what is wrong: the folder has bad.csv.
FAILURES = [
    (INVALID, ['account', 'bad.csv', '-f', 'json']), (SYSTEM, ['account', 'nowhere.csv', '-f', 'json']), (USAGE, ['check', 'nowhere', '-f', 'json']),
    (USAGE, ['plan', 'nowhere', '--format=json']), (USAGE, ['factors', 'show', 'grid-shanghai-203', '-fjson']), (USAGE, ['check', '-f', 'json']),
    (INVALID, ['factors', 'check', 'bad.csv', '-f', 'json']),
    (USAGE, ['account', 'bad.csv', '-f', 'json', '--gpw', 'AR5']), (USAGE, ['--colour', 'account', 'bad.csv', '-f', 'json']), (USAGE, ['acount', 'bad.csv', '-f', 'json']),
    (USAGE, ['-f', 'json']), (USAGE, ['rules', 'list', '-f', 'json']), (USAGE, ['account', 'bad.csv', '-f', 'json', '--profile', 'mee']), (USAGE, ['account', '-f', 'json', 'bad.csv', 'bad.csv']),
]


def written(t, args, **more):
    """All that a run writes for programs: standard output and the files; and its status."""
    for name in ('report.json', 'l.ndjson', 'l.csv'):
        if os.path.exists(t.path(name)):
            os.remove(t.path(name))
    result = t.run(*args, **more)
    found = [result.status, result.out]
    for name in ('report.json', 'l.ndjson', 'l.csv'):
        if os.path.exists(t.path(name)):
            with open(t.path(name), 'rb') as f:
                found.append(f.read())
    return found


def languages(t):
    for args in [*COMMANDS, *[a for _, a in FAILURES]]:
        with t.case('in both languages: ' + ' '.join(os.path.basename(a) for a in args)):
            en, zh, locale = written(t, ['--lang', 'en', *args]), written(t, ['--lang', 'zh', *args]), written(t, args, env={'LC_ALL': 'zh_CN.UTF-8'})
            want(len(en[1]) > 100 or len(en) > 2, 'nothing is written')
            want(en == zh and en == locale, 'the language shows')
    with t.case('messages as JSON in both languages'):
        said = [t.run('account', 'bad.csv', '--diagnostics', 'json', '--lang', lang).err for lang in ('en', 'zh')]
        want(said[0] == said[1] and said[0].count(b'\n') == 4, said[0][:300])


def paths(t):
    """One case from outside, from inside, by its whole path, by a way around, through a link, beside a case of another place."""
    shutil.copytree(CASE, t.path('a/case'))
    shutil.copytree(CASE, t.path('b/c/case'))
    os.makedirs(t.path('a/case/evidence'), exist_ok=True)
    shutil.copy(ILLUSTRATIVE, t.path('a/p.csv'))
    shutil.copy(ILLUSTRATIVE, t.path('b/c/p.csv'))
    os.symlink(t.path('a'), t.path('link'))
    for folder in ('a/case', 'b/c/case'):
        os.makedirs(t.path(folder + '/evidence'), exist_ok=True)
        t.write(folder + '/evidence/领导小组成立文件.pdf', 'paper')
    ways = [('.', 'a/case', 'a/p.csv'), ('a', 'case', 'p.csv'), ('a/case', '.', '../p.csv'), ('b', './../a/case/', '../a/p.csv'), ('.', t.path('a/case'), t.path('a/p.csv')),
            ('.', 'link/case', './link/p.csv'), ('b/c', 'case', 'p.csv')]
    for command in (['check', '-f', 'json', '--all-categories'], ['plan', '-f', 'json', '--route', 'threshold'], ['account', '-f', 'json', '--by', 'site']):
        with t.case(f'{command[0]} from anywhere'):
            found = []
            for cwd, case, params in ways:
                more = [] if command[0] == 'account' else ['--params', params]
                result = t.run(command[0], case, *command[1:], *more, cwd=t.path(cwd))
                want(result.status in (OK, 1, 4), result.errors[-300:])
                found.append((result.status, result.out))
            same([f == found[0] for f in found], [True] * len(ways), 'the same bytes')
            want(t.folder.encode() not in found[0][1] and b'a/case' not in found[0][1], 'a path shows')
            same(command[0] != 'check' or '"file": "evidence/领导小组成立文件.pdf"'.encode() in found[0][1], True, 'the paper by its path in the case')
    with t.case('the ledger from anywhere'):
        found = {t.run('account', case, '-o', os.devnull, '--ledger', '-', cwd=t.path(cwd)).out for cwd, case, _ in ways}
        same(len(found), 1, 'ledgers')
    with t.case('messages that name a file'):
        t.write('a/bad.csv', 'id,gas,value,unit,source\nx,CO2,1,kg/kWh,me\nx,CO2,2,kg/kWh,me\n')
        found = {t.run('account', case, '--factors', os.path.join(os.path.dirname(params), 'bad.csv'), '-f', 'json', cwd=t.path(cwd)).out for cwd, case, params in ways[:3]}
        same(len(found), 1, 'objects')
        want(b'"file": "bad.csv", "line": 3' in next(iter(found)), next(iter(found))[-400:])
    with t.case('two files of one name'):
        for name in ('x/lines.csv', 'y/lines.csv'):
            t.write(name, rows(f'2023,电,{len(name)},kWh', '2023,电,-1,kWh'))
        account = t.account('x/lines.csv', 'y/lines.csv')
        same([i['file'] for i in account['inputs']], ['lines.csv', 'lines.csv#2'], 'inputs')
        want({p['file'] for c in account['caveats'] for p in c['places']} == {'lines.csv', 'lines.csv#2'}, 'places')


def failures(t):
    for status, args in FAILURES:
        with t.case('an object: ' + ' '.join(args)):
            result = t.run(*args)
            found = json.loads(result.out)
            same((result.status, found['schema'], found['verdict'], found['status']), (status, 'tanhe.error/1', 'error', status), 'the object')
            want(result.err and found['diagnostics'], 'people are told, too')
            want(status != USAGE or result.err.count(b'\n') == 1, result.errors)
            same(found.get('command'), next((a for a in args if a in ('account', 'check', 'plan', 'factors', 'rules')), None) if args[0] != '--colour' else found.get('command'), 'command')
            if result.errors.startswith('tanhe: '):
                want(result.errors[7:].split(' (tanhe --help')[0] in found['diagnostics'][0]['text']['en'], 'the same words')
    with t.case('places as on standard error'):
        result = t.run('account', 'bad.csv', '-f', 'json', '--diagnostics', 'json')
        said = [json.loads(line) for line in result.errors.splitlines()]
        same(json.loads(result.out)['diagnostics'], said, 'findings')
    with t.case('to a file: only check writes it'):
        for command in (['account', 'bad.csv'], ['check', 'case'], ['plan', 'case']):
            if not os.path.isdir(t.path('case')):
                shutil.copytree(CASE, t.path('case'))
                t.write('case/measures.csv', 'id,name\n')
            t.write('out.json', 'before')
            result = t.run(*command, '-f', 'json', '-o', 'out.json')
            with open(t.path('out.json'), encoding='utf-8') as f:
                left = f.read()
            same((result.status, result.out), (INVALID, b''), 'status and standard output')
            same(left == 'before', command[0] != 'check', command[0])
            if command[0] == 'check':
                same((json.loads(left)['verdict'], json.loads(left)['case']), ('error', 'case'), 'the object in the file')
    with t.case('never over an input'):
        before = open(t.path('case/measures.csv'), 'rb').read()
        result = t.run('check', 'case', '-f', 'json', '-o', 'case/measures.csv')
        same((result.status, open(t.path('case/measures.csv'), 'rb').read()), (USAGE, before), 'status and the file')
    with t.case('not without -f json'):
        for args in (['account', 'bad.csv'], ['account', 'bad.csv', '-f', 'csv'], ['check']):
            same(t.run(*args).out, b'', 'standard output')


def heads(t):
    t.write('good.csv', rows('2023,电,1,kWh'))
    for args, en, zh in ((['-f', 'csv'], 'scope,activity,tco2e,', '范围,活动,'), (['-o', os.devnull, '--ledger', '-'], 'file,line,period,', '文件,行号,')):
        with t.case('heads of ' + ' '.join(args)):
            for lang in ('en', 'zh'):
                want(t.run('account', 'good.csv', *args, '--lang', lang).text.startswith('\ufeff' + en), f'--lang {lang}')
                want(t.run('account', 'good.csv', *args, '--lang', lang, '--headers', 'zh').text.startswith('\ufeff' + zh), f'--lang {lang} --headers zh')
    with t.case('heads of factors, and the file read again'):
        show = ['factors', 'show', 'grid-shanghai-2023', '-f', 'csv']
        want(t.run(*show, '--lang', 'zh').text.startswith('\ufeffid,gas,value,unit,activity,name_zh,'), 'English')
        chinese = t.run(*show, '--headers', 'zh')
        want(chinese.text.startswith('\ufeff编号,气体,值,单位,活动,名称,') and not any(c.isascii() and c.isalpha() for c in chinese.text.split('\r\n')[0]), chinese.text[:200])
        t.write('own.csv', chinese.out)
        same((t.run('factors', 'check', 'own.csv').status, t.run('factors', 'show', 'grid-shanghai-2023', '-f', 'csv', '--factors', 'own.csv').status), (OK, OK), 'status')
    with t.case('--headers fr'):
        same(t.run('account', 'good.csv', '--headers', 'fr').status, USAGE, 'status')


def run(t):
    t.write('bad.csv', rows('2023,电,1,kWh', '2023,电,x,kWh', '2023-13,电,1,kWh', '2023,电,,kWh', '2023,电,1,furlong'))
    languages(t)
    paths(t)
    failures(t)
    heads(t)
