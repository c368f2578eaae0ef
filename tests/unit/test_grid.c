/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lend.h"

#include "io/rows.h"

static th_diags *diags;

static void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
}

static void teardown(void)
{
	th_diags_free(diags);
}

/* All cells of a text read as a grid, as `line|line:column=cell.../`; to be freed. */
static char *all_of(const char *text)
{
	th_rows *rows;
	const th_grid *grid;
	th_buf out = {0};
	ck_assert_int_eq(th_rows_open(lend(diags, "f.csv", text), TH_ENC_AUTO, diags, &rows), TH_OK);
	ck_assert_int_eq(th_rows_grid(rows, diags, &grid), TH_OK);
	for (size_t r = 0; r < grid->rows; r++) {
		th_buf_printf(&out, "%zu", grid->row[r].line);
		for (size_t c = 0; c < grid->row[r].cells; c++) {
			th_pos pos = th_grid_place(grid, r, c, NULL);
			ck_assert_str_eq(pos.file, "f.csv");
			th_buf_printf(&out, "|%zu:%zu=", pos.line, pos.column);
			th_buf_slice(&out, th_grid_at(grid, r, c)->text);
		}
		th_buf_char(&out, '/');
	}
	ck_assert_uint_eq(th_grid_at(grid, grid->rows, 0)->text.len, 0);
	ck_assert_uint_eq(strlen(th_rows_sha256(rows)), 64);
	th_rows_close(rows);
	th_buf_char(&out, '\0');
	ck_assert(!out.failed);
	return out.ptr;
}

static void expect(const char *text, const char *expected)
{
	char *found = all_of(text);
	ck_assert_str_eq(found, expected);
	free(found);
}

START_TEST(rows_of_any_length)
{
	expect("标题,,,\n\n 单位：甲\na,b,c,d\n1,,3\n", "1|1:1=标题/3|3:1=单位：甲/4|4:1=a|4:3=b|4:5=c|4:7=d/5|5:1=1|5:3=|5:4=3/");
	expect("a,\"b\nc\",d\n1\n", "1|1:1=a|1:3=b\nc|2:4=d/3|3:1=1/");
}
END_TEST

START_TEST(delimiter_of_the_first_lines)
{
	expect("a title, with a comma\nx;y;z\n1;2;3\n", "1|1:1=a title, with a comma/2|2:1=x|2:3=y|2:5=z/3|3:1=1|3:3=2|3:5=3/");
	expect("title\nx\ty\n1\t2\n", "1|1:1=title/2|2:1=x|2:3=y/3|3:1=1|3:3=2/");
	expect("sep=;\na;b,b\n", "2|2:1=a|2:3=b,b/");
}
END_TEST

/* A table of more than one piece is read twice from its file, and is the same: every row, and its checksum. */
START_TEST(begins_again)
{
	th_buf text = {0};
	for (int i = 0; i < 100000; i++)
		th_buf_printf(&text, "%d,电力,%d\n", i, 2 * i);
	th_buf_char(&text, '\0');
	ck_assert(!text.failed);
	th_rows *rows;
	const th_grid *grid;
	ck_assert_int_eq(th_rows_open(lend(diags, "f.csv", text.ptr), TH_ENC_AUTO, diags, &rows), TH_OK);
	ck_assert_int_eq(th_rows_grid(rows, diags, &grid), TH_OK);
	ck_assert_uint_eq(grid->rows, 100000);
	ck_assert_uint_eq(grid->columns, 3);
	ck_assert(th_slice_eq(th_grid_at(grid, 99999, 2)->text, TH_S("199998")));
	char sha256[65];
	memcpy(sha256, th_rows_sha256(rows), sizeof sha256);
	th_rows_close(rows);
	ck_assert_int_eq(th_rows_open("f.csv", TH_ENC_AUTO, diags, &rows), TH_OK);
	th_record record;
	for (bool end = false; !end;)
		ck_assert_int_eq(th_rows_next(rows, &record, &end), TH_OK);
	ck_assert_str_eq(sha256, th_rows_sha256(rows));
	th_rows_close(rows);
	th_buf_free(&text);
}
END_TEST

START_TEST(broken_records_are_told)
{
	th_rows *rows;
	const th_grid *grid;
	ck_assert_int_eq(th_rows_open(lend(diags, "f.csv", "a,b\n\"x\"y,2\n"), TH_ENC_AUTO, diags, &rows), TH_OK);
	ck_assert_int_eq(th_rows_grid(rows, diags, &grid), TH_INVALID);
	ck_assert_ptr_null(grid);
	th_rows_close(rows);
}
END_TEST

Suite *grid_suite(void)
{
	Suite *s = suite_create("grid");
	TCase *t = tcase_create("grid");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, rows_of_any_length);
	tcase_add_test(t, delimiter_of_the_first_lines);
	tcase_add_test(t, begins_again);
	tcase_add_test(t, broken_records_are_told);
	suite_add_tcase(s, t);
	return s;
}
