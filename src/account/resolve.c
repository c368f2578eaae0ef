/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The factors of a line under a profile, and the coefficient of every gas by the activity's method. */

#include <stdio.h>

#include "account/recipe.h"

void th_resolved_note(th_resolved *r, const th_build *build, uint32_t caveat)
{
	for (size_t i = 0; i < r->caveats; i++)
		if (r->caveat[i] == caveat)
			return;
	if (build->report && r->caveats < TH_MOST_NOTES)
		r->caveat[r->caveats++] = caveat;
}

/* --- terms --- */

static th_method_fn method_of(th_method method)
{
	static const th_method_fn functions[TH_METHODS] = {
		[TH_METHOD_ACTIVITY_FACTOR] = th_method_activity_factor, [TH_METHOD_COMBUSTION] = th_method_combustion,
		[TH_METHOD_ELECTRICITY] = th_method_activity_factor, [TH_METHOD_HEAT] = th_method_heat,
		[TH_METHOD_REFRIGERANT] = th_method_activity_factor, [TH_METHOD_CARBONATE] = th_method_carbonate,
		[TH_METHOD_WASTEWATER] = th_method_wastewater, [TH_METHOD_LANDFILL] = th_method_landfill,
		[TH_METHOD_INCINERATION] = th_method_incineration, [TH_METHOD_SINK] = th_method_sink,
		[TH_METHOD_AVOIDED] = th_method_activity_factor,
	};
	return functions[method];
}

/* The factors that serve the activity; none for one that only its line declares. */
static const uint32_t *factors_of_activity(const th_build *build, size_t *count)
{
	const th_reference *reference = build->frame->reference;
	*count = 0;
	return build->activity->undeclared ? NULL : th_factors_of(reference, (uint32_t)(build->activity - reference->activity), count);
}

/* A leak rate has no gas of its own (`*`): it is the gas of the activity. */
static uint32_t gas_of(const th_build *build, const th_factor *row)
{
	if (th_index_is(row->gas))
		return th_index_number(row->gas);
	const th_reference *reference = build->frame->reference;
	size_t count = 0;
	const uint32_t *list = factors_of_activity(build, &count);
	for (size_t i = 0; i < count; i++)
		if (th_index_is(reference->factor[list[i]].gas))
			return th_index_number(reference->factor[list[i]].gas);
	return TH_NONE;
}

/* The gas decides: what a wood emits as CH4 is an emission though the wood is a sink. */
static th_bucket bucket_of(const th_build *build, const th_gas *gas)
{
	th_kind kind = build->activity->kind;
	bool carbon_dioxide = gas->kind == TH_GAS_CO2E || th_slice_eq(gas->name, TH_S("CO2"));
	if (kind == TH_KIND_CREDIT)
		return TH_CREDIT;
	if (kind == TH_KIND_AVOIDED)
		return TH_AVOIDED;
	if (gas->kind == TH_GAS_REMOVAL || (kind == TH_KIND_REMOVAL && !build->activity->declared && carbon_dioxide))
		return TH_REMOVAL;
	return gas->kind == TH_GAS_BIOGENIC ? TH_BIOGENIC : gas->outside ? TH_OUTSIDE : TH_GROSS;
}

/* Of a line over the end of a year, the part that is computed: x 17/31. */
static void add_days(const th_build *build, th_formula *f)
{
	int32_t days, all;
	if (th_is_part(build->now, &days, &all))
		th_formula_constant(f, "days", (unsigned)days, (unsigned)all);
}

/* Its terms and words are kept for those who listen. */
static bool is_heard(const th_build *build)
{
	return build->frame->options->listeners > 0 && build->report;
}

static th_arena *arena_of_formula(const th_build *build)
{
	return is_heard(build) ? build->arena : &build->shard->scratch;
}

