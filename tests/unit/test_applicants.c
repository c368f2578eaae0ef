/* SPDX-License-Identifier: GPL-3.0-or-later */
/* applicants.csv: one applicant in a row, facts as columns. */
#include "lend.h"

#include "case/applicants.h"

Suite *applicants_suite(void);

static th_diags *diags;
static th_reference *ref;
static th_arena arena;

static void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &ref), TH_OK);
}

static void teardown(void)
{
	th_arena_free(&arena);
	th_reference_free(ref);
	th_diags_free(diags);
}

#define WORD(text) {text, sizeof(text) - 1}
static const th_slice gdp[] = {WORD("gdp"), WORD("地区生产总值")}, category[] = {WORD("category"), WORD("试点类型")}, start[] = {WORD("start"), WORD("创建起始时间")};
static const th_known_fact known[] = {
	{WORD("gdp"), WORD("地区生产总值"), gdp, 2, true}, {WORD("category"), WORD("试点类型"), category, 2, false},
	{WORD("start"), WORD("创建起始时间"), start, 2, false},
};

static void put(th_buf *out, th_slice text, char behind)
{
	th_buf_slice(out, text);
	th_buf_char(out, behind);
}

/* All applicants as text: `name@line:column{fact year value unit evidence @column; }`. */
static char *all_of(const char *path)
{
	th_buf out = {0};
	th_applicants *list;
	th_applicant a;
	bool end = false;
	if (th_applicants_open(ref, path, known, sizeof known / sizeof *known, diags, &list) == TH_OK) {
		for (int rows = 0; !end && rows < 100; rows++) {
			th_status status = th_applicants_next(list, &arena, &a, &end);
			ck_assert(status != TH_SYSTEM);
			if (status != TH_OK) {
				ck_assert(a.name.len == 0 && a.facts.count == 0);
				th_buf_str(&out, "! ");
			}
			if (status != TH_OK || end)
				continue;
			th_buf_slice(&out, a.name);
			th_buf_printf(&out, "@%zu:%zu{", a.line, a.column);
			for (size_t i = 0; i < a.facts.count; i++) {
				const th_fact *f = &a.facts.fact[i];
				put(&out, f->fact, ' ');
				th_buf_printf(&out, "%d ", f->year);
				put(&out, f->value, '|');
				put(&out, f->unit, '|');
				put(&out, f->evidence, '|');
				th_buf_printf(&out, "%zu:%zu;", f->line, f->value_column);
			}
			th_buf_str(&out, "} ");
		}
		ck_assert_int_eq((int)strlen(th_applicants_sha256(list)), 64);
		ck_assert_ptr_nonnull(th_applicants_encoding(list));
		ck_assert_str_eq(th_applicants_path(list), path);
	} else
		ck_assert_ptr_null(list);
	th_applicants_close(list);
	th_buf_char(&out, '\0');
	ck_assert(!out.failed);
	return out.ptr;
}

/* The table, what it says, and what is reported. */
static const struct { const char *table, *expected, *reported; } tables[] = {
	{"申报单位,试点类型,地区生产总值（万元）\n甲,园区,12\n乙,企业,\n", "甲@2:1{category 0 园区|||2:3;gdp 0 12|万元||2:6;} 乙@3:1{category 0 企业|||3:3;} ", ""},
	{"applicant,gdp,category\na,1.5 亿元,park\n", "a@2:1{gdp 0 1.5|亿元||2:3;category 0 park|||2:10;} ", ""},
	{"序号,申报主体,2022年地区生产总值(万元),地区生产总值（2023年）,gdp evidence\n1,甲,5,6 亿元,年鉴\n",
	 "甲@2:3{gdp 2022 5|万元|年鉴|2:5;gdp 2023 6|亿元|年鉴|2:7;} ", ""},
	{"申报单位,地区生产总值（2023年）（万元）,地区生产总值（亿元）（2022年）\n甲,5,6\n", "甲@2:1{gdp 2023 5|万元||2:3;gdp 2022 6|亿元||2:5;} ", ""},
	{"申报单位,地区生产总值凭证\n甲,年鉴\n", "甲@2:1{} ", ""},
	{"申报单位,gdp,地区生产总值凭证\n甲,,年鉴\n乙,—,\n", "甲@2:1{gdp 0 ||年鉴|2:3;} 乙@3:1{} ", NULL},
	{"申报单位,创建起始时间,启用.一厂\n甲,2024年,2023-05\n", "甲@2:1{start 0 2024年|||2:3;启用.一厂 0 2023-05|||2:9;} ", ""},
	/* a title, notes and signatures, a total */
	{"2024年度申报单位汇总表,,\n填报：市局,,\n申报单位,试点类型,地区生产总值/万元\n甲,园区,12\n乙,园区,13\n合计,,25\n注：均为快报数,,\n",
	 "甲@4:1{category 0 园区|||4:3;gdp 0 12|万元||4:6;} 乙@5:1{category 0 园区|||5:3;gdp 0 13|万元||5:6;} ", "6:1 C4203"},
	/* names that are nothing, near ones */
	{"申报单位,试点类形,联系电话\n甲,园区,5\n", "甲@2:1{} ", "1:6 W2055; 1:11 W2054"},
	{"项目名称,试点类型,申报单位\n甲,园区,乙\n", "乙@2:6{category 0 园区|||2:3;} ", "1:1 W2054"},
	/* what is wrong */
	{"试点类型,地区生产总值\n园区,1\n", "", "1:1 E2360"},
	{"名录\n甲\n", "", "1:1 E2360"},
	{"申报表,,\n试点类型,地区生产总值,创建起始时间\n园区,1,2024\n", "", "2:1 E2360"},
	{"申报单位,gdp,地区生产总值\n甲,1,2\n", "", "1:10 E2052"},
	{"申报单位,试点类型\n甲,园区\n,企业\n 甲 ,企业\n乙,企业\n", "甲@2:1{category 0 园区|||2:3;} ! ! 乙@5:1{category 0 企业|||5:3;} ", "3:1 E3301; 4:1 E2361"},
	{"申报单位,试点类型\n甲,园区,3\n乙,企业\n", "乙@3:1{category 0 企业|||3:3;} ", NULL},
	{"申报单位,试点类型\n", "", ""},
};

START_TEST(reads_applicants)
{
	const char *path = lend(diags, "applicants.csv", tables[_i].table);
	char *found = all_of(path);
	ck_assert_str_eq(found, tables[_i].expected);
	if (tables[_i].reported)
		expect_places(diags, tables[_i].reported, tables[_i].table);
	free(found);
}
END_TEST

Suite *applicants_suite(void)
{
	Suite *suite = suite_create("applicants");
	TCase *c = tcase_create("rows");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, reads_applicants, 0, sizeof tables / sizeof *tables);
	suite_add_tcase(suite, c);
	return suite;
}
