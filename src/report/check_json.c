/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A check as tanhe.check/1 (data/schema/check.schema.json). Ids, keys and statuses are the same in every language; sentences
 * are in the report's. What is not known is absent. */
#include "report/check_report.h"

#include "io/json.h"

/* As a JSON number; one without an end is rounded to six decimals, as in text. */
static void put_exact(th_writer *w, const char *key, const th_rule_value *value, const th_unit *unit)
{
	if (!value->known)
		return;
	th_put_key(w, th_slice_of(key));
	(void)th_put_exact(w->buf, value->number, unit);
}

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

static void put_names(th_writer *w, const char *key, const th_slice *name, size_t count)
{
	th_put_open(w, key, '[');
	for (size_t i = 0; i < count; i++)
		th_put_text(w, NULL, name[i]);
	th_put_close(w, ']');
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
	put_estimate(w, "probability", odds->probability);
	th_put_text(w, "uncertain", a->pack->decl[odds->decl].id);
	put_estimate(w, "lower", odds->lower);
	put_estimate(w, "upper", odds->upper);
	th_put_text_if(w, "bound_unit", odds->percent ? TH_S("%") : a->pack->decl[odds->decl].unit_text);
	if (at->status == TH_RULE_MET)
		th_put_text(w, "holds", odds->at_bound ? TH_S("bound") : TH_S("centre"));
}

static void put_limit(th_writer *w, const th_assessment *a, const th_rule_limit_result *at, bool whole, th_lang lang)
{
	const th_rule_limit *limit = at->limit;
	if (whole) {
		th_put_text_if(w, "name", th_word(limit->name, lang));
		th_put_text(w, "status", th_slice_of(th_rule_status_names[at->status]));
	}
	th_put_text(w, "compare", th_slice_of(th_rule_compare_names[limit->compare]));
	put_exact(w, "observed", &at->observed, &limit->unit);
	put_bounds(w, "observed_low", "observed_high", &at->observed, &limit->unit);
	put_exact(w, "required", &at->required, &limit->unit);
	th_put_text_if(w, "unit", limit->unit_text);
	put_exact(w, "margin", &at->margin, &limit->unit);
	put_odds(w, a, at);
}

static void put_measure_inputs(th_writer *w, const th_rule_inputs *inputs)
{
	for (size_t i = 0; i < inputs->measures; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "file", th_slice_of(inputs->measure[i].file));
		th_put_count(w, "line", inputs->measure[i].line);
		th_put_text(w, "fact", TH_S("measures"));
		uint32_t group = inputs->measure[i].group;
		th_put_text(w, "value", group >= inputs->pack->groups ? inputs->pack->domain[inputs->measure[i].domain].id : inputs->pack->group[group].id);
		th_put_close(w, '}');
	}
}

/* The papers that a fact names, and whether they lie with the case. */
static void put_papers(th_writer *w, const th_assessment *a, uint32_t decl)
{
	bool any = false;
	for (size_t i = 0; i < a->papers; i++) {
		const th_evidence *e = &a->paper[i].evidence;
		if (a->paper[i].decl != decl)
			continue;
		if (!any)
			th_put_open(w, "papers", '[');
		any = true;
		th_put_open(w, NULL, '{');
		th_put_text(w, "name", e->name);
		th_put_text(w, "state", th_slice_of(th_evidence_states[e->state]));
		if (e->state == TH_EVIDENCE_FOUND) {
			th_put_text(w, "file", th_slice_of(e->path));
			th_put_count(w, "size", e->size);
			th_put_text(w, "sha256", th_slice_of(e->sha256));
		}
		th_put_close(w, '}');
	}
	if (any)
		th_put_close(w, ']');
}

