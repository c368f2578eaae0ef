/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text, exact numbers, tables. Expected values of products were worked out by hand or with Python's fractions, as noted. */

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <limits.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/digits.h"
#include "base/hanzi.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/near.h"
#include "base/utf8.h"
#include "suites.h"

static const struct { const char *text; th_number kind; int64_t mant; int32_t exp; unsigned notes; } numbers[] = {
	{"0", TH_NUM_OK, 0, 0, 0}, {"-0.00", TH_NUM_OK, 0, 0, 0}, {"1234.5", TH_NUM_OK, 12345, -1, 0}, {"+7", TH_NUM_OK, 7, 0, 0},
	{"0.5500", TH_NUM_OK, 55, -2, 0}, {"1200", TH_NUM_OK, 12, 2, 0}, {".5", TH_NUM_OK, 5, -1, 0}, {"5.", TH_NUM_OK, 5, 0, 0},
	{"-1.5e3", TH_NUM_OK, -15, 2, 0}, {"1E-9", TH_NUM_OK, 1, -9, 0}, {"0e999", TH_NUM_OK, 0, 0, 0}, {"000123", TH_NUM_OK, 123, 0, 0},
	{"100.000000000000000000000", TH_NUM_OK, 1, 2, 0}, {"123456789012345678", TH_NUM_OK, 123456789012345678, 0, 0},
	{"0.30000000000000004", TH_NUM_OK, 30000000000000004, -17, 0}, {"  42 ", TH_NUM_OK, 42, 0, 0},
	{"1,234.5", TH_NUM_OK, 12345, -1, TH_NUM_GROUPED}, {"12,345,678", TH_NUM_OK, 12345678, 0, TH_NUM_GROUPED},
	{"\xEF\xBC\x91\xEF\xBC\x92", TH_NUM_OK, 12, 0, TH_NUM_FOLDED}, /* １２ */
	{"\xEF\xBC\x91\xEF\xBC\x8C\xEF\xBC\x92\xEF\xBC\x93\xEF\xBC\x94", TH_NUM_OK, 1234, 0, TH_NUM_FOLDED | TH_NUM_GROUPED}, /* １，２３４ */
	{"\xE2\x88\x92" "5", TH_NUM_OK, -5, 0, TH_NUM_FOLDED}, /* U+2212 minus */
	{"", TH_NUM_EMPTY, 0, 0, 0}, {"   ", TH_NUM_EMPTY, 0, 0, 0}, {"\xE3\x80\x80", TH_NUM_EMPTY, 0, 0, 0},
	{"-", TH_NUM_MISSING, 0, 0, 0}, {"--", TH_NUM_MISSING, 0, 0, 0}, {"/", TH_NUM_MISSING, 0, 0, 0}, {"N/A", TH_NUM_MISSING, 0, 0, 0},
	{"n.a.", TH_NUM_MISSING, 0, 0, 0}, {"null", TH_NUM_MISSING, 0, 0, 0}, {"无", TH_NUM_MISSING, 0, 0, 0}, {"—", TH_NUM_MISSING, 0, 0, TH_NUM_FOLDED},
	{"12%", TH_NUM_PERCENT, 0, 0, 0}, {"nan", TH_NUM_NONFINITE, 0, 0, 0}, {"-Inf", TH_NUM_NONFINITE, 0, 0, 0}, {"infinity", TH_NUM_NONFINITE, 0, 0, 0},
	{"0x10", TH_NUM_HEX, 0, 0, 0}, {"1e999", TH_NUM_RANGE, 0, 0, 0}, {"1e61", TH_NUM_RANGE, 0, 0, 0}, {"1e60", TH_NUM_OK, 1, 60, 0},
	{"1e-61", TH_NUM_RANGE, 0, 0, 0}, {"1234567890123456789", TH_NUM_DIGITS, 123456789012345679, 1, 0}, {"12,34", TH_NUM_GROUPS, 0, 0, 0},
	{"1,2345", TH_NUM_GROUPS, 0, 0, 0}, {"1234,567", TH_NUM_GROUPS, 0, 0, 0}, {"1.2,345", TH_NUM_GROUPS, 0, 0, 0}, {"12kWh", TH_NUM_UNIT, 0, 0, 0},
	{"12度", TH_NUM_UNIT, 0, 0, 0}, {"5 度", TH_NUM_UNIT, 0, 0, 0}, {"5 %", TH_NUM_PERCENT, 0, 0, 0}, {"#DIV/0!", TH_NUM_EXCEL, 0, 0, 0}, {"=A1+1", TH_NUM_EXCEL, 0, 0, 0}, {"1_000", TH_NUM_BAD, 0, 0, 0},
	/* Half to even at the 18th digit. */
	{"1000000000000000000.5", TH_NUM_DIGITS, 1, 18, 0}, {"100000000000000001.5", TH_NUM_DIGITS, 100000000000000002, 0, 0},
	{"100000000000000002.5", TH_NUM_DIGITS, 100000000000000002, 0, 0}, {"100000000000000002.50000001", TH_NUM_DIGITS, 100000000000000003, 0, 0},
	{"-999999999999999999.5", TH_NUM_DIGITS, -1, 18, 0}, {"0.00123456789012345678949", TH_NUM_DIGITS, 123456789012345679, -20, 0},
	{"1.00000000000000000000", TH_NUM_OK, 1, 0, 0}, {"12345678901234567800000", TH_NUM_OK, 123456789012345678, 5, 0},
	{"1,234,567,890,123,456,789", TH_NUM_DIGITS, 123456789012345679, 1, TH_NUM_GROUPED},
	{"0,125", TH_NUM_ZERO_COMMA, 0, 0, 0}, {"-000,125", TH_NUM_ZERO_COMMA, 0, 0, 0}, {"0,1", TH_NUM_ZERO_COMMA, 0, 0, 0}, {"0,125.5", TH_NUM_GROUPS, 0, 0, 0},
	{"100-", TH_NUM_SIGN_BEHIND, 0, 0, 0}, {"100 +", TH_NUM_SIGN_BEHIND, 0, 0, 0}, {"-100-", TH_NUM_BAD, 0, 0, 0}, {"(100)", TH_NUM_BRACKETS, 0, 0, 0},
	{"(1,234.5)", TH_NUM_BRACKETS, 0, 0, 0}, {"(kWh)", TH_NUM_BAD, 0, 0, 0}, {"()", TH_NUM_BAD, 0, 0, 0},
	{"1 000", TH_NUM_BAD, 0, 0, 0}, {".", TH_NUM_BAD, 0, 0, 0}, {"--5", TH_NUM_BAD, 0, 0, 0}, {"1.2.3", TH_NUM_BAD, 0, 0, 0}, {"abc", TH_NUM_BAD, 0, 0, 0},
};

