/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of an inventory: read its numbers, apply its recipe, add to every sum. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "account/run.h"
#include "base/day.h"
#include "base/utf8.h"

static th_status at_cell(th_run *run, const th_now *now, th_code code, th_inventory_column column, const char *more)
{
	return th_report(run->diags, code, th_inventory_place(now->inventory, column), th_z(run, now->line->cell[column]), more, (char *)NULL);
}

static bool ends_with(th_slice text, const char *word)
{
	size_t len = strlen(word);
	return text.len >= len && memcmp(text.ptr + text.len - len, word, len) == 0;
}

typedef enum total_kind { NO_TOTAL, LIKE_A_TOTAL, TOTAL } total_kind;

/* 合计, 合计（kWh）, Total: a row that sums others would be counted twice. 全厂合计 may be one too, but 公布合计 is a source by its own
 * right: such names are only asked about. The last bytes sort out nearly all cells. */
static total_kind total_of(th_slice text)
{
	static const char *const words[] = {"合计", "小计", "总计", "共计", "合 计", "总 计", "小 计", NULL};
	static const char *const latin[] = {"total", "subtotal", "sub-total", "grandtotal", "sum", NULL};
	size_t before;
	if (text.len == 0 || text.len > 60)
		return NO_TOTAL;
	/* All but a few cells are known by one byte at each end: 计 ： ） end in A1 9A 89, the rest are ASCII or full-width. */
	unsigned char first = (unsigned char)text.ptr[0], last = (unsigned char)text.ptr[text.len - 1];
	if (last != 0xA1 && last != 0x9A && last != 0x89 && last != ':' && last != ')' && first != 0xEF && !(first < 0x80 && strchr("tTsSgG", first)))
		return NO_TOTAL;
	do {
		before = text.len;
		if (ends_with(text, ":") || ends_with(text, "："))
			text.len -= ends_with(text, ":") ? 1 : 3;
		const char *open = ends_with(text, ")") ? memchr(text.ptr, '(', text.len) : NULL;
		for (size_t i = 0; ends_with(text, "）") && !open && i + 3 <= text.len; i++)
			if (memcmp(text.ptr + i, "（", 3) == 0)
				open = text.ptr + i;
		if (open && open > text.ptr)
			text.len = (size_t)(open - text.ptr);
		text = th_slice_trim(text);
	} while (text.len && text.len < before);
	for (int i = 0; words[i]; i++)
		if (ends_with(text, words[i]))
			return text.len == strlen(words[i]) ? TOTAL : LIKE_A_TOTAL;
	if (text.len == 0 || !(strchr("tTsSgG", text.ptr[0]) || (unsigned char)text.ptr[0] == 0xEF))
		return NO_TOTAL;
	char place[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(text, place);
	for (int i = 0; latin[i]; i++)
		if (th_slice_eq(key, th_slice_of(latin[i])))
			return TOTAL;
	return NO_TOTAL;
}

static th_status read_quantity(th_run *run, th_now *now, unsigned *notes)
{
	static const th_code codes[] = {
		[TH_NUM_EMPTY] = TH_QUANTITY_EMPTY, [TH_NUM_MISSING] = TH_QUANTITY_MISSING, [TH_NUM_PERCENT] = TH_NUMBER_PERCENT,
		[TH_NUM_NONFINITE] = TH_NUMBER_NONFINITE, [TH_NUM_HEX] = TH_NUMBER_HEX, [TH_NUM_RANGE] = TH_NUMBER_RANGE,
		[TH_NUM_DIGITS] = TH_NUMBER_DIGITS, [TH_NUM_GROUPS] = TH_NUMBER_GROUPS, [TH_NUM_UNIT] = TH_NUMBER_UNIT,
		[TH_NUM_EXCEL] = TH_NUMBER_EXCEL, [TH_NUM_BAD] = TH_NUMBER_BAD,
	};
	th_number kind = th_number_parse(now->line->cell[TH_COL_QUANTITY], &now->quantity, notes);
	return kind == TH_NUM_OK ? TH_OK : at_cell(run, now, codes[kind], TH_COL_QUANTITY, "");
}

/* ±5, 5%, ±5%: a half-width in percent of the quantity. */
static th_status read_uncertainty(th_run *run, th_now *now)
{
	th_slice text = now->line->cell[TH_COL_UNCERTAINTY];
	unsigned notes;
	now->has_half = false;
	if (text.len == 0)
		return TH_OK;
	if (text.len > 2 && memcmp(text.ptr, "\xC2\xB1", 2) == 0)
		text = th_slice_trim((th_slice){text.ptr + 2, text.len - 2});
	if (text.len && text.ptr[text.len - 1] == '%')
		text = th_slice_trim((th_slice){text.ptr, text.len - 1});
	th_number kind = th_number_parse(text, &now->half, &notes);
	now->has_half = kind == TH_NUM_OK && now->half.mant >= 0;
	if (kind == TH_NUM_MISSING || now->has_half)
		return TH_OK;
	return at_cell(run, now, TH_UNCERTAINTY_BAD, TH_COL_UNCERTAINTY, "");
}

static th_status read_period(th_run *run, th_now *now, uint32_t *kind)
{
	static const th_code codes[] = {
		[TH_PERIOD_EMPTY] = TH_CELL_PERIOD_EMPTY, [TH_PERIOD_EXCEL] = TH_CELL_PERIOD_EXCEL, [TH_PERIOD_NO_DATE] = TH_CELL_PERIOD_NO_DATE,
		[TH_PERIOD_ORDER] = TH_CELL_PERIOD_ORDER, [TH_PERIOD_BAD] = TH_CELL_PERIOD_BAD,
	};
	th_slice text = now->line->cell[TH_COL_PERIOD];
	uint32_t number = th_intern_find(&run->period_text, text);
	if (number != TH_NONE) {
		now->period = run->period[number].period;
		*kind = run->period[number].kind;
		return TH_OK;
	}
	th_period_kind entry = {0};
	th_period_error error = th_period_parse(text, &entry.period);
	if (error != TH_PERIOD_OK)
		return at_cell(run, now, codes[error], TH_COL_PERIOD, "");
	/* Recipes depend on the years a period touches and on its length; whole years and months of a year fall together. */
	struct { int from, to; uint64_t num, den; int32_t exact_from, exact_to; } what = {entry.period.first_year, entry.period.last_year,
	                                                                               entry.period.num, entry.period.den, 0, 0};
	if (entry.period.den != 12 || what.from != what.to) {
		what.exact_from = entry.period.from;
		what.exact_to = entry.period.to;
	}
	entry.kind = th_intern_add(&run->period_kind, (th_slice){(const char *)&what, sizeof what});
	number = th_intern_add(&run->period_text, text);
	if (number == TH_NONE || entry.kind == TH_NONE)
		return TH_SYSTEM;
	if ((number & (number - 1)) == 0) { /* grow when the count reaches a power of two */
		th_period_kind *grown = th_realloc(run->period, ((size_t)number * 2 + 1) * sizeof *grown);
		if (!grown)
			return TH_SYSTEM;
		run->period = grown;
	}
	run->period[number] = entry;
	now->period = entry.period;
	*kind = entry.kind;
	return TH_OK;
}

/* --- groups --- */

static th_slice group_part(const th_now *now, const th_recipe *recipe, th_slice by, th_slice gas, th_slice period, char year[24])
{
	static const struct { const char *name; th_inventory_column column; } columns[] = {
		{"site", TH_COL_SITE}, {"activity", TH_COL_ACTIVITY}, {"source", TH_COL_SOURCE},
	};
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (th_slice_eq(by, th_slice_of(columns[i].name)))
			return now->line->cell[columns[i].column];
	if (th_slice_eq(by, TH_S("scope"))) {
		static const char digits[] = "0123";
		return (th_slice){digits + recipe->scope, recipe->scope ? 1 : 0}; /* a credit has no scope */
	}
	if (th_slice_eq(by, TH_S("gas")))
		return gas;
	if (th_slice_eq(by, TH_S("period")))
		return period;
	int n = now->period.first_year == now->period.last_year ? snprintf(year, 24, "%d", now->period.first_year)
	                                                        : snprintf(year, 24, "%d-%d", now->period.first_year, now->period.last_year);
	return (th_slice){year, (size_t)n};
}

static th_group *group_of(th_run *run, const th_now *now, const th_recipe *recipe, th_slice gas, th_slice period)
{
	th_account *account = run->account;
	char year[24];
	th_buf_clear(&run->key);
	for (size_t i = 0; i < account->bys; i++) {
		if (i)
			th_buf_char(&run->key, '\x1f');
		th_buf_slice(&run->key, group_part(now, recipe, account->by[i], gas, period, year));
	}
	uint32_t number = run->key.failed ? TH_NONE : th_intern_add(&run->group_key, th_buf_view(&run->key));
	if (number == TH_NONE)
		return NULL;
	if (number < account->groups)
		return &account->group[number];
	if (number >= run->groups_room) {
		uint32_t room = run->groups_room ? run->groups_room * 2 : 256;
		th_group *grown = th_realloc(account->group, room * sizeof *grown);
		if (!grown)
			return NULL;
		account->group = grown;
		run->groups_room = room;
	}
	th_group *group = &account->group[number];
	*group = (th_group){.key = th_arena_alloc(&account->arena, account->bys ? account->bys : 1, sizeof(th_slice))};
	if (!group->key)
		return NULL;
	for (size_t i = 0; i < account->bys; i++) {
		group->key[i] = th_arena_copy(&account->arena, group_part(now, recipe, account->by[i], gas, period, year));
		if (!group->key[i].ptr)
			return NULL;
	}
	account->groups = number + 1;
	return group;
}

/* --- sums --- */

static bool add_to_group(th_group *group, th_bucket bucket, th_mass co2e)
{
	switch (bucket) {
	case TH_GROSS: return th_mass_add(&group->gross, co2e);
	case TH_BIOGENIC: return th_mass_add(&group->biogenic, co2e);
	case TH_REMOVAL: return th_mass_add(&group->removals, co2e);
	case TH_CREDIT: return th_mass_add(&group->credits, co2e);
	case TH_AVOIDED: case TH_MARKET: case TH_BUCKETS: break;
	}
	return true;
}

static bool add_to_totals(th_run *run, const th_recipe *recipe, const th_term *term, th_mass mass, th_mass co2e)
{
	th_account *account = run->account;
	bool ok = true;
	if (term->factor) {
		th_factor_use *use = &(term->bucket == TH_MARKET ? run->market_use : run->use)[term->factor - run->reference->factor];
		use->factor = term->factor;
		use->lines++;
		ok &= th_mass_add(&use->co2e, co2e);
	}
	switch (term->bucket) {
	case TH_GROSS:
		ok &= th_mass_add(&account->gross, co2e) && th_mass_add(&account->scope[recipe->scope], co2e) &&
		      th_mass_add(&account->iso[recipe->iso], co2e) && th_mass_add(&run->gas[term->gas].mass, mass) &&
		      th_mass_add(&run->gas[term->gas].co2e, co2e);
		break;
	case TH_BIOGENIC: ok &= th_mass_add(&account->biogenic, co2e); break;
	case TH_REMOVAL: ok &= th_mass_add(&account->removals, co2e); break;
	case TH_CREDIT: ok &= th_mass_add(&account->credits, co2e); break;
	case TH_AVOIDED: ok &= th_mass_add(&account->avoided, co2e); break;
	case TH_MARKET: ok &= th_mass_add(&account->scope2_market, co2e); break;
	case TH_BUCKETS: break;
	}
	return ok;
}

/* decay: of waste in a landfill, the term that says which part of it comes in the year; NULL: none. */
static th_status emit(th_run *run, const th_now *now, const th_recipe *recipe, const th_term *term, th_mass mass, th_mass co2e, th_slice period,
                      const th_formula_term *decay)
{
	const th_line *line = now->line;
	const th_gas *gas = &run->reference->gas[term->gas];
	th_status status = TH_OK;
	if (run->options->listeners == 0)
		return TH_OK;
	th_formula_term longer[TH_MOST_FORMULA_TERMS + 1];
	th_buf_clear(&run->text);
	th_buf_slice(&run->text, line->cell[TH_COL_QUANTITY]);
	th_buf_slice(&run->text, term->formula);
	size_t parts = term->parts;
	if (decay) {
		memcpy(longer, term->part, parts * sizeof *longer);
		longer[parts++] = *decay;
		th_put_formula(&run->text, decay, 1);
	}
	if (run->text.failed)
		return TH_SYSTEM;
	th_entry entry = {
		.order = now->order, .file = now->file, .line = line->line, .cell = now->cell, .period = period, .site = line->cell[TH_COL_SITE], .source = line->cell[TH_COL_SOURCE],
		.activity_text = line->cell[TH_COL_ACTIVITY], .quantity = line->cell[TH_COL_QUANTITY], .unit = line->cell[TH_COL_UNIT],
		.region = line->cell[TH_COL_REGION], .uncertainty = line->cell[TH_COL_UNCERTAINTY],
		.instrument = line->cell[TH_COL_INSTRUMENT], .evidence = line->cell[TH_COL_EVIDENCE], .note = line->cell[TH_COL_NOTE],
		.span = now->period, .amount = now->quantity, .measure = &recipe->unit, .has_half = now->has_half, .half = now->half,
		.recipe = recipe, .activity = recipe->activity, .scope = recipe->scope, .iso = recipe->iso, .gas = gas, .factor = term->factor,
		.bucket = term->bucket, .mass = mass, .co2e = co2e,
		.gwp = gas->kind == TH_GAS_PLAIN || gas->kind == TH_GAS_BLEND ? gas->gwp[run->account->gwp] : th_decimal_int(1),
		.coal = run->line_coal, .term = decay ? longer : term->part, .terms = parts, .formula = th_buf_view(&run->text),
	};
	run->line_coal = 0;
	for (size_t i = 0; i < run->options->listeners && status == TH_OK; i++) {
		const th_listener *listener = &run->options->listener[i];
		if (listener->entry)
			status = listener->entry(listener->context, &entry);
	}
	run->entry_status = status > run->entry_status ? status : run->entry_status;
	return status;
}

static th_status too_large(th_run *run, const th_now *now)
{
	return at_cell(run, now, TH_NUMBER_TOO_LARGE, TH_COL_QUANTITY, "");
}

/* The other profiles that cannot compute such a line: their totals are not known any more. */
static void note_missing(th_run *run, const th_now *now, const th_recipe *recipe)
{
	for (size_t i = 0; i < recipe->alternatives; i++) {
		const th_alternative *a = &recipe->alternative[i];
		th_profile_total *other = &run->account->other[a->other];
		if (!a->missing || !other->computed)
			continue;
		other->computed = false;
		other->missing = th_arena_copy(&run->account->arena, a->what);
		other->file = now->file;
		other->line = now->line->line;
	}
}

/* The gross emissions of the line in another profile instead of `gross`. */
static th_status add_alternatives(th_run *run, const th_now *now, const th_recipe *recipe, th_mass gross)
{
	note_missing(run, now, recipe);
	for (size_t i = 0; i < recipe->alternatives; i++) {
		const th_alternative *a = &recipe->alternative[i];
		th_mass sum = -gross, co2e;
		for (size_t t = 0; t < a->count && !a->missing; t++)
			if (!th_coef_apply(&a->co2e[t], now->quantity, &co2e) || !th_mass_add(&sum, co2e))
				return too_large(run, now);
		if (!a->missing && !th_mass_add(&run->account->other[a->other].gross, sum))
			return too_large(run, now);
	}
	return TH_OK;
}

static th_status apply(th_run *run, const th_now *now, const th_recipe *recipe)
{
	th_account *account = run->account;
	th_decimal quantity = now->quantity;
	th_slice period = now->line->cell[TH_COL_PERIOD];
	th_mass mass, co2e, gross = 0;
	bool by_gas = run->options->by && strstr(run->options->by, "gas");
	th_group *group = NULL;
	run->line_coal = 0;
	if (recipe->has_energy && !th_coef_apply(&recipe->energy, quantity, &run->line_coal))
		return too_large(run, now);
	th_mass coal = run->line_coal;
	for (size_t i = 0; i < recipe->terms; i++) {
		const th_term *term = &recipe->term[i];
		if (!th_coef_apply(&term->mass, quantity, &mass) || !th_coef_apply(&term->co2e, quantity, &co2e) ||
		    !add_to_totals(run, recipe, term, mass, co2e))
			return too_large(run, now);
		if (term->bucket == TH_GROSS)
			gross += co2e;
		if (term->bucket != TH_MARKET && (!group || by_gas)) {
			group = group_of(run, now, recipe, run->reference->gas[term->gas].name, period);
			if (!group)
				return TH_SYSTEM;
			group->lines++;
		}
		if (term->bucket != TH_MARKET && !add_to_group(group, term->bucket, co2e))
			return too_large(run, now);
		th_status status = emit(run, now, recipe, term, mass, co2e, period, NULL);
		if (status != TH_OK)
			return status;
	}
	/* Market-based scope 2 counts every line of scope 2: heat, and power whose profile has no residual mix, at their location-based value. */
	if (run->market_column && recipe->scope == 2 && !recipe->electricity_market && !th_mass_add(&account->scope2_market, gross))
		return too_large(run, now);
	if (recipe->has_energy) {
		if (!th_mass_add(&account->coal, coal) || (recipe->activity->non_fossil && !th_mass_add(&account->coal_non_fossil, coal)))
			return too_large(run, now);
		account->has_energy = true;
	}
	if (recipe->has_energy_equal) {
		if (!th_coef_apply(&recipe->energy_equal, quantity, &mass) || !th_mass_add(&account->coal_equal, mass))
			return too_large(run, now);
		account->has_energy_equal = true;
	}
	run->line_coal = 0;
	return add_alternatives(run, now, recipe, gross);
}

/* --- waste in a landfill: kept until the last year of the inventory is known --- */

static bool copy_slices(th_arena *arena, th_slice *slice, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		slice[i] = th_arena_copy(arena, slice[i]);
		if (!slice[i].ptr)
			return false;
	}
	return true;
}

