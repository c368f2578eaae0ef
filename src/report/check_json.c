/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A check as tanhe.check/2 (data/schema/check.schema.json): ids and codes in keys and values, texts in both languages. What is not known is
 * absent. */
#include "report/check_report.h"

#include "io/json.h"

/* What an unknown number surely is not less and not more than. */
static void put_bounds(th_writer *w, const char *low, const char *high, const th_rule_value *value, const th_unit *unit)
{
	if (!value->known && value->has_low) {
		th_put_key(w, th_slice_of(low));
		(void)th_put_exact(w->buf, value->low, unit);
	}
	if (!value->known && value->has_high) {
		th_put_key(w, th_slice_of(high));
		(void)th_put_exact(w->buf, value->high, unit);
	}
}

/* What a choice was stated as; empty: not stated, or the pack has no such fact. */
static th_slice option_of(const th_assessment *a, th_index fact)
{
	uint32_t decl;
	if (!th_index_get(fact, &decl) || !a->inputs.input[decl].value.known)
		return (th_slice){"", 0};
	return a->pack->decl[decl].option[a->inputs.input[decl].value.choice].id;
}

/* An estimate: six digits. */
static void put_estimate(th_writer *w, const char *key, double value)
{
	th_put_key(w, th_slice_of(key));
	th_buf_printf(w->buf, "%.6g", value == 0 ? 0.0 : value);
}

static void put_odds(th_writer *w, const th_assessment *a, const th_rule_limit_result *at)
{
	const th_check_odds *odds = th_check_odds_of(a, at);
	if (!odds)
		return;
	th_put_open(w, "odds", '{');
	put_estimate(w, "probability", odds->probability);
	th_put_text(w, "of", a->pack->decl[odds->decl].id);
	put_estimate(w, "low", odds->lower);
	put_estimate(w, "high", odds->upper);
	th_put_text_if(w, "unit", odds->percent ? TH_S("%") : a->pack->decl[odds->decl].unit_text);
	if (at->status == TH_RULE_MET)
		th_put_text(w, "holds", odds->at_bound ? TH_S("bound") : TH_S("centre"));
	th_put_close(w, '}');
}

