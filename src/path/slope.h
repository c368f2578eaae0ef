/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_SLOPE_H
#define TH_PATH_SLOPE_H

/* The slope of a few years and whether it is there at all: Theil-Sen (Theil 1950; Sen 1968) and its permutation test. */

#include "path/trend.h"

/* What a slope and its orders need. */
typedef struct th_slope_work {
	size_t n;
	double *x, *y, *again; /* n each: years, values, and values in another order */
	double *pair;          /* n (n - 1) / 2 */
	void *rng;             /* a gsl_rng */
} th_slope_work;

/* The years and values of n points, in kg, and the generator that the rules name; TH_TREND_GENERATOR or TH_TREND_NO_MEMORY otherwise. GSL's
 * error handler is switched off. */
TH_MUST_USE th_trend_error th_slope_open(th_slope_work *w, const th_point *point, size_t n, const th_peak_rules *rules);
void th_slope_close(th_slope_work *w);

/* A number below n, drawn. */
size_t th_slope_draw(th_slope_work *w, size_t n);

void th_slope_library(th_buf *out); /* name and version of the one that is used */

/* The median of the slopes of all pairs of years, of values y. Theil 1950; Sen 1968. n > 1. */
double th_slope_of(th_slope_work *w, const double *y);

/* The one-sided p of the slope of w->y: the share of the orders of its values that fall at least as steeply. Every order counts alike when
 * there is no trend. Up to rules->all_orders years all n! orders are looked at, the given one among them; beyond, rules->orders
 * of them, drawn, and p = (1 + hits) / (1 + orders). `enough` above 0 (for simulations): stop once p is known to be at least that. */
double th_slope_p(th_slope_work *w, const th_peak_rules *rules, double enough);

#endif
