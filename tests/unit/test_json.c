/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lend.h"

#include <glob.h>

#include "io/json.h"

static th_diags *diags;
static th_arena arena;

static void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
}

static void teardown(void)
{
	th_diags_free(diags);
	th_arena_free(&arena);
	arena = (th_arena){0};
}

#define B(literal) literal, sizeof(literal) - 1

/* RFC 8259, by section; n_ and y_ situations after JSONTestSuite (github.com/nst/JSONTestSuite). "" in places: valid. */
static const struct sample { const char *text; size_t len; const char *places; } samples[] = {
	/* 2: any value, blanks around it */
	{B("null"), ""}, {B(" true "), ""}, {B("\t\r\n false\n"), ""}, {B("0"), ""}, {B("\"\""), ""}, {B("[]"), ""}, {B("{}"), ""}, {B("[ ]"), ""}, {B("{ }"), ""},
	{B(""), "1:1 E1202"}, {B("  \n "), "2:2 E1202"}, {B("\xEF\xBB\xBF{}"), "1:1 E1201"}, {B("\f1"), "1:1 E1201"}, {B("\xC2\xA0" "1"), "1:1 E1201"},
	{B("1 2"), "1:3 E1203"}, {B("{} x"), "1:4 E1203"}, {B("[]]"), "1:3 E1203"}, {B("{}\n\n,"), "3:1 E1203"}, {B("[1]\0"), "1:4 E1203"},
	/* 3: literals */
	{B("True"), "1:1 E1201"}, {B("nul"), "1:1 E1201"}, {B("[nullx]"), "1:6 E1201"}, {B("NaN"), "1:1 E1201"}, {B("[Infinity]"), "1:2 E1201"}, {B("undefined"), "1:1 E1201"},
	/* 4: objects */
	{B("{\"a\":1,\"b\":{\"a\":2}}"), ""}, {B("{\"\":1}"), ""},
	{B("{\"a\":1,}"), "1:8 E1201"}, {B("{,}"), "1:2 E1201"}, {B("{\"a\" 1}"), "1:6 E1201"}, {B("{\"a\"}"), "1:5 E1201"}, {B("{a:1}"), "1:2 E1201"}, {B("{'a':1}"), "1:2 E1201"},
	{B("{1:1}"), "1:2 E1201"}, {B("{\"a\":}"), "1:6 E1201"}, {B("{\"a\":1 \"b\":2}"), "1:8 E1201"}, {B("{\"a\":1]"), "1:7 E1201"}, {B("{"), "1:2 E1202"}, {B("{\"a\""), "1:5 E1202"},
	{B("{\"a\":"), "1:6 E1202"}, {B("{\"a\":1"), "1:7 E1202"}, {B("{\"a\":1,"), "1:8 E1202"}, {B("{\"a\":1;}"), "1:7 E1201"}, {B("{\"a\"::1}"), "1:6 E1201"},
	{B("{\"a\":1,\"a\":1}"), "1:8 E1210"}, {B("{\"a\":1,\n\"\\u0061\":1}"), "2:1 E1210"}, {B("[{\"x\":{\"a\":1,\"b\":2,\"a\":3}},{\"a\":1,\"a\":2,\"a\":3}]"), "1:20 E1210; 1:35 E1210; 1:41 E1210"},
	{B("{\"a\":1,\"A\":2}"), ""},
	/* 5: arrays */
	{B("[1,[2,[]],{}]"), ""}, {B("[1,]"), "1:4 E1201"}, {B("[,1]"), "1:2 E1201"}, {B("[1 2]"), "1:4 E1201"}, {B("[1"), "1:3 E1202"}, {B("["), "1:2 E1202"}, {B("]"), "1:1 E1201"},
	{B("[1}"), "1:3 E1201"}, {B("[1,,2]"), "1:4 E1201"}, {B("[\"煤\",:]"), "1:6 E1201"}, {B("[1/*c*/]"), "1:3 E1201"}, {B("[1 // c\n]"), "1:4 E1201"},
	/* 6: numbers */
	{B("-0"), ""}, {B("-0.0"), ""}, {B("1e5"), ""}, {B("1E+5"), ""}, {B("1.5e-5"), ""}, {B("123456789012345678"), ""}, {B("0.30000000000000004"), ""}, {B("0e0"), ""},
	{B("[01]"), "1:2 E1204"}, {B("[-01]"), "1:2 E1204"}, {B("[1.]"), "1:2 E1204"}, {B("[.5]"), "1:2 E1201"}, {B("[+1]"), "1:2 E1201"}, {B("[-]"), "1:2 E1204"}, {B("[1e]"), "1:2 E1204"},
	{B("[1e+]"), "1:2 E1204"}, {B("[1.e5]"), "1:2 E1204"}, {B("[0x10]"), "1:3 E1201"}, {B("[1_000]"), "1:3 E1201"}, {B("[-Infinity]"), "1:2 E1204"}, {B("[１]"), "1:2 E1201"},
	{B("[1e999]"), "1:2 E1205"}, {B("[1,-1e-999]"), "1:4 E1205"}, {B("[1234567890123456789]"), ""}, {B("{\"a\":[1e61,2,1e61]}"), "1:7 E1205; 1:14 E1205"},
	{B("[1000000000000000000000000000000000000000000000000000000000000000000000]"), "1:2 E1205"},
	{B("1000000000000000000000000000000000000"), ""},
	/* 7: strings */
	{B("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud842\\udfb7\""), ""}, {B("\"\x7F\""), ""},
	{B("\"a"), "1:1 E1202"}, {B("\"a\\"), "1:3 E1202"}, {B("[\"a\n\"]"), "1:4 E1206"}, {B("\"\t\""), "1:2 E1206"}, {B("\"a\0b\""), "1:3 E1206"}, {B("\"煤\\x41\""), "1:3 E1207"}, {B("\"\\u12G4\""), "1:2 E1207"},
	{B("\"\\u12"), "1:2 E1207"}, {B("\"\\'\""), "1:2 E1207"}, {B("\"\\U0041\""), "1:2 E1207"},
	{B("\"\\u0000\""), "1:2 E1208"}, {B("\"\\ud800\""), "1:2 E1208"}, {B("\"\\udc00\""), "1:2 E1208"}, {B("\"\\ud800\\ud800\""), "1:2 E1208"}, {B("\"\\ud800\\n\""), "1:2 E1208"},
	{B("\"\\ud842x\\udfb7\""), "1:2 E1208"}, {B("\"\\udfb7\\ud842\""), "1:2 E1208"}, {B("'a'"), "1:1 E1201"},
	/* 8.1: UTF-8 */
	{B("\"\xCC\xBC\xFF\""), "1:3 E1212"}, {B("[\"煤\",\n\"\xC3\"]"), "2:2 E1212"}, {B("\"\xED\xA0\x80\""), "1:2 E1212"}, {B("\"\xC0\xAF\""), "1:2 E1212"}, {B("{}\r\n\r\xFF"), "3:1 E1212"},
};

