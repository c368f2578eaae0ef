/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/inventory.h"

#include <stdlib.h>

#include "case/folder.h"

static const th_column columns[TH_COLS] = {
	[TH_COL_PERIOD] = {"period", true}, [TH_COL_ACTIVITY] = {"activity", true}, [TH_COL_QUANTITY] = {"quantity", true},
	[TH_COL_UNIT] = {"unit", true}, [TH_COL_SITE] = {"site", false}, [TH_COL_SOURCE] = {"source", false},
	[TH_COL_SCOPE] = {"scope", false}, [TH_COL_FACTOR] = {"factor", false}, [TH_COL_REGION] = {"region", false},
	[TH_COL_UNCERTAINTY] = {"uncertainty", false}, [TH_COL_NCV] = {"ncv", false}, [TH_COL_CARBON] = {"carbon_content", false},
	[TH_COL_OXIDATION] = {"oxidation", false}, [TH_COL_DENSITY] = {"density", false}, [TH_COL_INSTRUMENT] = {"instrument", false}, [TH_COL_EVIDENCE] = {"evidence", false},
	[TH_COL_NOTE] = {"note", false},
};

struct th_inventory {
	th_rows *table;
	th_record record;
	int cell[TH_COLS];
	size_t rows;
	const th_columns *columns;
	th_doubt doubt;
	th_diags *diags;
};

th_status th_inventory_open(const th_reference *reference, const char *path, th_encoding encoding, th_diags *diags, th_inventory **out)
{
	*out = NULL;
	th_inventory *inventory = th_calloc(1, sizeof *inventory);
	*out = NULL;
	if (!inventory)
		return th_no_memory(diags);
	th_status status = th_rows_open(path, encoding, diags, &inventory->table);
	inventory->columns = reference->columns;
	inventory->diags = diags;
	if (status == TH_OK)
		th_doubt_start(&inventory->doubt, reference->columns, inventory->table);
	inventory->doubt.open &= status == TH_OK && !th_rows_ambiguous(inventory->table); /* of these every account says it */
	if (status == TH_OK)
		status = th_table_map(reference->columns, th_case_files[TH_CASE_INVENTORY].kind, inventory->table, columns, TH_COLS, inventory->cell, diags);
	if (status != TH_OK) {
		if (status != TH_SYSTEM && th_doubt_end(&inventory->doubt, inventory->table, diags) != TH_OK)
			status = TH_SYSTEM;
		th_inventory_close(inventory);
		return status;
	}
	*out = inventory;
	return TH_OK;
}

th_status th_inventory_next(th_inventory *inventory, th_line *line, bool *end)
{
	th_status status = th_rows_next(inventory->table, &inventory->record, end);
	if (status == TH_OK && *end)
		status = th_doubt_end(&inventory->doubt, inventory->table, inventory->diags);
	if (status != TH_OK || *end)
		return status;
	if (inventory->doubt.open)
		th_doubt_look(&inventory->doubt, inventory->columns, &inventory->record);
	inventory->rows++;
	for (int i = 0; i < TH_COLS; i++)
		line->cell[i] = th_cell(&inventory->record, inventory->cell[i]);
	line->line = inventory->record.line;
	line->raw = inventory->record.raw;
	line->delimiter = th_rows_delimiter(inventory->table);
	return TH_OK;
}

bool th_inventory_has(const th_inventory *inventory, th_inventory_column column)
{
	return inventory->cell[column] >= 0;
}

size_t th_inventory_cell(const th_inventory *inventory, th_inventory_column column)
{
	return inventory->cell[column] < 0 ? 0 : (size_t)inventory->cell[column] + 1;
}

bool th_inventory_unread(const th_inventory *inventory, size_t *at, th_slice *name, th_slice *cell)
{
	const th_record *header = th_rows_header(inventory->table);
	while (*at < inventory->record.cells) {
		size_t i = (*at)++;
		bool known = inventory->record.cell[i].len == 0;
		for (size_t c = 0; c < TH_COLS && !known; c++)
			known = inventory->cell[c] >= 0 && (size_t)inventory->cell[c] == i;
		if (known)
			continue;
		*name = th_cell(header, (int)i);
		*cell = inventory->record.cell[i];
		return true;
	}
	return false;
}

th_pos th_inventory_place(const th_inventory *inventory, th_inventory_column column)
{
	return th_cell_place(inventory->table, &inventory->record, inventory->cell[column], columns[column].name);
}

const th_rows *th_inventory_table(const th_inventory *inventory)
{
	return inventory->table;
}

size_t th_inventory_rows(const th_inventory *inventory)
{
	return inventory->rows;
}

void th_inventory_close(th_inventory *inventory)
{
	if (!inventory)
		return;
	th_rows_close(inventory->table);
	free(inventory);
}
