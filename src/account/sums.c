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

bool th_sums_add(th_shard *shard, const th_now *now, const th_recipe *recipe, const th_term *term, th_mass mass, th_mass co2e)
{
	th_sums *s = &shard->sums;
	bool ok = th_mass_add(&s->bucket[term->bucket], co2e) &&
	          th_by_year_add(shard->by_year, shard->frame, &now->period, recipe, term->bucket, co2e);
	if (term->factor) {
		th_factor_use *use = &(term->bucket == TH_MARKET ? shard->market_use : shard->use)[term->factor - shard->frame->reference->factor];
		use->factor = term->factor;
		use->lines += !term->further;
		ok &= th_mass_add(&use->co2e, co2e);
	}
	if (term->bucket == TH_GROSS)
		ok &= th_mass_add(&s->scope[recipe->scope], co2e) && th_mass_add(&s->iso[recipe->iso], co2e);
	if (term->bucket == TH_GROSS || term->bucket == TH_OUTSIDE) /* a gas is in one of them, whatever the line */
		ok &= th_mass_add(&shard->gas[term->gas].mass, mass) && th_mass_add(&shard->gas[term->gas].co2e, co2e);
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