struct kept_line {
	th_line line;
	th_recipe recipe;
};

static th_status keep_deposit(th_run *run, const th_now *now, const th_recipe *recipe)
{
	th_arena *arena = &run->account->arena;
	if (run->deposits == run->deposits_room) {
		size_t room = run->deposits_room ? run->deposits_room * 2 : 16;
		th_deposit *grown = th_realloc(run->deposit, room * sizeof *grown);
		if (!grown)
			return TH_SYSTEM;
		run->deposit = grown;
		run->deposits_room = room;
	}
	struct kept_line *kept = th_arena_alloc(arena, 1, sizeof *kept);
	if (!kept)
		return TH_SYSTEM;
	kept->line = *now->line;
	kept->recipe = *recipe;
	kept->recipe.term = th_arena_alloc(arena, recipe->terms ? recipe->terms : 1, sizeof *recipe->term);
	if (!kept->recipe.term || !copy_slices(arena, kept->line.cell, TH_COLS))
		return TH_SYSTEM;
	memcpy(kept->recipe.term, recipe->term, recipe->terms * sizeof *recipe->term);
	th_deposit *deposit = &run->deposit[run->deposits++];
	*deposit = (th_deposit){&kept->recipe, *now};
	deposit->now.line = &kept->line;
	deposit->now.inventory = NULL;
	return TH_OK;
}

