/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Uncertainty against printed tables and closed forms; each expected number says where it is from. Monte Carlo results are compared within
 * four standard errors of what the number of trials allows, with fixed seeds. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "uncertainty/uncertainty.h"
#include "ipcc_table_3_4.h"
#include "suites.h"

enum { TRIALS = 200000 };
#define COUNT(array) (sizeof(array) / sizeof *(array))

static void near(double found, double expected, double tolerance)
{
	ck_assert_msg(fabs(found - expected) <= tolerance, "%.10g is not %.10g within %g", found, expected, tolerance);
}

/* --- Approach 1 --- */

START_TEST(finland)
{
	th_row row[COUNT(table_3_4)];
	th_table32 sum;
	size_t agree = 0;
	for (size_t i = 0; i < COUNT(row); i++)
		row[i] = (th_row){.base = table_3_4[i][0], .current = table_3_4[i][1], .activity = table_3_4[i][2], .factor = table_3_4[i][3]};
	th_table_fill(row, COUNT(row), TH_YEARS_FACTORS, &sum);
	/* Printed: 47 604 and 67 730 (whose rows as printed add up to 67 735), 15.9 %, 18.7 %. */
	near(sum.base, 47604, 1);
	near(sum.current, 67735, 1);
	near(sum.half, 15.9, 0.05);
	near(sum.trend, 18.7, 0.05);
	/* Columns H I J to the last digit but for the rounding of C and D; K and L within the rounding of
	 * F and E to whole percents and of small C and D to whole Gg. */
	for (size_t i = 0; i < COUNT(row); i++) {
		near(row[i].contribution, table_3_4[i][4], 0.00011);
		near(row[i].sensitivity_a, table_3_4[i][5], 0.00006);
		near(row[i].sensitivity_b, table_3_4[i][6], 0.00006);
		near(row[i].trend_factor, table_3_4[i][7], 0.006 + 0.5 * row[i].sensitivity_a + 0.1 * table_3_4[i][7]);
		agree += fabs(row[i].trend_activity - table_3_4[i][8]) <= 0.006 + 0.5 * row[i].sensitivity_b * sqrt(2);
	}
	ck_assert_uint_ge(agree, COUNT(row) - 3); /* the printed L of a few rows does not follow from their printed E */
}
END_TEST

START_TEST(year_correlations)
{
	/* By hand: C 100 100, D 50 150, E 10 %, F 20 %. Type A of row 1: |101 100 ... (50.5 + 150)/(101 + 100) - 1| = 0.24876 points. */
	th_row row[2] = {{.base = 100, .current = 50, .activity = 10, .factor = 20}, {.base = 100, .current = 150, .activity = 10, .factor = 20}};
	th_table32 sum;
	double a = fabs((200.5 - 201) / 201 * 100), b = 0.25;
	th_table_fill(row, 2, TH_YEARS_FACTORS | TH_YEARS_ACTIVITIES, &sum);
	near(row[0].trend_activity, a * 10, 1e-12);
	near(row[0].trend_factor, a * 20, 1e-12);
	th_table_fill(row, 2, 0, &sum);
	near(row[0].trend_activity, b * 10 * sqrt(2), 1e-12);
	near(row[0].trend_factor, b * 20 * sqrt(2), 1e-12);
	near(sum.half, 100 * sqrt(0.05 * (50. * 50 + 150. * 150) / (200. * 200)), 1e-12);
}
END_TEST

START_TEST(asymmetric_limits)
{
	double low, high;
	th_asymmetric(100, &low, &high); /* 3.7.3: "-65% to +126%" */
	near(low, 65, 0.5);
	near(high, 126, 0.5);
	th_asymmetric(60, &low, &high); /* by hand: ln 1.09 = 0.086178, its root 0.293561; exp(-0.043089 -+ 0.575379) */
	near(low, 46.123, 0.001);
	near(high, 70.283, 0.001);
	th_asymmetric(30, &low, &high);
	near(low, 30, 0);
	near(high, 30, 0);
}
END_TEST

