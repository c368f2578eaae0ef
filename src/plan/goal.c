/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a route is to reach: the threshold of the rules, the target of a phase, or the most for a budget. */

#include "plan/planning.h"

#include "rules/expr.h"

/* `required` in 1e-9 kg CO2e, rounded up: a threshold is not reached by a hair less. */
static bool mass_up(const th_rule_value *required, const th_unit *kilogram, th_mass *out)
{
	th_exact in;
	if (!th_exact_in(required->number, kilogram, &in) || in.num < 0 || in.num >> 90 != 0 || in.den >> 90 != 0)
		return false;
	th_mass whole = in.num / in.den, rest = in.num % in.den;
	/* rest / den x 10^9 digit by digit, so that nothing overflows */
	*out = whole;
	for (int i = 0; i < TH_MASS_SCALE; i++) {
		rest *= 10;
		*out = *out * 10 + rest / in.den;
		rest %= in.den;
	}
	*out += rest != 0;
	return true;
}

static void lacks(th_planning *p, th_plan_route *route, const char *name)
{
	if (route->missings)
		return;
	route->missing = th_plan_room(p, 1, sizeof *route->missing);
	if (route->missing)
		route->missing[route->missings++] = th_slice_of(name);
}

static const char *const reduction_ids[] = {[TH_COUNTED_ANNUAL] = "reduction_annual", [TH_COUNTED_CUMULATIVE] = "reduction_cumulative"};

/* Which of the computed reductions a limit counts: by the reading in force, or none of them (inventories, a stated amount). Found by
 * handing in another value, so that it is what the pack says and not what we think it says. */
static th_plan_counted counted_by(th_planning *p, const th_rule_limit *limit)
{
	const th_assessment *a = p->plan->a;
	th_rule_inputs other;
	if (th_rule_inputs_copy(&a->inputs, &p->plan->arena, &other) != TH_OK) {
		th_check_no_memory(p->s);
		return TH_COUNTED_ELSE;
	}
	for (int i = TH_COUNTED_ANNUAL; i <= TH_COUNTED_CUMULATIVE; i++) {
		uint32_t decl = th_pack_computed(a->pack, th_slice_of(reduction_ids[i]));
		if (decl == TH_NONE)
			continue;
		other.input[decl].value = th_rule_mass(1, &p->s->kilogram);
		th_rule_value one = th_rule_limit_weigh(&other, limit).observed;
		other.input[decl].value = th_rule_mass(2, &p->s->kilogram);
		th_rule_value two = th_rule_limit_weigh(&other, limit).observed;
		other.input[decl] = a->inputs.input[decl];
		if (one.known && two.known && (one.number.num != two.number.num || one.number.den != two.number.den))
			return (th_plan_counted)i;
	}
	return TH_COUNTED_ELSE;
}

static bool is_mass(const th_planning *p, const th_rule_limit *limit)
{
	return th_unit_same_dimension(&limit->unit, &p->s->kilogram);
}

/* A lower limit in mass of CO2e, or on what a reduction makes, as its share of the base year. */
static bool asks_reduction(th_planning *p, const th_rule_limit *limit, th_plan_counted *by)
{
	if (limit->compare != TH_RULE_GE && limit->compare != TH_RULE_GT)
		return false;
	*by = counted_by(p, limit);
	return *by != TH_COUNTED_ELSE || is_mass(p, limit);
}

static bool is_met_with(const th_rule_inputs *inputs, th_rule_value *reduction, const th_unit *kilogram, th_mass mass, const th_rule_limit *limit)
{
	*reduction = th_rule_mass(mass, kilogram);
	return th_rule_limit_weigh(inputs, limit).status == TH_RULE_MET;
}

