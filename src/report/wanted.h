/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_WANTED_H
#define TH_REPORT_WANTED_H

/* What would decide, one thing after the other: in which file it belongs, which cell waits for it or which line is to be added, and what may be filled in. */

#include "report/check_report.h"

typedef enum th_wanted_sort { TH_WANTED_FILL, TH_WANTED_PAPER, TH_WANTED_NUMBER, TH_WANTED_SORTS } th_wanted_sort;

typedef struct th_wanted {
	const th_assessment *a;
	th_slice id;               /* as a requirement lacks it */
	th_slice whose;            /* of evidence the fact, else the id */
	th_wanted_sort sort;
	const th_rule_decl *decl;  /* NULL: no input of the pack */
	th_case_part part;         /* TH_CASE_PARTS: of no file */
	th_slice rest;             /* what of the file: `M3` of measures:M3 */
	const char *path;          /* of the cell that waits; NULL: none does, a line is to be added */
	size_t line, column;       /* column 0: which of them, only the words tell */
	bool pastes;               /* there is a line to add */
	const th_pack_json *pack;  /* NULL: not made */
} th_wanted;

/* Is what is lacked of that kind: `measures`, or `measures:M3`, which names what of it? */
static inline bool th_lack_is(th_slice id, th_slice kind)
{
	return th_slice_starts(id, kind) && (id.len == kind.len || id.ptr[kind.len] == ':');
}

th_wanted th_wanted_of(const th_assessment *a, th_slice id);

/* The file in which it belongs, as a folder has it: events.csv for a fact of an event. Of a part. */
const char *th_wanted_file(const th_wanted *w);

/* The line to add, by the heads of the file as it is; of a new one, by those of th_put_wanted_heads. A ? stands for what is to be filled in. */
void th_put_wanted_line(const th_wanted *w, th_lang lang, th_buf *out);
void th_put_wanted_heads(const th_wanted *w, th_lang lang, th_buf *out);
/* Heads that the table needs for that and does not have; nothing when it has all. */
void th_put_wanted_new_heads(const th_wanted *w, th_lang lang, th_buf *out);
/* What may be filled in; of a number of the text, the words around it and its unit. */
void th_put_wanted_allowed(const th_wanted *w, th_lang lang, th_buf *out);
/* The same of a fact or parameter that is not there. */
struct th_init;
void th_put_allowed_of(const struct th_init *words, const th_rule_decl *decl, th_buf *out);
/* The clauses of the requirements that lack it: 四（三）申报要求（1）. */
void th_put_wanted_clauses(const th_wanted *w, th_lang lang, th_buf *out);

#endif
