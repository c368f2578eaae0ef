/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dossier in the order of the outline of an application as a national zero-carbon park (发改环资〔2025〕910号附件2), with what its chapter on economics asks for: cost, income,
 * payback and internal rate of return. */
#include "path/worth.h"
#include "report/dossier.h"

enum { YEARS_MOST = 200 };

/* --- flows --- */

typedef struct economy {
	const th_case_plan *plan;
	double flow[YEARS_MOST];
	th_flows flows;
	int first;                 /* the year of the first investment of all */
} economy;

static double yuan(th_money money)
{
	return (double)money / 1e9;
}

static size_t life_of(const th_path_measure *m)
{
	const double years = th_decimal_double(m->lifetime);
	return years >= 1 && years < YEARS_MOST / 2 ? (size_t)years : 0;
}

/* What it saves less what it costs in the k-th year of its effect, the ramp included. */
static double income(const th_path_measure *m, const th_path_cost *cost, size_t k)
{
	const size_t ramp = m->ramp > 1 ? (size_t)m->ramp : 1;
	return yuan(cost->fuel) * (k < ramp ? (double)k / (double)ramp : 1) - yuan(cost->opex);
}

/* The investment a year before the effect. False: nothing tells how long it lasts, or it is beyond what is looked at. */
static bool add_flows(economy *e, const th_path_cost *cost, size_t at)
{
	const th_path_measure *m = &e->plan->input.measure[cost->measure];
	const size_t life = life_of(m);
	if (!cost->has_cost || life == 0 || at + life >= YEARS_MOST)
		return false;
	e->flow[at] -= yuan(cost->capex);
	for (size_t k = 1; k <= life; k++)
		e->flow[at + k] += income(m, cost, k);
	e->flows.years = at + life + 1 > e->flows.years ? at + life + 1 : e->flows.years;
	return true;
}

static economy nothing(const th_case_plan *plan, int first)
{
	economy e = {.plan = plan, .first = first};
	return e;
}

/* --- the table --- */

static void put_worth(th_page *p, economy *e)
{
	e->flows.flow = e->flow;
	const th_worth worth = th_worth_of(&e->flows);
	if (worth.pays)
		th_doc_real(&p->doc, worth.payback, 1);
	else
		th_doc_none(&p->doc);
	if (worth.has_rate)
		th_doc_real(&p->doc, worth.rate * 100, 2);
	else
		th_doc_none(&p->doc);
	th_page_cell(p, worth.has_rate ? W_U_RATE : worth.turns == 0 ? W_U_RATE_NO_TURN : worth.turns > 1 ? W_U_RATE_TURNS : W_U_RATE_NONE);
}

static void put_measure(th_page *p, const th_case_plan *plan, const th_path_cost *cost)
{
	const th_path_measure *m = &plan->input.measure[cost->measure];
	economy e = nothing(plan, 0);
	th_doc_cell_text(&p->doc, m->id);
	th_doc_cell_text(&p->doc, plan->a->measures.measure[plan->measure_of[cost->measure]].name);
	if (!add_flows(&e, cost, 0)) {
		for (int i = 0; i < 5; i++)
			th_doc_none(&p->doc);
		th_page_cell(p, W_U_RATE_UNKNOWN);
		return;
	}
	th_page_money(p, cost->capex);
	th_page_money(p, cost->fuel - cost->opex);
	th_doc_count(&p->doc, life_of(m));
	put_worth(p, &e);
}

static void put_all(th_page *p, const th_case_plan *plan)
{
	int first = 0;
	th_money capex = 0, year = 0;
	size_t counted = 0;
	for (size_t i = 0; i < plan->path.costs; i++) {
		const int start = plan->input.measure[plan->path.cost[i].measure].start;
		first = first == 0 || start < first ? start : first;
	}
	economy e = nothing(plan, first);
	for (size_t i = 0; i < plan->path.costs; i++) {
		const th_path_cost *cost = &plan->path.cost[i];
		if (!add_flows(&e, cost, (size_t)(plan->input.measure[cost->measure].start - first)))
			continue;
		capex += cost->capex;
		year += cost->fuel - cost->opex;
		counted++;
	}
	if (counted == 0)
		return;
	th_page_cell(p, W_U_ALL);
	TH_SAY(p, W_U_COUNTED, th_fill_integer((long long)counted), th_fill_integer((long long)plan->path.costs));
	th_doc_end(&p->doc);
	th_page_money(p, capex);
	th_page_money(p, year);
	th_doc_none(&p->doc);
	put_worth(p, &e);
}

static void put_economy(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_D_H_NUMBER, TH_DOC_WORD}, {W_D_H_PROJECT, TH_DOC_WORD}, {W_D_H_CAPEX, TH_DOC_MONEY}, {W_U_H_INCOME, TH_DOC_MONEY}, {W_U_H_LIFE, TH_DOC_COUNT},
		{W_U_H_PAYBACK, TH_DOC_FIGURE}, {W_U_H_RATE, TH_DOC_FIGURE}, {W_U_H_NOTE, TH_DOC_WORD},
	};
	const th_case_plan *plan = d->plan;
	th_page_section(p, W_U_WORTH);
	if (!plan->has_base || !plan->has_discount || plan->path.costs == 0)
		th_page_paragraph(p, W_P_MACC_NONE);
	else {
		th_dossier_mark(p, d->illustrative);
		th_dossier_caption(p, W_U_WORTH, 0);
		th_page_table(p, columns, sizeof columns / sizeof *columns);
		for (size_t i = 0; i < plan->path.costs; i++)
			put_measure(p, plan, &plan->path.cost[i]);
		put_all(p, plan);
		th_page_paragraph(p, W_U_WORTH_NOTE);
		th_dossier_mark(p, false);
	}
	th_doc_close(&p->doc);
}

static void put_safeguards(th_page *p, const th_dossier *d)
{
	(void)d;
	th_page_paragraph(p, W_U_SAFEGUARDS_NOTE);
}

/* --- chapters of annex 2 --- */

void th_put_dossier_outline(th_page *p, const th_dossier *d)
{
	static const struct {
		th_label title;
		void (*put[4])(th_page *, const th_dossier *);
	} chapters[] = {
		{W_U_BASIS, {th_put_dossier_applicant, th_put_dossier_method, th_put_dossier_account}}, {W_U_FEASIBLE, {th_put_dossier_peak, th_put_dossier_check, th_put_dossier_papers}},
		{W_U_TARGETS, {th_put_dossier_path}}, {W_U_TASKS, {th_put_dossier_projects, th_put_dossier_schedule}}, {W_U_ECONOMY, {th_put_dossier_costs, put_economy}},
		{W_U_SAFEGUARDS, {put_safeguards}},
	};
	for (size_t i = 0; i < sizeof chapters / sizeof *chapters; i++) {
		th_page_section(p, chapters[i].title);
		for (size_t k = 0; k < sizeof chapters[i].put / sizeof *chapters[i].put && chapters[i].put[k]; k++)
			chapters[i].put[k](p, d);
		th_doc_close(&p->doc);
	}
	th_put_dossier_caveats(p, d);
	th_put_dossier_files(p, d);
}
