/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_UNCERTAINTY_UNCERTAINTY_H
#define TH_UNCERTAINTY_UNCERTAINTY_H

/* How sure an account is: IPCC 2006 volume 1 chapter 3, Approach 1 (error propagation) and Approach 2 (Monte Carlo).
 *
 * Lines are collected into terms that share their draws, so memory does not grow with the inventory. A term is
 *     (fixed + by_common C + by_own V) F
 * in kg CO2e: V is the activity data of the lines of one activity and factor, C what they have in common with others (only where
 * correlations are declared), F the factor. A factor is one variable, however many lines use it. */

#include <tanhe/uncertainty.h>

#include "account/account.h"
#include "case/correlation.h"
#include "reference/default.h"

/* --- draws.c: how an input spreads --- */

#define TH_Z95 1.959963984540054 /* the 97.5 % point of the standard normal distribution */

typedef enum th_shape { TH_SHAPE_EXACT, TH_SHAPE_NORMAL, TH_SHAPE_LOGNORMAL, TH_SHAPE_TRIANGULAR, TH_SHAPE_UNIFORM, TH_SHAPES } th_shape;
extern const char *const th_shape_names[TH_SHAPES]; /* exact normal lognormal triangular uniform */

/* The value of an input over the value that was used. */
typedef struct th_spread {
	th_shape shape;
	bool cut;          /* drawn again while negative */
	double low, high;  /* the 95 % interval as stated is 1 - low to 1 + high */
	double a, b, c;    /* normal: mean a, standard deviation b; lognormal: mean and standard deviation of its logarithm; triangular: from a
	                    * to c with mode b; uniform: from a to b */
} th_spread;

/* The distribution for a 95 % interval. `named` TH_SHAPES: none was named. Then it is normal where the interval is symmetric and the
 * standard deviation at most 30 % of the mean (2006 V1 3.2.2.4), else lognormal.
 *   normal       mean 1; the larger side is 1.96 standard deviations; drawn again while negative where zero is less than 6 of them away
 *   lognormal    symmetric: mean 1 and the standard deviation low/1.96; asymmetric: the stated limits are its 2.5 % and 97.5 % points, or
 *                where the lower one is not above zero, its median is 1 and the upper limit its 97.5 % point
 *   triangular   mode 1; the limits are its 2.5 % and 97.5 % points
 *   uniform      the limits are its 2.5 % and 97.5 % points */
th_spread th_spread_fit(th_shape named, double low, double high);
th_spread th_spread_standard(void); /* mean 0, standard deviation 1: `low` and `high` are 1.96 */
double th_spread_deviation(const th_spread *spread); /* standard deviation over mean, as stated: the larger side / 1.96 */

/* Approach 1 combines standard uncertainties and states 1.96 times the combined one (GUM 4.3.7: a rectangle of half-width a has a/sqrt 3):
 * by what the sides of a stated interval are multiplied to be 1.96 standard deviations. 1 for a normal and for a lognormal. */
double th_spread_expansion(const th_spread *spread);

/* --- montecarlo.c and collapse.c: Approach 2 --- */

typedef struct th_variable {
	th_spread spread;
	th_index common;   /* its normal score is C[common] + sqrt(1 - share) x one of its own; none: all its own */
	double share;      /* the variance of that C */
} th_variable;

typedef struct th_uterm {
	uint32_t cell, category;
	double mass;       /* in kg: what it is worth at the values that were used */
	double fixed, by_common, by_own;
	th_index common, own, factor; /* in common[], variable[], variable[]; or none */
} th_uterm;

enum { TH_BLOCK = 512 };   /* trials that are drawn together */
enum { TH_AUTO_ROUND = 20 * TH_BLOCK, TH_AUTO_ROUNDS_LEAST = 5, TH_TRIALS_MOST = 1000000 };
#define TH_GENERATOR "Philox4x32-10"

typedef struct th_model {
	th_variable *variable;
	size_t variables;
	bool *is_factor;   /* by variable; th_propagate keeps factors and activity data apart */
	th_uterm *term;
	size_t terms;
	double *root;      /* commons x commons: lower triangular, root root' is their covariance */
	size_t commons;
	size_t cells;
	double *share;     /* targets x cells: what a cell adds to a target, -1 0 1 */
	size_t targets;
} th_model;

typedef struct th_simulation {
	double **value;    /* by target: of each trial, in kg, in the order of the trials */
	size_t trials;
	bool settled;      /* --trials auto: the stopping rule was met */
	size_t draws;      /* numbers that a trial takes */
} th_simulation;

/* Run. trials 0: rounds of 10,240, five or more, until the mean, standard deviation and both limits of target 0 are known to two digits of
 * the standard deviation (JCGM 101:2008 7.9.4), at most 1,000,000 trials. The numbers are those of seed, variable and block, so they do not depend on
 * how many threads there are, nor on the instructions that `cpu` lets them take. Free with th_simulation_free. */
TH_MUST_USE th_status th_simulate(const th_model *model, size_t trials, uint64_t seed, unsigned threads, th_cpu cpu, th_simulation *out);
void th_simulation_free(th_simulation *simulation, size_t targets);

/* Terms that are sums of independent normals, or products of lognormals, become one term: the same distribution with fewer draws. */
TH_MUST_USE bool th_model_collapse(th_model *model, th_arena *arena);

/* The lower triangular root of a covariance of n variables, in place; false when no numbers can have it. */
TH_MUST_USE bool th_root(double *matrix, size_t n);

