/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_COMPARE_H
#define TH_AUDIT_COMPARE_H

/* Two reports of one job, value by value: what the first says and the second does not. */

#include "io/json.h"

/* A value that differs. Texts live in the arena. */
typedef struct th_difference {
	const char *where;       /* members by name, elements by their id, year or number: years[2023].totals.scope1 */
	const char *before, *after; /* as JSON writes them, long ones cut; NULL: it is not there */
	const th_json *of[2];    /* the values themselves, in the reports */
} th_difference;

enum { TH_DIFFERENCES_KEPT = 20 };
typedef struct th_comparison {
	size_t values;           /* that were compared */
	size_t rests, results;   /* how many differ: of what the report rests on (files, factors, rules, options); of what follows from it */
	th_difference rest[TH_DIFFERENCES_KEPT], result[TH_DIFFERENCES_KEPT]; /* the first of them, in the order of the report */
} th_comparison;

/* Who wrote them and what the case's folder is called differ without making a difference. False without memory. */
TH_MUST_USE bool th_compare(const th_json *before, const th_json *after, th_arena *arena, th_comparison *out);

#endif
