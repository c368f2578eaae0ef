/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One case by several schemes, for people, programs and readers of columns. */
#include "report/schemes.h"

#include "io/json.h"
#include "report/dossier.h"

void th_schemes_free(th_schemes *schemes)
{
	for (size_t i = 0; i < TH_SCHEMES_MOST; i++) {
		th_assessment_free(schemes->a[i]);
		th_rules_free(schemes->pack[i]);
	}
	*schemes = (th_schemes){.count = 0};
}

/* --- for people --- */

static void put_verdict_row(th_page *p, const th_assessment *a)
{
	static const th_rule_status shown[] = {TH_RULE_MET, TH_RULE_NOT_MET, TH_RULE_UNDETERMINED, TH_RULE_EXPERT_REVIEW};
	size_t count[TH_RULE_STATUSES] = {0};
	for (size_t i = 0; i < a->results.results; i++)
		count[a->results.result[i].status] += a->results.result[i].requirement->level == TH_RULE_MANDATORY;
	th_put_pack_name(a->pack, p->lang, &p->doc.text);
	th_doc_end(&p->doc);
	th_doc_cell_text(&p->doc, a->pack->stages ? th_word(a->pack->stage[a->pack->at].name, p->lang) : TH_S("-"));
	th_doc_cell_text(&p->doc, a->broken ? th_page_word(p, W_V_ERROR) : th_verdict_said(a->pack, a->results.verdict, p->lang));
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		th_doc_count(&p->doc, count[shown[i]]);
}

static void put_verdicts(th_page *p, const th_schemes *s)
{
	static const th_page_column columns[] = {
		{W_RULES, TH_DOC_WORD}, {W_STAGE, TH_DOC_WORD}, {W_SELF_CHECK, TH_DOC_WORD}, {W_MET, TH_DOC_COUNT}, {W_NOT_MET, TH_DOC_COUNT}, {W_UNDETERMINED, TH_DOC_COUNT},
		{W_EXPERT_REVIEW, TH_DOC_COUNT},
	};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < s->count; i++)
		put_verdict_row(p, s->a[i]);
	th_page_paragraph(p, W_SCHEMES_COUNTED);
	th_page_paragraph(p, W_SELF_CHECK_NOTE);
}

static void put_wants(th_page *p, const th_schemes *s, const th_wants *wants)
{
	static const th_label states[TH_WANT_STATES] = {W_WANT_NOT, W_WANT_GIVEN, W_WANT_OPEN, W_WANT_MISSING};
	th_doc_table(&p->doc);
	th_page_column_of(p, TH_DOC_WORD, W_D_H_FACT);
	th_page_column_of(p, TH_DOC_WORD, W_D_H_NUMBER);
	for (size_t i = 0; i < s->count; i++)
		th_doc_column(&p->doc, TH_DOC_WORD, s->a[i]->pack->id);
	for (size_t i = 0; i < wants->count; i++) {
		th_doc_cell_text(&p->doc, th_word(wants->want[i].name, p->lang));
		th_doc_cell_text(&p->doc, wants->want[i].id);
		for (size_t k = 0; k < s->count; k++)
			th_page_cell(p, states[wants->want[i].of[k]]);
	}
}

static void put_text(th_page *p, const th_schemes *s, const th_wants *wants)
{
	th_page_banner(p, W_CHECK_TITLE);
	th_page_field(p, W_APPLICANT, th_applicant(s->a[0]).len ? th_applicant(s->a[0]) : s->a[0]->name);
	th_page_section(p, W_SCHEMES);
	put_verdicts(p, s);
	th_doc_close(&p->doc);
	th_page_section(p, W_SCHEMES_WANTED);
	put_wants(p, s, wants);
	th_page_paragraph(p, W_SCHEMES_WANTED_NOTE);
	th_doc_close(&p->doc);
	for (size_t i = 0; i < s->count && !p->brief; i++) {
		th_doc_open(&p->doc, TH_DOC_SECTION, s->a[i]->pack->id);
		if (s->a[i]->account)
			th_page_field(p, W_PROFILE, th_in_lang(p->lang, s->a[i]->account->profile->name_zh, s->a[i]->account->profile->name_en));
		th_put_requirement_list(p, &s->a[i]->results);
		th_doc_close(&p->doc);
	}
}

/* --- for programs --- */

static void put_json(const th_schemes *s, const th_wants *wants, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.schemes/1");
	th_put_text(&w, "case", s->a[0]->name);
	th_put_open(&w, "schemes", '[');
	for (size_t i = 0; i < s->count; i++)
		th_put_check_of_several(&w, s->a[i]);
	th_put_close(&w, ']');
	th_put_open(&w, "wanted", '[');
	for (size_t i = 0; i < wants->count; i++) {
		const th_want *want = &wants->want[i];
		th_put_open(&w, NULL, '{');
		th_put_text(&w, "kind", th_slice_of(th_want_kinds[want->kind]));
		th_put_text(&w, "id", want->id);
		th_put_both(&w, "title", want->name.zh, want->name.en);
		th_put_open(&w, "schemes", '{');
		for (size_t k = 0; k < s->count; k++) {
			th_put_key(&w, s->a[k]->pack->id);
			th_put_json_string(w.buf, th_slice_of(th_want_states[want->of[k]]));
		}
		th_put_close(&w, '}');
		th_put_close(&w, '}');
	}
	th_put_close(&w, ']');
	th_writer_end(&w);
}

th_status th_report_schemes(const th_schemes *schemes, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_wants wants;
	th_page p = {.lang = lang, .shift = 3, .digits = 2, .brief = format == TH_FORMAT_BRIEF};
	th_buf out = {0};
	out.failed = th_wants_find(schemes, &wants) != TH_OK;
	if (out.failed) {
		th_wants_free(&wants);
		return th_give(mark, &out, text, len);
	}
	if (format == TH_FORMAT_JSON)
		put_json(schemes, &wants, &out);
	else if (format == TH_FORMAT_CSV) {
		put_wants(&p, schemes, &wants);
		th_put_first_table(&p.doc, &out);
		th_doc_free(&p.doc);
	} else {
		put_text(&p, schemes, &wants);
		th_page_put(&p, &out);
	}
	th_wants_free(&wants);
	return th_give(mark, &out, text, len);
}