static bool keep_formula(const th_build *build, const th_formula *f, th_term *term)
{
	th_arena *arena = build->arena;
	if (!is_heard(build))
		return true;
	th_formula_term *part = th_arena_alloc(arena, f->terms ? f->terms : 1, sizeof *part);
	th_told *told = th_arena_alloc(arena, 1, sizeof *told);
	th_buf *text = &build->shard->text;
	if (!part || !told)
		return false;
	memcpy(part, f->term, f->terms * sizeof *part);
	term->told = told;
	th_buf_clear(text);
	th_buf_char(text, ' ');
	th_buf_slice(text, build->unit_text);
	th_put_formula(text, part, f->terms);
	*told = (th_told){part, f->terms, th_arena_copy(arena, th_buf_view(text))};
	return !text->failed && told->formula.ptr;
}

/* Which gas has no value in the set of the job, and the sets that have one. */
static th_status fail_gwp(th_build *build, const th_gas *gas)
{
	char sets[64] = "";
	size_t len = 0;
	for (int i = 0; i < TH_GWP_SETS; i++)
		if (gas->has_gwp[i])
			len += (size_t)snprintf(sets + len, sizeof sets - len, "%s%s", len ? ", " : "", th_gwp_names[i]);
	return th_build_fail(build, TH_GWP_MISSING, TH_COL_ACTIVITY, th_z(build->shard, gas->name), th_gwp_names[build->frame->gwp], len ? sets : "-");
}

/* Equation of every CO2 equivalent: mass of gas x GWP of the set in force (IPCC 2006 Vol 1 Ch 8; ISO 14064-1 6.3). */
static th_status add_term(th_build *build, th_resolved *r, const th_factor *row, uint32_t gas, th_bucket bucket, th_formula *f)
{
	const th_frame *frame = build->frame;
	const th_gas *g = &frame->reference->gas[gas];
	if (r->terms == TH_MOST_TERMS)
		return th_build_fail(build, TH_FACTOR_GASES, TH_COL_ACTIVITY, row ? th_z(build->shard, row->id) : "", "", ""); /* more legs than are known today */
	th_formula_end(f, &frame->mass);
	const th_ratio *mass = &f->product;
	th_term *term = &r->term[r->terms];
	*term = (th_term){.factor = row, .gas = gas, .bucket = (unsigned char)bucket};
	th_ratio co2e = *mass;
	if (g->kind == TH_GAS_PLAIN || g->kind == TH_GAS_BLEND) {
		if (!g->has_gwp[frame->gwp])
			return fail_gwp(build, g);
		th_ratio_mul(&co2e, g->gwp[frame->gwp]);
		if (g->bound[frame->gwp] && build->report)
			th_resolved_note(r, build, th_caveat_number(build->shard, TH_GWP_BOUND, th_z(build->shard, g->name), th_gwp_names[frame->gwp], (char *)NULL));
	}
	if (mass->overflow || co2e.overflow)
		return th_build_fail(build, TH_NUMBER_TOO_LARGE, TH_COL_QUANTITY, th_z(build->shard, th_build_cell(build, TH_COL_QUANTITY)), "", "");
	if (f->failed || !keep_formula(build, f, term) || !th_coef_make(&term->mass, mass, build->arena) ||
	    !th_coef_make(&term->co2e, &co2e, build->arena))
		return TH_SYSTEM;
	r->terms++;
	if (bucket == TH_OUTSIDE && build->report)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_OUTSIDE_KYOTO, th_z(build->shard, g->name), (char *)NULL));
	if (g->kind == TH_GAS_CO2E && bucket == TH_GROSS && build->report)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_CO2E_FACTOR, (char *)NULL));
	return TH_OK;
}

/* Is that gas there already? What the delivery of power emits comes beside what its generation does. */
static bool has_gas(const th_resolved *r, uint32_t gas)
{
	for (size_t i = 0; i < r->terms; i++)
		if (r->term[i].gas == gas && r->term[i].bucket != TH_MARKET)
			return true;
	return false;
}

/* Which part of a line a factor is for: all of it by its place; by the market all of it, what the contract covers, or the rest. */
typedef enum th_part { TH_LOCATION, TH_MARKET_ALL, TH_MARKET_COVERED, TH_MARKET_REST } th_part;

