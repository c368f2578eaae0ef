/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the base year and the year in which the period ends are made of, heard from the account's entries: by factor, activity, scope and gas.
 * So another factor, another GWP set or less of a boundary is a sum, and no second reading. */

#include <math.h>

#include "base/day.h"
#include "check/flip.h"

enum { CHAINS = 256, MOST_PARTS = 4096 };
#define ALIKE 1e-9L

/* Of a series that can have days missing (site, source, activity) what one factor gives of one gas in one year. */
struct th_check_series {
	th_slice site, source, unit;
	const th_activity *activity;
	const th_factor *factor;
	const th_gas *gas;
	int year;
	th_mass co2e, mass;
	th_decimal quantity;       /* of its lines, in `unit` */
	size_t lines;
	bool even;                 /* each unit of its lines emits the same */
	th_index next;
};

struct th_check_parts {
	th_check_part *part;
	size_t parts;
	th_index chain[CHAINS];
	th_check_series *series;
	size_t serieses;
	th_index series_chain[CHAINS];
	bool series_full;          /* too many to tell of any */
	int base, end;             /* years; 0: none, and then any may be */
	bool full;                 /* too many to tell of any */
};

static int year_of_fact(const th_assessment *a, const char *id)
{
	th_rule_value date = th_check_fact(a, id);
	return date.known && date.type == TH_RULE_DATE ? date.date.last_year : 0;
}

bool th_check_open_parts(th_checking *s)
{
	s->parts = th_arena_alloc(&s->a->arena, 1, sizeof *s->parts);
	if (!s->parts)
		return th_check_no_memory(s);
	s->parts->base = year_of_fact(s->a, "base_year");
	s->parts->end = year_of_fact(s->a, "end");
	return th_check_open_lines(s, s->parts->base, s->parts->end);
}

static bool is_of(const th_check_part *p, const th_entry *entry)
{
	return p->factor == entry->factor && p->gas == entry->gas && p->activity == entry->activity && p->scope == entry->scope &&
	       p->bucket == entry->bucket && p->year == entry->span.first_year;
}

static th_check_part *part_of(th_checking *s, const th_entry *entry)
{
	struct th_check_parts *all = s->parts;
	uintptr_t key = (uintptr_t)entry->factor / 16 * 31 + (uintptr_t)entry->gas / 16 * 7 + (uintptr_t)entry->activity / 16 + (uintptr_t)entry->span.first_year;
	th_index *chain = &all->chain[key % CHAINS];
	for (th_check_part *p = TH_AT(all->part, *chain); p; p = TH_AT(all->part, p->next))
		if (is_of(p, entry))
			return p;
	th_check_part *grown = th_grown_in(&s->a->arena, all->part, all->parts, sizeof *grown);
	if (!grown) {
		th_check_no_memory(s);
		return NULL;
	}
	all->part = grown;
	grown[all->parts] = (th_check_part){.factor = entry->factor, .gas = entry->gas, .activity = entry->activity, .scope = entry->scope,
	                                    .bucket = entry->bucket, .year = entry->span.first_year, .linear = true, .next = *chain};
	*chain = th_index_of((uint32_t)all->parts);
	return &grown[all->parts++];
}

/* Does the mass go with the factor's value? Fuels by heat value and carbon have none. */
static bool goes_with_value(const th_entry *entry)
{
	for (size_t i = 0; i < entry->terms; i++)
		if (entry->term[i].origin == TH_FROM_FACTOR && entry->term[i].form == TH_TERM && strcmp(entry->term[i].name, "value") == 0)
			return true;
	return false;
}

static bool is_of_series(const th_check_series *r, const th_entry *entry)
{
	return r->factor == entry->factor && r->gas == entry->gas && r->activity == entry->activity && r->year == entry->span.first_year &&
	       th_slice_eq(r->site, entry->site) && th_slice_eq(r->source, entry->source);
}

