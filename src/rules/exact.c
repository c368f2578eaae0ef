/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exact fractions of 128 bits. An operation that does not fit says so; nothing is rounded before it is shown. */

#include "base/digits.h"
#include "rules/expr.h"

/* Below 2^120, so that one more decimal digit always fits. */
#define LIMIT ((__int128)1 << 120)

/* num / den in lowest terms; den is not zero. */
static bool make(__int128 num, __int128 den, th_exact *out)
{
	__int128 common = (__int128)th_gcd(th_magnitude(num), th_magnitude(den));
	common = den < 0 ? -common : common;
	*out = common == 1 ? (th_exact){num, den} : (th_exact){num / common, den / common};
	return th_magnitude(out->num) < (u128)LIMIT && out->den < LIMIT;
}

bool th_exact_mul(th_exact a, th_exact b, th_exact *out)
{
	th_exact x, y;
	__int128 num, den;
	/* Cancelling crosswise cannot make anything larger. */
	(void)make(a.num, b.den, &x);
	(void)make(b.num, a.den, &y);
	if (__builtin_mul_overflow(x.num, y.num, &num) || __builtin_mul_overflow(x.den, y.den, &den))
		return false;
	return make(num, den, out);
}

bool th_exact_div(th_exact a, th_exact b, th_exact *out)
{
	th_exact inverse;
	if (b.num == 0)
		return false;
	(void)make(b.den, b.num, &inverse);
	return th_exact_mul(a, inverse, out);
}

bool th_exact_add(th_exact a, th_exact b, th_exact *out)
{
	__int128 common = (__int128)th_gcd((u128)a.den, (u128)b.den), left, right, num, den;
	if (__builtin_mul_overflow(a.num, b.den / common, &left) || __builtin_mul_overflow(b.num, a.den / common, &right))
		return false;
	if (__builtin_mul_overflow(a.den, b.den / common, &den) || __builtin_add_overflow(left, right, &num))
		return false;
	return make(num, den, out);
}

bool th_exact_sub(th_exact a, th_exact b, th_exact *out)
{
	return th_exact_add(a, (th_exact){-b.num, b.den}, out);
}

/* Whole part towards minus infinity; *rest >= 0. */
static __int128 whole_of(__int128 num, __int128 den, __int128 *rest)
{
	__int128 whole = num / den;
	*rest = num % den;
	if (*rest < 0) {
		*rest += den;
		whole--;
	}
	return whole;
}

/* By continued fractions: no product, so nothing overflows. */
int th_exact_cmp(th_exact a, th_exact b)
{
	for (int sign = 1;; sign = -sign) {
		__int128 rest_a, rest_b, whole_a = whole_of(a.num, a.den, &rest_a), whole_b = whole_of(b.num, b.den, &rest_b);
		if (whole_a != whole_b)
			return whole_a < whole_b ? -sign : sign;
		if ((rest_a == 0) | (rest_b == 0))
			return sign * ((rest_a > 0) - (rest_b > 0));
		a = (th_exact){a.den, rest_a};
		b = (th_exact){b.den, rest_b};
	}
}

/* x 10^exp; as many tens at once as a number holds. */
static bool scale(th_exact *x, int exp)
{
	enum { MOST = 36 };
	bool fits = true;
	for (int left = exp < 0 ? -exp : exp; fits && left > 0; left -= MOST) {
		__int128 tens = (__int128)th_ten_to(left < MOST ? left : MOST);
		fits = th_exact_mul(*x, exp < 0 ? (th_exact){1, tens} : (th_exact){tens, 1}, x);
	}
	return fits;
}

bool th_exact_in(th_exact number, const th_unit *unit, th_exact *out)
{
	return th_exact_mul(number, (th_exact){(__int128)unit->den, (__int128)unit->num}, out) && scale(out, -unit->exp);
}

