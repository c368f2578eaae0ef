# SPDX-License-Identifier: GPL-3.0-or-later
"""One case by several schemes at once: each verdict is that of the scheme alone, the table says which scheme wants what and what is missing for which; a scheme of a reader's own, as data
alone. The same case goes through all packs that there are."""
import csv
import itertools
import json
import os

from .harness import DATA, ROOT, USAGE, lacks, same, shipped_pack, want

with open(os.path.join(DATA, 'rules', 'set.json'), encoding='utf-8') as set_of:
    PACKS = json.load(set_of)['packs']

RANK = {0: 0, 4: 1, 1: 2, 3: 3}


def several(packs):
    return list(itertools.chain.from_iterable(('--rules', pack) for pack in packs))


def case(t, name, facts):
    t.write(f'{name}/case.csv', 'fact,value,unit,evidence\nname,某园区,,\n' + facts)
    t.write(f'{name}/events.csv', 'fact,value,unit,evidence\nname,某会议,,\n')  # whose facts are an event's
    t.write(f'{name}/project.csv', 'fact,value,unit,evidence\nname,某项目,,\n')  # and a project's
    t.write(f'{name}/inventory.csv', 'period,activity,quantity,unit\n2025,electricity,1000,MWh\n2025,natural_gas,100,TJ\n')
    return name


def all_at_once(t):
    folder = case(t, 'park', 'category,park,,\ntarget,peak,,\nbase_year,2025,,\nstatistics_basis,yes,,a.pdf\nnew_park,yes,,\nplan_tasks,yes,,p.pdf\n')
    with t.case('each verdict is that of the scheme alone, and the status the worst'):
        result = t.run('check', folder, *several(PACKS), '-f', 'json')
        together = result.json()
        alone = [t.run('check', folder, '--rules', pack, '-f', 'json') for pack in PACKS]
        for pack, one, scheme in zip(PACKS, alone, together['schemes']):
            single = one.json()
            same((scheme['rules']['id'], scheme['verdict']), (pack, single['verdict']), 'verdict')
            same([(r['id'], r['status'], lacks(r)) for r in scheme['requirements']], [(r['id'], r['status'], lacks(r)) for r in single['requirements']], pack)
            same(scheme.get('account'), single.get('account'), 'account')
        same(result.status, max((one.status for one in alone), key=RANK.get), 'status')
        want(len(PACKS) >= 2, 'packs')
    with t.case('what a scheme lacks is missing in its column, and nothing else'):
        for k, pack in enumerate(PACKS):
            missing = {(w['kind'], w['id']) for w in together['wanted'] if w['schemes'][pack] == 'missing'}
            same(missing, {('file' if m['kind'] == 'computed' else m['kind'], m['id']) for m in together['schemes'][k]['missing']}, pack)
        rows = {w['id']: w['schemes'] for w in together['wanted'] if w['kind'] == 'fact'}
        same((rows['statistics_basis']['shanghai-2022-189'], rows['statistics_basis']['ndrc-2025-910']), ('given', 'given'), 'a fact of both')
        same((rows['target']['shanghai-2022-189'], rows['target']['ndrc-2025-910']), ('given', 'not_wanted'), 'a fact of one')
        same(rows['park_type'], {**{p: 'not_wanted' for p in PACKS}, 'ndrc-2025-910': 'missing'}, 'missing for one')
    with t.case('a fact that another scheme knows is not unknown; one that none knows is, once'):
        t.write('park/case.csv', 'fact,value,unit\nname,x,\ntarget,peak,\npark_type,zone,\nno_such_fact,1,\n')
        result = t.run('check', folder, *several(PACKS))
        same([line.count('no_such_fact') for line in result.errors.splitlines() if 'W38' in line], [1], result.errors)
    with t.case('as text in Chinese, and as CSV'):
        text = t.run('--lang', 'zh', 'check', folder, *several(PACKS)).text
        want('各申报规则所需资料和缺项' in text and '按多个申报规则判定' in text, text)
        table = list(csv.reader(t.run('check', folder, *several(PACKS), '-f', 'csv', '--table', 'wanted', '--headers', 'zh').out.decode('utf-8-sig').splitlines()))
        same(table[0], ['填报项', '编号'] + PACKS, 'heads')
        want(any(r[1] == 'park_type' and r[2 + PACKS.index('ndrc-2025-910')] == '已填' for r in table), 'rows')
    with t.case('one of them can be made again'):
        result = t.run('check', folder, *several(PACKS), '-f', 'json')
        t.write('one.json', json.dumps(json.loads(result.out)['schemes'][0]))
        same(t.run('verify', 'one.json', 'park').status, 0, 'verify')


