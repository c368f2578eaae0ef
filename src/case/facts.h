/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_FACTS_H
#define TH_CASE_FACTS_H

/* case.csv: one fact about the applicant in a row. */

#include "reference/reference.h"

/* What a row's name says for the account alone. */
typedef enum th_fact_sort { TH_FACT_UNSORTED, TH_FACT_PLAIN, TH_FACT_FROM, TH_FACT_UNTIL, TH_FACT_CONDITION } th_fact_sort;

typedef struct th_fact {
	th_slice fact, value, unit, site, owner, evidence, note; /* as written */
	int year;                /* to which it belongs; 0: none is given */
	th_fact_sort sort;       /* as th_fact_sorted has it; of a row that nobody has sorted it is asked each time */
	th_slice of_site;        /* FROM and UNTIL: the site that is named; empty: all of them */
	size_t line, fact_column, value_column, unit_column, evidence_column;
	const char *path;        /* of the file that says it; NULL: the case's own */
} th_fact;

enum { TH_FACT_CELLS = 4 };
typedef struct th_facts {
	th_fact *fact;
	size_t count;
	const char *encoding;
	char sha256[65];
	th_slice *head;          /* as written; NULL: of no table, or of one with an error */
	size_t heads, last;      /* last: its last row */
	int cell[TH_FACT_CELLS]; /* under which head stand fact, value, unit and evidence; -1: under none */
} th_facts;

/* Read a case file into the arena. A fact that stands twice for one year and site, a row without a fact's name: errors. */
TH_MUST_USE th_status th_facts_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_facts *out);

/* The same row, its name looked at once for all who ask for its sort. Its texts must last as long as it does. */
th_fact th_fact_sorted(th_fact fact);

/* Does a row state that fact, with a value? */
bool th_fact_is(const th_fact *fact, th_slice id);

/* Do two names surely differ, by their first bytes? */
bool th_name_differs(th_slice a, th_slice b);

/* When a site is in use, of all rows: the days of `启用` (in_use_from) and `停用` (in_use_until) that name it in their column site, or
 * behind their name (`启用.嘉定工厂`), or no site at all. An end that no row gives stays open: TH_DAY_MIN, TH_DAY_MAX. */
void th_facts_in_use(const th_facts *facts, th_slice site, int32_t *from, int32_t *until);

/* Such a row, and the site that it names; empty: all of them. */
bool th_fact_use_site(const th_fact *fact, th_slice *site);

/* Does a row say what a bare m3 of gas means, 气体状态 (gas_condition)? A fact of the account, which no pack declares. */
bool th_fact_is_gas_condition(const th_fact *fact);

/* Such a row: facts of the account, which no pack declares. */
bool th_fact_is_use(const th_fact *fact);

#endif
