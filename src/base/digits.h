/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_DIGITS_H
#define TH_BASE_DIGITS_H

/* Small arithmetic on whole numbers of 128 bits. */

#include "base/decimal.h"

typedef unsigned __int128 u128;

static inline u128 th_ten_to(int exponent) /* 0..38 */
{
	static const uint64_t small[] = {
		1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u, 100000000u, 1000000000u, 10000000000u, 100000000000u,
		1000000000000u, 10000000000000u, 100000000000000u, 1000000000000000u, 10000000000000000u, 100000000000000000u,
		1000000000000000000u, 10000000000000000000u,
	};
	return exponent < 20 ? small[exponent] : (u128)small[19] * small[exponent - 19];
}

static inline u128 th_magnitude(__int128 value)
{
	return value < 0 ? -(u128)value : (u128)value;
}

/* The greatest common divisor; that of 0 and 0 is 0. Most numbers fit 64 bits, whose division is one instruction. */
static inline u128 th_gcd(u128 a, u128 b)
{
	while (b) {
		if ((a | b) >> 64 == 0) {
			uint64_t x = (uint64_t)a, y = (uint64_t)b;
			while (y) {
				uint64_t rest = x % y;
				x = y;
				y = rest;
			}
			return x;
		}
		u128 rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

int th_digit_count(u128 value);

/* value x 10^exp without exponent; zeros at the end behind the point are dropped. */
void th_put_digits(th_buf *buf, u128 value, int exp);

double th_scale_double(double value, int exp);

#endif
