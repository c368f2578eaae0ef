/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a line's words to its plan: activity, scope, unit, measured values, factors, and the coefficient of every gas. Lines
 * with the same words share a plan, so this work is done once for each kind of line. */

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "calc/run.h"

enum { MOST_PLANS = 65536, MOST_TERMS = 24 };

/* What one profile makes of a line. */
struct resolved {
	th_term term[MOST_TERMS];
	size_t terms;
	bool failed, market;
	th_slice missing;
	uint32_t caveat[64];
	size_t caveats;
	const th_factor *landfill;
	const th_factor *main; /* the first row of the main leg */
};

th_status th_build_fail(th_build *build, th_code code, th_inventory_column column, const char *a, const char *b, const char *c)
{
	if (!build->report) {
		/* Another profile cannot compute this line: which activity, in which unit, is what its table row says. */
		th_run *run = build->run;
		th_buf_clear(&run->text);
		th_buf_slice(&run->text, build->activity->id);
		th_buf_printf(&run->text, " (%s)", th_z(run, build->unit_text));
		build->missing = th_arena_copy(run->plans, th_buf_view(&run->text));
		return TH_INVALID;
	}
	return th_report(build->run->diags, code, th_inventory_place(build->now->inventory, column), a, b, c, (char *)NULL);
}

static void note(struct resolved *r, const th_build *build, uint32_t caveat)
{
	for (size_t i = 0; i < r->caveats; i++)
		if (r->caveat[i] == caveat)
			return;
	if (build->report && r->caveats < sizeof r->caveat / sizeof *r->caveat)
		r->caveat[r->caveats++] = caveat;
}

static th_slice cell(const th_build *build, th_inventory_column column)
{
	return build->now->line->cell[column];
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
	const th_reference *reference = build->run->reference;
	*count = 0;
	return build->activity->undeclared ? NULL : th_factors_of(reference, (uint32_t)(build->activity - reference->activity), count);
}

/* A leak rate has no gas of its own (`*`): it is the gas of the activity. */
static uint32_t gas_of(const th_build *build, const th_factor *row)
{
	if (row->gas != TH_NONE)
		return row->gas;
	const th_reference *reference = build->run->reference;
	size_t count = 0;
	const uint32_t *list = factors_of_activity(build, &count);
	for (size_t i = 0; i < count; i++)
		if (reference->factor[list[i]].gas != TH_NONE)
			return reference->factor[list[i]].gas;
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
	return gas->kind == TH_GAS_BIOGENIC ? TH_BIOGENIC : TH_GROSS;
}

/* Equation of every CO2 equivalent: mass of gas x GWP of the set in force (IPCC 2006 Vol 1 Ch 8; ISO 14064-1 6.3). */
static th_status add_term(th_build *build, struct resolved *r, const th_factor *row, uint32_t gas, th_bucket bucket, const th_ratio *mass,
                          th_slice formula)
{
	th_run *run = build->run;
	const th_gas *g = &run->reference->gas[gas];
	if (r->terms == MOST_TERMS)
		return TH_OK;
	th_term *term = &r->term[r->terms];
	*term = (th_term){.factor = row, .gas = gas, .bucket = bucket};
	th_ratio co2e = *mass;
	if (g->kind == TH_GAS_PLAIN || g->kind == TH_GAS_BLEND) {
		if (!g->has_gwp[run->account->gwp])
			return th_build_fail(build, TH_GWP_MISSING, TH_COL_ACTIVITY, th_z(run, g->name), th_gwp_names[run->account->gwp], "");
		th_ratio_mul(&co2e, g->gwp[run->account->gwp]);
	}
	if (mass->overflow || co2e.overflow)
		return th_build_fail(build, TH_NUMBER_TOO_LARGE, TH_COL_QUANTITY, th_z(run, cell(build, TH_COL_QUANTITY)), "", "");
	term->formula = th_arena_copy(run->plans, formula);
	if (!th_coef_make(&term->mass, mass, run->plans) || !th_coef_make(&term->co2e, &co2e, run->plans) || !term->formula.ptr)
		return TH_SYSTEM;
	r->terms++;
	if (g->kind == TH_GAS_CO2E && bucket == TH_GROSS && build->report)
		note(r, build, th_caveat_number(run, TH_CO2E_FACTOR, (char *)NULL));
	return TH_OK;
}

