/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_FACTS_H
#define TH_CASE_FACTS_H

/* case.csv: one fact about the applicant in a row. */

#include "reference/reference.h"

typedef struct th_fact {
	th_slice fact, value, unit, evidence, note; /* as written */
	size_t line, value_column, unit_column;
} th_fact;

typedef struct th_facts {
	th_fact *fact;
	size_t count;
	const char *encoding;
	char sha256[65];
} th_facts;

/* Read a case file into the arena. A fact that stands twice, a row without a fact's name: errors. */
TH_MUST_USE th_status th_facts_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_facts *out);

/* The fact of that id, NULL if absent or empty. */
const th_fact *th_fact_find(const th_facts *facts, th_slice id);

#endif
