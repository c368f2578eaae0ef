/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_CHECK_REPORT_H
#define TH_REPORT_CHECK_REPORT_H

/* What the writers of rule packs and of checks share. */

#include "check/check.h"
#include "report/report.h"

/* --- names.c --- */

/* A thing a requirement may lack, as people read it: `title (id)`; the id alone where the pack has no such name. */
void th_put_lack(const th_pack *pack, th_slice id, th_lang lang, th_buf *out);
void th_put_lacks(const th_pack *pack, const th_slice *id, size_t count, th_lang lang, th_buf *out);
/* The name of something and its id in parentheses. */
void th_put_name_id(th_slice name, th_slice id, th_lang lang, th_buf *out);
void th_put_quote(th_slice quote, th_buf *out);
/* A number counted in a unit, with the unit's text; one with more than six decimals is rounded, behind ≈. */
void th_exact_text(th_exact number, const th_unit *unit, th_slice unit_text, bool plus, th_buf *out);
void th_put_place_text(const char *file, size_t line, th_buf *out); /* file:line */
void th_paragraph(th_slice text, size_t indent, th_buf *out);  /* wrapped at the page */
th_label th_status_word(th_rule_status status);
th_label th_verdict_word(th_verdict verdict);
/* Label and text as a row of a grid, nothing when the text is empty; what `text` holds is taken out of it. */
void th_field(th_grid *grid, th_label label, th_lang lang, th_slice text);
void th_field_built(th_grid *grid, th_label label, th_lang lang, th_buf *text);

/* The limit that counts the domains of the measures, or NULL. */
const th_rule_limit_result *th_check_domain_limit(const th_assessment *a);
/* What the whole still lacks: distinct names of the requirements that keep the verdict open, in memory of the arena; NULL
 * without memory. */
const th_slice *th_check_missing(const th_assessment *a, th_arena *arena, size_t *count);

/* --- check_text.c, check_more.c, check_json.c --- */

typedef struct th_check_page {
	const th_assessment *a;
	th_lang lang;
	th_buf *out;
} th_check_page;

void th_check_more(const th_check_page *page); /* what follows the requirements */
void th_put_check_params(const th_check_page *page);
void th_check_json(const th_assessment *a, th_lang lang, th_buf *out);

#endif