static th_check_series *series_of(th_checking *s, const th_entry *entry)
{
	struct th_check_parts *all = s->parts;
	uintptr_t key = (uintptr_t)entry->factor / 16 * 31 + (uintptr_t)entry->gas / 16 * 7 + entry->site.len * 3 + entry->source.len;
	th_index *chain = &all->series_chain[key % CHAINS];
	for (th_check_series *r = TH_AT(all->series, *chain); r; r = TH_AT(all->series, r->next))
		if (is_of_series(r, entry))
			return r;
	th_check_series *grown = th_grown_in(&s->a->arena, all->series, all->serieses, sizeof *grown);
	th_check_series fresh = {.activity = entry->activity, .factor = entry->factor, .gas = entry->gas, .year = entry->span.first_year, .even = true,
	                         .site = th_arena_copy(&s->a->arena, entry->site), .source = th_arena_copy(&s->a->arena, entry->source),
	                         .unit = th_arena_copy(&s->a->arena, entry->unit), .next = *chain};
	if (!grown || !fresh.site.ptr || !fresh.source.ptr || !fresh.unit.ptr) {
		th_check_no_memory(s);
		return NULL;
	}
	all->series = grown;
	grown[all->serieses] = fresh;
	*chain = th_index_of((uint32_t)all->serieses);
	return &grown[all->serieses++];
}

/* Does a unit of this line emit what one of the lines before it does? Each line's mass is rounded, so to nine digits. */
static bool emits_alike(const th_check_series *r, const th_entry *entry)
{
	long double before = th_mass_double(r->co2e) * (long double)th_decimal_double(entry->amount);
	long double now = th_mass_double(entry->co2e) * (long double)th_decimal_double(r->quantity);
	return now > 0 && fabsl(now - before) <= now * ALIKE;
}

static bool add_to_series(th_checking *s, const th_entry *entry)
{
	struct th_check_parts *all = s->parts;
	if (all->series_full || entry->bucket != TH_GROSS || !entry->activity->continuous)
		return true;
	th_check_series *r = series_of(s, entry);
	if (!r)
		return false;
	r->even &= entry->days == entry->all_days && th_slice_eq(r->unit, entry->unit) && entry->amount.mant > 0 && entry->co2e > 0;
	r->even &= r->lines == 0 || emits_alike(r, entry);
	r->even &= th_decimal_add(r->quantity, entry->amount, &r->quantity);
	r->lines++;
	all->series_full = all->serieses == MOST_PARTS || !th_mass_add(&r->co2e, entry->co2e) || !th_mass_add(&r->mass, entry->mass);
	return true;
}

th_status th_check_hear_part(void *checking, const th_entry *entry)
{
	th_checking *s = checking;
	struct th_check_parts *all = s->parts;
	const th_period *span = &entry->span;
	bool asked = span->first_year == all->base || span->first_year == all->end || !all->base;
	if (th_check_hear_stated(s, entry) != TH_OK)
		return TH_SYSTEM;
	if (all->full || entry->bucket == TH_MARKET || span->first_year != span->last_year || !asked)
		return TH_OK;
	th_check_part *p = part_of(s, entry);
	if (!p)
		return TH_SYSTEM;
	p->linear &= goes_with_value(entry);
	p->months |= entry->order < TH_ORDER_LATER ? th_check_months_of(span, span->first_year) : 0;
	all->full = all->parts == MOST_PARTS || !th_mass_add(&p->co2e, entry->co2e) || !th_mass_add(&p->mass, entry->mass);
	return add_to_series(s, entry) ? TH_OK : TH_SYSTEM;
}

const th_check_part *th_check_parts_of(const th_checking *s, size_t *count)
{
	bool told = s->parts && !s->parts->full;
	*count = told ? s->parts->parts : 0;
	return told ? s->parts->part : NULL;
}

static bool is_in_hole(const th_check_series *r, const th_hole *hole, int year)
{
	return r->year == year && th_slice_eq(r->activity->id, hole->activity) && th_slice_eq(r->site, hole->site) && th_slice_eq(r->source, hole->source);
}