START_TEST(number_grammar)
{
	th_decimal value = {0, 0};
	unsigned notes;
	th_number kind = th_number_parse(th_slice_of(numbers[_i].text), &value, &notes);
	ck_assert_msg(kind == numbers[_i].kind, "%s: kind %d", numbers[_i].text, kind);
	if (!th_number_is(kind))
		return;
	ck_assert_msg(value.mant == numbers[_i].mant && value.exp == numbers[_i].exp, "%s: %lld e %d", numbers[_i].text, (long long)value.mant, value.exp);
	ck_assert_uint_eq(notes, numbers[_i].notes);
}
END_TEST

static th_decimal dec(const char *text)
{
	th_decimal value;
	unsigned notes;
	ck_assert_int_eq(th_number_parse(th_slice_of(text), &value, &notes), TH_NUM_OK);
	return value;
}

static void is_text(th_buf *buf, const char *expected)
{
	th_buf_char(buf, '\0');
	ck_assert_str_eq(buf->ptr, expected);
	th_buf_free(buf);
}

START_TEST(decimals)
{
	static const struct { const char *a, *b; int order; const char *sum; } rows[] = {
		{"1", "1.0", 0, "2"}, {"0.1", "0.2", -1, "0.3"}, {"-3", "2", -1, "-1"}, {"1e20", "1e19", 1, "110000000000000000000"},
		{"-5", "-5.001", 1, "-10.001"}, {"0", "-1", 1, "-1"}, {"999999999999999999", "1", 1, "1000000000000000000"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		th_decimal sum;
		th_buf text = {0};
		ck_assert_int_eq(th_decimal_cmp(dec(rows[i].a), dec(rows[i].b)), rows[i].order);
		ck_assert_int_eq(th_decimal_cmp(dec(rows[i].b), dec(rows[i].a)), -rows[i].order);
		ck_assert(th_decimal_add(dec(rows[i].a), dec(rows[i].b), &sum));
		th_put_decimal(&text, sum);
		is_text(&text, rows[i].sum);
	}
	th_decimal sum;
	ck_assert(!th_decimal_add(dec("1"), dec("1e-30"), &sum));
	ck_assert_double_eq(th_decimal_double(dec("0.125")), 0.125);
}
END_TEST

/* value x num/den x 10^exp in 1e-9, half to even; from Python: round(Fraction(...) * 10**9). */
static const struct { const char *value; uint64_t num, den; int32_t exp; const char *kg; } products[] = {
	{"1234.5", 420000, 1, -3, "518490"},          /* 1,234.5 MWh x 0.42 t/MWh */
	{"1", 1, 3, 0, "0.333333333"}, {"2", 1, 3, 0, "0.666666667"}, {"1", 5, 1, -10, "0"}, /* 0.5e-9: half to even, down */
	{"3", 5, 1, -10, "0.000000002"},              /* 1.5e-9: half to even, up */
	{"-3", 5, 1, -10, "-0.000000002"}, {"0.1", 1, 1, 0, "0.1"}, {"123456789012345678", 9223372036854775807u, 1, -20, "11386878955363490.616883169"},
	{"1e-20", 1, 1, 0, "0"}, {"1e20", 1, 7, 0, "14285714285714285714.285714286"},
};

START_TEST(coefficients)
{
	th_ratio r = th_ratio_one();
	th_arena arena = {0};
	th_coef coef;
	th_mass direct, by_coef;
	th_buf text = {0};
	th_ratio_mul_int(&r, products[_i].num, products[_i].den, products[_i].exp);
	ck_assert(th_coef_make(&coef, &r, &arena));
	ck_assert(th_coef_apply(&coef, dec(products[_i].value), &by_coef));
	th_ratio_mul(&r, dec(products[_i].value));
	ck_assert(th_ratio_round(&r, &direct));
	ck_assert(direct == by_coef);
	th_put_mass(&text, direct, 0);
	is_text(&text, products[_i].kg);
	th_arena_free(&arena);
}
END_TEST

START_TEST(ratios_that_do_not_fit)
{
	th_ratio r = th_ratio_one();
	th_mass mass;
	for (int i = 0; i < 20; i++)
		th_ratio_mul_int(&r, UINT64_MAX, UINT64_MAX - 2, 0);
	ck_assert(r.overflow);
	ck_assert(!th_ratio_round(&r, &mass));
	r = th_ratio_one();
	th_ratio_mul(&r, dec("1e40"));
	ck_assert(!th_ratio_round(&r, &mass)); /* above 2^126 of 1e-9 */
	th_mass sum = ((th_mass)1 << 126) - 1 + ((th_mass)1 << 126);
	ck_assert(!th_mass_add(&sum, 1));
	/* A numerator wider than 64 bits is kept exactly: 3^60 / 3^59 x 7 = 21. */
	r = th_ratio_one();
	for (int i = 0; i < 60; i++)
		th_ratio_mul_int(&r, 3, i < 59 ? 3 : 1, 0);
	th_ratio wide = r;
	th_ratio_mul(&wide, dec("7"));
	ck_assert(th_ratio_round(&wide, &mass));
	ck_assert(mass == (th_mass)21 * 1000000000);
}
END_TEST

START_TEST(writing)
{
	static const struct { long long mass; int shift, digits; bool group; const char *exact, *rounded; } rows[] = {
		{0, 3, 2, true, "0", "0.00"}, {300000000, 0, 2, true, "0.3", "0.30"}, {518490000000000, 3, 2, true, "518.49", "518.49"},
		{1234567890000000000, 3, 0, true, "1234567.89", "1,234,568"}, {-5000000000, 0, 0, false, "-5", "-5"},
		{125000000000, 3, 2, false, "0.125", "0.12"}, {135000000000, 3, 2, false, "0.135", "0.14"}, {-1, 0, 2, false, "-0.000000001", "0.00"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		th_buf exact = {0}, rounded = {0};
		th_put_mass(&exact, rows[i].mass, rows[i].shift);
		is_text(&exact, rows[i].exact);
		th_put_mass_rounded(&rounded, rows[i].mass, rows[i].shift, rows[i].digits, rows[i].group);
		is_text(&rounded, rows[i].rounded);
	}
	/* 1 t / 3 = 0.333333 t; 2/3; 999999.5 -> 1000000 at six digits; a large one keeps its zeros. */
	static const struct { long long kg; const char *by, *text; } quotients[] = {
		{1000, "3", "0.333333"}, {2000, "3", "0.666667"}, {9999995, "10", "1000"}, {5, "1000", "0.000005"}, {123456789, "0.001", "123457000"},
	};
	for (size_t i = 0; i < sizeof quotients / sizeof *quotients; i++) {
		th_ratio by = th_ratio_one();
		th_buf text = {0};
		th_ratio_mul(&by, dec(quotients[i].by));
		th_put_mass_quotient(&text, (th_mass)quotients[i].kg * 1000000000, 3, &by, 6);
		is_text(&text, quotients[i].text);
	}
	ck_assert_double_eq(th_mass_double(1500000000), 1.5);
}
END_TEST

START_TEST(well_formed_utf8)
{
	static const struct { const char *bytes; size_t valid; } rows[] = {
		{"abc", 3}, {"煤炭", 6}, {"\xF0\xA0\xAE\xB7", 4}, {"12345678\xC2", 8}, {"\xC0\x80", 0}, {"\xE0\x80\x80", 0}, {"\xED\xA0\x80", 0},
		{"\xF4\x90\x80\x80", 0}, {"\xF5\x80\x80\x80", 0}, {"a\xE7\x85", 1}, {"\x80", 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_uint_eq(th_utf8_valid(th_slice_of(rows[i].bytes)), rows[i].valid);
	ck_assert_uint_eq(th_utf8_length(th_slice_of("a煤\xF0\xA0\xAE\xB7")), 3);
}
END_TEST

START_TEST(folding_and_escaping)
{
	th_buf key = {0}, shown = {0}, fold = {0};
	th_utf8_key(th_slice_of(" ＫＷ　h "), &key);
	is_text(&key, "kwh");
	ck_assert(th_utf8_fold(th_slice_of("㎥×m²"), &fold));
	is_text(&fold, "m3·m2");
	th_utf8_escape(th_slice_of("a\x1b[31m\xff\xc2\x9b" "中\n"), &shown);
	is_text(&shown, "a\\x1B[31m\\xFF\\xC2\\x9B中\\n");
	th_utf8_escape(th_slice_of("a\xE2\x80\xAE" "b"), &shown); /* U+202E would turn the rest of the line round */
	is_text(&shown, "a\\xE2\\x80\\xAEb");
	ck_assert(!th_utf8_fold(th_slice_of("plain 中文"), &fold));
	th_buf_clear(&fold);
	ck_assert(th_utf8_fold(th_slice_of("購網電量、天然氣、萬噸、千瓦時"), &fold));
	is_text(&fold, "购网电量、天然气、万吨、千瓦时");
	th_buf_free(&fold);
}
END_TEST

/* A key in one pass over eight bytes at a time is what a pass byte by byte gives: every place of every kind of byte in texts of any length. */
START_TEST(keys_byte_by_byte)
{
	static const char bytes[] = "aZ0 \t_~[@`{z";
	char text[40], place[TH_KEY_PLACE];
	for (size_t len = 0; len < sizeof text; len++)
		for (size_t at = 0; at <= len; at++)
			for (size_t i = 0; i + 1 < sizeof bytes; i++) {
				th_buf wanted = {0};
				memset(text, 'n', len);
				text[len / 2] = bytes[(i + 3) % (sizeof bytes - 1)];
				if (at < len)
					text[at] = bytes[i];
				for (size_t k = 0; k < len; k++)
					if (text[k] != ' ' && text[k] != '\t')
						th_buf_char(&wanted, text[k] >= 'A' && text[k] <= 'Z' ? (char)(text[k] + 32) : text[k]);
				th_slice key = th_utf8_key_in((th_slice){text, len}, place);
				ck_assert(th_slice_eq(key, th_buf_view(&wanted)));
				th_buf_free(&wanted);
			}
	ck_assert(th_slice_eq(th_utf8_key_in(th_slice_of("Applicant NAME 申請單位 kWh"), place), th_slice_of("applicantname申请单位kwh")));
}
END_TEST

/* Every character between U+4E00 and U+9FFF is asked: as many are found as there are, and a simplified one is its own key. */
START_TEST(simplifies_each_hanzi_it_knows)
{
	size_t found = 0;
	for (uint32_t c = 0x4E00; c <= 0x9FFF; c++) {
		char text[3] = {(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F))}, place[TH_KEY_PLACE];
		const char *simple = th_hanzi_simplified(text);
		found += simple != NULL;
		ck_assert(th_slice_eq(th_utf8_key_in((th_slice){text, 3}, place), (th_slice){simple ? simple : text, 3}));
	}
	ck_assert_uint_eq(found, TH_HANZI);
}
END_TEST

/* The formats that need no C library give what it gives. */
START_TEST(plain_formats)
{
	char wanted[128];
	th_buf text = {0};
	snprintf(wanted, sizeof wanted, "%s：%d %d %d %u %zu 100%% %s", "中", -7, 0, INT_MIN, UINT_MAX, SIZE_MAX, "");
	th_buf_printf(&text, "%s：%d %d %d %u %zu 100%% %s", "中", -7, 0, INT_MIN, UINT_MAX, SIZE_MAX, "");
	is_text(&text, wanted);
	snprintf(wanted, sizeof wanted, "%c%04d-%02d-%02d %03d %02d %05d", 'E', 2023, 7, 12, -4, -45, INT_MAX);
	th_buf_clear(&text);
	th_buf_printf(&text, "%c%04d-%02d-%02d %03d %02d %05d", 'E', 2023, 7, 12, -4, -45, INT_MAX);
	is_text(&text, wanted);
}
END_TEST

START_TEST(slices)
{
	th_slice rest = th_slice_of(" a ;b;; c"), piece;
	const char *expected[] = {"a", "b", "", "c"};
	size_t n = 0;
	while (th_slice_split(&rest, ';', &piece))
		ck_assert(th_slice_eq(piece, th_slice_of(expected[n++])));
	ck_assert_uint_eq(n, 4);
	static const char *const separators[] = {";", "；", "、"};
	rest = th_slice_of(" a ；b；; c、");
	const char *of_any[] = {"a", "b", "", "c", ""};
	for (n = 0; th_slice_split_any(&rest, separators, sizeof separators / sizeof *separators, &piece); n++)
		ck_assert(n < 5 && th_slice_eq(piece, th_slice_of(of_any[n])));
	ck_assert_uint_eq(n, 5);
	rest = TH_S("a，b"); /* begins with the byte that ； begins with */
	ck_assert(th_slice_split_any(&rest, separators, sizeof separators / sizeof *separators, &piece) && th_slice_eq(piece, TH_S("a，b")));
	ck_assert(th_slice_cmp(TH_S("a"), TH_S("ab")) < 0 && th_slice_cmp(TH_S("b"), TH_S("ab")) > 0 && th_slice_cmp(TH_S(""), TH_S("")) == 0);
	ck_assert(th_slice_eq(th_slice_trim(TH_S("\xE3\x80\x80 x\xC2\xA0")), TH_S("x")));
}
END_TEST

START_TEST(interning)
{
	th_intern set = {0};
	char name[16];
	for (uint32_t i = 0; i < 5000; i++) {
		int n = snprintf(name, sizeof name, "name %u", i);
		ck_assert_uint_eq(th_intern_add(&set, (th_slice){name, (size_t)n}), i);
	}
	ck_assert_uint_eq(th_intern_add(&set, TH_S("name 77")), 77);
	ck_assert_uint_eq(th_intern_find(&set, TH_S("name 4999")), 4999);
	ck_assert_uint_eq(th_intern_find(&set, TH_S("other")), TH_NONE);
	ck_assert(th_slice_eq(th_intern_text(&set, 3), TH_S("name 3")));
	ck_assert_uint_eq(set.count, 5000);
	th_intern_free(&set);
	ck_assert_uint_eq(th_intern_find(&set, TH_S("name 1")), TH_NONE);
}
END_TEST

/* Whatever the hashes have in common: their upper halves are those of seven numbers, one of which is 0. */
START_TEST(numbers_by_hash)
{
	th_numbers set = {0};
	uint32_t at = 0;
	ck_assert_uint_eq(th_numbers_next(&set, 5, &at), TH_NONE);
	for (uint32_t i = 0; i < 700; i++)
		ck_assert(th_numbers_add(&set, (uint64_t)(i % 7) << 32 | i));
	ck_assert_uint_eq(set.count, 700);
	for (uint64_t h = 0; h < 8; h++) {
		size_t found = 0;
		at = 0;
		for (uint32_t number; (number = th_numbers_next(&set, h << 32, &at)) != TH_NONE; found++)
			ck_assert_uint_eq(number % 7, h);
		ck_assert_uint_eq(found, h < 7 ? 100 : 0);
	}
	th_numbers_free(&set);
}
END_TEST

START_TEST(arenas)
{
	th_arena arena = {0};
	ck_assert_ptr_null(th_arena_alloc(&arena, SIZE_MAX / 2, 4));
	unsigned char *big = th_arena_alloc(&arena, 3, 1000000);
	ck_assert_ptr_nonnull(big);
	size_t set = 0;
	for (size_t i = 0; i < 3000000; i++)
		set += big[i] != 0;
	ck_assert_uint_eq(set, 0);
	th_slice copy = th_arena_copy(&arena, TH_S("text"));
	ck_assert_str_eq(copy.ptr, "text");
	th_arena_reset(&arena);
	unsigned char *again = th_arena_alloc(&arena, 1, 64);
	ck_assert_ptr_nonnull(again);
	for (size_t i = 0; i < 64; i++)
		ck_assert_uint_eq(again[i], 0);
	th_arena_free(&arena);
}
END_TEST

/* Blocks of other arenas are used again, more of them than are kept, and what is in them does not show. */
START_TEST(arenas_one_after_another)
{
	enum { ROUNDS = 3, ARENAS = 20, OBJECT = 1500 };
	th_arena_keep_blocks(true);
	for (int round = 0; round < ROUNDS; round++) {
		th_arena arena[ARENAS] = {{0}};
		for (size_t i = 0; i < ARENAS; i++)
			for (size_t k = 0; k < i; k++) {
				unsigned char *object = th_arena_alloc(&arena[i], 1, OBJECT);
				ck_assert_ptr_nonnull(object);
				for (size_t at = 0; at < OBJECT; at++)
					ck_assert_uint_eq(object[at], 0);
				memset(object, 0xA5, OBJECT);
				ck_assert_str_eq(th_arena_copy(&arena[i], TH_S("text")).ptr, "text");
			}
		for (size_t i = 0; i < ARENAS; i++)
			th_arena_free(&arena[i]);
	}
	th_arena_keep_blocks(false);
}
END_TEST

/* A request that failed in between takes back what was found, and nothing else; a job inside a job tells the outer one. */
START_TEST(settled)
{
	th_diags *diags = th_diags_new();
	th_buf buf = {0};
	char *text = NULL;
	ck_assert_ptr_nonnull(diags);
	(void)th_report(diags, TH_GAS_CONDITION, (th_pos){"a.csv", 1, 1, NULL}, "1C", (char *)NULL);
	th_mark outer = th_begin(diags);
	ck_assert_int_eq(th_settle(outer, diags, TH_INVALID), TH_INVALID);
	(void)th_report(diags, TH_ACTIVITY_UNKNOWN, (th_pos){"b.csv", 3, 7, NULL}, "x", "y", (char *)NULL);
	th_mark inner = th_begin(NULL);
	ck_assert(!th_buf_reserve(&buf, SIZE_MAX / 2 + 1));
	ck_assert(buf.failed && th_ran_out(inner) && th_ran_out(outer));
	ck_assert_int_eq(th_settle(inner, NULL, TH_OK), TH_SYSTEM);
	ck_assert_uint_eq(th_diags_count(diags), 2);
	ck_assert_int_eq(th_settle(outer, diags, TH_INVALID), TH_SYSTEM);
	ck_assert_int_eq(th_settle(outer, diags, TH_OK), TH_SYSTEM);
	ck_assert_uint_eq(th_diags_count(diags), 2);
	ck_assert_uint_eq(th_diags_errors(diags), 2);
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_ZH, 0, &text), TH_OK);
	ck_assert_ptr_nonnull(strstr(text, "\n错误 E5001：内存不足：未生成结果\n"));
	ck_assert_int_eq(th_settle(th_begin(diags), diags, TH_OK), TH_OK);
	free(text);
	th_diags_free(diags);
}
END_TEST

static void *misses_one(void *before)
{
	size_t *missed = before;
	*missed = th_memory_missed();
	th_arena arena = {0};
	void *none = th_arena_alloc(&arena, SIZE_MAX, 2);
	return none ? NULL : before;
}

/* What one thread misses is not another's. */
START_TEST(missed_by_thread)
{
	pthread_t thread;
	size_t here = th_memory_missed(), there = 1;
	void *answer = NULL;
	th_memory_miss(3);
	ck_assert_int_eq(pthread_create(&thread, NULL, misses_one, &there), 0);
	ck_assert_int_eq(pthread_join(thread, &answer), 0);
	ck_assert_ptr_eq(answer, &there);
	ck_assert_uint_eq(there, 0);
	ck_assert_uint_eq(th_memory_missed(), here + 3);
}
END_TEST

START_TEST(diagnostics)
{
	th_diags *diags = th_diags_new();
	char *text = NULL, *json = NULL;
	ck_assert_ptr_nonnull(diags);
	ck_assert_int_eq(th_report(diags, TH_ACTIVITY_UNKNOWN, (th_pos){"a\x1b.csv", 3, 7, "activity"}, "x\"y", "z", (char *)NULL), TH_INVALID);
	ck_assert_int_eq(th_no_memory(diags), TH_SYSTEM);
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &text), TH_OK);
	ck_assert_str_eq(text, "a\\x1B.csv:3:7: error E2102: unknown activity [activity]: found 'x\"y'; did you mean z? A factor can be named in the column factor; all names: tanhe factors list\n"
	                       "error E5001: out of memory: no result is written\n");
	ck_assert_int_eq(th_diags_jsonl(diags, &json), TH_OK);
	ck_assert_ptr_nonnull(strstr(json, "{\"severity\":\"error\",\"code\":\"E2102\",\"text\":{\"zh\":\""));
	ck_assert_ptr_nonnull(strstr(json, "\"place\":{\"file\":\"a\\\\x1B.csv\",\"line\":3,\"column\":7,\"at\":\"activity\"}}\n"));
	free(text);
	free(json);
	for (int i = 0; i < 1200; i++)
		ck_assert_int_eq(th_report(diags, TH_CELL_UNIT_EMPTY, (th_pos){"f", 1, 1, NULL}, (char *)NULL), TH_INVALID);
	ck_assert_uint_eq(th_diags_errors(diags), 1202);
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &text), TH_OK);
	ck_assert_ptr_nonnull(strstr(text, "(1200 times: line 1)\n"));
	free(text);
	th_diags_free(diags);
}
END_TEST

