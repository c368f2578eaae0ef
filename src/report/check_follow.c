/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How it turned out (过程跟踪, 评价验收自评估): each target beside what the inventory has of its year, each task as planned and as done, for people, programs
 * and readers of columns. */
#include "base/day.h"
#include "report/dossier.h"

/* --- targets --- */

static void put_of_total(th_page *p, const th_assessment *a, th_label word)
{
	const th_profile *own = th_check_total(a);
	if (!own)
		return;
	TH_SAY(p, word, th_fill_text(th_in_lang(p->lang, own->total_zh, own->total_en)));
	th_doc_paragraph(&p->doc, TH_S(""));
}

void th_put_total_text(th_page *p, const th_assessment *a)
{
	put_of_total(p, a, W_O_TOTAL);
}

void th_put_gross_text(th_page *p, const th_assessment *a)
{
	put_of_total(p, a, W_O_GROSS);
}

static void put_kind(th_page *p, const th_check_outcome *o)
{
	static const th_label kinds[TH_TARGET_KINDS] = {W_P_GROSS, W_P_NET, W_P_INTENSITY, W_P_GROSS};
	th_page_say(p, kinds[o->target->kind]);
	if (o->driver) {
		th_page_text(p, TH_S(" /"));
		th_page_text(p, th_intensity_fact(o->driver->intensity, p->lang));
	}
	if (o->target->of_base)
		TH_SAY(p, W_P_LESS, th_fill_text(o->target->emissions_text));
	th_doc_end(&p->doc);
}

static bool knows_planned(const th_check_outcome *o)
{
	return o->target->kind == TH_TARGET_INTENSITY ? o->driver != NULL : o->target->kind != TH_TARGET_PERCENT;
}

static void put_outcome(th_page *p, const th_check_outcome *o)
{
	static const th_label states[TH_OUTCOMES] = {W_O_REACHED, W_O_MISSED, W_UNDETERMINED, W_O_NOT_DUE};
	th_doc_cell_text(&p->doc, o->target->phase);
	th_doc_year(&p->doc, o->target->when.last_year);
	put_kind(p, o);
	if (knows_planned(o))
		th_page_mass(p, o->planned);
	else
		th_doc_none(&p->doc);
	if (o->has_actual)
		th_page_mass(p, o->actual);
	else
		th_doc_none(&p->doc);
	if (o->has_actual)
		th_doc_share(&p->doc, o->actual, o->planned, false);
	else
		th_doc_none(&p->doc);
	if (o->has_actual && o->base > o->planned)
		th_doc_share(&p->doc, o->base - o->actual, o->base - o->planned, false);
	else
		th_doc_none(&p->doc);
	th_page_cell(p, o->at_least && o->state == TH_OUTCOME_OPEN ? W_O_AT_LEAST : states[o->state]);
}

void th_put_dossier_outcomes(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_P_H_PHASE, TH_DOC_WORD}, {W_P_H_YEAR, TH_DOC_YEAR}, {W_P_H_KIND, TH_DOC_WORD}, {W_O_H_TARGET, TH_DOC_MASS}, {W_P_H_ACTUAL, TH_DOC_MASS},
		{W_O_H_RATIO, TH_DOC_PERCENT}, {W_O_H_REDUCED, TH_DOC_PERCENT}, {W_H_STATE, TH_DOC_WORD},
	};
	const th_assessment *a = d->a;
	th_page_section(p, W_O_TARGETS);
	if (a->targets.count == 0)
		th_page_paragraph(p, W_O_NO_TARGETS);
	else {
		th_dossier_caption(p, W_O_TARGETS, 0);
		th_page_table(p, columns, sizeof columns / sizeof *columns);
		for (size_t i = 0; i < a->targets.count; i++)
			put_outcome(p, &a->outcome[i]);
		th_page_paragraph(p, W_O_TARGETS_NOTE);
		th_put_total_text(p, a);
	}
	th_doc_close(&p->doc);
}

void th_put_total_of(th_writer *w, const th_assessment *a)
{
	const th_profile *own = th_check_total(a);
	if (own)
		th_put_both(w, "gross_is", own->total_zh, own->total_en);
}

