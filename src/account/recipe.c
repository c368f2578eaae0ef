/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a line's words to its recipe. Lines with the same words share one, so this work is done once for each kind of line. */

#include "account/kept.h"
#include "account/recipe.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/print.h"

enum { MOST_RECIPES = 65536, MOST_FAILURES = 4096, FIRST_SLOTS = 64 };

/* --- the other profiles --- */

static bool same_factors(const th_resolved *a, const th_resolved *b)
{
	if (a->terms != b->terms)
		return false;
	for (size_t i = 0; i < a->terms; i++)
		if (a->term[i].factor != b->term[i].factor || a->term[i].bucket != b->term[i].bucket)
			return false;
	return true;
}

/* What the line names itself, or has no factor, no profile sees otherwise; only of power the market's part is each profile's own. */
static bool is_alike_in_all(const th_build *build)
{
	th_method method = build->activity->method;
	bool market = method == TH_METHOD_ELECTRICITY && build->frame->market_column;
	return method == TH_METHOD_ENERGY_ONLY || method == TH_METHOD_CREDIT || (th_build_cell(build, TH_COL_FACTOR).len && !market);
}

static bool add_alternatives(th_build *build, th_recipe *recipe, const th_resolved *main, bool region_given, uint32_t region)
{
	const th_frame *frame = build->frame;
	th_resolved *r = th_malloc(sizeof *r);
	th_alternative *list = th_arena_alloc(&build->shard->scratch, frame->others ? frame->others : 1, sizeof *list);
	bool ok = r && list;
	build->report = false;
	for (uint32_t i = 0; i < frame->others && ok; i++) {
		const th_profile *profile = &frame->reference->profile[frame->other[i]];
		uint32_t of_profile = region_given ? region : profile->region;
		if (of_profile == region && is_alike_in_all(build))
			continue;
		th_status status = th_resolve(build, profile, of_profile, r);
		th_alternative *a = &list[recipe->alternatives];
		*a = (th_alternative){.other = i};
		ok = status != TH_SYSTEM;
		if (status != TH_OK || r->failed) {
			a->missing = true;
			a->what = r->missing.ptr ? r->missing : build->missing;
		} else if (same_factors(main, r))
			continue;
		else {
			a->co2e = th_arena_alloc(build->arena, r->terms ? r->terms : 1, sizeof *a->co2e);
			ok = a->co2e != NULL;
			for (size_t t = 0; t < r->terms && ok; t++)
				if (r->term[t].bucket == TH_GROSS)
					a->co2e[a->count++] = r->term[t].co2e;
		}
		recipe->alternatives++;
	}
	free(r);
	if (ok && recipe->alternatives) {
		recipe->alternative = th_arena_alloc(build->arena, recipe->alternatives, sizeof *list);
		ok = recipe->alternative != NULL;
		if (ok)
			memcpy(recipe->alternative, list, recipe->alternatives * sizeof *list);
	}
	return ok;
}

/* --- putting the recipe together --- */

/* Heat of a fuel counts as net. What it would be worth if it were gross, the account says once it is summed. */
static void note_heat(th_build *build, th_resolved *r)
{
	const th_plausible *p = &build->frame->reference->plausible;
	const th_activity *activity = build->activity;
	const char *id = th_z_activity(build->shard, activity), *unit = th_z(build->shard, build->unit_text);
	bool gas = activity->gas && !activity->non_fossil;
	if (build->heat == TH_HEAT_NET || !r->main || r->main->layer)
		return;
	int share = (int)p->bound[gas ? TH_BOUND_NET_GAS : TH_BOUND_NET_COAL];
	if ((!gas && !activity->coal) || share == 0) {
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_ENERGY_NET, id, unit, (char *)NULL));
		return;
	}
	char percent[16];
	(void)th_print(percent, sizeof percent, "%d", share);
	const th_slice arg[] = {th_slice_of(id), th_slice_of(unit), th_slice_of(percent)}; /* the last comes with the sum */
	uint32_t number = th_caveat_of(build->shard, TH_ENERGY_NET_WORTH, arg, sizeof arg / sizeof *arg);
	if (number != TH_NONE) {
		build->shard->caveat[number].weighed = true;
		build->shard->caveat[number].share = share;
	}
	th_resolved_note(r, build, number);
}

