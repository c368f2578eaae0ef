/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "uncertainty/sampler.h"

#include "base/transcendental.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

static const double BELOW_ONE = 1 - 0x1p-53;
_Static_assert((int)TH_BLOCK == (int)TH_STRATA, "a trial of a block for each stratum");

/* --- how an input spreads --- */

static double triangular(const th_spread *s, double p)
{
	double split = (s->b - s->a) / (s->c - s->a);
	return p < split ? s->a + sqrt(p * (s->c - s->a) * (s->b - s->a)) : s->c - sqrt((1 - p) * (s->c - s->a) * (s->c - s->b));
}

/* Share of the distribution below zero, before it is cut. */
static double below_zero(const th_spread *s)
{
	switch (s->shape) {
	case TH_SHAPE_NORMAL: return gsl_cdf_ugaussian_P(-s->a / s->b);
	case TH_SHAPE_TRIANGULAR: return s->a >= 0 ? 0 : s->a * s->a / ((s->c - s->a) * (s->b - s->a)); /* zero is below the mode */
	case TH_SHAPE_UNIFORM: return s->a >= 0 ? 0 : -s->a / (s->b - s->a);
	case TH_SHAPE_LOGNORMAL: case TH_SHAPE_EXACT: case TH_SHAPES: break;
	}
	return 0;
}

/* The value below which a share p lies of what is left when `lost` is cut off. */
static double at_share(const th_spread *s, double lost, double p)
{
	p = lost + (1 - lost) * p;
	switch (s->shape) {
	case TH_SHAPE_NORMAL: return s->a + s->b * th_normal_at(p);
	case TH_SHAPE_TRIANGULAR: return triangular(s, p);
	case TH_SHAPE_UNIFORM: return s->a + (s->b - s->a) * p;
	case TH_SHAPE_LOGNORMAL: case TH_SHAPE_EXACT: case TH_SHAPES: break;
	}
	return 1;
}

/* Values of a distribution that is a function of normal scores, in place; false when it is none. */
static bool of_scores(const th_kernel *kernel, const th_spread *s, double *x)
{
	if (s->shape == TH_SHAPE_LOGNORMAL)
		kernel->powers(x, s->a, s->b);
	else if (s->shape == TH_SHAPE_NORMAL && !s->cut)
		kernel->line(x, s->a, s->b);
	else
		return false;
	return true;
}

/* --- drawing --- */

static void draw_words(th_sample *w, th_stream stream)
{
	const th_sampler *e = w->sampler;
	e->kernel->words(stream, w->word);
	th_points_place(&e->points, e->kernel, stream, e->rank[stream.dimension], w->word);
}

static void draw_scores(th_sample *w, th_stream stream, double *to)
{
	const th_sampler *e = w->sampler;
	draw_words(w, stream);
	e->kernel->scores(&e->quantiles, w->word, w->raw);
	th_points_deal(&e->points, stream, e->rank[stream.dimension], w->raw, to);
}

static th_stream stream_of(const th_sample *w, size_t dimension)
{
	return (th_stream){w->sampler->seed, (uint32_t)dimension, w->block};
}

/* A variable whose score is in part that of others. */
static void draw_correlated(th_sample *w, uint32_t variable, const double *common, double *out)
{
	const th_sampler *e = w->sampler;
	const th_variable *v = &e->model->variable[variable];
	draw_scores(w, stream_of(w, variable), w->part);
	memcpy(out, common, TH_BLOCK * sizeof *out);
	e->kernel->add(out, sqrt(1 - v->share), w->part);
	if (!of_scores(e->kernel, &v->spread, out))
		for (int i = 0; i < TH_BLOCK; i++)
			out[i] = at_share(&v->spread, e->lost[variable], fmin(gsl_cdf_ugaussian_P(out[i]), BELOW_ONE));
}

static void draw_variable(th_sample *w, uint32_t variable, double *out)
{
	const th_sampler *e = w->sampler;
	const th_variable *v = &e->model->variable[variable];
	uint32_t number;
	if (th_index_get(v->common, &number)) {
		draw_correlated(w, variable, w->common + (size_t)number * TH_BLOCK, out);
		return;
	}
	th_stream stream = stream_of(w, variable);
	draw_words(w, stream);
	bool scores = v->spread.shape == TH_SHAPE_LOGNORMAL || (v->spread.shape == TH_SHAPE_NORMAL && !v->spread.cut);
	if (scores) {
		e->kernel->scores(&e->quantiles, w->word, w->raw);
		(void)of_scores(e->kernel, &v->spread, w->raw);
	} else {
		e->kernel->shares(w->word, w->raw);
		for (int i = 0; i < TH_BLOCK; i++)
			w->raw[i] = at_share(&v->spread, e->lost[variable], w->raw[i]);
	}
	th_points_deal(&e->points, stream, e->rank[variable], w->raw, out);
}

