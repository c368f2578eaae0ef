/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/default.h"

#include "reference/loader.h"

enum { ID, SIDE, ACTIVITY, GAS, LOW, HIGH, PRINTED, NAME_ZH, NAME_EN, SOURCE, TABLE, URL, CONFIDENCE, NOTE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"id", true}, {"side", true}, {"activity", true}, {"gas", true}, {"low", true}, {"high", true}, {"printed", true}, {"name_zh", true},
	{"name_en", true}, {"source", true}, {"table", true}, {"url", true}, {"confidence", true}, {"note", false},
};

static const th_text_cell texts[] = {
	{ID, offsetof(th_default, id)}, {NAME_ZH, offsetof(th_default, name_zh)}, {NAME_EN, offsetof(th_default, name_en)},
	{PRINTED, offsetof(th_default, printed)}, {SOURCE, offsetof(th_default, source)}, {TABLE, offsetof(th_default, table)},
	{URL, offsetof(th_default, url)}, {NOTE, offsetof(th_default, note)},
};

const th_default *th_default_find(const th_defaults *defaults, bool of_factor, uint32_t activity, th_index gas)
{
	for (size_t i = 0; i < defaults->count; i++) {
		const th_default *row = &defaults->row[i];
		if (row->of_factor != of_factor || (th_index_is(row->gas) && !th_index_same(row->gas, gas)))
			continue;
		for (size_t k = 0; k < row->activities; k++)
			if (row->activity[k] == activity)
				return row;
	}
	return NULL;
}

static bool read_activities(th_loader *l, const th_reference *reference, th_arena *arena, th_default *row)
{
	th_slice rest = th_loader_cell(l, ACTIVITY), name;
	size_t count = 1;
	bool ok = th_loader_filled(l, ACTIVITY);
	for (size_t i = 0; i < rest.len; i++)
		count += rest.ptr[i] == ';';
	row->activity = th_arena_alloc(arena, count, sizeof *row->activity);
	if (!row->activity)
		return th_loader_no_memory(l);
	while (th_slice_split(&rest, ';', &name)) {
		uint32_t number = th_find_activity(reference, name);
		if (number == TH_NONE) {
			TH_FAIL(l, ACTIVITY, TH_CELL_NOT_FOUND, th_loader_text(l, name), "activities.csv", NULL);
			ok = false;
		} else
			row->activity[row->activities++] = number;
	}
	return ok;
}

static bool read_limit(th_loader *l, size_t column, th_decimal *out)
{
	if (!th_loader_decimal(l, column, out))
		return false;
	if (out->mant >= 0)
		return true;
	TH_FAIL(l, column, TH_CELL_RANGE, th_loader_called(l, column), th_loader_text(l, th_loader_cell(l, column)), TH_NOT_BELOW_ZERO, NULL);
	return false;
}

static void default_row(th_loader *l, const th_reference *reference, th_arena *arena, th_defaults *out)
{
	static const char *const sides[] = {"activity", "factor"};
	th_default row = {0};
	size_t side = 0;
	bool ok = th_loader_filled(l, ID);
	ok &= th_loader_filled(l, SOURCE);
	ok &= th_loader_choice(l, SIDE, sides, 2, &side);
	ok &= read_limit(l, LOW, &row.low);
	ok &= read_limit(l, HIGH, &row.high);
	ok &= read_activities(l, reference, arena, &row);
	th_slice gas = th_loader_cell(l, GAS);
	if (gas.len) {
		row.gas = th_index_of(th_find_gas(reference, gas));
		if (!th_index_is(row.gas)) {
			TH_FAIL(l, GAS, TH_CELL_NOT_FOUND, th_loader_text(l, gas), "gwp.csv", NULL);
			return;
		}
	}
	if (!ok)
		return;
	row.of_factor = side == 1;
	for (size_t i = 0; i < row.activities; i++) {
		const th_default *other = th_default_find(out, row.of_factor, row.activity[i], row.gas);
		if (other)
			TH_FAIL(l, ACTIVITY, TH_ROW_TWICE,
			        th_loader_printf(l, "%s %s", th_loader_text(l, reference->activity[row.activity[i]].id), sides[side]), NULL);
	}
	if (!th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &row))
		return;
	out->row = th_loader_append(l, arena, out->row, &out->count, &row, sizeof row);
}

th_status th_defaults_load(const th_reference *reference, const char *dir, th_arena *arena, th_diags *diags, th_defaults *out)
{
	th_loader l;
	*out = (th_defaults){0};
	if (th_loader_open_data(&l, arena, dir, "uncertainty.csv", columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			default_row(&l, reference, arena, out);
		if (l.status == TH_OK)
			memcpy(out->sha256, th_rows_sha256(l.rows), sizeof out->sha256);
	}
	return th_loader_close(&l);
}
