/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/correlation.h"

#include "case/folder.h"

enum { FIRST, SECOND, CORRELATION, REMARK, COLUMNS };
static const th_column columns[COLUMNS] = {{"first", true}, {"second", true}, {"correlation", true}, {"note", false}};

static uint32_t find_activity(th_loader *l, const th_reference *reference, size_t column)
{
	th_slice name = th_loader_cell(l, column);
	if (!th_loader_filled(l, column))
		return TH_NONE;
	uint32_t number = th_find_activity(reference, name);
	if (number == TH_NONE)
		TH_FAIL(l, column, TH_CELL_NOT_FOUND, th_loader_text(l, name), "activities.csv", NULL);
	return number;
}

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_correlations *out)
{
	th_decimal value;
	th_correlation row = {.first = find_activity(l, reference, FIRST), .second = find_activity(l, reference, SECOND), .line = l->record.line,
	                      .column = th_loader_at(l, CORRELATION).column};
	bool ok = th_loader_decimal(l, CORRELATION, &value);
	if (!ok || row.first == TH_NONE || row.second == TH_NONE)
		return;
	/* Within one activity a negative correlation of any number of lines cannot be. */
	bool one = row.first == row.second;
	if (th_decimal_cmp(value, th_decimal_int(one ? 0 : -1)) < 0 || th_decimal_cmp(value, th_decimal_int(1)) > 0)
		TH_FAIL(l, CORRELATION, TH_CELL_RANGE, "correlation", th_loader_text(l, th_loader_cell(l, CORRELATION)), one ? "0 .. 1" : "-1 .. 1", NULL);
	row.value = th_decimal_double(value);
	for (size_t i = 0; i < out->count; i++) {
		const th_correlation *other = &out->row[i];
		if ((other->first == row.first && other->second == row.second) || (other->first == row.second && other->second == row.first))
			TH_FAIL(l, FIRST, TH_ROW_TWICE,
			        th_loader_printf(l, "%s, %s", th_loader_text(l, reference->activity[row.first].id),
			                         th_loader_text(l, reference->activity[row.second].id)), NULL);
	}
	out->row = th_loader_append(l, arena, out->row, &out->count, &row, sizeof row);
}

th_status th_correlations_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_correlations *out)
{
	th_loader l;
	*out = (th_correlations){.path = path};
	if (th_case_open(&l, reference, TH_CASE_CORRELATIONS, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, out);
		if (l.status == TH_OK)
			memcpy(out->sha256, th_rows_sha256(l.rows), sizeof out->sha256);
	}
	return th_loader_close(&l);
}
