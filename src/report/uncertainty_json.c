/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How sure the account is, as the member "uncertainty" of tanhe.account/2. These numbers are estimates: six digits. */
#include "report/report.h"

#include <math.h>

#include "uncertainty/uncertainty.h"

static const char *const total_keys[] = {"gross", "net", "scope1", "scope2_location", "scope3", "removals"};

static void number(th_writer *w, const char *key, double value)
{
	if (!isfinite(value))
		return;
	th_put_key(w, th_slice_of(key));
	th_buf_printf(w->buf, "%.6g", value == 0 ? 0.0 : value);
}

static void limits(th_writer *w, const th_range *r, double unit)
{
	number(w, "mean", r->mean / unit);
	number(w, "sd", r->sd / unit);
	number(w, "low", r->low / unit);
	number(w, "high", r->high / unit);
}

static void put_method(th_writer *w, const th_uncertainty *u)
{
	const th_uncertainty_options *o = &u->options;
	th_put_text(w, "method", TH_S("IPCC 2006 volume 1 chapter 3"));
	th_put_text(w, "approach", o->approach == 2 ? TH_S("approach2") : TH_S("approach1"));
	number(w, "confidence", 0.95);
	if (u->simulation.trials) {
		th_put_open(w, "monte_carlo", '{');
		th_put_text(w, "generator", TH_S(TH_GENERATOR));
		th_put_key(w, TH_S("seed"));
		th_buf_printf(w->buf, "%llu", o->seed);
		th_put_count(w, "trials", u->simulation.trials);
		th_put_truth(w, "auto", o->trials == 0);
		th_put_truth(w, "settled", u->simulation.settled);
		th_put_count(w, "draws", u->draws);
		th_put_close(w, '}');
	}
	th_put_open(w, "between_years", '{');
	th_put_text(w, "factors", o->factors_yearly ? TH_S("independent") : TH_S("correlated"));
	th_put_text(w, "activities", o->activities_correlated ? TH_S("correlated") : TH_S("independent"));
	th_put_close(w, '}');
	if (u->correlations.path) {
		th_put_open(w, "correlations", '{');
		th_put_file_name(w, u->correlations.path);
		th_put_text(w, "sha256", th_slice_of(u->correlations.sha256));
		th_put_count(w, "rows", u->correlations.count);
		th_put_close(w, '}');
	}
}

