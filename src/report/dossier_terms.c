/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The multipliers of an equation as cells that compute: a factor's number refers to the sheet of factors, the others stand as they were written. */
#include "report/sheets.h"

#include "base/list.h"
#include "base/print.h"
#include "base/transcendental.h"

enum { NUMBER = 40 };

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
static bool is_plain(th_slice text, double *value)
{
	size_t at = 0;
	double second;
	if (!read_number(text, &at, value))
		return false;
	if (at == text.len)
		return true;
	char sign = text.ptr[at++];
	if ((sign != '/' && sign != '-') || !read_number(text, &at, &second) || at != text.len)
		return false;
	*value = sign == '/' ? *value / second : *value - second;
	return true;
}

/* A number in any other way of writing it: `1,900`, `1e-3`. */
static bool is_number(th_slice text, th_decimal *value)
{
	unsigned notes;
	return th_number_parse(text, value, &notes) == TH_NUM_OK;
}

static bool read_value(const th_formula_term *term, double *value)
{
	th_decimal number;
	if (is_plain(term->value, value))
		return true;
	if (!is_number(term->value, &number))
		return false;
	*value = th_decimal_double(number);
	return true;
}

double th_sheet_value(const th_formula_term *term)
{
	double value = 0;
	(void)read_value(term, &value);
	return value;
}

void th_sheet_put_value(th_sheets *s, const th_formula_term *term)
{
	double value;
	th_decimal number;
	if (is_plain(term->value, &value))
		th_buf_slice(&s->text, term->value);
	else if (is_number(term->value, &number))
		th_put_decimal(&s->text, number);
}

static bool is_percent(const th_formula_term *term)
{
	return th_slice_eq(term->unit, TH_S("%"));
}

bool th_sheet_term(const th_formula_term *term, double *value)
{
	if (!read_value(term, value))
		return false;
	*value = is_percent(term) ? *value / 100 : *value;
	if (term->form == TH_TERM_DECAY)
		*value = th_exp(-*value * (term->year - 1)) - th_exp(-*value * term->year);
	*value = term->form == TH_TERM_REST ? 1 - *value : term->form == TH_TERM_MORE ? 1 + *value : *value;
	return true;
}

/* --- factors --- */

static const th_factor *factor_of(const th_dossier_line *l, const th_formula_term *term)
{
	return term->origin != TH_FROM_FACTOR ? NULL : term->row ? term->row : l->factor;
}

static uint32_t add_factor(th_sheets *s, const th_factor *factor, const th_formula_term *term)
{
	uint32_t row = th_intern_add(&s->factor_key, th_buf_view(&s->text));
	if (row == TH_NONE || row < s->factors)
		return row;
	th_sheet_factor *grown = th_grown(s->factor, s->factors, sizeof *grown);
	if (!grown)
		return TH_NONE;
	s->factor = grown;
	grown[s->factors++] = (th_sheet_factor){factor, term};
	return row;
}

/* Of a factor's number: which row of the sheet of factors. TH_NONE: of none. */
static uint32_t factor_row(th_sheets *s, const th_dossier_line *l, const th_formula_term *term)
{
	const th_factor *factor = factor_of(l, term);
	if (!factor)
		return TH_NONE;
	th_buf_clear(&s->text);
	th_buf_add(&s->text, &factor, sizeof factor);
	const th_slice part[] = {th_slice_of(term->name), term->value, term->unit};
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		th_buf_slice(&s->text, part[i]);
		th_buf_char(&s->text, '\0');
	}
	uint32_t row = s->text.failed ? TH_NONE : add_factor(s, factor, term);
	th_buf_clear(&s->text);
	s->book->failed |= row == TH_NONE;
	return row;
}

/* The number, or where it stands. */
static void put_number(th_sheets *s, uint32_t factor, const th_formula_term *term)
{
	if (factor == TH_NONE)
		th_sheet_put_value(s, term);
	else {
		th_sheet_put_name(s, W_X_FACTORS);
		th_sheet_put_fixed(s, TH_FACTOR_VALUE, (size_t)factor + 1);
	}
}

void th_sheet_put_term(th_sheets *s, size_t row, size_t column, const th_dossier_line *l, const th_formula_term *term)
{
	double value;
	if (!th_sheet_term(term, &value)) {
		th_sheet_text(s->book, row, column, term->value);
		return;
	}
	uint32_t factor = factor_row(s, l, term);
	if (term->form == TH_TERM_DECAY) {
		th_buf_str(&s->text, "=EXP(-");
		put_number(s, factor, term);
		th_buf_printf(&s->text, "*%d)-EXP(-", term->year - 1);
		put_number(s, factor, term);
		th_buf_printf(&s->text, "*%d)", term->year);
	} else {
		th_buf_str(&s->text, term->form == TH_TERM_REST ? "=(1-" : term->form == TH_TERM_MORE ? "=(1+" : "=(");
		put_number(s, factor, term);
		th_buf_str(&s->text, is_percent(term) ? "/100)" : ")");
	}
	th_sheet_formula(s, row, column, value);
}
