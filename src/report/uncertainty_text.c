/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How sure the account is, in text. These numbers are estimates: about four digits. */
#include "base/print.h"
#include "report/report.h"

#include <math.h>

#include "uncertainty/uncertainty.h"

enum { ROWS_SHOWN = 20 };

double th_in_percent(double part, double whole)
{
	return whole == 0 ? 0 : 100 * part / fabs(whole);
}

/* --- cells --- */

/* Tonnes, or a percent: about four digits. */
static void put_number(th_page *p, double value)
{
	double size = fabs(value);
	int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
	th_doc_real(&p->doc, size < 5e-6 ? 0.0 : value, size < 5e-6 ? 0 : digits);
}

static void put_percent(th_page *p, double value)
{
	th_doc_real(&p->doc, value, value < 0.1 && value > 0 ? 2 : 1);
}

static void put_known(th_page *p, bool known, double value)
{
	if (known)
		put_percent(p, value);
	else
		th_doc_none(&p->doc);
}

static void put_range(th_page *p, const th_range *r, double unit)
{
	put_number(p, r->low / unit);
	put_number(p, r->high / unit);
}

/* --- totals --- */

/* The net total of a year, or of all, where it is the gross one. */
static bool is_gross_again(const th_uncertainty *u, size_t i)
{
	const th_result *r = &u->result[i];
	return r->total == TH_TOTAL_NET && r->value == u->result[r->year ? i - 1 : 0].value;
}

static void put_total(th_page *p, const th_uncertainty *u, const th_result *r)
{
	static const th_label words[] = {W_GROSS, W_U_NET, W_SCOPE1, W_SCOPE2_LOCATION, W_SCOPE3, W_REMOVALS};
	th_page_say(p, words[r->total]);
	if (r->year)
		th_buf_printf(&p->doc.text, " %d", r->year);
	th_doc_end(&p->doc);
	put_number(p, r->value / 1000);
	put_percent(p, th_in_percent(r->propagated.both.larger, r->value));
	put_percent(p, th_in_percent(r->propagated.both.low, r->value));
	put_percent(p, th_in_percent(r->propagated.both.high, r->value));
	put_range(p, &r->approach1, 1000);
	if (u->simulation.trials)
		put_range(p, &r->approach2, 1000);
}

static void put_change(th_page *p, const th_uncertainty *u)
{
	TH_SAY(p, W_U_CHANGE, th_fill_integer(u->base_year), th_fill_integer(u->year));
	th_doc_end(&p->doc);
	put_number(p, u->change);
	put_percent(p, u->table.trend);
	th_doc_end(&p->doc);
	th_doc_end(&p->doc);
	put_range(p, &u->change1, 1);
	if (u->simulation.trials)
		put_range(p, &u->change2, 1);
}

static void put_totals(th_page *p, const th_uncertainty *u)
{
	static const th_page_column columns[] = {
		{W_U_TOTAL, TH_DOC_WORD}, {W_U_TONNES, TH_DOC_FIGURE}, {W_U_HALF, TH_DOC_PERCENT}, {W_U_BELOW, TH_DOC_PERCENT},
		{W_U_ABOVE, TH_DOC_PERCENT}, {W_U_LOW1, TH_DOC_FIGURE}, {W_U_HIGH1, TH_DOC_FIGURE}, {W_U_LOW2, TH_DOC_FIGURE},
		{W_U_HIGH2, TH_DOC_FIGURE},
	};
	th_page_table(p, columns, u->simulation.trials ? 9 : 7);
	for (size_t i = 0; i < u->results; i++)
		if (u->result[i].value != 0 && (u->result[i].year || !u->base_year) && !is_gross_again(u, i)) /* several years are never summed */
			put_total(p, u, &u->result[i]);
	if (u->base_year)
		put_change(p, u);
}

/* --- method --- */

static void put_simulation(th_page *p, const th_uncertainty *u)
{
	char seed[32];
	(void)th_print(seed, sizeof seed, "%llu", u->options.seed);
	TH_SAY(p, W_U_SIMULATION, th_fill_text(th_slice_of(seed)), th_fill_integer((long long)u->simulation.trials), th_fill_text(TH_S(TH_GENERATOR)),
	       th_fill_integer((long long)u->simulation.draws));
	th_page_field(p, W_U_METHOD2, u->options.trials == 0 ? th_page_word(p, W_U_AUTO) : TH_S(""));
}

