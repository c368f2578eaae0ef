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
	struct th_sure *sure;
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
/* Of an entry, the share of primary data as the PCF data model has it (Pathfinder: activity data and factor both), 1e-9 of 1. */
th_mass th_entry_primary(const th_entry *entry);

/* --- sure.c --- */

typedef struct th_sure {
	th_footprints *f;
	struct th_collector **of; /* by product; NULL: not shown, or all of them: it was not asked for */
	th_mass *part;
	th_diags *diags;          /* of what is told elsewhere */
} th_sure;

TH_MUST_USE th_status th_sure_open(th_sure *sure, th_footprints *f, const th_uncertainty_options *options, th_diags *diags);
TH_MUST_USE th_status th_sure_flow(th_sure *sure, th_flow *flow); /* that is new */
TH_MUST_USE th_status th_sure_entry(th_sure *sure, const th_flow *flow, const th_entry *entry);
TH_MUST_USE th_status th_sure_finish(th_sure *sure); /* into the products */
void th_sure_close(th_sure *sure);

/* --- caution.c --- */
/* What a careful reader would ask, into f->caveat. */
TH_MUST_USE bool th_footprints_doubt(th_footprints *f);

#endif
