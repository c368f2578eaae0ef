/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_DEFAULT_H
#define TH_REFERENCE_DEFAULT_H

/* Uncertainties for inputs that have none of their own, each with its document. */

#include "reference/reference.h"

/* A row of uncertainty.csv: what is taken for the activity data, or for the factors of a gas, of some activities. */
typedef struct th_default {
	th_slice id, name_zh, name_en, printed, source, table, url, note;
	bool of_factor;           /* else of the activity data */
	th_index gas;             /* in gas[]; none: any */
	uint32_t *activity;       /* in the reference */
	size_t activities;
	th_decimal low, high;     /* 95 %, percent below and above the value */
} th_default;

typedef struct th_defaults {
	th_default *row;
	size_t count;
	char sha256[65];
} th_defaults;

/* dir/uncertainty.csv. Two rows that speak of the same thing are an error. */
TH_MUST_USE th_status th_defaults_load(const th_reference *reference, const char *dir, th_arena *arena, th_diags *diags, th_defaults *out);

/* The row for the activity data (`gas` none), or for the factor of a gas; NULL if there is none. */
const th_default *th_default_find(const th_defaults *defaults, bool of_factor, uint32_t activity, th_index gas);

#endif
