/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exact products: wide integers, ratios, and the one rounding at the end. */

#include <math.h>

#include "base/digits.h"

/* --- wide integers: little-endian limbs --- */

static bool wide_is_zero(const uint64_t *w)
{
	for (int i = 0; i < TH_WIDE; i++)
		if (w[i])
			return false;
	return true;
}

static bool wide_mul(uint64_t *w, uint64_t by)
{
	u128 carry = 0;
	for (int i = 0; i < TH_WIDE; i++) {
		carry += (u128)w[i] * by;
		w[i] = (uint64_t)carry;
		carry >>= 64;
	}
	return carry == 0;
}

static bool wide_mul_wide(uint64_t *w, const uint64_t *by)
{
	uint64_t product[TH_WIDE] = {0};
	for (int i = 0; i < TH_WIDE; i++) {
		u128 carry = 0;
		if (by[i] == 0)
			continue;
		for (int k = 0; k < TH_WIDE; k++) {
			if (i + k >= TH_WIDE) {
				if (w[k] != 0 || carry != 0)
					return false;
				continue;
			}
			carry += (u128)w[k] * by[i] + product[i + k];
			product[i + k] = (uint64_t)carry;
			carry >>= 64;
		}
		if (carry)
			return false;
	}
	memcpy(w, product, sizeof product);
	return true;
}

