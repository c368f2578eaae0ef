/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures, targets and parameters of a case, and the months they are counted in. */
#include "lend.h"

#include "case/measure.h"
#include "case/param.h"
#include "case/target.h"

Suite *measure_suite(void);

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

static bool slice_is(th_slice text, const char *expected)
{
	return th_slice_eq(text, th_slice_of(expected));
}

/* --- months --- */

static const struct { int from[3], to[3], months; } spans[] = {
	{{2024, 1, 1}, {2024, 12, 31}, 12},
	{{2024, 1, 1}, {2024, 12, 30}, 11},
	{{2024, 1, 15}, {2024, 2, 14}, 1},
	{{2024, 1, 15}, {2024, 2, 13}, 0},
	{{2024, 2, 1}, {2024, 2, 29}, 1},   /* a leap year's */
	{{2024, 2, 1}, {2024, 2, 28}, 0},
	{{2023, 2, 1}, {2023, 2, 28}, 1},
	{{2024, 3, 1}, {2024, 2, 1}, 0},    /* ends before it begins */
	{{2020, 7, 1}, {2026, 6, 30}, 72},
};

START_TEST(counts_whole_months)
{
	const int *a = spans[_i].from, *b = spans[_i].to;
	ck_assert_int_eq(th_whole_months(th_day(a[0], a[1], a[2]), th_day(b[0], b[1], b[2])), spans[_i].months);
}
END_TEST

static const struct { int from[3], months, to[3]; } steps[] = {
	{{2024, 1, 1}, 12, {2025, 1, 1}},
	{{2024, 1, 31}, 1, {2024, 2, 29}},
	{{2023, 1, 31}, 1, {2023, 2, 28}},
	{{2023, 11, 30}, 3, {2024, 2, 29}},
	{{2023, 12, 31}, 0, {2023, 12, 31}},
	{{2023, 12, 5}, 1, {2024, 1, 5}},
};

START_TEST(steps_by_months)
{
	const int *a = steps[_i].from, *b = steps[_i].to;
	ck_assert_int_eq(th_day_after_months(th_day(a[0], a[1], a[2]), steps[_i].months), th_day(b[0], b[1], b[2]));
}
END_TEST

/* --- measures --- */

#define MEASURES "id,name,group,start,end,reduction,unit,capex,opex,lifetime,status,evidence\n"

static th_status load_measures(const char *text, th_measures *out)
{
	return th_measures_load(ref, lend(diags, "measures.csv", text), &arena, diags, out);
}

START_TEST(reads_measures)
{
	th_measures m;
	ck_assert_int_eq(load_measures("编号,名称,分组,开始,结束,减排量,单位,投资（万元）,运行费用(万元/a),寿命,状态,凭证,备注\n"
	                               "M1,屋顶光伏,renewables_storage,2024-03,2024-12,1.5,万吨/年,1050,-12,25,在建,可研.pdf,\n"
	                               "M2,管理制度,管理,,,-,,,,,,,\n", &m), TH_OK);
	expect_places(diags, "", "measures");
	ck_assert_uint_eq(m.count, 2);
	const th_measure *first = &m.measure[0];
	ck_assert(slice_is(first->id, "M1") && slice_is(first->group, "renewables_storage") && slice_is(first->status, "在建"));
	ck_assert(slice_is(first->reduction_text, "1.5") && slice_is(first->unit_text, "万吨/年") && slice_is(first->evidence, "可研.pdf"));
	ck_assert(first->has_reduction && first->reduction == (th_mass)15000000 * 1000000000); /* 1.5 x 10^4 t = 1.5 x 10^7 kg */
	ck_assert(first->has_capex && th_decimal_cmp(first->capex, th_decimal_int(10500000)) == 0);
	ck_assert(first->has_opex && th_decimal_cmp(first->opex, th_decimal_int(-120000)) == 0);
	ck_assert_uint_eq(first->line, 2);
	ck_assert_uint_eq(first->group_column, 9);
	ck_assert(!m.measure[1].has_reduction && !m.measure[1].has_capex && !m.measure[1].dated);
	ck_assert_uint_eq(strlen(m.sha256), 64);
	ck_assert_str_eq(m.encoding, "UTF-8");
}
END_TEST