static bool has_gas(const struct resolved *r, uint32_t gas)
{
	for (size_t i = 0; i < r->terms; i++)
		if (r->term[i].gas == gas && r->term[i].bucket != TH_MARKET)
			return true;
	return false;
}

/* Every gas of the chosen factor, by the activity's method. */
static th_status add_choice(th_build *build, struct resolved *r, const th_choice *choice, bool market)
{
	th_run *run = build->run;
	const th_activity *activity = build->activity;
	for (size_t i = 0; i < choice->count; i++) {
		const th_factor *row = choice->row[i];
		uint32_t gas = gas_of(build, row);
		if (gas == TH_NONE)
			return th_build_fail(build, TH_GAS_UNKNOWN_FOR, TH_COL_ACTIVITY, th_z(run, activity->id), th_z(run, row->id), "");
		if (!market && has_gas(r, gas))
			continue;
		th_ratio mass = th_ratio_one();
		th_buf formula = {0};
		th_status status = method_of(activity->method)(build, row, &mass, &formula);
		if (status == TH_OK && formula.failed)
			status = TH_SYSTEM;
		if (status == TH_OK)
			status = add_term(build, r, row, gas, market ? TH_MARKET : bucket_of(build, &run->reference->gas[gas]), &mass,
			                  th_buf_view(&formula));
		th_buf_free(&formula);
		if (status != TH_OK)
			return status;
		if (activity->method == TH_METHOD_LANDFILL)
			r->landfill = row;
	}
	return TH_OK;
}

static void note_choice(th_build *build, struct resolved *r, const th_choice *choice)
{
	th_run *run = build->run;
	if (!build->report || choice->count == 0)
		return;
	const th_factor *row = choice->row[0];
	const char *id = th_z(run, row->id);
	char year[16];
	snprintf(year, sizeof year, "%d", build->now->period.last_year);
	if (choice->older || choice->newer)
		note(r, build, th_caveat_number(run, choice->older ? TH_FALLBACK_YEAR : TH_FALLBACK_LATER, id, year, (char *)NULL));
	if (choice->wider)
		note(r, build, th_caveat_number(run, TH_WIDER_REGION, id, th_z(run, row->region_text), (char *)NULL));
	if (choice->outside && (row->from != TH_DAY_MIN || row->to != TH_DAY_MAX))
		note(r, build, th_caveat_number(run, TH_OUTSIDE_VALIDITY, id, th_z(run, row->valid_from_text), th_z(run, row->valid_to_text), (char *)NULL));
	if (choice->rule && (choice->rule->note_zh.len || choice->rule->note_en.len))
		note(r, build, th_caveat_number(run, TH_RULE_NOTE, th_z(run, choice->rule->note_en), th_z(run, choice->rule->note_zh), (char *)NULL));
}

static th_status missing_factor(th_build *build, const th_profile *profile)
{
	th_run *run = build->run;
	const th_reference *reference = run->reference;
	size_t count;
	const uint32_t *list = factors_of_activity(build, &count);
	th_buf ids = {0};
	for (size_t i = 0; i < count && i < 6; i++) {
		th_buf_str(&ids, i ? ", " : "");
		th_buf_slice(&ids, reference->factor[list[i]].id);
	}
	th_slice none = TH_S("-");
	const char *found = th_z(run, ids.len ? th_buf_view(&ids) : none);
	th_buf_free(&ids);
	return th_build_fail(build, TH_FACTOR_MISSING, TH_COL_ACTIVITY, th_z(run, build->activity->id), th_z(run, profile->id), found);
}

/* --- purchased electricity --- */

/* Market-based value of a line (GHG Protocol Scope 2 Guidance 6.5): the instrument's own factor, else the factor the line names, else the
 * profile's rule for green power; for power without an instrument the residual mix, else the location-based factor. */
