/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document for a word processor: its parts and what stands in them; the package that they are put into. */
#include <check.h>
#include <stdio.h>
#include <zip.h>

#include "doc/docx.h"
#include "doc/picture.h"
#include "io/package.h"
#include "suites.h"

static th_doc doc;
static th_docx docx;

static void begin(void)
{
	doc = (th_doc){.lang = "zh-CN"};
	docx = (th_docx){0};
}

static void end(void)
{
	th_docx_free(&docx);
	th_doc_free(&doc);
}

/* A part of that name as a text; "" when there is none. */
static const char *part(const char *name)
{
	for (size_t i = 0; i < docx.parts; i++)
		if (strcmp(docx.part[i].name, name) == 0) {
			th_buf *bytes = &docx.part[i].bytes;
			th_buf_char(bytes, '\0');
			bytes->len--;
			return bytes->ptr;
		}
	return "";
}

static void make(void)
{
	th_docx_free(&docx);
	docx = th_docx_of(&doc, TH_S("tanhe"));
	ck_assert(!docx.failed);
}

static void has(const char *name, const char *text)
{
	ck_assert_msg(strstr(part(name), text) != NULL, "%s lacks `%s`:\n%s", name, text, part(name));
}

static size_t times(const char *name, const char *text)
{
	size_t count = 0;
	for (const char *at = part(name); (at = strstr(at, text)) != NULL; at += strlen(text))
		count++;
	return count;
}

static void draw(bool screen)
{
	th_picture picture = th_picture_begin(&doc.arena, 760, 300);
	th_picture_name(&picture, TH_S("found <1>"), TH_S("seen"));
	th_draw_text(&picture, 5, 20, TH_S("𠮷"), (th_letters){.size = 13, .tone = TH_TONE_INK}, 0);
	picture.screen = screen;
	th_doc_picture(&doc, &picture);
}

static void put_table(size_t columns, size_t rows)
{
	th_doc_table(&doc);
	for (size_t c = 0; c < columns; c++)
		th_doc_column(&doc, c ? TH_DOC_MASS : TH_DOC_WORD, TH_S("head"));
	for (size_t i = 0; i < rows; i++)
		for (size_t c = 0; c < columns; c++)
			if (c)
				th_doc_mass(&doc, (th_mass)1234567890123456, 3, 2, false);
			else
				th_doc_cell_text(&doc, TH_S("外购电力"));
}

#define BODY "word/document.xml"

START_TEST(text_of_each_kind_has_its_style)
{
	th_doc_title(&doc, TH_S("题"));
	th_doc_mark(&doc, TH_S("示例"));
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("章"));
	th_doc_open(&doc, TH_DOC_SECTION, TH_S("节"));
	th_doc_paragraph(&doc, TH_S("段"));
	th_doc_item(&doc, TH_S("项"));
	th_doc_field(&doc, TH_S("名"), TH_S("值"));
	th_doc_close(&doc);
	th_doc_close(&doc);
	make();
	has(BODY, "<w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t xml:space=\"preserve\">题<");
	has(BODY, "<w:pStyle w:val=\"Mark\"/></w:pPr><w:r><w:t xml:space=\"preserve\">示例<");
	has(BODY, "<w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">一、章<");
	has(BODY, "<w:pStyle w:val=\"Heading2\"/></w:pPr><w:r><w:t xml:space=\"preserve\">（一）节<");
	has(BODY, "<w:pStyle w:val=\"Normal\"/></w:pPr><w:r><w:t xml:space=\"preserve\">段<");
	has(BODY, "• 项<");
	has("docProps/core.xml", "<dc:title>题</dc:title><dc:subject>示例</dc:subject><dc:creator>tanhe</dc:creator>");
	has("[Content_Types].xml", "PartName=\"/word/styles.xml\"");
	has("word/styles.xml", "w:eastAsia=\"方正小标宋简体\"");
	ck_assert_str_eq(docx.part[0].name, "[Content_Types].xml");
}
END_TEST

START_TEST(hostile_text_is_text)
{
	th_doc_paragraph(&doc, TH_S("a\x01<b>&\"]]>\xEF\xBF\xBE\xFF"));
	make();
	has(BODY, "a\xEF\xBF\xBD&lt;b&gt;&amp;&quot;]]&gt;\xEF\xBF\xBD\xEF\xBF\xBD<");
}
END_TEST

