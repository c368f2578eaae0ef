/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/delivered.h"

#include "case/folder.h"

enum { MEASURE, YEAR, REDUCTION, UNIT, EVIDENCE, NOTE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"measure", true}, {"year", true}, {"reduction", true}, {"unit", TH_COLUMN_DECIDES}, {"evidence", false}, {"note", false},
};

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_delivered *out)
{
	th_delivered_row row = {.line = l->record.line};
	th_loader_filled(l, MEASURE);
	th_loader_year(l, YEAR, &row.year);
	th_loader_emissions(l, reference->units, REDUCTION, UNIT, false, &row.reduction);
	if (!th_loader_copy(l, arena, th_loader_cell(l, MEASURE), &row.measure) ||
	    !th_loader_copy(l, arena, th_loader_cell(l, EVIDENCE), &row.evidence))
		return;
	for (size_t i = 0; i < out->count; i++)
		if (row.measure.len && th_slice_eq(out->row[i].measure, row.measure) && out->row[i].year == row.year)
			TH_FAIL(l, MEASURE, TH_ROW_TWICE, th_loader_printf(l, "%s %d", th_loader_text(l, row.measure), row.year), NULL);
	out->row = th_loader_append(l, arena, out->row, &out->count, &row, sizeof row);
}

th_status th_delivered_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_delivered *out)
{
	th_loader l;
	*out = (th_delivered){.path = path};
	if (th_case_open(&l, reference, TH_CASE_DELIVERED, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	return th_loader_close(&l);
}
