/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A check for people: the verdict, what decides it, whose it is and by which text, then each requirement with the clause's
 * words, the numbers, where they stand and what is missing. */
#include "report/check_report.h"

#include <math.h>

#include "report/plan_report.h"

enum { SHORT_SHA = 12, INDENT = 4 };

static const char *const marks[TH_RULE_STATUSES] = {"✓", "✗", "?", "!", "-"};

static th_slice word(const th_check_page *p, th_label which)
{
	return th_slice_of(th_word_text(which, p->lang));
}

static void heading(const th_check_page *p, th_label title)
{
	th_buf_printf(p->out, "\n%s\n", th_word_text(title, p->lang));
}

/* The status that made the verdict what it is. */
static th_rule_status deciding(th_verdict verdict)
{
	static const th_rule_status status[TH_VERDICTS] = {TH_RULE_MET, TH_RULE_NOT_MET, TH_RULE_UNDETERMINED, TH_RULE_EXPERT_REVIEW};
	return status[verdict];
}

static void put_counts(const th_check_page *p)
{
	size_t count[TH_RULE_STATUSES] = {0};
	bool more = false;
	for (size_t i = 0; i < p->a->results.results; i++)
		count[p->a->results.result[i].status]++;
	th_buf_str(p->out, "  ");
	for (int s = 0; s < TH_RULE_STATUSES; s++) {
		if (count[s] == 0)
			continue;
		th_buf_str(p->out, more ? th_word_text(W_COMMA, p->lang) : "");
		th_buf_printf(p->out, "%s %zu", th_word_text(th_status_word((th_rule_status)s), p->lang), count[s]);
		more = true;
	}
	th_buf_char(p->out, '\n');
}

static void put_verdict(const th_check_page *p)
{
	const th_rule_results *results = &p->a->results;
	th_rule_status status = deciding(results->verdict);
	th_grid grid = {.align = "lll"};
	th_buf_printf(p->out, "tanhe 碳核 %s  %s\n\n%s\n", th_version(), th_word_text(W_CHECK_TITLE, p->lang),
	              th_word_text(th_verdict_word(results->verdict), p->lang));
	put_counts(p);
	if (p->a->illustrative)
		th_paragraph(word(p, W_ILLUSTRATIVE), 2, p->out);
	if (results->verdict == TH_ELIGIBLE)
		return;
	heading(p, W_DECIDES);
	for (size_t i = 0; i < results->results; i++) {
		const th_rule_result *result = &results->result[i];
		if (!result->requirement->mandatory || result->status != status)
			continue;
		th_buf_printf(&grid.text, "%s ", marks[status]);
		th_grid_cell(&grid, result->requirement->id);
		th_grid_cell(&grid, word(p, th_status_word(status)));
		th_grid_cell(&grid, th_word(result->requirement->title, p->lang));
	}
	th_grid_print(&grid, 2, p->out);
}

static void put_would_decide(const th_check_page *p)
{
	size_t count;
	th_arena arena = {0};
	th_grid grid = {.align = "l"};
	const th_slice *missing = th_check_missing(p->a, &arena, &count);
	p->out->failed |= !missing;
	if (missing && count) {
		heading(p, W_WOULD_DECIDE);
		for (size_t i = 0; i < count; i++) {
			th_buf_str(&grid.text, "- ");
			th_put_lack(p->a->pack, missing[i], p->lang, &grid.text);
			th_grid_end(&grid);
		}
	}
	th_grid_print(&grid, 2, p->out);
	th_arena_free(&arena);
}

static void short_sha(th_buf *text, const char *sha256)
{
	th_buf_str(text, "sha256 ");
	th_buf_add(text, sha256, strlen(sha256) < SHORT_SHA ? strlen(sha256) : SHORT_SHA);
}

/* Nothing of a fact that the pack does not have. */
static void input_row(const th_check_page *p, th_grid *grid, th_label label, th_index fact)
{
	th_buf text = {0};
	uint32_t decl;
	if (!th_index_get(fact, &decl))
		return;
	th_put_rule_input(&p->a->inputs, decl, p->lang, &text);
	th_grid_cell(grid, word(p, label));
	th_grid_cell(grid, text.len ? th_buf_view(&text) : word(p, W_NOT_STATED));
	grid->failed |= text.failed;
	th_buf_free(&text);
}