/* When a reduction counts: from the day after the works, for the lifetime if there is one. A start alone tells nothing. */
static const struct { const char *start, *end, *lifetime; bool dated; int from[3], to[3]; /* to 0: without end */ } times[] = {
	{"2024-03", "2025-06", "", true, {2025, 7, 1}, {0}},
	{"2024-03", "", "", false, {0}, {0}},
	{"", "2025-06", "", true, {2025, 7, 1}, {0}},
	{"", "", "10", false, {0}, {0}},
	{"2024-03", "2024-12", "10", true, {2025, 1, 1}, {2034, 12, 31}},
	{"2024-03", "2024-12", "2.5", true, {2025, 1, 1}, {2027, 6, 30}},
	{"2024-03", "", "1", false, {0}, {0}},
	{"", "2024", "1", true, {2025, 1, 1}, {2025, 12, 31}},
	{"2024-03-15", "2024-03-15", "", true, {2024, 3, 16}, {0}},
};

START_TEST(knows_when_a_reduction_counts)
{
	char text[512];
	th_measures m;
	snprintf(text, sizeof text, MEASURES "M1,a,g,%s,%s,1,t/a,,,%s,,\n", times[_i].start, times[_i].end, times[_i].lifetime);
	ck_assert_int_eq(load_measures(text, &m), TH_OK);
	ck_assert_uint_eq(m.measure[0].dated, times[_i].dated);
	if (!times[_i].dated)
		return;
	const int *a = times[_i].from, *b = times[_i].to;
	ck_assert_int_eq(m.measure[0].from, th_day(a[0], a[1], a[2]));
	ck_assert_int_eq(m.measure[0].to, b[0] ? th_day(b[0], b[1], b[2]) : TH_DAY_MAX);
}
END_TEST

static const struct { const char *rows, *places; } bad_measures[] = {
	{"M1,a,g,,,10,t CO2e/a,,,,,\nM1,b,g,,,,,,,,,\n", "3:1 E3901"},
	{"M1,a,g,,,,,,,,,\nm 1,b,g,,,,,,,,,\n", "3:1 E3901"},     /* names are compared folded */
	{",,,,,,,,,,,x\n", "2:1 E3301; 2:2 E3301; 2:3 E3301"},
	{"M1,a,g,,,10,,,,,,\n", "2:13 E2301"},                    /* a reduction without its unit */
	{"M1,a,g,,,10,t,,,,,\n", "2:13 E3904"},                   /* not per year */
	{"M1,a,g,,,10,t C/a,,,,,\n", "2:13 E3904"},               /* carbon is not CO2 */
	{"M1,a,g,,,10,kWh/a,,,,,\n", "2:13 E3904"},
	{"M1,a,g,,,,furlong/a,,,,,\n", "2:11 E3904"},
	{"M1,a,g,,,-1,t/a,,,,,\n", "2:10 E3905"},
	{"M1,a,g,,,10 t,t/a,,,,,\n", "2:10 E3904"},
	{"M1,a,g,,,5%,t/a,,,,,\n", "2:10 E3950"},
	{"M1,a,g,,,,,x,y,0,,\n", "2:12 E2211; 2:14 E2211; 2:16 E3905"},
	{"M1,a,g,,,,,-1,-1,-1,,\n", "2:12 E3905; 2:18 E3905"},    /* running costs may fall */
	{"M1,a,g,Jul-24,2024-13,,,,,,,\n", "2:8 E2402; 2:15 E2403"},
	{"M1,a,g,2024-05,2024-04,,,,,,,\n", "2:16 E3902"},
	{"M1,a,g,soon,2024-12/2024-01,,,,,,,\n", "2:8 E2405; 2:13 E2404"},
	{"M1,a,g,,,1e60,t/a,,,,,\n", "2:10 E2212"},
};

START_TEST(reports_bad_measures)
{
	char text[1024];
	th_measures m;
	snprintf(text, sizeof text, MEASURES "%s", bad_measures[_i].rows);
	th_status status = load_measures(text, &m);
	expect_places(diags, bad_measures[_i].places, bad_measures[_i].rows);
	ck_assert_int_eq(status, TH_INVALID);
}
END_TEST

/* --- targets --- */

#define TARGETS "phase,year,emissions,unit,kind\n"

