/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_ROUTE_SEARCH_H
#define TH_PATH_ROUTE_SEARCH_H

/* What route.c, route_search.c and route_ties.c share. */

#include "path/route.h"

/* By measure of the problem, itself among what it needs and drops. */
typedef struct th_ties {
	uint64_t needs[TH_ROUTE_MEASURES]; /* all that has to come with it */
	uint64_t drops[TH_ROUTE_MEASURES]; /* all that cannot come without it */
	uint64_t bars[TH_ROUTE_MEASURES];  /* all that cannot come beside it and what it needs */
	bool any;
} th_ties;

void th_ties_follow(const th_route_problem *problem, th_ties *out);
/* The measures of a set with all that they need; what cannot come beside them. */
uint64_t th_ties_needs(const th_route_problem *problem, const th_ties *ties, uint64_t set);
uint64_t th_ties_bars(const th_route_problem *problem, const th_ties *ties, uint64_t set);
bool th_ties_free(const th_ties *ties, size_t measure); /* it is tied to no other */

/* The best lawful set: the cheapest that saves the need, or the one that saves most. */
typedef struct th_searched {
	bool lawful;         /* the required measures may stand together; else the rest is empty */
	bool found, stopped; /* a set was found; the limit came before the proof */
	uint64_t chosen;
	th_money bound;      /* not for the most: no lawful set that saves the need costs less */
	th_mass kilograms;   /* for the most: of the best set, and what no lawful set is above */
	th_mass kilograms_bound;
	uint64_t nodes;
} th_searched;

enum { TH_ROUTE_KILOGRAM = 1000000000 };

void th_route_search(const th_route_problem *problem, const th_ties *ties, bool most, th_searched *out);

#endif
