/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_TABLE_H
#define TH_REFERENCE_TABLE_H

/* Headers: which cell of a table is which column, by the canonical name or by an alias of columns.csv. */

#include "io/rows.h"
#include "reference/columns.h"

typedef struct th_column {
	const char *name;
	bool required;
} th_column;

/* For every column of `want`, the index of its cell in cell[], or -1 when the file has none. Reported: a required column that is
 * missing (1:1, with the aliases it could have had), one that stands twice, an empty header over cells (warning), an unknown one (a
 * warning with the closest known name). `columns` NULL: canonical names only. */
TH_MUST_USE th_status th_table_map(const th_columns *columns, const char *kind, const th_rows *rows, const th_column *want, size_t count,
                                   int *cell, th_diags *diags);

/* The cell for column `index` of a map, empty when the file has no such column. */
static inline th_slice th_cell(const th_record *record, int index)
{
	return index >= 0 && (size_t)index < record->cells ? record->cell[index] : (th_slice){"", 0};
}

/* The place of that cell, with the column's name. */
th_pos th_cell_place(const th_rows *rows, const th_record *record, int index, const char *name);

#endif