static void put_input(th_writer *w, const th_assessment *a, uint32_t decl, th_lang lang)
{
	const th_rule_input *input = &a->inputs.input[decl];
	bool computed = a->pack->decl[decl].role == TH_RULE_COMPUTED;
	th_put_open(w, NULL, '{');
	if (input->file)
		th_put_text(w, "file", th_slice_of(input->file));
	if (input->line)
		th_put_count(w, "line", input->line);
	th_put_text(w, "fact", a->pack->decl[decl].id);
	if (computed) {
		th_buf text = {0};
		th_put_rule_input(&a->inputs, decl, lang, &text);
		th_put_text(w, "value", th_buf_view(&text));
		w->buf->failed |= text.failed;
		th_buf_free(&text);
	} else { /* as written */
		th_put_text(w, "value", input->text);
		th_put_text_if(w, "unit", input->unit_text);
	}
	th_put_text_if(w, "evidence", input->evidence);
	put_papers(w, a, decl);
	th_put_text_if(w, "source", input->source);
	th_put_close(w, '}');
}

static void put_requirement(th_writer *w, const th_assessment *a, const th_rule_result *result, th_lang lang)
{
	const th_requirement *r = result->requirement;
	th_put_open(w, NULL, '{');
	th_put_text(w, "id", r->id);
	th_put_text(w, "clause", r->clause);
	th_put_text(w, "quote", result->quote);
	th_put_text(w, "title", th_word(r->title, lang));
	th_put_text(w, "level", th_slice_of(th_rule_level_names[r->level]));
	th_put_text(w, "status", th_slice_of(th_rule_status_names[result->status]));
	if (result->limits)
		put_limit(w, a, &result->limit[result->binding], false, lang);
	put_names(w, "missing", result->missing, result->missings);
	th_put_open(w, "inputs", '[');
	for (size_t i = 0; i < result->useds; i++) {
		if (result->used[i] == a->pack->decls)
			put_measure_inputs(w, &a->inputs);
		else
			put_input(w, a, result->used[i], lang);
	}
	th_put_close(w, ']');
	th_put_text(w, "why", th_word(result->why, lang));
	if (result->limits > 1) {
		th_put_open(w, "limits", '[');
		for (size_t i = 0; i < result->limits; i++) {
			th_put_open(w, NULL, '{');
			put_limit(w, a, &result->limit[i], true, lang);
			th_put_close(w, '}');
		}
		th_put_close(w, ']');
	}
	th_put_text_if(w, "advice", th_word(r->advice, lang));
	if (result->caveats) {
		th_put_open(w, "caveats", '[');
		for (size_t i = 0; i < result->caveats; i++)
			th_put_text(w, NULL, th_word(result->caveat[i], lang));
		th_put_close(w, ']');
	}
	th_put_truth(w, "flips", result->flips);
	th_put_flips_json(w, a, (uint32_t)(result - a->results.result));
	th_put_close(w, '}');
}

static void put_files(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "files", '[');
	for (size_t i = 0; i < a->files; i++) {
		const th_check_file *file = &a->file[i];
		if (file->found && !file->errors)
			th_put_file(w, th_case_files[file->kind].kind, file->path, file->encoding, file->sha256, file->rows);
	}
	th_put_close(w, ']');
}

static void put_rules(th_writer *w, const th_pack *pack, th_lang lang)
{
	th_put_open(w, "rules", '{');
	th_put_text(w, "id", pack->id);
	th_put_text(w, "version", pack->version);
	th_put_text(w, "sha256", th_slice_of(pack->sha256));
	th_put_text(w, "name", th_word(pack->name, lang));
	th_put_text_if(w, "document", pack->document);
	th_put_close(w, '}');
}

static void put_head(th_writer *w, const th_assessment *a, th_lang lang)
{
	th_put_text(w, "case", th_slice_of(a->folder));
	th_put_text_if(w, "applicant", th_applicant(a));
	th_put_text_if(w, "category", option_of(a, a->pack->category));
	th_put_text_if(w, "target", option_of(a, a->pack->target));
	put_files(w, a);
	put_rules(w, a->pack, lang);
	th_put_text(w, "verdict", th_slice_of(a->broken ? "error" : th_verdict_names[a->results.verdict]));
	th_put_truth(w, "illustrative", a->illustrative);
}

static void put_missing(th_writer *w, const th_assessment *a)
{
	size_t count;
	th_arena arena = {0};
	const th_slice *missing = th_whole_lacks(a, &arena, &count);
	w->buf->failed |= !missing;
	put_names(w, "missing", missing, missing ? count : 0);
	th_arena_free(&arena);
}

