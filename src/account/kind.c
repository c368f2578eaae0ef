/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/kind.h"

#include <stdlib.h>

#include "account/kept.h"
#include "base/list.h"

enum { KINDS_MOST = 1 << 16, LINE = 64, AT_ONCE = 128 };

static void forget_groups(struct th_kinds *k)
{
	memset(k->group, 0, k->group_slots * sizeof *k->group);
	k->groups = 0;
}

/* Too many words that decide something, or words that mean something else now: all is learned again. */
static th_status forget(th_shard *shard)
{
	struct th_kinds *k = shard->kinds;
	th_status status = th_kinds_fold(shard);
	k->era++;
	for (size_t i = 0; i < TH_WORDED; i++)
		th_words_clear(&k->words[th_worded[i]]);
	memset(k->slot, 0, k->slots * sizeof *k->slot);
	forget_groups(k);
	k->count = k->taken = 0;
	th_numbers_free(&k->alike);
	k->left = 0;
	th_intern_free(&k->klass);
	th_arena_free(&k->arena);
	return status;
}

/* Too many words of a column. Where it decides nothing, no kind hangs on them, and groups are found again by others. */
static th_status forget_column(th_shard *shard, th_inventory_column column)
{
	if (th_is_deciding(column))
		return forget(shard);
	th_status status = th_kinds_fold(shard);
	shard->kinds->era++;
	forget_groups(shard->kinds);
	th_words_clear(&shard->kinds->words[column]);
	return status;
}

/* --- words --- */

/* Of a period the kind of lines that it decides; false: it is odd. */
static bool read_period(th_shard *shard, th_slice text, th_word *word)
{
	if (th_kept_period(shard->kept, text, &word->period) != TH_PERIOD_OK || word->period.first_year != word->period.last_year)
		return false;
	const th_first_day means = th_first_day_in(shard, text, &word->period);
	if (means == TH_FIRST_BY_SERIES)
		return false;
	if (means == TH_FIRST_IS_MONTH)
		word->period = th_period_month(&word->period);
	word->period_kind = th_period_kind_of(shard, &word->period, &word->period);
	return word->period_kind < UINT16_MAX && word->period.first_year >= (int)shard->frame->reference->plausible.bound[TH_BOUND_LEAST_YEAR];
}

static bool read_half(th_slice text, char delimiter, th_word *word)
{
	th_number kind = th_half_in(text, delimiter, &word->half);
	word->has_half = kind == TH_NUM_OK && word->half.mant >= 0;
	return word->has_half || kind == TH_NUM_MISSING;
}

static bool is_odd(th_shard *shard, th_inventory_column column, th_slice text, char delimiter, th_word *word)
{
	const bool sums = word->says.total != TH_SUMS_NOTHING, part = word->says.place[TH_ROW_PART] >= TH_WORD_START;
	switch (column) {
	case TH_COL_PERIOD: return sums || !read_period(shard, text, word);
	case TH_COL_ACTIVITY: return sums || part || word->says.certificate;
	case TH_COL_UNIT: return word->says.certificate;
	case TH_COL_SITE: case TH_COL_SOURCE: return sums || part;
	case TH_COL_UNCERTAINTY: return !read_half(text, delimiter, word);
	case TH_COL_GRADE: return !th_grade_of(shard->frame->reference, text, &word->grade);
	default: return false;
	}
}

static bool has_spelling(th_inventory_column column)
{
	return column == TH_COL_PERIOD || column == TH_COL_ACTIVITY || column == TH_COL_UNIT || column == TH_COL_SITE || column == TH_COL_SOURCE;
}

static bool names_certificate(const th_shard *shard, th_slice text)
{
	return th_is_certificate(shard->frame->reference, &shard->frame->certificates, text);
}

/* 0 without memory. */
static uint32_t new_word(th_shard *shard, th_inventory_column column, th_slice text, const th_text_slot *wanted)
{
	struct th_kinds *k = shard->kinds;
	th_word word = {.text = th_arena_copy(&k->words[column].arena, text)};
	if (!word.text.ptr || (has_spelling(column) && !th_spell(shard, text, &word.says)))
		return 0;
	if (column == TH_COL_SOURCE)
		word.certificate = word.says.certificate;
	else if (column == TH_COL_FACTOR)
		word.certificate = names_certificate(shard, text);
	bool odd = is_odd(shard, column, text, k->delimiter, &word);
	return th_words_add(&k->words[column], wanted, &word, odd);
}