static th_status add_market(th_build *build, struct resolved *r, const th_profile *profile, uint32_t region)
{
	th_run *run = build->run;
	th_slice instrument = cell(build, TH_COL_INSTRUMENT), named = cell(build, TH_COL_FACTOR);
	th_choice choice = {0};
	th_status status = TH_OK;
	if (!run->market_column)
		return TH_OK;
	if (instrument.len) {
		if (th_find_factor(run->reference, instrument) != TH_NONE)
			status = th_choose_named(run, build->now, instrument, TH_COL_INSTRUMENT, region, build->report, &choice);
		else if (named.len)
			status = th_choose_named(run, build->now, named, TH_COL_FACTOR, region, build->report, &choice);
		else
			status = th_choose(run, build->now, profile, TH_LEG_GREEN, build->activity, region, build->report, &choice);
		if (status == TH_OK && choice.count == 0 && !choice.failed)
			return th_build_fail(build, TH_INSTRUMENT_NO_VALUE, TH_COL_INSTRUMENT, th_z(run, instrument), th_z(run, profile->id), "");
	} else
		status = th_choose(run, build->now, profile, TH_LEG_RESIDUAL, build->activity, region, build->report, &choice);
	r->failed |= choice.failed;
	if (status != TH_OK || choice.failed || choice.count == 0)
		return status;
	note_choice(build, r, &choice);
	r->market = true;
	return add_choice(build, r, &choice, true);
}

/* --- the legs --- */

static th_status add_leg(th_build *build, struct resolved *r, const th_profile *profile, th_leg leg, uint32_t region)
{
	th_choice choice;
	th_status status = th_choose(build->run, build->now, profile, leg, build->activity, region, build->report, &choice);
	r->failed |= choice.failed;
	if (choice.failed && !r->missing.ptr)
		r->missing = choice.missing;
	if (status != TH_OK || choice.failed)
		return status;
	if (choice.count == 0)
		return leg == TH_LEG_MAIN ? missing_factor(build, profile) : TH_OK;
	if (leg == TH_LEG_MAIN) {
		r->main = choice.row[0];
		build->heat_value = choice.row[0];
	} else if (!build->heat_value || !(build->has_ncv || build->heat_value->has_ncv || choice.row[0]->has_ncv)) {
		/* CH4 and N2O are given per unit of energy: without a heat value they cannot be computed, and that is said. */
		if (th_unit_exponent(build->run->reference->units, &build->unit, "energy") != 1) {
			if (build->report)
				note(r, build, th_caveat_number(build->run, TH_NO_HEAT_VALUE, th_z(build->run, build->activity->id), (char *)NULL));
			return TH_OK;
		}
	}
	note_choice(build, r, &choice);
	return add_choice(build, r, &choice, false);
}

static th_status add_named(th_build *build, struct resolved *r, uint32_t region)
{
	th_choice choice;
	th_status status = th_choose_named(build->run, build->now, cell(build, TH_COL_FACTOR), TH_COL_FACTOR, region, build->report, &choice);
	r->failed |= choice.failed;
	if (status != TH_OK || choice.failed)
		return status;
	build->heat_value = r->main = choice.row[0];
	note_choice(build, r, &choice);
	return add_choice(build, r, &choice, false);
}

/* A credit is counted as it is written, in t CO2e. */
static th_status add_credit(th_build *build, struct resolved *r)
{
	th_run *run = build->run;
	if (!th_unit_same_dimension(&build->unit, &run->co2e_mass) && !th_unit_same_dimension(&build->unit, &run->mass)) {
		th_buf name = {0};
		th_unit_dimension(run->reference->units, &build->unit, &name);
		const char *found = th_z(run, th_buf_view(&name));
		th_buf_free(&name);
		return th_build_fail(build, TH_UNIT_UNLIKE, TH_COL_UNIT, th_z(run, build->unit_text), found, "t CO2e");
	}
	th_ratio mass = th_ratio_one();
	th_ratio_mul_unit(&mass, &build->unit);
	th_ratio_mul_int(&mass, 1, 1, -3);
	uint32_t gas = th_find_gas(run->reference, TH_S("CO2e"));
	if (gas == TH_NONE)
		return th_build_fail(build, TH_GAS_UNKNOWN_FOR, TH_COL_ACTIVITY, "CO2e", "gwp.csv", "");
	th_buf formula = {0};
	th_buf_char(&formula, ' ');
	th_buf_slice(&formula, build->unit_text);
	th_status status = add_term(build, r, NULL, gas, TH_CREDIT, &mass, th_buf_view(&formula));
	th_buf_free(&formula);
	return status;
}

