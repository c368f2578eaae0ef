/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_TABLE_H
#define TH_REFERENCE_TABLE_H

/* Headers: which cell of a table is which column, by the canonical name or by an alias of columns.csv. */

#include "io/rows.h"
#include "reference/columns.h"

/* How much of a column is asked for. */
enum {
	TH_COLUMN_DECIDES = 2, /* may be left out, but then a verdict is another: a header that looks like it is an error */
	TH_COLUMN_MEASURED = 4 /* may be left out, and may have a unit in brackets behind its name, which the reader of the table takes */
};

typedef struct th_column {
	const char *name;
	unsigned char required; /* false, true or one of these */
} th_column;

/* For every column of `want`, the index of its cell in cell[], or -1 when the file has none. Reported: a required column that is
 * missing (1:1, with the aliases it could have had), one that stands twice, an empty header over cells (warning), an unknown one (a
 * warning with the closest known name; an error when it looks like a column that decides and that the file does not have). In the tables of measures, targets, parameters, what was delivered and series a header may have a unit in brackets behind its name, which
 * the reader of the table takes, and so may those asked for as measured; elsewhere such a header is unknown. `columns` NULL: canonical names only. */
TH_MUST_USE th_status th_table_map(const th_columns *columns, const char *kind, th_rows *rows, const th_column *want, size_t count,
                                   int *cell, th_diags *diags);

/* The same of the columns alone, where all else was said when the table was read: reported is one that stands twice. */
TH_MUST_USE th_status th_table_find(const th_columns *columns, const char *kind, th_rows *rows, const th_column *want, size_t count,
                                    int *cell, th_diags *diags);

/* Has the table, which was given as `kind`, the header of another kind of table? That is an error of its own, and *other. */
TH_MUST_USE th_status th_table_is_other(const th_columns *columns, const char *kind, const th_rows *rows, th_diags *diags, bool *other);

/* What a kind of table is called; empty when it has no name. */
th_slice th_table_called(th_slice kind, th_lang lang);

/* A header without the brackets at its end, in which a unit may stand: 减排量(t/a), 投资（万元）. No brackets: all of it, and no unit. */
th_slice th_header_name(th_slice header, th_slice *unit);

/* A table that was read as GB18030 because it is nothing else that is known, until a word in it is known: Latin-1, Big5, Shift_JIS and EUC-KR
 * pass for GB18030 too. */
typedef struct th_doubt {
	bool open;
	unsigned looked;   /* at how many cells */
	char first[64];    /* the first of them, NUL-terminated, maybe cut */
} th_doubt;

/* Begin with the header. */
void th_doubt_start(th_doubt *doubt, const th_columns *columns, const th_rows *rows);
void th_doubt_look(th_doubt *doubt, const th_columns *columns, const th_record *record);
/* A caveat at the table's head if it is still open; NULL rows: there is no table. */
TH_MUST_USE th_status th_doubt_end(const th_doubt *doubt, const th_rows *rows, th_diags *diags);

/* The cell for column `index` of a map, empty when the file has no such column. */
static inline th_slice th_cell(const th_record *record, int index)
{
	return index >= 0 && (size_t)index < record->cells ? record->cell[index] : (th_slice){"", 0};
}

/* The place of that cell, with the column's name. */
th_pos th_cell_place(const th_rows *rows, const th_record *record, int index, const char *name);

#endif
