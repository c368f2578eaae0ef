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
	th_known known;            /* the user's files */
	uint32_t layer;           /* of the file that was loaded last */
};

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
/* Rows of one layer, from `first` on, that say the same thing for the same time. */
/* factor_layer.c: what the rows from `first` on, all of one file, leave of those below that have their ids. */
TH_MUST_USE th_status th_factors_settle(th_reference *reference, uint32_t first, th_diags *diags);
TH_MUST_USE th_status th_factors_overlap(th_reference *reference, uint32_t first, th_diags *diags);
/* Rebuild what th_factors_of and the profiles' rules look up. */
TH_MUST_USE th_status th_factors_index(th_reference *reference, th_diags *diags);

/* A new activity at the end of the list, TH_NONE without memory. */
uint32_t th_activity_add(th_reference *reference, const th_activity *activity);

#endif
