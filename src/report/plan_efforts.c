/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The efforts: measures with their overlap, what they cost, and other assumptions side by side. */
#include "report/plan_report.h"

enum { SCENARIOS_ABREAST = 4 };

/* --- measures --- */

static const th_measure *measure_of(const th_case_plan *plan, size_t index)
{
	return &plan->a->measures.measure[plan->measure_of[index]];
}

static th_slice works_on(const th_page *p, const th_case_plan *plan, const th_path_measure *m)
{
	if (m->kind == TH_PATH_REMOVAL)
		return th_page_word(p, W_P_REMOVAL);
	if (m->kind == TH_PATH_CREDIT)
		return th_page_word(p, W_P_CREDIT);
	return m->activity == TH_PATH_ALL ? th_page_word(p, W_P_ALL) : th_activity_name(p, plan, plan->input.activity[m->activity].id);
}

static void put_measure(th_page *p, const th_case_plan *plan, size_t i, const th_path_year *last)
{
	const th_path_measure *m = &plan->path.input->measure[i];
	th_doc_cell_text(&p->doc, m->id);
	th_doc_cell_text(&p->doc, measure_of(plan, i)->name);
	th_doc_cell_text(&p->doc, works_on(p, plan, m));
	th_doc_year(&p->doc, m->start);
	th_doc_year(&p->doc, m->end);
	th_doc_year(&p->doc, m->ramp);
	th_page_mass(p, m->reduction);
	if (plan->has_bau)
		th_page_mass(p, last->measure[i]);
	else
		th_doc_none(&p->doc);
}

void th_put_path_measures(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {
		{W_P_H_MEASURE, TH_DOC_WORD}, {W_H_GAS_NAME, TH_DOC_WORD}, {W_P_H_EFFECT, TH_DOC_WORD}, {W_P_H_FROM, TH_DOC_YEAR},
		{W_P_H_TO, TH_DOC_YEAR}, {W_P_H_RAMP, TH_DOC_COUNT}, {W_P_H_STATED, TH_DOC_MASS},
	};
	const th_path_year *last = &plan->path.year[plan->path.years - 1];
	th_page_section(p, W_P_MEASURES);
	if (plan->path.input->measures) {
		th_page_table(p, columns, sizeof columns / sizeof *columns);
		TH_SAY(p, W_P_H_COUNTED, th_fill_integer(last->year));
		th_doc_column(&p->doc, TH_DOC_MASS, TH_S(""));
	} else
		th_page_paragraph(p, W_P_MEASURES_NONE);
	for (size_t i = 0; i < plan->path.input->measures; i++)
		put_measure(p, plan, i, last);
	th_doc_close(&p->doc);
}

/* --- costs --- */

static void put_money(th_page *p, bool known, th_money money)
{
	if (known)
		th_page_money(p, money);
	else
		th_doc_none(&p->doc);
}

static void put_cost(th_page *p, const th_case_plan *plan, const th_path_cost *cost)
{
	th_page_text(p, plan->path.input->measure[cost->measure].id);
	if (p->titled) {
		th_page_text(p, TH_S(" "));
		th_page_text(p, measure_of(plan, cost->measure)->name);
	}
	th_doc_end(&p->doc);
	th_page_mass(p, cost->alone);
	th_page_mass(p, cost->after);
	th_page_mass(p, cost->sum);
	put_money(p, cost->has_cost, cost->capex_year);
	put_money(p, cost->has_cost, cost->opex);
	put_money(p, cost->has_cost, cost->fuel);
	put_money(p, cost->has_cost, cost->year);
	if (cost->has_per_tonne)
		th_doc_real(&p->doc, cost->per_tonne, 1);
	else
		th_doc_none(&p->doc);
}

void th_put_costs_text(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {
		{W_P_H_MEASURE, TH_DOC_WORD}, {W_P_H_ALONE, TH_DOC_MASS}, {W_P_H_AFTER, TH_DOC_MASS}, {W_P_H_SUM, TH_DOC_MASS},
		{W_P_H_CAPEX, TH_DOC_MONEY}, {W_P_H_OPEX, TH_DOC_MONEY}, {W_P_H_FUEL, TH_DOC_MONEY}, {W_P_H_COST, TH_DOC_MONEY},
		{W_P_H_PER_TONNE, TH_DOC_MONEY},
	};
	if (plan->path.costs == 0)
		return;
	th_page_section(p, W_P_MACC);
	if (plan->has_discount) {
		th_page_table(p, columns, sizeof columns / sizeof *columns);
		for (size_t i = 0; i < plan->path.costs; i++)
			put_cost(p, plan, &plan->path.cost[i]);
	} else
		th_page_paragraph(p, W_P_MACC_NONE);
	th_doc_close(&p->doc);
}

/* --- scenarios --- */

