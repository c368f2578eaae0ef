# SPDX-License-Identifier: GPL-3.0-or-later
"""Each code of src/base/diag.def is given by a run of the command, but for those that no run can give: here are those that no other suite asks for, system errors
for each reason; and whatever code any suite before this one was answered (SEEN of harness.py) has both of its texts, in the right language and whole."""
import ast
import csv
import errno
import json
import os
import re
import shutil

from . import preload, xlsx
from .harness import DATA, HEADER, ROOT, SEEN, SYSTEM, TESTS, enter_seen, inside, rows, same, shipped_pack, want
from .mistakes import QUOTED, SENTENCE

SURE = HEADER + ',uncertainty'
TARGETS = 'phase,start,year,emissions,unit,kind\n'
ASSUMED = 'param,value,unit,source\ngrowth,1,%,me\ngrowth.output_value,1,%,me\n'
# Codes, command line (CASE: a copy of examples/enterprise, DATA: one of the reference data), and what is written before: a whole file, or a change of the copies'.
INPUTS = (
    ('E2303 E2304 E2307', 'account x.csv', {'x.csv': rows('2023,柴油,1,kg//a', '2023,柴油,1,MT', '2023,柴油,1,10^99 Gt^9')}),
    ('E3001', '-D DATA rules check DATA/rules/shanghai-2022-189.json', {'DATA/units.csv': ('a,,!year,,year;', 'a,,!year,,')}),
    ('E3101 E3102 E3103 E3104 E3105 E3106 E3107 E3108 E3109 E3110 E3111 E3112 E3113 E3116', 'account x.csv --units u.csv',
     {'x.csv': rows('2023,电,1,kWh'), 'u.csv': 'unit,value,of,prefixes\n,1,kg,\na/b,1,kg,\nkg,2,g,\nqa,,kWh,\nqb,x,kg,\nqc,-1,kg,\nqd,5,!heads,\nqe,1,,\nqf,1,zorgs,\n'
                                               'qg,1,MT,\nqh,1,kg//a,\nqi,1,10^99 Gt^9,\nqj,1,kg,zz\nqj,1,kg,\n'}),
    ('E3203 E3204 E3205 E3212', 'account x.csv --factors f.csv',
     {'x.csv': rows('2023,电,1,kWh'), 'f.csv': 'id,gas,value,unit,ncv,ncv_unit,carbon_content,carbon_content_unit,oxidation,source\na,CO2,1,kg kWh,,,,,,me\n'
                                               'b,CH4,1,tC/t,,,,,,me\nc,CO2,1,10^60 kg/10^-60 kWh,,,,,,me\nd,CO2,,t/t,42,GJ/Nm3,20,t/TJ,1,me\n'}),
    ('E3701', '-D DATA account x.csv', {'x.csv': rows('2023,电,1,kWh'), 'DATA/energy.csv': ('0.1229,kgce/kWh', '0.1229,kg/kWh')}),
    ('E3901', 'check CASE', {'CASE/measures.csv': ('M2,', 'M1,')}),
    ('E3906 E3908', 'check CASE', {'CASE/targets.csv': TARGETS + 'a,,2025,100,t CO2e,gross\na,,2026,90,t CO2e,gross\nb,,2027,90,t CO2e,gros\n'}),
    ('E3907', 'check CASE', {'CASE/targets.csv': TARGETS + 'a,,2025/2026,100,t CO2e,gross\n'}),
    ('E3909 E3912 E3913', 'check CASE --params p.csv', {'p.csv': 'param,value,unit,source\nmin_reduction,-1,t CO2e,me\nmin_area,1,km2,me\nmin_area,1,km2,me\nmin_households_central,1,t,me\n'}),
    ('W3831', 'check CASE', {'CASE/case.csv': ('name,', 'household,5,,,\nname,')}),
    ('E3929', 'plan CASE --actual 2022', {'CASE/inventory.csv': ('2023-01,嘉定工厂', '2022,嘉定工厂,上海,10 kV 总表,外购电力,1068240,kWh,,,±1,,\n2023-01,嘉定工厂'),
                                          'CASE/delivered.csv': 'measure,year,reduction,unit\nM1,2022,1,t CO2e\n'}),
    ('E3931', 'plan CASE', {'CASE/assumptions.csv': ASSUMED + 'last_year,2000,,me\n'}),
    ('E3933', 'plan CASE', {'CASE/assumptions.csv': 'param,value,unit,source\ngrowth,-200,%,me\n'}),
    ('E3935', 'plan CASE', {'CASE/assumptions.csv': ASSUMED + 'discount_rate,-5,%,me\n'}),
    ('E3939 E3942', 'plan CASE', {'CASE/targets.csv': TARGETS + 'a,,2020,13000,t CO2e,gross\nb,,2026,10000,t CO2e,gross\nc,,2027,12000,t CO2e,gross\n'}),
    ('E3941', 'plan CASE', {'CASE/targets.csv': TARGETS + 'a,2024,2026,13000,t CO2e,gross\nb,2025,2027,10000,t CO2e,gross\n'}),
    ('E3944', 'plan CASE', {'CASE/assumptions.csv': ASSUMED.replace('growth,1,', 'growth,1e17,') + 'last_year,2100,,me\n'}),
    ('C4190', 'account x.csv --profile ndrc-2025-910', {'x.csv': rows('2025,R410A,1,kg')}),
    ('C4191', 'account x.csv --profile ndrc-2025-910 --factors f.csv', {'x.csv': rows('2025,clinker,1,kg,own', header=HEADER + ',factor'),
                                                                        'f.csv': 'id,gas,value,unit,source,activity\nown,CH4,1,kg/kg,me,clinker\n'}),
    ('C4203', 'account x.csv', {'x.csv': rows('2023,电,1,kWh', '注：本表由张三填写,,,')}),
    ('E1213', 'check CASE -f json --parms x', {}),
    ('E2250', 'account x.csv --factors CASE/measures.csv', {'x.csv': rows('2023,电,1,kWh')}),
    ('E2252', 'account x.csv', {'x.csv': '期间，活动，数量，单位\n2023，电，1，kWh\n'}),
    ('E2254', 'account x.csv', {'x.csv': rows('2023,电费,100,元')}),
    ('E2406', 'account x.csv', {'x.csv': rows('2022-01/2023-12,食品垃圾填埋,1,t')}),
    ('E3914', 'check CASE --params p.csv', {'p.csv': 'param,value,unit,source\nmin_reduction,100,,x\n'}),
    ('E3825', 'check CASE --params p.csv', {'p.csv': 'param,value,unit,source\npeak_years_max,2030,year,x\n'}),
    ('E3932', 'plan CASE', {'CASE/inventory.csv': rows('2023,电,1000,MWh', '2023,柴油,-50,t'), 'CASE/measures.csv': '编号,名称,分组\n',
                            'CASE/targets.csv': '阶段,年份,排放量,单位,类型\na,2028,100,t CO2e,gross\n'}),
    ('E3936', 'plan CASE', {'CASE/assumptions.csv': ('price.天然气,3.9', 'price.天然气,-3.9')}),
    ('E3938', 'plan CASE', {'CASE/measures.csv': 'id,name,group,effect_start,effect_end,reduction,unit,capex,opex,lifetime,status\n'
                                                 'M1,x,renewables_storage,2025-01-01,2029-12-31,100,t CO2e/a,10 万元,1 万元/a,0.5,计划\n'}),
    ('E3940', 'plan CASE', {'CASE/assumptions.csv': ('growth,2.0', 'last_year,2026,,x,\ngrowth,2.0')}),
    ('E3943', 'plan CASE', {'CASE/targets.csv': ('第二阶段,2028,12600,t CO2e,gross', '第二阶段,2028,0.1,t CO2e/m2,intensity')}),
    ('C4021', 'account x.csv', {'x.csv': rows('2023,褐煤,100,t')}),
    ('C4026', 'account x.csv', {'x.csv': rows('2023,电,1,MWh,40 GJ/t', header=HEADER + ',ncv')}),
    ('C4044', 'account x.csv --uncertainty approach2', {'x.csv': rows('2023,电,100,MWh,±45', header=SURE)}),
    ('C4046', 'account x.csv --uncertainty approach2', {'x.csv': rows('2023,电,100,MWh,±900', header=SURE)}),
    ('C4047', 'account x.csv --uncertainty approach2 --trials 100', {'x.csv': rows(*(f'2023,电,{100 + i},MWh,±80,s{i}' for i in range(10050)), header=SURE + ',source')}),
    ('C4093', 'account x.csv --factors f.csv', {'x.csv': rows('2023,电,100,MWh'),
                                                'f.csv': 'id,gas,value,unit,source,valid_from,valid_to\ngrid-shanghai-2023,CO2,1,kg/kWh,me,2030-01-01,2030-12-31\n'}),
    ('C4105', 'check CASE', {'CASE/measures.csv': ('180,5,10,完成', '180,5,1,完成')}),
    ('C4106', 'check CASE', {'CASE/inventory.csv': rows('2023-01,电,100,MWh', '2023-02,电,100,MWh', '2022-12-15/2023-01-14,柴油,1,t')}),
    ('C4108', 'check CASE', {'CASE/targets.csv': ('第二阶段,2028', '第二阶段,2039')}),
    ('C4124', 'plan CASE', {'CASE/assumptions.csv': ('price.天然气', 'price.原煤')}),
    ('C4127', 'check CASE', {'CASE/measures.csv': ('2024-03,2024-12,1240', ',,1240')}),
    ('C4128', 'plan CASE', {'CASE/measures.csv': ('2024-06,2025-06,310,t CO2e/a,260,8,12', '2024-06,2025-06,310,t CO2e/a,260,8,1')}),
    ('C4130', 'plan CASE', {'CASE/measures.csv': ('2024-06,2025-06,310', '2034-06,2035-06,310')}),
    ('C4131', 'check CASE', {'CASE/measures.csv': ('2024-06,2025-06,310', '2019-06,2020-06,310')}),
    ('C4134', 'plan CASE', {'CASE/measures.csv': ('节能诊断报告.pdf,,天然气', '节能诊断报告.pdf,,原煤')}),
    ('C4136', 'plan CASE', {'CASE/inventory.csv': ('2023-01,嘉定工厂', '2022-05,嘉定工厂,上海,10 kV 总表,外购电力,1068240,kWh,,,±1,,\n2023-01,嘉定工厂')}),
    ('C4139', 'check CASE', {'CASE/measures.csv': ('10,完成', '10,取消')}),
    ('C4144', 'plan CASE', {'CASE/measures.csv': ('投资(万元)', '投资')}),
    ('C4200', 'account x.csv', {'x.csv': '2023年用能表\n部门,能源,1月,2月\n一厂,电（kWh）,1,2\n,天然气（Nm3）,2,3\n二厂,电（kWh）,1,2\n,天然气（Nm3）,4,5\n'}),
    ('C4202', 'account 2023年用电.csv', {'2023年用电.csv': '月份,用电量（kWh）\n1月,10\n2月,20\n3月,30\n'}),
    ('C4241', 'account x.csv', {'x.csv': rows('2023,天然气,100,tce')}),
    ('C4243', 'account CASE', {'CASE/case.csv': ('name,', 'gas_condition,20C,,,\nname,'), 'CASE/inventory.csv': rows('2023,天然气,100,m3')}),
    ('C4003', 'account x.csv --factors f.csv', {'x.csv': rows('2023,电,1,MWh,全国', header=HEADER + ',region'), 'f.csv': 'id,gas,value,unit,activity,category,region,valid_from,valid_to,source\nworld-2023,CO2,0.3,kg/kWh,electricity,grid_provincial,GLO,2023-01-01,2023-12-31,x\n'}),
    ('C4010', 'account x.csv -D DATA', {'x.csv': rows('2023,柴油,1,t'), 'DATA/factors/fuel.csv': (
        'fuel-gb-diesel,CO2,,t/t,diesel;diesel_vehicle;diesel_offroad;diesel_rail;diesel_ship,柴油,Diesel (GB/T 32151.22-2024),1,fuel_gb,CN,,,42.652,GJ/t,20.2,tC/TJ,0.98',
        'fuel-gb-diesel,CO2,3,t/t,diesel;diesel_vehicle;diesel_offroad;diesel_rail;diesel_ship,柴油,Diesel (GB/T 32151.22-2024),1,fuel_gb,CN,,,,,,,')}),
    ('C4129', 'plan CASE', {'CASE/targets.csv': TARGETS + 'a,,2028,99999,t CO2e,gross\n'}),
    ('E6026', 'diff x.csv y.csv', {'x.csv': rows('2023,电,5e28,kWh'), 'y.csv': rows('2023,电,6e28,kWh')}),
    ('W1417', 'account x.xlsx', {'x.xlsx': xlsx.book([['period', 'activity', 'quantity', 'unit'], ['2023', '电', 1, 'kWh', None, 'a note']])}),
    ('C1453', 'account x.xlsx', {'x.xlsx': xlsx.book([['period', 'activity', 'quantity', 'unit'], ['2023', '电', xlsx.Raw('<c r="@"><f>[1]Sheet1!A1</f><v>7</v></c>'), 'kWh']])}),
)
# In a rule pack, where which value is not what it may be.
MEMBERS = (
    ('E3802', ('rout',), 1), ('E3803', ('schema',), 'tanhe.rules/2'), ('E3804', ('facts', 1, 'id'), 'name'), ('E3805', ('category',), 'king'),
    ('E3806', ('facts', 17, 'units'), ['xyz']), ('E3807', ('requirements', 0, 'applies', 0, 'test'), {'get': 'area'}), ('E3808', ('facts', 17, 'units'), ['m', 'kg']),
    ('E3809', ('define', 0, 'expr'), {'get': 'complete'}), ('E3810', ('requirements', 0, 'applies', 0, 'test'), {'ge': [{'get': 'area'}, {'quantity': [1e60, 'km2']}]}),
    ('E3811', ('requirements', 0, 'applies', 0, 'test'), {'lookup': [{'get': 'category'}, {'park': True}]}), ('E3812', ('why', 'met', 'en'), 'Met: {mussing}'),
)
# No run gives them.
NEVER = {
    'E1212': 'every file that a run reads is asked before what encoding it is in (E1009); a text in memory, of a C program, is not',
}
FORMATS = {'account': ['-f', 'json'], 'check': ['-f', 'json'], 'plan': ['-f', 'json']}