static void draw_commons(th_sample *w)
{
	const th_sampler *e = w->sampler;
	const th_model *m = e->model;
	for (size_t i = 0; i < m->commons; i++)
		draw_scores(w, stream_of(w, m->variables + i), w->score + i * TH_BLOCK);
	for (size_t i = 0; i < m->commons; i++) {
		double *c = w->common + i * TH_BLOCK;
		memset(c, 0, TH_BLOCK * sizeof *c);
		for (size_t k = 0; k <= i; k++)
			e->kernel->add(c, m->root[i * m->commons + k], w->score + k * TH_BLOCK);
	}
}

/* --- a block --- */

static const double *drawn(th_sample *w, uint32_t variable, double *own)
{
	uint32_t slot = w->sampler->slot[variable];
	if (slot != TH_NONE)
		return w->shared + (size_t)slot * TH_BLOCK;
	draw_variable(w, variable, own);
	return own;
}

/* The part of a term that varies with others than its factor. */
static const double *part_of(th_sample *w, const th_uterm *t, const double *own, double fixed)
{
	const th_kernel *kernel = w->sampler->kernel;
	uint32_t number;
	for (int i = 0; i < TH_BLOCK; i++)
		w->part[i] = fixed;
	if (th_index_get(t->common, &number))
		kernel->add(w->part, t->by_common, w->common + (size_t)number * TH_BLOCK);
	if (own)
		kernel->add(w->part, t->by_own, own);
	return w->part;
}

static void add_term(th_sample *w, size_t number)
{
	const th_sampler *e = w->sampler;
	const th_uterm *t = &e->model->term[number];
	const th_step *step = &e->step[number];
	double *mean = w->cell + (size_t)t->cell * TH_BLOCK, *square = w->square + (size_t)t->cell * TH_BLOCK, fixed = t->fixed, spread = 0;
	const double *factor = w->ones, *own = NULL;
	uint32_t variable;
	if (th_index_get(t->own, &variable)) {
		const th_spread *s = &e->model->variable[variable].spread;
		if (step->whole) {
			fixed += t->by_own * s->a;
			spread = t->by_own * s->b;
		} else
			own = drawn(w, variable, w->own);
	}
	if (th_index_get(t->factor, &variable))
		factor = drawn(w, variable, w->factor);
	if (!own && !th_index_is(t->common) && step->whole && step->alone) {
		e->kernel->add_both(mean, square, fixed, spread, factor);
		return;
	}
	if (own || th_index_is(t->common))
		e->kernel->add_product(mean, part_of(w, t, own, fixed), factor);
	else
		e->kernel->add(mean, fixed, factor);
	if (step->whole)
		e->kernel->add(w->same, spread, factor);
	if (step->last) {
		e->kernel->add_square(square, 1, w->same);
		memset(w->same, 0, TH_BLOCK * sizeof *w->same);
	}
}

void th_sample_block(th_sample *w, size_t block)
{
	const th_sampler *e = w->sampler;
	const th_model *m = e->model;
	w->block = (uint32_t)block;
	draw_commons(w);
	for (size_t i = 0; i < e->slots; i++)
		draw_variable(w, e->shared[i], w->shared + i * TH_BLOCK);
	memset(w->cell, 0, m->cells * TH_BLOCK * sizeof *w->cell);
	memset(w->square, 0, m->cells * TH_BLOCK * sizeof *w->square);
	for (size_t i = 0; i < m->terms; i++)
		add_term(w, i);
	for (size_t c = 0; c < m->cells; c++) {
		double *mean = w->cell + c * TH_BLOCK, *square = w->square + c * TH_BLOCK;
		size_t dimension = m->variables + m->commons + c;
		if (!e->drawn[dimension])
			continue;
		draw_scores(w, stream_of(w, dimension), w->own);
		for (int i = 0; i < TH_BLOCK; i++)
			mean[i] += sqrt(square[i]) * w->own[i];
	}
}

bool th_sample_new(th_sample *w, const th_sampler *sampler)
{
	const th_model *m = sampler->model;
	enum { SINGLE = 6 };
	size_t rows = 2 * m->commons + sampler->slots + SINGLE + 2 * m->cells;
	w->sampler = sampler;
	w->room = th_calloc(rows * TH_BLOCK, sizeof *w->room);
	if (!w->room)
		return false;
	w->common = w->room;
	w->score = w->common + m->commons * TH_BLOCK;
	w->shared = w->score + m->commons * TH_BLOCK;
	double **row[SINGLE] = {&w->own, &w->factor, &w->ones, &w->raw, &w->part, &w->same};
	for (size_t i = 0; i < SINGLE; i++)
		*row[i] = w->shared + (sampler->slots + i) * TH_BLOCK;
	w->square = w->same + TH_BLOCK;
	w->cell = w->square + m->cells * TH_BLOCK;
	for (int i = 0; i < TH_BLOCK; i++)
		w->ones[i] = 1;
	return true;
}

void th_sample_free(th_sample *w)
{
	free(w->room);
}

/* --- what is drawn, and what weighs how much --- */

typedef struct use {
	size_t own, factor;   /* terms that use it so */
	size_t first, last;   /* of those that own it */
	bool cells;           /* they are in several cells */
} use;

