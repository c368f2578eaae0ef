/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the measures of a route require and exclude, and who is responsible for what of it. */

#include "plan/planning.h"

const bool *th_plan_needed(th_planning *p)
{
	const th_measures *all = &p->plan->a->measures;
	bool *needed = th_plan_room(p, all->count + 1, sizeof *needed);
	for (size_t i = 0; needed && i < all->count; i++)
		for (size_t n = 0; n < all->measure[i].requires.count && all->measure[i].state != TH_MEASURE_CANCELLED; n++)
			needed[all->measure[i].requires.measure[n]] = true;
	return needed;
}

const th_path_cost *th_plan_cost_of(const th_case_plan *plan, size_t measure)
{
	for (size_t i = 0; plan->has_discount && i < plan->path.costs; i++)
		if (plan->measure_of[plan->path.cost[i].measure] == measure)
			return plan->path.cost[i].has_cost ? &plan->path.cost[i] : NULL;
	return NULL;
}

/* --- ties --- */

enum { NO_PLACE = TH_ROUTE_MEASURES };

static size_t place_of(const th_plan_route *route, size_t measure)
{
	for (size_t i = 0; i < route->problem.measures; i++)
		if (route->which[i] == measure)
			return i;
	return NO_PLACE;
}

static const th_measure_links *requires_of(const th_case_plan *plan, size_t place)
{
	return &plan->a->measures.measure[plan->route.which[place]].requires;
}

/* Take one out; those behind it move up. */
static void take_out(th_plan_route *route, th_route_measure *list, size_t place)
{
	route->problem.measures--;
	for (size_t i = place; i < route->problem.measures; i++) {
		list[i] = list[i + 1];
		route->which[i] = route->which[i + 1];
	}
}

/* Does it require what has no place? What is decided stays all the same: it is there. */
static bool is_unfit(const th_case_plan *plan, const th_route_measure *list, size_t place, size_t *required)
{
	const th_measure_links *links = requires_of(plan, place);
	for (size_t n = 0; n < links->count && !list[place].required; n++)
		if (place_of(&plan->route, links->measure[n]) == NO_PLACE) {
			*required = links->measure[n];
			return true;
		}
	return false;
}

static void take_out_unfit(th_planning *p, th_route_measure *list)
{
	th_plan_route *route = &p->plan->route;
	size_t required;
	route->unfit = th_plan_room(p, TH_ROUTE_MEASURES, sizeof *route->unfit);
	for (size_t i = 0; route->unfit && i < route->problem.measures;) {
		if (!is_unfit(p->plan, list, i, &required)) {
			i++;
			continue;
		}
		route->unfit[route->unfits++] = (th_plan_unfit){route->which[i], required};
		take_out(route, list, i);
		i = 0; /* others may require it */
	}
}

static uint64_t bits_of(const th_plan_route *route, const th_measure_links *links)
{
	uint64_t bits = 0;
	for (size_t n = 0; n < links->count; n++) {
		size_t place = place_of(route, links->measure[n]);
		bits |= place == NO_PLACE ? 0 : (uint64_t)1 << place;
	}
	return bits;
}

/* The measures that can stand beside those that are decided, these among them. */
static uint64_t possible(const th_route_problem *problem, const th_route_measure *list)
{
	uint64_t decided = 0, excluded = 0, can = 0, before;
	for (size_t i = 0; i < problem->measures; i++) {
		decided |= list[i].required ? (uint64_t)1 << i : 0;
		excluded |= list[i].required ? list[i].excludes : 0;
	}
	for (size_t i = 0; i < problem->measures; i++)
		if (list[i].required || !((excluded >> i & 1) || (list[i].excludes & decided)))
			can |= (uint64_t)1 << i;
	do {
		before = can;
		for (size_t i = 0; i < problem->measures; i++)
			if (!list[i].required && (list[i].requires & ~can))
				can &= ~((uint64_t)1 << i);
	} while (can != before);
	return can;
}

/* What is decided against its own words is a fact, which the check tells: between decided measures nothing is excluded, and what one of them requires
 * has to come where it can. */
static void accept_decided(const th_route_problem *problem, th_route_measure *list)
{
	uint64_t can = possible(problem, list), decided = 0;
	for (size_t i = 0; i < problem->measures; i++)
		decided |= list[i].required ? (uint64_t)1 << i : 0;
	for (size_t i = 0; i < problem->measures; i++)
		if (list[i].required) {
			list[i].requires &= can;
			list[i].excludes &= ~decided;
		}
}

void th_plan_tie(th_planning *p, th_route_measure *list)
{
	const th_case_plan *plan = p->plan;
	th_plan_route *route = &p->plan->route;
	take_out_unfit(p, list);
	for (size_t i = 0; i < route->problem.measures; i++) {
		const th_measure *m = &plan->a->measures.measure[route->which[i]];
		list[i].requires = bits_of(route, &m->requires);
		list[i].excludes = bits_of(route, &m->excludes);
	}
	accept_decided(&route->problem, list);
}

/* --- who is responsible --- */

static th_plan_owner *owner_of(th_plan_route *route, th_slice name)
{
	size_t i = 0;
	while (i < route->owners && !th_slice_eq(route->owner[i].owner, name))
		i++;
	if (i == route->owners)
		route->owner[route->owners++] = (th_plan_owner){.owner = name};
	return &route->owner[i];
}

static void add_cost(th_plan_owner *owner, const th_path_cost *cost)
{
	owner->capex += cost->capex;
	owner->cost += cost->capex_year + (cost->opex > 0 ? cost->opex : 0) - (cost->fuel < 0 ? cost->fuel : 0);
	owner->benefit += (cost->fuel > 0 ? cost->fuel : 0) - (cost->opex < 0 ? cost->opex : 0);
}

void th_plan_sum_owners(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_route *route = &plan->route;
	th_mass part[TH_ROUTE_MEASURES];
	route->owner = th_plan_room(p, TH_ROUTE_MEASURES, sizeof *route->owner);
	if (!route->owner || route->found.verdict == TH_ROUTE_UNDECIDED || route->found.verdict == TH_ROUTE_IMPOSSIBLE ||
	    !th_route_parts(&route->problem, route->found.chosen, part))
		return;
	for (size_t i = 0; i < route->problem.measures; i++) {
		if (!(route->found.chosen >> i & 1))
			continue;
		th_plan_owner *owner = owner_of(route, th_slice_trim(plan->a->measures.measure[route->which[i]].owner));
		const th_path_cost *cost = th_plan_cost_of(plan, route->which[i]);
		owner->measures++;
		owner->saving += part[i];
		owner->unpriced += cost == NULL;
		if (cost)
			add_cost(owner, cost);
	}
}
