/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loops of a kernel, included by each after its `words_of` and what the compiler is told of the processor. Written so that a compiler
 * turns them into vectors; none of them adds across numbers. */

#include <math.h>
#include <string.h>

#include "uncertainty/kernel.h"

static inline void shares_of(const uint32_t *restrict word, double *restrict out)
{
	for (int j = 0; j < TH_HALF; j++)
		out[j] = (j + 0.5 + ((int32_t)word[j] * 0x1p-32 + 0x1p-33)) / TH_STRATA;
	for (int j = 0; j < TH_HALF; j++)
		out[TH_HALF + j] = 1 - (j + 0.5 + ((int32_t)word[TH_HALF + j] * 0x1p-32 + 0x1p-33)) / TH_STRATA;
}

static inline void scores_of(const th_quantiles *restrict table, const uint32_t *restrict word, double *restrict out)
{
	for (int j = 0; j < TH_HALF; j++) {
		double s = (int32_t)word[j] * 0x1p-32 + 0x1p-33, t = (int32_t)word[TH_HALF + j] * 0x1p-32 + 0x1p-33;
		double x = table->row[TH_COEFFICIENTS - 1][j], y = x;
#pragma GCC unroll 8
		for (int k = TH_COEFFICIENTS - 2; k >= 0; k--) {
			x = x * s + table->row[k][j];
			y = y * t + table->row[k][j];
		}
		out[j] = x;
		out[TH_HALF + j] = -y;
	}
	out[0] = th_normal_at((0.5 + ((int32_t)word[0] * 0x1p-32 + 0x1p-33)) / TH_STRATA);
	out[TH_HALF] = -th_normal_at((0.5 + ((int32_t)word[TH_HALF] * 0x1p-32 + 0x1p-33)) / TH_STRATA);
}

static inline void line_of(double *restrict x, double a, double b)
{
	for (int i = 0; i < TH_STRATA; i++)
		x[i] = a + b * x[i];
}

/* exp x = 2^k exp r, |r| <= ln 2 / 2, by its series up to r^13 / 13!, which leaves 1 part in 10^17; for |x| <= 708, within normal numbers. */
static inline double power_of(double x)
{
	double shifted = x * 1.44269504088896340736 + 0x1.8p52, k = shifted - 0x1.8p52;
	double r = (x - k * 6.93145751953125e-1) - k * 1.42860682030941723212e-6;
	double q = r * r, even = 1.0 / 479001600, odd = 1.0 / 6227020800; /* two sums, which do not wait for each other */
	even = even * q + 1.0 / 3628800;
	odd = odd * q + 1.0 / 39916800;
	even = even * q + 1.0 / 40320;
	odd = odd * q + 1.0 / 362880;
	even = even * q + 1.0 / 720;
	odd = odd * q + 1.0 / 5040;
	even = even * q + 1.0 / 24;
	odd = odd * q + 1.0 / 120;
	even = even * q + 0.5;
	odd = odd * q + 1.0 / 6;
	double p = 1 + (r * (1 + odd * q) + even * q);
	uint64_t bits, times;
	memcpy(&times, &shifted, sizeof times);
	memcpy(&bits, &p, sizeof bits);
	bits += times << 52;
	memcpy(&p, &bits, sizeof p);
	return p;
}

static inline void powers_of(double *restrict x, double a, double b)
{
	int far = 0;
	for (int i = 0; i < TH_STRATA; i++) {
		x[i] = a + b * x[i];
		far |= fabs(x[i]) > 708;
	}
	for (int i = 0; far && i < TH_STRATA; i++)
		x[i] = x[i] > 708 ? 708 : x[i] < -708 ? -708 : x[i];
	for (int i = 0; i < TH_STRATA; i++)
		x[i] = power_of(x[i]);
}

static inline void add_of(double *restrict sum, double a, const double *restrict x)
{
	for (int i = 0; i < TH_STRATA; i++)
		sum[i] += a * x[i];
}

static inline void add_product_of(double *restrict sum, const double *restrict x, const double *restrict y)
{
	for (int i = 0; i < TH_STRATA; i++)
		sum[i] += x[i] * y[i];
}

static inline void add_square_of(double *restrict square, double a, const double *restrict x)
{
	for (int i = 0; i < TH_STRATA; i++)
		square[i] += a * x[i] * (a * x[i]);
}

static inline void add_both_of(double *restrict sum, double *restrict square, double a, double b, const double *restrict x)
{
	for (int i = 0; i < TH_STRATA; i++) {
		sum[i] += a * x[i];
		square[i] += b * x[i] * (b * x[i]);
	}
}

#define TH_KERNEL(which) {which, words_of, shares_of, scores_of, line_of, powers_of, add_of, add_product_of, add_square_of, add_both_of}
