/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/typical.h"

#include "reference/load.h"

enum { CATEGORY, KIND, ID, UNIT_ZH, UNIT_EN, SOURCE_ZH, SOURCE_EN, NOTE_ZH, NOTE_EN, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"category", true}, {"kind", true}, {"id", true}, {"unit_zh", true}, {"unit_en", true}, {"source_zh", true}, {"source_en", true}, {"note_zh", true}, {"note_en", true},
};
static const th_text_cell texts[] = {
	{CATEGORY, offsetof(th_typical_row, categories)}, {UNIT_ZH, offsetof(th_typical_row, unit_zh)}, {UNIT_EN, offsetof(th_typical_row, unit_en)}, {SOURCE_ZH, offsetof(th_typical_row, source_zh)},
	{SOURCE_EN, offsetof(th_typical_row, source_en)}, {NOTE_ZH, offsetof(th_typical_row, note_zh)}, {NOTE_EN, offsetof(th_typical_row, note_en)},
};

enum { U_ACTIVITY, U_METHOD, U_STATE, U_UNITS_ZH, U_UNITS_EN, U_COLUMNS };
static const th_column unit_columns[U_COLUMNS] = {{"activity", true}, {"method", true}, {"state", true}, {"units_zh", true}, {"units_en", true}};
static const th_text_cell unit_texts[] = {
	{U_ACTIVITY, offsetof(th_usual_units, activities)}, {U_METHOD, offsetof(th_usual_units, method)}, {U_STATE, offsetof(th_usual_units, state)},
	{U_UNITS_ZH, offsetof(th_usual_units, units_zh)}, {U_UNITS_EN, offsetof(th_usual_units, units_en)},
};

static void typical_row(th_loader *l, const th_reference *reference, th_arena *arena, th_typical *out)
{
	static const char *const kinds[] = {"fact", "activity"};
	th_typical_row row = {.fact = {"", 0}};
	size_t kind = 0;
	bool ok = th_loader_filled(l, CATEGORY);
	ok &= th_loader_filled(l, ID);
	ok &= th_loader_choice(l, KIND, kinds, sizeof kinds / sizeof *kinds, &kind);
	if (!ok || !th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &row))
		return;
	if (kind == 0) {
		if (!th_loader_copy(l, arena, th_loader_cell(l, ID), &row.fact))
			return;
	} else {
		uint32_t activity = th_find_activity(reference, th_loader_cell(l, ID));
		if (activity == TH_NONE) {
			TH_FAIL(l, ID, TH_CELL_NOT_FOUND, th_loader_text(l, th_loader_cell(l, ID)), "activities.csv", NULL);
			return;
		}
		row.activity = th_index_of(activity);
	}
	out->row = th_loader_append(l, arena, out->row, &out->rows, &row, sizeof row);
}

static void units_row(th_loader *l, const th_reference *reference, th_arena *arena, th_typical *out)
{
	th_usual_units row;
	th_slice rest = th_loader_cell(l, U_ACTIVITY), id;
	while (rest.len && th_slice_split(&rest, ';', &id))
		if (th_find_activity(reference, id) == TH_NONE)
			TH_FAIL(l, U_ACTIVITY, TH_CELL_NOT_FOUND, th_loader_text(l, id), "activities.csv", NULL);
	if (th_loader_texts(l, arena, unit_texts, sizeof unit_texts / sizeof *unit_texts, &row))
		out->usual = th_loader_append(l, arena, out->usual, &out->usuals, &row, sizeof row);
}

th_status th_typical_load(const th_reference *reference, const char *dir, th_arena *arena, th_diags *diags, th_typical *out)
{
	th_loader l;
	*out = (th_typical){0};
	if (th_loader_open_data(&l, arena, dir, "typical.csv", columns, COLUMNS, diags))
		while (th_loader_next(&l))
			typical_row(&l, reference, arena, out);
	th_status status = th_loader_close(&l);
	if (status == TH_SYSTEM)
		return status;
	if (th_loader_open_data(&l, arena, dir, "usual_units.csv", unit_columns, U_COLUMNS, diags))
		while (th_loader_next(&l))
			units_row(&l, reference, arena, out);
	th_status second = th_loader_close(&l);
	return second > status ? second : status;
}

static bool lists(th_slice list, th_slice wanted)
{
	th_slice one;
	while (th_slice_split(&list, ';', &one))
		if (th_slice_eq(one, wanted))
			return true;
	return false;
}

bool th_typical_names(const th_typical_row *row, th_slice category)
{
	return lists(row->categories, category);
}

bool th_typical_is_for(const th_typical_row *row, th_slice category)
{
	return category.len == 0 || th_slice_eq(row->categories, TH_S("*")) || lists(row->categories, category);
}

/* The words of activities.csv's column state, as far as an activity keeps them. */
static bool in_state(const th_activity *activity, th_slice state)
{
	return state.len == 0 || th_slice_eq(activity->state, state);
}

const th_usual_units *th_usual_units_of(const th_typical *typical, const th_activity *activity)
{
	for (size_t i = 0; i < typical->usuals; i++) {
		const th_usual_units *usual = &typical->usual[i];
		bool of_kind = th_slice_eq(usual->method, th_slice_of(th_method_names[activity->method])) && in_state(activity, usual->state);
		if (usual->activities.len ? lists(usual->activities, activity->id) : of_kind)
			return usual;
	}
	return NULL;
}