static th_status deposit_too_large(th_run *run, const th_deposit *deposit)
{
	return th_report(run->diags, TH_NUMBER_TOO_LARGE, (th_pos){deposit->now.file, deposit->now.line->line, 1, "quantity"},
	                 th_z(run, deposit->now.line->cell[TH_COL_QUANTITY]), (char *)NULL);
}

static th_status run_deposit(th_run *run, const th_deposit *deposit, int last_year)
{
	const th_recipe *recipe = deposit->recipe;
	th_now now = deposit->now;
	int buried = deposit->now.period.last_year;
	th_mass mass, co2e;
	now.order += TH_ORDER_LATER;
	for (int year = buried + 1; year <= last_year; year++) {
		double share = th_landfill_share(recipe->decay, year - buried);
		char text[24];
		th_slice period = {text, (size_t)snprintf(text, sizeof text, "%d", year)};
		th_formula_term decay = {.name = "k", .value = recipe->decay_text, .unit = TH_S("1/a"), .origin = TH_FROM_FACTOR, .form = TH_TERM_DECAY, .named = true,
		                         .year = year - buried};
		now.period = (th_period){th_day(year, 1, 1), th_day(year, 12, 31), year, year, 12, 12};
		for (size_t i = 0; i < recipe->terms; i++) {
			const th_term *term = &recipe->term[i];
			if (!th_coef_apply(&term->mass, now.quantity, &mass) || !th_coef_apply(&term->co2e, now.quantity, &co2e))
				return deposit_too_large(run, deposit);
			mass = (th_mass)rint((double)mass * share);
			co2e = (th_mass)rint((double)co2e * share);
			th_group *group = group_of(run, &now, recipe, run->reference->gas[term->gas].name, period);
			if (!group)
				return TH_SYSTEM;
			group->lines++;
			if (!add_to_totals(run, recipe, term, mass, co2e) || !add_to_group(group, term->bucket, co2e))
				return deposit_too_large(run, deposit);
			th_status status = emit(run, &now, recipe, term, mass, co2e, period, &decay);
			if (status != TH_OK)
				return status;
		}
	}
	return TH_OK;
}

