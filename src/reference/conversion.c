/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one kind of quantity to another: densities of liquids, and the heat of standard coal (conversions.csv). */
#include "reference/load.h"

enum { KIND, ACTIVITY, VALUE, UNIT, SOURCE, TABLE, URL, CONFIDENCE, NOTE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"kind", true}, {"activity", true}, {"value", true}, {"unit", true}, {"source", true}, {"table", false}, {"url", false}, {"confidence", false},
	{"note", false},
};
enum { STANDARD_COAL, DENSITY, KINDS };
static const char *const kinds[KINDS] = {"standard_coal", "density"};

static void serve(th_loader *l, th_reference *r, uint32_t number)
{
	th_slice rest = th_loader_cell(l, ACTIVITY), id;
	while (th_slice_split(&rest, ';', &id)) {
		uint32_t activity = th_find_activity(r, id);
		if (activity == TH_NONE)
			TH_FAIL(l, ACTIVITY, TH_CELL_NOT_FOUND, th_loader_text(l, id), "activities.csv", NULL);
		else if (th_index_is(r->activity[activity].density))
			TH_FAIL(l, ACTIVITY, TH_ROW_TWICE, th_loader_text(l, id), NULL);
		else
			r->activity[activity].density = th_index_of(number);
	}
}

static void add_row(th_loader *l, th_reference *r)
{
	static const th_text_cell texts[] = {{VALUE, offsetof(th_conversion, value_text)}, {UNIT, offsetof(th_conversion, unit_text)},
	                                     {SOURCE, offsetof(th_conversion, source)}};
	static const char *const like[KINDS] = {"GJ/tce", "kg/L"};
	th_conversion row = {0};
	th_unit expected;
	th_slice at;
	size_t kind;
	bool ok = th_loader_choice(l, KIND, kinds, KINDS, &kind);
	ok &= th_loader_filled(l, SOURCE);
	ok &= th_loader_decimal(l, VALUE, &row.value);
	ok &= th_loader_unit(l, r->units, UNIT, &row.unit);
	if (!ok)
		return;
	if (row.value.mant <= 0)
		TH_FAIL(l, VALUE, TH_CELL_RANGE, "value", th_loader_text(l, th_loader_cell(l, VALUE)), TH_ABOVE_ZERO, NULL);
	if (th_unit_parse(r->units, th_slice_of(like[kind]), &expected, &at) != TH_UNIT_OK || !th_unit_same_dimension(&row.unit, &expected)) {
		TH_FAIL(l, UNIT, TH_CELL_CHOICE, "unit", th_loader_text(l, th_loader_cell(l, UNIT)), like[kind], NULL);
		return;
	}
	if (kind == STANDARD_COAL && th_index_is(r->standard_coal))
		TH_FAIL(l, KIND, TH_ROW_TWICE, kinds[kind], NULL);
	size_t count = r->conversions;
	if (!th_loader_texts(l, &r->arena, texts, sizeof texts / sizeof *texts, &row))
		return;
	r->conversion = th_loader_append(l, &r->arena, r->conversion, &r->conversions, &row, sizeof row);
	if (r->conversions == count)
		return;
	if (kind == STANDARD_COAL)
		r->standard_coal = th_index_of((uint32_t)count);
	else
		serve(l, r, (uint32_t)count);
}

th_status th_conversions_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "conversions.csv", columns, COLUMNS, diags))
		while (th_loader_next(&l))
			add_row(&l, r);
	return th_loader_close(&l);
}
