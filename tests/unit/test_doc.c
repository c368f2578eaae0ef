/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document, and what a terminal shows of it: widths, lines, tables, parts, and what is left of it without memory. */
#include <check.h>
#include <stdint.h>

#include "doc/doc.h"
#include "suites.h"

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))
#define KG ((th_mass)1000000000)

/* --- columns of a terminal --- */

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

/* --- documents --- */

static th_doc doc;

static void begin(void)
{
	doc = (th_doc){0};
}

static void text(const char *cell)
{
	th_doc_cell_text(&doc, th_slice_of(cell));
}

static void columns(const th_doc_kind *kind, size_t count)
{
	th_doc_table(&doc);
	for (size_t i = 0; i < count; i++)
		th_doc_column(&doc, kind[i], TH_S(""));
}

/* The document as text must be this; it is freed. */
static void shows(const char *wanted)
{
	th_buf out = {0};
	ck_assert(!th_doc_failed(&doc));
	th_put_doc_text(&out, &doc);
	th_buf_char(&out, '\0');
	ck_assert(!out.failed);
	ck_assert_str_eq(out.ptr, wanted);
	th_buf_free(&out);
	th_doc_free(&doc);
}

START_TEST(columns_stand_under_each_other)
{
	static const char *const cell[] = {"天然气", "1,234.5", "9", "kWh", "0.125", "10", "電", "-", "x"};
	columns((th_doc_kind[]){TH_DOC_WORD, TH_DOC_NUMBER, TH_DOC_FIGURE}, 3);
	for (size_t i = 0; i < sizeof cell / sizeof *cell; i++)
		text(cell[i]);
	th_doc_note(&doc, TH_S("under it"));
	shows("天然气  1,234.5     9\n"
	      "kWh         0.125  10\n"
	      "電              -   x\n"
	      "    under it\n");
}
END_TEST

/* A head that begins with digits is no number; masses of any decimals meet at their point. */
START_TEST(kinds_of_columns)
{
	static const struct { th_doc_kind kind; const char *head; } column[] = {
		{TH_DOC_WORD, "id"}, {TH_DOC_YEAR, "from"}, {TH_DOC_MASS, "2030 t"}, {TH_DOC_PERCENT, "share"}, {TH_DOC_COUNT, "rows"},
		{TH_DOC_MONEY, "CNY"},
	};
	th_doc_table(&doc);
	for (int i = 0; i < COUNT(column); i++)
		th_doc_column(&doc, column[i].kind, th_slice_of(column[i].head));
	text("M1");
	th_doc_year(&doc, 2026);
	th_doc_mass(&doc, 1234500 * KG, 3, 1, false);
	th_doc_share(&doc, 1, 3, false);
	th_doc_count(&doc, 12);
	th_doc_mass(&doc, 5 * KG, 0, 2, true);
	text("M2");
	th_doc_year(&doc, 0);
	th_doc_mass(&doc, -125 * KG, 3, 3, true);
	th_doc_share(&doc, 1, 0, false);
	th_doc_count(&doc, 0);
	th_doc_none(&doc);
	shows("id  from     2030 t   share  rows    CNY\n"
	      "M1  2026  1,234.5    33.3 %    12  +5.00\n"
	      "M2           -0.125       -     0      -\n");
}
END_TEST

START_TEST(numbers_stay_numbers)
{
	th_ratio three = th_ratio_one();
	th_ratio_mul_int(&three, 3, 1, 0);
	columns((th_doc_kind[]){TH_DOC_NUMBER}, 1);
	th_doc_quotient(&doc, 1000 * KG, 3, &three, 4);
	three = th_ratio_one(); /* the document has its own */
	th_doc_real(&doc, 0.5, 2);
	th_doc_share(&doc, 3 * KG, 4 * KG, true);
	ck_assert_int_eq(doc.cell[1].value, TH_DOC_QUOTIENT);
	ck_assert(doc.cell[1].is.mass == 1000 * KG);
	ck_assert(*doc.cell[3].by.whole == 4 * KG);
	shows("  0.3333\n"
	      "  0.50\n"
	      "+75.0 %\n");
}
END_TEST

