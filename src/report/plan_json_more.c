/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tanhe.plan/1 from the path to the follow-up. */
#include "report/plan_report.h"

#include "io/json.h"

static void put_truth(th_writer *w, const char *key, bool truth)
{
	th_put_key(w, th_slice_of(key));
	th_buf_str(w->buf, truth ? "true" : "false");
}

static void put_cny(th_writer *w, const char *key, th_money money)
{
	th_put_key(w, th_slice_of(key));
	th_put_mass(w->buf, money, 0);
}

static void put_year(th_writer *w, const char *key, int year)
{
	if (year)
		th_put_count(w, key, (size_t)year);
}

/* --- a path --- */

static void put_energy(th_writer *w, const th_path *path, size_t t, const th_case_plan *plan)
{
	const th_path_year *y = &path->year[t];
	if (path->year[0].energy > 0) {
		th_put_tonnes(w, "tce", y->energy);
		th_put_tonnes(w, "tce_non_fossil", y->non_fossil);
	}
	if (path->input->drivers == 0)
		return;
	th_put_open(w, "intensity", '{');
	for (size_t d = 0; d < path->input->drivers; d++) {
		th_ratio divisor = th_mass_ratio(y->driver[d]);
		th_put_key(w, plan->driver_of[d]->intensity->id);
		th_put_mass_quotient(w->buf, y->gross, 3, &divisor, 6);
	}
	th_put_close(w, '}');
}