static int wide_cmp(const uint64_t *a, const uint64_t *b)
{
	for (int i = TH_WIDE; i-- > 0;)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

static int wide_bits(const uint64_t *w)
{
	for (int i = TH_WIDE; i-- > 0;)
		if (w[i])
			return i * 64 + 64 - __builtin_clzll(w[i]);
	return 0;
}

static bool wide_shift_in(uint64_t *w, unsigned bit)
{
	bool lost = w[TH_WIDE - 1] >> 63;
	for (int i = TH_WIDE; i-- > 1;)
		w[i] = w[i] << 1 | w[i - 1] >> 63;
	w[0] = w[0] << 1 | bit;
	return !lost;
}

static void wide_sub(uint64_t *a, const uint64_t *b)
{
	unsigned long long borrow = 0;
	for (int i = 0; i < TH_WIDE; i++) {
		u128 take = (u128)b[i] + borrow;
		borrow = a[i] < take;
		a[i] = (uint64_t)((u128)a[i] - take);
	}
}

static u128 wide_low(const uint64_t *w)
{
	return (u128)w[1] << 64 | w[0];
}

/* The same of numbers of at most 126 bits. */
static bool divide(u128 num, u128 den, u128 *quotient)
{
	u128 q = num / den, twice = num % den * 2;
	*quotient = q + (twice > den || (twice == den && (q & 1)));
	return *quotient >> 126 == 0;
}

/* num / den rounded half to even by long division, bit by bit; false when the quotient exceeds 126 bits. */
static bool wide_divide(const uint64_t *num, const uint64_t *den, u128 *quotient)
{
	if (wide_bits(num) <= 126 && wide_bits(den) <= 126 && wide_low(den))
		return divide(wide_low(num), wide_low(den), quotient);
	uint64_t rest[TH_WIDE] = {0};
	u128 q = 0;
	for (int bit = wide_bits(num); bit-- > 0;) {
		if (!wide_shift_in(rest, num[bit / 64] >> (bit % 64) & 1) || q >> 126)
			return false;
		q <<= 1;
		if (wide_cmp(rest, den) >= 0) {
			wide_sub(rest, den);
			q |= 1;
		}
	}
	if (!wide_shift_in(rest, 0))
		return false;
	int half = wide_cmp(rest, den);
	q += half > 0 || (half == 0 && (q & 1));
	*quotient = q;
	return q >> 126 == 0;
}

/* --- ratios --- */

th_ratio th_ratio_one(void)
{
	th_ratio r = {0};
	r.num[0] = r.den[0] = 1;
	return r;
}

void th_ratio_mul_int(th_ratio *r, uint64_t num, uint64_t den, int32_t exp)
{
	if (!wide_mul(r->num, num) || !wide_mul(r->den, den))
		r->overflow = true;
	r->exp += exp;
}

void th_ratio_mul_mass(th_ratio *r, th_mass num, th_mass den)
{
	uint64_t by[2][TH_WIDE] = {{0}, {0}};
	const th_mass of[2] = {num, den};
	for (size_t i = 0; i < 2; i++) {
		u128 size = th_magnitude(of[i]);
		by[i][0] = (uint64_t)size;
		by[i][1] = (uint64_t)(size >> 64);
	}
	r->negative ^= (num < 0) != (den < 0);
	r->overflow |= !wide_mul_wide(r->num, by[0]) || !wide_mul_wide(r->den, by[1]);
}

void th_ratio_mul(th_ratio *r, th_decimal factor)
{
	r->negative ^= factor.mant < 0;
	th_ratio_mul_int(r, (uint64_t)th_magnitude(factor.mant), 1, factor.exp);
}

static bool wide_scale(uint64_t *w, int tens)
{
	for (; tens >= 19; tens -= 19)
		if (!wide_mul(w, 10000000000000000000u))
			return false;
	return wide_mul(w, (uint64_t)th_ten_to(tens));
}

static bool round_scaled(const th_ratio *r, int scale, u128 *out)
{
	th_ratio work = *r;
	int exp = r->exp + scale;
	if (r->overflow || exp > 300 || exp < -300)
		return false;
	if (wide_is_zero(work.num)) {
		*out = 0;
		return true;
	}
	if (!wide_scale(exp < 0 ? work.den : work.num, exp < 0 ? -exp : exp))
		return false;
	return wide_divide(work.num, work.den, out);
}

bool th_ratio_round(const th_ratio *r, th_mass *out)
{
	u128 q;
	if (!round_scaled(r, TH_MASS_SCALE, &q))
		return false;
	*out = r->negative ? -(th_mass)q : (th_mass)q;
	return true;
}

bool th_coef_make(th_coef *coef, const th_ratio *ratio, th_arena *arena)
{
	if (ratio->overflow)
		return false;
	*coef = (th_coef){.negative = ratio->negative};
	if (wide_bits(ratio->num) <= 126 && wide_bits(ratio->den) <= 126) {
		u128 num = wide_low(ratio->num), den = wide_low(ratio->den), a = num, b = den;
		int exp = ratio->exp;
		while (b) {
			u128 rest = a % b;
			a = b;
			b = rest;
		}
		num /= a;
		den /= a;
		for (; num && num % 10 == 0; exp++)
			num /= 10;
		for (; den % 10 == 0; exp--)
			den /= 10;
		if (num >> 63 == 0 && den >> 63 == 0) {
			coef->num = (uint64_t)num;
			coef->den = (uint64_t)den;
			coef->exp = exp;
			return true;
		}
	}
	th_ratio *copy = th_arena_alloc(arena, 1, sizeof *copy);
	if (!copy)
		return false;
	*copy = *ratio;
	coef->exact = copy;
	return true;
}

bool th_coef_keep(th_coef *coef, th_arena *arena)
{
	if (coef->den)
		return true;
	th_ratio *copy = th_arena_alloc(arena, 1, sizeof *copy);
	if (copy)
		*copy = *coef->exact;
	coef->exact = copy;
	return copy != NULL;
}

static bool apply_exactly(const th_coef *coef, th_decimal value, th_mass *out)
{
	th_ratio r;
	if (coef->den)  {
		r = th_ratio_one();
		th_ratio_mul_int(&r, coef->num, coef->den, coef->exp);
		r.negative = coef->negative;
	} else
		r = *coef->exact;
	th_ratio_mul(&r, value);
	return th_ratio_round(&r, out);
}

/* num / den, half to even. What fits 64 bits, or has a high half below the divisor, takes one division of the processor's; the library's takes
 * many steps. */
static inline u128 divide_even(u128 num, u128 den)
{
	u128 q, rest;
	if (num >> 64 == 0 && den >> 64 == 0) {
		q = (uint64_t)num / (uint64_t)den;
		rest = (uint64_t)num % (uint64_t)den;
	} else {
		q = num / den;
		rest = num - q * den;
	}
	return q + (rest > den - rest || (rest == den - rest && (q & 1)));
}

bool th_coef_apply(const th_coef *coef, th_decimal value, th_mass *out)
{
	int exp = value.exp + coef->exp + TH_MASS_SCALE;
	if (coef->den == 0 || exp < -18 || exp > 36)
		return apply_exactly(coef, value, out);
	u128 product = th_magnitude(value.mant) * coef->num, divisor = coef->den, scaled;
	if (exp >= 0) {
		if (__builtin_mul_overflow(product, th_ten_to(exp), &scaled) || scaled >> 126)
			return apply_exactly(coef, value, out);
		product = scaled;
	} else
		divisor *= th_ten_to(-exp); /* below 2^63 x 10^18 < 2^123 */
	u128 q = divisor == 1 ? product : divide_even(product, divisor);
	*out = (value.mant < 0) != coef->negative ? -(th_mass)q : (th_mass)q;
	return true;
}

static double wide_double(const uint64_t *w)
{
	double value = 0;
	for (int i = TH_WIDE; i-- > 0;)
		value = value * 18446744073709551616.0 + (double)w[i];
	return value;
}

void th_put_mass_quotient(th_buf *buf, th_mass mass, int shift, const th_ratio *divisor, int digits)
{
	th_ratio r = th_ratio_one();
	u128 value = th_magnitude(mass);
	r.num[0] = (uint64_t)value;
	r.num[1] = (uint64_t)(value >> 64);
	r.exp = -TH_MASS_SCALE - shift - divisor->exp;
	r.overflow = divisor->overflow || !wide_mul_wide(r.num, divisor->den) || !wide_mul_wide(r.den, divisor->num);
	/* Start from the size that double arithmetic gives and correct it by one where it was wrong. */
	double size = th_scale_double(wide_double(r.num) / wide_double(r.den), r.exp);
	if (r.overflow || !isfinite(size))
		return;
	int scale = digits - 1;
	for (; size >= 10; size /= 10)
		scale--;
	for (; size > 0 && size < 1; size *= 10)
		scale++;
	u128 q = 0;
	for (int attempt = 0; attempt < 3 && value; attempt++) {
		if (!round_scaled(&r, scale, &q))
			return;
		int got = th_digit_count(q);
		if (got == digits || (got == digits + 1 && q == th_ten_to(digits)))
			break;
		scale += digits - got;
	}
	if ((mass < 0) != divisor->negative && q)
		th_buf_char(buf, '-');
	th_put_digits(buf, q, -scale);
}

th_ratio th_mass_ratio(th_mass mass)
{
	th_ratio r = th_ratio_one();
	unsigned __int128 size = mass < 0 ? -(unsigned __int128)mass : (unsigned __int128)mass;
	r.num[0] = (uint64_t)size;
	r.num[1] = (uint64_t)(size >> 64);
	r.exp = -TH_MASS_SCALE;
	r.negative = mass < 0;
	return r;
}

bool th_put_percent(th_buf *buf, th_mass part, th_mass whole, bool plus)
{
	if (whole <= 0)
		return false;
	th_ratio share = th_mass_ratio(part), divisor = th_mass_ratio(whole);
	memcpy(share.den, divisor.num, sizeof share.den);
	share.exp = 3 - TH_MASS_SCALE; /* th_ratio_round scales by 10^9: rounded once, to whole per mille */
	th_mass mille;
	if (!th_ratio_round(&share, &mille))
		return false;
	if (plus && mille > 0)
		th_buf_char(buf, '+');
	th_put_mass_rounded(buf, mille * 100000000, 0, 1, true); /* 1e-9 x 10^8 = 0.1 */
	th_buf_str(buf, " %");
	return true;
}
