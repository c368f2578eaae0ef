/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/print.h"

int th_slice_cmp(th_slice a, th_slice b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* The length of the blank at the start (or, with `back`, at the end) of a text; 0 when there is none. */
static size_t blank_at(th_slice text, bool back)
{
	static const struct { char bytes[4]; size_t len; } blanks[] = {
		{" ", 1}, {"\t", 1}, {"\r", 1}, {"\n", 1},
		{"\xC2\xA0", 2}, {"\xE3\x80\x80", 3}, {"\xEF\xBB\xBF", 3}, {"\xEE\x97\xA5", 3},
	};
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
		size_t len = blanks[i].len;
		if (text.len >= len && memcmp(back ? text.ptr + text.len - len : text.ptr, blanks[i].bytes, len) == 0)
			return len;
	}
	return 0;
}

/* Can a blank begin, or (`back`) end, with that byte? Most texts have none, and are looked at many times. */
static bool is_of_blank(char c, bool back)
{
	unsigned char byte = (unsigned char)c;
	return byte <= ' ' || (back ? byte == 0xA0 || byte == 0x80 || byte == 0xBF || byte == 0xA5 : byte == 0xC2 || byte == 0xE3 || byte == 0xEF || byte == 0xEE);
}

th_slice th_slice_trim(th_slice text)
{
	size_t blank;
	if (text.len && !is_of_blank(text.ptr[0], false) && !is_of_blank(text.ptr[text.len - 1], true))
		return text;
	while ((blank = blank_at(text, false)) > 0) {
		text.ptr += blank;
		text.len -= blank;
	}
	while ((blank = blank_at(text, true)) > 0)
		text.len -= blank;
	return text;
}

th_slice th_slice_front(th_slice text, const char *of, th_slice *behind)
{
	size_t front = 0, all = strlen(of);
	while (front < text.len && memchr(of, text.ptr[front], all))
		front++;
	*behind = th_slice_trim((th_slice){text.ptr + front, text.len - front});
	return (th_slice){text.ptr, front};
}

bool th_slice_split(th_slice *rest, char separator, th_slice *piece)
{
	if (!rest->ptr)
		return false;
	const char *end = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
	if (!end) {
		*piece = th_slice_trim(*rest);
		*rest = (th_slice){NULL, 0};
		return true;
	}
	*piece = th_slice_trim((th_slice){rest->ptr, (size_t)(end - rest->ptr)});
	*rest = (th_slice){end + 1, rest->len - (size_t)(end - rest->ptr) - 1};
	return true;
}

bool th_slice_split_any(th_slice *rest, const char *const *separators, size_t count, th_slice *piece)
{
	if (!rest->ptr)
		return false;
	for (size_t at = 0; at < rest->len; at++)
		for (size_t i = 0; i < count; i++)
			if (rest->ptr[at] == *separators[i] && th_slice_starts(th_slice_from(*rest, at), th_slice_of(separators[i]))) {
				*piece = th_slice_trim((th_slice){rest->ptr, at});
				*rest = th_slice_from(*rest, at + strlen(separators[i]));
				return true;
			}
	*piece = th_slice_trim(*rest);
	*rest = (th_slice){NULL, 0};
	return true;
}

bool th_buf_reserve(th_buf *buf, size_t more)
{
	if (buf->cap - buf->len > more)
		return true;
	size_t cap = buf->cap ? buf->cap : 128;
	while (cap - buf->len <= more) {
		if (cap > SIZE_MAX / 2) {
			th_memory_miss(1);
			buf->failed = true;
			return false;
		}
		cap *= 2;
	}
	char *grown = th_realloc(buf->ptr, cap);
	if (!grown) {
		buf->failed = true;
		return false;
	}
	buf->ptr = grown;
	buf->cap = cap;
	return true;
}

/* A width with zeros in front: the 02 of %02d. */
static bool is_width(const char *at)
{
	return at[0] == '0' && at[1] >= '1' && at[1] <= '9' && at[2] == 'd';
}

/* Has a format only what put_plain knows: %s, %c, %d, %02d, %u, %zu, %%? */
static bool is_plain(const char *format)
{
	for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
		at += is_width(at + 1) ? 3 : at[1] == 'z' ? 2 : 1;
		if (*at == '\0' || !strchr(at[-1] == 'z' ? "u" : "scdu%", *at))
			return false;
		at++;
	}
	return true;
}

/* `width`: of the sign and the digits, with zeros between them. */
static void put_whole(th_buf *buf, int64_t number, size_t width)
{
	uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
	size_t long_as = 1 + (number < 0);
	if (number < 0)
		th_buf_char(buf, '-');
	for (uint64_t rest = size; rest >= 10; rest /= 10)
		long_as++;
	for (; long_as < width; long_as++)
		th_buf_char(buf, '0');
	th_buf_count(buf, size);
}

/* What most formats are, without the C library's way through its locale and a stream. */
static void put_plain(th_buf *buf, const char *format, va_list list)
{
	for (const char *at; (at = strchr(format, '%')) != NULL; format = at + 1) {
		th_buf_add(buf, format, (size_t)(at - format));
		size_t width = is_width(at + 1) ? (size_t)(at[2] - '0') : 0;
		at += width ? 3 : 1;
		switch (*at) {
		case 's': th_buf_str(buf, va_arg(list, const char *)); break;
		case 'c': th_buf_char(buf, (char)va_arg(list, int)); break;
		case 'd': put_whole(buf, va_arg(list, int), width); break;
		case 'u': th_buf_count(buf, va_arg(list, unsigned)); break;
		case 'z': th_buf_count(buf, va_arg(list, size_t)); at++; break;
		default: th_buf_char(buf, '%'); break;
		}
	}
	th_buf_str(buf, format);
}

void th_buf_printf(th_buf *buf, const char *format, ...)
{
	va_list list;
	if (is_plain(format)) {
		va_start(list, format);
		put_plain(buf, format, list);
		va_end(list);
		return;
	}
	size_t room = buf->cap - buf->len;
	va_start(list, format);
	int need = th_vprint(room ? buf->ptr + buf->len : NULL, room, format, list);
	va_end(list);
	if (need < 0 || !th_buf_reserve(buf, (size_t)need + 1)) {
		buf->failed = true;
		return;
	}
	if ((size_t)need >= room) {
		va_start(list, format);
		(void)th_vprint(buf->ptr + buf->len, (size_t)need + 1, format, list);
		va_end(list);
	}
	buf->len += (size_t)need;
}

void th_buf_count(th_buf *buf, uint64_t count)
{
	char digits[20];
	size_t at = sizeof digits;
	do
		digits[--at] = (char)('0' + count % 10);
	while (count /= 10);
	th_buf_add(buf, digits + at, sizeof digits - at);
}

void th_buf_free(th_buf *buf)
{
	free(buf->ptr);
	*buf = (th_buf){0};
}
