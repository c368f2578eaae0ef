# SPDX-License-Identifier: GPL-3.0-or-later
"""Usual mistakes, each answered in the language of the message with its place and with what to write.

A row: what was done; the command line; what is done to a copy of examples/enterprise before, as (file, old, new); the exit status; what the message
must say in Chinese and in English. In the command line CASE is that copy."""
import os
import shutil

from .harness import INVALID, OK, ROOT, SYSTEM, USAGE, same, want

NO_VERDICT = 4

MISTAKES = [
    # --- the command line ---
    ('command misspelt', 'chek CASE', None, USAGE, ['chek', '是不是 check'], ['chek', 'did you mean check']),
    ('command of another program', 'calculate CASE', None, USAGE, ['没有命令', 'calculate'], ['unknown command', 'calculate']),
    ('no command', '', None, USAGE, ['缺少命令'], ['no command']),
    ('help of a command misspelt', 'help acount', None, USAGE, ['是不是 account'], ['did you mean account']),
    ('option misspelt', 'check CASE --parms p.csv', None, USAGE, ['--parms', '是不是 --params'], ['did you mean --params']),
    ('option misspelt, with =', 'account CASE --profil=mee-national', None, USAGE, ['是不是 --profile'], ['did you mean --profile']),
    ('global option misspelt', '--lnag zh check CASE', None, USAGE, ['--lnag'], ['--lnag']),
    ('option of another program', 'check CASE --verbose', None, USAGE, ['没有选项', '--verbose'], ['unknown option', '--verbose']),
    ('em dash', 'check CASE —params p.csv', None, USAGE, ['Word', '请写作 --params'], ['word processor', 'write --params']),
    ('two em dashes and =', 'check CASE ——params=p.csv', None, USAGE, ['请写作 --params=p.csv'], ['write --params=p.csv']),
    ('en dash and letter', 'account CASE –f json', None, USAGE, ['请写作 -f'], ['write -f']),
    ('full-width hyphens', 'account CASE －－by site', None, USAGE, ['请写作 --by'], ['write --by']),
    ('minus sign', 'account CASE −o x.json', None, USAGE, ['请写作 -o'], ['write -o']),
    ('full-width comma', 'account CASE --by site，scope', None, USAGE, ['全角', 'site,scope'], ['full-width comma', 'site,scope']),
    ('enumeration comma', 'account CASE --by site、scope', None, USAGE, ['site,scope'], ['site,scope']),
    ('option without value', 'account CASE -o', None, USAGE, ['选项缺少值', '-o'], ['without its value', '-o']),
    ('value for a switch', 'check CASE --brief=yes', None, USAGE, ['不带值'], ['takes no value']),
    ('format misspelt', 'account CASE -f jsn', None, USAGE, ['text json csv'], ['text json csv']),
    ('brief JSON', 'account CASE --brief -f json', None, USAGE, ['--brief'], ['--brief']),
    ('language unknown', '--lang cn check CASE', None, USAGE, ['en zh'], ['en zh']),
    ('profile misspelt', 'account CASE --profile mee-provincal', None, USAGE, ['mee-provincal', 'mee-provincial'], ['mee-provincal', 'mee-provincial']),
    ('GWP set unknown', 'account CASE --gwp AR7', None, USAGE, ['AR7', 'AR6'], ['AR7', 'AR6']),
    ('GWP set in small letters', 'account CASE --gwp ar5', None, USAGE, ['AR5'], ['AR5']),
    ('key of groups unknown', 'account CASE --by sites', None, USAGE, ['sites', 'site'], ['sites', 'site']),
    ('rules unknown', 'check CASE --rules shanghai-2022', None, USAGE, ['shanghai-2022-189'], ['shanghai-2022-189']),
    ('reading unknown', 'check CASE --reading reduction=annual', None, USAGE, ['reduction_reading=annual'], ['reduction_reading=annual']),
    ('two cases', 'check CASE CASE', None, USAGE, ['多于一个'], ['more than one case']),
    ('no case', 'check', None, USAGE, ['缺少'], ['no case']),
    ('case folder not there', 'check 没有的文件夹', None, USAGE, ['没有这个项目文件夹', '没有的文件夹'], ['no such case folder']),
    ('inventory not there', 'account nosuch.csv', None, SYSTEM, ['nosuch.csv', '没有该文件或文件夹'], ['nosuch.csv', 'No such file']),
    ('a file for a case', 'check CASE/case.csv', None, USAGE, ['文件夹'], ['folder']),
    ('output into a folder that is not there', 'account CASE -o nowhere/x.txt', None, SYSTEM, ['没有该文件或文件夹', '未写入'], ['nothing was written']),
    ('output over an input', 'account CASE -o CASE/inventory.csv', None, None, ['inventory.csv'], ['inventory.csv']),
    ('factor unknown', 'factors show grid-shangai-2023', None, USAGE, ['grid-shanghai-2023'], ['grid-shanghai-2023']),
    ('subcommand misspelt', 'factors serch 天然气', None, USAGE, ['search'], ['search']),
    ('rules subcommand misspelt', 'rules parms', None, USAGE, ['params'], ['params']),
    # --- facts and choices ---
    ('fact misspelt', 'check CASE', ('case.csv', '\ncategory,', '\ncatgory,'), NO_VERDICT, ['catgory', '试点类型'], ['catgory', 'category']),
    ('fact misspelt in Chinese', 'check CASE', ('case.csv', '\ncategory,', '\n试点类形,'), NO_VERDICT, ['试点类形', '试点类型'], ['category']),
    ('a fact by a shorter name', 'check CASE', ('case.csv', '\ncategory,', '\n类别,'), NO_VERDICT, ['类别', 'tanhe rules show'], ['tanhe rules show']),
    ('a fact with words around it', 'check CASE', ('case.csv', '\nregistered_in_shanghai,', '\n是否在本市注册,'), NO_VERDICT, ['是否应为“在本市注册”'], ['was registered_in_shanghai meant']),
    ('choice misspelt', 'check CASE', ('case.csv', '\ncategory,enterprise', '\ncategory,enterprize'), INVALID, ['enterprize', '企事业单位'], ['enterprise']),
    ('choice misspelt in Chinese', 'check CASE', ('case.csv', '\ncategory,enterprise', '\ncategory,企业单位'), INVALID, ['企业单位', '企事业单位'], ['企业单位', 'enterprise']),
    ('yes as a tick', 'check CASE', ('case.csv', '\nregistered_in_shanghai,是', '\nregistered_in_shanghai,√√'), INVALID, ['是', '否'], ['yes', 'no']),
    # --- the inventory ---
    ('activity misspelt', 'account CASE', ('inventory.csv', ',天然气,', ',天然汽,'), INVALID, ['天然汽', '天然气'], ['天然汽', '天然气']),
    ('unit misspelt', 'account CASE', ('inventory.csv', ',kWh,', ',kWhh,'), INVALID, ['kWhh', 'kWh'], ['kWhh', 'kWh']),
    ('quantity with letters', 'account CASE', ('inventory.csv', ',天然气,', ',天然气,约'), INVALID, ['约'], ['约']),
    ('period misspelt', 'account CASE', ('inventory.csv', '2023-01', '2023-13'), INVALID, ['2023-13'], ['2023-13']),
]


