/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_INVENTORIES_SUMS_H
#define TH_CASE_INVENTORIES_SUMS_H

/* Sheets and files that sum others. */

#include "case/inventories.h"

/* Is a sheet called so: 合计, 2023年汇总表? */
bool th_is_sums(const th_reference *reference, th_slice name);
/* A file, its name without the ending: inventory-合计 and 公司汇总表 too. */
bool th_is_sums_file(const th_reference *reference, th_slice name);

/* Compare what is called sums with the tables beside them. An amount that is not theirs is an error at its place; a caveat says how many were compared. */
TH_MUST_USE th_status th_sums_compare(const th_reference *reference, const char *const *sums, size_t count, const char *const *part, size_t parts,
                                      const th_inventories_by *by, th_diags *diags);

#endif
