# SPDX-License-Identifier: GPL-3.0-or-later
"""Carbon footprints of products: allocations by hand, power with its delivery, what stands apart or outside, shares that do not fit, and that all
emissions of the site are found again to the last digit."""
import json
import os
import random
import re
import zipfile
from decimal import Context, Decimal

import openpyxl

from .harness import INVALID, OK, ROOT, USAGE, parse_json, same, want

HEAD = 'period,activity,quantity,unit,product,stage,share\n'
PRODUCTS = 'product,unit,boundary,period,output,output_unit,allocation,physical,physical_unit,price\n'
# data/factors/footprint.csv: 2024, generation 0.5777 and delivery with losses 0.0327 kg/kWh.
TEN = Context(prec=10)  # quotients have ten significant digits, half to even
POWER = Decimal('0.5777') + Decimal('0.0327')


def write(t, products, lines, head=HEAD):
    t.write('c/products.csv', PRODUCTS + products)
    t.write('c/inventory.csv', head + lines)


def answer(t, *more):
    result = t.run('footprint', 'c', '-f', 'json', *more)
    same(result.status, OK, result.errors[:600])
    return result.json()


def bad(t, words, *more, status=INVALID):
    """A run that is refused with these words; its result."""
    result = t.run('footprint', 'c', *more)
    same(result.status, status, 'status')
    want(all(word in result.errors for word in words), result.errors)
    return result


def by_product(document):
    return {p['product']: p for p in document['products']}


def allocations(t):
    """1,000 kWh shared by 60 t at 5,000 a tonne and 200 pieces of 200 kg at 500: by mass 60 to 40, by value 300,000 to 100,000."""
    lines = '2024,electricity,1000,kWh,A;B,production,\n2024,electricity,100,kWh,A,production,\n'
    whole, own = 1000 * POWER, 100 * POWER
    parts = {'physical': Decimal('0.6'), 'economic': Decimal('0.75'), 'none': Decimal(0)}
    for method in ('physical', 'economic'):
        with t.case(f'a shared line {method}'):
            write(t, f'A,1 t,cradle-to-gate,2024,60,t,{method},,,5000\nB,1 piece,cradle-to-gate,2024,200,piece,{method},200,kg,500\n', lines)
            found = by_product(answer(t))
            same(found['A']['tco2e'] * 1000, whole * parts[method] + own, 'A')
            same(found['B']['tco2e'] * 1000, whole * (1 - parts[method]), 'B')
            same(found['A']['kgco2e_per_unit'], TEN.divide(whole * parts[method] + own, 60), 'A each')
            for other, part in parts.items():
                same(found['A']['allocation']['by'][other]['tco2e'] * 1000, whole * part + own, f'A {other}')
                same(found['B']['allocation']['by'][other]['tco2e'] * 1000, whole * ((1 - part) if part else 0), f'B {other}')
    with t.case('a shared line, and no allocation'):
        write(t, 'A,1 t,cradle-to-gate,2024,60,t,,,,\nB,1 t,cradle-to-gate,2024,40,t,,,,\n', lines)
        bad(t, ('E2611', 'inventory.csv:2'))
    with t.case('what it is allocated by is of one unit of the output, and said where the declared unit is another'):
        # 3 x 10,000 pieces of 2 kg are not 3 x 2 kg, if 2 kg was meant of a piece.
        for method, basis, told in (('physical', '2,kg,', 'A: 2 is taken as of one 万件'), ('economic', ',,5', 'A: 5 is taken as of one 万件')):
            write(t, f'A,1 件,cradle-to-gate,2024,3,万件,{method},{basis}\nB,1 件,cradle-to-gate,2024,40,件,{method},3,kg,5\n', lines)
            said = [c['text']['en'] for c in answer(t)['caveats'] if c['code'] == 'C4315']
            want(len(said) == 1 and told in said[0], said)
    with t.case('written shares win, and what is left is of no product'):
        write(t, 'A,1 t,cradle-to-gate,2024,60,t,,,,\nB,1 t,cradle-to-gate,2024,40,t,,,,\n', '2024,electricity,1000,kWh,A;B,production,30%;0.45\n')
        document = answer(t)
        same([by_product(document)[p]['tco2e'] * 1000 for p in 'AB'], [whole * Decimal('0.3'), whole * Decimal('0.45')], 'parts')
        same(document['site']['undivided'] * 1000, whole * Decimal('0.25'), 'undivided')


