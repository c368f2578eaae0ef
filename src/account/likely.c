/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measured values and a user's factors against what documents give for the same fuel or activity. Ratios are exact until they are compared with
 * a bound; a bound decides what is said, never what is computed. */

#include <limits.h>

#include "account/recipe.h"
#include "base/print.h"
#include "base/transcendental.h"

/* What is compared with the documents: how many times the value of a row it is, of all rows seen so far. */
struct far {
	double least, most;        /* relative to the row, beyond what the row allows: 1 is within */
	double near_times;         /* of the nearest row */
	const th_factor *near;
	int64_t days, steps;       /* of a row that a year or a region has: how far it is from the line's, in time and then in regions */
};

static double times_of(const th_ratio *ratio)
{
	th_mass rounded;
	return th_ratio_round(ratio, &rounded) ? th_mass_double(rounded) : 0; /* 0: too far to be said */
}

static void divide(th_ratio *ratio, th_decimal by, const th_unit *unit)
{
	th_ratio_mul_int(ratio, 1, (uint64_t)by.mant, -by.exp);
	th_ratio_div_unit(ratio, unit);
}

/* The row allows everything from low to high times its value. */
static void see(struct far *far, const th_factor *row, double times, double low, double high)
{
	double middle = sqrt(low * high), above = times / high, below = times / low;
	if (times <= 0)
		return;
	double nearest = far->near ? fabs(th_log(far->near_times)) : 0;
	far->least = !far->near || above < far->least ? above : far->least;
	far->most = !far->near || below > far->most ? below : far->most;
	if (!far->near || fabs(th_log(times / middle)) < nearest) {
		far->near = row;
		far->near_times = times / middle;
	}
}

/* --- what is said --- */

/* value x multiply in its unit, behind the slip's name. */
static const char *meant(th_build *build, const th_slip *slip, th_slice name, th_decimal value, th_slice unit)
{
	th_buf *text = &build->shard->text;
	__int128 product = (__int128)value.mant * slip->multiply.mant;
	th_decimal number = {(int64_t)product, value.exp + slip->multiply.exp};
	th_buf_clear(text);
	th_buf_slice(text, name);
	if (number.mant == product) {
		while (number.mant && number.mant % 10 == 0) {
			number.mant /= 10;
			number.exp++;
		}
		th_buf_str(text, ": ");
		th_put_decimal(text, number);
		th_buf_char(text, ' ');
		th_buf_slice(text, unit);
	}
	return th_z(build->shard, th_buf_view(text));
}

static const char *documented(th_build *build, const th_factor *row, th_slice value, th_slice unit)
{
	th_buf *text = &build->shard->text;
	th_buf_clear(text);
	th_buf_slice(text, value);
	th_buf_str(text, unit.len ? " " : "");
	th_buf_slice(text, unit);
	th_buf_str(text, " (");
	th_buf_slice(text, row->id);
	th_buf_char(text, ')');
	return th_z(build->shard, th_buf_view(text));
}

struct found {
	th_inventory_column column;
	th_slip_kind kind;
	th_slice text;             /* as read, with its unit */
	th_decimal value;
	th_slice unit;
	const char *documents;
	double bound;
	bool share;                /* a bare number: of carbon it may be percent */
};

/* 58.2 for 58.2 %. */
static const char *as_share(th_build *build, const struct found *found, const char *name)
{
	double value = th_decimal_double(found->value);
	if (!found->share || value <= 1 || value > 100)
		return "-";
	th_buf *text = &build->shard->text;
	th_buf_clear(text);
	th_buf_str(text, name);
	th_put_decimal(text, found->value);
	th_buf_char(text, '%');
	return th_z(build->shard, th_buf_view(text));
}

/* A number without a unit behind it. */
static bool is_bare(const th_build *build, th_inventory_column column)
{
	th_slice cell = th_slice_trim(th_build_cell(build, column));
	return cell.len && cell.ptr[cell.len - 1] >= '0' && cell.ptr[cell.len - 1] <= '9';
}

