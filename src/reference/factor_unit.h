/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_FACTOR_UNIT_H
#define TH_REFERENCE_FACTOR_UNIT_H

/* What the unit of a factor says: a mass of something per activity. */

#include "base/hash.h"
#include "reference/reference.h"

/* A unit cell of a factor, read once per spelling. */
typedef struct th_factor_unit {
	th_unit unit, per;   /* mass of gas, carbon or nitrogen per activity; the activity */
	th_basis basis;
	int tag;             /* in th_factor_tags; -1 none */
	enum { TH_FU_OK, TH_FU_UNKNOWN, TH_FU_NO_MASS, TH_FU_RANGE } verdict;
	th_slice at;         /* the part that is not understood */
} th_factor_unit;

typedef struct th_factor_units {
	const th_units *units;
	th_arena arena;
	th_intern text;
	th_factor_unit *unit; /* by number of the text */
} th_factor_units;

extern const char *const th_factor_tags[];
/* NULL without memory. */
const th_factor_unit *th_factor_unit_of(th_factor_units *cache, th_slice text);
/* Does a mass with this tag fit the gas? */
bool th_factor_tag_fits(int tag, th_slice gas);
void th_factor_units_free(th_factor_units *cache);

#endif