START_TEST(key_categories)
{
	/* By hand, equations 4.1 to 4.4: levels 60 30 8 2 of 100. */
	th_row row[4] = {{.base = 50, .current = 60, .combined = 5}, {.base = 40, .current = 30, .combined = 10},
	                 {.base = 10, .current = 8, .combined = 100}, {.current = 2, .combined = 50}};
	th_key key[4] = {{0}};
	ck_assert(th_key_categories(row, 4, key));
	near(key[0].level, 0.6, 1e-12);
	ck_assert(key[0].key_level && key[1].key_level && key[2].key_level && !key[3].key_level);
	/* T: |60 - 50|/100, |30 - 40|/100, |8 - 10|/100, 2/100, totals equal in both years. */
	near(key[0].trend, 10. / 24, 1e-12);
	near(key[3].trend, 2. / 24, 1e-12);
	/* L x U: 300 300 800 100. */
	near(key[2].level_uncertain, 800. / 1500, 1e-12);
	ck_assert(key[2].key_uncertain && key[0].key_uncertain && key[1].key_uncertain && !key[3].key_uncertain);
}
END_TEST

/* Annual increase of global CO2 and its uncertainty, ppm, 1995-2024: NOAA Global Monitoring Laboratory, co2_gr_gl. */
static const double growth[30][2] = {
	{2.01, 0.10}, {1.05, 0.08}, {1.98, 0.08}, {2.83, 0.11}, {1.33, 0.08}, {1.26, 0.12}, {1.85, 0.10}, {2.36, 0.08}, {2.28, 0.09}, {1.57, 0.05},
	{2.47, 0.07}, {1.77, 0.07}, {2.12, 0.06}, {1.78, 0.05}, {1.59, 0.06}, {2.36, 0.06}, {1.73, 0.07}, {2.42, 0.07}, {2.45, 0.07}, {2.03, 0.08},
	{2.94, 0.07}, {2.84, 0.09}, {2.14, 0.10}, {2.39, 0.09}, {2.49, 0.06}, {2.33, 0.08}, {2.38, 0.07}, {2.30, 0.12}, {2.70, 0.16}, {3.74, 0.09},
};

START_TEST(thirty_years)
{
	th_variable variable[30];
	bool is_factor[30] = {false};
	th_uterm term[30];
	double weight = 1, scratch[30] = {0};
	for (uint32_t i = 0; i < 30; i++) {
		double half = growth[i][1] / growth[i][0];
		variable[i] = (th_variable){.spread = th_spread_fit(TH_SHAPE_NORMAL, half, half)};
		term[i] = (th_uterm){.mass = growth[i][0], .by_own = growth[i][0], .own = th_index_of(i)};
	}
	th_model m = {.variable = variable, .variables = 30, .is_factor = is_factor, .term = term, .terms = 30, .cells = 1};
	th_propagated p;
	th_propagate(&m, &weight, TH_NONE, scratch, &p);
	/* In whole hundredths: 6549 and the root of 2210. */
	near(p.total, 65.49, 1e-13);
	near(p.both.larger, sqrt(2210) / 100, 1e-15);
	near(p.factor.larger, 0, 0);
}
END_TEST

/* --- distributions --- */

/* GUM 4.3.7, 4.3.9: a rectangle of half-width a has the standard deviation a / sqrt 3, a triangle a / sqrt 6; normal limits are 1.96 of them. */
START_TEST(approach_1_combines_standard_uncertainties)
{
	th_spread s = th_spread_fit(TH_SHAPE_UNIFORM, 0.19, 0.19);
	near(th_spread_expansion(&s) * 0.19, TH_Z95 * ((s.b - s.a) / 2) / sqrt(3), 1e-12);
	near((s.b - s.a) / 2, 0.2, 1e-12); /* the limits are the 2.5 % and 97.5 % points: 95 % of the rectangle */
	s = th_spread_fit(TH_SHAPE_TRIANGULAR, 0.1, 0.1);
	near(th_spread_expansion(&s) * 0.1, TH_Z95 * ((s.c - s.a) / 2) / sqrt(6), 1e-12);
	s = th_spread_fit(TH_SHAPE_NORMAL, 0.1, 0.1);
	near(th_spread_expansion(&s), 1, 0);
	s = th_spread_fit(TH_SHAPE_LOGNORMAL, 0.7, 2.333);
	near(th_spread_expansion(&s), 1, 0);
	/* Alone in a model: 1.96 standard deviations of the rectangle, not its 95 % limits. */
	th_variable variable[] = {{.spread = th_spread_fit(TH_SHAPE_UNIFORM, 0.19, 0.19)}};
	bool is_factor[] = {true};
	th_uterm term[] = {{.mass = 100, .fixed = 100, .factor = th_index_of(0)}};
	th_model model = {.variable = variable, .variables = 1, .is_factor = is_factor, .term = term, .terms = 1, .cells = 1};
	double weight = 1, scratch[4] = {0};
	th_propagated p;
	th_propagate(&model, &weight, TH_NONE, scratch, &p);
	near(p.both.larger, 100 * TH_Z95 * 0.2 / sqrt(3), 1e-9);
}
END_TEST

