/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For any processor; and which kernel is taken. */

#include "uncertainty/kernel.h"

#include "uncertainty/philox.h"

static void words_of(th_stream stream, uint32_t out[TH_STRATA])
{
	for (uint32_t i = 0; i < TH_STRATA / 4; i++) {
		uint32_t word[4] = {i, stream.dimension, stream.block, 0};
		th_philox(word, (uint32_t)stream.seed, (uint32_t)(stream.seed >> 32));
		for (uint32_t k = 0; k < 4; k++)
			out[k * TH_STRATA / 4 + i] = word[k];
	}
}

#include "uncertainty/kernel_loops.h"

static const th_kernel portable = TH_KERNEL("portable");

const th_kernel *th_kernel_take(th_cpu wanted)
{
	switch (th_cpu_take(wanted)) {
#ifdef TH_CPU_X86
	case TH_CPU_AVX2: return &th_kernel_avx2;
	case TH_CPU_SSE2: return &th_kernel_sse2;
#endif
	default: return &portable;
	}
}
