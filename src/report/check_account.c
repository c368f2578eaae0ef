/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a verdict rests on: the parameters that the text at hand lacks, the account, and all caveats. */
#include "report/check_report.h"

/* --- parameters --- */

static void put_supplied(th_page *p, const th_assessment *a, const th_rule_decl *decl, const th_check_param *param)
{
	th_page_text(p, param->value);
	th_page_text(p, TH_S(" "));
	th_doc_cell_text(&p->doc, th_slice_eq(param->unit, decl->unit_text) ? th_word(decl->unit_name, p->lang) : param->unit);
	th_page_say(p, param->illustrative ? W_ILLUSTRATIVE_MARK : W_STATE_SUPPLIED);
	if (!th_param_is_used(a, param)) {
		th_page_say(p, W_COMMA);
		th_page_say(p, W_PARAM_UNUSED);
	}
	th_doc_end(&p->doc);
	th_page_text(p, param->source);
	th_page_text(p, TH_S("  "));
	th_put_place_text(param->file, param->line, &p->doc.text);
	th_doc_end(&p->doc);
}

static void put_lacking(th_page *p, const th_rule_decl *decl)
{
	th_page_text(p, TH_S("? "));
	th_doc_cell_text(&p->doc, th_word(decl->unit_name, p->lang));
	th_page_cell(p, W_STATE_MISSING);
	th_page_text(p, th_word(decl->name, p->lang));
	th_page_say(p, W_SEMICOLON);
	th_page_text(p, decl->clause);
	th_page_text(p, TH_S(" "));
	th_put_quote(decl->quote, &p->doc.text);
	th_doc_end(&p->doc);
}

void th_put_check_params(th_page *p, const th_assessment *a)
{
	static const th_page_column columns[] = {
		{W_H_PARAM, TH_DOC_WORD}, {W_H_VALUE, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD}, {W_H_SOURCE, TH_DOC_WORD},
	};
	bool gaps = false;
	if (a->params == 0)
		return;
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->params; i++) {
		const th_rule_decl *decl = &a->pack->decl[a->param[i].decl];
		th_doc_cell_text(&p->doc, p->titled ? th_word(decl->name, p->lang) : decl->id);
		if (a->param[i].supplied)
			put_supplied(p, a, decl, &a->param[i]);
		else
			put_lacking(p, decl);
		gaps |= !a->param[i].supplied;
	}
	if (gaps)
		th_put_template_hint(p, a, a->contents.workbook ? W_PARAM_FILL_SHEET : W_PARAM_FILL);
}

void th_put_template_hint(th_page *p, const th_assessment *a, th_label label)
{
	th_buf rules = {0};
	th_buf_str(&rules, a->asked.rules ? " --rules " : "");
	th_buf_str(&rules, a->asked.rules ? a->asked.rules : "");
	p->doc.failed |= rules.failed;
	TH_SAY(p, label, th_fill_text(th_buf_view(&rules)));
	th_doc_paragraph(&p->doc, TH_S(""));
	th_buf_free(&rules);
}

void th_put_check_params_section(th_page *p, const th_assessment *a)
{
	th_page_section(p, W_PARAMS);
	th_put_check_params(p, a);
	th_doc_close_if_any(&p->doc);
}

/* --- the account --- */

th_label th_no_account_word(const th_assessment *a)
{
	const th_check_file *file = &a->file[TH_CASE_INVENTORY];
	return file->unfilled ? W_UNFILLED_ACCOUNT : file->errors ? W_INVALID_ACCOUNT : W_NO_ACCOUNT;
}

void th_put_check_account_text(th_page *p, const th_assessment *a)
{
	const th_account *account = a->account;
	th_page_section(p, W_ACCOUNT);
	if (account) {
		const th_profile *profile = account->profile;
		th_put_name_id(th_in_lang(p->lang, profile->name_zh, profile->name_en), profile->id, p->lang, &p->doc.text);
		th_page_say(p, W_COMMA);
		th_page_field(p, W_PROFILE, th_slice_of(th_gwp_names[account->gwp]));
		th_put_totals_text(p, account, false);
	} else {
		th_page_paragraph(p, th_no_account_word(a));
	}
	th_doc_close(&p->doc);
}

/* --- caveats --- */

void th_put_check_caveats_text(th_page *p, const th_assessment *a)
{
	th_page_section(p, W_CHECK_CAVEATS);
	th_put_caveat_heads(p);
	th_put_caveat_rows(p, a->caveat, a->caveats);
	for (size_t i = 0; i < a->results.caveats; i++) {
		th_doc_cell_text(&p->doc, TH_S("-"));
		th_doc_cell_text(&p->doc, th_word(a->results.caveat[i], p->lang));
	}
	th_doc_close_if_any(&p->doc);
	if (a->account && a->account->caveats)
		th_put_account_caveats(p, a->account, W_ACCOUNT_CAVEATS);
}
