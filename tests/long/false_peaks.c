/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How often the test on the slope calls a series peaked that has no trend: false_peaks DATA [SERIES].
 *
 * Series of 20 years are drawn: years that are independent of each other, and years of which each keeps half of what the one before was off by
 * (AR(1) with 0.5). The test looks at the years behind the maximum, as it does in a plan, so that the choice of the maximum is part
 * of what is measured. A row for each number of such years, SERIES series (100,000) in each. The exit status is 1 when independent years are called peaked
 * in more than 5.5 % of the series; for dependent years the rate is only printed: data/trend.json and the report state it.
 *
 * The orders that the test looks at are the same for every series of one length (all of them, or drawn from one seed), so they are kept in a table. A pair
 * of an order falls at least as the limit when y - limit * place does not rise: what value a is at place i has a rank among all n * n of
 * them, one byte, and an order is a row of bytes of which pairs are counted. Every series proves that its ranks say what the test's own comparison
 * says, and the first ones of each row that the answer is that of th_slope_p; exit status 3 where they do not. */

#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "path/slope.h"

enum { YEARS = 20, FEWEST = 5, MOST = 12, BLOCK = 64, PROVED = 100 };

/* --- series --- */

/* SplitMix64: Steele, Lea, Flood 2014. */
static double uniform(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return ((double)((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53;
}

static double normal(uint64_t *state) /* Box and Muller 1958 */
{
	double size = sqrt(-2 * log(uniform(state)));
	return size * cos(6.283185307179586 * uniform(state));
}

/* Returns how many years stand behind the maximum. */
static size_t draw_series(uint64_t *state, th_point *point, double kept)
{
	double off = normal(state) / sqrt(1 - kept * kept);
	size_t top = 0;
	for (size_t i = 0; i < YEARS; i++) {
		off = i ? kept * off + normal(state) : off;
		point[i] = (th_point){2000 + (int)i, (th_mass)((1000 + off) * 1e12)};
		top = point[i].mass >= point[top].mass ? i : top;
	}
	return YEARS - 1 - top;
}

/* --- orders --- */

typedef struct order_table {
	size_t n;
	uint64_t orders;
	bool all;
	uint8_t *place; /* what stands at place i of order o: [o / BLOCK][i][o % BLOCK]; the last block is filled up with its first order */
} order_table;

static uint8_t *place_of(const order_table *t, uint64_t order, size_t i)
{
	return &t->place[(order / BLOCK * t->n + i) * BLOCK + order % BLOCK];
}

/* The next order in the order of the dictionary. */
static void next_order(uint8_t *at, size_t n)
{
	size_t i = n - 1, k = n - 1;
	while (i > 0 && at[i - 1] > at[i])
		i--;
	if (i == 0)
		return;
	while (at[k] < at[i - 1])
		k--;
	uint8_t swap = at[k];
	at[k] = at[i - 1];
	at[i - 1] = swap;
	for (size_t low = i, high = n - 1; low < high; low++, high--) {
		swap = at[low];
		at[low] = at[high];
		at[high] = swap;
	}
}

/* All orders, those that lie together far from each other, since a series that is no peak needs only a few; or the ones that th_slope_p draws, as it does. */
static void fill_table(order_table *t, size_t n, const th_peak_rules *rules)
{
	static const uint64_t apart = 7919; /* a prime above 12: no common divisor with a factorial */
	uint8_t at[MOST];
	th_point point[MOST];
	th_slope_work w;
	*t = (order_table){.n = n, .orders = 1, .all = n <= (size_t)rules->all_orders};
	for (size_t i = 0; i < n; i++) {
		t->orders *= i + 1;
		at[i] = (uint8_t)i;
		point[i] = (th_point){(int)i + 1, 0};
	}
	t->orders = t->all ? t->orders : (uint64_t)rules->orders;
	t->place = calloc((t->orders / BLOCK + 1) * n, BLOCK);
	if (!t->place || th_slope_open(&w, point, n, rules) != TH_TREND_OK)
		abort();
	for (uint64_t o = 0; o < t->orders; o++) {
		for (size_t i = 0; !t->all && i < n; i++) {
			size_t other = i + th_slope_draw(&w, n - i);
			uint8_t swap = at[i];
			at[i] = at[other];
			at[other] = swap;
		}
		for (size_t i = 0; i < n; i++)
			*place_of(t, t->all ? o * apart % t->orders : o, i) = at[i];
		if (t->all)
			next_order(at, n);
	}
	for (uint64_t o = t->orders; o % BLOCK; o++)
		for (size_t i = 0; i < n; i++)
			*place_of(t, o, i) = *place_of(t, t->orders - 1, i);
	th_slope_close(&w);
}

/* --- the test --- */

typedef struct ranking {
	size_t n;
	double limit, value[MOST];
	uint8_t rank[MOST][MOST];           /* of value a at place i; equal falls have one rank */
	double falls[MOST][MOST][MOST];     /* (value b - value a) / years between */
} ranking;

typedef struct ranked {
	double height;
	uint8_t value, place;
} ranked;

static int by_height(const void *left, const void *right)
{
	double a = ((const ranked *)left)->height, b = ((const ranked *)right)->height;
	return (a > b) - (a < b);
}

/* False where a rank does not say what `y[b] - y[a] <= limit * years` says in the numbers of the machine. */
static bool rank_all(ranking *r)
{
	ranked list[MOST * MOST];
	size_t count = 0;
	for (size_t a = 0; a < r->n; a++)
		for (size_t i = 0; i < r->n; i++)
			list[count++] = (ranked){r->value[a] - r->limit * (double)i, (uint8_t)a, (uint8_t)i};
	qsort(list, count, sizeof *list, by_height);
	for (size_t i = 0; i < count; i++)
		r->rank[list[i].value][list[i].place] = (uint8_t)i;
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = i + 1; k < r->n; k++)
			for (size_t a = 0; a < r->n; a++)
				for (size_t b = 0; b < r->n; b++)
					if (a != b && (r->value[b] - r->value[a] <= r->limit * (double)(k - i)) != (r->rank[b][k] <= r->rank[a][i]))
						return false;
	for (size_t a = 0; a < r->n; a++)
		for (size_t b = 0; b < r->n; b++)
			for (size_t years = 1; years < r->n; years++)
				r->falls[a][b][years] = (r->value[b] - r->value[a]) / (double)years;
	return true;
}

/* Half of the pairs are at or below the limit: the mean of the two middle ones decides, as in th_slope_p. */
static bool middle_below(const ranking *r, const order_table *t, uint64_t order)
{
	double low = -INFINITY, high = INFINITY;
	for (size_t k = 1; k < r->n; k++)
		for (size_t i = 0; i < k; i++) {
			uint8_t a = *place_of(t, order, i), b = *place_of(t, order, k);
			double slope = r->falls[a][b][k - i];
			if (r->rank[b][k] <= r->rank[a][i])
				low = slope > low ? slope : low;
			else
				high = slope < high ? slope : high;
		}
	return (low + high) / 2 <= r->limit;
}

/* Orders of a block that fall at least as steeply. */
static uint64_t hits_of(const ranking *r, const order_table *t, uint64_t block)
{
	uint8_t rank[MOST][BLOCK], below[BLOCK] = {0};
	size_t pairs = r->n * (r->n - 1) / 2;
	uint64_t hits = 0;
	for (size_t i = 0; i < r->n; i++)
		for (size_t o = 0; o < BLOCK; o++) {
			uint8_t value = t->place[(block * t->n + i) * BLOCK + o];
			rank[i][o] = r->rank[value][i];
		}
	for (size_t k = 1; k < r->n; k++)
		for (size_t i = 0; i < k; i++)
			for (size_t o = 0; o < BLOCK; o++)
				below[o] = (uint8_t)(below[o] + (rank[k][o] <= rank[i][o]));
	for (uint64_t o = 0; o < BLOCK && block * BLOCK + o < t->orders; o++)
		hits += 2 * (size_t)below[o] == pairs ? middle_below(r, t, block * BLOCK + o) : 2 * (size_t)below[o] > pairs;
	return hits;
}

static double p_of(const ranking *r, const order_table *t, double enough)
{
	uint64_t hits = 0, most = (uint64_t)(enough * (double)t->orders) + (enough > 0);
	for (uint64_t block = 0; block * BLOCK < t->orders && !(most && hits >= most); block++)
		hits += hits_of(r, t, block);
	return t->all ? (double)hits / (double)t->orders : (1.0 + (double)hits) / (1.0 + (double)t->orders);
}

/* --- the simulation --- */

typedef struct simulation {
	const th_peak_rules *rules;
	const order_table *table; /* by number of years */
	double kept;
	uint64_t series, seed, own, differ; /* own: series for which the ranks do not serve; differ: answers that are not those of th_slope_p */
	double percent[YEARS];
} simulation;

/* `prove`: against the test of the program, whose p is the same number, not only on the same side. */
static bool is_called_peaked(simulation *s, const th_point *after, size_t n, bool prove)
{
	double level = th_decimal_double(s->rules->level), largest = 0;
	th_slope_work w;
	if (th_slope_open(&w, after, n, s->rules) != TH_TREND_OK)
		abort();
	ranking r = {.n = n, .limit = th_slope_of(&w, w.y)};
	bool falls = r.limit < 0, peaked = false;
	for (size_t i = 0; i < n; i++) {
		r.value[i] = w.y[i];
		largest = fabs(w.y[i]) > largest ? fabs(w.y[i]) : largest;
	}
	r.limit += 1e-13 * largest;
	if (falls && rank_all(&r)) {
		peaked = p_of(&r, &s->table[n], level) < level;
		if (prove)
			s->differ += p_of(&r, &s->table[n], 0) != th_slope_p(&w, s->rules, 0);
	} else if (falls) {
		s->own++;
		peaked = th_slope_p(&w, s->rules, level) < level;
	}
	th_slope_close(&w);
	return peaked;
}

static void *simulate(void *simulated)
{
	simulation *s = simulated;
	uint64_t seen[YEARS] = {0}, called[YEARS] = {0}, state = s->seed;
	for (size_t full = 0; full < MOST - FEWEST + 1;) {
		th_point point[YEARS];
		size_t n = draw_series(&state, point, s->kept);
		if (n < FEWEST || n > MOST || seen[n] == s->series)
			continue;
		called[n] += is_called_peaked(s, point + YEARS - n, n, seen[n] < PROVED);
		full += ++seen[n] == s->series;
	}
	for (size_t n = FEWEST; n <= MOST; n++)
		s->percent[n] = 100 * (double)called[n] / (double)s->series;
	return NULL;
}

int main(int argc, char **argv)
{
	th_arena arena = {0};
	th_peak_rules rules;
	th_diags *diags = th_diags_new();
	order_table table[MOST + 1] = {{0}};
	pthread_t second;
	uint64_t series = argc > 2 ? strtoull(argv[2], NULL, 10) : 100000;
	double worst = 0;
	if (argc < 2 || series == 0 || !diags || th_peak_rules_load(argv[1], &arena, diags, &rules) != TH_OK) {
		fprintf(stderr, "usage: false_peaks DATA [SERIES]\n");
		return 2;
	}
	for (size_t n = FEWEST; n <= MOST; n++)
		fill_table(&table[n], n, &rules);
	simulation free_years = {.rules = &rules, .table = table, .series = series, .seed = 1};
	simulation bound_years = {.rules = &rules, .table = table, .series = series, .seed = 2, .kept = 0.5};
	if (pthread_create(&second, NULL, simulate, &bound_years) != 0)
		abort();
	simulate(&free_years);
	pthread_join(second, NULL);
	printf("series without a trend that the slope's test calls peaked, of %" PRIu64 " each\nyears  independent  AR(1) 0.5\n", series);
	for (size_t n = FEWEST; n <= MOST; n++) {
		printf("%5zu  %9.2f %%  %7.2f %%\n", n, free_years.percent[n], bound_years.percent[n]);
		worst = free_years.percent[n] > worst ? free_years.percent[n] : worst;
		free(table[n].place);
	}
	uint64_t differ = free_years.differ + bound_years.differ, own = free_years.own + bound_years.own;
	printf("answers that are not those of the program, of the first %d of each row: %" PRIu64 "; series that only the program's own test could tell: %" PRIu64 "\n",
	       PROVED, differ, own);
	th_arena_free(&arena);
	th_diags_free(diags);
	return differ ? 3 : worst > 5.5;
}
