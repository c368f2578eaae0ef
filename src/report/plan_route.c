/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The route that was asked for: its measures, whether it is proved the best, and what it asks of whom. */
#include "report/plan_report.h"

/* The open text is a paragraph. */
static void end_line(th_page *p)
{
	th_doc_paragraph(&p->doc, TH_S(""));
}

static void put_chosen(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {{W_P_H_MEASURE, TH_DOC_WORD}, {W_H_GAS_NAME, TH_DOC_WORD}, {W_P_H_COST, TH_DOC_MONEY}};
	const th_plan_route *route = &plan->route;
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < route->problem.measures; i++) {
		const th_measure *m = &plan->a->measures.measure[route->which[i]];
		if (!(route->found.chosen >> i & 1))
			continue;
		th_doc_cell_text(&p->doc, m->id);
		th_page_text(p, m->name);
		if (route->problem.measure[i].required)
			th_page_say(p, W_P_ROUTE_FIXED);
		th_doc_end(&p->doc);
		if (route->problem.measure[i].cost != 0 || !route->problem.measure[i].required)
			th_page_money(p, route->problem.measure[i].cost);
		else
			th_doc_none(&p->doc);
	}
	th_doc_close(&p->doc);
}

/* Is any of its measures tied to another? */
static bool is_tied(const th_route_problem *problem)
{
	bool tied = false;
	for (size_t i = 0; i < problem->measures; i++)
		tied |= (problem->measure[i].requires | problem->measure[i].excludes) != 0;
	return tied;
}

static void put_verdict(th_page *p, const th_plan_route *route)
{
	const th_route *found = &route->found;
	bool most = route->goal == TH_GOAL_BUDGET;
	if (found->verdict == TH_ROUTE_OPTIMAL)
		th_page_say(p, most ? W_P_ROUTE_MOST_OPTIMAL : W_P_ROUTE_OPTIMAL);
	else if (found->verdict == TH_ROUTE_FOUND && most)
		TH_SAY(p, W_P_ROUTE_MOST_FOUND, th_fill_mass(found->most));
	else if (found->verdict == TH_ROUTE_FOUND)
		TH_SAY(p, W_P_ROUTE_FOUND, th_fill_money(found->bound));
	else if (found->verdict == TH_ROUTE_UNREACHABLE)
		TH_SAY(p, is_tied(&route->problem) || route->unfits ? W_P_ROUTE_UNREACHABLE_TIED : W_P_ROUTE_UNREACHABLE, th_fill_mass(route->need - found->saving));
	else
		th_page_say(p, found->verdict == TH_ROUTE_IMPOSSIBLE ? W_P_ROUTE_IMPOSSIBLE : W_P_ROUTE_UNDECIDED);
	end_line(p);
}

/* What has no place in it, and why. */
static void put_unfit(th_page *p, const th_case_plan *plan)
{
	const th_plan_route *route = &plan->route;
	for (size_t i = 0; i < route->unfits; i++) {
		const th_measure *all = plan->a->measures.measure;
		TH_SAY(p, W_P_ROUTE_UNFIT, th_fill_text(all[route->unfit[i].measure].id), th_fill_text(all[route->unfit[i].required].id));
		end_line(p);
	}
}

/* --- who is responsible --- */

static void put_owner(th_page *p, const th_plan_owner *owner)
{
	if (owner->owner.len)
		th_doc_cell_text(&p->doc, owner->owner);
	else
		th_page_cell(p, W_P_OWNER_NONE);
	th_doc_count(&p->doc, owner->measures);
	if (owner->unpriced == owner->measures) {
		for (int i = 0; i < 4; i++)
			th_doc_none(&p->doc);
	} else {
		const th_money money[] = {owner->capex, owner->cost, owner->benefit, owner->benefit - owner->cost};
		for (size_t i = 0; i < sizeof money / sizeof *money; i++)
			th_page_money(p, money[i]);
	}
	th_page_mass(p, owner->saving);
}

static void put_owners(th_page *p, const th_plan_route *route)
{
	static const th_page_column columns[] = {
		{W_D_H_OWNER, TH_DOC_WORD}, {W_P_H_MEASURES, TH_DOC_COUNT}, {W_P_H_INVESTMENT, TH_DOC_MONEY}, {W_P_H_COST_YEAR, TH_DOC_MONEY},
		{W_P_H_BENEFIT, TH_DOC_MONEY}, {W_P_H_NET_BENEFIT, TH_DOC_MONEY}, {W_P_H_SAVED, TH_DOC_MASS},
	};
	size_t unpriced = 0;
	if (route->owners == 0 || (route->owners == 1 && route->owner[0].owner.len == 0))
		return;
	th_page_section(p, W_P_BY_OWNER);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < route->owners; i++) {
		put_owner(p, &route->owner[i]);
		unpriced += route->owner[i].unpriced;
	}
	if (unpriced) {
		TH_SAY(p, W_P_OWNER_UNPRICED, th_fill_integer((long long)unpriced));
		end_line(p);
	}
	th_doc_close(&p->doc);
}

/* --- the route --- */

static bool tells(const th_route *found)
{
	return found->verdict != TH_ROUTE_UNDECIDED && found->verdict != TH_ROUTE_IMPOSSIBLE;
}

static void put_found(th_page *p, const th_case_plan *plan)
{
	const th_plan_route *route = &plan->route;
	const th_route *found = &route->found;
	if (route->goal != TH_GOAL_BUDGET) {
		TH_SAY(p, W_P_ROUTE_NEED, th_fill_integer(route->year), th_fill_mass(route->need));
		end_line(p);
	}
	put_verdict(p, route);
	put_unfit(p, plan);
	if (!tells(found))
		return;
	TH_SAY(p, found->cost < 0 ? W_P_ROUTE_SAVES : W_P_ROUTE_COST, th_fill_mass(found->saving), th_fill_integer(route->year),
	       th_fill_money(found->cost < 0 ? -found->cost : found->cost));
	end_line(p);
	if (route->goal == TH_GOAL_BUDGET) {
		TH_SAY(p, W_P_ROUTE_INVESTS, th_fill_money(found->price));
		end_line(p);
	}
	put_chosen(p, plan);
	put_owners(p, route);
}

static void put_goal(th_page *p, const th_case_plan *plan)
{
	const th_plan_route *route = &plan->route;
	if (route->goal == TH_GOAL_BUDGET)
		TH_SAY(p, W_P_ROUTE_BUDGET, th_fill_money(route->budget));
	else
		TH_SAY(p, route->goal == TH_GOAL_THRESHOLD ? W_P_ROUTE_THRESHOLD : W_P_ROUTE_PHASE, th_fill_text(th_slice_of(plan->options.route)));
	end_line(p);
}

void th_put_route_text(th_page *p, const th_case_plan *plan)
{
	const th_plan_route *route = &plan->route;
	if (route->goal == TH_GOAL_NONE)
		return;
	th_page_section(p, route->goal == TH_GOAL_BUDGET ? W_P_ROUTE_MOST : W_P_ROUTE);
	put_goal(p, plan);
	if (route->computed)
		put_found(p, plan);
	else if (route->no_threshold)
		th_page_paragraph(p, W_P_ROUTE_NO_THRESHOLD);
	else {
		th_page_say(p, W_P_ROUTE_MISSING);
		th_page_say(p, W_COLON);
		th_put_lacks(&plan->a->inputs, route->missing, route->missings, p->lang, &p->doc.text);
		end_line(p);
	}
	th_doc_close(&p->doc);
}