static void note_energy(th_build *build, th_resolved *r)
{
	const th_unit *unit = &build->unit;
	if (!th_unit_same_dimension(unit, &build->frame->energy_unit))
		return;
	if (build->activity->method == TH_METHOD_COMBUSTION)
		note_heat(build, r);
	else if (build->activity->method == TH_METHOD_ELECTRICITY && !(unit->num == 36 && unit->den == 1)) /* kWh, 度, and their multiples */
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_ENERGY_OF_POWER, th_z(build->shard, build->unit_text), (char *)NULL));
}

/* What was taken to turn litres into mass, or standard coal into heat, where the line does not say it. */
static void note_assumed(th_build *build, th_resolved *r)
{
	const th_conversion *row = build->assumed;
	if (!row)
		return;
	th_buf *text = &build->shard->text;
	th_buf_clear(text);
	th_buf_slice(text, row->value_text);
	th_buf_char(text, ' ');
	th_buf_slice(text, row->unit_text);
	const char *value = th_z(build->shard, th_buf_view(text)), *source = th_z(build->shard, row->source), *unit = th_z(build->shard, build->unit_text);
	bool coal = th_unit_same_dimension(&build->unit, &build->frame->coal);
	th_resolved_note(r, build, th_caveat_number(build->shard, coal ? TH_STANDARD_COAL_HEAT : TH_DENSITY_ASSUMED, th_z_activity(build->shard, build->activity), unit,
	                                            value, source, (char *)NULL));
}

/* 天然气（管道）: what the brackets say is not known, and the name counts without them. */
static void note_bracket(th_build *build, th_resolved *r)
{
	const th_reference *reference = build->frame->reference;
	th_slice text = th_build_cell(build, TH_COL_ACTIVITY);
	bool says_more = false;
	if (text.len == 0 || (text.ptr[text.len - 1] != ')' && !th_slice_ends(text, TH_S("）"))) || th_activity_without_words(reference, text) != TH_NONE)
		return;
	if (th_activity_in_brackets(reference, text, &says_more) != TH_NONE && says_more)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_ACTIVITY_BRACKET, th_z(build->shard, text), th_z_activity(build->shard, build->activity), (char *)NULL));
}

static void note_broad(th_build *build, th_resolved *r)
{
	th_slice text = th_build_cell(build, TH_COL_ACTIVITY);
	if (th_build_cell(build, TH_COL_FACTOR).len == 0 && th_activity_is_broad(build->frame->reference, text))
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_ACTIVITY_BROAD, th_z(build->shard, text), th_z_activity(build->shard, build->activity), (char *)NULL));
}

/* 柴油采购量: what was bought of a fuel that can be stored, which is not what was used where stocks changed. */
static void note_bought(th_build *build, th_resolved *r)
{
	const th_row_words *words = &build->frame->reference->row_words;
	const th_slice text = th_build_cell(build, TH_COL_ACTIVITY);
	if (build->activity->method == TH_METHOD_COMBUSTION && !build->activity->gas && th_row_word_in(words, TH_ROW_CAME_IN, text) && !th_row_word_in(words, TH_ROW_CONSUMED, text))
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_BOUGHT_COUNTED, th_z(build->shard, text), (char *)NULL));
}

static void note_words(th_build *build, th_resolved *r, bool region_given)
{
	const th_frame *frame = build->frame;
	note_bracket(build, r);
	note_broad(build, r);
	note_bought(build, r);
	if (build->unit.note) {
		th_slice en = th_unit_note(frame->reference->units, &build->unit, TH_LANG_EN), zh = th_unit_note(frame->reference->units, &build->unit, TH_LANG_ZH);
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_UNIT_NOTE, th_z(build->shard, build->unit_text), th_z(build->shard, en), th_z(build->shard, zh), (char *)NULL));
	}
	note_energy(build, r);
	note_assumed(build, r);
	if (build->rounded)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_NUMBER_ROUNDED, (char *)NULL));
	if (build->rate)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_RATE_TAKEN, th_z(build->shard, th_build_cell(build, TH_COL_UNIT)),
		                                            th_z(build->shard, build->unit_text), (char *)NULL));
	bool measured = build->has_ncv || build->has_carbon || build->has_oxidation || build->has_density;
	if (measured && !build->used_measured)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_MEASURED_UNUSED, th_z_activity(build->shard, build->activity), (char *)NULL));
	else if (measured)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_MEASURED_USED, th_z_activity(build->shard, build->activity), (char *)NULL));
	else if (build->activity->method == TH_METHOD_COMBUSTION && build->activity->coal && r->main && r->main->has_ncv)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_COAL_DEFAULT, th_z_activity(build->shard, build->activity), th_z(build->shard, r->main->id), (char *)NULL));
	bool located = build->activity->method == TH_METHOD_ELECTRICITY;
	if (build->instrument.len && !located)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_INSTRUMENT_IGNORED, th_z(build->shard, build->instrument), th_z_activity(build->shard, build->activity), (char *)NULL));
	if (located && !region_given && th_build_cell(build, TH_COL_FACTOR).len == 0)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_DEFAULT_REGION, th_z_region(build->shard, frame->reference, frame->reference->region[frame->profile->region].id), (char *)NULL));
	if (frame->has_condition && th_unit_same_dimension(&build->unit, &frame->volume) && build->activity->gas)
		th_resolved_note(r, build, frame->condition_file ? th_caveat_number(build->shard, TH_CONDITION_OF_CASE, th_z(build->shard, frame->condition_text), frame->condition_file, (char *)NULL)
		                                                 : th_caveat_number(build->shard, TH_CONDITION_GIVEN, frame->options->gas_condition, (char *)NULL));
}

