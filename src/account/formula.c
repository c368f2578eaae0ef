/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/formula.h"

#include "base/digits.h"

void th_formula_begin(th_formula *f, const th_units *units, th_arena *arena, const th_unit *unit, th_slice unit_text)
{
	f->units = units;
	f->arena = arena;
	f->product = th_ratio_one();
	f->at = *unit;
	f->at_text = unit_text;
	f->terms = 0; /* which are many, and made for each gas of each kind of line: not cleared */
	f->failed = false;
}

static void add(th_formula *f, th_formula_term term)
{
	if (f->terms == TH_MOST_FORMULA_TERMS)
		f->product.overflow = true; /* no equation is so long: units beyond all measure */
	else
		f->term[f->terms++] = term;
}

/* --- conversions --- */

/* Add a term whose text is made here. */
static void add_text(th_formula *f, th_formula_term term, th_buf *text)
{
	term.value = text->failed ? (th_slice){NULL, 0} : th_arena_copy(f->arena, th_buf_view(text));
	f->failed |= !term.value.ptr;
	th_buf_free(text);
	add(f, term);
}

static bool is_one(const th_unit *u)
{
	return u->num == 1 && u->den == 1 && u->exp == 0;
}

static void add_conversion(th_formula *f, const th_unit *c)
{
	th_buf text = {0};
	if (is_one(c))
		return;
	th_ratio_mul_unit(&f->product, c);
	th_put_digits(&text, c->num, c->exp);
	if (c->den != 1) {
		th_buf_char(&text, '/');
		th_put_digits(&text, c->den, 0);
	}
	add_text(f, (th_formula_term){.name = "conversion", .origin = TH_FROM_UNITS}, &text);
}

/* A unit at a temperature holds its 273.15/293.15: that stands apart, as written in the gas law, if what is left is a plain number then.
 * `up`: the unit is multiplied by, not divided. */
static bool take_condition(th_formula *f, th_unit *c, th_slice text, bool up)
{
	th_decimal zero, kelvin;
	th_unit rest = *c;
	if (c->den == 1 || text.len == 0 || !th_unit_condition(text, &zero, &kelvin))
		return false;
	th_decimal above = up ? zero : kelvin, below = up ? kelvin : zero;
	th_unit_scale(&rest, (uint64_t)below.mant, (uint64_t)above.mant, below.exp - above.exp);
	if (rest.num == 0 || rest.den != 1)
		return false;
	th_buf words = {0};
	th_put_decimal(&words, above);
	th_buf_char(&words, '/');
	th_put_decimal(&words, below);
	th_ratio_mul(&f->product, above);
	th_ratio_mul_int(&f->product, 1, (uint64_t)below.mant, -below.exp);
	add_text(f, (th_formula_term){.name = "condition", .origin = TH_FROM_UNITS}, &words);
	*c = rest;
	return true;
}

/* From the unit that the product stands in to another one of its dimension: the number alone, the caller sets f->at. */
static void convert(th_formula *f, const th_unit *to, th_slice to_text)
{
	th_unit c = f->at;
	th_unit_div(&c, to);
	if (c.num == 0) { /* too much for one number: there and back */
		th_unit back = th_unit_one();
		th_unit_div(&back, to);
		add_conversion(f, &f->at);
		f->product.overflow |= back.num == 0;
		add_conversion(f, &back);
		return;
	}
	if (!take_condition(f, &c, f->at_text, true))
		(void)take_condition(f, &c, to_text, false);
	add_conversion(f, &c);
}

/* The unit's value becomes a conversion; it stays a dimension. */
static void level(th_formula *f)
{
	th_unit plain = f->at;
	plain.num = plain.den = 1;
	plain.exp = 0;
	convert(f, &plain, (th_slice){"", 0});
	f->at = plain;
}

/* What stands before the first slash (also a full-width one) outside parentheses. */
static bool numerator(const th_units *units, th_slice text, th_unit *out)
{
	int depth = 0;
	th_slice at;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		depth += (c == '(') - (c == ')');
		if (depth == 0 && (c == '/' || (text.len - i >= 3 && memcmp(text.ptr + i, "\xEF\xBC\x8F", 3) == 0)))
			return th_unit_parse(units, (th_slice){text.ptr, i}, out, &at) == TH_UNIT_OK;
	}
	return false;
}

