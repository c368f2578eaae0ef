/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account as sheets that compute each other: totals add lines of the ledger, a line multiplies its quantity with its terms and GWP, and those of a factor
 * stand once, in the sheet of factors. Beside each formula stands what tanhe computed. A line whose formula would not come to that, such as waste that decays,
 * has tanhe's value and says so. */
#include "report/dossier.h"

#include <math.h>

#include "base/print.h"

enum { L_YEAR, L_SCOPE, L_BUCKET, L_ACTIVITY, L_FACTOR, L_GAS, L_QUANTITY, L_UNIT, L_LINES, L_MASS, L_GWP, L_CO2E, L_OURS, L_FORMULA, L_NOTE, L_TERM };
enum { F_FACTOR, F_VALUE, F_UNIT, F_DOCUMENT, F_TABLE, F_URL };

/* More digits than these a spreadsheet does not keep. */
enum { DIGITS = 15, NUMBER = 40 };

struct sheets {
	th_book *book;
	const th_page *words;
	const th_dossier *d;
	th_intern factor, gwp; /* their number is the row, from 0 behind the head */
	th_buf text;           /* a formula, a key */
};

static void put_text(struct sheets *s, size_t row, size_t column, th_slice text)
{
	th_sheet_text(s->book, row, column, text);
}

static void put_number(struct sheets *s, size_t row, size_t column, double number)
{
	th_book_set(s->book, row, column, &(th_book_value){.kind = TH_BOOK_NUMBER, .number = number});
}

/* What stands in s->text. */
static void put_formula(struct sheets *s, size_t row, size_t column, double number)
{
	th_book_set(s->book, row, column, &(th_book_value){.kind = TH_BOOK_FORMULA, .number = number, .text = th_buf_view(&s->text)});
	s->book->failed |= s->text.failed;
	th_buf_clear(&s->text);
}

static th_slice word(const struct sheets *s, th_label label)
{
	return th_page_word(s->words, label);
}

static void put_head(struct sheets *s, size_t column, th_slice head)
{
	put_text(s, 0, column, head);
	th_book_mark(s->book, 0, column, TH_BOOK_NOTED, TH_S(""));
}

/* A sheet whose first row are these heads, `more` columns behind them; false when there is none. */
static bool open_sheet(struct sheets *s, th_label name, const th_label *head, size_t heads, size_t more)
{
	enum { MOST = L_TERM + 32, WIDTH = 16 };
	unsigned width[MOST];
	for (size_t i = 0; i < MOST; i++)
		width[i] = WIDTH;
	th_book_open(s->book, word(s, name), NULL, 0);
	if (s->book->failed)
		return false;
	th_book_widths(s->book, width, heads + more < MOST ? heads + more : MOST);
	for (size_t i = 0; i < heads; i++)
		put_head(s, i, word(s, head[i]));
	return true;
}

/* `O12`; columns from 0, rows from 1. */
static void put_place(th_buf *out, size_t column, size_t row)
{
	enum { LETTERS = 26 };
	if (column >= LETTERS)
		th_buf_char(out, (char)('A' + column / LETTERS - 1));
	th_buf_char(out, (char)('A' + column % LETTERS));
	th_buf_printf(out, "%zu", row);
}

/* --- a term as a number --- */

static bool read_number(th_slice text, size_t *at, double *number)
{
	char digits[NUMBER];
	size_t len = 0;
	while (*at < text.len && len < sizeof digits - 1 && ((text.ptr[*at] >= '0' && text.ptr[*at] <= '9') || text.ptr[*at] == '.'))
		digits[len++] = text.ptr[(*at)++];
	digits[len] = '\0';
	return len > 0 && th_read_double(digits, number);
}

/* `0.5849`, `44/12`, `2762.9-83.7`: what a formula can hold as it is. */
static bool read_value(const th_formula_term *term, double *value)
{
	size_t at = 0;
	double second;
	if (!read_number(term->value, &at, value))
		return false;
	if (at == term->value.len)
		return true;
	char sign = term->value.ptr[at++];
	if ((sign != '/' && sign != '-') || !read_number(term->value, &at, &second) || at != term->value.len)
		return false;
	*value = sign == '/' ? *value / second : *value - second;
	return true;
}

static bool is_percent(const th_formula_term *term)
{
	return th_slice_eq(term->unit, TH_S("%"));
}

static bool read_term(const th_formula_term *term, double *value)
{
	if (term->form == TH_TERM_DECAY || !read_value(term, value))
		return false;
	*value = is_percent(term) ? *value / 100 : *value;
	*value = term->form == TH_TERM_REST ? 1 - *value : term->form == TH_TERM_MORE ? 1 + *value : *value;
	return true;
}

