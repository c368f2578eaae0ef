/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The efforts: measures with their overlap, what they cost, and other assumptions side by side. */
#include "report/plan_report.h"

#include <stdio.h>

enum { NUMBER = 24, SCENARIOS_ABREAST = 4 };

/* --- measures --- */

static const th_measure *measure_of(const th_case_plan *plan, size_t index)
{
	return &plan->a->measures.measure[plan->measure_of[index]];
}

static th_slice works_on(const th_plan_page *p, const th_path_measure *m)
{
	if (m->kind == TH_PATH_REMOVAL)
		return th_plan_word(p, W_P_REMOVAL);
	if (m->kind == TH_PATH_CREDIT)
		return th_plan_word(p, W_P_CREDIT);
	return m->activity == TH_PATH_ALL ? th_plan_word(p, W_P_ALL) : th_plan_activity_name(p, p->plan->input.activity[m->activity].id);
}

static void put_measures(const th_plan_page *p)
{
	static const th_label heads[] = {W_P_H_MEASURE, W_H_GAS_NAME, W_P_H_EFFECT, W_P_H_FROM, W_P_H_TO, W_P_H_RAMP, W_P_H_STATED};
	const th_path *path = &p->plan->path;
	const th_path_year *last = &path->year[path->years - 1];
	char number[NUMBER];
	th_grid grid = {.align = "lllrrrrr"};
	th_plan_heading(p, W_P_MEASURES);
	if (path->input->measures == 0) {
		th_paragraph(th_plan_word(p, W_P_MEASURES_NONE), 2, p->out);
		return;
	}
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		th_plan_head_cell(p, &grid, heads[i]);
	snprintf(number, sizeof number, "%d", last->year);
	th_plan_fill(&grid.text, W_P_H_COUNTED, p->lang, number, (char *)NULL);
	th_grid_end(&grid);
	for (size_t i = 0; i < path->input->measures; i++) {
		const th_path_measure *m = &path->input->measure[i];
		th_grid_cell(&grid, m->id);
		th_grid_cell(&grid, measure_of(p->plan, i)->name);
		th_grid_cell(&grid, works_on(p, m));
		th_plan_year(&grid, m->start);
		th_plan_year(&grid, m->end);
		th_plan_year(&grid, m->ramp);
		th_plan_tonnes(p, &grid, m->reduction);
		if (p->plan->has_bau)
			th_plan_tonnes(p, &grid, last->measure[i]);
		else
			th_grid_cell(&grid, TH_S("-"));
	}
	th_grid_print(&grid, 2, p->out);
}

/* --- costs --- */

static void put_costs(const th_plan_page *p)
{
	static const th_label heads[] = {W_P_H_MEASURE, W_P_H_ALONE, W_P_H_AFTER, W_P_H_SUM, W_P_H_CAPEX, W_P_H_OPEX, W_P_H_FUEL, W_P_H_COST, W_P_H_PER_TONNE};
	const th_path *path = &p->plan->path;
	th_grid grid = {.align = "lrrrrrrrr"};
	if (path->costs == 0)
		return;
	th_plan_heading(p, W_P_MACC);
	if (!p->plan->has_discount) {
		th_paragraph(th_plan_word(p, W_P_MACC_NONE), 2, p->out);
		return;
	}
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		th_plan_head_cell(p, &grid, heads[i]);
	for (size_t i = 0; i < path->costs; i++) {
		const th_path_cost *cost = &path->cost[i];
		th_grid_cell(&grid, path->input->measure[cost->measure].id);
		th_plan_tonnes(p, &grid, cost->alone);
		th_plan_tonnes(p, &grid, cost->after);
		th_plan_tonnes(p, &grid, cost->sum);
		const th_money money[] = {cost->capex_year, cost->opex, cost->fuel, cost->year};
		for (size_t k = 0; k < sizeof money / sizeof *money; k++) {
			if (cost->has_cost)
				th_plan_money(&grid, money[k]);
			else
				th_grid_cell(&grid, TH_S("-"));
		}
		if (cost->has_per_tonne)
			th_buf_printf(&grid.text, "%.1f", cost->per_tonne);
		else
			th_buf_char(&grid.text, '-');
		th_grid_end(&grid);
	}
	th_grid_print(&grid, 2, p->out);
}

/* --- scenarios --- */

/* Number 0 is the plan itself. */
static const th_path *path_of(const th_case_plan *plan, size_t number)
{
	return number ? &plan->scenario[number - 1].result : &plan->path;
}

static const th_path_year *last_of(const th_case_plan *plan, size_t number)
{
	const th_path *path = path_of(plan, number);
	return &path->year[path->years - 1];
}

