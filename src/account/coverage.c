/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which days lines cover. Of activities that go on all the time (data/activities.csv, column continuous) each site and source is a series; its
 * days are marked as lines cover them. A line that is as long as a year marks nothing. The emissions of a series by year say how much a hole
 * matters. Bits and sums: neither the order of the lines nor of shards shows. Memory is bounded. */

#include "account/coverage.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/list.h"
#include "base/optional.h"

struct th_coverage *th_coverage_make(void)
{
	return th_calloc(1, sizeof(struct th_coverage));
}

void th_coverage_free(struct th_coverage *c)
{
	if (!c)
		return;
	th_intern_free(&c->key);
	free(c->series);
	free(c->year);
	free(c);
}

/* The series with this key; TH_NONE without memory. */
static uint32_t series_of(struct th_coverage *c, th_slice key, uint64_t order)
{
	uint32_t known = c->key.count;
	struct th_series *grown = th_grown(c->series, known, sizeof *grown);
	if (!grown)
		return TH_NONE;
	c->series = grown;
	uint32_t number = th_intern_add(&c->key, key);
	if (number == TH_NONE)
		return TH_NONE;
	if (number == known)
		grown[number] = (struct th_series){.order = UINT64_MAX};
	if (order < grown[number].order)
		grown[number].order = order;
	return number;
}

/* Do these words come before those that the series has? */
static bool are_first(const struct th_series *series, th_slice activity, th_slice unit)
{
	int order = series->activity.ptr ? th_slice_cmp(activity, series->activity) : -1;
	return order ? order < 0 : th_slice_cmp(unit, series->unit) < 0;
}

/* That year of the series; NULL past the bound, which is noted, or without memory. */
static struct th_series_year *year_of(struct th_coverage *c, uint32_t series, int year)
{
	th_index *link = &c->series[series].year;
	struct th_series_year *y;
	while ((y = TH_AT(c->year, *link)) != NULL && y->year != year)
		link = &y->next;
	if (y)
		return y;
	if (c->years == TH_MOST_SERIES_YEARS) {
		c->full = true;
		return NULL;
	}
	*link = th_index_of((uint32_t)c->years); /* before the list moves */
	struct th_series_year *grown = th_grown(c->year, c->years, sizeof *grown);
	if (!grown) {
		*link = th_index_of(TH_NONE);
		return NULL;
	}
	c->year = grown;
	grown[c->years] = (struct th_series_year){.year = (int16_t)year};
	return &grown[c->years++];
}

static void mark(struct th_series_year *y, int32_t from, int32_t to)
{
	for (int32_t d = from; d <= to;) {
		int32_t bit = d & 63, n = 64 - bit < to - d + 1 ? 64 - bit : to - d + 1;
		y->day[d >> 6] |= (n == 64 ? ~UINT64_C(0) : ((UINT64_C(1) << n) - 1)) << bit;
		d += n;
	}
}

/* The part of the line that lies in one year. False without memory. */
static bool add_year(struct th_coverage *c, uint32_t series, const th_period *p, int year, th_mass gross, bool marks, bool own, bool *fits)
{
	int32_t start = th_day(year, 1, 1), end = th_day(year, 12, 31);
	struct th_series_year *y = year_of(c, series, year);
	if (!y)
		return c->full;
	if (marks)
		mark(y, (p->from > start ? p->from : start) - start, (p->to < end ? p->to : end) - start);
	y->own |= marks && own;
	y->whole |= !marks;
	*fits &= th_mass_add(&y->gross, p->first_year == p->last_year ? gross : gross / (p->last_year - p->first_year + 1)); /* to weigh it, no more */
	return true;
}

bool th_coverage_line(th_shard *shard, const th_now *now, const th_recipe *recipe, th_mass gross, bool *fits)
{
	struct th_coverage *c = shard->coverage;
	th_buf *key = &shard->key;
	bool ok = true, marks = now->whole.num < now->whole.den, own = now->whole.first_year == now->whole.last_year;
	if (!recipe->activity->continuous || c->full)
		return true;
	th_series_key(shard, now, recipe);
	uint32_t number = key->failed ? TH_NONE : series_of(c, th_buf_view(key), now->order);
	if (number == TH_NONE)
		return false;
	struct th_series *series = &c->series[number];
	if (are_first(series, now->line->cell[TH_COL_ACTIVITY], recipe->unit_text)) {
		series->activity = th_arena_copy(&shard->arena, now->line->cell[TH_COL_ACTIVITY]);
		series->unit = th_arena_copy(&shard->arena, recipe->unit_text);
		ok = series->activity.ptr && series->unit.ptr;
	}
	series->marked |= marks;
	for (int year = now->period.first_year; year <= now->period.last_year && ok; year++)
		ok = add_year(c, number, &now->period, year, gross, marks, own, fits);
	return ok;
}

bool th_coverage_merge(th_shard *shard, const th_shard *other, bool *fits)
{
	struct th_coverage *into = shard->coverage;
	const struct th_coverage *from = other->coverage;
	into->full |= from->full;
	for (uint32_t i = 0; i < from->key.count && !into->full; i++) {
		const struct th_series *b = &from->series[i];
		uint32_t number = series_of(into, th_intern_text(&from->key, i), b->order);
		if (number == TH_NONE)
			return false;
		struct th_series *a = &into->series[number];
		a->marked |= b->marked;
		if (are_first(a, b->activity, b->unit)) {
			a->activity = b->activity;
			a->unit = b->unit;
		}
		for (const struct th_series_year *y = TH_AT(from->year, b->year); y && !into->full; y = TH_AT(from->year, y->next)) {
			struct th_series_year *sum = year_of(into, number, y->year);
			if (!sum && !into->full)
				return false;
			if (!sum)
				break;
			for (int w = 0; w < TH_DAY_WORDS; w++)
				sum->day[w] |= y->day[w];
			sum->own |= y->own;
			sum->whole |= y->whole;
			*fits &= th_mass_add(&sum->gross, y->gross);
		}
	}
	return true;
}
