/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stage 1 for x86-64 with AVX2 and carry-less multiplication, which gives the prefix sum at once. */

#include "io/cpu.h"
#include "io/scan_marks.h"

#ifdef TH_CPU_X86

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,pclmul,bmi,popcnt"))), apply_to = function)
#else
#pragma GCC target("avx2,pclmul,bmi,popcnt")
#endif

#include <immintrin.h>

#include "io/scan_loop.h"

static inline TH_ALWAYS uint64_t equal(const __m256i part[2], char byte)
{
	uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(part[0], _mm256_set1_epi8(byte)));
	uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(part[1], _mm256_set1_epi8(byte)));
	return (uint64_t)high << 32 | low;
}

static inline TH_ALWAYS th_bits bits_of(const char *text, char delimiter)
{
	__m256i part[2] = {_mm256_loadu_si256((const __m256i *)(const void *)text), _mm256_loadu_si256((const __m256i *)(const void *)(text + 32))};
	return (th_bits){equal(part, '"'), equal(part, delimiter), equal(part, '\n'), equal(part, '\r')};
}

/* A product without carries with all ones is the sum of all lower bits. */
static inline TH_ALWAYS uint64_t prefix_of(uint64_t bits)
{
	return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8(-1), 0));
}

TH_MARKS_LOOP(th_marks_avx2, bits_of, prefix_of)

#ifdef __clang__
#pragma clang attribute pop
#endif

#else
typedef int th_no_avx2;
#endif
