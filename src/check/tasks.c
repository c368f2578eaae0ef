/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tasks of the plan on the last day that the inventory tells of: done, late by how many days, done and not proven. No clock is asked: what is not done by
 * then is not done. */

#include "base/day.h"
#include "check/lacks.h"

const char *const th_task_state_names[TH_TASK_STATES] = {"done", "unproven", "overdue", "open"};

/* Does any paper of the cell count? Where papers have to be with the case, one that is not there proves nothing. */
static bool proven(th_checking *s, const th_task *task)
{
	th_evidence *found;
	size_t count;
	if (!task->evidence.len || !s->options->require_evidence)
		return task->evidence.len > 0;
	th_status status = th_evidence_find(s->a->contents.papers, task->evidence, &s->a->arena, s->diags, &found, &count);
	th_check_worse(s, status);
	bool all = status == TH_OK && count > 0;
	for (size_t i = 0; all && i < count; i++)
		all = found[i].state == TH_EVIDENCE_FOUND;
	return all;
}

/* From the last day on which it was to be done. A month in which that day lies does not tell. */
static void put_late(th_check_task *out, const th_task *task, int32_t from, int32_t to)
{
	out->late_known = task->has_due && (from > task->due.to || to <= task->due.to);
	out->late = out->late_known && to > task->due.to ? to - task->due.to : 0;
}

static void follow_task(th_checking *s, const th_task *task, th_check_task *out)
{
	const int32_t until = s->a->told_until;
	if (task->is_done) {
		out->state = proven(s, task) ? TH_TASK_DONE : TH_TASK_UNPROVEN;
		put_late(out, task, task->done.from, task->done.to);
		return;
	}
	out->state = until != TH_DAY_MIN && task->has_due && task->due.to < until ? TH_TASK_OVERDUE : TH_TASK_OPEN;
	if (out->state == TH_TASK_OVERDUE)
		put_late(out, task, until, until);
}

/* Rows by their ids, in one sentence. */
static void say_unproven(th_checking *s)
{
	const th_assessment *a = s->a;
	th_buf ids = {0};
	size_t count = 0, line = 0;
	for (size_t i = 0; i < a->tasks.count; i++) {
		if (a->task[i].state != TH_TASK_UNPROVEN)
			continue;
		th_buf_str(&ids, count++ ? ", " : "");
		th_buf_slice(&ids, a->tasks.task[i].id);
		line = line ? line : a->tasks.task[i].line;
	}
	const char *list = th_check_built(s, &ids);
	if (count)
		th_check_say(s, TH_TASKS_UNPROVEN, a->tasks.path, line, list, (char *)NULL);
}

void th_check_follow_tasks(th_checking *s)
{
	th_assessment *a = s->a;
	a->task = th_arena_alloc(&a->arena, a->tasks.count + 1, sizeof *a->task);
	if (!a->task) {
		th_check_no_memory(s);
		return;
	}
	for (size_t i = 0; i < a->tasks.count; i++)
		follow_task(s, &a->tasks.task[i], &a->task[i]);
	say_unproven(s);
}

/* One that is not done decides; one that nothing proves keeps it open. */
void th_check_tasks_complete(th_checking *s, th_computing *v)
{
	const th_assessment *a = s->a;
	if (!th_lack_unless_there(s, v, TH_CASE_TASKS))
		return;
	if (a->tasks.count == 0)
		th_lack_file(s, v, TH_CASE_TASKS);
	for (size_t i = 0; i < a->tasks.count; i++) {
		const th_task *task = &a->tasks.task[i];
		th_buf zh = {0}, en = {0};
		if (a->task[i].state == TH_TASK_OVERDUE || a->task[i].state == TH_TASK_OPEN) {
			v->value = th_rule_bool(false);
			v->lacks = 0;
			return;
		}
		if (a->task[i].state != TH_TASK_UNPROVEN)
			continue;
		th_buf_printf(&zh, "任务%.*s的佐证材料（%s:%zu）", (int)task->id.len, task->id.ptr, th_check_part_name(s, TH_CASE_TASKS), task->line);
		th_buf_printf(&en, "evidence of task %.*s (%s:%zu)", (int)task->id.len, task->id.ptr, th_check_part_name(s, TH_CASE_TASKS), task->line);
		th_lack_part(s, v, "tasks", task->id, &zh, &en);
	}
	if (v->lacks == 0)
		v->value = th_rule_bool(true);
}