/* Of `count` numbers. */
double th_mean(const double *value, size_t count);
double th_deviation(const double *value, size_t count, double mean);

/* Mean, standard deviation, and the 2.5 % and 97.5 % points; false without memory. */
TH_MUST_USE bool th_summarise(const double *value, size_t count, th_range *out);

/* --- propagate.c: Approach 1 --- */

/* Half-widths of a sum by equation 3.2, absolute: the larger side of each input, and both sides apart; activity data, factors, and both. */
typedef struct th_sides {
	double larger, low, high;
} th_sides;
typedef struct th_propagated {
	double total;
	th_sides activity, factor, both;
} th_propagated;

/* Over the terms for which weight[cell] (with `category` not TH_NONE: only its terms) is not zero. `scratch` has variables + commons zeros and
 * is left so. */
void th_propagate(const th_model *model, const double *weight, uint32_t category, double *scratch, th_propagated *out);

/* A row of table 3.2. Percent; C and D in kg. */
typedef struct th_row {
	double base, current;               /* C D */
	double activity, factor;            /* E F */
	double combined, contribution;      /* G H, H as a fraction squared like the table's */
	double sensitivity_a, sensitivity_b;/* I J */
	double trend_factor, trend_activity, trend; /* K L, M as a fraction squared */
} th_row;
typedef struct th_table32 {
	double base, current;               /* sums of C and D */
	double half;                        /* root of the sum of H, percent */
	double trend;                       /* root of the sum of M, percentage points */
} th_table32;

/* Fill G to M from C to F. `correlated`: TH_YEARS_FACTORS, TH_YEARS_ACTIVITIES, both or none. Without a base year (their C all zero) I to M stay 0. */
enum { TH_YEARS_FACTORS = 1, TH_YEARS_ACTIVITIES = 2 };
void th_table_fill(th_row *row, size_t rows, unsigned correlated, th_table32 *out);

/* Limits for a half-width in percent of the mean, in percent below and above it: half itself up to 50 %; beyond that corrected (equations 3.3
 * and 3.4, above 100 %) and lognormal (3.5 to 3.7). */
void th_asymmetric(double half, double *low, double *high);

/* Key categories (V1 ch 4): equation 4.1 level, 4.2 and 4.3 trend, 4.4 level weighted by uncertainty. */
typedef struct th_key {
	double level, trend, level_uncertain; /* shares of their sums */
	bool key_level, key_trend, key_uncertain; /* among those that make up 95, 95 and 90 % */
} th_key;
TH_MUST_USE bool th_key_categories(const th_row *row, size_t rows, th_key *key);

/* --- collect.c: of an account --- */

typedef struct th_category {
	th_slice activity, name_zh, name_en;
	int scope;
	const th_gas *gas;
	th_row row;
	th_key key;
	th_sides side;       /* of the latest year, in percent: of both inputs */
	bool activity_known, factor_known; /* for all of its mass */
} th_category;

typedef struct th_result {
	th_total total;
	int year;            /* 0: all years of the account */
	double value;        /* kg */
	th_propagated propagated;
	th_range approach1, approach2;
} th_result;

typedef struct th_default_use {
	const th_default *row;
	size_t lines;
	double mass;
} th_default_use;

struct th_uncertainty {
	th_arena arena;
	th_uncertainty_options options;
	th_defaults defaults;
	th_correlations correlations;
	th_category *category; /* by D, the largest first */
	size_t categories;
	th_table32 table;
	int base_year, year;   /* base_year 0: one year only */
	th_result *result;     /* totals of the account, then of each year if it has several */
	size_t results;
	th_range change1, change2; /* of gross emissions from base_year to year, percent */
	double change;
	th_simulation simulation; /* value[] by result; no trials in Approach 1 */
	double both_known, one_known, none_known; /* gross, absolute, kg: by what has an uncertainty */
	size_t own_lines, lines; /* lines with an uncertainty of their own, all */
	th_default_use *use;   /* in the order of the file */
	size_t uses;
	size_t cut, asymmetric, large, merged; /* inputs: truncated at zero; asymmetric; above 30 %; lines whose draws were merged */
	size_t variables, terms, draws; /* before they were collapsed, and what is drawn in a trial after */
	bool differ;           /* the approaches disagree (JCGM 101:2008 8.1) */
};

typedef struct th_collector th_collector;

/* Read the data that the options name; the collector takes the entries of a run, and gives the result. */
TH_MUST_USE th_status th_collector_new(const th_reference *reference, const th_uncertainty_options *options, th_diags *diags, th_collector **out);
TH_MUST_USE th_status th_collector_entry(void *collector, const th_entry *entry);
TH_MUST_USE th_status th_collector_finish(th_collector *collector, th_uncertainty **out);
void th_collector_free(th_collector *collector);
void th_uncertainty_free(th_uncertainty *uncertainty);

/* model.c: the change from one row of trials to another, percent; false without memory. */
TH_MUST_USE bool th_change_range(const double *from, const double *to, size_t trials, th_range *out);

/* --- attach.c --- */

/* What is known of an account; NULL: it was not asked for. */
const th_uncertainty *th_uncertainty_of(const th_account *account);
/* th_uncertainty_run for somebody who has read options->case_file already (th_account_run_facts). */
TH_MUST_USE th_status th_uncertainty_run_facts(const th_reference *reference, const th_account_options *options, const struct th_facts *facts,
                                               const th_uncertainty_options *uncertainty, th_diags *diags, th_account **out);

#endif
