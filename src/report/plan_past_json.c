/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tanhe.plan/2: the series, whether they have peaked, and why emissions changed. */
#include "report/plan_report.h"

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
		th_put_truth(w, "holds", c->holds);
		if (i == TH_C40_ABOVE) {
			th_put_tonnes(w, "observed", c->observed);
			th_put_tonnes(w, "required", c->required);
			th_put_real(w, "percent", c->percent, 4);
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
		th_put_real(w, "tonnes_a_year", slope->slope / 1000, 6);
		th_put_real(w, "percent", slope->percent, 4);
		th_put_real(w, "p", slope->p, 6);
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
	th_put_file_name(w, series->file);
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

void th_put_past_json(th_writer *w, const th_case_plan *plan)
{
	th_put_open(w, "series", '[');
	for (size_t i = 0; i < plan->series_count; i++)
		put_series(w, &plan->series[i]);
	th_put_close(w, ']');
	put_lmdi(w, &plan->lmdi);
}