/* One fault is told once however often it stands there, and hides no other that is found behind it. */
START_TEST(a_fault_is_told_once)
{
	th_diags *diags = th_diags_new();
	char *text = NULL;
	for (size_t line = 2; line < 2002; line++) {
		th_status status = th_report(diags, TH_NUMBER_BAD, (th_pos){"f.csv", line, 5, "quantity"}, "-1.5x", (char *)NULL);
		ck_assert_int_eq(status, TH_INVALID);
	}
	ck_assert_int_eq(th_report(diags, TH_ACTIVITY_UNKNOWN, (th_pos){"f.csv", 2001, 7, "activity"}, "x", "z", (char *)NULL), TH_INVALID);
	for (size_t line = 3; line < 20; line += line == 4 || line == 9 ? 3 : 1) {
		char found[2] = {(char)('a' + line), '\0'};
		ck_assert_int_eq(th_report(diags, TH_NUMBER_BAD, (th_pos){"g.csv", line, 5, "quantity"}, found, (char *)NULL), TH_INVALID);
	}
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &text), TH_OK);
	const char *expected = "f.csv:2:5: error E2211: not a number [quantity]: found '-1.5x', expected digits with at most one point, as 1234.5 "
	                       "(2000 times: lines 2-1001, ...)\n"
	                       "f.csv:2001:7: error E2102: unknown activity [activity]: found 'x'; did you mean z? A factor can be named in the column factor; all names: tanhe factors list\n";
	ck_assert_msg(strncmp(text, expected, strlen(expected)) == 0, "%s", text);
	const char *rest = strstr(text, "g.csv:10:5:"); /* 3 4 7 8 9 12 ...: four by themselves, the rest in one */
	ck_assert_ptr_null(rest);
	rest = strstr(text, "g.csv:9:5:");
	ck_assert_msg(rest && strcmp(rest, "g.csv:9:5: error E2211: not a number [quantity]: the same fault, each with another content (9 times: lines 9, 12-19)\n") == 0,
	              "%s", text);
	free(text);
	th_diags_free(diags);
}
END_TEST