START_TEST(fits)
{
	th_spread s = th_spread_fit(TH_SHAPES, 0.1, 0.1);
	ck_assert_int_eq(s.shape, TH_SHAPE_NORMAL);
	ck_assert(!s.cut);
	near(s.b * TH_Z95, 0.1, 1e-15);
	ck_assert(th_spread_fit(TH_SHAPES, 0.5, 0.5).cut); /* 3.9 standard deviations above zero */
	ck_assert_int_eq(th_spread_fit(TH_SHAPES, 0, 0).shape, TH_SHAPE_EXACT);
	s = th_spread_fit(TH_SHAPES, 1.5, 1.5); /* 76 %: above 30 % */
	ck_assert_int_eq(s.shape, TH_SHAPE_LOGNORMAL);
	near(exp(s.a + s.b * s.b / 2), 1, 1e-12);
	near(sqrt(expm1(s.b * s.b)), 1.5 / TH_Z95, 1e-12);
	s = th_spread_fit(TH_SHAPE_LOGNORMAL, 0.7, 2.333); /* IPCC CH4 of stationary combustion: 0.3 to 3.333 times */
	near(exp(s.a - TH_Z95 * s.b), 0.3, 1e-12);
	near(exp(s.a + TH_Z95 * s.b), 3.333, 1e-12);
	s = th_spread_fit(TH_SHAPE_LOGNORMAL, 1, 9); /* a lower limit of zero */
	near(exp(s.a), 1, 0);
	near(exp(s.a + TH_Z95 * s.b), 10, 1e-12);
	s = th_spread_fit(TH_SHAPE_TRIANGULAR, 0.1, 0.3);
	near((0.9 - s.a) * (0.9 - s.a) / ((s.c - s.a) * (1 - s.a)), 0.025, 1e-12);
	near((s.c - 1.3) * (s.c - 1.3) / ((s.c - s.a) * (s.c - 1)), 0.025, 1e-12);
	s = th_spread_fit(TH_SHAPE_UNIFORM, 0.1, 0.3);
	near((0.9 - s.a) / (s.b - s.a), 0.025, 1e-12);
	near((s.b - 1.3) / (s.b - s.a), 0.025, 1e-12);
}
END_TEST

/* --- Approach 2 --- */

static const double one = 1;
static th_variable plain(th_spread spread)
{
	return (th_variable){.spread = spread};
}

static th_spread uniform(double sd)
{
	return (th_spread){.shape = TH_SHAPE_UNIFORM, .a = 1 - sqrt(3) * sd, .b = 1 + sqrt(3) * sd};
}

static th_range simulate(th_model *m, size_t trials, uint64_t seed)
{
	th_simulation s;
	th_range r;
	m->cells = m->targets = 1;
	m->share = (double[]){one};
	ck_assert_int_eq(th_simulate(m, trials, seed, 2, TH_CPU_BEST, &s), TH_OK);
	ck_assert(th_summarise(s.value[0], s.trials, &r));
	th_simulation_free(&s, 1);
	return r;
}

static void four_inputs(const double sd[4], bool rectangular, th_range *out)
{
	th_variable variable[4];
	th_uterm term[4];
	for (uint32_t i = 0; i < 4; i++) {
		variable[i] = plain(rectangular ? uniform(sd[i]) : (th_spread){.shape = TH_SHAPE_NORMAL, .a = 1, .b = sd[i]});
		term[i] = (th_uterm){.by_own = 1, .own = th_index_of(i)};
	}
	th_model m = {.variable = variable, .variables = 4, .term = term, .terms = 4};
	*out = simulate(&m, TRIALS, 7);
}

