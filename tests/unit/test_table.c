/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lend.h"

#include "reference/loader.h"

Suite *table_suite(void);

static th_diags *diags;
static th_columns *columns;

static void setup(void)
{
	diags = th_diags_new();
	columns = th_columns_new();
	ck_assert(diags && columns);
}

static void teardown(void)
{
	th_columns_free(columns);
	th_diags_free(diags);
}

/* --- columns.csv --- */

static const struct { const char *text, *places; } column_files[] = {
	{"file,column,aliases\nf,a,甲;alpha\nf,b,\n", ""},
	{"aliases,column,file\n甲,a,f\n", ""},
	{"file,column,aliases\nf,a,x\ng,b,x\n", ""},              /* an alias belongs to its kind of file */
	{"file,column,aliases\nf,a,A;ａ; x ;x\n", ""},            /* saying a name twice does no harm */
	{"file,column,aliases\nf,a,x\nf,b,X\n", "3:5 E3308"},     /* names are compared folded */
	{"file,column,aliases\nf,a,b\nf,b,\n", "3:3 E3308"},
	{"file,column,aliases\n,a,x\nf,,x\n", "2:1 E3301; 3:3 E3301"},
	{"file,column\nf,a\n", "1:1 E2051"},
	{"file,column,aliases\nf,a\nf,b,c\n", "2:4 E1105"},
	{"", "1:1 E1101"},
};

START_TEST(loads_columns)
{
	const char *path = lend(diags, "columns.csv", column_files[_i].text);
	th_status status = th_columns_load(columns, path, diags);
	expect_places(diags, column_files[_i].places, column_files[_i].text);
	ck_assert_int_eq(status, *column_files[_i].places ? TH_INVALID : TH_OK);
}
END_TEST

START_TEST(missing_file_is_a_system_error)
{
	ck_assert_int_eq(th_columns_load(columns, "/nowhere/none.csv", diags), TH_SYSTEM);
	ck_assert_uint_eq(th_diags_errors(diags), 1);
}
END_TEST

/* --- headers --- */

static const char known[] = "file,column,aliases\n"
                            "inv,quantity,用量;消耗量;amount\ninv,unit,单位\ninv,note,备注;remark\nother,quantity,数目\n";

static const struct { const char *header, *map, *places; } headers[] = {
	{"quantity,unit,note", "0 1 2", ""},
	{"note,unit,quantity", "2 1 0", ""},
	{"用量,单位", "0 1 -1", ""},
	{"Ｑuantity, UNIT ,Remark", "0 1 2", ""},
	{"单 位,消耗量", "1 0 -1", ""},
	{"quantity;unit", "0 1 -1", ""},
	/* Missing: the whole file's place, one for each. */
	{"unit", "-1 0 -1", "1:1 E2051"},
	{"note", "-1 -1 0", "1:1 E2051; 1:1 E2051"},
	{"数目,unit", "-1 1 -1", "1:1 E2051"}, /* an alias of another file */
	/* Twice: under two of its names. */
	{"quantity,unit,用量", "0 1 -1", "1:15 E2052"},
	{"单位,amount,\"amount\"", "1 0 -1", "1:11 E2052"},
	/* Unknown. */
	{"quantity,unit,colour", "0 1 -1", "1:15 W2054"},
	{"用量,单位,颜色,备主", "0 1 -1", "1:7 W2054; 1:10 W2054"}, /* two characters: too short to guess from */
	{"quantity,unit,ntoe", "0 1 -1", "1:15 W2055"},
	{"quantty,unit", "-1 1 -1", "1:1 E2051"},
	{"消耗数量,unit", "-1 1 -1", "1:1 E2051"},
	/* Nameless. Empty cells at the right, which Excel leaves, are no columns. */
	{"quantity,unit,,", "0 1 -1", ""},
	{"quantity,,unit", "0 2 -1", "1:10 W2053"},
	{"quantity,,unit,,note", "0 2 4", "1:10 W2053"},
};

START_TEST(maps_headers)
{
	static const th_column want[] = {{"quantity", true}, {"unit", true}, {"note", false}};
	ck_assert_int_eq(th_columns_load(columns, lend(diags, "columns.csv", known), diags), TH_OK);
	const char *text = headers[_i].header;
	th_rows *rows;
	int cell[3];
	char map[64];
	ck_assert_int_eq(th_rows_open(lend(diags, "t.csv", text), TH_ENC_UTF8, diags, &rows), TH_OK);
	th_status status = th_table_map(columns, "inv", rows, want, 3, cell, diags);
	snprintf(map, sizeof map, "%d %d %d", cell[0], cell[1], cell[2]);
	expect_places(diags, headers[_i].places, text);
	ck_assert_str_eq(map, headers[_i].map);
	ck_assert_int_eq(status, strchr(headers[_i].places, 'E') ? TH_INVALID : TH_OK);
	th_rows_close(rows);
}
END_TEST

START_TEST(messages_name_what_was_meant)
{
	static const th_column want[] = {{"quantity", true}, {"unit", true}};
	static const char *const said[] = {"is 消耗数量 meant?", "expected quantity (also: 用量, 消耗量, amount; all names: tanhe-case(5))", "the header has 消耗数量, unit"};
	ck_assert_int_eq(th_columns_load(columns, lend(diags, "columns.csv", known), diags), TH_OK);
	const char *path = lend(diags, "t.csv", "消耗数量,unit\n");
	th_loader l;
	char *text;
	ck_assert(!th_loader_open(&l, path, TH_ENC_UTF8, columns, "inv", want, 2, diags));
	ck_assert_int_eq(th_loader_close(&l), TH_INVALID);
	ck_assert_int_eq(th_diags_jsonl(diags, &text), TH_OK);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		ck_assert_msg(strstr(text, said[i]) != NULL, "no `%s` in %s", said[i], text);
	free(text);
}
END_TEST

#define LOOP(tcase, test, table) tcase_add_loop_test(tcase, test, 0, (int)(sizeof table / sizeof *table))

Suite *table_suite(void)
{
	Suite *suite = suite_create("table");
	TCase *files = tcase_create("files");
	tcase_add_checked_fixture(files, setup, teardown);
	LOOP(files, loads_columns, column_files);
	tcase_add_test(files, missing_file_is_a_system_error);
	LOOP(files, maps_headers, headers);
	tcase_add_test(files, messages_name_what_was_meant);
	suite_add_tcase(suite, files);
	return suite;
}
