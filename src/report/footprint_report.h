/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_FOOTPRINT_REPORT_H
#define TH_FOOTPRINT_REPORT_H

/* The writers of footprints, for report.c. */

#include "footprint/footprint.h"
#include "report/dossier.h"

/* --- footprint_parts.c: fields, and sections with a table; nothing where there is nothing to say --- */

extern const th_label th_stage_words[TH_STAGES];
/* Three cells: of the declared unit, of the whole output, and the share of the footprint. */
void th_put_footprint_amount(th_page *page, const th_footprint *footprint, th_mass mass);
/* The limits that 95 % of it lie between, for the whole output; false: it was not asked for. */
bool th_footprint_interval(const th_footprint *footprint, th_mass *low, th_mass *high);
void th_put_footprint_interval(th_page *page, const th_footprint *footprint); /* a field */
void th_put_footprint_name(th_page *page, const th_product *product); /* behind the open text */
void th_put_footprint_product(th_page *page, const th_footprint *footprint);
void th_put_footprint_basis(th_page *page, const th_footprint *footprint);   /* of allocation */
void th_put_footprint_cut_off(th_page *page, const th_footprint *footprint);
void th_put_footprint_stages(th_page *page, const th_footprint *footprint);  /* a table, without a section */
void th_put_footprint_carbons(th_page *page, const th_footprint *footprint);
void th_put_footprint_gases(th_page *page, const th_footprint *footprint);
void th_put_footprint_processes(th_page *page, const th_footprint *footprint);
void th_put_footprint_grades(th_page *page, const th_footprint *footprint);
void th_put_footprint_allocations(th_page *page, const th_footprint *footprint);
void th_put_footprint_outside(th_page *page, const th_footprint *footprint);
void th_put_footprint_site(th_page *page, const th_site_balance *site);
void th_put_footprint_caveats(th_page *page, const th_footprints *footprints);

/* --- footprint_text.c, footprint_json.c --- */

void th_put_footprint_text(th_page *page, const th_footprints *footprints);
void th_put_footprint_options(th_writer *w, const th_footprints *footprints); /* options_json.c */
void th_put_footprint_json(const th_footprints *footprints, th_buf *out);

/* --- picture_stages.c: where in its life a product emits --- */

void th_put_stages_picture(th_page *page, const th_footprint *footprint); /* and a table of the same numbers; nothing where nothing is above zero */

/* --- footprint_document.c: what ISO 14067:2018 (7.2, 7.3) lists, as a document to hand on --- */

TH_MUST_USE th_status th_report_footprint_document(const th_footprints *footprints, th_dossier_format format, th_lang lang, th_diags *diags, char **text, size_t *len);

#endif
