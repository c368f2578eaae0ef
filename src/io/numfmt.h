/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_NUMFMT_H
#define TH_IO_NUMFMT_H

/* What a cell's number means by the format in which it is shown (ECMA-376 part 1, 18.8.30 and 18.8.31), and how it is written down. */

#include "base/str.h"

typedef enum th_numfmt_kind {
	TH_NUMFMT_PLAIN,
	TH_NUMFMT_PERCENT,
	TH_NUMFMT_DAY, TH_NUMFMT_MONTH, TH_NUMFMT_YEAR, /* a date, of which so much is shown */
	TH_NUMFMT_MOMENT,                               /* a day and a time of it */
	TH_NUMFMT_TIME                                  /* no date */
} th_numfmt_kind;

typedef struct th_numfmt {
	unsigned char kind;
	bool scaled; /* shows another number than the one that is stored: 106.8万 for 1068240 */
} th_numfmt;

/* What the format of an id is: by its code, NULL for those that are built in (the Chinese ones for 27-36 and 50-58). */
th_numfmt th_numfmt_of(unsigned id, const char *code);

enum { TH_NUMFMT_TEXT = 64 };

/* How a stored number is handed on. */
typedef struct th_numfmt_text {
	char text[TH_NUMFMT_TEXT];
	size_t len;
	bool date;    /* a date or a time; otherwise a number, with % behind it in a percent format */
	bool rounded; /* it has more than 15 digits that count */
} th_numfmt_text;

/* `stored` as the sheet has it, NUL-terminated: a number of XML Schema's double. Excel stores 0.58 as 0.57999999999999996: its 15 digits are
 * what was meant. False when it is no finite number, or memory was lacking, which is counted. */
TH_MUST_USE bool th_numfmt_put(const char *stored, size_t len, th_numfmt format, bool from_1904, th_numfmt_text *out);

#endif
