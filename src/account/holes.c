/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Months without a line. Of activities that go on all the time (data/activities.csv, column continuous) each site and source is a series;
 * its days are marked as lines cover them, and what stays unmarked in the years that any of them has is a hole. A line that is as long
 * as a year marks nothing, and a series of nothing else is not asked. The emissions of a series by year say how much a hole matters.
 * Bits and sums: neither the order of the lines nor of shards shows. Memory is bounded: past the bound no hole is looked for in the whole
 * account, and the report says so. */

#include "account/frame.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/list.h"
#include "base/optional.h"
#include "case/facts.h"

enum { WORDS = 6, MOST_YEARS = 1 << 16 };

/* A year of a series; they stand in one list, each series a chain of them. */
struct series_year {
	uint64_t day[WORDS]; /* bit i: the (i + 1)-th day of the year */
	th_mass gross;
	th_index next;       /* in the list; none: the last one */
	int16_t year;
	bool own;            /* a line that marks days lies in it whole: the series is there in this year */
	bool whole;          /* a line as long as a year reaches into it: it is that year's amount */
};

/* A series; its key is site, source, the activity's id, and a mark where its name of the activity is one apart. */
struct series {
	uint64_t order;      /* of its first line */
	th_slice activity, unit; /* as written, of the lines the first by their bytes: rows in any order give one line to paste */
	th_index year;       /* the first of the chain */
	bool marked;         /* by a line shorter than a year */
};

struct th_coverage {
	th_intern key;
	struct series *series;
	struct series_year *year;
	size_t years;
	bool full;
};

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
	struct series *grown = th_grown(c->series, known, sizeof *grown);
	if (!grown)
		return TH_NONE;
	c->series = grown;
	uint32_t number = th_intern_add(&c->key, key);
	if (number == TH_NONE)
		return TH_NONE;
	if (number == known)
		grown[number] = (struct series){.order = UINT64_MAX};
	if (order < grown[number].order)
		grown[number].order = order;
	return number;
}

/* Do these words come before those that the series has? */
static bool are_first(const struct series *series, th_slice activity, th_slice unit)
{
	int order = series->activity.ptr ? th_slice_cmp(activity, series->activity) : -1;
	return order ? order < 0 : th_slice_cmp(unit, series->unit) < 0;
}

/* That year of the series; NULL past the bound, which is noted, or without memory. */
static struct series_year *year_of(struct th_coverage *c, uint32_t series, int year)
{
	th_index *link = &c->series[series].year;
	struct series_year *y;
	while ((y = TH_AT(c->year, *link)) != NULL && y->year != year)
		link = &y->next;
	if (y)
		return y;
	if (c->years == MOST_YEARS) {
		c->full = true;
		return NULL;
	}
	*link = th_index_of((uint32_t)c->years); /* before the list moves */
	struct series_year *grown = th_grown(c->year, c->years, sizeof *grown);
	if (!grown) {
		*link = th_index_of(TH_NONE);
		return NULL;
	}
	c->year = grown;
	grown[c->years] = (struct series_year){.year = (int16_t)year};
	return &grown[c->years++];
}

static void mark(struct series_year *y, int32_t from, int32_t to)
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
	struct series_year *y = year_of(c, series, year);
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
	struct series *series = &c->series[number];
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
		const struct series *b = &from->series[i];
		uint32_t number = series_of(into, th_intern_text(&from->key, i), b->order);
		if (number == TH_NONE)
			return false;
		struct series *a = &into->series[number];
		a->marked |= b->marked;
		if (are_first(a, b->activity, b->unit)) {
			a->activity = b->activity;
			a->unit = b->unit;
		}
		for (const struct series_year *y = TH_AT(from->year, b->year); y && !into->full; y = TH_AT(from->year, y->next)) {
			struct series_year *sum = year_of(into, number, y->year);
			if (!sum && !into->full)
				return false;
			if (!sum)
				break;
			for (int w = 0; w < WORDS; w++)
				sum->day[w] |= y->day[w];
			sum->own |= y->own;
			sum->whole |= y->whole;
			*fits &= th_mass_add(&sum->gross, y->gross);
		}
	}
	return true;
}