/* The words of the line. *odd: one of them is for the careful way. False without memory. */
static bool find_words(th_shard *shard, const th_line *line, bool *odd)
{
	struct th_kinds *k = shard->kinds;
	th_text_slot wanted;
	uint32_t any = 0;
	for (size_t i = 0; i < TH_WORDED; i++) {
		const th_inventory_column column = th_worded[i];
		const th_slice cell = line->cell[column];
		uint32_t number = 0;
		if (cell.len) {
			th_words *words = &k->words[column];
			number = th_word_find(words, cell, &wanted);
			if (number == 0 && words->texts.count == TH_WORDS_MOST) /* those before it are forgotten, too */
				return forget_column(shard, column) != TH_SYSTEM && find_words(shard, line, odd);
			if (number == 0)
				number = new_word(shard, column, cell, &wanted);
			if (number == 0)
				return false;
		}
		k->now[column] = number;
		any |= number;
	}
	*odd = (any & TH_WORD_ODD) != 0 || line->cell[TH_COL_PERIOD].len == 0;
	return true;
}

/* --- kinds --- */

static th_kind_slot *find_kind(th_kind_slot *table, uint32_t slots, const uint64_t seed[2], const uint64_t key[TH_KIND_KEYS])
{
	uint64_t hash = th_hash_fold(key[0] ^ seed[0], key[1] ^ seed[1]) ^ th_hash_fold(key[2] ^ seed[1], UINT64_C(0x165667B19E3779F9));
	uint32_t at = (uint32_t)hash & (slots - 1);
	while (table[at].kind && ((table[at].key[0] ^ key[0]) | (table[at].key[1] ^ key[1]) | (table[at].key[2] ^ key[2])))
		at = (at + 1) & (slots - 1);
	return &table[at];
}

/* 16 bits each: the kind of period, then the words that decide a recipe. */
static void put_key(struct th_kinds *k)
{
	_Static_assert(TH_DECIDING < 4 * TH_KIND_KEYS, "a kind's key has room for each word");
	uint64_t *key = k->key;
	key[0] = th_word_of(&k->words[TH_COL_PERIOD], k->now[TH_COL_PERIOD])->period_kind;
	key[1] = key[2] = 0;
	for (size_t i = 0; i < TH_DECIDING; i++)
		key[(i + 1) / 4] |= (uint64_t)k->now[th_deciding[i]] << (i + 1) % 4 * 16;
}

/* What takes something off says more by its other words. */
static bool is_certificate(const th_shard *shard, const th_line *line)
{
	const struct th_kinds *k = shard->kinds;
	return line->cell[TH_COL_INSTRUMENT].len || th_word_of(&k->words[TH_COL_SOURCE], k->now[TH_COL_SOURCE])->certificate ||
	       th_word_of(&k->words[TH_COL_FACTOR], k->now[TH_COL_FACTOR])->certificate || names_certificate(shard, line->cell[TH_COL_NOTE]) ||
	       names_certificate(shard, line->cell[TH_COL_EVIDENCE]);
}

static void set_said(th_shard *shard)
{
	const struct th_kinds *k = shard->kinds;
	th_said *said = &shard->said;
	said->activity = &th_word_of(&k->words[TH_COL_ACTIVITY], k->now[TH_COL_ACTIVITY])->says;
	said->unit = &th_word_of(&k->words[TH_COL_UNIT], k->now[TH_COL_UNIT])->says;
	said->site = &th_word_of(&k->words[TH_COL_SITE], k->now[TH_COL_SITE])->says;
	said->source = &th_word_of(&k->words[TH_COL_SOURCE], k->now[TH_COL_SOURCE])->says;
	said->period = &th_word_of(&k->words[TH_COL_PERIOD], k->now[TH_COL_PERIOD])->says;
}

th_line_kind *th_kind_by_words(struct th_kinds *k)
{
	put_key(k);
	k->known = true;
	return find_kind(k->slot, k->slots, k->seed, k->key)->kind;
}

bool th_kind_read(th_shard *shard, th_now *now)
{
	const struct th_kinds *k = shard->kinds;
	const th_line *line = now->line;
	th_said *said = &shard->said;
	said->quantity = th_number_in(line->cell[TH_COL_QUANTITY], line->delimiter, &now->quantity, &said->notes);
	if (said->quantity != TH_NUM_OK || said->notes || (now->quantity.mant < 0 && is_certificate(shard, line)))
		return false;
	const th_word *period = th_word_of(&k->words[TH_COL_PERIOD], k->now[TH_COL_PERIOD]);
	const th_word *half = th_word_of(&k->words[TH_COL_UNCERTAINTY], k->now[TH_COL_UNCERTAINTY]);
	now->period = now->whole = period->period;
	now->rounded = false;
	now->has_half = half->has_half;
	now->half = half->half;
	now->grade = th_word_of(&k->words[TH_COL_GRADE], k->now[TH_COL_GRADE])->grade;
	now->coal = 0;
	set_said(shard);
	return true;
}

