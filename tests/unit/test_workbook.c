/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workbooks: bare sheets, formats, and packages that are lent under a name. */

#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

#include "base/filename.h"
#include "case/contents.h"
#include "io/numfmt.h"
#include "io/sheet_rows.h"
#include "suites.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define SHEET(rows) "<worksheet xmlns=\"" MAIN "\"><sheetData>" rows "</sheetData></worksheet>"

/* ---- bare sheets ---- */

static th_status read_all(const char *xml, th_diags *diags, th_buf *out)
{
	th_sheet *sheet;
	th_sheet_row row;
	bool end = false;
	char letters[TH_COLUMN_LETTERS];
	th_status status = th_sheet_of_xml("f", th_slice_of(xml), diags, &sheet);
	while (status == TH_OK && (status = th_sheet_next(sheet, &row, &end)) == TH_OK && !end)
		for (size_t i = 0; i < row.cells; i++) {
			th_buf_printf(out, "%s%zu=", th_column_letters(row.cell[i].column, letters), row.number);
			th_buf_slice(out, row.cell[i].text);
			th_buf_char(out, ' ');
		}
	th_sheet_close(sheet);
	th_buf_char(out, '\0');
	return status;
}

static const struct bare {
	const char *xml, *cells;
	th_code code;
} bare[] = {
	{SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>2</v></c></row>"), "A1=1 C1=2 ", TH_CODE_NONE},
	{SHEET("<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"5\"><c><v>3</v></c></row><row><c r=\"B6\"><v>4</v></c></row>"), "A1=1 B1=2 A5=3 B6=4 ", TH_CODE_NONE},
	{SHEET("<row r=\"1\"><c r=\"AA1\" t=\"inlineStr\"><is><t> a </t><rPh><t>x</t></rPh></is></c></row>"), "AA1=a ", TH_CODE_NONE},
	{SHEET("<row r=\"1\"><c r=\"A1\"/><c r=\"B1\"><v> </v></c><c r=\"C1\" t=\"str\"><v>  </v></c></row>"), "", TH_CODE_NONE},
	{SHEET("<x:row xmlns:x=\"urn:other\" r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row>"), "", TH_CODE_NONE},
	{"<p:worksheet xmlns:p=\"" MAIN "\"><p:sheetData><p:row r=\"2\"><p:c r=\"B2\"><p:v>7</p:v></p:c></p:row></p:sheetData></p:worksheet>", "B2=7 ", TH_CODE_NONE},
	{SHEET("<row r=\"2\"/><row r=\"1\"/>"), "", TH_SHEET_CELL},
	{SHEET("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>"), "", TH_SHEET_CELL},
	{SHEET("<row r=\"1\"><c r=\"A2\"/></row>"), "", TH_SHEET_CELL},
	{SHEET("<row r=\"1\"><c r=\"XFE1\"/></row>"), "", TH_SHEET_CELL},
	{SHEET("<row r=\"1048577\"/>"), "", TH_SHEET_CELL},
	{SHEET("<row r=\"1\"><c r=\"A1\" s=\"x\"/></row>"), "", TH_SHEET_CELL},
	{"<worksheet", "", TH_WORKBOOK_XML},
	{"", "", TH_WORKBOOK_XML},
	{"<!DOCTYPE x><worksheet/>", "", TH_WORKBOOK_DTD},
};

START_TEST(bare_sheets)
{
	const struct bare *b = &bare[_i];
	th_diags *diags = th_diags_new();
	th_buf out = {0};
	char *text = NULL, code[16];
	th_status status = read_all(b->xml, diags, &out);
	ck_assert_int_eq(status, b->code == TH_CODE_NONE ? TH_OK : TH_INVALID);
	ck_assert_str_eq(out.ptr, b->cells);
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &text), TH_OK);
	snprintf(code, sizeof code, "E%d", (int)b->code);
	ck_assert_msg(b->code == TH_CODE_NONE ? !*text : strstr(text, code) != NULL, "%s", text);
	free(text);
	th_buf_free(&out);
	th_diags_free(diags);
}
END_TEST

/* ---- formats ---- */

static const struct shown {
	unsigned id;
	const char *code, *stored, *text;
	bool scaled;
} shown[] = {
	{0, NULL, "0.57999999999999996", "0.58", false}, {9, NULL, "0.05", "5%", false}, {9, NULL, "-0.00010000000000000001", "-0.01%", false},
	{14, NULL, "45108", "2023-07-01", false}, {57, NULL, "45122", "2023-07", false}, {58, NULL, "45122", "2023-07-15", false},
	{200, "yyyy\"年\"", "45122", "2023", false}, {200, "0!.0,\"万\"", "1068240", "1068240", true}, {200, "\"y\"0", "45122", "45122", false},
	{200, "h:mm;@", "0.75", "18:00:00", false}, {200, "mm:ss", "0.5", "12:00:00", false}, {200, "[Red]0.0", "2", "2", false},
	{200, "yyyy\\-mm", "45122", "2023-07", false}, {200, "e\"年\"m\"月\"", "45122", "2023-07", false}, {0, NULL, "1.5E-7", "0.00000015", false},
	{0, NULL, "000120", "120", false}, {0, NULL, "-.5", "-0.5", false}, {14, NULL, "60", "1900-02-29", false},
};

