/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sha_x86.h"

#include "io/cpu.h"

#ifdef TH_CPU_X86

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("sha,sse4.1,ssse3"))), apply_to = function)
#else
#pragma GCC target("sha,sse4.1,ssse3")
#endif

#include <immintrin.h>

/* FIPS 180-4, 4.2.2 and 5.3.3 */
static const uint32_t round_constant[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
	0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
	0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
	0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
	0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
	0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static const uint32_t first_value[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* The eight words as the instructions want them: A, B, E, F from the top, and C, D, G, H. */
typedef struct state {
	__m128i abef, cdgh;
} state;

static inline __m128i load(const void *bytes)
{
	return _mm_loadu_si128((const __m128i *)bytes);
}

static inline __m128i big_endian(__m128i words)
{
	return _mm_shuffle_epi8(words, _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
}

static state begin(void)
{
	__m128i dcba = _mm_shuffle_epi32(load(first_value), 0xB1), hgfe = _mm_shuffle_epi32(load(first_value + 4), 0x1B);
	return (state){_mm_alignr_epi8(dcba, hgfe, 8), _mm_blend_epi16(hgfe, dcba, 0xF0)};
}

static void give(const state *s, uint8_t digest[32])
{
	__m128i feba = _mm_shuffle_epi32(s->abef, 0x1B), dchg = _mm_shuffle_epi32(s->cdgh, 0xB1);
	_mm_storeu_si128((__m128i *)(void *)digest, big_endian(_mm_blend_epi16(feba, dchg, 0xF0)));
	_mm_storeu_si128((__m128i *)(void *)(digest + 16), big_endian(_mm_alignr_epi8(dchg, feba, 8)));
}

/* Words 4 n to 4 n + 3 of the schedule, from the sixteen before them. */
static inline __m128i schedule(const __m128i w[4], int n)
{
	__m128i sum = _mm_sha256msg1_epu32(w[n & 3], w[(n + 1) & 3]);
	sum = _mm_add_epi32(sum, _mm_alignr_epi8(w[(n + 3) & 3], w[(n + 2) & 3], 4));
	return _mm_sha256msg2_epu32(sum, w[(n + 3) & 3]);
}

/* Four rounds of one stream. */
static inline void rounds(state *s, __m128i w[4], int n)
{
	if (n >= 4)
		w[n & 3] = schedule(w, n);
	__m128i sum = _mm_add_epi32(w[n & 3], load(round_constant + 4 * n));
	s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, sum);
	s->abef = _mm_sha256rnds2_epu32(s->abef, s->cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

static inline void fetch(__m128i w[4], const unsigned char *from)
{
	for (int i = 0; i < 4; i++)
		w[i] = big_endian(load(from + 16 * i));
}

static void compress(state *a, state *b, const unsigned char *from_a, const unsigned char *from_b, size_t blocks)
{
	state s = *a, t = *b;
	for (; blocks > 0; blocks--, from_a += 64, from_b += 64) {
		__m128i v[4], w[4];
		state s_before = s, t_before = t;
		fetch(v, from_a);
		fetch(w, from_b);
#pragma GCC unroll 16
		for (int n = 0; n < 16; n++) {
			rounds(&s, v, n);
			rounds(&t, w, n);
		}
		s = (state){_mm_add_epi32(s.abef, s_before.abef), _mm_add_epi32(s.cdgh, s_before.cdgh)};
		t = (state){_mm_add_epi32(t.abef, t_before.abef), _mm_add_epi32(t.cdgh, t_before.cdgh)};
	}
	*a = s;
	*b = t;
}

void th_sha256_two_x86(const unsigned char *a, const unsigned char *b, size_t blocks, uint8_t digest_a[32], uint8_t digest_b[32])
{
	unsigned char end[64] = {0x80}; /* a one, zeros, and the length in bits */
	for (int i = 0; i < 8; i++)
		end[63 - i] = (unsigned char)((uint64_t)blocks * 512 >> 8 * i);
	state s = begin(), t = begin();
	compress(&s, &t, a, b, blocks);
	compress(&s, &t, end, end, 1);
	give(&s, digest_a);
	give(&t, digest_b);
}

#ifdef __clang__
#pragma clang attribute pop
#endif

#else
typedef int th_no_sha_x86;
#endif
