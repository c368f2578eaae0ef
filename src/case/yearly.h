/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_YEARLY_H
#define TH_CASE_YEARLY_H

/* Series of yearly emissions that somebody else has computed. */

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

#endif