/* The least reduction in 1e-9 kg with which a limit is met that more reduction never harms. False when none is found. */
static bool least_for(th_planning *p, const th_rule_limit *limit, th_plan_counted by, th_mass *need)
{
	const th_assessment *a = p->plan->a;
	const th_unit *kilogram = &p->s->kilogram;
	th_rule_inputs other;
	if (th_rule_inputs_copy(&a->inputs, &p->plan->arena, &other) != TH_OK) {
		th_check_no_memory(p->s);
		return false;
	}
	th_rule_value *reduction = &other.input[th_pack_computed(a->pack, th_slice_of(reduction_ids[by]))].value;
	th_mass low = -1, high = 0;
	while (!is_met_with(&other, reduction, kilogram, high, limit)) {
		if (high >> 90 != 0)
			return false;
		low = high;
		high = high * 2 + 1;
	}
	while (high - low > 1) {
		th_mass middle = low + (high - low) / 2;
		*(is_met_with(&other, reduction, kilogram, middle, limit) ? &high : &low) = middle;
	}
	*need = high;
	return true;
}

/* What a limit with a value asks, in 1e-9 kg. */
static bool need_of(th_planning *p, const th_rule_limit_result *at, th_plan_counted by, th_mass *need)
{
	if (by != TH_COUNTED_ELSE)
		return least_for(p, at->limit, by, need);
	if (!mass_up(&at->required, &p->s->kilogram, need))
		return false;
	*need += at->limit->compare == TH_RULE_GT;
	return true;
}

/* One requirement: all its limits must hold. Does it set a threshold for a reduction? */
static bool add_threshold(th_planning *p, const th_rule_result *result, th_plan_route *route, th_rule_status *worst)
{
	th_plan_counted by = TH_COUNTED_ELSE;
	bool any = false;
	for (size_t k = 0; k < result->limits; k++) {
		const th_rule_limit_result *at = &result->limit[k];
		th_mass need = 0;
		if (!asks_reduction(p, at->limit, &by))
			continue;
		if (!any || by != TH_COUNTED_ELSE)
			route->counted = by;
		any = true;
		if (!at->required.known || at->status == TH_RULE_UNDETERMINED)
			continue;
		if (!need_of(p, at, by, &need))
			th_check_worse(p->s, th_report(p->s->diags, TH_PLAN_LARGE, (th_pos){NULL, 0, 0, NULL}, "threshold", (char *)NULL));
		route->need = need > route->need ? need : route->need;
	}
	for (size_t k = 0; any && k < result->limits; k++) {
		th_rule_status status = result->limit[k].status;
		if (status == TH_RULE_NOT_MET || *worst == TH_RULE_MET)
			*worst = status;
		if (status == TH_RULE_UNDETERMINED) {
			route->missing = result->missing;
			route->missings = result->missings;
		}
	}
	return any;
}

/* The thresholds that the rules set for a reduction, in mass or as a share: all of them must hold. Whether all measures together
 * reach them is what the check has decided. */
static th_rule_status read_threshold(th_planning *p, th_plan_route *route)
{
	const th_assessment *a = p->plan->a;
	th_rule_status worst = TH_RULE_MET;
	route->no_threshold = true;
	for (size_t i = 0; i < a->results.results; i++)
		if (add_threshold(p, &a->results.result[i], route, &worst))
			route->no_threshold = false;
	return worst;
}

static bool is_decided(const th_measure *m)
{
	return m->state == TH_MEASURE_DONE || m->state == TH_MEASURE_STARTED;
}

/* Measures of the case behind those of the problem, at what they cost (NULL: nothing): false when there are too many. */
static bool add_to_route(th_plan_route *route, th_route_measure *list, size_t measure, th_mass amount, const th_path_cost *cost, bool required)
{
	if (route->problem.measures == TH_ROUTE_MEASURES)
		return false;
	list[route->problem.measures] = (th_route_measure){.activity = TH_ROUTE_APART, .share = {amount, 1, 1, 1}, .cost = cost ? cost->year : 0,
	                                                   .required = required, .price = cost ? cost->capex : 0};
	route->which[route->problem.measures++] = measure;
	return true;
}

static void too_many(th_planning *p)
{
	th_check_worse(p->s, th_report(p->s->diags, TH_ROUTE_LARGE, (th_pos){p->plan->a->measures.path, 1, 1, NULL},
	                                th_plan_printf(p, "%d", TH_ROUTE_MEASURES), th_plan_printf(p, "%d", p->plan->route.year), (char *)NULL));
}

