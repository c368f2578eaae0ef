/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a line of a known kind comes to, and where it is added. */

#include "account/kind.h"

#include <stdlib.h>

/* --- groups --- */

static uint32_t place_of(uint32_t slots, const uint64_t seed[2], const th_group_slot *wanted)
{
	return (uint32_t)th_hash_fold(((uint64_t)wanted->klass << 32 | wanted->site) ^ seed[0], ((uint64_t)wanted->source << 32 | wanted->period) ^ seed[1]) & (slots - 1);
}

static inline th_group_slot *find_group(th_group_slot *table, uint32_t slots, const uint64_t seed[2], const th_group_slot *wanted)
{
	for (uint32_t at = place_of(slots, seed, wanted);; at = (at + 1) & (slots - 1)) {
		th_group_slot *slot = &table[at];
		if (slot->number == 0 || (slot->klass == wanted->klass && slot->site == wanted->site && slot->source == wanted->source && slot->period == wanted->period))
			return slot;
	}
}

static th_group_slot group_words(const struct th_kinds *k, uint32_t klass, const th_group_words *words)
{
	return (th_group_slot){.klass = klass * TH_GRADES, .site = k->by_site ? words->site : 0, .source = k->by_source ? words->source : 0, .period = k->by_period ? words->period : 0};
}

void th_kind_fetch(const struct th_kinds *k, const th_line_kind *kind, const th_group_words *words)
{
	__builtin_prefetch(kind->recipe);
	__builtin_prefetch((const char *)kind->recipe + 64);
	__builtin_prefetch((const char *)kind->recipe + 128);
	const th_group_slot wanted = group_words(k, kind->first.klass, words);
	const th_group_slot *slot = &k->group[place_of(k->group_slots, k->seed, &wanted)];
	__builtin_prefetch(slot);
	__builtin_prefetch(&slot->gross);
}

static bool widen_groups(struct th_kinds *k)
{
	uint32_t slots = k->group_slots * 2;
	th_group_slot *table = th_calloc(slots, sizeof *table);
	for (uint32_t i = 0; table && i < k->group_slots; i++)
		if (k->group[i].number)
			*find_group(table, slots, k->seed, &k->group[i]) = k->group[i];
	if (!table)
		return false;
	free(k->group);
	k->group = table;
	k->group_slots = slots;
	return true;
}

/* Its slot; NULL without memory. */
static th_group_slot *group_of(th_shard *shard, const th_now *now, const th_recipe *recipe, const th_kind_term *t)
{
	struct th_kinds *k = shard->kinds;
	const th_group_words words = {k->now[TH_COL_SITE], k->now[TH_COL_SOURCE], k->now[TH_COL_PERIOD]};
	th_group_slot wanted = group_words(k, t->klass, &words);
	wanted.klass += k->by_grade ? now->grade : 0;
	th_group_slot *slot = find_group(k->group, k->group_slots, k->seed, &wanted);
	if (slot->number)
		return slot;
	const th_term *term = t->term;
	th_kind_cells(k);
	const th_group *group = th_group_for(shard, now, th_scope_of(recipe, term->bucket), shard->frame->reference->gas[term->gas].name, now->line->cell[TH_COL_PERIOD]);
	if (!group || (k->groups >= k->group_slots / 4 * 3 && !widen_groups(k)))
		return NULL;
	slot = find_group(k->group, k->group_slots, k->seed, &wanted);
	*slot = wanted;
	k->groups++;
	slot->number = (uint32_t)(group - shard->group) + 1;
	return slot;
}

/* --- a line --- */

/* So large that sums of as many lines as a file may have still fit, and no line that one may have. */
static bool is_small(th_mass mass)
{
	return mass >> 88 == 0 || mass >> 88 == -1;
}

static bool weigh(const th_coef *coef, th_decimal quantity, th_mass *out)
{
	return th_coef_apply(coef, quantity, out) && is_small(*out);
}

static bool weigh_term(const th_kind_term *t, th_decimal quantity, th_mass *out)
{
	const th_coef coef = {.num = t->num, .den = t->den, .exp = t->exp, .negative = t->negative};
	return weigh(t->den ? &coef : &t->term->co2e, quantity, out);
}