static th_status say(th_build *build, th_resolved *r, const struct far *far, const struct found *found)
{
	const th_plausible *p = &build->frame->reference->plausible;
	double over = far->least > 1 ? far->least : 1 / far->most;
	if (over <= found->bound)
		return TH_OK;
	const th_slip *slip = th_slip_for(p, found->kind, far->near_times, found->bound > 1 ? found->bound : p->bound[TH_BOUND_HEAT]);
	const char *en = slip ? meant(build, slip, slip->name_en, found->value, found->unit) : as_share(build, found, "the share of the mass without its sign: ");
	const char *zh = slip ? meant(build, slip, slip->name_zh, found->value, found->unit) : as_share(build, found, "质量百分数漏写百分号：");
	const char *read = th_z(build->shard, found->text);
	if (over >= p->bound[TH_BOUND_ERROR])
		return th_report(build->shard->diags, TH_HEAT_IMPLAUSIBLE, th_inventory_place(build->now->inventory, found->column), read, found->documents, en,
		                 zh, (char *)NULL);
	th_resolved_note(r, build, th_caveat_number(build->shard, TH_HEAT_UNLIKELY, read, found->documents, en, zh, (char *)NULL));
	return TH_OK;
}

/* --- heat value --- */

/* A bound with a unit, in base units. */
static double in_base(const th_plausible *p, th_bound bound)
{
	th_ratio one = th_ratio_one();
	th_ratio_mul_unit(&one, &p->bound_unit[bound]);
	return p->bound[bound] * times_of(&one);
}

/* What a heat value per another quantity than the row's may be, in the row's: by the density of what it is of. False: not to be compared. */
static bool allowed(const th_build *build, const th_factor *row, double *low, double *high)
{
	const th_plausible *p = &build->frame->reference->plausible;
	th_unit ratio = build->ncv_unit, same = th_build_unit(build, "Nm3/m3"), inverse = th_build_unit(build, "Nm3/t");
	th_unit_div(&ratio, &row->ncv_unit);
	*low = *high = 1;
	if (ratio.num == 0)
		return false;
	if (th_unit_is_number(&ratio) || (same.num && th_unit_same_dimension(&ratio, &same)))
		return true;
	double gas_low = in_base(p, TH_BOUND_GAS_LOW), gas_high = in_base(p, TH_BOUND_GAS_HIGH);
	bool liquid = th_unit_same_dimension(&ratio, &p->bound_unit[TH_BOUND_LIQUID_LOW]);
	if (liquid || th_unit_same_dimension(&ratio, &p->bound_unit[TH_BOUND_GAS_LOW])) {
		liquid &= !build->activity->gas;
		*low = liquid ? in_base(p, TH_BOUND_LIQUID_LOW) : gas_low;
		*high = liquid ? in_base(p, TH_BOUND_LIQUID_HIGH) : gas_high;
		return true;
	}
	*low = 1 / gas_high;
	*high = 1 / gas_low;
	return inverse.num && th_unit_same_dimension(&ratio, &inverse);
}

/* Against the rows per the same quantity, or against those that only a density, known within wide bounds, makes comparable. */
static struct far find_heat(const th_build *build, bool by_density)
{
	size_t count;
	const uint32_t *shipped = th_frame_shipped(build->frame, build->activity, &count);
	struct far far = {0};
	for (size_t i = 0; i < count; i++) {
		const th_factor *row = &build->frame->reference->factor[shipped[i]];
		double low, high;
		if (!row->has_ncv || !allowed(build, row, &low, &high) || by_density != (low < high))
			continue;
		th_ratio ratio = th_ratio_one();
		th_ratio_mul(&ratio, build->ncv);
		th_ratio_mul_unit(&ratio, &build->ncv_unit);
		divide(&ratio, row->ncv, &row->ncv_unit);
		see(&far, row, times_of(&ratio), low, high);
	}
	return far;
}

static th_status check_heat(th_build *build, th_resolved *r)
{
	const th_reference *reference = build->frame->reference;
	struct far far = find_heat(build, false);
	if (!far.near)
		far = find_heat(build, true);
	if (!far.near)
		return TH_OK;
	struct found found = {TH_COL_NCV, TH_SLIP_HEAT, build->ncv_text, build->ncv, build->ncv_term.unit,
	                      documented(build, far.near, far.near->ncv_text, far.near->ncv_unit_text), reference->plausible.bound[TH_BOUND_HEAT], false};
	return say(build, r, &far, &found);
}

/* --- carbon content --- */