static th_status resolve(th_build *build, const th_profile *profile, uint32_t region, struct resolved *r)
{
	th_method method = build->activity->method;
	th_status status;
	*r = (struct resolved){0};
	build->missing = (th_slice){NULL, 0};
	build->heat_value = NULL;
	if (method == TH_METHOD_ENERGY_ONLY)
		return TH_OK;
	if (method == TH_METHOD_CREDIT)
		return add_credit(build, r);
	bool electricity = method == TH_METHOD_ELECTRICITY;
	if (cell(build, TH_COL_FACTOR).len && !(electricity && cell(build, TH_COL_INSTRUMENT).len))
		status = add_named(build, r, region);
	else {
		status = add_leg(build, r, profile, TH_LEG_MAIN, region);
		for (int leg = TH_LEG_CH4; leg <= TH_LEG_BIOGENIC && status == TH_OK && !r->failed; leg++)
			status = add_leg(build, r, profile, (th_leg)leg, region);
	}
	if (status == TH_OK && electricity && !r->failed)
		status = add_market(build, r, profile, region);
	return status;
}

/* --- the other profiles --- */

static bool same_factors(const struct resolved *a, const struct resolved *b)
{
	if (a->terms != b->terms)
		return false;
	for (size_t i = 0; i < a->terms; i++)
		if (a->term[i].factor != b->term[i].factor || a->term[i].bucket != b->term[i].bucket)
			return false;
	return true;
}

static bool add_alternatives(th_build *build, th_plan *plan, const struct resolved *main, bool region_given, uint32_t region)
{
	th_run *run = build->run;
	th_account *account = run->account;
	struct resolved *r = malloc(sizeof *r);
	th_alternative *list = th_arena_alloc(&run->scratch, account->others ? account->others : 1, sizeof *list);
	bool ok = r && list;
	build->report = false;
	for (uint32_t i = 0; i < account->others && ok; i++) {
		const th_profile *profile = &run->reference->profile[account->other[i].profile];
		th_status status = resolve(build, profile, region_given ? region : profile->region, r);
		th_alternative *a = &list[plan->alternatives];
		*a = (th_alternative){.other = i};
		ok = status != TH_SYSTEM;
		if (status != TH_OK || r->failed) {
			a->missing = true;
			a->what = r->missing.ptr ? r->missing : build->missing;
		} else if (same_factors(main, r))
			continue;
		else {
			a->co2e = th_arena_alloc(run->plans, r->terms ? r->terms : 1, sizeof *a->co2e);
			ok = a->co2e != NULL;
			for (size_t t = 0; t < r->terms && ok; t++)
				if (r->term[t].bucket == TH_GROSS)
					a->co2e[a->count++] = r->term[t].co2e;
		}
		plan->alternatives++;
	}
	free(r);
	if (ok && plan->alternatives) {
		plan->alternative = th_arena_alloc(run->plans, plan->alternatives, sizeof *list);
		ok = plan->alternative != NULL;
		if (ok)
			memcpy(plan->alternative, list, plan->alternatives * sizeof *list);
	}
	return ok;
}

/* --- the words --- */

