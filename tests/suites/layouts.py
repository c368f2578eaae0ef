# SPDX-License-Identifier: GPL-3.0-or-later
"""Office tables: each folder of tests/layouts is a table as an office lays it out (input.csv), and by hand the long table that it stands for
(long.csv). `tanhe layout -f csv` must give its bytes, in any encoding, and the account of both be the same but for places and digests; a total
that does not add up is caught in each; what is ambiguous or broken is an error that names the candidates."""
import csv
import json
import os
import re

from .harness import DATA, INVALID, OK, TESTS, same, want
from .schema import schema_of, valid

LAYOUTS = os.path.join(TESTS, 'layouts')
GAS = ('--gas-condition', '20C')

# A total made wrong, in each layout: (text, what it becomes), and the error: 2328 does not add up, 2329 nothing says what it sums.
WRONG = {
    'month-report': ('\n单位负责人：', '\n合计,,,,,,999,,\n单位负责人：', 'E2329'),
    'energy-structure': (',1062.4,', ',1162.4,', 'E2328'),
    'ledger-one-carrier': ('114.8,153.5,\n其中', '114.9,153.5,\n其中', 'E2328'),
    'sites-as-columns': (',275000,', ',285000,', 'E2328'),
    'year-above-months': (',3.57,', ',3.75,', 'E2328'),
    'report-fuel-table': ('合计,,,', '合计,,9,', 'E2329'),
    'money-columns': (',106700,', ',106800,', 'E2328'),
    'measures-audit': (',561.8,', ',651.8,', 'E2328'),
    'statistics-export': ('注：2021', '合计,7330.4,7191.8,4890.75\n注：2021', 'E2328'),
    'platform-export': ('91310000MA0TEST002', '合计,,,,万千瓦时,41.3,114.8,,,\n91310000MA0TEST002', 'E2328'),
    'title-row': ('322,287.80', '322,287.90', 'E2328'),
    'unit-in-header': (',200.5,', ',200.6,', 'E2328'),
    'months-across': (',1.4,3.9', ',1.4,4.9', 'E2328'),
    'quarters': (',90,420', ',90,421', 'E2328'),
    'energies-across': ('262.31', '262.41', 'E2328'),
    'merged': ('柴油,3.5', '柴油,4.5', 'E2328'),
    'notes': ('\n\n说明', '\n合计,,131500,\n\n说明', 'E2329'),
    'two-tables': ('t,4.0', 't,5.0', 'E2328'),
    'two-row-header': ('合计,,,', '合计,,43800,', 'E2329'),
    'totals': ('450.5,649.5,1100', '450.5,659.5,1100', 'E2328'),
    'years-across': ('三、综合', '合计,,9,,\n三、综合', 'E2329'),
    'year-and-month': ('电力,320', '电力,330', 'E2328'),
    'cumulative': (',31.5,', ',35.1,', 'E2328'),
    'cumulative-rows': ('上半年,6750', '上半年,6570', 'E2328'),
    'company-by-month': ('"90.26"', '"90.62"', 'E2328'),
    'plan-and-actual': (',11.8,', ',11.9,', 'E2328'),
    'sites-in-names': (',93000,', ',94000,', 'E2328'),
    'company-pairs': (',4600,', ',4700,', 'E2328'),
    'years-in-names': (',176.62,', ',177.62,', 'E2328'),
}

