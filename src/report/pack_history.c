/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a pack says of itself: how its text changed, and what becomes of each clause. */
#include "report/check_report.h"

void th_put_amendments_text(th_page *p, const th_pack *pack)
{
	static const th_page_column columns[] = {{W_DATE, TH_DOC_WORD}, {W_DOCUMENT, TH_DOC_WORD}, {W_R_CHANGE, TH_DOC_WORD}};
	if (pack->amendments == 0)
		return;
	th_page_section(p, W_R_AMENDMENTS);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < pack->amendments; i++) {
		const th_rule_amendment *at = &pack->amendment[i];
		th_doc_cell_text(&p->doc, at->date);
		th_doc_cell_text(&p->doc, at->document);
		th_page_text(p, th_word(at->text, p->lang));
		th_page_text(p, at->url.len ? TH_S("  ") : TH_S(""));
		th_doc_cell_text(&p->doc, at->url);
	}
	th_doc_close(&p->doc);
}

/* --- clauses --- */

static void put_covered(th_page *p, const th_pack *pack, const th_rule_coverage *at)
{
	static const th_label words[TH_COVERAGES] = {W_R_DECIDED, W_R_ADVICE, W_R_COMPUTED, W_R_NONE};
	th_doc_cell_text(&p->doc, at->clause);
	th_put_quote(at->quote, &p->doc.text);
	th_doc_end(&p->doc);
	th_page_cell(p, words[at->as]);
	for (size_t i = 0; i < at->requirements; i++) {
		th_page_text(p, i ? th_page_word(p, W_LIST) : TH_S(""));
		th_page_text(p, pack->every[at->requirement[i]].id);
	}
	th_page_text(p, at->requirements ? th_page_word(p, W_COLON) : TH_S(""));
	th_doc_cell_text(&p->doc, th_word(at->text, p->lang));
}

static void put_text(const th_pack *pack, th_lang lang, th_buf *out)
{
	static const th_page_column columns[] = {{W_CLAUSE, TH_DOC_WORD}, {W_R_TEXT, TH_DOC_WORD}, {W_R_BECOMES, TH_DOC_WORD}, {W_R_HOW, TH_DOC_WORD}};
	th_page p = {.lang = lang};
	size_t count[TH_COVERAGES] = {0};
	th_put_pack_name(pack, lang, &p.doc.text);
	th_doc_title(&p.doc, TH_S(""));
	th_page_field(&p, W_DOCUMENT, pack->document);
	if (pack->coverages == 0)
		th_page_paragraph(&p, W_R_NO_COVERAGE);
	else
		th_page_table(&p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < pack->coverages; i++) {
		put_covered(&p, pack, &pack->coverage[i]);
		count[pack->coverage[i].as]++;
	}
	if (pack->coverages) {
		TH_SAY(&p, W_R_COVERED, th_fill_integer((long long)pack->coverages), th_fill_integer((long long)count[TH_COVERAGE_DECIDED]),
		       th_fill_integer((long long)count[TH_COVERAGE_ADVICE]), th_fill_integer((long long)count[TH_COVERAGE_COMPUTED]), th_fill_integer((long long)count[TH_COVERAGE_NONE]));
		th_doc_paragraph(&p.doc, TH_S(""));
	}
	th_page_put(&p, out);
}

static void put_json(const th_pack *pack, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.rules_coverage/1");
	th_put_rules_json(&w, pack);
	th_put_open(&w, "clauses", '[');
	for (size_t i = 0; i < pack->coverages; i++) {
		const th_rule_coverage *at = &pack->coverage[i];
		th_put_open(&w, NULL, '{');
		th_put_text(&w, "clause", at->clause);
		th_put_text(&w, "quote", at->quote);
		th_put_text(&w, "as", th_slice_of(th_coverage_names[at->as]));
		th_put_open(&w, "requirements", '[');
		for (size_t k = 0; k < at->requirements; k++)
			th_put_text(&w, NULL, pack->every[at->requirement[k]].id);
		th_put_close(&w, ']');
		th_put_both(&w, "text", at->text.zh, at->text.en);
		th_put_close(&w, '}');
	}
	th_put_close(&w, ']');
	th_writer_end(&w);
}

th_status th_report_coverage(const th_pack *pack, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	if (format == TH_FORMAT_JSON)
		put_json(pack, &out);
	else
		put_text(pack, lang, &out);
	return th_give(mark, &out, text, len);
}
