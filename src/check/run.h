/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CHECK_RUN_H
#define TH_CHECK_RUN_H

/* What the parts of an assessment share while it is made. For this room, and for src/plan, which goes on where an assessment ends. */

#include "case/answer.h"
#include "check/check.h"

typedef struct th_checking {
	th_assessment *a;
	const th_check_options *options;
	th_diags *diags;
	th_status status;          /* the worst so far */
	th_answers *answers;       /* by options->answers; NULL: not read */
	bool whole;                /* a case is decided, not only its parameters read */
	th_unit kilogram;          /* kg CO2e */
	th_unit coal, kilowatt_hour, month; /* kgce, kWh, month */
	struct th_check_tally **tally; /* by year, while the account is heard; NULL: not met */
	const th_energy *power;    /* standard coal of power by calorific value, once years are heard; NULL: the data have none */
	uint64_t order;            /* of the line heard last */
	int year;                  /* and of the part of it */
	uint64_t coal_order;       /* the same of energy, which lines have that emit nothing */
	int coal_year;
	uint64_t class_order;      /* of the line of which a class was told last */
	th_check_class *class_now; /* and its class; NULL: none */
	struct { const char *file; size_t line; th_slice source; } unclassed; /* the first line of no class */
	struct th_check_act *act;  /* activities of measures, in the base year */
	size_t acts;
	int base_year;             /* 0: not given */
	struct th_check_lines *lines; /* the largest of them, and what was measured on lines */
	struct th_check_parts *parts; /* of the emissions of the years that count */
} th_checking;

/* --- run.c --- */

void th_check_worse(th_checking *s, th_status status);
/* What was read of a file. */
void th_check_note_file(th_check_file *file, th_status status, const char *encoding, const char *sha256, size_t rows);
bool th_check_no_memory(th_checking *s); /* report it; always false */
/* A table with errors, those beyond so many: nothing that rests on what they are about is decided, all else is. The status without them. */
TH_MUST_USE th_status th_check_excuse(th_checking *s, th_check_file *file, size_t errors_before, th_status status);
/* A NUL-terminated copy in the assessment's arena; "" without memory. */
const char *th_check_text(th_checking *s, th_slice text);
const char *th_check_both(th_checking *s, th_slice en, th_slice zh); /* for findings, in both languages (th_buf_both) */
const char *th_check_day(th_checking *s, int32_t day); /* YYYY-MM-DD, likewise */
/* What a buffer holds, as th_check_text; the buffer is freed. */
const char *th_check_built(th_checking *s, th_buf *buf);

/* Report that a sum of the emissions of lines does not fit, at that line; for listeners. */
TH_MUST_USE th_status th_check_too_large(th_checking *s, const th_entry *entry);

/* A part of the case, and how it is called there; the names live as long as the diagnostics. */
const char *th_check_path(th_checking *s, th_case_part part);
const char *th_check_part_name(const th_checking *s, th_case_part part);

/* Is there anything under that name? Nothing of the job is written there, whether or not. */
bool th_check_there(th_checking *s, const char *path);
/* The same of a part of a case. */
bool th_check_has(th_checking *s, const th_case_contents *contents, th_case_part part);

/* Add a caveat of the case; its arguments are texts that live as long as the assessment, a NULL behind the last. */
enum { TH_CHECK_ARGS = 9 /* as many as {1} to {9} name */ };
void th_check_add_caveat(th_checking *s, th_code code, const char *file, size_t line, const th_slice *list, size_t args);
void th_check_say(th_checking *s, th_code code, const char *file, size_t line, ...);

/* The value of a fact by its id; unknown when the pack has no such fact. */
th_rule_value th_check_fact(const th_assessment *a, const char *id);

/* --- answers.c: lists that came back filled in --- */

/* What they say of facts goes into the facts, and what they say of parameters waits in s->answers. */
void th_check_read_answers(th_checking *s);

/* --- papers.c: the evidence that facts name --- */

void th_check_find_papers(th_checking *s);

/* --- tables.c: what a line that is added has to fit --- */

void th_check_look_tables(th_checking *s);

/* --- params.c --- */

