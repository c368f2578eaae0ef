/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_ABSENT_H
#define TH_CASE_ABSENT_H

/* A case that lacks the table without which a job cannot begin: said with what is there instead, and how to get one. */

#include "case/contents.h"

/* TH_OK when the part is there, and when `path` is neither a folder nor a workbook: then who opens the table tells. Reported otherwise: which
 * table is missing (the facts or the inventory), what was found, and the way on. */
TH_MUST_USE th_status th_case_wants(const char *path, const th_case_contents *contents, th_case_part part, th_diags *diags);

/* The same for the table of facts of a scheme, case.csv or another one (`part`). A case with other files may lack it: *unknown, and no error, since that
 * scheme alone knows nothing yet. `rules` is the scheme for which `tanhe init` makes it; NULL: a kind of applicant. */
TH_MUST_USE th_status th_case_wants_facts(const char *path, const th_case_contents *contents, th_case_part part, const char *rules, th_diags *diags, bool *unknown);

#endif