const th_check_series *th_check_series_of(const th_checking *s, const th_hole *hole, int year)
{
	const struct th_check_parts *all = s->parts;
	th_check_series *whole = th_arena_alloc(&s->a->arena, 1, sizeof *whole);
	th_mass gross = 0;
	if (!whole || !all || all->series_full)
		return NULL;
	for (size_t i = 0; i < all->serieses; i++) {
		const th_check_series *r = &all->series[i];
		if (!is_in_hole(r, hole, year))
			continue;
		for (size_t k = 0; k < i; k++) /* one gas by two factors: lines of two kinds */
			if (all->series[k].gas == r->gas && is_in_hole(&all->series[k], hole, year))
				return NULL;
		bool first = whole->lines == 0, alike = first || (r->lines == whole->lines && th_decimal_cmp(r->quantity, whole->quantity) == 0);
		if (!r->even || !alike || !th_slice_eq(r->unit, hole->unit) || !th_mass_add(&gross, r->co2e))
			return NULL;
		*whole = *r;
	}
	for (size_t i = 0; i < hole->years; i++)
		if (hole->year[i].year == year && hole->year[i].gross == gross && gross > 0) {
			whole->co2e = gross;
			return whole;
		}
	return NULL;
}

double th_check_series_quantity(const th_check_series *series)
{
	return th_decimal_double(series->quantity);
}

/* --- a part set to something else --- */

bool th_lever_mass(th_decimal tonnes, th_mass *out)
{
	int shift = tonnes.exp + TH_MASS_SCALE + 3;
	*out = tonnes.mant;
	for (; shift > 0; shift--)
		if (__builtin_mul_overflow(*out, 10, out))
			return false;
	for (; shift < 0 && *out % 10 == 0; shift++)
		*out /= 10;
	return shift == 0 || *out == 0;
}

static bool is_left_out(const th_lever *l, const th_check_part *part, const th_check_part *p)
{
	return (l->kind == TH_FLIP_ACTIVITY && p->activity == part[l->at].activity) || (l->kind == TH_FLIP_SCOPE && p->scope == (int)l->at);
}

/* What emits `co2e` now, with another factor or GWP. */
static bool with_other(const th_lever *l, const th_setting *to, const th_factor *factor, const th_gas *gas, th_mass mass, th_mass co2e, th_mass *out)
{
	*out = co2e;
	if (l->kind == TH_FLIP_FACTOR && factor == l->factor)
		return th_bench_scaled(co2e, factor->value, to->number, out);
	if (l->kind == TH_FLIP_GWP) {
		th_ratio r = th_mass_ratio(mass);
		if (!gas->has_gwp[to->option])
			return false;
		th_ratio_mul(&r, gas->gwp[to->option]);
		return th_ratio_round(&r, out);
	}
	return true;
}

/* What a part emits then. */
static bool then(const th_lever *l, const th_setting *to, const th_check_part *part, const th_check_part *p, th_mass *out)
{
	*out = 0;
	return is_left_out(l, part, p) || with_other(l, to, p->factor, p->gas, p->mass, p->co2e, out);
}

/* What the lines of a series with days missing emit then. False where they are not known line by line: another year's stand for them, or a
 * name of the activity is a series of its own. */
static bool change_hole(const th_bench *b, const th_lever *l, const th_setting *to, const th_hole *hole, th_hole_year *year)
{
	const struct th_check_parts *all = b->s->parts;
	th_mass before = 0, sum = 0;
	bool any = false;
	for (size_t i = 0; i < all->serieses; i++) {
		const th_check_series *r = &all->series[i];
		th_mass co2e;
		if (!is_in_hole(r, hole, year->year))
			continue;
		any = true;
		if (!with_other(l, to, r->factor, r->gas, r->mass, r->co2e, &co2e) || !th_mass_add(&before, r->co2e) || !th_mass_add(&sum, co2e))
			return false;
	}
	if (!any || before != year->gross)
		return false;
	year->gross = sum;
	return true;
}

static bool change_holes(th_bench *b, const th_lever *l, const th_setting *to)
{
	const struct th_check_parts *all = b->s->parts;
	bool told = !all->series_full;
	for (size_t i = 0; b->a.account && i < b->account.holes; i++)
		for (size_t k = 0; told && k < b->account.hole[i].years; k++) {
			th_hole_year *year = &b->account.hole[i].year[k];
			told = (year->year != all->base && year->year != all->end) || change_hole(b, l, to, &b->account.hole[i], year);
		}
	return told;
}