th_status th_run_deposits(th_run *run)
{
	int last = 0;
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++)
		if (run->year_seen[year - TH_FIRST_YEAR])
			last = year;
	for (size_t i = 0; i < run->deposits; i++) {
		th_status status = run_deposit(run, &run->deposit[i], last);
		if (status != TH_OK)
			return status;
	}
	if (run->deposits)
		th_caveat_count(run, th_caveat_number(run, TH_LANDFILL_DECAY, (char *)NULL), NULL, 0);
	return TH_OK;
}

/* --- a line --- */

th_status th_run_line(th_run *run, th_now *now)
{
	static const th_inventory_column names[] = {TH_COL_ACTIVITY, TH_COL_SITE, TH_COL_SOURCE, TH_COL_PERIOD};
	th_arena_reset(&run->scratch);
	bool like_a_total = false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		total_kind total = total_of(now->line->cell[names[i]]);
		like_a_total |= total == LIKE_A_TOTAL;
		if (total == TOTAL) {
			th_status status = at_cell(run, now, TH_TOTAL_ROW, names[i], "");
			return status == TH_SYSTEM ? TH_SYSTEM : TH_OK;
		}
	}
	unsigned notes = 0;
	uint32_t kind = 0;
	const th_recipe *recipe = NULL;
	th_status worst = read_quantity(run, now, &notes), status = read_uncertainty(run, now);
	worst = status > worst ? status : worst;
	status = read_period(run, now, &kind);
	worst = status > worst ? status : worst;
	if (status == TH_OK) {
		status = th_recipe_for(run, now, kind, &recipe);
		worst = status > worst ? status : worst;
	} else if (th_recipe_words(run, now) == TH_SYSTEM)
		worst = TH_SYSTEM;
	if (worst == TH_SYSTEM)
		return TH_SYSTEM;
	if (worst != TH_OK || !recipe || th_diags_errors(run->diags) > 0)
		return TH_OK;

	run->account->lines++;
	for (int y = now->period.first_year; y <= now->period.last_year; y++)
		run->year_seen[y - TH_FIRST_YEAR] = true;
	for (size_t i = 0; i < recipe->caveats; i++)
		th_caveat_count(run, recipe->caveat[i], now->file, now->line->line);
	if (notes & TH_NUM_FOLDED)
		th_caveat_count(run, th_caveat_number(run, TH_DIGITS_FOLDED, (char *)NULL), now->file, now->line->line);
	if (notes & TH_NUM_GROUPED)
		th_caveat_count(run, th_caveat_number(run, TH_DIGITS_GROUPED, (char *)NULL), now->file, now->line->line);
	if (like_a_total)
		th_caveat_count(run, th_caveat_number(run, TH_LIKE_A_TOTAL, (char *)NULL), now->file, now->line->line);
	if (now->quantity.mant < 0)
		th_caveat_count(run, th_caveat_number(run, TH_NEGATIVE_QUANTITY, (char *)NULL), now->file, now->line->line);
	if (now->line->cell[TH_COL_INSTRUMENT].len && recipe->activity->method == TH_METHOD_ELECTRICITY)
		run->account->has_market = true;
	th_quality_line(run, now, recipe);
	if (run->entry_status != TH_OK)
		return run->entry_status;
	if (recipe->landfill) {
		note_missing(run, now, recipe);
		return keep_deposit(run, now, recipe);
	}
	status = apply(run, now, recipe);
	if (run->entry_status != TH_OK)
		return run->entry_status;
	return status == TH_INVALID ? TH_OK : status; /* of the line alone: the next one is read too */
}
