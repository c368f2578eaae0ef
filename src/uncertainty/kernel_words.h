/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Philox over vectors of 64-bit lanes, of which the lower halves count: a product of two of them is what the hardware gives. Even counters go
 * through one half of the vectors, odd ones through the other, so that their words come to lie side by side. */

#include "uncertainty/kernel.h"
#include "uncertainty/philox.h"

#ifdef VECTOR /* and what can be done with it: kernel_sse2.c, kernel_avx2.c */

typedef struct lanes {
	VECTOR word[4];
} lanes;

static inline lanes philox_lanes(VECTOR counter, th_stream stream)
{
	const VECTOR times0 = ALL(TH_PHILOX_TIMES[0]), times1 = ALL(TH_PHILOX_TIMES[1]);
	lanes l = {{counter, ALL(stream.dimension), ALL(stream.block), ALL(0)}};
	uint32_t k0 = (uint32_t)stream.seed, k1 = (uint32_t)(stream.seed >> 32);
#pragma GCC unroll 10
	for (int round = 0; round < TH_PHILOX_ROUNDS; round++) {
		VECTOR p = TIMES(l.word[0], times0), q = TIMES(l.word[2], times1);
		l.word[0] = XOR(XOR(RIGHT(q, 32), l.word[1]), ALL(k0));
		l.word[1] = q;
		l.word[2] = XOR(XOR(RIGHT(p, 32), l.word[3]), ALL(k1));
		l.word[3] = p;
		k0 += TH_PHILOX_STEP[0];
		k1 += TH_PHILOX_STEP[1];
	}
	return l;
}

static void words_of(th_stream stream, uint32_t out[TH_STRATA])
{
	enum { LANES = sizeof(VECTOR) / 4 };
	for (uint32_t i = 0; i < TH_STRATA / 4; i += LANES) {
		lanes even = philox_lanes(EVEN(i), stream), odd = philox_lanes(EVEN(i + 1), stream);
		for (uint32_t k = 0; k < 4; k++)
			STORE(out + k * TH_STRATA / 4 + i, OR(AND(even.word[k], ALL(0xFFFFFFFFu)), LEFT(odd.word[k], 32)));
	}
}

#endif
