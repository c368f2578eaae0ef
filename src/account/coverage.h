/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_COVERAGE_H
#define TH_ACCOUNT_COVERAGE_H

/* The days that the lines of each series cover, year by year: coverage.c marks them, holes.c looks for what is missing. */

#include "account/frame.h"

enum { TH_DAY_WORDS = 6, TH_MOST_SERIES_YEARS = 1 << 16 };

/* A year of a series; they stand in one list, each series a chain of them. */
struct th_series_year {
	uint64_t day[TH_DAY_WORDS]; /* bit i: the (i + 1)-th day of the year */
	th_mass gross;
	th_index next;       /* in the list; none: the last one */
	int16_t year;
	bool own;            /* a line that marks days lies in it whole: the series is there in this year */
	bool whole;          /* a line as long as a year reaches into it: it is that year's amount */
};

/* A series; its key is site, source, the activity's id, and a mark where its name of the activity is one apart. */
struct th_series {
	uint64_t order;      /* of its first line */
	th_slice activity, unit; /* as written, of the lines the first by their bytes: rows in any order give one line to paste */
	th_index year;       /* the first of the chain */
	bool marked;         /* by a line shorter than a year */
};

struct th_coverage {
	th_intern key;
	struct th_series *series;
	struct th_series_year *year;
	size_t years;
	bool full;           /* past the bound of years: what is known of series is not all */
};

#endif
