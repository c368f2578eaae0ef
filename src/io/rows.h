/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_ROWS_H
#define TH_IO_ROWS_H

/* A table, row by row, whatever it comes from. */

#include "io/grid.h"
#include "io/source.h"

typedef struct th_record {
	const th_slice *cell; /* unquoted, ends trimmed when unquoted; valid until the next call */
	size_t cells;
	size_t line;          /* physical line where the record starts */
	th_slice raw;         /* its bytes as decoded, without the line end */
} th_record;

typedef struct th_rows th_rows;

/* Open the table in a file, as th_source_open, and read its header. An input without one is an error at 1:1. The file may be a workbook: then the
 * table is its sheet, which `path` names where there are several, FILE.xlsx#SHEET (sheet_rows.h), and `encoding` is none of it. */
TH_MUST_USE th_status th_rows_open(const char *path, th_encoding encoding, th_diags *diags, th_rows **out);
/* The same of a table that may have millions of rows: the checksum of more than 64 MiB is that of a tree, named before the digits (io/digest.h). */
TH_MUST_USE th_status th_rows_open_long(const char *path, th_encoding encoding, th_diags *diags, th_rows **out);

const th_record *th_rows_header(const th_rows *rows);

/* The next record that is well-formed and has as many cells as the header; *end is set behind the last. Empty ones are skipped, broken ones
 * reported and skipped (csv.h), so that all errors of a table are found at once. TH_SYSTEM on a read error or without memory; TH_OK otherwise. */
TH_MUST_USE th_status th_rows_next(th_rows *rows, th_record *record, bool *end);

/* Instead, many records at once: the next ones up to `most` bytes that are plain (scan.h), end in LF, lie whole in what was read, and that `take`
 * takes or that are blank. False: there is none, and th_rows_next goes on. Who scans the text finds what th_rows_next would; it is valid until
 * the next call. */
struct th_scanned;
typedef struct th_piece {
	th_slice text;
	size_t line, next_line; /* where it begins, and what is behind it */
	size_t rows;          /* how many of the records are not blank */
} th_piece;
bool th_rows_in_pieces(const th_rows *rows); /* are there such ones, now or later? */
bool th_rows_piece(th_rows *rows, size_t most, bool (*take)(void *context, const struct th_scanned *record), void *context, th_piece *piece);

/* Where cell `index` of the record last delivered (or of the header) starts; a cell beyond the last gives the place behind the record's end. The
 * file is named, and `where` is the column's name as the caller has it. */
th_pos th_rows_place(const th_rows *rows, const th_record *record, size_t index, const char *where);

/* Look at the first rows without taking them: `see` is asked of up to `most` of them, as far as they were read ahead, and ends it with false.
 * Nothing is reported but a lack of memory. Only before the first th_rows_next. */
TH_MUST_USE th_status th_rows_look(const th_rows *rows, size_t most, bool (*see)(void *context, const th_record *record), void *context, th_diags *diags);

/* What else rows may come from, of a table that was opened here: a sheet, or a layout that was recognised in the table as a whole. The
 * functions stand for those above and below of the same names; all must be there, but for `again` of rows that nobody asks for it. */
typedef struct th_rows_backend {
	const th_record *(*header)(const void *self);
	th_status (*next)(void *self, th_record *record, bool *end);
	th_pos (*place)(const void *self, const th_record *record, size_t index, const char *where);
	void (*close)(void *self);
	/* A second one, from the first row, which must not outlive it, and what it is read by; NULL without memory. */
	void *(*again)(const void *self, const struct th_rows_backend **as);
} th_rows_backend;

/* All of the table, of which nothing but the header was read so far; it lives as long as the rows. No row can be asked for then, until a
 * backend is taken. */
TH_MUST_USE th_status th_rows_grid(th_rows *rows, th_diags *diags, const th_grid **out);
/* From now on header, rows and places are those of `self`, which the rows own; what the table was read from stays. */
void th_rows_take(th_rows *rows, const th_rows_backend *backend, void *self);

/* A second reader of the same table, from its first row, which reports to its own list and reads what th_rows_read said; *self is that of its
 * backend, NULL: none. `rows` must outlive it, and only of CSV may another thread read on. */
TH_MUST_USE th_status th_rows_again(const th_rows *rows, th_diags *diags, th_rows **out, void **self);

/* Of the header's cells only those are read, -1 none: what else stands in a row of a sheet, an error of Excel's say, is no matter. Said once,
 * before the first row is asked for. */
void th_rows_read(th_rows *rows, const int *cell, size_t count);

/* Of a sheet: do merged cells lie over several rows below its header? */
bool th_rows_merged(const th_rows *rows);

/* What the table was read from; of a workbook the path is FILE.xlsx#SHEET, the encoding XLSX and the checksum the file's. The checksum is that of the rows' own text, known behind the last of them. */
const char *th_rows_path(const th_rows *rows);
const char *th_rows_sha256(const th_rows *rows);
const char *th_rows_encoding(const th_rows *rows);
bool th_rows_ambiguous(const th_rows *rows);
bool th_rows_guessed(const th_rows *rows);
char th_rows_delimiter(const th_rows *rows);
uint64_t th_rows_size(const th_rows *rows); /* of the file of a table in CSV, in bytes; 0 of another */

void th_rows_close(th_rows *rows);

#endif
