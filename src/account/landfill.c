/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waste in a landfill: kept until the last year of the inventory is known, then the gas of every year. */

#include "account/frame.h"

#include <stdio.h>

#include "base/day.h"
#include "base/list.h"
#include "base/transcendental.h"

static bool copy_slices(th_arena *arena, th_slice *slice, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		slice[i] = th_arena_copy(arena, slice[i]);
		if (!slice[i].ptr)
			return false;
	}
	return true;
}

static bool copy_told(th_arena *arena, const th_told **told)
{
	const th_told *from = *told;
	if (!from)
		return true;
	th_told *to = th_arena_alloc(arena, 1, sizeof *to);
	th_formula_term *part = th_arena_alloc(arena, from->parts ? from->parts : 1, sizeof *part);
	if (!to || !part)
		return false;
	*to = (th_told){part, from->parts, from->formula};
	*told = to;
	for (size_t k = 0; k < from->parts; k++) {
		part[k] = from->part[k];
		if (!copy_slices(arena, &part[k].value, 1) || !copy_slices(arena, &part[k].unit, 1))
			return false;
	}
	return copy_slices(arena, &to->formula, 1);
}

/* A recipe that will not last, deep enough to compute and tell by. */
static bool copy_recipe(th_arena *arena, th_recipe *recipe)
{
	th_term *term = th_arena_alloc(arena, recipe->terms ? recipe->terms : 1, sizeof *term);
	th_unit *unit = th_arena_alloc(arena, 1, sizeof *unit);
	th_decay *decay = th_arena_alloc(arena, 1, sizeof *decay);
	if (!term || !unit || !decay)
		return false;
	*unit = *recipe->unit;
	*decay = *recipe->decay;
	recipe->unit = unit;
	recipe->decay = decay;
	for (size_t i = 0; i < recipe->terms; i++) {
		th_term *t = &term[i];
		*t = recipe->term[i];
		if (!copy_told(arena, &t->told) || !th_coef_keep(&t->mass, arena) || !th_coef_keep(&t->co2e, arena))
			return false;
	}
	recipe->term = term;
	return true;
}

struct kept {
	th_line line;
	th_recipe recipe;
};

th_status th_landfill_keep(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	th_arena *arena = &shard->arena;
	th_deposit *grown = th_grown(shard->deposit, shard->deposits, sizeof *grown);
	struct kept *kept = th_arena_alloc(arena, 1, sizeof *kept);
	if (!grown || !kept)
		return TH_SYSTEM;
	shard->deposit = grown;
	kept->line = *now->line;
	kept->recipe = *recipe;
	if (!copy_slices(arena, kept->line.cell, TH_COLS) || (recipe->spilled && !copy_recipe(arena, &kept->recipe)))
		return TH_SYSTEM;
	th_deposit *deposit = &grown[shard->deposits++];
	*deposit = (th_deposit){recipe->spilled ? &kept->recipe : recipe, *now};
	deposit->now.line = &kept->line;
	deposit->now.inventory = NULL;
	return TH_OK;
}

/* Of the carbon at the end of the year of deposit, e^-k(n-1) is left after n-1 years and 1 - e^-k of that decays in the n-th
 * (IPCC 2006 Vol 5 Ch 3 Eq 3.5, 3.6; decay starts on 1 January after the deposit). */
static double share_of_year(double decay, int years)
{
	return th_exp(-decay * (years - 1)) * -th_expm1(-decay);
}

static th_status run_year(th_shard *shard, th_now *now, const th_recipe *recipe, int buried, int year)
{
	double share = share_of_year(recipe->decay->k, year - buried);
	char text[24];
	th_slice period = {text, (size_t)snprintf(text, sizeof text, "%d", year)};
	th_formula_term decay = {.name = "k", .value = recipe->decay->text, .unit = TH_S("1/a"), .origin = TH_FROM_FACTOR, .form = TH_TERM_DECAY,
	                         .named = true, .year = year - buried};
	th_mass mass, co2e;
	now->period = now->whole = (th_period){th_day(year, 1, 1), th_day(year, 12, 31), year, year, 12, 12};
	if (!th_by_year_open(shard, now))
		return TH_SYSTEM;
	for (size_t i = 0; i < recipe->terms; i++) {
		const th_term *term = &recipe->term[i];
		if (!th_coef_apply(&term->mass, now->quantity, &mass) || !th_coef_apply(&term->co2e, now->quantity, &co2e))
			return th_cell_error(shard, now, TH_NUMBER_TOO_LARGE, TH_COL_QUANTITY, "");
		mass = (th_mass)rint((double)mass * share);
		co2e = (th_mass)rint((double)co2e * share);
		th_group *group = th_group_for(shard, now, recipe->scope, shard->frame->reference->gas[term->gas].name, period);
		if (!group)
			return TH_SYSTEM;
		group->lines++;
		if (!th_sums_add(shard, now, recipe, term, mass, co2e) || !th_group_add(group, (th_bucket)term->bucket, co2e))
			return th_cell_error(shard, now, TH_NUMBER_TOO_LARGE, TH_COL_QUANTITY, "");
		th_status status = th_tell(shard, now, recipe, term, mass, co2e, period, &decay);
		if (status != TH_OK)
			return status;
	}
	return TH_OK;
}

th_status th_landfill_run(th_shard *shard)
{
	int last = 0;
	const th_sums *sums;
	th_status status = TH_OK;
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++)
		if (th_by_year_seen(shard->by_year, year, &sums))
			last = year;
	for (size_t i = 0; i < shard->deposits && status == TH_OK; i++) {
		const th_deposit *d = &shard->deposit[i];
		th_now now = d->now;
		int buried = now.period.last_year;
		now.order += TH_ORDER_LATER;
		for (int year = buried + 1; year <= last && status == TH_OK; year++)
			status = run_year(shard, &now, d->recipe, buried, year);
	}
	if (shard->deposits)
		th_caveat_all(shard, th_caveat_number(shard, TH_LANDFILL_DECAY, (char *)NULL));
	return status;
}