static void put_inputs(th_writer *w, const th_uncertainty *u)
{
	th_put_open(w, "covered", '{');
	number(w, "both", u->both_known / 1000);
	number(w, "one", u->one_known / 1000);
	number(w, "none", u->none_known / 1000);
	th_put_close(w, '}');
	th_put_open(w, "inputs", '{');
	th_put_count(w, "lines", u->lines);
	th_put_count(w, "own", u->own_lines);
	th_put_count(w, "asymmetric", u->asymmetric);
	th_put_count(w, "large", u->large);
	th_put_count(w, "truncated", u->cut);
	th_put_count(w, "merged", u->merged);
	th_put_close(w, '}');
	th_put_open(w, "defaults", '[');
	for (size_t i = 0; i < u->uses; i++) {
		const th_default *row = u->use[i].row;
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", row->id);
		th_put_text(w, "side", row->of_factor ? TH_S("factor") : TH_S("activity"));
		th_put_number_if(w, "low", true, (th_slice){"", 0}, row->low);
		th_put_number_if(w, "high", true, (th_slice){"", 0}, row->high);
		th_put_text(w, "printed", row->printed);
		th_put_text(w, "source", row->source);
		th_put_text_if(w, "table", row->table);
		th_put_text_if(w, "url", row->url);
		th_put_text_if(w, "note", row->note);
		th_put_count(w, "lines", u->use[i].lines);
		number(w, "tco2e", u->use[i].mass / 1000);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_totals(th_writer *w, const th_uncertainty *u)
{
	th_put_open(w, "totals", '[');
	for (size_t i = 0; i < u->results; i++) {
		const th_result *r = &u->result[i];
		if (r->value == 0 || (u->base_year && !r->year)) /* several years are never summed */
			continue;
		th_put_open(w, NULL, '{');
		th_put_text(w, "total", th_slice_of(total_keys[r->total]));
		if (r->year)
			th_put_count(w, "year", (size_t)r->year);
		number(w, "tco2e", r->value / 1000);
		th_put_open(w, "approach1", '{');
		number(w, "half_percent", th_in_percent(r->propagated.both.larger, r->value));
		number(w, "low_side_percent", th_in_percent(r->propagated.both.low, r->value));
		number(w, "high_side_percent", th_in_percent(r->propagated.both.high, r->value));
		limits(w, &r->approach1, 1000);
		th_put_close(w, '}');
		if (u->simulation.trials) {
			th_put_open(w, "approach2", '{');
			limits(w, &r->approach2, 1000);
			th_put_close(w, '}');
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	if (u->simulation.trials)
		th_put_truth(w, "approaches_disagree", u->differ);
	if (u->base_year) {
		th_put_open(w, "change", '{');
		th_put_count(w, "from", (size_t)u->base_year);
		th_put_count(w, "to", (size_t)u->year);
		number(w, "percent", u->change);
		th_put_open(w, "approach1", '{');
		limits(w, &u->change1, 1);
		th_put_close(w, '}');
		if (u->simulation.trials) {
			th_put_open(w, "approach2", '{');
			limits(w, &u->change2, 1);
			th_put_close(w, '}');
		}
		th_put_close(w, '}');
	}
}

static void put_row(th_writer *w, const th_uncertainty *u, const th_category *c)
{
	bool trend = u->base_year != 0;
	th_put_open(w, NULL, '{');
	th_put_text(w, "activity", c->activity);
	th_put_count(w, "scope", (size_t)c->scope);
	th_put_text(w, "gas", c->gas->name);
	if (trend)
		number(w, "base", c->row.base / 1000);
	number(w, "current", c->row.current / 1000);
	if (c->activity_known)
		number(w, "activity_percent", c->row.activity);
	if (c->factor_known)
		number(w, "factor_percent", c->row.factor);
	number(w, "combined_percent", c->row.combined);
	number(w, "low_side_percent", c->side.low);
	number(w, "high_side_percent", c->side.high);
	number(w, "contribution", c->row.contribution);
	if (trend) {
		number(w, "type_a", c->row.sensitivity_a);
		number(w, "type_b", c->row.sensitivity_b);
		number(w, "trend_factor_percent", c->row.trend_factor);
		number(w, "trend_activity_percent", c->row.trend_activity);
		number(w, "trend", c->row.trend);
	}
	number(w, "key_level", c->key.level);
	if (trend)
		number(w, "key_trend", c->key.trend);
	number(w, "key_level_uncertain", c->key.level_uncertain);
	th_put_open(w, "key_by", '[');
	if (c->key.key_level)
		th_put_text(w, NULL, TH_S("level"));
	if (trend && c->key.key_trend)
		th_put_text(w, NULL, TH_S("trend"));
	if (c->key.key_uncertain)
		th_put_text(w, NULL, TH_S("uncertainty"));
	th_put_close(w, ']');
	th_put_close(w, '}');
}

void th_put_uncertainty_json(th_writer *w, const th_uncertainty *u)
{
	if (!u)
		return;
	th_put_open(w, "uncertainty", '{');
	put_method(w, u);
	put_inputs(w, u);
	put_totals(w, u);
	th_put_open(w, "table", '{');
	if (u->base_year)
		th_put_count(w, "base_year", (size_t)u->base_year);
	th_put_count(w, "year", (size_t)u->year);
	if (u->base_year)
		number(w, "base", u->table.base / 1000);
	number(w, "current", u->table.current / 1000);
	number(w, "half_percent", u->table.half);
	if (u->base_year)
		number(w, "trend_points", u->table.trend);
	th_put_open(w, "rows", '[');
	for (size_t i = 0; i < u->categories; i++)
		put_row(w, u, &u->category[i]);
	th_put_close(w, ']');
	th_put_close(w, '}');
	th_put_close(w, '}');
}
