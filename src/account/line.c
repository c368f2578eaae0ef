/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of an inventory: read its numbers, apply its recipe, add to every sum. */

#include "account/kept.h"
#include "account/kind.h"

#include "base/day.h"
#include "base/list.h"

/* --- what it says --- */

static th_status read_quantity(th_shard *shard, th_now *now)
{
	th_number kind = shard->said.quantity;
	return th_number_taken(now, kind) ? TH_OK : th_number_error(shard, now, kind, TH_COL_QUANTITY);
}

static th_status read_uncertainty(th_shard *shard, th_now *now)
{
	th_slice text = now->line->cell[TH_COL_UNCERTAINTY];
	now->has_half = false;
	if (text.len == 0)
		return TH_OK;
	th_number kind = th_half_in(text, now->line->delimiter, &now->half);
	now->has_half = th_number_taken(now, kind) && now->half.mant >= 0;
	if (kind == TH_NUM_MISSING || now->has_half)
		return TH_OK;
	if (th_number_has_comma(kind))
		return th_number_error(shard, now, kind, TH_COL_UNCERTAINTY);
	return th_cell_error(shard, now, TH_UNCERTAINTY_BAD, TH_COL_UNCERTAINTY, "");
}

static th_status take_period(th_shard *shard, th_now *now, const th_period_kind *entry, uint32_t *kind)
{
	now->period = entry->period;
	*kind = entry->kind;
	if (entry->by_series && th_first_day_is_month(shard, now->line)) {
		now->period = th_period_month(&entry->period);
		*kind = th_period_kind_of(shard, &now->period, &now->period);
	}
	now->whole = now->period;
	return *kind == TH_NONE ? TH_SYSTEM : TH_OK;
}

static th_status read_period(th_shard *shard, th_now *now, uint32_t *kind)
{
	static const th_code codes[] = {
		[TH_PERIOD_EMPTY] = TH_CELL_PERIOD_EMPTY, [TH_PERIOD_EXCEL] = TH_CELL_PERIOD_EXCEL, [TH_PERIOD_NO_DATE] = TH_CELL_PERIOD_NO_DATE,
		[TH_PERIOD_ORDER] = TH_CELL_PERIOD_ORDER, [TH_PERIOD_SERIAL] = TH_CELL_PERIOD_SERIAL, [TH_PERIOD_BAD] = TH_CELL_PERIOD_BAD,
	};
	th_slice text = now->line->cell[TH_COL_PERIOD];
	char meant[16];
	uint32_t number = th_intern_find(&shard->period_text, text);
	if (number != TH_NONE)
		return take_period(shard, now, &shard->period[number], kind);
	th_period_kind entry = {0};
	th_period_error error = th_kept_period(shard->kept, text, &entry.period);
	if (error != TH_PERIOD_OK)
		return th_cell_error(shard, now, codes[error], TH_COL_PERIOD, th_period_meant(text, meant));
	const th_first_day means = th_first_day_in(shard, text, &entry.period);
	entry.by_series = means == TH_FIRST_BY_SERIES;
	if (means == TH_FIRST_IS_MONTH)
		entry.period = th_period_month(&entry.period);
	entry.kind = th_period_kind_of(shard, &entry.period, &entry.period);
	number = th_intern_add(&shard->period_text, text);
	if (number == TH_NONE || entry.kind == TH_NONE)
		return TH_SYSTEM;
	th_period_kind *grown = th_grown(shard->period, number, sizeof *grown);
	if (!grown)
		return TH_SYSTEM;
	shard->period = grown;
	shard->period[number] = entry;
	return take_period(shard, now, &entry, kind);
}

/* Of a line over the end of a year, its part in that year. */
static th_status take_year(th_shard *shard, th_now *now, int year, uint32_t *kind)
{
	int32_t start = th_day(year, 1, 1), end = th_day(year, 12, 31), last = end - start + 1;
	now->period.from = now->whole.from > start ? now->whole.from : start;
	now->period.to = now->whole.to < end ? now->whole.to : end;
	now->period.first_year = now->period.last_year = year;
	now->period.num = (uint64_t)(now->period.to - now->period.from + 1);
	now->period.den = (uint64_t)last;
	*kind = th_period_kind_of(shard, &now->period, &now->whole);
	return *kind == TH_NONE ? TH_SYSTEM : TH_OK;
}

/* --- what it comes to --- */