/* Has the factor rows for other activities only? */
static bool is_of_others(const th_build *build, const th_factor *row)
{
	bool own = row->activities == 0 || build->activity->undeclared;
	for (size_t i = 0; i < row->activities; i++)
		own |= &build->frame->reference->activity[row->activity[i]] == build->activity;
	return !own;
}

/* A factor that the line names, and that is of something else than the line. */
static void note_named(th_build *build, th_resolved *r, const th_words_of_line *w, int counted)
{
	const th_reference *reference = build->frame->reference;
	const th_factor *row = r->main;
	int scope = w->scope ? w->scope : build->activity->scope;
	if (!row || th_build_cell(build, TH_COL_FACTOR).len == 0)
		return;
	const char *id = th_z(build->shard, row->id);
	if (is_of_others(build, row))
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_NAMED_OTHER_ACTIVITY, id, th_z_activity(build->shard, &reference->activity[row->activity[0]]),
		                                            th_z_activity(build->shard, build->activity), (char *)NULL));
	if (th_build_cell(build, TH_COL_REGION).len && th_is_elsewhere(reference, row, w->region))
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_NAMED_OTHER_REGION, id, th_z_region(build->shard, build->frame->reference, row->region_text),
		                                            th_z_region(build->shard, reference, reference->region[w->region].id), (char *)NULL));
	char of[3][2] = {{(char)('0' + row->scope)}, {(char)('0' + scope)}, {(char)('0' + counted)}};
	if (row->scope && scope && row->scope != scope)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_NAMED_OTHER_SCOPE, id, of[0], of[1], of[2], (char *)NULL));
}

/* Green by its name alone: a profile that counts green power apart wants to know which it is, and no other takes its word for it. */
static th_bare_green bare_green_of(const th_build *build)
{
	const th_profile *profile = build->frame->profile;
	th_slice text = th_build_cell(build, TH_COL_ACTIVITY);
	bool rule = false;
	if (build->activity->method != TH_METHOD_ELECTRICITY || th_build_cell(build, TH_COL_INSTRUMENT).len || th_build_cell(build, TH_COL_FACTOR).len ||
	    th_row_word_in(&build->frame->reference->row_words, TH_ROW_GREEN, text) == TH_WORD_NONE)
		return TH_GREEN_NOT;
	for (size_t i = 0; i < profile->rules; i++)
		rule |= profile->rule[i].leg == TH_LEG_GREEN;
	return rule ? TH_GREEN_APART : TH_GREEN_AS_ANY;
}

/* A line may move its activity to another scope; that makes a total smaller that others compare. */
static void note_scope(th_build *build, th_resolved *r, const th_words_of_line *w)
{
	int own = build->activity->scope;
	char of[2][2] = {{(char)('0' + own)}, {(char)('0' + w->scope)}};
	if (w->scope && own && w->scope != own)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_SCOPE_MOVED, th_z(build->shard, build->activity->id), of[0], of[1], (char *)NULL));
}

/* --- what is asked of every line --- */

/* What is measured: the activity, and what its quantity is of. */
static uint64_t what_of(const th_recipe *recipe)
{
	const th_unit *unit = recipe->unit;
	char text[sizeof unit->dim + sizeof unit->den + 8];
	uint64_t id = th_hash(recipe->activity->id.ptr, recipe->activity->id.len);
	memcpy(text, unit->dim, sizeof unit->dim);
	memcpy(text + sizeof unit->dim, &unit->den, sizeof unit->den);
	memcpy(text + sizeof text - sizeof id, &id, sizeof id);
	return th_hash(text, sizeof text);
}

