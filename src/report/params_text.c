/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What packs there are, what their parameters are worth, and the file in which a person fills them in. */
#include "report/check_report.h"

#include "io/csv.h"

th_status th_report_packs(const th_pack *const *packs, size_t count, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_page p = {.lang = lang};
	th_page_plain_table(&p, "wwww");
	for (size_t i = 0; i < count; i++) {
		th_doc_cell_text(&p.doc, packs[i]->id);
		th_doc_cell_text(&p.doc, packs[i]->version);
		th_doc_cell_text(&p.doc, th_word(packs[i]->name, lang));
		th_doc_cell_text(&p.doc, i ? TH_S("") : th_page_word(&p, W_PACK_DEFAULT));
	}
	return th_page_give(mark, &p, text, len);
}

th_status th_report_params(const th_assessment *assessment, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_page p = {.lang = lang};
	th_put_name_id(th_word(assessment->pack->name, lang), assessment->pack->id, lang, &p.doc.text);
	th_doc_title(&p.doc, TH_S(""));
	if (assessment->illustrative)
		th_page_paragraph(&p, W_ILLUSTRATIVE);
	th_doc_open(&p.doc, TH_DOC_SECTION, TH_S(""));
	th_put_check_params(&p, assessment);
	return th_page_give(mark, &p, text, len);
}

/* How the number is compared: >= ? in English, in Chinese in words. */
static void put_comparison(const th_rule_decl *decl, th_lang lang, th_buf *out)
{
	size_t sign = 0;
	while (sign < TH_RULE_COMPARES && !th_slice_eq(decl->comparison, th_slice_of(th_rule_compare_signs[sign])))
		sign++;
	if (lang == TH_LANG_ZH && sign < TH_RULE_COMPARES) {
		th_buf_str(out, th_rule_compare_word((th_rule_compare)sign, th_word(decl->unit_name, lang), lang));
		th_buf_str(out, th_word_text(W_THIS_NUMBER, lang));
	} else {
		th_buf_slice(out, decl->comparison);
		th_buf_str(out, " ?");
	}
}

void th_put_param_clause(const th_rule_decl *decl, th_lang lang, th_buf *out)
{
	th_buf_slice(out, decl->clause);
	th_buf_char(out, ' ');
	th_put_quote(decl->quote, out);
	if (decl->comparison.len) {
		th_buf_str(out, th_word_text(W_SEMICOLON, lang));
		put_comparison(decl, lang, out);
	}
}

/* What a person needs to find the number in the text: what it is, where, in which words, with which comparison. */
void th_put_param_note(const th_rule_decl *decl, th_lang lang, th_buf *out)
{
	const char *semicolon = th_word_text(W_SEMICOLON, lang);
	th_buf_slice(out, th_word(decl->name, lang));
	th_buf_str(out, semicolon);
	th_put_param_clause(decl, lang, out);
	if (th_word(decl->why_missing, lang).len) {
		th_buf_str(out, semicolon);
		th_buf_slice(out, th_word(decl->why_missing, lang));
	}
}

th_status th_report_params_template(const th_pack *pack, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0}, note = {0};
	th_buf_str(&out, "\xEF\xBB\xBF");
	th_buf_str(&out, th_word_text(W_PARAMS_HEADER, lang));
	th_buf_str(&out, "\r\n");
	for (size_t i = pack->facts; i < pack->facts + pack->params; i++) {
		th_put_csv_text(&out, pack->decl[i].id);
		th_buf_str(&out, ",,");
		th_put_csv_text(&out, lang == TH_LANG_ZH ? th_word(pack->decl[i].unit_name, lang) : pack->decl[i].unit_text);
		th_buf_str(&out, ",,");
		th_buf_clear(&note);
		th_put_param_note(&pack->decl[i], lang, &note);
		th_put_csv_text(&out, th_buf_view(&note));
		th_buf_str(&out, "\r\n");
	}
	out.failed |= note.failed;
	th_buf_free(&note);
	return th_give(mark, &out, text, len);
}
