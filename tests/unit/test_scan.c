/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fast reader is held equal to the careful one, and each processor's bits to those of portable C. */

#include <check.h>

#include "both_readers.h"
#include "base/utf8.h"
#include "io/cpu.h"
#include "io/digest.h"
#include "io/scan.h"
#include "io/scan_marks.h"
#include "io/utf8_run.h"
#include "suites.h"

/* Numbers that are the same everywhere. */
static unsigned drawn = 1;
static unsigned draw(unsigned below)
{
	drawn = drawn * 1664525u + 1013904223u;
	return (drawn >> 8) % below;
}

static void expect_same(th_slice text, unsigned random, const char *what)
{
	char *careful, *fast;
	const char *way = read_both(text, TH_ENC_UTF8, random, &careful, &fast);
	ck_assert_msg(!way, "%s, %s:\n%.*s\ncareful:\n%s\nfast:\n%s", what, way, (int)(text.len < 2000 ? text.len : 2000), text.ptr, careful, fast);
}

/* Text in which whatever matters to a reader stands everywhere. */
static void put_hostile(th_buf *text, size_t pieces, unsigned quotes)
{
	static const char *const piece[] = {
		",", ",", ",", "\n", "\n", "\r\n", "\r", " ", "\t", "a", "1", "煤", "\xC2\xA0", "\xE3\x80\x80", ";", "12,345", "a,b,c\n", "\"x\",\"\",\"a\"\"b\"\n", "\"\n\"", "\"",
		"\"", "\"\"", "\",\"", "\"\r\n",
	};
	enum { PIECES = sizeof piece / sizeof *piece, PLAIN = 18 };
	for (size_t i = 0; i < pieces; i++)
		th_buf_str(text, piece[draw(draw(100) < quotes ? PIECES : PLAIN)]);
}

START_TEST(agrees_with_the_careful_reader)
{
	th_buf text = {0};
	for (unsigned i = 0; i < 3000; i++) {
		th_buf_clear(&text);
		th_buf_str(&text, draw(4) ? "a,b,c\n" : draw(2) ? "a;b;c\r\n" : "a\tb\tc\r");
		put_hostile(&text, draw(i % 10 == 0 ? 3000 : 60), draw(3) * 15);
		ck_assert(!text.failed);
		expect_same(th_buf_view(&text), i, "random text");
	}
	th_buf_free(&text);
}
END_TEST

/* Pieces of any size leave what the whole does, and so does each processor's code. */
START_TEST(blocks_agree)
{
	static uint32_t room[2][3][TH_SCAN_LEFT + 2 * TH_SCAN_PIECE + TH_SCAN_SLACK];
	th_marks whole, parts;
	static th_marks_fn *const by[] = {
		th_marks_portable,
#ifdef TH_CPU_X86
		th_marks_sse2, th_marks_avx2,
#endif
	};
	size_t ways = sizeof by / sizeof *by;
#ifdef TH_CPU_X86
	ways -= th_cpu_take(TH_CPU_AVX2) != TH_CPU_AVX2;
#endif
	th_buf text = {0};
	for (unsigned round = 0; round < 400; round++) {
		th_buf_clear(&text);
		put_hostile(&text, draw(4000), draw(100));
		size_t len = text.len < TH_SCAN_PIECE ? text.len : TH_SCAN_PIECE;
		for (size_t k = 0; k < ways * 2; k++) {
			th_marks *m = k == 0 ? &whole : &parts;
			uint32_t (*own)[TH_SCAN_LEFT + 2 * TH_SCAN_PIECE + TH_SCAN_SLACK] = room[k > 0];
			*m = (th_marks){.mark = own[0], .end = own[1], .aside = own[2], .delimiter = round % 3 ? ',' : ';', .separator = 1};
			for (size_t at = 0, step; at < len; at += step) {
				step = k < ways ? len : 1 + draw(round % 2 ? 200 : 64);
				step = step < len - at ? step : len - at;
				by[k % ways](m, text.ptr, at, step);
			}
			ck_assert(m->marks == whole.marks && m->ends == whole.ends && m->asides == whole.asides && m->in == whole.in && m->cr == whole.cr);
			ck_assert(memcmp(m->mark, whole.mark, m->marks * sizeof *m->mark) == 0 && memcmp(m->end, whole.end, m->ends * sizeof *m->end) == 0);
			ck_assert(memcmp(m->aside, whole.aside, m->asides * sizeof *m->aside) == 0);
		}
	}
	th_buf_free(&text);
}
END_TEST