/* JCGM 101:2008 9.2: Y = X1 + X2 + X3 + X4, shifted by 4. Tables 2 to 4 there, by Monte Carlo of 10^6 trials. */
START_TEST(jcgm_additive)
{
	th_range r;
	double se = 2.67 * 2 / sqrt(TRIALS); /* of a 2.5 % point of a normal with standard deviation 2 */
	four_inputs((double[]){1, 1, 1, 1}, false, &r); /* 9.2.2: 2.0, +-3.92 */
	near(r.mean, 4, 4 * 2 / sqrt(TRIALS));
	near(r.sd, 2, 4 * 2 / sqrt(2. * TRIALS));
	near(r.low, 4 - 3.92, 4 * se);
	near(r.high, 4 + 3.92, 4 * se);
	four_inputs((double[]){1, 1, 1, 1}, true, &r); /* 9.2.3: 2.0, +-3.88 */
	near(r.sd, 2, 4 * 2 / sqrt(2. * TRIALS));
	near(r.low, 4 - 3.88, 4 * se);
	near(r.high, 4 + 3.88, 4 * se);
	four_inputs((double[]){1, 1, 1, 10}, true, &r); /* 9.2.4: 10.1, +-17.0 */
	near(r.sd, 10.15, 0.1);
	near(r.low, 4 - 17.0, 0.1);
	near(r.high, 4 + 17.0, 0.1);
}
END_TEST

START_TEST(product_of_lognormals)
{
	/* 100 x F x V: lognormal with the sums of means and variances of the logarithms. */
	th_variable variable[2] = {plain(th_spread_fit(TH_SHAPE_LOGNORMAL, 0.8, 0.8)), plain(th_spread_fit(TH_SHAPE_LOGNORMAL, 0.5, 1.5))};
	th_uterm term = {.mass = 100, .by_own = 100, .own = th_index_of(0), .factor = th_index_of(1)};
	th_arena arena = {0};
	double a = variable[0].spread.a + variable[1].spread.a, b = hypot(variable[0].spread.b, variable[1].spread.b);
	for (int collapsed = 0; collapsed <= 1; collapsed++) {
		th_model m = {.variable = variable, .variables = 2, .term = &term, .terms = 1};
		if (collapsed) {
			ck_assert(th_model_collapse(&m, &arena));
			ck_assert(!th_index_is(m.term[0].own));
		}
		th_range r = simulate(&m, TRIALS, 3);
		double mean = 100 * exp(a + b * b / 2), sd = mean * sqrt(expm1(b * b));
		near(r.mean, mean, 4 * sd / sqrt(TRIALS));
		near(log(r.low / 100), a - TH_Z95 * b, 4 * 2.67 * b / sqrt(TRIALS));
		near(log(r.high / 100), a + TH_Z95 * b, 4 * 2.67 * b / sqrt(TRIALS));
	}
	th_arena_free(&arena);
}
END_TEST

START_TEST(correlated_pair)
{
	/* Two sums of standard deviations 3 and 4 and correlation rho: variance 9 + 16 + 24 rho. */
	const double rho[] = {-1, -0.5, 0, 0.7, 1};
	for (size_t i = 0; i < COUNT(rho); i++) {
		double root[4] = {1, rho[i], rho[i], 1}, sd = sqrt(25 + 24 * rho[i]);
		ck_assert(th_root(root, 2));
		th_uterm term[2] = {{.fixed = 50, .mass = 50, .by_common = 3, .common = th_index_of(0)},
		                    {.fixed = 50, .mass = 50, .by_common = 4, .common = th_index_of(1)}};
		th_model m = {.term = term, .terms = 2, .root = root, .commons = 2};
		double scratch[2] = {0};
		th_propagated p;
		th_range r = simulate(&m, TRIALS, 11);
		near(r.sd, sd, 4 * sd / sqrt(2. * TRIALS));
		th_propagate(&m, &one, TH_NONE, scratch, &p);
		near(p.both.larger, TH_Z95 * sd, 1e-12);
	}
	/* Distributions that are not normal keep their shape and follow the common part: at share 1 they are one. */
	double root = 1;
	th_variable variable[2] = {{.spread = uniform(1), .common = th_index_of(0), .share = 1}, {.spread = uniform(2), .common = th_index_of(0), .share = 1}};
	th_uterm term[2] = {{.by_own = 1, .own = th_index_of(0)}, {.by_own = -0.5, .own = th_index_of(1)}};
	th_model m = {.variable = variable, .variables = 2, .term = term, .terms = 2, .root = &root, .commons = 1};
	near(simulate(&m, 20000, 5).sd, 0, 1e-9);
}
END_TEST

