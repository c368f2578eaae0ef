/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_FILENAME_H
#define TH_BASE_FILENAME_H

/* Names of files. */

#include "base/arena.h"

/* dir/name in an arena; NULL without memory. */
TH_MUST_USE const char *th_path_join(th_arena *arena, const char *dir, const char *name);

/* WORKBOOK#SHEET in an arena; NULL without memory. */
TH_MUST_USE const char *th_sheet_path(th_arena *arena, const char *workbook, th_slice sheet);

/* May `name` be the name of a file in a folder: no path, not hidden? */
bool th_plain_name(th_slice name);

/* The last name of a path; all of one that ends in a slash. */
const char *th_file_name(const char *path);
/* The last name of a path without its ending: 2024年预算 of a/2024年预算.csv. */
th_slice th_file_stem(const char *path);

/* Does a name end as those of workbooks do: .xlsx and its kin, and those that are refused with advice? */
bool th_named_as_workbook(const char *path);

/* Does it end as those do that a word processor, a presentation or a viewer opens, and that are no text? */
bool th_named_as_document(const char *path);

/* FILE.xlsx#SHEET: where the mark stands, behind which a sheet is named; NULL when the path names none. */
const char *th_sheet_mark(const char *path);
/* The part of a path that is the file's: what stands before that mark, or all of it. */
th_slice th_sheet_file(const char *path);

/* Is one what the other is, or the workbook in which the other is a sheet? */
bool th_same_source(const char *a, const char *b);

/* A column of a sheet, from 1, by its letters: 1 is A, 27 AA. */
enum { TH_COLUMN_LETTERS = 16 };
const char *th_column_letters(size_t column, char place[TH_COLUMN_LETTERS]);

/* O12 of a formula, column and row from 0; $O$12, which no copying moves. */
void th_put_cell(th_buf *out, size_t column, size_t row, bool fixed);
/* Behind the name of a file, the place in it: `:7:5`, or `!E7` where it is a sheet. Without a column `:7` and `!7`. */
void th_put_spot(th_buf *out, const char *file, size_t line, size_t column);

#endif
