/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ledger of the workbook: a row for each line of the inventory and each of its gases, which multiplies the quantity with its terms and GWP. Where the lines are
 * too many for a sheet, a row for each equation. Beside each formula stands what tanhe computed; a row whose formula would not come to that has tanhe's value
 * and says so. */
#include "report/sheets.h"

#include <stdlib.h>

#include "account/formula.h"
#include "base/list.h"

/* More digits than these a spreadsheet does not keep. */
enum { DIGITS = 15 };

/* A row: an entry of a line, or all that one equation computes. */
struct row {
	const th_dossier_line *l;
	const th_dossier_entry *e; /* NULL: all of it */
	size_t at, first;          /* its row; the first one of its line, which holds the quantity */
	th_mass mass, co2e;
	bool market;               /* counted in the market-based total */
};

/* --- quantities --- */

static bool fits_mass(th_sheets *s, th_mass mass)
{
	size_t digits = 0;
	th_buf_clear(&s->text);
	th_put_mass(&s->text, mass, 0);
	for (size_t i = 0; i < s->text.len; i++)
		digits += s->text.ptr[i] >= '0' && s->text.ptr[i] <= '9';
	s->book->failed |= s->text.failed;
	th_buf_clear(&s->text);
	return digits <= DIGITS;
}

static bool fits_decimal(th_decimal number)
{
	static const int64_t most = 1000000000000000;
	return number.mant < most && number.mant > -most;
}

/* The quantity, when a spreadsheet keeps all its digits. */
static bool read_quantity(th_sheets *s, const struct row *r, double *quantity)
{
	*quantity = r->e ? th_decimal_double(r->e->amount) : th_mass_double(r->l->quantity);
	return r->e ? fits_decimal(r->e->amount) : !r->l->large && fits_mass(s, r->l->quantity);
}

static void put_quantity(th_sheets *s, const struct row *r, bool fits, double quantity)
{
	if (fits && r->first != r->at) {
		th_buf_char(&s->text, '=');
		th_sheet_put_place(s, TH_LEDGER_QUANTITY, r->first);
		th_sheet_formula(s, r->at, TH_LEDGER_QUANTITY, quantity);
	} else if (fits)
		th_sheet_number(s, r->at, TH_LEDGER_QUANTITY, quantity);
	else {
		if (r->e)
			th_buf_slice(&s->text, r->e->quantity);
		else if (r->l->large)
			th_buf_slice(&s->text, th_sheet_word(s, W_D_QUANTITY));
		else
			th_put_mass(&s->text, r->l->quantity, 0);
		th_sheet_open_text(s, r->at, TH_LEDGER_QUANTITY);
	}
}

/* --- masses --- */

/* Do the terms come to the mass, so that a formula may stand for it? */
static bool multiplies(const struct row *r, double quantity)
{
	double product = quantity, value;
	for (size_t i = 0; i < r->l->term_count; i++) {
		if (!th_sheet_term(&r->l->term[i], &value))
			return false;
		product *= value;
	}
	return th_sheet_is_near(product, th_mass_double(r->mass));
}

static uint32_t add_gwp(th_sheets *s, const th_dossier_line *l)
{
	uint32_t row = th_intern_add(&s->gwp_key, th_buf_view(&s->text));
	if (row == TH_NONE || row < s->gwps)
		return row;
	const th_dossier_line **grown = th_grown(s->gwp, s->gwps, sizeof *grown);
	if (!grown)
		return TH_NONE;
	s->gwp = grown;
	grown[s->gwps++] = l;
	return row;
}

static uint32_t gwp_row(th_sheets *s, const th_dossier_line *l)
{
	th_buf_clear(&s->text);
	th_buf_slice(&s->text, l->gas->name);
	th_buf_char(&s->text, '\0');
	th_put_decimal(&s->text, l->gwp);
	uint32_t row = s->text.failed ? TH_NONE : add_gwp(s, l);
	th_buf_clear(&s->text);
	s->book->failed |= row == TH_NONE;
	return row;
}

