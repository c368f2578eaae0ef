/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_LOAD_H
#define TH_REFERENCE_LOAD_H

/* What the loaders of the reference data share. Private to this room. */

#include "base/filename.h"
#include "io/known.h"
#include "reference/names.h"
#include "reference/node.h"
#include "reference/reference.h"

/* --- the index of a reference --- */

struct th_reference_index {
	th_names activity, gas, region;
	th_intern factor_id;
	struct th_factor_chain {
		uint32_t first, last; /* the rows that hold; those of the highest layer first */
		th_index below;       /* while a file is read: the first row that held before it */
	} *chain;                 /* by number of the id */
	th_intern category;
	uint32_t *serve_start, *serve; /* rows that serve activity a: serve[serve_start[a]] to serve[serve_start[a + 1]] */
	size_t serve_starts, serves;
	int32_t *edge;             /* the days on which any factor begins to hold or has just ceased, ascending */
	size_t edges;
	uint32_t *shipped_start, *shipped; /* the same as serve, of the rows that come with tanhe, also of those that the user's replace */
	size_t shippeds;
	th_known known;            /* the user's files */
	uint32_t layer;           /* of the file that was loaded last */
};

/* --- one slip away (suggest.c) --- */

/* The names of the shipped activities longer than three characters. A slip leaves the first two characters or the last two of such a name as they
 * are, so it is looked for among those that have either in common with a text: a list of them runs through next[]. */
typedef struct th_slips {
	th_intern end;
	uint32_t *first;      /* by number of the end: 2 x name for its first two characters, + 1 for its last two */
	uint32_t *next;       /* by that number */
	uint32_t names;
} th_slips;
TH_MUST_USE bool th_slips_make(th_slips *slips, const th_reference *reference); /* false without memory; free it either way */
void th_slips_free(th_slips *slips);
/* The id of the shipped activity that `text` is a slip of; an empty slice if of none. */
th_slice th_slip_of(const th_slips *slips, const th_reference *reference, th_slice text);

/* --- the loaders, in the order in which they run --- */

TH_MUST_USE th_status th_gases_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_regions_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_energy_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_activities_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_conversions_load(th_reference *reference, const char *dir, th_diags *diags); /* behind the activities */
TH_MUST_USE th_status th_intensities_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_plausible_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_activity_words_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_layout_words_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_row_words_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_factor_set_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_conflicts_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_profiles_load(th_reference *reference, const char *dir, th_diags *diags);

/* One factor file into a layer; layer 0 may not declare activities. With `sha256`, the file's checksum. */
TH_MUST_USE th_status th_factors_load(th_reference *reference, const char *path, uint32_t layer, char sha256[65], th_diags *diags);
/* factor_supplier.c: is that file a supplier's footprint, by its name? Then its rows as a factor file, and the checksum of the file itself. Errors: no
 * footprint, or one that does not end at the gate. */
bool th_is_supplier(const char *path);
TH_MUST_USE th_status th_supplier_rows(const th_units *units, const char *path, th_arena *arena, char sha256[65], th_diags *diags, th_buf *out);
/* Rows of one layer, from `first` on, that say the same thing for the same time. */
/* factor_layer.c: what the rows from `first` on, all of one file, leave of those below that have their ids. */
TH_MUST_USE th_status th_factors_settle(th_reference *reference, uint32_t first, th_diags *diags);
TH_MUST_USE th_status th_factors_overlap(th_reference *reference, uint32_t first, th_diags *diags);
TH_MUST_USE th_status th_units_know(th_reference *reference, th_diags *diags); /* unit_known.c; behind all that names units */
/* Rebuild what th_factors_of and the profiles' rules look up. */
void th_factors_index_free(th_reference *reference);
TH_MUST_USE th_status th_factors_index(th_reference *reference, th_diags *diags);

/* A new activity at the end of the list, TH_NONE without memory. */
uint32_t th_activity_add(th_reference *reference, const th_activity *activity);

#endif
