/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/eight.h"

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

/* Has a text of eight bytes or more such a delimiter, or a byte below one? False only where it has none. */
#ifdef __SSE2__
static inline __m128i marks_in(__m128i text)
{
	const __m128i quote = _mm_cmpeq_epi8(text, _mm_set1_epi8('"')), comma = _mm_cmpeq_epi8(text, _mm_set1_epi8(',')), semicolon = _mm_cmpeq_epi8(text, _mm_set1_epi8(';'));
	const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(text, _mm_set1_epi8('\r')), text);
	return _mm_or_si128(_mm_or_si128(quote, comma), _mm_or_si128(semicolon, control));
}

static inline bool has_marks(const char *at, size_t len)
{
	if (len < 16)
		return _mm_movemask_epi8(marks_in(_mm_set_epi64x((long long)th_eight(at + len - 8), (long long)th_eight(at)))) != 0;
	__m128i marks = marks_in(_mm_loadu_si128((const __m128i *)(const void *)(at + len - 16))); /* some of them once more */
	for (size_t i = 0; len - i >= 16; i += 16)
		marks = _mm_or_si128(marks, marks_in(_mm_loadu_si128((const __m128i *)(const void *)(at + i))));
	return _mm_movemask_epi8(marks) != 0;
}
#else
/* Mycroft's test, of a byte behind one it may be wrong. */
static inline uint64_t marks_in(uint64_t eight)
{
	const uint64_t each = TH_EIGHT_EACH, quote = eight ^ '"' * each, comma = eight ^ ',' * each, semicolon = eight ^ ';' * each;
	return (((quote - each) & ~quote) | ((comma - each) & ~comma) | ((semicolon - each) & ~semicolon) | ((eight - ('\r' + 1) * each) & ~eight)) & TH_EIGHT_HIGH;
}

static inline bool has_marks(const char *at, size_t len)
{
	uint64_t marks = marks_in(th_eight(at + len - 8)); /* some of them once more */
	for (size_t i = 0; len - i >= 8; i += 8)
		marks |= marks_in(th_eight(at + i));
	return marks != 0;
}
#endif

/* Is it written as it is? What nearly all texts are is known by their bytes. It is not empty. */
static bool is_plain(th_slice text)
{
	unsigned any = (care[(unsigned char)text.ptr[0]] & 1) | (care[(unsigned char)text.ptr[text.len - 1]] & 2);
	if (text.len >= 8)
		return any == 0 && !has_marks(text.ptr, text.len);
	for (size_t i = 0; i < text.len; i++)
		any |= care[(unsigned char)text.ptr[i]] & 4;
	return any == 0;
}

void th_put_csv_text(th_buf *buf, th_slice text)
{
	if (text.len == 0)
		return;
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
	while (quote && text.len) {
		const char *doubled = memchr(text.ptr, '"', text.len);
		const size_t len = doubled ? (size_t)(doubled - text.ptr) + 1 : text.len;
		th_buf_add(buf, text.ptr, len);
		if (doubled)
			th_buf_char(buf, '"');
		text = th_slice_from(text, len);
	}
	th_buf_slice(buf, text); /* where it needs no quotes */
	if (quote)
		th_buf_char(buf, '"');
}
