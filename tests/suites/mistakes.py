# SPDX-License-Identifier: GPL-3.0-or-later
"""Usual mistakes, each answered in the language of the message with its place and with what to write.

A row: what was done; the command line; what is done to a copy of examples/enterprise before; the exit status; what the message must say in Chinese and
in English, the name that was meant among it wherever there is one. In the command line CASE is that copy and ~ a blank. What is done: (file, old, new),
or [file, text] for a file of its own. A place is said as file:line:column. Of every answer it is shown as well that it says one fault once, that its
Chinese has no English sentence and no name that only the program knows, and that its English is no Chinese."""
import os
import re
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
    ('option in Chinese', 'check CASE --参数 p.csv', None, USAGE, ['--参数', '是不是 --params'], ['did you mean --params']),
    ('option in Chinese, with =', 'layout CASE/inventory.csv --年份=2023', None, USAGE, ['是不是 --year'], ['did you mean --year']),
    ('option in Chinese that another command has', 'account CASE --参数 p.csv', None, USAGE, ['没有选项', '--参数'], ['unknown option']),
    ('global option in Chinese', 'check CASE --语言 zh', None, USAGE, ['是不是 --lang'], ['did you mean --lang']),
    ('output in Chinese', 'account CASE --输出 a.txt', None, USAGE, ['是不是 --output'], ['did you mean --output']),
    ('kind of a table in Chinese', 'layout CASE/inventory.csv --类型 inventory', None, USAGE, ['是不是 --kind'], ['did you mean --kind']),
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
    ('format misspelt', 'account CASE -f jsn', None, USAGE, ['text、json、csv', '是不是 json'], ['text, json, csv', 'did you mean json']),
    ('brief JSON', 'account CASE --brief -f json', None, USAGE, ['--brief'], ['--brief']),
    ('language unknown', '--lang cn check CASE', None, USAGE, ['en、zh'], ['en, zh']),
    ('profile misspelt', 'account CASE --profile mee-provincal', None, USAGE, ['mee-provincal', 'mee-provincial'], ['mee-provincal', 'mee-provincial']),
    ('GWP set unknown', 'account CASE --gwp AR7', None, USAGE, ['AR7', 'AR6'], ['AR7', 'AR6']),
    ('GWP set in small letters', 'account CASE --gwp ar5', None, USAGE, ['AR5'], ['AR5']),
    ('key of groups unknown', 'account CASE --by sites', None, USAGE, ['sites', 'site'], ['sites', 'site']),
    ('rules unknown', 'check CASE --rules shanghai-2022', None, USAGE, ['shanghai-2022-189'], ['shanghai-2022-189']),
    ('reading unknown', 'check CASE --reading reduction=annual', None, USAGE, ['reduction_reading=annual'], ['reduction_reading=annual']),
    ('two cases', 'check CASE CASE', None, USAGE, ['多于一个'], ['more than one case']),
    ('parameters without their option', 'check CASE CASE/params.csv', None, USAGE, ['--params', 'params.csv'], ['--params FILE', 'params.csv']),
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


HEAD = '期间,活动,数量,单位\n'


def cells(what, status, *rows):
    """A table of one line for each cell: (name, the line, words in Chinese, words in English)."""
    return [(f'{what} {name}', 'account CASE/x.csv', ['x.csv', HEAD + line + '\n'], status, zh, en) for name, line, zh, en in rows]


def near(what, column, *pairs, form='{}'):
    """(written, meant): the line that has it, its place, what was meant."""
    return cells(what, INVALID, *((written, form.format(written), [f'x.csv:2:{column}:', f'是不是 {meant}？'], [f'x.csv:2:{column}:', f'did you mean {meant}?']) for written, meant in pairs))