/* Some of them beside each other. Number 0 is the plan itself. */
typedef struct abreast {
	const th_case_plan *plan;
	size_t from, to;
} abreast;

static const th_path *path_of(const th_case_plan *plan, size_t number)
{
	return number ? &plan->scenario[number - 1].result : &plan->path;
}

static const th_path_year *last_of(const th_case_plan *plan, size_t number)
{
	const th_path *path = path_of(plan, number);
	return &path->year[path->years - 1];
}

static void put_masses(th_page *p, const abreast *s)
{
	static const struct {
		th_label label;
		size_t offset; /* of a th_mass in th_path_year */
	} rows[] = {
		{W_P_H_BAU, offsetof(th_path_year, bau)}, {W_P_H_GROSS, offsetof(th_path_year, gross)},
		{W_H_REMOVALS, offsetof(th_path_year, removals)}, {W_P_H_NET, offsetof(th_path_year, net)},
		{W_H_CREDITS, offsetof(th_path_year, credits)},
	};
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		th_page_cell(p, rows[r].label);
		for (size_t i = s->from; i < s->to; i++) {
			th_mass value;
			memcpy(&value, (const char *)last_of(s->plan, i) + rows[r].offset, sizeof value);
			th_page_mass(p, value);
		}
	}
}

static void put_gaps(th_page *p, const abreast *s)
{
	for (size_t t = 0; t < s->plan->input.targets; t++) {
		TH_SAY(p, W_P_GAP_OF, th_fill_text(s->plan->input.target[t].phase));
		th_doc_end(&p->doc);
		for (size_t i = s->from; i < s->to; i++)
			th_page_mass(p, path_of(s->plan, i)->target[t].gap);
	}
}

static void put_zero_years(th_page *p, const abreast *s)
{
	th_page_cell(p, W_P_NET_ZERO);
	for (size_t i = s->from; i < s->to; i++) {
		const th_path *path = path_of(s->plan, i);
		if (path->net_zero) {
			th_doc_year(&p->doc, path->net_zero);
			continue;
		}
		TH_SAY(p, W_P_NOT_BY, th_fill_integer(last_of(s->plan, i)->year));
		th_doc_end(&p->doc);
	}
}

static void put_abreast(th_page *p, const abreast *s)
{
	th_doc_table(&p->doc);
	th_doc_column(&p->doc, TH_DOC_WORD, TH_S(""));
	for (size_t i = s->from; i < s->to; i++)
		th_doc_column(&p->doc, TH_DOC_FIGURE, i ? th_slice_of(s->plan->scenario[i - 1].path) : th_page_word(p, W_P_SCENARIO_BASE));
	th_page_cell(p, W_P_LAST_YEAR);
	for (size_t i = s->from; i < s->to; i++)
		th_doc_year(&p->doc, last_of(s->plan, i)->year);
	put_masses(p, s);
	put_gaps(p, s);
	put_zero_years(p, s);
}

static void put_overrides(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {
		{W_L_FILE, TH_DOC_WORD}, {W_H_PARAM, TH_DOC_WORD}, {W_H_VALUE, TH_DOC_FIGURE}, {W_L_UNIT, TH_DOC_WORD}, {W_H_SOURCE, TH_DOC_WORD},
	};
	th_page_quiet_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < plan->scenarios; i++) {
		const th_plan_scenario *scenario = &plan->scenario[i];
		for (size_t k = 0; k < scenario->params.count; k++) {
			const th_param_row *row = &scenario->params.row[k];
			th_doc_cell_text(&p->doc, k ? TH_S("") : th_slice_of(scenario->path));
			if (p->titled)
				th_put_assumption_name(p, plan->a, row->param);
			else
				th_page_text(p, row->param);
			th_doc_end(&p->doc);
			th_doc_cell_text(&p->doc, row->value);
			th_doc_cell_text(&p->doc, row->unit);
			th_doc_cell_text(&p->doc, row->source);
		}
	}
}

void th_put_scenarios_text(th_page *p, const th_case_plan *plan)
{
	if (plan->scenarios == 0)
		return;
	th_page_section(p, W_P_SCENARIOS);
	if (plan->has_base && plan->has_bau) {
		for (size_t from = 0; from <= plan->scenarios; from += SCENARIOS_ABREAST) {
			size_t left = plan->scenarios + 1 - from;
			put_abreast(p, &(abreast){plan, from, from + (left < SCENARIOS_ABREAST ? left : SCENARIOS_ABREAST)});
		}
		put_overrides(p, plan);
	} else
		th_page_paragraph(p, W_P_SCENARIOS_NONE);
	th_doc_close(&p->doc);
}

void th_put_efforts_text(th_page *p, const th_case_plan *plan)
{
	if (plan->has_base) {
		th_put_path_measures(p, plan);
		th_put_costs_text(p, plan);
	}
	th_put_scenarios_text(p, plan);
}