START_TEST(impossible_correlations)
{
	double bad[9] = {1, 0.9, 0.9, 0.9, 1, -0.9, 0.9, -0.9, 1}, good[9] = {1, 0.9, 0.9, 0.9, 1, 0.9, 0.9, 0.9, 1}, twice[4] = {1, 1, 1, 0.5};
	ck_assert(!th_root(bad, 3));
	ck_assert(th_root(good, 3));
	ck_assert(!th_root(twice, 2));
}
END_TEST

START_TEST(truncated)
{
	/* Mean of a normal(1, s) above 0: 1 + s phi(1/s) / Phi(1/s). */
	th_variable variable = plain(th_spread_fit(TH_SHAPE_NORMAL, 1.5, 1.5));
	th_uterm term = {.fixed = 1, .factor = th_index_of(0)};
	th_model m = {.variable = &variable, .variables = 1, .term = &term, .terms = 1};
	double s = variable.spread.b, phi = exp(-0.5 / (s * s)) / sqrt(2 * acos(-1)), above = erfc(-1 / s / sqrt(2)) / 2;
	ck_assert(variable.spread.cut);
	near(simulate(&m, TRIALS, 1).mean, 1 + s * phi / above, 4 * s / sqrt(TRIALS));
}
END_TEST

/* All shapes, shared and private, correlated and not, in two cells and two targets. */
static th_model everything(th_variable variable[7], th_uterm term[60], double root[4], double share[4])
{
	const th_shape shape[7] = {TH_SHAPE_NORMAL, TH_SHAPE_LOGNORMAL, TH_SHAPE_TRIANGULAR, TH_SHAPE_UNIFORM, TH_SHAPE_NORMAL, TH_SHAPE_LOGNORMAL,
	                           TH_SHAPE_NORMAL};
	for (int i = 0; i < 7; i++)
		variable[i] = plain(th_spread_fit(shape[i], 0.1 * (i + 1), 0.15 * (i + 1)));
	variable[6].common = th_index_of(0);
	variable[6].share = 0.5;
	for (uint32_t i = 0; i < 60; i++)
		term[i] = (th_uterm){.cell = i % 2, .mass = i + 1, .fixed = 0.5 * (i + 1), .by_own = 0.5 * (i + 1), .by_common = 0.1,
		                     .common = th_index_of(i % 5 == 0 ? i % 2 : TH_NONE), .own = th_index_of(i % 7), .factor = th_index_of((i + 3) % 7)};
	root[0] = root[3] = 1;
	root[1] = root[2] = 0.4;
	ck_assert(th_root(root, 2));
	share[0] = share[1] = share[2] = 1;
	share[3] = -1;
	return (th_model){.variable = variable, .variables = 7, .term = term, .terms = 60, .root = root, .commons = 2, .cells = 2, .share = share,
	                  .targets = 2};
}

START_TEST(same_bytes_for_any_threads_and_instructions)
{
	static const unsigned threads[] = {1, 2, 3, 7};
	static const size_t trials[] = {100, 512, 5000, 0};
	th_variable variable[7];
	th_uterm term[60];
	double root[4], share[4];
	th_model m = everything(variable, term, root, share);
	for (size_t k = 0; k < COUNT(trials); k++) {
		th_simulation first, other;
		ck_assert_int_eq(th_simulate(&m, trials[k], 42, 1, TH_CPU_BEST, &first), TH_OK);
		for (size_t i = 0; i < COUNT(threads); i++) {
			th_cpu cpu = (th_cpu)(TH_CPU_PORTABLE + i % 3);
			ck_assert_int_eq(th_simulate(&m, trials[k], 42, threads[i], cpu, &other), TH_OK);
			ck_assert_uint_eq(first.trials, other.trials);
			for (size_t t = 0; t < 2; t++)
				ck_assert_int_eq(memcmp(first.value[t], other.value[t], first.trials * sizeof(double)), 0);
			th_simulation_free(&other, 2);
		}
		ck_assert_int_eq(th_simulate(&m, trials[k], 43, 1, TH_CPU_BEST, &other), TH_OK);
		ck_assert_int_ne(memcmp(first.value[0], other.value[0], 100 * sizeof(double)), 0);
		th_simulation_free(&other, 2);
		if (trials[k] == 0) {
			ck_assert(first.settled);
			ck_assert_uint_eq(first.trials % TH_AUTO_ROUND, 0);
		}
		th_simulation_free(&first, 2);
	}
}
END_TEST

