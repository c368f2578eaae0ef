/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "account/run.h"

/* Multiply by a parameter of the factor; its absence is the factor's fault, found when the file was read. */
static bool times(const th_factor *factor, const char *name, th_ratio *mass, th_buf *formula)
{
	th_decimal value;
	th_slice text = th_param_text(factor, name, &value);
	if (text.len == 0)
		return false;
	th_ratio_mul(mass, value);
	th_buf_printf(formula, " × %s ", name);
	th_buf_slice(formula, text);
	return true;
}

/* x (1 - parameter) */
static bool times_rest(const th_factor *factor, const char *name, th_ratio *mass, th_buf *formula)
{
	th_decimal value = {0, 0}, rest;
	th_slice text = th_param_text(factor, name, &value);
	value.mant = -value.mant;
	if (text.len == 0 || !th_decimal_add(th_decimal_int(1), value, &rest))
		return false;
	th_ratio_mul(mass, rest);
	th_buf_printf(formula, " × (1 - %s ", name);
	th_buf_slice(formula, text);
	th_buf_char(formula, ')');
	return true;
}

static th_status no_parameter(th_build *build, const th_factor *factor)
{
	return th_build_fail(build, TH_FACTOR_NO_VALUE, TH_COL_ACTIVITY, th_z(build->run, factor->id), "", "");
}

/* The quantity in kg of the factor's activity. */
static th_status start(th_build *build, const th_factor *factor, th_ratio *mass, th_buf *formula)
{
	th_status status = th_build_quantity(build, factor, &factor->per, factor->unit_text, mass, formula);
	if (status == TH_OK) {
		th_ratio_mul_unit(mass, &factor->unit);
		th_ratio_mul_int(mass, 1, 1, -3); /* g to kg */
	}
	return status;
}

/* CH4 = TOW x Bo x MCF (IPCC 2006 Vol 5 Ch 6 Eq 6.1, 6.2, 6.4, 6.5; sludge removed and gas recovered are lines of their own with a
 * negative quantity): TOW organic load as COD or BOD, Bo in kg CH4/kg. A factor with a value of its own: E = AD x EF. */
th_status th_method_wastewater(th_build *build, const th_factor *factor, th_ratio *mass, th_buf *formula)
{
	if (factor->has_value)
		return th_method_activity_factor(build, factor, mass, formula);
	th_status status = start(build, factor, mass, formula);
	if (status == TH_OK && !(times(factor, "bo", mass, formula) && times(factor, "mcf", mass, formula)))
		return no_parameter(build, factor);
	return status;
}

/* CO2 = MSW x CCW x FCF x EF x 44/12 (IPCC 2006 Vol 5 Ch 5 Eq 5.1; provincial guide 2025): CCW carbon content, FCF its fossil share,
 * EF combustion efficiency; the biogenic part with 1 - FCF is reported apart. CH4 and N2O: E = AD x EF (Eq 5.4, 5.5). */
th_status th_method_incineration(th_build *build, const th_factor *factor, th_ratio *mass, th_buf *formula)
{
	if (factor->has_value)
		return th_method_activity_factor(build, factor, mass, formula);
	bool biogenic = factor->gas != TH_NONE && build->run->reference->gas[factor->gas].kind == TH_GAS_BIOGENIC;
	th_status status = start(build, factor, mass, formula);
	if (status != TH_OK)
		return status;
	if (!times(factor, "ccw", mass, formula) || !(biogenic ? times_rest(factor, "fcf", mass, formula) : times(factor, "fcf", mass, formula)) ||
	    !times(factor, "ef", mass, formula))
		return no_parameter(build, factor);
	th_ratio_mul_int(mass, 44, 12, 0);
	th_buf_str(formula, " × 44/12");
	return TH_OK;
}

/* First order decay (IPCC 2006 Vol 5 Ch 3 Eq 3.2 and 3.4-3.6): the CH4 that a deposit can yield at all,
 * W x DOC x DOCf x MCF x F x 16/12 x (1 - OX); th_landfill_share says how much of it comes in a year. */
th_status th_method_landfill(th_build *build, const th_factor *factor, th_ratio *mass, th_buf *formula)
{
	th_decimal k;
	if (build->now->period.first_year != build->now->period.last_year)
		return th_build_fail(build, TH_DEPOSIT_YEARS, TH_COL_PERIOD, th_z(build->run, build->now->line->cell[TH_COL_PERIOD]), "", "");
	th_status status = start(build, factor, mass, formula);
	if (status != TH_OK)
		return status;
	if (!times(factor, "doc", mass, formula) || !times(factor, "docf", mass, formula) || !times(factor, "mcf", mass, formula) ||
	    !times(factor, "f", mass, formula) || !times_rest(factor, "ox", mass, formula) || th_param_text(factor, "k", &k).len == 0)
		return no_parameter(build, factor);
	th_ratio_mul_int(mass, 16, 12, 0); /* kg CH4 per kg C */
	th_buf_str(formula, " × 16/12");
	return TH_OK;
}

/* Of the carbon at the end of the year of deposit, e^-k(n-1) is left after n-1 years and 1 - e^-k of that decays in the n-th
 * (Eq 3.5, 3.6; decay starts on 1 January after the deposit). */
double th_landfill_share(double decay, int years)
{
	return exp(-decay * (years - 1)) * -expm1(-decay);
}

/* Uptake: area x growth x (1 + R) x CF x 44/12 (IPCC 2006 Vol 4 Ch 2 Eq 2.9, 2.10): growth t dry matter/(ha a), R root-to-shoot, CF carbon
 * fraction. Or a rate in t CO2 or t C per crown area, tree or area and year (2019 Refinement Vol 4 Ch 8 Eq 8.1-8.2): E = A x EF. */
th_status th_method_sink(th_build *build, const th_factor *factor, th_ratio *mass, th_buf *formula)
{
	if (factor->has_value)
		return th_method_activity_factor(build, factor, mass, formula);
	th_decimal r, with_roots;
	th_slice text = th_param_text(factor, "root_shoot", &r);
	th_status status = start(build, factor, mass, formula);
	if (status != TH_OK)
		return status;
	if (!times(factor, "growth", mass, formula) || text.len == 0 || !th_decimal_add(th_decimal_int(1), r, &with_roots))
		return no_parameter(build, factor);
	th_ratio_mul(mass, with_roots);
	th_buf_str(formula, " × (1 + root_shoot ");
	th_buf_slice(formula, text);
	th_buf_char(formula, ')');
	if (!times(factor, "cf", mass, formula))
		return no_parameter(build, factor);
	th_ratio_mul_int(mass, 44, 12, 0);
	th_buf_str(formula, " × 44/12");
	return TH_OK;
}