/* Of a factor's term: which row of the sheet of factors. TH_NONE without memory. */
static uint32_t factor_row(struct sheets *s, const th_dossier_line *l, const th_formula_term *term)
{
	th_buf_clear(&s->text);
	th_buf_add(&s->text, &l->factor, sizeof l->factor);
	th_buf_slice(&s->text, term->value);
	th_buf_char(&s->text, '\0');
	th_buf_slice(&s->text, term->unit);
	uint32_t row = s->text.failed ? TH_NONE : th_intern_add(&s->factor, th_buf_view(&s->text));
	th_buf_clear(&s->text);
	s->book->failed |= row == TH_NONE;
	return row;
}

static bool is_of_factor(const th_dossier_line *l, const th_formula_term *term)
{
	return l->factor && term->origin == TH_FROM_FACTOR && term->form != TH_TERM_DECAY;
}

static void put_term(struct sheets *s, size_t row, size_t column, const th_dossier_line *l, const th_formula_term *term)
{
	double value;
	if (!read_term(term, &value)) {
		put_text(s, row, column, term->value);
		return;
	}
	uint32_t factor = is_of_factor(l, term) ? factor_row(s, l, term) : TH_NONE;
	th_buf_str(&s->text, term->form == TH_TERM_REST ? "=(1-" : term->form == TH_TERM_MORE ? "=(1+" : "=(");
	if (factor != TH_NONE) {
		th_buf_char(&s->text, '\'');
		th_buf_slice(&s->text, word(s, W_X_FACTORS));
		th_buf_printf(&s->text, "'!$B$%u", (unsigned)factor + 2);
	} else
		th_buf_slice(&s->text, term->value);
	th_buf_str(&s->text, is_percent(term) ? "/100)" : ")");
	put_formula(s, row, column, value);
}

/* --- the ledger --- */

/* The quantity, when a spreadsheet keeps all its digits. */
static bool read_quantity(struct sheets *s, const th_dossier_line *l, double *quantity)
{
	size_t digits = 0;
	th_buf_clear(&s->text);
	th_put_mass(&s->text, l->quantity, 0);
	for (size_t i = 0; i < s->text.len; i++)
		digits += s->text.ptr[i] >= '0' && s->text.ptr[i] <= '9';
	th_buf_char(&s->text, '\0');
	bool read = !l->large && !s->text.failed && digits <= DIGITS && th_read_double(s->text.ptr, quantity);
	s->book->failed |= s->text.failed;
	th_buf_clear(&s->text);
	return read;
}

static bool is_near(double a, double b)
{
	return fabs(a - b) <= 1e-7 + 1e-12 * fabs(b);
}

/* Do the terms come to the mass, so that a formula may stand for it? */
static bool multiplies(const th_dossier_line *l, double quantity)
{
	double product = quantity, value;
	for (size_t i = 0; i < l->term_count; i++) {
		if (!read_term(&l->term[i], &value))
			return false;
		product *= value;
	}
	return is_near(product, th_mass_double(l->mass));
}

static uint32_t gwp_row(struct sheets *s, const th_dossier_line *l)
{
	th_buf_clear(&s->text);
	th_buf_slice(&s->text, l->gas->name);
	th_buf_char(&s->text, '\0');
	th_put_decimal(&s->text, l->gwp);
	uint32_t row = s->text.failed ? TH_NONE : th_intern_add(&s->gwp, th_buf_view(&s->text));
	th_buf_clear(&s->text);
	s->book->failed |= row == TH_NONE;
	return row;
}

static void put_quantity(struct sheets *s, size_t row, const th_dossier_line *l, bool fits, double quantity)
{
	if (fits) {
		put_number(s, row, L_QUANTITY, quantity);
		return;
	}
	if (l->large)
		th_buf_slice(&s->text, word(s, W_D_QUANTITY));
	else
		th_put_mass(&s->text, l->quantity, 0);
	s->book->failed |= s->text.failed;
	put_text(s, row, L_QUANTITY, th_buf_view(&s->text));
	th_buf_clear(&s->text);
}

