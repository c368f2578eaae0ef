/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_GRID_H
#define TH_IO_GRID_H

/* A whole table in memory, as an office laid it out: rows may have different lengths, any of them may be a title or a note, and no row is a
 * header before somebody says so. Where a table is what its header says, rows.h reads it without this. */

#include "io/source.h"

enum {
	TH_GRID_COVERED = 1, /* lies under a merged cell, whose text stands at the range's first cell alone */
	TH_GRID_FORMULA = 2, /* the text is what was computed last */
	TH_GRID_ERROR = 4,   /* #DIV/0! and the like, of a sheet */
	TH_GRID_NUMBER = 8,  /* a sheet says that it is a number */
	TH_GRID_LINKED = 16, /* from another workbook */
	TH_GRID_ROUNDED = 32, /* it had more digits than 15: a note has them */
	TH_GRID_SCALED = 64, /* its format, in a note, shows another number */
	TH_GRID_INDENT = 256 /* times this: how far a text is moved in (sheet.h), of CSV not said; of a covered cell which range lies over it */
};

enum { TH_GRID_CELLS = 1 << 22, TH_GRID_BYTES = 1 << 28 }; /* the most that one may have; more is an error that names the limit */

typedef struct th_grid_cell {
	th_slice text;     /* trimmed; empty where nothing stands */
	unsigned flags;    /* TH_GRID_ */
} th_grid_cell;

typedef struct th_grid_row {
	size_t line;       /* physical line, or row of the sheet, from 1 */
	th_slice raw;      /* of CSV: its bytes as decoded; of a sheet empty */
	th_grid_cell *cell;
	size_t cells;      /* up to the last that is not empty */
	bool hidden;       /* of a sheet */
} th_grid_row;

/* What a sheet has of a cell besides: its digits, or its format. */
typedef struct th_grid_note {
	size_t row, column;
	const char *stored;
} th_grid_note;

/* A merged range: both corners, from 0, rows as in row[]; where none of its rows is there, no cell is covered by it. */
typedef struct th_grid_range {
	size_t top, left, bottom, right;
} th_grid_range;

typedef struct th_grid {
	th_arena arena;    /* holds all that the cells show */
	const char *name;  /* of places: the file, with its sheet where it has some */
	const char *sheet; /* the sheet's name; NULL for CSV */
	char delimiter;    /* of CSV; a sheet's numbers need none, and it is ',' */
	th_grid_row *row;  /* rows without any text are left out; `line` tells where */
	size_t rows;
	size_t columns;    /* of the widest row */
	th_grid_range *merged;
	size_t ranges;
	th_grid_note *note; /* by row and column */
	size_t notes;
	unsigned char *hides; /* a bit for each column of a sheet that is hidden, or NULL */
	size_t held, bytes; /* cells and bytes of text so far */
} th_grid;

/* Read all of a source as CSV: the delimiter that occurs most in its first lines, rows of any length. Records that are no CSV are reported and
 * left out, TH_INVALID at the end when there were any; so is a table over the limits. Free with th_grid_free, whatever the status. */
TH_MUST_USE th_status th_grid_of_csv(th_source *source, th_diags *diags, th_grid *out);

/* For readers: a row behind the last one, with copies of its texts; empty cells at its end are cut off, and a row without any text is none.
 * `flags` may be NULL. Reported: too much, too little memory. */
TH_MUST_USE th_status th_grid_add(th_grid *grid, size_t line, th_slice raw, const th_slice *cell, const unsigned *flags, size_t cells, th_diags *diags);

void th_grid_free(th_grid *grid);

/* The cell in column `column` of row `row`, both from 0; an empty one where there is none. */
static inline const th_grid_cell *th_grid_at(const th_grid *grid, size_t row, size_t column)
{
	static const th_grid_cell none = {{"", 0}, 0};
	return row < grid->rows && column < grid->row[row].cells ? &grid->row[row].cell[column] : &none;
}

/* Where it starts: line and column in characters for CSV, row and column for a sheet. */
th_pos th_grid_place(const th_grid *grid, size_t row, size_t column, const char *where);

#endif
