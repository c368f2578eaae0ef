/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_PERIOD_H
#define TH_BASE_PERIOD_H

#include "base/decimal.h"

enum { TH_FIRST_YEAR = 1900, TH_LAST_YEAR = 2199 };

/* The time a line is about: whole days, both ends included. */
typedef struct th_period {
	int32_t from, to;
	int first_year, last_year;
	uint64_t num, den; /* its length in years: months / 12 for whole months, else days of each year / that year's days */
} th_period;

typedef enum th_period_error {
	TH_PERIOD_OK,
	TH_PERIOD_EMPTY,
	TH_PERIOD_EXCEL,   /* Jul-23: what Excel makes of 2023-07 */
	TH_PERIOD_NO_DATE, /* 2023-02-30 */
	TH_PERIOD_ORDER,   /* the end lies before the start */
	TH_PERIOD_SERIAL,  /* 45292: a spreadsheet's number of the day 2024-01-01 */
	TH_PERIOD_BAD
} th_period_error;

/* 2023, 2023-07, 2023-07-15, 2023-01/2023-06, 2023-01~2023-06, 2023/7, 2023.7, 2023年7月, 2023年1月至2023年6月, 2023年1-6月,
 * 2023.01.01-2023.06.30, 2023Q1, 2023年第一季度, 2023上半年, 2023H1, 2023年度, 202307, 20230715, 2023-07-15 00:00:00; full-width forms fold and blanks inside do not count. */
TH_MUST_USE th_period_error th_period_parse(th_slice text, th_period *out);

/* Is a period that was read from this text the first day of a month, written as one date? 2023-01-01~2023-01-01 is that day too, and says so. */
bool th_period_is_first(th_slice text, const th_period *period);
/* The month of its first day, as it would be read. */
th_period th_period_month(const th_period *period);

/* Its length in months, if that is a whole number of them: from the 15th to the 14th is one too. 0: it is not. */
int th_period_months(const th_period *period);

/* What a spreadsheet made of a date, as one would write it: 2024-01-01 of 45292, 2023-01 of Jan-23; "" where that cannot be said. */
const char *th_period_meant(th_slice text, char space[16]);
/* The same of a date, or of a year alone: what would not be one is not meant. */
const char *th_date_meant(th_slice text, bool year, char space[16]);

#endif