def text_of(path):
    with open(path, encoding='utf-8', errors='replace') as f:
        return f.read()


def definitions():
    """Of each code its texts: title and detail, in English and in Chinese."""
    text = text_of(os.path.join(ROOT, 'src', 'base', 'diag.def'))
    string = r'"(?:[^"\\]|\\.)*"'
    found = re.findall(rf'^D\((\d+), (\w)\w+, \w+, ({string}), ({string}), ({string}), ({string})\)$', text, re.M)
    same(len(found), len(re.findall(r'^D\(', text, re.M)), 'rows that were read')
    return {letter + number: [ast.literal_eval(word) for word in words] for number, letter, *words in found}


def write(t, folder, files):
    shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), t.path(folder + '/CASE'))
    if any(name.startswith('DATA/') for name in files):
        shutil.copytree(DATA, t.path(folder + '/DATA'))
    for name, content in files.items():
        if isinstance(content, tuple):
            with open(t.path(f'{folder}/{name}'), encoding='utf-8', newline='') as f:
                text = f.read()
            want(content[0] in text, f'{content[0]} is not in {name}')
            content = text.replace(*content, 1)
        t.write(f'{folder}/{name}', content)


def answer(t, codes, *args, **more):
    """What a run answers, and the texts with which it gives these codes."""
    before = {code: SEEN.pop(code) for code in codes.split() if code in SEEN}
    done = t.run(*args, '--diagnostics', 'json', **more)
    found = {code: {lang: set(SEEN[code][lang]) for lang in SEEN[code]} for code in codes.split() if code in SEEN}
    enter_seen(before)
    return done, found


