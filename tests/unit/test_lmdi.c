/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Additive LMDI: worked tables, and sums that are exact. */

#include <math.h>

#include "path/lmdi.h"
#include "random.h"
#include "suites.h"

#define KG ((th_mass)1000000000)

START_TEST(worked)
{
	/* Two sectors, by Ang 2005 equations 2 to 4 in a separate calculation (L x ln of each ratio), kg. */
	static const th_lmdi_row row[] = {
		{{100, 50, 200 * KG}, {120, 54, 190 * KG}},
		{{40, 80, 320 * KG}, {36, 90, 378 * KG}},
	};
	static const double want[2][3] = {
		{35.54491068879482, -20.540797177456863, -25.004113511337952},
		{-36.686033014578975, 77.69752871264933, 16.98850430192969},
	};
	th_lmdi_terms each[2], sum;
	size_t bad;
	ck_assert_int_eq(th_lmdi(row, 2, each, &sum, &bad), TH_LMDI_OK);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_double_eq_tol(th_mass_double(each[i].activity), want[i][0], 2e-9);
		ck_assert_double_eq_tol(th_mass_double(each[i].intensity), want[i][1], 2e-9);
		ck_assert_double_eq_tol(th_mass_double(each[i].factor), want[i][2], 2e-9);
		ck_assert(each[i].activity + each[i].intensity + each[i].factor == each[i].change);
	}
	ck_assert(sum.change == 48 * KG);
	ck_assert(sum.activity == each[0].activity + each[1].activity);
	ck_assert(sum.activity + sum.intensity + sum.factor == sum.change);
}
END_TEST

START_TEST(region)
{
	/* Total of problem D, China Postgraduate Mathematical Contest in Modeling 2023: GDP in 10^8 CNY, energy in 10^4 tce, 10^4 t CO2,
	 * 2010 and 2020; the terms in a separate calculation, 10^4 t. */
	static const th_lmdi_row row = {
		{41383.87, 23539.3144313, (th_mass)563600518417 * KG},
		{88683.2146287, 31437.9975544, (th_mass)726333242520 * KG},
	};
	th_lmdi_terms sum;
	size_t bad;
	ck_assert_int_eq(th_lmdi(&row, 1, NULL, &sum, &bad), TH_LMDI_OK);
	ck_assert(sum.change == (th_mass)(726333242520 - 563600518417) * KG);
	ck_assert(sum.activity + sum.intensity + sum.factor == sum.change);
	ck_assert_double_eq_tol(th_mass_double(sum.activity) / 1e7, 48896.145151620, 1e-7);
	ck_assert_double_eq_tol(th_mass_double(sum.intensity) / 1e7, -30333.758347799, 1e-7);
	ck_assert_double_eq_tol(th_mass_double(sum.factor) / 1e7, -2289.114393521, 1e-7);
}
END_TEST

/* What a row that begins, ends or stays gives its change to. */
static const struct { th_lmdi_row row; th_mass want[3]; } edges[] = {
	{{{0, 0, 0}, {10, 5, 7 * KG}}, {7 * KG, 0, 0}},
	{{{10, 0, 0}, {10, 5, 7 * KG}}, {0, 7 * KG, 0}},
	{{{10, 5, 0}, {10, 5, 7 * KG}}, {0, 0, 7 * KG}},
	{{{10, 5, 7 * KG}, {0, 0, 0}}, {-7 * KG, 0, 0}},
	{{{10, 5, 7 * KG}, {12, 0, 0}}, {0, -7 * KG, 0}},
	{{{10, 5, 7 * KG}, {12, 6, 0}}, {0, 0, -7 * KG}},
	{{{10, 5, 7 * KG}, {10, 5, 7 * KG}}, {0, 0, 0}},
	{{{0, 0, 0}, {0, 0, 0}}, {0, 0, 0}},
	{{{10, 5, 7 * KG}, {20, 10, 14 * KG}}, {7 * KG, 0, 0}}, /* all in proportion: activity alone */
	{{{10, 5, 1}, {30, 5, 2}}, {2, -2, 1}},                 /* L = 1 / ln 2: 1.58, -1.58, 1 units */
};

