/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_DAY_H
#define TH_BASE_DAY_H

/* Days of the calendar, as numbers. */

#include <stdint.h>

#include "base/str.h"

/* Days are counted from 0000-03-01 (proleptic Gregorian); an open end is the smallest or largest value. */
#define TH_DAY_MIN INT32_MIN
#define TH_DAY_MAX INT32_MAX
/* Years that begin in March have their leap day at the end, so that a day's number in the year does not depend on whether the year is a leap year;
 * 400 Gregorian years have 146,097 days. */
enum { TH_ERA_YEARS = 400, TH_ERA_DAYS = 146097 };
static inline int32_t th_day(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - (TH_ERA_YEARS - 1)) / TH_ERA_YEARS;
	int in_era = y - era * TH_ERA_YEARS;
	int in_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return (int32_t)(era * TH_ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 + in_year);
}
void th_day_split(int32_t day, int *year, int *month, int *mday);
/* The same day `months` later; the last day of that month where it has no such day. */
int32_t th_day_after_months(int32_t day, int months);
/* Whole months from the first day `from` to the last day `to`, which is counted with. */
int th_whole_months(int32_t from, int32_t to);
/* YYYY-MM-DD, or 2023/1/5 as Excel rewrites it; false for a date that does not exist. */
bool th_day_parse(th_slice text, int32_t *day);
void th_put_day(int32_t day, th_buf *out); /* YYYY-MM-DD */

#endif
