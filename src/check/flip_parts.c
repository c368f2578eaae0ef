/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the base year and the year in which the period ends are made of, heard from the account's entries: by factor, activity, scope and gas.
 * So another factor, another GWP set or less of a boundary is a sum, and no second reading. */

#include "base/day.h"
#include "check/flip.h"
#include "path/share.h"

enum { CHAINS = 256, MOST_PARTS = 4096, SHIFT = 18 };

struct th_check_parts {
	th_check_part *part;
	size_t parts;
	th_index chain[CHAINS];
	int base, end;             /* years; 0: none */
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
	return true;
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

th_status th_check_hear_part(void *checking, const th_entry *entry)
{
	th_checking *s = checking;
	struct th_check_parts *all = s->parts;
	const th_period *span = &entry->span;
	bool asked = span->first_year == all->base || span->first_year == all->end;
	if (all->full || entry->bucket == TH_MARKET || span->first_year != span->last_year || !asked)
		return TH_OK;
	th_check_part *p = part_of(s, entry);
	if (!p)
		return TH_SYSTEM;
	p->linear &= goes_with_value(entry);
	p->months |= entry->order < TH_ORDER_LATER ? th_check_months_of(span, span->first_year) : 0;
	all->full = all->parts == MOST_PARTS || !th_mass_add(&p->co2e, entry->co2e) || !th_mass_add(&p->mass, entry->mass);
	return TH_OK;
}

const th_check_part *th_check_parts_of(const th_checking *s, size_t *count)
{
	bool told = s->parts && !s->parts->full;
	*count = told ? s->parts->parts : 0;
	return told ? s->parts->part : NULL;
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

/* co2e x to / from */
static bool scaled(th_mass co2e, th_decimal from, th_decimal to, th_mass *out)
{
	th_mass num = to.mant, den = from.mant;
	int shift = to.exp - from.exp;
	if (shift > SHIFT || shift < -SHIFT)
		return false;
	for (; shift > 0; shift--)
		num *= 10;
	for (; shift < 0; shift++)
		den *= 10;
	th_share share = {num, den, 1, 1};
	bool negative = co2e < 0;
	bool fits = den > 0 && num >= 0 && th_share_of(&share, negative ? -co2e : co2e, out);
	*out = fits && negative ? -*out : *out;
	return fits;
}

static bool is_left_out(const th_lever *l, const th_check_part *part, const th_check_part *p)
{
	return (l->kind == TH_FLIP_ACTIVITY && p->activity == part[l->at].activity) || (l->kind == TH_FLIP_SCOPE && p->scope == (int)l->at);
}

/* What a part emits then. */
static bool then(const th_lever *l, const th_setting *to, const th_check_part *part, const th_check_part *p, th_mass *out)
{
	*out = p->co2e;
	if (is_left_out(l, part, p))
		*out = 0;
	else if (l->kind == TH_FLIP_FACTOR && p->factor == part[l->at].factor)
		return scaled(p->co2e, p->factor->value, to->number, out);
	else if (l->kind == TH_FLIP_GWP) {
		th_ratio r = th_mass_ratio(p->mass);
		if (!p->gas->has_gwp[to->option])
			return false;
		th_ratio_mul(&r, p->gas->gwp[to->option]);
		return th_ratio_round(&r, out);
	}
	return true;
}

/* False when a sum does not fit: what cannot be computed is not tried. */
static bool change_year(th_bench *b, int year, th_mass change)
{
	bool fits = true;
	for (size_t i = 0; i < b->a.years; i++)
		if (b->a.year[i].year == year)
			fits &= th_mass_add(&b->a.year[i].gross, change);
	return fits;
}

/* What measures work on has changed with it. */
static bool change_activity(th_bench *b, th_slice activity, th_mass change)
{
	bool fits = true;
	for (size_t i = 0; i < b->a.measures.count; i++) {
		const th_activity *on = TH_AT(b->a.reference->activity, b->a.measures.measure[i].activity);
		if (on && th_slice_eq(on->id, activity))
			fits &= th_mass_add(&b->a.measure[i].emissions, change);
	}
	return fits;
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
		if (!then(l, to, part, &part[i], &co2e) || __builtin_sub_overflow(co2e, part[i].co2e, &co2e) || !change_year(b, part[i].year, co2e))
			return false;
		if (part[i].year == b->s->base_year && !change_activity(b, part[i].activity->id, co2e))
			return false;
	}
	if (l->kind == TH_FLIP_ACTIVITY || l->kind == TH_FLIP_SCOPE)
		count_months(b, l, part, parts);
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
	if (!th_lever_mass(to->number, &mass) || !change_year(b, b->s->base_year, mass) || !change_activity(b, hole->activity, mass))
		return false;
	for (size_t i = 0; i < b->a.years; i++)
		if (b->a.year[i].year == b->s->base_year)
			b->a.year[i].months = filled(b, hole);
	for (size_t i = 0; i < hole->years; i++)
		if (hole->year[i].year == b->s->base_year)
			hole->year[i].gross = 0;
	return true;
}