START_TEST(formats)
{
	const struct shown *s = &shown[_i];
	th_numfmt_text out;
	th_numfmt format = th_numfmt_of(s->id, s->code);
	ck_assert(th_numfmt_put(s->stored, strlen(s->stored), format, false, &out));
	ck_assert_str_eq(out.text, s->text);
	ck_assert_int_eq(format.scaled, s->scaled);
}
END_TEST

START_TEST(no_numbers)
{
	static const char *const bad[] = {"", ".", "-", "1e", "1 2", "nan", "inf", "0x1", "1e999", "1.2.3", "--1", "1,5"};
	th_numfmt_text out;
	ck_assert(!th_numfmt_put(bad[_i], strlen(bad[_i]), (th_numfmt){0}, false, &out));
}
END_TEST

START_TEST(sheet_names)
{
	ck_assert_str_eq(th_sheet_mark("a/b.xlsx#活动数据"), "#活动数据");
	ck_assert_str_eq(th_sheet_mark("b.XLSX#a#b"), "#a#b");
	ck_assert_str_eq(th_sheet_mark("x#y.xlsx#z"), "#z");
	ck_assert_ptr_null(th_sheet_mark("b.csv#x"));
	ck_assert_ptr_null(th_sheet_mark("a.xlsx#b/c.csv"));
	ck_assert(th_same_source("a.xlsx#x", "a.xlsx") && th_same_source("a.xlsx", "a.xlsx#x") && !th_same_source("a.xlsx#x", "a.xlsx#y"));
}
END_TEST

/* ---- packages ---- */