/* A small table, what of it the fast reader takes, and how. */
START_TEST(hands_out_records)
{
	static const char text[] = "x,\"a \"\"b\"\"\", 煤 \n\"\r\n\",2,\r\n,\"\",\xC2\xA0\n1,y\"z\",3\n1,2\n1,2,3,,\n7,8,9";
	static const struct { const char *cell[3]; size_t line; uint32_t start, next; bool odd, blank; } expected[] = {
		{{"x", "a \"b\"", "煤"}, 1, 0, 18, false, false}, {{"\r\n", "2", ""}, 2, 18, 27, false, false}, {{"", "", ""}, 4, 27, 34, false, true},
		{{NULL}, 5, 34, 43, true, false}, {{NULL}, 6, 43, 47, true, false}, {{"1", "2", "3"}, 7, 47, 55, false, false},
	};
	th_scan *scan = th_scan_new(',', 3, 0, TH_CPU_BEST);
	ck_assert_ptr_nonnull(scan);
	th_scanned record;
	char room[64], *at = room;
	th_scan_text(scan, (th_slice){text, sizeof text - 1}, 0, 1);
	for (size_t i = 0; i < 6; i++) {
		ck_assert(th_scan_next(scan, &record));
		ck_assert_uint_eq(record.line, expected[i].line);
		ck_assert_uint_eq(record.start, expected[i].start);
		ck_assert_uint_eq(record.next, expected[i].next);
		ck_assert_int_eq(record.odd, expected[i].odd);
		for (size_t c = 0; c < 3 && !record.odd; c++)
			ck_assert(th_slice_eq(th_scanned_plain(th_scanned_raw(&record, c), &at), th_slice_of(expected[i].cell[c])));
		ck_assert(record.odd || th_scanned_blank(&record) == expected[i].blank);
	}
	ck_assert(!th_scan_next(scan, &record));
	th_scan_free(scan);
}
END_TEST

static void repeat(th_buf *text, const char *what, size_t times)
{
	for (size_t i = 0; i < times; i++)
		th_buf_str(text, what);
}

/* What is too large for the fast reader, or nearly. */
START_TEST(large_records)
{
	static const struct { const char *head, *what; size_t times; const char *tail; } shapes[] = {
		{"a,b\n1,2\n", ",", 100000, "\n3,4\n5,6\n"}, {"a,b\n1,2\n", "x,", 100000, "\n3,4\n"}, {"a,b\n1,2\n3,", "z", 1048576, "\n3,4\n5,6\n"},
		{"a,b\n1,2\n3,\"", "\n", 1048000, "\"\n3,4\n5,6\n"}, {"a,b\n1,2\n3,\"", "\n", 30000, "\"\n3,4\n5,6\n"}, {"a,b\n1,2\n3,\"", "\r\n", 20000, "\"\r\n3,4\r\n5,6\r\n"},
		{"a,b\n1,2\n3,\"", "\"\"", 32000, "\"\n3,4\n5,6\n"}, {"a,b\n1,2\n3,\"", "\"\"", 40000, "\"\n3,4\n5,6\n"}, {"a,b\n1,2\n3,", "\"", 100000, "\n3,4\n5,6\n"},
		{"a,b\n1,2\n", "\n", 300000, "3,4\n5,6\n"}, {"a,b\n1,2\n", "1,2,,,,,,,,\n", 30000, "3,4\n5,6\n"}, {"a,b\n", "\"1\",\"2\"\r\n", 60000, "3,4"},
		{"a,b\n1,2\n3,", "煤", 21845, "\n5,6\n"}, {"a,b\n1,2\n3,", "煤", 21846, "\n5,6\n"}, {"a,b\n1,2\n", " \t, \t\n", 50000, "5,6\n"},
		{"a,b\n1,2\n", "\xC2\xA0,\xE3\x80\x80\n", 50000, "5,6\n"}, {"a,b\n1,2\n", "x\"y,2\n3,4\n", 400, "5,6\n"}, {"a,b\n1,2\n", "\"x\" ,2\n", 5000, "5,6\n"},
	};
	th_buf text = {0};
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		th_buf_clear(&text);
		th_buf_str(&text, shapes[i].head);
		repeat(&text, shapes[i].what, shapes[i].times);
		th_buf_str(&text, shapes[i].tail);
		ck_assert(!text.failed);
		expect_same(th_buf_view(&text), 4 + 9 * (unsigned)i, shapes[i].what);
	}
	th_buf_free(&text);
}
END_TEST

#ifdef TH_CPU_X86
/* All sequences of two, three and four bytes at the borders of blocks, faults among them: a run ends at a character that is whole, before the first
 * fault, and not long before it. */
