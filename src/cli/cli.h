/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_H
#define TH_CLI_H

/* The command: the only floor that reads the environment, prints and exits. main reads what comes before a command and hands over to it
 * (cmd_*); a command says which options it has and what it does; the frame of all of them is in job.h; here is what that rests on. */

#include <stdbool.h>

#include <tanhe/tanhe.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/memory.h"
#include "base/str.h"
#include "io/os.h"

enum { CLI_PATH = 4096, CLI_OTHER_DATA = 1, CLI_OPTIONS_MOST = 40, CLI_GLOBALS = 6 };
#define CLI_COUNT(array) (sizeof(array) / sizeof *(array))

/* Words that stand in the program's own lists, or in the data. */
typedef enum cli_known { CLI_NO_LIST, CLI_GWP_SETS, CLI_KEYS, CLI_PROFILES, CLI_FACTORS, CLI_PACKS, CLI_CATEGORIES, CLI_TARGETS, CLI_READINGS } cli_known;

/* What the value of an option may be, or a word behind a command: one word of a choice, one of a list, a file, or (nothing given) any. */
typedef struct cli_value {
	const char *en, *zh;          /* what --help calls it; NULL: its command's row says it */
	const char *const *choice;    /* NULL behind the last; NULL: none */
	cli_known known;
	const char *ends;             /* of the names of files, apart by blanks; "": any file; "/": folders alone; NULL: no file */
	bool open;                    /* beside the choice, other words */
	bool several;                 /* with commas between */
	const struct cli_value *const *behind; /* of each choice, what the words behind it may be; NULL in it: any */
} cli_value;

extern const cli_value cli_any_file, cli_table_file, cli_csv_file, cli_rows_file, cli_summary_file, cli_workbook, cli_script, cli_earlier, cli_folder, cli_number, cli_year, cli_two_years,
	cli_words, cli_lang_name, cli_heads, cli_when, cli_text_or_json, cli_fallback, cli_approach, cli_correlated, cli_trials, cli_goal, cli_temperature, cli_encoding,
	cli_gwp_set, cli_keys, cli_profile, cli_pack, cli_category, cli_target, cli_reading_of; /* of options: option_values.c */
extern const cli_value cli_inventories, cli_case, cli_recorded, cli_sides, cli_new_case, cli_factor_tasks, cli_rule_tasks, cli_shells; /* behind commands */

/* An option as a command's table declares it. A value of one word goes to *text; several, to the list. */
typedef struct cli_option {
	const char *name;    /* "--profile" */
	char letter;         /* 'f', or 0 */
	const cli_value *value; /* NULL: a switch */
	const char **text;
	struct cli_list *list;
	bool *flag;
	const char *help_en, *help_zh;
} cli_option;

/* The options of a command, for whoever writes them otherwise than --help does. */
typedef struct cli_told {
	cli_option option[CLI_OPTIONS_MOST];
	size_t options;
} cli_told;

typedef struct cli_list {
	const char **item;
	size_t count;
} cli_list;

/* Paths put together by cli_join, freed all at once. */
typedef struct cli_paths {
	th_arena arena;
} cli_paths;

struct cli_job;
/* What a command that does another one's work again (verify, explain, diff) wants of that job. */
typedef struct cli_again {
	th_listener listener;     /* told of each line and gas; entry NULL: nobody */
	const char *report;       /* that is read: no output may take its place */
	const char *folder;       /* the case that was named; NULL: none */
	const char *beside;       /* another file that will be written; NULL: none */
	const char *user_folder;  /* of parameters, in place of the user's own; NULL: none */
	th_status (*see)(struct cli_job *job, void *context); /* the report is made: another text may take its place, and job->answer is the exit status */
	void *context;
} cli_again;

typedef struct cli {
	th_lang lang;
	const char *data;         /* -D; behind cli_find_data the folder of the reference data */
	char beside[CLI_PATH];    /* what it may point to */
	char image[CLI_PATH];     /* where the program's own image of them would be; empty where that is not known */
	const char *color;        /* auto always never */
	const char *lang_name, *diagnostics;
	bool help;
	cli_told *told;           /* not NULL: with help, a command tells its options there and prints nothing */
	const char *program;
	const struct cli_command *commands; /* all there are; the last one has no name */
	const struct cli_command *command; /* the one that runs */
	const cli_again *again;   /* NULL: for itself */
	th_diags *usage;          /* not NULL: the report is JSON for standard output, and what is wrong with the words is kept for the object that
	                           * then stands there instead */
	bool refused;             /* --lock: the data are others than those that were locked; there is no result, and the exit status is 1 */
	bool silent;              /* what is found is said to nobody: a job within another one, which goes on without it */
	bool named_errors;        /* there is none, and the file that it would have been written to names the errors */
	bool answered;            /* a report is on its way there */
	const char *folder;       /* the case, for that object */
	char *failure;            /* that object, of a job that found something wrong */
	size_t failure_length;
	char *said;               /* what cli_ready has written of the findings, and of how many */
	size_t said_count;
} cli;