MISTAKES += [
    *cells('activity of', INVALID, *((word, f'2023-01,{word},1,kWh', ['E2356', f'“{word}”', '请删去该行'], ['E2356', f"'{word}'", 'take the row out'])
           for word in ('计划用电量', '用电量（计划）', '电力（预算）', '上年用电量', '去年同期用电量', '柴油（期末库存）'))),
    *cells('activity with a site', INVALID, *((word, f'2023-01,{word},1,kWh', ['E2357', f'写“{site}”', f'写“{name}”'], ['E2357', f'write {site} in', f'as {name}'])
           for word, site, name in (('一厂用电量', '一厂', '用电量'), ('3号楼天然气', '3号楼', '天然气'), ('甲公司柴油', '甲公司', '柴油')))),
    *cells('activity that is', INVALID, ('实际用电量', '2023-01,实际用电量,1,kWh', ['是不是“用电量”？'], ['did you mean 用电量?'])),
    # --- signs of input methods, files of another kind ---
    ('two hyphens before a letter', 'account CASE --f json', None, USAGE, ['--f', '请写作 -f'], ['--f', 'write -f']),
    ('full-width =', 'account CASE --gwp＝AR5', None, USAGE, ['半角等号', '请写作 --gwp=AR5'], ['where = belongs', 'write --gwp=AR5']),
    ('full-width colon for =', 'check CASE --params：p.csv', None, USAGE, ['请写作 --params=p.csv'], ['write --params=p.csv']),
    ('colon for =', 'plan CASE --route:threshold', None, USAGE, ['请写作 --route=threshold'], ['write --route=threshold']),
    ('a PDF for a table', 'account CASE/账单.pdf', ['账单.pdf', b'%PDF-1.4\n1 0 obj\n'], INVALID, ['账单.pdf:1:1:', 'PDF 文档', '.xlsx 或 CSV'], ['a PDF', '.xlsx or CSV']),
    ('a picture for a table', 'layout CASE/截图.csv', ['截图.csv', b'\x89PNG\r\n\x1a\n\x00'], INVALID, ['截图.csv:1:1:', '图片'], ['a picture']),
    ('a photograph for a table', 'account CASE/a.jpg', ['a.jpg', b'\xff\xd8\xff\xe0\x00\x10JFIF'], INVALID, ['a.jpg:1:1:', '图片'], ['a picture']),
    ('a page of a browser for a table', 'account CASE/a.csv', ['a.csv', '<html><table><tr><td>期间</td></tr></table></html>'], INVALID, ['a.csv:1:1:', '网页'], ['a page of a browser']),
    ('a picture for the parameters', 'check CASE --params CASE/p.csv', ['p.csv', b'GIF89a\x01\x00'], INVALID, ['p.csv:1:1:', '图片'], ['a picture']),
    ('a workbook that was renamed', 'account CASE/台账.csv', ['台账.csv', b'PK\x03\x04abc'], INVALID, ['台账.csv:1:1:', '工作簿已损坏', '重新保存'], ['the workbook is damaged', 'save it again']),
    ('a CSV that was renamed', 'account CASE/台账.xlsx', ['台账.xlsx', '期间,活动,数量,单位\n2023,外购电力,1,kWh\n'], INVALID, ['该文件为文本', '.xlsx 或 CSV'], ['it is text']),
    ('a document for a case', 'check CASE/方案.docx', ['方案.docx', b'PK\x03\x04abc'], USAGE, ['项目文件夹或工作簿'], ['a case is a folder or a workbook']),
    ('a sheet that is not there', 'account CASE/b.csv#能耗', None, SYSTEM, ['b.csv#能耗'], ['b.csv#能耗']),
    ('pipes for commas', 'account CASE/x.csv', ['x.csv', '期间|活动|数量|单位\n2023|外购电力|1|kWh\n'], INVALID, ['“|”', '“,”'], ['|']),
    ('an inventory without a header', 'account CASE/x.csv', ['x.csv', '2023,外购电力,1,kWh\n2023,天然气,1,Nm3\n'], INVALID, ['未找到表头', '外购电力'], ['no header']),
    ('a header with a wrong character', 'account CASE/x.csv', ['x.csv', '期闲,活动,数量,单位\n2023,外购电力,1,kWh\n'], INVALID, ['“期闲”'], ['期闲']),
    ('a column of quantities twice', 'account CASE/x.csv', ['x.csv', '期间,活动,数量,数量,单位\n2023,外购电力,1,2,kWh\n'], INVALID, ['x.csv:1:10:', '第3列'], ['column 3']),
    # --- parameters ---
    ('a parameter misspelt in Chinese', 'check CASE --params CASE/p.csv', ['p.csv', '参数,值,单位,来源\n减排量下线,1111,tCO2e,通知原件\n'], NO_VERDICT, ['p.csv:2:1:', '减排量下限'], ['减排量下限']),
    ('a parameter that is a range', 'check CASE --params CASE/p.csv', ['p.csv', '参数,值,单位,来源\n减排量下限,1000～2000,tCO2e,通知原件\n'], INVALID, ['p.csv:2:7:', '减排量下限', '1000～2000'], ['min_reduction', '1000～2000']),
    ('a parameter in another kind of unit', 'check CASE --params CASE/p.csv', ['p.csv', '参数,值,单位,来源\n区域面积下限,3,吨,通知原件\n'], INVALID, ['p.csv:2:10:', '“吨”', '应为 平方公里'], ['km2']),
    ('a parameter without its source', 'check CASE --params CASE/p.csv', ['p.csv', '参数,值,单位,来源\n区域面积下限,3,平方公里,\n'], INVALID, ['p.csv:2:15:', '“来源”列'], ['column source']),
    ('parameters with full-width commas', 'check CASE --params CASE/p.csv', ['p.csv', '参数，值，单位，来源\nmin_area，3，平方公里，通知\n'], INVALID, ['“，”', '“,”'], ['，']),
    # --- facts and measures, more ---
    ('a date with a full stop', 'check CASE', ('case.csv', '\nstart,2024-01', '\nstart,2024。1'), INVALID, ['case.csv:19:7:', '是不是 2024-01？'], ['did you mean 2024-01?']),
    ('a date with the letter O', 'check CASE', ('case.csv', '\nend,2028-12', '\nend,2O28-12'), INVALID, ['case.csv:20:5:', '是不是 2028-12？'], ['did you mean 2028-12?']),
    ('a year with the letter O', 'check CASE', ('case.csv', '\nbase_year,2023', '\nbase_year,2O23'), INVALID, ['case.csv:18:11:', '是不是 2023？'], ['did you mean 2023?']),
    ('a month for a year', 'check CASE', ('case.csv', '\nbase_year,2023', '\nbase_year,2023。7'), INVALID, ['“基准年”应为年份（如 2028）'], ['expected YYYY']),
    ('years for a year', 'check CASE', ('case.csv', '\nbase_year,2023', '\nbase_year,2021-2023'), INVALID, ['“基准年”应为年份'], ['expected YYYY']),
    ('a place for yes', 'check CASE', ('case.csv', '\nregistered_in_shanghai,是', '\nregistered_in_shanghai,上海'), INVALID, ['应为否、是'], ['no, yes']),
    ('a reduction in kilograms of nothing', 'plan CASE', ('targets.csv', '13800,t CO2e', '13800,立方'), INVALID, ['targets.csv:2:17:', '排放量的单位有误', '吨二氧化碳当量'], ['t CO2e']),
    ('a start with the letter O', 'check CASE', ('measures.csv', '2024-03,2024-12', '2O24-03,2024-12'), INVALID, ['measures.csv:2:38:', '是不是 2024-03？'], ['did you mean 2024-03?']),
    ('a reduction of about', 'check CASE', ('measures.csv', ',1240,', ',约1240,'), INVALID, ['是不是 1240？'], ['did you mean 1240?']),
    # --- units of power, periods, activities ---
    *cells('unit with a stroke', INVALID, *((unit, f'2023,外购电力,1,{unit}', ['x.csv:2:13:', f'请写“{meant}”'], ['x.csv:2:13:', f'write {meant}'])
           for unit, meant in (('千瓦/时', '千瓦时'), ('kW/h', 'kWh'), ('MW/h', 'MWh'), ('万千瓦/时', '万千瓦时'), ('千瓦/小时', '千瓦小时')))),
    *cells('period of', INVALID, *((period, f'{period},外购电力,1,kWh', ['x.csv:2:1:', f'“{period}”'], ['x.csv:2:1:', period])
           for period in ('2203-02', '本月', '2023年第五季度', '2023-02-30'))),
    *cells('quantity that', INVALID, *((quantity, f'2023,外购电力,{quantity},kWh', ['x.csv:2:11:', f'“{quantity}”'], ['x.csv:2:11:', quantity])
           for quantity in ('1.234.567', '一千二百', '100+200', '100/200', '１２．５万'))),
    *cells('activity with a slip:', INVALID, *((written, f'2023,{written},1,t', ['x.csv:2:6:', f'是不是“{meant}”？'], ['did you mean'])
           for written, meant in (('R41OA', 'R410A'), ('车用气油', '车用汽油')))),
    # --- the command line, more ---
    ('command in Chinese', '核算 CASE', None, USAGE, ['是不是 account'], ['did you mean account']),
    ('command in capitals', 'CHECK CASE', None, USAGE, ['是不是 check'], ['did you mean check']),
    ('version as a command', 'version', None, USAGE, ['是不是 --version'], ['did you mean --version']),
    ('version by its letter', '-V', None, USAGE, ['是不是 --version'], ['did you mean --version']),
    ('an option for a value', 'check CASE -o -f json', None, USAGE, ['选项缺少值', '-o'], ['without its value', '-o']),
    ('an empty value', 'check CASE --params=', None, USAGE, ['选项缺少值', '--params='], ['without its value', '--params=']),
    ('option behind --', 'account CASE -- -f json', None, USAGE, ['选项应写在它前面', '-f'], ['before it', '-f']),
    ('curly quotes', 'account “CASE”', None, USAGE, ['中文引号', '请写作'], ['curled', 'write']),
    ('format in capitals', 'account CASE -f JSON', None, USAGE, ['是不是 json'], ['did you mean json']),
    ('a workbook as format', 'account CASE -f xlsx', None, USAGE, ['可选 text、json、csv'], ['one of text, json, csv']),
    ('fallback unknown', 'account CASE --fallback nearset', None, USAGE, ['是不是 nearest'], ['did you mean nearest']),
    ('year with its word', 'plan CASE --as-of 2023年', None, USAGE, ['--as-of 2023年', '是不是 2023'], ['--as-of', 'did you mean 2023']),
    ('year full-width', 'account CASE --year=２０２３', None, USAGE, ['是不是 2023'], ['did you mean 2023']),
    ('year with O', 'plan CASE --actual 2O24', None, USAGE, ['是不是 2024'], ['did you mean 2024']),
    ('year of two digits', 'layout CASE/inventory.csv --year 23', None, USAGE, ['--year 23', '是不是 2023'], ['did you mean 2023']),
    ('route misspelt', 'plan CASE --route treshold', None, USAGE, ['threshold、第一阶段、第二阶段', '是不是 threshold'], ['did you mean threshold']),
    ('phase misspelt', 'plan CASE --route 第一阶断', None, USAGE, ['是不是 第一阶段'], ['did you mean 第一阶段']),
    ('uncertainty misspelt', 'check CASE --uncertainty aproach1', None, USAGE, ['是不是 approach1'], ['did you mean approach1']),
    ('encoding of Windows', 'account CASE --encoding ansi', None, USAGE, ['utf-8、gb18030、gbk'], ['utf-8, gb18030, gbk']),
    ('encoding misspelt', 'account CASE --encoding gb1803', None, USAGE, ['是不是 gb18030'], ['did you mean gb18030']),
    ('condition without degrees', 'account CASE --gas-condition 20', None, USAGE, ['20C'], ['20C']),
    ('threads of none', 'account CASE --threads 0', None, USAGE, ['1-256'], ['1-256']),
    ('seed alone', 'account CASE --seed 5', None, USAGE, ['--uncertainty'], ['--uncertainty']),
    ('group in Chinese', 'account CASE --by 场所', None, USAGE, ['site、period、year'], ['site, period, year']),
    ('rules pack misspelt', 'rules show shanghai-2022-198', None, USAGE, ['是不是 shanghai-2022-189'], ['did you mean shanghai-2022-189']),
    ('params of no case', 'rules params nosuch', None, USAGE, ['没有这个项目文件夹或工作簿', 'nosuch'], ['no such case folder', 'nosuch']),
    ('rules file not there', 'rules check nosuch.json', None, SYSTEM, ['nosuch.json', '没有该文件'], ['nosuch.json']),
    ('layout of a folder', 'layout CASE', None, INVALID, ['是文件夹'], ['is a directory']),
    ('layout of nothing', 'layout', None, USAGE, ['缺少表格'], ['no table']),
    ('layout kind misspelt', 'layout CASE/inventory.csv --kind inventry', None, USAGE, ['是不是 inventory'], ['did you mean inventory']),
    ('factor by its activity', 'factors show 外购电力', None, USAGE, ['tanhe factors search'], ['tanhe factors search']),
    ('factors of nothing', 'factors', None, USAGE, ['缺少子命令'], ['missing']),
    ('factors check of no file', 'factors check nosuch.csv', None, SYSTEM, ['nosuch.csv', '没有该文件'], ['nosuch.csv']),
    ('init without a path', 'init', None, USAGE, ['缺少要生成的'], ['missing']),
    ('init without a category', 'init new.xlsx', None, USAGE, ['--category', '企事业单位'], ['--category', 'enterprise']),
    ('init with a category misspelt', 'init new.xlsx --category entreprise --target peak', None, USAGE, ['企事业单位', '是不是 enterprise'], ['did you mean enterprise']),
    ('init with a target cut', 'init new.xlsx --category 园区 --target 达峰', None, USAGE, ['碳达峰、碳中和', '是不是 碳达峰'], ['did you mean 碳达峰']),
    ('init of an old workbook', 'init 案例.xls --category enterprise --target peak', None, USAGE, ['.xlsx', '案例.xls'], ['.xlsx']),
    ('init over a case', 'init CASE --category enterprise --target peak', None, USAGE, ['已存在'], ['is there already']),
    ('help of a code that is none', 'help E5091', None, USAGE, ['E5091', '是不是 E5001'], ['did you mean E5001']),
    ('help of a fact misspelt', 'help catgory', None, USAGE, ['是不是 category'], ['did you mean category']),
    ('help of an activity misspelt', 'help 外够电力', None, USAGE, ['是不是 外购电力'], ['did you mean 外购电力']),
    ('help of nothing known', 'help 量子', None, USAGE, ['没有这个命令、代码、填报项、活动或单位'], ['no command, code, fact, activity or unit']),
    ('a case without a command', 'CASE', None, USAGE, ['此处应为命令', '请写作 tanhe check'], ['where the command belongs', 'write tanhe check']),
    ('a table without a command', 'CASE/inventory.csv', None, USAGE, ['请写作 tanhe account'], ['write tanhe account']),
    ('em dash before the command', '—-lang zh check CASE', None, USAGE, ['Word', '请写作 --lang'], ['word processor', 'write --lang']),
    ('another word for init', '初始化 x', None, USAGE, ['是不是 init'], ['did you mean init']),
    ('= behind one letter', 'check CASE -o=x.txt', None, USAGE, ['不写等号', '请写作 -o x.txt'], ['no =', 'write -o x.txt']),
    ('a report named as a workbook', 'check CASE -o x.XLSX', None, USAGE, ['写出的是文本', 'x.XLSX', '.txt、.csv 或 .json'], ['text is written', 'x.XLSX']),
    ('a report named as a document', 'account CASE -o 核算.docx', None, USAGE, ['写出的是文本', '核算.docx'], ['text is written', '核算.docx']),
    ('a dossier named as a print', 'report CASE -o 报告.pdf', None, USAGE, ['报告.pdf', '.docx', '打印'], ['报告.pdf', '.md, .html, .docx or .xlsx']),
    ('a dossier named as an old document', 'report CASE -o a.doc', None, USAGE, ['a.doc', '.docx'], ['a.doc', '.docx']),
    ('a dossier said to be Markdown and named as a document', 'report CASE -f md -o a.docx', None, USAGE, ['写出的是文本', 'a.docx'], ['text is written', 'a.docx']),
    ('a ledger named as a workbook', 'account CASE --ledger l.et', None, USAGE, ['写出的是文本', 'l.et'], ['text is written', 'l.et']),
    ('a summary named as a print', 'batch CASE --summary s.pdf', None, USAGE, ['写出的是文本', 's.pdf'], ['text is written', 's.pdf']),
    ('threads of batch too many', 'batch CASE --threads 300', None, USAGE, ['--threads 300', '1-256'], ['--threads 300', '1-256']),
    ('init of a document', 'init 案例.doc --category enterprise --target peak', None, USAGE, ['.xlsx', '案例.doc'], ['.xlsx', '案例.doc']),
    ('init of a workbook as tables', 'init a.xlsx --csv', None, USAGE, ['CSV 文件夹', 'a.xlsx'], ['a folder of tables', 'a.xlsx']),
    ('init of a workbook as one table', 'init a.xlsx --wide', None, USAGE, ['一张 CSV 表', 'a.xlsx'], ['a CSV table', 'a.xlsx']),
    ('init of a folder named as a table', 'init a.csv --category enterprise --target peak', None, USAGE, ['--wide', '--csv', 'a.csv'], ['--wide', '--csv', 'a.csv']),
    # --- the wrong file ---
    ('measures for an inventory', 'account CASE/measures.csv', None, INVALID, ['measures.csv:1:1:', '这是措施表', '此处应为活动数据表'], ['this is measures', 'an inventory']),
    ('facts for an inventory', 'account CASE/case.csv', None, INVALID, ['case.csv:1:1:', '这是基本信息表'], ['this is the facts of a case']),
    ('targets for an inventory', 'account CASE/targets.csv', None, INVALID, ['这是目标表'], ['this is targets']),
    ('factors for an inventory', 'account CASE/factors.csv', None, INVALID, ['这是自备因子表'], ['this is factors']),
    ('an inventory for factors', 'account CASE --factors CASE/inventory.csv', None, INVALID, ['这是活动数据表', '此处应为自备因子表'], ['this is an inventory']),
    ('an inventory for parameters', 'check CASE --params CASE/inventory.csv', None, INVALID, ['这是活动数据表'], ['this is an inventory']),
    ('an inventory for factors, checked', 'factors check CASE/inventory.csv', None, INVALID, ['此处应为自备因子表'], ['belongs here is factors']),
    ('a folder for factors', 'account CASE --factors CASE', None, INVALID, ['case', '错误 E1003：是文件夹'], ['error E1003: is a directory']),
    ('a workbook of Numbers', 'account CASE/x.numbers', ['x.numbers', 'PK'], INVALID, ['x.numbers'], ['x.numbers']),
    ('a workbook that is cut', 'account CASE/x.xlsx', ['x.xlsx', 'PK\x03\x04'], INVALID, ['x.xlsx'], ['x.xlsx']),
    ('a workbook that is text', 'account CASE/x.xlsx', ['x.xlsx', HEAD], None, ['x.xlsx'], ['x.xlsx']),
    ('a layout file of nothing', 'layout CASE/x.csv', ['x.csv', ''], INVALID, ['x.csv'], ['x.csv']),
    ('a layout file that is none', 'account CASE/x.csv --layout CASE/nosuch.csv', ['x.csv', HEAD + '2023,外购电力,1,kWh\n'], SYSTEM, ['nosuch.csv', '没有该文件'], ['nosuch.csv']),
    ('a layout file with a key misspelt', 'account CASE/inventory.csv --layout CASE/y.csv', ['y.csv', 'heder,1\n'], INVALID, ['y.csv:1:1:', 'header、data'], ['y.csv:1:1:', 'header, data']),
    ('a web page for a workbook', 'account CASE/x.xls', ['x.xls', '<html><table></table></html>'], INVALID, ['x.xls', '.xlsx'], ['x.xls', '.xlsx']),
    ('commas of an input method between columns', 'account CASE/x.csv', ['x.csv', (HEAD + '2023,外购电力,1,kWh\n').replace(',', '，')], INVALID, ['x.csv:1:1:', '“，”', '英文逗号'], ['half-width commas']),
    ('semicolons of an input method between columns', 'account CASE/x.csv', ['x.csv', (HEAD + '2023,外购电力,1,kWh\n').replace(',', '；')], INVALID, ['“；”'], ['half-width commas']),
    ('header gone', 'account CASE/x.csv', ['x.csv', '2023,外购电力,1,kWh\n'], INVALID, ['x.csv:1:1:', '未找到表头'], ['no header']),
    ('column misspelt in Chinese', 'account CASE/x.csv', ['x.csv', '期间,活动,数里,单位\n2023,外购电力,1,kWh\n'], INVALID, ['“数量”列', '“数里”'], ['is 数里 meant']),
    ('column misspelt in English', 'account CASE/x.csv', ['x.csv', 'period,activty,quantity,unit\n2023,外购电力,1,kWh\n'], INVALID, ['“活动”列', '“activty”'], ['is activty meant']),
    ('column twice', 'account CASE/x.csv', ['x.csv', '期间,活动,数量,数量,单位\n2023,外购电力,1,,kWh\n'], INVALID, ['x.csv:1:10:', '“数量”已是第3列'], ['is column 3 already']),
    ('column gone', 'account CASE/x.csv', ['x.csv', '期间,活动,数量\n2023,外购电力,1\n'], INVALID, ['“单位”列', '现有列：期间、活动、数量'], ['unit']),
    # --- facts, more ---
    ('two words for yes', 'check CASE', ('case.csv', '\nregistered_in_shanghai,是', '\nregistered_in_shanghai,是；'), INVALID, ['case.csv:6:', '是不是“是”？'], ['did you mean']),
    ('a category by half its name', 'check CASE', ('case.csv', '\ncategory,enterprise', '\ncategory,企事业'), INVALID, ['case.csv:3:', '是不是“企事业单位”？'], ['did you mean 企事业单位?']),
    ('a target for a category', 'check CASE', ('case.csv', '\ncategory,enterprise', '\ncategory,近零碳'), INVALID, ['综合性区域、产业园区、居民社区、建筑楼宇、企事业单位'], ['region, park, community, building, enterprise']),
    ('two categories', 'check CASE', ('case.csv', '\ncategory,enterprise', '\ncategory,企事业单位、产业园区'), INVALID, ['“试点类型”应为'], ['category']),
    ('a target cut', 'check CASE', ('case.csv', '\ntarget,peak', '\ntarget,达峰'), INVALID, ['是不是“碳达峰”？'], ['did you mean 碳达峰?']),
    ('a target with a wrong character', 'check CASE', ('case.csv', '\ntarget,peak', '\ntarget,碳达锋'), INVALID, ['是不是“碳达峰”？'], ['did you mean 碳达峰?']),
    ('one of several choices wrong', 'check CASE', ('case.csv', 'innovation;energy_saving', '科技创新；节能减排'), INVALID, ['case.csv:8:', '填的是“节能减排”'], ["found '节能减排'"]),
    ('a choice by half its name', 'check CASE', ('case.csv', 'innovation;energy_saving', '创新'), INVALID, ['是不是“科技创新”？'], ['did you mean 科技创新?']),
    ('a year of two digits', 'check CASE', ('case.csv', '\nbase_year,2023', '\nbase_year,23'), INVALID, ['“基准年”应为年份'], ['base_year']),
    ('the end before the start', 'check CASE', ('case.csv', '\nend,2028-12', '\nend,2023-12'), INVALID, ['case.csv:20:', '第19行的创建周期开始'], ['start in line 19']),
    ('a month that does not exist', 'check CASE', ('case.csv', '\nend,2028-12', '\nend,2028-13'), INVALID, ['“创建周期结束”应为日期'], ['end']),
    ('a fact twice', 'check CASE', ('case.csv', '\ncategory,enterprise,,,示例数据', '\ncategory,enterprise,,,\ncategory,park,,,'), INVALID, ['case.csv:4:1:', '第3行'], ['line 3']),
    ('the unit of a fact in the number', 'check CASE', ('case.csv', 'output_value,96800,万元', 'output_value,96800万元,'), INVALID, ['case.csv:21:14:', '“产值”'], ['output_value']),
    ('the unit of a fact of another kind', 'check CASE', ('case.csv', 'output_value,96800,万元', 'output_value,96800,吨'), INVALID, ['case.csv:21:', '应为万元一类的单位'], ['10^4 CNY']),
    ('the unit of a fact left out', 'check CASE', ('case.csv', 'output_value,96800,万元', 'output_value,96800,'), INVALID, ['没有填单位，应为万元一类的单位'], ['no unit is given']),
    ('a number of people in words', 'check CASE', ('case.csv', 'employees,860,人', 'employees,八百,人'), INVALID, ['case.csv:22:', '“从业人员”'], ['employees']),
    ('a column of the facts without a name', 'check CASE', ('case.csv', '事实,值,', '事实,,'), INVALID, ['缺少“值”列'], ['value']),
    # --- measures, targets, assumptions, contracts, factors, units ---
    ('an entry by half its name', 'check CASE', ('measures.csv', 'renewables_storage', '发展可再生能源'), INVALID, ['measures.csv:2:19:', '是不是“发展可再生能源和新型储能”？'], ['did you mean']),
    ('an entry misspelt', 'check CASE', ('measures.csv', 'renewables_storage', 'renewable_storage'), INVALID, ['是不是“发展可再生能源和新型储能”？'], ['did you mean renewables_storage?']),
    ('a measure that ends before it starts', 'check CASE', ('measures.csv', '2024-03,2024-12', '2024-12,2024-03'), INVALID, ['measures.csv:2:', '早于开始时间'], ['before']),
    ('a reduction below zero', 'check CASE', ('measures.csv', ',1240,', ',-1240,'), INVALID, ['“减排量”填的是 -1240，应不小于0'], ['expected >= 0']),
    ('a reduction in money', 'check CASE', ('measures.csv', '1240,t CO2e/a', '1240,万元'), INVALID, ['measures.csv:2:59:', '吨二氧化碳当量/年'], ['t CO2e']),
    ('a status that is none', 'check CASE', ('measures.csv', ',在建,', ',50%,'), INVALID, ['measures.csv:2:79:', '在建'], ['started']),
    ('savings without blanks', 'check CASE', ('measures.csv', '外购电力 2160 MWh/a', '外购电力2160 MWh/a'), INVALID, ['measures.csv:2:100:', '以空格分隔'], ['with blanks between']),
    ('the activity of a measure misspelt', 'check CASE', ('measures.csv', '外购电力,,外购电力 2160', '外够电力,,外购电力 2160'), INVALID, ['是不是“外购电力”？'], ['did you mean 外购电力?']),
    ('a measure without its id', 'check CASE', ('measures.csv', '\nM2,', '\n,'), INVALID, ['measures.csv:3:1:', '请填写“编号”'], ['id must be given']),
    ('two measures of one id', 'check CASE', ('measures.csv', '\nM2,', '\nM1,'), INVALID, ['measures.csv:3:1:', '第2行'], ['line 2']),
    ('years of a ramp in words', 'check CASE', ('measures.csv', '叉车柴油,2,', '叉车柴油,两年,'), INVALID, ['measures.csv:5:85:', '两年'], ['两年']),
    ('a target with the letter O', 'plan CASE', ('targets.csv', '13800', '1380O'), INVALID, ['targets.csv:2:11:', '是不是 13800？'], ['did you mean 13800?']),
    ('the year of a target with the letter O', 'plan CASE', ('targets.csv', ',2025,', ',2O25,'), INVALID, ['targets.csv:2:6:', '是不是 2025？'], ['did you mean 2025?']),
    ('the year of a target of two digits', 'plan CASE', ('targets.csv', ',2025,', ',25,'), INVALID, ['是不是 2025？'], ['did you mean 2025?']),
    ('a kind of target misspelt', 'plan CASE', ('targets.csv', 'gross,示例数据\n第二', 'grosss,示例数据\n第二'), INVALID, ['targets.csv:2:24:', '总排放量、净排放量、碳排放强度'], ['gross']),
    ('two phases of one name', 'plan CASE', ('targets.csv', '第二阶段,2028', '第一阶段,2028'), INVALID, ['targets.csv:3:1:', '第2行'], ['line 2']),
    ('targets that rise', 'plan CASE', ('targets.csv', '2028,12600', '2028,15600'), INVALID, ['targets.csv:3:1:', '高于'], ['allows more']),
    ('an assumption misspelt', 'plan CASE', ('assumptions.csv', 'growth,2.0', 'grwoth,2.0'), INVALID, ['assumptions.csv:2:1:', '是不是 growth？'], ['did you mean growth?']),
    ('a growth without its unit', 'plan CASE', ('assumptions.csv', 'growth,2.0,%/a', 'growth,2.0,'), INVALID, ['assumptions.csv:2:12:', '没有填，应为 %、%/a'], ['no unit']),
    ('a percent sign twice', 'plan CASE', ('assumptions.csv', 'growth,2.0,%/a', 'growth,2.0%,%/a'), INVALID, ['assumptions.csv:2:8:', '“%/a”与“%”'], ['%/a']),
    ('a price of an activity misspelt', 'plan CASE', ('assumptions.csv', 'price.外购电力', 'price.外够电力'), INVALID, ['assumptions.csv:5:1:', '是不是 price.外购电力？'], ['did you mean price.外购电力?']),
    ('a price of something unknown', 'plan CASE', ('assumptions.csv', 'price.外购电力', 'price.量子'), INVALID, ['assumptions.csv:5:1:', 'price.<能源品种>'], ['price.<carrier>']),
    ('a growth of an activity misspelt', 'plan CASE', ('assumptions.csv', 'growth,2.0', 'growth.天然汽,2.0'), INVALID, ['assumptions.csv:2:1:', '是不是 growth.天然气？'], ['did you mean growth.天然气?']),
    ('a growth of a fact misspelt', 'plan CASE', ('assumptions.csv', 'growth.output_value', 'growth.output_valeu'), INVALID, ['assumptions.csv:3:1:', '是不是 growth.output_value？'], ['did you mean growth.output_value?']),
    ('a target without its unit', 'plan CASE', ('targets.csv', ',13800,t CO2e,', ',13800,,'), INVALID, ['targets.csv:2:17:', '吨二氧化碳当量'], ['as t CO2e']),
    ('a measure without its unit', 'check CASE', ('measures.csv', '1240,t CO2e/a', '1240,'), INVALID, ['measures.csv:2:', '吨二氧化碳当量/年'], ['as t CO2e/a']),
    ('a price of nothing', 'plan CASE', ('assumptions.csv', '0.72,元/kWh', '0.72,元'), INVALID, ['assumptions.csv:5:', '元/kWh'], ['CNY/kWh']),
    ('a full stop in a name', 'plan CASE', ('assumptions.csv', 'price.外购电力', 'price。外购电力'), INVALID, ['assumptions.csv:5:1:', 'price.<能源品种>'], ['price.<carrier>']),
    ('a kind of contract misspelt', 'account CASE', ('instruments.csv', 'green_power', '绿正'), INVALID, ['instruments.csv:2:19:', '绿电', '绿证'], ['certificate']),
    ('a kind of contract misspelt in English', 'account CASE', ('instruments.csv', 'green_power', 'gren_power'), INVALID, ['是不是 green_power？'], ['did you mean green_power?']),
    ('power by sheets', 'account CASE', ('instruments.csv', '2440000,kWh', '2440000,张'), INVALID, ['instruments.csv:2:39:', 'kWh、MWh 或 万kWh'], ['kWh']),
    ('a contract without a unit', 'account CASE', ('instruments.csv', '2440000,kWh', '2440000,'), INVALID, ['instruments.csv:2:39:', '请填写“单位”'], ['unit must be given']),
    ('a gas with a zero', 'account CASE', ('factors.csv', ',CO2,0,', ',C02,0,'), INVALID, ['factors.csv:2:19:', 'CO2'], ['CO2']),
    ('a date with full stops', 'account CASE', ('factors.csv', '2023-01-01,', '2023。1。1,'), INVALID, ['factors.csv:2:67:', '是不是 2023-01-01？'], ['did you mean 2023-01-01?']),
    ('dates the wrong way round', 'account CASE', ('factors.csv', '2023-01-01,2023-12-31', '2023-12-31,2023-01-01'), INVALID, ['截止日期早于起始日期', '对调'], ['exchange']),
    ('a confidence misspelt', 'account CASE', ('factors.csv', ',user,', ',usr,'), INVALID, ['“可信度”', '是不是 user？'], ['did you mean user?']),
    ('an activity misspelt in a factor', 'account CASE', ('factors.csv', 'electricity', 'elektricity'), INVALID, ['factors.csv:2:', '是不是“electricity”？'], ['did you mean electricity?']),
    ('a factor without its source', 'account CASE', ('factors.csv', '绿色电力交易合同 SH-GREEN-2023-018 及结算单（示例，非真实合同）', ''), INVALID, ['factors.csv:2:', '“来源”列'], ['source']),
    ('a factor without an activity in its unit', 'account CASE', ('factors.csv', 'kg/kWh', 'kg'), INVALID, ['factors.csv:2:25:', '气体质量/活动单位'], ['kg/kWh']),
    ('a unit of a unit that is none', 'account CASE --units CASE/units.csv', ['units.csv', '单位,数值,基准单位,来源\n万块,10000,块,自定\n'], INVALID, ['units.csv:2:10:', '块'], ['块']),
    ('a unit that there is', 'account CASE --units CASE/units.csv', ['units.csv', '单位,数值,基准单位,来源\n桶,200,L,自定\n'], INVALID, ['units.csv:2:1:', '重复定义'], ['桶']),
    ('a unit in words', 'account CASE --units CASE/units.csv', ['units.csv', '单位,数值,基准单位,来源\n汽包,零点七,MW,自定\n'], INVALID, ['units.csv:2:4:', '零点七'], ['零点七']),
    # --- lines of an inventory, more ---
    *near('period', 1, ('2023。7', '2023-07'), ('2023-7-', '2023-07'), ('23.7', '2023-07'), ('2023年全年', '2023'), ('2O23-07', '2023-07'), ('2023-O7', '2023-07'), ("'2023-07", '2023-07'),
          ('2023年1-7', '2023-01/2023-07'), ('2023、7', '2023-07'), ('“2023-07”', '2023-07'), form='{},外购电力,1,kWh'),
    *cells('period', INVALID,
           ('a month 13', '2023.13,外购电力,1,kWh', ['x.csv:2:1:', '月份应为1—12'], ['months are 1 to 12']),
           ('a day 32', '2023-07-32,外购电力,1,kWh', ['x.csv:2:1:', '该月有的日子'], ['must have that day']),
           ('that ends before it starts', '2023-07至2023-06,外购电力,1,kWh', ['x.csv:2:1:', '较早的日期写在前面'], ['earlier date first']),
           ('in a word', '今年,外购电力,1,kWh', ['x.csv:2:1:', '2023年7月'], ['2023-07']),
           ('as a number of a spreadsheet', '45108,外购电力,1,kWh', ['x.csv:2:1:', '2023-07-01'], ['2023-07-01']),
           ('in English', 'Jul-23,外购电力,1,kWh', ['x.csv:2:1:', '2023-07'], ['2023-07']),
           ('of the year only by its half', '上半年,外购电力,1,kWh', ['没有年份', '--year 2023'], ['without a year', '--year 2023'])),
    *near('quantity', 11, ('1、234', '1234'), ('12。5', '12.5'), ('1O0', '100'), ('l00', '100'), ('约100', '100'), ('100左右', '100'), ('￥100', '100'), ('1 000', '1000'), ("'100", '100'), ('100。', '100'),
          ('１Ｏ０', '100'), ('100*', '100'), form='2023,外购电力,{},kWh'),
    *cells('quantity', INVALID,
           ('with its unit', '2023,外购电力,100kWh,kWh', ['x.csv:2:11:', '移到“单位”列'], ['column unit']),
           ('with 万', '2023,外购电力,3万,kWh', ['x.csv:2:11:', '30000', '万kWh'], ['30000']),
           ('with a percent sign', '2023,外购电力,5％,kWh', ['x.csv:2:11:', '百分号'], ['percent']),
           ('as a dash', '2023,外购电力,—,kWh', ['x.csv:2:11:', '确未发生写0'], ['0']),
           ('as a formula', '2023,外购电力,=SUM(A1),kWh', ['x.csv:2:11:', '粘贴为数值'], ['value']),
           ('as ####', '2023,外购电力,#####,kWh', ['x.csv:2:11:', '粘贴为数值'], ['value']),
           ('as a range', '2023,外购电力,100～120,kWh', ['x.csv:2:11:', '1234.5'], ['1234.5']),
           ('in brackets', '2023,外购电力,（100）,kWh', ['x.csv:2:11:', '-100'], ['-100']),
           ('left out', '2023,外购电力,,kWh', ['x.csv:2:11:', '写0'], ['0'])),
    *near('unit', 13, ('kWhh', 'kWh'), ('kwh。', 'kwh'), ('千瓦时时', '千瓦时'), ('“kWh”', 'kWh'), ('kWh*', 'kWh'), form='2023,外购电力,1,{}'),
    *near('unit of heat', 13, ('蒸吨', '吨'), ('吨汽', '吨'), form='2023,外购热力,1,{}'),
    *near('unit of gas', 12, ('m 3', 'm3'), form='2023,天然气,1,{}'),
    *cells('unit', INVALID,
           ('of power for energy', '2023,外购电力,1,千瓦', ['x.csv:2:13:', '“千瓦时”'], ['kWh']),
           ('of mass for power', '2023,外购电力,1,吨', ['x.csv:2:13:', '外购电力应按“kWh”填写'], ['kWh']),
           ('of money', '2023,外购电力,1,元', ['x.csv:2:13:', '“kWh”'], ['kWh']),
           ('of standard coal', '2023,外购电力,1,吨标煤', ['x.csv:2:13:', '“kWh”'], ['kWh']),
           ('of gas without its condition', '2023,天然气,1,㎥', ['x.csv:2:12:', 'Nm3', 'GJ/万Nm3'], ['Nm3']),
           ('that means two', '2023,柴油,1,MT', ['x.csv:2:11:', 't、Mt'], ['t, Mt']),
           ('left out', '2023,外购电力,1,', ['x.csv:2:13:', '万kWh'], ['kWh']),
           ('of mass for heat', '2023,外购热力,1,吨', ['没有填', 'GJ'], ['GJ'])),
    *cells('activity', INVALID, *((written, f'2023,{written},1,kWh', ['x.csv:2:6:', f'是不是“{meant}”？'], ['x.csv:2:6:', 'did you mean'])
           for written, meant in [('外够电力', '外购电力'), ('外购电力。', '外购电力'), ('“天然气”', '天然气'), ('液化石油汽', '液化石油气'), ('汽油费', '汽油'), ('R410', 'R410A'), ('electricty', '外购电力')])),
    *cells('activity', INVALID,
           ('that may be many', '2023,冷媒,1,kg', ['x.csv:2:6:', 'tanhe factors search refrigerant'], ['tanhe factors search refrigerant']),
           ('of no one refrigerant', '2023,制冷剂,1,kg', ['x.csv:2:6:', '没有写明是哪一种'], ['which one it is']),
           ('of refrigerants in the trade', '2023,氟利昂,1,kg', ['x.csv:2:6:', '没有写明是哪一种'], ['which one it is']),
           ('of all commuting', '2023,员工通勤,1,km', ['x.csv:2:6:', 'tanhe factors search travel'], ['tanhe factors search travel']),
           ('of all travel', '2023,商务出行,1,km', ['x.csv:2:6:', 'tanhe factors search travel'], ['tanhe factors search travel']),
           ('that is money', '2023,电费,1,元', ['x.csv:2:6:', '“电费”是金额'], ['what was paid']),
           ('of several factors', '2023,煤,1,t', ['x.csv:2:6:', '“原煤”', 'fuel-gb-anthracite、'], ['raw_coal']),
           ('that is a total', '2023,合计,1,kWh', ['x.csv:2:6:', '请删去该行'], ['remove the row']),
           ('left out', '2023,,1,kWh', ['x.csv:2:6:', '请填写活动'], ['cell is empty'])),
]


