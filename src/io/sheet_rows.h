/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_SHEET_ROWS_H
#define TH_IO_SHEET_ROWS_H

/* A sheet as a table: which of a workbook's sheets is meant, and its rows under the names in its first one. Used by rows.c and the case. */

#include "io/rows.h"
#include "io/sheet.h"

/* The sheet of that name; NULL: the only visible one in which anything stands. Reported: that there is none, or more than one. Hidden sheets
 * that are left out are a caveat. */
TH_MUST_USE th_status th_workbook_choose(th_workbook *workbook, const char *name, th_diags *diags, size_t *index);

/* Does anything stand in a sheet? */
TH_MUST_USE th_status th_workbook_sheet_filled(th_workbook *workbook, size_t index, bool *filled);

/* Rows of a sheet, whose first row with cells is the header; the workbook must outlive them. Reported at its cell: an error of Excel's, a
 * formula without its value, what cannot be read, a number merged over rows; such a row is left out, so that all are found at once. Words that are
 * merged over rows count for each of them. Behind the last row caveats tell of formulas, hidden rows and columns, links, digits and formats. */
typedef struct th_sheet_rows th_sheet_rows;
extern const th_rows_backend th_sheet_rows_backend;
TH_MUST_USE th_status th_sheet_rows_open(th_workbook *workbook, size_t index, th_diags *diags, th_sheet_rows **out);
const char *th_sheet_rows_name(const th_sheet_rows *rows); /* FILE.xlsx#SHEET */
bool th_sheet_rows_merged(const th_sheet_rows *rows); /* below the header, over several rows */
/* Only these cells of each row are read, -1 none: what else stands in a row is no matter. Before the first row. */
void th_sheet_rows_read(th_sheet_rows *rows, const int *cell, size_t count);
void th_sheet_rows_read_as(th_sheet_rows *rows, const th_sheet_rows *other); /* of the same sheet: those that the other one reads */

/* A sheet, or its first `most` rows, as grid.h has it. `name` and `sheet` in it live as long as `diags` and the workbook. */
TH_MUST_USE th_status th_grid_of_sheet(th_workbook *workbook, size_t index, size_t most, th_diags *diags, th_grid *out);

#endif
