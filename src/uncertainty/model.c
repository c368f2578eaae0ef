/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From collected lines to a model, and from the model to both approaches. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "uncertainty/collector.h"

#include "base/transcendental.h"

enum { REMOVAL_CELL = 4, CREDIT_CELL, CELLS };   /* of a year: gross emissions by scope 0 to 3, removals, credits */

typedef struct maker {
	th_collector *c;
	th_uncertainty *out;
	th_arena *arena;
	th_model model;
	th_intern variables, categories, ordinals; /* keys */
	uint32_t *variable_of;    /* by key */
	uint32_t *seen;           /* bundles so far, by number in `ordinals` */
	int *year;
	size_t years;
	double *weight, *scratch;
	th_buf key;
} maker;

static bool failed(const maker *k)
{
	return k->key.failed;
}

/* --- variables --- */

static uint32_t add_variable(maker *k, th_spread spread, bool of_factor)
{
	uint32_t number = (uint32_t)k->model.variables++;
	k->model.variable[number] = (th_variable){.spread = spread};
	k->model.is_factor[number] = of_factor;
	k->out->cut += spread.cut;
	if (of_factor || spread.shape != TH_SHAPE_NORMAL || spread.a != 0) {
		k->out->asymmetric += spread.low != spread.high;
		k->out->large += th_spread_deviation(&spread) > 0.3;
	}
	return number;
}

/* The variable with the key in k->key, made if it is new. */
static uint32_t keyed_variable(maker *k, th_spread spread, bool of_factor)
{
	uint32_t before = k->variables.count, number = failed(k) ? TH_NONE : th_intern_add(&k->variables, th_buf_view(&k->key));
	if (number == TH_NONE) {
		k->key.failed = true;
		return TH_NONE;
	}
	if (number == before)
		k->variable_of[number] = add_variable(k, spread, of_factor);
	return k->variable_of[number];
}

static uint32_t factor_variable(maker *k, const th_bundle *b, const th_sum *s)
{
	if (!s->factor || s->spread.shape == TH_SHAPE_EXACT)
		return TH_NONE;
	th_buf_clear(&k->key);
	th_buf_printf(&k->key, "f%d|", k->out->options.factors_yearly ? b->year : 0);
	th_buf_slice(&k->key, s->factor->id);
	th_buf_char(&k->key, '|');
	th_buf_slice(&k->key, s->factor->region_text);
	th_buf_char(&k->key, '|');
	th_buf_slice(&k->key, s->gas->name);
	th_buf_printf(&k->key, "|%.17g,%.17g", s->spread.low, s->spread.high);
	return keyed_variable(k, s->spread, true);
}

/* How many bundles of the activity and scope came before in the year: what stands for "the same" in another year. */
static uint32_t ordinal(maker *k, const th_bundle *b)
{
	th_buf_clear(&k->key);
	th_buf_printf(&k->key, "%d|%d|", b->year, b->scope);
	th_buf_slice(&k->key, b->activity->id);
	uint32_t number = failed(k) ? TH_NONE : th_intern_add(&k->ordinals, th_buf_view(&k->key));
	if (number != TH_NONE)
		return k->seen[number]++;
	k->key.failed = true;
	return 0;
}

/* Of lines taken together: 1.96 relative standard uncertainties of their sum, as of independent ones. */
static double half_of(const th_bundle *b)
{
	return sqrt(b->sum[0].square) / fabs(b->sum[0].mass);
}

/* A lognormal of that mean and variance, which is never negative, serves where the lines have nothing in common with others and one relative
 * uncertainty is that of all their gases; otherwise a normal does, whose parts in common and of its own are kept apart for each gas. */
static bool is_lognormal(const th_bundle *b)
{
	bool alike = !th_index_is(b->common) && isfinite(half_of(b)) && half_of(b) > 0;
	for (size_t i = 1; i < b->sums && alike; i++)
		alike = fabs(sqrt(b->sum[i].square) / fabs(b->sum[i].mass) - half_of(b)) <= 1e-9 * half_of(b);
	return alike;
}

