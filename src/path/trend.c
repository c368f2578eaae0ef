/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peak of a series: the C40 test, a test on the slope, the plain maximum. Named cases stand in series.c. */
#include "path/trend.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "base/digits.h"
#include "path/series.h"
#include "path/share.h"
#include "path/slope.h"

enum { MASS_BITS = 100 };

/* --- Theil-Sen --- */

/* The median of y - slope x. */
static double intercept_of(th_slope_work *w, const double *y, double slope)
{
	for (size_t i = 0; i < w->n; i++)
		w->pair[i] = y[i] - slope * w->x[i];
	return gsl_stats_median(w->pair, 1, w->n);
}

static th_trend_error test_slope(const th_point *after, size_t n, const th_peak_rules *rules, th_slope_test *out)
{
	th_slope_work w;
	*out = (th_slope_test){.years = n, .p = 1};
	if (n < 2)
		return TH_TREND_OK;
	th_trend_error error = th_slope_open(&w, after, n, rules);
	if (error != TH_TREND_OK)
		return error;
	out->slope = th_slope_of(&w, w.y);
	double mean = gsl_stats_mean(w.y, 1, n);
	out->percent = mean > 0 ? 100 * out->slope / mean : 0;
	if (n >= (size_t)rules->least_after) {
		out->p = th_slope_p(&w, rules, 0);
		out->verdict = out->slope < 0 && out->p < th_decimal_double(rules->level) ? TH_PEAK_YES : TH_PEAK_NOT;
	}
	th_slope_close(&w);
	return TH_TREND_OK;
}

/* --- the fitted trend --- */

static th_mass mass_of(double kg)
{
	return kg > 0 ? (th_mass)rint(kg * 1e9) : 0;
}

static th_trend_error fit_band(th_slope_work *w, const th_peak_rules *rules, int first, int last, th_mass *fit, th_mass *low, th_mass *high,
                               double *slope)
{
	size_t years = (size_t)(last - first + 1), n = w->n, draws = (size_t)rules->resamples;
	double *rest = th_calloc(n, sizeof *rest), *drawn = th_calloc(years * draws, sizeof *drawn);
	if (!rest || !drawn) {
		free(rest);
		free(drawn);
		return TH_TREND_NO_MEMORY;
	}
	double b = th_slope_of(w, w->y), a = intercept_of(w, w->y, b), tail = th_decimal_double(rules->level) / 2;
	/* Residuals of a fit with two parameters are too small by sqrt((n - 2) / n). */
	for (size_t i = 0; i < n; i++)
		rest[i] = (w->y[i] - a - b * w->x[i]) * sqrt((double)n / (double)(n - 2));
	for (size_t d = 0; d < draws; d++) {
		for (size_t i = 0; i < n; i++)
			w->again[i] = a + b * w->x[i] + rest[th_slope_draw(w, n)];
		double slope_again = th_slope_of(w, w->again), start_again = intercept_of(w, w->again, slope_again);
		for (size_t t = 0; t < years; t++)
			drawn[t * draws + d] = start_again + slope_again * (first + (double)t) + rest[th_slope_draw(w, n)];
	}
	for (size_t t = 0; t < years; t++) {
		gsl_sort(drawn + t * draws, 1, draws);
		fit[t] = mass_of(a + b * (first + (double)t));
		low[t] = mass_of(gsl_stats_quantile_from_sorted_data(drawn + t * draws, 1, draws, tail));
		high[t] = mass_of(gsl_stats_quantile_from_sorted_data(drawn + t * draws, 1, draws, 1 - tail));
		low[t] = low[t] < fit[t] ? low[t] : fit[t];
		high[t] = high[t] > fit[t] ? high[t] : fit[t];
	}
	*slope = b;
	free(rest);
	free(drawn);
	return TH_TREND_OK;
}

static th_trend_error check_points(const th_point *point, size_t count)
{
	if (count > TH_TREND_POINTS)
		return TH_TREND_RANGE;
	for (size_t i = 0; i < count; i++) {
		if (point[i].year < 1 || point[i].year > 9999)
			return TH_TREND_YEAR;
		if (th_magnitude(point[i].mass) >> MASS_BITS != 0)
			return TH_TREND_RANGE;
	}
	return TH_TREND_OK;
}

th_trend_error th_trend_fit(const th_point *point, size_t count, const th_peak_rules *rules, int first, int last, th_mass *fit,
                            th_mass *low, th_mass *high, double *slope)
{
	th_slope_work w;
	th_trend_error error = check_points(point, count);
	if (error != TH_TREND_OK)
		return error;
	for (size_t i = 1; i < count; i++)
		if (point[i].year <= point[i - 1].year)
			return TH_TREND_YEAR;
	if (count < (size_t)rules->least_fit || count < 3)
		return TH_TREND_FEW;
	error = th_slope_open(&w, point, count, rules);
	if (error != TH_TREND_OK)
		return error;
	error = fit_band(&w, rules, first, last, fit, low, high, slope);
	th_slope_close(&w);
	return error;
}