def apart(t):
    with t.case('power is generation and delivery, whatever the grid emits'):
        write(t, 'A,1 kg,cradle-to-gate,2024,2,t,,,,\n', '2024,electricity,10000,kWh,A,production,\n')
        found = by_product(answer(t))['A']
        same(sorted((p['factor'], p['tco2e']) for p in found['processes']), [('elecfp-cn-2024', Decimal('5.777')), ('elecfp-td-incloss-2024', Decimal('0.327'))], 'processes')
        same(found['kgco2e_per_unit'], Decimal('3.052'), 'each')
        same((found['pcf']['pcf']['declaredUnit'], found['pcf']['pcf']['unitaryProductAmount'], found['pcf']['pcf']['pcfExcludingBiogenic']), ('kilogram', 1, Decimal('3.052')), 'pcf')
    with t.case('a year without a published delivery is an error, not a footprint without it'):
        write(t, 'A,1 kg,cradle-to-gate,2023,2,t,,,,\n', '2023,electricity,10000,kWh,A,production,\n')
        bad(t, ('E2106',))
        document = answer(t, '--fallback', 'nearest')
        same(by_product(document)['A']['tco2e'], (Decimal('0.6205') + Decimal('0.0327')) * 10, 'with the nearest')
    with t.case("power by the grid's factor is said, of the line's own and of a profile"):
        write(t, 'A,1 kg,cradle-to-gate,2023,2,t,,,,\n', '2023,electricity,10000,kWh,A,production,,grid-cn-2023\n', HEAD.rstrip() + ',factor\n')
        for lines, more in (('2023,electricity,10000,kWh,A,production,,grid-cn-2023\n', ('--fallback', 'nearest')), ('2023,electricity,10000,kWh,A,production,,\n', ('--profile', 'mee-national'))):
            t.write('c/inventory.csv', HEAD.rstrip() + ',factor\n' + lines)
            said = [c['text']['en'] for c in answer(t, *more)['caveats'] if c['code'] == 'C4323']
            want(len(said) == 1 and 'A: 5.306 t CO2e' in said[0], said)
        t.write('c/inventory.csv', HEAD + '2023,electricity,10000,kWh,A,production,\n')
        want('C4323' not in [c['code'] for c in answer(t, '--fallback', 'nearest')['caveats']], 'said of a footprint factor')
    with t.case('aircraft, biogenic carbon in and out, credits'):
        t.write('f.csv', 'id,gas,value,unit,activity,source,scope\nbio-out,CO2-bio,1.5,kg/kg,bio_burnt,test,3\nbio-in,CO2-removal,2,kg/kg,bio_taken,test,3\n')
        write(t, 'A,1 t,cradle-to-gate,2024,10,t,,,,\n',
              '2024,freight_air,1000,tkm,A,raw_material,\n2024,bio_burnt,100,kg,A,production,\n2024,bio_taken,300,kg,A,raw_material,\n2024,credit_ccer,5,tCO2e,A,production,\n')
        document = answer(t, '--factors', 'f.csv')
        found = by_product(document)['A']
        # s3-freight-air-2024: 921 g/(t km)
        same({k: v['tco2e'] for k, v in found['apart'].items()}, {'fossil': 0, 'land_use_change': 0, 'aircraft': Decimal('0.921'), 'biogenic_co2': Decimal('0.15'), 'biogenic_uptake': Decimal('0.6')}, 'apart')
        same((found['tco2e'], found['not_in']), (Decimal('0.921'), {'credits': 5}), 'footprint')
        same(found['pcf']['pcf']['pcfIncludingBiogenic'], (Decimal('0.921') + Decimal('0.15') - Decimal('0.6')) / 10, 'with biogenic')
        want('C4305' in [c['code'] for c in document['caveats']], 'credits are not said')
    with t.case('behind the gate, of another time, in no stage'):
        write(t, 'A,1 t,cradle-to-gate,2024,1,t,,,,\nB,1 t,cradle-to-grave,2024,1,t,,,,\n',
              '2024,freight_air,1000,tkm,A,distribution,\n2024,freight_air,1000,tkm,B,运输,\n2025,freight_air,1000,tkm,A,production,\n2024,freight_air,1000,tkm,A,,\n')
        document = answer(t)
        found = by_product(document)
        same((found['A']['not_in']['beyond_boundary'], found['A']['tco2e'], found['B']['tco2e']), (Decimal('0.921'), Decimal('0.921'), Decimal('0.921')), 'parts')
        same({c['code'] for c in document['caveats']}, {'C4301', 'C4302', 'C4306', 'C4307'}, 'caveats')
    with t.case('more left out than the rule allows'):
        t.write('c/products.csv', '产品,声明单位,系统边界,核算期,产量,产量单位,取舍准则,取舍说明,取舍占比\nA,1 t,从摇篮到大门,2024,1,t,1%,包装,2%\nB,1 t,从摇篮到大门,2024,1,t,1%,包装,1 %\nC,1 t,从摇篮到大门,2024,1,t,,包装,1 %\n')
        t.write('c/inventory.csv', HEAD + '2024,electricity,1,kWh,all,production,10%;20%;30%\n')
        document = answer(t)
        same([p['cut_off']['kept'] for p in document['products']], ['broken', 'kept', 'unknown'], 'kept')
        same([p['pcf']['pcf']['exemptedEmissionsPercent'] for p in document['products']], [2, 1, 1], 'as the data model has it')
        same([c['code'] for c in document['caveats'] if c['code'] in ('C4303', 'C4304')], ['C4303', 'C4304'], 'caveats')


