/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook to fill in: what it holds as CSV, and that its bytes depend on nothing but what it holds. */
#include <check.h>
#include <stdlib.h>

#include "io/book.h"
#include "suites.h"

static th_book book;
static th_diags *diags;

static void setup(void)
{
	diags = th_diags_new();
	th_book_begin(&book);
}

static void teardown(void)
{
	th_book_free(&book);
	th_diags_free(diags);
}

static void fill(const char *text)
{
	static const th_book_column column[] = {{.width = 10, .text = true}, {.width = 10, .look = TH_BOOK_ENTRY}};
	th_book_open(&book, TH_S("一"), column, 2);
	th_book_put(&book, TH_S("a"));
	th_book_put(&book, TH_S("b"));
	th_book_end(&book, true);
	th_book_put(&book, th_slice_of(text));
	th_book_end(&book, false);
	th_book_choose(&book, &(th_book_choice){.column = 1, .row = 1, .rows = 3, .list = TH_S("='二'!$A$1:$A$2"), .title = TH_S("t"), .hint = TH_S("h"), .question = TH_S("q")});
	th_book_open(&book, TH_S("二"), column, 1);
	th_book_put(&book, TH_S("x"));
	th_book_put(&book, TH_S("there is no such column"));
	th_book_end(&book, false);
}

START_TEST(as_csv)
{
	th_buf out = {0};
	fill("=1+1");
	th_book_put_csv(book.sheet, &out);
	th_buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, "\xEF\xBB\xBF" "a,b\r\n'=1+1,\r\n");
	ck_assert_uint_eq(book.sheet->next->rows, 1);
	ck_assert_uint_eq(book.sheet->next->row->cells, 1);
	th_buf_free(&out);
}
END_TEST

START_TEST(same_bytes)
{
	th_buf one = {0}, two = {0}, other = {0};
	fill("x");
	ck_assert_int_eq(th_book_write(&book, diags, &one), TH_OK);
	ck_assert_int_eq(th_book_write(&book, diags, &two), TH_OK);
	ck_assert_uint_gt(one.len, 1000);
	ck_assert_mem_eq(one.ptr, "PK", 2);
	ck_assert_uint_eq(one.len, two.len);
	ck_assert_mem_eq(one.ptr, two.ptr, one.len);
	teardown();
	setup();
	fill("y");
	ck_assert_int_eq(th_book_write(&book, diags, &other), TH_OK);
	ck_assert(one.len != other.len || memcmp(one.ptr, other.ptr, one.len) != 0);
	th_buf_free(&one);
	th_buf_free(&two);
	th_buf_free(&other);
}
END_TEST

/* What Excel takes of a hint ends at 255 characters, of a title at 32; a longer one is cut between characters and is no error. */
START_TEST(long_hints)
{
	static const th_book_column column = {.width = 10};
	char hint[3000] = "";
	th_buf out = {0};
	for (int i = 0; i < 300; i++)
		strcat(hint, "字");
	th_book_open(&book, TH_S("一"), &column, 1);
	th_book_choose(&book, &(th_book_choice){.rows = 1, .title = th_slice_of(hint), .hint = th_slice_of(hint)});
	ck_assert_int_eq(th_book_write(&book, diags, &out), TH_OK);
	th_buf_free(&out);
}
END_TEST

/* A name that no sheet can have is said and not written. */
START_TEST(bad_name)
{
	static const th_book_column column = {.width = 10};
	th_buf out = {0};
	th_book_open(&book, TH_S("a/b"), &column, 1);
	ck_assert_int_eq(th_book_write(&book, diags, &out), TH_SYSTEM);
	ck_assert_uint_eq(out.len, 0);
	ck_assert_uint_eq(th_diags_errors(diags), 1);
	th_buf_free(&out);
}
END_TEST

Suite *book_suite(void)
{
	Suite *suite = suite_create("book");
	TCase *tests = tcase_create("book");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, as_csv);
	tcase_add_test(tests, same_bytes);
	tcase_add_test(tests, long_hints);
	tcase_add_test(tests, bad_name);
	suite_add_tcase(suite, tests);
	return suite;
}
