/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_SERIES_H
#define TH_PATH_SERIES_H

/* Of a series of years: its maximum, and the cases in which that may be no peak. */

#include "path/trend.h"

/* The largest point, the latest among equals; count > 0. */
size_t th_series_maximum(const th_point *point, size_t count);

/* Fill list and cases of a trend whose points are in place; old[i] is what was given first for point[i]. */
TH_MUST_USE th_trend_error th_series_cases(th_trend *trend, const th_point *old, size_t peak, th_arena *arena);

#endif
