# SPDX-License-Identifier: GPL-3.0-or-later
"""Carbon-neutral events: what is large by 沪环气候〔2025〕112号, article 2, and what is neutral by 公告2019年第19号, articles 3, 6 and 7 and annex 1.

Each line of the small case is 1 MWh by an own factor of 1 kg/kWh, so that it emits exactly 1 t CO2e."""
import os

from .harness import INVALID, ROOT, lacks, same, want

CLASSES = {'fossil_stationary': '固定源', 'fossil_mobile': '移动源', 'purchased_energy': '净购入电力热力', 'purchased_ev': '电动车', 'transport': '交通', 'hotel_food': '住宿餐饮', 'supplies': '会议用品', 'waste': '废弃物'}
FACTS = {'name': '年会', 'organiser': 'other_organiser', 'event_type': 'meeting', 'attendance': '400', 'start': '2025-09-18', 'end': '2025-09-19', 'reduction_actions': ('yes', 'list.pdf')}
OFFSET = 'CCER,{},tCO2e,2024,R,{},2025-11-20,年会\n'
NEUTRAL, NOT, OPEN = 0, 1, 4


def case(t, name, facts=(), lines=tuple(CLASSES.values()), offsets=OFFSET.format(8, 'S1'), params=''):
    stated = {**FACTS, **dict(facts)}
    rows = [(fact, *(value if isinstance(value, tuple) else (value, ''))) for fact, value in stated.items() if value is not None]
    t.write(f'{name}/events.csv', 'fact,value,unit,evidence\n' + ''.join(f'{fact},{",".join((value.split() + [""])[:2])},{paper}\n' for fact, value, paper in rows))
    t.write(f'{name}/inventory.csv', 'period,source,activity,quantity,unit,factor\n' + ''.join(f'2025-09-18/2025-09-19,{source},electricity,1,MWh,one\n' for source in lines))
    t.write(f'{name}/factors.csv', 'id,gas,value,unit,source\none,CO2e,1,kg/kWh,example\n')
    for rest in ('offsets.csv', 'params.csv'):
        if os.path.exists(t.path(f'{name}/{rest}')):
            os.remove(t.path(f'{name}/{rest}'))
    if offsets:
        t.write(f'{name}/offsets.csv', 'type,quantity,unit,vintage,registry,serial,retired,beneficiary\n' + offsets)
    if params:
        t.write(f'{name}/params.csv', 'param,value,unit,source\n' + params)
    return name


def decided(t, folder, status, *more):
    result = t.run('event', folder, '-f', 'json', *more)
    same(result.status, status, f'status; {result.errors}')
    report = result.json()
    return report, {r['id']: r for r in report['requirements']}


# Kind, facts, and what article 2 says of it.
SIZES = [
    ('meeting', '2-conf', {'attendance': '400'}, 'met'), ('meeting', '2-conf', {'attendance': '399'}, 'not_met'), ('meeting', '2-conf', {'attendance': None}, 'undetermined'),
    ('exhibition', '2-expo', {'exhibition_area': '4999 m2', 'visits': '10000'}, 'met'), ('exhibition', '2-expo', {'exhibition_area': '4999 m2', 'visits': '9999'}, 'not_met'),
    ('exhibition', '2-expo', {'exhibition_area': '5000 m2', 'visits': None}, 'met'), ('exhibition', '2-expo', {'exhibition_area': '4999 m2', 'visits': None}, 'undetermined'),
    ('exhibition', '2-expo', {'exhibition_area': '0.5 公顷', 'visits': '1'}, 'met'),
    ('show', '2-show', {'attendance': '4999'}, 'not_met'), ('show', '2-show', {'attendance': '5000'}, 'met'),
    ('sports', '2-sport', {'attendance': '0.5 万人'}, 'met'), ('sports', '2-sport', {'attendance': '4999 人'}, 'not_met'), ('other', '2-other', {}, 'met'),
]