def suppliers(t):
    """A chain of three, each feeding the next, against all of it computed at once; and the data model."""
    def made(name, output, unit, lines, *more):
        t.write('c/products.csv', PRODUCTS + f'{name},1 {unit},cradle-to-gate,2024,{output},{unit},,,,\n')
        t.write('c/inventory.csv', HEAD + lines)
        result = t.run('footprint', 'c', '-f', 'json', '-o', f'{name}.json', *more)
        same(result.status, OK, result.errors[:600])
        with open(t.path(f'{name}.json'), 'rb') as f:
            return parse_json(f.read())['products'][0]
    with t.case('three suppliers, each feeding the next, are the whole at once'):
        # X: 8 t of diesel for 10 t; Y: 5 t of X and 1,000 kWh for 20 pieces; Z: 4 of Y and 3 t of X, by air, for 2 t.
        made('X', 10, 't', '2024,diesel,8,t,X,production,\n')
        made('Y', 20, 'item', '2024,X,5,t,Y,raw_material,\n2024,electricity,1000,kWh,Y,production,\n', '--factors', 'X.json')
        chain = made('Z', 2, 't', '2024,Y,4,item,Z,raw_material,\n2024,X,3000,kg,Z,raw_material,\n2024,freight_air,100,tkm,Z,raw_material,\n', '--factors', 'X.json', '--factors', 'Y.json')
        # 4 of 20 pieces: a fifth of Y, that is 1 t of X and 200 kWh; with 3 t more 4 t of 10: 3.2 t of diesel.
        whole = made('W', 2, 't', '2024,diesel,3.2,t,W,production,\n2024,electricity,200,kWh,W,production,\n2024,freight_air,100,tkm,W,raw_material,\n')
        same(abs(chain['tco2e'] - whole['tco2e']) < Decimal('1e-11'), True, f"{chain['tco2e']} {whole['tco2e']}")
    with t.case('gases that a supplier tells apart stay apart'):
        made('X', 10, 't', '2024,diesel,8,t,X,production,\n')
        chain = made('Z', 2, 't', '2024,X,5,t,Z,raw_material,\n', '--factors', 'X.json')
        whole = made('W', 2, 't', '2024,diesel,4,t,W,raw_material,\n')
        for gas, found in whole['by_gas'].items():
            want(abs(chain['by_gas'][gas]['t'] - found['t']) < Decimal('1e-11'), f"{gas}: {chain['by_gas'][gas]} {found}")
        same(sorted(chain['by_gas']), sorted(whole['by_gas']), 'gases')
    with t.case('an account with a supplier comes out again, however the file is named'):
        t.write('i.csv', 'period,activity,quantity,unit\n2024,X,5,t\n')
        same(t.run('account', 'i.csv', '--factors', './X.json', '-f', 'json', '-o', 'a.json').status, OK, 'status')
        result = t.run('verify', 'a.json', '.')
        same(result.status, OK, result.text)
    with t.case('what a supplier counts by a word that is no unit is counted by the piece; the example is a supplier'):
        for word in ('次', 'test', '批'):
            made('S', 5, word, '2024,diesel,5,t,S,production,\n')
            whole = made('W', 1, 't', '2024,diesel,2,t,W,production,\n')
            want(abs(made('Z', 1, 't', '2024,S,2,件,Z,raw_material,\n', '--factors', 'S.json')['tco2e'] - whole['tco2e']) < Decimal('1e-11'), word)
        for word in ('万次', '1000 次'):  # a piece would be 10,000 of them
            made('S', 5, word, '2024,diesel,5,t,S,production,\n')
            write(t, 'Z,1 t,cradle-to-gate,2024,1,t,,,,\n', '2024,S,2,件,Z,raw_material,\n')
            bad(t, ('E3305', 'S.json'), '--factors', 'S.json')
        same(t.run('footprint', EXAMPLE, '-f', 'json', '-o', 'ours.json').status, OK, 'the example')
        made('Z', 1, 't', '2024,轴承,2,件,Z,raw_material,\n2024,检测,2,件,Z,production,\n', '--factors', 'ours.json')
    with t.case('a footprint by the data model'):
        t.write('pcf.json', json.dumps({'specVersion': 'urn:io.catenax.pcf:datamodel:version:7.0.0', 'partialFullPcf': 'Cradle-to-gate', 'productName': 'Ethanol',
                                        'pcf': {'declaredUnit': 'liter', 'unitaryProductAmount': 1000, 'pcfExcludingBiogenic': 2.0, 'biogenicCarbonWithdrawal': -0.5, 'extWBCSD_characterizationFactors': 'AR5'}}))
        found = made('V', 1, 't', '2024,Ethanol,3,m3,V,raw_material,\n', '--factors', 'pcf.json')
        same((found['tco2e'], found['apart']['biogenic_uptake']['tco2e']), (6, Decimal('1.5')), 'tonnes')
    with t.case('a footprint by the data model holds for its time'):
        bounded = {'specVersion': 'urn:io.catenax.pcf:datamodel:version:7.0.0', 'partialFullPcf': 'Cradle-to-gate', 'productName': 'Ethanol', 'validityPeriodStart': '2024-01-01T00:00:00Z',
                   'validityPeriodEnd': '2024-12-31T23:59:59Z', 'pcf': {'declaredUnit': 'liter', 'unitaryProductAmount': 1, 'pcfExcludingBiogenic': 2.0}}
        t.write('pcf.json', json.dumps(bounded))
        same(made('V', 1, 't', '2024,Ethanol,3,m3,V,raw_material,\n', '--factors', 'pcf.json')['tco2e'], 6, 'tonnes')
        t.write('pcf.json', json.dumps({**bounded, 'validityPeriodStart': '2023-01-01T00:00:00Z', 'validityPeriodEnd': '2023-12-31T23:59:59Z'}))
        result = t.run('footprint', 'c', '--factors', 'pcf.json', '--brief', '--lang', 'en')
        want(result.status == OK and 'C4005' in t.run('footprint', 'c', '--factors', 'pcf.json').text, result.text)
        t.write('pcf.json', json.dumps({**bounded, 'validityPeriodStart': 'soon'}))
        result = t.run('footprint', 'c', '--factors', 'pcf.json')
        same(result.status, INVALID, 'no moment')
        want('E2616' in result.errors, result.errors)
    for name, document in (('no footprint', {'schema': 'tanhe.account/2'}), ('cradle to grave', {'specVersion': 'x', 'partialFullPcf': 'Cradle-to-grave', 'productName': 'E', 'pcf': {'declaredUnit': 'liter', 'pcfExcludingBiogenic': 2}}),
                           ('no unit', {'specVersion': 'x', 'partialFullPcf': 'Cradle-to-gate', 'productName': 'E', 'pcf': {'declaredUnit': 'bushel', 'pcfExcludingBiogenic': 2}})):
        with t.case(f'a supplier with {name}'):
            t.write('bad.json', json.dumps(document))
            bad(t, ('E2616', 'bad.json'), '--factors', 'bad.json')