bool th_kind_weigh(const th_line_kind *kind, th_decimal quantity, th_weighed *out)
{
	const th_recipe *recipe = kind->recipe;
	th_mass one;
	if (kind->plain)
		return weigh_term(&kind->first, quantity, &out->co2e[0]);
	out->gross = out->coal = out->equal = 0;
	for (size_t i = 0; i < recipe->terms; i++) {
		const th_kind_term *t = &kind->sums->term[i];
		if (!weigh_term(t, quantity, &out->co2e[i]))
			return false;
		out->mass[i] = out->co2e[i];
		if (!t->same && !weigh(&t->term->mass, quantity, &out->mass[i]))
			return false;
		if (t->bucket == TH_GROSS)
			out->gross += out->co2e[i];
	}
	if (recipe->energy && !weigh(recipe->energy, quantity, &out->coal))
		return false;
	if (recipe->energy_equal && !recipe->gives_out && !weigh(recipe->energy_equal, quantity, &out->equal))
		return false;
	for (size_t i = 0; i < recipe->alternatives; i++) {
		const th_alternative *a = &recipe->alternative[i];
		out->other[i] = a->missing ? 0 : -out->gross;
		for (size_t k = 0; k < a->count && !a->missing; k++) {
			if (!weigh(&a->co2e[k], quantity, &one))
				return false;
			out->other[i] += one;
		}
	}
	return true;
}

void th_kind_note(th_shard *shard, th_line_kind *kind, const th_now *now)
{
	shard->lines++;
	kind->lines++;
	if (!kind->quiet) {
		const th_recipe *recipe = kind->recipe;
		kind->loud_lines++;
		kind->quiet = true;
		for (size_t i = 0; i < recipe->caveats; i++) {
			th_caveat_line(shard, recipe->caveat[i], now);
			kind->quiet &= recipe->caveat[i] == TH_NONE || shard->caveat[recipe->caveat[i]].count >= TH_CAVEAT_LINES;
		}
	}
	if (kind->bare_green)
		th_caveat_line(shard, th_caveat_number(shard, kind->bare_green == TH_GREEN_APART ? TH_GREEN_WITHOUT_INSTRUMENT : TH_GREEN_BY_NAME, (char *)NULL), now);
	if (now->quantity.mant < 0)
		th_caveat_line(shard, th_caveat_number(shard, TH_NEGATIVE_QUANTITY, (char *)NULL), now);
}

/* Into its group; where that holds gross emissions only, they wait in the slot. */
static bool add_to_group(th_shard *shard, th_group_slot *slot, th_bucket bucket, th_mass co2e)
{
	if (bucket != TH_GROSS)
		return th_group_add(&shard->group[slot->number - 1], bucket, co2e);
	slot->gross += co2e; /* which is small */
	return true;
}

static th_status add_plain(th_shard *shard, th_line_kind *kind, const th_now *now, th_mass co2e)
{
	th_group_slot *slot = group_of(shard, now, kind->recipe, &kind->first);
	if (!slot)
		return TH_SYSTEM;
	slot->lines++;
	kind->first.co2e += co2e;
	(void)!add_to_group(shard, slot, (th_bucket)kind->first.bucket, co2e);
	return TH_OK;
}

th_status th_kind_add(th_shard *shard, th_line_kind *kind, th_now *now, const th_weighed *w)
{
	const th_recipe *recipe = kind->recipe;
	const bool told = shard->frame->options->listeners > 0;
	th_group_slot *group = NULL;
	if (now->grade) /* of small masses, whose sum fits */
		(void)!th_grade_add(shard, kind->year, now->grade, recipe->scope, !kind->plain ? w->gross : kind->first.bucket == TH_GROSS ? w->co2e[0] : 0);
	if (kind->plain)
		return add_plain(shard, kind, now, w->co2e[0]);
	th_kind_sums *sums = kind->sums;
	now->year = kind->year;
	now->coal = recipe->gives_out ? 0 : w->coal; /* nobody is told of what is not used here */
	for (size_t i = 0; i < recipe->terms; i++) {
		th_kind_term *t = &sums->term[i];
		sums->mass[i] += w->mass[i];
		t->co2e += w->co2e[i];
		if (t->looks) {
			const uint32_t before = group ? group->number : 0;
			group = group_of(shard, now, recipe, t);
			if (!group)
				return TH_SYSTEM;
			group->lines += group->number != before;
		}
		if (t->bucket != TH_MARKET)
			(void)!add_to_group(shard, group, (th_bucket)t->bucket, w->co2e[i]);
		th_status status = told ? th_tell(shard, now, recipe, t->term, w->mass[i], w->co2e[i], now->line->cell[TH_COL_PERIOD], NULL) : TH_OK;
		if (status != TH_OK)
			return status;
	}
	if (told && now->coal != 0) {
		th_status status = th_tell_energy(shard, now, recipe);
		if (status != TH_OK)
			return status;
	}
	sums->gross += w->gross;
	sums->coal += w->coal;
	sums->equal += w->equal;
	for (size_t i = 0; i < recipe->alternatives; i++)
		sums->other[i] += w->other[i];
	bool fits = true;
	return !kind->continuous || th_coverage_line(shard, now, recipe, w->gross, &fits) ? TH_OK : TH_SYSTEM;
}