/* Kilograms of the gas, GWP, and both multiplied. */
static void put_masses(struct sheets *s, size_t row, const th_dossier_line *l, bool live)
{
	double mass = th_mass_double(l->mass), gwp = th_decimal_double(l->gwp), co2e = th_mass_double(l->co2e);
	uint32_t at = gwp_row(s, l);
	if (live) {
		th_buf_char(&s->text, '=');
		put_place(&s->text, L_QUANTITY, row + 1);
		for (size_t i = 0; i < l->term_count; i++) {
			th_buf_char(&s->text, '*');
			put_place(&s->text, L_TERM + i, row + 1);
		}
		put_formula(s, row, L_MASS, mass);
	} else
		put_number(s, row, L_MASS, mass);
	th_buf_str(&s->text, "='");
	th_buf_slice(&s->text, word(s, W_X_GWP));
	th_buf_printf(&s->text, "'!$B$%u", (unsigned)at + 2);
	put_formula(s, row, L_GWP, gwp);
	if (is_near(mass * gwp, co2e)) {
		th_buf_char(&s->text, '=');
		put_place(&s->text, L_MASS, row + 1);
		th_buf_char(&s->text, '*');
		put_place(&s->text, L_GWP, row + 1);
		put_formula(s, row, L_CO2E, co2e);
	} else
		put_number(s, row, L_CO2E, co2e);
	put_number(s, row, L_OURS, co2e);
	if (!live || !is_near(mass * gwp, co2e))
		put_text(s, row, L_NOTE, word(s, W_X_FIXED));
}

static void put_line(struct sheets *s, size_t row, const th_dossier_line *l)
{
	double quantity = 0;
	bool fits = read_quantity(s, l, &quantity), live = fits && multiplies(l, quantity);
	th_slice name = th_in_lang(s->words->lang, l->activity->name_zh, l->activity->name_en);
	put_number(s, row, L_YEAR, l->year);
	put_number(s, row, L_SCOPE, l->scope);
	put_text(s, row, L_BUCKET, th_slice_of(th_bucket_names[l->bucket]));
	put_text(s, row, L_ACTIVITY, name.len ? name : l->activity->id);
	put_text(s, row, L_FACTOR, l->factor ? l->factor->id : TH_S(""));
	put_text(s, row, L_GAS, l->gas->name);
	put_quantity(s, row, l, fits, quantity);
	put_text(s, row, L_UNIT, l->unit);
	put_number(s, row, L_LINES, (double)l->lines);
	put_masses(s, row, l, live);
	put_text(s, row, L_FORMULA, l->terms);
	for (size_t i = 0; i < l->term_count; i++)
		put_term(s, row, L_TERM + i, l, &l->term[i]);
}

static void put_ledger(struct sheets *s)
{
	static const th_label heads[] = {W_P_H_YEAR, W_L_SCOPE, W_L_BUCKET, W_L_ACTIVITY_NAME, W_L_FACTOR, W_L_GAS, W_L_QUANTITY, W_L_UNIT, W_X_LINES, W_L_MASS, W_L_GWP,
	                                 W_L_CO2E, W_X_OURS_KG, W_L_FORMULA, W_L_NOTE};
	const th_dossier_lines *lines = s->d->lines;
	size_t terms = 0;
	for (size_t i = 0; i < lines->rows; i++)
		terms = lines->row[i].term_count > terms ? lines->row[i].term_count : terms;
	if (!open_sheet(s, W_X_LEDGER, heads, sizeof heads / sizeof *heads, terms))
		return;
	for (size_t i = 0; i < terms; i++) {
		th_page named = {.lang = s->words->lang};
		TH_SAY(&named, W_X_TERM, th_fill_integer((long long)i + 1));
		put_head(s, L_TERM + i, th_buf_view(&named.doc.text));
		s->book->failed |= th_doc_failed(&named.doc);
		th_doc_free(&named.doc);
	}
	for (size_t i = 0; i < lines->rows && !s->book->failed; i++)
		put_line(s, i + 1, &lines->row[i]);
}

/* --- factors and GWP --- */

static void put_factor(struct sheets *s, size_t row, const th_factor *factor, const th_formula_term *term)
{
	double value;
	put_text(s, row, F_FACTOR, factor->id);
	if (read_value(term, &value)) {
		th_buf_char(&s->text, '=');
		th_buf_slice(&s->text, term->value);
		put_formula(s, row, F_VALUE, value);
	}
	put_text(s, row, F_UNIT, term->unit);
	put_text(s, row, F_DOCUMENT, factor->source);
	put_text(s, row, F_TABLE, factor->table);
	put_text(s, row, F_URL, factor->url);
}

/* In the order in which the ledger came to them. */
static void put_factors(struct sheets *s)
{
	static const th_label heads[] = {W_L_FACTOR, W_L_FACTOR_VALUE, W_L_FACTOR_UNIT, W_L_SOURCE_DOCUMENT, W_L_TABLE, W_L_URL};
	size_t row = 0;
	if (!open_sheet(s, W_X_FACTORS, heads, sizeof heads / sizeof *heads, 0))
		return;
	for (size_t i = 0; i < s->d->lines->rows && !s->book->failed; i++) {
		const th_dossier_line *l = &s->d->lines->row[i];
		double value;
		for (size_t k = 0; k < l->term_count; k++)
			if (is_of_factor(l, &l->term[k]) && read_term(&l->term[k], &value) && factor_row(s, l, &l->term[k]) == row)
				put_factor(s, ++row, l->factor, &l->term[k]);
	}
}