/* Months that only what is left out has lines in are no months with data any more. */
static void count_months(th_bench *b, const th_lever *l, const th_check_part *part, size_t parts)
{
	for (size_t y = 0; y < b->a.years; y++) {
		unsigned months = 0, count = 0;
		bool any = false;
		for (size_t i = 0; i < parts; i++)
			if (part[i].year == b->a.year[y].year) {
				any = true;
				months |= is_left_out(l, part, &part[i]) ? 0 : part[i].months;
			}
		for (unsigned left = months; left; left &= left - 1)
			count++;
		if (any)
			b->a.year[y].months = count;
	}
}

bool th_bench_set_part(th_bench *b, const th_lever *l, const th_setting *to)
{
	size_t parts;
	const th_check_part *part = th_check_parts_of(b->s, &parts);
	for (size_t i = 0; i < parts; i++) {
		th_mass co2e;
		if (part[i].bucket != TH_GROSS)
			continue;
		if (!then(l, to, part, &part[i], &co2e) || __builtin_sub_overflow(co2e, part[i].co2e, &co2e) || !th_bench_change_year(b, part[i].year, co2e))
			return false;
		if (part[i].year == b->s->base_year && !th_bench_change_activity(b, part[i].activity->id, co2e))
			return false;
	}
	if (l->kind == TH_FLIP_ACTIVITY || l->kind == TH_FLIP_SCOPE) {
		count_months(b, l, part, parts);
		return true;
	}
	return change_holes(b, l, to);
}

bool th_bench_set_base(th_bench *b, int year)
{
	size_t parts;
	const th_check_part *part = th_check_parts_of(b->s, &parts);
	for (size_t i = 0; i < b->a.measures.count; i++) {
		const th_activity *on = TH_AT(b->a.reference->activity, b->a.measures.measure[i].activity);
		th_check_measure *m = &b->a.measure[i];
		m->has_emissions = on && th_check_whole_year(b->s->a, year);
		m->emissions = 0;
		if (on && !part)
			return false;
		for (size_t k = 0; m->has_emissions && k < parts; k++)
			if (part[k].bucket == TH_GROSS && part[k].year == year && th_slice_eq(part[k].activity->id, on->id) &&
			    !th_mass_add(&m->emissions, part[k].co2e))
				return false;
	}
	return true;
}

/* The months of the base year that have lines, and those that are filled. */
static unsigned filled(const th_bench *b, const th_hole *hole)
{
	size_t parts;
	const th_check_part *part = th_check_parts_of(b->s, &parts);
	unsigned months = 0, count = 0;
	for (size_t i = 0; i < parts; i++)
		months |= part[i].year == b->s->base_year ? part[i].months : 0;
	for (size_t i = 0; i < hole->gaps; i++) {
		int first, last, month, day;
		th_day_split(hole->gap[i].from, &first, &month, &day);
		th_day_split(hole->gap[i].to, &last, &month, &day);
		const th_period gap = {.from = hole->gap[i].from, .to = hole->gap[i].to, .first_year = first, .last_year = last};
		months |= first == b->s->base_year ? th_check_months_of(&gap, first) : 0;
	}
	for (; months; months &= months - 1)
		count++;
	return count;
}

bool th_bench_set_months(th_bench *b, const th_lever *l, const th_setting *to)
{
	th_hole *hole = &b->account.hole[l->at];
	th_mass mass;
	bool fits = l->series ? th_bench_scaled(l->series->co2e, l->series->quantity, to->number, &mass) : th_lever_mass(to->number, &mass);
	if (!fits || !th_bench_change_year(b, b->s->base_year, mass) || !th_bench_change_activity(b, hole->activity, mass))
		return false;
	for (size_t i = 0; i < b->a.years; i++)
		if (b->a.year[i].year == b->s->base_year)
			b->a.year[i].months = filled(b, hole);
	for (size_t i = 0; i < hole->years; i++)
		if (hole->year[i].year == b->s->base_year)
			hole->year[i].gross = 0;
	return true;
}
