/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account as sheets that compute each other: totals add rows of the ledger, whose factors and GWP stand once, each in a sheet of its own. */
#include "report/sheets.h"

#include <stdlib.h>

/* --- factors and GWP --- */

/* The names of what a factor's row has; those of its parameters are their own. */
static th_slice term_name(const th_sheets *s, const th_formula_term *term)
{
	static const struct {
		const char *name;
		th_label word;
	} names[] = {{"value", W_L_FACTOR}, {"ncv", W_X_NCV}, {"carbon_content", W_X_CARBON}, {"oxidation", W_X_OXIDATION}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(term->name, names[i].name) == 0)
			return th_sheet_word(s, names[i].word);
	return th_slice_of(term->name);
}

static void put_factors(th_sheets *s)
{
	static const th_label heads[] = {W_L_FACTOR, W_E_TERM, W_L_FACTOR_VALUE, W_L_FACTOR_UNIT, W_L_SOURCE_DOCUMENT, W_L_TABLE, W_L_URL};
	static const unsigned width[] = {32, 20, 14, 16, 60, 24, 40};
	if (!th_sheet_begin(s, W_X_FACTORS, heads, sizeof heads / sizeof *heads, width, sizeof width / sizeof *width))
		return;
	for (size_t i = 0; i < s->factors && !s->book->failed; i++) {
		const th_factor *factor = s->factor[i].factor;
		const th_formula_term *term = s->factor[i].term;
		th_sheet_text(s->book, i + 1, TH_FACTOR_ID, factor->id);
		th_sheet_text(s->book, i + 1, TH_FACTOR_TERM, term_name(s, term));
		th_buf_char(&s->text, '=');
		th_sheet_put_value(s, term);
		th_sheet_formula(s, i + 1, TH_FACTOR_VALUE, th_sheet_value(term));
		th_sheet_text(s->book, i + 1, TH_FACTOR_UNIT, term->unit);
		th_sheet_text(s->book, i + 1, TH_FACTOR_DOCUMENT, factor->source);
		th_sheet_text(s->book, i + 1, TH_FACTOR_TABLE, factor->table);
		th_sheet_text(s->book, i + 1, TH_FACTOR_URL, factor->url);
	}
}

static void put_gwps(th_sheets *s)
{
	static const th_label heads[] = {W_L_GAS, W_L_GWP};
	static const unsigned width[] = {16, 12};
	if (!th_sheet_begin(s, W_X_GWP, heads, sizeof heads / sizeof *heads, width, sizeof width / sizeof *width))
		return;
	for (size_t i = 0; i < s->gwps; i++) {
		th_sheet_text(s->book, i + 1, 0, s->gwp[i]->gas->name);
		th_sheet_number(s, i + 1, 1, th_decimal_double(s->gwp[i]->gwp));
	}
}

/* --- totals --- */

enum { T_YEAR, T_NAME, T_COMPUTED, T_OURS, T_DIFFERENCE };

enum how { SUM, MARKET, NET, AFTER };

struct total {
	th_label name;
	enum how how;
	th_bucket bucket;
	int scope; /* 0: any */
	th_mass mass;
};

/* Rows of a year whose total others are computed from. */
struct places {
	size_t gross, removals, credits, net;
};

static void put_sum(th_sheets *s, int year, const struct total *t)
{
	th_buf_str(&s->text, "=SUMIFS(");
	th_sheet_put_range(s, TH_LEDGER_CO2E);
	th_buf_char(&s->text, ',');
	th_sheet_put_range(s, TH_LEDGER_YEAR);
	th_buf_printf(&s->text, ",%d,", year);
	if (t->how == MARKET) {
		th_sheet_put_range(s, TH_LEDGER_MARKET);
		th_buf_str(&s->text, ",1)/1000");
		return;
	}
	th_sheet_put_range(s, TH_LEDGER_BUCKET);
	th_buf_str(&s->text, ",\"");
	th_buf_slice(&s->text, th_sheet_word(s, th_bucket_word(t->bucket)));
	th_buf_char(&s->text, '"');
	if (t->scope) {
		th_buf_char(&s->text, ',');
		th_sheet_put_range(s, TH_LEDGER_SCOPE);
		th_buf_printf(&s->text, ",%d", t->scope);
	}
	th_buf_str(&s->text, ")/1000");
}

static void put_less(th_sheets *s, size_t from, size_t less)
{
	th_buf_char(&s->text, '=');
	th_sheet_put_place(s, T_COMPUTED, from);
	th_buf_char(&s->text, '-');
	th_sheet_put_place(s, T_COMPUTED, less);
}