/* --- what is missing --- */

static const struct series_year *find_year(const struct th_coverage *c, const struct series *s, int year)
{
	const struct series_year *y = TH_AT(c->year, s->year);
	while (y && y->year != year)
		y = TH_AT(c->year, y->next);
	return y;
}

static bool covered(const struct series_year *y, int32_t day)
{
	return y && (y->day[day >> 6] >> (day & 63) & 1);
}

static bool add_gap(th_arena *arena, th_hole *hole, int32_t from, int32_t to)
{
	th_gap *grown = th_grown_in(arena, hole->gap, hole->gaps, sizeof *grown);
	if (!grown)
		return false;
	hole->gap = grown;
	grown[hole->gaps++] = (th_gap){from, to};
	return true;
}

/* The days of one year that should be covered and are not. */
static bool look_at_year(const struct th_coverage *c, const struct series *s, th_arena *arena, int year, int32_t in_use, int32_t until, th_hole *hole)
{
	const struct series_year *y = find_year(c, s, year);
	int32_t start = th_day(year, 1, 1), end = th_day(year, 12, 31), from = in_use > start ? in_use : start, to = until < end ? until : end;
	th_hole_year found = {.year = year, .gross = y ? y->gross : 0};
	for (int32_t d = from; d <= to; d++) {
		int32_t first = d;
		while (d <= to && !covered(y, d - start))
			d++;
		found.days += (unsigned)(d - first);
		if (d > first && !add_gap(arena, hole, first, d - 1))
			return false;
	}
	if (found.days == 0)
		return true;
	th_hole_year *grown = th_grown_in(arena, hole->year, hole->years, sizeof *grown);
	if (!grown)
		return false;
	hole->year = grown;
	grown[hole->years++] = found;
	return true;
}

/* A year without any line of the series weighs as much as its heaviest one. */
static void weigh(const struct th_coverage *c, const struct series *s, th_hole *hole)
{
	th_mass most = 0;
	for (const struct series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next))
		most = y->gross > most ? y->gross : most;
	for (size_t i = 0; i < hole->years; i++)
		if (!find_year(c, s, hole->year[i].year))
			hole->year[i].gross = most;
}

/* Years from the first to the last; none: the last is 0. */
struct span {
	int first, last;
};

static const struct span no_year = {TH_LAST_YEAR + 1, 0};

static void widen(struct span *span, struct span by)
{
	span->first = by.first < span->first ? by.first : span->first;
	span->last = by.last > span->last ? by.last : span->last;
}

/* The years in which a series has lines of its own. */
static struct span own_years(const struct th_coverage *c, const struct series *s)
{
	struct span span = no_year;
	for (const struct series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next))
		if (y->own)
			widen(&span, (struct span){y->year, y->year});
	return span;
}

/* The year that a series is of whose every bill reaches over the end of one: that with most days, of two alike the later. */
static struct span year_of_bills(const struct th_coverage *c, const struct series *s)
{
	struct span span = no_year;
	unsigned most = 0;
	for (const struct series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next)) {
		unsigned days = 0;
		for (int w = 0; w < WORDS; w++)
			for (uint64_t left = y->day[w]; left; left &= left - 1)
				days++;
		if (days > most || (days == most && days && y->year > span.last)) {
			span = (struct span){y->year, y->year};
			most = days;
		}
	}
	return span;
}

/* The years that are asked of every series: one that begins later than others or ends before them was not in use, or is left out, and only
 * the facts tell which. */
static struct span years_of_all(const struct th_coverage *c)
{
	struct span own = no_year, bills = no_year;
	for (uint32_t i = 0; i < c->key.count; i++) {
		widen(&own, own_years(c, &c->series[i]));
		widen(&bills, year_of_bills(c, &c->series[i]));
	}
	return own.last ? own : bills;
}

