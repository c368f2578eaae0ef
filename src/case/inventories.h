/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_INVENTORIES_H
#define TH_CASE_INVENTORIES_H

/* Which tables the inventories of a job are: files, and sheets of workbooks. */

#include "case/layout.h"

/* How they are read. */
typedef struct th_inventories_by {
	bool counts;          /* what is listed is added up: files of plans are left out, and files of sums beside two other tables or more */
	th_encoding encoding;
	th_layout_options layout;
} th_inventories_by;

/* The list with each workbook that names no sheet replaced by its sheets that are one table: the visible ones with a header over quantities, and the
 * same columns, as one for each month, whatever their order and the times in them. Where none has such a header the workbook stays as it is, and
 * who opens it tells. Errors: tables with other columns, which are named; two sheets whose title or name gives both the same time; sheets that
 * are called plans alone; where it counts, files that are; sums that are not what they sum. Caveats: hidden sheets, plans (sheets and files), sums, which
 * are compared with the tables beside them, and sheets that are no such table. The list and its texts live in the arena. */
TH_MUST_USE th_status th_inventories_list(const th_reference *reference, const char *const *given, size_t count, const th_inventories_by *by, th_arena *arena,
                                          th_diags *diags, const char ***list, size_t *listed);

#endif
