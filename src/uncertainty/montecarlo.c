/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Approach 2: IPCC 2006 volume 1 section 3.2.3.2, with the stopping rule of JCGM 101:2008. Trials come in blocks of TH_BLOCK (sampler.h); which
 * thread runs a block changes nothing. */

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "uncertainty/sampler.h"

#include "base/transcendental.h"

enum { THREADS_MOST = 256, ROUNDS = TH_TRIALS_MOST / TH_AUTO_ROUND };
_Static_assert((int)TH_AUTO_ROUND == (int)TH_ROUND * (int)TH_BLOCK, "a round of the stopping rule is one of the points: rounds are independent");

typedef struct engine {
	th_sampler sampler;
	th_simulation *out;
	size_t end;          /* trials that are wanted */
	atomic_size_t next;  /* block */
} engine;

typedef struct worker {
	engine *engine;
	th_sample sample;
	pthread_t thread;
} worker;

static void run_block(worker *w, size_t block)
{
	const engine *e = w->engine;
	const th_model *m = e->sampler.model;
	size_t first = block * TH_BLOCK, count = e->end - first < TH_BLOCK ? e->end - first : TH_BLOCK;
	th_sample_block(&w->sample, block);
	for (size_t t = 0; t < m->targets; t++) {
		double *value = e->out->value[t] + first;
		memset(value, 0, count * sizeof *value);
		for (size_t c = 0; c < m->cells; c++) {
			double share = m->share[t * m->cells + c];
			for (size_t i = 0; i < count && share != 0; i++)
				value[i] += share * w->sample.cell[c * TH_BLOCK + i];
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
	double tolerance = 0.5 * th_pow(10, floor(th_log10(u)) - 1);
	for (int what = 0; what < 4; what++) {
		double list[ROUNDS];
		for (size_t r = 0; r < rounds; r++) {
			const double each[4] = {round[r].mean, round[r].sd, round[r].low, round[r].high};
			list[r] = each[what];
		}
		if (2 * th_deviation(list, rounds, th_mean(list, rounds)) > tolerance * sqrt((double)rounds))
			return false;
	}
	return true;
}

static th_status run_rounds(worker *list, unsigned threads, th_simulation *out, size_t targets)
{
	th_range round[ROUNDS];
	for (size_t r = 0; r < ROUNDS && !out->settled; r++) {
		size_t end = (r + 1) * TH_AUTO_ROUND;
		if (!room_for(out, targets, end))
			return TH_SYSTEM;
		run_until(list, threads, r * TH_AUTO_ROUND / TH_BLOCK, end);
		if (!th_summarise(out->value[0] + r * TH_AUTO_ROUND, TH_AUTO_ROUND, &round[r]))
			return TH_SYSTEM;
		out->trials = end;
		out->settled = settled(round, r + 1, th_deviation(out->value[0], end, th_mean(out->value[0], end)));
	}
	return TH_OK;
}

th_status th_simulate(const th_model *model, size_t trials, uint64_t seed, unsigned threads, th_cpu cpu, th_simulation *out)
{
	engine e = {.out = out};
	threads = threads < 1 ? 1 : threads > THREADS_MOST ? THREADS_MOST : threads;
	*out = (th_simulation){.value = th_calloc(model->targets ? model->targets : 1, sizeof *out->value)};
	worker *list = th_calloc(threads, sizeof *list);
	bool ok = th_sampler_make(&e.sampler, model, seed, cpu) && out->value && list;
	out->draws = e.sampler.draws;
	for (unsigned i = 0; ok && i < threads; i++) {
		list[i].engine = &e;
		ok = th_sample_new(&list[i].sample, &e.sampler);
	}
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
		th_sample_free(&list[i].sample);
	free(list);
	th_sampler_free(&e.sampler);
	return status;
}

void th_simulation_free(th_simulation *simulation, size_t targets)
{
	for (size_t t = 0; simulation->value && t < targets; t++)
		free(simulation->value[t]);
	free(simulation->value);
	*simulation = (th_simulation){0};
}
