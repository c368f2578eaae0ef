/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_FOOTPRINT_REPORT_H
#define TH_FOOTPRINT_REPORT_H

/* The writers of footprints, for report.c. */

#include "footprint/footprint.h"
#include "report/check_report.h"

void th_put_footprint_text(th_page *page, const th_footprints *footprints);
void th_put_footprint_json(const th_footprints *footprints, th_buf *out);

#endif