static th_mass counted_amount(const th_plan_route *route, const th_check_measure *m)
{
	return route->counted == TH_COUNTED_ANNUAL ? m->annual.low : route->counted == TH_COUNTED_CUMULATIVE ? m->cumulative.low : 0;
}

/* What each measure counts for the verdict, at its cost: a sum, as in the check, so no measure takes from another here. */
static bool threshold_problem(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_route *route = &plan->route;
	th_route_measure *list = th_plan_room(p, TH_ROUTE_MEASURES, sizeof *list);
	route->which = th_plan_room(p, TH_ROUTE_MEASURES, sizeof *route->which);
	const bool *needed = th_plan_needed(p);
	if (!list || !route->which || !needed)
		return false;
	route->problem = (th_route_problem){.measure = list, .need = route->counted == TH_COUNTED_ELSE ? 0 : route->need};
	for (size_t i = 0; i < plan->a->measures.count; i++) {
		const th_check_measure *m = &plan->a->measure[i];
		th_mass amount = counted_amount(route, m);
		const th_path_cost *cost = th_plan_cost_of(plan, i);
		if ((is_decided(m->measure) || (cost && (amount > 0 || needed[i]))) && !add_to_route(route, list, i, amount, cost, is_decided(m->measure))) {
			too_many(p);
			return false;
		}
	}
	th_plan_tie(p, list);
	return p->s->status == TH_OK;
}

/* The measures whose costs nobody gave, when those that have one do not suffice. */
static void lacks_costs(th_planning *p)
{
	const th_case_plan *plan = p->plan;
	th_plan_route *route = &p->plan->route;
	route->missing = th_plan_room(p, plan->a->measures.count + 1, sizeof *route->missing);
	for (size_t i = 0; route->missing && i < plan->a->measures.count; i++) {
		const th_check_measure *m = &plan->a->measure[i];
		if (!is_decided(m->measure) && counted_amount(route, m) > 0 && !th_plan_cost_of(plan, i))
			route->missing[route->missings++] = th_slice_of(th_plan_printf(p, "measures:%s.capex", th_check_text(p->s, m->measure->id)));
	}
	route->computed = route->missings == 0;
}

static void find_threshold(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_route *route = &plan->route;
	th_rule_value end = th_check_fact(plan->a, "end");
	th_rule_status all = read_threshold(p, route);
	route->year = end.known && end.type == TH_RULE_DATE ? end.date.last_year : 0;
	if (p->s->status != TH_OK || route->no_threshold || all == TH_RULE_UNDETERMINED)
		return;
	route->missings = 0;
	if (all == TH_RULE_MET && !plan->has_discount && plan->a->measures.count)
		lacks(p, route, th_check_part_name(p->s, TH_CASE_ASSUMPTIONS));
	if (route->missings || !threshold_problem(p))
		return;
	th_route_find(&route->problem, &route->found);
	route->computed = true;
	if (all == TH_RULE_NOT_MET) {
		th_check_range sum = {0};
		route->found.verdict = TH_ROUTE_UNREACHABLE;
		if (route->counted != TH_COUNTED_ELSE && th_check_sum(plan->a, route->counted == TH_COUNTED_CUMULATIVE, &sum))
			route->found.saving = sum.low;
	} else if (route->found.verdict == TH_ROUTE_UNREACHABLE)
		lacks_costs(p);
}

static void unknown_phase(th_planning *p)
{
	th_buf list = {0};
	th_buf_str(&list, "threshold");
	for (size_t i = 0; i < p->plan->a->targets.count; i++) {
		th_buf_str(&list, ", ");
		th_buf_slice(&list, p->plan->a->targets.target[i].phase);
	}
	th_report(p->s->diags, TH_OPTION_ROUTE, (th_pos){NULL, 0, 0, NULL}, p->plan->options.route, th_check_built(p->s, &list), (char *)NULL);
	th_check_worse(p->s, TH_USAGE);
}

static bool known_phase(const th_case_plan *plan)
{
	for (size_t i = 0; i < plan->a->targets.count; i++)
		if (th_slice_eq(plan->a->targets.target[i].phase, th_slice_of(plan->options.route)))
			return true;
	return false;
}

