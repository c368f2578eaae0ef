/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_ANNOTATE_H
#define TH_REPORT_ANNOTATE_H

/* A case written back as a workbook: its tables as they stand, the cells to fill in coloured, and what was found as comments on its cells. */

#include "report/report.h"

/* The workbook, behind *out. `assessment` NULL: the case could not be read, and only what was found is told. `found`: what was found so far; `encoding` of the
 * inventories as th_check_options. Nothing is written, and *out stays empty, of a case that cannot be looked at. Reported: what no workbook can hold. */
TH_MUST_USE th_status th_annotate(const char *folder, const th_assessment *assessment, const char *encoding, th_lang lang, th_diags *diags, th_buf *out);

#endif
