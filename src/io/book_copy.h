/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_BOOK_COPY_H
#define TH_IO_BOOK_COPY_H

/* Sheets of a workbook and CSV tables as copies in a book, with remarks at their cells. */

#include "io/book.h"
#include "io/sheet.h"
#include "io/source.h"

/* A remark as its finder knows its place: line and column as findings have them, of CSV in characters; column 0: the row as such. */
typedef struct th_book_remark {
	size_t line, column;
	th_book_paint paint;
	th_slice text;
	size_t order;            /* in which those of one cell are told */
} th_book_remark;

/* A new sheet `name` with all that a sheet shows: values, number formats, merged ranges. `remark` in the order of lines and columns. A formula has what it
 * computed last; *formulas counts them. Reported: more than a book takes, a cell longer than Excel's. */
TH_MUST_USE th_status th_book_copy_sheet(th_book *book, th_workbook *workbook, size_t index, th_slice name, const th_book_remark *remark, size_t remarks, th_diags *diags,
                                         size_t *formulas);
/* The same of a CSV table: each cell a text, in the row of its line. What is no CSV was told by who read it: such a line has its remarks and no cells. */
TH_MUST_USE th_status th_book_copy_csv(th_book *book, const char *path, th_encoding encoding, th_slice name, const th_book_remark *remark, size_t remarks, th_diags *diags);

#endif