def prepare(t, name, change):
    case = os.path.join(t.folder, name)
    shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), case, dirs_exist_ok=True)
    if not change:
        return case
    file, old, new = change
    path = os.path.join(case, file)
    with open(path, encoding='utf-8', newline='') as f:
        text = f.read()
    want(old in text, f'{old} is not in {file}')
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(text.replace(old, new))
    return case


def run(t):
    want(len({row[0] for row in MISTAKES}) == len(MISTAKES), 'two rows of one name')
    for i, (name, line, change, status, zh, en) in enumerate(MISTAKES):
        case = None
        for lang, words in ('zh', zh), ('en', en):
            with t.case(f'{name}, {lang}'):
                case = case or prepare(t, f'case{i}', change)
                result = t.run(*[word.replace('CASE', case) for word in line.split()], env={'TANHE_LANG': lang})
                if status is None:
                    want(result.status not in (OK, 1), f'exit status {result.status}')
                else:
                    same(result.status, status, 'exit status (' + result.errors[-400:] + ')')
                for word in words:
                    want(word in result.errors, f'no {word!r} in\n{result.errors}')
                lines = result.errors.splitlines()
                same(len(lines), len(set(lines)), 'lines that stand once')
                want(len(lines) <= 12, f'{len(lines)} lines for one fault:\n{result.errors}')
