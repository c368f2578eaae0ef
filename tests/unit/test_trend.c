/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Peaks of series, with the shipped thresholds. */

#include "lend.h"

#include <math.h>

#include "path/slope.h"
#include "suites.h"

#define LOOP(tcase, test, table) tcase_add_loop_test(tcase, test, 0, (int)(sizeof table / sizeof *table))

#define KT ((th_mass)1000000000000000) /* 1e-9 kg in 1000 t */

static th_diags *diags;
static th_peak_rules rules;
static th_arena arena;
static th_trend trend;

static void open_rules(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
	ck_assert_int_eq(th_peak_rules_load(TEST_DATA_DIR, &arena, diags, &rules), TH_OK);
	ck_assert_uint_eq(th_diags_count(diags), 0);
}

static void close_rules(void)
{
	th_arena_free(&arena);
	th_diags_free(diags);
}

static th_trend_error run_values(const double *value, size_t count, int first, int as_of)
{
	th_point point[64];
	for (size_t i = 0; i < count; i++)
		point[i] = (th_point){first + (int)i, (th_mass)(value[i] * 1e6) * (KT / 1000000)};
	return th_trend_run(point, count, as_of, &rules, &arena, &trend);
}

static const th_trend_case *find(th_trend_case_kind kind, int year)
{
	for (size_t i = 0; i < trend.cases; i++)
		if (trend.list[i].kind == kind && (year == 0 || trend.list[i].year == year))
			return &trend.list[i];
	return NULL;
}

/* Data set of problem D, China Postgraduate Mathematical Contest in Modeling 2023, in 10^4 t CO2, 2010 to 2020. */
static const double total[] = {56360.0518417, 65193.3422267, 67502.6133745, 66749.3756967, 64853.2760401, 66074.8099511,
                               68526.1246722, 70451.5573927, 71502.00286,   74096.3310809, 72633.324252};
static const double agriculture[] = {896.06969745,   1031.17645182, 1165.27500549, 1007.47771889, 1020.85274966, 1162.51199478,
                                     1211.033579, 1245.01917351, 1295.48724183, 1278.38417422, 1238.75904472};

START_TEST(region_total)
{
	/* 74096.3310809 / 72633.324252 - 1 = 2.0142 %; 2020 - 2019 = 1; the largest before is 72633.324252 of 2020. */
	ck_assert_int_eq(run_values(total, 11, 2010, 0), TH_TREND_OK);
	ck_assert_int_eq(trend.c40, TH_PEAK_NOT);
	ck_assert(trend.criterion[TH_C40_YEARS].holds && trend.criterion[TH_C40_RECENT].holds);
	ck_assert(!trend.criterion[TH_C40_BEFORE].holds && !trend.criterion[TH_C40_ABOVE].holds);
	ck_assert_int_eq((int)trend.criterion[TH_C40_BEFORE].observed, 1);
	ck_assert_int_eq((int)trend.criterion[TH_C40_BEFORE].required, 5);
	ck_assert_double_eq_tol(trend.criterion[TH_C40_ABOVE].percent, 2.0142, 1e-4);
	ck_assert_int_eq(trend.maximum.year, 2019);
	ck_assert_int_eq(trend.maximum.runner_up, 2020);
	ck_assert(trend.maximum.difference == trend.point[9].mass - trend.point[10].mass);
	ck_assert_int_eq(trend.slope.verdict, TH_PEAK_UNKNOWN);
	ck_assert_uint_eq(trend.slope.years, 1);
	const th_trend_case *c = find(TH_CASE_LOCAL_MAXIMUM, 2012); /* 67502.6 until the 68526.1 of 2016 */
	ck_assert_ptr_nonnull(c);
	ck_assert_int_eq(c->other, 2016);
	c = find(TH_CASE_ONE_LOWER_YEAR, 2020);
	ck_assert_ptr_nonnull(c);
	ck_assert_int_eq(c->other, 2019);
	/* Up to 2013 the year 2012 is the maximum: one lower year behind it, and 1.1 % above it. */
	ck_assert_int_eq(run_values(total, 4, 2010, 0), TH_TREND_OK);
	ck_assert_int_eq(trend.c40, TH_PEAK_NOT);
	ck_assert_int_eq(trend.maximum.year, 2012);
	/* In no year of the series does any of the two tests call a peak. */
	for (size_t n = 3; n <= 11; n++) {
		ck_assert_int_eq(run_values(total, n, 2010, 0), TH_TREND_OK);
		ck_assert_int_ne(trend.c40, TH_PEAK_YES);
		ck_assert_int_ne(trend.slope.verdict, TH_PEAK_YES);
	}
}
END_TEST