START_TEST(is_strict)
{
	const struct sample *s = &samples[_i];
	const th_json *json;
	th_status status = th_json_parse("t.json", (th_slice){s->text, s->len}, diags, &arena, &json);
	expect_places(diags, s->places, s->text);
	ck_assert_int_eq(status, *s->places ? TH_INVALID : TH_OK);
	ck_assert_int_eq(json != NULL, *s->places == '\0');
}
END_TEST

static void read_file(const char *path, th_buf *out)
{
	char bytes[4096];
	FILE *file = fopen(path, "rb");
	ck_assert_ptr_nonnull(file);
	for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
		th_buf_add(out, bytes, n);
	fclose(file);
}

/* Numbers of a value; each is as long as it was written, and rounded only where it has more digits than a th_decimal. */
static size_t count_numbers(const th_json *json)
{
	size_t count = json->kind == TH_JSON_NUMBER, digits = 0;
	if (count) {
		for (size_t i = 0; i < json->text.len; i++)
			digits += json->text.ptr[i] >= '0' && json->text.ptr[i] <= '9';
		ck_assert(!json->rounded || digits > 18);
	}
	for (const th_json *child = json->child; child; child = child->next)
		count += count_numbers(child);
	return count;
}

static const th_json *parse(const char *text)
{
	const th_json *json;
	ck_assert_int_eq(th_json_parse("t.json", th_slice_of(text), diags, &arena, &json), TH_OK);
	ck_assert_ptr_nonnull(json);
	return json;
}

