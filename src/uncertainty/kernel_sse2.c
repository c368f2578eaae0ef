/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For every x86-64: two numbers at a time. */

#include "uncertainty/kernel.h"

#ifdef TH_CPU_X86

#if !defined __clang__
#pragma GCC optimize("O3")
#endif

#include <emmintrin.h>

#define VECTOR __m128i
#define TIMES _mm_mul_epu32
#define RIGHT _mm_srli_epi64
#define LEFT _mm_slli_epi64
#define XOR _mm_xor_si128
#define AND _mm_and_si128
#define OR _mm_or_si128
#define ALL(x) _mm_set1_epi64x((long long)(x))
#define EVEN(i) _mm_set_epi64x((long long)(i) + 2, (long long)(i))
#define STORE(to, v) _mm_storeu_si128((__m128i *)(void *)(to), v)
#include "uncertainty/kernel_words.h"
#include "uncertainty/kernel_loops.h"

const th_kernel th_kernel_sse2 = TH_KERNEL("sse2");

#else
typedef int th_no_sse2_kernel;
#endif