START_TEST(text_is_built_in_pieces)
{
	th_buf_str(&doc.text, "sha256 ");
	th_doc_paragraph(&doc, TH_S("0123"));
	th_buf_str(&doc.text, "to");
	th_doc_field(&doc, TH_S("label"), TH_S("gether"));
	th_doc_field(&doc, TH_S("nothing"), TH_S(""));
	th_doc_field(&doc, TH_S(""), TH_S("and on"));
	th_doc_item(&doc, TH_S("one"));
	th_doc_item(&doc, TH_S("two"));
	shows("sha256 0123\n"
	      "label  together\n"
	      "       and on\n"
	      "- one\n"
	      "- two\n");
}
END_TEST

START_TEST(parts_are_set_off)
{
	th_doc_title(&doc, TH_S("title"));
	th_doc_open(&doc, TH_DOC_PLAIN, TH_S(""));
	th_doc_field(&doc, TH_S("a"), TH_S("b"));
	th_doc_close(&doc);
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("section"));
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("within"));
	th_doc_paragraph(&doc, TH_S("text"));
	th_doc_close(&doc);
	th_doc_open(&doc, TH_DOC_ITEM, TH_S("item"));
	th_doc_paragraph(&doc, TH_S("text"));
	th_doc_close(&doc);
	th_doc_close(&doc);
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("items"));
	for (int i = 0; i < 2; i++) {
		th_doc_open(&doc, TH_DOC_ITEM, TH_S("item"));
		th_doc_close(&doc);
	}
	shows("title\n\na  b\n\nsection\n  within\n    text\n\n  item\n      text\n\nitems\n  item\n\n  item\n");
}
END_TEST

START_TEST(what_is_empty_is_not_shown)
{
	static const th_doc_kind one[] = {TH_DOC_WORD};
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("taken back"));
	columns(one, 1);
	th_doc_table(&doc);
	th_doc_close_if_any(&doc);
	columns(one, 1);
	th_doc_bullets(&doc);
	th_doc_table(&doc);
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("stays"));
	th_doc_close(&doc);
	th_doc_table(&doc);
	th_doc_column(&doc, TH_DOC_WORD, TH_S("head"));
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("full"));
	columns(one, 1);
	text("row");
	th_doc_close_if_any(&doc);
	ck_assert_uint_eq(doc.depth, 0);
	shows("stays\nhead\n\nfull\n  row\n");
}
END_TEST

START_TEST(rows_are_filled)
{
	columns((th_doc_kind[]){TH_DOC_WORD, TH_DOC_WORD}, 2);
	text("a");
	th_doc_note(&doc, TH_S("about a"));
	text("b");
	text("c");
	text("d");
	th_doc_bullets(&doc);
	th_doc_column(&doc, TH_DOC_WORD, TH_S(""));
	text("e");
	text("f");
	shows("a\n    about a\nb  c\nd\n-  e\n-  f\n");
}
END_TEST

START_TEST(control_characters_never_reach_the_terminal)
{
	th_doc_paragraph(&doc, TH_S("a\x1b[31mb\nc\x80"));
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("\x07"));
	shows("a\\x1B[31mb\\nc\\x80\n\n\\x07\n");
}
END_TEST

/* Every line of the document fits the page; it is freed. */
static size_t lines_that_fit(void)
{
	th_buf out = {0};
	size_t lines = 0;
	th_put_doc_text(&out, &doc);
	th_slice rest = th_buf_view(&out), line;
	while (th_slice_split(&rest, '\n', &line)) {
		ck_assert_msg(th_width(line) <= TH_TEXT_PAGE, "%.*s", (int)line.len, line.ptr);
		lines++;
	}
	th_buf_free(&out);
	th_doc_free(&doc);
	return lines - 1; /* behind the last line break */
}

static void add_long(const char *word, int times)
{
	for (int i = 0; i < times; i++)
		th_buf_str(&doc.text, word);
}

START_TEST(wide_text_wraps_at_the_page)
{
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("s"));
	columns((th_doc_kind[]){TH_DOC_WORD, TH_DOC_WORD, TH_DOC_NUMBER}, 3);
	add_long("排放", 60);
	th_doc_end(&doc);
	add_long("word ", 30);
	th_doc_end(&doc);
	text("1.5");
	ck_assert_uint_gt(lines_that_fit(), 4);
	add_long("排放，", 50); /* 300 columns, and a comma begins no line */
	th_doc_paragraph(&doc, TH_S(""));
	ck_assert_uint_eq(lines_that_fit(), 4);
	th_doc_open(&doc, TH_DOC_ITEM, TH_S("i"));
	add_long("word ", 50);
	th_doc_field(&doc, TH_S("label"), TH_S(""));
	ck_assert_uint_eq(lines_that_fit(), 1 + 3);
	columns((th_doc_kind[]){TH_DOC_WORD}, 1);
	text("row");
	add_long("排放", 60);
	th_doc_short_note(&doc, TH_S(""));
	ck_assert_uint_eq(lines_that_fit(), 2);
}
END_TEST

