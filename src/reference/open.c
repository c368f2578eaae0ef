/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference data as a whole: opened, added to, given back. */
#include <stdlib.h>

#include "io/guard.h"
#include "reference/image.h"
#include "reference/load.h"

static th_status load_units(th_reference *r, const char *dir, th_diags *diags)
{
	const char *path = th_path_join(&r->arena, dir, "units.csv");
	return path ? th_units_load(r->units, NULL, path, NULL, diags) : th_no_memory(diags);
}

static th_status load_columns(th_reference *r, const char *dir, th_diags *diags)
{
	const char *path = th_path_join(&r->arena, dir, "columns.csv");
	return path ? th_columns_load(r->columns, path, diags) : th_no_memory(diags);
}

/* What is loaded when. Tables of one step do not need each other, so all their errors are found; a later step would
 * only repeat the errors of an earlier one. */
static th_status load_all(th_reference *r, const char *dir, th_diags *diags)
{
	typedef th_status loader(th_reference *, const char *, th_diags *);
	static loader *const steps[][5] = {
		{load_units, load_columns, th_gases_load, th_regions_load, NULL},
		{th_energy_load, th_intensities_load, NULL},
		{th_activities_load, th_activity_words_load, NULL},
		{th_factor_set_load, th_conversions_load, NULL},
		{th_conflicts_load, th_profiles_load, NULL},
		{th_plausible_load, th_row_words_load, th_layout_words_load, NULL},
	};
	th_status status = TH_OK;
	for (size_t step = 0; step < sizeof steps / sizeof *steps && status == TH_OK; step++) {
		for (size_t i = 0; steps[step][i] && status != TH_SYSTEM; i++) {
			th_status now = steps[step][i](r, dir, diags);
			status = now > status ? now : status;
		}
	}
	const th_intern *const words[TH_WORD_LISTS] = {&r->index->activity.key, &r->index->region.key, th_units_names(r->units)};
	th_columns_words(r->columns, words);
	th_columns_beside(r->columns, &r->layout_words);
	if (status == TH_OK)
		status = th_units_know(r, diags);
	return status == TH_OK ? th_factors_index(r, diags) : status;
}

static th_status open_all(const char *dir, th_diags *diags, th_reference **out)
{
	th_reference *r = *out = th_calloc(1, sizeof *r);
	if (!r)
		return th_no_memory(diags);
	r->index = th_calloc(1, sizeof *r->index);
	r->units = th_units_new();
	r->columns = th_columns_new();
	th_slice kept = th_arena_copy(&r->arena, th_slice_of(dir));
	if (!r->index || !r->units || !r->columns || !kept.ptr)
		return th_no_memory(diags);
	th_status status = th_guard_folder(kept.ptr, diags);
	return status == TH_OK ? load_all(r, kept.ptr, diags) : status;
}

void th_reference_free(th_reference *r)
{
	if (!r)
		return;
	if (r->index) {
		th_names_free(&r->index->activity);
		th_names_free(&r->index->gas);
		th_names_free(&r->index->region);
		th_intern_free(&r->index->factor_id);
		th_intern_free(&r->index->category);
		th_lent_free(r->image, r->index->chain);
		th_factors_index_free(r);
	}
	free(r->index);
	th_units_free(r->units);
	th_columns_free(r->columns);
	th_lent_free(r->image, r->gas);
	th_lent_free(r->image, r->region);
	th_lent_free(r->image, r->activity);
	th_lent_free(r->image, r->energy);
	th_lent_free(r->image, r->factor);
	th_lent_free(r->image, r->profile);
	th_lent_free(r->image, r->intensity);
	th_lent_free(r->image, r->conflict);
	free(r->overlay);
	th_arena_free(&r->arena);
	th_os_unmap(r->image.start, r->image.end);
	free(r);
}

th_status th_reference_open(const char *dir, th_diags *diags, th_reference **out)
{
	th_mark mark = th_begin(diags);
	th_status status = th_settle(mark, diags, open_all(dir, diags, out));
	if (status != TH_OK) {
		th_reference_free(*out);
		*out = NULL;
	}
	return status;
}

/* --- the user's files --- */

static th_status note_overlay(th_reference *r, const char *path, const char sha256[65], bool units, th_diags *diags)
{
	th_file_note *grown = th_grown(r->overlay, r->overlays, sizeof *grown);
	if (!grown)
		return th_no_memory(diags);
	r->overlay = grown;
	r->overlay[r->overlays].path = path;
	memcpy(r->overlay[r->overlays].sha256, sha256, 65);
	r->overlay[r->overlays].units = units;
	r->overlays++;
	return TH_OK;
}

static th_status add_factors(th_reference *r, const char *given, th_diags *diags)
{
	char sha256[65] = "";
	bool seen;
	th_slice path = th_arena_copy(&r->arena, th_slice_of(given));
	th_status status = path.ptr ? th_known_before(&r->index->known, &r->arena, path.ptr, &seen, diags) : th_no_memory(diags);
	if (status != TH_OK || seen)
		return status;
	if (!th_image_thaw(r))
		return th_no_memory(diags);
	uint32_t first = r->factors;
	status = th_factors_load(r, path.ptr, ++r->index->layer, sha256, diags);
	if (status != TH_SYSTEM) {
		th_status overlap = th_factors_overlap(r, first, diags);
		status = overlap > status ? overlap : status;
	}
	if (status == TH_OK)
		status = th_factors_settle(r, first, diags);
	if (status == TH_OK)
		status = note_overlay(r, path.ptr, sha256, false, diags);
	return status == TH_OK ? th_factors_index(r, diags) : status;
}

static th_status add_units(th_reference *r, const char *given, th_diags *diags)
{
	bool seen;
	char sha256[65];
	th_slice path = th_arena_copy(&r->arena, th_slice_of(given));
	th_status status = path.ptr ? th_known_before(&r->index->known, &r->arena, path.ptr, &seen, diags) : th_no_memory(diags);
	if (status != TH_OK || seen)
		return status;
	if (!th_image_thaw(r))
		return th_no_memory(diags);
	status = th_units_load(r->units, r->columns, path.ptr, sha256, diags);
	return status == TH_OK ? note_overlay(r, path.ptr, sha256, true, diags) : status;
}

th_status th_reference_add_factors(th_reference *r, const char *given, th_diags *diags)
{
	th_mark mark = th_begin(diags);
	return th_settle(mark, diags, add_factors(r, given, diags));
}

th_status th_reference_add_units(th_reference *r, const char *given, th_diags *diags)
{
	th_mark mark = th_begin(diags);
	return th_settle(mark, diags, add_units(r, given, diags));
}