def sizes(t):
    for kind, clause, facts, status in SIZES:
        with t.case(f'{kind} {facts}: {status}'):
            _, by = decided(t, case(t, 'size', {'event_type': kind, **facts}), NEUTRAL) # large or not, it is neutral
            same({i: by[i]['status'] for i in by if i.startswith('2-') and by[i]['status'] != 'not_applicable'}, {clause: status}, 'article 2')


# Facts, lines, offsets, the status of the verdict, and the requirements that made it.
VERDICTS = [
    ('all of it', {}, {}, NEUTRAL, {}),
    ('a class stated absent', {'waste': 'no'}, {'lines': tuple(CLASSES.values())[:-1]}, NEUTRAL, {}),
    ('a class of which nothing is said', {}, {'lines': tuple(CLASSES.values())[:-1]}, OPEN, {'src-waste': 'undetermined'}),
    ('a class stated to occur, without a line', {'waste': '有'}, {'lines': tuple(CLASSES.values())[:-1]}, NOT, {'src-waste': 'not_met'}),
    ('a class stated absent, with a line', {'waste': '无'}, {}, NOT, {'src-waste': 'not_met'}),
    ('a line of no class', {}, {'lines': (*CLASSES.values(), '主会场'), 'offsets': OFFSET.format(9, 'S1')}, NOT, {'m7': 'not_met'}),
    ('no day of its end', {'end': None}, {}, OPEN, {'m7': 'undetermined'}),
    ('a reduction without evidence', {'reduction_actions': 'yes'}, {}, OPEN, {'m6': 'undetermined'}),
    ('no reduction', {'reduction_actions': ('no', 'x.pdf')}, {}, NOT, {'m6': 'not_met'}),
    ('offsets less by 1 mg', {}, {'offsets': OFFSET.format('7.999999999', 'S1')}, NOT, {'m3': 'not_met'}),
    ('two offsets', {}, {'offsets': OFFSET.format(3, 'S1') + OFFSET.format(5, 'S2')}, NEUTRAL, {}),
    ('no offsets', {}, {'offsets': ''}, OPEN, {'m3': 'undetermined', 'off-kinds': 'undetermined'}),
    ('offsets not retired', {}, {'offsets': 'CCER,8,t,2024,R,S1,未注销,年会\n'}, NOT, {'m3': 'not_met'}),
    ('offsets of which it is not said', {}, {'offsets': 'CCER,8,t,2024,R,S1,,年会\n'}, OPEN, {'m3': 'undetermined'}),
    ('retired without a day', {}, {'offsets': 'CCER,8,t,2024,R,S1,已注销,年会\n'}, NEUTRAL, {}),
    ('without a serial number', {}, {'offsets': 'CCER,8,t,2024,R,,2025-11-20,年会\n'}, OPEN, {'m3': 'undetermined'}),
    ('a serial number that is no number', {}, {'offsets': 'CCER,8,t,2024,R,见附件,2025-11-20,年会\n'}, OPEN, {'m3': 'undetermined'}),
    ('without a registry', {}, {'offsets': 'CCER,8,t,2024,,S1,2025-11-20,年会\n'}, OPEN, {'m3': 'undetermined'}),
    ('for nobody', {}, {'offsets': 'CCER,8,t,2024,R,S1,2025-11-20,\n'}, OPEN, {'m3': 'undetermined'}),
    ('of another kind', {}, {'offsets': 'VCS,8,t,2024,R,S1,2025-11-20,年会\n'}, OPEN, {'m3': 'undetermined', 'off-kinds': 'not_met'}),
    ('another kind beside enough', {}, {'offsets': OFFSET.format(8, 'S1') + 'VCS,8,t,2024,R,S2,2025-11-20,年会\n'}, NEUTRAL, {'off-kinds': 'not_met'}),
    ('too little with all that is open', {}, {'offsets': OFFSET.format(3, 'S1') + 'VCS,4,t,2024,R,S2,2025-11-20,年会\n'}, NOT, {'m3': 'not_met', 'off-kinds': 'not_met'}),
    ('each kind of the guide', {}, {'offsets': ''.join(f'{kind},2,t,2024,R,S{n},2025-11-20,年会\n' for n, kind in enumerate(('碳配额', '碳普惠', 'CER', '新建林业项目')))}, NEUTRAL, {}),
]


