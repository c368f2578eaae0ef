/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scenarios: what of the assumptions and measures they change. */
#include "plan/assumption.h"

#include "base/digits.h"

static bool measure_field(const th_assumption *a, th_path_override *set)
{
	static const struct { const char *name; th_path_field field; } fields[] = {
		{"start", TH_SET_START}, {"off", TH_SET_OFF}, {"reduction", TH_SET_REDUCTION}, {"capex", TH_SET_CAPEX}, {"opex", TH_SET_OPEX},
	};
	const th_case_plan *plan = a->p->plan;
	for (size_t i = 0; i < plan->input.measures; i++)
		for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
			th_slice id = plan->input.measure[i].id, rest = a->subject;
			if (rest.len <= id.len || memcmp(rest.ptr, id.ptr, id.len) != 0 || rest.ptr[id.len] != '.')
				continue;
			rest = (th_slice){rest.ptr + id.len + 1, rest.len - id.len - 1};
			if (!th_slice_eq(rest, th_slice_of(fields[f].name)))
				continue;
			set->index = i;
			set->field = fields[f].field;
			if (set->field == TH_SET_START)
				return th_assumption_take_year(a, &set->value);
			return set->field == TH_SET_OFF ? th_assumption_take_number(a, &set->value) : th_assumption_take_percent(a, &set->value);
		}
	th_assumption_bad_name(a);
	return false;
}

static bool price_field(const th_assumption *a, th_path_override *set)
{
	const th_case_plan *plan = a->p->plan;
	th_slice carrier = th_assumption_carrier(plan, a->subject);
	th_unit unit;
	th_mass value;
	th_ratio r = th_ratio_one();
	set->field = TH_SET_PRICE;
	for (set->index = 0; set->index < plan->input.prices; set->index++)
		if (th_slice_eq(plan->input.price[set->index].carrier, carrier))
			break;
	if (set->index == plan->input.prices) {
		th_assumption_bad_name(a);
		return false;
	}
	if (!th_assumption_take_price_unit(a, &unit) || !th_assumption_take_number(a, &set->value))
		return false;
	if (!th_unit_same_dimension(&unit, &plan->price_unit[set->index])) {
		th_assumption_bad_unit(a, th_check_part_name(a->p->s, TH_CASE_ASSUMPTIONS));
		return false;
	}
	th_ratio_mul(&r, set->value);
	th_ratio_mul_unit(&r, &unit);
	th_ratio_div_unit(&r, &plan->price_unit[set->index]);
	if (!th_ratio_round(&r, &value) || th_digit_count(th_magnitude(value)) > 18) {
		th_assumption_bad_value(a, "123.45");
		return false;
	}
	set->value = (th_decimal){(int64_t)value, -TH_MASS_SCALE};
	for (; set->value.mant && set->value.mant % 10 == 0; set->value.exp++)
		set->value.mant /= 10;
	return true;
}

static bool growth_field(const th_assumption *a, th_path_override *set)
{
	bool driver;
	if (!th_assumption_find_growing(a, &driver, &set->index))
		return false;
	set->field = driver ? TH_SET_DRIVER_GROWTH : TH_SET_GROWTH;
	return th_assumption_take_percent(a, &set->value);
}

static bool scenario_field(const th_assumption *a, th_path_override *set)
{
	th_assumed kind = th_assumed_of(a->head);
	*set = (th_path_override){0};
	if (kind == TH_ASSUMED_GROWTH)
		return growth_field(a, set);
	if (kind == TH_ASSUMED_PRICE)
		return price_field(a, set);
	if (kind == TH_ASSUMED_MEASURE)
		return measure_field(a, set);
	if (kind == TH_ASSUMED_DISCOUNT && a->subject.len == 0) {
		set->field = TH_SET_DISCOUNT;
		return th_assumption_take_percent(a, &set->value);
	}
	if (kind == TH_ASSUMED_LAST_YEAR && a->subject.len == 0) {
		set->field = TH_SET_LAST_YEAR;
		return th_assumption_take_year(a, &set->value);
	}
	th_assumption_bad_name(a);
	return false;
}

size_t th_plan_overrides(th_planning *p, const th_params *params, th_path_override *set)
{
	size_t count = 0;
	for (size_t i = 0; i < params->count; i++) {
		th_assumption a = {.p = p, .file = params, .row = &params->row[i], .scenario = true};
		if (th_assumption_take_name(&a) && scenario_field(&a, &set[count]))
			count++;
	}
	return count;
}
