/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_DIFF_PARTS_H
#define TH_AUDIT_DIFF_PARTS_H

/* What differs between two accounts, found by diff.c, for those who say it. All of it lives in the arena of the comparison. */

#include "audit/diff.h"
#include "report/report.h"

/* The same thing in both reports; NULL: this one has it not. */
typedef struct th_diff_pair {
	const th_json *of[2];
} th_diff_pair;

typedef struct th_diff_list {
	th_diff_pair *pair;
	size_t count;
} th_diff_list;

/* A year of the first against one of the second. */
typedef struct th_diff_year {
	int year[2];
	th_bridge bridge;
	th_bridge_part *part;    /* activities, the largest change first */
	size_t parts;            /* that changed */
	th_diff_list totals;     /* members of `totals` beside the gross emissions that are others, or that only one has */
} th_diff_year;

typedef struct th_diff_found {
	const th_diff_side *side; /* both */
	const th_json *root[2];   /* the reports as they come out */
	th_diff_year *year;
	size_t years;
	th_diff_list basis;       /* profile, GWP set, factor set, rules: the members, where they are others */
	th_diff_list factors;     /* elements of `factors`: with another number, and those that only one uses */
	th_diff_list footprints;  /* of two footprints: per declared unit another figure, and those that only one has */
	th_diff_list requirements; /* decided otherwise, and those that only one has */
	th_cause other[2];        /* the cause of what each, a report, states beside what comes out of its inputs now: data at fault, or other factors or tables */
	bool moved[2];            /* a report whose tables are not those that it was made from */
	bool checks;              /* both are checks: verdicts can be compared */
	bool differs;
} th_diff_found;

th_label th_cause_word(th_cause cause);

/* What a member of `totals` is called; 0: the profile's own total, which its document names. */
th_label th_diff_total_word(th_slice key);
/* `zh` or `en` of what the document calls the total of the profile. */
th_slice th_diff_profile_total(const th_diff_found *found, const char *lang);

/* diff_find.c: into the arena. TH_INVALID, and reported: no year can be compared. */
TH_MUST_USE th_status th_diff_find(const th_diff_side *side, th_arena *arena, th_diags *diags, th_diff_found *out);

/* The next parameter of a factor behind `after` (NULL: the first) that the other one, or NULL, has not, or with another number; NULL: no more. */
const th_json *th_other_parameter(const th_json *factor, const th_json *other, const th_json *after);

/* diff_footprints.c: a section, member "footprints"; nothing where none differs */
void th_put_diff_footprints(th_page *page, const th_diff_found *found);
void th_put_diff_footprints_json(th_writer *w, const th_diff_found *found);
void th_put_diff_text(th_page *page, const th_diff_found *found);
void th_put_diff_json(const th_diff_found *found, th_buf *out);
/* Members report and other, or file: which account it is. */
void th_put_diff_side(th_writer *w, const th_diff_side *side, th_cause other);

#endif
