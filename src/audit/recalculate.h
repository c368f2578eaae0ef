/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_RECALCULATE_H
#define TH_AUDIT_RECALCULATE_H

/* Is the base year to be stated anew? (GHG Protocol, A Corporate Accounting and Reporting Standard, revised edition, chapter 5: changes of structure, of
 * method or accuracy, and errors that were found, where they are significant by a threshold that the company sets itself; neither organic growth nor
 * decline.) Both accounts are of the one base year, so that what was more or less used later shows in nothing here. */

#include "audit/diff.h"
#include "plan/plan.h"

typedef enum th_recalculated { TH_RECALCULATED_NO, TH_RECALCULATED_YES, TH_RECALCULATED_OPEN } th_recalculated;

typedef struct th_recalculation_of {
	const th_diff_side *side;  /* the earlier account, and the case as it is today */
	const th_case_plan *plan;  /* of the case: base year, threshold, since when sites are in use */
} th_recalculation_of;

/* How recalculations are written. */
typedef enum th_recalculation_format { TH_RECALCULATION_TEXT, TH_RECALCULATION_JSON, TH_RECALCULATION_MARKDOWN } th_recalculation_format;

/* The answer, and its bridge as text, JSON (tanhe.recalculation/1) or Markdown in *text, to be freed by free(). TH_INVALID, and reported: no base year is stated,
 * or one of the accounts does not know it. */
TH_MUST_USE th_status th_recalculate(const th_recalculation_of *of, th_recalculation_format format, th_lang lang, th_diags *diags, char **text, size_t *len,
                                     th_recalculated *answer);

#endif
