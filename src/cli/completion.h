/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_COMPLETION_H
#define TH_CLI_COMPLETION_H

/* What a shell completes: the commands of main's table, the options that each tells, the words that their values may be, files by the ends of
 * their names. cmd_completion.c gathers it, a function for each shell writes it in that shell's language. Only words of plain characters are offered, so that
 * nothing that stands in data is read as a command. */

#include "cli/job.h"
#include "reference/reference.h"
#include "rules/rules.h"

typedef struct cli_completion {
	const cli_command *command; /* the last one has no name */
	const cli_told *told;       /* of each command */
	cli_option global[CLI_GLOBALS];
	const th_reference *reference;
	th_pack **packs;
	size_t pack_count;
} cli_completion;

/* --- completion.c --- */

/* The words that a value may be, a blank behind each; false: there are none. */
bool cli_put_words(const cli_completion *k, const cli_value *value, th_buf *out);
/* Text within single quotes of a shell, in which each of the characters of `marks` has a backslash before it. */
void cli_put_quoted(const char *text, const char *marks, th_buf *out);

void cli_put_bash(const cli_completion *k, th_buf *out);
void cli_put_zsh(const cli_completion *k, th_buf *out);
void cli_put_fish(const cli_completion *k, th_buf *out);

#endif
