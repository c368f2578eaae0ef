/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan as tanhe.plan/1 (data/schema/plan.schema.json). Masses are tonnes CO2e, energy tonnes of standard coal, money CNY. Ids and
 * words are the same in every language; sentences are in the report's. What is not computed is absent. */
#include "report/plan_report.h"

#include "io/json.h"

const char *const th_plan_kind_names[] = {[TH_PATH_GROSS] = "gross", [TH_PATH_NET] = "net", [TH_PATH_INTENSITY] = "intensity"};
const char *const th_plan_effect_names[] = {[TH_PATH_REDUCTION] = "reduction", [TH_PATH_REMOVAL] = "removal", [TH_PATH_CREDIT] = "credit"};

static void put_truth(th_writer *w, const char *key, bool truth)
{
	th_put_key(w, th_slice_of(key));
	th_buf_str(w->buf, truth ? "true" : "false");
}

static void put_real(th_writer *w, const char *key, double value, int digits)
{
	th_put_key(w, th_slice_of(key));
	th_buf_printf(w->buf, "%.*f", digits, value);
}

/* --- head --- */

static void put_file(th_writer *w, const char *kind, const char *path, const char *encoding, const char *sha256, size_t rows)
{
	th_put_open(w, NULL, '{');
	th_put_text(w, "kind", th_slice_of(kind));
	th_put_text(w, "path", th_slice_of(path));
	th_put_text(w, "sha256", th_slice_of(sha256));
	th_put_text(w, "encoding", th_slice_of(encoding));
	th_put_count(w, "rows", rows);
	th_put_close(w, '}');
}

static void put_files(th_writer *w, const th_case_plan *plan)
{
	th_put_open(w, "files", '[');
	for (size_t i = 0; i < plan->a->files; i++) {
		const th_check_file *file = &plan->a->file[i];
		if (file->found)
			put_file(w, th_check_kind_names[file->kind], file->path, file->encoding, file->sha256, file->rows);
	}
	if (plan->has_assumptions)
		put_file(w, "assumptions", plan->assumptions_path, plan->assumptions.encoding, plan->assumptions.sha256, plan->assumptions.rows);
	if (plan->has_delivered)
		put_file(w, "delivered", plan->delivered_path, plan->delivered.encoding, plan->delivered.sha256, plan->delivered.count);
	for (size_t i = 0; i < plan->yearlys; i++)
		put_file(w, "series", plan->yearly[i].path, plan->yearly[i].encoding, plan->yearly[i].sha256, plan->yearly[i].count);
	for (size_t i = 0; i < plan->scenarios; i++)
		put_file(w, "scenario", plan->scenario[i].path, plan->scenario[i].params.encoding, plan->scenario[i].params.sha256, plan->scenario[i].params.rows);
	th_put_close(w, ']');
}