/* Carbon per mass of fuel, or a share. */
static bool is_by_mass(const th_build *build)
{
	th_unit per = build->frame->carbon;
	th_unit_div(&per, &build->carbon_unit);
	return th_unit_is_number(&build->carbon_unit) || th_unit_same_dimension(&per, &build->frame->mass);
}

static bool above_all(const th_build *build)
{
	th_ratio share = th_ratio_one();
	th_ratio_mul(&share, build->carbon);
	th_ratio_mul_unit(&share, &build->carbon_unit);
	return times_of(&share) > 1;
}

static th_status check_carbon(th_build *build, th_resolved *r)
{
	const th_reference *reference = build->frame->reference;
	bool by_mass = is_by_mass(build);
	size_t count;
	const uint32_t *shipped = th_frame_shipped(build->frame, build->activity, &count);
	th_unit heat = th_build_unit(build, "GJ/t");
	struct far far = {0};
	if (by_mass && above_all(build))
		return th_build_fail(build, TH_CARBON_ABOVE_ALL, TH_COL_CARBON, th_z(build->shard, build->carbon_text), "", "");
	for (size_t i = 0; i < count; i++) {
		const th_factor *row = &reference->factor[shipped[i]];
		if (!row->has_carbon_content || (by_mass && !(row->has_ncv && th_unit_same_dimension(&row->ncv_unit, &heat))))
			continue;
		th_ratio ratio = th_ratio_one();
		th_ratio_mul(&ratio, build->carbon);
		th_ratio_mul_unit(&ratio, &build->carbon_unit);
		divide(&ratio, row->carbon_content, &row->carbon_content_unit);
		if (by_mass)
			divide(&ratio, row->ncv, &row->ncv_unit);
		see(&far, row, times_of(&ratio), 1, 1);
	}
	if (!far.near)
		return TH_OK;
	struct found found = {TH_COL_CARBON, TH_SLIP_CARBON, build->carbon_text, build->carbon, build->carbon_term.unit,
	                      documented(build, far.near, far.near->carbon_content_text, far.near->carbon_content_unit_text),
	                      reference->plausible.bound[by_mass ? TH_BOUND_HEAT : TH_BOUND_CARBON], !by_mass && is_bare(build, TH_COL_CARBON)};
	return say(build, r, &far, &found);
}

/* --- oxidation --- */

/* Bounded as a carbon content is: both say how much of the carbon becomes CO2. Where no row of the fuel states one, IPCC's default is 1. */
static th_status check_oxidation(th_build *build, th_resolved *r)
{
	const th_reference *reference = build->frame->reference;
	size_t count;
	const uint32_t *shipped = th_frame_shipped(build->frame, build->activity, &count);
	th_unit one = th_build_unit(build, "1");
	th_ratio whole = th_ratio_one();
	th_ratio_mul(&whole, build->oxidation);
	th_ratio_mul_unit(&whole, &build->oxidation_unit);
	struct far far = {.least = times_of(&whole), .most = times_of(&whole), .near_times = times_of(&whole)}, stated = {0};
	for (size_t i = 0; i < count; i++) {
		const th_factor *row = &reference->factor[shipped[i]];
		th_ratio ratio = whole;
		if (!row->has_oxidation)
			continue;
		divide(&ratio, row->oxidation, &one);
		see(&stated, row, times_of(&ratio), 1, 1);
	}
	const char *documents = stated.near ? documented(build, stated.near, stated.near->oxidation_text, TH_S("")) : "1 (2006 IPCC Guidelines V2 Ch1, 1.4.2.1)";
	struct found found = {TH_COL_OXIDATION, TH_SLIP_CARBON, build->oxidation_text, build->oxidation, build->oxidation_term.unit, documents,
	                      reference->plausible.bound[TH_BOUND_CARBON], false};
	return far.least > 0 ? say(build, r, stated.near ? &stated : &far, &found) : TH_OK;
}

/* --- heat of steam and hot water --- */

