/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How sure the account is, in text and as the member "uncertainty" of tanhe.account/1. These numbers are estimates: six digits. */
#include "report/report.h"

#include <math.h>
#include <stdio.h>

#include "uncertainty/uncertainty.h"

enum { ROWS_SHOWN = 20 };

static const char *const total_keys[] = {"gross", "net", "scope1", "scope2_location", "scope3", "removals"};
static const th_label total_words[] = {W_GROSS, W_U_NET, W_SCOPE1, W_SCOPE2_LOCATION, W_SCOPE3, W_REMOVALS};

static double in_percent(double part, double whole)
{
	return whole == 0 ? 0 : 100 * part / fabs(whole);
}

/* --- JSON --- */

static void number(th_writer *w, const char *key, double value)
{
	if (!isfinite(value))
		return;
	th_put_key(w, th_slice_of(key));
	th_buf_printf(w->buf, "%.6g", value == 0 ? 0.0 : value);
}

static void yes(th_writer *w, const char *key, bool value)
{
	th_put_key(w, th_slice_of(key));
	th_buf_str(w->buf, value ? "true" : "false");
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
		th_put_text(w, "generator", TH_S("GSL " TH_GENERATOR));
		th_put_key(w, TH_S("seed"));
		th_buf_printf(w->buf, "%llu", o->seed);
		th_put_count(w, "trials", u->simulation.trials);
		yes(w, "auto", o->trials == 0);
		yes(w, "settled", u->simulation.settled);
		th_put_count(w, "draws", u->draws);
		th_put_close(w, '}');
	}
	th_put_open(w, "between_years", '{');
	th_put_text(w, "factors", o->factors_yearly ? TH_S("independent") : TH_S("correlated"));
	th_put_text(w, "activities", o->activities_correlated ? TH_S("correlated") : TH_S("independent"));
	th_put_close(w, '}');
	if (u->correlations.path) {
		th_put_open(w, "correlations", '{');
		th_put_text(w, "path", th_slice_of(u->correlations.path));
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
		if (r->value == 0)
			continue;
		th_put_open(w, NULL, '{');
		th_put_text(w, "total", th_slice_of(total_keys[r->total]));
		if (r->year)
			th_put_count(w, "year", (size_t)r->year);
		number(w, "tco2e", r->value / 1000);
		th_put_open(w, "approach1", '{');
		number(w, "half_percent", in_percent(r->propagated.both.larger, r->value));
		number(w, "low_side_percent", in_percent(r->propagated.both.low, r->value));
		number(w, "high_side_percent", in_percent(r->propagated.both.high, r->value));
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
		yes(w, "approaches_disagree", u->differ);
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

void th_uncertainty_json(th_writer *w, const th_uncertainty *u)
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

/* --- text --- */

typedef struct sheet {
	const th_uncertainty *u;
	th_lang lang;
	th_buf *out;
	th_grid grid;
} sheet;

static void cell_word(sheet *s, th_label word)
{
	th_grid_cell(&s->grid, th_slice_of(th_word_text(word, s->lang)));
}

/* Tonnes, or a percent: about four digits. */
static void cell_number(sheet *s, double value)
{
	double size = fabs(value);
	int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
	if (size < 5e-6)
		digits = 0;
	th_buf_printf(&s->grid.text, "%.*f", digits, size < 5e-6 ? 0.0 : value);
	th_grid_end(&s->grid);
}

static void cell_percent(sheet *s, double value)
{
	th_buf_printf(&s->grid.text, value < 0.1 && value > 0 ? "%.2f" : "%.1f", value);
	th_grid_end(&s->grid);
}

static void cell_range(sheet *s, const th_range *r, double unit)
{
	cell_number(s, r->low / unit);
	cell_number(s, r->high / unit);
}

static void heading(sheet *s, th_label title, const char *more)
{
	th_buf_printf(s->out, "\n%s%s%s\n", th_word_text(title, s->lang), *more ? ": " : "", more);
}

static void show_totals(sheet *s)
{
	const th_uncertainty *u = s->u;
	bool both = u->simulation.trials != 0;
	s->grid = (th_grid){.align = both ? "lrrrrrrrr" : "lrrrrrr"};
	static const th_label heads[] = {W_U_TOTAL, W_U_TONNES, W_U_HALF, W_U_BELOW, W_U_ABOVE, W_U_LOW1, W_U_HIGH1, W_U_LOW2, W_U_HIGH2};
	for (int i = 0; i < (both ? 9 : 7); i++)
		cell_word(s, heads[i]);
	for (size_t i = 0; i < u->results; i++) {
		const th_result *r = &u->result[i];
		if (r->value == 0 || (r->year && r->total == TH_TOTAL_NET && r->value == u->result[i - 1].value) ||
		    (!r->year && r->total == TH_TOTAL_NET && r->value == u->result[0].value))
			continue;
		th_grid_text(&s->grid, th_slice_of(th_word_text(total_words[r->total], s->lang)));
		if (r->year)
			th_buf_printf(&s->grid.text, " %d", r->year);
		th_grid_end(&s->grid);
		cell_number(s, r->value / 1000);
		cell_percent(s, in_percent(r->propagated.both.larger, r->value));
		cell_percent(s, in_percent(r->propagated.both.low, r->value));
		cell_percent(s, in_percent(r->propagated.both.high, r->value));
		cell_range(s, &r->approach1, 1000);
		if (both)
			cell_range(s, &r->approach2, 1000);
	}
	if (u->base_year) {
		th_buf_printf(&s->grid.text, "%s %d-%d (%%)", th_word_text(W_U_CHANGE, s->lang), u->base_year, u->year);
		th_grid_end(&s->grid);
		cell_number(s, u->change);
		cell_percent(s, u->table.trend);
		th_grid_end(&s->grid);
		th_grid_end(&s->grid);
		cell_range(s, &u->change1, 1);
		if (both)
			cell_range(s, &u->change2, 1);
	}
	th_grid_print(&s->grid, 2, s->out);
}

static void show_method(sheet *s)
{
	const th_uncertainty *u = s->u;
	const th_uncertainty_options *o = &u->options;
	double whole = u->both_known + u->one_known + u->none_known;
	s->grid = (th_grid){.align = "ll"};
	if (u->simulation.trials) {
		cell_word(s, W_U_METHOD2);
		th_buf_printf(&s->grid.text, "GSL " TH_GENERATOR ", %s %llu, %zu %s", th_word_text(W_U_SEED, s->lang), o->seed, u->simulation.trials,
		              th_word_text(W_U_TRIALS, s->lang));
		if (o->trials == 0)
			th_grid_text(&s->grid, th_slice_of(th_word_text(W_U_AUTO, s->lang)));
		th_grid_end(&s->grid);
	}
	cell_word(s, W_U_COVERED);
	th_buf_printf(&s->grid.text, "%.1f %%, %.1f %%, %.1f %%", in_percent(u->both_known, whole), in_percent(u->one_known, whole),
	              in_percent(u->none_known, whole));
	th_grid_text(&s->grid, th_slice_of(th_word_text(W_U_COVERED_HOW, s->lang)));
	th_grid_end(&s->grid);
	if (u->base_year) {
		cell_word(s, W_U_YEARS);
		cell_word(s, o->factors_yearly ? o->activities_correlated ? W_U_YEARS_ACTIVITIES : W_U_YEARS_NONE
		                               : o->activities_correlated ? W_U_YEARS_BOTH : W_U_YEARS_FACTORS);
	}
	if (u->correlations.path) {
		cell_word(s, W_U_CORRELATIONS);
		th_grid_text(&s->grid, th_slice_of(u->correlations.path));
		th_buf_printf(&s->grid.text, ", %zu %s, sha256 %.12s", u->correlations.count, th_word_text(W_ROWS, s->lang), u->correlations.sha256);
		th_grid_end(&s->grid);
	}
	th_grid_print(&s->grid, 2, s->out);
}

static void category_name(sheet *s, const th_category *c)
{
	th_grid_text(&s->grid, th_in_lang(s->lang, c->name_zh, c->activity));
	th_grid_end(&s->grid);
	th_grid_cell(&s->grid, c->gas->name);
}

static void known_percent(sheet *s, bool known, double value)
{
	if (known)
		cell_percent(s, value);
	else
		th_grid_cell(&s->grid, TH_S("-"));
}

static void cell_decimals(sheet *s, double value, int digits)
{
	th_buf_printf(&s->grid.text, "%.*f", digits, value);
	th_grid_end(&s->grid);
}

/* Columns A to H of table 3.2, and which categories are key. */
static void show_level(sheet *s, bool trend)
{
	const th_uncertainty *u = s->u;
	static const th_label heads[] = {W_U_A, W_U_B, W_U_C, W_U_D, W_U_E, W_U_F, W_U_G, W_U_H, W_U_KEY};
	s->grid = (th_grid){.align = trend ? "llrrrrrrl" : "llrrrrrl"};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (trend || heads[i] != W_U_C)
			cell_word(s, heads[i]);
	for (size_t i = 0; i < u->categories && i < ROWS_SHOWN; i++) {
		const th_category *c = &u->category[i];
		category_name(s, c);
		if (trend)
			cell_number(s, c->row.base / 1000);
		cell_number(s, c->row.current / 1000);
		known_percent(s, c->activity_known, c->row.activity);
		known_percent(s, c->factor_known, c->row.factor);
		cell_percent(s, c->row.combined);
		cell_decimals(s, c->row.contribution, 4);
		th_buf_printf(&s->grid.text, "%s%s%s", c->key.key_level ? "L" : "", trend && c->key.key_trend ? "T" : "", c->key.key_uncertain ? "U" : "");
		th_grid_end(&s->grid);
	}
	th_grid_print(&s->grid, 2, s->out);
}

/* Columns I to M: what the change between the years rests on. */
static void show_trend(sheet *s)
{
	const th_uncertainty *u = s->u;
	static const th_label heads[] = {W_U_A, W_U_B, W_U_I, W_U_J, W_U_K, W_U_L, W_U_M};
	s->grid = (th_grid){.align = "llrrrrr"};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		cell_word(s, heads[i]);
	for (size_t i = 0; i < u->categories && i < ROWS_SHOWN; i++) {
		const th_category *c = &u->category[i];
		category_name(s, c);
		cell_decimals(s, c->row.sensitivity_a, 4);
		cell_decimals(s, c->row.sensitivity_b, 4);
		cell_decimals(s, c->row.trend_factor, 2);
		cell_decimals(s, c->row.trend_activity, 2);
		cell_decimals(s, c->row.trend, 4);
	}
	th_grid_print(&s->grid, 2, s->out);
}

static void show_table(sheet *s)
{
	const th_uncertainty *u = s->u;
	bool trend = u->base_year != 0;
	char title[64];
	if (trend)
		snprintf(title, sizeof title, "%d, %d", u->base_year, u->year);
	else
		snprintf(title, sizeof title, "%d", u->year);
	heading(s, W_U_TABLE, title);
	show_level(s, trend);
	if (u->categories > ROWS_SHOWN)
		th_buf_printf(s->out, "  … %zu\n", u->categories - ROWS_SHOWN);
	th_buf_printf(s->out, "  %s\n", th_word_text(W_U_TABLE_NOTE, s->lang));
	if (trend) {
		heading(s, W_U_TREND_TABLE, title);
		show_trend(s);
	}
}

void th_uncertainty_text(const th_uncertainty *u, th_lang lang, th_buf *out)
{
	sheet s = {.u = u, .lang = lang, .out = out};
	if (!u)
		return;
	heading(&s, W_U_TITLE, "");
	show_method(&s);
	show_totals(&s);
	show_table(&s);
}