def verdicts(t):
    for name, facts, parts, status, wanted in VERDICTS:
        with t.case(name):
            report, by = decided(t, case(t, 'event', facts, **parts), status)
            found = {i: r['status'] for i, r in by.items() if r['status'] not in ('met', 'not_applicable') and i not in ('time', 'off-order')}
            same(found, wanted, 'requirements that are not met')
            same('claim' in report, status == NEUTRAL, 'a claim')
            same(sum(c['lines'] for c in report['classes']), len([s for s in parts.get('lines', CLASSES.values()) if s in CLASSES.values()]), 'lines by class')


def claim(t):
    with t.case('the claim has name, days, emissions and offsets, in both languages'):
        report, _ = decided(t, case(t, 'claimed', offsets=OFFSET.format(9, 'S1')), NEUTRAL)
        for words in (report['claim']['zh'], report['claim']['en']):
            want(all(word in words for word in ('年会', '2025-09-18', '2025-09-19', '8 t', '9 t')), words)
        for lang in ('zh', 'en'):
            text = t.run('event', 'claimed', '--lang', lang).text.replace('\n', '').replace(' ', '')
            want(report['claim']['zh'].replace(' ', '') in text and report['claim']['en'].replace(' ', '') in text, text)
    with t.case('what it is made of is in the report, and verify makes it again'):
        t.run('event', 'claimed', '-f', 'json', '-o', 'claimed.json')
        same(t.run('verify', 'claimed.json', 'claimed').status, 0, 'verify')
    with t.case('the same by check and its pack'):
        same(t.run('check', 'claimed', '--rules', 'event-neutrality').out, t.run('event', 'claimed').out, 'reports')


def parameters(t):
    for name, day, param, status in (('twelve months', '2026-09-19', 'neutrality_deadline,12,month,x\n', 'met'), ('a day more', '2026-09-20', 'neutrality_deadline,12,month,x\n', 'not_met'),
                                     ('before the end', '2025-09-01', 'neutrality_deadline,0.1,month,x\n', 'met'), ('one month', '2025-10-19', 'neutrality_deadline,1,month,x\n', 'met'), ('not known', '2025-11-20', '', 'undetermined')):
        with t.case(f'deadline: {name}'):
            _, by = decided(t, case(t, 'late', offsets=OFFSET.format(8, 'S1').replace('2025-11-20', day), params=param), NEUTRAL)
            same(by['time']['status'], status, 'time')
            same(lacks(by['time']), [] if param else ['neutrality_deadline'], 'what lacks')
    for value, status in (('1', 'expert_review'), ('0', 'not_applicable'), ('', 'undetermined')):
        with t.case(f'order of offsets: {value or "not known"}'):
            _, by = decided(t, case(t, 'order', params=f'neutrality_order,{value},,x\n' if value else ''), NEUTRAL)
            same(by['off-order']['status'], status, 'off-order')


