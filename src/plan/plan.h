/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PLAN_H
#define TH_PLAN_H

/* What a plan holds when it is done; reports show it, nothing is left to compute. */

#include <tanhe/plan.h>

#include "case/delivered.h"
#include "case/yearly.h"
#include "check/check.h"
#include "path/lmdi.h"
#include "path/path.h"

/* What the inventory says of one activity in one whole year. */
typedef struct th_plan_cell {
	th_slice activity;         /* id */
	int year;
	th_mass gross, removals, credits, fossil, non_fossil; /* energy in 1e-9 kg of standard coal */
	th_mass by_contract;       /* what contracts and certificates make of its location-based emissions: the difference */
	th_mass given_out;         /* emissions of what is given out, where the profile takes them off */
	th_mass quantity;          /* in 1e-9 of the base units of `unit` */
	th_unit unit;
	bool counted;              /* a quantity was added */
	bool uncountable;          /* a line's quantity is of another kind */
	bool large;                /* a sum does not fit */
} th_plan_cell;

typedef struct th_plan_series {
	th_slice name;             /* empty: the inventory's total */
	const char *file;
	th_slice source;
	th_point *point;           /* as given */
	size_t points;
	th_trend trend;
	bool has_terms;            /* output and energy are given in both years */
	int from, to;
	th_lmdi_terms terms;       /* by output, energy per output, emissions per energy */
} th_plan_series;

/* A row of the inventory's decomposition. */
typedef struct th_plan_term {
	th_slice activity;
	bool divided;              /* else only `change` is known */
	th_lmdi_terms terms;       /* activity: quantity; factor: emissions per quantity; intensity is 0 */
} th_plan_term;

typedef struct th_plan_lmdi {
	bool done;
	int from, to;
	th_plan_term *row;
	size_t rows;
	th_lmdi_terms sum;         /* of the divided rows; change: of all */
	th_mass undivided;         /* of the others */
} th_plan_lmdi;

/* What a row of assumptions is of: its name, or what stands there before a dot. */
typedef enum th_assumed {
	TH_ASSUMED_GROWTH, TH_ASSUMED_PRICE, TH_ASSUMED_DISCOUNT, TH_ASSUMED_LAST_YEAR, TH_ASSUMED_BAU, TH_ASSUMED_THRESHOLD, TH_ASSUMED_MEASURE, TH_ASSUMEDS
} th_assumed;
extern const char *const th_assumed_names[TH_ASSUMEDS]; /* growth price discount_rate last_year bau recalculation_threshold measure */
th_assumed th_assumed_of(th_slice name); /* TH_ASSUMEDS: none of them */

typedef struct th_plan_assumption {
	const th_param_row *row;
	bool used;
} th_plan_assumption;

typedef struct th_plan_scenario {
	const char *path;
	th_params params;
	th_path_input input;
	th_path result;
} th_plan_scenario;

typedef enum th_plan_goal { TH_GOAL_NONE, TH_GOAL_THRESHOLD, TH_GOAL_PHASE, TH_GOAL_BUDGET } th_plan_goal;

/* Which reduction the threshold asks for, by the reading in force. */
typedef enum th_plan_counted { TH_COUNTED_ANNUAL, TH_COUNTED_CUMULATIVE, TH_COUNTED_ELSE } th_plan_counted;

/* A measure that has no place in a route because one that it requires has none. */
typedef struct th_plan_unfit {
	size_t measure, required;  /* in measures.measure */
} th_plan_unfit;

/* What a route asks of one who is responsible (责任单位), and gives; sums of the chosen measures. */
typedef struct th_plan_owner {
	th_slice owner;            /* as written; empty: nobody is named */
	size_t measures, unpriced; /* unpriced: decided ones whose cost is not known, which is in none of the sums */
	th_money capex;            /* once */
	th_money cost, benefit;    /* a year: capital, and what running it costs; what it saves and earns */
	th_mass saving;            /* with the overlap, so that the owners' sums are that of the route */
} th_plan_owner;

typedef struct th_plan_route {
	th_plan_goal goal;
	size_t target;             /* TH_GOAL_PHASE: in path.target */
	int year;
	bool computed;
	th_slice *missing;         /* not computed: what would tell, names of the pack or of files */
	size_t missings;
	bool no_threshold;         /* the rules ask no reduction of this category */
	th_mass need;
	th_route_problem problem;
	th_plan_counted counted;   /* TH_GOAL_THRESHOLD */
	size_t *which;             /* measure i of the problem is which[i] of measures.measure */
	th_money budget;           /* TH_GOAL_BUDGET */
	th_route found;
	th_plan_unfit *unfit;
	size_t unfits;
	th_plan_owner *owner;      /* in the order of measures.csv; none where nothing was found */
	size_t owners;
} th_plan_route;

typedef struct th_plan_follow {
	bool asked, computed;      /* not computed: there is no whole year of data, or no path */
	int year;
	th_follow result;
	const th_delivered_row **evidence; /* by measure of the path; NULL: none */
} th_plan_follow;

struct th_case_plan {
	th_arena arena;
	th_assessment *a;          /* owned */
	const char *data;
	th_plan_options options;
	th_peak_rules rules;
	th_params assumptions;
	const char *assumptions_path;
	bool has_assumptions;
	th_delivered delivered;
	const char *delivered_path;
	bool has_delivered;
	th_plan_cell *cell;        /* by activity, then year */
	size_t cells;
	th_plan_series *series;    /* the inventory's first, where it has whole years */
	size_t series_count;
	th_yearly *yearly;         /* the files of the others */
	size_t yearlys;
	th_plan_lmdi lmdi;
	bool has_base;             /* input is filled */
	bool has_bau;              /* business as usual is known: the years of the path, gaps and net zero count */
	bool has_discount;         /* costs count */
	bool trend_bau;
	const th_param_row *restate_row; /* from what change on the base year is stated anew; NULL: nobody says */
	th_decimal restate_percent;  /* of its gross emissions */
	th_path_input input;
	th_unit *price_unit;       /* of input.price[i] */
	size_t *measure_of;        /* measures.measure of input.measure[i] */
	size_t *target_of;         /* likewise, in targets.target */
	const th_intensity_value **driver_of; /* likewise, in account->intensity */
	th_path path;              /* with has_base */
	th_plan_scenario *scenario;
	size_t scenarios;
	th_plan_route route;
	th_plan_follow follow;
	th_check_caveat *caveat;
	size_t caveats;
};

/* With follow.computed: whether the year is on all target lines; OPEN where one of them is not known and the others are kept. */
th_plan_answer th_plan_on_line(const th_case_plan *plan);

/* The way from an activity's id to its record; NULL for one that only a line declared. */
const th_activity *th_plan_activity(const th_case_plan *plan, th_slice id);

#endif