static th_status load_targets(const char *text, th_targets *out)
{
	return th_targets_load(ref, lend(diags, "targets.csv", text), &arena, diags, out);
}

START_TEST(reads_targets)
{
	th_targets t;
	ck_assert_int_eq(load_targets("阶段,年份,排放量,单位,类型\n一,2026,1.2,万吨,总量\n二,2028-06,-5,kg CO2e,净排放量\n"
	                              "三,2030年,0.3,t CO2/万元,强度\n四,2031,7,tCO2e,\n", &t), TH_OK);
	expect_places(diags, "", "targets");
	ck_assert_uint_eq(t.count, 4);
	ck_assert(slice_is(t.target[0].phase, "一") && t.target[0].kind == TH_TARGET_GROSS && t.target[0].when.last_year == 2026);
	ck_assert(t.target[0].mass == (th_mass)12000000 * 1000000000);
	ck_assert(t.target[1].kind == TH_TARGET_NET && t.target[1].mass == (th_mass)-5 * 1000000000);
	ck_assert_int_eq(t.target[1].when.to, th_day(2028, 6, 30));
	ck_assert(t.target[2].kind == TH_TARGET_INTENSITY && th_decimal_cmp(t.target[2].emissions, (th_decimal){3, -1}) == 0);
	ck_assert_int_eq(t.target[3].kind, TH_TARGET_GROSS);
}
END_TEST

static const struct { const char *rows, *places; } bad_targets[] = {
	{"一,2026,1,t,\n一,2028,1,t,\n", "3:1 E3906"},
	{",2026,1,t,\n", "2:1 E3301"},
	{"一,,1,t,\n", "2:3 E3301"},
	{"一,-,1,t,\n", "2:3 E2405"},
	{"一,2026/2027,1,t,\n", "2:3 E3907"},
	{"一,2026,,t,\n", "2:8 E3301"},
	{"一,2026,-,t,\n", "2:8 E3301"},
	{"一,2026,-1,t,gross\n", "2:8 E3905"},
	{"一,2026,-1,t/万元,intensity\n", "2:8 E3905"},
	{"一,2026,1,,\n", "2:10 E2301"},
	{"一,2026,1,,intensity\n", "2:10 E2301"},
	{"一,2026,1,t/a,gross\n", "2:10 E3904"},
	{"一,2026,1,万元,intensity\n", "2:10 E3904"},
	{"一,2026,1,t,most\n", "2:12 E3908"},
	{"一,2026,1e60,t,\n", "2:8 E2212"},
};

START_TEST(reports_bad_targets)
{
	char text[1024];
	th_targets t;
	snprintf(text, sizeof text, TARGETS "%s", bad_targets[_i].rows);
	th_status status = load_targets(text, &t);
	expect_places(diags, bad_targets[_i].places, bad_targets[_i].rows);
	ck_assert_int_eq(status, TH_INVALID);
}
END_TEST

/* --- parameters --- */

START_TEST(reads_parameters)
{
	static const char text[] = "参数,取值,单位,来源\na,1.5,km2,通知第 9 页\nb,,户,\nc,—,,\nd,2,,x\n";
	th_params p;
	ck_assert_int_eq(th_params_load(ref, lend(diags, "mine.csv", text), &arena, diags, &p), TH_OK);
	expect_places(diags, "", "params");
	ck_assert_uint_eq(p.rows, 4);
	ck_assert_uint_eq(p.count, 2); /* the others are still to be filled in */
	ck_assert(slice_is(p.row[0].param, "a") && slice_is(p.row[0].value, "1.5") && slice_is(p.row[0].source, "通知第 9 页"));
	ck_assert(slice_is(p.row[1].param, "d") && p.row[1].line == 5);
	ck_assert(!p.illustrative);
}
END_TEST

static const struct { const char *name; bool illustrative; } names[] = {
	{"params-illustrative.csv", true}, {"Illustrative.CSV", true}, {"params.csv", false}, {"illustrativ.csv", false},
};

START_TEST(knows_examples_by_their_name)
{
	static const char text[] = "param,value,unit,source\na,1,,x\n";
	th_params p;
	ck_assert_int_eq(th_params_load(ref, lend(diags, names[_i].name, text), &arena, diags, &p), TH_OK);
	ck_assert_uint_eq(p.illustrative, names[_i].illustrative);
}
END_TEST

