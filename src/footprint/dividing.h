/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_FOOTPRINT_DIVIDING_H
#define TH_FOOTPRINT_DIVIDING_H

/* The steps of a footprint, for footprint.c: gathered flows, divided, ordered, doubted. */

#include "footprint/sharers.h"

typedef struct th_gathered {
	th_flow *flow;
	size_t count;
	th_intern key;
	bool large;              /* a sum did not fit */
	th_arena *arena;
} th_gathered;

/* --- divide.c --- */
/* Every flow to its products; all errors of the lines. `large`: a sum did not fit. */
TH_MUST_USE th_status th_footprints_divide(th_footprints *f, bool large, th_diags *diags);
th_carbon th_carbon_of(const th_flow *flow);
/* Cradle-to-gate ends before the product leaves: what comes then is another's, whoever told it. */
bool th_flow_is_beyond(const th_product *product, th_life_stage stage);
bool th_flow_is_of_time(const th_product *product, const th_flow *flow);

/* --- taken.c --- */
/* What a flow is: all of it is one sum. */
void th_put_flow_key(th_buf *out, const th_entry *entry);

/* --- caution.c --- */
/* What a careful reader would ask, into f->caveat. */
TH_MUST_USE bool th_footprints_doubt(th_footprints *f);

#endif
