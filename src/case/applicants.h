/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_APPLICANTS_H
#define TH_CASE_APPLICANTS_H

/* applicants.csv: one applicant in a row, what case.csv says of one in columns; of a batch.
 *
 *     申报单位,试点类型,地区生产总值（万元）,2023年常住人口,能耗监测依据,能耗监测依据凭证
 *
 * The header may stand below title rows; notes below the table are not read. A column is a fact under its id, a title or an alias, with its year in
 * front (2023年…) or its unit behind; `…凭证` (… evidence) is the evidence of that fact. An empty cell, - and — are no fact.
 *
 * A batch reads them one by one, in flat memory:
 *
 *     th_applicants_open(reference, path, facts, count, diags, &list);
 *     while ((status = th_applicants_next(list, &arena, &applicant, &end)) != TH_SYSTEM && !end)
 *             if (status == TH_OK) ... applicant.facts is as th_facts_load has it, its places are cells of this file ...
 *     th_applicants_close(list);
 */

#include "case/facts.h"

/* What a fact is called. The rules know; this room does not see them. */
typedef struct th_known_fact {
	th_slice id, zh;         /* zh: its title */
	const th_slice *alias;   /* all its names, folded (th_utf8_key) */
	size_t aliases;
	bool number;             /* a unit may stand behind its value */
} th_known_fact;

typedef struct th_applicant {
	th_slice name;           /* lives in the arena, as all texts of the facts but their names, which go with the list */
	th_facts facts;          /* each under the id of the known fact, or as the column is called; without encoding and checksum */
	size_t line, column;     /* where the name stands */
	th_slice again;          /* TH_INVALID, and this name stands further up; else empty */
} th_applicant;

typedef struct th_applicants th_applicants;

/* Is a table in CSV meant as one: has one of its first rows a name for the column of applicants, and a fact beside it? Nothing is reported; false also
 * when it cannot be read, or without memory, which is counted. */
bool th_applicants_meant(const th_reference *reference, const char *path, const th_known_fact *known, size_t count);
/* Open the table and read its header. Reported: no column of applicants, a fact twice; as warnings, once, columns that are nothing known, with the
 * name that may have been meant. `known` is asked only here; `path` must live as long as `diags` is read. */
TH_MUST_USE th_status th_applicants_open(const th_reference *reference, const char *path, const th_known_fact *known, size_t count, th_diags *diags,
                                         th_applicants **out);
/* The next applicant; *end is set behind the last. TH_INVALID, and reported: this row names none, or one that stands further up, or cannot be
 * read; the next can be asked for all the same. *out is empty after anything but TH_OK, but for `again` and where that stands. */
TH_MUST_USE th_status th_applicants_next(th_applicants *list, th_arena *arena, th_applicant *out, bool *end);
/* Of the table; the checksum is known behind the last row. */
const char *th_applicants_path(const th_applicants *list);
const char *th_applicants_encoding(const th_applicants *list);
const char *th_applicants_sha256(const th_applicants *list);
/* How the header was understood, as `key,value`: its line, and of each column which fact, with its year and unit, or whose evidence it is. */
void th_applicants_put_layout(const th_applicants *list, th_buf *out);
size_t th_applicants_head_line(const th_applicants *list);
size_t th_applicants_unread(const th_applicants *list); /* columns that are not read */
void th_applicants_close(th_applicants *list);

#endif