static void put_head(const th_check_page *p)
{
	const th_assessment *a = p->a;
	const th_pack *pack = a->pack;
	const char *comma = th_word_text(W_COMMA, p->lang);
	th_grid grid = {.align = "ll"};
	th_buf text = {0};
	th_buf_char(p->out, '\n');
	input_row(p, &grid, W_APPLICANT, th_index_of(th_pack_fact(pack, TH_S("name"))));
	input_row(p, &grid, W_KIND, pack->category);
	input_row(p, &grid, W_TARGET, pack->target);
	th_buf_slice(&text, pack->id);
	th_buf_char(&text, ' ');
	th_buf_slice(&text, pack->version);
	th_buf_str(&text, "  ");
	th_buf_slice(&text, th_word(pack->name, p->lang));
	th_buf_str(&text, comma);
	short_sha(&text, pack->sha256);
	th_field_built(&grid, W_RULES, p->lang, &text);
	th_field(&grid, W_DOCUMENT, p->lang, pack->document);
	for (size_t i = 0; i < a->files; i++) {
		const th_check_file *file = &a->file[i];
		if (!file->found && file->kind == TH_CHECK_PARAMS)
			continue;
		th_buf_str(&text, file->path);
		if (file->found) {
			th_buf_printf(&text, "%s%s%s%zu %s%s", comma, file->encoding, comma, file->rows, th_word_text(W_ROWS, p->lang), comma);
			short_sha(&text, file->sha256);
			if (file->illustrative)
				th_buf_printf(&text, "%s%s", comma, th_word_text(W_ILLUSTRATIVE_MARK, p->lang));
		} else
			th_buf_printf(&text, "%s%s", comma, th_word_text(W_ABSENT, p->lang));
		th_field_built(&grid, W_INPUT, p->lang, &text);
	}
	p->out->failed |= text.failed;
	th_buf_free(&text);
	th_grid_print(&grid, 0, p->out);
}

/* --- one requirement --- */

static void value_or_unknown(const th_check_page *p, const th_rule_value *value, const th_rule_limit *limit, bool plus, th_buf *out)
{
	if (value->known)
		th_exact_text(value->number, &limit->unit, limit->unit_text, plus, out);
	else
		th_buf_slice(out, word(p, W_UNKNOWN));
}

static void put_limit(const th_check_page *p, const th_rule_limit_result *result, th_grid *grid)
{
	const th_rule_limit *limit = result->limit;
	const char *comma = th_word_text(W_SEMICOLON, p->lang);
	th_buf text = {0};
	th_buf_slice(&text, th_word(limit->name, p->lang));
	th_buf_printf(&text, "%s%s ", th_word_text(W_COLON, p->lang), th_word_text(W_OBSERVED, p->lang));
	value_or_unknown(p, &result->observed, limit, false, &text);
	th_buf_printf(&text, "%s%s %s ", comma, th_word_text(W_REQUIRED, p->lang), th_rule_compare_signs[limit->compare]);
	value_or_unknown(p, &result->required, limit, false, &text);
	if (result->margin.known) {
		th_buf_printf(&text, "%s%s ", comma, th_word_text(W_MARGIN, p->lang));
		value_or_unknown(p, &result->margin, limit, true, &text);
	}
	th_field_built(grid, W_LIMIT, p->lang, &text);
	th_buf_free(&text);
}

/* An estimate, to six digits. */
static void put_estimate(double value, th_buf *out)
{
	int digits = value == 0 ? 0 : 5 - (int)floor(log10(fabs(value)));
	th_buf_printf(out, "%.*f", digits < 0 ? 0 : digits > 6 ? 6 : digits, fabs(value) < 5e-7 ? 0.0 : value);
	th_buf_char(out, '\0');
}

/* A part of few trials, or of a model, is never said to be certain. */
static void put_probability(double part, th_buf *out)
{
	if (part > 0.9999 || part < 0.0001)
		th_buf_str(out, part > 0.5 ? "> 99.99 %" : "< 0.01 %");
	else
		th_buf_printf(out, "%.2f %%", 100 * part);
	th_buf_char(out, '\0');
}

static void put_odds(const th_check_page *p, const th_rule_limit_result *result, th_grid *grid)
{
	const th_check_odds *odds = th_check_odds_of(p->a, result);
	if (!odds)
		return;
	const th_rule_decl *decl = &p->a->pack->decl[odds->decl];
	const char *semicolon = th_word_text(W_SEMICOLON, p->lang);
	th_buf text = {0}, name = {0}, unit = {0}, lower = {0}, upper = {0}, part = {0};
	th_buf_slice(&name, th_word(decl->name, p->lang));
	th_buf_char(&name, '\0');
	th_buf_slice(&unit, decl->unit_text);
	th_buf_char(&unit, '\0');
	put_estimate(odds->lower, &lower);
	put_estimate(odds->upper, &upper);
	put_probability(odds->probability, &part);
	grid->failed |= name.failed | unit.failed | lower.failed | upper.failed | part.failed;
	if (!grid->failed) {
		th_buf_slice(&text, th_word(result->limit->name, p->lang));
		th_buf_str(&text, th_word_text(W_COLON, p->lang));
		if (odds->percent)
			th_plan_fill(&text, W_ODDS_SHARE, p->lang, name.ptr, lower.ptr, upper.ptr, (char *)NULL);
		else
			th_plan_fill(&text, W_ODDS_BETWEEN, p->lang, name.ptr, lower.ptr, upper.ptr, unit.ptr, (char *)NULL);
		th_buf_str(&text, semicolon);
		th_plan_fill(&text, W_ODDS_PROBABILITY, p->lang, part.ptr, (char *)NULL);
		if (result->status == TH_RULE_MET)
			th_buf_printf(&text, "%s%s", semicolon, th_word_text(odds->at_bound ? W_ODDS_BOUND : W_ODDS_CENTRE, p->lang));
		th_field_built(grid, W_ODDS, p->lang, &text);
	}
	th_buf_free(&text);
	th_buf_free(&name);
	th_buf_free(&unit);
	th_buf_free(&lower);
	th_buf_free(&upper);
	th_buf_free(&part);
}

