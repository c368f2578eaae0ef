/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_SIDE_H
#define TH_AUDIT_SIDE_H

/* One side of a bridge: an account as it is heard, summed by what makes lines of two accounts the same. */

#include "account/account.h"
#include "base/hash.h"

/* The gas of all lines of one site, source and activity, of the same days of a year. */
typedef struct th_side_line {
	int year;
	th_slice site, activity, zh, en; /* activity: its id, and its names */
	int scope;
	bool gross, elsewhere;   /* counted in the gross emissions; in another total */
	bool countable;          /* its quantities are of one dimension, and their sum is `quantity` */
	th_unit unit;            /* whose dimension that is */
	th_mass quantity, mass, co2e; /* 1e-9 of the base units; of the gas and its CO2 equivalent, gross */
	th_slice method;         /* of the equation, the names of its terms */
	th_slice terms;          /* its terms with their values, and */
	th_decimal gwp;          /* the potential, of the first entry: */
	bool other_terms, other_gwp; /* another entry has others */
	uint64_t order;          /* of the line whose quantity was added last */
} th_side_line;

typedef struct th_side {
	th_arena arena;
	th_intern key;           /* year, site, source, activity, days, gas */
	th_side_line *line;      /* by the number of its key */
	size_t lines;
	th_intern covered;       /* which sites and scopes a year has */
	th_mass gross[2200 - 1900]; /* of each year from 1900 on */
	bool seen[2200 - 1900], crossed[2200 - 1900]; /* a line; one that reaches over its ends, so that its emissions are not known */
	bool large;              /* a sum does not fit */
} th_side;

/* For th_listener.entry, with the side as its context. */
TH_MUST_USE th_status th_side_entry(void *side, const th_entry *entry);
void th_side_free(th_side *side);
/* What a year is known to emit. */
bool th_side_has_year(const th_side *side, int year);
/* The line of that key in that year of the side, whatever the year of the key; NULL: it has none. *failed without memory. */
const th_side_line *th_side_find(const th_side *side, th_slice key, int year, bool *failed);
/* Has that year any line of the line's site, and any of its scope? *failed without memory. */
bool th_side_covers(const th_side *side, int year, const th_side_line *line, bool *failed);

#endif