YEAR = '2023年,,,\n'
# Name, table, code and place of the first error, words of its detail.
BROKEN = (
    ('no word of a header', '1,2,3\n4,5,6\n', 'E2321', (1, 1), ()),
    ('a title alone', '2023年度用电统计表\n', 'E2321', (1, 1), ('2023年度用电统计表',)),
    ('columns of unknown words', YEAR + '能源,单位,青浦,松江\n电力,kWh,1,2\n', 'E2321', (2, 1), ('青浦', '松江', '能源', 'header,2', 'column.青浦,site=青浦')),
    ('columns of unknown words under a title that says what of', '2023年用电量（kWh）,,\n月份,青浦,松江\n1月,1,2\n', 'E2321', (2, 1), ('青浦', 'header,2', 'column.青浦,site=青浦')),
    ('sites across, and nothing says what was used', YEAR + '月份,一厂,二厂\n1月,1,2\n', 'E2327', (2, 1), ('一厂', '二厂', '2023年用电量', 'set.activity')),
    *((f'sites across under a title of two things: {title}', f'2023年{title},,\n月份,一厂,二厂\n1月,1,2\n', 'E2327', (2, 1), ('一厂',))
      for title in ('各厂用水用电情况', '各厂用电量、用水量统计表', '各厂用水量和用电量')),
    ('sites across that do not give their total', '2023年各厂用电量（kWh）,,,\n月份,一厂,二厂,合计\n1月,1,2,4\n', 'E2328', (3, 8), ('4', '3')),
    ('words over 实际 that may be sites', YEAR + '能源,单位,财务,,人事,\n,,计划,实际,计划,实际\n电力,kWh,10,11,20,21\n', 'E2346', (3, 12), ('财务', '人事', 'site=')),
    ('a row that is like nothing', YEAR + '能源,单位,数量\n外星能,kWh,1\n', 'E2332', (3, 1), ('外星能', 'skip,3', 'factors list')),
    ('one unknown column of numbers', '月份,用电量(kWh),柴油(t),蓝色\n2023-01,1,2,3\n', 'E2331', (1, 19), ('蓝色',)),
    ('months without a year', '能源,单位,1月,2月\n电力,kWh,1,2\n', 'E2322', (2, 8), ('1月', '--year')),
    ('quarters without a year', '能源,单位,一季度,二季度\n电力,kWh,1,2\n', 'E2322', (2, 8), ('一季度', '--year')),
    ('a column of months without a year', '月份,能源,数量,单位\n1月,电力,1,kWh\n', 'E2322', (2, 7), ('1月', '--year')),
    ('no period at all', '用能表,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (2, 1), ('--year',)),
    ('a date of printing is no period', '用能表,,\n打印时间：2023-05-01,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (3, 1), ('--year',)),
    ('a footer has no period', '用能表,,\n能源,单位,数量\n电力,kWh,1\n填表日期：2023年5月1日,,\n', 'E2323', (2, 1), ('--year',)),
    ('one month twice', YEAR + '能源,单位,1月,1月\n电力,kWh,1,2\n', 'E2324', (2, 10), ('1月',)),
    ('one month in two words', YEAR + '能源,单位,1月,一月份\n电力,kWh,1,2\n', 'E2324', (2, 10), ('1月', '一月份')),
    ('one activity twice', '月份,用电量(kWh),用电量(kWh)\n2023-01,1,2\n', 'E2324', (1, 13), ('用电量(kWh)',)),
    ('sums over times in other columns', YEAR + '能源,单位,1月,2月,3月,1-3月\n电力,kWh,1,2,3,7\n', 'E2328', (3, 14), ('7', '6')),
    ('a longer sum that is less', YEAR + '能源,单位,1-3月,1-6月\n电力,kWh,5,3\n', 'E2328', (3, 10), ('3', '5')),
    ('a year that is less than nine months of it', YEAR + '能源,单位,一季度,上半年,前三季度,全年\n电力,万kWh,10,30,60,50\n', 'E2328', (3, 18), ('50', '60')),
    ('quarters and a wrong year', YEAR + '能源,单位,一季度,二季度,三季度,四季度,全年\n电力,万kWh,10,20,30,40,101\n', 'E2328', (3, 21), ('101', '100')),
    ('quarters down and a wrong year', YEAR + '期间,用电量（kWh）\n一季度,10\n二季度,20\n三季度,30\n四季度,40\n全年,101\n', 'E2328', (7, 4), ('101', '100')),
    ('months that are not all there', YEAR + '能源,单位,1月,2月,1-3月\n电力,kWh,1,2,5\n', 'E2341', (2, 13), ('1-3月', '1月', 'aside')),
    ('times that overlap', YEAR + '能源,单位,1-3月,2-4月\n电力,kWh,1,2\n', 'E2341', (2, 12), ('1-3月', '2-4月')),
    ('a sum in another unit than its months', YEAR + '能源,1月（kWh）,2月（kWh）,1-2月（万kWh）\n电力,10000,20000,3\n', 'E2341', (2, 20), ('1-2月（万kWh）',)),
    ('a sum of a quarter, or since January', YEAR + '能源,单位,一季度累计,二季度累计\n电力,kWh,1,2\n', 'E2342', (2, 13), ('二季度累计', '1-6月')),
    ('a row that sums a quarter wrong', YEAR + '月份,用电量（kWh）\n1月,1\n2月,2\n3月,3\n一季度,7\n', 'E2328', (6, 5), ('7', '6')),
    ('readings of a meter alone', YEAR + '月份,上期示数,本期示数,倍率\n1月,100,150,20\n', 'E2343', (2, 1), ('上期示数', '本期示数', '倍率', '用电量（kWh）')),
    ('the unit of the title is none of this', '2023年各月用量（单位：万千瓦时）,,\n月份,用电量,用水量\n1月,2,3\n', 'E2337', (3, 6), ('用水量',)),
    ('a bare sum that is less than its period', '2023年上半年,,,\n能源,单位,本期,累计\n电力,kWh,3,2\n', 'E2328', (3, 10), ('2', '3')),
    ('a sum of this year that is more', '2023年上半年,,,\n能源,单位,本期,本年累计\n电力,kWh,3,4\n', 'E2328', (3, 10), ('4', '3')),
    ('one use in two units', '月份,用电量(kWh),用电量(万kWh)\n2023-01,10000,1\n', 'E2324', (1, 13), ('用电量(kWh)', '用电量(万kWh)')),
    ('one use by mass and by heat', '月份,蒸汽(t),蒸汽(GJ)\n2023-01,10,28\n', 'E2324', (1, 10), ('蒸汽(t)', '蒸汽(GJ)')),
    ('a title whose time goes on', '2023年第三旬用能表,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (2, 1), ('--year',)),
    ('months under two years', '2022-2023年用能表,\n月份,用电量(kWh)\n1月,10\n1月,20\n', 'E2322', (3, 4), ('1月',)),
    ('what may be a part', YEAR + '能源,单位,数量\n外购电力,kWh,500\n其中：生产用电,kWh,300\n办公用电,kWh,120\n天然气,Nm3,5\n', 'E2370', (5, 1), ('办公用电', '外购电力')),
    ('another kind that makes the whole', YEAR + '能源,单位,数量\n煤炭,t,500\n其中：无烟煤,t,300\n烟煤,t,200\n汽油,t,3\n', 'E2370', (5, 1), ('烟煤', '煤炭')),
    ('two quantities', YEAR + '能源,单位,数量,用量\n电力,kWh,1,2\n', 'E2325', (2, 1), ('数量', '用量')),
    ('a quantity beside months', YEAR + '能源,单位,数量,1月,2月\n电力,kWh,3,1,2\n', 'E2325', (2, 1), ('数量', '1月', '2月')),
    ('sums only', '2023年3月,,,\n能源,单位,累计,本年累计\n电力,kWh,1,2\n', 'E2326', (2, 1), ('累计', '本年累计')),
    ('last year only', YEAR + '能源,单位,上年同期,月计划\n电力,kWh,1,2\n', 'E2326', (2, 1), ('上年同期', '月计划')),
    ('nothing that was used', YEAR + '场所,单位,1月,2月\n一厂,kWh,1,2\n', 'E2327', (2, 1), ('1月', '2月')),
    ('a row that is unknown', YEAR + '能源,单位,1月,2月\n外购电里,kWh,1,2\n', 'E2332', (3, 1), ('外购电里', '外购电力')),
    ('a total of whole words only', YEAR + '能源,单位,数量\n合计电量,kWh,3\n', 'E2332', (3, 1), ('合计电量',)),
    ('a row without a name', YEAR + '能源,单位,1月,2月\n电力,kWh,1,2\n,,3,4\n', 'E2339', (4, 1), ('合计',)),
    ('units of which none fits', YEAR + '能源,消耗量（t或万Nm3）\n电力,1\n', 'E2333', (2, 4), ('t或万Nm3',)),
    ('no unit', YEAR + '能源,1月,2月\n电力,1,2\n', 'E2337', (3, 4), ('电力', '单位')),
    ('a raw material', YEAR + '能源名称,计量单位,消费量,,\n,,合计,用于原材料,\n柴油,吨,10,3,\n', 'E2334', (4, 9), ('3', 'aside')),
    ('two periods above', '2023年用能表,,,\n报告期：2022年3月,,,\n能源,单位,数量\n电力,kWh,1\n', 'E2335', (2, 1), ('2023', '2022-03')),
    ('two columns of activities', YEAR + '能源,燃料,单位,1月,2月\n电力,电力,kWh,1,2\n', 'E2336', (2, 4), ('能源', '燃料')),
    ('a charge', '2023年设备表,,\n设备,制冷剂,单位,充注量\n空调,R410A,kg,10\n', 'E2338', (2, 11), ('充注量',)),
    ('stocks that do not balance', YEAR + '能源名称,计量单位,期初库存,购进量,消费量,期末库存\n柴油,吨,1,10,9,3\n', 'E2328', (3, 13), ('3', '2')),
    ('a running sum', YEAR + '能源名称：电力,,计量单位：kWh,\n项目,,1月,2月\n消费量,本月,1,2\n,累计,1,4\n', 'E2328', (5, 7), ('4', '3')),
    ('a mean', YEAR + '能源,单位,1月,2月,月平均\n电力,kWh,1,2,2.5\n', 'E2328', (3, 12), ('2.5', '1.5')),
    ('a total of what was used among plans', YEAR + '能源,单位,指标,1月,2月,合计\n电力,万kWh,计划,10,10,20\n电力,万kWh,实际,9,8,18\n', 'E2328', (4, 16), ('18', '17')),
    ('a total with 实际 in brackets', YEAR + '能源,单位,1月,2月,合计\n电力（计划）,万kWh,10,10,20\n电力（实际）,万kWh,9,8,18\n', 'E2328', (4, 17), ('18', '17')),
    ('a row of neither 计划 nor 实际', YEAR + '能源,单位,口径,数量\n柴油,吨,计划,20\n柴油,吨,调整,21\n柴油,吨,实际,22\n', 'E2354', (4, 6), ('口径', '调整', '实际')),
    ('a row that is not said to be 计划 or 实际', YEAR + '能源,单位,类型,数量\n柴油,吨,计划,20\n柴油,吨,实际,22\n汽油,吨,,2\n', 'E2354', (5, 6), ('类型',)),
    ('plans alone', YEAR + '能源,单位,性质,数量\n柴油,吨,计划,20\n', 'E2354', (2, 7), ('性质', '实际')),
    ('bought, with stocks, and not used', YEAR + '能源,单位,项目,数量\n柴油,吨,期初库存,5\n柴油,吨,购进,20\n柴油,吨,期末库存,3\n', 'E2354', (2, 7), ('项目',)),
    ('stocks in brackets, and no use', YEAR + '能源,单位,数量\n柴油（购入）,吨,20\n柴油（库存）,吨,3\n汽油（消费）,吨,1\n', 'E2363', (4, 1), ('柴油（库存）',)),
    ('a stock in brackets of another site than what was used', YEAR + '场所,能源,单位,数量\n一厂,柴油（消耗）,吨,20\n二厂,柴油（库存）,吨,3\n', 'E2363', (4, 4), ('柴油（库存）',)),
    ('this year in a row of a table of a month', '2023年3月,,\n能源,单位,性质,数量\n柴油,吨,本年,20\n柴油,吨,上年,2\n', 'E2344', (3, 6), ('本年', '本年累计')),
    ('one row of a column that is a sum', '月份,自用电量(kWh),购网电量(kWh),上网电量(kWh),用电量(kWh)\n2023-01,1,2,5,3\n2023-02,2,3,5,5\n2023-03,2,2,5,9\n', 'E2328',
     (4, 15), ('9', '4')),
    ('unlike things in one total', YEAR + '能源,单位,1月\n电力,kWh,1\n天然气,Nm3,1\n合计,,2\n', 'E2329', (5, 5), ('2',)),
    ('all energy in one column', '月份,综合能耗（tce）\n2023-01,27.8\n', 'E2345', (1, 4), ('综合能耗', '外购电力')),
    ('all energy in one row', YEAR + '能源名称,单位,消费量\n综合能源消费量,tce,137.47\n', 'E2345', (3, 1), ('综合能源消费量',)),
    ('two words that may be sites', '月份,生产,,办公,\n,用电量（kWh）,电费（元）,用电量（kWh）,电费（元）\n2023-01,1,2,3,4\n', 'E2346', (2, 17), ('生产', '办公', 'site=')),
    ('a total beside the power of the roof', '月份,总用电量（kWh）,光伏自用电量（kWh）\n2023-01,61,10\n', 'E2347', (2, 9), ('61', '光伏自用电量', '外购电力')),
    ('this year in a table of a month', '2023年3月,,\n能源,单位,本年用量\n电力,kWh,30\n', 'E2344', (2, 7), ('本年用量', '本年累计')),
    ('a word before an activity that may be a site', '月份,蓝色用电量（kWh）,二厂用电量（kWh）\n2023-01,1,2\n', 'E2331', (1, 4), ('蓝色', '用电量', 'site=蓝色')),
    ('two such words', '月份,蓝色用电量（kWh）,绿色用电量（kWh）\n2023-01,1,2\n', 'E2331', (1, 4), ('site=蓝色',)),
    ('a total of its parts in one month', '月份,总用电量（kWh）,峰电量（kWh）,谷电量（kWh）\n2023-01,41,10,30\n2023-02,44,11,33\n', 'E2328', (2, 9), ('41', '40', '其中')),
    ('a total above its parts', YEAR + '项目,单位,1月,2月\n总用电量,kWh,40,5\n峰电量,kWh,10,1\n谷电量,kWh,30,3\n', 'E2328', (3, 13), ('5', '4')),
    ('a total of what was bought and the roof gave', '月份,总用电量(kWh),外购电量(kWh),光伏自用电量(kWh)\n2023-01,61,51,9\n', 'E2375', (2, 9), ('61', '60')),
    ('a mean of three years', '能源,单位,2021年,2022年,2023年,三年平均\n电力,万kWh,1,2,3,2.1\n', 'E2328', (2, 15), ('2.1', '2')),
    ('all energy by the coefficients', YEAR + '能源,单位,消费量,折标系数\n电力,万kWh,100,1.229\n柴油,t,10,1.4571\n综合能耗,tce,137.57,\n', 'E2328', (5, 10), ('137.57', '137.471')),
    ('a day of review in two cells is no period', '用能表,,\n审核日期：,2024年1月10日,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (3, 1), ('--year',)),
    ('a day of filling in, no colon', '用能表,,\n填表日期,2024年1月10日,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (3, 1), ('--year',)),
    ('a day of filling in, in brackets', '用能表（2024年1月10日填）,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (2, 1), ('--year',)),
    ('a month of printing in the title', '用能表 打印时间：2024年1月,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (2, 1), ('--year',)),
    ('the year of a form', '用能表（2022年制）,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (2, 1), ('--year',)),
    ('the version of a form', '用能表（2023年版）,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (2, 1), ('--year',)),
    ('the year of a rule', '用能表,,\n根据2021年修订的统计制度,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (3, 1), ('--year',)),
    ('a rule that is cited', '用能表,,\n依据2021年统计制度,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (3, 1), ('--year',)),
    ('a rule with the month from which it holds', '用能表（2022年1月起执行）,,\n能源,单位,数量\n电力,kWh,1\n', 'E2323', (2, 1), ('--year',)),
    ('two years in the title', '2022年度、2023年度用能表,,\n能源,单位,数量\n电力,kWh,1\n', 'E2335', (1, 1), ('2022', '2023')),
    ('two years with a word between', '2022年和2023年用能表,,\n能源,单位,数量\n电力,kWh,1\n', 'E2335', (1, 1), ('2022', '2023')),
    ('two years, the later one first', '2023年与2022年用能表,,\n能源,单位,数量\n电力,kWh,1\n', 'E2335', (1, 1), ('2022', '2023')),
    ('two years, one 年', '2022、2023年用能表,,\n能源,单位,数量\n电力,kWh,1\n', 'E2335', (1, 1), ('2022', '2023')),
    ('months under two years of a list', '2022年度、2023年度用能表,\n月份,用电量(kWh)\n1月,10\n', 'E2335', (1, 1), ('2022', '2023')),
    ('two months in the title', '2023年1月、2月用能表,,\n能源,单位,数量\n电力,kWh,1\n', 'E2335', (1, 1), ('2023-01', '2023-02')),
    *((f'two years: {title}', f'{title}能耗对比表,,\n能源,单位,数量\n电力,kWh,1\n', 'E2335', (1, 1), ('2022', '2023'))
      for title in ('2022年2023年', '2022 2023', '2022年 2023年', '2022年较2023年', '2022 vs 2023', '2022年度与2023年度', '2022年对比2023年')),
    ('months under two years, nothing between', '2022年2023年用电对比,\n月份,用电量(kWh)\n1月,10\n', 'E2335', (1, 1), ('2022', '2023')),
    *((f'what was planned by its title: {title}', f'{title},,\n月份,能源,单位,数量\n2024-01,电力,kWh,1\n', 'E2355', (1, 1), (title.split('（')[0].replace(' ', ''),))
      for title in ('2024年用电预算表', '2024年度用电计划', '计划用电量统计表', '上年同期用电情况', '某厂 2024年预算（单位：kWh）', '2025年用能目标', '用能预测')),
    *((f'one day of each reading: {title}', f'{title},\n抄表日期,用电量（kWh）\n2023-01-25,100\n2023-02-25,130\n', 'E2359', (2, 1), ('抄表日期', '上期抄表日', '2022-12-26~2023-01-25'))
      for title in ('电费抄表记录', '2023年电费抄表记录')),
    ('a reading before without its day', '上期抄表日,本期抄表日,用电量（kWh）\n2022-12-25,2023-01-25,100\n,2023-02-25,130\n', 'E2358', (3, 1), ('上期抄表日', '2022-12-26')),
    ('a year above a reading without its day', YEAR + '上期抄表日,本期抄表日,用电量（kWh）\n,2023-02-25,130\n', 'E2358', (3, 1), ('上期抄表日',)),
    ('a period that ends before it starts', '起始日期,截止日期,用电量（kWh）\n2023-03-25,2023-02-25,130\n', 'E2358', (2, 12), ('截止日期', '2023-02-25')),
    ('up to a day', '截至2023年6月30日能源消耗情况,,\n能源,单位,数量\n电力,kWh,1\n', 'E2353', (1, 1), ('2023-06-30', '累计')),
    ('up to a month', '能源消耗情况（截止2023年6月）,,\n能源,单位,数量\n电力,kWh,1\n', 'E2353', (1, 1), ('2023-06',)),
    ('from a month on', '2023年6月起能源消耗情况,,\n能源,单位,数量\n电力,kWh,1\n', 'E2353', (1, 1), ('2023-06',)),
    ('a fee in kWh', YEAR + '项目,单位,数量\n电费,千瓦时,100\n柴油,t,1\n', 'E2352', (3, 1), ('电费', '千瓦时', '用电量')),
    ('a fee of a fuel alone', YEAR + '项目,单位,数量\n天然气费,Nm3,100\n', 'E2352', (3, 1), ('天然气费', 'Nm3')),
    ('a fee of a site', YEAR + '项目,单位,1月,2月\n一厂电费,kWh,1,2\n一厂用水量,t,1,2\n', 'E2352', (3, 1), ('一厂电费', 'kWh')),
    ('all that was used among sites, wrong', '2023年1月大楼用电（kWh）,,\n区域,用电量,占比\n租户区,6000,60%\n公共区,4000,40%\n总用电,10001,100%\n', 'E2328', (5, 5), ('10001', '10000')),
    *((f'no amounts by the title: {title}', f'{title},,\n能源,单位,数量\n电力,kWh,1000\n', 'E1421', (1, 1), (title,))
      for title in ('2023年度月均能耗', '2023年各厂平均用电量', '2023年单位建筑面积能耗统计表', '2023年人均用能情况')),
    ('sums by the title, across', '2023年能源统计（累计数）,,,,\n能源,单位,1月,2月,3月\n电力,kWh,100,210,330\n', 'E1422', (1, 1), ('累计', '1-2月')),
    ('sums by the title, down', '2023年累计用电量,\n月份,用电量（kWh）\n1月,100\n2月,210\n3月,330\n', 'E1422', (1, 1), ('累计', '1-2月')),
    ('steam and the heat in it', YEAR + '月份,蒸汽量（吨）,热量（GJ）\n1月,100,280\n', 'E2324', (2, 11), ('蒸汽量（吨）', '热量（GJ）')),
    ('the uses under a sum, by words that nobody knows', YEAR + '月份,电力（kWh）,,天然气（m³）\n,合计,办公,消耗量\n1月,1000,200,50\n', 'E2331', (3, 5), ('办公',)),
    ('quotes that are none', YEAR + '能源,单位,1月,2月\n"电力"x,kWh,1,2\n', 'E1103', (3, 5), ()),
)

BILLED = '2022-12-26/2023-01-25,,用电量,100,kWh\n2023-01-26/2023-02-25,,用电量,130,kWh\n'
USED = '2023-01,,电力,9,万kWh\n2023-02,,电力,8,万kWh\n'

# What else tables say, and the long rows that come of it.
RIGHT = (
    ('当月数 beside 累计数', '2023年6月\n能源,单位,当月数,累计数\n电力,kWh,20,30\n', (), '2023-06,,电力,20,kWh\n'),
    ('本季度 beside 累计', '2023年第二季度\n能源,单位,本季度,累计\n电力,万kWh,20,45\n', (), '2023Q2,,电力,20,万kWh\n'),
    ('months as bare numbers', '2023年台账,,\n月份,电力（kWh）,柴油（t）\n1,10,1\n2,11,2\n小计,21,3\n12,12,4\n总计,33,7\n', (),
     ''.join(f'2023-{m},,电力,{a},kWh\n2023-{m},,柴油,{d},t\n' for m, a, d in (('01', 10, 1), ('02', 11, 2), ('12', 12, 4)))),
    ('合计 over 其中 under an activity', YEAR + '月份,电力,,,天然气\n,合计,其中：生产,其中：办公,消耗量\n,kWh,kWh,kWh,Nm3\n1月,1000,800,200,50\n', (),
     '2023-01,,电力,1000,kWh\n2023-01,,天然气,50,Nm3\n'),
    ('合计 over sites under an activity', YEAR + '月份,电力（kWh）,,,天然气（Nm3）\n,合计,一厂,二厂,消耗量\n1月,1000,800,200,50\n', (),
     '2023-01,一厂,电力,800,kWh\n2023-01,二厂,电力,200,kWh\n2023-01,,天然气,50,Nm3\n'),
    ('合计 below the heading of an activity', YEAR + '项目,单位,1月,2月\n一、电力,,,\n合计,kWh,1000,1100\n其中：生产,kWh,800,900\n二、天然气,,,\n合计,Nm3,5,6\n', (),
     '2023-01,,电力,1000,kWh\n2023-02,,电力,1100,kWh\n2023-01,,天然气,5,Nm3\n2023-02,,天然气,6,Nm3\n'),
    ('the site of a bill', YEAR + '户号,户名,用电量（kWh）\n1,甲公司,10\n2,乙公司,20\n合计,,30\n', (), '2023,甲公司,用电量,10,kWh\n2023,乙公司,用电量,20,kWh\n'),
    ('院区', '2023年第三季度,,\n院区,电（kWh）,\n,7月,8月\n本部,5,6\n东院,2,3\n合计,7,9\n', (),
     '2023-07,本部,电,5,kWh\n2023-08,本部,电,6,kWh\n2023-07,东院,电,2,kWh\n2023-08,东院,电,3,kWh\n'),
    ('all that was used among sites', '2023年1月大楼用电（kWh）,,\n区域,用电量,占比\n租户区,6000,60%\n公共区,4000,40%\n总用电,10000,100%\n', (),
     '2023-01,租户区,用电量,6000,kWh\n2023-01,公共区,用电量,4000,kWh\n'),
    ('two columns, the sites and what they used', '2023年各企业用电量（万千瓦时）,\n企业名称,用电量\n甲公司,10\n乙公司,20\n合计,30\n', (),
     '2023,甲公司,用电量,10,万千瓦时\n2023,乙公司,用电量,20,万千瓦时\n'),
    ('a grade in brackets', '2023年油料消耗（单位：升）,,\n月份,95#,柴油（0#）\n1月,1,2\n', (), '2023-01,,95#,1,升\n2023-01,,柴油（0#）,2,升\n'),
    ('who delivers is no site', '2023年蒸汽结算单,\n供热单位：某某热电有限公司,\n月份,热量（GJ）\n1月,10\n', (), '2023-01,,热量,10,GJ\n'),
    ('what companies used beside what they earn', '2023年,,,\n序号,企业名称,用电量（万kWh）,产值（万元）\n1,甲公司,100,5000\n2,乙公司,200,8000\n合计,,300,13000\n', (),
     '2023,甲公司,用电量,100,万kWh\n2023,乙公司,用电量,200,万kWh\n'),
    ('a title with 累计 over amounts that fall', '2023年累计用电量,\n月份,用电量（kWh）\n1月,100\n2月,90\n', (), '2023-01,,用电量,100,kWh\n2023-02,,用电量,90,kWh\n'),
    ('a title with 累计 over amounts with their total', '2023年累计用电量,\n月份,用电量（kWh）\n1月,100\n2月,110\n合计,210\n', (), '2023-01,,用电量,100,kWh\n2023-02,,用电量,110,kWh\n'),
    ('a title of amounts and means', '2023年能源消耗及人均能耗,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023,,电力,1,kWh\n'),
    ('--year', '能源,单位,1月,2月\n电力,kWh,1,2\n', ('--year', '2022'), '2022-01,,电力,1,kWh\n2022-02,,电力,2,kWh\n'),
    ('the year of the first month', '能源,单位,2022年12月,1月\n电力,kWh,1,2\n', (), '2022-12,,电力,1,kWh\n2023-01,,电力,2,kWh\n'),
    ('a sum since January alone', '2023年5月,,,\n能源,单位,本年累计\n电力,kWh,6\n', (), '2023-01/2023-05,,电力,6,kWh\n'),
    ('days down', '日期,用电量(kWh),柴油(t)\n2023-03-01,1,2\n', (), '2023-03-01,,用电量,1,kWh\n2023-03-01,,柴油,2,t\n'),
    ('days across', '能源,单位,2023-03-01,2023-03-02,合计\n电力,kWh,1,2,3\n', (), '2023-03-01,,电力,1,kWh\n2023-03-02,,电力,2,kWh\n'),
    ('ranges of months alone', YEAR + '能源,单位,1-3月,4～6月,7至9月,十月—十二月\n电力,kWh,1,2,3,4\n', (),
     '2023Q1,,电力,1,kWh\n2023Q2,,电力,2,kWh\n2023Q3,,电力,3,kWh\n2023Q4,,电力,4,kWh\n'),
    ('sums from January side by side', YEAR + '能源,单位,1-3月,1-6月,1-9月,1—12月\n电力,kWh,1,2,3,6\n柴油,t,1,3,-,\n', (), '2023,,电力,6,kWh\n2023H1,,柴油,3,t\n'),
    ('the months of a quarter, or since January', YEAR + '能源,单位,1月,2月,3月,4月,5月,6月,二季度累计\n电力,kWh,1,1,1,2,2,2,6\n柴油,t,1,1,1,2,2,2,9\n', (),
     ''.join(f'2023-0{m},,{a},{1 if m < 4 else 2},{u}\n' for a, u in (('电力', 'kWh'), ('柴油', 't')) for m in range(1, 7))),
    ('a quarter alone that is called a sum', YEAR + '能源,单位,一季度累计,二季度合计\n电力,kWh,1,2\n', (), '2023Q1,,电力,1,kWh\n2023Q2,,电力,2,kWh\n'),
    ('a half-year beside its quarters, with a total', YEAR + '能源,单位,一季度,二季度,上半年,合计\n电力,kWh,1,2,3,3\n合计,kWh,1,2,3,3\n', (), '2023Q1,,电力,1,kWh\n2023Q2,,电力,2,kWh\n'),
    ('a month beside the months up to it', YEAR + '能源,单位,6月,1-6月\n电力,kWh,1,5\n', (), '2023-06,,电力,1,kWh\n'),
    ('a title of several months', '2023年1至6月用能表,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023H1,,电力,1,kWh\n'),
    ('a title of three quarters', '2023年前三季度用能表,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023-01/2023-09,,电力,1,kWh\n'),
    ('本期 of a half-year beside 累计', '2023年上半年,,,\n能源,单位,本期,累计\n电力,kWh,1,2\n', (), '2023H1,,电力,1,kWh\n'),
    ('本期 of a half-year beside 累计, the same', '2023年上半年,,,\n能源,单位,本期,累计\n电力,kWh,2,2\n', (), '2023H1,,电力,2,kWh\n'),
    ('the unit in the brackets of a title', '2023年用能表（单位：万千瓦时）,,\n能源,1月,2月\n电力,1,2\n', (), '2023-01,,电力,1,万千瓦时\n2023-02,,电力,2,万千瓦时\n'),
    ('the unit behind a title', '2023年各月用电量 单位：万千瓦时,\n月份,用电量\n1月,2\n', (), '2023-01,,用电量,2,万千瓦时\n'),
    ('the unit of the title for what has none', '2023年各月用量,单位：万千瓦时,\n月份,用电量,柴油(t)\n1月,2,3\n', (), '2023-01,,用电量,2,万千瓦时\n2023-01,,柴油,3,t\n'),
    ('the word 单位 in the brackets of a header', '2023年,\n月份,用电量（单位：万千瓦时）\n1月,2\n', (), '2023-01,,用电量,2,万千瓦时\n'),
    ('a unit whose case matters', '2023年,\n月份,用电量（MWh）\n1月,2\n', (), '2023-01,,用电量,2,MWh\n'),
    ('readings of a meter beside what was used', YEAR + '月份,电表号,上期示数,本期示数,倍率,用电量（MWh）\n1月,A1,100,150,20,1\n', (), '2023-01,,用电量,1,MWh\n'),
    ('half-years', YEAR + '能源,单位,上半年,下半年\n电力,kWh,1,2\n', (), '2023H1,,电力,1,kWh\n2023H2,,电力,2,kWh\n'),
    ('headings', YEAR + '项目,单位,1月,2月\n一、电,,,\n消耗量,kWh,1,2\n费用,元,3,4\n二、柴油,,,\n消耗量,t,1,2\n', (),
     '2023-01,,电,1,kWh\n2023-02,,电,2,kWh\n2023-01,,柴油,1,t\n2023-02,,柴油,2,t\n'),
    ('blanks and line breaks in words', '2023 年 1 月,,\n"能 源\n名 称",计 量 单 位,数　量\n电  力,kWh,1\n合  计,,1\n', (), '2023-01,,电力,1,kWh\n'),
    ('marks for nothing', YEAR + '能源,单位,1月,2月,3月,4月,5月\n电力,kWh,1,-,—,/,无\n', (), '2023-01,,电力,1,kWh\n'),
    ('heat that is bought', YEAR + '能源,单位,数量\n供热量,GJ,5\n', (), '2023,,外购热力,5,GJ\n'),
    ('heat that is made', YEAR + '能源,单位,数量\n装机容量,MW,5\n供热量,GJ,5\n外购电力,kWh,1\n', (), '2023,,外购电力,1,kWh\n'),
    ('two halves of a place', YEAR + '场所,企业名称,能源,单位,数量\n一号楼,甲公司,电力,kWh,1\n', (), '2023,一号楼/甲公司,电力,1,kWh\n'),
    ('this period beside the one before', '2023年3月,,,\n指标名称,计量单位,报告期,基期\n外购电量,千瓦时,300,280\n', (), '2023-03,,外购电量,300,千瓦时\n'),
    ('the period of each row', '能源,单位,报告期,数量\n电力,kWh,202303,300\n', (), '2023-03,,电力,300,kWh\n'),
    ('parts that give the whole, none moved in', YEAR + '能源,单位,数量\n外购电力,kWh,500\n其中：生产用电,kWh,300\n办公用电,kWh,120\n食堂,kWh,80\n天然气,Nm3,5\n', (),
     '2023,,外购电力,500,kWh\n2023,,天然气,5,Nm3\n'),
    ('a line below parts that are the whole', YEAR + '能源,单位,数量\n外购电力,kWh,500\n其中：生产用电,kWh,500\n办公用电,kWh,120\n', (),
     '2023,,外购电力,500,kWh\n2023,,办公用电,120,kWh\n'),
    ('the condition of a volume in the column of units', YEAR + '能源,单位,1月\n天然气,m3（标况）,5\n柴油,吨(t),4\n', (),
     '2023-01,,天然气,5,m3（标况）\n2023-01,,柴油,4,吨\n'),
    ('units in the row below', YEAR + '月份,用电量,电费,汽油\n单位,万kWh,万元,升\n1月,10,8,200\n合计,10,8,200\n', (),
     '2023-01,,用电量,10,万kWh\n2023-01,,汽油,200,升\n'),
    ('units alone in the row below', YEAR + '月份,电力,,水\n,kWh,元,t\n1月,10,8,200\n', (), '2023-01,,电力,10,kWh\n2023-01,,水,200,t\n'),
    ('one unit alone in the row below', YEAR + '月份,用电量\n,kWh\n1月,10\n2月,20\n', (), '2023-01,,用电量,10,kWh\n2023-02,,用电量,20,kWh\n'),
    ('one unit alone below 数量', YEAR + '月份,能源,数量\n,,kWh\n1月,电力,10\n', (), '2023-01,,电力,10,kWh\n'),
    ('two tables of two columns', '表1 2023年用电,\n月份,用电量(kWh)\n1月,100\n2月,200\n,\n表2 2023年用气,\n月份,用气量(Nm3)\n1月,10\n2月,20\n', (),
     '2023-01,,用电量,100,kWh\n2023-02,,用电量,200,kWh\n2023-01,,用气量,10,Nm3\n2023-02,,用气量,20,Nm3\n'),
    ('two tables of two columns, a title each and no blank row', '2023年用电,\n月份,用电量(kWh)\n1月,100\n合计,100\n2023年用气,\n月份,用气量\n,Nm3\n1月,10\n合计,10\n', (),
     '2023-01,,用电量,100,kWh\n2023-01,,用气量,10,Nm3\n'),
    ('two tables of two columns, nothing between', '月份,用电量(kWh)\n2023-01,100\n月份,用气量(Nm3)\n2023-01,10\n', (), '2023-01,,用电量,100,kWh\n2023-01,,用气量,10,Nm3\n'),
    ('a header of two columns again, as on each page', '月份,用电量(kWh)\n2023-01,100\n月份,用电量(kWh)\n2023-02,200\n', (), '2023-01,,用电量,100,kWh\n2023-02,,用电量,200,kWh\n'),
    ('a total that stands alone', YEAR + '能源,单位,数量\n总用电量,kWh,3\n', (), '2023,,用电量,3,kWh\n'),
    ('a total that stands alone, across', '月份,总用电量（kWh）,电费（元）\n2023-01,60,10\n', (), '2023-01,,用电量,60,kWh\n'),
    ('a total where its parts are not told', '月份,总用电量(kWh),峰电量(kWh),谷电量(kWh)\n2023-01,40,10,30\n2023-02,50,,\n', (),
     '2023-01,,峰电量,10,kWh\n2023-01,,谷电量,30,kWh\n2023-02,,用电量,50,kWh\n'),
    ('the largest part is no total', '月份,峰电量(kWh),平电量(kWh),谷电量(kWh)\n2023-01,10,20,30\n', (), '2023-01,,峰电量,10,kWh\n2023-01,,平电量,20,kWh\n2023-01,,谷电量,30,kWh\n'),
    ('a site as large as two others', '月份,一厂用电量(kWh),二厂用电量(kWh),三厂用电量(kWh)\n2023-01,10,20,30\n', (),
     '2023-01,一厂,用电量,10,kWh\n2023-01,二厂,用电量,20,kWh\n2023-01,三厂,用电量,30,kWh\n'),
    ('words around names, down', YEAR + '项目,单位,1月,2月\n计划用电量,kWh,1,2\n实际用电量,kWh,3,4\n上年同期用电量,kWh,1,1\n累计用电量,kWh,3,7\n'
     '一厂用水量,t,1,2\n二厂用水量,t,3,4\n全厂用水量,t,4,6\n电费（元）,,5,5\n', (),
     '2023-01,,用电量,3,kWh\n2023-02,,用电量,4,kWh\n2023-01,一厂,用水量,1,t\n2023-02,一厂,用水量,2,t\n2023-01,二厂,用水量,3,t\n2023-02,二厂,用水量,4,t\n'),
    # Of each pair 9 + 8 was used and 10 + 10 planned: by hand 17.
    ('a column of 计划 and 实际', YEAR + '能源,单位,指标,1月,2月,合计\n电力,万kWh,计划,10,10,20\n电力,万kWh,实际,9,8,17\n合计,万kWh,计划,10,10,20\n合计,万kWh,实际,9,8,17\n', (), USED),
    ('such a column without a header', YEAR + '能源,单位,,1月,2月,合计\n电力,万kWh,预算,10,10,20\n电力,万kWh,实际,9,8,17\n', (), USED),
    ('such a column of a name that is not known', YEAR + '能源,单位,计划/实际,1月,2月\n电力,万kWh,实际,9,8\n电力,万kWh,计划用量,10,10\n', (), USED),
    ('上年 beside 本年', YEAR + '能源,单位,类别,1月,2月\n电力,万kWh,本年,9,8\n电力,万kWh,上年,10,10\n电力,万kWh,同比增减,-1,-2\n', (), USED),
    ('names with 计划 and 实际 beside names', YEAR + '能源,单位,指标名称,1月,2月\n电力,万kWh,计划用电量,10,10\n电力,万kWh,实际用电量,9,8\n', (), USED),
    ('计划 before the names, merged', YEAR + '指标,能源,单位,数量\n计划,柴油,吨,20\n,电力,kWh,22\n实际,柴油,吨,2\n,电力,kWh,3\n', (), '2023,,柴油,2,吨\n2023,,电力,3,kWh\n'),
    ('stocks and what was bought, down', YEAR + '能源,单位,项目,数量\n柴油,吨,期初库存,5\n,,购入,20\n,,消耗,22\n,,期末库存,3\n', (), '2023,,柴油,22,吨\n'),
    ('bought and used, down', YEAR + '能源,指标,单位,数量\n柴油,购进量,吨,20\n柴油,消费量,吨,22\n', (), '2023,,柴油,22,吨\n'),
    ('计划 and 实际 in brackets behind names, down', YEAR + '能源,单位,1月,2月,合计\n电力（计划）,万kWh,10,10,20\n电力（实际）,万kWh,9,8,17\n', (), USED),
    ('计划 in brackets behind one of them', YEAR + '能源,单位,1月,2月\n电力（计划）,万kWh,10,10\n电力,万kWh,9,8\n', (), USED),
    ('上年 in brackets, with the unit', YEAR + '能源,1月,2月\n电力（上年）（万kWh）,10,10\n电力（本年）（万kWh）,9,8\n', (), USED),
    ('预算 and a stock in brackets', YEAR + '能源,单位,数量\n柴油（预算）,吨,10\n柴油（实际）,吨,9\n汽油,吨,1\n汽油（期末库存）,吨,4\n', (), '2023,,柴油,9,吨\n2023,,汽油,1,吨\n'),
    ('bought, used and stocks in brackets, down', YEAR + '能源,单位,数量\n柴油（购入）,t,100\n柴油（消耗）,t,90\n汽油（购进）,t,10\n汽油（消费）,t,9\n天然气（外购）,Nm3,80\n'
     '天然气（库存）,Nm3,7\n天然气（消费量）,Nm3,70\n', (), '2023,,柴油（消耗）,90,t\n2023,,汽油（消费）,9,t\n2023,,天然气（消费量）,70,Nm3\n'),
    ('bought and used in brackets, across', '月份,柴油（购入）（t）,柴油（消耗）（t）\n2023-01,10,9\n2023-02,20,19\n', (), '2023-01,,柴油（消耗）,9,t\n2023-02,,柴油（消耗）,19,t\n'),
    ('bought and used without brackets', '月份,柴油购入量(t),柴油消耗量(t)\n2023-01,10,9\n', (), '2023-01,,柴油消耗量,9,t\n'),
    ('bought beside used in other rows of a long table', '期间,场所,能源,单位,数量\n2023,一厂,柴油（采购量）,t,100\n2023,二厂,柴油（采购量）,t,7\n2023,一厂,柴油(消耗量),t,90\n2022,一厂,柴油（采购量）,t,5\n注：全年,,,,\n', (),
     '2023,二厂,柴油（采购量）,7,t\n2023,一厂,柴油(消耗量),90,t\n2022,一厂,柴油（采购量）,5,t\n'),
    ('bought alone in brackets', YEAR + '能源,单位,数量\n柴油（购入）,t,100\n汽油（消费）,t,9\n', (), '2023,,柴油（购入）,100,t\n2023,,汽油（消费）,9,t\n'),
    ('power that was bought beside all that was used', YEAR + '能源,单位,数量\n电力（购入）,kWh,100\n电力（消耗）,kWh,120\n蒸汽（外购）,GJ,5\n蒸汽（消费）,GJ,7\n', (), '2023,,电力（购入）,100,kWh\n2023,,蒸汽（外购）,5,GJ\n'),
    ('years in brackets behind names, down', '能源,单位,数量\n外购电力（2022年）,kWh,5\n外购电力（2023年）,kWh,6\n', (), '2022,,外购电力,5,kWh\n2023,,外购电力,6,kWh\n'),
    ('words in brackets behind names', '月份,用电量（计划）（kWh）,用电量（实际）（kWh）,用水量（一厂）(t),用水量（二厂）(t)\n2023-01,1,2,3,4\n', (),
     '2023-01,,用电量,2,kWh\n2023-01,一厂,用水量,3,t\n2023-01,二厂,用水量,4,t\n'),
    ('this year beside the last', '月份,本年用电量(kWh),去年用电量(kWh),本年用气量(m3),去年用气量(m3)\n2023-01,1,2,3,4\n', (), '2023-01,,用电量,1,kWh\n2023-01,,用气量,3,m3\n'),
    ('this year in a table of a year', YEAR + '能源,单位,预算用量,本年用量,去年用量\n电力,万kWh,10,11,9\n', (), '2023,,电力,11,万kWh\n'),
    ('this year beside this month', '2023年1月,,,\n能源,单位,本月用量,本年用量\n电力,kWh,10,10\n', (), '2023-01,,电力,10,kWh\n'),
    ('companies down, power and its price in turn', YEAR + '单位名称,项目,1月,2月\n甲公司,用电量（kWh）,1,2\n,电费（元）,3,4\n乙公司,用电量（kWh）,5,6\n,电费（元）,7,8\n', (),
     '2023-01,甲公司,用电量,1,kWh\n2023-02,甲公司,用电量,2,kWh\n2023-01,乙公司,用电量,5,kWh\n2023-02,乙公司,用电量,6,kWh\n'),
    ('months under companies', YEAR + '能源,单位,甲公司,,乙公司,\n,,1月,2月,1月,2月\n电力,kWh,1,2,3,4\n', (),
     '2023-01,甲公司,电力,1,kWh\n2023-02,甲公司,电力,2,kWh\n2023-01,乙公司,电力,3,kWh\n2023-02,乙公司,电力,4,kWh\n'),
    ('a mean of other years', '能源,单位,2022年,2023年,三年平均\n电力,万kWh,1,2,3\n', (), '2022,,电力,1,万kWh\n2023,,电力,2,万kWh\n'),
    ('totals of years', '能源,单位,2022年合计,2023年合计\n电力,kWh,1,2\n', (), '2022,,电力,1,kWh\n2023,,电力,2,kWh\n'),
    ('all energy beside each, no coefficients', YEAR + '能源,单位,数量\n电力,万kWh,100\n柴油,t,10\n综合能耗,吨标准煤,1\n', (), '2023,,电力,100,万kWh\n2023,,柴油,10,t\n'),
    ('the day of a form beside a period', '2023年度用能表（2022年制）,,\n填表日期：,2024年1月10日,\n能源,单位,数量\n电力,kWh,1\n', (), '2023,,电力,1,kWh\n'),
    ('the form first', '用能表（2022年版） 2023年度,,\n依据2021年修订的制度，2023年数据,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023,,电力,1,kWh\n'),
    ('words that begin as those of a form', '2023年制冷站用能表,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023,,电力,1,kWh\n'),
    ('a period that is called a date', '用能表,,\n统计日期：2023年1-6月,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023H1,,电力,1,kWh\n'),
    ('two years above columns of each', '2022年度、2023年度用能表,,,\n能源,单位,2022年,2023年\n电力,kWh,1,2\n', (), '2022,,电力,1,kWh\n2023,,电力,2,kWh\n'),
    ('two years, and which of them', '2022年、2023年用能表,,\n报告期：2023年,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023,,电力,1,kWh\n'),
    ('two months above columns of each', '2023年1月、2月用能表,,,\n能源,单位,1月,2月\n电力,kWh,1,2\n', (), '2023-01,,电力,1,kWh\n2023-02,,电力,2,kWh\n'),
    ('up to a day, since January', '截至2023年6月30日累计能源消耗,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023H1,,电力,1,kWh\n'),
    ('up to a day, in a column since January', '截至2023年5月31日能源消耗,,\n能源,单位,本年累计\n电力,kWh,1\n', (), '2023-01/2023-05,,电力,1,kWh\n'),
    ('up to a day, above months', '截至2023年2月28日能源消耗,,,\n能源,单位,1月,2月\n电力,kWh,1,2\n', (), '2023-01,,电力,1,kWh\n2023-02,,电力,2,kWh\n'),
    ('a year up to a month', '2023年度（截至11月）用能表,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023-01/2023-11,,电力,1,kWh\n'),
    ('a year, and up to a day below it', '2023年度用能表,,\n截至2023年11月30日,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023-01/2023-11,,电力,1,kWh\n'),
    ('a year, and a later day of counting', '2023年度用能表（数据截至2024年1月10日）,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023,,电力,1,kWh\n'),
    ('from a day up to a day', '2023年1月1日起至2023年6月30日用能表,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023H1,,电力,1,kWh\n'),
    ('a fee in money', YEAR + '项目,单位,数量\n电费,元,100\n气费,元/m3,100\n柴油,t,1\n', (), '2023,,柴油,1,t\n'),
    # Sums since January say of the last what the year was: 60 of nine months and 100 of all is 100, of those where the last is blank 60.
    *((f'sums since January and {last}, {how}', text, (), f'2023,,{name},100,万kWh\n')
      for first in (('一季度', '上半年', '前三季度'), ('Q1', 'H1', 'Q1-Q3'), ('1-3月', '1-6月', '1-9月'), ('第一季度', '1-2季度', '前3季度'))
      for last in ('全年', '年度合计', '全年累计') for how, name, text in (
          ('across', '电力', f'{YEAR}能源,单位,{",".join(first)},{last}\n电力,万kWh,10,30,60,100\n'),
          ('down', '用电量', YEAR + '期间,用电量（万kWh）\n' + ''.join(f'{t},{n}\n' for t, n in zip((*first, last), (10, 30, 60, 100)))))),
    ('sums since January, the year not over', YEAR + '能源,单位,一季度,上半年,前三季度,全年\n电力,万kWh,10,30,60,\n', (), '2023-01/2023-09,,电力,60,万kWh\n'),
    ('sums since January, what there is so far again', YEAR + '能源,单位,一季度,上半年,前三季度,全年\n电力,万kWh,10,30,60,60\n', (), '2023-01/2023-09,,电力,60,万kWh\n'),
    *((f'quarters beside sums since January, {how}', text, (), ''.join(f'2023Q{q},,{name},{10 * q},kWh\n' for q in range(1, 5))) for how, name, text in (
        ('across', '电力', YEAR + '能源,单位,一季度,二季度,上半年,三季度,前三季度,四季度,全年\n电力,kWh,10,20,30,30,60,40,100\n'),
        ('down', '用电量', YEAR + '期间,用电量（kWh）\n一季度,10\n二季度,20\n上半年,30\n三季度,30\n前三季度,60\n四季度,40\n全年,100\n'))),
    ('totals of years beside months of the last', '能源,单位,2021年,2022年,2023年,,,\n,,全年,合计,1月,2月,3月,合计\n电力,kWh,90,100,10,20,30,60\n', (),
     '2021,,电力,90,kWh\n2022,,电力,100,kWh\n2023-01,,电力,10,kWh\n2023-02,,电力,20,kWh\n2023-03,,电力,30,kWh\n'),
    ('two years above columns of each, nothing between', '2022年2023年用能表,,,\n能源,单位,2022,2023\n电力,kWh,1,2\n', (), '2022,,电力,1,kWh\n2023,,电力,2,kWh\n'),
    ('a year, and that of its form behind it', '2023年度 2022年版用能表,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023,,电力,1,kWh\n'),
    *((f'called like a plan, and none: {title}', f'{title},,,\n能源,单位,{head},备用\n电力,kWh,{cells},\n', (), '2023,,电力,1,kWh\n') for title, head, cells in (
        ('2023年用电计划', '计划,实际', '9,1'), ('2023年度计划与实际对比', '数量', '1'), ('2023年计划部用电情况', '数量', '1'), ('2023年用电（含上年同期）', '本年,上年同期', '1,9'),
        ('2023年节能计划执行情况', '数量', '1'), ('2023年预算', '预算用量,实际用量', '9,1'))),
    ('a table of plans beside', '2024年预算,,\n能源,单位,数量\n电力,kWh,5\n2023年用能表,,\n能源,单位,数量\n电力,kWh,1\n', (), '2023,,电力,1,kWh\n'),
    # Sites across, told by their names; of what is told by a column, a line above or the title.
    *((f'sites across: {name}', head + '月份,一厂,二厂,合计\n1月,10,20,30\n2月,11,21,32\n', (),
       ''.join(f'2023-0{m},{s},{what},{n},kWh\n' for m, s, n in ((1, '一厂', 10), (1, '二厂', 20), (2, '一厂', 11), (2, '二厂', 21)))) for name, what, head in (
        ('the title and its unit', '用电量', '2023年各厂用电量（kWh）,,,\n'), ('a title with words behind', '用电', '2023年度各部门用电情况表  单位：kWh,,,\n'),
        ('a line above', '电力', '2023年,,,\n能源名称：电力,,计量单位：kWh,\n'), ('two lines of title', '用电量', '某公司,,,\n2023年用电量统计（kWh）,,,\n'))),
    ('sites across, energies down', YEAR + '能源品种,单位,1号楼,食堂\n电力,kWh,10,20\n天然气,Nm3,1,2\n', (),
     '2023,1号楼,电力,10,kWh\n2023,食堂,电力,20,kWh\n2023,1号楼,天然气,1,Nm3\n2023,食堂,天然气,2,Nm3\n'),
    ('sites across, years down', '年份,能源品种,单位,一厂,二厂,合计\n2022,电力,kWh,10,20,30\n2023,电力,kWh,11,21,32\n', (),
     '2022,一厂,电力,10,kWh\n2022,二厂,电力,20,kWh\n2023,一厂,电力,11,kWh\n2023,二厂,电力,21,kWh\n'),
    ('sites across with their units', '2023年用电量,,\n月份,一厂（kWh）,二厂（kWh）\n1月,10,20\n', (), '2023-01,一厂,用电量,10,kWh\n2023-01,二厂,用电量,20,kWh\n'),
    ('sites across under what was used', YEAR + '月份,用电量（kWh）,,用水量（t）,\n,一厂,二厂,一厂,二厂\n1月,10,20,1,2\n', (),
     '2023-01,一厂,用电量,10,kWh\n2023-01,二厂,用电量,20,kWh\n2023-01,一厂,用水量,1,t\n2023-01,二厂,用水量,2,t\n'),
    ('sites down, what was used in the title', '2023年各厂用电量（kWh）,,\n厂区,1月,2月\n一厂,10,20\n二厂,11,21\n', (),
     '2023-01,一厂,用电量,10,kWh\n2023-02,一厂,用电量,20,kWh\n2023-01,二厂,用电量,11,kWh\n2023-02,二厂,用电量,21,kWh\n'),
    *((f'departments over {plan} and 实际, months down', f'2023年部门用电（kWh）,,,,\n月份,生产部,,行政部,\n,{plan},实际,{plan},实际\n1月,10,11,20,21\n', (),
       '2023-01,生产部,用电,11,kWh\n2023-01,行政部,用电,21,kWh\n') for plan in ('计划', '预算', '上年')),
    ('departments down with 计划 and 实际', '2023年用电（kWh）,,,\n部门,指标,1月,2月\n生产部,计划,10,20\n生产部,实际,11,21\n行政部,计划,10,20\n行政部,实际,12,22\n', (),
     '2023-01,生产部,用电,11,kWh\n2023-02,生产部,用电,21,kWh\n2023-01,行政部,用电,12,kWh\n2023-02,行政部,用电,22,kWh\n'),
    # Days of meters: a period ends with the day of its reading and starts with the day behind the reading before.
    *((f'days of readings: {first}, {last}', f'抄表记录,,\n{first},{last},用电量（kWh）\n2022-12-25,2023-01-25,100\n2023-01-25,2023-02-25,130\n', (), BILLED)
      for first, last in (('上期抄表日', '本期抄表日'), ('上次抄表日期', '本次抄表日期'), ('上期抄表日期', '抄表日期'))),
    *((f'first and last days: {first}, {last}', f'{first},{last},用电量（kWh）\n2022-12-26,2023-01-25,100\n2023-01-26,2023-02-25,130\n', (), BILLED)
      for first, last in (('起始日期', '截止日期'), ('开始日期', '结束日期'), ('start date', 'end date'))),
    *((f'a period of days: {name}, {one}', f'电费清单,\n{name},用电量（kWh）\n{one},100\n{two},130\n', (), BILLED)
      for name in ('计费周期', '结算周期', '账单周期', '用电周期') for one, two in (
          ('2022.12.26-2023.1.25', '2023.1.26-2023.2.25'), ('2022/12/26-2023/1/25', '2023/1/26-2023/2/25'), ('20221226-20230125', '20230126-20230225'),
          ('2022年12月26日至2023年1月25日', '2023年1月26日至2023年2月25日'))),
    *((f'a period of days above: {title}', f'{title},,\n能源,单位,数量\n用电量,kWh,100\n', (), BILLED.split('\n')[0] + '\n')
      for title in ('2022.12.26-2023.1.25电费清单', '2022/12/26-2023/1/25电费清单', '计费周期：2022.12.26-2023.1.25')),
    ('a period of days in a header', '电费清单,,,\n能源,单位,2022.12.26-2023.1.25,2023.1.26-2023.2.25\n用电量,kWh,100,130\n', (), BILLED),
    ('a month of a bill', '电费清单,\n计费月份,用电量（kWh）\n2023-01,1\n', (), '2023-01,,用电量,1,kWh\n'),
    ('a month beside the day of a reading', YEAR + '月份,抄表日期,用电量（kWh）\n1月,2023-01-25,1\n', (), '2023-01,,用电量,1,kWh\n'),
    ('a month above the day of a reading', '2023年1月电费,,,\n能源,抄表日期,单位,数量\n电力,2023-01-25,kWh,1\n', (), '2023-01,,电力,1,kWh\n'),
    ('all energy in a column beside each', '月份,电力（万kWh）,柴油（t）,综合能源消费量（tce）\n2023-01,1,2,9\n', (), '2023-01,,电力,1,万kWh\n2023-01,,柴油,2,t\n'),
)


def folders():
    return sorted(name for name in os.listdir(LAYOUTS) if os.path.exists(os.path.join(LAYOUTS, name, 'input.csv')))


def bytes_of(*path):
    with open(os.path.join(LAYOUTS, *path), 'rb') as f:
        return f.read()


def bytes_at(t, name):
    with open(t.path(name), 'rb') as f:
        return f.read()


def long_table(t, name, text, expected, *options):
    with t.case(name):
        t.write('table.csv', text)
        r = t.run('layout', 'table.csv', '-f', 'csv', *options)
        same((r.status, r.out.decode()), (OK, expected.decode()), f'long table\n{r.errors}')


def layouts(t):
    for name in folders():
        text, expected = bytes_of(name, 'input.csv').decode('utf-8-sig'), bytes_of(name, 'long.csv')
        long_table(t, f'{name}: UTF-8', text, expected)
        long_table(t, f'{name}: GB18030', text.encode('gb18030'), expected)
        long_table(t, f'{name}: BOM and CRLF', '\ufeff' + text.replace('\n', '\r\n'), expected)
        with t.case(f'{name}: by what was recognised'):
            t.write('table.csv', text)
            r = t.run('layout', 'table.csv')
            same(r.status, OK, r.errors)
            want(r.text.startswith('key,value\n') and '\n# ' in r.text, 'the recognition')
            tables = r.text.split('\n\n# ')[0]
            if 'table,2' not in tables:
                t.write('told.csv', tables + '\n')
                again = t.run('layout', 'table.csv', '-f', 'csv', '--layout', 'told.csv')
                same((again.status, again.out.decode()), (OK, expected.decode()), f'read by its own recognition\n{again.errors}')


def without_places(value):
    """An account without what tells where its lines stand."""
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items() if k not in ('inputs', 'inventories', 'line', 'lines', 'file', 'paste', 'places', 'column')}
    return [without_places(v) for v in value] if isinstance(value, list) else value


def accounts(t):
    for name in folders():
        if name == 'measures-audit':
            continue
        with t.case(f'{name}: one account'):
            found = []
            for file in ('input.csv', 'long.csv'):
                t.write(file, bytes_of(name, file))
                found.append(t.run('account', file, '-f', 'json', *GAS))
            if found[1].status != OK: # a word that no data file knows is as unknown in either
                codes = [sorted(set(re.findall(r'[EW]\d{4}: [^\n]*', r.errors))) for r in found]
                same((found[0].status, codes[0]), (found[1].status, codes[1]), 'errors')
                continue
            same(found[0].status, OK, found[0].errors)
            wide, long = (json.loads(r.text) for r in found)
            want('layout' in wide['inputs'][0] and 'layout' not in long['inputs'][0], 'what was recognised is in the head')
            ours = [c['code'] for c in wide.get('caveats', []) if c['code'].startswith('C42')]
            wide['caveats'] = [c for c in wide.get('caveats', []) if c['code'] not in ours]
            wide.setdefault('caveats', [])
            long.setdefault('caveats', [])
            same(without_places(wide), without_places(long), 'account')


def wrong_totals(t):
    for name in folders():
        with t.case(f'{name}: a wrong total'):
            old, new, code = WRONG[name]
            text = bytes_of(name, 'input.csv').decode('utf-8-sig')
            want(text.count(old) >= 1, f'{old} is not there')
            t.write('table.csv', text.replace(old, new, 1))
            r = t.run('layout', 'table.csv', '-f', 'csv', '--diagnostics', 'json')
            same((r.status, r.out), (INVALID, b''), 'status and output')
            errors = [d['code'] for d in r.diagnostics() if d['severity'] == 'error']
            want(errors and set(errors) == {code}, f'{errors}')


def broken(t):
    for name, text, code, place, words in BROKEN:
        with t.case(f'error: {name}'):
            t.write('table.csv', text)
            r = t.run('--lang', 'zh', 'layout', 'table.csv', '-f', 'csv', '--diagnostics', 'json')
            same((r.status, r.out), (INVALID, b''), 'status and output')
            first = next(d for d in r.diagnostics() if d['severity'] == 'error')
            same((first['code'], (first['line'], first['column'])), (code, place), first['detail'])
            want(all(w in first['detail'] for w in words), first['detail'])
            account = t.run('account', 'table.csv')
            same((account.status, account.out), (INVALID, b''), 'an account of it')


def right(t):
    for name, text, options, rows in RIGHT:
        long_table(t, name, text.encode('gb18030'), ('期间,场所,活动,数量,单位\n' + rows).encode(), *options)


def logs(t):
    """Logs of vehicles and of refrigerants: what was filled in, not what the equipment holds nor what it cost."""
    long_table(t, 'fuel of vehicles', '2023年车辆加油记录\n日期,车牌号,油品,加油量（升）,单价,金额\n2023-01-05,沪A1,汽油,50,8,400\n2023-01-06,沪A2,柴油,60,7.5,450\n',
               '期间,场所,设施,活动,数量,单位\n2023-01-05,,沪A1,汽油,50,升\n2023-01-06,,沪A2,柴油,60,升\n'.encode())
    refills = '2023年制冷剂台账\n日期,设备名称,制冷剂型号,充注量（kg）{}\n2023-03-05,冷水机组1,R134a,120{}\n2023-07-05,多联机,R410A,30{}\n'
    long_table(t, 'a charge beside what was topped up', refills.format(',补充量（kg）', ',5', ',2.5'),
               '期间,场所,设施,活动,数量,单位\n2023-03-05,,冷水机组1,R134a,5,kg\n2023-07-05,,多联机,R410A,2.5,kg\n'.encode())
    with t.case('a charge alone'):
        t.write('table.csv', refills.format('', '', ''))
        r = t.run('layout', 'table.csv')
        want(r.status == INVALID and 'E2338' in r.errors, r.errors)


def kept(t):
    """A layout beside the table is used, and named in the report with its digest."""
    table = '一些数,,,\n东西,怎么计,甲,乙\n电力,kWh,1,2\n柴油,kWh,3,4\n'
    layout = 'key,value\nheader,2\ncolumn.东西,activity\ncolumn.怎么计,unit\ncolumn.甲,site=一厂\ncolumn.乙,site=二厂\nset.period,2023\nskip,4\n'
    with t.case('FILE.layout.csv beside the table'):
        t.write('odd.csv', table)
        same(t.run('layout', 'odd.csv').status, INVALID, 'without it')
        t.write('odd.layout.csv', layout)
        r = t.run('layout', 'odd.csv', '-f', 'csv')
        same((r.status, r.text), (OK, '期间,场所,活动,数量,单位\n2023,一厂,电力,1,kWh\n2023,二厂,电力,2,kWh\n'), r.errors)
        r = t.run('account', 'odd.csv', '-f', 'json')
        said = r.json()['inputs'][0]['layout']
        want(said['path'] == 'odd.layout.csv' and re.fullmatch('[0-9a-f]{64}', said['sha256']), f'{said}')
    with t.case('a column of 计划 and 实际 by the layout that was recognised'):
        t.write('plan.csv', YEAR + '能源,单位,指标,数量\n电力,kWh,计划,10\n电力,kWh,实际,9\n')
        told = t.run('layout', 'plan.csv')
        t.write('plan.layout.csv', told.out)
        r = t.run('layout', 'plan.csv', '-f', 'csv')
        same((r.status, r.text), (OK, '期间,场所,活动,数量,单位\n2023,,电力,9,kWh\n'), r.errors)
        t.write('plan.layout.csv', told.text.replace('column.指标,variant', 'column.指标,aside').split('#')[0])
        r = t.run('layout', 'plan.csv', '-f', 'csv')
        same((r.status, r.text.count('电力')), (OK, 2), r.errors)
    with t.case('--layout for many'):
        t.write('other.csv', table.replace(',1,2', ',5,6'))
        t.write('many.csv', layout)
        r = t.run('account', 'other.csv', '--layout', 'many.csv', '-f', 'json')
        same((r.status, r.json()['inputs'][0]['layout']['path']), (OK, 'many.csv'), r.errors)
    with t.case('an empty one is none, and one that was followed is not written over'):
        t.write('wide.csv', '2023年,,,\n能源,单位,1月,2月\n电力,kWh,1,2\n')
        t.write('wide.layout.csv', '')
        told = t.run('layout', 'wide.csv')
        same(told.status, OK, told.errors)
        t.write('wide.layout.csv', told.out)
        same(t.run('layout', 'wide.csv').out, told.out, 'followed, it says the same')
        again = t.run('layout', 'wide.csv', '-o', 'wide.layout.csv')
        want(again.status != OK and bytes_at(t, 'wide.layout.csv') == told.out, again.errors)
    for line in ('head,2', 'header,x', 'year,20', 'fill,maybe', 'set.colour,red', 'skip,9-3'):
        with t.case(f'a layout file with {line}'):
            t.write('bad.csv', 'key,value\n' + line + '\n')
            r = t.run('layout', 'other.csv', '--layout', 'bad.csv', '--diagnostics', 'json')
            same((r.status, r.diagnostics()[0]['code'], r.diagnostics()[0]['line']), (INVALID, 'E2340', 2), r.errors)


def places(t):
    """Each value keeps the cell that it comes from."""
    with t.case('an error in a cell of a wide table'):
        t.write('table.csv', '2023年,,,\n能源,单位,1月,2月\n电力,kWh,1,二\n电力,斤斤,1,1\n')
        r = t.run('account', 'table.csv', '--diagnostics', 'json')
        found = [(d['code'], d['line'], d['column']) for d in r.diagnostics() if d['severity'] == 'error']
        same(found, [('E2211', 3, 10), ('E2302', 4, 4), ('E2302', 4, 4)], 'places')
    with t.case('lines of one row are lines of their own'):
        t.write('table.csv', '2023年,,,\n能源,单位,1月,2月\n电力,kWh,10,20\n')
        r = t.run('account', 'table.csv', '--ledger', 'ledger.csv')
        same(r.status, OK, r.errors)
        with open(t.path('ledger.csv'), encoding='utf-8-sig') as f:
            text = f.read()
        same(re.findall(r'^table.csv,3,(2023-0.),.*,(.0),kWh,CO2,gross', text, re.M), [('2023-01', '10'), ('2023-02', '20')], 'lines')


def names_with_units(t):
    """An activity whose own name ends in a unit is that one in an office table too, by either name; and a header that says another unit is told."""
    with open(os.path.join(DATA, 'activities.csv'), encoding='utf-8') as f:
        freight = [a for a in csv.DictReader(f) if a['activity'].startswith('freight_') and ('（' in a['name_zh'] or ', ' in a['name_en'])]
    want(len(freight) > 10, f'only {len(freight)} names')
    for key in ('name_zh', 'name_en'):
        with t.case(f'freight by its {key}, in a long table with a unit in the header and in a wide one'):
            lines = [[f'2024-{n % 12 + 1:02}', a[key], '100', '万吨公里'] for n, a in enumerate(freight)]
            write_table(t, 'long.csv', [['period', 'activity', 'quantity', 'unit'], *lines])
            write_table(t, 'head.csv', [['期间', '活动', '数量(万吨公里)', '单位'], *lines])
            found = [t.account(name, '--fallback', 'nearest')['totals']['gross'] for name in ('long.csv', 'head.csv')]
            same(found, [found[0]] * 2, 'gross')
        for a in freight[1:6]:
            with t.case(f'{a[key]} heads a column'):
                write_table(t, 'freight.csv', [['月份', f'{a[key]}(万吨公里)'], ['2024-01', '100'], ['2024-02', '200']])
                write_table(t, 'one.csv', [['period', 'activity', 'quantity', 'unit'], ['2024', a['activity'], '300', '万吨公里']])
                same(*(t.account(name, '--fallback', 'nearest')['totals']['gross'] for name in ('freight.csv', 'one.csv')), 'gross')
    for unit, told in (('万kWh', True), ('吨', True), ('kWh', False), ('千瓦时', False)):
        with t.case(f'数量（{unit}） beside kWh'):
            t.write('head.csv', f'期间,活动,数量（{unit}）,单位\n2023,外购电力,100,kWh\n2022,外购电力,100,kWh\n')
            r = t.run('account', 'head.csv', '-f', 'json')
            same((r.status, r.errors.count('W3951'), str(r.json()['years'][1]['totals']['gross'])), (OK, int(told), '0.05737'), 'told once, the row counts')


def write_table(t, name, lines):
    with open(t.path(name), 'w', encoding='utf-8', newline='') as f:
        csv.writer(f, lineterminator='\n').writerows(lines)


def since_january(t):
    """本年累计 is compared with the months, in whatever file they are; where they are not there, that is said."""
    def table(month, actual, total):
        return f'2023年{month}月,,,\n单位名称：一厂,,,\n指标名称,计量单位,本月实际,本年累计\n外购电量,千瓦时,{actual},{total}\n外购热力,吉焦,1,\n'

    def found(*files):
        r = t.run('account', *files, '--diagnostics', 'json', '-f', 'json')
        return r, [(d['code'], d['file'], d['line'], d['column']) for d in r.diagnostics() if d['code'] in ('E2328', 'C4205')]

    for name, months, at, said in (
            ('all months', ((1, 10, 10), (2, 20, 30), (3, 5, 35)), None, ()),
            ('in any order', ((3, 5, 35), (1, 10, 10), (2, 20, 30)), None, ()),
            ('a wrong sum', ((1, 10, 10), (2, 20, 31)), ('E2328', 'm2.csv', 4, 13), ('31', '30')),
            ('a wrong sum of January', ((1, 10, 11),), ('E2328', 'm1.csv', 4, 13), ('11', '10')),
            ('a month that is not there', ((1, 10, 10), (3, 5, 35)), ('C4205', 'm3.csv', 4, 12), ('2023-02', '1 of')),
            ('January is not there', ((2, 20, 30), (3, 5, 35)), ('C4205', 'm2.csv', 4, 13), ('2023-01', '2 of')),
            ('no quantity of its own', ((1, 10, 10), (2, '-', 30)), ('C4205', 'm2.csv', 4, 12), ('1 of',))):
        with t.case(f'sums since January: {name}'):
            for month, actual, total in months:
                t.write(f'm{month}.csv', table(month, actual, total))
            r, codes = found(*[f'm{month}.csv' for month, _, _ in months])
            same((r.status, codes), (INVALID if at and at[0][0] == 'E' else OK, [at] if at else []), r.errors)
            detail = ' '.join(d['detail'] for d in r.diagnostics() if d['code'] in ('E2328', 'C4205'))
            want(all(w in detail for w in said), detail)
    for name, total, at in (('right', 330, []), ('wrong', 331, [('E2328', 'days.csv', 4, 16)])):
        with t.case(f'months written as first days beside their sums: {name}'):
            t.write('days.csv', f'日期,用电量（kWh）,累计用电量（kWh）\n2023-01-01,100,100\n2023-02-01,110,210\n2023-03-01,120,{total}\n')
            r, codes = found('days.csv')
            same((r.status, codes), (INVALID if at else OK, at), r.errors)
    with t.case('a bare sum that is more than its period: it starts earlier'):
        t.write('half.csv', '2023年上半年,,,\n能源,单位,本期,累计\n外购电量,kWh,1,2\n外购热力,GJ,1,3\n')
        r, codes = found('half.csv')
        same(r.status, OK, r.errors)
        told = [d for d in r.diagnostics() if d['code'] == 'C4206']
        same([(d['line'], d['column']) for d in told], [(3, 12)], r.errors)
        want('2 of them' in told[0]['detail'], told[0]['detail'])
    with t.case('sums since January over plants add up in their row'):
        text = bytes_of('sites-as-columns', 'input.csv').decode('utf-8-sig')
        want(text.count(',1060000,448000') == 1, 'the row')
        t.write('table.csv', text.replace(',1060000,448000', ',1070000,448000'))
        r = t.run('layout', 'table.csv', '--diagnostics', 'json')
        same((r.status, [(d['code'], d['line']) for d in r.diagnostics() if d['severity'] == 'error']), (INVALID, [('E2328', 7)]), r.errors)


def advice(t):
    """What E2321 says to write of columns that may be sites is enough."""
    with t.case('sites of names that do not say so, by the layout file that the error tells'):
        t.write('sites.csv', '2023年用电量（kWh）,,\n月份,青浦,松江\n1月,1,2\n')
        r = t.run('layout', 'sites.csv', '--diagnostics', 'json')
        want('header,2' in r.errors and 'column.青浦,site=青浦' in r.errors, r.errors)
        t.write('sites.layout.csv', 'key,value\nheader,2\ncolumn.青浦,site=青浦\ncolumn.松江,site=松江\n')
        r = t.run('layout', 'sites.csv', '-f', 'csv')
        same((r.status, r.text), (OK, '期间,场所,活动,数量,单位\n2023-01,青浦,用电量,1,kWh\n2023-01,松江,用电量,2,kWh\n'), r.errors)


def plans(t):
    """A file that is called a plan or another year is not counted, and that is said; a layout of it may be looked at."""
    long, wide = '期间,活动,数量,单位\n2023-01,外购电力,{},kWh\n', '月份,用电量（kWh）\n2023-01,{}\n'
    for name in ('2024年预算', '用电计划', '2023计划用电量', '上年同期', '一厂_预算表', 'energy-budget'):
        for text in (long, wide):
            with t.case(f'{name}.csv alone: {text[:2]}'):
                t.write(f'd/{name}.csv', text.format(5))
                r = t.run('account', f'd/{name}.csv', '--diagnostics', 'json')
                same((r.status, r.out, [d['code'] for d in r.diagnostics()]), (INVALID, b'', ['E1420']), r.errors)
                want(f'{name}.csv' in r.errors, r.errors)
                same(t.run('layout', f'd/{name}.csv').status, OK, 'its layout')
            with t.case(f'{name}.csv beside what was used: {text[:2]}'):
                t.write('used.csv', text.format(7))
                r = t.run('account', 'used.csv', f'd/{name}.csv', '--diagnostics', 'json', '-f', 'json')
                told = [d['detail'] for d in r.diagnostics() if d['code'] == 'C1461']
                want(r.status == OK and len(told) == 1 and f'{name}.csv' in told[0], r.errors)
                same([i['file'] for i in r.json()['inputs']], ['used.csv'], 'inputs')
    for name in ('计划部', '2023计划与实际', '预算科用电台账', 'plant', '活动数据'):
        with t.case(f'{name}.csv is none'):
            t.write(f'{name}.csv', long.format(5))
            same(t.run('account', f'{name}.csv').status, OK, 'read')
    with t.case('two tables, one of them of plans: said'):
        t.write('two.csv', '2024年预算,,\n能源,单位,数量\n电力,kWh,5\n2023年用能表,,\n能源,单位,数量\n电力,kWh,1\n')
        r = t.run('account', 'two.csv', '--diagnostics', 'json')
        told = [(d['line'], d['detail']) for d in r.diagnostics() if d['code'] == 'C1462']
        want(r.status == OK and [n for n, _ in told] == [1] and '2024年预算' in told[0][1], r.errors)


def many(t):
    """Many totals under many lines are all compared; a table over the limits is refused by its numbers."""
    lines = [f'厂{i},电力,kWh,1,2\n' + ('小计,,kWh,5,10\n' if i % 5 == 4 else '') for i in range(20000)]
    for name, last, status in (('right', '小计,,kWh,5,10\n', OK), ('the last one is wrong', '小计,,kWh,5,11\n', INVALID)):
        with t.case(f'4000 totals: {name}'):
            t.write('many.csv', '2023年,,,,\n场所,能源,单位,1月,2月\n' + ''.join(lines)[:-len(last)] + last)
            r = t.run('layout', 'many.csv', '-f', 'csv', '--diagnostics', 'json')
            same((r.status, [(d['code'], d['line']) for d in r.diagnostics() if d['severity'] == 'error']), (status, [('E2328', 24002)] if status else []), r.errors[:500])
    with t.case('more cells than one may have'):
        row = '1,' * 1000 + '1\n'
        t.write('large.csv', '2023年\n' + row * (2 ** 22 // 1001 + 1))
        r = t.run('layout', 'large.csv', '--diagnostics', 'json')
        same((r.status, [d['code'] for d in r.diagnostics()]), (INVALID, ['E2320']), r.errors[:500])
        want('4194304' in r.errors, r.errors[:500])


def many_texts(t):
    """More different texts than are kept in mind, each of them twice and far apart, with a total among them: the lines are those of the table without title."""
    rows = [f'2023,外购电力,{i % 900 + 1},kWh,备注{i % 5000}\n' for i in range(10000)]
    header = '期间,活动,数量,单位,备注\n'
    t.write('plain.csv', header + ''.join(rows))
    plain = t.run('account', 'plain.csv', '-f', 'json').json()['totals']
    for at in (1, 4095, 4096, 9999):
        total = sum(i % 900 + 1 for i in range(at))
        for name, said, status in (('right', total, OK), ('wrong', total + 1, INVALID)):
            with t.case(f'a total behind {at} different notes: {name}'):
                t.write('titled.csv', '某公司能源台账\n' + header + ''.join(rows[:at]) + f'合计,,{said},kWh,\n' + ''.join(rows[at:]))
                r = t.run('account', 'titled.csv', '-f', 'json', '--diagnostics', 'json')
                same((r.status, [d['code'] for d in r.diagnostics() if d['severity'] == 'error']), (status, ['E2328'] if status else []), r.errors[:500])
                if status == OK:
                    same(r.json()['totals'], plain, 'totals')


def half_told(t):
    """Notes of which no more than half say nothing of 计划 may tell rows apart, so that what the others are is asked; one more, and they are notes. The
    same text in many rows and in one, before and behind the others."""
    for others, plans, status in ((20, 20, INVALID), (20, 19, OK), (19, 20, INVALID), (400, 399, OK), (400, 400, INVALID)):
        for note in ('抄表', '抄表{}'):
            notes = [note.format(i) for i in range(others)] + ['计划'] * plans
            for order, said in (('before', notes), ('behind', notes[::-1])):
                with t.case(f'{others} notes {order} {plans} plans: {note}'):
                    t.write('notes.csv', '某公司能源消费表\n期间,活动,数量,单位,备注\n' + ''.join(f'2023,外购电力,{i},kWh,{text}\n' for i, text in enumerate(said, 1)))
                    r = t.run('layout', 'notes.csv', '-f', 'csv', '--diagnostics', 'json')
                    same((r.status, [d['code'] for d in r.diagnostics() if d['severity'] == 'error']), (status, ['E2354'] if status else []), r.errors[:500])
                    same(r.text.count('\n'), 0 if status else others + plans + 1, 'rows')


def actual_words(t):
    """Each word for this month's says the same, whether it names the quantity of a long table too or not: over plants with their total, and down a
    column in turn with 累计."""
    with open(os.path.join(TESTS, '..', 'data', 'layout_words.csv'), encoding='utf-8') as f:
        words = [w for row in csv.reader(f) if row[0] == 'actual' and not row[1] for w in row[3].split(';')]
    sites, expected = bytes_of('sites-as-columns', 'input.csv').decode('utf-8-sig'), bytes_of('sites-as-columns', 'long.csv')
    old = '本        月        实        际'
    want(sites.count(old) == 1 and len(words) > 2, 'words')
    for word in words:
        long_table(t, f'{word}: over plants', sites.replace(old, word), expected)
        long_table(t, f'{word}: in turn with 累计', f'{YEAR}能源名称：电力,,计量单位：kWh,\n项目,,1月,2月\n消费量,{word},1,2\n,累计,1,3\n',
                   '期间,场所,活动,数量,单位\n2023-01,,电力,1,kWh\n2023-02,,电力,2,kWh\n'.encode())


def as_json(t):
    validator = schema_of('layout')
    for name in folders():
        with t.case(f'{name}: JSON'):
            t.write('table.csv', bytes_of(name, 'input.csv'))
            r = t.run('layout', 'table.csv', '-f', 'json')
            same(r.status, OK, r.errors)
            found = json.loads(r.text)
            valid(validator, found, name)
            same(len(found['rows']), bytes_of(name, 'long.csv').decode().count('\n') - 1, 'rows')
            if name != 'measures-audit':
                account = json.loads(t.run('account', 'table.csv', '-f', 'json', *GAS).text or '{}')
                if account:
                    valid(schema_of('account'), account, 'its account')


def run(t):
    layouts(t)
    as_json(t)
    accounts(t)
    wrong_totals(t)
    broken(t)
    right(t)
    logs(t)
    kept(t)
    places(t)
    names_with_units(t)
    since_january(t)
    plans(t)
    advice(t)
    many(t)
    many_texts(t)
    half_told(t)
    actual_words(t)
