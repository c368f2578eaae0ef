/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns of a terminal, tables, and numbers for display. */
#include "report_fixture.h"

static const struct { const char *text; size_t width; } widths[] = {
	{"", 0}, {"kWh", 3}, {"天然气", 6}, {"㎥", 2}, {"CO₂", 3}, {"（范围一）", 10}, {"e\xCC\x81", 1}, {"𠮷", 2}, {"ｋＷｈ", 6}, {"—×≈", 3},
	{"ﾊﾝ", 2}, {"한글", 4}, {"\xEF\xBB\xBF", 0}, {"😀", 2}, {"が", 2}, {"か\xE3\x82\x99", 2},
};

START_TEST(width_counts_terminal_columns)
{
	ck_assert_msg(th_width(th_slice_of(widths[_i].text)) == widths[_i].width, "`%s` is %zu wide, not %zu", widths[_i].text,
	              th_width(th_slice_of(widths[_i].text)), widths[_i].width);
}
END_TEST

/* Where a line of that many columns ends; worked out by hand. */
static const struct { const char *text; size_t columns; const char *line; } breaks[] = {
	{"short", 10, "short"},
	{"one two three", 7, "one two "},
	{"one two three", 8, "one two "},
	{"上海电力", 5, "上海"},
	{"上海，电力", 5, "上"},             /* the comma does not start a line */
	{"天（气）", 4, "天"},               /* nor does an opening bracket end one */
	{"unbreakableword", 4, "unbr"},      /* nothing better */
	{"天", 1, "天"},                     /* at least one character */
	{"用kWh计", 5, "用kWh"},
	{"e\xCC\x81" "e\xCC\x81", 1, "e\xCC\x81"},
};

START_TEST(lines_break_where_a_reader_expects)
{
	size_t len = th_width_break(th_slice_of(breaks[_i].text), breaks[_i].columns);
	ck_assert_msg(len == strlen(breaks[_i].line), "`%s` at %zu: %zu bytes, not %zu", breaks[_i].text, breaks[_i].columns, len,
	              strlen(breaks[_i].line));
}
END_TEST

START_TEST(cut_text_says_so)
{
	th_buf out = {0};
	th_width_cut(TH_S("天然气管道"), 6, &out);
	th_buf_char(&out, '|');
	th_width_cut(TH_S("天然气"), 6, &out);
	ck_assert(th_slice_eq(th_buf_view(&out), TH_S("天然…|天然气")));
	th_buf_free(&out);
}
END_TEST

/* --- tables --- */

START_TEST(columns_stand_under_each_other)
{
	th_grid grid = {.align = "ldr"};
	th_buf out = {0};
	static const char *const cell[] = {"天然气", "1,234.5", "9", "kWh", "0.125", "10", "電", "-", "x"};
	for (size_t i = 0; i < sizeof cell / sizeof *cell; i++)
		th_grid_cell(&grid, th_slice_of(cell[i]));
	th_grid_text(&grid, TH_S("under it"));
	th_grid_note(&grid);
	th_grid_print(&grid, 1, &out);
	ck_assert(!out.failed);
	th_buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, " 天然气  1,234.5     9\n"
	                          " kWh         0.125  10\n"
	                          " 電              -   x\n"
	                          "     under it\n");
	th_buf_free(&out);
}
END_TEST

START_TEST(control_characters_never_reach_the_terminal)
{
	th_grid grid = {.align = "l"};
	th_buf out = {0};
	th_grid_cell(&grid, TH_S("a\x1b[31mb\nc\x80"));
	th_grid_print(&grid, 0, &out);
	ck_assert(th_slice_eq(th_buf_view(&out), TH_S("a\\x1B[31mb\\nc\\x80\n")));
	th_buf_free(&out);
}
END_TEST

START_TEST(wide_tables_wrap_at_the_page)
{
	th_grid grid = {.align = "lld"};
	th_buf out = {0};
	for (int i = 0; i < 60; i++)
		th_grid_text(&grid, TH_S("排放"));
	th_grid_end(&grid);
	for (int i = 0; i < 30; i++)
		th_grid_text(&grid, TH_S("word "));
	th_grid_end(&grid);
	th_grid_cell(&grid, TH_S("1.5"));
	th_grid_print(&grid, 2, &out);
	th_slice rest = th_buf_view(&out), line;
	size_t lines = 0;
	while (th_slice_split(&rest, '\n', &line)) {
		ck_assert_uint_le(th_width(line), TH_PAGE);
		lines++;
	}
	ck_assert_uint_gt(lines, 2);
	th_buf_free(&out);
}
END_TEST

/* --- numbers --- */

static const struct { const char *text; int64_t mant; int exp; const char *shown; } numbers[] = {
	{"0.5500", 55, -2, "0.5500"}, {"-3", -3, 0, "-3"}, {"1,234.5", 12345, -1, "1234.5"}, {"1e3", 1, 3, "1000"}, {"007", 7, 0, "7"},
	{".5", 5, -1, "0.5"}, {"5.", 5, 0, "5"}, {"", 12, -2, "0.12"}, {"１２", 12, 0, "12"}, {"0", 0, 0, "0"},
};

START_TEST(digits_are_kept_as_written_where_json_allows)
{
	th_buf out = {0};
	th_number_text(&out, th_slice_of(numbers[_i].text), (th_decimal){numbers[_i].mant, numbers[_i].exp});
	th_buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, numbers[_i].shown);
	th_buf_free(&out);
}
END_TEST

static const struct { int64_t part, whole; bool sign; const char *shown; } percents[] = {
	{1, 3, false, "33.3 %"}, {1, 2000, false, "0.0 %"}, {3, 2000, false, "0.2 %"}, {-1, 4, true, "-25.0 %"}, {1, 1, true, "+100.0 %"},
	{0, 7, true, "0.0 %"}, {1000, 1, false, "100,000.0 %"}, {1, 0, false, NULL}, {1, -5, false, NULL},
};

START_TEST(percent_is_rounded_once_half_to_even)
{
	th_buf out = {0};
	bool there = th_put_percent(&out, percents[_i].part * KG, percents[_i].whole * KG, percents[_i].sign);
	ck_assert_int_eq(there, percents[_i].shown != NULL);
	th_buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, percents[_i].shown ? percents[_i].shown : "");
	th_buf_free(&out);
}
END_TEST

void add_layout_cases(Suite *suite)
{
	TCase *width = report_case(suite, "width");
	tcase_add_loop_test(width, width_counts_terminal_columns, 0, COUNT(widths));
	tcase_add_loop_test(width, lines_break_where_a_reader_expects, 0, COUNT(breaks));
	tcase_add_test(width, cut_text_says_so);
	tcase_add_test(width, columns_stand_under_each_other);
	tcase_add_test(width, control_characters_never_reach_the_terminal);
	tcase_add_test(width, wide_tables_wrap_at_the_page);
	tcase_add_loop_test(width, digits_are_kept_as_written_where_json_allows, 0, COUNT(numbers));
	tcase_add_loop_test(width, percent_is_rounded_once_half_to_even, 0, COUNT(percents));
}