static void put_limits(th_writer *w, const th_assessment *a, const th_rule_result *result)
{
	th_put_open(w, "limits", '[');
	for (size_t i = 0; i < result->limits; i++) {
		const th_rule_limit_result *at = &result->limit[i];
		const th_rule_limit *limit = at->limit;
		th_put_open(w, NULL, '{');
		th_put_both(w, "name", limit->name.zh, limit->name.en);
		th_put_truth(w, "decides", i == result->binding);
		th_put_text(w, "status", th_slice_of(th_rule_status_names[at->status]));
		th_put_text(w, "compare", th_slice_of(th_rule_compare_names[limit->compare]));
		th_put_rule_number(w, "observed", &at->observed, &limit->unit);
		put_bounds(w, "observed_low", "observed_high", &at->observed, &limit->unit);
		th_put_rule_number(w, "required", &at->required, &limit->unit);
		th_put_rule_number(w, "margin", &at->margin, &limit->unit);
		th_put_text_if(w, "unit", limit->unit_text);
		put_odds(w, a, at);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

/* --- a requirement --- */

/* A caveat of the pack: it has no code. */
static void put_remark(th_writer *w, th_words text)
{
	th_put_open(w, NULL, '{');
	th_put_both(w, "text", text.zh, text.en);
	th_put_count(w, "count", 1);
	th_put_open(w, "places", '[');
	th_put_close(w, ']');
	th_put_close(w, '}');
}

static void put_requirement(th_writer *w, const th_assessment *a, const th_rule_result *result, bool full)
{
	const size_t number = (size_t)(result->requirement - a->pack->requirement);
	th_put_open(w, NULL, '{');
	(void)th_put_ready(w, w->pack->id[number]);
	th_put_text(w, "quote", result->quote);
	(void)th_put_ready(w, w->pack->title[number]);
	th_put_text(w, "status", th_slice_of(th_rule_status_names[result->status]));
	th_put_both(w, "why", result->why.zh, result->why.en);
	put_limits(w, a, result);
	th_put_missing_json(w, a, result->missing, result->missings);
	if (full)
		th_put_inputs_json(w, a, result);
	th_put_evidence_json(w, a, result);
	(void)th_put_ready(w, w->pack->advice[number]);
	th_put_open(w, "caveats", '[');
	for (size_t i = 0; i < result->caveats; i++)
		put_remark(w, result->caveat[i]);
	th_put_close(w, ']');
	th_put_truth(w, "flips", result->flips);
	if (full)
		th_put_flips_json(w, a, (uint32_t)(result - a->results.result));
	th_put_close(w, '}');
}

static void put_files(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "files", '[');
	th_put_case_files(w, a);
	th_put_close(w, ']');
}

/* Texts may name any of them, whether they are there or not. */
static void know_files(th_writer *w, const th_assessment *a)
{
	for (size_t i = 0; i < a->files; i++)
		(void)th_name_of(&w->names, a->file[i].path);
}

static void put_head(th_writer *w, const th_assessment *a)
{
	know_files(w, a);
	th_put_text(w, "case", a->name);
	th_put_text_if(w, "applicant", th_applicant(a));
	th_put_text_if(w, "category", option_of(a, a->pack->category));
	th_put_text_if(w, "target", option_of(a, a->pack->target));
	put_files(w, a);
	if (!w->line || !th_put_ready(w, w->pack->rules))
		th_put_rules_json(w, a->pack);
	th_put_text(w, "verdict", th_slice_of(a->broken ? "error" : th_verdict_names[a->results.verdict]));
	th_put_truth(w, "illustrative", a->illustrative);
}

static void put_missing(th_writer *w, const th_assessment *a)
{
	size_t count = 0;
	th_arena arena = {0};
	const th_slice *missing = th_whole_lacks(a, &arena, &count);
	w->buf->failed |= !missing;
	th_put_missing_json(w, a, missing, missing ? count : 0);
	th_arena_free(&arena);
}

static void put_domains(th_writer *w, const th_assessment *a)
{
	const th_rule_limit_result *limit = th_domain_limit(a);
	th_put_open(w, "domains", '{');
	if (a->inputs.has_measures)
		th_put_count(w, "count", a->results.domains);
	if (limit)
		th_put_rule_number(w, "required", &limit->required, &limit->limit->unit);
	th_put_open(w, "list", '[');
	for (size_t i = 0; i < a->results.domains; i++)
		th_put_text(w, NULL, a->pack->domain[a->results.domain[i]].id);
	th_put_close(w, ']');
	th_put_close(w, '}');
}

static void put_range(th_writer *w, const char *key, const th_check_range *range)
{
	th_put_open(w, key, '{');
	if (range->bounded && range->low == range->high)
		th_put_tonnes(w, "value", range->low);
	else {
		th_put_tonnes(w, "low", range->low);
		if (range->bounded)
			th_put_tonnes(w, "high", range->high);
	}
	th_put_close(w, '}');
}

static void put_measure(th_writer *w, const th_assessment *a, const th_check_measure *m)
{
	static const th_label why[TH_COUNTS] = {
		[TH_COUNT_FULL] = W_COUNT_FULL, [TH_COUNT_PART] = W_COUNT_PART, [TH_COUNT_CANCELLED] = W_COUNT_CANCELLED, [TH_COUNT_APART] = W_COUNT_APART,
		[TH_COUNT_BASE] = W_COUNT_BASE, [TH_COUNT_LATE] = W_COUNT_LATE, [TH_COUNT_ENDED] = W_COUNT_ENDED, [TH_COUNT_BLANK] = W_COUNT_BLANK,
		[TH_COUNT_UNDATED] = W_COUNT_UNDATED, [TH_COUNT_ABSENT] = W_COUNT_ABSENT, [TH_COUNT_OPEN] = W_COUNT_OPEN,
	};
	th_put_open(w, NULL, '{');
	th_put_text(w, "id", m->measure->id);
	th_put_text(w, "name", m->measure->name);
	th_put_place(w, "place", a->measures.path, m->measure->line);
	th_put_text(w, "domain", a->pack->domain[m->domain].id);
	th_put_text(w, "status", th_slice_of(th_measure_statuses[m->measure->state]));
	if (m->measure->has_reduction)
		th_put_tonnes(w, "reduction", m->measure->reduction);
	th_put_reason(w, "counted", th_count_names[m->count], why[m->count]);
	put_range(w, "annual", &m->annual);
	put_range(w, "cumulative", &m->cumulative);
	if (m->has_savings)
		th_put_tonnes(w, "by_savings", m->savings);
	th_put_close(w, '}');
}

/* Of each measure what was counted, and why not all of it. */
static void put_measures(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "measures", '[');
	for (size_t i = 0; i < a->measures.count; i++)
		put_measure(w, a, &a->measure[i]);
	th_put_close(w, ']');
}