def prepare(t, name, change):
    case = os.path.join(t.folder, name)
    shutil.copytree(os.path.join(ROOT, 'examples', 'enterprise'), case, dirs_exist_ok=True)
    if not change:
        return case
    path = os.path.join(case, change[0])
    if isinstance(change, list):
        with open(path, 'wb') as f:
            f.write(change[1] if isinstance(change[1], bytes) else change[1].encode('utf-8'))
        return case
    file, old, new = change
    with open(path, encoding='utf-8', newline='') as f:
        text = f.read()
    want(old in text, f'{old} is not in {file}')
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(text.replace(old, new, 1))
    return case


# What a message may hold that is no sentence of its language: names and values in quotes, paths, options, lists of what can be typed.
QUOTED = re.compile('“[^”]*”|‘[^’]*’|（[^）]*）|' + r"'[^']*'|\S*[/\\.]\S*|--?[a-z-]+|\bE\d{4}\b")
SENTENCE = re.compile(r'(?:\b[a-z]{2,}\b[ ,]+){4,}')
NAME = re.compile(r'(?<![\w.<-])[a-z][a-z0-9]*_[a-z0-9_]+')
TYPED = {'registered_in_shanghai', 'reduction_reading', 'green_power', 'discount_rate', 'last_year'} # those that are to be typed


