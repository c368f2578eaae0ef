/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan: the case is read and assessed, then its past is tested, its path computed, and what was asked is answered. */

#include "plan/plan.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/path.h"
#include "plan/planning.h"

enum { CAVEAT_ARGS = 4 };

void *th_plan_room(th_planning *p, size_t count, size_t size)
{
	void *room = th_arena_alloc(&p->plan->arena, count ? count : 1, size);
	if (!room)
		th_check_no_memory(p->s);
	return room;
}

const char *th_plan_printf(th_planning *p, const char *format, ...)
{
	char text[256];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return th_check_text(p->s, th_slice_of(text));
}

void th_plan_caveat(th_planning *p, th_code code, const char *file, size_t line, ...)
{
	th_case_plan *plan = p->plan;
	size_t count = plan->caveats;
	va_list args;
	if (count % 16 == 0) {
		th_check_caveat *grown = th_plan_room(p, count + 16, sizeof *grown);
		if (!grown)
			return;
		if (count)
			memcpy(grown, plan->caveat, count * sizeof *grown);
		plan->caveat = grown;
	}
	th_check_caveat *caveat = &plan->caveat[count];
	*caveat = (th_check_caveat){.code = code, .file = file, .line = line, .arg = th_plan_room(p, CAVEAT_ARGS, sizeof *caveat->arg)};
	if (!caveat->arg)
		return;
	va_start(args, line);
	for (const char *text; caveat->args < CAVEAT_ARGS && (text = va_arg(args, const char *)) != NULL;)
		caveat->arg[caveat->args++] = th_slice_of(text);
	va_end(args);
	plan->caveats++;
}

const th_activity *th_plan_activity(const th_case_plan *plan, th_slice id)
{
	uint32_t number = th_find_activity(plan->a->reference, id);
	return number == TH_NONE ? NULL : &plan->a->reference->activity[number];
}

void th_plan_free(th_case_plan *plan)
{
	if (!plan)
		return;
	th_assessment_free(plan->a);
	th_arena arena = plan->arena; /* the plan itself lives in it */
	th_arena_free(&arena);
}

th_plan_answer th_plan_answer_of(const th_case_plan *plan)
{
	th_plan_answer route = TH_PLAN_YES, follow = TH_PLAN_YES;
	if (plan->route.goal != TH_GOAL_NONE)
		route = !plan->route.computed || plan->route.found.verdict == TH_ROUTE_UNDECIDED ? TH_PLAN_OPEN
		        : plan->route.found.verdict == TH_ROUTE_UNREACHABLE                      ? TH_PLAN_NO
		                                                                                 : TH_PLAN_YES;
	if (plan->follow.asked)
		follow = !plan->follow.computed ? TH_PLAN_OPEN : plan->follow.result.on_track ? TH_PLAN_YES : TH_PLAN_NO;
	if (route == TH_PLAN_NO || follow == TH_PLAN_NO)
		return TH_PLAN_NO;
	return route == TH_PLAN_OPEN || follow == TH_PLAN_OPEN ? TH_PLAN_OPEN : TH_PLAN_YES;
}

/* --- files beside those of a check --- */

static const char *own_file(th_planning *p, const char *name)
{
	const char *path = th_path_join(&p->plan->arena, p->plan->options.assess.folder, name);
	if (!path)
		th_check_no_memory(p->s);
	return path;
}

static void read_files(th_planning *p, const th_reference *reference)
{
	th_case_plan *plan = p->plan;
	const th_plan_options *o = &plan->options;
	th_diags *diags = p->s->diags;
	th_check_worse(p->s, th_peak_rules_load(plan->data, &plan->arena, diags, &plan->rules));
	plan->assumptions_path = o->assumptions ? o->assumptions : own_file(p, "assumptions.csv");
	plan->delivered_path = own_file(p, "delivered.csv");
	if (!plan->assumptions_path || !plan->delivered_path)
		return;
	if (o->assumptions || th_check_there(p->s, plan->assumptions_path)) {
		th_check_worse(p->s, th_params_load(reference, plan->assumptions_path, &plan->arena, diags, &plan->assumptions));
		plan->has_assumptions = true;
	}
	if (th_check_there(p->s, plan->delivered_path)) {
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

static void make_plan(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_tally(p);
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
	read_files(&p, reference);
	th_check_worse(&s, th_check_run(reference, data, &options->assess, diags, &plan->a));
	s.a = plan->a;
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
	if (th_ran_out(mark)) { /* else the findings show names that it owns */
		th_plan_free(*out);
		*out = NULL;
	}
	return status;
}
