/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_MARKS_H
#define TH_IO_MARKS_H

/* Where the records of a CSV file start and end (used by csv.c), and places in a text.
 *
 * libcsv knows neither lines nor columns and goes wrong after an error. So the ends of records are found here, by the
 * parity of quotes alone, and libcsv gets one record at a time: in a record that it accepts, parity is the whole truth. */

#include "io/source.h"

typedef struct th_records {
	th_source *source;
	th_diags *diags;
	th_buf window;    /* decoded text: the record, and what was read behind it */
	size_t next;      /* in it: where the next record starts */
	size_t next_line;
	bool eof;         /* the window holds the end of the file */
	size_t refills;   /* how often it became another */

	size_t start, len; /* the record: in the window, without its line end */
	size_t line;       /* physical line of its start */
	size_t quote;      /* offset in it of its last opening quote */
	bool open;         /* it ends inside quotes: at the end of the file or of the limit */
	bool ended;        /* a line end follows it in the window */
} th_records;

/* Go to the next record; *found is false behind the last. One that exceeds TH_MAX_ROW is cut somewhere behind that. */
TH_MUST_USE th_status th_records_next(th_records *records, bool *found);

/* After an error at `offset` of the record: let the next one start on the line behind that place, whatever quotes say.
 * The record is gone afterwards. */
TH_MUST_USE th_status th_records_resume(th_records *records, size_t offset);

th_slice th_records_raw(const th_records *records);

/* In the raw text of a record, of the cell that starts at `at`: its first character that is no blank (raw.len if there is
 * none), and its end, which is its delimiter or raw.len. */
size_t th_cell_head(th_slice raw, size_t at, char delimiter);
size_t th_cell_end(th_slice raw, size_t at, char delimiter);

/* Line and column of the byte at `offset` of a record that starts at `first_line`. */
void th_text_place(th_slice raw, size_t first_line, size_t offset, size_t *line, size_t *column);

#endif
