/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_YEARLY_H
#define TH_CASE_YEARLY_H

/* Tables with a number for each year: series of emissions somebody else has computed, and what measures have delivered. */

#include "reference/reference.h"

/* A year of one series; with output and energy it can be decomposed. */
typedef struct th_yearly_row {
	th_slice series, source;
	int year;
	th_mass mass;              /* gross emissions, 1e-9 kg CO2e, not negative */
	bool has_output, has_energy;
	th_mass output, energy;    /* 1e-9 of the base units of `output_unit`; 1e-9 kg of standard coal */
	th_unit output_unit;
	size_t line;
} th_yearly_row;

typedef struct th_yearly {
	th_yearly_row *row;        /* in the order of the file */
	size_t count;
	const char *path, *encoding;
	char sha256[65];
} th_yearly;

/* Read a series file into the arena: year, emissions, unit, and where there are series, output, output_unit, energy, energy_unit,
 * source. `path` must outlive the result and what is reported. */
TH_MUST_USE th_status th_yearly_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_yearly *out);

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

/* Read delivered.csv into the arena: measure, year, reduction, unit, evidence. Reported too: a measure and year that stand twice. */
TH_MUST_USE th_status th_delivered_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_delivered *out);

#endif
