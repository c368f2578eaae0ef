/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tanhe.plan/2: the measures, what they cost, and other assumptions. */
#include "report/plan_report.h"

static const char *const effect_names[] = {[TH_PATH_REDUCTION] = "reduction", [TH_PATH_REMOVAL] = "removal", [TH_PATH_CREDIT] = "credit"};

void th_put_assumption(th_writer *w, const th_param_row *row, const char *path)
{
	th_decimal number;
	unsigned notes;
	th_put_open(w, NULL, '{');
	th_put_text(w, "param", row->param);
	if (th_number_is(th_number_parse(row->value, &number, &notes)))
		th_put_number_if(w, "value", true, row->value, number);
	else
		th_put_text(w, "value", row->value);
	th_put_text_if(w, "unit", row->unit);
	th_put_text(w, "source", row->source);
	th_put_place(w, "place", path, row->line);
	th_put_close(w, '}');
}

static void put_measures(th_writer *w, const th_case_plan *plan)
{
	th_put_open(w, "measures", '[');
	for (size_t i = 0; i < plan->input.measures; i++) {
		const th_path_measure *m = &plan->input.measure[i];
		const th_measure *row = &plan->a->measures.measure[plan->measure_of[i]];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", m->id);
		th_put_text(w, "name", row->name);
		th_put_place(w, "place", plan->a->measures.path, row->line);
		th_put_text(w, "effect", th_slice_of(effect_names[m->kind]));
		if (m->kind == TH_PATH_REDUCTION && m->activity != TH_PATH_ALL)
			th_put_text(w, "activity", plan->input.activity[m->activity].id);
		th_put_tonnes(w, "reduction", m->reduction);
		th_put_count(w, "from", (size_t)m->start);
		th_put_year_if(w, "to", m->end);
		th_put_year_if(w, "ramp", m->ramp);
		th_put_truth(w, "decided", m->required);
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
			th_put_cny(w, "capital", cost->capex_year);
			th_put_cny(w, "running", cost->opex);
			th_put_cny(w, "saved", cost->fuel);
			th_put_cny(w, "cost", cost->year);
		}
		if (cost->has_per_tonne) {
			th_put_key(w, TH_S("per_tonne"));
			th_buf_printf(w->buf, "%.6f", cost->per_tonne);
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_scenarios_json(th_writer *w, const th_case_plan *plan)
{
	if (!plan->scenarios || !plan->has_base || !plan->has_bau)
		return;
	th_put_open(w, "scenarios", '[');
	for (size_t i = 0; i < plan->scenarios; i++) {
		const th_plan_scenario *scenario = &plan->scenario[i];
		th_put_open(w, NULL, '{');
		th_put_file_name(w, scenario->path);
		th_put_open(w, "overrides", '[');
		for (size_t k = 0; k < scenario->params.count; k++)
			th_put_assumption(w, &scenario->params.row[k], scenario->path);
		th_put_close(w, ']');
		th_put_way_json(w, &scenario->result, plan);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_measures_json(th_writer *w, const th_case_plan *plan)
{
	put_measures(w, plan);
	put_costs(w, plan);
}