/* The gross emissions of the line in another profile instead of `gross`. False when a sum does not fit. */
static bool add_alternatives(th_shard *shard, const th_now *now, const th_recipe *recipe, th_mass gross)
{
	th_note_missing(shard, now, recipe);
	for (size_t i = 0; i < recipe->alternatives; i++) {
		const th_alternative *a = &recipe->alternative[i];
		th_mass sum = -gross, co2e;
		for (size_t t = 0; t < a->count && !a->missing; t++)
			if (!th_coef_apply(&a->co2e[t], now->quantity, &co2e) || !th_mass_add(&sum, co2e))
				return false;
		if (!a->missing && !th_sums_add_other(shard, now, a->other, sum))
			return false;
	}
	return true;
}

static bool add_energy(th_shard *shard, const th_now *now, const th_recipe *recipe, th_mass coal)
{
	th_mass equal = 0;
	return (!recipe->energy_equal || recipe->gives_out || th_coef_apply(recipe->energy_equal, now->quantity, &equal)) &&
	       th_sums_add_energy(shard, now, recipe, coal, equal);
}

/* What has been found about a line while its gases are added. */
struct line_sum {
	th_index group;     /* of the last gas, none before the first */
	th_bucket bucket;   /* of that gas */
	th_mass gross;
	bool too_large;
};

/* Add one gas, and tell of it. */
static th_status add_term(th_shard *shard, th_now *now, const th_recipe *recipe, const th_term *term, bool by_gas, struct line_sum *sum)
{
	th_slice period = now->line->cell[TH_COL_PERIOD];
	th_mass mass, co2e;
	sum->too_large = !th_coef_apply(&term->mass, now->quantity, &mass) || !th_coef_apply(&term->co2e, now->quantity, &co2e) ||
	                 !th_sums_add(shard, now, recipe, term, mass, co2e);
	if (sum->too_large)
		return TH_OK;
	if (term->bucket == TH_GROSS)
		sum->gross += co2e;
	if (now->line->cell[TH_COL_STATED_EMISSIONS].len)
		th_stated_add(shard, now, term, mass, co2e);
	bool other = !th_index_is(sum->group) || by_gas || (term->bucket == TH_OUTSIDE) != (sum->bucket == TH_OUTSIDE);
	if (term->bucket != TH_MARKET && other) {
		th_group *group = th_group_for(shard, now, th_scope_of(recipe, term->bucket), shard->frame->reference->gas[term->gas].name, period);
		if (!group)
			return TH_SYSTEM;
		th_index number = th_index_of((uint32_t)(group - shard->group));
		group->lines += !th_index_same(number, sum->group);
		sum->group = number;
		sum->bucket = (th_bucket)term->bucket;
	}
	sum->too_large = term->bucket != TH_MARKET && !th_group_add(TH_AT(shard->group, sum->group), (th_bucket)term->bucket, co2e);
	return sum->too_large ? TH_OK : th_tell(shard, now, recipe, term, mass, co2e, period, NULL);
}

static th_status apply(th_shard *shard, th_now *now, const th_recipe *recipe)
{
	const th_frame *frame = shard->frame;
	struct line_sum sum = {.too_large = recipe->energy && !th_coef_apply(recipe->energy, now->quantity, &now->coal)};
	th_mass coal = now->coal;
	now->coal = recipe->gives_out ? 0 : coal; /* nobody is told of what is not used here */
	bool by_gas = false;
	for (size_t i = 0; i < frame->bys; i++)
		by_gas |= frame->by[i] == TH_BY_GAS;
	for (size_t i = 0; i < recipe->terms && !sum.too_large; i++) {
		th_status status = add_term(shard, now, recipe, &recipe->term[i], by_gas, &sum);
		if (status != TH_OK)
			return status;
	}
	if (now->coal != 0 && !sum.too_large) {
		th_status status = th_tell_energy(shard, now, recipe);
		if (status != TH_OK)
			return status;
	}
	for (size_t i = 0; i < recipe->caveats; i++)
		sum.too_large |= !th_caveat_weigh(shard, recipe->caveat[i], sum.gross);
	/* Market-based scope 2 counts every line of scope 2: heat, and power whose profile has no residual mix, at their location-based value. */
	bool at_location = frame->market_column && recipe->scope == 2 && !recipe->electricity_market;
	if (!sum.too_large && (!at_location || th_sums_add_market(shard, now, sum.gross)) &&
	    add_energy(shard, now, recipe, coal) && add_alternatives(shard, now, recipe, sum.gross)) {
		bool fits = true;
		if (!th_coverage_line(shard, now, recipe, sum.gross, &fits))
			return TH_SYSTEM;
		if (fits)
			return TH_OK;
	}
	/* A finding of the line alone: the next one is read too. */
	return th_cell_error(shard, now, TH_NUMBER_TOO_LARGE, TH_COL_QUANTITY, "") == TH_SYSTEM ? TH_SYSTEM : TH_OK;
}