def refused(t):
    good = 'A,1 t,cradle-to-gate,2024,60,t,physical,,,\nB,1 t,cradle-to-gate,2024,40,t,economic,,,7\nC,1 piece,cradle-to-gate,2024,5,piece,physical,,,\n'
    for name, lines, code in (
            ('shares of more than all of it', 'A;B,production,60%;50%', 'E2609'), ('fewer shares than products', 'A;B,production,60%', 'E2607'),
            ('an empty share between two', 'A;B,production,60%;;40%', 'E2618'), ('an empty share before the first', 'A;B,production,"，60%、40%"', 'E2618'),
            ('a share that is none', 'A,production,60', 'E2608'), ('a product that is none', 'X,production,', 'E2603'), ('a product twice', 'A;A,production,', 'E2604'),
            ('a stage that is none', 'A,packing,', 'E2605'), ('two ways to allocate', 'A;B,production,', 'E2610'), ('no physical amount', 'A;C,production,', 'E2612')):
        with t.case(name):
            write(t, good, f'2024,electricity,1,kWh,A,production,\n2024,diesel,1,t,{lines}\n')
            for lang in ('en', 'zh'):
                result = bad(t, (code, 'inventory.csv:3'), '-o', 'out.json', '-f', 'json', '--lang', lang)
                same(result.errors.count('E26'), 1, f'one fault once: {result.errors}')
    for name, product, code in (
            ('a product file with a product twice', 'A,1 t,cradle-to-gate,2024,60,t,,,,\nA,1 t,cradle-to-gate,2024,60,t,,,,\n', 'E2601'),
            ('a declared unit of another kind', 'A,1 t,cradle-to-gate,2024,60,piece,,,,\n', 'E2602'), ('an output of nothing', 'A,1 t,cradle-to-gate,2024,0,t,,,,\n', 'E3304'),
            ('a cut-off of all', 'A,1 t,cradle-to-gate,2024,1,t,,,,,1\n', 'E2608'), ('a boundary that is none', 'A,1 t,gate,2024,1,t,,,,\n', 'E3303'), ('no price', 'A,1 t,cradle-to-gate,2024,60,t,economic,,,\nB,1 t,cradle-to-gate,2024,60,t,economic,,,3\n', 'E2613')):
        with t.case(name):
            write(t, product, '2024,electricity,1,kWh,all,production,\n')
            if code == 'E2608':
                t.write('c/products.csv', PRODUCTS.replace('price', 'price,cut_off') + product)
            bad(t, (code,))
    for name, lines in (('another time', '2023,diesel,1,t,A,production,\n'), ('behind the gate', '2024,diesel,1,t,A,use,\n'), ('of no product', '2024,diesel,1,t,,,\n')):
        with t.case(f'a product with nothing but lines of {name} has no footprint, not one of 0'):
            write(t, 'A,1 t,cradle-to-gate,2024,60,t,,,,\nB,1 t,cradle-to-gate,2024,60,t,,,,\n', lines + '2024,diesel,1,t,B,production,\n')
            bad(t, ('E2617', 'products.csv:2'), '-f', 'json', '-o', 'none.json')
            same(t.run('footprint', 'c', 'B').status, OK, 'the other alone')
    for path in ('nowhere', 'nowhere.xlsx', 'nowhere/', ''):
        with t.case(f'a case that is not there: {path!r}'):
            result = t.run('footprint', path)
            same(result.status, USAGE, result.errors)
            want(result.errors, 'nothing is said')
    with t.case('a table of products with its header only'):
        for lines in ('2024,diesel,1,t,,,\n', '2024,diesel,1,t,A,production,\n'):
            write(t, '', lines)
            same(bad(t, ('E2619', 'products.csv:1')).errors.count('E26'), 1, 'one fault once')
    with t.case('a case without products'):
        t.write('bare/inventory.csv', 'period,activity,quantity,unit\n2024,diesel,1,t\n')
        result = t.run('--lang', 'zh', 'footprint', 'bare')
        same(result.status, INVALID, 'status')
        want('E1565' in result.errors and 'products.csv' in result.errors and 'inventory.csv' in result.errors, result.errors)
    with t.case('words of a closed list in the language'):
        t.write('c/products.csv', '产品,声明单位,系统边界,核算期,产量,产量单位,分配方法\nA,1 t,大门,2024,1,t,按质量分\n')
        result = t.run('--lang', 'zh', 'footprint', 'c')
        want('从摇篮到大门、从摇篮到坟墓' in result.errors and '不分配、物理、经济' in result.errors, result.errors)
    with t.case('an id that holds a sign, alone and among others; a sign behind the last; the name of a product'):
        write(t, '"A、1",1 t,cradle-to-gate,2024,60,t,physical,,,\n"B,2",1 t,cradle-to-gate,2024,40,t,physical,,,\n', '2024,electricity,1,kWh,"A、1",production,\n2024,electricity,1,kWh,"B,2",production,\n'
              '2024,electricity,1,kWh,"A、1；B,2",production,60%；40%；\n')
        same({p['product'] for p in answer(t)['products']}, {'A、1', 'B,2'}, 'products')
        t.write('c/products.csv', 'product,name,unit,boundary,period,output,output_unit\nP1,轴承,1 t,cradle-to-gate,2024,60,t\nP2,支架,1 t,cradle-to-gate,2024,40,t\nP3,支架,1 t,cradle-to-gate,2024,40,t\n')
        t.write('c/inventory.csv', HEAD + '2024,electricity,1,kWh,轴承;P2,production,30%;30%\n2024,electricity,1,kWh,P3,production,\n')
        same([p['product'] for p in answer(t, '轴承')['products']], ['P1'], 'by its name')
        for lang, words in (('zh', 'P1、P2、P3；是不是 P2'), ('en', 'did you mean P2')):
            want(words in bad(t, ('E2615',), 'P22', '--lang', lang, status=USAGE).errors, lang)
        bad(t, ('E2615',), '支架', status=USAGE)  # two have that name
    with t.case('a JSON that is no footprint is told what factors of one\'s own are'):
        t.write('wrong.json', '{"a": 1}')
        for lang, words in (('zh', ('自备因子用 CSV', 'tanhe-factors(5)')), ('en', ('are a CSV', 'tanhe-factors(5)'))):
            result = t.run('--lang', lang, 'account', 'c', '--factors', 'wrong.json')
            want(all(w in result.errors for w in words) and 'found -' not in result.errors, result.errors)
    with t.case('a product that nobody has asked for'):
        write(t, good, '2024,electricity,1,kWh,A,production,\n')
        bad(t, ('E2615',), 'Z', status=USAGE)