static void put_domains(th_writer *w, const th_assessment *a)
{
	const th_rule_limit_result *limit = th_domain_limit(a);
	th_put_open(w, "domains", '{');
	if (a->inputs.has_measures)
		th_put_count(w, "count", a->results.domains);
	if (limit)
		put_exact(w, "required", &limit->required, &limit->limit->unit);
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

/* Of each measure what was counted, and why not. */
static void put_measures(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "measures", '[');
	for (size_t i = 0; i < a->measures.count; i++) {
		const th_check_measure *m = &a->measure[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", m->measure->id);
		th_put_text(w, "name", m->measure->name);
		th_put_text(w, "file", th_slice_of(a->measures.path));
		th_put_count(w, "line", m->measure->line);
		th_put_text(w, "domain", a->pack->domain[m->domain].id);
		th_put_text(w, "status", th_slice_of(th_measure_statuses[m->measure->state]));
		if (m->measure->has_reduction)
			th_put_tonnes(w, "reduction", m->measure->reduction);
		th_put_text(w, "counted", th_slice_of(th_count_names[m->count]));
		put_range(w, "annual", &m->annual);
		put_range(w, "cumulative", &m->cumulative);
		if (m->has_savings)
			th_put_tonnes(w, "by_savings", m->savings);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_route(th_writer *w, const th_rule_results *results, th_lang lang)
{
	th_put_open(w, "route", '{');
	if (results->route) {
		th_put_text(w, "id", results->route->id);
		th_put_text(w, "text", th_word(results->route->text, lang));
		th_put_text_if(w, "quote", results->route->quote);
	} else
		put_names(w, "missing", results->route_missing, results->route_missings);
	th_put_close(w, '}');
}

static void put_readings(th_writer *w, const th_assessment *a, th_lang lang)
{
	th_put_open(w, "readings", '[');
	for (size_t i = 0; i < a->readings; i++) {
		const th_check_reading *at = &a->reading[i];
		const th_rule_define *define = &a->pack->define[at->define];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", define->id);
		th_put_text(w, "reading", define->reading[at->reading].id);
		th_put_text(w, "name", th_word(define->reading[at->reading].name, lang));
		th_put_truth(w, "in_force", at->chosen);
		if (at->overridden)
			th_put_truth(w, "overridden", true);
		if (at->value.known && at->value.type == TH_RULE_NUMBER) {
			put_exact(w, "value", &at->value, &define->unit);
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
		th_put_text(w, "state", param->supplied ? TH_S("given") : TH_S("missing"));
		if (param->supplied) {
			/* Counted in the unit of the pack, whatever the file wrote. */
			put_exact(w, "value", &param->number, &decl->unit);
			th_put_text_if(w, "unit", decl->unit_text);
			th_put_text(w, "source", param->source);
			th_put_text(w, "file", th_slice_of(param->file));
			th_put_count(w, "line", param->line);
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

static void put_caveats(th_writer *w, const th_assessment *a, th_lang lang)
{
	th_put_open(w, "caveats", '[');
	th_put_caveat_objects(w, a->caveat, a->caveats, lang);
	for (size_t i = 0; i < a->results.caveats; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "text", th_word(a->results.caveat[i], lang));
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_check_json(const th_assessment *a, th_lang lang, th_buf *out)
{
	th_writer w = {.buf = out, .first = true};
	th_put_open(&w, NULL, '{');
	th_put_tool(&w, "tanhe.check/1");
	put_head(&w, a, lang);
	th_put_open(&w, "requirements", '[');
	for (size_t i = 0; i < a->results.results; i++)
		put_requirement(&w, a, &a->results.result[i], lang);
	th_put_close(&w, ']');
	put_missing(&w, a);
	put_domains(&w, a);
	put_measures(&w, a);
	if (a->pack->routes)
		put_route(&w, &a->results, lang);
	put_readings(&w, a, lang);
	put_categories(&w, a);
	put_params(&w, a);
	if (a->account)
		th_put_account(&w, "account", a->account, lang);
	put_caveats(&w, a, lang);
	th_put_close(&w, '}');
	th_buf_char(out, '\n');
}