/* --- the line --- */

enum { MOST_SAID = 32 };

/* Whether it sums others: that is an error, or to be asked about. */
static th_total_kind find_total(const th_said *said, th_inventory_column *column)
{
	const struct { th_inventory_column column; unsigned char total; } of[] = {
		{TH_COL_ACTIVITY, said->activity->total}, {TH_COL_SITE, said->site->total}, {TH_COL_SOURCE, said->source->total}, {TH_COL_PERIOD, said->period->total},
	};
	unsigned char worst = TH_SUMS_NOTHING;
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		if (of[i].total > worst) {
			worst = of[i].total;
			*column = of[i].column;
		}
	}
	return (th_total_kind)worst;
}

static void note_code(th_shard *shard, th_code code, const th_now *now)
{
	th_caveat_line(shard, th_caveat_number(shard, code, (char *)NULL), now);
}

static void note(th_shard *shard, const th_now *now, const th_recipe *recipe, unsigned notes, bool like_a_total)
{
	shard->lines++;
	for (size_t i = 0; i < recipe->caveats; i++)
		th_caveat_line(shard, recipe->caveat[i], now);
	if (notes & TH_NUM_FOLDED)
		note_code(shard, TH_DIGITS_FOLDED, now);
	if (notes & TH_NUM_GROUPED)
		note_code(shard, TH_DIGITS_GROUPED, now);
	if (now->rounded)
		note_code(shard, TH_NUMBER_ROUNDED, now);
	if (recipe->bare_green)
		note_code(shard, recipe->bare_green == TH_GREEN_APART ? TH_GREEN_WITHOUT_INSTRUMENT : TH_GREEN_BY_NAME, now);
	if (like_a_total)
		note_code(shard, TH_LIKE_A_TOTAL, now);
	if (now->quantity.mant < 0)
		note_code(shard, TH_NEGATIVE_QUANTITY, now);
	if (now->whole.first_year != now->whole.last_year)
		note_code(shard, th_is_shared(&now->whole) ? TH_BILL_SHARED : TH_YEARS_CROSSED, now);
	if (now->line->cell[TH_COL_INSTRUMENT].len && recipe->activity->method == TH_METHOD_ELECTRICITY)
		shard->has_market = true;
}

/* Where lines are known by kinds, these have the recipes, and nothing remembers them a second time. */
static th_status find_recipe(th_shard *shard, const th_now *now, uint32_t period_kind, const th_recipe **recipe)
{
	const bool by_kind = th_kind_recipe(shard, period_kind, recipe);
	return *recipe ? TH_OK : th_recipe_for(shard, now, period_kind, by_kind, recipe);
}

static th_status read_grade(th_shard *shard, th_now *now)
{
	return th_grade_of(shard->frame->reference, now->line->cell[TH_COL_GRADE], &now->grade) ? TH_OK : th_grade_error(shard, now);
}

/* Its numbers, period and recipe; *recipe NULL when there is something wrong with it, which has been said. */
static th_status read_line(th_shard *shard, th_now *now, const th_recipe **recipe)
{
	uint32_t kind = 0;
	now->rounded = false;
	now->gross = now->co2 = now->market = 0;
	th_status worst = read_quantity(shard, now), status = read_uncertainty(shard, now);
	worst = status > worst ? status : worst;
	status = read_grade(shard, now);
	worst = status > worst ? status : worst;
	status = read_period(shard, now, &kind);
	worst = status > worst ? status : worst;
	if (status == TH_OK && th_is_shared(&now->whole))
		status = take_year(shard, now, now->whole.first_year, &kind);
	status = status == TH_OK ? find_recipe(shard, now, kind, recipe) : th_recipe_words(shard, now);
	worst = status > worst ? status : worst;
	if (worst != TH_OK)
		*recipe = NULL;
	return worst == TH_SYSTEM ? TH_SYSTEM : TH_OK;
}

static th_status run_recipe(th_shard *shard, th_now *now, const th_recipe *recipe)
{
	now->coal = 0;
	if (!th_by_year_open(shard, now))
		return TH_SYSTEM;
	if (!recipe->decay)
		return apply(shard, now, recipe);
	th_sums_see(shard, now, recipe);
	th_note_missing(shard, now, recipe);
	return th_landfill_keep(shard, now, recipe);
}

