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
 * warning with the closest known name). In the tables of measures, targets, parameters, what was delivered and series a header may have a unit in brackets behind its name, which
 * the reader of the table takes; elsewhere such a header is unknown. `columns` NULL: canonical names only. */
TH_MUST_USE th_status th_table_map(const th_columns *columns, const char *kind, const th_rows *rows, const th_column *want, size_t count,
                                   int *cell, th_diags *diags);

/* A header without the brackets at its end, in which a unit may stand: 减排量(t/a), 投资（万元）. No brackets: all of it, and no unit. */
th_slice th_header_name(th_slice header, th_slice *unit);

/* The cell for column `index` of a map, empty when the file has no such column. */
static inline th_slice th_cell(const th_record *record, int index)
{
	return index >= 0 && (size_t)index < record->cells ? record->cell[index] : (th_slice){"", 0};
}

/* The place of that cell, with the column's name. */
th_pos th_cell_place(const th_rows *rows, const th_record *record, int index, const char *name);

#endif
