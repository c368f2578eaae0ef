/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

#include "base/eight.h"
#include "base/hanzi.h"

size_t th_utf8_valid(th_slice text)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	size_t i = 0, n = text.len;
	while (i < n) {
		uint64_t eight;
		while (n - i >= 8 && (memcpy(&eight, s + i, 8), (eight & 0x8080808080808080u) == 0))
			i += 8;
		if (i == n)
			break;
		if (s[i] < 0x80) {
			i++;
			continue;
		}
		size_t used = th_utf8_sequence(s + i, n - i);
		if (used == 0 || used > n - i)
			return i;
		i += used;
	}
	return n;
}

uint32_t th_utf8_next(th_slice text, size_t *size)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	uint32_t c = s[0];
	size_t len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	if (len > text.len)
		len = text.len;
	if (len > 1)
		c &= 0xFFu >> (len + 1);
	for (size_t k = 1; k < len; k++)
		c = c << 6 | (s[k] & 0x3Fu);
	*size = len;
	return c;
}

size_t th_utf8_length(th_slice text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
	return count;
}

/* What a code point folds to; NULL when it stays. Compatibility forms of Unicode (NFKC) that stand in unit cells. */
static const char *folded(uint32_t c)
{
	static const struct { uint32_t code; const char *text; } table[] = {
		{0x00A0, " "}, {0x00B2, "2"}, {0x00B3, "3"}, {0x00D7, "\xC2\xB7"}, {0x2013, "-"}, {0x2014, "-"},
		{0x2080, "0"}, {0x2081, "1"}, {0x2082, "2"}, {0x2083, "3"}, {0x2084, "4"}, {0x2085, "5"}, {0x2086, "6"},
		{0x2212, "-"}, {0x2219, "\xC2\xB7"}, {0x22C5, "\xC2\xB7"}, {0x2103, "\xC2\xB0""C"}, {0x3000, " "},
		{0x338E, "mg"}, {0x338F, "kg"}, {0x339C, "mm"}, {0x339D, "cm"}, {0x339E, "km"},
		{0x33A1, "m2"}, {0x33A2, "km2"}, {0x33A5, "m3"}, {0x33BE, "kW"}, {0x33BF, "MW"}, {0x33CA, "ha"},
		{0xE5E5, " "}, {0xFEFF, ""},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].code == c)
			return table[i].text;
	return NULL;
}

static bool is_hanzi(uint32_t c)
{
	return c >= 0x4E00 && c <= 0x9FFF;
}

bool th_utf8_fold(th_slice text, th_buf *out)
{
	bool changed = false;
	for (size_t i = 0, size; i < text.len; i += size) {
		th_slice rest = {text.ptr + i, text.len - i};
		uint32_t c = th_utf8_next(rest, &size);
		const char *to;
		if (c < 0x80) {
			th_buf_char(out, (char)c);
			continue;
		}
		if (is_hanzi(c)) { /* most of what is not ASCII: none of it is in the table of forms */
			to = th_hanzi_simplified(rest.ptr);
			th_buf_add(out, to ? to : rest.ptr, size);
			changed |= to != NULL;
			continue;
		}
		if (c >= 0xFF01 && c <= 0xFF5E) {
			th_buf_char(out, (char)(c - 0xFF01 + 0x21));
			changed = true;
		} else if ((to = folded(c)) != NULL) {
			th_buf_str(out, to);
			changed = true;
		} else
			th_buf_add(out, rest.ptr, size);
	}
	return changed;
}

/* ASCII without its capitals. */
static uint64_t lowered(uint64_t eight)
{
	return eight | th_eight_within(eight, 'A', 'Z') >> 2;
}

/* Up to eight bytes without blanks, at a place with room for eight; behind them. */
static char *put_key(char *at, uint64_t eight, unsigned count)
{
	uint64_t blanks = th_eight_front(th_eight_within(eight, 0, ' '), count);
	if (blanks) /* or controls, which stay */
		blanks &= th_eight_equal(eight, ' ') | th_eight_equal(eight, '\t') | th_eight_equal(eight, '\r') | th_eight_equal(eight, '\n');
	while (blanks) {
		const unsigned before = th_eight_before(blanks);
		th_eight_put(at, eight);
		at += before;
		count -= before + 1;
		eight = eight >> 8 * before >> 8;
		blanks = blanks >> 8 * before >> 8;
	}
	th_eight_put(at, eight);
	return at + count;
}

/* The key of the ASCII at the front; how much that is. There is room for it and eight bytes at `to`, *to moves behind it. */
static size_t plain_key(th_slice text, char **to)
{
	size_t i = 0;
	while (i < text.len) {
		const size_t left = text.len - i;
		unsigned count = left < 8 ? (unsigned)left : 8;
		const uint64_t eight = left < 8 ? th_eight_of(text.ptr + i, left) : th_eight(text.ptr + i), high = eight & TH_EIGHT_HIGH;
		if (high)
			count = th_eight_before(high);
		*to = put_key(*to, lowered(eight), count);
		i += count;
		if (high)
			break;
	}
	return i;
}

/* The same of the Chinese at the front. */
static size_t hanzi_key(th_slice text, char **to)
{
	size_t i = 0, size;
	for (; i + 3 <= text.len && (unsigned char)text.ptr[i] >= 0xE4 && is_hanzi(th_utf8_next(th_slice_from(text, i), &size)); i += 3, *to += 3) {
		const char *simple = th_hanzi_simplified(text.ptr + i);
		memcpy(*to, simple ? simple : text.ptr + i, 3);
	}
	return i;
}

void th_utf8_key(th_slice text, th_buf *out)
{
	while (text.len && out->cap - out->len >= text.len + 8) { /* Chinese and ASCII in turn */
		char *to = out->ptr + out->len;
		size_t plain = plain_key(text, &to), hanzi = hanzi_key(th_slice_from(text, plain), &to);
		out->len = (size_t)(to - out->ptr);
		text = th_slice_from(text, plain + hanzi);
		if (text.len == 0)
			return;
		if (plain + hanzi == 0)
			break;
	}
	size_t from = out->len;
	th_utf8_fold(text, out);
	size_t to = from;
	for (size_t i = from; i < out->len; i++) {
		char c = out->ptr[i];
		if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
			continue;
		out->ptr[to++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	out->len = to;
}

th_slice th_utf8_key_in(th_slice text, char place[TH_KEY_PLACE])
{
	th_buf key = {.ptr = place, .cap = TH_KEY_PLACE}; /* folding makes nothing longer: it never grows */
	if (text.len > TH_KEY_LONGEST)
		return (th_slice){NULL, 0};
	th_utf8_key(text, &key);
	return th_buf_view(&key);
}

/* Controls that a terminal may obey: C1, and those that turn the direction of a line round. */
static bool is_control(uint32_t c)
{
	return c < 0xA0 || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void th_utf8_escape(th_slice text, th_buf *out)
{
	while (text.len) {
		unsigned char c = (unsigned char)text.ptr[0];
		size_t size = 1;
		if (c >= 0x80 && th_utf8_valid((th_slice){text.ptr, text.len < 4 ? text.len : 4}) > 0 && !is_control(th_utf8_next(text, &size)))
			th_buf_add(out, text.ptr, size);
		else if (c < 0x20 || c >= 0x7F)
			for (size_t i = 0; i < size; i++)
				th_buf_printf(out, c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\x%02X", (unsigned)(unsigned char)text.ptr[i]);
		else
			th_buf_char(out, (char)c);
		text.ptr += size;
		text.len -= size;
	}
}