static void add_share(const th_build *build, th_part part, th_formula *f)
{
	th_unit percent;
	th_slice at;
	bool apart = part == TH_MARKET_COVERED || part == TH_MARKET_REST;
	if (!apart || build->share_text.len == 0 || th_unit_parse(build->frame->reference->units, TH_S("%"), &percent, &at) != TH_UNIT_OK)
		return;
	th_formula_times(f, (th_formula_term){.name = "share", .value = build->share_text, .unit = TH_S("%"), .origin = TH_FROM_CELL,
	                                      .form = part == TH_MARKET_REST ? TH_TERM_REST : TH_TERM},
	                 part == TH_MARKET_REST ? build->rest : build->share, &percent, NULL);
}

bool th_counts_gas(const th_build *build, const th_gas *gas)
{
	return !build->only_co2 || gas->kind == TH_GAS_CO2E || gas->kind == TH_GAS_BIOGENIC || gas->kind == TH_GAS_REMOVAL || th_slice_eq(gas->name, TH_S("CO2"));
}

/* One gas of a factor, by the activity's method. A blend is one gas, unless some of its gases are outside the seven and some are not: then
 * each of them is one. */
static th_status add_gas(th_build *build, th_resolved *r, const th_factor *row, uint32_t gas, th_part which)
{
	const th_frame *frame = build->frame;
	const th_gas *g = &frame->reference->gas[gas];
	if (!th_counts_gas(build, g)) {
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_PROFILE_GAS, th_z(build->shard, g->name), th_z(build->shard, build->frame->profile->id), (char *)NULL));
		return TH_OK;
	}
	const th_gas_part whole = {gas, {100, 0}}, *part = g->mixed ? g->part : &whole;
	size_t parts = g->mixed ? g->parts : 1, before = r->terms;
	for (size_t i = 0; i < parts; i++) {
		const th_gas *of = &frame->reference->gas[part[i].gas];
		th_formula f;
		th_formula_begin(&f, frame->reference->units, arena_of_formula(build), &build->unit, build->unit_text);
		add_days(build, &f);
		add_share(build, which, &f);
		th_status status = method_of(build->activity->method)(build, row, &f);
		if (status == TH_OK && g->mixed)
			th_formula_percent(&f, "share", part[i].percent);
		if (status == TH_OK)
			status = add_term(build, r, row, part[i].gas, which != TH_LOCATION ? TH_MARKET : bucket_of(build, of), &f);
		if (status != TH_OK)
			return status;
		r->term[r->terms - 1].further = r->terms > before + 1;
	}
	return TH_OK;
}

/* Every gas of the chosen factor, by the activity's method. */
static th_status add_choice(th_build *build, th_resolved *r, const th_choice *choice, th_part part, bool beside)
{
	const th_activity *activity = build->activity;
	for (size_t i = 0; i < choice->count; i++) {
		const th_factor *row = choice->row[i];
		uint32_t gas = gas_of(build, row);
		if (gas == TH_NONE)
			return th_build_fail(build, TH_GAS_UNKNOWN_FOR, TH_COL_ACTIVITY, th_z_activity(build->shard, activity), th_z(build->shard, row->id), "");
		if (!beside && has_gas(r, gas))
			continue;
		th_status status = add_gas(build, r, row, gas, part);
		if (status != TH_OK)
			return status;
		if (activity->method == TH_METHOD_LANDFILL)
			r->landfill = row;
	}
	return TH_OK;
}

/* The gases of rows of the user's, or of those as shipped. */
static const char *gases_of(th_build *build, const th_choice *choice, bool shipped)
{
	th_buf *text = &build->shard->text;
	th_buf_clear(text);
	for (size_t i = 0; i < choice->count; i++)
		if ((choice->row[i]->layer == 0) == shipped) {
			th_buf_str(text, text->len ? ", " : "");
			th_buf_slice(text, choice->row[i]->gas_text);
		}
	return th_z(build->shard, th_buf_view(text));
}

/* The time of a row as people say it. */
static const char *validity(th_build *build, const th_factor *row)
{
	th_buf en = {0}, zh = {0};
	const th_slice from = row->valid_from_text, to = row->valid_to_text;
	th_buf_printf(&en, "%s%.*s%s%.*s", from.len ? "from " : "", (int)from.len, from.len ? from.ptr : "", from.len && to.len ? " to " : to.len ? "to " : "",
	              (int)to.len, to.len ? to.ptr : "");
	th_buf_printf(&zh, "%.*s%s%.*s%s", (int)from.len, from.len ? from.ptr : "", from.len && to.len ? "至" : from.len ? "起" : "", (int)to.len,
	              to.len ? to.ptr : "", from.len ? "" : "止");
	const char *text = en.failed || zh.failed ? "" : th_z_both(build->shard, th_buf_view(&en), th_buf_view(&zh));
	th_buf_free(&en);
	th_buf_free(&zh);
	return text;
}

