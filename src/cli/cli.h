/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_H
#define TH_CLI_H

/* The command: the only floor that reads the environment, prints and exits. */

#include <stdbool.h>

#include <tanhe/tanhe.h>

#include "base/memory.h"
<<<<<<< HEAD
#include "case/folder.h"
=======
#include "io/os.h"
>>>>>>> f9721e4 (tests: system calls fail at thousands of points, signals end the run, another run comes in between)

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

/* Paths put together by cli_join, freed all at once. */
typedef struct cli_paths {
	char **item;
	size_t count;
} cli_paths;

typedef struct cli {
	th_lang lang;
	const char *data;         /* -D */
	const char *color;        /* auto always never */
	const char *lang_name, *diagnostics;
	bool help;
	const char *program;
	char *said;               /* what cli_ready has written of the findings, and of how many */
	size_t said_count;
} cli;

typedef struct cli_command {
	const char *name, *arguments;
	const char *help_en, *help_zh;
	int (*run)(cli *c, int argc, char **argv);
} cli_command;

extern const cli_command cli_commands[];
const cli_command *cli_find_command(const char *name); /* NULL: no such command */

/* Parse options anywhere among the arguments; what is not an option is moved to the front of argv, *operands of them. False, with a
 * message on standard error, for an unknown option (names are not abbreviated) or a missing value. A list's items are allocated. */
bool cli_parse(cli *c, const cli_option *option, size_t count, int argc, char **argv, int *operands);
bool cli_usage(const cli *c, const char *what_en, const char *what_zh, const char *found); /* says it; false */
bool cli_unknown_command(const cli *c, const char *found); /* says it, with the nearest name; false */
bool cli_one_of(const cli *c, const char *option, const char *value, const char *const *allowed, size_t *which);

/* case.c: false or NULL without memory. */
bool cli_append(cli_list *list, const char *item);
const char *cli_join(cli_paths *paths, const char *folder, const char *name);
const char *cli_part(cli_paths *paths, const char *folder, th_case_part part); /* a file of a case's folder */
void cli_paths_free(cli_paths *paths);
/* The factors.csv and units.csv of a case folder, where they are there, as if they had been named. */
bool cli_take_own(cli_paths *paths, const char *folder, cli_list *factors, cli_list *units);

/* uncertainty.c: the options about how sure an account is, as given. */
typedef struct cli_uncertainty {
	const char *approach, *trials, *seed, *threads, *correlations, *years;
	th_uncertainty_options options;
} cli_uncertainty;
/* *out is words->options, or NULL without --uncertainty; false when something is wrong, which was said. */
bool cli_read_uncertainty(const cli *c, cli_uncertainty *words, const th_uncertainty_options **out);

void cli_help_program(const cli *c);
int cli_version(const cli *c); /* cmd_version.c: the exit status */
void cli_help_command(const cli *c, const cli_command *command, const cli_option *option, size_t count, const char *examples);

/* Open the reference data: -D, $TANHE_DATA, beside the build tree, the installed folder. On failure everything is printed. */
th_status cli_open_reference(const cli *c, const cli_list *units, const cli_list *factors, th_diags *diags, th_reference **out);

/* The data folder that cli_open_reference takes. */
const char *cli_data(const cli *c);

/* Before a result is written: what was found is put into words now, so that nothing behind the result can lack memory. */
th_status cli_ready(cli *c, const th_diags *diags);

/* Print what was found to standard error; the exit status for it. When memory ran out nothing is printed: main says that alone. */
int cli_close(cli *c, th_diags *diags, th_status status);

/* The same name, or the same regular file under two names. */
bool cli_same_file(const char *a, const char *b);

/* What a name leads to ("-": something special); what cannot be looked at is reported. */
th_status cli_look(const char *path, th_diags *diags, th_file_kind *kind);

/* Enter the files that a case folder has or may have into the job's list, whether this command reads them or not. */
th_status cli_guard_case(cli_paths *paths, const char *folder, th_diags *diags);

/* Enter what was named as input into the job's list and ask whether the outputs may be written, before the work and not after. */
th_status cli_guard(const char *output, const char *ledger, const cli_list *const *inputs, size_t lists, th_diags *diags);

/* True, and said, when `output` is a CSV file that lies in the case folder already. */
bool cli_clashes_folder(const cli *c, const char *output, const char *folder);

int cmd_account(cli *c, int argc, char **argv);
int cmd_check(cli *c, int argc, char **argv);
int cmd_factors(cli *c, int argc, char **argv);
int cmd_plan(cli *c, int argc, char **argv);
int cmd_rules(cli *c, int argc, char **argv);
/* params_file.c. Where the user keeps parameters of rule packs: tanhe/params in $XDG_CONFIG_HOME or ~/.config; NULL when neither is set or
 * there is no memory, which *status tells. */
const char *cli_params_folder(cli_paths *paths, th_status *status);

#define CLI_COUNT(array) (sizeof(array) / sizeof *(array))

#endif
