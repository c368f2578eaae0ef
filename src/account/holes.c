/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Months without a line: what stays unmarked of a series in the years that any of them has is a hole. A series of nothing but lines as long as
 * a year is not asked. Past the bound of memory no hole is looked for in the whole account, and the report says so. */

#include "account/coverage.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/list.h"
#include "base/optional.h"
#include "case/facts.h"

static const struct th_series_year *find_year(const struct th_coverage *c, const struct th_series *s, int year)
{
	const struct th_series_year *y = TH_AT(c->year, s->year);
	while (y && y->year != year)
		y = TH_AT(c->year, y->next);
	return y;
}

static bool covered(const struct th_series_year *y, int32_t day)
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
static bool look_at_year(const struct th_coverage *c, const struct th_series *s, th_arena *arena, int year, int32_t in_use, int32_t until, th_hole *hole)
{
	const struct th_series_year *y = find_year(c, s, year);
	int32_t start = th_day(year, 1, 1), end = th_day(year, 12, 31), from = in_use > start ? in_use : start, to = until < end ? until : end;
	th_hole_year found = {.year = year, .gross = y ? y->gross : 0};
	for (int32_t d = from; d <= to; d++) {
		int32_t first = d;
		if (y && (d - start) % 64 == 0 && y->day[(d - start) / 64] == UINT64_MAX) { /* days that are all covered */
			d += 63;
			continue;
		}
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
static void weigh(const struct th_coverage *c, const struct th_series *s, th_hole *hole)
{
	th_mass most = 0;
	for (const struct th_series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next))
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
static struct span own_years(const struct th_coverage *c, const struct th_series *s)
{
	struct span span = no_year;
	for (const struct th_series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next))
		if (y->own)
			widen(&span, (struct span){y->year, y->year});
	return span;
}

/* The year that a series is of whose every bill reaches over the end of one: that with most days, of two alike the later. */
static struct span year_of_bills(const struct th_coverage *c, const struct th_series *s)
{
	struct span span = no_year;
	unsigned most = 0;
	for (const struct th_series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next)) {
		unsigned days = 0;
		for (int w = 0; w < TH_DAY_WORDS; w++)
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
	for (uint32_t i = 0; i < c->key.count; i++)
		widen(&own, own_years(c, &c->series[i]));
	for (uint32_t i = 0; i < c->key.count && !own.last; i++)
		widen(&bills, year_of_bills(c, &c->series[i]));
	return own.last ? own : bills;
}

static bool is_asked(const struct th_coverage *c, const struct th_series *s, struct span there, int year)
{
	const struct th_series_year *y = find_year(c, s, year);
	return (year >= there.first && year <= there.last) || !y || !y->whole;
}

/* The series by its names and first line, with nothing missing yet. */
static bool name_hole(th_shard *shard, uint32_t number, th_hole *hole)
{
	const struct th_coverage *c = shard->coverage;
	const struct th_series *s = &c->series[number];
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

/* What is missing of a series between two days, all of them where nothing bounds its use. */
static bool look_at(th_shard *shard, uint32_t number, struct span all, int32_t from, int32_t until, th_hole *hole)
{
	const struct th_coverage *c = shard->coverage;
	const struct th_series *s = &c->series[number];
	struct span there = own_years(c, s);
	if (!name_hole(shard, number, hole))
		return false;
	there = there.last ? there : year_of_bills(c, s);
	widen(&all, there);
	for (int year = all.first; s->marked && year <= all.last; year++)
		if (is_asked(c, s, there, year) && !look_at_year(c, s, &shard->arena, year, from, until, hole))
			return false;
	hole->begins = hole->years && hole->year[0].year < there.first ? there.first : 0;
	hole->ends = hole->years && hole->year[hole->years - 1].year > there.last ? there.last : 0;
	weigh(c, s, hole);
	return true;
}

/* --- what the facts say of the use of sites, unless lines say otherwise --- */

struct use {
	int32_t from, until;
};

/* Sites, by name, whose lines lie more than a bill outside of the time that the facts give: such facts bound nothing. */
struct refuted {
	th_intern site;
	bool *is;
};

/* When a site is in use: always, where no fact says otherwise or lines refute it. */
static struct use use_of(const th_facts *facts, const struct refuted *refuted, th_slice site)
{
	struct use use = {TH_DAY_MIN, TH_DAY_MAX};
	uint32_t number = facts ? th_intern_find(&refuted->site, site) : TH_NONE;
	if (number != TH_NONE && !refuted->is[number])
		th_facts_in_use(facts, site, &use.from, &use.until);
	return use;
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

static void years_with_lines(const struct th_coverage *c, const struct th_series *s, struct years *set)
{
	*set = (struct years){{0}};
	for (const struct th_series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next))
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

static bool look_at_years(th_shard *shard, struct use use, uint32_t number, const struct years *together, th_hole *hole)
{
	const struct th_coverage *c = shard->coverage;
	struct years there, asked = {{0}};
	years_with_lines(c, &c->series[number], &there);
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++)
		if (has_year(&there, year))
			unite(&asked, &together[year - TH_FIRST_YEAR]);
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++) {
		int32_t start = th_day(year, 1, 1), end = th_day(year, 12, 31);
		if (has_year(&asked, year) && !has_year(&there, year) && start <= use.until && end >= use.from && !add_gap(&shard->arena, hole, start, end))
			return false;
	}
	return true;
}

/* They weigh nothing in a verdict: a year of a site that is told year by year has no months to be counted. */
static bool say_years(th_shard *shard, const th_facts *facts, const struct refuted *refuted)
{
	const struct th_coverage *c = shard->coverage;
	struct years *together = th_calloc(YEARS, sizeof *together);
	bool ok = together;
	if (ok)
		years_together(c, together);
	for (uint32_t i = 0; i < c->key.count && ok; i++) {
		th_hole hole;
		ok = c->series[i].marked || (name_hole(shard, i, &hole) && look_at_years(shard, use_of(facts, refuted, hole.site), i, together, &hole) &&
		                             (!hole.gaps || th_say_years_missing(shard, &hole)));
	}
	free(together);
	return ok;
}

/* The days with lines on which the facts say that the site was not in use. False where there are none. */
static bool used_out_of_use(const struct th_coverage *c, const struct th_series *s, int32_t in_use, int32_t until, th_gap *found)
{
	*found = (th_gap){TH_DAY_MAX, TH_DAY_MIN};
	for (const struct th_series_year *y = TH_AT(c->year, s->year); y; y = TH_AT(c->year, y->next)) {
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

/* --- facts against lines --- */

/* False without memory. */
static bool refute(th_shard *shard, const th_facts *facts, struct refuted *refuted)
{
	enum { BILL = 31 };
	const struct th_coverage *c = shard->coverage;
	for (uint32_t i = 0; facts && i < c->key.count; i++) {
		struct use use;
		th_gap used;
		th_hole hole;
		if (!name_hole(shard, i, &hole))
			return false;
		uint32_t known = refuted->site.count, site = th_intern_add(&refuted->site, hole.site);
		bool *grown = site == TH_NONE ? NULL : th_grown(refuted->is, known, sizeof *grown);
		if (!grown)
			return false;
		refuted->is = grown;
		grown[site] = site < known && grown[site];
		th_facts_in_use(facts, hole.site, &use.from, &use.until);
		if ((use.from == TH_DAY_MIN && use.until == TH_DAY_MAX) || !used_out_of_use(c, &c->series[i], use.from, use.until, &used))
			continue;
		grown[site] |= (use.from != TH_DAY_MIN && used.from < use.from - BILL) || (use.until != TH_DAY_MAX && used.to > use.until + BILL);
		if (!th_say_out_of_use(shard, &hole, &used))
			return false;
	}
	return true;
}

/* What is missing of a series while it was in use; and, said, what its facts excuse. */
static bool look_in_use(th_shard *shard, const th_facts *facts, const struct refuted *refuted, uint32_t number, struct span all, th_hole *hole)
{
	if (!look_at(shard, number, all, TH_DAY_MIN, TH_DAY_MAX, hole))
		return false;
	const struct use use = use_of(facts, refuted, hole->site);
	if (hole->gaps == 0 || (use.from == TH_DAY_MIN && use.until == TH_DAY_MAX))
		return true;
	return th_say_excused(shard, hole, use.from, use.until) && look_at(shard, number, all, use.from, use.until, hole);
}

static bool list_holes(th_shard *shard, const th_facts *facts, const struct refuted *refuted, th_account *account)
{
	struct th_coverage *c = shard->coverage;
	struct span all = years_of_all(c);
	size_t missing = 0;
	for (uint32_t i = 0; i < c->key.count && !c->full; i++) {
		th_hole *hole = &account->hole[account->holes];
		if (!look_in_use(shard, facts, refuted, i, all, hole))
			return false;
		account->holes += hole->gaps > 0;
		missing += hole->years;
		c->full = missing > TH_MOST_SERIES_YEARS;
	}
	return true;
}

bool th_coverage_finish(th_shard *shard, const th_facts *facts, th_account *account)
{
	struct th_coverage *c = shard->coverage;
	account->hole = th_arena_alloc(&shard->arena, c->key.count + (size_t)1, sizeof *account->hole);
	if (!account->hole)
		return false;
	struct refuted refuted = {.is = NULL};
	bool ok = (c->full || refute(shard, facts, &refuted)) && list_holes(shard, facts, &refuted, account) && (c->full || say_years(shard, facts, &refuted));
	th_intern_free(&refuted.site);
	free(refuted.is);
	if (!ok)
		return false;
	account->holes = c->full ? 0 : account->holes; /* which ones were looked at before would hang on the order of the lines */
	account->holes_unseen = c->full;
	if (account->holes)
		qsort(account->hole, account->holes, sizeof *account->hole, by_series);
	for (size_t i = 0; i < account->holes; i++)
		if (!th_say_hole(shard, &account->hole[i]))
			return false;
	if (c->full)
		th_caveat_all(shard, th_caveat_number(shard, TH_HOLES_BOUNDED, (char *)NULL));
	return true;
}
