/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_UNCERTAINTY_COLLECTOR_H
#define TH_UNCERTAINTY_COLLECTOR_H

/* What collect.c collects and model.c makes a model of. */

#include "uncertainty/uncertainty.h"
#include "base/hash.h"

enum { TH_PARTS = 32 };    /* gases of a line; more are taken as another line */

/* A gas of a line by one factor, or the sum of it over lines; kg CO2e. */
typedef struct th_sum {
	const th_factor *factor;
	const th_gas *gas;
	th_bucket bucket;
	double mass, linear, square; /* sums of mass, mass x 1.96 relative standard uncertainties, and the square of that */
	bool known;            /* how the factor spreads */
	th_spread spread;
	const th_default *from;
} th_sum;

/* Lines with one year, activity, scope and list of factors. */
typedef struct th_bundle {
	th_slice key;
	int year, scope;
	const th_activity *activity;
	th_index common;       /* the activity's number among the correlated ones, or none */
	th_spread spread;      /* of its activity data, while it is one line */
	const th_default *from;
	bool known;            /* the activity data have an uncertainty, perhaps zero */
	bool of_line;          /* a line that emits in several years: a deposit, a bill over the end of one; their activity data are one draw */
	bool single, merged;   /* one line; lines of any distribution taken together */
	uint64_t order;        /* of the line */
	th_sum *sum;
	size_t sums;
} th_bundle;

struct th_collector {
	const th_reference *reference;
	th_cpu cpu;            /* the instructions that may be taken */
	th_uncertainty *out;
	th_arena arena;
	th_bundle line;        /* the one whose entries are coming in */
	th_sum part[TH_PARTS];
	th_buf key;
	th_intern keys;
	th_bundle **bundle;    /* by number of the key, at the end sorted by key */
	size_t singles;
	const th_activity *last;
	const th_default *last_default; /* of that activity's data */
	uint32_t *common;      /* activities that are correlated */
	uint32_t commons;
	double *covariance;    /* commons x commons */
};

/* model.c: from the bundles to c->out. */
TH_MUST_USE th_status th_collector_result(th_collector *c);

#endif
