/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was asked: the cheapest measures to a goal; how a year turned out against the path, with what was promised, done and
 * evidenced (过程跟踪, 评价验收自评估). */
#include "report/plan_report.h"

#include <stdio.h>

enum { NUMBER = 24 };

static const char *year_text(char text[NUMBER], int year)
{
	snprintf(text, NUMBER, "%d", year);
	return text;
}

static void line(const th_plan_page *p, th_buf *text)
{
	th_paragraph(th_buf_view(text), 2, p->out);
	p->out->failed |= text->failed;
	th_buf_clear(text);
}

static const char *money_text(th_money money, th_buf *text)
{
	th_buf_clear(text);
	th_put_mass_rounded(text, money, 4, 2, true);
	th_buf_char(text, '\0');
	return text->failed ? "" : text->ptr;
}

/* --- route --- */

static void put_goal(const th_plan_page *p, th_buf *text)
{
	const th_plan_route *route = &p->plan->route;
	th_plan_fill(text, route->goal == TH_GOAL_THRESHOLD ? W_P_ROUTE_THRESHOLD : W_P_ROUTE_PHASE, p->lang, p->plan->options.route, (char *)NULL);
	line(p, text);
}

static void put_chosen(const th_plan_page *p)
{
	static const th_label heads[] = {W_P_H_MEASURE, W_H_GAS_NAME, W_P_H_COST};
	const th_plan_route *route = &p->plan->route;
	const th_case_plan *plan = p->plan;
	th_grid grid = {.align = "llr"};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		th_plan_head_cell(p, &grid, heads[i]);
	for (size_t i = 0; i < route->problem.measures; i++) {
		const th_path_measure *m = &plan->input.measure[route->which[i]];
		if (!(route->found.chosen >> i & 1))
			continue;
		th_grid_cell(&grid, m->id);
		th_grid_text(&grid, plan->a->measures.measure[plan->measure_of[route->which[i]]].name);
		if (m->required)
			th_grid_text(&grid, th_plan_word(p, W_P_ROUTE_FIXED));
		th_grid_end(&grid);
		if (m->has_cost)
			th_plan_money(&grid, route->problem.measure[i].cost);
		else
			th_grid_cell(&grid, TH_S("-"));
	}
	th_grid_print(&grid, 4, p->out);
}

static void put_found(const th_plan_page *p, th_buf *text)
{
	const th_plan_route *route = &p->plan->route;
	const th_route *found = &route->found;
	char year[NUMBER];
	th_buf a = {0}, b = {0};
	th_plan_fill(text, W_P_ROUTE_NEED, p->lang, year_text(year, route->year), th_plan_tonne_text(p, route->need, &a), (char *)NULL);
	line(p, text);
	if (found->verdict == TH_ROUTE_OPTIMAL)
		th_plan_fill(text, W_P_ROUTE_OPTIMAL, p->lang, (char *)NULL);
	else if (found->verdict == TH_ROUTE_FOUND)
		th_plan_fill(text, W_P_ROUTE_FOUND, p->lang, money_text(found->bound, &a), (char *)NULL);
	else if (found->verdict == TH_ROUTE_UNREACHABLE)
		th_plan_fill(text, W_P_ROUTE_UNREACHABLE, p->lang, th_plan_tonne_text(p, route->need - found->saving, &a), (char *)NULL);
	else
		th_plan_fill(text, W_P_ROUTE_UNDECIDED, p->lang, (char *)NULL);
	line(p, text);
	if (found->verdict != TH_ROUTE_UNDECIDED) {
		th_plan_fill(text, W_P_ROUTE_COST, p->lang, th_plan_tonne_text(p, found->saving, &a), year, money_text(found->cost, &b), (char *)NULL);
		line(p, text);
		put_chosen(p);
	}
	p->out->failed |= a.failed | b.failed;
	th_buf_free(&a);
	th_buf_free(&b);
}

static void put_route(const th_plan_page *p)
{
	const th_plan_route *route = &p->plan->route;
	th_buf text = {0};
	if (route->goal == TH_GOAL_NONE)
		return;
	th_plan_heading(p, W_P_ROUTE);
	put_goal(p, &text);
	if (route->computed) {
		put_found(p, &text);
	} else if (route->no_threshold) {
		th_plan_fill(&text, W_P_ROUTE_NO_THRESHOLD, p->lang, (char *)NULL);
		line(p, &text);
	} else {
		th_plan_fill(&text, W_P_ROUTE_MISSING, p->lang, (char *)NULL);
		th_buf_str(&text, th_word_text(W_COLON, p->lang));
		th_put_lacks(p->plan->a->pack, route->missing, route->missings, p->lang, &text);
		line(p, &text);
	}
	th_buf_free(&text);
}

/* --- follow-up --- */

static void compare_row(const th_plan_page *p, th_grid *grid, th_slice name, th_mass planned, th_mass actual)
{
	th_grid_cell(grid, name);
	th_plan_tonnes(p, grid, planned);
	th_plan_tonnes(p, grid, actual);
	th_plan_tonnes(p, grid, actual - planned);
}