static void put_mass(th_sheets *s, const struct row *r, bool live)
{
	size_t column = th_ledger_at(s, TH_LEDGER_MASS);
	if (!live) {
		th_sheet_number(s, r->at, column, th_mass_double(r->mass));
		return;
	}
	th_buf_char(&s->text, '=');
	th_sheet_put_place(s, TH_LEDGER_QUANTITY, r->at);
	for (size_t i = 0; i < r->l->term_count; i++) {
		th_buf_char(&s->text, '*');
		th_sheet_put_place(s, TH_LEDGER_UNIT + 1 + i, r->at);
	}
	th_sheet_formula(s, r->at, column, th_mass_double(r->mass));
}

/* False: what tanhe computed stands there as it is. */
static bool put_co2e(th_sheets *s, const struct row *r)
{
	double mass = th_mass_double(r->mass), gwp = th_decimal_double(r->l->gwp), co2e = th_mass_double(r->co2e);
	bool live = th_sheet_is_near(mass * gwp, co2e);
	uint32_t at = gwp_row(s, r->l);
	th_buf_char(&s->text, '=');
	th_sheet_put_name(s, W_X_GWP);
	th_sheet_put_fixed(s, 1, (size_t)at + 1);
	th_sheet_formula(s, r->at, th_ledger_at(s, TH_LEDGER_GWP), gwp);
	if (live) {
		th_buf_char(&s->text, '=');
		th_sheet_put_place(s, th_ledger_at(s, TH_LEDGER_MASS), r->at);
		th_buf_char(&s->text, '*');
		th_sheet_put_place(s, th_ledger_at(s, TH_LEDGER_GWP), r->at);
		th_sheet_formula(s, r->at, th_ledger_at(s, TH_LEDGER_CO2E), co2e);
	} else
		th_sheet_number(s, r->at, th_ledger_at(s, TH_LEDGER_CO2E), co2e);
	th_sheet_number(s, r->at, th_ledger_at(s, TH_LEDGER_OURS), co2e);
	return live;
}

/* --- rows --- */

/* A name from another system may not be UTF-8: th_sheet_text shows what is written. */
static void put_place(th_sheets *s, const struct row *r)
{
	const th_dossier_entry *e = r->e;
	if (!e) {
		th_sheet_number(s, r->at, TH_LEDGER_LINE, (double)r->l->lines);
		return;
	}
	th_sheet_text(s->book, r->at, TH_LEDGER_FILE, th_name_of(s->names, e->file));
	th_sheet_number(s, r->at, TH_LEDGER_LINE, (double)e->line);
	th_sheet_text(s->book, r->at, TH_LEDGER_PERIOD, e->period);
	th_sheet_text(s->book, r->at, TH_LEDGER_SITE, e->site);
	th_sheet_text(s->book, r->at, TH_LEDGER_SOURCE, e->source);
}