def given(t, codes, *args, **more):
    done, found = answer(t, codes, *args, **more)
    same([code for code in codes.split() if code not in found], [], f'not given: status {done.status}\n{done.errors[:900]}')


def failing(t, code, calls, how, args, **more):
    """The first of these calls, by name and number, whose failure gives a code: what the run answers, and the texts."""
    library = preload.build(t, 'inject')
    for call, at in calls:
        for path in ('made.txt', 'made.xlsx'):
            if os.path.exists(t.path(path)):
                os.remove(t.path(path))
        done, found = answer(t, code, *args, env={'LD_PRELOAD': library, 'FAULT_CALL': call, 'FAULT_AT': str(at), 'FAULT_DO': how, **more})
        if found:
            return done, found[code]
    want(False, 'not given by the failure of any call')


def too_many_gases(t):
    with open(os.path.join(DATA, 'gwp.csv'), encoding='utf-8') as f:
        gases = {row['gas'] for row in csv.DictReader(f)}
    with open(os.path.join(DATA, 'blends.csv'), encoding='utf-8') as f:
        gases |= {row['blend'] for row in csv.DictReader(f)}
    want(len(gases) > 64, f'{len(gases)} gases')
    t.write('gases/f.csv', 'id,gas,value,unit,activity,scope,source\n' + ''.join(f'big,{gas},1,kg/kg,thing,3,me\n' for gas in sorted(gases)))
    t.write('gases/x.csv', rows('2023,thing,1,kg,big', header=HEADER + ',factor'))
    given(t, 'E2115', 'account', 'x.csv', '--factors', 'f.csv', cwd=t.path('gases'))


