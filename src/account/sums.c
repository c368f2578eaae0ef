/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a gas of a line is added to: totals, gases, factors, groups. */

#include "account/frame.h"

#include <stdio.h>

#include "base/list.h"

/* --- groups --- */

static th_slice group_part(const th_now *now, int scope, th_group_by by, th_slice gas, th_slice period, char year[24])
{
	static const char digits[] = "0123";
	int n;
	switch (by) {
	case TH_BY_SITE: return now->line->cell[TH_COL_SITE];
	case TH_BY_ACTIVITY: return now->line->cell[TH_COL_ACTIVITY];
	case TH_BY_SOURCE: return now->line->cell[TH_COL_SOURCE];
	case TH_BY_SCOPE: return (th_slice){digits + scope, scope ? 1 : 0}; /* a credit has no scope */
	case TH_BY_GAS: return gas;
	case TH_BY_GRADE: return now->grade ? th_slice_of(th_grade_names[now->grade]) : (th_slice){"", 0};
	case TH_BY_PERIOD: return period;
	case TH_BY_YEAR: case TH_BYS: break;
	}
	n = now->period.first_year == now->period.last_year ? snprintf(year, 24, "%d", now->period.first_year)
	                                                    : snprintf(year, 24, "%d-%d", now->period.first_year, now->period.last_year);
	return (th_slice){year, (size_t)n};
}

th_group *th_group_of(th_shard *shard, th_slice key)
{
	uint32_t number = th_intern_add(&shard->group_key, key);
	if (number == TH_NONE)
		return NULL;
	if (number < shard->groups)
		return &shard->group[number];
	th_group *grown = th_grown(shard->group, shard->groups, sizeof *grown);
	if (!grown)
		return NULL;
	shard->group = grown;
	grown[shard->groups] = (th_group){.key = NULL};
	return &grown[shard->groups++];
}

th_group *th_group_for(th_shard *shard, const th_now *now, int scope, th_slice gas, th_slice period)
{
	const th_frame *frame = shard->frame;
	char year[24];
	th_buf_clear(&shard->key);
	for (size_t i = 0; i < frame->bys; i++) {
		if (i)
			th_buf_char(&shard->key, '\x1f');
		th_buf_slice(&shard->key, group_part(now, scope, frame->by[i], gas, period, year));
	}
	th_group *group = shard->key.failed ? NULL : th_group_of(shard, th_buf_view(&shard->key));
	if (!group || group->key)
		return group;
	group->keys = frame->bys;
	group->key = th_arena_alloc(&shard->arena, frame->bys ? frame->bys : 1, sizeof *group->key);
	for (size_t i = 0; i < frame->bys && group->key; i++) {
		group->key[i] = th_arena_copy(&shard->arena, group_part(now, scope, frame->by[i], gas, period, year));
		if (!group->key[i].ptr)
			return NULL;
	}
	return group->key ? group : NULL;
}

bool th_group_add(th_group *group, th_bucket bucket, th_mass co2e)
{
	switch (bucket) {
	case TH_GROSS: return th_mass_add(&group->gross, co2e);
	case TH_BIOGENIC: return th_mass_add(&group->biogenic, co2e);
	case TH_REMOVAL: return th_mass_add(&group->removals, co2e);
	case TH_CREDIT: return th_mass_add(&group->credits, co2e);
	case TH_OUTSIDE: return th_mass_add(&group->outside, co2e);
	case TH_AVOIDED: case TH_MARKET: case TH_ENERGY: case TH_BUCKETS: break;
	}
	return true;
}

/* --- totals --- */

bool th_sums_make(th_sums *sums, const th_frame *frame, th_arena *arena)
{
	size_t gases = frame->reference->gases;
	sums->gas = th_arena_alloc(arena, gases ? gases : 1, sizeof *sums->gas);
	sums->other = th_arena_alloc(arena, frame->others ? frame->others : 1, sizeof *sums->other);
	return sums->gas && sums->other;
}

static bool add_term(th_sums *s, const th_recipe *recipe, const th_term *term, th_mass mass, th_mass co2e)
{
	bool ok = th_mass_add(&s->bucket[term->bucket], co2e);
	s->has_scope[recipe->scope] |= term->bucket == TH_GROSS || term->bucket == TH_BIOGENIC;
	if (term->bucket == TH_GROSS)
		ok &= th_mass_add(&s->scope[recipe->scope], co2e) && th_mass_add(&s->iso[recipe->iso], co2e);
	if (term->bucket == TH_GROSS || term->bucket == TH_OUTSIDE) /* a gas is in one of them, whatever the line */
		ok &= th_mass_add(&s->gas[term->gas].mass, mass) && th_mass_add(&s->gas[term->gas].co2e, co2e);
	return ok;
}