/* A factor of which the user's file has some gases, regions or times, and the rest is as it was. */
static void note_mixed(th_build *build, th_resolved *r, const th_choice *choice, const char *id)
{
	const th_reference *reference = build->frame->reference;
	uint32_t first = th_find_factor(reference, choice->row[0]->id);
	const char *mine = gases_of(build, choice, false), *shipped = gases_of(build, choice, true);
	if (first == TH_NONE || reference->factor[first].layer == 0 || !*shipped)
		return;
	if (*mine)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_MIXED_GASES, id, mine, shipped, (char *)NULL));
	else
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_MIXED_ROWS, id, shipped, (char *)NULL));
}

static void note_choice(th_build *build, th_resolved *r, const th_choice *choice, uint32_t region)
{
	if (!build->report || choice->count == 0)
		return;
	const th_factor *row = choice->row[0];
	const char *id = th_z(build->shard, row->id);
	char year[16];
	snprintf(year, sizeof year, "%d", build->now->period.last_year);
	if (choice->older || choice->newer)
		th_resolved_note(r, build, th_caveat_number(build->shard, choice->older ? TH_FALLBACK_YEAR : TH_FALLBACK_LATER, id, year, (char *)NULL));
	note_mixed(build, r, choice, id);
	if (choice->passed)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_INSTRUMENT_PASSED, th_z(build->shard, choice->passed->id), id, (char *)NULL));
	if (choice->wider)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_WIDER_REGION, id, th_z_region(build->shard, build->frame->reference, row->region_text), (char *)NULL));
	if (choice->rule && !choice->rule->region_of_line && th_build_cell(build, TH_COL_REGION).len &&
	    th_is_elsewhere(build->frame->reference, row, region))
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_NAMED_OTHER_REGION, id, th_z_region(build->shard, build->frame->reference, row->region_text),
		                                            th_z_region(build->shard, build->frame->reference, build->frame->reference->region[region].id), (char *)NULL));
	if (choice->outside && (row->from != TH_DAY_MIN || row->to != TH_DAY_MAX))
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_OUTSIDE_VALIDITY, id, validity(build, row), year, (char *)NULL));
	if (choice->own)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_OWN_FACTOR, id, th_z_activity(build->shard, build->activity), (char *)NULL));
	if (choice->rule && (choice->rule->note_zh.len || choice->rule->note_en.len))
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_RULE_NOTE, th_z(build->shard, choice->rule->note_en), th_z(build->shard, choice->rule->note_zh), (char *)NULL));
}

static th_status missing_factor(th_build *build, const th_profile *profile, const th_choice *choice)
{
	const th_frame *frame = build->frame;
	if (choice->elsewhere)
		return th_build_fail(build, TH_REGION_WITHOUT_FACTOR, th_build_cell(build, TH_COL_REGION).len ? TH_COL_REGION : TH_COL_ACTIVITY,
		                     th_z_activity(build->shard, build->activity), th_z_profile(build->shard, profile), "");
	const th_reference *reference = frame->reference;
	size_t count;
	const uint32_t *list = factors_of_activity(build, &count);
	th_buf ids = {0};
	for (size_t i = 0; i < count && i < 6; i++) {
		th_buf_str(&ids, i ? ", " : "");
		th_buf_slice(&ids, reference->factor[list[i]].id);
	}
	th_slice none = TH_S("-");
	const char *found = th_z(build->shard, ids.len ? th_buf_view(&ids) : none);
	th_buf_free(&ids);
	return th_build_fail(build, TH_FACTOR_MISSING, TH_COL_ACTIVITY, th_z_activity(build->shard, build->activity), th_z_profile(build->shard, profile), found);
}

/* --- purchased electricity --- */