static th_status check_enthalpy(th_build *build, th_resolved *r)
{
	const th_plausible *p = &build->frame->reference->plausible;
	th_ratio ratio = th_ratio_one();
	th_ratio_mul(&ratio, build->enthalpy);
	th_ratio_mul_unit(&ratio, &build->enthalpy_unit);
	double value = times_of(&ratio);
	for (size_t i = 0; i < p->enthalpies && value > 0; i++) {
		const th_enthalpy_range *range = &p->enthalpy[i];
		struct far far = {.least = value / range->high, .most = value / range->low, .near_times = value / sqrt(range->low * range->high)};
		th_buf *text = &build->shard->text;
		if (!th_slice_eq(range->activity, build->activity->id))
			continue;
		th_buf_clear(text);
		th_buf_slice(text, range->low_text);
		th_buf_str(text, " - ");
		th_buf_slice(text, range->high_text);
		th_buf_char(text, ' ');
		th_buf_slice(text, range->unit_text);
		const char *documents = th_z(build->shard, th_buf_view(text));
		th_slice cell = th_build_cell(build, TH_COL_NCV), unit = cell;
		while (unit.len && ((unit.ptr[0] >= '0' && unit.ptr[0] <= '9') || strchr("+-. ", unit.ptr[0]))) {
			unit.ptr++;
			unit.len--;
		}
		struct found found = {TH_COL_NCV, TH_SLIP_HEAT, cell, build->enthalpy, unit, documents, 1, false};
		return say(build, r, &far, &found);
	}
	return TH_OK;
}

th_status th_likely_measured(th_build *build, th_resolved *r)
{
	th_status heat = build->has_ncv ? check_heat(build, r) : build->has_enthalpy ? check_enthalpy(build, r) : TH_OK,
	          carbon = build->has_carbon && heat != TH_SYSTEM ? check_carbon(build, r) : TH_OK,
	          oxidation = build->has_oxidation && heat != TH_SYSTEM && carbon != TH_SYSTEM ? check_oxidation(build, r) : TH_OK;
	carbon = carbon > oxidation ? carbon : oxidation;
	return heat > carbon ? heat : carbon;
}

/* --- a user's factor --- */

/* Of fuels, power and heat CO2 is nearly all of the CO2 equivalent. */
static bool is_same_gas(const th_build *build, const th_factor *row, const th_factor *mine)
{
	const th_reference *reference = build->frame->reference;
	const th_gas *of_row = TH_AT(reference->gas, row->gas), *of_mine = TH_AT(reference->gas, mine->gas);
	th_method method = build->activity->method;
	bool burnt = method == TH_METHOD_COMBUSTION || method == TH_METHOD_ELECTRICITY || method == TH_METHOD_HEAT;
	return th_index_same(row->gas, mine->gas) ||
	       (burnt && of_row && of_mine && of_mine->kind == TH_GAS_CO2E && th_slice_eq(of_row->name, TH_S("CO2")));
}

/* A fuel's row that gives its CO2 by heat value and carbon, per the quantity that mine is per. */
static bool is_fuel_of(const th_build *build, const th_factor *row, const th_factor *mine)
{
	th_unit per = build->frame->energy_unit;
	if (row->has_value || !row->has_ncv || !row->has_carbon_content || mine->basis != TH_BASIS_GAS)
		return false;
	th_unit_div(&per, &row->ncv_unit);
	return per.num && th_unit_same_dimension(&per, &mine->per);
}

/* A shipped row of the same gas for the same activity, per the same quantity, of a place that holds the line's or is the factor's own. */
static bool is_twin(const th_build *build, const th_factor *row, const th_factor *mine, uint32_t region)
{
	const th_reference *reference = build->frame->reference;
	if (!is_same_gas(build, row, mine))
		return false;
	bool valued = row->has_value && row->value.mant > 0 && row->basis == mine->basis && th_unit_same_dimension(&row->unit, &mine->unit);
	if (!valued && !is_fuel_of(build, row, mine))
		return false;
	return !th_index_is(row->region) || th_region_steps(reference, th_index_of(region), row->region) >= 0 || th_index_same(row->region, mine->region);
}

/* By what mine is divided: the row's value, or what it makes of one unit of fuel, NCV x CC x OF x 44/12. */
static void divide_row(th_ratio *ratio, const th_factor *row)
{
	if (row->has_value) {
		divide(ratio, row->value, &row->unit);
		return;
	}
	divide(ratio, row->ncv, &row->ncv_unit);
	divide(ratio, row->carbon_content, &row->carbon_content_unit);
	if (row->has_oxidation && row->oxidation.mant > 0)
		th_ratio_mul_int(ratio, 1, (uint64_t)row->oxidation.mant, -row->oxidation.exp);
	th_ratio_mul_int(ratio, 12, 44, 0);
}

