/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The check in a dossier: the applicant as stated, and the conditions clause by clause. */
#include "report/dossier.h"

/* --- the applicant --- */

static void put_fact(th_page *p, const th_assessment *a, uint32_t decl)
{
	const th_rule_input *input = &a->inputs.input[decl];
	th_doc_cell_text(&p->doc, th_word(a->pack->decl[decl].name, p->lang));
	th_put_rule_input(&a->inputs, decl, p->lang, &p->doc.text);
	th_doc_end(&p->doc);
	th_doc_text_or_none(&p->doc, input->evidence);
	th_put_place_text(input->file, input->line, &p->doc.text);
	th_doc_end(&p->doc);
}

void th_put_dossier_applicant(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_D_H_FACT, TH_DOC_WORD}, {W_D_H_STATED, TH_DOC_WORD}, {W_L_EVIDENCE, TH_DOC_WORD}, {W_D_H_PLACE, TH_DOC_WORD},
	};
	const th_assessment *a = d->a;
	th_page_section(p, W_D_APPLICANT);
	th_dossier_caption(p, W_D_FACTS, 0);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (uint32_t decl = 0; decl < a->pack->facts; decl++)
		if (a->inputs.input[decl].file && a->inputs.input[decl].value.known)
			put_fact(p, a, decl);
	th_doc_close(&p->doc);
}

/* --- the conditions --- */

static void put_requirement(th_page *p, const th_rule_result *result)
{
	const th_requirement *r = result->requirement;
	th_doc_cell_text(&p->doc, r->id);
	th_doc_cell_text(&p->doc, r->clause);
	th_doc_cell_text(&p->doc, th_word(r->title, p->lang));
	th_page_cell(p, th_level_word(r->level));
	th_page_text(p, th_slice_of(th_status_mark(result->status)));
	th_page_text(p, TH_S(" "));
	th_page_cell(p, th_status_word(result->status));
}

void th_put_dossier_overview(th_page *p, const th_dossier *d)
{
	const th_assessment *a = d->a;
	static const th_page_column columns[] = {
		{W_D_H_NUMBER, TH_DOC_WORD}, {W_CLAUSE, TH_DOC_WORD}, {W_D_H_ASKED, TH_DOC_WORD}, {W_D_H_LEVEL, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD},
	};
	th_page_section(p, W_D_OVERVIEW);
	th_dossier_caption(p, W_D_OVERVIEW, 0);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->results.results; i++)
		put_requirement(p, &a->results.result[i]);
	th_doc_close(&p->doc);
}

void th_put_dossier_check(th_page *p, const th_dossier *d)
{
	const th_assessment *a = d->a;
	th_page_section(p, W_D_CHECK);
	th_put_verdict_text(p, a);
	th_put_would_decide(p, a);
	th_dossier_mark(p, a->illustrative);
	th_put_dossier_overview(p, d);
	th_put_requirements_text(p, a);
	th_put_limits_picture(p, a, false);
	th_put_distance_text(p, a);
	th_put_readings_text(p, a);
	th_put_check_params_section(p, a);
	th_dossier_mark(p, false);
	th_doc_close(&p->doc);
}

/* A number that is known, with all its digits. */
static void put_number(th_page *p, const th_rule_value *value, const th_unit *unit)
{
	if (value->known)
		(void)th_put_exact(&p->doc.text, value->number, unit);
	th_doc_end(&p->doc);
}

void th_put_dossier_limits(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_D_H_NUMBER, TH_DOC_WORD}, {W_LIMIT, TH_DOC_WORD}, {W_OBSERVED, TH_DOC_FIGURE}, {W_D_H_COMPARE, TH_DOC_WORD}, {W_REQUIRED, TH_DOC_FIGURE},
		{W_MARGIN, TH_DOC_FIGURE}, {W_L_UNIT, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD},
	};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < d->a->results.results; i++) {
		const th_rule_result *result = &d->a->results.result[i];
		for (size_t k = 0; k < result->limits; k++) {
			const th_rule_limit_result *at = &result->limit[k];
			th_doc_cell_text(&p->doc, result->requirement->id);
			th_doc_cell_text(&p->doc, th_word(at->limit->name, p->lang));
			put_number(p, &at->observed, &at->limit->unit);
			th_doc_cell_text(&p->doc, th_slice_of(th_rule_compare_signs[at->limit->compare]));
			put_number(p, &at->required, &at->limit->unit);
			put_number(p, &at->margin, &at->limit->unit);
			th_doc_cell_text(&p->doc, th_word(at->limit->unit_name, p->lang));
			th_page_cell(p, th_status_word(at->status));
		}
	}
}

/* --- caveats --- */

/* Those of what is told in the whole dossier, whichever part of it this is. */
void th_put_dossier_caveats(th_page *p, const th_dossier *d)
{
	th_page_section(p, W_D_CAVEATS);
	th_page_section(p, W_P_CAVEATS);
	th_put_caveat_heads(p);
	th_put_caveat_rows(p, d->plan->caveat, d->plan->caveats);
	th_doc_close_if_any(&p->doc);
	th_put_check_caveats_text(p, d->a);
	th_doc_close_if_any(&p->doc);
}