static th_status add_market_choice(th_build *build, th_resolved *r, const th_choice *choice, th_part part, uint32_t region)
{
	size_t before = r->caveats;
	note_choice(build, r, choice, region);
	for (size_t i = before; i < r->caveats && r->caveat[i] != TH_NONE; i++)
		build->shard->caveat[r->caveat[i]].market = true;
	r->market = true;
	return add_choice(build, r, choice, part, true);
}

/* An instrument whose factor is written as 0, without a row of a factor file. */
static th_status add_zero(th_build *build, th_resolved *r)
{
	const th_reference *reference = build->frame->reference;
	uint32_t gas = th_find_gas(reference, TH_S("CO2"));
	th_unit unit;
	th_slice at, text = TH_S("kg/kWh");
	if (gas == TH_NONE || th_unit_parse(reference->units, text, &unit, &at) != TH_UNIT_OK)
		return th_build_fail(build, TH_GAS_UNKNOWN_FOR, TH_COL_ACTIVITY, "CO2", "gwp.csv", "");
	th_formula f;
	th_formula_begin(&f, reference->units, arena_of_formula(build), &build->unit, build->unit_text);
	add_days(build, &f);
	add_share(build, TH_MARKET_COVERED, &f);
	th_formula_times(&f, (th_formula_term){.name = "value", .value = build->row->factor, .unit = text, .origin = TH_FROM_CELL}, th_decimal_int(0), &unit, NULL);
	r->market = true;
	return add_term(build, r, NULL, gas, TH_MARKET, &f);
}

/* What the instrument covers: by its own factor, else by the profile's rule for green power. */
static th_status add_covered(th_build *build, th_resolved *r, const th_profile *profile, uint32_t region)
{
	const th_reference *reference = build->frame->reference;
	th_choice choice = {0};
	th_status status;
	bool own = build->row && build->row->factor.len;
	th_slice factor = own ? build->row->factor : build->instrument;
	if (!build->row && build->report)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_INSTRUMENT_UNLISTED, th_z(build->shard, build->instrument), (char *)NULL));
	if (build->row && build->row->zero)
		return add_zero(build, r);
	if (th_find_factor(reference, factor) != TH_NONE)
		status = th_choose_named(build, factor, TH_COL_INSTRUMENT, region, &choice);
	else
		status = th_choose(build, profile, TH_LEG_GREEN, region, &choice);
	r->failed |= choice.failed;
	if (status != TH_OK || choice.failed)
		return status;
	if (choice.count == 0)
		return th_build_fail(build, TH_INSTRUMENT_NO_VALUE, TH_COL_INSTRUMENT, th_z(build->shard, build->instrument), th_z_profile(build->shard, profile), "");
	return add_market_choice(build, r, &choice, TH_MARKET_COVERED, region);
}

/* The location-based factors of the line once more. */
static void take_location(const th_resolved *r, th_choice *choice)
{
	for (size_t i = 0; i < r->terms && choice->count < TH_MOST_GASES; i++)
		if (r->term[i].bucket == TH_GROSS && r->term[i].factor)
			choice->row[choice->count++] = r->term[i].factor;
}

/* Power with a grid factor of its own, by the line or by the user's file, is of a grid that the profile's residual mix says nothing of, unless
 * the profile says that it does. */
static bool has_residual(const th_build *build, const th_resolved *r, const th_profile *profile)
{
	const th_reference *reference = build->frame->reference;
	uint32_t activity = (uint32_t)(build->activity - reference->activity);
	if (th_build_cell(build, TH_COL_FACTOR).len == 0 && !(r->main && r->main->layer))
		return true;
	for (size_t i = 0; i < profile->rules; i++)
		if (th_rule_is_for(reference, &profile->rule[i], TH_LEG_RESIDUAL, activity))
			return profile->rule[i].all_lines;
	return false;
}

/* Market-based value of a line (GHG Protocol Scope 2 Guidance 6.5): what an instrument covers by its own factor, else the profile's rule for
 * green power; the rest, and power without an instrument, by the residual mix, else by the location-based factor. */