static const struct { const char *rows, *places; } bad_params[] = {
	{"a,1,,x\nA,2,,x\n", "3:1 E3909"},
	{"a,,,x\na,2,,x\n", ""},      /* a row to be filled in does not count */
	{"a,1,km2,\n", "2:9 E3910"},
	{",1,km2,x\n", "2:1 E3301"},
};

START_TEST(reports_bad_parameters)
{
	char text[256];
	th_params p;
	snprintf(text, sizeof text, "param,value,unit,source\n%s", bad_params[_i].rows);
	th_status status = th_params_load(ref, lend(diags, "p.csv", text), &arena, diags, &p);
	expect_places(diags, bad_params[_i].places, bad_params[_i].rows);
	ck_assert_int_eq(status, *bad_params[_i].places ? TH_INVALID : TH_OK);
}
END_TEST

#define LOOP(tcase, test, table) tcase_add_loop_test(tcase, test, 0, (int)(sizeof table / sizeof *table))

/* --- money --- */

/* What stands in a cell under a header, and the yuan that it is; "": nobody knows. */
static const struct { const char *header, *cell, *yuan; } money[] = {
	{"capex", "300 万元", "3000000"}, {"capex", "300万元", "3000000"}, {"capex", "3000000元", "3000000"}, {"capex", "0.03 亿元", "3000000"},
	{"capex", "3000 千元", "3000000"}, {"capex", "\"1,050.5 万元\"", "10505000"}, {"总投资（万元）", "300", "3000000"}, {"投资(元)", "300", "300"},
	{"投资（亿元）", "0.03", "3000000"}, {"总投资（万元）", "0.03 亿元", "3000000"}, {"预计投资(10^4 CNY)", "300", "3000000"}, {"投资额(千元)", "3", "3000"},
	{"capex", "300", ""}, {"总投资", "300", ""},
	/* of an office table, below its title */
	{"标题,,,\n总投资（万元）", "300", "3000000"}, {"标题,,,\n总投资（万元）", "0.03 亿元", "3000000"}, {"标题,,,\n总投资（亿元）", "0.03", "3000000"},
	{"标题,,,\n总投资", "300", ""},
};

START_TEST(counts_money)
{
	char text[256];
	const char *newline = strchr(money[_i].header, '\n');
	if (newline)
		snprintf(text, sizeof text, "%.*s\nid,name,group,%s\nm,x,g,%s\n", (int)(newline - money[_i].header), money[_i].header, newline + 1, money[_i].cell);
	else
		snprintf(text, sizeof text, "id,name,group,%s\nm,x,g,%s\n", money[_i].header, money[_i].cell);
	th_measures list;
	ck_assert_int_eq(th_measures_load(ref, lend(diags, "measures.csv", text), &arena, diags, &list), TH_OK);
	ck_assert_uint_eq(list.count, 1);
	const th_measure *m = list.measure;
	ck_assert_int_eq(m->has_capex, money[_i].yuan[0] != '\0');
	ck_assert_int_eq(m->bare_money, money[_i].yuan[0] == '\0');
	th_decimal expected;
	unsigned notes;
	if (m->has_capex) {
		ck_assert(th_number_is(th_number_parse(th_slice_of(money[_i].yuan), &expected, &notes)));
		ck_assert_int_eq(th_decimal_cmp(m->capex, expected), 0);
	}
}
END_TEST

Suite *measure_suite(void)
{
	Suite *suite = suite_create("measure");
	TCase *months = tcase_create("months");
	LOOP(months, counts_whole_months, spans);
	LOOP(months, steps_by_months, steps);
	suite_add_tcase(suite, months);
	TCase *files = tcase_create("files");
	tcase_add_checked_fixture(files, setup, teardown);
	tcase_add_test(files, reads_measures);
	LOOP(files, knows_when_a_reduction_counts, times);
	LOOP(files, reports_bad_measures, bad_measures);
	LOOP(files, counts_money, money);
	tcase_add_test(files, reads_targets);
	LOOP(files, reports_bad_targets, bad_targets);
	tcase_add_test(files, reads_parameters);
	LOOP(files, knows_examples_by_their_name, names);
	LOOP(files, reports_bad_parameters, bad_params);
	suite_add_tcase(suite, files);
	return suite;
}
