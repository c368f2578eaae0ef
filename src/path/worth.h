/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_WORTH_H
#define TH_PATH_WORTH_H

#include <stdbool.h>
#include <stddef.h>

/* Money in and out (below 0) by year; the first is that of the investment, year 0. Any one unit of money. */
typedef struct th_flows {
	const double *flow;
	size_t years;
} th_flows;

typedef struct th_worth {
	unsigned turns;       /* how often the flows change their sign: only at one is there one internal rate of return */
	bool has_rate;
	double rate;          /* at which the flows are worth 0 in year 0: sum of flow / (1 + rate)^year; 0.08 is 8 % */
	bool pays;            /* the sum becomes 0 and stays at it or above */
	double payback;       /* years from the investment until then, undiscounted, within a year evenly */
} th_worth;

/* The root is bracketed and found by Brent's method (GSL). */
th_worth th_worth_of(th_flows *flows);

#endif
