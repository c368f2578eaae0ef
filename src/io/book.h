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

typedef struct th_book_sheet {
	struct th_book_sheet *next;
	th_slice name;           /* at most 31 characters, none of []:*?/\ */
	th_book_column *column;
	size_t columns, rows;
	th_book_row *row, **end, *open;
	th_book_choice *choice, **choice_end;
	bool hidden;
} th_book_sheet;

typedef struct th_book {
	th_arena arena;
	th_book_sheet *sheet, **end, *now;
	th_slice title, author;  /* properties of the file */
	bool failed;
} th_book;

void th_book_begin(th_book *book);
void th_book_free(th_book *book);

/* A sheet behind the others; the calls below add to it. `column` is copied. */
void th_book_open(th_book *book, th_slice name, const th_book_column *column, size_t columns);
void th_book_put(th_book *book, th_slice text); /* a cell; a copy is kept */
void th_book_end(th_book *book, bool head);     /* the row; what was not put is empty */
/* `choice` is copied with its texts. */
void th_book_choose(th_book *book, const th_book_choice *choice);

/* The sheet as CSV: with a byte order mark, CRLF, and a ' before what a spreadsheet would take for a formula. */
void th_book_put_csv(const th_book_sheet *sheet, th_buf *out);

/* The whole as an .xlsx behind *out, by a process of its own (book_write.c). The same book gives the same bytes, always. Reported: what cannot be written, a
 * process that dies. */
TH_MUST_USE th_status th_book_write(const th_book *book, th_diags *diags, th_buf *out);

void th_book_library(th_buf *out); /* name and version of the one that is used */

#endif
