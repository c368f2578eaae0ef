/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan: the case is read and assessed, then its past is tested, its path computed, and what was asked is answered. */

#include "plan/plan.h"

#include "base/filename.h"
#include "io/bytes.h"
#include "plan/planning.h"

void th_plan_free(th_case_plan *plan)
{
	if (!plan)
		return;
	th_assessment_free(plan->a);
	th_arena arena = plan->arena; /* the plan itself lives in it */
	th_arena_free(&arena);
}

/* Whether the year is on all target lines; OPEN where those that are known say yes and one is not known. */
th_plan_answer th_plan_on_line(const th_case_plan *plan)
{
	if (!plan->follow.result.on_line)
		return TH_PLAN_NO;
	return plan->input.targets < plan->a->targets.count ? TH_PLAN_OPEN : TH_PLAN_YES;
}

th_plan_answer th_plan_answer_of(const th_case_plan *plan)
{
	static const th_plan_answer reached[] = {[TH_ROUTE_OPTIMAL] = TH_PLAN_YES, [TH_ROUTE_FOUND] = TH_PLAN_YES, [TH_ROUTE_UNREACHABLE] = TH_PLAN_NO,
	                                         [TH_ROUTE_IMPOSSIBLE] = TH_PLAN_NO, [TH_ROUTE_UNDECIDED] = TH_PLAN_OPEN};
	th_plan_answer route = TH_PLAN_YES, follow = TH_PLAN_YES;
	if (plan->route.goal != TH_GOAL_NONE)
		route = !plan->route.computed ? TH_PLAN_OPEN : reached[plan->route.found.verdict];
	if (plan->follow.asked)
		follow = !plan->follow.computed ? TH_PLAN_OPEN : plan->follow.result.on_track ? th_plan_on_line(plan) : TH_PLAN_NO;
	else if (plan->a->pack->at) /* a stage behind the first, and no whole year to tell of it */
		follow = TH_PLAN_OPEN;
	if (route == TH_PLAN_NO || follow == TH_PLAN_NO)
		return TH_PLAN_NO;
	return route == TH_PLAN_OPEN || follow == TH_PLAN_OPEN ? TH_PLAN_OPEN : TH_PLAN_YES;
}

/* --- files beside those of a check --- */

/* False when it cannot be told what the case holds. */
static bool read_files(th_planning *p, const th_reference *reference)
{
	th_case_plan *plan = p->plan;
	const th_plan_options *o = &plan->options;
	th_diags *diags = p->s->diags;
	th_check_worse(p->s, th_peak_rules_load(plan->data, &plan->arena, diags, &plan->rules));
	th_case_contents contents;
	th_status status = th_case_find(o->assess.folder, &plan->arena, diags, &contents);
	th_check_worse(p->s, status);
	if (status != TH_OK)
		return false;
	plan->assumptions_path = o->assumptions ? o->assumptions : contents.path[TH_CASE_ASSUMPTIONS];
	plan->delivered_path = contents.path[TH_CASE_DELIVERED];
	if (o->assumptions || th_check_has(p->s, &contents, TH_CASE_ASSUMPTIONS)) {
		if (!o->assumptions && !th_bytes_keep(plan->assumptions_path, diags)) /* the check looks for whom it names */
			th_check_worse(p->s, th_no_memory(diags));
		th_check_worse(p->s, th_params_load(reference, plan->assumptions_path, &plan->arena, diags, &plan->assumptions));
		plan->has_assumptions = true;
	}
	if (th_check_has(p->s, &contents, TH_CASE_DELIVERED)) {
		th_check_worse(p->s, th_delivered_load(reference, plan->delivered_path, &plan->arena, diags, &plan->delivered));
		plan->has_delivered = true;
	}
	plan->scenario = th_plan_room(p, o->scenarios + 1, sizeof *plan->scenario);
	for (size_t i = 0; plan->scenario && i < o->scenarios; i++) {
		plan->scenario[i].path = o->scenario[i];
		th_check_worse(p->s, th_params_load(reference, o->scenario[i], &plan->arena, diags, &plan->scenario[i].params));
		plan->scenarios++;
	}
	th_plan_read_series(p, reference);
	return true;
}

/* --- the path, and each scenario's --- */

static void run_path(th_planning *p, const th_path_input *input, th_path *out, const char *scenario)
{
	th_path_problem *problem;
	size_t problems = 0;
	th_status status = th_path_run(input, &p->plan->arena, out, &problem, &problems);
	if (status == TH_SYSTEM)
		th_check_no_memory(p->s);
	th_plan_problems(p, input, problem, problems, scenario);
	if (status == TH_USAGE)
		th_check_worse(p->s, th_report(p->s->diags, TH_PLAN_LARGE, (th_pos){scenario ? scenario : p->plan->assumptions_path, 1, 1, NULL}, "2^100",
		                                (char *)NULL));
}

