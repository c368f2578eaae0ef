/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a plan is asked: the cheapest measures to a goal, and how a year turned out. */

#include "plan/planning.h"

#include "rules/expr.h"

/* An option names a year that the path does not have. */
static void no_such_year(th_planning *p, const char *option, int year)
{
	const th_path_input *in = &p->plan->input;
	th_report(p->s->diags, TH_PLAN_NO_YEAR, (th_pos){NULL, 0, 0, NULL}, option, th_plan_printf(p, "%d", year), th_plan_printf(p, "%d", in->base_year),
	          th_plan_printf(p, "%d", in->last_year), (char *)NULL);
	th_check_worse(p->s, TH_USAGE);
}

/* --- the cheapest route --- */

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

/* The thresholds that the rules set for a reduction: lower limits in mass of CO2e. All of them must hold. */
static void read_threshold(th_planning *p, th_plan_route *route)
{
	const th_assessment *a = p->plan->a;
	bool any = false;
	for (size_t i = 0; i < a->results.results; i++) {
		const th_rule_result *result = &a->results.result[i];
		for (size_t k = 0; k < result->limits; k++) {
			const th_rule_limit_result *at = &result->limit[k];
			bool lower = at->limit->compare == TH_RULE_GE || at->limit->compare == TH_RULE_GT;
			th_mass need;
			if (!lower || !th_unit_same_dimension(&at->limit->unit, &p->s->kilogram))
				continue;
			any = true;
			if (!at->required.known) {
				route->missing = result->missing;
				route->missings = result->missings;
			} else if (!mass_up(&at->required, &p->s->kilogram, &need)) {
				th_check_worse(p->s, th_report(p->s->diags, TH_PLAN_LARGE, (th_pos){NULL, 0, 0, NULL}, "threshold", (char *)NULL));
			} else {
				need += at->limit->compare == TH_RULE_GT;
				route->need = need > route->need ? need : route->need;
			}
		}
	}
	route->no_threshold = !any;
}

static void lacks(th_planning *p, th_plan_route *route, const char *name)
{
	if (route->missings)
		return;
	route->missing = th_plan_room(p, 1, sizeof *route->missing);
	if (route->missing)
		route->missing[route->missings++] = th_slice_of(name);
}

