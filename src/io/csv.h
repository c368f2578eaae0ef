/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_CSV_H
#define TH_IO_CSV_H

/* CSV (RFC 4180, strict), one record at a time, with the true line and column of every cell. libcsv reads it; in large tables the fast reader
 * (scan.h) hands over what is plain, and libcsv the rest. */

#include "io/rows.h"

typedef struct th_csv th_csv;

/* Reads the header and sniffs the delimiter from it (`,` `;` tab; the one that occurs most outside quotes). The source stays the
 * caller's and must outlive the reader. An empty file, or one without a header, is an error at 1:1. */
TH_MUST_USE th_status th_csv_open(th_source *source, th_diags *diags, th_csv **out);

/* The same for a table whose header is not known yet (grid.h): the first record is handed over by th_csv_next as any other, records have as
 * many cells as they have, and the delimiter is the one that stands most in the first lines. */
TH_MUST_USE th_status th_csv_open_ragged(th_source *source, th_diags *diags, th_csv **out);

/* Behind th_csv_open: the text that was read ahead, from the header on, up to a few KiB of whole lines. */
th_slice th_csv_ahead(const th_csv *csv);

/* The header. */
const th_record *th_csv_header(const th_csv *csv);
char th_csv_delimiter(const th_csv *csv);

/* The next record that is well-formed and has as many cells as the header; *end is set behind the last. Blank lines and
 * lines whose cells are all empty (",,,,": what Excel leaves) are skipped. A broken record is reported (unclosed or stray
 * quote, text behind a quote, too few or too many cells with the header named, field or row over the limit) and reading
 * goes on with the next line, so that all errors of a file are found at once; the call then still delivers the next good one. TH_SYSTEM on a
 * read error or without memory; TH_OK otherwise (errors in records are counted in diags). */
TH_MUST_USE th_status th_csv_next(th_csv *csv, th_record *record, bool *end);

/* As th_rows_in_pieces and th_rows_piece. */
bool th_csv_in_pieces(const th_csv *csv);
bool th_csv_piece(th_csv *csv, size_t most, bool (*take)(void *context, const struct th_scanned *record), void *context, th_piece *piece);

/* Column (in characters, from 1) and line where cell `index` of the record last delivered (or of the header) starts;
 * a cell beyond the last gives the place behind the record's end. */
void th_csv_place(const th_csv *csv, const th_record *record, size_t index, size_t *line, size_t *column);

void th_csv_close(th_csv *csv);

void th_csv_library(th_buf *out); /* name and version of the one that is used */

/* One cell for output: quoted when it must be; text that a spreadsheet would take for a formula (starts with = + - @ tab CR
 * or their full-width forms) gets a ' in front. Numbers are written as they are. */
void th_put_csv_text(th_buf *buf, th_slice text);

#endif