/* Named so, it may be far below. */
static bool is_low_carbon(const th_build *build, const th_factor *mine)
{
	const th_row_words *words = &build->frame->reference->row_words;
	return th_row_word_in(words, TH_ROW_LOW_CARBON, mine->id) || th_row_word_in(words, TH_ROW_LOW_CARBON, mine->name_zh) ||
	       th_row_word_in(words, TH_ROW_LOW_CARBON, mine->name_en);
}

/* Is the row nearer to the line in time, then in place, than what was found; and, of those equally near, its value? What the profile would take for the line's
 * year is what is shown beside mine, and not a row of another year that happens to be more like it. */
static void see_twin(const th_build *build, struct far *far, const th_factor *row, double times, uint32_t region)
{
	const th_period *of = &build->now->period;
	const int64_t days = row->from > of->to ? (int64_t)row->from - of->to : row->to < of->from ? (int64_t)of->from - row->to : 0;
	const int steps = th_index_is(row->region) ? th_region_steps(build->frame->reference, th_index_of(region), row->region) : INT_MAX - 1;
	struct far apart = *far;
	bool nearer = far->near && (days < far->days || (days == far->days && (steps < 0 ? INT_MAX : steps) < far->steps));
	bool farther = far->near && !nearer && (days > far->days || (steps < 0 ? INT_MAX : steps) > far->steps);
	if (times <= 0)
		return;
	apart.near = nearer ? NULL : apart.near;
	see(&apart, row, times, 1, 1);
	if (nearer) { /* what it beats still counts for the least and the most */
		apart.least = apart.least < far->least ? apart.least : far->least;
		apart.most = apart.most < far->most ? apart.most : far->most;
	}
	if (farther) {
		apart.near = far->near;
		apart.near_times = far->near_times;
	} else if (apart.near == row) {
		apart.days = days;
		apart.steps = steps < 0 ? INT_MAX : steps;
	}
	*far = apart;
}

static void find_twins(const th_build *build, const th_factor *mine, uint32_t region, bool of_profile, struct far *far)
{
	const th_reference *reference = build->frame->reference;
	size_t count;
	const uint32_t *shipped = th_frame_shipped(build->frame, build->activity, &count);
	for (size_t i = 0; i < count; i++) {
		const th_factor *row = &reference->factor[shipped[i]];
		if (!is_twin(build, row, mine, region) || (of_profile && !th_profile_takes(reference, build->frame->profile, row, TH_LEG_MAIN)))
			continue;
		th_ratio ratio = th_ratio_one();
		th_ratio_mul(&ratio, mine->value);
		th_ratio_mul_unit(&ratio, &mine->unit);
		divide_row(&ratio, row);
		see_twin(build, far, row, times_of(&ratio), region);
	}
}

/* What a fuel's row comes to, in the unit of mine. */
static const char *come_to(th_build *build, const th_factor *row, const th_factor *mine, double times)
{
	char value[32];
	(void)th_print(value, sizeof value, "≈%.4g", th_decimal_double(mine->value) / times);
	return documented(build, row, th_slice_of(value), mine->unit_text);
}

/* What a kg of a refrigerant is in CO2 equivalent no row says: its GWP does. */
static th_ratio times_gwp(const th_build *build, const th_factor *mine, const th_gas *gas)
{
	th_decimal gwp = gas->gwp[build->frame->gwp];
	th_ratio ratio = th_ratio_one();
	th_ratio_mul(&ratio, mine->value);
	th_ratio_mul_unit(&ratio, &mine->unit);
	th_ratio_mul_int(&ratio, 1, (uint64_t)gwp.mant, -gwp.exp);
	return ratio;
}

