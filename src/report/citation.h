/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_CITATION_H
#define TH_REPORT_CITATION_H

/* How a document is cited in a sentence. The data cite the IPCC by its own short form (2006 IPCC Guidelines V2 Ch1、Ch2), which is what JSON and CSV hand on. */

#include "base/str.h"

/* In Chinese the IPCC's reports by their Chinese titles, volumes, chapters and tables (《2006年IPCC国家温室气体清单指南》第2卷第1、2章，表1.4); in English a citation that has
 * no Chinese in it with the marks of English. Everything else as it stands. `table` may be empty. */
void th_put_citation(th_buf *out, th_slice source, th_slice table, th_lang lang);

#endif