def members(t):
    for code, at, value in MEMBERS:
        with t.case(f'{code}: {"/".join(map(str, at))} of a rule pack'):
            pack = shipped_pack()
            inside(pack, at[:-1])[at[-1]] = value
            t.write('pack.json', json.dumps(pack, ensure_ascii=False))
            given(t, code, 'rules', 'check', 'pack.json')


def large_and_moving(t):
    """A file above the limit, which takes no room on the disk; one that grows while it is read."""
    with t.case('E1005: more than 2^40 bytes'):
        t.write('large.csv', '')
        os.truncate(t.path('large.csv'), 2 ** 40 + 1)
        given(t, 'E1005', 'account', 'large.csv')
        os.remove(t.path('large.csv'))
    with t.case('E1013: a file that grows while it is read'):
        t.write('moving.csv', rows('2023,电,1,kWh'))
        failing(t, 'E1013', [('fstat', n) for n in range(1, 90)], 'run', ('account', 'moving.csv'), FAULT_RUN=f'echo >> {t.path("moving.csv")}')


def no_such_value(t):
    pack = shipped_pack()
    pack['computed'].append({**pack['computed'][0], 'id': 'moon_phase', 'zh': '月相', 'en': 'phase of the moon'})
    t.write('pack.json', json.dumps(pack, ensure_ascii=False))
    given(t, 'W3915', 'check', os.path.join(ROOT, 'examples', 'enterprise'), '--rules', 'pack.json')