static bool is_asked(const struct th_coverage *c, const struct series *s, struct span there, int year)
{
	const struct series_year *y = find_year(c, s, year);
	return (year >= there.first && year <= there.last) || !y || !y->whole;
}

/* The series by its names and first line, with nothing missing yet. */
static bool name_hole(th_shard *shard, uint32_t number, th_hole *hole)
{
	const struct th_coverage *c = shard->coverage;
	const struct series *s = &c->series[number];
	th_slice rest = th_arena_copy(&shard->arena, th_intern_text(&c->key, number));
	if (!rest.ptr)
		return false;
	*hole = (th_hole){.order = s->order, .activity_text = s->activity, .unit = s->unit};
	(void)th_slice_split(&rest, '\x1f', &hole->site);
	(void)th_slice_split(&rest, '\x1f', &hole->source);
	(void)th_slice_split(&rest, '\x1f', &hole->activity);
	hole->file = shard->frame->options->inventory[th_order_inventory(hole->order)];
	hole->line = th_order_line(hole->order);
	return true;
}

static bool look_at(th_shard *shard, const th_facts *facts, uint32_t number, struct span all, th_hole *hole)
{
	const struct th_coverage *c = shard->coverage;
	const struct series *s = &c->series[number];
	struct span there = own_years(c, s);
	int32_t from = TH_DAY_MIN, until = TH_DAY_MAX;
	if (!name_hole(shard, number, hole))
		return false;
	there = there.last ? there : year_of_bills(c, s);
	widen(&all, there);
	if (facts)
		th_facts_in_use(facts, hole->site, &from, &until);
	for (int year = all.first; s->marked && year <= all.last; year++)
		if (is_asked(c, s, there, year) && !look_at_year(c, s, &shard->arena, year, from, until, hole))
			return false;
	hole->begins = hole->years && hole->year[0].year < there.first ? there.first : 0;
	hole->ends = hole->years && hole->year[hole->years - 1].year > there.last ? there.last : 0;
	weigh(c, s, hole);
	return true;
}

/* --- series of whole years: a year that they have not and others have --- */

enum { YEARS = TH_LAST_YEAR - TH_FIRST_YEAR + 1, YEAR_WORDS = (YEARS + 63) / 64 };

struct years {
	uint64_t bit[YEAR_WORDS];
};

static bool has_year(const struct years *set, int year)
{
	return set->bit[(year - TH_FIRST_YEAR) >> 6] >> ((year - TH_FIRST_YEAR) & 63) & 1;
}

static void years_with_lines(const struct th_coverage *c, const struct series *s, struct years *set)
{
	*set = (struct years){{0}};
	for (const struct series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next))
		if (y->own || y->whole)
			set->bit[(y->year - TH_FIRST_YEAR) >> 6] |= UINT64_C(1) << ((y->year - TH_FIRST_YEAR) & 63);
}

static void unite(struct years *set, const struct years *by)
{
	for (int w = 0; w < YEAR_WORDS; w++)
		set->bit[w] |= by->bit[w];
}

/* together[i]: the years that any series has which has the i-th one. A year is asked of a series when another has it and a year of the series: what
 * was reported by company before and by site now has no such witness. */
static void years_together(const struct th_coverage *c, struct years *together)
{
	for (uint32_t i = 0; i < c->key.count; i++) {
		struct years set;
		years_with_lines(c, &c->series[i], &set);
		for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++)
			if (has_year(&set, year))
				unite(&together[year - TH_FIRST_YEAR], &set);
	}
}

