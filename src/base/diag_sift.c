/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is left of a list of findings when some are of no interest. */

#include "base/diag_list.h"

void th_diags_sift(th_diags *diags, bool (*keep)(const void *context, const th_finding_row *row), const void *context)
{
	size_t kept = 0;
	th_finding_row row;
	for (size_t i = 0; th_diags_row(diags, i, &row); i++) {
		if (keep(context, &row)) {
			diags->list[kept++] = diags->list[i];
			continue;
		}
		diags->count--;
		diags->errors -= row.severity == TH_ERROR;
	}
	diags->kept = kept;
}