/* A measured value: a number, and a unit behind it or none. */
static th_status read_measured(th_build *build, th_inventory_column column, bool *has, th_decimal *value, th_unit *unit, th_slice *text, bool *bare)
{
	th_run *run = build->run;
	th_slice whole = cell(build, column), number = whole, rest = {"", 0};
	unsigned notes;
	*has = false;
	if (whole.len == 0)
		return TH_OK;
	size_t end = 0;
	while (end < whole.len && ((whole.ptr[end] >= '0' && whole.ptr[end] <= '9') || strchr("+-.,eE", whole.ptr[end])))
		end++;
	th_number kind = th_number_parse(whole, value, &notes);
	if (kind == TH_NUM_EMPTY || kind == TH_NUM_MISSING)
		return TH_OK;
	if (kind == TH_NUM_UNIT || kind == TH_NUM_PERCENT) {
		number = th_slice_trim((th_slice){whole.ptr, end});
		rest = th_slice_trim((th_slice){whole.ptr + end, whole.len - end});
		kind = th_number_parse(number, value, &notes);
	} else if (kind == TH_NUM_BAD && end > 0 && end < whole.len) {
		number = th_slice_trim((th_slice){whole.ptr, end});
		rest = th_slice_trim((th_slice){whole.ptr + end, whole.len - end});
		kind = th_number_parse(number, value, &notes);
	}
	if (kind != TH_NUM_OK || value->mant <= 0)
		return th_build_fail(build, TH_MEASURED_BAD, column, th_z(run, whole), "", "");
	*bare = rest.len == 0;
	if (rest.len) {
		th_slice at;
		if (th_unit_parse(run->reference->units, rest, unit, &at) != TH_UNIT_OK)
			return th_build_fail(build, TH_MEASURED_UNIT, column, th_z(run, whole), th_z(run, rest), "");
	}
	*has = true;
	*text = th_arena_copy(run->plans, whole);
	return text->ptr ? TH_OK : TH_SYSTEM;
}

static th_unit unit_of(const th_build *build, const char *text)
{
	th_unit unit = {0};
	th_slice at;
	if (th_unit_parse(build->run->reference->units, th_slice_of(text), &unit, &at) != TH_UNIT_OK)
		unit.num = 0;
	return unit;
}

/* A bare number with the unit that it is read in, for the formula. */
static bool with_unit(th_build *build, th_slice *text, const char *unit, th_slice per)
{
	th_buf *buf = &build->run->text;
	th_buf_clear(buf);
	th_buf_slice(buf, *text);
	th_buf_char(buf, ' ');
	th_buf_str(buf, unit);
	th_buf_slice(buf, per);
	*text = th_arena_copy(build->run->plans, th_buf_view(buf));
	return text->ptr && !buf->failed;
}

/* Bare numbers are GJ per the line's own unit, tC/TJ, and a fraction (product contract); other units stand in the cell. */
static th_status read_all_measured(th_build *build)
{
	bool bare = false;
	th_status worst = TH_OK, status;
	if (build->activity->method == TH_METHOD_HEAT)
		return TH_OK; /* there the cell is an enthalpy, read by the method */
	status = read_measured(build, TH_COL_NCV, &build->has_ncv, &build->ncv, &build->ncv_unit, &build->ncv_text, &bare);
	worst = status > worst ? status : worst;
	if (build->has_ncv && bare) {
		build->ncv_unit = unit_of(build, "GJ");
		th_unit_div(&build->ncv_unit, &build->unit);
		if (!with_unit(build, &build->ncv_text, "GJ/", build->unit_text))
			return TH_SYSTEM;
	}
	status = read_measured(build, TH_COL_CARBON, &build->has_carbon, &build->carbon, &build->carbon_unit, &build->carbon_text, &bare);
	worst = status > worst ? status : worst;
	if (build->has_carbon && bare) {
		build->carbon_unit = unit_of(build, "tC/TJ");
		if (!with_unit(build, &build->carbon_text, "tC/TJ", TH_S("")))
			return TH_SYSTEM;
	}
	th_unit share = unit_of(build, "1");
	status = read_measured(build, TH_COL_OXIDATION, &build->has_oxidation, &build->oxidation, &share, &build->oxidation_text, &bare);
	worst = status > worst ? status : worst;
	if (build->has_oxidation) {
		if (!th_unit_is_number(&share) || share.num != 1 || share.den != 1)
			return th_build_fail(build, TH_MEASURED_UNIT, TH_COL_OXIDATION, th_z(build->run, build->oxidation_text), "", "");
		build->oxidation.exp += share.exp;
		if (th_decimal_cmp(build->oxidation, th_decimal_int(1)) > 0)
			return th_build_fail(build, TH_OXIDATION_RANGE, TH_COL_OXIDATION, th_z(build->run, build->oxidation_text), "", "");
	}
	return worst;
}

