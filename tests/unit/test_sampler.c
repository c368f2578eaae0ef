/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The random numbers of Approach 2: known answers, the same bits with any instructions, the distributions against GSL's, what is exact against
 * its equation. Seeds are fixed; each statistical bound says how often numbers that are right would break it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>

#include "uncertainty/philox.h"
#include "uncertainty/sampler.h"
#include "suites.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void near(double found, double expected, double tolerance)
{
	ck_assert_msg(fabs(found - expected) <= tolerance, "%.10g is not %.10g within %g", found, expected, tolerance);
}

static size_t kernels(const th_kernel *list[3])
{
	size_t count = 0;
	for (th_cpu cpu = TH_CPU_PORTABLE; cpu <= TH_CPU_AVX2; cpu++) {
		const th_kernel *kernel = th_kernel_take(cpu);
		if (count == 0 || list[count - 1] != kernel)
			list[count++] = kernel;
	}
	return count;
}

/* --- the generator --- */

/* D. E. Shaw Research, Random123, tests/kat_vectors: counter, key, answer of philox4x32 with 10 rounds. */
START_TEST(philox_known_answers)
{
	static const uint32_t known[][10] = {
		{0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
		{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
		{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
	};
	for (size_t i = 0; i < COUNT(known); i++) {
		uint32_t word[4];
		memcpy(word, known[i], sizeof word);
		th_philox(word, known[i][4], known[i][5]);
		ck_assert_int_eq(memcmp(word, known[i] + 6, sizeof word), 0);
	}
}
END_TEST

START_TEST(kernels_draw_philox)
{
	static const th_stream streams[] = {{0, 0, 0}, {1, 2, 3}, {0xFEDCBA9876543210u, 0xFFFFFFFFu, 0x80000001u}, {~0ull, 12345, 678}};
	const th_kernel *list[3];
	size_t count = kernels(list);
	for (size_t k = 0; k < count; k++)
		for (size_t s = 0; s < COUNT(streams); s++) {
			uint32_t out[TH_STRATA];
			list[k]->words(streams[s], out);
			for (uint32_t i = 0; i < TH_STRATA / 4; i++) {
				uint32_t word[4] = {i, streams[s].dimension, streams[s].block, 0};
				th_philox(word, (uint32_t)streams[s].seed, (uint32_t)(streams[s].seed >> 32));
				for (uint32_t j = 0; j < 4; j++)
					ck_assert_uint_eq(out[j * TH_STRATA / 4 + i], word[j]);
			}
		}
}
END_TEST

/* Everything that a kernel computes, one after the other. */
static void work_through(const th_kernel *kernel, const th_quantiles *table, uint32_t block, double out[9][TH_STRATA])
{
	uint32_t word[TH_STRATA];
	memset(out, 0, 9 * sizeof *out);
	kernel->words((th_stream){99, 5, block}, word);
	if (block == 0) /* the ends */
		for (size_t i = 0; i < TH_STRATA; i++)
			word[i] = i % 3 == 0 ? 0 : i % 3 == 1 ? 0x7FFFFFFFu : 0x80000000u;
	kernel->shares(word, out[0]);
	kernel->scores(table, word, out[1]);
	memcpy(out[2], out[1], sizeof *out);
	kernel->line(out[2], 1, 0.1);
	memcpy(out[3], out[1], sizeof *out);
	kernel->powers(out[3], -0.3, 0.8);
	memcpy(out[4], out[1], sizeof *out);
	kernel->powers(out[4], 1, 300); /* beyond what a double holds */
	kernel->add(out[5], 1.7, out[3]);
	kernel->add_product(out[5], out[2], out[3]);
	kernel->add_square(out[6], 0.3, out[3]);
	kernel->add_both(out[7], out[8], 3.3, 0.7, out[3]);
}

START_TEST(same_bits_with_any_instructions)
{
	static double first[9][TH_STRATA], other[9][TH_STRATA];
	th_quantiles table;
	const th_kernel *list[3];
	size_t count = kernels(list);
	th_quantiles_make(&table);
	for (uint32_t block = 0; block < 200; block++) {
		work_through(list[0], &table, block, first);
		for (size_t i = 0; i < TH_STRATA; i++)
			ck_assert(isfinite(first[4][i]));
		for (size_t k = 1; k < count; k++) {
			work_through(list[k], &table, block, other);
			ck_assert_msg(memcmp(first, other, sizeof first) == 0, "%s: other bits than %s", list[k]->name, list[0]->name);
		}
	}
}
END_TEST

START_TEST(quantiles_are_those_of_gsl)
{
	for (int i = 1; i < 100000; i++) {
		double p = i / 100000.0, wide = gsl_cdf_ugaussian_Pinv(p);
		near(th_normal_at(p), wide, 4e-15 * fmax(1, fabs(wide)));
	}
	for (double p = 0.5; p > 1e-300; p /= 3) {
		near(th_normal_at(p), gsl_cdf_ugaussian_Pinv(p), 1e-14 * fabs(gsl_cdf_ugaussian_Pinv(p)));
		ck_assert(p < 1e-10 || th_normal_at(1 - p) > 0 || p == 0.5);
	}
	th_quantiles table;
	uint32_t word[TH_STRATA];
	double share[TH_STRATA], score[TH_STRATA], power[TH_STRATA];
	const th_kernel *kernel = th_kernel_take(TH_CPU_BEST);
	th_quantiles_make(&table);
	for (uint32_t block = 0; block < 100; block++) {
		kernel->words((th_stream){3, 1, block}, word);
		kernel->shares(word, share);
		kernel->scores(&table, word, score);
		memcpy(power, score, sizeof power);
		kernel->powers(power, 0.2, 1.5);
		for (size_t i = 0; i < TH_STRATA; i++) {
			near(score[i], gsl_cdf_ugaussian_Pinv(share[i]), 1e-7); /* normal.h */
			near(power[i], exp(0.2 + 1.5 * score[i]), 4e-15 * power[i]);
			size_t stratum = i < TH_HALF ? i : TH_STRATA - 1 - (i - TH_HALF);
			ck_assert_uint_eq((size_t)(share[i] * TH_STRATA), stratum);
		}
	}
}
END_TEST

/* --- points --- */

enum { PLENTY = 100 };

/* Shares by trial of a dimension in a block. */
static void deal(const th_points *points, uint32_t dimension, size_t rank, uint32_t block, double out[TH_STRATA])
{
	const th_kernel *kernel = th_kernel_take(TH_CPU_BEST);
	th_stream stream = {points->seed, dimension, block};
	uint32_t word[TH_STRATA];
	double share[TH_STRATA];
	kernel->words(stream, word);
	th_points_place(points, kernel, stream, rank, word);
	kernel->shares(word, share);
	th_points_deal(points, stream, rank, share, out);
}

/* The points of `blocks` blocks: each of `cells` equal parts of 0 to 1 has as many. */
static void filled_evenly(const th_points *points, uint32_t dimension, size_t rank, uint32_t blocks, size_t cells)
{
	static unsigned char count[16 * TH_STRATA];
	double share[TH_STRATA];
	memset(count, 0, sizeof count);
	for (uint32_t b = 0; b < blocks; b++) {
		deal(points, dimension, rank, b, share);
		for (size_t i = 0; i < TH_STRATA; i++)
			count[(size_t)(share[i] * (double)cells)]++;
	}
	for (size_t i = 0; i < cells; i++)
		ck_assert_uint_eq(count[i], blocks * TH_STRATA / cells);
}

START_TEST(points_fill_their_strata)
{
	th_points points;
	ck_assert(th_points_make(&points, PLENTY, 7));
	ck_assert_uint_eq(points.sobol, TH_SOBOL_MOST);
	for (uint32_t rank = 0; rank < PLENTY; rank++)
		filled_evenly(&points, 1000 + rank, rank, 1, TH_STRATA);
	for (uint32_t rank = 0; rank < TH_SOBOL_MOST; rank++) { /* 2^13 points of one round: one in each 2^13th */
		filled_evenly(&points, 1000 + rank, rank, 2, 2 * TH_STRATA);
		filled_evenly(&points, 1000 + rank, rank, 16, 16 * TH_STRATA);
	}
	/* Sobol's first two dimensions are a net with t = 0 (Sobol' 1967): each box of 16 x 32 has one of the 512. */
	double x[TH_STRATA], y[TH_STRATA];
	for (uint32_t block = 0; block < 40; block++) {
		unsigned char box[16][32] = {{0}};
		deal(&points, 5, 0, block, x);
		deal(&points, 6, 1, block, y);
		for (size_t i = 0; i < TH_STRATA; i++)
			box[(size_t)(x[i] * 16)][(size_t)(y[i] * 32)]++;
		for (size_t i = 0; i < sizeof box; i++)
			ck_assert_uint_eq(box[i / 32][i % 32], 1);
	}
	th_points_free(&points);
}
END_TEST

/* A trial by itself: that of one round each. Two dimensions in 8 x 8 boxes, uniform by chi squared: right ones break the bound once in 10^4. */
START_TEST(trials_are_uniform_in_pairs)
{
	enum { ROUNDS = 6400 };
	static const size_t ranks[][2] = {{0, 1}, {2, 7}, {3, 20}, {40, 41}, {99, 98}};
	th_points points;
	double x[TH_STRATA], y[TH_STRATA];
	ck_assert(th_points_make(&points, PLENTY, 11));
	for (size_t k = 0; k < COUNT(ranks); k++) {
		double box[64] = {0}, sum = 0;
		for (uint32_t round = 0; round < ROUNDS; round++) {
			size_t trial = round * 37 % TH_STRATA;
			deal(&points, 1, ranks[k][0], round * TH_ROUND + round % 3, x);
			deal(&points, 2, ranks[k][1], round * TH_ROUND + round % 3, y);
			box[(size_t)(x[trial] * 8) * 8 + (size_t)(y[trial] * 8)]++;
		}
		for (size_t i = 0; i < COUNT(box); i++)
			sum += (box[i] - ROUNDS / 64.0) * (box[i] - ROUNDS / 64.0) / (ROUNDS / 64.0);
		ck_assert_msg(gsl_cdf_chisq_Q(sum, 63) > 1e-4, "ranks %zu %zu: chi squared %g of 63", ranks[k][0], ranks[k][1], sum);
	}
	th_points_free(&points);
}
END_TEST

/* --- distributions --- */

/* Values of a model of one cell. */
static double *values_of(th_model *m, size_t trials, uint64_t seed, th_cpu cpu, unsigned threads)
{
	static const double one = 1;
	th_simulation s;
	th_model model = *m;
	model.cells = model.targets = 1;
	model.share = (double[]){one};
	ck_assert_int_eq(th_simulate(&model, trials, seed, threads, cpu, &s), TH_OK);
	double *value = s.value[0];
	free(s.value);
	return value;
}

static double *values_of_spread(th_spread spread, size_t trials, uint64_t seed)
{
	th_variable variable = {.spread = spread};
	th_uterm term = {.fixed = 1, .mass = 1, .factor = th_index_of(0)};
	th_model m = {.variable = &variable, .variables = 1, .term = &term, .terms = 1};
	return values_of(&m, trials, seed, TH_CPU_BEST, 1);
}

static double by_gsl(gsl_rng *rng, const th_spread *s)
{
	double x;
	do
		switch (s->shape) {
		case TH_SHAPE_NORMAL: x = s->a + gsl_ran_gaussian(rng, s->b); break;
		case TH_SHAPE_LOGNORMAL: x = gsl_ran_lognormal(rng, s->a, s->b); break;
		case TH_SHAPE_UNIFORM: x = gsl_ran_flat(rng, s->a, s->b); break;
		case TH_SHAPE_TRIANGULAR: { /* the larger or smaller of two uniform numbers, on either side of the mode */
			double u = gsl_rng_uniform(rng), v = gsl_rng_uniform(rng), away = fmin(u, v);
			x = gsl_rng_uniform(rng) < (s->b - s->a) / (s->c - s->a) ? s->b - away * (s->b - s->a) : s->b + away * (s->c - s->b);
			break;
		}
		default: x = 1;
		}
	while (s->cut && x < 0);
	return x;
}

/* Kolmogorov and Smirnov's distance of two sorted samples of n. */
static double distance(const double *a, const double *b, size_t n)
{
	double most = 0;
	for (size_t i = 0, k = 0; i < n && k < n;) {
		if (a[i] <= b[k])
			i++;
		else
			k++;
		most = fmax(most, fabs((double)i - (double)k) / (double)n);
	}
	return most;
}

/* Every distribution against GSL's generator (mt19937) and distributions. Two independent samples of n are further apart than 2.23 root(2 / n) once in 10^4
 * (Smirnov 1948: 2 exp(-2 x^2)); one of them even, as here, less often. */
START_TEST(distributions_are_those_of_gsl)
{
	enum { N = 20000 };
	const th_spread spreads[] = {
		th_spread_standard(), th_spread_fit(TH_SHAPE_NORMAL, 0.2, 0.2), th_spread_fit(TH_SHAPE_NORMAL, 0.5, 0.5), th_spread_fit(TH_SHAPE_NORMAL, 3, 3),
		th_spread_fit(TH_SHAPE_LOGNORMAL, 0.8, 0.8), th_spread_fit(TH_SHAPE_LOGNORMAL, 0.7, 2.333), th_spread_fit(TH_SHAPE_LOGNORMAL, 1, 9),
		th_spread_fit(TH_SHAPE_TRIANGULAR, 0.1, 0.3), th_spread_fit(TH_SHAPE_TRIANGULAR, 1.2, 0.3), th_spread_fit(TH_SHAPE_UNIFORM, 0.1, 0.3),
		th_spread_fit(TH_SHAPE_UNIFORM, 1.5, 0.5),
	};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	static double theirs[N];
	for (size_t k = 0; k < COUNT(spreads); k++) {
		double *ours = values_of_spread(spreads[k], N, 100 + k);
		gsl_rng_set(rng, 5 + k);
		for (size_t i = 0; i < N; i++)
			theirs[i] = by_gsl(rng, &spreads[k]);
		gsl_sort(ours, 1, N);
		gsl_sort(theirs, 1, N);
		double found = distance(ours, theirs, N);
		ck_assert_msg(found < 2.23 * sqrt(2.0 / N), "spread %zu: distance %g", k, found);
		free(ours);
	}
	gsl_rng_free(rng);
}
END_TEST

/* Moments 0 1 0 3 of a million scores and the shares beyond -4 to 4, within four standard errors of independent numbers: the bound would be
 * broken once in 16,000 by those, and less often by strata. */
START_TEST(scores_are_normal)
{
	enum { N = 1000000 };
	double *x = values_of_spread(th_spread_standard(), N, 99), sum[5] = {0}, above[9] = {0};
	const double moment[5] = {1, 0, 1, 0, 3}, variance[5] = {0, 1, 2, 15, 96};
	for (size_t i = 0; i < N; i++) {
		double power = 1;
		for (int k = 1; k <= 4; k++)
			sum[k] += power *= x[i];
		for (int k = -4; k <= 4; k++)
			above[k + 4] += x[i] > k;
	}
	for (int k = 1; k <= 4; k++)
		near(sum[k] / N, moment[k], 4 * sqrt(variance[k] / N));
	for (int k = -4; k <= 4; k++) {
		double p = gsl_cdf_ugaussian_Q(k);
		near(above[k + 4] / N, p, 4 * sqrt(p * (1 - p) / N));
	}
	free(x);
}
END_TEST

/* --- what is exact --- */

/* 500 lines of independent normal activity data and no uncertain factor: their sum is normal. One number is drawn, in strata of 1/512 in each
 * of four blocks: the share below a limit is right to 4/2048, a limit so to 0.002 / 0.0584 = 0.033 standard deviations (0.0584: the density there); 2,048
 * independent trials would have a standard error of 0.059. */
START_TEST(normal_sums_are_exact)
{
	enum { N = 500, TRIALS = 2048 };
	static th_variable variable[N];
	static th_uterm term[N];
	double variance = 0, total = 0;
	for (uint32_t i = 0; i < N; i++) {
		double mass = 1 + i % 13, half = 0.01 * (1 + i % 7);
		variable[i] = (th_variable){.spread = th_spread_fit(TH_SHAPE_NORMAL, half, half)};
		term[i] = (th_uterm){.mass = mass, .by_own = mass, .own = th_index_of(i)};
		total += mass;
		variance += pow(mass * half / TH_Z95, 2);
	}
	th_model m = {.variable = variable, .variables = N, .term = term, .terms = N};
	double *x = values_of(&m, TRIALS, 4, TH_CPU_BEST, 1), sd = sqrt(variance);
	th_range r;
	ck_assert(th_summarise(x, TRIALS, &r));
	near(r.mean, total, 1e-4 * sd);
	near(r.sd, sd, 2e-3 * sd);
	near(r.low, total - TH_Z95 * sd, 0.033 * sd);
	near(r.high, total + TH_Z95 * sd, 0.033 * sd);
	free(x);
}
END_TEST

/* Lines with three gases: a normal quantity that three factors share. Standing together it is left out of the drawing, mixed among others it is drawn: the same
 * mean, deviation and limits within four standard errors. By hand: the variance of sum (1 + s Z) m_g F_g with independent F_g of mean 1 and deviation f_g is
 * sum m_g^2 f_g^2 (1 + s^2) + s^2 (sum m_g)^2. */
START_TEST(shared_normals_keep_the_distribution)
{
	enum { LINES = 20, GASES = 3, TRIALS = 102400 };
	static th_variable variable[LINES * (1 + GASES)];
	static th_uterm together[LINES * GASES], apart[LINES * GASES];
	const double mass[GASES] = {80, 15, 5}, f[GASES] = {0.05, 0.4, 0.6};
	double variance = 0;
	for (uint32_t i = 0; i < LINES; i++) {
		double s = 0.02 * (1 + i % 5);
		variable[i] = (th_variable){.spread = th_spread_standard()};
		for (uint32_t g = 0; g < GASES; g++) {
			uint32_t factor = LINES + i * GASES + g;
			variable[factor] = (th_variable){.spread = th_spread_fit(TH_SHAPE_LOGNORMAL, f[g] * TH_Z95, f[g] * TH_Z95)};
			together[i * GASES + g] = apart[g * LINES + i] =
				(th_uterm){.mass = mass[g], .fixed = mass[g], .by_own = mass[g] * s, .own = th_index_of(i), .factor = th_index_of(factor)};
			variance += mass[g] * mass[g] * f[g] * f[g] * (1 + s * s);
		}
		variance += s * s * 100 * 100;
	}
	th_model whole = {.variable = variable, .variables = COUNT(variable), .term = together, .terms = COUNT(together)}, drawn = whole;
	drawn.term = apart;
	th_range a, b;
	double *x = values_of(&whole, TRIALS, 1, TH_CPU_BEST, 2), *y = values_of(&drawn, TRIALS, 2, TH_CPU_BEST, 2);
	ck_assert(th_summarise(x, TRIALS, &a) && th_summarise(y, TRIALS, &b));
	double se = sqrt(variance / TRIALS);
	near(a.mean, 100 * LINES, 4 * se);
	near(b.mean, 100 * LINES, 4 * se);
	near(a.sd, sqrt(variance), 4 * se);
	near(b.sd, sqrt(variance), 4 * se);
	near(a.low, b.low, 4 * 2.67 * sqrt(2) * se);
	near(a.high, b.high, 4 * 2.67 * sqrt(2) * se);
	free(x);
	free(y);
}
END_TEST

/* What strata and points are for: three products of a normal and a normal or lognormal number. Of 10,240 independent trials a limit scatters over
 * seeds by about 2.67 sd / root 10240 (of a normal distribution: root(0.025 0.975) / 0.0584); both together must do so with less than a third of that
 * variance. Found: a fifth. 60 seeds tell it within a seventh (one standard error), so a right sampler does not fail. */
START_TEST(limits_scatter_less)
{
	enum { LINES = 3, TRIALS = 10240, SEEDS = 60 };
	th_variable variable[2 * LINES];
	th_uterm term[LINES];
	double low[SEEDS], high[SEEDS], sd = 0;
	for (uint32_t i = 0; i < LINES; i++) {
		variable[2 * i] = (th_variable){.spread = th_spread_standard()};
		variable[2 * i + 1] = (th_variable){.spread = th_spread_fit(i == 1 ? TH_SHAPE_NORMAL : TH_SHAPE_LOGNORMAL, 0.2, 0.2)};
		term[i] = (th_uterm){.mass = 1, .fixed = 1, .by_own = 0.05, .own = th_index_of(2 * i), .factor = th_index_of(2 * i + 1)};
	}
	th_model m = {.variable = variable, .variables = 2 * LINES, .term = term, .terms = LINES};
	for (uint64_t seed = 0; seed < SEEDS; seed++) {
		th_range r;
		double *x = values_of(&m, TRIALS, seed, TH_CPU_BEST, 1);
		ck_assert(th_summarise(x, TRIALS, &r));
		free(x);
		low[seed] = r.low;
		high[seed] = r.high;
		sd += r.sd / SEEDS;
	}
	double found = pow(th_deviation(low, SEEDS, th_mean(low, SEEDS)), 2) + pow(th_deviation(high, SEEDS, th_mean(high, SEEDS)), 2);
	double independent = 2 * 2.67 * 2.67 * sd * sd / TRIALS;
	ck_assert_msg(found < independent / 3, "the limits scatter with %g of the variance of independent trials", found / independent);
}
END_TEST

/* A trial draws what is common, the factors and, for a cell, one number in place of the normals that only it uses. */
START_TEST(draws_are_counted)
{
	th_variable variable[5] = {{.spread = th_spread_standard()}, {.spread = th_spread_standard()}, {.spread = th_spread_fit(TH_SHAPE_LOGNORMAL, 1, 1)},
	                           {.spread = th_spread_standard()}, {.spread = th_spread_fit(TH_SHAPE_NORMAL, 0.5, 0.5)}};
	th_uterm term[] = {
		{.cell = 0, .fixed = 1, .by_own = 1, .own = th_index_of(0), .factor = th_index_of(2)},
		{.cell = 0, .fixed = 1, .by_own = 1, .own = th_index_of(1), .factor = th_index_of(2)},
		{.cell = 1, .fixed = 1, .by_own = 1, .own = th_index_of(3)}, /* in two cells: drawn */
		{.cell = 2, .fixed = 1, .by_own = 1, .own = th_index_of(3)},
		{.cell = 2, .by_own = 1, .own = th_index_of(4)}, /* cut at zero: drawn */
	};
	th_model m = {.variable = variable, .variables = 5, .term = term, .terms = COUNT(term), .cells = 3};
	th_sampler sampler;
	ck_assert(th_sampler_make(&sampler, &m, 1, TH_CPU_BEST));
	ck_assert_uint_eq(sampler.draws, 4); /* variables 2, 3, 4 and the normal number of cell 0 */
	th_sampler_free(&sampler);
}
END_TEST

Suite *sampler_suite(void)
{
	Suite *suite = suite_create("sampler");
	TCase *tcase = tcase_create("sampler");
	const TTest *const tests[] = {
		philox_known_answers, kernels_draw_philox, same_bits_with_any_instructions, quantiles_are_those_of_gsl, points_fill_their_strata,
		trials_are_uniform_in_pairs, distributions_are_those_of_gsl, scores_are_normal, normal_sums_are_exact, shared_normals_keep_the_distribution,
		limits_scatter_less, draws_are_counted,
	};
	for (size_t i = 0; i < COUNT(tests); i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	return suite;
}
