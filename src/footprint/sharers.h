/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_FOOTPRINT_SHARERS_H
#define TH_FOOTPRINT_SHARERS_H

/* Who shares a line, and how it is divided. */

#include "footprint/footprint.h"

typedef struct th_sharers {
	uint32_t *product;       /* numbers of th_products */
	th_mass *share;          /* of each, 1e-9 of 1; NULL: they are not written */
	size_t count;            /* 0: the flow is for no product */
	th_mass whole;           /* what the shares add to */
	th_allocation method;    /* how it is divided where no shares are written */
} th_sharers;

/* The entries of lines that say the same of products, of one activity, factor, gas, quality of data and time. */
typedef struct th_flow {
	th_slice product, stage, share; /* as written */
	const th_activity *activity;
	const th_factor *factor;
	const th_gas *gas;
	th_bucket bucket;
	th_grade grade;
	th_mass primary;         /* how much of it rests on primary data, activity and factor both: 1e-9 of 1 */
	th_period span;
	th_mass mass, co2e;
	size_t lines;
	uint64_t order;
	const char *file;        /* where the first of them stands */
	size_t line;
	/* Once it is divided: */
	th_sharers who;
	th_life_stage life;
} th_flow;

/* Read the cells of a flow into its sharers and its stage. Errors: a product that is none, as many shares as products, a share that is none, more than all of
 * it, a stage that is none. */
TH_MUST_USE th_status th_read_flow(const th_reference *reference, const th_products *products, th_flow *flow, th_arena *arena, th_diags *diags);
/* mass x part / whole, rounded; false: too large. */
TH_MUST_USE bool th_portion(th_mass mass, th_mass part, th_mass whole, th_mass *out);
/* Is it shared by several, with nothing written of how much each takes? */
bool th_is_undivided(const th_sharers *who);
/* Can it be divided that way? *lacks is the product without what that takes, where there is one. */
bool th_can_divide(const th_products *products, const th_sharers *who, th_allocation method, uint32_t *lacks);
/* What each takes of a mass, in part[who->count], and what none takes. ISO 14067 6.4.6: by the physical amount or the value of each one's output. Parts
 * add up to the last digit: each is the difference of two sums that are rounded. False: too large. */
TH_MUST_USE bool th_divide(const th_products *products, const th_sharers *who, th_allocation method, th_mass mass, th_mass *part, th_mass *rest);

/* --- taken.c: when footprints are done --- */

typedef struct th_taken {
	const th_flow *flow;
	th_mass co2e;            /* what the product takes of it */
} th_taken;

/* The flow that an entry went into; NULL: none. */
const th_flow *th_footprint_flow(const th_footprints *footprints, const th_entry *entry);
/* Is a part of the flow in the footprint of that product? */
bool th_footprint_takes(const th_products *products, const th_flow *flow, uint32_t product);
/* All that its footprint is made of, in the order of the input, in the arena; together exactly its total. NULL without memory. */
th_taken *th_footprint_taken(const th_footprints *footprints, uint32_t product, th_arena *arena, size_t *count);

#endif