/* Its id, whatever it is called: 上海 is CN-shanghai. */
static th_slice region_of(const th_build *build)
{
	const th_reference *reference = build->frame->reference;
	th_slice cell = th_build_cell(build, TH_COL_REGION);
	uint32_t region = cell.len ? th_find_region(reference, cell) : TH_NONE;
	return region == TH_NONE ? cell : reference->region[region].id;
}

static void prepare_questions(const th_build *build, th_recipe *recipe)
{
	static const th_inventory_column cells[] = {TH_COL_SCOPE, TH_COL_FACTOR, TH_COL_REGION, TH_COL_NCV, TH_COL_CARBON, TH_COL_OXIDATION, TH_COL_DENSITY, TH_COL_INSTRUMENT};
	uint64_t value[sizeof cells / sizeof *cells], series[2];
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		value[i] = th_said_value(cells[i] == TH_COL_REGION ? region_of(build) : th_build_cell(build, cells[i]), build->now->line->delimiter);
	recipe->said = th_hash(value, sizeof value);
	recipe->what = what_of(recipe);
	recipe->apart = th_activity_apart(recipe->activity, th_build_cell(build, TH_COL_ACTIVITY));
	series[0] = th_hash(recipe->activity->id.ptr, recipe->activity->id.len);
	series[1] = recipe->apart;
	recipe->series = th_hash(series, sizeof series);
	recipe->of_energy = th_unit_same_dimension(recipe->unit, &build->frame->energy_unit);
	recipe->bare_green = (unsigned char)bare_green_of(build);
}

th_status th_recipe_words(th_shard *shard, const th_now *now)
{
	th_words_of_line w = {0};
	th_build build = {.shard = shard, .frame = shard->frame, .now = now, .arena = &shard->scratch, .report = true};
	return th_read_words(&build, &w) == TH_SYSTEM ? TH_SYSTEM : TH_OK;
}

/* Recipes that are kept share it. */
static th_status take_unit(th_build *build, th_recipe *recipe)
{
	th_recipes *all = &build->shard->recipes;
	const bool kept = build->arena == &all->arena;
	th_slice unit = {(const char *)&build->unit, sizeof build->unit};
	/* Who is told of lines, and whose days are marked, is told it as written. */
	const bool worded = build->frame->options->listeners > 0 || build->activity->continuous;
	uint32_t number = kept ? th_intern_add(&all->unit, unit) : TH_NONE;
	unit = kept ? th_intern_text(&all->unit, number) : th_arena_copy(build->arena, unit);
	recipe->unit = (const th_unit *)(const void *)unit.ptr;
	recipe->unit_text = worded ? th_arena_copy(build->arena, build->unit_text) : (th_slice){"", 0};
	return (kept && number == TH_NONE) || !unit.ptr || !recipe->unit_text.ptr ? TH_SYSTEM : TH_OK;
}

static th_status take_decay(th_build *build, const th_resolved *r, th_recipe *recipe)
{
	th_decimal k = {0, 0};
	if (!r->landfill)
		return TH_OK;
	th_decay *decay = th_arena_alloc(build->arena, 1, sizeof *decay);
	if (!decay)
		return TH_SYSTEM;
	decay->text = th_param_text(r->landfill, "k", &k);
	if (decay->text.len == 0)
		return th_build_fail(build, TH_FACTOR_NO_VALUE, TH_COL_ACTIVITY, th_z(build->shard, r->landfill->id), "", "");
	decay->k = th_decimal_double(k);
	recipe->decay = decay;
	return TH_OK;
}

static th_status take_terms(th_build *build, const th_resolved *r, th_recipe *recipe)
{
	recipe->terms = (uint32_t)r->terms;
	recipe->caveats = (uint32_t)r->caveats;
	if (r->terms && !(recipe->term = th_arena_alloc(build->arena, r->terms, sizeof *recipe->term)))
		return TH_SYSTEM;
	if (r->caveats && !(recipe->caveat = th_arena_alloc(build->arena, r->caveats, sizeof *recipe->caveat)))
		return TH_SYSTEM;
	if (r->terms)
		memcpy(recipe->term, r->term, r->terms * sizeof *recipe->term);
	if (r->caveats)
		memcpy(recipe->caveat, r->caveat, r->caveats * sizeof *recipe->caveat);
	return TH_OK;
}

