/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Approach 1: IPCC 2006 volume 1 chapter 3, equations 3.1 to 3.7 and table 3.2; key categories of chapter 4. */

#include <stdlib.h>

#include "uncertainty/uncertainty.h"

#include "base/transcendental.h"

/* --- sums of terms, to first order: what they share is added before it is squared --- */

static void add_term(const th_model *m, const th_uterm *t, double weight, double *by)
{
	double *common = by + m->variables;
	uint32_t number;
	if (th_index_get(t->factor, &number))
		by[number] += weight * t->mass;
	if (th_index_get(t->common, &number))
		common[number] += weight * t->by_common;
	if (!th_index_get(t->own, &number))
		return;
	const th_variable *v = &m->variable[number];
	by[number] += weight * t->by_own * (th_index_is(v->common) ? sqrt(1 - v->share) : 1);
	if (th_index_get(v->common, &number))
		common[number] += weight * t->by_own * th_spread_deviation(&v->spread) * th_spread_expansion(&v->spread);
}

/* Half-width of what the commons add; they are symmetric. */
static double half_of_commons(const th_model *m, const double *common)
{
	double sum = 0;
	for (size_t k = 0; k < m->commons; k++) {
		double part = 0;
		for (size_t i = k; i < m->commons; i++)
			part += common[i] * m->root[i * m->commons + k];
		sum += part * part;
	}
	return TH_Z95 * sqrt(sum);
}

static void square(th_sides *sum, double coefficient, const th_spread *spread)
{
	double size = fabs(coefficient) * th_spread_expansion(spread), low = size * (coefficient < 0 ? spread->high : spread->low),
	       high = size * (coefficient < 0 ? spread->low : spread->high), larger = fmax(low, high);
	sum->low += low * low;
	sum->high += high * high;
	sum->larger += larger * larger;
}

static th_sides root_of(th_sides squares)
{
	return (th_sides){sqrt(squares.larger), sqrt(squares.low), sqrt(squares.high)};
}

void th_propagate(const th_model *m, const double *weight, uint32_t category, double *scratch, th_propagated *out)
{
	th_propagated sum = {0};
	for (size_t i = 0; i < m->terms; i++) {
		const th_uterm *t = &m->term[i];
		if (weight[t->cell] == 0 || (category != TH_NONE && t->category != category))
			continue;
		sum.total += weight[t->cell] * t->mass;
		add_term(m, t, weight[t->cell], scratch);
	}
	for (size_t i = 0; i < m->variables; i++)
		square(m->is_factor[i] ? &sum.factor : &sum.activity, scratch[i], &m->variable[i].spread);
	double common = half_of_commons(m, scratch + m->variables);
	common *= common;
	sum.activity = (th_sides){sum.activity.larger + common, sum.activity.low + common, sum.activity.high + common};
	sum.both = root_of((th_sides){sum.activity.larger + sum.factor.larger, sum.activity.low + sum.factor.low,
	                              sum.activity.high + sum.factor.high}); /* equation 3.1 */
	sum.activity = root_of(sum.activity);
	sum.factor = root_of(sum.factor);
	*out = sum;
	memset(scratch, 0, (m->variables + m->commons) * sizeof *scratch);
}

/* --- table 3.2 --- */

static double type_a(double base, double current, double all_base, double all_current)
{
	double from = 0.01 * base + all_base;
	return from == 0 ? 0 : fabs((0.01 * current + all_current - from) / from * 100 - (all_current - all_base) / all_base * 100);
}

void th_table_fill(th_row *row, size_t rows, unsigned correlated, th_table32 *out)
{
	double level = 0, trend = 0;
	*out = (th_table32){0};
	for (size_t i = 0; i < rows; i++) {
		out->base += row[i].base;
		out->current += row[i].current;
	}
	for (size_t i = 0; i < rows; i++) {
		th_row *r = &row[i];
		r->combined = th_hypot(r->activity, r->factor);
		double part = out->current == 0 ? 0 : r->combined / 100 * r->current / out->current;
		r->contribution = part * part;
		level += r->contribution;
		if (out->base == 0)
			continue;
		r->sensitivity_a = type_a(r->base, r->current, out->base, out->current);
		r->sensitivity_b = fabs(r->current / out->base);
		r->trend_factor = correlated & TH_YEARS_FACTORS ? r->sensitivity_a * r->factor : r->sensitivity_b * r->factor * sqrt(2);
		r->trend_activity = correlated & TH_YEARS_ACTIVITIES ? r->sensitivity_a * r->activity : r->sensitivity_b * r->activity * sqrt(2);
		r->trend = (r->trend_factor * r->trend_factor + r->trend_activity * r->trend_activity) / 10000;
		trend += r->trend;
	}
	out->half = 100 * sqrt(level);
	out->trend = 100 * sqrt(trend);
}

void th_asymmetric(double half, double *low, double *high)
{
	*low = *high = half;
	if (half <= 50)
		return;
	if (half > 100) {
		double ratio = (-0.720 + 1.0921 * half - 1.63e-3 * half * half + 1.11e-5 * half * half * half) / half;
		half *= ratio * ratio;
	}
	double variance = th_log1p(half * half / 40000), spread = 1.96 * sqrt(variance);
	*low = 100 * (1 - th_exp(-variance / 2 - spread));
	*high = 100 * (th_exp(-variance / 2 + spread) - 1);
}

/* --- key categories --- */

typedef struct ranked {
	double share;
	size_t row;
} ranked;

static int by_share(const void *a, const void *b)
{
	const ranked *x = a, *y = b;
	if (x->share != y->share)
		return x->share > y->share ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Shares of their sum, and which make up `most` of it, from the largest on. */
static void rank(ranked *list, size_t count, double most)
{
	double sum = 0, so_far = 0;
	for (size_t i = 0; i < count; i++)
		sum += list[i].share;
	for (size_t i = 0; i < count; i++)
		list[i].share = sum > 0 ? list[i].share / sum : 0;
	qsort(list, count, sizeof *list, by_share);
	for (size_t i = 0; i < count; i++) {
		bool key = so_far < most && list[i].share > 0;
		so_far += list[i].share;
		list[i].row = list[i].row << 1 | key;
	}
}

static double trend_of(const th_row *r, double base, double current)
{
	if (base == 0)
		return 0;
	if (r->base == 0)
		return fabs(r->current / base); /* equation 4.3 */
	return fabs(r->base) / fabs(base) * fabs((r->current - r->base) / fabs(r->base) - (current - base) / fabs(base)); /* equation 4.2 */
}

bool th_key_categories(const th_row *row, size_t rows, th_key *key)
{
	ranked *list = th_calloc(rows ? rows : 1, sizeof *list);
	double base = 0, current = 0;
	if (!list)
		return false;
	for (size_t i = 0; i < rows; i++) {
		base += row[i].base;
		current += row[i].current;
	}
	for (int what = 0; what < 3 && rows; what++) {
		for (size_t i = 0; i < rows; i++) {
			double level = fabs(row[i].current);
			list[i] = (ranked){what == 0 ? level : what == 1 ? trend_of(&row[i], base, current) : level * row[i].combined, i};
		}
		rank(list, rows, what == 2 ? 0.90 : 0.95);
		for (size_t i = 0; i < rows; i++) {
			th_key *k = &key[list[i].row >> 1];
			bool is = list[i].row & 1;
			*(what == 0 ? &k->level : what == 1 ? &k->trend : &k->level_uncertain) = list[i].share;
			*(what == 0 ? &k->key_level : what == 1 ? &k->key_trend : &k->key_uncertain) = is;
		}
	}
	free(list);
	return true;
}