static void put_route(th_writer *w, const th_assessment *a)
{
	const th_rule_results *results = &a->results;
	th_put_open(w, "route", '{');
	if (results->route) {
		th_put_text(w, "id", results->route->id);
		th_put_both(w, "text", results->route->text.zh, results->route->text.en);
		th_put_text_if(w, "quote", results->route->quote);
	} else
		th_put_missing_json(w, a, results->route_missing, results->route_missings);
	th_put_close(w, '}');
}

static void put_readings(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "readings", '[');
	for (size_t i = 0; i < a->readings; i++) {
		const th_check_reading *at = &a->reading[i];
		const th_rule_define *define = &a->pack->define[at->define];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", define->id);
		th_put_text(w, "reading", define->reading[at->reading].id);
		th_put_both(w, "name", define->reading[at->reading].name.zh, define->reading[at->reading].name.en);
		th_put_truth(w, "in_force", at->chosen);
		if (at->overridden)
			th_put_truth(w, "overridden", true);
		if (at->value.known && at->value.type == TH_RULE_NUMBER) {
			th_put_rule_number(w, "value", &at->value, &define->unit);
			th_put_text_if(w, "unit", define->unit_text);
		}
		if (define->unit_text.len)
			put_bounds(w, "low", "high", &at->value, &define->unit);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	th_put_open(w, "alternatives", '[');
	for (size_t i = 0; i < a->results.alternatives; i++) {
		const th_rule_alternative *other = &a->results.alternative[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", a->pack->define[other->define].id);
		th_put_text(w, "reading", a->pack->define[other->define].reading[other->reading].id);
		th_put_text(w, "verdict", th_slice_of(th_verdict_names[other->verdict]));
		th_put_open(w, "requirements", '{');
		for (size_t r = 0; r < other->requirements; r++) {
			th_put_key(w, a->pack->requirement[other->requirement[r]].id);
			th_put_json_string(w->buf, th_slice_of(th_rule_status_names[other->status[r]]));
		}
		th_put_close(w, '}');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_categories(th_writer *w, const th_assessment *a)
{
	const th_rule_decl *decl = TH_AT(a->pack->decl, a->pack->category);
	if (!decl || a->categories == 0)
		return;
	th_put_open(w, "categories", '[');
	for (size_t i = 0; i < a->categories; i++) {
		const th_check_category *at = &a->category[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", decl->option[at->option].id);
		th_put_truth(w, "stated", at->own);
		th_put_text(w, "verdict", th_slice_of(th_verdict_names[at->verdict]));
		th_put_open(w, "requirements", '{');
		for (size_t r = 0; r < a->pack->requirements; r++) {
			th_put_key(w, a->pack->requirement[r].id);
			th_put_json_string(w->buf, th_slice_of(th_rule_status_names[at->status[r]]));
		}
		th_put_close(w, '}');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_params(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "params", '[');
	for (size_t i = 0; i < a->params; i++) {
		const th_check_param *param = &a->param[i];
		const th_rule_decl *decl = &a->pack->decl[param->decl];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", decl->id);
		th_put_both(w, "title", decl->name.zh, decl->name.en);
		th_put_text(w, "state", param->supplied ? TH_S("given") : TH_S("missing"));
		if (param->supplied) {
			/* Counted in the unit of the pack, whatever the file wrote. */
			th_put_rule_number(w, "value", &param->number, &decl->unit);
			th_put_text_if(w, "unit", decl->unit_text);
			th_put_text(w, "source", param->source);
			th_put_place(w, "place", param->file, param->line);
			th_put_truth(w, "illustrative", param->illustrative);
			th_put_truth(w, "used", th_param_is_used(a, param));
		} else
			th_put_text_if(w, "unit", decl->unit_text);
		th_put_text(w, "clause", decl->clause);
		th_put_text(w, "quote", decl->quote);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_caveats(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "caveats", '[');
	th_put_caveat_objects(w, a->caveat, a->caveats);
	for (size_t i = 0; i < a->results.caveats; i++)
		put_remark(w, a->results.caveat[i]);
	th_put_close(w, ']');
}

static void put_findings(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "diagnostics", '[');
	for (size_t i = 0; i < a->findings; i++)
		th_put_finding_json(w, &a->finding[i]);
	th_put_close(w, ']');
}

/* All that is decided; `full`: with what it rests on. */
static void put_all(th_writer *w, const th_assessment *a, bool full)
{
	put_head(w, a);
	th_put_open(w, "requirements", '[');
	for (size_t i = 0; i < a->results.results; i++)
		put_requirement(w, a, &a->results.result[i], full);
	th_put_close(w, ']');
	put_missing(w, a);
	put_domains(w, a);
	put_measures(w, a);
	if (a->pack->at) {
		th_put_total_of(w, a);
		th_put_outcomes_json(w, a);
	}
	if (a->pack->at || a->tasks.count)
		th_put_tasks_json(w, a);
	if (a->pack->routes)
		put_route(w, a);
	put_readings(w, a);
	put_categories(w, a);
	th_put_offsets_json(w, a);
	if (full)
		put_params(w, a);
	if (full && a->account)
		th_put_account(w, "account", a->account);
	put_caveats(w, a);
}

/* `made`: of that pack or of another; NULL: it is made for this once. */
static void put_check(th_writer *w, const th_assessment *a, const th_pack_json *made, bool full)
{
	th_pack_json own = {.pack = NULL};
	const bool known = made && made->pack == a->pack;
	if (!known)
		w->buf->failed |= th_pack_json_make(a->reference, a->pack, &own) != TH_OK;
	w->pack = known ? made : &own;
	if (!w->buf->failed)
		put_all(w, a, full);
	w->pack = NULL;
	th_pack_json_free(&own);
}

static void put_whole(th_writer *w, const th_assessment *a)
{
	put_check(w, a, NULL, true);
	th_put_check_options(w, a);
	if (a->broken)
		put_findings(w, a);
}

void th_put_check_of_several(th_writer *w, const th_assessment *a)
{
	th_put_open(w, NULL, '{');
	th_put_tool(w, "tanhe.check/2");
	put_whole(w, a);
	th_put_close(w, '}');
}

void th_put_check_json(const th_assessment *a, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.check/2");
	put_whole(&w, a);
	th_writer_end(&w);
}

th_status th_report_case_line(const th_assessment *a, const th_diags *diags, const th_case_line *line, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	enum { ROOM = 40 * 1024 }; /* for most lines */
	th_buf out = {0};
	(void)th_buf_reserve(&out, ROOM);
	th_writer w = th_writer_begin_line(&out, "tanhe.batch/1");
	th_put_count(&w, "number", line->number);
	th_put_text(&w, "path", th_slice_of(line->path));
	put_check(&w, a, line->pack, line->full);
	th_put_findings_json(&w, diags, a->broken ? TH_CAVEAT : TH_WARNING);
	th_writer_end(&w);
	return th_give(mark, &out, text, len);
}
