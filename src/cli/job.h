/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_JOB_H
#define TH_CLI_JOB_H

/* One job of the command: read the words, open the data, work, write, close. A command declares its options, those that others have too by
 * the rows written once here, and says what it does by a cli_steps; everything between is the same for all. */

#include "case/contents.h"
#include "cli/cli.h"

/* The options about how sure an account is, as given. */
typedef struct cli_uncertainty {
	const char *approach, *trials, *seed, *threads, *correlations, *years;
	th_uncertainty_options options;
	bool wanted; /* with --uncertainty */
	unsigned hands; /* threads */
} cli_uncertainty;

/* --lock. */
typedef struct cli_lock {
	const char *path;         /* NULL: none */
	bool there;               /* the file is, so it decides; else it will be written */
	bool compared;            /* with it, whatever came of that */
	struct th_output *output; /* prepared, to take its place with the report */
} cli_lock;

typedef struct cli_job {
	cli *c;
	cli_option option[CLI_OPTIONS_MOST];
	size_t options;
	/* as given */
	const char *format_name, *output, *ledger, *headers;
	const char *profile, *gwp, *encoding, *gas_condition, *fallback, *rules, *stage, *phase, *accept_holes, *layout, *year_text;
	bool require_evidence;
	int year;
	cli_list factors, units, params, answers, readings;
	cli_list schemes; /* --rules, given several times */
	cli_uncertainty sure;
	cli_lock lock;
	int operands;
	char **operand;
	/* what follows from it */
	size_t format;     /* which of the steps' formats */
	th_lang heads;     /* language of the heads of CSV */
	cli_list named;    /* other files that were named to be read */
	cli_paths paths;
	th_diags *diags;
	th_reference *reference;
	/* what comes of it */
	char *text;        /* the report */
	size_t length;
	const th_footprints *footprints; /* of a footprint, for who explains it */
	th_ledger *rows;   /* the open ledger, when one was asked for */
	bool brief;        /* --brief */
	const th_listener *listener; /* that the command's own work is not for; NULL: none */
	struct cli_anew *anew; /* --lock: what is between an earlier report and this one */
	bool streamed;     /* the work has written the report, as it came */
	int answer;        /* exit status when all went well */
	void *own;         /* the command's */
} cli_job;

typedef struct cli_steps {
	const char *const *formats;            /* names of --format, the default first, a NULL behind the last; NULL: no choice */
	bool (*words)(cli_job *job);           /* do the words fit together? False, and said; NULL: always */
	th_status (*take)(cli_job *job);       /* the operands; NULL: nothing to do. The reference is not open yet */
	th_status (*work)(cli_job *job);       /* makes the report */
	th_status (*put)(cli_job *job);        /* files beside the report, all prepared by the work, take their places; NULL: none */
	void (*drop)(cli_job *job);            /* and what was not put is given up; NULL: nothing */
	void (*release)(cli_job *job);         /* what findings may show the names of; NULL: nothing */
	bool documents;                        /* the formats are those of documents, and the name of the file says which */
	bool names_errors;                     /* a report in JSON of input that cannot be read is the object that says why, in its file too */
	const char *examples;                  /* of --help */
} cli_steps;

/* Run one from the words to the exit status. */
int cli_run(cli_job *job, const cli_steps *steps, int argc, char **argv);

void cli_add(cli_job *job, const cli_option *option, size_t count); /* options.c: rows more */

/* --- case_options.c: the rows of several commands, and what they mean --- */

void cli_add_report(cli_job *job, const cli_value *format, const char *format_en, const char *format_zh); /* --format --output */
/* Of a command that writes documents: without --format the name of the file says which. Formats from `bytes` on are no text and go to no screen. False, and
 * said, where the words do not fit together. */