START_TEST(region_agriculture)
{
	/* 1295.48724183 / 1238.75904472 - 1 = 4.5794 %; 2020 - 2018 = 2. */
	ck_assert_int_eq(run_values(agriculture, 11, 2010, 0), TH_TREND_OK);
	ck_assert_int_eq(trend.c40, TH_PEAK_NOT);
	ck_assert_int_eq(trend.maximum.year, 2018);
	ck_assert(!trend.criterion[TH_C40_BEFORE].holds && !trend.criterion[TH_C40_ABOVE].holds);
	ck_assert_double_eq_tol(trend.criterion[TH_C40_ABOVE].percent, 4.5794, 1e-4);
	ck_assert_int_eq(trend.slope.verdict, TH_PEAK_UNKNOWN);
	ck_assert_double_eq_tol(trend.slope.slope, (1238.75904472 - 1278.38417422) * 1e6, 1); /* two years: their difference, kg */
	/* 1165.3 of 2012; 2016 is the first above it. 2013 is no dip: 2014 is higher, but by more than 1 %: 1007.5 < 1020.9 x 0.99 = 1010.6. */
	ck_assert_int_eq(find(TH_CASE_LOCAL_MAXIMUM, 2012)->other, 2016);
	ck_assert_ptr_nonnull(find(TH_CASE_DIP, 2013));
}
END_TEST

/* The verdicts are worked by hand from the four criteria. */
static const struct {
	const char *name;
	double value[14];
	size_t count;
	int as_of; /* data begin in 2010 */
	th_peak_verdict c40;
	int maximum;
	th_trend_case_kind named; /* TH_CASE_KINDS: none asked for */
	int year, other;
} series[] = {
	{"peaked: 7 years back, 25 % above", {90, 95, 100, 98, 96, 94, 92, 88, 84, 80}, 10, 0, TH_PEAK_YES, 2012, TH_CASE_KINDS, 0, 0},
	{"exactly 5 years back is not more", {90, 95, 100, 90, 85, 84, 82, 80}, 8, 0, TH_PEAK_NOT, 2012, TH_CASE_KINDS, 0, 0},
	{"6 years back is", {90, 95, 100, 90, 85, 84, 82, 81, 80}, 9, 0, TH_PEAK_YES, 2012, TH_CASE_KINDS, 0, 0},
	{"exactly 10 % above is not more", {110, 100, 100, 100, 100, 100, 100}, 7, 0, TH_PEAK_NOT, 2010, TH_CASE_FIRST_MAXIMUM, 2010, 0},
	{"a little more than 10 %", {110.001, 100, 100, 100, 100, 100, 100}, 7, 0, TH_PEAK_YES, 2010, TH_CASE_FIRST_MAXIMUM, 2010, 0},
	{"two years", {100, 50}, 2, 0, TH_PEAK_UNKNOWN, 2010, TH_CASE_FEW_YEARS, 2010, 2011},
	{"one year", {100}, 1, 0, TH_PEAK_UNKNOWN, 2010, TH_CASE_LAST_MAXIMUM, 2010, 0},
	{"old data", {90, 95, 100, 98, 96, 94, 92, 88, 84, 80}, 10, 2025, TH_PEAK_UNKNOWN, 2012, TH_CASE_KINDS, 0, 0},
	{"data 5 years old are recent", {90, 95, 100, 98, 96, 94, 92, 88, 84, 80}, 10, 2024, TH_PEAK_YES, 2012, TH_CASE_KINDS, 0, 0},
	{"rising to the last year", {80, 85, 90, 95}, 4, 0, TH_PEAK_NOT, 2013, TH_CASE_LAST_MAXIMUM, 2013, 0},
	{"plateau", {80, 99.5, 100, 99.2, 99.1, 90}, 6, 0, TH_PEAK_NOT, 2012, TH_CASE_PLATEAU, 2011, 2014},
	{"equal years: the latest counts", {80, 100, 100, 100, 70, 60, 60, 60, 60}, 9, 0, TH_PEAK_NOT, 2013, TH_CASE_PLATEAU, 2011, 2013},
	{"double peak", {80, 99.8, 85, 84, 100, 80, 70, 70, 70, 70, 70}, 11, 0, TH_PEAK_YES, 2014, TH_CASE_DOUBLE_PEAK, 2014, 2011},
	{"second peak behind the first", {80, 100, 85, 84, 99.8, 80, 70, 70}, 8, 0, TH_PEAK_YES, 2011, TH_CASE_DOUBLE_PEAK, 2011, 2014},
	{"the year of 2020", {80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 90, 97}, 12, 0, TH_PEAK_NOT, 2019, TH_CASE_DIP, 2020, 0},
	{"one lower year", {80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 80}, 11, 0, TH_PEAK_NOT, 2019, TH_CASE_ONE_LOWER_YEAR, 2020, 2019},
	{"to nothing", {50, 100, 50, 40, 30, 20, 10, 0}, 8, 0, TH_PEAK_YES, 2011, TH_CASE_KINDS, 0, 0},
	{"nothing at all", {0, 0, 0, 0, 0, 0, 0, 0}, 8, 0, TH_PEAK_NOT, 2017, TH_CASE_LAST_MAXIMUM, 2017, 0},
};