static void run_scenario(th_planning *p, th_plan_scenario *scenario)
{
	th_case_plan *plan = p->plan;
	th_path_override *set = th_plan_room(p, scenario->params.count + 1, sizeof *set);
	size_t bad = 0;
	if (!set)
		return;
	size_t count = th_plan_overrides(p, &scenario->params, set);
	if (p->s->status != TH_OK)
		return;
	th_status status = th_path_scenario(&plan->input, set, count, &plan->arena, &scenario->input, &bad);
	if (status == TH_SYSTEM)
		th_check_no_memory(p->s);
	else if (status != TH_OK) {
		const th_param_row *row = &scenario->params.row[bad];
		th_check_worse(p->s, th_report(p->s->diags, TH_SCENARIO_VALUE, (th_pos){scenario->path, row->line, row->value_column, "value"},
		                                th_check_text(p->s, row->param), th_check_text(p->s, row->value), (char *)NULL));
	} else
		run_path(p, &scenario->input, &scenario->result, scenario->path);
}

/* The case, whose entries the plan hears before whoever else listens. */
static th_status check(th_planning *p, const th_reference *reference)
{
	th_case_plan *plan = p->plan;
	th_check_options options = plan->options.assess;
	th_tally tally = {.p = p};
	th_listener *all = th_plan_room(p, options.listeners + 1, sizeof *all);
	if (!all)
		return TH_SYSTEM;
	all[0] = (th_listener){.entry = th_plan_hear, .context = &tally};
	if (options.listeners)
		memcpy(all + 1, options.listener, options.listeners * sizeof *all);
	options.listener = all;
	options.listeners++;
	options.all_measures = 1;
	return th_check_run(reference, plan->data, &options, p->s->diags, &plan->a);
}

static bool check_has_said(const th_assessment *a, const th_finding *found)
{
	bool said = a->account && th_account_has_said(a->account, found);
	for (size_t i = 0; i < a->caveats && !said; i++) {
		const th_check_caveat *c = &a->caveat[i];
		said = c->code == found->code && c->line == found->line && c->file && strcmp(c->file, found->file) == 0;
		for (size_t k = 0; said && k < c->args; k++)
			said = k < found->args && th_slice_eq(c->arg[k], found->arg[k]);
	}
	return said;
}

/* What was said of files while they were read, and is not in the check. */
static void said_of_files(th_planning *p)
{
	th_finding found;
	for (size_t at = 0; th_diags_caveat(p->s->diags, &at, &found);) {
		if (!found.file || check_has_said(p->plan->a, &found))
			continue;
		th_slice arg[CAVEAT_ARGS];
		size_t args = found.args < CAVEAT_ARGS ? found.args : CAVEAT_ARGS;
		for (size_t i = 0; i < args; i++)
			arg[i] = th_slice_of(th_check_text(p->s, found.arg[i]));
		th_plan_add_caveat(p, found.code, th_check_text(p->s, th_slice_of(found.file)), found.line, arg, args);
	}
}

static void make_plan(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_close_tally(p);
	th_plan_trends(p);
	th_plan_decompose(p);
	th_plan_input(p);
	if (plan->has_base)
		run_path(p, &plan->input, &plan->path, NULL);
	for (size_t i = 0; plan->has_base && plan->has_bau && p->s->status == TH_OK && i < plan->scenarios; i++)
		run_scenario(p, &plan->scenario[i]);
	if (p->s->status != TH_OK)
		return;
	th_plan_find_route(p);
	th_plan_follow_up(p);
	said_of_files(p);
}

static th_status run(const th_reference *reference, const char *data, const th_plan_options *options, th_diags *diags, th_case_plan **out)
{
	th_arena arena = {0};
	th_case_plan *plan = th_arena_alloc(&arena, 1, sizeof *plan);
	*out = plan;
	if (!plan) {
		th_no_memory(diags);
		return TH_SYSTEM;
	}
	plan->arena = arena;
	plan->data = data;
	plan->options = *options;
	th_slice at;
	th_checking s = {.options = &plan->options.assess, .diags = diags};
	th_planning p = {.plan = plan, .s = &s};
	if (read_files(&p, reference))
		th_check_worse(&s, check(&p, reference));
	s.a = plan->a;
	if (s.a && s.a->broken) /* a path rests on all of it */
		th_check_worse(&s, TH_INVALID);
	/* Without that unit the assessment would have failed: what can be missing is memory. */
	if (s.status == TH_OK && th_unit_parse(reference->units, TH_S("kg CO2e"), &s.kilogram, &at) != TH_UNIT_OK)
		th_check_no_memory(&s);
	if (s.status == TH_OK)
		make_plan(&p);
	return s.status;
}

th_status th_plan_run(const th_reference *reference, const char *data, const th_plan_options *options, th_diags *diags, th_case_plan **out)
{
	th_mark mark = th_begin(diags);
	th_status status = th_settle(mark, diags, run(reference, data, options, diags, out));
	if (status != TH_OK) {
		th_plan_free(*out);
		*out = NULL;
	}
	return status;
}
