/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_BOOK_H
#define TH_IO_BOOK_H

/* A workbook to be filled in by people: sheets of texts, with lists to choose from. Put together here, written as .xlsx or sheet by sheet as CSV. An
 * append that finds no memory sets `failed` and changes nothing; who writes it asks once. */

#include "base/arena.h"
#include "base/diag.h"

typedef enum th_book_look { TH_BOOK_PLAIN, TH_BOOK_ENTRY, TH_BOOK_HINT, TH_BOOK_LOOKS } th_book_look; /* as it is; to be filled in; small print */

typedef struct th_book_column {
	unsigned width;          /* in characters */
	th_book_look look;
	bool text;               /* what is typed there stays what was typed: 2024-01 is no date */
} th_book_column;

/* Cells of a column, `rows` from `row` on (from 0), take a value of a list; other words may be typed after a question. */
typedef struct th_book_choice {
	struct th_book_choice *next;
	size_t column, row, rows;
	th_slice list;           /* a formula that gives a range; empty: no list, only the hint */
	th_slice title, hint;    /* shown when the cell is entered; both may be empty */
	th_slice question;       /* when another value is typed */
} th_book_choice;

typedef struct th_book_row {
	struct th_book_row *next;
	th_slice *cell;          /* one for each column */
	size_t cells;            /* that were put */
	bool head;
} th_book_row;

/* --- sheets that are copies: cells anywhere, as they stand elsewhere --- */

/* How a cell is painted, and what is said about it. The later ones win. */
typedef enum th_book_paint { TH_BOOK_UNPAINTED, TH_BOOK_NOTED, TH_BOOK_TO_FILL, TH_BOOK_WRONG, TH_BOOK_PAINTS } th_book_paint;

typedef struct th_book_value {
	enum { TH_BOOK_TEXT, TH_BOOK_NUMBER, TH_BOOK_TRUTH, TH_BOOK_FORMULA } kind;
	unsigned format;         /* of th_book_format; 0: as it comes */
	double number;           /* a truth is 0 or 1; of a formula what it comes to, which is shown until something is computed anew */
	th_slice text;           /* of a text; it stays a text, whatever it looks like. Of a formula, which begins with = and holds no text of others */
} th_book_value;

typedef struct th_book_cell {
	struct th_book_cell *next;
	uint32_t row, column;    /* from 0 */
	th_book_value value;
} th_book_cell;

typedef struct th_book_note {
	struct th_book_note *next;
	uint32_t row, column;
	th_book_paint paint;
	th_slice comment;        /* may be empty */
} th_book_note;

typedef struct th_book_range {
	struct th_book_range *next;
	uint32_t top, left, bottom, right;
} th_book_range;

typedef struct th_book_format {
	struct th_book_format *next;
	unsigned id;             /* of a format that is built in; `code` NULL */
	const char *code;
	unsigned indent;         /* how many steps a text is moved in */
} th_book_format;

/* A chart of lines: a category for each row, a series for each column, whose name is the head above. */
typedef enum th_book_series { TH_BOOK_LINE, TH_BOOK_BROKEN, TH_BOOK_MARKED, TH_BOOK_SERIES } th_book_series; /* a line, a broken one, with a mark at each number */

typedef struct th_book_chart {
	struct th_book_chart *next;
	uint32_t row, column;    /* where its corner is */
	uint32_t head, last;     /* the row of the names; the last row of numbers */
	uint32_t category;       /* the column of the categories */
	uint32_t series[8];      /* columns */
	th_book_series look[8];
	size_t count;            /* of series */
	th_slice title, axis;    /* above; beside the numbers, their unit */
} th_book_chart;

typedef struct th_book_sheet {
	struct th_book_sheet *next;
	th_book_cell *cell, **cell_end;
	th_book_note *note, **note_end;
	th_book_range *merged;
	th_book_chart *chart;
	th_slice name;           /* at most 31 characters, none of []:*?/\ */
	th_book_column *column;
	size_t columns, rows;
	th_book_row *row, **end, *open;
	th_book_choice *choice, **choice_end;
	bool hidden;
	bool paged, frozen;      /* printed across A4, as wide as a page, texts on one line; its first row stays when the others move */
} th_book_sheet;

typedef struct th_book {
	th_arena arena;
	th_book_sheet *sheet, **end, *now;
	th_slice title, author;  /* properties of the file */
	th_book_format *format, **format_end;
	unsigned formats;
	size_t cells, bytes;     /* of copies, in all sheets */
	bool failed;
} th_book;

/* The most that the copies of one book may have; Excel's own limits of a sheet and a cell. */
enum { TH_BOOK_CELLS = 1 << 20, TH_BOOK_BYTES = 1 << 26, TH_BOOK_ROWS = 1048576, TH_BOOK_COLUMNS = 16384, TH_BOOK_CELL = 32767, TH_BOOK_MERGED = 1 << 18 };

void th_book_begin(th_book *book);
void th_book_free(th_book *book);

/* A sheet behind the others; the calls below add to it. `column` is copied. */
void th_book_open(th_book *book, th_slice name, const th_book_column *column, size_t columns);
void th_book_put(th_book *book, th_slice text); /* a cell; a copy is kept */
void th_book_end(th_book *book, bool head);     /* the row; what was not put is empty */
/* `choice` is copied with its texts. */
void th_book_choose(th_book *book, const th_book_choice *choice);

/* For copies. A value at a place behind the last one, by row and column; all of it is copied. */
void th_book_set(th_book *book, size_t row, size_t column, const th_book_value *value);
unsigned th_book_new_format(th_book *book, unsigned id, const char *code, unsigned indent);
void th_book_merge(th_book *book, const th_book_range *range);
/* Behind the last note, by row and column; once for a cell. A comment is cut at what a cell may hold. */
void th_book_mark(th_book *book, size_t row, size_t column, th_book_paint paint, th_slice comment);
/* How wide the columns are, in characters. */
void th_book_widths(th_book *book, const unsigned *width, size_t columns);

/* The sheet is read and printed as it is; `heads`: its first row stays, on the screen and on each page. */
void th_book_page(th_book *book, bool heads);
/* `chart` is copied with its texts. */
void th_book_draw(th_book *book, const th_book_chart *chart);

/* The sheet as CSV: with a byte order mark, CRLF, and a ' before what a spreadsheet would take for a formula. */
void th_book_put_csv(const th_book_sheet *sheet, th_buf *out);

/* The whole as an .xlsx behind *out, by a process of its own (book_write.c). The same book gives the same bytes, always. Reported: what cannot be written, a
 * process that dies. */
TH_MUST_USE th_status th_book_write(const th_book *book, th_diags *diags, th_buf *out);

void th_book_library(th_buf *out); /* name and version of the one that is used */

#endif