/* A workbook of these sheets, name and rows by turns, a NULL behind the last. */
static th_slice make_package(const char *const *sheets)
{
	zip_error_t error;
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	static th_buf text[16];
	size_t texts = 0;
	th_buf *book = &text[texts++], *links = &text[texts++];
	ck_assert_ptr_nonnull(zip);
	th_buf_clear(book);
	th_buf_clear(links);
	th_buf_str(book, "<workbook xmlns=\"" MAIN "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>");
	th_buf_str(links, "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
	for (size_t i = 0; sheets[2 * i]; i++) {
		char name[64];
		th_buf *sheet = &text[texts++];
		th_buf_clear(sheet);
		th_buf_str(sheet, "<worksheet xmlns=\"" MAIN "\"><sheetData>");
		th_buf_str(sheet, sheets[2 * i + 1]);
		th_buf_str(sheet, "</sheetData></worksheet>");
		th_buf_printf(book, "<sheet name=\"%s\" sheetId=\"%zu\" r:id=\"r%zu\"/>", sheets[2 * i], i + 1, i);
		th_buf_printf(links, "<Relationship Id=\"r%zu\" Type=\"x/worksheet\" Target=\"s%zu.xml\"/>", i, i);
		snprintf(name, sizeof name, "xl/s%zu.xml", i);
		ck_assert(zip_file_add(zip, name, zip_source_buffer(zip, sheet->ptr, sheet->len, 0), 0) >= 0);
	}
	th_buf_str(book, "</sheets></workbook>");
	th_buf_str(links, "</Relationships>");
	ck_assert(zip_file_add(zip, "xl/workbook.xml", zip_source_buffer(zip, book->ptr, book->len, 0), 0) >= 0);
	ck_assert(zip_file_add(zip, "xl/_rels/workbook.xml.rels", zip_source_buffer(zip, links->ptr, links->len, 0), 0) >= 0);
	zip_source_keep(source);
	ck_assert_int_eq(zip_close(zip), 0);
	ck_assert_int_eq(zip_source_open(source), 0);
	zip_stat_t stat;
	ck_assert_int_eq(zip_source_stat(source, &stat), 0);
	char *bytes = malloc(stat.size);
	ck_assert_int_eq(zip_source_read(source, bytes, stat.size), (zip_int64_t)stat.size);
	zip_source_close(source);
	zip_source_free(source);
	return (th_slice){bytes, stat.size};
}

#define ROW(n, a, b) "<row r=\"" n "\"><c t=\"inlineStr\"><is><t>" a "</t></is></c><c t=\"inlineStr\"><is><t>" b "</t></is></c></row>"

START_TEST(as_rows)
{
	const char *const sheets[] = {"空", "", "数据", ROW("3", "x", "y") ROW("5", "1", "2") ROW("6", "3", ""), NULL};
	th_diags *diags = th_diags_new();
	th_slice bytes = make_package(sheets);
	th_rows *rows;
	th_record record;
	bool end;
	ck_assert(th_diags_lend(diags, "w.xlsx", bytes));
	ck_assert_int_eq(th_rows_open("w.xlsx", TH_ENC_AUTO, diags, &rows), TH_OK);
	ck_assert_str_eq(th_rows_path(rows), "w.xlsx#数据");
	ck_assert_str_eq(th_rows_encoding(rows), "XLSX");
	ck_assert_uint_eq(th_rows_header(rows)->cells, 2);
	ck_assert_int_eq(th_rows_next(rows, &record, &end), TH_OK);
	ck_assert(!end && record.line == 5 && record.cells == 2 && th_slice_eq(record.cell[1], TH_S("2")));
	th_pos pos = th_rows_place(rows, &record, 1, "y");
	ck_assert(pos.line == 5 && pos.column == 2);
	ck_assert_str_eq(pos.file, "w.xlsx#数据");
	ck_assert_int_eq(th_rows_next(rows, &record, &end), TH_OK);
	ck_assert(!end && record.cell[1].len == 0);
	ck_assert_int_eq(th_rows_next(rows, &record, &end), TH_OK);
	ck_assert(end);
	th_rows_close(rows);
	ck_assert_int_eq(th_rows_open("w.xlsx#无", TH_ENC_AUTO, diags, &rows), TH_INVALID);
	ck_assert_ptr_null(rows);
	th_diags_free(diags);
	free((char *)(uintptr_t)bytes.ptr);
}
END_TEST

/* Any one byte of a package changed: refused, or nothing changed. */
START_TEST(every_byte)
{
	const char *const sheets[] = {"数据", ROW("1", "x", "y") ROW("2", "10", "20"), NULL};
	th_slice good = make_package(sheets);
	char *bytes = malloc(good.len);
	for (size_t i = 0; i < good.len; i++) {
		th_diags *diags = th_diags_new();
		th_rows *rows;
		th_record record;
		bool end = true;
		memcpy(bytes, good.ptr, good.len);
		bytes[i] = (char)(bytes[i] ^ 0x11);
		ck_assert(th_diags_lend(diags, "w.xlsx", (th_slice){bytes, good.len}));
		th_status status = th_rows_open("w.xlsx", TH_ENC_AUTO, diags, &rows);
		if (status == TH_OK) {
			ck_assert_int_eq(th_rows_next(rows, &record, &end), TH_OK);
			ck_assert(!end && th_slice_eq(record.cell[0], TH_S("10")) && th_slice_eq(record.cell[1], TH_S("20")));
		} else
			ck_assert_uint_gt(th_diags_errors(diags), 0);
		th_rows_close(rows);
		th_diags_free(diags);
	}
	free(bytes);
	free((char *)(uintptr_t)good.ptr);
}
END_TEST

START_TEST(as_case)
{
	const char *const sheets[] = {"填写说明", ROW("1", "x", "y"), "基本信息", ROW("1", "x", "y"), "活动数据1月", ROW("1", "x", "y"), "活动数据2月", ROW("1", "x", "y"),
	                              "措施", "", "别的", ROW("1", "x", "y"), NULL};
	th_diags *diags = th_diags_new();
	th_arena arena = {0};
	th_slice bytes = make_package(sheets);
	th_case_contents contents;
	ck_assert(th_diags_lend(diags, "d/w.xlsx", bytes));
	ck_assert_int_eq(th_case_find("d/w.xlsx", &arena, diags, &contents), TH_OK);
	ck_assert_int_eq(th_case_tell("d/w.xlsx", &contents, diags), TH_OK);
	ck_assert(contents.workbook && contents.there[TH_CASE_FACTS] && !contents.there[TH_CASE_MEASURES]);
	ck_assert_str_eq(contents.papers, "d");
	ck_assert_str_eq(contents.path[TH_CASE_MEASURES], "d/w.xlsx#措施");
	ck_assert_str_eq(th_case_part_name(&contents, TH_CASE_TARGETS), "目标");
	ck_assert_uint_eq(contents.inventories, 2);
	ck_assert_str_eq(contents.inventory[1], "d/w.xlsx#活动数据2月");
	ck_assert_uint_eq(th_diags_count(diags), 1); /* 别的 is not read */
	th_arena_free(&arena);
	th_diags_free(diags);
	free((char *)(uintptr_t)bytes.ptr);
}
END_TEST

Suite *workbook_suite(void)
{
	Suite *suite = suite_create("workbook");
	TCase *tests = tcase_create("workbook");
	tcase_add_loop_test(tests, bare_sheets, 0, sizeof bare / sizeof *bare);
	tcase_add_loop_test(tests, formats, 0, sizeof shown / sizeof *shown);
	tcase_add_loop_test(tests, no_numbers, 0, 12);
	tcase_add_test(tests, sheet_names);
	tcase_add_test(tests, as_rows);
	tcase_add_test(tests, every_byte);
	tcase_add_test(tests, as_case);
	suite_add_tcase(suite, tests);
	return suite;
}