START_TEST(verdicts)
{
	ck_assert_int_eq(run_values(series[_i].value, series[_i].count, 2010, series[_i].as_of), TH_TREND_OK);
	ck_assert_msg(trend.c40 == series[_i].c40, "%s: %d", series[_i].name, trend.c40);
	ck_assert_int_eq(trend.maximum.year, series[_i].maximum);
	if (series[_i].named == TH_CASE_KINDS)
		return;
	const th_trend_case *c = find(series[_i].named, series[_i].year);
	ck_assert_msg(c != NULL, "%s: the case is not named", series[_i].name);
	ck_assert_int_eq(c->other, series[_i].other);
}
END_TEST

START_TEST(slopes)
{
	/* After 100: 98 95 93 90 88; of the 10 pairwise slopes, -2.5 is the median (-3 -3 -2 -2 -2.5 -2.5 -2.5 -8/3 -7/3 -2.5). */
	static const double falling[] = {80, 100, 98, 95, 93, 90, 88}, flat[] = {100, 90, 91, 89, 90, 91, 89, 90}, rising[] = {100, 80, 84, 88, 92, 96};
	ck_assert_int_eq(run_values(falling, 7, 2010, 0), TH_TREND_OK);
	ck_assert_double_eq_tol(trend.slope.slope, -2.5e6, 1e-3);
	ck_assert_double_eq_tol(trend.slope.percent, 100 * -2.5 / 92.8, 1e-9);
	ck_assert_int_eq(trend.slope.verdict, TH_PEAK_YES);
	/* Of the 120 orders three have a median slope of -2.5 or less (counted by statistics.median over itertools.permutations). */
	ck_assert_double_eq_tol(trend.slope.p, 3 / 120.0, 1e-15);
	double p = trend.slope.p;
	ck_assert_int_eq(run_values(falling, 7, 2010, 0), TH_TREND_OK);
	ck_assert(trend.slope.p >= p && trend.slope.p <= p); /* the seed is the rules' */
	ck_assert_int_eq(run_values(flat, 8, 2010, 0), TH_TREND_OK);
	ck_assert_int_eq(trend.slope.verdict, TH_PEAK_NOT);
	ck_assert_double_gt(trend.slope.p, 0.05);
	ck_assert_int_eq(run_values(rising, 6, 2010, 0), TH_TREND_OK);
	ck_assert_int_eq(trend.slope.verdict, TH_PEAK_NOT);
	ck_assert_double_eq_tol(trend.slope.slope, 4e6, 1e-3);
}
END_TEST

