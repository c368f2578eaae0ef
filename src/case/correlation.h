/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_CORRELATION_H
#define TH_CASE_CORRELATION_H

/* correlations.csv: activities whose data err together. */

#include "reference/reference.h"

/* Lines of two activities (or of one: `first` is `second`) whose activity data are correlated. */
typedef struct th_correlation {
	uint32_t first, second;   /* in the reference */
	double value;             /* -1 to 1 */
	size_t line, column;      /* of the number */
} th_correlation;

typedef struct th_correlations {
	const char *path;         /* NULL: none declared */
	char sha256[65];
	th_correlation *row;
	size_t count;
} th_correlations;

/* A user's file: first, second, correlation, note. The path must live as long as the result. */
TH_MUST_USE th_status th_correlations_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags,
                                           th_correlations *out);

#endif
