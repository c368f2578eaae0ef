/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With AVX2: four numbers at a time. Not with FMA, which rounds a product and a sum once where the others round twice. */

#include "uncertainty/kernel.h"

#ifdef TH_CPU_X86

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC target("avx2")
#pragma GCC optimize("O3")
#endif

#include <immintrin.h>

#define VECTOR __m256i
#define TIMES _mm256_mul_epu32
#define RIGHT _mm256_srli_epi64
#define LEFT _mm256_slli_epi64
#define XOR _mm256_xor_si256
#define AND _mm256_and_si256
#define OR _mm256_or_si256
#define ALL(x) _mm256_set1_epi64x((long long)(x))
#define EVEN(i) _mm256_set_epi64x((long long)(i) + 6, (long long)(i) + 4, (long long)(i) + 2, (long long)(i))
#define STORE(to, v) _mm256_storeu_si256((__m256i *)(void *)(to), v)
#include "uncertainty/kernel_words.h"
#include "uncertainty/kernel_loops.h"

const th_kernel th_kernel_avx2 = TH_KERNEL("avx2");

#ifdef __clang__
#pragma clang attribute pop
#endif

#else
typedef int th_no_avx2_kernel;
#endif
