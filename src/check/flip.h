/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CHECK_FLIP_H
#define TH_CHECK_FLIP_H

/* What would change a requirement: one thing of the case is set to something else, and everything is decided again. For flip*.c alone. */

#include "base/list.h"
#include "check/run.h"

typedef struct th_check_series th_check_series;
struct th_check_stated;

/* One thing that can be set. */
typedef struct th_lever {
	th_flip_kind kind;
	th_flip_scale scale;
	uint32_t at;               /* PARAM, FACT, EVIDENCE: in decl; MEASURE, CANCEL, EFFECT: in measures; FACTOR, ACTIVITY: a part; the SCOPE; MONTHS: in holes */
	bool evidenced;            /* a fact that is set has evidence too */
	th_slice what;
	th_words name;
	th_rule_value now;         /* a number; not known: it is for the case to say */
	const th_unit *unit;       /* of NUMBER */
	bool positive;             /* a number that is above zero: a fact, a number of years */
	th_slice unit_text;
	int32_t day;               /* DAY: as it is */
	const th_factor *factor;
	const th_hole *hole;
	double typical;
	const th_check_series *series; /* MONTHS: the number counts its unit; NULL: t CO2e */
	const struct th_check_stated *stated; /* LINE, NCV, CARBON */
	th_flip_place place;       /* of these */
	double farthest;           /* so many times up or down it is moved; 0: as far as it matters */
	double size;               /* ACTIVITY, SCOPE: which part of the base year it is */
} th_lever;

typedef struct th_setting {
	th_decimal number;
	int32_t day;
	uint32_t option;           /* of a choice; of a bool and of evidence 0 no, 1 yes; a GWP set; a year */
} th_setting;

/* A copy of the case to try settings on. */
typedef struct th_bench {
	th_checking *s;            /* the case as it is */
	th_assessment a;           /* the copy */
	th_checking trial;
	th_arena arena, round;     /* of the copy; of one trial */
	th_rule_measure *handed;
	th_account account;        /* its holes alone are of the copy */
	th_rule_status *now, *status; /* of each requirement: as it is, and in the last trial */
	th_verdict verdict;        /* of the last trial */
	/* What else is set in every trial, and then only this requirement is looked at. */
	const th_lever *given;
	th_setting *given_to;
	size_t givens;
	uint32_t only;
} th_bench;

/* --- flip_parts.c --- */

/* A part of the emissions of the base year or of the year in which the period ends. */
typedef struct th_check_part {
	const th_factor *factor;   /* NULL: none */
	const th_activity *activity;
	const th_gas *gas;
	int scope, year;
	th_bucket bucket;
	bool linear;               /* goes with the value of the factor, in each line */
	th_mass co2e, mass;
	unsigned months;           /* bit m: lines in month m + 1 */
	th_index next;
} th_check_part;

/* t CO2e as a mass; false when it does not fit or has more digits than a mass has. */
TH_MUST_USE bool th_lever_mass(th_decimal tonnes, th_mass *out);

/* None where there are too many. */
const th_check_part *th_check_parts_of(const th_checking *s, size_t *count);
/* What the lines of a series with days missing come to in that year, where each unit of them emits the same; else NULL. */
const th_check_series *th_check_series_of(const th_checking *s, const th_hole *hole, int year);
/* What they amount to, in the unit of the lines. */
double th_check_series_quantity(const th_check_series *series);
/* Emissions of the copy as they are then; false when that cannot be told. */
TH_MUST_USE bool th_bench_set_part(th_bench *b, const th_lever *lever, const th_setting *to);

/* That is the base year of the copy, which had none: what its measures act on. False when that cannot be told. */
TH_MUST_USE bool th_bench_set_base(th_bench *b, int year);

/* The missing days of a series emit that in the base year, and no day of it is missing any more. */
TH_MUST_USE bool th_bench_set_months(th_bench *b, const th_lever *lever, const th_setting *to);

/* --- flip_lines.c: what lines state --- */

/* Something stated on lines: what they emit in the base year and in the year in which the period ends goes with it. */
typedef struct th_check_stated {
	th_flip_kind kind;
	const char *file;
	size_t line;               /* the first that states it */
	uint64_t order;
	th_slice period, site, source, unit, text; /* text: as written */
	const th_activity *activity;
	th_decimal now;
	th_mass co2e[2];
} th_check_stated;

bool th_check_open_lines(th_checking *s, int base, int end); /* years, 0: none; false, and reported, without memory */
th_status th_check_hear_stated(th_checking *s, const th_entry *entry);
TH_MUST_USE bool th_bench_set_stated(th_bench *b, const th_lever *lever, const th_setting *to);
/* One after the other, the largest lines before all that was measured; NULL behind the last, or without memory, which is reported. */
const th_check_stated *th_check_stated_of(th_checking *s, size_t number);

/* co2e x to / from; false when it does not fit */
TH_MUST_USE bool th_bench_scaled(th_mass co2e, th_decimal from, th_decimal to, th_mass *out);
/* Emissions of a year of the copy; of what its measures act on. False when a sum does not fit: what cannot be computed is not tried. */
TH_MUST_USE bool th_bench_change_year(th_bench *b, int year, th_mass change);
TH_MUST_USE bool th_bench_change_activity(th_bench *b, th_slice activity, th_mass change);

/* --- flip_try.c --- */

bool th_bench_open(th_bench *b, th_checking *s); /* false, and reported, without memory */
void th_bench_close(th_bench *b);
/* Decide with that setting; false when a case like that is an error or nothing can be said. */
bool th_bench_try(th_bench *b, const th_lever *lever, const th_setting *setting);

/* What is set beside, for a result; NULL, and reported, without memory. */
const th_flip_given *th_bench_given(th_bench *b);

/* --- flip_open.c: what is undetermined by several things at once --- */

enum { TH_LEVERS = 6 };        /* missing things of one requirement that are tried together */
/* The ends of what is missing, and where each of them turns with the others at their best. */
void th_bench_open_ends(th_bench *b, uint32_t requirement, const th_lever *lever, size_t levers);

/* --- flip_search.c --- */

/* The least that a number can be: nothing, or next to nothing. */
th_decimal th_lever_least(const th_lever *lever);
uint32_t th_lever_options(const th_bench *b, const th_lever *lever); /* of OPTION: how many */
uint32_t th_lever_option(const th_bench *b, const th_lever *lever, uint32_t number);

/* All turns of one lever, added to the assessment. */
void th_lever_search(th_bench *b, const th_lever *lever);

#endif