static void put_row(th_sheets *s, const struct row *r)
{
	const th_dossier_line *l = r->l;
	double quantity = 0;
	bool fits = read_quantity(s, r, &quantity), live = fits && multiplies(r, quantity);
	th_sheet_number(s, r->at, TH_LEDGER_YEAR, l->year);
	put_place(s, r);
	th_sheet_text(s->book, r->at, TH_LEDGER_ACTIVITY, th_activity_called(l->activity, s->words->lang));
	if (l->scope)
		th_sheet_number(s, r->at, TH_LEDGER_SCOPE, l->scope);
	th_sheet_text(s->book, r->at, TH_LEDGER_BUCKET, th_sheet_word(s, th_bucket_word(l->bucket)));
	th_sheet_text(s->book, r->at, TH_LEDGER_GAS, l->gas->name);
	put_quantity(s, r, fits, quantity);
	th_sheet_text(s->book, r->at, TH_LEDGER_UNIT, l->unit);
	for (size_t i = 0; i < l->term_count; i++)
		th_sheet_put_term(s, r->at, TH_LEDGER_UNIT + 1 + i, l, &l->term[i]);
	put_mass(s, r, live);
	live &= put_co2e(s, r);
	if (r->market)
		th_sheet_number(s, r->at, th_ledger_at(s, TH_LEDGER_MARKET), 1);
	th_sheet_text(s->book, r->at, th_ledger_at(s, TH_LEDGER_FACTOR), l->factor ? l->factor->id : TH_S(""));
	th_sheet_text(s->book, r->at, th_ledger_at(s, TH_LEDGER_FORMULA), l->terms);
	if (r->e) {
		th_sheet_text(s->book, r->at, th_ledger_at(s, TH_LEDGER_EVIDENCE), r->e->evidence);
		th_sheet_text(s->book, r->at, th_ledger_at(s, TH_LEDGER_NOTE), r->e->note);
	}
	if (!live)
		th_sheet_text(s->book, r->at, th_ledger_at(s, TH_LEDGER_REMARK), th_sheet_word(s, W_X_FIXED));
}

static void put_equations(th_sheets *s)
{
	const th_dossier_lines *lines = s->d->lines;
	for (size_t i = 0; i < lines->rows && !s->book->failed; i++) {
		const th_dossier_line *l = &lines->row[i];
		put_row(s, &(struct row){.l = l, .at = i + 1, .first = i + 1, .mass = l->mass, .co2e = l->co2e});
	}
}

/* How many entries from there on are of one line, and whether a contract or certificate gives it a market-based part of its own. */
static size_t entries_of_line(const th_sheets *s, size_t from, bool *own)
{
	const th_dossier_lines *lines = s->d->lines;
	size_t count = 0;
	for (*own = false; from + count < lines->entries && lines->entry[from + count].order == lines->entry[from].order; count++)
		*own |= s->of[lines->entry[from + count].number]->bucket == TH_MARKET;
	return count;
}

static bool is_market(const th_dossier_line *l, bool own)
{
	return l->bucket == TH_MARKET || (l->bucket == TH_GROSS && l->scope == 2 && !own);
}

th_mass th_ledger_market(const th_sheets *s, int year)
{
	const th_dossier_lines *lines = s->d->lines;
	th_mass sum = 0;
	bool own;
	for (size_t from = 0, count; from < lines->entries; from += count) {
		count = entries_of_line(s, from, &own);
		for (size_t i = from; i < from + count; i++) {
			const th_dossier_line *l = s->of[lines->entry[i].number];
			sum += l->year == year && is_market(l, own) ? lines->entry[i].co2e : 0;
		}
	}
	return sum;
}

static void put_entries(th_sheets *s)
{
	const th_dossier_lines *lines = s->d->lines;
	bool own;
	for (size_t from = 0, count; from < lines->entries && !s->book->failed; from += count) {
		count = entries_of_line(s, from, &own);
		for (size_t i = from; i < from + count; i++) {
			const th_dossier_entry *e = &lines->entry[i];
			const th_dossier_line *l = s->of[e->number];
			put_row(s, &(struct row){.l = l, .e = e, .at = i + 1, .first = from + 1, .mass = e->mass, .co2e = e->co2e,
			                         .market = s->by_market && is_market(l, own)});
		}
	}
}