static void put_method(th_page *p, const th_uncertainty *u)
{
	const th_uncertainty_options *o = &u->options;
	double whole = u->both_known + u->one_known + u->none_known;
	if (u->simulation.trials)
		put_simulation(p, u);
	TH_SAY(p, W_U_COVERED_PARTS, th_fill_real(th_in_percent(u->both_known, whole), 1, false), th_fill_real(th_in_percent(u->one_known, whole), 1, false),
	       th_fill_real(th_in_percent(u->none_known, whole), 1, false));
	th_page_field(p, W_U_COVERED, TH_S(""));
	if (u->base_year)
		th_page_field(p, W_U_YEARS, th_page_word(p, o->factors_yearly ? o->activities_correlated ? W_U_YEARS_ACTIVITIES : W_U_YEARS_NONE
		                                                              : o->activities_correlated ? W_U_YEARS_BOTH : W_U_YEARS_FACTORS));
	if (u->correlations.path) {
		TH_SAY(p, W_U_ROWS, th_fill_text(th_slice_of(u->correlations.path)), th_fill_integer((long long)u->correlations.count));
		th_page_short_sha(p, u->correlations.sha256);
		th_page_field(p, W_U_CORRELATIONS, TH_S(""));
	}
}

/* --- table 3.2 --- */

static void put_category(th_page *p, const th_category *c)
{
	th_doc_cell_text(&p->doc, th_in_lang(p->lang, c->name_zh, c->activity));
	th_doc_cell_text(&p->doc, c->gas->name);
}

/* Columns A to H of table 3.2, and which categories are key. */
static void put_level(th_page *p, const th_uncertainty *u, bool trend)
{
	static const th_page_column columns[] = {
		{W_U_A, TH_DOC_WORD}, {W_U_B, TH_DOC_WORD}, {W_U_C, TH_DOC_FIGURE}, {W_U_D, TH_DOC_FIGURE}, {W_U_E, TH_DOC_PERCENT},
		{W_U_F, TH_DOC_PERCENT}, {W_U_G, TH_DOC_PERCENT}, {W_U_H, TH_DOC_FIGURE}, {W_U_KEY, TH_DOC_WORD},
	};
	th_doc_table(&p->doc);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (trend || columns[i].head != W_U_C)
			th_page_column_of(p, columns[i].kind, columns[i].head);
	for (size_t i = 0; i < u->categories && i < ROWS_SHOWN; i++) {
		const th_category *c = &u->category[i];
		put_category(p, c);
		if (trend)
			put_number(p, c->row.base / 1000);
		put_number(p, c->row.current / 1000);
		put_known(p, c->activity_known, c->row.activity);
		put_known(p, c->factor_known, c->row.factor);
		put_percent(p, c->row.combined);
		th_doc_real(&p->doc, c->row.contribution, 4);
		th_page_text(p, c->key.key_level ? TH_S("L") : TH_S(""));
		th_page_text(p, trend && c->key.key_trend ? TH_S("T") : TH_S(""));
		th_doc_cell_text(&p->doc, c->key.key_uncertain ? TH_S("U") : TH_S(""));
	}
}

/* Columns I to M: what the change between the years rests on. */
static void put_trend(th_page *p, const th_uncertainty *u)
{
	static const th_page_column columns[] = {
		{W_U_A, TH_DOC_WORD}, {W_U_B, TH_DOC_WORD}, {W_U_I, TH_DOC_FIGURE}, {W_U_J, TH_DOC_FIGURE}, {W_U_K, TH_DOC_PERCENT},
		{W_U_L, TH_DOC_PERCENT}, {W_U_M, TH_DOC_FIGURE},
	};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < u->categories && i < ROWS_SHOWN; i++) {
		const th_category *c = &u->category[i];
		put_category(p, c);
		th_doc_real(&p->doc, c->row.sensitivity_a, 4);
		th_doc_real(&p->doc, c->row.sensitivity_b, 4);
		th_doc_real(&p->doc, c->row.trend_factor, 2);
		th_doc_real(&p->doc, c->row.trend_activity, 2);
		th_doc_real(&p->doc, c->row.trend, 4);
	}
}

/* The title, with the years. */
static void open_table(th_page *p, const th_uncertainty *u, th_label title)
{
	th_page_say(p, title);
	th_page_say(p, W_COLON);
	if (u->base_year) {
		th_buf_printf(&p->doc.text, "%d", u->base_year);
		th_page_say(p, W_LIST);
	}
	th_buf_printf(&p->doc.text, "%d", u->year);
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
}

static void put_tables(th_page *p, const th_uncertainty *u)
{
	bool trend = u->base_year != 0;
	open_table(p, u, W_U_TABLE);
	put_level(p, u, trend);
	if (u->categories > ROWS_SHOWN) {
		TH_SAY(p, W_MORE, th_fill_integer((long long)(u->categories - ROWS_SHOWN)));
		th_doc_paragraph(&p->doc, TH_S(""));
	}
	th_page_paragraph(p, W_U_TABLE_NOTE);
	th_doc_close(&p->doc);
	if (!trend)
		return;
	open_table(p, u, W_U_TREND_TABLE);
	put_trend(p, u);
	th_doc_close(&p->doc);
}

void th_put_uncertainty_text(th_page *p, const th_uncertainty *u)
{
	if (!u)
		return;
	th_page_section(p, W_U_TITLE);
	put_method(p, u);
	put_totals(p, u);
	th_doc_close(&p->doc);
	put_tables(p, u);
}
