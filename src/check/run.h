/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ASSESS_RUN_H
#define TH_ASSESS_RUN_H

/* What the parts of an assessment share while it is made. Private to src/assess. */

#include "check/check.h"

typedef struct th_assess {
	th_assessment *a;
	const th_assess_options *options;
	th_diags *diags;
	th_status status;          /* the worst so far */
	th_unit kilogram;          /* kg CO2e */
} th_assess;

void th_assess_worse(th_assess *s, th_status status);
bool th_assess_no_memory(th_assess *s); /* report it; always false */
/* A NUL-terminated copy in the assessment's arena; "" without memory. */
const char *th_assess_text(th_assess *s, th_slice text);
/* What a buffer holds, as th_assess_text; the buffer is freed. */
const char *th_assess_built(th_assess *s, th_buf *buf);

/* A file of the case's folder; its name lives as long as the diagnostics. */
const char *th_assess_path(th_assess *s, const char *name);

/* Is there anything under that name? */
bool th_assess_there(const char *path);

/* --- params.c --- */

/* Read all files of parameters and hand the values to the inputs. */
void th_assess_read_params(th_assess *s);

/* --- values.c: what the account and the tables say, under the names that the pack declares --- */

/* Report declarations of computed values that are not offered, or not as that; they stay unknown. */
void th_assess_check_computed(th_assess *s);
void th_assess_compute(th_assess *s);
/* The value of a fact by its id; unknown when the pack has no such fact. */
th_rule_value th_assess_fact(const th_assessment *a, const char *id);
/* Does it state a reduction of emissions? Removals and credits are none. */
bool th_assess_counts(const th_measure *measure);
/* A year's reduction by the measures in effect on a day; false when one of them is not dated or none states a reduction. */
bool th_assess_annual(const th_assessment *a, int32_t day, th_mass *out);

/* --- years.c --- */

/* The years of the account, from its groups. False, and reported, without memory. */
bool th_assess_years(th_assess *s);
/* That year of the account; NULL when it has none. */
const th_assess_year *th_assess_year_of(const th_assessment *a, int year);
/* The same, and lines in all of its months and none that reaches over its ends. */
const th_assess_year *th_assess_whole_year(const th_assessment *a, int year);

/* --- odds.c --- */

/* How sure the limits are, where the account was asked how sure it is. */
void th_assess_weigh_odds(th_assess *s);

/* --- caveats.c: what does not fit together --- */

void th_assess_cross_check(th_assess *s);

#endif