def system(t):
    """Errors of the system, for each reason: in Chinese there is no English sentence, in English no Chinese."""
    t.write('a.csv', rows('2023,电,1,kWh'))
    for code, calls, reasons, args in (
            ('E1001', [('open', n) for n in range(1, 90)], ('ENOENT', 'EACCES', 'EIO', 'EMFILE', 'ENFILE', 'ELOOP', 'ENOTDIR', 'ETXTBSY', 'EOVERFLOW', 'ESTALE'), ('account', 'a.csv')),
            ('E1002', [('pread', n) for n in range(1, 90)], ('EIO', 'EISDIR', 'EINVAL', 'ESTALE'), ('account', 'a.csv')),
            ('E1301', [('open', n) for n in range(1, 90)], ('EACCES', 'EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE'), ('account', 'a.csv', '-o', 'made.txt')),
            ('E1302', [('write', 1)], ('ENOSPC', 'EIO', 'EDQUOT', 'EFBIG'), ('account', 'a.csv', '-o', 'made.txt'))):
        for reason in reasons:
            with t.case(f'{code} by {reason}'):
                done, texts = failing(t, code, calls, str(getattr(errno, reason)), args)
                same(done.status, SYSTEM, f'status {done.errors[:300]}')
                for text in texts['zh']:
                    want(not SENTENCE.search(QUOTED.sub('', text)), f'English in {text}')
                for text in texts['en']:
                    want(QUOTED.sub('', text).isascii(), f'Chinese in {text}')
    # The process that writes a workbook ends, or has no room for its files.
    for code, how in ('E1503', 'kill'), ('E1502', str(errno.ENOSPC)):
        with t.case(f'{code} by {how}'):
            failing(t, code, [(call, n) for call in ('write', 'open') for n in range(1, 60)], how, ('init', 'made.xlsx', '--category', 'park', '--target', 'peak'))