static void put_total(th_sheets *s, size_t row, int year, const struct total *t, struct places *places)
{
	double tonnes = th_mass_double(t->mass) / 1000;
	th_sheet_number(s, row, T_YEAR, year);
	th_sheet_text(s->book, row, T_NAME, th_sheet_word(s, t->name));
	if (t->how == NET)
		put_less(s, places->gross, places->removals);
	else if (t->how == AFTER)
		put_less(s, places->net, places->credits);
	else if (t->how == SUM || s->by_market)
		put_sum(s, year, t);
	if (s->text.len)
		th_sheet_formula(s, row, T_COMPUTED, tonnes);
	else
		th_sheet_number(s, row, T_COMPUTED, tonnes);
	th_sheet_number(s, row, T_OURS, tonnes);
	th_buf_char(&s->text, '=');
	th_sheet_put_place(s, T_COMPUTED, row);
	th_buf_char(&s->text, '-');
	th_sheet_put_place(s, T_OURS, row);
	th_sheet_formula(s, row, T_DIFFERENCE, 0);
	places->gross = t->name == W_GROSS ? row : places->gross;
	places->removals = t->name == W_REMOVALS ? row : places->removals;
	places->credits = t->name == W_CREDITS ? row : places->credits;
	places->net = t->how == NET ? row : places->net;
}

static size_t put_year(th_sheets *s, size_t row, int year, const th_totals *t)
{
	const struct total totals[] = {
		{W_SCOPE1, SUM, TH_GROSS, 1, t->scope[1]}, {W_SCOPE2_LOCATION, SUM, TH_GROSS, 2, t->scope[2]}, {W_SCOPE3, SUM, TH_GROSS, 3, t->scope[3]},
		{W_GROSS, SUM, TH_GROSS, 0, t->gross}, {W_REMOVALS, SUM, TH_REMOVAL, 0, t->removals}, {W_NET, NET, TH_GROSS, 0, t->net},
		{W_CREDITS, SUM, TH_CREDIT, 0, t->credits}, {W_NET_AFTER_CREDITS, AFTER, TH_GROSS, 0, t->net_after_credits},
		{W_D_MARKET, MARKET, TH_MARKET, 0, t->scope2_market}, {W_BIOGENIC, SUM, TH_BIOGENIC, 0, t->biogenic},
		{W_D_AVOIDED, SUM, TH_AVOIDED, 0, t->avoided}, {W_D_OUTSIDE, SUM, TH_OUTSIDE, 0, t->outside},
	};
	struct places places = {0};
	for (size_t k = 0; k < sizeof totals / sizeof *totals; k++)
		if ((totals[k].scope == 0 || t->has_scope[totals[k].scope]) && (totals[k].how != MARKET || t->has_market))
			put_total(s, row++, year, &totals[k], &places);
	return row;
}

/* Those of each year, never a sum of years; a year whose totals are unknown has none. */
static void put_totals(th_sheets *s)
{
	static const th_label heads[] = {W_P_H_YEAR, W_TOTALS, W_X_COMPUTED, W_X_OURS, W_X_DIFFERENCE};
	static const unsigned width[] = {8, 36, 24, 24, 16};
	const th_account *a = s->d->a->account;
	size_t row = 1;
	if (!th_sheet_begin(s, W_X_SUMMARY, heads, sizeof heads / sizeof *heads, width, sizeof width / sizeof *width))
		return;
	for (size_t i = 0; a && i < a->years; i++)
		if (a->of_year[i].known)
			row = put_year(s, row, a->year[i], &a->of_year[i].totals);
	th_sheet_text(s->book, row + 1, 0, th_sheet_word(s, s->d->lines->many ? W_X_ABOUT_MANY : W_X_ABOUT));
}

/* --- what is known before --- */

/* The entries that are counted by market come to the account's total, in each year. */
static bool adds_by_market(const th_sheets *s)
{
	const th_account *a = s->d->a->account;
	bool any = false, same = a && !s->d->lines->many;
	for (size_t i = 0; same && i < a->years; i++) {
		if (!a->of_year[i].known || !a->of_year[i].totals.has_market)
			continue;
		any = true;
		same = th_ledger_market(s, a->year[i]) == a->of_year[i].totals.scope2_market;
	}
	return any && same;
}

static bool know_lines(th_sheets *s)
{
	const th_dossier_lines *lines = s->d->lines;
	s->of = th_arena_alloc(&s->book->arena, lines->rows + 1, sizeof *s->of);
	s->rows = lines->many ? lines->rows : lines->entries;
	for (size_t i = 0; s->of && i < lines->rows; i++) {
		s->of[lines->row[i].number] = &lines->row[i];
		s->terms = lines->row[i].term_count > s->terms ? lines->row[i].term_count : s->terms;
	}
	s->book->failed |= !s->of;
	return s->of;
}

void th_put_ledger_sheets(th_book *book, const th_page *words, const th_dossier *d, th_file_names *names)
{
	th_sheets s = {.book = book, .words = words, .d = d, .names = names};
	if (!know_lines(&s))
		return;
	s.by_market = adds_by_market(&s);
	put_totals(&s);
	th_put_ledger_rows(&s);
	put_factors(&s);
	put_gwps(&s);
	th_intern_free(&s.factor_key);
	th_intern_free(&s.gwp_key);
	free(s.factor);
	free(s.gwp);
	th_buf_free(&s.text);
}
