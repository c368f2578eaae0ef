/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/near.h"

#include <string.h>

#include "base/utf8.h"

/* Signs that people leave around a name: they say nothing of which is meant. */
static bool is_around(uint32_t c)
{
	static const uint32_t signs[] = {' ', '\t', 0x3000, 0x3001, 0x3002, 0x300C, 0x300D, 0x2018, 0x2019, 0x201C, 0x201D, '"', '\'', ',', ';', ':'};
	if (c > 0x300D || (c > ';' && c < 0x2018)) /* letters and Chinese characters */
		return false;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (c == signs[i])
			return true;
	return false;
}

/* Code points without blanks and signs around, full-width forms and capitals folded; TH_NEAR_LONGEST + 1 when there are more than TH_NEAR_LONGEST. */
static size_t points(th_slice text, uint32_t out[TH_NEAR_LONGEST])
{
	size_t count = 0;
	for (size_t i = 0, size; i < text.len; i += size) {
		uint32_t c = th_utf8_next((th_slice){text.ptr + i, text.len - i}, &size);
		if (c >= 0xFF01 && c <= 0xFF5E)
			c -= 0xFEE0;
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (is_around(c))
			continue;
		if (count == TH_NEAR_LONGEST)
			return TH_NEAR_LONGEST + 1;
		out[count++] = c;
	}
	return count;
}

/* The distance, if it may be below `below`: as many characters as one has more than the other are too many. */
static size_t distance_below(th_slice a, th_slice b, size_t below)
{
	uint32_t p[TH_NEAR_LONGEST], q[TH_NEAR_LONGEST];
	size_t m = points(a, p), n = points(b, q);
	if (m > TH_NEAR_LONGEST || n > TH_NEAR_LONGEST || (m > n ? m - n : n - m) >= below)
		return SIZE_MAX;
	/* Levenshtein with neighbours swapped counted once (optimal string alignment); three rows are enough. */
	size_t rows[3][TH_NEAR_LONGEST + 1];
	for (size_t j = 0; j <= n; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t *now = rows[i % 3], *above = rows[(i - 1) % 3], *swap = rows[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = above[j - 1] + (p[i - 1] != q[j - 1]);
			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && p[i - 1] == q[j - 2] && p[i - 2] == q[j - 1] && swap[j - 2] + 1 < best)
				best = swap[j - 2] + 1;
			now[j] = best;
		}
	}
	return rows[m % 3][n];
}

size_t th_distance(th_slice a, th_slice b)
{
	return distance_below(a, b, SIZE_MAX);
}

size_t th_near_distance(th_slice text, th_slice known)
{
	size_t distance = distance_below(text, known, th_utf8_length(text) / 3 + 1);
	return th_near(text, distance) ? distance : SIZE_MAX;
}

bool th_near(th_slice text, size_t distance)
{
	size_t length = th_utf8_length(text);
	return distance == 0 || (length >= 3 && distance <= length / 3);
}

/* By the last byte of each, which is enough to tell Chinese characters apart; letters in either case are one. */
uint64_t th_characters(th_slice text)
{
	uint64_t found = 0;
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char c = (unsigned char)text.ptr[i];
		if (i + 1 == text.len || ((unsigned char)text.ptr[i + 1] & 0xC0) != 0x80)
			found |= UINT64_C(1) << (c < 0x80 ? (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) & 63 : c & 63);
	}
	return found;
}

/* Each character of the text that the other has not is a slip. */
bool th_near_may(uint64_t text, size_t length, uint64_t known)
{
	return (size_t)__builtin_popcountll(text & ~known) <= length / 3 || !(known & ~text);
}

void th_near_offer(th_near_name *best, th_slice known)
{
	size_t distance = distance_below(best->text, known, best->offered ? best->distance : SIZE_MAX);
	if (best->offered && distance >= best->distance)
		return;
	best->offered = true;
	best->distance = distance;
	best->name = known;
}

th_slice th_near_found(const th_near_name *best)
{
	return best->offered && th_near(best->text, best->distance) ? best->name : (th_slice){"", 0};
}

th_slice th_nearest(th_slice text, const th_slice *known, size_t count)
{
	th_near_name best = {.text = text};
	for (size_t i = 0; i < count; i++)
		th_near_offer(&best, known[i]);
	return th_near_found(&best);
}

/* Does one stand in the other? A piece of one letter, or of three signs without any of a script like 汉字, says nothing. */
static bool lies_inside(const uint32_t *piece, size_t m, const uint32_t *whole, size_t n)
{
	bool wide = false;
	for (size_t i = 0; i < m; i++)
		wide |= piece[i] > 0x7F;
	if (m < (wide ? 2 : 4) || 3 * m < n)
		return false;
	for (size_t at = 0; at + m <= n; at++)
		if (memcmp(piece, whole + at, m * sizeof *piece) == 0)
			return true;
	return false;
}

th_slice th_advised(th_slice text, const th_slice *known, size_t count)
{
	uint32_t p[TH_NEAR_LONGEST], q[TH_NEAR_LONGEST];
	th_slice best = th_nearest(text, known, count);
	size_t m = points(text, p), least = SIZE_MAX;
	if (best.len || m > TH_NEAR_LONGEST)
		return best;
	for (size_t i = 0; i < count; i++) {
		size_t n = points(known[i], q), beside = m > n ? m - n : n - m;
		if (n > TH_NEAR_LONGEST || beside >= least || !(m < n ? lies_inside(p, m, q, n) : lies_inside(q, n, p, m)))
			continue;
		least = beside;
		best = known[i];
	}
	return best;
}
