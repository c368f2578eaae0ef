/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/unit.h"

#include <stdlib.h>

#include "base/digits.h"
#include "reference/unit_table.h"

enum { MAX_EXP = 99 }; /* keeps any product of a quantity and a few units inside th_ratio's powers of ten */

th_unit th_unit_one(void)
{
	return (th_unit){.num = 1, .den = 1};
}

/* The one way to write a value: lowest terms, 2 and 5 only in the numerator, 10 only in the exponent. */
static void set_value(th_unit *unit, u128 num, u128 den, int exp)
{
	u128 common = th_gcd(num, den);
	unit->num = 0;
	unit->den = 1;
	unit->exp = 0;
	if (common == 0)
		return;
	num /= common;
	den /= common;
	for (; den % 2 == 0; den /= 2, num *= 5, exp--)
		if (num > ~(u128)0 / 5)
			return;
	for (; den % 5 == 0; den /= 5, num *= 2, exp--)
		if (num > ~(u128)0 / 2)
			return;
	for (; num % 10 == 0 && num; num /= 10)
		exp++;
	if (num > UINT64_MAX || den > UINT64_MAX || exp > MAX_EXP || exp < -MAX_EXP)
		return;
	unit->num = (uint64_t)num;
	unit->den = (uint64_t)den;
	unit->exp = exp;
}

void th_unit_scale(th_unit *unit, uint64_t num, uint64_t den, int exp)
{
	set_value(unit, (u128)unit->num * num, (u128)unit->den * den, unit->exp + exp);
}

/* Adds `sign` times the dimensions of b; false beyond what a dimension can hold. */
static bool add_dimensions(th_unit *a, const th_unit *b, int sign)
{
	for (size_t i = 0; i < TH_DIMS; i++) {
		int sum = a->dim[i] + sign * b->dim[i];
		if (sum < INT8_MIN || sum > INT8_MAX)
			return false;
		a->dim[i] = (int8_t)sum;
	}
	if (a->note == 0)
		a->note = b->note;
	return true;
}

void th_unit_mul(th_unit *a, const th_unit *b)
{
	uint64_t num = add_dimensions(a, b, 1) ? b->num : 0;
	th_unit_scale(a, num, b->den, b->exp);
}

void th_unit_div(th_unit *a, const th_unit *b)
{
	/* A unit that did not fit (num 0) makes the quotient one that does not fit, never a division by zero. */
	if (add_dimensions(a, b, -1) && b->num)
		th_unit_scale(a, b->den, b->num, -b->exp);
	else
		th_unit_scale(a, 0, 1, 0);
}

bool th_unit_same_dimension(const th_unit *a, const th_unit *b)
{
	return memcmp(a->dim, b->dim, sizeof a->dim) == 0;
}

bool th_unit_is_number(const th_unit *unit)
{
	th_unit one = th_unit_one();
	return th_unit_same_dimension(unit, &one);
}

void th_ratio_mul_unit(th_ratio *r, const th_unit *unit)
{
	th_ratio_mul_int(r, unit->num, unit->den, unit->exp);
}

void th_ratio_div_unit(th_ratio *r, const th_unit *unit)
{
	th_ratio_mul_int(r, unit->den, unit->num, -unit->exp);
}

bool th_unit_count(th_decimal number, const th_unit *unit, const th_unit *like, th_decimal *out)
{
	th_ratio r = th_ratio_one();
	th_mass count;
	int exp = -TH_MASS_SCALE;
	th_ratio_mul(&r, number);
	th_ratio_mul_unit(&r, unit);
	th_ratio_div_unit(&r, like);
	if (!th_ratio_round(&r, &count))
		return false;
	for (; count && count % 10 == 0; exp++)
		count /= 10;
	*out = count ? (th_decimal){(int64_t)count, exp} : th_decimal_int(0);
	return th_digit_count(th_magnitude(count)) <= 18;
}

/* `area` for length 2; `gas volume (Nm3)`: a name of two words is told with its unit, which is what is new to a reader. */
static void put_dimension(const th_units *units, size_t i, int power, th_buf *out)
{
	th_slice name = th_intern_text(&units->dimensions, (uint32_t)i), base = units->base[i];
	bool two_words = false, same = base.len == name.len;
	if (th_slice_eq(name, TH_S("length")) && (power == 2 || power == 3)) {
		th_buf_str(out, power == 2 ? "area" : "volume");
		return;
	}
	for (size_t k = 0; k < name.len; k++) {
		char c = name.ptr[k] == '-' ? ' ' : name.ptr[k];
		two_words |= c == ' ';
		same = same && base.ptr[k] == c;
		th_buf_char(out, c);
	}
	if (two_words && !same) {
		th_buf_str(out, " (");
		th_buf_slice(out, base);
		th_buf_char(out, ')');
	}
	if (power != 1)
		th_buf_printf(out, "^%d", power);
}

void th_unit_dimension(const th_units *units, const th_unit *unit, th_buf *out)
{
	size_t above = 0, below = 0, done = 0;
	for (size_t i = 0; i < TH_DIMS; i++) {
		above += unit->dim[i] > 0;
		below += unit->dim[i] < 0;
	}
	if (above == 0)
		th_buf_str(out, below ? "1" : "number");
	for (size_t i = 0; i < TH_DIMS; i++)
		if (unit->dim[i] > 0) {
			th_buf_str(out, done++ ? " " : "");
			put_dimension(units, i, unit->dim[i], out);
		}
	if (below)
		th_buf_str(out, below > 1 ? "/(" : "/");
	done = 0;
	for (size_t i = 0; i < TH_DIMS; i++)
		if (unit->dim[i] < 0) {
			th_buf_str(out, done++ ? " " : "");
			put_dimension(units, i, -unit->dim[i], out);
		}
	if (below > 1)
		th_buf_char(out, ')');
}

bool th_unit_has_tag(const th_units *units, const th_unit *unit)
{
	for (size_t i = 0; i < TH_DIMS; i++)
		if (unit->dim[i] && units->is_tag[i])
			return true;
	return false;
}

th_slice th_unit_note(const th_units *units, const th_unit *unit, th_lang lang)
{
	if (unit->note == 0 || unit->note > units->rows)
		return (th_slice){"", 0};
	const th_unit_row *row = &units->row[unit->note - 1];
	th_slice wanted = lang == TH_LANG_ZH ? row->note_zh : row->note_en;
	return wanted.len ? wanted : lang == TH_LANG_ZH ? row->note_en : row->note_zh;
}

int th_unit_exponent(const th_units *units, const th_unit *unit, const char *dimension)
{
	uint32_t i = th_intern_find(&units->dimensions, th_slice_of(dimension));
	return i == TH_NONE ? 0 : unit->dim[i];
}
