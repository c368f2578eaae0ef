/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "doc/doc.h"

static const char *pick(const cli *c, const char *en, const char *zh)
{
	return c->lang == TH_LANG_ZH ? zh : en;
}

void cli_global_options(cli *c, cli_option option[CLI_GLOBALS])
{
	const cli_option rows[CLI_GLOBALS] = {
		{"--lang", 0, &cli_lang_name, &c->lang_name, NULL, NULL, "language of reports and messages (default: by the locale)", "报告和提示的语言（默认随系统语言）"},
		{"--data", 'D', &cli_folder, &c->data, NULL, NULL, "folder of the reference data", "参考数据文件夹"},
		{"--color", 0, &cli_when, &c->color, NULL, NULL, "auto, always or never", "auto、always 或 never"},
		{"--diagnostics", 0, &cli_text_or_json, &c->diagnostics, NULL, NULL, "messages as text or as json, one object a line", "提示的格式 text 或 json（每行一个对象）"},
		{"--help", 'h', NULL, NULL, NULL, &c->help, "this text, or a command's", "显示本说明或命令说明"},
		{"--version", 0, NULL, NULL, NULL, NULL, "version", "版本"},
	};
	memcpy(option, rows, sizeof rows);
}

/* `left` stands before the option's name, which with its letter and value takes this many columns. */
static void put_option(const cli *c, const cli_option *option, const char *left, size_t columns)
{
	char text[64], letter[8] = "";
	const cli_value *value = option->value;
	if (option->letter)
		snprintf(letter, sizeof letter, "-%c, ", option->letter);
	snprintf(text, sizeof text, "%s%s%s%s", option->letter ? letter : left, option->name, value ? " " : "", value ? pick(c, value->en, value->zh) : "");
	size_t width = th_width(th_slice_of(text));
	printf("  %s%*s %s\n", text, (int)(width < columns ? columns - width : 0), "", pick(c, option->help_en, option->help_zh));
}

void cli_help_program(cli *c)
{
	cli_option global[CLI_GLOBALS];
	cli_global_options(c, global);
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
	for (const cli_command *command = c->commands; command->name; command++)
		printf("  %-11s %s\n", command->name, pick(c, command->help_en, command->help_zh));
	putchar('\n');
	for (size_t i = 0; i < CLI_GLOBALS; i++)
		put_option(c, &global[i], "", 22);
	puts(pick(c,
	          "\n"
	          "tanhe help WORD tells of a command, a code of a message (E2306), a fact, an activity or a unit\n"
	          "exit status: 0 done (check: eligible), 1 not eligible, 2 usage, 3 bad input data, 4 no verdict,\n"
	          "5 input/output or memory; see tanhe(1) and tanhe-check(1)",
	          "\n"
	          "tanhe help 词：查看命令、提示代码（如 E2306）、填报项、活动或单位的说明\n"
	          "退出码：0 完成（check：符合）；1 不符合；2 用法错误；3 数据有误；4 暂不能判定；5 读写或内存错误\n"
	          "详见 tanhe(1)、tanhe-case(5)（中文），tanhe-check(1)、tanhe-plan(1)（英文）"));
}

void cli_help_command(const cli *c, const cli_option *option, size_t count, const char *examples)
{
	const cli_command *command = c->command;
	if (c->told) {
		c->told->options = count;
		memcpy(c->told->option, option, count * sizeof *option);
		return;
	}
	printf(pick(c, "tanhe %s: %s\n\n%s\nusage: tanhe %s %s\n\n", "tanhe %s：%s\n\n%s\n用法：tanhe %s %s\n\n"), command->name, pick(c, command->help_en, command->help_zh), examples,
	       command->name, pick(c, command->arguments, command->arguments_zh));
	for (size_t i = 0; i < count; i++)
		put_option(c, &option[i], "    ", 27);
}
