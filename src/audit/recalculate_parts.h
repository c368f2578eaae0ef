/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_RECALCULATE_PARTS_H
#define TH_AUDIT_RECALCULATE_PARTS_H

/* What speaks for stating a base year anew, found by recalculate.c, for those who say it. */

#include "audit/diff_parts.h"
#include "audit/recalculate.h"

/* Kinds of change, as the standard has them. */
typedef enum th_restate { TH_RESTATE_STRUCTURE, TH_RESTATE_METHOD, TH_RESTATE_DATA, TH_RESTATES } th_restate;

enum { TH_RESTATE_REASONS = 9 };
/* One of the changes between the two accounts of the base year; with rounding they add up to the difference. */
typedef struct th_restate_reason {
	const char *id;
	th_restate kind;
	th_label word;
	th_mass value;
	bool above;              /* the threshold; meaningless without one */
} th_restate_reason;

/* A site that has lines in later years and none in the base year, or the other way round, and of which nothing says since when or until when it is in use. */
typedef struct th_restate_site {
	th_slice site;
	bool gone;
} th_restate_site;

typedef struct th_recalculation {
	const th_recalculation_of *of;
	const th_diff_found *found;
	const th_diff_year *year;  /* the base year, then and now */
	th_restate_reason reason[TH_RESTATE_REASONS];
	bool has_threshold, above; /* above: of all together */
	th_restate_site *site;
	size_t sites;
	th_recalculated answer;
} th_recalculation;

void th_put_recalculation_page(th_page *page, const th_recalculation *r);
void th_put_recalculation_json(const th_recalculation *r, th_buf *out);

#endif