static bool find_phase(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_route *route = &plan->route;
	if (!known_phase(plan)) {
		unknown_phase(p);
		return false;
	}
	for (route->target = 0; route->target < plan->input.targets; route->target++)
		if (th_slice_eq(plan->input.target[route->target].phase, th_slice_of(plan->options.route)))
			return true;
	lacks(p, route, th_check_part_name(p->s, TH_CASE_ASSUMPTIONS));
	return false;
}

static bool in_route(const th_plan_route *route, size_t measure)
{
	for (size_t i = 0; i < route->problem.measures; i++)
		if (route->which[i] == measure)
			return true;
	return false;
}

/* The problem speaks of measures of the path; what is decided and not on the path has its place all the same. */
static void name_measures(th_planning *p, th_route_measure *list)
{
	th_case_plan *plan = p->plan;
	th_plan_route *route = &plan->route;
	for (size_t i = 0; i < route->problem.measures; i++)
		route->which[i] = plan->measure_of[route->which[i]];
	for (size_t i = 0; i < plan->a->measures.count; i++)
		if (is_decided(&plan->a->measures.measure[i]) && !in_route(route, i) && !add_to_route(route, list, i, 0, NULL, true))
			too_many(p);
}

/* What works on the path, towards a target or in its last year: false when it cannot be told, which is said. */
static bool path_problem(th_planning *p, size_t target, int year)
{
	th_case_plan *plan = p->plan;
	th_plan_route *route = &plan->route;
	route->year = year;
	th_status status = th_path_route(&plan->path, target, &plan->arena, &route->problem, &route->which);
	if (status == TH_SYSTEM)
		th_check_no_memory(p->s);
	else if (status == TH_INVALID)
		too_many(p);
	else if (status != TH_OK)
		th_plan_no_such_year(p, "--route", route->year);
	if (status != TH_OK)
		return false;
	name_measures(p, (th_route_measure *)route->problem.measure);
	if (p->s->status == TH_OK)
		th_plan_tie(p, (th_route_measure *)route->problem.measure);
	return p->s->status == TH_OK;
}

static bool has_path(th_planning *p)
{
	th_case_plan *plan = p->plan;
	if (!plan->has_base)
		lacks(p, &plan->route, "base_year");
	else if (!plan->has_bau || !plan->has_discount)
		lacks(p, &plan->route, th_check_part_name(p->s, TH_CASE_ASSUMPTIONS));
	return plan->route.missings == 0;
}

static void find_phase_route(th_planning *p)
{
	th_plan_route *route = &p->plan->route;
	if (!find_phase(p) || !has_path(p) || !path_problem(p, route->target, p->plan->input.target[route->target].year))
		return;
	route->need = route->problem.need;
	th_route_find(&route->problem, &route->found);
	route->computed = true;
}

/* What saves most for so much money, in the last year of the path. */
static void find_budget_route(th_planning *p)
{
	th_plan_route *route = &p->plan->route;
	if (!th_plan_read_budget(p, p->plan->options.route, &route->budget) || !has_path(p) || !path_problem(p, TH_PATH_LAST_YEAR, p->plan->input.last_year))
		return;
	route->problem.budgeted = true;
	route->problem.budget = route->budget;
	th_route_most(&route->problem, &route->found);
	route->computed = true;
}

void th_plan_find_route(th_planning *p)
{
	static void (*const find[])(th_planning *) = {[TH_GOAL_THRESHOLD] = find_threshold, [TH_GOAL_PHASE] = find_phase_route, [TH_GOAL_BUDGET] = find_budget_route};
	th_plan_route *route = &p->plan->route;
	const char *goal = p->plan->options.route;
	if (!goal)
		return;
	route->goal = strcmp(goal, "threshold") == 0 ? TH_GOAL_THRESHOLD : th_plan_is_budget(goal) ? TH_GOAL_BUDGET : TH_GOAL_PHASE;
	find[route->goal](p);
	if (route->computed)
		th_plan_sum_owners(p);
}
