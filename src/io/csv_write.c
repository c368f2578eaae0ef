/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv.h"

/* What Excel, WPS and LibreOffice take for a formula, in quotes or not (OWASP ASVS 4.0.3, 5.3.10); some normalise full-width forms. */
static bool like_formula(th_slice text)
{
	if (text.len == 0 || !memchr("=+-@\t\r\xEF", text.ptr[0], 7))
		return false;
	static const char *const heads[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (th_slice_starts(text, th_slice_of(heads[i])))
			return true;
	return false;
}

/* Bytes with which a text begins (1), ends (2) or that it has in it (4) that is not always written as it is: a blank, or what may be part of one
 * (th_slice_trim), a formula, a delimiter. */
static const unsigned char care[256] = {
	[0] = 3, [1] = 3, [2] = 3, [3] = 3, [4] = 3, [5] = 3, [6] = 3, [7] = 3, [8] = 3, ['\t'] = 7, ['\n'] = 7, [11] = 3, [12] = 3, ['\r'] = 7, [14] = 3, [15] = 3, [16] = 3, [17] = 3, [18] = 3, [19] = 3, [20] = 3, [21] = 3, [22] = 3, [23] = 3, [24] = 3, [25] = 3, [26] = 3, [27] = 3, [28] = 3, [29] = 3, [30] = 3, [31] = 3, [' '] = 3, ['"'] = 4, [','] = 4, [';'] = 4, ['='] = 1, ['+'] = 1, ['-'] = 1, ['@'] = 1,
	[0xC2] = 1, [0xE3] = 1, [0xEE] = 1, [0xEF] = 1, [0x80] = 2, [0xA0] = 2, [0xA5] = 2, [0xBF] = 2,
};

/* Not 0 where one of eight bytes is such a delimiter; seldom where none is (Mycroft's test, of a byte behind one). */
static uint64_t marks_in(uint64_t eight)
{
	const uint64_t each = 0x0101010101010101u;
	uint64_t quote = eight ^ '"' * each, comma = eight ^ ',' * each, semicolon = eight ^ ';' * each;
	return (((quote - each) & ~quote) | ((comma - each) & ~comma) | ((semicolon - each) & ~semicolon) | ((eight - ('\r' + 1) * each) & ~eight)) & 0x80 * each;
}

/* Is it written as it is? What nearly all texts are is known by their bytes. */
static bool is_plain(th_slice text)
{
	unsigned any = text.len ? (care[(unsigned char)text.ptr[0]] & 1) | (care[(unsigned char)text.ptr[text.len - 1]] & 2) : 0;
	uint64_t eight, marks = 0;
	size_t i = 0;
	for (; text.len - i >= sizeof eight; i += sizeof eight) {
		memcpy(&eight, text.ptr + i, sizeof eight);
		marks |= marks_in(eight);
	}
	for (; i < text.len; i++)
		any |= care[(unsigned char)text.ptr[i]] & 4;
	return any == 0 && marks == 0;
}

void th_put_csv_text(th_buf *buf, th_slice text)
{
	if (is_plain(text)) {
		th_buf_slice(buf, text);
		return;
	}
	bool quote = th_slice_trim(text).len != text.len; /* a reader would trim it */
	for (size_t i = 0; i < text.len && !quote; i++)
		quote = care[(unsigned char)text.ptr[i]] & 4;
	if (quote)
		th_buf_char(buf, '"');
	if (like_formula(text))
		th_buf_char(buf, '\'');
	if (!quote)
		th_buf_slice(buf, text);
	for (size_t i = 0; quote && i < text.len; i++) {
		if (text.ptr[i] == '"')
			th_buf_char(buf, '"');
		th_buf_char(buf, text.ptr[i]);
	}
	if (quote)
		th_buf_char(buf, '"');
}
