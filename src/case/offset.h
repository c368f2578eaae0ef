/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_OFFSET_H
#define TH_CASE_OFFSET_H

/* offsets.csv: an amount of allowances, credits or sinks in a row, by which emissions of the case are offset. */

#include "base/period.h"
#include "reference/reference.h"

/* The kinds of 公告2019年第19号; OTHER: its column says something else. */
typedef enum th_offset_kind { TH_OFFSET_ALLOWANCE, TH_OFFSET_CCER, TH_OFFSET_PUHUI, TH_OFFSET_CER, TH_OFFSET_FORESTRY, TH_OFFSET_OTHER, TH_OFFSET_KINDS } th_offset_kind;
extern const char *const th_offset_kinds[TH_OFFSET_KINDS]; /* allowance ccer puhui cer forestry other */

typedef enum th_retired { TH_RETIRED_OPEN, TH_RETIRED_NO, TH_RETIRED_YES } th_retired;

/* What of it is taken: its retirement is stated with a registry, a serial number and for whom, and it is of a kind of the guide. */
typedef enum th_offset_state {
	TH_OFFSET_COUNTS,
	TH_OFFSET_NOT_RETIRED,     /* counts 0; of the others it is not known whether they count: */
	TH_OFFSET_NO_RETIREMENT,   /* nothing says whether it is retired */
	TH_OFFSET_NO_REGISTRY, TH_OFFSET_NO_SERIAL, TH_OFFSET_NO_BENEFICIARY,
	TH_OFFSET_OTHER_KIND,
	TH_OFFSET_STATES
} th_offset_state;
extern const char *const th_offset_states[TH_OFFSET_STATES];
extern const char *const th_offset_lacks[TH_OFFSET_STATES]; /* the column in which that stands; NULL: none */

typedef struct th_offset {
	th_slice type, quantity, unit, vintage, registry, serial, retired_text, beneficiary, evidence; /* as written */
	th_offset_kind kind;
	th_mass mass;              /* CO2e, above 0 */
	th_period made, when;      /* vintage; retirement */
	bool has_vintage, has_date;
	th_retired retired;
	th_offset_state state;
	size_t line;
} th_offset;

typedef struct th_offsets {
	th_offset *offset;         /* in the order of the file */
	size_t count;
	const char *path, *encoding;
	char sha256[65];
} th_offsets;

/* Read an offsets file into the arena. Reported: an amount that is no mass above zero, a vintage or retirement that is no time, a vintage behind its
 * retirement, one serial number of a registry twice. `path` must outlive the offsets and what is reported. */
TH_MUST_USE th_status th_offsets_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_offsets *out);

#endif