/* Every order of the values, one after the other, by the definition. */
static void count_plainly(th_slope_work *w, double *y, size_t placed, double slope, double *hits, double *orders)
{
	if (placed == w->n) {
		++*orders;
		*hits += th_slope_of(w, y) <= slope + 1e-6;
	}
	for (size_t i = placed; i < w->n; i++) {
		double swap = y[i];
		y[i] = y[placed];
		y[placed] = swap;
		count_plainly(w, y, placed + 1, slope, hits, orders);
		y[placed] = y[i];
		y[i] = swap;
	}
}

START_TEST(orders)
{
	/* Years apart by one and more, values that repeat, odd and even numbers of pairs. */
	static const int step[8] = {0, 1, 3, 4, 5, 8, 9, 10}, value[3][8] = {
		{98, 95, 93, 90, 88, 91, 85, 84}, {5, 5, 4, 4, 3, 5, 3, 4}, {10, 60, 20, 50, 30, 40, 35, 0}};
	size_t n = 3 + (size_t)_i % 6;
	th_point point[8];
	double again[8], hits = 0, all = 0;
	th_slope_work w;
	for (size_t i = 0; i < n; i++)
		point[i] = (th_point){2010 + step[i], value[_i / 6][i] * KT};
	ck_assert_int_eq(th_slope_open(&w, point, n, &rules), TH_TREND_OK);
	memcpy(again, w.y, n * sizeof *again);
	count_plainly(&w, again, 0, th_slope_of(&w, w.y), &hits, &all);
	ck_assert_double_eq_tol(th_slope_p(&w, &rules, 0), hits / all, 1e-15);
	/* Drawn orders estimate the same share: five standard errors. */
	rules.all_orders = 2;
	double share = hits / all;
	ck_assert_double_eq_tol(th_slope_p(&w, &rules, 0), share, 5 * sqrt(share * (1 - share) / rules.orders) + 1.0 / rules.orders);
	th_slope_close(&w);
}
END_TEST

START_TEST(years)
{
	/* Any order, a gap, and a year that was revised: the last mass given holds, the first is remembered. */
	const th_point point[] = {{2015, 90 * KT}, {2010, 100 * KT}, {2012, 80 * KT}, {2015, 120 * KT}, {2012, 80 * KT}};
	ck_assert_int_eq(th_trend_run(point, 5, 0, &rules, &arena, &trend), TH_TREND_OK);
	ck_assert_uint_eq(trend.points, 3);
	ck_assert_int_eq(trend.maximum.year, 2015);
	ck_assert_int_eq(find(TH_CASE_GAP, 2010)->other, 2012);
	ck_assert_int_eq(find(TH_CASE_GAP, 2012)->other, 2015);
	const th_trend_case *c = find(TH_CASE_REVISED, 2015);
	ck_assert(c->mass == 120 * KT && c->before_mass == 90 * KT);
	ck_assert_ptr_null(find(TH_CASE_REVISED, 2012));
	ck_assert_int_eq(find(TH_CASE_REVISED_PEAK, 2015)->other, 2010);
	for (size_t i = 1; i < trend.cases; i++)
		ck_assert_int_le(trend.list[i - 1].kind, trend.list[i].kind);
}
END_TEST

static const struct { const char *name; th_point point; size_t count; int as_of; th_trend_error error; } bad[] = {
	{"none", {2010, KT}, 0, 0, TH_TREND_EMPTY},
	{"year 0", {0, KT}, 1, 0, TH_TREND_YEAR},
	{"year 10000", {10000, KT}, 1, 0, TH_TREND_YEAR},
	{"2^100", {2010, (th_mass)1 << 100}, 1, 0, TH_TREND_RANGE},
	{"asked for a year before the last", {2010, KT}, 1, 2009, TH_TREND_AS_OF},
};

START_TEST(refusals)
{
	ck_assert_msg(th_trend_run(&bad[_i].point, bad[_i].count, bad[_i].as_of, &rules, &arena, &trend) == bad[_i].error, "%s", bad[_i].name);
}
END_TEST

