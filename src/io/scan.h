/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_SCAN_H
#define TH_IO_SCAN_H

/* The fast reader: records and cells of plain CSV text, many at a time.
 *
 * Stage 1, one function for each kind of processor behind one pointer (scan_marks.h), turns 64 bytes at a time into bits of quotes, delimiters
 * and line ends; whether quotes are open is a prefix sum over the quotes. It leaves where cells and records end. Stage 2 hands out records.
 *
 * It reports nothing. A record that is not plain is handed out as `odd`, and the careful reader (csv.h, through libcsv) reads it instead, from
 * the same place, and says what is wrong. In a record that is not odd, both find the same cells. */

#include "base/diag.h"

/* A record: cell i is what stands between the end of the one before, or the start, and its own end. Valid as long as the text, `end` only
 * until the next one. */
typedef struct th_scanned {
	const char *text, *limit; /* its end: no byte from there on may be read */
	const uint32_t *end;  /* of each cell, in the text: the place of the delimiter or line end behind it */
	uint32_t cells;       /* as many as the header has; what is behind is empty */
	uint32_t start, stop; /* of the record without its line end */
	uint32_t next;        /* where the one behind it starts */
	size_t line, next_line; /* physical lines where these are, from 1 */
	bool odd;             /* for the careful reader; the cells mean nothing */
} th_scanned;

/* A cell as it stands there, quotes and blanks and all: equal bytes are equal cells, in one table. */
static inline th_slice th_scanned_raw(const th_scanned *record, size_t cell)
{
	uint32_t from = cell ? record->end[cell - 1] + 1 : record->start;
	return (th_slice){record->text + from, record->end[cell] - from};
}

/* What the careful reader makes of such a cell: without its quotes, quotes that are doubled once; without quotes, trimmed. It lies in the cell
 * itself, or in *room, where it takes no more bytes than the cell has, and which then moves behind it. */
th_slice th_scanned_plain(th_slice raw, char **room);

/* Does it begin with what no blank or empty cell does? Most that are none do. */
static inline bool th_raw_says(th_slice raw)
{
	const unsigned char first = raw.len ? (unsigned char)raw.ptr[0] : 0;
	return first > ' ' && first < 0x80 && first != '"';
}

bool th_scanned_cells_blank(const th_scanned *record);

/* Are all of its cells empty? Such records are no rows. */
static inline bool th_scanned_blank(const th_scanned *record)
{
	return !th_raw_says(th_scanned_raw(record, 0)) && th_scanned_cells_blank(record);
}

typedef struct th_scan th_scan;

/* For texts of about so many bytes, or more; NULL without memory. */
TH_MUST_USE th_scan *th_scan_new(char delimiter, size_t columns, size_t bytes, th_cpu cpu);
void th_scan_free(th_scan *scan);

/* Scan this text from now on, valid UTF-8 without NUL of less than 1 GiB, from `from` on, where a record starts, on that line. It is read as the
 * records are asked for. */
void th_scan_text(th_scan *scan, th_slice text, size_t from, size_t line);

/* The next record that ends in the text; false behind the last: what is behind it has no line end yet, or is not for this reader. */
bool th_scan_next(th_scan *scan, th_scanned *record);

#endif