def balance(t):
    """Over random products and lines: the parts of the site are its account, exactly, and the processes of a product its footprint."""
    rng = random.Random(14)
    for seed in range(12):
        names = [f'P{i}' for i in range(rng.randint(1, 5))]
        products = ''.join(f'{n},1 t,{rng.choice(("cradle-to-gate", "cradle-to-grave"))},2024,{rng.randint(1, 999)}.{rng.randint(0, 99):02d},t,physical,,,\n' for n in names)
        lines = ''.join(f'2024,diesel,1,kg,{n},production,\n' for n in names)  # a footprint of nothing is none
        for _ in range(40):
            who = rng.sample(names, rng.randint(0, len(names)))
            share = ';'.join(f'{rng.randint(0, 100 // max(1, len(who)))}.{rng.randint(0, 9)}%' for _ in who) if who and rng.random() < .5 else ''
            activity, unit = rng.choice((('electricity', 'kWh'), ('diesel', 'kg'), ('natural_gas', 'Nm3'), ('freight_air', 'tkm')))
            lines += f'{rng.choice(("2024", "2024-03", "2025-02"))},{activity},{rng.randint(1, 10 ** 6)}.{rng.randint(0, 999)},{unit},{";".join(who)},{rng.choice(("production", "use", "", "raw_material"))},{share}\n'
        write(t, products, lines)
        with t.case(f'all of the site is found again, seed {seed}'):
            document = answer(t)
            site = document['site']
            same(sum(v for k, v in site.items() if k != 'gross'), site['gross'], 'parts')
            same(sum(y['totals']['gross'] for y in document['account']['years']), site['gross'], 'the account')
            same(sum(p['tco2e'] for p in document['products']), site['in_products'], 'the products')
            for p in document['products']:
                same(sum(x['tco2e'] for x in p['processes']), p['tco2e'], 'processes')
                same(sum(x['tco2e'] for x in p['by_gas'].values()), p['tco2e'], 'gases')
                same(sum(x['tco2e'] for x in p['stages'].values()), p['tco2e'], 'stages')
        with t.case(f'the order of lines decides nothing, seed {seed}'):
            shuffled = lines.splitlines(True)
            rng.shuffle(shuffled)
            t.write('c/inventory.csv', HEAD + ''.join(shuffled))
            same([(p['product'], p['tco2e']) for p in answer(t)['products']], [(p['product'], p['tco2e']) for p in document['products']], 'products')


EXAMPLE = os.path.join(ROOT, 'examples', 'products')
SUFFIXES = ('md', 'html', 'docx', 'xlsx')


def text_of(t, path):
    """All text of a document, by programs that are not tanhe."""
    if path.endswith('.xlsx'):
        book = openpyxl.load_workbook(t.path(path))
        return '\n'.join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)
    if path.endswith('.docx'):
        with zipfile.ZipFile(t.path(path)) as package:
            return re.sub('<[^>]*>', ' ', package.read('word/document.xml').decode())
    with open(t.path(path), encoding='utf-8') as f:
        return f.read()


def documents(t):
    """What ISO 14067 lists stands in every form, with the numbers of JSON; the picture's numbers stand in its table."""
    for lang in ('zh', 'en'):
        for suffix in SUFFIXES:
            with t.case(f'a report as {suffix}, {lang}'):
                for again in ('a', 'b'):
                    result = t.run('footprint', EXAMPLE, '轴承', '-o', f'{again}.{suffix}', '--lang', lang)
                    same((result.status, result.errors), (OK, ''), 'run')
                with open(t.path(f'a.{suffix}'), 'rb') as a, open(t.path(f'b.{suffix}'), 'rb') as b:
                    same(a.read(), b.read(), 'the same bytes')
                text = text_of(t, f'a.{suffix}')
                # Cut-off, rule, each factor with its document, what lacks: the goal and grades that nobody filled in.
                for part in ('示例规则（非公开文件）', '包装标签和工装模具', 'elecfp-td-incloss-2024', '65319X0012024C' if suffix != 'docx' else '65319', 'inventory.csv') + (('ISO 14067:2018', '核算目的（产品表', '质量等级') if lang == 'zh' else ('ISO 14067:2018', 'column goal', 'column grade')):
                    want(part in text, f'{part} is not in it')
                want('s3-pax-air-2024' not in text, 'a factor of another product')
                want(EXAMPLE not in text, 'a path of this machine')
    with t.case('a report of all products has each'):
        same(t.run('footprint', EXAMPLE, '-o', 'all.html').status, OK, 'status')
        page = text_of(t, 'all.html')
        same([page.count(f'<svg') for _ in '1'], [3], 'pictures')
        for product in parse_json(t.run('footprint', EXAMPLE, '-f', 'json').out)['products']:
            want(format(round(product['kgco2e_per_unit'], 4).normalize(), 'f')[:5] in page, product['product'])
    with t.case('names of others stay text'):
        evil = '<script>x</script>'
        write(t, f'{evil},1 t,cradle-to-gate,2024,1,t,,,,\n=1+1,1 t,cradle-to-gate,2024,1,t,,,,\n', f'2024,electricity,1,kWh,{evil},production,\n2024,electricity,1,kWh,=1+1,production,\n')
        for suffix in SUFFIXES:
            same(t.run('footprint', 'c', '-o', f'e.{suffix}').status, OK, suffix)
        want(evil not in text_of(t, 'e.html') and '&lt;script' in text_of(t, 'e.html'), 'not escaped')
        cells = [c for sheet in openpyxl.load_workbook(t.path('e.xlsx')) for row in sheet.iter_rows() for c in row]
        same([c.value for c in cells if c.data_type == 'f'], [], 'formulas')
    with t.case('one page is text'):
        for more in (('-f', 'html'), ('-o', 'x.docx'), ('-o', 'x.json')):
            same(t.run('footprint', EXAMPLE, '--brief', *more).status, USAGE, str(more))


