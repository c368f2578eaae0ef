/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recipes that serve the accounts behind the one they were made for: copies that hold nothing of it. */

#include "account/kept.h"

#include "base/list.h"

enum { LONGEST_KEY = 512 };

/* A caveat that was asked for while the recipe was made. */
typedef struct kept_caveat {
	th_code code;
	th_slice *arg;
	size_t args;
} kept_caveat;

struct th_kept_recipe {
	th_recipe recipe;          /* its caveats: which of these */
	kept_caveat *caveat;
	size_t caveats;
};

bool th_kept_key(const th_shard *shard, th_slice period_kind, th_slice line, th_buf *out)
{
	const th_frame *frame = shard->frame;
	const struct { const th_profile *profile; int gwp, nearest, heard, market; } of = {
		frame->profile, frame->gwp, frame->options->fallback_nearest != 0, frame->options->listeners > 0, frame->market_column,
	};
	th_buf_clear(out);
	th_buf_add(out, &of, sizeof of);
	th_buf_slice(out, period_kind);
	th_buf_slice(out, line);
	return !out->failed;
}

/* --- to the shard --- */

bool th_kept_recipe(th_shard *shard, th_slice key, th_recipe **out)
{
	const th_kept_recipes *all = th_kept_recipes_of(shard->kept);
	uint32_t number = th_intern_find(&all->key, key);
	*out = NULL;
	if (number == TH_NONE)
		return true;
	const struct th_kept_recipe *kept = all->list[number];
	uint32_t *asked = th_arena_alloc(&shard->scratch, kept->caveats + 1, sizeof *asked);
	th_recipe *recipe = th_arena_alloc(&shard->recipes.arena, 1, sizeof *recipe);
	uint32_t *caveat = th_arena_alloc(&shard->recipes.arena, kept->recipe.caveats + 1, sizeof *caveat);
	for (size_t i = 0; asked && i < kept->caveats; i++) {
		asked[i] = th_caveat_of(shard, kept->caveat[i].code, kept->caveat[i].arg, kept->caveat[i].args);
		if (asked[i] == TH_NONE)
			return false;
	}
	if (!asked || !recipe || !caveat)
		return false;
	uint32_t unit = th_intern_add(&shard->recipes.unit, (th_slice){(const char *)kept->recipe.unit, sizeof *kept->recipe.unit});
	if (unit == TH_NONE)
		return false;
	*recipe = kept->recipe;
	recipe->unit = (const th_unit *)(const void *)th_intern_text(&shard->recipes.unit, unit).ptr;
	for (size_t i = 0; i < recipe->caveats; i++)
		caveat[i] = asked[kept->recipe.caveat[i]];
	recipe->caveat = caveat;
	*out = recipe;
	return true;
}

/* --- from it --- */

/* Room in the arena, and what was taken of it; `failed` without memory. */
typedef struct copying {
	th_arena *arena;
	size_t bytes;
	bool failed;
} copying;

static void *room(copying *c, size_t count, size_t size)
{
	void *at = th_arena_alloc(c->arena, count ? count : 1, size);
	c->bytes += count * size;
	c->failed |= !at;
	return at;
}

static th_slice text_of(copying *c, th_slice text)
{
	th_slice copy = text.ptr ? th_arena_copy(c->arena, text) : text;
	c->bytes += text.len;
	c->failed |= text.ptr && !copy.ptr;
	return copy;
}

static const th_told *told_of(copying *c, const th_told *from)
{
	th_told *told = from ? room(c, 1, sizeof *told) : NULL;
	th_formula_term *part = told ? room(c, from->parts, sizeof *part) : NULL;
	for (size_t i = 0; part && i < from->parts; i++) {
		part[i] = from->part[i];
		part[i].name = part[i].name ? text_of(c, th_slice_of(part[i].name)).ptr : NULL;
		part[i].value = text_of(c, part[i].value);
		part[i].unit = text_of(c, part[i].unit);
	}
	if (told)
		*told = (th_told){part, from->parts, text_of(c, from->formula)};
	return told;
}

static const th_coef *coef_of(copying *c, const th_coef *from)
{
	th_coef *coef = from ? room(c, 1, sizeof *coef) : NULL;
	if (coef)
		*coef = *from;
	return coef;
}

static const th_unit *unit_of(copying *c, const th_unit *from)
{
	th_unit *unit = room(c, 1, sizeof *unit);
	if (unit)
		*unit = *from;
	return unit;
}

static th_term *terms_of(copying *c, const th_recipe *recipe)
{
	th_term *term = room(c, recipe->terms, sizeof *term);
	for (size_t i = 0; term && i < recipe->terms; i++) {
		term[i] = recipe->term[i];
		term[i].told = told_of(c, recipe->term[i].told);
	}
	return term;
}