/* A factor in CO2e for a mass of a gas, against the gas's GWP. */
static void compare_gwp(th_build *build, th_resolved *r, const th_factor *mine)
{
	const th_reference *reference = build->frame->reference;
	const th_plausible *p = &reference->plausible;
	const th_gas *of = TH_AT(reference->gas, mine->gas);
	uint32_t number = th_find_gas(reference, build->activity->id);
	const th_gas *gas = number == TH_NONE ? NULL : &reference->gas[number];
	if (build->activity->method != TH_METHOD_REFRIGERANT || !of || of->kind != TH_GAS_CO2E || !gas || !gas->has_gwp[build->frame->gwp] ||
	    gas->gwp[build->frame->gwp].mant <= 0 || !th_unit_same_dimension(&mine->per, &build->frame->mass))
		return;
	th_ratio ratio = times_gwp(build, mine, gas);
	double times = times_of(&ratio);
	if (times <= 0 || (times <= p->bound[TH_BOUND_FACTOR] && 1 / times <= p->bound[TH_BOUND_FACTOR]) || (times < 1 && is_low_carbon(build, mine)))
		return;
	const th_slip *slip = th_slip_for(p, TH_SLIP_FACTOR, times, p->bound[TH_BOUND_HEAT]);
	const char *en = slip ? meant(build, slip, slip->name_en, mine->value, mine->unit_text) : "-";
	const char *zh = slip ? meant(build, slip, slip->name_zh, mine->value, mine->unit_text) : "-";
	const char *given = documented(build, mine, mine->value_text, mine->unit_text);
	th_buf *text = &build->shard->text;
	th_buf_clear(text);
	th_buf_printf(text, "%s GWP ", th_gwp_names[build->frame->gwp]);
	th_put_decimal(text, gas->gwp[build->frame->gwp]);
	th_buf_str(text, " (");
	th_buf_slice(text, gas->name);
	th_buf_char(text, ')');
	const char *published = th_z(build->shard, th_buf_view(text));
	th_resolved_note(r, build, th_caveat_number(build->shard, TH_FACTOR_UNLIKELY, given, published, en, zh, (char *)NULL));
}

/* A user's CO2 of biomass on what is burnt and is fossil. */
static void doubt_biogenic(th_build *build, th_resolved *r, const th_factor *mine, th_bucket bucket)
{
	const th_activity *activity = build->activity;
	if (bucket == TH_BIOGENIC && activity->method == TH_METHOD_COMBUSTION && !activity->non_fossil && !activity->undeclared)
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_BIOGENIC_ON_FOSSIL, th_z(build->shard, activity->id), th_z(build->shard, mine->id), (char *)NULL));
}

static void compare(th_build *build, th_resolved *r, const th_factor *mine, uint32_t region)
{
	const th_plausible *p = &build->frame->reference->plausible;
	struct far far = {0}, all = {0};
	find_twins(build, mine, region, true, &far);
	find_twins(build, mine, region, false, &all);
	if (!far.near)
		far = all;
	/* One official value that it is like is enough. */
	bool honest = all.near && all.near_times < p->bound[TH_BOUND_HEAT] && 1 / all.near_times < p->bound[TH_BOUND_HEAT];
	if (!far.near || honest || (far.near_times < 1 && is_low_carbon(build, mine)))
		return;
	bool beyond = far.least > p->bound[TH_BOUND_FACTOR] || 1 / far.most > p->bound[TH_BOUND_FACTOR];
	const th_slip *slip = th_slip_for(p, TH_SLIP_FACTOR, far.near_times, beyond ? p->bound[TH_BOUND_HEAT] : 1 + p->bound[TH_BOUND_NEAR] / 100);
	if (!beyond && !slip)
		return;
	const char *en = slip ? meant(build, slip, slip->name_en, mine->value, mine->unit_text) : "-";
	const char *zh = slip ? meant(build, slip, slip->name_zh, mine->value, mine->unit_text) : "-";
	const char *given = documented(build, mine, mine->value_text, mine->unit_text);
	const char *published = far.near->has_value ? documented(build, far.near, far.near->value_text, far.near->unit_text)
	                                            : come_to(build, far.near, mine, far.near_times);
	th_resolved_note(r, build, th_caveat_number(build->shard, TH_FACTOR_UNLIKELY, given, published, en, zh, (char *)NULL));
}

void th_likely_factor(th_build *build, th_resolved *r, uint32_t region)
{
	const th_factor *last = NULL;
	for (size_t i = 0; i < r->terms; i++) {
		const th_factor *mine = r->term[i].factor;
		if (!mine || mine == last || mine->layer == 0 || !mine->has_value || mine->value.mant == 0 || r->term[i].bucket == TH_MARKET)
			continue;
		last = mine;
		compare(build, r, mine, region);
		compare_gwp(build, r, mine);
		doubt_biogenic(build, r, mine, r->term[i].bucket);
	}
}