static bool look_at_years(th_shard *shard, const th_facts *facts, uint32_t number, const struct years *together, th_hole *hole)
{
	const struct th_coverage *c = shard->coverage;
	struct years there, asked = {{0}};
	int32_t from = TH_DAY_MIN, until = TH_DAY_MAX;
	years_with_lines(c, &c->series[number], &there);
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++)
		if (has_year(&there, year))
			unite(&asked, &together[year - TH_FIRST_YEAR]);
	if (facts)
		th_facts_in_use(facts, hole->site, &from, &until);
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++) {
		int32_t start = th_day(year, 1, 1), end = th_day(year, 12, 31);
		if (has_year(&asked, year) && !has_year(&there, year) && start <= until && end >= from && !add_gap(&shard->arena, hole, start, end))
			return false;
	}
	return true;
}

/* They weigh nothing in a verdict: a year of a site that is told year by year has no months to be counted. */
static bool say_years(th_shard *shard, const th_facts *facts)
{
	const struct th_coverage *c = shard->coverage;
	struct years *together = th_calloc(YEARS, sizeof *together);
	bool ok = together;
	if (ok)
		years_together(c, together);
	for (uint32_t i = 0; i < c->key.count && ok; i++) {
		th_hole hole;
		ok = c->series[i].marked || (name_hole(shard, i, &hole) && look_at_years(shard, facts, i, together, &hole) &&
		                             (!hole.gaps || th_say_years_missing(shard, &hole)));
	}
	free(together);
	return ok;
}

/* The days with lines on which the facts say that the site was not in use. False where there are none. */
static bool used_out_of_use(const struct th_coverage *c, const struct series *s, int32_t in_use, int32_t until, th_gap *found)
{
	*found = (th_gap){TH_DAY_MAX, TH_DAY_MIN};
	for (const struct series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next)) {
		int32_t start = th_day(y->year, 1, 1), end = th_day(y->year, 12, 31);
		for (int32_t d = start; d <= end; d++)
			if (y->gross && covered(y, d - start) && (d < in_use || d > until)) {
				found->from = d < found->from ? d : found->from;
				found->to = d > found->to ? d : found->to;
			}
	}
	return found->from <= found->to;
}

static int by_series(const void *a, const void *b)
{
	const th_hole *x = a, *y = b;
	int order = th_slice_cmp(x->site, y->site);
	order = order ? order : th_slice_cmp(x->source, y->source);
	order = order ? order : th_slice_cmp(x->activity, y->activity);
	return order ? order : th_slice_cmp(x->activity_text, y->activity_text);
}

bool th_coverage_finish(th_shard *shard, const th_facts *facts, th_account *account)
{
	struct th_coverage *c = shard->coverage;
	account->hole = th_arena_alloc(&shard->arena, c->key.count + (size_t)1, sizeof *account->hole);
	if (!account->hole)
		return false;
	struct span all = years_of_all(c);
	size_t missing = 0;
	for (uint32_t i = 0; i < c->key.count && !c->full; i++) {
		th_hole *hole = &account->hole[account->holes];
		if (!look_at(shard, facts, i, all, hole))
			return false;
		int32_t from = TH_DAY_MIN, until = TH_DAY_MAX;
		th_gap used;
		if (facts)
			th_facts_in_use(facts, hole->site, &from, &until);
		bool bounded = from != TH_DAY_MIN || until != TH_DAY_MAX;
		if (bounded && used_out_of_use(c, &c->series[i], from, until, &used) && !th_say_out_of_use(shard, hole, &used))
			return false;
		account->holes += hole->gaps > 0;
		missing += hole->years;
		c->full = missing > MOST_YEARS;
	}
	account->holes = c->full ? 0 : account->holes; /* which ones were looked at before would hang on the order of the lines */
	account->holes_unseen = c->full;
	if (account->holes)
		qsort(account->hole, account->holes, sizeof *account->hole, by_series);
	for (size_t i = 0; i < account->holes; i++)
		if (!th_say_hole(shard, &account->hole[i]))
			return false;
	if (!c->full && !say_years(shard, facts))
		return false;
	if (c->full)
		th_caveat_all(shard, th_caveat_number(shard, TH_HOLES_BOUNDED, (char *)NULL));
	return true;
}