static void put_head(th_writer *w, const th_case_plan *plan)
{
	uint32_t name = th_pack_fact(plan->a->pack, TH_S("name"));
	th_put_text(w, "case", th_slice_of(plan->a->folder));
	if (name != TH_NONE && plan->a->inputs.input[name].value.known)
		th_put_text(w, "applicant", plan->a->inputs.input[name].text);
	put_files(w, plan);
	if (plan->has_base) {
		th_put_count(w, "base_year", (size_t)plan->input.base_year);
		th_put_text(w, "business_as_usual", !plan->has_bau ? TH_S("unknown") : plan->trend_bau ? TH_S("trend") : TH_S("growth"));
	}
	th_put_open(w, "assumptions", '[');
	for (size_t i = 0; i < plan->assumptions.count; i++) {
		const th_param_row *row = &plan->assumptions.row[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "param", row->param);
		th_put_text(w, "value", row->value);
		th_put_text_if(w, "unit", row->unit);
		th_put_text(w, "source", row->source);
		th_put_count(w, "line", row->line);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

/* --- past --- */

static const char *verdict_name(th_peak_verdict verdict)
{
	static const char *const names[] = {[TH_PEAK_UNKNOWN] = "unknown", [TH_PEAK_NOT] = "not_peaked", [TH_PEAK_YES] = "peaked"};
	return names[verdict];
}

static void put_c40(th_writer *w, const th_trend *trend)
{
	static const char *const names[] = {"years", "before_last", "recent", "above_last"};
	th_put_open(w, "c40", '{');
	th_put_text(w, "verdict", th_slice_of(verdict_name(trend->c40)));
	th_put_open(w, "criteria", '[');
	for (int i = 0; i < TH_C40_CRITERIA; i++) {
		const th_c40_criterion *c = &trend->criterion[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", th_slice_of(names[i]));
		put_truth(w, "holds", c->holds);
		if (i == TH_C40_ABOVE) {
			th_put_tonnes(w, "observed", c->observed);
			th_put_tonnes(w, "required", c->required);
			put_real(w, "percent", c->percent, 4);
		} else {
			th_put_key(w, TH_S("observed"));
			th_buf_printf(w->buf, "%lld", (long long)c->observed);
			th_put_key(w, TH_S("required"));
			th_buf_printf(w->buf, "%lld", (long long)c->required);
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	th_put_close(w, '}');
}

static void put_other_tests(th_writer *w, const th_trend *trend)
{
	const th_slope_test *slope = &trend->slope;
	th_put_open(w, "slope", '{');
	th_put_text(w, "verdict", th_slice_of(verdict_name(slope->verdict)));
	th_put_count(w, "years", slope->years);
	if (slope->verdict != TH_PEAK_UNKNOWN) {
		put_real(w, "tonnes_a_year", slope->slope / 1000, 6);
		put_real(w, "percent", slope->percent, 4);
		put_real(w, "p", slope->p, 6);
	}
	th_put_close(w, '}');
	th_put_open(w, "maximum", '{');
	th_put_count(w, "year", (size_t)trend->maximum.year);
	th_put_tonnes(w, "tco2e", trend->maximum.mass);
	if (trend->maximum.has_runner_up) {
		th_put_count(w, "runner_up", (size_t)trend->maximum.runner_up);
		th_put_tonnes(w, "runner_up_tco2e", trend->maximum.runner_up_mass);
		th_put_tonnes(w, "difference", trend->maximum.difference);
	}
	th_put_close(w, '}');
}

static void put_cases(th_writer *w, const th_trend *trend)
{
	static const char *const names[TH_CASE_KINDS] = {"few_years", "last_maximum", "one_lower_year", "first_maximum", "plateau", "double_peak",
	                                                 "local_maximum", "dip", "gap", "revised", "revised_peak"};
	th_put_open(w, "cases", '[');
	for (size_t i = 0; i < trend->cases; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", th_slice_of(names[trend->list[i].kind]));
		if (trend->list[i].year)
			th_put_count(w, "year", (size_t)trend->list[i].year);
		if (trend->list[i].other)
			th_put_count(w, "other", (size_t)trend->list[i].other);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_terms(th_writer *w, const th_lmdi_terms *terms, const char *activity, const char *intensity)
{
	th_put_tonnes(w, activity, terms->activity);
	th_put_tonnes(w, intensity, terms->intensity);
	th_put_tonnes(w, "factor", terms->factor);
	th_put_tonnes(w, "change", terms->change);
}

static void put_series(th_writer *w, const th_plan_series *series)
{
	th_put_open(w, NULL, '{');
	th_put_text_if(w, "name", series->name);
	th_put_text(w, "file", th_slice_of(series->file));
	th_put_text_if(w, "source", series->source);
	th_put_count(w, "as_of", (size_t)series->trend.as_of);
	th_put_open(w, "points", '[');
	for (size_t i = 0; i < series->trend.points; i++) {
		th_put_open(w, NULL, '{');
		th_put_count(w, "year", (size_t)series->trend.point[i].year);
		th_put_tonnes(w, "tco2e", series->trend.point[i].mass);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	put_c40(w, &series->trend);
	put_other_tests(w, &series->trend);
	put_cases(w, &series->trend);
	if (series->has_terms) {
		th_put_open(w, "lmdi", '{');
		th_put_count(w, "from", (size_t)series->from);
		th_put_count(w, "to", (size_t)series->to);
		put_terms(w, &series->terms, "output", "energy_per_output");
		th_put_close(w, '}');
	}
	th_put_close(w, '}');
}

static void put_lmdi(th_writer *w, const th_plan_lmdi *lmdi)
{
	if (!lmdi->done)
		return;
	th_put_open(w, "lmdi", '{');
	th_put_count(w, "from", (size_t)lmdi->from);
	th_put_count(w, "to", (size_t)lmdi->to);
	put_terms(w, &lmdi->sum, "activity", "intensity");
	th_put_tonnes(w, "not_divided", lmdi->undivided);
	th_put_open(w, "rows", '[');
	for (size_t i = 0; i < lmdi->rows; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "activity_id", lmdi->row[i].activity);
		if (lmdi->row[i].divided)
			put_terms(w, &lmdi->row[i].terms, "activity", "intensity");
		else
			th_put_tonnes(w, "change", lmdi->row[i].terms.change);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	th_put_close(w, '}');
}

/* --- the end --- */

static void put_caveats(th_writer *w, const th_check_caveat *caveat, size_t count, th_lang lang)
{
	for (size_t i = 0; i < count; i++, caveat++) {
		th_buf text = {0};
		th_put_open(w, NULL, '{');
		th_buf_printf(&text, "C%u", (unsigned)caveat->code);
		th_put_text(w, "code", th_buf_view(&text));
		th_buf_clear(&text);
		th_buf_str(&text, th_diag_title(caveat->code, lang));
		th_buf_str(&text, th_word_text(W_COLON, lang));
		th_diag_detail(&text, caveat->code, lang, caveat->arg, caveat->args);
		th_put_text(w, "text", th_buf_view(&text));
		if (caveat->file)
			th_put_place(w, "line", caveat->file, caveat->line);
		th_put_close(w, '}');
		w->buf->failed |= text.failed;
		th_buf_free(&text);
	}
}

void th_plan_json(const th_case_plan *plan, th_lang lang, th_buf *out)
{
	th_writer w = {.buf = out, .first = true};
	th_put_open(&w, NULL, '{');
	th_put_tool(&w, "tanhe.plan/1");
	put_head(&w, plan);
	th_put_open(&w, "series", '[');
	for (size_t i = 0; i < plan->series_count; i++)
		put_series(&w, &plan->series[i]);
	th_put_close(&w, ']');
	put_lmdi(&w, &plan->lmdi);
	th_plan_json_more(&w, plan);
	if (plan->a->account)
		th_put_account(&w, "account", plan->a->account, lang);
	th_put_open(&w, "caveats", '[');
	put_caveats(&w, plan->caveat, plan->caveats, lang);
	put_caveats(&w, plan->a->caveat, plan->a->caveats, lang);
	th_put_close(&w, ']');
	th_put_close(&w, '}');
	th_buf_char(out, '\n');
}
