/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_DELIVERED_H
#define TH_CASE_DELIVERED_H

/* delivered.csv: what measures have done, year by year. */

#include "reference/reference.h"

/* What a measure was evidenced to have reduced in a year. */
typedef struct th_delivered_row {
	th_slice measure, evidence;
	int year;
	th_mass reduction;
	size_t line;
} th_delivered_row;

typedef struct th_delivered {
	th_delivered_row *row;
	size_t count;
	const char *path, *encoding;
	char sha256[65];
} th_delivered;

/* Read the file into the arena: measure, year, reduction, unit, evidence. Reported too: a measure and year that stand twice. */
TH_MUST_USE th_status th_delivered_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_delivered *out);

#endif