/* measures.csv:2-8, or each line where they do not follow each other. */
static void measure_lines(const th_check_page *p, th_buf *out)
{
	const th_rule_inputs *inputs = &p->a->inputs;
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

static void used_input(const th_check_page *p, uint32_t decl, th_buf *out)
{
	const th_pack *pack = p->a->pack;
	if (decl == pack->decls) {
		th_buf_printf(out, "%s  ", th_word_text(W_MEASURES, p->lang));
		measure_lines(p, out);
		return;
	}
	const th_rule_input *input = &p->a->inputs.input[decl];
	th_buf_slice(out, th_word(pack->decl[decl].name, p->lang));
	th_buf_str(out, " = ");
	th_put_rule_input(&p->a->inputs, decl, p->lang, out);
	th_buf_str(out, "  ");
	if (input->file)
		th_put_place_text(input->file, input->line, out);
	else
		th_buf_slice(out, word(p, W_COMPUTED));
	if (input->evidence.len) {
		th_buf_str(out, "  ");
		th_buf_slice(out, input->evidence);
	}
	if (input->source.len) {
		th_buf_str(out, "  ");
		th_buf_slice(out, input->source);
	}
}

static void put_inputs(const th_check_page *p, const th_rule_result *result, th_grid *grid)
{
	th_buf text = {0};
	for (size_t i = 0; i < result->useds; i++) {
		used_input(p, result->used[i], &text);
		if (i == 0)
			th_field_built(grid, W_INPUTS, p->lang, &text);
		else {
			th_grid_end(grid);
			th_grid_cell(grid, th_buf_view(&text));
		}
		grid->failed |= text.failed;
		th_buf_clear(&text);
	}
	th_buf_free(&text);
}

static void put_requirement(const th_check_page *p, const th_rule_result *result)
{
	const th_requirement *r = result->requirement;
	bool applies = result->status != TH_RULE_NOT_APPLICABLE;
	th_grid grid = {.align = "ll"};
	th_buf text = {0};
	th_buf_printf(&text, "%s ", marks[result->status]);
	th_buf_slice(&text, r->id);
	th_buf_str(&text, "  ");
	th_put_name_id(th_word(r->title, p->lang), word(p, r->mandatory ? W_MANDATORY : W_RECOMMENDED), p->lang, &text);
	th_buf_slice(&text, word(p, W_COLON));
	th_buf_slice(&text, word(p, th_status_word(result->status)));
	th_buf_char(p->out, '\n');
	th_paragraph(th_buf_view(&text), 0, p->out);
	th_buf_clear(&text);
	if (applies) {
		th_field(&grid, W_CLAUSE, p->lang, r->clause);
		th_put_quote(result->quote, &text);
		th_field_built(&grid, W_QUOTE, p->lang, &text);
		for (size_t i = 0; i < result->limits; i++)
			put_limit(p, &result->limit[i], &grid);
		for (size_t i = 0; i < result->limits; i++)
			put_odds(p, &result->limit[i], &grid);
		th_put_lacks(p->a->pack, result->missing, result->missings, p->lang, &text);
		th_field_built(&grid, W_MISSING, p->lang, &text);
		put_inputs(p, result, &grid);
	}
	th_field(&grid, W_WHY, p->lang, th_word(result->why, p->lang));
	if (applies)
		th_field(&grid, W_ADVICE, p->lang, th_word(r->advice, p->lang));
	for (size_t i = 0; i < result->caveats; i++)
		th_field(&grid, W_CAVEAT, p->lang, th_word(result->caveat[i], p->lang));
	if (result->flips && result->status != TH_RULE_MET)
		th_field(&grid, W_FLIPS, p->lang, word(p, W_FLIPS_ALONE));
	p->out->failed |= text.failed;
	th_buf_free(&text);
	th_grid_print(&grid, INDENT, p->out);
}

static void text_of(const th_assessment *a, th_lang lang, th_buf *out)
{
	th_check_page p = {.a = a, .lang = lang, .out = out};
	put_verdict(&p);
	if (a->results.verdict == TH_VERDICT_UNDETERMINED)
		put_would_decide(&p);
	put_head(&p);
	heading(&p, W_REQUIREMENTS);
	for (size_t i = 0; i < a->results.results; i++)
		put_requirement(&p, &a->results.result[i]);
	th_check_more(&p);
}

th_status th_report_check(const th_assessment *assessment, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_begin(NULL);
	static void (*const writer[])(const th_assessment *, th_lang, th_buf *) = {text_of, th_check_json};
	th_buf out = {0};
	if ((size_t)format >= sizeof writer / sizeof *writer)
		return TH_USAGE;
	writer[format](assessment, lang, &out);
	return th_give(mark, &out, text, len);
}
