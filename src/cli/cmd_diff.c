/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "audit/diff.h"
#include "cli/again.h"
#include "io/guard.h"

struct own {
	const char *years, *data[2];
	cli_report words;
	th_diff_side side[2];
	size_t which;            /* that is computed */
};

/* Nothing is written yet: the report is kept. */
static th_status see(cli_job *job, void *context)
{
	struct own *own = context;
	th_diff_side *side = &own->side[own->which];
	side->json = job->text;
	side->length = job->length;
	job->text = NULL;
	job->streamed = true;
	job->answer = TH_OK;
	return TH_OK;
}

static bool read_years(const cli *c, struct own *own)
{
	const char *comma = own->years ? strchr(own->years, ',') : NULL;
	char first[8] = "";
	if (!own->years)
		return true;
	if (!comma || comma - own->years > 7)
		return cli_usage(c, "expected two years, as 2020,2023", "应为两个年份，如 2020,2023", "--years");
	memcpy(first, own->years, (size_t)(comma - own->years));
	return cli_read_year(c, first, &own->side[0].year) && cli_read_year(c, comma + 1, &own->side[1].year);
}

static bool is_report(const char *path)
{
	th_slice name = th_slice_of(path);
	th_file_about about;
	return th_slice_ends(name, TH_S(".json")) && th_os_look(path, &about) == 0 && about.kind != TH_FILE_FOLDER;
}

/* What is no report is computed as account does. */
static int make_account(cli *c, const char *path, cli_again *again)
{
	th_arena arena = {0};
	const char *const fixed[] = {path, "--format=json"};
	char *word[2];
	bool kept = true;
	for (size_t i = 0; i < CLI_COUNT(fixed) && kept; i++)
		kept = (word[i] = (char *)th_arena_copy(&arena, th_slice_of(fixed[i])).ptr) != NULL;
	again->report = path;
	c->again = again;
	int code = kept ? cmd_account(c, 2, word) : TH_SYSTEM;
	th_arena_free(&arena);
	return code;
}

/* Its inputs lie in the places behind both, or beside it. */
static int make_report(cli *c, struct own *own, cli_report *report, cli_again *again)
{
	report->operand = own->words.operand + 2;
	report->operands = own->words.operands - 2;
	return cli_make_again(c, report, again, 0);
}

static int compute(cli *c, struct own *own, size_t which, cli_report *report)
{
	th_diff_side *side = &own->side[which];
	cli_again again = {.see = see, .context = own, .listener = {.entry = th_side_entry, .context = &side->side}};
	own->which = which;
	side->name = own->words.operand[which];
	c->data = own->data[which] ? own->data[which] : c->data;
	if (!is_report(side->name))
		return make_account(c, side->name, &again);
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	int code = cli_close(c, diags, th_recorded_open(side->name, &report->arena, diags, &report->recorded));
	side->recorded = report->recorded;
	side->reported = code == TH_OK;
	return code == TH_OK ? make_report(c, own, report, &again) : code;
}

static int write_diff(cli *c, struct own *own)
{
	char *text = NULL;
	size_t length;
	bool equal = false;
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	th_status status = TH_OK;
	for (int i = 0; i < own->words.operands && status == TH_OK; i++)
		status = cli_guard_operand(own->words.operand[i], diags);
	if (status == TH_OK)
		status = th_diff(own->side, own->words.format, c->lang, diags, &text, &length, &equal);
	if (status == TH_OK)
		status = th_report_write(own->words.output, text, length, diags);
	free(text);
	c->again = NULL;
	int code = cli_close(c, diags, status);
	return code == TH_OK && !equal ? 1 : code;
}

int cmd_diff(cli *c, int argc, char **argv)
{
	struct own own = {.years = NULL};
	const cli_option rows[] = {
		CLI_ANSWER(own.words),
		{"--years", 0, &cli_two_years, &own.years, NULL, NULL, "which year of each (default: those that both have)", "各取哪一年比较（默认比较共有的年份）"},
		{"--data-of-first", 0, &cli_folder, &own.data[0], NULL, NULL, "reference data of the first", "前者所用的参考数据文件夹"},
		{"--data-of-second", 0, &cli_folder, &own.data[1], NULL, NULL, "reference data of the second", "后者所用的参考数据文件夹"},
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
	cli_report report[2] = {{.output = NULL}, {.output = NULL}};
	const char *data = c->data;
	int code = compute(c, &own, 0, &report[0]);
	c->data = data;
	if (code == TH_OK)
		code = compute(c, &own, 1, &report[1]);
	if (code == TH_OK)
		code = write_diff(c, &own);
	for (size_t i = 0; i < 2; i++) {
		free(own.side[i].json);
		th_side_free(&own.side[i].side);
		th_arena_free(&report[i].arena);
	}
	return code;
}
