/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the path finds wrong with its input, said at the row that says it. */

#include "plan/planning.h"

static const th_code codes[TH_PATH_PROBLEMS] = {
	[TH_PATH_BAD_YEARS] = TH_PLAN_YEARS, [TH_PATH_BAD_ACTIVITY] = TH_PLAN_BASE, [TH_PATH_BAD_GROWTH] = TH_PLAN_GROWTH,
	[TH_PATH_BAD_DRIVER] = TH_PLAN_GROWTH, [TH_PATH_BAD_TREND] = TH_PLAN_TREND, [TH_PATH_BAD_DISCOUNT] = TH_PLAN_DISCOUNT,
	[TH_PATH_BAD_PRICE] = TH_PLAN_PRICE, [TH_PATH_BAD_REDUCTION] = TH_PLAN_LARGE, [TH_PATH_BAD_LINK] = TH_PLAN_LARGE,
	[TH_PATH_REDUCTION_OVER] = TH_PLAN_OVER, [TH_PATH_BAD_START] = TH_PLAN_LARGE, [TH_PATH_ENDS_BEFORE_START] = TH_MEASURE_ORDER,
	[TH_PATH_BAD_RAMP] = TH_MEASURE_RAMP, [TH_PATH_BAD_LIFETIME] = TH_PLAN_LIFETIME, [TH_PATH_TARGET_PAST] = TH_TARGET_PAST,
	[TH_PATH_TARGET_LATE] = TH_TARGET_LATE, [TH_PATH_TARGET_NEGATIVE] = TH_PLAN_LARGE, [TH_PATH_PHASE_ORDER] = TH_TARGET_PHASES,
	[TH_PATH_PHASES_OVERLAP] = TH_TARGET_PHASES, [TH_PATH_TARGET_RISES] = TH_TARGET_RISES,
	[TH_PATH_TARGET_ABOVE_BASE] = TH_PLAN_TARGET_HIGH, [TH_PATH_STARTS_LATE] = TH_PLAN_STARTS_LATE,
	[TH_PATH_STARTS_BEFORE] = TH_PLAN_STARTS_BEFORE,
};

typedef struct finding {
	const char *file;
	size_t line;
	const char *arg[3];
} finding;

static const char *number(th_planning *p, int value)
{
	return th_plan_printf(p, "%d", value);
}

static const char *decimal(th_planning *p, th_decimal value)
{
	th_buf text = {0};
	th_put_decimal(&text, value);
	return th_check_built(p->s, &text);
}

static void about_measure(th_planning *p, const th_path_input *in, const th_path_problem *problem, finding *out)
{
	const th_path_measure *m = &in->measure[problem->index];
	const th_measures *list = &p->plan->a->measures;
	out->file = list->path;
	out->line = list->measure[p->plan->measure_of[problem->index]].line;
	out->arg[0] = th_check_text(p->s, m->id);
	if (problem->kind == TH_PATH_BAD_RAMP)
		out->arg[0] = number(p, m->ramp);
	if (problem->kind == TH_PATH_ENDS_BEFORE_START) {
		out->arg[0] = number(p, m->start);
		out->arg[1] = number(p, m->end);
	}
	if (problem->kind == TH_PATH_STARTS_LATE) {
		out->arg[1] = number(p, m->start);
		out->arg[2] = number(p, in->last_year);
	}
}

static void about_target(th_planning *p, const th_path_input *in, const th_path_problem *problem, finding *out)
{
	size_t index = problem->kind == TH_PATH_PHASES_OVERLAP ? problem->other : problem->index;
	size_t other = problem->kind == TH_PATH_PHASES_OVERLAP ? problem->index : problem->other;
	const th_targets *list = &p->plan->a->targets;
	out->file = list->path;
	out->line = list->target[p->plan->target_of[index]].line;
	out->arg[0] = th_check_text(p->s, in->target[index].phase);
	out->arg[1] = number(p, in->target[index].year);
	if (problem->kind == TH_PATH_TARGET_PAST)
		out->arg[2] = number(p, in->base_year);
	if (problem->kind == TH_PATH_TARGET_LATE)
		out->arg[2] = number(p, in->last_year);
	if (problem->kind == TH_PATH_PHASES_OVERLAP)
		out->arg[1] = th_check_text(p->s, in->target[other].phase);
	if (problem->kind == TH_PATH_PHASE_ORDER)
		out->arg[1] = out->arg[0];
	if (problem->kind == TH_PATH_TARGET_RISES)
		out->arg[2] = th_check_text(p->s, in->target[other].phase);
}

