/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/frame.h"

static th_formula_term parameter(const char *name, th_slice text, th_term_form form)
{
	return (th_formula_term){.name = name, .value = text, .origin = TH_FROM_FACTOR, .form = form, .named = true};
}

/* Multiply by a parameter of the factor; its absence is the factor's fault, found when the file was read. */
static bool times(const th_factor *factor, const char *name, th_formula *f)
{
	th_decimal value;
	th_slice text = th_param_text(factor, name, &value);
	if (text.len == 0)
		return false;
	th_formula_times(f, parameter(name, text, TH_TERM), value, NULL, NULL);
	return true;
}

/* x (1 - parameter) */
static bool times_rest(const th_factor *factor, const char *name, th_formula *f)
{
	th_decimal value = {0, 0}, rest;
	th_slice text = th_param_text(factor, name, &value);
	value.mant = -value.mant;
	if (text.len == 0 || !th_decimal_add(th_decimal_int(1), value, &rest))
		return false;
	th_formula_times(f, parameter(name, text, TH_TERM_REST), rest, NULL, NULL);
	return true;
}

static th_status no_parameter(th_build *build, const th_factor *factor)
{
	return th_build_fail(build, TH_FACTOR_NO_VALUE, TH_COL_ACTIVITY, th_z(build->shard, factor->id), "", "");
}

/* The quantity as a mass of what the factor's parameters are shares of. */
static th_status start(th_build *build, const th_factor *factor, th_formula *f)
{
	th_status status = th_build_quantity(build, factor, &factor->per, factor->unit_text, f);
	if (status == TH_OK)
		th_formula_unit(f, &factor->unit, factor->unit_text, &factor->per);
	return status;
}

/* CH4 = TOW x Bo x MCF (IPCC 2006 Vol 5 Ch 6 Eq 6.1, 6.2, 6.4, 6.5; sludge removed and gas recovered are lines of their own with a
 * negative quantity): TOW organic load as COD or BOD, Bo in kg CH4/kg. A factor with a value of its own: E = AD x EF. */
th_status th_method_wastewater(th_build *build, const th_factor *factor, th_formula *f)
{
	if (factor->has_value)
		return th_method_activity_factor(build, factor, f);
	th_status status = start(build, factor, f);
	if (status == TH_OK && !(times(factor, "bo", f) && times(factor, "mcf", f)))
		return no_parameter(build, factor);
	return status;
}

/* CO2 = MSW x CCW x FCF x EF x 44/12 (IPCC 2006 Vol 5 Ch 5 Eq 5.1; provincial guide 2025): CCW carbon content, FCF its fossil share,
 * EF combustion efficiency; the biogenic part with 1 - FCF is reported apart. CH4 and N2O: E = AD x EF (Eq 5.4, 5.5). */
th_status th_method_incineration(th_build *build, const th_factor *factor, th_formula *f)
{
	if (factor->has_value)
		return th_method_activity_factor(build, factor, f);
	const th_gas *gas = TH_AT(build->frame->reference->gas, factor->gas);
	bool biogenic = gas && gas->kind == TH_GAS_BIOGENIC;
	th_status status = start(build, factor, f);
	if (status != TH_OK)
		return status;
	if (!times(factor, "ccw", f) || !(biogenic ? times_rest(factor, "fcf", f) : times(factor, "fcf", f)) ||
	    !times(factor, "ef", f))
		return no_parameter(build, factor);
	th_formula_constant(f, "CO2/C", 44, 12);
	return TH_OK;
}

/* First order decay (IPCC 2006 Vol 5 Ch 3 Eq 3.2 and 3.4-3.6): the CH4 that a deposit can yield at all,
 * W x DOC x DOCf x MCF x F x 16/12 x (1 - OX); landfill.c says how much of it comes in a year. */
th_status th_method_landfill(th_build *build, const th_factor *factor, th_formula *f)
{
	th_decimal k;
	if (build->now->whole.first_year != build->now->whole.last_year)
		return th_build_fail(build, TH_DEPOSIT_YEARS, TH_COL_PERIOD, th_z(build->shard, build->now->line->cell[TH_COL_PERIOD]), "", "");
	th_status status = start(build, factor, f);
	if (status != TH_OK)
		return status;
	if (!times(factor, "doc", f) || !times(factor, "docf", f) || !times(factor, "mcf", f) ||
	    !times(factor, "f", f) || !times_rest(factor, "ox", f) || th_param_text(factor, "k", &k).len == 0)
		return no_parameter(build, factor);
	th_formula_constant(f, "CH4/C", 16, 12);
	return TH_OK;
}

/* Uptake: area x growth x (1 + R) x CF x 44/12 (IPCC 2006 Vol 4 Ch 2 Eq 2.9, 2.10): growth t dry matter/(ha a), R root-to-shoot, CF carbon
 * fraction. Or a rate in t CO2 or t C per crown area, tree or area and year (2019 Refinement Vol 4 Ch 8 Eq 8.1-8.2): E = A x EF. */
th_status th_method_sink(th_build *build, const th_factor *factor, th_formula *f)
{
	if (factor->has_value)
		return th_method_activity_factor(build, factor, f);
	th_decimal r, with_roots;
	th_slice text = th_param_text(factor, "root_shoot", &r);
	th_status status = start(build, factor, f);
	if (status != TH_OK)
		return status;
	if (!times(factor, "growth", f) || text.len == 0 || !th_decimal_add(th_decimal_int(1), r, &with_roots))
		return no_parameter(build, factor);
	th_formula_times(f, parameter("root_shoot", text, TH_TERM_MORE), with_roots, NULL, NULL);
	if (!times(factor, "cf", f))
		return no_parameter(build, factor);
	th_formula_constant(f, "CO2/C", 44, 12);
	return TH_OK;
}