def said_in_chinese(text):
    """No sentence of English in it, and no name that only the program knows."""
    for line in text.splitlines():
        rest = QUOTED.sub(' ', line)
        want(not SENTENCE.search(rest.replace('tanhe ', '')), f'English in {line!r}')
        names = set(NAME.findall(rest)) - TYPED
        want(not names, f'names {names} in {line!r}')


# What is answered without a fault: the command line and what it says on standard output in Chinese and in English.
ANSWERS = [
    ('help E2209', ['E2209'], ['E2209']),
    ('help 核算', ['tanhe account：'], ['tanhe account:']),
    ('--lang zh-CN help layout', ['tanhe layout：', '--kind 类型'], ['tanhe layout：']),
    ('help w2251', ['W2251', '文件名可能写错'], ['W2251', 'misnamed']),
    ('help category', ['填报项 试点类型（category）', '企事业单位', 'case.csv'], ['fact category', 'enterprise', 'case.csv']),
    ('help 产值', ['填报项', 'output_value', '万元'], ['fact output_value']),
    ('help 外购电力', ['活动 外购电力（electricity）', '范围二', 'tanhe factors search'], ['activity electricity', 'scope 2', 'tanhe factors search']),
    ('help 万kWh', ['单位 万kWh', '“单位”列'], ['unit 万kWh', 'column unit']),
    ('factors search 外够电力', ['未找到', '是不是“外购电力”？'], ['no factor', 'did you mean Purchased electricity?']),
    ('factors search 冷媒', ['未找到', '是不是“refrigerant”？'], ['no factor', 'did you mean refrigerant?']),
]


