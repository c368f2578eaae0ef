/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Approach 2: IPCC 2006 volume 1 section 3.2.3.2, with the stopping rule of JCGM 101:2008.
 *
 * Trials come in blocks of TH_BLOCK. A block has a stream of its own, seeded by its number, and draws first what terms share and
 * then term by term; which thread runs it changes nothing. */

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "uncertainty/normal.h"
#include "uncertainty/uncertainty.h"

enum { THREADS_MOST = 256 };
static const uint32_t UNSHARED = TH_NONE;

typedef struct engine {
	const th_model *model;
	uint32_t *slot;      /* by variable: where its draws are kept in a block; UNSHARED: one term uses it */
	uint32_t *shared;    /* variables with a slot, in their order */
	size_t slots;
	th_ziggurat ziggurat;
	uint64_t seed;
	th_simulation *out;
	size_t end;          /* trials that are wanted */
	atomic_size_t next;  /* block */
} engine;

typedef struct worker {
	engine *engine;
	th_taus2 rng;
	double *room, *common, *score, *shared, *own, *factor, *cell;
	pthread_t thread;
} worker;

/* Distinct seeds for distinct blocks: steps that each can be undone (Wellons, "lowbias32"). */
static uint32_t block_seed(uint64_t seed, size_t block)
{
	seed ^= seed >> 33;
	seed *= 0xFF51AFD7ED558CCDu;
	seed ^= seed >> 33;
	uint32_t x = (uint32_t)seed ^ (uint32_t)(seed >> 32);
	x += (uint32_t)block;
	x ^= x >> 16;
	x *= 0x7FEB352Du;
	x ^= x >> 15;
	x *= 0x846CA68Bu;
	x ^= x >> 16;
	return x;
}

/* --- draws --- */

static double triangular(const th_spread *s, double p)
{
	double split = (s->b - s->a) / (s->c - s->a);
	return p < split ? s->a + sqrt(p * (s->c - s->a) * (s->b - s->a)) : s->c - sqrt((1 - p) * (s->c - s->a) * (s->c - s->b));
}

static double draw(const th_ziggurat *z, th_taus2 *rng, const th_spread *s)
{
	switch (s->shape) {
	case TH_SHAPE_NORMAL: return s->a + s->b * th_normal(z, rng);
	case TH_SHAPE_LOGNORMAL: return exp(s->a + s->b * th_normal(z, rng));
	case TH_SHAPE_TRIANGULAR: return triangular(s, th_uniform(rng));
	case TH_SHAPE_UNIFORM: return s->a + (s->b - s->a) * th_uniform(rng);
	case TH_SHAPE_EXACT: case TH_SHAPES: break;
	}
	return 1;
}

static void draw_block(const th_ziggurat *z, th_taus2 *state, const th_spread *s, double *out)
{
	th_taus2 here = *state, *rng = &here; /* in registers */
	if (s->shape == TH_SHAPE_NORMAL && !s->cut)
		for (int i = 0; i < TH_BLOCK; i++)
			out[i] = s->a + s->b * th_normal(z, rng);
	else if (s->shape == TH_SHAPE_LOGNORMAL) {
		for (int i = 0; i < TH_BLOCK; i++)
			out[i] = s->a + s->b * th_normal(z, rng);
		for (int i = 0; i < TH_BLOCK; i++)
			out[i] = exp(out[i]);
	} else
		for (int i = 0; i < TH_BLOCK; i++)
			do
				out[i] = draw(z, rng, s);
			while (s->cut && out[i] < 0);
	*state = here;
}

/* Share of the distribution below x, for a cut one before it is cut. */
static double below(const th_spread *s, double x)
{
	switch (s->shape) {
	case TH_SHAPE_NORMAL: return gsl_cdf_ugaussian_P((x - s->a) / s->b);
	case TH_SHAPE_TRIANGULAR: return x <= s->a ? 0 : (x - s->a) * (x - s->a) / ((s->c - s->a) * (s->b - s->a)); /* x below the mode */
	case TH_SHAPE_UNIFORM: return x <= s->a ? 0 : (x - s->a) / (s->b - s->a);
	case TH_SHAPE_LOGNORMAL: case TH_SHAPE_EXACT: case TH_SHAPES: break;
	}
	return 0;
}

/* The value at a normal score. */
static double at_score(const th_spread *s, double z)
{
	if (s->shape == TH_SHAPE_LOGNORMAL)
		return exp(s->a + s->b * z);
	if (s->shape == TH_SHAPE_NORMAL && !s->cut)
		return s->a + s->b * z;
	double lost = s->cut ? below(s, 0) : 0, p = lost + (1 - lost) * gsl_cdf_ugaussian_P(z);
	switch (s->shape) {
	case TH_SHAPE_NORMAL: return s->a + s->b * gsl_cdf_ugaussian_Pinv(p);
	case TH_SHAPE_TRIANGULAR: return triangular(s, p);
	case TH_SHAPE_UNIFORM: return s->a + (s->b - s->a) * p;
	case TH_SHAPE_LOGNORMAL: case TH_SHAPE_EXACT: case TH_SHAPES: break;
	}
	return 1;
}

