/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_STR_H
#define TH_BASE_STR_H

/* Two kinds of text, never confused: a slice borrows bytes that somebody else owns; a buffer owns what it grows. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <tanhe/base.h>

#include "base/memory.h"

#define TH_S(literal) ((th_slice){(literal), sizeof(literal) - 1})

static inline th_slice th_slice_of(const char *text)
{
	return (th_slice){text, text ? strlen(text) : 0};
}

static inline bool th_slice_eq(th_slice a, th_slice b)
{
	return a.len == b.len && (a.len == 0 || (*a.ptr == *b.ptr && memcmp(a.ptr, b.ptr, a.len) == 0));
}

/* Does a text begin, or end, with another? Any does with an empty one. */
static inline bool th_slice_starts(th_slice text, th_slice with)
{
	return text.len >= with.len && (with.len == 0 || memcmp(text.ptr, with.ptr, with.len) == 0);
}

static inline bool th_slice_ends(th_slice text, th_slice with)
{
	return text.len >= with.len && (with.len == 0 || memcmp(text.ptr + text.len - with.len, with.ptr, with.len) == 0);
}

/* A decimal digit, whatever the locale. */
static inline bool th_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How many of them stand in a text from `at` on, which may lie behind its end. */
static inline size_t th_slice_digits(th_slice text, size_t at)
{
	size_t digits = 0;
	while (at + digits < text.len && th_is_digit(text.ptr[at + digits]))
		digits++;
	return digits;
}

/* A text without the first `at` bytes, of which it has at least so many. */
static inline th_slice th_slice_from(th_slice text, size_t at)
{
	return (th_slice){text.ptr + at, text.len - at};
}

/* Bytewise order, shorter first among equals: <0, 0, >0. */
int th_slice_cmp(th_slice a, th_slice b);

/* Without the blanks at both ends: space, tab, CR, LF, U+00A0, U+3000, U+FEFF and U+E5E5 (what GBK A3A0 becomes). */
th_slice th_slice_trim(th_slice text);

/* The bytes at the front that are among those of `of`; *behind is the rest, trimmed. */
th_slice th_slice_front(th_slice text, const char *of, th_slice *behind);

/* The next piece of *rest up to `separator`, trimmed; *rest moves behind it. False when nothing is left. */
bool th_slice_split(th_slice *rest, char separator, th_slice *piece);

/* The same up to the next of several separators, of one character or more each. */
bool th_slice_split_any(th_slice *rest, const char *const *separators, size_t count, th_slice *piece);

/* A growing byte buffer. An append that finds no memory sets `failed` and changes nothing; the user asks once, at the end. */
typedef struct th_buf {
	char *ptr;
	size_t len;
	size_t cap;
	bool failed;
} th_buf;

/* Room for `more` bytes, so that appending them cannot fail; false, and `failed` set, without memory. */
bool th_buf_reserve(th_buf *buf, size_t more);
/* Nothing is added of no bytes, which may lie nowhere. */
static inline void th_buf_add(th_buf *buf, const void *bytes, size_t len)
{
	if (len == 0 || (buf->cap - buf->len <= len && !th_buf_reserve(buf, len)))
		return;
	memcpy(buf->ptr + buf->len, bytes, len);
	buf->len += len;
}
static inline void th_buf_slice(th_buf *buf, th_slice text)
{
	th_buf_add(buf, text.ptr, text.len);
}
static inline void th_buf_str(th_buf *buf, const char *text)
{
	th_buf_add(buf, text, strlen(text));
}
static inline void th_buf_char(th_buf *buf, char byte)
{
	if (buf->cap - buf->len > 1 || th_buf_reserve(buf, 1))
		buf->ptr[buf->len++] = byte;
}
void th_buf_printf(th_buf *buf, const char *format, ...) TH_PRINTF(2, 3);
void th_buf_count(th_buf *buf, uint64_t count); /* in decimal digits */
static inline void th_buf_clear(th_buf *buf)
{
	buf->len = 0;
}
static inline th_slice th_buf_view(const th_buf *buf)
{
	return (th_slice){buf->ptr, buf->len};
}
void th_buf_free(th_buf *buf);

#endif
