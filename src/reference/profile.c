/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who takes a factor, and what else there is. Accounts and reports both ask here. */
#include "reference/reference.h"

const char *const th_leg_names[TH_LEGS] = {"main", "ch4", "n2o", "biogenic", "delivery", "green", "residual"};

bool th_rule_is_for(const th_reference *reference, const th_rule *rule, th_leg leg, uint32_t activity)
{
	if (rule->leg != leg)
		return false;
	uint32_t own;
	if (th_index_get(rule->activity, &own))
		return own == activity;
	return rule->method < 0 || rule->method == (int)reference->activity[activity].method;
}

bool th_rule_takes(const th_rule *rule, const th_factor *factor)
{
	if (rule->factor_id.len)
		return th_slice_eq(rule->factor_id, factor->id);
	if (rule->outside)
		return false;
	return th_slice_eq(rule->category, TH_S("*")) || th_slice_eq(rule->category, factor->category);
}

/* Does a rule find anything at all for an activity? A named factor needs no row that lists the activity. */
static bool rule_finds(const th_reference *reference, const th_rule *rule, uint32_t activity)
{
	if (rule->factor_id.len)
		return th_index_is(rule->factor);
	size_t count;
	const uint32_t *row = th_factors_of(reference, activity, &count);
	for (size_t i = 0; i < count; i++)
		if (th_rule_takes(rule, &reference->factor[row[i]]))
			return true;
	return false;
}

/* The first that has a factor for an activity, or leaves it out; NULL: none. */
static const th_rule *rule_of(const th_reference *reference, const th_profile *profile, th_leg leg, uint32_t activity)
{
	for (size_t i = 0; i < profile->rules; i++) {
		const th_rule *rule = &profile->rule[i];
		if (th_rule_is_for(reference, rule, leg, activity) && (rule->outside || rule_finds(reference, rule, activity)))
			return rule;
	}
	return NULL;
}

const th_rule *th_profile_takes(const th_reference *reference, const th_profile *profile, const th_factor *factor, th_leg leg)
{
	for (size_t i = 0; i < profile->rules; i++)
		if (profile->rule[i].leg == leg && profile->rule[i].factor_id.len && th_rule_takes(&profile->rule[i], factor))
			return &profile->rule[i];
	for (size_t a = 0; a < factor->activities; a++) {
		const th_rule *rule = rule_of(reference, profile, leg, factor->activity[a]);
		if (rule && th_rule_takes(rule, factor))
			return rule;
	}
	return NULL;
}

bool th_profile_leaves_out(const th_reference *reference, const th_profile *profile, uint32_t activity)
{
	bool any = false;
	for (size_t i = 0; i < profile->rules && !any; i++)
		any = profile->rule[i].outside && th_rule_is_for(reference, &profile->rule[i], TH_LEG_MAIN, activity);
	const th_rule *rule = any ? rule_of(reference, profile, TH_LEG_MAIN, activity) : NULL; /* which looks for factors */
	return rule && rule->outside;
}

bool th_profile_takes_any(const th_reference *reference, const th_profile *profile, const th_factor *factor)
{
	for (int leg = 0; leg < TH_LEGS; leg++)
		if (th_profile_takes(reference, profile, factor, (th_leg)leg))
			return true;
	return false;
}

bool th_profile_weighs(const th_reference *reference, const th_profile *profile, uint32_t activity)
{
	size_t count;
	const uint32_t *row = th_factors_of(reference, activity, &count);
	for (size_t i = 0; i < count; i++) {
		const th_factor *factor = &reference->factor[row[i]];
		const th_gas *gas = TH_AT(reference->gas, factor->gas);
		bool weighed = gas && (gas->kind == TH_GAS_PLAIN || gas->kind == TH_GAS_BLEND);
		if (weighed && !gas->has_gwp[profile->gwp] && th_profile_takes_any(reference, profile, factor))
			return false;
	}
	return true;
}

int th_region_steps(const th_reference *reference, th_index region, th_index outer)
{
	const th_region *wanted = TH_AT(reference->region, outer), *at = TH_AT(reference->region, region);
	for (int steps = 0; at; at = TH_AT(reference->region, at->parent), steps++)
		if (at == wanted)
			return steps;
	return -1;
}

static bool region_holds(const th_reference *reference, th_index outer, th_index inner)
{
	return !th_index_is(outer) || !th_index_is(inner) || th_region_steps(reference, inner, outer) >= 0;
}

static bool share_activity(const th_factor *a, const th_factor *b)
{
	for (size_t i = 0; i < a->activities; i++)
		for (size_t k = 0; k < b->activities; k++)
			if (a->activity[i] == b->activity[k])
				return true;
	return false;
}

bool th_factor_rivals(const th_reference *reference, const th_factor *factor, const th_factor *other)
{
	if (other == factor || !th_index_same(other->gas, factor->gas) || other->from > factor->to || other->to < factor->from ||
	    !region_holds(reference, other->region, factor->region))
		return false;
	if (th_slice_eq(other->id, factor->id))
		return other->layer != factor->layer;
	return share_activity(factor, other) && !th_slice_eq(other->category, factor->category);
}

bool th_conflict_names(const th_reference *reference, const th_conflict *conflict, th_slice id)
{
	for (size_t i = 0; i < conflict->factors; i++)
		if (th_slice_eq(reference->factor[conflict->factor[i]].id, id))
			return true;
	return false;
}