/* What is said of the part in a later year, and was not of the first one. */
static void note_later(th_shard *shard, const th_now *now, const th_recipe *recipe, const uint32_t *said, size_t count)
{
	for (size_t i = 0; i < recipe->caveats; i++) {
		bool again = false;
		for (size_t k = 0; k < count; k++)
			again |= said[k] == recipe->caveat[i];
		if (!again)
			th_caveat_line(shard, recipe->caveat[i], now);
	}
}

/* A line over the end of a year is computed as one line in each, by the days; its first part has its recipe already. */
static th_status run_years(th_shard *shard, th_now *now, const th_recipe *recipe)
{
	uint32_t said[MOST_SAID], kind;
	size_t count = recipe->caveats < MOST_SAID ? recipe->caveats : MOST_SAID;
	for (size_t i = 0; i < count; i++) /* the recipe may last until the next one only */
		said[i] = recipe->caveat[i];
	th_status status = run_recipe(shard, now, recipe);
	for (int year = now->whole.first_year + 1; year <= now->whole.last_year && status == TH_OK; year++) {
		status = take_year(shard, now, year, &kind);
		if (status == TH_OK)
			status = th_recipe_for(shard, now, kind, false, &recipe);
		if (status != TH_OK || !recipe)
			return status;
		note_later(shard, now, recipe, said, count);
		status = run_recipe(shard, now, recipe);
	}
	return status;
}

static th_status run_carefully(th_shard *shard, th_now *now)
{
	th_inventory_column column = TH_COL_ACTIVITY;
	const th_recipe *recipe = NULL;
	th_said *said = &shard->said;
	th_arena_reset(&shard->scratch);
	if (!th_spell_line(shard, now->line))
		return TH_SYSTEM;
	said->quantity = th_number_in(now->line->cell[TH_COL_QUANTITY], now->line->delimiter, &now->quantity, &said->notes);
	th_total_kind total = find_total(said, &column);
	if (total == TH_SUMS_OTHERS)
		return th_cell_error(shard, now, TH_TOTAL_ROW, column, "") == TH_SYSTEM ? TH_SYSTEM : TH_OK;
	th_status status = th_instrument_words(shard, now);
	if (status != TH_OK)
		return status == TH_SYSTEM ? TH_SYSTEM : TH_OK;
	status = read_line(shard, now, &recipe);
	if (status != TH_OK || !recipe)
		return status;
	note(shard, now, recipe, said->notes, total == TH_SUMS_PERHAPS);
	if (th_instrument_line(shard, now, recipe) == TH_SYSTEM)
		return TH_SYSTEM;
	if (!th_user_units_add(shard, now->line->cell[TH_COL_UNIT], 1) || !th_quality_line(shard, now, recipe))
		return TH_SYSTEM;
	const th_activity *activity = recipe->activity;
	if (th_is_shared(&now->whole))
		status = run_years(shard, now, recipe);
	else {
		status = run_recipe(shard, now, recipe);
		status = status == TH_OK && !th_kind_learn(shard, now, recipe) ? TH_SYSTEM : status;
	}
	return status == TH_OK ? th_stated_emissions(shard, now, activity) : status;
}

static th_status run_kind(th_shard *shard, th_now *now, th_line_kind *kind, const th_weighed *weighed)
{
	th_kind_note(shard, kind, now);
	if (now->line->cell[TH_COL_INSTRUMENT].len && th_instrument_line(shard, now, kind->recipe) == TH_SYSTEM)
		return TH_SYSTEM;
	if (!th_quality_known(shard, now, kind->recipe)) /* such words have no kind */
		return TH_SYSTEM;
	return kind->by_hand ? run_recipe(shard, now, kind->recipe) : th_kind_add(shard, kind, now, weighed);
}

th_status th_line_run_kind(th_shard *shard, th_now *now, struct th_line_kind *kind, bool *done)
{
	th_weighed weighed;
	*done = kind->by_hand || th_kind_weigh(kind, now->quantity, &weighed);
	return *done ? run_kind(shard, now, kind, &weighed) : TH_OK;
}

th_status th_line_run(th_shard *shard, th_now *now)
{
	th_line_kind *kind;
	bool done = false;
	shard->kinds->known = false; /* that of the line before teaches nothing of this one */
	if (shard->frame->careful || now->line->cell[TH_COL_STATED_EMISSIONS].len) /* which no two lines share */
		return run_carefully(shard, now);
	if (!th_kind_find(shard, now, &kind))
		return TH_SYSTEM;
	th_status status = kind ? th_line_run_kind(shard, now, kind, &done) : TH_OK;
	return done ? status : run_carefully(shard, now);
}