static th_alternative *alternatives_of(copying *c, const th_recipe *recipe)
{
	th_alternative *list = room(c, recipe->alternatives, sizeof *list);
	for (size_t i = 0; list && i < recipe->alternatives; i++) {
		const th_alternative *from = &recipe->alternative[i];
		list[i] = *from;
		list[i].what = text_of(c, from->what);
		list[i].co2e = room(c, from->count, sizeof *list[i].co2e);
		if (list[i].co2e && from->count)
			memcpy(list[i].co2e, from->co2e, from->count * sizeof *from->co2e);
	}
	return list;
}

static kept_caveat *caveats_of(copying *c, const th_shard *shard, const uint32_t *caveat, size_t caveats)
{
	kept_caveat *list = room(c, caveats, sizeof *list);
	for (size_t i = 0; list && i < caveats; i++) {
		const th_caveat *from = &shard->caveat[caveat[i]];
		list[i] = (kept_caveat){from->code, room(c, from->args, sizeof *list[i].arg), from->args};
		for (size_t k = 0; list[i].arg && k < from->args; k++)
			list[i].arg[k] = text_of(c, from->arg[k]);
	}
	return list;
}

/* The recipe's caveats as places among those that were asked for. */
static uint32_t *places_of(copying *c, const th_recipe *recipe, const uint32_t *caveat, size_t caveats)
{
	uint32_t *list = room(c, recipe->caveats, sizeof *list);
	for (size_t i = 0; list && i < recipe->caveats; i++) {
		uint32_t at = 0;
		while (at < caveats && caveat[at] != recipe->caveat[i])
			at++;
		list[i] = at;
		c->failed |= at == caveats;
	}
	return list;
}

/* Does it hang on its key and the reference alone, and are its numbers where a copy has them? */
static bool serves_others(const th_shard *shard, const th_recipe *recipe, const uint32_t *caveat, size_t caveats)
{
	const th_frame *frame = shard->frame;
	const th_reference *reference = frame->reference;
	bool ok = !frame->has_condition && (!frame->instruments || frame->instruments->count == 0) && !recipe->decay && !th_index_is(recipe->instrument) &&
	          !recipe->of_instrument && !recipe->electricity_market && recipe->activity >= reference->activity && recipe->activity < reference->activity + reference->activities &&
	          !(recipe->energy && recipe->energy->exact) && !(recipe->energy_equal && recipe->energy_equal->exact);
	for (size_t i = 0; i < recipe->terms; i++)
		ok &= !recipe->term[i].mass.exact && !recipe->term[i].co2e.exact;
	for (size_t i = 0; i < recipe->alternatives; i++)
		for (size_t k = 0; k < recipe->alternative[i].count; k++)
			ok &= !recipe->alternative[i].co2e[k].exact;
	for (size_t i = 0; i < caveats && ok; i++) /* what else a caveat says hangs on the lines that have it */
		ok = caveat[i] != TH_NONE && !shard->caveat[caveat[i]].weighed && !shard->caveat[caveat[i]].compared && !shard->caveat[caveat[i]].market;
	return ok;
}

void th_kept_keep(th_shard *shard, th_slice key, const th_recipe *recipe, const uint32_t *caveat, size_t caveats)
{
	th_kept_recipes *all = th_kept_recipes_of(shard->kept);
	const uint32_t count = all->key.count;
	if (key.len > LONGEST_KEY || !serves_others(shard, recipe, caveat, caveats) || !th_kept_room(shard->kept, key.len + sizeof(struct th_kept_recipe)))
		return;
	copying c = {.arena = &all->arena};
	struct th_kept_recipe **grown = th_grown(all->list, count, sizeof(struct th_kept_recipe *)), *kept = room(&c, 1, sizeof *kept);
	if (!grown)
		return;
	all->list = grown;
	if (!kept)
		return;
	kept->recipe = *recipe;
	kept->recipe.unit = unit_of(&c, recipe->unit);
	kept->recipe.unit_text = text_of(&c, recipe->unit_text);
	kept->recipe.energy = coef_of(&c, recipe->energy);
	kept->recipe.energy_equal = coef_of(&c, recipe->energy_equal);
	kept->recipe.term = terms_of(&c, recipe);
	kept->recipe.alternative = alternatives_of(&c, recipe);
	kept->recipe.caveat = places_of(&c, recipe, caveat, caveats);
	kept->caveat = caveats_of(&c, shard, caveat, caveats);
	kept->caveats = caveats;
	(void)th_kept_room(shard->kept, c.bytes);
	if (!c.failed && th_intern_add(&all->key, key) == count)
		all->list[count] = kept;
}
