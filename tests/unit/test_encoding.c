/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in a file in GB18030 or UTF-16, held equal to what iconv of the C library makes of it: every sequence there is. */

#include <check.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "io/encoding.h"
#include "io/gb18030.h"
#include "suites.h"

static iconv_t open_iconv(const char *from)
{
	iconv_t with = iconv_open("UTF-8", from);
	ck_assert_msg(with != (iconv_t)-1, "iconv knows no %s", from);
	return with;
}

/* The length of what iconv makes of one sequence, 0 if it is none. */
static size_t by_iconv(iconv_t with, const unsigned char *bytes, size_t len, unsigned char out[16])
{
	char in[4], *from = in, *to = (char *)out;
	size_t left = len, room = 16;
	memcpy(in, bytes, len);
	iconv(with, NULL, NULL, NULL, NULL);
	return iconv(with, &from, &left, &to, &room) == (size_t)-1 || left > 0 ? 0 : 16 - room;
}

static bool is_private(const unsigned char *utf8, size_t len)
{
	size_t size;
	uint32_t c = len == 3 ? th_utf8_next((th_slice){(const char *)utf8, len}, &size) : 0;
	return c >= 0xE000 && c <= 0xF8FF;
}

static size_t tried, moved;

static void compare(iconv_t with, const unsigned char *bytes, size_t len)
{
	unsigned char expected[16], found[16];
	size_t made, want = by_iconv(with, bytes, len, expected), used = th_gb18030_decode(bytes, len, found, &made);
	/* A later C library goes by the edition of 2022, which made 18 codes of four bytes private use: gb18030.txt. */
	if (want > 0 && used == 0 && len == 4 && is_private(expected, want))
		moved++;
	else
		ck_assert_msg(want > 0 ? used == len && made == want && memcmp(found, expected, want) == 0 : used < len,
		              "%02X%02X, of %zu bytes: %zu became %zu, not %zu", bytes[0], bytes[1], len, used, made, want);
	size_t valid = th_gb18030_sequence(bytes, len);
	ck_assert_uint_eq(valid == len, used == len);
	tried++;
}

START_TEST(decodes_gb18030_as_iconv)
{
	iconv_t with = open_iconv("GB18030");
	unsigned char s[4];
	tried = moved = 0;
	for (unsigned lead = 0x80; lead <= 0xFF; lead++)
		for (unsigned trail = 0; trail <= 0xFF; trail++) {
			s[0] = (unsigned char)lead;
			s[1] = (unsigned char)trail;
			if (trail >= 0x80 || trail < 0x30 || trail > 0x39) /* else the start of four, or ASCII behind nothing */
				compare(with, s, 2);
		}
	for (unsigned n = 0; n < 126 * 10 * 126 * 10; n++) {
		s[0] = (unsigned char)(0x81 + n / 12600);
		s[1] = (unsigned char)(0x30 + n / 1260 % 10);
		s[2] = (unsigned char)(0x81 + n / 10 % 126);
		s[3] = (unsigned char)(0x30 + n % 10);
		compare(with, s, 4);
	}
	iconv_close(with);
	ck_assert_uint_eq(tried, 128 * 246 + 126 * 10 * 126 * 10);
	ck_assert_msg(moved == 0 || moved == 18, "%zu codes of four bytes are private use for iconv and nothing here", moved);
}
END_TEST

/* Four bytes of which the third or fourth is none. */
START_TEST(refuses_what_is_no_code)
{
	static const char *const none[] = {"\x81\x30\x80\x30", "\x81\x30\xFF\x30", "\x81\x30\x81\x2F", "\x81\x30\x81\x3A", "\x84\x31\xA5\x30", "\xE3\x32\x9A\x36",
	                                   "\x80\x40\x40\x40", "\xFF\x40\x40\x40", "\x81\x7F\x40\x40", "\x81\xFF\x40\x40"};
	unsigned char out[16];
	size_t made;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		ck_assert_uint_eq(th_gb18030_sequence((const unsigned char *)none[i], 4), 0);
		ck_assert_uint_eq(th_gb18030_decode((const unsigned char *)none[i], 4, out, &made), 0);
	}
}
END_TEST

/* All characters, one behind the other, cut at any byte: what is left is the start of the next one. */
START_TEST(decodes_utf16_as_iconv)
{
	enum { BYTES = 4 };
	for (th_encoding encoding = TH_ENC_UTF16LE; encoding <= TH_ENC_UTF16BE; encoding++) {
		iconv_t with = open_iconv(encoding == TH_ENC_UTF16LE ? "UTF-16LE" : "UTF-16BE");
		unsigned high = encoding == TH_ENC_UTF16LE ? 1 : 0;
		for (uint32_t c = 0; c < 0x110000; c += c < 0x10000 ? 1 : 7) {
			unsigned char s[BYTES], expected[16];
			char found[2 * BYTES];
			uint32_t unit[2] = {c < 0x10000 ? c : 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF)};
			size_t len = c < 0x10000 ? 2 : 4, used, made, want;
			for (unsigned i = 0; i < len; i++)
				s[i] = (unsigned char)(i % 2 == high ? unit[i / 2] >> 8 : unit[i / 2]);
			want = by_iconv(with, s, len, expected);
			bool good = th_decode(encoding, s, len, found, &used, &made);
			ck_assert_msg(want > 0 ? good && used == len && made == want && memcmp(found, expected, want) == 0 : used == 0, "U+%04X", (unsigned)c);
			ck_assert(th_decode(encoding, s, len - 1, found, &used, &made) || want == 0);
		}
		iconv_close(with);
	}
}
END_TEST

Suite *encoding_suite(void)
{
	Suite *suite = suite_create("encoding");
	TCase *tc = tcase_create("encoding");
	tcase_add_test(tc, decodes_gb18030_as_iconv);
	tcase_add_test(tc, refuses_what_is_no_code);
	tcase_add_test(tc, decodes_utf16_as_iconv);
	suite_add_tcase(suite, tc);
	return suite;
}
