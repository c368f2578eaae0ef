/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_SHEET_MERGES_H
#define TH_IO_SHEET_MERGES_H

/* The merged ranges of a sheet. They stand behind its cells, so they are read before them. */

#include "io/package.h"

enum { TH_SHEET_COLUMNS = 16384, TH_SHEET_ROWS = 1048576, TH_SHEET_MERGES = 1 << 20 };

/* All from 1. The range's text stands at its first cell. */
typedef struct th_merge {
	uint32_t top, left, bottom, right;
} th_merge;

typedef struct th_merges {
	const char *name;   /* of places */
	th_diags *diags;
	th_merge *list;     /* by their first row, then column */
	size_t count;
	size_t next;        /* that was not looked at yet */
	const th_merge **over; /* those that lie over the row that was asked for last, from left to right */
	size_t overs, room;
	size_t until;       /* they are the same up to that row */
} th_merges;

/* All of a sheet's part is read, so that it is known to be whole. */
TH_MUST_USE th_status th_merges_read(th_package *package, const char *part, th_merges *merges);
/* Those that lie over a row, no earlier one than last time. Reported: ranges that overlap. */
TH_MUST_USE th_status th_merges_over(th_merges *merges, size_t row);
void th_merges_free(th_merges *merges);

/* E7, with or without $, in a sheet's bounds; *text moves behind it. False when it is none. */
bool th_read_reference(const char **text, size_t *row, size_t *column);

#endif
