/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_SHEET_H
#define TH_IO_SHEET_H

/* A sheet of a workbook, row by row and cell by cell, in flat memory. What may stand where, its users decide. */

#include "io/sheet_merges.h"
#include "io/workbook.h"

typedef enum th_sheet_kind {
	TH_SHEET_TEXT,
	TH_SHEET_NUMBER,   /* at most 15 digits; `5%` in a percent format */
	TH_SHEET_DATE,     /* YYYY-MM-DD, YYYY-MM, YYYY, with hh:mm:ss behind it or alone, by what its format shows */
	TH_SHEET_BOOLEAN,  /* TRUE, FALSE */
	TH_SHEET_FAULT,    /* #DIV/0! and the like */
	TH_SHEET_UNCACHED, /* a formula without its value; the text is empty */
	TH_SHEET_BAD       /* what cannot be read, as it stands there */
} th_sheet_kind;

enum {
	TH_SHEET_FORMULA = 1, /* the text is what was computed last */
	TH_SHEET_LINKED = 2,  /* from another workbook */
	TH_SHEET_ROUNDED = 4, /* the number had more digits than 15: `stored` has them */
	TH_SHEET_SCALED = 8   /* its format, `stored`, shows another number */
};

typedef struct th_sheet_cell {
	th_slice text;       /* trimmed; never empty but where the kind says so; valid until the next row */
	const char *stored;  /* see the flags; NULL without them */
	th_slice raw;        /* when it is wanted: a number's digits as stored, a text not trimmed; else empty */
	uint32_t style;
	uint32_t column;     /* from 1 */
	unsigned char kind, flags;
	unsigned char indent; /* how far a text is moved in, by its style and by blanks before it: in widths of a Latin letter */
} th_sheet_cell;

/* Cells without a text are left out, and so are rows without cells. */
typedef struct th_sheet_row {
	size_t number;       /* from 1 */
	bool hidden;
	const th_sheet_cell *cell; /* by column */
	size_t cells;
	const th_merge *const *merged; /* the merged ranges that lie over it, from left to right */
	size_t merges;
} th_sheet_row;

typedef struct th_sheet th_sheet;

/* Open a sheet of a workbook, which must outlive it. All of its part is looked at first: no cell comes out of a damaged one. */
TH_MUST_USE th_status th_sheet_open(th_workbook *workbook, size_t index, th_sheet **out);
/* The same for a reader with a list of findings of its own, which must outlive the sheet. */
TH_MUST_USE th_status th_sheet_open_to(th_workbook *workbook, size_t index, th_diags *diags, th_sheet **out);
/* The same over the bare XML of a sheet, without strings and styles, for tests. `name` must outlive it. */
TH_MUST_USE th_status th_sheet_of_xml(const char *name, th_slice xml, th_diags *diags, th_sheet **out);
/* From now on cells have what is stored as well. */
void th_sheet_want_raw(th_sheet *sheet);
/* The number format of a cell: the id of one that is built in, or its code; and how many steps its text is moved in. */
void th_sheet_format(const th_sheet *sheet, const th_sheet_cell *cell, unsigned *id, const char **code, unsigned *indent);
/* The next row; *end is set behind the last. Rows and cells that are out of order are an error. */
TH_MUST_USE th_status th_sheet_next(th_sheet *sheet, th_sheet_row *row, bool *end);

/* FILE.xlsx#SHEET, as it stands in places; it lives as long as the diagnostics. */
const char *th_sheet_name(const th_sheet *sheet);
th_pos th_sheet_place(const th_sheet *sheet, size_t row, size_t column, const char *where);
/* All merged ranges, by their first row. */
const th_merge *th_sheet_merges(const th_sheet *sheet, size_t *count);
/* Known behind the first row. */
bool th_sheet_hides_column(const th_sheet *sheet, size_t column);

void th_sheet_close(th_sheet *sheet);

#endif
