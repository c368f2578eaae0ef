/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_TYPICAL_H
#define TH_REFERENCE_TYPICAL_H

/* What a case to fill in starts with: typical.csv, and usual_units.csv. Read when such a case is made, by nobody else. */

#include "reference/reference.h"

/* A line that most applicants of a kind have, or a fact that they state beside those that the rules ask for. */
typedef struct th_typical_row {
	th_slice categories;     /* ids of the rule pack with `;` between them, or `*` */
	th_index activity;       /* in activity[]; none: a fact */
	th_slice fact;           /* its id; empty: an activity */
	th_slice unit_zh, unit_en; /* as people write it; empty where only the bill tells which */
	th_slice source_zh, source_en, note_zh, note_en;
} th_typical_row;

/* In which units people have what is used of some activities. */
typedef struct th_usual_units {
	th_slice activities;     /* ids, `;` between them; empty: all of the method and state */
	th_slice method, state;
	th_slice units_zh, units_en; /* `;` between them, the most usual first; empty: the activities are not offered */
} th_usual_units;

typedef struct th_typical {
	th_typical_row *row;     /* in the order of the file */
	size_t rows;
	th_usual_units *usual;
	size_t usuals;
} th_typical;

/* Read both tables of the data folder `dir` into the arena, which must not outlive `reference`. TH_INVALID for a row that names no activity or
 * kind; TH_SYSTEM without memory. */
TH_MUST_USE th_status th_typical_load(const th_reference *reference, const char *dir, th_arena *arena, th_diags *diags, th_typical *out);

/* Does the row name the category? */
bool th_typical_names(const th_typical_row *row, th_slice category);
/* Is the row for applicants of the category (an id; empty: of any)? */
bool th_typical_is_for(const th_typical_row *row, th_slice category);
/* The first row that speaks of an activity; NULL where none does. */
const th_usual_units *th_usual_units_of(const th_typical *typical, const th_activity *activity);

#endif