def answers(t):
    for line, zh, en in ANSWERS:
        for lang, words in ('zh', zh), ('en', en):
            with t.case(f'{line}, {lang}'):
                result = t.run(*line.split(), env={'TANHE_LANG': lang})
                same(result.status, OK, 'exit status')
                same(result.errors, '', 'standard error')
                for word in words:
                    want(word in result.text, f'no {word!r} in\n{result.text}')
    case = prepare(t, 'misnamed', None)
    os.rename(os.path.join(case, 'measures.csv'), os.path.join(case, 'mesures.csv'))
    for lang, word in ('zh', '“mesures.csv”没有读取'), ('en', 'mesures.csv is not read'):
        with t.case(f'a table misnamed, {lang}'):
            errors = t.run('check', case, env={'TANHE_LANG': lang}).errors
            want('W2251' in errors and word in errors, errors)
    with t.case('a table in UTF-16, said to be UTF-8'):
        path = os.path.join(case, 'wide.csv')
        with open(path, 'wb') as f:
            f.write((HEAD + '2023,外购电力,1,kWh\n').encode('utf-16'))
        result = t.run('account', path, '--encoding', 'utf-8', env={'TANHE_LANG': 'zh'})
        same(result.status, OK, 'exit status')
        want('W1012' in result.errors and '已按此读取' in result.errors, result.errors)
    with t.case('columns that are known and not read'):
        path = os.path.join(case, 'beside.csv')
        with open(path, 'w', encoding='utf-8') as f:
            f.write('序号,期间,活动,数量,单位,负责人,代号甲\n1,2023,外购电力,1,kWh,张,x\n')
        errors = t.run('account', path, env={'TANHE_LANG': 'zh'}).errors
        want('序号' not in errors and '负责人' not in errors and '“代号甲”未读取' in errors, errors)


