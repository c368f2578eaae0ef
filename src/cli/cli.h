/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_H
#define TH_CLI_H

/* The command: the only floor that reads the environment, prints and exits. */

#include <stdbool.h>

#include <tanhe/tanhe.h>

/* An option as a command's table declares it. A value of one word goes to *text; several, to the list. */
typedef struct cli_option {
	const char *name;    /* "--profile" */
	char letter;         /* 'f', or 0 */
	const char *value;   /* what its value is called in --help; NULL: a switch */
	const char **text;
	struct cli_list *list;
	bool *flag;
	const char *help_en, *help_zh;
} cli_option;

typedef struct cli_list {
	const char **item;
	size_t count;
} cli_list;

typedef struct cli {
	th_lang lang;
	const char *data;         /* -D */
	const char *color;        /* auto always never */
	const char *lang_name, *diagnostics;
	bool help;
	const char *program;
} cli;

typedef struct cli_command {
	const char *name, *arguments;
	const char *help_en, *help_zh;
	int (*run)(cli *c, int argc, char **argv);
} cli_command;

extern const cli_command cli_commands[];

/* Parse options anywhere among the arguments; what is not an option is moved to the front of argv, *operands of them. False, with a
 * message on standard error, for an unknown option (names are not abbreviated) or a missing value. A list's items are allocated. */
bool cli_parse(cli *c, const cli_option *option, size_t count, int argc, char **argv, int *operands);
bool cli_usage(const cli *c, const char *what_en, const char *what_zh, const char *found); /* says it; false */
bool cli_unknown_command(const cli *c, const char *found); /* says it, with the nearest name; false */
bool cli_one_of(const cli *c, const char *option, const char *value, const char *const *allowed, size_t *which);

void cli_help_program(const cli *c);
void cli_help_command(const cli *c, const cli_command *command, const cli_option *option, size_t count, const char *examples);

/* Open the reference data: -D, $TANHE_DATA, beside the build tree, the installed folder. On failure everything is printed. */
th_status cli_open_reference(const cli *c, const cli_list *units, const cli_list *factors, th_diags *diags, th_reference **out);

/* Print what was found to standard error; the exit status for it. */
int cli_close(const cli *c, th_diags *diags, th_status status);

int cmd_account(cli *c, int argc, char **argv);
int cmd_factors(cli *c, int argc, char **argv);

#define CLI_COUNT(array) (sizeof(array) / sizeof *(array))

#endif