static th_status add_market(th_build *build, th_resolved *r, const th_profile *profile, uint32_t region)
{
	th_choice choice = {0};
	th_status status = TH_OK;
	bool all = build->instrument.len && build->share_text.len == 0;
	if (!build->frame->market_column)
		return TH_OK;
	if (build->instrument.len)
		status = add_covered(build, r, profile, region);
	if (all || status != TH_OK || r->failed)
		return status;
	if (has_residual(build, r, profile))
		status = th_choose(build, profile, TH_LEG_RESIDUAL, region, &choice);
	r->failed |= choice.failed;
	if (status != TH_OK || choice.failed)
		return status;
	if (choice.count == 0 && build->instrument.len)
		take_location(r, &choice);
	return choice.count ? add_market_choice(build, r, &choice, build->instrument.len ? TH_MARKET_REST : TH_MARKET_ALL, region) : TH_OK;
}

/* --- the legs --- */

/* The factors of a leg; none where it has failed. */
static th_status choose_leg(th_build *build, th_resolved *r, const th_profile *profile, th_leg leg, uint32_t region, th_choice *choice)
{
	th_status status = th_choose(build, profile, leg, region, choice);
	r->failed |= choice->failed;
	if (choice->failed && !r->missing.ptr)
		r->missing = choice->missing;
	return status;
}

static th_status add_leg(th_build *build, th_resolved *r, const th_profile *profile, th_leg leg, uint32_t region)
{
	th_choice choice;
	th_status status = choose_leg(build, r, profile, leg, region, &choice);
	if (status != TH_OK || choice.failed)
		return status;
	if (choice.count == 0)
		return leg == TH_LEG_MAIN ? missing_factor(build, profile, &choice) : TH_OK;
	if (leg == TH_LEG_MAIN) {
		r->main = choice.row[0];
		build->heat_value = choice.row[0];
	} else if (!build->heat_value || !(build->has_ncv || build->heat_value->has_ncv || choice.row[0]->has_ncv)) {
		/* CH4 and N2O are given per unit of energy: without a heat value they cannot be computed, and that is said. */
		if (th_unit_exponent(build->frame->reference->units, &build->unit, "energy") != 1 && !th_unit_same_dimension(&build->unit, &build->frame->coal)) {
			const bool own = build->heat_value && build->heat_value->layer;
			if (build->report && own)
				th_resolved_note(r, build, th_caveat_number(build->shard, TH_OWN_NO_HEAT_VALUE, th_z_activity(build->shard, build->activity), th_z(build->shard, build->heat_value->id), (char *)NULL));
			else if (build->report)
				th_resolved_note(r, build, th_caveat_number(build->shard, TH_NO_HEAT_VALUE, th_z_activity(build->shard, build->activity), (char *)NULL));
			return TH_OK;
		}
	}
	note_choice(build, r, &choice, region);
	return add_choice(build, r, &choice, TH_LOCATION, false);
}

/* Where a profile counts what it takes to deliver power (GB/T 24067-2024: generation and its losses on the way), beside what its generation emits:
 * whoever generated it. A profile that has such a rule and no value for that time leaves nothing out in silence. */
static th_status add_delivery(th_build *build, th_resolved *r, const th_profile *profile, uint32_t region)
{
	th_choice choice;
	bool rule = false;
	const uint32_t activity = (uint32_t)(build->activity - build->frame->reference->activity);
	for (size_t i = 0; i < profile->rules && !build->activity->undeclared; i++)
		rule |= th_rule_is_for(build->frame->reference, &profile->rule[i], TH_LEG_DELIVERY, activity);
	if (!rule)
		return TH_OK;
	th_status status = choose_leg(build, r, profile, TH_LEG_DELIVERY, region, &choice);
	if (status != TH_OK || choice.failed)
		return status;
	if (choice.count == 0)
		return missing_factor(build, profile, &choice);
	note_choice(build, r, &choice, region);
	return add_choice(build, r, &choice, TH_LOCATION, true);
}

static th_status add_named(th_build *build, th_resolved *r, uint32_t region)
{
	th_choice choice;
	th_status status = th_choose_named(build, th_build_cell(build, TH_COL_FACTOR), TH_COL_FACTOR, region, &choice);
	r->failed |= choice.failed;
	if (status != TH_OK || choice.failed)
		return status;
	build->heat_value = r->main = choice.row[0];
	note_choice(build, r, &choice, region);
	return add_choice(build, r, &choice, TH_LOCATION, false);
}

