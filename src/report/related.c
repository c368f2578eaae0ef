/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

const char *const th_leg_names[TH_LEGS] = {"main", "ch4", "n2o", "biogenic", "green", "residual"};

static bool rule_covers(const th_rule *rule, uint32_t activity, th_method method)
{
	return rule->activity != TH_NONE ? rule->activity == activity : rule->method < 0 || rule->method == (int)method;
}

static bool rule_names(const th_rule *rule, const th_factor *factor)
{
	if (rule->factor_id.len)
		return th_slice_eq(rule->factor_id, factor->id);
	return th_slice_eq(rule->category, TH_S("*")) || th_slice_eq(rule->category, factor->category);
}

/* Does a rule find anything at all for an activity? A named factor needs no row that lists the activity. */
static bool rule_finds(const th_reference *reference, const th_rule *rule, uint32_t activity)
{
	if (rule->factor_id.len)
		return rule->factor != TH_NONE;
	size_t count;
	const uint32_t *row = th_factors_of(reference, activity, &count);
	for (size_t i = 0; i < count; i++)
		if (rule_names(rule, &reference->factor[row[i]]))
			return true;
	return false;
}

const th_rule *th_profile_takes(const th_reference *reference, const th_profile *profile, const th_factor *factor, th_leg leg)
{
	for (size_t i = 0; i < profile->rules; i++)
		if (profile->rule[i].leg == leg && profile->rule[i].factor_id.len && rule_names(&profile->rule[i], factor))
			return &profile->rule[i];
	for (size_t a = 0; a < factor->activities; a++) {
		uint32_t activity = factor->activity[a];
		for (size_t i = 0; i < profile->rules; i++) {
			const th_rule *rule = &profile->rule[i];
			if (rule->leg != leg || !rule_covers(rule, activity, reference->activity[activity].method) ||
			    !rule_finds(reference, rule, activity))
				continue;
			if (rule_names(rule, factor))
				return rule;
			break; /* the first rule with a candidate wins */
		}
	}
	return NULL;
}

bool th_profile_takes_any(const th_reference *reference, const th_profile *profile, const th_factor *factor)
{
	for (int leg = 0; leg < TH_LEGS; leg++)
		if (th_profile_takes(reference, profile, factor, (th_leg)leg))
			return true;
	return false;
}

static bool region_holds(const th_reference *reference, uint32_t outer, uint32_t inner)
{
	if (outer == TH_NONE || inner == TH_NONE)
		return true;
	while (inner != TH_NONE && inner != outer)
		inner = reference->region[inner].parent;
	return inner == outer;
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
	if (other == factor || other->gas != factor->gas || other->from > factor->to || other->to < factor->from ||
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