static void put_gwps(struct sheets *s)
{
	static const th_label heads[] = {W_L_GAS, W_L_GWP};
	size_t row = 0;
	if (!open_sheet(s, W_X_GWP, heads, sizeof heads / sizeof *heads, 0))
		return;
	for (size_t i = 0; i < s->d->lines->rows && !s->book->failed; i++) {
		const th_dossier_line *l = &s->d->lines->row[i];
		if (gwp_row(s, l) != row)
			continue;
		put_text(s, ++row, 0, l->gas->name);
		put_number(s, row, 1, th_decimal_double(l->gwp));
	}
}

/* --- totals --- */

struct total {
	th_label name;
	th_bucket bucket;
	int scope; /* 0: any */
	th_mass mass;
};

static void put_range(struct sheets *s, size_t column)
{
	size_t last = s->d->lines->rows + 1;
	th_buf_char(&s->text, '\'');
	th_buf_slice(&s->text, word(s, W_X_LEDGER));
	th_buf_printf(&s->text, "'!$%c$2:$%c$%zu", (int)('A' + column), (int)('A' + column), last > 2 ? last : 2);
}

static void put_total(struct sheets *s, size_t row, int year, const struct total *t)
{
	enum { NAME = 1, COMPUTED, OURS, DIFFERENCE };
	double tonnes = th_mass_double(t->mass) / 1000;
	put_number(s, row, 0, year);
	put_text(s, row, NAME, word(s, t->name));
	th_buf_str(&s->text, "=SUMIFS(");
	put_range(s, L_CO2E);
	th_buf_char(&s->text, ',');
	put_range(s, L_YEAR);
	th_buf_printf(&s->text, ",%d,", year);
	put_range(s, L_BUCKET);
	th_buf_printf(&s->text, ",\"%s\"", th_bucket_names[t->bucket]);
	if (t->scope) {
		th_buf_char(&s->text, ',');
		put_range(s, L_SCOPE);
		th_buf_printf(&s->text, ",%d", t->scope);
	}
	th_buf_str(&s->text, ")/1000");
	put_formula(s, row, COMPUTED, tonnes);
	put_number(s, row, OURS, tonnes);
	th_buf_printf(&s->text, "=C%zu-D%zu", row + 1, row + 1);
	put_formula(s, row, DIFFERENCE, 0);
}

/* Those of each year, never a sum of years; a year whose totals are unknown has none. */
static void put_totals(struct sheets *s)
{
	static const th_label heads[] = {W_P_H_YEAR, W_TOTALS, W_X_COMPUTED, W_X_OURS, W_X_DIFFERENCE};
	const th_account *a = s->d->a->account;
	size_t row = 1;
	if (!open_sheet(s, W_X_SUMMARY, heads, sizeof heads / sizeof *heads, 0))
		return;
	for (size_t i = 0; a && i < a->years; i++) {
		if (!a->of_year[i].known)
			continue;
		const th_totals *t = &a->of_year[i].totals;
		const struct total totals[] = {
			{W_SCOPE1, TH_GROSS, 1, t->scope[1]}, {W_SCOPE2_LOCATION, TH_GROSS, 2, t->scope[2]}, {W_SCOPE3, TH_GROSS, 3, t->scope[3]},
			{W_GROSS, TH_GROSS, 0, t->gross}, {W_BIOGENIC, TH_BIOGENIC, 0, t->biogenic}, {W_REMOVALS, TH_REMOVAL, 0, t->removals},
			{W_CREDITS, TH_CREDIT, 0, t->credits}, {W_D_AVOIDED, TH_AVOIDED, 0, t->avoided}, {W_H_OUTSIDE, TH_OUTSIDE, 0, t->outside},
		};
		for (size_t k = 0; k < sizeof totals / sizeof *totals; k++)
			if (totals[k].scope == 0 || t->has_scope[totals[k].scope])
				put_total(s, row++, a->year[i], &totals[k]);
	}
}

void th_put_ledger_sheets(th_book *book, const th_page *words, const th_dossier *d)
{
	struct sheets s = {.book = book, .words = words, .d = d};
	put_totals(&s);
	put_ledger(&s);
	put_factors(&s);
	put_gwps(&s);
	th_intern_free(&s.factor);
	th_intern_free(&s.gwp);
	th_buf_free(&s.text);
}