/* The activity data of a bundle: a line's own distribution, or a normal sum of many. */
static uint32_t own_variable(maker *k, const th_bundle *b)
{
	th_spread spread = b->spread;
	uint32_t place = ordinal(k, b);
	if (spread.shape == TH_SHAPE_EXACT)
		return TH_NONE;
	bool of_line = b->of_line && b->single && !b->merged, apart = !k->out->options.activities_correlated && !of_line;
	if (b->merged || (spread.shape == TH_SHAPE_NORMAL && !spread.cut))
		spread = b->merged && apart && is_lognormal(b) ? th_spread_fit(TH_SHAPE_LOGNORMAL, half_of(b), half_of(b)) : th_spread_standard();
	if (apart)
		return add_variable(k, spread, false);
	th_buf_clear(&k->key);
	if (of_line)
		th_buf_printf(&k->key, "l%" PRIu64, b->order);
	else {
		th_buf_printf(&k->key, "a%u|%d|", place, b->scope);
		th_buf_slice(&k->key, b->activity->id);
	}
	return keyed_variable(k, spread, false);
}

/* --- terms --- */

static size_t year_place(const maker *k, int year)
{
	size_t at = 0;
	while (at + 1 < k->years && k->year[at] != year)
		at++;
	return at;
}

static uint32_t category_of(maker *k, const th_bundle *b, const th_sum *s)
{
	if (s->bucket != TH_GROSS)
		return TH_NONE;
	th_buf_clear(&k->key);
	th_buf_slice(&k->key, b->activity->id);
	th_buf_printf(&k->key, "|%d|", b->scope);
	th_buf_slice(&k->key, s->gas->name);
	uint32_t before = k->categories.count, number = failed(k) ? TH_NONE : th_intern_add(&k->categories, th_buf_view(&k->key));
	if (number == TH_NONE) {
		k->key.failed = true;
		return TH_NONE;
	}
	th_category *category = &k->out->category[number];
	if (number == before) {
		*category = (th_category){.activity = b->activity->id, .name_zh = b->activity->name_zh, .name_en = b->activity->name_en,
		                          .scope = b->scope, .gas = s->gas, .activity_known = true, .factor_known = true};
		k->out->categories++;
	}
	category->activity_known &= b->known;
	category->factor_known &= s->known;
	return number;
}

static void add_terms(maker *k, const th_bundle *b)
{
	size_t year = year_place(k, b->year);
	th_index own = th_index_of(own_variable(k, b)), common = b->common;
	th_variable *variable = TH_AT(k->model.variable, own);
	double share = 0;
	uint32_t number;
	if (th_index_get(common, &number)) {
		share = k->c->covariance[number * k->c->commons + number];
		if (!k->out->options.activities_correlated)
			common = th_index_of(number + (uint32_t)year * k->c->commons);
	}
	bool normal = variable && variable->spread.shape == TH_SHAPE_NORMAL && variable->spread.a == 0; /* a sum */
	for (size_t i = 0; i < b->sums; i++) {
		const th_sum *s = &b->sum[i];
		uint32_t cell = s->bucket == TH_REMOVAL ? REMOVAL_CELL : s->bucket == TH_CREDIT ? CREDIT_CELL : (uint32_t)b->scope;
		th_uterm t = {.cell = (uint32_t)year * CELLS + cell, .category = category_of(k, b, s), .mass = s->mass, .fixed = s->mass,
		              .own = own, .factor = th_index_of(factor_variable(k, b, s))};
		if (normal) {
			double sign = s->mass < 0 ? -1 : 1;
			t.by_own = sign * sqrt((1 - share) * s->square) / TH_Z95;
			t.common = common;
			t.by_common = s->linear / TH_Z95;
			if (share == 1)
				t.own = (th_index){0};
		} else if (variable) {
			t.fixed = 0;
			t.by_own = s->mass;
			variable->common = common;
			variable->share = share;
		}
		k->model.term[k->model.terms++] = t;
	}
}

