/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_PERIOD_TEXT_H
#define TH_BASE_PERIOD_TEXT_H

/* Periods as people write them, before they are read. */

#include "base/str.h"

/* The value of a numeral of one hanzi, 十 being 10; -1 of anything else. */
int th_period_numeral(th_slice text);

/* Without blanks, without the 度 of 年度, the 份 of 月份 and the midnight behind a day; 八月 and 二〇二三年 in digits, 23年 with its century. Nothing becomes
 * longer than the room of four bytes for each of the text. */
void th_period_plain(th_buf *text);

#endif
