/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_EXPLAIN_PARTS_H
#define TH_AUDIT_EXPLAIN_PARTS_H

/* The parts of an explanation, for explain.c. */

#include "audit/explain.h"
#include "footprint/sharers.h"
#include "report/report.h"

/* --- explain_total.c --- */

/* What one activity adds; removals and credits take off what they are taken off. */
typedef struct th_chain_part {
	th_slice id;             /* of the activity; as written where it has none */
	const th_entry *entry;   /* the first */
	th_mass co2e;
	size_t lines;
	uint64_t order;
} th_chain_part;

/* In memory of the chain, the largest first; NULL without memory. */
th_chain_part *th_chain_parts(const th_chain *chain, size_t *count);
th_mass th_chain_mass(const th_chain *chain, const th_entry *entry); /* with its sign */
th_label th_total_word(th_slice id);
void th_put_basis_field(th_page *page, const th_recorded *recorded);
void th_put_chain_lines(th_page *page, const th_chain *chain); /* a section: each with its equation */
void th_put_total_chain(th_page *page, const th_chain *chain, const th_recorded *recorded, bool all);

/* --- explain_chain_json.c --- */

void th_put_basis_json(th_writer *w, const th_recorded *recorded); /* member "basis" */
void th_put_chain_lines_json(th_writer *w, const th_chain *chain);  /* members "lines" and "factors" */
void th_put_kilograms(th_writer *w, const char *key, th_mass mass); /* {"value","unit"} */
void th_put_activity_json(th_writer *w, const char *key, const th_entry *entry);

/* --- explain_json.c: `again` and `equal`: the report was made again, and came out as it is --- */

void th_put_explanation_json(const th_explanation *explanation, bool again, bool equal, th_buf *out);

/* --- explain_line.c --- */

/* What the activity of a line is called; as written where it has no name. */
th_slice th_activity_title(const th_entry *entry, th_lang lang);
void th_put_entry_place(const th_entry *entry, th_buf *out); /* inventory.csv:12 */
void th_put_line_chain(th_page *page, const th_chain *chain, const th_recorded *recorded, bool all);
/* Is the caveat's place that line? */
bool th_is_place_of(const th_chain *chain, const th_json *place);
/* The entry of a line with the most emissions. */
const th_entry *th_main_entry(const th_chain *chain);
/* The factors of all entries, each once, with their documents. */
void th_put_factors_of(th_page *page, const th_chain *chain);

/* --- explain_footprint.c --- */

/* Of all lines that were heard those stay that its footprint takes. */
void th_chain_narrow(th_chain *chain, const th_footprints *footprints);
void th_put_footprint_chain(th_page *page, const th_explanation *explanation);
void th_put_footprint_chain_json(th_writer *w, const th_explanation *explanation); /* member "footprint" */

/* --- explain_requirement.c --- */

void th_put_requirement_chain(th_page *page, const th_json *requirement, const th_recorded *recorded, bool all);

#endif
