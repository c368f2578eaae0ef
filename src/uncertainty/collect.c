/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lines of a run, collected into what shares its draws. Sums are kept by year, activity, scope and the factors of a line; lines whose
 * activity data are not plainly normal stand alone, up to SINGLES of them. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/list.h"
#include "uncertainty/collector.h"

enum { SINGLES = 10000 };

/* --- numbers of an input --- */

static double percent(th_decimal value)
{
	return th_decimal_double(value) / 100;
}

static uint32_t activity_number(const th_collector *c, const th_activity *activity)
{
	return th_find_activity(c->reference, activity->id);
}

static const th_default *find_default(th_collector *c, bool of_factor, const th_activity *activity, const th_gas *gas)
{
	uint32_t number = activity_number(c, activity);
	return number == TH_NONE ? NULL : th_default_find(&c->out->defaults, of_factor, number,
	                                                  th_index_of(gas ? (uint32_t)(gas - c->reference->gas) : TH_NONE));
}

static void used(th_collector *c, const th_default *row, double mass)
{
	th_default_use *use = &c->out->use[row - c->out->defaults.row];
	use->row = row;
	use->mass += fabs(mass);
}

/* How a factor spreads; false when that is not known. *from is the default that was taken, or NULL. No factor is exact. */
static bool find_factor(th_collector *c, const th_factor *factor, const th_activity *activity, const th_gas *gas, th_spread *out,
                        const th_default **from)
{
	*from = NULL;
	*out = (th_spread){.shape = TH_SHAPE_EXACT};
	if (!factor)
		return true;
	if (factor->has_low && factor->has_high) {
		th_shape named = TH_SHAPES;
		for (int i = TH_SHAPE_NORMAL; i < TH_SHAPES; i++)
			if (th_slice_eq(factor->distribution, th_slice_of(th_shape_names[i])))
				named = (th_shape)i;
		*out = th_spread_fit(named, percent(factor->low), percent(factor->high));
		return true;
	}
	*from = find_default(c, true, activity, gas);
	if (*from)
		*out = th_spread_fit(TH_SHAPES, percent((*from)->low), percent((*from)->high));
	return *from != NULL;
}

/* --- a line --- */

/* The number of an activity among the correlated ones, or TH_NONE. */
static uint32_t find_common(const th_collector *c, const th_activity *activity)
{
	uint32_t number = c->commons ? activity_number(c, activity) : TH_NONE;
	for (uint32_t i = 0; i < c->commons && number != TH_NONE; i++)
		if (c->common[i] == number)
			return i;
	return TH_NONE;
}

static th_bundle *bundle_of(th_collector *c, const th_bundle *wanted)
{
	uint32_t before = c->keys.count, number = c->key.failed ? TH_NONE : th_intern_add(&c->keys, th_buf_view(&c->key));
	if (number == TH_NONE)
		return NULL;
	if (number < before)
		return c->bundle[number];
	th_bundle **grown = th_grown(c->bundle, number, sizeof *grown);
	if (!grown)
		return NULL;
	c->bundle = grown;
	c->bundle[number] = NULL;
	th_bundle *b = th_arena_alloc(&c->arena, 1, sizeof *b);
	th_sum *sum = th_arena_alloc(&c->arena, wanted->sums ? wanted->sums : 1, sizeof *sum);
	c->bundle[number] = b;
	if (!b || !sum)
		return NULL;
	*b = *wanted;
	memcpy(sum, wanted->sum, wanted->sums * sizeof *sum);
	b->sum = sum;
	b->key = th_intern_text(&c->keys, number);
	b->common = th_index_of(find_common(c, b->activity));
	for (size_t i = 0; i < b->sums; i++) {
		th_sum *s = &b->sum[i];
		s->mass = s->linear = s->square = 0;
		s->known = find_factor(c, s->factor, b->activity, s->gas, &s->spread, &s->from);
	}
	return b;
}

/* Year, activity, scope and how the line spreads; then its factors and gases. The order of these keys is the order of the draws. */
static void put_key(th_collector *c, const th_bundle *b, char class)
{
	th_buf_clear(&c->key);
	th_buf_printf(&c->key, "%04d|", b->year);
	th_buf_slice(&c->key, b->activity->id);
	th_buf_printf(&c->key, "|%d|%c", b->scope, class);
	for (size_t i = 0; i < b->sums; i++) {
		const th_sum *s = &b->sum[i];
		th_buf_printf(&c->key, "|%d,%zd,%zd", (int)s->bucket, s->factor ? s->factor - c->reference->factor : -1, s->gas - c->reference->gas);
	}
}