static int read_scope(th_slice text)
{
	static const char *const words[] = {"scope", "范围", "範圍", NULL};
	static const char *const digits[4][4] = {{"", "", "", ""}, {"1", "一", "i", "①"}, {"2", "二", "ii", "②"}, {"3", "三", "iii", "③"}};
	th_buf key = {0};
	int scope = 0;
	th_utf8_key(text, &key);
	th_slice rest = th_buf_view(&key);
	for (int i = 0; words[i]; i++) {
		size_t len = strlen(words[i]);
		if (rest.len > len && memcmp(rest.ptr, words[i], len) == 0)
			rest = (th_slice){rest.ptr + len, rest.len - len};
	}
	for (int s = 1; s <= 3; s++)
		for (int i = 0; i < 4; i++)
			if (th_slice_eq(rest, th_slice_of(digits[s][i])))
				scope = s;
	th_buf_free(&key);
	return scope;
}

/* An activity nobody declared: the line names its factor, and the factor tells the rest. */
static th_activity *activity_of_factor(th_build *build, const th_factor *row)
{
	th_activity *activity = th_arena_alloc(build->run->plans, 1, sizeof *activity);
	if (!activity)
		return NULL;
	*activity = (th_activity){.id = th_arena_copy(build->run->plans, cell(build, TH_COL_ACTIVITY)),
	                          .scope = row->scope, .energy = TH_NONE, .energy_equal = TH_NONE, .declared = true, .undeclared = true};
	activity->name_zh = activity->name_en = activity->id;
	th_gas_kind kind = row->gas == TH_NONE ? TH_GAS_PLAIN : build->run->reference->gas[row->gas].kind;
	activity->method = row->has_ncv || row->has_carbon_content ? TH_METHOD_COMBUSTION : kind == TH_GAS_REMOVAL ? TH_METHOD_SINK : TH_METHOD_ACTIVITY_FACTOR;
	activity->kind = kind == TH_GAS_REMOVAL ? TH_KIND_REMOVAL : TH_KIND_EMISSION;
	return activity->id.ptr ? activity : NULL;
}

static th_status find_activity(th_build *build)
{
	th_run *run = build->run;
	th_slice text = cell(build, TH_COL_ACTIVITY), named = cell(build, TH_COL_FACTOR);
	uint32_t number = th_find_activity(run->reference, text), factor = named.len ? th_find_factor(run->reference, named) : TH_NONE;
	if (number != TH_NONE) {
		build->activity = &run->reference->activity[number];
		return TH_OK;
	}
	if (factor != TH_NONE && text.len) {
		build->activity = activity_of_factor(build, &run->reference->factor[factor]);
		return build->activity ? TH_OK : TH_SYSTEM;
	}
	if (text.len == 0)
		return th_build_fail(build, TH_ACTIVITY_EMPTY, TH_COL_ACTIVITY, "", "", "");
	th_buf_clear(&run->text);
	th_suggest_activities(run->reference, text, 5, TH_LANG_ZH, &run->text);
	return th_build_fail(build, TH_ACTIVITY_UNKNOWN, TH_COL_ACTIVITY, th_z(run, text), th_z(run, th_buf_view(&run->text)), "");
}

static th_status find_unit(th_build *build)
{
	static const th_code codes[] = {
		[TH_UNIT_EMPTY] = TH_CELL_UNIT_EMPTY, [TH_UNIT_UNKNOWN] = TH_CELL_UNIT_UNKNOWN, [TH_UNIT_SYNTAX] = TH_CELL_UNIT_SYNTAX,
		[TH_UNIT_RANGE] = TH_CELL_UNIT_RANGE, [TH_UNIT_AMBIGUOUS] = TH_CELL_UNIT_AMBIGUOUS,
	};
	th_slice at = {NULL, 0};
	build->unit_text = cell(build, TH_COL_UNIT);
	th_unit_error error = th_unit_parse(build->run->reference->units, build->unit_text, &build->unit, &at);
	if (error == TH_UNIT_OK)
		return TH_OK;
	if (error == TH_UNIT_NO_MEMORY)
		return TH_SYSTEM;
	th_run *run = build->run;
	th_buf_clear(&run->text);
	th_unit_suggest(run->reference->units, at, &run->text);
	const char *near = th_z(run, run->text.len ? th_buf_view(&run->text) : TH_S("-"));
	return th_build_fail(build, codes[error], TH_COL_UNIT, th_z(run, build->unit_text), th_z(run, at), near);
}