START_TEST(the_table_is_well_formed)
{
	th_diag_info info, before = {0};
	size_t n = 0;
	for (; th_diag_table(n, &info); n++) {
		ck_assert_msg(info.code >= 1000 && info.code <= 9999, "%s", info.name);
		ck_assert_msg(info.title_en[0] && info.title_zh[0] && info.detail_en[0] && info.detail_zh[0], "%s", info.name);
		before = info;
	}
	ck_assert_uint_gt(n, 50);
	ck_assert(before.code != 0);
}
END_TEST

START_TEST(lists_grow)
{
	th_arena arena = {0};
	size_t *heap = NULL, *kept = NULL;
	for (size_t i = 0; i < 1000; i++) {
		size_t *grown = th_grown(heap, i, sizeof *heap), *grown_in = th_grown_in(&arena, kept, i, sizeof *kept);
		ck_assert(grown && grown_in);
		bool full = i == 0 || (i >= 16 && (i & (i - 1)) == 0); /* 16, 32, 64 ... */
		ck_assert_int_eq(kept != grown_in, full);
		heap = grown;
		kept = grown_in;
		heap[i] = kept[i] = i * i;
	}
	for (size_t i = 0; i < 1000; i++)
		ck_assert(heap[i] == i * i && kept[i] == i * i);
	ck_assert_ptr_null(th_grown(heap, (size_t)1 << 60, 64));
	ck_assert_ptr_null(th_grown_in(&arena, kept, (size_t)1 << 60, 64));
	free(heap);
	th_arena_free(&arena);
}
END_TEST