def of_other_schemes(t):
    """Each shipped example by all schemes, whichever of them its tables are of."""
    packs = [pack for pack in PACKS if pack != 'ndrc-2025-910']  # whose profile asks for heat values that these examples do not give
    for example in ('enterprise', 'event'):
        folder = os.path.join(ROOT, 'examples', example)
        together = t.run('check', folder, *several(packs), '-f', 'json')
        for pack, scheme in zip(packs, together.json()['schemes']):
            with t.case(f'{example} by {pack}: as alone; without its table nothing is decided, and that is what is wanted'):
                alone = t.run('check', folder, '--rules', pack, '-f', 'json')
                single = alone.json()
                same((scheme['verdict'], [(r['id'], r['status'], lacks(r)) for r in scheme['requirements']]), (single['verdict'], [(r['id'], r['status'], lacks(r)) for r in single['requirements']]), 'alone')
                facts = facts_of(pack)
                if os.path.exists(os.path.join(folder, facts)):
                    want(facts not in [m['id'] for m in single['missing']], 'its table is there')
                    continue
                same((alone.status, single['verdict'], {r['status'] for r in single['requirements']} - {'undetermined', 'not_applicable'}), (4, 'undetermined', set()), 'what is decided')
                first = single['missing'][0]
                same((first['kind'], first['id'], first['file']), ('file', facts, facts), 'what is wanted first')
                want({m['file'] for m in single['missing'] if m['kind'] == 'fact'} <= {facts}, 'where its facts go')
                want(not single['requirements'] or f'tanhe init NEW --rules {pack}' in first['allowed']['en'], 'how it is got')
                row = [w for w in together.json()['wanted'] if w['id'] == facts]
                same([w['schemes'][pack] for w in row], ['missing'], 'in the table of all')
                t.write('one.json', alone.out)
                same(t.run('verify', 'one.json', folder).status, 0, 'verify')
    with t.case('a workbook, and facts that stand in answers alone'):
        made = t.run('init', 'book.xlsx', '--category', 'enterprise', '--target', 'peak')
        same((made.status, t.run('check', 'book.xlsx', '--rules', 'project-admission', '-f', 'json').json()['missing'][0]['id']), (0, 'project.csv'), made.errors)
        t.write('answers.csv', 'item,value,unit,source\nby_emissions,yes,,\nby_energy,no,,\n')
        report = t.run('check', os.path.join(ROOT, 'examples', 'enterprise'), '--rules', 'project-admission', '--answers', 'answers.csv', '-f', 'json').json()
        same({r['id']: r['status'] for r in report['requirements']}['gate'], 'met', 'what was answered')
    for name, files, codes in (('bare', {}, 'E1513'), ('other', {'x.csv': 'a,b\n'}, 'E1513')):
        with t.case(f'{name}: no case, and the way on is that of the scheme'):
            os.makedirs(t.path(name), exist_ok=True)
            for file, text in files.items():
                t.write(f'{name}/{file}', text)
            result = t.run('event', name)
            want(result.status == 3 and codes in result.errors and '--rules event-neutrality' in result.errors and 'events.csv' in result.errors, result.errors)
    for code, file in (('E1512', 'inventory.csv'), ('E1511', 'measures.csv')):
        with t.case(f'{file} alone: the way on is that of the scheme, and can be gone'):
            t.write(f'alone-{code}/{file}', 'period,activity,quantity,unit\n2025,electricity,1000,MWh\n' if code == 'E1512' else 'id,name\n')
            for words, way in (([], '--category CATEGORY --target TARGET'), (['--rules', 'ndrc-2025-910'], '--rules ndrc-2025-910')):
                result = t.run('check', f'alone-{code}', *words)
                want(result.status == 3 and code in result.errors and f'`tanhe init NEW --csv {way}`' in result.errors, result.errors)
            same(t.run('init', f'new-{code}', '--csv', '--rules', 'ndrc-2025-910').status, 0, 'init')


def missing_is_not_no(t):
    """A table that is not there fails nothing: what it would tell is not known."""
    for example, pack in (('enterprise', 'shanghai-2022-189'), ('park', 'shanghai-2022-189'), ('park', 'ndrc-2025-910'), ('event', 'event-neutrality')):
        source = os.path.join(ROOT, 'examples', example)
        files = [f for f in os.listdir(source) if f.endswith('.csv')]
        whole = {r['id']: r['status'] for r in t.run('check', source, '--rules', pack, '-f', 'json').json()['requirements']}
        for gone in sorted(files):
            with t.case(f'{example} by {pack} without {gone}'):
                if gone in ('case.csv', 'factors.csv', 'instruments.csv'):  # what the others are read by
                    continue
                for file in files:
                    with open(os.path.join(source, file), encoding='utf-8') as f:
                        t.write(f'less/{file}', f.read())
                os.remove(t.path(f'less/{gone}'))
                result = t.run('check', 'less', '--rules', pack, '-f', 'json')
                worse = [r['id'] for r in result.json()['requirements'] if r['status'] == 'not_met' and whole[r['id']] != 'not_met']
                same(worse, [], result.errors)
                for file in files:
                    if file != gone:
                        os.remove(t.path(f'less/{file}'))