/* --- failures --- */

static void is_failed(void)
{
	th_buf out = {0};
	text("more");
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("and more"));
	th_doc_field(&doc, TH_S("a"), TH_S("b"));
	th_doc_close_if_any(&doc);
	ck_assert(th_doc_failed(&doc));
	th_put_doc_text(&out, &doc);
	ck_assert(out.failed);
	ck_assert_uint_eq(out.len, 0);
	th_buf_free(&out);
	th_doc_free(&doc);
	ck_assert(!th_doc_failed(&doc));
}

START_TEST(a_document_without_memory_is_no_text)
{
	th_doc_title(&doc, TH_S("title"));
	ck_assert(!th_buf_reserve(&doc.text, SIZE_MAX / 2 + 1));
	is_failed();
	doc.blocks = (size_t)1 << 62; /* more than memory can hold: the list does not grow */
	th_doc_table(&doc);
	ck_assert(doc.failed);
	doc.blocks = 0;
	is_failed();
	th_doc_table(&doc);
	doc.cells = (size_t)1 << 62;
	text("cell");
	ck_assert(doc.failed);
	doc.cells = 0;
	doc.block[0].cells = 0;
	is_failed();
}
END_TEST

START_TEST(limits_are_kept)
{
	th_doc_bullets(&doc);
	for (int i = 0; i < TH_DOC_COLUMNS; i++)
		th_doc_column(&doc, TH_DOC_COUNT, TH_S(""));
	for (int i = 0; i < TH_DOC_COLUMNS; i++)
		th_doc_count(&doc, (size_t)i);
	shows("-  0  1  2  3  4  5  6  7  8  9  10  11  12  13  14  15\n");
	th_doc_table(&doc);
	for (int i = 0; i <= TH_DOC_COLUMNS; i++)
		th_doc_column(&doc, TH_DOC_WORD, TH_S("x"));
	is_failed();
	for (int i = 0; i <= TH_DOC_DEPTH; i++)
		th_doc_open(&doc, TH_DOC_SECTION, TH_S("x"));
	is_failed();
}
END_TEST

/* --- as pages --- */

/* What a renderer makes of the document; it is freed. */
static void puts_out(void (*put)(th_buf *, const th_doc *), const char *wanted, bool whole)
{
	th_buf out = {0};
	ck_assert(!th_doc_failed(&doc));
	put(&out, &doc);
	th_buf_char(&out, '\0');
	ck_assert(!out.failed);
	ck_assert_msg(whole ? strcmp(out.ptr, wanted) == 0 : strstr(out.ptr, wanted) != NULL, "not `%s` but\n%s", wanted, out.ptr);
	th_buf_free(&out);
	th_doc_free(&doc);
}

/* Parts with a title are numbered down to the second level, items are not; a part without one is on the level of what is around it. */
static void chapters(const char *lang)
{
	doc.lang = lang;
	th_doc_title(&doc, TH_S("T"));
	for (int i = 0; i < 11; i++) {
		th_doc_open(&doc, TH_DOC_SECTION, TH_S("A"));
		if (i == 10) {
			th_doc_open(&doc, TH_DOC_PLAIN, TH_S(""));
			th_doc_open(&doc, TH_DOC_SECTION, TH_S("B"));
			th_doc_open(&doc, TH_DOC_ITEM, TH_S("C"));
			th_doc_close(&doc);
			th_doc_close(&doc);
			th_doc_close(&doc);
		}
		th_doc_close(&doc);
	}
}

START_TEST(titles_are_numbered_in_the_language)
{
	chapters("zh-CN");
	puts_out(th_put_doc_markdown, "## 十、A\n\n## 十一、A\n\n### （一）B\n\n#### C\n\n", false);
	chapters("en");
	puts_out(th_put_doc_markdown, "## 10 A\n\n## 11 A\n\n### 11.1 B\n\n#### C\n\n", false);
	chapters("zh-CN");
	puts_out(th_put_doc_html, "<h2 id=\"c11\">十一、A</h2>\n<h3>（一）B</h3>\n<h4>C</h4>\n", false);
}
END_TEST