static bool goal_of(th_planning *p, th_plan_route *route, th_path_goal *goal)
{
	th_case_plan *plan = p->plan;
	if (route->goal == TH_GOAL_PHASE) {
		*goal = (th_path_goal){.target = route->target};
		route->year = plan->input.target[route->target].year;
		return true;
	}
	th_rule_value end = th_check_fact(plan->a, "end");
	read_threshold(p, route);
	if (!end.known || end.type != TH_RULE_DATE)
		lacks(p, route, "end");
	if (route->missings || route->no_threshold)
		return false;
	route->year = end.date.last_year;
	*goal = (th_path_goal){.target = (size_t)-1, .year = route->year, .reduction = route->need};
	return true;
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

static void find_goal(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_route *route = &plan->route;
	th_slice wanted = th_slice_of(plan->options.route);
	if (th_slice_eq(wanted, TH_S("threshold"))) {
		route->goal = TH_GOAL_THRESHOLD;
		return;
	}
	route->goal = TH_GOAL_PHASE;
	if (!known_phase(plan)) {
		unknown_phase(p);
		return;
	}
	for (route->target = 0; route->target < plan->input.targets; route->target++)
		if (th_slice_eq(plan->input.target[route->target].phase, wanted))
			return;
	lacks(p, route, th_case_files[TH_CASE_ASSUMPTIONS].name);
}

void th_plan_find_route(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_route *route = &plan->route;
	th_path_goal goal;
	if (!plan->options.route)
		return;
	find_goal(p);
	if (p->s->status != TH_OK)
		return;
	if (!plan->has_base)
		lacks(p, route, "base_year");
	else if (!plan->has_bau || !plan->has_discount)
		lacks(p, route, th_case_files[TH_CASE_ASSUMPTIONS].name);
	if (route->missings || !goal_of(p, route, &goal) || p->s->status != TH_OK)
		return;
	th_status status = th_path_route(&plan->path, &goal, &plan->arena, &route->problem, &route->which);
	if (status == TH_SYSTEM) {
		th_check_no_memory(p->s);
		return;
	}
	if (status == TH_INVALID)
		th_check_worse(p->s, th_report(p->s->diags, TH_ROUTE_LARGE, (th_pos){plan->a->measures.path, 1, 1, NULL}, th_plan_printf(p, "%d", TH_ROUTE_MEASURES),
		                               th_plan_printf(p, "%d", route->year), (char *)NULL));
	else if (status != TH_OK)
		no_such_year(p, "--route", route->year);
	if (status != TH_OK)
		return;
	route->need = route->problem.need;
	th_route_find(&route->problem, &route->found);
	route->computed = true;
}

/* --- follow-up --- */

/* Evidence by measure of the path; a measure that measures.csv does not have is reported. */
static void match_delivered(th_planning *p, th_mass *amount, bool *known)
{
	th_case_plan *plan = p->plan;
	const th_measures *list = &plan->a->measures;
	for (size_t i = 0; i < plan->delivered.count; i++) {
		const th_delivered_row *row = &plan->delivered.row[i];
		bool there = false;
		for (size_t k = 0; k < list->count; k++)
			there |= th_slice_eq(list->measure[k].id, row->measure);
		if (!there)
			th_check_worse(p->s, th_report(p->s->diags, TH_CELL_NOT_FOUND, (th_pos){plan->delivered.path, row->line, 1, "measure"},
			                                th_check_text(p->s, row->measure), th_case_files[TH_CASE_MEASURES].name, (char *)NULL));
		for (size_t k = 0; k < plan->input.measures && row->year == plan->follow.year; k++)
			if (th_slice_eq(plan->input.measure[k].id, row->measure)) {
				plan->follow.evidence[k] = row;
				amount[k] = row->reduction;
				known[k] = true;
			}
	}
}

/* What the year emitted by the plan's activities, and beside them. */
static void actual_of(const th_case_plan *plan, int year, th_mass *activity, th_follow_input *actual)
{
	for (size_t i = 0; i < plan->cells; i++) {
		const th_plan_cell *cell = &plan->cell[i];
		size_t a = 0;
		if (cell->year != year)
			continue;
		for (; a < plan->input.activities && !th_slice_eq(plan->input.activity[a].id, cell->activity); a++)
			;
		if (a < plan->input.activities)
			activity[a] = cell->gross;
		else
			actual->other += cell->gross;
		actual->removals += cell->removals;
		actual->credits += cell->credits;
	}
}

void th_plan_follow_up(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_follow *follow = &plan->follow;
	size_t count = plan->input.measures + 1;
	th_mass *activity = th_plan_room(p, plan->input.activities + 1, sizeof *activity), *amount = th_plan_room(p, count, sizeof *amount);
	bool *known = th_plan_room(p, count, sizeof *known);
	follow->evidence = th_plan_room(p, count, sizeof *follow->evidence);
	if (!activity || !amount || !known || !follow->evidence)
		return;
	follow->asked = plan->options.actual != 0;
	follow->year = plan->options.actual;
	match_delivered(p, amount, known);
	if (!follow->asked || p->s->status != TH_OK || !plan->has_base || !plan->has_bau || !th_check_whole_year(plan->a, follow->year))
		return;
	if (follow->year < plan->input.base_year || follow->year > plan->input.last_year) {
		no_such_year(p, "--actual", follow->year);
		return;
	}
	th_follow_input actual = {.year = follow->year, .activity = activity, .measure = amount, .has_measure = known};
	actual_of(plan, follow->year, activity, &actual);
	th_status status = th_path_follow(&plan->path, &actual, &plan->arena, &follow->result);
	if (status == TH_SYSTEM)
		th_check_no_memory(p->s);
	else if (status != TH_OK)
		th_check_worse(p->s, th_report(p->s->diags, TH_PLAN_LARGE, (th_pos){NULL, 0, 0, NULL}, "--actual", (char *)NULL));
	else
		follow->computed = true;
}
