/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_FOOTPRINT_DIVIDING_H
#define TH_FOOTPRINT_DIVIDING_H

/* The steps of a footprint, for footprint.c: gathered flows, divided, ordered, doubted. */

#include "base/hash.h"
#include "footprint/sharers.h"

typedef struct th_gathered {
	th_flow *flow;
	size_t count;
	th_intern key;
	bool large;              /* a sum did not fit */
	th_arena *arena;
} th_gathered;

/* --- divide.c --- */
/* Every flow to its products; all errors of the lines. */
TH_MUST_USE th_status th_footprints_divide(th_footprints *f, const th_gathered *gathered, th_diags *diags);

/* --- caution.c --- */
/* What a careful reader would ask, into f->caveat. */
TH_MUST_USE bool th_footprints_doubt(th_footprints *f);

#endif