START_TEST(signs_stay_text_in_markdown)
{
	th_doc_paragraph(&doc, TH_S("1. <b>*a*_b_</b> `c` [d](e) f|g \\ &lt; ~h~ $i$ #j\n- k"));
	th_doc_item(&doc, TH_S("- l"));
	th_doc_table(&doc);
	th_doc_column(&doc, TH_DOC_WORD, TH_S("m|"));
	th_doc_column(&doc, TH_DOC_COUNT, TH_S("n"));
	text("1. o");
	th_doc_count(&doc, 2);
	th_doc_note(&doc, TH_S("p|q"));
	text("r");
	puts_out(th_put_doc_markdown,
	         "1\\. \\<b\\>\\*a\\*\\_b\\_\\</b\\> \\`c\\` \\[d\\](e) f\\|g \\\\ \\&lt; \\~h\\~ \\$i\\$ \\#j - k\n\n- \\- l\n\n"
	         "| m\\| | n |\n| --- | ---: |\n| 1. o | 2 |\n| *p\\|q* |  |\n| r |  |\n\n", true);
}
END_TEST

START_TEST(signs_stay_text_in_html)
{
	th_doc_title(&doc, TH_S("<T>"));
	th_doc_field(&doc, TH_S("a\"b"), TH_S("<script>x</script>"));
	puts_out(th_put_doc_html, "<dl>\n<dt>a&quot;b</dt>\n<dd>&lt;script&gt;x&lt;/script&gt;</dd>\n</dl>\n", false);
}
END_TEST

/* Heads that a terminal does not need; nothing of a table without heads and rows. */
START_TEST(quiet_heads_are_for_pages)
{
	for (int page = 0; page < 2; page++) {
		th_doc_quiet_table(&doc);
		th_doc_column(&doc, TH_DOC_WORD, TH_S("head"));
		text("cell");
		th_doc_bullets(&doc);
		th_doc_column(&doc, TH_DOC_WORD, TH_S(""));
		if (page)
			puts_out(th_put_doc_markdown, "| head |\n| --- |\n| cell |\n\n", true);
		else
			shows("cell\n");
	}
}
END_TEST

/* Above the caption of its table; a part of nothing but a mark is taken back. */
START_TEST(marks_stand_above_tables)
{
	doc.mark = TH_S("mark");
	th_doc_caption(&doc, TH_S("caption"));
	th_doc_table(&doc);
	th_doc_column(&doc, TH_DOC_WORD, TH_S("head"));
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("empty"));
	th_doc_table(&doc);
	th_doc_column(&doc, TH_DOC_WORD, TH_S(""));
	th_doc_close_if_any(&doc);
	puts_out(th_put_doc_markdown, "> **mark**\n\n**Table 1  caption**\n\n| head |\n| --- |\n\n", true);
}
END_TEST

Suite *doc_suite(void)
{
	Suite *suite = suite_create("doc");
	TCase *width = tcase_create("width"), *document = tcase_create("document");
	suite_add_tcase(suite, width);
	tcase_add_loop_test(width, width_counts_terminal_columns, 0, COUNT(widths));
	tcase_add_loop_test(width, lines_break_where_a_reader_expects, 0, COUNT(breaks));
	tcase_add_test(width, cut_text_says_so);
	suite_add_tcase(suite, document);
	tcase_add_checked_fixture(document, begin, NULL);
	tcase_add_test(document, columns_stand_under_each_other);
	tcase_add_test(document, kinds_of_columns);
	tcase_add_test(document, numbers_stay_numbers);
	tcase_add_test(document, text_is_built_in_pieces);
	tcase_add_test(document, parts_are_set_off);
	tcase_add_test(document, what_is_empty_is_not_shown);
	tcase_add_test(document, rows_are_filled);
	tcase_add_test(document, control_characters_never_reach_the_terminal);
	tcase_add_test(document, wide_text_wraps_at_the_page);
	tcase_add_test(document, a_document_without_memory_is_no_text);
	tcase_add_test(document, limits_are_kept);
	tcase_add_test(document, titles_are_numbered_in_the_language);
	tcase_add_test(document, signs_stay_text_in_markdown);
	tcase_add_test(document, signs_stay_text_in_html);
	tcase_add_test(document, quiet_heads_are_for_pages);
	tcase_add_test(document, marks_stand_above_tables);
	return suite;
}
