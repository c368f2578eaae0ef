/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_MEASURE_H
#define TH_CASE_MEASURE_H

/* measures.csv: one planned or done measure in a row. What its group is called is for the rules to know.
 *
 * With a lifetime, start and end are those of the works, and the reduction counts from the day after the end, for as many
 * years; without one (a contract, a way of working) it counts from the first day of start to the last of end.
 *
 * For a plan a row may also say what it does (effect), on which activity, in how many yearly steps it comes to its full effect
 * (ramp), what it saves of which carrier (savings: `外购电力 1200 MWh/a; 柴油 -3 t/a`), and what of the energy in tce a year. */

#include "base/period.h"
#include "reference/reference.h"

typedef enum th_effect { TH_EFFECT_REDUCTION, TH_EFFECT_REMOVAL, TH_EFFECT_CREDIT, TH_EFFECTS } th_effect;

typedef struct th_saving {
	th_slice carrier, quantity_text, unit_text;
	th_decimal quantity;       /* a year, in `unit`; below zero: more is used */
	th_unit unit;
} th_saving;

typedef struct th_measure {
	th_slice id, name, group, start_text, end_text, reduction_text, unit_text, capex_text, opex_text, lifetime_text, status, evidence;
	bool has_start, has_end, has_reduction, has_capex, has_opex, has_lifetime;
	th_period start, end;
	th_mass reduction;         /* a year's, not negative */
	th_decimal capex, opex, lifetime; /* 10^4 CNY; 10^4 CNY a year, below zero where it saves; years, above zero */
	int32_t from, to;          /* days on which the reduction counts; `to` is TH_DAY_MAX when it has no end */
	bool dated;                /* from is known */
	th_effect effect;
	th_index activity;         /* in activity[]; none named: it works on all */
	int ramp;                  /* years; 0: not given */
	th_saving *saving;
	size_t savings;
	th_mass energy_saved, to_non_fossil; /* a year, 1e-9 kg of standard coal */
	size_t line, group_column;
} th_measure;

typedef struct th_measures {
	th_measure *measure;       /* in the order of the file */
	size_t count;
	const char *path, *encoding;
	char sha256[65];
} th_measures;

/* Read a measures file into the arena. Reported: a missing id, name or group, an id that stands twice, numbers, dates and units
 * that cannot be read. `path` must outlive the measures and what is reported. */
TH_MUST_USE th_status th_measures_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_measures *out);

#endif