static void draw_variable(worker *w, uint32_t variable, double *out)
{
	const th_variable *v = &w->engine->model->variable[variable];
	uint32_t number;
	if (!th_index_get(v->common, &number)) {
		draw_block(&w->engine->ziggurat, &w->rng, &v->spread, out);
		return;
	}
	const double *common = w->common + (size_t)number * TH_BLOCK;
	double own = sqrt(1 - v->share);
	for (int i = 0; i < TH_BLOCK; i++)
		out[i] = at_score(&v->spread, common[i] + own * th_normal(&w->engine->ziggurat, &w->rng));
}

/* --- a block --- */

static void draw_commons(worker *w)
{
	const th_model *m = w->engine->model;
	th_spread standard = th_spread_standard();
	for (size_t i = 0; i < m->commons; i++)
		draw_block(&w->engine->ziggurat, &w->rng, &standard, w->score + i * TH_BLOCK);
	for (size_t i = 0; i < m->commons; i++) {
		double *c = w->common + i * TH_BLOCK;
		memset(c, 0, TH_BLOCK * sizeof *c);
		for (size_t k = 0; k <= i; k++)
			for (int t = 0; t < TH_BLOCK; t++)
				c[t] += m->root[i * m->commons + k] * w->score[k * TH_BLOCK + (size_t)t];
	}
}

static const double *drawn(worker *w, uint32_t variable, double *own)
{
	uint32_t slot = w->engine->slot[variable];
	if (slot != UNSHARED)
		return w->shared + (size_t)slot * TH_BLOCK;
	draw_variable(w, variable, own);
	return own;
}

static void add_term(worker *w, const th_uterm *term)
{
	double *restrict cell = w->cell + (size_t)term->cell * TH_BLOCK, part[TH_BLOCK];
	for (int i = 0; i < TH_BLOCK; i++)
		part[i] = term->fixed;
	uint32_t number;
	if (th_index_get(term->common, &number)) {
		const double *common = w->common + (size_t)number * TH_BLOCK;
		for (int i = 0; i < TH_BLOCK; i++)
			part[i] += term->by_common * common[i];
	}
	if (th_index_get(term->own, &number)) {
		const double *own = drawn(w, number, w->own);
		for (int i = 0; i < TH_BLOCK; i++)
			part[i] += term->by_own * own[i];
	}
	if (th_index_get(term->factor, &number)) {
		const double *factor = drawn(w, number, w->factor);
		for (int i = 0; i < TH_BLOCK; i++)
			cell[i] += part[i] * factor[i];
	} else
		for (int i = 0; i < TH_BLOCK; i++)
			cell[i] += part[i];
}

static void run_block(worker *w, size_t block)
{
	const engine *e = w->engine;
	const th_model *m = e->model;
	size_t first = block * TH_BLOCK, count = e->end - first < TH_BLOCK ? e->end - first : TH_BLOCK;
	w->rng = th_taus2_seed(block_seed(e->seed, block));
	draw_commons(w);
	for (size_t i = 0; i < e->slots; i++)
		draw_variable(w, e->shared[i], w->shared + i * TH_BLOCK);
	memset(w->cell, 0, m->cells * TH_BLOCK * sizeof *w->cell);
	for (size_t i = 0; i < m->terms; i++)
		add_term(w, &m->term[i]);
	for (size_t t = 0; t < m->targets; t++) {
		double *value = e->out->value[t] + first;
		memset(value, 0, count * sizeof *value);
		for (size_t c = 0; c < m->cells; c++) {
			double share = m->share[t * m->cells + c];
			for (size_t i = 0; i < count && share != 0; i++)
				value[i] += share * w->cell[c * TH_BLOCK + i];
		}
	}
}

static void *work(void *argument)
{
	worker *w = argument;
	for (;;) {
		size_t block = atomic_fetch_add(&w->engine->next, 1);
		if (block * TH_BLOCK >= w->engine->end)
			return NULL;
		run_block(w, block);
	}
}

/* --- workers --- */

static bool worker_new(worker *w, engine *e)
{
	const th_model *m = e->model;
	size_t rows = 2 * m->commons + e->slots + 2 + m->cells;
	w->engine = e;
	w->room = th_calloc(rows * TH_BLOCK, sizeof *w->room);
	if (!w->room)
		return false;
	w->common = w->room;
	w->score = w->common + m->commons * TH_BLOCK;
	w->shared = w->score + m->commons * TH_BLOCK;
	w->own = w->shared + e->slots * TH_BLOCK;
	w->factor = w->own + TH_BLOCK;
	w->cell = w->factor + TH_BLOCK;
	return true;
}