/* A row of main's table. */
typedef struct cli_command {
	const char *name, *arguments, *arguments_zh;
	const char *help_en, *help_zh;
	int (*run)(cli *c, int argc, char **argv);
	const cli_value *operand; /* what stands behind it */
} cli_command;

int cmd_account(cli *c, int argc, char **argv);
int cmd_batch(cli *c, int argc, char **argv);
int cmd_check(cli *c, int argc, char **argv);
int cmd_completion(cli *c, int argc, char **argv);
int cmd_diff(cli *c, int argc, char **argv);
int cmd_event(cli *c, int argc, char **argv);
int cmd_explain(cli *c, int argc, char **argv);
int cmd_factors(cli *c, int argc, char **argv);
int cmd_footprint(cli *c, int argc, char **argv);
int cmd_init(cli *c, int argc, char **argv);
int cmd_layout(cli *c, int argc, char **argv);
int cmd_plan(cli *c, int argc, char **argv);
int cmd_report(cli *c, int argc, char **argv);
int cmd_rules(cli *c, int argc, char **argv);
int cmd_verify(cli *c, int argc, char **argv);
int cmd_help(cli *c, int argc, char **argv); /* of a word that is no command */
int cli_version(cli *c); /* the exit status of --version */

th_reading cli_reading(void); /* what the environment says of it: reading.c */

/* --- options.c --- */

/* Parse options anywhere among the arguments; what is not an option is moved to the front of argv, *operands of them. False, with a
 * message on standard error, for an unknown option (names are not abbreviated) or a missing value. A list's items are allocated. */
bool cli_parse(cli *c, const cli_option *option, size_t count, int argc, char **argv, int *operands);
bool cli_usage(const cli *c, const char *what_en, const char *what_zh, const char *found); /* says it; false */
/* The same where what was found is told in words too. */
bool cli_usage_both(const cli *c, const char *what_en, const char *found_en, const char *what_zh, const char *found_zh);
/* The same with a name that may have been meant; empty: none. */
bool cli_usage_near(const cli *c, const char *what_en, const char *what_zh, const char *found, th_slice near);
bool cli_unknown_command(const cli *c, const char *found); /* says it, with the nearest name; false */
const char *cli_tried_command(const char *word); /* the command that a word people try stands for; NULL: none */
/* False, and said, where text would stand under the name of a workbook or a document, which no office program then opens. NULL: true. */
bool cli_no_office_file(const cli *c, const char *path);
/* False, and said, where a list has a comma that is none. */
bool cli_no_changed_comma(const cli *c, const char *value);
/* The last value of an option among words that nobody has read: what a command line says that may be wrong elsewhere. NULL: none. */
const char *cli_value_among(int argc, char **argv, const char *name, char letter);
bool cli_one_of(const cli *c, const char *option, const char *value, const char *const *allowed, size_t *which);

bool cli_no_year(const cli *c, const char *option, const char *text); /* says that it is none, and what was meant; false */
bool cli_read_year(const cli *c, const char *text, int *year); /* of --year; NULL: 0 */

/* --- paths.c: false or NULL without memory --- */

bool cli_append(cli_list *list, const char *item);
const char *cli_join(cli_paths *paths, const char *folder, const char *name);
void cli_paths_free(cli_paths *paths);
/* The same name, or the same regular file under two names. */
bool cli_same_file(const char *a, const char *b);
/* What a name leads to ("-": something special); what cannot be looked at is reported. */
th_status cli_look(const char *path, th_diags *diags, th_file_kind *kind);

/* --- params_file.c --- */

/* Where the user keeps parameters of rule packs: tanhe/params in $XDG_CONFIG_HOME or ~/.config; NULL when neither is set or
 * there is no memory, which *status tells. */
const char *cli_params_folder(cli_paths *paths, th_status *status);

/* --- data.c --- */

/* Find the folder of the reference data: -D, $TANHE_DATA, beside the build tree, the installed one. False when there are none in c->data. */
bool cli_find_data(cli *c);
/* Open them. */
th_status cli_open_data(const cli *c, th_diags *diags, th_reference **out);

/* --- help.c --- */

/* What may stand before a command and behind it: CLI_GLOBALS rows. */
void cli_global_options(cli *c, cli_option option[CLI_GLOBALS]);
void cli_help_program(cli *c);
void cli_help_command(const cli *c, const cli_option *option, size_t count, const char *examples);

/* --- findings.c --- */

bool cli_as_json(const cli *c);
/* Before a result is written: what was found is put into words now, so that nothing behind the result can lack memory. */
th_status cli_ready(cli *c, const th_diags *diags);
/* What stands for a report in JSON when there is none (failure.c): kept in c->failure, of all that was found and is wrong with the words. Nothing
 * when the report is no JSON or goes elsewhere, or without memory. */
void cli_fail(cli *c, th_diags *diags, int status);
/* Before the words are read, and at the very end. */
void cli_expect_json(cli *c, int argc, char **argv);
void cli_put_failure(cli *c, int status);
/* Print what was found to standard error; the exit status for it. When memory ran out nothing is printed: main says that alone. */
int cli_close(cli *c, th_diags *diags, th_status status);

#endif