bool cli_read_document(cli_job *job, const char *const *formats, size_t bytes);
void cli_add_brief(cli_job *job);                                                /* --brief */
/* --table, with a list of the names in its help, and --headers; what the words say of it: false, and said, where they do not fit together. */
void cli_add_table(cli_job *job, const cli_value *tables, const char **name, const char *help_en, const char *help_zh);
bool cli_read_table(const cli_job *job, const char *name, const char *const *tables, size_t *which);
void cli_add_headers(cli_job *job);                                              /* --headers */
void cli_add_factors(cli_job *job);                                              /* --profile --factors --units --gwp */
void cli_add_meaning(cli_job *job);                                              /* --gas-condition --fallback */
void cli_add_stage(cli_job *job);
void cli_add_phase(cli_job *job);                                                /* --stage --phase */
void cli_add_pack(cli_job *job);                                                 /* --params --rules --reading */
void cli_add_packs(cli_job *job);                                                /* the same, --rules several times */
void cli_add_params(cli_job *job);                                               /* --params, of these alone */
void cli_add_proof(cli_job *job);                                                /* --accept-holes --require-evidence */
void cli_add_evidence(cli_job *job);                                             /* --require-evidence, of these alone */
th_status cli_take_answers(cli_job *job);                                        /* answer_lists.c: of a folder the lists in it */
void cli_add_answers(cli_job *job);                                              /* --answers */
void cli_add_case(cli_job *job);                                                 /* factors, --encoding, meaning */

/* A folder or a workbook is a case: its own factors and units as if they had been named; none of its files is written over. `csv`: the
 * report is CSV, and may have been there before. `tell`: nobody else tells what the case holds that is not read. */
th_status cli_take_folder(cli_job *job, const char *folder, bool csv, bool tell, th_case_contents *contents);
/* A file that is named, and all that a case may hold, is no place for an output, whether this job reads it or not. */
th_status cli_guard_operand(const char *path, th_diags *diags);
/* The one operand of check and plan. */
bool cli_one_case(const cli_job *job);
th_status cli_take_case(cli_job *job);
/* The same of a command that wants to know what is in it; the first operand is the case. */
th_status cli_take_contents(cli_job *job, th_case_contents *contents);
/* What people fill in is never written over, whatever stands under the name: TH_USAGE and said so. */
th_status cli_must_be_new(cli_job *job, const char *path);
/* The path of a part of a case if it is there, else NULL. */
const char *cli_own_file(const th_case_contents *contents, th_case_part part);
/* The options of a check; the data must have been found. */
th_status cli_check_options(cli_job *job, th_check_options *options);

/* --- plan_options.c: what plan and report ask of a plan --- */

typedef struct cli_plan {
	const char *actual, *as_of, *between; /* as given */
	cli_list scenarios, series;
	th_plan_options options;
} cli_plan;

void cli_add_plan(cli_job *job, cli_plan *plan); /* --assumptions --scenario --series --as-of --between --route --actual */
bool cli_read_plan(const cli_job *job, cli_plan *plan); /* and the one operand; false when something is wrong, which was said */
th_status cli_take_plan(cli_job *job, const cli_plan *plan);
th_status cli_run_plan(cli_job *job, cli_plan *plan, th_case_plan **out);
void cli_free_plan(cli_plan *plan);

/* --- locked.c: --lock --- */

void cli_add_lock(cli_job *job);
bool cli_read_lock(const cli_job *job); /* false, and said, when it is no name for a lock */
th_status cli_guard_lock(cli_job *job, size_t *claim); /* behind all inputs; *claim is to be released */
/* Is all as the lock says? TH_INVALID, said, and c->refused where it is not; without a lock one is prepared. `account` and `pack` may be NULL. */
th_status cli_locked(cli_job *job, const th_account *account, const th_pack *pack);
th_status cli_locked_after(cli_job *job, th_status status); /* of work that found something wrong: the status to go on with */
th_status cli_put_lock(cli_job *job);                   /* what was prepared takes its place */
void cli_drop_lock(cli_job *job);

/* --- uncertainty_options.c --- */

void cli_add_threads(cli_job *job);
void cli_add_uncertainty(cli_job *job, const char *en, const char *zh, bool correlations);
/* Of --threads; NULL: as many as there are processors. False when it is no number of them, which was said. */
bool cli_read_threads(const cli *c, const char *text, unsigned *threads);
/* False when something is wrong, which was said. */
bool cli_read_uncertainty(cli_job *job);
/* NULL without --uncertainty. The data must have been found. */
const th_uncertainty_options *cli_uncertainty_of(cli_job *job);

#endif