/* The product, in a/b, meets a term in c/d: over to d, and on from c. Where they do not meet (a charge by a rate per year), units multiply. */
static void meet(th_formula *f, const th_unit *unit, th_slice unit_text, const th_unit *lower)
{
	th_unit upper = *unit, below;
	if (lower)
		th_unit_mul(&upper, lower);
	else if (numerator(f->units, unit_text, &upper)) {
		below = upper;
		th_unit_div(&below, unit);
		lower = &below;
	}
	if (lower && lower->num && upper.num && th_unit_same_dimension(&f->at, lower)) {
		convert(f, lower, unit_text);
		f->at = upper;
		f->at_text = (th_slice){"", 0};
		return;
	}
	th_unit both = f->at;
	th_unit_mul(&both, unit);
	if (both.num == 0) {
		level(f);
		both = f->at;
		th_unit_mul(&both, unit);
	}
	f->product.overflow |= both.num == 0;
	f->at = both;
}

/* --- terms --- */

void th_formula_times(th_formula *f, th_formula_term term, th_decimal value, const th_unit *unit, const th_unit *lower)
{
	if (unit && (lower || !th_unit_is_number(unit))) /* of a mass per mass, too, it matters which */
		meet(f, unit, term.unit, lower);
	else if (unit && unit->num == 1 && unit->den == 1 && unit->exp == -2) {
		term.unit = TH_S("%");
		th_ratio_mul_unit(&f->product, unit);
	} else if (unit)
		add_conversion(f, unit);
	th_ratio_mul(&f->product, value);
	add(f, term);
}

void th_formula_unit(th_formula *f, const th_unit *unit, th_slice unit_text, const th_unit *lower)
{
	meet(f, unit, unit_text, lower);
}

void th_formula_constant(th_formula *f, const char *name, unsigned num, unsigned den)
{
	th_buf text = {0};
	th_buf_printf(&text, "%u/%u", num, den);
	th_ratio_mul_int(&f->product, num, den, 0);
	add_text(f, (th_formula_term){.name = name, .origin = TH_FROM_EQUATION}, &text);
}

void th_formula_percent(th_formula *f, const char *name, th_decimal percent)
{
	th_buf text = {0};
	th_put_decimal(&text, percent);
	th_ratio_mul(&f->product, percent);
	th_ratio_mul_int(&f->product, 1, 100, 0);
	add_text(f, (th_formula_term){.name = name, .unit = TH_S("%"), .origin = TH_FROM_EQUATION}, &text);
}

void th_formula_years(th_formula *f, uint64_t num, uint64_t den, const th_unit *year)
{
	th_buf text = {0};
	th_buf_printf(&text, "%llu/%llu", (unsigned long long)num, (unsigned long long)den);
	th_unit_mul(&f->at, year);
	f->product.overflow |= f->at.num == 0;
	th_ratio_mul_int(&f->product, num, den, 0);
	add_text(f, (th_formula_term){.name = "period", .unit = TH_S("a"), .origin = TH_FROM_CELL}, &text);
}

void th_formula_condition(th_formula *f, const th_unit *volume, const th_unit *condition, th_slice words)
{
	th_buf at = {0};
	th_unit_div(&f->at, volume);
	th_unit_mul(&f->at, condition);
	f->product.overflow |= f->at.num == 0;
	th_buf_char(&at, '@');
	th_buf_slice(&at, words);
	f->at_text = at.failed ? (th_slice){NULL, 0} : th_arena_copy(f->arena, th_buf_view(&at));
	f->failed |= !f->at_text.ptr;
	th_buf_free(&at);
}

void th_formula_end(th_formula *f, const th_unit *kg)
{
	convert(f, kg, (th_slice){"", 0});
	f->at = *kg;
}

/* --- in words --- */

static void put_value(th_buf *buf, const th_formula_term *t)
{
	if (t->named) {
		th_buf_str(buf, t->name);
		th_buf_char(buf, ' ');
	}
	th_buf_slice(buf, t->value);
	if (t->unit.len && !th_slice_eq(t->unit, TH_S("%")))
		th_buf_char(buf, ' ');
	th_buf_slice(buf, t->unit);
}

void th_put_formula(th_buf *buf, const th_formula_term *term, size_t terms)
{
	static const char *const open[] = {[TH_TERM] = "", [TH_TERM_REST] = "(1 - ", [TH_TERM_MORE] = "(1 + ", [TH_TERM_INNER] = "(",
	                                   [TH_TERM_DECAY] = "(exp(-k (n - 1)) - exp(-k n)), "};
	for (size_t i = 0; i < terms; i++) {
		const th_formula_term *t = &term[i];
		th_buf_str(buf, " × ");
		th_buf_str(buf, open[t->form]);
		put_value(buf, t);
		if (t->form == TH_TERM_DECAY)
			th_buf_printf(buf, ", n %d", t->year);
		else if (t->form != TH_TERM)
			th_buf_char(buf, ')');
	}
}