static int by_int(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

static bool list_years(maker *k)
{
	size_t n = k->c->keys.count;
	k->year = th_arena_alloc(k->arena, n ? n : 1, sizeof *k->year);
	if (!k->year)
		return false;
	for (size_t i = 0; i < n; i++)
		k->year[i] = k->c->bundle[i]->year;
	qsort(k->year, n, sizeof *k->year, by_int);
	for (size_t i = 0; i < n; i++)
		if (k->years == 0 || k->year[k->years - 1] != k->year[i])
			k->year[k->years++] = k->year[i];
	return true;
}

/* The covariance of what activities have in common; years stand apart unless activity data are correlated between them. */
static bool make_commons(maker *k)
{
	size_t each = k->c->commons, times = k->out->options.activities_correlated || k->years == 0 ? 1 : k->years, n = each * times;
	k->model.commons = n;
	k->model.root = th_arena_alloc(k->arena, n ? n * n : 1, sizeof *k->model.root);
	if (!k->model.root)
		return false;
	for (size_t y = 0; y < times; y++)
		for (size_t i = 0; i < each; i++)
			for (size_t j = 0; j < each; j++)
				k->model.root[(y * each + i) * n + y * each + j] = k->c->covariance[i * each + j];
	return th_root(k->model.root, n);
}

static bool make_model(maker *k)
{
	size_t bundles = k->c->keys.count, sums = 0;
	for (size_t i = 0; i < bundles; i++)
		sums += k->c->bundle[i]->sums;
	if (!list_years(k) || !make_commons(k))
		return false;
	th_model *m = &k->model;
	size_t variables = bundles + sums + 1;
	m->variable = th_arena_alloc(k->arena, variables, sizeof *m->variable);
	m->is_factor = th_arena_alloc(k->arena, variables, sizeof *m->is_factor);
	m->term = th_arena_alloc(k->arena, sums + 1, sizeof *m->term);
	m->cells = CELLS * (k->years ? k->years : 1);
	k->variable_of = th_arena_alloc(k->arena, variables, sizeof *k->variable_of);
	k->seen = th_arena_alloc(k->arena, bundles + 1, sizeof *k->seen);
	k->weight = th_arena_alloc(k->arena, m->cells, sizeof *k->weight);
	k->scratch = th_arena_alloc(k->arena, variables + m->commons, sizeof *k->scratch);
	k->out->category = th_arena_alloc(&k->out->arena, sums + 1, sizeof *k->out->category);
	if (!m->variable || !m->is_factor || !m->term || !k->variable_of || !k->seen || !k->weight || !k->scratch || !k->out->category)
		return false;
	for (size_t i = 0; i < bundles; i++)
		add_terms(k, k->c->bundle[i]);
	k->out->variables = m->variables;
	k->out->terms = m->terms;
	return !failed(k);
}

/* --- results --- */

static void weigh(double *weight, size_t years, th_total total, size_t only)
{
	for (size_t y = 0; y < years; y++)
		for (size_t cell = 0; cell < CELLS; cell++) {
			bool gross = cell < REMOVAL_CELL;
			double w = 0;
			switch (total) {
			case TH_TOTAL_GROSS: w = gross; break;
			case TH_TOTAL_NET: w = gross ? 1 : cell == REMOVAL_CELL ? -1 : 0; break;
			case TH_TOTAL_SCOPE1: case TH_TOTAL_SCOPE2: case TH_TOTAL_SCOPE3: w = cell == (size_t)(total - TH_TOTAL_SCOPE1) + 1; break;
			case TH_TOTAL_REMOVALS: w = cell == REMOVAL_CELL; break;
			case TH_TOTAL_SCOPE2_MARKET: case TH_TOTAL_BIOGENIC: case TH_TOTAL_CREDITS: case TH_TOTAL_AVOIDED: case TH_TOTAL_NET_AFTER_CREDITS:
			case TH_TOTAL_OUTSIDE: case TH_TOTALS: break;
			}
			weight[y * CELLS + cell] = only == SIZE_MAX || only == y ? w : 0;
		}
}

static th_range first_order(const th_propagated *p)
{
	double low = p->both.larger, high = low;
	if (p->total != 0) {
		th_asymmetric(100 * low / fabs(p->total), &low, &high);
		low *= fabs(p->total) / 100;
		high *= fabs(p->total) / 100;
	}
	if (p->total < 0) {
		double other = low;
		low = high;
		high = other;
	}
	return (th_range){p->total, p->both.larger / TH_Z95, p->total - low, p->total + high};
}

static bool make_results(maker *k)
{
	static const th_total whole[] = {TH_TOTAL_GROSS, TH_TOTAL_NET, TH_TOTAL_SCOPE1, TH_TOTAL_SCOPE2, TH_TOTAL_SCOPE3, TH_TOTAL_REMOVALS};
	enum { WHOLE = sizeof whole / sizeof *whole };
	th_uncertainty *u = k->out;
	th_model *m = &k->model;
	size_t years = m->cells / CELLS;
	u->results = WHOLE + (k->years > 1 ? 2 * k->years : 0);
	u->result = th_arena_alloc(&u->arena, u->results, sizeof *u->result);
	m->targets = u->results;
	m->share = th_arena_alloc(k->arena, m->targets * m->cells, sizeof *m->share);
	if (!u->result || !m->share)
		return false;
	for (size_t i = 0; i < u->results; i++) {
		th_result *r = &u->result[i];
		size_t year = i < WHOLE ? SIZE_MAX : (i - WHOLE) / 2;
		r->total = i < WHOLE ? whole[i] : (i - WHOLE) % 2 ? TH_TOTAL_NET : TH_TOTAL_GROSS;
		r->year = i < WHOLE ? 0 : k->year[year];
		double *weight = m->share + i * m->cells;
		weigh(weight, years, r->total, year);
		th_propagate(m, weight, TH_NONE, k->scratch, &r->propagated);
		r->value = r->propagated.total;
		r->approach1 = first_order(&r->propagated);
	}
	return true;
}

static double of(double part, double whole)
{
	return whole == 0 ? 0 : 100 * part / fabs(whole);
}

static int by_current(const void *a, const void *b)
{
	const th_category *x = a, *y = b;
	double p = fabs(x->row.current), q = fabs(y->row.current);
	if (p != q)
		return p > q ? -1 : 1;
	int order = th_slice_cmp(x->activity, y->activity);
	order = order ? order : th_slice_cmp(x->gas->name, y->gas->name);
	return order ? order : x->scope - y->scope;
}

/* Table 3.2 for the last year against the first. E and F are those of year t (section 3.2.3.1: taken as the same in both), or of the base
 * year where nothing is left in year t. */
static bool make_table(maker *k)
{
	th_uncertainty *u = k->out;
	size_t n = u->categories, years = k->model.cells / CELLS;
	th_row *row = th_arena_alloc(k->arena, n ? n : 1, sizeof *row);
	th_key *key = th_arena_alloc(k->arena, n ? n : 1, sizeof *key);
	if (!row || !key)
		return false;
	u->year = k->years ? k->year[k->years - 1] : 0;
	u->base_year = k->years > 1 ? k->year[0] : 0;
	for (size_t i = 0; i < n; i++) {
		th_category *c = &u->category[i];
		th_propagated p = {0}, base = {0};
		weigh(k->weight, years, TH_TOTAL_GROSS, years - 1);
		th_propagate(&k->model, k->weight, (uint32_t)i, k->scratch, &p);
		if (u->base_year) {
			weigh(k->weight, years, TH_TOTAL_GROSS, 0);
			th_propagate(&k->model, k->weight, (uint32_t)i, k->scratch, &base);
		}
		const th_propagated *from = p.total != 0 ? &p : &base;
		c->row = (th_row){.base = base.total, .current = p.total, .activity = of(from->activity.larger, from->total),
		                  .factor = of(from->factor.larger, from->total)};
		c->side = (th_sides){of(from->both.larger, from->total), of(from->both.low, from->total), of(from->both.high, from->total)};
	}
	if (n)
		qsort(u->category, n, sizeof *u->category, by_current);
	for (size_t i = 0; i < n; i++)
		row[i] = u->category[i].row;
	th_table_fill(row, n, (u->options.factors_yearly ? 0 : TH_YEARS_FACTORS) | (u->options.activities_correlated ? TH_YEARS_ACTIVITIES : 0u),
	              &u->table);
	if (!th_key_categories(row, n, key))
		return false;
	for (size_t i = 0; i < n; i++) {
		u->category[i].row = row[i];
		u->category[i].key = key[i];
	}
	if (u->base_year && u->table.base != 0) {
		u->change = 100 * (u->table.current - u->table.base) / u->table.base;
		u->change1 = (th_range){u->change, u->table.trend / TH_Z95, u->change - u->table.trend, u->change + u->table.trend};
	}
	return true;
}

bool th_change_range(const double *from, const double *to, size_t trials, th_range *out)
{
	double *percent = th_malloc((trials ? trials : 1) * sizeof *percent);
	bool ok = percent != NULL;
	for (size_t i = 0; ok && i < trials; i++)
		percent[i] = from[i] == 0 ? 0 : 100 * (to[i] - from[i]) / fabs(from[i]);
	ok = ok && th_summarise(percent, trials, out);
	free(percent);
	return ok;
}

static th_status simulate(maker *k)
{
	th_uncertainty *u = k->out;
	const th_uncertainty_options *o = &u->options;
	if (!th_model_collapse(&k->model, k->arena))
		return TH_SYSTEM;
	th_status status = th_simulate(&k->model, o->trials, o->seed, o->threads, k->c->cpu, &u->simulation);
	u->draws = u->simulation.draws;
	for (size_t i = 0; status == TH_OK && i < u->results; i++)
		if (!th_summarise(u->simulation.value[i], u->simulation.trials, &u->result[i].approach2))
			return TH_SYSTEM;
	if (status == TH_OK && u->base_year) {
		size_t first = u->results - 2 * k->years, last = u->results - 2;
		if (!th_change_range(u->simulation.value[first], u->simulation.value[last], u->simulation.trials, &u->change2))
			return TH_SYSTEM;
	}
	/* JCGM 101:2008 8.1.3, with one significant digit of the standard uncertainty. */
	const th_result *gross = &u->result[k->years > 1 ? u->results - 2 : 0]; /* of several years that of the last */
	if (status == TH_OK && gross->approach1.sd > 0) {
		double tolerance = 0.5 * th_pow(10, floor(th_log10(gross->approach1.sd)));
		u->differ = fabs(gross->approach1.low - gross->approach2.low) > tolerance ||
		            fabs(gross->approach1.high - gross->approach2.high) > tolerance;
	}
	return status;
}

th_status th_collector_result(th_collector *c)
{
	th_arena arena = {0};
	maker k = {.c = c, .out = c->out, .arena = &arena};
	th_status status = make_model(&k) && make_table(&k) && make_results(&k) ? TH_OK : TH_SYSTEM;
	if (status == TH_OK && c->out->options.approach == 2)
		status = simulate(&k);
	th_intern_free(&k.variables);
	th_intern_free(&k.categories);
	th_intern_free(&k.ordinals);
	th_buf_free(&k.key);
	th_arena_free(&arena);
	return status;
}