START_TEST(nests_to_64)
{
	const th_json *json;
	for (size_t depth = 64; depth <= 65; depth++) {
		th_buf text = {0};
		for (size_t i = 0; i < depth; i++)
			th_buf_str(&text, i % 2 ? "{\"k\":" : "[");
		th_buf_char(&text, '1');
		for (size_t i = depth; i-- > 0;)
			th_buf_char(&text, i % 2 ? '}' : ']');
		ck_assert_int_eq(th_json_parse("t", th_buf_view(&text), diags, &arena, &json), depth == 64 ? TH_OK : TH_INVALID);
		th_buf_free(&text);
	}
	expect_places(diags, "1:193 E1209", "depth");
	th_buf deep = {0};
	for (size_t i = 0; i < 1000000; i++)
		th_buf_char(&deep, '[');
	ck_assert_int_eq(th_json_parse("t", th_buf_view(&deep), diags, &arena, &json), TH_INVALID);
	th_buf_free(&deep);
}
END_TEST

START_TEST(keeps_values)
{
	const th_json *json = parse("{ \"s\": \"CO\\u2082 \\ud842\\udfb7\\n\", \"n\": [ -12.50, 1E+2, 7 ], \"t\": true, \"f\": false, \"z\": null, \"o\": { \"x\": {} }, \"S\": 1 }");
	ck_assert_int_eq(json->kind, TH_JSON_OBJECT);
	ck_assert(th_slice_eq(th_json_string(json, "s"), TH_S("CO₂ 𠮷\n")));
	const th_json *n = th_json_get(json, "n");
	ck_assert_int_eq(n->kind, TH_JSON_ARRAY);
	ck_assert(th_slice_eq(n->child->text, TH_S("-12.50")));
	ck_assert_int_eq(n->child->number.mant, -125);
	ck_assert_int_eq(n->child->number.exp, -1);
	ck_assert(th_slice_eq(n->child->next->text, TH_S("1E+2")));
	ck_assert_int_eq(th_decimal_cmp(n->child->next->number, th_decimal_int(100)), 0);
	ck_assert(th_slice_eq(n->child->next->next->text, TH_S("7")));
	ck_assert_ptr_null(n->child->next->next->next);
	ck_assert_uint_eq(n->child->next->next->index, 2);
	ck_assert_int_eq(th_json_get(json, "t")->kind, TH_JSON_TRUE);
	ck_assert_int_eq(th_json_get(json, "f")->kind, TH_JSON_FALSE);
	ck_assert_int_eq(th_json_get(json, "z")->kind, TH_JSON_NULL);
	ck_assert_int_eq(th_json_get(th_json_get(json, "o"), "x")->kind, TH_JSON_OBJECT);
	ck_assert(th_slice_eq(th_json_get(json, "S")->text, TH_S("1")));
	ck_assert_ptr_null(th_json_get(json, "N"));
	ck_assert_ptr_null(th_json_get(n, "0"));
	ck_assert_ptr_null(th_json_get(NULL, "x"));
	ck_assert_uint_eq(th_json_string(json, "n").len, 0);
	ck_assert_uint_eq(th_json_string(json, "none").len, 0);
}
END_TEST

/* Sums have up to 39 digits, and every one of them is written: what is read has them as text, and the number to 18. */
START_TEST(keeps_long_numbers)
{
	const th_json *json = parse("[1234567890123456789, 170141183460469231731687303715.884105727, 123456789012345678, -0.1234567890123456785]");
	ck_assert(json->child->rounded);
	ck_assert_int_eq(json->child->number.mant, 123456789012345679);
	ck_assert_int_eq(json->child->number.exp, 1);
	ck_assert(th_slice_eq(json->child->next->text, TH_S("170141183460469231731687303715.884105727")));
	ck_assert(json->child->next->rounded);
	ck_assert(!json->child->next->next->rounded);
	ck_assert_int_eq(json->child->next->next->next->number.mant, -123456789012345678); /* half to even */
}
END_TEST