static void put_years(th_writer *w, const th_path *path, const th_case_plan *plan)
{
	th_put_open(w, "years", '[');
	for (size_t t = 0; t < path->years; t++) {
		const th_path_year *y = &path->year[t];
		th_put_open(w, NULL, '{');
		th_put_count(w, "year", (size_t)y->year);
		th_put_tonnes(w, "business_as_usual", y->bau);
		if (plan->trend_bau) {
			th_put_tonnes(w, "business_as_usual_low", y->bau_low);
			th_put_tonnes(w, "business_as_usual_high", y->bau_high);
		}
		th_put_tonnes(w, "saved", y->saved);
		th_put_tonnes(w, "gross", y->gross);
		th_put_tonnes(w, "removals", y->removals);
		th_put_tonnes(w, "net", y->net);
		th_put_tonnes(w, "credits", y->credits);
		th_put_tonnes(w, "net_after_credits", y->net_credits);
		put_energy(w, path, t, plan);
		th_put_open(w, "measures", '{');
		for (size_t i = 0; i < path->input->measures; i++) {
			th_put_key(w, path->input->measure[i].id);
			th_put_mass(w->buf, y->measure[i], 3);
		}
		th_put_close(w, '}');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_ladders(th_writer *w, const th_path *path)
{
	th_put_open(w, "target_lines", '[');
	for (size_t i = 0; i < path->ladders; i++) {
		const th_path_ladder *ladder = &path->ladder[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "kind", th_slice_of(th_plan_kind_names[ladder->kind]));
		if (ladder->kind == TH_PATH_INTENSITY)
			th_put_text(w, "per", path->input->driver[ladder->driver].id);
		th_put_open(w, "years", '[');
		for (size_t t = 0; t < path->years; t++) {
			th_put_open(w, NULL, '{');
			th_put_count(w, "year", (size_t)path->year[t].year);
			th_put_tonnes(w, "limit", ladder->limit[t]);
			th_put_tonnes(w, "gap", ladder->gap[t]);
			th_put_close(w, '}');
		}
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_targets(th_writer *w, const th_path *path)
{
	th_put_open(w, "targets", '[');
	for (size_t i = 0; i < path->input->targets; i++) {
		const th_path_target *target = &path->input->target[i];
		const th_path_target_result *result = &path->target[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "phase", target->phase);
		th_put_count(w, "year", (size_t)target->year);
		th_put_text(w, "kind", th_slice_of(th_plan_kind_names[target->kind]));
		th_put_tonnes(w, "limit", result->limit);
		th_put_tonnes(w, "planned", result->planned);
		th_put_tonnes(w, "gap", result->gap);
		th_put_tonnes(w, "gap_as_usual", result->bau_gap);
		put_truth(w, "met", result->met);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_neutrality(th_writer *w, const th_path *path)
{
	const th_path_year *last = &path->year[path->years - 1];
	th_put_open(w, "neutrality", '{');
	th_put_count(w, "year", (size_t)last->year);
	th_put_tonnes(w, "residual", last->gross);
	th_put_tonnes(w, "removals", last->removals);
	th_put_tonnes(w, "net", last->net);
	th_put_tonnes(w, "credits", last->credits);
	put_year(w, "net_zero", path->net_zero);
	th_put_tonnes(w, "missing", path->missing);
	put_year(w, "net_zero_with_credits", path->net_zero_credits);
	th_put_tonnes(w, "missing_with_credits", path->missing_credits);
	th_put_close(w, '}');
}

static void put_path(th_writer *w, const th_path *path, const th_case_plan *plan)
{
	put_years(w, path, plan);
	put_targets(w, path);
	put_ladders(w, path);
	put_neutrality(w, path);
}

/* --- measures and costs --- */

static void put_measures(th_writer *w, const th_case_plan *plan)
{
	th_put_open(w, "measures", '[');
	for (size_t i = 0; i < plan->input.measures; i++) {
		const th_path_measure *m = &plan->input.measure[i];
		const th_measure *row = &plan->a->measures.measure[plan->measure_of[i]];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", m->id);
		th_put_text(w, "name", row->name);
		th_put_place(w, "line", plan->a->measures.path, row->line);
		th_put_text(w, "effect", th_slice_of(th_plan_effect_names[m->kind]));
		if (m->kind == TH_PATH_REDUCTION && m->activity != TH_PATH_ALL)
			th_put_text(w, "activity", plan->input.activity[m->activity].id);
		th_put_tonnes(w, "reduction", m->reduction);
		th_put_count(w, "from", (size_t)m->start);
		put_year(w, "to", m->end);
		put_year(w, "ramp", m->ramp);
		put_truth(w, "decided", m->required);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_costs(th_writer *w, const th_case_plan *plan)
{
	if (!plan->has_discount)
		return;
	th_put_open(w, "costs", '[');
	for (size_t i = 0; i < plan->path.costs; i++) {
		const th_path_cost *cost = &plan->path.cost[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "measure", plan->input.measure[cost->measure].id);
		th_put_tonnes(w, "alone", cost->alone);
		th_put_tonnes(w, "after_overlap", cost->after);
		th_put_tonnes(w, "running_sum", cost->sum);
		if (cost->has_cost) {
			put_cny(w, "capital", cost->capex_year);
			put_cny(w, "running", cost->opex);
			put_cny(w, "saved", cost->fuel);
			put_cny(w, "cost", cost->year);
		}
		if (cost->has_per_tonne) {
			th_put_key(w, TH_S("per_tonne"));
			th_buf_printf(w->buf, "%.6f", cost->per_tonne);
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_scenarios(th_writer *w, const th_case_plan *plan)
{
	if (!plan->scenarios || !plan->has_base || !plan->has_bau)
		return;
	th_put_open(w, "scenarios", '[');
	for (size_t i = 0; i < plan->scenarios; i++) {
		const th_plan_scenario *scenario = &plan->scenario[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "path", th_slice_of(scenario->path));
		th_put_open(w, "overrides", '[');
		for (size_t k = 0; k < scenario->params.count; k++) {
			th_put_open(w, NULL, '{');
			th_put_text(w, "param", scenario->params.row[k].param);
			th_put_text(w, "value", scenario->params.row[k].value);
			th_put_text_if(w, "unit", scenario->params.row[k].unit);
			th_put_text(w, "source", scenario->params.row[k].source);
			th_put_close(w, '}');
		}
		th_put_close(w, ']');
		put_path(w, &scenario->result, plan);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

/* --- asked --- */

static void put_found(th_writer *w, const th_case_plan *plan)
{
	static const char *const verdicts[] = {[TH_ROUTE_OPTIMAL] = "optimal", [TH_ROUTE_FOUND] = "found", [TH_ROUTE_UNREACHABLE] = "unreachable",
	                                       [TH_ROUTE_UNDECIDED] = "undetermined"};
	const th_plan_route *route = &plan->route;
	th_put_text(w, "verdict", th_slice_of(verdicts[route->found.verdict]));
	th_put_tonnes(w, "need", route->need);
	if (route->found.verdict == TH_ROUTE_UNDECIDED)
		return;
	th_put_tonnes(w, "saves", route->found.saving);
	put_cny(w, "cost", route->found.cost);
	put_cny(w, "bound", route->found.bound);
	th_put_open(w, "measures", '[');
	for (size_t i = 0; i < route->problem.measures; i++)
		if (route->found.chosen >> i & 1)
			th_put_text(w, NULL, plan->input.measure[route->which[i]].id);
	th_put_close(w, ']');
}

static void put_route(th_writer *w, const th_case_plan *plan)
{
	const th_plan_route *route = &plan->route;
	if (route->goal == TH_GOAL_NONE)
		return;
	th_put_open(w, "route", '{');
	th_put_text(w, "goal", th_slice_of(plan->options.route));
	put_year(w, "year", route->year);
	if (route->computed) {
		put_found(w, plan);
	} else {
		th_put_text(w, "verdict", TH_S("undetermined"));
		th_put_open(w, "missing", '[');
		for (size_t i = 0; i < route->missings; i++)
			th_put_text(w, NULL, route->missing[i]);
		if (route->no_threshold)
			th_put_text(w, NULL, TH_S("threshold"));
		th_put_close(w, ']');
	}
	th_put_close(w, '}');
}

static void put_followed(th_writer *w, const th_case_plan *plan)
{
	static const char *const states[] = {"not_due", "delivers", "short", "suspect", "unknown"};
	const th_follow *f = &plan->follow.result;
	th_put_text(w, "verdict", f->on_track ? TH_S("on_track") : TH_S("behind"));
	th_put_tonnes(w, "planned_gross", f->plan->gross);
	th_put_tonnes(w, "gross", f->gross);
	th_put_tonnes(w, "behind", f->behind);
	th_put_tonnes(w, "planned_net", f->plan->net);
	th_put_tonnes(w, "net", f->net);
	th_put_tonnes(w, "behind_net", f->behind_net);
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
			th_put_place(w, "line", plan->delivered_path, evidence->line);
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_plan_json_more(th_writer *w, const th_case_plan *plan)
{
	if (plan->has_base) {
		put_measures(w, plan);
		put_costs(w, plan);
	}
	if (plan->has_base && plan->has_bau)
		put_path(w, &plan->path, plan);
	put_scenarios(w, plan);
	put_route(w, plan);
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
