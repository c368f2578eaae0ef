/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_CSV_PARTS_H
#define TH_IO_CSV_PARTS_H

/* The careful reader from within. Private to csv*.c. */

#include <csv.h>

#include "io/csv.h"
#include "io/marks.h"
#include "io/scan.h"

struct th_csv {
	th_diags *diags;
	th_records records;   /* where they start and end */
	struct csv_parser parser;
	bool parser_live;
	char delimiter;

	char *text;           /* its cells, unquoted */
	size_t text_len, text_room;
	size_t cells;         /* counted on beyond the columns that are kept */
	bool ragged;          /* there is no header, and rows have any length */
	bool pending;         /* the first of them was read and not handed over */
	bool odd_ends;        /* a cell may start or end with a blank that libcsv does not know */
	size_t long_cell, long_len; /* the first that is over the limit: its number from 1, and length */
	th_arena arena;       /* of the header */
	th_record header;

	th_scan *scan;        /* NULL: libcsv reads every record */
	bool pieces;          /* the table is large: its records may be handed over many at a time */
	size_t scanned;       /* the refill of the window that it goes through */
	size_t scan_at;       /* where it thinks that the next record starts */
	th_scanned last;      /* the record that it found last */
	bool again;           /* which nobody has taken yet */

	th_slice cell[TH_MAX_COLUMNS];
};

th_pos th_csv_pos(const th_csv *csv, size_t line, size_t column, const char *where);
th_record th_csv_current(const th_csv *csv); /* the record that was parsed last */
/* Whether it keeps to the limits; if not, *status is that of the report. */
bool th_csv_within_limits(th_csv *csv, th_status *status);
/* As many cells as the header, where empty ones behind the last column do not count: Excel leaves them. */
bool th_csv_fits_header(th_csv *csv, th_status *status);

#endif
