/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PLAN_PLANNING_H
#define TH_PLAN_PLANNING_H

/* What the parts of a plan share while it is made. Private to this room. */

#include "check/run.h"
#include "plan/plan.h"

typedef struct th_planning {
	th_case_plan *plan;
	th_checking *s;              /* status, diagnostics, memory of the assessment */
	th_path_activity *activity;  /* what plan->input points to, while it is made */
	th_path_driver *driver;
} th_planning;

/* --- planning.c --- */

/* A caveat with its arguments, texts with a NULL behind the last. */
/* The names of an activity, by its id, in both languages (th_buf_both). */
void th_plan_put_activity(th_planning *p, th_slice id, th_buf *out);
/* The line of the assumptions that says such a thing of an activity, or of all; 1 when none does. Of several growths the impossible one. */
size_t th_plan_assumption_line(th_planning *p, th_assumed kind, th_slice activity);
const char *th_plan_activity_name(th_planning *p, th_slice id);
void th_plan_caveat(th_planning *p, th_code code, const char *file, size_t line, ...) TH_SENTINEL;
/* The same for arguments in a list. */
enum { CAVEAT_ARGS = 9 }; /* as many as {1} to {9} name */
void th_plan_add_caveat(th_planning *p, th_code code, const char *file, size_t line, const th_slice *arg, size_t args);
const char *th_plan_printf(th_planning *p, const char *format, ...) TH_PRINTF(2, 3);
/* Report that an option names a year that the path does not have. */
void th_plan_no_such_year(th_planning *p, const char *option, int year);
void *th_plan_room(th_planning *p, size_t count, size_t size); /* NULL, and reported, without memory */

/* --- tally.c: the inventory by activity and year --- */

typedef struct th_tally {
	th_planning *p;
	size_t last;               /* the cell that was added to last */
	bool any;
	uint64_t order;            /* of the line whose quantity was taken last */
	int year;                  /* and the part of it */
	uint64_t power;            /* of the line whose scope 2 is in `located` */
	th_mass located;           /* what it emits by location, as far as told and not yet put in place of */
} th_tally;
th_status th_plan_hear(void *tally, const th_entry *entry); /* for th_listener.entry */
/* All is told: keep whole years, by activity and year. */
void th_plan_close_tally(th_planning *p);
const th_plan_cell *th_plan_cell_of(const th_case_plan *plan, th_slice activity, int year); /* NULL: none */

/* --- past.c: series and decomposition --- */
void th_plan_read_series(th_planning *p, const th_reference *reference);
void th_plan_trends(th_planning *p);
void th_plan_decompose(th_planning *p);

/* --- assume.c, overrides.c: assumptions.csv and scenarios --- */
void th_plan_assume(th_planning *p);    /* base input: growth, prices, rates */
/* What a scenario changes, as overrides; a name or value that cannot be is reported. */
size_t th_plan_overrides(th_planning *p, const th_params *params, th_path_override *set);

/* --- path_input.c: activities, measures, targets --- */
void th_plan_input(th_planning *p);

/* --- say.c: what the path finds wrong --- */
void th_plan_problems(th_planning *p, const th_path_input *input, const th_path_problem *problem, size_t count, const char *scenario);

/* --- goal.c: the route to what was asked --- */
void th_plan_find_route(th_planning *p);

/* --- budget.c: the amount of `budget=500万元` --- */
bool th_plan_is_budget(const char *route);
bool th_plan_read_budget(th_planning *p, const char *route, th_money *out); /* false, and reported, when it is none */

/* --- route_links.c: what measures require and exclude, and who is responsible --- */
/* By measure of measures.measure, whether one that is not cancelled requires it. NULL without memory, which is reported. */
const bool *th_plan_needed(th_planning *p);
/* Write into the route's problem, `list`, what its measures require and exclude; those that require what has no place there are taken out. */
void th_plan_tie(th_planning *p, th_route_measure *list);
void th_plan_sum_owners(th_planning *p);
/* What a measure costs on the path; NULL: that is not known. */
const th_path_cost *th_plan_cost_of(const th_case_plan *plan, size_t measure);

/* --- follow_up.c --- */
void th_plan_follow_up(th_planning *p);

#endif
