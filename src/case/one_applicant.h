/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_ONE_APPLICANT_H
#define TH_CASE_ONE_APPLICANT_H

/* A case is of one applicant. Who tells applicants apart are columns called so expressly: 申报单位, 申报主体, applicant; not 企业名称, which a park's companies
 * have in its inventory. */

#include "case/contents.h"

/* Whether all tables of a case that name an applicant name the same one. TH_INVALID, and reported at the first row of another: they name several.
 * What cannot be read is told by who reads it. */
TH_MUST_USE th_status th_case_one_applicant(const th_reference *reference, const th_case_contents *contents, th_encoding encoding, th_diags *diags);
/* Of an inventory that is read for its sum alone: a caveat when it names several. */
TH_MUST_USE th_status th_inventory_applicants(const th_reference *reference, const char *path, th_encoding encoding, th_diags *diags);

#endif
