/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_EXPLAIN_H
#define TH_AUDIT_EXPLAIN_H

#include "audit/chain.h"

/* The chain behind a number or a verdict as text: five fields first, with `all` every step down to file and cell, factor, document, terms and clause. Of a total and
 * a line when all entries were heard; `again` is the report as it comes out now, where it differs that is said (ptr NULL: not made again). *text is to be freed by
 * free(). TH_INVALID, and reported: there is no such line. */
TH_MUST_USE th_status th_explain(const th_chain *chain, const th_recorded *recorded, th_slice again, bool all, th_lang lang, th_diags *diags, char **text, size_t *len);

#endif
