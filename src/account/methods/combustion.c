/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/run.h"

static bool is_carbon_dioxide(const th_run *run, const th_factor *factor)
{
	return factor->gas != TH_NONE && (th_slice_eq(run->reference->gas[factor->gas].name, TH_S("CO2")) ||
	                                  run->reference->gas[factor->gas].kind == TH_GAS_BIOGENIC);
}

/* The fuel's energy in J per unit of its quantity: the quantity itself if it is one, else quantity x net calorific value, measured or
 * from the row that gives the fuel its heat value. */
static th_status energy_of_fuel(th_build *build, const th_factor *factor, th_ratio *r, th_buf *formula)
{
	th_run *run = build->run;
	if (th_unit_same_dimension(&build->unit, &run->energy_unit)) {
		th_buf_char(formula, ' ');
		th_buf_slice(formula, build->unit_text);
		th_ratio_mul_unit(r, &build->unit);
		return TH_OK;
	}
	const th_factor *row = factor->has_ncv ? factor : build->heat_value && build->heat_value->has_ncv ? build->heat_value : NULL;
	th_decimal ncv;
	th_unit unit, per;
	th_slice text, unit_text;
	if (build->has_ncv) {
		build->used_measured = true;
		ncv = build->ncv;
		unit = build->ncv_unit;
		text = build->ncv_text;
		unit_text = (th_slice){"", 0};
	} else if (row) {
		ncv = row->ncv;
		unit = row->ncv_unit;
		text = row->ncv_text;
		unit_text = row->ncv_unit_text;
	} else
		return th_build_fail(build, TH_HEAT_VALUE_MISSING, TH_COL_NCV, th_z(run, build->activity->id), th_z(run, factor->id), "");
	/* What one unit of heat value belongs to: t, or Nm3. */
	per = run->energy_unit;
	th_unit_div(&per, &unit);
	th_status status = th_build_quantity(build, factor, &per, unit_text.len ? unit_text : text, r, formula);
	if (status != TH_OK)
		return status;
	th_ratio_mul(r, ncv);
	th_ratio_mul_unit(r, &unit);
	th_formula_times(formula, text, unit_text);
	return TH_OK;
}

/* E = FC x C x OF x 44/12 for a measured carbon content by mass (% or t C/t): the heat value drops out. */
static th_status by_carbon_mass(th_build *build, const th_factor *factor, th_ratio *mass, th_buf *formula)
{
	th_run *run = build->run;
	th_unit carbon = build->carbon_unit, per = run->mass;
	bool share = th_unit_is_number(&carbon);
	if (!share) { /* tC/t: mass of carbon per mass of fuel */
		per = run->carbon;
		th_unit_div(&per, &carbon);
	}
	th_status status = th_build_quantity(build, factor, &per, build->carbon_text, mass, formula);
	if (status != TH_OK)
		return status;
	build->used_measured = true;
	th_ratio_mul(mass, build->carbon);
	th_ratio_mul_unit(mass, &carbon);
	th_formula_times(formula, build->carbon_text, TH_S(""));
	return TH_OK;
}

/* CO2 of a fuel: E = FC x NCV x CC x OF x 44/12 (GB/T 32151 series; IPCC 2006 Vol 2 Ch 2 Eq 2.1 with the carbon content of
 * Ch 1 Table 1.3): FC in t or 10^4 Nm3, NCV in GJ per unit, CC in t C/TJ, OF a fraction. Measured values on the line win. A factor per TJ
 * (CH4, N2O, CO2 of tables that give it so): E = FC x NCV x EF. A factor per unit of fuel: E = FC x EF. */
th_status th_method_combustion(th_build *build, const th_factor *factor, th_ratio *mass, th_buf *formula)
{
	th_run *run = build->run;
	bool carbon = factor->has_carbon_content || (build->has_carbon && is_carbon_dioxide(run, factor));
	th_status status;
	if (factor->has_value && !th_unit_same_dimension(&factor->per, &run->energy_unit) && !(build->has_carbon && is_carbon_dioxide(run, factor)))
		return th_method_activity_factor(build, factor, mass, formula);
	if (factor->has_value && !(carbon && build->has_carbon)) {
		status = energy_of_fuel(build, factor, mass, formula);
		if (status != TH_OK)
			return status;
		th_ratio_mul(mass, factor->value);
		th_ratio_mul_unit(mass, &factor->unit);
		th_ratio_mul_int(mass, 1, 1, -3); /* g to kg */
		th_formula_times(formula, factor->value_text, factor->unit_text);
		th_build_basis(factor, mass, formula);
		return TH_OK;
	}
	if (!carbon)
		return th_build_fail(build, TH_FACTOR_NO_VALUE, TH_COL_ACTIVITY, th_z(run, factor->id), "", "");
	th_unit per_energy = run->carbon;
	th_unit_div(&per_energy, &run->energy_unit);
	if (build->has_carbon && !th_unit_same_dimension(&build->carbon_unit, &per_energy))
		status = by_carbon_mass(build, factor, mass, formula);
	else {
		status = energy_of_fuel(build, factor, mass, formula);
		if (status != TH_OK)
			return status;
		build->used_measured |= build->has_carbon;
		th_ratio_mul(mass, build->has_carbon ? build->carbon : factor->carbon_content);
		th_ratio_mul_unit(mass, build->has_carbon ? &build->carbon_unit : &factor->carbon_content_unit);
		th_formula_times(formula, build->has_carbon ? build->carbon_text : factor->carbon_content_text,
		                 build->has_carbon ? TH_S("") : factor->carbon_content_unit_text);
	}
	if (status != TH_OK)
		return status;
	if (build->has_oxidation || factor->has_oxidation) {
		build->used_measured |= build->has_oxidation;
		th_ratio_mul(mass, build->has_oxidation ? build->oxidation : factor->oxidation);
		th_formula_times(formula, build->has_oxidation ? build->oxidation_text : factor->oxidation_text, TH_S(""));
	}
	th_ratio_mul_int(mass, 44, 12, -3); /* kg CO2 per kg C; g to kg */
	th_buf_str(formula, " × 44/12");
	return TH_OK;
}
