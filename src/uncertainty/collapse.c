/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The model before it is drawn, and the draws afterwards: what is exact is not drawn, and what was drawn becomes limits. */

#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "uncertainty/uncertainty.h"

#include "base/transcendental.h"

bool th_root(double *matrix, size_t n)
{
	static const double NOTHING = 1e-12; /* of rounding */
	for (size_t j = 0; j < n; j++) {
		double left = matrix[j * n + j];
		for (size_t k = 0; k < j; k++)
			left -= matrix[j * n + k] * matrix[j * n + k];
		if (left < -NOTHING)
			return false;
		double root = left > NOTHING ? sqrt(left) : 0;
		matrix[j * n + j] = root;
		for (size_t i = j + 1; i < n; i++) {
			double rest = matrix[i * n + j];
			for (size_t k = 0; k < j; k++)
				rest -= matrix[i * n + k] * matrix[j * n + k];
			if (root == 0 && fabs(rest) > 1e-6)
				return false;
			matrix[i * n + j] = root == 0 ? 0 : rest / root;
			matrix[j * n + i] = 0;
		}
	}
	return true;
}

/* Hyndman and Fan's definition 7: linear between the numbers, of which the two are looked for. */
static double quantile(double *value, size_t count, double p)
{
	double at = p * (double)(count - 1);
	size_t low = (size_t)at;
	double first = gsl_stats_select(value, 1, count, low); /* nothing behind it is smaller */
	if (low + 1 >= count)
		return first;
	return first + (at - (double)low) * (gsl_stats_min(value + low + 1, 1, count - low - 1) - first);
}

double th_mean(const double *value, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += value[i] - value[0];
	return count ? value[0] + sum / (double)count : 0;
}

double th_deviation(const double *value, size_t count, double mean)
{
	double square = 0;
	for (size_t i = 0; i < count; i++)
		square += (value[i] - mean) * (value[i] - mean);
	return count > 1 ? sqrt(square / (double)(count - 1)) : 0;
}

bool th_summarise(const double *value, size_t count, th_range *out)
{
	double *copy = th_malloc((count ? count : 1) * sizeof *copy);
	*out = (th_range){0};
	if (!copy)
		return false;
	if (count) {
		memcpy(copy, value, count * sizeof *copy);
		out->mean = th_mean(value, count);
		out->sd = th_deviation(value, count, out->mean);
		out->low = quantile(copy, count, 0.025);
		out->high = quantile(copy, count, 0.975);
	}
	free(copy);
	return true;
}

/* --- collapsing --- */

/* Terms whose activity part is a normal of their own, or none, add up where they share cell and factor. */
static bool merges(const th_model *m, const uint32_t *uses, const th_uterm *t)
{
	uint32_t own;
	if (th_index_is(t->common))
		return false;
	if (!th_index_get(t->own, &own))
		return true;
	const th_variable *v = &m->variable[own];
	return uses[own] == 1 && !th_index_is(v->common) && v->spread.shape == TH_SHAPE_NORMAL && !v->spread.cut;
}

static int by_place(const void *a, const void *b)
{
	const th_uterm *x = a, *y = b;
	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	uint32_t f = th_index_number(x->factor), g = th_index_number(y->factor); /* none behind all */
	if (f != g)
		return f < g ? -1 : 1;
	return (x->category > y->category) - (x->category < y->category); /* here the place in the list: qsort need not be stable */
}

static void simplify(th_model *m, const uint32_t *uses, th_uterm *t)
{
	uint32_t number;
	if (!th_index_get(t->factor, &number) || uses[number] != 1 || th_index_is(m->variable[number].common) || th_index_is(t->common))
		return;
	th_spread *factor = &m->variable[number].spread;
	const th_variable *v = TH_AT(m->variable, t->own);
	if (!v && factor->shape == TH_SHAPE_NORMAL && !factor->cut) { /* fixed x N(a, b) */
		t->by_own = t->fixed * factor->b;
		t->fixed *= factor->a;
		t->own = t->factor;
		t->factor = (th_index){0};
		*factor = th_spread_standard();
	} else if (v && t->fixed == 0 && uses[v - m->variable] == 1 && factor->shape == TH_SHAPE_LOGNORMAL && !th_index_is(v->common) &&
	           v->spread.shape == TH_SHAPE_LOGNORMAL) {
		const th_spread *own = &v->spread; /* a product of lognormals */
		factor->a += own->a;
		factor->b = th_hypot(factor->b, own->b);
		t->fixed = t->by_own;
		t->by_own = 0;
		t->own = (th_index){0};
	}
}

bool th_model_collapse(th_model *m, th_arena *arena)
{
	size_t n = m->terms, kept = 0, moved = 0;
	uint32_t *uses = th_arena_alloc(arena, m->variables ? m->variables : 1, sizeof *uses);
	th_uterm *merge = th_arena_alloc(arena, n ? n : 1, sizeof *merge), *rest = th_arena_alloc(arena, n ? n : 1, sizeof *rest);
	if (!uses || !merge || !rest)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint32_t number;
		if (th_index_get(m->term[i].own, &number))
			uses[number]++;
		if (th_index_get(m->term[i].factor, &number))
			uses[number]++;
	}
	for (size_t i = 0; i < n; i++) {
		th_uterm t = m->term[i];
		simplify(m, uses, &t);
		if (merges(m, uses, &t)) {
			t.category = (uint32_t)i;
			merge[moved++] = t;
		} else
			rest[kept++] = t;
	}
	if (moved)
		qsort(merge, moved, sizeof *merge, by_place);
	for (size_t i = 0, k; i < moved; i = k) {
		th_uterm sum = merge[i];
		double square = 0;
		sum.fixed = sum.mass = 0;
		for (k = i; k < moved && merge[k].cell == sum.cell && th_index_same(merge[k].factor, sum.factor); k++) {
			const th_uterm *t = &merge[k];
			const th_variable *v = TH_AT(m->variable, t->own);
			double mean = v ? v->spread.a : 0, sd = v ? v->spread.b : 0;
			sum.fixed += t->fixed + t->by_own * mean;
			sum.mass += t->mass;
			square += t->by_own * sd * t->by_own * sd;
			if (v)
				sum.own = t->own;
		}
		th_variable *own = TH_AT(m->variable, sum.own);
		if (own) {
			own->spread = th_spread_standard();
			sum.by_own = sqrt(square);
		}
		rest[kept++] = sum;
	}
	m->term = rest;
	m->terms = kept;
	return true;
}
