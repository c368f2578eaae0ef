/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_UNCERTAINTY_NORMAL_H
#define TH_UNCERTAINTY_NORMAL_H

/* The normal distribution's quantiles, by additions, multiplications, divisions and square roots alone, in one order: the same bits on every
 * machine, which no log or exp of a C library promises. */

enum { TH_STRATA = 512, TH_HALF = TH_STRATA / 2, TH_COEFFICIENTS = 8 };

/* The quantile at p, 0 < p < 1: algorithm AS 241, PPND16 (M. J. Wichura, Appl. Stat. 37, 1988), to about 1 part in 10^16. */
double th_normal_at(double p);

/* Between 0 and 1 fall TH_STRATA equal strata. In stratum j < TH_HALF the quantile at (j + 1/2 + s) / TH_STRATA, |s| <= 1/2, is the polynomial
 * of row[.][j] in s, to 1 part in 10^7; but for j = 0, where it has no end and th_normal_at is asked. The upper half mirrors the lower. */
typedef struct th_quantiles {
	double row[TH_COEFFICIENTS][TH_HALF]; /* by power of s */
} th_quantiles;
void th_quantiles_make(th_quantiles *table);

#endif