def graded(t):
    with t.case('by grade of data, shared lines by their parts'):
        head = HEAD.rstrip() + ',grade\n'
        write(t, 'A,1 t,cradle-to-gate,2024,10,t,,,,\nB,1 t,cradle-to-gate,2024,10,t,,,,\n',
              '2024,electricity,1000,kWh,A;B,production,60%;40%,实测\n2024,electricity,500,kWh,A,production,,invoice\n2024,electricity,100,kWh,A,production,,\n', head)
        for threads in ('1', '3'):
            found = by_product(answer(t, '--threads', threads))
            same([(g['grade'], g['tco2e'] * 1000) for g in found['A']['data_quality']], [('measured', 600 * POWER), ('invoice', 500 * POWER), ('none', 100 * POWER)], 'A')
            same([(g['grade'], g['tco2e'] * 1000) for g in found['B']['data_quality']], [('measured', 400 * POWER)], 'B')


def chain(t):
    """verify makes it again, of one product and of all, in folders and workbooks; explain adds up to it."""
    for name, words in (('all', ()), ('one', ('轴承',)), ('with options', ('轴承', '--gwp', 'AR5', '--fallback', 'nearest'))):
        with t.case(f'verify, {name}'):
            same(t.run('footprint', EXAMPLE, *words, '-f', 'json', '-o', 'r.json').status, OK, 'status')
            for lang in ('zh', 'en'):
                result = t.run('verify', 'r.json', EXAMPLE, '--lang', lang)
                same((result.status, result.errors), (OK, ''), result.text)
    with t.case('a digit that was changed is named by its product'):
        with open(t.path('r.json'), encoding='utf-8') as f:
            text = f.read()
        changed = re.sub(r'"tco2e": 9(\d)', lambda m: f'"tco2e": 8{m[1]}', text, count=1)
        want(changed != text, 'nothing changed')
        t.write('r2.json', changed)
        result = t.run('verify', 'r2.json', EXAMPLE)
        same(result.status, 1, 'status')
        want('products[轴承]' in result.text, result.text)
    with t.case('a product that is an option is none'):
        t.write('r3.json', text.replace('"product": "轴承"', '"product": "--output=owned"', 1))
        result = t.run('verify', 'r3.json', EXAMPLE)
        same(result.status, INVALID, 'status')
        want(not os.path.exists(t.path('owned')), 'written')
    with t.case('each footprint is what it takes of its lines'):
        same(t.run('footprint', EXAMPLE, '-f', 'json', '-o', 'r.json').status, OK, 'status')
        with open(t.path('r.json'), 'rb') as f:
            document = parse_json(f.read())
        for product in document['products']:
            for name in (product['product'], f"products[{product['product']}].tco2e"):
                told = [t.run('explain', 'r.json', name, EXAMPLE, '-f', 'json', '--all', '--lang', lang) for lang in ('zh', 'en')]
                same((told[0].status, told[0].errors, told[0].out), (OK, '', told[1].out), name)
                found = parse_json(told[0].out)['footprint']
                same((sum(f['taken'] for f in found['flows']), found['sum']), (product['tco2e'], product['tco2e']), name)
                same(len({(line['place']['file'], line['place']['line']) for line in found['lines']}), found['line_count'], 'lines')
        result = t.run('explain', 'r.json', '轴承', EXAMPLE, '--all')
        want('inventory.csv:2' in result.text and EXAMPLE not in result.text.split('\n', 7)[7], result.text)
        same(t.run('explain', 'r.json', 'gross:2024', EXAMPLE).status, OK, 'a total of the site')
        result = t.run('explain', 'r.json', '轴', EXAMPLE)
        same(result.status, INVALID, 'no such thing')
        want('轴承' in result.errors, result.errors)
    with t.case('a case that is a workbook'):
        book = openpyxl.Workbook()
        for i, (sheet, table) in enumerate((('products', PRODUCTS + 'A,1 t,cradle-to-gate,2024,60,t,,,,\n'), ('inventory', HEAD + '2024,electricity,1000,kWh,A,production,\n'))):
            page = book.active if i == 0 else book.create_sheet()
            page.title = sheet
            for line in table.splitlines():
                page.append(line.split(','))
        book.save(t.path('case.xlsx'))
        same(t.run('footprint', 'case.xlsx', '-f', 'json', '-o', 'w.json').status, OK, 'status')
        result = t.run('verify', 'w.json', 'case.xlsx')
        same((result.status, result.errors), (OK, ''), result.text)