static void put_heads(th_sheets *s)
{
	static const th_label head[TH_LEDGER_COLUMNS] = {
		[TH_LEDGER_YEAR] = W_P_H_YEAR, [TH_LEDGER_FILE] = W_L_FILE, [TH_LEDGER_LINE] = W_L_LINE, [TH_LEDGER_PERIOD] = W_L_PERIOD, [TH_LEDGER_SITE] = W_L_SITE,
		[TH_LEDGER_SOURCE] = W_L_SOURCE, [TH_LEDGER_ACTIVITY] = W_L_ACTIVITY_NAME, [TH_LEDGER_SCOPE] = W_L_SCOPE, [TH_LEDGER_BUCKET] = W_L_BUCKET,
		[TH_LEDGER_GAS] = W_L_GAS, [TH_LEDGER_QUANTITY] = W_L_QUANTITY, [TH_LEDGER_UNIT] = W_L_UNIT, [TH_LEDGER_MASS] = W_L_MASS, [TH_LEDGER_GWP] = W_L_GWP,
		[TH_LEDGER_CO2E] = W_L_CO2E, [TH_LEDGER_OURS] = W_X_OURS_KG, [TH_LEDGER_MARKET] = W_X_BY_MARKET, [TH_LEDGER_FACTOR] = W_L_FACTOR,
		[TH_LEDGER_FORMULA] = W_L_FORMULA, [TH_LEDGER_EVIDENCE] = W_L_EVIDENCE, [TH_LEDGER_NOTE] = W_L_NOTE, [TH_LEDGER_REMARK] = W_X_REMARK,
	};
	for (th_ledger_column i = 0; i <= TH_LEDGER_UNIT; i++)
		th_sheet_head(s, i, th_sheet_word(s, i == TH_LEDGER_LINE && s->d->lines->many ? W_X_LINES : head[i]));
	for (size_t i = 0; i < s->terms; i++) {
		th_page named = {.lang = s->words->lang};
		TH_SAY(&named, W_X_TERM, th_fill_integer((long long)i + 1));
		th_sheet_head(s, TH_LEDGER_UNIT + 1 + i, th_buf_view(&named.doc.text));
		s->book->failed |= th_doc_failed(&named.doc);
		th_doc_free(&named.doc);
	}
	for (th_ledger_column i = TH_LEDGER_UNIT + 1; i < TH_LEDGER_COLUMNS; i++)
		th_sheet_head(s, th_ledger_at(s, i), th_sheet_word(s, head[i]));
}

void th_put_ledger_rows(th_sheets *s)
{
	static const unsigned usual[TH_LEDGER_COLUMNS] = {
		[TH_LEDGER_YEAR] = 8, [TH_LEDGER_FILE] = 16, [TH_LEDGER_LINE] = 8, [TH_LEDGER_PERIOD] = 12, [TH_LEDGER_SITE] = 16, [TH_LEDGER_SOURCE] = 20,
		[TH_LEDGER_ACTIVITY] = 24, [TH_LEDGER_SCOPE] = 8, [TH_LEDGER_BUCKET] = 18, [TH_LEDGER_GAS] = 12, [TH_LEDGER_QUANTITY] = 16, [TH_LEDGER_UNIT] = 12,
		[TH_LEDGER_MASS] = 18, [TH_LEDGER_GWP] = 8, [TH_LEDGER_CO2E] = 18, [TH_LEDGER_OURS] = 18, [TH_LEDGER_MARKET] = 22, [TH_LEDGER_FACTOR] = 32,
		[TH_LEDGER_FORMULA] = 60, [TH_LEDGER_EVIDENCE] = 32, [TH_LEDGER_NOTE] = 32, [TH_LEDGER_REMARK] = 24,
	};
	enum { TERM = 12, MOST = TH_LEDGER_COLUMNS + TH_MOST_FORMULA_TERMS + 1 };
	unsigned width[MOST];
	for (th_ledger_column i = 0; i < TH_LEDGER_COLUMNS; i++)
		width[th_ledger_at(s, i)] = usual[i];
	for (size_t i = 0; i < s->terms; i++)
		width[TH_LEDGER_UNIT + 1 + i] = TERM;
	if (!th_sheet_begin(s, W_X_LEDGER, NULL, 0, width, TH_LEDGER_COLUMNS + s->terms))
		return;
	put_heads(s);
	if (s->d->lines->many)
		put_equations(s);
	else
		put_entries(s);
}
