/* SPDX-License-Identifier: GPL-3.0-or-later */
/* columns.csv. */
#include "reference/columns.h"

#include "reference/loader.h"

enum { C_FILE, C_COLUMN, C_ALIASES, C_COUNT };
static const th_column columns_columns[C_COUNT] = {{"file", true}, {"column", true}, {"aliases", true}};

static bool add_name(th_loader *l, th_columns *columns, size_t at, th_slice text)
{
	const th_column_name name = {th_loader_cell(l, C_FILE), th_loader_cell(l, C_COLUMN), text, l->record.line}, *there;
	if (!th_columns_add(columns, &name, &there))
		return th_loader_no_memory(l);
	if (!th_slice_eq(there->column, name.column))
		TH_FAIL(l, at, TH_NAME_TWICE, th_loader_text(l, text), th_loader_text(l, there->column), th_loader_text(l, name.column),
		        th_loader_printf(l, "%zu", there->line), NULL);
	return true;
}

static void add_row(th_loader *l, th_columns *columns)
{
	th_slice alias, rest = th_loader_cell(l, C_ALIASES);
	if (!th_loader_filled(l, C_FILE) || !th_loader_filled(l, C_COLUMN) || !add_name(l, columns, C_COLUMN, th_loader_cell(l, C_COLUMN)))
		return;
	while (th_slice_split(&rest, ';', &alias))
		if (alias.len && !add_name(l, columns, C_ALIASES, alias))
			return;
}

th_status th_columns_load(th_columns *columns, const char *path, th_diags *diags)
{
	th_loader l;
	if (th_loader_open(&l, path, TH_ENC_UTF8, NULL, "columns", columns_columns, C_COUNT, diags))
		while (th_loader_next(&l))
			add_row(&l, columns);
	return th_loader_close(&l);
}
