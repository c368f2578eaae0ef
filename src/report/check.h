/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_CHECK_H
#define TH_REPORT_CHECK_H

/* What the writers of rule packs and of checks share. */

#include "report/report.h"
#include "rules/rules.h"

/* --- names.c --- */

/* A thing a requirement may lack, as people read it: `title (id)`; the id alone where the pack has no such name. */
void th_name_put(const th_pack *pack, th_slice id, th_lang lang, th_buf *out);
/* All of them, or the first few and how many more there are. */
void th_names_put(const th_pack *pack, const th_slice *id, size_t count, th_lang lang, th_buf *out);
/* A number with the unit behind it; without `sign` a negative number is the only one with one. Rounded ones get an ≈. */
void th_exact_text(th_exact number, const th_unit *unit, th_slice unit_text, bool sign, th_buf *out);
void th_paragraph(th_slice text, size_t indent, th_buf *out); /* wrapped at the page */
th_word th_status_word(th_rule_status status);

#endif
