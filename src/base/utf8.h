/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_UTF8_H
#define TH_BASE_UTF8_H

#include <stdint.h>

#include "base/str.h"

/* Length of the UTF-8 sequence at s (Unicode 15, table 3-7), 0 if it is none, `len` + 1 if it may go on behind len. */
static inline size_t th_utf8_sequence(const unsigned char *s, size_t len)
{
	unsigned c = s[0], low = 0x80, high = 0xBF;
	size_t need;
	if (c >= 0xC2 && c <= 0xDF)
		need = 2;
	else if (c >= 0xE0 && c <= 0xEF) {
		need = 3;
		low = c == 0xE0 ? 0xA0 : low;
		high = c == 0xED ? 0x9F : high;
	} else if (c >= 0xF0 && c <= 0xF4) {
		need = 4;
		low = c == 0xF0 ? 0x90 : low;
		high = c == 0xF4 ? 0x8F : high;
	} else
		return 0;
	for (size_t i = 1; i < need; i++, low = 0x80, high = 0xBF) {
		if (i == len)
			return len + 1;
		if (s[i] < low || s[i] > high)
			return 0;
	}
	return need;
}

/* Where the last, incomplete sequence of bytes that are well-formed up to there starts; `len` if there is none. */
static inline size_t th_utf8_whole(const unsigned char *bytes, size_t len)
{
	for (size_t back = 1; back <= 3 && back <= len; back++) {
		unsigned c = bytes[len - back];
		if (c >= 0xC0)
			return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) > back ? len - back : len;
		if (c < 0x80)
			break;
	}
	return len;
}

/* Write the character `c`, which is no surrogate, to `to`; returns how many bytes it takes, at most 4. */
static inline size_t th_utf8_put(uint32_t c, unsigned char *to)
{
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
	for (size_t i = len - 1; i > 0; i--, c >>= 6)
		to[i] = (unsigned char)(0x80 | (c & 0x3F));
	to[0] = (unsigned char)(first[len] | c);
	return len;
}

/* How many bytes at the start of `text` are well-formed UTF-8 (Unicode 15 table 3-7: no surrogates, nothing overlong,
 * nothing above U+10FFFF). Equal to text.len when all of it is. */
size_t th_utf8_valid(th_slice text);

/* The code point at the start of a well-formed, non-empty text, and how many bytes it takes. */
uint32_t th_utf8_next(th_slice text, size_t *size);

/* How many code points a well-formed text has. */
size_t th_utf8_length(th_slice text);

/* Fold what a Chinese input method makes of ASCII and of unit symbols: full-width forms U+FF01-FF5E to ASCII, U+3000 and
 * NBSP to a space, ㎡ ㎥ ㎏ ㎞ ㎝ ㎜ to letters, ² ³ to digits, · × ∙ to `·`; and traditional characters to simplified ones (hanzi.h). True when
 * anything changed. */
bool th_utf8_fold(th_slice text, th_buf *out);

/* The form under which names are compared: folded, ASCII lower-cased, blanks removed. */
void th_utf8_key(th_slice text, th_buf *out);

/* The same in `place`, without asking for memory, so that a look-up by it finds or does not find and never fails; .ptr is NULL for a text
 * of more than TH_KEY_LONGEST bytes. */
enum { TH_KEY_LONGEST = 255, TH_KEY_PLACE = 512 };
th_slice th_utf8_key_in(th_slice text, char place[TH_KEY_PLACE]);

/* Text for a terminal or a message: control characters and bytes that are not UTF-8 as \xHH. */
void th_utf8_escape(th_slice text, th_buf *out);

#endif
