/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each requirement of a check: the clause's words, the numbers, how sure they are, where they stand and what is missing. */
#include "report/check_report.h"

#include <inttypes.h>

#include "base/print.h"
#include "base/transcendental.h"

/* --- limits --- */

static void put_value(th_page *p, const th_rule_value *value, const th_rule_limit_result *result, th_label unknown)
{
	const th_unit *unit = &result->limit->unit;
	const th_slice name = th_word(result->limit->unit_name, p->lang);
	const unsigned places = th_rule_limit_places(result);
	const bool low = value->has_low, high = value->has_high;
	if (value->known) {
		th_put_exact_text(value->number, unit, name, places, p->lang, &p->doc.text);
		return;
	}
	if (low) {
		if (!high)
			th_page_say(p, W_AT_LEAST);
		th_put_exact_text(value->low, unit, high ? TH_S("") : name, places, p->lang, &p->doc.text);
	}
	if (high) {
		th_page_say(p, low ? W_TO : W_AT_MOST);
		th_put_exact_text(value->high, unit, name, places, p->lang, &p->doc.text);
	}
	if (!low && !high)
		th_page_say(p, unknown);
}

static void put_limit(th_page *p, const th_assessment *a, const th_rule_limit_result *result)
{
	const th_rule_limit *limit = result->limit;
	th_page_text(p, th_word(limit->name, p->lang));
	th_page_say(p, W_COLON);
	th_page_say(p, th_rule_limit_stated(a->pack, limit) ? W_STATED : W_CALCULATED);
	th_page_text(p, p->lang == TH_LANG_ZH ? TH_S("") : TH_S(" "));
	put_value(p, &result->observed, result, W_UNKNOWN);
	th_page_say(p, W_SEMICOLON);
	th_page_say(p, W_REQUIRED);
	th_page_text(p, p->lang == TH_LANG_ZH ? TH_S("") : TH_S(" "));
	th_put_compare(limit, p->lang, &p->doc.text);
	put_value(p, &result->required, result, W_UNFILLED);
	if (result->margin.known) {
		th_page_say(p, W_SEMICOLON);
		th_page_text(p, p->lang == TH_LANG_ZH ? TH_S("") : TH_S("margin "));
		th_put_margin(result, th_word(limit->unit_name, p->lang), p->lang, &p->doc.text);
	}
	th_page_field(p, W_LIMIT, TH_S(""));
}

/* An estimate, to six digits. */
static th_page_fill estimate(double value)
{
	int digits = value == 0 ? 0 : 5 - (int)floor(th_log10(fabs(value)));
	return th_fill_real(fabs(value) < 5e-7 ? 0.0 : value, digits < 0 ? 0 : digits > 6 ? 6 : digits, false);
}

/* A part of few trials, or of a model, is never said to be certain. */
static void put_probability(th_page *p, double part)
{
	char text[16];
	(void)th_print(text, sizeof text, "%.2f %%", 100 * part);
	bool certain = part > 0.9999 || part < 0.0001;
	TH_SAY(p, W_ODDS_PROBABILITY, th_fill_text(!certain ? th_slice_of(text) : part > 0.5 ? TH_S("> 99.99 %") : TH_S("< 0.01 %")));
}

static void put_odds(th_page *p, const th_assessment *a, const th_rule_limit_result *result)
{
	const th_check_odds *odds = th_check_odds_of(a, result);
	if (!odds)
		return;
	const th_rule_decl *decl = &a->pack->decl[odds->decl];
	th_page_fill name = th_fill_text(th_word(decl->name, p->lang)), lower = estimate(odds->lower), upper = estimate(odds->upper);
	th_page_text(p, th_word(result->limit->name, p->lang));
	th_page_say(p, W_COLON);
	if (odds->percent)
		TH_SAY(p, W_ODDS_SHARE, name, lower, upper);
	else
		TH_SAY(p, W_ODDS_BETWEEN, name, lower, upper, th_fill_text(th_word(decl->unit_name, p->lang)));
	th_page_say(p, W_SEMICOLON);
	put_probability(p, odds->probability);
	if (result->status == TH_RULE_MET) {
		th_page_say(p, W_SEMICOLON);
		th_page_say(p, odds->at_bound ? W_ODDS_BOUND : W_ODDS_CENTRE);
	}
	th_page_field(p, W_ODDS, TH_S(""));
}

/* --- what was used --- */

/* measures.csv:2-8, or each line where they do not follow each other. */
static void put_measure_lines(const th_rule_inputs *inputs, th_buf *out)
{
	for (size_t i = 0, k; i < inputs->measures; i = k + 1) {
		for (k = i; k + 1 < inputs->measures && inputs->measure[k + 1].line == inputs->measure[k].line + 1; k++)
			;
		th_buf_str(out, i ? "," : "");
		if (i == 0)
			th_put_place_text(inputs->measure[i].file, inputs->measure[i].line, out);
		else
			th_buf_printf(out, "%zu", inputs->measure[i].line);
		if (k > i)
			th_buf_printf(out, "-%zu", inputs->measure[k].line);
	}
}

static void put_behind(th_page *p, th_slice text)
{
	if (text.len == 0)
		return;
	th_page_text(p, TH_S("  "));
	th_page_text(p, text);
}