/* 4 columns over 8845 twentieths of a point, whatever stands in them. */
START_TEST(tables_have_heads_on_each_page)
{
	unsigned width, sum = 0;
	th_doc_caption(&doc, TH_S("排放"));
	put_table(4, 2);
	th_doc_note(&doc, TH_S("note"));
	make();
	has(BODY, "<w:t xml:space=\"preserve\">表</w:t></w:r><w:fldSimple w:instr=\" SEQ 表 \\* ARABIC \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
	ck_assert_uint_eq(times(BODY, "<w:tblHeader/>"), 1);
	ck_assert_uint_eq(times(BODY, "<w:cantSplit/>"), 4);
	ck_assert_uint_eq(times(BODY, ">1,234.57<"), 6);
	has(BODY, "<w:gridSpan w:val=\"4\"/>");
	for (const char *at = part(BODY); (at = strstr(at, "<w:gridCol w:w=\"")) != NULL; at++) {
		ck_assert_int_eq(sscanf(at, "<w:gridCol w:w=\"%u\"", &width), 1);
		sum += width;
	}
	ck_assert_uint_le(sum, TH_DOCX_ACROSS);
	ck_assert_uint_ge(sum, TH_DOCX_ACROSS - 2);
}
END_TEST

START_TEST(wide_tables_have_smaller_letters)
{
	put_table(3, 1);
	make();
	has(BODY, "<w:sz w:val=\"21\"/>");
	put_table(TH_DOC_COLUMNS, 1);
	make();
	ck_assert_uint_gt(times(BODY, "<w:sz w:val=\"13\"/>"), 0);
}
END_TEST

START_TEST(what_has_no_heads_is_not_ruled)
{
	th_doc_bullets(&doc);
	th_doc_column(&doc, TH_DOC_WORD, TH_S(""));
	th_doc_cell_text(&doc, TH_S("one"));
	th_doc_field(&doc, TH_S("名"), TH_S("值"));
	make();
	ck_assert_uint_eq(times(BODY, "<w:tblHeader/>"), 0);
	ck_assert_uint_eq(times(BODY, "<w:tblBorders>"), 0);
	ck_assert_uint_eq(times(BODY, "</w:tbl>"), 2);
	has(BODY, ">•<");
}
END_TEST

/* 760 x 300 units as wide as the text: 8845 / 760 of a twentieth, and 635 EMU each. */
START_TEST(pictures_are_metafiles_with_svg_beside)
{
	draw(false);
	draw(true);
	draw(false);
	make();
	has(BODY, "<wp:extent cx=\"5616575\" cy=\"2216785\"/>");
	has(BODY, "descr=\"found &lt;1&gt; seen\"");
	has(BODY, "<a:blip r:embed=\"rIdE1\">");
	has(BODY, "r:embed=\"rIdS2\"");
	has(BODY, "SEQ 图 \\* ARABIC \"><w:r><w:t>2</w:t>");
	ck_assert_uint_eq(times(BODY, "<w:drawing>"), 2);
	has("word/_rels/document.xml.rels", "Target=\"media/picture2.svg\"");
	has("word/media/picture1.svg", "𠮷");
	ck_assert(part("word/media/picture2.emf")[0] == 1);
	ck_assert_str_eq(part("word/media/picture3.emf"), "");
}
END_TEST

START_TEST(a_high_picture_fits_a_page)
{
	long across, down;
	th_picture picture = th_picture_begin(&doc.arena, 760, 4000);
	th_doc_picture(&doc, &picture);
	make();
	ck_assert_int_eq(sscanf(strstr(part(BODY), "<wp:extent"), "<wp:extent cx=\"%ld\" cy=\"%ld\"", &across, &down), 2);
	ck_assert_int_lt(down, (long)TH_DOCX_DOWN * 635);
	ck_assert_int_lt(across, (long)TH_DOCX_ACROSS * 635);
}
END_TEST

START_TEST(a_document_without_memory_has_no_parts_to_trust)
{
	doc.failed = true;
	docx = th_docx_of(&doc, TH_S("tanhe"));
	ck_assert(docx.failed);
}
END_TEST

/* --- the package --- */

START_TEST(a_package_is_the_same_whenever)
{
	const th_package_part parts[] = {{"b.xml", TH_S("<b/>")}, {"a/c.bin", TH_S("\0\1\2")}};
	th_buf first = {0}, second = {0};
	ck_assert(th_package_write(&first, parts, 2) && th_package_write(&second, parts, 2));
	ck_assert(th_slice_eq(th_buf_view(&first), th_buf_view(&second)));
	zip_error_t error;
	zip_t *zip = zip_open_from_source(zip_source_buffer_create(first.ptr, first.len, 0, &error), ZIP_RDONLY | ZIP_CHECKCONS, &error);
	char bytes[8];
	ck_assert_ptr_nonnull(zip);
	ck_assert_int_eq(zip_get_num_entries(zip, 0), 2);
	ck_assert_str_eq(zip_get_name(zip, 0, 0), "b.xml");
	zip_file_t *file = zip_fopen_index(zip, 1, 0);
	ck_assert_int_eq(zip_fread(file, bytes, sizeof bytes), 3);
	ck_assert_mem_eq(bytes, "\0\1\2", 3);
	zip_fclose(file);
	zip_discard(zip);
	th_buf_free(&first);
	th_buf_free(&second);
}
END_TEST

Suite *docx_suite(void)
{
	Suite *suite = suite_create("docx");
	TCase *tcase = tcase_create("docx");
	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, text_of_each_kind_has_its_style);
	tcase_add_test(tcase, hostile_text_is_text);
	tcase_add_test(tcase, tables_have_heads_on_each_page);
	tcase_add_test(tcase, wide_tables_have_smaller_letters);
	tcase_add_test(tcase, what_has_no_heads_is_not_ruled);
	tcase_add_test(tcase, pictures_are_metafiles_with_svg_beside);
	tcase_add_test(tcase, a_high_picture_fits_a_page);
	tcase_add_test(tcase, a_document_without_memory_has_no_parts_to_trust);
	tcase_add_test(tcase, a_package_is_the_same_whenever);
	return suite;
}
