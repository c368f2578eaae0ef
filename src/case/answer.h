/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_ANSWER_H
#define TH_CASE_ANSWER_H

/* A list of what was asked of somebody, filled in (tanhe check --requests): one answer in a row, told by its item, the id of a fact or a parameter, or
 * evidence:FACT. */

#include "reference/reference.h"

typedef struct th_answer {
	th_slice item, value, unit, source, evidence; /* as written */
	int year;                  /* 0: none is given */
	size_t line, item_column, value_column, unit_column, source_column, evidence_column;
} th_answer;

typedef struct th_answers {
	th_answer *answer;         /* those of which anything is filled in */
	size_t count, rows;        /* rows: all of them */
	const char *path, *encoding;
	char sha256[65];
} th_answers;

/* Read a list, a table or a workbook, into the arena. Reported: a row that is filled in and has no item, an item that stands twice for one year, a year that is
 * none. `path` must outlive the answers and what is reported. */
TH_MUST_USE th_status th_answers_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_answers *out);

#endif