static th_status make_recipe(th_build *build, th_resolved *r, th_recipe *recipe)
{
	const th_frame *frame = build->frame;
	th_words_of_line w = {0};
	th_status worst = th_read_words(build, &w), status;
	recipe->scope = w.scope;
	if (worst != TH_OK)
		return worst;
	if (build->heat == TH_HEAT_GROSS)
		return th_build_fail(build, TH_ENERGY_GROSS, TH_COL_UNIT, th_z(build->shard, th_build_cell(build, TH_COL_UNIT)), th_z(build->shard, build->unit_text), "");
	status = th_read_measured(build);
	if (status == TH_OK)
		status = th_resolve(build, frame->profile, w.region, r);
	if (status != TH_OK)
		return status;
	if (r->failed)
		return TH_INVALID;
	if (!recipe->scope)
		recipe->scope = r->main && r->main->scope ? r->main->scope : build->activity->scope;
	if (!recipe->scope && build->activity->kind == TH_KIND_EMISSION)
		return th_build_fail(build, TH_SCOPE_MISSING, TH_COL_SCOPE, th_z_activity(build->shard, build->activity), "", "");
	note_words(build, r, w.region_given);
	note_scope(build, r, &w);
	note_named(build, r, &w, recipe->scope);
	th_likely_factor(build, r, w.region);
	th_stated_factor(build, r);
	status = th_likely_measured(build, r);
	if (status != TH_OK)
		return status;
	/* ISO 14064-1: the activity's own category unless the line moves it to another scope; then 1 and 2 follow, the rest is open. */
	recipe->iso = recipe->scope == build->activity->scope ? build->activity->iso_category : recipe->scope <= 2 ? recipe->scope : 0;
	recipe->activity = build->activity;
	status = take_unit(build, recipe);
	if (status == TH_OK)
		status = take_decay(build, r, recipe);
	if (status == TH_OK)
		status = take_terms(build, r, recipe);
	if (status != TH_OK)
		return status;
	prepare_questions(build, recipe);
	recipe->electricity_market = r->market;
	if (!th_instrument_part(build, recipe))
		return TH_SYSTEM;
	status = th_recipe_energy(build, recipe);
	if (status != TH_OK)
		return status;
	th_user_rows_see(build, w.region);
	return add_alternatives(build, recipe, r, w.region_given, w.region) ? TH_OK : TH_SYSTEM;
}

const th_inventory_column th_deciding[TH_DECIDING] = {
	TH_COL_ACTIVITY, TH_COL_UNIT, TH_COL_FACTOR, TH_COL_REGION, TH_COL_SCOPE, TH_COL_INSTRUMENT, TH_COL_NCV, TH_COL_CARBON, TH_COL_OXIDATION, TH_COL_DENSITY,
	TH_COL_STATED_FACTOR,
};

/* The words that decide a recipe, as one key, and its hash: 128 bits of two hashes, which no two of all the lines that there are have in common. */
static bool put_key(th_buf *key, const th_line *line, uint32_t period_kind, uint64_t words[2])
{
	th_buf_clear(key);
	th_buf_add(key, &period_kind, sizeof period_kind);
	th_buf_char(key, line->delimiter); /* what a comma in a number means */
	for (size_t i = 0; i < TH_DECIDING; i++) {
		th_buf_slice(key, line->cell[th_deciding[i]]);
		th_buf_char(key, '\x1f');
	}
	words[0] = th_hash(key->ptr, key->len);
	th_buf_char(key, '\x1e');
	words[1] = th_hash(key->ptr, key->len);
	return !key->failed;
}

static th_recipe_slot *find_slot(th_recipe_slot *table, uint32_t slots, const uint64_t words[2])
{
	uint32_t at = (uint32_t)words[0] & (slots - 1);
	while (table[at].recipe && (table[at].words[0] != words[0] || table[at].words[1] != words[1]))
		at = (at + 1) & (slots - 1);
	return &table[at];
}

static bool widen(th_recipes *all)
{
	uint32_t slots = all->slots ? all->slots * 2 : FIRST_SLOTS;
	th_recipe_slot *table = th_calloc(slots, sizeof *table);
	if (!table)
		return false;
	for (uint32_t i = 0; i < all->slots; i++)
		if (all->slot[i].recipe)
			*find_slot(table, slots, all->slot[i].words) = all->slot[i];
	free(all->slot);
	all->slot = table;
	all->slots = slots;
	return true;
}

