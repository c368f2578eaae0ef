/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_DAY_H
#define TH_BASE_DAY_H

/* Days of the calendar, as numbers. */

#include <stdint.h>

#include "base/str.h"

/* Days are counted from 0000-03-01 (proleptic Gregorian); an open end is the smallest or largest value. */
#define TH_DAY_MIN INT32_MIN
#define TH_DAY_MAX INT32_MAX
int32_t th_day(int year, int month, int day);
void th_day_split(int32_t day, int *year, int *month, int *mday);
/* The same day `months` later; the last day of that month where it has no such day. */
int32_t th_day_after_months(int32_t day, int months);
/* Whole months from the first day `from` to the last day `to`, which is counted with. */
int th_whole_months(int32_t from, int32_t to);
/* YYYY-MM-DD, or 2023/1/5 as Excel rewrites it; false for a date that does not exist. */
bool th_day_parse(th_slice text, int32_t *day);

#endif