def whole(code, texts, words):
    """No hole in the texts, each begins with its title, and the Chinese is Chinese where the definition is."""
    for lang, title, detail in (('en', words[0], words[2]), ('zh', words[1], words[3])):
        want(texts[lang], f'{code} is never given in {lang}')
        for text in texts[lang]:
            want(title in text, f'{code} in {lang} without its title: {text}')
            want(not re.search(r'\{!?\d[~,:}]|:\}', text), f'{code} in {lang} has a hole: {text}')
            want(lang != 'zh' or not re.search('[\u4e00-\u9fff]', detail) or re.search('[\u4e00-\u9fff]', text.replace(title, '', 1)), f'{code} in zh has no Chinese: {text}')


def run(t):
    known = definitions()
    want(len(known) > 500, f'{len(known)} codes')
    for i, (codes, line, files) in enumerate(INPUTS):
        with t.case(f'{codes}: {line}'):
            write(t, f'input{i}', files)
            words = line.split()
            given(t, codes, *words, *([] if '-f' in words else FORMATS.get(words[0], [])), cwd=t.path(f'input{i}/x')[:-2])
    members(t)
    large_and_moving(t)
    with t.case('E2115: a factor of more than 64 gases'):
        too_many_gases(t)
    with t.case('W3915: a pack that declares what nobody computes'):
        no_such_value(t)
    system(t)
    with t.case('each code is asked for by a test'):
        asked = re.compile(r'\b[EWC]\d{4}\b')
        named = {code for folder, _, names in os.walk(TESTS) if 'unit' not in folder for name in names for code in asked.findall(text_of(os.path.join(folder, name)))}
        same(sorted(set(known) - named), [], 'not asked for')
        same(sorted(set(NEVER) - set(known)), [], 'no codes')
        same(sorted(set(NEVER) & set(SEEN)), [], 'given after all')
        same(sorted(set(known) - set(SEEN) - set(NEVER)) if t.whole else [], [], 'given by no run of all suites')
    with t.case('both texts of what was given'):
        want(len(SEEN) > 40, f'{len(SEEN)} codes')
        for code, texts in SEEN.items():
            want(code in known, f'{code} is not in diag.def')
            if texts['en'] and texts['zh']:
                whole(code, texts, known[code])
