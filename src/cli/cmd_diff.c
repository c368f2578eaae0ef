/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/heard.h"
#include "io/guard.h"

struct own {
	const char *years;
	cli_report words;
	cli_heard heard[2];
};

static bool read_years(const cli *c, struct own *own)
{
	const char *comma = own->years ? strchr(own->years, ',') : NULL;
	char first[8] = "";
	if (!own->years)
		return true;
	if (!comma || comma - own->years > 7)
		return cli_usage(c, "expected two years, as 2020,2023", "应为两个年份，如 2020,2023", "--years");
	memcpy(first, own->years, (size_t)(comma - own->years));
	return cli_read_year(c, first, &own->heard[0].side.year) && cli_read_year(c, comma + 1, &own->heard[1].side.year);
}

static int write_diff(cli *c, struct own *own)
{
	char *text = NULL;
	size_t length;
	bool equal = false;
	const th_diff_side side[2] = {own->heard[0].side, own->heard[1].side};
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	th_status status = TH_OK;
	for (int i = 0; i < own->words.operands && status == TH_OK; i++)
		status = cli_guard_operand(own->words.operand[i], diags);
	if (status == TH_OK)
		status = th_diff(side, own->words.format, c->lang, diags, &text, &length, &equal);
	if (status == TH_OK)
		status = th_report_write(own->words.output, text, length, diags);
	free(text);
	int code = cli_close(c, diags, status);
	return code == TH_OK && !equal ? 1 : code;
}

int cmd_diff(cli *c, int argc, char **argv)
{
	struct own own = {.years = NULL};
	const cli_option rows[] = {
		CLI_ANSWER(own.words),
		{"--years", 0, &cli_two_years, &own.years, NULL, NULL, "which year of each (default: those that both have)", "各取哪一年比较（默认比较共有的年份）"},
		{"--data-of-first", 0, &cli_folder, &own.heard[0].data, NULL, NULL, "reference data of the first", "前者所用的参考数据文件夹"},
		{"--data-of-second", 0, &cli_folder, &own.heard[1].data, NULL, NULL, "reference data of the second", "后者所用的参考数据文件夹"},
	};
	static const char examples[] = "  tanhe diff before.json after.json examples/enterprise\n"
	                               "  tanhe diff examples/enterprise build/my-case\n"
	                               "  tanhe diff 2022.csv 2023.csv\n";
	if (c->help) {
		cli_help_command(c, rows, CLI_COUNT(rows), examples);
		return TH_OK;
	}
	own.words.operand = argv;
	if (!cli_parse(c, rows, CLI_COUNT(rows), argc, argv, &own.words.operands) || !read_years(c, &own) || !cli_read_answer(c, &own.words))
		return TH_USAGE;
	if (own.words.operands < 2)
		return cli_usage(c, "two accounts are compared: reports, cases or inventories", "请给出两个比较对象：报告、项目文件夹或活动数据表", c->command->name) ? TH_OK : TH_USAGE;
	int code = TH_OK;
	for (size_t i = 0; i < 2 && code == TH_OK; i++) {
		own.heard[i].side.name = own.words.operand[i];
		own.heard[i].place = own.words.operand + 2;
		own.heard[i].places = own.words.operands - 2;
		code = cli_hear(c, &own.heard[i]);
	}
	if (code == TH_OK)
		code = write_diff(c, &own);
	cli_free_heard(&own.heard[0]);
	cli_free_heard(&own.heard[1]);
	return code;
}
