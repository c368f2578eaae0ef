/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_UNCERTAINTY_SAMPLER_H
#define TH_UNCERTAINTY_SAMPLER_H

/* A block of trials of a model.
 *
 * What can be left out of the drawing without changing the distribution is left out. Given what else is drawn, a cell is
 *     sum over terms (fixed + by_common C + by_own V) F,
 * and where the V are independent normals a + b Z that only this cell uses, that is exactly normal with
 *     mean      sum (fixed + by_own a + by_common C) F
 *     variance  sum over V of (sum over the terms of V of by_own b F)^2.
 * So a trial draws C and F, and one normal number for the cell in place of every Z.
 *
 * Every number of a trial has a dimension: a variable's is its own number, behind them come what is common and the cells. */

#include "uncertainty/points.h"
#include "uncertainty/uncertainty.h"

typedef struct th_step {
	bool whole;   /* the term's own variable goes into its cell's normal number */
	bool alone;   /* no other term has it */
	bool last;    /* of its terms, which stand together */
} th_step;

typedef struct th_sampler {
	const th_model *model;
	const th_kernel *kernel;
	th_quantiles quantiles;
	th_points points;
	uint64_t seed;
	th_step *step;       /* by term */
	bool *drawn;         /* by dimension */
	uint32_t *slot;      /* by variable: where its numbers are kept in a block, or TH_NONE: one term uses it */
	uint32_t *shared;    /* variables with a slot, in their order */
	size_t slots;
	double *lost;        /* by variable: the share of its distribution that is cut off */
	uint32_t *rank;      /* by dimension */
	size_t draws;        /* numbers of a trial */
} th_sampler;

/* False without memory. Free with th_sampler_free in any case. */
TH_MUST_USE bool th_sampler_make(th_sampler *sampler, const th_model *model, uint64_t seed, th_cpu cpu);
void th_sampler_free(th_sampler *sampler);

/* What a thread needs for a block; by trial. */
typedef struct th_sample {
	const th_sampler *sampler;
	uint32_t block;
	double *room, *common, *score, *shared, *own, *factor, *ones, *raw, *part, *same, *square;
	double *cell;        /* cells x TH_BLOCK: what came of a block, in kg */
	uint32_t word[TH_STRATA];
} th_sample;

TH_MUST_USE bool th_sample_new(th_sample *sample, const th_sampler *sampler);
void th_sample_free(th_sample *sample);
void th_sample_block(th_sample *sample, size_t block);

#endif