bool th_kind_find(th_shard *shard, th_now *now, th_line_kind **out)
{
	struct th_kinds *k = shard->kinds;
	const th_line *line = now->line;
	bool odd;
	*out = NULL;
	k->known = false;
	if (line->delimiter != k->delimiter) {
		if (k->delimiter && forget(shard) == TH_SYSTEM) /* of the first line there is nothing yet */
			return false;
		k->delimiter = line->delimiter;
	}
	if (!find_words(shard, line, &odd))
		return false;
	if (odd)
		return true;
	th_line_kind *kind = th_kind_by_words(k);
	*out = kind && th_kind_read(shard, now) ? kind : NULL;
	return true;
}

/* --- learning --- */

/* All that the group of a gas has of the kind, as one number; TH_NONE without memory. */
static uint32_t klass_of(th_shard *shard, const th_now *now, const th_recipe *recipe, const th_term *term)
{
	struct th_kinds *k = shard->kinds;
	struct { uint32_t activity, gas; int scope, first, last; } what = {0, 0, 0, 0, 0};
	for (size_t i = 0; i < shard->frame->bys; i++)
		switch (shard->frame->by[i]) {
		case TH_BY_ACTIVITY: what.activity = k->now[TH_COL_ACTIVITY]; break;
		case TH_BY_GAS: what.gas = term->gas + 1; break;
		case TH_BY_SCOPE: what.scope = th_scope_of(recipe, term->bucket); break;
		case TH_BY_YEAR: what.first = now->period.first_year; what.last = now->period.last_year; break;
		case TH_BY_SITE: case TH_BY_SOURCE: case TH_BY_PERIOD: case TH_BY_GRADE: case TH_BYS: break;
		}
	return th_intern_add(&k->klass, (th_slice){(const char *)&what, sizeof what});
}

static bool same_coef(const th_coef *a, const th_coef *b)
{
	return a->den && a->den == b->den && a->num == b->num && a->exp == b->exp && a->negative == b->negative;
}

static bool learn_terms(th_shard *shard, const th_now *now, const th_recipe *recipe, th_kind_term *list)
{
	const th_frame *frame = shard->frame;
	bool by_gas = false, first = true;
	th_bucket last = TH_GROSS;
	for (size_t i = 0; i < frame->bys; i++)
		by_gas |= frame->by[i] == TH_BY_GAS;
	for (size_t i = 0; i < recipe->terms; i++) {
		const th_term *term = &recipe->term[i];
		th_kind_term *t = &list[i];
		*t = (th_kind_term){.term = term, .num = term->co2e.num, .den = term->co2e.den, .exp = term->co2e.exp, .negative = term->co2e.negative, .bucket = term->bucket, .same = same_coef(&term->mass, &term->co2e)};
		if (term->bucket == TH_MARKET)
			continue;
		t->looks = first || by_gas || (term->bucket == TH_OUTSIDE) != (last == TH_OUTSIDE);
		t->klass = klass_of(shard, now, recipe, term);
		if (t->klass == TH_NONE)
			return false;
		last = t->looks ? (th_bucket)term->bucket : last;
		first = false;
	}
	return true;
}

static bool widen(struct th_kinds *k)
{
	uint32_t slots = k->slots * 2;
	th_kind_slot *table = th_calloc(slots, sizeof *table);
	for (uint32_t i = 0; table && i < k->slots; i++)
		if (k->slot[i].kind)
			*find_kind(table, slots, k->seed, k->slot[i].key) = k->slot[i];
	if (!table)
		return false;
	free(k->slot);
	k->slot = table;
	k->slots = slots;
	return true;
}

/* Kinds lie in lines of the cache of their own. NULL without memory. */
static th_line_kind *room_for_kind(struct th_kinds *k)
{
	_Static_assert(sizeof(void *) != 8 || sizeof(th_line_kind) == 2 * LINE, "a kind is two lines of the cache");
	if (k->left == 0) {
		char *room = th_arena_alloc(&k->arena, AT_ONCE * sizeof(th_line_kind) + LINE, 1);
		if (!room)
			return NULL;
		k->room = room + (LINE - (uintptr_t)room % LINE) % LINE;
		k->left = AT_ONCE;
	}
	k->left--;
	th_line_kind *kind = (th_line_kind *)(void *)k->room;
	k->room += sizeof *kind;
	return kind;
}

