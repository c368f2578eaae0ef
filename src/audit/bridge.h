/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_BRIDGE_H
#define TH_AUDIT_BRIDGE_H

/* What makes the gross emissions of one account differ from those of another, cause by cause (Shapley 1953: each cause has the mean, over all orders in which the causes
 * may come, of what it adds). So the causes add up to the difference, and from B to A each is minus what it is from A to B. */

#include "audit/side.h"

typedef enum th_cause {
	TH_CAUSE_ACTIVITY, /* more or less of the same */
	TH_CAUSE_FACTOR,   /* another emission per unit, by the same equation */
	TH_CAUSE_GWP,      /* another potential of the same gas */
	TH_CAUSE_METHOD,   /* another equation, or a quantity of another dimension */
	TH_CAUSE_BOUNDARY, /* a site or a scope of which only one has any line, what only one counts in the gross emissions */
	TH_CAUSE_NEW, TH_CAUSE_DROPPED, /* lines that only the second has, that only the first has */
	TH_CAUSE_DATA,     /* what a report states beside what comes out of its inputs */
	TH_CAUSES
} th_cause;
extern const char *const th_cause_names[TH_CAUSES]; /* activity factor ... */

/* All in 1e-9 kg CO2e. */
typedef struct th_bridge {
	th_mass from, to;          /* gross emissions of both */
	th_mass cause[TH_CAUSES];
	th_mass left, joined;      /* the boundary: what only the first, only the second has */
	th_mass rest;              /* what rounding each cause to 1e-9 kg leaves */
	bool differs;              /* some cause is not 0, even where they cancel */
} th_bridge;

/* What an activity adds to a bridge. */
typedef struct th_bridge_part {
	th_slice id, zh, en;
	th_mass from, to;
	size_t order;              /* in which it was met */
} th_bridge_part;

/* One end of a bridge. */
typedef struct th_bridge_end {
	const th_side *side;
	int year;
	bool has_stated;         /* a report says what the gross emissions are: */
	th_mass stated;
	th_cause cause;          /* why that is not what comes out, if it is not */
} th_bridge_end;

/* From one end to the other. The parts live in the arena, the largest change first. TH_INVALID: a sum does not fit. */
TH_MUST_USE th_status th_bridge_make(const th_bridge_end end[2], th_arena *arena, th_bridge *out, th_bridge_part **part, size_t *parts);

#endif