void th_put_outcomes_json(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "outcomes", '[');
	for (size_t i = 0; i < a->targets.count; i++) {
		const th_check_outcome *o = &a->outcome[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "phase", o->target->phase);
		th_put_count(w, "year", (size_t)o->target->when.last_year);
		th_put_text(w, "kind", th_slice_of(th_target_kind_names[o->target->of_base ? TH_TARGET_PERCENT : o->target->kind]));
		th_put_place(w, "place", a->targets.path, o->target->line);
		if (knows_planned(o))
			th_put_tonnes(w, "target", o->planned);
		if (o->has_actual)
			th_put_tonnes(w, o->at_least ? "actual_low" : "actual", o->actual);
		if (o->base)
			th_put_tonnes(w, "base", o->base);
		if (o->driver)
			th_put_text(w, "per", o->driver->intensity->fact);
		th_put_text(w, "status", th_slice_of(th_outcome_names[o->state]));
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

/* --- tasks --- */

static void put_task(th_page *p, const th_task *task, const th_check_task *at)
{
	static const th_label states[TH_TASK_STATES] = {W_D_DONE, W_O_UNPROVEN, W_O_OVERDUE, W_O_OPEN};
	th_doc_cell_text(&p->doc, task->id);
	th_doc_cell_text(&p->doc, task->name);
	th_doc_text_or_none(&p->doc, task->owner);
	th_doc_text_or_none(&p->doc, task->due_text);
	th_doc_text_or_none(&p->doc, task->done_text);
	if (at->late_known)
		th_doc_count(&p->doc, (size_t)at->late);
	else
		th_doc_none(&p->doc);
	th_page_cell(p, states[at->state]);
	th_doc_text_or_none(&p->doc, task->evidence);
	th_doc_text_or_none(&p->doc, task->correction);
}

void th_put_dossier_tasks(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_D_H_NUMBER, TH_DOC_WORD}, {W_O_H_TASK, TH_DOC_WORD}, {W_D_H_OWNER, TH_DOC_WORD}, {W_O_H_DUE, TH_DOC_WORD}, {W_O_H_DONE, TH_DOC_WORD},
		{W_O_H_LATE, TH_DOC_COUNT}, {W_H_STATE, TH_DOC_WORD}, {W_L_EVIDENCE, TH_DOC_WORD}, {W_O_H_CORRECTION, TH_DOC_WORD},
	};
	const th_assessment *a = d->a;
	size_t count[TH_TASK_STATES] = {0};
	th_page_section(p, W_O_TASKS);
	if (a->tasks.count == 0)
		th_page_paragraph(p, W_O_NO_TASKS);
	else {
		th_dossier_caption(p, W_O_TASKS, 0);
		th_page_table(p, columns, sizeof columns / sizeof *columns);
		for (size_t i = 0; i < a->tasks.count; i++) {
			put_task(p, &a->tasks.task[i], &a->task[i]);
			count[a->task[i].state]++;
		}
		TH_SAY(p, W_O_TASKS_SUM, th_fill_integer((long long)a->tasks.count), th_fill_integer((long long)count[TH_TASK_DONE]), th_fill_integer((long long)count[TH_TASK_UNPROVEN]),
		       th_fill_integer((long long)count[TH_TASK_OVERDUE]));
		if (a->told_until != TH_DAY_MIN) {
			th_buf day = {0};
			th_put_day(a->told_until, &day);
			TH_SAY(p, W_O_TOLD_UNTIL, th_fill_text(th_buf_view(&day)));
			p->doc.failed |= day.failed;
			th_buf_free(&day);
		}
		th_doc_paragraph(&p->doc, TH_S(""));
	}
	th_doc_close(&p->doc);
}

void th_put_tasks_json(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "tasks", '[');
	for (size_t i = 0; i < a->tasks.count; i++) {
		const th_task *task = &a->tasks.task[i];
		const struct { const char *key; th_slice text; } texts[] = {
			{"requirement", task->requirement}, {"clause", task->clause}, {"owner", task->owner}, {"due", task->due_text}, {"done", task->done_text},
			{"evidence", task->evidence}, {"correction", task->correction},
		};
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", task->id);
		th_put_text(w, "task", task->name);
		th_put_place(w, "place", a->tasks.path, task->line);
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			th_put_text_if(w, texts[k].key, texts[k].text);
		th_put_text(w, "status", th_slice_of(th_task_state_names[a->task[i].state]));
		if (a->task[i].late_known)
			th_put_count(w, "late_days", (size_t)a->task[i].late);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

/* The stage, and the phase that was named. */
void th_put_stage_of(th_page *p, const th_assessment *a)
{
	th_put_stage(p, a->pack, a->pack->at);
	if (!a->asked.phase)
		return;
	th_page_text(p, th_slice_of(a->asked.phase));
	th_page_say(p, W_COMMA);
	th_buf_printf(&p->doc.text, "%d", a->until);
	th_page_field(p, W_PHASE, TH_S(""));
}

/* Of a stage behind the first; tasks wherever they are listed. */
void th_put_follow_text(th_page *p, const th_assessment *a)
{
	const th_dossier d = {.a = a};
	if (a->pack->at)
		th_put_dossier_outcomes(p, &d);
	if (a->pack->at || a->tasks.count)
		th_put_dossier_tasks(p, &d);
}