def facts_of(pack):
    with open(os.path.join(DATA, 'rules', f'{pack}.json'), encoding='utf-8') as f:
        return json.load(f).get('file', 'case.csv')


def options(t):
    folder = case(t, 'options', 'target,peak,,\n')
    both = several(['shanghai-2022-189', 'ndrc-2025-910'])
    with t.case('a reading and a reason go to the scheme that knows of such'):
        report = t.run('check', folder, *both, '--reading', 'reduction_reading=cumulative', '--accept-holes', 'meter broken', '-f', 'json').json()
        want(any(r['id'] == 'reduction_reading' and r['reading'] == 'cumulative' and r['in_force'] for r in report['schemes'][0]['readings']), 'reading')
    for words, name in ((['--reading', 'nothing=x'], 'a reading that none knows'), (['--stage', 'nowhere'], 'a stage that one lacks'), (['--rules', 'shanghai-2022-189'], 'the same rules twice'),
                        (['--all-categories'], 'other categories'), (['--uncertainty', 'approach1'], 'uncertainty'), (['--annotate', 'a.xlsx'], 'a copy'), (['--lock', 'l.json'], 'a lock'),
                        (['-f', 'csv', '--table', 'limits'], 'a table of one')):
        with t.case(f'usage: {name}'):
            result = t.run('check', folder, *both, *words)
            same((result.status, result.text), (USAGE, ''), result.errors)
    with t.case('the table of one scheme, and of two files of one'):
        same(t.run('check', folder, '-f', 'csv', '--table', 'wanted').out.split(b'\r\n')[0], '\ufefffact,id,shanghai-2022-189'.encode(), 'heads')
    with t.case('no report over a pack or a table that it was read from'):
        t.write('own.json', json.dumps(shipped_pack('ndrc-2025-910')))
        same(t.run('check', folder, '--rules', 'shanghai-2022-189', '--rules', './own.json', '-o', 'own.json').status, USAGE, 'status')


# Of no shipped pack: a limit looked up by a choice, of numbers that rise.
OWN = {
    'schema': 'tanhe.rules/1', 'id': 'harbour', 'version': '1', 'zh': '示例港口', 'en': 'Example harbour', 'document': {'number': 'EX 1', 'issuers': 'nobody', 'date': '2030-01-01', 'zh': '虚构', 'en': 'invented'},
    'yes': {'id': 'yes', 'zh': '是', 'en': 'yes'}, 'no': {'id': 'no', 'zh': '否', 'en': 'no'},
    'facts': [{'id': 'kind', 'zh': '港口类别', 'en': 'kind', 'type': 'choice', 'values': [{'id': 'sea', 'zh': '海港', 'en': 'sea'}, {'id': 'river', 'zh': '河港', 'en': 'river'}]},
              {'id': 'shore_power', 'zh': '岸电', 'en': 'shore power', 'type': 'number', 'units': ['MWh']}, {'id': 'own_power', 'zh': '自发电', 'en': 'own power', 'type': 'number', 'units': ['MWh']}],
    'parameters': [], 'computed': [],
    'define': [{'id': 'net', 'zh': '净用电', 'en': 'net power', 'expr': {'sub': [{'get': 'shore_power'}, {'get': 'own_power'}]}}],
    'why': {s: {'zh': s, 'en': s} for s in ('met', 'not_met', 'undetermined', 'expert_review', 'not_applicable')},
    'requirements': [{'id': 'h1', 'clause': '1', 'quote': 'so much', 'zh': '净用电', 'en': 'Net power', 'level': 'mandatory', 'advice': {'zh': 'x', 'en': 'x'}, 'applies': [{'limits': [
        {'zh': '净用电', 'en': 'net power', 'observed': {'get': 'net'}, 'compare': 'ge', 'unit': 'MWh',
         'required': {'lookup': [{'get': 'kind'}, {'sea': {'quantity': [100, 'MWh']}, 'river': {'quantity': [50, 'MWh']}}]}}]}]}],
    'routes': [], 'caveats': [],
}


def operators(node):
    if isinstance(node, dict):
        return set(node) | set().union(*map(operators, node.values()))
    return set().union(*map(operators, node)) if isinstance(node, list) else set()


