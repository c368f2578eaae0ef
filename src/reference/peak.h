/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_PEAK_H
#define TH_REFERENCE_PEAK_H

/* trend.json: what a peak test asks for, with the document that asks it. */

#include <tanhe/base.h>

#include "base/decimal.h"

typedef struct th_peak_rules {
	/* The four criteria of the C40 test. */
	int least_years;           /* years of data, at least */
	int before_last;           /* the peak lies more than so many years before the last */
	int before_as_of;          /* the last year lies at most so many years before the year of asking */
	th_decimal above_last;     /* the peak lies more than so many percent above the last */
	th_slice source, source_zh, url;      /* of the four */
	/* The statistical test and the band of a fitted trend. */
	int least_after;           /* years after the maximum that a slope needs, at least */
	int least_fit;             /* years that a fitted trend needs, at least */
	int all_orders;            /* up to so many years the slope's test looks at every order of them, */
	int orders;                /* beyond, at so many that are drawn */
	int resamples;             /* of the residuals, for the band */
	uint32_t seed;
	th_slice generator;        /* a name that GSL knows */
	th_decimal level;          /* p below this: the fall is significant; 1 - level is the band's coverage */
	th_slice test_source, test_source_zh;
	th_slice false_zh, false_en; /* how often it says `peaked` where there is no trend */
	/* Named cases. */
	th_decimal near;           /* within so many percent of the maximum: a plateau or a second peak; a dip is deeper */
	th_slice near_source;
} th_peak_rules;

/* Read dir/trend.json. The texts live in the arena. Reported: what is missing, of the wrong kind or out of its range. */
TH_MUST_USE th_status th_peak_rules_load(const char *dir, th_arena *arena, th_diags *diags, th_peak_rules *out);

#endif