/* How much of the gross emissions has an uncertainty on both sides, on one, on none. */
static void note_cover(th_collector *c, const th_bundle *b, const th_bundle *line)
{
	for (size_t i = 0; i < b->sums; i++) {
		const th_sum *s = &b->sum[i];
		double mass = line->sum[i].mass;
		if (s->from) {
			used(c, s->from, mass);
			c->out->use[s->from - c->out->defaults.row].lines++;
		}
		if (s->bucket != TH_GROSS)
			continue;
		double *to = s->known && line->known ? &c->out->both_known : s->known || line->known ? &c->out->one_known : &c->out->none_known;
		*to += fabs(mass);
	}
}

static th_status end_line(th_collector *c)
{
	th_bundle *line = &c->line;
	if (line->sums == 0)
		return TH_OK;
	const th_spread *spread = &line->spread;
	bool plain = spread->shape == TH_SHAPE_EXACT || (spread->shape == TH_SHAPE_NORMAL && !spread->cut);
	line->single = line->of_line || !plain;
	bool merged = line->single && c->singles >= SINGLES;
	put_key(c, line, !line->known ? 'x' : merged ? 'm' : line->single ? 's' : 'n');
	if (line->single && !merged) {
		/* What tells lines apart comes behind the rest, so that their order does not depend on the order in the file. */
		th_buf_printf(&c->key, "|%.17g,%.17g,%.17g#%zu", line->sum[0].mass, spread->low, spread->high, c->singles++);
	}
	line->merged = merged;
	c->out->merged += merged;
	th_bundle *b = bundle_of(c, line);
	if (!b)
		return TH_SYSTEM;
	note_cover(c, b, line);
	double half = fmax(spread->low, spread->high) * th_spread_expansion(spread); /* 1.96 standard uncertainties: GUM 4.3.7 */
	for (size_t i = 0; i < b->sums; i++) {
		double mass = line->sum[i].mass;
		b->sum[i].mass += mass;
		b->sum[i].linear += mass * half;
		b->sum[i].square += mass * half * mass * half;
	}
	line->sums = 0;
	return TH_OK;
}

static void begin_line(th_collector *c, const th_entry *entry)
{
	th_bundle *line = &c->line;
	*line = (th_bundle){.order = entry->order, .year = entry->span.first_year, .scope = entry->scope, .activity = entry->activity,
	                    .sum = c->part, .spread = {.shape = TH_SHAPE_EXACT},
	                    .of_line = entry->activity->method == TH_METHOD_LANDFILL || entry->all_days > 1};
	c->out->lines++;
	if (entry->has_half) {
		line->spread = th_spread_fit(TH_SHAPES, percent(entry->half), percent(entry->half));
		line->known = true;
		c->out->own_lines++;
		return;
	}
	if (c->last != entry->activity) {
		c->last = entry->activity;
		c->last_default = find_default(c, false, entry->activity, NULL);
	}
	line->from = c->last_default;
	if (line->from) {
		line->spread = th_spread_fit(TH_SHAPES, percent(line->from->low), percent(line->from->high));
		line->known = true;
		c->out->use[line->from - c->out->defaults.row].lines++;
	}
}

th_status th_collector_entry(void *collector, const th_entry *entry)
{
	th_collector *c = collector;
	if (entry->bucket != TH_GROSS && entry->bucket != TH_REMOVAL && entry->bucket != TH_CREDIT)
		return TH_OK;
	th_bundle *line = &c->line;
	if (line->sums == 0 || line->order != entry->order || line->year != entry->span.first_year || line->sums == TH_PARTS) {
		th_status status = end_line(c);
		if (status != TH_OK)
			return status;
		begin_line(c, entry);
	}
	th_sum *part = &c->part[line->sums++];
	*part = (th_sum){.factor = entry->factor, .gas = entry->gas, .bucket = entry->bucket, .mass = th_mass_double(entry->co2e)};
	if (line->from)
		used(c, line->from, part->mass);
	return TH_OK;
}

/* --- correlations between activities --- */

