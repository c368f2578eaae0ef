/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a year turned out against the path. */

#include "plan/planning.h"

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
			                                th_check_text(p->s, row->measure), th_check_part_name(p->s, TH_CASE_MEASURES), (char *)NULL));
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

/* At a stage behind the first: the last whole year of its account behind the base year that the path has; 0: none. */
static int evaluated(const th_case_plan *plan)
{
	const th_check_year *last;
	(void)th_check_whole_years(plan->a, &last);
	return plan->a->pack->at && last && last->year > plan->input.base_year && last->year <= plan->input.last_year ? last->year : 0;
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
	follow->year = plan->options.actual ? plan->options.actual : evaluated(plan);
	follow->asked = follow->year != 0;
	match_delivered(p, amount, known);
	if (!follow->asked || p->s->status != TH_OK || !plan->has_base || !plan->has_bau || !th_check_whole_year(plan->a, follow->year))
		return;
	if (follow->year < plan->input.base_year || follow->year > plan->input.last_year) {
		th_plan_no_such_year(p, "--actual", follow->year);
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