def sure(t):
    """A product that takes all of a site is as sure as the site; one that takes half of each line has half the limits."""
    lines = [f'2024,{activity},{amount},{unit},{{}},production,{{}}\n' for activity, amount, unit in (('diesel', 80, 't'), ('natural_gas', 12000, 'Nm3'), ('gasoline', 3, 't'))]
    for approach in (('approach1',), ('approach2', '--trials', '1000')):
        with t.case(f'all of a site, and half of it, by {approach[0]}'):
            write(t, 'A,1 t,cradle-to-gate,2024,10,t,,,,\n', ''.join(line.format('A', '') for line in lines))
            whole = answer(t, '--uncertainty', *approach)
            product, site = by_product(whole)['A'], whole['account']
            same(product['uncertainty'], site['uncertainty'], 'the site')
            limits = product['uncertainty']['totals'][0]['approach2' if len(approach) > 1 else 'approach1']
            for side in ('low', 'high'):
                want(abs(product['interval'][side] * 10 / 1000 / limits[side] - 1) < Decimal('1e-5'), f"{product['interval']} {limits}")
            write(t, 'A,1 t,cradle-to-gate,2024,10,t,,,,\nB,1 t,cradle-to-gate,2024,10,t,,,,\n', ''.join(line.format('A;B', '50%;50%') for line in lines))
            half = by_product(answer(t, '--uncertainty', *approach))
            for name in 'AB':
                for side in ('low', 'high'):
                    want(abs(half[name]['interval'][side] * 2 / product['interval'][side] - 1) < Decimal('1e-5'), f"{half[name]['interval']} {product['interval']}")
            same(answer(t, '--uncertainty', *approach, '--threads', '3')['products'], list(half.values()), 'threads')
            same(t.run('footprint', 'c', '--uncertainty', *approach, '-f', 'json', '-o', 'u.json').status, OK, 'status')
            same(t.run('verify', 'u.json', 'c').status, OK, 'verify')
    with t.case('what has no uncertainty is said'):
        result = t.run('footprint', EXAMPLE, '轴承', '--uncertainty', 'approach1', '--brief', '--lang', 'en')
        want('of 78.9 % no uncertainty is known' in result.text, result.text)


def primary(t):
    """Pathfinder's share: activity data and factor both. A supplier states his; a published factor is none; one whose numbers all stand in the line is."""
    model = {'specVersion': 'urn:io.catenax.pcf:datamodel:version:7.0.0', 'partialFullPcf': 'Cradle-to-gate', 'productName': 'X',
             'pcf': {'declaredUnit': 'kilogram', 'unitaryProductAmount': 1, 'pcfExcludingBiogenic': 2.0, 'primaryDataShare': 60}}
    t.write('x.json', json.dumps(model))
    head = HEAD.rstrip() + ',grade,ncv,carbon_content,oxidation\n'
    write(t, 'A,1 t,cradle-to-gate,2024,10,t,,,,\n', '2024,X,1,t,A,raw_material,,invoice,,,\n2024,electricity,1000,kWh,A,production,,measured,,,\n', head)
    with t.case('of a supplier, and of a published factor'):
        found = by_product(answer(t, '--factors', 'x.json'))['A']
        share = TEN.divide(100 * 2 * Decimal('0.6'), 2 + POWER)
        same((found['primary_data'], found['pcf']['pcf']['primaryDataShare']), ({'percent': share, 'complete': True}, share), 'share')
    with t.case('it goes down the chain'):
        same(t.run('footprint', 'c', '--factors', 'x.json', '-f', 'json', '-o', 'A.json').status, OK, 'status')
        write(t, 'B,1 t,cradle-to-gate,2024,1,t,,,,\n', '2024,A,1,t,B,raw_material,,invoice,,,\n', head)
        found = by_product(answer(t, '--factors', 'A.json'))['B']['primary_data']['percent']
        want(abs(found - share) < Decimal('1e-7'), f'{found} {share}') # the factor has it in ten digits
    with t.case('a line without a grade makes it the least'):
        write(t, 'A,1 t,cradle-to-gate,2024,10,t,,,,\n', '2024,X,1,t,A,raw_material,,invoice,,,\n2024,X,1,t,A,raw_material,,,,,\n', head)
        found = by_product(answer(t, '--factors', 'x.json'))['A']
        same((found['primary_data'], 'primaryDataShare' in found['pcf']['pcf']), ({'percent': 30, 'complete': False}, False), 'share')


# Product examples that others have published, each with what it prints. The GHG Protocol's Technical Guidance for Calculating Scope 3 Emissions (version 1.0, WRI and
# WBCSD 2013) was read in github.com/y-f-a/scope3chatbot, scope3_data/Scope3_Calculation_Guidance_0[1].md; the hydrogen in
# github.com/ALFA-LCA/case_studies_RFNBO_RCF, docs/RFNBO case studies; the bike is the supply chain graph of github.com/brightway-lca/from-the-ground-up.
SHIRT = [('electricity_b', 5000, 'kWh', '0.5', 'production'), ('gas_b', 2500, 'kWh', '0.2', 'production')]
MATERIALS = [('cotton', 5000, 'kg', '7.0', 'raw_material'), ('polymer', 2500, 'kg', '5.0', 'raw_material'), ('chemical_a', 500, 'kg', '2.0', 'raw_material'), ('chemical_b', 500, 'kg', '1.5', 'raw_material')]
HAULS = [('haul_cotton', 5000 * 1000, 'kg km', '0.01', 'raw_material'), ('haul_polymer', 2500 * 2500, 'kg km', '0.02', 'raw_material'), ('haul_a', 500 * 800, 'kg km', '0.05', 'raw_material'), ('haul_b', 500 * 200, 'kg km', '0.10', 'raw_material')]
LANDFILL = [('landfill_b', 100, 'kg', '0.5', 'production')]
PARTS = (400, 20), (200, 10), (500, 40), (100, 70), (1500, 3), (300, 3)
BOUGHT = (5000, '0.3'), (3000, '0.3'), (4000, '0.3'), (6000, '0.5'), (1500, '0.2'), (5000, '0.2'), (5000, '0.3'), (1000, '0.3'), (5000, '0.4')


def example(t, flows, product='P,1 item,cradle-to-gate,2024,1,item,,,,\n', who='P'):
    """The footprints of a product that takes these flows: activity, amount, unit, kg CO2e for one unit, stage."""
    t.write('f.csv', 'id,gas,value,unit,activity,source,scope\n' + ''.join(f'f-{a},CO2e,{value},kg/({unit}),{a},as published,3\n' for a, _, unit, value, _ in flows))
    write(t, product, ''.join(f'2024,{a},{amount},{unit},{who},{stage},\n' for a, amount, unit, _, stage in flows))
    return by_product(answer(t, '--factors', 'f.csv'))