static th_status find_region(th_build *build, uint32_t *region, bool *given)
{
	th_slice text = cell(build, TH_COL_REGION);
	*given = text.len > 0;
	*region = *given ? th_find_region(build->run->reference, text) : build->run->profile->region;
	if (*region == TH_NONE && *given)
		return th_build_fail(build, TH_REGION_UNKNOWN, TH_COL_REGION, th_z(build->run, text), "", "");
	return TH_OK;
}

/* --- putting the plan together --- */

static void note_words(th_build *build, struct resolved *r, bool region_given)
{
	th_run *run = build->run;
	if (build->unit.note) {
		th_slice en = th_unit_note(run->reference->units, &build->unit, TH_LANG_EN), zh = th_unit_note(run->reference->units, &build->unit, TH_LANG_ZH);
		note(r, build, th_caveat_number(run, TH_UNIT_NOTE, th_z(run, build->unit_text), th_z(run, en), th_z(run, zh), (char *)NULL));
	}
	if (build->has_ncv || build->has_carbon || build->has_oxidation)
		note(r, build, th_caveat_number(run, TH_MEASURED_USED, th_z(run, build->activity->id), (char *)NULL));
	else if (build->activity->method == TH_METHOD_COMBUSTION && build->activity->coal && r->main && r->main->has_ncv)
		note(r, build, th_caveat_number(run, TH_COAL_DEFAULT, th_z(run, build->activity->id), th_z(run, r->main->id), (char *)NULL));
	bool located = build->activity->method == TH_METHOD_ELECTRICITY;
	if (located && !region_given && cell(build, TH_COL_FACTOR).len == 0)
		note(r, build, th_caveat_number(run, TH_DEFAULT_REGION, th_z(run, run->reference->region[run->profile->region].id), (char *)NULL));
	if (run->has_condition && th_unit_same_dimension(&build->unit, &run->volume) && build->activity->gas)
		note(r, build, th_caveat_number(run, TH_CONDITION_GIVEN, run->options->gas_condition, (char *)NULL));
}

/* What a line's words name: all that can be checked without its period. */
struct words {
	uint32_t region;
	bool region_given;
	int scope;
};

static th_status read_words(th_build *build, struct words *w)
{
	th_status worst = find_activity(build), status = find_unit(build);
	worst = status > worst ? status : worst;
	status = find_region(build, &w->region, &w->region_given);
	worst = status > worst ? status : worst;
	th_slice scope = cell(build, TH_COL_SCOPE);
	if (scope.len && (w->scope = read_scope(scope)) == 0) {
		status = th_build_fail(build, TH_SCOPE_BAD, TH_COL_SCOPE, th_z(build->run, scope), "", "");
		worst = status > worst ? status : worst;
	}
	return worst;
}

th_status th_plan_words(th_run *run, const th_now *now)
{
	struct words w = {0};
	th_build build = {.run = run, .now = now, .report = true};
	run->plans = &run->scratch;
	return read_words(&build, &w) == TH_SYSTEM ? TH_SYSTEM : TH_OK;
}