static void put_compared(const th_plan_page *p)
{
	static const th_label heads[] = {W_P_H_PLANNED, W_P_H_ACTUAL, W_P_H_DIFFERENCE};
	const th_follow *f = &p->plan->follow.result;
	const th_path *path = &p->plan->path;
	th_grid grid = {.align = "lrrr"};
	th_grid_end(&grid);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		th_plan_head_cell(p, &grid, heads[i]);
	compare_row(p, &grid, th_plan_word(p, W_P_GROSS_ROW), f->plan->gross, f->gross);
	compare_row(p, &grid, th_plan_word(p, W_P_NET_ROW), f->plan->net, f->net);
	for (size_t i = 0; i < path->ladders; i++) {
		th_mass actual = path->ladder[i].kind == TH_PATH_NET ? f->net : f->gross;
		th_buf name = {0}, label = {0};
		th_plan_ladder_name(p, path->input, &path->ladder[i], &name);
		th_buf_char(&name, '\0');
		th_plan_fill(&label, W_P_LADDER_ROW, p->lang, name.failed ? "" : name.ptr, (char *)NULL);
		compare_row(p, &grid, th_buf_view(&label), actual - f->gap[i], actual);
		grid.failed |= name.failed | label.failed;
		th_buf_free(&name);
		th_buf_free(&label);
	}
	for (size_t a = 0; a < path->input->activities; a++)
		compare_row(p, &grid, th_plan_activity_name(p, path->input->activity[a].id), f->plan->activity[a], f->plan->activity[a] + f->activity[a]);
	th_grid_print(&grid, 2, p->out);
}

static void put_promised(const th_plan_page *p)
{
	static const th_label states[] = {W_P_STATE_NOT_DUE, W_P_STATE_DELIVERS, W_P_STATE_SHORT, W_P_STATE_SUSPECT, W_P_STATE_UNKNOWN};
	static const th_label heads[] = {W_P_H_MEASURE, W_H_GAS_NAME, W_P_H_PROMISED, W_P_H_DONE, W_P_H_LACK, W_H_STATE, W_P_H_EVIDENCE};
	const th_case_plan *plan = p->plan;
	th_grid grid = {.align = "llrrrll"};
	if (plan->input.measures == 0)
		return;
	th_plan_heading(p, W_P_PROMISED);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		th_plan_head_cell(p, &grid, heads[i]);
	for (size_t i = 0; i < plan->input.measures; i++) {
		const th_follow_measure *m = &plan->follow.result.measure[i];
		const th_measure *row = &plan->a->measures.measure[plan->measure_of[i]];
		const th_delivered_row *evidence = plan->follow.evidence[i];
		bool told = m->state == TH_FOLLOW_DELIVERS || m->state == TH_FOLLOW_SHORT;
		th_grid_cell(&grid, row->id);
		th_grid_cell(&grid, row->name);
		th_plan_tonnes(p, &grid, m->planned);
		if (evidence)
			th_plan_tonnes(p, &grid, evidence->reduction);
		else
			th_grid_cell(&grid, TH_S("-"));
		if (told)
			th_plan_tonnes(p, &grid, m->lack);
		else
			th_grid_cell(&grid, TH_S("-"));
		th_plan_head_cell(p, &grid, states[m->state]);
		th_grid_cell(&grid, evidence && evidence->evidence.len ? evidence->evidence : TH_S("-"));
	}
	th_grid_print(&grid, 2, p->out);
}

static void put_follow(const th_plan_page *p)
{
	const th_plan_follow *follow = &p->plan->follow;
	char year[NUMBER];
	th_buf text = {0}, amount = {0};
	if (!follow->asked)
		return;
	th_plan_fill(&text, W_P_FOLLOW, p->lang, year_text(year, follow->year), (char *)NULL);
	th_buf_char(p->out, '\n');
	th_paragraph(th_buf_view(&text), 0, p->out);
	th_buf_clear(&text);
	if (!follow->computed) {
		th_plan_fill(&text, W_P_FOLLOW_NONE, p->lang, (char *)NULL);
		line(p, &text);
	} else {
		const th_follow *f = &follow->result;
		th_mass behind = f->behind > f->behind_net ? f->behind : f->behind_net;
		if (f->on_track)
			th_plan_fill(&text, W_P_ON_TRACK, p->lang, (char *)NULL);
		else
			th_plan_fill(&text, W_P_BEHIND, p->lang, th_plan_tonne_text(p, behind, &amount), (char *)NULL);
		line(p, &text);
		put_compared(p);
		put_promised(p);
	}
	p->out->failed |= text.failed | amount.failed;
	th_buf_free(&text);
	th_buf_free(&amount);
}

void th_plan_asked(const th_plan_page *p)
{
	put_route(p);
	put_follow(p);
}