def kg(product):
    return product['tco2e'] * 1000


def published(t):
    with t.case('scope 3 guidance, example 1.2: t-shirts, where the transport printed is a tenth of its own terms'):
        # Printed: 3,000 + 49,250 + 20,500 + 50 = 72,800. (5,000 x 1,000 x 0.01) + (2,500 x 2,500 x 0.02) + (500 x 800 x 0.05) + (500 x 200 x 0.1) is 205,000.
        parts = [kg(example(t, flows)['P']) for flows in (SHIRT, MATERIALS, HAULS, LANDFILL)]
        same(parts, [3000, 49250, 205000, 50], 'parts')
        same(kg(example(t, SHIRT + MATERIALS + HAULS + LANDFILL)['P']), 257300, 'all')
        same(3000 + 49250 + 20500 + 50, 72800, 'as printed')
    with t.case('scope 3 guidance, example 1.3: 12,000 t-shirts, where the equation prints 50,000 of them'):
        # Printed: (50,000 x 5.6) = 67,200, which is 12,000 x 5.6 as in the table above it; 3,000 + 50 + 67,200 = 70,250.
        found = example(t, SHIRT + LANDFILL + [('upstream', 12000, 'item', '5.6', 'raw_material')], 'P,1 item,cradle-to-gate,2024,12000,item,,,,\n')['P']
        same((kg(found), found['stages']['raw_material']['tco2e'] * 1000), (70250, 67200), 'kg')
    with t.case('scope 3 guidance, example 1.4: electronic goods, 54,100'):
        flows = [(f'part{i}', n, 'kg', f, 'raw_material') for i, (n, f) in enumerate(PARTS)] + [(f'bought{i}', n, 'CNY', f, 'raw_material') for i, (n, f) in enumerate(BOUGHT)]
        same(kg(example(t, flows)['P']), 54100, 'kg')
    with t.case('case study H1: hydrogen and oxygen by value, 2.1 g/MJ'):
        # 0.05 MJ of the grid's power at 50 g/MJ for each MJ; 6 for a kg of hydrogen, 0.3 for each of the 4 kg of oxygen that come with it.
        found = example(t, [('grid', '0.05', 'MJ', '0.05', 'production')], 'H2,1 MJ,cradle-to-gate,2024,1,MJ,economic,,,6\nO2,1 kg,cradle-to-gate,2024,4,kg,economic,,,0.3\n', 'H2;O2')
        same((round(kg(found['H2']) * 1000, 1), kg(found['H2']) + kg(found['O2'])), (Decimal('2.1'), Decimal('0.0025')), 'g')
    with t.case('case study H3: hydrogen of 550 GWh at 60 %, 4.3 g/MJ'):
        found = example(t, [('own_sun', 500, 'GWh', 0, 'production'), ('grid', 50, 'GWh', 100000, 'production'), ('auxiliaries', '0.5', 'GWh', 100000, 'production')],
                        'H2,1 MJ,cradle-to-gate,2024,330,GWh,,,,\n', 'H2')['H2']
        same(round(found['kgco2e_per_unit'] * 1000, 1), Decimal('4.3'), 'g')
    with t.case('the bike of carbon fibre: 26.6 x 2.5, where the text prints "around 60"'):
        # Its own terms are 66.5; a digit beyond "around 60 kg CO2-eq" is not printed in the notebook.
        same(example(t, [('carbon_fibre', '2.5', 'kg', '26.6', 'raw_material')])['P']['kgco2e_per_unit'], Decimal('66.5'), 'kg')


def years(t):
    """This year's figure per declared unit against last year's: emissions and output are all of the change."""
    for name, year, output, diesel, more in (('last', 2023, 10, 10, ''), ('this', 2024, 12, 11, 'B,1 t,cradle-to-gate,2024,5,t,,,,\n')):
        t.write(f'{name}/products.csv', PRODUCTS + f'A,1 t,cradle-to-gate,{year},{output},t,,,,\n' + more)
        t.write(f'{name}/inventory.csv', HEAD + f'{year},diesel,{diesel},t,A,production,\n' + (f'{year},diesel,1,t,B,production,\n' if more else ''))
        same(t.run('footprint', name, '-f', 'json', '-o', f'{name}.json').status, OK, name)
    with t.case('two years of a product'):
        told = [t.run('diff', 'last.json', 'this.json', 'last', 'this', '-f', 'json', '--lang', lang) for lang in ('zh', 'en')]
        same((told[0].status, told[0].errors, told[0].out), (1, '', told[1].out), 'status')
        first, second = parse_json(told[0].out)['footprints']
        # 10 t of diesel for 10 t, then 11 t for 12 t: a tenth more is emitted.
        same((first['product'], abs(first['by_emissions'] - first['from'] / 10) < Decimal('1e-8'), abs(first['from'] + first['by_emissions'] + first['by_output'] - first['to']) < Decimal('1e-8')), ('A', True, True), 'A')
        want(abs(first['to'] / first['from'] - Decimal(11) / 12) < Decimal('1e-8'), first)
        same((second['product'], 'from' in second, 'by_output' in second), ('B', False, False), 'B')
        result = t.run('diff', 'last.json', 'this.json', 'last', 'this', '--lang', 'zh')
        want('因产量变化' in result.text, result.text)
    with t.case('a footprint and itself'):
        result = t.run('diff', 'this.json', 'this.json', 'this')
        same((result.status, result.errors), (OK, ''), result.text)


def run(t):
    years(t)
    published(t)
    sure(t)
    primary(t)
    documents(t)
    graded(t)
    chain(t)
    allocations(t)
    apart(t)
    suppliers(t)
    refused(t)
    balance(t)