/* Room for the sums of a kind that is not plain. */
static bool add_sums(struct th_kinds *k, th_line_kind *kind, th_kind_term *term)
{
	const th_recipe *recipe = kind->recipe;
	th_kind_sums *sums = th_arena_alloc(&k->arena, 1, sizeof *sums);
	th_mass *mass = th_arena_alloc(&k->arena, (size_t)recipe->terms + recipe->alternatives + 1, sizeof *mass);
	if (!sums || !mass)
		return false;
	*sums = (th_kind_sums){.term = term, .mass = mass, .other = mass + recipe->terms};
	kind->sums = sums;
	return true;
}

static bool learn_kind(th_shard *shard, const th_now *now, const th_recipe *recipe, th_line_kind *kind)
{
	struct th_kinds *k = shard->kinds;
	th_kind_term *term = recipe->terms > 1 ? th_arena_alloc(&k->arena, recipe->terms, sizeof *term) : &kind->first;
	if (!term || !learn_terms(shard, now, recipe, term))
		return false;
	kind->plain = recipe->terms == 1 && kind->first.same && kind->first.bucket != TH_MARKET && !recipe->energy && !recipe->energy_equal &&
	              recipe->alternatives == 0 && !kind->continuous && !recipe->bare_green && shard->frame->options->listeners == 0;
	return kind->plain || add_sums(k, kind, term);
}

/* A kind of the recipe, which is the last one; NULL without memory. */
static th_line_kind *new_kind(th_shard *shard, const th_now *now, const th_recipe *recipe, uint64_t alike)
{
	struct th_kinds *k = shard->kinds;
	th_line_kind **grown = th_grown(k->kind, k->count, sizeof(th_line_kind *)), *kind = room_for_kind(k);
	k->kind = grown ? grown : k->kind;
	if (!grown || !kind)
		return NULL;
	*kind = (th_line_kind){.recipe = recipe, .year = now->year, .unit = k->now[TH_COL_UNIT], .activity = k->now[TH_COL_ACTIVITY],
	                       .continuous = recipe->activity->continuous, .bare_green = recipe->bare_green};
	kind->by_hand = recipe->decay || recipe->terms > TH_KIND_TERMS || recipe->alternatives > TH_KIND_OTHERS;
	if (!kind->by_hand && !learn_kind(shard, now, recipe, kind))
		return NULL;
	k->kind[k->count] = kind;
	if (!th_numbers_add(&k->alike, alike))
		return NULL;
	k->count++;
	return kind;
}

/* The kind of lines of this recipe; NULL without memory. */
static th_line_kind *kind_of(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	struct th_kinds *k = shard->kinds;
	const bool by_unit = th_units_user_rows(shard->frame->reference->units) > 0;
	const uint32_t unit = by_unit ? k->now[TH_COL_UNIT] : 0, activity = k->by_activity ? k->now[TH_COL_ACTIVITY] : 0;
	const uint64_t what[] = {(uint64_t)(uintptr_t)recipe, (uint64_t)(uintptr_t)now->year, (uint64_t)unit << 32 | activity};
	const uint64_t alike = th_hash_words(what, sizeof what / sizeof *what);
	uint32_t at = 0, number;
	while ((number = th_numbers_next(&k->alike, alike, &at)) != TH_NONE) {
		th_line_kind *kind = k->kind[number];
		if (kind->recipe == recipe && kind->year == now->year && (!by_unit || kind->unit == unit) && (!k->by_activity || kind->activity == activity))
			return kind;
	}
	return new_kind(shard, now, recipe, alike);
}

bool th_kind_recipe(const th_shard *shard, uint32_t period_kind, const th_recipe **recipe)
{
	const struct th_kinds *k = shard->kinds;
	*recipe = NULL;
	if (!k->known || period_kind != (uint16_t)k->key[0])
		return false;
	const th_line_kind *kind = find_kind(k->slot, k->slots, k->seed, k->key)->kind;
	*recipe = kind ? kind->recipe : NULL;
	return kind || k->taken < KINDS_MOST;
}

bool th_kind_learn(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	struct th_kinds *k = shard->kinds;
	/* Once: a line that is odd by its number has a kind that is known. */
	if (!k->known || recipe->spilled || k->taken == KINDS_MOST || find_kind(k->slot, k->slots, k->seed, k->key)->kind)
		return true;
	if (k->taken >= k->slots / 8 * 7 && !widen(k))
		return false;
	th_line_kind *kind = kind_of(shard, now, recipe);
	if (!kind)
		return false;
	th_kind_slot *slot = find_kind(k->slot, k->slots, k->seed, k->key);
	memcpy(slot->key, k->key, sizeof slot->key);
	slot->kind = kind;
	k->taken++;
	return true;
}