START_TEST(edge)
{
	th_lmdi_terms sum;
	size_t bad;
	ck_assert_int_eq(th_lmdi(&edges[_i].row, 1, NULL, &sum, &bad), TH_LMDI_OK);
	ck_assert(sum.activity == edges[_i].want[0] && sum.intensity == edges[_i].want[1] && sum.factor == edges[_i].want[2]);
}
END_TEST

static const struct { th_lmdi_row row; th_lmdi_error error; } bad_rows[] = {
	{{{-1, 5, KG}, {10, 5, KG}}, TH_LMDI_NEGATIVE},
	{{{1, 5, KG}, {10, 5, -KG}}, TH_LMDI_NEGATIVE},
	{{{1, HUGE_VAL, KG}, {10, 5, KG}}, TH_LMDI_NEGATIVE},
	{{{1, 0, KG}, {10, 5, KG}}, TH_LMDI_NO_DRIVER},
	{{{1, 1, KG}, {0, 5, KG}}, TH_LMDI_NO_DRIVER},
	{{{1, 1, KG}, {1, 5, (th_mass)1 << 100}}, TH_LMDI_RANGE},
};

START_TEST(refused)
{
	th_lmdi_row row[2] = {{{1, 1, KG}, {1, 1, KG}}, bad_rows[_i].row};
	th_lmdi_terms sum;
	size_t bad;
	ck_assert_int_eq(th_lmdi(row, 2, NULL, &sum, &bad), bad_rows[_i].error);
	ck_assert_uint_eq(bad, 1);
}
END_TEST

static double positive(void)
{
	return (double)(next() % 1000000 + 1) * (next() % 2 ? 1e-3 : 1e4);
}

/* Random tables: every row and every sum adds up to the change, to the last unit. */
START_TEST(exact)
{
	seed = 20240607;
	for (int table = 0; table < 2000; table++) {
		th_lmdi_row row[20];
		th_lmdi_terms each[20], sum, mine = {0};
		size_t count = next() % 20 + 1, bad;
		for (size_t i = 0; i < count; i++) {
			row[i].from = (th_lmdi_year){positive(), positive(), (th_mass)(next() >> next() % 60) * (th_mass)(next() % 1000)};
			row[i].to = (th_lmdi_year){positive(), positive(), next() % 4 ? (th_mass)(next() >> next() % 60) : row[i].from.mass + 1};
			if (next() % 8 == 0)
				row[i].from = (th_lmdi_year){0, 0, 0};
		}
		ck_assert_int_eq(th_lmdi(row, count, each, &sum, &bad), TH_LMDI_OK);
		for (size_t i = 0; i < count; i++) {
			ck_assert(each[i].activity + each[i].intensity + each[i].factor == row[i].to.mass - row[i].from.mass);
			mine.activity += each[i].activity;
			mine.intensity += each[i].intensity;
			mine.factor += each[i].factor;
			mine.change += row[i].to.mass - row[i].from.mass;
		}
		ck_assert(mine.activity == sum.activity && mine.intensity == sum.intensity && mine.factor == sum.factor && mine.change == sum.change);
		ck_assert(sum.activity + sum.intensity + sum.factor == sum.change);
	}
}
END_TEST

Suite *lmdi_suite(void)
{
	Suite *suite = suite_create("lmdi");
	TCase *tcase = tcase_create("lmdi");
	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, worked);
	tcase_add_test(tcase, region);
	tcase_add_loop_test(tcase, edge, 0, (int)(sizeof edges / sizeof *edges));
	tcase_add_loop_test(tcase, refused, 0, (int)(sizeof bad_rows / sizeof *bad_rows));
	tcase_add_test(tcase, exact);
	return suite;
}
