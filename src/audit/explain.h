/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_EXPLAIN_H
#define TH_AUDIT_EXPLAIN_H

#include "audit/chain.h"

#include <tanhe/report.h>

/* What is to be explained. */
typedef struct th_explanation {
	th_chain *chain;             /* of a total and a line when all entries were heard */
	const th_recorded *recorded;
	th_slice again;              /* the report as it comes out now: where it differs that is said; ptr NULL: not made again */
	const struct th_footprints *footprints; /* as they come out now; NULL: the report is of none */
	bool all;                    /* every step down to file and cell, factor, document, terms and clause */
} th_explanation;

/* The chain behind a number or a verdict, as text (five fields first) or JSON (tanhe.explain/1). *text is to be freed by free(). TH_INVALID, and reported: there
 * is no such line. */
TH_MUST_USE th_status th_explain(const th_explanation *explanation, th_format format, th_lang lang, th_diags *diags, char **text, size_t *len);

#endif