def said_in_reports(t):
    """What is warned of on standard error is in the report too, once, whatever file it is of: who reads the report alone is told."""
    case = prepare(t, 'brought', None)
    files = ('inventory', 'case', 'factors', 'instruments', 'measures', 'targets', 'assumptions')
    for name in files:
        path = os.path.join(case, name + '.csv')
        with open(path, encoding='utf-8-sig') as f:
            lines = f.read().splitlines()
        with open(path, 'w', encoding='utf-8') as f:
            f.write('\n'.join(line + (',代号甲' if i == 0 else ',x') for i, line in enumerate(lines)) + '\n' + ('主管单位,是,,,,x\n' if name == 'case' else ''))
    with open(os.path.join(case, 'params.csv'), 'w', encoding='utf-8') as f:
        f.write('param,value,unit,source\nmin_areaa,3,km2,me\n')
    with open(os.path.join(case, 'unit.csv'), 'w', encoding='utf-8') as f:
        f.write('symbol,factor,of\n')
    own = [('W2054', f'{name}.csv') for name in files[:4]] + [('W2251', 'units.csv')]
    checked = own + [('W2054', 'measures.csv'), ('W2054', 'targets.csv'), ('W3820', 'case.csv'), ('W3911', 'params.csv')]
    for command, expected in ('account', own), ('check', checked), ('plan', checked + [('W2054', 'assumptions.csv')]):
        with t.case(f'warnings in the report of {command}'):
            ran = t.run(command, case, '-f', 'json', '--diagnostics', 'json')
            caveats = ran.json()['caveats'] + ran.json().get('account', {}).get('caveats', [])
            said = sorted((c['code'], p['file']) for c in caveats if c['code'][0] == 'W' for p in c['places'])
            same(said, sorted(expected), 'in JSON')
            same(sorted((d['code'], os.path.basename(d['file'])) for d in ran.diagnostics() if d['severity'] == 'warning'), sorted(expected), 'on standard error')
            text = t.run(command, case).text
            want(all(f'  {code} ' in text for code, _ in expected), text[-3000:])


def run(t):
    answers(t)
    said_in_reports(t)
    want(len({row[0] for row in MISTAKES}) == len(MISTAKES), 'two rows of one name')
    want(len(MISTAKES) >= 200, f'{len(MISTAKES)} mistakes')
    for i, (name, line, change, status, zh, en) in enumerate(MISTAKES):
        case = None
        for lang, words in ('zh', zh), ('en', en):
            with t.case(f'{name}, {lang}'):
                case = case or prepare(t, f'case{i}', change)
                result = t.run(*[word.replace('CASE', case).replace('~', ' ') for word in line.split()], env={'TANHE_LANG': lang})
                if status is None:
                    want(result.status not in (OK, 1), f'exit status {result.status}')
                else:
                    same(result.status, status, 'exit status (' + result.errors[-400:] + ')')
                for word in words:
                    want(word in result.errors, f'no {word!r} in\n{result.errors}')
                lines = result.errors.splitlines()
                same(len(lines), len(set(lines)), 'lines that stand once')
                want(len(lines) <= 2, f'{len(lines)} lines for one fault:\n{result.errors}')
                if lang == 'zh':
                    said_in_chinese(result.errors)
