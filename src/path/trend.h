/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_TREND_H
#define TH_PATH_TREND_H

/* Has a series of yearly emissions peaked? Three answers side by side, each with its reasons, and the cases in which a reader
 * should not trust any of them at once. Years need not be consecutive. Pure calculation; the thresholds come with th_peak_rules. */

#include "base/decimal.h"
#include "reference/peak.h"

enum { TH_TREND_POINTS = 500 };

typedef struct th_point {
	int year;
	th_mass mass;
} th_point;

typedef enum th_trend_error {
	TH_TREND_OK,
	TH_TREND_NO_MEMORY,
	TH_TREND_EMPTY,      /* no point */
	TH_TREND_YEAR,       /* a year outside 1..9999 */
	TH_TREND_RANGE,      /* a mass beyond 2^100, or more than TH_TREND_POINTS points */
	TH_TREND_AS_OF,      /* the year of asking lies before the last data year */
	TH_TREND_GENERATOR,  /* no generator of that name is known */
	TH_TREND_FEW         /* th_trend_fit: fewer than rules->least_fit years */
} th_trend_error;

typedef enum th_peak_verdict { TH_PEAK_UNKNOWN, TH_PEAK_NOT, TH_PEAK_YES } th_peak_verdict;

/* --- 1. the C40 test --- */

typedef enum th_c40 {
	TH_C40_YEARS,   /* enough years of data */
	TH_C40_BEFORE,  /* the peak lies long enough before the last year */
	TH_C40_RECENT,  /* the last year is recent enough */
	TH_C40_ABOVE,   /* the peak lies far enough above the last year */
	TH_C40_CRITERIA
} th_c40;

/* One criterion. For the first three, observed and required are years: observed >= required for YEARS, > for BEFORE, <= for
 * RECENT. For ABOVE they are masses: the peak, and the mass that it must exceed; `percent` says how far above the last the peak
 * lies (0 when the last year is zero: then any peak is above). */
typedef struct th_c40_criterion {
	bool holds;
	th_mass observed, required;
	double percent;
} th_c40_criterion;

/* --- 2. the statistical test --- */

/* Theil-Sen slope of the years after the maximum (the maximum itself would make any series fall). p: the share of the orders of those years'
 * values with as steep a fall; without a trend every order is as likely (slope.h). A series of independent years without a trend is called
 * peaked in less than rules->level of the cases; one whose years hang together more often (rules->false_dependent).
 * YES: p below the level. NOT: otherwise. UNKNOWN: fewer years after the maximum than rules->least_after. */
typedef struct th_slope_test {
	th_peak_verdict verdict;
	size_t years;            /* after the maximum */
	double slope;            /* kg a year; computed from two years on, else 0 */
	double percent;          /* of the mean of those years */
	double p;                /* only with YES or NOT, else 1 */
} th_slope_test;

/* --- 3. the plain maximum --- */

typedef struct th_plain_maximum {
	int year;                /* among equals the latest */
	th_mass mass;
	bool has_runner_up;      /* the second largest year; false for a single one */
	int runner_up;
	th_mass runner_up_mass, difference;
} th_plain_maximum;

/* --- named cases --- */

typedef enum th_trend_case_kind {
	TH_CASE_FEW_YEARS,       /* fewer years than the C40 test asks */
	TH_CASE_LAST_MAXIMUM,    /* the maximum is the last year: still rising */
	TH_CASE_ONE_LOWER_YEAR,  /* the last year is the only one after the maximum: one dip is no peak; year = last, other = maximum */
	TH_CASE_FIRST_MAXIMUM,   /* the maximum is the first year: the peak may lie before the data */
	TH_CASE_PLATEAU,         /* the years from `year` to `other` stand within rules->near of the maximum; one of them is the maximum */
	TH_CASE_DOUBLE_PEAK,     /* `other`, another local maximum apart from the plateau, is within rules->near of the maximum `year` */
	TH_CASE_LOCAL_MAXIMUM,   /* `year` looked like a peak and was exceeded in `other`, the first later year above it */
	TH_CASE_DIP,             /* `year` is lower than both its neighbours by more than rules->near */
	TH_CASE_GAP,             /* no data between `year` and `other` */
	TH_CASE_REVISED,         /* `year` was given more than once: mass holds, before_mass was given first */
	TH_CASE_REVISED_PEAK,    /* with the values given first the maximum would be in `other`, not in `year` */
	TH_CASE_KINDS
} th_trend_case_kind;

typedef struct th_trend_case {
	th_trend_case_kind kind;
	int year, other;                 /* 0: none */
	th_mass mass, before_mass;
} th_trend_case;

typedef struct th_trend {
	const th_peak_rules *rules;
	th_point *point;                 /* one for a year, ascending; of several for a year the last one given */
	size_t points;
	int as_of;
	th_peak_verdict c40;             /* UNKNOWN when YEARS or RECENT fails, else NOT when BEFORE or ABOVE fails, else YES */
	th_c40_criterion criterion[TH_C40_CRITERIA];
	th_slope_test slope;
	th_plain_maximum maximum;
	th_trend_case *list;             /* by kind, then year */
	size_t cases;
} th_trend;

/* All of it. Several points of one year are revisions in the order given. as_of 0: the last data year. What it allocates, and the
 * result's lists, are the arena's; `rules` must outlive the result. GSL's error handler is switched off. */
TH_MUST_USE th_trend_error th_trend_run(const th_point *point, size_t count, int as_of, const th_peak_rules *rules, th_arena *arena,
                                        th_trend *out);

/* The fitted trend of a series (Theil-Sen slope, median intercept), in kg, for the years from first to last, with a prediction band
 * (residual bootstrap; coverage 1 - rules->level). Values below zero are cut to zero. `point` ascending, one a year; fit, low and
 * high have last - first + 1 places. */
TH_MUST_USE th_trend_error th_trend_fit(const th_point *point, size_t count, const th_peak_rules *rules, int first, int last, th_mass *fit,
                                        th_mass *low, th_mass *high, double *slope);

#endif