/* --- all lines --- */

static bool fold_term(th_shard *shard, const th_now *now, const th_line_kind *kind, th_kind_term *t, th_mass mass)
{
	const th_term *term = t->term;
	bool ok = th_sums_add(shard, now, kind->recipe, term, mass, t->co2e);
	th_factor_use *use = term->factor && !term->further ? th_use_of(shard, term->factor, term->bucket == TH_MARKET) : NULL;
	if (use) /* th_sums_add has counted one */
		use->lines += kind->lines - 1;
	t->co2e = 0;
	return ok;
}

static bool fold(th_shard *shard, th_line_kind *kind)
{
	const th_recipe *recipe = kind->recipe;
	const th_now now = {.year = kind->year};
	th_kind_sums *sums = kind->sums, plain = {.term = &kind->first, .mass = &kind->first.co2e, .gross = kind->first.bucket == TH_GROSS ? kind->first.co2e : 0};
	bool ok = true;
	if (!sums)
		sums = &plain;
	for (size_t i = 0; i < recipe->terms; i++)
		ok &= fold_term(shard, &now, kind, &sums->term[i], sums->mass[i]);
	if (shard->frame->market_column && recipe->scope == 2 && !recipe->electricity_market)
		ok &= th_sums_add_market(shard, &now, sums->gross);
	ok &= th_sums_add_energy(shard, &now, recipe, sums->coal, sums->equal);
	for (size_t i = 0; i < recipe->alternatives; i++)
		if (!recipe->alternative[i].missing)
			ok &= th_sums_add_other(shard, &now, recipe->alternative[i].other, sums->other[i]);
	for (size_t i = 0; i < recipe->caveats; i++) {
		ok &= th_caveat_weigh(shard, recipe->caveat[i], sums->gross);
		if (recipe->caveat[i] != TH_NONE)
			shard->caveat[recipe->caveat[i]].count += kind->lines - kind->loud_lines;
	}
	memset(sums->mass, 0, ((size_t)recipe->terms + recipe->alternatives) * sizeof *sums->mass);
	sums->gross = sums->coal = sums->equal = 0;
	return ok;
}

th_status th_kinds_fold(th_shard *shard)
{
	struct th_kinds *k = shard->kinds;
	bool ok = true;
	for (uint32_t i = 0; i < k->count; i++) {
		th_line_kind *kind = k->kind[i];
		if (kind->lines == 0)
			continue;
		if (!th_user_units_add(shard, th_word_of(&k->words[TH_COL_UNIT], kind->unit)->text, kind->lines))
			return TH_SYSTEM;
		if (!kind->by_hand)
			ok &= fold(shard, kind);
		else
			for (size_t c = 0; c < kind->recipe->caveats; c++)
				if (kind->recipe->caveat[c] != TH_NONE)
					shard->caveat[kind->recipe->caveat[c]].count += kind->lines - kind->loud_lines;
		kind->lines = kind->loud_lines = 0;
	}
	for (uint32_t i = 0; i < k->group_slots; i++) {
		th_group_slot *slot = &k->group[i];
		if (slot->number == 0)
			continue;
		shard->group[slot->number - 1].lines += slot->lines;
		ok &= th_group_add(&shard->group[slot->number - 1], TH_GROSS, slot->gross);
		slot->lines = 0;
		slot->gross = 0;
	}
	if (ok)
		return TH_OK;
	return th_report(shard->diags, TH_NUMBER_TOO_LARGE, (th_pos){NULL, 0, 0, NULL}, "Σ", (char *)NULL);
}