/* Read all files of parameters and hand the values to the inputs. */
void th_check_read_params(th_checking *s);
/* Is it a number of years (of time), and so above zero? */
bool th_check_counts_years(const th_assessment *a, const th_rule_decl *decl);

/* --- values.c: what the account and the tables say, under the names that the pack declares --- */

/* Report declarations of computed values that are not offered, or not as that; they stay unknown. */
void th_check_check_computed(th_checking *s);
void th_check_compute(th_checking *s);

/* --- acts.c: what the base year emits by the activities of measures --- */

bool th_check_open_acts(th_checking *s); /* false, and reported, without memory */
th_status th_check_hear_act(void *checking, const th_entry *entry); /* for th_listener.entry */
void th_check_close_acts(th_checking *s, bool whole); /* all is told: the base year is whole, or nothing is known */

/* --- count.c: what each measure counts --- */

void th_check_count(th_checking *s); /* reports a reduction above the emissions it acts on */
/* Does it state a reduction of emissions that is to come? */
bool th_check_counts(const th_check_measure *measure);
bool th_check_is_open(const th_check_range *range);
/* All measures together: their annual amounts at the end of the period, or the cumulative ones. False when it does not fit. */
bool th_check_sum(const th_assessment *a, bool cumulative, th_check_range *sum);
/* Do the measures surely take more away in a year than there is in that one (NULL: it is not known)? *sum: what they take. */
bool th_check_is_over(const th_assessment *a, const th_check_year *year, th_check_range *sum);

/* --- years.c --- */

/* The months of one year that a period touches: bit m is month m + 1. */
unsigned th_check_months_of(const th_period *period, int year);
bool th_check_open_years(th_checking *s); /* false, and reported, without memory */
th_status th_check_hear(void *checking, const th_entry *entry); /* for th_listener.entry */
bool th_check_close_years(th_checking *s); /* all is told: the years of the account; as above */
/* That year of the account; NULL when it has none. */
const th_check_year *th_check_year_of(const th_assessment *a, int year);
/* The same, and lines in all of its months and none that reaches over its ends. */
const th_check_year *th_check_whole_year(const th_assessment *a, int year);
/* How many are whole, and the last of them (NULL: there is none); of a phase that was named (`until`) none behind it. */
size_t th_check_whole_years(const th_assessment *a, const th_check_year **last);
/* What the series with days missing carry in a year, or in all of them (0). False when it does not fit. */
bool th_check_sum_holes(const th_assessment *a, int year, th_mass *sum);

/* --- outcome.c, tasks.c: how it turned out --- */

/* The phase that was asked for, by its name in the table of targets: `until`. False, and reported, where there is none. */
bool th_check_choose_phase(th_checking *s);
void th_check_follow_targets(th_checking *s, const th_check_year *base); /* base: the base year, whole; NULL: it is not known */
void th_check_follow_tasks(th_checking *s);

/* --- classes.c: emission classes, by the source of the lines --- */

bool th_check_open_classes(th_checking *s); /* false, and reported, without memory */
th_status th_check_hear_class(void *checking, const th_entry *entry); /* for th_listener.entry; of packs with classes */
void th_check_say_classes(th_checking *s); /* lines of no class */

/* --- offsets.c --- */

void th_check_read_offsets(th_checking *s, th_check_file *file);
void th_check_say_offsets(th_checking *s); /* of those that are retired for somebody else */

/* --- odds.c --- */

/* How sure the limits are, where the account was asked how sure it is. */
void th_check_weigh_odds(th_checking *s);

/* --- flip.c: what would change a requirement --- */

void th_check_find_flips(th_checking *s);
bool th_check_open_parts(th_checking *s); /* flip_parts.c; false, and reported, without memory */
th_status th_check_hear_part(void *checking, const th_entry *entry); /* for th_listener.entry */

/* --- caveats.c: what does not fit together --- */

void th_check_cross_check(th_checking *s);

/* --- doubts.c: what was filled in and hardly can be --- */

void th_check_doubt(th_checking *s);
/* Targets that say their amount and what is less than in the base year (NULL: no account of it): errors of the file where these contradict each other. */
void th_check_compare_targets(th_checking *s, th_check_file *file, const th_check_year *base);

/* --- links.c: measures that count against what they say of each other --- */

void th_check_say_links(th_checking *s);

#endif
