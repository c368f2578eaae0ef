/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/gb18030.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "io/gb18030_tables.h"

/* A row of the table for each lead byte 81-FE, in it a place for each trail byte 40-FF; 0 in those of 7F and FF. */
enum { LEAD = 0x81, LEADS = 126, TRAIL = 0x40, TRAILS = 192 };
_Static_assert(sizeof two_bytes / sizeof *two_bytes == LEADS * TRAILS, "a row for each lead byte");

/* What the table has for two bytes, 0 for nothing. */
static inline uint32_t pair(unsigned lead, unsigned trail)
{
	return lead - LEAD < LEADS && trail >= TRAIL ? two_bytes[(lead - LEAD) * TRAILS + trail - TRAIL] : 0;
}

static inline bool is_pair(unsigned lead, unsigned trail)
{
	return lead - LEAD < LEADS && trail >= TRAIL && trail != 0x7F && trail != 0xFF;
}

/* What stands in the table for one that has no room in it: its place in the list of these. Characters have none of these numbers. */
static inline bool is_beyond(uint32_t c)
{
	return c >> 11 == 0xD800 >> 11;
}

/* The character of a code of four bytes, 0 for none; they are counted as the digits of a number. */
static uint32_t quad(const unsigned char *s)
{
	uint32_t n = ((s[0] - 0x81u) * 10 + (s[1] - 0x30u)) * 1260 + (s[2] - 0x81u) * 10 + (s[3] - 0x30u);
	size_t low = 0, high = sizeof four_bytes / sizeof *four_bytes;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (n < four_bytes[middle].first)
			high = middle;
		else
			low = middle;
	}
	uint32_t in_run = n - four_bytes[low].first;
	return in_run < four_bytes[low].count ? four_bytes[low].to + in_run : 0;
}

size_t th_gb18030_sequence(const unsigned char *s, size_t len)
{
	if (s[0] - 0x81u >= LEADS)
		return 0;
	if (len < 2)
		return len + 1;
	if (is_pair(s[0], s[1]))
		return 2;
	if (s[1] - 0x30u >= 10)
		return 0;
	if (len < 3)
		return len + 1;
	if (s[2] - 0x81u >= LEADS)
		return 0;
	if (len < 4)
		return len + 1;
	return s[3] - 0x30u < 10 && quad(s) ? 4 : 0;
}

size_t th_gb18030_pairs(const unsigned char *s, size_t len)
{
	size_t i = 0;
	while (len - i >= 2 && is_pair(s[i], s[i + 1]))
		i += 2;
	return i;
}

/* The character of the valid code of `used` bytes. */
static uint32_t character(const unsigned char *s, size_t used)
{
	if (used == 4)
		return quad(s);
	uint32_t c = pair(s[0], s[1]);
	return is_beyond(c) ? two_bytes_beyond[c - 0xD800] : c;
}

/* Characters of three bytes of UTF-8 that have codes of two: nearly all that is Chinese. */
static inline size_t plain_pairs(const unsigned char *s, size_t len, unsigned char **out)
{
	unsigned char *to = *out;
	size_t i = 0;
	for (; len - i >= 2 && s[i] >= 0x80; i += 2, to += 3) {
		uint32_t c = pair(s[i], s[i + 1]);
		if (c < 0x800 || is_beyond(c))
			break;
		to[0] = (unsigned char)(0xE0 | c >> 12);
		to[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
		to[2] = (unsigned char)(0x80 | (c & 0x3F));
	}
	*out = to;
	return i;
}

/* ASCII, eight bytes at a time where there are as many. */
static inline size_t ascii(const unsigned char *s, size_t len, unsigned char **out)
{
	unsigned char *to = *out;
	size_t i = 0;
	for (uint64_t eight; len - i >= sizeof eight && (memcpy(&eight, s + i, sizeof eight), (eight & 0x8080808080808080u) == 0); i += sizeof eight)
		memcpy(to + i, &eight, sizeof eight);
	for (; i < len && s[i] < 0x80; i++)
		to[i] = s[i];
	*out = to + i;
	return i;
}

size_t th_gb18030_decode(const unsigned char *s, size_t len, unsigned char *out, size_t *made)
{
	unsigned char *to = out;
	size_t i = 0;
	for (;;) {
		i += ascii(s + i, len - i, &to);
		i += plain_pairs(s + i, len - i, &to);
		if (i == len)
			break;
		if (s[i] < 0x80)
			continue;
		size_t used = th_gb18030_sequence(s + i, len - i);
		if (used == 0 || used > len - i)
			break;
		to += th_utf8_put(character(s + i, used), to);
		i += used;
	}
	*made = (size_t)(to - out);
	return i;
}
