/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How often the test on the slope calls a series peaked that has no trend: false_peaks DATA [SERIES].
 *
 * Series of 20 years are drawn: years that are independent of each other, and years of which each keeps half of what the one before was off by
 * (AR(1) with 0.5). The test looks at the years behind the maximum, as it does in a plan, so that the choice of the maximum is part
 * of what is measured. A row for each number of such years, SERIES series (100,000) in each. The exit status is 1 when independent years are called peaked
 * in more than 5.5 % of the series; for dependent years the rate is only printed: data/trend.json and the report state it. */

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "path/slope.h"

enum { YEARS = 20, FEWEST = 5, MOST = 12 };

/* SplitMix64: Steele, Lea, Flood 2014. */
static uint64_t state;

static double uniform(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return ((double)((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53;
}

static double normal(void) /* Box and Muller 1958 */
{
	return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform());
}

/* Returns how many years stand behind the maximum. */
static size_t draw_series(th_point *point, double kept)
{
	double off = normal() / sqrt(1 - kept * kept);
	size_t top = 0;
	for (size_t i = 0; i < YEARS; i++) {
		off = i ? kept * off + normal() : off;
		point[i] = (th_point){2000 + (int)i, (th_mass)((1000 + off) * 1e12)};
		top = point[i].mass >= point[top].mass ? i : top;
	}
	return YEARS - 1 - top;
}

static bool is_called_peaked(const th_point *after, size_t n, const th_peak_rules *rules)
{
	th_slope_work w;
	double level = th_decimal_double(rules->level);
	if (th_slope_open(&w, after, n, rules) != TH_TREND_OK)
		abort();
	bool peaked = th_slope_of(&w, w.y) < 0 && th_slope_p(&w, rules, level) < level;
	th_slope_close(&w);
	return peaked;
}

static void simulate(const th_peak_rules *rules, double kept, uint64_t series, double *percent)
{
	uint64_t seen[YEARS] = {0}, called[YEARS] = {0};
	for (size_t full = 0; full < MOST - FEWEST + 1;) {
		th_point point[YEARS];
		size_t n = draw_series(point, kept);
		if (n < FEWEST || n > MOST || seen[n] == series)
			continue;
		called[n] += is_called_peaked(point + YEARS - n, n, rules);
		full += ++seen[n] == series;
	}
	for (size_t n = FEWEST; n <= MOST; n++)
		percent[n] = 100 * (double)called[n] / (double)series;
}

int main(int argc, char **argv)
{
	th_arena arena = {0};
	th_peak_rules rules;
	th_diags *diags = th_diags_new();
	uint64_t series = argc > 2 ? strtoull(argv[2], NULL, 10) : 100000;
	double independent[YEARS], dependent[YEARS], worst = 0;
	if (argc < 2 || series == 0 || !diags || th_peak_rules_load(argv[1], &arena, diags, &rules) != TH_OK) {
		fprintf(stderr, "usage: false_peaks DATA [SERIES]\n");
		return 2;
	}
	state = 1;
	simulate(&rules, 0, series, independent);
	simulate(&rules, 0.5, series, dependent);
	printf("series without a trend that the slope's test calls peaked, of %" PRIu64 " each\nyears  independent  AR(1) 0.5\n", series);
	for (size_t n = FEWEST; n <= MOST; n++) {
		printf("%5zu  %9.2f %%  %7.2f %%\n", n, independent[n], dependent[n]);
		worst = independent[n] > worst ? independent[n] : worst;
	}
	th_arena_free(&arena);
	th_diags_free(diags);
	return worst > 5.5;
}