START_TEST(collapsing_keeps_the_distribution)
{
	/* 300 lines: normal activity data, exact, normal, lognormal and shared factors. */
	enum { N = 300 };
	static th_variable variable[2 * N + 1], copy[2 * N + 1];
	static th_uterm term[N];
	th_arena arena = {0};
	for (uint32_t i = 0; i < N; i++) {
		double mass = 1 + i % 17, half = 0.02 * (1 + i % 9);
		variable[i] = plain(th_spread_standard());
		variable[N + i] = plain(th_spread_fit(i % 4 == 1 ? TH_SHAPE_LOGNORMAL : TH_SHAPE_NORMAL, 0.3, 0.3));
		term[i] = (th_uterm){.category = i, .mass = mass, .fixed = mass, .by_own = mass * half / TH_Z95,
		                     .own = th_index_of(i % 5 ? i : TH_NONE), .factor = th_index_of(i % 4 == 0 ? TH_NONE : i % 4 == 3 ? 2 * N : N + i)};
	}
	variable[2 * N] = plain(th_spread_fit(TH_SHAPE_NORMAL, 0.1, 0.1));
	memcpy(copy, variable, sizeof copy);
	th_model whole = {.variable = variable, .variables = 2 * N + 1, .term = term, .terms = N}, less = whole;
	less.variable = copy;
	less.cells = 1;
	ck_assert(th_model_collapse(&less, &arena));
	ck_assert_uint_lt(less.terms, N * 2 / 3);
	th_range a = simulate(&whole, 50000, 1), b = simulate(&less, 50000, 2);
	double se = a.sd / sqrt(50000) * sqrt(2);
	near(a.mean, b.mean, 4 * se);
	near(a.sd, b.sd, 4 * se);
	near(a.low, b.low, 4 * 2.67 * se);
	near(a.high, b.high, 4 * 2.67 * se);
	th_arena_free(&arena);
}
END_TEST

/* --- of an account --- */

static th_account *account_of(const th_reference *reference, const char *lines, const th_uncertainty_options *options)
{
	char path[] = "/tmp/tanhe-uncertainty-XXXXXX";
	int file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	FILE *out = fdopen(file, "w");
	fputs("period,activity,quantity,unit,uncertainty\n", out);
	fputs(lines, out);
	ck_assert_int_eq(fclose(out), 0);
	const char *inventory = path;
	th_account_options o = {.inventory = &inventory, .inventories = 1};
	th_diags *diags = th_diags_new();
	th_account *account = NULL;
	ck_assert_int_eq(th_uncertainty_run(reference, &o, options, diags, &account), TH_OK);
	th_diags_free(diags);
	ck_assert_int_eq(unlink(path), 0);
	return account;
}

