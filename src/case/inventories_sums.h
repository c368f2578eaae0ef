/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_INVENTORIES_SUMS_H
#define TH_CASE_INVENTORIES_SUMS_H

/* Sheets and files that sum others. */

#include "case/layout.h"

/* Is a sheet or file called so: 合计, 2023年汇总表? */
bool th_is_sums(const th_reference *reference, th_slice name);

/* Compare what is called a sum with the tables beside it. An amount that is not theirs is an error at its place; a caveat says how many were compared. */
TH_MUST_USE th_status th_sums_compare(const th_reference *reference, const char *path, const char *const *part, size_t parts, int year, th_diags *diags);

#endif