/* --- the C40 test and the plain maximum --- */

static bool test_c40(th_trend *t, size_t peak)
{
	const th_peak_rules *rules = t->rules;
	const th_point *top = &t->point[peak], *last = &t->point[t->points - 1];
	th_c40_criterion *c = t->criterion;
	c[TH_C40_YEARS] = (th_c40_criterion){.observed = (th_mass)t->points, .required = rules->least_years};
	c[TH_C40_BEFORE] = (th_c40_criterion){.observed = last->year - top->year, .required = rules->before_last};
	c[TH_C40_RECENT] = (th_c40_criterion){.observed = t->as_of - last->year, .required = rules->before_as_of};
	c[TH_C40_ABOVE] = (th_c40_criterion){.observed = top->mass};
	/* Of a last year at or below zero no percentage is more: whatever is above it is. */
	c[TH_C40_ABOVE].required = last->mass;
	if (last->mass > 0 && !th_mass_grow(last->mass, rules->above_last, &c[TH_C40_ABOVE].required))
		return false;
	if (last->mass > 0)
		c[TH_C40_ABOVE].percent = 100 * (th_mass_double(top->mass - last->mass) / th_mass_double(last->mass));
	c[TH_C40_YEARS].holds = c[TH_C40_YEARS].observed >= c[TH_C40_YEARS].required;
	c[TH_C40_BEFORE].holds = c[TH_C40_BEFORE].observed > c[TH_C40_BEFORE].required;
	c[TH_C40_RECENT].holds = c[TH_C40_RECENT].observed <= c[TH_C40_RECENT].required;
	c[TH_C40_ABOVE].holds = c[TH_C40_ABOVE].observed > c[TH_C40_ABOVE].required;
	t->c40 = !c[TH_C40_YEARS].holds || !c[TH_C40_RECENT].holds   ? TH_PEAK_UNKNOWN
	         : !c[TH_C40_BEFORE].holds || !c[TH_C40_ABOVE].holds ? TH_PEAK_NOT
	                                                             : TH_PEAK_YES;
	return true;
}

static void find_maximum(th_trend *t, size_t peak)
{
	th_plain_maximum *m = &t->maximum;
	*m = (th_plain_maximum){.year = t->point[peak].year, .mass = t->point[peak].mass};
	for (size_t i = 0; i < t->points; i++)
		if (i != peak && (!m->has_runner_up || t->point[i].mass >= m->runner_up_mass)) {
			m->has_runner_up = true;
			m->runner_up = t->point[i].year;
			m->runner_up_mass = t->point[i].mass;
		}
	m->difference = m->has_runner_up ? m->mass - m->runner_up_mass : 0;
}

/* One point for a year, ascending: in `old` the mass given first, in `now` the one given last. */
static size_t order_points(const th_point *point, size_t count, th_point *now, th_point *old)
{
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		size_t at = n;
		while (at > 0 && now[at - 1].year >= point[i].year)
			at--;
		if (at < n && now[at].year == point[i].year) {
			now[at].mass = point[i].mass;
			continue;
		}
		memmove(now + at + 1, now + at, (n - at) * sizeof *now);
		memmove(old + at + 1, old + at, (n - at) * sizeof *old);
		now[at] = old[at] = point[i];
		n++;
	}
	return n;
}

th_trend_error th_trend_run(const th_point *point, size_t count, int as_of, const th_peak_rules *rules, th_arena *arena, th_trend *out)
{
	*out = (th_trend){.rules = rules};
	if (count == 0)
		return TH_TREND_EMPTY;
	th_trend_error error = check_points(point, count);
	if (error != TH_TREND_OK)
		return error;
	th_point *old = th_arena_alloc(arena, count, sizeof *old);
	out->point = th_arena_alloc(arena, count, sizeof *out->point);
	if (!old || !out->point)
		return TH_TREND_NO_MEMORY;
	size_t n = out->points = order_points(point, count, out->point, old);
	out->as_of = as_of ? as_of : out->point[n - 1].year;
	if (out->as_of < out->point[n - 1].year)
		return TH_TREND_AS_OF;
	size_t peak = th_series_maximum(out->point, n);
	find_maximum(out, peak);
	if (!test_c40(out, peak))
		return TH_TREND_RANGE;
	error = test_slope(out->point + peak + 1, n - peak - 1, rules, &out->slope);
	if (error != TH_TREND_OK)
		return error;
	return th_series_cases(out, old, peak, arena);
}
