/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_ROUTE_H
#define TH_PATH_ROUTE_H

/* The cheapest set of measures that saves enough, and the set that saves most for a budget: branch and bound. th_path_route makes the problem
 * out of a plan.
 *
 * A set is lawful that has all required measures, with each measure all that it requires, and no two of which one excludes the other, and
 * that costs no more to build than the budget. */

#include "path/share.h"

typedef __int128 th_money; /* CNY in units of 1e-9 */

enum { TH_ROUTE_MEASURES = 64, TH_ROUTE_NODES = 20000000 };
#define TH_ROUTE_ALL ((size_t)-1)   /* the measure works on every activity */
#define TH_ROUTE_APART ((size_t)-2) /* on none: share.part x num / den is simply added (removals) */

typedef struct th_route_measure {
	size_t activity;     /* index, TH_ROUTE_ALL or TH_ROUTE_APART */
	th_share share;      /* of what the measures before it in the list leave */
	th_money cost;       /* a year; negative earns money */
	bool required;       /* done already, or not to be left out */
	th_money price;      /* what it takes of the budget, not negative */
	uint64_t requires;   /* bit i: only with measure i of the problem */
	uint64_t excludes;   /* never with measure i; what one of two says is said of both */
} th_route_measure;

typedef struct th_route_problem {
	const th_mass *activity;   /* emissions before any measure */
	size_t activities;
	const th_route_measure *measure; /* in the order in which they work */
	size_t measures;
	th_mass need;              /* to be saved at least */
	bool budgeted;             /* the prices together are at most ... */
	th_money budget;
	uint64_t limit;            /* nodes to look at; 0: TH_ROUTE_NODES */
} th_route_problem;

typedef enum th_route_verdict {
	TH_ROUTE_OPTIMAL,    /* proved: no lawful set is better */
	TH_ROUTE_FOUND,      /* lawful, and reaches the need; the limit came before the proof. `bound` and `most` say how much better another could be */
	TH_ROUTE_UNREACHABLE,/* no lawful set saves enough; what is told is that of the one that saves most */
	TH_ROUTE_IMPOSSIBLE, /* there is no lawful set at all; nothing is told */
	TH_ROUTE_UNDECIDED   /* a number beyond 2^100, more than TH_ROUTE_MEASURES measures, or the limit came before any lawful set */
} th_route_verdict;

typedef struct th_route {
	th_route_verdict verdict;
	uint64_t chosen;     /* bit i: measure i */
	th_money cost;       /* a year, of the chosen ones */
	th_money price;      /* of the chosen ones that are not required, and of what these require */
	th_mass saving;      /* together, with their overlap */
	th_money bound;      /* no set that reaches the need costs less than this */
	th_mass most;        /* th_route_most: no lawful set saves more than this */
	uint64_t nodes;
} th_route;

/* What a set saves: measures in their order, each taking its share of what is left of its activity. False when it does not fit. */
TH_MUST_USE bool th_route_saving(const th_route_problem *problem, uint64_t chosen, th_mass *saving);
/* The same by measure: parts[i] for each of the problem, 0 of one that is not chosen; their sum is the saving to the last digit. */
TH_MUST_USE bool th_route_parts(const th_route_problem *problem, uint64_t chosen, th_mass *part);

/* The cheapest lawful set that saves the need. Required measures are in every answer, and so are those that earn money or cost nothing where nothing
 * is tied to them; of sets of equal cost the one that is found first. */
void th_route_find(const th_route_problem *problem, th_route *out);

/* The lawful set that saves most, counted in whole kilograms (what measures take from each other is rounded to 1e-9 kg one by one, and no set is
 * better for that); of these the cheapest. The need is ignored. */
void th_route_most(const th_route_problem *problem, th_route *out);

#endif
