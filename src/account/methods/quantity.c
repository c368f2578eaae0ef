/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all methods share: the quantity in the factor's unit, and the formula that says so. */

#include "account/frame.h"

void th_build_value(const th_factor *factor, th_formula *f)
{
	th_formula_term term = {.name = "value", .value = factor->value_text, .unit = factor->unit_text, .origin = TH_FROM_FACTOR};
	th_formula_times(f, term, factor->value, &factor->unit, &factor->per);
}

/* A unit with its dimension; in Chinese text only as it is called. */
static void put_unit(const th_build *build, th_slice text, const th_unit *unit, th_buf *out)
{
	const th_units *units = build->frame->reference->units;
	th_buf en = {0}, zh = {0};
	th_buf_slice(&en, text);
	th_buf_str(&en, " (");
	th_unit_dimension(units, unit, &en);
	th_buf_char(&en, ')');
	th_buf_str(&zh, "“");
	th_unit_put_name(units, text, TH_LANG_ZH, &zh);
	th_buf_str(&zh, "”");
	th_buf_both(out, th_buf_view(&en), th_buf_view(&zh));
	out->failed |= en.failed || zh.failed;
	th_buf_free(&en);
	th_buf_free(&zh);
}

static th_status unlike(th_build *build, const th_unit *per, th_slice per_text)
{
	const th_frame *frame = build->frame;
	th_buf have = {0}, want = {0};
	if (th_unit_same_dimension(&build->unit, &frame->volume) && th_unit_same_dimension(per, &frame->mass)) /* no density is known */
		return th_build_fail(build, build->activity->method == TH_METHOD_COMBUSTION ? TH_FUEL_BY_VOLUME : TH_MASS_BY_VOLUME, TH_COL_UNIT,
		                     th_z(build->shard, build->unit_text), th_z_activity(build->shard, build->activity), "");
	put_unit(build, build->unit_text, &build->unit, &have);
	const char *slash = memchr(per_text.ptr, '/', per_text.len); /* of `kg/kWh` or `GJ/t` the user writes what is behind */
	if (slash)
		per_text = (th_slice){slash + 1, per_text.len - (size_t)(slash + 1 - per_text.ptr)};
	put_unit(build, per_text, per, &want);
	th_unit hour, of_hours = build->unit;
	th_slice at;
	if (th_unit_parse(frame->reference->units, TH_S("h"), &hour, &at) == TH_UNIT_OK)
		th_unit_mul(&of_hours, &hour);
	if (th_unit_same_dimension(&of_hours, per) && th_unit_same_dimension(per, &frame->energy_unit))
		th_buf_both(&want, TH_S(", which is power times time"), TH_S("（“千瓦”是功率单位，电量的单位是“千瓦时”，即 kWh）"));
	const char *a = th_z(build->shard, th_buf_view(&have)), *b = th_z(build->shard, th_buf_view(&want));
	th_buf_free(&have);
	th_buf_free(&want);
	return th_build_fail(build, TH_UNIT_UNLIKE, TH_COL_UNIT, a, b, th_z_activity(build->shard, build->activity));
}

bool th_build_density(th_build *build, th_formula_term *term, th_decimal *value, th_unit *unit)
{
	const th_conversion *row = TH_AT(build->frame->reference->conversion, build->activity->density);
	if (build->has_density) {
		build->used_measured = true;
		*term = build->density_term;
		*value = build->density;
		*unit = build->density_unit;
		return true;
	}
	if (!row)
		return false;
	build->assumed = row;
	*term = (th_formula_term){.name = "density", .value = row->value_text, .unit = row->unit_text, .origin = TH_FROM_CONVERSION};
	*value = row->value;
	*unit = row->unit;
	return true;
}

th_status th_build_quantity(th_build *build, const th_factor *factor, const th_unit *per, th_slice per_text, th_formula *f)
{
	const th_frame *frame = build->frame;
	th_unit have = build->unit;
	/* A factor per year, on a quantity that is a stock (a charge, an area, persons): times the period's length in years. */
	th_unit with_year = have;
	th_unit_mul(&with_year, &frame->year);
	if (!th_unit_same_dimension(&have, per) && th_unit_same_dimension(&with_year, per) && th_unit_exponent(frame->reference->units, &have, "year") >= 0) {
		th_formula_years(f, build->now->whole.num, build->now->whole.den, &frame->year);
		have = with_year;
	}
	th_formula_term density;
	th_decimal value;
	th_unit unit;
	if (th_unit_same_dimension(&have, &frame->volume) && th_unit_same_dimension(per, &frame->mass) && !build->activity->gas &&
	    th_build_density(build, &density, &value, &unit)) {
		th_formula_times(f, density, value, &unit, NULL);
		return TH_OK;
	}
	if (!th_unit_same_dimension(&have, per)) {
		/* m3 of a gas says nothing of its amount until its temperature is known. */
		th_unit as_gas = have;
		th_unit_div(&as_gas, &frame->volume);
		th_unit_mul(&as_gas, &frame->normal_volume);
		if (!th_unit_same_dimension(&as_gas, per))
			return unlike(build, per, per_text);
		if (!frame->has_condition)
			return th_build_fail(build, TH_GAS_CONDITION, TH_COL_UNIT, th_z(build->shard, build->unit_text), th_z_unit(build->shard, per_text),
			                     factor ? th_z(build->shard, factor->id) : "");
		th_formula_condition(f, &frame->volume, &frame->condition, frame->condition_text);
	}
	return TH_OK;
}

void th_build_basis(const th_factor *factor, th_formula *f)
{
	if (factor->basis == TH_BASIS_CARBON)
		th_formula_constant(f, "CO2/C", 44, 12);
	else if (factor->basis == TH_BASIS_NITROGEN)
		th_formula_constant(f, "N2O/N2", 44, 28); /* kg N2O per kg N */
}