bool th_exact_of(__int128 mant, int exp, const th_unit *unit, th_exact *out)
{
	th_exact value;
	(void)make((__int128)unit->num, (__int128)unit->den, out);
	if (!make(mant, 1, &value) || !th_exact_mul(*out, value, out))
		return false;
	/* Zero of anything is zero, whatever its exponent. */
	return mant == 0 || scale(out, exp + unit->exp);
}

static bool ends(__int128 den)
{
	for (; den % 2 == 0; den /= 2)
		;
	for (; den % 5 == 0; den /= 5)
		;
	return den == 1;
}

bool th_put_exact(th_buf *buf, th_exact number, const th_unit *unit)
{
	enum { ROUNDED = 6, MILLION = 1000000 };
	th_exact shown;
	if (!th_exact_in(number, unit, &shown))
		return false;
	u128 size = th_magnitude(shown.num), den = (u128)shown.den, whole = size / den, rest = size % den;
	th_buf_str(buf, shown.num < 0 ? "-" : "");
	if (ends(shown.den)) {
		th_put_digits(buf, whole, 0);
		th_buf_str(buf, rest ? "." : "");
		for (; rest; rest = rest * 10 % den)
			th_buf_char(buf, (char)('0' + (int)(rest * 10 / den)));
		return true;
	}
	unsigned part = 0;
	for (int i = 0; i < ROUNDED; i++) {
		part = part * 10 + (unsigned)(rest * 10 / den);
		rest = rest * 10 % den;
	}
	part += rest * 2 > den; /* a number that does not end is never just half way */
	th_put_digits(buf, whole + part / MILLION, 0);
	th_buf_printf(buf, ".%06u", part % MILLION);
	return false;
}

/* 14776 as 14,776 */
static void put_grouped(th_buf *buf, u128 whole)
{
	size_t from = buf->len;
	th_put_digits(buf, whole, 0);
	size_t digits = buf->len - from, commas = (digits - (digits > 0)) / 3; /* none were written without memory */
	for (size_t i = 0; i < commas; i++)
		th_buf_char(buf, ',');
	if (buf->failed)
		return;
	char *text = buf->ptr + from;
	for (size_t at = digits, to = digits + commas, run = 0; to > at; run++) {
		if (run == 3) {
			text[--to] = ',';
			run = 0;
		}
		text[--to] = text[--at];
	}
}

void th_put_exact_rounded(th_buf *buf, th_exact number, const th_unit *unit, unsigned places)
{
	th_exact shown;
	if (!th_exact_in(number, unit, &shown))
		return;
	u128 size = th_magnitude(shown.num), den = (u128)shown.den, whole = size / den, rest = size % den;
	unsigned part = 0, one = 1, width = places;
	for (unsigned i = 0; i < places; i++, one *= 10) {
		part = part * 10 + (unsigned)(rest * 10 / den);
		rest = rest * 10 % den;
	}
	bool odd = places ? part % 2 : (unsigned)(whole % 2);
	part += rest * 2 > den || (rest * 2 == den && odd);
	whole += part / one;
	part %= one;
	th_buf_str(buf, shown.num < 0 && (whole || part) ? "-" : "");
	put_grouped(buf, whole);
	for (; part && part % 10 == 0; part /= 10)
		width--;
	if (part)
		th_buf_printf(buf, ".%0*u", (int)width, part);
}

unsigned th_rule_limit_places(const th_rule_limit_result *result)
{
	char place[2][96]; /* 2^120 has 37 digits: no memory is asked for */
	unsigned places = TH_PLACES;
	if (!result->observed.known || !result->required.known || th_exact_cmp(result->observed.number, result->required.number) == 0)
		return places;
	for (; places < TH_PLACES_MOST; places++) {
		th_buf a = {.ptr = place[0], .cap = sizeof place[0]}, b = {.ptr = place[1], .cap = sizeof place[1]};
		th_put_exact_rounded(&a, result->observed.number, &result->limit->unit, places);
		th_put_exact_rounded(&b, result->required.number, &result->limit->unit, places);
		if (!th_slice_eq(th_buf_view(&a), th_buf_view(&b)))
			break;
	}
	return places;
}
