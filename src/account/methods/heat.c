/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/frame.h"

/* Purchased heat: E = AD x EF, AD in GJ. Steam and hot water by mass: AD = M x (h - h0) / 1000 (GB/T 32150, heat by enthalpy), M in
 * t, h the enthalpy and h0 that of the feed water in kJ/kg. The guides differ in h0, so nothing is assumed: the cell gives both, as
 * `2762.9-83.7 kJ/kg`, or their difference as `+2679.2 kJ/kg`. */
th_status th_method_heat(th_build *build, const th_factor *factor, th_formula *f)
{
	const th_frame *frame = build->frame;
	if (!factor->has_value)
		return th_build_fail(build, TH_FACTOR_NO_VALUE, TH_COL_ACTIVITY, th_z(build->shard, factor->id), "", "");
	if (!th_unit_same_dimension(&build->unit, &frame->mass))
		return th_method_activity_factor(build, factor, f);
	th_slice cell = build->now->line->cell[TH_COL_NCV], rest = cell, at;
	th_decimal h, h0 = {0, 0}, difference;
	unsigned notes;
	size_t end = 0, minus = 0;
	while (end < cell.len && ((cell.ptr[end] >= '0' && cell.ptr[end] <= '9') || strchr("+-. ", cell.ptr[end]))) {
		if (cell.ptr[end] == '-' && end > 0)
			minus = end;
		end++;
	}
	rest = th_slice_trim((th_slice){cell.ptr + end, cell.len - end});
	th_slice upper = {cell.ptr, minus ? minus : end}, lower = {cell.ptr + minus + 1, minus ? end - minus - 1 : 0};
	bool difference_given = cell.len > 0 && cell.ptr[0] == '+';
	th_unit unit, energy_per_mass = frame->energy_unit;
	th_unit_div(&energy_per_mass, &frame->mass);
	th_number kind = th_number_parse(upper, &h, &notes), kind0 = minus ? th_number_parse(lower, &h0, &notes) : TH_NUM_OK;
	build->rounded |= kind == TH_NUM_DIGITS || kind0 == TH_NUM_DIGITS;
	if (cell.len == 0 || (!minus && !difference_given) || !th_number_is(kind) || !th_number_is(kind0) || th_unit_parse(frame->reference->units, rest, &unit, &at) != TH_UNIT_OK ||
	    !th_unit_same_dimension(&unit, &energy_per_mass))
		return th_build_fail(build, TH_ENTHALPY_BAD, TH_COL_NCV, th_z(build->shard, cell), th_z_activity(build->shard, build->activity), "");
	h0.mant = -h0.mant;
	if (!th_decimal_add(h, h0, &difference) || difference.mant <= 0)
		return th_build_fail(build, TH_ENTHALPY_BAD, TH_COL_NCV, th_z(build->shard, cell), th_z_activity(build->shard, build->activity), "");
	build->has_enthalpy = true;
	build->enthalpy = difference;
	build->enthalpy_unit = unit;
	th_formula_term term = {.name = "enthalpy", .value = {cell.ptr, end}, .unit = rest, .form = TH_TERM_INNER};
	term.value = th_arena_copy(build->arena, th_slice_trim(term.value));
	term.unit = th_arena_copy(build->arena, term.unit);
	if (!term.value.ptr || !term.unit.ptr)
		return TH_SYSTEM;
	th_formula_times(f, term, difference, &unit, NULL);
	th_build_value(factor, f);
	return TH_OK;
}
