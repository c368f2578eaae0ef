/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far a case is: the domains its measures cover, the route, each limit with its margin, and what would turn the verdict. */
#include "report/check_report.h"

static void put_domain(th_page *p, const th_assessment *a, uint32_t domain)
{
	bool more = false;
	th_doc_cell_text(&p->doc, th_word(a->pack->domain[domain].name, p->lang));
	for (size_t i = 0; i < a->measures.count; i++) {
		if (a->measure[i].domain != domain)
			continue;
		th_page_text(p, more ? th_page_word(p, W_SEMICOLON) : TH_S(""));
		th_page_text(p, a->measure[i].measure->id);
		th_page_text(p, TH_S(" "));
		th_page_text(p, a->measure[i].measure->name);
		TH_SAY(p, W_AT_LINE, th_fill_integer((long long)a->measure[i].measure->line));
		more = true;
	}
	th_doc_end(&p->doc);
}

static void put_domains(th_page *p, const th_assessment *a)
{
	static const th_page_column columns[] = {{W_D_H_DOMAIN, TH_DOC_WORD}, {W_D_H_PROJECT, TH_DOC_WORD}};
	const th_rule_limit_result *limit = th_domain_limit(a);
	if (a->pack->domains == 0)
		return;
	th_page_say(p, W_DOMAINS);
	th_page_say(p, W_COLON);
	if (a->inputs.has_measures)
		th_buf_printf(&p->doc.text, "%zu", a->results.domains);
	else
		th_page_say(p, W_UNKNOWN);
	if (limit && limit->required.known) {
		th_page_say(p, W_COMMA);
		th_page_say(p, W_REQUIRED);
		th_put_compare(limit->limit, p->lang, &p->doc.text);
		th_put_exact_text(limit->required.number, &limit->limit->unit, th_word(limit->limit->unit_name, p->lang), TH_PLACES, p->lang, &p->doc.text);
	}
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	if (p->covered)
		th_page_paragraph(p, W_D_COVERAGE_TOLD);
	else
		th_page_quiet_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->results.domains && !p->covered; i++)
		put_domain(p, a, a->results.domain[i]);
	th_doc_close(&p->doc);
}

static void put_route(th_page *p, const th_assessment *a)
{
	const th_rule_results *results = &a->results;
	if (a->pack->routes == 0)
		return;
	th_page_section(p, W_ROUTE);
	if (results->route) {
		th_page_text(p, th_word(results->route->text, p->lang));
		if (results->route->quote.len) {
			th_page_text(p, TH_S(" "));
			th_put_quote(results->route->quote, &p->doc.text);
		}
	} else {
		th_page_say(p, W_ROUTE_OPEN);
		th_page_say(p, W_COLON);
		th_put_lacks(&a->inputs, results->route_missing, results->route_missings, p->lang, &p->doc.text);
	}
	th_doc_paragraph(&p->doc, TH_S(""));
	th_doc_close(&p->doc);
}

/* --- limits --- */

static void put_limit_row(th_page *p, const th_rule_result *result, const th_rule_limit_result *at)
{
	const th_rule_limit *limit = at->limit;
	const th_rule_value *value[] = {&at->observed, &at->required, &at->margin};
	th_doc_cell_text(&p->doc, result->requirement->id);
	th_doc_cell_text(&p->doc, th_word(limit->name, p->lang));
	for (int i = 0; i < 3; i++) {
		if (i == 1)
			th_put_compare(limit, p->lang, &p->doc.text);
		if (i == 2 && value[i]->known)
			th_put_margin(at, TH_S(""), p->lang, &p->doc.text);
		else if (value[i]->known)
			th_put_exact_text(value[i]->number, &limit->unit, TH_S(""), th_rule_limit_places(at), p->lang, &p->doc.text);
		else
			th_page_text(p, i == 1 ? th_page_word(p, W_UNFILLED) : TH_S("-"));
		th_doc_end(&p->doc);
	}
	th_doc_cell_text(&p->doc, th_word(limit->unit_name, p->lang));
	th_page_cell(p, th_status_word(at->status));
}

static void put_limits(th_page *p, const th_rule_results *results)
{
	static const th_page_column columns[] = {
		{W_H_REQUIREMENT, TH_DOC_WORD}, {W_LIMIT, TH_DOC_WORD}, {W_OBSERVED, TH_DOC_FIGURE}, {W_REQUIRED, TH_DOC_FIGURE},
		{W_MARGIN, TH_DOC_FIGURE}, {W_L_UNIT, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD},
	};
	size_t limits = 0;
	for (size_t i = 0; i < results->results; i++)
		limits += results->result[i].limits;
	if (limits == 0)
		return;
	th_page_section(p, W_DISTANCE);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < results->results; i++)
		for (size_t k = 0; k < results->result[i].limits; k++)
			put_limit_row(p, &results->result[i], &results->result[i].limit[k]);
	th_page_paragraph(p, W_ROUNDED);
	th_doc_close(&p->doc);
}

/* What, decided the other way, would change a verdict that is not the wanted one. */
static void put_flips(th_page *p, const th_rule_results *results)
{
	bool any = false;
	if (results->verdict == TH_ELIGIBLE)
		return;
	th_page_section(p, W_FLIP_LIST);
	for (size_t i = 0; i < results->results; i++) {
		const th_rule_result *result = &results->result[i];
		if (!result->flips || result->status == TH_RULE_MET)
			continue;
		if (!any) {
			th_doc_bullets(&p->doc);
			th_doc_column(&p->doc, TH_DOC_WORD, TH_S(""));
			th_doc_column(&p->doc, TH_DOC_WORD, TH_S(""));
		}
		th_doc_cell_text(&p->doc, result->requirement->id);
		th_doc_cell_text(&p->doc, th_word(result->requirement->title, p->lang));
		any = true;
	}
	if (!any)
		th_page_paragraph(p, W_FLIP_NONE);
	th_doc_close(&p->doc);
}

void th_put_distance_text(th_page *p, const th_assessment *a)
{
	if (!p->brief)
		put_domains(p, a);
	if (!p->brief)
		put_route(p, a);
	put_limits(p, &a->results);
	if (!p->brief)
		put_flips(p, &a->results);
}