/* Whether the papers that a fact names lie with the case. */
static void put_papers(th_page *p, const th_assessment *a, uint32_t decl)
{
	for (size_t i = 0; i < a->papers; i++) {
		const th_evidence *e = &a->paper[i].evidence;
		static const th_label words[TH_EVIDENCE_STATES] = {W_EVIDENCE_FOUND, W_EVIDENCE_ABSENT, W_EVIDENCE_APART, W_EVIDENCE_NO_PAPER};
		char size[24], sha256[13] = "";
		if (a->paper[i].decl != decl)
			continue;
		(void)th_print(size, sizeof size, "%" PRIu64, e->size);
		memcpy(sha256, e->sha256, e->state == TH_EVIDENCE_FOUND ? sizeof sha256 - 1 : 0);
		th_page_text(p, TH_S("  "));
		TH_SAY(p, words[e->state], th_fill_text(e->name), th_fill_text(th_slice_of(e->state == TH_EVIDENCE_FOUND ? e->path : "")),
		       th_fill_text(th_slice_of(size)), th_fill_text(th_slice_of(sha256)));
	}
}

static void put_used(th_page *p, const th_assessment *a, uint32_t decl)
{
	const th_pack *pack = a->pack;
	if (decl == pack->decls) {
		th_page_say(p, W_MEASURES);
		th_page_text(p, TH_S("  "));
		put_measure_lines(&a->inputs, &p->doc.text);
		return;
	}
	const th_rule_input *input = &a->inputs.input[decl];
	th_page_text(p, th_word(pack->decl[decl].name, p->lang));
	th_page_text(p, TH_S(" = "));
	th_put_rule_input(&a->inputs, decl, p->lang, &p->doc.text);
	th_page_text(p, TH_S("  "));
	if (input->file)
		th_put_place_text(input->file, input->line, &p->doc.text);
	else
		th_page_say(p, W_COMPUTED);
	put_papers(p, a, decl);
	put_behind(p, input->source);
}

/* --- one requirement --- */

static void put_title(th_page *p, const th_rule_result *result)
{
	const th_requirement *r = result->requirement;
	th_buf_printf(&p->doc.text, "%s ", th_status_mark(result->status));
	th_page_text(p, r->id);
	th_page_text(p, TH_S("  "));
	th_put_name_id(th_word(r->title, p->lang), th_page_word(p, th_level_word(r->level)), p->lang, &p->doc.text);
	th_page_say(p, W_COLON);
	th_doc_open(&p->doc, TH_DOC_ITEM, th_page_word(p, th_status_word(result->status)));
}

static void put_grounds(th_page *p, const th_assessment *a, const th_rule_result *result)
{
	th_page_field(p, W_CLAUSE, result->requirement->clause);
	th_put_quote(result->quote, &p->doc.text);
	th_page_field(p, W_QUOTE, TH_S(""));
	for (size_t i = 0; i < result->limits; i++)
		put_limit(p, a, &result->limit[i]);
	for (size_t i = 0; i < result->limits; i++)
		put_odds(p, a, &result->limit[i]);
	th_put_lacks(&a->inputs, result->missing, result->missings, p->lang, &p->doc.text);
	th_page_field(p, W_MISSING, TH_S(""));
	for (size_t i = 0; i < result->useds; i++) {
		put_used(p, a, result->used[i]);
		th_doc_field(&p->doc, i ? TH_S("") : th_page_word(p, W_INPUTS), TH_S(""));
	}
}

/* Is it open for nothing but numbers of the text? The applicant can do nothing about it but read them in the original. */
static bool lacks_numbers(const th_pack *pack, const th_rule_result *result)
{
	bool all = result->missings > 0;
	for (size_t i = 0; i < result->missings; i++)
		all &= th_is_lost_number(pack, result->missing[i]);
	return all;
}

static void put_requirement(th_page *p, const th_assessment *a, const th_rule_result *result)
{
	bool applies = result->status != TH_RULE_NOT_APPLICABLE;
	put_title(p, result);
	if (applies)
		put_grounds(p, a, result);
	th_page_field(p, W_WHY, th_word(result->why, p->lang));
	if (result->status == TH_RULE_NOT_MET || result->status == TH_RULE_UNDETERMINED)
		th_page_field(p, W_ADVICE, lacks_numbers(a->pack, result) ? th_page_word(p, W_ADVICE_NUMBERS) : th_word(result->requirement->advice, p->lang));
	for (size_t i = 0; i < result->caveats; i++)
		th_page_field(p, W_CAVEAT, th_word(result->caveat[i], p->lang));
	th_put_flips_text(p, a, (uint32_t)(result - a->results.result));
	if (result->flips && result->status != TH_RULE_MET)
		th_page_field(p, W_FLIPS, th_page_word(p, W_FLIPS_ALONE));
	th_doc_close(&p->doc);
}

void th_put_requirements_text(th_page *p, const th_assessment *a)
{
	th_doc_open(&p->doc, TH_DOC_PLAIN, th_page_word(p, W_REQUIREMENTS));
	for (size_t i = 0; i < a->results.results; i++)
		put_requirement(p, a, &a->results.result[i]);
	th_doc_close(&p->doc);
}
