/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_AGAIN_H
#define TH_CLI_AGAIN_H

/* A report read, and its job done again by the very command that did it: what verify and explain have in common. */

#include "audit/recorded.h"
#include "cli/job.h"

typedef struct cli_report {
	const char *output;      /* -o of the new text; NULL: standard output */
	const char *format_name; /* as given; NULL: text */
	th_format format;
	int operands;
	char **operand;          /* the report, the case, other places */
	th_arena arena;
	th_recorded recorded;
} cli_report;

/* The rows of --format and --output, for the tables of those commands; its value read, false where it is none, which was said. */
#define CLI_ANSWER(report) \
	{"--format", 'f', &cli_text_or_json, &(report).format_name, NULL, NULL, "text (default) or json", "text（默认）或 json"}, \
	{"--output", 'o', &cli_any_file, &(report).output, NULL, NULL, "write the answer there, as a whole or not at all", "把结果写入文件（出错时不改动原文件）"}
bool cli_read_answer(const cli *c, cli_report *report);

/* Read the words and the report, the first of them. False: *code is the exit status, and all is given back. */
bool cli_open_report(cli *c, const cli_option *option, size_t count, const char *examples, int argc, char **argv, cli_report *report, int *code);
/* The command that makes such a report. */
const cli_command *cli_command_of(const cli *c, th_recorded_kind kind);
/* Do its job again, with its inputs from the operands behind the first `before`; the exit status. The report's
 * arena is the caller's to free. */
int cli_make_again(cli *c, cli_report *report, cli_again *again, int before);
/* Another text in place of the report, and the exit status. The text is the job's from now on. */
void cli_replace(cli_job *job, char *text, size_t length, int answer);

#endif
