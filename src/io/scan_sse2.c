/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stage 1 for every x86-64. */

#include "io/cpu.h"
#include "io/scan_loop.h"

#ifdef TH_CPU_X86

#include <immintrin.h>

static inline TH_ALWAYS uint64_t equal(const __m128i part[4], char byte)
{
	uint64_t bits = 0;
	for (unsigned i = 0; i < 4; i++)
		bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(part[i], _mm_set1_epi8(byte))) << 16 * i;
	return bits;
}

static inline TH_ALWAYS th_bits bits_of(const char *text, char delimiter)
{
	__m128i part[4];
	for (unsigned i = 0; i < 4; i++)
		part[i] = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * i));
	return (th_bits){equal(part, '"'), equal(part, delimiter), equal(part, '\n'), equal(part, '\r')};
}

TH_MARKS_LOOP(th_marks_sse2, bits_of, th_prefix_parity)

#else
typedef int th_no_sse2;
#endif
