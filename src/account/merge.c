/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two shards become one. Sums are whole numbers; where an order shows, the lines' order numbers decide, never which shard was merged first. */

#include "account/kind.h"

#include <stdlib.h>

#include "base/list.h"

static bool add_uses(th_shard *into, const th_uses *from)
{
	bool ok = true;
	for (uint32_t i = 0; i < from->count && ok; i++) {
		th_factor_use *use = th_use_of(into, from->list[i].factor, from->list[i].market);
		if (use)
			use->lines += from->list[i].lines;
		ok = use && th_mass_add(&use->co2e, from->list[i].co2e);
	}
	return ok;
}

static bool add_tables(th_shard *into, const th_shard *from)
{
	const th_reference *reference = into->frame->reference;
	into->lines += from->lines;
	into->has_market |= from->has_market;
	into->other_day |= from->other_day;
	if (from->first_day && (into->first_day == 0 || from->first_day < into->first_day))
		into->first_day = from->first_day;
	bool ok = add_uses(into, &from->uses);
	for (size_t i = 0; i < reference->factors; i++)
		into->row_fate[i] = from->row_fate[i] > into->row_fate[i] ? from->row_fate[i] : into->row_fate[i];
	for (size_t i = 0; into->frame->instruments && i < into->frame->instruments->count; i++) {
		into->instrument_use[i].lines += from->instrument_use[i].lines;
		ok &= th_mass_add(&into->instrument_use[i].used, from->instrument_use[i].used);
	}
	return ok;
}

/* A profile's total is unknown from the first line that it cannot compute. */
static void add_profiles(th_shard *into, const th_shard *from)
{
	for (size_t i = 0; i < into->frame->others; i++) {
		th_profile_total *a = &into->other[i];
		const th_profile_total *b = &from->other[i];
		int order = a->computed || b->computed ? 0 : th_slice_cmp(b->missing, a->missing);
		if (!b->computed && (a->computed || order < 0 || (order == 0 && b->order < a->order)))
			*a = *b;
	}
}

/* --- groups, caveats, deposits --- */

static th_status add_groups(th_shard *into, const th_shard *from)
{
	bool ok = true;
	for (size_t i = 0; i < from->groups; i++) {
		const th_group *b = &from->group[i];
		th_group *a = th_group_of(into, th_intern_text(&from->group_key, (uint32_t)i));
		if (!a)
			return TH_SYSTEM;
		a->keys = b->keys;
		a->key = a->key ? a->key : b->key;
		a->lines += b->lines;
		ok &= th_mass_add(&a->gross, b->gross) && th_mass_add(&a->biogenic, b->biogenic) && th_mass_add(&a->removals, b->removals) &&
		      th_mass_add(&a->credits, b->credits) && th_mass_add(&a->outside, b->outside);
	}
	return ok ? TH_OK : TH_INVALID;
}

static bool add_caveats(th_shard *into, const th_shard *from)
{
	for (size_t i = 0; i < from->caveats; i++) {
		const th_caveat *b = &from->caveat[i];
		uint32_t number = th_caveat_of(into, b->code, b->arg, b->args);
		if (number == TH_NONE)
			return false;
		th_caveat_add(&into->caveat[number], b);
		if (!th_mass_add(&into->caveat[number].gross, b->gross) || !th_mass_add(&into->caveat[number].stated, b->stated))
			return false;
	}
	return true;
}

static bool add_deposits(th_shard *into, const th_shard *from)
{
	size_t all = into->deposits + from->deposits, a = 0, b = 0;
	th_deposit *list = NULL;
	if (from->deposits == 0)
		return true;
	for (size_t n = 0; n < all; n++) {
		th_deposit *grown = th_grown(list, n, sizeof *grown);
		if (!grown) {
			free(list);
			return false;
		}
		list = grown;
		list[n] = b == from->deposits || (a < into->deposits && into->deposit[a].now.order < from->deposit[b].now.order) ? into->deposit[a++] : from->deposit[b++];
	}
	free(into->deposit);
	into->deposit = list;
	into->deposits = all;
	return true;
}

th_status th_shard_merge(th_shard *into, th_shard *from)
{
	th_status folded[2] = {th_kinds_fold(into), th_kinds_fold(from)};
	if (folded[0] != TH_OK || folded[1] != TH_OK)
		return folded[0] > folded[1] ? folded[0] : folded[1];
	bool fits = th_sums_merge(&into->sums, &from->sums, into->frame);
	fits &= add_tables(into, from);
	fits &= th_by_year_merge(into, from);
	add_profiles(into, from);
	th_status status = add_groups(into, from);
	if (status == TH_SYSTEM || !add_caveats(into, from) || !add_deposits(into, from) || !th_quality_merge(into, from) || !th_user_units_merge(into, from) || !th_coverage_merge(into, from, &fits))
		return TH_SYSTEM;
	th_arena_take(&into->arena, &from->arena); /* keys, places and deposits lie in it */
	if (from->deposits) { /* they have theirs */
		th_arena_take(&into->recipes.arena, &from->recipes.arena);
		th_arena_take(&into->recipes.arena, &from->recipes.unit.arena);
	}
	th_diags_merge(into->diags, from->diags);
	if (fits && status == TH_OK)
		return TH_OK;
	return th_report(into->diags, TH_NUMBER_TOO_LARGE, (th_pos){NULL, 0, 0, NULL}, "Σ", (char *)NULL);
}
