/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_EXPLAIN_PARTS_H
#define TH_AUDIT_EXPLAIN_PARTS_H

/* The parts of an explanation, for explain.c. */

#include "audit/chain.h"
#include "report/report.h"

/* --- explain_line.c --- */

/* What the activity of a line is called; as written where it has no name. */
th_slice th_activity_title(const th_entry *entry, th_lang lang);
void th_put_entry_place(const th_entry *entry, th_buf *out); /* inventory.csv:12 */
void th_put_line_chain(th_page *page, const th_chain *chain, const th_recorded *recorded, bool all);
/* The factors of all entries, each once, with their documents. */
void th_put_factors_of(th_page *page, const th_chain *chain);

/* --- explain_requirement.c --- */

void th_put_requirement_chain(th_page *page, const th_json *requirement, const th_recorded *recorded, bool all);

#endif
