/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan for people: what it rests on, the past, the way, the efforts, what was asked, and what could not be computed. */
#include "report/plan_report.h"

/* --- the head --- */

static void put_file(th_page *p, const char *path, const char *encoding, const char *sha256, size_t rows)
{
	th_put_file_text(p, path, encoding, sha256, rows);
	th_page_field(p, W_INPUT, TH_S(""));
}

static void put_files(th_page *p, const th_case_plan *plan)
{
	for (size_t i = 0; i < plan->a->files; i++) {
		const th_check_file *file = &plan->a->file[i];
		if (file->found || th_check_misses(file))
			put_file(p, file->path, file->encoding, file->found ? file->sha256 : NULL, file->rows);
		if (file->found && file->layout_zh)
			th_page_field(p, W_LAYOUT, th_slice_of(p->lang == TH_LANG_ZH ? file->layout_zh : file->layout_en));
	}
	put_file(p, plan->assumptions_path, plan->assumptions.encoding, plan->has_assumptions ? plan->assumptions.sha256 : NULL,
	         plan->assumptions.rows);
	if (plan->has_delivered)
		put_file(p, plan->delivered_path, plan->delivered.encoding, plan->delivered.sha256, plan->delivered.count);
	for (size_t i = 0; i < plan->yearlys; i++)
		put_file(p, plan->yearly[i].path, plan->yearly[i].encoding, plan->yearly[i].sha256, plan->yearly[i].count);
	for (size_t i = 0; i < plan->scenarios; i++) {
		const th_params *params = &plan->scenario[i].params;
		put_file(p, plan->scenario[i].path, params->encoding, params->sha256, params->rows);
	}
}

static void put_base(th_page *p, const th_case_plan *plan)
{
	const th_path_year *base = &plan->path.year[0];
	th_buf_printf(&p->doc.text, "%d", base->year);
	th_page_say(p, W_COLON);
	TH_SAY(p, W_P_BASE_GROSS, th_fill_mass(base->gross), th_fill_mass(base->removals));
	th_page_field(p, W_P_BASE, TH_S(""));
	th_page_field(p, W_P_BAU, th_page_word(p, !plan->has_bau ? W_P_BAU_NONE : plan->trend_bau ? W_P_BAU_TREND : W_P_BAU_GROWTH));
	TH_SAY(p, W_P_SPAN_OF, th_fill_integer(plan->input.base_year), th_fill_integer(plan->input.last_year));
	th_page_field(p, W_P_SPAN, TH_S(""));
}

static void put_head(th_page *p, const th_case_plan *plan)
{
	const th_assessment *a = plan->a;
	th_page_banner(p, W_P_TITLE);
	th_doc_open(&p->doc, TH_DOC_PLAIN, TH_S(""));
	th_page_field(p, W_APPLICANT, th_applicant(a));
	if (a->account)
		th_page_field(p, W_H_PROFILE, th_in_lang(p->lang, a->account->profile->name_zh, a->account->profile->name_en));
	if (a->pack->at)
		th_put_stage_of(p, a);
	if (plan->has_base)
		put_base(p, plan);
	put_files(p, plan);
	th_doc_close(&p->doc);
}

static void put_assumption(th_page *p, const th_assessment *a, const th_param_row *row)
{
	if (p->titled) {
		th_put_assumption_name(p, a, row->param);
		th_doc_end(&p->doc);
	} else
		th_doc_cell_text(&p->doc, row->param);
	th_doc_cell_text(&p->doc, row->value);
	if (p->titled) {
		th_unit_put_name(a->reference->units, row->unit, p->lang, &p->doc.text);
		th_doc_end(&p->doc);
	} else
		th_doc_cell_text(&p->doc, row->unit);
	th_doc_cell_text(&p->doc, row->source);
}

void th_put_assumptions_text(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {
		{W_H_PARAM, TH_DOC_WORD}, {W_H_VALUE, TH_DOC_NUMBER}, {W_L_UNIT, TH_DOC_WORD}, {W_H_SOURCE, TH_DOC_WORD},
	};
	th_page_section(p, W_P_ASSUMPTIONS);
	th_page_quiet_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < plan->assumptions.count; i++)
		put_assumption(p, plan->a, &plan->assumptions.row[i]);
	th_doc_close_if_any(&p->doc);
}

/* --- the end --- */

static void put_caveats(th_page *p, const th_case_plan *plan)
{
	th_page_section(p, W_P_CAVEATS);
	th_put_caveat_heads(p);
	th_put_caveat_rows(p, plan->caveat, plan->caveats);
	th_put_caveat_rows(p, plan->a->caveat, plan->a->caveats);
	th_doc_close_if_any(&p->doc);
	if (plan->a->account && plan->a->account->caveats)
		th_put_account_caveats(p, plan->a->account, W_ACCOUNT_CAVEATS);
}

void th_put_plan_methods(th_page *p, const th_case_plan *plan)
{
	th_page_section(p, W_P_METHOD);
	th_page_field(p, W_P_METHOD_PEAK, th_in_lang(p->lang, plan->rules.source_zh, plan->rules.source));
	th_page_field(p, W_P_SLOPE, th_in_lang(p->lang, plan->rules.test_source_zh, plan->rules.test_source));
	th_page_field(p, W_P_SLOPE_RATE, p->lang == TH_LANG_ZH ? plan->rules.false_zh : plan->rules.false_en);
	th_page_field(p, W_P_LMDI, th_page_word(p, W_P_METHOD_LMDI));
	th_page_field(p, W_P_MEASURES_YEARS, th_page_word(p, W_P_METHOD_YEARS));
	th_page_field(p, W_P_METHOD_ORDERS, th_page_word(p, W_P_METHOD_ORDER));
	if (plan->a->targets.count)
		th_page_field(p, W_P_METHOD_LINES, th_page_word(p, W_P_METHOD_LINE));
	th_doc_close(&p->doc);
}

void th_put_plan_text(th_page *p, const th_case_plan *plan)
{
	put_head(p, plan);
	if (p->brief) {
		th_put_way_text(p, plan);
		th_put_caveats_brief(p, plan->a->account, plan->caveat, plan->caveats);
		return;
	}
	th_put_assumptions_text(p, plan);
	th_put_past_text(p, plan);
	th_put_way_text(p, plan);
	th_put_efforts_text(p, plan);
	th_put_asked_text(p, plan);
	if (plan->a->pack->at)
		th_put_follow_text(p, plan->a);
	put_caveats(p, plan);
	th_put_plan_methods(p, plan);
}
