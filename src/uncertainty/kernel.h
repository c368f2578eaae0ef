/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_UNCERTAINTY_KERNEL_H
#define TH_UNCERTAINTY_KERNEL_H

/* The inner loops of Monte Carlo, TH_BLOCK numbers at a time, with the instructions that a processor has: kernel_portable.c, kernel_sse2.c,
 * kernel_avx2.c. All are made of kernel_loops.h, whose operations are exact or rounded as IEEE 754 says, each number's in one order, none
 * fused: the same bits with any instructions. */

#include <stdint.h>

#include "io/cpu.h"
#include "uncertainty/normal.h"

/* Whose numbers they are: a dimension has its own in each block. */
typedef struct th_stream {
	uint64_t seed;
	uint32_t dimension, block;
} th_stream;

/* Positions: a block's numbers are drawn one in each stratum. Position j < TH_HALF is stratum j, position TH_HALF + j its mirror, stratum
 * TH_STRATA - 1 - j. */
typedef struct th_kernel {
	const char *name;
	/* Philox at the counters {i, dimension, block, 0} for i < TH_STRATA / 4: word k of counter i is out[k TH_STRATA / 4 + i]. */
	void (*words)(th_stream stream, uint32_t out[TH_STRATA]);
	/* By position: a number between 0 and 1 in the stratum, drawn by its word; and the normal score there. */
	void (*shares)(const uint32_t word[TH_STRATA], double out[TH_STRATA]);
	void (*scores)(const th_quantiles *table, const uint32_t word[TH_STRATA], double out[TH_STRATA]);
	/* x = a + b x; x = exp(a + b x). */
	void (*line)(double x[TH_STRATA], double a, double b);
	void (*powers)(double x[TH_STRATA], double a, double b);
	/* sum += a x; sum += x y; square += (a x)^2 */
	void (*add)(double sum[TH_STRATA], double a, const double x[TH_STRATA]);
	void (*add_product)(double sum[TH_STRATA], const double x[TH_STRATA], const double y[TH_STRATA]);
	void (*add_square)(double square[TH_STRATA], double a, const double x[TH_STRATA]);
	/* sum += a x, square += (b x)^2 */
	void (*add_both)(double sum[TH_STRATA], double square[TH_STRATA], double a, double b, const double x[TH_STRATA]);
} th_kernel;

#ifdef TH_CPU_X86
extern const th_kernel th_kernel_sse2, th_kernel_avx2;
#endif
const th_kernel *th_kernel_take(th_cpu wanted);

#endif
