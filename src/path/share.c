/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact products of masses with one rounding. */
#include "path/share.h"

#include "base/digits.h"

/* a x b / c rounded half to even, c > 0; false beyond 2^126. The 256-bit product is divided bit by bit. */
static bool mul_div(u128 a, u128 b, u128 c, u128 *out)
{
	u128 low_mask = ~(uint64_t)0, product, q, rest;
	if (!__builtin_mul_overflow(a, b, &product)) {
		q = product / c;
		rest = product % c;
	} else {
		u128 a0 = a & low_mask, a1 = a >> 64, b0 = b & low_mask, b1 = b >> 64;
		u128 low = a0 * b0, cross = a1 * b0 + (low >> 64); /* cannot overflow: (2^64-1)^2 + 2^64-1 < 2^128 */
		u128 mid = a0 * b1 + (cross & low_mask);
		u128 high = a1 * b1 + (cross >> 64) + (mid >> 64);
		low = mid << 64 | (low & low_mask);
		if (high >= c)
			return false;
		q = 0;
		rest = high;
		for (int bit = 127; bit >= 0; bit--) {
			rest = rest << 1 | (low >> bit & 1); /* rest < c < 2^127 */
			q <<= 1;
			if (rest >= c) {
				rest -= c;
				q |= 1;
			}
		}
	}
	u128 other = c - rest;
	q += rest > other || (rest == other && (q & 1));
	*out = q;
	return q >> 126 == 0;
}

bool th_share_of(const th_share *share, th_mass of, th_mass *out)
{
	uint32_t num = share->num == share->den ? 1 : share->num, den = share->num == share->den ? 1 : share->den;
	th_mass part, whole;
	u128 result;
	if (__builtin_mul_overflow(share->part, (th_mass)num, &part) || __builtin_mul_overflow(share->whole, (th_mass)den, &whole))
		return false;
	if (!mul_div(th_magnitude(of), th_magnitude(part), th_magnitude(whole), &result))
		return false;
	*out = of < 0 ? -(th_mass)result : (th_mass)result;
	return true;
}

static bool times(th_mass of, th_decimal factor, int32_t exp, th_mass *out)
{
	u128 size = th_magnitude(of);
	th_ratio r = th_ratio_one();
	r.num[0] = (uint64_t)size;
	r.num[1] = (uint64_t)(size >> 64);
	r.negative = of < 0;
	th_ratio_mul(&r, factor);
	r.exp += exp - TH_MASS_SCALE;
	return th_ratio_round(&r, out);
}

bool th_mass_times(th_mass of, th_decimal factor, th_mass *out)
{
	return times(of, factor, 0, out);
}

bool th_mass_grow(th_mass of, th_decimal percent, th_mass *out)
{
	th_decimal sum;
	return th_decimal_add(th_decimal_int(100), percent, &sum) && times(of, sum, -2, out);
}
