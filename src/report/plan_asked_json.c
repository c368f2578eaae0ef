/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tanhe.plan/2: the cheapest measures to a goal, and how a year turned out. */
#include "report/plan_report.h"

static void put_unfit(th_writer *w, const th_case_plan *plan)
{
	const th_measure *all = plan->a->measures.measure;
	if (plan->route.unfits == 0)
		return;
	th_put_open(w, "left_out", '[');
	for (size_t i = 0; i < plan->route.unfits; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "measure", all[plan->route.unfit[i].measure].id);
		th_put_text(w, "requires", all[plan->route.unfit[i].required].id);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_owners(th_writer *w, const th_plan_route *route)
{
	th_put_open(w, "owners", '[');
	for (size_t i = 0; i < route->owners; i++) {
		const th_plan_owner *owner = &route->owner[i];
		th_put_open(w, NULL, '{');
		th_put_text_if(w, "owner", owner->owner);
		th_put_count(w, "measures", owner->measures);
		th_put_count(w, "unpriced", owner->unpriced);
		th_put_cny(w, "investment", owner->capex);
		th_put_cny(w, "cost", owner->cost);
		th_put_cny(w, "benefit", owner->benefit);
		th_put_tonnes(w, "saves", owner->saving);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_found(th_writer *w, const th_case_plan *plan)
{
	static const char *const verdicts[] = {[TH_ROUTE_OPTIMAL] = "optimal", [TH_ROUTE_FOUND] = "found", [TH_ROUTE_UNREACHABLE] = "unreachable",
	                                       [TH_ROUTE_IMPOSSIBLE] = "impossible", [TH_ROUTE_UNDECIDED] = "undetermined"};
	const th_plan_route *route = &plan->route;
	th_put_text(w, "verdict", th_slice_of(verdicts[route->found.verdict]));
	if (route->goal == TH_GOAL_BUDGET)
		th_put_cny(w, "budget", route->budget);
	else
		th_put_tonnes(w, "need", route->need);
	put_unfit(w, plan);
	if (route->found.verdict == TH_ROUTE_UNDECIDED || route->found.verdict == TH_ROUTE_IMPOSSIBLE)
		return;
	th_put_tonnes(w, "saves", route->found.saving);
	th_put_cny(w, "cost", route->found.cost);
	th_put_cny(w, "bound", route->found.bound);
	if (route->goal == TH_GOAL_BUDGET) {
		th_put_cny(w, "investment", route->found.price);
		th_put_tonnes(w, "most", route->found.most);
	}
	th_put_open(w, "measures", '[');
	for (size_t i = 0; i < route->problem.measures; i++)
		if (route->found.chosen >> i & 1)
			th_put_text(w, NULL, plan->a->measures.measure[route->which[i]].id);
	th_put_close(w, ']');
	put_owners(w, route);
}

static void put_route(th_writer *w, const th_case_plan *plan)
{
	const th_plan_route *route = &plan->route;
	if (route->goal == TH_GOAL_NONE)
		return;
	th_put_open(w, "route", '{');
	th_put_text(w, "goal", th_slice_of(plan->options.route));
	th_put_year_if(w, "year", route->year);
	if (route->computed) {
		put_found(w, plan);
	} else {
		th_put_text(w, "verdict", TH_S("undetermined"));
		if (route->no_threshold)
			th_put_reason(w, "why", "no_threshold", W_P_ROUTE_NO_THRESHOLD);
		th_put_missing_json(w, plan->a, route->missing, route->missings);
	}
	th_put_close(w, '}');
}

static void put_followed(th_writer *w, const th_case_plan *plan)
{
	static const char *const states[] = {"not_due", "delivers", "short", "suspect", "unknown"};
	static const char *const lines[] = {[TH_PLAN_YES] = "met", [TH_PLAN_NO] = "missed", [TH_PLAN_OPEN] = "undetermined"};
	const th_follow *f = &plan->follow.result;
	th_put_text(w, "verdict", f->on_track ? TH_S("on_track") : TH_S("behind"));
	if (plan->a->targets.count)
		th_put_text(w, "target_line", th_slice_of(lines[th_plan_on_line(plan)]));
	th_put_tonnes(w, "planned_gross", f->plan->gross);
	th_put_tonnes(w, "gross", f->gross);
	th_put_tonnes(w, "behind", f->behind);
	th_put_tonnes(w, "planned_net", f->plan->net);
	th_put_tonnes(w, "net", f->net);
	th_put_tonnes(w, "behind_net", f->behind_net);
	th_put_open(w, "target_lines", '[');
	for (size_t i = 0; i < plan->path.ladders; i++) {
		const th_path_ladder *ladder = &plan->path.ladder[i];
		th_mass actual = ladder->kind == TH_PATH_NET ? f->net : f->gross;
		th_put_open(w, NULL, '{');
		th_put_text(w, "kind", th_slice_of(th_path_kind_names[ladder->kind]));
		if (ladder->kind == TH_PATH_INTENSITY) {
			th_put_text(w, "per", plan->input.driver[ladder->driver].id);
			th_put_text(w, "denominator", TH_S("planned"));
		}
		th_put_tonnes(w, "limit", actual - f->gap[i]);
		th_put_tonnes(w, "actual", actual);
		th_put_tonnes(w, "gap", f->gap[i]);
		th_put_truth(w, "met", f->gap[i] <= 0);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	th_put_open(w, "activities", '{');
	for (size_t a = 0; a < plan->input.activities; a++) {
		th_put_key(w, plan->input.activity[a].id);
		th_put_mass(w->buf, f->activity[a], 3);
	}
	th_put_close(w, '}');
	th_put_open(w, "measures", '[');
	for (size_t i = 0; i < plan->input.measures; i++) {
		const th_follow_measure *m = &f->measure[i];
		const th_delivered_row *evidence = plan->follow.evidence[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", plan->input.measure[i].id);
		th_put_text(w, "state", th_slice_of(states[m->state]));
		th_put_tonnes(w, "promised", m->planned);
		if (evidence) {
			th_put_tonnes(w, "done", evidence->reduction);
			th_put_text_if(w, "evidence", evidence->evidence);
			th_put_place(w, "place", plan->delivered_path, evidence->line);
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_follow(th_writer *w, const th_case_plan *plan)
{
	if (!plan->follow.asked)
		return;
	th_put_open(w, "follow_up", '{');
	th_put_count(w, "year", (size_t)plan->follow.year);
	if (plan->follow.computed)
		put_followed(w, plan);
	else
		th_put_text(w, "verdict", TH_S("undetermined"));
	th_put_close(w, '}');
}

void th_put_asked_json(th_writer *w, const th_case_plan *plan)
{
	put_route(w, plan);
	put_follow(w, plan);
}
