/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "path/slope.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_version.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

void th_slope_close(th_slope_work *w)
{
	if (w->rng)
		gsl_rng_free(w->rng);
	free(w->x);
	free(w->pair);
}

/* GSL ends the process on an error unless told not to: that is the process's, so one thread does it, once. */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void prepare_gsl(void)
{
	gsl_set_error_handler_off();
}

th_trend_error th_slope_open(th_slope_work *w, const th_point *point, size_t n, const th_peak_rules *rules)
{
	*w = (th_slope_work){.n = n};
	if (pthread_once(&once, prepare_gsl) != 0 || !th_slice_eq(th_slice_of(gsl_rng_mt19937->name), rules->generator))
		return TH_TREND_GENERATOR;
	w->x = th_calloc(n ? 3 * n : 1, sizeof *w->x);
	w->pair = th_calloc(n > 1 ? n * (n - 1) / 2 : 1, sizeof *w->pair);
	w->rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (!w->rng)
		th_memory_miss(1);
	if (!w->x || !w->pair || !w->rng) {
		th_slope_close(w);
		return TH_TREND_NO_MEMORY;
	}
	w->y = w->x + n;
	w->again = w->x + 2 * n;
	gsl_rng_set(w->rng, rules->seed);
	for (size_t i = 0; i < n; i++) {
		w->x[i] = point[i].year;
		w->y[i] = th_mass_double(point[i].mass);
	}
	return TH_TREND_OK;
}

size_t th_slope_draw(th_slope_work *w, size_t n)
{
	return (size_t)gsl_rng_uniform_int(w->rng, (unsigned long)n);
}

double th_slope_of(th_slope_work *w, const double *y)
{
	size_t pairs = 0;
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = i + 1; k < w->n; k++)
			w->pair[pairs++] = (y[k] - y[i]) / (w->x[k] - w->x[i]);
	return gsl_stats_median(w->pair, 1, pairs);
}

/* --- the permutation test: Fisher 1935; Pitman 1937 --- */

/* Orders of the values, counted by whether their slope is at most `limit`. The slope is the median of the pairs' slopes, so that the number of
 * pairs at or below the limit decides, but where the two middle ones stand on both its sides. */
typedef struct order_count {
	th_slope_work *w;
	double limit;          /* the slope that was found, and a rounding error above it: equal falls count as equal */
	size_t pairs;
	uint64_t hits, orders, most; /* most > 0: so many hits are enough */
} order_count;

/* w->again[at] against all before it: how many pairs are at or below the limit. */
static size_t pairs_below(const order_count *c, size_t at)
{
	const double *x = c->w->x, *y = c->w->again;
	size_t below = 0;
	for (size_t i = 0; i < at; i++)
		below += y[at] - y[i] <= c->limit * (x[at] - x[i]);
	return below;
}

/* The middle of an even number of slopes, half of which are at or below the limit. */
static bool middle_below(const order_count *c)
{
	const double *x = c->w->x, *y = c->w->again;
	double low = -INFINITY, high = INFINITY;
	for (size_t k = 1; k < c->w->n; k++)
		for (size_t i = 0; i < k; i++) {
			double slope = (y[k] - y[i]) / (x[k] - x[i]);
			if (y[k] - y[i] <= c->limit * (x[k] - x[i]))
				low = slope > low ? slope : low;
			else
				high = slope < high ? slope : high;
		}
	return (low + high) / 2 <= c->limit;
}

static bool is_hit(const order_count *c, size_t below)
{
	return 2 * below == c->pairs ? middle_below(c) : 2 * below > c->pairs;
}

static bool has_enough(const order_count *c)
{
	return c->most && c->hits >= c->most;
}

static uint64_t factorial(size_t n)
{
	return n < 2 ? 1 : n * factorial(n - 1);
}

/* All orders that begin with the first `placed` values, of whose pairs `below` are at or below the limit. Pairs still to come may already be
 * unable to change the answer. The depth is the number of years, at most rules->all_orders. */
static void count_orders(order_count *c, size_t placed, size_t below)
{
	size_t n = c->w->n, to_come = c->pairs - placed * (placed - 1) / 2;
	double *y = c->w->again;
	if (has_enough(c) || 2 * (below + to_come) < c->pairs)
		return;
	if (2 * below > c->pairs || placed == n) {
		c->hits += 2 * below > c->pairs ? factorial(n - placed) : is_hit(c, below);
		return;
	}
	for (size_t i = placed; i < n; i++) {
		double swap = y[i];
		y[i] = y[placed];
		y[placed] = swap;
		count_orders(c, placed + 1, below + pairs_below(c, placed));
		y[placed] = y[i];
		y[i] = swap;
	}
}

static void draw_orders(order_count *c)
{
	double *y = c->w->again;
	for (uint64_t drawn = 0; drawn < c->orders && !has_enough(c); drawn++) {
		size_t below = 0;
		for (size_t i = 0; i < c->w->n; i++) { /* Fisher and Yates, from the inside out; earlier orders do not show in it */
			size_t other = i + th_slope_draw(c->w, c->w->n - i);
			double swap = y[i];
			y[i] = y[other];
			y[other] = swap;
			below += pairs_below(c, i);
		}
		c->hits += is_hit(c, below);
	}
}

double th_slope_p(th_slope_work *w, const th_peak_rules *rules, double enough)
{
	double slope = th_slope_of(w, w->y), largest = 0;
	for (size_t i = 0; i < w->n; i++) {
		w->again[i] = w->y[i];
		largest = fabs(w->y[i]) > largest ? fabs(w->y[i]) : largest;
	}
	order_count c = {.w = w, .limit = slope + 1e-13 * largest, .pairs = w->n * (w->n - 1) / 2};
	bool all = w->n <= (size_t)rules->all_orders;
	c.orders = all ? factorial(w->n) : (uint64_t)rules->orders;
	c.most = (uint64_t)(enough * (double)c.orders) + (enough > 0);
	if (all)
		count_orders(&c, 0, 0);
	else
		draw_orders(&c);
	return all ? (double)c.hits / (double)c.orders : (1.0 + (double)c.hits) / (1.0 + (double)c.orders);
}

void th_slope_library(th_buf *out)
{
	th_buf_printf(out, "GSL %s", gsl_version);
}