START_TEST(generators)
{
	const double value[] = {100, 90, 80, 70};
	rules.generator = TH_S("dice");
	ck_assert_int_eq(run_values(value, 4, 2010, 0), TH_TREND_GENERATOR);
}
END_TEST

START_TEST(fits)
{
	/* A line: the band has no width. */
	th_point point[12];
	th_mass fit[8], low[8], high[8];
	double slope;
	for (int i = 0; i < 12; i++)
		point[i] = (th_point){2010 + i, (100 + 2 * i) * KT};
	ck_assert_int_eq(th_trend_fit(point, 12, &rules, 2021, 2028, fit, low, high, &slope), TH_TREND_OK);
	ck_assert_double_eq_tol(slope, 2e6, 1e-6);
	for (int t = 0; t < 8; t++) {
		ck_assert_double_eq_tol(th_mass_double(fit[t]), (122 + 2 * t) * 1e6, 1e-3);
		ck_assert_double_eq_tol(th_mass_double(high[t] - low[t]), 0, 1e-3);
	}
	/* Off the line by up to 3: the band holds the fit, is not much narrower than the residuals' range of 6, and grows. */
	static const int off[12] = {-3, 1, 2, -2, 3, -1, 0, 2, -3, 1, -1, 1};
	for (int i = 0; i < 12; i++)
		point[i].mass += off[i] * KT;
	ck_assert_int_eq(th_trend_fit(point, 12, &rules, 2021, 2028, fit, low, high, &slope), TH_TREND_OK);
	for (int t = 0; t < 8; t++)
		ck_assert(low[t] <= fit[t] && fit[t] <= high[t] && high[t] - low[t] > 5 * KT);
	ck_assert(high[7] - low[7] > high[0] - low[0]);
	ck_assert_int_eq(th_trend_fit(point, 4, &rules, 2021, 2028, fit, low, high, &slope), TH_TREND_FEW);
	point[3].year = point[2].year;
	ck_assert_int_eq(th_trend_fit(point, 12, &rules, 2021, 2028, fit, low, high, &slope), TH_TREND_YEAR);
}
END_TEST

/* Each replaces the shipped trend.json. */
static const struct { const char *text, *codes; } files[] = {
	{"[]", "3402"},
	{"{\"schema\":\"tanhe.trend/1\",\"c40\":1,\"test\":{},\"cases\":{}}", "3401"},
	{"{\"schema\":\"tanhe.trend/1\",\"c40\":{\"least_years\":0,\"peak_before_last_years\":5.5,\"last_before_as_of_years\":\"5\","
	 "\"peak_above_last_percent\":-1,\"source\":\"s\",\"url\":\"u\",\"more\":1},\"test\":{},\"cases\":{}}",
	 "3403 3304 3401 3401 3304"},
};

START_TEST(bad_files)
{
	lend(diags, "data/trend.json", files[_i].text);
	ck_assert_int_eq(th_peak_rules_load("data", &arena, diags, &rules), TH_INVALID);
	char *text;
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &text), TH_OK);
	th_slice rest = th_slice_of(files[_i].codes), code;
	while (th_slice_split(&rest, ' ', &code)) {
		char want[16];
		snprintf(want, sizeof want, "error E%.4s", code.ptr);
		ck_assert_msg(strstr(text, want) != NULL, "no %s in: %s", want, text);
	}
	free(text);
}
END_TEST

Suite *trend_suite(void)
{
	Suite *suite = suite_create("trend");
	TCase *tcase = tcase_create("trend");
	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, open_rules, close_rules);
	tcase_add_test(tcase, region_total);
	tcase_add_test(tcase, region_agriculture);
	LOOP(tcase, verdicts, series);
	tcase_add_test(tcase, slopes);
	tcase_add_loop_test(tcase, orders, 0, 18);
	tcase_add_test(tcase, years);
	LOOP(tcase, refusals, bad);
	tcase_add_test(tcase, generators);
	tcase_add_test(tcase, fits);
	LOOP(tcase, bad_files, files);
	return suite;
}