/* All trials up to `end`, from block `first` on. A thread that cannot be had is done without. */
static void run_until(worker *list, unsigned threads, size_t first, size_t end)
{
	engine *e = list[0].engine;
	size_t blocks = (end + TH_BLOCK - 1) / TH_BLOCK - first;
	bool started[THREADS_MOST] = {false};
	e->end = end;
	atomic_store(&e->next, first);
	for (unsigned i = 1; i < threads && i < blocks; i++)
		started[i] = pthread_create(&list[i].thread, NULL, work, &list[i]) == 0;
	work(&list[0]);
	for (unsigned i = 1; i < threads; i++)
		if (started[i])
			pthread_join(list[i].thread, NULL);
}

static bool find_shared(engine *e)
{
	const th_model *m = e->model;
	size_t count = m->variables ? m->variables : 1;
	e->slot = th_calloc(count, sizeof *e->slot);
	e->shared = th_calloc(count, sizeof *e->shared);
	if (!e->slot || !e->shared)
		return false;
	for (size_t i = 0; i < m->terms; i++) {
		uint32_t number;
		if (th_index_get(m->term[i].own, &number))
			e->slot[number]++;
		if (th_index_get(m->term[i].factor, &number))
			e->slot[number]++;
	}
	for (uint32_t i = 0; i < m->variables; i++) {
		bool shared = e->slot[i] > 1;
		if (shared)
			e->shared[e->slots] = i;
		e->slot[i] = shared ? (uint32_t)e->slots++ : UNSHARED;
	}
	return true;
}

/* --- how many trials --- */

static bool room_for(th_simulation *out, size_t targets, size_t trials)
{
	for (size_t t = 0; t < targets; t++) {
		double *grown = th_realloc(out->value[t], (trials ? trials : 1) * sizeof *grown);
		if (!grown)
			return false;
		out->value[t] = grown;
	}
	return true;
}

/* JCGM 101:2008 7.9.2 and 7.9.4: with u = c 10^l, c of two digits, each result over the rounds must be known to 10^l / 2. */
static bool settled(const th_range *round, size_t rounds, double u)
{
	if (rounds < TH_AUTO_ROUNDS_LEAST)
		return false;
	if (u == 0)
		return true;
	double tolerance = 0.5 * pow(10, floor(log10(u)) - 1);
	for (int what = 0; what < 4; what++) {
		double mean = 0, square = 0;
		for (size_t r = 0; r < rounds; r++) {
			const double each[4] = {round[r].mean, round[r].sd, round[r].low, round[r].high};
			double step = each[what] - mean;
			mean += step / (double)(r + 1);
			square += step * (each[what] - mean);
		}
		if (2 * sqrt(square / ((double)rounds * (double)(rounds - 1))) > tolerance)
			return false;
	}
	return true;
}

static double deviation(const double *value, size_t count)
{
	double mean = 0, square = 0;
	for (size_t i = 0; i < count; i++) {
		double step = value[i] - mean;
		mean += step / (double)(i + 1);
		square += step * (value[i] - mean);
	}
	return count > 1 ? sqrt(square / (double)(count - 1)) : 0;
}

static th_status run_rounds(worker *list, unsigned threads, th_simulation *out, size_t targets)
{
	enum { ROUNDS = TH_TRIALS_MOST / TH_AUTO_ROUND };
	th_range round[ROUNDS];
	for (size_t r = 0; r < ROUNDS && !out->settled; r++) {
		size_t end = (r + 1) * TH_AUTO_ROUND;
		if (!room_for(out, targets, end))
			return TH_SYSTEM;
		run_until(list, threads, r * TH_AUTO_ROUND / TH_BLOCK, end);
		if (!th_summarise(out->value[0] + r * TH_AUTO_ROUND, TH_AUTO_ROUND, &round[r]))
			return TH_SYSTEM;
		out->trials = end;
		out->settled = settled(round, r + 1, deviation(out->value[0], end));
	}
	return TH_OK;
}

th_status th_simulate(const th_model *model, size_t trials, uint64_t seed, unsigned threads, th_simulation *out)
{
	engine e = {.model = model, .seed = seed, .out = out};
	threads = threads < 1 ? 1 : threads > THREADS_MOST ? THREADS_MOST : threads;
	th_ziggurat_make(&e.ziggurat);
	*out = (th_simulation){.value = th_calloc(model->targets ? model->targets : 1, sizeof *out->value)};
	worker *list = th_calloc(threads, sizeof *list);
	bool ok = out->value && list && find_shared(&e);
	for (unsigned i = 0; ok && i < threads; i++)
		ok = worker_new(&list[i], &e);
	th_status status = ok ? TH_OK : TH_SYSTEM;
	if (ok && trials == 0)
		status = run_rounds(list, threads, out, model->targets);
	else if (ok && room_for(out, model->targets, trials)) {
		run_until(list, threads, 0, trials);
		out->trials = trials;
		out->settled = true;
	} else
		status = TH_SYSTEM;
	for (unsigned i = 0; list && i < threads; i++)
		free(list[i].room);
	free(list);
	free(e.slot);
	free(e.shared);
	return status;
}

void th_simulation_free(th_simulation *simulation, size_t targets)
{
	for (size_t t = 0; simulation->value && t < targets; t++)
		free(simulation->value[t]);
	free(simulation->value);
	*simulation = (th_simulation){0};
}