START_TEST(runs_of_utf8)
{
	static const char *const whole[] = {"a", "xyz ", "é", "煤", "炭，", "𠮷", "\xC2\xA0", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"};
	static const char *const faults[] = {"\x80", "\xC0\x80", "\xC3", "\xE7\x85", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5", "\xFF", "\xF0\x9F\x98", "\xE7\x85\xA4\x85"};
	if (th_cpu_take(TH_CPU_AVX2) != TH_CPU_AVX2)
		return;
	th_buf text = {0};
	for (unsigned round = 0; round < 20000; round++) {
		size_t pair = SIZE_MAX;
		bool strong = false, three = false;
		th_buf_clear(&text);
		for (unsigned i = 0, pieces = draw(90), at = draw(2) ? draw(90) : 90; i < pieces; i++)
			th_buf_str(&text, i == at ? faults[draw(sizeof faults / sizeof *faults)] : whole[draw(draw(2) ? 10 : 2)]);
		const unsigned char *s = (const unsigned char *)text.ptr;
		size_t at = 0;
		while (at < text.len) {
			size_t used = s[at] < 0x80 ? 1 : th_utf8_sequence(s + at, text.len - at);
			if (used == 0 || used > text.len - at)
				break;
			pair = used == 2 && pair == SIZE_MAX ? at : pair;
			three |= used > 2;
			at += used;
		}
		const size_t fault = at;
		for (int pairs = 0; pairs < 2; pairs++) {
			size_t run = text.len ? th_utf8_run_avx2(s, text.len, pairs, &strong) : 0;
			size_t most = pairs && pair < fault ? pair : fault;
			ck_assert_msg(run <= most && (run + 64 + 67 > most), "run %zu of %zu", run, most);
			for (at = 0; at < run;)
				at += s[at] < 0x80 ? 1 : th_utf8_sequence(s + at, text.len - at);
			ck_assert_uint_eq(at, run);
		}
		ck_assert(!strong || three || fault < text.len);
	}
	th_buf_free(&text);
}
END_TEST
#endif

/* A tree over bytes that come in pieces of any size, by the processor's instructions or not, and by hand from its definition. */
START_TEST(digests_trees)
{
	enum { PIECE = 65536, ROOM = 9 * PIECE + 17 };
	unsigned char *bytes = malloc(ROOM);
	char by_hand[65], found[TH_DIGEST];
	ck_assert_ptr_nonnull(bytes);
	for (size_t i = 0; i < ROOM; i++)
		bytes[i] = (unsigned char)draw(256);
	for (unsigned round = 0; round < 60; round++) {
		size_t len = round < 8 ? (size_t[]){0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 4 * PIECE, ROOM}[round] : draw(ROOM);
		th_digest *root = th_digest_new();
		ck_assert_ptr_nonnull(root);
		for (size_t at = 0; at < len; at += PIECE) {
			th_digest *leaf = th_digest_new();
			ck_assert_ptr_nonnull(leaf);
			th_digest_add(leaf, bytes + at, len - at < PIECE ? len - at : PIECE);
			th_digest_hex(leaf, by_hand);
			unsigned char raw[32];
			for (size_t i = 0; i < 32; i++) {
				unsigned byte;
				ck_assert_int_eq(sscanf(by_hand + 2 * i, "%2x", &byte), 1);
				raw[i] = (unsigned char)byte;
			}
			th_digest_add(root, raw, sizeof raw);
		}
		th_digest_hex(root, by_hand);
		for (int cpu = TH_CPU_BEST; cpu <= TH_CPU_AVX2; cpu++) {
			th_digest *tree = th_digest_new_tree((th_cpu)cpu);
			ck_assert_ptr_nonnull(tree);
			for (size_t at = 0, step; at < len; at += step) {
				step = round % 3 == 0 ? 262144 : draw(round % 3 == 1 ? 200000 : 5000);
				step = step < len - at ? step : len - at;
				th_digest_add(tree, bytes + at, step);
			}
			th_digest_text(tree, found);
			ck_assert(strncmp(found, "sha256-tree-64k:", 16) == 0);
			ck_assert_str_eq(found + 16, by_hand);
		}
	}
	free(bytes);
}
END_TEST

Suite *scan_suite(void)
{
	Suite *suite = suite_create("scan");
	TCase *tc = tcase_create("scan");
	tcase_add_test(tc, hands_out_records);
	tcase_add_test(tc, blocks_agree);
	tcase_add_test(tc, agrees_with_the_careful_reader);
	tcase_add_test(tc, large_records);
	tcase_add_test(tc, digests_trees);
#ifdef TH_CPU_X86
	tcase_add_test(tc, runs_of_utf8);
#endif
	suite_add_tcase(suite, tc);
	return suite;
}
