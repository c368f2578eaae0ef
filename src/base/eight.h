/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_EIGHT_H
#define TH_BASE_EIGHT_H

/* Eight bytes of a text as one number, the first of them lowest on any machine, and questions to all of them at once. A mask has the highest bit of
 * each byte that is meant, and no other. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TH_EIGHT_EACH UINT64_C(0x0101010101010101)
#define TH_EIGHT_HIGH (0x80 * TH_EIGHT_EACH)

static inline uint64_t th_eight_turned(uint64_t eight)
{
	return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap64(eight) : eight;
}

static inline uint64_t th_eight(const void *bytes)
{
	uint64_t eight;
	memcpy(&eight, bytes, sizeof eight);
	return th_eight_turned(eight);
}

static inline void th_eight_put(void *to, uint64_t eight)
{
	eight = th_eight_turned(eight);
	memcpy(to, &eight, sizeof eight);
}

/* Fewer than eight bytes, 0 behind them. */
static inline uint64_t th_eight_of(const void *bytes, size_t count)
{
	const unsigned char *s = bytes;
	uint64_t m = 0;
	if (count & 4)
		m = (uint64_t)s[0] | (uint64_t)s[1] << 8 | (uint64_t)s[2] << 16 | (uint64_t)s[3] << 24;
	if (count & 2)
		m |= ((uint64_t)s[count & 4] | (uint64_t)s[(count & 4) + 1] << 8) << 8 * (count & 4);
	if (count & 1)
		m |= (uint64_t)s[count - 1] << 8 * (count - 1);
	return m;
}

/* The first `count` of them, up to eight. */
static inline uint64_t th_eight_front(uint64_t mask, unsigned count)
{
	return count < 8 ? mask & (((uint64_t)1 << 8 * count) - 1) : mask;
}

/* How many bytes stand before the first of a mask, which is not 0. */
static inline unsigned th_eight_before(uint64_t mask)
{
	return (unsigned)__builtin_ctzll(mask) / 8;
}

/* Of bytes that are all ASCII: those that are `byte`, those from `first` to `last`. */
static inline uint64_t th_eight_equal(uint64_t eight, unsigned char byte)
{
	return ~((eight ^ byte * TH_EIGHT_EACH) + 0x7F * TH_EIGHT_EACH) & TH_EIGHT_HIGH;
}

static inline uint64_t th_eight_within(uint64_t eight, unsigned char first, unsigned char last)
{
	return (eight + (0x80u - first) * TH_EIGHT_EACH) & ~(eight + (0x7Fu - last) * TH_EIGHT_EACH) & TH_EIGHT_HIGH;
}

#endif