/* Remember it by its words. */
static bool keep_recipe(th_recipes *all, const uint64_t words[2], th_recipe *recipe)
{
	if (all->taken / 3 >= all->slots / 4 && !widen(all))
		return false;
	*find_slot(all->slot, all->slots, words) = (th_recipe_slot){{words[0], words[1]}, recipe};
	all->taken++;
	return true;
}

/* The number of a kind of period. Recipes depend on the years it touches, on its length, and on which factors hold: months between two days on
 * which any factor begins or ends fall together, the parts of a period over the end of a year do not. TH_NONE without memory. */
uint32_t th_period_kind_of(th_shard *shard, const th_period *period, const th_period *whole)
{
	struct { int from, to; uint64_t num, den; uint32_t first, last; int32_t part_from, part_to, whole_from, whole_to, months, none; } what = {
		period->first_year, period->last_year, period->num, period->den,
		th_frame_stretch(shard->frame, period->from), th_frame_stretch(shard->frame, period->to), 0, 0, 0, 0, th_period_months(whole), 0,
	};
	if (period != whole) {
		what.part_from = period->from;
		what.part_to = period->to;
		what.whole_from = whole->from;
		what.whole_to = whole->to;
	}
	return th_intern_add(&shard->period_kind, (th_slice){(const char *)&what, sizeof what});
}

/* Make it in the arena: *out stays NULL when its errors were reported. */
static th_status make_new(th_shard *shard, const th_now *now, th_arena *arena, th_recipe **out)
{
	th_build build = {.shard = shard, .frame = shard->frame, .now = now, .arena = arena, .dated = true, .report = true};
	th_resolved *r = th_malloc(sizeof *r);
	th_recipe *recipe = th_arena_alloc(arena, 1, sizeof *recipe);
	th_status status = r && recipe ? make_recipe(&build, r, recipe) : TH_SYSTEM;
	free(r);
	shard->failures += status != TH_OK;
	*out = status == TH_OK ? recipe : NULL;
	return status == TH_SYSTEM ? TH_SYSTEM : TH_OK;
}

/* One that is kept of the accounts before, or a new one that those behind it may have. */
static th_status make_kept(th_shard *shard, const th_now *now, uint32_t period_kind, th_recipe **out)
{
	th_buf key = {0};
	bool ok = th_kept_key(shard, th_intern_text(&shard->period_kind, period_kind), th_slice_from(th_buf_view(&shard->key), sizeof period_kind), &key) &&
	          th_kept_recipe(shard, th_buf_view(&key), out);
	th_status status = ok ? TH_OK : TH_SYSTEM;
	if (ok && !*out) {
		size_t said = th_begin(shard->diags).count;
		shard->noting = true;
		shard->askeds = 0;
		status = make_new(shard, now, &shard->recipes.arena, out);
		shard->noting = false;
		if (*out && th_begin(shard->diags).count == said)
			th_kept_keep(shard, th_buf_view(&key), *out, shard->asked, shard->askeds);
	}
	th_buf_free(&key);
	return status;
}

th_status th_recipe_for(th_shard *shard, const th_now *now, uint32_t period_kind, bool by_kind, const th_recipe **out)
{
	th_recipes *all = &shard->recipes;
	uint64_t words[2];
	*out = NULL;
	if (!put_key(&shard->key, now->line, period_kind, words))
		return TH_SYSTEM;
	if (all->slots && (*out = find_slot(all->slot, all->slots, words)->recipe))
		return TH_OK;
	/* Too many different lines to remember: such a recipe serves its line and its memory the next one. */
	bool keep = all->taken < MOST_RECIPES && all->number.count < MOST_RECIPES && shard->failures < MOST_FAILURES;
	if (!keep)
		th_arena_reset(&shard->spill);
	th_arena *arena = keep ? &all->arena : &shard->spill;
	th_arena_mark before = th_arena_here(arena);
	th_recipe *recipe;
	th_status status = keep && shard->kept ? make_kept(shard, now, period_kind, &recipe) : make_new(shard, now, arena, &recipe);
	if (status != TH_OK || !recipe)
		return status;
	recipe->spilled = !keep;
	if (keep && (!th_recipe_share(shard, &recipe, before) || (!by_kind && !keep_recipe(all, words, recipe))))
		return TH_SYSTEM;
	*out = recipe;
	return TH_OK;
}