typedef struct scenario_row {
	th_label label;
	size_t offset;             /* of a th_mass in th_path_year */
} scenario_row;

static void mass_rows(const th_plan_page *p, th_grid *grid, size_t from, size_t to)
{
	static const scenario_row rows[] = {
		{W_P_H_BAU, offsetof(th_path_year, bau)}, {W_P_H_GROSS, offsetof(th_path_year, gross)},
		{W_H_REMOVALS, offsetof(th_path_year, removals)}, {W_P_H_NET, offsetof(th_path_year, net)},
		{W_H_CREDITS, offsetof(th_path_year, credits)},
	};
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		th_plan_head_cell(p, grid, rows[r].label);
		for (size_t i = from; i < to; i++) {
			th_mass value;
			memcpy(&value, (const char *)last_of(p->plan, i) + rows[r].offset, sizeof value);
			th_plan_tonnes(p, grid, value);
		}
	}
}

static void target_rows(const th_plan_page *p, th_grid *grid, size_t from, size_t to)
{
	for (size_t t = 0; t < p->plan->input.targets; t++) {
		th_buf phase = {0};
		th_buf_slice(&phase, p->plan->input.target[t].phase);
		th_buf_char(&phase, '\0');
		th_plan_fill(&grid->text, W_P_GAP_OF, p->lang, phase.failed ? "" : phase.ptr, (char *)NULL);
		grid->failed |= phase.failed;
		th_buf_free(&phase);
		th_grid_end(grid);
		for (size_t i = from; i < to; i++)
			th_plan_tonnes(p, grid, path_of(p->plan, i)->target[t].gap);
	}
}

static void zero_row(const th_plan_page *p, th_grid *grid, size_t from, size_t to)
{
	char number[NUMBER];
	th_plan_head_cell(p, grid, W_P_NET_ZERO);
	for (size_t i = from; i < to; i++) {
		const th_path *path = path_of(p->plan, i);
		snprintf(number, sizeof number, "%d", path->net_zero ? path->net_zero : last_of(p->plan, i)->year);
		if (path->net_zero)
			th_grid_text(grid, th_slice_of(number));
		else
			th_plan_fill(&grid->text, W_P_NOT_BY, p->lang, number, (char *)NULL);
		th_grid_end(grid);
	}
}

static void put_scenario_group(const th_plan_page *p, size_t from, size_t to)
{
	char align[SCENARIOS_ABREAST + 2] = "l";
	memset(align + 1, 'r', to - from);
	th_grid grid = {.align = align};
	th_grid_end(&grid);
	for (size_t i = from; i < to; i++)
		th_grid_cell(&grid, i ? th_slice_of(p->plan->scenario[i - 1].path) : th_plan_word(p, W_P_SCENARIO_BASE));
	th_plan_head_cell(p, &grid, W_P_LAST_YEAR);
	for (size_t i = from; i < to; i++)
		th_plan_year(&grid, last_of(p->plan, i)->year);
	mass_rows(p, &grid, from, to);
	target_rows(p, &grid, from, to);
	zero_row(p, &grid, from, to);
	th_grid_print(&grid, 2, p->out);
}

static void put_overrides(const th_plan_page *p)
{
	th_grid grid = {.align = "llrll"};
	for (size_t i = 0; i < p->plan->scenarios; i++) {
		const th_plan_scenario *scenario = &p->plan->scenario[i];
		for (size_t k = 0; k < scenario->params.count; k++) {
			const th_param_row *row = &scenario->params.row[k];
			th_grid_cell(&grid, k ? TH_S("") : th_slice_of(scenario->path));
			th_grid_cell(&grid, row->param);
			th_grid_cell(&grid, row->value);
			th_grid_cell(&grid, row->unit);
			th_grid_cell(&grid, row->source);
		}
	}
	th_grid_print(&grid, 2, p->out);
}

static void put_scenarios(const th_plan_page *p)
{
	const th_case_plan *plan = p->plan;
	if (plan->scenarios == 0)
		return;
	th_plan_heading(p, W_P_SCENARIOS);
	if (!plan->has_base || !plan->has_bau) {
		th_paragraph(th_plan_word(p, W_P_SCENARIOS_NONE), 2, p->out);
		return;
	}
	for (size_t from = 0; from <= plan->scenarios; from += SCENARIOS_ABREAST)
		put_scenario_group(p, from, from + SCENARIOS_ABREAST <= plan->scenarios ? from + SCENARIOS_ABREAST : plan->scenarios + 1);
	put_overrides(p);
}

void th_plan_efforts(const th_plan_page *p)
{
	if (p->plan->has_base) {
		put_measures(p);
		put_costs(p);
	}
	put_scenarios(p);
}
