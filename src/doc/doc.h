/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_DOC_H
#define TH_DOC_H

/* What stands between a result and a page. Knows no subject. */

#include "base/str.h"

/* --- width.c: columns of a terminal --- */

/* Wide and full-width characters take two columns, combining marks none (Unicode 14, UAX #11; ambiguous ones take one). */
size_t th_width(th_slice text);
/* How many bytes of `text` go on a line of `columns`: all of them, or up to a good place to break (behind a blank; beside a wide
 * character, but not before closing punctuation or behind an opening one); at least one character. */
size_t th_width_break(th_slice text, size_t columns);
/* `text` in at most `columns`, with `…` at the end where it was cut. */
void th_width_cut(th_slice text, size_t columns, th_buf *out);

/* --- text.c: tables and labelled lists in text --- */

enum { TH_PAGE = 100, TH_GRID_COLUMNS = 16 };

/* Rows of cells under one set of widths. The widest text columns are wrapped when the page is too narrow. */
typedef struct th_grid {
	const char *align;  /* a letter for each column: l left, r right, d numbers at the decimal point */
	th_buf text;        /* of the cells, one behind the other */
	struct th_grid_cell *cell;
	size_t cells, room;
	bool failed;
} th_grid;

void th_grid_text(th_grid *grid, th_slice text); /* append to the open cell; control characters are shown escaped */
void th_grid_end(th_grid *grid);                 /* the cell is done */
void th_grid_cell(th_grid *grid, th_slice text); /* both */
void th_grid_note(th_grid *grid);                /* the cell is done and is a line of its own across all columns */
/* Write the table `indent` columns in, and free it. Failures end in out->failed. */
void th_grid_print(th_grid *grid, size_t indent, th_buf *out);

#endif
