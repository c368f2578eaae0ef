/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_MEASURE_H
#define TH_CASE_MEASURE_H

/* measures.csv: one planned or done measure in a row. What its group is called is for the rules to know.
 *
 * start and end are those of the works. The effect begins on the day after the works, or with effect_start where the row says it, in `ramp`
 * yearly steps, and lasts for lifetime years from then, the years of the ramp among them; or to effect_end; with neither of these it has no
 * end. A row with only a start says when the works begin and not when the effect does.
 *
 * For a plan a row may also say what it does (effect), on which activity, what it saves of which carrier (savings: `外购电力 1200 MWh/a;
 * 柴油 -3 t/a`), and what of the energy in tce a year. */

#include "base/period.h"
#include "reference/reference.h"

typedef enum th_effect { TH_EFFECT_REDUCTION, TH_EFFECT_REMOVAL, TH_EFFECT_CREDIT, TH_EFFECTS } th_effect;

/* How far it is. Nothing written counts as planned. */
typedef enum th_measure_status { TH_MEASURE_PLANNED, TH_MEASURE_STARTED, TH_MEASURE_DONE, TH_MEASURE_CANCELLED, TH_MEASURE_STATUSES } th_measure_status;
extern const char *const th_measure_statuses[TH_MEASURE_STATUSES]; /* as columns.csv names them */

typedef struct th_saving {
	th_slice carrier, quantity_text, unit_text;
	th_decimal quantity;       /* a year, in `unit`; below zero: more is used */
	th_unit unit;
} th_saving;

/* Other measures that one names: in `requires`, those without which it cannot be; in `excludes`, those beside which it cannot be. */
typedef struct th_measure_links {
	size_t *measure;           /* in measures.measure, each once, in the order of the cell */
	size_t count;
	th_slice text;             /* the cell */
	size_t column;             /* where it stands */
} th_measure_links;

typedef struct th_measure {
	th_slice id, name, group, start_text, end_text, reduction_text, unit_text, capex_text, opex_text, lifetime_text, status, evidence, owner, content;
	bool has_start, has_end, has_reduction, has_capex, has_opex, has_lifetime;
	th_period start, end;
	th_mass reduction;         /* a year's, not negative */
	th_decimal capex, opex, lifetime; /* CNY; CNY a year, below zero where it saves; years, above zero */
	bool bare_money;           /* capex or opex is written, but in no unit: not known */
	th_measure_status state;
	int32_t from, to;          /* days of the effect; `to` is TH_DAY_MAX when it has no end */
	int32_t earliest;          /* before that day there is surely none: TH_DAY_MIN where nothing tells */
	bool dated;                /* from is known */
	bool endless;              /* dated, and neither lifetime nor effect_end says how long */
	th_effect effect;
	th_index activity;         /* in activity[]; none named: it works on all */
	int ramp;                  /* years, 1 to 50; 0: not given, which is 1 */
	th_saving *saving;
	size_t savings;
	th_mass energy_saved, to_non_fossil; /* a year, 1e-9 kg of standard coal */
	th_slice stated_domain;    /* what a table says beside the group: 领域 beside 分组 */
	th_measure_links requires, excludes;
	size_t line, group_column, domain_column;
} th_measure;

typedef struct th_measures {
	th_measure *measure;       /* in the order of the file */
	size_t count;
	const char *path, *encoding;
	const char *layout_zh, *layout_en; /* how an office table was understood; NULL: a long table */
	char sha256[65];
} th_measures;

/* What the measure would be if its effect began on that day; false where such a row would be an error. */
TH_MUST_USE bool th_measure_begin(th_measure *measure, int32_t day);

/* Of how many steps (its ramp, at least 1) the effect has come on a day; 0 where it is not in effect. Dated measures only. */
int th_measure_step(const th_measure *measure, int32_t day);
int th_measure_steps(const th_measure *measure);
/* The same summed over the whole months of its effect between two days: of 12 x th_measure_steps a year. */
int64_t th_measure_months(const th_measure *measure, int32_t from, int32_t to);

/* Find the measures that others name (measure_links.c). Reported: ids that the table does not have, measures that require each other in a circle,
 * and one that rests on two of which one excludes the other. TH_SYSTEM: no memory. */
TH_MUST_USE th_status th_measures_link(th_measures *measures, th_arena *arena, th_diags *diags);

/* Read a measures file into the arena. Reported: a missing id, name or group, an id that stands twice, numbers, dates and units
 * that cannot be read, and what th_measures_link reports. `path` must outlive the measures and what is reported. */
TH_MUST_USE th_status th_measures_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_measures *out);

#endif
