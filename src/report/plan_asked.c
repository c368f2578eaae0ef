/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a year turned out against the path, with what was promised, done and evidenced (过程跟踪, 评价验收自评估). */
#include "report/plan_report.h"

/* The open text is a paragraph. */
static void end_line(th_page *p)
{
	th_doc_paragraph(&p->doc, TH_S(""));
}

/* Behind the row's name, which is open. */
static void put_compared(th_page *p, th_mass planned, th_mass actual)
{
	th_doc_end(&p->doc);
	th_page_mass(p, planned);
	th_page_mass(p, actual);
	th_page_mass(p, actual - planned);
}

static void put_ladder_row(th_page *p, const th_path *path, size_t i, const th_follow *f)
{
	th_mass actual = path->ladder[i].kind == TH_PATH_NET ? f->net : f->gross;
	th_page name = {.lang = p->lang};
	th_put_ladder_name(&name, path->input, &path->ladder[i]);
	TH_SAY(p, W_P_LADDER_ROW, th_fill_text(th_buf_view(&name.doc.text)));
	if (path->ladder[i].kind == TH_PATH_INTENSITY)
		th_page_say(p, W_P_PLANNED_DENOMINATOR);
	p->doc.failed |= th_doc_failed(&name.doc);
	th_doc_free(&name.doc);
	put_compared(p, actual - f->gap[i], actual);
}

static void put_comparison(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {{W_P_H_PLANNED, TH_DOC_MASS}, {W_P_H_ACTUAL, TH_DOC_MASS}, {W_P_H_DIFFERENCE, TH_DOC_MASS}};
	const th_follow *f = &plan->follow.result;
	const th_path *path = &plan->path;
	th_doc_table(&p->doc);
	th_doc_column(&p->doc, TH_DOC_WORD, TH_S(""));
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		th_page_column_of(p, columns[i].kind, columns[i].head);
	th_page_say(p, W_P_GROSS_ROW);
	put_compared(p, f->plan->gross, f->gross);
	th_page_say(p, W_P_NET_ROW);
	put_compared(p, f->plan->net, f->net);
	for (size_t i = 0; i < path->ladders; i++)
		put_ladder_row(p, path, i, f);
	for (size_t a = 0; a < path->input->activities; a++) {
		th_page_text(p, th_activity_name(p, plan, path->input->activity[a].id));
		put_compared(p, f->plan->activity[a], f->plan->activity[a] + f->activity[a]);
	}
}

static void put_mass_if(th_page *p, bool known, th_mass mass)
{
	if (known)
		th_page_mass(p, mass);
	else
		th_doc_none(&p->doc);
}

static void put_promise(th_page *p, const th_case_plan *plan, size_t i)
{
	static const th_label states[] = {W_P_STATE_NOT_DUE, W_P_STATE_DELIVERS, W_P_STATE_SHORT, W_P_STATE_SUSPECT, W_P_STATE_UNKNOWN};
	const th_follow_measure *m = &plan->follow.result.measure[i];
	const th_measure *row = &plan->a->measures.measure[plan->measure_of[i]];
	const th_delivered_row *evidence = plan->follow.evidence[i];
	th_doc_cell_text(&p->doc, row->id);
	th_doc_cell_text(&p->doc, row->name);
	th_page_mass(p, m->planned);
	put_mass_if(p, evidence != NULL, evidence ? evidence->reduction : 0);
	put_mass_if(p, m->state == TH_FOLLOW_DELIVERS || m->state == TH_FOLLOW_SHORT, m->lack);
	th_page_cell(p, states[m->state]);
	th_doc_cell_text(&p->doc, evidence && evidence->evidence.len ? evidence->evidence : TH_S("-"));
}

static void put_promises(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {
		{W_P_H_MEASURE, TH_DOC_WORD}, {W_H_GAS_NAME, TH_DOC_WORD}, {W_P_H_PROMISED, TH_DOC_MASS}, {W_P_H_DONE, TH_DOC_MASS},
		{W_P_H_LACK, TH_DOC_MASS}, {W_H_STATE, TH_DOC_WORD}, {W_P_H_EVIDENCE, TH_DOC_WORD},
	};
	if (plan->input.measures == 0)
		return;
	th_page_section(p, W_P_PROMISED);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < plan->input.measures; i++)
		put_promise(p, plan, i);
	th_doc_close(&p->doc);
}

static void put_follow(th_page *p, const th_case_plan *plan)
{
	static const th_label lines[] = {[TH_PLAN_YES] = W_P_LINE_KEPT, [TH_PLAN_NO] = W_P_LINE_MISSED, [TH_PLAN_OPEN] = W_P_LINE_OPEN};
	const th_plan_follow *follow = &plan->follow;
	const th_follow *f = &follow->result;
	if (!follow->asked)
		return;
	TH_SAY(p, W_P_FOLLOW, th_fill_integer(follow->year));
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	if (!follow->computed)
		th_page_say(p, W_P_FOLLOW_NONE);
	else if (f->on_track)
		th_page_say(p, W_P_ON_TRACK);
	else
		TH_SAY(p, W_P_BEHIND, th_fill_mass(f->behind > f->behind_net ? f->behind : f->behind_net));
	end_line(p);
	if (follow->computed && plan->a->targets.count) {
		th_page_say(p, lines[th_plan_on_line(plan)]);
		end_line(p);
	}
	if (follow->computed)
		put_comparison(p, plan);
	th_doc_close(&p->doc);
	if (follow->computed)
		put_promises(p, plan);
}

void th_put_asked_text(th_page *p, const th_case_plan *plan)
{
	th_put_route_text(p, plan);
	put_follow(p, plan);
}