START_TEST(common_divisors)
{
	ck_assert(th_gcd(0, 0) == 0 && th_gcd(12, 0) == 12 && th_gcd(0, 12) == 12);
	ck_assert(th_gcd(44, 12) == 4 && th_gcd(12, 44) == 4 && th_gcd(17, 13) == 1);
	ck_assert(th_gcd((u128)6 << 120, (u128)9 << 120) == (u128)3 << 120);
}
END_TEST

/* Optimal string alignment, by hand. */
static const struct { const char *a, *b; size_t distance; } pairs[] = {
	{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"ABC", "abc", 0}, {"ａｂｃ", "abc", 0}, {"a b c", "abc", 0},
	{"kitten", "sitting", 3}, {"ab", "ba", 1}, {"ca", "abc", 3}, {"天然气", "天燃气", 1}, {"天然气", "然天气", 1}, {"天然气", "天然", 1},
	{"柴油", "汽油", 1}, {"abcdef", "abdcef", 1},
};

START_TEST(measures_distance)
{
	ck_assert_uint_eq(th_distance(th_slice_of(pairs[_i].a), th_slice_of(pairs[_i].b)), pairs[_i].distance);
	ck_assert_uint_eq(th_distance(th_slice_of(pairs[_i].b), th_slice_of(pairs[_i].a)), pairs[_i].distance);
}
END_TEST