START_TEST(lines_share_their_factor)
{
	th_diags *diags = th_diags_new();
	th_reference *reference = NULL;
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &reference), TH_OK);
	th_uncertainty_options o = {.approach = 1, .seed = 1, .threads = 2, .data = TEST_DATA_DIR};
	static const char lines[] = "2022,clinker,1000,t,3\n2022,clinker,2000,t,±6%\n";
	th_account *account = account_of(reference, lines, &o);
	th_range r, other;
	ck_assert(th_account_range(account, TH_TOTAL_GROSS, 0, &r));
	/* By hand: the factor's 8 % (2006 V3 table 2.3) on the sum, 3 % and 6 % of the lines apart. m and 2 m: */
	double m = r.mean / 3, half = sqrt(pow(0.08 * 3, 2) + pow(0.03, 2) + pow(0.06 * 2, 2)) * m;
	near(r.high - r.mean, half, 1e-6 * half);
	near(r.mean - r.low, half, 1e-6 * half);
	near(th_account_probability(account, TH_TOTAL_GROSS, 0, r.mean), 0.5, 1e-12);
	near(th_account_probability(account, TH_TOTAL_GROSS, 0, r.low), 0.975, 1e-6);
	ck_assert(!th_account_range(account, TH_TOTAL_GROSS, 2022, &other)); /* one year: only the whole */
	ck_assert(!th_account_change(account, 2021, 2022, &other));
	ck_assert(th_account_change_probability(account, 2021, 2022, -10) < 0);
	th_account_free(account);

	o.approach = 2;
	o.trials = 100000;
	account = account_of(reference, lines, &o);
	ck_assert(th_account_range(account, TH_TOTAL_SCOPE1, 0, &other));
	near(other.mean, r.mean, 4 * r.sd / sqrt(1e5));
	/* The product is skewed: 6 a^2 b^2 / (a^2 + b^2)^1.5 = 0.05 for these two, which moves the limits up by 0.05 (1.96^2 - 1) / 6 deviations. */
	double shift = 0.022 * r.sd, error = 4 * 2.67 * r.sd / sqrt(1e5) + 0.005 * r.sd;
	near(other.low, r.low + shift, error);
	near(other.high, r.high + shift, error);
	near(th_account_probability(account, TH_TOTAL_NET, 0, other.high), 0.025, 1e-4);
	th_account_free(account);

	/* The other way round, and split: the same draws. */
	account = account_of(reference, "2022,clinker,2000,t,±6%\n2022,clinker,1000,t,3\n", &o);
	th_range turned;
	ck_assert(th_account_range(account, TH_TOTAL_SCOPE1, 0, &turned));
	near(turned.low, other.low, 1e-9 * r.mean);
	th_account_free(account);

	account = account_of(reference, lines, NULL);
	ck_assert(!th_account_range(account, TH_TOTAL_GROSS, 0, &r));
	ck_assert(th_account_probability(account, TH_TOTAL_GROSS, 0, 0) < 0);
	th_account_free(account);
	th_reference_free(reference);
	th_diags_free(diags);
}
END_TEST

START_TEST(change_between_years)
{
	th_diags *diags = th_diags_new();
	th_reference *reference = NULL;
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &reference), TH_OK);
	th_uncertainty_options o = {.approach = 2, .trials = 100000, .seed = 1, .threads = 2, .data = TEST_DATA_DIR};
	th_account *account = account_of(reference, "2020,clinker,1000,t,4\n2022,clinker,800,t,4\n", &o);
	th_range r;
	ck_assert(th_account_change(account, 2020, 2022, &r));
	/* The factor cancels; the ratio of two independent 4 %: to first order 80 % x 4 % x root 2 about -20 %. */
	near(r.mean, -20, 0.1);
	near((r.high - r.low) / 2, 80 * 0.04 * sqrt(2), 0.1);
	near(th_account_change_probability(account, 2020, 2022, -20), 0.5, 0.01);
	ck_assert(th_account_range(account, TH_TOTAL_NET, 2022, &r));
	ck_assert(!th_account_range(account, TH_TOTAL_SCOPE1, 2022, &r));
	th_account_free(account);
	/* Activity data as one draw: nothing is left but the draw itself. */
	o.activities_correlated = 1;
	account = account_of(reference, "2020,clinker,1000,t,4\n2022,clinker,800,t,4\n", &o);
	ck_assert(th_account_change(account, 2020, 2022, &r));
	near(r.high - r.low, 0, 1e-9);
	th_account_free(account);
	/* A factor drawn anew each year does not cancel: root of 2 x (4^2 + 8^2), times 80 %. */
	o.activities_correlated = 0;
	o.factors_yearly = 1;
	account = account_of(reference, "2020,clinker,1000,t,4\n2022,clinker,800,t,4\n", &o);
	ck_assert(th_account_change(account, 2020, 2022, &r));
	near((r.high - r.low) / 2, 0.8 * sqrt(2 * 80), 0.3);
	th_account_free(account);
	th_reference_free(reference);
	th_diags_free(diags);
}
END_TEST

Suite *uncertainty_suite(void)
{
	Suite *suite = suite_create("uncertainty");
	TCase *tcase = tcase_create("uncertainty");
	const TTest *const tests[] = {
		finland, year_correlations, asymmetric_limits, key_categories, thirty_years, approach_1_combines_standard_uncertainties,
		fits, jcgm_additive,
		 product_of_lognormals, correlated_pair,
		impossible_correlations, truncated, same_bytes_for_any_threads_and_instructions, collapsing_keeps_the_distribution, lines_share_their_factor,
		change_between_years,
	};
	for (size_t i = 0; i < COUNT(tests); i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	return suite;
}