static void about_rest(th_planning *p, const th_path_input *in, const th_path_problem *problem, const char *scenario, finding *out)
{
	size_t i = problem->index;
	out->file = scenario ? scenario : p->plan->has_assumptions ? p->plan->assumptions_path : p->plan->a->file[TH_CASE_INVENTORY].path;
	out->line = 1;
	switch (problem->kind) {
	case TH_PATH_BAD_YEARS:
		out->arg[0] = number(p, in->base_year);
		out->arg[1] = number(p, in->last_year);
		break;
	case TH_PATH_BAD_DRIVER:
		out->file = p->plan->a->facts_path;
		out->line = p->plan->driver_of[i]->line;
		out->arg[0] = th_check_both(p->s, in->driver[i].id, th_intensity_fact(p->plan->driver_of[i]->intensity, TH_LANG_ZH));
		break;
	case TH_PATH_BAD_TREND:
		out->line = th_plan_assumption_line(p, TH_ASSUMED_BAU, in->activity[i].id);
		out->arg[0] = th_plan_activity_name(p, in->activity[i].id);
		out->arg[1] = number(p, (int)in->activity[i].points);
		out->arg[2] = number(p, p->plan->rules.least_fit);
		break;
	case TH_PATH_BAD_DISCOUNT:
		out->line = th_plan_assumption_line(p, TH_ASSUMED_DISCOUNT, TH_S(""));
		out->arg[0] = decimal(p, in->discount);
		break;
	case TH_PATH_BAD_PRICE:
		out->line = th_plan_assumption_line(p, TH_ASSUMED_PRICE, in->price[i].carrier);
		out->arg[0] = th_plan_activity_name(p, in->price[i].carrier);
		break;
	case TH_PATH_BAD_GROWTH:
		out->line = th_plan_assumption_line(p, TH_ASSUMED_GROWTH, in->activity[i].id);
		out->arg[0] = th_plan_activity_name(p, in->activity[i].id);
		break;
	default:
		out->arg[0] = th_plan_activity_name(p, in->activity[i].id);
		break;
	}
}

static bool is_about_measure(const th_path_problem *problem)
{
	return (problem->kind >= TH_PATH_BAD_REDUCTION && problem->kind <= TH_PATH_BAD_LIFETIME && !problem->target) ||
	       problem->kind == TH_PATH_STARTS_LATE || problem->kind == TH_PATH_STARTS_BEFORE;
}

void th_plan_problems(th_planning *p, const th_path_input *input, const th_path_problem *problem, size_t count, const char *scenario)
{
	for (size_t i = 0; i < count; i++) {
		finding f = {.arg = {"", "", ""}};
		if (is_about_measure(&problem[i]))
			about_measure(p, input, &problem[i], &f);
		else if (problem[i].target || (problem[i].kind >= TH_PATH_TARGET_PAST && problem[i].kind <= TH_PATH_TARGET_ABOVE_BASE))
			about_target(p, input, &problem[i], &f);
		else
			about_rest(p, input, &problem[i], scenario, &f);
		if (problem[i].kind >= TH_PATH_FIRST_CAVEAT) {
			if (!scenario && problem[i].kind != TH_PATH_STARTS_BEFORE) /* the assessment says that */
				th_plan_caveat(p, codes[problem[i].kind], f.file, f.line, f.arg[0], f.arg[1], f.arg[2], (char *)NULL);
		} else
			th_check_worse(p->s, th_report(p->s->diags, codes[problem[i].kind], (th_pos){scenario ? scenario : f.file, scenario ? 1 : f.line, 1, NULL},
			                                f.arg[0], f.arg[1], f.arg[2], (char *)NULL));
	}
}
