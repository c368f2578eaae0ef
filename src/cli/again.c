/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/again.h"

#include <stdlib.h>
#include <string.h>

#include "io/guard.h"

bool cli_read_answer(const cli *c, cli_report *report)
{
	size_t which = 0;
	if (report->format_name && !cli_one_of(c, "--format", report->format_name, cli_text_or_json.choice, &which))
		return false;
	report->format = which ? TH_FORMAT_JSON : TH_FORMAT_TEXT;
	return cli_no_office_file(c, report->output);
}

static bool read_words(cli *c, const cli_option *option, size_t count, int argc, char **argv, cli_report *report)
{
	report->operand = argv;
	if (!cli_parse(c, option, count, argc, argv, &report->operands))
		return false;
	return report->operands > 0 ? cli_read_answer(c, report)
	                            : cli_usage(c, "no report", "缺少报告", c->command->name);
}

bool cli_open_report(cli *c, const cli_option *option, size_t count, const char *examples, int argc, char **argv, cli_report *report, int *code)
{
	*code = TH_OK;
	if (c->help) {
		cli_help_command(c, option, count, examples);
		return false;
	}
	if (!read_words(c, option, count, argc, argv, report)) {
		*code = TH_USAGE;
		return false;
	}
	th_diags *diags = th_diags_new();
	if (!diags) {
		*code = TH_SYSTEM;
		return false;
	}
	th_status status = th_recorded_open(report->operand[0], &report->arena, diags, &report->recorded);
	*code = cli_close(c, diags, status);
	if (status == TH_OK)
		return true;
	th_arena_free(&report->arena);
	return false;
}

const cli_command *cli_command_of(const cli *c, th_recorded_kind kind)
{
	const cli_command *command = c->commands;
	while (strcmp(command->name, th_recorded_commands[kind]) != 0)
		command++;
	return command;
}

/* The words of the command line that it would be, behind the command's name. NULL without memory. */
static char **words_of(cli_report *report, const th_recorded_words *again)
{
	const char *const more[] = {"--format=json", "--output", report->output};
	size_t extra = report->output ? 3 : 1;
	char **word = th_arena_alloc(&report->arena, again->count + extra, sizeof *word);
	bool kept = word != NULL;
	if (kept && again->count)
		memcpy(word, again->word, again->count * sizeof *word);
	for (size_t i = 0; i < extra && kept; i++)
		kept = (word[again->count + i] = (char *)th_arena_copy(&report->arena, th_slice_of(more[i])).ptr) != NULL;
	return kept ? word : NULL;
}

/* The operand that is a folder or a workbook, and so a case; NULL: none. */
static const char *case_of(const cli_report *report, int before)
{
	th_file_about about;
	const char *first = report->operands > before ? report->operand[before] : NULL;
	bool folder = first && th_os_look(first, &about) == 0 && about.kind == TH_FILE_FOLDER;
	return folder || (first && th_case_is_workbook(first)) ? first : NULL;
}

int cli_make_again(cli *c, cli_report *report, cli_again *again, int before)
{
	th_recorded_words words;
	th_diags *diags = th_diags_new();
	int code = TH_SYSTEM;
	if (diags) {
		th_status status = th_recorded_again(&report->recorded, (const char *const *)report->operand + before, (size_t)(report->operands - before),
		                                     &report->arena, diags, &words);
		code = cli_close(c, diags, status);
		char **word = status == TH_OK ? words_of(report, &words) : NULL;
		if (status == TH_OK && !word)
			code = TH_SYSTEM;
		if (word) {
			again->user_folder = words.user_folder;
			again->report = report->recorded.path;
			again->folder = case_of(report, before);
			c->again = again;
			code = cli_command_of(c, report->recorded.kind)->run(c, (int)words.count + (report->output ? 3 : 1), word);
		}
	}
	return code;
}

void cli_replace(cli_job *job, char *text, size_t length, int answer)
{
	free(job->text);
	job->text = text;
	job->length = length;
	job->answer = answer;
}
