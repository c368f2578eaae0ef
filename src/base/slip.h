/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_SLIP_H
#define TH_BASE_SLIP_H

/* Slips of the keyboard and of an input method in numbers and dates: 12。5, 1、234, 1O0, '100, ￥100, 2023-7-. For messages only: what is found here is
 * asked, never taken. */

#include "base/str.h"

enum { TH_SLIP_LONGEST = 64 };

/* The text as it was probably meant, in `space`, folded; empty when nothing in it is such a slip. With `date`, every sign between digits is a point. */
th_slice th_slip_mend(th_slice text, bool date, char space[TH_SLIP_LONGEST]);

#endif