START_TEST(long_texts_are_not_measured)
{
	char text[80];
	memset(text, 'a', sizeof text);
	ck_assert_uint_eq(th_distance((th_slice){text, 64}, (th_slice){text, 64}), 0);
	ck_assert_uint_eq(th_distance((th_slice){text, 65}, (th_slice){text, 3}), SIZE_MAX);
	ck_assert_uint_eq(th_distance((th_slice){text, 3}, (th_slice){text, 65}), SIZE_MAX);
}
END_TEST

START_TEST(finds_the_nearest_name)
{
	const th_slice names[] = {TH_S("electricity"), TH_S("天然气"), TH_S("柴油")};
	static const struct { const char *text, *nearest; } cases[] = {
		{"electrisity", "electricity"}, {"elecrticity", "electricity"}, {"electric", ""}, {"water", ""},
		{"天燃气", "天然气"}, {"氢", ""}, {"汽油", ""}, {"柴 油", "柴油"}, {"", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		th_slice found = th_nearest(th_slice_of(cases[i].text), names, 3);
		ck_assert_msg(th_slice_eq(found, th_slice_of(cases[i].nearest)), "%s: %.*s", cases[i].text, (int)found.len, found.ptr);
	}
}
END_TEST

Suite *base_suite(void)
{
	Suite *suite = suite_create("base");
	TCase *numbers_case = tcase_create("numbers"), *text_case = tcase_create("text");
	tcase_add_loop_test(numbers_case, number_grammar, 0, (int)(sizeof numbers / sizeof *numbers));
	tcase_add_loop_test(numbers_case, coefficients, 0, (int)(sizeof products / sizeof *products));
	tcase_add_test(numbers_case, decimals);
	tcase_add_test(numbers_case, ratios_that_do_not_fit);
	tcase_add_test(numbers_case, writing);
	tcase_add_test(numbers_case, common_divisors);
	tcase_add_test(text_case, well_formed_utf8);
	tcase_add_test(text_case, folding_and_escaping);
	tcase_add_test(text_case, keys_byte_by_byte);
	tcase_add_test(text_case, simplifies_each_hanzi_it_knows);
	tcase_add_test(text_case, plain_formats);
	tcase_add_test(text_case, slices);
	tcase_add_test(text_case, interning);
	tcase_add_test(text_case, numbers_by_hash);
	tcase_add_test(text_case, arenas);
	tcase_add_test(text_case, arenas_one_after_another);
	tcase_add_test(text_case, lists_grow);
	tcase_add_loop_test(text_case, measures_distance, 0, (int)(sizeof pairs / sizeof *pairs));
	tcase_add_test(text_case, long_texts_are_not_measured);
	tcase_add_test(text_case, finds_the_nearest_name);
	tcase_add_test(text_case, diagnostics);
	tcase_add_test(text_case, a_fault_is_told_once);
	tcase_add_test(text_case, settled);
	tcase_add_test(text_case, missed_by_thread);
	tcase_add_test(text_case, the_table_is_well_formed);
	suite_add_tcase(suite, numbers_case);
	suite_add_tcase(suite, text_case);
	return suite;
}