/* A credit is counted as it is written, in t CO2e. */
static th_status add_credit(th_build *build, th_resolved *r)
{
	const th_frame *frame = build->frame;
	if (!th_unit_same_dimension(&build->unit, &frame->co2e_mass) && !th_unit_same_dimension(&build->unit, &frame->mass)) {
		return th_build_fail(build, TH_UNIT_UNLIKE, TH_COL_UNIT, th_z(build->shard, build->unit_text), "t CO2e", th_z_activity(build->shard, build->activity));
	}
	uint32_t gas = th_find_gas(frame->reference, TH_S("CO2e"));
	if (gas == TH_NONE)
		return th_build_fail(build, TH_GAS_UNKNOWN_FOR, TH_COL_ACTIVITY, "CO2e", "gwp.csv", "");
	th_formula f;
	th_formula_begin(&f, frame->reference->units, arena_of_formula(build), &build->unit, build->unit_text);
	add_days(build, &f);
	return add_term(build, r, NULL, gas, TH_CREDIT, &f);
}

/* A user's factor in CO2e has the other gases in it. */
static bool whole_in_co2e(const th_build *build, const th_resolved *r)
{
	uint32_t gas;
	return r->main && r->main->layer && th_index_get(r->main->gas, &gas) && build->frame->reference->gas[gas].kind == TH_GAS_CO2E;
}

/* A factor of CH4 or N2O alone, of what always gives off CO2 too: nothing else of the line has it. */
static void note_gas_lost(th_build *build, th_resolved *r)
{
	th_method method = build->activity->method;
	bool found = method != TH_METHOD_COMBUSTION && method != TH_METHOD_ELECTRICITY && method != TH_METHOD_HEAT;
	for (size_t i = 0; i < r->terms; i++) {
		const th_gas *gas = &build->frame->reference->gas[r->term[i].gas];
		found |= gas->kind == TH_GAS_CO2E || gas->kind == TH_GAS_BIOGENIC || gas->kind == TH_GAS_REMOVAL || th_slice_eq(gas->name, TH_S("CO2"));
	}
	if (!found && build->report && r->main)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_GAS_LOST, th_z(build->shard, r->main->id), th_z(build->shard, r->main->gas_text),
		                                            (char *)NULL));
}

th_status th_resolve(th_build *build, const th_profile *profile, uint32_t region, th_resolved *r)
{
	th_method method = build->activity->method;
	th_status status;
	r->terms = r->caveats = 0; /* the lists themselves are long, and made for each kind of line and profile */
	r->failed = r->market = false;
	r->missing = (th_slice){NULL, 0};
	r->landfill = r->main = NULL;
	build->missing = (th_slice){NULL, 0};
	build->heat_value = NULL;
	if (method == TH_METHOD_ENERGY_ONLY)
		return TH_OK;
	build->only_co2 = profile->only_co2;
	if (!build->activity->undeclared && th_profile_leaves_out(build->frame->reference, profile, (uint32_t)(build->activity - build->frame->reference->activity))) {
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_PROFILE_OUTSIDE, th_z_activity(build->shard, build->activity), th_z(build->shard, profile->id), (char *)NULL));
		return TH_OK;
	}
	if (method == TH_METHOD_CREDIT)
		return add_credit(build, r);
	bool electricity = method == TH_METHOD_ELECTRICITY;
	if (th_build_cell(build, TH_COL_FACTOR).len)
		status = add_named(build, r, region);
	else {
		status = add_leg(build, r, profile, TH_LEG_MAIN, region);
		for (int leg = TH_LEG_CH4; leg <= TH_LEG_BIOGENIC && status == TH_OK && !r->failed && !whole_in_co2e(build, r); leg++)
			status = add_leg(build, r, profile, (th_leg)leg, region);
	}
	if (status == TH_OK && !r->failed)
		status = add_delivery(build, r, profile, region);
	if (status == TH_OK && !r->failed)
		note_gas_lost(build, r);
	if (status == TH_OK && electricity && !r->failed)
		status = add_market(build, r, profile, region);
	return status;
}