static void count_uses(const th_model *m, use *uses)
{
	for (size_t i = 0; i < m->terms; i++) {
		const th_uterm *t = &m->term[i];
		uint32_t number;
		if (th_index_get(t->factor, &number))
			uses[number].factor++;
		if (!th_index_get(t->own, &number))
			continue;
		use *u = &uses[number];
		if (u->own++ == 0)
			u->first = i;
		u->last = i;
		u->cells |= m->term[u->first].cell != t->cell;
	}
}

/* A normal variable of terms of one cell, which stand together. */
static bool is_whole(const th_variable *v, const use *u)
{
	return v->spread.shape == TH_SHAPE_NORMAL && !v->spread.cut && !th_index_is(v->common) && u->factor == 0 && !u->cells &&
	       u->last - u->first + 1 == u->own;
}

static void plan_terms(th_sampler *e, const use *uses)
{
	const th_model *m = e->model;
	for (size_t i = 0; i < m->terms; i++) {
		uint32_t number;
		if (!th_index_get(m->term[i].own, &number) || !is_whole(&m->variable[number], &uses[number]))
			continue;
		const use *u = &uses[number];
		e->step[i] = (th_step){.whole = true, .alone = u->own == 1, .last = u->own > 1 && u->last == i};
		e->drawn[m->variables + m->commons + m->term[i].cell] = true;
	}
	for (size_t i = 0; i < m->commons; i++)
		e->drawn[m->variables + i] = true;
	for (uint32_t i = 0; i < m->variables; i++) {
		const use *u = &uses[i];
		e->drawn[i] = u->factor > 0 || (u->own > 0 && !is_whole(&m->variable[i], u));
		bool shared = e->drawn[i] && u->own + u->factor > 1;
		e->slot[i] = shared ? (uint32_t)e->slots : TH_NONE;
		if (shared)
			e->shared[e->slots++] = i;
		if (m->variable[i].spread.cut)
			e->lost[i] = below_zero(&m->variable[i].spread);
	}
}

typedef struct heavy {
	double weight;
	uint32_t dimension;
} heavy;

static int by_weight(const void *a, const void *b)
{
	const heavy *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->dimension > y->dimension) - (x->dimension < y->dimension);
}

/* Roughly by how much each dimension moves the sum of all cells; only the order in which Sobol's points are given out hangs on it. */
static void rank_dimensions(th_sampler *e, heavy *list, size_t dimensions)
{
	const th_model *m = e->model;
	for (uint32_t i = 0; i < dimensions; i++)
		list[i] = (heavy){e->drawn[i] ? 0 : -1, i};
	for (size_t i = 0; i < m->terms; i++) {
		const th_uterm *t = &m->term[i];
		uint32_t number;
		if (th_index_get(t->factor, &number))
			list[number].weight += fabs(t->mass) * th_spread_deviation(&m->variable[number].spread);
		if (th_index_get(t->common, &number))
			list[m->variables + number].weight += fabs(t->by_common);
		if (!th_index_get(t->own, &number))
			continue;
		double own = fabs(t->by_own) * th_spread_deviation(&m->variable[number].spread);
		double *weight = e->step[i].whole ? &list[m->variables + m->commons + t->cell].weight : &list[number].weight;
		*weight = e->step[i].whole ? th_hypot(*weight, own) : *weight + own;
	}
	for (size_t i = 0; i < dimensions; i++) {
		list[i].weight = isfinite(list[i].weight) ? list[i].weight : 0;
		e->draws += e->drawn[i];
	}
	qsort(list, dimensions, sizeof *list, by_weight);
	for (uint32_t i = 0; i < dimensions; i++)
		e->rank[list[i].dimension] = i;
}

bool th_sampler_make(th_sampler *e, const th_model *model, uint64_t seed, th_cpu cpu)
{
	size_t dimensions = model->variables + model->commons + model->cells, variables = model->variables + 1;
	*e = (th_sampler){.model = model, .kernel = th_kernel_take(cpu), .seed = seed};
	th_quantiles_make(&e->quantiles);
	e->step = th_calloc(model->terms + 1, sizeof *e->step);
	e->drawn = th_calloc(dimensions + 1, sizeof *e->drawn);
	e->slot = th_calloc(variables, sizeof *e->slot);
	e->shared = th_calloc(variables, sizeof *e->shared);
	e->lost = th_calloc(variables, sizeof *e->lost);
	e->rank = th_calloc(dimensions + 1, sizeof *e->rank);
	use *uses = th_calloc(variables, sizeof *uses);
	heavy *list = th_calloc(dimensions + 1, sizeof *list);
	bool ok = e->step && e->drawn && e->slot && e->shared && e->lost && e->rank && uses && list;
	if (ok) {
		count_uses(model, uses);
		plan_terms(e, uses);
		rank_dimensions(e, list, dimensions);
		ok = th_points_make(&e->points, e->draws, seed);
	}
	free(uses);
	free(list);
	return ok;
}

void th_sampler_free(th_sampler *e)
{
	th_points_free(&e->points);
	free(e->step);
	free(e->drawn);
	free(e->slot);
	free(e->shared);
	free(e->lost);
	free(e->rank);
	*e = (th_sampler){0};
}
