/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const char *pick(const cli *c, const char *en, const char *zh)
{
	return c->lang == TH_LANG_ZH ? zh : en;
}

void cli_help_program(const cli *c, const cli_command *commands)
{
	puts(pick(c,
	          "tanhe: greenhouse-gas accounts in which every number traces to its line, factor and clause\n"
	          "\n"
	          "  tanhe account examples/enterprise                        the account of a case folder\n"
	          "  tanhe account 2023.csv -f json --ledger ledger.csv       as JSON, with a row for each line and gas\n"
	          "  tanhe check examples/enterprise                          whether the case is eligible, clause by clause\n"
	          "  tanhe factors search 天然气                                 which factors there are, with documents\n"
	          "\n"
	          "usage: tanhe [--lang zh|en] [-D DIR] [--color WHEN] COMMAND ...\n",
	          "tanhe 碳核：温室气体核算与申报条件对照，每个数字都有出处\n"
	          "\n"
	          "  tanhe account examples/enterprise                        核算一个项目文件夹\n"
	          "  tanhe account 2023.csv -f json --ledger ledger.csv       输出 JSON，并另存计算明细\n"
	          "  tanhe check examples/enterprise                          申报条件逐条对照\n"
	          "  tanhe factors search 天然气                                 查找排放因子及依据文件\n"
	          "\n"
	          "用法：tanhe [--lang zh|en] [-D 数据目录] [--color 时机] 命令 ...\n"));
	for (const cli_command *command = commands; command->name; command++)
		printf("  %-9s %s\n", command->name, pick(c, command->help_en, command->help_zh));
	puts(pick(c,
	          "\n"
	          "  --lang zh|en           language of reports and messages (default: by the locale)\n"
	          "  -D, --data DIR         folder of the reference data\n"
	          "  --color WHEN           auto, always or never\n"
	          "  --diagnostics FORMAT   messages as text or as json, one object a line\n"
	          "  -h, --help             this text, or a command's\n"
	          "  --version              version\n"
	          "\n"
	          "tanhe help WORD tells of a command, a code of a message (E2306), a fact, an activity or a unit\n"
	          "exit status: 0 done (check: eligible), 1 not eligible, 2 usage, 3 bad input data, 4 no verdict,\n"
	          "5 input/output or memory; see tanhe(1) and tanhe-check(1)",
	          "\n"
	          "  --lang zh|en           报告和提示的语言（默认随系统语言）\n"
	          "  -D, --data 目录        参考数据文件夹\n"
	          "  --color 时机           auto、always 或 never\n"
	          "  --diagnostics 格式     提示的格式 text 或 json（每行一个对象）\n"
	          "  -h, --help             显示本说明或命令说明\n"
	          "  --version              版本\n"
	          "\n"
	          "tanhe help 词：查看命令、提示代码（如 E2306）、填报项、活动或单位的说明\n"
	          "退出码：0 完成（check：符合）；1 不符合；2 用法错误；3 数据有误；4 暂不能判定；5 读写或内存错误\n"
	          "详见 tanhe(1)、tanhe-case(5)（中文），tanhe-check(1)、tanhe-plan(1)（英文）"));
}

/* What an option takes, as the language calls it. */
static const char *value_name(const cli *c, const char *value)
{
	static const char *const zh[][2] = {{"FILE", "文件"}, {"HOW", "方式"}, {"WHAT", "哪一项"}, {"WHEN", "时机"}, {"ID", "编号"}, {"ID|FILE", "编号|文件"}, {"YEAR,YEAR", "年份,年份"}, {"SET", "报告"}, {"N", "数"},
	                                    {"NAME", "名称"}, {"TEXT", "文字"}, {"KEY,...", "项目,..."}, {"YEAR", "年份"}, {"FORMAT", "格式"}, {"PHASE", "阶段"},
	                                    {"TEMP", "温度"}, {"NAME=VALUE", "名称=解读"}, {"GOAL", "目标"}, {"DIR", "目录"}, {"KIND", "类型"}, {"PART", "部分"}, {"LANG", "语言"}, {"CATEGORY", "试点类型"}, {"TARGET", "试点目标"}};
	for (size_t i = 0; c->lang == TH_LANG_ZH && i < CLI_COUNT(zh); i++)
		if (strcmp(zh[i][0], value) == 0)
			return zh[i][1];
	return value;
}

void cli_help_command(const cli *c, const cli_option *option, size_t count, const char *examples)
{
	const cli_command *command = c->command;
	printf(pick(c, "tanhe %s: %s\n\n%s\nusage: tanhe %s %s\n\n", "tanhe %s：%s\n\n%s\n用法：tanhe %s %s\n\n"), command->name, pick(c, command->help_en, command->help_zh), examples,
	       command->name, pick(c, command->arguments, command->arguments_zh));
	for (size_t i = 0; i < count; i++) {
		char left[64];
		char letter[8] = "    ";
		if (option[i].letter)
			snprintf(letter, sizeof letter, "-%c, ", option[i].letter);
		snprintf(left, sizeof left, "%s%s%s%s", letter, option[i].name, option[i].value ? " " : "", option[i].value ? value_name(c, option[i].value) : "");
		printf("  %-27s %s\n", left, pick(c, option[i].help_en, option[i].help_zh));
	}
}