/* What the program wrote of JSON, in the expected answers of its tests, is JSON to its own reader, each number with all its digits. */
START_TEST(reads_what_the_program_writes)
{
	size_t read = 0, numbers = 0;
	glob_t found;
	ck_assert_int_eq(glob("tests/golden/*/*/stdout", 0, NULL, &found), 0);
	ck_assert_int_eq(glob("tests/golden/*/*/made/*json", GLOB_APPEND, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		th_buf text = {0};
		const th_json *json;
		bool lines = strstr(found.gl_pathv[i], ".ndjson") != NULL;
		read_file(found.gl_pathv[i], &text);
		th_slice rest = th_buf_view(&text), line = rest;
		while (text.len && text.ptr[0] == '{' && (lines ? th_slice_split(&rest, '\n', &line) && line.len : rest.len)) {
			ck_assert_msg(th_json_parse(found.gl_pathv[i], line, diags, &arena, &json) == TH_OK, "%s", found.gl_pathv[i]);
			numbers += count_numbers(json);
			read++;
			rest.len = lines ? rest.len : 0;
		}
		th_buf_free(&text);
	}
	globfree(&found);
	ck_assert_uint_gt(read, 15);
	ck_assert_uint_gt(numbers, 5000);
}
END_TEST

/* The examples of RFC 6901, section 5. */
START_TEST(points)
{
	static const char *const pointers[] = {"/foo", "/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n"};
	const th_json *json = parse("{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}");
	th_buf buf = {0};
	th_json_pointer(json, &buf);
	ck_assert_uint_eq(buf.len, 0);
	th_json_pointer(json->child->child, &buf);
	ck_assert(th_slice_eq(th_buf_view(&buf), TH_S("/foo/0")));
	size_t i = 0;
	for (const th_json *member = json->child; member; member = member->next, i++) {
		th_buf_clear(&buf);
		th_json_pointer(member, &buf);
		ck_assert(th_slice_eq(th_buf_view(&buf), th_slice_of(pointers[i])));
	}
	ck_assert_uint_eq(i, 10);
	th_buf_free(&buf);
}
END_TEST

START_TEST(names_the_value_in_reports)
{
	const th_json *json;
	char *text;
	th_slice bad = TH_S("{\"a/b\": [1, {\"x\": 1e99}], \"y\": 1, \"y\": 2}");
	ck_assert_int_eq(th_json_parse("t.json", bad, diags, &arena, &json), TH_INVALID);
	ck_assert_int_eq(th_diags_jsonl(diags, &text), TH_OK);
	ck_assert_ptr_nonnull(strstr(text, "\"at\":\"/a~1b/1/x\""));
	ck_assert_ptr_nonnull(strstr(text, "\"at\":\"/y\""));
	ck_assert_ptr_nonnull(strstr(text, "1e99"));
	free(text);
}
END_TEST

START_TEST(takes_a_large_object)
{
	th_buf text = {0};
	th_buf_char(&text, '{');
	for (size_t i = 0; i < 200000; i++)
		th_buf_printf(&text, "%s\"key%zu\":%zu", i ? "," : "", i, i);
	th_buf_str(&text, ",\"key77\":0}");
	const th_json *json;
	ck_assert_int_eq(th_json_parse("t", th_buf_view(&text), diags, &arena, &json), TH_INVALID);
	ck_assert_uint_eq(th_diags_errors(diags), 1);
	th_buf_free(&text);
}
END_TEST

START_TEST(bounds_its_reports)
{
	th_buf text = {0};
	th_buf_char(&text, '[');
	for (size_t i = 0; i < 5000; i++)
		th_buf_str(&text, i ? ",1e99" : "1e99");
	th_buf_char(&text, ']');
	const th_json *json;
	ck_assert_int_eq(th_json_parse("t", th_buf_view(&text), diags, &arena, &json), TH_INVALID);
	ck_assert_uint_eq(th_diags_errors(diags), 100);
	th_buf_free(&text);
}
END_TEST

START_TEST(loads_files)
{
	const th_json *json;
	char sha256[65];
	ck_assert_int_eq(th_json_load(lend(diags, "a.json", "{\"a\":\"煤\"}\n"), diags, &arena, sha256, &json), TH_OK);
	ck_assert_str_eq(sha256, "f0d3e3bbc2ea22c74eda8a24dc4c005040444839a99369fa1a82acdeb065ea85");
	ck_assert(th_slice_eq(th_json_string(json, "a"), TH_S("煤")));
	ck_assert_int_eq(th_json_load(lend(diags, "b.json", "\xEF\xBB\xBF[1]"), diags, &arena, NULL, &json), TH_OK);
	ck_assert_int_eq(json->kind, TH_JSON_ARRAY);
	ck_assert_uint_eq(th_diags_count(diags), 0);
	ck_assert_int_eq(th_json_load(lend(diags, "c.json", "[\n\"\xC3\xBA\xCD\xE2\"]"), diags, &arena, NULL, &json), TH_INVALID);
	ck_assert_ptr_null(json);
	ck_assert_int_eq(th_json_load(lend(diags, "d.json", "[\n1,]"), diags, &arena, NULL, &json), TH_INVALID);
	ck_assert_int_eq(th_json_load("/", diags, &arena, NULL, &json), TH_INVALID);
	ck_assert_int_eq(th_json_load("/nowhere/x.json", diags, &arena, NULL, &json), TH_SYSTEM);

	char *big = malloc(TH_MAX_JSON + 1);
	ck_assert_ptr_nonnull(big);
	memset(big, ' ', TH_MAX_JSON + 1);
	ck_assert(th_diags_lend(diags, "big.json", (th_slice){big, TH_MAX_JSON + 1}));
	ck_assert_int_eq(th_json_load("big.json", diags, &arena, NULL, &json), TH_INVALID);
	free(big);
	expect_places(diags, "2:3 E1009; 2:3 E1201; 0:0 E1003; 1:1 E1001; 1:1 E1211", "files");
}
END_TEST

static const struct { const char *text; size_t len; const char *literal; } literals[] = {
	{B(""), "\"\""}, {B("煤 CO₂ 𠮷"), "\"煤 CO₂ 𠮷\""}, {B("a\"b\\c/d"), "\"a\\\"b\\\\c/d\""}, {B("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\""}, {B("\0\x01\x1F\x7F"), "\"\\u0000\\u0001\\u001f\x7F\""},
	{B("a\xFF" "b\xC3"), "\"a\xEF\xBF\xBD" "b\xEF\xBF\xBD\""}, {B("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
};

START_TEST(writes_strings)
{
	th_buf buf = {0};
	th_put_json_string(&buf, (th_slice){literals[_i].text, literals[_i].len});
	ck_assert(th_slice_eq(th_buf_view(&buf), th_slice_of(literals[_i].literal)));
	th_buf_free(&buf);
}
END_TEST

Suite *json_suite(void);
Suite *json_suite(void)
{
	Suite *suite = suite_create("json");
	TCase *tc = tcase_create("json");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, is_strict, 0, (int)(sizeof samples / sizeof *samples));
	tcase_add_test(tc, nests_to_64);
	tcase_add_test(tc, keeps_values);
	tcase_add_test(tc, keeps_long_numbers);
	tcase_add_test(tc, reads_what_the_program_writes);
	tcase_add_test(tc, points);
	tcase_add_test(tc, names_the_value_in_reports);
	tcase_add_test(tc, takes_a_large_object);
	tcase_add_test(tc, bounds_its_reports);
	tcase_add_test(tc, loads_files);
	tcase_add_loop_test(tc, writes_strings, 0, (int)(sizeof literals / sizeof *literals));
	suite_add_tcase(suite, tc);
	return suite;
}