def own(t):
    with t.case("a reader's own scheme, with what none of the shipped ones uses, beside one of these"):
        for pack in PACKS:
            want(not operators(shipped_pack(pack)) & {'lookup', 'sub'}, f'{pack} uses it')
        t.write('harbour.json', json.dumps(OWN, ensure_ascii=False))
        same(t.run('rules', 'check', 'harbour.json').status, 0, 'the pack')
        for kind, power, expected in (('sea', 119, 'not_met'), ('sea', 120, 'met'), ('river', 70, 'met'), ('river', 69, 'not_met')):
            folder = case(t, f'harbour-{kind}-{power}', f'kind,{kind},,\nshore_power,{power},MWh,\nown_power,20,MWh,\n')
            report = t.run('check', folder, '--rules', './harbour.json', '--rules', 'ndrc-2025-910', '-f', 'json').json()
            same((report['schemes'][0]['requirements'][0]['status'], report['schemes'][1]['rules']['id']), (expected, 'ndrc-2025-910'), f'{kind} {power}')


def history(t):
    for pack in PACKS:
        with t.case(f'{pack}: each clause with what becomes of it, and each requirement in some'):
            clauses = t.run('rules', 'show', pack, '--coverage', '-f', 'json').json()['clauses']
            data = shipped_pack(pack)
            level = {r['id']: {r['level'], *r.get('stages', {}).values()} for r in data['requirements']}
            same({r for c in clauses for r in c['requirements']}, set(level), 'requirements')
            for c in clauses:
                want(c['as'] in ('computed', 'none') or any(('mandatory' in level[r]) == (c['as'] == 'decided') for r in c['requirements']), f'{c["clause"]}: {c["as"]}')
                want(c['text']['zh'] and c['text']['en'], c['clause'])
            want(data['amendments'][0]['date'] == data['document']['date'], 'the first is the publication')
            text = t.run('--lang', 'zh', 'rules', 'show', pack).text
            want('修订记录' in text and data['amendments'][0]['document'] in text, 'rules show')
    with t.case('a pack beside itself, and beside one that was changed'):
        pack = shipped_pack('ndrc-2025-910')
        t.write('same.json', json.dumps(pack, ensure_ascii=False))
        same(t.run('rules', 'diff', 'ndrc-2025-910', './same.json').status, 0, 'the same, written otherwise')
        pack['version'] = '2'
        small = next(r for r in pack['requirements'] if r['id'] == 'a3-core-s')
        small['applies'][0]['limits'][0]['required']['quantity'][0] = 0.15
        small['clause'] = '附件3 新'
        gone = pack['facts'].pop(next(i for i, f in enumerate(pack['facts']) if f['id'] == 'name'))
        pack['parameters'].append({**pack['parameters'][0], 'id': 'power_equal_value_2', 'zh': '另一系数', 'en': 'another one'})
        pack['amendments'].append({'date': '2027-01-01', 'document': 'X', 'zh': '修订', 'en': 'amended'})
        t.write('new.json', json.dumps(pack, ensure_ascii=False))
        result = t.run('rules', 'diff', 'ndrc-2025-910', './new.json', '-f', 'json')
        report = result.json()
        found = {(c['kind'], c['id']): c for c in report['changes']}
        same((result.status, report['equal'], report['clauses']['added']), (1, False, ['附件3 新']), 'answer')
        same({k: c['change'] for k, c in found.items()}, {('pack', 'ndrc-2025-910'): 'changed', ('facts', gone['id']): 'removed', ('parameters', 'power_equal_value_2'): 'added',
                                                          ('requirements', 'a3-core-s'): 'changed', ('amendments', '2027-01-01'): 'added'}, 'changes')
        members = {m['where']: (m.get('before'), m.get('after')) for m in found['requirements', 'a3-core-s']['members']}
        same((members['clause'][1], [str(v) for v in members['applies[1].limits[1].required.quantity[1]']]), ('附件3 新', ['0.2', '0.15']), 'members')
        text = t.run('--lang', 'zh', 'rules', 'diff', 'ndrc-2025-910', './new.json').text
        want('修改 要求 a3-core-s' in text and '删除 填报项 name' in text and '新增 参数 power_equal_value_2' in text, text)
        back = t.run('rules', 'diff', './new.json', 'ndrc-2025-910', '-f', 'json').json()
        same((len(back['changes']), back['clauses']['removed']), (len(report['changes']), ['附件3 新']), 'turned round')
    with t.case('what is wrong is told'):
        t.write('bad.json', '{}')
        same(t.run('rules', 'diff', 'ndrc-2025-910', './bad.json').status, 3, 'no pack')
        for words in (['diff', 'ndrc-2025-910'], ['diff', 'a', 'b', 'c'], ['diff', 'ndrc-2025-910', 'nowhere'], ['list', '--coverage'], ['list', '-f', 'json']):
            same(t.run('rules', *words).status, USAGE, ' '.join(words))


def run(t):
    all_at_once(t)
    of_other_schemes(t)
    missing_is_not_no(t)
    options(t)
    own(t)
    history(t)
