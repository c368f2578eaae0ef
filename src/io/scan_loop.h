/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_SCAN_LOOP_H
#define TH_IO_SCAN_LOOP_H

/* The one loop of stage 1, which each processor's file compiles for itself around two functions of its own: the bits of 64 bytes, and their
 * prefix sum. */

#include <string.h>

#include "io/scan_marks.h"

#define TH_ALWAYS __attribute__((always_inline)) /* into the loop of each processor, in its instructions */

/* Bit i is about byte i. */
typedef struct th_bits {
	uint64_t quote, delimiter, lf, cr;
} th_bits;

static inline TH_ALWAYS void th_put_marks(uint32_t *to, uint64_t bits, uint32_t at, unsigned count)
{
	/* Eight at once without a question: most blocks have fewer. What is written behind the last is overwritten. */
	for (unsigned i = 0; i < 8; i++) {
		to[i] = at + (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
		bits &= bits - 1;
	}
	for (unsigned i = 8; i < count; i++) {
		to[i] = at + (uint32_t)__builtin_ctzll(bits);
		bits &= bits - 1;
	}
}

/* One block: `have` bytes, 64 but for the last. */
static inline TH_ALWAYS void th_mark_block(th_marks *m, th_bits b, uint64_t parity, uint32_t at, unsigned have)
{
	/* The opening quote is inside, the closing one is not. */
	uint64_t in = parity ^ m->in;
	uint64_t line = b.cr | (b.lf & ~(b.cr << 1 | m->cr)); /* CRLF is one line end, at the CR */
	uint64_t record = line & ~in, separator = (b.delimiter & ~in) | record;
	uint64_t open = b.quote & in, close = b.quote & ~in;
	uint64_t lf_behind = b.lf & (b.cr << 1 | m->cr);
	/* Quotes open where a cell starts, or behind a quote that they double; and close where it ends, or before one. */
	uint64_t odd = open & ~((separator | lf_behind) << 1 | m->separator | close << 1 | m->close);
	odd |= (close << 1 | m->close) & ~(separator | b.quote);
	if (have < 64)
		odd &= ((uint64_t)1 << have) - 1; /* behind the end is no byte */
	uint64_t last = have - 1, aside = odd | (line & in);
	m->in = 0 - (in >> last & 1);
	m->cr = b.cr >> last & 1;
	m->separator = (separator | lf_behind) >> last & 1;
	m->close = close >> last & 1;

	for (; record; record &= record - 1)
		m->end[m->ends++] = (uint32_t)(m->marks + (unsigned)__builtin_popcountll(separator & ((record & (0 - record)) - 1)));
	unsigned count = (unsigned)__builtin_popcountll(separator);
	th_put_marks(m->mark + m->marks, separator, at, count);
	m->marks += count;
	for (; aside; aside &= aside - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(aside);
		m->aside[m->asides++] = (at + bit) << 1 | (uint32_t)(odd >> bit & 1);
	}
}

#define TH_MARKS_LOOP(name, bits_of, prefix_of) \
	void name(th_marks *marks, const char *text, size_t at, size_t len) \
	{ \
		size_t done = 0; \
		for (; len - done >= 64; done += 64) { \
			th_bits bits = bits_of(text + at + done, marks->delimiter); \
			th_mark_block(marks, bits, prefix_of(bits.quote), (uint32_t)(at + done), 64); \
		} \
		if (done < len) { \
			char rest[64] = {0}; \
			memcpy(rest, text + at + done, len - done); \
			th_bits bits = bits_of(rest, marks->delimiter); \
			th_mark_block(marks, bits, prefix_of(bits.quote), (uint32_t)(at + done), (unsigned)(len - done)); \
		} \
	}

/* Bit i of the result is the parity of bits 0 to i. */
static inline TH_ALWAYS uint64_t th_prefix_parity(uint64_t bits)
{
	for (unsigned shift = 1; shift < 64; shift *= 2)
		bits ^= bits << shift;
	return bits;
}

#endif
