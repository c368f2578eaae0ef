/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/frame.h"

/* 1, or the part of a line over the end of a year. */
static th_ratio of_days(const th_build *build)
{
	th_ratio r = th_ratio_one();
	int32_t days, all;
	if (th_is_part(build->now, &days, &all))
		th_ratio_mul_int(&r, (uint64_t)days, (uint64_t)all, 0);
	return r;
}

static th_status keep(th_build *build, const th_ratio *r, const th_coef **out)
{
	th_coef *coef = th_arena_alloc(build->arena, 1, sizeof *coef);
	*out = coef;
	return coef && th_coef_make(coef, r, build->arena) ? TH_OK : TH_SYSTEM;
}

/* Standard coal: quantity x coefficient (GB/T 2589): kgce per unit of the carrier. A coefficient per m3 of gas names no condition in its
 * source; it is taken for Nm3, and a caveat says so. */
static th_status coefficient(th_build *build, const th_energy *energy, const th_coef **out, uint32_t *caveat)
{
	const th_frame *frame = build->frame;
	th_ratio r = of_days(build);
	th_unit have = build->unit, per = frame->coal;
	th_unit_div(&per, &energy->unit);
	*out = NULL;
	if (build->has_enthalpy) { /* steam by mass: its heat, as the method counted it */
		th_unit_mul(&have, &build->enthalpy_unit);
		th_ratio_mul(&r, build->enthalpy);
	}
	th_formula_term density;
	th_decimal kg_per_litre;
	th_unit of_density, by_mass = have;
	if (!th_unit_same_dimension(&have, &per) && th_unit_same_dimension(&have, &frame->volume) && th_unit_same_dimension(&per, &frame->mass) &&
	    th_build_density(build, &density, &kg_per_litre, &of_density)) {
		th_unit_mul(&by_mass, &of_density);
		th_ratio_mul(&r, kg_per_litre);
		have = by_mass;
	}
	if (!th_unit_same_dimension(&have, &per)) {
		th_unit gas = per;
		th_unit_div(&gas, &frame->volume);
		th_unit_mul(&gas, &frame->normal_volume);
		if (th_unit_same_dimension(&have, &gas)) {
			*caveat = th_caveat_number(build->shard, TH_COAL_GAS_VOLUME, th_z_activity(build->shard, build->activity), (char *)NULL);
			th_unit_div(&have, &frame->normal_volume);
			th_unit_mul(&have, &frame->volume);
		} else if (frame->has_condition && th_unit_same_dimension(&have, &frame->volume) && th_unit_same_dimension(&per, &frame->normal_volume)) {
			th_unit_div(&have, &frame->volume);
			th_unit_mul(&have, &frame->condition);
		} else
			return TH_OK;
	}
	th_ratio_mul_unit(&r, &have);
	th_ratio_mul(&r, energy->value);
	th_ratio_mul_unit(&r, &energy->unit);
	th_ratio_div_unit(&r, &frame->coal);
	if (r.overflow)
		return TH_OK;
	return keep(build, &r, out);
}

static bool add_caveat(th_recipe *recipe, th_build *build, uint32_t caveat)
{
	uint32_t *list = th_arena_alloc(build->arena, recipe->caveats + 1, sizeof *list);
	if (!list)
		return false;
	if (recipe->caveats)
		memcpy(list, recipe->caveat, recipe->caveats * sizeof *list);
	list[recipe->caveats++] = caveat;
	recipe->caveat = list;
	return true;
}

th_status th_recipe_energy(th_build *build, th_recipe *recipe)
{
	const th_activity *activity = build->activity;
	uint32_t caveat = TH_NONE;
	bool carrier = activity->method == TH_METHOD_COMBUSTION || activity->method == TH_METHOD_ELECTRICITY || activity->method == TH_METHOD_HEAT;
	th_status status = TH_OK;
	/* Energy consumption (能源消费量) counts what is used here. What is given out is told beside it and not taken off: the fuel of one's own power
	 * is in it, the power of panels that goes out is not, and no line says which of them this is. */
	recipe->gives_out = activity->kind == TH_KIND_AVOIDED;
	/* Coal equivalents are energy whatever they are made of: the unit itself says how much. */
	if (th_unit_same_dimension(&build->unit, &build->frame->coal)) {
		th_ratio r = of_days(build);
		th_ratio_mul_unit(&r, &build->unit);
		th_ratio_div_unit(&r, &build->frame->coal);
		return keep(build, &r, &recipe->energy);
	}
	if (th_index_is(activity->energy))
		status = coefficient(build, TH_AT(build->frame->reference->energy, activity->energy), &recipe->energy, &caveat);
	if (status == TH_OK && th_index_is(activity->energy_equal))
		status = coefficient(build, TH_AT(build->frame->reference->energy, activity->energy_equal), &recipe->energy_equal, &caveat);
	if (status != TH_OK)
		return status;
	if (carrier && !recipe->energy && activity->kind == TH_KIND_EMISSION)
		caveat = th_caveat_number(build->shard, TH_NO_COAL_COEFFICIENT, th_z_activity(build->shard, activity), (char *)NULL);
	if (recipe->gives_out && recipe->energy && !add_caveat(recipe, build, th_caveat_number(build->shard, TH_ENERGY_OUT, th_z_activity(build->shard, activity), (char *)NULL)))
		return TH_SYSTEM;
	return caveat == TH_NONE || add_caveat(recipe, build, caveat) ? TH_OK : TH_SYSTEM;
}
