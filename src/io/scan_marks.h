/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_SCAN_MARKS_H
#define TH_IO_SCAN_MARKS_H

/* Stage 1 of scan.c: where cells and records end. */

#include <stddef.h>
#include <stdint.h>

enum { TH_SCAN_PIECE = 16384, TH_SCAN_LEFT = 2048, TH_SCAN_SLACK = 64 };

/* What a stretch of text is like, and what the next one must know of it. */
typedef struct th_marks {
	uint64_t in;     /* all ones: quotes are open behind it */
	uint64_t cr, separator, close; /* 1: its last byte is a CR; ends a cell; closes quotes */
	char delimiter;
	size_t marks, ends, asides;
	/* Of a piece: room for TH_SCAN_LEFT and as many as it has bytes, as many, and twice as many, and TH_SCAN_SLACK of each. */
	uint32_t *mark;  /* where cells end, in the text */
	uint32_t *end;   /* which of the marks end records too: their numbers */
	uint32_t *aside; /* what else a record holds: twice its place, + 1 where a quote is not as RFC 4180 has it; else a line end within quotes */
} th_marks;

/* Go through `len` bytes at `at` of the text, at most a piece. */
typedef void th_marks_fn(th_marks *marks, const char *text, size_t at, size_t len);

th_marks_fn th_marks_portable, th_marks_sse2, th_marks_avx2;

#endif