static uint32_t common_of(th_collector *c, uint32_t activity)
{
	for (uint32_t i = 0; i < c->commons; i++)
		if (c->common[i] == activity)
			return i;
	c->common[c->commons] = activity;
	return c->commons++;
}

/* Their covariance. Lines of an activity that is only correlated with others are taken as one; pairs that no row names are independent. */
static th_status read_commons(th_collector *c, th_diags *diags)
{
	const th_correlations *r = &c->out->correlations;
	if (r->count == 0)
		return TH_OK;
	c->common = th_arena_alloc(&c->arena, 2 * r->count, sizeof *c->common);
	if (!c->common)
		return TH_SYSTEM;
	for (size_t i = 0; i < r->count; i++) {
		(void)common_of(c, r->row[i].first);
		(void)common_of(c, r->row[i].second);
	}
	size_t n = c->commons;
	c->covariance = th_arena_alloc(&c->arena, n * n, sizeof *c->covariance);
	double *root = th_arena_alloc(&c->arena, n * n, sizeof *root);
	if (!c->covariance || !root)
		return TH_SYSTEM;
	for (size_t i = 0; i < n; i++)
		c->covariance[i * n + i] = 1;
	for (size_t i = 0; i < r->count; i++) {
		size_t a = common_of(c, r->row[i].first), b = common_of(c, r->row[i].second);
		c->covariance[a * n + b] = c->covariance[b * n + a] = r->row[i].value;
	}
	memcpy(root, c->covariance, n * n * sizeof *root);
	if (th_root(root, n))
		return TH_OK;
	char count[32];
	const th_correlation *last = &r->row[r->count - 1];
	snprintf(count, sizeof count, "%zu", n);
	return th_report(diags, TH_CORRELATION_IMPOSSIBLE, (th_pos){r->path, last->line, last->column, "correlation"}, count, (char *)NULL);
}

/* --- opening, closing --- */

static th_status prepare(th_collector *c, const th_uncertainty_options *options, th_diags *diags)
{
	th_uncertainty *u = c->out;
	u->options = *options;
	th_status status = th_defaults_load(c->reference, options->data, &u->arena, diags, &u->defaults);
	if (status == TH_OK && options->correlations)
		status = th_correlations_load(c->reference, options->correlations, &u->arena, diags, &u->correlations);
	u->use = th_arena_alloc(&u->arena, u->defaults.count ? u->defaults.count : 1, sizeof *u->use);
	if (status == TH_OK && !u->use)
		status = TH_SYSTEM;
	return status == TH_OK ? read_commons(c, diags) : status;
}

th_status th_collector_new(const th_reference *reference, const th_uncertainty_options *options, th_diags *diags, th_collector **out)
{
	th_collector *c = th_calloc(1, sizeof *c);
	*out = NULL;
	if (!c)
		return TH_SYSTEM;
	c->reference = reference;
	c->cpu = th_diags_reading(diags).cpu;
	c->out = th_calloc(1, sizeof *c->out);
	th_status status = c->out ? prepare(c, options, diags) : TH_SYSTEM;
	if (status == TH_OK)
		*out = c;
	else
		th_collector_free(c);
	return status;
}

static int by_key(const void *a, const void *b)
{
	const th_bundle *x = *(th_bundle *const *)a, *y = *(th_bundle *const *)b;
	return th_slice_cmp(x->key, y->key);
}

th_status th_collector_finish(th_collector *c, th_uncertainty **out)
{
	th_status status = end_line(c);
	*out = NULL;
	if (status != TH_OK)
		return status;
	size_t kept = 0;
	for (size_t i = 0; i < c->out->defaults.count; i++)
		if (c->out->use[i].row)
			c->out->use[kept++] = c->out->use[i];
	c->out->uses = kept;
	if (c->keys.count)
		qsort(c->bundle, c->keys.count, sizeof(th_bundle *), by_key);
	status = th_collector_result(c);
	if (status == TH_OK) {
		*out = c->out;
		c->out = NULL;
	}
	return status;
}

void th_collector_free(th_collector *c)
{
	if (!c)
		return;
	th_uncertainty_free(c->out);
	th_intern_free(&c->keys);
	th_buf_free(&c->key);
	free(c->bundle);
	th_arena_free(&c->arena);
	free(c);
}

void th_uncertainty_free(th_uncertainty *u)
{
	if (!u)
		return;
	th_simulation_free(&u->simulation, u->results);
	th_arena_free(&u->arena);
	free(u);
}
