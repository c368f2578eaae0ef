/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a pilot says of itself behind its application (自评估报告): the account of the base year and of the last one by one method, measures with their evidence, and what
 * came otherwise than planned. Targets and tasks are in check_follow.c. */
#include "report/dossier.h"

/* --- accounts --- */

static const th_totals *totals_of(const th_account *account, int year)
{
	for (size_t i = 0; i < account->years; i++)
		if (account->year[i] == year && account->of_year[i].known)
			return &account->of_year[i].totals;
	return NULL;
}

/* The last whole year behind the base year. */
static int last_year(const th_assessment *a, int base)
{
	int last = 0;
	for (size_t i = 0; i < a->years; i++)
		last = a->year[i].whole && a->year[i].months == 12 && a->year[i].year > base && (!a->until || a->year[i].year <= a->until) ? a->year[i].year : last;
	return last;
}

static void put_amounts(th_page *p, th_mass before, th_mass after)
{
	th_page_mass(p, before);
	th_page_mass(p, after);
	th_page_change(p, after - before);
	th_doc_share(&p->doc, after - before, before, true);
}

static void put_compared(th_page *p, th_label name, th_mass before, th_mass after)
{
	th_page_cell(p, name);
	put_amounts(p, before, after);
}

/* What the scheme counts stands first, as in every table of totals; own: NULL where those are the gross emissions. */
static void put_two_years(th_page *p, const th_profile *own, const th_totals *x, const th_totals *y, int base, int last)
{
	static const th_label scopes[] = {0, W_SCOPE1, W_SCOPE2_LOCATION, W_SCOPE3};
	th_dossier_caption(p, W_O_ACCOUNTS, 0);
	th_doc_table(&p->doc);
	th_page_column_of(p, TH_DOC_WORD, W_TONNES);
	for (int i = 0; i < 2; i++) {
		th_buf_printf(&p->doc.text, "%d", i ? last : base);
		th_doc_column(&p->doc, TH_DOC_MASS, TH_S(""));
	}
	th_page_column_of(p, TH_DOC_MASS, W_P_H_DIFFERENCE);
	th_page_column_of(p, TH_DOC_PERCENT, W_O_H_CHANGE);
	if (own) {
		th_doc_cell_text(&p->doc, th_in_lang(p->lang, own->total_zh, own->total_en));
		put_amounts(p, x->of_profile, y->of_profile);
	}
	for (int scope = 1; scope <= 3; scope++)
		if (x->has_scope[scope] && y->has_scope[scope])
			put_compared(p, scopes[scope], x->scope[scope], y->scope[scope]);
	put_compared(p, W_GROSS, x->gross, y->gross);
	put_compared(p, W_REMOVALS, x->removals, y->removals);
	put_compared(p, W_NET, x->net, y->net);
}

void th_put_dossier_accounts(th_page *p, const th_dossier *d)
{
	const th_account *account = d->a->account;
	const int last = account ? last_year(d->a, d->year) : 0;
	const th_totals *x = account ? totals_of(account, d->year) : NULL, *y = last ? totals_of(account, last) : NULL;
	th_page_section(p, W_O_ACCOUNTS);
	if (x && y) {
		put_two_years(p, th_check_total(d->a), x, y, d->year, last);
		TH_SAY(p, W_O_ONE_METHOD, th_fill_text(th_in_lang(p->lang, account->profile->name_zh, account->profile->name_en)));
		th_doc_paragraph(&p->doc, TH_S(""));
	} else
		th_page_paragraph(p, W_O_NO_SECOND_YEAR);
	th_doc_close(&p->doc);
}

/* --- measures --- */

void th_put_dossier_proven(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_D_H_NUMBER, TH_DOC_WORD}, {W_D_H_PROJECT, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD}, {W_D_H_END, TH_DOC_WORD}, {W_D_H_REDUCTION, TH_DOC_MASS},
		{W_L_EVIDENCE, TH_DOC_WORD},
	};
	static const th_label states[TH_MEASURE_STATUSES] = {W_D_PLANNED, W_D_STARTED, W_D_DONE, W_D_CANCELLED};
	const th_measures *list = &d->a->measures;
	size_t unproven = 0;
	th_page_section(p, W_O_MEASURES);
	if (list->count == 0)
		th_page_paragraph(p, W_P_MEASURES_NONE);
	else {
		th_dossier_caption(p, W_O_MEASURES, 0);
		th_page_table(p, columns, sizeof columns / sizeof *columns);
	}
	for (size_t i = 0; i < list->count; i++) {
		const th_measure *m = &list->measure[i];
		th_doc_cell_text(&p->doc, m->id);
		th_doc_cell_text(&p->doc, m->name);
		th_page_cell(p, states[m->state]);
		th_doc_text_or_none(&p->doc, m->end_text);
		if (m->has_reduction)
			th_page_mass(p, m->reduction);
		else
			th_doc_none(&p->doc);
		th_doc_text_or_none(&p->doc, m->evidence);
		unproven += m->state == TH_MEASURE_DONE && m->evidence.len == 0;
	}
	if (unproven) {
		TH_SAY(p, W_O_MEASURES_UNPROVEN, th_fill_integer((long long)unproven));
		th_doc_paragraph(&p->doc, TH_S(""));
	}
	th_doc_close(&p->doc);
}

/* --- deviations --- */

static void put_missed(th_page *p, const th_check_outcome *o)
{
	TH_SAY(p, W_O_DEV_TARGET, th_fill_text(o->target->phase), th_fill_integer(o->target->when.last_year), th_fill_mass(o->actual - o->planned));
	th_doc_item(&p->doc, TH_S(""));
}

static void put_late(th_page *p, const th_task *task, const th_check_task *at)
{
	th_label what = at->state == TH_TASK_UNPROVEN ? W_O_DEV_UNPROVEN : at->state == TH_TASK_OVERDUE ? W_O_DEV_OVERDUE : W_O_DEV_LATE;
	TH_SAY(p, what, th_fill_text(task->id), th_fill_text(task->name), th_fill_integer(at->late));
	if (task->correction.len)
		TH_SAY(p, W_O_DEV_CORRECTION, th_fill_text(task->correction));
	else
		th_page_say(p, W_O_DEV_NO_CORRECTION);
	th_doc_item(&p->doc, TH_S(""));
}

void th_put_dossier_deviations(th_page *p, const th_dossier *d)
{
	const th_assessment *a = d->a;
	size_t count = 0;
	th_page_section(p, W_O_DEVIATIONS);
	for (size_t i = 0; i < a->targets.count; i++)
		if (a->outcome[i].state == TH_OUTCOME_MISSED) {
			put_missed(p, &a->outcome[i]);
			count++;
		}
	for (size_t i = 0; i < a->tasks.count; i++)
		if (a->task[i].state == TH_TASK_UNPROVEN || a->task[i].state == TH_TASK_OVERDUE || a->task[i].late > 0) {
			put_late(p, &a->tasks.task[i], &a->task[i]);
			count++;
		}
	if (count == 0)
		th_page_paragraph(p, W_O_NO_DEVIATION);
	th_doc_close(&p->doc);
}
