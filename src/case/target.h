/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_TARGET_H
#define TH_CASE_TARGET_H

/* targets.csv: the target of one phase in a row. */

#include "base/period.h"
#include "reference/reference.h"

/* PERCENT: below the gross emissions of the base year; once these are known it is a GROSS one (th_targets_of_base). */
typedef enum th_target_kind { TH_TARGET_GROSS, TH_TARGET_NET, TH_TARGET_INTENSITY, TH_TARGET_PERCENT, TH_TARGET_KINDS } th_target_kind;

extern const char *const th_target_kind_names[TH_TARGET_KINDS]; /* gross net intensity reduction_percent */

typedef struct th_target {
	th_slice phase, year_text, emissions_text, unit_text;
	th_period when;            /* a year, or a part of one */
	int first;                 /* the phase's first year; 0: not given */
	th_decimal emissions;      /* in `unit` */
	th_mass mass;              /* gross and net: the same as mass of CO2e */
	th_unit unit;              /* of an intensity: mass of CO2e per anything */
	th_target_kind kind;       /* gross where the row says nothing */
	bool of_base;              /* was written as percent of the base year: `emissions` are that percent */
	th_mass half;              /* gross: half of its last printed digit, */
	struct th_target_less {    /* and the same target said once more, as percent of the base year; line 0: it is not */
		th_decimal percent;
		th_slice text;
		size_t line;
	} less;
	size_t line;
} th_target;

typedef struct th_targets {
	th_target *target;         /* in the order of the file */
	size_t count;
	const char *path, *encoding;
	const char *layout_zh, *layout_en; /* how an office table was understood; NULL: a long table */
	char sha256[65];
} th_targets;

/* Read a targets file into the arena. Reported: a missing phase, a phase that stands twice, a year, number, unit or kind that
 * cannot be read. `path` must outlive the targets and what is reported. */
TH_MUST_USE th_status th_targets_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_targets *out);

/* What the percent beside a gross target leaves of the base year's emissions; false: it is not that target, by more than the rounding of the digits. */
bool th_target_agrees(const th_target *target, th_mass gross, th_mass *left);

/* kg CO2e per unit of something, of an intensity in mass per anything; false when the dimensions differ or it has too many digits. */
bool th_target_per(const th_units *units, const th_target *target, const th_unit *per, th_decimal *out);

/* Targets in percent of the base year become limits of gross emissions, rounded half to even once. */
void th_targets_of_base(th_targets *targets, th_mass gross);

#endif
