/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_APPLICANTS_HEAD_H
#define TH_CASE_APPLICANTS_HEAD_H

/* What a header over the facts of applicants says. For applicants.c alone. */

#include "case/applicants.h"

typedef enum th_head_is { TH_HEAD_UNKNOWN, TH_HEAD_APPLICANT, TH_HEAD_FACT, TH_HEAD_EVIDENCE, TH_HEAD_ASIDE } th_head_is;

/* What a column is. */
typedef struct th_facts_column {
	th_head_is is;
	size_t fact;           /* in known[]; `count` when the account alone knows the name */
	th_slice name, unit;
	int year;              /* 0: none */
	size_t evidence;       /* 1 + the column with its evidence; 0: none */
	bool number;
} th_facts_column;

/* By what names they are known. */
typedef struct th_facts_named {
	const th_reference *reference;
	const th_known_fact *known;
	size_t count;
} th_facts_named;

th_facts_column th_facts_head(const th_facts_named *r, th_slice header);

enum { TH_NAMES_APPLICANTS = 1000 };
/* How many facts a row names, and that many more where it names applicants as well. */
size_t th_facts_score(const th_facts_named *r, const th_slice *cell, size_t cells);

#endif
