/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines that differ in their words and are computed alike share a recipe: kWh and 度, an activity by any of its names. A large file has three times as many
 * combinations of words as recipes, and memory holds only these. */

#include "account/recipe.h"

#include <stdlib.h>

#include "base/list.h"

static void put_text(th_buf *buf, th_slice text)
{
	th_buf_add(buf, &text.len, sizeof text.len);
	th_buf_slice(buf, text);
}

static void put_number(th_buf *buf, uint64_t number)
{
	th_buf_add(buf, &number, sizeof number);
}

static void put_pointer(th_buf *buf, const void *pointer)
{
	put_number(buf, (uint64_t)(uintptr_t)pointer);
}

/* False where it is too wide for that. */
static bool put_coef(th_buf *buf, const th_coef *coef)
{
	put_number(buf, coef->num);
	put_number(buf, coef->den);
	put_number(buf, (uint64_t)(uint32_t)coef->exp << 1 | coef->negative);
	return !coef->exact;
}

static bool put_coef_of(th_buf *buf, const th_coef *coef)
{
	return !coef || put_coef(buf, coef);
}

static bool put_term(th_buf *buf, const th_term *term)
{
	put_pointer(buf, term->factor);
	put_number(buf, (uint64_t)term->gas << 32 | (uint64_t)term->bucket << 1 | term->further);
	return put_coef(buf, &term->mass) && put_coef(buf, &term->co2e);
}

static bool put_alternative(th_buf *buf, const th_alternative *a)
{
	bool ok = true;
	put_number(buf, (uint64_t)a->other << 32 | a->missing);
	put_text(buf, a->what);
	put_number(buf, a->count);
	for (size_t i = 0; i < a->count; i++)
		ok &= put_coef(buf, &a->co2e[i]);
	return ok;
}

/* All that a recipe says, but for its words. False where it holds what is not compared. */
static bool put_recipe(th_buf *buf, const th_recipe *r)
{
	const bool flags[] = {r->electricity_market, r->energy, r->energy_equal, r->of_instrument, r->gives_out, r->apart, r->of_energy};
	bool ok = !r->decay;
	th_buf_clear(buf);
	put_pointer(buf, r->activity);
	put_pointer(buf, r->unit);
	put_text(buf, r->unit_text);
	put_number(buf, (uint64_t)(uint32_t)r->scope << 32 | (uint32_t)r->iso);
	th_buf_add(buf, flags, sizeof flags);
	put_number(buf, (uint64_t)r->bare_green << 32 | th_index_number(r->instrument));
	put_number(buf, r->what);
	put_number(buf, r->said);
	put_number(buf, r->series);
	ok &= put_coef_of(buf, r->energy) && put_coef_of(buf, r->energy_equal) && put_coef_of(buf, r->of_instrument);
	put_number(buf, r->terms);
	for (size_t i = 0; i < r->terms; i++)
		ok &= put_term(buf, &r->term[i]);
	put_number(buf, r->alternatives);
	for (size_t i = 0; i < r->alternatives; i++)
		ok &= put_alternative(buf, &r->alternative[i]);
	put_number(buf, r->caveats);
	if (r->caveats)
		th_buf_add(buf, r->caveat, r->caveats * sizeof *r->caveat);
	return ok && !buf->failed;
}

static bool keep(th_recipes *all, uint64_t hash, th_recipe *recipe)
{
	th_recipe **grown = th_grown(all->list, all->number.count, sizeof(th_recipe *));
	if (!grown)
		return false;
	all->list = grown;
	grown[all->number.count] = recipe;
	return th_numbers_add(&all->number, hash);
}

bool th_recipe_share(th_shard *shard, th_recipe **recipe, th_arena_mark before)
{
	th_recipes *all = &shard->recipes;
	th_buf *said = &shard->text, of_other = {0};
	if (shard->frame->options->listeners > 0 || !put_recipe(said, *recipe)) /* who listens is told each line's words */
		return !said->failed;
	const uint64_t hash = th_hash(said->ptr, said->len);
	uint32_t at = 0, number;
	bool ok = true, found = false;
	while (ok && !found && (number = th_numbers_next(&all->number, hash, &at)) != TH_NONE) {
		ok = put_recipe(&of_other, all->list[number]);
		found = ok && th_slice_eq(th_buf_view(&of_other), th_buf_view(said));
		if (found) {
			th_arena_rewind(&all->arena, before);
			*recipe = all->list[number];
		}
	}
	th_buf_free(&of_other);
	return ok && (found || keep(all, hash, *recipe));
}
