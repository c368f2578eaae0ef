/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_PLAN_H
#define TANHE_PLAN_H

/* The way of a case: has it peaked, why did it change, business as usual, measures, targets, costs, follow-up. */

#include <tanhe/check.h>

typedef struct th_case_plan th_case_plan;

typedef struct th_plan_options {
	th_check_options assess;     /* the case, as th_check_run reads it */
	const char *assumptions;      /* param,value,unit,source; NULL: assumptions.csv of the case where there is one */
	const char *const *scenario;  /* files in the same form; each is a plan of its own beside the first */
	size_t scenarios;
	const char *const *series;    /* further series of yearly emissions to be tested for a peak */
	size_t series_count;
	/* The cheapest measures for `threshold` or for a phase of targets.csv, or those that reduce most for `budget=500万元`; NULL: not asked. */
	const char *route;
	int actual;                   /* the year to set against the path; 0: none */
	int as_of;                    /* the year in which the peak test is asked; 0: the last data year */
	int from, to;                 /* the years to decompose; 0: the first and the last whole one */
} th_plan_options;

/* Read, compute, compare. Arguments and statuses as for th_check_run; the options' strings must outlive the plan. Whatever an input
 * does not say is not computed, and the plan's caveats tell so. */
TH_PUBLIC TH_MUST_USE th_status th_plan_run(const th_reference *reference, const char *data, const th_plan_options *options,
                                            th_diags *diags, th_case_plan **out);
TH_PUBLIC void th_plan_free(th_case_plan *plan);

/* What was asked by `route` and `actual`: reached (or nothing asked), not reached or behind, not to be told from what is given. */
typedef enum th_plan_answer { TH_PLAN_YES, TH_PLAN_NO, TH_PLAN_OPEN } th_plan_answer;
TH_PUBLIC th_plan_answer th_plan_answer_of(const th_case_plan *plan);

#endif