def findings(t):
    def codes(report):
        return {c['code'] for c in report['caveats'] if 'code' in c}
    with t.case('a line of no class is named, with the classes'):
        report, _ = decided(t, case(t, 'unclassed', lines=(*CLASSES.values(), '', '主会场')), NOT)
        found = next(c for c in report['caveats'] if c.get('code') == 'C4174')
        want('固定源化石燃料燃烧' in found['text']['zh'] and '2' in found['text']['zh'] and found['places'][0]['line'] == 10, found)
    with t.case('an offset for somebody else is asked about'):
        report, _ = decided(t, case(t, 'other', offsets='CCER,8,t,2024,R,S1,2025-11-20,别的会\n'), NEUTRAL)
        want('C4182' in codes(report), report['caveats'])
        report, _ = decided(t, case(t, 'own', {'organiser_name': '学会'}, offsets='CCER,8,t,2024,R,S1,2025-11-20,学会\n'), NEUTRAL)
        want('C4182' not in codes(report), report['caveats'])
    with t.case('days before and behind an event are not missing'):
        report, _ = decided(t, case(t, 'days'), NEUTRAL)
        want('C4060' not in {c['code'] for c in report['account']['caveats']} and not codes(report) & {'C4101', 'C4106'}, report['caveats'])
    for code, rows in (('E3918', OFFSET.format(4, 'S1') + OFFSET.format(4, 'S1')), ('E3958', 'CCER,8,t,2026,R,S1,2025-11-20,年会\n'), ('E3905', OFFSET.format('-8', 'S1')), ('E3304', OFFSET.format(0, 'S1'))):
        with t.case(f'{code}: {rows.splitlines()[-1]}'):
            result = t.run('event', case(t, 'wrong', offsets=rows), '-f', 'json')
            same((result.status, result.json()['verdict'], [d['code'] for d in result.json()['diagnostics'] if d['severity'] == 'error']), (INVALID, 'error', [code]), result.errors)
    with t.case('a number with its unit in one cell: where the unit goes'):
        for lang, words in (('zh', '单位写在“单位”列'), ('en', 'in the column of units')):
            t.write('united/events.csv', 'fact,value,unit\nattendance,500人,\n')
            want(words in t.run('--lang', lang, 'event', 'united').errors, lang)
    with t.case('the facts stand in events.csv'):
        t.write('bare/case.csv', 'fact,value\nname,x\n')
        result = t.run('event', 'bare')
        want(result.status == OPEN and 'events.csv' in result.text, result.text)
    with t.case('an inventory that is not there, that has an error, or of which nothing is filled in is not a class without a line'):
        for table in (None, 'period,source,activity,quantity,unit\n2025,交通,electricity,x,kWh\n', 'period,source,activity,quantity,unit\n,交通,electricity,,kWh\n'):
            folder = case(t, 'unread', {fact: '有' for fact in CLASSES}, offsets=OFFSET.format(8, 'S1'))
            if table:
                t.write(f'{folder}/inventory.csv', table)
            else:
                os.remove(t.path(f'{folder}/inventory.csv'))
            result = t.run('event', folder, '-f', 'json')
            by = {r['id']: r for r in result.json()['requirements'] if r['id'].startswith('src-')}
            same({(r['status'], *lacks(r)) for r in by.values()}, {('undetermined', 'inventory')}, result.errors)
    with t.case('stated to occur, and the inventory that is there has no line of it'):
        _, by = decided(t, case(t, 'unread', {'waste': '有'}, lines=('交通',)), NOT)
        same(by['src-waste']['status'], 'not_met', 'waste')


def order(t):
    with t.case('order of lines and threads change nothing'):
        one, _ = decided(t, case(t, 'one'), NEUTRAL)
        for name, lines in (('turned', tuple(reversed(CLASSES.values()))), ('one', tuple(CLASSES.values()))):
            report, _ = decided(t, case(t, name, lines=lines), NEUTRAL, '--threads', '3')
            same((report['classes'], report['offsets'], report['claim']), (one['classes'], one['offsets'], one['claim']), 'reports')


def example(t):
    with t.case('the example is large and neutral'):
        _, by = decided(t, os.path.join(ROOT, 'examples', 'event'), NEUTRAL)
        same((by['2-conf']['status'], by['src-purchased_ev']['status']), ('met', 'met'), 'statuses')


def run(t):
    sizes(t)
    verdicts(t)
    claim(t)
    parameters(t)
    findings(t)
    order(t)
    example(t)
