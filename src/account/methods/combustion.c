/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/frame.h"

static bool is_carbon_dioxide(const th_frame *frame, const th_factor *factor)
{
	const th_gas *gas = TH_AT(frame->reference->gas, factor->gas);
	return gas && (th_slice_eq(gas->name, TH_S("CO2")) || gas->kind == TH_GAS_BIOGENIC);
}

/* The fuel's energy in J per unit of its quantity: the quantity itself if it is one, else quantity x net calorific value, measured or
 * from the row that gives the fuel its heat value; standard coal by its calorific value. */
static th_status energy_of_fuel(th_build *build, const th_factor *factor, th_formula *f)
{
	const th_frame *frame = build->frame;
	const th_conversion *coal = TH_AT(frame->reference->conversion, frame->reference->standard_coal);
	if (th_unit_same_dimension(&build->unit, &frame->energy_unit))
		return TH_OK;
	if (coal && th_unit_same_dimension(&build->unit, &frame->coal)) {
		build->assumed = coal;
		th_formula_times(f, (th_formula_term){.name = "standard_coal", .value = coal->value_text, .unit = coal->unit_text, .origin = TH_FROM_CONVERSION},
		                 coal->value, &coal->unit, NULL);
		return TH_OK;
	}
	const th_factor *row = factor->has_ncv ? factor : build->heat_value && build->heat_value->has_ncv ? build->heat_value : NULL;
	th_formula_term term = build->ncv_term;
	th_decimal ncv = build->ncv;
	th_unit unit = build->ncv_unit, per = frame->energy_unit;
	if (!build->has_ncv && !row)
		return th_build_fail(build, TH_HEAT_VALUE_MISSING, TH_COL_NCV, th_z_activity(build->shard, build->activity), th_z(build->shard, factor->id), "");
	build->used_measured |= build->has_ncv;
	if (!build->has_ncv) {
		term = (th_formula_term){.name = "ncv", .value = row->ncv_text, .unit = row->ncv_unit_text, .origin = TH_FROM_FACTOR, .row = row == factor ? NULL : row};
		ncv = row->ncv;
		unit = row->ncv_unit;
	}
	/* What one unit of heat value belongs to: t, or Nm3. */
	th_unit_div(&per, &unit);
	th_status status = th_build_quantity(build, factor, &per, build->has_ncv ? build->ncv_text : row->ncv_unit_text, f);
	if (status == TH_OK)
		th_formula_times(f, term, ncv, &unit, NULL);
	return status;
}

/* E = FC x C x OF x 44/12 for a measured carbon content by mass (% or t C/t): the heat value drops out. */
static th_status by_carbon_mass(th_build *build, const th_factor *factor, th_formula *f)
{
	const th_frame *frame = build->frame;
	th_unit carbon = build->carbon_unit, per = frame->mass;
	bool share = th_unit_is_number(&carbon);
	if (!share) { /* tC/t: mass of carbon per mass of fuel */
		per = frame->carbon;
		th_unit_div(&per, &carbon);
	}
	th_status status = th_build_quantity(build, factor, &per, build->carbon_text, f);
	if (status != TH_OK)
		return status;
	build->used_measured = true;
	th_formula_times(f, build->carbon_term, build->carbon, &carbon, NULL);
	return TH_OK;
}

/* Carbon per energy, as measured or as the row has it. */
static void add_carbon_content(th_build *build, const th_factor *factor, th_formula *f)
{
	th_formula_term of_row = {.name = "carbon_content", .value = factor->carbon_content_text, .unit = factor->carbon_content_unit_text,
	                          .origin = TH_FROM_FACTOR};
	build->used_measured |= build->has_carbon;
	if (build->has_carbon)
		th_formula_times(f, build->carbon_term, build->carbon, &build->carbon_unit, NULL);
	else
		th_formula_times(f, of_row, factor->carbon_content, &factor->carbon_content_unit, NULL);
}

/* CO2 of a fuel: E = FC x NCV x CC x OF x 44/12 (GB/T 32151 series; IPCC 2006 Vol 2 Ch 2 Eq 2.1 with the carbon content of
 * Ch 1 Table 1.3): FC in t or 10^4 Nm3, NCV in GJ per unit, CC in t C/TJ, OF a fraction. Measured values on the line win. A factor per TJ
 * (CH4, N2O, CO2 of tables that give it so): E = FC x NCV x EF. A factor per unit of fuel: E = FC x EF. */
th_status th_method_combustion(th_build *build, const th_factor *factor, th_formula *f)
{
	const th_frame *frame = build->frame;
	bool carbon = factor->has_carbon_content || (build->has_carbon && is_carbon_dioxide(frame, factor));
	th_status status;
	if (factor->has_value && !th_unit_same_dimension(&factor->per, &frame->energy_unit) && !(build->has_carbon && is_carbon_dioxide(frame, factor)))
		return th_method_activity_factor(build, factor, f);
	if (factor->has_value && !(carbon && build->has_carbon)) {
		status = energy_of_fuel(build, factor, f);
		if (status != TH_OK)
			return status;
		th_build_value(factor, f);
		th_build_basis(factor, f);
		return TH_OK;
	}
	if (!carbon)
		return th_build_fail(build, TH_FACTOR_NO_VALUE, TH_COL_ACTIVITY, th_z(build->shard, factor->id), "", "");
	th_unit per_energy = frame->carbon;
	th_unit_div(&per_energy, &frame->energy_unit);
	if (build->has_carbon && !th_unit_same_dimension(&build->carbon_unit, &per_energy))
		status = by_carbon_mass(build, factor, f);
	else {
		status = energy_of_fuel(build, factor, f);
		if (status != TH_OK)
			return status;
		add_carbon_content(build, factor, f);
	}
	if (status != TH_OK)
		return status;
	if (build->has_oxidation)
		th_formula_times(f, build->oxidation_term, build->oxidation, &build->oxidation_unit, NULL);
	else if (factor->has_oxidation)
		th_formula_times(f, (th_formula_term){.name = "oxidation", .value = factor->oxidation_text, .origin = TH_FROM_FACTOR}, factor->oxidation, NULL, NULL);
	build->used_measured |= build->has_oxidation;
	th_formula_constant(f, "CO2/C", 44, 12);
	return TH_OK;
}
