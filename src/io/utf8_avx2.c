/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three look-ups by half bytes tell every fault of two bytes side by side (Keiser and Lemire, Validating UTF-8 in less than one instruction per
 * byte, Software: Practice and Experience 51, 2021); what is left is whether third and fourth bytes stand where they must. */

#include "io/utf8_run.h"

#include "base/utf8.h"
#include "io/cpu.h"

#ifdef TH_CPU_X86

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC target("avx2")
#endif

#include <immintrin.h>

enum {
	SHORT = 1, LONG = 2, OVERLONG_3 = 4, LARGE = 8, SURROGATE = 16, OVERLONG_2 = 32, LARGE_1000 = 64, OVERLONG_4 = 64, TWO_CONTS = 128,
	CARRY = SHORT | LONG | TWO_CONTS,
};

/* What a first byte may be guilty of by its high half and by its low half, and a second one by its high half; each twice, for the two lanes. */
#define TWICE(...) {__VA_ARGS__, __VA_ARGS__}
static const unsigned char first_high[32] = TWICE(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, TWO_CONTS, TWO_CONTS, TWO_CONTS, TWO_CONTS,
	SHORT | OVERLONG_2, SHORT, SHORT | OVERLONG_3 | SURROGATE, SHORT | LARGE | LARGE_1000 | OVERLONG_4);
static const unsigned char first_low[32] = TWICE(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, CARRY | OVERLONG_2, CARRY, CARRY, CARRY | LARGE,
	CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000,
	CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000 | SURROGATE,
	CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000);
static const unsigned char second_high[32] = TWICE(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | LARGE_1000 | OVERLONG_4,
	LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | LARGE, LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | LARGE, LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | LARGE,
	SHORT, SHORT, SHORT, SHORT);

static inline __m256i load(const void *bytes)
{
	return _mm256_loadu_si256((const __m256i *)bytes);
}

static inline __m256i all(unsigned byte)
{
	return _mm256_set1_epi8((char)byte);
}

/* Not zero where 32 bytes behind 32 others are at fault. */
static inline __m256i faults(__m256i now, __m256i before)
{
	__m256i across = _mm256_permute2x128_si256(before, now, 0x21), low = all(15);
	__m256i back1 = _mm256_alignr_epi8(now, across, 15), back2 = _mm256_alignr_epi8(now, across, 14), back3 = _mm256_alignr_epi8(now, across, 13);
	__m256i a = _mm256_shuffle_epi8(load(first_high), _mm256_and_si256(_mm256_srli_epi16(back1, 4), low));
	__m256i b = _mm256_shuffle_epi8(load(first_low), _mm256_and_si256(back1, low));
	__m256i c = _mm256_shuffle_epi8(load(second_high), _mm256_and_si256(_mm256_srli_epi16(now, 4), low));
	__m256i third = _mm256_subs_epu8(back2, all(0xE0 - 0x80)), fourth = _mm256_subs_epu8(back3, all(0xF0 - 0x80));
	__m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth), all(0x80));
	return _mm256_xor_si256(must, _mm256_and_si256(_mm256_and_si256(a, b), c));
}

static inline bool has_pairs(__m256i a, __m256i b)
{
	__m256i mask = all(0xE0), pair = all(0xC0);
	__m256i found = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_and_si256(a, mask), pair), _mm256_cmpeq_epi8(_mm256_and_si256(b, mask), pair));
	return _mm256_movemask_epi8(found) != 0;
}

size_t th_utf8_run_avx2(const unsigned char *bytes, size_t len, bool pairs, bool *strong)
{
	size_t at = 0;
	bool open = false; /* the last three bytes are not ASCII: a character may go on */
	__m256i before = _mm256_setzero_si256(), large = _mm256_setzero_si256();
	for (; len - at >= 64; at += 64) {
		__m256i a = load(bytes + at), b = load(bytes + at + 32);
		if (!open && _mm256_movemask_epi8(_mm256_or_si256(a, b)) == 0)
			continue; /* `before` is ASCII, or as good as that */
		__m256i bad = _mm256_or_si256(faults(a, before), faults(b, a));
		if (!_mm256_testz_si256(bad, bad) || (pairs && has_pairs(a, b)))
			break;
		large = _mm256_max_epu8(large, _mm256_max_epu8(a, b));
		open = ((uint32_t)_mm256_movemask_epi8(b) >> 29) != 0;
		before = b;
	}
	large = _mm256_cmpeq_epi8(_mm256_max_epu8(large, all(0xE0)), large);
	*strong |= _mm256_movemask_epi8(large) != 0;
	return th_utf8_whole(bytes, at);
}

#ifdef __clang__
#pragma clang attribute pop
#endif

#else
typedef int th_no_utf8_avx2;
#endif
