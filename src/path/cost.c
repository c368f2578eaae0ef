/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marginal abatement costs, and the problem of the cheapest route. */
#include "path/parts.h"

#include "base/transcendental.h"

static const th_money one_yuan = 1000000000;

/* Capital recovery factor r / (1 - (1 + r)^-n); 1 / n without interest. */
static double annuity(double rate, double years)
{
	return rate > 0 ? rate / -th_expm1(-years * th_log1p(rate)) : 1 / years;
}

static bool cost_of(const th_path_input *in, const th_path_measure *m, th_path_cost *cost)
{
	if (!th_mass_times(one_yuan, m->capex, &cost->capex))
		return false;
	if (m->capex.mant != 0) {
		double year = th_decimal_double(m->capex) * annuity(th_decimal_double(in->discount) / 100, th_decimal_double(m->lifetime));
		if (!(fabs(year) < 0x1p60)) /* 1e9 times that stays within 2^90 */
			return false;
		cost->capex_year = (th_money)rint(year * 1e9);
	}
	if (!th_mass_times(one_yuan, m->opex, &cost->opex))
		return false;
	for (size_t i = 0; i < m->fuels; i++) {
		th_money saved;
		if (!th_mass_times(one_yuan, m->fuel[i].saved, &saved) || !th_mass_times(saved, in->price[m->fuel[i].price].price, &saved) ||
		    !th_mass_add(&cost->fuel, saved))
			return false;
	}
	cost->year = cost->capex_year;
	return th_mass_add(&cost->year, cost->opex) && th_mass_add(&cost->year, -cost->fuel);
}

/* Cheaper per tonne first, those without a price at the end, else in the order of the plan. */
static bool goes_before(const th_path_cost *a, const th_path_cost *b)
{
	if (a->has_per_tonne != b->has_per_tonne)
		return a->has_per_tonne;
	return a->has_per_tonne && a->per_tonne < b->per_tonne;
}

/* What each still takes away behind the cheaper ones, against the base year. */
static bool overlap(const th_path_base *base, th_arena *arena, th_path *path, th_status *status)
{
	const th_path_input *in = path->input;
	th_mass *left = th_arena_alloc(arena, in->activities + 1, sizeof *left), sum = 0;
	*status = left ? TH_OK : TH_SYSTEM;
	for (size_t a = 0; left && a < in->activities; a++)
		left[a] = in->activity[a].base;
	for (size_t i = 0; left && i < path->costs; i++) {
		th_path_cost *cost = &path->cost[i];
		const th_path_measure *m = &in->measure[cost->measure];
		if (m->kind != TH_PATH_REDUCTION)
			cost->after = cost->alone;
		th_share share = {m->reduction, 1, 1, 1};
		if (m->kind == TH_PATH_REDUCTION)
			share.whole = th_path_whole(in, base, m).gross;
		for (size_t a = 0; m->kind == TH_PATH_REDUCTION && m->reduction > 0 && a < in->activities; a++) {
			th_mass saved = 0;
			if (m->activity != TH_PATH_ALL && m->activity != a)
				continue;
			if (!th_share_of(&share, left[a], &saved))
				return false;
			left[a] -= saved;
			cost->after += saved;
		}
		if (m->kind != TH_PATH_CREDIT && !th_mass_add(&sum, cost->after))
			return false;
		cost->sum = sum;
	}
	return true;
}

th_status th_path_costs(const th_path_base *base, th_arena *arena, th_path *path)
{
	const th_path_input *in = path->input;
	th_status status;
	path->cost = th_arena_alloc(arena, in->measures + 1, sizeof *path->cost);
	if (!path->cost)
		return TH_SYSTEM;
	for (size_t i = 0; i < in->measures; i++) {
		const th_path_measure *m = &in->measure[i];
		if (m->off)
			continue;
		th_path_cost cost = {.measure = i, .has_cost = m->has_cost, .alone = m->reduction};
		if (m->has_cost && !cost_of(in, m, &cost))
			return TH_USAGE;
		cost.has_per_tonne = m->has_cost && m->reduction > 0;
		if (cost.has_per_tonne)
			cost.per_tonne = (double)cost.year / (double)m->reduction * 1000;
		size_t at = path->costs++;
		for (; at > 0 && goes_before(&cost, &path->cost[at - 1]); at--)
			path->cost[at] = path->cost[at - 1];
		path->cost[at] = cost;
	}
	if (!overlap(base, arena, path, &status))
		return TH_USAGE;
	return status;
}

/* --- the cheapest route --- */

static const th_path_cost *cost_at(const th_path *path, size_t measure)
{
	for (size_t i = 0; i < path->costs; i++)
		if (path->cost[i].measure == measure)
			return &path->cost[i];
	return NULL;
}

/* Measure i as the route sees it in a year; false when it has no effect, no place or no price there. One that is decided has a place in
 * every route, whatever it does in that year, and one that others require may have one. */
static bool route_measure(const th_path *path, const th_path_base *base, size_t i, int year, bool removals, th_route_measure *out)
{
	const th_path_measure *m = &path->input->measure[i];
	const th_path_cost *cost = cost_at(path, i);
	if (!cost || (!m->has_cost && !m->required))
		return false;
	*out = (th_route_measure){.activity = TH_ROUTE_APART, .share = {m->reduction, 1, 0, 1}, .cost = cost->year, .required = m->required, .price = cost->capex};
	if (m->kind == TH_PATH_CREDIT || (m->kind == TH_PATH_REMOVAL && !removals))
		return m->required || m->needed;
	if (m->kind == TH_PATH_REDUCTION && m->reduction > 0) {
		out->activity = m->activity;
		out->share.whole = th_path_whole(path->input, base, m).gross;
	}
	th_path_ramp(path->input, m, year, &out->share);
	return m->required || m->needed || (m->reduction > 0 && out->share.num > 0);
}

th_status th_path_route(const th_path *path, size_t target, th_arena *arena, th_route_problem *out, size_t **which)
{
	const th_path_input *in = path->input;
	bool last = target == TH_PATH_LAST_YEAR;
	*which = NULL;
	if (!last && target >= in->targets)
		return TH_USAGE;
	int year = last ? in->last_year : in->target[target].year;
	bool removals = last || in->target[target].kind == TH_PATH_NET;
	th_path_base base;
	if (year < in->base_year || year > in->last_year || !th_path_base_of(in, &base))
		return TH_USAGE;
	th_route_measure *measure = th_arena_alloc(arena, TH_ROUTE_MEASURES, sizeof *measure);
	*which = th_arena_alloc(arena, TH_ROUTE_MEASURES, sizeof **which);
	if (!measure || !*which)
		return TH_SYSTEM;
	th_mass need = last ? 0 : path->target[target].bau_gap;
	*out = (th_route_problem){.activity = path->year[year - in->base_year].bau_activity, .activities = in->activities, .measure = measure,
	                          .need = need > 0 ? need : 0};
	for (size_t i = 0; i < in->measures; i++) {
		th_route_measure next;
		if (!route_measure(path, &base, i, year, removals, &next))
			continue;
		if (out->measures == TH_ROUTE_MEASURES)
			return TH_INVALID;
		measure[out->measures] = next;
		(*which)[out->measures++] = i;
	}
	return TH_OK;
}