static th_status make_plan(th_build *build, struct resolved *r, th_plan *plan)
{
	th_run *run = build->run;
	th_arena *arena = run->plans;
	struct words w = {0};
	th_status worst = read_words(build, &w), status;
	plan->scope = w.scope;
	if (worst != TH_OK)
		return worst;
	status = read_all_measured(build);
	if (status == TH_OK)
		status = resolve(build, run->profile, w.region, r);
	if (status != TH_OK)
		return status;
	if (r->failed)
		return TH_INVALID;
	if (!plan->scope)
		plan->scope = r->main && r->main->scope ? r->main->scope : build->activity->scope;
	if (!plan->scope && build->activity->kind == TH_KIND_EMISSION)
		return th_build_fail(build, TH_SCOPE_MISSING, TH_COL_SCOPE, th_z(run, build->activity->id), "", "");
	note_words(build, r, w.region_given);
	/* ISO 14064-1: the activity's own category unless the line moves it to another scope; then 1 and 2 follow, the rest is open. */
	plan->iso = plan->scope == build->activity->scope ? build->activity->iso_category : plan->scope <= 2 ? plan->scope : 0;
	plan->activity = build->activity;
	plan->electricity_market = r->market;
	plan->landfill = r->landfill;
	if (r->landfill) {
		th_decimal k;
		th_param_text(r->landfill, "k", &k);
		plan->decay = th_decimal_double(k);
	}
	plan->terms = r->terms;
	plan->term = th_arena_alloc(arena, r->terms ? r->terms : 1, sizeof *plan->term);
	plan->caveats = r->caveats;
	plan->caveat = th_arena_alloc(arena, r->caveats ? r->caveats : 1, sizeof *plan->caveat);
	if (!plan->term || !plan->caveat)
		return TH_SYSTEM;
	memcpy(plan->term, r->term, r->terms * sizeof *plan->term);
	memcpy(plan->caveat, r->caveat, r->caveats * sizeof *plan->caveat);
	status = th_plan_energy(build, plan);
	if (status != TH_OK)
		return status;
	return add_alternatives(build, plan, r, w.region_given, w.region) ? TH_OK : TH_SYSTEM;
}

static th_plan *new_plan(th_run *run, uint32_t number)
{
	if (number >= run->plans_room) {
		uint32_t room = run->plans_room ? run->plans_room * 2 : 64;
		th_plan **grown = realloc(run->plan, room * sizeof *grown);
		if (!grown)
			return NULL;
		memset(grown + run->plans_room, 0, (room - run->plans_room) * sizeof *grown);
		run->plan = grown;
		run->plans_room = room;
	}
	return th_arena_alloc(run->plans, 1, sizeof(th_plan));
}

th_status th_plan_for(th_run *run, const th_now *now, uint32_t period_kind, const th_plan **out)
{
	static const th_inventory_column words[] = {
		TH_COL_ACTIVITY, TH_COL_UNIT, TH_COL_FACTOR, TH_COL_REGION, TH_COL_SCOPE, TH_COL_INSTRUMENT, TH_COL_NCV, TH_COL_CARBON, TH_COL_OXIDATION,
	};
	*out = NULL;
	th_buf_clear(&run->key);
	th_buf_add(&run->key, &period_kind, sizeof period_kind);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		th_buf_slice(&run->key, now->line->cell[words[i]]);
		th_buf_char(&run->key, '\x1f');
	}
	if (run->key.failed)
		return TH_SYSTEM;
	uint32_t number = th_intern_find(&run->plan_key, th_buf_view(&run->key));
	if (number != TH_NONE && run->plan[number]) {
		*out = run->plan[number];
		return TH_OK;
	}
	struct resolved *r = malloc(sizeof *r);
	if (!r)
		return TH_SYSTEM;
	/* Too many different lines to remember: such a plan serves its line and its memory the next one. */
	bool keep = run->plan_key.count < MOST_PLANS;
	run->plans = keep ? &run->account->arena : &run->spill;
	if (!keep)
		th_arena_reset(&run->spill);
	th_plan *plan = new_plan(run, number != TH_NONE ? number : run->plan_key.count);
	th_build build = {.run = run, .now = now, .report = true};
	th_status status = plan ? make_plan(&build, r, plan) : TH_SYSTEM;
	free(r);
	if (status != TH_OK)
		return status == TH_SYSTEM ? TH_SYSTEM : TH_OK;
	if (keep) {
		number = th_intern_put(&run->plan_key, th_buf_view(&run->key));
		if (number == TH_NONE)
			return TH_SYSTEM;
		run->plan[number] = plan;
	}
	*out = plan;
	return TH_OK;
}
