/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_ROUTE_H
#define TH_PATH_ROUTE_H

/* The cheapest set of measures that saves enough: branch and bound. th_path_route makes the problem out of a plan. */

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
} th_route_measure;

typedef struct th_route_problem {
	const th_mass *activity;   /* emissions before any measure */
	size_t activities;
	const th_route_measure *measure; /* in the order in which they work */
	size_t measures;
	th_mass need;              /* to be saved at least */
	uint64_t limit;            /* nodes to look at; 0: TH_ROUTE_NODES */
} th_route_problem;

typedef enum th_route_verdict {
	TH_ROUTE_OPTIMAL,    /* proved: no set is cheaper */
	TH_ROUTE_FOUND,      /* reaches the need; the limit came before the proof. `bound` says how much cheaper another one could be */
	TH_ROUTE_UNREACHABLE,/* all measures together do not save enough; saving and cost are those of all of them */
	TH_ROUTE_UNDECIDED   /* a number beyond 2^100, or more than TH_ROUTE_MEASURES measures */
} th_route_verdict;

typedef struct th_route {
	th_route_verdict verdict;
	uint64_t chosen;     /* bit i: measure i */
	th_money cost;       /* a year, of the chosen ones */
	th_mass saving;      /* together, with their overlap */
	th_money bound;      /* no set that reaches the need costs less than this */
	uint64_t nodes;
} th_route;

/* What a set saves: measures in their order, each taking its share of what is left of its activity. False when it does not fit. */
TH_MUST_USE bool th_route_saving(const th_route_problem *problem, uint64_t chosen, th_mass *saving);

/* Measures that earn money, cost nothing or are required are in every answer; of sets of equal cost the one that is found first. */
void th_route_find(const th_route_problem *problem, th_route *out);

#endif