th_factor_use *th_use_of(th_shard *shard, const th_factor *factor, bool market)
{
	th_uses *uses = &shard->uses;
	uint32_t *of = &uses->of[market][factor - shard->frame->reference->factor];
	if (*of)
		return &uses->list[*of - 1];
	th_factor_use *grown = th_grown(uses->list, uses->count, sizeof *grown);
	if (!grown)
		return NULL;
	uses->list = grown;
	uses->list[uses->count] = (th_factor_use){.factor = factor, .market = market};
	*of = ++uses->count;
	return &uses->list[*of - 1];
}

bool th_sums_add(th_shard *shard, const th_now *now, const th_recipe *recipe, const th_term *term, th_mass mass, th_mass co2e)
{
	bool ok = add_term(&shard->sums, recipe, term, mass, co2e) && (!now->year || add_term(now->year, recipe, term, mass, co2e));
	if (now->grade && term->bucket == TH_GROSS)
		ok &= th_grade_add(shard, now->year, now->grade, recipe->scope, co2e);
	if (term->factor) {
		th_factor_use *use = th_use_of(shard, term->factor, term->bucket == TH_MARKET);
		if (!use)
			return false;
		use->lines += !term->further;
		ok &= th_mass_add(&use->co2e, co2e);
	}
	return ok;
}

bool th_sums_add_market(th_shard *shard, const th_now *now, th_mass co2e)
{
	return th_mass_add(&shard->sums.bucket[TH_MARKET], co2e) && (!now->year || th_mass_add(&now->year->bucket[TH_MARKET], co2e));
}

static bool add_energy(th_sums *s, const th_recipe *recipe, th_mass coal, th_mass equal)
{
	if (recipe->gives_out) {
		s->has_energy_out |= recipe->energy != NULL;
		return !recipe->energy || th_mass_add(&s->coal_out, coal);
	}
	s->has_energy |= recipe->energy != NULL;
	s->has_energy_equal |= recipe->energy_equal != NULL;
	return (!recipe->energy || th_mass_add(&s->coal, coal)) && (!recipe->energy_equal || th_mass_add(&s->coal_equal, equal)) &&
	       (!recipe->energy || !recipe->activity->non_fossil || th_mass_add(&s->coal_non_fossil, coal));
}

bool th_sums_add_energy(th_shard *shard, const th_now *now, const th_recipe *recipe, th_mass coal, th_mass equal)
{
	return add_energy(&shard->sums, recipe, coal, equal) && (!now->year || add_energy(now->year, recipe, coal, equal));
}

bool th_sums_add_other(th_shard *shard, const th_now *now, uint32_t other, th_mass over)
{
	return th_mass_add(&shard->sums.other[other], over) && (!now->year || th_mass_add(&now->year->other[other], over));
}

void th_sums_see(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	shard->sums.has_scope[recipe->scope] = true;
	if (now->year)
		now->year->has_scope[recipe->scope] = true;
}

bool th_sums_merge(th_sums *into, const th_sums *from, const th_frame *frame)
{
	bool ok = th_mass_add(&into->coal, from->coal) && th_mass_add(&into->coal_equal, from->coal_equal) &&
	          th_mass_add(&into->coal_non_fossil, from->coal_non_fossil) && th_mass_add(&into->coal_out, from->coal_out);
	for (size_t i = 0; i < TH_BUCKETS; i++)
		ok &= th_mass_add(&into->bucket[i], from->bucket[i]);
	for (size_t i = 0; i < sizeof into->scope / sizeof *into->scope; i++) {
		ok &= th_mass_add(&into->scope[i], from->scope[i]);
		into->has_scope[i] |= from->has_scope[i];
	}
	for (size_t i = 0; i < sizeof into->iso / sizeof *into->iso; i++)
		ok &= th_mass_add(&into->iso[i], from->iso[i]);
	for (size_t i = 0; i < frame->reference->gases; i++)
		ok &= th_mass_add(&into->gas[i].mass, from->gas[i].mass) && th_mass_add(&into->gas[i].co2e, from->gas[i].co2e);
	for (size_t i = 0; i < frame->others; i++)
		ok &= th_mass_add(&into->other[i], from->other[i]);
	ok &= th_grades_merge(into, from);
	into->has_energy |= from->has_energy;
	into->has_energy_equal |= from->has_energy_equal;
	into->has_energy_out |= from->has_energy_out;
	return ok;
}

void th_note_missing(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	for (size_t i = 0; i < recipe->alternatives; i++) {
		const th_alternative *a = &recipe->alternative[i];
		th_profile_total *other = &shard->other[a->other];
		/* Of several the first by name stands for all: the order of lines shows nowhere. */
		if (!a->missing || (!other->computed && th_slice_cmp(other->missing, a->what) <= 0))
			continue;
		other->computed = false;
		other->missing = th_arena_copy(&shard->arena, a->what);
		other->order = now->order;
		other->file = now->file;
		other->line = now->line->line;
	}
}
